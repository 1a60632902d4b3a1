package desk

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"io/fs"
	"strings"
	"sync"
	"time"

	"stayput/day"
	"stayput/fault"
	"stayput/law"
	"stayput/people"
	"stayput/record/seal"
)

// Options are what a desk stands on.
type Options struct {
	Store     Store
	Book      *law.Book
	Calendars fs.FS            // school calendars that come with the program; may be nil
	Now       func() time.Time // the moment; its location is where "today" is asked for when a case names no zone
	Memory    int              // entries kept ready in memory; 0 is 100,000
}

// A Desk is the one door to a store. It is safe for use by several goroutines.
type Desk struct {
	store Store
	book  *law.Book
	built fs.FS
	now   func() time.Time
	kept  *shelf
	zones sync.Map // zoneKey to *time.Location
	ships func() []Calendar

	signing *signing
	seen    seenLog
	shelves sync.Map // people.SpaceID to *readShelf
	working sync.Map // shelfKey of the cases that are worked out ahead
}

// New opens the door.
func New(o Options) *Desk {
	if o.Memory == 0 {
		o.Memory = 100_000
	}
	d := &Desk{store: o.Store, book: o.Book, built: o.Calendars, now: o.Now, kept: newShelf(o.Memory), signing: newSigning()}
	d.ships = sync.OnceValue(d.shipped) // they come with the program and never change
	return d
}

// A Who is the person who asks, in the space in which he or she asks. Sign-in
// makes it; nothing a person sends is taken for it.
type Who struct {
	Space   people.SpaceID
	Person  people.Person
	Member  people.Member
	Grants  []people.Grant
	Device  string          // the device he or she uses; "" for a command on this machine
	Preview bool            // somebody else looks at what this person would see
	Viewer  people.PersonID // of a preview: who looks
	Keeper  bool            // alone on this server: nothing in it is anybody else's
}

// name makes a random name of 80 bits that says nothing about what it names.
func name() string {
	var b [10]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

// NewName is a random name for something a page is about to add. A form carries
// it, so that the same form sent twice adds one thing.
func NewName() string { return name() }

// goodName reports that s has the form of a name that NewName makes.
func goodName(s string) bool {
	if len(s) != 16 {
		return false
	}
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

func salt() []byte {
	b := make([]byte, seal.SaltSize)
	rand.Read(b)
	return b
}

// invalid, missing and conflict make the errors that people read.
func invalid(key string, pairs ...string) error {
	return fault.New(fault.Invalid, fault.Position{}, key, pairs...)
}

func missing(key string, pairs ...string) error {
	return fault.New(fault.NotFound, fault.Position{}, key, pairs...)
}

func conflict(key string, pairs ...string) error {
	return fault.New(fault.Conflict, fault.Position{}, key, pairs...)
}

// location is a time zone by its name. Each is read once; only names that are
// zones are remembered.
func location(zone string) (*time.Location, error) {
	if loc, ok := locations.Load(zone); ok {
		return loc.(*time.Location), nil
	}
	loc, err := time.LoadLocation(zone)
	if err == nil {
		locations.Store(zone, loc)
	}
	return loc, err
}

var locations sync.Map // string to *time.Location

// today is the civil day in a zone; "" is where the program runs.
func (d *Desk) today(zone string) day.Date {
	t := d.now()
	if zone != "" {
		if loc, err := location(zone); err == nil {
			t = t.In(loc)
		}
	}
	y, m, dd := t.Date()
	return day.Must(y, m, dd)
}

// Ping reports that the store answers.
func (d *Desk) Ping(ctx context.Context) error {
	return d.store.Read(ctx, func(tx Tx) error { _, err := tx.Spaces(); return err })
}
