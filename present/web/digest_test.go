package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/intake/casefile"
	"stayput/people"
	"stayput/plan"
)

// publish gives the house an address that people elsewhere can open.
func (h *house) publish() {
	d, ok := PublicDoor("https://office.example")
	if !ok {
		h.t.Fatal("no door")
	}
	h.site.ways = append(h.site.ways, way{door: d})
}

// outside is the same program, asked by a browser in which nobody is signed in.
func (h *house) outside() *house {
	x := *h
	x.client = h.browser()
	return &x
}

// pageForm is what the form of a page sends when everything is ticked.
func pageForm(do string) url.Values {
	return url.Values{"teacher": {"Ms. Rivera"}, "role": {"general education teacher"}, "class": {"Math"}, "lang": {"en"}, "ask": {"Mr. Case, 555-0199"}, "words": {"Likes to help.\n# not a title"}, "name": {desk.NewName()}, "link": {desk.NewName()}, "until": {"30"}, "do": {do},
		"part_health": {"health"}, "part_supports": {"iep/a1", "iep/a2", "iep/a3", "iep/assistive_technology"}, "part_services": {"iep/nurse", "iep/slp"}, "part_goals": {"iep/g1", "iep/g2"}}
}

var linkValue = regexp.MustCompile(`https://office\.example(/digest/[A-Za-z0-9_-]{43})`)

// linked makes a link for Ms. Rivera and gives its path, and that of the page.
func linked(t *testing.T, h *house, c string) (link string, v url.Values) {
	t.Helper()
	v = pageForm("link")
	a := h.post(c+"/carry/digests/new", v).is(t, http.StatusOK)
	m := linkValue.FindStringSubmatch(a.body)
	if m == nil || a.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("no link is shown, or it may be kept: %s", tagless(a.body))
	}
	return m[1], v
}

var pageHash = regexp.MustCompile(`name="page" value="([0-9a-f]{64})"`)

// ackForm is what the button sends.
func ackForm(t *testing.T, a answer, signer, question string) url.Values {
	t.Helper()
	m := pageHash.FindStringSubmatch(a.body)
	if m == nil {
		t.Fatalf("nothing to confirm: %s", tagless(a.body))
	}
	return url.Values{"name": {desk.NewName()}, "page": {m[1]}, "signer": {signer}, "question": {question}}
}

// count is how many entries of a kind stand in the record.
func (h *house) count(c, kind string) (n int) {
	h.t.Helper()
	got, err := h.site.desk.Case(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), desk.View{})
	if err != nil {
		h.t.Fatal(err)
	}
	return len(got.Brief.View.ByKind(fact.MustLookup(kind)))
}

