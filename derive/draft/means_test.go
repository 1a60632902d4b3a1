package draft_test

import (
	"testing"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/delivery"
	"stayput/derive/draft"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/paper"
	"stayput/plan"
)

// see is a field as a test reads it: its day, or its words.
func see(f *draft.Facts, field string) string {
	switch v := f.Fields[field]; {
	case !v.Any():
		return ""
	case v.Sort == paper.Date:
		return v.Date.String()
	case v.Sort == paper.Named && v.Named.Kind != 0:
		return v.Named.Kind.String()
	case v.Sort == paper.Named:
		return v.Named.Key
	default:
		return v.Said
	}
}

func check(t *testing.T, f *draft.Facts, want map[string]string) {
	t.Helper()
	for field, w := range want {
		if got := see(f, field); got != w {
			t.Errorf("%s is %q, want %q", field, got, w)
		}
	}
}

func month(s string) func(*fact.Entry) {
	return func(e *fact.Entry) {
		w, err := day.ParseWhen(s)
		if err != nil {
			panic(err)
		}
		e.On = w
	}
}

func about(t *testing.T, id, asOf, of string, es ...fact.Entry) *draft.Facts {
	t.Helper()
	in := input(t, asOf, fact.Case{}, es...)
	in.Paper, _ = paper.Get(id)
	in.About = of
	return draft.Gather(in)
}

// withPlans gathers from a record with plans.
func withPlans(t *testing.T, id, asOf string, plans []*plan.Plan, es ...fact.Entry) *draft.Facts {
	t.Helper()
	c := fact.Case{Jurisdiction: []fact.Dated{{Is: "us"}}}
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	school, err := day.NewSchool(nil, day.View{}, day.YearRule{}, day.Span{First: on("2020-07-01"), Last: on("2027-06-30")})
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Make(brief.Input{Case: &c, Entries: es, Book: book, School: school, AsOf: on(asOf), Plans: plans})
	if err != nil {
		t.Fatal(err)
	}
	in := draft.From(b, draft.Sources{Plans: plans})
	in.Paper, _ = paper.Get(id)
	return draft.Gather(in)
}

// Nobody who asked for records "asked us to assess", and a staff member's referral is not
// the parents' request.
func TestAnotherRequest(t *testing.T) {
	records := entry("records", "2025-02-03", "records_access_requested")
	for name, x := range map[string]struct {
		paper string
		es    []fact.Entry
		want  string
	}{
		"records, and an assessment plan": {"assessment-plan-ca", []fact.Entry{records}, ""},
		"records, and a notice":           {"pwn", []fact.Entry{records}, ""},
		"a request to assess":             {"assessment-plan-ca", []fact.Entry{entry("ask", "2025-01-06", "evaluation_requested"), records}, "2025-01-06"},
		"a referral by staff":             {"assessment-plan-ca", []fact.Entry{entry("ask", "2025-01-06", "evaluation_requested", wrote("lea"))}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			check(t, gather(t, x.paper, "2025-03-01", fact.Case{Side: fact.SchoolSide}, x.es...), map[string]string{"request.on": x.want})
		})
	}
}

