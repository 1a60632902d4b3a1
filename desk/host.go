package desk

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"time"

	"stayput/people"
	"stayput/record/seal"
)

// An office offers a family a space of its own on the office's server. The family
// owns it; the office learns that the link was used, and nothing else.

const (
	itemHosting = "hosting" // Hosting of the server, by the hash of its token
	itemHosted  = "hosted"  // of a space that began so: hosted, under the name "host"
)

// How long a link for a family waits, and how many may wait at once.
const (
	hostingTime = 30 * 24 * time.Hour
	mostHosting = 200
)

// A Hosting is a link with which a family makes a space of its own.
type Hosting struct {
	ID      string         `json:"id"`   // a name of NewName
	Host    people.SpaceID `json:"host"` // who offers it
	Name    string         `json:"name"` // how the office is called
	For     string         `json:"for"`  // for whom, in the office's words
	Backups int            `json:"backups,omitempty"`
	Made    time.Time      `json:"made"`
	Until   time.Time      `json:"until"`
	Used    bool           `json:"used,omitempty"` // and nothing of who used it, nor when
	Ended   bool           `json:"ended,omitempty"`

	hash    string
	Version int64 `json:"-"`
}

// Waits reports that the link can still be used.
func (h *Hosting) Waits(now time.Time) bool { return !h.Used && !h.Ended && now.Before(h.Until) }

// hosted is what a family's space knows of its host.
type hosted struct {
	Host    string    `json:"host"`
	Backups int       `json:"backups,omitempty"` // days
	Since   time.Time `json:"since"`
}

