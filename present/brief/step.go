package brief

import (
	"strconv"

	"stayput/day"
	"stayput/derive/next"
	"stayput/law"
	"stayput/locale"
)

// do says one step as an imperative sentence.
func (s *speaker) do(p *next.Step) string {
	v := s.stepValues(p)
	// A text with a value that this step lacks has a plain form.
	needs := map[string]string{"look_for_answer": v["answer"], "settle_date": v["kind"], "find_calendar": v["name"]}
	name := p.Do
	if value, ok := needs[name]; ok && value == "" {
		name += "_plain"
	}
	key := "do." + name
	if s.school() && s.c.Has("do_school."+name) {
		key = "do_school." + name
	}
	if !s.c.Has(key) {
		key = "do.other"
	}
	return s.c.T(key, flat(v)...)
}

// because says why a step is suggested. A reason the catalog does not know, or
// that lacks its values, falls back to what the step is about.
func (s *speaker) because(p *next.Step) string {
	v := s.stepValues(p)
	key := p.Why
	if !s.c.Has(key) {
		key = s.reasonFor(p)
	}
	n, _ := strconv.Atoi(v["n"])
	return s.c.N(key, n, flat(v)...)
}

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

func (s *speaker) stepValues(p *next.Step) map[string]string {
	v := map[string]string{"title": "", "answer": "", "kind": "", "on": "", "date": "", "name": "", "right": "", "party": "", "n": ""}
	if c := p.Clock; c != nil {
		v["title"] = s.title(c.Rule)
		v["answer"] = s.answers(c.Rule)
		v["party"] = s.party(s.owed(c))
		d := c.On
		if d == 0 {
			d = c.Earliest
		}
		if d != 0 {
			v["on"], v["date"] = s.on(day.On(d)), s.near(d)
			v["n"] = strconv.Itoa(max(0, int(d-s.asOf)))
		}
		v["kind"] = s.c.TheKind(c.Kind.String())
		v["elapsed"] = strconv.Itoa(c.Elapsed)
		if b := c.Tribunal; b != nil {
			v["tribunal_days"], v["citation"] = strconv.Itoa(b.Days), b.Citation
		}
	}
	if l := p.Limit; l != nil {
		v["right"] = s.right(l.Rule, l.Right)
		if v["title"] == "" {
			v["title"] = v["right"]
		}
		if l.Earliest != 0 {
			v["on"], v["date"] = s.on(day.On(l.Earliest)), s.near(l.Earliest)
		}
	}
	if e := s.entry(p.Entry); e != nil {
		v["kind"] = s.c.TheKind(e.Kind.String())
		if p.Clock == nil && p.Limit == nil {
			v["title"] = locale.First(s.c.Kind(e.Kind.String()))
			v["on"], v["date"] = s.on(e.On), s.when(e.On)
		}
	}
	for _, m := range p.Missing {
		kind, _ := s.named(m.Name)
		if v["name"] == "" {
			v["name"] = m.Name
		}
		if p.Entry == "" && kind != m.Name {
			v["kind"] = kind
		}
	}
	return v
}

func flat(v map[string]string) []string {
	out := make([]string, 0, 2*len(v))
	for k, x := range v {
		if k != "n" {
			out = append(out, k, x)
		}
	}
	return out
}

// right names a right to act; one the catalog does not know is named by its
// rule.
func (s *speaker) right(r *law.Rule, name string) string {
	if s.c.Has("right." + name) {
		return s.c.T("right." + name)
	}
	return s.title(r)
}
