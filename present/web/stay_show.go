package web

import (
	"net/http"
	"net/url"

	"stayput/derive/program"
	"stayput/desk"
	"stayput/fact"
	sayprogram "stayput/present/program"
)

// A stayPanel is what stays put, as it stands on several pages.
type stayPanel struct {
	Tag      Tag
	Why      string
	Cite     Cite
	Since    string
	Plan     string
	Until    string
	Lines    []stayLine
	Readings []stayReading
	Ask      []string
	Href     string // the page of its own
}

// A stayLine is the things that must continue from one plan for one reason.
type stayLine struct {
	Names     []string
	From, Why string
}

// A stayReading is another honest reading, with its law.
type stayReading struct {
	Text string
	Cite Cite
}

func samplePanel() *stayPanel {
	return &stayPanel{Tag: Tag{"late", "x"}, Why: "w", Cite: Cite{Text: "c"}, Since: "s", Plan: "p", Until: "u", Lines: []stayLine{{[]string{"a"}, "b", "c"}},
		Readings: []stayReading{{"r", Cite{Text: "c"}}}, Ask: []string{"a"}, Href: "/h"}
}

func escape(s string) string     { return url.QueryEscape(s) }
func pathEscape(s string) string { return url.PathEscape(s) }

// stayPanel puts stay put into words; nil when nothing was filed and nothing is
// open about it.
func (f speaker) stayPanel(c *desk.Case, res *program.Result) *stayPanel {
	y := &res.StayPut
	if y.Applies == fact.No && y.Trigger == "" && y.Exception == "" && len(y.Readings) == 0 && len(y.Ask) == 0 {
		return nil
	}
	p := &stayPanel{Why: sayprogram.Why(f.cat, y.Reason), Cite: f.lawOf(y.Reason), Until: sayprogram.Why(f.cat, y.Until), Href: casePath(c.Folder) + "/stay-put"}
	switch {
	case y.Applies == fact.Yes && y.Over == 0:
		p.Tag = Tag{"info", f.cat.T("webconsent.stay_yes")}
	case y.Applies == fact.Unsaid:
		p.Tag = Tag{"unsure", f.cat.T("webconsent.stay_open")}
	default:
		p.Tag = Tag{"", f.cat.T("webconsent.stay_no")}
	}
	if y.Since != 0 {
		p.Since = f.cat.Date(y.Since)
	}
	if y.Plan != "" {
		p.Plan = f.planName(c, y.Plan)
	}
	for _, l := range y.Lines {
		x := stayLine{From: f.planName(c, l.FromPlan), Why: sayprogram.Why(f.cat, l.Reason)}
		name := shortened(called(f.cat, l.Part, l.Name), 200)
		if name == "" {
			name = l.Component
		}
		if n := len(p.Lines); n > 0 && p.Lines[n-1].From == x.From && p.Lines[n-1].Why == x.Why {
			p.Lines[n-1].Names = append(p.Lines[n-1].Names, name)
			continue
		}
		x.Names = []string{name}
		p.Lines = append(p.Lines, x)
	}
	for _, r := range y.Readings {
		p.Readings = append(p.Readings, stayReading{sayprogram.Why(f.cat, r), f.lawOf(r)})
	}
	for _, r := range y.Ask {
		p.Ask = append(p.Ask, sayprogram.Why(f.cat, r))
	}
	return p
}

// A stayPage is what stays put, whole.
type stayPage struct {
	Frame
	AsOf    string
	Panel   *stayPanel
	Consent string
	Never   []stayReading // what people take for a start of stay put and is none
	Myths   []routeMyth   // what people say about it
}

func (stayPage) template() string { return "stay_show" }

var (
	_ = sample(func() page {
		return stayPage{AsOf: "d", Panel: samplePanel(), Consent: "/c", Never: []stayReading{{"n", Cite{Text: "c"}}}, Myths: sampleMyths()}
	})
	_ = sample(func() page { return stayPage{} })
)

// stayShow shows what must continue while a dispute lasts.
func (s *Site) stayShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return err
	}
	res, err := c.Program()
	if err != nil {
		return err
	}
	p := stayPage{Frame: s.caseFrame(r, c, "webconsent.stay_title", "plan"), Consent: casePath(c.Folder) + "/consent"}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	p.Panel = p.speak().stayPanel(c, res)
	if p.Panel != nil {
		p.Panel.Href = ""
	}
	p.Never = p.speak().never(c)
	p.Myths = p.speak().mythsOn("stay")
	return s.show(w, r, http.StatusOK, p)
}
