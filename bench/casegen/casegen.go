// Package casegen makes invented cases for benchmarks: the same seed always
// makes the same case. The families do not exist.
package casegen

import (
	"fmt"
	"math/rand/v2"

	"stayput/day"
	"stayput/fact"
)

// story is the usual course of a case: kinds in order, with the days that pass
// before each.
var story = []struct {
	kind     string
	min, max int
	answers  int // how many steps back is what it answers; 0: nothing
}{
	{"evaluation_requested", 0, 30, 0},
	{"contact", 1, 9, 0},
	{"evaluation_consent_requested", 5, 25, 2},
	{"evaluation_consent_received", 1, 20, 1},
	{"evaluation_completed", 30, 70, 1},
	{"evaluation_report_given", 1, 10, 1},
	{"eligibility_determined", 0, 5, 0},
	{"iep_meeting_scheduled", 1, 10, 0},
	{"iep_meeting_notice_sent", 0, 1, 1},
	{"iep_meeting_held", 1, 20, 2},
	{"services_consent_requested", 0, 3, 0},
	{"services_consent_received", 1, 14, 1},
	{"services_started", 3, 20, 0},
	{"records_access_requested", 20, 60, 0},
	{"records_access_given", 2, 20, 1},
	{"contact", 5, 30, 0},
	{"iee_requested", 20, 60, 0},
	{"contact", 5, 30, 0},
	{"iee_agreed", 10, 80, 2},
	{"iep_meeting_requested", 10, 60, 0},
	{"iep_meeting_held", 15, 50, 1},
	{"iep_offered", 0, 5, 0},
	{"iep_consent_partial", 1, 20, 1},
	{"prior_written_notice_given", 3, 20, 1},
	{"contact", 3, 20, 0},
	{"due_process_filed", 10, 60, 0},
	{"due_process_received", 0, 3, 1},
	{"resolution_meeting_held", 5, 20, 1},
	{"hearing_scheduled_date", 30, 50, 2},
	{"evidence_disclosed", 1, 2, 1},
	{"hearing_decision_issued", 5, 40, 4},
	{"iep_reviewed", 30, 200, 0},
	{"records_access_requested", 20, 60, 0},
	{"records_access_given", 2, 20, 1},
	{"state_complaint_filed", 20, 90, 0},
	{"state_complaint_received", 1, 3, 1},
	{"state_complaint_decided", 40, 70, 1},
	{"reevaluation_requested", 30, 200, 0},
	{"reevaluation_consent_requested", 5, 25, 1},
	{"contact", 3, 30, 0},
}

// Make makes a case of n entries.
func Make(seed uint64, n int) (fact.Case, []fact.Entry) {
	r := rand.New(rand.NewPCG(seed, 0x57a9))
	c := fact.Case{
		Title:        fmt.Sprintf("Sample %06d", seed),
		Child:        fact.Child{Name: fmt.Sprintf("Sample %06d", seed), Born: day.Must(2012, 1, 1).Add(r.IntN(2500)), Grade: fmt.Sprint(1 + r.IntN(12))},
		HomeLanguage: [...]string{"en", "es"}[r.IntN(2)],
		Zone:         "America/Los_Angeles",
		Jurisdiction: []fact.Dated{{Is: "us-ca"}},
		Side:         fact.FamilySide,
		Sample:       true,
	}
	es := make([]fact.Entry, 0, n)
	d := day.Must(2021, 8, 20).Add(r.IntN(700))
	for i := 0; i < n; i++ {
		s := story[i%len(story)]
		d = d.Add(s.min + r.IntN(s.max-s.min+1))
		if d > day.Must(2059, 1, 1) {
			d = day.Must(2021, 8, 20).Add(r.IntN(700))
		}
		e := fact.Entry{ID: fmt.Sprintf("e%d", i+1), Kind: fact.MustLookup(s.kind), On: day.On(d)}
		if s.answers > 0 && i%len(story) >= s.answers {
			e.Re = es[i-s.answers].ID
		}
		fields(&e, s.kind, r)
		es = append(es, e)
	}
	return c, es
}

