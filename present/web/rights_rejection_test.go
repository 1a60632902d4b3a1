package web

import (
	"net/url"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
)

// refused is a no to a plan that stands in the cell's case.
func (c *cell) refused() string {
	if c.c != c.one && c.c != c.two && c.c != c.other {
		return desk.NewName()
	}
	e := fact.Entry{Kind: answeredNo, On: day.On(day.Must(2026, time.March, 2)), By: "parent"}
	name, err := c.desk.AddEntry(c.t.Context(), c.who(c.maker()), c.c, desk.NewEntry{Name: desk.NewName(), Fact: e})
	if err != nil {
		c.t.Fatal(err)
	}
	return name
}

// The requests for the answer to a rejection, and for the partnership.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"rejection_list":       func(c *cell) wish { return get(c.path("/rejection")) },
		"rejection_show":       func(c *cell) wish { return get(c.path("/rejection/" + c.refused())) },
		"rejection_chronology": func(c *cell) wish { return get(c.path("/rejection/" + c.refused() + "/chronology")) },
		"rejection_table":      func(c *cell) wish { return get(c.path("/rejection/" + c.refused() + "/chronology.csv")) },
		"rejection_save": func(c *cell) wish {
			return post(c.path("/rejection/"+c.refused()+"/acknowledge"), url.Values{"name": {desk.NewName()}, "acknowledge-on": {"2026-03-02"}, "acknowledge-words": {"We heard it."}}).gets("^303 ")
		},
		"partnership_show":  func(c *cell) wish { return get(c.path("/partnership")) },
		"partnership_table": func(c *cell) wish { return get(c.path("/partnership.csv")) },
		"partnership_save": func(c *cell) wish {
			return post(c.path("/partnership/liaison"), url.Values{"name": {desk.NewName()}, "liaison-on": {"2026-03-02"}, "liaison-with": {"Ms. Sample"}}).gets("^303 ")
		},
	} {
		wishes[name] = f
	}
	// Who was shown single entries sees no plan, and no page that is not among them.
	for _, name := range []string{"rejection_show", "rejection_chronology", "rejection_table"} {
		ask := wishes[name]
		wishes[name] = func(c *cell) wish {
			q := ask(c)
			if c.p != nil && c.p.some {
				q.want = "^404 "
			}
			return q
		}
	}
}
