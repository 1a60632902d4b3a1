package packet_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/brief/brieftest"
	"stayput/derive/clock"
	"stayput/derive/draft"
	"stayput/derive/packet"
	"stayput/fact"
	"stayput/fact/facttest"
)

var on, entry = facttest.Day, facttest.Entry

func re(id string) func(*fact.Entry)     { return func(e *fact.Entry) { e.Re = id } }
func says(s string) func(*fact.Entry)    { return func(e *fact.Entry) { e.Fields.Summary = s } }
func files(s string) func(*fact.Entry)   { return func(e *fact.Entry) { e.Files = []string{s} } }
func by(s string) func(*fact.Entry)      { return func(e *fact.Entry) { e.By = s } }
func wall(w fact.Wall) func(*fact.Entry) { return func(e *fact.Entry) { e.Wall = w } }
func offers(s string) func(*fact.Entry) {
	return func(e *fact.Entry) { e.Fields.Offers = []string{s} }
}

func briefOf(t brieftest.Fataler, asOf string, es ...fact.Entry) *brief.Brief {
	return brieftest.Make(t, asOf, fact.Case{}, es...)
}

func pack(t brieftest.Fataler, n packet.Name, asOf string, es ...fact.Entry) *packet.Pack {
	return packet.Make(n, draft.From(briefOf(t, asOf, es...), draft.Sources{}))
}

func section(p *packet.Pack, name string) *packet.Section {
	i := slices.IndexFunc(p.Parts, func(s packet.Section) bool { return s.Name == name })
	if i < 0 {
		return &packet.Section{}
	}
	return &p.Parts[i]
}

func keys(s *packet.Section) (out []string) {
	for _, r := range s.Rows {
		out = append(out, r.Key)
	}
	return out
}

// Consent on September 2, 2025: day 60 is November 1. On December 1 that is 30 days late.
// The request of November 20 has no answer; that of November 3 has one.
func TestMeeting(t *testing.T) {
	p := pack(t, packet.ForMeeting, "2025-12-01",
		entry("worry", "2025-11-10", "concern_raised", says("She cries before school.")),
		entry("consent", "2025-09-02", "evaluation_consent_received"),
		entry("asked", "2025-11-03", "records_access_requested"), entry("given", "2025-11-10", "records_access_given", re("asked")),
		entry("asked2", "2025-11-20", "iee_requested", says("An independent evaluation.")),
		entry("held", "2025-10-01", "iep_meeting_held"),
		entry("next", "2025-12-09", "iep_meeting_scheduled"), entry("agenda", "2025-11-28", "agenda_sent", re("next"), func(e *fact.Entry) { e.Fields.About = []string{"Reading", "Transport"} }),
	)
	if p.Meeting == nil || p.Meeting.Entry.ID != "next" {
		t.Fatalf("meeting %+v", p.Meeting)
	}
	if got := keys(section(p, "concerns")); !slices.Equal(got, []string{"worry"}) || section(p, "concerns").Blank != 0 {
		t.Errorf("concerns %v", got)
	}
	if got := keys(section(p, "agenda")); !slices.Equal(got, []string{"agenda/0", "agenda/1"}) || section(p, "agenda").Rows[0].Entry.ID != "agenda" {
		t.Errorf("agenda %v", got)
	}
	if got := keys(section(p, "unanswered")); !slices.Equal(got, []string{"asked2"}) {
		t.Errorf("unanswered %v", got)
	}
	late := section(p, "late").Rows
	if i := slices.IndexFunc(late, func(r packet.Row) bool { return r.Values["due"].Date == on("2025-11-01") }); i < 0 || late[i].Values["days"].Number != 30 || late[i].Entry.ID != "consent" {
		t.Errorf("late %+v", late)
	}
	if s := section(p, "services"); !s.Honest || len(s.Rows) != 0 {
		t.Errorf("services %+v", s)
	}
	if s := section(p, "goals"); s.Name != "" {
		t.Errorf("an empty part stands: %+v", s)
	}
}

