package web

import (
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"

	"stayput/day"
	"stayput/desk"
	"stayput/plan"
	"stayput/plan/session"
)

const (
	logText  = "Date,Service,Minutes,Status\n2025-09-03,Speech,30,Provided\n2025-09-10,Speech,,Provider absent\n"
	seisText = "SEIS ID,Student Legal First Name,Student Legal Last Name,Special Education Service Code,Service Duration,Service Frequency Code\n1001,Sample,Child,415 - Language and Speech,60,20 - Weekly\n"
)

// logDays counts the logs that were brought in, so that each is of another day.
var logDays atomic.Int64

// loggedBy is somebody who may add to the case: the person of the cell, else
// whoever may do everything there.
func (c *cell) loggedBy(a desk.Action) (*town, bool) {
	if c.p != nil && (c.c == c.one || c.c == c.two || c.c == c.other) && c.should(c.p, a, c.c) {
		return c.town, true
	}
	return c.as(c.maker()), false
}

// log is a log that waits on the case, and whether the person of the cell sent it.
func (c *cell) log(a desk.Action, name, text string) string {
	if c.c != c.one && c.c != c.two && c.c != c.other {
		return c.path("/carry/import/" + desk.NewName())
	}
	by, _ := c.loggedBy(a)
	return by.upload(c.path("/carry/import"), url.Values{"from": {"provider"}}, sent{"file", name, []byte(text)}).is(c.t, http.StatusSeeOther).header.Get("Location")
}

// rows is a log whose columns were confirmed.
func (c *cell) rows() string { return c.rowsOf(logText) }

func (c *cell) rowsOf(text string) string {
	to := strings.TrimSuffix(c.log(desk.AddEntry, "log.csv", text), "/rows")
	if c.c == c.one || c.c == c.two || c.c == c.other {
		by, _ := c.loggedBy(desk.AddEntry)
		by.post(to, url.Values{"target0": {"date"}, "target1": {"service"}, "target2": {"minutes"}, "target3": {"outcome"}}).is(c.t, http.StatusSeeOther)
	}
	return to
}

// act is an import that the maker of the case did.
func (c *cell) act() string {
	if c.c != c.one && c.c != c.two && c.c != c.other {
		return desk.NewName()
	}
	who := c.who(c.maker())
	if c.p != nil && c.should(c.p, desk.AddEntry, c.c) {
		who = c.who(c.p.name)
	}
	act, err := c.desk.AddLog(c.t.Context(), who, c.c, desk.NewLog{Via: "sheet", From: "log.csv",
		Sessions: []session.Log{{On: day.Must(2025, 9, 3), Service: "Speech", Minutes: plan.CountOf(30), Outcome: session.Delivered}}})
	if err != nil {
		c.t.Fatal(err)
	}
	return act
}

// The requests for the pages that bring logs in.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"log_import": func(c *cell) wish { return get(c.path("/carry/import")) },
		"log_take": func(c *cell) wish {
			return send(c.path("/carry/import"), url.Values{"from": {"provider"}}, sent{"file", "log.csv", []byte(logText)})
		},
		"log_columns": func(c *cell) wish { return get(strings.TrimSuffix(c.log(desk.AddEntry, "log.csv", logText), "/rows")) },
		"log_columns_save": func(c *cell) wish {
			return post(strings.TrimSuffix(c.log(desk.AddEntry, "log.csv", logText), "/rows"), url.Values{"target0": {"date"}, "target1": {"service"}, "target2": {"minutes"}, "target3": {"outcome"}})
		},
		"log_rows": func(c *cell) wish { return get(c.rows() + "/rows") },
		"log_rows_save": func(c *cell) wish {
			// A day that nobody logged yet, of a service that the plan does not name.
			to := c.rowsOf("Date,Service,Minutes,Status\n"+day.Must(2024, 1, 1).Add(int(logDays.Add(1))).String()+",Speech,30,Provided\n") + "/rows"
			if c.c == c.one || c.c == c.two || c.c == c.other {
				by, _ := c.loggedBy(desk.AddEntry)
				by.post(to, url.Values{"answers": {"1"}, "word0": {"speech"}, "means0": {desk.KeptAsSpoken}})
			}
			return post(to, nil)
		},
		"log_report": func(c *cell) wish { return get(c.rows() + "/report.csv") },
		"log_plan": func(c *cell) wish {
			return get(strings.TrimSuffix(c.log(desk.ChangePlans, "seis.csv", seisText), "/plan") + "/plan")
		},
		"log_plan_save": func(c *cell) wish {
			return post(strings.TrimSuffix(c.log(desk.ChangePlans, "seis.csv", seisText), "/plan")+"/plan", url.Values{"child": {"Sample Child"}})
		},
		"log_imports": func(c *cell) wish { return get(c.path("/carry/imports")) },
		"log_receipt": func(c *cell) wish { return get(c.path("/carry/imports/" + c.act())) },
		"log_undo": func(c *cell) wish {
			return post(c.path("/carry/imports/"+c.act()+"/undo"), url.Values{"name": {desk.NewName()}})
		},
		"log_grid": func(c *cell) wish { return get("/log") },
		"log_grid_save": func(c *cell) wish {
			return post("/log", url.Values{"day": {"2025-09-03"}, "form": {desk.NewName()}}).gets("^422")
		},
	} {
		wishes[name] = f
	}
	// Who was shown single entries sees nothing of what was logged.
	ask := wishes["log_receipt"]
	wishes["log_receipt"] = func(c *cell) wish {
		q := ask(c)
		if c.p != nil && c.p.some {
			q.want = "^404 "
		}
		return q
	}
}
