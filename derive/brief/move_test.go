package brief_test

import (
	"testing"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/fact"
	"stayput/law/packs"
)

// A child who moves in the middle of an evaluation: the first state's clock is
// judged by its own law up to the move, and the second state's transfer rules
// take over.
func TestMoveInTheMiddleOfAClock(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	moved := day.Must(2026, 2, 2)
	c := fact.Case{Jurisdiction: []fact.Dated{{Is: "us-wi"}, {From: moved, Is: "us-ca"}}, Side: fact.FamilySide}
	kind := fact.MustLookup
	es := []fact.Entry{
		{ID: "iep", Kind: kind("iep_developed"), On: day.On(day.Must(2025, 3, 3))},
		{ID: "consent", Kind: kind("reevaluation_consent_received"), On: day.On(day.Must(2026, 1, 5))},
		{ID: "enrolled", Kind: kind("transfer_enrolled"), On: day.On(moved), Fields: fact.Fields{TransferFrom: "other_state"}},
		{ID: "papers", Kind: kind("transfer_records_received"), On: day.On(day.Must(2026, 2, 9)), Fields: fact.Fields{TransferFrom: "other_state"}},
	}
	laws, err := brief.Laws(&c, book)
	if err != nil {
		t.Fatal(err)
	}
	school, err := day.NewSchool(nil, day.View{}, brief.YearRule(laws), day.Span{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Make(brief.Input{Case: &c, Entries: es, Book: book, School: school, AsOf: day.Must(2026, 4, 1)})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]*clock.Clock{}
	for i := range b.Clocks {
		got[string(b.Clocks[i].Rule.ID)] = &b.Clocks[i]
	}
	// Jan 6 is day 1; January ends on day 26, February on day 54, Mar 6 is day 60.
	wi := got["us-wi.evaluation.reeval"]
	if wi == nil || wi.On != day.Must(2026, 3, 6) || wi.Status != clock.Ended || wi.EndedBy != "enrolled" || wi.DaysLate != 0 {
		t.Errorf("Wisconsin's 60 days: %+v; want due 2026-03-06, ended by the move", wi)
	}
	// Feb 10 is day 1; February ends on day 19, Mar 11 is day 30.
	ca := got["us-ca.transfer.other_state_30"]
	if ca == nil || ca.On != day.Must(2026, 3, 11) || ca.Status != clock.Late {
		t.Errorf("California's 30 days: %+v; want due 2026-03-11, late", ca)
	}
	if got["us-ca.evaluation.meeting"] != nil {
		t.Error("California's 60 days were started by a consent given in Wisconsin")
	}
}
