package meeting_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/meeting"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/plan"
	"stayput/record"
)

// entry reads "ID KIND DAY[THH:MM] [re=ID] [with=A|B] [about=A|B] [until=DAY] [by=X] [result=yes] [written=no] [granted=no] [summary=words_with_lines]".
func entry(t testing.TB, s string) fact.Entry {
	t.Helper()
	f := strings.Fields(s)
	when, err := day.ParseWhen(f[2])
	if err != nil {
		t.Fatal(err)
	}
	e := fact.Entry{ID: f[0], Kind: fact.MustLookup(f[1]), On: when}
	for _, x := range f[3:] {
		k, v, _ := strings.Cut(x, "=")
		v = strings.ReplaceAll(v, "_", " ")
		switch k {
		case "re":
			e.Re = v
		case "by":
			e.By = v
		case "with":
			e.Fields.With = strings.Split(v, "|")
		case "about":
			e.Fields.About = strings.Split(strings.ReplaceAll(v, " ", "_"), "|")
		case "offers":
			e.Fields.Offers = strings.Split(v, "|")
		case "limits":
			e.Fields.Conditions = v
		case "summary":
			e.Fields.Summary = v
		case "result":
			e.Fields.Result = fact.TriOf(v == "yes")
		case "written":
			e.Fields.Written = fact.TriOf(v == "yes")
		case "granted":
			e.Fields.Granted = fact.TriOf(v == "yes")
		case "until":
			if e.Fields.Until, err = day.Parse(v); err != nil {
				t.Fatal(err)
			}
		case "ends":
			if e.Ends, err = day.ParseWhen(strings.ReplaceAll(v, " ", "_")); err != nil {
				t.Fatal(err)
			}
		default:
			t.Fatal("no field", k)
		}
	}
	return e
}

var called = map[string]plan.Role{"special education teacher": "special_education_teacher", "maestra de educación especial": "special_education_teacher", "person who explains evaluations": "interprets_evaluation"}

// derive is the meetings of a record, each entry a line, with the clocks of the real
// law of a State.
func derive(t testing.TB, state, asOf, lines string, change ...func(*meeting.Input)) *meeting.Result {
	t.Helper()
	var es []fact.Entry
	for _, l := range strings.Split(strings.TrimSpace(lines), "\n") {
		if l = strings.TrimSpace(l); l != "" {
			es = append(es, entry(t, l))
		}
	}
	return of(t, state, asOf, es, change...)
}

