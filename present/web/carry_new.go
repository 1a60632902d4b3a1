package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/desk"
	"stayput/fault"
	"stayput/plan"
	"stayput/plan/session"
)

// A carryNewPage is the whole form of a session: a new one, a correction, or what
// the school says to a report.
type carryNewPage struct {
	Frame
	Action, Back string
	Lead         string
	Name         string
	Session      string
	Answers      string
	Report       *carryLine
	On, Service  Field
	Outcome      Field
	Minutes      Field
	Reason       Field
	Teller       Field
	Provider     Field
	More         []Field
	Note         Field
	Open         bool
	Errs         []Field
}

func (carryNewPage) template() string { return "carry_new" }

var _ = sample(func() page {
	f := func(name, kind string) Field {
		return Field{Name: name, Label: "l", Hint: "h", Kind: kind, Options: []Option{{Value: "yes", Label: "y"}}, Error: "e"}
	}
	return carryNewPage{Action: "/a", Back: "/b", Lead: "l", Name: "n", Session: "s", Answers: "a", Report: &carryLine{Href: "/x", Day: "d", What: "w", Tag: Tag{"done", "x"}}, On: f("on", "date"), Service: f("service", "select"), Outcome: f("outcome", "select"), Minutes: f("minutes", "number"),
		Reason: f("reason", ""), Teller: f("teller", "radio"), Provider: f("provider", ""), More: []Field{f("planned", "number"), f("start", "time")}, Note: f("note", "textarea"), Open: true, Errs: []Field{f("on", "date")}}
})

// The longest texts of a session.
const (
	mostReason  = 500
	mostCarried = 4000
)

// outcomesOf are the outcomes that a family, or a school, is offered, the usual
// first.
func outcomesOf(home bool) []session.Outcome {
	all := session.Outcomes()
	if !home {
		return slices.DeleteFunc(all, func(o session.Outcome) bool { return o == session.ReportedMissing || o == session.Unlogged })
	}
	all = slices.DeleteFunc(all, func(o session.Outcome) bool { return o == session.ReportedMissing })
	return append([]session.Outcome{session.ReportedMissing}, all...)
}

// carryNew shows the form.
func (s *Site) carryNew(w http.ResponseWriter, r *http.Request) error {
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	q := r.URL.Query()
	l := session.Log{Service: q.Get("service"), From: k.teller(), Makes: q.Get("makes"), Answers: q.Get("answers")}
	if on, err := day.Parse(q.Get("on")); err == nil && on <= k.c.Today {
		l.On = on
	} else {
		l.On = k.lastMet(k.c.Today)
	}
	id := q.Get("session")
	switch {
	case id != "":
		old := k.logs.Session(id)
		if old == nil {
			return fault.New(fault.NotFound, fault.Position{}, "webcarry.no_session")
		}
		l = *old
	case l.Answers != "":
		report := k.logs.Session(l.Answers)
		if report == nil {
			return fault.New(fault.NotFound, fault.Position{}, "webcarry.no_session")
		}
		l.On, l.Service, l.Start, l.From = report.On, report.Service, report.Start, session.School
	case l.Makes != "":
		miss := k.logs.Session(l.Makes)
		if miss == nil {
			return fault.New(fault.NotFound, fault.Position{}, "webcarry.no_session")
		}
		l.Service, l.Outcome = miss.Service, session.MakeUp
	}
	p := s.carryForm(r, k, l, id, nil, wrong{})
	p.Name = desk.NewName()
	return s.show(w, r, http.StatusOK, p)
}

