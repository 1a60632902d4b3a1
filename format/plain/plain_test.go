package plain

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stayput/format/document"
)

func TestWrite(t *testing.T) {
	d := &document.Document{Title: "Letter", Language: "en-US", Footer: "Page", Blocks: []document.Block{
		document.Letterhead{Lines: []string{"Díaz Advocacy", "12 Main St."}},
		document.Paragraph{Runs: []document.Run{{Text: "March 4, 2026"}}, Right: true},
		document.Text("Ana Díaz\n12 Main St."),
		document.Heading{Level: 1, Text: "What I ask"},
		document.Paragraph{Runs: []document.Run{{Text: "On "}, {Text: "When did you ask?", Blank: true}, {Text: " I asked for an "}, {Text: "independent educational evaluation", Bold: true},
			{Text: ", as "}, {Text: "the rule", Link: "https://example.org/502"}, {Text: " allows. Write to "}, {Text: "ana@example.org", Link: "mailto:ana@example.org"}, {Text: " or "}, {Blank: true}, {Text: "."}}},
		document.Heading{Level: 2, Text: "Services"},
		document.List{Items: []document.Paragraph{document.Text("speech, two times thirty minutes a week, alone with the therapist in a quiet room"), document.Text("a copy\nof the log")}},
		document.List{Numbered: true, Start: 9, Items: []document.Paragraph{document.Text("nine"), document.Text("ten, and a line that is long enough to go on in a second line of its own here")}},
		document.Heading{Level: 3, Text: "Minutes"},
		document.Table{Caption: "Promised and given", Head: []string{"Week of", "Given:", ""}, Rows: [][]document.Cell{
			{document.Lines("May 4"), document.Lines("30", "late"), nil}, {document.Lines("May 11"), nil, document.Lines("absent")}}},
		document.Text(" "),
		document.Image{Alt: "A line that goes up"},
		document.PageBreak{},
		document.Signature{Lines: []document.SignLine{{Label: "Parent", Value: "Ana Díaz"}, {Label: "Signature"}}},
	}}
	want := `Díaz Advocacy
12 Main St.

March 4, 2026

Ana Díaz
12 Main St.

What I ask
==========

On ______ (When did you ask?) I asked for an independent educational
evaluation, as the rule (https://example.org/502) allows. Write to
ana@example.org or ______.

Services
--------

- speech, two times thirty minutes a week, alone with the therapist in a
  quiet room
- a copy
  of the log

9. nine
10. ten, and a line that is long enough to go on in a second line of its own
    here

Minutes

Promised and given

Week of: May 4
Given: 30
  late
—

Week of: May 11
Given: —
absent

[A line that goes up]

--------------------

Parent: Ana Díaz
Signature: ` + document.Gap + "\n"
	if got := String(d); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNothing(t *testing.T) {
	if got := String(&document.Document{}); got != "" {
		t.Errorf("%q", got)
	}
	if got := String(&document.Document{Blocks: []document.Block{document.Text("a\u202eb\u0000\r\nc")}}); got != "ab\nc\n" {
		t.Errorf("%q", got)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestWriterFails(t *testing.T) {
	if err := Write(full{}, &document.Document{Blocks: []document.Block{document.Text("a")}}); err == nil {
		t.Error("a full disk is no error")
	}
}

// No word is lost, and no line is longer than it may be but one of a single word.
func TestEveryWord(t *testing.T) {
	word := rapid.StringMatching(`[a-zñ名]{1,90}`)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 1, 40).Draw(t, "words")
		text := strings.Join(words, " ")
		for _, b := range []document.Block{document.Text(text), document.List{Items: []document.Paragraph{document.Text(text)}}, document.Table{Head: []string{"h"}, Rows: [][]document.Cell{{document.Lines(text)}}}} {
			got := String(&document.Document{Blocks: []document.Block{b}})
			fields := strings.Fields(got)
			if f := fields[0]; f == "-" || f == "h:" {
				fields = fields[1:]
			}
			if strings.Join(fields, " ") != text {
				t.Fatalf("%q of %q", got, text)
			}
			for _, l := range strings.Split(got, "\n") {
				if utf8.RuneCountInString(l) > Columns && len(strings.Fields(l)) > 2 {
					t.Fatalf("a line of %d: %q", utf8.RuneCountInString(l), l)
				}
			}
		}
	})
}
