package progress

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/measure"
	"stayput/plan"
)

var start = day.Must(2025, 9, 8)

// weekly makes one probe a week after start.
func weekly(levels ...float64) []measure.Probe {
	var out []measure.Probe
	for i, v := range levels {
		out = append(out, measure.Probe{Goal: "g1", On: start.Add(7 * (i + 1)), Value: measure.Number(v)})
	}
	return out
}

func rising() Goal {
	return Goal{ID: "g1", Baseline: Say(measure.Number(45)), BaselineOn: start, Target: Say(measure.Number(60)), By: start.Add(30 * 7)}
}

func asOf(weeks int) Around { return Around{AsOf: start.Add(7 * weeks)} }

func TestVerdicts(t *testing.T) {
	falling := Goal{ID: "g1", Baseline: Say(measure.Number(12)), BaselineOn: start, Target: Say(measure.Number(2)), By: start.Add(30 * 7)}
	for _, x := range []struct {
		name   string
		goal   Goal
		levels []float64
		want   Verdict
		firm   bool
		advice Advice
	}{
		{"none", rising(), nil, NotEnoughData, false, TooFew},
		{"one", rising(), []float64{46}, NotEnoughData, false, TooFew},
		{"five", rising(), []float64{46, 46, 47, 47, 48}, NotEnoughData, false, TooFew},
		{"flat", rising(), []float64{45, 45, 45, 45, 45, 45, 45}, Behind, true, ChangeTeaching},
		{"slow", rising(), []float64{45, 45.2, 45.1, 45.3, 45.4, 45.3, 45.5}, Behind, true, ChangeTeaching},
		{"fast", rising(), []float64{46, 47.2, 47.9, 49.1, 50.2, 50.8, 52.1}, Ahead, true, RaiseGoal},
		{"on the line", rising(), []float64{45.5, 46, 46.5, 47, 47.5, 48, 48.5}, OnTrack, true, KeepGoing},
		{"noisy", rising(), []float64{44, 48, 43, 50, 45, 49, 47, 48}, Behind, false, KeepGoing},
		{"noisy, upward", rising(), []float64{44, 48, 43, 50, 45, 49, 48, 50}, OnTrack, false, KeepGoing},
		{"high and flat", rising(), []float64{55, 54, 55, 56, 55, 54, 55}, OnTrack, false, RaiseGoal},
		{"met", rising(), []float64{50, 55, 60, 61, 60}, Met, true, TooFew},
		{"met and lost", rising(), []float64{50, 60, 61, 60, 55, 52, 50, 49}, Behind, false, KeepGoing},
		{"falling well", falling, []float64{11, 10.2, 9.1, 8.3, 7, 6.2, 5.1}, Ahead, true, RaiseGoal},
		{"falling not", falling, []float64{12, 13, 12, 14, 13, 14, 15}, Behind, true, ChangeTeaching},
		{"falling met", falling, []float64{8, 5, 3, 2, 2, 1}, Met, true, RaiseGoal},
	} {
		t.Run(x.name, func(t *testing.T) {
			r := Derive(x.goal, weekly(x.levels...), asOf(len(x.levels)))
			if r.Verdict != x.want || r.Firm != x.firm || r.FourPoint.Advice != x.advice || r.Have != len(x.levels) || r.Need != 6 {
				t.Errorf("%s firm %v, %s, %d of %d, missing %v; projected %v [%v, %v]", r.Verdict, r.Firm, r.FourPoint.Advice, r.Have, r.Need, r.Missing, r.ProjectedLevel, r.ProjectedLow, r.ProjectedHigh)
			}
			if r.Verdict == NotEnoughData && !slices.Contains(r.Missing, NeedMorePoints) {
				t.Errorf("missing %v", r.Missing)
			}
		})
	}
	if r := Derive(rising(), weekly(50, 60, 61, 60, 55, 52, 50, 49), asOf(8)); r.MetOn != start.Add(28) {
		t.Errorf("met on %s", r.MetOn)
	}
}

// The goal's day has come: not met is behind, whatever the trend.
func TestAfterTheGoalsDay(t *testing.T) {
	r := Derive(rising(), weekly(46, 48, 50, 52, 54, 56, 58), asOf(30))
	if r.Verdict != Behind || !r.Firm || r.NeededPerWeek.Known || r.WeeksLeft != known(0) {
		t.Errorf("%+v", r)
	}
}

