package web

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stayput/desk"
)

// A phone in the home network, which trusts one certificate alone.
type phone struct {
	t      *testing.T
	client *http.Client
	base   string
}

// home offers the program to a phone; the home network is this machine.
func (h *house) home(t *testing.T) (Offer, *phone) {
	t.Helper()
	h.site.pairing.addresses = func() []netip.Addr { return []netip.Addr{netip.MustParseAddr("127.0.0.1")} }
	o, err := h.site.OfferToOwner(t.Context(), "en")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.site.EndPairing() })
	return o, newPhone(t, o)
}

func newPhone(t *testing.T, o Offer) *phone {
	jar, _ := cookiejar.New(nil)
	pin := &tls.Config{InsecureSkipVerify: true, VerifyConnection: func(s tls.ConnectionState) error {
		if !slices.Equal(fingerprint(s.PeerCertificates[0].Raw), o.Fingerprint) {
			return errors.New("another certificate")
		}
		return nil
	}}
	return &phone{t, &http.Client{Jar: jar, Transport: &http.Transport{TLSClientConfig: pin}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, o.Address}
}

func (p *phone) send(method, path, body string, header map[string]string) answer {
	p.t.Helper()
	r, err := http.NewRequest(method, p.base+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for k, v := range header {
		r.Header.Set(k, v)
	}
	if v := r.Header.Get("Host"); v != "" {
		r.Host = v
	}
	a, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer a.Body.Close()
	text, _ := io.ReadAll(a.Body)
	return answer{a.StatusCode, a.Header, string(text)}
}

func (p *phone) get(path string) answer { p.t.Helper(); return p.send("GET", path, "", nil) }

func keyOf(o Offer) string { return o.URL[strings.LastIndex(o.URL, "/")+1:] }

// enter goes the way a phone goes.
func (p *phone) enter(o Offer) {
	p.t.Helper()
	p.get("/phone/"+keyOf(o)).is(p.t, 200).says(p.t, "Open Stayput on this phone?")
	p.send("POST", "/phone", "key="+keyOf(o), map[string]string{"Origin": "null", "Sec-Fetch-Site": "same-origin"}).is(p.t, 303)
}

// stranger fails the test when an answer is more than the locked page.
func stranger(t *testing.T, a answer, what string) {
	t.Helper()
	if a.status != http.StatusForbidden || !strings.Contains(a.body, "This page opens only for a phone that was let in") || len(a.body) > 600 ||
		strings.Contains(a.body, "Stayput") || strings.Contains(a.body, "/static/") || strings.ContainsAny(a.body, "0123456789") && strings.Contains(a.body, "?v=") || a.header.Get("Set-Cookie") != "" {
		t.Errorf("%s: %d %v %.700s", what, a.status, a.header, a.body)
	}
}

// A phone comes in with the link, once, and stays in until it is ended.
func TestPair(t *testing.T) {
	h := build(t, "")
	o, p := h.home(t)
	if !strings.HasPrefix(o.URL, "https://127.0.0.1:") || len(o.Fingerprint) != 8 || o.Left > 10*time.Minute || o.Left < 9*time.Minute {
		t.Fatalf("%+v", o)
	}
	stranger(t, p.get("/static/stayput.css"), "the looks before the link")
	// Looking ahead does not use the link up.
	p.get("/phone/"+keyOf(o)).is(t, 200)
	p.get("/static/stayput.css").is(t, 200) // the link's page may have its looks
	p.enter(o)
	a := p.get("/settings").is(t, 200)
	u, _ := url.Parse(o.Address)
	cookies := p.client.Jar.Cookies(u)
	if len(cookies) != 1 || cookies[0].Name != "__Host-stayput" {
		t.Errorf("cookies %v", cookies)
	}
	if a.header.Get("X-Frame-Options") != "DENY" || a.header.Get("Content-Security-Policy") != policy {
		t.Errorf("guards are missing: %v", a.header)
	}
	p.get("/pair").is(t, 404) // only the computer lets phones in
	p.send("POST", "/pair", "", nil).is(t, 404)

	// The link is used up.
	other := newPhone(t, o)
	stranger(t, other.get("/phone/"+keyOf(o)), "a used link")
	stranger(t, other.send("POST", "/phone", "key="+keyOf(o), nil), "a used key")
	// The owner of the phone may open it again.
	p.get("/phone/"+keyOf(o)).is(t, 303)
	p.send("POST", "/phone", "key="+keyOf(o), nil).is(t, 303)

	// The device can be ended, and the next request gets nothing, nor does its cookie.
	owner, _, err := h.site.desk.Owner(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	who := desk.Me{Space: owner.Space, Person: owner.Person.ID, Proved: time.Now()}
	devices, err := h.site.desk.Devices(t.Context(), who)
	if err != nil || len(devices) != 1 {
		t.Fatalf("%v, %v", devices, err)
	}
	if err := h.site.desk.EndDevice(t.Context(), who, devices[0].ID); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/settings", "/cases", "/static/none", "/healthz"} {
		if a := p.get(path); a.status == 200 {
			t.Errorf("%s after the end gave %d", path, a.status)
		}
	}
	a = other.send("GET", "/settings", "", map[string]string{"Cookie": "__Host-stayput=" + cookies[0].Value})
	stranger(t, a, "a replayed cookie")
}

// A stranger gets the same page, whatever is asked.
func TestStranger(t *testing.T) {
	h := build(t, "")
	o, _ := h.home(t)
	p := newPhone(t, o)
	for _, path := range []string{"/", "/healthz", "/settings", "/cases", "/nowhere", "/static/stayput.css", "/enter", h.site.NewLink(), "/phone/", "/phone/x", "/phone/" + strings.Repeat("A", 22), "/phone/" + keyOf(o) + "x", "/sign-in", "/sign-up", "/join/x", "/welcome/x", "/help", "/favicon.ico"} {
		stranger(t, p.get(path), path)
	}
	for _, path := range []string{"/language", "/phone", "/pair", "/pair/end", "/control/pair", "/control/link", "/sign-in"} {
		stranger(t, p.send("POST", path, "key=x&lang=es", nil), path)
	}
	stranger(t, p.send("PUT", "/drafts/x", "x", nil), "a draft")
	stranger(t, p.send("POST", "/phone", strings.Repeat("x", 2<<20), nil), "a large form")
	if a := p.send("GET", "/", "", map[string]string{"Accept-Language": "es-MX"}); !strings.Contains(a.body, "Cerrado") {
		t.Errorf("in Spanish: %s", a.body)
	}
	for _, host := range []string{"evil.example", "localhost", "127.0.0.1", "192.168.1.1:7848"} {
		if a := p.send("GET", "/phone/"+keyOf(o), "", map[string]string{"Host": host}); a.status != http.StatusMisdirectedRequest || strings.Contains(a.body, "Stayput") {
			t.Errorf("%s gave %d", host, a.status)
		}
	}
	for _, forged := range []map[string]string{{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}} {
		stranger(t, p.send("POST", "/phone", "key=x", forged), "a forged form")
		stranger(t, p.send("POST", "/settings", "x=y", forged), "a forged form")
	}
	// Another site's page cannot use a link up or in.
	if a := p.send("POST", "/phone", "key="+keyOf(o), map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}); a.status != http.StatusForbidden || a.header.Get("Set-Cookie") != "" {
		t.Errorf("a forged form gave %d", a.status)
	}
	p.enter(o)
}

// A link ends after ten minutes, and a new one of the same person takes its place.
func TestPairTime(t *testing.T) {
	h := build(t, "")
	now := time.Now()
	h.now = func() time.Time { return now }
	o, p := h.home(t)
	second, _ := h.home(t)
	stranger(t, p.get("/phone/"+keyOf(o)), "a link that was replaced")
	now = now.Add(pairTime + time.Second)
	stranger(t, p.get("/phone/"+keyOf(second)), "an old link")
	stranger(t, p.send("POST", "/phone", "key="+keyOf(second), nil), "an old key")
	stranger(t, p.get("/static/stayput.css"), "the looks of an old link")
	// Two at once: one comes in.
	third, p := h.home(t)
	won := make(chan int, 8)
	for range 8 {
		go func() {
			other := newPhone(t, third)
			won <- other.send("POST", "/phone", "key="+keyOf(third), nil).status
		}()
	}
	in := 0
	for range 8 {
		if <-won == http.StatusSeeOther {
			in++
		}
	}
	if in != 1 {
		t.Errorf("%d phones came in with one link", in)
	}
	_ = p
}

// The page offers, shows the code, and ends; the computer's own way in stays.
func TestPairPage(t *testing.T) {
	h := build(t, "").enter()
	h.site.pairing.addresses = func() []netip.Addr { return nil }
	h.get("/pair").is(t, 200).says(t, "same Wi-Fi", "Show the code for my phone")
	h.post("/pair", nil).is(t, http.StatusServiceUnavailable).says(t, "no address in a home network")
	h.site.pairing.addresses = func() []netip.Addr { return []netip.Addr{netip.MustParseAddr("127.0.0.1")} }
	h.post("/pair", nil).is(t, 303)
	o, waits, open := h.site.offered(desk.Who{})
	if waits || !open || o.URL != "" {
		t.Errorf("a link of one person is shown to another: %+v", o)
	}
	a := h.get("/pair").is(t, 200).says(t, "<svg", "https://127.0.0.1:", "SHA-256", o.Fingerprint[0], o.Fingerprint[7])
	i := strings.Index(a.body, "/phone/")
	key := a.body[i+7 : i+29]
	p := newPhone(t, o)
	p.enter(Offer{URL: o.Address + "/phone/" + key})
	h.get("/pair").is(t, 200).says(t, "No link is waiting")
	p.get("/settings").is(t, 200)
	h.post("/pair/end", nil).is(t, 303)
	if _, err := p.client.Get(o.Address); err == nil {
		t.Error("the phone still reaches the computer")
	}
	h.get("/pair").is(t, 200).says(t, "Show the code for my phone")
	h.get("/settings").is(t, 200)
	// Opened anew, the phone that was in is in.
	h.post("/pair", nil).is(t, 303)
	if again, _, _ := h.site.offered(desk.Who{}); again.Address == o.Address {
		p.get("/settings").is(t, 200)
	}
	if strings.Contains(h.log.String(), key) {
		t.Error("the log holds a key")
	}
}

// Somebody whose role ended meanwhile lets nobody in.
func TestPairEndedRole(t *testing.T) {
	h := build(t, "")
	o, p := h.home(t)
	err := h.store.Write(t.Context(), func(tx desk.Tx) error {
		spaces, err := tx.Spaces()
		if err != nil {
			return err
		}
		members, err := tx.Items(spaces[0].ID, "member", "")
		if err != nil {
			return err
		}
		for _, m := range members {
			if err := tx.DropItem(spaces[0].ID, "member", m.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if a := p.send("POST", "/phone", "key="+keyOf(o), nil); a.status == http.StatusSeeOther || a.header.Get("Set-Cookie") != "" {
		t.Errorf("it gave %d", a.status)
	}
	stranger(t, p.get("/"), "afterwards")
}

// The certificate is made once, is for its owner alone, and is made anew when it
// must be.
func TestHomeCertificate(t *testing.T) {
	folder, now := t.TempDir(), time.Now()
	wifi, ula := netip.MustParseAddr("192.168.1.20"), netip.MustParseAddr("fd00::7")
	first, mark, err := homeCertificate(folder, []netip.Addr{wifi, ula}, now)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(folder, homeFile)
	if i, err := os.Stat(name); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", i.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, ".pair-*")); len(left) > 0 {
		t.Errorf("%v were left", left)
	}
	c := first.Leaf
	if c.PublicKeyAlgorithm != x509.ECDSA || c.VerifyHostname("192.168.1.20") != nil || c.VerifyHostname("fd00::7") != nil || c.IsCA ||
		c.NotAfter.Sub(c.NotBefore) > 398*24*time.Hour || strings.Contains(strings.ToLower(c.Subject.String()), "stayput") {
		t.Errorf("%+v", c)
	}
	sum := sha256.Sum256(c.Raw)
	if strings.ReplaceAll(strings.Join(mark, ""), " ", "") != strings.ToUpper(hexOf(sum[:])) || len(mark[0]) != 11 {
		t.Errorf("fingerprint %v", mark)
	}
	same := func(addresses []netip.Addr, at time.Time) bool {
		t.Helper()
		_, again, err := homeCertificate(folder, addresses, at)
		if err != nil {
			t.Fatal(err)
		}
		return slices.Equal(mark, again)
	}
	if !same([]netip.Addr{wifi}, now.Add(300*24*time.Hour)) {
		t.Error("it was made anew without need")
	}
	for what, spoil := range map[string]func() bool{
		"near its end":     func() bool { return same([]netip.Addr{wifi}, now.Add(homeTime-homeSoon+time.Hour)) },
		"another address":  func() bool { return same([]netip.Addr{netip.MustParseAddr("192.168.1.21")}, now) },
		"open to others":   func() bool { os.Chmod(name, 0o640); return same([]netip.Addr{wifi}, now) },
		"cut off":          func() bool { os.Truncate(name, 100); return same([]netip.Addr{wifi}, now) },
		"a clock set back": func() bool { return same([]netip.Addr{wifi}, now.Add(-48*time.Hour)) },
	} {
		if _, mark, err = homeCertificate(folder, []netip.Addr{wifi}, now); err != nil {
			t.Fatal(err)
		}
		if spoil() {
			t.Errorf("%s: the old one is served", what)
		}
		os.Remove(name)
	}
	if _, _, err := homeCertificate(filepath.Join(folder, "none"), []netip.Addr{wifi}, now); err == nil {
		t.Error("a certificate that cannot be kept is no trouble")
	}
}

func hexOf(b []byte) string {
	const digits = "0123456789abcdef"
	var s strings.Builder
	for _, c := range b {
		s.WriteByte(digits[c>>4])
		s.WriteByte(digits[c&15])
	}
	return s.String()
}

// When the usual port is taken at one address, all are listened at on another.
func TestListenHome(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:7848")
	if err == nil {
		defer taken.Close() // else another program has it, which is as good
	}
	all := []netip.Addr{netip.MustParseAddr("127.0.0.2"), netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("203.0.113.77")}
	listeners, at, port, err := listenHome(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range listeners {
		defer l.Close()
		if p := l.Addr().(*net.TCPAddr).Port; p != port || p == pairPort {
			t.Errorf("it listens at %s, not at port %d", l.Addr(), port)
		}
	}
	if !slices.Equal(at, all[:2]) { // the third is not this machine's
		t.Errorf("it listens at %v", at)
	}
	if _, _, _, err := listenHome(t.Context(), all[2:]); err == nil {
		t.Error("it listens at an address that is not its own")
	}
}

// No public address is ever listened at, and nobody from one comes in.
func TestHomeAddresses(t *testing.T) {
	parse := func(texts ...string) (out []netip.Addr) {
		for _, s := range texts {
			out = append(out, netip.MustParseAddr(s))
		}
		return out
	}
	got := likeliest(parse("203.0.113.5", "169.254.3.4", "fd12::3", "10.8.0.2", "2001:db8::5", "fe80::1", "192.168.1.7", "100.64.1.1", "127.0.0.1", "0.0.0.0"), netip.MustParseAddr("192.168.1.7"))
	if !slices.Equal(got, parse("192.168.1.7", "10.8.0.2", "fd12::3", "169.254.3.4")) {
		t.Error(got)
	}
	for _, a := range parse("203.0.113.5", "2001:db8::5", "100.64.1.1", "8.8.8.8") {
		if isHome(a) {
			t.Errorf("%s is let in", a)
		}
	}
	if isHome(netip.Addr{}) {
		t.Error("an unknown address is let in")
	}
	for _, a := range homeAddresses() {
		if !a.IsPrivate() && !a.IsLinkLocalUnicast() {
			t.Errorf("%s would be listened at", a)
		}
	}
}
