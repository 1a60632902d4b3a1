package markup

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"stayput/format/document"
)

type (
	run   = document.Run
	para  = document.Paragraph
	block = document.Block
)

func said(s string) para { return document.Text(s) }

func paras(p ...para) []para { return p }

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, give string
		want       []block
	}{
		{"nothing", "", nil},
		{"empty lines", "\n \n\t\n", nil},
		{"a letter", "Ana Díaz\n12 Main St.\n\nDear Ms. Park:\n\nI ask for an IEE.", []block{said("Ana Díaz\n12 Main St."), said("Dear Ms. Park:"), said("I ask for an IEE.")}},
		{"headings", "# One\ntext\n#### Four\n###### Six\n#5 is mine\n#\n# Done ##", []block{
			document.Heading{Level: 1, Text: "One"}, said("text"), document.Heading{Level: 4, Text: "Four"}, document.Heading{Level: 4, Text: "Six"}, said("#5 is mine\n#"),
			document.Heading{Level: 1, Text: "Done ##"}}},
		{"heading in Spanish", "## {lang=es} Lo que pido", []block{document.Heading{Level: 2, Text: "Lo que pido", Language: "es"}}},
		{"bold and italic", "This is **bold**, *italic* and ***both***.", []block{para{Runs: []run{{Text: "This is "}, {Text: "bold", Bold: true}, {Text: ", "}, {Text: "italic", Italic: true},
			{Text: " and "}, {Text: "both", Bold: true, Italic: true}, {Text: "."}}}}},
		{"bold over lines", "**a\nb** c", []block{para{Runs: []run{{Text: "a\nb", Bold: true}, {Text: " c"}}}}},
		{"stars that are stars", "3 * 4 * 5, A* and B*, *67 and *82, **** and *", []block{said("3 * 4 * 5, A* and B*, *67 and *82, **** and *")}},
		{"names with underscores", "ana_maria_diaz@example.org and __init__", []block{said("ana_maria_diaz@example.org and __init__")}},
		{"lines to write on", "Name:_____Date:_____\n\n______", []block{said("Name:_____Date:_____"), said("______")}},
		{"citations", "34 CFR 300.503(b)(1), Ed. Code § 56043(a), 20 U.S.C. 1415[c], 2025-26", []block{said("34 CFR 300.503(b)(1), Ed. Code § 56043(a), 20 U.S.C. 1415[c], 2025-26")}},
		{"a backslash", `\*not bold\* C:\files \\ and \a (\()`, []block{said(`*not bold* C:\files \ and \a (\()`)}},
		{"a backslash at the end", "one\\\ntwo  \nthree\\", []block{said("one\\\ntwo\nthree\\")}},
		{"HTML", "<b>x</b> <script>alert(1)</script> &amp; <https://a.org>", []block{said("<b>x</b> <script>alert(1)</script> &amp; <https://a.org>")}},
		{"quotes and code", "> he said\n`code`\n```\nx\n```", []block{said("> he said\n`code`\n```\nx\n```")}},
		{"a line under text", "Signed\n---\nAna\n===\n***", []block{said("Signed"), document.PageBreak{}, said("Ana\n===\n***")}},
		{"blank", "On [[When did they answer?]] you said [[]].", []block{para{Runs: []run{{Text: "On "}, {Text: "When did they answer?", Blank: true}, {Text: " you said "}, {Blank: true}, {Text: "."}}}}},
		{"blank over lines, in bold", "**See [[which\npage?]] now**", []block{para{Runs: []run{{Text: "See", Bold: true}, {Text: " "}, {Text: "which page?", Blank: true}, {Text: " "}, {Text: "now", Bold: true}}}}},
		{"brackets", `[x] [a](b) ![i](https://a.org/i.png) \[[no]]`, []block{para{Runs: []run{{Text: "[x] [a](b) !"}, {Text: "i", Link: "https://a.org/i.png"}, {Text: " [[no]]"}}}}},
		{"link", "See [the rule](https://example.org/a_b).", []block{para{Runs: []run{{Text: "See "}, {Text: "the rule", Link: "https://example.org/a_b"}, {Text: "."}}}}},
		{"a bad link", "[x](javascript:alert(1))", []block{said("[x](javascript:alert(1))")}},
		{"list", "I ask for:\n- speech\n- OT,\n  twice a week\n\n- a *copy*\n\nThank you.", []block{said("I ask for:"),
			document.List{Items: paras(said("speech"), said("OT,\ntwice a week"), para{Runs: []run{{Text: "a "}, {Text: "copy", Italic: true}}})}, said("Thank you.")}},
		{"numbers", "1. one\n2. two\n\ntext\n\n3. three\n5. five", []block{document.List{Numbered: true, Items: paras(said("one"), said("two"))}, said("text"),
			document.List{Numbered: true, Start: 3, Items: paras(said("three"))}, document.List{Numbered: true, Start: 5, Items: paras(said("five"))}}},
		{"a list in a list", "1. one\n   - a\n     - b\n2. two", []block{document.List{Numbered: true, Items: paras(said("one"))}, document.List{Items: paras(said("a"), said("b"))},
			document.List{Numbered: true, Start: 2, Items: paras(said("two"))}}},
		{"an item of two paragraphs", "- one\n\n  more\n- two", []block{document.List{Items: paras(said("one\nmore"), said("two"))}}},
		{"a number in a line", "the meeting on March\n3. We asked", []block{said("the meeting on March\n3. We asked")}},
		{"numbers that are none", "0. a\n\n01. b\n\n1.\n\n-\n\n-5 points\n\n1234567890. c", []block{said("0. a"), said("01. b"), said("1."), said("-"), said("-5 points"), said("1234567890. c")}},
		{"pasted bullets", "•\tone\n•\ttwo", []block{document.List{Items: paras(said("one"), said("two"))}}},
		{"sign", "{sign: Parent = Ana Díaz}\n{firma: Fecha}\n\n{sign: Date}\n{sign:}", []block{
			document.Signature{Lines: []document.SignLine{{Label: "Parent", Value: "Ana Díaz"}, {Label: "Fecha"}}}, document.Signature{Lines: []document.SignLine{{Label: "Date"}, {}}}}},
		{"braces", "{what: x}\n{sign: a", []block{said("{what: x}\n{sign: a")}},
		{"set to the right", "{right} March 4\n\n{small lang=es with} *x*\n\n{right}\n\n{right right} a\n\n{odd} b", []block{para{Runs: []run{{Text: "March 4"}}, Right: true},
			para{Runs: []run{{Text: "x", Italic: true}}, Small: true, With: true, Language: "es"}, said("{right}"), said("{right right} a"), said("{odd} b")}},
		{"table", "**Services**\n| Week of | Promised | Given |\n|---|---:|:---:|\n| May 4 | 60 | 30<br>*late* |\n| May \\| 11 | | \\<br> |\nEnd.", []block{document.Table{Caption: "Services",
			Head: []string{"Week of", "Promised", "Given"}, Rows: [][]document.Cell{
				{document.Lines("May 4"), {para{Runs: []run{{Text: "60"}}, Right: true}}, {said("30"), para{Runs: []run{{Text: "late", Italic: true}}}}},
				{document.Lines("May | 11"), nil, document.Lines("<br>")}}}, said("End.")}},
		{"a table without bars around it, after text", "Here it is:\n**T**\n\na | b\n--|------\nx | y", []block{said("Here it is:"), document.Table{Caption: "T", Head: []string{"a", "b"}, Widths: []int{1, 3},
			Rows: [][]document.Cell{{document.Lines("x"), document.Lines("y")}}}}},
		{"a row too wide and one too narrow", "**T**\n|a|\n|--|\n|x|y|\n| |", []block{document.Table{Caption: "T", Head: []string{"a", ""},
			Rows: [][]document.Cell{{document.Lines("x"), document.Lines("y")}, {nil, nil}}}}},
		{"bars without a ruler", "a | b\nc | d", []block{said("a | b\nc | d")}},
		{"signs that cannot be seen", "a\u202eb\u0000c\u2067d\ufeff\r\ne\u200d\u200cf\u200f\u2028g", []block{said("abcd\ne\u200d\u200cf\u200f\ng")}},
		{"letters made of two", "Jose\u0301", []block{said("José")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _ := Parse(c.give)
			same(t, c.give, got, c.want)
			again, _ := Parse(Format(got))
			same(t, Format(got), again, c.want)
		})
	}
}

