package web

import (
	"net/http"
	"strings"

	"stayput/desk"
)

// A leavePage takes a space away from this server for good.
type leavePage struct {
	Frame
	Cases   int
	People  []string
	Owners  []string
	Held    []leaveHeld
	First   bool
	Taken   string // when everything was taken along; "" when it was not
	Changed bool
	Ready   bool
	Host    string
	Backups int
	Fields  []Field
	Name    string // of the space
}

func (leavePage) template() string { return "leave_show" }

// A leaveHeld is a case that may not go.
type leaveHeld struct{ Title, Href, Why string }

var (
	_ = sample(func() page {
		return leavePage{Cases: 2, People: []string{"a"}, Owners: []string{"b"}, Held: []leaveHeld{{"t", "/", "w"}}, First: true, Taken: "x", Changed: true, Host: "h", Backups: 30, Name: "n"}
	})
	_ = sample(func() page {
		return leavePage{Ready: true, Taken: "x", Fields: []Field{{Name: "word", Label: "l", Error: "e"}}}
	})
)

// leaveShow says what leaving means and what is still in the way.
func (s *Site) leaveShow(w http.ResponseWriter, r *http.Request) error {
	return s.showLeave(w, r, http.StatusOK, "")
}

func (s *Site) showLeave(w http.ResponseWriter, r *http.Request, status int, trouble string) error {
	l, err := s.desk.Leave(r.Context(), who(r))
	if err != nil {
		return err
	}
	p := leavePage{Frame: s.frame(r, "records.leave", "settings"), Cases: l.Cases, First: l.First, Changed: l.Changed, Ready: l.Ready(), Host: l.Host, Backups: l.Backups, Name: l.Space.Name}
	for _, n := range l.People {
		p.People = append(p.People, p.speak().nameOr(n))
	}
	for _, n := range l.Owners {
		p.Owners = append(p.Owners, p.speak().nameOr(n))
	}
	for _, h := range l.Held {
		p.Held = append(p.Held, leaveHeld{caseTitle(p.cat, h.Case), casePath(h.Case), h.Why})
	}
	if !l.Taken.IsZero() {
		at := l.Taken.Local()
		p.Taken = p.cat.Date(dayOf(l.Taken)) + " " + p.cat.AtTime(int16(at.Hour()*60+at.Minute()))
	}
	p.Fields = []Field{{Name: "word", Label: p.T("records.leave_type", "word", p.T("records.leave_word")), Required: true, Max: 40, Autocomplete: "off", Error: trouble}}
	return s.show(w, r, status, p)
}

// leaveSave takes everything out, and shows the receipt. There is nothing to come
// back to: the answer is the page itself.
func (s *Site) leaveSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	words := s.wordsOf(r)
	if !strings.EqualFold(f.Text("word", 40), words.T("records.leave_word")) || !f.Ticked("sure") {
		return s.showLeave(w, r, http.StatusUnprocessableEntity, words.T("records.leave_say", "word", words.T("records.leave_word")))
	}
	// What the receipt page needs to say is read before there is nobody to read it.
	l, err := s.desk.Leave(r.Context(), who(r))
	if err != nil {
		return err
	}
	p := s.frame(r, "records.left", "")
	signed, err := s.desk.LeaveSpace(r.Context(), who(r))
	if err != nil {
		return err
	}
	if err := s.sessions.Destroy(r.Context()); err != nil {
		s.log.Warn("a session could not be ended after a leaving; it leads nowhere")
	}
	s.sessions.WriteSessionCookie(r.Context(), w, "", s.now().AddDate(-1, 0, 0))
	p.Person, p.who = "", desk.Who{}
	receipt, err := desk.ReadReceipt(signed, "")
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, s.receiptPage(p, string(signed), receipt, true, l.Backups))
}
