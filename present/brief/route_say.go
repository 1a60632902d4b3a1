package brief

import (
	"unicode"

	derived "stayput/derive/brief"
	"stayput/derive/route"
)

// A routesPage is the ways to answer a no in a brief: the two that are suggested, and
// why. All the others stand in the program.
type routesPage struct {
	Lead string
	Ways []wayLine
}

// A wayLine is one suggested way.
type wayLine struct {
	Title   string
	Why     []string
	RunsOut string
}

// routesShort are the suggested ways for what the record points to; nil where it points
// to nothing, nothing fits, or the words know no routes.
func (s *speaker) routesShort(b *derived.Brief) *routesPage {
	words, ok := s.words.(routeWords)
	if !ok || b.Case == nil || b.View == nil {
		return nil
	}
	concerns := derived.Concerns(b)
	if len(concerns) == 0 {
		return nil
	}
	res := derived.Routes(b, b.Case.Side, concerns, nil)
	var names []string
	for _, c := range concerns {
		names = append(names, small(s.c.T("routes.concern."+string(c))))
	}
	p := &routesPage{Lead: s.c.T("routes.brief.lead", "concerns", s.c.List(names))}
	for _, x := range []struct {
		key string
		one *route.Suggestion
	}{{"routes.brief.one", res.Suggested}, {"routes.brief.other", res.Alternative}} {
		if x.one == nil {
			continue
		}
		t := words.Route(x.one.Route)
		if t == nil {
			continue
		}
		w := wayLine{Title: s.c.T(x.key, "title", t.Title)}
		if why := s.routeSays(x.one.Why); len(why) > 0 {
			w.Why = why[:min(len(why), 2)] // the deciding ones come first
		}
		if d := res.Row(x.one.Route).RunsOut; d != 0 {
			w.RunsOut = s.c.T("routes.brief.runs_out", "date", s.c.Date(d))
		}
		p.Ways = append(p.Ways, w)
	}
	if len(p.Ways) == 0 {
		return nil
	}
	return p
}

// routes writes the suggested ways.
func (t *texter) routes() {
	p := t.p.Routes
	if p == nil {
		return
	}
	t.head(t.p.T("routes.brief.title"), 0)
	t.par(2, "", p.Lead)
	for _, w := range p.Ways {
		t.hang(2, "-", w.Title)
		for _, y := range w.Why {
			t.par(4, "", y)
		}
		t.par(4, "", w.RunsOut)
	}
	t.par(2, dim, t.p.T("routes.brief.more"))
}

// small is a name with a small first letter, to stand inside a sentence.
func small(text string) string {
	if r := []rune(text); len(r) > 1 && !unicode.IsUpper(r[1]) {
		return string(unicode.ToLower(r[0])) + string(r[1:])
	}
	return text
}
