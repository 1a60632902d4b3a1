package web

import (
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/meeting"
	"stayput/desk"
	"stayput/fact"
	"stayput/plan"
)

var (
	letterSent     = fact.MustLookup("letter_sent")
	letterReceived = fact.MustLookup("letter_received")
	noteAdded      = fact.MustLookup("note_added")
)

// A meetingRead reads one form about a meeting.
type meetingRead struct {
	f   *Form
	c   *desk.Case
	m   *meeting.Meeting // nil on the list
	cat Frame
	do  string
	bad wrong
	e   fact.Entry
}

func (x *meetingRead) got(name string, n int) string { return x.f.Text(x.do+"_"+name, n) }

func (x *meetingRead) wrong(name, key string) { x.bad[x.do+"_"+name] = key }

// words is a long text, which is never cut.
func (x *meetingRead) words(name string, must bool) string {
	w, fits := x.f.Words(x.do+"_"+name, mostWords)
	switch {
	case !fits:
		x.wrong(name, "webcase.bad_long")
	case w == "" && must:
		x.wrong(name, "webmeeting.bad_words")
	}
	return w
}

// lines are the lines of a text, at most n letters each and at most so many.
func (x *meetingRead) lines(name string, n int) []string {
	var out []string
	text, fits := x.f.Words(x.do+"_"+name, mostWords)
	for _, l := range split(text, "\n") {
		fits = fits && len([]rune(l)) <= n && len(out) < 60
		out = append(out, l)
	}
	if !fits {
		x.wrong(name, "webmeeting.bad_lines")
	}
	return out
}

// names are the names of a text, one in a line or with commas between them.
func (x *meetingRead) names(name string) []string {
	var out []string
	for _, n := range strings.FieldsFunc(x.f.Text(x.do+"_"+name, 4000), func(c rune) bool { return c == ',' || c == ';' || c == '\n' }) {
		if n = strings.TrimSpace(n); n != "" && len(out) < mostNames {
			out = append(out, shortened(n, 100))
		}
	}
	return out
}

// past is a day that is not to come.
func (x *meetingRead) past() {
	bad := wrong{}
	on := pastDayOf(x.got("on", 20), x.c.Today, bad)
	if key := bad["on"]; key != "" {
		x.wrong("on", key)
		return
	}
	x.e.On = day.On(on)
}

// hours puts the hours of a form to a day.
func (x *meetingRead) hours(on day.Date) {
	start, end := x.got("start", 8), x.got("end", 8)
	x.e.On = day.On(on)
	if start != "" {
		w, err := day.ParseWhen(on.String() + "T" + start)
		if err != nil {
			x.wrong("start", "webcase.bad_time")
			return
		}
		x.e.On = w
	}
	if end == "" {
		return
	}
	w, err := day.ParseWhen(on.String() + "T" + end)
	switch {
	case err != nil:
		x.wrong("end", "webcase.bad_time")
	case start == "":
		x.wrong("start", "webmeeting.bad_start")
	case w.Minute <= x.e.On.Minute:
		x.wrong("end", "webmeeting.bad_end")
	default:
		x.e.Ends = w
	}
}

// appointment is the day that is set, today or later, or one that was set before.
func (x *meetingRead) appointment() {
	x.e.Kind, x.e.By = meeting.Scheduled, string(fact.LEA)
	on, err := day.Parse(x.got("day", 20))
	switch {
	case x.got("day", 20) == "":
		x.wrong("day", "webmeeting.bad_no_day")
	case err != nil:
		x.wrong("day", "webcase.bad_day")
	case on > x.c.Today.AddYears(2):
		x.wrong("day", "webcase.bad_far")
	case on < x.c.Today.AddYears(-40):
		x.wrong("day", "webcase.bad_long_ago")
	default:
		x.hours(on)
	}
}

func (x *meetingRead) chosen(name string, words ...string) string {
	v := x.got(name, 40)
	if !slices.Contains(words, v) {
		x.wrong(name, "webmeeting.bad_choice")
		return ""
	}
	return v
}

