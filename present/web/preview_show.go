package web

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
)

// keyPreview is what of somebody else's sight a session looks at.
const keyPreview = "preview"

// previewTime is how long one look lasts, so that nobody forgets that it is one.
const previewTime = 30 * time.Minute

// An otherSight is a session that shows what somebody else sees or will see.
type otherSight struct {
	Terms  desk.Terms
	Person people.PersonID `json:",omitempty"` // who is there already, as it is now
	Name   string          // how the other is called
	Back   string          // where it ends
	Until  time.Time
}

// Seeing is the banner of a page in somebody else's sight.
type Seeing struct{ Name string }

func (s *Site) beginPreview(r *http.Request, l otherSight) {
	if data, err := json.Marshal(l); err == nil {
		s.sessions.Put(r.Context(), keyPreview, data)
	}
}

// looking is the look of a session, while it lasts.
func (s *Site) looking(r *http.Request) (otherSight, bool) {
	var l otherSight
	if !s.sessionLoaded(r) || !s.sessions.Exists(r.Context(), keyPreview) {
		return l, false
	}
	if json.Unmarshal(s.sessions.GetBytes(r.Context(), keyPreview), &l) != nil || s.now().After(l.Until) {
		s.sessions.Remove(r.Context(), keyPreview)
		return l, false
	}
	return l, true
}

// previewed are the routes that work for the person himself while he looks through
// another's eyes: those that end it.
var previewed = map[string]bool{"preview_end": true, "sign_out": true}

// seenAs makes a request one of somebody who sees what the session looks at, and
// can do nothing. What that is, is worked out anew each time: when it cannot be any
// more, the look is over.
func (s *Site) seenAs(r *http.Request, rt route) (*http.Request, error) {
	l, ok := s.looking(r)
	if !ok || !s.entered(r) || previewed[rt.name] || rt.needs == desk.Open {
		return r, nil
	}
	var (
		as  desk.Who
		err error
	)
	if l.Person != "" {
		as, err = s.desk.AsNow(r.Context(), who(r), l.Person)
	} else {
		as, err = s.desk.As(r.Context(), who(r), l.Terms)
	}
	if err != nil {
		s.sessions.Remove(r.Context(), keyPreview)
		if fault.KindOf(err) == fault.Unavailable {
			return r, err
		}
		return r, fault.New(fault.Conflict, fault.Position{}, "people.preview_over")
	}
	return r.WithContext(context.WithValue(r.Context(), whoKey{}, as)), nil
}

// seeing is the banner of a page, nil when it shows one's own sight.
func (s *Site) seeing(r *http.Request) *Seeing {
	if !who(r).Preview {
		return nil
	}
	l, _ := s.looking(r)
	return &Seeing{Name: l.Name}
}

// previewBegin shows the record as the other will see it by the share that waits to
// be sent.
func (s *Site) previewBegin(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	d, ok := s.drafted(r)
	if !ok {
		return s.seeOther(w, r, "/people")
	}
	if _, err := s.desk.As(r.Context(), who(r), d.Terms); err != nil {
		return err
	}
	to := "/"
	if d.Terms.Case != "" {
		to = "/cases/" + string(d.Terms.Case)
	}
	s.beginPreview(r, otherSight{Terms: d.Terms, Name: d.For, Back: d.path() + "/check", Until: s.now().Add(previewTime)})
	return s.seeOther(w, r, to)
}

// previewEnd ends the look.
func (s *Site) previewEnd(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	l, _ := s.looking(r)
	s.sessions.Remove(r.Context(), keyPreview)
	if l.Back == "" {
		l.Back = "/people"
	}
	return s.seeOther(w, r, l.Back)
}
