package web

import (
	"net/http"
	"strings"

	"stayput/derive/meeting"
	"stayput/fact"
)

// A meetingSheetPage is the preparation of a meeting on one page of paper: the agenda,
// the questions, the concerns, room for what is decided.
type meetingSheetPage struct {
	Frame
	Back     string
	Child    string
	When     string
	Place    string
	AsOf     string
	Topics   []string
	Offered  bool // nobody chose the topics yet: the record offers them
	Asks     []string
	AsksH    string
	Concerns []string
	Who      []meetingTopic
	Lines    []int // of the log that is filled in by hand
}

func (meetingSheetPage) template() string { return "meeting_sheet" }

var (
	_ = sample(func() page {
		return meetingSheetPage{Back: "/b", Child: "c", When: "w", Place: "p", AsOf: "a", Topics: []string{"t"}, Offered: true, Asks: []string{"a"}, AsksH: "h", Concerns: []string{"c"}, Who: []meetingTopic{{Text: "t", Href: "w"}}, Lines: []int{1, 2}}
	})
	_ = sample(func() page { return meetingSheetPage{Back: "/b", When: "w"} })
)

// What fits on one page of paper.
const (
	sheetTopics = 7
	sheetAsks   = 6
	sheetWords  = 700 // letters of the concerns
)

// meetingSheet shows the page to print.
func (s *Site) meetingSheet(w http.ResponseWriter, r *http.Request) error {
	c, res, m, err := s.meetingOf(r, viewOf(r))
	if err != nil {
		return err
	}
	p := meetingSheetPage{Frame: s.caseFrame(r, c, "webmeeting.sheet_title", "disagree"), Back: onePath(c.Folder, m), Child: c.File.Case.Child.Name, Lines: []int{1, 2, 3, 4}}
	p.Title = p.T("webmeeting.sheet_for", "meeting", p.speak().meetingTitle(m))
	p.When, p.AsOf = p.speak().meetingWhen(m), p.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	if m.Scheduled != nil {
		p.Place = m.Scheduled.Note
	}
	matter := s.matterOf(p.Frame, c, res, m)
	for _, t := range ownSide(c, m).Topics {
		p.Topics = append(p.Topics, t.Text)
	}
	if len(p.Topics) == 0 {
		p.Topics, p.Offered = matter.Topics, len(matter.Topics) > 0
	}
	p.Topics = p.Topics[:min(len(p.Topics), sheetTopics)]
	p.AsksH, p.Asks = p.T(forSide(p.Frame, c, "webmeeting.asks_h")), matter.Asks[:min(len(matter.Asks), sheetAsks)]
	if n := len(m.Concerns); n > 0 {
		text := wordsIn(m.Concerns[n-1])
		p.Concerns = bulleted(shortened(text, sheetWords))
	}
	for i := range m.Seats {
		x := &m.Seats[i]
		if x.Item == "others" || x.Sitting == meeting.NotNeeded || x.Needed != fact.Yes && len(x.People) == 0 {
			continue
		}
		name := p.speak().people(x.People)
		if x.Excusal >= 0 && len(x.People) == 0 {
			name = p.T("webmeeting.sits_" + string(x.Sitting))
		}
		p.Who = append(p.Who, meetingTopic{Text: first(strings.TrimSpace(p.speak().seatRole(x.Role))), Href: name})
	}
	return s.show(w, r, http.StatusOK, p)
}
