package web

import (
	"net/http"

	"stayput/derive/brief"
	"stayput/derive/dispute"
	"stayput/desk"
)

// A disputeListPage is every dispute of a case and where it stands, with the form for
// what was filed just now.
type disputeListPage struct {
	Frame
	AsOf  string
	Lead  string
	Back  string // to the ways to answer a no
	Rows  []disputeRow
	Empty bool
	Begin *disputeForm
}

func (disputeListPage) template() string { return "dispute_list" }

// A disputeRow is one dispute in the list.
type disputeRow struct {
	Href, Title string
	Tag         Tag
	Began       string
	Next        string
	Box         *DateBox
	Look        string // things to check in the record
}

// A disputeForm is one form of these pages.
type disputeForm struct {
	ID, Action, Name string
	Heading          string
	Hidden           []Hidden
	Fields           []Field
	Open             bool
	Button           string
	Says             string // what stands in the way, above the fields
	Cite             Cite
	Errs             []Field
}

func sampleDisputeForm() *disputeForm {
	f := []Field{{Name: "on", Label: "l", Kind: "date", Error: "e"}}
	return &disputeForm{ID: "i", Action: "/a", Name: "n", Heading: "h", Hidden: []Hidden{{"a", "b"}}, Fields: f, Open: true, Button: "b", Says: "s", Cite: Cite{Text: "c", Source: "/s", Checked: "k"}, Errs: f}
}

var (
	_ = sample(func() page {
		return disputeListPage{AsOf: "d", Lead: "l", Back: "/b", Rows: []disputeRow{{Href: "/h", Title: "t", Tag: Tag{"info", "o"}, Began: "b", Next: "n", Box: &DateBox{ISO: "2026-01-01", Day: "1"}, Look: "l"}}, Begin: sampleDisputeForm()}
	})
	_ = sample(func() page { return disputeListPage{Lead: "l", Back: "/b", Empty: true} })
)

// disputeList shows the disputes of a case.
func (s *Site) disputeList(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.disputesPage(r, viewOf(r), nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// disputesPage draws the list; f is the form that was sent and not taken, if any.
func (s *Site) disputesPage(r *http.Request, v desk.View, f *Form, bad wrong) (disputeListPage, *desk.Case, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), v)
	if err != nil {
		return disputeListPage{}, nil, err
	}
	p := disputeListPage{Frame: s.caseFrame(r, c, "webdispute.title", "disagree"), Back: casePath(c.Folder) + "/disagree"}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	p.Lead = p.T("webdispute.lead_" + string(c.File.Case.Side))
	paths := brief.Disputes(c.Brief, c.File.Case.Side)
	for i := len(paths) - 1; i >= 0; i-- { // the latest first
		p.Rows = append(p.Rows, p.speak().disputeRow(c, &paths[i]))
	}
	p.Empty = len(paths) == 0
	if p.May("add_entry") {
		p.Begin = p.beginForm(c, f, bad)
		p.Begin.Open = p.Begin.Open || p.Empty
	}
	return p, c, nil
}

// disputeRow puts one dispute into a line.
func (f speaker) disputeRow(c *desk.Case, x *dispute.Path) disputeRow {
	out := disputeRow{Href: disputePath(c, x.Matter), Title: f.disputeTitle(x), Tag: f.disputeTag(x), Began: f.T("webdispute.began", "date", f.cat.When(x.On))}
	if x.Now >= 0 {
		s := &x.Steps[x.Now]
		out.Next = f.T("webdispute.next_none", "step", f.stepTitle(x, s.Key))
		if s.Due != 0 {
			out.Next = f.T("webdispute.next_by", "step", f.stepTitle(x, s.Key), "date", f.cat.Date(s.Due))
			tone := "soon"
			if s.State == dispute.Late {
				tone = "late"
			}
			b := dateBox(f.cat, s.Due, tone)
			out.Box = &b
		}
	}
	if n := len(x.Problems); n > 0 {
		out.Look = f.N("webdispute.look", n)
	}
	return out
}

// disputePath is where a dispute is shown, by the entry that began it.
func disputePath(c *desk.Case, matter string) string {
	return casePath(c.Folder) + "/disagree/disputes/" + c.Name(matter)
}