// What fits the class is ticked; the page is looked at, given on paper, signed; Today
// asks until it is; the list of what went out knows it.
func TestPageOnPaper(t *testing.T) {
	h, c := itemHouse(t, "school")
	h.get(c+"/carry/digests/new").is(t, http.StatusOK).says(t, "Ms. Rivera, general education teacher")
	form := h.get(c+"/carry/digests/new?teacher=Ms.+Rivera&class=Math&lang=en").is(t, http.StatusOK)
	for part, on := range map[string]bool{"iep/a1": true, "iep/a2": true, "iep/a3": false, "iep/g1": true, "iep/g2": false, "health": true} {
		if strings.Contains(form.body, `value="`+part+`" checked`) != on {
			t.Errorf("%s is ticked: %v", part, !on)
		}
	}
	form.says(t, "Mr. Case, Case manager")
	v := pageForm("look")
	look := h.post(c+"/carry/digests/new", v).is(t, http.StatusOK)
	look.says(t, "What Sol needs in Math", "Graph paper", "Give the pen in the red box", "Likes to help.", "# not a title", "Mr. Case, 555-0199", "34 CFR 300.323(d)", "A private link needs a server")
	if n := h.count(c, "digest_given"); n != 0 {
		t.Fatalf("looking gave %d pages", n)
	}
	h.post(c+"/carry/digests/new", pageForm("link")).is(t, http.StatusUnprocessableEntity).says(t, "public address")
	none := pageForm("paper")
	for k := range none {
		if strings.HasPrefix(k, "part_") {
			none.Del(k)
		}
	}
	h.post(c+"/carry/digests/new", none).is(t, http.StatusUnprocessableEntity).says(t, "Tick at least one thing")

	v = pageForm("paper")
	at := h.post(c+"/carry/digests/new", v).is(t, http.StatusSeeOther).header.Get("Location")
	if again := h.post(c+"/carry/digests/new", v).is(t, http.StatusSeeOther).header.Get("Location"); again != at || h.count(c, "digest_given") != 1 {
		t.Fatal("sent twice it stands twice")
	}
	h.get(at).is(t, http.StatusOK).says(t, "What Sol needs in Math", "I have read this page", "Not confirmed yet")
	h.get("/").is(t, http.StatusOK).says(t, "1 teacher has not confirmed the page about Sample: a full plan")
	h.get(c+"/given").is(t, http.StatusOK).says(t, "Page for a teacher, on paper", "Ms. Rivera, general education teacher (Math)")
	h.post(at, url.Values{"do": {"signed"}, "name": {desk.NewName()}, "signed_on": {"2025-10-06"}}).is(t, http.StatusUnprocessableEntity).says(t, "Write the name")
	for range 2 {
		h.post(at, url.Values{"do": {"signed"}, "name": {desk.NewName()}, "by": {"A. Rivera"}, "signed_on": {"2025-10-06"}}).is(t, http.StatusSeeOther)
	}
	if n := h.count(c, "digest_acknowledged"); n != 1 {
		t.Errorf("%d signatures", n)
	}
	h.get(c+"/carry/digests").is(t, http.StatusOK).says(t, "A. Rivera confirmed it")
	if a := h.get("/"); strings.Contains(a.body, "has not confirmed") {
		t.Error("Today still waits")
	}
	// Another teacher came: the page is put away, and one is asked for.
	h.post(at, url.Values{"do": {"left"}, "name": {desk.NewName()}, "next": {"Mx. New"}, "left_on": {"2025-10-06"}}).is(t, http.StatusSeeOther)
	h.get(c+"/carry/digests").is(t, http.StatusOK).says(t, "Make a page for Mx. New, who came in place of Ms. Rivera", "Does not teach the child any more")
	h.get("/").is(t, http.StatusOK).says(t, "1 new teacher of")
}

// A teacher without an account opens the link, which confirms nothing, and presses
// the button, which does, once.
func TestPageByLink(t *testing.T) {
	h, c := itemHouse(t, "family")
	h.publish()
	link, v := linked(t, h, c)
	h.post(c+"/carry/digests/new", v).is(t, http.StatusConflict).says(t, "shown only once")

	out := h.outside()
	for _, method := range []string{"HEAD", "GET", "GET"} { // a bot, and a person who looks twice
		a := out.send(method, link, "", nil)
		if a.status != http.StatusOK {
			t.Fatalf("%s gave %d", method, a.status)
		}
		for k, want := range map[string]string{"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"} {
			if got := a.header.Get(k); got != want {
				t.Errorf("%s: %q, want %q", k, got, want)
			}
		}
	}
	if n := h.count(c, "digest_acknowledged"); n != 0 {
		t.Fatalf("opening it confirmed it %d times", n)
	}
	a := out.get(link).is(t, http.StatusOK)
	a.says(t, "What Sol needs in Math", "Directions read aloud &amp; &lt;b&gt;twice&lt;/b&gt;", "I have read this page", `content="noindex`)
	for _, never := range []string{c, "Sample: a full plan", "/carry/", "zqprivate"} {
		if strings.Contains(strings.ToLower(a.body), strings.ToLower(never)) {
			t.Errorf("the page of the link says %q", never)
		}
	}
	form := ackForm(t, a, "", "Kept?")
	out.post(link, form).is(t, http.StatusUnprocessableEntity).says(t, "Write your name", "Kept?")
	other := ackForm(t, a, "A. Rivera", "")
	other.Set("page", strings.Repeat("0", 64))
	out.post(link, other).is(t, http.StatusConflict)
	if n := h.count(c, "digest_acknowledged"); n != 0 {
		t.Fatal("another text was confirmed")
	}
	form = ackForm(t, a, "A. <Rivera>", "Who orders the graph paper?")
	out.post(link, form).is(t, http.StatusSeeOther)
	out.post(link, form).is(t, http.StatusSeeOther)
	out.post(link, ackForm(t, a, "Somebody else", "")).is(t, http.StatusSeeOther)
	if n := h.count(c, "digest_acknowledged"); n != 1 {
		t.Fatalf("%d confirmations", n)
	}
	e := h.answered(c)
	if e.By != "A. <Rivera>" || e.Fields.Response != "Who orders the graph paper?" || e.Re == "" || !strings.Contains(e.Note, form.Get("page")) {
		t.Fatalf("%+v", e)
	}
	again := out.get(link).is(t, http.StatusOK)
	again.says(t, "A. &lt;Rivera&gt; confirmed this page")
	if strings.Contains(again.body, `name="signer"`) {
		t.Error("it can be confirmed again")
	}
	h.get("/").is(t, http.StatusOK).says(t, "asked something back")
	h.get(c+"/carry/digests").is(t, http.StatusOK).says(t, "Who orders the graph paper?")
	h.get("/access").is(t, http.StatusOK).says(t, "Opened a teacher", "Confirmed a page there")
	// Whoever made it is told whose button this is.
	h.get(link).is(t, http.StatusOK).says(t, "You made this link")
}

