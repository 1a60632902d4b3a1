package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

// A calendarListPage is the school calendars: one's own, those that come with the
// program, and what stays open without one.
type calendarListPage struct {
	Frame
	For     *calFor // the case that a calendar is chosen for
	Own     []calLine
	Shipped []calLine
	Without []calWithout
	CaseQ   string // carries the case from page to page
}

func (calendarListPage) template() string { return "calendar_list" }

// A calLine is one calendar of the list.
type calLine struct {
	ID, Href, Name, Text string
	Tag                  Tag
	Warnings             int
	Cases                []clockLink
	Used                 bool // by the case that a calendar is chosen for
	Shipped              bool
	year                 string
}

// A calFor is the case that a calendar is chosen for.
type calFor struct {
	Name, Href, Post, Head string
}

// A calWithout is a case in which dates wait for a calendar.
type calWithout struct {
	Name, Href, New string
	N               int
	Titles          []string
	Ask             string
}

var _ = sample(func() page {
	l := calLine{ID: "x", Href: "/x", Name: "x", Text: "y", Tag: Tag{"unsure", "z"}, Warnings: 2, Cases: []clockLink{{"/x", "y", false}}}
	return calendarListPage{For: &calFor{"x", "/x", "/y", "h"}, Own: []calLine{l}, Shipped: []calLine{l}, Without: []calWithout{{"x", "/x", "/y", 2, []string{"z"}, "a"}}}
})

// calendarList shows the school calendars.
func (s *Site) calendarList(w http.ResponseWriter, r *http.Request) error {
	all, err := s.desk.Calendars(r.Context(), who(r))
	if err != nil {
		return err
	}
	cases, err := s.desk.Cases(r.Context(), who(r), false)
	if err != nil {
		return err
	}
	c, err := s.caseOf(r, r.URL.Query().Get("case"))
	if err != nil {
		return err
	}
	p := calendarListPage{Frame: s.calFrame(r, c, "webdates.calendars")}
	if c != nil {
		p.For, p.CaseQ = p.speak().calFor(c), ofCase(string(c.ID))
	}
	own := map[string]bool{}
	for i := range all {
		x := &all[i]
		if x.Shipped && own[x.ID] {
			continue // one's own copy stands in its place
		}
		if x.Shipped && c != nil && elsewhere(x, c) {
			continue
		}
		l := p.speak().calLine(x, c)
		for _, k := range cases {
			if follows(k, x.ID) {
				l.Cases = append(l.Cases, clockLink{Href: casePath(k.Folder), Label: caseTitle(p.cat, k.Folder)})
			}
		}
		if x.Shipped {
			p.Shipped = append(p.Shipped, l)
		} else {
			own[x.ID] = true
			p.Own = append(p.Own, l)
		}
	}
	slices.SortStableFunc(p.Shipped, func(a, b calLine) int { // the latest year first
		return cmp.Or(strings.Compare(b.year, a.year), strings.Compare(a.Name, b.Name))
	})
	for _, k := range cases {
		n, titles := p.speak().waits(k)
		if n == 0 || len(p.Without) == 50 {
			continue
		}
		x := calWithout{Name: caseTitle(p.cat, k.Folder), Href: casePath(k.Folder) + "/clocks", New: newCalendar(k.ID, ""), N: n, Titles: titles}
		if asks := p.speak().calendarAsks(k); len(asks) > 0 {
			x.Ask, x.New = asks[0].Text, asks[0].Href
		}
		p.Without = append(p.Without, x)
	}
	return s.show(w, r, http.StatusOK, p)
}

// elsewhere reports that a calendar is one of a State the case was never in.
func elsewhere(x *desk.Calendar, c *desk.Case) bool {
	if x.State == "" || len(c.File.Case.Jurisdiction) == 0 {
		return false
	}
	return !slices.ContainsFunc(c.File.Case.Jurisdiction, func(j fact.Dated) bool { return j.Is == x.State })
}

func (f speaker) calFor(c *desk.Case) *calFor {
	return &calFor{Name: caseTitle(f.cat, c.Folder), Href: casePath(c.Folder), Post: casePath(c.Folder) + "/calendars", Head: c.Head}
}

// calLine is a calendar in a list.
func (f speaker) calLine(x *desk.Calendar, c *desk.Case) calLine {
	var id people.CaseID
	if c != nil {
		id = c.ID
	}
	l := calLine{ID: x.ID, Href: calPath(x.ID) + ofCase(string(id)), Name: x.Name, Warnings: len(x.Warnings) + len(keptWarnings(x.Body)), Shipped: x.Shipped}
	l.Used = c != nil && follows(c, x.ID)
	var parts []string
	complete := len(x.Years) > 0
	for _, y := range x.Years {
		from, to := reach(y)
		if from == 0 {
			complete = false
			continue
		}
		l.year = max(l.year, yearLabel(y))
		parts = append(parts, f.T("webdates.line", "label", yearLabel(y), "from", f.cat.DateShort(from), "to", f.cat.DateShort(to)))
		complete = complete && y.Complete
	}
	l.Text = strings.Join(parts, "; ")
	switch {
	case len(x.Years) == 0:
		l.Tag = Tag{"late", f.T("webdates.tag_broken")}
	case complete:
		l.Tag = Tag{"done", f.T("webdates.tag_complete")}
	default:
		l.Tag = Tag{"unsure", f.T("webdates.tag_partial")}
	}
	return l
}