func TestNumbers(t *testing.T) {
	around := asOf(8)
	around.SchoolDays = func(a, b day.Date) (int, bool) { return int(b-a) * 4 / 7, true } // four days a week
	r := Derive(rising(), weekly(46, 47, 48, 49, 50, 51, 52, 53), around)
	near(t, "slope", r.SlopePerWeek, 1, 1e-9)
	near(t, "Theil–Sen", r.SenPerWeek, 1, 1e-9)
	near(t, "Tukey", r.TukeyPerWeek, 1, 1e-9)
	near(t, "current", r.Current, 52, 0)
	near(t, "latest", r.Latest, 53, 0)
	near(t, "needed", r.NeededPerWeek, 8./22, 1e-9)
	near(t, "needed per school week", r.NeededPerSchoolWeek, 8/(88./5), 1e-9)
	near(t, "slope per school week", r.SlopePerSchoolWeek, 7/(28./5), 1e-9)
	near(t, "aim", r.AimPerWeek, .5, 1e-9)
	near(t, "aim now", r.AimNow, 49, 1e-9)
	near(t, "projected", r.ProjectedLevel, 75, 1e-9)
	if r.Projected != start.Add(15*7) || r.Reached || r.Trend.HasBand || r.ProjectedLow.Known {
		t.Errorf("%s %v %v", r.Projected, r.Reached, r.Trend.HasBand)
	}
	// A slope that does not get there within five years has no day.
	r = Derive(rising(), weekly(46, 46, 46.001, 46, 46.001, 46.002), asOf(6))
	if r.Projected != 0 || r.Verdict != Behind {
		t.Errorf("%s %s", r.Projected, r.Verdict)
	}
}

// The band holds the line, widens away from its middle, and agrees with the
// textbook formula.
func TestBand(t *testing.T) {
	r := Derive(rising(), weekly(46, 48, 47, 50, 49, 52), asOf(6))
	if !r.Trend.HasBand {
		t.Fatal("no band")
	}
	// By hand: mean 3.5, Sxx 17.5, slope 37/35, SSE 4.8952…, t 2.7764 for 4.
	least, _ := LeastSquares(order(6), []float64{46, 48, 47, 50, 49, 52})
	sse := 0.0
	for i, y := range []float64{46, 48, 47, 50, 49, 52} {
		sse += (y - least.At(float64(i+1))) * (y - least.At(float64(i+1)))
	}
	want := 2.776445 * math.Sqrt(sse/4) * math.Sqrt(1./6+2.5*2.5/17.5)
	low, high := r.Trend.Band(start.Add(42))
	at := r.Trend.At(start.Add(42))
	if math.Abs(high-at-want) > 1e-5 || math.Abs(at-low-want) > 1e-5 {
		t.Errorf("%v %v %v, want ±%v", low, at, high, want)
	}
	l2, h2 := r.Trend.Band(start.Add(210))
	if h2-l2 <= high-low {
		t.Error("the band does not widen")
	}
}

// Whatever is missing is named, and nothing is guessed.
func TestMissing(t *testing.T) {
	many := weekly(46, 47, 48, 49, 50, 51, 52)
	for _, x := range []struct {
		name   string
		change func(*Goal)
		probes []measure.Probe
		want   string
	}{
		{"target", func(g *Goal) { g.Target = Stated{} }, many, NeedTarget},
		{"target of nothing", func(g *Goal) { g.Target = Say(measure.Number(math.NaN())) }, many, NeedTarget},
		{"baseline", func(g *Goal) { g.Baseline = Stated{} }, many, NeedBaseline},
		{"baseline day", func(g *Goal) { g.BaselineOn = 0 }, many, NeedLineStart},
		{"by", func(g *Goal) { g.By = 0 }, many, NeedBy},
		{"order", func(g *Goal) { g.By = start }, many, NeedOrder},
		{"way", func(g *Goal) { g.Target = g.Baseline }, many, NeedWay},
		{"kinds", func(g *Goal) { g.Baseline = Say(measure.PercentOf(45)) }, many, NeedSameKind},
		{"units", func(g *Goal) {}, append(slices.Clone(many), measure.Probe{On: start.Add(3), Value: measure.Number(3), Unit: "minutes"}, measure.Probe{On: start.Add(4), Value: measure.Number(3), Unit: "seconds"}), NeedOneUnit},
	} {
		g := rising()
		x.change(&g)
		r := Derive(g, x.probes, asOf(7))
		if r.Verdict != NotEnoughData || !slices.Contains(r.Missing, x.want) || r.Firm {
			t.Errorf("%s: %s, missing %v", x.name, r.Verdict, r.Missing)
		}
	}
	// A direction that the plan says settles an equal baseline and target.
	g := rising()
	g.Target, g.Way = g.Baseline, Rises
	if r := Derive(g, weekly(45, 45, 45), asOf(3)); r.Verdict != Met {
		t.Errorf("%s %v", r.Verdict, r.Missing)
	}
}

