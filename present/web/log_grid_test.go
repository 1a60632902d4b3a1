package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/people"
	"stayput/plan"
	"stayput/plan/session"
)

var gridInput = regexp.MustCompile(`<input type="hidden" name="((?:case|service)\d+|form|day|what|who|school)" value="([^"]*)">`)

// grid is the form of the grid with what it carries along.
func (h *house) grid(t testing.TB, query string) (answer, url.Values) {
	t.Helper()
	page := h.get("/log"+query).is(t, http.StatusOK)
	v := url.Values{}
	for _, m := range gridInput.FindAllStringSubmatch(page.body, -1) {
		v.Set(m[1], html.UnescapeString(m[2]))
	}
	return page, v
}

// rowsOf are the numbers of the rows of a service.
func rowsOf(v url.Values, service string) []string {
	var out []string
	for k := range v {
		if n, ok := strings.CutPrefix(k, "service"); ok && v.Get(k) == service {
			out = append(out, n)
		}
	}
	return out
}

// A day of several children is saved at once; what is promised stands there already,
// what was logged is shown and not asked again.
func TestGrid(t *testing.T) {
	h := logged(t)
	two := h.openText(strings.ReplaceAll(unlogged(t), "Maya", "Nina"))
	page, v := h.grid(t, "?day=2026-02-24")
	page.says(t, "Maya", "Nina", "Speech and language", `placeholder="30"`, "D – Given as planned")
	if n := len(rowsOf(v, "slp")) + len(rowsOf(v, "reading")); n != 4 {
		t.Fatalf("%d rows: %v", n, v)
	}
	h.post("/log", v).is(t, http.StatusUnprocessableEntity).says(t, "Nothing was chosen")
	for i, n := range rowsOf(v, "slp") {
		v.Set("outcome"+n, []string{"delivered", "child_absent"}[i])
	}
	for i, n := range rowsOf(v, "reading") {
		v.Set("outcome"+n, "short")
		v.Set("minutes"+n, []string{"20", "30"}[i]) // the second cannot be: nothing of its child is saved
		v.Set("note"+n, "fire drill")
	}
	again := h.post("/log", v).is(t, http.StatusUnprocessableEntity).says(t, "2 sessions were saved", "Correct one of the two", "fire drill", "another line of this child")
	all := h.sessions()
	other := &logHouse{h.house, two}
	if (all == "") == (other.sessions() == "") {
		t.Fatalf("saved:\n%s\nand\n%s", all, other.sessions())
	}
	// What failed stands as it was typed; what was saved is not asked again.
	w := url.Values{}
	for _, m := range gridInput.FindAllStringSubmatch(again.body, -1) {
		w.Set(m[1], html.UnescapeString(m[2]))
	}
	if len(rowsOf(w, "slp")) != 1 || len(rowsOf(w, "reading")) != 1 || w.Get("form") == v.Get("form") {
		t.Fatalf("%v", w)
	}
	w.Set("outcome"+rowsOf(w, "slp")[0], "missed_provider")
	w.Set("outcome"+rowsOf(w, "reading")[0], "delivered")
	w.Set("minutes"+rowsOf(w, "reading")[0], "25")
	for range 2 { // sent twice
		h.post("/log", w).is(t, http.StatusSeeOther)
	}
	if n := len(h.look().Logged().Sessions) + len(other.look().Logged().Sessions); n != 4 {
		t.Fatalf("%d sessions", n)
	}
	page, v = h.grid(t, "?day=2026-02-24")
	page.says(t, "Logged already", "Logged:", "shorter than promised")
	if len(rowsOf(v, "slp")) != 0 {
		t.Errorf("%v", v)
	}
	// What a family writes in its own record is its word.
	for _, l := range h.look().Logged().Sessions {
		if l.From != session.Family {
			t.Errorf("%+v", l)
		}
	}
}

// A slot that somebody else logged meanwhile is not logged twice without being asked.
func TestGridMeanwhile(t *testing.T) {
	h := logged(t)
	_, v := h.grid(t, "?day=2026-02-24")
	n := rowsOf(v, "slp")[0]
	v.Set("outcome"+n, "delivered")
	c := h.look()
	if _, err := h.site.desk.AddLog(t.Context(), h.who(), c.ID, desk.NewLog{Sessions: []session.Log{{On: isoDay("2026-02-24"), Service: "slp", Outcome: session.Delivered, Minutes: plan.CountOf(20)}}}); err != nil {
		t.Fatal(err)
	}
	page := h.post("/log", v).is(t, http.StatusUnprocessableEntity).says(t, "meanwhile", "it was another session")
	w := url.Values{}
	for _, m := range gridInput.FindAllStringSubmatch(page.body, -1) {
		w.Set(m[1], html.UnescapeString(m[2]))
	}
	n = rowsOf(w, "slp")[0]
	w.Set("outcome"+n, "delivered")
	w.Set("anyway"+n, "yes")
	h.post("/log", w).is(t, http.StatusSeeOther)
	if len(h.look().Logged().Sessions) != 2 {
		t.Error(h.sessions())
	}
}

