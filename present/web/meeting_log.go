package web

import (
	"net/http"
	"strings"

	"stayput/day"
	"stayput/derive/meeting"
	"stayput/desk"
	"stayput/fact"
)

// A meetingLogPage is the decision log: one line and one tap for each decision, on a
// phone at the table.
type meetingLogPage struct {
	Frame
	Back, Path string
	Meeting    string
	Name       string // of the decision to be
	Line       Field
	More       []Field
	Open       bool
	None       string // why nothing can be noted
	Decisions  []meetingDecision
	Errs       []Field
}

func (meetingLogPage) template() string { return "meeting_log" }

var (
	_ = sample(func() page {
		return meetingLogPage{Back: "/b", Path: "/p", Meeting: "m", Name: "n", Line: Field{Name: "line", Kind: "textarea", Label: "l", Error: "e"}, More: []Field{{Name: "with", Label: "l"}}, Open: true,
			Decisions: []meetingDecision{sampleDecision()}, Errs: []Field{{Name: "line", Error: "e"}}}
	})
	_ = sample(func() page { return meetingLogPage{Back: "/b", Path: "/p", None: "n"} })
)

// meetingLog shows the decision log of a meeting.
func (s *Site) meetingLog(w http.ResponseWriter, r *http.Request) error {
	c, _, m, err := s.meetingOf(r, desk.View{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, s.logPage(r, c, m, nil, wrong{}))
}

// logPage draws it; f is the form that was sent and must be mended, if any.
func (s *Site) logPage(r *http.Request, c *desk.Case, m *meeting.Meeting, f *Form, bad wrong) meetingLogPage {
	p := meetingLogPage{Frame: s.caseFrame(r, c, "webmeeting.log_title", "disagree"), Back: onePath(c.Folder, m), Name: desk.NewName()}
	p.Path = p.Back + "/decisions"
	p.Meeting = p.T("webmeeting.of_meeting", "meeting", p.speak().meetingTitle(m), "when", p.speak().meetingWhen(m))
	for i := len(m.Decisions) - 1; i >= 0; i-- {
		p.Decisions = append(p.Decisions, p.decision(c, &m.Decisions[i], false))
	}
	switch {
	case !p.May("add_entry"):
		p.None = p.T("webmeeting.log_reader")
		return p
	case !m.On.IsZero() && m.On.Earliest > c.Today:
		p.None = p.T("webmeeting.log_early", "date", p.cat.DateFull(m.On.Earliest))
		return p
	}
	value := func(name string) string {
		if f == nil {
			return ""
		}
		v, _ := f.Words(name, mostWords)
		return v
	}
	say := func(name string) string {
		if key := bad[name]; key != "" {
			return p.T(key)
		}
		return ""
	}
	if name := f.sent("name"); name != "" {
		p.Name = name
	}
	p.Line = Field{Name: "line", Kind: "textarea", Rows: 2, Label: p.T("webmeeting.f_line"), Value: value("line"), Error: say("line"), Required: true}
	p.More = []Field{
		{Name: "with", Kind: "text", Max: 200, Label: p.T("webmeeting.f_who_does"), Value: value("with"), Error: say("with")},
		{Name: "until", Kind: "date", Label: p.T("webmeeting.f_until"), Value: value("until"), Error: say("until")},
	}
	for _, x := range append([]Field{p.Line}, p.More...) {
		if x.Error != "" {
			p.Errs = append(p.Errs, x)
		}
	}
	p.Open = p.More[0].Value != "" || p.More[1].Value != "" || p.More[1].Error != ""
	return p
}

// meetingDecide writes one decision down. Sent twice it stands once.
func (s *Site) meetingDecide(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	c, _, m, err := s.meetingOf(r, desk.View{})
	if err != nil {
		return err
	}
	bad := wrong{}
	e := fact.Entry{Kind: meeting.DecisionNoted, By: keeperOf(c), Re: m.Entry.ID}
	words, _ := f.Words("line", mostWords)
	switch e.Fields.Summary = words; {
	case words == "":
		bad["line"] = "webmeeting.bad_words"
	case len([]rune(words)) > mostOfDecision:
		bad["line"] = "webmeeting.bad_line"
	}
	switch f.Text("decided", 10) {
	case "yes":
		e.Fields.Granted = fact.Yes
	case "no":
		e.Fields.Granted = fact.No
	case "later":
	default:
		bad["line"] = "webmeeting.bad_choice"
	}
	if with := f.Text("with", 200); with != "" {
		e.Fields.With = splitNames(with)
	}
	on := c.Today
	if !m.On.IsZero() {
		switch {
		case m.On.Earliest > c.Today:
			bad["line"] = "webmeeting.bad_early"
		case m.On.Latest < c.Today && m.On.Exact():
			on = m.On.Latest
		}
	}
	e.On = day.On(on)
	if t := f.Text("until", 20); t != "" {
		switch until, err := day.Parse(t); {
		case err != nil:
			bad["until"] = "webcase.bad_day"
		case until < on:
			bad["until"] = "webcase.bad_until"
		case until > on.AddYears(3):
			bad["until"] = "webcase.bad_far"
		default:
			e.Fields.Until = until
		}
	}
	if len(bad) > 0 {
		return s.show(w, r, http.StatusUnprocessableEntity, s.logPage(r, c, m, f, bad))
	}
	x := &meetingRead{f: f, c: c, m: m, e: e}
	if x.settle(); x.c.Entry(f.Text("name", 20)) != nil { // sent again after midnight it is the same decision
		x.e.On = x.c.Entry(f.Text("name", 20)).On
	}
	if _, err := s.desk.AddEntry(r.Context(), who(r), c.ID, desk.NewEntry{Name: f.Text("name", 20), Fact: x.e, Via: "web"}); err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webmeeting.noted", Pairs: []string{"words", shortened(strings.Join(strings.Fields(words), " "), 80)}})
	return s.seeOther(w, r, onePath(c.Folder, m)+"/decisions")
}
