package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
)

// The home network's door. It is shut until somebody opens it for a phone, and
// shut again when the program stops or somebody ends it.
const (
	pairTime    = 10 * time.Minute // how long a link for a phone waits
	pairPort    = 7848             // tried first, so that a phone's bookmark stays good
	mostPhones  = 64               // connections, of one address and in all twice as many
	mostPairing = 16               // links that wait at once
)

// An Offer is what a phone needs to come in, once.
type Offer struct {
	URL         string        `json:"url"`         // with the one-time key
	Address     string        `json:"address"`     // without it
	Fingerprint []string      `json:"fingerprint"` // of the certificate, in eight groups of four bytes
	Left        time.Duration `json:"left"`        // until the link ends
}

// pairing is what the program knows of phones on the home network.
type pairing struct {
	mu        sync.Mutex
	addresses func() []netip.Addr // of this machine in the home network, the likeliest first
	open      *pairDoor           // nil: shut
	stopped   bool                // the program ends: the door stays shut
	wait      map[[32]byte]phoneLink
	near      map[netip.Addr]time.Time // who brought a link that was good, and until when
}

// A pairDoor is the door while it is open.
type pairDoor struct {
	door      *Door
	server    *http.Server
	addresses []netip.Addr
	port      int
	mark      []string // fingerprint
}

// A phoneLink is a link that nobody used yet. The key is kept, so that the page that
// shows it can be loaded again; it is forgotten when it is used or ends.
type phoneLink struct {
	key   string
	whom  desk.Who
	until time.Time
}

// whose names one person of one space.
type whose struct {
	space  people.SpaceID
	person people.PersonID
}

func (w phoneLink) whose() whose { return whose{w.whom.Space, w.whom.Person.ID} }

// Offer opens the home network's door, when it is shut, and makes a link that lets
// in one phone as who.
func (s *Site) Offer(ctx context.Context, who desk.Who) (Offer, error) {
	p := &s.pairing
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := s.openHome(ctx); err != nil {
		return Offer{}, err
	}
	var b [16]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	w := phoneLink{base64.RawURLEncoding.EncodeToString(b[:]), who, s.now().Add(pairTime)}
	p.tidy(s.now())
	for h, other := range p.wait { // a new link takes the place of the same person's old one
		if other.whose() == w.whose() || len(p.wait) >= mostPairing {
			delete(p.wait, h)
		}
	}
	p.wait[sha256.Sum256([]byte(w.key))] = w
	return p.offer(w, s.now()), nil
}

// offered is the link that waits for a person's phone, when there is one, and
// whether the door is open.
func (s *Site) offered(who desk.Who) (o Offer, waits, open bool) {
	p := &s.pairing
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open == nil {
		return Offer{}, false, false
	}
	p.tidy(s.now())
	for _, w := range p.wait {
		if w.whose() == (whose{who.Space, who.Person.ID}) {
			return p.offer(w, s.now()), true, true
		}
	}
	return p.offer(phoneLink{}, s.now()), false, true
}

// offer describes the open door, and a link when there is one.
func (p *pairing) offer(w phoneLink, now time.Time) Offer {
	o := Offer{Address: "https://" + netip.AddrPortFrom(p.open.addresses[0], uint16(p.open.port)).String(), Fingerprint: p.open.mark}
	if w.key != "" {
		o.URL, o.Left = o.Address+"/phone/"+w.key, w.until.Sub(now)
	}
	return o
}

// tidy forgets what has ended.
func (p *pairing) tidy(now time.Time) {
	for h, w := range p.wait {
		if now.After(w.until) {
			delete(p.wait, h)
		}
	}
	for a, until := range p.near {
		if now.After(until) {
			delete(p.near, a)
		}
	}
}

// good reports that a key waits to be used, without using it, and remembers who
// brought it.
func (s *Site) good(key string, from netip.Addr) bool {
	p := &s.pairing
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tidy(s.now())
	if _, ok := p.wait[sha256.Sum256([]byte(key))]; !ok {
		return false
	}
	p.near[from] = s.now().Add(pairTime)
	return true
}

// redeem uses a key up.
func (s *Site) redeem(key string) (desk.Who, bool) {
	p := &s.pairing
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tidy(s.now())
	h := sha256.Sum256([]byte(key))
	w, ok := p.wait[h]
	delete(p.wait, h)
	return w.whom, ok
}

// nearby reports that somebody at an address brought a good link a moment ago: the
// page that the link opens needs its looks before anybody is in.
func (s *Site) nearby(from netip.Addr) bool {
	p := &s.pairing
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tidy(s.now())
	_, ok := p.near[from]
	return ok
}

// EndPairing shuts the home network's door; phones that are in lose the way to the
// program, and find it again when somebody opens the door again.
func (s *Site) EndPairing() (wasOpen bool) {
	p := &s.pairing
	p.mu.Lock()
	defer p.mu.Unlock()
	return s.shutHome()
}

// stopPairing shuts the door for good.
func (s *Site) stopPairing() {
	p := &s.pairing
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
	s.shutHome()
}