// A link that ran out, was taken back, was replaced, or never was one answers the
// same: there is nothing.
func TestLinksThatAreOver(t *testing.T) {
	now := time.Date(2025, time.October, 6, 18, 0, 0, 0, time.UTC)
	h, c := itemHouse(t, "family")
	h.now = func() time.Time { return now }
	h.publish()
	out := h.outside()
	over := out.get("/digest/"+strings.Repeat("A", 43)).is(t, http.StatusNotFound)
	dead := func(what, link string, form url.Values) {
		t.Helper()
		a := out.get(link)
		mask := strings.NewReplacer(link, "LINK", "/digest/"+strings.Repeat("A", 43), "LINK")
		if a.status != http.StatusNotFound || a.bare(mask) != over.bare(mask) {
			t.Errorf("%s: %d, or another answer than for no link", what, a.status)
		}
		if form != nil {
			if b := out.post(link, form); b.status != http.StatusNotFound {
				t.Errorf("%s can be confirmed: %d", what, b.status)
			}
		}
	}
	first, _ := linked(t, h, c)
	form := ackForm(t, out.get(first), "A. Rivera", "")
	entry := h.answered(c).ID
	page := c + "/carry/digests/" + entry
	second := linkValue.FindStringSubmatch(h.post(page, url.Values{"do": {"link"}, "name": {desk.NewName()}, "until": {"30"}}).is(t, http.StatusOK).body)[1]
	dead("replaced", first, form)
	out.get(second).is(t, http.StatusOK)
	h.post(page, url.Values{"do": {"end"}}).is(t, http.StatusSeeOther)
	dead("taken back", second, form)
	third := linkValue.FindStringSubmatch(h.post(page, url.Values{"do": {"link"}, "name": {desk.NewName()}, "until": {"30"}}).is(t, http.StatusOK).body)[1]
	now = now.Add(29 * 24 * time.Hour)
	out.get(third).is(t, http.StatusOK)
	now = now.Add(3 * 24 * time.Hour)
	dead("ran out", third, form)
	h.enter() // the session ran out too
	fourth := linkValue.FindStringSubmatch(h.post(page, url.Values{"do": {"link"}, "name": {desk.NewName()}, "until": {"90"}}).is(t, http.StatusOK).body)[1]
	out.get(fourth).is(t, http.StatusOK)
	h.post(c+"/record/"+entry+"/withdraw", url.Values{"name": {desk.NewName()}, "why": {"A mistake"}}).is(t, http.StatusSeeOther)
	dead("its page was taken back", fourth, form)
	for what, link := range map[string]string{"short": "/digest/x", "long": "/digest/" + strings.Repeat("A", 4000), "odd": "/digest/..%2f..%2fetc", "markup": "/digest/%3Cscript%3E" + strings.Repeat("A", 35), "zero": "/digest/%00" + strings.Repeat("A", 42)} {
		if a := out.get(link); a.status != http.StatusNotFound || strings.Contains(a.body, "<script>A") {
			t.Errorf("%s: %d", what, a.status)
		}
	}
	if n := h.count(c, "digest_acknowledged"); n != 0 {
		t.Errorf("%d confirmations through dead links", n)
	}
}

