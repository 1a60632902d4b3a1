package review_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/plan/review"
	"stayput/fact"
	"stayput/plan"
	"stayput/plan/plantest"
)

var start = day.Must(2025, time.October, 13)

// good is a plan in which nothing is found.
func good() *plan.Plan {
	end := start.Add(364)
	return &plan.Plan{
		ID: "p", Kind: plan.IEP, Complete: fact.Yes, Status: "consented", Language: "en",
		MeetingDate: start.Add(-14), EffectiveStart: start, EffectiveEnd: end.Add(-14), NextAnnualReview: end.Add(-14),
		LastEvaluation: start.Add(-14), NextEvaluation: start.Add(-14).AddYears(3),
		Student: plan.Student{Name: "A Sample", Born: day.Must(2016, time.May, 1), Grade: "4"},
		Team: []plan.Member{{Role: "parent"}, {Role: "general_education_teacher"}, {Role: "special_education_teacher"},
			{Role: "lea_representative"}},
		Eligibility: plan.Eligible{Primary: "Specific learning disability", Effect: "Reading is slow, so texts in class take too long."},
		Present: plan.Present{Concerns: "Homework takes long.", Needs: []string{"Reading", "Communication"},
			Levels: []plan.Level{{Area: "Reading", Text: "Reads 48 words a minute."}}},
		Goals: []plan.Goal{
			{ID: "g1", Area: "Reading", Text: "By October 2026, given a new text of grade 3, Ana will read aloud 85 words correct per minute in 3 of 4 weekly probes.",
				Baseline: "48 words correct per minute", Measure: "weekly probes", Responsible: []string{"special education teacher"}},
			{ID: "g2", Area: "Communication", Text: "By October 2026, given picture cards, Ana will say the target sound in 16 of 20 trials.",
				Baseline: "8 of 20 trials", Measure: "data of the therapist", Responsible: []string{"speech therapist"}}},
		ProgressReports: "With report cards",
		Services: []plan.Service{
			{ID: "sai", Code: "330", Name: "Specialized Academic Instruction", Delivery: "group", Minutes: plan.CountOf(45), Times: plan.CountOf(4), Per: "week",
				Location: "Separate class", From: start, To: end},
			{ID: "slp", Code: "415", Name: "Language and speech", Delivery: "individual", Minutes: plan.CountOf(30), Times: plan.CountOf(1), Per: "week",
				Location: "Separate class", From: start, To: end}},
		Accommodations: []plan.Support{{ID: "a1", Text: "Tests read aloud", Frequency: "each test", By: []string{"classroom teacher"}, Where: []string{"all classes"}}},
		Factors:        plan.Factors{Behavior: fact.No, AT: fact.No},
		ESY:            plan.ESY{Needed: fact.No},
		Assessments:    []plan.Test{{Name: "State tests", How: "accommodated", Accommodations: []string{"read aloud"}}},
		Setting:        plan.Setting{In: "88", Out: "12", Nonparticipation: "Small groups because she needs explicit teaching."},
		Emergency:      "Lessons by video and packets, the same minutes.",
		Consent:        []plan.Answer{{On: start, By: "parent", Agreement: "all"}},
	}
}

func run(t *testing.T, p *plan.Plan, change func(*review.Input)) []review.Finding {
	t.Helper()
	in := review.Input{Plan: p, All: []*plan.Plan{p}, Law: lawOf(t, "us-ca"), Goals: verdict}
	if change != nil {
		change(&in)
	}
	return review.Plan(in)
}

func TestNothingIsFoundInAGoodPlan(t *testing.T) {
	for _, f := range run(t, good(), nil) {
		t.Errorf("%s %v %v", f.Name, f.Items, f.Args)
	}
}

