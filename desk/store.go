package desk

import (
	"context"
	"io"
	"time"

	"stayput/people"
	"stayput/record/seal"
)

// A Store is where bytes rest. store/storetest holds what it must promise, as
// one suite that every store passes.
//
// Errors a person can do something about are fault.Errors: NotFound for what is
// not there, Conflict for a version somebody else changed first or a name that
// is taken, Unavailable with the keys store.full, store.read_only, store.locked
// and store.newer.
type Store interface {
	// Read runs f on one consistent state; what f reads cannot change meanwhile.
	Read(ctx context.Context, f func(Tx) error) error
	// Write runs f and keeps all of what it did or nothing. When Write returns
	// nil, what f did survives a crash of the program and of the machine. One
	// Write runs at a time. f may be run again when the store asks for it.
	Write(ctx context.Context, f func(Tx) error) error
	// Sessions keeps who is signed in, apart from every record.
	Sessions() SessionStore
	// Backup writes a complete and consistent copy to a new file while the store
	// is in use. It refuses a path that exists.
	Backup(ctx context.Context, path string) error
	// Check looks the store itself over: integrity, versions, room.
	Check(ctx context.Context) (Health, error)
	Close() error
}

// A Tx is one state of a store, and the way to change it inside Write. Inside
// Read every changing method fails. The space is the first argument of whatever
// belongs to one, and the first column of its key.
type Tx interface {
	// Spaces lists all spaces, the oldest first.
	Spaces() ([]people.Space, error)
	AddSpace(s people.Space, key seal.Key) error
	// SaveSpace changes what sort of keeper a space has and how it is called; its
	// key and its moment never change.
	SaveSpace(s people.Space) error
	Key(space people.SpaceID) (seal.Key, error)
	// DropSpace takes everything of a space out for good: logs, files, people,
	// items, the access log, and the sign-ins that name it. It goes whole or not at
	// all, and nothing of any other space changes. When Write has returned nil,
	// nothing of it can be read any more, and the store clears what stood in its
	// files, now or, when something is in the way, at the next opening. All that
	// stays is the day. A space of that name may begin anew.
	DropSpace(space people.SpaceID) error
	People(space people.SpaceID) ([]people.Person, error)
	// Person is one of them.
	Person(space people.SpaceID, id people.PersonID) (people.Person, error)
	// Alone reports that the space is the only one and has one person.
	Alone(space people.SpaceID) (bool, error)
	// SavePerson adds a person (Version 0) or replaces the one whose stored
	// version equals p.Version; the stored version becomes one more.
	SavePerson(space people.SpaceID, p people.Person) error

	// Cases lists the cases of a space in the order in which they were added.
	Cases(space people.SpaceID) ([]CaseRow, error)
	AddCase(space people.SpaceID, c CaseRow) error

	// Logs lists the logs of a case, one for each wall that holds something.
	Logs(space people.SpaceID, c people.CaseID) ([]Log, error)
	// AllLogs lists the logs of every case of a space.
	AllLogs(space people.SpaceID) ([]Log, error)
	// AddLog begins a log with nothing in it.
	AddLog(space people.SpaceID, l Log) error
	// Tail is the end of a log, for seal.Append.
	Tail(space people.SpaceID, c people.CaseID, w Wall) (seal.Tail, error)
	// Append adds what seal.Append worked out, with the bodies in the same order
	// and the signed checkpoint of the new head. An entry whose place or name is
	// taken is a Conflict. No entry is ever changed or taken out: the store
	// itself refuses to.
	Append(space people.SpaceID, c people.CaseID, w Wall, s seal.Sealed, bodies []seal.Body, checkpoint []byte) error
	// Rows calls f for the entries of a log from place from on, in order.
	Rows(space people.SpaceID, c people.CaseID, w Wall, from int64, f func(Row) error) error
	// Find is the entry of that name in any wall of the case.
	Find(space people.SpaceID, c people.CaseID, id string) (Wall, Row, error)
	// Destroy takes the body of an entry out for good, its words in the search
	// index too. The entry stays. by is the name of the entry, already in the
	// log, that says who destroyed it and why; without it the store refuses.
	Destroy(space people.SpaceID, c people.CaseID, w Wall, id, by string) error
	// Keep notes a checkpoint that was given out; Kept lists them, oldest first.
	Keep(space people.SpaceID, c people.CaseID, w Wall, checkpoint []byte) error
	Kept(space people.SpaceID, c people.CaseID, w Wall) ([][]byte, error)

	// Index makes an entry's words findable within its wall.
	Index(space people.SpaceID, c people.CaseID, w Wall, id, words string) error
	// Search finds entries of those walls whose words hold all words of the query
	// (each may be the beginning of a word; case and accents do not matter), the
	// latest added first, at most limit.
	Search(space people.SpaceID, c people.CaseID, walls []Wall, query string, limit int) ([]string, error)

	// AddFile keeps a file under its digest; the same file twice is kept once.
	AddFile(space people.SpaceID, f FileRow, r io.Reader) error
	File(space people.SpaceID, d seal.Digest) (FileRow, error)
	// ReadFile writes the bytes of a file to w.
	ReadFile(space people.SpaceID, d seal.Digest, w io.Writer) error
	// DropFile takes a file out for good, if it is there.
	DropFile(space people.SpaceID, d seal.Digest) error

	// Calendars lists the latest version of each school calendar of a space, by name.
	Calendars(space people.SpaceID) ([]CalendarRow, error)
	// CalendarVersions lists every version of one, the first first.
	CalendarVersions(space people.SpaceID, id string) ([]CalendarRow, error)
	// SaveCalendar adds a version, which must be one more than the latest
	// (1 for a new calendar); else Conflict. Old versions stay.
	SaveCalendar(space people.SpaceID, c CalendarRow) error

	// Draft is what a person was typing into one form.
	Draft(space people.SpaceID, p people.PersonID, key string) (DraftRow, error)
	Drafts(space people.SpaceID, p people.PersonID) ([]DraftRow, error)
	// SaveDraft replaces the draft whose stored version equals d.Version (0: there
	// is none); the stored version becomes one more.
	SaveDraft(space people.SpaceID, p people.PersonID, d DraftRow) error
	// DropDraft takes a draft out, if it is there.
	DropDraft(space people.SpaceID, p people.PersonID, key string) error

	// Item is one small thing the desk keeps as JSON: a membership, a grant, an
	// account. Those of the whole server have the space "".
	Item(space people.SpaceID, kind, id string) (Item, error)
	// Items lists those of a kind whose name begins with prefix, by name.
	Items(space people.SpaceID, kind, prefix string) ([]Item, error)
	// SaveItem adds an item (Version 0) or replaces the one whose stored version
	// equals it.Version; the stored version becomes one more.
	SaveItem(space people.SpaceID, it Item) error
	// DropItem takes an item out, if it is there.
	DropItem(space people.SpaceID, kind, id string) error

	// AddSeen adds to the access log, to which things are only added.
	AddSeen(space people.SpaceID, all []Seen) error
	// Seen lists the access log, the latest first: of one case, or of all when c
	// is "", what stands before a number (0: from the end), at most limit.
	Seen(space people.SpaceID, c people.CaseID, before int64, limit int) ([]Seen, error)

	// Batches lists the imports of a space, the latest first.
	Batches(space people.SpaceID) ([]Batch, error)
	// SaveBatch adds a batch or replaces the one of that name.
	SaveBatch(space people.SpaceID, b Batch) error
}

