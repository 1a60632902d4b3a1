package web

import (
	"net/url"

	"stayput/desk"
)

// The requests for the pages of a disagreement.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"disagree_show": func(c *cell) wish { return get(c.path("/disagree?concern=placement&spoke=yes")) },
		"disagree_choose": func(c *cell) wish {
			return post(c.path("/disagree"), url.Values{"name": {desk.NewName()}, "route": {"state_complaint"}, "concern": {"late_clock"}, "why": {"It is free."}}).gets("^303 ")
		},
		"route_show": func(c *cell) wish { return get(c.path("/disagree/routes/court")) },
	} {
		wishes[name] = f
	}
}
