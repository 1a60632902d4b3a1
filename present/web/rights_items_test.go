package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/people"
	"stayput/plan"
)

// supported gives the cell's case a 504 plan with one support in force.
func (c *cell) supported() {
	if c.c != c.one && c.c != c.two && c.c != c.other {
		return
	}
	p := &plan.Plan{ID: "five", Kind: plan.Section504, AgreedOn: day.Must(2025, time.September, 2), EffectiveStart: day.Must(2025, time.September, 2),
		Accommodations: []plan.Support{{ID: "w1", Text: "Seat near the board"}}}
	p.Section504.Consent = "agreed"
	err := c.desk.ChangePlans(c.t.Context(), c.who(c.maker()), c.c, "", "", func(ps []*plan.Plan) ([]*plan.Plan, error) {
		if slices.ContainsFunc(ps, func(p *plan.Plan) bool { return p.ID == "five" }) {
			return ps, nil
		}
		return append(ps, p), nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// teacherPage is a page for a teacher that the case's owner gave.
func (c *cell) teacherPage(id people.CaseID) string {
	if id != c.one && id != c.two && id != c.other {
		return desk.NewName()
	}
	by := "owner"
	if id == c.other {
		by = "stranger"
	}
	e := fact.Entry{Kind: digestGiven, On: day.On(day.Must(2026, time.March, 2))}
	e.Fields.With, e.Fields.Summary = []string{"Ms. Sample"}, "# A page\n* Seat near the board"
	name, err := c.desk.GiveDigest(c.t.Context(), c.who(by), id, desk.NewEntry{Name: desk.NewName(), Fact: e}, desk.DigestByPaper, "Ms. Sample")
	if err != nil {
		c.t.Fatal(err)
	}
	return name
}

// teacherLink is a private link to such a page.
func (c *cell) teacherLink() string {
	// The link of a case that was put away is over.
	if err := c.desk.ReopenCase(c.t.Context(), c.town.who("owner"), c.one); err != nil {
		c.t.Fatal(err)
	}
	entry := c.teacherPage(c.one)
	_, token, err := c.desk.LinkDigest(c.t.Context(), c.town.who("owner"), c.one, entry, desk.NewName(), c.now().Add(24*time.Hour))
	if err != nil {
		c.t.Fatal(err)
	}
	return "/digest/" + token
}

// The requests for the pages of items and of pages for teachers.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"item_list":  func(c *cell) wish { return get(c.path("/carry/items")) },
		"item_table": func(c *cell) wish { return get(c.path("/carry/items.csv")) },
		"item_sheet": func(c *cell) wish { return get(c.path("/carry/checklist")) },
		"item_tap": func(c *cell) wish {
			c.supported()
			return post(c.path("/carry/items"), url.Values{"name": {desk.NewName()}, "item": {"504-w1"}, "seen": {"no"}, "from": {"child"}}).gets("^303 ")
		},
		"item_levels": func(c *cell) wish {
			v := "0"
			if c.c == c.one || c.c == c.two || c.c == c.other {
				got, err := c.desk.ItemLevels(c.t.Context(), c.town.who(c.maker()), c.c)
				if err != nil {
					c.t.Fatal(err)
				}
				v = strconv.FormatInt(got.Version, 10)
			}
			return post(c.path("/carry/item-levels"), url.Values{"version": {v}, "quiet": {"30"}, "misses": {"3"}})
		},
		"item_show": func(c *cell) wish { c.supported(); return get(c.path("/carry/items/504-w1")) },
		"item_save": func(c *cell) wish {
			c.supported()
			return post(c.path("/carry/items/504-w1"), url.Values{"name": {desk.NewName()}, "do": {"check"}, "check_seen": {"yes"}, "check_from": {"visit"}, "check_on": {"2026-03-02"}}).gets("^303 ")
		},
		"digest_list": func(c *cell) wish { return get(c.path("/carry/digests")) },
		"digest_new":  func(c *cell) wish { c.supported(); return get(c.path("/carry/digests/new?teacher=Ms.+Sample")) },
		"digest_make": func(c *cell) wish {
			c.supported()
			return post(c.path("/carry/digests/new"), url.Values{"name": {desk.NewName()}, "teacher": {"Ms. Sample"}, "lang": {"en"}, "part_supports": {"five/w1"}, "do": {"paper"}}).gets("^303 ")
		},
		"digest_show": func(c *cell) wish { return get(c.path("/carry/digests/" + c.teacherPage(c.c))) },
		"digest_save": func(c *cell) wish {
			return post(c.path("/carry/digests/"+c.teacherPage(c.c)), url.Values{"name": {desk.NewName()}, "do": {"signed"}, "by": {"Ms. Sample"}, "signed_on": {"2026-03-02"}}).gets("^303 ")
		},
		"digest_open": func(c *cell) wish { return get(c.teacherLink()).gets("^200 ") },
		"digest_ack": func(c *cell) wish {
			at := c.teacherLink()
			got, err := c.desk.OpenedDigest(c.t.Context(), strings.TrimPrefix(at, "/digest/"))
			if err != nil {
				c.t.Fatal(err)
			}
			return post(at, url.Values{"name": {desk.NewName()}, "signer": {"Ms. Sample"}, "page": {got.Hash}}).gets("^303 ")
		},
	} {
		wishes[name] = f
	}
	// Who was shown single entries sees no plan, and no page that is not among them.
	for _, name := range []string{"item_show", "digest_show"} {
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
