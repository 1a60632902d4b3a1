package pdf_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stayput/fault"
	"stayput/format/document"
	"stayput/format/pdf"
)

func bytesOf(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := pdf.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The same document gives the same bytes, whatever was written before or at once.
func TestSameBytes(t *testing.T) {
	want, table := bytesOf(t, sample(t)), bytesOf(t, long())
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			var b bytes.Buffer
			d, same := sample(t), want
			if i%2 == 0 {
				d, same = long(), table
			}
			if _, err := pdf.Write(&b, d); err != nil || !bytes.Equal(b.Bytes(), same) {
				t.Errorf("other bytes: %v", err)
			}
		})
	}
	wait.Wait()
	other := sample(t)
	other.Title += "."
	if bytes.Equal(bytesOf(t, other), want) {
		t.Error("another document gave the same bytes")
	}
}

func TestPictures(t *testing.T) {
	d := &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{
		document.Image{Data: picture(t, 300, 100, true), Alt: "a"}, document.Image{Data: picture(t, 40, 4000, false), Alt: "b"},
	}}
	same := document.Image{Data: picture(t, 20, 20, false), Alt: "c", Width: 1000}
	d.Blocks = append(d.Blocks, same, same)
	path, _ := written(t, d)
	lines := strings.Split(strings.TrimSpace(run(t, "pdfimages", "-list", path)), "\n")[2:]
	var got []string
	for _, l := range lines {
		f := strings.Fields(l)
		got = append(got, strings.Join([]string{f[2], f[3], f[4], f[8], f[12]}, " "))
	}
	// 40 by 4,000 dots are 3,000 points high, and a page has 648; 4,000 dots on nine
	// inches are 444 to an inch. 20 dots on the 6.5 inches of the column are 3.
	want := []string{"image 300 100 jpeg 96", "image 40 4000 image 444", "smask 40 4000 image 444", "image 20 20 image 3", "smask 20 20 image 3", "image 20 20 image 3", "smask 20 20 image 3"}
	if strings.Join(got, ", ") != strings.Join(want, ", ") {
		t.Errorf("pictures %q, and not %q", got, want)
	}
	if n := bytes.Count(bytesOf(t, d), []byte("/Subtype/Image")); n != 5 {
		t.Errorf("%d objects: the picture that stands twice is written twice", n)
	}
}

func TestPicturesThatAreNone(t *testing.T) {
	whole := picture(t, 40, 40, false)
	for name, data := range map[string][]byte{"nothing": nil, "text": []byte("hello"), "a part": whole[:len(whole)/2]} {
		_, err := pdf.Write(io.Discard, &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{document.Image{Data: data, Alt: "a"}}})
		if l := fault.All(err); len(l) != 1 || l[0].Key != "document.picture_unread" || l[0].Kind != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

// A disk that is full is told.
func TestFullDisk(t *testing.T) {
	if _, err := pdf.Write(failing{}, sample(t)); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("got %v", err)
	}
}

