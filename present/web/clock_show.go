package web

import (
	"net/http"
	"net/url"
	"slices"

	"stayput/derive/clock"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
	"stayput/locale"
	say "stayput/present/brief"
)

// A clockShowPage is one date that explains itself.
type clockShowPage struct {
	Frame
	Back     string
	Days     clockDays
	Item     say.Item
	Box      DateBox
	Tag      Tag
	Counts   []clockCount
	Started  *clockEntry
	Met      *clockEntry
	Ended    *clockEntry
	Extended []clockEntry
	Settle   []clockAsk
	Answers  string
	Write    []clockLink // to write an answer down
	Primary  bool        // the citation leads to the text of the law itself
	Note     string      // what the checker of the rule noted
	NotMean  []string
	Number   bool // the law names a number of days
}

func (clockShowPage) template() string { return "clock_show" }

// A clockCount is one count, drawn, with its reading as a heading.
type clockCount struct {
	Title string
	Count say.Counted
}

// A clockEntry is an entry that a date rests on.
type clockEntry struct {
	Text, Href, Note string
}

var _ = sample(func() page {
	e := clockEntry{"x", "/y", "z"}
	cite := say.Cite{Text: "34 CFR 1", Source: "https://example.org", Checked: "z"}
	return clockShowPage{
		Back: "/x", Item: say.Item{Title: "x", Line: "y", Cite: cite, Asides: []string{"a"}, Count: "c", Says: "s", Strict: "s", Floor: "f", Rule: "us.x"},
		Box: DateBox{ISO: "2026-01-01", Day: "1", Month: "Jan"}, Tag: Tag{"late", "x"},
		Counts:  []clockCount{{"x", say.Counted{Runs: nil, Days: 3, Months: []say.Month{{Name: "January"}}, Marks: []say.Mark{{Class: "c", Text: "x"}}}}},
		Started: &e, Met: &e, Ended: &e, Extended: []clockEntry{e}, Settle: []clockAsk{{Text: "x", Href: "/y", Action: "z"}, {Text: "x"}},
		Answers: "x", Write: []clockLink{{Href: "/x", Label: "y"}}, NotMean: []string{"x"}, Note: "n",
	}
})

// clockShow shows one date in full.
func (s *Site) clockShow(w http.ResponseWriter, r *http.Request) error {
	v := clockView(r)
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), v)
	if err != nil {
		return err
	}
	p := clockShowPage{Frame: s.caseFrame(r, c, "webdates.clock", "clocks")}
	o := p.speak().wording(c.Brief)
	x, k := say.OneItem(c.Brief, o, r.PathValue("rule"), r.PathValue("entry"))
	if k == nil {
		return refuse(http.StatusNotFound, "webdates.no_clock")
	}
	p.Title, p.Item, p.Box, p.Tag = x.Title, *x, clockBox(p.cat, k, x), p.speak().clockTag(k, x)
	p.Back = casePath(c.Folder) + "/clocks" + viewQuery(v)
	p.Days = p.speak().clockDays(c, v, clockPath(c.Folder, x.Rule, x.Trigger))
	p.Counts = clockCounts(x.Counts)
	p.Number = len(p.Counts) > 0 || x.Count != ""
	p.Started = p.speak().entryOf(c, k.Trigger)
	if p.Started == nil {
		p.Started = &clockEntry{Text: locale.First(p.speak().started(k))}
	}
	p.Met = p.speak().entryOf(c, k.MetBy)
	if k.EndedBy != k.Trigger {
		p.Ended = p.speak().entryOf(c, k.EndedBy)
	}
	for _, id := range k.Extended {
		if e := p.speak().entryOf(c, id); e != nil {
			p.Extended = append(p.Extended, *e)
		}
	}
	ms := say.Asked(k.Missing)
	for i, text := range x.Missing {
		a := clockAsk{Text: text}
		a.Href, a.Action = p.speak().settle(c, ms[i], k)
		p.Settle = append(p.Settle, a)
	}
	if k.MetBy == "" && k.Status != clock.Ended {
		if t := o.Words.Rule(k.Rule.ID); t != nil {
			p.Answers = t.Answers
		}
		p.Write = p.speak().writeDown(c, k)
	}
	p.Primary = k.Rule.Checked.Level == "primary"
	p.Note = k.Rule.Checked.Note
	p.NotMean = p.speak().notMean(c, k)
	return s.show(w, r, http.StatusOK, p)
}

func clockCounts(in []say.Counted) []clockCount {
	out := make([]clockCount, len(in))
	for i, n := range in {
		out[i].Title, n.Title = n.Title, ""
		out[i].Count = n
	}
	return out
}

// entryOf says one entry of the record; nil when there is none of that name.
func (f speaker) entryOf(c *desk.Case, id string) *clockEntry {
	if id == "" {
		return nil
	}
	e := c.Brief.View.Get(id)
	if e == nil {
		return nil
	}
	out := &clockEntry{Text: locale.First(f.T("count.start", "kind", f.cat.TheKind(e.Kind.String()), "date", f.cat.When(e.On))), Note: shortened(e.Note, 200)}
	if c.Name(id) != "" {
		out.Href = entryPath(c.Folder, id)
	}
	return out
}

// shortened is s cut after n letters.
func shortened(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// writeDown are the links that write an answer down.
func (f speaker) writeDown(c *desk.Case, k *clock.Clock) []clockLink {
	var out []clockLink
	var seen []fact.Kind
	for _, m := range k.Rule.MetBy {
		if m.Kind.Info().Derived || slices.Contains(seen, m.Kind) || len(seen) == 4 {
			continue
		}
		seen = append(seen, m.Kind)
		q := url.Values{"kind": {m.Kind.String()}}
		if c.Name(k.Trigger) != "" {
			q.Set("re", k.Trigger)
		}
		out = append(out, clockLink{Href: casePath(c.Folder) + "/add?" + q.Encode(), Label: locale.First(f.cat.Kind(m.Kind.String()))})
	}
	return out
}

// notMean is what a date does not say.
func (f speaker) notMean(c *desk.Case, k *clock.Clock) []string {
	var out []string
	if k.MetBy == "" {
		out = append(out, f.T("webdates.not_no_answer"))
	}
	if k.Status == clock.Late || k.Status == clock.MetLate {
		out = append(out, f.T("webdates.not_late"))
	}
	if k.Disputed || k.Latest > k.On && k.On != 0 {
		out = append(out, f.T("webdates.not_two"))
	}
	if k.Rule.Kind == law.Cap || k.Rule.Kind == law.Floor {
		return append(out, f.T("webdates.not_advice"))
	}
	return append(out, f.T("webdates.not_win"))
}
