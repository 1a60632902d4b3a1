package desk

import (
	"context"

	"stayput/fault"
)

// mostDraft is how long the draft of one form may be, in bytes.
const mostDraft = 512 << 10

// Draft is what who was typing into the form of that key; NotFound when there is
// nothing.
func (d *Desk) Draft(ctx context.Context, who Who, key string) (out DraftRow, err error) {
	if err = d.may(ctx, who, ChangeSelf, ""); err != nil {
		return out, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out, err = tx.Draft(who.Space, who.Person.ID, key)
		return err
	})
	return out, err
}

// Drafts lists what who was typing, the latest first.
func (d *Desk) Drafts(ctx context.Context, who Who) (out []DraftRow, err error) {
	if err = d.may(ctx, who, ChangeSelf, ""); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out, err = tx.Drafts(who.Space, who.Person.ID)
		return err
	})
	return out, err
}

// SaveDraft keeps what who is typing and gives the version it is kept as. A
// draft that another page saved meanwhile is a Conflict.
func (d *Desk) SaveDraft(ctx context.Context, who Who, in DraftRow) (int64, error) {
	if err := d.may(ctx, who, ChangeSelf, ""); err != nil {
		return 0, err
	}
	if in.Key == "" || len(in.Key) > 200 {
		return 0, invalid("desk.form_name")
	}
	if len(in.Body) > mostDraft {
		return 0, invalid("desk.too_long", "limit", "500,000")
	}
	in.At = d.now().UTC()
	if err := d.change(ctx, &who, ChangeSelf, "", func(tx Tx) error { return tx.SaveDraft(who.Space, who.Person.ID, in) }); err != nil {
		return 0, err
	}
	return in.Version + 1, nil
}

// DropDraft forgets a draft; one that is not there is forgotten already.
func (d *Desk) DropDraft(ctx context.Context, who Who, key string) error {
	if err := d.may(ctx, who, ChangeSelf, ""); err != nil {
		return err
	}
	err := d.change(ctx, &who, ChangeSelf, "", func(tx Tx) error { return tx.DropDraft(who.Space, who.Person.ID, key) })
	if err != nil && fault.KindOf(err) == fault.NotFound {
		return nil
	}
	return err
}