// What was done late is no longer late.
func TestDoneLateIsDone(t *testing.T) {
	p := pack(t, packet.ForMeeting, "2025-12-01", entry("consent", "2025-09-02", "evaluation_consent_received"), entry("done", "2025-11-20", "evaluation_completed", re("consent")))
	for _, r := range section(p, "late").Rows {
		if r.Values["due"].Date == on("2025-11-01") {
			t.Errorf("%+v", r)
		}
	}
}

// A meeting that is over is not the one to come, and its people are not those who come.
func TestNoMeetingAhead(t *testing.T) {
	p := pack(t, packet.ForMeeting, "2025-12-01", entry("held", "2025-10-01", "iep_meeting_held"))
	if p.Meeting != nil || section(p, "members").Name != "" || section(p, "agenda").Blank == 0 {
		t.Errorf("%+v %+v", p.Meeting, p.Parts)
	}
}

// Of a mediation session there is the day, and no word of it or of that day's talks; an
// offer of another day stands with who made it.
func TestMediation(t *testing.T) {
	p := pack(t, packet.ForMediation, "2025-12-01",
		entry("no", "2025-10-06", "evaluation_refused", says("Her grades are good.")),
		entry("noted", "2025-10-07", "action_proposed_or_refused", func(e *fact.Entry) { e.Fields.Refused = fact.Yes }),
		entry("plan", "2025-10-07", "action_proposed_or_refused", func(e *fact.Entry) { e.Fields.Refused = fact.No }),
		entry("call", "2025-10-20", "contact", by("lea"), says("A call."), offers("Two hours a week.")),
		entry("ours", "2025-10-22", "contact", by("parent"), says("A letter."), offers("Three hours a week.")),
		entry("med", "2025-11-12", "mediation_session_held", says("zqroom one"), offers("zqroom two")),
		entry("talk", "2025-11-12", "contact", by("lea"), says("zqroom three"), offers("zqroom four")),
		entry("after", "2025-11-13", "contact", re("med"), says("zqroom five"), offers("zqroom six")),
		entry("agreed", "2025-11-14", "mediation_agreement_signed", re("after"), says("zqroom seven")),
		entry("secret", "2025-11-01", "contact", wall(fact.Mediation), says("zqroom eight"), offers("zqroom nine")),
	)
	if got := fmt.Sprint(p.Parts); strings.Contains(got, "zqroom") {
		for _, s := range p.Parts {
			if strings.Contains(valuesOf(&s), "zqroom") {
				t.Errorf("%s: %s", s.Name, valuesOf(&s))
			}
		}
	}
	if got := keys(section(p, "events")); !slices.Equal(got, []string{"no", "noted", "plan", "call", "ours", "med", "talk", "after", "agreed"}) {
		t.Errorf("events %v", got)
	}
	o := section(p, "offers").Rows
	if len(o) != 2 || o[0].Values["by"].Named.Key != "party.lea" || o[0].Values["words"].Said != "Two hours a week." || o[1].Values["by"].Named.Key != "party.parent" {
		t.Errorf("offers %+v", o)
	}
	if got := keys(section(p, "dispute")); !slices.Equal(got, []string{"no", "noted"}) {
		t.Errorf("dispute %v", got)
	}
	if s := section(p, "goal"); s.Blank == 0 {
		t.Error("no lines for the goal")
	}
	// Refused on October 6, 2025: one year for a complaint to the State is October 6, 2026.
	routes := section(p, "routes").Routes
	if len(routes) == 0 || routes[0].Right != "state_complaint" || routes[0].First != on("2026-10-06") {
		t.Errorf("%+v", routes)
	}
}

// valuesOf is every word that a section says.
func valuesOf(s *packet.Section) string {
	var b strings.Builder
	for _, r := range s.Rows {
		for _, v := range r.Values {
			b.WriteString(v.Said + "\n")
		}
	}
	return b.String()
}