// fields fills in what a kind usually says.
func fields(e *fact.Entry, kind string, r *rand.Rand) {
	switch kind {
	case "due_process_filed", "due_process_received":
		e.Fields.FiledBy = "parent"
		e.Fields.Expedited = fact.No
	case "eligibility_determined":
		e.Fields.Eligible = fact.Yes
	case "contact":
		e.Fields.Means = "phone"
		e.Fields.Outcome = fact.Outcomes[r.IntN(len(fact.Outcomes))]
		e.Fields.Summary = "Asked when the next step will happen."
	}
}

// Calendars are the invented school years of every generated case.
func Calendars() []day.SchoolYear {
	var out []day.SchoolYear
	for y := 2021; y <= 2027; y++ {
		first := onOrAfter(day.Must(y, 8, 12), 1)
		last := onOrAfter(day.Must(y+1, 5, 30), 5)
		thanks := onOrAfter(day.Must(y, 11, 22), 4)
		winter := onOrAfter(day.Must(y, 12, 18), 1)
		spring := onOrAfter(day.Must(y+1, 3, 25), 1)
		span := func(a, b day.Date) day.Span { return day.Span{First: a, Last: b} }
		out = append(out, day.SchoolYear{
			ID: fmt.Sprintf("sample-%d", y), Label: fmt.Sprintf("%d-%02d", y, (y+1)%100), First: first, Last: last, Complete: true,
			Closures: []day.Closure{
				{Span: span(onOrAfter(day.Must(y, 9, 1), 1), onOrAfter(day.Must(y, 9, 1), 1)), Name: "Labor Day", Kind: day.HolidayClosure},
				{Span: span(day.Must(y, 11, 11), day.Must(y, 11, 11)), Name: "Veterans Day", Kind: day.HolidayClosure},
				{Span: span(thanks.Add(-3), thanks.Add(1)), Name: "Thanksgiving break", Kind: day.Vacation},
				{Span: span(winter, winter.Add(11)), Name: "Winter break", Kind: day.Vacation},
				{Span: span(spring, spring.Add(4)), Name: "Spring break", Kind: day.Vacation},
			},
		})
	}
	return out
}

// onOrAfter is the first given weekday on or after d.
func onOrAfter(d day.Date, weekday int) day.Date {
	for int(d.Weekday()) != weekday {
		d++
	}
	return d
}

// daily is what fills a long record between the steps of a case.
var daily = []string{"contact", "contact", "contact", "contact", "concern_raised", "service_missed", "contact", "contact"}

// Long makes a case of n entries between two days, as a long and busy one is: one
// entry in eight is a step of the usual course, which begins anew each time it has
// ended; the others are calls, worries and missed services in between.
func Long(seed uint64, n int, from, to day.Date) (fact.Case, []fact.Entry) {
	c, _ := Make(seed, 0)
	r := rand.New(rand.NewPCG(seed, 0x10c5))
	var es []fact.Entry
	var steps []fact.Entry
	span := int(to) - int(from)
	for i := range n {
		// The days go by evenly, and the last entries are of the last days.
		d := from.Add(span * (i + 1) / n)
		e := fact.Entry{ID: fmt.Sprintf("e%d", i+1), On: day.On(d)}
		if i%8 == 0 {
			at := len(steps) % len(story)
			s := story[at]
			e.Kind = fact.MustLookup(s.kind)
			if s.answers > 0 && at >= s.answers {
				e.Re = steps[len(steps)-s.answers].ID
			}
			fields(&e, s.kind, r)
			steps = append(steps, e)
		} else {
			kind := daily[r.IntN(len(daily))]
			e.Kind = fact.MustLookup(kind)
			fields(&e, kind, r)
			e.Note = fmt.Sprintf("Number %d: %s", i+1, notes[r.IntN(len(notes))])
		}
		es = append(es, e)
	}
	return c, es
}

var notes = []string{
	"The teacher called back and said that the reading group meets twice a week now.",
	"Left a message at the front office about the speech therapist, who was ill again.",
	"He came home tired and said that nobody had read the test to him.",
	"Asked for the work samples that were promised at the last meeting.",
	"The bus was late for the third time this week, and he missed the first lesson.",
	"The aide was in another class today; no one wrote down for how long.",
}
