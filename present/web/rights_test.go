package web

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/guide"
	"stayput/intake/casefile"
	"stayput/people"
)

// A cell is one request of one person about one case.
type cell struct {
	*town // as that person's browser asks
	name  string
	p     *persona // nil is nobody
	c     people.CaseID
	needs desk.Action // of the route
}

// maker is somebody who may do everything where the cell's request leads.
func (c *cell) maker() string {
	switch {
	case c.c == c.other:
		return "stranger"
	case c.c != "":
		return "owner"
	case c.p != nil && c.p.space == c.away:
		return "stranger"
	case c.p != nil && c.p.space == c.office:
		return "host"
	}
	return "owner"
}

func (c *cell) path(rest string) string { return "/cases/" + string(c.c) + rest }

// entry is an entry of the case that everybody whom the case was shared with sees.
func (c *cell) entry() string {
	switch c.c {
	case c.one:
		return c.ask
	case c.two:
		return c.hushed
	case c.other:
		return c.far
	}
	return desk.NewName()
}

// fresh is an entry of the case that nobody has touched.
func (c *cell) fresh() string {
	if c.c == c.one || c.c == c.two || c.c == c.other {
		return c.note(c.c)
	}
	return desk.NewName()
}

func (c *cell) calendar() string { return c.calendars[c.people[c.maker()].space] }

// allowed reports that the person may have a parcel of his or her own.
func (c *cell) importer() bool { return c.p != nil && desk.OpenCase.Allows(c.p.role) }

// A wish is a request as a page makes it.
type wish struct {
	method, path, body string
	header             map[string]string

	want string        // what whoever may do it gets: matches "303 /path"; "" is no refusal
	do   func() answer // asks in another way
}

func get(path string) wish { return wish{method: "GET", path: path} }

func post(path string, form url.Values) wish {
	return wish{method: "POST", path: path, body: form.Encode(), header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}}
}

// gets says what whoever may do it gets.
func (q wish) gets(want string) wish { q.want = want; return q }

func send(path string, form url.Values, files ...sent) wish {
	body, kind := multipartOf(form, files...)
	return wish{method: "POST", path: path, body: body, header: map[string]string{"Content-Type": kind}}
}