// The same in Spanish: a plan in order brings nothing to ask.
func TestNothingIsFoundInAGoodPlanInSpanish(t *testing.T) {
	p := good()
	p.Language, p.Student.HomeLanguage = "es", "Spanish"
	p.Eligibility.Effect = "Lee despacio, y por eso los textos de la clase le toman demasiado tiempo."
	p.Present = plan.Present{Concerns: "La tarea toma mucho tiempo.", Needs: []string{"Lectura", "Comunicación"}, Levels: []plan.Level{{Area: "Lectura", Text: "Lee 48 palabras por minuto."}}}
	p.Goals[0] = plan.Goal{ID: "g1", Area: "Lectura", Text: "Para octubre de 2026, dado un texto nuevo de tercer grado, Ana leerá en voz alta 85 palabras correctas por minuto en 3 de 4 pruebas semanales.",
		Baseline: "48 palabras correctas por minuto", Measure: "pruebas semanales", Responsible: []string{"maestra de educación especial"}}
	p.Goals[1] = plan.Goal{ID: "g2", Area: "Comunicación", Text: "Para octubre de 2026, dadas tarjetas con dibujos, Ana dirá el sonido correcto en 16 de 20 intentos.",
		Baseline: "8 de 20 intentos", Measure: "registro de la terapeuta", Responsible: []string{"terapeuta del habla"}}
	p.Services[0].Name, p.Services[1].Name = "Instrucción académica especializada", "Lenguaje y habla"
	p.Services[0].Location, p.Services[1].Location = "Clase separada", "Clase separada"
	p.Accommodations[0] = plan.Support{ID: "a1", Text: "Exámenes leídos en voz alta", Frequency: "cada examen", By: []string{"maestro de la clase"}, Where: []string{"todas las clases"}}
	p.Setting.Nonparticipation = "Grupos pequeños porque necesita enseñanza explícita."
	p.Notes = "El equipo revisó el progreso. La mamá preguntó cómo se mide. La próxima reunión será en octubre."
	for _, f := range run(t, p, nil) {
		t.Errorf("%s %v %v", f.Name, f.Items, f.Args)
	}
	p.Notes = "La terapeuta dijo que el habla será en persona. El papá pidió cinco días. El distrito ofreció cuatro."
	p.Services[1].Frequency = "según sea necesario"
	got := names(run(t, p, nil))
	slices.Sort(got)
	if want := []string{"promise-not-in-services", "request-no-notice", "service-vague"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Each change of the good plan brings the findings it should and no other.
var changes = []struct {
	find   string // the findings, in order of their names
	change func(*plan.Plan)
}{
	{"no-services", func(p *plan.Plan) { p.Services = nil }},
	{"no-goals", func(p *plan.Plan) { p.Goals = nil }},
	{"no-present-levels", func(p *plan.Plan) { p.Present.Levels = nil }},
	{"no-effect", func(p *plan.Plan) { p.Eligibility.Effect = " " }},
	{"no-progress-reports", func(p *plan.Plan) { p.ProgressReports = "" }},
	{"", func(p *plan.Plan) { p.ProgressReports, p.Goals[0].Reported = "", "quarterly" }},
	{"no-nonparticipation", func(p *plan.Plan) { p.Setting.Nonparticipation = "" }},
	{"", func(p *plan.Plan) {
		p.Setting = plan.Setting{In: "100"}
		p.Services[0].Location, p.Services[1].Location = "General education class", "General education class"
	}},
	{"nonparticipation-no-why", func(p *plan.Plan) { p.Setting.Nonparticipation = "Out for reading." }},
	{"no-parent-concerns", func(p *plan.Plan) { p.Present.Concerns = "" }},
	{"no-emergency-part", func(p *plan.Plan) { p.Emergency = "" }},
	{"tests-not-stated", func(p *plan.Plan) { p.Assessments = nil }},
	{"", func(p *plan.Plan) { p.Assessments, p.Student.Grade = nil, "1" }},
	{"alternate-no-objectives alternate-no-why", func(p *plan.Plan) { p.Assessments[0].How = "alternate" }},
	{"alternate-no-objectives", func(p *plan.Plan) {
		p.Assessments[0].How, p.Assessments[0].Why = "alternate", "has an intellectual disability"
	}},
	{"no-language-goals", func(p *plan.Plan) { p.Student.EnglishLearner = fact.Yes }},
	{"", func(p *plan.Plan) {
		p.Student.EnglishLearner, p.Goals[0].Purposes = fact.Yes, []string{"linguistically_appropriate"}
	}},
	{"no-low-incidence-equipment", func(p *plan.Plan) { p.Eligibility.LowIncidence = fact.Yes }},
	{"no-course-of-study", func(p *plan.Plan) { p.Student.Grade = "8" }},
	{"no-transition", func(p *plan.Plan) { p.Student.Born = start.AddYears(-15).Add(-30); p.Student.Grade = "" }},
	{"", func(p *plan.Plan) { p.Student.Born = start.AddYears(-14); p.Student.Grade = "" }},
	{"no-rights-statement", func(p *plan.Plan) {
		p.Student.Born, p.Student.Grade = start.AddYears(-16).Add(-30), ""
		p.Transition.Goals, p.Transition.Services = []plan.AfterGoal{{Text: "work"}}, []plan.TransitionService{{Activity: "visits"}}
	}},
	{"team-missing", func(p *plan.Plan) { p.Team = p.Team[1:] }},
	{"team-missing", func(p *plan.Plan) { p.Team[1].Attended = "no" }},
	{"", func(p *plan.Plan) { p.Team[1].Attended, p.Team[1].Excused.ParentSigned = "no", start }},
	{"behavior-no-support", func(p *plan.Plan) { p.Factors.Behavior = fact.Yes }},
	{"", func(p *plan.Plan) { p.Factors.Behavior, p.Factors.BehaviorPlan = fact.Yes, fact.Yes }},
	{"at-no-device", func(p *plan.Plan) { p.Factors.AT = fact.Yes }},
	{"esy-no-services", func(p *plan.Plan) { p.ESY.Needed = fact.Yes }},
	{"service-vague", func(p *plan.Plan) { p.Services[1].Frequency = "as needed" }},
	{"service-vague", func(p *plan.Plan) { p.Services[1].Duration = "hasta un máximo de 30 minutos" }},
	{"service-no-amount", func(p *plan.Plan) { p.Services[1].Minutes = plan.Count{} }},
	{"service-no-amount", func(p *plan.Plan) {
		s := &p.Services[1]
		s.Minutes, s.Times, s.Per, s.AsWritten = plan.Count{}, plan.Count{}, "", "weekly-ish"
	}},
	{"service-odd-minutes", func(p *plan.Plan) { p.Services[1].Minutes = plan.CountOf(0) }},
	{"percent-minutes service-odd-minutes", func(p *plan.Plan) { p.Services[1].Minutes = plan.CountOf(10000) }},
	{"service-total-mismatch", func(p *plan.Plan) { p.Services[0].Total = plan.CountOf(200) }},
	{"service-pooled", func(p *plan.Plan) {
		s := &p.Services[1]
		s.Minutes, s.Times, s.Total, s.Per = plan.Count{}, plan.Count{}, plan.CountOf(120), "month"
	}},
	{"service-delivery-unsaid", func(p *plan.Plan) { p.Services[1].Delivery = "" }},
	{"service-no-start", func(p *plan.Plan) {
		p.Services[1].From, p.EffectiveStart, p.MeetingDate, p.Offered = 0, 0, 0, 0
	}},
	{"service-no-place", func(p *plan.Plan) { p.Services[1].Location = ""; p.Setting.In, p.Setting.Out = "", "" }},
	{"service-gap", func(p *plan.Plan) { p.Services[1].To = start.Add(200) }},
	{"service-gap", func(p *plan.Plan) { p.Services[1].From = start.Add(20) }},
	{"", func(p *plan.Plan) { // split by the summer, no gap
		s := p.Services[1]
		p.Services[1].To = start.Add(200)
		s.ID, s.From = "slp2", start.Add(201)
		p.Services = append(p.Services, s)
	}},
	{"service-without-goal", func(p *plan.Plan) {
		p.Services = append(p.Services, plan.Service{ID: "c", Name: "Individual counseling", Delivery: "individual", Minutes: plan.CountOf(30), Times: plan.CountOf(1), Per: "week", Location: "General education class"})
	}},
	{"goal-without-service need-without-support", func(p *plan.Plan) { p.Services = p.Services[:1]; p.Present.Needs = append(p.Present.Needs, "Vision") }},
	{"need-without-support", func(p *plan.Plan) { p.Present.Needs = append(p.Present.Needs, "Gross motor") }},
	{"goal-not-measurable goal-no-linked-baseline", func(p *plan.Plan) { p.Goals[0].Text = "By October 2026, given a text, Ana will improve her reading." }},
	{"goal-no-measure", func(p *plan.Plan) {
		p.Goals[1].Measure = ""
	}},
	{"goal-no-baseline", func(p *plan.Plan) { p.Goals[1].Baseline = "" }},
	{"goal-no-linked-baseline", func(p *plan.Plan) { p.Goals[1].Baseline = "below grade level" }},
	{"goal-incomplete", func(p *plan.Plan) { p.Goals[1].Text = "Ana will say the target sound in 16 of 20 trials." }},
	{"goal-no-responsible", func(p *plan.Plan) { p.Goals[1].Responsible = nil }},
	{"", func(p *plan.Plan) {
		p.Goals[1].Responsible, p.Services[1].Goals, p.Services[1].Role = nil, []string{"g2"}, "therapist"
	}},
	{"goal-parent-responsible", func(p *plan.Plan) { p.Goals[1].Responsible = []string{"therapist and parents"} }},
	{"support-vague", func(p *plan.Plan) { p.Accommodations[0].Frequency = "as needed" }},
	{"support-vague", func(p *plan.Plan) { p.Accommodations[0].Frequency = "según sea necesario" }},
	{"", func(p *plan.Plan) {
		p.Accommodations[0].Frequency, p.Accommodations[0].When = "as needed", "when the text is longer than a page"
	}},
	{"support-nobody-named", func(p *plan.Plan) { p.Accommodations[0].By = []string{"All staff"} }},
	{"support-too-general", func(p *plan.Plan) { p.Accommodations[0].Text = "Extra help." }},
	{"percent-over", func(p *plan.Plan) { p.Setting.In = "110" }},
	{"percent-sum", func(p *plan.Plan) { p.Setting.In = "80" }},
	{"percent-minutes", func(p *plan.Plan) { p.Setting.In, p.Setting.Out = "50", "50" }},
	{"", func(p *plan.Plan) { // one line after the other is not both at once
		s := p.Services[0]
		p.Services[0].To = start.Add(200)
		s.ID, s.From = "sai2", start.Add(201)
		p.Services = append(p.Services, s)
	}},
	{"percent-minutes", func(p *plan.Plan) { p.Services[0].Minutes, p.Services[0].Per = plan.CountOf(75), "day" }},
	{"ends-before-start", func(p *plan.Plan) { p.Accommodations[0].From, p.Accommodations[0].To = start.Add(9), start }},
	{"ends-before-start", func(p *plan.Plan) { p.Services[1].To = start.Add(-9) }},
	{"over-a-year", func(p *plan.Plan) {
		p.EffectiveEnd, p.NextAnnualReview = start.Add(364), start.Add(-14).AddYears(1)
	}},
	{"review-late", func(p *plan.Plan) { p.NextAnnualReview = start.Add(364) }},
	{"", func(p *plan.Plan) {
		p.EffectiveEnd, p.NextAnnualReview = p.MeetingDate.AddYears(1), p.MeetingDate.AddYears(1)
	}},
	{"evaluation-late", func(p *plan.Plan) { p.NextEvaluation = p.NextEvaluation.Add(1) }},
	{"starts-before-meeting", func(p *plan.Plan) { p.MeetingDate = start.Add(1) }},
	{"starts-before-consent", func(p *plan.Plan) { p.Consent[0].On = start.Add(7) }},
	{"consent-unclear", func(p *plan.Plan) { p.Consent[0].Agreement = "with_exceptions" }},
	{"consent-unclear", func(p *plan.Plan) {
		p.Consent[0].Agreement, p.Consent[0].Exceptions = "with_exceptions", []plan.Exception{{Part: "nothing"}}
	}},
	{"", func(p *plan.Plan) {
		p.Consent[0].Agreement, p.Consent[0].Exceptions = "with_exceptions", []plan.Exception{{Part: "slp", Reason: "too little"}}
	}},
	{"promise-not-in-services", func(p *plan.Plan) { p.Notes = "The district will provide a laptop by May." }},
	{"promise-not-in-services", func(p *plan.Plan) { p.Notes = "La directora dijo que la terapia será en persona." }},
	{"", func(p *plan.Plan) { p.Notes = "Tests will be read aloud. The parents will send the glasses." }},
	{"request-no-notice", func(p *plan.Plan) { p.Notes = "Mother asked for five days. Team offered four." }},
	{"request-no-notice", func(p *plan.Plan) { p.Notes = "La mamá pidió cinco días. El distrito ofreció cuatro." }},
	{"", func(p *plan.Plan) { p.Notes = "Mother asked for a seat in front. The team agreed." }},
	{"", func(p *plan.Plan) {
		p.Notes, p.PriorNotices = "Mother asked for five days. Team offered four.", []plan.Prior{{On: start, Refuses: fact.Yes}}
	}},
	{"", func(p *plan.Plan) {
		p.Student.Name = "Sample, Ana"
		p.Notes = "Ana will be in grade 5. She will be tested in May. The next meeting will be held in October. Mother asked about recess. Father asked how it is scored. Reports will be sent."
	}},
	{"promise-not-in-services", func(p *plan.Plan) { p.Student.Name = "Sample, Ana"; p.Notes = "Ana will receive tutoring." }},
	{"", func(p *plan.Plan) { // a long weekend
		p.Services[1].From = start.Add(3)
	}},
	{"", func(p *plan.Plan) { // no school in the summer
		s := p.Services[1]
		p.Services[1].To = day.Must(2026, time.June, 5)
		s.ID, s.From = "slp2", day.Must(2026, time.August, 12)
		p.Services = append(p.Services, s)
	}},
	{"service-gap", func(p *plan.Plan) { // but there is in the winter
		s := p.Services[1]
		p.Services[1].To = day.Must(2026, time.January, 5)
		s.ID, s.From = "slp2", day.Must(2026, time.March, 12)
		p.Services = append(p.Services, s)
	}},
	{"", func(p *plan.Plan) { p.Present.Levels[0].Text = "READS AT GRADE 3 IN PART VI." }},
	{"jargon", func(p *plan.Plan) { p.Goals[0].Measure = "CBM" }},
	{"", func(p *plan.Plan) { p.Goals[0].Measure = "short weekly tests (CBM)" }},
	{"hard-to-read", func(p *plan.Plan) {
		p.Present.Levels[0].Text = strings.Repeat("Considerable phonological processing irregularities characteristically necessitate individualized multisensory instructional methodologies throughout educational environments notwithstanding considerable compensatory capabilities ", 8)
	}},
	{"not-translated", func(p *plan.Plan) { p.Student.HomeLanguage = "Spanish" }},
	{"", func(p *plan.Plan) { p.Student.HomeLanguage, p.Translations = "Spanish", []string{"es"} }},
	{"identifier-printed", func(p *plan.Plan) { p.Student.StateID = "9990001112" }},
}

func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for i, c := range changes {
		p := good()
		c.change(p)
		got := names(run(t, p, nil))
		slices.Sort(got)
		want := strings.Fields(c.find)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("change %d: found %v, want %v", i, got, want)
		}
		for _, w := range want {
			seen[w] = true
		}
	}
	// What takes more than one plan, or another kind, has tests of its own.
	for _, w := range []string{"goal-recycled", "plans-overlap", "amendment-before-plan", "not-entered", "no-accommodations", "no-review-date"} {
		seen[w] = true
	}
	for _, name := range review.Names() {
		if !seen[name] {
			t.Errorf("no test finds %s", name)
		}
	}
}

