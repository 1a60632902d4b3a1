package pack

import (
	"slices"

	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/law"
)

// readRoutes reads routes.yaml. Whether its rules exist, here or underneath, is
// seen when the packs are laid over each other (law.Over).
func (r *reader) readRoutes(n *yaml.Node) {
	m := r.Map(n)
	for _, it := range r.List(m.Need("routes")) {
		x := r.route(it)
		if slices.ContainsFunc(r.p.Routes, func(y law.Route) bool { return y.ID == x.ID }) && x.ID != "" {
			r.Fail(it.At, "pack.route_twice", "route", string(x.ID))
			continue
		}
		r.p.Routes = append(r.p.Routes, x)
	}
	m.Done()
}

func (r *reader) route(n *yaml.Node) law.Route {
	m := r.Map(n)
	x := law.Route{Pack: r.p.ID, At: n.At}
	x.ID = law.RouteID(r.Word(m.Need("id"), words(law.RouteIDs)...))
	x.Step = r.Int(m.Get("step"))
	x.Who = r.sides(m.Get("who"))
	x.Decides, x.InPart, x.Cannot = r.concerns(m.Get("decides")), r.concerns(m.Get("in_part")), r.concerns(m.Get("cannot"))
	if m.Has("decides") || m.Has("in_part") || m.Has("cannot") || r.p.Under == "" {
		r.onceEach(n.At, &x)
	}
	for _, it := range r.List(m.Get("needs")) {
		x.Needs = append(x.Needs, r.routePoint(it, "need"))
	}
	for _, it := range r.List(m.Get("bars")) {
		x.Bars = append(x.Bars, r.routePoint(it, "bar"))
	}
	for _, it := range r.List(m.Get("points")) {
		x.Points = append(x.Points, r.routePoint(it, "point"))
	}
	x.Drops = r.Texts(m.Get("drops"))
	x.Cost = r.Word(m.Get("cost"), law.RouteCosts...)
	x.Secret = r.Word(m.Get("confidential"), law.RouteSecrets...)
	x.Binding = r.Word(m.Get("binding"), law.RouteBindings...)
	if s := m.Get("stay_put"); s != nil {
		sm := r.Map(s)
		x.StayPut, x.StayPutRule = r.Word(sm.Need("is"), law.RouteStays...), law.RuleID(sm.NeedText("rule"))
		x.StayPutIn = r.ruleIDs(sm.Get("in"))
		sm.Done()
	}
	x.Law, x.Time, x.Limits = r.ruleIDs(m.Get("law")), r.ruleIDs(m.Get("time")), r.ruleIDs(m.Get("limits"))
	for _, it := range r.List(m.Get("orders")) {
		x.Orders = append(x.Orders, r.Word(it, law.RouteOrders...))
	}
	for _, it := range r.List(m.Get("combines")) {
		x.Combines = append(x.Combines, r.combine(it))
	}
	x.Uses = r.kinds(m.Get("uses"))
	x.Suits = r.concerns(m.Get("suits"))
	if o := m.Get("file"); o != nil {
		om := r.Map(o)
		x.Office = &law.RouteOffice{URL: om.NeedText("url"), Read: r.date(om.Get("read")), Checked: r.checked(om.Need("checked"))}
		if x.Office.Checked.Level == "primary" && x.Office.Read == 0 {
			r.Fail(o.At, "pack.route_unread", "route", string(x.ID))
		}
		om.Done()
	}
	m.Done()
	r.pointsOnce(&x)
	if r.p.Under == "" && (len(x.Who) == 0 || x.Cost == "" || x.Secret == "" || x.Binding == "") {
		r.Fail(n.At, "pack.route_short", "route", string(x.ID))
	}
	return x
}

// onceEach refuses a concern that stands nowhere or twice: a reader must be able
// to tell of each whether the route decides it.
func (r *reader) onceEach(at fault.Position, x *law.Route) {
	for _, c := range law.Concerns {
		n := 0
		for _, list := range [][]law.Concern{x.Decides, x.InPart, x.Cannot} {
			for _, y := range list {
				if y == c {
					n++
				}
			}
		}
		if n != 1 {
			r.Fail(at, "pack.route_concern", "route", string(x.ID), "concern", string(c))
		}
	}
}

// pointsOnce refuses two points of one name: their texts would be one.
func (r *reader) pointsOnce(x *law.Route) {
	seen := map[string]bool{}
	for _, list := range [][]law.RoutePoint{x.Needs, x.Bars, x.Points} {
		for _, p := range list {
			if seen[p.ID] && p.ID != "" {
				r.Fail(p.At, "pack.route_point_twice", "route", string(x.ID), "point", p.ID)
			}
			seen[p.ID] = true
		}
	}
}

func (r *reader) routePoint(n *yaml.Node, sort string) law.RoutePoint {
	m := r.Map(n)
	p := law.RoutePoint{ID: m.NeedText("id")}
	r.pointBody(m, n, &p)
	switch sort {
	case "point":
		p.Tells = r.Word(m.Need("tells"), law.RouteTells...)
	case "need", "bar":
		if m.Need("when") != nil && p.When == nil {
			r.Fail(n.At, "pack.route_when", "point", p.ID)
		}
	}
	if p.Ours && sort == "bar" {
		r.Fail(n.At, "pack.route_no_law", "point", p.ID)
	}
	m.Done()
	return p
}

