package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/derive/rejection"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	sayreview "stayput/present/review"
)

// A rejectionPage is one no and the answer to it: what the parents said, the five
// steps with their forms, contacts, attempts before meetings, what is missing, and
// what staff believed.
type rejectionPage struct {
	Frame
	School   bool
	Back     string
	Path     string
	Answer   string // the entry of the no
	What     string
	Who      string
	Tag      Tag
	Settled  rejectionRow
	Followed rejectionRow
	Odd      []string
	Owed     []removalLine
	Special  []removalLine // what the law says of this sort of no
	Said     []rejectionSaid
	Steps    []rejectionStep
	Dates    []removalLine
	Contacts []rejectionContact
	Meetings []rejectionMeeting
	MeetLaw  Cite
	Lacks    []string
	Chrono   string
	Inward   []rejectionSaid
	See      bool // impressions are shown, or may be written
	Reason   *itemForm
	Contact  *itemForm
	Inner    *itemForm
	ReadLaw  Cite
	Errs     []Field
	Partly   string
}

func (rejectionPage) template() string { return "rejection_show" }

// A rejectionSaid is what somebody said, and who.
type rejectionSaid struct {
	Day, Words, Href string
	Reasons          []string
}

// A rejectionStep is one of the five.
type rejectionStep struct {
	N           int
	Name, Title string
	Tag         Tag
	Lead        string
	Asks        []string // open questions
	AsksTitle   string
	Done        []rejectionSaid
	Looked, Not string
	Plan        string // where the plan's review is
	Findings    []string
	Found       string
	Dates       []removalLine
	Cites       []Cite
	Form        *itemForm
	Links       []captureKey
}

// A rejectionContact is one communication with its fields.
type rejectionContact struct {
	Day, ISO, Title, Href          string
	With, Words, Offers, Responded string
	Lacks                          string
	Tag                            Tag
}

// A rejectionMeeting is one meeting, with the attempts to have the parents there.
type rejectionMeeting struct {
	Title, Href, Since, Count, Means, Kept string
	Without                                bool
	Attempts                               []removalLine
}

var (
	_ = sample(func() page {
		l := removalLine{"t", "/h", Cite{Text: "c", Source: "/s", Checked: "k"}}
		said := rejectionSaid{Day: "d", Words: "w", Href: "/h", Reasons: []string{"r"}}
		form := func(do string) *itemForm {
			return &itemForm{Do: do, Title: "t", Lead: "l", Button: "b", Name: "n", Open: true, Fields: []Field{{Name: do + "-on", Kind: "date", Label: "l", Error: "e"}}}
		}
		step := rejectionStep{N: 1, Name: "review", Title: "t", Tag: Tag{"soon", "x"}, Lead: "l", Asks: []string{"q"}, AsksTitle: "a", Done: []rejectionSaid{said}, Looked: "a", Not: "b", Plan: "/p", Findings: []string{"f"}, Found: "f",
			Dates: []removalLine{l}, Cites: []Cite{l.Cite}, Form: form("review"), Links: []captureKey{{Label: "x", Href: "/"}}}
		return rejectionPage{School: true, Back: "/b", Path: "/p", Answer: "/a", What: "w", Who: "w", Tag: Tag{"info", "x"}, Settled: rejectionRow{Href: "/h", Title: "t"}, Followed: rejectionRow{Href: "/h", Title: "t"}, Odd: []string{"o"},
			Owed: []removalLine{l}, Special: []removalLine{l}, Said: []rejectionSaid{said}, Steps: []rejectionStep{step}, Dates: []removalLine{l},
			Contacts: []rejectionContact{{Day: "d", ISO: "i", Title: "t", Href: "/h", With: "w", Words: "w", Offers: "o", Responded: "r", Lacks: "l", Tag: Tag{"info", "x"}}},
			Meetings: []rejectionMeeting{{Title: "t", Href: "/h", Since: "s", Count: "c", Means: "m", Kept: "k", Without: true, Attempts: []removalLine{l}}}, MeetLaw: l.Cite, Lacks: []string{"l"}, Chrono: "/c", Inward: []rejectionSaid{said}, See: true,
			Reason: form("reason"), Contact: form("contact"), Inner: form("impression"), ReadLaw: l.Cite, Errs: form("reason").Fields, Partly: "/p"}
	})
	_ = sample(func() page { return rejectionPage{} })
)