func same(t *testing.T, give string, got, want []block) {
	t.Helper()
	if len(got) == 0 && len(want) == 0 {
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q\n got %#v\nwant %#v", give, got, want)
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		give string
		want string
	}{
		{"fine [[a]] \\[[", ""},
		{"fine [[over\ntwo lines]]", ""},
		{"[[a]] [[b\n\nc]] [[d [[e]]", "markup.gap_open:1markup.gap_open:3"},
		{"one\n\ntwo [[open", "markup.gap_open:3"},
		{"| a |\n|---|\n| b |", "markup.table_name:1"},
		{"**T**\n| a |\n|---|\n| b | c |", "markup.table_wide:4"},
		{"**T**\n| a |\n|---|---|", "markup.table_wide:3"},
	} {
		_, wrong := Parse(c.give)
		got := ""
		for _, w := range wrong {
			got += fmt.Sprintf("%s:%d", w.Key, w.At.Line)
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.give, got, c.want)
		}
	}
}

// What a parent sees in the box is clean: backslashes only where it takes them.
func TestFormat(t *testing.T) {
	for _, c := range []struct {
		give []block
		want string
	}{
		{nil, ""},
		{[]block{said("34 CFR 300.503(b)(1) [sic] § 56043(a), 3 * 4, ana_diaz@example.org, C:\\files")}, "34 CFR 300.503(b)(1) [sic] § 56043(a), 3 * 4, ana_diaz@example.org, C:\\files\n"},
		{[]block{said("*odd* and [[x]]")}, "\\*odd\\* and \\[\\[x]]\n"},
		{[]block{said("1. no list\n- no item\n# no heading\n---\n{sign: x}\n{right} y")}, "1\\. no list\n\\- no item\n\\# no heading\n\\---\n\\{sign: x}\n\\{right} y\n"},
		{[]block{said("a | b\n--|--")}, "a | b\n\\--|--\n"},
		{[]block{para{Runs: []run{{Text: "a "}, {Text: " b ", Bold: true}, {Text: "c"}}}}, "a  **b** c\n"},
		{[]block{para{Runs: []run{{Text: "a ", Bold: true}, {Text: "b", Bold: true, Italic: true}}}}, "**a *b***\n"},
		{[]block{document.List{Items: paras(said("a\nb"), said("c"))}, document.List{Items: paras(said("d"))}}, "- a\n  b\n- c\n\n* d\n"},
		{[]block{document.List{Numbered: true, Items: paras(said("a"))}, document.List{Numbered: true, Start: 2, Items: paras(said("b"))}}, "1. a\n\n2) b\n"},
		{[]block{document.List{Numbered: true, Start: 9, Items: paras(said("a"), said("b\nc"))}}, "9. a\n10. b\n    c\n"},
		{[]block{document.Table{Caption: "T*", Head: []string{"a|b", "n"}, Widths: []int{4, 2}, Rows: [][]document.Cell{{document.Lines("x\ny|"), {para{Runs: []run{{Text: "60"}}, Right: true}}}, {nil, nil}}}},
			"**T\\***\n| a\\|b | n |\n|------|---:|\n| x<br>y\\| | 60 |\n| | |\n"},
		{[]block{document.Letterhead{Lines: []string{"Office of Ana Díaz", "12 Main St."}}, document.Image{Alt: "A chart"}}, "Office of Ana Díaz\n12 Main St.\n\n(A chart)\n"},
		{[]block{document.Signature{Lines: []document.SignLine{{Label: "Date", Value: "March 4"}}}, document.PageBreak{}}, "{sign: Date = March 4}\n\n---\n"},
		{[]block{said("one\n\ntwo"), said(" "), document.Heading{Level: 9, Text: "*x*"}}, "one\n\ntwo\n\n#### \\*x\\*\n"},
	} {
		if got := Format(c.give); got != c.want {
			t.Errorf("%#v\n got %q\nwant %q", c.give, got, c.want)
		}
	}
}

