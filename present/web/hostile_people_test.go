package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stayput/desk"
	"stayput/intake/casefile"
	"stayput/people"
	"stayput/record/seal"
)

// A crowd is a program with two spaces on it: a family with two cases, and a
// stranger's family with one. People come in as the test needs them.
type crowd struct {
	*house
	mine, other people.CaseID // of the first space
	owner       desk.Who
	theirs      people.CaseID // of the second space
	stranger    desk.Who
}

func newCrowd(t *testing.T) *crowd {
	t.Helper()
	c := &crowd{house: build(t, "").enter()}
	c.mine, c.other = c.open("simple.yaml"), c.open("simple.yaml")
	c.owner = c.house.owner()
	c.stranger = c.family(t, "Sample stranger")
	data, err := os.ReadFile("../../examples/simple.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f, err := casefile.Read("simple.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	if c.theirs, err = c.site.desk.OpenCase(t.Context(), c.stranger, desk.NewCase{Name: desk.NewName(), File: f, Via: "import"}); err != nil {
		t.Fatal(err)
	}
	return c
}

// family is a space of its own with its owner.
func (c *crowd) family(t *testing.T, name string) desk.Who {
	t.Helper()
	space := people.SpaceID(desk.NewName())
	key, err := seal.NewKey(string(space), nil)
	if err != nil {
		t.Fatal(err)
	}
	err = c.store.Write(t.Context(), func(tx desk.Tx) error {
		return tx.AddSpace(people.Space{ID: space, Kind: people.Household, Name: name, Public: key.Public, Created: time.Now().UTC()}, key)
	})
	if err != nil {
		t.Fatal(err)
	}
	return c.join(t, space, people.Member{Role: people.Owner, Counsel: true})
}

// join is somebody in a space, with grants.
func (c *crowd) join(t *testing.T, space people.SpaceID, m people.Member, gs ...people.Grant) desk.Who {
	t.Helper()
	p := people.Person{ID: people.PersonID(desk.NewName()), Name: "Sample", Lang: "en", Register: people.Plain}
	m.Person = p.ID
	err := c.store.Write(t.Context(), func(tx desk.Tx) error {
		err := errors.Join(tx.SavePerson(space, p), save(tx, space, "member", string(p.ID), 0, m))
		for _, g := range gs {
			g.Person, g.ID = p.ID, desk.NewName()
			err = errors.Join(err, save(tx, space, "grant", string(p.ID)+"/"+g.ID, 0, g))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	who, _, err := c.site.desk.Recognize(t.Context(), space, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return who
}

func save(tx desk.Tx, space people.SpaceID, kind, id string, version int64, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return tx.SaveItem(space, desk.Item{Kind: kind, ID: id, Version: version, Body: body, At: time.Now().UTC()})
}

// as is a browser in which somebody has come in.
func (c *crowd) as(who desk.Who) *house {
	c.t.Helper()
	name := desk.NewName()
	c.with("GET /become/"+name, func(w http.ResponseWriter, r *http.Request) error {
		if err := c.site.begin(r.Context(), who); err != nil {
			return err
		}
		return c.site.seeOther(w, r, "/")
	})
	h := *c.house
	h.client = h.browser()
	h.get("/become/"+name).is(c.t, http.StatusSeeOther)
	return &h
}

// fill puts values into the blanks of a route's pattern.
func fill(pattern string, with map[string]string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	return method, regexp.MustCompile(`\{([^}]*)\}`).ReplaceAllStringFunc(strings.TrimSuffix(path, "{$}"), func(s string) string {
		if v, ok := with[strings.Trim(s, "{}")]; ok {
			return url.PathEscape(v)
		}
		return "x"
	})
}

// Every route, with a case, answers under its own name alone and takes nothing from
// another site's page.
func TestForgedEverywhere(t *testing.T) {
	c := newCrowd(t)
	before := c.heads()
	for _, rt := range c.site.routes() {
		method, path := fill(rt.pattern, map[string]string{"case": string(c.mine)})
		if a := c.send(method, path, "", map[string]string{"Host": "evil.example"}); a.status != http.StatusMisdirectedRequest || strings.Contains(a.body, "<") {
			t.Errorf("%s answers under another name: %d", rt.pattern, a.status)
		}
		if method == "GET" {
			continue
		}
		for _, forged := range []map[string]string{
			{"Origin": "https://evil.example"},
			{"Origin": "http://localhost:1"},
			{"Origin": "null"},
			{"Origin": "file://"},
			{"Sec-Fetch-Site": "cross-site"},
			{"Sec-Fetch-Site": "same-site"},
			{"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
		} {
			forged["Content-Type"] = "application/x-www-form-urlencoded"
			if a := c.send(method, path, "name=x", forged); a.status != http.StatusForbidden {
				t.Errorf("%s took %v: %d", rt.pattern, forged, a.status)
			}
		}
	}
	if after := c.heads(); after != before {
		t.Errorf("a forged request changed the record:\n%s\n%s", before, after)
	}
}

// heads is what the records of all spaces hold, as their heads say it.
func (c *crowd) heads() (out string) {
	c.t.Helper()
	for _, who := range []desk.Who{c.owner, c.stranger} {
		cs, err := c.site.desk.Cases(c.t.Context(), who, true)
		if err != nil {
			c.t.Fatal(err)
		}
		for _, x := range cs {
			out += fmt.Sprintln(x.ID, x.Head)
		}
	}
	return out
}

// Every answer of every route, to somebody and to nobody, forbids being framed,
// guessed at, kept by others or named to others.
func TestGuardsEverywhere(t *testing.T) {
	c := newCrowd(t)
	nobody := *c.house
	nobody.client = c.browser()
	for _, rt := range c.site.routes() {
		if rt.name == "link_enter" {
			continue // its answers are those of the others
		}
		method, path := fill(rt.pattern, map[string]string{"case": string(c.mine)})
		for who, h := range map[string]*house{"the owner": c.house, "nobody": &nobody} {
			a := h.send(method, path, "", nil)
			p := a.header.Get("Content-Security-Policy")
			if !strings.Contains(p, "default-src 'none'") || !strings.Contains(p, "frame-ancestors 'none'") && !strings.Contains(p, "sandbox") || strings.Contains(p, "unsafe") || strings.Contains(p, "*") {
				t.Errorf("%s to %s: policy %q", rt.pattern, who, p)
			}
			for name, want := range map[string]string{"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"} {
				if got := a.header.Get(name); got != want {
					t.Errorf("%s to %s: %s is %q", rt.pattern, who, name, got)
				}
			}
			if k := a.header.Get("Cache-Control"); rt.name != "static_show" && !strings.Contains(k, "no-store") && !strings.Contains(k, "private") {
				t.Errorf("%s to %s may be kept by others: %q", rt.pattern, who, k)
			}
			if k := a.header.Get("Set-Cookie"); who == "nobody" && strings.HasPrefix(k, "stayput=") && rt.name != "sign_out" {
				t.Errorf("%s keeps a session for nobody, and so room on the disk: %s", rt.pattern, k)
			}
			if o := a.header.Get("Access-Control-Allow-Origin"); o != "" {
				t.Errorf("%s to %s is given to %s", rt.pattern, who, o)
			}
			if a.status >= 500 {
				t.Errorf("%s to %s gave %d", rt.pattern, who, a.status)
			}
		}
	}
}

// A cookie that somebody planted before a person came in opens nothing afterward.
func TestPlantedCookie(t *testing.T) {
	h := build(t, "")
	u, _ := url.Parse(h.server.URL)
	planted := strings.Repeat("x", 43)
	h.client.Jar.SetCookies(u, []*http.Cookie{{Name: "stayput", Value: planted}})
	h.enter()
	if got := h.client.Jar.Cookies(u); len(got) != 1 || got[0].Value == planted || len(got[0].Value) < 40 {
		t.Fatalf("the cookie is %v", got)
	}
	h.client = h.browser()
	h.client.Jar.SetCookies(u, []*http.Cookie{{Name: "stayput", Value: planted}})
	h.get("/settings").is(t, http.StatusForbidden)
	// Neither does a token that the server gave to nobody in particular.
	h.client = h.browser()
	h.post("/language", url.Values{"lang": {"es"}, "back": {"/"}}).is(t, http.StatusSeeOther)
	given := h.client.Jar.Cookies(u)
	h.enter()
	h.client = h.browser()
	h.client.Jar.SetCookies(u, given)
	h.get("/settings").is(t, http.StatusForbidden)
}

// Whatever an address asks to be led to, nobody is led out of the program.
func TestNobodyIsLedOut(t *testing.T) {
	c := newCrowd(t)
	for _, to := range []string{
		"https://evil.example/", "//evil.example/", `/\evil.example/`, `\\evil.example`, "///evil.example", "http:evil.example", "javascript:alert(1)",
		"data:text/html,x", "/\t/evil.example", "/%0d%0aLocation:%20https://evil.example", "/%09/evil.example", "https:/evil.example", "/..//evil.example", "evil.example",
	} {
		for _, rt := range c.site.routes() {
			method, path := fill(rt.pattern, map[string]string{"case": string(c.mine)})
			if method != "GET" || rt.name == "static_show" {
				continue
			}
			q := url.Values{"next": {to}, "back": {to}, "to": {to}, "return": {to}, "redirect": {to}}
			if at := c.get(path + "?" + q.Encode()).header.Get("Location"); leadsOut(at) {
				t.Errorf("%s leads to %s", rt.pattern, at)
			}
		}
		a := c.post("/language", url.Values{"lang": {"en"}, "back": {to}, "next": {to}}).is(t, http.StatusSeeOther)
		if at := a.header.Get("Location"); leadsOut(at) {
			t.Errorf("the language button leads to %s", at)
		}
	}
}

// leadsOut reports that a browser would leave the program at a Location.
func leadsOut(at string) bool {
	if at == "" {
		return false
	}
	at = strings.NewReplacer("\\", "/", "\t", "", "\n", "", "\r", "").Replace(at)
	base, _ := url.Parse("http://localhost:1/a/b")
	u, err := base.Parse(at)
	return err != nil || u.Host != base.Host || u.Scheme != "http"
}

// No form, however wrong, makes the program fail, and nothing of it stays in the log.
func TestWrongForms(t *testing.T) {
	c := newCrowd(t)
	many := url.Values{}
	for i := range mostFields + 10 {
		many.Set(fmt.Sprintf("f%d", i), "x")
	}
	form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	type bad struct {
		what, body string
		header     map[string]string
	}
	wrong := []bad{
		{"nothing", "", form},
		{"nothing at all", "", nil},
		{"a broken escape", "name=%zz&x=%", form},
		{"no text", "name=%ff%fe%00&title=%80", form},
		{"many fields", many.Encode(), form},
		{"a long field", "name=" + strings.Repeat("x", fieldLimit+1), form},
		{"a long name", strings.Repeat("n", 300) + "=x", form},
		{"too much", "name=" + strings.Repeat("x", 2<<20), form},
		{"JSON", `{"name":["x"],"__proto__":{"a":1}}`, map[string]string{"Content-Type": "application/json"}},
		{"deep JSON", strings.Repeat("[", 100_000), map[string]string{"Content-Type": "application/json"}},
		{"XML", `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>`, map[string]string{"Content-Type": "text/xml"}},
		{"parts without end", "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nsecretword", map[string]string{"Content-Type": "multipart/form-data; boundary=b"}},
		{"parts without a boundary", "x", map[string]string{"Content-Type": "multipart/form-data"}},
		{"markup", url.Values{"name": {`"><script>alert(1)</script>`}, "title": {`{{.}}`}, "role": {"emperor"}, "person": {"../../x"}, "until": {"9999-99-99"}, "entry": {"' OR 1=1 --"}}.Encode(), form},
		{"every field twice", "name=a&name=b&person=a&person=b&role=owner&role=reader&entry=a&entry=b&until=2030-01-01&until=x", form},
	}
	for _, rt := range c.site.routes() {
		method, path := fill(rt.pattern, map[string]string{"case": string(c.mine)})
		if method == "GET" || rt.name == "language_save" {
			continue
		}
		for _, b := range wrong {
			if rt.name == "sample_open" || rt.name == "settings_copy" {
				continue // they take a form without fields
			}
			a := c.send(method, path, b.body, b.header)
			if a.status >= 500 || a.status == 0 {
				t.Errorf("%s with %s gave %d: %.300s", rt.pattern, b.what, a.status, tagless(a.body))
			}
			if strings.Contains(a.body, "<script>alert") {
				t.Errorf("%s with %s gives markup back as it came", rt.pattern, b.what)
			}
			if !c.still(t) {
				return
			}
		}
	}
	if log := c.log.String(); strings.Contains(log, "panic") || strings.Contains(log, "secretword") || strings.Contains(log, "emperor") {
		t.Errorf("the log:\n%.2000s", log)
	}
}

// still reports that the owner is still in; a form that ends her session lets her
// come in again.
func (c *crowd) still(t *testing.T) bool {
	t.Helper()
	if c.get("/settings").status != http.StatusOK {
		c.enter()
	}
	return !t.Failed() || c.get("/settings").status == http.StatusOK
}

// answerTo is what somebody is told of an address, with the name in it taken out, so
// that two answers can be compared.
func answerTo(h *house, method, path string, names ...string) string {
	a := h.send(method, path, "", map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
	text := fmt.Sprintf("%d %s %s\n%s", a.status, a.header.Get("Location"), a.header.Get("Content-Type"), a.body)
	for _, n := range names {
		text = strings.ReplaceAll(text, n, "NAME")
	}
	return text
}

// A case of another space, and one of the same space that was not shared, answer to
// every address exactly as one that does not exist.
func TestWhatOneMayNotSeeIsNotThere(t *testing.T) {
	c := newCrowd(t)
	guest := c.join(t, c.owner.Space, people.Member{}, people.Grant{Case: c.mine, Role: people.Reader, By: c.owner.Person.ID, Since: time.Now().Add(-time.Hour)})
	few := c.join(t, c.owner.Space, people.Member{}, people.Grant{Case: c.mine, Role: people.Reader, Entries: []string{}, By: c.owner.Person.ID, Since: time.Now().Add(-time.Hour)})
	none := people.CaseID(desk.NewName())
	for _, x := range []struct {
		name   string
		who    desk.Who
		hidden people.CaseID
	}{
		{"a stranger asks for our case", c.stranger, c.mine},
		{"we ask for a stranger's case", c.owner, c.theirs},
		{"a guest asks for a case that was not shared", guest, c.other},
		{"a guest asks for a stranger's case", guest, c.theirs},
		{"a guest of no entry asks for another case", few, c.other},
	} {
		h := c.as(x.who)
		for _, rt := range c.site.routes() {
			if !strings.Contains(rt.pattern, "{case}") {
				continue
			}
			m, p := fill(rt.pattern, map[string]string{"case": string(x.hidden)})
			_, q := fill(rt.pattern, map[string]string{"case": string(none)})
			a, b := answerTo(h, m, p, string(x.hidden)), answerTo(h, m, q, string(none))
			if a != b {
				t.Errorf("%s, %s: the answers differ\n%.600s\n---\n%.600s", x.name, rt.pattern, a, b)
			}
			if strings.HasPrefix(a, "2") || strings.HasPrefix(a, "5") {
				t.Errorf("%s, %s gave %.3s", x.name, rt.pattern, a)
			}
		}
	}
}

// An entry behind a wall answers as one that does not exist; so does a guest's
// entry of a case of which other entries were shared.
func TestHiddenEntryIsNotThere(t *testing.T) {
	c := newCrowd(t)
	secret := desk.NewName()
	e := c.see(t, c.owner, c.mine).File.Entries[0]
	e.Wall, e.Note, e.ID, e.Re = "author", "Sample secretword", "", ""
	if _, err := c.site.desk.AddEntry(t.Context(), c.owner, c.mine, desk.NewEntry{Name: secret, Fact: e}); err != nil {
		t.Fatal(err)
	}
	open := c.see(t, c.owner, c.mine)
	shown := open.Name(open.File.Entries[0].ID)
	reader := c.join(t, c.owner.Space, people.Member{Role: people.Reader})
	editor := c.join(t, c.owner.Space, people.Member{Role: people.Editor})
	guest := c.join(t, c.owner.Space, people.Member{}, people.Grant{Case: c.mine, Role: people.Reader, Entries: []string{shown}, By: c.owner.Person.ID, Since: time.Now().Add(-time.Hour)})
	for name, who := range map[string]desk.Who{"reader": reader, "editor": editor, "guest": guest} {
		h := c.as(who)
		for _, rt := range c.site.routes() {
			if !strings.Contains(rt.pattern, "{entry}") {
				continue
			}
			none := desk.NewName()
			m, p := fill(rt.pattern, map[string]string{"case": string(c.mine), "entry": secret})
			_, q := fill(rt.pattern, map[string]string{"case": string(c.mine), "entry": none})
			if a, b := answerTo(h, m, p, secret), answerTo(h, m, q, none); a != b || strings.HasPrefix(a, "2") {
				t.Errorf("to the %s %s tells that an entry exists:\n%.600s\n---\n%.600s", name, rt.pattern, a, b)
			}
		}
		for _, path := range []string{"/", "/cases", "/cases/" + string(c.mine), "/cases/" + string(c.mine) + "/record", "/search?q=secretword", "/cases/" + string(c.mine) + "/record?q=secretword", "/cases/" + string(c.mine) + "/clocks"} {
			if a := h.get(path); strings.Contains(a.body, secret) || strings.Contains(tagless(strings.ReplaceAll(a.body, `value="secretword"`, "")), "Sample secretword") {
				t.Errorf("%s shows the %s what is private", path, name)
			}
		}
	}
	if a := c.get("/cases/" + string(c.mine) + "/record?q=secretword"); !strings.Contains(a.body, secret) {
		t.Error("the author does not find her own entry: the test looks for nothing")
	}
}

// While many read and write at once the owner ends what was shared. From the moment
// that she is told so, nobody reads or writes by it any more.
func TestGrantEndsMeanwhile(t *testing.T) {
	c := newCrowd(t)
	g := people.Grant{ID: desk.NewName(), Case: c.mine, Role: people.Editor, By: c.owner.Person.ID, Since: time.Now().Add(-time.Hour)}
	guest := c.join(t, c.owner.Space, people.Member{})
	g.Person = guest.Person.ID
	name := string(guest.Person.ID) + "/" + g.ID
	put := func(version int64) {
		t.Helper()
		if err := c.store.Write(t.Context(), func(tx desk.Tx) error { return save(tx, c.owner.Space, "grant", name, version, g) }); err != nil {
			t.Fatal(err)
		}
	}
	put(0)
	h := c.as(guest)
	base := "/cases/" + string(c.mine)
	h.get(base).is(t, http.StatusOK)
	var ended atomic.Bool // the owner knows that it ended
	var after, before atomic.Int64
	stop := make(chan bool)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				known := ended.Load()
				status := 0
				switch (i + n) % 4 {
				case 0:
					status = h.get(base).status
				case 1:
					status = h.get(base + "/record").status
				case 2:
					status = h.get("/search?q=a&case=" + string(c.mine)).status
				case 3:
					e := c.see(t, c.owner, c.mine).File.Entries[0]
					e.ID, e.Re, e.Note = "", "", "Sample written meanwhile"
					if _, err := c.site.desk.AddEntry(t.Context(), guestNow(c, guest), c.mine, desk.NewEntry{Name: desk.NewName(), Fact: e}); err == nil {
						status = http.StatusOK
					} else {
						status = http.StatusNotFound
					}
				}
				if status == http.StatusOK {
					if known {
						after.Add(1)
					}
					before.Add(1)
				}
			}
		})
	}
	time.Sleep(400 * time.Millisecond)
	g.Ended, g.EndedBy = time.Now().UTC(), c.owner.Person.ID
	put(1)
	ended.Store(true)
	at := len(c.see(t, c.owner, c.mine).File.Entries)
	time.Sleep(400 * time.Millisecond)
	close(stop)
	wg.Wait()
	if n := after.Load(); n > 0 {
		t.Errorf("%d requests were answered after the end", n)
	}
	if now := len(c.see(t, c.owner, c.mine).File.Entries); now != at {
		t.Errorf("%d entries were written after the end", now-at)
	}
	if before.Load() < 10 {
		t.Errorf("only %d requests before the end: the test races with nobody", before.Load())
	}
}

// guestNow is somebody as he was when he still had his grant: what an upload that
// takes long brings along.
func guestNow(c *crowd, who desk.Who) desk.Who {
	now, found, err := c.site.desk.Recognize(c.t.Context(), who.Space, who.Person.ID)
	if err != nil || !found {
		return who
	}
	return now
}

// see is a case as somebody sees it.
func (c *crowd) see(t *testing.T, who desk.Who, id people.CaseID) *desk.Case {
	t.Helper()
	got, err := c.site.desk.Case(t.Context(), who, id, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// Who sends many files to be imported pushes out his own, not those that others wait
// for.
func TestWaitingImportsOfOthersStay(t *testing.T) {
	s := build(t, "").site
	mine := s.keepParcel(&waiting{person: "ana"})
	for range 5 * mostParcels {
		s.keepParcel(&waiting{person: "stranger"})
	}
	if s.takeParcel(mine, desk.Who{Person: people.Person{ID: "ana"}}) == nil {
		t.Error("a stranger pushed out what Ana waits for")
	}
	if s.takeParcel(mine, desk.Who{Person: people.Person{ID: "stranger"}}) != nil {
		t.Error("a stranger has what Ana waits for")
	}
	if n := len(s.parcels.wait); n > mostParcels {
		t.Errorf("%d wait", n)
	}
}
