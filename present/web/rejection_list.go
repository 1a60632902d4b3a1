package web

import (
	"net/http"
	"slices"

	"stayput/derive/plan/review"
	"stayput/derive/rejection"
	"stayput/desk"
	"stayput/fact"
	sayreview "stayput/present/review"
)

// A rejectionListPage is every no of the family to something that was offered, and how
// far the answer to each has come.
type rejectionListPage struct {
	Frame
	School bool
	Open   []rejectionRow
	Over   []rejectionRow
	Write  string // where a no is written down
	Partly string // the page of the partnership
	Back   string
}

func (rejectionListPage) template() string { return "rejection_list" }

// A rejectionRow is one no in the list.
type rejectionRow struct {
	Href, Title, What, Who, Now string
	Tag                         Tag
	Owed                        []string
}

var (
	_ = sample(func() page {
		row := rejectionRow{"/h", "t", "w", "b", "n", Tag{"soon", "x"}, []string{"o"}}
		return rejectionListPage{School: true, Open: []rejectionRow{row}, Over: []rejectionRow{row}, Write: "/w", Partly: "/p", Back: "/b"}
	})
	_ = sample(func() page { return rejectionListPage{} })
)

// rejectionPath is where the noes of a case are shown; rest begins with a slash.
func rejectionPath(c *desk.Folder, rest string) string { return casePath(c) + "/rejection" + rest }

// rejectionsOf is what became of every no of a case. Findings of a review are those of
// the plans as they stand now.
func rejectionsOf(c *desk.Case) (*rejection.Result, rejection.Input, error) {
	in := rejection.Input{View: c.Brief.View, Clocks: c.Brief.Clocks, AsOf: c.Brief.AsOf}
	plans, err := c.Plans()
	if err != nil {
		return nil, in, err
	}
	if len(plans) > 0 {
		if in.Program, err = c.Program(); err != nil {
			return nil, in, err
		}
		b, err := c.WithPlans(sayreview.Goals)
		if err != nil {
			return nil, in, err
		}
		in.Findings = map[string][]review.Finding{}
		for _, r := range b.Reviews {
			in.Findings[r.Plan.ID] = r.Findings
		}
	}
	return rejection.Derive(in), in, nil
}

// rejectionName is the last part of the address of a no: the name of its entry, or what
// tells it apart when it has none.
func rejectionName(c *desk.Folder, p *rejection.Path) string {
	if p.Entry != nil {
		if n := c.Name(p.Entry.ID); n != "" {
			return n
		}
	}
	return p.ID
}

// findRejection is the path with a name; a further no to the same offer leads to it too.
func findRejection(c *desk.Folder, res *rejection.Result, name string) *rejection.Path {
	for i := range res.Paths {
		p := &res.Paths[i]
		if rejectionName(c, p) == name || slices.ContainsFunc(p.Again, func(e *fact.Entry) bool { return c.Name(e.ID) == name }) {
			return p
		}
	}
	return nil
}

// rejectionList shows them.
func (s *Site) rejectionList(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return err
	}
	res, _, err := rejectionsOf(c)
	if err != nil {
		return err
	}
	p := rejectionListPage{School: c.File.Case.Side == fact.SchoolSide, Partly: casePath(c.Folder) + "/partnership", Back: casePath(c.Folder) + "/disagree"}
	p.Frame = s.caseFrame(r, c, sided("webreject.title", p.School), "disagree")
	if p.May("add_entry") {
		p.Write = casePath(c.Folder) + "/consent"
	}
	for i := range res.Paths {
		x := &res.Paths[i]
		row := rejectionRow{Href: rejectionPath(c.Folder, "/"+pathEscape(rejectionName(c.Folder, x))), Title: p.speak().rejectionTitle(x), What: p.speak().rejectionWhat(c, x), Who: p.speak().rejectionWho(x), Tag: p.speak().rejectionTag(x)}
		for _, s := range x.Steps {
			if s.State == rejection.Now {
				row.Now = p.T("webreject.step_now", "step", lower(p.T("webreject.step_"+string(s.Name))))
			}
		}
		for _, o := range x.Owed {
			row.Owed = append(row.Owed, p.T("webreject.owed_"+o.Key, "date", p.cat.Date(o.On)))
		}
		if x.Open() {
			p.Open = append(p.Open, row)
		} else {
			p.Over = append(p.Over, row)
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// sided is the key of a text in the register of a side: KEY_school or KEY_family.
func sided(key string, school bool) string {
	if school {
		return key + "_school"
	}
	return key + "_family"
}