// A request is answered by what the clocks count as its answer, by what answers a reminder
// of it, and by a meeting that was set; one that was taken back waits for nobody; and the
// school's own referral was never asked for by the family.
func TestAnsweredOtherwise(t *testing.T) {
	ask := entry("ask", "2025-02-03", "evaluation_requested", wrote("parent"))
	meet := entry("meet", "2025-02-03", "iep_meeting_requested", wrote("parent"))
	for name, x := range map[string]struct {
		es   []fact.Entry
		open int
	}{
		"nothing came":                     {[]fact.Entry{ask}, 1},
		"the answer names no request":      {[]fact.Entry{entry("records", "2025-02-03", "records_access_requested", wrote("parent")), entry("given", "2025-02-12", "records_access_given", wrote("lea"))}, 0},
		"the answer names the reminder":    {[]fact.Entry{ask, entry("again", "2025-02-20", "letter_sent", wrote("parent"), re("ask")), entry("call", "2025-02-24", "contact", wrote("lea"), re("again"))}, 0},
		"taken back":                       {[]fact.Entry{ask, entry("back", "2025-02-10", "request_withdrawn", wrote("parent"), re("ask"))}, 0},
		"the meeting was held three weeks": {[]fact.Entry{meet, entry("held", "2025-02-24", "iep_meeting_held")}, 0},
		"a referral by staff":              {[]fact.Entry{entry("ask", "2025-02-03", "evaluation_requested", wrote("lea"))}, 0},
		"an answer that only counsel sees": {[]fact.Entry{ask, entry("came", "2025-02-10", "letter_received", wrote("lea"), re("ask"), func(e *fact.Entry) { e.Wall = fact.Counsel })}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			if rows := gather(t, "state-complaint", "2025-03-20", fact.Case{Side: fact.FamilySide}, x.es...).Lists["unanswered"]; len(rows) != x.open {
				t.Errorf("%d unanswered, want %d: %+v", len(rows), x.open, rows)
			}
		})
	}
}

// The notice of an emergency meeting does not bear the day of the yearly one, and a paper
// about one meeting does not bear the day of the next.
func TestTheMeetingItself(t *testing.T) {
	es := []fact.Entry{
		entry("april", "2025-04-10", "iep_meeting_scheduled"),
		entry("may", "2025-05-20", "iep_meeting_scheduled"),
		entry("sent", "2025-03-03", "iep_meeting_notice_sent", re("may")),
		entry("away", "2025-03-04", "member_excusal_sought", re("may")),
		entry("em", "2025-03-05", "emergency_iep_meeting_scheduled"),
	}
	for _, x := range []struct{ paper, of, want string }{
		{"meeting-notice", "em", ""}, {"meeting-notice", "april", "2025-04-10"}, {"excusal-agreement", "sent", "2025-05-20"}, {"excusal-agreement", "away", "2025-05-20"}, {"excusal-agreement", "april", "2025-04-10"},
	} {
		t.Run(x.paper+" "+x.of, func(t *testing.T) {
			check(t, about(t, x.paper, "2025-03-10", x.of, es...), map[string]string{"meeting.next": x.want})
		})
	}
}

// The topics of a meeting that is over are not what the family asks to talk about now.
func TestAnOldAgenda(t *testing.T) {
	es := []fact.Entry{entry("held", "2024-05-20", "iep_meeting_held"), entry("agenda", "2024-05-10", "agenda_sent", re("held"), func(e *fact.Entry) { e.Fields.About = []string{"Bus"} })}
	if rows := gather(t, "request-iep-meeting", "2025-03-10", fact.Case{}, es...).Lists["agenda"]; len(rows) != 0 {
		t.Errorf("%+v", rows)
	}
}

// A paper about one of two complaints bears the days of that one; and of a settlement talk
// that names neither, nobody can say which case it settles.
func TestTheCaseItself(t *testing.T) {
	es := []fact.Entry{
		entry("first", "2025-01-06", "due_process_filed", by("parent")),
		entry("came1", "2025-01-08", "due_process_received", by("parent"), re("first")),
		entry("second", "2025-02-10", "due_process_filed", by("parent")),
		entry("state", "2025-02-20", "state_complaint_filed"),
		entry("meet", "2025-02-24", "resolution_meeting_held"),
		entry("offer", "2025-02-26", "settlement_offer_made", re("came1")),
	}
	for _, x := range []struct {
		paper, of string
		want      map[string]string
	}{
		{"lea-response-complaint", "came1", map[string]string{"dueprocess.filed": "2025-01-06", "dueprocess.received": "2025-01-08"}},
		{"lea-response-complaint", "second", map[string]string{"dueprocess.filed": "2025-02-10", "dueprocess.received": ""}},
		{"settlement-agreement", "offer", map[string]string{"dispute.filed": "2025-01-06", "dispute.kind": "letter.case_due_process"}},
		{"settlement-agreement", "meet", map[string]string{"dispute.filed": ""}},
		{"ocr-complaint", "", map[string]string{"dispute.filed": "2025-02-20", "dispute.kind": "letter.case_state_complaint"}},
	} {
		t.Run(x.paper+" "+x.of, func(t *testing.T) { check(t, about(t, x.paper, "2025-03-03", x.of, es...), x.want) })
	}
	// The day of the newest is known as a month: the day of the one before it is not its day.
	later := append([]fact.Entry{}, es[0], es[1], entry("second", "2025-02-01", "due_process_filed", by("parent"), month("2025-02")))
	check(t, about(t, "other-party-response", "2025-03-03", "second", later...), map[string]string{"dueprocess.filed": "", "dueprocess.received": ""})
	// A school invites nobody to talk about its own complaint.
	own := []fact.Entry{entry("own", "2025-02-03", "due_process_filed", by("lea")), entry("came", "2025-02-05", "due_process_received", by("lea"), re("own"))}
	check(t, gather(t, "resolution-invitation", "2025-02-10", fact.Case{Side: fact.SchoolSide}, own...), map[string]string{"dueprocess.received": ""})
}