// digestOf is the hash of a text as it names things.
func digestOf(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// HostFamily offers a family a space of its own, and gives the token of the link,
// which is shown once and kept nowhere. id is a name of NewName made when the form
// was shown. backups is how many days the office keeps copies of the data; 0 when
// it does not say.
func (d *Desk) HostFamily(ctx context.Context, who Who, id, whom string, backups int) (token string, err error) {
	if err = d.may(ctx, who, HostFamily, ""); err != nil {
		return "", err
	}
	if !goodName(id) {
		return "", invalid("desk.form_name")
	}
	if whom = short(whom, 100); whom == "" {
		return "", invalid("records.host_for_whom")
	}
	if backups < 0 || backups > 3650 {
		return "", invalid("records.host_backups_odd")
	}
	var b [32]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	token = base64.RawURLEncoding.EncodeToString(b[:])
	err = d.change(ctx, &who, HostFamily, "", func(tx Tx) error {
		s, err := spaceOf(tx, who.Space)
		if err != nil {
			return err
		}
		if s.Kind == people.Household {
			return conflict("records.host_household")
		}
		all, err := hostings(tx, who.Space)
		if err != nil {
			return err
		}
		now, waiting := d.now(), 0
		for i := range all {
			if all[i].ID == id {
				return conflict("desk.sent_twice")
			}
			if all[i].Waits(now) {
				waiting++
			}
		}
		if waiting >= mostHosting {
			return conflict("records.host_too_many")
		}
		h := Hosting{ID: id, Host: who.Space, Name: s.Name, For: whom, Backups: backups, Made: now.UTC(), Until: now.UTC().Add(hostingTime)}
		return d.put(tx, "", itemHosting, digestOf(token), 0, h)
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// Hostings lists the links of an office, the latest first: for whom, and whether
// each was used.
func (d *Desk) Hostings(ctx context.Context, who Who) (out []Hosting, err error) {
	if err = d.may(as(ctx, ""), who, HostFamily, ""); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, func(tx Tx) error { out, err = hostings(tx, who.Space); return err })
	slices.SortStableFunc(out, func(a, b Hosting) int { return b.Made.Compare(a.Made) })
	return out, err
}

// EndHosting takes back a link that nobody used, or takes a used one off the list.
func (d *Desk) EndHosting(ctx context.Context, who Who, id string) error {
	if err := d.may(ctx, who, HostFamily, ""); err != nil {
		return err
	}
	return d.change(ctx, &who, HostFamily, "", func(tx Tx) error {
		all, err := hostings(tx, who.Space)
		if err != nil {
			return err
		}
		for _, h := range all {
			if h.ID == id {
				return tx.DropItem("", itemHosting, h.hash)
			}
		}
		return missing("records.host_none")
	})
}

func hostings(tx Tx, host people.SpaceID) ([]Hosting, error) {
	its, err := tx.Items("", itemHosting, "")
	if err != nil {
		return nil, err
	}
	var out []Hosting
	for _, it := range its {
		h := Hosting{Version: it.Version, hash: it.ID}
		if err := unpack(it, &h); err != nil {
			return nil, err
		}
		if h.Host == host {
			out = append(out, h)
		}
	}
	return out, nil
}

func spaceOf(tx Tx, id people.SpaceID) (people.Space, error) {
	all, err := tx.Spaces()
	if err != nil {
		return people.Space{}, err
	}
	for _, s := range all {
		if s.ID == id {
			return s, nil
		}
	}
	return people.Space{}, missing("desk.nobody")
}

// Welcome is what the link of a token offers. A link that does not exist, was used
// or ran out is not found: all the same to whoever tries it.
func (d *Desk) Welcome(ctx context.Context, token string) (out Hosting, err error) {
	err = d.store.Read(ctx, func(tx Tx) error { out, err = d.offered(tx, token); return err })
	return out, err
}

func (d *Desk) offered(tx Tx, token string) (h Hosting, err error) {
	if len(token) != 43 {
		return h, missing("records.welcome_none")
	}
	h.hash = digestOf(token)
	if h.Version, err = get(tx, "", itemHosting, h.hash, &h); err != nil {
		return h, err
	}
	if h.Version == 0 || !h.Waits(d.now()) {
		return Hosting{}, missing("records.welcome_none")
	}
	return h, nil
}

// AcceptSpace makes a new space of which an account is the owner, for whoever
// holds the token. It works once. The office learns that it was used.
func (d *Desk) AcceptSpace(ctx context.Context, token string, account people.AccountID, in SetUp) (Who, error) {
	if account == "" {
		return Who{}, missing("desk.nobody")
	}
	if in.Lang != "es" {
		in.Lang = "en"
	}
	id := people.SpaceID(name())
	key, err := seal.NewKey(string(id), nil)
	if err != nil {
		return Who{}, internal(err)
	}
	p := people.Person{ID: people.PersonID(name()), Name: short(in.Name, 100), Lang: in.Lang, Register: people.Plain, Shortcuts: true}
	var out Who
	err = d.store.Write(ctx, func(tx Tx) error {
		h, err := d.offered(tx, token)
		if err != nil {
			return err
		}
		if _, err := tx.Item("", itemAccount, string(account)); err != nil {
			return missing("desk.nobody")
		}
		spaces, err := tx.Spaces()
		if err != nil {
			return err
		}
		// The oldest space is the machine's own, whatever its clock says now.
		created := d.now().UTC()
		for _, s := range spaces {
			if !created.After(s.Created) {
				created = s.Created.Add(time.Millisecond)
			}
		}
		space := people.Space{ID: id, Kind: people.Household, Name: short(in.Space, 100), Public: key.Public, Created: created}
		if err := tx.AddSpace(space, key); err != nil {
			return err
		}
		if err := tx.SavePerson(id, p); err != nil {
			return err
		}
		now := d.now().UTC()
		if err := d.put(tx, id, itemMember, string(p.ID), 0, people.Member{Person: p.ID, Account: account, Role: people.Owner, Counsel: true, Since: now}); err != nil {
			return err
		}
		if err := d.put(tx, id, itemHosted, "host", 0, hosted{Host: h.Name, Backups: h.Backups, Since: now}); err != nil {
			return err
		}
		if err := d.seat(tx, account, id, p.ID); err != nil {
			return err
		}
		h.Used = true
		if err := d.put(tx, "", itemHosting, h.hash, h.Version, h); err != nil {
			return err
		}
		out, _, err = d.recognize(tx, id, p.ID)
		return err
	})
	return out, err
}
