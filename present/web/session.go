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

// How long somebody stays in.
const (
	idleTime   = 30 * 24 * time.Hour // unused, on his or her own machine
	lifeTime   = 365 * 24 * time.Hour
	signedIdle = 14 * 24 * time.Hour // unused, after signing in to an account
	signedLife = 90 * 24 * time.Hour
	noteIdle   = 24 * time.Hour // how often a use is noted, so that reading writes nothing
)

// What a session holds.
const (
	keySpace   = "space"
	keyPerson  = "person"
	keyAccount = "account" // who signed in; "" after the one-time link of one's own machine
	keyDevice  = "device"  // name of the device item
	keyTurn    = "turn"    // which of the device's sign-ins this is
	keyBegan   = "began"   // when this session began
	keyPaired  = "paired"  // the phone came in by pairing
	keySeen    = "seen"
	keyNotes   = "notes"
	keyDraft   = "draft"
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
	meKey      struct{}
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

// me is who asks about his or her own ways in. Its account is "" on one's own
// machine before there is one.
func me(r *http.Request) desk.Me {
	m, _ := r.Context().Value(meKey{}).(desk.Me)
	return m
}

// accountOf is the account that signed in, or "". It may be nobody in any space yet.
func accountOf(r *http.Request) people.AccountID { return me(r).Account }

// entered reports that somebody is there.
func (s *Site) entered(r *http.Request) bool { return who(r).Person.ID != "" }

// signedIn finds out who asks.
func (s *Site) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := ""
		if c, err := r.Cookie(s.cookies(r).Cookie.Name); err == nil && len(c.Value) < 100 {
			token = c.Value
		}
		ctx, err := s.sessions.Load(r.Context(), token)
		if err != nil {
			s.answer(w, r, unavailable(err))
			return
		}
		ctx = context.WithValue(ctx, sessionKey{}, true)
		own, entry, err := s.recognize(ctx)
		if err != nil {
			s.answer(w, r.WithContext(ctx), err)
			return
		}
		if entry.Found {
			ctx = context.WithValue(ctx, whoKey{}, entry.Who)
		}
		switch {
		case entry.Holds && own.Device == "" && !ownDoor(r):
			// A session of the one-time link is for this machine alone; see rightDoor.
		case entry.Holds:
			ctx = context.WithValue(ctx, meKey{}, own)
			s.noteUse(ctx, own)
		case own.Person != "" || own.Account != "":
			// It is over: whoever looks into the session itself finds nothing either.
			if err := s.sessions.Clear(ctx); err != nil {
				s.answer(w, r.WithContext(ctx), unavailable(err))
				return
			}
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// recognize is who a session belongs to that is not too old. A device that ended
// took its session with it.
func (s *Site) recognize(ctx context.Context) (own desk.Me, e desk.Entry, err error) {
	get := func(key string) string { return s.sessions.GetString(ctx, key) }
	own = desk.Me{
		Account: people.AccountID(get(keyAccount)), Space: people.SpaceID(get(keySpace)), Person: people.PersonID(get(keyPerson)),
		Device: get(keyDevice), Turn: s.sessions.GetInt64(ctx, keyTurn),
	}
	if own.Account == "" && own.Person == "" {
		return own, e, nil
	}
	idle := idleTime
	if began := time.Unix(s.sessions.GetInt64(ctx, keyBegan), 0); own.Device != "" {
		if idle = signedIdle; s.now().Sub(began) > signedLife {
			return own, e, nil
		}
	} else {
		own.Proved = began
	}
	if s.unused(ctx) > idle || own.Account != "" && own.Device == "" {
		return own, e, nil
	}
	e, err = s.desk.Enter(ctx, own)
	if own.Device == "" {
		own.Account = e.Who.Member.Account // whoever opens the program here is its person
	}
	return own, e, err
}

// unused is how long ago the use of a session was noted.
func (s *Site) unused(ctx context.Context) time.Duration {
	return s.now().Sub(time.Unix(s.sessions.GetInt64(ctx, keySeen), 0))
}

// noteUse notes once a day that a session is in use. It stays alive without it
// for a month, so a store that cannot write now is no reason to lock anybody out.
func (s *Site) noteUse(ctx context.Context, own desk.Me) {
	if s.unused(ctx) < noteIdle {
		return
	}
	s.sessions.Put(ctx, keySeen, s.now().Unix())
	_, _, err := s.sessions.Commit(ctx)
	if err == nil {
		err = s.desk.UseDevice(ctx, own)
	}
	if err != nil {
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
	s.cookies(r).WriteSessionCookie(ctx, w, token, expiry)
	return nil
}

// begin makes the session that of a person of this machine, under a new token, so
// that nobody who knew the old one comes in with it. Nothing of the old one stays.
func (s *Site) begin(ctx context.Context, person desk.Who) error {
	return s.beginAs(ctx, desk.Me{Space: person.Space, Person: person.Person.ID}, lifeTime)
}

// beginDevice makes the session that of a device, after signing in or pairing.
func (s *Site) beginDevice(ctx context.Context, own desk.Me) error {
	return s.beginAs(ctx, own, signedLife)
}

func (s *Site) beginAs(ctx context.Context, own desk.Me, life time.Duration) error {
	if err := s.sessions.Clear(ctx); err != nil {
		return unavailable(err)
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return unavailable(err)
	}
	s.sessions.SetDeadline(ctx, time.Now().Add(life))
	s.sessions.Put(ctx, keySpace, string(own.Space))
	s.sessions.Put(ctx, keyPerson, string(own.Person))
	s.sessions.Put(ctx, keyAccount, string(own.Account))
	s.sessions.Put(ctx, keyDevice, own.Device)
	s.sessions.Put(ctx, keyTurn, own.Turn)
	s.sessions.Put(ctx, keySeen, s.now().Unix())
	s.sessions.Put(ctx, keyBegan, s.now().Unix())
	return nil
}

// moveTo makes another space of the same account the one that pages show.
func (s *Site) moveTo(ctx context.Context, space people.SpaceID, person people.PersonID) {
	s.sessions.Put(ctx, keySpace, string(space))
	s.sessions.Put(ctx, keyPerson, string(person))
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
