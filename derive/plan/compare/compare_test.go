package compare_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/plan/compare"
	"stayput/fact"
	"stayput/plan"
	"stayput/plan/plantest"
)

func service(code, name string, minutes, times int, per plan.Period) plan.Service {
	return plan.Service{Code: code, Name: name, Minutes: plan.CountOf(minutes), Times: plan.CountOf(times), Per: per}
}

func with(id string, ss ...plan.Service) *plan.Plan {
	return &plan.Plan{ID: id, Kind: plan.IEP, Services: ss}
}

// said is a comparison in short: kind, part and fields of each change.
func said(c *compare.Comparison) []string {
	var out []string
	for _, x := range c.Changes {
		s := string(x.Kind) + " " + string(x.Part) + " " + x.Before + ">" + x.After
		for _, f := range x.Fields {
			s += " " + f.Name + ":" + f.Before + "|" + f.After
		}
		out = append(out, s)
	}
	return out
}

func TestServices(t *testing.T) {
	group, single := service("415", "Speech", 30, 2, "week"), service("415", "Speech", 15, 1, "week")
	group.Delivery, single.Delivery = "group", "individual"
	ot := service("", "Occupational therapy", 30, 1, "week")
	for _, c := range []struct {
		name          string
		before, after []plan.Service
		want          []string
	}{
		{"the same", []plan.Service{group, single}, []plan.Service{single, group}, nil},
		{"one of two lines of a service is cut", []plan.Service{group, single, ot}, []plan.Service{ot, single}, []string{"cut services services-1>"}},
		{"all cut", []plan.Service{group, ot}, nil, []string{"cut services services-1>", "cut services services-2>"}},
		{"fewer minutes", []plan.Service{group}, []plan.Service{{Code: "415", Name: "Speech", Delivery: "group", Minutes: plan.CountOf(30), Times: plan.CountOf(1), Per: "week"}},
			[]string{"reduced services services-1>services-1 amount:2 x 30/week|1 x 30/week"}},
		{"weekly to monthly is less", []plan.Service{service("", "OT", 30, 1, "week")}, []plan.Service{service("", "OT", 30, 2, "month")},
			[]string{"reduced services services-1>services-1 amount:1 x 30/week|2 x 30/month"}},
		{"the same in other words", []plan.Service{service("", "OT", 30, 1, "week")}, []plan.Service{service("", "OT", 60, 2, "month")},
			[]string{"changed services services-1>services-1 amount:1 x 30/week|2 x 60/month"}},
		{"a promise taken back", []plan.Service{service("", "OT", 30, 1, "week")}, []plan.Service{{Name: "OT", Frequency: "as needed"}},
			[]string{"reduced services services-1>services-1 amount:1 x 30/week|(as needed)"}},
		{"group for alone", []plan.Service{single}, []plan.Service{{Code: "415", Name: "Speech", Delivery: "group", Minutes: plan.CountOf(15), Times: plan.CountOf(1), Per: "week"}},
			[]string{"changed services services-1>services-1 delivery:individual|group"}},
		{"another name for the code", []plan.Service{service("415", "Speech", 30, 2, "week")}, []plan.Service{service("415", "Language and speech", 30, 2, "week")},
			[]string{"reworded services services-1>services-1 name:Speech|Language and speech"}},
		{"a code that the other lacks", []plan.Service{service("450", "Occupational therapy", 30, 1, "week")}, []plan.Service{ot},
			[]string{"changed services services-1>services-1 code:450|"}},
		{"two services with one id are two", []plan.Service{{ID: "s1", Code: "415", Name: "Speech"}}, []plan.Service{{ID: "s1", Code: "450", Name: "OT"}},
			[]string{"cut services s1>", "added services >s1"}},
		{"cuts come before all else", []plan.Service{service("330", "SAI", 45, 4, "week"), ot}, []plan.Service{service("330", "SAI", 45, 5, "week"), service("460", "PT", 30, 1, "week")},
			[]string{"cut services services-2>", "increased services services-1>services-1 amount:4 x 45/week|5 x 45/week", "added services >services-2"}},
	} {
		got := said(compare.Plans(with("a", c.before...), with("b", c.after...)))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A line that is split by the summer is one line, and one that ends before its
// plan does is less.
func TestDates(t *testing.T) {
	start := day.Must(2025, time.October, 13)
	year := func(ss ...plan.Service) *plan.Plan {
		p := with("p", ss...)
		p.EffectiveStart, p.EffectiveEnd = start, start.Add(364)
		return p
	}
	whole := service("415", "Speech", 30, 2, "week")
	whole.From, whole.To = start, start.Add(364)
	first, second, short := whole, whole, whole
	first.To, second.From, short.To = start.Add(200), start.Add(201), start.Add(200)
	if c := compare.Plans(year(whole), year(first, second)); !c.Empty() {
		t.Errorf("a split line: %q", said(c))
	}
	c := compare.Plans(year(whole), year(short))
	if len(c.Changes) != 1 || c.Changes[0].Kind != compare.Reduced || c.Changes[0].Fields[0].Name != "dates" {
		t.Errorf("a line that ends early: %q", said(c))
	}
	// Next year's plan says the same for next year: no change.
	next := year(whole)
	next.EffectiveStart, next.EffectiveEnd = start.AddYears(1), start.AddYears(1).Add(364)
	next.Services[0].From, next.Services[0].To = next.EffectiveStart, next.EffectiveEnd
	if c := compare.Plans(year(whole), next); !c.Empty() {
		t.Errorf("the same a year later: %q", said(c))
	}
}

// The totals add what runs at the same time, exactly.
func TestTotals(t *testing.T) {
	a := with("a", service("415", "Speech", 30, 2, "week"), service("415", "Speech", 15, 1, "week"), service("", "OT", 30, 1, "month"))
	b := with("b", service("415", "Speech", 30, 1, "week"), service("415", "Speech", 40, 5, plan.PerCycle), service("", "OT", 30, 1, "month"))
	c := compare.Plans(a, b)
	if c.Convention != plan.Convention || len(c.Totals) != 2 {
		t.Fatalf("%+v", c)
	}
	var got []string
	for _, x := range c.Totals {
		got = append(got, x.Name+" "+x.Before.String()+" "+x.After.String())
	}
	if want := []string{"OT 7.5 7.5", "Speech 75 196 2/3"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// The extended school year has totals of its own.
func TestTotalsOfTheExtendedYear(t *testing.T) {
	year, summer := service("415", "Speech", 30, 2, "week"), service("415", "Speech", 30, 1, "week")
	summer.ESY = fact.Yes
	c := compare.Plans(with("a", year, summer), with("b", year))
	if len(c.Totals) != 2 || !c.Totals[0].ESY || c.Totals[0].Before.String() != "30" || c.Totals[0].InAfter || c.Totals[1].After.String() != "60" {
		t.Errorf("%+v", c.Totals)
	}
	if len(c.Changes) != 1 || c.Changes[0].Kind != compare.Cut {
		t.Errorf("%q", said(c))
	}
}

// A yes that became a no is a cut, and so is one that a whole paper is silent on.
func TestDecisions(t *testing.T) {
	a, b := with("a"), with("b")
	a.ESY.Needed, a.Factors.Transport, a.Factors.AT = fact.Yes, fact.Yes, fact.Yes
	b.ESY.Needed, b.Factors.BehaviorPlan = fact.No, fact.Yes
	a.Factors.BehaviorPlan = fact.No
	a.Transition.Services = []plan.TransitionService{{Activity: "Visit a college"}}
	if got, want := said(compare.Plans(a, b)), []string{"cut decisions esy>", "cut transition transition-1>", "added decisions >behavior_plan"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	b.Complete = fact.Yes
	if got := said(compare.Plans(a, b)); len(got) != 5 {
		t.Errorf("a whole paper: %q", got)
	}
}

func TestGoalsSupportsSetting(t *testing.T) {
	a := &plan.Plan{ID: "a", Goals: []plan.Goal{
		{ID: "g1", Area: "Reading", Text: "By 10/2026 Teo will read aloud 85 words per minute"},
		{ID: "g2", Area: "Writing", Text: "Teo will write five sentences about a picture"},
		{ID: "g3", Area: "Math", Text: "Teo will add two numbers"}},
		Accommodations: []plan.Support{{ID: "a1", Text: "Extra time on tests"}, {ID: "a2", Text: "Seat near the teacher"}},
		Setting:        plan.Setting{In: "86", Out: "14"}}
	b := &plan.Plan{ID: "b", Goals: []plan.Goal{
		{ID: "g1", Area: "Reading", Text: "By 10/2026 Teo will read aloud 70 words per minute"},
		{ID: "g2", Area: "Writing", Text: "Teo will write five sentences about any picture"},
		{ID: "g3", Area: "Behavior", Text: "Stays in line during recess on most days"}},
		Accommodations: []plan.Support{{ID: "a1", Text: "Extra time on tests", Where: []string{"math"}}},
		Setting:        plan.Setting{Out: "60"}}
	var got []string
	for _, x := range compare.Plans(a, b).Changes {
		got = append(got, string(x.Kind)+" "+x.Before+">"+x.After)
	}
	want := []string{"cut g3>", "cut a2>", "reduced setting>setting", "changed g1>g1", "changed a1>a1", "reworded g2>g2", "added >g3"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func draw(t *rapid.T, id string) *plan.Plan {
	return plantest.Draw(id, func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "pick") })
}

func TestComparedWithItselfIsEmpty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t, "p")
		if c := compare.Plans(p, p); !c.Empty() {
			t.Fatalf("%q", said(c))
		}
	})
}

// The other way round, every cut is an addition, every reduction an increase.
func TestMirror(t *testing.T) {
	short := func(c *compare.Comparison) []string {
		var out []string
		for _, x := range c.Changes {
			s := strings.Join([]string{string(x.Kind), string(x.Part), x.Before, x.After}, " ")
			for _, f := range x.Fields {
				s += " " + f.Name + ":" + f.Before + "|" + f.After
			}
			out = append(out, s)
		}
		slices.Sort(out)
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw(t, "a"), draw(t, "b")
		there, back := compare.Plans(a, b), compare.Plans(b, a)
		if x, y := short(there.Mirror()), short(back); !slices.Equal(x, y) {
			t.Fatalf("\n%q\n%q", x, y)
		}
		if len(there.Totals) != len(back.Totals) {
			t.Fatal("other totals")
		}
		for _, x := range there.Totals {
			if !slices.ContainsFunc(back.Totals, func(y compare.Total) bool {
				return x.Code == y.Code && x.ESY == y.ESY && x.Before == y.After && x.After == y.Before && x.UncertainBefore == y.UncertainAfter
			}) {
				t.Fatalf("no mirror of %+v in %+v", x, back.Totals)
			}
		}
	})
}

