package web

import "net/http"

// A disagreePlace is a page of a disagreement: its name in the words, what follows the
// case's own path, its icon, and whose record has it; "" is both.
type disagreePlace struct{ name, path, icon, side string }

// disagreeFirst are the pages to begin with, and disagreeMore the others, in the order
// in which they are offered. What the table of contents does not have is left out.
var (
	disagreeFirst = []disagreePlace{{"no", "/no", "letter", "family"}, {"rejection", "/rejection", "letter", "school"}}
	disagreeMore  = []disagreePlace{
		{"disputes", "/disagree/disputes", "law", ""}, {"meetings", "/meetings", "meeting", ""}, {"agreements", "/agreements", "check-circle", ""},
		{"evaluation", "/evaluation-outside", "eye", ""}, {"partnership", "/partnership", "people", "school"}, {"claims", "/claims", "copy", ""},
		{"help", "/help-near", "help", ""}, {"stay", "/stay-put", "lock", ""}, {"rights", "/rights", "calendar", ""},
	}
)

// disagreePlaces are the pages that exist, for one case.
func (s *Site) disagreePlaces(k *disagreed) (begin, more []captureKey) {
	side := "family"
	if k.school() {
		side = "school"
	}
	pick := func(all []disagreePlace) (out []captureKey) {
		for _, x := range all {
			href := casePath(k.c.Folder) + x.path
			if x.side != "" && x.side != side || !s.has(href) || x.name == "claims" && !k.May("export_case") {
				continue
			}
			out = append(out, captureKey{ID: x.name, Icon: x.icon, Label: k.T("webroute.place_" + x.name), Hint: k.T("webroute.place_" + x.name + "_hint"), Href: href})
		}
		return out
	}
	return pick(disagreeFirst), pick(disagreeMore)
}

// has reports that a page of this path can be asked for.
func (s *Site) has(path string) bool {
	r, err := http.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		return false
	}
	_, pattern := s.mux.Handler(r)
	return pattern != ""
}
