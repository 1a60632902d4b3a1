package desk

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"stayput/people"
)

// The kinds of items of sign-in. All are of the whole server, with the space "".
const (
	itemAccount = "account" // account by id
	itemLogin   = "login"   // whose a sign-in name is, by credential.Login
	itemPasskey = "passkey" // Passkey by credential id
	itemSeat    = "seat"    // who an account is in a space, by account/space
	itemDevice  = "device"  // Device by id
	itemKnown   = "known"   // the device of a browser that signed in before, by the hash of its cookie
)

// freshTime is how long after a sign-in what is dangerous may be changed without
// signing in again.
const freshTime = 15 * time.Minute

// A Device is a browser in which somebody signed in, or a phone that was paired.
// Each session belongs to one; when it ends, its sessions end with it.
type Device struct {
	ID      string           `json:"id"`
	Account people.AccountID `json:"account,omitempty"` // "" for a phone that was paired without an account
	Space   people.SpaceID   `json:"space,omitempty"`   // of such a phone, with its person
	Person  people.PersonID  `json:"person,omitempty"`
	Name    string           `json:"name"`
	Since   time.Time        `json:"since"`
	Used    time.Time        `json:"used"`
	Proved  time.Time        `json:"proved"`          // when the person last showed who he or she is
	Turn    int64            `json:"turn"`            // counts the sign-ins: a session of an earlier one is over
	Out     bool             `json:"out,omitempty"`   // signed out
	Ended   time.Time        `json:"ended,omitzero"`  // somebody ended it for good
	Known   string           `json:"known,omitempty"` // hash of the browser's cookie

	Version int64 `json:"-"`
}

// Holds reports that a session may belong to the device.
func (v *Device) Holds() bool { return v.ID != "" && v.Ended.IsZero() && !v.Out }

// A Me is somebody who asks about his or her own ways in. Sign-in makes it, as Who;
// nothing a person sends is taken for it.
type Me struct {
	Account people.AccountID // "" on one's own machine before there is one
	Space   people.SpaceID   // where he or she is now
	Person  people.PersonID
	Device  string // "" after the one-time link of one's own machine
	Turn    int64
	Proved  time.Time // for those without a device: when the link was opened
	Keeper  bool      // a command on the machine where the data is
}

// An Entry is what a session is good for.
type Entry struct {
	Who   Who
	Found bool // Who may do something in the space
	Holds bool // the session stands, although perhaps there is nothing to see
}

// Enter is who a session belongs to. It stands as long as its device, and gives a
// person only while the account has a seat in the space.
func (d *Desk) Enter(ctx context.Context, me Me) (e Entry, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		e = Entry{}
		if _, e.Holds, err = d.holds(tx, me); err != nil || !e.Holds {
			return err
		}
		if me.Person == "" {
			return nil
		}
		if me.Account != "" {
			var s seat
			if _, err := get(tx, "", itemSeat, seatName(me.Account, me.Space), &s); err != nil || s.Person != me.Person {
				return err
			}
		}
		e.Who, e.Found, err = d.recognize(tx, me.Space, me.Person)
		e.Who.Device = me.Device
		return err
	})
	return e, err
}

// holds reads the device of me and reports that it is that of the session. Without
// one only the one-time link of one's own machine made the session.
func (d *Desk) holds(tx Tx, me Me) (v Device, ok bool, err error) {
	if me.Device == "" {
		return v, me.Keeper || me.Account == "" || !me.Proved.IsZero(), nil
	}
	if v.Version, err = get(tx, "", itemDevice, me.Device, &v); err != nil {
		return v, false, err
	}
	ok = v.Holds() && v.Turn == me.Turn && v.Account == me.Account
	if v.Account == "" {
		ok = ok && v.Space == me.Space && v.Person == me.Person
	}
	return v, ok, nil
}

