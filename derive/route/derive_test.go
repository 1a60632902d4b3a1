package route_test

import (
	"slices"
	"testing"

	"stayput/day"
	"stayput/derive/route"
	"stayput/fact"
	"stayput/law"
	"stayput/law/packs"
)

func entry(id, kind, date string) fact.Entry {
	return fact.Entry{ID: id, Kind: fact.MustLookup(kind), On: day.On(on(date))}
}

func plain(entries ...fact.Entry) *world {
	w := &world{asOf: on("2025-12-01"), side: fact.FamilySide, entries: entries, answers: map[route.Question]fact.Tri{}}
	w.kase.Jurisdiction = []fact.Dated{{Is: "us-ca"}}
	w.kase.Child.Born = on("2015-04-02")
	return w
}

// Where nothing was picked, every route is told and none is suggested.
func TestNothingPicked(t *testing.T) {
	res := plain(entry("a", "iep_offered", "2025-10-01")).routes(t)
	if res.Suggested != nil || res.Alternative != nil || len(res.Routes) != len(law.RouteIDs) || len(res.Told) != 1 || res.Told[0].Key != "nothing_picked" {
		t.Errorf("%+v %+v", res.Suggested, res.Told)
	}
}

// The record wins over an answer, and that they differ is told. An answer that says
// more than the record is taken.
func TestContradictoryAnswers(t *testing.T) {
	w := plain(entry("a", "letter_sent", "2025-10-01"))
	w.concerns = []law.Concern{"placement"}
	w.answers = map[route.Question]fact.Tri{route.InWriting: fact.No, route.Spoke: fact.Yes}
	res := w.routes(t)
	if !slices.Equal(res.Differs, []route.Question{route.InWriting}) || len(res.First) != 0 {
		t.Errorf("differs %v, first %v", res.Differs, res.First)
	}
	if !res.Row("teacher").Tried {
		t.Error("the answer that somebody talked was not taken")
	}
	if !slices.Equal(res.Ask, []route.Question{route.NoInWriting, route.BothWilling, route.MustStay}) {
		t.Errorf("asks %v", res.Ask)
	}
}

// A case under way is told, and no second hearing is suggested beside it.
func TestCaseInHand(t *testing.T) {
	filed := entry("a", "due_process_received", "2025-11-20")
	filed.Fields.FiledBy = "parent"
	twice := filed
	twice.ID = "b" // two complaints on the same day
	w := plain(filed, twice)
	w.concerns = []law.Concern{"placement"}
	res := w.routes(t)
	if !slices.ContainsFunc(res.Told, func(g route.Ground) bool { return g.Key == "in_hand" }) || !res.Row("due_process_parent").Pending {
		t.Errorf("%+v", res.Told)
	}
	for _, s := range []*route.Suggestion{res.Suggested, res.Alternative} {
		if s != nil && (s.Route == "due_process_parent" || s.Route == "teacher") {
			t.Errorf("%s is suggested", s.Route)
		}
	}
	if len(res.Row("due_process_parent").Dates) == 0 {
		t.Error("a case under way shows none of its dates")
	}
}

// What ended on the day it was taken back is over; what was filed later is not.
func TestWithdrawnAndFiledAgain(t *testing.T) {
	w := plain(entry("a", "due_process_filed", "2025-10-01"), entry("b", "due_process_withdrawn", "2025-10-20"))
	w.concerns = []law.Concern{"placement"}
	if w.routes(t).Row("due_process_parent").Pending {
		t.Error("a withdrawn case is pending")
	}
	w.entries = append(w.entries, entry("c", "due_process_filed", "2025-11-03"))
	if !w.routes(t).Row("due_process_parent").Pending {
		t.Error("a new case is not pending")
	}
	w.asOf = on("2025-10-25") // before the new case
	if w.routes(t).Row("due_process_parent").Pending {
		t.Error("what lies ahead counts")
	}
}

// A right that ends within a month goes before the nearest step.
func TestNearLimitGoesFirst(t *testing.T) {
	w := plain(entry("a", "evaluation_refused", "2024-12-10"), entry("b", "letter_sent", "2024-12-12"))
	w.concerns = []law.Concern{"evaluation"}
	res := w.routes(t)
	if res.Suggested == nil || res.Suggested.Route != "state_complaint" || res.Row("state_complaint").RunsOut != on("2025-12-10") {
		t.Fatalf("%+v, runs out %s", res.Suggested, res.Row("state_complaint").RunsOut)
	}
	if !slices.ContainsFunc(res.Suggested.Why, func(g route.Ground) bool { return g.Key == "limit_near" }) {
		t.Errorf("%+v", res.Suggested.Why)
	}
}

// Where program.yaml of a pack says that the district may not ask for a hearing, its
// routes say so too: the two are written apart and must not drift.
func TestBarsAgreeWithProgram(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	barred := 0
	for _, id := range book.IDs() {
		l, _, err := book.For(id)
		if err != nil {
			t.Fatal(err)
		}
		for q, c := range map[law.Question]struct {
			refused string
			concern law.Concern
		}{
			law.FirstEvaluation: {"evaluation_consent_refused", "evaluation"},
			law.Reevaluation:    {"reevaluation_consent_refused", "evaluation"},
			law.RefusedPart:     {"iep_rejected", "content_of_plan"},
		} {
			a, ok := l.Answer(q, on("2025-12-01"))
			if !ok {
				continue
			}
			w := plain(entry("a", "services_consent_received", "2024-02-01"), entry("b", "iep_implemented", "2024-02-05"), entry("c", c.refused, "2025-11-03"))
			w.kase.Jurisdiction[0].Is, w.side, w.concerns = id, fact.SchoolSide, []law.Concern{c.concern}
			x := w.routes(t).Row("due_process_district")
			if no := a.Is == "lea_barred"; no != x.Forbids || no != (x.Fit == route.DoesNotFit) {
				t.Errorf("%s: program.yaml answers %s with %s, and the route is %s (forbidden: %v)", id, q, a.Is, x.Fit, x.Forbids)
			} else if no {
				barred++
			}
		}
	}
	if barred < 4 {
		t.Errorf("only %d bars were seen", barred)
	}
}
