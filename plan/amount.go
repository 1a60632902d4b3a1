package plan

import (
	"regexp"
	"strconv"
	"strings"
)

// Convention is how minutes in one period become minutes a week. Everything is
// whole school days, so that every period comes to the same year: 180 days are
// 36 weeks, 9 months of 4 weeks, 4 quarters, 3 trimesters or 2 semesters.
const Convention = "180-day-year"

// days is how many school days a period has by Convention.
var days = map[Period]int64{PerDay: 1, PerWeek: 5, PerTwoWeeks: 10, PerCycle: 6, PerMonth: 20, PerQuarter: 45,
	PerTrimester: 60, PerSemester: 90, PerYear: 180}

// A Rate is a number of minutes a week, exactly, as a fraction in lowest terms.
type Rate struct{ Num, Den int64 }

// RateOf is minutes in one period as minutes a week.
func RateOf(minutes int, per Period) (r Rate, ok bool) {
	d, ok := days[per]
	if !ok || minutes < 0 {
		return Rate{}, false
	}
	return Rate{int64(minutes) * 5, d}.lowest(), true
}

func (r Rate) lowest() Rate {
	if r.Num == 0 || r.Den == 0 {
		return Rate{0, 1}
	}
	a, b := r.Num, r.Den
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		a = -a
	}
	return Rate{r.Num / a, r.Den / a}
}

// Add is r and o together.
func (r Rate) Add(o Rate) Rate {
	r, o = r.lowest(), o.lowest()
	return Rate{r.Num*o.Den + o.Num*r.Den, r.Den * o.Den}.lowest()
}

// Sub is r without o; it may be below zero.
func (r Rate) Sub(o Rate) Rate {
	o = o.lowest()
	return r.Add(Rate{-o.Num, o.Den})
}

