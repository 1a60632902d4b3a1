package desk

import (
	"context"

	"stayput/fault"
	"stayput/people"
)

// Recognize is the person of a space with what he or she may do there now; false
// when there is nobody of that name, or nothing that this person may do. Sign-in
// and sessions call it; what it gives is looked at again by every method.
func (d *Desk) Recognize(ctx context.Context, space people.SpaceID, person people.PersonID) (who Who, found bool, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		who, found, err = d.recognize(tx, space, person)
		return err
	})
	return who, found, err
}

func (d *Desk) recognize(tx Tx, space people.SpaceID, person people.PersonID) (who Who, found bool, err error) {
	p, err := tx.Person(space, person)
	if fault.KindOf(err) == fault.NotFound {
		return Who{}, false, nil
	}
	if err != nil {
		return Who{}, false, err
	}
	who = Who{Space: space, Person: p}
	if who.Member.Version, err = get(tx, space, itemMember, string(person), &who.Member); err != nil {
		return Who{}, false, err
	}
	all, err := grants(tx, space, person)
	if err != nil {
		return Who{}, false, err
	}
	who.Grants = all
	// A copy of the whole file holds what every wall hides: only who is alone with
	// it may have one from a page. Who keeps a server with others on it makes
	// copies on the machine itself, with its own commands.
	if who.Member.Role == people.Owner {
		if who.Keeper, err = tx.Alone(space); err != nil {
			return who, false, err
		}
	}
	now := d.now()
	found = who.Member.Holds(now) && who.Member.Role != people.NoRole
	for i := range all {
		found = found || all[i].Holds(now)
	}
	return who, found, nil
}

// grants are those of one person: their names begin with the person's.
func grants(tx Tx, space people.SpaceID, person people.PersonID) ([]people.Grant, error) {
	return items(tx, space, itemGrant, string(person)+"/", func(g *people.Grant, v int64) { g.Version = v })
}

// change runs f in a Write after looking again who is there and whether he or she
// may do a: rights may have ended while a long upload came in.
func (d *Desk) change(ctx context.Context, who *Who, a Action, c people.CaseID, f func(Tx) error) error {
	return d.store.Write(ctx, func(tx Tx) error {
		now, found, err := d.recognize(tx, who.Space, who.Person.ID)
		if err != nil {
			return err
		}
		if !found {
			return missing("desk.nobody")
		}
		now.Device, now.Preview, now.Viewer = who.Device, who.Preview, who.Viewer
		*who = now
		if err := d.allowed(now, a, c); err != nil {
			return err
		}
		return f(tx)
	})
}

// Owner is the person of this machine's own space: the first one, or when he or she
// may do nothing there any more, the next who has no account. Nobody else comes in
// as somebody who signs in. False before the first run, and when nobody is left.
func (d *Desk) Owner(ctx context.Context) (who Who, found bool, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		who, found = Who{}, false
		spaces, err := tx.Spaces()
		if err != nil || len(spaces) == 0 {
			return err
		}
		ps, err := tx.People(spaces[0].ID)
		if err != nil {
			return err
		}
		for i, p := range ps {
			w, ok, err := d.recognize(tx, spaces[0].ID, p.ID)
			if err != nil {
				return err
			}
			if ok && (i == 0 || w.Member.Account == "") {
				who, found = w, true
				return nil
			}
		}
		return nil
	})
	return who, found, err
}

// forbiddenOrMissing reports that an error says no, in one of the two ways.
func forbiddenOrMissing(err error) bool {
	return err != nil && (fault.KindOf(err) == fault.NotFound || fault.KindOf(err) == fault.Forbidden)
}
