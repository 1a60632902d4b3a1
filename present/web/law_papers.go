package web

import (
	"net/http"
	"net/url"
	"slices"

	"stayput/desk"
	"stayput/paper"
)

type (
	// A lawPapersPage is the papers that can be written, outside of any case: all of them by
	// group, or one with what it must hold.
	lawPapersPage struct {
		Frame
		Field  Field
		Query  string
		Count  int
		Groups []lawPaperGroup
		One    *lawPaperOne
	}
	// A lawPaperGroup is papers that belong together.
	lawPaperGroup struct {
		ID, Title string
		Items     []paperPick
	}
	// A lawPaperOne is one paper.
	lawPaperOne struct {
		Title, Use, Side string
		States           string
		Needs, More      []paperNeed
		Avoid            []string
		Write            []Tab // the cases in which it can be written
	}
)

func (lawPapersPage) template() string { return "law_papers" }

var (
	_ = sample(func() page {
		return lawPapersPage{Field: Field{Name: "q", Label: "l"}, Query: "q", Count: 1, Groups: []lawPaperGroup{{"ask", "g", []paperPick{{"/h", "t", "u", "s"}}}}}
	})
	_ = sample(func() page {
		return lawPapersPage{One: &lawPaperOne{Title: "t", Use: "u", Side: "s", States: "w", Needs: []paperNeed{{"n", Cite{Text: "c", Checked: "k"}}}, More: []paperNeed{{"m", Cite{}}}, Avoid: []string{"a"}, Write: []Tab{{Href: "/h", Label: "l"}}}}
	})
)

// lawPaperPath is where a paper stands in the library.
func lawPaperPath(id string) string { return "/law/papers?only=" + url.QueryEscape(id) }

// lawPapers shows the papers of the space.
func (s *Site) lawPapers(w http.ResponseWriter, r *http.Request) error {
	shelf, err := s.desk.Shelf(r.Context(), who(r))
	if err != nil {
		return err
	}
	p := lawPapersPage{Frame: s.frame(r, "webfind.papers", "law"), Query: askedWords(r.URL.Query().Get("q"))}
	if id := r.URL.Query().Get("only"); id != "" {
		d, err := shelf.Get(id)
		if err != nil || !slices.Contains(shelf.IDs(), id) { // what was taken away can be begun no more
			return refuse(http.StatusNotFound, "web.error.not_found")
		}
		p.Title = d.Title[p.Lang]
		if p.One, err = s.lawPaper(r, p.speak(), d); err != nil {
			return err
		}
		return s.show(w, r, http.StatusOK, p)
	}
	p.Field = Field{Name: "q", Label: p.T("webfind.papers_find"), Kind: "search", Value: p.Query, Max: 200, Required: true}
	f := p.speak()
	words := f.askedFor(p.Query)
	cards := f.paperCards(shelf)
	for _, g := range paper.Groups {
		x := lawPaperGroup{ID: string(g), Title: p.T("webpaper.group_" + string(g))}
		for i := range cards {
			d, err := shelf.Get(cards[i].id)
			if err != nil || d.Group != g || len(words) > 0 && cards[i].score(words) == 0 {
				continue
			}
			x.Items = append(x.Items, paperPick{cards[i].Href, d.Title[p.Lang], d.Use[p.Lang], p.T("webpaper.side_" + string(d.Side))})
			p.Count++
		}
		if len(x.Items) > 0 {
			p.Groups = append(p.Groups, x)
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// lawPaper is one paper, with the cases in which the person may write it.
func (s *Site) lawPaper(r *http.Request, f speaker, d *paper.Paper) (*lawPaperOne, error) {
	x := &lawPaperOne{Title: d.Title[f.Lang], Use: d.Use[f.Lang], Side: f.T("webpaper.side_" + string(d.Side))}
	needs := func(its []paper.Item) (out []paperNeed) {
		for i := range its {
			out = append(out, paperNeed{first(its[i].Is[f.Lang]), f.paperCite(&its[i])})
		}
		return out
	}
	x.Needs, x.More = needs(d.Contents.Required), needs(d.Contents.Recommended)
	for i := range d.Contents.Avoid {
		x.Avoid = append(x.Avoid, first(d.Contents.Avoid[i].Is[f.Lang]))
	}
	var places []string
	for _, id := range d.States {
		if slices.Contains(lawBook().IDs(), id) {
			places = append(places, f.lawPlace(id))
		}
	}
	if len(places) > 0 {
		x.States = f.T("webfind.only_in", "places", f.cat.List(places))
	}
	cases, err := s.desk.Cases(r.Context(), who(r), false)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		if s.mayWrite(r, c, d) && len(x.Write) < mostRest {
			x.Write = append(x.Write, Tab{Href: paperNew(c.Folder, d.ID, ""), Label: caseTitle(f.cat, c.Folder)})
		}
	}
	return x, nil
}

// mayWrite reports that the person may write a paper in a case, and that it is one that is
// written there.
func (s *Site) mayWrite(r *http.Request, c *desk.Case, d *paper.Paper) bool {
	return s.desk.May(who(r), desk.AddEntry, c.ID) && writes(c.File.Case.Side, d) && inState(c, d)
}