// Nothing is required of a part that may stand on the paper and was not entered,
// and a first line alone brings one list of what to look for.
func TestAPlanEnteredInPieces(t *testing.T) {
	p := &plan.Plan{ID: "p", Kind: plan.IEP, Services: []plan.Service{{ID: "slp", Name: "Speech", Minutes: plan.CountOf(30), Times: plan.CountOf(2), Per: "week", Delivery: "group", Location: "room 4"}}}
	fs := run(t, p, nil)
	for _, f := range fs {
		if f.Severity == review.Required {
			t.Errorf("%s is required", f.Name)
		}
	}
	last := fs[len(fs)-1]
	if last.Name != "not-entered" || !strings.Contains(last.Args["parts"], "no-goals") {
		t.Errorf("%+v", fs)
	}
	if len(fs) > 2 {
		t.Errorf("a first line brings %v", names(fs))
	}
}

func TestAnEmptyPlan(t *testing.T) {
	for _, kind := range []string{"iep", "504", "ifsp", "isp", "services_plan", "health_plan", ""} {
		for _, complete := range []fact.Tri{fact.Yes, fact.No, fact.Unsaid} {
			p := &plan.Plan{ID: "p", Kind: plan.Kind(kind), Complete: complete}
			review.Plan(review.Input{Plan: p}) // no law, nothing at all
			fs := run(t, p, nil)
			if kind == "iep" && complete == fact.Yes && fs[0].Name != "no-services" {
				t.Errorf("the first of an empty plan is %s", fs[0].Name)
			}
		}
	}
	got := names(run(t, &plan.Plan{ID: "p", Kind: plan.Section504, Complete: fact.Yes}, nil))
	if want := []string{"no-accommodations", "no-review-date"}; !slices.Equal(got, want) {
		t.Errorf("an empty 504 plan: %v", got)
	}
}

