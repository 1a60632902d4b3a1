package year

import (
	"html"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"stayput/people/credential"
)

// token is the session that somebody's browser holds.
func (p *player) token() string {
	p.y.t.Helper()
	u, _ := url.Parse(p.y.at)
	for _, c := range p.client.Jar.Cookies(u) {
		if c.Name == "stayput" {
			return c.Value
		}
	}
	return ""
}

// steals is a browser of somebody else's that holds nothing but a session's cookie.
func (y *year) steals(who *player, token string) *player {
	jar, _ := cookiejar.New(nil)
	u, _ := url.Parse(y.at)
	jar.SetCookies(u, []*http.Cookie{{Name: "stayput", Value: token, Path: "/"}})
	client := *who.client
	client.Jar = jar
	return &player{y: y, name: who.name + " with a stolen session", sees: map[string]bool{}, client: &client}
}

// stolen is a session that somebody else got hold of: it ends when its person signs
// out, signs in anew or ends the device from elsewhere. A session that was planted
// before signing in is nobody's afterwards.
func (y *year) stolen(parent, attacker *player, c string) {
	y.t.Helper()
	u, _ := url.Parse(y.at)
	in := func() {
		y.later(time.Minute) // a code works once
		parent.is(parent.post("/sign-in", "login", parent.login, "passphrase", phrase, "code", codeOf(parent), "next", "/cases"), 303, "signing in")
	}
	reads := func(p *player) bool { return p.get(c+"/record").status == http.StatusOK }

	// Planted: who signs in with it gets another one.
	planted := strings.Repeat("A", 43)
	parent.client.Jar, _ = cookiejar.New(nil)
	parent.client.Jar.SetCookies(u, []*http.Cookie{{Name: "stayput", Value: planted, Path: "/"}})
	in()
	first := parent.token()
	if first == planted || first == "" {
		y.t.Fatal("a planted session is taken over at signing in")
	}
	y.steals(attacker, planted).gone(c+"/record", "a planted session")

	// Stolen: nothing tells the thief's browser from hers, until it ends.
	thief := y.steals(attacker, first)
	if !reads(parent) || !reads(thief) {
		y.t.Fatal("the session is good for nobody")
	}
	in() // in the same browser
	second := parent.token()
	if second == first {
		y.t.Error("the session is the same after signing in again")
	}
	thief.gone(c+"/record", "she signed in again")
	thief = y.steals(attacker, second)
	if !reads(thief) {
		y.t.Fatal("the second session is good for nobody")
	}
	parent.is(parent.post("/sign-out"), 303, "signing out")
	for _, path := range []string{c + "/record", "/", "/account", "/devices", "/search?q=words"} {
		thief.gone(path, "she signed out")
	}

	// Ended from another browser of hers.
	in()
	thief = y.steals(attacker, parent.token())
	laptop := *parent
	laptop.client = y.player("the parent's laptop").client
	y.later(time.Minute)
	laptop.is(laptop.post("/sign-in", "login", parent.login, "passphrase", phrase, "code", codeOf(parent), "next", "/cases"), 303, "signing in on the laptop")
	if a := laptop.post("/devices/end"); a.status >= 400 {
		y.t.Errorf("ending the other devices gave %d", a.status)
	}
	thief.gone(c+"/record", "the device was ended")
	parent.gone(c+"/record", "the device was ended")
	if a := thief.post(c+"/add?any=1", "name", "abcdefghijklmnop", "kind", "note_added", "on", "2026-06-01", "words", "zqthief"); a.status < 400 && !strings.HasPrefix(a.header.Get("Location"), "/sign-in") {
		y.t.Errorf("a session of an ended device writes: %d", a.status)
	}
	y.later(time.Minute)
	parent.signIn()
}

