package web

import (
	"net/http"

	"stayput/desk"
	"stayput/fact"
)

// mostAsked is in how many cases of a space Today asks what happened: a family has
// a few children, and nobody answers for two hundred.
const mostAsked = 4

// A todayAsk is one line that asks what happened today with the services of a case.
type todayAsk struct{ Text, Href string }

// asksToday asks about a case: a child of this family with a plan in force on a day
// on which school meets, and a service of which this person has not told yet.
func (s *Site) asksToday(r *http.Request, f Frame, c *desk.Case, named bool) *todayAsk {
	if len(c.File.Plans) == 0 || c.Closed || c.File.Case.Side == fact.SchoolSide || !s.desk.May(who(r), desk.AddEntry, c.ID) || c.Today.Weekend() {
		return nil
	}
	x, err := c.Carried()
	if err != nil { // the pages of the plan say why
		return nil
	}
	k := &carryLook{c: c, x: x, logs: c.Logged()}
	if k.school, err = c.School(); err != nil || !k.meets(c.Today) {
		return nil
	}
	if k.set, err = s.desk.Carrying(r.Context(), who(r), c.ID); err != nil {
		return nil
	}
	me := who(r).Person.ID
	var names []string
	for _, p := range k.inForce(c.Today) {
		if _, counts := length(p); counts && k.mine(me, p.Service, c.Today) == nil && k.set.On(p.Service, int(c.Today.Weekday())) {
			names = append(names, first(p.Name))
		}
	}
	if len(names) == 0 {
		return nil
	}
	key := "webcarry.today_ask"
	if named {
		key = "webcarry.today_ask_named"
	}
	return &todayAsk{Text: f.cat.T(key, "service", f.cat.ListOr(names), "case", caseTitle(f.cat, c.Folder)), Href: carryPath(c.Folder, "#today")}
}
