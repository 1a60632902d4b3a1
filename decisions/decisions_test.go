package decisions

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stayput/day"
	"stayput/examples"
	"stayput/fact"
	"stayput/law/packs"
)

var update = flag.Bool("update", false, "write the generated documents")

func runner(t testing.TB) *Runner {
	t.Helper()
	b, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	return &Runner{Book: b, Calendars: packs.Calendars()}
}

func folder(t testing.TB) *Result {
	t.Helper()
	res, err := runner(t).Folder(examples.Decisions())
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func research(t testing.TB, data []byte) *Result {
	t.Helper()
	res, err := runner(t).Research("research.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func noMismatch(t *testing.T, rows []Row) {
	t.Helper()
	for _, r := range rows {
		if r.Verdict == Mismatch {
			t.Errorf("%s %s (%s): expected %s; the brief says %s", r.Decision, r.What, r.Basis, r.Expected, r.Got)
		}
		if r.Verdict == NotApplicable && r.Reason == "" {
			t.Errorf("%s %s: not compared, without a reason", r.Decision, r.What)
		}
	}
}

func TestDecisionsHoldNoMismatch(t *testing.T) {
	res := folder(t)
	noMismatch(t, res.Rows)
	if n := Count(res.Rows); n.Decisions != 16 || n.Expectations != 39 {
		t.Errorf("%s; want 16 decisions and 39 expectations", n)
	}
}

// Both forms of the sixteen decisions hold the same expectations: none was
// dropped on the way, and what the generic reader can compare, the case files
// compare too.
func TestBothFormsAgree(t *testing.T) {
	data, err := os.ReadFile("testdata/research.yaml")
	if err != nil {
		t.Fatal(err)
	}
	general := research(t, data)
	noMismatch(t, general.Rows)
	special := folder(t)
	byName := map[string]Row{}
	for _, r := range special.Rows {
		byName[r.Decision+" "+r.What] = r
	}
	if len(general.Rows) != len(special.Rows) {
		t.Errorf("%d expectations in the research form, %d beside the case files", len(general.Rows), len(special.Rows))
	}
	for _, g := range general.Rows {
		s, ok := byName[g.Decision+" "+g.What]
		switch {
		case !ok:
			t.Errorf("%s: %s has no expectation beside its case file", g.Decision, g.What)
		case s.Basis != g.Basis:
			t.Errorf("%s: %s is %s here and %s there", g.Decision, g.What, s.Basis, g.Basis)
		case g.Verdict == Match && s.Verdict != Match:
			t.Errorf("%s: %s is compared in the research form and not beside the case file", g.Decision, g.What)
		}
	}
}

// Whatever follows from dates by the statute must match; where it cannot, the
// file says why from the statute's text.
func TestDerivedExpectationsMatchOrAreArgued(t *testing.T) {
	for _, r := range folder(t).Rows {
		if r.Basis == "derived" && r.Verdict != Match && !strings.Contains(r.Reason, "Federal") && !strings.Contains(r.Reason, "federal") {
			t.Errorf("%s %s is %s without an argument: %s", r.Decision, r.What, r.Verdict, r.Reason)
		}
	}
}

// A row is wrong as soon as the facts or the expectation are: the comparison is
// not blind.
func TestComparisonNoticesAChange(t *testing.T) {
	all := fstest.MapFS{}
	err := fs.WalkDir(examples.Decisions(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(examples.Decisions(), p)
		all[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ file, old, new, what string }{
		{"wi-dpi-11-036.yaml", "on: 2011-11-18, kind: state_complaint_decided", "on: 2011-11-21, kind: state_complaint_decided", "state_complaint_decision_due"},
		{"ca-oah-2016060536-norwalk.yaml", "kind: reevaluation_consent_refused", "kind: note_added", "assess_without_consent"},
		{"ca-oah-2013071293-lausd-transport.yaml", "until: 2013-10-04", "until: 2013-10-03", "decision_due"},
		{"ca-ndcal-2006-pajaro-assessment.yaml", "weeks: 8", "weeks: 7", "iee_unnecessary_delay"},
		{"expect/ca-oah-2022010703-washington-usd-records.yaml", "due: 2021-12-10", "due: 2021-12-13", "records_due_2"},
		{"ca-oah-2010090190-paso-robles-noi.yaml", "on: 2010-09-02, kind: due_process_received", "on: 2010-09-03, kind: due_process_received", "noi_due"},
		{"expect/wi-dpi-23-051.yaml", "short: \"50\"", "short: \"49\"", "shortfall"},
		{"delivery/ca4-2011-sumter.yml", "minutes: 450", "minutes: 460", "weekly_shortfall"},
		{"delivery/wi-dpi-21-043.yml", "days: 10", "days: 9", "shortfall_a"},
		{"expect/ca-oah-2020070970-pleasanton-stayput.yaml", "points_to: [agreed, in-practice]", "points_to: [motion]", "stay_put"},
		{"ca-oah-2020070970-pleasanton-stayput.yaml", "kind: iep_consent_received, plan: iep-2019", "kind: iep_consent_received, plan: distance", "stay_put"},
		{"ca-oah-2020070970-pleasanton-stayput.yaml", "kind: due_process_filed}", "kind: state_complaint_filed}", "stay_put"},
		{"expect/ca-oah-2020070970-pleasanton-stayput.yaml", "aide: iep-2019}", "aide: distance}", "stay_put"},
		{"ca-oah-2013071293-lausd-transport.yaml", "notes: No transportation", "services: [{id: bus, name: Bus}], consent: [{agreement: all, on: 2013-05-17}], notes: No transportation", "stay_put_motion"},
		{"expect/ca-oah-2016060536-norwalk.yaml", "may: [file_over_refusal], may_not: [evaluate_without_consent]", "may: [evaluate_without_consent]", "assess_without_consent"},
		{"ca-oah-2020020591-corona-norco.yaml", "kind: evaluation_consent_refused", "kind: evaluation_consent_received", "assess_without_consent"},
		{"wi-dpi-19-036.yaml", "jurisdiction: us-wi", "jurisdiction: us-ca", "california_thirty_day_rule_applies"},
		{"expect/ca-oah-2016060536-norwalk.yaml", "route: due_process_district, fit: possible_now", "route: due_process_district, fit: does_not_fit", "assess_without_consent"},
		{"expect/ca-oah-2020070970-pleasanton-stayput.yaml", "pending: yes, keeps: yes", "pending: no, keeps: yes", "stay_put"},
		{"expect/ca-oah-2020020591-corona-norco.yaml", "has: [may_not_must], rule: us-ca.evaluation.initial_no_consent}", "has: [may_not_must], rule: us-ca.consent.revocation}", "assess_without_consent"},
		{"wi-dpi-13-044.yaml", "kind: iee_agreed", "kind: note_added", "first_response"},
	} {
		was := string(all[c.file].Data)
		now := strings.Replace(was, c.old, c.new, 1)
		if now == was {
			t.Errorf("%s: %q is not there", c.file, c.old)
			continue
		}
		changed := fstest.MapFS{}
		for k, v := range all {
			changed[k] = v
		}
		changed[c.file] = &fstest.MapFile{Data: []byte(now)}
		res, err := runner(t).Folder(changed)
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		i := slices.IndexFunc(res.Rows, func(r Row) bool { return strings.Contains(c.file, r.Decision) && r.What == c.what })
		if i < 0 || res.Rows[i].Verdict != Mismatch {
			t.Errorf("%s with %q: %s is not noticed", c.file, c.new, c.what)
		}
	}
}

func TestFolderRefuses(t *testing.T) {
	good := `decision: a
body: b
url: c
expect:
  - {what: w, basis: derived, source_rule: r, compare: not_applicable, reason: other_part, which: merits}
`
	kase := "stayput: 1\ncase: {jurisdiction: us}\nrecord: []\n"
	for name, c := range map[string]struct{ expect, key string }{
		"unknown key":     {good + "more: x\n", "yaml.unknown_key"},
		"unknown compare": {strings.Replace(good, "not_applicable", "guess", 1), "yaml.unknown_word"},
		"unknown rule":    {strings.Replace(good, "not_applicable, reason: other_part, which: merits", "clock, rule: us.no.such", 1), "pack.unknown_rule"},
		"no reason":       {strings.Replace(good, ", reason: other_part", "", 1), "yaml.missing_key"},
		"other decision":  {strings.Replace(good, "decision: a", "decision: b", 1), "yaml.unknown_word"},
		"bad date":        {good + "decided: 2020-02-30\n", "case.not_a_date"},
		"empty stay put":  {strings.Replace(good, "not_applicable", "stay_put", 1), "yaml.missing_key"},
		"bad answer":      {strings.Replace(good, "not_applicable", "stay_put, applies: perhaps", 1), "yaml.unknown_word"},
		"lines as a list": {strings.Replace(good, "not_applicable", "stay_put, lines: [a]", 1), "yaml.want_map"},
		"no move":         {strings.Replace(good, "not_applicable", "moves, party: lea", 1), "yaml.missing_key"},
		"no party":        {strings.Replace(good, "not_applicable", "moves, may: [file_over_refusal]", 1), "yaml.missing_key"},
		"unknown move":    {strings.Replace(good, "not_applicable", "moves, party: lea, may: [file_over]", 1), "yaml.unknown_word"},
		"unknown party":   {strings.Replace(good, "not_applicable", "moves, party: school, may: [file_over_refusal]", 1), "yaml.unknown_word"},
		"no route":        {strings.Replace(good, "not_applicable", "route, side: family, concerns: [records]", 1), "yaml.missing_key"},
		"unknown route":   {strings.Replace(good, "not_applicable", "route, side: family, concerns: [records], route: tea, fit: possible_now", 1), "yaml.unknown_word"},
		"unknown concern": {strings.Replace(good, "not_applicable", "route, side: family, concerns: [tea], route: court, fit: possible_now", 1), "yaml.unknown_word"},
		"unknown fit":     {strings.Replace(good, "not_applicable", "route, side: family, concerns: [records], route: court, fit: likely", 1), "yaml.unknown_word"},
		"nothing of one":  {strings.Replace(good, "not_applicable", "route, side: family, concerns: [records], route: court", 1), "yaml.missing_key"},
		"bad kind":        {strings.Replace(good, "not_applicable", "restarts, rule: us.hearing.decision_45, kind: due_proces_filed", 1), "case.unknown_kind"},
	} {
		_, err := runner(t).Folder(fstest.MapFS{"a.yaml": {Data: []byte(kase)}, "expect/a.yaml": {Data: []byte(c.expect)}})
		if err == nil || !strings.Contains(err.Error(), c.key) {
			t.Errorf("%s: got %v; want %s", name, err, c.key)
		}
	}
	for name, f := range map[string]fstest.MapFS{
		"no expectations": {"a.yaml": {Data: []byte(kase)}},
		"no case":         {"expect/a.yaml": {Data: []byte(good)}},
		"nothing":         {},
	} {
		if _, err := runner(t).Folder(f); err == nil {
			t.Errorf("%s: not refused", name)
		}
	}
}

func TestReportForms(t *testing.T) {
	res := folder(t)
	var b bytes.Buffer
	if err := res.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Rows   []Row
		Totals Totals
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Rows) != len(res.Rows) || got.Totals != Count(res.Rows) {
		t.Errorf("the JSON form holds %d rows and %v", len(got.Rows), got.Totals)
	}
}

// The documents are written from the data and are current.
func TestDocumentsAreCurrent(t *testing.T) {
	var words, table bytes.Buffer
	if err := WriteWords(&words); err != nil {
		t.Fatal(err)
	}
	if err := folder(t).WriteDocs(&table); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][]byte{"../docs/vocabulary.md": words.Bytes(), "../docs/decisions.md": table.Bytes()} {
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		got, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is stale: go test ./decisions -update", path)
		}
	}
}

func TestRoughDates(t *testing.T) {
	for text, want := range map[string]string{
		"2015-09-29":                             "2015-09-29",
		"2009":                                   "2009",
		"2011-05":                                "2011-05",
		"2005-12":                                "2005-12",
		"2005-06":                                "2005-06-01..2006-06-30", // June, or the school year
		"2006-07 school year":                    "2006-07-01..2007-06-30",
		"school year 2005-06":                    "2005-07-01..2006-06-30",
		"2012-13":                                "2012-07-01..2013-06-30",
		"2012-2013":                              "2012-07-01..2013-06-30",
		"later 2005":                             "2005",
		"fall 2005":                              "2005-08-01..2005-12-31",
		"spring 2010":                            "2010-01-01..2010-06-30",
		"2021-09-13 to 2021-09-30":               "2021-09-13..2021-09-30",
		"2021-09-13..2021-09-30":                 "2021-09-13..2021-09-30",
		"from 2021-09-13 until about 2021-09-30": "2021-09-13..2021-10-07",
		"March 2015":                             "2015-03",
		"March 3, 2015":                          "2015-03-03",
		"3 March 2015":                           "2015-03-03",
		"about 2015-03-10":                       "2015-03-03..2015-03-17",
		"before 2015-03-10":                      "2014-03-10..2015-03-10",
		"3/9/2015":                               "2015-03-09",
		"2015-03-10T14:30":                       "2015-03-10T14:30",
		"unknown":                                "",
		"":                                       "",
		"2015-02-30":                             "",
		"0012":                                   "",
		"9999-12-31":                             "",
	} {
		got := ""
		if w, ok := rough(text); ok {
			got = w.String()
		}
		if got != want {
			t.Errorf("rough(%q) = %q; want %q", text, got, want)
		}
	}
}

func TestSections(t *testing.T) {
	got := sections("34 CFR 300.300(c)(1)(ii)-(iii); CA Educ. Code 56321(c), 56505.1; Stats. 2005, ch. 653; 20 USC 1415(j)")
	want := []section{{"300.300", []string{"c", "1", "ii"}}, {"300.300", []string{"c", "1", "iii"}}, {"56321", []string{"c"}}, {"56505.1", nil}, {"1415", []string{"j"}}}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i].number != want[i].number || !slices.Equal(got[i].paras, want[i].paras) {
			t.Errorf("section %d: got %v, want %v", i, got[i], want[i])
		}
	}
}

