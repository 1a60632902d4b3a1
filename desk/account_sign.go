package desk

import (
	"context"
	"encoding/json"
	"time"

	"stayput/people"
	"stayput/people/credential"
)

// A SignIn is what somebody brings who signs in.
type SignIn struct {
	Login      string
	Passphrase string
	Code       string // from the authenticator app, or a recovery code
	Recovery   bool   // the recovery code is all there is
	Address    string // where it comes from
	Known      string // the cookie of a browser that signed in before
	Device     string // how the browser is called
}

// An In is somebody who signed in.
type In struct {
	Me
	Known string // the cookie to keep in the browser
	Left  int    // recovery codes that are left, when one was used; else -1
}

// A TooSoon says that somebody guesses too fast.
type TooSoon struct{ Wait time.Duration }

// Error is for logs; pages say it in words.
func (e *TooSoon) Error() string { return "too many tries; wait " + e.Wait.String() }

// SignIn signs somebody in with a passphrase and a code, or with a recovery code
// alone. The work and the answer are the same whether there is such an account,
// whether the passphrase is right, and whether the code is.
func (d *Desk) SignIn(ctx context.Context, in SignIn) (out In, err error) {
	if err := d.loadTries(ctx); err != nil {
		return out, err
	}
	now := d.now()
	var a account
	var device Device
	err = d.store.Read(ctx, func(tx Tx) error {
		if a, err = byLogin(tx, in.Login); err != nil {
			return err
		}
		device, err = d.knownDevice(tx, a.ID, in.Known)
		return err
	})
	if err != nil {
		return out, err
	}
	g := credential.Guess{Login: credential.Login(in.Login), Address: in.Address, Device: device.ID, Recovery: in.Recovery}
	if wait := d.signing.throttle.Begin(g, now); wait > 0 {
		return out, &TooSoon{wait}
	}
	right, grown := in.Recovery, false
	if !in.Recovery {
		err := d.signing.look(ctx, device.ID != "", func() { right, grown = credential.Check(a.Passphrase, in.Passphrase) })
		if err != nil {
			return out, err
		}
	}
	// Both are worked out, whatever came before.
	_, byApp := credential.CheckCode(a.Secret, in.Code, now, a.Step)
	_, byCode := credential.UseCode(a.Codes, in.Code)
	if a.version == 0 || !right || !byCode && (!byApp || in.Recovery) {
		d.keepTries(ctx, g)
		return out, invalid("signin.wrong")
	}
	better := ""
	if grown {
		// It was made when machines were slower; nobody needs to choose anew.
		if err := d.signing.look(ctx, device.ID != "", func() { better = credential.Hash(in.Passphrase, credential.Usual) }); err != nil {
			return out, err
		}
	}
	old := a.Passphrase
	err = d.store.Write(ctx, func(tx Tx) error {
		a, err := readAccount(tx, a.ID)
		if err != nil {
			return err
		}
		if a.version == 0 || a.Passphrase != old {
			return invalid("signin.wrong") // changed meanwhile
		}
		out.Left = -1
		// Two at once bring the same code: the second one fails here.
		if step, ok := credential.CheckCode(a.Secret, in.Code, now, a.Step); ok && !in.Recovery {
			a.Step = step
		} else if left, ok := credential.UseCode(a.Codes, in.Code); ok {
			a.Codes, out.Left = left, len(left)
			a.add(now, "code_used", "", deviceName(in.Device))
		} else {
			return invalid("signin.wrong")
		}
		if better != "" {
			a.Passphrase = better
		}
		return d.signedIn(tx, a, in.Known, in.Device, &out)
	})
	if err != nil {
		d.keepTries(ctx, g)
		return In{}, err
	}
	d.signing.throttle.Right(g)
	d.keepTries(ctx, g)
	return out, nil
}

// signedIn begins the session of an account in a browser.
func (d *Desk) signedIn(tx Tx, a account, cookie, called string, out *In) error {
	v, cookie, err := d.useDevice(tx, a.ID, cookie, called)
	if err != nil {
		return err
	}
	out.Me = Me{Account: a.ID, Device: v.ID, Turn: v.Turn}
	out.Known = cookie
	if v.Turn == 1 {
		a.add(d.now(), "new_device", v.Name, "")
	}
	seats, err := d.seats(tx, a.ID)
	if err != nil {
		return err
	}
	for i, s := range seats {
		if i == 0 || s.Space.ID == a.Last {
			out.Space, out.Person = s.Space.ID, s.Person
		}
	}
	return d.saveAccount(tx, a)
}

// SignInPasskey signs in whose passkey the pages checked. body is what to keep of it
// now. Nobody's guesses slow it down.
func (d *Desk) SignInPasskey(ctx context.Context, id string, body json.RawMessage, cookie, called string) (out In, err error) {
	err = d.store.Write(ctx, func(tx Tx) error {
		out = In{Left: -1}
		var p Passkey
		if p.Version, err = get(tx, "", itemPasskey, id, &p); err != nil {
			return err
		}
		a, err := readAccount(tx, p.Account)
		if err != nil {
			return err
		}
		if p.Version == 0 || a.version == 0 {
			return invalid("signin.wrong_passkey")
		}
		p.Body, p.Used = body, d.now().UTC()
		if err := d.put(tx, "", itemPasskey, id, p.Version, p); err != nil {
			return err
		}
		return d.signedIn(tx, a, cookie, called, &out)
	})
	return out, err
}

// Suspect notes that a passkey answered as only a copy of it would, and refuses it.
func (d *Desk) Suspect(ctx context.Context, id string) error {
	return d.store.Write(ctx, func(tx Tx) error {
		var p Passkey
		if _, err := get(tx, "", itemPasskey, id, &p); err != nil {
			return err
		}
		return d.remember(tx, Me{Account: p.Account}, "passkey_copied", p.Name)
	})
}

// BeginAccount signs in who made an account a moment ago.
func (d *Desk) BeginAccount(ctx context.Context, id people.AccountID, cookie, called string) (out In, err error) {
	err = d.store.Write(ctx, func(tx Tx) error {
		out = In{Left: -1}
		a, err := readAccount(tx, id)
		if err != nil {
			return err
		}
		if a.version == 0 || d.now().Sub(a.Since) > freshTime {
			return missing("desk.nobody")
		}
		return d.signedIn(tx, a, cookie, called, &out)
	})
	return out, err
}

// Move is the seat of me in another space, for somebody who is in several.
func (d *Desk) Move(ctx context.Context, me Me, space people.SpaceID) (out Me, err error) {
	err = d.own(ctx, me, func(tx Tx, _ Device) error {
		seats, err := d.seats(tx, me.Account)
		if err != nil {
			return err
		}
		for _, s := range seats {
			if s.Space.ID != space {
				continue
			}
			out = me
			out.Space, out.Person = s.Space.ID, s.Person
			a, err := readAccount(tx, me.Account)
			if err != nil || a.version == 0 {
				return orNobody(err)
			}
			a.Last = space
			return d.saveAccount(tx, a)
		}
		return missing("signin.no_space")
	})
	return out, err
}
