package desk

import (
	"context"

	"stayput/people"
	"stayput/people/credential"
)

// changeAccount runs f on me's account and keeps what it did, with a line in the
// history. me showed a moment ago who he or she is.
func (d *Desk) changeAccount(ctx context.Context, me Me, what string, f func(Tx, *account) (name string, err error)) error {
	return d.proven(ctx, me, func(tx Tx) error {
		a, err := readAccount(tx, me.Account)
		if err != nil || a.version == 0 {
			return orNobody(err)
		}
		about, err := f(tx, &a)
		if err != nil {
			return err
		}
		a.add(d.now(), what, about, deviceCalled(tx, me))
		return d.saveAccount(tx, a)
	})
}

// SetPassphrase gives the account another passphrase. Every other device has to sign
// in anew.
func (d *Desk) SetPassphrase(ctx context.Context, me Me, passphrase string) error {
	view, err := d.Account(ctx, me)
	if err != nil {
		return err
	}
	least := credential.MinWith
	if !view.App {
		least = credential.MinAlone
	}
	if err := weak(passphrase, least, view.Login); err != nil {
		return err
	}
	var phc string
	if !view.Fresh {
		return forbidden("signin.again")
	}
	if err := d.signing.look(ctx, true, func() { phc = credential.Hash(passphrase, credential.Usual) }); err != nil {
		return err
	}
	return d.changeAccount(ctx, me, "passphrase", func(tx Tx, a *account) (string, error) {
		a.Passphrase = phc
		return "", d.endAll(tx, me, me.Device)
	})
}

// DropPassphrase takes the passphrase and the authenticator app away. A passkey
// stays as the way in.
func (d *Desk) DropPassphrase(ctx context.Context, me Me) error {
	return d.changeAccount(ctx, me, "passphrase_gone", func(tx Tx, a *account) (string, error) {
		a.Passphrase, a.Secret, a.Step = "", "", 0
		return "", lastWay(tx, *a)
	})
}

// SetApp gives the account an authenticator app. A code shows that the app took the
// secret; it is used up by that.
func (d *Desk) SetApp(ctx context.Context, me Me, secret, code string) error {
	step, right := credential.CheckCode(secret, code, d.now(), 0)
	if !right || !credential.GoodSecret(secret) {
		return invalid("signin.wrong_code")
	}
	return d.changeAccount(ctx, me, "app", func(_ Tx, a *account) (string, error) {
		a.Secret, a.Step = secret, step
		return "", nil
	})
}

// NewCodes makes ten recovery codes in place of those there were. They are shown once.
func (d *Desk) NewCodes(ctx context.Context, me Me) (codes []string, err error) {
	err = d.changeAccount(ctx, me, "codes", func(_ Tx, a *account) (string, error) {
		codes, a.Codes = credential.NewCodes()
		return "", nil
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// AddPasskey gives the account a passkey.
func (d *Desk) AddPasskey(ctx context.Context, me Me, p Passkey) error {
	return d.changeAccount(ctx, me, "passkey", func(tx Tx, a *account) (string, error) {
		return deviceName(p.Name), d.putPasskey(tx, a.ID, p)
	})
}

// DropPasskey takes a passkey away, unless nothing else would let the person in.
func (d *Desk) DropPasskey(ctx context.Context, me Me, id string) error {
	return d.changeAccount(ctx, me, "passkey_gone", func(tx Tx, a *account) (string, error) {
		var p Passkey
		if _, err := get(tx, "", itemPasskey, id, &p); err != nil {
			return "", err
		}
		if p.Account != a.ID {
			return "", missing("signin.no_passkey")
		}
		if err := tx.DropItem("", itemPasskey, id); err != nil {
			return "", err
		}
		return p.Name, lastWay(tx, *a)
	})
}

// lastWay refuses what leaves an account without a way in: a passkey, or a passphrase
// with an app. Recovery codes run out and are none.
func lastWay(tx Tx, a account) error {
	if a.Passphrase != "" && a.Secret != "" {
		return nil
	}
	all, err := passkeys(tx, a.ID)
	if err == nil && len(all) == 0 {
		return conflict("signin.last_way")
	}
	return err
}

// Accounts lists every account that stands, for the commands on the machine where the
// data is.
func (d *Desk) Accounts(ctx context.Context) (out []Account, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		out = nil
		all, err := items(tx, "", itemAccount, "", func(a *account, n int64) { a.version = n })
		for _, a := range all {
			if !a.Ended.IsZero() {
				continue
			}
			x, err := shown(tx, a)
			if err != nil {
				return err
			}
			out = append(out, x)
		}
		return err
	})
	return out, err
}

// AccountNamed is the account of a sign-in name, for the same commands.
func (d *Desk) AccountNamed(ctx context.Context, login string) (out Account, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		a, err := byLogin(tx, login)
		if err != nil {
			return err
		}
		if a.version == 0 {
			return missing("signin.no_account", "login", login)
		}
		out, err = shown(tx, a)
		return err
	})
	return out, err
}

// EndAccount ends an account for good: nobody signs in with it again, and its name is
// free. What its person wrote stays where it is.
func (d *Desk) EndAccount(ctx context.Context, me Me) error {
	return d.changeAccount(ctx, me, "ended", func(tx Tx, a *account) (string, error) {
		if err := d.endAll(tx, me, ""); err != nil {
			return "", err
		}
		all, err := passkeys(tx, a.ID)
		if err != nil {
			return "", err
		}
		for _, p := range all {
			if err := tx.DropItem("", itemPasskey, p.ID); err != nil {
				return "", err
			}
		}
		if err := d.vacate(tx, a.ID); err != nil {
			return "", err
		}
		if err := tx.DropItem("", itemLogin, credential.Login(a.Login)); err != nil {
			return "", err
		}
		a.Passphrase, a.Secret, a.Step, a.Codes = "", "", 0, nil
		a.Ended = d.now().UTC()
		return "", nil
	})
}

// vacate takes an account out of every space. On one's own machine the person can
// make another one.
func (d *Desk) vacate(tx Tx, id people.AccountID) error {
	its, err := tx.Items("", itemSeat, string(id)+"/")
	if err != nil {
		return err
	}
	for _, it := range its {
		var s seat
		if err := unpack(it, &s); err != nil {
			return err
		}
		space := people.SpaceID(it.ID[len(id)+1:])
		var m people.Member
		v, err := get(tx, space, itemMember, string(s.Person), &m)
		if err != nil {
			return err
		}
		if m.Account == id {
			m.Account = ""
			if err := d.put(tx, space, itemMember, string(s.Person), v, m); err != nil {
				return err
			}
		}
		if err := d.unseat(tx, id, space); err != nil {
			return err
		}
	}
	return nil
}
