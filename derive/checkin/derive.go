package checkin

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"stayput/day"
	"stayput/fact"
	"stayput/record"
)

// The kinds of entries check-ins are made of.
var (
	Asked    = fact.MustLookup("check_in_asked")
	Answered = fact.MustLookup("check_in_answered")
	Agreed   = fact.MustLookup("check_in_agreed")
	Child    = fact.MustLookup("child_said")
	Visited  = fact.MustLookup("classroom_visited")
	meeting  = fact.MustLookup("iep_meeting_requested")
)

// Settings of our own, no law: how long a question waits before it counts as
// unanswered where nothing is agreed, in school days, and how many such questions
// in a row make it worth asking for a rule in the plan.
const (
	PatientDays = 5
	Enough      = 2
)

// An Ask is one question to teachers or staff.
type Ask struct {
	Entry   *fact.Entry
	Answers []*fact.Entry // the earliest first
	// By is the day the answer was or is due: agreed, or PatientDays school days
	// later. Where the calendar does not say, Due is zero and the bounds stand.
	By     day.Bound
	Agreed string // the entry of the agreement it falls under; "" for our own patience
	Waited fact.Tri
	// Waited: Yes when it was unanswered after By; No when it was answered in time or
	// there is still time; Unsaid when the calendar leaves that open.
	Late bool // answered, and surely after By
}

// A Person is somebody who was asked, by the name the questions give.
type Person struct {
	Name     string
	Asks     []int // into Result.Asks, the latest first
	Answered int
	Waiting  int // not answered, whether due or not
	InARow   int // the latest ones, one after the other, that surely waited too long
	Suggest  bool
	Tracked  string // the entry of the agreement that holds for him or her today; ""
	Asked    string // the latest request for a meeting after the questions that waited; ""
}

// A Result is what check-ins came to.
type Result struct {
	AsOf    day.Date
	Asks    []Ask // the latest first
	People  []Person
	Child   []*fact.Entry // the latest first
	Visits  []*fact.Entry
	Deals   []*fact.Entry // agreements, the latest first
	Waiting int           // questions without an answer
	Last    day.Date      // the day of the latest question; zero when none was asked
}

// Derive holds questions against answers up to a day. It is total, and the order of
// arrival of entries does not matter. school may be nil.
func Derive(v *record.View, school *day.School, asOf day.Date) *Result {
	out := &Result{AsOf: asOf}
	of := func(k fact.Kind) (all []*fact.Entry) {
		for _, i := range v.ByKind(k) {
			if e := v.Entries[i]; e.On.Latest <= asOf {
				all = append(all, e)
			}
		}
		slices.Reverse(all)
		return all
	}
	out.Child, out.Visits, out.Deals = of(Child), of(Visited), of(Agreed)
	answers := map[string][]*fact.Entry{}
	for _, a := range of(Answered) {
		if q := v.Get(a.Re); a.Re != "" && q != nil {
			answers[q.ID] = append([]*fact.Entry{a}, answers[q.ID]...)
		}
	}
	for _, q := range of(Asked) {
		x := Ask{Entry: q, Answers: answers[q.ID]}
		days := PatientDays
		if d := deal(out.Deals, q, q.On.Latest); d != nil {
			x.Agreed, days = d.ID, d.Fields.Days
		}
		x.By = within(school, q.On.Latest, days)
		x.Waited, x.Late = waited(&x, asOf)
		if len(x.Answers) == 0 {
			out.Waiting++
		}
		out.Last = max(out.Last, q.On.Latest)
		out.Asks = append(out.Asks, x)
	}
	out.people(v, asOf)
	return out
}

// within is the nth school day after a day; without a calendar, between n weekdays
// and a time nobody knows.
func within(school *day.School, from day.Date, n int) day.Bound {
	if school != nil {
		return school.DaysAfter(from, n)
	}
	d := from
	for left := n; left > 0; {
		if d++; !d.Weekend() {
			left--
		}
	}
	return day.Bound{Earliest: d}
}

