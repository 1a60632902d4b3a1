package web

import "net/url"

// The requests for looking back and for the ways of counting what may be owed.
func init() {
	wishes["back_show"] = func(c *cell) wish { return get(c.path("/carry/look-back")) }
	wishes["back_table"] = func(c *cell) wish { return get(c.path("/carry/look-back.csv")) }
	wishes["comp_show"] = func(c *cell) wish { return get(c.path("/carry/make-up")) }
	wishes["comp_table"] = func(c *cell) wish { return get(c.path("/carry/make-up.csv")) }
	wishes["comp_keep"] = func(c *cell) wish {
		return post(c.path("/carry/make-up"), url.Values{"service": {"s1"}, "gap": {"Words"}})
	}
}
