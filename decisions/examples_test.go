package decisions

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/examples"
	"stayput/fact"
	"stayput/intake/casedir"
	"stayput/law/packs"
)

// cases are the case files among the examples.
func cases(t *testing.T) []string {
	t.Helper()
	var out []string
	err := fs.WalkDir(examples.Files(), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Base(path.Dir(p)) == "expect" || strings.Contains(p, "/delivery/") || strings.HasPrefix(path.Base(p), "oakland-") || path.Ext(p) == ".csv" {
			return err
		}
		out = append(out, p)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func open(t *testing.T, name string) *subject {
	t.Helper()
	o := &casedir.Opener{FS: examples.Files(), BuiltIn: packs.Calendars()}
	c, err := o.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range c.Warnings {
		t.Errorf("%s: %s %s", name, w.Key, w.Summary)
	}
	return &subject{id: name, kase: &c.File.Case, facts: c.File.Entries, years: c.Years, book: runner(t).Book}
}

func TestEveryExampleMakesABrief(t *testing.T) {
	all := cases(t)
	if len(all) < 21 {
		t.Errorf("only %d case files", len(all))
	}
	for _, name := range all {
		s := open(t, name)
		last := lastFact(s.facts)
		for _, asOf := range []day.Date{s.facts[0].On.Earliest, last, last.Add(40), last.AddYears(3)} {
			b, err := s.brief(asOf)
			if err != nil {
				t.Errorf("%s as of %s: %v", name, asOf, err)
				continue
			}
			if len(b.Next) == 0 {
				t.Errorf("%s as of %s: no next step", name, asOf)
			}
			for _, n := range b.Notices {
				if n.Key == "no_iep_day" && strings.HasPrefix(name, "decisions/") {
					continue // a decision seldom prints the day on which the IEP was written
				}
				t.Errorf("%s as of %s: %s %s", name, asOf, n.Key, n.Entry)
			}
		}
		if strings.HasPrefix(name, "decisions/") == (s.kase.Sample) {
			t.Errorf("%s: sample is %t", name, s.kase.Sample)
		}
		if s.kase.Sample && !strings.HasPrefix(s.kase.Title, "Sample") {
			t.Errorf("%s: the title %q does not say that it is a sample", name, s.kase.Title)
		}
	}
}

// The family's example uses every part that a brief has, with the dates counted
// by hand.
func TestTheFamilyExampleShowsEveryPart(t *testing.T) {
	s := open(t, "family/maya.yaml")
	b, err := s.brief(day.Must(2026, 4, 20))
	if err != nil {
		t.Fatal(err)
	}
	due := map[string]string{ // rule@entry: due, status
		// September 9 is day 1; September 23 is day 15.
		"us-ca.evaluation.plan@request": "2025-09-23 met_late",
		// October 31 is day 1, November 30 day 31, December 21 day 52. School is out from December 22 and pupils come back
		// on January 6, day 53: January 13 is day 60. Without the weekend before the break it is January 15.
		"us-ca.evaluation.meeting@consent": "2026-01-13 met_late",
		// November 12, 13, 14, 17, 18: November 11 is a holiday.
		"us-ca.records.access@records": "2025-11-18 met_late",
		// Known only by month, from February 1 on.
		"us-ca.records.access@records-again":        " unknown",
		"us-ca.iep.recording_notice@meeting-set":    "2026-01-20 met",
		"us-ca.mediation_only.complete@mediation":   "2026-04-15 met",
		"us-ca.resolution.meeting@hearing-received": "2026-04-01 met",
		// March 17 and 30 days is April 16; 45 more is May 31.
		"us-ca.hearing.decision_45@hearing-received": "2026-05-31 running",
		"us-ca.hearing.evidence_exchange@hearing":    "2026-05-05 running",
		"us-ca.hearing.issues_exchange@hearing":      "2026-05-01 running",
		"us-ca.iee.response@iee":                     " running",
	}
	for key, want := range due {
		rule, entry, _ := strings.Cut(key, "@")
		cs := clocksOf(b, []string{rule}, entry)
		if len(cs) != 1 {
			t.Errorf("%s: %d clocks", key, len(cs))
			continue
		}
		got := " " + string(cs[0].Status)
		if cs[0].On != 0 {
			got = cs[0].On.String() + got
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
	if cs := clocksOf(b, []string{"us-ca.evaluation.meeting"}, ""); len(cs) == 1 && !cs[0].Disputed {
		t.Error("the 60 days across winter break have one reading only")
	}
	if len(b.Limits) == 0 || len(b.Statements) == 0 || len(b.View.Gone) != 1 {
		t.Errorf("%d limits, %d statements, %d superseded", len(b.Limits), len(b.Statements), len(b.View.Gone))
	}
	walls := map[fact.Wall]bool{}
	for i := range s.facts {
		walls[s.facts[i].Wall] = true
	}
	if !walls[fact.Mediation] || !walls[fact.Author] {
		t.Error("an entry behind the mediation wall and one behind the author's wall are wanted")
	}
	// By the end of January nobody had found the plan in Spanish, and the date of
	// the request was already corrected.
	known, err := brief.Make(brief.Input{Case: s.kase, Entries: s.facts, Book: s.book, School: school(t, s), AsOf: b.AsOf, Known: day.Must(2026, 1, 31)})
	if err != nil {
		t.Fatal(err)
	}
	if known.View.Get("plan-spanish") != nil || known.View.Get("request") == nil {
		t.Error("what was recorded later is known too early")
	}
}

func school(t *testing.T, s *subject) *day.School {
	t.Helper()
	laws, err := brief.Laws(s.kase, s.book)
	if err != nil {
		t.Fatal(err)
	}
	sc, err := day.NewSchool(s.years, day.View{Grade: s.kase.Child.Grade}, brief.YearRule(laws), casedir.Span(s.facts))
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

// Both sides of one dispute see the same law.
func TestBothSidesSeeTheSameHearing(t *testing.T) {
	for _, rule := range []string{"us-ca.hearing.decision_45", "us-ca.resolution.meeting", "us-ca.hearing.evidence_exchange"} {
		var on [2]day.Date
		for i, name := range []string{"family/maya.yaml", "school/maya.yaml"} {
			b, err := open(t, name).brief(day.Must(2026, 4, 20))
			if err != nil {
				t.Fatal(err)
			}
			if cs := clocksOf(b, []string{rule}, ""); len(cs) == 1 {
				on[i] = cs[0].On
			}
		}
		if on[0] == 0 || on[0] != on[1] {
			t.Errorf("%s: %s for the family, %s for the school", rule, on[0], on[1])
		}
	}
}

// A child who moved: each entry follows the law of the place and the day.
func TestTheMoveFollowsTheDatedLaw(t *testing.T) {
	b, err := open(t, "move.yaml").brief(day.Must(2026, 2, 24))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Laws) != 2 || b.Laws[0].Missing != "us-nv" || b.Laws[1].Missing != "" {
		t.Fatalf("laws: %+v", b.Laws)
	}
	// January 21 is day 1; February 19 is day 30.
	cs := clocksOf(b, []string{"us-ca.transfer.other_state_30"}, "file")
	if len(cs) != 1 || cs[0].On != day.Must(2026, 2, 19) || cs[0].Status != clock.Met {
		t.Errorf("the 30 days after the records: %+v", cs)
	}
	if cs := clocksOf(b, []string{"us-ca.evaluation.plan"}, "asked"); len(cs) != 0 {
		t.Error("California's 15 days run from a request made in Nevada")
	}
	if cs := clocksOf(b, []string{"us-ca.evaluation.plan"}, "again"); len(cs) != 1 || cs[0].On != day.Must(2026, 3, 5) {
		t.Error("California's 15 days do not run from the request made there")
	}
}

// Without a calendar no date is guessed.
func TestNoCalendarGivesBounds(t *testing.T) {
	b, err := open(t, "no-calendar.yaml").brief(day.Must(2026, 1, 15))
	if err != nil {
		t.Fatal(err)
	}
	cs := clocksOf(b, []string{"us-ca.evaluation.meeting"}, "")
	if len(cs) != 1 || cs[0].On != 0 || cs[0].Earliest != day.Must(2026, 1, 11) || len(cs[0].Missing) == 0 {
		t.Errorf("60 days without a calendar: %+v", cs)
	}
}
