// Package qr draws QR codes: as SVG for pages and as text for a terminal.
//
// In: a short text, such as an address. Out: a picture with the quiet zone of four
// modules that ISO/IEC 18004 asks for, dark on light, whatever the page's colors.
package qr

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode"
	lib "github.com/boombuler/barcode/qr"
)

// quiet is how many light modules stand around the code.
const quiet = 4

// modules is the code as rows of dark and light, with the quiet zone.
func modules(text string) ([][]bool, error) {
	code, err := lib.Encode(text, lib.M, lib.Auto)
	if err != nil {
		return nil, fmt.Errorf("qr: %d letters do not fit: %w", len(text), err)
	}
	return rows(code), nil
}

func rows(code barcode.Barcode) [][]bool {
	n := code.Bounds().Dx()
	out := make([][]bool, n+2*quiet)
	for y := range out {
		out[y] = make([]bool, n+2*quiet)
	}
	for y := range n {
		for x := range n {
			out[y+quiet][x+quiet] = color.GrayModel.Convert(code.At(x, y)).(color.Gray).Y < 128
		}
	}
	return out
}

// SVG is the code as an SVG element with a title, which screen readers read. It
// holds no style and no script.
func SVG(text, title string) (string, error) {
	m, err := modules(text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %[1]d" role="img" shape-rendering="crispEdges"><title>%s</title><path fill="#fff" d="M0 0h%[1]dv%[1]dH0z"/><path fill="#000" d="`, len(m), escape.Replace(title))
	for y, row := range m {
		for x := 0; x < len(row); x++ {
			if !row[x] {
				continue
			}
			n := 1
			for x+n < len(row) && row[x+n] {
				n++
			}
			fmt.Fprintf(&b, "M%d %dh%dv1h-%[3]dz", x, y, n)
			x += n
		}
	}
	b.WriteString(`"/></svg>`)
	return b.String(), nil
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// Text is the code for a terminal: two rows of modules in one line of half blocks,
// light on the terminal's own dark, as phones read it from most screens.
func Text(text string) (string, error) {
	m, err := modules(text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for y := 0; y < len(m); y += 2 {
		for x := range m[y] {
			up, down := m[y][x], y+1 < len(m) && m[y+1][x]
			switch {
			case up && down:
				b.WriteByte(' ')
			case up:
				b.WriteString("▄")
			case down:
				b.WriteString("▀")
			default:
				b.WriteString("█")
			}
		}
		b.WriteByte('\n')
	}
	return b.String(), nil
}
