package brief

import (
	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/law"
	"stayput/locale"
)

// headline is the one sentence of where the case stands.
func (s *speaker) headline() string {
	h := &s.b.Headline
	var title, on, right, rightOn string
	mine := false
	c := h.Clock
	if c == nil && h.Key == "waiting" {
		c = s.coming()
	}
	if c != nil {
		title = s.title(c.Rule)
		mine = s.mine(c)
		switch {
		case c.On != 0:
			on = s.on(day.On(c.On))
		case c.Earliest != 0 && c.Latest != 0:
			on = s.on(day.When{Earliest: c.Earliest, Latest: c.Latest, Minute: -1})
		case c.Earliest != 0:
			on = s.c.T("headline.or_later", "on", s.on(day.On(c.Earliest)))
		}
	}
	if l := h.Limit; l != nil {
		right = s.right(l.Rule, l.Right)
		rightOn = s.on(day.On(l.Earliest))
	}
	switch h.Key {
	case "late":
		key := "headline.late"
		if mine {
			key = "headline.late_mine"
		}
		a := s.c.N(key, h.Late, "title", title)
		if h.Closing > 0 && rightOn != "" {
			return s.c.T("headline.late_and_closing", "a", a, "b", s.c.N("headline.also_closing", h.Closing, "on", rightOn))
		}
		return a
	case "running_out":
		return s.c.N("headline.running_out", h.Closing, "right", right, "on", rightOn)
	case "due_soon":
		return s.c.N("headline.due_soon", h.Soon, "title", title, "on", on)
	case "waiting":
		if title == "" || on == "" {
			return s.c.T("headline.waiting_plain")
		}
		return s.c.T("headline.waiting", "title", title, "on", on)
	case "unsure":
		return s.c.N("headline.unsure", h.Unsure)
	}
	if !s.written() {
		return s.c.T("headline.empty")
	}
	if h.Key == "not_started" {
		return s.c.T("headline.not_started")
	}
	return s.c.T("headline.quiet")
}

// written reports that the record holds something that somebody wrote down.
func (s *speaker) written() bool {
	if s.b.View == nil {
		return false
	}
	for _, e := range s.b.View.Entries {
		if !e.Derived {
			return true
		}
	}
	return false
}

// coming is the next date that lies ahead, or nil.
func (s *speaker) coming() *clock.Clock {
	for i := range s.b.Clocks {
		c := &s.b.Clocks[i]
		if c.On != 0 && c.Left >= 0 && where(c, s.asOf) == ahead && c.Rule.Kind != law.Floor {
			return c
		}
	}
	return nil
}

// notice says what should be looked at in the record itself.
func (s *speaker) notice(n *derived.Notice) string {
	v := map[string]string{}
	for k, x := range n.Args {
		v[k] = x
	}
	if e := s.entry(n.Entry); e != nil {
		v["kind"] = s.c.Kind(e.Kind.String())
		v["date"] = s.c.When(e.On)
		if _, ok := v["other"]; !ok && e.Re != "" {
			v["other"] = e.Re
		}
	} else if s.b.View != nil {
		for _, g := range s.b.View.Gone {
			if g.ID == n.Entry {
				v["kind"], v["date"] = s.c.Kind(g.Kind.String()), s.c.When(g.On)
			}
		}
	}
	if d, err := day.Parse(v["day"]); err == nil {
		v["day"] = s.on(day.On(d))
	}
	if o := s.entry(v["other"]); o != nil {
		v["other"], v["other_date"] = s.c.Kind(o.Kind.String()), s.c.When(o.On)
	}
	key := "notice." + n.Key
	if n.Key == "answer_before_request" && v["other_date"] == "" {
		key += "_plain"
	}
	if !s.c.Has(key) {
		key = "notice.other"
	}
	if v["kind"] == "" {
		v["kind"] = n.Entry
	}
	pairs := make([]string, 0, 2*len(v))
	for k, x := range v {
		pairs = append(pairs, k, x)
	}
	return locale.First(s.c.T(key, pairs...))
}
