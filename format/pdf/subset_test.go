package pdf

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/go-text/typesetting/font"
)

// Every font can be read, and begins with the faces in their order.
func TestFonts(t *testing.T) {
	for i, x := range typefaces {
		f, data := x.read()
		if f == nil || len(data) == 0 {
			t.Fatalf("%s cannot be read", x.name)
		}
		if i >= looks && i < symbols || i == eastern {
			n := 0
			for _, at := range scripts {
				if at == i {
					n++
				}
			}
			if n != 1 && (i != eastern || n != 5) { // Han, Hangul, two of kana, Bopomofo
				t.Errorf("%s is the font of %d scripts", x.name, n)
			}
		}
	}
}

// A part of a font has the shapes that were asked for, as they were, with those they are
// made of, and no others.
func TestSubset(t *testing.T) {
	for _, x := range typefaces {
		f, data := x.read()
		var used []int
		for _, r := range "Añộ 1אا곿한ぎカ（我កमกಕАΩ☐≥" {
			if g, ok := f.NominalGlyph(r); ok {
				used = append(used, int(g))
			}
		}
		part := subset(data, used)
		if len(part) > len(data)/2 && len(part) > 10_000 {
			t.Errorf("%s: %d bytes", x.name, len(part))
		}
		was, is := tablesOf(data), tablesOf(part)
		long, all, left := be16(was["head"], 50) == 1, be16(was["maxp"], 4), be16(is["maxp"], 4)
		if len(is) != 6 || be16(is["hhea"], 34) != left || len(is["hmtx"]) != 4*left || len(is["loca"]) != 4*(left+1) {
			t.Fatalf("%s: tables do not fit each other", x.name)
		}
		old := func(g int) []byte { return shapeOf(was["loca"], was["glyf"], long, g, all) }
		now := func(g int) []byte { return bytes.TrimRight(shapeOf(is["loca"], is["glyf"], true, g, left), "\x00") }
		keep := map[int]bool{}
		for _, g := range closure(used, old) {
			keep[g] = true
		}
		if len(keep) < len(used) {
			t.Errorf("%s: %d of %d", x.name, len(keep), len(used))
		}
		for g := range left {
			switch {
			case !keep[g]:
				if len(now(g)) > 0 {
					t.Errorf("%s: shape %d was not asked for", x.name, g)
				}
			case !bytes.Equal(now(g), bytes.TrimRight(unhinted(old(g)), "\x00")):
				t.Errorf("%s: shape %d is another", x.name, g)
			default:
				parts(now(g), func(at int) {
					if p := be16(now(g), at+2); !keep[p] || len(now(p)) == 0 {
						t.Errorf("%s: shape %d lacks its part %d", x.name, g, p)
					}
				})
				if w := be16(is["hmtx"], 4*g); w != int(font.NewFace(f).HorizontalAdvance(font.GID(g))) {
					t.Errorf("%s: shape %d is %d wide", x.name, g, w)
				}
			}
		}
		if sum(part) != 0xB1B0AFBA {
			t.Errorf("%s: the sum of the file is %X", x.name, sum(part))
		}
		for i := range be16(part, 4) {
			at := 12 + 16*i
			if sum(is[string(part[at:at+4])]) != binary.BigEndian.Uint32(part[at+4:]) && string(part[at:at+4]) != "head" {
				t.Errorf("%s: the sum of %s is wrong", x.name, part[at:at+4])
			}
		}
	}
}

func TestNumbers(t *testing.T) {
	for v, want := range map[length]string{0: "0", 1: "0.001", -1: "-0.001", 72_000: "72", 12_340: "12.34", -12_300: "-12.3", 612_005: "612.005"} {
		if got := points(v); got != want {
			t.Errorf("%d: %s, and not %s", v, got, want)
		}
	}
	for s, want := range map[string]string{"plain": "(plain)", "": "()", "a(b": "<FEFF006100280062>", "ñ": "<FEFF00F1>", "😀": "<FEFFD83DDE00>"} {
		if got := str(s); got != want {
			t.Errorf("%q: %s, and not %s", s, got, want)
		}
	}
	for s, want := range map[string]string{"https://a.example/(b)": `(https://a.example/\(b\))`, "https://ñ x\n": "(https://%C3%B1%20x%0A)"} {
		if got := address(s); got != want {
			t.Errorf("%q: %s, and not %s", s, got, want)
		}
	}
	for _, c := range [][3]int{{7, 2, 4}, {-7, 2, -4}, {5, 10, 1}, {4, 10, 0}, {0, 3, 0}} {
		if got := roundDiv(c[0], c[1]); got != c[2] {
			t.Errorf("%d by %d: %d", c[0], c[1], got)
		}
	}
}
