package document_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"stayput/fault"
	"stayput/format/document"
)

func TestRefused(t *testing.T) {
	row := func(n int) []document.Cell { return make([]document.Cell, n) }
	for name, b := range map[string]document.Block{
		"a heading of none":        document.Heading{Level: 0},
		"a heading too deep":       document.Heading{Level: 5},
		"a list below nothing":     document.List{Numbered: true, Start: -1},
		"a table without a head":   document.Table{},
		"a short row":              document.Table{Head: []string{"a", "b"}, Rows: [][]document.Cell{row(1)}},
		"a long row":               document.Table{Head: []string{"a"}, Rows: [][]document.Cell{row(2)}},
		"too few widths":           document.Table{Head: []string{"a", "b"}, Widths: []int{1}},
		"a column of no width":     document.Table{Head: []string{"a"}, Widths: []int{0}},
		"a column of much width":   document.Table{Head: []string{"a"}, Widths: []int{1 << 60}},
		"a picture without words":  document.Image{Data: small(t)},
		"a picture of no width":    document.Image{Data: small(t), Alt: "a", Width: -1},
		"a picture that is none":   document.Image{Data: []byte("GIF89a"), Alt: "a"},
		"a picture of nothing":     document.Image{Alt: "a"},
		"a logo that is none":      document.Letterhead{Logo: &document.Image{Alt: "a"}},
		"nothing":                  nil,
		"a pointer in its place":   (*document.Image)(nil),
		"a picture of another day": document.Image{Data: giff(t), Alt: "a"},
	} {
		d := document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{document.Text("x"), b}}
		if err := d.Check(); err == nil {
			t.Errorf("%s was taken", name)
		} else if !strings.Contains(err.Error(), "block 2") {
			t.Errorf("%s: %v does not say where", name, err)
		}
	}
	for name, d := range map[string]document.Document{"no title": {Title: " ", Language: "en-US"}, "no language": {Title: "t"}} {
		if d.Check() == nil {
			t.Errorf("%s was taken", name)
		}
	}
	d := document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{
		document.Heading{Level: 4}, document.Paragraph{}, document.List{}, document.Table{Head: []string{""}}, document.PageBreak{},
		document.Image{Data: small(t), Alt: "a"}, document.Signature{}, document.Letterhead{},
	}}
	if err := d.Check(); err != nil {
		t.Errorf("a document of everything and nothing: %v", err)
	}
}

func small(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func giff(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// huge is the head of a PNG that says it is large; nothing follows it.
func huge(wide, high uint32) []byte {
	b := slices.Clone([]byte("\x89PNG\r\n\x1a\n"))
	body := binary.BigEndian.AppendUint32([]byte("IHDR"), wide)
	body = append(binary.BigEndian.AppendUint32(body, high), 8, 2, 0, 0, 0)
	b = append(binary.BigEndian.AppendUint32(b, 13), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(body))
}

// A picture of a hundred million dots is refused by its first bytes, with what to do.
func TestHugePicture(t *testing.T) {
	_, err := document.Image{Data: huge(10_000, 10_000), Alt: "a"}.Size()
	l := fault.All(err)
	if len(l) != 1 || l[0].Key != "document.picture_large" || l[0].Kind != fault.Invalid || l[0].Args["width"] != "10000" {
		t.Errorf("got %v", err)
	}
	if z, err := (document.Image{Data: huge(8_000, 5_000)}).Size(); err != nil || z != (document.Size{Format: "png", Width: 8000, Height: 5000}) {
		t.Errorf("forty million dots: %v %v", z, err)
	}
	if _, err := (document.Image{Data: huge(1<<31-1, 1<<31-1)}).Size(); err == nil {
		t.Error("the largest that a PNG may say was taken")
	}
}

func TestAcross(t *testing.T) {
	for _, c := range []struct {
		width, wide, high float64
		z                 document.Size
	}{
		{0, 75, 150, document.Size{Width: 100, Height: 200}},        // 96 dots to an inch of 72 points
		{0, 468, 46.8, document.Size{Width: 2000, Height: 200}},     // no wider than the column
		{50, 50, 100, document.Size{Width: 100, Height: 200}},       // as wide as asked
		{900, 468, 468, document.Size{Width: 10, Height: 10}},       // not beyond the column
		{0, 324, 648, document.Size{Width: 10_000, Height: 20_000}}, // not beyond the page
	} {
		if w, h := (document.Image{Width: c.width}).Across(c.z, 468, 648); w != c.wide || h != c.high {
			t.Errorf("%+v: %v by %v", c, w, h)
		}
	}
}

// photo is a JPEG as a phone takes it: with a place, a comment, and a film after it.
func photo(t *testing.T, turn byte) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 32, 16))
	for y := range 16 {
		for x := range 32 {
			c := color.RGBA{255, 255, 255, 255}
			if x < 16 && y < 8 {
				c = color.RGBA{0, 0, 0, 255} // the corner that was above and left
			}
			m.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), turn, 0, 0, 0, 0, 0, 0)
	exif = append(exif, "34.0522 N 118.2437 W"...)
	out := slices.Clone(b.Bytes()[:2])
	for kind, body := range map[byte][]byte{0xE1: exif, 0xFE: []byte("a comment"), 0xED: []byte("Photoshop 3.0"), 0xE2: []byte("MPF\x00")} {
		out = append(out, 0xFF, kind)
		out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
		out = append(out, body...)
	}
	return append(append(out, b.Bytes()[2:]...), "a film with a voice"...)
}

