package web

import (
	"context"
	"net/http"

	"github.com/alexedwards/scs/v2"

	"stayput/desk"
)

// pairDevice makes the phone that asks a device of whom, and its session that
// device's.
func (s *Site) pairDevice(r *http.Request, whom desk.Who) error {
	ctx := r.Context()
	called := browserName(r)
	if called == "" {
		called = "phone"
	}
	device, err := s.desk.PairDevice(ctx, whom, called)
	if err != nil {
		return err
	}
	if err := s.beginDevice(ctx, desk.Me{Space: device.Space, Person: device.Person, Device: device.ID, Turn: device.Turn}); err != nil {
		return err
	}
	s.sessions.Put(ctx, keyPaired, "yes")
	return nil
}

// OfferToOwner is Offer for the person of this machine.
func (s *Site) OfferToOwner(ctx context.Context, lang string) (Offer, error) {
	owner, err := s.desk.Begin(ctx, desk.SetUp{Lang: lang})
	if err != nil {
		return Offer{}, err
	}
	return s.Offer(ctx, owner)
}

// tlsCookies writes cookies that browsers send by TLS only and keep for this very
// host: no other name beside it can set one in its place.
func tlsCookies(store desk.SessionStore) *scs.SessionManager {
	m := newSessions(store)
	m.Cookie.Name = "__Host-" + m.Cookie.Name
	m.Cookie.Secure = true
	return m
}

// cookies writes the cookies of the door by which a request came.
func (s *Site) cookies(r *http.Request) *scs.SessionManager {
	if cameBy(r).door.secure() {
		return s.tlsSide
	}
	return s.sessions
}
