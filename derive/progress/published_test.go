package progress

import (
	"math"
	"slices"
	"testing"

	"stayput/day"
)

func near(t *testing.T, what string, got Number, want, within float64) {
	t.Helper()
	if !got.Known || math.Abs(got.V-want) > within {
		t.Errorf("%s: %+v, published %v", what, got, want)
	}
}

func index(t *testing.T, c Comparison, name IndexName) Index {
	t.Helper()
	i, ok := c.Index(name)
	if !ok {
		t.Fatalf("no %s", name)
	}
	return i
}

// compare numbers the points one after the other, as the papers do.
func compare(a, b []float64, falls bool) Comparison {
	xs := order(len(a) + len(b))
	return Indices(xs[:len(a)], a, xs[len(a):], b, falls)
}

// IRIS Center, progress monitoring in reading: baseline 55, 0.90 words a week, 32
// weeks.
func TestIRISTarget(t *testing.T) {
	near(t, "IRIS target", TargetFromNorm(55, .90, 32), 83.8, 1e-12)
	aim := Aim{From: day.Must(2025, 9, 1), To: day.Must(2025, 9, 1).Add(32 * 7), Start: 55, Target: 83.8}
	near(t, "IRIS rate", known(aim.PerWeek()), .90, 1e-12)
}

// The vectors F1 to F5 of the four-point rule, with their slopes.
func TestFourPointVectors(t *testing.T) {
	from := day.Must(2025, 9, 1)
	aim := Aim{From: from, To: from.Add(32 * 7), Start: 55, Target: 83.8}
	for _, x := range []struct {
		name       string
		y          []float64
		want       Advice
		last       []int
		least, sen float64
	}{
		{"F1", []float64{57, 58, 60, 61, 63, 64, 64, 66}, RaiseGoal, []int{1, 1, 1, 1}, 1.2738, 1.3095},
		{"F2", []float64{56, 57, 57, 58, 58, 58, 59, 59}, ChangeTeaching, []int{-1, -1, -1, -1}, .4048, .4},
		{"F3", []float64{56, 58, 57, 59, 59, 61, 60, 63}, KeepGoing, []int{-1, 1, -1, 1}, .8452, .9167},
		{"F4", []float64{55.9, 56.8, 57.7, 58.6, 59.5, 60.4, 61.3, 62.2}, KeepGoing, []int{0, 0, 0, 0}, .9, .9},
		{"F5", []float64{56, 57, 57, 58, 58}, TooFew, nil, math.NaN(), math.NaN()},
	} {
		var ps []Point
		for i, y := range x.y {
			ps = append(ps, Point{On: from.Add(7 * (i + 1)), Level: y, N: 1})
		}
		f := FourPoints(ps, aim, false)
		if f.Advice != x.want || !slices.Equal(f.Last, x.last) || f.Have != len(x.y) || f.Need != 6 {
			t.Errorf("%s: %+v, want %s", x.name, f, x.want)
		}
		if math.IsNaN(x.least) {
			continue
		}
		xs, ys := axes(ps, from)
		least, _ := LeastSquares(xs, ys)
		sen, _ := TheilSen(xs, ys)
		near(t, x.name+" least squares", known(least.Slope), x.least, 5e-5)
		near(t, x.name+" Theil–Sen", known(sen.Slope), x.sen, 5e-5)
	}
}

// Tukey's split thirds: the published step, and the worked line with the variant
// of teacher manuals.
func TestTukeyVectors(t *testing.T) {
	ys := []float64{33, 45, 36, 42, 44, 50, 50, 50, 50, 50, 52, 60, 58, 64, 68}
	got, ok := Tukey(order(15), ys)
	if !ok || got.First != 42 || got.Last != 60 || got.Size != [3]int{5, 5, 5} || got.FirstX != 3 || got.LastX != 13 {
		t.Errorf("%+v", got)
	}
	ys = []float64{30, 32, 31, 35, 34, 36, 40, 39, 42}
	got, ok = Tukey(order(9), ys)
	if !ok || got.First != 31 || got.FirstX != 2 || got.Last != 40 || got.LastX != 8 || got.Line.Slope != 1.5 {
		t.Errorf("%+v", got)
	}
	if rate, ok := TukeyManual(ys); !ok || rate != 1.125 {
		t.Errorf("manuals: %v", rate)
	}
	// One left over makes the middle longer, two make each outer third longer.
	for n, want := range map[int][3]int{3: {1, 1, 1}, 4: {1, 2, 1}, 5: {2, 1, 2}, 10: {3, 4, 3}, 11: {4, 3, 4}} {
		if got, _ := Tukey(order(n), order(n)); got.Size != want {
			t.Errorf("%d: %v", n, got.Size)
		}
	}
}

