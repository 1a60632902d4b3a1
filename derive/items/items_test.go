package items

import (
	"slices"
	"testing"
	"time"

	"stayput/day"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
	"stayput/record"

	"pgregory.net/rapid"
)

func on(m time.Month, d int) day.Date { return day.Must(2026, m, d) }

// two versions of an IEP and a 504 plan: a1 goes on under another id, and the 504
// plan has an a1 of its own.
func plans() []*plan.Plan {
	first := &plan.Plan{ID: "p1", Kind: plan.IEP, EffectiveStart: on(1, 5), Accommodations: []plan.Support{{ID: "a1", Text: "Directions read aloud", By: []string{"teacher"}, Frequency: "daily", Where: []string{"all classes"}, Evidence: "checklist"}}}
	second := &plan.Plan{ID: "p2", Kind: plan.IEP, EffectiveStart: on(3, 2), Language: "en",
		Accommodations: []plan.Support{{ID: "b1", Text: "Directions read aloud", Where: []string{"all classes"}}, {ID: "b2", Text: "Calculator", Where: []string{"math"}}},
		Services:       []plan.Service{{ID: "s1", Name: "Speech", Minutes: plan.CountOf(30), Times: plan.CountOf(2), Per: plan.PerWeek}, {ID: "s2", Name: "Nurse", AsWritten: "as needed", Role: "nurse"}},
		Factors:        plan.Factors{AT: fact.Yes, ATWhat: "tablet"}}
	other := &plan.Plan{ID: "q", Kind: plan.Section504, Accommodations: []plan.Support{{ID: "a1", Text: "Extra time"}}}
	return []*plan.Plan{first, second, other}
}

func inForce() *program.Result {
	line := func(p, c string, part plan.Part, name string) program.Line {
		return program.Line{FromPlan: p, Component: c, Part: part, Name: name, Since: on(3, 2)}
	}
	part := func(c, was string, p plan.Part) program.PartState {
		return program.PartState{Component: c, Was: was, Part: p}
	}
	return &program.Result{Tracks: []program.Track{
		{Kind: plan.IEP,
			InForce: []program.Line{line("p2", "b1", plan.Accommodations, "Directions read aloud"), line("p2", "b2", plan.Accommodations, "Calculator"), line("p2", "s1", plan.ServiceLines, "Speech"),
				line("p2", "s2", plan.ServiceLines, "Nurse"), line("p2", "assistive_technology", plan.Decisions, "assistive_technology")},
			Offers: []program.OfferState{{Plan: "p1", Parts: []program.PartState{part("a1", "", plan.Accommodations)}},
				{Plan: "p2", Parts: []program.PartState{part("b1", "a1", plan.Accommodations), part("b2", "", plan.Accommodations), part("s1", "", plan.ServiceLines), part("s2", "", plan.ServiceLines)}}}},
		{Kind: plan.Section504, InForce: []program.Line{line("q", "a1", plan.Accommodations, "Extra time")}, Offers: []program.OfferState{{Plan: "q", Parts: []program.PartState{part("a1", "", plan.Accommodations)}}}},
	}}
}

func entry(kind string, d day.Date, planID, part string, more func(*fact.Entry)) fact.Entry {
	e := fact.Entry{Kind: fact.MustLookup(kind), On: day.On(d), ID: kind + d.String() + part}
	e.Fields.Plan, e.Fields.Parts = planID, []string{part}
	if more != nil {
		more(&e)
	}
	return e
}

func seen(t fact.Tri) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Result = t } }

func derived(asOf day.Date, es ...fact.Entry) map[string]Item {
	out := map[string]Item{}
	for _, x := range Derive(Input{Plans: plans(), Program: inForce(), View: record.NewView(es, 0), AsOf: asOf}) {
		out[x.Key] = x
	}
	return out
}

