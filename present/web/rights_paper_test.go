package web

import "net/url"

// The requests for the pages of contacts and papers.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"contact_show": func(c *cell) wish { return get(c.path("/contacts")) },
		"contact_save": func(c *cell) wish {
			return post(c.path("/contacts"), url.Values{"do": {"save"}, "role": {"teacher"}, "who": {"T. Sample"}}).gets("^303 ")
		},
	} {
		wishes[name] = f
	}
}