// Words of a resolution meeting stay there only when both sides agreed to that.
func TestResolutionMeeting(t *testing.T) {
	es := []fact.Entry{entry("filed", "2025-10-01", "due_process_filed", by("parent")), entry("rm", "2025-10-10", "resolution_meeting_held", says("zqres"))}
	said := func(es []fact.Entry) bool {
		return strings.Contains(valuesOf(section(pack(t, packet.ForMediation, "2025-12-01", es...), "events")), "zqres")
	}
	if !said(es) {
		t.Error("the words are gone")
	}
	if said(append(es, entry("conf", "2025-10-10", "resolution_confidentiality_agreed"))) {
		t.Error("what was agreed to stay there is told")
	}
}

// The no of October 6, 2025 can be brought up on December 1, 2025; that of March 2, 2020
// cannot: two years end on March 2, 2022.
func TestComplaint(t *testing.T) {
	p := pack(t, packet.ForComplaint, "2025-12-01",
		entry("other", "2025-01-10", "contact", files("x.pdf")),
		entry("old", "2020-03-02", "evaluation_refused"),
		entry("ask", "2025-09-29", "evaluation_requested", files("ask.pdf")),
		entry("no", "2025-10-06", "evaluation_refused", re("ask"), files("no.pdf")),
		entry("mine", "2025-10-07", "iee_refused", wall(fact.Author)),
	)
	now, old := section(p, "allegations").Allegations, section(p, "older").Allegations
	i := slices.IndexFunc(now, func(a packet.Allegation) bool { return a.Claim.Entry == "no" })
	if i < 0 {
		t.Fatalf("%+v", now)
	}
	if len(now[i].Proof) == 0 || slices.ContainsFunc(now[i].Proof, func(x packet.Exhibit) bool { return x.Entry.ID == "no" && x.No != 3 }) {
		t.Errorf("proof %+v", now[i].Proof) // papers in order of day: x.pdf, ask.pdf, no.pdf
	}
	if len(old) == 0 || old[0].Claim.Entry != "old" {
		t.Errorf("older %+v", old)
	}
	if slices.Contains(keys(section(p, "exhibits")), "other") || !slices.Contains(keys(section(p, "exhibits")), "no") {
		t.Errorf("exhibits %v", keys(section(p, "exhibits")))
	}
	for _, a := range append(now, old...) {
		if a.Claim.Entry == "mine" {
			t.Error("an allegation stands on a walled entry")
		}
	}
}

// A chronology of 450 entries shows the newest 400 and says that 50 stand before them.
func TestLongChronology(t *testing.T) {
	var es []fact.Entry
	for i := range 450 {
		es = append(es, fact.Entry{ID: fmt.Sprint("e", i), On: day.On(on("2022-01-01").Add(i)), Kind: fact.MustLookup("contact")})
	}
	s := section(pack(t, packet.ForMediation, "2025-12-01", es...), "events")
	if len(s.Rows) != 400 || s.Earlier != 50 || s.Rows[399].Key != "e449" {
		t.Errorf("%d, %d earlier", len(s.Rows), s.Earlier)
	}
}

func TestNothing(t *testing.T) {
	for _, n := range packet.Names {
		if p := pack(t, n, "2025-12-01"); len(p.Parts) == 0 {
			t.Errorf("%s is empty", n)
		}
	}
	if p := packet.Make("other", draft.Input{Case: &fact.Case{}}); len(p.Parts) != 0 {
		t.Errorf("%+v", p)
	}
}

