package cli

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"time"

	"stayput/fault"
	"stayput/present/web"
)

// beyond is how a program is offered to other machines: with TLS of its own or
// behind a proxy that speaks it.
type beyond struct {
	Listen      string   `help:"Where to listen. Other machines are served only with TLS, or behind a proxy." default:"localhost:7847" placeholder:"HOST:PORT"`
	TLSCert     string   `name:"tls-cert" help:"File with the certificate and those above it, in PEM form; read again when it changes." type:"path" placeholder:"FILE"`
	TLSKey      string   `name:"tls-key" help:"File with the certificate's key; only its owner may be able to read it." type:"path" placeholder:"FILE"`
	BehindProxy bool     `help:"A proxy in front of the program speaks TLS."`
	TrustProxy  []string `help:"The proxy's addresses, whose X-Forwarded-For is believed; this machine itself when left out." placeholder:"CIDR"`
	Public      string   `help:"The address that people open: https://name or https://name:port." placeholder:"URL"`
}

// A outside is a door for other machines that is ready to be opened.
type outside struct {
	door     *web.Door
	tls      *tls.Config // nil: a proxy speaks it
	listener net.Listener
}

// plain reports that nothing was said of other machines.
func (b *beyond) plain() bool {
	return b.TLSCert == "" && b.TLSKey == "" && !b.BehindProxy && len(b.TrustProxy) == 0 && b.Public == ""
}

// check looks whether what was given fits together, before anything is opened. The
// door is nil when only this machine is served.
func (b *beyond) check() (*web.Door, error) {
	wrong := func(flag, key string, pairs ...string) (*web.Door, error) {
		return nil, fault.New(fault.Invalid, fault.Position{File: flag}, key, pairs...)
	}
	host, _, err := splitListen(b.Listen)
	if err != nil {
		return nil, err
	}
	if b.plain() {
		if isOwnHost(host) {
			return nil, nil
		}
		return wrong("--listen", "cli.listen_outside", "got", b.Listen)
	}
	if host != "" && host != "localhost" && net.ParseIP(host) == nil {
		return wrong("--listen", "network.listen_name", "got", b.Listen)
	}
	switch {
	case (b.TLSCert == "") != (b.TLSKey == ""):
		return wrong("--tls-cert", "network.tls_half")
	case b.TLSCert != "" && b.BehindProxy:
		return wrong("--behind-proxy", "network.tls_twice")
	case b.TLSCert == "" && !b.BehindProxy:
		return wrong("--listen", "network.tls_none")
	case len(b.TrustProxy) > 0 && !b.BehindProxy:
		return wrong("--trust-proxy", "network.trust_alone")
	case b.Public == "":
		return wrong("--public", "network.public_none")
	}
	trust, err := b.trusted()
	if err != nil {
		return nil, err
	}
	door, ok := web.PublicDoor(b.Public)
	if b.BehindProxy {
		door, ok = web.ProxiedDoor(b.Public, trust)
	}
	if !ok {
		return wrong("--public", "network.public_form", "got", b.Public)
	}
	return door, nil
}

// listenBeside opens the doorway of this machine itself at another port than that
// of the others.
func (b *beyond) listenBeside() (doorway, error) {
	if _, port, err := splitListen(b.Listen); err != nil || port == usualPort {
		return listenBoth(0)
	}
	return listenUsual()
}

// trusted are the proxy's addresses.
func (b *beyond) trusted() (out []netip.Prefix, err error) {
	if len(b.TrustProxy) == 0 {
		return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}, nil
	}
	for _, text := range b.TrustProxy {
		text = strings.TrimSpace(text)
		p, err := netip.ParsePrefix(text)
		if err != nil {
			a, e := netip.ParseAddr(text)
			if e != nil {
				return nil, fault.New(fault.Invalid, fault.Position{File: "--trust-proxy"}, "network.trust_form", "got", text)
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		if p.Bits() == 0 {
			return nil, fault.New(fault.Invalid, fault.Position{File: "--trust-proxy"}, "network.trust_all", "got", text)
		}
		out = append(out, p.Masked())
	}
	return out, nil
}

// open opens the door for other machines. It stays shut until somebody can sign in:
// an open program without an owner would be anybody's.
func (b *beyond) open(ctx context.Context, door *web.Door, owned func(context.Context) (bool, error), log *slog.Logger, now func() time.Time) (*outside, error) {
	has, err := owned(ctx)
	if err != nil {
		return nil, err
	}
	if !has {
		return nil, fault.New(fault.Unavailable, fault.Position{File: "--listen"}, "network.no_owner")
	}
	o := &outside{door: door}
	if b.TLSCert != "" {
		if o.tls, err = web.TLSFiles(b.TLSCert, b.TLSKey, door, log, now); err != nil {
			return nil, err
		}
	}
	if o.listener, err = net.Listen("tcp", b.Listen); err != nil {
		return nil, unheard(b.Listen, err)
	}
	return o, nil
}