var odd = []string{"a", "B", "é", "ñ", "1", "9", " ", "  ", "*", "**", "_", "[", "[[", "]]", "](", "(", ")", "|", "\\", "<br>", "<", "-", "---", "#", "# ", "1. ", "- ", "{sign: x}", "{right} ", ".", ",", "•", "\u200f", "\u00a0", "&amp;", "٣", "名", "https://a.org"}

// someText is text of one line with all that markup might mistake.
func someText(t *rapid.T, what string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(odd), 1, 12).Draw(t, what), "")
}

func somePara(t *rapid.T, looks bool) para {
	var p para
	n := rapid.IntRange(1, 4).Draw(t, "runs")
	for i := range n {
		s := someText(t, "text")
		if !looks {
			p.Runs = append(p.Runs, run{Text: s})
			continue
		}
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			p.Runs = append(p.Runs, run{Text: s, Blank: true})
		case 1:
			p.Runs = append(p.Runs, run{Text: s, Link: "https://example.org/a_(b)"})
		case 2:
			p.Runs = append(p.Runs, run{Text: " "}, run{Text: "x" + s + "y", Bold: i%2 == 0, Italic: i%3 == 0}, run{Text: " "})
		default:
			p.Runs = append(p.Runs, run{Text: s})
		}
	}
	p.Small, p.Right, p.With = rapid.Bool().Draw(t, "small"), rapid.Bool().Draw(t, "right"), rapid.Bool().Draw(t, "with")
	p.Language = rapid.SampledFrom([]string{"", "es", "zh-Hant"}).Draw(t, "lang")
	p.Runs = settle(p.Runs)
	return p
}

