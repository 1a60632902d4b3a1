package web

import (
	"net/http"
	"slices"

	"stayput/derive/brief"
	"stayput/derive/dispute"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/law"
	"stayput/law/packs"
	"stayput/locale"
	say "stayput/present/brief"
)

// A disputeShowPage is one dispute as a path: what to check, what comes next, every
// step, and what is good to know.
type disputeShowPage struct {
	Frame
	AsOf   string
	Back   string
	Path   string
	Tag    Tag
	Began  string
	Of     *captureKey // what a review or a court case carries on
	Ended  string
	Looks  []disputeLook
	Now    *disputeStep
	Near   string
	Steps  []disputeStep
	Proof  *disputeTold
	Proves string
	Come   []disputeTold
	Stay   string
	Stays  string // where stay put is explained
	Way    string
	Deals  string
	End    *disputeForm
	Errs   []Field
}

func (disputeShowPage) template() string { return "dispute_show" }

// A disputeLook is something in the record to check.
type disputeLook struct {
	Text, Href string
	Cite       Cite
	Exceptions []string
}

// A disputeStep is one step in words.
type disputeStep struct {
	ID, Title, Says string
	Class, Icon     string
	Tag             Tag
	Stands          []string
	Entry           string
	Box             *DateBox
	Clock           string // where its day is counted out
	Owed            string
	Why             string
	WhyCite         Cite
	Exceptions      []string
	Dates           []disputeDate
	Tells           []disputeTold
	Form            *disputeForm
	Paper           string // where what the step asks for is drafted
	Next            bool
	Quiet           bool // a choice without a day: one line until it is opened
}

// A disputeDate is one of the dates behind a step.
type disputeDate struct {
	Title, Href, Date string
	Tag               Tag
	Cite              Cite
}

// A disputeTold is law in words.
type disputeTold struct {
	Title, Says string
	Items       []string
	Cite        Cite
}

var (
	_ = sample(func() page {
		c := Cite{Text: "c", Source: "/s", Checked: "k"}
		told := disputeTold{"t", "s", []string{"i"}, c}
		step := disputeStep{ID: "s", Title: "t", Says: "s", Class: "is-late", Icon: "check", Tag: Tag{"late", "x"}, Stands: []string{"a"}, Entry: "/e", Paper: "/p", Box: &DateBox{ISO: "2026-01-01", Day: "1"}, Clock: "/c", Owed: "o", Why: "w", WhyCite: c,
			Exceptions: []string{"e"}, Dates: []disputeDate{{"t", "/h", "d", Tag{"info", "x"}, c}}, Tells: []disputeTold{told}, Form: sampleDisputeForm(), Next: true}
		other, quiet := step, step
		other.ID, other.Next, other.Form = "o", false, nil
		quiet.ID, quiet.Next, quiet.Quiet, quiet.Form = "q", false, true, sampleDisputeForm()
		quiet.Form.Fields, quiet.Form.Errs = []Field{{Name: "q-on", Label: "l", Kind: "date"}}, nil
		return disputeShowPage{AsOf: "d", Back: "/b", Path: "/p", Tag: Tag{"info", "o"}, Began: "b", Of: &captureKey{Label: "l", Href: "/h"}, Ended: "e", Looks: []disputeLook{{"t", "/h", c, []string{"x"}}}, Now: &step, Near: "n",
			Steps: []disputeStep{step, other, quiet}, Proof: &told, Proves: "p", Come: []disputeTold{told}, Stay: "s", Stays: "/s", Way: "/w", Deals: "/d", End: nil, Errs: []Field{{Name: "on", Error: "e"}}}
	})
	_ = sample(func() page { return disputeShowPage{Back: "/b", Path: "/p", End: sampleDisputeForm()} })
)

// disputeShow shows one dispute.
func (s *Site) disputeShow(w http.ResponseWriter, r *http.Request) error {
	p, _, _, err := s.disputePage(r, viewOf(r), nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// disputeOf finds a dispute by any entry of it.
func (s *Site) disputeOf(r *http.Request, v desk.View) (*desk.Case, *dispute.Path, []dispute.Path, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), v)
	if err != nil {
		return nil, nil, nil, err
	}
	paths := brief.Disputes(c.Brief, c.File.Case.Side)
	name := r.PathValue("entry")
	for i := range paths {
		if slices.ContainsFunc(paths[i].Entries, func(id string) bool { return c.Name(id) == name && name != "" }) {
			return c, &paths[i], paths, nil
		}
	}
	return nil, nil, nil, fault.New(fault.NotFound, fault.Position{}, "web.error.not_found")
}

