package pack_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/law"
	"stayput/law/pack"
	"stayput/law/packs"
)

const allCannot = "[late_clock, missing_content, not_carried_out, content_of_plan, placement, eligibility, evaluation, extended_school_year, related_services, parent_participation, procedural_safeguards, discipline, discrimination]"

const goodRoute = `routes:
  - id: ferpa_complaint
    step: 6
    who: [parent]
    decides: [records]
    in_part: []
    cannot: ` + allCannot + `
    needs:
      - {id: asked, when: {situation: {in_writing: yes}}, ours: yes}
    cost: free
    confidential: "no"
    binding: findings
`

func routesOf(t *testing.T, text string) (*law.Pack, error) {
	t.Helper()
	s, err := pack.Open(fstest.MapFS{
		"us/pack.yaml":   {Data: []byte("pack: us\nname: {en: US, es: EE. UU.}\ncovers: []\n")},
		"us/routes.yaml": {Data: []byte(text)},
	}, "us")
	if err != nil {
		return nil, err
	}
	return pack.Read(s)
}

func TestReadRoutes(t *testing.T) {
	p, err := routesOf(t, goodRoute)
	if err != nil {
		t.Fatal(err)
	}
	r := p.Routes[0]
	if r.ID != "ferpa_complaint" || r.Step != 6 || len(r.Who) != 1 || r.Who[0] != fact.Parent || len(r.Cannot) != 13 || r.Cost != "free" || len(r.Needs) != 1 || !r.Needs[0].Ours {
		t.Errorf("%+v", r)
	}
}

// What is wrong is refused with its place and the nearest known word.
func TestRoutesRefused(t *testing.T) {
	for name, c := range map[string]struct{ from, to, key, at, near string }{
		"an unknown route":       {"id: ferpa_complaint", "id: ferpa_complain", "yaml.unknown_word", "2:9", "ferpa_complaint"},
		"an unknown key":         {"cost: free", "costs: free", "yaml.unknown_key", "10:5", "cost"},
		"an unknown concern":     {"decides: [records]", "decides: [record]", "yaml.unknown_word", "5:15", "records"},
		"a concern nowhere":      {"discipline, discrimination]", "discipline]", "pack.route_concern", "2:5", ""},
		"a concern twice":        {"in_part: []", "in_part: [records]", "pack.route_concern", "2:5", ""},
		"an unknown situation":   {"in_writing: yes", "in_writin: yes", "yaml.unknown_word", "9:40", "in_writing"},
		"a need without law":     {", ours: yes", "", "pack.route_no_law", "9:9", ""},
		"a need with two laws":   {"ours: yes", "ours: yes, rule: us.x", "pack.route_no_law", "9:9", ""},
		"a citation unread":      {"ours: yes", "citation: 34 CFR 1", "pack.route_no_law", "9:9", ""},
		"a bar that is ours":     {"    needs:", "    bars:", "pack.route_no_law", "9:9", ""},
		"a need always true":     {"when: {situation: {in_writing: yes}}, ", "", "yaml.missing_key", "9:9", ""},
		"an unknown cost":        {"cost: free", "cost: fre", "yaml.unknown_word", "10:11", "free"},
		"no word on binding":     {"    binding: findings\n", "", "pack.route_short", "2:5", ""},
		"a page not read":        {"    cost: free", "    file: {url: x, checked: primary}\n    cost: free", "pack.route_unread", "10:11", ""},
		"the same route twice":   {"routes:\n", "routes:\n" + strings.TrimPrefix(goodRoute, "routes:\n"), "pack.route_twice", "", ""},
		"a kind nobody knows":    {"    cost: free", "    uses: [ferpa_complaint_file]\n    cost: free", "pack.unknown_kind", "10:12", "ferpa_complaint_filed"},
		"two points of a name":   {"    cost: free", "    points:\n      - {id: asked, tells: for, ours: yes}\n    cost: free", "pack.route_point_twice", "11:9", ""},
		"a word nobody tells by": {"    cost: free", "    points:\n      - {id: b, tells: four, ours: yes}\n    cost: free", "yaml.unknown_word", "11:24", "for"},
	} {
		_, err := routesOf(t, strings.Replace(goodRoute, c.from, c.to, 1))
		found := false
		var all []string
		for _, e := range fault.All(err) {
			all = append(all, e.At.String()+" "+e.Key+" "+e.Args["nearest"])
			if e.Key == c.key && (c.at == "" || strings.HasSuffix(e.At.String(), ":"+c.at)) && (c.near == "" || e.Args["nearest"] == c.near) {
				found = true
			}
		}
		if !found {
			t.Errorf("%s: want %s at %s near %q, got %q", name, c.key, c.at, c.near, all)
		}
	}
}

// A situation may be asked about by routes only.
func TestSituationElsewhere(t *testing.T) {
	s, err := pack.Open(fstest.MapFS{
		"us/pack.yaml":  {Data: []byte("pack: us\nname: {en: US, es: EE. UU.}\ncovers: []\n")},
		"us/rules.yaml": {Data: []byte("- id: us.a\n  kind: duty\n  area: iep\n  starts_on: iep_offered\n  starts_when: {situation: {revoked: yes}}\n  versions:\n    - {from: 2000-01-01, citation: x, source: y}\n  checked: primary\n")},
	}, "us")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = pack.Read(s); err == nil || !strings.Contains(err.Error(), "pack.situation_elsewhere") {
		t.Errorf("%v", err)
	}
}

// A State says what it says differently, and the rest stays federal.
func TestRoutesLayered(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	us, _, err := book.For("us")
	if err != nil {
		t.Fatal(err)
	}
	nj, _, err := book.For("us-nj")
	if err != nil {
		t.Fatal(err)
	}
	if len(us.Routes()) != len(law.RouteIDs) || len(nj.Routes()) != len(law.RouteIDs) {
		t.Fatalf("%d and %d routes", len(us.Routes()), len(nj.Routes()))
	}
	a, _ := us.Route("mediation_alone")
	b, _ := nj.Route("mediation_alone")
	if a.StayPut != "no" || b.StayPut != "yes" || b.StayPutRule != "us-nj.stayput.mediation" {
		t.Errorf("stay put in mediation: %s, %s by %s", a.StayPut, b.StayPut, b.StayPutRule)
	}
	has := func(r *law.Route, id string) bool {
		for _, p := range r.Points {
			if p.ID == id {
				return true
			}
		}
		return false
	}
	if !has(a, "no_stay_put") || has(b, "no_stay_put") || !has(b, "keeps_here") || !has(b, "secret") || len(b.Bars) != len(a.Bars) || b.Secret != "by_law" {
		t.Errorf("federal %+v\nState %+v", a.Points, b.Points)
	}
	if x, _ := us.Route("mediation_alone"); x.StayPut != "no" {
		t.Error("the State's words changed the federal route")
	}
}

// A route may not rest on a rule that nobody has, nor end by one that is no limit.
func TestRouteRules(t *testing.T) {
	rule := &law.Rule{ID: "us.a", Pack: "us", Kind: law.Duty, Versions: []law.Version{{From: day.Date(1)}}}
	for name, r := range map[string]law.Route{
		"pack.program_rule": {ID: "court", Law: []law.RuleID{"us.b"}},
		"pack.route_limit":  {ID: "court", Limits: []law.RuleID{"us.a"}},
	} {
		_, err := law.Over("us", &law.Pack{ID: "us", Rules: []*law.Rule{rule}, Routes: []law.Route{r}})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