// TS1: Hollander, Wolfe and Chicken, example 9.1.
func TestTheilSenTS1(t *testing.T) {
	xs, ys := []float64{1, 2, 3, 4, 5}, []float64{1.26, 1.27, 1.12, 1.16, 1.03}
	want := []float64{-.15, -.13, -.08, -.07, -.0575, -.055, -.045, -.1 / 3, .01, .04}
	slopes := pairSlopes(xs, ys)
	for i := range want {
		if math.Abs(slopes[i]-want[i]) > 1e-12 {
			t.Errorf("pair slope %d: %v, want %v", i, slopes[i], want[i])
		}
	}
	sen, _ := TheilSen(xs, ys)
	near(t, "slope", known(sen.Slope), -.05625, 1e-12)
	near(t, "start", known(sen.Start), 1.31625, 1e-12)
	least, _ := LeastSquares(xs, ys)
	near(t, "least squares", known(least.Slope), -.057, 1e-12)
}

// TS2: the baseline of an example in the tests of the SingleCaseES package.
func TestTheilSenTS2(t *testing.T) {
	ys := []float64{33, 25, 17, 25, 19, 21, 19, 14, 19, 17}
	sen, _ := TheilSen(order(len(ys)), ys)
	near(t, "slope", known(sen.Slope), -1.2, 1e-12)
	near(t, "start", known(sen.Start), 27.8, 1e-12)
}

// K1: Kendall 1970, p. 35.
func TestKendallK1(t *testing.T) {
	k, ok := KendallOf([]float64{1, 2.5, 2.5, 4.5, 4.5, 6.5, 6.5, 8, 9.5, 9.5}, []float64{1, 2, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10})
	if !ok || k.S != 33 || math.Abs(k.D-math.Sqrt(41*36)) > 1e-12 {
		t.Errorf("%+v", k)
	}
	near(t, "tau-b", k.TauB, .859, 5e-4)
}

// T1: Parker, Vannest and Davis 2011, Behavior Modification 35(4).
func TestParkerVannestDavis2011(t *testing.T) {
	c := compare([]float64{20, 20, 26, 25, 22, 23}, []float64{28, 25, 24, 27, 30, 30, 29}, false)
	for name, want := range map[IndexName]float64{
		PND: 5. / 7, PANDMinimum: 1 - 2./13, PANDSort: 1 - 2./13, PEM: 1, IRDRobust: 6./7 - 1./6, NAP: 38.5 / 42, Tau: (38. - 3) / 42, TauUA: 31. / 42,
	} {
		near(t, string(name), index(t, c, name).Value, want, 1e-12)
	}
	near(t, "phi", c.Phi, .6905, 5e-5)
}

// T2: Parker, Vannest, Davis and Sauber 2011, Behavior Therapy 42(2).
func TestParkerVannestDavisSauber2011(t *testing.T) {
	c := compare([]float64{3, 3, 4, 5}, []float64{4, 5, 6, 7, 7}, false)
	near(t, "Tau", index(t, c, Tau).Value, .80, 1e-12)
	near(t, "Tau-U", index(t, c, TauUA).Value, .55, 1e-12)
}

// T3: the same authors' child "Bob".
func TestParkerVannestDavisSauber2011Bob(t *testing.T) {
	a, b := []float64{2, 3, 5, 3}, []float64{4, 5, 5, 7, 6}
	c := compare(a, b, false)
	better, worse, same := wins(a, b, false)
	if better != 17 || worse != 1 || same != 2 {
		t.Errorf("%d %d %d", better, worse, same)
	}
	for name, want := range map[IndexName]struct {
		s, pairs int
		tau      float64
	}{Tau: {16, 20, .80}, TauUA: {13, 20, .65}, TauUB: {23, 30, .77}, TauUFull: {20, 36, .56}} {
		i := index(t, c, name)
		near(t, string(name), i.Value, want.tau, 5e-3)
		if i.S != want.s || i.Pairs != want.pairs {
			t.Errorf("%s: S %d of %d, published %d of %d", name, i.S, i.Pairs, want.s, want.pairs)
		}
	}
	// The trends inside each phase, as tau without a correction for ties.
	for i, want := range []struct {
		s, pairs int
		tau      float64
	}{{3, 6, .50}, {7, 10, .70}} {
		k := c.Trends[i]
		if k.S != want.s || k.Pairs != want.pairs || math.Abs(float64(k.S)/float64(k.Pairs)-want.tau) > 1e-12 {
			t.Errorf("trend %d: %+v", i, k)
		}
	}
	near(t, "SD of S", known(16/index(t, c, Tau).Z.V), 8.16, 5e-3)
	near(t, "z (published with another standard error)", index(t, c, Tau).Z, 2.00, .05)
}