// disputePage draws a dispute; f is the form that was sent and not taken, if any.
func (s *Site) disputePage(r *http.Request, v desk.View, f *Form, bad wrong) (disputeShowPage, *desk.Case, *dispute.Path, error) {
	c, x, all, err := s.disputeOf(r, v)
	if err != nil {
		return disputeShowPage{}, nil, nil, err
	}
	p := disputeShowPage{Frame: s.caseFrame(r, c, "webdispute.title", "disagree"), Back: casePath(c.Folder) + "/disagree/disputes", Path: disputePath(c, x.Matter)}
	p.Title = p.speak().disputeTitle(x)
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	p.Tag, p.Began = p.speak().disputeTag(x), p.T("webdispute.began", "date", p.cat.When(x.On))
	for i := range all {
		if all[i].Matter == x.Of {
			p.Of = &captureKey{Label: p.T("webdispute.of_path", "title", p.speak().disputeTitle(&all[i])), Href: disputePath(c, x.Of)}
		}
	}
	if !x.Open {
		p.Ended = p.T("webdispute.ended_on", "why", p.speak().disputeWhy(c, dispute.Ground{Key: string(x.End), Entry: x.EndedBy}), "date", locale.First(p.cat.When(x.EndedOn)))
	}
	for i := range x.Problems {
		p.Looks = append(p.Looks, p.speak().disputeProblem(c, x, &x.Problems[i]))
	}
	if x.NextDate != 0 {
		p.Near = p.T("webdispute.nearest", "date", p.cat.DateFull(x.NextDate))
	}
	kit := disputeKit{Frame: p.Frame, c: c, x: x, f: f, bad: bad}
	for i := range x.Steps {
		st := &x.Steps[i]
		y := p.speak().disputeStep(c, x, st)
		y.Next = i == x.Now
		if st.Possible() && p.May("add_entry") {
			y.Form = kit.form(st)
			y.Form.Open = y.Form.Open || y.Next
		}
		if y.Next {
			p.Now = &y
		}
		p.Steps = append(p.Steps, y)
	}
	if len(x.Ends) > 0 && p.May("add_entry") {
		p.End = kit.end()
	}
	p.Errs = kit.errs
	p.about(c, x)
	return p, c, x, nil
}

// disputeStep puts a step into words.
func (f speaker) disputeStep(c *desk.Case, x *dispute.Path, s *dispute.Step) disputeStep {
	y := disputeStep{ID: string(s.Key), Title: f.stepTitle(x, s.Key), Says: f.stepSays(x, s.Key), Tag: Tag{stepTones[s.State], f.T("webdispute.tag_" + string(s.State))}, Icon: stepIcons[s.State]}
	switch s.State {
	case dispute.Done:
		y.Class = "is-strong"
	case dispute.Late, dispute.OutOfOrder:
		y.Class = "is-late"
	case dispute.Waits, dispute.NotNeeded, dispute.Over, dispute.Ended, dispute.Choice:
		y.Class = "is-quiet"
	}
	tell := func(text string) {
		if text != "" {
			y.Stands = append(y.Stands, text)
		}
	}
	tell(f.stepStands(c, x, s))
	if s.SetFor != 0 && s.State != dispute.Done {
		tell(f.T("webdispute.set_for", "date", f.cat.DateFull(s.SetFor)))
	}
	done := s.State == dispute.Done || s.State == dispute.OutOfOrder
	if c.Name(s.Entry) != "" && done {
		y.Entry = entryPath(c.Folder, s.Entry)
	}
	// The day on which a copy came does not say when it was sent.
	came := s.Key == dispute.Copy && x.Step(dispute.Received) != nil && x.Step(dispute.Received).Entry == s.Entry
	if k := s.Clock; k != nil && done && k.MetBy == s.Entry && k.On != 0 && s.Key != dispute.Period && !came {
		if k.DaysLate > 0 {
			tell(f.N("webdispute.was_late", k.DaysLate, "date", f.cat.Date(k.On)))
		} else {
			tell(f.T("webdispute.was_due", "date", f.cat.Date(k.On)))
		}
	}
	if s.Until != 0 && s.Key == dispute.Extension {
		tell(f.T("webdispute.put_off_to", "date", f.cat.Date(s.Until)))
	}
	if s.Until != 0 && !done && (s.Key == dispute.CarriedOut || s.Key == dispute.Correction) && s.Clock != nil {
		tell(f.T("webdispute.promised_by", "date", f.cat.Date(s.Until)))
	}
	if len(s.More) > 0 && done {
		tell(f.N("webdispute.more", len(s.More)))
	}
	if !done && s.State != dispute.NotNeeded && s.State != dispute.Ended && s.State != dispute.Over {
		y.Box = f.dueBox(s.Due, s)
		if s.Owed != "" {
			y.Owed = f.T("webdispute.owed_by", "who", f.by(string(s.Owed)))
		}
		if s.Clock != nil && s.Due != 0 {
			y.Clock = clockPath(c.Folder, string(s.Clock.Rule.ID), s.Clock.Trigger)
		}
	}
	y.Why, y.Exceptions = f.disputeWhy(c, s.Why), f.disputeExceptions(c, s.Why.Rule, s.Why.Exceptions)
	if s.Why.Rule != "" {
		y.WhyCite = f.disputeCite(x, s.Why.Rule)
	}
	switch s.State {
	case dispute.Due, dispute.Late, dispute.Unsure, dispute.Choice:
		y.Paper = f.stepDraft(c, x, s.Key)
	}
	y.Quiet = s.State == dispute.Choice && s.Due == 0 && s.SetFor == 0 && y.Why == ""
	f.disputeDates(c, x, s, &y)
	return y
}