func of(t testing.TB, state, asOf string, es []fact.Entry, change ...func(*meeting.Input)) *meeting.Result {
	t.Helper()
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	k := fact.Case{Jurisdiction: []fact.Dated{{Is: state}}, Side: fact.FamilySide}
	laws, err := brief.Laws(&k, book)
	if err != nil {
		t.Fatal(err)
	}
	school, err := day.NewSchool(nil, day.View{}, brief.YearRule(laws), day.Span{})
	if err != nil {
		t.Fatal(err)
	}
	on, err := day.Parse(asOf)
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Make(brief.Input{Case: &k, Entries: es, Book: book, School: school, AsOf: on, Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	in := meeting.Input{Case: &k, View: b.View, Clocks: b.Clocks, AsOf: on, Called: called}
	for _, l := range b.Laws {
		in.Laws = append(in.Laws, clock.Since{From: l.From, Law: l.Law})
	}
	for _, f := range change {
		f(&in)
	}
	return meeting.Derive(in)
}

// one is the only meeting there is.
func one(t testing.TB, r *meeting.Result) *meeting.Meeting {
	t.Helper()
	if len(r.Meetings) != 1 {
		t.Fatalf("%d meetings: %v", len(r.Meetings), shape(r))
	}
	return &r.Meetings[0]
}

// shape is which entries belong to which meeting.
func shape(r *meeting.Result) (out []string) {
	for _, m := range r.Meetings {
		s := string(m.Kind) + " " + string(m.State) + ":"
		var ids []string
		for _, e := range m.Entries {
			id := e.ID
			if slices.Contains(m.Near, e.ID) {
				id += "~"
			}
			ids = append(ids, id)
		}
		slices.Sort(ids)
		out = append(out, s+" "+strings.Join(ids, " "))
	}
	var loose []string
	for _, e := range r.Loose {
		loose = append(loose, e.ID)
	}
	if len(loose) > 0 {
		slices.Sort(loose)
		out = append(out, "loose: "+strings.Join(loose, " "))
	}
	return out
}

// What names a meeting belongs to it, through others if need be; what names none goes
// to the nearest, marked ~; nothing is lost. March 2, 2026 is a Monday.
func TestJoined(t *testing.T) {
	for name, x := range map[string]struct {
		lines string
		want  []string
	}{
		"a chain of names": {`
			ask iep_meeting_requested 2026-02-02
			set iep_meeting_scheduled 2026-03-02T10:00 re=ask
			note iep_meeting_notice_sent 2026-02-10 re=set
			away member_excusal_sought 2026-02-20 re=set with=Ms._Lee
			yes excusal_agreed 2026-02-21 re=away
			met iep_meeting_held 2026-03-02T10:05 re=set
			dec decision_noted 2026-03-02 re=met granted=yes
			sum meeting_summary_sent 2026-03-03 re=met`,
			[]string{"iep held: ask away dec met note set sum yes"}},
		"by nearness alone": {`
			ask iep_meeting_requested 2026-02-02
			set iep_meeting_scheduled 2026-03-02
			note iep_meeting_notice_sent 2026-02-10
			met iep_meeting_held 2026-03-04
			dec decision_noted 2026-03-05`,
			[]string{"iep held: ask~ dec~ met~ note~ set"}},
		"put off twice: one meeting": {`
			set iep_meeting_scheduled 2026-03-02
			two iep_meeting_scheduled 2026-03-09 re=set
			three iep_meeting_scheduled 2026-03-16 re=two
			note iep_meeting_notice_sent 2026-02-10 re=set
			met iep_meeting_held 2026-03-16`,
			[]string{"iep held: met~ note set three two"}},
		"eight days away is another meeting": {`
			set iep_meeting_scheduled 2026-03-02
			met iep_meeting_held 2026-03-10`,
			[]string{"iep unsaid: set", "iep held: met"}},
		"the nearest pair first": {`
			one iep_meeting_scheduled 2026-03-03
			two iep_meeting_scheduled 2026-03-10
			a iep_meeting_held 2026-03-09
			b iep_meeting_held 2026-03-10`,
			[]string{"iep held: a~ one", "iep held: b~ two"}},
		"two on one day keep apart by what they name": {`
			one iep_meeting_scheduled 2026-03-03T09:00
			two iep_meeting_scheduled 2026-03-03T14:00
			a iep_meeting_held 2026-03-03 re=two
			b iep_meeting_held 2026-03-03 re=one`,
			[]string{"iep held: b one", "iep held: a two"}},
		"a request ninety days before joins, one day more does not": {`
			far iep_meeting_requested 2025-12-01
			near iep_meeting_requested 2025-12-02
			set iep_meeting_scheduled 2026-03-02`,
			[]string{"iep unsaid: near~ set", "iep asked: far"}},
		"a request that was refused stands alone": {`
			ask iep_meeting_requested 2026-02-02
			no iep_meeting_refused 2026-02-10 re=ask
			set iep_meeting_scheduled 2026-03-02`,
			[]string{"iep unsaid: set", "iep refused: ask no"}},
		"sixty days for a notice, thirty for a decision": {`
			late iep_meeting_notice_sent 2026-01-01
			note iep_meeting_notice_sent 2026-01-02
			set iep_meeting_scheduled 2026-03-03
			dec decision_noted 2026-04-02
			lost decision_noted 2026-04-03`,
			[]string{"iep unsaid: dec~ note~ set", "loose: late lost"}},
		"held without any day set": {`
			ask disagreement_meeting_requested 2026-02-02
			met disagreement_meeting_held 2026-02-20 re=ask
			ear listening_meeting_held 2026-02-24`,
			[]string{"disagreement held: ask met", "listening held: ear"}},
		"two days that name each other": {`
			a iep_meeting_scheduled 2026-03-02 re=b
			b iep_meeting_scheduled 2026-03-09 re=a`,
			[]string{"iep unsaid: a b"}},
		"nothing": {"", nil},
	} {
		if got := shape(derive(t, "us", "2026-05-01", x.lines)); !reflect.DeepEqual(got, x.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, x.want)
		}
	}
}

// Excusals by the letter of 34 CFR 300.321(e): in writing; and where the member's
// area is discussed, written input before the meeting as well.
func TestExcusal(t *testing.T) {
	const set = "set iep_meeting_scheduled 2026-03-02T10:00\n"
	const sought = "q member_excusal_sought 2026-02-20 re=set with=Ms._Lee_(special_education_teacher) about=reading "
	for name, x := range map[string]struct {
		lines  string
		agreed fact.Tri
		valid  fact.Tri
		why    string
	}{
		"asked, no answer":                 {sought + "result=no", fact.Unsaid, fact.Unsaid, ""},
		"agreed, not discussed":            {sought + "result=no\ny excusal_agreed 2026-02-24 re=q", fact.Yes, fact.Yes, ""},
		"agreed aloud":                     {sought + "result=no\ny excusal_agreed 2026-02-24 re=q written=no", fact.Yes, fact.No, "not_written"},
		"refused":                          {sought + "result=no\ny excusal_refused 2026-02-24 re=q", fact.No, fact.No, ""},
		"agreed after the meeting":         {sought + "result=no\ny excusal_agreed 2026-03-03 re=q", fact.Yes, fact.No, "after_meeting"},
		"discussed, no input yet":          {sought + "result=yes\ny excusal_agreed 2026-02-24 re=q", fact.Yes, fact.Unsaid, "input_owed"},
		"discussed, input in time":         {sought + "result=yes\ny excusal_agreed 2026-02-24 re=q\nin letter_received 2026-02-27 re=y about=written_input", fact.Yes, fact.Yes, ""},
		"discussed, input after":           {sought + "result=yes\ny excusal_agreed 2026-02-24 re=q\nin letter_received 2026-03-03 re=q about=written_input", fact.Yes, fact.No, "input_late"},
		"discussed, input that very day":   {sought + "result=yes\ny excusal_agreed 2026-02-24 re=q\nin letter_received 2026-03-02 re=q about=written_input", fact.Yes, fact.Unsaid, "input_same_day"},
		"discussed, an hour before":        {sought + "result=yes\ny excusal_agreed 2026-02-24 re=q\nin letter_received 2026-03-02T09:00 re=q about=written_input", fact.Yes, fact.Yes, ""},
		"nobody said whether discussed":    {sought + "\ny excusal_agreed 2026-02-24 re=q", fact.Yes, fact.Unsaid, "say_discussed"},
		"agreed without having been asked": {"y excusal_agreed 2026-02-24 re=set with=Ms._Lee_(special_education_teacher) result=no", fact.Yes, fact.Yes, ""},
		"a parent cannot be excused away":  {"q member_excusal_sought 2026-02-20 re=set with=mother result=no", fact.Unsaid, fact.Unsaid, "not_required"},
	} {
		m := one(t, derive(t, "us", "2026-02-28", set+x.lines))
		if len(m.Excusals) != 1 {
			t.Errorf("%s: %d excusals", name, len(m.Excusals))
			continue
		}
		o := m.Excusals[0]
		if o.Agreed != x.agreed || o.Valid != x.valid || strings.Join(o.Why, " ") != x.why {
			t.Errorf("%s: agreed %v, valid %v, %v", name, o.Agreed, o.Valid, o.Why)
		}
	}
	// After the meeting a record without the input does not show that it was missing.
	m := one(t, derive(t, "us", "2026-03-10", set+sought+"result=yes\ny excusal_agreed 2026-02-24 re=q"))
	if o := m.Excusals[0]; o.Valid != fact.Unsaid || strings.Join(o.Why, " ") != "no_input" {
		t.Errorf("%v %v", o.Valid, o.Why)
	}
	// The law has let members stay away since July 1, 2005.
	m = one(t, derive(t, "us", "2005-07-30", "set iep_meeting_scheduled 2005-06-30\nq member_excusal_sought 2005-06-20 re=set with=LEA result=no\ny excusal_agreed 2005-06-21 re=q"))
	if o := m.Excusals[0]; o.Valid != fact.No || strings.Join(o.Why, " ") != "not_yet_law" {
		t.Errorf("%v %v", o.Valid, o.Why)
	}
}

// sits is where each seat stands.
func sits(m *meeting.Meeting) string {
	var out []string
	for _, s := range m.Seats {
		out = append(out, s.Item+"="+string(s.Sitting))
	}
	return strings.Join(out, " ")
}

func TestSeats(t *testing.T) {
	const set = "set iep_meeting_scheduled 2026-03-02\n"
	m := one(t, derive(t, "us", "2026-02-20", set+"note iep_meeting_notice_sent 2026-02-10 re=set with=Mother|Ms._Lee_(special_education_teacher)|Mr._Pine"))
	if got, want := sits(m), "parents=filled regular_teacher=not_named special_teacher=filled lea_rep=empty interpreter=same child=not_named transition_agency=not_needed part_c=not_needed others=not_needed"; got != want {
		t.Errorf("%s", got)
	}
	if len(m.Others) != 1 || m.Others[0].Text != "Mr. Pine" {
		t.Errorf("%+v", m.Others)
	}
	// In Spanish, with the plan's own team and a child in regular class most of the day.
	withPlan := func(in *meeting.Input) {
		in.Plan = &plan.Plan{Team: []plan.Member{{Name: "Mr. Pine", Role: "lea_representative"}}, Setting: plan.Setting{In: "80"}}
	}
	m = one(t, derive(t, "us", "2026-02-20", set+"note iep_meeting_notice_sent 2026-02-10 re=set with=mr_pine|Sra._Lee_(maestra_de_educación_especial)", withPlan))
	if got, want := sits(m), "parents=empty regular_teacher=empty special_teacher=filled lea_rep=filled interpreter=same child=not_named transition_agency=not_needed part_c=not_needed others=not_needed"; got != want {
		t.Errorf("%s", got)
	}
	// Who was there is told by the meeting alone; a valid excusal leaves the seat empty with a reason.
	m = one(t, derive(t, "us", "2026-03-20", set+`note iep_meeting_notice_sent 2026-02-10 re=set with=Mother|Ms._Lee_(special_education_teacher)
		q member_excusal_sought 2026-02-20 re=set with=Ms._Lee_(special_education_teacher) result=no
		y excusal_agreed 2026-02-24 re=q
		met iep_meeting_held 2026-03-02 re=set with=Mother|LEA`))
	if got := sits(m); !strings.HasPrefix(got, "parents=filled regular_teacher=not_named special_teacher=excused lea_rep=filled") {
		t.Errorf("%s", got)
	}
	// Born April 1, 2011: 16 on April 1, 2027. A plan made on March 2, 2026 runs to
	// March 2, 2027, before that day; one made on April 1, 2026 runs to it.
	born := func(in *meeting.Input) { in.Case.Child.Born = day.Must(2011, time.April, 1) }
	for on, want := range map[string]string{"2026-03-02": "not_named", "2026-04-01": "empty"} {
		m = one(t, derive(t, "us", "2026-02-20", "set iep_meeting_scheduled "+on+"\nnote iep_meeting_notice_sent 2026-02-10 re=set about=purpose|time|location|attendees|right_to_bring", born))
		if s := m.Seats[5]; s.Item != "child" || string(s.Sitting) != want {
			t.Errorf("%s: %+v", on, s)
		}
		if life := len(m.Notice.Missing) == 2; life != (want == "empty") {
			t.Errorf("%s: the notice lacks %v", on, m.Notice.Missing)
		}
	}
}

// The notice: federal law names no number; New York's rule is five days before. The
// fifth day before Thursday, March 12, 2026 is Saturday, March 7.
func TestNotice(t *testing.T) {
	for _, x := range []struct {
		state, sent string
		want        string
		days        int
		late        fact.Tri
	}{
		{"us", "2026-03-11", "early", 1, fact.Unsaid}, {"us", "2026-03-12", "same_day", 0, fact.Unsaid}, {"us", "2026-03-13", "after", 0, fact.Unsaid},
		{"us-ny", "2026-03-07", "early", 5, fact.No}, {"us-ny", "2026-03-08", "early", 4, fact.Yes},
	} {
		m := one(t, derive(t, x.state, "2026-03-20", "set iep_meeting_scheduled 2026-03-12\nnote iep_meeting_notice_sent "+x.sent+" re=set"))
		if n := m.Notice; n.State != x.want || n.Days != x.days || n.Late != x.late || (n.Clock != nil) != (x.state == "us-ny") {
			t.Errorf("%+v: %s, %d days, late %v", x, n.State, n.Days, n.Late)
		}
	}
	m := one(t, derive(t, "us", "2026-03-01", "set iep_meeting_scheduled 2026-03-12"))
	if m.Notice.State != "none" || m.Notice.Rule != meeting.TimingRule {
		t.Errorf("%+v", m.Notice)
	}
}

// California: 24 hours before the meeting, by the clock. Before Monday, March 2, 2026
// at 10:00 that is Sunday, March 1 at 10:00.
func TestRecording(t *testing.T) {
	for _, x := range []struct{ state, set, given, asOf, want string }{
		{"us-ca", "2026-03-02T10:00", "2026-03-01T09:59", "2026-03-02", "given"},
		{"us-ca", "2026-03-02T10:00", "2026-03-01T10:00", "2026-03-02", "given"},
		{"us-ca", "2026-03-02T10:00", "2026-03-01T10:01", "2026-03-02", "given_late"},
		{"us-ca", "2026-03-02T10:00", "2026-03-01", "2026-03-02", "unsure"},
		{"us-ca", "2026-03-02T10:00", "2026-02-28", "2026-03-02", "given"},
		{"us-ca", "2026-03-02T10:00", "2026-03-02T08:00", "2026-03-02", "given_late"},
		{"us-ca", "2026-03-02", "2026-03-01T08:00", "2026-03-02", "unsure"},
		{"us-ca", "2026-03-02T10:00", "", "2026-03-01", "open"},
		{"us-ca", "2026-03-02T10:00", "", "2026-03-02", "over"},
		{"us", "2026-03-02T10:00", "", "2026-02-20", "no_rule"},
		{"us-tx", "2026-03-02T10:00", "2026-02-20", "2026-02-20", "no_rule"},
	} {
		lines := "set iep_meeting_scheduled " + x.set
		if x.given != "" {
			lines += "\ng recording_notice_given " + x.given + " re=set"
		}
		m := one(t, derive(t, x.state, x.asOf, lines))
		if m.Recording.State != x.want {
			t.Errorf("%+v: %s", x, m.Recording.State)
		}
		if c := m.Recording.Clock; x.want == "open" && (c.On != day.Must(2026, time.March, 1) || c.Minute != 600) {
			t.Errorf("the latest moment is %v, minute %d", c.On, c.Minute)
		}
	}
}

// What is open after a meeting, and where each decision stands on March 20.
func TestAfter(t *testing.T) {
	m := one(t, derive(t, "us-ca", "2026-03-20", `
		set iep_meeting_scheduled 2026-03-02
		met iep_meeting_held 2026-03-02 re=set
		a decision_noted 2026-03-02 re=met granted=yes until=2026-03-13 summary=Speech
		b decision_noted 2026-03-02 re=met granted=yes until=2026-03-20 summary=Data
		c decision_noted 2026-03-02 re=met granted=no until=2026-03-13 summary=Aide
		d decision_noted 2026-03-02 re=met summary=Bus
		e decision_noted 2026-03-02 re=met granted=yes until=2026-03-13 summary=Chair
		done contact 2026-03-12 re=e
		f decision_noted 2026-03-02 re=met granted=yes`))
	want := map[string]string{"a": "late", "b": "due", "c": "no", "d": "later", "e": "done", "f": "yes"}
	for _, d := range m.Decisions {
		if want[d.Entry.ID] != d.State {
			t.Errorf("%s is %s", d.Entry.ID, d.State)
		}
	}
	if len(m.Decisions) != len(want) || points(m) != "no_summary copy prior_notice" || m.Facility.Outcome != meeting.Partly {
		t.Errorf("%d decisions, %s, %s", len(m.Decisions), points(m), m.Facility.Outcome)
	}
	m = one(t, derive(t, "us", "2026-03-20", `
		met iep_meeting_held 2026-03-02
		a decision_noted 2026-03-02 re=met granted=yes
		s meeting_summary_sent 2026-03-03 re=met
		copy iep_copy_given 2026-03-05
		pwn prior_written_notice_given 2026-03-05`))
	if points(m) != "" || strings.Join(m.Odd, "") != "held_unset" || m.Facility.Outcome != "agreed" {
		t.Errorf("%s, %v, %s", points(m), m.Odd, m.Facility.Outcome)
	}
	m = one(t, derive(t, "us", "2026-03-20", "set iep_meeting_scheduled 2026-03-02"))
	if m.State != meeting.Unsaid || points(m) != "say_held" {
		t.Errorf("%s %s", m.State, points(m))
	}
}

func points(m *meeting.Meeting) string {
	var out []string
	for _, p := range m.Points {
		out = append(out, p.Key)
	}
	return strings.Join(out, " ")
}

// The talk does most good two to three weeks before: before Monday, March 23, 2026
// that is March 2 to March 9. What followed is counted with and without a talk.
func TestTalk(t *testing.T) {
	r := derive(t, "us", "2026-06-20", `
		first iep_meeting_held 2025-03-10
		no iep_rejected 2025-03-20
		set iep_meeting_scheduled 2026-03-23
		inv dialogue_invited 2026-02-25 re=set
		talk dialogue_held 2026-03-05 re=set about=assessment_summary|draft_goals
		met iep_meeting_held 2026-03-23 re=set
		part iep_consent_partial 2026-04-01
		yes iep_consent_received 2026-04-20`)
	k := r.Meetings[1].Talk
	if k.First != day.Must(2026, time.March, 2) || k.Last != day.Must(2026, time.March, 9) || k.Days != 18 || k.Came != "partly" || k.Invited == nil {
		t.Errorf("%+v", k)
	}
	if r.Effect != [2]meeting.Effect{{Meetings: 1, Rejected: 1}, {Meetings: 1, Partly: 1}} {
		t.Errorf("%+v", r.Effect)
	}
}

// The five steps of preparing a facilitated meeting, for each side.
func TestPrepared(t *testing.T) {
	m := one(t, derive(t, "us", "2026-02-20", `
		set iep_meeting_scheduled 2026-03-02
		fac facilitator_named 2026-02-10 re=set with=Ms._Neutral
		p meeting_prepared 2026-02-11 re=set by=parent about=read_record|speech_minutes|speech_minutes offers=More_minutes|Smaller_group limits=Safety
		c parent_concerns_given 2026-02-12 re=set
		s meeting_prepared 2026-02-13 re=set by=lea summary=Staffing offers=One_idea about=frame_agreed`))
	if m.Prepared[0].Steps != [5]bool{true, true, true, true, false} || m.Prepared[1].Steps != [5]bool{false, true, false, false, true} {
		t.Errorf("%v %v", m.Prepared[0].Steps, m.Prepared[1].Steps)
	}
	if len(m.Prepared[0].Topics) != 1 || !m.Facility.Facilitated() {
		t.Errorf("%+v", m.Prepared[0].Topics)
	}
}

// What does not fit together is said, not mended.
func TestOdd(t *testing.T) {
	r := derive(t, "us", "2026-03-20", `
		a iep_meeting_scheduled 2026-03-02T10:00 ends=2026-03-02T09:00
		b iep_meeting_scheduled 2026-03-02T14:00
		m iep_meeting_held 2026-02-27 re=b`)
	got := map[string]string{}
	for _, m := range r.Meetings {
		got[m.Entry.ID] = strings.Join(m.Odd, " ")
	}
	if got["a"] != "ends_before" || got["b"] != "held_early" {
		t.Errorf("%v", got)
	}
	r = derive(t, "us", "2026-02-20", "a iep_meeting_scheduled 2026-03-02T10:00\nb iep_meeting_scheduled 2026-03-02T14:00")
	for _, m := range r.Meetings {
		if strings.Join(m.Odd, "") != "same_day" {
			t.Errorf("%s: %v", m.Entry.ID, m.Odd)
		}
	}
}

// Whatever the entries and their order: no panic, the same result, and each entry
// about a meeting stands in exactly one place.
func TestNothingIsLost(t *testing.T) {
	kinds := []fact.Kind{meeting.Requested, meeting.Spoken, meeting.Scheduled, meeting.Scheduled, meeting.MeetingHeld, meeting.DisputeAsked, meeting.DisputeHeld, meeting.ListeningHeld,
		meeting.NoticeSent, meeting.ExcusalSought, meeting.ExcusalAgreed, meeting.DecisionNoted, meeting.SummarySent, meeting.ConcernsGiven, meeting.TalkHeld, meeting.FacilityAsked, meeting.PreparedKind}
	rapid.Check(t, func(t *rapid.T) {
		var es []fact.Entry
		for i := range rapid.IntRange(0, 14).Draw(t, "n") {
			e := fact.Entry{ID: fmt.Sprintf("e%02d", i), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), On: day.On(day.Must(2026, time.March, 1).Add(rapid.IntRange(-120, 120).Draw(t, "on")))}
			if rapid.Bool().Draw(t, "vague") {
				e.On.Latest = e.On.Latest.Add(rapid.IntRange(0, 30).Draw(t, "more"))
			}
			if rapid.Bool().Draw(t, "names") {
				e.Re = fmt.Sprintf("e%02d", rapid.IntRange(0, 14).Draw(t, "re"))
			}
			e.Fields.With = rapid.SliceOfN(rapid.SampledFrom([]string{"mother", "Ms. Lee", "(", " ", "LEA"}), 0, 2).Draw(t, "with")
			e.Fields.Result = fact.Tri(rapid.IntRange(0, 2).Draw(t, "result"))
			es = append(es, e)
		}
		in := meeting.Input{Case: &fact.Case{}, AsOf: day.Must(2026, time.March, 1).Add(rapid.IntRange(-130, 130).Draw(t, "as of"))}
		in.View = record.NewView(es, 0)
		a := meeting.Derive(in)
		in.View = record.NewView(rapid.Permutation(es).Draw(t, "order"), 0)
		b := meeting.Derive(in)
		if !reflect.DeepEqual(shape(a), shape(b)) {
			t.Fatalf("%v\n%v", shape(a), shape(b))
		}
		n := len(a.Loose)
		for _, m := range a.Meetings {
			n += len(m.Entries)
			if m.Entry == nil || !m.Has(m.Entry.ID) {
				t.Fatalf("%+v", m)
			}
		}
		if n != len(es) {
			t.Fatalf("%d of %d entries stand somewhere: %v", n, len(es), shape(a))
		}
	})
}
