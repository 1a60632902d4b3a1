package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"stayput/day"
)

// A caseListPage is every case of the space.
type caseListPage struct {
	Frame
	Cases  []glance
	Closed bool   // the cases that were put away
	Sort   string // urgent or name
}

func (caseListPage) template() string { return "case_list" }

var _ = sample(func() page { return caseListPage{Cases: []glance{{Title: "x"}}} })

// caseList shows all cases.
func (s *Site) caseList(w http.ResponseWriter, r *http.Request) error {
	closed := r.URL.Query().Get("closed") != ""
	all, err := s.desk.Cases(r.Context(), who(r), closed)
	if err != nil {
		return err
	}
	p := caseListPage{Frame: s.frame(r, "webcase.cases", "cases"), Closed: closed, Sort: "urgent"}
	if r.URL.Query().Get("sort") == "name" {
		p.Sort = "name"
	}
	for _, c := range all {
		if c.Closed == closed {
			p.Cases = append(p.Cases, p.speak().glance(c))
		}
	}
	slices.SortStableFunc(p.Cases, func(a, b glance) int {
		byName := cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title))
		if p.Sort == "name" {
			return byName
		}
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.Say.Late, a.Say.Late), byName)
	})
	return s.show(w, r, http.StatusOK, p)
}

// caseClose puts a case away or takes it out again.
func (s *Site) caseClose(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	if f.Has("reopen") {
		if err := s.desk.ReopenCase(r.Context(), who(r), caseID(r)); err != nil {
			return err
		}
		s.done(r, "webcase.reopened")
		return s.seeOther(w, r, "/cases/"+string(caseID(r)))
	}
	if err := s.desk.CloseCase(r.Context(), who(r), caseID(r), f.Text("reason", 500)); err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webcase.closed", Href: "/cases?closed=1", Link: "webcase.closed_show"})
	return s.seeOther(w, r, "/cases")
}

// dayOf is the civil day of a moment on this machine.
func dayOf(t time.Time) day.Date {
	y, m, d := t.Local().Date()
	return day.Must(y, m, d)
}

// isoDay is the day of an ISO date that the program itself wrote.
func isoDay(s string) day.Date {
	d, _ := day.Parse(s)
	return d
}
