package packet

import (
	"slices"
	"strings"

	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/draft"
	"stayput/derive/packet"
	"stayput/fact"
	"stayput/format/document"
	"stayput/law/pack"
	"stayput/locale"
	saybrief "stayput/present/brief"
)

// How many lines each part of a letter about a week has at most, so that it stays within
// one page; what is left out is counted.
const (
	mostHappened = 4
	mostLate     = 2
	mostDue      = 3
	mostNeed     = 3
	mostQuoted   = 90 // characters of an entry's own words
)

// A Friday is the letter about one week of a case.
type Friday struct {
	Subject  string
	Document *document.Document
}

// FridayOptions say how the letter is worded.
type FridayOptions struct {
	Cat    *locale.Catalog // of the family's language
	Words  *pack.TextsIn
	Sender string // who signs; "" leaves a blank
}

// Letter words a week as a letter to the family.
func Letter(w *packet.Week, b *brief.Brief, o FridayOptions) *Friday {
	t := o.Cat
	child := oneLine(b.Case.Child.Name)
	if child == "" {
		child = t.T("friday.your_child")
	}
	f := &Friday{Subject: t.T("friday.subject", "child", child, "date", t.Date(w.To))}
	d := &document.Document{Title: f.Subject, Language: t.Lang() + "-US", Footer: t.T("packet.page"), Of: t.T("packet.page_of")}
	put := func(blocks ...document.Block) { d.Blocks = append(d.Blocks, blocks...) }
	hello := t.T("friday.hello")
	if ps := b.Case.ContactsOf("parent"); len(ps) == 1 && oneLine(ps[0].Name) != "" { // of several, nobody says who reads it
		hello = t.T("friday.hello_name", "name", oneLine(ps[0].Name))
	}
	put(document.Text(hello), document.Text(t.T("friday.lead", "child", child, "from", t.Date(w.From), "to", t.Date(w.To))))
	part := func(name string, lines []string, most int) {
		put(document.Heading{Level: 2, Text: t.T("friday.h_" + name)})
		if len(lines) == 0 {
			put(document.Text(t.T("friday.none_" + name)))
			return
		}
		var l document.List
		for _, s := range lines[:min(most, len(lines))] {
			l.Items = append(l.Items, document.Text(s))
		}
		put(l)
		if n := len(lines) - most; n > 0 {
			put(document.Text(t.N("friday.more_"+name, n)))
		}
	}
	var happened []string
	for _, e := range w.Happened {
		happened = append(happened, event(t, e, w.Rooms[e]))
	}
	if n := len(happened) - mostHappened; n > 0 { // the newest stay, and stand in order
		happened = append(slices.Clone(happened[n:]), happened[:n]...)
	}
	part("happened", happened, mostHappened)
	part("due", o.duties(w.Due, w), mostDue)
	if len(w.Late) > 0 {
		part("late", o.duties(w.Late, w), mostLate)
	}
	steps := saybrief.Steps(b, saybrief.Options{Catalog: t, Words: o.Words}, len(b.Next))
	var need []string
	asked := map[string]bool{} // the same thing is asked once, by its first day
	for _, i := range w.Need {
		s := strings.TrimSpace(steps[i].Do)
		if asked[s] {
			continue
		}
		asked[s] = true
		if by := steps[i].By; by != "" {
			s = t.T("friday.step_by", "do", s, "by", by)
		}
		need = append(need, s)
	}
	part("need", need, mostNeed)
	put(document.Text(t.T("friday.end")))
	if s := oneLine(o.Sender); s != "" {
		put(document.Text(s))
	} else {
		put(document.Paragraph{Runs: []document.Run{{Text: t.T("friday.sign"), Blank: true}}})
	}
	f.Document = d
	return f
}

// event is an entry in one line.
func event(t *locale.Catalog, e *fact.Entry, room bool) string {
	s := t.T("friday.event", "date", t.When(e.On), "what", locale.First(t.Kind(e.Kind.String())))
	if q := oneLine(e.Fields.Summary); q != "" && !room {
		if r := []rune(q); len(r) > mostQuoted {
			q = strings.TrimRight(string(r[:mostQuoted-1]), " ") + "…"
		}
		s = t.T("friday.quoted", "event", s, "text", strings.TrimSuffix(q, "."))
	}
	return s
}

// duties are dates with whose move each is, each once.
func (o FridayOptions) duties(cs []*clock.Clock, w *packet.Week) (out []string) {
	t := o.Cat
	for _, c := range cs {
		title := string(c.Rule.ID)
		if o.Words != nil {
			if x := o.Words.Rule(c.Rule.ID); x != nil && x.Title != "" {
				title = x.Title
			}
		}
		day := t.Date(c.On)
		switch {
		case c.Status == clock.Late:
			day = t.Date(draft.DueOf(c))
		case c.On != 0 && c.On < w.To && c.Latest > c.On:
			day = t.T("friday.between", "from", t.Date(c.On), "to", t.Date(c.Latest))
		case c.On == 0:
			day = t.T("friday.between", "from", t.Date(c.Earliest), "to", t.Date(c.Latest))
		}
		s := t.T("friday.due", "date", day, "what", strings.TrimSuffix(title, "."))
		if c.Status == clock.Late && c.DaysLate > 0 {
			s = t.N("friday.late", c.DaysLate, "date", day, "what", strings.TrimSuffix(title, "."))
		}
		if key := "friday.move_" + string(c.OwedBy); t.Has(key) {
			s += " " + t.T(key)
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
