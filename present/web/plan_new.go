package web

import (
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/plan"
)

// A planNewPage begins a plan, or takes one service.
type planNewPage struct {
	Frame
	Lead   string
	Form   planForm
	Back   string
	Photo  *Field // one service: a picture of the page
	Clash  bool
	Broken []string
}

func (planNewPage) template() string { return "plan_new" }

var (
	_ = sample(func() page {
		return planNewPage{Lead: "x", Form: planForm{Action: "/x", Fields: []Field{{Name: "a", Kind: "text"}}, More: []Field{{Name: "b", Kind: "date"}}}, Back: "/x", Clash: true, Broken: []string{"x"}}
	})
	_ = sample(func() page {
		return planNewPage{Form: planForm{Action: "/x", Fields: []Field{{Name: "a", Kind: "text"}}}, Back: "/x", Photo: &Field{Name: "files", Kind: "camera"}}
	})
)

// newPlanFields are what a new plan is asked for.
var newPlanFields = one("kind", "meeting_date", "offered", "effective_start", "effective_end", "status")

// planNew asks for a new plan.
func (s *Site) planNew(w http.ResponseWriter, r *http.Request) error {
	c, plans, err := s.planCase(r)
	if err != nil {
		return err
	}
	typed := planTyped{"kind": "iep", "amends": clean(r.URL.Query().Get("amends")), "from": clean(r.URL.Query().Get("from"))}
	if p := plan.Find(plans, typed["amends"]); p != nil {
		typed["kind"] = string(p.Kind)
	}
	p := s.planNewPage(r, c, plans, typed, nil)
	p.Form.Name, p.Form.Head = desk.NewName(), c.PlansHead
	return s.show(w, r, http.StatusOK, p)
}

func (s *Site) planNewPage(r *http.Request, c *desk.Case, plans []*plan.Plan, typed planTyped, bad wrong) planNewPage {
	p := planNewPage{Frame: s.caseFrame(r, c, "webplan.new", "plan"), Back: casePath(c.Folder) + "/plan"}
	p.Lead = p.T("webplan.new_lead")
	v := reflect.ValueOf(&plan.Plan{}).Elem()
	fields := p.speak().planFields("new", newPlanFields, v, typed, bad, planChoice{})
	fields[0].Required = true
	fields[0].Options = fields[0].Options[1:] // a plan is of some kind
	p.Form = planForm{Action: casePath(c.Folder) + "/plans/new", Draft: "plan:" + string(c.ID) + ":new", Fields: fields[:2], More: fields[2:], Open: len(bad) > 0}
	order := plan.InOrder(plans)
	slices.Reverse(order)
	choose := func(name, key, none string, of func(*plan.Plan) bool) {
		x := Field{Name: name, Label: p.T(key), Kind: "select", Options: []Option{{Label: p.T(none), On: typed[name] == ""}}}
		if bad[name] != "" {
			x.Error = p.T(bad[name])
		}
		for _, o := range order {
			if of(o) {
				x.Options = append(x.Options, Option{Value: o.ID, Label: first(p.speak().planName(c, o.ID)), On: typed[name] == o.ID})
			}
		}
		if len(x.Options) > 1 {
			p.Form.Fields = append(p.Form.Fields, x)
		}
	}
	choose("amends", "webplan.f_amends", "webplan.amends_none", func(*plan.Plan) bool { return true })
	choose("from", "webplan.f_copy_from", "webplan.copy_none", func(*plan.Plan) bool { return true })
	return p
}