func someCell(t *rapid.T) document.Cell {
	var c document.Cell
	for range rapid.IntRange(0, 2).Draw(t, "lines") {
		if p := somePara(t, true); len(p.Runs) > 0 {
			c = append(c, p)
		}
	}
	return c
}

func someBlock(t *rapid.T) block {
	switch rapid.IntRange(0, 6).Draw(t, "block") {
	case 0:
		return document.Heading{Level: rapid.IntRange(1, 4).Draw(t, "level"), Text: strings.Trim(tidy("x"+someText(t, "heading")), " "), Language: rapid.SampledFrom([]string{"", "es"}).Draw(t, "lang")}
	case 1:
		l := document.List{Numbered: rapid.Bool().Draw(t, "numbered")}
		if l.Numbered {
			l.Start = rapid.SampledFrom([]int{0, 2, 7}).Draw(t, "start")
		}
		for range rapid.IntRange(1, 3).Draw(t, "items") {
			if p := somePara(t, true); len(p.Runs) > 0 {
				l.Items = append(l.Items, p)
			}
		}
		if len(l.Items) == 0 {
			l.Items = paras(said("x"))
		}
		return l
	case 2:
		n := rapid.IntRange(1, 3).Draw(t, "columns")
		tb := document.Table{Caption: strings.TrimSpace(tidy("x" + someText(t, "caption")))}
		for range n {
			tb.Head = append(tb.Head, strings.Trim(tidy(someText(t, "head")), " "))
			tb.Widths = append(tb.Widths, rapid.IntRange(1, 9).Draw(t, "width"))
		}
		tb.Widths = shares(tb.Widths)
		for range rapid.IntRange(0, 3).Draw(t, "rows") {
			row := make([]document.Cell, n)
			for i := range row {
				row[i] = someCell(t)
			}
			tb.Rows = append(tb.Rows, row)
		}
		return tb
	case 3:
		return document.PageBreak{}
	case 4:
		return document.Signature{Lines: []document.SignLine{{Label: strings.Trim(tidy(someText(t, "label")), " "), Value: strings.Trim(tidy(someText(t, "value")), " ")}}}
	}
	if p := somePara(t, true); len(p.Runs) > 0 {
		return p
	}
	return said("x")
}

// Whatever a document holds, its text comes back; and what is read comes back whole.
func TestThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		give := rapid.SliceOfN(rapid.Custom(someBlock), 1, 4).Draw(t, "blocks")
		s := Format(give)
		got, _ := Parse(s)
		if !reflect.DeepEqual(bare(got), bare(give)) {
			t.Fatalf("%q\n got %#v\nwant %#v", s, bare(got), bare(give))
		}
		again, _ := Parse(Format(got))
		if !reflect.DeepEqual(again, got) {
			t.Fatalf("%q\nthen %q\n got %#v\nwant %#v", s, Format(got), again, got)
		}
	})
}

