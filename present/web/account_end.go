package web

import (
	"net/http"

	"stayput/desk"
	"stayput/people/credential"
)

// An endPage says what ending one's account means, and does it.
type endPage struct {
	Frame
	Login  string
	Again  string // where to sign in anew before; "" when that was a moment ago
	Stuck  bool   // a place has to be handed over before
	Places []endPlace
	Fields []Field
}

func (endPage) template() string { return "account_end" }

// An endPlace is a space in which somebody is, and what becomes of that.
type endPlace struct {
	ID, Name, Says string
	Last           bool
	Here           bool
}

// An endedPage is what is left to say after an account was ended.
type endedPage struct {
	Frame
	Login string
	Stays bool // the person of this machine
}

func (endedPage) template() string { return "account_ended" }

var (
	_ = sample(func() page {
		return endPage{Login: "ana", Stuck: true, Places: []endPlace{{"a", "b", "c", true, true}, {"d", "e", "f", true, false}, {"g", "h", "i", false, false}}}
	})
	_ = sample(func() page {
		return endPage{Login: "ana", Again: "/sign-in?again=1", Places: []endPlace{{"a", "b", "c", false, true}}}
	})
	_ = sample(func() page { return endPage{Login: "ana", Fields: []Field{{Name: "login", Label: "x", Error: "y"}}} })
	_ = sample(func() page { return endedPage{Login: "ana", Stays: true} })
	_ = sample(func() page { return endedPage{Login: "ana"} })
)

// accountEnd says what ending the account means. Somebody with whom nothing is shared
// any more gets here too.
func (s *Site) accountEnd(w http.ResponseWriter, r *http.Request) error {
	return s.showEnd(w, r, http.StatusOK, "", "")
}

func (s *Site) showEnd(w http.ResponseWriter, r *http.Request, status int, typed, trouble string) error {
	if accountOf(r) == "" {
		return errLocked
	}
	all, err := s.desk.Farewell(r.Context(), me(r))
	if err != nil {
		return err
	}
	f := s.frame(r, "signin.end_title", "settings")
	f.Path = "/account/end"
	p := endPage{Frame: f, Login: all.Login, Stuck: all.Stuck()}
	if !all.Fresh {
		p.Again = "/sign-in?again=1&next=%2Faccount%2Fend"
	}
	for _, x := range all.Places {
		name := x.Space.Name
		if name == "" {
			name = f.T("signin.space_" + string(x.Space.Kind))
		}
		says := "signin.end_place_leaves"
		switch {
		case x.Stays:
			says = "signin.end_place_stays"
		case x.Last:
			says = "signin.end_place_last"
		}
		p.Places = append(p.Places, endPlace{ID: string(x.Space.ID), Name: name, Says: f.T(says), Last: x.Last, Here: x.Space.ID == who(r).Space})
	}
	p.Fields = []Field{{Name: "login", Label: f.T("signin.end_type", "login", all.Login), Value: typed, Required: true, Max: 100, Autocomplete: "off", Error: trouble}}
	return s.show(noStore{w}, r, status, p)
}

// accountEnded ends the account. There is nothing to come back to: the answer is the
// page itself.
func (s *Site) accountEnded(w http.ResponseWriter, r *http.Request) error {
	if accountOf(r) == "" {
		return errLocked
	}
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	all, err := s.desk.Farewell(r.Context(), me(r))
	if err != nil {
		return err
	}
	words := s.wordsOf(r)
	if typed := f.Text("login", 100); credential.Login(typed) != credential.Login(all.Login) || !f.Ticked("sure") {
		return s.showEnd(w, r, http.StatusUnprocessableEntity, typed, words.T("signin.end_say", "login", all.Login))
	}
	p := endedPage{Frame: s.frame(r, "signin.ended_title", ""), Login: all.Login}
	for _, x := range all.Places {
		p.Stays = p.Stays || x.Stays && ownDoor(r)
	}
	if err := s.desk.EndAccount(r.Context(), me(r)); err != nil {
		if to := s.againPath(err, "/account/end"); to != "" {
			return s.seeOther(w, r, to)
		}
		if badInput(err) { // it became the last owner's meanwhile: the page says which place
			return s.showEnd(w, r, http.StatusUnprocessableEntity, "", "")
		}
		return err
	}
	if err := s.sessions.Destroy(r.Context()); err != nil {
		s.log.Warn("a session could not be ended with its account; it leads nowhere")
	}
	c := s.cookies(r).Cookie
	for _, name := range []string{c.Name, s.knownName(r)} {
		http.SetCookie(w, &http.Cookie{Name: name, Path: c.Path, MaxAge: -1, HttpOnly: true, Secure: c.Secure, SameSite: c.SameSite})
	}
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`) // drafts too
	p.Person, p.who = "", desk.Who{}
	return s.show(noStore{w}, r, http.StatusOK, p)
}

// loginSave gives the account another sign-in name.
func (s *Site) loginSave(w http.ResponseWriter, r *http.Request) error {
	form, err := s.form(w, r)
	if err != nil {
		return err
	}
	login := form.Text("login", 200)
	if err = s.desk.ChangeLogin(r.Context(), me(r), login); err != nil && badInput(err) {
		return s.showAccount(w, r, http.StatusUnprocessableEntity, accountTrouble{login: login, rename: err})
	}
	return s.afterChange(w, r, err, "signin.login_saved")
}
