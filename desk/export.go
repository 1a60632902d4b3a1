package desk

import (
	"context"
	"io"
	"slices"

	"stayput/fact"
	"stayput/people"
	"stayput/record/seal"
)

// A Bundle is what an evidence bundle of a case is made of.
type Bundle struct {
	Case   *Case
	Public string // the key of the space
	Walls  []BundleWall
	Files  []FileRef
	Cals   []CalendarRow
	// Open writes the bytes of one of Files.
	Open func(seal.Digest, io.Writer) error
	// Sign signs a text with the key of the space, which never leaves the desk.
	Sign func(text string) ([]byte, error)
}

// A BundleWall is one log, whole or in part.
type BundleWall struct {
	Wall       Wall
	Head       seal.Head
	Checkpoint []byte
	Rows       []Row
	Proofs     [][]seal.Hash // one for each row when only some rows are given
	Since      []SinceProof  // for checkpoints given out before
}

// A SinceProof shows that the state of an earlier checkpoint is the beginning of
// this one.
type SinceProof struct {
	Checkpoint []byte
	Proof      []seal.Hash
}

// What goes into a bundle.
type BundleOptions struct {
	Entries []string // sealed names; nil for the whole log
	Walls   []Wall   // nil for the open wall alone
}

// Bundle gathers what an evidence bundle is made of, in one consistent state,
// and calls f with it while that state lasts. The checkpoints that go out are
// noted, so that a later bundle can be checked against them.
func (d *Desk) Bundle(ctx context.Context, who Who, c people.CaseID, o BundleOptions, f func(*Bundle) error) error {
	if err := d.may(ctx, who, ExportCase, c); err != nil {
		return err
	}
	if o.Walls == nil {
		o.Walls = []Wall{WallOpen}
	}
	may := d.walls(who, c)
	for _, w := range o.Walls {
		if !slices.Contains(may, w) {
			return missing("desk.no_case")
		}
	}
	var given []Log
	err := d.store.Read(ctx, func(tx Tx) error {
		given = nil
		b, err := d.gatherBundle(ctx, tx, who, c, o)
		if err != nil {
			return err
		}
		for _, w := range b.Walls {
			given = append(given, Log{Case: c, Wall: w.Wall, Checkpoint: w.Checkpoint})
		}
		return f(b)
	})
	if err != nil {
		return err
	}
	return d.change(ctx, &who, ExportCase, c, func(tx Tx) error {
		for _, l := range given {
			kept, err := tx.Kept(who.Space, c, l.Wall)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(kept, func(k []byte) bool { return string(k) == string(l.Checkpoint) }) {
				continue
			}
			if err := tx.Keep(who.Space, c, l.Wall, l.Checkpoint); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *Desk) gatherBundle(ctx context.Context, tx Tx, who Who, c people.CaseID, o BundleOptions) (*Bundle, error) {
	folder, err := d.folder(ctx, tx, who, c)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(o.Entries, func(n string) bool { return inward(folder, n) }) {
		return nil, invalid("desk.impression_stays")
	}
	cals, err := tx.Calendars(who.Space)
	if err != nil {
		return nil, err
	}
	key, err := tx.Key(who.Space)
	if err != nil {
		return nil, err
	}
	logs, err := tx.Logs(who.Space, c)
	if err != nil {
		return nil, err
	}
	b := &Bundle{Public: key.Public, Sign: key.SignNote, Open: func(dg seal.Digest, w io.Writer) error { return tx.ReadFile(who.Space, dg, w) }}
	shown := map[string]bool{} // the sealed names of the entries that go out
	files := map[seal.Digest]bool{}
	for _, w := range o.Walls {
		i := slices.IndexFunc(logs, func(l Log) bool { return l.Wall == w })
		if i < 0 {
			continue
		}
		bw := BundleWall{Wall: w, Head: logs[i].Head, Checkpoint: logs[i].Checkpoint}
		var tree seal.Tree
		err := tx.Rows(who.Space, c, w, 0, func(r Row) error {
			if err := tree.Add(r.Leaf()); err != nil {
				return err
			}
			if o.Entries != nil && !slices.Contains(o.Entries, r.ID) {
				return nil
			}
			bw.Rows = append(bw.Rows, r)
			if m := folder.sealed(r.ID); m != nil && !r.Gone {
				shown[r.ID] = true
				for _, x := range m.Files {
					if !files[x.Digest] {
						files[x.Digest] = true
						b.Files = append(b.Files, x)
					}
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if o.Entries != nil {
			for _, r := range bw.Rows {
				p, err := tree.Prove(r.Seq)
				if err != nil {
					return nil, internal(err)
				}
				bw.Proofs = append(bw.Proofs, p)
			}
			kept, err := tx.Kept(who.Space, c, w)
			if err != nil {
				return nil, err
			}
			for _, k := range kept {
				h, err := seal.OpenCheckpoint(k, key.Public)
				if err != nil || h.Size == 0 || h.Size > tree.Size() {
					continue
				}
				p, err := tree.ProveSince(h.Size)
				if err != nil {
					return nil, internal(err)
				}
				bw.Since = append(bw.Since, SinceProof{k, p})
			}
		}
		if len(bw.Rows) > 0 {
			b.Walls = append(b.Walls, bw)
		}
	}
	if len(b.Walls) == 0 {
		return nil, missing("desk.no_entry")
	}
	// The brief of a bundle rests on what goes out and on nothing else, so that
	// it cannot tell what lies behind another wall.
	file := *folder.File
	file.Entries = nil
	for i := range folder.File.Entries {
		e := folder.File.Entries[i]
		if !shown[folder.Name(e.ID)] {
			continue
		}
		file.Entries = append(file.Entries, e)
	}
	if o.Entries != nil {
		// Who picks entries gives these: not the plans, nor what else the case says.
		file.Plans, file.Delivery, file.Progress = nil, nil, nil
		alone(&file, file.Entries)
	}
	out := withoutLost(&file)
	f := folder.showing(out, folder.Head)
	if o.Entries != nil {
		f.acts = nil
	}
	if b.Case, err = d.derive(f, cals, View{}); err != nil {
		return nil, err
	}
	for _, x := range cals {
		for _, r := range out.Calendars {
			if r.Inline == nil && r.Name == x.ID {
				b.Cals = append(b.Cals, x)
			}
		}
	}
	return b, nil
}

// Plainly is a case as it follows from its open record alone: what leaves the
// program says nothing of what stands behind a wall, unless somebody chose so.
func (d *Desk) Plainly(ctx context.Context, who Who, c people.CaseID, v View) (*Case, error) {
	k, err := d.Case(ctx, who, c, v)
	if err != nil || !slices.ContainsFunc(k.File.Entries, func(e fact.Entry) bool { return e.Wall != fact.Open }) {
		return k, err
	}
	file := *k.File
	file.Entries = nil
	for i := range k.File.Entries {
		if e := k.File.Entries[i]; e.Wall == fact.Open {
			file.Entries = append(file.Entries, e)
		}
	}
	var cals []CalendarRow
	if err := d.store.Read(ctx, func(tx Tx) error { cals, err = tx.Calendars(who.Space); return err }); err != nil {
		return nil, err
	}
	out, err := d.derive(k.showing(withoutLost(&file), k.Head), cals, v)
	if err == nil {
		out.Papers = k.Papers
	}
	return out, err
}

// WallWord is the word of a wall as a case file writes it: "author" for one's own.
func WallWord(w Wall) fact.Wall {
	if len(w) > len(wallAuthor) && w[:len(wallAuthor)] == wallAuthor {
		return fact.Author
	}
	return fact.Wall(w)
}