// The baseline is the median of the last three probes up to the line's day.
func TestBaselineFromProbes(t *testing.T) {
	g := rising()
	g.Baseline = Stated{}
	ps := weekly(46, 47, 48, 49, 50, 51)
	for i, v := range []float64{20, 44, 60, 46} {
		ps = append(ps, measure.Probe{On: start.Add(i - 3), Value: measure.Number(v)})
	}
	r := Derive(g, ps, asOf(6))
	near(t, "baseline", r.Baseline, 46, 0)
	if r.BaselineBy != "median_of_last_three" || len(r.Before) != 4 || r.Have != 6 {
		t.Errorf("%+v", r)
	}
}

func TestOddProbes(t *testing.T) {
	g := rising()
	ps := weekly(46, 47, 48, 49, 50, 51, 52)
	ps = append(ps,
		measure.Probe{Goal: "g1", On: start.Add(7), Value: measure.Number(50)},               // a second probe of that day
		measure.Probe{Goal: "g1", On: start.Add(7), Value: measure.Number(48)},               // and a third
		measure.Probe{Goal: "g1", On: start.Add(9), Missing: true},                           //
		measure.Probe{Goal: "g1", On: start.Add(10), Value: measure.Number(math.Inf(1))},     //
		measure.Probe{Goal: "g1", On: start.Add(11), Value: measure.Number(math.NaN())},      //
		measure.Probe{Goal: "g1", On: start.Add(12), Value: measure.PercentOf(50)},           // a share
		measure.Probe{Goal: "g1", Value: measure.Number(50)},                                 // no day
		measure.Probe{Goal: "g1", On: start.Add(900), Value: measure.Number(90)},             // after today
		measure.Probe{Goal: "other", On: start.Add(20), Value: measure.Number(-1e6), Row: 9}, //
	)
	around := asOf(7)
	holiday := start.Add(14)
	around.IsSchool = func(d day.Date) day.Sure {
		if d == holiday {
			return day.No
		}
		return day.Yes
	}
	r := Derive(g, ps, around)
	if r.Have != 7 || r.After[0].Level != 48 || r.After[0].N != 3 {
		t.Errorf("%d %+v", r.Have, r.After)
	}
	got := map[string]int{}
	for _, x := range r.Troubles {
		got[x.Key]++
	}
	want := map[string]int{NoValueThatDay: 1, UnusableValue: 2, OtherKind: 1, NoDate: 1, AfterAsOf: 1, SameDay: 1, NoSchoolThatDay: 1}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestTrials(t *testing.T) {
	g := Goal{ID: "g1", Baseline: Say(measure.Trials(2, 10)), BaselineOn: start, Target: Say(measure.PercentOf(80)), By: start.Add(210)}
	var ps []measure.Probe
	for i, v := range []measure.Value{measure.Trials(3, 10), measure.Trials(2, 4), measure.Trials(4, 10), measure.Trials(5, 10), measure.Trials(6, 12), measure.Trials(11, 20)} {
		ps = append(ps, measure.Probe{On: start.Add(7 * (i + 1)), Value: v})
	}
	r := Derive(g, ps, asOf(6))
	if r.Kind != measure.Share || r.Baseline.V != 20 || r.Latest.V != 55 || r.Current.V != 50 {
		t.Errorf("%+v", r)
	}
	if math.Abs(r.Pooled.N-22) > 1e-9 || r.Pooled.Of != 42 {
		t.Errorf("pooled %+v", r.Pooled)
	}
	var keys []string
	for _, x := range r.Troubles {
		keys = append(keys, x.Key)
	}
	if !slices.Contains(keys, FewTrials) || !slices.Contains(keys, TrialsDiffer) {
		t.Errorf("%v", keys)
	}
}

func TestPhases(t *testing.T) {
	g := rising()
	ps := weekly(46, 46, 47, 46, 47, 52, 53, 55, 54, 56)
	around := asOf(10)
	around.Changes = []Change{{start.Add(39), "iep-2"}, {start, "iep-1"}}
	r := Derive(g, ps, around)
	if len(r.Phases) != 2 || r.Phases[0].Name != "iep-1" || r.Phases[1].Name != "iep-2" || len(r.Phases[0].Points) != 5 || len(r.Phases[1].Points) != 5 {
		t.Fatalf("%+v", r.Phases)
	}
	c := r.Comparisons[0]
	if c.From != "iep-1" || c.To != "iep-2" || !c.Enough || c.M != 5 || c.N != 5 {
		t.Errorf("%+v", c)
	}
	near(t, "NAP", index(t, c, NAP).Value, 1, 0)
	// Two points before the line make a phase, and no comparison.
	two := append(slices.Clone(ps), measure.Probe{On: start, Value: measure.Number(45)}, measure.Probe{On: start.Add(-3), Value: measure.Number(45)})
	r = Derive(g, two, around)
	if len(r.Phases) != 3 || !r.Phases[0].Before {
		t.Fatalf("%+v", r.Phases)
	}
	if first := r.Comparisons[0]; first.Enough || first.Indices != nil || first.M != 2 || first.N != 5 {
		t.Errorf("compared without a baseline: %+v", first)
	}
	// Names that came with the probes win.
	for i := range ps {
		ps[i].Phase = "A"
		if i > 3 {
			ps[i].Phase = "B"
		}
	}
	r = Derive(g, ps, around)
	if len(r.Phases) != 2 || r.Phases[1].Name != "B" || r.Comparisons[0].N != 6 {
		t.Errorf("%+v", r.Phases)
	}
}

// The keys of the brief, as docs and contract name them.
func TestJSON(t *testing.T) {
	r := Derive(rising(), weekly(46, 46, 47, 46, 47, 48), asOf(6))
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"goal", "baseline", "current", "target", "slope_per_week", "needed_per_week", "verdict", "projected"} {
		if _, ok := m[key]; !ok {
			t.Errorf("no %s in %s", key, data)
		}
	}
	if d, err := day.Parse(m["projected"].(string)); err != nil || d <= start {
		t.Errorf("projected %v", m["projected"])
	}
	data, _ = json.Marshal(Derive(Goal{ID: "g"}, nil, asOf(1)))
	if strings.Contains(string(data), "slope_per_week") || strings.Contains(string(data), "baseline\":") {
		t.Errorf("what is unknown is written: %s", data)
	}
}

