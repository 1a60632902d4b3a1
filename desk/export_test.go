package desk

// Looks says how often argon2id was worked out.
func (d *Desk) Looks() int64 { return d.signing.looks.Load() }

// Crowd takes every place where strangers' passphrases are looked at, until leave is
// called.
func (d *Desk) Crowd() (leave func()) {
	for range mostLooks {
		d.signing.room <- struct{}{}
	}
	return func() {
		for range mostLooks {
			<-d.signing.room
		}
	}
}
