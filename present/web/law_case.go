package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"

	"stayput/derive/clock"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
)

// A caseLawPage is the rules that apply in one case.
type caseLawPage struct {
	Frame
	Laws    []string // which law applies from when
	Started []caseLawArea
	Next    []caseLawArea
	Areas   []lawArea
	In      string
}

// A caseLawArea is the rules of one subject.
type caseLawArea struct {
	Name  string
	Rules []caseLawRule
}

// A caseLawRule is a rule in one case.
type caseLawRule struct {
	lawLine
	Tag    Tag
	Clocks []lawLink // the dates it has set in this case
	If     string    // what would start it
}

func (caseLawPage) template() string { return "law_case" }

var _ = sample(func() page {
	x := caseLawRule{lawLine: lawLine{Href: "/x", Title: "x", Owes: "o", Long: "l", Cite: "c", Source: "https://example.org", Checked: Tag{"done", "t"}},
		Tag: Tag{"late", "x"}, Clocks: []lawLink{{"a", "/b", ""}}, If: "i"}
	return caseLawPage{Laws: []string{"x"}, Started: []caseLawArea{{"x", []caseLawRule{x}}}, Next: []caseLawArea{{"x", []caseLawRule{x}}}, Areas: []lawArea{{"/x", "y", 1}}, In: "us"}
})

var _ = sample(func() page { return caseLawPage{} })

// caseLaw shows the rules that apply in a case.
func (s *Site) caseLaw(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p := caseLawPage{Frame: s.caseFrame(r, c, "webmore.law_case", "law"), In: "us"}
	for _, l := range c.Brief.Laws {
		name := p.speak().lawPlace(l.Law.Jurisdiction)
		if len(c.Brief.Laws) > 1 && l.From != 0 {
			name = p.T("page.law_from", "date", p.cat.Date(l.From), "name", name)
		}
		p.Laws = append(p.Laws, name)
		p.In = l.Law.Jurisdiction
	}
	started := map[law.RuleID]bool{}
	p.Started = p.speak().caseLawStarted(c, started)
	p.Next = p.speak().caseLawNext(c, started)
	count := map[string]int{}
	for _, id := range stack(p.In) {
		for _, x := range lawBook().Pack(id).Rules {
			count[x.Area]++
		}
	}
	for _, a := range sortedKeys(count) {
		p.Areas = append(p.Areas, lawArea{"/law/rules?" + url.Values{"in": {p.In}, "area": {a}}.Encode(), first(p.T("area." + a)), count[a]})
	}
	slices.SortStableFunc(p.Areas, func(a, b lawArea) int { return cmp.Compare(folded(a.Name), folded(b.Name)) })
	return s.show(w, r, http.StatusOK, p)
}

// statusTones are the tones of a tag by the status of a clock.
var statusTones = map[clock.Status]string{
	clock.Late: "late", clock.DueToday: "soon", clock.Met: "done", clock.MetLate: "done", clock.Running: "info", clock.Unknown: "unsure",
}

// statusRank puts what is open before what is done.
var statusRank = map[clock.Status]int{clock.Late: 0, clock.DueToday: 1, clock.Running: 2, clock.Unknown: 3, clock.Paused: 4}

func rankOf(s clock.Status) int {
	if n, ok := statusRank[s]; ok {
		return n
	}
	return 9
}

// caseLawStarted are the rules that the record has started, by area, and notes
// them in started.
func (f speaker) caseLawStarted(c *desk.Case, started map[law.RuleID]bool) []caseLawArea {
	best := map[law.RuleID]clock.Status{}
	rules := map[law.RuleID]*caseLawRule{}
	var order []law.RuleID
	for i := range c.Brief.Clocks {
		k := &c.Brief.Clocks[i]
		id := k.Rule.ID
		started[id] = true
		x := rules[id]
		if x == nil {
			x = &caseLawRule{lawLine: f.lawLine(k.Rule, c.Today)}
			rules[id], best[id] = x, k.Status
			order = append(order, id)
		} else if rankOf(k.Status) < rankOf(best[id]) {
			best[id] = k.Status
		}
		text := f.cat.T("status." + string(k.Status))
		if k.On != 0 {
			text = f.cat.Date(k.On)
		}
		if len(x.Clocks) < 6 {
			x.Clocks = append(x.Clocks, lawLink{Text: text, Href: clockPath(c.Folder, string(id), k.Trigger), Title: f.cat.T("status." + string(k.Status))})
		}
	}
	for i := range c.Brief.Limits {
		l := &c.Brief.Limits[i]
		if id := l.Rule.ID; !started[id] {
			started[id] = true
			rules[id] = &caseLawRule{lawLine: f.lawLine(l.Rule, c.Today)}
			best[id] = clock.Status(l.Status)
			order = append(order, id)
		}
	}
	slices.SortStableFunc(order, func(a, b law.RuleID) int { return cmp.Compare(rankOf(best[a]), rankOf(best[b])) })
	var out []caseLawArea
	for _, id := range order {
		x := rules[id]
		x.Tag = Tag{Tone: statusTones[best[id]], Text: f.cat.T("status." + string(best[id]))}
		out = inArea(out, *x)
	}
	return out
}

// inArea adds a rule to its subject.
func inArea(out []caseLawArea, x caseLawRule) []caseLawArea {
	i := slices.IndexFunc(out, func(a caseLawArea) bool { return a.Name == x.Area })
	if i < 0 {
		out, i = append(out, caseLawArea{Name: x.Area}), len(out)
	}
	out[i].Rules = append(out[i].Rules, x)
	return out
}

// caseLawNext are the rules that could start next: what would answer an open
// duty, or what the family may do about it, starts them. Rules that another one
// replaces are left out.
func (f speaker) caseLawNext(c *desk.Case, started map[law.RuleID]bool) []caseLawArea {
	if len(c.Brief.Laws) == 0 {
		return nil
	}
	l := c.Brief.Laws[len(c.Brief.Laws)-1].Law
	var kinds []fact.Kind
	add := func(k fact.Kind) {
		if k != 0 && !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	for i := range c.Brief.Clocks {
		if k := &c.Brief.Clocks[i]; rankOf(k.Status) < 9 {
			for _, m := range k.Rule.MetBy {
				add(m.Kind)
			}
			for _, x := range k.Rule.PointsTo {
				add(x)
			}
		}
	}
	replaced := map[int32]bool{}
	for i := range l.Rules {
		for _, j := range l.Replaces(int32(i)) {
			replaced[j] = true
		}
	}
	var out []caseLawArea
	seen := map[law.RuleID]bool{}
	for _, k := range kinds {
		for _, i := range l.StartedBy(k) {
			r := l.Rules[i]
			if started[r.ID] || seen[r.ID] || replaced[i] || r.Kind == law.Event || r.VersionAt(c.Today) == nil {
				continue
			}
			seen[r.ID] = true
			out = inArea(out, caseLawRule{lawLine: f.lawLine(r, c.Today), If: f.cat.T("webmore.law_if", "kind", f.cat.TheKind(k.String()))})
		}
	}
	return out
}
