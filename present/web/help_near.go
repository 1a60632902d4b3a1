package web

import (
	"net/http"
	"slices"

	"stayput/derive/brief"
	"stayput/derive/callout"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
	say "stayput/present/brief"
)

// A helpNearPage says when it may be time to call somebody, who helps near, and what to
// bring to the first call.
type helpNearPage struct {
	Frame
	AsOf    string
	Lead    string
	Action  string
	Signs   []callSign
	Away    []callSign
	Near    string // the heading over who helps
	Groups  []helpGroup
	Dates   []callDate
	MoreOf  string // all rights that run out
	Papers  []captureKey
	Shallow bool // no sign at all
}

func (helpNearPage) template() string { return "help_near" }

// A callSign is one sign in a sentence, with the entries it stands on.
type callSign struct {
	Text  string
	Mark  string
	Links []backLink
	More  int
}

// A helpGroup is those who help in one way.
type helpGroup struct {
	ID, Title, Says string
	Rows            []helpRow
}

// A helpRow is one of them.
type helpRow struct {
	Name, Href, Where, Phone, Dial, Checked string
	List                                    bool
}

// A callDate is a right that runs out.
type callDate struct{ Name, Line string }

var (
	_ = sample(func() page {
		x := callSign{Text: "t", Mark: "m", Links: []backLink{{"/l", "d"}}, More: 2}
		return helpNearPage{AsOf: "a", Lead: "l", Action: "/a", Signs: []callSign{x}, Away: []callSign{x}, Near: "n", Groups: []helpGroup{{"g", "t", "s", []helpRow{{"n", "https://example.org", "w", "1-800", "1800", "c", true}, {Name: "m", Href: "/x", Checked: "c"}}}},
			Dates: []callDate{{"n", "l"}}, MoreOf: "/m", Papers: []captureKey{{Label: "x", Href: "/", Hint: "h"}}}
	})
	_ = sample(func() page { return helpNearPage{Lead: "l", Near: "n", Shallow: true} })
)

// callSigns are the signs of a case that this person may see: those that are new to him
// or her, and those that were put away.
func (s *Site) callSigns(r *http.Request, f Frame, c *desk.Case) (fresh, away []callout.Sign, err error) {
	b := c.Brief
	in := callout.Input{View: b.View, Limits: b.Limits, Side: c.File.Case.Side, AsOf: b.AsOf}
	for _, l := range b.Laws {
		in.Laws = append(in.Laws, l.Law)
	}
	in.Disputes = brief.Disputes(b, in.Side)
	if in.Discipline, err = c.Discipline(); err != nil {
		return nil, nil, err
	}
	notes, err := s.desk.CallNotes(r.Context(), who(r), c.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, x := range callout.Derive(in) {
		switch {
		case x.Dispute && !f.May("change_case"): // a property of the case, for who decides in it
		case notes.Holds(x.Mark):
			away = append(away, x)
		default:
			fresh = append(fresh, x)
		}
	}
	return fresh, away, nil
}

// callText is the one sentence of a sign.
func (f speaker) callText(c *desk.Case, x *callout.Sign) string {
	key := "webcall.sign_" + string(x.Key)
	if c.File.Case.Side == fact.SchoolSide && f.cat.Has(key+"_school") {
		key += "_school"
	}
	var pairs []any
	if x.By != 0 {
		pairs = append(pairs, "date", f.cat.DateFull(x.By))
	}
	if x.Limit != nil {
		pairs = append(pairs, "right", f.T("right."+x.Limit.Right))
	}
	if x.Count > 0 && x.Key != callout.Filed {
		return f.N(key, x.Count, pairs...)
	}
	return f.T(key, pairs...)
}

func (f speaker) callSign(c *desk.Case, x *callout.Sign) callSign {
	out := callSign{Text: f.callText(c, x), Mark: x.Mark}
	for _, id := range x.Entries {
		e := c.Brief.View.Get(id)
		if e == nil || e.Derived {
			continue
		}
		if len(out.Links) == 5 {
			out.More++
			continue
		}
		out.Links = append(out.Links, backLink{entryPath(c.Folder, id), f.cat.When(e.On) + ": " + f.cat.Kind(e.Kind.String())})
	}
	return out
}

// callNote is the line on the page of the case when a sign is new to who looks.
func (s *Site) callNote(r *http.Request, f Frame, c *desk.Case) *Note {
	fresh, _, err := s.callSigns(r, f, c)
	if err != nil || len(fresh) == 0 { // what cannot be read is told on its own page
		return nil
	}
	return &Note{Text: f.speak().callText(c, &fresh[0]), Href: casePath(c.Folder) + "/help-near", Action: f.T("webcall.note_go")}
}

// helpNear shows when to call somebody, and who is near.
func (s *Site) helpNear(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return err
	}
	p := helpNearPage{Frame: s.caseFrame(r, c, "webcall.title", "disagree"), Action: casePath(c.Folder) + "/help-near"}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	p.Lead = p.T("webcall.lead")
	if c.File.Case.Side == fact.SchoolSide {
		p.Lead = p.T("webcall.lead_school")
	}
	fresh, away, err := s.callSigns(r, p.Frame, c)
	if err != nil {
		return err
	}
	for i := range fresh {
		p.Signs = append(p.Signs, p.speak().callSign(c, &fresh[i]))
	}
	for i := range away {
		p.Away = append(p.Away, p.speak().callSign(c, &away[i]))
	}
	p.Shallow = len(p.Signs)+len(p.Away) == 0
	p.near(c)
	p.bring(c)
	return s.show(w, r, http.StatusOK, p)
}