// Bold and italic words among others come back bold and italic.
func TestLooksThereAndBack(t *testing.T) {
	word := rapid.SampledFrom([]string{"one", "two three", "§ 56043(a)", "\"four\"", "(five)", "six.", "2025-26", "A*", "a_b", "siete\nocho"})
	rapid.Check(t, func(t *rapid.T) {
		var p para
		for i := range rapid.IntRange(1, 6).Draw(t, "words") {
			if i > 0 {
				p.Runs = append(p.Runs, run{Text: " "})
			}
			p.Runs = append(p.Runs, run{Text: word.Draw(t, "word"), Bold: rapid.Bool().Draw(t, "bold"), Italic: rapid.Bool().Draw(t, "italic")})
		}
		p.Runs = settle(p.Runs)
		got, _ := Parse(Format([]block{p}))
		if !reflect.DeepEqual(got, []block{p}) {
			t.Fatalf("%q\n got %#v\nwant %#v", Format([]block{p}), got, p)
		}
	})
}

// bare is blocks without bold and italic.
func bare(blocks []block) []block {
	strip := func(p para) para {
		p.Runs = slices.Clone(p.Runs)
		for i := range p.Runs {
			p.Runs[i].Bold, p.Runs[i].Italic = false, false
		}
		p.Runs = settle(p.Runs)
		return p
	}
	var out []block
	for _, b := range blocks {
		switch x := b.(type) {
		case para:
			b = strip(x)
		case document.List:
			x.Items = slices.Clone(x.Items)
			for i := range x.Items {
				x.Items[i] = strip(x.Items[i])
			}
			b = x
		case document.Table:
			rows := make([][]document.Cell, 0, len(x.Rows))
			for _, r := range x.Rows {
				var row []document.Cell
				for _, c := range r {
					var cell document.Cell
					for _, p := range c {
						cell = append(cell, strip(p))
					}
					row = append(row, cell)
				}
				rows = append(rows, row)
			}
			x.Rows = rows
			b = x
		}
		out = append(out, b)
	}
	return out
}

// letters are the letters and digits of a text, which nobody may lose, counted.
func letters(s string) map[rune]int {
	out := map[rune]int{}
	s = lineBreak.ReplaceAllString(tidy(strings.ReplaceAll(s, "{firma:", "{sign:")), "")
	for _, r := range norm.NFD.String(s) { // an accent may find its letter once a star between them is gone
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out[unicode.ToLower(r)]++
		}
	}
	return out
}

func FuzzParse(f *testing.F) {
	for _, s := range odd {
		f.Add(s)
	}
	f.Add("**T**\n| a | b |\n|---|---:|\n| x | y<br>z | w |\n\n1. a\n3. b\n\n- [[q]] *i* **b**\n{sign: A = B}\n---\n{right small} x\n\\# y")
	f.Add("i*\u0300 *x*")
	f.Add("*a *b **c ***d*** e** f* \\\\* [x](https://a.org) ![[y]]")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4000 {
			return
		}
		got, _ := Parse(s)
		d := document.Document{Title: "x", Language: "en-US", Blocks: got}
		if err := d.Check(); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		y := Format(got)
		if a, b := letters(s), letters(y); !reflect.DeepEqual(a, b) {
			t.Fatalf("%q became %q: letters %v, were %v", s, y, b, a)
		}
		again, _ := Parse(y)
		if !reflect.DeepEqual(bare(again), bare(got)) {
			t.Fatalf("%q became %q\n got %#v\nwant %#v", s, y, again, got)
		}
	})
}

// A long text of signs takes no long time.
func TestHugeAndHostile(t *testing.T) {
	for _, s := range []string{"*a ", "**a *b ", "[[", "[a](", "| ", "- ", "\\", "*", "a* ", "> ", "\n", "1. a\n", "**a**", "|\n|-|\n", "{right} ", "* a**b "} {
		begin := time.Now()
		b, _ := Parse(strings.Repeat(s, 8_000))
		Format(b)
		t.Logf("%q: %v", s, time.Since(begin).Round(time.Millisecond))
	}
}