// wishes is a well-formed request for each route, as somebody who may do it would
// send it. A route without one fails the test.
var wishes = map[string]func(c *cell) wish{
	"link_enter":    func(c *cell) wish { return get(c.site.NewLink()) },
	"static_show":   func(c *cell) wish { return get("/static/stayput.css") },
	"health_show":   func(c *cell) wish { return get("/healthz") },
	"language_save": func(c *cell) wish { return post("/language", url.Values{"lang": {"en"}, "back": {"/"}}) },

	"today_show":  func(c *cell) wish { return get("/") },
	"search_show": func(c *cell) wish { return get("/search?q=words") },

	"start_show":   func(c *cell) wish { return get("/start") },
	"start_door":   func(c *cell) wish { return get("/start/" + guide.For("en").Doors[0].ID) },
	"start_choice": func(c *cell) wish { return get(firstChoice()) },
	"start_save": func(c *cell) wish {
		return post(firstChoice(), url.Values{"name": {desk.NewName()}, "on": {"2026-03-01"}, "words": {"Something."}, "child": {"New child"}, "state": {"us-ca"}})
	},

	"case_list": func(c *cell) wish { return get("/cases") },
	"case_new":  func(c *cell) wish { return get("/cases/new") },
	"case_new_save": func(c *cell) wish {
		return post("/cases/new", url.Values{"name": {desk.NewName()}, "child": {"New child"}})
	},
	"sample_open": func(c *cell) wish { return post("/cases/sample", url.Values{"name": {desk.NewName()}}) },
	"case_show":   func(c *cell) wish { return get(c.path("")) },
	"case_edit":   func(c *cell) wish { return get(c.path("/edit")) },
	"case_edit_save": func(c *cell) wish {
		return post(c.path("/edit"), url.Values{"child": {"Sample child"}, "state": {"us-ca"}, "grade": {desk.NewName()[:4]}})
	},
	"case_close": func(c *cell) wish { return post(c.path("/close"), url.Values{}) },
	"case_hold": func(c *cell) wish { // ended, so that words can be destroyed
		return post(c.path("/hold"), url.Values{"why": {"A hearing"}, "release": {"1"}})
	},

	"record_new":  func(c *cell) wish { return get("/record/new") },
	"record_show": func(c *cell) wish { return get(c.path("/record")) },
	"entry_new":   func(c *cell) wish { return get(c.path("/add?any=1")) },
	"entry_add": func(c *cell) wish {
		return send(c.path("/add?any=1"), url.Values{"name": {desk.NewName()}, "kind": {"note_added"}, "on": {"2026-03-01"}, "words": {"Added."}}, sent{"files", "added.txt", []byte("added " + c.name)})
	},
	"entry_show":    func(c *cell) wish { return get(c.path("/record/" + c.entry())) },
	"entry_correct": func(c *cell) wish { return get(c.path("/record/" + c.entry() + "/correct")) },
	"entry_correct_save": func(c *cell) wish {
		return send(c.path("/record/"+c.fresh()+"/correct"), url.Values{"name": {desk.NewName()}, "kind": {"note_added"}, "on": {"2026-03-01"}, "words": {"Corrected."}})
	},
	"entry_withdraw": func(c *cell) wish {
		return post(c.path("/record/"+c.fresh()+"/withdraw"), url.Values{"name": {desk.NewName()}, "why": {"A mistake"}})
	},
	"entry_destroy": func(c *cell) wish { return get(c.path("/record/" + c.entry() + "/destroy")) },
	"entry_destroy_save": func(c *cell) wish {
		return post(c.path("/record/"+c.fresh()+"/destroy"), url.Values{"why": {"The wrong child"}, "sure": {"1"}})
	},
	"file_show": func(c *cell) wish { return get(c.path("/files/" + c.papers[c.c].String())) },
	"card_list": func(c *cell) wish { return get(c.path("/cards")) },
	"card_show": func(c *cell) wish { return get(c.path("/cards/" + guide.For("en").Cards[0].ID)) },
	"card_log": func(c *cell) wish {
		return post(c.path("/cards/"+guide.For("en").Cards[0].ID), url.Values{"name": {desk.NewName()}, "second": {desk.NewName()}})
	},

	"clock_list":   func(c *cell) wish { return get(c.path("/clocks")) },
	"clock_table":  func(c *cell) wish { return get(c.path("/clocks.csv")) },
	"clock_show":   func(c *cell) wish { return get(c.path("/clocks/" + clockOfAsk(c) + "/ask")) },
	"clock_rights": func(c *cell) wish { return get(c.path("/rights")) },

	"calendar_list": func(c *cell) wish { return get("/calendars") },
	"calendar_new":  func(c *cell) wish { return get("/calendars/new") },
	"calendar_make": func(c *cell) wish {
		return post("/calendars/new", newForm("", "New "+desk.NewName(), "2026-08-11", "2027-05-28", "yes"))
	},
	"calendar_import": func(c *cell) wish { return get("/calendars/import") },
	"calendar_take": func(c *cell) wish {
		return send("/calendars/import", nil, sent{"file", "mine.yaml", []byte(townCalendar)})
	},
	"calendar_show": func(c *cell) wish { return get("/calendars/" + c.calendar()) },
	"calendar_file": func(c *cell) wish { return get("/calendars/" + c.calendar() + "/file") },
	"calendar_edit": func(c *cell) wish { return get("/calendars/" + c.calendar() + "/edit") },
	"calendar_change": func(c *cell) wish {
		return post("/calendars/"+c.calendar()+"/edit", url.Values{"body": {townCalendar}, "was": {c.version()}, "do": {"save"}})
	},
	"calendar_closure": func(c *cell) wish { return get("/calendars/" + c.calendar() + "/closure") },
	"calendar_close": func(c *cell) wish {
		return post("/calendars/"+c.calendar()+"/closure", url.Values{"was": {c.version()}, "a0": {"2026-03-02"}, "k0": {"emergency"}, "n0": {"Smoke"}})
	},
	"calendar_use": func(c *cell) wish {
		return post(c.path("/calendars"), url.Values{"calendar": {"oakland-usd-2025-26.yaml"}})
	},

	"draft_show": func(c *cell) wish {
		if c.p != nil && !c.p.out {
			if a := c.send("PUT", "/drafts/rights", `{"fields":{"words":"x"},"version":0}`, map[string]string{"Content-Type": "application/json"}); a.status != http.StatusOK {
				c.t.Fatalf("%s could not keep a draft: %d", c.name, a.status)
			}
		}
		return get("/drafts/rights")
	},
	"draft_save": func(c *cell) wish {
		return wish{method: "PUT", path: "/drafts/" + desk.NewName(), body: `{"fields":{"words":"x"},"version":0}`, header: map[string]string{"Content-Type": "application/json"}}
	},
	"draft_drop": func(c *cell) wish { return wish{method: "DELETE", path: "/drafts/rights"} },

	"law_home":     func(c *cell) wish { return get("/law") },
	"law_list":     func(c *cell) wish { return get("/law/rules") },
	"law_rule":     func(c *cell) wish { return get(lawPath(sortedRules()[0])) },
	"law_glossary": func(c *cell) wish { return get("/law/glossary") },
	"law_myths":    func(c *cell) wish { return get("/law/myths") },
	"case_law":     func(c *cell) wish { return get(c.path("/law")) },

	"import_show":  func(c *cell) wish { return get("/import") },
	"import_take":  func(c *cell) wish { return send("/import", nil, sent{"file", "case.yaml", []byte(smallCase)}) },
	"import_check": func(c *cell) wish { return get(c.parcel("/import", "case.yaml", smallCase)) },
	"import_open": func(c *cell) wish {
		return post(c.parcel("/import", "case.yaml", smallOpen), url.Values{"case": {"0"}})
	},
	"sheet_show": func(c *cell) wish { return get("/import/sheet") },
	"sheet_take": func(c *cell) wish {
		return send("/import/sheet", url.Values{"place": {"us-ca"}, "side": {"family"}}, sent{"file", "cases.csv", []byte(sheetText)})
	},
	"sheet_template": func(c *cell) wish { return get("/import/template/stayput-cases.csv") },
	"sheet_columns":  func(c *cell) wish { return get(c.parcel("/import/sheet", "cases.csv", sheetText)) },
	"sheet_columns_save": func(c *cell) wish {
		at, form := c.sheet()
		return post(at, form)
	},
	"sheet_rows": func(c *cell) wish {
		at, form := c.sheet()
		if c.importer() {
			c.post(at, form).is(c.t, http.StatusSeeOther)
		}
		return get(at + "/rows")
	},
	"sheet_rows_save": func(c *cell) wish {
		at, form := c.sheet()
		if c.importer() {
			c.post(at, form).is(c.t, http.StatusSeeOther)
			c.post(at+"/rows", url.Values{"answers": {"yes"}, "order4": {"month_first"}}).is(c.t, http.StatusSeeOther)
		}
		return post(at+"/rows", nil)
	},
	"import_list":   func(c *cell) wish { return get("/imports") },
	"import_report": func(c *cell) wish { return get("/imports/" + c.batch()) },
	"import_undo":   func(c *cell) wish { return post("/imports/"+c.batch()+"/undo", url.Values{}) },

	"export_show":   func(c *cell) wish { return get(c.path("/export")) },
	"export_file":   func(c *cell) wish { return get(c.path("/export/case.zip")) },
	"export_bundle": func(c *cell) wish { return post(c.path("/export/bundle"), url.Values{"which": {"all"}}) },
	"verify_show":   func(c *cell) wish { return get("/verify") },
	"verify_check": func(c *cell) wish {
		return send("/verify", nil, sent{"bundle", "evidence.zip", c.bundle()})
	},

	"help_list": func(c *cell) wish { return get("/help") },
	"help_show": func(c *cell) wish { return get("/help/rights") },

	"settings_show": func(c *cell) wish { return get("/settings") },
	"settings_save": func(c *cell) wish {
		v := int64(1)
		if c.p != nil {
			v = c.who(c.name).Person.Version
		}
		return post("/settings", url.Values{"version": {fmt.Sprint(v)}, "name": {"Sample"}, "lang": {"en"}, "register": {"precise"}})
	},
	"settings_copy": func(c *cell) wish { return post("/settings/copy", url.Values{}) },

	"control_link": func(c *cell) wish {
		return control("/control/link", "ask", "")
	},
}