// T4: Tarlow 2017, Behavior Modification 41(4): a straight line through both phases.
func TestTarlow2017(t *testing.T) {
	c := compare([]float64{1, 2, 3, 4, 5}, []float64{6, 7, 8, 9, 10}, false)
	near(t, "Tau", index(t, c, Tau).Value, 1, 1e-12)
	near(t, "Tau-U", index(t, c, TauUA).Value, .6, 1e-12)
	near(t, "baseline-corrected tau", index(t, c, TauCorrected).Value, 0, 0)
	if !c.Corrected.Applied {
		t.Error("the trend of the baseline was not taken out")
	}
}

// T5, with TS3: the example of baseline-corrected tau in the documentation of the
// scan package, after Tarlow 2017.
func TestBaselineCorrectedDocumented(t *testing.T) {
	a, b := []float64{33, 25, 17, 25, 14, 13, 15}, []float64{15, 16, 16, 5, 7, 9, 6, 5, 3, 3, 8, 11, 7}
	xs := order(20)
	c, ok := BaselineCorrected(xs[:7], a, xs[7:], b, false)
	if !ok || !c.Applied || !c.SignTurns || c.PlainS != -74 || c.S != 91 {
		t.Errorf("%+v", c)
	}
	near(t, "trend", c.TrendTau, -.6831, 5e-5)
	near(t, "trend z", c.TrendZ, -2.1268, 5e-5)
	near(t, "plain", c.Plain, -.5719, 5e-5)
	near(t, "plain z", c.PlainZ, -2.9386, 5e-5)
	near(t, "corrected", c.Value, .6995, 5e-5)
	near(t, "corrected z", c.Z, 3.6110, 5e-5)
	near(t, "published corrected", c.Value, .70, 5e-3)
	if c.Line.Slope != -3 || c.Line.Start != 31 {
		t.Errorf("Theil–Sen of A: %+v", c.Line)
	}
	k, _ := KendallOf(xs[:7], a)
	if k.S != -14 {
		t.Errorf("S of A: %d", k.S)
	}
	// For a goal that should fall, the same with the signs turned.
	f, _ := BaselineCorrected(xs[:7], a, xs[7:], b, true)
	near(t, "falling", f.Value, -.6995, 5e-5)
	near(t, "falling, before", f.Plain, .5719, 5e-5)
}

// T6: nonoverlap of all pairs for a behavior that should fall, scan package.
func TestNAPFalling(t *testing.T) {
	c := compare([]float64{12, 14, 9, 10}, []float64{10, 6, 4, 5, 3, 4}, true)
	near(t, "NAP", index(t, c, NAP).Value, .9375, 1e-12)
	near(t, "NAP rescaled, which is Tau", index(t, c, Tau).Value, .875, 1e-12)
}

// T7: Huitema and McKean 2000, as compared in the scan package.
func TestHuitemaMcKean2000(t *testing.T) {
	c := compare([]float64{58, 70, 79, 85, 93, 94, 105, 110, 122, 130}, []float64{122, 110, 103, 88, 81, 68, 53, 50, 36, 31}, true)
	for name, want := range map[IndexName]float64{PND: .40, PEM: .70, NAP: .70, PANDSort: .60, PANDMinimum: .70} {
		near(t, string(name), index(t, c, name).Value, want, 5e-3)
	}
	near(t, "difference", c.Difference, -20.4, 1e-9)
	near(t, "SMD", c.SMD, -.90, 5e-3)
	// Published as measured; here better is positive.
	near(t, "baseline-corrected tau", index(t, c, TauCorrected).Value, .7293, 5e-5)
}