// The seven days to Friday, March 6, 2026 begin on Saturday, February 28. Consent on
// January 12, 2026: day 60 is March 13, seven days ahead.
func TestWeek(t *testing.T) {
	b := briefOf(t, "2026-03-06",
		entry("before", "2026-02-27", "contact"), entry("first", "2026-02-28", "contact"), entry("last", "2026-03-06", "contact"), entry("after", "2026-03-07", "contact"),
		entry("mine", "2026-03-02", "contact", wall(fact.Author)), entry("consent", "2026-01-12", "evaluation_consent_received"))
	w := packet.WeekOf(b)
	var got []string
	for _, e := range w.Happened {
		got = append(got, e.ID)
	}
	if w.From != on("2026-02-28") || !slices.Equal(got, []string{"first", "last"}) {
		t.Errorf("from %s: %v", w.From, got)
	}
	if len(w.Due) == 0 || !slices.ContainsFunc(w.Due, func(c *clock.Clock) bool { return c.On == on("2026-03-13") && c.OwedBy == fact.LEA }) {
		t.Errorf("due %+v", w.Due)
	}
	if len(w.Late) != 0 {
		t.Errorf("late %+v", w.Late)
	}
	// On February 26 day 60 is 15 days ahead: not yet told. On March 14 it is late.
	for asOf, want := range map[string][2]bool{"2026-02-26": {false, false}, "2026-02-27": {true, false}, "2026-03-13": {true, false}, "2026-03-14": {false, true}} {
		w := packet.WeekOf(briefOf(t, asOf, entry("consent", "2026-01-12", "evaluation_consent_received")))
		is := func(c *clock.Clock) bool { return c.On == on("2026-03-13") }
		if got := [2]bool{slices.ContainsFunc(w.Due, is), slices.ContainsFunc(w.Late, is)}; got != want {
			t.Errorf("%s: %v, want %v", asOf, got, want)
		}
	}
}

// Whatever stands in a record, no row of a pack and no line of a week stands on a walled
// entry or says its words.
func TestWalls(t *testing.T) {
	kinds := []string{"contact", "concern_raised", "evaluation_requested", "evaluation_refused", "evaluation_consent_received", "iep_offered", "iep_rejected", "mediation_session_held", "iep_meeting_scheduled",
		"agenda_sent", "due_process_filed", "decision_made", "iee_refused", "impression_noted", "records_access_requested"}
	kinds = slices.DeleteFunc(kinds, func(k string) bool { _, ok := fact.Lookup(k); return !ok })
	rapid.Check(t, func(t *rapid.T) {
		var es []fact.Entry
		for i := range rapid.IntRange(0, 12).Draw(t, "n") {
			e := entry(fmt.Sprint("e", i), "2025-01-01", rapid.SampledFrom(kinds).Draw(t, "kind"), says("open words"), offers("open offer"))
			e.On = day.On(on("2025-01-01").Add(rapid.IntRange(0, 400).Draw(t, "day")))
			e.Fields.About = []string{"open topic"}
			if w := rapid.SampledFrom([]fact.Wall{fact.Open, fact.Author, fact.Counsel, fact.Mediation}).Draw(t, "wall"); w != fact.Open {
				e.Wall, e.Note = w, "zqwall"
				e.Fields.Summary, e.Fields.Offers, e.Fields.About, e.Files = "zqwall", []string{"zqwall"}, []string{"zqwall"}, []string{"zqwall.pdf"}
			}
			if i > 0 && rapid.Bool().Draw(t, "answers") {
				e.Re = fmt.Sprint("e", rapid.IntRange(0, i-1).Draw(t, "re"))
			}
			es = append(es, e)
		}
		b := briefOf(t, "2025-12-01", es...)
		good := func(e *fact.Entry) bool { return e == nil || e.Wall == fact.Open && !e.Kind.Info().Inward }
		for _, n := range packet.Names {
			p := packet.Make(n, draft.From(b, draft.Sources{}))
			if p.Meeting != nil && !good(p.Meeting.Entry) {
				t.Fatalf("%s: a walled meeting", n)
			}
			for i := range p.Parts {
				s := &p.Parts[i]
				if strings.Contains(valuesOf(s), "zqwall") {
					t.Fatalf("%s %s: %s", n, s.Name, valuesOf(s))
				}
				for _, r := range s.Rows {
					if !good(r.Entry) {
						t.Fatalf("%s %s stands on %s", n, s.Name, r.Entry.ID)
					}
				}
				for _, a := range s.Allegations {
					if x := b.View.Get(a.Claim.Entry); !good(x) {
						t.Fatalf("an allegation about %s", a.Claim.Entry)
					}
					for _, x := range a.Proof {
						if !good(x.Entry) {
							t.Fatalf("proof %s", x.Entry.ID)
						}
					}
				}
			}
		}
		w := packet.WeekOf(b)
		for _, e := range w.Happened {
			if !good(e) {
				t.Fatalf("a week tells of %s", e.ID)
			}
		}
		for _, c := range append(w.Late, w.Due...) {
			if !good(b.View.Get(c.Trigger)) {
				t.Fatalf("a date stands on %s", c.Trigger)
			}
		}
	})
}

