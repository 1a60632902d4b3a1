package comp_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/derive/delivery/comp"
	"stayput/law"
	"stayput/plan"
)

func of(w *comp.Workbench, key string) comp.Method {
	for _, m := range w.Methods {
		if m.Key == key {
			return m
		}
	}
	return comp.Method{}
}

// 3,240 required, 2,430 given, 360 excused, 90 made up: 450 missed without excuse,
// 360 minutes, 6 hours, are left.
func TestHourForHour(t *testing.T) {
	s := &delivery.Service{Key: "slp"}
	s.Total.Tally = delivery.Tally{Promised: delivery.Of(3240), Delivered: delivery.Of(2430), Excused: delivery.Of(360), MadeUp: delivery.Of(90), Short: delivery.Of(360)}
	m := of(comp.Make(comp.Input{Service: s, Circuit: "9"}), comp.HourForHour)
	if m.Low != delivery.Of(360) || m.High != m.Low || len(m.Unknown) != 0 || m.Steps[0].Args["minutes"] != "450" {
		t.Errorf("%+v", m)
	}
	if !slices.ContainsFunc(m.Cases, func(c comp.Standing) bool { return c.ID == "reid" && c.Against && c.Weight == comp.Persuasive }) ||
		!slices.ContainsFunc(m.Cases, func(c comp.Standing) bool { return c.ID == "puyallup" && c.Weight == comp.Binding }) ||
		!slices.ContainsFunc(m.Cases, func(c comp.Standing) bool { return c.ID == "rule_151" && c.Weight == comp.Binding }) {
		t.Errorf("%+v", m.Cases)
	}
	s.Total.Reported, s.Total.Unknown, s.Total.Short = delivery.Of(60), delivery.Of(100), delivery.Of(200)
	m = of(comp.Make(comp.Input{Service: s}), comp.HourForHour)
	if m.Low != delivery.Of(200) || m.High != delivery.Of(360) || !slices.Equal(m.Unknown, []string{"unlogged", "reported"}) || m.Cases[1].Weight != comp.Unplaced {
		t.Errorf("%+v", m)
	}
}

// 90 minutes a week, known from week 4 on, nothing by week 30, four weeks to put
// it right: 22 weeks, 1,980 minutes, 33 hours.
func TestReasonableTime(t *testing.T) {
	s := &delivery.Service{Key: "slp"}
	for i := range 30 {
		from := day.Must(2025, 8, 18).Add(7 * i)
		s.Weeks = append(s.Weeks, delivery.Row{From: from, To: from + 6, Tally: delivery.Tally{Promised: delivery.Of(90), Short: delivery.Of(90)}})
	}
	s.Total.To = s.Weeks[29].To
	in := comp.Input{Service: s, Circuit: "3", Known: s.Weeks[4].From, Reasonable: plan.CountOf(4)} // after the fourth week
	m := of(comp.Make(in), comp.ReasonableTime)
	if m.Low != delivery.Of(1980) || m.Steps[2].Args["weeks"] != "22" || m.Cases[0].Weight != comp.Binding {
		t.Errorf("%s %+v", m.Low, m)
	}
	in.Reasonable = plan.Count{}
	if m := of(comp.Make(in), comp.ReasonableTime); m.Said || !slices.Equal(m.Unknown, []string{"reasonable"}) {
		t.Errorf("%+v", m)
	}
	in.Reasonable = plan.CountOf(99)
	if m := of(comp.Make(in), comp.ReasonableTime); !m.Said || m.Low != 0 {
		t.Errorf("%+v", m)
	}
}

// 83.8 expected, 70 now, 0.9 a week: 15.3 weeks; at 2.5 hours a week 38.3 hours.
func TestRate(t *testing.T) {
	m := of(comp.Make(comp.Input{LevelsSaid: true, Expected: 83800, Now: 70000, Rate: 900, Weekly: plan.CountOf(150)}), comp.ByRate)
	if m.Low.Whole() != 2300 || m.Steps[0].Args["weeks"] != "15.3" || m.Cases[0].ID != "bethune" {
		t.Errorf("%+v", m)
	}
	for want, in := range map[string]comp.Input{
		"levels": {Weekly: plan.CountOf(1)}, "rate": {LevelsSaid: true, Expected: 2, Weekly: plan.CountOf(1)},
		"no_gap": {LevelsSaid: true, Expected: 1, Now: 2, Rate: 1, Weekly: plan.CountOf(1)}, "weekly": {LevelsSaid: true, Expected: 2, Now: 1, Rate: 1},
	} {
		if m := of(comp.Make(in), comp.ByRate); m.Said || !slices.Equal(m.Unknown, []string{want}) {
			t.Errorf("%s: %+v", want, m)
		}
	}
}

// Never one number alone; bounds in order; what has no case says so.
func TestAlwaysSideBySide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := func(name string) delivery.Minutes { return delivery.Of(rapid.IntRange(0, 5000).Draw(t, name)) }
		s := &delivery.Service{Key: "x"}
		x := &s.Total.Tally
		*x = delivery.Tally{Delivered: n("delivered"), MadeUp: n("made up"), Otherwise: n("otherwise"), Short: n("short"), Reported: n("reported"), Unknown: n("unknown"), Extra: n("extra")}
		x.Promised = x.Delivered + x.MadeUp + x.Otherwise + x.Short + x.Reported + x.Unknown
		w := comp.Make(comp.Input{Service: s, Circuit: rapid.SampledFrom([]string{"", "9", "dc"}).Draw(t, "circuit"), Factor: plan.CountOf(rapid.IntRange(-1, 2000).Draw(t, "factor")),
			Known: day.Must(2025, 9, 1), Reasonable: plan.CountOf(rapid.IntRange(-1, 60).Draw(t, "weeks")), LevelsSaid: true, Expected: rapid.Int64().Draw(t, "expected"), Now: rapid.Int64Range(0, 1000).Draw(t, "now"),
			Rate: rapid.Int64().Draw(t, "rate"), Weekly: plan.CountOf(rapid.IntRange(-1, 20000).Draw(t, "weekly"))})
		if len(w.Methods) != len(comp.Methods()) {
			t.Fatal("a method is missing")
		}
		for i, m := range w.Methods {
			if m.Key != comp.Methods()[i] || m.Low < 0 || m.High < m.Low || m.NoCase == (len(m.Cases) > 0) || !m.Said && (m.Low != 0 || m.High != 0) {
				t.Fatalf("%+v", m)
			}
		}
	})
}

func TestCasesAreHonest(t *testing.T) {
	for _, c := range comp.Cases() {
		if c.Citation == "" || !slices.Contains(law.CheckLevels, c.Checked.Level) || c.Checked.On == 0 || c.Checked.Note == "" || c.Checked.Level == "primary" && c.Source == "" {
			t.Errorf("%+v", c)
		}
		if !c.Federal && c.Circuit == "" && !strings.Contains(c.Citation, "F. Supp.") {
			t.Errorf("%s has no circuit", c.ID)
		}
	}
	for j, want := range map[string]string{"us-ca": "9", "us-tx": "5", "us-dc": "dc", "us-wi": "7", "us": "", "": ""} {
		if got := comp.Circuit(j); got != want {
			t.Errorf("%s: %s", j, got)
		}
	}
}
