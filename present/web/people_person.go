package web

import (
	"net/http"
	"strconv"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
)

// A personPage is one person: what he or she may do, and until when.
type personPage struct {
	Frame
	ID      people.PersonID
	Name    string
	Role    string
	Since   string
	Until   string
	Counsel bool
	Here    bool
	Self    bool
	Fields  []Field // of the form that changes it; none for whoever may not
	Version int64
	Grants  []grantLine
	Ends    bool   // may end it
	Left    string // what ending means, in a sentence
	Trouble string
	Student bool // the one who looks is the student and decides
}

func (personPage) template() string { return "person_show" }

// A grantLine is one share of a case.
type grantLine struct {
	Case, Title, Person, Who, Says, Purpose, ID string
	Newer                                       int // entries that were corrected since
	Until                                       Field
	Mine                                        bool // may be changed by who looks
}

var _ = sample(func() page {
	return personPage{Name: "Ana", Role: "r", Since: "s", Until: "u", Counsel: true, Here: true, Self: true, Ends: true, Left: "x", Trouble: "t", Student: true,
		Fields: []Field{{Name: "role", Label: "x", Kind: "radio"}}, Grants: []grantLine{{Case: "c", Title: "t", Person: "p", Who: "w", Says: "s", Purpose: "u", ID: "g", Newer: 2, Until: Field{Name: "until"}, Mine: true}}}
})

// personShow shows one person.
func (s *Site) personShow(w http.ResponseWriter, r *http.Request) error {
	return s.showPerson(w, r, http.StatusOK, nil, "", "")
}

// showPerson shows a person as stored, or as somebody just typed it.
func (s *Site) showPerson(w http.ResponseWriter, r *http.Request, status int, typed *desk.MemberChange, until, trouble string) error {
	x, err := s.desk.PersonOf(r.Context(), who(r), people.PersonID(r.PathValue("person")))
	if err != nil {
		return err
	}
	p := personPage{Frame: s.frame(r, "webpeople.title", "people"), ID: x.Person.ID, Name: "", Here: x.Here, Self: x.Self, Version: x.Member.Version, Trouble: trouble}
	p.Name = p.speak().called(x.Person)
	p.Title = p.Name
	p.Role = p.speak().roleName(x.Member)
	p.Counsel = x.Member.Counsel
	p.Student = who(r).Member.Student
	if !x.Member.Since.IsZero() {
		p.Since = p.cat.Date(dayOf(x.Member.Since))
	}
	if !x.Member.Until.IsZero() {
		p.Until = p.speak().untilSay(x.Member.Until)
	}
	changes := s.desk.May(who(r), desk.ChangePeople, "")
	now := s.now()
	if changes && x.Member.Holds(now) && x.Member.Role != people.NoRole && (!x.Member.Student || x.Self) {
		m := desk.MemberChange{Role: x.Member.Role, Until: x.Member.Until, Counsel: x.Member.Counsel}
		if typed != nil {
			m = *typed
		}
		p.Fields = []Field{
			{Name: "role", Label: p.T("webpeople.f_role"), Kind: "radio", Required: true, Options: p.speak().roleOptions(m.Role, people.Owner, people.Editor, people.Contributor, people.Reader)},
			untilField(p.Frame, untilDay(m.Until), until),
		}
		names, err := s.desk.NamesCounsel(r.Context(), who(r))
		if err != nil {
			return err
		}
		if x.Member.Counsel || names && !x.Self {
			p.Fields = append(p.Fields, Field{Name: "counsel", Label: p.T("webpeople.f_counsel"), Kind: "tick", Options: []Option{{On: m.Counsel, Hint: p.T("webpeople.f_counsel_hint")}}})
		}
	}
	for _, g := range x.Grants {
		line, err := s.grantLine(r, p.Frame, g, x.Person, changes)
		if err != nil {
			return err
		}
		p.Grants = append(p.Grants, line)
	}
	p.Ends = x.Here && (x.Self || changes && !x.Member.Student)
	switch {
	case x.Self:
		p.Left = p.T("webpeople.leave_says")
	case x.Member.Counsel:
		p.Left = p.T("webpeople.end_counsel_says", "who", p.Name)
	default:
		p.Left = p.T("webpeople.end_says", "who", p.Name)
	}
	return s.show(w, r, status, p)
}

// grantLine puts a grant into a line of a page.
func (s *Site) grantLine(r *http.Request, f Frame, g people.Grant, p people.Person, mine bool) (grantLine, error) {
	c, err := s.desk.Case(r.Context(), who(r), g.Case, desk.View{})
	if err != nil {
		return grantLine{}, err
	}
	title := caseTitle(f.cat, c.Folder)
	t := desk.Terms{Case: g.Case, Role: g.Role, Entries: g.Entries, Counsel: g.Counsel, Until: g.Until}
	name := f.speak().called(p)
	var counsel []string
	if g.Counsel {
		all, err := s.desk.Counsel(r.Context(), who(r), g.Case)
		if err != nil {
			return grantLine{}, err
		}
		counsel = s.counselAfter(f, all, who(r).Person.ID, "", t, name)
	}
	line := grantLine{Case: string(g.Case), Title: title, Person: string(p.ID), Who: name, Purpose: g.Purpose, ID: g.ID, Mine: mine,
		Says: f.speak().shareSays(t, len(g.Entries), name, title, counsel)}
	line.Until = untilField(f, untilDay(g.Until), "")
	return line, nil
}

