package web

import (
	"fmt"
	"net/url"

	"stayput/day"
	"stayput/desk"
	"stayput/plan"
	"stayput/plan/session"
)

// told is a session of the case that nobody has touched, written down by whoever
// asks when he or she may: one's own is what a contributor may take back.
func (c *cell) told() string {
	if c.c != c.one && c.c != c.two && c.c != c.other {
		return desk.NewName()
	}
	by := c.maker()
	if c.should(c.p, desk.AddEntry, c.c) {
		by = c.name
	}
	act, err := c.desk.AddLog(c.t.Context(), c.who(by), c.c, desk.NewLog{Sessions: []session.Log{{On: day.Must(2026, 2, 24), Service: "Speech", Outcome: session.ReportedMissing, From: session.Family}}})
	if err != nil {
		c.t.Fatal(err)
	}
	return act + "-1"
}

// served makes a plan of a case promise a service, and gives its name in the ledger.
func (c *cell) served() string {
	if c.c != c.one && c.c != c.two && c.c != c.other {
		return "hall"
	}
	from := day.Must(2026, 1, 5)
	err := c.desk.ChangePlans(c.t.Context(), c.who(c.maker()), c.c, "", "", func(ps []*plan.Plan) ([]*plan.Plan, error) {
		if plan.Find(ps, "carried") != nil {
			return ps, nil
		}
		return append(ps, &plan.Plan{ID: "carried", Kind: plan.Section504, Status: "in_effect", MeetingDate: from, EffectiveStart: from, AgreedOn: from,
			Services: []plan.Service{{ID: "hall", Name: "Hall passes", Minutes: plan.CountOf(30), Times: plan.CountOf(2), Per: plan.PerWeek}}}), nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return "hall"
}

// The requests for the pages about carrying out.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"checkin_show": func(c *cell) wish { return get(c.path("/carry/check-ins")) },
		"checkin_save": func(c *cell) wish {
			return post(c.path("/carry/check-ins/asked"), url.Values{"name": {desk.NewName()}, "teacher": {"Sample Teacher"}})
		},
		"carry_show":     func(c *cell) wish { return get(c.path("/carry")) },
		"carry_table":    func(c *cell) wish { return get(c.path("/carry/ledger.csv")) },
		"carry_sessions": func(c *cell) wish { return get(c.path("/carry/sessions")) },
		"carry_session":  func(c *cell) wish { return get(c.path("/carry/sessions/" + c.told())) },
		"carry_service": func(c *cell) wish {
			c.told() // a service that no plan promises has a page too
			return get(c.path("/carry/services/Speech"))
		},
		"carry_new": func(c *cell) wish { return get(c.path("/carry/new")) },
		"carry_save": func(c *cell) wish {
			return post(c.path("/carry/new"), url.Values{"name": {desk.NewName()}, "on": {"2026-02-25"}, "service": {"other"}, "other": {"Speech"}, "outcome": {"delivered"}, "minutes": {"30"}, "teller": {"family"}})
		},
		"carry_tap": func(c *cell) wish {
			return post(c.path("/carry/tap"), url.Values{"name": {desk.NewName()}, "on": {"2026-02-25"}, "service": {c.served()}, "do": {"no"}})
		},
		"carry_drop": func(c *cell) wish {
			return post(c.path("/carry/sessions/"+c.told()+"/take-back"), url.Values{"name": {desk.NewName()}})
		},
		"carry_levels": func(c *cell) wish { return get(c.path("/carry/settings")) },
		"carry_levels_save": func(c *cell) wish {
			version := "0"
			if x, err := c.desk.Carrying(c.t.Context(), c.who(c.maker()), c.c); err == nil {
				version = fmt.Sprint(x.Version)
			}
			return post(c.path("/carry/settings"), url.Values{"version": {version}, "short": {"20"}, "row": {"4"}, "unknown": {"15"}})
		},
	} {
		wishes[name] = f
	}
	// Who was shown single entries sees no plan, and nothing of how it is carried out.
	for _, name := range []string{"carry_session", "carry_service"} {
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
