package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/desk"
	"stayput/fault"
	"stayput/intake/caseload"
	"stayput/intake/servicelog"
	"stayput/plan"
)

// A logPlanPage says what becomes of each row of a spreadsheet of SEIS: lines of a
// draft of a plan, for a person to look at before they count.
type logPlanPage struct {
	Frame
	Action   string
	Again    string
	File     string
	What     string // which of the spreadsheets it is
	Lead     string
	Others   int
	Warnings []string
	More     int
	Errors   []string
	Born     string // the file gives another birth date
	Child    *Field // the child is not found by name
	Rows     []logRow
	New      int
	Fields   []Field
}

func (logPlanPage) template() string { return "log_plan" }

var _ = sample(func() page {
	return logPlanPage{Action: "/x", Again: "/y", File: "f", What: "w", Lead: "l", Others: 2, Warnings: []string{"w"}, More: 3, Errors: []string{"e"}, Born: "b", New: 1,
		Rows: []logRow{{N: 2, What: "s", How: "h", Tag: Tag{"done", "t"}, Says: []string{"x"}}}, Fields: []Field{{Name: "into", Label: "i", Kind: "select"}}}
})

var _ = sample(func() page {
	return logPlanPage{Action: "/x", Again: "/y", File: "f", What: "w", Lead: "l", Child: &Field{Name: "child", Label: "c"}}
})

// mostWarnings is how many warnings of a file a page shows.
const mostWarnings = 60

// seisOf reads the file that waits and finds the child of the case in it.
func (x *waiting) seisOf() (*servicelog.SEISReport, *servicelog.SEISPlan, error) {
	if x.parcel == nil || len(x.parcel.Parts) == 0 {
		return nil, nil, errParcelGone()
	}
	t := x.parcel.Parts[0]
	_, rep, err := servicelog.ReadSEISFile(t.Path, x.parcel.Open(t), t.Size)
	if err != nil {
		return nil, nil, err
	}
	if x.log.child == "" {
		return rep, nil, nil
	}
	return rep, rep.Of(x.log.child), nil
}

// logPlan says what becomes of each row.
func (s *Site) logPlan(w http.ResponseWriter, r *http.Request) error {
	c, plans, err := s.planCase(r)
	if err != nil {
		return err
	}
	x, err := s.logOf(r)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case x.done != "":
		return s.seeOther(w, r, x.done)
	case x.log.seis == "":
		return s.seeOther(w, r, logPath(c.ID, r.PathValue("parcel")))
	}
	return s.showLogPlan(w, r, http.StatusOK, c, plans, x, "", nil)
}

// drafts are the versions that count for nothing yet, the latest first.
func drafts(plans []*plan.Plan) []*plan.Plan {
	var out []*plan.Plan
	for _, p := range plan.InOrder(plans) {
		if p.Status == "draft" && p.Kind == plan.IEP {
			out = append(out, p)
		}
	}
	slices.Reverse(out)
	return out
}

func (s *Site) showLogPlan(w http.ResponseWriter, r *http.Request, status int, c *desk.Case, plans []*plan.Plan, x *waiting, into string, errors []string) error {
	rep, child, err := x.seisOf()
	if err != nil {
		return err
	}
	path := logPath(c.ID, r.PathValue("parcel"))
	kind := string(x.log.seis)
	p := logPlanPage{Frame: s.caseFrame(r, c, "weblog.seis_title", "carry"), Action: path + "/plan", Again: logPath(c.ID, ""), File: x.title, Errors: errors}
	p.What, p.Lead = p.T("weblog.seis_is_"+kind), p.T("weblog.seis_lead")
	for i, e := range rep.Warnings {
		if i == mostWarnings {
			p.More = len(rep.Warnings) - i
			break
		}
		p.Warnings = append(p.Warnings, p.Fault(e))
	}
	if child == nil {
		f := Field{Name: "child", Label: p.T("weblog.child"), Hint: p.N("weblog.seis_child_hint", len(rep.Plans)), Value: x.log.child, Max: 200, Required: true, Autocomplete: "off"}
		if x.log.child != "" {
			f.Error = p.T("weblog.seis_no_child", "child", x.log.child)
		}
		p.Child = &f
		return s.show(w, r, status, p)
	}
	p.Others = len(rep.Plans) - 1
	if born := c.File.Case.Child.Born; born != 0 && child.Born != 0 && born != child.Born {
		p.Born = p.T("weblog.seis_born", "file", p.cat.Date(child.Born), "case", p.cat.Date(born))
	}
	all := drafts(plans)
	if plan.Find(plans, into) == nil && len(all) > 0 {
		into = all[0].ID
		if draftFrom(all, child) == nil {
			into = ""
		}
	}
	target := plan.Find(plans, into)
	if target == nil {
		target = &plan.Plan{}
	}
	for _, l := range seisLines(child) {
		row := logRow{N: l.row, What: l.name, How: l.how(p.Frame), Tag: Tag{"done", p.T("weblog.seis_new")}}
		if l.in(target) {
			row.Tag = Tag{"", p.T("weblog.seis_there")}
		} else {
			p.New++
		}
		p.Rows = append(p.Rows, row)
	}
	f := Field{Name: "into", Label: p.T("weblog.seis_into"), Hint: p.T("weblog.seis_into_hint"), Kind: "select", Required: true}
	f.Options = append(f.Options, Option{Value: "", Label: p.T("weblog.seis_fresh"), On: into == ""})
	for _, d := range all {
		f.Options = append(f.Options, Option{Value: d.ID, Label: first(p.speak().planName(c, d.ID)), On: d.ID == into})
	}
	p.Fields = append(p.Fields, f)
	return s.show(w, r, status, p)
}

