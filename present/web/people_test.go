package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"stayput/desk"
	"stayput/fact"
	"stayput/intake/casefile"
	"stayput/people"
)

// newcomer is a browser in which somebody signed in to a new account, who is nobody
// anywhere yet.
func (c *crowd) newcomer(t *testing.T, login string) *house {
	t.Helper()
	name := desk.NewName()
	c.with("GET /become/"+name, func(w http.ResponseWriter, r *http.Request) error {
		id, _, err := c.site.desk.MakeAccount(r.Context(), desk.NewAccount{Login: login, Passphrase: "seven quiet otters by the river", Keeper: true})
		if err != nil {
			return err
		}
		out, err := c.site.desk.BeginAccount(r.Context(), id, "", "test")
		if err != nil {
			return err
		}
		if err := c.site.letIn(w, r, out); err != nil {
			return err
		}
		return c.site.seeOther(w, r, "/")
	})
	h := *c.house
	h.client = h.browser()
	h.get("/become/"+name).is(t, http.StatusSeeOther)
	return &h
}

var joinLink = regexp.MustCompile(`/join/[A-Za-z0-9_-]{43}`)

// share fills in the form of a preset and gives the path of the link.
func (h *house) share(t *testing.T, path string, form url.Values) string {
	t.Helper()
	a := h.post(path, form).is(t, http.StatusSeeOther)
	check := a.header.Get("Location")
	h.get(check).is(t, http.StatusOK)
	sent := h.post(strings.TrimSuffix(check, "/check")+"/send", nil).is(t, http.StatusOK)
	link := joinLink.FindString(sent.body)
	if link == "" {
		t.Fatalf("no link:\n%.3000s", sent.body)
	}
	return link
}

