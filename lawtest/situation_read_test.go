package lawtest_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"stayput/fault"
	"stayput/law/pack"
	"stayput/law/packs"
	"stayput/lawtest"
)

const situationYAML = `- id: court-too-early
  shows: A parent wants to sue at once.
  source: 20 U.S.C. 1415(l)
  basis: statute
  side: school
  record:
    - {on: 2025-10-01, kind: iep_offered}
  on: 2025-12-01
  concerns: [placement]
  answers: {both_willing: yes}
  expect:
    routes:
      court: {fit: needs_first, because: hearing_first, rule: us.civil.exhaustion}
    not_suggested: [court]
  why: The hearing comes first.
`

func situationsOf(t *testing.T, text string) ([]lawtest.Situation, error) {
	t.Helper()
	s, err := pack.Open(fstest.MapFS{"us/situations.yaml": {Data: []byte(text)}}, "us")
	if err != nil {
		return nil, err
	}
	return lawtest.Situations(s)
}

func TestReadSituations(t *testing.T) {
	xs, err := situationsOf(t, situationYAML)
	if err != nil {
		t.Fatal(err)
	}
	x := xs[0]
	if x.ID != "court-too-early" || x.Side != "school" || len(x.Concerns) != 1 || len(x.Answers) != 1 || len(x.Routes) != 1 || x.Routes[0].Rule != "us.civil.exhaustion" || x.FirstSaid {
		t.Errorf("%+v", x)
	}
	for name, c := range map[string][4]string{
		"a concern":  {"[placement]", "[placemen]", "yaml.unknown_word", "placement"},
		"a route":    {"      court:", "      cort:", "yaml.unknown_key", "court"},
		"a question": {"both_willing", "both_wiling", "yaml.unknown_key", "both_willing"},
		"a fit":      {"needs_first", "needs_frst", "yaml.unknown_word", "needs_first"},
		"a key":      {"  concerns:", "  concern:", "yaml.unknown_key", "concerns"},
	} {
		_, err := situationsOf(t, strings.Replace(situationYAML, c[0], c[1], 1))
		found := false
		for _, e := range fault.All(err) {
			found = found || e.Key == c[2] && e.Args["nearest"] == c[3] && e.At.Line > 0
		}
		if !found {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A situation that expects something else fails, and says what stands there.
func TestSituationDiffers(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	run := &lawtest.Runner{Book: book, Calendars: packs.Calendars()}
	for name, c := range map[string][3]string{
		"the fit":    {"fit: needs_first", "fit: possible_now", "court fit"},
		"the reason": {"because: hearing_first", "because: decides", "court because"},
		"the rule":   {"us.civil.exhaustion", "us.hearing.final", "court rule"},
		"suggested":  {"    not_suggested: [court]", "    suggest: court", "suggest"},
	} {
		xs, err := situationsOf(t, strings.Replace(situationYAML, c[0], c[1], 1))
		if err != nil {
			t.Fatal(err)
		}
		_, ds, err := run.RunSituation(&xs[0])
		if err != nil {
			t.Fatal(err)
		}
		if len(ds) == 0 || ds[0].Field != c[2] {
			t.Errorf("%s: %+v", name, ds)
		}
	}
}
