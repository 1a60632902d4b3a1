package web

import (
	"html/template"
	"slices"

	"stayput/guide"
)

// A routeMyth is one thing that people say about a route, with its verdict.
type routeMyth struct {
	ID          string
	Myth        string
	Verdict     Tag
	Reality, Do template.HTML
	Cite        Cite
}

// mythsOn are the beliefs that touch something: a route, or a page of a case.
func (f speaker) mythsOn(what string) []routeMyth {
	var out []routeMyth
	seen := map[string]bool{}
	for _, m := range guide.For(f.Lang).Myths {
		if !slices.Contains(m.On, what) {
			continue
		}
		x := routeMyth{ID: m.ID, Myth: m.Myth, Reality: f.linked(m.Reality, seen), Do: f.linked(m.Do, seen), Cite: f.guideCite(m.Source)}
		if m.Verdict != "" {
			x.Verdict = Tag{"unsure", f.cat.T("routes.verdict." + string(m.Verdict))}
		}
		out = append(out, x)
	}
	return out
}

func sampleMyths() []routeMyth {
	return []routeMyth{{"i", "m", Tag{"unsure", "v"}, "r", "d", Cite{Text: "c"}}}
}
