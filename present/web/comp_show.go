package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"stayput/derive/brief"
	"stayput/derive/delivery"
	"stayput/derive/delivery/comp"
	"stayput/derive/lookback"
	"stayput/desk"
	"stayput/fault"
)

// A compPage is the workbench: ways of counting what may be owed, side by side, each a
// range with its cases, its inputs and what is not known.
type compPage struct {
	Frame
	Back, LookBack, CSV string
	Action              string
	Service             string
	Name                string
	Facts               [][2]string
	Choose              []Field // the service and the school years
	Carried             []Hidden
	Broken              []string
	Empty               bool
	Kept                bool
	Caution             string
	Methods             []compMethod
	Goals               []compGoal
	Inputs              [][2]string // what was put in, for paper
	Groups              []compGroup
	Errs                []Field
	Hidden              []Hidden
	Material            []compCase
	Place               string
}

func (compPage) template() string { return "comp_show" }

// A compMethod is one way of counting in words.
type compMethod struct {
	ID, Name, Explain string
	Low, High         string // "" when nothing was counted
	Range             string // both with their hours
	LowHours          string
	HighHours         string
	Same              bool
	Steps             []string
	Unknown           []string
	Cases             []compCase
	NoCase            bool
}

// A compCase is a decision or a rule beside a method.
type compCase struct {
	Cite    Cite
	Says    string
	Weight  string
	Against bool
	Note    string // how far it was read, in English
}

// A compGoal is a goal of the service: where its line is, and where the child is.
type compGoal struct {
	Name, Href string
	Says       string
	Use        string // takes its levels into the form
}

// A compGroup is the inputs of one method.
type compGroup struct {
	Title, Lead string
	Fields      []Field
}

var _ = sample(func() page {
	f := []Field{{Name: "known", Label: "l", Kind: "date", Error: "e"}}
	c := compCase{Cite: Cite{Text: "c", Source: "/s", Checked: "k"}, Says: "s", Weight: "w", Against: true, Note: "n"}
	return compPage{Back: "/b", LookBack: "/l", CSV: "/c", Action: "/a", Service: "s", Name: "n", Facts: [][2]string{{"a", "b"}}, Choose: []Field{{Name: "service", Label: "l", Kind: "select"}}, Carried: []Hidden{{"a", "b"}}, Kept: true, Caution: "c", Place: "p",
		Methods: []compMethod{{ID: "m1", Name: "n", Explain: "e", Low: "1", High: "2", LowHours: "h", HighHours: "i", Steps: []string{"s"}, Unknown: []string{"u"}, Cases: []compCase{c}}, {ID: "m2", Name: "o", Low: "1", High: "1", Same: true, NoCase: true}, {ID: "m3", Name: "p"}},
		Goals:   []compGoal{{Name: "g", Href: "/g", Says: "s", Use: "/u"}}, Inputs: [][2]string{{"a", "b"}}, Groups: []compGroup{{"t", "l", f}}, Errs: f, Hidden: []Hidden{{"gap", "x"}}, Material: []compCase{c}}
})

var (
	_ = sample(func() page { return compPage{Broken: []string{"b"}} })
	_ = sample(func() page { return compPage{Empty: true} })
)

// compLook is the workbench of one service.
type compLook struct {
	*backLooked
	at    int // the service, among those looked back on
	goals []brief.GoalProgress
	ask   *compAsk
	bench *comp.Workbench
	kept  bool
}

// compOf reads what is put in and counts. Without a service in the address it takes the
// one with most minutes that are short, reported or unknown.
func (s *Site) compOf(r *http.Request) (*desk.Case, *compLook, error) {
	c, k, err := s.lookBack(r)
	if err != nil || len(k.look.Services) == 0 {
		return c, nil, err
	}
	out := &compLook{backLooked: k, at: -1}
	key := r.URL.Query().Get("service")
	for i := range k.look.Services {
		if k.look.Services[i].Key == key {
			out.at = i
		}
	}
	open := func(t *delivery.Tally) delivery.Minutes { return t.Short + t.Reported + t.Unknown }
	for i := range k.look.Services {
		if out.at < 0 || key == "" && open(&k.look.Services[i].Total) > open(&k.look.Services[out.at].Total) {
			out.at = i
		}
	}
	x := &k.look.Services[out.at]
	if out.goals, err = c.Goals(); err != nil {
		return c, nil, err
	}
	f, kept := s.compForm(r, c, x.Key)
	if kept { // the school years belong to what was kept
		in := k.in
		in.From, in.To = schoolYear(f.Text("from", 4)), schoolYear(f.Text("through", 4))
		if y := lookback.Make(in); slices.ContainsFunc(y.Services, func(s lookback.Service) bool { return s.Key == x.Key }) {
			k.look = y
			out.at = slices.IndexFunc(y.Services, func(s lookback.Service) bool { return s.Key == x.Key })
			x = &y.Services[out.at]
		}
	}
	out.kept = kept
	out.ask = compRead(f, x, out.goals)
	out.ask.in.Circuit = comp.Circuit(jurisdictionOf(c))
	out.ask.in.Service = out.stretch(x)
	out.bench = out.ask.make()
	return c, out, nil
}