func TestFromPlan(t *testing.T) {
	p := &plan.Plan{EffectiveStart: start, EffectiveEnd: start.Add(364)}
	g := FromPlan(p, &plan.Goal{ID: "g1", Baseline: "45 words per minute", Target: "60", Unit: "words per minute"})
	if g.Baseline != Say(measure.Number(45)) || g.Target != Say(measure.Number(60)) || g.BaselineOn != start || g.By != start.Add(364) || g.Levels {
		t.Errorf("%+v", g)
	}
	g = FromPlan(nil, &plan.Goal{Baseline: "some words", Target: "80% in 4 of 5 trials", BaselineOn: start, Unit: "rubric level"})
	if g.Baseline.Said || g.Target.Said || g.BaselineOn != start || !g.Levels {
		t.Errorf("%+v", g)
	}
}

// Levels of a rubric get no least-squares line.
func TestLevels(t *testing.T) {
	g := Goal{ID: "g1", Baseline: Say(measure.Number(1)), BaselineOn: start, Target: Say(measure.Number(4)), By: start.Add(210), Levels: true}
	r := Derive(g, weekly(1, 1, 2, 2, 2, 3, 3), asOf(7))
	if r.SlopeBy != ByTheilSen || r.Trend.HasBand || r.Verdict == NotEnoughData {
		t.Errorf("%s %s", r.SlopeBy, r.Verdict)
	}
	if v, ok := Prompts.Read(" Gestured "); !ok || v.N != 4 {
		t.Error(v)
	}
	if v, ok := Prompts.Read("6"); !ok || v.N != 6 {
		t.Error(v)
	}
	for _, bad := range []string{"", "7", "0", "-1", "1.5", "hinted"} {
		if _, ok := Prompts.Read(bad); ok {
			t.Error(bad)
		}
	}
	if n, ok := Prompts.Name(2.5); !ok || n != "partial_physical" {
		t.Error(n)
	}
	for _, bad := range []float64{0, 7, math.NaN(), math.Inf(1)} {
		if _, ok := Prompts.Name(bad); ok {
			t.Error(bad)
		}
	}
}

