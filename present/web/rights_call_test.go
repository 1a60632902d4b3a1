package web

import "net/url"

// The requests for the claims table and for when to call somebody.
func init() {
	wishes["claims_show"] = func(c *cell) wish { return get(c.path("/claims")) }
	wishes["claims_table"] = func(c *cell) wish { return get(c.path("/claims.csv")) }
	wishes["claims_document"] = func(c *cell) wish { return get(c.path("/claims.docx")) }
	wishes["help_near"] = func(c *cell) wish { return get(c.path("/help-near")) }
	wishes["help_put"] = func(c *cell) wish {
		return post(c.path("/help-near"), url.Values{"mark": {"outside@x"}, "do": {"away"}})
	}
}
