package web

import (
	"net/http"
	"net/url"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/desk"
	"stayput/fault"
	"stayput/plan/session"
)

// taps are what one tap may say.
var taps = map[string]session.Outcome{
	"no":      session.ReportedMissing,
	"yes":     session.Delivered,
	"unknown": session.Unlogged,
	"given":   session.Delivered,
	"away":    session.MissedProvider,
	"event":   session.MissedEvent,
	"absent":  session.ChildAbsent,
}

// tapsOf are the answers that a family, or a school, is offered, in their order.
func tapsOf(home bool) []string {
	if home {
		return []string{"no", "yes", "unknown"}
	}
	return []string{"given", "away", "event", "absent"}
}

func escaped(s string) string { return url.QueryEscape(s) }

// carryTap writes down with one tap what came of a service on a day. A further tap
// of the same person changes it, and another takes it back.
func (s *Site) carryTap(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	k, err := s.carryIn(r, c)
	if err != nil {
		return err
	}
	on, err := day.Parse(f.Text("on", 20))
	switch {
	case err != nil:
		return fault.New(fault.Invalid, fault.Position{}, "webcase.bad_day")
	case on > c.Today:
		return fault.New(fault.Invalid, fault.Position{}, "webcase.bad_future")
	case on < c.Today.AddYears(-40):
		return fault.New(fault.Invalid, fault.Position{}, "webcase.bad_long_ago")
	}
	service, do, name := f.Text("service", 200), f.Text("do", 20), f.Text("name", 40)
	back := func(id string) error {
		return s.seeOther(w, r, carryPath(c.Folder, "?day="+on.String()+"&told="+escaped(id)))
	}
	mine := k.mine(who(r).Person.ID, service, on)
	if do == "undo" {
		if mine == nil { // taken back already: the same button twice
			return back(f.Text("session", 200))
		}
		if _, err := s.desk.AddLog(r.Context(), who(r), c.ID, desk.NewLog{Name: name, Via: "tap", Gone: []string{mine.ID}}); err != nil {
			return err
		}
		return back(mine.ID)
	}
	outcome, known := taps[do]
	if !known {
		return fault.New(fault.Invalid, fault.Position{}, "webcarry.bad_tap")
	}
	var p *delivery.Promise
	for _, x := range k.inForce(on) {
		if x.Service == service {
			p = x
		}
	}
	if p == nil {
		return fault.New(fault.Conflict, fault.Position{}, "webcarry.not_in_force")
	}
	if mine != nil && mine.Outcome == outcome {
		return back(mine.ID)
	}
	l := session.Log{On: on, Service: service, Outcome: outcome, From: k.teller()}
	if mine != nil {
		l.ID = mine.ID
	}
	if mine != nil || len(c.SessionForms(name+"-1")) > 0 { // an old page: what it wrote was changed or taken back since
		name = ""
	}
	if outcome == session.Delivered {
		l.Minutes, _ = length(p)
	}
	act, err := s.desk.AddLog(r.Context(), who(r), c.ID, desk.NewLog{Name: name, Via: "tap", Sessions: []session.Log{l}})
	if err != nil {
		return err
	}
	if l.ID == "" {
		l.ID = act + "-1"
	}
	return back(l.ID)
}