// addNote writes an entry down as the owner.
func (c *crowd) addNote(t *testing.T, id people.CaseID, note string, w fact.Wall) string {
	t.Helper()
	k, err := c.site.desk.Case(t.Context(), c.owner, id, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	e := fact.Entry{Kind: fact.MustLookup("note_added"), On: k.File.Entries[0].On, Note: note, Wall: w}
	name, err := c.site.desk.AddEntry(t.Context(), c.house.owner(), id, desk.NewEntry{Fact: e})
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// A mediator reads two entries: from the form to the page, on a phone without a
// script, until it ends.
func TestShareSomeEntries(t *testing.T) {
	c := newCrowd(t)
	one, two := c.addNote(t, c.mine, "shown alpha", ""), c.addNote(t, c.mine, "shown beta", "")
	hidden := c.addNote(t, c.mine, "hidden gamma", "")
	c.addNote(t, c.mine, "hidden delta", fact.Counsel)
	base := "/cases/" + string(c.mine) + "/share"
	c.get(base).is(t, http.StatusOK).says(t, "Share with somebody else", "preset=mediator", "this computer only")
	form := c.get(base+"/new?preset=mediator").is(t, http.StatusOK).says(t, one, two, hidden)
	if strings.Contains(form.body, "hidden delta") {
		t.Error("a private entry can be chosen")
	}
	// Mistakes are said, and nothing that was typed is lost.
	bad := c.post(base+"/new?preset=mediator", url.Values{"for": {"Mr. Sample"}, "until": {"2001-01-01"}}).is(t, http.StatusUnprocessableEntity)
	bad.says(t, "Mr. Sample", "lies in the past")
	c.post(base+"/new?preset=mediator", url.Values{"for": {"Mr. Sample"}}).is(t, http.StatusUnprocessableEntity).says(t, "Choose at least one entry")
	c.post(base+"/new?preset=mediator", url.Values{"entry": {one}}).is(t, http.StatusUnprocessableEntity).says(t, "Say for whom")

	until := time.Now().AddDate(0, 0, 20).Format("2006-01-02")
	values := url.Values{"for": {"Mr. Sample"}, "until": {until}, "entry": {one, two}, "purpose": {"mediation"}}
	c.post(base+"/new?preset=mediator", values).is(t, http.StatusSeeOther)
	check := c.get(base+"/check").is(t, http.StatusOK).says(t, "Mr. Sample will read 2 entries of", "and nothing else, until", "shown alpha", "shown beta")
	if strings.Contains(check.body, "hidden gamma") {
		t.Error("more shows than will be shared")
	}
	// The same pages as the other will see them; nothing can be done there.
	c.post("/preview", nil).is(t, http.StatusSeeOther)
	seen := c.get("/cases/"+string(c.mine)+"/record").is(t, http.StatusOK).says(t, "You are looking at it as Mr. Sample sees it", "shown alpha", "2 entries")
	for _, bad := range []string{"hidden gamma", "hidden delta", "/share", "/export", "/add"} {
		if strings.Contains(seen.body, bad) {
			t.Errorf("the preview holds %q", bad)
		}
	}
	c.get("/cases/"+string(c.other)).is(t, http.StatusNotFound)
	c.get("/cases/"+string(c.mine)+"/record/"+hidden).is(t, http.StatusNotFound)
	for _, p := range []string{"/people", base, "/cases/" + string(c.mine) + "/export", "/start"} {
		if a := c.get(p); a.status < 400 {
			t.Errorf("%s works in a preview: %d", p, a.status)
		}
	}
	for _, p := range []string{"/cases/" + string(c.mine) + "/add", base + "/send", "/settings", "/people/leave"} {
		if a := c.post(p, nil); a.status < 400 {
			t.Errorf("POST %s works in a preview: %d", p, a.status)
		}
	}
	if to := c.post("/preview/end", nil).is(t, http.StatusSeeOther).header.Get("Location"); to != base+"/check" {
		t.Errorf("the preview ends at %s", to)
	}
	link := c.share(t, base+"/new?preset=mediator", values)
	if a := c.post(base+"/send", nil); a.status != http.StatusSeeOther {
		t.Errorf("sent twice: %d", a.status)
	}
	c.get(base).is(t, http.StatusOK).says(t, "Waiting for an answer", "Mr. Sample")
	if strings.Contains(c.get(base).body, link) || strings.Contains(c.get("/people").body, link) {
		t.Error("the link shows again")
	}

	// Opening accepts nothing, for nobody.
	stranger := *c.house
	stranger.client = stranger.browser()
	a := stranger.get(link).is(t, http.StatusOK).says(t, "invites you to read 2 entries of one child", "Sign in or make an account", "Mr. Sample")
	if strings.Contains(a.body, "shown") || a.header.Get("Referrer-Policy") != "no-referrer" || !strings.Contains(a.header.Get("Cache-Control"), "no-") {
		t.Errorf("%v", a.header)
	}
	if to := stranger.post(link, nil).is(t, http.StatusSeeOther).header.Get("Location"); to != "/sign-in?next="+link {
		t.Errorf("leads to %s", to)
	}
	c.get(link).is(t, http.StatusOK).says(t, "your own invitation")

	guest := c.newcomer(t, "mediator")
	guest.get(link).is(t, http.StatusOK).says(t, "Accept")
	guest.post(link, nil).is(t, http.StatusSeeOther)
	record := guest.get("/cases/"+string(c.mine)+"/record").is(t, http.StatusOK).says(t, "shown alpha", "shown beta", "2 entries")
	if strings.Contains(record.body, "hidden gamma") || strings.Contains(record.body, "hidden delta") {
		t.Error("the guest sees more")
	}
	guest.get("/people").is(t, http.StatusOK).says(t, "Mr. Sample")
	// The link works no more, for whoever opens it, in the same words.
	over := guest.get(link).is(t, http.StatusNotFound).says(t, "not open any more")
	random := "/join/" + strings.Repeat("x", 43)
	if b := guest.get(random); b.status != over.status || strings.ReplaceAll(b.body, random, link) != over.body {
		t.Error("a used link is told from one that never was")
	}
	c.newcomer(t, "another").post(link, nil).is(t, http.StatusNotFound)

	// Ended: an open page of the guest shows nothing more.
	sharing, err := c.site.desk.Sharing(t.Context(), c.house.owner(), c.mine)
	if err != nil || len(sharing.Shares) != 1 {
		t.Fatalf("%+v %v", sharing, err)
	}
	g := sharing.Shares[0].Grant
	c.get(base).says(t, "Mr. Sample will read 2 entries")
	c.post(base+"/"+string(g.Person)+"/"+g.ID+"/until", url.Values{"until": {""}}).is(t, http.StatusSeeOther)
	c.get(base).says(t, "until somebody ends it")
	c.post(base+"/"+string(g.Person)+"/"+g.ID+"/end", nil).is(t, http.StatusSeeOther)
	if a := guest.get("/cases/" + string(c.mine) + "/record"); a.status < 400 || strings.Contains(a.body, "shown") {
		t.Errorf("after the end: %d", a.status)
	}
}

// Whatever is written, corrected, attached or destroyed behind the share, every page
// of the guest stays the same to the byte.
func TestSomeEntriesSamePages(t *testing.T) {
	c := newCrowd(t)
	one := c.addNote(t, c.mine, "shown alpha", "")
	guest := c.as(c.join(t, c.owner.Space, people.Member{}, people.Grant{Case: c.mine, Role: people.Reader, Entries: []string{one}, By: c.owner.Person.ID, Since: time.Now().Add(-time.Hour)}))
	at := "/cases/" + string(c.mine)
	paths := []string{"/", "/cases", at, at + "/record", at + "/record?was=1", at + "/record?q=a", at + "/record?q=hidden", at + "/record/" + one, at + "/clocks", at + "/clocks.csv", at + "/rights",
		at + "/law", at + "/cards", "/search?q=a", "/search?q=hidden", "/calendars", "/people", "/imports", "/law", at + "/share", at + "/export", at + "/record/" + desk.NewName(), at + "/files/" + strings.Repeat("0", 64)}
	pages := func() (all []string) {
		for _, p := range paths {
			a := guest.get(p)
			var head strings.Builder
			for _, k := range []string{"Content-Length", "Content-Type", "Etag", "Last-Modified", "Content-Disposition"} {
				head.WriteString(k + ":" + a.header.Get(k) + "\n")
			}
			all = append(all, head.String()+a.body)
		}
		return all
	}
	before := pages()
	if !strings.Contains(before[3], "shown alpha") {
		t.Fatal("the guest does not see what is shared")
	}
	who := c.house.owner()
	d := c.site.desk
	n := c.addNote(t, c.mine, "hidden a note with a word", "")
	if _, err := d.CorrectEntry(t.Context(), who, c.mine, one, desk.NewEntry{Fact: fact.Entry{Kind: fact.MustLookup("note_added"), On: c.see(t, who, c.mine).File.Entries[0].On, Note: "hidden correction"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.KeepFile(t.Context(), who, c.mine, "hidden.pdf", "application/pdf", strings.NewReader("%PDF-1.4 hidden")); err != nil {
		t.Fatal(err)
	}
	if err := d.DestroyEntry(t.Context(), who, c.mine, n, "wrong child", ""); err != nil {
		t.Fatal(err)
	}
	c.addNote(t, c.mine, "hidden counsel", fact.Counsel)
	c.join(t, c.owner.Space, people.Member{}, people.Grant{Case: c.mine, Role: people.Reader, By: c.owner.Person.ID})
	c.open("simple.yaml")
	for i, after := range pages() {
		if after != before[i] {
			t.Errorf("%s changed:\n%s", paths[i], firstDifference(before[i], after))
		}
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "was " + x[i] + "\nis  " + y[i]
		}
	}
	return "one is longer"
}

// Names of another space answer as names that do not exist do, to the byte.
func TestNamesOfAnotherSpaceOnPages(t *testing.T) {
	c := newCrowd(t)
	note := c.addNote(t, c.mine, "hidden alpha", "")
	guest := c.join(t, c.owner.Space, people.Member{Role: people.Editor}, people.Grant{Case: c.mine, Role: people.Reader, By: c.owner.Person.ID})
	inv, _, err := c.site.desk.Invite(t.Context(), c.house.owner(), desk.NewName(), "x", desk.Terms{Role: people.Reader})
	if err != nil {
		t.Fatal(err)
	}
	them := c.as(c.stranger)
	random := desk.NewName()
	mine, theirs := string(c.mine), string(c.theirs)
	for _, x := range []struct{ method, path, id string }{
		{"GET", "/cases/ID", mine}, {"GET", "/cases/ID/record", mine}, {"GET", "/cases/ID/share", mine}, {"GET", "/cases/ID/share/new?preset=family", mine},
		{"GET", "/cases/ID/export", mine}, {"GET", "/cases/ID/clocks.csv", mine}, {"GET", "/cases/ID/add", mine},
		{"GET", "/cases/" + theirs + "/record/ID", note}, {"GET", "/people/ID", string(guest.Person.ID)}, {"GET", "/people/ID", string(c.owner.Person.ID)},
		{"POST", "/people/ID", string(guest.Person.ID)}, {"POST", "/people/ID/end", string(guest.Person.ID)}, {"POST", "/people/ID/see", string(guest.Person.ID)},
		{"POST", "/people/invitations/ID/end", inv.ID}, {"POST", "/cases/ID/share/send", mine},
		{"POST", "/cases/" + theirs + "/share/" + string(guest.Person.ID) + "/ID/end", guest.Grants[0].ID},
		{"POST", "/cases/ID/share/" + string(guest.Person.ID) + "/" + guest.Grants[0].ID + "/end", mine},
	} {
		ask := func(id string) answer {
			return them.send(x.method, strings.ReplaceAll(x.path, "ID", id), "role=reader&version=0", map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
		}
		a, b := ask(x.id), ask(random)
		if a.status < 400 && x.path != "/cases/ID/share/send" || a.status != b.status || strings.ReplaceAll(a.body, x.id, random) != b.body || a.header.Get("Content-Length") != b.header.Get("Content-Length") {
			t.Errorf("%s %s: %d, and for a random name %d\n%s", x.method, x.path, a.status, b.status, firstDifference(strings.ReplaceAll(a.body, x.id, random), b.body))
		}
	}
}

// Every way to share that the page offers can be gone to its end.
func TestEveryPreset(t *testing.T) {
	c := newCrowd(t)
	one := c.addNote(t, c.mine, "shown alpha", "")
	base := "/cases/" + string(c.mine) + "/share"
	for _, p := range presets {
		switch {
		case p.Student, p.ID == "member":
			continue
		case p.Packet:
			form := base + "/new?preset=school"
			c.post(form, url.Values{"for": {"Sample Unified"}}).is(t, http.StatusUnprocessableEntity)
			c.post(form, url.Values{"for": {"Sample Unified"}, "entry": {desk.NewName()}}).is(t, http.StatusUnprocessableEntity)
			c.post(form, url.Values{"for": {"Sample Unified"}, "entry": {one}}).is(t, http.StatusSeeOther)
			c.get(base+"/check").is(t, http.StatusOK).says(t, "Sample Unified receives a file with 1 entry", "shown alpha")
			c.post(base+"/send", nil).is(t, http.StatusSeeOther) // a packet is no invitation
			a := c.post(base+"/packet", nil).is(t, http.StatusOK)
			if a.header.Get("Content-Type") != "application/zip" || !strings.Contains(a.body, "shown alpha") {
				t.Errorf("the packet: %v", a.header)
			}
			given, err := c.site.desk.Givens(t.Context(), c.house.owner(), c.mine)
			if err != nil || len(given.Lines) == 0 || given.Lines[0].For != "Sample Unified" {
				t.Errorf("what was given: %+v %v", given, err)
			}
			continue
		}
		c.get(base+"/new?preset="+p.ID).is(t, http.StatusOK)
		link := c.share(t, base+"/new?preset="+p.ID, url.Values{"for": {"Sample " + p.ID}, "role": {string(p.Role)}, "entry": {one}, "hand_on": {"no"}})
		guest := c.newcomer(t, "login-"+p.ID)
		guest.post(link, nil).is(t, http.StatusSeeOther)
		guest.get("/cases/"+string(c.mine)+"/record").is(t, http.StatusOK).says(t, "shown alpha")
	}
	c.get("/people").is(t, http.StatusOK).says(t, "Sample spouse", "Sample attorney", "What changed")
	// Into the space.
	c.get("/people/invite").is(t, http.StatusOK).says(t, "preset=member")
	c.get("/people/invite?preset=member").is(t, http.StatusOK)
	c.post("/people/invite?preset=member", url.Values{"for": {"x"}}).is(t, http.StatusUnprocessableEntity).says(t, "Choose what this person may do")
	link := c.share(t, "/people/invite?preset=member", url.Values{"for": {"Sample staff"}, "role": {"reader"}})
	c.newcomer(t, "staff").post(link, nil).is(t, http.StatusSeeOther)
}

// A person's page: changed, from an old form, ended, and the last owner stays.
func TestPersonPage(t *testing.T) {
	c := newCrowd(t)
	p := c.join(t, c.owner.Space, people.Member{Role: people.Editor})
	path := "/people/" + string(p.Person.ID)
	c.get(path).is(t, http.StatusOK).says(t, `name="role"`, `name="version" value="1"`)
	c.post(path, url.Values{"role": {"reader"}, "version": {"1"}, "until": {"no day"}}).is(t, http.StatusUnprocessableEntity).says(t, "not a date")
	c.post(path, url.Values{"role": {"reader"}, "version": {"1"}}).is(t, http.StatusSeeOther)
	c.post(path, url.Values{"role": {"owner"}, "version": {"1"}}).is(t, http.StatusConflict).says(t, "Somebody changed this person meanwhile")
	me := "/people/" + string(c.owner.Person.ID)
	c.post(me, url.Values{"role": {"owner"}, "version": {"1"}}).is(t, http.StatusConflict).says(t, "the only one who sees work product")
	c.post(me, url.Values{"role": {"reader"}, "version": {"1"}, "counsel": {"yes"}}).is(t, http.StatusConflict).says(t, "Make somebody else owner first")
	c.post("/people/leave", nil).is(t, http.StatusConflict).says(t, "Make somebody else owner first")
	// Through the other's eyes.
	c.post(path+"/see", nil).is(t, http.StatusSeeOther)
	c.get("/cases").is(t, http.StatusOK).says(t, "You are looking at it as Sample")
	c.post("/preview/end", nil).is(t, http.StatusSeeOther)
	them := c.as(p)
	them.get(path).is(t, http.StatusOK)
	if a := them.get(me).is(t, http.StatusOK); strings.Contains(a.body, `name="role"`) {
		t.Error("a reader is offered to change the owner")
	}
	them.post(path, url.Values{"role": {"owner"}, "version": {"2"}}).is(t, http.StatusForbidden)
	c.post(path+"/end", url.Values{"version": {"2"}}).is(t, http.StatusSeeOther)
	if a := them.get("/cases"); a.status != http.StatusForbidden && a.status != http.StatusSeeOther {
		t.Errorf("who was ended gets %d", a.status)
	}
	c.get("/people").says(t, "Who was here before")
	c.get(path).is(t, http.StatusOK).says(t, "sees nothing here any more")
}

// A preview lasts half an hour and ends when what it shows cannot be given any more.
func TestPreviewEnds(t *testing.T) {
	c := newCrowd(t)
	p := c.join(t, c.owner.Space, people.Member{Role: people.Reader})
	path := "/people/" + string(p.Person.ID)
	c.post(path+"/see", nil).is(t, http.StatusSeeOther)
	c.get("/people").is(t, http.StatusForbidden)
	c.now = func() time.Time { return time.Now().Add(previewTime + time.Minute) }
	c.site.now = c.now
	c.get("/people").is(t, http.StatusOK)
	c.site.now = time.Now
	c.post(path+"/see", nil).is(t, http.StatusSeeOther)
	if err := c.site.desk.EndMember(t.Context(), c.house.owner(), p.Person.ID, 1); err != nil {
		t.Fatal(err)
	}
	c.get("/cases").is(t, http.StatusConflict).says(t, "You see your own records again")
	c.get("/people").is(t, http.StatusOK)
}

// The attorney has work product of her own: the owner is told who sees it, hands it
// on, and sees it no more on any page.
func TestAttorneyOnPages(t *testing.T) {
	c := newCrowd(t)
	c.addNote(t, c.mine, "hidden counsel of the owner", fact.Counsel)
	base := "/cases/" + string(c.mine) + "/share"
	c.get(base+"/new?preset=attorney").is(t, http.StatusOK).says(t, "The attorney, and not you")
	c.post(base+"/new?preset=attorney", url.Values{"for": {"Ms. Counsel"}, "hand_on": {"yes"}}).is(t, http.StatusSeeOther)
	c.get(base+"/check").is(t, http.StatusOK).says(t, "work product is seen by: Ms. Counsel. Nobody else")
	link := c.share(t, base+"/new?preset=attorney", url.Values{"for": {"Ms. Counsel"}, "hand_on": {"yes"}})
	attorney := c.newcomer(t, "counsel")
	attorney.send("GET", link, "", map[string]string{"Accept-Language": "es"}).is(t, http.StatusOK)
	attorney.send("POST", link, "", map[string]string{"Accept-Language": "es"}).is(t, http.StatusSeeOther)
	attorney.get("/cases/"+string(c.mine)+"/record").is(t, http.StatusOK).says(t, "hidden counsel of the owner", `lang="es"`)
	me, err := c.site.desk.People(t.Context(), c.house.owner())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range me {
		if x.Person.Name == "Ms. Counsel" {
			attorney.get("/people/"+string(x.Person.ID)).is(t, http.StatusOK).says(t, "usted")
		}
	}
	for _, p := range []string{"/", "/cases/" + string(c.mine), "/cases/" + string(c.mine) + "/record", "/cases/" + string(c.mine) + "/export", "/search?q=counsel", base} {
		if strings.Contains(c.get(p).body, "hidden counsel") {
			t.Errorf("%s shows work product to who handed it on", p)
		}
	}
	if strings.Contains(c.get(base).body, "preset=attorney") {
		t.Error("who is not counsel is offered to name counsel")
	}
}

// The student has come of age and becomes owner.
func TestStudentOnPages(t *testing.T) {
	h := build(t, "").enter()
	c := &crowd{house: h}
	grown := "stayput: 1\ncase: {title: Sample, jurisdiction: us-ca, sample: yes, child: {name: Maya Sample, born: 2001-03-02}}\nrecord:\n  - {id: a, on: 2026-02-02, kind: evaluation_requested}\n"
	base := h.openText(grown) + "/share"
	h.get(base).is(t, http.StatusOK).says(t, "preset=student", "came of age on March 2, 2019")
	h.get(base+"/new?preset=student").is(t, http.StatusOK)
	h.post(base+"/new?preset=student", url.Values{"for": {"Maya"}}).is(t, http.StatusSeeOther)
	h.get(base+"/check").is(t, http.StatusOK).says(t, "From then on Maya decides")
	link := h.share(t, base+"/new?preset=student", url.Values{"for": {"Maya"}})
	maya := c.newcomer(t, "maya")
	maya.post(link, nil).is(t, http.StatusSeeOther)
	parent := "/people/" + string(h.owner().Person.ID)
	maya.get(parent).is(t, http.StatusOK).says(t, "The rights in these records are yours now")
	maya.post(parent, url.Values{"role": {"reader"}, "version": {"1"}}).is(t, http.StatusSeeOther)
	h.get("/people").is(t, http.StatusOK).says(t, "The student, owner")
	h.get(base).is(t, http.StatusForbidden)
}

var (
	pickedBoxes = regexp.MustCompile(`<input class="usa-checkbox__input" type="checkbox" id="f-(chosen|entry)-\d+" name="entry" value="([a-z2-7]+)"( checked)?>`)
	olderButton = regexp.MustCompile(`name="do" value="(older \d+)"`)
)

// A long case: every entry of it can be chosen, by its words, by its day, or by
// going on to older ones; what was chosen stays chosen whatever is looked for.
func TestChooseAmongManyEntries(t *testing.T) {
	c := newCrowd(t)
	var b strings.Builder
	b.WriteString("stayput: 1\ncase: {title: Long, jurisdiction: us-ca, sample: yes}\nrecord:\n")
	first := time.Date(2022, 1, 3, 0, 0, 0, 0, time.UTC)
	for i := range 1200 {
		fmt.Fprintf(&b, "  - {id: e%d, on: %s, kind: note_added, note: \"Entry number%dx of the long case.\"}\n", i, first.AddDate(0, 0, i).Format("2006-01-02"), i)
	}
	b.WriteString("  - {id: private, on: 2022-01-03, kind: note_added, wall: author, note: \"Entry number7x, private.\"}\n")
	f, err := casefile.Read("case.yaml", []byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	id, err := c.site.desk.OpenCase(t.Context(), c.owner, desk.NewCase{File: f, Via: "import"})
	if err != nil {
		t.Fatal(err)
	}
	k := c.see(t, c.owner, id)
	name := func(i int) string { return k.Name(fmt.Sprintf("e%d", i)) }
	at := "/cases/" + string(id) + "/share/new?preset=mediator"
	boxes := func(a answer) (chosen, open []string) {
		for _, m := range pickedBoxes.FindAllStringSubmatch(a.is(t, http.StatusOK).body, -1) {
			if (m[1] == "chosen") != (m[3] != "") {
				t.Errorf("box %s is in the wrong list", m[2])
			}
			if m[1] == "chosen" {
				chosen = append(chosen, m[2])
			} else {
				open = append(open, m[2])
			}
		}
		return chosen, open
	}
	chosen, open := boxes(c.get(at).says(t, "1200 other entries", "1100 older entries are not in this list"))
	if len(chosen) != 0 || len(open) != mostChoices || open[0] != name(1199) {
		t.Fatalf("the first list has %d and %d", len(chosen), len(open))
	}
	// By its words, by its day, by its month: from the first to the last.
	form := url.Values{"for": {"Mr. Sample"}, "purpose": {"mediation on Tuesday"}, "until": {"2099-03-01"}, "entry": {open[3]}}
	for _, x := range []struct {
		query string
		want  int
	}{{"number0x", 0}, {"2022-01-10", 7}, {"  NUMBER600X  long ", 600}, {"January 4, 2022", 1}} {
		form.Set("do", "find")
		form.Set("q", x.query)
		a := c.post(at, form)
		a.says(t, "Mr. Sample", "mediation on Tuesday", "2099-03-01")
		if strings.Contains(a.body, "private") || strings.Contains(a.body, `id="errors"`) {
			t.Errorf("%q: a private entry or an error shows", x.query)
		}
		kept, found := boxes(a)
		if !slices.Equal(inOrder(kept), inOrder(form["entry"])) {
			t.Errorf("%q: chosen are %d, not %d", x.query, len(kept), len(form["entry"]))
		}
		if len(found) != 1 || found[0] != name(x.want) {
			t.Fatalf("%q finds %d entries", x.query, len(found))
		}
		form.Add("entry", found[0])
	}
	// Nothing fits: it says so, and nothing is lost.
	form.Set("q", "<b>zebra</b>")
	kept, found := boxes(c.post(at, form).says(t, "0 other entries", "&lt;b&gt;zebra"))
	if len(kept) != 5 || len(found) != 0 {
		t.Errorf("after a search for nothing: %d and %d", len(kept), len(found))
	}
	// On to older ones, to the last.
	form.Set("q", "")
	form.Set("do", "find")
	seen := map[string]bool{}
	for range 20 {
		a := c.post(at, form)
		_, found := boxes(a)
		for _, n := range found {
			if seen[n] {
				t.Fatal("an entry is offered twice")
			}
			seen[n] = true
		}
		m := olderButton.FindStringSubmatch(a.body)
		if m == nil {
			break
		}
		form.Set("do", m[1])
	}
	if len(seen) != 1195 {
		t.Errorf("%d entries can be chosen, not 1195", len(seen))
	}
	// Odd places in the list lead to the first.
	for _, odd := range []string{"older 999999", "older -5", "older x", "find 3000"} {
		form.Set("do", odd)
		if _, found := boxes(c.post(at, form)); len(found) != mostChoices {
			t.Errorf("%q shows %d", odd, len(found))
		}
	}
	// The rest of the way is as before; a mistake loses neither words nor choice.
	form.Del("do")
	form.Set("q", "number4x")
	form.Set("for", "")
	a := c.post(at, form)
	a.is(t, http.StatusUnprocessableEntity).says(t, "number4x")
	if strings.Count(a.body, `name="entry"`) < 5 {
		t.Error("the choice is lost by a mistake")
	}
	form.Set("for", "Mr. Sample")
	c.post(at, form).is(t, http.StatusSeeOther)
	c.get("/cases/"+string(id)+"/share/check").is(t, http.StatusOK).says(t, "will read 5 entries of", "number0x", "number7x", "number600x")
	again, _ := boxes(c.get(at + "&again=1"))
	if len(again) != 5 {
		t.Errorf("back in the form %d are chosen", len(again))
	}
}

func inOrder(all []string) []string { return slices.Sorted(slices.Values(all)) }

// The last day stands on every page as it was typed, wherever the child lives and
// wherever the program runs.
func TestLastDayIsSaidAsTyped(t *testing.T) {
	for _, zone := range []string{"Pacific/Honolulu", "Pacific/Guam", "America/New_York"} {
		c := newCrowd(t)
		f, err := casefile.Read("case.yaml", []byte("stayput: 1\ncase: {title: Far, zone: "+zone+", sample: yes}\nrecord: [{id: ask, on: 2026-02-02, kind: evaluation_requested}]\n"))
		if err != nil {
			t.Fatal(err)
		}
		id, err := c.site.desk.OpenCase(t.Context(), c.owner, desk.NewCase{File: f, Via: "import"})
		if err != nil {
			t.Fatal(err)
		}
		at := "/cases/" + string(id) + "/share"
		link := c.share(t, at+"/new?preset=family", url.Values{"for": {"Sample Grandmother"}, "until": {"2099-03-20"}})
		c.get(at).is(t, http.StatusOK).says(t, "until March 20, 2099")
		guest := c.newcomer(t, "grandmother")
		guest.get(link).is(t, http.StatusOK).says(t, "until March 20, 2099")
		guest.post(link, nil).is(t, http.StatusSeeOther)
		c.get(at).is(t, http.StatusOK).says(t, "until March 20, 2099", `name="until" value="2099-03-20"`)
		sharing, err := c.site.desk.Sharing(t.Context(), c.house.owner(), id)
		if err != nil || len(sharing.Shares) != 1 {
			t.Fatal(err)
		}
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := sharing.Shares[0].Grant.Until, time.Date(2099, 3, 21, 0, 0, 0, 0, loc); !got.Equal(want) {
			t.Errorf("in %s it ends at %s, not %s", zone, got, want)
		}
	}
}