func firstChoice() string {
	d := guide.For("en").Doors[0]
	return "/start/" + d.ID + "/" + d.Choices[0].ID
}

// smallOpen is a case that anybody who may open one may open: nothing in it is
// behind a wall.
var smallOpen = strings.Replace(smallCase, "wall: counsel, ", "", 1)

// version is the latest of the calendar.
func (c *cell) version() string {
	v, err := c.desk.CalendarVersions(c.t.Context(), c.who(c.maker()), c.calendar())
	if err != nil || len(v) == 0 {
		c.t.Fatal(len(v), err)
	}
	return fmt.Sprint(len(v))
}

// clockOfAsk is a rule that the request of the town's cases starts.
func clockOfAsk(c *cell) string {
	b := c.seen("owner", c.one).Brief
	for i := range b.Clocks {
		if b.Clocks[i].Trigger == "ask" {
			return url.PathEscape(string(b.Clocks[i].Rule.ID))
		}
	}
	c.t.Fatal("the request starts no clock")
	return ""
}

// parcel is where something waits to be imported that the person sent, or for
// somebody who may not send it, that the owner sent.
func (c *cell) parcel(path, file, text string) string {
	by := c.town
	if !c.importer() {
		by = c.as(c.maker())
	}
	a := by.upload(path, url.Values{"place": {"us-ca"}, "side": {"family"}}, sent{"file", file, []byte(text)})
	return a.is(c.t, http.StatusSeeOther).header.Get("Location")
}

