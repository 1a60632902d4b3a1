package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/fault"
	"stayput/people"
)

// itemHistory is what was changed about people: who let whom in, who may what from
// then on, who went. It is only added to. Its names are in the order of time.
const itemHistory = "history"

// A Standing is what one person may do in the space, as far as the one who asks
// may know it.
type Standing struct {
	Person people.Person // name and language only
	Member people.Member // the zero Role for somebody who has grants alone
	Grants []people.Grant
	Here   bool // may do something now
	Self   bool // it is the one who asks
}

// A Change is one line of what was changed about people.
type Change struct {
	At     time.Time       `json:"at"`
	By     people.PersonID `json:"by"`
	What   string          `json:"what"` // invited, joined, taken_back, role, ended, left, shared, share_ended, counsel_handed_on, rights_moved
	Person people.PersonID `json:"person,omitempty"`
	For    string          `json:"for,omitempty"` // how an invitation calls somebody who is no person yet
	Role   people.Role     `json:"role,omitempty"`
	Case   people.CaseID   `json:"case,omitempty"`
	Until  time.Time       `json:"until,omitzero"`
}

// People lists who is in the space. Its owners see everybody with everything, and
// who was there before. A member sees the other members and what they are. Somebody
// with a grant alone sees himself and who shared with him.
func (d *Desk) People(ctx context.Context, who Who) ([]Standing, error) {
	if err := d.may(ctx, who, SeePeople, ""); err != nil {
		return nil, err
	}
	var out []Standing
	err := d.store.Read(ctx, func(tx Tx) error {
		var err error
		out, err = d.standings(tx, who)
		return err
	})
	return out, err
}

func (d *Desk) standings(tx Tx, who Who) ([]Standing, error) {
	ps, err := tx.People(who.Space)
	if err != nil {
		return nil, err
	}
	ms, err := members(tx, who.Space)
	if err != nil {
		return nil, err
	}
	gs, err := items(tx, who.Space, itemGrant, "", func(g *people.Grant, v int64) { g.Version = v })
	if err != nil {
		return nil, err
	}
	now, role := d.now(), d.role(who)
	shared := map[people.PersonID]bool{}
	for _, g := range who.Grants {
		shared[g.By] = shared[g.By] || g.Holds(now)
	}
	var out []Standing
	for _, p := range ps {
		s := Standing{Person: people.Person{ID: p.ID, Name: p.Name, Lang: p.Lang}, Self: p.ID == who.Person.ID}
		s.Member.Person = p.ID
		if i := slices.IndexFunc(ms, func(m people.Member) bool { return m.Person == p.ID }); i >= 0 {
			s.Member = ms[i]
		}
		s.Here = s.Member.Holds(now) && s.Member.Role != people.NoRole
		member := s.Here
		for _, g := range gs {
			if g.Person == p.ID && g.Holds(now) {
				s.Grants = append(s.Grants, g)
				s.Here = true
			}
		}
		switch {
		case role == people.Owner || s.Self:
		case role != people.NoRole && member, shared[p.ID]:
			// What else somebody may, and since when, is between him and the owners.
			m := people.Member{Person: p.ID, Student: s.Member.Student}
			if member {
				m.Role = s.Member.Role
			}
			if who.Member.Counsel && who.Member.Holds(now) {
				m.Counsel = s.Member.Counsel // who else sees her work product
			}
			s.Member, s.Grants = m, nil
		default:
			continue
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Standing) int {
		return cmp.Or(-compare(a.Here, b.Here), place(a.Member.Role)-place(b.Member.Role), cmp.Compare(a.Person.Name, b.Person.Name))
	})
	return out, nil
}

func compare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// place is how far down a role stands; the one that may most is 0.
func place(r people.Role) int { return slices.Index(people.Roles(), r) }

// members are all memberships of a space, also those that ended.
func members(tx Tx, space people.SpaceID) ([]people.Member, error) {
	return items(tx, space, itemMember, "", func(m *people.Member, v int64) { m.Version = v })
}

// PersonOf is one of People.
func (d *Desk) PersonOf(ctx context.Context, who Who, id people.PersonID) (Standing, error) {
	all, err := d.People(ctx, who)
	if err != nil {
		return Standing{}, err
	}
	for _, s := range all {
		if s.Person.ID == id {
			return s, nil
		}
	}
	return Standing{}, missing("people.no_person")
}