// What a phone writes beside a picture does not leave with a letter.
func TestBarePhoto(t *testing.T) {
	m, err := document.Image{Data: photo(t, 1), Alt: "a"}.Bare()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"34.0522", "Exif", "a comment", "Photoshop", "MPF", "film"} {
		if bytes.Contains(m.Data, []byte(s)) {
			t.Errorf("%q is still there", s)
		}
	}
	if _, err := jpeg.Decode(bytes.NewReader(m.Data)); err != nil {
		t.Errorf("the picture cannot be read: %v", err)
	}
	again, err := m.Bare()
	if err != nil || !bytes.Equal(again.Data, m.Data) {
		t.Errorf("a bare picture changed: %v", err)
	}
}

// A picture taken with the phone on its side stands upright. The dark corner was above
// and left as the camera saw it; where it goes is from the table of the Exif standard.
func TestTurnedPhoto(t *testing.T) {
	for turn, want := range map[byte]struct {
		wide, high  int
		right, foot bool
	}{
		0: {32, 16, false, false}, 1: {32, 16, false, false}, 2: {32, 16, true, false}, 3: {32, 16, true, true}, 4: {32, 16, false, true},
		5: {16, 32, false, false}, 6: {16, 32, true, false}, 7: {16, 32, true, true}, 8: {16, 32, false, true}, 9: {32, 16, false, false},
	} {
		m, err := document.Image{Data: photo(t, turn), Alt: "a"}.Bare()
		if err != nil {
			t.Fatal(err)
		}
		src, err := jpeg.Decode(bytes.NewReader(m.Data))
		if err != nil {
			t.Fatal(err)
		}
		if b := src.Bounds(); b.Dx() != want.wide || b.Dy() != want.high {
			t.Errorf("way %d: %v", turn, b)
			continue
		}
		for _, right := range []bool{false, true} {
			for _, foot := range []bool{false, true} {
				x, y := want.wide/4, want.high/4
				if right {
					x += want.wide / 2
				}
				if foot {
					y += want.high / 2
				}
				dark := color.GrayModel.Convert(src.At(x, y)).(color.Gray).Y < 128
				if dark != (right == want.right && foot == want.foot) {
					t.Errorf("way %d: right %v foot %v: dark %v", turn, right, foot, dark)
				}
			}
		}
	}
}

func TestBarePNG(t *testing.T) {
	data := small(t)
	chunk := func(name, body string) []byte {
		b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
		b = append(b, name+body...)
		return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(name+body)))
	}
	noisy := slices.Concat(data[:33], chunk("tEXt", "Author\x00somebody"), chunk("eXIf", "a place"), data[33:], []byte("after"))
	m, err := document.Image{Data: noisy, Alt: "a"}.Bare()
	if err != nil || !bytes.Equal(m.Data, data) {
		t.Errorf("%v: %q", err, m.Data)
	}
}

func FuzzBare(f *testing.F) {
	f.Add([]byte("\xFF\xD8\xFF\xE1\x00\x02\xFF\xD9"))
	f.Add(huge(3, 3))
	f.Fuzz(func(t *testing.T, data []byte) {
		m := document.Image{Data: data, Alt: "a"}
		if z, err := m.Size(); err == nil && z.Width*z.Height > 1<<20 {
			return // slow, and no other than a small one
		}
		m.Bare()
	})
}

func TestShares(t *testing.T) {
	for _, c := range []struct {
		widths, want []int
	}{{nil, []int{33, 33, 34}}, {[]int{3, 1, 2}, []int{50, 16, 34}}} {
		if got := (document.Table{Head: make([]string, 3), Widths: c.widths}).Shares(100); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v", c.widths, got)
		}
	}
}

func TestSafeLink(t *testing.T) {
	for link, safe := range map[string]bool{"https://a.example": true, "http://a.example": true, "mailto:a@example.org": true, "javascript:alert(1)": false, " https://a.example": false, "file:///etc/passwd": false, "//a.example": false, "": false} {
		if got := document.SafeLink(link) != ""; got != safe {
			t.Errorf("%q: %v", link, got)
		}
	}
}
