package web

import (
	"net/http"

	"stayput/desk"
)

// A foundPlan is a version of a plan that holds the words, with its parts that do.
type foundPlan struct {
	Name  string
	Href  string
	Parts []string
	More  int // parts that are not shown
}

// mostParts is how many parts of a plan a search shows.
const mostParts = 5

// foundPlans are the plans of a case that hold the words of a query.
func (f speaker) foundPlans(s *Site, r *http.Request, c *desk.Case, query string) ([]foundPlan, error) {
	hits, err := s.desk.SearchPlans(r.Context(), who(r), c.ID, query)
	if err != nil {
		return nil, err
	}
	var out []foundPlan
	for _, h := range hits {
		x := foundPlan{Name: f.planName(c, h.Plan.ID), Href: planPath(c.Folder, h.Plan.ID)}
		for i, p := range h.Parts {
			if i == mostParts {
				x.More = len(h.Parts) - i
				break
			}
			x.Parts = append(x.Parts, p.Name)
		}
		out = append(out, x)
	}
	return out, nil
}
