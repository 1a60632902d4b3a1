package desk

import (
	"context"
	"math"

	"stayput/fact"
	"stayput/people"
)

// mostFound is how many entries one search gives.
const mostFound = 200

// Found is one entry that a search found.
type Found struct {
	Case  *Folder
	Entry *fact.Entry
}

// Search finds the entries of a case whose words hold all words of the query,
// within the walls that who may see, the latest written first.
func (d *Desk) Search(ctx context.Context, who Who, c people.CaseID, query string) ([]Found, error) {
	if err := d.may(as(ctx, seenSearch), who, SeeCase, c); err != nil {
		return nil, err
	}
	var out []Found
	err := d.store.Read(ctx, func(tx Tx) error {
		out = nil
		f, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		sees := d.sees(who, c)
		most := mostFound
		if sees.only != nil {
			most = math.MaxInt32 // what is not shown must not push out what is
		}
		names, err := tx.Search(who.Space, c, sees.walls, query, most)
		if err != nil {
			return err
		}
		for _, n := range names {
			if e := f.Entry(n); e != nil && len(out) < mostFound {
				out = append(out, Found{f, e})
			}
		}
		return nil
	})
	return out, err
}