// jurisdictionOf is the place whose law applies to a case now.
func jurisdictionOf(c *desk.Case) string {
	if laws := c.Brief.Laws; len(laws) > 0 {
		return laws[len(laws)-1].Law.Jurisdiction
	}
	return ""
}

// stretch is the ledger of a service in the school years looked at.
func (k *compLook) stretch(x *lookback.Service) *delivery.Service {
	out := &delivery.Service{Key: x.Key, Name: x.Name, Unit: x.Unit}
	out.Total.Tally, out.Total.From, out.Total.To = x.Total, k.look.From, k.look.To
	for i := range k.backLooked.ledger.Services {
		if s := &k.backLooked.ledger.Services[i]; s.Key == x.Key {
			for _, w := range s.Weeks {
				if w.From >= k.look.From.Add(-6) && w.From <= k.look.To {
					out.Weeks = append(out.Weeks, w)
				}
			}
		}
	}
	return out
}

// compShow shows the workbench.
func (s *Site) compShow(w http.ResponseWriter, r *http.Request) error {
	c, k, err := s.compOf(r)
	if c == nil {
		return err
	}
	p := compPage{Frame: s.caseFrame(r, c, "webback.make_up", "carry"), Back: carryPath(c.Folder, ""), LookBack: carryPath(c.Folder, "/look-back"), Action: carryPath(c.Folder, "/make-up")}
	if fault.KindOf(err) == fault.Invalid && err != nil {
		p.Broken = append([]string{p.T("desk.plans_unreadable")}, p.speak().says(err)...)
		return s.show(w, r, http.StatusOK, p)
	}
	if err != nil {
		return err
	}
	p.Title = p.T("webback.make_up_of", "child", p.speak().child(c))
	if p.Empty = k == nil; p.Empty {
		return s.show(w, r, http.StatusOK, p)
	}
	x := &k.look.Services[k.at]
	p.Service, p.Name, p.Kept, p.Caution = x.Key, x.Name, k.kept, p.T(comp.Caution)
	v := url.Values{"service": {x.Key}}
	for n, t := range k.ask.Text {
		v[n] = t
		p.Hidden = append(p.Hidden, Hidden{n, t[0]})
	}
	slices.SortFunc(p.Hidden, func(a, b Hidden) int { return slices.Index(compNames, a.Name) - slices.Index(compNames, b.Name) })
	p.CSV = p.Action + ".csv?" + v.Encode()
	p.compFacts(k)
	p.compChoose(k)
	for i := range k.bench.Methods {
		p.Methods = append(p.Methods, p.method(k, i))
	}
	for _, g := range comp.Material() {
		p.Material = append(p.Material, p.decision(comp.Standing{Case: g, Weight: g.WeightIn(k.ask.in.Circuit)}))
	}
	p.compGoals(k)
	p.compFields(k)
	return s.show(w, r, http.StatusOK, p)
}

// compFacts say whose workbench it is, of what and for when; and the circuit.
func (p *compPage) compFacts(k *compLook) {
	put := func(key, text string) {
		if text != "" {
			p.Facts = append(p.Facts, [2]string{p.T("webback." + key), text})
		}
	}
	l, x := k.look, &k.look.Services[k.at]
	put("f_child", k.c.File.Case.Child.Name)
	put("f_service", x.Name)
	if x.Line != nil {
		how, _ := p.speak().serviceAmount(x.Line)
		put("f_plan", how)
	}
	put("f_period", p.T("webback.period", "from", labelOf(l.From), "to", labelOf(l.To), "date", p.cat.Date(l.To)))
	put("f_place", p.speak().lawPlace(jurisdictionOf(k.c)))
	if c := k.ask.in.Circuit; c != "" {
		p.Place = p.T("webback.circuit", "circuit", p.T("webback.circuit_"+c))
	} else {
		p.Place = p.T("webback.circuit_unknown")
	}
	put("f_as_of", p.cat.Date(l.AsOf))
}