// The day on which a report was handed over is not the day of the evaluation, and one under
// Section 504 is no evaluation of which one every three years is due.
func TestTheEvaluationItself(t *testing.T) {
	old, newer := entry("old", "2022-03-07", "evaluation_completed"), entry("new", "2025-02-10", "reevaluation_completed")
	report := entry("report", "2025-02-24", "evaluation_report_given")
	for name, x := range map[string]struct {
		paper string
		es    []fact.Entry
		want  string
	}{
		"its report":                    {"request-iee", []fact.Entry{old, newer, report}, "2025-02-10"},
		"a report of nobody knows what": {"request-iee", []fact.Entry{old, report}, ""},
		"the newest":                    {"request-reevaluation", []fact.Entry{old, newer, report}, "2025-02-10"},
		"one under Section 504 since":   {"request-reevaluation", []fact.Entry{old, entry("s504", "2024-09-09", "evaluation_504_done")}, "2022-03-07"},
		"one known as a month":          {"request-iee", []fact.Entry{old, entry("new", "2025-02-01", "reevaluation_completed", month("2025-02"))}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			check(t, gather(t, x.paper, "2025-03-03", fact.Case{}, x.es...), map[string]string{"evaluation.on": x.want})
		})
	}
}

// A letter thanks for the notice that was checked, not for another one.
func TestTheNoticeThatWasChecked(t *testing.T) {
	es := append(refused(), entry("other", "2025-02-10", "prior_written_notice_given"), entry("came", "2025-02-27", "letter_received"))
	for of, want := range map[string]string{"": "", "other": "2025-02-10", "came": "2025-02-27"} {
		in := input(t, "2025-03-01", fact.Case{}, es...)
		in.Paper, _ = paper.Get("demand-pwn")
		in.Gaps = []draft.Gap{{Paper: "pwn", Item: "explanation", Entry: of}}
		check(t, draft.Gather(in), map[string]string{"notice.on": want})
	}
}

func cost(s string) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Amount = s } }

// What was paid back is not asked for again, and a total stands only where each amount is
// known: 120.00 and 80.00 are 200.00.
func TestExpensesStillOpen(t *testing.T) {
	a, b := entry("a", "2025-01-06", "expense_paid", cost("120.00")), entry("b", "2025-02-03", "expense_paid", cost("80.00"))
	for name, x := range map[string]struct {
		es   []fact.Entry
		rows int
		sum  int64
	}{
		"two":                           {[]fact.Entry{a, b}, 2, 20000},
		"one without an amount":         {[]fact.Entry{a, entry("c", "2025-02-10", "expense_paid")}, 2, 0},
		"one paid back":                 {[]fact.Entry{a, b, entry("back", "2025-02-20", "remedy_given", re("a"), cost("120.00"))}, 1, 8000},
		"one that a settlement settled": {[]fact.Entry{entry("a", "2025-01-06", "expense_paid", cost("120.00"), re("end")), b, entry("end", "2025-01-20", "settlement_signed")}, 1, 8000},
		"one promised and not paid yet": {[]fact.Entry{entry("a", "2025-01-06", "expense_paid", cost("120.00"), re("term")), b, entry("term", "2025-01-20", "remedy_promised")}, 2, 20000},
	} {
		t.Run(name, func(t *testing.T) {
			f := gather(t, "reimbursement-claim", "2025-03-03", fact.Case{}, x.es...)
			if n := len(f.Lists["expenses"]); n != x.rows {
				t.Errorf("%d expenses, want %d", n, x.rows)
			}
			if got := f.Fields["amount.total"].Cents; got != x.sum {
				t.Errorf("%d cents, want %d", got, x.sum)
			}
		})
	}
}