func TestBehavior(t *testing.T) {
	seen := []measure.Sighting{
		{On: start, Minutes: 30, Count: 6, Seconds: 120, Before: "Asked to write", What: "hit table", After: "sent out"},
		{On: start.Add(1), Minutes: 60, Count: 3, Seconds: 0, Before: "asked to  write", After: "Sent out"},
		{On: start.Add(2), Minutes: measure.Unsaid, Count: 2, Seconds: measure.Unsaid, Before: "noise"},
		{On: start.Add(3), Minutes: 0, Count: math.NaN(), Seconds: 7200},
	}
	for how, want := range map[Reckoning][]float64{
		CountEach: {6, 3, 2}, RatePerHour: {12, 3}, SecondsEach: {120, 0, 7200}, SecondsPerTime: {20, 0}, ShareOfTime: {100. * 120 / 1800, 0},
	} {
		ps, troubles := FromSightings("g", seen, how)
		var got []float64
		for _, p := range ps {
			l, ok := p.Value.Level()
			if !ok {
				t.Errorf("%s: %+v", how, p.Value)
			}
			got = append(got, l)
		}
		if !slices.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }) {
			t.Errorf("%s: %v, want %v", how, got, want)
		}
		unequal := slices.ContainsFunc(troubles, func(x Trouble) bool { return x.Key == WatchedUnequally })
		if unequal != (how == CountEach || how == SecondsEach) {
			t.Errorf("%s: %v", how, troubles)
		}
	}
	if a := Tallies(seen); a.Enough || a.Notes != 3 || a.Before != nil {
		t.Errorf("%+v", a)
	}
	a := Tallies(slices.Concat(seen, seen))
	if !a.Enough || a.Notes != 6 || a.Before[0] != (Tally{"Asked to write", 4, 6}) || a.After[0] != (Tally{"sent out", 4, 4}) {
		t.Errorf("%+v", a)
	}
}

