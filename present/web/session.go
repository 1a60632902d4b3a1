package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"stayput/desk"
	"stayput/fault"
	"stayput/locale"
	"stayput/people"
)

// How long somebody stays in on his or her own machine.
const (
	idleTime = 30 * 24 * time.Hour
	lifeTime = 365 * 24 * time.Hour
	noteIdle = 24 * time.Hour // how often a use is noted, so that reading writes nothing
)

// What a session holds.
const (
	keySpace  = "space"
	keyPerson = "person"
	keySeen   = "seen"
	keyNotes  = "notes"
	keyDraft  = "draft"
)

// newSessions has no idle time of the library's own, which would write to the
// store at every request.
func newSessions(store desk.SessionStore) *scs.SessionManager {
	m := scs.New()
	m.Store = store
	m.Lifetime = lifeTime
	m.HashTokenInStore = true
	m.Cookie.Name = "stayput"
	m.Cookie.Path = "/"
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteStrictMode
	m.Cookie.Persist = true
	return m
}

type (
	whoKey     struct{}
	sessionKey struct{}
)

// sessionLoaded reports that the session of r was looked up: what is refused
// before that has none.
func (s *Site) sessionLoaded(r *http.Request) bool { return r.Context().Value(sessionKey{}) != nil }

// who is the person who asks. Sign-in made it; nothing in the request is taken
// for it. Before entering it is nobody, to whom the desk shows nothing.
func who(r *http.Request) desk.Who {
	w, _ := r.Context().Value(whoKey{}).(desk.Who)
	return w
}

// entered reports that somebody is there.
func (s *Site) entered(r *http.Request) bool { return who(r).Person.ID != "" }

// signedIn finds out who asks.
func (s *Site) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := ""
		if c, err := r.Cookie(s.sessions.Cookie.Name); err == nil && len(c.Value) < 100 {
			token = c.Value
		}
		ctx, err := s.sessions.Load(r.Context(), token)
		if err != nil {
			s.answer(w, r, unavailable(err))
			return
		}
		ctx = context.WithValue(ctx, sessionKey{}, true)
		person, found, err := s.recognize(ctx)
		if err != nil {
			s.answer(w, r.WithContext(ctx), err)
			return
		}
		if found {
			ctx = context.WithValue(ctx, whoKey{}, person)
			s.noteUse(ctx)
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// recognize is the person of a session that is not too old.
func (s *Site) recognize(ctx context.Context) (desk.Who, bool, error) {
	id := s.sessions.GetString(ctx, keyPerson)
	if id == "" || s.unused(ctx) > idleTime {
		return desk.Who{}, false, nil
	}
	return s.desk.Recognize(ctx, people.SpaceID(s.sessions.GetString(ctx, keySpace)), people.PersonID(id))
}

// unused is how long ago the use of a session was noted.
func (s *Site) unused(ctx context.Context) time.Duration {
	return s.now().Sub(time.Unix(s.sessions.GetInt64(ctx, keySeen), 0))
}

// noteUse notes once a day that a session is in use. It stays alive without it
// for a month, so a store that cannot write now is no reason to lock anybody out.
func (s *Site) noteUse(ctx context.Context) {
	if s.unused(ctx) < noteIdle {
		return
	}
	s.sessions.Put(ctx, keySeen, s.now().Unix())
	if _, _, err := s.sessions.Commit(ctx); err != nil {
		s.log.Warn("a session could not be kept", "type", fmt.Sprintf("%T", err))
	}
}

// keep writes what changed in the session and its cookie. It must come before
// the first byte of an answer.
func (s *Site) keep(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if s.sessions.Status(ctx) != scs.Modified {
		return nil
	}
	token, expiry, err := s.sessions.Commit(ctx)
	if err != nil {
		return unavailable(err)
	}
	s.sessions.WriteSessionCookie(ctx, w, token, expiry)
	return nil
}

// begin makes the session that of a person, under a new token, so that nobody
// who knew the old one comes in with it.
func (s *Site) begin(ctx context.Context, person desk.Who) error {
	if err := s.sessions.RenewToken(ctx); err != nil {
		return unavailable(err)
	}
	s.sessions.Put(ctx, keySpace, string(person.Space))
	s.sessions.Put(ctx, keyPerson, string(person.Person.ID))
	s.sessions.Put(ctx, keySeen, s.now().Unix())
	return nil
}

// A Note is one sentence shown once, on the next page. It is kept as a key, so
// that it is read in the language of the page that shows it.
type Note struct {
	Tone  string   `json:",omitempty"` // done, soon, late, plain or ""
	Key   string   // of the sentence
	Pairs []string `json:",omitempty"`
	Href  string   `json:",omitempty"` // where a link after it leads: to undo, to look
	Link  string   `json:",omitempty"` // the key of the link's words

	Text   string `json:"-"` // the sentence
	Action string `json:"-"` // the link's words
}

func (n *Note) say(c *locale.Catalog) {
	n.Text = c.T(n.Key, n.Pairs...)
	if n.Link != "" {
		n.Action = c.T(n.Link)
	}
}

// note keeps a sentence for the next page. seeOther and show write it down.
func (s *Site) note(r *http.Request, n Note) {
	ctx := r.Context()
	var all []Note
	json.Unmarshal(s.sessions.GetBytes(ctx, keyNotes), &all) // what cannot be read is dropped
	if len(all) >= 5 {
		all = all[1:]
	}
	if data, err := json.Marshal(append(all, n)); err == nil {
		s.sessions.Put(ctx, keyNotes, data)
	}
}

// done notes that something was done.
func (s *Site) done(r *http.Request, key string, pairs ...string) {
	s.note(r, Note{Tone: "done", Key: key, Pairs: pairs})
}

// takeNotes gives the sentences that wait; they are not shown again.
func (s *Site) takeNotes(ctx context.Context) []Note {
	if !s.sessions.Exists(ctx, keyNotes) {
		return nil
	}
	var all []Note
	json.Unmarshal(s.sessions.PopBytes(ctx, keyNotes), &all)
	return all
}

// unavailable says that the store does not answer, when it did not say so itself.
func unavailable(err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return err
	}
	return fault.New(fault.Unavailable, fault.Position{}, "web.error.store").Wrap(err)
}
