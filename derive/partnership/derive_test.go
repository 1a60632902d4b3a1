package partnership_test

import (
	"testing"

	"stayput/day"
	"stayput/derive/partnership"
	"stayput/fact"
	"stayput/record"
)

func entry(id, kind string, m, d int, re string) fact.Entry {
	return fact.Entry{ID: id, Kind: fact.MustLookup(kind), On: day.On(day.Must(2026, 1, 1).Add(31*(m-1) + d - 1)), Re: re} // January and its days
}

func TestTalksAndWorkshops(t *testing.T) {
	missed := entry("h2", "family_check_in_held", 1, 20, "p2")
	missed.Fields.Outcome = "no_show"
	put := entry("p5", "family_check_in_planned", 1, 30, "p4")
	soon := entry("w1", "workshop_offered", 1, 5, "")
	soon.Fields.Until = day.Must(2026, 1, 22)
	es := []fact.Entry{
		entry("l1", "liaison_named", 1, 2, ""), entry("l2", "liaison_named", 1, 12, ""),
		entry("p1", "family_check_in_planned", 1, 6, ""), entry("h1", "family_check_in_held", 1, 7, ""), // a day late, and it is that one
		entry("p2", "family_check_in_planned", 1, 19, ""), missed,
		entry("p3", "family_check_in_planned", 1, 23, ""),
		entry("p4", "family_check_in_planned", 1, 24, ""), put,
		soon, entry("a1", "workshop_attended", 1, 22, "w1"), entry("a2", "workshop_attended", 1, 23, ""),
	}
	r := partnership.Derive(record.NewView(es, 0), day.Must(2026, 1, 25))
	if len(r.Liaisons) != 2 || r.Liaisons[0].ID != "l2" {
		t.Errorf("%+v", r.Liaisons)
	}
	want := map[string]partnership.State{"p1": partnership.Kept, "p2": partnership.Tried, "p3": partnership.Past, "p4": partnership.PutOff, "p5": partnership.Ahead}
	for _, x := range r.Talks {
		if x.Planned == nil || want[x.Planned.ID] != x.State {
			t.Errorf("%+v", x)
		}
	}
	if len(r.Talks) != 5 || r.Kept != 1 || len(r.Past) != 1 || r.Past[0].ID != "p3" || r.Next == nil || r.Next.ID != "p5" || r.Last != day.Must(2026, 1, 7) {
		t.Errorf("%+v", r)
	}
	if len(r.Workshops) != 2 || r.Workshops[0].Offered != nil || len(r.Workshops[1].Attended) != 1 {
		t.Errorf("%+v", r.Workshops)
	}
	// On its own day a talk is not over.
	if r := partnership.Derive(record.NewView(es, 0), day.Must(2026, 1, 23)); len(r.Past) != 0 {
		t.Errorf("%+v", r.Past)
	}
	if r := partnership.Derive(record.NewView(nil, 0), day.Must(2026, 1, 23)); len(r.Talks)+len(r.Workshops)+len(r.Liaisons) != 0 || r.Next != nil {
		t.Errorf("%+v", r)
	}
}
