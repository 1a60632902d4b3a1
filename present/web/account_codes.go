package web

import (
	"net/http"

	"stayput/people"
)

// A codesPage shows new recovery codes, once.
type codesPage struct {
	Frame
	Codes []string
	Next  string
}

func (codesPage) template() string { return "account_codes" }

var _ = sample(func() page { return codesPage{Codes: []string{"abcde-fghjk-mnpqr-stuvw"}, Next: "/account"} })

// newCodes are codes that wait to be shown.
type newCodes struct {
	account people.AccountID
	codes   []string
	next    string
}

// codesPath is the page that shows codes, once, to this account.
func (s *Site) codesPath(id people.AccountID, codes []string, next string) string {
	return "/account/codes?once=" + s.codes.add(s.now(), newCodes{id, codes, next})
}

// codesMake makes recovery codes in place of those there were.
func (s *Site) codesMake(w http.ResponseWriter, r *http.Request) error {
	codes, err := s.desk.NewCodes(r.Context(), me(r))
	if err != nil {
		return s.afterChange(w, r, err, "")
	}
	return s.seeOther(w, r, s.codesPath(accountOf(r), codes, "/account"))
}

// codesShow shows them. Whoever opens the page again finds that they are gone.
func (s *Site) codesShow(w http.ResponseWriter, r *http.Request) error {
	if accountOf(r) == "" {
		return errLocked
	}
	c, ok := s.codes.take(s.now(), r.URL.Query().Get("once"))
	if !ok || c.account != accountOf(r) {
		return refuse(http.StatusNotFound, "signin.codes_gone")
	}
	f := s.frame(r, "signin.codes_title", "settings")
	f.OtherLang = "" // another language would be another page, without the codes
	return s.show(noStore{w}, r, http.StatusOK, codesPage{f, c.codes, c.next})
}

// noStore keeps an answer out of every memory, also the browser's.
type noStore struct{ http.ResponseWriter }

// WriteHeader writes the head with the one line that differs.
func (w noStore) WriteHeader(status int) {
	w.Header().Set("Cache-Control", "no-store")
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap gives the writer beneath, for http.ResponseController.
func (w noStore) Unwrap() http.ResponseWriter { return w.ResponseWriter }
