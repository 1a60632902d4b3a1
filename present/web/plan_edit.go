package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stayput/desk"
	"stayput/fault"
	"stayput/plan"
	spoken "stayput/present/review"
)

// A planEditPage is the form of one piece of a plan, or the list of what a piece
// holds.
type planEditPage struct {
	Frame
	Plan   string // what the plan is called
	Back   string
	Form   *planForm
	Items  []planItem // of a list
	Base   []planItem // of an amendment: what stands in the plan it changes
	Add    string     // where the form for one more is
	Clash  bool       // somebody changed it meanwhile: Theirs is how it stands now
	Theirs [][2]string
	Gone   bool // what was to be changed is not there any more
	Broken []string
	Inner  []captureKey // lists that lie in this thing
	Goal   string       // where this goal is looked at
}

func (planEditPage) template() string { return "plan_edit" }

// A planForm is a form with what it carries along.
type planForm struct {
	Action, Name, Head, Was, Draft string
	Fields, More                   []Field
	Open                           bool // the further fields are open
	Another                        bool // it may be saved and begun anew
	Remove                         bool // what it is about may be taken out
	Lead                           string
	Photo                          string // the name of the entry that a picture becomes
}

// Errs are the fields for the list of errors.
func (f planForm) Errs() []Field { return append(slices.Clone(f.Fields), f.More...) }

var (
	_ = sample(func() page {
		return planEditPage{Plan: "x", Back: "/x", Form: &planForm{Action: "/x", Fields: []Field{{Name: "a", Kind: "text", Error: "x"}}, More: []Field{{Name: "b", Kind: "select"}}, Another: true, Remove: true, Lead: "x"},
			Clash: true, Gone: true, Theirs: [][2]string{{"a", "b"}}, Broken: []string{"x"}, Inner: []captureKey{{Label: "x", Href: "/"}}, Goal: "/x"}
	})
	_ = sample(func() page {
		return planEditPage{Plan: "x", Back: "/x", Items: []planItem{{Title: "x", Edit: "/x", Lines: []string{"y"}}}, Base: []planItem{{Title: "x", Edit: "/y"}}, Add: "/x"}
	})
)

// A planSpot is where a form works: the plan, the section and, in a list, the
// thing.
type planSpot struct {
	id      string
	section *planSection
	in      int    // of a list within a thing: which thing
	item    int    // which thing of the list; below zero is a new one
	asked   bool   // a thing of the list was named
	from    string // an amendment: the part of the base that is changed
}

// planSpotOf reads the address of a form.
func planSpotOf(r *http.Request) planSpot {
	q := r.URL.Query()
	s := planSpot{id: r.PathValue("plan"), in: -1, item: -1, from: clean(q.Get("from"))}
	if n, err := strconv.Atoi(q.Get("in")); err == nil {
		s.in = n
	}
	if x := q.Get("item"); x != "" {
		s.asked = true
		if n, err := strconv.Atoi(x); err == nil && n >= 0 {
			s.item = n
		}
	}
	return s
}

