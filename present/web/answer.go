package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"runtime"

	"stayput/fault"
)

// A refusal is an answer that has a status of its own.
type refusal struct {
	status int
	key    string
	pairs  []string
}

func (e *refusal) Error() string { return fmt.Sprintf("%d %s", e.status, e.key) }

func refuse(status int, key string, pairs ...string) *refusal { return &refusal{status, key, pairs} }

// errLocked is what everybody meets who has not entered.
var errLocked = refuse(http.StatusForbidden, "web.locked.title")

// An errorPage says what went wrong and what to do next.
type errorPage struct {
	Frame
	Status int
	Says   []string // one sentence for each thing that went wrong
	Next   string   // what to do now
	Number string   // finds the request in the log; "" when nothing is there to find
}

func (errorPage) template() string { return "error" }

// A lockedPage says how to open the program, or how to sign in.
type lockedPage struct {
	Frame
	SignIn  string // where to sign in; "" where nobody has an account
	Nothing bool   // somebody is signed in, with whom nothing is shared now
}

func (lockedPage) template() string { return "locked" }

var (
	_ = sample(func() page {
		return errorPage{Status: 422, Says: []string{"x"}, Next: "y", Number: "z"}
	})
	_ = sample(func() page { return lockedPage{} })
	_ = sample(func() page { return lockedPage{SignIn: "/sign-in"} })
	_ = sample(func() page { return lockedPage{Nothing: true} })
)

// statusOf is the status of an answer by what went wrong.
func statusOf(err error) int {
	var r *refusal
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &r):
		return r.status
	case errors.As(err, &big):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded):
		return http.StatusRequestTimeout
	case errors.Is(err, context.Canceled):
		return statusGone
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Conflict:
		return http.StatusConflict
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError // Broken and Internal
}

// statusGone is for the log alone: the person left before there was an answer.
const statusGone = 499

// answer is the one place that turns what went wrong into a page.
func (s *Site) answer(w http.ResponseWriter, r *http.Request, err error) {
	o := seen(r)
	o.err = err
	status := statusOf(err)
	if o.status != 0 { // half a page is out already; all that is left is to stop
		panic(http.ErrAbortHandler)
	}
	if status == statusGone {
		o.status = statusGone
		return
	}
	if err == errStranger || s.stranger(r) {
		r = withoutSession(r)
		s.mustShow(w, r, http.StatusForbidden, strangerPage{s.frame(r, "network.stranger_title", "")})
		return
	}
	if err == errLocked {
		s.locked(w, r)
		return
	}
	p := errorPage{Frame: s.frame(r, errorTitle(err, status), ""), Status: status}
	p.Says, p.Next = p.sayings(err, status)
	if status >= 500 {
		p.Number = o.id
	}
	s.mustShow(w, r, status, p)
}

// mustShow shows a page; when even that fails, a line of plain text.
func (s *Site) mustShow(w http.ResponseWriter, r *http.Request, status int, p page) {
	if err := s.show(w, r, status, p); err != nil && seen(r).status == 0 {
		seen(r).err = err
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}

// errorTitle is the key of the heading.
func errorTitle(err error, status int) string {
	switch status {
	case http.StatusNotFound:
		return "web.error.title_not_found"
	case http.StatusUnprocessableEntity:
		return "web.error.title_invalid"
	case http.StatusConflict:
		return "web.error.title_conflict"
	case http.StatusServiceUnavailable:
		return "web.error.title_unavailable"
	case http.StatusInternalServerError:
		if fault.KindOf(err) == fault.Broken {
			return "web.error.title_broken"
		}
		return "web.error.title_internal"
	}
	return "web.error.title_refused"
}

// sayings is what a person reads of err, and what to do next. An internal fault
// is said in general words: its cause is for the log.
func (p errorPage) sayings(err error, status int) (says []string, next string) {
	var r *refusal
	if errors.As(err, &r) {
		return []string{p.cat.T(r.key, r.pairs...)}, p.cat.T("web.error.next_back")
	}
	switch status {
	case http.StatusRequestEntityTooLarge:
		return []string{p.cat.T("web.error.too_large")}, p.cat.T("web.error.next_back")
	case http.StatusRequestTimeout:
		return []string{p.cat.T("web.error.too_slow")}, p.cat.T("web.error.next_again")
	}
	kind := fault.KindOf(err)
	if kind == fault.Internal {
		return []string{p.cat.T("web.error.internal")}, p.cat.T("web.error.next_again")
	}
	for _, e := range fault.All(err) {
		says = append(says, p.Fault(e))
	}
	switch kind {
	case fault.Broken:
		next = p.cat.T("web.error.next_broken")
	case fault.Unavailable:
		next = p.cat.T("web.error.next_again")
	case fault.Conflict:
		next = p.cat.T("web.error.next_conflict")
	default:
		next = p.cat.T("web.error.next_back")
	}
	return says, next
}

// cause says for the log why a request failed, without any word a person wrote:
// the key and place in the source of faults, the type of everything else.
func cause(err error) (key, text string) {
	var f *fault.Error
	if errors.As(err, &f) {
		key = f.Key
		if f.Err == nil {
			return key, ""
		}
		err = f.Err
	}
	var re runtime.Error
	if errors.As(err, &re) {
		return key, re.Error()
	}
	if statusOf(err) >= 500 {
		return key, fmt.Sprintf("%T: %s", err, err)
	}
	return key, fmt.Sprintf("%T", err)
}
