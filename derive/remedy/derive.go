package remedy

import (
	"cmp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

// sources are the kinds of entries that promise something.
var sources = map[fact.Kind]Source{
	fact.MustLookup("mediation_agreement_signed"):    Mediation,
	fact.MustLookup("resolution_agreement_executed"): Resolution,
	fact.MustLookup("settlement_signed"):             Settlement,
	fact.MustLookup("settlement_offer_accepted"):     Settlement,
	fact.MustLookup("hearing_decision_issued"):       Decision,
	fact.MustLookup("hearing_decision_received"):     Decision,
	fact.MustLookup("expedited_decision_issued"):     Decision,
	fact.MustLookup("state_review_decided"):          Decision,
	fact.MustLookup("state_complaint_decided"):       Findings,
	fact.MustLookup("reconsideration_decided"):       Findings,
	fact.MustLookup("noncompliance_identified"):      Findings,
	fact.MustLookup("iep_amendment_agreed"):          Team,
	fact.MustLookup("s504_hearing_decided"):          Local,
	fact.MustLookup("s504_review_decided"):           Local,
	fact.MustLookup("records_hearing_decided"):       Local,
	fact.MustLookup("ocr_resolution_signed"):         Office,
	fact.MustLookup("ocr_complaint_decided"):         Office,
	fact.MustLookup("ferpa_complaint_decided"):       Office,
}

var (
	promised    = fact.MustLookup("remedy_promised")
	given       = fact.MustLookup("remedy_given")
	completed   = fact.MustLookup("remedy_completed")
	asked       = fact.MustLookup("remedy_asked_about")
	expense     = fact.MustLookup("expense_paid")
	voided      = fact.MustLookup("resolution_agreement_voided")
	corrected   = fact.MustLookup("noncompliance_corrected")
	identified  = fact.MustLookup("noncompliance_identified")
	implemented = fact.MustLookup("decision_implemented")
)

// the second entry of one agreement, and the first, which stands for both.
var seconds = map[fact.Kind]fact.Kind{
	fact.MustLookup("hearing_decision_received"): fact.MustLookup("hearing_decision_issued"),
	fact.MustLookup("settlement_offer_accepted"): fact.MustLookup("settlement_signed"),
	identified: fact.MustLookup("state_complaint_decided"),
}

// SourceOf is what sort of agreement or decision an entry of this kind is; "" when it
// is none.
func SourceOf(k fact.Kind) Source { return sources[k] }

// notDone are the questions of the law about what was not carried out, and cancels
// those about cancelling where no days are counted.
var (
	notDone = map[Source]law.Question{Mediation: law.NotDoneMediation, Resolution: law.NotDoneResolution, Settlement: law.NotDoneSettlement,
		Decision: law.NotDoneDecision, Findings: law.NotDoneFindings}
	cancels = map[Source]law.Question{Mediation: law.CancelMediation, Settlement: law.CancelSettlement}
)

// Any reports that a record holds an agreement, a decision or anything of this
// family, so that there is something to work out.
func Any(v *record.View) bool {
	if v == nil {
		return false
	}
	for k := range sources {
		if len(v.ByKind(k)) > 0 {
			return true
		}
	}
	return len(v.ByKind(promised)) > 0 || len(v.ByKind(expense)) > 0 || len(v.ByKind(given)) > 0
}

// Derive works out every agreement of a record.
func Derive(in Input) *Result {
	res := &Result{}
	if !Any(in.View) {
		return res
	}
	g := &engine{in: in, v: in.View, res: res, home: map[int32]int{}, at: map[int32]place{}}
	g.agreements()
	g.promises()
	g.rest()
	g.expenses()
	for i := range res.Agreements {
		g.close(&res.Agreements[i])
	}
	slices.SortStableFunc(res.Agreements, func(a, b Agreement) int {
		return cmp.Or(-cmp.Compare(a.Entry.On.Earliest, b.Entry.On.Earliest), -cmp.Compare(a.Entry.On.Latest, b.Entry.On.Latest), cmp.Compare(a.Entry.ID, b.Entry.ID))
	})
	return res
}

// A place is one remedy of one agreement.
type place struct{ agreement, remedy int }

type engine struct {
	in   Input
	v    *record.View
	res  *Result
	home map[int32]int   // where the entry of an agreement stands
	at   map[int32]place // where a promise stands
}

// past reports that an entry had happened, as far as is known, on the day asked about.
func (g *engine) past(e *fact.Entry) bool { return e.On.Earliest <= g.in.AsOf }

// of are the positions of the entries of a kind that had happened.
func (g *engine) of(k fact.Kind) []int32 {
	var out []int32
	for _, i := range g.v.ByKind(k) {
		if g.past(g.v.Entries[i]) {
			out = append(out, i)
		}
	}
	return out
}

// agreements finds every agreement and decision. Two entries of one decision, the day
// it was mailed and the day it came, are one.
func (g *engine) agreements() {
	var late []int32
	for i, e := range g.v.Entries {
		src := sources[e.Kind]
		if src == "" || !g.past(e) {
			continue
		}
		if _, second := seconds[e.Kind]; second {
			late = append(late, int32(i))
			continue
		}
		g.open(int32(i), src)
	}
	for _, i := range late {
		e := g.v.Entries[i]
		if at, ok := g.sameAs(i, seconds[e.Kind]); ok {
			g.home[i] = at
			g.res.Agreements[at].Also = append(g.res.Agreements[at].Also, e)
			continue
		}
		g.open(i, sources[e.Kind])
	}
}

func (g *engine) open(i int32, src Source) {
	g.home[i] = len(g.res.Agreements)
	g.res.Agreements = append(g.res.Agreements, Agreement{Entry: g.v.Entries[i], Source: src})
}

// sameAs is the agreement of kind k that entry i is another entry of: the one that it
// names or that names it, else the only one of the same matter.
func (g *engine) sameAs(i int32, k fact.Kind) (at int, ok bool) {
	n := 0
	for _, j := range g.v.ByKind(k) {
		h, here := g.home[j]
		if !here {
			continue
		}
		if g.v.Re(i) == j || g.v.Re(j) == i {
			return h, true
		}
		if r := g.v.Root(i); r == g.v.Root(j) && r != i {
			at = h
			n++
		}
	}
	return at, n == 1
}

// promises puts each promised thing to its agreement. One that names no agreement
// stands by itself, so that it is never lost.
func (g *engine) promises() {
	for _, i := range g.of(promised) {
		e := g.v.Entries[i]
		h, ok := g.agreementOf(i)
		if !ok {
			g.res.Loose = append(g.res.Loose, e)
			continue
		}
		a := &g.res.Agreements[h]
		r := Remedy{Entry: e, Sort: sortOf(e), Minutes: bounded(e.Fields.Minutes), Cents: Cents(e.Fields.Amount), Due: e.Fields.Until}
		if e.On.Latest < a.Entry.On.Earliest {
			r.Odd = append(r.Odd, "before_agreement")
		}
		g.at[i] = place{h, len(a.Remedies)}
		a.Remedies = append(a.Remedies, r)
	}
}

// agreementOf is the agreement that an entry names, or that what it names names.
func (g *engine) agreementOf(i int32) (int, bool) {
	for hops := 0; i >= 0 && hops < 8; hops++ {
		if h, ok := g.home[i]; ok {
			return h, true
		}
		i = g.v.Re(i)
	}
	return 0, false
}

// promiseOf is the promise that an entry names, or that what it names names.
func (g *engine) promiseOf(i int32) *Remedy {
	for hops := 0; i >= 0 && hops < 8; hops++ {
		if p, ok := g.at[i]; ok {
			return &g.res.Agreements[p.agreement].Remedies[p.remedy]
		}
		i = g.v.Re(i)
	}
	return nil
}

// sortOf is the sort of a promise; a word that is none of ours is Other.
func sortOf(e *fact.Entry) Sort {
	for _, w := range e.Fields.About {
		if slices.Contains(Sorts(), Sort(w)) {
			return Sort(w)
		}
	}
	return Other
}

// rest puts what was given, done, asked and cancelled where it belongs.
func (g *engine) rest() {
	for _, i := range g.of(given) {
		e := g.v.Entries[i]
		r := g.promiseOf(i)
		if r == nil {
			g.res.Loose = append(g.res.Loose, e)
			continue
		}
		r.Given = append(r.Given, e)
		r.GivenMinutes += bounded(e.Fields.Minutes)
		r.GivenCents += Cents(e.Fields.Amount)
		if e.On.Latest < r.Entry.On.Earliest {
			r.Odd = append(r.Odd, "given_before")
		}
	}
	for _, i := range g.of(completed) {
		r := g.promiseOf(i)
		if r == nil {
			g.res.Loose = append(g.res.Loose, g.v.Entries[i])
		} else if r.Done == nil { // by day: the first one counts
			r.Done = g.v.Entries[i]
		}
	}
	for _, i := range g.of(asked) {
		if r := g.promiseOf(i); r != nil {
			r.Asked = append(r.Asked, g.v.Entries[i])
		} else {
			g.res.Loose = append(g.res.Loose, g.v.Entries[i])
		}
	}
	for _, i := range g.of(implemented) {
		if h, ok := g.agreementOf(i); ok && g.res.Agreements[h].Carried == nil {
			g.res.Agreements[h].Carried = g.v.Entries[i]
		}
	}
	for _, i := range g.of(voided) {
		if h, ok := g.agreementOf(i); ok && g.res.Agreements[h].Source == Resolution && g.res.Agreements[h].Voided == nil {
			g.res.Agreements[h].Voided = g.v.Entries[i]
		}
	}
}

// expenses sums what the family paid.
func (g *engine) expenses() {
	for _, i := range g.of(expense) {
		e := g.v.Entries[i]
		g.res.Expenses.add(e)
		if h, ok := g.agreementOf(i); ok {
			g.res.Agreements[h].Expenses.add(e)
		}
		if r := g.promiseOf(i); r != nil {
			r.Expenses.add(e)
		}
	}
}

func (m *Money) add(e *fact.Entry) {
	m.Entries = append(m.Entries, e)
	c := Cents(e.Fields.Amount)
	if c == 0 {
		m.Unsaid++
	}
	if m.Cents += c; len(e.Files) > 0 {
		m.Receipts += c
	}
}

// close works out where an agreement and its remedies stand.
func (g *engine) close(a *Agreement) {
	g.law(a)
	for i := range a.Remedies {
		g.stand(a, &a.Remedies[i])
	}
	slices.SortStableFunc(a.Remedies, func(x, y Remedy) int {
		return cmp.Or(cmp.Compare(far(x.Due), far(y.Due)), cmp.Compare(x.Entry.On.Earliest, y.Entry.On.Earliest), cmp.Compare(x.Entry.ID, y.Entry.ID))
	})
}

func far(d day.Date) day.Date {
	if d == 0 {
		return day.Max
	}
	return d
}

// law finds what the law counts from the agreement and answers about it.
func (g *engine) law(a *Agreement) {
	for i := range g.in.Limits {
		l := &g.in.Limits[i]
		if l.Wrong != nil || l.Entry != a.Entry.ID || !meets(l.Rule, voided) {
			continue
		}
		a.Cancel = &Cancel{Limit: l}
		if e := g.v.Get(l.UsedBy); l.UsedBy != "" && e != nil && a.Voided == nil && g.past(e) {
			a.Voided = e
		}
		if a.Voided != nil && l.Latest != 0 && a.Voided.On.Earliest > l.Latest {
			a.Cancel.Late = true
		}
		break
	}
	for i := range g.in.Clocks {
		c := &g.in.Clocks[i]
		if !meets(c.Rule, corrected) {
			continue
		}
		if h, ok := g.correctionOf(c.Trigger); ok && &g.res.Agreements[h] == a && (a.Correct == nil || c.On != 0 && c.On < a.Correct.On) {
			a.Correct = c
		}
	}
	l := g.lawOn(a.Entry.On.Earliest)
	if l == nil {
		return
	}
	if q, ok := notDone[a.Source]; ok {
		a.Ways = l.Answers(q, g.in.AsOf)
	}
	if q, ok := cancels[a.Source]; ok {
		a.Never = l.Answers(q, g.in.AsOf)
	}
}

// correctionOf is the decision that a finding of noncompliance belongs to: itself, or
// the decision that it names.
func (g *engine) correctionOf(trigger string) (int, bool) {
	i, ok := g.v.Find(trigger)
	if !ok || g.v.Entries[i].Kind != identified {
		return 0, false
	}
	return g.agreementOf(i)
}

// meets reports that a rule is answered by entries of a kind.
func meets(r *law.Rule, k fact.Kind) bool {
	return slices.ContainsFunc(r.MetBy, func(m law.Meet) bool { return m.Kind == k })
}

func (g *engine) lawOn(d day.Date) *law.Law {
	var out *law.Law
	for i := range g.in.Laws {
		if i == 0 || g.in.Laws[i].From <= d {
			out = g.in.Laws[i].Law
		}
	}
	return out
}

// stand works out one remedy.
func (g *engine) stand(a *Agreement, r *Remedy) {
	slices.SortStableFunc(r.Given, func(x, y *fact.Entry) int {
		return cmp.Or(cmp.Compare(x.On.Earliest, y.On.Earliest), cmp.Compare(x.On.Latest, y.On.Latest), strings.Compare(x.ID, y.ID))
	})
	r.LeftMinutes, r.OverMinutes = balance(r.Minutes, r.GivenMinutes)
	r.LeftCents, r.OverCents = balance(r.Cents, r.GivenCents)
	for _, m := range g.in.Made {
		if m.On >= r.Entry.On.Earliest && m.On <= g.in.AsOf && m.Minutes > 0 && (len(r.Entry.Fields.Parts) == 0 || slices.ContainsFunc(m.Parts, func(p string) bool { return slices.Contains(r.Entry.Fields.Parts, p) })) {
			r.Logged += bounded(m.Minutes)
		}
	}
	for _, es := range [][]*fact.Entry{{r.Entry}, r.Given, r.Expenses.Entries} {
		for _, e := range es {
			if len(e.Files) > 0 {
				r.Papers++
			}
		}
	}
	if r.Done != nil && len(r.Done.Files) > 0 {
		r.Papers++
	}
	if r.Due == 0 && a.Correct != nil && a.Correct.On != 0 {
		r.Due, r.ByLaw = a.Correct.On, true
	}
	full := r.full()
	switch {
	case r.Done != nil:
		r.Status, r.DoneOn = Done, r.Done.On
		if r.LeftMinutes > 0 || r.LeftCents > 0 {
			r.Odd = append(r.Odd, "done_not_given")
		}
	case full != nil:
		r.Status, r.DoneOn = Full, full.On
	}
	if r.OverMinutes > 0 || r.OverCents > 0 {
		r.Odd = append(r.Odd, "over")
	}
	if a.Void() {
		if len(r.Given) > 0 || r.Done != nil {
			r.Odd = append(r.Odd, "voided_after_given")
		}
		r.Status, r.DaysLate, r.DaysLeft = Voided, 0, 0
		r.Odd = slices.Compact(slices.Sorted(slices.Values(r.Odd)))
		return
	}
	until := g.in.AsOf
	if r.Status != "" {
		until = r.DoneOn.Earliest // late for certain: a day that is not exact counts for the school
	}
	if r.Due != 0 && until > r.Due {
		r.DaysLate = int(until - r.Due)
	}
	if r.Status == "" {
		switch {
		case r.Due == 0:
			r.Status = Open
		case r.DaysLate > 0:
			r.Status = Late
		default:
			if r.DaysLeft = int(r.Due - g.in.AsOf); r.DaysLeft <= SoonDays {
				r.Status = Soon
			} else {
				r.Status = Ahead
			}
		}
	}
	r.Odd = slices.Compact(slices.Sorted(slices.Values(r.Odd)))
}

// full is the entry with which everything that was promised by number had been given,
// or nil. What was promised in words alone is done when somebody says so.
func (r *Remedy) full() *fact.Entry {
	if r.Minutes == 0 && r.Cents == 0 {
		return nil
	}
	var m, c int64
	for _, e := range r.Given {
		m += bounded(e.Fields.Minutes)
		c += Cents(e.Fields.Amount)
		if m >= r.Minutes && c >= r.Cents {
			return e
		}
	}
	return nil
}

// balance is what is left of a promise, and what was given beyond it. Where no number
// was promised there is neither.
func balance(promised, given int64) (left, over int64) {
	switch {
	case promised == 0:
		return 0, 0
	case given > promised:
		return 0, given - promised
	}
	return promised - given, 0
}

// Late reports agreements of which something is late, and Open that something is still
// to be done.
func (a *Agreement) Late() bool {
	return slices.ContainsFunc(a.Remedies, func(r Remedy) bool { return r.Status == Late })
}

// Open reports that something of it is still to be done.
func (a *Agreement) Open() bool {
	return slices.ContainsFunc(a.Remedies, func(r Remedy) bool { return r.Pending() })
}

// Pending reports that a remedy is still to be carried out.
func (r *Remedy) Pending() bool {
	return r.Status == Open || r.Status == Ahead || r.Status == Soon || r.Status == Late
}

// Void reports an agreement that a side cancelled in time. One that was cancelled after
// the last day is still shown with what it promises: whether the cancelling counts is
// not ours to say.
func (a *Agreement) Void() bool { return a.Voided != nil && (a.Cancel == nil || !a.Cancel.Late) }

// MayCancel reports that the time to cancel has not run out on a day.
func (a *Agreement) MayCancel() bool {
	return a.Voided == nil && a.Cancel != nil && (a.Cancel.Limit.Status == limit.Open || a.Cancel.Limit.Status == limit.Closing)
}