func (s *Site) shutHome() bool {
	p := &s.pairing
	if p.open == nil {
		return false
	}
	p.open.server.Close()
	p.open, p.wait, p.near = nil, nil, nil
	return true
}

// openHome opens the door at the addresses this machine has in its home network
// now. When they are others than before, it is opened anew.
func (s *Site) openHome(ctx context.Context) error {
	p := &s.pairing
	if p.stopped {
		return fault.New(fault.Unavailable, fault.Position{}, "network.pair_stopping")
	}
	now := p.addresses()
	if len(now) == 0 {
		return fault.New(fault.Unavailable, fault.Position{}, "network.pair_no_home")
	}
	if p.open != nil {
		if !slices.ContainsFunc(now, func(a netip.Addr) bool { return !slices.Contains(p.open.addresses, a) }) {
			return nil
		}
		s.shutHome()
	}
	cert, mark, err := homeCertificate(s.folder, now, s.now())
	if err != nil {
		return err
	}
	listeners, at, port, err := listenHome(ctx, now)
	if err != nil {
		return fault.New(fault.Unavailable, fault.Position{}, "network.pair_no_listen").Wrap(err)
	}
	d := &Door{kind: doorPaired, hosts: map[string]bool{}}
	for _, a := range at {
		d.hosts[netip.AddrPortFrom(a, uint16(port)).String()] = true
	}
	server := s.server(d)
	for _, l := range listeners {
		g := &limiter{Listener: l, most: 2 * mostPhones, each: mostPhones, admit: isHome, tls: true}
		go server.Serve(tls.NewListener(g, modernTLS(func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return cert, nil })))
	}
	p.open = &pairDoor{d, server, at, port, mark}
	p.wait, p.near = map[[32]byte]phoneLink{}, map[netip.Addr]time.Time{}
	return nil
}

// listenHome listens at one port of all addresses. An address that the system does
// not give yet is left out.
func listenHome(ctx context.Context, all []netip.Addr) (out []net.Listener, at []netip.Addr, port int, err error) {
	var c net.ListenConfig
	for try := range 20 {
		port = 0
		if try == 0 {
			port = pairPort
		}
		taken := false
		for _, a := range all {
			l, e := c.Listen(ctx, "tcp", net.JoinHostPort(a.String(), strconv.Itoa(port)))
			if e != nil {
				err = e
				if errors.Is(e, syscall.EADDRINUSE) || errors.Is(e, syscall.EACCES) {
					taken = true
					break
				}
				continue
			}
			out, at = append(out, l), append(at, a)
			port = l.Addr().(*net.TCPAddr).Port
		}
		if !taken && len(out) > 0 {
			return out, at, port, nil
		}
		for _, l := range out {
			l.Close()
		}
		out, at = nil, nil
		if !taken {
			break
		}
	}
	return nil, nil, 0, err
}

// isHome reports an address of a home network: one that the internet does not lead
// to. Whatever comes from elsewhere, by a router that lets it through, is hung up on.
func isHome(a netip.Addr) bool {
	return a.IsPrivate() || a.IsLinkLocalUnicast() || a.IsLoopback()
}

// homeAddresses are this machine's addresses in its home network: RFC 1918, ULA and
// link-local. A public address is never among them. Link-local addresses of IPv6 are
// left out, because no phone's browser can open one.
func homeAddresses() []netip.Addr {
	var out []netip.Addr
	faces, err := net.Interfaces()
	if err != nil {
		return nil
	}
	for _, f := range faces {
		if f.Flags&net.FlagUp == 0 || f.Flags&(net.FlagLoopback|net.FlagPointToPoint) != 0 {
			continue
		}
		all, err := f.Addrs()
		if err != nil {
			continue
		}
		for _, one := range all {
			if p, err := netip.ParsePrefix(one.String()); err == nil {
				out = append(out, p.Addr().Unmap())
			}
		}
	}
	return likeliest(out, routed())
}

// likeliest keeps the addresses of a home network, the one by which this machine
// reaches others first, and those of the fourth version before the sixth.
func likeliest(all []netip.Addr, routed netip.Addr) []netip.Addr {
	out := slices.DeleteFunc(slices.Clone(all), func(a netip.Addr) bool {
		return !a.IsPrivate() && !(a.Is4() && a.IsLinkLocalUnicast())
	})
	weight := func(a netip.Addr) int {
		switch {
		case a == routed:
			return 0
		case a.Is4() && a.IsPrivate():
			return 1
		case a.Is6():
			return 2
		}
		return 3
	}
	slices.SortStableFunc(out, func(a, b netip.Addr) int { return weight(a) - weight(b) })
	return slices.Compact(out)
}

// routed is the address by which this machine reaches others. Nothing is sent: the
// system only says which way it would go.
func routed() netip.Addr {
	c, err := net.Dial("udp4", "192.0.2.1:9") // an address of documentation (RFC 5737)
	if err != nil {
		return netip.Addr{}
	}
	defer c.Close()
	return addressOf(c.LocalAddr().String())
}