// Whatever else changes, a line that is taken out is told, and before anything
// that is not a loss.
func TestACutIsNeverMissed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := draw(t, "a")
		if len(a.Services) == 0 {
			return
		}
		b := *a
		b.ID = "b"
		i := rapid.IntRange(0, len(a.Services)-1).Draw(t, "out")
		b.Services = slices.Delete(slices.Clone(a.Services), i, i+1)
		c := compare.Plans(a, &b)
		if c.Empty() {
			t.Fatal("nothing is told")
		}
		if k := c.Changes[0].Kind; k != compare.Cut && k != compare.Reduced {
			t.Fatalf("the first change is %s: %q", k, said(c))
		}
	})
}

func TestLongPlansDiffer(t *testing.T) {
	a, b := plantest.Long(0), plantest.Long(1)
	if c := compare.Plans(a, a); !c.Empty() {
		t.Error("the same plan differs")
	}
	if c := compare.Plans(a, b); len(c.Changes) < 20 || !reflect.DeepEqual(c, compare.Plans(a, b)) {
		t.Errorf("%d changes, or not the same twice", len(c.Changes))
	}
}

// BenchmarkLong compares two plans of forty pages.
func BenchmarkLong(b *testing.B) {
	x, y := plantest.Long(0), plantest.Long(1)
	for b.Loop() {
		compare.Plans(x, y)
	}
}
