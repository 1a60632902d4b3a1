package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"stayput/desk"
	"stayput/people"
	"stayput/people/credential"
)

const phrase = "lluvia sobre tejas rojas"

var (
	secretField = regexp.MustCompile(`name="secret" value="([A-Z2-7]+)"`)
	codeLine    = regexp.MustCompile(`<li><code>([a-z0-9-]{27})</code></li>`)
)

// A member is somebody with an account, for tests.
type member struct {
	login, secret string
	codes         []string
}

// makeOwner makes the account of the person of this machine, in her browser.
func (h *house) makeOwner(login string) member {
	h.t.Helper()
	h.enter()
	page := h.get("/account").is(h.t, http.StatusOK).says(h.t, "Authenticator app", "<svg")
	m := member{login: login, secret: secretField.FindStringSubmatch(page.body)[1]}
	a := h.post("/account/new", url.Values{"login": {login}, "passphrase": {phrase}, "secret": {m.secret}, "code": {credential.Code(m.secret, time.Now())}, "next": {"/account"}}).is(h.t, http.StatusSeeOther)
	codes := h.get(a.header.Get("Location")).is(h.t, http.StatusOK)
	if got := codes.header.Get("Cache-Control"); got != "no-store" {
		h.t.Errorf("the codes may be kept: %s", got)
	}
	for _, c := range codeLine.FindAllStringSubmatch(codes.body, -1) {
		m.codes = append(m.codes, c[1])
	}
	if len(m.codes) != credential.Codes {
		h.t.Fatalf("%d codes were shown", len(m.codes))
	}
	h.get(a.header.Get("Location")).is(h.t, http.StatusNotFound) // once
	return m
}

// signIn signs in with a recovery code beside the passphrase: the app's code works
// once in half a minute, and tests do not wait.
func (h *house) signIn(m *member, next string) answer {
	h.t.Helper()
	code := m.codes[0]
	m.codes = m.codes[1:]
	return h.post("/sign-in", url.Values{"login": {m.login}, "passphrase": {phrase}, "code": {code}, "next": {next}})
}