// helpPut puts a sign away for who asks, or back.
func (s *Site) helpPut(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	away := f.Text("do", 10) != "back"
	if err := s.desk.PutCallNote(r.Context(), who(r), caseID(r), f.Text("mark", 600), away); err != nil {
		return err
	}
	if away {
		s.done(r, "webcall.was_put_away")
	} else {
		s.done(r, "webcall.was_put_back")
	}
	return s.seeOther(w, r, "/cases/"+string(caseID(r))+"/help-near")
}

// near lists who helps where the child is now, for the side that keeps the record.
func (p *helpNearPage) near(c *desk.Case) {
	side := fact.Parent
	if c.File.Case.Side == fact.SchoolSide {
		side = fact.LEA
	}
	l := c.Brief.LawOn(c.Brief.AsOf)
	p.Near = p.T("webcall.near")
	if l == nil {
		return
	}
	p.Near = p.T("webcall.near_place", "place", p.speak().lawPlace(l.Jurisdiction))
	all := l.Help()
	for _, kind := range law.HelpKinds {
		g := helpGroup{ID: kind, Title: p.T("webcall.kind_" + kind), Says: p.T("webcall.kind_" + kind + "_says")}
		for i := range all {
			h := &all[i]
			if h.Kind != kind || !slices.Contains(h.For, side) {
				continue
			}
			x := helpRow{Name: h.Name, Href: h.URL, Where: h.Where[p.Lang], Phone: h.Phone, Dial: digitsOf(h.Phone), List: h.Directory, Checked: p.speak().helpRead(*h)}
			g.Rows = append(g.Rows, x)
		}
		if len(g.Rows) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
}

// digitsOf is a telephone number as a telephone dials it.
func digitsOf(s string) string {
	var out []rune
	for _, r := range s {
		if r >= '0' && r <= '9' {
			out = append(out, r)
		}
	}
	return string(out)
}

// callPapers are what somebody on the telephone asks for first: the latest entry of
// some kinds.
var callPapers = []struct {
	name  string
	kinds []fact.Kind
}{
	{"notice", callKinds("prior_written_notice_given", "reasons_given")},
	{"no", callKinds("evaluation_refused", "reevaluation_refused", "request_refused", "iee_refused", "iep_meeting_refused", "iep_rejected", "iep_consent_partial", "services_stopped")},
	{"report", callKinds("evaluation_report_given", "iee_report_shared", "evaluation_completed")},
	{"dispute", callKinds("due_process_filed", "due_process_received", "expedited_complaint_filed", "expedited_complaint_received", "state_complaint_filed", "state_complaint_received")},
	{"agreement", callKinds("mediation_agreement_signed", "resolution_agreement_executed", "settlement_signed", "hearing_decision_issued", "state_complaint_decided")},
}

func callKinds(names ...string) []fact.Kind {
	out := make([]fact.Kind, len(names))
	for i, n := range names {
		out[i] = fact.MustLookup(n)
	}
	return out
}

// bring says what to have at hand: the dates that run out and the papers that the record
// holds.
func (p *helpNearPage) bring(c *desk.Case) {
	open, _ := say.Rights(c.Brief, p.speak().wording(c.Brief))
	for _, x := range open[:min(len(open), 5)] {
		p.Dates = append(p.Dates, callDate{x.Name, x.Line})
	}
	base := casePath(c.Folder)
	p.MoreOf = base + "/rights"
	put := func(name, hint, href string) {
		p.Papers = append(p.Papers, captureKey{ID: name, Icon: "letter", Label: p.T("webcall.paper_" + name), Hint: hint, Href: href})
	}
	if c.PlansHead != desk.NoPlans {
		put("plan", p.T("webcall.paper_plan_hint"), base+"/plan")
	}
	for _, k := range callPapers {
		var last *fact.Entry
		for _, e := range c.Brief.View.Entries {
			if slices.Contains(k.kinds, e.Kind) && !e.Derived && e.On.Earliest <= c.Brief.AsOf {
				last = e
			}
		}
		if last != nil {
			hint := p.cat.When(last.On) + ": " + p.cat.Kind(last.Kind.String())
			if n := len(last.Files); n > 0 {
				hint += ". " + p.N("webcall.papers_with", n)
			} else {
				hint += ". " + p.T("webcall.no_paper_with")
			}
			put(k.name, hint, entryPath(c.Folder, last.ID))
		}
	}
	if p.May("export_case") {
		put("claims", p.T("webcall.paper_claims_hint"), base+"/claims")
		put("all", p.T("webcall.paper_all_hint"), base+"/export")
	}
}