// query is the rest of the address.
func (s planSpot) query() string {
	v := url.Values{}
	if s.in >= 0 {
		v.Set("in", strconv.Itoa(s.in))
	}
	if s.asked {
		v.Set("item", "new")
		if s.item >= 0 {
			v.Set("item", strconv.Itoa(s.item))
		}
	}
	if s.from != "" {
		v.Set("from", s.from)
	}
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

// plainPart is a name that can stand in the key of a draft.
var plainPart = regexp.MustCompile(`^[A-Za-z0-9._-]{1,60}$`)

// draft is the key of the draft of a form. A name that cannot stand in it is told
// by its digest.
func (s planSpot) draft(c *desk.Case) string {
	id := s.id
	if !plainPart.MatchString(id) {
		h := sha256.Sum256([]byte(id))
		id = "~" + hex.EncodeToString(h[:8])
	}
	q := s.query()
	if !plainPart.MatchString(s.from) {
		q = planSpot{in: s.in, item: s.item, asked: s.asked}.query()
	}
	return draftKeyOf("plan:"+string(c.ID)+":"+id+":"+s.section.name, strings.TrimPrefix(q, "?"))
}

// planDraftHref is the page on which the draft of a plan's form goes on, by what
// follows "plan:" in its key.
func planDraftHref(key string) (string, bool) {
	parts := strings.SplitN(key, ":", 4)
	at := "/cases/" + url.PathEscape(parts[0])
	switch {
	case len(parts) == 2 && parts[1] == "new":
		return at + "/plans/new", true
	case len(parts) == 2 && parts[1] == "service":
		return at + "/plan/service", true
	case len(parts) < 4 || !plainPart.MatchString(parts[1]):
		return "", false
	}
	to := at + "/plans/" + url.PathEscape(parts[1]) + "/edit/" + url.PathEscape(parts[2])
	if parts[3] != "" {
		to += "?" + parts[3]
	}
	return to, true
}

// planPath is where a version is shown.
func planPath(f *desk.Folder, id string) string {
	return casePath(f) + "/plans/" + url.PathEscape(id)
}

func (s planSpot) path(f *desk.Folder) string {
	return planPath(f, s.id) + "/edit/" + s.section.name + s.query()
}

// target is the value a form is about: fields of the plan, or one thing of a list.
// ok is false when it is not there.
func (s planSpot) target(plans []*plan.Plan) (v reflect.Value, ok bool) {
	p := plan.Find(plans, s.id)
	if p == nil {
		return v, false
	}
	v, ok = s.section.value(p, s.in)
	if !ok || !s.section.list() {
		return v, ok
	}
	switch {
	case s.item >= v.Len():
		return reflect.Value{}, false
	case s.item >= 0:
		return v.Index(s.item), true
	}
	fresh := reflect.New(s.section.kind()).Elem()
	if s.from != "" {
		s.copyBase(plans, p, fresh)
	}
	return fresh, true
}

// copyBase fills a new part of an amendment with the part of the base it changes.
func (s planSpot) copyBase(plans []*plan.Plan, p *plan.Plan, fresh reflect.Value) {
	base := baseOf(plans, p)
	if base == nil || s.section.part() == "" {
		return
	}
	list, _ := s.section.value(base, -1)
	for _, c := range base.Components() {
		if c.ID == s.from && c.Part == s.section.part() {
			fresh.Set(list.Index(c.Index))
			fresh.FieldByName("ID").SetString(c.ID)
		}
	}
}

// baseOf is the plan that p amends, whole; nil when it amends none.
func baseOf(plans []*plan.Plan, p *plan.Plan) *plan.Plan {
	if p.Amends == "" {
		return nil
	}
	b := plan.Find(plans, p.Amends)
	if b == nil {
		return nil
	}
	w, _ := plan.Whole(plans, b)
	return w
}

// seal tells whether what a form was made from is still what stands: a short name
// of the values it asks for.
func (s planSpot) seal(v reflect.Value) string {
	var all []any
	for _, a := range s.section.fields {
		all = append(all, valueAt(v, a.path).Interface())
	}
	if s.section.list() {
		all = []any{v.Interface()}
	}
	data, err := json.Marshal(all)
	if err != nil {
		return ""
	}
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:8])
}

// planCase is the case with its plans, the version and the section that a request
// names. What is not there is not found.
func (s *Site) planCase(r *http.Request) (*desk.Case, []*plan.Plan, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return nil, nil, err
	}
	plans, err := c.Plans()
	if err != nil {
		return c, nil, fault.New(fault.Invalid, fault.Position{}, "desk.plans_unreadable").Wrap(err)
	}
	return c, plans, nil
}

func notThere() error { return refuse(http.StatusNotFound, "web.error.not_found") }

// planEdit shows the form of a piece, or the list of what it holds.
func (s *Site) planEdit(w http.ResponseWriter, r *http.Request) error {
	c, plans, err := s.planCase(r)
	if err != nil {
		return err
	}
	spot := planSpotOf(r)
	p := plan.Find(plans, spot.id)
	if p == nil {
		return notThere()
	}
	if spot.section = sectionNamed(r.PathValue("section"), p); spot.section == nil {
		return notThere()
	}
	page := s.planEditPage(r, c, p, spot)
	if spot.section.list() && !spot.asked {
		if !page.list(c, plans, p, spot) {
			return notThere()
		}
		return s.show(w, r, http.StatusOK, page)
	}
	v, ok := spot.target(plans)
	if !ok {
		return notThere()
	}
	page.ask(c, plans, p, spot, v, nil, nil)
	page.Form.Name, page.Form.Head = desk.NewName(), c.PlansHead
	if spot.item >= 0 || !spot.section.list() {
		page.Form.Was = spot.seal(v)
	}
	return s.show(w, r, http.StatusOK, page)
}

func (s *Site) planEditPage(r *http.Request, c *desk.Case, p *plan.Plan, spot planSpot) planEditPage {
	page := planEditPage{Frame: s.caseFrame(r, c, "webplan.section_"+spot.section.name, "plan"), Plan: s.wordsOf(r).speak().planName(c, p.ID)}
	page.Back = planPath(c.Folder, p.ID) + "#" + spot.section.group
	if spot.asked && spot.section.inside != "" {
		page.Back = planSpot{id: spot.id, section: spot.section, in: spot.in}.path(c.Folder)
	}
	return page
}

