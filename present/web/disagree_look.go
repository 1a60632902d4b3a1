package web

import (
	"net/http"
	"net/url"
	"slices"

	derived "stayput/derive/brief"
	ways "stayput/derive/route"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
	"stayput/law/pack"
	"stayput/law/packs"
	"stayput/present/chart"
)

// A disagreed is one case looked at as a disagreement: every route for what was
// picked and answered, and the words of the law that applies.
type disagreed struct {
	Frame
	c     *desk.Case
	b     *derived.Brief
	res   *ways.Result
	words *pack.TextsIn
	said  disagreeSaid
	view  desk.View
}

// A disagreeSaid is what a person picked and answered. It stands in the address, so
// that a page can be sent on, and nothing of it is kept.
type disagreeSaid struct {
	sent     bool // the form was sent; otherwise the record picks
	concerns []law.Concern
	answers  map[ways.Question]fact.Tri
}

// disagreeSaidOf reads what was picked and answered. What is no concern and no answer is left
// out; two answers to one question are no answer.
func disagreeSaidOf(v url.Values) disagreeSaid {
	out := disagreeSaid{sent: v.Has("picked"), answers: map[ways.Question]fact.Tri{}}
	for _, c := range law.Concerns {
		if slices.Contains(v["concern"], string(c)) {
			out.concerns, out.sent = append(out.concerns, c), true
		}
	}
	for _, q := range ways.Questions {
		yes, no := slices.Contains(v[string(q)], "yes"), slices.Contains(v[string(q)], "no")
		if yes != no {
			out.answers[q], out.sent = fact.TriOf(yes), true
		}
	}
	return out
}

// query is what was said as the query of an address, "" when nothing was.
func (x disagreeSaid) query(v desk.View) string {
	q := url.Values{}
	if x.sent {
		q.Set("picked", "1")
		for _, c := range x.concerns {
			q.Add("concern", string(c))
		}
		for k, a := range x.answers {
			q.Set(string(k), answerWord(a))
		}
	}
	if v.AsOf != 0 {
		q.Set("as_of", v.AsOf.String())
	}
	if v.Known != 0 {
		q.Set("known_by", v.Known.String())
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

func answerWord(t fact.Tri) string {
	switch t {
	case fact.Yes:
		return "yes"
	case fact.No:
		return "no"
	}
	return "unknown"
}

// routesBrief is the brief with what routes are told from besides dates: the program
// and the ledger.
func routesBrief(c *desk.Case) (*derived.Brief, error) {
	b, err := c.WithSteps()
	if err != nil {
		return nil, err
	}
	res, err := c.Program()
	if err != nil {
		return nil, err
	}
	out := *b
	if c.PlansHead != desk.NoPlans {
		out.Program = res
	}
	return &out, nil
}

// disagreement looks at a case as a disagreement.
func (s *Site) disagreement(r *http.Request, title string, said disagreeSaid) (*disagreed, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return nil, err
	}
	b, err := routesBrief(c)
	if err != nil {
		return nil, err
	}
	if !said.sent {
		said.concerns = derived.Concerns(b)
	}
	k := &disagreed{Frame: s.caseFrame(r, c, title, "disagree"), c: c, b: b, said: said, view: viewOf(r)}
	k.res = derived.Routes(b, c.File.Case.Side, said.concerns, said.answers)
	k.words = k.speak().routeTexts(k.res.Law)
	return k, nil
}

// routeTexts are the words of the packs of one law, the topmost first.
func (f speaker) routeTexts(l *law.Law) *pack.TextsIn {
	var ids []string
	if l != nil {
		for _, p := range l.Packs {
			ids = append(ids, p.ID)
		}
	}
	words := packs.Texts(f.Lang).In(ids...)
	if f.neutral() {
		return words.Neutral()
	}
	return words
}

// school reports that the record is a school's.
func (k *disagreed) school() bool { return k.c.File.Case.Side == fact.SchoolSide }

// mine is a key of a text with another for a school's record.
func (k *disagreed) mine(key string) string {
	if k.school() && k.cat.Has(key+"_school") {
		return key + "_school"
	}
	return key
}

// A routeLine is one reason in words, with its law.
type routeLine struct {
	Text string
	Mark Tag // whether it holds already, where that is a question
	Cite Cite
}

// line puts a reason into words.
func (k *disagreed) line(g ways.Ground) routeLine {
	x := routeLine{Text: k.words.RouteItem(g.Route, g.Key)}
	if x.Text == "" {
		x.Text = g.Key
	}
	if n := len(g.Concerns); n > 0 && n < len(k.said.concerns) && slices.Contains(law.RouteReasons, g.Key) {
		x.Text += " (" + k.speak().concerns(g.Concerns) + ")"
	}
	x.Cite = k.speak().citeOf(g.Rule, g.Citation, g.Source, g.Checked)
	return x
}

func (k *disagreed) lines(gs []ways.Ground) []routeLine {
	var out []routeLine
	for _, g := range gs {
		if x := k.line(g); !slices.ContainsFunc(out, func(y routeLine) bool { return y.Text == x.Text }) {
			out = append(out, x)
		}
	}
	return out
}

// citeOf is where the law stands that is behind a reason: the page of its rule, else
// the text it was read in.
func (f speaker) citeOf(rule law.RuleID, citation, source string, checked law.Checked) Cite {
	if citation == "" {
		return Cite{}
	}
	x := Cite{Text: citation, Source: source}
	level := checked.Level
	if level == "" {
		level = "unverified"
	}
	x.Checked = f.cat.T("checked_short." + level)
	if rule != "" {
		x.Source = lawPath(rule)
	}
	return x
}

// concerns are concerns by name, in a list that stands inside a sentence.
func (f speaker) concerns(cs []law.Concern) string {
	names := make([]string, 0, len(cs))
	for _, c := range cs {
		names = append(names, lower(f.concern(c)))
	}
	return f.cat.List(names)
}

func (f speaker) concern(c law.Concern) string { return f.cat.T("routes.concern." + string(c)) }

// routeTitle is what a route is called here.
func (k *disagreed) routeTitle(id law.RouteID) string {
	if t := k.words.Route(id); t != nil {
		return t.Title
	}
	return string(id)
}

// routePath is where a route is told whole, for what was picked.
func (k *disagreed) routePath(id law.RouteID) string {
	return casePath(k.c.Folder) + "/disagree/routes/" + string(id) + k.said.query(k.view)
}

// standings are the tones of how a route stands.
var standingTones = map[ways.Standing]string{ways.UnderWay: "info", ways.WasTried: "done", ways.CanBeUsed: "done", ways.Waits: "unsure", ways.NoFit: ""}

// standing is how a route stands, as a tag.
func (f speaker) standing(w *ways.Row) Tag {
	x := w.Standing()
	return Tag{standingTones[x], f.cat.T("routes.stair." + string(x))}
}

// staircase is the picture of the steps.
func (f speaker) staircase(res *ways.Result) chart.Staircase {
	out := chart.Staircase{ID: "stairs"}
	for _, s := range res.Stairs() {
		out.Steps = append(out.Steps, chart.Stair{Step: s.Step, Name: f.cat.T("routes.short." + string(s.Lead.ID)), Standing: string(s.Standing), Here: s.Here, Chosen: s.Chosen})
	}
	return out
}
