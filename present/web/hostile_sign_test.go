package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stayput/desk"
	"stayput/people"
	"stayput/people/credential"
	"stayput/record/seal"
)

const samplePhrase = "a sample passphrase nobody uses"

// account gives a person a way to sign in: the name, the secret of the app and the
// recovery codes.
func (c *crowd) account(t *testing.T, login string, who desk.Who) (secret string, codes []string) {
	t.Helper()
	secret = credential.NewSecret()
	_, codes, err := c.site.desk.MakeAccount(t.Context(), desk.NewAccount{
		Login: login, Passphrase: samplePhrase, Secret: secret, Code: credential.Code(secret, time.Now()), Space: who.Space, Person: who.Person.ID,
	})
	if err != nil {
		t.Fatal(err)
	}
	return secret, codes
}

// signs signs in from a new browser.
func (c *crowd) signs(t *testing.T, login, code string) *house {
	t.Helper()
	h := *c.house
	h.client = h.browser()
	h.post("/sign-in", url.Values{"login": {login}, "passphrase": {samplePhrase}, "code": {code}}).is(t, http.StatusSeeOther)
	h.get("/settings").is(t, http.StatusOK)
	return &h
}

// stolen is somebody else's browser with all cookies of this one.
func (h *house) stolen() *house {
	thief := *h
	thief.client = h.browser()
	u, _ := url.Parse(h.server.URL)
	thief.client.Jar.SetCookies(u, h.client.Jar.Cookies(u))
	return &thief
}

// A cookie that was stolen is of no use once its owner signed out, ended the device
// from another one, or changed the passphrase elsewhere.
func TestStolenCookie(t *testing.T) {
	c := newCrowd(t)
	_, codes := c.account(t, "sample-owner", c.owner)

	h := c.signs(t, "sample-owner", codes[0])
	thief := h.stolen()
	thief.get("/settings").is(t, http.StatusOK)
	h.post("/sign-out", nil).is(t, http.StatusSeeOther)
	for _, rt := range c.site.routes() {
		if rt.needs == desk.Open {
			continue
		}
		method, path := fill(rt.pattern, map[string]string{"case": string(c.mine)})
		if a := thief.send(method, path, "", nil); a.status != http.StatusForbidden && a.status != http.StatusSeeOther || strings.Contains(a.body, "Sample") {
			t.Errorf("%s gave %d to a stolen cookie after signing out", rt.pattern, a.status)
		}
	}

	h = c.signs(t, "sample-owner", codes[1])
	thief = h.stolen()
	other := c.signs(t, "sample-owner", codes[2])
	other.post("/devices/end", nil).is(t, http.StatusSeeOther)
	other.get("/settings").is(t, http.StatusOK)
	for who, x := range map[string]*house{"the device": h, "the thief": thief} {
		if a := x.get("/settings"); a.status == http.StatusOK {
			t.Errorf("%s is still in after it was ended", who)
		}
	}

	h = c.signs(t, "sample-owner", codes[3])
	other.post("/account/passphrase", url.Values{"passphrase": {samplePhrase + " anew"}}).is(t, http.StatusSeeOther)
	if a := h.get("/settings"); a.status == http.StatusOK {
		t.Error("another device is still in after the passphrase was changed")
	}
	if a := h.post("/sign-in", url.Values{"login": {"sample-owner"}, "passphrase": {samplePhrase}, "code": {codes[4]}}); a.status == http.StatusSeeOther {
		t.Error("the old passphrase still opens")
	}
}

// A page that is open in a device when that is ended does nothing more.
func TestOpenPageOfAnEndedDevice(t *testing.T) {
	c := newCrowd(t)
	_, codes := c.account(t, "sample-owner", c.owner)
	h, other := c.signs(t, "sample-owner", codes[0]), c.signs(t, "sample-owner", codes[1])
	var ended atomic.Bool
	var late, early atomic.Int64
	stop := make(chan bool)
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				known := ended.Load()
				path := []string{"/", "/cases", "/cases/" + string(c.mine)}[i%3]
				if h.get(path).status == http.StatusOK {
					early.Add(1)
					if known {
						late.Add(1)
					}
				}
			}
		})
	}
	time.Sleep(200 * time.Millisecond)
	other.post("/devices/end", nil).is(t, http.StatusSeeOther)
	ended.Store(true)
	time.Sleep(200 * time.Millisecond)
	close(stop)
	wg.Wait()
	if late.Load() > 0 || early.Load() == 0 {
		t.Errorf("%d pages before the end, %d after it", early.Load(), late.Load())
	}
}

