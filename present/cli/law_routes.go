package cli

import (
	"fmt"
	"io"
	"strings"

	"stayput/law"
	"stayput/law/pack"
)

// confidenceOfRoutes prints where each route of a pack is filed, the points that rest on
// law of their own, and who helps, each with how well it was read. Points that rest on a
// rule stand with the rule.
func confidenceOfRoutes(w io.Writer, p *law.Pack, t *pack.TextsIn) {
	cell := func(s string) string { return strings.ReplaceAll(s, "|", "/") }
	var lines []string
	for i := range p.Routes {
		r := &p.Routes[i]
		if o := r.Office; o != nil {
			lines = append(lines, fmt.Sprintf("| %s | files with %s | %s | %s |", r.ID, cell(t.RouteItem(r.ID, "office")), level(o.Checked), o.URL))
		}
		for _, list := range [][]law.RoutePoint{r.Needs, r.Bars, r.Points} {
			for _, q := range list {
				if q.Citation != "" {
					lines = append(lines, fmt.Sprintf("| %s | %s | %s | %s |", r.ID, q.ID, level(q.Checked), cell(q.Citation)))
				}
			}
		}
	}
	if len(lines) > 0 {
		fmt.Fprintf(w, "\n| route | what | checked | page or citation |\n|---|---|---|---|\n%s\n", strings.Join(lines, "\n"))
	}
	if len(p.Help) == 0 {
		return
	}
	fmt.Fprint(w, "\n| who helps | kind | checked | page |\n|---|---|---|---|\n")
	for _, h := range p.Help {
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", cell(h.Name), h.Kind, level(h.Checked), h.URL)
	}
}

// level is how well something was read, with the day where the text itself was.
func level(c law.Checked) string {
	if c.On != 0 && c.Level == "primary" {
		return c.Level + " " + c.On.String()
	}
	return c.Level
}
