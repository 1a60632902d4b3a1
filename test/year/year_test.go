package year

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stayput/desk"
	"stayput/law/packs"
	"stayput/people/credential"
	"stayput/present/web"
	"stayput/store/sqlite"
)

// A year is a server of a school district's office, on which a family has a space of
// its own, and a clock that the test moves.
type year struct {
	t    *testing.T
	at   string // http://localhost:port
	mu   sync.Mutex
	day  time.Time
	log  bytes.Buffer
	desk *desk.Desk
	site *web.Site
	data string   // the folder of the data
	told []string // links and codes that were given to people, which no log may hold
}

func (y *year) now() time.Time { y.mu.Lock(); defer y.mu.Unlock(); return y.day }

// goes moves the clock to a day.
func (y *year) goes(to string) {
	y.t.Helper()
	d, err := time.Parse("2006-01-02 15:04", to+" 17:00")
	if err != nil || d.Before(y.now()) {
		y.t.Fatal(to, err)
	}
	y.mu.Lock()
	y.day = d
	y.mu.Unlock()
}

// later lets some time of a day pass.
func (y *year) later(by time.Duration) { y.mu.Lock(); defer y.mu.Unlock(); y.day = y.day.Add(by) }

func (y *year) Write(b []byte) (int, error) { y.mu.Lock(); defer y.mu.Unlock(); return y.log.Write(b) }