// Nothing that was said in a mediation stands in a letter, and no paper of it is an exhibit.
func TestNothingFromTheRoom(t *testing.T) {
	es := []fact.Entry{
		entry("no", "2025-01-20", "iep_rejected"),
		entry("room", "2025-02-10", "mediation_session_held", says("The district would pay half."), func(e *fact.Entry) { e.Files = []string{"notes.pdf"} }),
		entry("call", "2025-02-10", "contact", outcome("reached"), says("She said half is too little.")),
		entry("why", "2025-02-10", "rejection_reason_told", re("room"), says("Half is too little.")),
		entry("talk", "2025-01-15", "contact", outcome("reached"), says("The bus is late.")),
	}
	f := gather(t, "follow-up-letter", "2025-03-03", fact.Case{}, es...)
	if f.About == nil || f.About.ID != "talk" {
		t.Errorf("about %+v", f.About)
	}
	for name, rows := range f.Lists {
		for _, r := range rows {
			for field, v := range r.Values {
				if v.Said == "The district would pay half." || v.Said == "She said half is too little." || v.Said == "Half is too little." {
					t.Errorf("%s[%s].%s: %s", name, r.Key, field, v.Said)
				}
			}
		}
	}
	if n := len(f.Lists["exhibits"]); n != 0 {
		t.Errorf("%d exhibits of a mediation", n)
	}
}

// What a settled case no longer asks for is late in no list.
func TestSettledIsNotLate(t *testing.T) {
	es := []fact.Entry{entry("filed", "2025-02-03", "due_process_filed", by("parent")), entry("got", "2025-02-03", "due_process_received", by("parent"), re("filed"))}
	late := func(es ...fact.Entry) int {
		return len(gather(t, "weekly-checkin", "2025-03-20", fact.Case{}, es...).Lists["late"])
	}
	if late(es...) == 0 {
		t.Error("an open case without a resolution meeting has nothing late")
	}
	if n := late(append(es, entry("settled", "2025-02-10", "settlement_signed", re("got")))...); n != 0 {
		t.Errorf("%d late after the settlement", n)
	}
}

// An offer of a plan that nobody entered is newer than the last one that somebody did; and
// the answer to an older offer is about that one.
func TestTheOfferItself(t *testing.T) {
	plans := []*plan.Plan{
		{ID: "p23", Kind: plan.IEP, Offered: on("2023-05-01"), MeetingDate: on("2023-05-01")},
		{ID: "p24", Kind: plan.IEP, Offered: on("2024-05-06"), MeetingDate: on("2024-05-02")},
		{ID: "s504", Kind: plan.Section504, Offered: on("2024-09-09")},
	}
	es := []fact.Entry{
		entry("no23", "2023-06-05", "iep_rejected"),
		entry("no24", "2024-06-03", "iep_rejected", func(e *fact.Entry) { e.Fields.Plan = "p24" }),
		entry("met24", "2024-05-02", "iep_meeting_held"),
		entry("met25", "2025-05-05", "iep_meeting_held"),
	}
	newest := append([]fact.Entry{}, append(es, entry("offer25", "2025-05-12", "iep_offered"))...)
	for _, x := range []struct {
		paper, of string
		es        []fact.Entry
		want      string
	}{
		{"ten-day-notice", "no24", es, "2024-05-06"},
		{"ten-day-notice", "no23", es, "2023-05-01"},
		{"response-parent-rejection", "no23", newest, "2023-05-01"},
		{"reimbursement-claim", "", es, "2024-05-06"},
		{"reimbursement-claim", "", newest, "2025-05-12"},
		{"letter-partial-consent", "offer25", newest, "2025-05-12"},
		{"due-process-complaint", "no23", newest, "2025-05-12"}, // "the newest offer"
		{"offer-of-fape", "met25", es, ""},
		{"offer-of-fape", "met24", es, "2024-05-06"},
	} {
		t.Run(x.paper+" "+x.of, func(t *testing.T) {
			in := input(t, "2025-06-02", fact.Case{}, x.es...)
			in.Paper, _ = paper.Get(x.paper)
			in.Plans, in.About = plans, x.of
			check(t, draft.Gather(in), map[string]string{"offer.date": x.want})
		})
	}
}

