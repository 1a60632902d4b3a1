package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"stayput/day"
	derived "stayput/derive/brief"
	ways "stayput/derive/route"
	"stayput/desk"
	"stayput/fact"
	"stayput/guide"
	"stayput/law"
	"stayput/law/packs"
	"stayput/people"
)

// toldNo is a family that asked for an evaluation and was told no, or the school's own
// record of a family that said no to parts of an offer.
const toldNo = `stayput: 1
case: {title: "Sample: told no", child: {name: Ana, born: 2016-03-01}, jurisdiction: STATE, zone: America/New_York, side: SIDE, sample: yes}
record:
RECORD
`

const (
	familyNo = `  - {on: 2025-09-08, kind: evaluation_requested_orally}
  - {id: no, on: 2025-09-20, kind: evaluation_refused, note: "Let's wait until spring."}`
	schoolNo = `  - {on: 2025-09-02, kind: iep_developed}
  - {on: 2024-09-10, kind: services_consent_received, by: mother}
  - {on: 2025-09-05, kind: iep_offered}
  - {id: no, on: 2025-09-20, kind: iep_consent_partial, by: mother}`
)

func disagreeHouse(t *testing.T, state, side, lang string) (*house, string) {
	t.Helper()
	h := calHouse(t, "2025-10-06")
	h.speaks(lang, people.Plain)
	entries := familyNo
	if side == "school" {
		entries = schoolNo
	}
	return h, h.openText(strings.NewReplacer("STATE", state, "SIDE", side, "RECORD", entries).Replace(toldNo))
}

// fine is a page that is there; what went wrong with one that is not is told.
func (h *house) fine(path string) answer {
	h.t.Helper()
	a := h.get(path)
	if a.status != http.StatusOK {
		h.t.Fatalf("%s: %d: %s", path, a.status, h.log)
	}
	return a
}

// derivedRoutes is what the engine says of a case, without a page.
func (h *house) derivedRoutes(c string, concerns []law.Concern, answers map[ways.Question]fact.Tri) (*ways.Result, *derived.Brief) {
	h.t.Helper()
	k, err := h.site.desk.Case(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), desk.View{})
	if err != nil {
		h.t.Fatal(err)
	}
	b, err := k.WithSteps()
	if err != nil {
		h.t.Fatal(err)
	}
	if concerns == nil {
		concerns = derived.Concerns(b)
	}
	return derived.Routes(b, k.File.Case.Side, concerns, answers), b
}

// write puts an entry into the record.
func (h *house) write(c string, e fact.Entry) {
	h.t.Helper()
	if _, err := h.site.desk.AddEntry(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), desk.NewEntry{Name: desk.NewName(), Fact: e}); err != nil {
		h.t.Fatal(err)
	}
}

var cardTitle = regexp.MustCompile(`id="card-([a-z_0-9]+)-h"`)

// The page suggests what the engine suggests, has every other route one touch away, and
// tells no odds: for both sides, in both languages, under the law of three States.
func TestDisagreeSuggestsWhatIsDerived(t *testing.T) {
	odds := regexp.MustCompile(`(?i)\d ?%|\bodds\b|likel|chance of|probab|posibilidades de ganar`)
	for _, state := range []string{"us-ca", "us-tx", "us-ny"} {
		for _, side := range []string{"family", "school"} {
			for _, lang := range []string{"en", "es"} {
				name := state + " " + side + " " + lang
				h, c := disagreeHouse(t, state, side, lang)
				a := h.get(c+"/disagree").is(t, http.StatusOK)
				res, _ := h.derivedRoutes(c, nil, nil)
				if res.Suggested == nil || res.Alternative == nil {
					t.Fatalf("%s: nothing is suggested", name)
				}
				var cards []string
				for _, m := range cardTitle.FindAllStringSubmatch(a.body, -1) {
					cards = append(cards, m[1])
				}
				if want := []string{string(res.Suggested.Route), string(res.Alternative.Route)}; !slices.Equal(cards, want) {
					t.Errorf("%s: %v, want %v", name, cards, want)
				}
				var ids []string
				for _, p := range res.Law.Packs {
					ids = append(ids, p.ID)
				}
				words := packs.Texts(lang).In(ids...)
				if side == "school" {
					words = words.Neutral()
				}
				for i := range res.Routes {
					w := &res.Routes[i]
					link := c + "/disagree/routes/" + string(w.ID)
					if !strings.Contains(a.body, `href="`+link) || !strings.Contains(a.body, html.EscapeString(words.Route(w.ID).Title)) {
						t.Errorf("%s: %s is hidden", name, w.ID)
					}
				}
				if m := odds.FindString(tagless(a.body)); m != "" {
					t.Errorf("%s: the page says %q", name, m)
				}
				if strings.Contains(a.body, "routes.") || strings.Contains(a.body, "webroute.") {
					t.Errorf("%s: a key stands on the page", name)
				}
			}
		}
	}
}

