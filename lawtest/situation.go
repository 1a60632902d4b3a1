package lawtest

import (
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/route"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/law"
	"stayput/law/pack"
)

// A Situation is one worked situation in a disagreement, as its author wrote it in
// situations.yaml: facts, what was picked and answered, and which routes fit.
type Situation struct {
	Case
	Side         fact.Side
	Concerns     []law.Concern
	Answers      map[route.Question]fact.Tri
	Routes       []RouteExpect
	Suggest      string // "" when nothing is said; "none"
	Alternative  string
	NotSuggested []string
	First        []string // what comes before any route; compared exactly when FirstSaid
	FirstSaid    bool
	At           fault.Position
}

// A RouteExpect is what must hold of one route.
type RouteExpect struct {
	Route   law.RouteID
	Fit     string
	Because string   // the deciding reason
	Rule    string   // the rule it rests on; "" when nothing is said
	Has     []string // reasons that must stand somewhere on the row: for, against, told or needed
	RunsOut day.Date
	At      fault.Position
}

var fits = []string{string(route.PossibleNow), string(route.NeedsFirst), string(route.DoesNotFit)}

// Situations reads the worked situations of a pack.
func Situations(s *pack.Source) ([]Situation, error) {
	r := &caseReader{pack: s.ID}
	return eachIn(r, s, "situations", r.situation, func(x *Situation) string { return x.ID })
}

func (r *caseReader) situation(n *yaml.Node) (Situation, bool) {
	before := len(r.Problems)
	m := r.Map(n)
	x := Situation{At: n.At, Side: fact.FamilySide, Answers: map[route.Question]fact.Tri{}}
	c := &x.Case
	c.ID, c.Shows, c.Source, c.Why, c.At = m.NeedText("id"), m.NeedText("shows"), m.NeedText("source"), m.NeedText("why"), n.At
	c.Basis = r.Word(m.Need("basis"), bases...)
	c.Calendars = r.Texts(m.Get("calendars"))
	c.On = r.date(m.Need("on"))
	jurisdiction := m.Get("jurisdiction")
	if jurisdiction == nil {
		jurisdiction = scalar(n.At, r.pack)
	}
	kase, record, plans := m.Get("case"), m.Need("record"), m.Get("plans")
	if record != nil {
		r.file(c, whole(n.At, jurisdiction, kase, record, plans))
	}
	if r.Word(m.Get("side"), string(fact.FamilySide), string(fact.SchoolSide)) == string(fact.SchoolSide) {
		x.Side = fact.SchoolSide
	}
	if c.File != nil {
		c.File.Case.Side = x.Side
	}
	for _, it := range r.named(m.Need("concerns")) {
		x.Concerns = append(x.Concerns, law.Concern(r.Word(it, texts(law.Concerns)...)))
	}
	if a := m.Get("answers"); a != nil {
		for _, f := range a.Fields {
			if !slices.Contains(texts(route.Questions), f.Key) {
				r.Fail(f.At, "yaml.unknown_key", "key", f.Key, "nearest", fault.Nearest(f.Key, texts(route.Questions)), "expected", strings.Join(texts(route.Questions), ", "))
				continue
			}
			if yes, ok := r.YesNo(f.Value); ok {
				x.Answers[route.Question(f.Key)] = fact.TriOf(yes)
			}
		}
	}
	if e := m.Need("expect"); e != nil {
		r.routesExpected(&x, e)
	}
	m.Done()
	return x, len(r.Problems) == before
}

func (r *caseReader) routesExpected(x *Situation, n *yaml.Node) {
	m := r.Map(n)
	ids := texts(law.RouteIDs)
	if rs := m.Get("routes"); rs != nil {
		for _, f := range rs.Fields {
			if !slices.Contains(ids, f.Key) {
				r.Fail(f.At, "yaml.unknown_key", "key", f.Key, "nearest", fault.Nearest(f.Key, ids), "expected", strings.Join(ids, ", "))
				continue
			}
			rm := r.Map(f.Value)
			e := RouteExpect{Route: law.RouteID(f.Key), At: f.At}
			e.Fit, e.Because, e.Rule = r.Word(rm.Need("fit"), fits...), rm.NeedText("because"), rm.Text("rule")
			e.Has, e.RunsOut = r.Texts(rm.Get("has")), r.date(rm.Get("runs_out"))
			rm.Done()
			x.Routes = append(x.Routes, e)
		}
	}
	x.Suggest = r.Word(m.Get("suggest"), append(ids, "none")...)
	x.Alternative = r.Word(m.Get("alternative"), append(ids, "none")...)
	for _, it := range r.named(m.Get("not_suggested")) {
		x.NotSuggested = append(x.NotSuggested, r.Word(it, ids...))
	}
	x.FirstSaid = m.Has("first")
	x.First = r.Texts(m.Get("first"))
	m.Done()
	if len(n.Fields) == 0 {
		r.Fail(n.At, "pack.case_nothing", "id", x.ID)
	}
}

func texts[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, x := range in {
		out[i] = string(x)
	}
	return out
}