// The reason for a no to an older offer is no reason for the no to this one, though both
// plans call the part by the same name.
func TestTheReasonForThisOffer(t *testing.T) {
	service := func(min int) []plan.Service {
		return []plan.Service{{ID: "s1", Name: "Speech", Minutes: plan.CountOf(min), Times: plan.CountOf(1), Per: plan.PerWeek}}
	}
	plans := []*plan.Plan{
		{ID: "p23", Kind: plan.IEP, Offered: on("2023-05-01"), MeetingDate: on("2023-05-01"), Services: service(60)},
		{ID: "p24", Kind: plan.IEP, Offered: on("2024-05-06"), MeetingDate: on("2024-05-06"), Services: service(20)},
	}
	of := func(p string) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Plan = p } }
	es := []fact.Entry{
		entry("no23", "2023-05-10", "iep_rejected", of("p23")),
		entry("why23", "2023-05-11", "rejection_reason_told", re("no23"), says("The room is too loud.")),
		entry("no24", "2024-05-20", "iep_rejected", of("p24")),
	}
	for _, x := range []struct {
		more []fact.Entry
		want string
	}{
		{nil, ""},
		{[]fact.Entry{entry("late23", "2024-05-21", "rejection_reason_told", re("no23"), says("As I said, too loud."))}, ""},
		{[]fact.Entry{entry("why24", "2024-05-21", "rejection_reason_told", re("no24"), says("It is a third of before."))}, "It is a third of before."},
	} {
		rows := withPlans(t, "letter-partial-consent", "2024-06-03", plans, append(append([]fact.Entry{}, es...), x.more...)...).Lists["exceptions"]
		if len(rows) == 0 {
			t.Fatal("no part was refused")
		}
		if got := rows[0].Values["why"].Said; got != x.want {
			t.Errorf("why: %q, want %q", got, x.want)
		}
	}
}

// While discipline is appealed the child stays in the interim setting, not in the program
// of the plan.
func TestStayPutInDiscipline(t *testing.T) {
	plans := []*plan.Plan{{ID: "p24", Kind: plan.IEP, Offered: on("2024-05-06"), MeetingDate: on("2024-05-06"), Services: []plan.Service{{ID: "s1", Name: "Speech", Minutes: plan.CountOf(60), Times: plan.CountOf(1), Per: plan.PerWeek}}}}
	agreed := entry("yes", "2024-05-10", "iep_consent_received", func(e *fact.Entry) { e.Fields.Plan = "p24" })
	ordinary := entry("case", "2025-02-03", "due_process_filed", by("parent"))
	appeal := []fact.Entry{entry("iaes", "2025-01-27", "iaes_started"), entry("appeal", "2025-02-03", "expedited_complaint_filed", by("parent"), func(e *fact.Entry) { e.Fields.Expedited = fact.Yes })}
	if got := see(withPlans(t, "stay-put-letter", "2025-02-10", plans, agreed, ordinary), "stayput.date"); got != "2024-05-06" {
		t.Errorf("in a hearing case: %q", got)
	}
	if got := see(withPlans(t, "stay-put-letter", "2025-02-10", plans, append(appeal, agreed)...), "stayput.date"); got != "" {
		t.Errorf("in an appeal over discipline: %q", got)
	}
}