// sheet is a spreadsheet that waits, and the form that says what its columns are.
func (c *cell) sheet() (string, url.Values) {
	at := c.parcel("/import/sheet", "cases.csv", sheetText)
	if !c.importer() {
		return at, url.Values{}
	}
	form := chosen(c.get(at).is(c.t, http.StatusOK).body)
	form.Set("kind5", "evaluation_requested")
	return at, form
}

// batch is an import of the person's space.
func (c *cell) batch() string {
	f, err := casefile.Read("case.yaml", []byte(smallOpen))
	if err != nil {
		c.t.Fatal(err)
	}
	id := desk.NewName()
	if err := c.desk.OpenCases(c.t.Context(), c.who(c.maker()), id, "Two rows", []byte(`{}`), []desk.NewCase{{File: f}}); err != nil {
		c.t.Fatal(err)
	}
	return id
}

// bundle is evidence that the owner made.
func (c *cell) bundle() []byte {
	return []byte(c.as("owner").post("/cases/"+string(c.one)+"/export/bundle", url.Values{"which": {"all"}}).is(c.t, http.StatusOK).body)
}

// should is what the table of rights says of a person, an action and a case. It
// is written out here a second time, from the words of docs/rights.md.
func (w *town) should(p *persona, a desk.Action, c people.CaseID) bool {
	switch {
	case a == desk.Open:
		return true
	case p == nil || p.out:
		return false
	case a == desk.CopyAll:
		return false // there are others on this server
	case c != "" && w.spaceOf(c) != p.space:
		return false // nothing crosses from one space to another
	case p.role != people.NoRole:
		return a.Allows(p.role)
	case !a.OnCase():
		return a.Allows(people.NoRole)
	case c != w.one || !p.granted:
		return false
	case p.some:
		return a == desk.SeeCase
	}
	return a.Allows(p.grant)
}

