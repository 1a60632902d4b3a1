package brief

import (
	"testing"
	"time"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/derive/next"
	"stayput/derive/trace"
	"stayput/fact"
	"stayput/law"
	"stayput/law/pack"
	"stayput/locale"
	"stayput/record"
)

// words are the texts of the sample's rules, in one language.
type words map[law.RuleID]*pack.Text

func (w words) Rule(id law.RuleID) *pack.Text { return w[id] }

func (w words) Holiday(id string) string {
	if t := w[law.RuleID("holiday."+id)]; t != nil {
		return t.Title
	}
	return ""
}

func options(t testing.TB, lang string) Options {
	t.Helper()
	c, ok := locale.For(lang)
	if !ok {
		t.Fatalf("no catalog %s", lang)
	}
	w := wordsEN
	if lang == "es" {
		w = wordsES
	}
	return Options{Catalog: c, Words: w}
}

var wordsEN = words{
	"us-ca.evaluation.plan": {Title: "Assessment plan within 15 days", Answers: "the assessment plan",
		Says: "After the district gets your written request, it has 15 calendar days to give you a plan of the tests it wants to do (assessment plan)."},
	"us-ca.evaluation.iep_meeting": {Title: "Tests and IEP meeting within 60 days", Answers: "the IEP meeting",
		Says: "Once the district has your signed consent, it has 60 calendar days to finish the tests and hold the IEP meeting."},
	"us-ca.records.access": {Title: "Records within five business days", Answers: "the records",
		Says: "You may see and get copies of your child's school records within five business days of asking."},
	"us-ca.iep.meeting_on_request": {Title: "IEP meeting within 30 days of your request", Answers: "the IEP meeting",
		Says: "When you ask in writing for an IEP meeting, the district must hold it within 30 days."},
	"us.discipline.manifestation": {Title: "Manifestation review within 10 school days", Answers: "the manifestation review",
		Says: "Within 10 school days of a decision to change placement, the team decides whether the behavior came from the disability."},
	"us.iee.response": {Title: "Answer about an independent evaluation", Answers: "a yes, or the district's request for a hearing",
		Says: "When you ask for an independent evaluation at public expense, the district must either pay for it or ask for a hearing to defend its own."},
	"us.resolution.period": {Title: "30 days to settle before the hearing",
		Says: "After a due process complaint, both sides have 30 days to settle before the 45 days for the hearing begin."},
	"us.hearing.disclosure": {Title: "Documents and witnesses five business days before", Answers: "the documents and witness list",
		Says: "At least five business days before the hearing, each side gives the other its documents and list of witnesses."},
	"us.resolution.meeting": {Title: "Resolution meeting within 15 days", Answers: "the resolution meeting",
		Says: "The district must hold a resolution meeting within 15 days of getting the parent's due process complaint."},
	"us-ca.evaluation.parent_time": {Title: "You have at least 15 days to decide", Says: "You have at least 15 days to decide about the assessment plan."},
	"us-ca.time.break_tolling":     {Title: "Which school breaks pause a deadline", Says: "Breaks of more than five schooldays are left out."},
	"us.statecomplaint.limit": {Title: "One year for a complaint to the State", Says: "The State must receive your complaint within one year of what happened.",
		Exceptions: map[string]string{"continuing": "If the violation goes on, part of it may lie within the year."}},
	"us.dueprocess.limit": {Title: "Two years to ask for a hearing", Says: "You must ask for a hearing within two years of when you knew, or should have known.",
		Exceptions: map[string]string{"misrepresentation": "If the district said the problem was solved and it was not.", "withheld": "If the district held back information it had to give you."}},
	"us.resolution.void": {Title: "Three business days to cancel an agreement", Says: "Either side may cancel a resolution agreement within three business days."},
	"us.notice.refusal":  {Title: "A refusal must come in writing, with reasons", Says: "When the district says no, it must give you a prior written notice with its reasons. The law names no number of days."},
	"us.stayput.rule":    {Title: "Your child stays where he or she is (stay put)", Says: "While a due process case is open, your child's current placement does not change unless both sides agree."},
	"holiday.mlk_day":    {Title: "Martin Luther King Jr. Day"},
	"holiday.thanks":     {Title: "Thanksgiving Day"},
}

