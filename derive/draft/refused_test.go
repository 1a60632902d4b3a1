package draft_test

import (
	"slices"
	"testing"

	"stayput/derive/draft"
	"stayput/fact"
	"stayput/paper"
)

func reasons(rs ...string) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Reasons = rs } }
func issues(s ...string) func(*fact.Entry)   { return func(e *fact.Entry) { e.Fields.About = s } }
func refuses(e *fact.Entry)                  { e.Fields.Refused = fact.Yes }
func means(s string) func(*fact.Entry)       { return func(e *fact.Entry) { e.Fields.Means = s } }

// claim is the claim about an entry of a record.
func claim(t *testing.T, kind string, es ...fact.Entry) map[string]draft.Value {
	t.Helper()
	for _, r := range gather(t, "state-complaint", "2025-03-01", fact.Case{}, es...).Lists["claims"] {
		if v := r.Values["what"]; v.Named.Kind == fact.MustLookup(kind) || v.Named.Key == "letter.act_refused" {
			return r.Values
		}
	}
	t.Fatal("no claim")
	return nil
}

func entries(v draft.Value, want ...string) bool { return slices.Equal(v.Entries, want) }

// A claim about a no says what had been asked for, when, how and in which words, and what
// was answered, each with the entry that says so.
func TestWhatWasRefused(t *testing.T) {
	es := refused()
	means("email")(&es[0])
	v := claim(t, "evaluation_refused", es...)
	if x := v["request"]; x.Named.Kind != fact.MustLookup("evaluation_requested") || !entries(x, "ask") {
		t.Errorf("the request: %+v", x)
	}
	if x := v["asked"]; x.Date != on("2025-02-03") || !entries(x, "ask") {
		t.Errorf("when it was asked: %+v", x)
	}
	if x := v["how"]; x.Named.Key != "letter.how_email" || !entries(x, "ask") {
		t.Errorf("how it was asked: %+v", x)
	}
	if x := v["requested"]; x.Said != "An evaluation in reading." || !entries(x, "ask") {
		t.Errorf("what was asked: %+v", x)
	}
	if x := v["words"]; x.Said != "She has good grades." || !entries(x, "why") {
		t.Errorf("what was answered: %+v", x)
	}
	if v["reasons"].Any() || v["about"].Any() || v["unnamed"].Any() {
		t.Errorf("reasons %+v, about %+v, unnamed %+v", v["reasons"], v["about"], v["unnamed"])
	}
}

// A no that names no request: that one request fits is no fact. Neither a claim nor a
// letter says that it was refused.
func TestNoRequestIsGuessed(t *testing.T) {
	es := []fact.Entry{entry("ask", "2025-02-03", "evaluation_requested", says("An evaluation in reading.")), entry("no", "2025-02-20", "evaluation_refused", issues("reading", "attention"))}
	v := claim(t, "evaluation_refused", es...)
	for _, name := range []string{"request", "asked", "how", "requested"} {
		if v[name].Any() {
			t.Errorf("%s: %+v", name, v[name])
		}
	}
	if v["unnamed"].Named.Key != "letter.unnamed" {
		t.Errorf("the request is not asked for: %+v", v["unnamed"])
	}
	if x := v["about"]; x.Said != "reading, attention" || !entries(x, "no") {
		t.Errorf("what the no itself names: %+v", x)
	}
	f := gather(t, "demand-pwn", "2025-03-01", fact.Case{}, es...)
	if f.About == nil || f.About.ID != "no" || f.Fields["request.on"].Any() || f.Fields["request.what"].Any() || f.Fields["request.words"].Any() {
		t.Errorf("about %+v: %+v", f.About, f.Fields["request.what"])
	}
	if x := f.Fields["no.about"]; x.Said != "reading, attention" {
		t.Errorf("%+v", x)
	}
	if rows := f.Lists["requests"]; len(rows) != 1 || rows[0].Values["answer"].Any() {
		t.Errorf("an answer was guessed: %+v", rows)
	}
}

// A reason that was only ticked is told as what was ticked; where there are words, they are
// the reason; that there are only other words is no reason.
func TestTickedReasons(t *testing.T) {
	for _, x := range []struct {
		ticked []string
		says   string
		want   []string
	}{
		{[]string{"rti_first", "passing_grades"}, "", []string{"rti_first", "passing_grades"}},
		{[]string{"rti_first"}, "Interventions come first.", nil},
		{[]string{"other_words"}, "", nil},
		{nil, "", nil},
	} {
		v := claim(t, "evaluation_refused", entry("no", "2025-02-20", "evaluation_refused", reasons(x.ticked...), says(x.says)))
		if got := v["reasons"]; !slices.Equal(got.Named.Words, x.want) || len(x.want) > 0 && (got.Sort != paper.Named || got.Entries[0] != "no") {
			t.Errorf("%v %q: %+v", x.ticked, x.says, got)
		}
		if v["words"].Said != x.says {
			t.Errorf("words %+v", v["words"])
		}
	}
}

// A refusal behind a wall says nothing; a request behind one is not told.
func TestAWalledRequest(t *testing.T) {
	es := refused()
	es[0].Wall = fact.Counsel
	v := claim(t, "evaluation_refused", es...)
	if v["request"].Any() || v["asked"].Any() || v["requested"].Any() {
		t.Errorf("%+v", v)
	}
}

// A proposal or refusal of the school is called what it was.
func TestWhatTheSchoolDid(t *testing.T) {
	for want, change := range map[string]func(*fact.Entry){
		"letter.act_refused":  refuses,
		"letter.act_proposed": func(e *fact.Entry) { e.Fields.Refused = fact.No },
		"":                    func(*fact.Entry) {},
	} {
		f := gather(t, "due-process-complaint", "2025-03-01", fact.Case{}, entry("act", "2025-02-20", "action_proposed_or_refused", change))
		if v := f.Fields["about.what"]; v.Named.Key != want || !entries(v, "act") {
			t.Errorf("%q: %+v", want, v)
		}
	}
}

// What was written down as said is quoted; a note about it is a note.
func TestSaidAndNoted(t *testing.T) {
	talk := entry("talk", "2025-02-10", "contact", outcome("reached"), means("phone"), func(e *fact.Entry) { e.Note, e.On.Minute = "He sounded tired.", 16*60+10 })
	f := gather(t, "follow-up-letter", "2025-03-01", fact.Case{}, talk)
	if f.Fields["about.words"].Any() || f.Fields["about.noted"].Said != "He sounded tired." {
		t.Errorf("said %+v, noted %+v", f.Fields["about.words"], f.Fields["about.noted"])
	}
	if f.Fields["about.how"].Named.Key != "letter.how_phone" || f.Fields["about.time"].Named.Minute != 970 {
		t.Errorf("how %+v, when %+v", f.Fields["about.how"], f.Fields["about.time"])
	}
	says("The plan comes next week.")(&talk)
	f = gather(t, "follow-up-letter", "2025-03-01", fact.Case{}, talk)
	if f.Fields["about.words"].Said != "The plan comes next week." || f.Fields["about.noted"].Said != "The plan comes next week." {
		t.Errorf("said %+v, noted %+v", f.Fields["about.words"], f.Fields["about.noted"])
	}
	offer := entry("offer", "2025-02-10", "iep_offered")
	no := entry("no", "2025-02-12", "iep_rejected", func(e *fact.Entry) { e.Note = "Could not sleep." })
	if rows := gather(t, "ten-day-notice", "2025-03-01", fact.Case{}, offer, no).Lists["rejections"]; len(rows) != 0 {
		t.Errorf("a note is quoted as an answer: %+v", rows)
	}
}