// PairDevice makes the device of a phone that uses the program of this machine as
// who does.
func (d *Desk) PairDevice(ctx context.Context, who Who, called string) (v Device, err error) {
	if err := d.may(ctx, who, ChangeSelf, ""); err != nil {
		return v, err
	}
	now := d.now().UTC()
	v = Device{ID: name(), Space: who.Space, Person: who.Person.ID, Name: deviceName(called), Since: now, Used: now}
	return v, d.change(ctx, &who, ChangeSelf, "", func(tx Tx) error { return d.put(tx, "", itemDevice, v.ID, 0, v) })
}

func deviceName(s string) string {
	if s = short(s, 60); s == "" {
		return "?"
	}
	return s
}

// Devices lists the devices of me, the one used last first. Those that ended are
// left out.
func (d *Desk) Devices(ctx context.Context, me Me) (out []Device, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		out, err = nil, nil
		if _, ok, err := d.holds(tx, me); err != nil || !ok {
			return orNobody(err)
		}
		all, err := devices(tx)
		for _, v := range all {
			if v.Ended.IsZero() && v.of(me) {
				out = append(out, v)
			}
		}
		return err
	})
	slices.SortStableFunc(out, func(a, b Device) int { return b.Used.Compare(a.Used) })
	return out, err
}

func devices(tx Tx) ([]Device, error) {
	return items(tx, "", itemDevice, "", func(v *Device, n int64) { v.Version = n })
}

// of reports that a device is one of me's own.
func (v *Device) of(me Me) bool {
	if v.Account != "" {
		return v.Account == me.Account
	}
	return me.Person != "" && v.Space == me.Space && v.Person == me.Person
}

// EndDevice ends one of me's devices: from the next request on nobody comes in with
// what is stored in it, and it is no longer known at sign-in.
func (d *Desk) EndDevice(ctx context.Context, me Me, id string) error {
	return d.own(ctx, me, func(tx Tx, _ Device) error {
		var v Device
		var err error
		if v.Version, err = get(tx, "", itemDevice, id, &v); err != nil {
			return err
		}
		if v.Version == 0 || !v.of(me) || !v.Ended.IsZero() {
			return missing("signin.no_device")
		}
		if err := d.endDevice(tx, v); err != nil {
			return err
		}
		return d.remember(tx, me, "device_ended", v.Name)
	})
}

func (d *Desk) endDevice(tx Tx, v Device) error {
	if v.Known != "" {
		if err := tx.DropItem("", itemKnown, v.Known); err != nil {
			return err
		}
	}
	v.Ended, v.Known = d.now().UTC(), ""
	return d.put(tx, "", itemDevice, v.ID, v.Version, v)
}

// EndDevices ends all devices of me but the one that asks.
func (d *Desk) EndDevices(ctx context.Context, me Me) error {
	return d.own(ctx, me, func(tx Tx, _ Device) error {
		if err := d.endAll(tx, me, me.Device); err != nil {
			return err
		}
		return d.remember(tx, me, "everywhere", "")
	})
}

func (d *Desk) endAll(tx Tx, me Me, but string) error {
	all, err := devices(tx)
	if err != nil {
		return err
	}
	for _, v := range all {
		if v.Ended.IsZero() && v.of(me) && v.ID != but {
			if err := d.endDevice(tx, v); err != nil {
				return err
			}
		}
	}
	return nil
}

// SignOut ends the session of me's device. The device stays known, so that the next
// sign-in is not slowed by strangers. A paired phone ends for good.
func (d *Desk) SignOut(ctx context.Context, me Me) error {
	if me.Device == "" {
		return nil
	}
	return d.store.Write(ctx, func(tx Tx) error {
		v, ok, err := d.holds(tx, me)
		if err != nil || !ok {
			return err
		}
		if v.Account == "" {
			return d.endDevice(tx, v)
		}
		v.Out = true
		return d.put(tx, "", itemDevice, v.ID, v.Version, v)
	})
}

// UseDevice notes that a device is in use. Pages call it once a day.
func (d *Desk) UseDevice(ctx context.Context, me Me) error {
	if me.Device == "" {
		return nil
	}
	return d.store.Write(ctx, func(tx Tx) error {
		v, ok, err := d.holds(tx, me)
		if err != nil || !ok {
			return err
		}
		v.Used = d.now().UTC()
		return d.put(tx, "", itemDevice, v.ID, v.Version, v)
	})
}

