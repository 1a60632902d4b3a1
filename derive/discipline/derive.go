package discipline

import (
	"cmp"
	"slices"
	"strconv"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

// Derive works out what the removals of a record come to. It is total: whatever
// the entries, it gives a Result, and the same for any order of them.
func Derive(in Input) *Result {
	if in.View == nil {
		in.View = record.NewView(nil, 0)
	}
	e := &engine{in: in, v: in.View, res: &Result{AsOf: in.AsOf}}
	var rule day.YearRule
	if l := e.law(in.AsOf); l != nil {
		rule = l.Year
	}
	e.res.Removals, e.res.Years = Removals(in.View, in.School, rule, in.AsOf)
	slices.SortFunc(e.res.Years, func(a, b Year) int { return cmp.Compare(a.Begins, b.Begins) })
	for i := range e.res.Years {
		e.year(&e.res.Years[i])
	}
	e.changes()
	e.settings()
	e.appeals()
	e.asides()
	e.unfound()
	return e.res
}

type engine struct {
	in  Input
	v   *record.View
	res *Result
}

// law is the law in play on a day.
func (e *engine) law(d day.Date) *law.Law {
	var l *law.Law
	for _, s := range e.in.Laws {
		if l == nil || s.From <= d {
			l = s.Law
		}
	}
	return l
}

// answer is how the law of a day answers a question; ok is false when it does not.
func (e *engine) answer(q law.Question, d day.Date) (law.Answer, bool) {
	if l := e.law(d); l != nil {
		return l.Answer(q, d)
	}
	return law.Answer{}, false
}

// why is a reason by the rule that answers q on d.
func (e *engine) why(key string, q law.Question, d day.Date, args map[string]string, entries ...string) Reason {
	a, _ := e.answer(q, d)
	return e.by(key, a.Rule, d, args, entries...)
}

// by is a reason by a rule.
func (e *engine) by(key string, id law.RuleID, d day.Date, args map[string]string, entries ...string) Reason {
	r := Reason{Key: key, Args: args, Rule: id, Entries: entries}
	if l := e.law(d); l != nil && id != "" {
		if rl := l.Rule(id); rl != nil {
			r.Checked = rl.Checked
			if v := rl.VersionAt(d); v != nil {
				r.Citation = v.Citation
			}
		}
	}
	return r
}

// numbers are what the words of answers stand for.
var numbers = map[string]int{"ten": short, "ten_days": 10, "forty_five": 45}

// limit is the number that answers q on d, in school days unless the rule counts
// that number in calendar days; without an answer it is the federal one.
func (e *engine) limit(q law.Question, d day.Date, federal int) (n int, calendar bool) {
	a, ok := e.answer(q, d)
	if !ok || numbers[a.Is] == 0 {
		return federal, false
	}
	n = numbers[a.Is]
	for _, due := range e.law(d).Rule(a.Rule).VersionAt(d).Due {
		if due.Count.Given && due.Count.N == n && due.Count.Unit == law.Days {
			calendar = true
		}
	}
	return n, calendar
}

// schoolDays is limit for what is counted in school days everywhere.
func (e *engine) schoolDays(q law.Question, d day.Date, federal int) int {
	n, _ := e.limit(q, d, federal)
	return n
}

// after is between which days the nth school day after d lies.
func (e *engine) after(d day.Date, n int) Span {
	if e.in.School == nil {
		x, _ := day.WeekdayTable().After(d, n)
		return Span{Earliest: x}
	}
	b := e.in.School.DaysAfter(d, n)
	if b.Due != 0 {
		return Span{b.Due, b.Due}
	}
	return Span{b.Earliest, b.Latest}
}

// next is the first entry of some kinds on or after a day, by the day asked about.
func (e *engine) next(from day.Date, kinds ...fact.Kind) *fact.Entry {
	for _, x := range e.v.Entries {
		if x.On.Earliest >= from && x.On.Earliest <= e.in.AsOf && slices.Contains(kinds, x.Kind) {
			return x
		}
	}
	return nil
}

func num(n int) string { return strconv.Itoa(n) }

// counted adds a number of days to arguments: n, or least and most.
func counted(args map[string]string, c Count) map[string]string {
	args["n"], args["least"], args["most"] = num(c.AtMost), num(c.AtLeast), num(c.AtMost)
	return args
}

// spanned adds the days of a span to arguments: day, or from and to.
func spanned(args map[string]string, s Span) map[string]string {
	args["day"], args["from"] = iso(s.Earliest), iso(s.Earliest)
	args["to"] = iso(s.Latest)
	return args
}

func iso(d day.Date) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// key is a key for a sentence on a span: of one day, of two, or of one from which
// on nothing bounds it.
func (s Span) key(base string) string {
	switch {
	case s.settled():
		return base
	case s.Latest != 0:
		return base + "_between"
	}
	return base + "_open"
}

// settled reports a span of one day.
func (s Span) settled() bool { return s.Earliest != 0 && s.Earliest == s.Latest }
