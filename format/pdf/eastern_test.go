package pdf_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"stayput/format/document"
	"stayput/format/pdf"
)

// easterners are made-up names in Chinese, of the mainland and of Taiwan, in Japanese and in
// Korean, with the letters that stand in no common list.
var easterners = []string{
	"王晓梅（小名：妞妞）", "陳麗華、歐陽鐵錚", "山田はな", "髙﨑ヨシエ", "タナカ・ケン", "ﾀﾅｶ", "佐々木 ぎん", "김민수", "남궁 하늘", "뷁 쌍", "ㄓㄤ", "ＡＢＣ１２３",
}

// Names in Chinese, Japanese and Korean are printed wherever a name may stand, and are read
// and copied as they were written.
func TestEasternNames(t *testing.T) {
	d := &document.Document{Title: "王晓梅 · 김민수", Author: "山田はな", Language: "en-US", Footer: "陳麗華", Of: "of"}
	tb := document.Table{Caption: "名册 명부", Head: []string{"Name", "姓名 이름 名前"}}
	list := document.List{Numbered: true}
	for _, n := range easterners {
		d.Blocks = append(d.Blocks,
			document.Heading{Level: 2, Text: "Head " + n + " end"},
			document.Paragraph{Runs: []document.Run{{Text: "Plain " + n + " end. "}, {Text: "Bold " + n + " end.", Bold: true}}},
			document.Paragraph{Runs: []document.Run{{Text: "Slanted " + n + " end. ", Italic: true}, {Text: "Link " + n + " end", Link: "https://example.org/"}}},
			document.Paragraph{Language: "ar", Runs: []document.Run{{Text: "سارة " + n + " الأحمد"}}})
		tb.Rows = append(tb.Rows, []document.Cell{document.Lines("Row " + n + " end"), document.Lines("Cell "+n+" end", "Nguyễn "+n+" سارة")})
		list.Items = append(list.Items, document.Text("Item "+n+" end"))
	}
	d.Blocks = append(d.Blocks, tb, list, document.Signature{Lines: []document.SignLine{{Label: "Name", Value: "김민수"}}})
	path, r := written(t, d)
	if len(r.Unprintable) > 0 {
		t.Errorf("not printed: %q", r.Unprintable)
	}
	inside(t, words(t, path))
	o := objectsOf(t, path)
	if got := o.text(o.get(o.all["trailer"].Value, "/Info"), "/Title"); got != d.Title {
		t.Errorf("the title is %q", got)
	}
	text := strings.Join(strings.Fields(run(t, "pdftotext", path, "-")), " ")
	read := strings.Join(strings.Fields(run(t, "pdfinfo", "-struct-text", path)), " ")
	for _, n := range easterners {
		for _, with := range []string{"Head", "Plain", "Bold", "Slanted", "Link", "Row", "Cell", "Item"} {
			if want := with + " " + n + " end"; !strings.Contains(text, want) || !strings.Contains(read, want) {
				t.Errorf("no %q: on the page %t, read %t", want, strings.Contains(text, want), strings.Contains(read, want))
			}
		}
		if !strings.Contains(read, "سارة "+n+" الأحمد") || !strings.Contains(read, "Nguyễn "+n+" سارة") {
			t.Errorf("%q beside Arabic is read as something else", n)
		}
	}
	for _, w := range []string{"名册 명부", "姓名 이름 名前", "陳麗華 1 of"} {
		if !strings.Contains(text, w) {
			t.Errorf("no %q on the page", w)
		}
	}
}

// A bold name is heavier than a plain one, and takes no more room.
func TestEasternBold(t *testing.T) {
	const name = "王陳山田김민수남궁"
	ink := make([]int, 2)
	var right [2]float64
	for i, bold := range []bool{false, true} {
		path, _ := written(t, &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{document.Paragraph{Runs: []document.Run{{Text: name, Bold: bold}}}}})
		run(t, "pdftoppm", "-gray", "-r", "144", "-singlefile", path, filepath.Join(filepath.Dir(path), "p"))
		data, err := os.ReadFile(filepath.Join(filepath.Dir(path), "p.pgm"))
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range data[len(data)-1224*1584 : len(data)-1224*200] {
			ink[i] += int(255 - v)
		}
		right[i] = words(t, path)[0].Right
	}
	if ink[1] < ink[0]*11/10 || right[0] != right[1] {
		t.Errorf("ink %d, and bold %d; ends at %.2f, and bold at %.2f", ink[0], ink[1], right[0], right[1])
	}
}