// Wherever somebody wants to be led after signing in, it is a page of the program.
func TestNextAfterSigningIn(t *testing.T) {
	c := newCrowd(t)
	_, codes := c.account(t, "sample-owner", c.owner)
	_ = codes
	nobody := *c.house
	nobody.client = c.browser()
	bad := []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)", "/\tx", "/sign-out", "http:evil.example", "%2f%2fevil.example", "/%5cevil.example"}
	for i, to := range bad {
		a := nobody.get("/sign-in?next="+url.QueryEscape(to)).is(t, http.StatusOK)
		for _, m := range regexp.MustCompile(`(?:href|action|value|content)="([^"]*)"`).FindAllStringSubmatch(a.body, -1) {
			if strings.HasPrefix(m[1], "/sign-in?next=") { // the language button comes back to this page
				continue
			}
			if strings.Contains(m[1], "evil") && leadsOut(m[1]) || strings.HasPrefix(m[1], "javascript") {
				t.Errorf("the page for %q holds %s", to, m[0])
			}
		}
		h := *c.house
		h.client = c.browser()
		got := h.post("/sign-in", url.Values{"login": {"sample-owner"}, "passphrase": {samplePhrase}, "code": {codes[i]}, "next": {to}}).is(t, http.StatusSeeOther)
		if at := got.header.Get("Location"); leadsOut(at) || strings.HasPrefix(at, "/sign-out") {
			t.Errorf("after signing in %q leads to %s", to, at)
		}
	}
}

// Nobody learns from the sign-in page whether somebody has an account: wrong name,
// wrong passphrase and wrong code are told in the same letters.
func TestNobodyLearnsWhoHasAnAccount(t *testing.T) {
	c := newCrowd(t)
	secret, codes := c.account(t, "sample-owner", c.owner)
	tell := func(v url.Values) string {
		h := *c.house
		h.client = c.browser()
		a := h.post("/sign-in", v)
		text := a.body
		for _, n := range append(v["login"], v["login-2"]...) {
			text = strings.ReplaceAll(text, n, "NAME")
		}
		return http.StatusText(a.status) + text
	}
	wrong := url.Values{"login": {"sample-nobody"}, "passphrase": {samplePhrase}, "code": {"123456"}}
	want := tell(wrong)
	for what, v := range map[string]url.Values{
		"a wrong passphrase":                {"login": {"sample-owner"}, "passphrase": {"something else entirely"}, "code": {credential.Code(secret, time.Now())}},
		"a wrong code":                      {"login": {"sample-owner"}, "passphrase": {samplePhrase}, "code": {"000000"}},
		"no code":                           {"login": {"sample-owner"}, "passphrase": {samplePhrase}, "code": {""}},
		"a recovery code without the rest":  {"login": {"sample-owner"}, "passphrase": {""}, "code": {codes[0]}},
		"a wrong recovery code":             {"login-2": {"sample-owner"}, "recovery": {"abcde-fghjk-mnpqr-stuvw"}},
		"a wrong recovery code of nobody":   {"login-2": {"sample-nobody"}, "recovery": {"abcde-fghjk-mnpqr-stuvw"}},
		"the name of nobody, in other form": {"login": {"Sample-Nobody"}, "passphrase": {samplePhrase}, "code": {"123456"}},
	} {
		if got := tell(v); got != want {
			t.Errorf("%s is told otherwise:\n%.300s\n---\n%.300s", what, got, want)
		}
	}
}

