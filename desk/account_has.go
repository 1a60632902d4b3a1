package desk

import "context"

// HasAccount reports that somebody can sign in: the program is not offered to
// other machines before.
func (d *Desk) HasAccount(ctx context.Context) (found bool, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		all, err := tx.Items("", "account", "")
		found = len(all) > 0
		return err
	})
	return found, err
}
