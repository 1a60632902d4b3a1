package web

import "net/http"

// A lawHomePage leads to the places of the law.
type lawHomePage struct {
	Frame
	Places []lawPlaceCard
	Levels []lawLevel
	All    int
	Terms  int
	Myths  int
}

// A lawPlaceCard is one place to go.
type lawPlaceCard struct{ Icon, Href, Title, Text string }

func (lawHomePage) template() string { return "law_home" }

var _ = sample(func() page {
	return lawHomePage{Places: []lawPlaceCard{{"law", "/law/rules", "x", "y"}}, Levels: []lawLevel{{Tag{"done", "x"}, 3, "30 %", "z"}}, All: 3}
})

// lawHome leads to the rules, the glossary, the myths, and the library.
func (s *Site) lawHome(w http.ResponseWriter, r *http.Request) error {
	p := lawHomePage{Frame: s.frame(r, "webmore.law_title", "law")}
	p.Levels, p.All = p.speak().lawLevels(lawBook().IDs())
	cases, err := s.desk.Cases(r.Context(), who(r), false)
	if err != nil {
		return err
	}
	for i, c := range cases {
		if i == 3 {
			break
		}
		title := caseTitle(p.cat, c.Folder)
		p.Places = append(p.Places, lawPlaceCard{"cases", casePath(c.Folder) + "/law", p.T("webmore.law_in_case", "case", title), p.T("webmore.law_in_case_text")})
	}
	for _, x := range []struct{ icon, href, key string }{
		{"law", "/law/rules", "webmore.law_place_rules"}, {"book", "/law/glossary", "webmore.law_place_glossary"}, {"check-circle", "/law/myths", "webmore.law_place_myths"},
		{"letter", "/law/papers", "webfind.place_papers"}, {"speech", "/law/say", "weblibrary.place_say"}, {"school", "/law/training", "weblibrary.place_training"}, {"people", "/law/resources", "weblibrary.place_resources"},
		{"help", "/help", "webmore.law_place_help"},
	} {
		p.Places = append(p.Places, lawPlaceCard{x.icon, x.href, p.T(x.key), p.T(x.key + "_text")})
	}
	return s.show(w, r, http.StatusOK, p)
}