// In California five lines come first, and that staff must help with them; in a school's
// record nobody is told to write to the school.
func TestFiveLinesComeFirst(t *testing.T) {
	h, c := disagreeHouse(t, "us-ca", "family", "en")
	h.get(c+"/disagree").is(t, http.StatusOK).says(t, "Write five lines today", "must offer to help you", "3021(a)", "/add?kind=letter_sent")
	if a := h.get(c+"/disagree?picked=1&concern=evaluation&in_writing=yes").is(t, http.StatusOK); strings.Contains(a.body, "Write five lines today") {
		t.Error("who wrote is told to write")
	}
	h, c = disagreeHouse(t, "us-ca", "school", "en")
	if a := h.get(c+"/disagree").is(t, http.StatusOK); strings.Contains(a.body, "Write five lines today") {
		t.Error("a school is told to write to itself")
	}
}

// What was picked and answered stands in the address and in the form; the record wins
// over an answer, and two answers to one question are none.
func TestDisagreeAnswers(t *testing.T) {
	h, c := disagreeHouse(t, "us-ca", "family", "en")
	checked := func(body, name, value string) bool {
		return regexp.MustCompile(`name="` + name + `" value="` + value + `" checked`).MatchString(body)
	}
	a := h.get(c+"/disagree").is(t, http.StatusOK)
	if !checked(a.body, "concern", "evaluation") || checked(a.body, "concern", "placement") {
		t.Error("what the record points to is not what is ticked")
	}
	if n := strings.Count(a.body, "<legend"); n > 6 {
		t.Errorf("%d questions", n-1)
	}
	a = h.get(c+"/disagree?picked=1").is(t, http.StatusOK)
	if checked(a.body, "concern", "evaluation") || cardTitle.MatchString(a.body) {
		t.Error("nothing was picked, and something is suggested")
	}
	a = h.get(c+"/disagree?picked=1&concern=placement&concern=records&both_willing=yes&must_stay=yes&must_stay=no").is(t, http.StatusOK)
	if !checked(a.body, "concern", "placement") || !checked(a.body, "concern", "records") || !checked(a.body, "both_willing", "yes") || !checked(a.body, "must_stay", "unknown") {
		t.Error("what was said is not shown")
	}
	// Every link to a route carries it on.
	if !strings.Contains(a.body, "/disagree/routes/court?both_willing=yes&amp;concern=placement&amp;concern=records&amp;picked=1") {
		t.Error("what was picked is lost on the way to a route")
	}
	h.write(c, fact.Entry{Kind: fact.MustLookup("letter_sent"), On: day.On(day.Must(2025, time.October, 1))})
	h.get(c+"/disagree?picked=1&concern=evaluation&in_writing=no").is(t, http.StatusOK).says(t, "You answered no, but your record shows that you wrote to the school about it")
	h.get(c+"/disagree").is(t, http.StatusOK).says(t, "Your record already shows that you wrote to the school about it")
}