// FuzzWrite: whatever the text is, a file comes of it, the same each time.
func FuzzWrite(f *testing.F) {
	for _, n := range names {
		f.Add(n, "en-US", 3)
	}
	f.Add("\u202e\x00\xff\u2067אבג abc 12 \u0301\u200d", "ar", 40)
	f.Add(strings.Repeat("x", 500), "", 1)
	f.Add("a\nb\tc\r\n", "zz-zz-zz", -1)
	f.Fuzz(func(t *testing.T, text, lang string, n int) {
		if len(text) > 5_000 {
			return
		}
		n = 1 + abs(n)%60
		head := make([]string, 1+n%5)
		row := make([]document.Cell, len(head))
		for i := range row {
			row[i] = document.Lines(text, lang)
		}
		d := &document.Document{Title: "t" + text, Language: "l" + lang, Author: text, Footer: text, Of: lang, Landscape: n%2 == 0, Blocks: []document.Block{
			document.Letterhead{Lines: []string{text}}, document.Heading{Level: 1 + n%4, Text: text, Language: lang},
			document.Paragraph{Language: lang, Right: n%3 == 0, Runs: []document.Run{{Text: text, Bold: true}, {Text: text, Link: "https://" + text}, {Text: text, Blank: true}, {Text: lang, Italic: true}}},
			document.List{Numbered: n%2 == 0, Start: n, Items: []document.Paragraph{document.Text(text), {Language: lang, Runs: []document.Run{{Text: text}}}}},
			document.Table{Caption: text, Head: head, Rows: [][]document.Cell{row, row}},
			document.Signature{Lines: []document.SignLine{{Label: text, Value: lang}}},
		}}
		var a, b bytes.Buffer
		r, err := pdf.Write(&a, d)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pdf.Write(&b, d); err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("the second time: %v", err)
		}
		if r.Pages < 1 || !bytes.HasSuffix(a.Bytes(), []byte("%%EOF\n")) {
			t.Errorf("%d pages, %d bytes", r.Pages, a.Len())
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return max(-n, 0) // the least number has no opposite
	}
	return n
}

// letter is a letter of one page.
func letter() *document.Document {
	d := &document.Document{Title: "A letter", Language: "en-US", Footer: "Page", Of: "of", Blocks: []document.Block{
		document.Paragraph{Right: true, Runs: []document.Run{{Text: "March 2, 2026"}}},
		document.Text("Dr. Ana Muñoz\nDirector of Special Education\nA District\n123 First Street"),
		document.Heading{Level: 1, Text: "Request for prior written notice"},
		document.Text("Dear Dr. Muñoz:"),
	}}
	for range 8 {
		d.Blocks = append(d.Blocks, document.Paragraph{Runs: []document.Run{{Text: strings.Repeat(filler, 2)}, {Text: "It is important. ", Bold: true}}})
	}
	d.Blocks = append(d.Blocks, document.Signature{Lines: []document.SignLine{{Label: "Signature"}}})
	return d
}

func BenchmarkLetter(b *testing.B) {
	d := letter()
	for b.Loop() {
		bytesOf(b, d)
	}
}

// Letters and marks of every script, in any order, make a file.
func TestAnyScript(t *testing.T) {
	var tables []*unicode.RangeTable
	for _, s := range []string{"Arabic", "Hebrew", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Khmer", "Lao", "Myanmar", "Tamil", "Telugu", "Thai", "Latin", "Greek", "Cyrillic", "Common", "Inherited", "Han", "Hangul", "Tibetan", "Mongolian", "Syriac", "Nko"} {
		tables = append(tables, unicode.Scripts[s])
	}
	signs := rapid.SliceOfN(rapid.OneOf(rapid.RuneFrom(nil, tables...), rapid.RuneFrom([]rune(" \u200d\u200c\u200f\u2067\u2069()12\u0301\u17d2\u094d"))), 0, 60)
	rapid.Check(t, func(r *rapid.T) {
		text := string(signs.Draw(r, "text"))
		lang := rapid.SampledFrom([]string{"", "ar", "he", "km", "hy"}).Draw(r, "lang")
		d := &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{document.Paragraph{Language: lang, Runs: []document.Run{{Text: text}, {Text: text, Bold: true}}}}}
		var b bytes.Buffer
		if _, err := pdf.Write(&b, d); err != nil {
			r.Fatal(err)
		}
	})
}

// Every font draws: on the page of each name there is ink where the name stands.
func TestEveryScriptIsDrawn(t *testing.T) {
	d := &document.Document{Title: "t", Language: "en-US"}
	texts := append([]string{"☐", "≥"}, names...)
	for _, n := range texts {
		d.Blocks = append(d.Blocks, document.Text(n), document.PageBreak{})
	}
	path, r := written(t, d)
	if r.Pages != len(texts) || len(r.Unprintable) > 0 {
		t.Fatalf("%d pages, not printed %q", r.Pages, r.Unprintable)
	}
	run(t, "pdftoppm", "-gray", "-r", "72", path, filepath.Join(filepath.Dir(path), "p"))
	for i, n := range texts {
		data, err := os.ReadFile(filepath.Join(filepath.Dir(path), fmt.Sprintf("p-%02d.pgm", i+1)))
		if err != nil {
			t.Fatal(err)
		}
		var wide, high, most int
		if _, err := fmt.Sscanf(string(data[:20]), "P5\n%d %d\n%d\n", &wide, &high, &most); err != nil {
			t.Fatal(err)
		}
		dots := data[len(data)-wide*high:]
		var ink int
		for _, v := range dots[72*wide : 100*wide] {
			if v < 128 {
				ink++
			}
		}
		// The least of them is a box of eight dots on each side.
		if least := 8 * utf8.RuneCountInString(strings.ReplaceAll(n, " ", "")) / 2; ink < least {
			t.Errorf("%s: %d dots of ink, fewer than %d", n, ink, least)
		}
	}
}
