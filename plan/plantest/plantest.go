// Package plantest makes up plans for tests and measurements: a long one, and
// any number of small ones from a source of choices. No child behind them is real.
package plantest

import (
	"fmt"
	"strings"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/plan"
)

var names = []struct{ code, name string }{{"415", "Language and speech"}, {"330", "Specialized Academic Instruction"}, {"450", "Occupational therapy"},
	{"", "Occupational therapy"}, {"460", "Physical therapy"}, {"510", "Individual counseling"}, {"", "Counseling"}, {"", ""}, {"535", "Behavior intervention services"}}

var goalTexts = []string{"By June Teo will read aloud 85 words per minute on 3 of 4 probes", "Teo will improve his writing",
	"Given a picture, Teo will say 8 of 10 words", "Given a picture, Teo will say 9 of 10 words", "", "Teo will learn to wait in line in 4 of 5 trials"}

var supports = []string{"Extra time on tests", "Extra time on tests and quizzes", "Seat near the teacher", "Breaks as needed", "Copy of class notes", ""}

// Draw makes a small plan. pick(n) is a choice from 0 to n-1.
func Draw(id string, pick func(n int) int) *plan.Plan {
	start := day.Must(2025, time.September, 1)
	p := &plan.Plan{ID: id, Kind: plan.IEP, Complete: fact.Tri(pick(3)), EffectiveStart: start, EffectiveEnd: start.Add(364)}
	delivery := plan.Delivery("").Words()
	periods := plan.Period("").Words()
	count := func(top int) plan.Count {
		if pick(5) == 0 {
			return plan.Count{}
		}
		return plan.CountOf(pick(top))
	}
	for i := range pick(5) {
		n := names[pick(len(names))]
		s := plan.Service{Code: n.code, Name: n.name, Minutes: count(121), Times: count(6)}
		if pick(2) == 0 {
			s.ID = fmt.Sprintf("s%d", i)
		}
		if pick(4) > 0 {
			s.Per = plan.Period(periods[pick(len(periods))])
		}
		if pick(2) == 0 {
			s.Delivery = plan.Delivery(delivery[pick(len(delivery))])
		}
		if pick(4) == 0 {
			s.Frequency = []string{"as needed", "weekly", "up to 3 times"}[pick(3)]
		}
		s.From = start.Add(pick(3) * 30)
		s.To = s.From.Add(pick(12) * 30)
		s.ESY = fact.Tri(pick(3))
		p.Services = append(p.Services, s)
	}
	for i := range pick(5) {
		g := plan.Goal{Area: []string{"Reading", "Writing", ""}[pick(3)], Text: goalTexts[pick(len(goalTexts))], Baseline: []string{"", "48 words"}[pick(2)]}
		if pick(2) == 0 {
			g.ID = fmt.Sprintf("g%d", i)
		}
		p.Goals = append(p.Goals, g)
	}
	for i := range pick(5) {
		a := plan.Support{Text: supports[pick(len(supports))]}
		if pick(2) == 0 {
			a.ID, a.Where = fmt.Sprintf("a%d", i), []string{"all classes"}
		}
		p.Accommodations = append(p.Accommodations, a)
	}
	p.ESY.Needed, p.Factors.Transport, p.Factors.AT, p.Factors.BehaviorPlan = fact.Tri(pick(3)), fact.Tri(pick(3)), fact.Tri(pick(3)), fact.Tri(pick(3))
	p.Factors.TransportType = []string{"", "door to door", "bus stop"}[pick(3)]
	if pick(3) == 0 {
		p.ESY.From, p.ESY.To = start.Add(280), start.Add(310)
	}
	for i := range pick(3) {
		x := plan.TransitionService{Activity: []string{"Visit a college", "Visit a college fair", "Try a job", ""}[pick(4)], Agency: []string{"", "School"}[pick(2)]}
		if pick(2) == 0 {
			x.ID = fmt.Sprintf("t%d", i)
		}
		p.Transition.Services = append(p.Transition.Services, x)
	}
	if pick(2) == 0 {
		p.Setting = plan.Setting{Code: "400", In: plan.Number(fmt.Sprint(pick(120))), Out: plan.Number(fmt.Sprint(pick(120)))}
	}
	return p
}

const filler = "The student works with a graphic organizer and answers questions about a short text that was read aloud. " +
	"In the last twelve weeks the teacher saw that prompts were needed in three of five tasks, most of all in the afternoon. "

// Long is a plan of about forty printed pages: some 16,000 words.
func Long(seed int) *plan.Plan {
	start := day.Must(2025+seed%2, time.September, 1)
	p := &plan.Plan{ID: fmt.Sprintf("long-%d", seed), Kind: plan.IEP, Complete: fact.Yes, Language: "en", MeetingDate: start.Add(-1),
		EffectiveStart: start, EffectiveEnd: start.Add(364), NextAnnualReview: start.Add(364), ProgressReports: "Quarterly",
		Student: plan.Student{Name: "A Sample", Born: day.Must(2014, time.May, 4), Grade: "5"}}
	for i := range 14 {
		p.Present.Levels = append(p.Present.Levels, plan.Level{Area: fmt.Sprintf("Area %d", i), Text: strings.Repeat(filler, 10)})
		p.Present.Needs = append(p.Present.Needs, fmt.Sprintf("Area %d", i))
	}
	for i := range 24 {
		g := plan.Goal{ID: fmt.Sprintf("g%d", i), Area: fmt.Sprintf("Area %d", i%14), Baseline: "40% in 5 trials", Measure: "work samples", Responsible: []string{"teacher"},
			Text: fmt.Sprintf("By 6/2026, given text number %d about %s, the student will answer %d of 20 questions in 4 of 5 trials. %s", i, names[i%len(names)].name, 10+(i+seed)%9, filler)}
		for j := range 3 {
			g.Objectives = append(g.Objectives, plan.Objective{Text: fmt.Sprintf("Step %d: %s", j, filler)})
		}
		p.Goals = append(p.Goals, g)
	}
	for i := range 18 {
		n := names[i%len(names)]
		p.Services = append(p.Services, plan.Service{ID: fmt.Sprintf("s%d", i), Code: n.code, Name: fmt.Sprintf("%s %d", n.name, i), Delivery: "group", Minutes: plan.CountOf(30), Times: plan.CountOf(1 + (i+seed)%4),
			Per: plan.PerWeek, Location: "Room 4", From: start, To: start.Add(364), Comments: filler})
	}
	for i := range 60 {
		p.Accommodations = append(p.Accommodations, plan.Support{ID: fmt.Sprintf("a%d", i), Text: fmt.Sprintf("Support %d of kind %d. %s", i, (i+seed)%7, filler), Where: []string{"all classes"}, By: []string{"teacher"}, Frequency: "daily"})
	}
	p.Setting = plan.Setting{Code: "400", Name: "Regular classroom", In: "70", Out: "30", Nonparticipation: "Because " + filler}
	p.Notes = strings.Repeat("The team talked about reading. The parent asked for more speech. The district will provide a new laptop. "+filler, 40)
	return p
}