// T8: Grünke and others 2013, one of six children.
func TestGruenke2013(t *testing.T) {
	c := compare([]float64{6, 5, 4, 5}, []float64{8, 10, 10, 8, 8, 10, 9, 9, 10, 9, 9, 10, 9, 9}, false)
	near(t, "PND", index(t, c, PND).Value, 1, 0)
	near(t, "NAP", index(t, c, NAP).Value, 1, 0)
}

// T9: the example set of the manual of single-case data analysis (scan).
func TestSingleCaseManual(t *testing.T) {
	for i, x := range []struct {
		a, b          []float64
		pnd, nap, tau float64
	}{
		{[]float64{54, 53, 56, 58, 52}, []float64{61, 62, 71, 66, 64, 78, 70, 74, 82, 77, 86, 68, 80, 86, 87}, 1, 1, .63},
		{[]float64{41, 59, 56, 51, 52}, []float64{57, 56, 67, 75, 66, 69, 68, 73, 77, 79, 86, 82, 75, 83, 89}, .87, .97, .59},
		{[]float64{55, 58, 53, 50, 52}, []float64{55, 68, 68, 81, 67, 78, 73, 72, 78, 81, 78, 71, 85, 80, 76}, .93, .98, .61},
	} {
		c := compare(x.a, x.b, false)
		near(t, "PND", index(t, c, PND).Value, x.pnd, 5e-3)
		near(t, "NAP", index(t, c, NAP).Value, x.nap, 5e-3)
		near(t, "tau-b", index(t, c, TauB).Value, x.tau, 5e-3)
		if i == 0 {
			near(t, "difference", c.Difference, 19.5333, 5e-5)
			near(t, "SMD", c.SMD, 8.1108, 5e-5)
		}
	}
}

// T10: Parker, Hagan-Burke and Vannest 2007, three children together.
func TestParkerHaganBurkeVannest2007(t *testing.T) {
	pand, phi, overlaps, n, ok := PooledPAND([]Pair{
		{[]float64{20, 18, 20}, []float64{20, 21, 23}},
		{[]float64{18, 17, 16, 20}, []float64{19, 22, 19, 20, 20, 24}},
		{[]float64{19, 18, 24, 22, 21, 19}, []float64{30, 21, 23, 28, 32, 34}},
	}, false)
	if !ok || overlaps != 4 || n != 28 {
		t.Errorf("%d of %d", overlaps, n)
	}
	near(t, "PAND", pand, .857, 5e-4)
	near(t, "phi", phi, .713, 5e-3)
}

// T11: Parker, Vannest and Brown 2009.
func TestParkerVannestBrown2009(t *testing.T) {
	c := compare(make([]float64, 7), []float64{0, 50, 30, 0, 0, 40, 50, 70, 40, 60, 60, 70, 70, 60, 60, 60}, false)
	near(t, "PAND (minimum)", index(t, c, PANDMinimum).Value, .86957, 5e-6)
	near(t, "PAND (sort)", index(t, c, PANDSort).Value, 1, 0)
}

// Student's t as tables print it.
func TestStudentTable(t *testing.T) {
	for df, want := range map[int]float64{1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 10: 2.228, 15: 2.131, 30: 2.042, 60: 2.000, 120: 1.980, 5000: 1.960} {
		if got := studentT(df); math.Abs(got-want) > 6e-4 {
			t.Errorf("%d: %v, want %v", df, got, want)
		}
	}
}

// The ranks of Gilbert 1987, 16.5, worked by hand: ten points without ties have 45
// slopes and a variance of 125, so that 1.96·√125 = 21.9 and the ranks are 11 and 35.
func TestSlopeRangeRanks(t *testing.T) {
	ys := []float64{3, 1, 4, 2, 7, 5, 9, 6, 10, 8}
	slopes := pairSlopes(order(10), ys)
	low, high, ok := SlopeRange(order(10), ys)
	if !ok || low != slopes[10] || high != slopes[34] {
		t.Errorf("%v to %v, want %v to %v", low, high, slopes[10], slopes[34])
	}
}

// A straight line with a slope that no binary fraction holds: what remains is
// rounding, and must tie.
func TestCorrectedIgnoresRounding(t *testing.T) {
	xs := order(10)
	ys := make([]float64, 10)
	for i, x := range xs {
		ys[i] = 0.1 + 1.1*x
	}
	c, ok := BaselineCorrected(xs[:5], ys[:5], xs[5:], ys[5:], false)
	if !ok || !c.Applied || c.S != 0 {
		t.Errorf("%+v", c)
	}
	near(t, "corrected", c.Value, 0, 0)
}
