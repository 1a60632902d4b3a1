package remedy_test

import (
	"testing"

	"stayput/derive/brief"
	"stayput/derive/remedy"
	"stayput/examples"
	"stayput/intake/casedir"
	"stayput/law/packs"
)

// The sample settlement on March 2, 2026, counted by hand in its own first lines.
func TestSampleSettlement(t *testing.T) {
	o := &casedir.Opener{FS: examples.Files(), BuiltIn: packs.Calendars()}
	c, err := o.Open("settlement.yaml")
	if err != nil {
		t.Fatal(err)
	}
	res := brief.Remedies(briefOf(t, "us-ca", "2026-03-02", c.File.Case.Side, c.File.Entries...), nil)
	if len(res.Agreements) != 1 || len(res.Agreements[0].Remedies) != 3 || len(res.Loose) != 0 {
		t.Fatalf("%+v", res)
	}
	a := &res.Agreements[0]
	if a.Cancel == nil || a.Cancel.Limit.Earliest != on(t, "2025-10-29") || a.MayCancel() {
		t.Errorf("three business days: %+v", a.Cancel)
	}
	aides, tutor, reading := &a.Remedies[0], &a.Remedies[1], &a.Remedies[2]
	if aides.Status != remedy.Done || aides.DaysLate != 0 {
		t.Errorf("training: %s, %d days late", aides.Status, aides.DaysLate)
	}
	if tutor.Status != remedy.Late || tutor.DaysLate != 31 || remedy.Dollars(tutor.LeftCents) != "399.50" || len(tutor.Asked) != 1 {
		t.Errorf("tutor: %s, %d days late, %s left", tutor.Status, tutor.DaysLate, remedy.Dollars(tutor.LeftCents))
	}
	if reading.GivenMinutes != 165 || reading.LeftMinutes != 1035 || reading.Status != remedy.Ahead {
		t.Errorf("reading: %d given, %d left, %s", reading.GivenMinutes, reading.LeftMinutes, reading.Status)
	}
	if a.Expenses.Cents != 125000 || a.Expenses.Receipts != 0 {
		t.Errorf("paid: %+v", a.Expenses)
	}
}