// A Section 504 plan is no IEP; what an IEP gives is no part of a Section 504 plan that is
// being written; and taking back consent to special education ends nothing of it.
func TestTwoPlans(t *testing.T) {
	service := func(name string) []plan.Service {
		return []plan.Service{{ID: "s1", Name: name, Minutes: plan.CountOf(30), Times: plan.CountOf(1), Per: plan.PerWeek}}
	}
	s504 := &plan.Plan{ID: "s504", Kind: plan.Section504, Offered: on("2024-09-09"), MeetingDate: on("2024-09-09"), EffectiveStart: on("2024-09-09"), Services: service("Counseling")}
	iep := &plan.Plan{ID: "iep", Kind: plan.IEP, Offered: on("2024-05-06"), MeetingDate: on("2024-05-06"), EffectiveStart: on("2024-05-07"), Services: service("Speech")}
	yes := entry("yes", "2024-05-07", "iep_consent_received", func(e *fact.Entry) { e.Fields.Plan = "iep" })
	names := func(f *draft.Facts) string {
		out := ""
		for _, r := range f.Lists["services"] {
			out += r.Values["name"].Said + " "
		}
		return out
	}
	if f := withPlans(t, "iep-amendment", "2025-03-03", []*plan.Plan{s504}, entry("set", "2024-09-09", "placement_504_proposed")); see(f, "iep.date") != "" || see(f, "plan.date") != "2024-09-09" {
		t.Errorf("of a 504 plan alone: IEP of %q, plan of %q", see(f, "iep.date"), see(f, "plan.date"))
	}
	both := []*plan.Plan{iep, s504}
	if got := see(withPlans(t, "iep-amendment", "2025-03-03", both, yes), "iep.date"); got != "2024-05-06" {
		t.Errorf("the IEP of %q", got)
	}
	for id, want := range map[string]string{"504-plan": "Counseling ", "revocation-consent": "Speech ", "comp-ed-request": "Speech Counseling "} {
		if got := names(withPlans(t, id, "2025-03-03", both, yes)); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

// The notice of a meeting tells of the attempts since the last meeting.
func TestAttemptsForThisMeeting(t *testing.T) {
	es := []fact.Entry{
		entry("old", "2024-04-01", "contact", wrote("lea"), outcome("no_answer")),
		entry("held", "2024-05-06", "iep_meeting_held"),
		entry("now", "2025-02-24", "contact", wrote("lea"), outcome("no_answer")),
	}
	for id, want := range map[string]int{"meeting-notice": 1, "documentation-log": 2} {
		if n := len(gather(t, id, "2025-03-03", fact.Case{Side: fact.SchoolSide}, es...).Lists["attempts"]); n != want {
			t.Errorf("%s: %d attempts, want %d", id, n, want)
		}
	}
}

// New tests were due three years after May 6, 2019, on May 6, 2022, and an evaluation was
// completed on September 11, 2023: 365 days to May 6, 2023 and 128 more. A complaint that
// came a day after it was filed may have been sent in time.
func TestLateUntilThen(t *testing.T) {
	claims := func(es ...fact.Entry) map[string]int {
		out := map[string]int{}
		kase := fact.Case{Jurisdiction: []fact.Dated{{Is: "us-ca"}}}
		for _, r := range gather(t, "due-process-complaint", "2025-11-12", kase, es...).Lists["late"] {
			out[r.Values["due"].Date.String()] = r.Values["days"].Number
		}
		return out
	}
	first := entry("first", "2019-05-06", "evaluation_completed")
	if got := claims(first)["2022-05-06"]; got != 1286 { // 1096 days to May 6, 2025 and 190 to November 12
		t.Errorf("alone: %d days", got)
	}
	if got := claims(first, entry("second", "2023-09-11", "evaluation_completed"))["2022-05-06"]; got != 493 {
		t.Errorf("until the next: %d days", got)
	}
	if got := claims(entry("filed", "2025-10-13", "due_process_filed", by("lea")), entry("came", "2025-10-14", "due_process_received", by("lea"), re("filed"))); got["2025-10-13"] != 0 {
		t.Errorf("a copy that came a day later: %v", got)
	}
}

// A notice is not written twice: neither the no that has one nor its request is what the
// next one is about.
func TestTheNextNotice(t *testing.T) {
	es := append(refused(), entry("notice", "2025-02-25", "prior_written_notice_given", re("no")))
	if f := gather(t, "pwn", "2025-03-01", fact.Case{Side: fact.SchoolSide}, es...); f.About != nil {
		t.Errorf("about %+v", f.About)
	}
	more := append(es, entry("iee", "2025-02-27", "iee_requested"), entry("older", "2025-01-06", "iep_meeting_refused"))
	if f := gather(t, "pwn", "2025-03-01", fact.Case{Side: fact.SchoolSide}, more...); f.About == nil || f.About.ID != "iee" {
		t.Errorf("about %+v", f.About)
	}
}

// A list of evidence is of the hearing that it is about, not of the next one.
func TestTheHearingItself(t *testing.T) {
	es := []fact.Entry{entry("april", "2025-04-10", "hearing_scheduled_date"), entry("may", "2025-05-20", "hearing_scheduled_date")}
	for of, want := range map[string]string{"april": "2025-04-10", "may": "2025-05-20"} {
		check(t, about(t, "evidence-witness-list", "2025-03-03", of, es...), map[string]string{"hearing.on": want})
	}
}

// Where sessions are short beside minutes, no number of minutes is all of it.
func TestTotalOfOneUnit(t *testing.T) {
	of := func(unit string, short delivery.Minutes) delivery.Service {
		return delivery.Service{Key: unit, Name: unit, Unit: unit, Total: delivery.Row{Tally: delivery.Tally{Short: short}}}
	}
	for name, x := range map[string]struct {
		services []delivery.Service
		want     bool
	}{
		"minutes":               {[]delivery.Service{of("minutes", 60*delivery.Minute)}, true},
		"minutes and sessions":  {[]delivery.Service{of("minutes", 60*delivery.Minute), of("sessions", 2*delivery.Minute)}, false},
		"no session is missing": {[]delivery.Service{of("minutes", 60*delivery.Minute), of("sessions", 0)}, true},
	} {
		in := input(t, "2025-03-03", fact.Case{})
		in.Ledger = &delivery.Ledger{Services: x.services}
		if got := draft.Gather(in).Fields["short.total"].Any(); got != x.want {
			t.Errorf("%s: a total %v, want %v", name, got, x.want)
		}
	}
}

// A meeting that was held this morning is not the next one.
func TestHeldTodayIsNotNext(t *testing.T) {
	day := entry("day", "2025-03-10", "iep_meeting_scheduled")
	check(t, gather(t, "request-records", "2025-03-10", fact.Case{}, day), map[string]string{"meeting.next": "2025-03-10"})
	check(t, gather(t, "request-records", "2025-03-10", fact.Case{}, day, entry("held", "2025-03-10", "iep_meeting_held", re("day"))), map[string]string{"meeting.next": ""})
}

// What was said of a newer offer is not said of an older one.
func TestWhatWasSaidOfThisOffer(t *testing.T) {
	es := []fact.Entry{
		entry("off1", "2024-05-06", "iep_offered"),
		entry("part", "2024-05-20", "iep_consent_partial", re("off1")),
		entry("why1", "2024-05-21", "rejection_reason_told", re("part"), says("Too loud a room.")),
		entry("off2", "2025-09-08", "iep_offered"),
		entry("no2", "2025-09-22", "iep_rejected", says("That is less than before.")),
	}
	for of, want := range map[string]string{"off1": "Too loud a room.", "off2": "That is less than before."} {
		rows := about(t, "letter-partial-consent", "2025-11-12", of, es...).Lists["rejections"]
		if len(rows) != 1 || rows[0].Values["words"].Said != want {
			t.Errorf("of %s: %+v", of, rows)
		}
	}
}