func TestReports(t *testing.T) {
	d := func(m, n int) day.Date { return day.Must(2025, 1, 1).AddMonths(m - 1).Add(n - 1) }
	due := []day.Date{d(6, 15), d(3, 15), d(9, 15), d(12, 15), d(12, 15)}
	got := Reports(due, []day.Date{d(3, 10), d(6, 20), d(6, 25), 0}, true, d(10, 1))
	want := []Report{
		{d(3, 15), true, d(3, 10), ReportGiven}, {d(6, 15), true, d(6, 20), ReportLate},
		{d(9, 15), true, 0, ReportNotFound}, {d(12, 15), true, 0, ReportNotDue},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	// A report belongs to the nearest owed day; to the earlier of two as near.
	two := []day.Date{d(3, 1), d(3, 31)}
	for n, want := range map[int]int{2: 0, 15: 0, 16: 0, 17: 1, 30: 1} {
		if r := Reports(two, []day.Date{d(3, n)}, true, d(10, 1)); (r[0].Given != 0) != (want == 0) || (r[1].Given != 0) != (want == 1) {
			t.Errorf("March %d: %v", n, r)
		}
	}
	if len(Reports(nil, due, true, d(10, 1))) != 0 {
		t.Error("a report that nobody owed")
	}
	for text, want := range map[string]Cycle{
		"Quarterly": {PerYear: 4}, "quarterly, with report cards": {PerYear: 4, Cards: true}, "with each report card": {Cards: true}, "each trimester": {PerYear: 3},
		"three times a year": {PerYear: 3}, "4 times per school year": {PerYear: 4}, "every 9 weeks": {Weeks: 9}, "cada 6 semanas": {Weeks: 6}, "cada mes": {Months: 1},
		"tres veces al año": {PerYear: 3}, "con la boleta de calificaciones": {Cards: true}, "each semester": {PerYear: 2}, "semiannually": {PerYear: 2}, "Annually": {PerYear: 1}, "weekly": {Weeks: 1}, "every two weeks": {Weeks: 2},
	} {
		if got, ok := ReadCycle(text); !ok || got != want {
			t.Errorf("%s: %+v %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "as needed", "biweekly", "bi-weekly", "trimestral", "bimestral", "monthly or quarterly", "semi-annually", "metas anuales", "every 0 weeks"} {
		if got, ok := ReadCycle(text); ok {
			t.Errorf("%s: %+v", text, got)
		}
	}
	year := day.Span{First: d(9, 1), Last: d(9, 1).AddYears(1).Add(-1)}
	if q := (Cycle{PerYear: 4}).EvenDays(year); len(q) != 4 || q[3] != year.Last {
		t.Errorf("%v", q)
	}
	if q := (Cycle{Weeks: 9}).EvenDays(year); len(q) != 5 || q[0] != year.First.Add(63) {
		t.Errorf("%v", q)
	}
	if q := (Cycle{Cards: true}).EvenDays(year); q != nil {
		t.Errorf("%v", q)
	}
	if q := (Cycle{Months: 1}).EvenDays(day.Span{First: day.Max - 40, Last: day.Max}); len(q) > 2 {
		t.Errorf("%v", q)
	}
}

// anyGoal draws a goal and probes of every odd kind.
func anyGoal(t *rapid.T) (Goal, []measure.Probe, Around) {
	value := rapid.Custom(func(t *rapid.T) measure.Value {
		odd := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, 1e300, -1e300, 1e-300, math.MaxFloat64, 1e9, -1e9}
		n := rapid.OneOf(rapid.Float64Range(-100, 100), rapid.SampledFrom(odd), rapid.Map(rapid.IntRange(0, 5), func(i int) float64 { return float64(i) })).Draw(t, "n")
		switch rapid.IntRange(0, 5).Draw(t, "shape") {
		case 0:
			return measure.PercentOf(n)
		case 1:
			return measure.Trials(n, rapid.SampledFrom([]float64{0, 1, 3, 10, -1, math.NaN(), math.Inf(1)}).Draw(t, "of"))
		}
		return measure.Number(n)
	})
	date := rapid.OneOf(
		rapid.Map(rapid.IntRange(-60, 400), func(n int) day.Date { return start.Add(n) }),
		rapid.SampledFrom([]day.Date{0, 1, day.Min, day.Max, -5, day.Max + 1}))
	stated := func(name string) Stated {
		return Stated{value.Draw(t, name), rapid.IntRange(0, 5).Draw(t, name+" said") > 0}
	}
	g := Goal{ID: "g1", Baseline: stated("baseline"), Target: stated("target"), BaselineOn: date.Draw(t, "from"), By: date.Draw(t, "by"),
		Way: rapid.SampledFrom([]Way{"", "", Rises, Falls}).Draw(t, "way"), InARow: rapid.IntRange(-1, 4).Draw(t, "row"), Levels: rapid.Bool().Draw(t, "levels")}
	n := rapid.IntRange(0, 25).Draw(t, "probes")
	var ps []measure.Probe
	for range n {
		ps = append(ps, measure.Probe{Goal: rapid.SampledFrom([]string{"g1", "g1", "", "x"}).Draw(t, "goal"), On: date.Draw(t, "on"), Value: value.Draw(t, "value"),
			Missing: rapid.IntRange(0, 9).Draw(t, "missing") == 0, Phase: rapid.SampledFrom([]string{"", "", "", "A", "B"}).Draw(t, "phase"), Unit: rapid.SampledFrom([]string{"", "", "", "", "words", "minutes"}).Draw(t, "unit")})
	}
	around := Around{AsOf: date.Draw(t, "as of")}
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		around.Changes = append(around.Changes, Change{date.Draw(t, "change"), rapid.SampledFrom([]string{"a", "b"}).Draw(t, "plan")})
	}
	if rapid.Bool().Draw(t, "calendar") {
		around.SchoolDays = func(a, b day.Date) (int, bool) { return int(b-a) * 5 / 7, b > a }
		around.IsSchool = func(d day.Date) day.Sure { return day.Sure(uint8(d) % 3) }
	}
	return g, ps, around
}

// walk finds every float in a value.
func walk(v reflect.Value, path string, see func(string, float64)) {
	switch v.Kind() {
	case reflect.Float64:
		see(path, v.Float())
	case reflect.Struct:
		for i := range v.NumField() {
			walk(v.Field(i), path+"."+v.Type().Field(i).Name, see)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walk(v.Index(i), path, see)
		}
	}
}

// Whatever comes in, nothing panics, nothing is infinite or not a number, the
// answer can be written, and no index leaves its range.
func TestNothingOddComesOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, ps, around := anyGoal(t)
		r := Derive(g, ps, around)
		walk(reflect.ValueOf(r), "", func(path string, f float64) {
			if math.IsNaN(f) || math.IsInf(f, 0) {
				t.Fatalf("%s is %v", path, f)
			}
		})
		if _, err := json.Marshal(r); err != nil {
			t.Fatal(err)
		}
		if r.Have < NeedPoints && r.Verdict != NotEnoughData && r.Verdict != Met {
			t.Fatalf("%s from %d points", r.Verdict, r.Have)
		}
		for _, c := range r.Comparisons {
			if c.Enough != (c.M >= NeedBefore && c.N >= NeedAfter) || !c.Enough && c.Indices != nil {
				t.Fatalf("%+v", c)
			}
			for _, i := range c.Indices {
				if i.Value.Known && (i.Value.V < i.Low-1e-12 || i.Value.V > i.High+1e-12) {
					t.Fatalf("%+v", i)
				}
			}
		}
	})
}