func begin(t *testing.T) *year {
	t.Helper()
	y := &year{t: t, day: time.Date(2025, 9, 2, 17, 0, 0, 0, time.UTC)}
	folder := t.TempDir()
	y.data = folder
	store, err := sqlite.Open(context.Background(), sqlite.Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	y.desk = desk.New(desk.Options{Store: store, Book: book, Calendars: packs.Calendars(), Now: y.now})
	if _, err := y.desk.Begin(t.Context(), desk.SetUp{Kind: "agency", Space: "Sample Unified", Name: "Sample Manager", Lang: "en"}); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	y.site, err = web.New(web.Options{
		Desk: y.desk, Sessions: store.Sessions(), Log: slog.New(slog.NewJSONHandler(y, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Version: "test", Now: y.now, Hosts: web.LoopbackHosts(port), Folder: folder, Size: func() int64 { return 1 << 20 },
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- y.site.Serve(ctx, l) }()
	t.Cleanup(func() { stop(); <-ended; store.Close() })
	y.at = fmt.Sprintf("http://localhost:%d", port)
	return y
}

// A player is somebody with a browser, and perhaps with an account.
type player struct {
	y             *year
	name          string
	client        *http.Client
	login, secret string
	sees          map[string]bool // the words of which entries
}

const phrase = "lluvia sobre tejas rojas"

func (y *year) player(name string) *player {
	jar, _ := cookiejar.New(nil)
	return &player{y: y, name: name, sees: map[string]bool{}, client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (p *player) send(method, path, kind, body string) answer {
	p.y.t.Helper()
	r, err := http.NewRequest(method, p.y.at+path, strings.NewReader(body))
	if err != nil {
		p.y.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	a, err := p.client.Do(r)
	if err != nil {
		p.y.t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		p.y.t.Fatal(err)
	}
	return answer{a.StatusCode, a.Header, string(text)}
}

func (p *player) get(path string) answer { p.y.t.Helper(); return p.send("GET", path, "", "") }

func (p *player) post(path string, pairs ...string) answer {
	p.y.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return p.send("POST", path, "application/x-www-form-urlencoded", v.Encode())
}

// is fails when the status is another.
func (p *player) is(a answer, status int, what string) answer {
	p.y.t.Helper()
	if a.status != status {
		p.y.t.Fatalf("%s: %s gave %d, want %d: %s %.900s", p.name, what, a.status, status, a.header.Get("Location"), a.body)
	}
	return a
}

// gone fails when an answer gives anything.
func (p *player) gone(path, when string) {
	p.y.t.Helper()
	if a := p.get(path); a.status < 400 && !strings.HasPrefix(a.header.Get("Location"), "/sign-in") {
		p.y.t.Errorf("%s: %s still answers %d %s", when, path, a.status, p.name)
	}
}

var secretField = regexp.MustCompile(`name="secret" value="([A-Z2-7]+)"`)

// account makes an account on the way through an invitation.
func (p *player) account(next, login string) {
	p.y.t.Helper()
	p.login = login
	page := p.is(p.get("/sign-up?next="+url.QueryEscape(next)), 200, "the form of a new account")
	m := secretField.FindStringSubmatch(page.body)
	if m == nil {
		p.y.t.Fatalf("%s: no secret for the app: %.2000s", p.name, page.body)
	}
	p.secret = m[1]
	p.is(p.post("/sign-up", "login", login, "passphrase", phrase, "secret", p.secret, "code", credential.Code(p.secret, p.y.now()), "next", next), 303, "the new account")
	p.y.told = append(p.y.told, p.secret)
}

// signIn comes in anew, in the browser this person has.
func (p *player) signIn() {
	p.y.t.Helper()
	jar, _ := cookiejar.New(nil)
	p.client.Jar = jar
	p.is(p.post("/sign-in", "login", p.login, "passphrase", phrase, "code", credential.Code(p.secret, p.y.now()), "next", "/cases"), 303, "signing in")
}

var (
	joinLink    = regexp.MustCompile(`/join/[A-Za-z0-9_-]{20,}`)
	welcomeLink = regexp.MustCompile(`/welcome/[A-Za-z0-9_-]{20,}`)
	caseLink    = regexp.MustCompile(`^/cases/[a-z2-7]{16}$`)
)

// share fills in the form of a share and gives the path of the link, which goes to
// the other by hand.
func (p *player) share(path string, says string, pairs ...string) string {
	p.y.t.Helper()
	a := p.is(p.post(path, pairs...), 303, "sharing")
	check := a.header.Get("Location")
	page := p.is(p.get(check), 200, "what the other will see")
	if !strings.Contains(html.UnescapeString(page.body), says) {
		p.y.t.Errorf("before it is sent, the page does not say %q: %.1500s", says, page.body)
	}
	sent := p.is(p.post(strings.TrimSuffix(check, "/check")+"/send"), 200, "sending")
	link := joinLink.FindString(sent.body)
	if link == "" {
		p.y.t.Fatal("no link")
	}
	p.y.told = append(p.y.told, strings.TrimPrefix(link, "/join/"))
	return link
}

// joins takes an invitation with a new account.
func (p *player) joins(link, login string) {
	p.y.t.Helper()
	p.is(p.get(link), 200, "the invitation")
	p.account(link, login)
	p.is(p.post(link), 303, "taking the invitation")
}

// endShare takes back what somebody sees of a case.
func (y *year) endShare(parent *player, c, whom string) {
	y.t.Helper()
	end := regexp.MustCompile(`<h3>` + whom + `</h3>[\s\S]*?action="(` + regexp.QuoteMeta(c) + `/share/[^"]+/end)"`).FindStringSubmatch(parent.get(c + "/share").body)
	if end == nil {
		y.t.Fatalf("the share of %s cannot be ended", whom)
	}
	parent.is(parent.post(end[1]), 303, "ending a share")
}

// writes adds an entry with a paper, whose words and name hold a mark.
func (p *player) writes(c, mark, wall string) string {
	p.y.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	name := desk.NewName()
	for k, v := range map[string]string{"name": name, "kind": "evaluation_requested", "by": "parent", "on": p.y.now().Format("2006-01-02"), "words": "Words " + mark + ".", "wall": wall} {
		m.WriteField(k, v)
	}
	f, _ := m.CreateFormFile("files", mark+".txt")
	fmt.Fprint(f, "bytes of "+mark)
	m.Close()
	p.is(p.send("POST", c+"/add?any=1", m.FormDataContentType(), b.String()), 303, "writing "+mark)
	p.sees[mark] = true
	return name
}

// pages are what anybody may ask for about a case.
func pages(c string) []string {
	out := []string{"/", "/cases", "/cases?closed=1", "/search?q=words", "/search?q=zq", "/calendars", "/settings", "/people", "/access", "/access.csv", "/imports", "/devices", "/record/new", "/nowhere", "/families", "/leave"}
	for _, x := range []string{"", "/record", "/record?was=1", "/record?q=zq", "/record?wall=counsel", "/clocks", "/clocks?view=table", "/clocks.csv", "/rights", "/law", "/cards", "/add?any=1", "/edit", "/share", "/given", "/export", "/export/case.yaml", "/export/brief.html", "/export/case.zip"} {
		out = append(out, c+x)
	}
	return append(out, c+"/export/case.yaml?wall=counsel&wall=author&wall=mediation")
}

// looks goes through all pages in both languages: nobody meets the mark of an entry
// that is not his or hers, and meets those that are.
func (y *year) looks(when, c string, marks []string, all ...*player) {
	y.t.Helper()
	for _, p := range all {
		found := map[string]bool{}
		for _, lang := range []string{"en", "es"} {
			p.post("/language", "lang", lang, "back", "/")
			for _, path := range pages(c) {
				a := p.get(path)
				if a.status >= 500 {
					y.t.Errorf("%s: %s gave %s %d", when, path, p.name, a.status)
				}
				text := a.body
				if strings.HasPrefix(a.header.Get("Content-Type"), "application/zip") {
					text = unpacked(y.t, a.body)
				}
				// What somebody looked for stands in the field of the search.
				for _, m := range marks {
					if strings.Contains(text, m) || strings.Contains(fmt.Sprint(a.header), m) {
						if found[m] = true; !p.sees[m] {
							y.t.Errorf("%s: %s meets %s on %s", when, p.name, m, path)
						}
					}
				}
			}
		}
		for m := range p.sees {
			if !found[m] && p.sees[m] {
				y.t.Errorf("%s: %s does not find %s", when, p.name, m)
			}
		}
	}
}

func unpacked(t *testing.T, data string) string {
	z, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(f.Name + "\n")
		io.Copy(&b, r)
		r.Close()
	}
	return b.String()
}

// A year of one case: who may see what, at each step of it.
func TestYear(t *testing.T) {
	y := begin(t)
	marks := []string{"zqschool", "zqfirst", "zqmine", "zqtalks", "zqadvocate", "zqcounsel", "zqowncounsel", "zqsent", "zqkept", "zqnext", "zqlate"}
	outsider, attacker := y.player("an outsider"), y.player("an attacker")

	// September: the district's case manager keeps her own record of the child, and
	// offers the family a space of its own on the same server.
	manager := y.player("the case manager")
	manager.is(manager.get(y.site.NewLink()), 303, "the link on her own computer")
	manager.is(manager.get("/account"), 200, "her account")
	page := manager.get("/account")
	manager.login, manager.secret = "manager@sample.example", secretField.FindStringSubmatch(page.body)[1]
	manager.is(manager.post("/account/new", "login", manager.login, "passphrase", phrase, "secret", manager.secret, "code", credential.Code(manager.secret, y.now()), "next", "/account"), 303, "her account")
	school := manager.is(manager.post("/cases/new", "name", desk.NewName(), "child", "Sample child", "state", "us-ca", "side", "school"), 303, "her case").header.Get("Location")
	if !caseLink.MatchString(school) {
		t.Fatal(school)
	}
	manager.writes(school, "zqschool", "")
	offered := manager.is(manager.post("/families", "name", desk.NewName(), "for", "A sample family", "backups", "30"), 200, "offering a space")
	welcome := welcomeLink.FindString(offered.body)
	y.told = append(y.told, strings.TrimPrefix(welcome, "/welcome/"))

	parent := y.player("the parent")
	parent.is(parent.get(welcome), 200, "the offer")
	parent.account(welcome, "parent@sample.example")
	parent.is(parent.post(welcome, "name", "Sample Parent", "space", "Sample family"), 303, "her space")
	attacker.gone(welcome, "the offer was taken")
	c := parent.is(parent.post("/cases/new", "name", desk.NewName(), "child", "Sample child", "state", "us-ca"), 303, "her case").header.Get("Location")
	first := parent.writes(c, "zqfirst", "")
	mine := parent.writes(c, "zqmine", "author")
	y.looks("September", c, marks, parent, manager, outsider, attacker)
	y.looks("September, the school's case", school, marks, parent, manager, outsider)

	// October: a grandmother reads along. The link works once.
	y.goes("2025-10-01")
	parent.signIn()
	link := parent.share(c+"/share/new?preset=family", "Sample Grandmother", "for", "Sample Grandmother")
	grandmother := y.player("the grandmother")
	grandmother.joins(link, "grandmother@sample.example")
	grandmother.sees["zqfirst"] = true
	attacker.gone(link, "the invitation was taken")
	if a := attacker.post(link); a.status < 400 && !strings.HasPrefix(a.header.Get("Location"), "/sign-in") {
		t.Errorf("a used link is taken again: %d", a.status)
	}
	for _, path := range []string{c + "/add?any=1", c + "/edit", c + "/share", c + "/export", c + "/record/" + first + "/correct", "/start", "/import"} {
		grandmother.gone(path, "a grandmother only reads")
	}
	manager.signIn()
	y.looks("October", c, marks, parent, grandmother, manager, outsider, attacker)

	// November: an advocate for three months, who writes, and a note of her own.
	y.goes("2025-11-03")
	parent.signIn()
	link = parent.share(c+"/share/new?preset=advocate", "Sample Advocate", "for", "Sample Advocate", "role", "editor", "until", "2026-02-01")
	advocate := y.player("the advocate")
	advocate.joins(link, "advocate@sample.example")
	advocate.sees["zqfirst"] = true
	advocate.writes(c, "zqadvocate", "author")
	parent.writes(c, "zqtalks", "mediation")
	advocate.sees["zqtalks"] = true
	y.looks("November", c, marks, parent, advocate, outsider)

	// December: an attorney with work product of her own. The parent lets her be
	// counsel, and does not see what she writes for herself.
	y.goes("2025-12-01")
	parent.signIn()
	link = parent.share(c+"/share/new?preset=attorney", "Sample Attorney", "for", "Sample Attorney", "hand_on", "yes")
	attorney := y.player("the attorney")
	attorney.joins(link, "attorney@sample.example")
	attorney.sees["zqfirst"], attorney.sees["zqtalks"] = true, true
	attorney.writes(c, "zqcounsel", "counsel")
	attorney.writes(c, "zqowncounsel", "author")
	manager.signIn()
	advocate.signIn()
	grandmother.signIn()
	y.looks("December", c, marks, parent, grandmother, advocate, attorney, manager, outsider, attacker)

	// January: the school receives papers, and nothing that was not among them; then
	// it may read two entries on the server, and nothing that comes later.
	y.goes("2026-01-12")
	parent.signIn()
	manager.signIn()
	sent := parent.writes(c, "zqsent", "")
	parent.writes(c, "zqkept", "")
	y.packet(parent, manager, c, mine, []string{first, sent}, marks)
	y.schoolReads(parent, manager, c, []string{first, sent}, marks)
	for _, p := range []*player{grandmother, advocate, attorney} {
		p.signIn()
		p.sees["zqsent"], p.sees["zqkept"], p.sees["zqnext"] = true, true, true
	}
	y.looks("January", c, marks, parent, grandmother, advocate, attorney, manager, outsider, attacker)

	// February: the advocate's three months are over by themselves, with her pages
	// open. Nothing of what she wrote for herself comes to anybody else.
	y.goes("2026-01-31")
	advocate.signIn()
	advocate.is(advocate.get(c), 200, "on the last day")
	y.goes("2026-02-03")
	advocate.gone(c, "after three months")
	advocate.gone(c+"/record", "after three months")
	advocate.sees = map[string]bool{}
	for _, p := range []*player{parent, grandmother, attorney, manager} {
		p.signIn()
	}
	y.looks("February", c, marks, parent, grandmother, advocate, attorney, manager)

	// March: the parent takes back what the grandmother reads; her page is open.
	y.goes("2026-03-02")
	parent.signIn()
	grandmother.signIn()
	grandmother.is(grandmother.get(c), 200, "before it is taken back")
	y.endShare(parent, c, "Sample Grandmother")
	grandmother.gone(c+"/record", "after it was taken back")
	grandmother.gone("/search?q=words", "after it was taken back")
	grandmother.sees = map[string]bool{}

	// April: a mediator may read one entry, and finds nothing else: not that there
	// is more, and nothing to do.
	y.goes("2026-04-06")
	parent.signIn()
	link = parent.share(c+"/share/new?preset=mediator", "Sample Mediator", "for", "Sample Mediator", "entry", first, "until", "2026-05-15")
	mediator := y.player("the mediator")
	mediator.joins(link, "mediator@sample.example")
	mediator.sees["zqfirst"] = true
	for _, path := range []string{c + "/add?any=1", c + "/edit", c + "/share", c + "/export", c + "/given", c + "/record/" + first + "/correct", "/import", "/imports"} {
		mediator.gone(path, "a mediator reads one entry")
	}
	y.looks("April", c, marks, parent, mediator)
	y.goes("2026-05-16")
	mediator.gone(c+"/record", "after the last day")
	mediator.sees = map[string]bool{}

	// The year goes on; who is out sees nothing new, the school nothing at all.
	y.goes("2026-06-01")
	parent.signIn()
	manager.signIn()
	parent.writes(c, "zqlate", "")
	y.looks("June", c, marks, parent, grandmother, advocate, mediator, manager, outsider, attacker)
	y.looks("June, the school's case", school, marks, manager, parent, outsider, attacker)

	attorney.signIn()
	attorney.sees["zqlate"] = true
	y.copies(c, marks, parent, attorney)
	y.stolen(parent, attacker, c)

	// The attacker knows every address, and gets nothing that tells one from another.
	real, none := attacker.get(c+"/record/"+first), attacker.get("/cases/"+desk.NewName()+"/record/"+first)
	if real.status != none.status || len(real.body) != len(none.body) {
		t.Errorf("a real case answers %d with %d bytes, none %d with %d", real.status, len(real.body), none.status, len(none.body))
	}
	for _, host := range []string{"evil.example", "sample.example:80"} {
		r, _ := http.NewRequest("GET", y.at+c, nil)
		r.Host = host
		a, err := attacker.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		if a.StatusCode != http.StatusMisdirectedRequest {
			t.Errorf("the name %s is answered: %d", host, a.StatusCode)
		}
	}

	// A copy of the whole file would hold every space and every wall: nobody on the
	// server is given one by a page.
	for _, p := range []*player{manager, parent, attacker} {
		if a := p.post("/settings/copy"); a.status != http.StatusForbidden && !strings.HasPrefix(a.header.Get("Location"), "/sign-in") {
			t.Errorf("%s gets a copy of the whole file: %d", p.name, a.status)
		}
	}

	// The owner reads who read what.
	seen := parent.is(parent.get("/access"), 200, "the access log").body
	if !strings.Contains(seen, "Sample") {
		t.Error("the access log is empty")
	}

	// July: the family takes its space away. Nothing of it stays on the server.
	y.goes("2026-07-01")
	for _, p := range []*player{parent, manager, attorney} {
		p.signIn()
	}
	y.leaves(c, school, marks, parent, manager, attorney, outsider)

	// The log of the server holds nobody's words, names, links or secrets.
	y.mu.Lock()
	log := y.log.String()
	y.mu.Unlock()
	for _, bad := range append(slices.Concat(marks, y.told), "Sample child", "sample.example", phrase, strings.TrimPrefix(c, "/cases/"), strings.TrimPrefix(school, "/cases/")) {
		if strings.Contains(log, bad) {
			t.Errorf("the server's log holds %q", bad)
		}
	}
}
