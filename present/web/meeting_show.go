package web

import (
	"net/http"
	"slices"
	"strings"

	"stayput/derive/meeting"
	"stayput/desk"
	"stayput/fact"
	"stayput/guide"
)

// A meetingShowPage is one meeting: what comes before it, the way to the decision log,
// and what is open after it.
type meetingShowPage struct {
	Frame
	Back, Path, Sheet, Log string
	SayPath                string // what to say when it gets hard
	When                   string
	Tag                    Tag
	Place                  string
	Todo                   []clockLink // look at these first
	Odd                    []string
	Was                    []string // days it was put off from

	Topics  []meetingTopic // on the agenda
	Offers  []meetingOffer // topics the record offers
	Own     *meetingForm
	Agenda  *meetingForm
	Sent    []checkinEntry
	Words   *meetingForm // the parents' concerns
	Given   []meetingGiven
	Asks    []string
	AsksH   string
	Seats   []meetingSeat
	Others  string
	Team    Cite
	Expect  *meetingForm
	Excused []meetingExcusal
	Away    []*meetingForm
	Around  []meetingFact // notice, interpreter, recording, talk
	Aids    []*meetingForm
	Sides   []meetingSide
	StepsH  bool // it is a facilitated meeting: the five steps
	Ready   []*meetingForm

	LogNow    bool // decisions can be noted now
	Held      bool // the meeting was held
	Past      bool // its day is over, or it was held
	Outcome   string
	Decisions []meetingDecision
	Points    []meetingFact
	Owed      []meetingOwed
	After     []*meetingForm
	Near      []checkinEntry
	Entries   []checkinEntry
	Errs      []Field
}

func (meetingShowPage) template() string { return "meeting_show" }

type (
	// A meetingGiven is the parents' concerns as they were given, line by line.
	meetingGiven struct {
		Href, When string
		Lines      []string
	}
	// A meetingTopic is one topic on the agenda.
	meetingTopic struct{ Text, Href string }
	// A meetingOffer is a topic that the record offers, with the form of one tap.
	meetingOffer struct{ Text, Name string }
	// A meetingSeat is one member of the team.
	meetingSeat struct {
		Name, Who, Why string
		Tag            Tag
		Cite           Cite
	}
	// A meetingExcusal is a member who may stay away.
	meetingExcusal struct {
		Who, Href string
		Tag       Tag
		Says      []string
		Cite      Cite
	}
	// A meetingFact is one thing around a meeting and where it stands.
	meetingFact struct {
		Name, Text string
		Tag        Tag
		More       []string
		Href       string
		Cite       Cite
	}
	// A meetingSide is what one side prepared.
	meetingSide struct {
		Name              string
		Steps             []meetingStep
		Solutions, Limits []string
		Private           bool
	}
	meetingStep struct {
		Text string
		Done bool
	}
	// A meetingDecision is one line of the log.
	meetingDecision struct {
		Text, Who, Href string
		Tag             Tag
		Name, ID        string // of the tap that says it was done; "" when there is none
		Answered        string
	}
	// A meetingOwed is a duty with a date that the meeting began.
	meetingOwed struct{ Title, Day, Href, Owner string }
)

func sampleDecision() meetingDecision {
	return meetingDecision{Text: "t", Who: "w", Href: "/d", Tag: Tag{"done", "t"}, Name: "n", ID: "i", Answered: "a"}
}