func TestSeveralPlans(t *testing.T) {
	a, b := good(), good()
	a.ID, b.ID = "a", "b"
	b.EffectiveStart = start.Add(100)
	fs := run(t, b, func(in *review.Input) { in.All, in.Previous = []*plan.Plan{a, b}, a })
	got := names(fs)
	slices.Sort(got)
	if want := []string{"goal-recycled", "plans-overlap"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	a.Goals[0].Review.Met, a.Goals[1].Review.Met = fact.Yes, fact.Yes
	b.EffectiveStart, b.EffectiveEnd, b.NextAnnualReview = start.Add(400), start.Add(700), start.Add(700)
	b.MeetingDate = start.Add(390)
	for i := range b.Services {
		b.Services[i].From, b.Services[i].To = b.EffectiveStart, b.EffectiveEnd
	}
	if fs := run(t, b, func(in *review.Input) { in.All, in.Previous = []*plan.Plan{a, b}, a }); len(fs) != 0 {
		t.Errorf("%v", names(fs))
	}
	change := &plan.Plan{ID: "c", Kind: plan.IEP, Amends: "b", Offered: start, Complete: fact.Yes}
	all := []*plan.Plan{a, b, change}
	whole, ok := plan.Whole(all, change)
	if !ok {
		t.Fatal("no whole")
	}
	if got := names(run(t, whole, func(in *review.Input) { in.All = all })); !slices.Contains(got, "amendment-before-plan") {
		t.Errorf("%v", got)
	}
}

// Every citation is one of a pack, every finding has a place in the order, and
// without law nothing is required.
func TestCitations(t *testing.T) {
	known := map[string]bool{}
	for _, j := range []string{"us", "us-ca", "us-tx", "us-ma"} {
		for _, x := range lawOf(t, j).Rules {
			for _, v := range x.Versions {
				known[v.Citation] = true
			}
			for _, it := range x.Items {
				known[it.Citation] = true
			}
		}
	}
	for _, j := range []string{"us", "us-ca", "us-tx", "us-ma"} {
		for _, c := range changes {
			p := good()
			c.change(p)
			for _, f := range run(t, p, func(in *review.Input) { in.Law = lawOf(t, j) }) {
				if f.Rank == 0 {
					t.Errorf("%s has no rank", f.Name)
				}
				if f.Severity == review.Required && f.Citation == "" {
					t.Errorf("%s is required by nothing", f.Name)
				}
				if (f.Citation == "") != (f.Checked.Level == "") {
					t.Errorf("%s: a citation %q that is %q", f.Name, f.Citation, f.Checked.Level)
				}
				for _, part := range strings.Split(f.Citation, "; ") {
					whole := f.Citation == "" || known[f.Citation] || known[part]
					if !whole {
						t.Errorf("%s cites %q, which stands in no pack", f.Name, part)
					}
				}
			}
			for _, f := range review.Plan(review.Input{Plan: p, Goals: verdict}) {
				if f.Severity != review.Ask || f.Citation != "" {
					t.Errorf("%s without law is %s %q", f.Name, f.Severity, f.Citation)
				}
			}
		}
	}
}

// Only these rest on a part that the law requires; everything else is a question.
func TestWhatIsRequired(t *testing.T) {
	want := strings.Fields("alternate-no-objectives alternate-no-why goal-no-measure goal-not-measurable no-effect no-emergency-part no-goals " +
		"no-nonparticipation no-present-levels no-progress-reports no-rights-statement no-services no-transition service-no-amount " +
		"service-no-place service-no-start service-vague team-missing")
	required := map[string]bool{}
	for _, c := range changes {
		p := good()
		c.change(p)
		for _, f := range run(t, p, nil) {
			if f.Severity == review.Required {
				required[f.Name] = true
			}
		}
	}
	if got := slices.Sorted(maps.Keys(required)); !slices.Equal(got, want) {
		t.Errorf("required: %v, want %v", got, want)
	}
	// Where nothing shows that the child is ever away, it is a question.
	p := good()
	p.Setting, p.Services[0].Location, p.Services[1].Location = plan.Setting{}, "Room 4", "Room 4"
	for _, f := range run(t, p, nil) {
		if f.Name == "no-nonparticipation" && f.Severity != review.Ask {
			t.Errorf("%+v", f)
		}
	}
}

// A review never fails, and the same plan gets the same answer.
func TestAnyPlan(t *testing.T) {
	l := lawOf(t, "us-ca")
	rapid.Check(t, func(t *rapid.T) {
		p := plantest.Draw("p", func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "pick") })
		in := review.Input{Plan: p, All: []*plan.Plan{p}, Law: l, Goals: verdict}
		a, b := review.Plan(in), review.Plan(in)
		if !reflect.DeepEqual(a, b) {
			t.Fatal("twice the same plan, two answers")
		}
		for i := 1; i < len(a); i++ {
			if a[i-1].Rank < a[i].Rank {
				t.Fatal("out of order")
			}
		}
	})
}