// A part bears one name through its versions; counted minutes are the ledger's;
// what nobody wrote down was never seen and is not "not done".
func TestItems(t *testing.T) {
	all := derived(on(3, 20))
	var keys []string
	for k := range all {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	if want := []string{"504-a1", "a1", "assistive_technology", "b2", "s2"}; !slices.Equal(keys, want) {
		t.Fatalf("%v, want %v", keys, want)
	}
	if x := all["s2"]; !slices.Equal(x.By, []string{"nurse"}) || x.Often == "" {
		t.Errorf("%+v", x)
	}
	if x := all["assistive_technology"]; x.Detail != "tablet" || x.Seen() != nil || x.Row != 0 || len(x.Signals) != 0 {
		t.Errorf("%+v", x)
	}
	// In force for as long as the level, and nothing written down: pointed out, the
	// day before not.
	if x := derived(on(3, 2) + day.Date(Default.Quiet))["b2"]; !slices.Equal(x.Signals, []Signal{NeverSeen}) {
		t.Errorf("%v", x.Signals)
	}
	if x := derived(on(3, 2) + day.Date(Default.Quiet) - 1)["b2"]; len(x.Signals) != 0 {
		t.Errorf("%v", x.Signals)
	}
}

// Checks of the version before count, in the order of their days, whatever the
// order in which they were written down.
func TestChecks(t *testing.T) {
	x := derived(on(3, 20), entry("item_checked", on(3, 10), "p2", "b1", seen(fact.No)), entry("item_checked", on(3, 11), "p2", "b1", seen(fact.Unsaid)), entry("item_checked", on(3, 12), "p2", "b1", seen(fact.No)),
		entry("item_checked", on(2, 1), "p1", "a1", seen(fact.Yes)), entry("item_checked", on(3, 25), "p2", "b1", seen(fact.Yes)), entry("item_checked", on(3, 9), "q", "a1", seen(fact.Yes)))["a1"]
	if len(x.Checks) != 4 || x.Row != 2 || x.Last().On != on(3, 12) || x.Seen() == nil || x.Seen().On != on(2, 1) || !x.Has(NotSeen) {
		t.Fatalf("%d checks, %d in a row, %+v %v", len(x.Checks), x.Row, x.Seen(), x.Signals)
	}
	if y := derived(on(3, 20), entry("item_checked", on(3, 10), "nowhere", "b1", seen(fact.Yes)))["a1"]; len(y.Checks) != 0 {
		t.Error("a check of a plan that is not there counts")
	}
	if y := derived(on(3, 20), entry("item_checked", on(3, 10), "p2", "q/a1", seen(fact.Yes)))["504-a1"]; len(y.Checks) != 1 {
		t.Error("a part of another plan is not found")
	}
}

// A reason stays open until it was put right or the item was seen later; a repair is
// late after its day.
func TestRepairs(t *testing.T) {
	why := entry("item_reason_told", on(3, 5), "p2", "b2", func(e *fact.Entry) { e.Fields.Reasons = []string{"never_got_plan"} })
	agree := entry("item_repair_agreed", on(3, 6), "p2", "b2", func(e *fact.Entry) { e.Fields.Until = on(3, 13) })
	if x := derived(on(3, 13), why, agree)["b2"]; !x.Told[0].Open || x.Repairs[0].Late || !slices.Equal(x.Signals, []Signal{ReasonOpen}) {
		t.Errorf("%+v", x)
	}
	if x := derived(on(3, 14), why, agree)["b2"]; !x.Repairs[0].Late || !slices.Equal(x.Signals, []Signal{RepairLate, ReasonOpen}) {
		t.Errorf("%v", x.Signals)
	}
	done := entry("item_repaired", on(3, 12), "p2", "b2", func(e *fact.Entry) { e.Re = agree.ID })
	if x := derived(on(3, 14), why, agree, done)["b2"]; x.Told[0].Open || x.Repairs[0].Done == nil || len(x.Signals) != 0 {
		t.Errorf("%+v", x)
	}
	if x := derived(on(3, 14), why, entry("item_checked", on(3, 7), "p2", "b2", seen(fact.Yes)))["b2"]; x.Told[0].Open {
		t.Error("seen later, and the reason is open")
	}
	// A check that did not see it may bear the reason.
	if x := derived(on(3, 14), entry("item_checked", on(3, 7), "p2", "b2", func(e *fact.Entry) { e.Fields.Result, e.Fields.Reasons = fact.No, []string{"no_staff"} }))["b2"]; !x.Has(ReasonOpen) {
		t.Errorf("%v", x.Signals)
	}
}

func page(id string, d day.Date, who, class string, parts ...string) fact.Entry {
	e := fact.Entry{ID: id, Kind: fact.MustLookup("digest_given"), On: day.On(d)}
	e.Fields.Plan, e.Fields.Parts, e.Fields.With, e.Fields.About, e.Fields.Summary = "p2", parts, []string{who}, []string{class}, "* Directions read aloud\n* Calculator"
	return e
}

func answer(kind, re string, d day.Date, with ...string) fact.Entry {
	e := fact.Entry{ID: kind + re, Kind: fact.MustLookup(kind), On: day.On(d), Re: re, By: "Ms. R"}
	e.Fields.With = with
	return e
}

// Pages wait until they are confirmed, are renewed by a later one to the same
// teacher, and end when the teacher leaves.
func TestDigests(t *testing.T) {
	v := record.NewView([]fact.Entry{page("d1", on(3, 3), "Ms. R", "Math", "b1"), page("d2", on(3, 4), "Mr. T", "Art", "b1"), page("d3", on(3, 10), "ms. r", "math", "b1"),
		answer("digest_acknowledged", "d1", on(3, 5)), answer("digest_ended", "d2", on(3, 12), "Mx. N")}, 0)
	ds := Digests(v, on(3, 20))
	if len(ds) != 3 || ds[0].Given.ID != "d3" || !ds[0].Waits() || ds[0].Renewed {
		t.Fatalf("%+v", ds)
	}
	if d := ds[2]; d.Given.ID != "d1" || !d.Renewed || d.Waits() || d.Ack == nil {
		t.Errorf("%+v", d)
	}
	if d := ds[1]; d.Live() || d.Next != "Mx. N" {
		t.Errorf("%+v", d)
	}
	if n := CountOf(v, plans, on(3, 20)); n != (Count{Wait: 1, Owed: 1}) {
		t.Errorf("%+v", n)
	}
	// Nothing is known of what comes later.
	if ds := Digests(v, on(3, 3)); len(ds) != 1 || !ds[0].Waits() {
		t.Errorf("%+v", ds)
	}
	given := record.NewView([]fact.Entry{page("d2", on(3, 4), "Mr. T", "Art", "b1"), answer("digest_ended", "d2", on(3, 12), "Mx. N"), page("d4", on(3, 13), "Mx. N", "Art", "b1")}, 0)
	if n := CountOf(given, plans, on(3, 20)); n != (Count{Wait: 1}) {
		t.Errorf("who came has a page, and one is asked for: %+v", n)
	}
}

// A page is out of date when the plan, its words, the year or what fits the class
// has changed.
func TestStale(t *testing.T) {
	stale := func(asOf day.Date, e fact.Entry, change func([]*plan.Plan, *program.Result)) []Stale {
		ps, res := plans(), inForce()
		if change != nil {
			change(ps, res)
		}
		v := record.NewView([]fact.Entry{e}, 0)
		ds := Digests(v, asOf)
		HoldAgainst(ds, res, Derive(Input{Plans: ps, Program: res, View: v, AsOf: asOf}))
		return ds[0].Stale
	}
	whole := page("d", on(3, 3), "Ms. R", "math", "b1", "b2", "q/a1")
	whole.Fields.Summary += "\n* Extra time"
	for name, x := range map[string]struct {
		asOf   day.Date
		page   fact.Entry
		change func([]*plan.Plan, *program.Result)
		want   []Stale
	}{
		"current":                 {on(3, 20), whole, nil, nil},
		"next July":               {on(7, 15), whole, nil, nil},
		"next school year":        {on(8, 20), whole, nil, []Stale{NewYear}},
		"a new version":           {on(3, 20), whole, func(_ []*plan.Plan, r *program.Result) { r.Tracks[0].InForce[0].FromPlan = "p3" }, []Stale{NewPlan}},
		"other words":             {on(3, 20), whole, func(ps []*plan.Plan, r *program.Result) { r.Tracks[0].InForce[1].Name = "A talking calculator" }, []Stale{NewWords}},
		"a new support that fits": {on(3, 20), page("d", on(3, 1), "Ms. R", "math", "b1"), nil, []Stale{NewSupport}},
		"one that does not fit":   {on(3, 20), page("d", on(3, 1), "Ms. R", "art", "b1"), func(_ []*plan.Plan, r *program.Result) { r.Tracks = r.Tracks[:1] }, nil},
	} {
		if got := stale(x.asOf, x.page, x.change); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
	}
}

func TestFits(t *testing.T) {
	for _, x := range []struct {
		where       []string
		class, role string
		want        bool
	}{
		{nil, "Math", "", true}, {[]string{"all classes"}, "Math", "", true}, {[]string{"Mathematics"}, "Math, period 3", "", true}, {[]string{"Reading"}, "Math", "", false},
		{[]string{"Cafeteria"}, "", "", true}, {[]string{"Art"}, "Language arts", "", false}, {[]string{"teacher's desk"}, "Math", "math teacher", false}, {[]string{"general education"}, "Art", "", true},
	} {
		if got := Fits(&Item{Where: x.where}, x.class, x.role); got != x.want {
			t.Errorf("%v for %q, %q: %v", x.where, x.class, x.role, got)
		}
	}
}

// Whatever is told in whatever order: a check is seen or not once, what is open was
// told, and the order of the entries does not matter.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kinds := []string{"item_checked", "item_reason_told", "item_repair_agreed", "item_repaired"}
		n := rapid.IntRange(0, 12).Draw(t, "n")
		var es []fact.Entry
		for i := range n {
			e := entry(rapid.SampledFrom(kinds).Draw(t, "kind"), on(2, 1)+day.Date(rapid.IntRange(0, 60).Draw(t, "day")), "p2", rapid.SampledFrom([]string{"b1", "b2", "nothing"}).Draw(t, "part"), nil)
			e.ID += string(rune('a' + i))
			e.Fields.Result = rapid.SampledFrom([]fact.Tri{fact.Yes, fact.No, fact.Unsaid}).Draw(t, "seen")
			e.Fields.Reasons = []string{"x"}
			es = append(es, e)
		}
		a := derived(on(3, 20), es...)
		mixed := slices.Clone(es)
		slices.Reverse(mixed)
		b := derived(on(3, 20), mixed...)
		for k, x := range a {
			y := b[k]
			if x.Row != y.Row || len(x.Checks) != len(y.Checks) || len(x.Told) != len(y.Told) || !slices.Equal(x.Signals, y.Signals) || (x.Seen() == nil) != (y.Seen() == nil) {
				t.Fatalf("%s: the order matters: %+v %+v", k, x, y)
			}
			if x.Row > len(x.Checks) || x.Has(NotSeen) && x.Row < Default.Misses {
				t.Fatalf("%s: %d in a row of %d", k, x.Row, len(x.Checks))
			}
		}
	})
}