// The filter is remembered; odd days, rows and cases are refused without a word of
// what is elsewhere.
func TestGridEdges(t *testing.T) {
	h := logged(t)
	page, _ := h.grid(t, "?day=2026-02-24&what=speech&who=&school=")
	if strings.Contains(page.body, "Reading support") {
		t.Error("the filter lets a line through")
	}
	page, _ = h.grid(t, "?day=2026-02-24")
	if strings.Contains(page.body, "Reading support") {
		t.Error("the filter is forgotten")
	}
	h.get("/log?day=2026-02-24&what=nothinglikethis").is(t, http.StatusOK).says(t, "No line fits")
	h.get("/log?day=2031-01-01&what=").is(t, http.StatusOK).says(t, "has not come")
	h.get("/log?day=nonsense&what=").is(t, http.StatusOK)
	h.get("/log?day=2020-01-01&what=").is(t, http.StatusOK).says(t, "No plan promises")
	_, v := h.grid(t, "?day=2026-02-24&what=&who=&school=")
	n := rowsOf(v, "slp")[0]
	for _, x := range []struct{ field, value, says string }{
		{"minutes", "30.5", "no number of minutes"}, {"minutes", "1441", "no number of minutes"}, {"minutes", "0", "Say what came of"}, {"note", "only a note", "Say what came of"}, {"outcome", "nonsense", "Say what came of"}, {"service", "nothing", "promises no such service"},
	} {
		w := url.Values{}
		for k := range v {
			w.Set(k, v.Get(k))
		}
		w.Set(x.field+n, x.value)
		if x.field == "service" {
			w.Set("outcome"+n, "delivered")
		}
		h.post("/log", w).is(t, http.StatusUnprocessableEntity).says(t, x.says)
	}
	v.Set("outcome"+n, "delivered")
	v.Set("case"+n, desk.NewName())
	h.post("/log", v).is(t, http.StatusNotFound)
	v.Set("day", "never")
	h.post("/log", v).is(t, http.StatusUnprocessableEntity)
	if h.sessions() != "" {
		t.Error(h.sessions())
	}
}

// Each sees the children he or she may add to and no others; a row for another case
// is refused whole, in the words for a case that does not exist.
func TestGridRights(t *testing.T) {
	w := settle(t, nil)
	day := isoDay("2026-02-24")
	cases := map[people.CaseID]string{w.one: "owner", w.two: "owner", w.other: "stranger"}
	for c, by := range cases {
		err := w.desk.ChangePlans(t.Context(), w.who(by), c, "", "", func(ps []*plan.Plan) ([]*plan.Plan, error) {
			return append(ps, &plan.Plan{ID: "grid", Kind: plan.IEP, Status: "in_effect", EffectiveStart: day - 30, MeetingDate: day - 30, EffectiveEnd: day + 300,
				Services: []plan.Service{{ID: "grid-slp", Name: "Grid speech", Minutes: plan.CountOf(30), Times: plan.CountOf(2), Per: plan.PerWeek}}}), nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	services := map[people.CaseID]string{}
	for c, by := range cases {
		services[c] = gridService(w.as(by).get("/log?day="+day.String()+"&what=").body, string(c))
	}
	shown := 0
	for name, p := range w.people {
		if p.ended {
			continue
		}
		me := w.as(name)
		body := me.get("/log?day=" + day.String() + "&what=").body
		for c := range cases {
			may := w.desk.May(w.who(name), desk.AddEntry, c)
			if got := strings.Contains(body, string(c)); got && !may {
				t.Errorf("%s is shown the case of somebody else", name)
			} else if got {
				shown++
			}
			service := services[c]
			before := len(w.seen(cases[c], c).Logged().Sessions)
			a := me.post("/log", url.Values{"day": {day.String()}, "form": {desk.NewName()}, "case0": {string(c)}, "service0": {service}, "outcome0": {"delivered"}, "anyway0": {"yes"}})
			none := me.post("/log", url.Values{"day": {day.String()}, "form": {desk.NewName()}, "case0": {desk.NewName()}, "service0": {service}, "outcome0": {"delivered"}})
			after := len(w.seen(cases[c], c).Logged().Sessions)
			switch {
			case !may && (after != before || a.status != none.status):
				t.Errorf("%s: %d sessions more in a case of somebody else, %d and not %d", name, after-before, a.status, none.status)
			case may && p.space == w.people[cases[c]].space && after != before+1:
				t.Errorf("%s may add and could not: %d\n%s", name, a.status, tagless(a.body))
			}
		}
	}
	if shown < 4 {
		t.Errorf("the grid was shown %d times", shown)
	}
}

// gridService is the service of the first row of a case.
func gridService(body, c string) string {
	m := regexp.MustCompile(`name="case\d+" value="` + c + `"><input type="hidden" name="service\d+" value="([^"]+)"`).FindStringSubmatch(body)
	if m == nil {
		return "grid-slp"
	}
	return html.UnescapeString(m[1])
}