var (
	_ = sample(func() page {
		f, e := sampleMeetingForm, []checkinEntry{{Href: "/e", When: "w", Text: "t"}}
		x := meetingFact{Name: "n", Text: "t", Tag: Tag{"soon", "t"}, More: []string{"m"}, Href: "/h", Cite: Cite{Text: "c", Source: "/s", Checked: "k"}}
		return meetingShowPage{Back: "/b", Path: "/p", Sheet: "/s", Log: "/l", SayPath: "/y", When: "w", Tag: Tag{"info", "t"}, Place: "p", Todo: []clockLink{{Href: "#who", Label: "t"}}, Odd: []string{"o"}, Was: []string{"w"},
			Topics: []meetingTopic{{"t", "/t"}}, Offers: []meetingOffer{{"t", "n"}}, Own: f("own"), Agenda: f("agenda"), Sent: e, Words: f("words"), Given: []meetingGiven{{"/e", "w", []string{"t"}}}, Asks: []string{"a"}, AsksH: "h",
			Seats: []meetingSeat{{"n", "w", "y", Tag{"soon", "t"}, x.Cite}}, Others: "o", Team: x.Cite, Expect: f("expect"), Excused: []meetingExcusal{{"w", "/h", Tag{"done", "t"}, []string{"s"}, x.Cite}}, Away: []*meetingForm{f("away")},
			Around: []meetingFact{x}, Aids: []*meetingForm{f("aids")}, Sides: []meetingSide{{"n", []meetingStep{{"t", true}, {"u", false}}, []string{"s"}, []string{"l"}, true}}, StepsH: true, Ready: []*meetingForm{f("ready")},
			LogNow: true, Held: true, Past: true, Outcome: "o", Decisions: []meetingDecision{sampleDecision()}, Points: []meetingFact{x}, Owed: []meetingOwed{{"t", "d", "/h", "o"}}, After: []*meetingForm{f("after")}, Near: e, Entries: e, Errs: []Field{{Name: "own_on", Error: "e"}}}
	})
	_ = sample(func() page { return meetingShowPage{Back: "/b", Path: "/p", Sheet: "/s", Log: "/l"} })
)