// leaves is a family that takes its space away from the office's server: first all of
// it along, then out for good, with a receipt. Nothing of it stays in the file, and
// nobody of the office has ever seen any of it.
func (y *year) leaves(c, school string, marks []string, parent, manager, attorney, outsider *player) {
	y.t.Helper()
	families := manager.is(manager.get("/families"), 200, "the office's list").body
	for _, private := range []string{"Sample family", "Sample Parent", "parent@sample.example", strings.TrimPrefix(c, "/cases/")} {
		if strings.Contains(families, private) {
			y.t.Errorf("the office's list of families holds %q", private)
		}
	}
	parent.post("/language", "lang", "en", "back", "/")
	if a := parent.post("/leave", "word", "LEAVE", "sure", "yes"); a.status < 400 {
		y.t.Errorf("she leaves before she took anything along: %d", a.status)
	}
	all := inside(y.t, []byte(parent.is(parent.post("/leave/take"), 200, "taking everything along").body))
	y.holds("what she takes along", all, marks, "zqfirst", "zqmine", "zqtalks", "zqsent", "zqkept", "zqnext", "zqlate")
	if a := parent.post("/leave", "word", "leaf", "sure", "yes"); a.status != http.StatusUnprocessableEntity {
		y.t.Errorf("another word takes everything out: %d", a.status)
	}
	page := parent.is(parent.post("/leave", "word", "LEAVE", "sure", "yes"), 200, "leaving").body
	receipt := regexp.MustCompile(`name="receipt" value="([^"]+)"`).FindStringSubmatch(page)
	if receipt == nil {
		y.t.Fatalf("no receipt: %.2000s", page)
	}

	for _, p := range []*player{parent, attorney} {
		for _, path := range []string{c, c + "/record", "/", "/search?q=words", "/access", c + "/export/case.zip"} {
			p.gone(path, "the family has left")
		}
	}
	// Her way to sign in went too; the office goes on with what is its own.
	y.later(time.Minute)
	if a := parent.post("/sign-in", "login", parent.login, "passphrase", phrase, "code", codeOf(parent), "next", "/cases"); a.status != http.StatusUnprocessableEntity {
		y.t.Errorf("she signs in after leaving: %d %s", a.status, a.header.Get("Location"))
	}
	manager.sees = map[string]bool{"zqschool": true, "zqfirst": true, "zqsent": true}
	y.looks("after the family left", c, marks, manager, outsider)
	y.looks("after the family left, the school's case", school, marks, manager)
	if a := outsider.post("/receipt", "receipt", html.UnescapeString(receipt[1])); a.status != http.StatusOK {
		y.t.Errorf("the receipt is not taken: %d", a.status)
	}
	forged := strings.Replace(html.UnescapeString(receipt[1]), "2026", "2025", 1)
	if a := outsider.post("/receipt", "receipt", forged); a.status == http.StatusOK {
		y.t.Error("a receipt that was changed is taken")
	}

	// No file of the server holds a word of it any more. What the school got as a
	// packet is the school's own.
	gone := []string{"zqmine", "zqtalks", "zqadvocate", "zqcounsel", "zqowncounsel", "zqkept", "zqnext", "zqlate", "Sample family", "Sample Grandmother", "Sample Mediator", "parent@sample.example", "attorney@sample.example", strings.TrimPrefix(c, "/cases/")}
	look := func(name string, data []byte) {
		for _, m := range gone {
			if strings.Contains(string(data), m) {
				y.t.Errorf("%s still holds %q", name, m)
			}
		}
	}
	files, err := filepath.Glob(filepath.Join(y.data, "*"))
	if err != nil || len(files) == 0 {
		y.t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			y.t.Fatal(err)
		}
		look(filepath.Base(f), data)
	}

	// Now the office is alone on its machine, and its keeper gets a copy of the whole
	// file. The family is not in it.
	keeper := y.player("the keeper")
	keeper.is(keeper.get(y.site.NewLink()), 303, "the link on the office's computer")
	if a := keeper.post("/settings/copy"); a.status != http.StatusOK {
		y.t.Errorf("the keeper gets no copy: %d", a.status)
	} else {
		look("the copy", []byte(a.body))
		if !strings.Contains(a.body, "zqschool") {
			y.t.Error("the copy does not hold the office's own record")
		}
	}
}

// codeOf is what the authenticator app of somebody shows.
func codeOf(p *player) string { return credential.Code(p.secret, p.y.now()) }