// A recovery code that two bring at the same moment lets one in.
func TestCodeAtOnce(t *testing.T) {
	c := newCrowd(t)
	_, codes := c.account(t, "sample-owner", c.owner)
	var in atomic.Int64
	var wg sync.WaitGroup
	for range 4 {
		h := *c.house
		h.client = c.browser()
		wg.Go(func() {
			if h.post("/sign-in", url.Values{"login-2": {"sample-owner"}, "recovery": {codes[0]}}).status == http.StatusSeeOther {
				in.Add(1)
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 {
		t.Errorf("one code let in %d", in.Load())
	}
}

// What belongs to another account or another space answers to an address as what
// does not exist.
func TestNamesOfOthers(t *testing.T) {
	c := newCrowd(t)
	_, ours := c.account(t, "sample-owner", c.owner)
	_, theirs := c.account(t, "sample-stranger", c.stranger)
	h, stranger := c.signs(t, "sample-owner", ours[0]), c.signs(t, "sample-stranger", theirs[0])
	device := regexp.MustCompile(`/devices/([a-z2-7]{16})/end`).FindStringSubmatch(stranger.get("/devices").is(t, http.StatusOK).body)
	if device == nil {
		t.Fatal("the stranger has no device")
	}
	names := map[string]string{"person": string(c.stranger.Person.ID), "device": device[1], "case": string(c.theirs)}
	for _, rt := range c.site.routes() {
		for blank, name := range names {
			if !strings.Contains(rt.pattern, "{"+blank+"}") {
				continue
			}
			none := desk.NewName()
			m, p := fill(rt.pattern, map[string]string{"case": string(c.mine), blank: name})
			_, q := fill(rt.pattern, map[string]string{"case": string(c.mine), blank: none})
			if a, b := answerTo(h, m, p, name), answerTo(h, m, q, none); a != b || strings.HasPrefix(a, "2") {
				t.Errorf("%s tells that a %s of others exists:\n%.400s\n---\n%.400s", rt.pattern, blank, a, b)
			}
		}
	}
	stranger.get("/settings").is(t, http.StatusOK)
	stranger.get("/cases/"+string(c.theirs)).is(t, http.StatusOK)
	// Nor does saying so in a form put anybody into another space.
	before := c.heads()
	h.post("/space", url.Values{"space": {string(c.stranger.Space)}})
	if a := h.get("/cases/" + string(c.theirs)); a.status != http.StatusNotFound {
		t.Errorf("a form led into another space: %d", a.status)
	}
	if c.heads() != before {
		t.Error("something of the other space changed")
	}
}

// A form that is sent again, by an impatient finger or by whoever kept it, shares,
// lets in and ends once.
func TestFormsSentAgain(t *testing.T) {
	c := newCrowd(t)
	base := "/cases/" + string(c.mine) + "/share"
	form := url.Values{"for": {"Ms. Sample"}, "role": {"editor"}, "hand_on": {"no"}, "until": {time.Now().AddDate(0, 1, 0).Format("2006-01-02")}}
	link := c.share(t, base+"/new?preset=advocate", form)
	waiting := func() int {
		all, err := c.site.desk.Invitations(t.Context(), c.house.owner())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	if n := waiting(); n != 1 {
		t.Fatalf("%d invitations wait", n)
	}
	for range 3 {
		if a := c.post(base+"/send", nil); joinLink.MatchString(a.body) || a.status >= 500 {
			t.Errorf("the form sent again gave %d", a.status)
		}
	}
	if n := waiting(); n != 1 {
		t.Errorf("%d invitations wait after the form was sent again", n)
	}

	// Two who hold the link: one comes in, and the other is told what everybody is.
	one, two := c.newcomer(t, "sample-one"), c.newcomer(t, "sample-two")
	one.post(link, nil).is(t, http.StatusSeeOther)
	one.get("/cases/"+string(c.mine)).is(t, http.StatusOK)
	over := two.post(link, nil).is(t, http.StatusNotFound)
	never := two.post("/join/"+strings.Repeat("x", 43), nil).is(t, http.StatusNotFound)
	if strings.ReplaceAll(over.body, link, "LINK") != strings.ReplaceAll(never.body, "/join/"+strings.Repeat("x", 43), "LINK") {
		t.Error("a link that was used is told from one that never was")
	}
	one.post(link, nil).is(t, http.StatusNotFound)
	if a := two.get("/cases/" + string(c.mine)); a.status == http.StatusOK {
		t.Error("the second one is in")
	}

	// The end comes once, and what was sent before it does not bring anything back.
	page := c.get(base).is(t, http.StatusOK)
	end := regexp.MustCompile(`action="(` + regexp.QuoteMeta(base) + `/[a-z2-7]{16}/[a-z2-7]{16}/end)"`).FindStringSubmatch(page.body)
	if end == nil {
		t.Fatalf("nothing to end:\n%.3000s", page.body)
	}
	for i := range 3 {
		if a := c.post(end[1], nil); a.status >= 500 || i == 0 && a.status != http.StatusSeeOther {
			t.Errorf("ending it, time %d, gave %d", i+1, a.status)
		}
	}
	for range 2 {
		one.post(link, nil)
		if a := one.get("/cases/" + string(c.mine)); a.status == http.StatusOK {
			t.Error("a replayed form brought a grant back that has ended")
		}
	}
}

// What somebody was typing rests in the browser under a name of its own for each
// person, which is not the person's, and signing out takes it away.
func TestDraftsOfOnePerson(t *testing.T) {
	c := newCrowd(t)
	_, codes := c.account(t, "sample-owner", c.owner)
	drafts := regexp.MustCompile(`data-drafts="([0-9a-f]{12})"`)
	of := func(h *house) string {
		m := drafts.FindStringSubmatch(h.get("/settings").is(t, http.StatusOK).body)
		if m == nil {
			t.Fatal("the page does not say whose drafts it keeps")
		}
		return m[1]
	}
	reader := c.as(c.join(t, c.owner.Space, people.Member{Role: people.Reader}))
	mine := of(c.house)
	if mine == of(reader) || strings.Contains(string(c.owner.Person.ID), mine) || mine != of(c.house) {
		t.Errorf("drafts of the owner are under %s", mine)
	}
	h := c.signs(t, "sample-owner", codes[0])
	if got := h.post("/sign-out", nil).header.Get("Clear-Site-Data"); !strings.Contains(got, `"storage"`) {
		t.Errorf("after signing out the browser keeps what was typed: %q", got)
	}
	nobody := *c.house
	nobody.client = c.browser()
	if m := drafts.FindString(nobody.get("/sign-in").body); m != "" {
		t.Errorf("nobody has %s", m)
	}
}

// A session that has ended takes up no offer in the name of its account.
func TestStolenCookieTakesNoOffer(t *testing.T) {
	c := newCrowd(t)
	_, codes := c.account(t, "sample-owner", c.owner)
	office := people.SpaceID(desk.NewName())
	key, err := seal.NewKey(string(office), nil)
	if err != nil {
		t.Fatal(err)
	}
	err = c.store.Write(t.Context(), func(tx desk.Tx) error {
		return tx.AddSpace(people.Space{ID: office, Kind: people.Practice, Name: "Sample office", Public: key.Public, Created: time.Now().UTC()}, key)
	})
	if err != nil {
		t.Fatal(err)
	}
	token, err := c.site.desk.HostFamily(t.Context(), c.join(t, office, people.Member{Role: people.Owner}), desk.NewName(), "a sample family", 30)
	if err != nil {
		t.Fatal(err)
	}
	h := c.signs(t, "sample-owner", codes[0])
	thief := h.stolen()
	c.signs(t, "sample-owner", codes[1]).post("/devices/end", nil).is(t, http.StatusSeeOther)
	_, invited, err := c.site.desk.Invite(t.Context(), c.house.owner(), desk.NewName(), "Sample", desk.Terms{Role: people.Reader})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/welcome/" + token, "/join/" + invited} {
		if a := thief.post(path, url.Values{"name": {"x"}}); !strings.HasPrefix(a.header.Get("Location"), "/sign-in?next=") {
			t.Errorf("%s took a session that has ended: %d %s", path, a.status, a.header.Get("Location"))
		}
	}
	if _, err := c.site.desk.Welcome(t.Context(), token); err != nil || !c.site.desk.InvitationLive(t.Context(), invited) {
		t.Errorf("an offer was used up: %v", err)
	}
}
