package web

import (
	"stayput/derive/items"
	"stayput/desk"
	"stayput/plan"
)

// mostPagesToday bounds the lines about pages for teachers on Today.
const mostPagesToday = 10

// pagesToday says what the pages for teachers of a case need: who has not confirmed
// one, who asked back, what may be out of date. It looks at the record alone, so
// that hundreds of cases cost nothing.
func (f speaker) pagesToday(c *desk.Case, room int) []captureKey {
	n := items.CountOf(c.Brief.View, func() []*plan.Plan {
		plans, err := c.Plans()
		if err != nil {
			return nil // the page of the plan says what is wrong with it
		}
		return plans
	}, c.Today)
	if !n.Any() {
		return nil
	}
	var out []captureKey
	title := caseTitle(f.cat, c.Folder)
	for _, x := range []struct {
		n   int
		key string
	}{{n.Asked, "webitems.today_asked"}, {n.Wait, "webitems.today_waits"}, {n.Owed, "webitems.today_owed"}, {n.Renew, "webitems.today_renew"}} {
		if x.n > 0 && len(out) < room {
			out = append(out, captureKey{Label: f.N(x.key, x.n, "case", title), Href: digestsPath(c.Folder)})
		}
	}
	return out
}