// rejectionShow shows one no.
func (s *Site) rejectionShow(w http.ResponseWriter, r *http.Request) error {
	p, _, _, err := s.rejectionPage(r, "", nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// rejectionPage makes the page; which is the form that was sent and must be mended.
func (s *Site) rejectionPage(r *http.Request, which string, f *Form, bad wrong) (p rejectionPage, c *desk.Case, x *rejection.Path, err error) {
	if c, err = s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r)); err != nil {
		return p, nil, nil, err
	}
	res, _, err := rejectionsOf(c)
	if err != nil {
		return p, nil, nil, err
	}
	if x = findRejection(c.Folder, res, r.PathValue("entry")); x == nil {
		return p, nil, nil, fault.New(fault.NotFound, fault.Position{}, "webreject.not_here")
	}
	p = rejectionPage{Frame: s.caseFrame(r, c, "webreject.one", "disagree"), School: c.File.Case.Side == fact.SchoolSide, Back: rejectionPath(c.Folder, "")}
	p.Path = rejectionPath(c.Folder, "/"+pathEscape(rejectionName(c.Folder, x)))
	p.Title, p.What, p.Who, p.Tag = p.speak().rejectionTitle(x), p.speak().rejectionWhat(c, x), p.speak().rejectionWho(x), p.speak().rejectionTag(x)
	p.Chrono, p.Partly = p.Path+"/chronology", casePath(c.Folder)+"/partnership"
	if x.Entry != nil {
		p.Answer = entryPath(c.Folder, x.Entry.ID)
	}
	if e := x.Settled; e != nil {
		p.Settled = rejectionRow{Href: entryPath(c.Folder, e.ID), Title: p.T("webreject.settled_by", "kind", p.speak().kindTitle(e), "date", p.cat.When(e.On))}
	} else if x.Followed != "" {
		for i := range res.Paths {
			if y := &res.Paths[i]; y.ID == x.Followed {
				p.Followed = rejectionRow{Href: rejectionPath(c.Folder, "/"+pathEscape(rejectionName(c.Folder, y))), Title: p.speak().rejectionTitle(y)}
			}
		}
	}
	for _, o := range x.Odd {
		p.Odd = append(p.Odd, p.T("webreject.odd_"+o.Key, "date", p.cat.When(o.Entry.On)))
	}
	for _, o := range x.Owed {
		cite := p.speak().rejectionLaw(c, o.Clock.Rule.ID)
		p.Owed = append(p.Owed, removalLine{Text: p.T("webreject.owed_"+o.Key, "date", p.cat.Date(o.On)), Href: clockPath(c.Folder, string(o.Clock.Rule.ID), o.Clock.Trigger), Cite: cite})
	}
	for _, id := range ofGroup[x.Group] {
		if cite := p.speak().rejectionLaw(c, id); cite.Text != "" {
			p.Special = append(p.Special, removalLine{Text: p.speak().lawText(id).Says, Cite: cite})
		}
	}
	if x.Entry != nil && x.Entry.Kind == refusedOne {
		p.Special = append(p.Special, removalLine{Text: p.speak().lawText(noLeverage).Says, Cite: p.speak().rejectionLaw(c, noLeverage)})
	}
	p.said(c, x)
	p.steps(c, x, which, f, bad)
	for _, k := range x.Clocks {
		if !slices.ContainsFunc(x.Steps, func(s rejection.Step) bool { return slices.Contains(s.Clocks, k) }) {
			p.Dates = append(p.Dates, removalLine{Text: p.speak().lawText(k.Rule.ID).Title + ": " + p.speak().dateLine(k.On, k.Earliest), Href: clockPath(c.Folder, string(k.Rule.ID), k.Trigger)})
		}
	}
	p.contacts(c, x)
	for _, l := range x.Lacks {
		p.Lacks = append(p.Lacks, p.cat.N("webreject.lack_"+l.Key, l.N))
	}
	p.MeetLaw = p.speak().rejectionLaw(c, withoutParent)
	p.ReadLaw = p.speak().rejectionLaw(c, readRecords)
	if p.May("add_entry") {
		p.forms(c, x, which, f, bad)
	}
	p.See = p.Inner != nil || len(p.Inward) > 0
	return p, c, x, nil
}

