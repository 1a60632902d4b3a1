package web

import (
	"net/url"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

// agreement is a settlement of the case, which everybody who sees the whole case sees.
func (c *cell) agreement(id people.CaseID) string {
	if id != c.one && id != c.two && id != c.other {
		return desk.NewName()
	}
	by := "owner"
	if id == c.other {
		by = "stranger"
	}
	return c.town.add(by, id, fact.Entry{Kind: fact.MustLookup("settlement_signed"), On: day.On(day.Must(2026, 2, 2))}, "", "")
}

// The requests for the pages of agreements and of mediation.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"agreement_list":  func(c *cell) wish { return get(c.path("/agreements")) },
		"agreement_table": func(c *cell) wish { return get(c.path("/agreements.csv")) },
		"agreement_new": func(c *cell) wish {
			return send(c.path("/agreements"), url.Values{"name": {desk.NewName()}, "do": {"new"}, "new_kind": {"settlement_signed"}, "new_on": {"2026-03-02"}, "new_wall": {"open"}}).gets("^303 ")
		},
		"agreement_show": func(c *cell) wish {
			q := get(c.path("/agreements/" + c.agreement(c.c)))
			if c.p != nil && c.p.some { // who was shown single entries sees no other
				q.want = "^404 "
			}
			return q
		},
		"agreement_save": func(c *cell) wish {
			return send(c.path("/agreements/"+c.agreement(c.c)), url.Values{"name": {desk.NewName()}, "do": {"promise"}, "promise_sort": {"services"}, "promise_words": {"Speech"}}).gets("^303 ")
		},
		"mediation_show": func(c *cell) wish { return get(c.path("/mediation")) },
		"mediation_save": func(c *cell) wish {
			return post(c.path("/mediation"), url.Values{"name": {desk.NewName()}, "do": {"session"}, "session_on": {"2026-03-02"}}).gets("^303 ")
		},
	} {
		wishes[name] = f
	}
}
