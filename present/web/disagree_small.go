package web

import (
	"html/template"

	derived "stayput/derive/brief"
	ways "stayput/derive/route"
	"stayput/desk"
	"stayput/present/chart"
)

// A stairsPart is the steps drawn small, as they stand on the page of a case.
type stairsPart struct {
	Wide   template.HTML
	Narrow template.HTML
	Where  string
	Href   string
}

// smallStairs is the picture of the steps; nil where the record points to nothing that
// anybody disagrees about, and no way was taken.
func (f speaker) smallStairs(c *desk.Case) (*stairsPart, error) {
	carried, err := c.WithSteps()
	if err != nil {
		return nil, err
	}
	b, err := routesBrief(c)
	if err != nil {
		return nil, err
	}
	res := c.Say(looked{carried, "", "routes"}, func() any {
		return derived.Routes(b, c.File.Case.Side, derived.Concerns(b), nil)
	}).(*ways.Result)
	used := len(res.Concerns) > 0 || res.Chosen.Route != ""
	for i := range res.Routes {
		used = used || res.Routes[i].Pending
	}
	if !used || len(res.Routes) == 0 {
		return nil, nil
	}
	pic := f.staircase(res)
	return &stairsPart{Wide: drawn(chart.StairsSmall(f.cat, pic, chart.Wide)), Narrow: drawn(chart.StairsSmall(f.cat, pic, chart.Narrow)), Where: pic.Where(f.cat), Href: casePath(c.Folder) + "/disagree"}, nil
}
