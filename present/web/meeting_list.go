package web

import (
	"net/http"
	"strings"

	"stayput/derive/meeting"
	"stayput/desk"
)

// A meetingListPage is every meeting of a case: those that come first, those that were
// asked for, those that were.
type meetingListPage struct {
	Frame
	AsOf   string
	Lead   string
	Coming []meetingLine
	Asked  []meetingLine
	Past   []meetingLine
	Loose  []checkinEntry
	Forms  []*meetingForm
	Effect [][]string
	Errs   []Field
}

func (meetingListPage) template() string { return "meeting_list" }

// A meetingLine is one meeting in a list.
type meetingLine struct {
	Href, Title, When, ISO string
	Box                    DateBox
	Tag                    Tag
	Says                   []string // what it lacks, or what became of it
}

func sampleMeetingForm(do string) *meetingForm {
	return &meetingForm{Do: do, Title: "t", Lead: "l", Button: "b", Name: "n", Action: "/a", Open: true, Fields: []Field{{Name: do + "_on", Kind: "date", Label: "l", Error: "e"}}, Hidden: []Hidden{{"a", "b"}}}
}

var (
	_ = sample(func() page {
		l := meetingLine{Href: "/h", Title: "t", When: "w", ISO: "2026-03-02", Box: DateBox{ISO: "2026-03-02", Day: "2"}, Tag: Tag{"info", "t"}, Says: []string{"s"}}
		return meetingListPage{AsOf: "d", Lead: "l", Coming: []meetingLine{l}, Asked: []meetingLine{l}, Past: []meetingLine{l}, Loose: []checkinEntry{{Href: "/e", When: "w", Text: "t"}}, Forms: []*meetingForm{sampleMeetingForm("set")},
			Effect: [][]string{{"a", "1", "1", "0", "0", "0"}}, Errs: []Field{{Name: "set_on", Error: "e"}}}
	})
	_ = sample(func() page { return meetingListPage{} })
)

// meetingList shows the meetings of a case.
func (s *Site) meetingList(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, s.meetingsPage(r, c, nil, wrong{}))
}

// meetingsPage draws the list; f is the form that was sent and must be mended, if any.
func (s *Site) meetingsPage(r *http.Request, c *desk.Case, f *Form, bad wrong) meetingListPage {
	res := c.Meetings(roleNames())
	p := meetingListPage{Frame: s.caseFrame(r, c, "webmeeting.title", "disagree")}
	p.AsOf = p.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	p.Lead = p.T(forSide(p.Frame, c, "webmeeting.lead"))
	for i := range res.Meetings {
		m := &res.Meetings[i]
		l := p.line(c, m)
		switch m.State {
		case meeting.Coming:
			p.Coming = append(p.Coming, l)
		case meeting.Asked:
			p.Asked = append(p.Asked, l)
		default:
			p.Past = append([]meetingLine{l}, p.Past...)
		}
	}
	for _, e := range res.Loose {
		p.Loose = append(p.Loose, checkinEntry{Href: entryPath(c.Folder, e.ID), When: p.cat.When(e.On), Text: first(p.cat.Kind(e.Kind.String()))})
	}
	if res.Effect[1].Meetings > 0 {
		for i, key := range []string{"webmeeting.effect_with", "webmeeting.effect_without"} {
			e := res.Effect[1-i]
			row := []string{p.T(key)}
			for _, n := range []int{e.Meetings, e.Accepted, e.Partly, e.Rejected, e.None} {
				row = append(row, grouped(n))
			}
			p.Effect = append(p.Effect, row)
		}
	}
	if p.May("add_entry") {
		k := &meetingMaker{p: p.Frame, c: c, f: f, bad: bad, sent: f.sent("do"), action: meetingPath(c.Folder, "")}
		p.Forms = k.listForms(res)
		p.Errs = k.errs
	}
	return p
}

// line is one meeting in the list.
func (p *meetingListPage) line(c *desk.Case, m *meeting.Meeting) meetingLine {
	l := meetingLine{Href: onePath(c.Folder, m), Title: p.speak().meetingTitle(m), When: p.speak().meetingWhen(m), Tag: p.speak().meetingTag(m)}
	if !m.On.IsZero() {
		l.ISO = m.On.Earliest.String()
		if m.On.Exact() {
			l.Box = dateBox(p.cat, m.On.Earliest, map[meeting.State]string{meeting.Coming: "lead", meeting.Held: "done"}[m.State])
		}
	}
	switch m.State {
	case meeting.Coming:
		for _, x := range p.speak().todo(c, m) {
			l.Says = append(l.Says, x.Label)
		}
		l.Says = l.Says[:min(len(l.Says), 3)]
	case meeting.Asked, meeting.Refused, meeting.Withdrawn:
		l.When = p.T("webmeeting.asked_on", "date", p.cat.When(m.Entry.On))
		for _, k := range m.Owed {
			if d := p.speak().clockDay(k); d != "" {
				l.Says = append(l.Says, p.T("webmeeting.owed_line", "title", strings.TrimSuffix(ruleTitle(p.speak().wording(c.Brief), k), "."), "date", d))
			}
		}
	default:
		if n := len(m.Decisions); n > 0 {
			l.Says = append(l.Says, p.N("webmeeting.n_decisions", n))
		}
		for _, x := range m.Points {
			l.Says = append(l.Says, p.T("webmeeting.point_"+x.Key))
		}
	}
	return l
}