// Probes may come in any order.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, ps, around := anyGoal(t)
		for i := range ps {
			ps[i].Row = i + 2
		}
		want, _ := json.Marshal(Derive(g, ps, around))
		got, _ := json.Marshal(Derive(g, rapid.Permutation(ps).Draw(t, "shuffled"), around))
		if string(got) != string(want) {
			t.Fatalf("%s\n%s", got, want)
		}
	})
}

func series(t *rapid.T, name string, least, most int) []float64 {
	return rapid.SliceOfN(rapid.Map(rapid.IntRange(-20, 20), func(i int) float64 { return float64(i) / 4 }), least, most).Draw(t, name)
}

func close2(a, b float64) bool { return math.Abs(a-b) <= 1e-9*(1+math.Abs(a)+math.Abs(b)) }

// A constant added to every value raises the level and leaves the slopes; a
// factor multiplies both.
func TestLinesShiftAndStretch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ys := series(t, "y", 3, 20)
		xs := order(len(ys))
		add, times := float64(rapid.IntRange(-50, 50).Draw(t, "add")), float64(rapid.IntRange(1, 8).Draw(t, "times"))
		moved := make([]float64, len(ys))
		for i, y := range ys {
			moved[i] = y*times + add
		}
		for name, f := range map[string]func(xs, ys []float64) (Straight, bool){
			"least squares": LeastSquares, "Theil–Sen": TheilSen,
			"Tukey": func(xs, ys []float64) (Straight, bool) { th, ok := Tukey(xs, ys); return th.Line, ok },
		} {
			a, _ := f(xs, ys)
			b, ok := f(xs, moved)
			if !ok || !close2(b.Slope, a.Slope*times) || !close2(b.Start, a.Start*times+add) {
				t.Fatalf("%s: %v, %v", name, a, b)
			}
		}
	})
}