// Nothing private is on a page: everything that can be ticked is, in both
// languages, and what is asked for that is not offered is not given.
func TestPagesHoldNothingPrivate(t *testing.T) {
	h, c := itemHouse(t, "family")
	h.publish()
	h.openText(strings.NewReplacer("SIDE", "family", "Sol", "Otherchild", "Graph paper", "Otherpaper").Replace(fullCase))
	for _, lang := range []string{"en", "es"} {
		v := pageForm("link")
		v.Set("lang", lang)
		v["part_supports"] = append(v["part_supports"], "iep/setting", "iep/esy", "other/a2", "../iep", "iep/eligibility")
		a := h.post(c+"/carry/digests/new", v).is(t, http.StatusOK)
		link := linkValue.FindStringSubmatch(a.body)[1]
		out := h.outside().get(link).is(t, http.StatusOK)
		e := h.answered(c)
		for where, text := range map[string]string{"the page": e.Fields.Summary, "the link": html.UnescapeString(out.body)} {
			low := strings.ToLower(text)
			for _, never := range []string{"zqprivate", "autism", "otherchild", "otherpaper", "sample school", "mediation", "2016"} {
				if strings.Contains(low, never) {
					t.Errorf("%s in %s says %q", where, lang, never)
				}
			}
		}
		for _, want := range map[string][]string{"en": {"In an emergency", "FM system", "What to do"}, "es": {"En una emergencia", "Qué hacer", "Leí esta hoja"}}[lang] {
			out.says(t, want)
		}
		if !strings.Contains(out.body, `<html lang="`+lang+`"`) {
			t.Errorf("the page of the link is not in %s", lang)
		}
		if lang == "es" && !strings.Contains(out.body, `<span lang="en">Graph paper</span>`) {
			t.Error("the plan's own words are not marked as English")
		}
	}
}

// A page is out of date when the plan is, and says so behind its link.
func TestPageOutOfDate(t *testing.T) {
	h, c := itemHouse(t, "family")
	h.publish()
	link, _ := linked(t, h, c)
	h.get(c+"/carry/digests").is(t, http.StatusOK).says(t, "Not confirmed yet")
	if a := h.get(c + "/carry/digests"); strings.Contains(a.body, "Out of date") {
		t.Error("a page given today is out of date")
	}
	// The words of a support are changed in the plan.
	id := people.CaseID(strings.TrimPrefix(c, "/cases/"))
	changeSupport(t, h, id, "a2", "Graph paper with wide lines")
	h.get(c+"/carry/digests").is(t, http.StatusOK).says(t, "Out of date", "in other words", "Make a new page for this teacher")
	h.outside().get(link).is(t, http.StatusOK).says(t, "The plan has changed since this page was made", "Graph paper")
	// A newer page for the same teacher takes its place.
	h.post(c+"/carry/digests/new", pageForm("paper")).is(t, http.StatusSeeOther)
	h.outside().get(link).is(t, http.StatusOK).says(t, "This page is not the latest")
	h.get(c+"/carry/digests").is(t, http.StatusOK).says(t, "A newer page was given")
}