// carryForm makes the form of a session. f is what was sent, when it has to be
// looked at again.
func (s *Site) carryForm(r *http.Request, k *carryLook, l session.Log, id string, f *Form, bad wrong) carryNewPage {
	p := carryNewPage{Frame: s.caseFrame(r, k.c, "webcarry.new", "carry"), Action: carryPath(k.c.Folder, "/new"), Back: carryPath(k.c.Folder, ""), Session: id, Answers: l.Answers}
	home := k.atHome()
	switch {
	case id != "":
		p.Title, p.Back = p.cat.T("webcarry.correct"), carrySession(k.c.Folder, id)
		p.Lead = p.cat.T("webcarry.correct_lead")
	case l.Answers != "":
		p.Title, p.Back = p.cat.T("webcarry.answer"), carrySession(k.c.Folder, l.Answers)
		p.Lead = p.cat.T("webcarry.answer_lead")
	}
	if l.Answers != "" {
		if o := k.logs.Session(l.Answers); o != nil {
			x := p.speak().sessionLine(k, o)
			p.Report = &x
		}
	}
	field := func(name, kind, value string, limit int) Field {
		x := Field{Name: name, Label: p.cat.T("webcarry.f_" + name), Kind: kind, Value: value, Max: limit}
		if key := "webcarry.f_" + name + "_hint"; p.cat.Has(key) {
			x.Hint = p.cat.T(key)
		}
		if f != nil {
			x.Value, _ = f.Words(name, mostCarried)
		}
		if bad[name] != "" {
			x.Error = p.cat.T(bad[name])
			p.Errs = append(p.Errs, x)
		}
		return x
	}
	count := func(c plan.Count) string { return c.String() }
	date := ""
	if l.On > 0 {
		date = l.On.String()
	}
	p.On = field("on", "date", date, 0)
	p.On.Required = true
	p.Service = field("service", "select", l.Service, 0)
	p.Service.Required = true
	other := field("other", "", "", 200)
	if f == nil && l.Service != "" && len(delivery.Find(k.x.Promises, l.Service, l.On)) != 1 && !slices.ContainsFunc(k.x.Promises, func(x delivery.Promise) bool { return x.Service == l.Service }) {
		p.Service.Value, other.Value = "other", l.Service
	}
	p.services(k, &p.Service)
	p.Outcome = field("outcome", "select", string(l.Outcome), 0)
	p.Outcome.Required = true
	p.Outcome.Options = []Option{{Label: p.cat.T("webcarry.choose")}}
	for _, o := range outcomesOf(home) {
		p.Outcome.Options = append(p.Outcome.Options, Option{Value: string(o), Label: p.cat.T("delivery.outcome." + string(o)), On: string(o) == p.Outcome.Value})
	}
	p.Minutes = field("minutes", "number", count(l.Minutes), session.MaxMinutes)
	p.Minutes.InputMode = "numeric"
	p.Reason = field("reason", "", l.Reason, mostReason)
	p.Teller = field("teller", "radio", string(l.From), 0)
	p.Teller.Required = true
	for _, o := range session.Tellers() {
		if !home && o == session.Child {
			continue
		}
		p.Teller.Options = append(p.Teller.Options, Option{Value: string(o), Label: first(p.cat.T("delivery.teller." + string(o))), On: string(o) == p.Teller.Value})
	}
	p.Provider = field("provider", "", l.Provider, 200)
	start := ""
	if l.Start.Said {
		start = day2(l.Start.N/60) + ":" + day2(l.Start.N%60)
	}
	delivered := field("delivery", "select", string(l.Delivery), 0)
	delivered.Options = []Option{{Label: p.cat.T("webcarry.as_planned")}}
	for _, x := range plan.Delivery("").Words() {
		delivered.Options = append(delivered.Options, Option{Value: x, Label: p.cat.T("plan_delivery." + x), On: x == delivered.Value})
	}
	makes := field("makes", "select", l.Makes, 0)
	p.misses(k, &makes, id)
	planned := field("planned", "number", count(l.Planned), session.MaxMinutes)
	planned.InputMode = "numeric"
	p.More = []Field{other, makes, planned, field("start", "time", start, 0), delivered, field("setting", "", l.Setting, 200)}
	for _, x := range p.More {
		p.Open = p.Open || x.Value != "" || x.Error != ""
	}
	p.Note = field("note", "textarea", l.Note, mostCarried)
	p.Note.Rows = 2
	return p
}