// Turning the values over turns the indices over: with the direction turned too
// they stay, without it those of all pairs mirror.
func TestIndicesMirror(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := series(t, "a", 1, 12), series(t, "b", 1, 12)
		up := compare(a, b, false)
		over := compare(flip(a, true), flip(b, true), true)
		for _, i := range up.Indices {
			j, ok := over.Index(i.Name)
			if !ok || !close2(i.Value.V, j.Value.V) || i.S != j.S {
				t.Fatalf("%+v %+v", i, j)
			}
			if i.Value.V < i.Low-1e-12 || i.Value.V > i.High+1e-12 {
				t.Fatalf("%+v leaves its range", i)
			}
		}
		down := compare(a, b, true)
		for name, sum := range map[IndexName]float64{NAP: 1, PEM: 1, Tau: 0, TauUA: 0, TauUB: 0, TauUFull: 0} {
			i, _ := up.Index(name)
			j, _ := down.Index(name)
			if !close2(i.Value.V+j.Value.V, sum) {
				t.Fatalf("%s: %v and %v", name, i.Value, j.Value)
			}
		}
		nap, _ := up.Index(NAP)
		tau, _ := up.Index(Tau)
		if !close2(tau.Value.V, 2*nap.Value.V-1) {
			t.Fatalf("Tau %v, NAP %v", tau.Value, nap.Value)
		}
		// A tie is no overlap where points are sorted, so no fewer stay there,
		// and PAND by removing points is never below what keeping one phase gives.
		if m, _ := up.Index(PANDMinimum); m.Value.V < m.Low-1e-12 {
			t.Fatalf("%+v", m)
		}
	})
}

// The most points that can stay, against trying every cut.
func TestKeptAgainstEveryCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := series(t, "a", 1, 8), series(t, "b", 1, 8)
		most := 0
		for _, cut := range slices.Concat(a, b, []float64{-1e9, 1e9}) {
			below, above := 0, 0
			for _, v := range a {
				if v <= cut {
					below++
				}
			}
			for _, v := range b {
				if v > cut {
					above++
				}
			}
			most = max(most, below+above)
		}
		if got := kept(a, b, false); got != most {
			t.Fatalf("%d, want %d", got, most)
		}
	})
}

func TestKendallAgainstOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ys := series(t, "y", 2, 15)
		k, ok := KendallOf(order(len(ys)), ys)
		back := slices.Clone(ys)
		slices.Reverse(back)
		r, _ := KendallOf(order(len(ys)), back)
		if !ok || k.S != -r.S || k.TauB.Known && !close2(k.TauB.V, -r.TauB.V) || k.TauB.Known && math.Abs(k.TauB.V) > 1 || k.Variance < 0 {
			t.Fatalf("%+v %+v", k, r)
		}
	})
}

func TestConstant(t *testing.T) {
	c := compare([]float64{5, 5, 5}, []float64{5, 5, 5, 5, 5}, false)
	if _, ok := c.Index(TauB); ok {
		t.Error("tau-b of a constant")
	}
	near(t, "NAP", index(t, c, NAP).Value, .5, 0)
	near(t, "PEM", index(t, c, PEM).Value, .5, 0)
	near(t, "PND", index(t, c, PND).Value, 0, 0)
	if c.SMD.Known {
		t.Error("a distance in deviations of nothing")
	}
	if _, _, ok := SlopeRange(order(5), []float64{1, 1, 1, 1, 1}); ok {
		t.Error("a range of a constant")
	}
}

func TestManyDays(t *testing.T) {
	g := rising()
	g.By = start.Add(9000)
	var ps []measure.Probe
	for i := range 5000 {
		ps = append(ps, measure.Probe{On: start.Add(i + 1), Value: measure.Number(float64(i % 7))})
	}
	r := Derive(g, ps, Around{AsOf: start.Add(6000)})
	if len(r.Points) != mostPoints || !slices.ContainsFunc(r.Troubles, func(x Trouble) bool { return x.Key == OnlyNewest }) {
		t.Errorf("%d", len(r.Points))
	}
}

func BenchmarkDeriveYear(b *testing.B) {
	levels := make([]float64, 36)
	for i := range levels {
		levels[i] = 45 + float64(i)*.4 + float64(i*7%5)
	}
	g, ps, around := rising(), weekly(levels...), asOf(36)
	around.Changes = []Change{{start.Add(90), "iep-2"}}
	b.ReportAllocs()
	for b.Loop() {
		Derive(g, ps, around)
	}
}

func BenchmarkDeriveThousandDays(b *testing.B) {
	var ps []measure.Probe
	for i := range 1000 {
		ps = append(ps, measure.Probe{On: start.Add(i + 1), Value: measure.Number(float64(i*31%17) + float64(i)/50)})
	}
	g := rising()
	g.By = start.Add(1200)
	for b.Loop() {
		Derive(g, ps, Around{AsOf: start.Add(1100)})
	}
}