// isDenied reports that an answer gives nothing.
func isDenied(a answer) bool {
	return a.status == http.StatusForbidden || a.status == http.StatusNotFound || a.status == http.StatusUnauthorized ||
		a.status == http.StatusSeeOther && strings.HasPrefix(a.header.Get("Location"), "/sign-in")
}

// Every route, asked by everybody about every case, answers as the table of
// rights says; what is denied changes nothing in the store.
func TestRights(t *testing.T) {
	// In towns of their own, so that both processors have something to do and no town
	// grows large.
	const towns = 4
	for k := range towns {
		t.Run(fmt.Sprint(k), func(t *testing.T) {
			t.Parallel()
			askEveryone(t, func(i int) bool { return i%towns == k })
		})
	}
	s := &Site{}
	for name := range wishes {
		if !knownRoute(s, name) {
			t.Errorf("wishes has a row for %s, which is no route", name)
		}
	}
}

// askEveryone asks for the routes of some places as everybody about every case.
func askEveryone(t *testing.T, mine func(i int) bool) {
	w := settle(t, nil)
	names := w.names()
	routes := slices.Clone(w.site.routes())
	slices.SortStableFunc(routes, func(a, b route) int { // what only looks comes before there is much to look at
		late := func(r route) int { return b2i(!strings.HasPrefix(r.pattern, "GET ")) + b2i(r.name == "people_leave") }
		return cmp.Compare(late(a), late(b))
	})
	for i, rt := range routes {
		if !mine(i) {
			continue
		}
		wished := wishes[rt.name]
		if wished == nil {
			t.Errorf("route %s has no row in wishes: say how somebody asks for it", rt.name)
			continue
		}
		cases := []people.CaseID{""}
		if strings.Contains(rt.pattern, "{case}") {
			cases = []people.CaseID{w.one, w.two, w.other}
		}
		for _, name := range names {
			for _, c := range cases {
				p := w.people[name]
				x := &cell{town: w.as(name), name: name, p: p, c: c, needs: rt.needs}
				q := wished(x)
				should := w.should(p, rt.needs, c)
				before := ""
				if !should {
					before = w.digest()
				}
				ask := q.do
				if ask == nil {
					ask = func() answer { return x.send(q.method, q.path, q.body, q.header) }
				}
				a := ask()
				what := fmt.Sprintf("%s by %q in the %s case", rt.name, name, map[people.CaseID]string{"": "no", w.one: "first", w.two: "second", w.other: "other family's"}[c])
				switch {
				case should && whenReached[rt.name] != "":
					if a.status < 400 || a.status >= 500 {
						t.Errorf("%s gave %d", what, a.status)
					}
				case should && q.want != "":
					if got := fmt.Sprint(a.status, " ", a.header.Get("Location")); !regexp.MustCompile(q.want).MatchString(got) {
						t.Errorf("%s gave %s, want %s: %.300s", what, got, q.want, tagless(a.body))
					}
				case should && a.status >= 400:
					t.Errorf("%s is denied, and the table allows it: %d %.200s", what, a.status, tagless(a.body))
				case !should && c != "" && a.header.Get("Location") == x.path("/share") && isDenied(x.get(x.path("/share"))):
					// It leads to the page where there is nothing for this person.
					if w.digest() != before {
						t.Errorf("%s was denied and changed the store", what)
					}
				case !should && !isDenied(a):
					t.Errorf("%s is not denied: %d %s %.200s", what, a.status, a.header.Get("Location"), tagless(a.body))
				case !should && w.digest() != before:
					t.Errorf("%s was denied and changed the store", what)
				}
			}
		}
	}
	if missed := w.unseen(); missed != nil {
		t.Errorf("the digest missed changes of %v", missed)
	}
}

