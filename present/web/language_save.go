package web

import (
	"net/http"
	"time"
)

// languageSave switches the language: for the person who has entered in the
// store, for anybody in a cookie.
func (s *Site) languageSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	lang := f.Text("lang", 8)
	if !known(lang) {
		return refuse(http.StatusUnprocessableEntity, "web.error.lang")
	}
	if s.entered(r) {
		p := who(r).Person
		p.Lang = lang
		if err := s.desk.SavePerson(r.Context(), who(r), p); err != nil {
			return err
		}
	}
	http.SetCookie(w, &http.Cookie{
		Name: langCookie, Value: lang, Path: "/", HttpOnly: true, Secure: cameBy(r).door.secure(), SameSite: http.SameSiteStrictMode,
		MaxAge: int((365 * 24 * time.Hour).Seconds()),
	})
	return s.seeOther(w, r, f.Text("back", 2000))
}