// Cmp is below zero when r is less than o, above when it is more.
func (r Rate) Cmp(o Rate) int {
	r, o = r.lowest(), o.lowest()
	switch a, b := r.Num*o.Den, o.Num*r.Den; {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// String is the rate in full: 60, 12.5, 16 2/3.
func (r Rate) String() string {
	r = r.lowest()
	sign, n := "", r.Num
	if n < 0 {
		sign, n = "-", -n
	}
	whole, rest := n/r.Den, n%r.Den
	if rest == 0 {
		return sign + strconv.FormatInt(whole, 10)
	}
	if 1000%r.Den == 0 {
		decimals := strconv.FormatInt(1000+rest*(1000/r.Den), 10)[1:]
		return sign + strconv.FormatInt(whole, 10) + "." + strings.TrimRight(decimals, "0")
	}
	s := strconv.FormatInt(rest, 10) + "/" + strconv.FormatInt(r.Den, 10)
	if whole > 0 {
		s = strconv.FormatInt(whole, 10) + " " + s
	}
	return sign + s
}

// An Amount is how much a service line promises.
type Amount struct {
	Minutes Count  // of one session
	Times   Count  // sessions in one period
	Per     Period // "" when none is said
	Total   Count  // minutes in one period: as printed, else minutes times sessions
	Vague   string // words that take the promise back: as needed, up to
}

// Known reports that the minutes in a period are said and nothing takes them back.
func (a Amount) Known() bool { return a.Total.Said && days[a.Per] > 0 && a.Vague == "" }

// Weekly is the amount in minutes a week; ok is false when the line does not say.
func (a Amount) Weekly() (r Rate, ok bool) {
	if !a.Known() {
		return Rate{}, false
	}
	return RateOf(a.Total.N, a.Per)
}

// Amount is how much s promises: from its numbers, else from its words.
func (s *Service) Amount() Amount {
	a := Amount{Minutes: s.Minutes, Times: s.Times, Per: s.Per, Total: s.Total}
	words := strings.Join([]string{s.Frequency, s.Duration, s.AsWritten}, " ; ")
	if !a.Minutes.Said && !a.Total.Said {
		read := ReadAmount(words)
		a.Minutes, a.Total = read.Minutes, read.Total
		if !a.Times.Said {
			a.Times = read.Times
		}
		if a.Per == "" || a.Per == PerOther {
			a.Per = read.Per
		}
	}
	if a.Per == "" && !s.Times.Said {
		if read := ReadAmount(words); read.Per != "" {
			a.Per, a.Times = read.Per, read.Times
		}
	}
	if !a.Total.Said && a.Minutes.Said && a.Per != "" {
		times := 1
		if a.Times.Said {
			times = a.Times.N
		}
		a.Total = CountOf(a.Minutes.N * times)
	}
	a.Vague = VagueWords(words + " ; " + s.Conditions)
	return a
}

// Mismatch reports that the printed total is not minutes times sessions.
func (s *Service) Mismatch() bool {
	return s.Total.Said && s.Minutes.Said && s.Times.Said && s.Total.N != s.Minutes.N*s.Times.N
}

const (
	minutesWord = `(?:minutes?|minutos?|mins?\.?|min)`
	hoursWord   = `(?:hours?|horas?|hrs?\.?)`
)

var (
	vague = regexp.MustCompile(`\b(?:as[ -]needed|as (?:is )?necessary|if needed|when needed|when necessary|as required|as appropriate|when appropriate|if appropriate|as able|as available|as time permits|prn|at (?:the )?teacher(?:'s|’s)? discretion|up to|no more than|maximum of|según (?:sea )?(?:necesario|necesidad|necesite|corresponda|disponibilidad)|cuando (?:sea )?(?:necesario|se necesite|lo necesite|corresponda)|si (?:es )?necesario|de ser necesario|a criterio de|hasta un máximo|hasta \d+)(?:\b|$)`)

	minutesIn = regexp.MustCompile(`(\d+)\s*-?\s*` + minutesWord + `(?:[^\pL]|$)`)
	hoursIn   = regexp.MustCompile(`(\d+(?:\.\d{1,2})?)\s*-?\s*` + hoursWord + `(?:[^\pL]|$)`)
	totalIn   = regexp.MustCompile(`total(?:ing|es)?:?\s*(?:de\s*)?(\d+)\s*` + minutesWord)
	cross     = regexp.MustCompile(`(\d+)\s*` + minutesWord + `?\s*[x×]\s*(\d+)`)
	timesIn   = regexp.MustCompile(`(\d+)\s*(?:x|times?|veces|vez|sessions?|sesion(?:es)?|sesión)(?:[^\pL]|$)`)
	daysWeek  = regexp.MustCompile(`(\d+)\s*(?:days?|días?)\s*(?:/|per|a|por|a la)?\s*(?:wk|week|semana)`)

	// The order matters: the narrower words come first.
	periods = []struct {
		per Period
		re  *regexp.Regexp
	}{
		{PerCycle, regexp.MustCompile(`\b(?:6|six)[ -]day cycle|ciclo de (?:6|seis) días`)},
		{PerTwoWeeks, regexp.MustCompile(`every (?:2|two|other) (?:wks?|weeks?)|bi-?weekly|cada (?:2|dos) semanas|quincenal|biweekly`)},
		{PerTrimester, regexp.MustCompile(`trimest`)},
		{PerSemester, regexp.MustCompile(`semest`)},
		{PerQuarter, regexp.MustCompile(`quarter|bimest`)},
		{PerWeek, regexp.MustCompile(`weekly\b|\bwe?e?ks?\b|semana`)},
		{PerMonth, regexp.MustCompile(`monthly\b|\bmonths?\b|\bmos?\b|mensual|\bmes(?:es)?\b`)},
		{PerYear, regexp.MustCompile(`yearly\b|annual|\byears?\b|\banual|\baño`)},
		{PerDay, regexp.MustCompile(`daily\b|\bdays?\b|diari|\bdías?\b`)},
	}
	blur = regexp.MustCompile(`\b(?:we?e?k|month|da[iy]|year)(?:ly)?-ish\b|\babout\b|\baround\b|\bapprox|\baprox|\bmás o menos\b|\d\s*-\s*\d+\s*` + minutesWord + `|\d+ to \d+`)
)

// VagueWords are the words in text that take a promise back, or nothing.
func VagueWords(text string) string {
	t := strings.ToLower(text)
	for _, hint := range vagueHints {
		if strings.Contains(t, hint) {
			return vague.FindString(t)
		}
	}
	return ""
}

// vagueHints are pieces of which each text that vague finds has one: to look for
// them is much faster.
var vagueHints = []string{"as need", "as-need", "if need", "when need", "necess", "as requ", "appropriate", "as able", "as avail", "permits", "prn", "discretion", "up to",
	"no more than", "maximum of", "según", "cuando", "necesari", "a criterio", "hasta"}

// ReadAmount reads an amount from words such as "30 min x 2 Totaling: 60 min
// served Weekly". What the words do not settle stays unsaid; it never guesses.
func ReadAmount(text string) Amount {
	t := strings.ToLower(text)
	if len(t) > 2000 {
		return Amount{}
	}
	a := Amount{Vague: VagueWords(t)}
	if blur.MatchString(t) {
		return a
	}
	for _, p := range periods {
		if p.re.MatchString(t) {
			a.Per = p.per
			break
		}
	}
	number := func(s string) Count {
		n, err := strconv.Atoi(s)
		if err != nil || n > 100000 {
			return Count{}
		}
		return CountOf(n)
	}
	if m := totalIn.FindStringSubmatch(t); m != nil {
		a.Total = number(m[1])
		t = strings.Replace(t, m[0], " ", 1)
	}
	if m := hoursIn.FindStringSubmatch(t); m != nil {
		if v, ok := Number(m[1]).Thousandths(); ok && v*60%1000 == 0 {
			a.Minutes = CountOf(int(v * 60 / 1000))
		}
	}
	all := minutesIn.FindAllStringSubmatch(t, -1)
	switch {
	case len(all) == 1 && !a.Minutes.Said:
		a.Minutes = number(all[0][1])
	case len(all) > 1 || len(all) == 1 && a.Minutes.Said:
		return Amount{Vague: a.Vague, Per: a.Per, Total: a.Total} // several lengths: which one is not said
	}
	if m := cross.FindStringSubmatch(t); m != nil {
		x, y := number(m[1]), number(m[2])
		if !a.Minutes.Said { // "2x30/week": a session is the longer of the two
			a.Minutes = CountOf(max(x.N, y.N))
		}
		if a.Times = x; x == a.Minutes {
			a.Times = y
		}
	} else if m := daysWeek.FindStringSubmatch(t); m != nil {
		a.Times = number(m[1])
	} else if m := timesIn.FindStringSubmatch(t); m != nil {
		a.Times = number(m[1])
	} else if strings.Contains(t, "twice") {
		a.Times = CountOf(2)
	} else if strings.Contains(t, "once") || strings.Contains(t, "una vez") {
		a.Times = CountOf(1)
	}
	if !a.Total.Said && a.Minutes.Said && a.Per != "" {
		times := 1
		if a.Times.Said {
			times = a.Times.N
		}
		a.Total = CountOf(a.Minutes.N * times)
	}
	return a
}
