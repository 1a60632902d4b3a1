package web

import (
	"net/http"
	"net/url"

	"stayput/desk"
)

// A welcomePage offers a family a space of its own, and says what that means.
type welcomePage struct {
	Frame
	Token    string
	Host     string
	Backups  int
	Signed   bool // somebody with an account is there
	Fields   []Field
	SignedAs string
}

func (welcomePage) template() string { return "host_welcome" }

var (
	_ = sample(func() page {
		return welcomePage{Token: "t", Host: "h", Backups: 30, Signed: true, Fields: []Field{{Name: "name", Label: "x"}}, SignedAs: "y"}
	})
	_ = sample(func() page { return welcomePage{Token: "t", Host: "h"} })
)

// welcomeShow says who offers the space and what holds there. Looking at it uses
// nothing up.
func (s *Site) welcomeShow(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	h, err := s.desk.Welcome(r.Context(), token)
	if err != nil {
		return err
	}
	p := welcomePage{Frame: s.frame(r, "records.welcome", ""), Token: token, Host: h.Name, Backups: h.Backups, Signed: accountOf(r) != ""}
	if p.Host == "" {
		p.Host = p.T("records.host_nameless")
	}
	p.SignedAs = who(r).Person.Name
	p.Fields = []Field{
		{Name: "name", Label: p.T("records.welcome_name"), Hint: p.T("records.welcome_name_hint"), Value: p.SignedAs, Max: 100, Autocomplete: "name"},
		{Name: "space", Label: p.T("records.welcome_space"), Hint: p.T("records.welcome_space_hint"), Max: 100, Autocomplete: "off"},
	}
	return s.show(w, r, http.StatusOK, p)
}

// welcomeAccept makes the space for whoever is signed in.
func (s *Site) welcomeAccept(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	token := r.PathValue("token")
	account := accountOf(r)
	if account == "" {
		if _, err := s.desk.Welcome(r.Context(), token); err != nil {
			return err
		}
		return s.seeOther(w, r, "/sign-in?next="+url.QueryEscape("/welcome/"+token))
	}
	me, err := s.desk.AcceptSpace(r.Context(), token, account, desk.SetUp{Space: f.Text("space", 100), Name: f.Text("name", 100), Lang: s.lang(r)})
	if err != nil {
		return err
	}
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		return unavailable(err)
	}
	s.moveTo(r.Context(), me.Space, me.Person.ID)
	s.done(r, "records.welcome_done")
	return s.seeOther(w, r, "/")
}
