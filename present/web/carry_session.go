package web

import (
	"net/http"

	"stayput/derive/delivery"
	"stayput/desk"
	"stayput/fault"
	"stayput/plan/session"
)

// A carrySessionPage is one session: what it says, who wrote it when, how it was
// changed, and what became of it in the ledger.
type carrySessionPage struct {
	Frame
	Back, To  string
	Path      string
	Day       string
	Service   string
	ServiceTo string
	What      Tag
	Facts     [][2]string
	Note      string
	Gone      bool
	Notices   []string
	Conflict  *carryConflict
	Answered  []carryLine // what the school says to it
	Answers   *carryLine  // the report it answers
	Makes     *carryLine
	MadeUpBy  []carryLine
	Forms     []carryForm
	Edit      string // the form that corrects it
	Answer    string // the form that answers it
	MakeUp    string
	Form      string // the name of the form that takes it back
	Batch     string // the import it came with
}

func (carrySessionPage) template() string { return "carry_session" }

// A carryForm is one form that the session once had.
type carryForm struct{ When, By, Says, Via string }

var _ = sample(func() page {
	x := carryLine{Href: "/x", Day: "d", What: "w", From: "f", Tag: Tag{"done", "x"}}
	return carrySessionPage{Back: "/b", To: "/t", Path: "/p", Day: "d", Service: "s", ServiceTo: "/s", What: Tag{"done", "x"}, Facts: [][2]string{{"a", "b"}}, Note: "n", Notices: []string{"x"}, Conflict: &carryConflict{"d", "r", "/r", "l", "/l"}, Answered: []carryLine{x}, Answers: &x, Makes: &x, MadeUpBy: []carryLine{x},
		Forms: []carryForm{{"w", "b", "s", "v"}, {"w", "", "s", "v"}}, Edit: "/e", Answer: "/a", MakeUp: "/m", Form: "f", Batch: "/i"}
})

var _ = sample(func() page {
	return carrySessionPage{Back: "/b", Day: "d", Service: "s", Gone: true, Forms: []carryForm{{"w", "b", "s", "v"}}}
})

// sessionFacts are what a session says, in pairs of name and value.
func (f speaker) sessionFacts(l *session.Log) [][2]string {
	var out [][2]string
	add := func(key, v string) {
		if v != "" {
			out = append(out, [2]string{f.cat.T("webcarry.f_" + key), v})
		}
	}
	if l.Minutes.Said {
		key := "minutes"
		if l.Outcome.Missed() {
			key = "minutes_missed"
		}
		add(key, f.amounts(l.Minutes.N, "minutes"))
	}
	if l.Planned.Said {
		add("planned", f.amounts(l.Planned.N, "minutes"))
	}
	if l.Start.Said {
		add("start", f.cat.Time(int16(l.Start.N)))
	}
	add("reason", l.Reason)
	add("provider", l.Provider)
	if l.Delivery != "" {
		add("delivery", f.cat.T("plan_delivery."+string(l.Delivery)))
	}
	add("setting", l.Setting)
	if l.From != "" {
		add("from", f.cat.T("delivery.teller."+string(l.From)))
	}
	return out
}

