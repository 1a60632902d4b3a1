package brief

import (
	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/route"
	"stayput/law"
	"stayput/law/pack"
)

// A RouteOf is one way to answer a no, as it stands for what the record itself points
// to. Fit is possible_now, needs_first or does_not_fit; it is never a measure of how
// likely anything is.
type RouteOf struct {
	Route     law.RouteID `json:"route"`
	Title     string      `json:"title"`
	Fit       string      `json:"fit"`
	Because   []string    `json:"because"`
	Needs     []string    `json:"needs"`
	CanOrder  []string    `json:"can_order"` // words of a closed list
	For       []string    `json:"for,omitempty"`
	Against   []string    `json:"against,omitempty"`
	RunsOut   *day.Date   `json:"runs_out,omitempty"`
	Suggested string      `json:"suggested,omitempty"` // one or other
	Rule      law.RuleID  `json:"rule,omitempty"`      // of the deciding reason, else what gives the route
	Citation  string      `json:"citation,omitempty"`
	Checked   string      `json:"checked,omitempty"`
}

// routeWords are words that know routes; others leave the names.
type routeWords interface {
	Route(law.RouteID) *pack.Text
	RouteItem(id law.RouteID, item string) string
}

// routesOf are the routes for the concerns that the record points to. Where it points
// to none there is nothing to say.
func (s *speaker) routesOf(b *derived.Brief) []RouteOf {
	if b.Case == nil || b.View == nil {
		return nil
	}
	return s.routesFor(b, derived.Concerns(b))
}

// Routes are the ways to answer a no for some concerns, in words.
func Routes(b *derived.Brief, o Options, concerns []law.Concern) []RouteOf {
	return newSpeaker(b, o).routesFor(b, concerns)
}

func (s *speaker) routesFor(b *derived.Brief, concerns []law.Concern) []RouteOf {
	if len(concerns) == 0 {
		return nil
	}
	res := derived.Routes(b, b.Case.Side, concerns, nil)
	out := make([]RouteOf, 0, len(res.Routes))
	for i := range res.Routes {
		w := &res.Routes[i]
		x := RouteOf{Route: w.ID, Title: string(w.ID), Fit: string(w.Fit), RunsOut: date(w.RunsOut), CanOrder: w.Route.Orders,
			Because: s.routeSays(w.Because), Needs: s.routeSays(w.Needs), For: s.routeSays(w.For), Against: s.routeSays(w.Against)}
		if x.CanOrder == nil {
			x.CanOrder = []string{}
		}
		if len(x.For) == 0 {
			x.For = nil
		}
		if len(x.Against) == 0 {
			x.Against = nil
		}
		if t, ok := s.words.(routeWords); ok {
			if y := t.Route(w.ID); y != nil {
				x.Title = y.Title
			}
		}
		x.Rule, x.Citation, x.Checked = s.routeLaw(res, w)
		switch {
		case res.Suggested != nil && res.Suggested.Route == w.ID:
			x.Suggested = "one"
		case res.Alternative != nil && res.Alternative.Route == w.ID:
			x.Suggested = "other"
		}
		out = append(out, x)
	}
	return out
}

// routeLaw is the law of the deciding reason, else of what gives the route.
func (s *speaker) routeLaw(res *route.Result, w *route.Row) (law.RuleID, string, string) {
	for _, r := range w.Because {
		if r.Citation != "" {
			return r.Rule, r.Citation, r.Checked.Level
		}
	}
	for _, id := range w.Route.Law {
		if r := res.Law.Rule(id); r != nil {
			if v := r.VersionAt(res.AsOf); v != nil {
				return id, v.Citation, r.Checked.Level
			}
		}
	}
	return "", "", ""
}

// routeSays are reasons in words; a reason without words is its name.
func (s *speaker) routeSays(rs []route.Ground) []string {
	out := make([]string, 0, len(rs))
	for _, r := range rs {
		text := ""
		if t, ok := s.words.(routeWords); ok {
			text = t.RouteItem(r.Route, r.Key)
		}
		if text == "" {
			text = r.Key
		}
		out = append(out, text)
	}
	return out
}