// ask draws the form. typed takes the place of what stands.
func (p *planEditPage) ask(c *desk.Case, plans []*plan.Plan, x *plan.Plan, spot planSpot, v reflect.Value, typed planTyped, bad wrong) {
	sec := spot.section
	whole, _ := plan.Whole(plans, x)
	fields := p.speak().planFields(sec.name, sec.fields, v, typed, bad, planChoice{whole: whole, base: baseOf(plans, x)})
	n := min(sec.first, len(fields))
	p.Form = &planForm{Action: spot.path(c.Folder), Draft: spot.draft(c), Fields: fields[:n], More: fields[n:],
		Another: sec.list(), Remove: sec.list() && spot.item >= 0}
	for _, f := range p.Form.More {
		p.Form.Open = p.Form.Open || f.Error != ""
	}
	if key := "webplan.lead_" + sec.name; p.cat.Has(key) {
		p.Form.Lead = p.T(key)
	}
	if sec.list() && p.cat.Has("webplan.one_"+sec.name) {
		p.Title = p.T("webplan.one_" + sec.name)
	}
	if spot.item < 0 {
		return
	}
	for i := range planSections {
		if in := &planSections[i]; in.inside == sec.name {
			p.Inner = append(p.Inner, captureKey{Label: p.T("webplan.section_" + in.name), Href: planSpot{id: spot.id, section: in, in: spot.item, item: -1}.path(c.Folder)})
		}
	}
	if sec.name == "goals" && typed == nil {
		p.Goal = planPath(c.Folder, spot.id) + "/goals/" + url.PathEscape(plan.Ref(plan.Goals, x.Goals[spot.item].ID, spot.item))
	}
}

// list shows what a list holds; false when what it lies in is not there.
func (p *planEditPage) list(c *desk.Case, plans []*plan.Plan, x *plan.Plan, spot planSpot) bool {
	v, ok := spot.section.value(x, spot.in)
	if !ok || spot.section.inside != "" && spot.in < 0 {
		return false
	}
	whole, _ := plan.Whole(plans, x)
	p.Items = p.speak().planItems(c, whole, spot, v)
	spot.asked, spot.item = true, -1
	p.Add = spot.path(c.Folder)
	if base := baseOf(plans, x); base != nil && spot.section.part() != "" {
		own := map[string]bool{}
		for _, k := range x.Components() {
			own[k.ID] = true
		}
		for _, k := range base.Components() {
			if k.Part == spot.section.part() && !own[k.ID] && !slices.Contains(x.Removes, k.ID) {
				to := spot
				to.from = k.ID
				p.Base = append(p.Base, planItem{Title: spoken.Name(p.cat, base, k.ID), Edit: to.path(c.Folder)})
			}
		}
	}
	return true
}

// planSave takes one piece of a plan. What somebody changed elsewhere in the
// plans meanwhile does not matter; when it is the same piece, both are shown and
// nobody's words are lost.
func (s *Site) planSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	c, plans, err := s.planCase(r)
	if err != nil {
		return err
	}
	spot := planSpotOf(r)
	p := plan.Find(plans, spot.id)
	if p == nil {
		return notThere()
	}
	if spot.section = sectionNamed(r.PathValue("section"), p); spot.section == nil || spot.section.list() && !spot.asked {
		return notThere()
	}
	typed := readPlanTyped(f, spot.section.fields)
	do, name, head, was := f.Text("do", 20), f.Text("form", 20), f.Text("head", 20), f.Text("was", 40)
	var bad wrong
	change := func(plans []*plan.Plan) ([]*plan.Plan, error) {
		bad = nil
		return spot.change(plans, do, was, typed, &bad)
	}
	err = s.desk.ChangePlans(r.Context(), who(r), c.ID, head, name, change)
	if fault.KindOf(err) == fault.Conflict && err != nil {
		// Somebody else saved another piece: that is no reason to ask.
		if now, e := s.desk.Case(r.Context(), who(r), c.ID, desk.View{}); e == nil {
			err = s.desk.ChangePlans(r.Context(), who(r), c.ID, now.PlansHead, name, change)
		}
	}
	if err == nil {
		s.dropDraft(r, f.Text("draft", 200))
		key := "webplan.saved"
		if do == "remove" {
			key = "webplan.removed"
		}
		s.done(r, key)
		if do == "another" {
			spot.item, spot.asked, spot.from = -1, true, ""
			return s.seeOther(w, r, spot.path(c.Folder))
		}
		page := s.planEditPage(r, c, p, spot)
		return s.seeOther(w, r, page.Back)
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	if c, plans, err2 := s.planCase(r); err2 == nil {
		return s.planAgain(w, r, c, plans, spot, typed, bad, f, err)
	}
	return err
}

