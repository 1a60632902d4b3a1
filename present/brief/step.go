package brief

import (
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/next"
	"stayput/fact"
	"stayput/law"
	"stayput/locale"
)

// do says one step as an imperative sentence.
func (s *speaker) do(p *next.Step, v *stepValues) string {
	// A text with a value that this step lacks has a plain form.
	name := p.Do
	if name == "settle_date" && len(p.Missing) > 0 {
		switch m := least(p.Missing); {
		case strings.HasPrefix(m.Key, "calendar_"):
			name = "find_calendar"
			if m.Key == "calendar_ends" || m.Key == "calendar_partial" {
				name = "find_calendar_plain"
			}
		case m.Key != "entry_date":
			name = "settle_date_plain"
		}
	}
	if (name == "look_for_answer" && v.answer == "") || (name == "settle_date" && v.kind == "") || (name == "find_calendar" && v.name == "") {
		name += "_plain"
	}
	key := "do." + name
	if s.school() && s.c.Has("do_school."+name) {
		key = "do_school." + name
	}
	if !s.c.Has(key) {
		key = "do.other"
	}
	return s.c.T(key, v.pairs()...)
}

// because says why a step is suggested. A reason the catalog does not know, or
// that lacks its values, falls back to what the step is about.
func (s *speaker) because(p *next.Step, v *stepValues) string {
	key := p.Why
	if !s.c.Has(key) {
		key = s.reasonFor(p)
	}
	why := s.c.T(key, v.pairs()...)
	if key == "why_missing" && len(p.Missing) > 0 {
		var about fact.Kind
		if p.Clock != nil {
			about = p.Clock.Kind
		}
		m := least(p.Missing)
		one := settles(p.Missing, m)
		if !one {
			why = s.c.T("why_missing_some", v.pairs()...)
		}
		why = join(why, s.missing(m, about, one))
	}
	return why
}

// least is the missing fact to ask for first.
func least(ms []day.Missing) day.Missing { return Asked(ms)[0] }

// reasonFor picks the reason from where the step's clock or limit stands.
func (s *speaker) reasonFor(p *next.Step) string {
	switch {
	case p.Limit != nil && p.Limit.Status == "closing":
		return "why_ran_out_maybe"
	case p.Limit != nil:
		return "why_runs_out"
	case p.Clock == nil && p.Entry != "":
		return "why_refused"
	case p.Clock == nil:
		return "why_quiet"
	case len(p.Missing) > 0:
		return "why_missing"
	}
	switch p.Clock.Status {
	case "late":
		if s.mine(p.Clock) {
			return "why_own_late"
		}
		return "why_no_answer"
	case "due_today":
		return "why_due_today"
	case "met_late":
		return "why_met_late"
	case "unknown":
		return "why_missing"
	}
	if standard(p.Clock) != "" {
		return "why_standard"
	}
	if p.Clock.Left <= 14 {
		return "why_due_soon"
	}
	return "why_running"
}

// by says until when, and whether the law or we ask for it.
func (s *speaker) by(p *next.Step) string {
	switch {
	case p.Do == "nothing" || p.Do == "keep_log":
		return ""
	case p.By == 0 && !p.ByLaw:
		return s.c.T("page.suggest_plain")
	case p.By == 0:
		return ""
	case p.ByLaw && p.By < s.asOf:
		return s.c.T("page.by_law_past", "date", s.near(p.By))
	case p.ByLaw:
		return s.c.T("page.by_law", "date", s.near(p.By))
	}
	return s.c.T("page.suggest", "date", s.near(p.By))
}

// document names the paper that serves, or "".
func (s *speaker) document(id string) string {
	if id == "" {
		return ""
	}
	if s.c.Has("doc." + id) {
		id = s.c.T("doc." + id)
	}
	return s.c.T("page.document", "name", id)
}

// stepValues are the values that the texts of steps and of their reasons may
// ask for.
type stepValues struct {
	title, answer, kind, on, set, date, name, names, right, party, n, elapsed, tribunal, citation string
}

func (v *stepValues) pairs() []string {
	return []string{"title", v.title, "answer", v.answer, "kind", v.kind, "on", v.on, "set", v.set, "date", v.date, "name", v.name, "names", v.names, "right", v.right,
		"party", v.party, "n", v.n, "elapsed", v.elapsed, "tribunal_days", v.tribunal, "citation", v.citation}
}

func (s *speaker) values(p *next.Step) *stepValues {
	v := &stepValues{names: s.c.List(p.Names)}
	if c := p.Clock; c != nil {
		v.title = s.title(c.Rule)
		v.answer = s.answers(c.Rule)
		v.party = s.party(s.owed(c))
		d := c.On
		if d == 0 {
			d = c.Earliest
		}
		if d != 0 {
			v.on, v.date = s.on(day.On(d)), s.near(d)
			v.n = strconv.Itoa(max(0, int(d-s.asOf)))
		}
		if c.SetFor != 0 {
			v.set = s.on(day.On(c.SetFor))
		}
		v.kind = s.c.TheKind(c.Kind.String())
		v.elapsed = strconv.Itoa(c.Elapsed)
		if b := c.Tribunal; b != nil {
			v.tribunal, v.citation = strconv.Itoa(b.Days), b.Citation
		}
	}
	if l := p.Limit; l != nil {
		v.right = s.right(l.Rule, l.Right)
		if v.title == "" {
			v.title = v.right
		}
		if l.Earliest != 0 {
			v.on, v.date = s.on(day.On(l.Earliest)), s.near(l.Earliest)
		}
	}
	if e := s.entry(p.Entry); e != nil {
		v.kind = s.c.TheKind(e.Kind.String())
		if p.Clock == nil && p.Limit == nil {
			v.title = locale.First(s.c.Kind(e.Kind.String()))
			v.on, v.date = s.on(e.On), s.when(e.On)
		}
	}
	if len(p.Missing) > 0 {
		m := least(p.Missing)
		kind, _ := s.named(m.Name)
		v.name = m.Name
		if p.Entry == "" && kind != m.Name {
			v.kind = kind
		}
	}
	return v
}

// right names a right to act; one the catalog does not know is named by its
// rule.
func (s *speaker) right(r *law.Rule, name string) string {
	if s.c.Has("right." + name) {
		return s.c.T("right." + name)
	}
	return s.title(r)
}
