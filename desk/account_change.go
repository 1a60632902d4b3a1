package desk

import (
	"context"
	"slices"
	"time"

	"stayput/fault"
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

// ChangeLogin gives the account another sign-in name. The old one is free from then
// on; ways in, devices and places stay.
func (d *Desk) ChangeLogin(ctx context.Context, me Me, login string) error {
	if !credential.GoodLogin(login) {
		return invalid("signin.bad_login")
	}
	return d.changeAccount(ctx, me, "login", func(tx Tx, a *account) (string, error) {
		was := a.Login
		a.Login = short(login, credential.LoginMax)
		if credential.Login(was) == credential.Login(a.Login) {
			return was, nil // written in another way
		}
		if err := d.put(tx, "", itemLogin, credential.Login(a.Login), 0, a.ID); err != nil {
			if fault.KindOf(err) == fault.Conflict {
				return "", conflict("signin.taken")
			}
			return "", err
		}
		return was, tx.DropItem("", itemLogin, credential.Login(was))
	})
}

// endTime is how long after a sign-in an account may be ended: that cannot be undone,
// so it asks for a sign-in that was meant for it.
const endTime = 5 * time.Minute

// A Farewell is what ending an account means, before it is done.
type Farewell struct {
	Login  string
	Places []Place
	Fresh  bool // signed in a moment ago: it may be ended now
}

// A Place is a space in which an account is somebody, and what becomes of that.
type Place struct {
	Space people.Space
	Last  bool // the last owner: it has to be handed over, or taken away, before
	Stays bool // the person of this machine: the one-time link goes on letting him or her in
}

// Stuck reports that the account cannot be ended yet.
func (f *Farewell) Stuck() bool {
	return slices.ContainsFunc(f.Places, func(p Place) bool { return p.Last })
}

// Farewell says what ending me's account means. Without an account it is not found.
func (d *Desk) Farewell(ctx context.Context, me Me) (out Farewell, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		v, ok, err := d.holds(tx, me)
		if err != nil || !ok {
			return orNobody(err)
		}
		a, err := readAccount(tx, me.Account)
		if err != nil || a.version == 0 {
			return orNobody(err)
		}
		out = Farewell{Login: a.Login, Fresh: d.isFreshFor(me, v, endTime)}
		out.Places, err = d.places(tx, a.ID)
		return err
	})
	return out, err
}

// places are the spaces in which an account is somebody now.
func (d *Desk) places(tx Tx, id people.AccountID) (out []Place, err error) {
	seats, err := d.seats(tx, id)
	if err != nil {
		return nil, err
	}
	spaces, err := tx.Spaces()
	if err != nil {
		return nil, err
	}
	for _, s := range seats {
		p := Place{Space: s.Space}
		if s.Space.ID == spaces[0].ID {
			ps, err := tx.People(s.Space.ID)
			if err != nil {
				return nil, err
			}
			p.Stays = len(ps) > 0 && ps[0].ID == s.Person // as Owner finds him or her
		}
		if !p.Stays {
			ms, err := members(tx, s.Space.ID)
			if err != nil {
				return nil, err
			}
			p.Last = !d.owned(slices.DeleteFunc(ms, func(m people.Member) bool { return m.Person == s.Person }))
		}
		out = append(out, p)
	}
	return out, nil
}

// EndAccount ends an account for good: nobody signs in with it again, and its name is
// free. All that its person could see or do ends with it, but for the person of this
// machine in the machine's own space, who comes in by the one-time link. What he or
// she wrote stays where it is. The last owner of a space hands it over before, or
// takes it away.
func (d *Desk) EndAccount(ctx context.Context, me Me) error {
	return d.own(ctx, me, func(tx Tx, v Device) error {
		if !d.isFreshFor(me, v, endTime) {
			return forbidden("signin.again")
		}
		a, err := readAccount(tx, me.Account)
		if err != nil || a.version == 0 {
			return orNobody(err)
		}
		places, err := d.places(tx, a.ID)
		if err != nil {
			return err
		}
		for _, p := range places {
			if p.Last {
				return conflict("signin.end_last_owner")
			}
			if p.Stays {
				continue
			}
			if err := d.stepOut(tx, a.ID, p.Space.ID); err != nil {
				return err
			}
		}
		if err := d.endAll(tx, me, ""); err != nil {
			return err
		}
		all, err := passkeys(tx, a.ID)
		if err != nil {
			return err
		}
		for _, p := range all {
			if err := tx.DropItem("", itemPasskey, p.ID); err != nil {
				return err
			}
		}
		if err := d.vacate(tx, a.ID); err != nil {
			return err
		}
		if err := tx.DropItem("", itemLogin, credential.Login(a.Login)); err != nil {
			return err
		}
		a.Passphrase, a.Secret, a.Step, a.Codes = "", "", 0, nil
		a.Ended = d.now().UTC()
		a.add(d.now(), "ended", "", "")
		return d.saveAccount(tx, a)
	})
}

// stepOut ends all that an account may see or do in a space, as its person would.
func (d *Desk) stepOut(tx Tx, id people.AccountID, space people.SpaceID) error {
	var s seat
	if _, err := get(tx, "", itemSeat, seatName(id, space), &s); err != nil {
		return err
	}
	who, found, err := d.recognize(tx, space, s.Person)
	if err != nil || !found {
		return err
	}
	return d.end(tx, who, s.Person, who.Member.Version, "left")
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