// waited says whether a question was without an answer after its day, and whether
// its answer came late.
func waited(x *Ask, asOf day.Date) (fact.Tri, bool) {
	first, last := x.By.Due, x.By.Due
	if first == 0 {
		first, last = x.By.Earliest, x.By.Latest
	}
	until := asOf // the day itself is not over
	if len(x.Answers) > 0 {
		until = x.Answers[0].On.Earliest
	}
	switch {
	case first == 0 || until <= first:
		return fact.No, false
	case last != 0 && until > last:
		return fact.Yes, len(x.Answers) > 0
	}
	return fact.Unsaid, false
}

// deal is the latest agreement on or before d that binds somebody a question went
// to; one that names nobody binds all.
func deal(deals []*fact.Entry, q *fact.Entry, d day.Date) *fact.Entry {
	for _, x := range deals {
		if x.On.Latest > d || x.Fields.Days <= 0 {
			continue
		}
		if len(x.Fields.With) == 0 || slices.ContainsFunc(x.Fields.With, func(n string) bool {
			return slices.ContainsFunc(q.Fields.With, func(m string) bool { return Fold(n) == Fold(m) })
		}) {
			return x
		}
	}
	return nil
}

// people gathers the questions by whom they went to.
func (r *Result) people(v *record.View, asOf day.Date) {
	at := map[string]int{}
	for i := range r.Asks {
		q := &r.Asks[i]
		names := q.Entry.Fields.With
		if len(names) == 0 {
			names = []string{""}
		}
		seen := map[string]bool{}
		for _, n := range names {
			key := Fold(n)
			if seen[key] {
				continue
			}
			seen[key] = true
			j, ok := at[key]
			if !ok {
				j = len(r.People)
				at[key] = j
				r.People = append(r.People, Person{Name: strings.TrimSpace(n)})
			}
			p := &r.People[j]
			p.Asks = append(p.Asks, i)
			if len(q.answersOf(n)) > 0 {
				p.Answered++
			} else {
				p.Waiting++
			}
		}
	}
	for i := range r.People {
		p := &r.People[i]
		var since day.Date
		for _, a := range p.Asks {
			q := &r.Asks[a]
			if len(q.answersOf(p.Name)) > 0 {
				break
			}
			one := *q
			one.Answers = nil
			switch w, _ := waited(&one, asOf); w {
			case fact.Yes:
				p.InARow++
				since = q.Entry.On.Latest
				continue
			case fact.No, fact.Unsaid: // there is still time, or nobody knows: it neither counts nor ends the row
				continue
			}
		}
		if d := deal(r.Deals, &fact.Entry{Fields: fact.Fields{With: []string{p.Name}}}, asOf); d != nil {
			p.Tracked = d.ID
		}
		for _, m := range v.ByKind(meeting) {
			if e := v.Entries[m]; e.On.Latest >= since && e.On.Latest <= asOf && p.InARow > 0 {
				p.Asked = e.ID
			}
		}
		p.Suggest = p.InARow >= Enough && p.Tracked == ""
	}
	slices.SortStableFunc(r.People, func(a, b Person) int {
		return cmp.Or(cmp.Compare(b.InARow, a.InARow), strings.Compare(Fold(a.Name), Fold(b.Name)))
	})
}

// answersOf are the answers of one who was asked: those that say so, and those that
// say nothing of who answered when only one was asked.
func (q *Ask) answersOf(name string) []*fact.Entry {
	var out []*fact.Entry
	for _, a := range q.Answers {
		if len(a.Fields.With) == 0 && len(q.Entry.Fields.With) <= 1 || slices.ContainsFunc(a.Fields.With, func(n string) bool { return Fold(n) == Fold(name) }) {
			out = append(out, a)
		}
	}
	return out
}

// Fold is a name without what two writers may write differently: case, blanks,
// stops.
func Fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }), " ")
}
