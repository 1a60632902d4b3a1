package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/delivery"
	"stayput/desk"
	"stayput/fact"
	"stayput/people"
	"stayput/plan"
	"stayput/plan/session"
)

// A carryLook is what the pages about carrying out read of a case.
type carryLook struct {
	c      *desk.Case
	x      *brief.Carried
	l      *delivery.Ledger
	logs   *desk.Logged
	set    desk.Carrying
	school *day.School
}

// carryOf reads the ledger of the case that the path names.
func (s *Site) carryOf(r *http.Request, v desk.View) (*carryLook, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), v)
	if err != nil {
		return nil, err
	}
	return s.carryIn(r, c)
}

func (s *Site) carryIn(r *http.Request, c *desk.Case) (*carryLook, error) {
	k := &carryLook{c: c, logs: c.Logged()}
	var err error
	if k.x, err = c.Carried(); err != nil {
		return nil, err
	}
	if k.school, err = c.School(); err != nil {
		return nil, err
	}
	if k.set, err = s.desk.Carrying(r.Context(), who(r), c.ID); err != nil {
		return nil, err
	}
	k.l = k.x.Ledger(k.logs.Sessions)
	return k, nil
}

// carryPath is where carrying out is shown; rest begins with a slash.
func carryPath(c *desk.Folder, rest string) string { return casePath(c) + "/carry" + rest }

func carryService(c *desk.Folder, key string) string {
	return carryPath(c, "/services/"+url.PathEscape(key))
}

func carrySession(c *desk.Folder, id string) string {
	return carryPath(c, "/sessions/"+url.PathEscape(id))
}

// atHome reports that whoever writes here speaks for the family: what they say of a
// missed session is a report.
func (k *carryLook) atHome() bool { return k.c.File.Case.Side != fact.SchoolSide }

// teller is who speaks when somebody taps.
func (k *carryLook) teller() session.Teller {
	if k.atHome() {
		return session.Family
	}
	return session.Provider
}

// service is the ledger of a service by its key, or nil.
func (k *carryLook) service(key string) *delivery.Service {
	if i := slices.IndexFunc(k.l.Services, func(s delivery.Service) bool { return s.Key == key }); i >= 0 {
		return &k.l.Services[i]
	}
	return nil
}

// inForce are the promises in force on a day, one for each service, in the order of
// the ledger.
func (k *carryLook) inForce(on day.Date) []*delivery.Promise {
	var out []*delivery.Promise
	for i := range k.x.Promises {
		p := &k.x.Promises[i]
		if p.From <= on && (p.To == 0 || on <= p.To) &&
			!slices.ContainsFunc(out, func(o *delivery.Promise) bool { return o.Service == p.Service }) {
			out = append(out, p)
		}
	}
	return out
}

// of is the service of the ledger that a session belongs to, or nil.
func (k *carryLook) of(l *session.Log) *delivery.Service {
	if s := k.service(l.Service); s != nil {
		return s
	}
	if keys := delivery.Find(k.x.Promises, l.Service, l.On); len(keys) == 1 {
		return k.service(keys[0])
	}
	return nil
}

// sessionsOf are the sessions of a service, by day.
func (k *carryLook) sessionsOf(key string) []*session.Log {
	var out []*session.Log
	for i := range k.logs.Sessions {
		l := &k.logs.Sessions[i]
		if l.Service == key {
			out = append(out, l)
		} else if s := k.of(l); s != nil && s.Key == key {
			out = append(out, l)
		}
	}
	return out
}

// meets reports that school meets on a day, as far as anybody knows.
func (k *carryLook) meets(on day.Date) bool {
	if k.school == nil {
		return !on.Weekend()
	}
	return k.school.IsSchoolDay(on) != day.No
}

// lastMet is the last day up to on on which school met; zero when there was none
// in two weeks.
func (k *carryLook) lastMet(on day.Date) day.Date {
	for d := on; d > on-14; d-- {
		if k.meets(d) {
			return d
		}
	}
	return 0
}

// weekStart is the Monday of a week.
func weekStart(d day.Date) day.Date {
	return d.Add(-(int(d.Weekday()) + 6) % 7)
}

// yearFrom is the 1 July with which the school year of a day begins.
func yearFrom(d day.Date) day.Date {
	y, m, _ := d.Civil()
	if m < time.July {
		y--
	}
	return day.Must(y, time.July, 1)
}

// yearRow is the row of the school year of a day; without one, the latest; nil when
// there is none.
func yearRow(s *delivery.Service, on day.Date) *delivery.Row {
	for i := range s.Years {
		if s.Years[i].From == yearFrom(on) {
			return &s.Years[i]
		}
	}
	if n := len(s.Years); n > 0 {
		return &s.Years[n-1]
	}
	return nil
}

// weekRow is the row of the week of a day, or an empty one.
func weekRow(s *delivery.Service, on day.Date) delivery.Row {
	w := weekStart(on)
	if s != nil {
		for i := range s.Weeks {
			if s.Weeks[i].From == w {
				return s.Weeks[i]
			}
		}
	}
	return delivery.Row{From: w, To: w.Add(6)}
}

// length is how long one session of a line is, in minutes; false when the plan does
// not say. A line that only says how many sessions has no length and needs none.
func length(p *delivery.Promise) (n plan.Count, counts bool) {
	if p == nil || p.Line == nil {
		return plan.Count{}, false
	}
	a := p.Line.Amount()
	switch {
	case a.Minutes.Said && a.Minutes.N > 0:
		return a.Minutes, true
	case a.Per == plan.PerDay && a.Total.Said && a.Vague == "":
		return a.Total, true
	case !a.Minutes.Said && !a.Total.Said && a.Times.Said && a.Vague == "":
		return plan.Count{}, true
	}
	return plan.Count{}, false
}

// mine is what a person tapped for a service and a day and stands, or nil: the
// latest.
func (k *carryLook) mine(me people.PersonID, service string, on day.Date) *session.Log {
	var out *session.Log
	var at time.Time
	for i := range k.logs.Sessions {
		l := &k.logs.Sessions[i]
		m, _ := k.logs.Mark(l.ID)
		if l.On != on || l.Service != service || m.By != me || m.Via != "tap" {
			continue
		}
		if out == nil || m.At.After(at) {
			out, at = l, m.At
		}
	}
	return out
}

// names says how somebody who wrote in a case is called; "" when that is not known.
func (s *Site) names(r *http.Request) func(people.PersonID) string {
	known := map[people.PersonID]string{}
	me := who(r).Person
	known[me.ID] = me.Name
	if all, err := s.desk.People(r.Context(), who(r)); err == nil {
		for i := range all {
			known[all[i].Person.ID] = strings.TrimSpace(all[i].Person.Name)
		}
	}
	return func(id people.PersonID) string { return known[id] }
}