// kinds lists what a fact became.
func kinds(facts ...told) (string, []string) {
	c := convert(&researched{id: "x", body: "a court", facts: facts})
	var out []string
	for _, e := range c.entries {
		s := e.Kind.String()
		if f := e.Fields.FiledBy; f != "" {
			s += ":" + f
		}
		if e.Fields.Received == fact.No {
			s += ":not_received"
		}
		if e.Fields.TransferFrom != "" {
			s += ":" + e.Fields.TransferFrom
		}
		if e.Fields.Until != 0 {
			s += ":" + e.On.String() + ">" + e.Fields.Until.String()
		}
		out = append(out, s)
	}
	return strings.Join(out, " "), c.warnings
}

func TestConversionByContext(t *testing.T) {
	f := func(date, event, detail string) told { return told{date: date, event: event, detail: detail} }
	for name, c := range map[string]struct {
		facts []told
		want  string
	}{
		"a first plan": {[]told{f("2019-01-02", "assessment_plan_given", "")}, "evaluation_consent_requested"},
		"a triennial":  {[]told{f("2019-01-02", "assessment_plan_given", "Triennial")}, "reevaluation_consent_requested"},
		"after an IEP": {[]told{f("2018", "iep", ""), f("2019-01-02", "assessment_plan_given", "")}, "iep_developed reevaluation_consent_requested"},
		"an offer":     {[]told{f("2018", "iep", "No bus offered")}, "iep_developed iep_offered"},
		"consent to a reevaluation": {[]told{f("2015-01-02", "reevaluation_request", ""), f("2015-01-05", "notice_and_consent_request", ""), f("2015-01-09", "consent_received", "")},
			"reevaluation_requested prior_written_notice_given reevaluation_consent_requested reevaluation_consent_received"},
		"consent to an evaluation": {[]told{f("2015-01-02", "referral_received", ""), f("2015-01-05", "evaluation_plan_delivered", ""), f("2015-01-09", "consent_received", "")},
			"evaluation_requested evaluation_consent_requested evaluation_consent_received"},
		"the district files": {[]told{f("2015-01-05", "assessment_plan_given", ""), f("2015-02-09", "district_due_process_filed", "")},
			"evaluation_consent_requested evaluation_consent_refused due_process_filed:lea due_process_received:lea"},
		"the parent files":       {[]told{f("2015-02-09", "due_process_filed", "")}, "due_process_filed:parent due_process_received:parent"},
		"receipt on its own day": {[]told{f("2015-02-09", "due_process_filed", ""), f("2015-02-11", "due_process_received", "")}, "due_process_filed:parent due_process_received:parent"},
		"never received":         {[]told{f("2011-05", "records_requested", "Oral; no evidence the district got it")}, "records_access_requested:not_received"},
		"shown":                  {[]told{f("2011-09", "records_requested", "Remaining copies shown")}, "records_access_requested records_access_given"},
		"held open":              {[]told{f("2020-03-23", "record_closed", "Continued from 2020-03-10 for a brief")}, "hearing_record_closed continuance_granted:2020-03-10>2020-03-23"},
		"continued":              {[]told{f("2012-10-26", "continuance", "to 2012-12-05")}, "continuance_granted:2012-10-26>2012-12-05"},
		"a move":                 {[]told{f("2006-07 school year", "transfer", "another district (different plan area)")}, "transfer_enrolled:same_state"},
		"told by weeks": {[]told{f("2005", "iee_request", "After three weeks the district demanded a repeat; it waited about eight more weeks before filing")},
			"iee_requested contact due_process_filed:lea"},
		"insufficiency":  {[]told{f("2010-09-08", "notice_of_insufficiency", "")}, "sufficiency_challenge_sent sufficiency_challenge_received"},
		"a name guessed": {[]told{f("2010-09-08", "resolution session", "")}, "resolution_meeting_held"},
		"spoken only":    {[]told{f("2010-09-08", "iep_meeting_requested", "Orally, at pick-up")}, "iep_meeting_requested_orally"},
		"nobody knows":   {[]told{f("2010-09-08", "zzz", "")}, "note_added"},
		"no date":        {[]told{f("someday", "hearing", "")}, ""},
	} {
		got, warn := kinds(c.facts...)
		if got != c.want {
			t.Errorf("%s: got %s; want %s", name, got, c.want)
		}
		if (strings.Contains(name, "guess") || strings.Contains(name, "nobody") || strings.Contains(name, "no date")) && len(warn) == 0 {
			t.Errorf("%s: no warning", name)
		}
	}
}

