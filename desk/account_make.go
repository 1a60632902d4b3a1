package desk

import (
	"context"
	"strconv"

	"stayput/fault"
	"stayput/people"
	"stayput/people/credential"
)

// A NewAccount is what somebody chose who makes an account: a passphrase with an
// authenticator app, or a passkey.
type NewAccount struct {
	ID         people.AccountID // made by NewName; "" makes one
	Login      string
	Passphrase string
	Secret     string // of the authenticator app
	Code       string // from the app, to show that it took the secret
	Passkey    *Passkey
	Space      people.SpaceID // with Person: who the account is for, on one's own machine
	Person     people.PersonID
	Keeper     bool // a command on the machine where the data is: an app is not needed
}

// CheckLogin says why a sign-in name cannot be had.
func (d *Desk) CheckLogin(ctx context.Context, login string) error {
	if !credential.GoodLogin(login) {
		return invalid("signin.bad_login")
	}
	return d.store.Read(ctx, func(tx Tx) error {
		_, err := tx.Item("", itemLogin, credential.Login(login))
		if err == nil {
			return conflict("signin.taken")
		}
		if fault.KindOf(err) == fault.NotFound {
			return nil
		}
		return err
	})
}

// MakeAccount makes an account, with ten recovery codes that are shown once. When it
// is for a person of this machine, who has none, the person signs in with it from
// now on; else it is nobody anywhere until an invitation is taken. Pages call it for
// who was invited, or is in by the one-time link.
func (d *Desk) MakeAccount(ctx context.Context, in NewAccount) (id people.AccountID, codes []string, err error) {
	if err := d.CheckLogin(ctx, in.Login); err != nil {
		return "", nil, err
	}
	if in.ID == "" {
		in.ID = people.AccountID(name())
	}
	a := account{ID: in.ID, Login: short(in.Login, credential.LoginMax), Since: d.now().UTC()}
	if in.Passkey == nil || in.Passphrase != "" {
		least := credential.MinWith
		if in.Keeper && in.Secret == "" {
			least = credential.MinAlone
		}
		if err := weak(in.Passphrase, least, in.Login); err != nil {
			return "", nil, err
		}
		if !in.Keeper || in.Secret != "" {
			step, right := credential.CheckCode(in.Secret, in.Code, d.now(), 0)
			if !right || !credential.GoodSecret(in.Secret) {
				return "", nil, invalid("signin.wrong_code")
			}
			a.Secret, a.Step = in.Secret, step
		}
		if err := d.signing.look(ctx, false, func() { a.Passphrase = credential.Hash(in.Passphrase, credential.Usual) }); err != nil {
			return "", nil, err
		}
	}
	codes, a.Codes = credential.NewCodes()
	a.add(d.now(), "made", "", "")
	make := func(tx Tx) error {
		if err := d.put(tx, "", itemLogin, credential.Login(a.Login), 0, a.ID); err != nil {
			if fault.KindOf(err) == fault.Conflict {
				return conflict("signin.taken") // somebody was faster
			}
			return err
		}
		if in.Passkey != nil {
			if err := d.putPasskey(tx, a.ID, *in.Passkey); err != nil {
				return err
			}
		}
		if in.Person == "" {
			return d.saveAccount(tx, a)
		}
		var m people.Member
		v, err := get(tx, in.Space, itemMember, string(in.Person), &m)
		if err != nil {
			return err
		}
		if m.Person == "" {
			return missing("desk.nobody")
		}
		if m.Account != "" {
			return conflict("signin.has_account")
		}
		m.Account, a.Last = a.ID, in.Space
		if err := d.put(tx, in.Space, itemMember, string(in.Person), v, m); err != nil {
			return err
		}
		if err := d.seat(tx, a.ID, in.Space, in.Person); err != nil {
			return err
		}
		return d.saveAccount(tx, a)
	}
	if err := d.store.Write(ctx, make); err != nil {
		return "", nil, err
	}
	return a.ID, codes, nil
}

// weak is why a passphrase is not taken, as a person reads it.
func weak(passphrase string, least int, names ...string) error {
	switch credential.Weak(passphrase, least, append(names, "stayput")...) {
	case credential.TooShort:
		return invalid("signin.weak_short", "n", strconv.Itoa(least))
	case credential.TooLong:
		return invalid("signin.weak_long", "n", strconv.Itoa(credential.Max))
	case credential.Common:
		return invalid("signin.weak_common")
	case credential.Own:
		return invalid("signin.weak_own")
	}
	return nil
}

func (d *Desk) putPasskey(tx Tx, a people.AccountID, p Passkey) error {
	p.Account, p.Name = a, deviceName(p.Name)
	p.Since = d.now().UTC()
	err := d.put(tx, "", itemPasskey, p.ID, 0, p)
	if err != nil && fault.KindOf(err) == fault.Conflict {
		return conflict("signin.passkey_known")
	}
	return err
}
