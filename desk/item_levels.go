package desk

import (
	"context"

	"stayput/people"
)

// itemLooked is an ItemLevels of a space, by case.
const itemLooked = "item_levels"

// ItemLevels say when a part of a plan that has no minutes is pointed out. None of
// it is law; 0 is the program's own.
type ItemLevels struct {
	Quiet  int `json:"quiet,omitempty"`  // days without a check
	Misses int `json:"misses,omitempty"` // checks in a row that did not see it

	Version int64 `json:"-"`
}

// ItemLevels are the levels of a case.
func (d *Desk) ItemLevels(ctx context.Context, who Who, c people.CaseID) (out ItemLevels, err error) {
	if err = d.may(ctx, who, SeeCase, c); err != nil {
		return out, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil { // a case of this space
			return err
		}
		out.Version, err = get(tx, who.Space, itemLooked, string(c), &out)
		return err
	})
	return out, err
}

// SaveItemLevels keeps the levels of a case. Version is the one that was shown: who
// comes second is told.
func (d *Desk) SaveItemLevels(ctx context.Context, who Who, c people.CaseID, in ItemLevels) error {
	if err := d.may(ctx, who, ChangeCase, c); err != nil {
		return err
	}
	if in.Quiet < 0 || in.Quiet > 400 || in.Misses < 0 || in.Misses > 100 {
		return invalid("webitems.bad_level")
	}
	return d.change(ctx, &who, ChangeCase, c, func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil {
			return err
		}
		var old ItemLevels
		v, err := get(tx, who.Space, itemLooked, string(c), &old)
		if err != nil {
			return err
		}
		if v != in.Version {
			return conflict("webitems.changed_meanwhile")
		}
		return d.put(tx, who.Space, itemLooked, string(c), v, in)
	})
}