func TestHard(t *testing.T) {
	easy := strings.Repeat("Ana reads a short text. She likes dogs and books. ", 20)
	facil := strings.Repeat("Ana lee un texto corto. Le gustan los perros y los libros. ", 20)
	dificil := strings.Repeat("Considerando las irregularidades significativas del procesamiento fonológico identificadas mediante evaluaciones psicoeducativas estandarizadas, recomendamos metodologías multisensoriales individualizadas administradas sistemáticamente por especialistas debidamente acreditados ", 8)
	for _, c := range []struct {
		text, lang string
		hard       bool
	}{{easy, "en", false}, {facil, "es", false}, {dificil, "es", true}, {"Short.", "en", false}, {"", "", false}} {
		if level, hard := review.Hard(c.text, c.lang); hard != c.hard {
			t.Errorf("%.40s: %d, %v", c.text, level, hard)
		}
	}
}

// BenchmarkLong reviews a plan of forty pages.
func BenchmarkLong(b *testing.B) {
	p, l := plantest.Long(0), lawOf(b, "us-ca")
	for _, with := range []struct {
		name  string
		goals review.GoalReview
	}{{"goals", verdict}, {"without", nil}} {
		b.Run(with.name, func(b *testing.B) {
			for b.Loop() {
				review.Plan(review.Input{Plan: p, All: []*plan.Plan{p}, Law: l, Goals: with.goals})
			}
		})
	}
}