// A Wall is who may see a log: one of the words of fact.Wall, where "" is open,
// or "author:" and a person's name.
type Wall string

// A CaseRow is one case of a space. What the case is about stands in its log.
type CaseRow struct {
	ID      people.CaseID
	Created time.Time
	Batch   string // the import it came with; "" when a person opened it
}

// A Log is one wall of one case. Its name is random, so that names tell nothing.
type Log struct {
	Case       people.CaseID
	Wall       Wall
	Name       string
	Head       seal.Head // Size 0 and a zero Root while empty
	Checkpoint []byte    // the signed head; nil while empty
	Destroyed  int64     // how many bodies were destroyed: a cached reading is stale when it changes
}

// A Row is an entry with its body.
type Row struct {
	seal.Entry
	Body seal.Body // zero when it was destroyed
	Gone bool      // the body was destroyed
}

// A FileRow describes a file that is kept.
type FileRow struct {
	Digest seal.Digest // of its bytes
	Size   int64
	Type   string // the media type found by looking at the bytes
}

// A CalendarRow is one version of a school calendar.
type CalendarRow struct {
	ID      string
	Version int64
	Name    string
	Body    []byte // as intake/calendar reads it
	By      people.PersonID
	At      time.Time
}

// A DraftRow is what somebody was typing, before it is an entry.
type DraftRow struct {
	Key     string
	Version int64
	Body    []byte // JSON
	At      time.Time
}

// An Item is one small thing kept as JSON.
type Item struct {
	Kind    string
	ID      string
	Version int64
	Body    []byte
	At      time.Time // when this version was saved, to the millisecond
}

// A Seen is one line of the access log: who read or did what.
type Seen struct {
	N      int64 // its number in the space; given by the store
	At     time.Time
	Person people.PersonID
	Case   people.CaseID // "" for the list of cases and what belongs to the space
	Action string        // the name of an Action
	Page   string        // the name of the page or command
	Device string
}

// A Batch is one import, so that it can be undone as one.
type Batch struct {
	ID     string
	Name   string
	By     people.PersonID
	At     time.Time
	Undone time.Time // zero while it holds
	Report []byte    // JSON: what became of each row
}

// A SessionStore keeps sign-ins. Its methods are those of scs.Store.
type SessionStore interface {
	Find(token string) (data []byte, found bool, err error)
	Commit(token string, data []byte, expiry time.Time) error
	Delete(token string) error
}

// Health is what a store says of itself.
type Health struct {
	Lines  []HealthLine
	Sound  bool
	Schema int64 // the version of the store's form
}

// A HealthLine is one thing that was looked at.
type HealthLine struct {
	Key  string // key in the locale catalogs
	Args []string
	OK   bool
}
