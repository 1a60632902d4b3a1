package web

import (
	"strings"

	"stayput/derive/reading"
	"stayput/format/document"
	"stayput/format/markup"
	"stayput/format/plain"
	"stayput/guide"
	"stayput/paper"
)

// mostPointed is how many long sentences, and how many terms, are pointed out.
const mostPointed = 8

// paperReading says how hard a paper is to read, for one that a family reads. A paper to
// an office is measured too, and said in fewer words.
func (f speaker) paperReading(d *paper.Paper, lang, text string) *paperReading {
	var terms []reading.Term
	for _, t := range guide.For(lang).Terms {
		for _, n := range t.Names {
			terms = append(terms, reading.Term{Name: n, Plain: t.Definition})
		}
	}
	body := running(text)
	m := reading.Measure(body, lang, terms)
	if m.Level == reading.Unmeasured {
		return nil
	}
	x := &paperReading{Level: f.T("webpaper.reading_" + string(m.Level))}
	if len(m.Scores) > 0 {
		s := m.Scores[0]
		x.Detail = f.T("webpaper.formula_"+string(s.Formula), "score", tenth(s.Tenths), "words", itoa(m.Words), "sentences", itoa(m.Sentences))
	}
	if m.Rough {
		x.Detail = strings.TrimSpace(x.Detail + " " + f.T("webpaper.reading_rough"))
	}
	for _, l := range m.Long {
		if len(x.Long) < mostPointed {
			x.Long = append(x.Long, f.T("webpaper.long_one", "n", itoa(l.Words), "text", shortened(oneSpace(body[l.Start:l.End]), 160)))
		}
	}
	if toFamily(d, "") {
		for _, j := range m.Jargon {
			if len(x.Jargon) < mostPointed {
				x.Jargon = append(x.Jargon, f.T("webpaper.jargon_one", "name", j.Name, "plain", shortened(oneSpace(j.Plain), 200)))
			}
		}
	}
	return x
}

// running is the running text of a paper: its paragraphs and lists.
func running(text string) string {
	blocks, _ := markup.Parse(text)
	var b strings.Builder
	for _, x := range blocks {
		switch x := x.(type) {
		case document.Paragraph:
			b.WriteString(plain.Line(x) + "\n\n")
		case document.List:
			for _, p := range x.Items {
				b.WriteString(plain.Line(p) + "\n\n")
			}
		}
	}
	return b.String()
}

// tenth is a number of tenths with a point: 84 is 8.4.
func tenth(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	return sign + itoa(n/10) + "." + itoa(n%10)
}
