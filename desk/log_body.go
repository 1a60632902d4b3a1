package desk

import (
	"encoding/json"
	"slices"
	"unicode/utf8"

	"stayput/day"
	"stayput/fault"
	"stayput/measure"
	"stayput/plan"
	"stayput/plan/session"
)

// The body of what one act wrote down about carrying out a plan, as
// docs/record-format.md describes it.
type logBody struct {
	Via       string        `json:"via,omitempty"`
	From      string        `json:"from,omitempty"`
	Sessions  []sessionBody `json:"sessions,omitempty"`
	Probes    []probeBody   `json:"probes,omitempty"`
	Sightings []sightBody   `json:"sightings,omitempty"`
	Gone      []string      `json:"gone,omitempty"`
	Undoes    string        `json:"undoes,omitempty"`
	Files     []FileRef     `json:"files,omitempty"`
}

type sessionBody struct {
	ID       string `json:"id"`
	On       string `json:"on"`
	Service  string `json:"service"`
	Minutes  *int   `json:"minutes,omitempty"`
	Planned  *int   `json:"planned,omitempty"`
	Start    *int   `json:"start,omitempty"`
	Outcome  string `json:"outcome"`
	Reason   string `json:"reason,omitempty"`
	Provider string `json:"provider,omitempty"`
	Delivery string `json:"delivery,omitempty"`
	Setting  string `json:"setting,omitempty"`
	Makes    string `json:"makes,omitempty"`
	Answers  string `json:"answers,omitempty"`
	Teller   string `json:"from,omitempty"`
	Note     string `json:"note,omitempty"`
}

type probeBody struct {
	ID    string `json:"id"`
	Goal  string `json:"goal"`
	On    string `json:"on"`
	Value string `json:"value,omitempty"` // nothing: a probe without a value
	Unit  string `json:"unit,omitempty"`
	Phase string `json:"phase,omitempty"`
	Note  string `json:"note,omitempty"`
	By    string `json:"by,omitempty"`
	Row   int    `json:"row,omitempty"`
}

type sightBody struct {
	ID      string   `json:"id"`
	Goal    string   `json:"goal,omitempty"`
	On      string   `json:"on"`
	Minutes *float64 `json:"minutes,omitempty"`
	Count   *float64 `json:"count,omitempty"`
	Seconds *float64 `json:"seconds,omitempty"`
	Before  string   `json:"before,omitempty"`
	What    string   `json:"what,omitempty"`
	After   string   `json:"after,omitempty"`
	By      string   `json:"by,omitempty"`
}

func said(c plan.Count) *int {
	if !c.Said {
		return nil
	}
	return &c.N
}

func count(n *int) plan.Count {
	if n == nil {
		return plan.Count{}
	}
	return plan.CountOf(*n)
}

func measured(v float64) *float64 {
	if v < 0 {
		return nil
	}
	return &v
}

func unmeasured(v *float64) float64 {
	if v == nil {
		return measure.Unsaid
	}
	return *v
}

// body is what a NewLog says, as it is kept.
func (in *NewLog) body() logBody {
	b := logBody{Via: in.Via, From: in.From, Gone: in.Gone, Files: in.Files}
	for i := range in.Sessions {
		l := &in.Sessions[i]
		b.Sessions = append(b.Sessions, sessionBody{l.ID, l.On.String(), l.Service, said(l.Minutes), said(l.Planned), said(l.Start), string(l.Outcome),
			l.Reason, l.Provider, string(l.Delivery), l.Setting, l.Makes, l.Answers, string(l.From), l.Note})
	}
	for i := range in.Probes {
		p := &in.Probes[i]
		x := probeBody{ID: p.ID, Goal: p.Goal, On: p.On.String(), Unit: p.Unit, Phase: p.Phase, Note: p.Note, By: p.By, Row: p.Row}
		if !p.Missing {
			x.Value = p.Value.String()
		}
		b.Probes = append(b.Probes, x)
	}
	for i := range in.Sightings {
		s := &in.Sightings[i]
		b.Sightings = append(b.Sightings, sightBody{s.ID, s.Goal, s.On.String(), measured(s.Minutes), measured(s.Count), measured(s.Seconds), s.Before, s.What, s.After, s.By})
	}
	return b
}

