package desk

import (
	"context"
	"slices"
	"strings"

	"stayput/fault"
	"stayput/people"
	"stayput/record/seal"
)

// A SetUp is what the first run asks, which is almost nothing.
type SetUp struct {
	Kind  people.SpaceKind
	Space string // how the keeper calls the space; may be empty
	Name  string // how the person wants to be called; may be empty
	Lang  string // en or es
}

// Begin makes this machine's own space with its one person and its key. Asked
// twice, it gives what is there.
func (d *Desk) Begin(ctx context.Context, in SetUp) (Who, error) {
	if who, found, err := d.Owner(ctx); err != nil || found {
		return who, err
	}
	if in.Kind == "" {
		in.Kind = people.Household
	}
	if in.Lang == "" {
		in.Lang = "en"
	}
	id := people.SpaceID(name())
	key, err := seal.NewKey(string(id), nil)
	if err != nil {
		return Who{}, fault.New(fault.Internal, fault.Position{}, "internal").Wrap(err)
	}
	p := people.Person{ID: people.PersonID(name()), Name: short(in.Name, 100), Lang: in.Lang, Register: people.Plain, Shortcuts: true}
	if in.Kind != people.Household {
		p.Register = people.Precise
	}
	var who Who
	err = d.store.Write(ctx, func(tx Tx) error {
		if spaces, err := tx.Spaces(); err != nil || len(spaces) > 0 {
			return err // somebody was faster
		}
		if err := tx.AddSpace(people.Space{ID: id, Kind: in.Kind, Name: short(in.Space, 100), Public: key.Public, Created: d.now().UTC()}, key); err != nil {
			return err
		}
		if err := tx.SavePerson(id, p); err != nil {
			return err
		}
		// Alone, she is everybody: what is kept as work product is hers too.
		return d.put(tx, id, itemMember, string(p.ID), 0, people.Member{Person: p.ID, Role: people.Owner, Counsel: true, Since: d.now().UTC()})
	})
	if err != nil {
		return who, err
	}
	who, _, err = d.Owner(ctx)
	return who, err
}

// Space describes the space of who.
func (d *Desk) Space(ctx context.Context, who Who) (s people.Space, err error) {
	if err = d.may(ctx, who, SeeSpace, ""); err != nil {
		return s, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		spaces, err := tx.Spaces()
		for _, x := range spaces {
			if x.ID == who.Space {
				s = x
				return err
			}
		}
		if err != nil {
			return err
		}
		return missing("desk.nobody")
	})
	return s, err
}

// SaveSpace says what sort of keeper the space has and how it is called.
func (d *Desk) SaveSpace(ctx context.Context, who Who, kind people.SpaceKind, called string) error {
	if err := d.may(ctx, who, ChangeSpace, ""); err != nil {
		return err
	}
	if !slices.Contains(people.SpaceKinds(), kind) {
		return invalid("records.space_kind_odd")
	}
	return d.change(ctx, &who, ChangeSpace, "", func(tx Tx) error {
		s, err := spaceOf(tx, who.Space)
		if err != nil {
			return err
		}
		s.Kind, s.Name = kind, short(called, 100)
		return tx.SaveSpace(s)
	})
}

// Copy writes a complete copy of the data to a new file, while it is in use.
func (d *Desk) Copy(ctx context.Context, who Who, path string) error {
	if err := d.may(ctx, who, CopyAll, ""); err != nil {
		return err
	}
	return d.store.Backup(ctx, path)
}

// SavePerson changes one's own name, language, register or shortcuts. A person
// saved meanwhile by another page is a Conflict.
func (d *Desk) SavePerson(ctx context.Context, who Who, p people.Person) error {
	if err := d.may(ctx, who, ChangeSelf, ""); err != nil {
		return err
	}
	if p.ID != who.Person.ID {
		return missing("desk.nobody")
	}
	if p.Lang != "en" && p.Lang != "es" {
		return invalid("desk.lang", "got", p.Lang)
	}
	if p.Register != people.Plain && p.Register != people.Precise {
		p.Register = people.Plain
	}
	p.Name = short(p.Name, 100)
	return d.change(ctx, &who, ChangeSelf, "", func(tx Tx) error { return tx.SavePerson(who.Space, p) })
}

// short is s without space around it and at most n letters long.
func short(s string, n int) string {
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