// meetingShow shows one meeting.
func (s *Site) meetingShow(w http.ResponseWriter, r *http.Request) error {
	p, err := s.meetingPage(r, nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// meetingPage draws the page; f is the form that was sent and must be mended, if any.
func (s *Site) meetingPage(r *http.Request, f *Form, bad wrong) (meetingShowPage, error) {
	v := viewOf(r)
	if f != nil {
		v = desk.View{}
	}
	c, res, m, err := s.meetingOf(r, v)
	if err != nil {
		return meetingShowPage{}, err
	}
	p := meetingShowPage{Frame: s.caseFrame(r, c, "webmeeting.title", "disagree"), Back: meetingPath(c.Folder, ""), Path: onePath(c.Folder, m)}
	p.Sheet, p.Log, p.SayPath = p.Path+"/sheet", p.Path+"/decisions", sayPath(c, guide.AtMeeting)
	p.Title, p.When, p.Tag = p.speak().meetingTitle(m), p.speak().meetingWhen(m), p.speak().meetingTag(m)
	p.Held, p.Past = m.State == meeting.Held, m.State != meeting.Coming && m.State != meeting.Asked
	if m.Scheduled != nil {
		p.Place = m.Scheduled.Note
	}
	for _, e := range m.Was {
		p.Was = append(p.Was, p.cat.When(e.On))
	}
	for _, o := range m.Odd {
		p.Odd = append(p.Odd, p.T("webmeeting.odd_"+o))
	}
	p.LogNow = !p.Past && (m.On.IsZero() || m.On.Earliest <= c.Today)
	if m.State == meeting.Coming {
		p.Todo = p.speak().todo(c, m)
	}
	k := &meetingMaker{p: p.Frame, c: c, m: m, f: f, bad: bad, sent: f.sent("do"), action: p.Path}
	edit := p.May("add_entry")
	matter := s.matterOf(p.Frame, c, res, m)
	p.agenda(k, matter, edit)
	p.seats(k, edit)
	p.around(k, edit)
	p.sides(k, edit)
	p.after(k, edit)
	for _, e := range m.Entries {
		x := checkinEntry{Href: entryPath(c.Folder, e.ID), When: p.cat.When(e.On), Text: first(p.cat.Kind(e.Kind.String()))}
		p.Entries = append(p.Entries, x)
		if slices.Contains(m.Near, e.ID) {
			p.Near = append(p.Near, x)
		}
	}
	p.Errs = k.errs
	return p, nil
}

// ownSide is the topics of the side that keeps the record.
func ownSide(c *desk.Case, m *meeting.Meeting) *meeting.Prepared {
	if c.File.Case.Side == fact.SchoolSide {
		return &m.Prepared[1]
	}
	return &m.Prepared[0]
}

// agenda is the list of topics, what the record offers for it, the concerns and the
// questions.
func (p *meetingShowPage) agenda(k *meetingMaker, matter meetingMatter, edit bool) {
	mine := ownSide(k.c, k.m)
	has := map[string]bool{}
	for _, t := range mine.Topics {
		p.Topics = append(p.Topics, meetingTopic{t.Text, entryPath(k.c.Folder, t.Entry.ID)})
		has[meeting.Fold(t.Text)] = true
	}
	for _, e := range k.m.Agendas {
		p.Sent = append(p.Sent, checkinEntry{Href: entryPath(k.c.Folder, e.ID), When: p.cat.When(e.On), Text: strings.Join(e.Fields.With, ", ")})
	}
	for _, e := range k.m.Concerns {
		p.Given = append(p.Given, meetingGiven{entryPath(k.c.Folder, e.ID), p.cat.When(e.On), bulleted(wordsIn(e))})
	}
	p.AsksH, p.Asks = p.T(forSide(p.Frame, k.c, "webmeeting.asks_h")), matter.Asks
	if !edit {
		return
	}
	if !p.Past {
		for _, t := range matter.Topics {
			if !has[meeting.Fold(t)] {
				p.Offers = append(p.Offers, meetingOffer{t, desk.NewName()})
			}
		}
		p.Own = k.topic()
		if len(p.Topics) > 0 || k.sent == "agenda" {
			p.Agenda = k.agenda(mine.Topics)
		}
	}
	p.Words = k.concerns(matter.Concerns)
}

// seats is who belongs to the team and who is named.
func (p *meetingShowPage) seats(k *meetingMaker, edit bool) {
	m := k.m
	for i := range m.Seats {
		x := &m.Seats[i]
		if x.Item == "others" || x.Sitting == meeting.NotNeeded {
			continue
		}
		y := meetingSeat{Name: p.T(forSide(p.Frame, k.c, "webmeeting.seat_"+x.Item)), Who: p.speak().people(x.People), Cite: p.speak().lawCite(k.c, meeting.TeamRule, x.Item)}
		tone := map[meeting.Sitting]string{meeting.Filled: "done", meeting.Away: "done", meeting.AwayMaybe: "soon", meeting.Empty: "soon", meeting.MayBeSame: "info", meeting.NotNamed: "unsure"}[x.Sitting]
		key := "webmeeting.sits_" + string(x.Sitting)
		if m.Held != nil && len(m.Held.Fields.With) > 0 && (x.Sitting == meeting.Filled || x.Sitting == meeting.Empty) {
			key += "_held"
		}
		y.Tag = Tag{tone, p.T(key)}
		if x.Why != "always" && x.Sitting != meeting.Filled {
			y.Why = p.T(forSide(p.Frame, k.c, "webmeeting.needed_"+x.Why))
		}
		p.Seats = append(p.Seats, y)
	}
	p.Others = p.speak().people(m.Others)
	p.Team = p.speak().lawCite(k.c, meeting.TeamRule, "")
	for i := range m.Excusals {
		o := &m.Excusals[i]
		y := meetingExcusal{Who: p.speak().people([]meeting.Named{o.Member}), Cite: p.speak().lawCite(k.c, o.Rule, "")}
		if y.Who == "" {
			y.Who = p.T("webmeeting.somebody")
		}
		e := o.Asked
		if e != nil {
			y.Says = append(y.Says, p.T("webmeeting.excusal_asked", "date", p.cat.When(e.On)))
		}
		if o.Answer != nil {
			e = o.Answer
			key := "webmeeting.excusal_agreed"
			if o.Agreed == fact.No {
				key = "webmeeting.excusal_refused"
			}
			y.Says = append(y.Says, p.T(key, "date", p.cat.When(e.On)))
		}
		y.Href = entryPath(k.c.Folder, e.ID)
		if o.Area != "" {
			y.Says = append(y.Says, p.T("webmeeting.excusal_area", "area", o.Area))
		}
		for _, n := range o.Inputs {
			y.Says = append(y.Says, p.T("webmeeting.excusal_input", "date", p.cat.When(n.On)))
		}
		for _, w := range o.Why {
			y.Says = append(y.Says, p.T(forSide(p.Frame, k.c, "webmeeting.excusal_"+w)))
		}
		switch {
		case o.Answer == nil:
			y.Tag = Tag{"soon", p.T("webmeeting.excusal_open")}
		case o.Agreed == fact.No:
			y.Tag = Tag{"info", p.T("webmeeting.excusal_must_come")}
		case o.Valid == fact.Yes:
			y.Tag = Tag{"done", p.T("webmeeting.excusal_valid")}
		case o.Valid == fact.No:
			y.Tag = Tag{"late", p.T("webmeeting.excusal_not_valid")}
		default:
			y.Tag = Tag{"unsure", p.T("webmeeting.excusal_unsure")}
		}
		p.Excused = append(p.Excused, y)
	}
	if edit && m.Kind == meeting.IEP {
		p.Expect = k.expect()
		p.Away = meetingFormsOf(k.excuse(), k.excused(), k.input())
	}
}

// meetingFormsOf are those that are there.
func meetingFormsOf(all ...*meetingForm) (out []*meetingForm) {
	for _, f := range all {
		if f != nil {
			out = append(out, f)
		}
	}
	return out
}

// sides is what each side prepared.
func (p *meetingShowPage) sides(k *meetingMaker, edit bool) {
	p.StepsH = k.m.Facility.Facilitated()
	for i := range k.m.Prepared {
		x := &k.m.Prepared[i]
		if len(x.Solutions)+len(x.Limits) == 0 && !p.StepsH {
			continue
		}
		y := meetingSide{Name: p.T("webmeeting.prep_" + string(x.Side)), Solutions: x.Solutions, Limits: x.Limits}
		for j, w := range meeting.Steps {
			y.Steps = append(y.Steps, meetingStep{p.T("webmeeting.five_" + w), x.Steps[j]})
		}
		if !p.StepsH {
			y.Steps = nil
		}
		for _, e := range x.Entries {
			y.Private = y.Private || e.Wall != fact.Open
		}
		p.Sides = append(p.Sides, y)
	}
	if !edit || p.Past {
		return
	}
	p.Ready = meetingFormsOf(k.prepare())
	if p.StepsH {
		p.Ready = append(p.Ready, k.facilitator())
	} else if k.m.Kind == meeting.IEP {
		p.Ready = append(p.Ready, k.neutral())
	}
}

// after is the decision log and what is open.
func (p *meetingShowPage) after(k *meetingMaker, edit bool) {
	c, m := k.c, k.m
	if m.Facility.Outcome != "" && m.Facility.Facilitated() {
		p.Outcome = p.T("webmeeting.came_to_" + m.Facility.Outcome)
	}
	for i := range m.Decisions {
		p.Decisions = append(p.Decisions, p.decision(c, &m.Decisions[i], edit))
	}
	for _, x := range m.Points {
		y := meetingFact{Text: p.T("webmeeting.point_" + x.Key)}
		if key := forSide(p.Frame, c, "webmeeting.point_"+x.Key+"_why"); p.cat.Has(key) {
			y.More = []string{p.T(key)}
		}
		if x.Rule != "" {
			y.Cite = p.speak().lawCite(c, x.Rule, "")
		}
		p.Points = append(p.Points, y)
	}
	o := p.speak().wording(c.Brief)
	for _, q := range m.Owed {
		y := meetingOwed{Title: ruleTitle(o, q), Day: p.speak().clockDay(q), Href: clockPath(c.Folder, string(q.Rule.ID), q.Trigger), Owner: p.speak().owner(q)}
		if y.Day == "" {
			y.Day = p.T("webmeeting.no_number")
		}
		p.Owed = append(p.Owed, y)
	}
	if !edit {
		return
	}
	if m.Scheduled != nil && m.Held == nil || m.State == meeting.Asked {
		if m.On.IsZero() || m.On.Earliest <= c.Today || k.sent == "held" {
			p.After = append(p.After, k.held())
		}
	}
	if m.Held != nil && m.Interpret.Needed != fact.No && m.Interpret.Present == nil {
		p.After = append(p.After, k.there())
	}
	if draft := p.speak().summaryDraft(c, m); draft != "" || k.sent == "summary" {
		p.After = append(p.After, k.summary(draft))
	}
	if m.Scheduled != nil && m.Held == nil {
		p.After = append(p.After, k.move())
	}
}

// decision is one line of the log.
func (p *Frame) decision(c *desk.Case, d *meeting.Decision, edit bool) meetingDecision {
	e := d.Entry
	y := meetingDecision{Text: wordsIn(e), Who: p.speak().decisionWho(e), Href: entryPath(c.Folder, e.ID), Tag: p.speak().decisionTag(d)}
	if len(d.Answers) > 0 {
		y.Answered = p.T("webmeeting.answered", "kind", p.cat.Kind(d.Answers[0].Kind.String()), "date", p.cat.When(d.Answers[0].On))
	}
	if edit && (d.State == "due" || d.State == "late" || d.State == "yes") {
		y.Name, y.ID = desk.NewName(), c.Name(e.ID)
	}
	return y
}
