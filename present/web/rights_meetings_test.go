package web

import (
	"net/url"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

// metOn gives a case a meeting of the team that was set for a day before the test's.
func (c *cell) metOn(id people.CaseID) string {
	if id != c.one && id != c.two && id != c.other {
		return desk.NewName()
	}
	by := "owner"
	if id == c.other {
		by = "stranger"
	}
	name, err := c.desk.AddEntry(c.t.Context(), c.who(by), id, desk.NewEntry{Name: desk.NewName(), Fact: fact.Entry{Kind: fact.MustLookup("iep_meeting_scheduled"), On: day.On(day.Must(2026, time.March, 2))}})
	if err != nil {
		c.t.Fatal(err)
	}
	return name
}

// The requests for the pages of meetings.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"meeting_list": func(c *cell) wish { return get(c.path("/meetings")) },
		"meeting_add": func(c *cell) wish {
			return post(c.path("/meetings"), url.Values{"name": {desk.NewName()}, "do": {"ask"}, "ask_sort": {"iep"}, "ask_how": {"written"}, "ask_on": {"2026-02-02"}}).gets("^303 ")
		},
		"meeting_show": func(c *cell) wish { return get(c.path("/meetings/" + c.metOn(c.c))) },
		"meeting_save": func(c *cell) wish {
			return post(c.path("/meetings/"+c.metOn(c.c)), url.Values{"name": {desk.NewName()}, "do": {"neutral"}, "neutral_on": {"2026-02-02"}}).gets("^303 ")
		},
		"meeting_sheet": func(c *cell) wish { return get(c.path("/meetings/" + c.metOn(c.c) + "/sheet")) },
		"meeting_log":   func(c *cell) wish { return get(c.path("/meetings/" + c.metOn(c.c) + "/decisions")) },
		"meeting_decide": func(c *cell) wish {
			return post(c.path("/meetings/"+c.metOn(c.c)+"/decisions"), url.Values{"name": {desk.NewName()}, "line": {"Speech twice a week"}, "decided": {"yes"}}).gets("^303 ")
		},
	} {
		wishes[name] = f
	}
	// Who was shown single entries sees no meeting that is not among them.
	for _, name := range []string{"meeting_show", "meeting_sheet", "meeting_log"} {
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