// pointBody reads what every point has: when it holds, whom and what it touches, and
// the law behind it.
func (r *reader) pointBody(m *yaml.MapReader, n *yaml.Node, p *law.RoutePoint) {
	p.At, p.Pack = n.At, r.p.ID
	p.When = r.condition(m.Get("when"))
	p.By = r.sides(m.Get("by"))
	p.Concerns = r.concerns(m.Get("concerns"))
	p.Rule = law.RuleID(m.Text("rule"))
	p.Citation, p.Source = m.Text("citation"), m.Text("source")
	if c := m.Get("checked"); c != nil {
		p.Checked = r.checked(c)
	}
	p.Ours, _ = r.YesNo(m.Get("ours"))
	ways := 0
	for _, w := range []bool{p.Rule != "", p.Citation != "", p.Ours} {
		if w {
			ways++
		}
	}
	if ways != 1 || p.Citation != "" && (p.Checked.Level == "" || p.Source == "" && p.Checked.Level != "unverified") {
		r.Fail(n.At, "pack.route_no_law", "point", p.ID)
	}
}

func (r *reader) combine(n *yaml.Node) law.RouteCombine {
	m := r.Map(n)
	c := law.RouteCombine{With: law.RouteID(r.Word(m.Need("with"), words(law.RouteIDs)...)), How: r.Word(m.Need("how"), law.RouteCombines...)}
	r.pointBody(m, n, &c.RoutePoint)
	m.Done()
	return c
}

func (r *reader) concerns(n *yaml.Node) []law.Concern {
	var out []law.Concern
	for _, it := range r.List(n) {
		if n != nil {
			out = append(out, law.Concern(r.Word(it, words(law.Concerns)...)))
		}
	}
	if n != nil && out == nil {
		out = []law.Concern{}
	}
	return out
}

func (r *reader) sides(n *yaml.Node) []fact.Party {
	var out []fact.Party
	if n == nil {
		return nil
	}
	for _, it := range r.List(n) {
		out = append(out, fact.Party(r.Word(it, string(fact.Parent), string(fact.LEA))))
	}
	return out
}

func (r *reader) ruleIDs(n *yaml.Node) []law.RuleID {
	var out []law.RuleID
	if n == nil {
		return nil
	}
	for _, it := range r.List(n) {
		out = append(out, law.RuleID(r.Text(it)))
	}
	return out
}

func words[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, x := range in {
		out[i] = string(x)
	}
	return out
}

// A wordless is a text that a pack owes.
type wordless struct {
	at   fault.Position
	text string
}

// routeWords lists the texts of routes that are missing in one language: each
// route has its own, one for each point and one for the office it is filed with.
func routeWords(p *law.Pack, w Words) []wordless {
	var out []wordless
	need := func(at fault.Position, t *Text, name, item string) {
		if t.Items[item] == "" {
			out = append(out, wordless{at, name + " items " + item})
		}
	}
	for i := range p.Routes {
		x := &p.Routes[i]
		name := "route." + string(x.ID)
		t := w[name]
		if t == nil {
			out = append(out, wordless{x.At, name})
			continue
		}
		if p.Under == "" && (t.Title == "" || t.Says == "") || (t.Title == "") != (t.Says == "") {
			out = append(out, wordless{x.At, name})
		}
		for _, list := range [][]law.RoutePoint{x.Needs, x.Bars, x.Points} {
			for _, q := range list {
				need(q.At, t, name, q.ID)
			}
		}
		if x.Office != nil {
			need(x.At, t, name, "office")
		}
		if t.Items["office_how"] != "" && (x.Office == nil || x.Office.Read == 0) {
			out = append(out, wordless{x.At, name + " read"})
		}
	}
	if p.Under == "" && len(p.Routes) > 0 {
		at := p.Routes[0].At
		if t := w["route.any"]; t == nil {
			out = append(out, wordless{at, "route.any"})
		} else {
			for _, k := range law.RouteReasons {
				need(at, t, "route.any", k)
			}
		}
	}
	return out
}

// Route is what a route is called and what is said of it, by the topmost of the packs
// that says so.
func (t *TextsIn) Route(id law.RouteID) *Text { return t.route("route." + string(id)) }

// RouteItem is the text of one point of a route, or of one reason that holds for
// every route; "" when no pack in play has it.
func (t *TextsIn) RouteItem(id law.RouteID, item string) string {
	for _, name := range []string{"route." + string(id), "route.any"} {
		for _, p := range t.ids {
			if w, err := t.Of(p); err == nil && w[name] != nil && w[name].Items[item] != "" {
				return w[name].Items[item]
			}
		}
	}
	return ""
}

func (t *TextsIn) route(name string) *Text {
	for _, p := range t.ids {
		if w, err := t.Of(p); err == nil && w[name] != nil && w[name].Title != "" {
			return w[name]
		}
	}
	return nil
}
