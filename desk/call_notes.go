package desk

import (
	"context"
	"slices"

	"stayput/people"
)

// itemCallNotes is a CallNotes of a space, by case and person.
const itemCallNotes = "call_notes"

// mostCallNotes is how many marks are kept; the oldest go first. A sign whose mark went
// is only told once more.
const mostCallNotes = 200

// CallNotes are the signs that it may be time to call somebody which one person has put
// away on a case. They hide nothing from anybody else.
type CallNotes struct {
	Away []string `json:"away,omitempty"` // marks, the oldest first

	Version int64 `json:"-"`
}

// Holds reports that a sign was put away.
func (n *CallNotes) Holds(mark string) bool { return slices.Contains(n.Away, mark) }

func callNotesOf(c people.CaseID, p people.PersonID) string { return string(c) + "/" + string(p) }

// CallNotes are what who has put away on a case.
func (d *Desk) CallNotes(ctx context.Context, who Who, c people.CaseID) (out CallNotes, err error) {
	if err = d.may(ctx, who, SeeCase, c); err != nil {
		return out, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil { // a case of this space
			return err
		}
		out.Version, err = get(tx, who.Space, itemCallNotes, callNotesOf(c, who.Person.ID), &out)
		return err
	})
	return out, err
}

// PutCallNote puts a sign away for who alone, or back. The same again changes nothing.
func (d *Desk) PutCallNote(ctx context.Context, who Who, c people.CaseID, mark string, away bool) error {
	if err := d.may(ctx, who, SeeCase, c); err != nil {
		return err
	}
	if err := d.may(ctx, who, ChangeSelf, ""); err != nil {
		return err
	}
	if mark == "" || len(mark) > 500 {
		return invalid("webcall.no_sign")
	}
	return d.change(ctx, &who, ChangeSelf, "", func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil {
			return err
		}
		id := callNotesOf(c, who.Person.ID)
		var n CallNotes
		v, err := get(tx, who.Space, itemCallNotes, id, &n)
		if err != nil || n.Holds(mark) == away {
			return err
		}
		if away {
			n.Away = append(n.Away, mark)
			n.Away = n.Away[max(0, len(n.Away)-mostCallNotes):]
		} else {
			n.Away = slices.DeleteFunc(n.Away, func(m string) bool { return m == mark })
		}
		return d.put(tx, who.Space, itemCallNotes, id, v, n)
	})
}