// draftFrom is the draft that a file of the same child and the same meeting made
// before, so that services, goals and accommodations come into one, or nil.
func draftFrom(all []*plan.Plan, child *servicelog.SEISPlan) *plan.Plan {
	for _, d := range all {
		if d.FormFamily == seisForm && (child.IEPDate == 0 || d.MeetingDate == 0 || d.MeetingDate == child.IEPDate) {
			return d
		}
	}
	return nil
}

// seisForm is where a draft says that it was read from.
const seisForm = "SEIS"

// A seisLine is one line that a row becomes.
type seisLine struct {
	row     int
	name    string
	service *plan.Service
	goal    *plan.Goal
	support *plan.Support
}

// seisLines are all lines of a child.
func seisLines(child *servicelog.SEISPlan) []seisLine {
	var out []seisLine
	for i := range child.Lines {
		x := &child.Lines[i]
		out = append(out, seisLine{row: x.Row, name: strings.TrimSpace(x.Service.Code + " " + x.Service.Name), service: &x.Service})
	}
	for i := range child.Goals {
		x := &child.Goals[i]
		out = append(out, seisLine{row: x.Row, name: strings.TrimSpace(x.Goal.Number + " " + x.Goal.Area), goal: &x.Goal})
	}
	for i := range child.Supports {
		x := &child.Supports[i]
		out = append(out, seisLine{row: x.Row, name: x.Support.Text, support: &x.Support})
	}
	return out
}

// how is what the line says besides its name.
func (l seisLine) how(f Frame) string {
	var out []string
	put := func(s string) {
		if s != "" {
			out = append(out, s)
		}
	}
	switch {
	case l.service != nil:
		put(f.N("weblog.seis_amount_"+string(l.service.Per), l.service.Total.N))
		put(l.service.Location)
		put(l.service.Provider)
	case l.goal != nil:
		put(cutText(l.goal.Text, 300))
		if l.goal.Baseline != "" {
			put(f.T("weblog.seis_baseline", "text", cutText(l.goal.Baseline, 200)))
		}
	case l.support != nil:
		put(l.support.Location)
		put(l.support.Frequency)
		if l.support.From != 0 && l.support.To != 0 {
			put(f.T("weblog.span", "from", f.cat.Date(l.support.From), "to", f.cat.Date(l.support.To)))
		}
	}
	return strings.Join(out, " · ")
}

// in reports that a version has the line already.
func (l seisLine) in(p *plan.Plan) bool {
	switch {
	case l.service != nil:
		return slices.ContainsFunc(p.Services, func(s plan.Service) bool {
			return s.Code == l.service.Code && s.Name == l.service.Name && s.Total == l.service.Total && s.Per == l.service.Per && s.LocationCode == l.service.LocationCode && s.Provider == l.service.Provider
		})
	case l.goal != nil:
		return slices.ContainsFunc(p.Goals, func(g plan.Goal) bool { return caseload.Fold(g.Text) == caseload.Fold(l.goal.Text) })
	case l.support != nil:
		return slices.ContainsFunc(p.Accommodations, func(a plan.Support) bool {
			return caseload.Fold(a.Text) == caseload.Fold(l.support.Text) && a.Test == l.support.Test
		})
	}
	return false
}