// Decisions nobody prepared: other keys, other ways to write, and dates counted
// by hand.
func TestOtherDecisions(t *testing.T) {
	data, err := os.ReadFile("testdata/other.yaml")
	if err != nil {
		t.Fatal(err)
	}
	res := research(t, data)
	want := map[string]Verdict{}
	for _, line := range strings.Split(string(data), "\n") {
		if rest, ok := strings.CutPrefix(line, "#: "); ok {
			p := strings.Fields(rest)
			want[p[0]+" "+p[1]] = Verdict(p[2])
		}
	}
	if len(want) != len(res.Rows) {
		t.Errorf("%d rows, %d verdicts in the file", len(res.Rows), len(want))
	}
	for _, r := range res.Rows {
		if w := want[r.Decision+" "+r.What]; r.Verdict != w {
			t.Errorf("%s %s: %s; want %s\n  expected %s\n  got %s\n  because %s", r.Decision, r.What, r.Verdict, w, r.Expected, r.Got, r.Reason)
		}
	}
}

func TestElapsedIsExactBetweenRelativeDates(t *testing.T) {
	c := convert(&researched{id: "x", facts: []told{{date: "2005", event: "iee_request", detail: "three weeks, then eight weeks before filing"}}})
	last := c.entries[len(c.entries)-1]
	if last.After.Days != 56 || last.On.Earliest != day.Must(2005, 1, 1)+77 {
		t.Errorf("got %+v on %s", last.After, last.On)
	}
}

// FuzzResearch looks for texts that crash the reader of researched decisions.
func FuzzResearch(f *testing.F) {
	data, err := os.ReadFile("testdata/research.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("- {id: x, facts: [{date: 2005-06, event: iep}, {}, text], expectations: [{expected: {due: [2015-01-01]}}, {what: 1}]}"))
	f.Add([]byte("- {facts: {a: b}, calendar: {first_day: 2015-08-01, last_day: 2016-06-01, break: [x, {from: 2015-12-01}]}, expectations: 4}"))
	f.Add([]byte("facts: []\nexpectations: [{rule: 300.515, expected: {violation: true, days: -1, applies: no, restarts: yes, stay_put: x}}]"))
	r := runner(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 20000 {
			return
		}
		res, err := r.Research("fuzz.yaml", data)
		if err == nil {
			_ = res.WriteMarkdown(&bytes.Buffer{})
		}
	})
}
