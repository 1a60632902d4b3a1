package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"stayput/people/credential"
)

// itemTries is what went wrong at signing in, by the name it is counted under: so
// that whoever guesses waits on after the program was started anew. The names are
// hashes.
const itemTries = "tries"

// How many counts are kept, and for how long.
const (
	mostTries = 10_000
	triesTime = 24 * time.Hour
	triesTidy = 500 // how many savings pass between two tidyings
)

// tried is a count as it is kept.
type tried struct {
	N    int       `json:"n"`
	Last time.Time `json:"last"`
}

// loadTries takes up the counts of before, once.
func (d *Desk) loadTries(ctx context.Context) error {
	s := d.signing
	s.loading.Lock()
	defer s.loading.Unlock()
	if s.loaded {
		return nil
	}
	var all []credential.Mark
	err := d.store.Read(ctx, func(tx Tx) error {
		all = nil
		its, err := tx.Items("", itemTries, "")
		if err != nil {
			return err
		}
		for _, it := range its {
			var x tried
			if unpack(it, &x) == nil { // what cannot be read is no reason to let nobody in
				all = append(all, credential.Mark{Name: it.ID, N: x.N, Last: x.Last})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.throttle.Load(all, d.now())
	s.loaded = true
	return nil
}

// keepTries writes down what a guess counts under now. The same is written whether
// there is such an account or not. When it cannot be written the answer is the same,
// and the count is in memory.
func (d *Desk) keepTries(ctx context.Context, g credential.Guess) {
	ctx = context.WithoutCancel(ctx) // who hangs up is counted too
	_ = d.store.Write(ctx, func(tx Tx) error {
		for _, m := range d.signing.throttle.Marks(g) {
			var was tried
			v, err := get(tx, "", itemTries, m.Name, &was)
			switch {
			case err != nil:
				return err
			case m.N == 0 && v != 0:
				err = tx.DropItem("", itemTries, m.Name)
			case m.N != 0 && (was.N != m.N || !was.Last.Equal(m.Last)):
				err = d.put(tx, "", itemTries, m.Name, v, tried{m.N, m.Last.UTC()})
			}
			if err != nil {
				return err
			}
		}
		if d.signing.kept.Add(1)%triesTidy == 1 {
			return d.tidyTries(tx)
		}
		return nil
	})
}

// tidyTries drops counts that are old, and when there are too many those that say the
// least.
func (d *Desk) tidyTries(tx Tx) error {
	its, err := tx.Items("", itemTries, "")
	if err != nil {
		return err
	}
	type row struct {
		id string
		tried
	}
	var all []row
	now := d.now()
	for _, it := range its {
		x := row{id: it.ID}
		if unpack(it, &x.tried) != nil || now.Sub(x.Last) > triesTime {
			if err := tx.DropItem("", itemTries, it.ID); err != nil {
				return err
			}
			continue
		}
		all = append(all, x)
	}
	slices.SortFunc(all, func(a, b row) int { return cmp.Or(b.N-a.N, b.Last.Compare(a.Last)) })
	for _, x := range all[min(len(all), mostTries):] {
		if err := tx.DropItem("", itemTries, x.id); err != nil {
			return err
		}
	}
	return nil
}