// change makes the change of one form in all plans.
func (s planSpot) change(plans []*plan.Plan, do, was string, typed planTyped, bad *wrong) ([]*plan.Plan, error) {
	v, ok := s.target(plans)
	if !ok {
		return nil, fault.New(fault.Conflict, fault.Position{}, "webplan.gone")
	}
	if was != "" && s.seal(v) != was {
		return nil, fault.New(fault.Conflict, fault.Position{}, "desk.plans_meanwhile")
	}
	p := plan.Find(plans, s.id)
	if s.section.list() && s.item >= 0 && do == "remove" {
		s.remove(p)
		return plans, nil
	}
	if *bad = typed.into(v, s.section.fields); len(*bad) == 0 {
		*bad = s.own(p, v, typed)
	}
	if len(*bad) > 0 {
		return nil, fault.New(fault.Invalid, fault.Position{}, "webcase.bad_form")
	}
	if s.section.list() && s.item < 0 {
		if part := s.section.part(); part != "" && v.FieldByName("ID").String() == "" {
			v.FieldByName("ID").SetString(newPartID(plans, part))
		}
		list, _ := s.section.value(p, s.in)
		list.Set(reflect.Append(list, v))
	}
	return plans, nil
}

// own looks at what a piece cannot do without.
func (s planSpot) own(p *plan.Plan, v reflect.Value, typed planTyped) wrong {
	switch {
	case s.section.name == "basics" && p.Kind == "":
		return wrong{"kind": "webplan.bad_kind"}
	case s.section.list() && typed.empty():
		return wrong{s.section.fields[0].path: "webplan.bad_empty"}
	}
	return nil
}

// remove takes a thing out of its list. The parts after it keep their names, and
// what names it in the same plan names it no more.
func (s planSpot) remove(p *plan.Plan) {
	part := s.section.part()
	id := ""
	if part != "" {
		pin(p)
		list, _ := s.section.value(p, s.in)
		id = list.Index(s.item).FieldByName("ID").String()
	}
	list, _ := s.section.value(p, s.in)
	list.Set(reflect.AppendSlice(list.Slice(0, s.item), list.Slice(s.item+1, list.Len())))
	if id == "" {
		return
	}
	without := func(ids []string) []string {
		return slices.DeleteFunc(ids, func(x string) bool { return x == id })
	}
	for i := range p.Services {
		p.Services[i].Goals = without(p.Services[i].Goals)
	}
	for i := range p.Goals {
		p.Goals[i].Services, p.Goals[i].Accommodations = without(p.Goals[i].Services), without(p.Goals[i].Accommodations)
	}
}

// planAgain shows a form that could not be taken, with all that was typed.
func (s *Site) planAgain(w http.ResponseWriter, r *http.Request, c *desk.Case, plans []*plan.Plan, spot planSpot, typed planTyped, bad wrong, f *Form, why error) error {
	p := plan.Find(plans, spot.id)
	if p == nil {
		return why
	}
	page := s.planEditPage(r, c, p, spot)
	v, ok := spot.target(plans)
	if !ok { // it was taken out meanwhile: what was typed may be added anew
		page.Gone = true
		spot.item, spot.asked = -1, spot.section.list()
		if v, ok = spot.target(plans); !ok {
			return why
		}
	}
	page.ask(c, plans, p, spot, v, typed, bad)
	page.Form.Name, page.Form.Head, page.Form.Was = f.Text("form", 20), f.Text("head", 20), f.Text("was", 40)
	if fault.KindOf(why) == fault.Conflict {
		page.Clash = true
		page.Form.Name, page.Form.Head, page.Form.Was = desk.NewName(), c.PlansHead, ""
		if spot.item >= 0 || !spot.section.list() {
			page.Form.Was = spot.seal(v)
			page.Theirs = page.speak().planFacts(spot.section, v, p)
		}
		return s.show(w, r, http.StatusConflict, page)
	}
	if len(bad) == 0 {
		for _, e := range fault.All(why) {
			page.Broken = append(page.Broken, page.Fault(e))
		}
	}
	return s.show(w, r, http.StatusUnprocessableEntity, page)
}