var wordsES = words{
	"us-ca.evaluation.plan": {Title: "Plan de evaluación en 15 días", Answers: "el plan de evaluación",
		Says: "Desde que recibe su solicitud por escrito, el distrito tiene 15 días del calendario para darle un plan de las pruebas que quiere hacer (plan de evaluación)."},
	"us-ca.evaluation.iep_meeting": {Title: "Pruebas y reunión del IEP en 60 días", Answers: "la reunión del IEP",
		Says: "Desde que tiene su consentimiento firmado, el distrito tiene 60 días del calendario para terminar las pruebas y tener la reunión del IEP."},
	"us-ca.records.access": {Title: "Expedientes en cinco días hábiles", Answers: "los expedientes",
		Says: "Usted puede ver y obtener copias de los expedientes escolares de su hijo en cinco días hábiles desde que los pide."},
	"us-ca.iep.meeting_on_request": {Title: "Reunión del IEP a los 30 días de pedirla", Answers: "la reunión del IEP",
		Says: "Cuando usted pide por escrito una reunión del IEP, el distrito debe tenerla en 30 días."},
	"us.discipline.manifestation": {Title: "Revisión de manifestación en 10 días de clases", Answers: "la revisión de manifestación",
		Says: "En 10 días de clases desde que se decide cambiar la colocación, el equipo decide si la conducta se debió a la discapacidad."},
	"us.iee.response": {Title: "Respuesta sobre una evaluación independiente", Answers: "un sí, o la petición de audiencia del distrito",
		Says: "Cuando usted pide una evaluación independiente con fondos públicos, el distrito debe pagarla o pedir una audiencia para defender la suya."},
	"us.resolution.period": {Title: "30 días para llegar a un acuerdo antes de la audiencia",
		Says: "Después de una queja de debido proceso, las dos partes tienen 30 días para llegar a un acuerdo antes de que empiecen los 45 días de la audiencia."},
	"us.hearing.disclosure": {Title: "Documentos y testigos cinco días hábiles antes", Answers: "los documentos y la lista de testigos",
		Says: "Por lo menos cinco días hábiles antes de la audiencia, cada parte da a la otra sus documentos y su lista de testigos."},
	"us.resolution.meeting": {Title: "Reunión de resolución en 15 días", Answers: "la reunión de resolución",
		Says: "El distrito debe tener una reunión de resolución en 15 días desde que recibe la queja de debido proceso de los padres."},
	"us-ca.evaluation.parent_time": {Title: "Usted tiene al menos 15 días para decidir", Says: "Usted tiene al menos 15 días para decidir sobre el plan de evaluación."},
	"us-ca.time.break_tolling":     {Title: "Qué vacaciones escolares detienen un plazo", Says: "No se cuentan las vacaciones de más de cinco días de clases."},
	"us.statecomplaint.limit": {Title: "Un año para la queja ante el estado", Says: "El estado debe recibir su queja en el año siguiente a lo que pasó.",
		Exceptions: map[string]string{"continuing": "Si la violación sigue, una parte puede caer dentro del año."}},
	"us.dueprocess.limit": {Title: "Dos años para pedir una audiencia", Says: "Usted debe pedir la audiencia en los dos años desde que supo, o debió saber.",
		Exceptions: map[string]string{"misrepresentation": "Si el distrito dijo que el problema estaba resuelto y no lo estaba.", "withheld": "Si el distrito no dio información que debía darle."}},
	"us.resolution.void": {Title: "Tres días hábiles para cancelar un acuerdo", Says: "Cualquiera de las partes puede cancelar un acuerdo de resolución en tres días hábiles."},
	"us.notice.refusal":  {Title: "Un no debe venir por escrito y con razones", Says: "Cuando el distrito dice que no, debe darle una notificación previa por escrito con sus razones. La ley no fija un número de días."},
	"us.stayput.rule":    {Title: "Su hijo se queda donde está (stay put)", Says: "Mientras un caso de debido proceso está abierto, la colocación actual de su hijo no cambia, salvo que las dos partes estén de acuerdo."},
	"holiday.mlk_day":    {Title: "Día de Martin Luther King Jr."},
	"holiday.thanks":     {Title: "Día de Acción de Gracias"},
}