func day2(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// services are the services to choose from: those of the plans, those in force
// first, and another.
func (p *carryNewPage) services(k *carryLook, f *Field) {
	now := k.inForce(k.c.Today)
	var keys []string
	for _, x := range now {
		keys = append(keys, x.Service)
	}
	for i := range k.x.Promises {
		if x := k.x.Promises[i].Service; !slices.Contains(keys, x) {
			keys = append(keys, x)
		}
	}
	if f.Value != "" && !slices.Contains(keys, f.Value) {
		if found := delivery.Find(k.x.Promises, f.Value, k.c.Today); len(found) == 1 {
			f.Value = found[0]
		} else if f.Value != "other" {
			f.Value = ""
		}
	}
	if len(keys) == 1 && f.Value == "" {
		f.Value = keys[0]
	}
	if len(keys) != 1 {
		f.Options = append(f.Options, Option{Label: p.cat.T("webcarry.choose")})
	}
	for _, key := range keys {
		name := key
		if s := k.service(key); s != nil && s.Name != "" {
			name = s.Name
		}
		f.Options = append(f.Options, Option{Value: key, Label: name, On: key == f.Value})
	}
	f.Options = append(f.Options, Option{Value: "other", Label: p.cat.T("webcarry.other_service"), On: f.Value == "other"})
}

// misses are the missed sessions that a make-up may be for, the latest first.
func (p *carryNewPage) misses(k *carryLook, f *Field, id string) {
	f.Options = []Option{{Label: p.cat.T("webcarry.makes_none")}}
	n := 0
	for i := len(k.logs.Sessions) - 1; i >= 0; i-- {
		l := &k.logs.Sessions[i]
		chosen := l.ID == f.Value
		if l.ID == id || !chosen && (!l.Outcome.Missed() && l.Outcome != session.Short && l.Outcome != session.LateStart || n >= 60) {
			continue
		}
		n++
		f.Options = append(f.Options, Option{Value: l.ID, Label: p.cat.DateShort(l.On) + ", " + p.speak().serviceName(k, l) + ": " + p.cat.T("delivery.outcome."+string(l.Outcome)), On: chosen})
	}
}

// carrySave writes a session down, or corrects one.
func (s *Site) carrySave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	c := k.c
	bad := wrong{}
	l := session.Log{ID: f.Text("session", 200), Answers: f.Text("answers", 200)}
	name := f.Text("name", 40)
	if l.ID != "" && k.logs.Session(l.ID) == nil {
		return fault.New(fault.Conflict, fault.Position{}, "desk.log_gone")
	}
	if l.Answers != "" && k.logs.Session(l.Answers) == nil {
		return fault.New(fault.Conflict, fault.Position{}, "desk.log_gone")
	}
	l.On = pastDay(f, c.Today, bad)
	k.readSession(f, &l, bad)
	if len(bad) > 0 {
		p := s.carryForm(r, k, l, l.ID, f, bad)
		p.Name = name
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	id := l.ID
	act, err := s.desk.AddLog(r.Context(), who(r), c.ID, desk.NewLog{Name: name, Via: "form", Sessions: []session.Log{l}})
	if err != nil {
		return err
	}
	if id == "" {
		id = act + "-1"
	}
	if f.Text("do", 20) == "another" {
		s.note(r, Note{Tone: "done", Key: "webcarry.saved", Href: carrySession(c.Folder, id), Link: "webcase.look"})
		return s.seeOther(w, r, carryPath(c.Folder, "/new?service="+escaped(l.Service)+"&on="+l.On.String()))
	}
	s.done(r, "webcarry.saved")
	return s.seeOther(w, r, carrySession(c.Folder, id))
}

// readSession reads what a form says of a session. What cannot be is refused; what
// may be a slip is kept, and the page of the session points it out.
func (k *carryLook) readSession(f *Form, l *session.Log, bad wrong) {
	l.Service = f.Text("service", 200)
	known := slices.ContainsFunc(k.x.Promises, func(p delivery.Promise) bool { return p.Service == l.Service })
	if !known {
		other := f.Text("other", 200)
		switch {
		case l.Service == "":
			bad["service"] = "webcarry.bad_service"
		case l.Service == "other" && other == "":
			bad["other"] = "webcarry.bad_service"
		case l.Service == "other":
			l.Service = other
		default:
			bad["service"] = "webcarry.not_in_force"
		}
	}
	l.Outcome = session.Outcome(f.Text("outcome", 40))
	if !slices.Contains(session.Outcomes(), l.Outcome) {
		bad["outcome"] = "webcarry.bad_outcome"
	}
	l.From = session.Teller(f.Text("teller", 20))
	if !slices.Contains(session.Tellers(), l.From) {
		bad["teller"] = "webcarry.bad_teller"
	}
	if l.Outcome == session.ReportedMissing && !l.From.Home() && bad["teller"] == "" {
		bad["outcome"] = "webcarry.bad_reported"
	}
	count := func(name string) plan.Count {
		text := strings.ReplaceAll(f.Text(name, 20), ",", "")
		if text == "" {
			return plan.Count{}
		}
		n, err := strconv.Atoi(text)
		switch {
		case err != nil:
			bad[name] = "webcarry.bad_minutes"
		case n < 0:
			bad[name] = "webcarry.bad_minutes_negative"
		case n > session.MaxMinutes:
			bad[name] = "webcarry.bad_minutes_day"
		}
		return plan.CountOf(n)
	}
	l.Minutes, l.Planned = count("minutes"), count("planned")
	if bad["minutes"] == "" && l.Minutes.Said && l.Minutes.N == 0 && l.Outcome.Given() {
		bad["minutes"] = "webcarry.bad_minutes_zero"
	}
	if text := f.Text("start", 10); text != "" {
		h, m, ok := strings.Cut(text, ":")
		hour, err1 := strconv.Atoi(h)
		minute, err2 := strconv.Atoi(strings.SplitN(m, ":", 2)[0])
		if !ok || err1 != nil || err2 != nil || hour < 0 || hour > 23 || minute < 0 || minute > 59 {
			bad["start"] = "webcarry.bad_start"
		} else {
			l.Start = plan.CountOf(hour*60 + minute)
		}
	}
	l.Delivery = plan.Delivery(f.Text("delivery", 40))
	if l.Delivery != "" && !slices.Contains(plan.Delivery("").Words(), string(l.Delivery)) {
		bad["delivery"] = "webcarry.bad_outcome"
	}
	l.Makes = f.Text("makes", 200)
	switch {
	case l.Makes == "":
	case l.Makes == l.ID || k.logs.Session(l.Makes) == nil:
		bad["makes"] = "webcarry.bad_makes_gone"
	case l.Outcome != session.MakeUp:
		bad["makes"] = "webcarry.bad_makes"
	}
	words := func(name string, limit int) string {
		text, fits := f.Words(name, limit)
		if !fits {
			bad[name] = "webcase.bad_long"
		}
		return text
	}
	l.Reason, l.Provider, l.Setting, l.Note = words("reason", mostReason), words("provider", 200), words("setting", 200), words("note", mostCarried)
}
