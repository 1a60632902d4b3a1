package web

import (
	"cmp"
	"net/http"
	"slices"

	"stayput/derive/brief"
	"stayput/desk"
	say "stayput/present/brief"
)

// A todayPage is where everybody begins: what is late, what is due, what runs
// out, and one thing to do next, across all cases.
type todayPage struct {
	Frame
	Cases   []glance // the cases that need somebody, the most pressing first
	Rest    int      // cases beyond those shown
	Late    []dated
	Soon    []dated
	More    int // lines beyond those shown
	Drafts  []draftLine
	Only    *glance // the one case of a family that has one
	Capture []captureKey
	Asks    []todayAsk   // what happened today, of the children of a family
	Pages   []captureKey // pages for teachers that nobody confirmed, or that are out of date
	Nothing bool         // no case was shared with somebody who may not open one
}

func (todayPage) template() string { return "today_show" }

// A glance is one case in a list.
type glance struct {
	ID     string
	Href   string
	Title  string
	Sample bool
	Closed bool
	Say    say.Glance
	Last   string // the last day something was written down
	rank   int

	District string // tells two children of one name apart
}

// CaseID is the case of the line.
func (g glance) CaseID() string { return g.ID }

// A dated is one date of one case, in a line.
type dated struct {
	Case string // the case's title; "" on a page of one case
	Href string
	Box  DateBox
	Item say.Item
	Sign string // the entry that would answer, to write it down
}

// mostLines bounds each list of Today; the cases themselves have the rest.
const (
	mostLines = 25
	mostCases = 60
)

var _ = sample(func() page {
	return todayPage{Asks: []todayAsk{{"x", "/x"}}, Pages: []captureKey{{Label: "x", Href: "/x"}}}
})

// todayShow is the first page.
func (s *Site) todayShow(w http.ResponseWriter, r *http.Request) error {
	cases, err := s.desk.Cases(r.Context(), who(r), false)
	if err != nil {
		return err
	}
	if len(cases) == 0 && s.desk.May(who(r), desk.OpenCase, "") {
		return s.seeOther(w, r, "/start")
	}
	p := todayPage{Frame: s.frame(r, "webcase.today", "today"), Nothing: len(cases) == 0}
	p.Drafts, err = s.draftLines(r, p.Frame)
	if err != nil {
		return err
	}
	for _, c := range cases {
		if len(cases) <= mostAsked {
			if a := s.asksToday(r, p.Frame, c, len(cases) > 1); a != nil {
				p.Asks = append(p.Asks, *a)
			}
		}
		p.Pages = append(p.Pages, p.speak().pagesToday(c, mostPagesToday-len(p.Pages))...)
		p.Cases = append(p.Cases, p.speak().glance(c))
		sorted := sorted(c)
		name := caseTitle(p.cat, c.Folder)
		if len(cases) == 1 {
			name = ""
		}
		p.Late = append(p.Late, p.speak().lines(c, name, sorted.Late, "late", &p.More, mostLines-len(p.Late))...)
		p.Soon = append(p.Soon, p.speak().lines(c, name, sorted.Soon, "soon", &p.More, mostLines-len(p.Soon))...)
	}
	slices.SortStableFunc(p.Cases, func(a, b glance) int { return cmp.Compare(a.rank, b.rank) })
	byDay := func(a, b dated) int { return cmp.Compare(a.Box.ISO, b.Box.ISO) }
	slices.SortStableFunc(p.Late, byDay)
	slices.SortStableFunc(p.Soon, byDay)
	if len(cases) == 1 {
		p.Only = &p.Cases[0]
		p.Capture = p.speak().captureKeys(cases[0].Folder)
	}
	if len(p.Cases) > mostCases {
		p.Rest = len(p.Cases) - mostCases
		p.Cases = p.Cases[:mostCases]
	}
	return s.show(w, r, http.StatusOK, p)
}

// glance puts one case into a line.
func (f speaker) glance(c *desk.Case) glance {
	g := glance{
		ID: string(c.ID), Href: casePath(c.Folder), Title: caseTitle(f.cat, c.Folder), Sample: c.File.Case.Sample, Closed: c.Closed,
		Say: f.look(c),
	}
	if !c.Latest.IsZero() {
		g.Last = f.cat.DateNear(dayOf(c.Latest), c.Today)
	}
	if n := len(c.File.Case.District); n > 0 {
		g.District = c.File.Case.District[n-1].Is
	}
	g.rank = map[string]int{"late": 0, "closing": 1, "soon": 2, "unsure": 3, "quiet": 4}[g.Say.Tone]
	return g
}

// A looked names what is remembered of a case in a list.
type looked struct {
	b    *brief.Brief
	lang string
	what string
}

// look is where a case stands, in words; put into words once for each brief, language and
// kind of title.
func (f speaker) look(c *desk.Case) say.Glance { return f.lookAt(c, c.Brief) }

// lookAt is look with another brief of the case, one with more steps.
func (f speaker) lookAt(c *desk.Case, b *brief.Brief) say.Glance {
	what := "glance"
	if f.neutral() {
		what = "glance, neutral" // a person of the precise register reads other titles of the same case
	}
	return c.Say(looked{b, f.Lang, what}, func() any { return say.NewGlance(b, f.wording(b)) }).(say.Glance)
}

// sorted is which clock of a case belongs where.
func sorted(c *desk.Case) say.Sorted {
	return c.Say(looked{c.Brief, "", "sorted"}, func() any { return say.Sort(c.Brief) }).(say.Sorted)
}

// lines puts some clocks of a case into words, at most room of them.
func (f speaker) lines(c *desk.Case, name string, at []int, tone string, more *int, room int) []dated {
	room = max(room, 0)
	if len(at) > room {
		*more += len(at) - room
		at = at[:room]
	}
	var out []dated
	for _, x := range say.Items(c.Brief, f.wording(c.Brief), at, tone) {
		out = append(out, f.dated(c.Folder, name, x))
	}
	return out
}

// dated is one date in a line, with where it explains itself.
func (f speaker) dated(c *desk.Folder, name string, x say.Item) dated {
	d := dated{Case: name, Href: clockPath(c, x.Rule, x.Trigger), Item: x}
	if x.Big.ISO == "" {
		d.Box = DateBox{Vague: x.Date, Tone: "unsure"}
		if d.Box.Vague == "" {
			d.Box.Vague = f.cat.T("webcase.no_date")
		}
		return d
	}
	d.Box = dateBox(f.cat, isoDay(x.Big.ISO), x.Tone)
	d.Box.Or = x.Big.Or
	return d
}

// A draftLine is something that was being typed and is not saved yet.
type draftLine struct{ Text, Href, Key string }

func (s *Site) draftLines(r *http.Request, f Frame) ([]draftLine, error) {
	rows, err := s.desk.Drafts(r.Context(), who(r))
	if err != nil {
		return nil, err
	}
	var out []draftLine
	for _, d := range rows {
		href, ok := draftHref(d.Key)
		if !ok {
			continue
		}
		out = append(out, draftLine{Text: f.cat.T("webcase.draft_line", "date", f.cat.Date(dayOf(d.At))), Href: href, Key: d.Key})
		if len(out) == 5 {
			break
		}
	}
	return out, nil
}
