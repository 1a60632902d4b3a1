package desk

import (
	"context"
	"slices"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/delivery"
	"stayput/people"
	"stayput/plan/session"
)

// School is the calendar the child's school days are counted by, up to what was
// known on the day the case is looked at.
func (c *Case) School() (*day.School, error) {
	school, err := c.desk.kept.schools.Of(c.joined, brief.YearRule(c.Brief.Laws), c.key.known)
	if err != nil {
		return nil, invalid("cli.calendars_overlap", "cause", err.Error())
	}
	return school, nil
}

// ExtendedSchool is the calendar of the child's extended school year, as School is that
// of the regular one; nil when the case names none.
func (c *Case) ExtendedSchool() (*day.School, error) {
	school, err := c.desk.kept.schools.Extended(c.joined, c.key.known)
	if err != nil {
		return nil, invalid("cli.calendars_overlap", "cause", err.Error())
	}
	return school, nil
}

// A SessionForm is one form that a session once had, with who wrote it and when.
type SessionForm struct {
	session.Log
	LogMark
	Gone bool // it was taken back: the log is what stood before
}

// SessionForms are the forms of a session in the order in which they were written,
// the taking back among them. When an act is taken back whole, what it had replaced
// stands again, which is a form too.
func (c *Case) SessionForms(id string) []SessionForm {
	var touch []*logged // the acts that have to do with the session
	touches := func(act string) bool {
		return slices.ContainsFunc(touch, func(a *logged) bool { return a.ID == act })
	}
	var out []SessionForm
	for _, a := range c.acts {
		says := slices.ContainsFunc(a.sessions, func(s session.Log) bool { return s.ID == id })
		if !says && !slices.Contains(a.gone, id) && (a.undoes == "" || !touches(a.undoes)) {
			continue
		}
		touch = append(touch, a)
		now := standing(touch, id)
		mark := LogMark{a.ID, a.At, people.PersonID(a.By), a.via}
		switch n := len(out); {
		case now != nil && (n == 0 || out[n-1].Gone || out[n-1].Log != *now || says):
			out = append(out, SessionForm{*now, mark, false})
		case now == nil && n > 0 && !out[n-1].Gone:
			out = append(out, SessionForm{out[n-1].Log, mark, true})
		}
	}
	return out
}

// standing is what acts in their order leave of a session, nil when it does not stand.
func standing(acts []*logged, id string) (now *session.Log) {
	for _, a := range acts {
		if a.undoes != "" || slices.ContainsFunc(acts, func(u *logged) bool { return u.undoes == a.ID }) {
			continue
		}
		if slices.Contains(a.gone, id) {
			now = nil
		}
		if i := slices.IndexFunc(a.sessions, func(s session.Log) bool { return s.ID == id }); i >= 0 {
			now = &a.sessions[i]
		}
	}
	return now
}

// itemCarrying is a Carrying of a space, by case.
const itemCarrying = "carrying"

// A Carrying is how somebody wants the ledger of a case read. None of it is law.
type Carrying struct {
	ShortPerMille   int `json:"short,omitempty"`   // from when on a shortfall is pointed out; 0 is the program's own
	MissesInRow     int `json:"row,omitempty"`     // the same for misses in a row
	UnknownPerMille int `json:"unknown,omitempty"` // the same for what nobody wrote down
	// Days are the weekdays of a service, Monday is 1, by its name in the ledger;
	// a service that is not there is asked about on every school day.
	Days map[string][]int `json:"days,omitempty"`

	Version int64 `json:"-"`
}

// Settings are the levels for the ledger.
func (x *Carrying) Settings() delivery.Settings {
	return delivery.Settings{ShortPerMille: x.ShortPerMille, MissesInRow: x.MissesInRow, UnknownPerMille: x.UnknownPerMille}
}

// On reports whether a service is given on a weekday, 0 is Sunday, as far as
// somebody said.
func (x *Carrying) On(service string, weekday int) bool {
	days, said := x.Days[service]
	return !said || slices.Contains(days, weekday)
}

// Carrying is how the ledger of a case is read.
func (d *Desk) Carrying(ctx context.Context, who Who, c people.CaseID) (out Carrying, err error) {
	if err = d.may(ctx, who, SeeCase, c); err != nil {
		return out, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil { // a case of this space
			return err
		}
		out.Version, err = get(tx, who.Space, itemCarrying, string(c), &out)
		return err
	})
	return out, err
}

// SaveCarrying keeps how the ledger of a case is read. Version is the one that was
// shown: who comes second is told.
func (d *Desk) SaveCarrying(ctx context.Context, who Who, c people.CaseID, in Carrying) error {
	if err := d.may(ctx, who, ChangeCase, c); err != nil {
		return err
	}
	if in.ShortPerMille < 0 || in.ShortPerMille > 1000 || in.UnknownPerMille < 0 || in.UnknownPerMille > 1000 || in.MissesInRow < 0 || in.MissesInRow > 200 || len(in.Days) > 200 {
		return invalid("webcarry.bad_level")
	}
	for k, days := range in.Days {
		if len(k) > 200 || slices.ContainsFunc(days, func(n int) bool { return n < 0 || n > 6 }) {
			return invalid("webcarry.bad_level")
		}
	}
	return d.change(ctx, &who, ChangeCase, c, func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil {
			return err
		}
		var old Carrying
		v, err := get(tx, who.Space, itemCarrying, string(c), &old)
		if err != nil {
			return err
		}
		if v != in.Version {
			return conflict("webcarry.changed_meanwhile")
		}
		return d.put(tx, who.Space, itemCarrying, string(c), v, in)
	})
}