// changeSupport gives a support of the plan other words.
func changeSupport(t *testing.T, h *house, c people.CaseID, id, text string) {
	t.Helper()
	err := h.site.desk.ChangePlans(t.Context(), h.who(), c, "", "", func(ps []*plan.Plan) ([]*plan.Plan, error) {
		for _, p := range ps {
			for i := range p.Accommodations {
				if p.Accommodations[i].ID == id {
					p.Accommodations[i].Text = text
				}
			}
		}
		return ps, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A link ends with the right of who made it; who may not write gives nothing; a
// school's page stands in the list of what went out with what allows it.
func TestWhoGivesPages(t *testing.T) {
	w := settle(t, nil)
	give := func(name string, c people.CaseID) (entry, link string, err error) {
		e := fact.Entry{Kind: digestGiven, On: day.On(day.Must(2026, time.March, 2))}
		e.Fields.With, e.Fields.Summary = []string{"Ms. Sample"}, "# A page\n* Seat near the board"
		if entry, err = w.desk.GiveDigest(t.Context(), w.who(name), c, desk.NewEntry{Name: desk.NewName(), Fact: e}, desk.DigestByLink, "Ms. Sample"); err != nil {
			return "", "", err
		}
		_, token, err := w.desk.LinkDigest(t.Context(), w.who(name), c, entry, desk.NewName(), w.now().Add(24*time.Hour))
		return entry, "/digest/" + token, err
	}
	for _, name := range []string{"reader", "guest reader", "guest of two entries", "stranger", "ended member", "no grant", "host"} {
		if _, _, err := give(name, w.one); err == nil {
			t.Errorf("%s gives a page", name)
		}
	}
	_, err := w.desk.PlainCase(t.Context(), w.who("reader"), w.one)
	if err == nil {
		t.Error("a reader makes a page")
	}
	for _, name := range []string{"editor", "guest editor", "contributor", "counsel"} {
		_, link, err := give(name, w.one)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		w.as("").get(link).is(t, http.StatusOK)
		p := w.people[name]
		if p.granted {
			g := p.gave
			g.Ended = w.now().Add(-time.Minute)
			w.item(p.space, "grant", string(p.id)+"/"+g.ID, g)
		} else {
			w.item(p.space, "member", string(p.id), people.Member{Person: p.id, Role: p.role, Since: townDay.Add(-300 * 24 * time.Hour), Ended: w.now().Add(-time.Minute)})
		}
		if a := w.as("").get(link); a.status != http.StatusNotFound {
			t.Errorf("the link of %s, who may do nothing any more, gave %d", name, a.status)
		}
	}
	// Nothing else of the record can be named as a page, and none behind a wall.
	if _, _, err := w.desk.LinkDigest(t.Context(), w.who("owner"), w.one, w.ask, desk.NewName(), w.now().Add(time.Hour)); err == nil {
		t.Error("a link to an entry that is no page")
	}
	e := fact.Entry{Kind: digestGiven, On: day.On(day.Must(2026, time.March, 2)), Wall: fact.Author}
	e.Fields.Summary = "# x"
	if _, err := w.desk.GiveDigest(t.Context(), w.who("owner"), w.one, desk.NewEntry{Name: desk.NewName(), Fact: e}, desk.DigestByPaper, "x"); err == nil {
		t.Error("a page behind a wall was given")
	}
	if _, _, err := w.desk.LinkDigest(t.Context(), w.who("owner"), w.one, w.ask, desk.NewName(), w.now().Add(1000*24*time.Hour)); err == nil {
		t.Error("a link for a thousand days")
	}
	// A closed case shows nothing.
	_, link, err := give("owner", w.two)
	if err != nil {
		t.Fatal(err)
	}
	w.as("").get(link).is(t, http.StatusOK)
	if err := w.desk.CloseCase(t.Context(), w.who("owner"), w.two, "Done"); err != nil {
		t.Fatal(err)
	}
	w.as("").get(link).is(t, http.StatusNotFound)

	district := w.space("Sample district", people.Agency)
	w.person(district, "manager", &people.Member{Role: people.Owner})
	f, err := casefile.Read("case.yaml", []byte(townCase))
	if err != nil {
		t.Fatal(err)
	}
	id, err := w.desk.OpenCase(t.Context(), w.who("manager"), desk.NewCase{File: f, Via: "import"})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := give("manager", id); err != nil {
		t.Fatal(err)
	}
	got, err := w.desk.Givens(t.Context(), w.who("manager"), id)
	if err != nil || len(got.Lines) != 1 || got.Lines[0].Basis != "school_official" || got.Lines[0].For != "Ms. Sample" || len(got.Lines[0].Entries) != 1 {
		t.Errorf("%+v %v", got.Lines, err)
	}
	if got, err := w.desk.Givens(t.Context(), w.who("owner"), w.two); err != nil || len(got.Lines) != 1 || got.Lines[0].Basis != "" {
		t.Errorf("%+v %v", got.Lines, err)
	}
}

// What is private changes nothing on a page, not even through what follows from it:
// counsel, who sees a revocation behind the wall, makes the same page as before it.
func TestPagesAreMadeInTheOpen(t *testing.T) {
	w := settle(t, nil)
	(&cell{town: w, c: w.one}).supported()
	make := func() string {
		v := url.Values{"teacher": {"Ms. Sample"}, "lang": {"en"}, "part_supports": {"five/w1"}, "do": {"look"}}
		a := w.as("counsel").post("/cases/"+string(w.one)+"/carry/digests/new", v).is(t, http.StatusOK)
		a.says(t, "Seat near the board")
		_, page, _ := strings.Cut(a.body, "sp-digest")
		page, _, _ = strings.Cut(page, "<form")
		return page
	}
	before := make()
	w.add("counsel", w.one, fact.Entry{Kind: fact.MustLookup("services_consent_revoked"), On: day.On(day.Must(2026, time.March, 4)), Wall: fact.Counsel, By: "mother"}, "", "")
	if after := make(); after != before {
		t.Errorf("a page tells of what is private: %s", differ(before, after))
	}
}
