package clock

import (
	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

var (
	agreementExecuted = fact.MustLookup("resolution_agreement_executed")
	agreementVoided   = fact.MustLookup("resolution_agreement_voided")
)

// A Cancellation is the canceling of an agreement of a resolution meeting, where the law
// gives a time for it. An agreement that was canceled in time is void: it answers nothing
// and ends nothing, and the days of the case run as if it had never been signed. One that
// was canceled too late stands.
type Cancellation struct {
	Entry     string // with which it was canceled
	Agreement string
	InTime    bool
}

// cancellations lists those of the record.
func (e *engine) cancellations() []Cancellation {
	var out []Cancellation
	for _, j := range e.v.ByKind(agreementVoided) {
		for _, i := range e.v.ByKind(agreementExecuted) {
			if inTime, known := e.cancel(j, i); known {
				out = append(out, Cancellation{Entry: e.v.Entries[j].ID, Agreement: e.v.Entries[i].ID, InTime: inTime})
			}
		}
	}
	return out
}

// canceled reports that entry i is an agreement which a side canceled in time.
func (e *engine) canceled(i int32) bool {
	if e.v.Entries[i].Kind != agreementExecuted {
		return false
	}
	for _, j := range e.v.ByKind(agreementVoided) {
		if inTime, known := e.cancel(j, i); known && inTime {
			return true
		}
	}
	return false
}

// cancel reports whether entry j canceled agreement i in time; known is false when it is
// not about it, or no law gives a time.
func (e *engine) cancel(j, i int32) (inTime, known bool) {
	x, y := e.v.Entries[i], e.v.Entries[j]
	if y.On.Latest < x.On.Earliest || e.ahead(j) || !e.cancels(j, i) {
		return false, false
	}
	last := e.voidBy(i)
	return y.On.Latest <= last, last != 0
}

// cancels reports that the cancellation j is of agreement i: it names it, or it names
// none and i is the last one before it.
func (e *engine) cancels(j, i int32) bool {
	for up, hops := e.v.Re(j), 0; up >= 0 && hops < 64; up, hops = e.v.Re(up), hops+1 {
		if e.v.Entries[up].Kind == agreementExecuted {
			return up == i
		}
	}
	k, ok := e.lastBefore(agreementExecuted, j)
	return ok && k == i
}

// voidBy is the last day on which agreement i may be canceled, by the law of its day;
// zero when no law gives one.
func (e *engine) voidBy(i int32) day.Date {
	keepLaw, keepEnv := e.law, e.env
	defer func() { e.law, e.env = keepLaw, keepEnv }()
	x := e.v.Entries[i]
	_, l := e.lawAt(x.On.Earliest)
	e.law = l
	last := day.Date(0)
	for _, ri := range l.StartedBy(agreementExecuted) {
		r := l.Rules[ri]
		if r.Kind != law.Limit {
			continue
		}
		for _, m := range r.MetBy {
			if m.Kind != agreementVoided {
				continue
			}
			if v := r.VersionAt(x.On.Latest); v != nil && len(v.Due) > 0 {
				last = max(last, e.date(v.Due, i).last())
			}
		}
	}
	return last
}
