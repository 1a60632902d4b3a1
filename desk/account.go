package desk

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"stayput/fault"
	"stayput/people"
	"stayput/people/credential"
)

// An account is who signs in, as it is kept. Its secrets never leave the desk.
type account struct {
	ID         people.AccountID `json:"id"`
	Login      string           `json:"login"` // as it was chosen
	Since      time.Time        `json:"since"`
	Passphrase string           `json:"passphrase,omitempty"` // a PHC string
	Secret     string           `json:"secret,omitempty"`     // shared with the authenticator app
	Step       int64            `json:"step,omitempty"`       // the last of its codes that was used
	Codes      []string         `json:"codes,omitempty"`      // what is kept of the recovery codes
	Last       people.SpaceID   `json:"last,omitempty"`       // the space signed in to last
	History    []AccountChange  `json:"history,omitempty"`
	Ended      time.Time        `json:"ended,omitzero"`

	version int64
}

// An AccountChange is one line of an account's history.
type AccountChange struct {
	At     time.Time `json:"at"`
	What   string    `json:"what"` // key under signin.history
	Name   string    `json:"name,omitempty"`
	Device string    `json:"device,omitempty"` // how the device was called
}

// mostHistory is how many changes are kept.
const mostHistory = 200

// A Passkey is one that an account signs in with. What the pages check signatures
// with is theirs; the desk only keeps it.
type Passkey struct {
	ID      string           `json:"id"`
	Account people.AccountID `json:"account"`
	Name    string           `json:"name"`
	Host    string           `json:"host"` // where it works
	Since   time.Time        `json:"since"`
	Used    time.Time        `json:"used,omitzero"`
	Body    json.RawMessage  `json:"body"`

	Version int64 `json:"-"`
}

// A Seat is who an account is in a space.
type Seat struct {
	Space  people.Space
	Person people.PersonID
}

type seat struct {
	Person people.PersonID `json:"person"`
}

func seatName(a people.AccountID, s people.SpaceID) string { return string(a) + "/" + string(s) }

// An Account is what its own person sees of it.
type Account struct {
	ID         people.AccountID
	Login      string
	Since      time.Time
	Passphrase bool
	App        bool // an authenticator app
	Codes      int  // recovery codes that are left
	Passkeys   []Passkey
	History    []AccountChange // the latest first
	Fresh      bool            // signed in a moment ago: may change what is dangerous
	Ended      time.Time
}

// signing is what sign-in keeps in memory.
type signing struct {
	throttle *credential.Throttle
	room     chan struct{} // how many passphrases are looked at, at once
	ours     chan struct{} // the same for devices that are known: strangers do not stand before them
	looks    atomic.Int64  // how often argon2id was worked out
	kept     atomic.Int64  // how often counts were written down

	loading sync.Mutex
	loaded  bool // the counts of before were taken up
}

const (
	mostLooks = 2 // 19 MiB each
	mostNames = 50_000
	lookWait  = 10 * time.Second
)

func newSigning() *signing {
	return &signing{throttle: credential.NewThrottle(mostNames), room: make(chan struct{}, mostLooks), ours: make(chan struct{}, 1)}
}

// look runs what works out an argon2id, a few at once so that memory stays bounded.
func (s *signing) look(ctx context.Context, known bool, f func()) error {
	room := s.room
	if known {
		room = s.ours
	}
	ctx, cancel := context.WithTimeout(ctx, lookWait)
	defer cancel()
	select {
	case room <- struct{}{}:
		defer func() { <-room }()
		s.looks.Add(1)
		f()
		return nil
	case <-ctx.Done():
		return fault.New(fault.Unavailable, fault.Position{}, "signin.busy")
	}
}

// Seats are the spaces in which an account is somebody, by name.
func (d *Desk) Seats(ctx context.Context, a people.AccountID) (out []Seat, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		out, err = d.seats(tx, a)
		return err
	})
	return out, err
}

func (d *Desk) seats(tx Tx, a people.AccountID) (out []Seat, err error) {
	if a == "" {
		return nil, nil
	}
	its, err := tx.Items("", itemSeat, string(a)+"/")
	if err != nil {
		return nil, err
	}
	spaces, err := tx.Spaces()
	if err != nil {
		return nil, err
	}
	for _, it := range its {
		var s seat
		if err := unpack(it, &s); err != nil {
			return nil, err
		}
		i := slices.IndexFunc(spaces, func(x people.Space) bool { return seatName(a, x.ID) == it.ID })
		if i < 0 {
			continue
		}
		_, found, err := d.recognize(tx, spaces[i].ID, s.Person)
		if err != nil {
			return nil, err
		}
		if found {
			out = append(out, Seat{spaces[i], s.Person})
		}
	}
	slices.SortStableFunc(out, func(x, y Seat) int { return cmp.Compare(strings.ToLower(x.Space.Name), strings.ToLower(y.Space.Name)) })
	return out, nil
}

