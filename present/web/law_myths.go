package web

import (
	"html/template"
	"net/http"

	"stayput/guide"
)

// A lawMythsPage puts common beliefs beside what is so.
type lawMythsPage struct {
	Frame
	Myths []lawMyth
}

// A lawMyth is one belief.
type lawMyth struct {
	ID          string
	Myth        string
	Reality, Do template.HTML
	Cite        Cite
	Note        string // what was read and what was not, for the precise register
}

func (lawMythsPage) template() string { return "law_myths" }

var _ = sample(func() page {
	return lawMythsPage{Myths: []lawMyth{{ID: "x", Myth: "m", Reality: "r", Do: "d", Cite: Cite{Text: "c", Checked: "k"}, Note: "n"}}}
})

// lawMyths shows the myths.
func (s *Site) lawMyths(w http.ResponseWriter, r *http.Request) error {
	p := lawMythsPage{Frame: s.frame(r, "webmore.law_myths", "law")}
	seen := map[string]bool{}
	for _, m := range guide.For(p.Lang).Myths {
		x := lawMyth{ID: m.ID, Myth: m.Myth, Reality: p.speak().linked(m.Reality, seen), Do: p.speak().linked(m.Do, seen), Cite: p.speak().guideCite(m.Source)}
		if p.Precise {
			x.Note = m.Note
		}
		p.Myths = append(p.Myths, x)
	}
	return s.show(w, r, http.StatusOK, p)
}
