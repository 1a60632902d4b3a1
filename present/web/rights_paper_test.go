package web

import (
	"net/url"
	"strconv"
	"strings"

	"stayput/desk"
)

// draftOf is a paper that the owner of the cell's case began.
func (c *cell) draftOf() string { return c.draftBy(c.maker()) }

// ownDraft is a paper that the person of the cell began, where he or she may: only who
// began one, or may correct, takes it away.
func (c *cell) ownDraft() string {
	if c.p != nil && c.p.space == c.home && (c.c == c.one || c.c == c.two) && c.desk.May(c.who(c.name), desk.AddEntry, c.c) && !c.desk.May(c.who(c.name), desk.CorrectEntry, c.c) {
		return c.draftBy(c.name)
	}
	return c.draftOf()
}

func (c *cell) draftBy(name string) string {
	if c.c != c.one && c.c != c.two && c.c != c.other {
		return desk.NewName()
	}
	p := desk.Paper{ID: desk.NewName(), Document: "demand-pwn", Lang: "en", Register: "plain", PaperText: desk.PaperText{Text: "Please answer in writing.\n"}}
	if err := c.desk.NewPaper(c.t.Context(), c.who(name), c.c, p); err != nil {
		c.t.Fatal(err)
	}
	return p.ID
}

// checkOf is a check that the owner of the cell's case began; ownCheck one that the person
// of the cell began, where he or she may.
func (c *cell) checkOf() string { return c.checkBy(c.maker()) }

func (c *cell) ownCheck() string {
	if c.p != nil && c.p.space == c.home && (c.c == c.one || c.c == c.two) && c.desk.May(c.who(c.name), desk.AddEntry, c.c) && !c.desk.May(c.who(c.name), desk.CorrectEntry, c.c) {
		return c.checkBy(c.name)
	}
	return c.checkOf()
}

func (c *cell) checkBy(name string) string {
	if c.c != c.one && c.c != c.two && c.c != c.other {
		return desk.NewName()
	}
	x := desk.PaperCheck{ID: desk.NewName(), Document: "pwn", CheckText: desk.CheckText{Text: "We refuse."}}
	if err := c.desk.NewCheck(c.t.Context(), c.who(name), c.c, x); err != nil {
		c.t.Fatal(err)
	}
	return x.ID
}

// doneOf is such a paper, finished.
func (c *cell) doneOf() (id string, version int64) {
	id = c.draftOf()
	if c.c != c.one && c.c != c.two && c.c != c.other {
		return id, 1
	}
	who := c.who(c.maker())
	p, err := c.desk.Paper(c.t.Context(), who, c.c, id)
	if err != nil {
		c.t.Fatal(err)
	}
	f, err := c.desk.KeepFile(c.t.Context(), who, c.c, "paper.pdf", "application/pdf", strings.NewReader("%PDF sample "+id))
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.desk.FinishPaper(c.t.Context(), who, c.c, id, p.Version, []desk.FileRef{f}); err != nil {
		c.t.Fatal(err)
	}
	return id, p.Version + 1
}

// The requests for the pages of contacts and papers.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"contact_show": func(c *cell) wish { return get(c.path("/contacts")) },
		"contact_save": func(c *cell) wish {
			return post(c.path("/contacts"), url.Values{"do": {"save"}, "role": {"teacher"}, "who": {"T. Sample"}}).gets("^303 ")
		},
		"paper_list": func(c *cell) wish { return get(c.path("/papers")) },
		"paper_new":  func(c *cell) wish { return get(c.path("/papers/new/demand-pwn")) },
		"paper_begin": func(c *cell) wish {
			return post(c.path("/papers/new/demand-pwn"), url.Values{"name": {desk.NewName()}, "lang": {"en"}, "register": {"plain"}}).gets("^303 ")
		},
		"received_show": func(c *cell) wish { return get(c.path("/papers/received/pwn")) },
		"received_check": func(c *cell) wish {
			return post(c.path("/papers/received/pwn"), url.Values{"name": {desk.NewName()}, "q_why": {"no"}}).gets("^303 ")
		},
		"check_show": func(c *cell) wish { return get(c.path("/papers/checks/" + c.checkOf())) },
		"check_save": func(c *cell) wish {
			return post(c.path("/papers/checks/"+c.checkOf()), url.Values{"version": {"1"}, "part": {"1"}, "mark": {"why/0"}}).gets("^303 ")
		},
		"check_text": func(c *cell) wish {
			return post(c.path("/papers/checks/"+c.checkOf()+"/do/text"), url.Values{"version": {"1"}, "text": {"Other words."}}).gets("^303 ")
		},
		"check_drop": func(c *cell) wish { return post(c.path("/papers/checks/"+c.ownCheck()+"/do/drop"), nil).gets("^303 ") },
		"paper_show": func(c *cell) wish { return get(c.path("/papers/" + c.draftOf())) },
		"paper_save": func(c *cell) wish {
			return post(c.path("/papers/"+c.draftOf()), url.Values{"version": {"1"}, "text": {"Other words."}, "do": {"save"}}).gets("^303 ")
		},
		"paper_look":      func(c *cell) wish { return get(c.path("/papers/" + c.draftOf() + "/as/look")) },
		"paper_both":      func(c *cell) wish { return get(c.path("/papers/" + c.draftOf() + "/as/both")) },
		"paper_both_file": func(c *cell) wish { return get(c.path("/papers/" + c.draftOf() + "/as/both-pdf")) },
		"paper_send":      func(c *cell) wish { return get(c.path("/papers/" + c.draftOf() + "/as/send")) },
		"paper_file":      func(c *cell) wish { return get(c.path("/papers/" + c.draftOf() + "/as/txt")) },
		"paper_finish": func(c *cell) wish {
			return post(c.path("/papers/"+c.draftOf()+"/do/finish"), url.Values{"sure": {"yes"}}).gets("^303 ")
		},
		"paper_sent": func(c *cell) wish {
			id, v := c.doneOf()
			return post(c.path("/papers/"+id+"/do/sent"), url.Values{"name": {desk.NewName()}, "version": {strconv.FormatInt(v, 10)}, "on": {"2026-03-02"}, "how": {"email"}, "whom": {"P. Sample"}}).gets("^303 ")
		},
		"paper_drop": func(c *cell) wish { return post(c.path("/papers/"+c.ownDraft()+"/do/drop"), nil).gets("^303 ") },
	} {
		wishes[name] = f
	}
}
