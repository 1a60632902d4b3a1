package web

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"stayput/desk"
)

// Options are what the pages stand on.
type Options struct {
	Desk     *desk.Desk
	Sessions desk.SessionStore
	Log      *slog.Logger
	Version  string
	Now      func() time.Time
	Hosts    []string // the host:port pairs at which the program answers; see LoopbackHosts
	Folder   string   // where the data rests, for the person to see
	Size     func() int64
	Control  string // lets the same user's other commands ask for a link: the secret lies in a file only this user can read; "": nobody may
}

// A Site answers requests. It is safe for use by several goroutines.
type Site struct {
	desk     *desk.Desk
	sessions *scs.SessionManager
	log      *slog.Logger
	version  string
	now      func() time.Time
	hosts    map[string]bool // of the own door
	own      *Door
	ways     []way               // further doors
	tlsSide  *scs.SessionManager // as sessions; its cookies are for TLS alone
	pairing  pairing
	folder   string
	size     func() int64
	control  string
	links    *links
	sheets   map[string]*sheet
	assets   *assets
	mux      *http.ServeMux
	patience time.Duration // how long a plain form may take to arrive
	parcels  parcels       // files that wait to be imported

	ceremonies onceShelf[ceremony] // passkeys that are being asked
	codes      onceShelf[newCodes] // recovery codes that are shown once
}

// New makes the site. It fails when a template cannot be read.
func New(o Options) (*Site, error) {
	s := &Site{
		desk: o.Desk, sessions: newSessions(o.Sessions), log: o.Log, version: o.Version, now: o.Now,
		hosts: map[string]bool{}, folder: o.Folder, size: o.Size, control: o.Control,
		links: newLinks(o.Now), patience: 30 * time.Second,
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	for _, h := range o.Hosts {
		s.hosts[h] = true
	}
	s.own = &Door{kind: doorOwn, hosts: s.hosts}
	s.tlsSide = tlsCookies(o.Sessions)
	s.pairing.addresses = homeAddresses
	var err error
	if s.assets, err = shippedAssets(); err != nil {
		return nil, err
	}
	if s.sheets, err = shippedSheets(); err != nil {
		return nil, err
	}
	s.mux = http.NewServeMux()
	for _, rt := range s.routes() {
		s.mux.Handle(rt.pattern, s.serve(rt))
	}
	return s, nil
}

// Handler is the whole site at its own door.
func (s *Site) Handler() http.Handler { return s.HandlerAt(s.own) }

// HandlerAt is the whole site as it answers at a door. What stands last here sees
// a request first.
func (s *Site) HandlerAt(d *Door) http.Handler {
	var h http.Handler = http.HandlerFunc(s.dispatch)
	h = s.rightDoor(h)
	h = s.signedIn(h)
	h = s.ownOrigin(h)
	h = s.ownHost(h)
	h = s.byProxy(h)
	h = squeezed(h)
	h = s.calm(h)
	h = guarded(h)
	h = s.watched(h)
	return s.through(d, h)
}
