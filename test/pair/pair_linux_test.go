package pair

import (
	"bytes"
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"stayput/test/trouble"
)

// screen is what the program prints.
type screen struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// waitFor waits until the screen shows something.
func (s *screen) waitFor(t *testing.T, re string) []string {
	t.Helper()
	r := regexp.MustCompile(re)
	for range 400 {
		if m := r.FindStringSubmatch(s.String()); m != nil {
			return m
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("the screen never showed %s:\n%s", re, s)
	return nil
}

// A shown is what a person reads from the laptop's screen.
type shown struct {
	link, key, address string // https://…/phone/KEY
	mark               string // the fingerprint, without spaces
}

var (
	linkLine  = regexp.MustCompile(`(https://[^\s/]+)/phone/(\S+)`)
	groupLine = regexp.MustCompile(`(?m)^ +((?:[0-9A-F]{2} ){3}[0-9A-F]{2}) +((?:[0-9A-F]{2} ){3}[0-9A-F]{2})$`)
)

func read(t *testing.T, text string) shown {
	t.Helper()
	m := linkLine.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no link on the screen:\n%s", text)
	}
	s := shown{m[0], m[2], m[1], ""}
	for _, g := range groupLine.FindAllStringSubmatch(text, -1) {
		s.mark += strings.ReplaceAll(g[1]+g[2], " ", "")
	}
	if len(s.mark) != 64 {
		t.Fatalf("no whole fingerprint on the screen:\n%s", text)
	}
	return s
}

var errPin = errors.New("the certificate is another than the one on the screen")

// browser is a browser on one of the machines. With a mark it goes on only when the
// certificate has that fingerprint, as a careful person does.
func browser(machine, base, mark string) *trouble.Browser {
	jar, _ := cookiejar.New(nil)
	pin := &tls.Config{InsecureSkipVerify: true, VerifyConnection: func(s tls.ConnectionState) error {
		if mark != "" && fmt.Sprintf("%X", sha256.Sum256(s.PeerCertificates[0].Raw)) != mark {
			return errPin
		}
		return nil
	}}
	return &trouble.Browser{Base: base, Client: &http.Client{
		Jar: jar, Timeout: 20 * time.Second,
		Transport:     &http.Transport{DialContext: dialer(machine), TLSClientConfig: pin, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// reaches reports that a machine can connect to an address.
func reaches(t *testing.T, machine, address string) bool {
	t.Helper()
	c, err := dialer(machine)(t.Context(), "tcp", address)
	if err == nil {
		c.Close()
	}
	return err == nil
}

// A phone on the home network comes in, reads, writes and is ended; a stranger there
// gets nothing but the locked page.
func TestPair(t *testing.T) {
	connect(t)
	folder := t.TempDir()
	program, out := on("laptop", "pair", "--data", folder), &screen{}
	program.Stdout, program.Stderr = out, out
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- program.Wait() }()
	t.Cleanup(func() { program.Process.Kill() })
	local := out.waitFor(t, `(http://localhost:(\d+))/enter\?key=\S+`)
	out.waitFor(t, `press Ctrl-C`)
	at := read(t, out.String())
	port := at.address[strings.LastIndex(at.address, ":")+1:]
	if at.address != "https://"+laptopAt+":"+port {
		t.Errorf("the phone is sent to %s", at.address)
	}

	// The person at the laptop, by the one-time link.
	laptop := browser("laptop", local[1], "")
	must(t, laptop, "GET", strings.TrimPrefix(local[0], local[1]), nil, http.StatusSeeOther)
	home, err := laptop.OpenCase("Sample Child Rosalind")
	if err != nil {
		t.Fatal(err)
	}

	// Who is where: only private addresses, and never the laptop's own way in.
	for _, c := range []struct {
		machine, address string
		want             bool
	}{
		{"phone", net.JoinHostPort(laptopAt, port), true},
		{"phone", net.JoinHostPort(laptopV6, port), true},
		{"stranger", net.JoinHostPort(publicAt, port), false},
		{"laptop", net.JoinHostPort(publicAt, port), false},
		{"laptop", net.JoinHostPort("127.0.0.1", port), false},
		{"phone", net.JoinHostPort(laptopAt, local[2]), false},
		{"stranger", net.JoinHostPort(publicAt, local[2]), false},
		{"laptop", net.JoinHostPort("127.0.0.1", local[2]), true},
	} {
		if got := reaches(t, c.machine, c.address); got != c.want {
			t.Errorf("%s reaches %s: %v", c.machine, c.address, got)
		}
	}

	words := secrets(home)
	stranger := browser("stranger", at.address, "")
	nothing(t, "before", stranger, words)

	// A machine in between is seen by its fingerprint.
	between(t, at)

	// The phone.
	phone := browser("phone", at.address, at.mark)
	phone.Client.Transport.(*http.Transport).TLSClientConfig.ServerName = laptopAt
	must(t, phone, "GET", "/phone/"+at.key, nil, http.StatusOK)
	must(t, phone, "POST", "/phone", url.Values{"key": {at.key}}, http.StatusSeeOther)
	today := must(t, phone, "GET", "/", nil, http.StatusOK)
	if !strings.Contains(today.Body, "Rosalind") {
		t.Errorf("Today on the phone: %s", trouble.Plain(today.Body))
	}
	if a, err := phone.PostParts(t.Context(), home+"/add?any=1", trouble.EntryForm(trouble.NewName(), "Written down on the phone: the school called.")); err != nil || a.Status != http.StatusSeeOther {
		t.Fatalf("the entry from the phone: %+v, %v", a, err)
	}
	if a := must(t, laptop, "GET", home+"/record", nil, http.StatusOK); !strings.Contains(a.Body, "Written down on the phone") {
		t.Errorf("the laptop does not show what the phone wrote: %s", trouble.Plain(a.Body))
	}

	// The link was used: neither the stranger nor anybody else comes in with it.
	if a := must(t, stranger, "GET", "/phone/"+at.key, nil, http.StatusForbidden); leaks(a, words) != "" {
		t.Errorf("a used link gave away %s", leaks(a, words))
	}
	if a := must(t, stranger, "POST", "/phone", url.Values{"key": {at.key}}, http.StatusForbidden); a.Header.Get("Set-Cookie") != "" {
		t.Error("a used key gave a cookie")
	}
	nothing(t, "with the phone in", stranger, words)

	// The person ends the phone on the Devices page.
	devices := must(t, laptop, "GET", "/devices", nil, http.StatusOK)
	m := regexp.MustCompile(`action="(/devices/[^"/]+/end)"`).FindStringSubmatch(devices.Body)
	if m == nil {
		t.Fatalf("the phone is not on the Devices page: %s", trouble.Plain(devices.Body))
	}
	must(t, laptop, "POST", m[1], url.Values{}, http.StatusSeeOther)
	for _, path := range []string{"/", home, home + "/record", "/settings", "/devices"} {
		if a := must(t, phone, "GET", path, nil, http.StatusForbidden); leaks(a, words) != "" {
			t.Errorf("%s gave the ended phone %s", path, leaks(a, words))
		}
	}
	if a, err := phone.PostParts(t.Context(), home+"/add?any=1", trouble.EntryForm(trouble.NewName(), "Too late.")); err != nil || a.Status != http.StatusForbidden {
		t.Errorf("the ended phone still writes: %v, %v", a, err)
	}

	// Its cookie is worth nothing, wherever it is sent from and to.
	where, _ := url.Parse(at.address)
	cookies := phone.Client.Jar.Cookies(where)
	if len(cookies) == 0 {
		t.Fatal("the phone has no cookie")
	}
	for _, c := range []struct{ machine, base string }{{"stranger", at.address}, {"phone", at.address}, {"laptop", local[1]}} {
		b := browser(c.machine, c.base, "")
		for _, k := range cookies {
			for _, name := range []string{k.Name, strings.TrimPrefix(k.Name, "__Host-")} {
				r, _ := http.NewRequest("GET", c.base+home, nil)
				r.AddCookie(&http.Cookie{Name: name, Value: k.Value})
				if a, err := b.Do(r); err != nil || a.Status == http.StatusOK || leaks(a, words[:2]) != "" {
					t.Errorf("from the %s a replayed cookie gave %+v, %v", c.machine, a, err)
				}
			}
		}
	}

	// A second phone, by a second command beside the first; then the end.
	said, err := on("laptop", "pair", "--data", folder).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	second := read(t, string(said))
	if second.mark != at.mark || second.key == at.key || second.address != at.address {
		t.Errorf("the second offer is %+v after %+v", second, at)
	}
	other := browser("phone", second.address, second.mark)
	must(t, other, "POST", "/phone", url.Values{"key": {second.key}}, http.StatusSeeOther)
	must(t, other, "GET", home, nil, http.StatusOK)
	if said, err := on("laptop", "pair", "--end", "--data", folder).CombinedOutput(); err != nil || !bytes.Contains(said, []byte("cannot reach")) {
		t.Errorf("%v\n%s", err, said)
	}
	for _, machine := range []string{"phone", "stranger"} {
		if reaches(t, machine, net.JoinHostPort(laptopAt, port)) {
			t.Errorf("after the end the %s still reaches the laptop", machine)
		}
	}
	must(t, laptop, "GET", home, nil, http.StatusOK)

	// Told to stop, it stops well and leaves one file for the next time.
	program.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("it ended with %v\n%s", err, out)
		}
	case <-time.After(20 * time.Second):
		t.Error("it does not stop")
	}
	if i, err := os.Stat(filepath.Join(folder, "pair.pem")); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("the key: %v", err)
	}
}

// must sends a request and fails the test when the answer is another.
func must(t *testing.T, b *trouble.Browser, method, path string, form url.Values, status int) *trouble.Answer {
	t.Helper()
	var a *trouble.Answer
	var err error
	if method == "POST" {
		a, err = b.Post(path, form)
	} else {
		a, err = b.Get(path)
	}
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	if a.Status != status {
		t.Fatalf("%s %s gave %d: %s", method, path, a.Status, trouble.Plain(a.Body))
	}
	return a
}

// secrets are what no stranger may read: whose record it is, what the program is,
// its version.
func secrets(home string) []string {
	return []string{"Rosalind", "Sample", strings.TrimPrefix(home, "/cases/"), "Stayput", "stayput", "9.8.7", "/static/"}
}

func leaks(a *trouble.Answer, words []string) string {
	for _, w := range words {
		if strings.Contains(a.Body, w) || strings.Contains(fmt.Sprint(a.Header), w) {
			return w
		}
	}
	return ""
}

// nothing fails the test when a stranger gets more than one and the same page.
func nothing(t *testing.T, when string, b *trouble.Browser, words []string) {
	t.Helper()
	first := ""
	check := func(what string, a *trouble.Answer, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %s: %v", when, what, err)
			return
		}
		if a.Status != http.StatusForbidden || leaks(a, words) != "" || a.Header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %s gave %d, %q: %s", when, what, a.Status, leaks(a, words), a.Body)
		}
		if first == "" {
			first = a.Body
		}
		if a.Body != first {
			t.Errorf("%s: %s gave another page: %s", when, what, a.Body)
		}
	}
	for _, path := range []string{"/", "/cases", words[2], "/cases/" + words[2], "/settings", "/devices", "/pair", "/healthz", "/static/stayput.css", "/nowhere", "/phone/guess", "/enter?key=guess", "/sign-in", "/sign-up", "/help", "/search?q=Rosalind"} {
		if !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		a, err := b.Get(path)
		check(path, a, err)
	}
	for _, path := range []string{"/phone", "/pair", "/pair/end", "/sign-in", "/language", "/control/pair", "/control/link", "/cases/sample"} {
		a, err := b.Post(path, url.Values{"key": {"guess"}, "lang": {"es"}})
		check("POST "+path, a, err)
	}
	// Wrong names lead nowhere.
	for _, host := range []string{"evil.example", "localhost", laptopAt, "stayput.local:7848"} {
		r, _ := http.NewRequest("GET", b.Base+"/", nil)
		r.Host = host
		if a, err := b.Do(r); err != nil || a.Status != http.StatusMisdirectedRequest || leaks(a, words) != "" {
			t.Errorf("%s: host %s gave %v, %v", when, host, a, err)
		}
	}
	// Without TLS there is a hint and no more.
	plain := browser("stranger", strings.Replace(b.Base, "https://", "http://", 1), "")
	if a, err := plain.Get("/"); err != nil || a.Status != http.StatusBadRequest || leaks(a, words) != "" || !strings.Contains(a.Body, "https://") {
		t.Errorf("%s: without TLS %v, %v", when, a, err)
	}
}

// between puts a machine of somebody else's in the laptop's place, for a phone that
// compares fingerprints.
func between(t *testing.T, at shown) {
	t.Helper()
	u, _ := url.Parse(at.address)
	if _, err := netip.ParseAddrPort(u.Host); err != nil {
		t.Fatal(err)
	}
	wrong := browser("phone", at.address, strings.Repeat("0", 64))
	_, err := wrong.Get("/phone/" + at.key)
	if !errors.Is(err, errPin) {
		t.Errorf("another certificate was taken: %v", err)
	}
}