// stepDrafts are the papers that steps of a dispute ask for; the one that the keeper of the
// record writes is offered.
var stepDrafts = map[dispute.Key][]string{
	dispute.Response: {"lea-response-complaint", "other-party-response"}, dispute.Challenge: {"notice-insufficiency"}, dispute.Meeting: {"resolution-invitation"},
	dispute.Disclosure: {"evidence-witness-list"}, dispute.Agreement: {"settlement-agreement"}, dispute.Settlement: {"settlement-agreement"},
}

// stepDraft is where the paper of a step is drafted; "" where there is none for who keeps
// the record. Whoever filed a complaint does not answer it.
func (f speaker) stepDraft(c *desk.Case, x *dispute.Path, k dispute.Key) string {
	us := keeperOf(c)
	if answers := k == dispute.Response || k == dispute.Challenge; answers && string(x.FiledBy) == string(us) || x.Kind != dispute.DueProcess && x.Kind != dispute.Expedited && x.Kind != dispute.Mediation {
		return ""
	}
	for _, id := range stepDrafts[k] {
		if d, err := c.Papers.Get(id); err == nil && writes(c.File.Case.Side, d) {
			return f.paperLink(c, id, x.Matter)
		}
	}
	return ""
}

// disputeDates are the dates and the law behind a step.
func (f speaker) disputeDates(c *desk.Case, x *dispute.Path, s *dispute.Step, y *disputeStep) {
	o := f.wording(c.Brief)
	title := func(r *law.Rule) string {
		if t := o.Words.Rule(r.ID); t != nil {
			return t.Title
		}
		return string(r.ID)
	}
	for _, k := range s.Clocks {
		d := disputeDate{Title: title(k.Rule), Href: clockPath(c.Folder, string(k.Rule.ID), k.Trigger), Cite: Cite{Text: k.Version.Citation, Source: lawPath(k.Rule.ID), Checked: f.lawChecked(k.Rule).Text}, Tag: Tag{"", f.T("status." + string(k.Status))}}
		if on := max(k.On, k.Earliest); on != 0 {
			d.Date = f.cat.Date(on)
		}
		y.Dates = append(y.Dates, d)
	}
	for _, l := range s.Limits {
		d := disputeDate{Title: title(l.Rule), Href: lawPath(l.Rule.ID), Cite: Cite{Text: l.Version.Citation, Source: lawPath(l.Rule.ID), Checked: f.lawChecked(l.Rule).Text}}
		if l.Earliest != 0 {
			d.Date = f.cat.Date(l.Earliest)
		}
		y.Dates = append(y.Dates, d)
	}
	for _, id := range s.Tells {
		if t := f.disputeTold(c, x, id); t != nil {
			y.Tells = append(y.Tells, *t)
		}
	}
}

// disputeTold is a rule in words; nil when the rule has none.
func (f speaker) disputeTold(c *desk.Case, x *dispute.Path, id law.RuleID) *disputeTold {
	r := x.Law.Rule(id)
	t := f.wording(c.Brief).Words.Rule(id)
	if r == nil || t == nil {
		return nil
	}
	out := &disputeTold{Title: t.Title, Says: t.Says, Cite: f.disputeCite(x, id)}
	for _, i := range r.Items {
		if t.Items[i.ID] != "" {
			out.Items = append(out.Items, t.Items[i.ID])
		}
	}
	return out
}

// about fills in what stands around the steps.
func (p *disputeShowPage) about(c *desk.Case, x *dispute.Path) {
	if x.Burden != "" {
		p.Proof = p.speak().disputeTold(c, x, x.Burden)
		if x.Proves != "" && p.Proof != nil {
			p.Proves = p.T("webdispute.proof_" + string(x.Proves))
		}
	}
	words := packs.Texts(p.Lang).In(say.Packs(c.Brief)...)
	for i := range x.Come {
		k := &x.Come[i]
		t := disputeTold{Says: words.RouteItem(x.Route, k.ID), Cite: p.speak().disputeCite(x, k.Rule)}
		if k.Rule == "" {
			t.Cite = Cite{Text: k.Citation, Source: k.Source, Checked: p.T("checked_short." + k.Checked.Level)}
		}
		p.Come = append(p.Come, t)
	}
	key := map[fact.Tri]string{fact.Yes: "yes", fact.No: "no", fact.Unsaid: "unsaid"}[x.Stay]
	if x.Open {
		p.Stay = p.T("webdispute.stay_" + key)
	}
	p.Stays = casePath(c.Folder) + "/stay-put"
	if _, ok := x.Law.Route(x.Route); ok {
		p.Way = casePath(c.Folder) + "/disagree/routes/" + string(x.Route)
	}
	if !x.Open && x.End != dispute.Withdrawn {
		p.Deals = casePath(c.Folder) + "/agreements"
	}
}