// planNewSave begins a plan: an empty one, one that amends another, or one that
// starts from the lines of another.
func (s *Site) planNewSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	c, plans, err := s.planCase(r)
	if err != nil {
		return err
	}
	typed := readPlanTyped(f, newPlanFields)
	typed["amends"], typed["from"] = f.Text("amends", 200), f.Text("from", 200)
	var bad wrong
	var id string
	head, name := f.Text("head", 20), f.Text("form", 20)
	change := func(plans []*plan.Plan) ([]*plan.Plan, error) {
		var p *plan.Plan
		if p, bad = typed.newPlan(plans, c.Today); len(bad) > 0 {
			return nil, fault.New(fault.Invalid, fault.Position{}, "webcase.bad_form")
		}
		id = p.ID
		return append(plans, p), nil
	}
	err = s.changeAnyway(r, c, head, name, change)
	if err == nil {
		s.dropDraft(r, f.Text("draft", 200))
		s.done(r, "webplan.plan_begun")
		return s.seeOther(w, r, planPath(c.Folder, id))
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	p := s.planNewPage(r, c, plans, typed, bad)
	p.Form.Name, p.Form.Head = name, head
	if kind == fault.Conflict {
		p.Clash, p.Form.Name, p.Form.Head = true, desk.NewName(), c.PlansHead
		return s.show(w, r, http.StatusConflict, p)
	}
	if len(bad) == 0 {
		for _, e := range fault.All(err) {
			p.Broken = append(p.Broken, p.Fault(e))
		}
	}
	return s.show(w, r, http.StatusUnprocessableEntity, p)
}

// changeAnyway changes plans by a form that only adds: that somebody else saved
// something meanwhile is no reason to ask.
func (s *Site) changeAnyway(r *http.Request, c *desk.Case, head, name string, change func([]*plan.Plan) ([]*plan.Plan, error)) error {
	err := s.desk.ChangePlans(r.Context(), who(r), c.ID, head, name, change)
	if err == nil || fault.KindOf(err) != fault.Conflict {
		return err
	}
	now, e := s.desk.Case(r.Context(), who(r), c.ID, desk.View{})
	if e != nil || now.PlansHead == head {
		return err
	}
	return s.desk.ChangePlans(r.Context(), who(r), c.ID, now.PlansHead, name, change)
}

// newPlan is the plan that was asked for.
func (t planTyped) newPlan(plans []*plan.Plan, today day.Date) (*plan.Plan, wrong) {
	p := &plan.Plan{}
	bad := t.into(reflect.ValueOf(p).Elem(), newPlanFields)
	if p.Kind == "" && bad["kind"] == "" {
		bad["kind"] = "webplan.bad_kind"
	}
	from := plan.Find(plans, t["from"])
	switch base := plan.Find(plans, t["amends"]); {
	case t["amends"] != "" && base == nil:
		bad["amends"] = "webplan.bad_plan"
	case base != nil && from != nil:
		bad["from"] = "webplan.bad_both"
	case base != nil:
		p.Amends, p.Kind = base.ID, base.Kind
		pin(base) // an amendment names the parts it changes
	case t["from"] != "" && from == nil:
		bad["from"] = "webplan.bad_plan"
	case from != nil:
		pin(from) // the same part bears the same name in both
		copyLines(plans, from, p)
	}
	year, _, _ := today.Civil()
	if d := p.Starts(); d != 0 {
		year, _, _ = d.Civil()
	}
	p.ID = newPlanID(plans, p, year)
	return p, bad
}

// copyLines makes p begin with the lines of another version: services, goals,
// supports and placement. What was agreed, carried out or reported there is not
// said of the new one.
func copyLines(plans []*plan.Plan, from, p *plan.Plan) {
	whole, _ := plan.Whole(plans, from)
	p.VersionOf = from.ID
	p.Services = slices.Clone(whole.Services)
	for i := range p.Services {
		x := &p.Services[i]
		x.Consent, x.AgreedOn, x.Implemented, x.From, x.To, x.Source = "", 0, 0, 0, 0, plan.Source{}
	}
	p.Goals = slices.Clone(whole.Goals)
	for i := range p.Goals {
		x := &p.Goals[i]
		x.AgreedOn, x.Implemented, x.From, x.To, x.Progress, x.Review, x.Source = 0, 0, 0, 0, nil, plan.GoalReview{}, plan.Source{}
	}
	p.Accommodations = slices.Clone(whole.Accommodations)
	for i := range p.Accommodations {
		x := &p.Accommodations[i]
		x.Consent, x.AgreedOn, x.Implemented, x.From, x.To, x.Source = "", 0, 0, 0, 0, plan.Source{}
	}
	p.Setting = whole.Setting
	p.Setting.AgreedOn, p.Setting.Implemented = 0, 0
}

