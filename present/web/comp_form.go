package web

import (
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/delivery/comp"
	"stayput/derive/lookback"
	"stayput/desk"
	"stayput/plan"
)

// A compAsk is what somebody put into the workbench, as it was written, and what came
// of it. Addresses carry it, so that a page can be printed and sent.
type compAsk struct {
	in     comp.Input // the lower reading of each pair
	Weeks  [2]int     // to put it right: least and most
	HasWks bool
	Now    [2]int64 // levels, in thousandths: least and most
	Goal   *brief.GoalProgress
	Wrong  map[string]string // by field: the key of what is wrong
	Text   url.Values
}

// compNames are the fields of the workbench, in the order of the form.
var compNames = []string{"from", "through", "known", "until", "weeks", "weeks_to", "gap", "closing", "goal", "expected", "now", "now_to", "rate", "lower", "weekly", "factor"}

// compText is how long what is said of the gap may be.
const compText = 2000

// compRead reads the fields. What cannot be read is told beside it, and its method
// says that it is missing.
func compRead(f *Form, s *lookback.Service, goals []brief.GoalProgress) *compAsk {
	a := &compAsk{Wrong: map[string]string{}, Text: url.Values{}}
	for _, n := range compNames {
		if t := f.Text(n, compText); t != "" {
			a.Text.Set(n, t)
		}
	}
	said := len(a.Text) > 0
	a.in.Known, a.in.Until = a.date("known"), a.date("until")
	lo, ok := a.count("weeks", 200)
	hi, ok2 := a.count("weeks_to", 200)
	switch {
	case ok && ok2:
		a.Weeks, a.HasWks = [2]int{min(lo, hi), max(lo, hi)}, true
	case ok:
		a.Weeks, a.HasWks = [2]int{lo, lo}, true
	case ok2:
		a.Weeks, a.HasWks = [2]int{hi, hi}, true
	}
	a.in.Gap, a.in.Closing = a.Text.Get("gap"), a.Text.Get("closing")
	for i := range goals {
		if g := &goals[i]; g.Key == a.Text.Get("goal") {
			a.Goal = g
		}
	}
	if a.Goal != nil && !a.has("expected", "now", "now_to", "rate") {
		a.fill(s)
	}
	if !said && s != nil {
		a.weekly(s)
	}
	a.levels()
	if n, ok := a.count("weekly", 7*24*60); ok {
		a.in.Weekly = plan.CountOf(n)
	}
	if v, ok := a.decimal("factor", 10); ok && v > 0 {
		a.in.Factor = plan.CountOf(int(v))
	} else if ok {
		a.Wrong["factor"] = "webback.bad_number"
	}
	return a
}

func (a *compAsk) has(names ...string) bool {
	for _, n := range names {
		if a.Text.Get(n) != "" {
			return true
		}
	}
	return false
}

// fill takes the levels of a goal: where its line is today, the lowest and the highest
// of its last three probes, and the growth that its line asks for.
func (a *compAsk) fill(s *lookback.Service) {
	r := &a.Goal.Progress
	put := func(name string, v float64) {
		a.Text.Set(name, strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64))
	}
	if r.AimNow.Known {
		put("expected", r.AimNow.V)
	}
	if n := len(r.Points); n > 0 {
		low, high := math.Inf(1), math.Inf(-1)
		for _, p := range r.Points[max(0, n-3):] {
			low, high = min(low, p.Level), max(high, p.Level)
		}
		put("now", low)
		put("now_to", high)
	}
	if r.AimPerWeek.Known && r.AimPerWeek.V != 0 {
		put("rate", math.Abs(r.AimPerWeek.V))
	}
	if r.Falls {
		a.Text.Set("lower", "yes")
	}
	if s != nil && !a.has("weekly") {
		a.weekly(s)
	}
}

// weekly takes the minutes that the plan promises a week.
func (a *compAsk) weekly(s *lookback.Service) {
	if s.Line == nil || s.Unit != "minutes" {
		return
	}
	if r, ok := s.Line.Amount().Weekly(); ok && r.Den > 0 && r.Num/r.Den > 0 {
		a.Text.Set("weekly", strconv.FormatInt(r.Num/r.Den, 10))
	}
}