func knownRoute(s *Site, name string) bool {
	for _, rt := range s.routes() {
		if rt.name == name {
			return true
		}
	}
	return false
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// What one may not see and what there is not are answered in the same bytes,
// after the same questions to the store.
func TestNothingTellsApart(t *testing.T) {
	w := settle(t, nil)
	none := people.CaseID(desk.NewName())
	for _, rt := range w.site.routes() {
		wished := wishes[rt.name]
		if wished == nil || !strings.Contains(rt.pattern, "{case}") {
			continue
		}
		for _, x := range []struct {
			name   string
			hidden people.CaseID
		}{
			{"stranger", w.one}, {"stranger", w.two}, {"owner", w.other}, {"editor", w.other}, {"reader", w.other}, {"guest reader", w.two}, {"guest editor", w.two},
			{"guest editor", w.other}, {"guest of two entries", w.two}, {"guest counsel", w.two}, {"guest counsel", w.other}, {"host", w.one}, {"guest that ended", w.one}, {"guest until yesterday", w.one}, {"guest from next week", w.one},
			{"ended member", w.one}, {"no grant", w.one}, {"", w.one},
		} {
			by := w.as(x.name)
			q := wished(&cell{town: by, name: x.name, p: w.people[x.name], c: x.hidden})
			w.alike(t, rt.name+" by "+x.name, by, q, string(x.hidden), string(none))
		}
	}
}

// alike sends a request twice, once for what is hidden and once for what is not
// there, and compares the answers and the questions to the store.
func (w *town) alike(t *testing.T, what string, by *town, q wish, hidden, none string) {
	t.Helper()
	ask := func(id string) (answer, int64) {
		put := strings.NewReplacer(hidden, id)
		before := w.store.calls.Load() + w.store.reads.Load()
		a := by.send(q.method, put.Replace(q.path), put.Replace(q.body), q.header)
		n := w.store.calls.Load() + w.store.reads.Load() - before
		return a, n
	}
	ask(hidden) // what the page before wanted to say is said
	a, n := ask(hidden)
	b, m := ask(none)
	mask := strings.NewReplacer(hidden, "X", none, "X")
	if got, want := a.bare(mask), b.bare(mask); got != want {
		t.Errorf("%s: what is hidden answers otherwise than what is not there: %s", what, differ(got, want))
	} else if !isDenied(a) && q.method == "GET" && a.status == http.StatusOK && !strings.Contains(q.path, "/add?") {
		t.Errorf("%s: what is hidden is given: %d", what, a.status)
	}
	// The access log is written beside the pages and asks now and then too; what
	// tells one from the other does so each time.
	for range 4 {
		if n == m {
			break
		}
		if err := w.site.desk.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, n = ask(hidden)
		_, m = ask(none)
	}
	if n != m {
		t.Errorf("%s: what is hidden takes %d questions to the store, what is not there %d", what, n, m)
	}
}

// bare is an answer without what differs each time.
func (a answer) bare(mask *strings.Replacer) string {
	var b strings.Builder
	fmt.Fprintln(&b, a.status)
	for _, k := range slices.Sorted(maps.Keys(a.header)) {
		switch k {
		case "Date", "Server-Timing", "Set-Cookie", "X-Request-Id":
			continue
		}
		fmt.Fprintln(&b, k, a.header[k])
	}
	b.WriteString(a.body)
	return withoutNames(mask.Replace(b.String()))
}

// differ is where two texts begin to differ.
func differ(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	cut := func(s string) string { return s[max(0, n-80):min(len(s), n+160)] }
	return fmt.Sprintf("at %d:\n%q\n%q", n, cut(a), cut(b))
}

// An entry or a file that one may not see, of a case that one sees, is answered
// like one that is not there.
func TestNoEntryTellsApart(t *testing.T) {
	w := settle(t, nil)
	for _, x := range []struct{ name, hidden string }{
		{"owner", w.private["editor author"]}, {"owner", w.private["counsel counsel"]}, {"owner", w.private["contributor author"]},
		{"editor", w.private["owner author"]}, {"editor", w.private["counsel counsel"]}, {"contributor", w.private["owner mediation"]}, {"contributor", w.private["owner author"]},
		{"reader", w.private["owner mediation"]}, {"counsel", w.private["editor author"]},
		{"guest editor", w.private["counsel counsel"]}, {"guest counsel", w.private["counsel author"]}, {"guest counsel", w.private["owner author"]},
		{"counsel", w.private["guest counsel author"]}, {"owner", w.private["guest counsel counsel"]}, {"guest contributor", w.private["owner mediation"]}, {"guest reader", w.private["contributor author"]},
		{"guest of two entries", w.rest}, {"guest of two entries", w.private["owner author"]},
	} {
		by, none := w.as(x.name), desk.NewName()
		at := "/cases/" + string(w.one)
		name := desk.NewName()
		note := func(more ...string) url.Values {
			v := url.Values{"name": {name}, "kind": {"note_added"}, "on": {"2026-03-01"}, "words": {"Mine."}}
			for i := 0; i+1 < len(more); i += 2 {
				v.Set(more[i], more[i+1])
			}
			return v
		}
		for what, q := range map[string]wish{
			"show":       get(at + "/record/" + x.hidden),
			"correct":    get(at + "/record/" + x.hidden + "/correct"),
			"withdraw":   post(at+"/record/"+x.hidden+"/withdraw", url.Values{"name": {name}}),
			"destroy":    get(at + "/record/" + x.hidden + "/destroy"),
			"destroyed":  post(at+"/record/"+x.hidden+"/destroy", url.Values{"why": {"x"}, "sure": {"1"}}),
			"corrected":  send(at+"/record/"+x.hidden+"/correct", note()),
			"clock":      get(at + "/clocks/" + clockOfAsk(&cell{town: w}) + "/" + x.hidden),
			"answer":     get(at + "/add?any=1&re=" + x.hidden),
			"answered":   send(at+"/add?any=1", note("re", x.hidden)),
			"some":       post(at+"/export/bundle", url.Values{"which": {"some"}, "entry": {x.hidden}}),
			"draft":      get("/drafts/correct:" + string(w.one) + ":" + x.hidden),
			"report":     get("/imports/" + x.hidden),
			"other case": get("/cases/" + string(w.two) + "/record/" + x.hidden),
		} {
			w.alike(t, what+" by "+x.name, by, q, x.hidden, none)
		}
	}
	for _, name := range []string{"owner", "editor", "contributor", "reader", "guest editor", "guest reader", "guest of two entries", "stranger"} {
		w.alike(t, "file by "+name, w.as(name), get("/cases/"+string(w.one)+"/files/"+w.secret.String()), w.secret.String(), strings.Repeat("ab", 32))
	}
	// Somebody who knows the name of a private entry learns nothing by giving it to
	// an entry of his own: it is taken like any other.
	by := w.as("contributor")
	for _, n := range []string{w.private["counsel counsel"], desk.NewName()} {
		a := by.upload("/cases/"+string(w.one)+"/add?any=1", url.Values{"name": {n}, "kind": {"note_added"}, "on": {"2026-03-01"}, "words": {"Mine."}})
		if a.status != http.StatusSeeOther {
			t.Errorf("a name that is taken behind a wall gave %d", a.status)
		}
	}
	if e := w.seen("counsel", w.one).Entry(w.private["counsel counsel"]); e == nil || !strings.Contains(e.Note, marker("counsel counsel")) {
		t.Error("the private entry was replaced")
	}
}