// carrySessionShow shows one session.
func (s *Site) carrySessionShow(w http.ResponseWriter, r *http.Request) error {
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	id := r.PathValue("session")
	forms := k.c.SessionForms(id)
	if len(forms) == 0 {
		return fault.New(fault.NotFound, fault.Position{}, "webcarry.no_session")
	}
	last := forms[len(forms)-1]
	l := &last.Log
	p := carrySessionPage{Frame: s.caseFrame(r, k.c, "webcarry.session", "carry"), Back: carryPath(k.c.Folder, "/sessions"), Path: carrySession(k.c.Folder, id), Gone: last.Gone}
	p.Day = first(p.cat.DateFull(l.On))
	p.Service = p.speak().serviceName(k, l)
	p.Title = p.cat.T("webcarry.session_title", "service", p.Service, "date", p.cat.Date(l.On))
	x := p.speak().sessionLine(k, l)
	p.What, p.Facts, p.Note = x.Tag, p.speak().sessionFacts(l), l.Note
	svc := k.of(l)
	if svc != nil {
		p.ServiceTo = carryService(k.c.Folder, svc.Key)
	}
	names := s.names(r)
	for _, f := range forms {
		y := carryForm{When: p.cat.Date(dayOf(f.At)) + " " + p.cat.AtTime(int16(f.At.Local().Hour()*60+f.At.Local().Minute())), By: names(f.By)}
		if f.Gone {
			y.Says = p.cat.T("webcarry.taken_back")
		} else {
			y.Says = p.cat.DateShort(f.On) + ". " + p.cat.T("delivery.outcome."+string(f.Outcome))
			if f.Minutes.Said {
				y.Says += ", " + p.speak().amounts(f.Minutes.N, "minutes")
			}
			if f.Reason != "" {
				y.Says += ". " + f.Reason
			}
		}
		if key := "webcarry.via_" + f.Via; p.cat.Has(key) {
			y.Via = p.cat.T(key)
		}
		p.Forms = append(p.Forms, y)
	}
	if !last.Gone {
		p.around(k, svc, l)
		p.offer(k, l, last)
	}
	return s.show(w, r, http.StatusOK, p)
}

// around finds what has to do with a session: notices, what the school answered,
// make-ups.
func (p *carrySessionPage) around(k *carryLook, svc *delivery.Service, l *session.Log) {
	for _, n := range k.l.Notices {
		if n.Log == l.ID {
			p.Notices = append(p.Notices, p.speak().ledgerNotice(n))
		}
	}
	if svc != nil {
		for _, x := range svc.Conflicts {
			if x.Report == l.ID || x.Log == l.ID {
				page := carryServicePage{Frame: p.Frame}
				page.disputes(k, &delivery.Service{Key: svc.Key, Conflicts: []delivery.Conflict{x}})
				p.Conflict = &page.Conflicts[0]
			}
		}
	}
	line := func(id string) *carryLine {
		if o := k.logs.Session(id); o != nil {
			x := p.speak().sessionLine(k, o)
			return &x
		}
		return nil
	}
	if l.Answers != "" {
		p.Answers = line(l.Answers)
	}
	if l.Makes != "" {
		p.Makes = line(l.Makes)
	}
	for i := range k.logs.Sessions {
		o := &k.logs.Sessions[i]
		if o.Answers == l.ID {
			p.Answered = append(p.Answered, p.speak().sessionLine(k, o))
		}
		if o.Makes == l.ID {
			p.MadeUpBy = append(p.MadeUpBy, p.speak().sessionLine(k, o))
		}
	}
}

// offer puts what this person may do with a session.
func (p *carrySessionPage) offer(k *carryLook, l *session.Log, last desk.SessionForm) {
	if !p.May("add_entry") {
		return
	}
	at := carryPath(k.c.Folder, "/new") + "?"
	if last.By == p.who.Person.ID || p.May("correct_entry") {
		p.Edit, p.Form = at+"session="+escaped(l.ID), desk.NewName()
	}
	if l.From.Home() && l.Answers == "" {
		p.Answer = at + "answers=" + escaped(l.ID)
	}
	if l.Outcome.Missed() {
		p.MakeUp = at + "makes=" + escaped(l.ID)
	}
	if last.Via == "sheet" || last.Via == "import" || last.Via == "text" || last.Via == "grid" {
		p.Batch = carryPath(k.c.Folder, "/imports")
	}
}

// carrySessionDrop takes a session back. It stays in the record; nothing follows
// from it any more.
func (s *Site) carrySessionDrop(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	id := r.PathValue("session")
	forms := c.SessionForms(id)
	if len(forms) == 0 {
		return fault.New(fault.NotFound, fault.Position{}, "webcarry.no_session")
	}
	if !forms[len(forms)-1].Gone {
		if _, err := s.desk.AddLog(r.Context(), who(r), c.ID, desk.NewLog{Name: f.Text("name", 40), Via: "form", Gone: []string{id}}); err != nil {
			return err
		}
	}
	s.note(r, Note{Tone: "done", Key: "webcarry.was_taken_back", Href: carrySession(c.Folder, id), Link: "webcase.look"})
	return s.seeOther(w, r, carryPath(c.Folder, "/sessions"))
}
