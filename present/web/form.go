package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"stayput/desk"
)

// How much a form may bring.
const (
	formLimit  = 1 << 20
	fieldLimit = 200_000 // bytes of one field
	mostFields = 2_000
)

// A Form is what a person sent, cleaned.
type Form struct {
	values url.Values
	Files  []Upload // in the order sent; only uploads has any
}

// form reads a plain form. Everything a page reads of a request's body comes
// through here, uploads or jsonBody.
func (s *Site) form(w http.ResponseWriter, r *http.Request) (*Form, error) {
	s.hurry(w, s.patience)
	r.Body = http.MaxBytesReader(w, r.Body, formLimit)
	if err := r.ParseForm(); err != nil {
		return nil, unreadable(err)
	}
	return cleaned(r.PostForm)
}

// caseForm reads a plain form of a page of a case, and the case as it stands today.
func (s *Site) caseForm(w http.ResponseWriter, r *http.Request) (*Form, *desk.Case, error) {
	f, err := s.form(w, r)
	if err != nil {
		return nil, nil, err
	}
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return nil, nil, err
	}
	return f, c, nil
}

// hurry bounds how long a body may take to arrive.
func (s *Site) hurry(w http.ResponseWriter, d time.Duration) {
	http.NewResponseController(w).SetReadDeadline(time.Now().Add(d)) // a writer of tests has no deadline
}

// unreadable is what a person is told of a body that could not be read.
func unreadable(err error) error {
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return err
	case isTimeout(err):
		return refuse(http.StatusRequestTimeout, "web.error.too_slow")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return refuse(http.StatusBadRequest, "web.error.cut_off")
	}
	return refuse(http.StatusBadRequest, "web.error.bad_form")
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

func cleaned(v url.Values) (*Form, error) {
	n := 0
	for name, all := range v {
		for i, text := range all {
			if n++; n > mostFields || len(text) > fieldLimit || len(name) > 200 {
				return nil, refuse(http.StatusRequestEntityTooLarge, "web.error.too_large")
			}
			all[i] = clean(text)
		}
	}
	return &Form{values: v}, nil
}

// Has reports that a field was sent, even empty.
func (f *Form) Has(name string) bool { return f.values.Has(name) }

// Text is one field without space around it, at most limit letters long; what
// is longer is cut, because the page says how long a field may be. Long texts
// are read with Words.
func (f *Form) Text(name string, limit int) string {
	s := strings.TrimSpace(f.values.Get(name))
	if utf8.RuneCountInString(s) > limit {
		return string([]rune(s)[:limit])
	}
	return s
}

// Words is a long text as it was typed, and whether it is at most limit letters
// long. It is given back whole, so that nobody's words are lost when it is not.
func (f *Form) Words(name string, limit int) (s string, fits bool) {
	s = strings.TrimSpace(f.values.Get(name))
	return s, utf8.RuneCountInString(s) <= limit
}

// All is every value of a field.
func (f *Form) All(name string) []string { return f.values[name] }

// Ticked reports that a box was ticked.
func (f *Form) Ticked(name string) bool { return f.values.Get(name) != "" }

// clean makes text of what was sent: valid UTF-8, without characters that
// nobody types, with one sort of line end.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n', c == '\t':
			return c
		case c == '\r':
			return '\n'
		case unicode.IsControl(c), turnsAround(c), c >= 0xFFF9 && c <= 0xFFFB:
			return -1
		}
		return c
	}, s)
}

// turnsAround reports the characters that make text read in another order than
// it is stored, so that a name could show what it is not.
func turnsAround(c rune) bool {
	return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069
}