// howOften are the answers offered for how often a service comes: times and
// period.
var howOften = []string{"1/week", "2/week", "3/week", "4/week", "1/day", "1/two_weeks", "1/month", "2/month"}

// A quickTyped is one service as it was typed.
type quickTyped struct{ plan, what, minutes, often, written string }

func (t quickTyped) service() (plan.Service, wrong) {
	s := plan.Service{Name: t.what, AsWritten: t.written}
	bad := wrong{}
	if t.what == "" {
		bad["what"] = "webplan.bad_what"
	}
	if why := setPlan(reflect.ValueOf(&s.Minutes).Elem(), "minutes", t.minutes); why != "" {
		bad["minutes"] = why
	}
	if times, per, ok := strings.Cut(t.often, "/"); ok && slices.Contains(howOften, t.often) {
		n, _ := strconv.Atoi(times)
		s.Times, s.Per = plan.CountOf(n), plan.Period(per)
	}
	return s, bad
}

// planService asks for one service: a picture of the page, and three fields.
func (s *Site) planService(w http.ResponseWriter, r *http.Request) error {
	c, plans, err := s.planCase(r)
	if err != nil {
		return err
	}
	t := quickTyped{plan: clean(r.URL.Query().Get("plan"))}
	if plan.Find(plans, t.plan) == nil {
		t.plan = ""
		if order := plan.InOrder(plans); len(order) > 0 {
			t.plan = order[len(order)-1].ID
		}
	}
	p := s.planServicePage(r, c, plans, t, nil)
	p.Form.Name, p.Form.Head = desk.NewName(), c.PlansHead
	return s.show(w, r, http.StatusOK, p)
}

func (s *Site) planServicePage(r *http.Request, c *desk.Case, plans []*plan.Plan, t quickTyped, bad wrong) planNewPage {
	p := planNewPage{Frame: s.caseFrame(r, c, "webplan.add_service", "plan"), Back: casePath(c.Folder) + "/plan"}
	p.Form = p.speak().quickForm(c, plans, t, bad)
	p.Photo, p.Form.Photo = p.speak().photoField(), desk.NewName()
	return p
}

func (f speaker) photoField() *Field {
	return &Field{Name: "files", Label: f.T("webplan.f_photo"), Hint: f.T("webplan.h_photo"), Kind: "file"}
}

// quickForm is the form of one service.
func (f speaker) quickForm(c *desk.Case, plans []*plan.Plan, t quickTyped, bad wrong) planForm {
	field := func(name, kind, value string) Field {
		x := Field{Name: name, Label: f.T("webplan.q_" + name), Kind: kind, Value: value, Autocomplete: "off"}
		if bad[name] != "" {
			x.Error = f.T(bad[name])
		}
		return x
	}
	what := field("what", "text", t.what)
	what.Required, what.Max, what.Hint = true, 200, f.T("webplan.q_what_hint")
	minutes := field("minutes", "text", t.minutes)
	minutes.InputMode, minutes.Max = "numeric", 20
	often := field("often", "radiotiles", "")
	for _, o := range howOften {
		often.Options = append(often.Options, Option{Value: o, Label: f.T("webplan.often_" + strings.ReplaceAll(o, "/", "_")), On: t.often == o})
	}
	often.Options = append(often.Options, Option{Value: "other", Label: f.T("webplan.often_other"), On: t.often == "other"})
	written := field("written", "text", t.written)
	written.Hint, written.Max = f.T("webplan.q_written_hint"), 500
	out := planForm{Action: casePath(c.Folder) + "/plan/service", Draft: "plan:" + string(c.ID) + ":service", Fields: []Field{what, minutes, often}, More: []Field{written}, Open: t.often == "other" || t.written != "", Another: true}
	if len(plans) > 0 {
		which := field("plan", "select", "")
		which.Required = true
		order := plan.InOrder(plans)
		slices.Reverse(order)
		for _, o := range order {
			which.Options = append(which.Options, Option{Value: o.ID, Label: first(f.planName(c, o.ID)), On: t.plan == o.ID})
		}
		which.Options = append(which.Options, Option{Value: "", Label: f.T("webplan.q_plan_new"), On: t.plan == ""})
		out.More = append(out.More, which)
	}
	return out
}

