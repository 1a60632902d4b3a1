package web

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// limited is a limiter on a free port, whose connections are handed on.
func limited(t *testing.T, l *limiter) (address string, come <-chan net.Conn) {
	t.Helper()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Listener = inner
	out := make(chan net.Conn, 100)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			out <- c
		}
	}()
	t.Cleanup(func() { inner.Close() })
	return inner.Addr().String(), out
}

// hungUp reports that the other end closes.
func hungUp(t *testing.T, c net.Conn) bool {
	t.Helper()
	c.SetReadDeadline(time.Now().Add(300 * time.Millisecond))
	_, err := c.Read(make([]byte, 1))
	return err != nil && !isTimeout(err)
}

func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// Who is too many is hung up on, and comes in when another leaves.
func TestLimit(t *testing.T) {
	address, come := limited(t, &limiter{most: 10, each: 2})
	first, second := dial(t, address), dial(t, address)
	one, two := <-come, <-come
	if hungUp(t, first) || hungUp(t, second) {
		t.Fatal("who may come in was hung up on")
	}
	if !hungUp(t, dial(t, address)) {
		t.Error("a third of one address came in")
	}
	one.Close()
	one.Close() // counts once
	if third := dial(t, address); hungUp(t, third) {
		t.Error("nobody came in after one left")
	}
	if !hungUp(t, dial(t, address)) {
		t.Error("closing twice made room for two")
	}
	two.Close()

	address, _ = limited(t, &limiter{most: 2, each: 1, exempt: func(netip.Addr) bool { return true }})
	for range 2 {
		if hungUp(t, dial(t, address)) {
			t.Error("a proxy was held to what one person may")
		}
	}
	if !hungUp(t, dial(t, address)) {
		t.Error("more than all came in")
	}
	address, _ = limited(t, &limiter{most: 2, each: 2, admit: func(netip.Addr) bool { return false }})
	if !hungUp(t, dial(t, address)) {
		t.Error("who is not admitted came in")
	}
}

// Addresses of one subscriber count together.
func TestHousehold(t *testing.T) {
	for in, want := range map[string]string{
		"203.0.113.9": "203.0.113.9", "2001:db8:1:2:aaaa::1": "2001:db8:1:2::", "2001:db8:1:2:bbbb::9": "2001:db8:1:2::",
		"fd00::7": "fd00::7", "fe80::7": "fe80::7", "::1": "::1",
	} {
		if got := household(netip.MustParseAddr(in)); got != netip.MustParseAddr(want) {
			t.Errorf("%s counts as %s", in, got)
		}
	}
}

// Whoever speaks no TLS is told to, whatever was asked for, and gets nothing else.
func TestPlainOnTLS(t *testing.T) {
	cert, _, err := homeCertificate("", []netip.Addr{netip.MustParseAddr("127.0.0.1")}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := tls.NewListener(&limiter{Listener: inner, most: 9, each: 9, tls: true}, modernTLS(func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return cert, nil }))
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "inside") }), ReadHeaderTimeout: time.Second}
	go server.Serve(l)
	defer server.Close()
	for _, ask := range []string{"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "POST /sign-in HTTP/1.0\r\n\r\n", "CONNECT evil.example:443 HTTP/1.1\r\n\r\n"} {
		c := dial(t, inner.Addr().String())
		io.WriteString(c, ask)
		c.SetReadDeadline(time.Now().Add(3 * time.Second))
		a, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatalf("%q: %v", ask, err)
		}
		text, _ := io.ReadAll(a.Body)
		if a.StatusCode != 400 || !strings.Contains(string(text), "https://") || !strings.Contains(string(text), "direcci\u00f3n") || strings.Contains(string(text), "inside") || a.Header.Get("Location") != "" {
			t.Errorf("%q gave %d %s", ask, a.StatusCode, text)
		}
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS11}}}
	if _, err := client.Get("https://" + inner.Addr().String()); err == nil {
		t.Error("TLS 1.1 was spoken")
	}
	client = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS12}}}
	a, err := client.Get("https://" + inner.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	a.Body.Close()
	// Who connects and says nothing is given up.
	c := dial(t, inner.Addr().String())
	c.SetReadDeadline(time.Now().Add(5 * time.Second))
	if _, err := c.Read(make([]byte, 1)); err == nil || isTimeout(err) {
		t.Errorf("a silent connection stays: %v", err)
	}
}

// A body that no handler reads does not keep a connection open.
func TestSlowUnreadBody(t *testing.T) {
	h := build(t, "")
	h.site.patience = 300 * time.Millisecond
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := h.site.server(h.site.own)
	h.site.hosts[l.Addr().String()] = true
	go server.Serve(l)
	defer server.Close()
	for _, path := range []string{"/", "/settings", "/nowhere"} {
		c := dial(t, l.Addr().String())
		io.WriteString(c, "POST "+path+" HTTP/1.1\r\nHost: "+l.Addr().String()+"\r\nContent-Length: 100\r\n\r\nx")
		c.SetReadDeadline(time.Now().Add(5 * time.Second))
		if _, err := io.ReadAll(c); isTimeout(err) {
			t.Errorf("%s waits for a body that nobody reads", path)
		}
	}
}