// compChoose offers the services and the school years.
func (p *compPage) compChoose(k *compLook) {
	f := Field{Name: "service", Label: p.T("webback.f_service"), Kind: "select", Required: true}
	for i := range k.look.Services {
		x := &k.look.Services[i]
		f.Options = append(f.Options, Option{Value: x.Key, Label: x.Name, On: i == k.at})
	}
	b := backPage{Frame: p.Frame}
	b.choose(k.backLooked)
	p.Choose = append([]Field{f}, b.Choose...)
	for _, h := range p.Hidden {
		if h.Name != "from" && h.Name != "through" && h.Name != "goal" && h.Name != "expected" && h.Name != "now" && h.Name != "now_to" && h.Name != "rate" && h.Name != "lower" && h.Name != "weekly" {
			p.Carried = append(p.Carried, h) // what is not of one service
		}
	}
}

// method puts one way of counting into words.
func (p *compPage) method(k *compLook, i int) compMethod {
	m := &k.bench.Methods[i]
	unit := k.look.Services[k.at].Unit
	out := compMethod{ID: "m" + strconv.Itoa(i+1), Name: p.T("comp.method." + m.Key), Explain: p.T("comp.explain." + m.Key), NoCase: m.NoCase}
	if m.Said {
		out.Low, out.High = p.speak().amounts(m.Low.Whole(), unit), p.speak().amounts(m.High.Whole(), unit)
		out.Same = out.Low == out.High
		if unit == "minutes" {
			out.LowHours, out.HighHours = p.speak().hours(m.Low), p.speak().hours(m.High)
		}
		with := func(amount, hours string) string {
			if hours == "" {
				return amount
			}
			return amount + " (" + hours + ")"
		}
		if out.Range = with(out.Low, out.LowHours); !out.Same {
			out.Range = p.T("webback.range", "low", out.Range, "high", with(out.High, out.HighHours))
		}
	}
	if unit == "minutes" || m.Key == comp.Qualitative { // the steps speak of minutes
		for _, s := range m.Steps {
			pairs := []any{}
			for n, v := range s.Args {
				if n == "on" {
					v = p.cat.Date(isoDay(v))
				}
				pairs = append(pairs, n, v)
			}
			out.Steps = append(out.Steps, p.T("comp.step."+s.Key, pairs...))
		}
	}
	for _, u := range m.Unknown {
		out.Unknown = append(out.Unknown, p.T("comp.unknown."+u))
	}
	switch {
	case m.Key == comp.ByRate && m.Said:
		out.Unknown = append(out.Unknown, p.T("webback.unknown_rate"))
	case m.Key == comp.ReasonableTime && m.Said:
		out.Unknown = append(out.Unknown, p.T("webback.unknown_reasonable"))
	case m.Key == comp.Intensity && m.Said:
		out.Unknown = append(out.Unknown, p.T("webback.unknown_factor"))
	}
	for _, c := range m.Cases {
		out.Cases = append(out.Cases, p.decision(c))
	}
	return out
}

// decision puts a decision into words: where it stands, what it says, how much it
// counts here, and how far it was read.
func (p *compPage) decision(c comp.Standing) compCase {
	return compCase{Cite: Cite{Text: c.Citation, Source: c.Source, Checked: p.T("checked_short." + c.Checked.Level)}, Says: p.T("comp.case." + c.ID),
		Weight: first(p.T("comp.weight." + string(c.Weight))), Against: c.Against, Note: c.Checked.Note}
}

// hours is minutes as hours with one decimal.
func (f speaker) hours(m delivery.Minutes) string {
	tenths := (int64(m)*10 + int64(delivery.Minute)*30) / (int64(delivery.Minute) * 60)
	text := grouped(int(tenths / 10))
	if tenths%10 != 0 {
		text += "." + strconv.FormatInt(tenths%10, 10)
	}
	n := int(tenths / 10)
	if tenths%10 != 0 {
		n = 2 // not one hour exactly
	}
	return f.cat.N("webback.hours", n, "amount", text)
}