// A week tells nobody that a duty is late that may have been met: the records of the second
// request, of January 20, were given on January 28, and the first, of January 5, was due by
// February 19. It tells of no resolution meeting of a settled case, and of no day that was
// put off.
func TestWeekSaysNothingUnsure(t *testing.T) {
	late := func(asOf string, es ...fact.Entry) int { return len(packet.WeekOf(briefOf(t, asOf, es...)).Late) }
	first := entry("first", "2026-01-05", "records_access_requested")
	if late("2026-03-06", first) == 0 {
		t.Error("a request without an answer is not late")
	}
	if n := late("2026-03-06", first, entry("second", "2026-01-20", "records_access_requested"), entry("given", "2026-01-28", "records_access_given", re("second"))); n != 0 {
		t.Errorf("%d late though the records came", n)
	}
	filed := func(e *fact.Entry) { e.Fields.FiledBy = "parent" }
	es := []fact.Entry{entry("filed", "2026-02-02", "due_process_filed", filed), entry("got", "2026-02-02", "due_process_received", filed, re("filed"))}
	if late("2026-03-20", es...) == 0 {
		t.Error("an open case without a resolution meeting has nothing late")
	}
	if n := late("2026-03-20", append(es, entry("end", "2026-02-09", "settlement_signed", re("got")))...); n != 0 {
		t.Errorf("%d late after the settlement", n)
	}
	w := packet.WeekOf(briefOf(t, "2026-03-06", entry("day", "2026-03-04", "iep_meeting_scheduled"), entry("moved", "2026-03-18", "iep_meeting_scheduled", re("day"))))
	for _, e := range w.Happened {
		if e.ID == "day" {
			t.Error("a meeting that was put off is told as this week's")
		}
	}
}

// Nobody alleges that records came late which may have come in time, nor that a settled
// case had no resolution meeting (see TestWeekSaysNothingUnsure).
func TestNothingUnsureIsAlleged(t *testing.T) {
	all := func(asOf string, es ...fact.Entry) int {
		p := pack(t, packet.ForComplaint, asOf, es...)
		return len(section(p, "allegations").Allegations) + len(section(p, "older").Allegations)
	}
	first := entry("first", "2026-01-05", "records_access_requested")
	if all("2026-03-06", first) == 0 {
		t.Error("a request without an answer is not alleged")
	}
	if n := all("2026-03-06", first, entry("second", "2026-01-20", "records_access_requested"), entry("given", "2026-01-28", "records_access_given", re("second"))); n != 0 {
		t.Errorf("%d alleged though the records came", n)
	}
	filed := func(e *fact.Entry) { e.Fields.FiledBy = "parent" }
	es := []fact.Entry{entry("filed", "2026-02-02", "due_process_filed", filed), entry("got", "2026-02-02", "due_process_received", filed, re("filed"))}
	if all("2026-03-20", es...) == 0 {
		t.Error("an open case without a resolution meeting has nothing late")
	}
	if n := all("2026-03-20", append(es, entry("end", "2026-02-09", "settlement_signed", re("got")))...); n != 0 {
		t.Errorf("%d alleged after the settlement", n)
	}
}