// said are the family's own words, and apart from them what staff believed.
func (p *rejectionPage) said(c *desk.Case, x *rejection.Path) {
	for _, y := range x.Said {
		p.Said = append(p.Said, rejectionSaid{Day: p.cat.When(y.Entry.On), Words: y.Text, Href: p.speak().hrefOf(c, y.Entry), Reasons: y.Reasons})
	}
	for _, e := range x.Impressions {
		y := rejectionSaid{Day: p.cat.When(e.On), Words: wordsOfEntry(e), Href: p.speak().hrefOf(c, e)}
		for _, r := range e.Fields.Reasons {
			if slices.Contains(rejection.Readings, r) {
				r = p.T("webreject.reading_" + r)
			}
			y.Reasons = append(y.Reasons, r)
		}
		p.Inward = append(p.Inward, y)
	}
}

// hrefOf is where an entry is shown; "" for one that follows by itself.
func (f speaker) hrefOf(c *desk.Case, e *fact.Entry) string {
	if e == nil || c.Name(e.ID) == "" {
		return ""
	}
	return entryPath(c.Folder, e.ID)
}

// rejectionTones says how each state looks.
var rejectionTones = map[rejection.State]string{rejection.Done: "done", rejection.Now: "soon", rejection.Next: "", rejection.Over: "info"}

// mostQuestions bounds the questions of a step: reject.ask_STEP_1 and on.
const mostQuestions = 8

// steps are the five steps.
func (p *rejectionPage) steps(c *desk.Case, x *rejection.Path, which string, f *Form, bad wrong) {
	for i := range x.Steps {
		s := &x.Steps[i]
		n := string(s.Name)
		y := rejectionStep{N: i + 1, Name: n, Title: p.T("webreject.step_" + n), Tag: Tag{rejectionTones[s.State], p.T("webreject.state_" + string(s.State))}, Lead: p.T(sided("webreject.lead_"+n, p.School))}
		if x.Open() {
			for j := 1; j <= mostQuestions && p.cat.Has("webreject.ask_"+n+"_"+strconv.Itoa(j)); j++ {
				y.Asks = append(y.Asks, p.T("webreject.ask_"+n+"_"+strconv.Itoa(j)))
			}
			y.AsksTitle = p.T("webreject.asks_" + n)
		}
		for _, e := range s.Entries {
			y.Done = append(y.Done, rejectionSaid{Day: p.speak().kindTitle(e) + ", " + p.cat.When(e.On), Words: shortened(wordsOfEntry(e), 400), Href: p.speak().hrefOf(c, e)})
		}
		switch s.Name {
		case rejection.Review:
			p.readAgain(c, x, s, &y)
		case rejection.Offer:
			for _, o := range x.Offers {
				if o.Entry == nil {
					y.Done = append(y.Done, rejectionSaid{Day: p.speak().planName(c, o.Plan) + ", " + p.cat.When(o.On), Href: planPath(c.Folder, o.Plan)})
				}
			}
			if p.School && p.May("change_plans") {
				y.Links = append(y.Links, captureKey{Label: p.T("webreject.to_new_plan"), Href: casePath(c.Folder) + "/plans/new"})
			}
		case rejection.Notice:
			for _, k := range s.Clocks {
				y.Dates = append(y.Dates, removalLine{Text: p.speak().lawText(k.Rule.ID).Title + ": " + p.speak().dateLine(k.On, k.Earliest), Href: clockPath(c.Folder, string(k.Rule.ID), k.Trigger)})
			}
			y.Cites = append(y.Cites, p.speak().rejectionLaw(c, noticeWhen), p.speak().rejectionLaw(c, noticeContent))
		}
		if at := p.speak().paperLink(c, rejectionPapers[p.School][s.Name], rejectedEntry(x)); at != "" && x.Open() {
			y.Links = append(y.Links, captureKey{Label: p.T("webpaper.draft_it"), Href: at})
		}
		if p.May("add_entry") && x.Open() {
			y.Form = p.form(c, x, n, which, f, bad)
		}
		p.Steps = append(p.Steps, y)
	}
}