// PeopleHistory is what was changed about people, the latest first.
func (d *Desk) PeopleHistory(ctx context.Context, who Who) (out []Change, err error) {
	if err = d.may(ctx, who, ChangePeople, ""); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out, err = items[Change](tx, who.Space, itemHistory, "", nil)
		slices.Reverse(out)
		return err
	})
	return out, err
}

// tell adds a line to what was changed about people.
func (d *Desk) tell(tx Tx, space people.SpaceID, c Change) error {
	c.At = d.now().UTC()
	return d.put(tx, space, itemHistory, fmt.Sprintf("%015d-%s", c.At.UnixMilli(), name()), 0, c)
}

// A MemberChange is what somebody is from now on.
type MemberChange struct {
	Version int64 // of the membership that the form was made from
	Role    people.Role
	Until   time.Time // zero for no end
	Counsel bool
}

// ChangeMember says what a person is in the space from now on. A change that
// somebody else made meanwhile is a Conflict.
func (d *Desk) ChangeMember(ctx context.Context, who Who, person people.PersonID, in MemberChange) error {
	if err := d.may(ctx, who, ChangePeople, ""); err != nil {
		return err
	}
	if in.Role == people.NoRole || place(in.Role) < 0 {
		return invalid("people.no_role")
	}
	if !in.Until.IsZero() && !in.Until.After(d.now()) {
		return invalid("people.until_past")
	}
	return meanwhile(d.change(ctx, &who, ChangePeople, "", func(tx Tx) error {
		ms, err := members(tx, who.Space)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(ms, func(m people.Member) bool { return m.Person == person })
		if i < 0 || !ms[i].Holds(d.now()) {
			return missing("people.no_person")
		}
		was := ms[i]
		if was.Version != in.Version {
			return conflict("people.changed_meanwhile")
		}
		if was.Student && person != who.Person.ID {
			return forbidden("people.student_decides")
		}
		if place(in.Role) < place(d.role(who)) {
			return forbidden("people.above_own")
		}
		if in.Counsel && !was.Counsel {
			if err := d.mayNameCounsel(tx, who, person); err != nil {
				return err
			}
		}
		m := &ms[i]
		m.Role, m.Until, m.Counsel = in.Role, in.Until, in.Counsel
		if !d.owned(ms) {
			return conflict("people.last_owner")
		}
		if was.Counsel && !in.Counsel && person == who.Person.ID {
			// Nobody could open again what is there.
			named, err := d.counsel(tx, who.Space)
			if err != nil {
				return err
			}
			if len(named) == 1 {
				return conflict("people.last_counsel")
			}
		}
		if err := d.put(tx, who.Space, itemMember, string(person), was.Version, *m); err != nil {
			return err
		}
		return d.tell(tx, who.Space, Change{By: who.Person.ID, What: "role", Person: person, Role: in.Role, Until: in.Until})
	}))
}

// EndMember ends all that a person may do in the space: the membership and every
// grant. An owner may end her own, unless she is the last.
func (d *Desk) EndMember(ctx context.Context, who Who, person people.PersonID, version int64) error {
	if err := d.may(ctx, who, ChangePeople, ""); err != nil {
		return err
	}
	return meanwhile(d.change(ctx, &who, ChangePeople, "", func(tx Tx) error {
		return d.end(tx, who, person, version, "ended")
	}))
}

// StepOut ends one's own membership and grants.
func (d *Desk) StepOut(ctx context.Context, who Who) error {
	if err := d.may(ctx, who, ChangeSelf, ""); err != nil {
		return err
	}
	return d.change(ctx, &who, ChangeSelf, "", func(tx Tx) error {
		return d.end(tx, who, who.Person.ID, who.Member.Version, "left")
	})
}

