package web

import (
	"net/url"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

// disputed gives the cell's case a State complaint, and says under which name.
func (c *cell) disputed(id people.CaseID) string {
	if id != c.one && id != c.two && id != c.other {
		return desk.NewName()
	}
	by := "owner"
	if id == c.other {
		by = "stranger"
	}
	name, err := c.desk.AddEntry(c.t.Context(), c.town.who(by), id, desk.NewEntry{Name: desk.NewName(), Fact: fact.Entry{Kind: fact.MustLookup("state_complaint_filed"), On: day.On(day.Must(2026, 3, 1))}})
	if err != nil {
		c.t.Fatal(err)
	}
	return name
}

// The requests for the pages of disputes.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"dispute_list": func(c *cell) wish { return get(c.path("/disagree/disputes")) },
		"dispute_begin": func(c *cell) wish {
			return post(c.path("/disagree/disputes"), url.Values{"name": {desk.NewName()}, "what": {"state_complaint"}, "on": {"2026-03-01"}}).gets("^303 ")
		},
		"dispute_show": func(c *cell) wish { return get(c.path("/disagree/disputes/" + c.disputed(c.c))) },
		"dispute_save": func(c *cell) wish {
			return post(c.path("/disagree/disputes/"+c.disputed(c.c)), url.Values{"name": {desk.NewName()}, "step": {"received"}, "received-kind": {"state_complaint_received"}, "received-on": {"2026-03-02"}}).gets("^303 ")
		},
	} {
		wishes[name] = f
	}
	// Who was shown single entries sees no dispute that is not among them.
	ask := wishes["dispute_show"]
	wishes["dispute_show"] = func(c *cell) wish {
		q := ask(c)
		if c.p != nil && c.p.some {
			q.want = "^404 "
		}
		return q
	}
}
