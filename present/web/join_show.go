package web

import (
	"fmt"
	"net/http"

	"stayput/fault"
)

// A joinPage says who invites to what. Opening it accepts nothing.
type joinPage struct {
	Frame
	For, Says string
	Token     string
	SignedIn  bool
	Own       bool // whoever made it looks at it
	Counsel   bool
	Ends      string
}

func (joinPage) template() string { return "join_show" }

// A notLivePage says that an invitation waits no more: in the same words whatever
// became of it.
type notLivePage struct{ Frame }

func (notLivePage) template() string { return "join_over" }

var (
	_ = sample(func() page {
		return joinPage{For: "x", Says: "y", Token: "z", SignedIn: true, Counsel: true, Ends: "e"}
	})
	_ = sample(func() page { return joinPage{For: "x", Says: "y", Token: "z", Own: true} })
	_ = sample(func() page { return notLivePage{} })
)

// joinShow shows an invitation.
func (s *Site) joinShow(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	in, err := s.desk.Invited(r.Context(), token)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return s.joinOver(w, r)
	}
	if err != nil {
		return err
	}
	p := joinPage{Frame: s.frame(r, "webpeople.join_title", ""), For: in.For, Token: token, SignedIn: accountOf(r) != "", Counsel: in.Terms.Counsel}
	by := in.By
	if by == "" {
		by = p.T("webpeople.nameless_owner")
	}
	if in.Entries > 0 {
		in.Terms.Entries = []string{}
	}
	p.Says = p.speak().joinSays(in.Terms, in.Entries, by)
	p.Ends = p.T("webpeople.link_until", "date", p.cat.Date(dayUntil(in.Ends)))
	me := who(r)
	p.Own = me.Space == in.Space && me.Person.ID == in.ByID
	return s.show(w, r, http.StatusOK, p)
}

func (s *Site) joinOver(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, http.StatusNotFound, notLivePage{s.frame(r, "webpeople.over_title", "")})
}

// joinTake accepts an invitation for whoever has signed in.
func (s *Site) joinTake(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	token := r.PathValue("token")
	if !s.desk.InvitationLive(r.Context(), token) {
		return s.joinOver(w, r)
	}
	account := accountOf(r)
	if account == "" {
		return s.seeOther(w, r, "/sign-in?next=/join/"+token)
	}
	in, err := s.desk.Redeem(r.Context(), token, account)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return s.joinOver(w, r)
	}
	if err != nil {
		return err
	}
	if p := in.Person; p.Version == 1 && p.Lang != s.lang(r) { // new here: in the language of this page
		p.Lang = s.lang(r)
		if err := s.desk.SavePerson(r.Context(), in, p); err != nil {
			return err
		}
	}
	s.sessions.Remove(r.Context(), keyPreview)
	s.moveTo(r.Context(), in.Space, in.Person.ID)
	if _, err := s.desk.Move(r.Context(), me(r), in.Space); err != nil {
		s.log.Warn("the space to open next could not be kept", "type", fmt.Sprintf("%T", err))
	}
	s.done(r, "webpeople.joined")
	return s.seeOther(w, r, "/")
}