// levels reads the levels and the rate. Where lower is better they change sign, so that
// a gap is always what is missing.
func (a *compAsk) levels() {
	e, ok := a.decimal("expected", 1e6)
	lo, ok2 := a.decimal("now", 1e6)
	hi, ok3 := a.decimal("now_to", 1e6)
	switch {
	case ok2 && !ok3:
		hi = lo
	case ok3 && !ok2:
		lo = hi
	}
	lo, hi = min(lo, hi), max(lo, hi)
	if a.Text.Get("lower") != "" {
		e, lo, hi = -e, -hi, -lo
	}
	a.in.Expected, a.Now, a.in.LevelsSaid = e, [2]int64{lo, hi}, ok && (ok2 || ok3)
	if v, ok := a.decimal("rate", 1e6); ok && v > 0 {
		a.in.Rate = v
	} else if ok {
		a.Wrong["rate"] = "webback.bad_number"
	}
}

func (a *compAsk) date(name string) day.Date {
	t := a.Text.Get(name)
	if t == "" {
		return 0
	}
	d, err := day.Parse(t)
	if err != nil {
		a.Wrong[name] = "webcase.bad_day"
		return 0
	}
	return d
}

func (a *compAsk) count(name string, most int) (int, bool) {
	t := a.Text.Get(name)
	if t == "" {
		return 0, false
	}
	n, err := strconv.Atoi(t)
	if err != nil || n < 0 || n > most {
		a.Wrong[name] = "webback.bad_whole"
		return 0, false
	}
	return n, true
}

// decimal reads a number with at most three decimals, in thousandths.
func (a *compAsk) decimal(name string, most float64) (int64, bool) {
	t := strings.TrimSuffix(a.Text.Get(name), "%")
	if t == "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(t, 64)
	if err != nil || strings.ContainsAny(t, "xXeEiInN_") || v < 0 || v > most {
		a.Wrong[name] = "webback.bad_number"
		return 0, false
	}
	return int64(math.Round(v * 1000)), true
}

// make counts: each pair of inputs once for its lower and once for its higher side, so
// that every method is a range.
func (a *compAsk) make() *comp.Workbench {
	in := a.in
	in.Now = a.Now[1]
	if a.HasWks {
		in.Reasonable = plan.CountOf(a.Weeks[1])
	}
	w := comp.Make(in)
	if a.HasWks {
		in.Reasonable = plan.CountOf(a.Weeks[0])
	}
	in.Now = a.Now[0]
	more := comp.Make(in)
	for i := range w.Methods {
		m, x := &w.Methods[i], &more.Methods[i]
		if !x.Said {
			continue
		}
		if !m.Said { // at the higher level there is no gap, at the lower there is one
			low := m.Low
			*m = *x
			m.Low = low
			continue
		}
		m.Low, m.High = min(m.Low, x.Low), max(m.High, x.High)
		if m.Key == comp.ReasonableTime && a.Weeks[0] != a.Weeks[1] || m.Key == comp.ByRate && a.Now[0] != a.Now[1] {
			m.Steps = append(m.Steps, x.Steps...)
		}
	}
	return w
}

// compKey is under which somebody keeps what he or she put in: for oneself alone.
func compKey(c *desk.Case, service string) string {
	return "make-up:" + string(c.ID) + ":" + cutText(service, 80)
}

// compForm is what the address says, or what was kept when it says nothing.
func (s *Site) compForm(r *http.Request, c *desk.Case, service string) (f *Form, kept bool) {
	q := r.URL.Query()
	f, err := cleaned(q)
	if err != nil {
		return &Form{values: url.Values{}}, false
	}
	for _, n := range compNames {
		if q.Has(n) {
			return f, false
		}
	}
	row, err := s.desk.Draft(r.Context(), who(r), compKey(c, service))
	if err != nil {
		return f, false
	}
	v, err := url.ParseQuery(string(row.Body))
	if err != nil {
		return f, false
	}
	if f, err = cleaned(v); err != nil {
		return &Form{values: url.Values{}}, false
	}
	return f, true
}

// compKeep keeps what somebody put in, or forgets it.
func (s *Site) compKeep(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	service := f.Text("service", 200)
	key := compKey(c, service)
	if f.Text("do", 20) == "forget" {
		err = s.desk.DropDraft(r.Context(), who(r), key)
	} else {
		v := url.Values{}
		for _, n := range compNames {
			if t := f.Text(n, compText); t != "" {
				v.Set(n, t)
			}
		}
		row := desk.DraftRow{Key: key, Body: []byte(v.Encode())}
		if old, e := s.desk.Draft(r.Context(), who(r), key); e == nil {
			row.Version = old.Version
		}
		_, err = s.desk.SaveDraft(r.Context(), who(r), row)
	}
	if err != nil {
		return err
	}
	return s.seeOther(w, r, carryPath(c.Folder, "/make-up")+"?"+url.Values{"service": {service}}.Encode())
}
