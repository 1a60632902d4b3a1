package web

import (
	"encoding/csv"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stayput/fact"
	"stayput/guide"
	"stayput/law"
	"stayput/paper"
	"stayput/people"
)

// The guide names papers and rules that it cannot see itself: each is there, and each
// paper is one that this side writes.
func TestLibraryNames(t *testing.T) {
	g := guide.For("en")
	side := map[fact.Side]paper.Side{fact.FamilySide: paper.Parent, fact.SchoolSide: paper.LEA}
	rules := func(where string, ls []guide.Point) {
		for _, l := range ls {
			if l.Rule != "" && lawRules()[law.RuleID(l.Rule)] == nil {
				t.Errorf("%s names no rule: %s", where, l.Rule)
			}
		}
	}
	for _, x := range g.Sayings {
		rules(x.ID, x.Law)
		for _, id := range x.Papers {
			d, err := paper.Get(id)
			if err != nil {
				t.Errorf("%s: %v", x.ID, err)
			} else if d.Side != paper.Either && d.Side != side[x.Side] {
				t.Errorf("%s: %s is written by the other side", x.ID, id)
			}
		}
	}
	for _, x := range g.Trainings {
		rules(x.ID, x.Law)
		refs := slices.Clone(x.Handout)
		for _, s := range x.Steps {
			refs = append(refs, s.Show...)
		}
		for _, ref := range refs {
			if ref.To == guide.ToPaper {
				if _, err := paper.Get(ref.ID); err != nil {
					t.Errorf("%s: %v", x.ID, err)
				}
			}
		}
	}
}

// A situation is found by whose words, by where and by words, with and without accents.
func TestSay(t *testing.T) {
	h := build(t, "").enter()
	h.speaks("en", people.Plain)
	first := h.get("/law/say").is(t, http.StatusOK).says(t, "/law/say?only=lazy", "Every card in full", "/law/say?cards=all")
	if strings.Contains(first.body, "You can say:") {
		t.Error("the first page is more than the list of situations")
	}
	all := h.get("/law/say?cards=all").is(t, http.StatusOK).says(t, "We don&#39;t do that here", "You can say:", "Write down afterward:", `id="say-parents_angry"`, `id="family-h"`, `id="school-h"`, "34 CFR 300.322(e)", "/law/rules/us.iep.interpreter", `href="/record/new"`)
	if n := strings.Count(all.body, `id="say-`); n != 2*len(guide.For("en").Sayings) {
		t.Errorf("%d cards and headings for %d situations", n, len(guide.For("en").Sayings))
	}
	if strings.Contains(all.body, "/papers/new/") {
		t.Error("a paper leads into no case")
	}
	a := h.get("/law/say?side=school&at=hall").is(t, http.StatusOK).says(t, `id="say-hall_request"`, "4 situations")
	for _, not := range []string{`id="say-hall_talk"`, `id="say-no_needed"`, `id="family-h"`} {
		if strings.Contains(a.body, not) {
			t.Errorf("%s is no word of the staff in a corridor", not)
		}
	}
	h.get("/law/say?q=interpreter&side=family").is(t, http.StatusOK).says(t, `id="say-no_interpreter"`, "“interpreter”")
	h.get("/law/say?q=300.322%28e%29").is(t, http.StatusOK).says(t, `id="say-jargon"`)
	h.get("/law/say?q=zzzz").is(t, http.StatusOK).says(t, "Nothing found", "Show all situations")
	a = h.get("/law/say?only=lazy&q=zzzz&side=school").is(t, http.StatusOK).says(t, `id="say-lazy"`, "Show all situations")
	if strings.Count(a.body, `class="sp-box" id="say-`) != 1 {
		t.Error("a card alone is not alone")
	}
	// Bad input: unknown words show all, a hostile one is only text.
	for _, q := range []string{"?only=nothing", "?side=x&at=y", "?case=none", "?case=../../x", "?side=family&side=school"} {
		h.get("/law/say"+q).is(t, http.StatusOK).says(t, `id="say-lazy"`)
	}
	a = h.get("/law/say?q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E"+strings.Repeat("%C3%A1", 4000)).is(t, http.StatusOK)
	if strings.Contains(a.body, "<script>alert") || len(a.body) > 60_000 {
		t.Error("what was searched for is not only a short text")
	}
	h.speaks("es", people.Plain)
	for _, q := range []string{"interprete", "intérprete", "INTÉRPRETE"} {
		h.get("/law/say?q="+q).is(t, http.StatusOK).says(t, `id="say-no_interpreter"`)
	}
	h.get("/law/say?cards=all").is(t, http.StatusOK).says(t, "Puede decir:", "Aquí no hacemos eso", "En una reunión")
}

// In a case, a card leads to its entry and to its papers, and each of these opens.
func TestSayInCase(t *testing.T) {
	h := build(t, "").enter()
	h.speaks("en", people.Precise)
	c := "/cases/" + string(h.open("family/maya.yaml"))
	id := strings.TrimPrefix(c, "/cases/")
	a := h.get("/law/say?case="+id+"&side=family").is(t, http.StatusOK).says(t, c+"/add?kind=reason_told", c+"/papers/new/demand-pwn", `name="case" value="`+id+`"`, "Back to the case", "Read as California")
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`href="(`+c+`/(?:add|papers)[^"]*)"`).FindAllStringSubmatch(a.body, -1) {
		if !seen[m[1]] {
			seen[m[1]] = true
			h.get(m[1]).is(t, http.StatusOK)
		}
	}
	if len(seen) < 12 {
		t.Errorf("only %d links into the case", len(seen))
	}
	// Where it touches: a meeting and a no lead here, and stay in their case.
	for _, at := range []struct{ list, one, want string }{
		{"/meetings", `href="(` + c + `/meetings/[^"/?#]+)"`, "at=meeting&amp;case=" + id + "&amp;side=family"},
		{"/no", `href="(` + c + `/no/[^"/?#]+)"`, "case=" + id + "&amp;side=family"},
	} {
		m := regexp.MustCompile(at.one).FindAllStringSubmatch(h.get(c+at.list).is(t, http.StatusOK).body, -1)
		if m == nil {
			t.Fatalf("%s lists nothing", at.list)
		}
		found := false
		for _, x := range m {
			if b := h.get(x[1]); b.status == http.StatusOK && strings.Contains(b.body, "/law/say?"+at.want) {
				found = true
			}
		}
		if !found {
			t.Errorf("nothing under %s leads to what to say", at.list)
		}
	}
}

