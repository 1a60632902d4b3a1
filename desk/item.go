package desk

import (
	"encoding/json"

	"stayput/fault"
	"stayput/people"
)

// The kinds of items. Those of a space:
const (
	itemMember = "member" // people.Member by person
	itemGrant  = "grant"  // people.Grant by name
)

// get reads an item into v and gives its version. When it is not there, v stays as
// it is and the version is 0.
func get(tx Tx, space people.SpaceID, kind, id string, v any) (version int64, err error) {
	it, err := tx.Item(space, kind, id)
	if err != nil {
		if fault.KindOf(err) == fault.NotFound {
			err = nil
		}
		return 0, err
	}
	return it.Version, unpack(it, v)
}

func unpack(it Item, v any) error {
	if err := json.Unmarshal(it.Body, v); err != nil {
		return fault.New(fault.Broken, fault.Position{}, "desk.unreadable", "entry", it.Kind+" "+it.ID).Wrap(err)
	}
	return nil
}

// items reads all items of a kind whose names begin with prefix.
func items[T any](tx Tx, space people.SpaceID, kind, prefix string, version func(*T, int64)) ([]T, error) {
	its, err := tx.Items(space, kind, prefix)
	if err != nil {
		return nil, err
	}
	out := make([]T, len(its))
	for i, it := range its {
		if err := unpack(it, &out[i]); err != nil {
			return nil, err
		}
		if version != nil {
			version(&out[i], it.Version)
		}
	}
	return out, nil
}

// put saves v as an item that had a version; 0 adds it.
func (d *Desk) put(tx Tx, space people.SpaceID, kind, id string, version int64, v any) error {
	body, err := encode(v)
	if err != nil {
		return err
	}
	return tx.SaveItem(space, Item{Kind: kind, ID: id, Version: version, Body: body, At: d.now().UTC()})
}