// A hostile address does nothing but be left out.
func TestDisagreeHostile(t *testing.T) {
	h, c := disagreeHouse(t, "us-ca", "family", "en")
	for _, q := range []string{
		"?picked=1&concern=%3Cscript%3E&spoke=%22%3E%3Cscript%3E&must_stay=maybe",
		"?concern=" + strings.Repeat("placement&concern=", 2000) + "x",
		"?as_of=2025-02-30&known_by=x&concern=placement",
		"?concern=%00%ff&%zz",
	} {
		a := h.get(c + "/disagree" + q)
		if a.status != http.StatusOK || strings.Contains(a.body, "<script>") {
			t.Errorf("%.60s: %d", q, a.status)
		}
	}
	for _, id := range []string{"nothing", "court%2F..", "%3Cscript%3E", "TEACHER", "any"} {
		h.get(c+"/disagree/routes/"+id).is(t, http.StatusNotFound)
	}
	for _, v := range []url.Values{{}, {"route": {""}}, {"route": {"win"}}, {"route": {"<script>"}}, {"route": {"court"}, "why": {strings.Repeat("x", 50_001)}}} {
		v.Set("name", desk.NewName())
		a := h.post(c+"/disagree", v).is(t, http.StatusUnprocessableEntity)
		if !strings.Contains(a.body, `id="e-route"`) && !strings.Contains(a.body, `id="e-why"`) {
			t.Errorf("%v: nothing says what is wrong", v)
		}
	}
	if n := h.count(c, "route_chosen"); n != 0 {
		t.Errorf("%d choices", n)
	}
}

// A choice stands once, says why, may be one that does not fit, and is where the
// case is on every picture; another one takes its place.
func TestDisagreeChoice(t *testing.T) {
	h, c := disagreeHouse(t, "us-ca", "family", "en")
	v := url.Values{"name": {desk.NewName()}, "picked": {"1"}, "concern": {"evaluation", "made up"}, "route": {"mediation_alone"}, "why": {"We want to talk first."}}
	for range 2 {
		a := h.post(c+"/disagree", v).is(t, http.StatusSeeOther)
		if to := a.header.Get("Location"); to != c+"/disagree?concern=evaluation&picked=1" {
			t.Errorf("leads to %s", to)
		}
	}
	e := h.answered(c)
	if h.count(c, "route_chosen") != 1 || e.Kind != routeChosen || !slices.Equal(e.Fields.About, []string{"mediation_alone"}) || !slices.Equal(e.Fields.Reasons, []string{"evaluation"}) || e.Fields.Summary != "We want to talk first." {
		t.Fatalf("%+v", e)
	}
	a := h.get(c+"/disagree").is(t, http.StatusOK)
	a.says(t, "You chose this way on", "Mediation without a hearing", "We want to talk first.", "You are on step 5 of 10, Mediation", "You are here")
	h.get(c).is(t, http.StatusOK).says(t, "You are on step 5 of 10, Mediation", c+"/disagree")
	h.fine(c+"/disagree/routes/mediation_alone").says(t, "You chose this way on", "We want to talk first.")
	// The other side's way: it is written down once however often it is sent, on the same
	// day as the first, and told.
	other := url.Values{"name": {desk.NewName()}, "route": {"due_process_district"}}
	for range 3 {
		h.post(c+"/disagree", other).is(t, http.StatusSeeOther)
	}
	if n := h.count(c, "route_chosen"); n != 2 {
		t.Errorf("%d choices", n)
	}
	h.get(c+"/disagree").is(t, http.StatusOK).says(t, "You are on step 8 of 10", "This is a way for the other side.")
}

// What is under way comes with its dates, and is where the case is.
func TestDisagreeUnderWay(t *testing.T) {
	for side, says := range map[string]string{"family": "Under way now", "school": "Under way now"} {
		h, c := disagreeHouse(t, "us-ca", side, "en")
		h.write(c, fact.Entry{Kind: fact.MustLookup("due_process_received"), On: day.On(day.Must(2025, time.October, 1)), Fields: fact.Fields{FiledBy: "parent"}})
		a := h.get(c+"/disagree").is(t, http.StatusOK)
		a.says(t, says, "A formal case is under way", "You are on step 8 of 10, Due process hearing (under way)", `datetime="2025-10-16"`, "/stay-put") // 15 days for the meeting
	}
}

