package web

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"sync"
)

// How many connections there may be at once. A browser needs one or a few; many
// people of one office come from one address.
const (
	mostGuests   = 1024
	mostFromHere = 128
)

// A limiter is a listener that lets in so many at once, of one address and in all,
// and nobody it does not admit. Who is too many is hung up on at once, so that
// those who are in are not slowed.
type limiter struct {
	net.Listener
	most, each int
	admit      func(netip.Addr) bool // nil: everybody
	exempt     func(netip.Addr) bool // whose connections are many people's, such as a proxy; nil: nobody
	tls        bool                  // answers who does not speak TLS

	mu   sync.Mutex
	all  int
	from map[netip.Addr]int
}

// Accept gives the next connection that may come in.
func (l *limiter) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		at := addressOf(c.RemoteAddr().String())
		if l.admit != nil && !l.admit(at) || !l.enter(household(at), at) {
			c.Close()
			continue
		}
		return &guest{Conn: c, fresh: l.tls, leave: sync.OnceFunc(func() { l.left(household(at)) })}, nil
	}
}

// household is an address, or the network of one subscriber when there are so many
// addresses in it that anybody can have a new one each time.
func household(at netip.Addr) netip.Addr {
	if at.Is6() && !at.IsPrivate() && !at.IsLinkLocalUnicast() && !at.IsLoopback() {
		if p, err := at.Prefix(64); err == nil {
			return p.Addr()
		}
	}
	return at
}

func (l *limiter) enter(house, at netip.Addr) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.from == nil {
		l.from = map[netip.Addr]int{}
	}
	if l.all >= l.most || l.from[house] >= l.each && (l.exempt == nil || !l.exempt(at)) {
		return false
	}
	l.all++
	l.from[house]++
	return true
}

func (l *limiter) left(house netip.Addr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all--
	if l.from[house]--; l.from[house] <= 0 {
		delete(l.from, house)
	}
}

// A guest is one connection that came in.
type guest struct {
	net.Conn
	fresh bool // nothing was read yet of what should be TLS
	leave func()
}

// Close lets the next one in.
func (g *guest) Close() error {
	g.leave()
	return g.Conn.Close()
}

var errPlain = errors.New("no TLS was spoken")

// Read answers in plain words who asks in plain words, which a browser does when
// somebody leaves out the https.
func (g *guest) Read(b []byte) (int, error) {
	n, err := g.Conn.Read(b)
	if g.fresh && n > 0 {
		g.fresh = false
		if b[0] >= 'A' && b[0] <= 'Z' { // no TLS record begins with a letter
			io.WriteString(g.Conn, plainAnswer)
			return 0, errPlain
		}
	}
	return n, err
}

// plainAnswer says what to do; nobody knows yet in which language.
const plainAnswer = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n" +
	"Content-Type: text/plain; charset=utf-8\r\n\r\n" +
	"This address answers only to https. Write https:// in front of it.\n" +
	"Esta direcci\u00f3n responde solo a https. Escriba https:// al principio.\n"
