package packet

import (
	"strings"

	"stayput/derive/packet"
	"stayput/format/document"
	"stayput/locale"
	"stayput/present/chart"
	"stayput/present/letter"
)

// About are the lines under the title of a pack: whose it is, of which day, for which
// meeting.
func About(p *packet.Pack, o Options) (out []Say) {
	add := func(label, text string) {
		if text != "" {
			out = append(out, Say{Label: o.Cat.T("packet.about_" + label), Text: text})
		}
	}
	for _, f := range []struct{ label, field string }{{"child", "child.name"}, {"born", "child.born"}, {"school", "school.name"}, {"district", "district.name"}} {
		add(f.label, letter.Value(o.Options, f.field, p.Facts.Fields[f.field]))
	}
	add("as_of", o.Cat.Date(p.Today))
	switch {
	case p.Meeting != nil && p.Meeting.On.HasTime():
		add("meeting", o.Cat.T("packet.day_time", "date", o.Cat.DateFull(p.Meeting.On.Earliest), "time", o.Cat.Time(p.Meeting.On.Minute)))
	case p.Meeting != nil:
		add("meeting", o.Cat.When(p.Meeting.On))
	case p.Name == packet.ForMeeting:
		add("meeting", o.Cat.T("packet.no_meeting"))
	}
	return out
}

// Document is a pack as a document.
func Document(p *packet.Pack, o Options) *document.Document {
	t := o.Cat
	d := &document.Document{Title: Title(p.Name, o), Language: t.Lang() + "-US", Footer: t.T("packet.page"), Of: t.T("packet.page_of")}
	put := func(b document.Block) { d.Blocks = append(d.Blocks, b) }
	labelled := func(s Say) document.Paragraph {
		return document.Paragraph{Runs: []document.Run{{Text: s.Label + ": ", Bold: true}, {Text: s.Text}}}
	}
	put(document.Heading{Level: 1, Text: d.Title})
	for _, s := range About(p, o) {
		put(labelled(s))
	}
	for _, x := range Parts(p, o) {
		level := 2
		if x.Sub {
			level = 3
		}
		put(document.Heading{Level: level, Text: x.Title})
		for _, s := range x.Lead {
			put(document.Paragraph{With: true, Runs: []document.Run{{Text: s}}})
		}
		if x.Note != "" {
			put(document.Text(x.Note))
		}
		switch {
		case len(x.Head) == 1:
			var l document.List
			for _, r := range x.Rows {
				l.Items = append(l.Items, document.Text(r.Cells[0]))
			}
			put(l)
		case len(x.Rows) > 0:
			// The heading above says what the table is.
			table := document.Table{Head: x.Head, Widths: widths(x)}
			for _, r := range x.Rows {
				var cells []document.Cell
				for _, c := range r.Cells {
					cells = append(cells, document.Lines(c))
				}
				table.Rows = append(table.Rows, cells)
			}
			put(table)
		}
		for _, g := range x.Goals {
			for _, b := range goal(g, t) {
				put(b)
			}
		}
		for _, s := range x.After {
			put(document.Paragraph{Small: true, Runs: []document.Run{{Text: s}}})
		}
		for _, s := range x.Says {
			if len(s.Links) == 0 {
				put(labelled(s))
				continue
			}
			put(document.Paragraph{With: true, Runs: []document.Run{{Text: s.Label + ":", Bold: true}}})
			var l document.List
			for _, k := range s.Links {
				l.Items = append(l.Items, document.Text(k.Text))
			}
			put(l)
		}
		if x.Lines > 0 {
			put(document.Paragraph{With: true, Runs: []document.Run{{Text: x.Ask}}})
			put(document.Signature{Lines: make([]document.SignLine, x.Lines)})
		}
	}
	put(document.Paragraph{Small: true, Runs: []document.Run{{Text: t.T("packet.not_advice")}}})
	return d
}

// goal is a goal as blocks: its picture, and under it the same in words, for who does not
// see it.
func goal(g Goal, t *locale.Catalog) []document.Block {
	out := []document.Block{document.Heading{Level: 3, Text: g.Name}}
	if g.Picture != nil {
		d := chart.Drawing(t, *g.Picture, chart.Paper)
		d.With = true
		out = append(out, d)
	}
	table := document.Table{Head: []string{t.T("packet.col_what"), t.T("packet.col_written")}, Widths: []int{1, 4}, Keep: true}
	for i, f := range g.Facts {
		says := document.Lines(f.Text)
		if g.Earlier != "" && i == len(g.Facts)-1 { // the results
			says = append(says, document.Text(g.Earlier))
		}
		table.Rows = append(table.Rows, []document.Cell{document.Lines(f.Label), says})
	}
	return append(out, table)
}

// widths are how wide the columns of a table are: long texts get room, and no word is
// broken that need not be.
func widths(x Part) []int {
	out := make([]int, len(x.Head))
	for i, h := range x.Head {
		most := 8
		see := func(text string) {
			most = max(most, min(60, len([]rune(text))))
			for _, word := range strings.Fields(text) {
				most = max(most, min(30, 2*len([]rune(word))))
			}
		}
		see(h)
		for _, r := range x.Rows {
			see(r.Cells[i])
		}
		out[i] = most
	}
	return out
}