// addTo writes the line into a version.
func (l seisLine) addTo(p *plan.Plan, plans []*plan.Plan) {
	switch {
	case l.service != nil:
		x := *l.service
		x.ID = newPartID(plans, plan.ServiceLines)
		p.Services = append(p.Services, x)
	case l.goal != nil:
		x := *l.goal
		x.ID = newPartID(plans, plan.Goals)
		p.Goals = append(p.Goals, x)
	case l.support != nil:
		x := *l.support
		x.ID = newPartID(plans, plan.Accommodations)
		p.Accommodations = append(p.Accommodations, x)
	}
}

// logPlanSave writes the rows into a draft, or takes the child's name.
func (s *Site) logPlanSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	c, plans, err := s.planCase(r)
	if err != nil {
		return err
	}
	x, err := s.logOf(r)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	path := logPath(c.ID, r.PathValue("parcel"))
	switch {
	case x.done != "":
		return s.seeOther(w, r, x.done)
	case x.log.seis == "":
		return s.seeOther(w, r, path)
	case f.Has("child"):
		x.log.child = f.Text("child", 200)
		return s.seeOther(w, r, path+"/plan")
	}
	_, child, err := x.seisOf()
	if err != nil {
		return err
	}
	into := f.Text("into", 200)
	if child == nil {
		return s.showLogPlan(w, r, http.StatusUnprocessableEntity, c, plans, x, into, nil)
	}
	var id string
	added := 0
	change := func(plans []*plan.Plan) ([]*plan.Plan, error) {
		added = 0
		p := plan.Find(plans, into)
		switch {
		case into != "" && (p == nil || p.Status != "draft"):
			return nil, fault.New(fault.Invalid, fault.Position{}, "weblog.bad_draft")
		case p == nil:
			p = newSEISDraft(plans, child, c.Today)
			plans = append(plans, p)
		}
		id = p.ID
		for _, l := range seisLines(child) {
			if !l.in(p) || into == "" { // a file that says a line twice means two lines
				l.addTo(p, plans)
				added++
			}
		}
		if added == 0 {
			return nil, fault.New(fault.Invalid, fault.Position{}, "weblog.bad_nothing_new")
		}
		return plans, nil
	}
	err = s.changeAnyway(r, c, c.PlansHead, x.batch, change)
	switch {
	case err != nil && (fault.KindOf(err) == fault.Invalid || fault.KindOf(err) == fault.Conflict):
		return s.showLogPlan(w, r, http.StatusUnprocessableEntity, c, plans, x, into, s.wordsOf(r).speak().says(err))
	case err != nil:
		return err
	}
	x.done = planPath(c.Folder, id)
	x.drop()
	s.keepChild(r, c, x.log.child)
	s.note(r, Note{Tone: "done", Key: "weblog.seis_done", Pairs: []string{"n", strconv.Itoa(added)}})
	return s.seeOther(w, r, x.done)
}

// keepChild remembers how files call the child. It is a comfort: the draft stands
// without it.
func (s *Site) keepChild(r *http.Request, c *desk.Case, child string) {
	h, err := s.desk.LogHabits(r.Context(), who(r), c.ID)
	if err == nil {
		h.Child = child
		err = s.desk.SaveLogHabits(r.Context(), who(r), c.ID, h)
	}
	if err != nil {
		s.log.Warn("how files call a child was not remembered", "cause", faultKey(err))
	}
}

// newSEISDraft is a new draft with what the file says of the meeting.
func newSEISDraft(plans []*plan.Plan, child *servicelog.SEISPlan, today day.Date) *plan.Plan {
	p := &plan.Plan{Kind: plan.IEP, Status: "draft", FormFamily: seisForm, MeetingDate: child.IEPDate}
	if order := plan.InOrder(plans); len(order) > 0 {
		for i := len(order) - 1; i >= 0; i-- {
			if order[i].Kind == plan.IEP && order[i].Amends == "" && order[i].Status != "draft" {
				p.VersionOf = order[i].ID
				break
			}
		}
	}
	year, _, _ := cmp.Or(child.IEPDate, today).Civil()
	p.ID = newPlanID(plans, p, year)
	return p
}