// A name of two hundred signs without a space goes on on the next line, in a column and in
// a cell, and no line begins with a sign that must not begin one.
func TestEasternLines(t *testing.T) {
	for name, s := range map[string]string{
		"Chinese":  strings.Repeat("王晓梅陳麗華、", 30),
		"Japanese": strings.Repeat("山田はな・タナカー", 23),
		"Korean":   strings.Repeat("김민수남궁하늘", 30),
	} {
		bold := document.Cell{{Runs: []document.Run{{Text: s, Bold: true}}}}
		path, r := written(t, &document.Document{Title: s, Language: "en-US", Footer: "Page", Of: "of", Blocks: []document.Block{
			document.Letterhead{Lines: []string{s}}, document.Heading{Level: 1, Text: s}, document.Text("The child is " + s + " and no other."),
			document.Table{Caption: s, Head: []string{s, "b", "c"}, Widths: []int{1, 5, 1}, Rows: [][]document.Cell{{document.Lines(s), document.Lines("x " + s), bold}}},
			document.List{Items: []document.Paragraph{document.Text(s)}}, document.Signature{Lines: []document.SignLine{{Label: s, Value: s}}},
		}})
		if len(r.Unprintable) > 0 {
			t.Errorf("%s: not printed %q", name, r.Unprintable)
		}
		ws := words(t, path)
		inside(t, ws)
		if len(ws) < 60 {
			t.Errorf("%s: %d pieces", name, len(ws))
		}
		// The column of 468 points less its padding, from a seventh of it on.
		const left, wide = 72 + 5, 468.0/7 - 10
		cells := 0
		for _, w := range ws {
			if w.Left >= left-0.1 && w.Left < left+1 && w.Right < left+wide+20 {
				if cells++; w.Right > left+wide+0.1 {
					t.Errorf("%s: a cell ends at %.1f, and %q at %.1f", name, left+wide, w.Text, w.Right)
				}
			}
			if strings.ContainsAny(string([]rune(w.Text)[0]), "、・ー") {
				t.Errorf("%s: a line begins with %q", name, w.Text)
			}
		}
		if cells < 20 {
			t.Errorf("%s: %d lines in the narrow cells", name, cells)
		}
		if text := strings.Join(strings.Fields(run(t, "pdftotext", "-raw", path, "-")), ""); strings.Count(text, s) < 5 {
			t.Errorf("%s: the name stands %d times whole", name, strings.Count(text, s))
		}
	}
}

// Korean that a Mac wrote in parts is printed as the same syllables, also when a part of a
// syllable is missing or comes twice.
func TestKoreanInParts(t *testing.T) {
	const name = "김민수 뷁 가나다 Nguyễn"
	parts := norm.NFD.String(name)
	if parts == name {
		t.Fatal("nothing is in parts")
	}
	path, r := written(t, &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{document.Text(parts), document.Text("\u1100 \u1100\u1100\u11a8")}})
	if len(r.Unprintable) > 0 {
		t.Errorf("not printed: %q", r.Unprintable)
	}
	text := run(t, "pdftotext", path, "-")
	if got := norm.NFC.String(text); !strings.Contains(text, "김민수 뷁 가나다") || !strings.Contains(got, name) {
		t.Errorf("%q", text)
	}
}

// What no font has is told, each sign once, and nothing else is: rare Han, old Korean,
// pictures.
func TestWhatIsNotPrinted(t *testing.T) {
	var b bytes.Buffer
	r, err := pdf.Write(&b, &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{
		document.Text("𠮷田 㛃 王晓梅 😀 ⼈ 𠮷 ᄼ 김민수 ཀ 山田 ゟ（）"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"ཀ", "ᄼ", "⼈", "ゟ", "㛃", "😀", "𠮷"}; !slices.Equal(r.Unprintable, want) {
		t.Errorf("not printed %q, and not %q", r.Unprintable, want)
	}
}

// Who draws letters without a font gets the shapes of eastern ones too.
func TestEasternLetters(t *testing.T) {
	wide, steps := pdf.Letters(document.Label{Text: "王김は", Size: 20}, "en")
	top := 0.0
	for _, s := range steps {
		top = min(top, s.To[0].Y)
	}
	if wide < 59 || wide > 61 || len(steps) < 60 || top > -12 || top < -22 {
		t.Errorf("%.1f wide, %d steps, %.1f high", wide, len(steps), -top)
	}
}
