package web

import (
	"net/url"

	"stayput/desk"
)

// ownedPaper is a paper of its own that the space of the cell has.
func (c *cell) ownedPaper() string {
	if _, err := c.desk.SaveOwnPaper(c.t.Context(), c.who(c.maker()), "own.yaml", []byte(ownFile(c.t, "paper: demand-pwn", "paper: our-letter")), 1<<40); err != nil {
		c.t.Fatal(err)
	}
	return "our-letter"
}

// headed gives the space of the cell a letterhead with a picture.
func (c *cell) headed() {
	who := c.who(c.maker())
	h, err := c.desk.Letterhead(c.t.Context(), who)
	if err == nil {
		err = c.desk.SaveLetterhead(c.t.Context(), who, desk.HeadChange{Lines: []string{"Sample"}, Logo: logoFile(c.t), Version: h.Version})
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

// The requests for papers of one's own and the letterhead.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"own_papers": look("/settings/papers"),
		"own_paper_take": func(c *cell) wish {
			return post("/settings/papers", url.Values{"version": {"0"}, "text": {ownFile(c.t, "paper: demand-pwn", "paper: w"+desk.NewName()[:6])}}).gets("^303 ")
		},
		"own_paper_file": func(c *cell) wish { return get("/settings/papers/own/" + c.ownedPaper()) },
		"own_paper_drop": func(c *cell) wish {
			return post("/settings/papers/own/"+c.ownedPaper()+"/drop", url.Values{}).gets("^303 ")
		},
		"letterhead_save": func(c *cell) wish {
			c.headed()
			h, err := c.desk.Letterhead(c.t.Context(), c.who(c.maker()))
			if err != nil {
				c.t.Fatal(err)
			}
			return post("/settings/letterhead", url.Values{"version": {itoa(int(h.Version))}, "lines": {"Sample\n" + desk.NewName()}}).gets("^303 ")
		},
		"letterhead_logo":   func(c *cell) wish { c.headed(); return get("/settings/letterhead/logo") },
		"letterhead_sample": func(c *cell) wish { c.headed(); return get("/settings/letterhead/sample.pdf") },
		"paper_head": func(c *cell) wish {
			return post(c.path("/papers/"+c.draftOf()+"/do/head"), url.Values{"version": {"1"}, "head": {"yes"}}).gets("^303 ")
		},
		"paper_whom": func(c *cell) wish {
			return post(c.path("/papers/"+c.draftOf()+"/do/whom"), url.Values{"version": {"1"}}).gets("^303 ")
		},
	} {
		wishes[name] = f
	}
}
