// Package comp is a workbench for compensatory services: what different ways of
// counting come to, side by side, each with the decisions it follows, its inputs
// and what is not known.
//
// In: the ledger of a service, and what the user says of the period and of a goal.
// Out: methods with amounts as bounds, steps as keys, and cases with how much they
// count in the child's circuit. It never gives one number alone, predicts nothing
// and chooses nothing. Circuits are data.
package comp

import (
	"strconv"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/plan"
)

// An Input is what the workbench counts from.
type Input struct {
	Service *delivery.Service
	Circuit string // "9", "dc"; "" when it is not known

	// Reasonable time: from when the school knew or should have known, until when;
	// how many weeks it needed to put it right.
	Known      day.Date
	Until      day.Date // zero: the last day of the ledger
	Reasonable plan.Count

	// Qualitative: where the child would have been, in the user's words, and the
	// service that would bring her there.
	Gap     string
	Closing string

	// Gap by rate: the level expected and the level now, in thousandths of a unit;
	// the rate expected in thousandths a week; effective teaching a week in minutes.
	Expected, Now, Rate int64
	LevelsSaid          bool
	Weekly              plan.Count

	// Intensity: what one minute given in another way counts for, in thousandths:
	// 500 when individual instead of group work needs half the time. The user's
	// own number; no law names one.
	Factor plan.Count
}

// The keys of the methods, in the order in which they are shown. The catalogs
// have comp.method.KEY, comp.explain.KEY.
const (
	HourForHour    = "hour_for_hour"
	ReasonableTime = "reasonable_time"
	Qualitative    = "qualitative"
	ByRate         = "rate"
	Intensity      = "intensity"
	AlreadyGiven   = "given"
)

// Methods are the keys of all methods.
func Methods() []string {
	return []string{HourForHour, ReasonableTime, Qualitative, ByRate, Intensity, AlreadyGiven}
}

// Caution is the key of the sentence that stands over every workbench.
const Caution = "comp.caution"

// A Method is one way of counting.
type Method struct {
	Key      string
	Said     bool             // something was counted: Low and High are set
	Low      delivery.Minutes // what the record shows
	High     delivery.Minutes // when everything that is not known went against the child
	Steps    []Step
	Unknown  []string // keys: comp.unknown.KEY
	Cases    []Standing
	NoCase   bool   // no decision stands behind it: a way to negotiate
	TextOnly string // of the qualitative method: what was said
}

// A Step is one line of the working: comp.step.KEY.
type Step struct {
	Key  string
	Args map[string]string
}

// A Standing is a case beside a method.
type Standing struct {
	Case
	Weight  Weight
	Against bool // it speaks against counting this way
}

// A Workbench is the methods side by side.
type Workbench struct {
	Service string
	Circuit string
	Methods []Method // always all of them
}

// Make counts.
func Make(in Input) *Workbench {
	w := &Workbench{Circuit: in.Circuit}
	if in.Service == nil {
		in.Service = &delivery.Service{}
	}
	w.Service = in.Service.Key
	if in.Until == 0 {
		in.Until = in.Service.Total.To
	}
	w.Methods = []Method{in.hourForHour(), in.reasonableTime(), in.qualitative(), in.rate(), in.intensity(), in.given()}
	return w
}

func (in *Input) cite(m *Method, against bool, cases ...Case) {
	for _, c := range cases {
		m.Cases = append(m.Cases, Standing{Case: c, Weight: c.WeightIn(in.Circuit), Against: against})
	}
}

func step(key string, pairs ...string) Step {
	s := Step{Key: key}
	for i := 0; i+1 < len(pairs); i += 2 {
		if s.Args == nil {
			s.Args = map[string]string{}
		}
		s.Args[pairs[i]] = pairs[i+1]
	}
	return s
}

// open names what a tally does not settle.
func open(t *delivery.Tally) (keys []string) {
	if t.Unlogged()+t.Pending > 0 {
		keys = append(keys, "unlogged")
	}
	if t.Reported > 0 {
		keys = append(keys, "reported")
	}
	if t.Disputed > 0 {
		keys = append(keys, "disputed")
	}
	if t.Otherwise > 0 {
		keys = append(keys, "otherwise")
	}
	if t.Assumed > 0 {
		keys = append(keys, "calendar")
	}
	return keys
}

// most is what is short when everything that is not known was missed, and what was
// given in another way than the plan says does not count.
func most(t *delivery.Tally) delivery.Minutes {
	return t.Short + t.Reported + t.Unknown + t.Otherwise
}

func (in *Input) hourForHour() Method {
	t := &in.Service.Total.Tally
	m := Method{Key: HourForHour, Said: t.Promised > 0, Low: t.Short, High: most(t), Unknown: open(t)}
	m.Steps = []Step{
		step("missed", "minutes", t.Unexcused().String()), step("made_up", "minutes", t.MadeUp.String()), step("left", "minutes", t.Short.String()),
	}
	if m.High > m.Low {
		m.Steps = append(m.Steps, step("at_most", "reported", t.Reported.String(), "unknown", t.Unknown.String(), "otherwise", t.Otherwise.String(), "minutes", m.High.String()))
	}
	in.cite(&m, false, rule151)
	in.cite(&m, true, reid, puyallup)
	return m
}