// own runs f in a Write after looking that the session of me stands.
func (d *Desk) own(ctx context.Context, me Me, f func(Tx, Device) error) error {
	return d.store.Write(ctx, func(tx Tx) error {
		v, ok, err := d.holds(tx, me)
		if err != nil || !ok {
			return orNobody(err)
		}
		return f(tx, v)
	})
}

// proven is own for what is dangerous: me showed a moment ago who he or she is.
func (d *Desk) proven(ctx context.Context, me Me, f func(Tx) error) error {
	return d.own(ctx, me, func(tx Tx, v Device) error {
		if !d.isFresh(me, v) {
			return forbidden("signin.again")
		}
		return f(tx)
	})
}

func (d *Desk) isFresh(me Me, v Device) bool { return d.isFreshFor(me, v, freshTime) }

func (d *Desk) isFreshFor(me Me, v Device, most time.Duration) bool {
	proved := me.Proved
	if me.Device != "" {
		proved = v.Proved
	}
	ago := d.now().Sub(proved)
	return me.Keeper || ago >= -time.Minute && ago < most
}

func orNobody(err error) error {
	if err != nil {
		return err
	}
	return missing("desk.nobody")
}

// Browsers that signed in before

// A browser keeps the names of the devices it was, one for each account that signed
// in there, so that strangers who guess do not slow down who signs in from there.
const (
	knownSize = 24 // bytes of chance in a name
	mostKnown = 6
)

// A known is the device behind such a name.
type known struct {
	Account people.AccountID `json:"account"`
	Device  string           `json:"device"`
}

func newKnown() string {
	var b [knownSize]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func knownHash(one string) string {
	h := sha256.Sum256([]byte(one))
	return hex.EncodeToString(h[:])
}

// knownNames are the names in a cookie.
func knownNames(cookie string) (out []string) {
	if len(cookie) > 1000 {
		return nil
	}
	for one := range strings.SplitSeq(cookie, ".") {
		if b, err := base64.RawURLEncoding.DecodeString(one); err == nil && len(b) == knownSize && len(out) < mostKnown {
			out = append(out, one)
		}
	}
	return out
}

// knownDevice is the device of an account in a browser with that cookie; its ID is
// "" when there is none that holds.
func (d *Desk) knownDevice(tx Tx, account people.AccountID, cookie string) (v Device, err error) {
	for _, one := range knownNames(cookie) {
		var k known
		if _, err := get(tx, "", itemKnown, knownHash(one), &k); err != nil {
			return v, err
		}
		if k.Device == "" || k.Account != account {
			continue
		}
		var v Device
		if v.Version, err = get(tx, "", itemDevice, k.Device, &v); err != nil {
			return v, err
		}
		if v.ID != "" && v.Ended.IsZero() && v.Account == account {
			return v, nil
		}
	}
	return Device{}, nil
}

// useDevice begins a session on the device of a browser, a known one or a new one,
// and gives the cookie to keep there.
func (d *Desk) useDevice(tx Tx, account people.AccountID, cookie, called string) (v Device, _ string, err error) {
	if v, err = d.knownDevice(tx, account, cookie); err != nil {
		return v, "", err
	}
	now := d.now().UTC()
	if v.ID == "" {
		one := newKnown()
		v = Device{ID: name(), Account: account, Since: now, Known: knownHash(one)}
		if err := d.put(tx, "", itemKnown, v.Known, 0, known{account, v.ID}); err != nil {
			return v, "", err
		}
		names := append([]string{one}, knownNames(cookie)...)
		cookie = strings.Join(names[:min(len(names), mostKnown)], ".")
	}
	v.Name, v.Used, v.Proved, v.Out = deviceName(called), now, now, false
	v.Turn++
	return v, cookie, d.put(tx, "", itemDevice, v.ID, v.Version, v)
}