// seat lets an account be a person of a space.
func (d *Desk) seat(tx Tx, a people.AccountID, space people.SpaceID, person people.PersonID) error {
	var s seat
	v, err := get(tx, "", itemSeat, seatName(a, space), &s)
	if err != nil || s.Person == person {
		return err
	}
	return d.put(tx, "", itemSeat, seatName(a, space), v, seat{person})
}

// unseat takes that back.
func (d *Desk) unseat(tx Tx, a people.AccountID, space people.SpaceID) error {
	return tx.DropItem("", itemSeat, seatName(a, space))
}

// readAccount reads an account that has not ended; version 0 is none.
func readAccount(tx Tx, id people.AccountID) (a account, err error) {
	if id == "" {
		return a, nil
	}
	if a.version, err = get(tx, "", itemAccount, string(id), &a); err != nil || a.Ended.IsZero() {
		return a, err
	}
	return account{}, nil
}

// byLogin is the account of a sign-in name; version 0 is none.
func byLogin(tx Tx, login string) (account, error) {
	var id people.AccountID
	if _, err := get(tx, "", itemLogin, credential.Login(login), &id); err != nil {
		return account{}, err
	}
	return readAccount(tx, id)
}

func (d *Desk) saveAccount(tx Tx, a account) error {
	if n := len(a.History); n > mostHistory {
		a.History = a.History[n-mostHistory:]
	}
	return d.put(tx, "", itemAccount, string(a.ID), a.version, a)
}

// add adds a line to the history.
func (a *account) add(at time.Time, what, name, device string) {
	a.History = append(a.History, AccountChange{At: at.UTC(), What: what, Name: name, Device: device})
}

// remember adds a line to the history of me's account, if there is one.
func (d *Desk) remember(tx Tx, me Me, what, name string) error {
	a, err := readAccount(tx, me.Account)
	if err != nil || a.version == 0 {
		return err
	}
	a.add(d.now(), what, name, deviceCalled(tx, me))
	return d.saveAccount(tx, a)
}

func deviceCalled(tx Tx, me Me) string {
	var v Device
	if me.Device == "" {
		return ""
	}
	get(tx, "", itemDevice, me.Device, &v) // without a name the line still says what
	return v.Name
}

// Account is me's own. Without one ID is "".
func (d *Desk) Account(ctx context.Context, me Me) (out Account, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		out = Account{}
		v, ok, err := d.holds(tx, me)
		if err != nil || !ok {
			return orNobody(err)
		}
		a, err := readAccount(tx, me.Account)
		if err != nil || a.version == 0 {
			return err
		}
		if out, err = shown(tx, a); err != nil {
			return err
		}
		out.Fresh = d.isFresh(me, v)
		return nil
	})
	return out, err
}

func shown(tx Tx, a account) (Account, error) {
	out := Account{ID: a.ID, Login: a.Login, Since: a.Since, Passphrase: a.Passphrase != "", App: a.Secret != "", Codes: len(a.Codes), History: slices.Clone(a.History), Ended: a.Ended}
	slices.Reverse(out.History)
	var err error
	out.Passkeys, err = passkeys(tx, a.ID)
	return out, err
}

// passkeys are those of an account, the oldest first.
func passkeys(tx Tx, id people.AccountID) (out []Passkey, err error) {
	all, err := items(tx, "", itemPasskey, "", func(p *Passkey, n int64) { p.Version = n })
	for _, p := range all {
		if p.Account == id {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Passkey) int { return a.Since.Compare(b.Since) })
	return out, err
}

// PasskeyNamed is a passkey by its id, and the sign-in name of its account; found is
// false when there is none. The pages check a signature with it before anybody is
// signed in.
func (d *Desk) PasskeyNamed(ctx context.Context, id string) (p Passkey, login string, found bool, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		p, login, found = Passkey{}, "", false
		if p.Version, err = get(tx, "", itemPasskey, id, &p); err != nil || p.Version == 0 {
			return err
		}
		a, err := readAccount(tx, p.Account)
		login, found = a.Login, a.version != 0
		return err
	})
	return p, login, found, err
}