// planServiceSave takes one service. Where there is no plan it makes one. The
// picture stands in the record, and the plan names it.
func (s *Site) planServiceSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	c, plans, err := s.planCase(r)
	if err != nil {
		return err
	}
	t := quickTyped{plan: f.Text("plan", 200), what: f.Text("what", 500), minutes: f.Text("minutes", 20), often: f.Text("often", 20), written: f.Text("written", 2000)}
	head, name := f.Text("head", 20), f.Text("form", 20)
	line, bad := t.service()
	again := func(status int, bad wrong, broken []string) error {
		p := s.planServicePage(r, c, plans, t, bad)
		p.Form.Name, p.Form.Head, p.Form.Photo, p.Broken = name, head, f.Text("photo", 20), broken
		if status == http.StatusConflict {
			p.Clash, p.Form.Name, p.Form.Head = true, desk.NewName(), c.PlansHead
		}
		return s.show(w, r, status, p)
	}
	if len(bad) > 0 {
		return again(http.StatusUnprocessableEntity, bad, nil)
	}
	photos, err := s.keepFiles(r, c, f)
	if err != nil {
		if fault.KindOf(err) == fault.Invalid {
			return again(http.StatusUnprocessableEntity, nil, []string{s.wordsOf(r).Fault(fault.All(err)[0])})
		}
		return err
	}
	var id string
	err = s.changeAnyway(r, c, head, name, func(plans []*plan.Plan) ([]*plan.Plan, error) {
		p := plan.Find(plans, t.plan)
		if p == nil {
			year, _, _ := c.Today.Civil()
			p = &plan.Plan{Kind: plan.IEP}
			if len(plans) == 0 && c.File.Case.Side != fact.SchoolSide {
				// What a family copies first is what its child is given now. Who agreed
				// to it and when is asked for on the page of the plan.
				p.Status = "in_effect"
			}
			p.ID = newPlanID(plans, p, year)
			plans = append(plans, p)
		}
		id = p.ID
		x := line
		x.ID = newPartID(plans, plan.ServiceLines)
		p.Services = append(p.Services, x)
		for _, ph := range photos {
			if !slices.Contains(p.SourceFiles, ph.Name) {
				p.SourceFiles = append(p.SourceFiles, ph.Name)
			}
		}
		return plans, nil
	})
	if err != nil {
		switch fault.KindOf(err) {
		case fault.Conflict:
			return again(http.StatusConflict, nil, nil)
		case fault.Invalid:
			return again(http.StatusUnprocessableEntity, nil, []string{s.wordsOf(r).Fault(fault.All(err)[0])})
		}
		return err
	}
	if len(photos) > 0 {
		if err := s.keepPage(r, c, f.Text("photo", 20), id, photos); err != nil {
			return err
		}
	}
	s.dropDraft(r, f.Text("draft", 200))
	s.done(r, "webplan.service_saved", "name", t.what)
	if f.Text("do", 20) == "another" {
		return s.seeOther(w, r, casePath(c.Folder)+"/plan/service?plan="+url.QueryEscape(id))
	}
	return s.seeOther(w, r, casePath(c.Folder)+"/plan")
}

// keepPage writes down that a page of a plan was photographed, with the pictures.
func (s *Site) keepPage(r *http.Request, c *desk.Case, name, id string, photos []desk.FileRef) error {
	now := s.now()
	e := fact.Entry{Kind: fact.MustLookup("note_added"), On: day.On(min(c.Today, dayOf(now.Local()))), Note: s.wordsOf(r).T("webplan.page_note")}
	e.Fields.Plan, e.Fields.About = id, []string{"photographed_paper"}
	_, err := s.desk.AddEntry(r.Context(), who(r), c.ID, desk.NewEntry{Name: name, Fact: e, Files: photos, Via: "web"})
	return err
}
