package desk

import (
	"context"
	"time"

	"stayput/people"
	"stayput/record/seal"
)

// OpenCases begins several cases as one import: all of them stand, or none, and
// one undo puts them all away. batch is a name of NewName made when the form was
// shown; the same import sent twice stands once. report is what became of each
// row, kept with the import.
func (d *Desk) OpenCases(ctx context.Context, who Who, batch, title string, report []byte, in []NewCase) error {
	if err := d.may(ctx, who, OpenCase, ""); err != nil {
		return err
	}
	if !goodName(batch) {
		return invalid("desk.form_name")
	}
	if len(in) == 0 {
		return invalid("desk.nothing_to_import")
	}
	return d.change(ctx, &who, OpenCase, "", func(tx Tx) error {
		bs, err := tx.Batches(who.Space)
		if err != nil {
			return err
		}
		for _, b := range bs {
			if b.ID == batch {
				return nil
			}
		}
		b := Batch{ID: batch, Name: short(title, 200), By: who.Person.ID, At: d.now().UTC(), Report: report}
		if err := tx.SaveBatch(who.Space, b); err != nil {
			return err
		}
		for _, c := range in {
			c.Batch = batch
			if c.Via == "" {
				c.Via = "sheet"
			}
			if err := d.open(tx, who, people.CaseID(name()), c); err != nil {
				return err
			}
		}
		// The import ends when its last case stands: whatever is later was added.
		b.At = d.now().UTC()
		return tx.SaveBatch(who.Space, b)
	})
}

// Batches lists the imports of the space, the latest first. Each names every case
// that came with it, so it is for whoever may import.
func (d *Desk) Batches(ctx context.Context, who Who) (out []Batch, err error) {
	if err = d.may(ctx, who, OpenCase, ""); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out, err = tx.Batches(who.Space)
		return err
	})
	return out, err
}

// UndoBatch puts away every case of an import. The cases stay in the store, and
// each can be taken out again; one that something was added to since is left
// alone, and kept counts those.
func (d *Desk) UndoBatch(ctx context.Context, who Who, batch string) (undone, kept int, err error) {
	if err = d.may(ctx, who, CloseCase, ""); err != nil {
		return 0, 0, err
	}
	err = d.change(ctx, &who, CloseCase, "", func(tx Tx) error {
		undone, kept = 0, 0
		bs, err := tx.Batches(who.Space)
		if err != nil {
			return err
		}
		at := -1
		for i := range bs {
			if bs[i].ID == batch {
				at = i
			}
		}
		if at < 0 {
			return missing("desk.no_batch")
		}
		if !bs[at].Undone.IsZero() {
			return nil
		}
		rows, err := tx.Cases(who.Space)
		if err != nil {
			return err
		}
		body, err := encode(reasonBody{Reason: "import undone"})
		if err != nil {
			return err
		}
		for _, r := range rows {
			if r.Batch != batch {
				continue
			}
			f, err := d.folder(ctx, tx, who, r.ID)
			if err != nil {
				return err
			}
			if f.Latest.After(bs[at].At.Add(time.Millisecond)) || f.Closed {
				kept++
				continue
			}
			if err := d.add(tx, who, r.ID, []pending{{WallOpen, draft(name(), seal.Closed, body), ""}}); err != nil {
				return err
			}
			undone++
		}
		bs[at].Undone = d.now().UTC()
		return tx.SaveBatch(who.Space, bs[at])
	})
	return undone, kept, err
}
