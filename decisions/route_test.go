package decisions

import "testing"

// A way that a decision names is held against the record: used, under way, possible, not
// to be told, or out of the question.
func TestResearchNamesRoutes(t *testing.T) {
	const head = "- id: x\n  jurisdiction: us-ca\n  body: b\n  url: u\n  decision_date: 2016-02-16\n"
	expect := func(route string) string {
		return "  expectations:\n    - {what: w, rule: \"34 CFR 300.300\", basis: adjudicator, expected: {route: " + route + "}}\n"
	}
	const filed = "  facts:\n    - {date: 2015-09-29, event: assessment_plan_given}\n    - {date: 2015-11-23, event: district_due_process_filed}\n"
	const quiet = "  facts:\n    - {date: 2015-09-29, event: assessment_plan_given}\n"
	for name, c := range map[string]struct {
		text string
		want Verdict
	}{
		"the district filed":             {head + filed + expect("due_process_by_district"), Match},
		"the same by the program's name": {head + filed + expect("due_process_district"), Match},
		"a parent could":                 {head + quiet + expect("due_process_by_parent"), Match},
		"no ground is in the facts":      {head + quiet + expect("due_process_by_district"), NotApplicable},
		"court without a hearing":        {head + quiet + expect("court"), NotApplicable},
		"no second level in California":  {head + quiet + expect("state_review"), Mismatch},
		"a way nobody knows":             {head + quiet + expect("arbitration"), NotApplicable},
	} {
		res := research(t, []byte(c.text))
		if len(res.Rows) != 1 || res.Rows[0].Verdict != c.want {
			t.Errorf("%s: %+v", name, res.Rows)
		}
	}
}
