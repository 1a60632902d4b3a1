package plan

import "testing"

func TestWhole(t *testing.T) {
	base := &Plan{ID: "iep", Kind: IEP, EffectiveEnd: 700000, Services: []Service{
		{ID: "slp", Name: "Speech", Minutes: CountOf(30), Times: CountOf(2), Per: PerWeek}, {ID: "ot", Name: "OT"}},
		Goals: []Goal{{ID: "g1", Text: "read"}}}
	change := &Plan{ID: "a1", Kind: IEP, Amends: "iep", Removes: []string{"ot"}, Services: []Service{
		{ID: "slp", Name: "Speech", Minutes: CountOf(30), Times: CountOf(3), Per: PerWeek}, {ID: "pt", Name: "PT"}}}
	w, ok := Whole([]*Plan{base, change}, change)
	if !ok || w.ID != "a1" || w.EffectiveEnd != 700000 || len(w.Goals) != 1 {
		t.Fatalf("%+v, %v", w, ok)
	}
	if len(w.Services) != 2 || w.Services[0].Times.N != 3 || w.Services[1].ID != "pt" {
		t.Errorf("services: %+v", w.Services)
	}
	if len(base.Services) != 2 || base.Services[0].Times.N != 2 {
		t.Error("the base was changed")
	}
	if _, ok := Whole([]*Plan{change}, change); ok {
		t.Error("an amendment of nothing is whole")
	}
	loop := &Plan{ID: "x", Amends: "y"}
	if _, ok := Whole([]*Plan{loop, {ID: "y", Amends: "x"}}, loop); ok {
		t.Error("a loop is whole")
	}
	if w, ok := Whole(nil, base); !ok || w != base {
		t.Error("a plan that amends nothing is itself")
	}
}

func TestComponents(t *testing.T) {
	p := &Plan{Services: []Service{{Name: "Speech"}, {ID: "ot", Code: "450"}}, Goals: []Goal{{Text: "read"}}, Setting: Setting{Name: "regular class"}}
	var ids, names []string
	for _, c := range p.Components() {
		ids, names = append(ids, c.ID), append(names, c.Name)
	}
	for i, want := range []string{"services-1", "ot", "goals-1", "setting"} {
		if ids[i] != want {
			t.Errorf("component %d is %s, want %s", i, ids[i], want)
		}
	}
	if names[1] != "450" {
		t.Error("a line without a name is called by its code")
	}
}