// A route is told whole, in both languages, and every route of every State has a page
// without a key or a gap.
func TestRoutePages(t *testing.T) {
	h, c := disagreeHouse(t, "us-ca", "family", "en")
	h.fine(c+"/disagree/routes/mediation_alone").says(t, "No lawyer and no paid advocate may come", "Who may come along", "Both sides must agree to mediate", "not known", "https://www.dgs.ca.gov/OAH/", "How long", "What is lost by it", "It is free.", "By law, what is said there stays there")
	h.get(c+"/disagree/routes/state_complaint").is(t, http.StatusOK).says(t, "When the right to it runs out", "September 20, 2026", "With other ways", "waits until the hearing is over", "California Department of Education", "The law behind it")
	for _, x := range [][3]string{{"us-ca", "school", "es"}, {"us-tx", "family", "es"}, {"us-ny", "family", "en"}, {"us-ny", "school", "es"}, {"us-vt", "school", "en"}} {
		h, c := disagreeHouse(t, x[0], x[1], x[2])
		res, _ := h.derivedRoutes(c, nil, nil)
		for _, id := range law.RouteIDs {
			a := h.get(c+"/disagree/routes/"+string(id)).is(t, http.StatusOK)
			if text := tagless(a.body); strings.Contains(text, "routes.") || strings.Contains(text, "webroute.") || strings.Contains(text, "us.dueprocess") {
				t.Errorf("%v %s: a key stands on the page", x, id)
			}
			// A page that somebody read says when; another one says that nobody did.
			if o := res.Row(id).Route.Office; o != nil {
				read, unread := map[string]string{"en": "This page was read on", "es": "Esta página se leyó el"}[x[2]], map[string]string{"en": "Unchecked", "es": "Sin revisar"}[x[2]]
				if strings.Contains(a.body, read) != (o.Read != 0) || strings.Contains(a.body, unread) != (o.Read == 0) || !strings.Contains(a.body, html.EscapeString(o.URL)) {
					t.Errorf("%v %s: whether the page was read is not told", x, id)
				}
			}
		}
	}
}

// The nine statements that are so often heard each stand with a verdict and a citation
// on the page of at least one route of a case, in both languages.
func TestNineStatements(t *testing.T) {
	nine := map[string]guide.Verdict{"resolution_first": "wrong", "resolution_lawyer": "wrong", "first_override": "wrong", "first_stay_put": "misleading", "parts": "wrong",
		"burden": "imprecise", "sixty_days": "incomplete", "rti_first": "wrong", "end_contested": "wrong"}
	pages := map[string]bool{"consent": true, "stay": true}
	for _, id := range law.RouteIDs {
		pages[string(id)] = true
	}
	for _, lang := range []string{"en", "es"} {
		h, c := disagreeHouse(t, "us-ca", "family", lang)
		for id, verdict := range nine {
			i := slices.IndexFunc(guide.For(lang).Myths, func(m guide.Myth) bool { return m.ID == id })
			if i < 0 {
				t.Errorf("%s is missing", id)
				continue
			}
			m := guide.For(lang).Myths[i]
			if m.Verdict != verdict || m.Citation == "" || m.Checked == "" {
				t.Errorf("%s: %+v", id, m)
			}
			shown := 0
			for _, on := range m.On {
				if !pages[on] {
					t.Errorf("%s stands on %q, which is no route", id, on)
				}
				path := map[string]string{"consent": "/consent", "stay": "/stay-put"}[on]
				if path == "" {
					path = "/disagree/routes/" + on
				}
				body := h.fine(c + path).body
				for _, want := range []string{`id="myth-` + id + `"`, html.EscapeString(m.Myth), html.EscapeString(m.Citation)} {
					if !strings.Contains(body, want) {
						t.Errorf("%s: %s does not show %s", lang, path, want)
					}
				}
				shown++
			}
			if shown == 0 {
				t.Errorf("%s touches nothing", id)
			}
		}
	}
}

// As of an earlier day the page says what was so then, and goes on saying it.
func TestDisagreeAsOf(t *testing.T) {
	h, c := disagreeHouse(t, "us-ca", "family", "en")
	a := h.get(c+"/disagree?as_of=2025-09-10").is(t, http.StatusOK)
	if cardTitle.MatchString(a.body) || !strings.Contains(a.body, `name="as_of" value="2025-09-10"`) {
		t.Error("before the no something is suggested, or the day is lost")
	}
}