func k(name string) fact.Kind { return fact.MustLookup(name) }

func d(m, dd int) day.Date { return day.Must(2025, time.Month(m), dd) }

var primary = law.Checked{Level: "primary", On: day.Must(2026, 9, 26)}

func lawRule(id law.RuleID, kind law.RuleKind, area string, owed fact.Party, cite string, due ...law.Due) *law.Rule {
	return &law.Rule{ID: id, Kind: kind, Area: area, OwedBy: owed, Checked: primary,
		Versions: []law.Version{{FromUnknown: true, Citation: cite, Source: "https://www.ecfr.gov/current/title-34/part-300", Due: due}}}
}

func count(n int, u law.Unit) law.Count { return law.Count{Given: true, N: n, Unit: u} }

// sample is one case that has a bit of everything: an invented family in
// Oakland, on Monday, December 1, 2025.
func sample(t testing.TB) *derived.Brief {
	t.Helper()
	asOf := d(12, 1)
	school, err := day.NewSchool([]day.SchoolYear{{
		ID: "oakland-usd-2025-26", Label: "2025-26", First: d(8, 11), Last: day.Must(2026, 5, 28), Complete: true,
		Closures: []day.Closure{
			{Span: day.Span{First: d(11, 24), Last: d(11, 28)}, Name: "Thanksgiving break", Kind: day.Vacation},
			{Span: day.Span{First: d(12, 22), Last: day.Must(2026, 1, 2)}, Name: "Winter break", Kind: day.Vacation},
			{Span: day.Span{First: day.Must(2026, 1, 5), Last: day.Must(2026, 1, 5)}, Name: "Professional development (no pupils)", Kind: day.StaffDay},
			{Span: day.Span{First: day.Must(2026, 1, 19), Last: day.Must(2026, 1, 19)}, Name: "Martin Luther King Jr. Day", Kind: day.HolidayClosure},
		},
	}}, day.View{}, day.YearRule{Month: 7, Day: 1, DaysAtLeast: 163}, day.Span{})
	if err != nil {
		t.Fatal(err)
	}
	business := day.BusinessTable(day.BuildHolidays([]day.Holiday{
		{ID: "thanks", When: day.HolidayWhen{Month: 11, Nth: 4, Weekday: 4}, Business: day.Yes},
		{ID: "mlk_day", When: day.HolidayWhen{Month: 1, Nth: 3, Weekday: 1}, Business: day.Yes},
	}, func(h *day.Holiday) day.Sure { return h.Business }), false)

	entries := []fact.Entry{
		{ID: "request", Kind: k("evaluation_requested"), On: day.On(d(9, 2)), By: "parent"},
		{ID: "consent", Kind: k("evaluation_consent_received"), On: day.On(d(11, 3)), By: "parent"},
		{ID: "iee", Kind: k("iee_requested"), On: day.On(d(9, 15)), By: "parent"},
		{ID: "meeting-ask", Kind: k("iep_meeting_requested"), On: mustWhen(t, "2025-11"), By: "parent"},
		{ID: "records", Kind: k("records_access_requested"), On: day.On(d(10, 6)), By: "parent"},
		{ID: "records-given", Kind: k("records_access_given"), On: day.On(d(10, 16)), By: "lea", Re: "records"},
		{ID: "dp", Kind: k("due_process_received"), On: day.On(d(11, 12)), Fields: fact.Fields{FiledBy: "parent"}},
		{ID: "resolution", Kind: k("resolution_meeting_held"), On: day.On(d(11, 21)), Re: "dp"},
		{ID: "hearing", Kind: k("hearing_scheduled_date"), On: mustWhen(t, "2026-01-26T09:30"), Re: "dp"},
		{ID: "removal", Kind: k("placement_change_decided"), On: day.On(day.Must(2026, 6, 9))},
		{ID: "no-records", Kind: k("records_access_refused"), On: day.On(d(10, 8)), Re: "records"},
	}
	view := record.NewView(entries, 0)

	skip := &law.Skip{Name: "long_breaks", Rule: "us-ca.time.break_tolling", Skip: day.Skip{BetweenTerms: true, BreaksOver: 5}}
	sk := school.Skipper(skip.Skip).After(d(11, 3), 60)

	plan := lawRule("us-ca.evaluation.plan", law.Clock, "evaluation", fact.LEA, "Cal. Educ. Code §§ 56043(a), 56321(a)", law.Due{Count: count(15, law.Days), Skip: skip})
	sixty := lawRule("us-ca.evaluation.iep_meeting", law.Clock, "evaluation", fact.LEA, "Cal. Educ. Code §§ 56043(f)(1), 56302.1(a)", law.Due{Count: count(60, law.Days), Skip: skip})
	fed := lawRule("us.evaluation.initial", law.Clock, "evaluation", fact.LEA, "34 CFR 300.301(c)(1)(i)", law.Due{Count: count(60, law.Days)})
	recs := lawRule("us-ca.records.access", law.Clock, "records", fact.LEA, "Cal. Educ. Code § 56504", law.Due{Count: count(5, law.BusinessDays)})
	meet := lawRule("us-ca.iep.meeting_on_request", law.Clock, "iep", fact.LEA, "Cal. Educ. Code § 56343.5", law.Due{Count: count(30, law.Days), Skip: skip})
	manif := lawRule("us.discipline.manifestation", law.Clock, "discipline", fact.LEA, "34 CFR 300.530(e)(1)", law.Due{Count: count(10, law.SchoolDays)})
	iee := lawRule("us.iee.response", law.Duty, "independent_evaluation", fact.LEA, "34 CFR 300.502(b)(2)", law.Due{Standard: "without_unnecessary_delay"})
	period := lawRule("us.resolution.period", law.Cap, "resolution", fact.Either, "34 CFR 300.510(b)(1)", law.Due{Count: count(30, law.Days)})
	resMeet := lawRule("us.resolution.meeting", law.Clock, "resolution", fact.LEA, "34 CFR 300.510(a)(1)", law.Due{Count: count(15, law.Days)})
	disc := lawRule("us.hearing.disclosure", law.Notice, "hearing", fact.Either, "34 CFR 300.512(b)(1)", law.Due{Count: law.Count{Given: true, N: 5, Unit: law.BusinessDays, Back: true}})
	ptime := lawRule("us-ca.evaluation.parent_time", law.Floor, "evaluation", fact.Parent, "Cal. Educ. Code § 56321(c)(4)", law.Due{Count: count(15, law.Days)})
	toll := lawRule("us-ca.time.break_tolling", law.FactRule, "counting", "", "Cal. Educ. Code § 56043(f)(1)")
	sc := lawRule("us.statecomplaint.limit", law.Limit, "state_complaint", fact.Filer, "34 CFR 300.153(c)", law.Due{Count: count(1, law.Years)})
	sc.Right, sc.MustBe, sc.By, sc.Exceptions, sc.OnWrong = "state_complaint", "received", "sea", []string{"continuing"}, true
	dp := lawRule("us.dueprocess.limit", law.Limit, "due_process", fact.Filer, "34 CFR 300.507(a)(2), 300.511(e)", law.Due{Count: count(2, law.Years)})
	dp.Right, dp.MustBe, dp.By, dp.Exceptions, dp.OnWrong = "due_process", "filed", fact.OtherParty, []string{"misrepresentation", "withheld"}, true
	void := lawRule("us.resolution.void", law.Limit, "resolution", fact.Either, "34 CFR 300.510(e)", law.Due{Count: count(3, law.BusinessDays)})
	void.Right, void.MustBe, void.By = "void_resolution_agreement", "received", fact.OtherParty
	refusal := lawRule("us.notice.refusal", law.Duty, "notice", fact.LEA, "34 CFR 300.503(a)(2)")
	stay := lawRule("us.stayput.rule", law.Prohibition, "stay_put", fact.Either, "34 CFR 300.518(a); 20 U.S.C. 1415(j)")
	recs.Checked = law.Checked{Level: "secondary"}
	disc.Checked = law.Checked{}
	plan.Ask = &law.Ask{Do: "ask_prior_written_notice", Document: "demand-pwn"}

	book, err := law.Over("us-ca", &law.Pack{ID: "us-ca", Name: map[string]string{"en": "California", "es": "California"}, Under: "us",
		Covers: []string{"evaluation", "consent", "iep", "records"}, Rules: []*law.Rule{toll}})
	if err != nil {
		t.Fatal(err)
	}

	mk := func(r *law.Rule, e string) clock.Clock {
		x := view.Get(e)
		return clock.Clock{Rule: r, Version: &r.Versions[0], OwedBy: r.OwedBy, Due: &r.Versions[0].Due[0], Trigger: e, Kind: x.Kind, TriggerOn: x.On, Minute: -1, Law: book}
	}
	due := func(c clock.Clock, on day.Date, s clock.Status) clock.Clock {
		c.On, c.Status, c.Left = on, s, int(on-asOf)
		return c
	}
	forward := func(table *day.Table, from, to day.Date, c law.Count) trace.Trace {
		return trace.Trace{Table: table, First: from + 1, Last: to, Count: c}
	}

	cPlan := due(mk(plan, "request"), d(9, 17), clock.Late)
	cPlan.DaysLate, cPlan.Base = int(asOf-d(9, 17)), d(9, 2)
	cPlan.Trace = forward(school.Skipper(skip.Skip).Due(), d(9, 2), d(9, 17), count(15, law.Days))

	cRes := due(mk(resMeet, "dp"), d(11, 27), clock.Met)
	cRes.MetBy, cRes.MetOn, cRes.Base = "resolution", day.On(d(11, 21)), d(11, 12)
	cRes.Trace = trace.Trace{First: d(11, 13), Last: d(11, 27), Count: count(15, law.Days)}

	cRec := due(mk(recs, "records"), d(10, 14), clock.MetLate)
	cRec.MetBy, cRec.MetOn, cRec.DaysLate, cRec.Base = "records-given", day.On(d(10, 16)), 2, d(10, 6)
	cRec.Trace = forward(business, d(10, 6), d(10, 14), count(5, law.BusinessDays))

	cFloor := due(mk(ptime, "request"), d(10, 2), clock.Ended)
	cPeriod := due(mk(period, "dp"), d(12, 12), clock.Running)
	cPeriod.Base, cPeriod.Trace = d(11, 12), trace.Trace{First: d(11, 13), Last: d(12, 12), Count: count(30, law.Days)}

	cMeet := mk(meet, "meeting-ask")
	cMeet.Status, cMeet.Earliest, cMeet.Latest = clock.Unknown, d(12, 1), day.Must(2026, 1, 16)
	cMeet.Missing = []day.Missing{{Key: "entry_date", Name: "meeting-ask"}}
	cMeet.Trace = forward(school.Skipper(skip.Skip).Due(), d(11, 1), d(12, 1), count(30, law.Days))

	cDisc := due(mk(disc, "hearing"), day.Must(2026, 1, 16), clock.Running)
	cDisc.Base = day.Must(2026, 1, 26)
	cDisc.Trace = trace.Trace{Table: business, First: day.Must(2026, 1, 16), Last: day.Must(2026, 1, 25), Back: true, Count: disc.Versions[0].Due[0].Count}

	cSixty := due(mk(sixty, "consent"), sk.Due, clock.Running)
	cSixty.Earliest, cSixty.Latest, cSixty.Disputed, cSixty.Strict, cSixty.Base = sk.Due, sk.Later, true, sk.Strict, d(11, 3)
	cSixty.Reasons = []clock.Why{{Key: "break_edge", Rule: "us-ca.time.break_tolling", On: sk.Later}, {Key: "strict_reading", Rule: "us-ca.time.break_tolling", On: sk.Strict}}
	cSixty.Floor = &clock.Floor{Rule: fed, On: day.Must(2026, 1, 2)}
	cSixty.Trace = forward(sk.Table, d(11, 3), sk.Due, count(60, law.Days))
	later := forward(sk.LaterT, d(11, 3), sk.Later, count(60, law.Days))
	cSixty.Trace2 = &later

	cMan := mk(manif, "removal")
	cMan.Status, cMan.Earliest, cMan.Latest = clock.Unknown, day.Must(2026, 6, 23), 0
	cMan.Missing = []day.Missing{{Key: "calendar_none", Name: "2026-27"}}

	cIEE := mk(iee, "iee")
	cIEE.Status, cIEE.Elapsed = clock.Running, int(asOf-d(9, 15))
	cIEE.Tribunal = &law.Tribunal{Days: 74, TooLong: true, Citation: "Pajaro Valley USD v. J.S. (N.D. Cal. 2006)"}

	b := &derived.Brief{
		Case: &fact.Case{Title: "Maya R.", Child: fact.Child{Name: "Maya R.", Born: day.Must(2015, 4, 2)}, Side: fact.FamilySide,
			Jurisdiction: []fact.Dated{{Is: "us-ca"}}, Sample: true},
		View: view, AsOf: asOf, Laws: []derived.Law{{Law: book}},
		Clocks: []clock.Clock{cPlan, cFloor, cRec, cRes, cMeet, cPeriod, cDisc, cSixty, cMan, cIEE},
		Statements: []clock.Statement{
			{Rule: refusal, Version: &refusal.Versions[0], Trigger: "no-records", Kind: k("records_access_refused"), On: day.On(d(10, 8)), Elapsed: -1},
			{Rule: stay, Version: &stay.Versions[0], Trigger: "dp", Kind: k("due_process_received"), On: day.On(d(11, 12)), Elapsed: -1},
		},
		Notices: []derived.Notice{{Key: "month_only", Entry: "meeting-ask"}},
	}
	late, rec := &b.Clocks[0], &b.Clocks[2]
	wrongs := []clock.Wrong{
		{Clock: 0, Entry: "request", Kind: k("evaluation_requested"), Area: "evaluation", Happened: day.Span{First: d(9, 18), Last: d(9, 18)}},
		{Clock: 2, Entry: "records", Kind: k("records_access_requested"), Area: "records", Happened: day.Span{First: d(10, 15), Last: d(10, 15)}},
		{Clock: -1, Entry: "no-records", Kind: k("records_access_refused"), Area: "records", Happened: day.Span{First: d(10, 8), Last: d(10, 8)}},
	}
	clocks := []*clock.Clock{late, rec, nil}
	for _, r := range []*law.Rule{sc, dp} {
		for i := range wrongs {
			w := &wrongs[i]
			w.Known = w.Happened
			end := w.Happened.First.AddYears(r.Versions[0].Due[0].Count.N)
			b.Limits = append(b.Limits, limit.Limit{Rule: r, Version: &r.Versions[0], Right: r.Right, Wrong: w, Clock: clocks[i], Entry: w.Entry,
				Happened: w.Happened, Known: w.Known, Earliest: end, Latest: end, Left: int(end - asOf), Status: limit.Open})
		}
	}
	b.Limits = append(b.Limits, limit.Limit{Rule: void, Version: &void.Versions[0], Right: void.Right, Entry: "resolution",
		Happened: day.Span{First: d(11, 21), Last: d(11, 21)}, Known: day.Span{First: d(11, 21), Last: d(11, 21)},
		Earliest: d(11, 26), Latest: d(11, 26), Left: -5, Status: limit.Closed})
	b.Headline = derived.Headline{Key: "late", Late: 1, Soon: 1, Unsure: 2, Clock: late}
	b.Next = []next.Step{
		{Do: "look_for_answer", For: fact.Parent, By: d(12, 8), Why: "why_no_answer", Clock: late},
		{Do: "ask_prior_written_notice", For: fact.Parent, By: d(12, 8), Why: "why_late", Clock: late, Document: "demand-pwn"},
		{Do: "do_it", For: fact.Parent, By: day.Must(2026, 1, 16), ByLaw: true, Why: "why_own_soon", Clock: &b.Clocks[6]},
		{Do: "ask_in_writing", For: fact.Parent, By: d(12, 8), Why: "why_long_delay_judged", Clock: &b.Clocks[9], Document: "follow-up-letter"},
		{Do: "settle_date", For: fact.Parent, By: d(12, 8), Why: "why_missing", Clock: &b.Clocks[4], Missing: b.Clocks[4].Missing},
	}
	return b
}

func mustWhen(t testing.TB, s string) day.When {
	t.Helper()
	w, err := day.ParseWhen(s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func limitOn(r *law.Rule) limit.Limit { return limit.Limit{Rule: r, Status: limit.Open} }
