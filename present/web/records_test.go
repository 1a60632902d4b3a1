package web

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/people"
)

// sampleCase opens the sample case and gives its path.
func (h *house) sampleCase(t *testing.T) string {
	t.Helper()
	return h.post("/cases/sample", nil).is(t, http.StatusSeeOther).header.Get("Location")
}

// account makes somebody who can sign in, and lets this browser be it, as sign-in
// does.
func (h *house) signedIn(t *testing.T, login string) people.AccountID {
	t.Helper()
	id, _, err := h.site.desk.MakeAccount(t.Context(), desk.NewAccount{Login: login, Passphrase: "seven plain words for a test only", Keeper: true})
	if err != nil {
		t.Fatal(err)
	}
	in, err := h.site.desk.BeginAccount(t.Context(), id, "", "a phone")
	if err != nil {
		t.Fatal(err)
	}
	ctx, err := h.site.sessions.Load(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.site.beginAs(ctx, in.Me, lifeTime); err != nil {
		t.Fatal(err)
	}
	token, _, err := h.site.sessions.Commit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	u, _ := url.Parse(h.server.URL)
	h.client = h.browser()
	h.client.Jar.SetCookies(u, []*http.Cookie{{Name: h.site.sessions.Cookie.Name, Value: token, Path: "/"}})
	return id
}

// The access log shows what was just done, by page, with filters and as a table.
func TestAccessPage(t *testing.T) {
	h := build(t, "").enter()
	c := h.sampleCase(t)
	h.get(c).is(t, http.StatusOK)
	h.get(c+"/record?q=reading").is(t, http.StatusOK)
	h.get(c+"/export/case.zip").is(t, http.StatusOK)
	h.get(c+"/export/brief.html").is(t, http.StatusOK)
	h.get("/access").is(t, http.StatusOK).says(t, "Opened the case", "Searched the case", "Took out a copy", "Copies to take out", "This computer", c)
	h.post("/language", url.Values{"lang": {"es"}})
	for _, x := range []string{"?day=2026-13-99", "?from=-3", "?from=999999999999999999999", "?person=" + url.QueryEscape("' OR 1=1 --"), "?case=" + strings.Repeat("x", 3000), "?case=%00&day=%ff"} {
		h.get("/access"+x).is(t, http.StatusOK)
		h.get("/access.csv"+x).is(t, http.StatusOK)
	}
	a := h.get("/access.csv").is(t, http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.body, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) < 5 || len(rows[0]) != 6 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	if got := h.get("/access?case=nothinglikethis1").body; strings.Contains(got, c) && strings.Contains(got, "<table") {
		t.Error("lines of another case")
	}
	if t := regexp.MustCompile(`records\.[a-z_]+`).FindString(tagless(h.get("/access").body)); t != "" {
		h.t.Errorf("the page shows the key %s", t)
	}
}

// Every page that reads a case has words of its own in the access log.
func TestPagesHaveWords(t *testing.T) {
	h := build(t, "")
	p := h.site.wordsOf(mustRequest(t))
	for _, rt := range h.site.routes() {
		switch rt.needs {
		case desk.Open, desk.SeeSpace, desk.ChangeSelf, desk.ChangeSpace, desk.SeePeople, desk.SaveCalendar:
		default:
			if p.speak().pageWord(rt.name) == rt.name {
				t.Errorf("the access log has no words for the page %s", rt.name)
			}
		}
	}
	for _, a := range desk.Actions() {
		x := desk.Seen{Action: a.String()}
		switch a {
		case desk.SeeSpace, desk.ChangeSpace, desk.ChangeSelf, desk.SeePeople, desk.SaveCalendar:
			continue // of no child, and not noted
		}
		if p.speak().didWord(&x) == a.String() {
			t.Errorf("the access log has no words for %s", a)
		}
	}
	if p.speak().pageWord("some_new_page") != "some_new_page" || p.speak().didWord(&desk.Seen{Action: "odd"}) != "odd" {
		t.Error("what is unknown is not shown by its name")
	}
}

func mustRequest(t *testing.T) *http.Request {
	t.Helper()
	r, err := http.NewRequest("GET", "/", nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What is taken out is listed with for whom, and as a table that no spreadsheet
// takes for a formula.
func TestGivenPage(t *testing.T) {
	h := build(t, "").enter()
	c := h.sampleCase(t)
	h.post(c+"/export/case.zip", url.Values{"for": {"=HYPERLINK(\"x\")<script>"}}).is(t, http.StatusOK)
	h.post(c+"/export/bundle", url.Values{"which": {"all"}, "for": {"the hearing office"}}).is(t, http.StatusOK)
	h.post(c+"/export/nothing.exe", url.Values{"for": {"x"}}).is(t, http.StatusNotFound)
	page := h.get(c+"/given").is(t, http.StatusOK).says(t, "the hearing office", "Evidence bundle", "Case with its files", "34 CFR 99.32(d)", "34 CFR 300.614", "/add?kind=records_access_requested")
	if strings.Contains(page.body, "<script>alert") || strings.Contains(page.body, "HYPERLINK(\"x\")<script>") {
		t.Error("what was typed is taken for markup")
	}
	table := h.get(c+"/given.csv").is(t, http.StatusOK).body
	if !strings.Contains(table, "'=HYPERLINK") {
		t.Errorf("a formula in the table: %s", table)
	}
	h.get("/cases/nothinglikethis1/given").is(t, http.StatusNotFound)
}

// While somebody waits to see the record, destroying asks once more; a hold says why.
func TestDestroyAsksAgain(t *testing.T) {
	h := build(t, "").enter()
	c := h.sampleCase(t)
	add := h.get(c+"/add?kind=records_access_requested").is(t, http.StatusOK).body
	name := regexp.MustCompile(`name="name" value="([a-z2-7]+)"`).FindStringSubmatch(add)[1]
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range map[string]string{"kind": "records_access_requested", "name": name, "on": (h.site.today() - 2).String(), "by": "parent", "wall": "", "note": "asked"} {
		form.WriteField(k, v)
	}
	form.Close()
	h.send("POST", c+"/add?kind=records_access_requested", body.String(), map[string]string{"Content-Type": form.FormDataContentType()}).is(t, http.StatusSeeOther)
	at := c + "/record/" + name + "/destroy"
	h.get(c+"/given").is(t, http.StatusOK).says(t, "still open")
	h.get(at).is(t, http.StatusOK).says(t, `name="open"`, "34 CFR 99.10(e)", "34 CFR 300.624")
	h.post(at, url.Values{"why": {"the wrong child"}, "sure": {"yes"}}).is(t, http.StatusUnprocessableEntity).says(t, "the wrong child")
	h.post(c+"/hold", url.Values{"why": {"a lawsuit of May"}}).is(t, http.StatusSeeOther)
	h.get(at).is(t, http.StatusOK).says(t, "a lawsuit of May")
	h.post(at, url.Values{"why": {"x"}, "sure": {"yes"}, "open": {"yes"}}).is(t, http.StatusConflict)
	h.post(c+"/hold", url.Values{"why": {"over"}, "release": {"1"}}).is(t, http.StatusSeeOther)
	h.post(at, url.Values{"why": {"the wrong child"}, "sure": {"yes"}, "open": {"yes"}}).is(t, http.StatusSeeOther)
	h.post(at, url.Values{"why": {"the wrong child"}, "sure": {"yes"}, "open": {"yes"}}).is(t, http.StatusSeeOther) // twice
}

var welcomeLink = regexp.MustCompile(`/welcome/[A-Za-z0-9_-]{43}`)

// The whole way: an office offers a space, a family takes it, writes, takes
// everything along and leaves; the receipt holds, and nothing stays.
func TestHostAndLeave(t *testing.T) {
	h := build(t, "").enter()
	h.get("/families").is(t, http.StatusConflict) // a family does not host
	h.post("/settings/space", url.Values{"kind": {"circus"}, "called": {"x"}}).is(t, http.StatusUnprocessableEntity)
	h.post("/settings/space", url.Values{"kind": {"practice"}, "called": {"Sample Advocates"}}).is(t, http.StatusSeeOther)
	h.post("/families", url.Values{"name": {desk.NewName()}}).is(t, http.StatusUnprocessableEntity)
	h.post("/families", url.Values{"name": {desk.NewName()}, "for": {"x"}, "backups": {"soon"}}).is(t, http.StatusUnprocessableEntity)
	made := h.post("/families", url.Values{"name": {desk.NewName()}, "for": {"the family of Tuesday"}, "backups": {"30"}}).is(t, http.StatusOK).says(t, "<svg")
	link := welcomeLink.FindString(made.body)
	if link == "" || strings.Contains(h.get("/families").body, link) || strings.Contains(h.log.String(), strings.TrimPrefix(link, "/welcome/")) {
		t.Fatal("the link is kept, logged or not shown")
	}
	office := h.client
	h.sampleCase(t)

	h.client = h.browser() // somebody without any session
	h.get(link).is(t, http.StatusOK).says(t, "Sample Advocates", "30 days", "read its disk", "/sign-up?next=")
	a := h.post(link, nil).is(t, http.StatusSeeOther)
	if to := a.header.Get("Location"); to != "/sign-in?next="+url.QueryEscape(link) {
		t.Errorf("sent to %s", to)
	}
	for _, bad := range []string{link + "x", "/welcome/x", "/welcome/" + strings.Repeat("A", 43), "/welcome/%00"} {
		h.get(bad).is(t, http.StatusNotFound)
		h.post(bad, nil).is(t, http.StatusNotFound)
	}
	h.signedIn(t, "parent@example.org")
	h.post(link, url.Values{"name": {"Sample Parent"}, "space": {"gonespacename"}}).is(t, http.StatusSeeOther)
	h.post(link, url.Values{"name": {"Sample Parent"}}).is(t, http.StatusNotFound) // twice
	c := h.sampleCase(t)
	h.get(c).is(t, http.StatusOK)
	h.get("/families").is(t, http.StatusConflict)

	family := h.client
	h.client = office
	h.get(c).is(t, http.StatusNotFound)
	h.get(c+"/given").is(t, http.StatusNotFound)
	h.get("/access?case="+strings.TrimPrefix(c, "/cases/")).is(t, http.StatusOK)
	h.get("/families").is(t, http.StatusOK).says(t, "Used")
	h.client = family

	// In the wrong order nothing happens.
	h.get("/leave").is(t, http.StatusOK).says(t, "30 days", "Sample Advocates")
	h.post("/leave", url.Values{"word": {"LEAVE"}, "sure": {"yes"}}).is(t, http.StatusConflict)
	h.post("/leave", url.Values{"word": {"leaf"}, "sure": {"yes"}}).is(t, http.StatusUnprocessableEntity)
	taken := h.post("/leave/take", nil).is(t, http.StatusOK)
	z, err := zip.NewReader(bytes.NewReader([]byte(taken.body)), int64(len(taken.body)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
		if strings.HasSuffix(f.Name, ".zip") {
			in, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if _, err := b.ReadFrom(in); err != nil {
				t.Fatal(err)
			}
			if _, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len())); err != nil {
				t.Errorf("%s: %v", f.Name, err)
			}
		}
	}
	if all := strings.Join(names, " "); len(names) != 5 || !strings.Contains(all, "case.zip") || !strings.Contains(all, "evidence.zip") || !strings.Contains(all, "access.csv") {
		t.Errorf("taken along: %v", names)
	}
	h.get("/leave").is(t, http.StatusOK).says(t, "Leave for good")
	h.post("/leave", url.Values{"word": {"LEAVE"}}).is(t, http.StatusUnprocessableEntity)
	h.post(c+"/hold", url.Values{"why": {"a lawsuit of May"}}).is(t, http.StatusSeeOther)
	h.post("/leave/take", nil).is(t, http.StatusOK)
	h.get("/leave").is(t, http.StatusOK).says(t, "a lawsuit of May")
	h.post("/leave", url.Values{"word": {"LEAVE"}, "sure": {"yes"}}).is(t, http.StatusConflict)
	h.post(c+"/hold", url.Values{"why": {"over"}, "release": {"1"}}).is(t, http.StatusSeeOther)
	h.post("/leave/take", nil).is(t, http.StatusOK)
	left := h.post("/leave", url.Values{"word": {"leave"}, "sure": {"yes"}}).is(t, http.StatusOK).says(t, "You have left")
	receipt := regexp.MustCompile(`(?s)name="receipt" value="([^"]*)"`).FindStringSubmatch(left.body)
	if receipt == nil {
		t.Fatalf("no receipt:\n%.2000s", left.body)
	}
	text := tagless("<x>" + receipt[1])
	text = strings.TrimPrefix(text, " ")
	h.get(c).is(t, http.StatusForbidden)
	h.get("/").is(t, http.StatusForbidden)
	h.get("/receipt").is(t, http.StatusOK)
	h.post("/receipt", url.Values{"receipt": {text}}).is(t, http.StatusOK).says(t, "Nothing in this receipt was changed")
	saved := h.post("/receipt", url.Values{"receipt": {text}, "save": {"yes"}}).is(t, http.StatusOK)
	if !strings.Contains(saved.header.Get("Content-Disposition"), "attachment") || !strings.HasPrefix(saved.body, "stayput.leaving/") {
		t.Errorf("saved: %v %.80q", saved.header, saved.body)
	}
	for _, bad := range []url.Values{{}, {"receipt": {"<script>alert(1)</script>"}, "save": {"yes"}}, {"receipt": {text + "x"}}, {"receipt": {text}, "key": {"x"}}, {"receipt": {strings.Replace(text, "cases 1", "cases 2", 1)}}} {
		a := h.post("/receipt", bad).is(t, http.StatusUnprocessableEntity)
		if strings.Contains(a.body, "<script>alert") {
			t.Error("what was pasted is taken for markup")
		}
	}
	files, _ := filepath.Glob(filepath.Join(h.folder, "*"))
	for _, f := range files {
		data, _ := os.ReadFile(f)
		for _, w := range []string{"gonespacename", "Sample Parent", strings.TrimPrefix(c, "/cases/"), "parent@example.org", "a lawsuit of May"} {
			if bytes.Contains(data, []byte(w)) {
				t.Errorf("%q still stands in %s", w, filepath.Base(f))
			}
		}
	}
	h.client = office
	h.get("/cases").is(t, http.StatusOK).says(t, "Maya")
	h.post("/leave/take", nil).is(t, http.StatusOK)
	h.get("/families").is(t, http.StatusOK)
}
