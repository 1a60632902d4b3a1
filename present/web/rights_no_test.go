package web

import (
	"net/url"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
)

// said is an entry that the case's owner wrote: a no, or a request for an independent
// evaluation.
func (c *cell) said(kind string) string {
	if c.c != c.one && c.c != c.two && c.c != c.other {
		return desk.NewName()
	}
	e := fact.Entry{Kind: fact.MustLookup(kind), On: day.On(day.Must(2026, time.March, 2))}
	name, err := c.desk.AddEntry(c.t.Context(), c.who(c.maker()), c.c, desk.NewEntry{Name: desk.NewName(), Fact: e})
	if err != nil {
		c.t.Fatal(err)
	}
	return name
}

// The requests for the pages of a no and of an evaluation from outside.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"no_list": func(c *cell) wish { return get(c.path("/no")) },
		"no_save": func(c *cell) wish {
			return post(c.path("/no"), url.Values{"name": {desk.NewName()}, "what": {"plan"}, "why": {"budget"}, "on": {"2026-03-02"}, "how": {"phone"}}).gets("^303 ")
		},
		"no_show": func(c *cell) wish { return get(c.path("/no/" + c.said("evaluation_refused"))) },
		"no_tell": func(c *cell) wish {
			return post(c.path("/no/"+c.said("evaluation_refused")), url.Values{"name": {desk.NewName()}, "do": {"reason"}, "reason-why": {"staff"}, "reason-on": {"2026-03-03"}}).gets("^303 ")
		},
		"outside_show": func(c *cell) wish { return get(c.path("/evaluation-outside")) },
		"outside_save": func(c *cell) wish {
			id := c.said("iee_requested")
			return post(c.path("/evaluation-outside"), url.Values{"name": {desk.NewName()}, "path": {id}, "kind-" + id: {"iee_agreed"}, "on-" + id: {"2026-03-09"}}).gets("^303 ")
		},
	} {
		wishes[name] = f
	}
	// Who was shown single entries does not see an entry that is not among them.
	ask := wishes["no_show"]
	wishes["no_show"] = func(c *cell) wish {
		q := ask(c)
		if c.p != nil && c.p.some {
			q.want = "^404 "
		}
		return q
	}
}