// reasonableTime counts the weeks in which school met from the day the school
// knew, leaves out the first ones, and adds up what was short in the rest.
func (in *Input) reasonableTime() Method {
	m := Method{Key: ReasonableTime}
	in.cite(&m, false, central)
	if in.Known == 0 {
		m.Unknown = append(m.Unknown, "known")
	}
	if !in.Reasonable.Said || in.Reasonable.N < 0 {
		m.Unknown = append(m.Unknown, "reasonable")
	}
	if len(m.Unknown) > 0 {
		return m
	}
	m.Said = true
	var t delivery.Tally
	weeks, counted := 0, 0
	for i := range in.Service.Weeks {
		r := &in.Service.Weeks[i]
		if r.To < in.Known || r.From > in.Until || r.Promised == 0 {
			continue
		}
		if weeks++; weeks <= in.Reasonable.N {
			continue
		}
		counted++
		m.Low += r.Short
		m.High += most(&r.Tally)
		t.Reported += r.Reported
		t.Unknown += r.Unknown
		t.Pending += r.Pending
		t.Disputed += r.Disputed
		t.Otherwise += r.Otherwise
		t.Assumed += r.Assumed
	}
	m.Unknown = open(&t)
	m.Steps = []Step{
		step("weeks_known", "weeks", strconv.Itoa(weeks), "on", in.Known.String()), step("weeks_less", "weeks", strconv.Itoa(in.Reasonable.N)),
		step("weeks_left", "weeks", strconv.Itoa(counted), "minutes", m.Low.String()),
	}
	return m
}

func (in *Input) qualitative() Method {
	m := Method{Key: Qualitative, TextOnly: in.Gap}
	in.cite(&m, false, reid, fayette)
	if in.Gap == "" {
		m.Unknown = append(m.Unknown, "gap")
	}
	if in.Closing == "" {
		m.Unknown = append(m.Unknown, "closing")
	}
	if len(m.Unknown) == 0 {
		m.Steps = []Step{step("gap", "gap", in.Gap), step("closing", "service", in.Closing)}
	}
	return m
}

// rate turns a gap into weeks of lost growth, and those into teaching.
func (in *Input) rate() Method {
	m := Method{Key: ByRate}
	in.cite(&m, false, bethune)
	switch {
	case !in.LevelsSaid:
		m.Unknown = append(m.Unknown, "levels")
	case in.Rate <= 0:
		m.Unknown = append(m.Unknown, "rate")
	case in.Expected <= in.Now:
		m.Unknown = append(m.Unknown, "no_gap")
	case in.Expected-in.Now > 1e9 || in.Rate > 1e9:
		m.Unknown = append(m.Unknown, "levels")
	}
	if !in.Weekly.Said || in.Weekly.N <= 0 || in.Weekly.N > 7*24*60 {
		m.Unknown = append(m.Unknown, "weekly")
	}
	if len(m.Unknown) > 0 {
		return m
	}
	m.Said = true
	m.Low = Lost(in.Expected, in.Now, in.Rate, in.Weekly.N)
	m.High = m.Low
	tenths := ((in.Expected-in.Now)*10 + in.Rate/2) / in.Rate
	m.Steps = []Step{
		step("growth", "weeks", strconv.FormatInt(tenths/10, 10)+"."+strconv.FormatInt(tenths%10, 10)),
		step("teaching", "weekly", strconv.Itoa(in.Weekly.N), "minutes", m.Low.String()),
	}
	return m
}

// Lost is the teaching for growth that was lost: levels and rate in thousandths, a
// rate a week, minutes of teaching a week.
func Lost(expected, now, rate int64, weekly int) delivery.Minutes {
	if rate <= 0 || expected <= now || weekly <= 0 {
		return 0
	}
	gap := expected - now
	whole, rest := gap/rate, gap%rate
	return delivery.Of(weekly)*delivery.Minutes(whole) + delivery.Of(weekly)*delivery.Minutes(rest)/delivery.Minutes(rate)
}

func (in *Input) intensity() Method {
	m := Method{Key: Intensity, NoCase: true}
	if !in.Factor.Said || in.Factor.N <= 0 || in.Factor.N > 10_000 {
		m.Unknown = append(m.Unknown, "factor")
		return m
	}
	base := in.hourForHour()
	m.Said, m.Unknown = base.Said, base.Unknown
	m.Low, m.High = base.Low*delivery.Minutes(in.Factor.N)/1000, base.High*delivery.Minutes(in.Factor.N)/1000
	m.Steps = []Step{step("factor", "factor", factor(in.Factor.N), "from", base.Low.String(), "minutes", m.Low.String())}
	return m
}

// factor is thousandths as a decimal.
func factor(n int) string { return strconv.FormatFloat(float64(n)/1000, 'f', -1, 64) }

func (in *Input) given() Method {
	t := &in.Service.Total.Tally
	m := Method{Key: AlreadyGiven, Said: t.Promised > 0, Low: t.MadeUp, High: t.MadeUp + t.Extra, NoCase: true}
	m.Steps = []Step{step("given", "minutes", t.MadeUp.String(), "extra", t.Extra.String())}
	if t.Extra > 0 {
		m.Unknown = append(m.Unknown, "extra")
	}
	return m
}
