package web

import (
	"net/http"

	"stayput/people"
)

// afterChange goes back to the account page, or to signing in anew when what was
// asked for needs that.
func (s *Site) afterChange(w http.ResponseWriter, r *http.Request, err error, done string) error {
	if to := s.againPath(err, "/account"); to != "" {
		return s.seeOther(w, r, to)
	}
	if err != nil {
		return err
	}
	s.done(r, done)
	return s.seeOther(w, r, "/account")
}

// passphraseSave gives the account another passphrase.
func (s *Site) passphraseSave(w http.ResponseWriter, r *http.Request) error {
	form, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err = s.desk.SetPassphrase(r.Context(), me(r), form.secret("passphrase")); err != nil && badInput(err) {
		return s.showAccount(w, r, http.StatusUnprocessableEntity, accountTrouble{phrase: err})
	}
	return s.afterChange(w, r, err, "signin.passphrase_saved")
}

// passphraseDrop takes the passphrase away.
func (s *Site) passphraseDrop(w http.ResponseWriter, r *http.Request) error {
	return s.afterChange(w, r, s.desk.DropPassphrase(r.Context(), me(r)), "signin.passphrase_dropped")
}

// appSave gives the account an authenticator app.
func (s *Site) appSave(w http.ResponseWriter, r *http.Request) error {
	form, err := s.form(w, r)
	if err != nil {
		return err
	}
	secret := form.Text("secret", 64)
	if err = s.desk.SetApp(r.Context(), me(r), secret, form.Text("code", 20)); err != nil && badInput(err) {
		return s.showAccount(w, r, http.StatusUnprocessableEntity, accountTrouble{secret: secret, app: err})
	}
	return s.afterChange(w, r, err, "signin.app_saved")
}

// passkeyDrop takes a passkey away.
func (s *Site) passkeyDrop(w http.ResponseWriter, r *http.Request) error {
	return s.afterChange(w, r, s.desk.DropPasskey(r.Context(), me(r), r.PathValue("passkey")), "signin.passkey_dropped")
}

// spaceOptions are the spaces in which one is somebody.
func (s *Site) spaceOptions(r *http.Request, f Frame) (out []Option, err error) {
	seats, err := s.desk.Seats(r.Context(), accountOf(r))
	for _, x := range seats {
		name := x.Space.Name
		if name == "" {
			name = f.T("signin.space_" + string(x.Space.Kind))
		}
		out = append(out, Option{Value: string(x.Space.ID), Label: name, On: x.Space.ID == who(r).Space})
	}
	return out, err
}

// spaceSwitch shows another space of the same account.
func (s *Site) spaceSwitch(w http.ResponseWriter, r *http.Request) error {
	form, err := s.form(w, r)
	if err != nil {
		return err
	}
	to, err := s.desk.Move(r.Context(), me(r), people.SpaceID(form.Text("space", 40)))
	if err != nil {
		return err
	}
	s.moveTo(r.Context(), to.Space, to.Person)
	return s.seeOther(w, r, "/")
}