// readLog reads the body of a log. What is kept is looked at as what comes in is:
// the store may have been changed from outside.
func readLog(id string, data []byte) (*logged, error) {
	var b logBody
	if err := json.Unmarshal(data, &b); err != nil {
		return nil, unreadable(id, err)
	}
	out := &logged{via: b.Via, from: b.From, gone: b.Gone, undoes: b.Undoes, files: b.Files}
	var bad error
	date := func(s string) day.Date {
		d, err := day.Parse(s)
		if err != nil && bad == nil {
			bad = err
		}
		return d
	}
	for i := range b.Sessions {
		x := &b.Sessions[i]
		out.sessions = append(out.sessions, session.Log{ID: x.ID, On: date(x.On), Service: x.Service, Minutes: count(x.Minutes), Planned: count(x.Planned), Start: count(x.Start),
			Outcome: session.Outcome(x.Outcome), Reason: x.Reason, Provider: x.Provider, Delivery: plan.Delivery(x.Delivery), Setting: x.Setting,
			Makes: x.Makes, Answers: x.Answers, From: session.Teller(x.Teller), Note: x.Note})
	}
	for i := range b.Probes {
		x := &b.Probes[i]
		p := measure.Probe{ID: x.ID, Goal: x.Goal, On: date(x.On), Missing: x.Value == "", Unit: x.Unit, Phase: x.Phase, Note: x.Note, By: x.By, Row: x.Row}
		if !p.Missing {
			v, flaw := measure.Parse(x.Value)
			if flaw != measure.NoFlaw {
				return nil, unreadable(id, invalid("desk.log_value", "value", short(x.Value, 40)))
			}
			p.Value = v
		}
		out.probes = append(out.probes, p)
	}
	for i := range b.Sightings {
		x := &b.Sightings[i]
		out.sightings = append(out.sightings, measure.Sighting{ID: x.ID, Goal: x.Goal, On: date(x.On), Minutes: unmeasured(x.Minutes), Count: unmeasured(x.Count), Seconds: unmeasured(x.Seconds),
			Before: x.Before, What: x.What, After: x.After, By: x.By})
	}
	if bad != nil {
		return nil, unreadable(id, bad)
	}
	if err := out.check(); err != nil {
		return nil, unreadable(id, err)
	}
	return out, nil
}

// The most one act writes down, and the longest a text of it may be, in characters.
const (
	mostLogged = 50_000
	mostSaid   = 4000
)

// check looks at what is written down: each has a day, a service or a goal, a known
// outcome and numbers that a day has room for.
func (l *logged) check() error {
	if n := len(l.sessions) + len(l.probes) + len(l.sightings); n > mostLogged {
		return invalid("desk.log_too_many", "limit", "50,000")
	}
	seen := make(map[string]bool, len(l.sessions)+len(l.probes)+len(l.sightings))
	once := func(id string) error {
		if id == "" || len(id) > 200 || seen[id] {
			return invalid("desk.log_name", "name", short(id, 60))
		}
		seen[id] = true
		return nil
	}
	for i := range l.sessions {
		s := &l.sessions[i]
		if err := once(s.ID); err != nil {
			return err
		}
		switch {
		case s.On <= 0:
			return invalid("desk.log_day")
		case s.Service == "":
			return invalid("desk.log_service")
		case !slices.Contains(session.Outcomes(), s.Outcome):
			return invalid("desk.log_outcome", "word", short(string(s.Outcome), 60))
		case s.From != "" && !slices.Contains(session.Tellers(), s.From):
			return invalid("desk.log_outcome", "word", short(string(s.From), 60))
		case !within(s.Minutes, session.MaxMinutes) || !within(s.Planned, session.MaxMinutes) || !within(s.Start, session.MaxMinutes-1):
			return invalid("desk.log_minutes")
		}
		if err := texts(s.Service, s.Reason, s.Provider, s.Setting, s.Note, s.Makes, s.Answers, string(s.Delivery)); err != nil {
			return err
		}
	}
	for i := range l.probes {
		p := &l.probes[i]
		if err := once(p.ID); err != nil {
			return err
		}
		switch {
		case p.On <= 0:
			return invalid("desk.log_day")
		case p.Goal == "":
			return invalid("desk.log_goal")
		}
		if _, ok := p.Value.Level(); !p.Missing && !ok {
			return invalid("desk.log_value", "value", short(p.Value.String(), 40))
		}
		if err := texts(p.Goal, p.Unit, p.Phase, p.Note, p.By); err != nil {
			return err
		}
	}
	for i := range l.sightings {
		s := &l.sightings[i]
		if err := once(s.ID); err != nil {
			return err
		}
		if s.On <= 0 {
			return invalid("desk.log_day")
		}
		for _, v := range []float64{s.Minutes, s.Count, s.Seconds} {
			if v != v || v > 1e6 || v < 0 && v != measure.Unsaid {
				return invalid("desk.log_minutes")
			}
		}
		if err := texts(s.Goal, s.Before, s.What, s.After, s.By); err != nil {
			return err
		}
	}
	return nil
}

func within(c plan.Count, most int) bool { return !c.Said || c.N >= 0 && c.N <= most }

func texts(all ...string) error {
	for _, s := range all {
		if len(s) > mostSaid && utf8.RuneCountInString(s) > mostSaid {
			return invalid("desk.too_long", "limit", "4,000")
		}
		if !utf8.ValidString(s) {
			return fault.New(fault.Invalid, fault.Position{}, "desk.log_text")
		}
	}
	return nil
}