// personSave changes what a person is.
func (s *Site) personSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	in := desk.MemberChange{Role: people.Role(f.Text("role", 20)), Counsel: f.Ticked("counsel")}
	in.Version, _ = strconv.ParseInt(f.Text("version", 20), 10, 64) // no number is an old form
	cat := s.frame(r, "webpeople.title", "").cat
	var ok bool
	if in.Until, ok, err = s.untilOf(r, "", f); err != nil {
		return err
	} else if !ok {
		return s.showPerson(w, r, http.StatusUnprocessableEntity, &in, cat.T("webpeople.bad_date"), "")
	}
	err = s.desk.ChangeMember(r.Context(), who(r), people.PersonID(r.PathValue("person")), in)
	if trouble := saidOf(cat.Fault, err); trouble != "" {
		status := statusOf(err)
		if faultKey(err) == "people.ended_meanwhile" {
			return err // who asks may do nothing here any more
		}
		if faultKey(err) == "people.until_past" {
			return s.showPerson(w, r, status, &in, trouble, "")
		}
		return s.showPerson(w, r, status, nil, "", trouble)
	}
	if err != nil {
		return err
	}
	s.done(r, "webpeople.saved")
	return s.seeOther(w, r, "/people/"+r.PathValue("person"))
}

// saidOf is what a person reads of an error of the people's own rules; "" for others.
func saidOf(say func(*fault.Error) string, err error) string {
	for _, e := range fault.All(err) {
		if k := e.Kind; k == fault.Invalid || k == fault.Conflict || k == fault.Forbidden {
			return say(e)
		}
	}
	return ""
}

func faultKey(err error) string {
	if all := fault.All(err); len(all) > 0 {
		return all[0].Key
	}
	return ""
}

// personEnd ends all that a person may do in the space.
func (s *Site) personEnd(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(f.Text("version", 20), 10, 64)
	id := people.PersonID(r.PathValue("person"))
	err = s.desk.EndMember(r.Context(), who(r), id, version)
	if trouble := saidOf(s.frame(r, "webpeople.title", "").cat.Fault, err); trouble != "" && faultKey(err) != "people.ended_meanwhile" {
		return s.showPerson(w, r, statusOf(err), nil, "", trouble)
	}
	if err != nil {
		return err
	}
	if id == who(r).Person.ID {
		return s.seeOther(w, r, "/")
	}
	s.done(r, "webpeople.ended")
	return s.seeOther(w, r, "/people")
}

// personSee lets an owner look at the records as a person sees them now.
func (s *Site) personSee(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	id := people.PersonID(r.PathValue("person"))
	x, err := s.desk.PersonOf(r.Context(), who(r), id)
	if err != nil {
		return err
	}
	if _, err := s.desk.AsNow(r.Context(), who(r), id); err != nil {
		return err
	}
	f := s.frame(r, "webpeople.title", "")
	s.beginPreview(r, otherSight{Person: id, Name: f.speak().called(x.Person), Back: "/people/" + string(id), Until: s.now().Add(previewTime)})
	return s.seeOther(w, r, "/")
}

// grantEnd takes one share back.
func (s *Site) grantEnd(w http.ResponseWriter, r *http.Request) error {
	return s.grantDo(w, r, "webpeople.share_ended", func(c people.CaseID, p people.PersonID, g string, _ time.Time) error {
		return s.desk.EndGrant(r.Context(), who(r), c, p, g)
	})
}

// grantUntil lets one share end on another day.
func (s *Site) grantUntil(w http.ResponseWriter, r *http.Request) error {
	return s.grantDo(w, r, "webpeople.saved", func(c people.CaseID, p people.PersonID, g string, until time.Time) error {
		return s.desk.EndGrantOn(r.Context(), who(r), c, p, g, until)
	})
}

// grantRenew shares what stands in the place of shared entries now.
func (s *Site) grantRenew(w http.ResponseWriter, r *http.Request) error {
	return s.grantDo(w, r, "webpeople.renewed", func(c people.CaseID, p people.PersonID, g string, _ time.Time) error {
		return s.desk.RenewGrant(r.Context(), who(r), c, p, g)
	})
}

func (s *Site) grantDo(w http.ResponseWriter, r *http.Request, done string, do func(people.CaseID, people.PersonID, string, time.Time) error) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	until, ok, err := s.untilOf(r, caseID(r), f)
	if err != nil {
		return err
	}
	if !ok {
		return refuse(http.StatusUnprocessableEntity, "webpeople.bad_date")
	}
	if err := do(caseID(r), people.PersonID(r.PathValue("person")), r.PathValue("grant"), until); err != nil {
		return err
	}
	s.done(r, done)
	return s.seeOther(w, r, "/cases/"+string(caseID(r))+"/share")
}