func (h *house) cookie(name string) string {
	u, _ := url.Parse(h.server.URL)
	for _, c := range h.client.Jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

func (h *house) plant(name, value string) {
	u, _ := url.Parse(h.server.URL)
	h.client.Jar.SetCookies(u, []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

// The parent makes an account on her computer and signs in from elsewhere.
func TestSignInWhole(t *testing.T) {
	h := build(t, "")
	h.get("/sign-in").is(t, http.StatusForbidden) // nobody can
	m := h.makeOwner("ana@example.org")
	h.get("/account").is(t, http.StatusOK).says(t, "You sign in as ana@example.org", "You have 10 codes left")

	h.client = h.browser()
	a := h.get("/cases?closed=1").is(t, http.StatusSeeOther)
	if got := a.header.Get("Location"); got != "/sign-in?next=%2Fcases%3Fclosed%3D1" {
		t.Errorf("who has not entered is sent to %s", got)
	}
	for _, path := range []string{"/cases/nosuch", "/no/such/place"} { // as if it were there
		h.get(path).is(t, http.StatusSeeOther)
	}
	h.get(a.header.Get("Location")).is(t, http.StatusOK).says(t, `autocomplete="username"`, `autocomplete="current-password"`, `autocomplete="one-time-code"`, `value="/cases?closed=1"`)
	wrongs := map[string]string{}
	for what, v := range map[string]url.Values{
		"nobody":     {"login": {"eva@example.org"}, "passphrase": {phrase}, "code": {"123456"}},
		"passphrase": {"login": {m.login}, "passphrase": {"another one"}, "code": {m.codes[0]}},
		"code":       {"login": {m.login}, "passphrase": {phrase}, "code": {"123456"}},
		"replay":     {"login": {m.login}, "passphrase": {phrase}, "code": {credential.Code(m.secret, time.Now())}}, // used when the app was set up
	} {
		b := h.post("/sign-in", v).is(t, http.StatusUnprocessableEntity)
		if strings.Contains(b.body, phrase) || strings.Contains(b.body, "another one") {
			t.Error("a passphrase comes back in the page")
		}
		wrongs[what] = strings.NewReplacer("eva@example.org", "", m.login, "").Replace(b.body)
	}
	for what, body := range wrongs {
		if body != wrongs["nobody"] {
			t.Errorf("a wrong %s gets another page than nobody", what)
		}
	}
	b := h.signIn(&m, "/cases?closed=1").is(t, http.StatusSeeOther)
	if got := b.header.Get("Location"); got != "/cases?closed=1" {
		t.Errorf("after signing in one is at %s", got)
	}
	h.get("/account").is(t, http.StatusOK).says(t, "You came in with a recovery code")
	h.post("/sign-out", nil).is(t, http.StatusSeeOther)
	h.get("/account").is(t, http.StatusSeeOther)
	used := m.codes[0]
	h.post("/sign-in", url.Values{"login-2": {m.login}, "recovery": {used}}).is(t, http.StatusSeeOther)
	h.client = h.browser()
	h.post("/sign-in", url.Values{"login-2": {m.login}, "recovery": {used}}).is(t, http.StatusUnprocessableEntity)
	for _, secret := range append(m.codes, phrase, m.secret, used) {
		if strings.Contains(h.log.String(), secret) {
			t.Error("the log holds a secret")
		}
	}
}

// A token that somebody planted does not become hers, and one that was stolen ends
// with the device.
func TestFixationAndTheft(t *testing.T) {
	h := build(t, "")
	m := h.makeOwner("ana")
	hers := h.client
	h.client = h.browser()
	h.plant("stayput", strings.Repeat("A", 43))
	h.signIn(&m, "/").is(t, http.StatusSeeOther)
	stolen := h.cookie("stayput")
	if stolen == strings.Repeat("A", 43) || stolen == "" {
		t.Fatal("the planted token became hers")
	}
	// Signing in anew leaves the token before behind.
	known := h.cookie("stayput-known")
	h.signIn(&m, "/").is(t, http.StatusSeeOther)
	if h.cookie("stayput-known") != known {
		t.Error("a known browser gets another name")
	}
	thief := h.browser()
	phone := h.client
	h.client = thief
	h.plant("stayput", stolen)
	h.get("/account").is(t, http.StatusSeeOther)

	h.client = phone
	stolen = h.cookie("stayput")
	h.client = h.browser()
	h.plant("stayput", stolen)
	h.get("/account").is(t, http.StatusOK) // a thief is in, until
	thief = h.client
	h.client = hers
	page := h.get("/devices").is(t, http.StatusOK)
	ids := regexp.MustCompile(`/devices/([a-z2-7]{16})/end`).FindAllStringSubmatch(page.body, -1)
	if len(ids) != 2 {
		t.Fatalf("%d devices are listed", len(ids))
	}
	h.post("/devices/end", nil).is(t, http.StatusSeeOther)
	h.client = thief
	for _, path := range []string{"/", "/account", "/cases", "/devices"} {
		h.get(path).is(t, http.StatusSeeOther)
	}
	h.post("/account/codes", nil).is(t, http.StatusForbidden)
	h.post("/settings", url.Values{"name": {"x"}}).is(t, http.StatusForbidden)
	h.client = hers
	h.get("/account").is(t, http.StatusOK)
}

// next leads to a page of ours and nowhere else.
func TestNextIsOurs(t *testing.T) {
	for _, bad := range []string{"//evil.example", `/\evil.example`, `\\evil.example`, "https://evil.example", "http:/evil.example", "javascript:alert(1)", "///evil.example", "/\t/evil.example",
		"/%0d%0aSet-Cookie:x=y\r\n", "evil.example", "", "/sign-in?next=/x", "/sign-out", "/enter?key=x", "//evil.example/%2f..", " //evil.example", "/\n/evil.example", "http:///evil.example"} {
		if got := nextPage(bad); got != "/" {
			t.Errorf("%q leads to %q", bad, got)
		}
	}
	for _, good := range []string{"/cases?closed=1", "/join/abc", "/cases/x/record#e1", "/%2f%2fevil.example", "/%5cevil.example"} {
		if got := nextPage(good); got != good {
			t.Errorf("%q leads to %q", good, got)
		}
	}
	h := build(t, "")
	m := h.makeOwner("ana")
	home, _ := url.Parse(h.server.URL)
	for _, next := range []string{"//evil.example", `/\evil.example`, "/%2f%2fevil.example", "/%5c%5cevil.example", "/.//evil.example", "/..//evil.example"} {
		h.client = h.browser()
		a := h.signIn(&m, next).is(t, http.StatusSeeOther)
		to, err := home.Parse(a.header.Get("Location"))
		if err != nil || to.Host != home.Host || strings.HasPrefix(a.header.Get("Location"), "//") {
			t.Errorf("%q leads to %q", next, a.header.Get("Location"))
		}
	}
}

// Strangers are slowed; the browser that is known gets in at once.
func TestBruteForceOnThePage(t *testing.T) {
	h := build(t, "")
	m := h.makeOwner("ana")
	hers := h.client
	h.client = h.browser()
	slowed := 0
	for i := range 40 {
		a := h.post("/sign-in", url.Values{"login": {"ana"}, "passphrase": {fmt.Sprint("guess number ", i)}, "code": {"123456"}})
		if a.status == http.StatusTooManyRequests {
			slowed++
			if a.header.Get("Retry-After") == "" {
				t.Error("the wait is not said")
			}
			a.says(t, "Too many tries")
		}
	}
	if slowed < 20 {
		t.Errorf("only %d guesses were slowed", slowed)
	}
	h.client = hers
	h.post("/sign-out", nil)
	h.signIn(&m, "/").is(t, http.StatusSeeOther)
}

// An account is made by who was invited, and by the person of this machine.
func TestSignUpNeedsAnInvitation(t *testing.T) {
	h := build(t, "")
	m := h.makeOwner("ana")
	h.client = h.browser()
	for _, next := range []string{"", "/", "/join/", "/join/" + strings.Repeat("x", 43), "/welcome/x", "/join/../cases"} {
		h.get("/sign-up?next="+url.QueryEscape(next)).is(t, http.StatusNotFound)
		a := h.post("/sign-up", url.Values{"login": {"ana"}, "passphrase": {phrase}, "secret": {m.secret}, "code": {credential.Code(m.secret, time.Now())}, "next": {next}})
		a.is(t, http.StatusNotFound)
		if strings.Contains(a.body, "Somebody has this") {
			t.Error("a stranger learns which names are taken")
		}
	}
	h.post("/account/new", url.Values{"login": {"eva"}}).is(t, http.StatusForbidden)
	h.get("/account/codes?once=x").is(t, http.StatusSeeOther)
}

// A session ends after two weeks unused and after ninety days.
func TestSignedInSessionEnds(t *testing.T) {
	h := build(t, "")
	m := h.makeOwner("ana")
	h.client = h.browser()
	h.signIn(&m, "/").is(t, http.StatusSeeOther)
	begin := time.Now()
	for d := 0; d < 89; d += 12 {
		h.now = func() time.Time { return begin.Add(time.Duration(d) * 24 * time.Hour) }
		h.get("/account").is(t, http.StatusOK)
	}
	h.now = func() time.Time { return begin.Add(91 * 24 * time.Hour) }
	h.get("/account").is(t, http.StatusSeeOther)

	h.now = time.Now
	h.client = h.browser()
	h.signIn(&m, "/").is(t, http.StatusSeeOther)
	h.now = func() time.Time { return begin.Add(15 * 24 * time.Hour) }
	h.get("/account").is(t, http.StatusSeeOther)
}

// Passkeys are asked for by script only, and at a name only.
func TestPasskeysAtANameOnly(t *testing.T) {
	h := build(t, "")
	h.makeOwner("ana")
	h.client = h.browser()
	h.get("/sign-in").says(t, "Passkeys do not work at this address") // 127.0.0.1
	h.send("POST", "/sign-in/passkey", `{}`, map[string]string{"Content-Type": "application/json"}).is(t, http.StatusBadRequest).says(t, "says")
	h.post("/sign-in/passkey", url.Values{}).is(t, http.StatusBadRequest)
	h.send("POST", "/sign-in/passkey/finish", `{"ceremony":"x","answer":{}}`, map[string]string{"Content-Type": "application/json", "Origin": "http://evil.example"}).is(t, http.StatusForbidden)
}

func BenchmarkSignIn(b *testing.B) {
	h := build(b, "")
	m := h.makeOwner("ana")
	known := h.client
	for b.Loop() {
		b.StopTimer()
		if len(m.codes) == 0 {
			page := h.post("/account/codes", nil)
			for _, c := range codeLine.FindAllStringSubmatch(h.get(page.header.Get("Location")).body, -1) {
				m.codes = append(m.codes, c[1])
			}
		}
		h.client = known
		b.StartTimer()
		h.signIn(&m, "/").is(b, http.StatusSeeOther)
	}
}

// Who was invited makes an account, and comes in by the invitation; nobody else does.
func TestSignUpByInvitation(t *testing.T) {
	h := build(t, "")
	h.makeOwner("ana")
	owner, _, err := h.site.desk.Owner(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, token, err := h.site.desk.Invite(t.Context(), owner, desk.NewName(), "Sample grandmother", desk.Terms{Role: people.Reader})
	if err != nil {
		t.Fatal(err)
	}
	h.client = h.browser()
	next := "/join/" + token
	h.get("/sign-in?next="+next).is(t, http.StatusOK).says(t, "Are you new here?", "/sign-up?next=%2Fjoin%2F")
	page := h.get("/sign-up?next="+next).is(t, http.StatusOK)
	secret := secretField.FindStringSubmatch(page.body)[1]
	form := url.Values{"login": {"ANA"}, "passphrase": {phrase}, "secret": {secret}, "code": {credential.Code(secret, time.Now())}, "next": {next}}
	again := h.post("/sign-up", form).is(t, http.StatusUnprocessableEntity).says(t, "Somebody has this sign-in name", secret)
	if strings.Contains(again.body, phrase) {
		t.Error("the passphrase comes back in the page")
	}
	form.Set("login", "rosa")
	form.Set("code", "000000")
	h.post("/sign-up", form).is(t, http.StatusUnprocessableEntity).says(t, "The code does not fit")
	form.Set("code", credential.Code(secret, time.Now()))
	a := h.post("/sign-up", form).is(t, http.StatusSeeOther)
	h.get(a.header.Get("Location")).is(t, http.StatusOK).says(t, `href="`+next+`"`)
	h.get("/cases").is(t, http.StatusForbidden).says(t, "Nothing is shared with you") // an account is nobody yet
	h.post(next, nil).is(t, http.StatusSeeOther)
	h.get("/cases").is(t, http.StatusOK)
	h.get("/account").is(t, http.StatusOK).says(t, "You sign in as rosa")
	h.get("/people").is(t, http.StatusOK)

	h.client = h.browser() // it is used up
	h.get("/sign-up?next="+next).is(t, http.StatusNotFound)
}

// Whoever signed in with an account can sign out from every page.
func TestSignOutOnEveryPage(t *testing.T) {
	h := build(t, "")
	m := h.makeOwner("ana@example.org")
	h.client = h.browser()
	h.signIn(&m, "/").is(t, http.StatusSeeOther)
	for _, path := range []string{"/start", "/cases", "/cases/new", "/law", "/help", "/calendars", "/people", "/settings", "/devices", "/access", "/no/such/place"} {
		if a := h.get(path); !strings.Contains(a.body, `action="/sign-out"`) {
			t.Errorf("%s has no way out", path)
		}
	}
	own := build(t, "")
	own.enter()
	if a := own.get("/start").is(t, http.StatusOK); strings.Contains(a.body, `action="/sign-out"`) {
		t.Error("with no account there is nothing to sign out of")
	}
}
