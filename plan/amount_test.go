package plan

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The words that printed plans use, each with what it comes to in a week.
func TestReadAmount(t *testing.T) {
	for _, c := range []struct{ text, week, vague string }{
		{"30 min x 2 Totaling: 60 min served Weekly", "60", ""},
		{"Frequency: 5 times/week Duration: 60 minutes", "300", ""},
		{"Frequency: daily Duration: 120 minutes", "600", ""},
		{"2x30/week", "60", ""},
		{"1 hr/5 days wk", "300", ""},
		{"30 min/every 2 wks", "15", ""},
		{"5 x 40 min (group 5:1)", "", ""}, // no period
		{"45 minutes per 6-day cycle", "37.5", ""},
		{"5 x per 6-day cycle ; 40 min.", "166 2/3", ""},
		{"1 x weekly ; 30 min.", "30", ""},
		{"7.5 hours w/gen ed peers", "", ""},
		{"100 minutes monthly", "25", ""},
		{"2 times per month ; 30 minutes", "15", ""},
		{"30 minutes as needed", "", "as needed"},
		{"up to 60 minutes weekly", "", "up to"},
		{"weekly-ish, 30 minutes", "", ""},
		{"20-30 minutes weekly", "", ""},
		{"30 minutos, 2 veces por semana", "60", ""},
		{"60 minutos por semana según sea necesario", "", "según sea necesario"},
		{"una vez al mes, 30 minutos", "7.5", ""},
		{"30 minutes individual and 20 minutes group weekly", "", ""},
		{"twice a week, 30 minutes", "60", ""},
		{"", "", ""},
	} {
		a := ReadAmount(c.text)
		got := ""
		if r, ok := a.Weekly(); ok {
			got = r.String()
		}
		if got != c.week || a.Vague != c.vague {
			t.Errorf("%q: %q a week, vague %q; want %q, %q (%+v)", c.text, got, a.Vague, c.week, c.vague, a)
		}
	}
}

func TestAmountOfALine(t *testing.T) {
	for _, c := range []struct {
		s    Service
		week string
	}{
		{Service{Minutes: CountOf(30), Times: CountOf(2), Per: PerWeek}, "60"},
		{Service{Minutes: CountOf(60), Per: PerDay}, "300"},
		{Service{Total: CountOf(100), Per: PerMonth}, "25"},
		{Service{Minutes: CountOf(30), Times: CountOf(2)}, ""},
		{Service{Minutes: CountOf(30), Per: PerOther}, ""},
		{Service{Minutes: CountOf(0), Times: CountOf(2), Per: PerWeek}, "0"},
		{Service{Minutes: CountOf(10000), Times: CountOf(5), Per: PerDay}, "250000"},
		{Service{AsWritten: "2x30/week"}, "60"},
		{Service{Minutes: CountOf(30), Frequency: "2 times weekly"}, "60"},
		{Service{}, ""},
	} {
		got := ""
		if r, ok := c.s.Amount().Weekly(); ok {
			got = r.String()
		}
		if got != c.week {
			t.Errorf("%+v: %q a week, want %q", c.s, got, c.week)
		}
	}
}

// Every period comes to the same year.
func TestConvention(t *testing.T) {
	for _, c := range []struct {
		per   Period
		times int64
	}{{PerDay, 180}, {PerWeek, 36}, {PerTwoWeeks, 18}, {PerCycle, 30}, {PerMonth, 9}, {PerQuarter, 4}, {PerTrimester, 3}, {PerSemester, 2}, {PerYear, 1}} {
		if days[c.per]*c.times != 180 {
			t.Errorf("%s: %d times %d days is not the year", c.per, c.times, days[c.per])
		}
	}
}

func TestRates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		per := rapid.SampledFrom([]Period{PerDay, PerWeek, PerTwoWeeks, PerCycle, PerMonth, PerQuarter, PerTrimester, PerSemester, PerYear})
		n := rapid.IntRange(0, 100000)
		a, _ := RateOf(n.Draw(t, "a"), per.Draw(t, "per a"))
		b, _ := RateOf(n.Draw(t, "b"), per.Draw(t, "per b"))
		if a.Cmp(b) != -b.Cmp(a) {
			t.Fatal("Cmp does not mirror")
		}
		if a.Add(b).Sub(b) != a {
			t.Fatalf("%v + %v - %v is %v", a, b, b, a.Add(b).Sub(b))
		}
		if (a.Sub(b).Num < 0) != (a.Cmp(b) < 0) {
			t.Fatal("Sub and Cmp differ")
		}
	})
}

func TestNumber(t *testing.T) {
	for text, want := range map[Number]int64{"14": 14000, "13.5": 13500, "0.125": 125, "0": 0} {
		if got, ok := text.Thousandths(); !ok || got != want {
			t.Errorf("%s: %d, %v", text, got, ok)
		}
	}
	for _, text := range []Number{"", "-1", "x", "1e3", "1.2345", "1234567890"} {
		if got, ok := text.Thousandths(); ok {
			t.Errorf("%s: %d", text, got)
		}
	}
}

// A text that the words' pattern finds is never passed over.
func TestVagueHints(t *testing.T) {
	for _, text := range []string{"as needed", "as-needed", "as is necessary", "as necessary", "if needed", "when needed", "when necessary", "as required",
		"as appropriate", "when appropriate", "if appropriate", "as able", "as available", "as time permits", "PRN", "at the teacher's discretion", "up to 3",
		"no more than 30 minutes", "maximum of 2", "según sea necesario", "según corresponda", "según disponibilidad", "cuando sea necesario", "cuando lo necesite",
		"si es necesario", "de ser necesario", "a criterio de la maestra", "hasta un máximo", "hasta 30 minutos"} {
		if VagueWords("30 minutes "+text+" in class") == "" {
			t.Errorf("%q is not vague", text)
		}
	}
	for _, text := range []string{"30 minutes weekly", "if it rains", "as a group", "hasta luego", "when reading", "según el plan"} {
		if w := VagueWords(text); w != "" {
			t.Errorf("%q is vague: %q", text, w)
		}
	}
}

// Whatever the words, what is read hangs together and is never below zero.
func TestAnyWords(t *testing.T) {
	piece := rapid.SampledFrom([]string{"30", "2", "x", "min", " minutes", " hours", "1.5", "/", "week", "weekly", " per ", "day", "6-day cycle", "as needed", "total: 60 min", "veces", " por semana", "up to", "-", ";", "99999999999", "é", " "})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "")
		a := ReadAmount(text)
		if a.Minutes.N < 0 || a.Times.N < 0 || a.Total.N < 0 {
			t.Fatalf("%q: %+v", text, a)
		}
		if r, ok := a.Weekly(); ok && (r.Num < 0 || a.Vague != "" || a.Per == "") {
			t.Fatalf("%q: %+v is %v a week", text, a, r)
		}
	})
}