// rejectionPapers are the papers of the steps: of a school (true), and of a family.
var rejectionPapers = map[bool]map[rejection.StepName]string{
	true:  {rejection.Acknowledge: "response-parent-rejection", rejection.Notice: "pwn", rejection.Offer: "offer-of-fape"},
	false: {rejection.Notice: "demand-pwn"},
}

// rejectedEntry is the entry of a no, by the name the record gives it; "" when it has none.
func rejectedEntry(x *rejection.Path) string {
	if x.Entry == nil {
		return ""
	}
	return x.Entry.ID
}

// readAgain is what a review with fresh eyes looked at, and what the program's own
// review of the plan found.
func (p *rejectionPage) readAgain(c *desk.Case, x *rejection.Path, s *rejection.Step, y *rejectionStep) {
	names := func(keys []string) string {
		var out []string
		for _, k := range keys {
			out = append(out, lower(p.T("webreject.look_"+k)))
		}
		return p.cat.List(out)
	}
	if s.State == rejection.Done {
		y.Looked, y.Not = names(s.Looked), names(s.Not)
	}
	if len(x.Findings) == 0 {
		return
	}
	y.Plan = planPath(c.Folder, x.Plan)
	y.Found = p.cat.N("webreject.found", len(x.Findings))
	for i := range x.Findings {
		if g := &x.Findings[i]; g.Name == "jargon" || g.Name == "hard-to-read" {
			y.Findings = append(y.Findings, sayreview.Says(p.cat, g))
		}
	}
}

// contacts are the communications, and the attempts before each meeting.
func (p *rejectionPage) contacts(c *desk.Case, x *rejection.Path) {
	for i := range x.Contacts {
		k := &x.Contacts[i]
		e := k.Entry
		y := rejectionContact{Day: p.cat.When(e.On), ISO: e.On.Earliest.String(), Title: p.speak().kindTitle(e), Href: p.speak().hrefOf(c, e), With: strings.Join(e.Fields.With, ", "),
			Words: wordsOfEntry(e), Offers: strings.Join(e.Fields.Offers, "; "), Responded: e.Fields.Response}
		switch {
		case e.Wall != fact.Open:
			y.Tag = Tag{"", p.speak().wallName(e.Wall)}
		case k.Theirs:
			y.Tag = Tag{"info", p.T("webreject.theirs")}
		case k.Reached == fact.No:
			y.Tag = Tag{"", p.T("webreject.failed")}
		}
		if len(k.Lacks) > 0 {
			y.Lacks = p.T("webreject.lacks", "fields", p.speak().lackNames(k.Lacks))
		}
		p.Contacts = append(p.Contacts, y)
	}
	for i := range x.Meetings {
		m := &x.Meetings[i]
		y := rejectionMeeting{Title: p.speak().kindTitle(m.Entry) + ", " + p.cat.When(m.Entry.On), Href: p.speak().hrefOf(c, m.Entry), Without: m.Without}
		if m.Notice != nil {
			y.Since = p.T("webreject.since_notice", "date", p.cat.Date(m.Since))
		} else {
			y.Since = p.T("webreject.since_no", "date", p.cat.Date(m.Since))
		}
		y.Count = p.cat.N("webreject.attempts", len(m.Attempts), "failed", strconv.Itoa(m.Failed), "reached", strconv.Itoa(m.Reached))
		if len(m.Means) > 0 {
			y.Means = p.cat.N("webreject.by_means", m.Different(), "means", p.speak().meansList(m.Means))
		}
		y.Kept = p.T("webreject.kept", "calls", strconv.Itoa(m.Calls), "letters", strconv.Itoa(m.Letters), "answers", strconv.Itoa(m.Answers), "copies", strconv.Itoa(m.Copies), "visits", strconv.Itoa(m.Visits))
		for _, a := range m.Attempts {
			y.Attempts = append(y.Attempts, removalLine{Text: p.cat.When(a.Entry.On) + ": " + lower(p.speak().kindTitle(a.Entry)), Href: p.speak().hrefOf(c, a.Entry)})
		}
		p.Meetings = append(p.Meetings, y)
	}
}
