package web

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"stayput/guide"
)

// A lawGlossaryPage is the words of the field, from A to Z.
type lawGlossaryPage struct {
	Frame
	Letters []glossaryLetter
	Query   string
	Count   int
	Field   Field
}

// A glossaryLetter is the terms that begin with one letter.
type glossaryLetter struct {
	Letter string
	Terms  []glossaryTerm
}

// A glossaryTerm is one term with where the law says so.
type glossaryTerm struct {
	*guide.Term
	Says    template.HTML
	Rel     []*guide.Term
	Cite    Cite
	Also    string // further names, for the precise register
	Checked string
}

func (lawGlossaryPage) template() string { return "law_glossary" }

var _ = sample(func() page {
	t := &guide.Term{ID: "iep", Term: "IEP"}
	return lawGlossaryPage{Query: "x", Count: 1, Field: Field{Name: "q", Label: "x"},
		Letters: []glossaryLetter{{"I", []glossaryTerm{{Term: t, Says: "x", Rel: []*guide.Term{t}, Cite: Cite{Text: "c", Checked: "d"}, Also: "a"}}}}}
})

// lawGlossary shows the glossary, or the terms that hold the words searched for.
func (s *Site) lawGlossary(w http.ResponseWriter, r *http.Request) error {
	p := lawGlossaryPage{Frame: s.frame(r, "webmore.law_glossary", "law"), Query: strings.TrimSpace(clean(r.URL.Query().Get("q")))}
	if utf8.RuneCountInString(p.Query) > 200 {
		p.Query = string([]rune(p.Query)[:200])
	}
	p.Field = Field{Name: "q", Label: p.T("webmore.law_glossary_find"), Kind: "search", Value: p.Query, Max: 200, Required: true}
	words := strings.Fields(folded(p.Query))
	g := guide.For(p.Lang)
	terms := make([]*guide.Term, 0, len(g.Terms))
	for i := range g.Terms {
		t := &g.Terms[i]
		if holdsAll(folded(t.Term+" "+strings.Join(t.Names, " ")+" "+t.Definition), words) {
			terms = append(terms, t)
		}
	}
	slices.SortStableFunc(terms, func(a, b *guide.Term) int { return cmp.Compare(sortName(a.Term), sortName(b.Term)) })
	p.Count = len(terms)
	for _, t := range terms {
		c, _ := utf8.DecodeRuneInString(sortName(t.Term))
		letter := strings.ToUpper(string(c))
		if n := len(p.Letters); n == 0 || p.Letters[n-1].Letter != letter {
			p.Letters = append(p.Letters, glossaryLetter{Letter: letter})
		}
		x := glossaryTerm{Term: t, Says: p.speak().linked(t.Definition, map[string]bool{t.ID: true})}
		for _, id := range t.Related {
			if y := g.Term(id); y != nil {
				x.Rel = append(x.Rel, y)
			}
		}
		x.Cite = p.speak().guideCite(t.Source)
		if p.Precise {
			x.Also = strings.Join(t.Names, "; ")
		}
		l := &p.Letters[len(p.Letters)-1]
		l.Terms = append(l.Terms, x)
	}
	return s.show(w, r, http.StatusOK, p)
}

// sortName is a term as it is put in order: its letters and digits.
func sortName(s string) string {
	return strings.TrimLeft(folded(s), "\"'¿¡(“ ")
}

// guideCite is where a statement of the guide stands and how well it was
// checked.
func (f speaker) guideCite(x guide.Source) Cite {
	if x.Citation == "" {
		return Cite{}
	}
	return Cite{Text: x.Citation, Checked: f.cat.T("checked_short." + string(x.Checked))}
}