func (x *meetingRead) tri(name string, words ...string) fact.Tri {
	switch x.chosen(name, words...) {
	case "yes":
		return fact.Yes
	case "no":
		return fact.No
	}
	return fact.Unsaid
}

// some are the ticked answers of a closed list.
func (x *meetingRead) some(name string, words []string) []string {
	var out []string
	for _, v := range x.f.All(x.do + "_" + name) {
		if slices.Contains(words, v) && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// listEntry is what a form of the list writes down.
func (x *meetingRead) listEntry() bool {
	switch x.do {
	case "ask":
		sort, how := x.chosen("sort", "iep", "facilitated", "disagreement"), x.chosen("how", "written", "spoken")
		x.e.Kind, x.e.By = meeting.Requested, string(fact.Parent)
		switch {
		case sort == "facilitated":
			x.e.Kind, x.e.By = meeting.FacilityAsked, keeperOf(x.c)
			x.e.Fields.Written = fact.TriOf(how == "written")
		case sort == "disagreement":
			x.e.Kind = meeting.DisputeAsked
			x.e.Fields.Written = fact.TriOf(how == "written")
		case how == "spoken":
			x.e.Kind = meeting.Spoken
		}
		x.e.Note = x.words("why", false)
		x.past()
	case "set":
		x.appointment()
		x.e.Note = x.got("place", 200)
		if re := x.got("re", 40); re != "" {
			e := x.c.Entry(re)
			if e == nil {
				x.wrong("re", "webmeeting.bad_choice")
			} else {
				x.e.Re = e.ID
			}
		}
	case "held":
		x.e.Kind, x.e.By = meeting.MeetingHeld, string(fact.LEA)
		if x.chosen("sort", "iep", "disagreement") == "disagreement" {
			x.e.Kind = meeting.DisputeHeld
		}
		x.e.Fields.With = x.names("there")
		x.past()
	default:
		return false
	}
	return true
}

// entry is what a form of one meeting writes down.
func (x *meetingRead) entry() bool {
	e, m := &x.e, x.m
	e.Re = m.Entry.ID
	us := keeperOf(x.c)
	switch x.do {
	case "topic":
		text := x.got("text", 10_000)
		switch {
		case text == "":
			x.wrong("text", "webmeeting.bad_words")
		case len([]rune(text)) > mostOfTopic+1: // what the record offers may end in one more sign
			x.wrong("text", "webmeeting.bad_lines")
		}
		e.Kind, e.By, e.On = meeting.PreparedKind, us, day.On(x.c.Today)
		e.Fields.About = []string{strings.Join(strings.Fields(text), " ")}
	case "agenda":
		e.Kind, e.By = meeting.AgendaSent, us
		if e.Fields.About = x.lines("topics", 1000); len(e.Fields.About) == 0 {
			x.wrong("topics", "webmeeting.bad_words")
		}
		e.Fields.With = x.names("to")
		x.past()
	case "concerns":
		e.Kind, e.By = meeting.ConcernsGiven, string(fact.Parent)
		e.Fields.Summary = x.words("words", true)
		x.past()
	case "expect":
		e.Kind, e.By, e.On = meeting.PreparedKind, us, day.On(x.c.Today)
		for _, r := range meetingRoles {
			for _, n := range x.names("role_" + string(r)) {
				e.Fields.With = append(e.Fields.With, n+" ("+x.cat.speak().seatRole(r)+")")
			}
		}
		if e.Fields.With = append(e.Fields.With, x.names("others")...); len(e.Fields.With) == 0 {
			x.wrong("role_parent", "webmeeting.bad_people")
		}
	case "excuse":
		e.Kind = meeting.ExcusalSought
		role := x.got("role", 40)
		member := x.got("member", 100)
		if member == "" {
			x.wrong("member", "webmeeting.bad_people")
		}
		if !slices.Contains(excusedRoles, plan.Role(role)) {
			x.wrong("role", "webmeeting.bad_choice")
		} else {
			e.Fields.With = []string{member + " (" + x.cat.speak().seatRole(plan.Role(role)) + ")"}
		}
		if area := x.got("area", 200); area != "" {
			e.Fields.About = []string{area}
		}
		e.Fields.Result = x.tri("discussed", "yes", "no", "")
		x.past()
	case "excused", "input":
		q := x.c.Entry(x.got("which", 40))
		if q == nil || !m.Has(q.ID) || q.Kind != meeting.ExcusalSought && q.Kind != meeting.ExcusalAgreed && q.Kind != meeting.ExcusalRefused {
			x.wrong("which", "webmeeting.bad_choice")
			return true
		}
		e.Re = q.ID
		x.past()
		if x.do == "input" {
			e.Kind, e.Fields.About, e.Fields.With = letterReceived, []string{meeting.WrittenInput}, q.Fields.With
			if us == string(fact.LEA) {
				e.Kind = letterSent
			}
			return true
		}
		e.By, e.Fields.With = string(fact.Parent), q.Fields.With
		e.Kind = meeting.ExcusalAgreed
		if x.chosen("answer", "agreed", "refused") == "refused" {
			e.Kind = meeting.ExcusalRefused
		}
		e.Fields.Written = x.tri("written", "yes", "no")
	case "notice":
		e.Kind, e.By = meeting.NoticeSent, string(fact.LEA)
		e.Fields.About, e.Fields.With = x.some("content", meeting.Contents()), x.names("there")
		x.past()
	case "interpreter":
		e.Kind, e.By = meeting.InterpretAsked, us
		if e.Fields.Summary = x.got("language", 100); e.Fields.Summary == "" {
			x.wrong("language", "webmeeting.bad_words")
		}
		x.past()
	case "recording":
		e.Kind, e.By = meeting.RecordingGiven, x.chosen("who", "parent", "lea")
		x.past()
		if at := x.got("at", 8); at != "" && !e.On.IsZero() {
			w, err := day.ParseWhen(e.On.Earliest.String() + "T" + at)
			if err != nil {
				x.wrong("at", "webcase.bad_time")
			} else {
				e.On = w
			}
		}
	case "invite":
		e.Kind, e.By = meeting.TalkInvited, string(fact.LEA)
		x.past()
		if t := x.got("offered", 20); t != "" {
			until, err := day.Parse(t)
			switch {
			case err != nil:
				x.wrong("offered", "webcase.bad_day")
			case !e.On.IsZero() && until < e.On.Earliest:
				x.wrong("offered", "webcase.bad_until")
			default:
				e.Fields.Until = until
			}
		}
	case "talk":
		e.Kind, e.By = meeting.TalkHeld, string(fact.LEA)
		e.Fields.About, e.Fields.With = x.some("shared", talkShared), x.names("with")
		e.Fields.Summary = x.words("heard", false)
		x.past()
	case "prepare":
		e.Kind, e.On = meeting.PreparedKind, day.On(x.c.Today)
		e.By = x.chosen("side", "parent", "lea")
		e.Fields.About = x.some("done", []string{meeting.ReadRecord, meeting.FrameAgreed})
		e.Fields.Summary, e.Fields.Offers, e.Fields.Conditions = x.words("worry", false), x.lines("solutions", 1000), x.words("limits", false)
		if len(e.Fields.About) == 0 && len(e.Fields.Offers) == 0 && e.Fields.Summary == "" && e.Fields.Conditions == "" {
			x.wrong("worry", "webmeeting.bad_words")
		}
		if x.f.Has("prepare_private") && x.chosen("private", "yes", "no") == "yes" {
			e.Wall = fact.Author
		}
	case "facilitator":
		e.Kind = meeting.FacilityNamed
		if e.Fields.With = x.names("facilitator"); len(e.Fields.With) == 0 {
			x.wrong("facilitator", "webmeeting.bad_people")
		}
		x.past()
	case "neutral":
		e.Kind, e.By = meeting.FacilityAsked, us
		x.past()
	case "move":
		if m.Scheduled == nil {
			return false
		}
		x.appointment()
		e.Re = m.Scheduled.ID
	case "held":
		e.Kind, e.By = meeting.MeetingHeld, string(fact.LEA)
		if m.Kind == meeting.Disagreement {
			e.Kind = meeting.DisputeHeld
		}
		if m.Held != nil && x.c.Name(m.Held.ID) != x.f.Text("name", 20) || m.Kind == meeting.Listening {
			return false
		}
		x.past()
		if !e.On.IsZero() {
			x.hours(e.On.Earliest)
		}
		e.Fields.With = x.names("there")
		if x.f.Has("held_outcome") {
			switch x.chosen("outcome", "agreed", "partly", "not", "") {
			case "agreed":
				e.Fields.Result = fact.Yes
			case "not":
				e.Fields.Result = fact.No
			case "partly":
				e.Fields.About = []string{meeting.Partly}
			}
		}
	case "there":
		e.Kind, e.By, e.On = meeting.InterpretThere, string(fact.LEA), day.On(x.c.Today)
		if !m.On.IsZero() {
			e.On = day.On(min(x.c.Today, m.On.Latest))
		}
		e.Fields.Result = x.tri("came", "yes", "no")
	case "summary":
		e.Kind, e.By = meeting.SummarySent, us
		e.Fields.Summary, e.Fields.With = x.words("words", true), x.names("to")
		x.past()
	case "done":
		q := x.c.Entry(x.got("which", 40))
		if q == nil || q.Kind != meeting.DecisionNoted || !m.Has(q.ID) {
			return false
		}
		e.Kind, e.Re, e.On, e.Wall = noteAdded, q.ID, day.On(x.c.Today), q.Wall
		e.Fields.Result, e.Note = fact.Yes, x.cat.T("webmeeting.done_note", "words", shortened(wordsIn(q), mostOfTopic))
	default:
		return false
	}
	return true
}

// settle puts the entry behind the wall of what it points to, and lets a form that was
// sent twice point to what it pointed to the first time: the meeting may be named by
// another entry since.
func (x *meetingRead) settle() {
	if old := x.c.Entry(x.f.Text("name", 20)); old != nil {
		x.e.Re = old.Re
	}
	if to := x.c.Brief.View.Get(x.e.Re); to != nil && to.Wall != fact.Open {
		x.e.Wall = to.Wall
	}
}

// meetingAdd writes down a request, a day that is set, or a meeting that was held.
func (s *Site) meetingAdd(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	x := &meetingRead{f: f, c: c, cat: s.wordsOf(r), do: f.Text("do", 20), bad: wrong{}}
	if !x.listEntry() {
		return refuse(http.StatusUnprocessableEntity, "web.error.bad_form")
	}
	if len(x.bad) > 0 {
		return s.show(w, r, http.StatusUnprocessableEntity, s.meetingsPage(r, c, f, x.bad))
	}
	x.settle()
	saved, err := s.desk.AddEntry(r.Context(), who(r), c.ID, desk.NewEntry{Name: f.Text("name", 20), Fact: x.e, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webmeeting.saved"})
	return s.seeOther(w, r, meetingPath(c.Folder, "/"+saved))
}

// meetingSave writes down one thing about a meeting.
func (s *Site) meetingSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	c, _, m, err := s.meetingOf(r, desk.View{})
	if err != nil {
		return err
	}
	x := &meetingRead{f: f, c: c, m: m, cat: s.wordsOf(r), do: f.Text("do", 20), bad: wrong{}}
	if !x.entry() {
		return refuse(http.StatusUnprocessableEntity, "web.error.bad_form")
	}
	if len(x.bad) > 0 {
		p, err := s.meetingPage(r, f, x.bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	x.settle()
	saved, err := s.desk.AddEntry(r.Context(), who(r), c.ID, desk.NewEntry{Name: f.Text("name", 20), Fact: x.e, Via: "web"})
	if err != nil {
		return err
	}
	to := onePath(c.Folder, m)
	switch x.do {
	case "move":
		to = meetingPath(c.Folder, "/"+saved)
	case "topic":
		to += "#agenda"
	case "done":
		to += "#decisions"
	default:
		s.note(r, Note{Tone: "done", Key: "webcase.saved_entry", Pairs: []string{"kind", lower(first(x.cat.cat.Kind(x.e.Kind.String())))}, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	}
	return s.seeOther(w, r, to)
}
