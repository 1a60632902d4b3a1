package measure

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]struct {
		level float64
		of    float64
		flaw  Flaw
	}{
		"52": {52, 0, NoFlaw}, " 52.5 ": {52.5, 0, NoFlaw}, "-3": {-3, 0, NoFlaw}, ".5": {.5, 0, NoFlaw}, "0": {0, 0, NoFlaw}, "-0": {0, 0, NoFlaw},
		"7/10": {70, 10, NoFlaw}, "7 / 10": {70, 10, NoFlaw}, "4 of 5": {80, 5, NoFlaw}, "4 out of 5": {80, 5, NoFlaw}, "4 de 5": {80, 5, NoFlaw}, "4 OF 5": {80, 5, NoFlaw},
		"80%": {80, 0, NoFlaw}, "80 %": {80, 0, NoFlaw}, "80 percent": {80, 0, NoFlaw}, "80 por ciento": {80, 0, NoFlaw}, "0%": {0, 0, NoFlaw}, "100%": {100, 0, NoFlaw},
		"12/10": {0, 0, MoreThanAll}, "11/10": {0, 0, MoreThanAll}, "0.5/0.4": {0, 0, MoreThanAll}, "0/0": {0, 0, OfNothing}, "3/0": {0, 0, OfNothing}, "140%": {0, 0, OverHundred}, "-1%": {0, 0, NotAValue}, "-1/5": {0, 0, NotAValue},
		"3,5": {0, 0, Comma}, "1,234": {0, 0, Comma}, "": {0, 0, NotAValue}, "NaN": {0, 0, NotAValue}, "Inf": {0, 0, NotAValue}, "1e5": {0, 0, NotAValue}, "0x10": {0, 0, NotAValue},
		"3 1/2": {0, 0, NotAValue}, "7/10/12": {0, 0, NotAValue}, "+4": {0, 0, NotAValue}, "4of5": {0, 0, NotAValue}, "about 4": {0, 0, NotAValue}, "9999999999": {0, 0, TooLarge}, "٣": {0, 0, NotAValue},
	} {
		v, flaw := Parse(text)
		level, ok := v.Level()
		if flaw != want.flaw || flaw == NoFlaw && (!ok || level != want.level || v.Of != want.of) {
			t.Errorf("%q: %+v %q, want %+v", text, v, flaw, want)
		}
		if math.Signbit(v.N) && v.N == 0 {
			t.Errorf("%q: minus zero", text)
		}
	}
}

// A value that was read is written so that it is read the same again.
func TestParseReadsWhatStringWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := Number(float64(rapid.IntRange(-100000, 100000).Draw(t, "n")) / 100)
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 1:
			v = PercentOf(float64(rapid.IntRange(0, 1000).Draw(t, "p")) / 10)
		case 2:
			all := rapid.IntRange(1, 500).Draw(t, "all")
			v = Trials(float64(rapid.IntRange(0, all).Draw(t, "k")), float64(all))
		}
		if got, flaw := Parse(v.String()); flaw != NoFlaw || got != v {
			t.Fatalf("%s: %+v, %s", v, got, flaw)
		}
	})
}

func TestParseNeverFailsBadly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, flaw := Parse(rapid.String().Draw(t, "text"))
		if _, ok := v.Level(); flaw == NoFlaw && !ok {
			t.Fatalf("%+v", v)
		}
	})
}

func TestLevelRefusesWhatNobodyMeasures(t *testing.T) {
	for _, v := range []Value{{N: math.NaN()}, {N: math.Inf(1)}, {N: math.Inf(-1)}, {N: 1, Of: math.NaN()}, {N: 1, Of: math.Inf(1)}, {N: 2, Of: 1}, {N: 1, Of: -1}, {N: 101, Percent: true}, {N: 5, Of: 10, Percent: true}, {N: 2e9}} {
		if l, ok := v.Level(); ok {
			t.Errorf("%+v gives %v", v, l)
		}
	}
}

func TestInText(t *testing.T) {
	for text, want := range map[string]string{
		"45 words per minute": "45", "4 of 5 trials": "4/5", "80% of opportunities": "80%", "4 de 5 intentos": "4/5", "60": "60", "23/30": "23/30",
		"level 2": "2", "12.5 minutes": "12.5",
		"": "", "none": "", "2 prompts in 4 trials": "", "80% in 4 of 5 trials": "", "1,200 words": "", "12/10": "",
	} {
		v, ok := InText(text)
		if got := v.String(); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %s %v, want %q", text, got, ok, want)
		}
	}
}