func (d *Desk) end(tx Tx, who Who, person people.PersonID, version int64, what string) error {
	ms, err := members(tx, who.Space)
	if err != nil {
		return err
	}
	now := d.now()
	i := slices.IndexFunc(ms, func(m people.Member) bool { return m.Person == person })
	gs, err := grants(tx, who.Space, person)
	if err != nil {
		return err
	}
	if i < 0 && len(gs) == 0 {
		return missing("people.no_person")
	}
	ended := false
	if i >= 0 && ms[i].Ended.IsZero() {
		m := &ms[i]
		if m.Version != version {
			return conflict("people.changed_meanwhile")
		}
		if m.Student && person != who.Person.ID {
			return forbidden("people.student_decides")
		}
		m.Ended, m.EndedBy, m.Counsel = now.UTC(), who.Person.ID, false
		if !d.owned(ms) {
			return conflict("people.last_owner")
		}
		if err := d.put(tx, who.Space, itemMember, string(person), m.Version, *m); err != nil {
			return err
		}
		ended = true
	}
	for _, g := range gs {
		if !g.Ended.IsZero() {
			continue
		}
		g.Ended, g.EndedBy = now.UTC(), who.Person.ID
		if err := d.put(tx, who.Space, itemGrant, string(person)+"/"+g.ID, g.Version, g); err != nil {
			return err
		}
		ended = true
	}
	if !ended {
		return nil // the form was sent twice
	}
	return d.tell(tx, who.Space, Change{By: who.Person.ID, What: what, Person: person})
}

// owned reports that the space keeps an owner: one whose role has no end.
func (d *Desk) owned(ms []people.Member) bool {
	now := d.now()
	return slices.ContainsFunc(ms, func(m people.Member) bool { return m.Role == people.Owner && m.Until.IsZero() && m.Holds(now) })
}

// mayNameCounsel decides whether who may let a person see work product: whoever is
// counsel of the space may, and an owner while nobody is. Nobody makes himself
// counsel.
func (d *Desk) mayNameCounsel(tx Tx, who Who, person people.PersonID) error {
	if person == who.Person.ID {
		return forbidden("people.counsel_self")
	}
	now := d.now()
	if who.Member.Holds(now) && who.Member.Counsel {
		return nil
	}
	named, err := d.counsel(tx, who.Space)
	if err != nil {
		return err
	}
	if len(named) > 0 {
		return forbidden("people.counsel_not_yours")
	}
	return nil
}

// counsel is who sees work product of the space, or of some case in it.
func (d *Desk) counsel(tx Tx, space people.SpaceID) (map[people.PersonID]bool, error) {
	ms, err := members(tx, space)
	if err != nil {
		return nil, err
	}
	gs, err := items[people.Grant](tx, space, itemGrant, "", nil)
	if err != nil {
		return nil, err
	}
	now, out := d.now(), map[people.PersonID]bool{}
	for _, m := range ms {
		if m.Counsel && m.Holds(now) {
			out[m.Person] = true
		}
	}
	for _, g := range gs {
		if g.Counsel && g.Holds(now) {
			out[g.Person] = true
		}
	}
	return out, nil
}

// meanwhile puts into words what happened when rights that stood at the door were
// gone inside: somebody else changed them in between.
func meanwhile(err error) error {
	for _, e := range fault.All(err) {
		if e.Key == "desk.nobody" || e.Key == "desk.not_allowed" {
			return conflict("people.ended_meanwhile")
		}
	}
	return err
}

// OfAge is the day on which the rights in a case move to the student by the law of
// the case's place, and whether it has come; zero when nothing says it.
func (d *Desk) OfAge(ctx context.Context, who Who, c people.CaseID) (on day.Date, now bool, err error) {
	if err = d.may(ctx, who, SeeCase, c); err != nil {
		return 0, false, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		f, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		on, now, err = d.ofAge(f)
		return err
	})
	return on, now, err
}

func (d *Desk) ofAge(f *Folder) (on day.Date, now bool, err error) {
	k := &f.File.Case
	laws, err := brief.Laws(k, d.book)
	if err != nil {
		return 0, false, internal(err)
	}
	if k.Child.Born == 0 || len(laws) == 0 {
		return 0, false, nil
	}
	l := laws[len(laws)-1].Law
	if l.MajorityAge == 0 {
		return 0, false, nil
	}
	zone := k.Zone
	if zone == "" && len(l.Packs) > 0 {
		zone = l.Packs[0].Zone
	}
	on = k.Child.Born.AddYears(l.MajorityAge)
	return on, on <= d.today(zone), nil
}
