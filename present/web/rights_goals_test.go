package web

import (
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"

	"stayput/day"
	"stayput/desk"
	"stayput/measure"
)

var measuredSoFar atomic.Int64

// measuredLines are two probes as somebody pastes them, unlike any before: the same
// ones again would add nothing.
func measuredLines() url.Values {
	return url.Values{"goal2": {"g1"}, "lines": {fmt.Sprintf("2026-02-03 %d/10000\n2026-02-10 absent", measuredSoFar.Add(1))}}
}

// mayMeasure reports that whoever asks may write probes down in the case.
func (c *cell) mayMeasure() bool {
	return (c.c == c.one || c.c == c.two || c.c == c.other) && c.should(c.p, desk.AddEntry, c.c)
}

// measured are a probe and a sighting that nobody has touched, written down by
// whoever asks when he or she may: one's own is what a contributor may correct.
func (c *cell) measured() (probe, sighting string) {
	if c.c != c.one && c.c != c.two && c.c != c.other {
		return desk.NewName(), desk.NewName()
	}
	by := c.maker()
	if c.mayMeasure() {
		by = c.name
	}
	on := day.Must(2026, 2, 3)
	act, err := c.desk.AddLog(c.t.Context(), c.who(by), c.c, desk.NewLog{Probes: []measure.Probe{{Goal: "g1", On: on, Value: measure.Trials(7, 10)}},
		Sightings: []measure.Sighting{{On: on, Minutes: measure.Unsaid, Seconds: measure.Unsaid, Count: 2}}})
	if err != nil {
		c.t.Fatal(err)
	}
	return act + "-1", act + "-2"
}

// several is where lines wait to be confirmed by whoever asks.
func (c *cell) several() string {
	if !c.mayMeasure() {
		return c.path("/carry/probes/several/" + desk.NewName())
	}
	q := send(c.path("/carry/probes/several"), measuredLines())
	return c.send(q.method, q.path, q.body, q.header).is(c.t, http.StatusSeeOther).header.Get("Location")
}

// The requests for the pages of goals, probes and behavior.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"goals_list":    func(c *cell) wish { return get(c.path("/carry/goals")) },
		"goal_progress": func(c *cell) wish { return get(c.path("/carry/goals/g1")) },
		"probe_table":   func(c *cell) wish { return get(c.path("/carry/probes.csv")) },
		"probe_new":     func(c *cell) wish { return get(c.path("/carry/probes?goal=g1")) },
		"probe_save": func(c *cell) wish {
			return post(c.path("/carry/probes"), url.Values{"name": {desk.NewName()}, "goal": {"g1"}, "on": {"2026-02-03"}, "value": {"7/10"}})
		},
		"probes_take":  func(c *cell) wish { return send(c.path("/carry/probes/several"), measuredLines()) },
		"probes_check": func(c *cell) wish { return get(c.several()) },
		"probes_add":   func(c *cell) wish { return post(c.several(), nil) },
		"probe_show": func(c *cell) wish {
			p, _ := c.measured()
			return get(c.path("/carry/probes/one/" + p))
		},
		"probe_change": func(c *cell) wish {
			p, _ := c.measured()
			return post(c.path("/carry/probes/one/"+p), url.Values{"name": {desk.NewName()}, "goal": {"g1"}, "on": {"2026-02-03"}, "value": {"8/10"}})
		},
		"behavior_show": func(c *cell) wish { return get(c.path("/carry/behavior")) },
		"sighting_save": func(c *cell) wish {
			return post(c.path("/carry/behavior"), url.Values{"name": {desk.NewName()}, "on": {"2026-02-03"}, "count": {"3"}})
		},
		"sighting_show": func(c *cell) wish {
			_, x := c.measured()
			return get(c.path("/carry/behavior/" + x))
		},
		"sighting_change": func(c *cell) wish {
			_, x := c.measured()
			return post(c.path("/carry/behavior/"+x), url.Values{"name": {desk.NewName()}, "on": {"2026-02-03"}, "count": {"4"}})
		},
	} {
		wishes[name] = f
	}
	// Who was shown single entries sees no plan, and no goal of one.
	ask := wishes["goal_progress"]
	wishes["goal_progress"] = func(c *cell) wish {
		q := ask(c)
		if c.p != nil && c.p.some {
			q.want = "^404 "
		}
		return q
	}
}
