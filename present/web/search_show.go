package web

import (
	"net/http"
	"net/url"
	"strings"

	"stayput/desk"
)

// A searchPage finds words in all cases, and in the library.
type searchPage struct {
	Frame
	Query   string
	In      string // the case in which the person was
	Found   []foundIn
	More    bool
	Library []foundGroup
}

func (searchPage) template() string { return "search_show" }

type foundIn struct {
	Case    string
	Href    string
	Entries []happened
	Plans   []foundPlan
}

var _ = sample(func() page {
	return searchPage{Query: "x", Found: []foundIn{{Case: "y", Entries: []happened{{Title: "z"}}, Plans: []foundPlan{{Name: "p", Href: "/p", Parts: []string{"s"}, More: 2}}}}, More: true,
		In: "c", Library: []foundGroup{{"papers", "t", []foundCard{{"/h", "t", "x"}}, []foundCard{{"/i", "u", ""}}}}}
})

// searchShow looks through one case, or through all of them and the library.
func (s *Site) searchShow(w http.ResponseWriter, r *http.Request) error {
	q := clean(strings.TrimSpace(r.URL.Query().Get("q")))
	if len(q) > 300 {
		q = strings.ToValidUTF8(q[:300], "")
	}
	if id := clean(r.URL.Query().Get("case")); id != "" {
		return s.seeOther(w, r, "/cases/"+url.PathEscape(id)+"/record?q="+url.QueryEscape(q))
	}
	p := searchPage{Frame: s.frame(r, "webcase.search", ""), Query: q}
	if q == "" {
		return s.show(w, r, http.StatusOK, p)
	}
	cases, err := s.desk.Cases(r.Context(), who(r), false)
	if err != nil {
		return err
	}
	in, err := s.findIn(r, cases)
	if err != nil {
		return err
	}
	if in.Write != nil && clean(r.URL.Query().Get("in")) == string(in.Write.ID) {
		p.In = string(in.Write.ID)
	}
	p.Library = p.speak().foundInLibrary(q, in)
	n := 0
	for _, c := range cases {
		in := foundIn{Case: caseTitle(p.cat, c.Folder), Href: casePath(c.Folder)}
		hits, err := s.desk.Search(r.Context(), who(r), c.ID, q)
		if err != nil {
			return err
		}
		for _, h := range hits {
			if n++; n > 100 {
				p.More = true
				break
			}
			in.Entries = append(in.Entries, p.speak().happened(h.Case, h.Entry, c.Today))
		}
		if in.Plans, err = p.speak().foundPlans(s, r, c, q); err != nil {
			return err
		}
		if len(in.Entries) > 0 || len(in.Plans) > 0 || named(c, in.Case, q) {
			p.Found = append(p.Found, in)
		}
		if p.More {
			break
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// findIn is the case in which somebody who searches writes papers: the one he or she was
// in, or the only one there is.
func (s *Site) findIn(r *http.Request, cases []*desk.Case) (in findIn, err error) {
	if in.Shelf, err = s.desk.Shelf(r.Context(), who(r)); err != nil {
		return in, err
	}
	id := clean(r.URL.Query().Get("in"))
	for _, c := range cases {
		if k := len(c.Brief.Laws); k > 0 {
			in.Places = append(in.Places, c.Brief.Laws[k-1].Law.Jurisdiction)
		}
		if (string(c.ID) == id || len(cases) == 1) && s.desk.May(who(r), desk.AddEntry, c.ID) {
			in.Write = c
		}
	}
	return in, nil
}

// named reports that the query stands in the case's own name.
func named(c *desk.Case, title, q string) bool {
	q = strings.ToLower(q)
	return strings.Contains(strings.ToLower(title), q) || strings.Contains(strings.ToLower(c.File.Case.Child.Name), q)
}