// Every outline opens in both languages, as it is led and as it is handed out, and each
// of its links leads somewhere.
func TestTraining(t *testing.T) {
	h := build(t, "").enter()
	links := regexp.MustCompile(`href="(/(?:help|law)[^"#]*)(#[^"]*)?"`)
	for _, lang := range []string{"en", "es"} {
		h.speaks(lang, people.Plain)
		list := h.get("/law/training").is(t, http.StatusOK)
		seen := map[string]string{}
		for i := range guide.For(lang).Trainings {
			x := &guide.For(lang).Trainings[i]
			list.says(t, `/law/training/`+x.ID)
			for _, as := range []string{"", "?as=handout", "?as=nothing"} {
				a := h.get("/law/training/"+x.ID+as).is(t, http.StatusOK)
				if strings.Contains(a.body, "weblibrary.") {
					t.Errorf("%s in %s shows a key", x.ID, lang)
				}
				if as == "?as=handout" && strings.Contains(a.body, x.Questions[0].Answer) {
					t.Errorf("%s in %s hands out the answers", x.ID, lang)
				}
				for _, m := range links.FindAllStringSubmatch(a.body, -1) {
					if _, ok := seen[m[1]]; !ok {
						seen[m[1]] = h.get(strings.ReplaceAll(m[1], "&amp;", "&")).is(t, http.StatusOK).body
					}
					if m[2] != "" && m[2] != "#main" && !strings.Contains(seen[m[1]], `id="`+m[2][1:]+`"`) {
						t.Errorf("%s in %s leads to no place: %s%s", x.ID, lang, m[1], m[2])
					}
				}
			}
		}
	}
	h.speaks("en", people.Plain)
	h.get("/law/training/first_meeting").is(t, http.StatusOK).says(t, "75 minutes", "From minute 10", "From minute 65", "Who is on the team", "Also anybody you bring", "Card of a case")
	h.get("/law/training/first_meeting?as=handout").is(t, http.StatusOK).says(t, "The first IEP meeting: handout", "I would like to read it at home first", "Who is on the team")
	h.get("/law/training/none").is(t, http.StatusNotFound)
	h.get("/law/training/%3Cscript%3E").is(t, http.StatusNotFound)
}

// All places stand on one page and in the table, with what was read when.
func TestResources(t *testing.T) {
	h := build(t, "").enter()
	h.speaks("en", people.Plain)
	all := 0
	a := h.get("/law/resources").is(t, http.StatusOK).says(t, "Everywhere in the country", "Center for Parent Information and Resources", "Name and link not checked", "We read its page, in a stored copy, on", "916-263-0880", ">www.dgs.ca.gov/OAH/Case-Types/Special-Education/Self-Help<", `href="tel:9162630880"`)
	for _, id := range lawBook().IDs() {
		all += len(lawBook().Pack(id).Help)
		if len(lawBook().Pack(id).Help) > 0 && !strings.Contains(a.body, `id="`+id+`-h"`) {
			t.Errorf("%s is not on the page", id)
		}
	}
	if n := strings.Count(a.body, `rel="noreferrer" lang="en"`); n != all || all < 50 {
		t.Errorf("%d on the page, of %d", n, all)
	}
	read := func(q string) [][]string {
		t.Helper()
		x := h.get("/law/resources.csv"+q).is(t, http.StatusOK)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(x.body, "\uFEFF"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	rows := read("")
	if len(rows) != all+1 || len(rows[0]) != 12 {
		t.Fatalf("%d rows of %d columns, for %d", len(rows), len(rows[0]), all)
	}
	if !slices.ContainsFunc(rows, func(r []string) bool {
		return r[0] == "Minnesota" && r[2] == "PACER Center" && r[7] == "yes" && r[8] == "no" && r[9] == "2026-11-22" && r[10] != ""
	}) {
		t.Error("the table lacks a row that the pack has")
	}
	a = h.get("/law/resources?in=us-mn").is(t, http.StatusOK).says(t, "PACER Center", "5 found.", "/law/resources.csv?in=us-mn&amp;q=")
	if strings.Contains(a.body, "INCLUDEnyc") {
		t.Error("another place is shown")
	}
	if rows = read("?in=us-mn"); len(rows) != 6 {
		t.Errorf("%d rows for one place", len(rows))
	}
	h.get("/law/resources?q=mediation").is(t, http.StatusOK).says(t, "Wisconsin Special Education Mediation System")
	h.get("/law/resources?q=zzzz&in=nowhere").is(t, http.StatusOK).says(t, "Nothing found")
	h.speaks("es", people.Plain)
	h.get("/law/resources?q=tambien+espanol").is(t, http.StatusOK)
	h.get("/law/resources?q=filadelfia").is(t, http.StatusOK).says(t, "HUNE", "1 encontrado.")
	h.get("/law").is(t, http.StatusOK).says(t, "/law/say", "/law/training", "/law/resources")
	h.get("/help").is(t, http.StatusOK).says(t, "/law/say", "/law/training", "/law/resources", "/help/papers", "/help/library")
}
