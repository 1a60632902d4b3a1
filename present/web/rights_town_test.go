package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/intake/casefile"
	"stayput/law/packs"
	"stayput/people"
	"stayput/record/seal"
	"stayput/store/sqlite"
)

// A town is a program with three spaces on it and everybody who may be there: a
// family's space, shared in every way there is, one of another family, and an office's.
type town struct {
	*house
	at    *time.Time
	store *counted
	desk  *desk.Desk

	home, away, office people.SpaceID
	people             map[string]*persona

	one, two, other people.CaseID // of home: shared with guests, and not; of away
	ask, call, rest string        // entries of one: ask and call are shared with the guest of some entries
	private         map[string]string
	secret          seal.Digest // a file of a private entry
	calendars       map[people.SpaceID]string
	looks           *looks
	count           *int                          // names that were given to people and shares
	papers          map[people.CaseID]seal.Digest // a file of each case
	far             string                        // an entry of other
	hushed          string                        // an entry of two
}

// looks is how a test looks at the whole store from beside the program.
type looks struct {
	busy   sync.RWMutex // held by each request, to its end
	db     *sql.DB
	watch  *watch
	tables []string
	rows   []*sql.Stmt         // of each table, all of them
	sums   [][sha256.Size]byte // of each table

	version int64  // of the store when sum was worked out
	sum     string // of all rows then

	invite, welcome string // the paths of an invitation and of an offer that wait
	receipt         []byte // of a space that left
}

// A persona is somebody in the town.
type persona struct {
	name    string
	space   people.SpaceID
	id      people.PersonID
	role    people.Role // what the space gives now
	grant   people.Role // what a grant on the first case gives now
	granted bool
	some    bool // the grant is on some entries
	gave    people.Grant
	counsel bool
	out     bool // nothing is left of what this person once had, or nothing yet
	ended   bool // the device that the session belongs to was ended
}

// endsDevice makes somebody come only with the session of a device that was ended.
func (p *persona) endsDevice() { p.ended, p.out, p.role = true, true, people.NoRole }

// counted counts what is asked of a store, so that a test can see that two
// questions take the same way.
type counted struct {
	desk.Store
	reads atomic.Int64
	calls atomic.Int64
}

func (c *counted) Read(ctx context.Context, f func(desk.Tx) error) error {
	c.reads.Add(1)
	return c.Store.Read(ctx, func(tx desk.Tx) error { return f(&countedTx{tx, c}) })
}

// A countedTx counts the questions that a page may ask.
type countedTx struct {
	desk.Tx
	c *counted
}

func (t *countedTx) Logs(s people.SpaceID, c people.CaseID) ([]desk.Log, error) {
	t.c.calls.Add(1)
	return t.Tx.Logs(s, c)
}

func (t *countedTx) Rows(s people.SpaceID, c people.CaseID, w desk.Wall, from int64, f func(desk.Row) error) error {
	t.c.calls.Add(1)
	return t.Tx.Rows(s, c, w, from, f)
}

func (t *countedTx) Find(s people.SpaceID, c people.CaseID, id string) (desk.Wall, desk.Row, error) {
	t.c.calls.Add(1)
	return t.Tx.Find(s, c, id)
}

func (t *countedTx) Search(s people.SpaceID, c people.CaseID, ws []desk.Wall, q string, n int) ([]string, error) {
	t.c.calls.Add(1)
	return t.Tx.Search(s, c, ws, q, n)
}

func (t *countedTx) ReadFile(s people.SpaceID, d seal.Digest, w io.Writer) error {
	t.c.calls.Add(1)
	return t.Tx.ReadFile(s, d, w)
}

// townDay is the day on which a town stands unless a test moves it.
var townDay = time.Date(2026, 3, 10, 18, 0, 0, 0, time.UTC)

const townCalendar = `calendar: Lincoln
first_day: 2025-08-11
last_day: 2026-05-28
closures:
  - {from: 2025-12-22, to: 2026-01-02, name: Winter break, kind: vacation}
`

const townCase = `stayput: 1
case: {title: "Sample child", jurisdiction: us-ca, zone: America/Los_Angeles, child: {name: "Sample child", born: 2016-05-14, grade: "4"}}
record:
  - {id: ask, on: 2026-02-02, kind: evaluation_requested, by: parent, written: yes, note: "Open words of the request."}
  - {id: call, on: 2026-02-05, kind: contact, means: phone, by: parent, summary: "Open words of the call."}
  - {id: rest, on: 2026-02-09, kind: note_added, note: "Open words of a note."}
plans:
  - {id: first, kind: iep, effective_start: 2025-03-03, effective_end: 2026-03-02, services: [{id: s1, name: Speech, minutes: 30, times: 2, per: week}], goals: [{id: g1, area: reading, text: "Open words of a goal."}]}
  - {id: second, kind: iep, offered: 2026-02-20, services: [{id: s1, name: Speech, minutes: 30, times: 1, per: week}]}
`

// settle builds a town. but says which private entries are left out, so that a
// test can compare what others see of a town with them and without; nil is none.
func settle(t testing.TB, but func(name string) bool) *town {
	t.Helper()
	at := new(time.Time)
	*at = townDay
	folder := t.TempDir()
	eye := watched(folder)
	s, err := sqlite.Open(context.Background(), sqlite.Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, folder: folder, log: &lines{}, now: func() time.Time { return *at }}
	w := &town{house: h, at: at, store: &counted{Store: s}, people: map[string]*persona{}, private: map[string]string{}, calendars: map[people.SpaceID]string{}, papers: map[people.CaseID]seal.Digest{}, looks: &looks{watch: eye}, count: new(int)}
	w.desk = desk.New(desk.Options{Store: w.store, Book: book, Calendars: packs.Calendars(), Now: func() time.Time { return h.now() }})
	h.site, err = New(Options{
		Desk: w.desk, Sessions: s.Sessions(), Log: slog.New(slog.NewJSONHandler(h.log, nil)), Version: "test",
		Now: func() time.Time { return h.now() }, Folder: folder, Size: func() int64 { return 3 << 20 }, Control: "secret",
	})
	if err != nil {
		t.Fatal(err)
	}
	pages := h.site.Handler()
	h.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.looks.busy.RLock()
		defer w.looks.busy.RUnlock()
		pages.ServeHTTP(rw, r)
	}))
	u, _ := url.Parse(h.server.URL)
	h.site.hosts[u.Host], h.site.hosts["localhost:"+u.Port()] = true, true
	h.client = h.browser()
	h.close = func() { h.server.Close(); s.Close() }
	t.Cleanup(h.close)
	w.populate()
	w.furnish()
	w.hide(but)
	return w
}

// populate makes the spaces and everybody in them.
func (w *town) populate() {
	w.home, w.away = w.space("Sample family", people.Household), w.space("Another sample family", people.Household)
	w.office = w.space("Sample office", people.Practice)
	w.person(w.home, "owner", &people.Member{Role: people.Owner})
	w.person(w.home, "editor", &people.Member{Role: people.Editor})
	w.person(w.home, "contributor", &people.Member{Role: people.Contributor})
	w.person(w.home, "reader", &people.Member{Role: people.Reader})
	w.person(w.home, "counsel", &people.Member{Role: people.Editor, Counsel: true})
	w.person(w.home, "ended member", &people.Member{Role: people.Editor, Ended: townDay.Add(-time.Hour)})
	w.person(w.home, "member until yesterday", &people.Member{Role: people.Owner, Until: townDay.Add(-24 * time.Hour)})
	w.person(w.home, "ended device", &people.Member{Role: people.Owner}).endsDevice()
	w.person(w.away, "stranger", &people.Member{Role: people.Owner, Counsel: true})
	w.person(w.office, "host", &people.Member{Role: people.Owner, Counsel: true})
	for _, p := range []string{"guest editor", "guest counsel", "guest contributor", "guest reader", "guest of two entries", "guest that ended", "guest until yesterday", "guest from next week", "no grant"} {
		w.person(w.home, p, &people.Member{})
	}
}

func (w *town) space(name string, kind people.SpaceKind) people.SpaceID {
	w.t.Helper()
	id := people.SpaceID(desk.NewName())
	key, err := seal.NewKey(string(id), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	younger := time.Duration(w.spaces()) * time.Second
	w.write(func(tx desk.Tx) error {
		return tx.AddSpace(people.Space{ID: id, Kind: kind, Name: name, Public: key.Public, Created: townDay.Add(-400*24*time.Hour + younger)}, key)
	})
	return id
}

// spaces is how many there are: each is a little younger than the one before.
func (w *town) spaces() int {
	n := 0
	w.write(func(tx desk.Tx) error {
		all, err := tx.Spaces()
		n = len(all)
		return err
	})
	return n
}

// spaceOf is the space of a case.
func (w *town) spaceOf(c people.CaseID) people.SpaceID {
	if c == w.other {
		return w.away
	}
	return w.home
}

// name is a name as desk.NewName makes them, but in order, so that lists of people
// stand in the same order in every town.
func (w *town) name() string {
	*w.count++
	n := []byte("townaaaaaaaaaaaa")
	for i, x := len(n)-1, *w.count; x > 0; i, x = i-1, x/26 {
		n[i] = byte('a' + x%26)
	}
	return string(n)
}

func (w *town) write(f func(desk.Tx) error) {
	w.t.Helper()
	if err := w.store.Write(context.Background(), f); err != nil {
		w.t.Fatal(err)
	}
}

// item saves a small thing, or replaces it.
func (w *town) item(space people.SpaceID, kind, id string, v any) {
	w.t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx desk.Tx) error {
		old, _ := tx.Item(space, kind, id)
		return tx.SaveItem(space, desk.Item{Kind: kind, ID: id, Version: old.Version, Body: body, At: townDay})
	})
}

func (w *town) person(space people.SpaceID, name string, m *people.Member) *persona {
	w.t.Helper()
	p := &persona{name: name, space: space, id: people.PersonID(w.name()), counsel: m.Counsel}
	w.write(func(tx desk.Tx) error {
		return tx.SavePerson(space, people.Person{ID: p.id, Name: "Sample " + name, Lang: "en", Register: people.Precise})
	})
	m.Person, m.Since = p.id, townDay.Add(-300*24*time.Hour)
	w.item(space, "member", string(p.id), m)
	if m.Holds(townDay) {
		p.role = m.Role
	}
	p.out = p.role == people.NoRole
	w.people[name] = p
	return p
}

func (w *town) grant(name string, g people.Grant) {
	w.t.Helper()
	p := w.people[name]
	g.ID, g.Person, g.By = w.name(), p.id, w.people["owner"].id
	if g.Case == "" {
		g.Case = w.one
	}
	if g.Since.IsZero() {
		g.Since = townDay.Add(-100 * 24 * time.Hour)
	}
	w.item(p.space, "grant", string(p.id)+"/"+g.ID, g)
	if g.Holds(townDay) {
		p.grant, p.granted, p.some, p.out, p.gave = g.Role, true, g.Entries != nil, false, g
		p.counsel = p.counsel || g.Counsel
	}
}

// who is somebody as the desk knows him or her now.
func (w *town) who(name string) desk.Who {
	w.t.Helper()
	p := w.people[name]
	who, _, err := w.desk.Recognize(context.Background(), p.space, p.id)
	if err != nil {
		w.t.Fatal(err)
	}
	return who
}

// furnish writes the record of both spaces.
func (w *town) furnish() {
	w.t.Helper()
	ctx := context.Background()
	open := func(name, title string) people.CaseID {
		f, err := casefile.Read("case.yaml", []byte(strings.ReplaceAll(townCase, "Sample child", title)))
		if err != nil {
			w.t.Fatal(err)
		}
		id, err := w.desk.OpenCase(ctx, w.who(name), desk.NewCase{File: f, Via: "import"})
		if err != nil {
			w.t.Fatal(err)
		}
		return id
	}
	for name, space := range map[string]people.SpaceID{"owner": w.home, "stranger": w.away, "host": w.office} {
		id := "lincoln-" + string(space)[:4] + ".yaml"
		if _, err := w.desk.SaveCalendar(ctx, w.who(name), id, "Lincoln", []byte(townCalendar), 0); err != nil {
			w.t.Fatal(err)
		}
		w.calendars[space] = id
	}
	w.one, w.two, w.other = open("owner", "Sample child"), open("owner", "Hushed child"), open("stranger", "Far child")
	if err := w.desk.UseCalendar(ctx, w.who("owner"), w.one, "", w.calendars[w.home], 0); err != nil {
		w.t.Fatal(err)
	}
	c := w.seen("owner", w.one)
	w.ask, w.call, w.rest = c.Name("ask"), c.Name("call"), c.Name("rest")
	w.hushed, w.far = w.seen("owner", w.two).Name("ask"), w.seen("stranger", w.other).Name("ask")

	w.grant("guest editor", people.Grant{Role: people.Editor})
	w.grant("guest counsel", people.Grant{Role: people.Editor, Counsel: true})
	w.grant("guest contributor", people.Grant{Role: people.Contributor})
	w.grant("guest reader", people.Grant{Role: people.Reader})
	paper := w.add("owner", w.one, fact.Entry{Kind: fact.MustLookup("note_added"), On: day.On(day.Must(2026, 2, 10)), Note: "Open words with a paper."}, "open-paper.txt", "open bytes")
	w.grant("guest of two entries", people.Grant{Role: people.Reader, Entries: []string{w.ask, paper}})
	w.call = paper
	w.grant("guest that ended", people.Grant{Role: people.Editor, Ended: townDay.Add(-time.Hour)})
	w.grant("guest until yesterday", people.Grant{Role: people.Editor, Until: townDay.Add(-24 * time.Hour)})
	w.grant("guest from next week", people.Grant{Role: people.Editor, Since: townDay.Add(240 * time.Hour)})
	w.papers[w.one] = w.fileOf("owner", w.one, paper)
	for c, by := range map[people.CaseID]string{w.two: "owner", w.other: "stranger"} {
		n := w.add(by, c, fact.Entry{Kind: fact.MustLookup("note_added"), On: day.On(day.Must(2026, 2, 10)), Note: "Words with a paper."}, "paper.txt", "bytes in "+string(c))
		w.papers[c] = w.fileOf(by, c, n)
	}
}

// privates are the private entries of the first case: who wrote each, and behind
// which wall.
var privates = []struct {
	who  string
	wall fact.Wall
}{{"owner", fact.Author}, {"owner", fact.Mediation}, {"editor", fact.Author}, {"counsel", fact.Counsel}, {"counsel", fact.Author}, {"contributor", fact.Author}, {"guest counsel", fact.Counsel}, {"guest counsel", fact.Author}}

// hide writes them down, each at a moment and of a day of its own, with a paper.
// Each starts dates.
func (w *town) hide(but func(string) bool) {
	for i, x := range privates {
		name := x.who + " " + string(x.wall)
		*w.at = townDay.Add(time.Duration(i+1) * time.Hour)
		w.seen(x.who, w.one)
		if but != nil && but(name) {
			// Whoever writes something private looks from outside like somebody who
			// opened the case, once for the file and once for the words.
			w.seen(x.who, w.one)
			w.seen(x.who, w.one)
			continue
		}
		mark := marker(name)
		e := fact.Entry{Kind: fact.MustLookup("evaluation_requested"), On: day.On(day.Must(2025, time.Month(9+i/2), 3+i)), Wall: x.wall, By: "parent", Note: "Private words " + mark + "."}
		w.private[name] = w.add(x.who, w.one, e, mark+".txt", "bytes of "+mark)
	}
	*w.at = townDay.Add(24 * time.Hour)
	w.seen("counsel", w.one)
	if n := w.private["counsel counsel"]; n != "" {
		c := w.seen("counsel", w.one)
		w.secret = c.Mark(c.Entry(n).ID).Files[0].Digest
	} else {
		w.seen("counsel", w.one)
	}
}

// fileOf is the file of an entry.
func (w *town) fileOf(name string, c people.CaseID, entry string) seal.Digest {
	w.t.Helper()
	k := w.seen(name, c)
	e := k.Entry(entry)
	if e == nil || len(k.Mark(e.ID).Files) == 0 {
		w.t.Fatalf("%s sees no file of %s", name, entry)
	}
	return k.Mark(e.ID).Files[0].Digest
}

// marker is a word that stands in one private entry and nowhere else.
func marker(name string) string { return "zq" + strings.ReplaceAll(name, " ", "") + "qz" }

// add writes an entry down as somebody, with a file when it has a name.
func (w *town) add(name string, c people.CaseID, e fact.Entry, file, text string) string {
	w.t.Helper()
	ctx := context.Background()
	in := desk.NewEntry{Name: desk.NewName(), Fact: e}
	if file != "" {
		ref, err := w.desk.KeepFile(ctx, w.who(name), c, file, "text/plain", strings.NewReader(text))
		if err != nil {
			w.t.Fatal(err)
		}
		in.Files = append(in.Files, ref)
	}
	id, err := w.desk.AddEntry(ctx, w.who(name), c, in)
	if err != nil {
		w.t.Fatalf("%s: %v", name, err)
	}
	return id
}

// note adds an open entry to be corrected, answered or destroyed by a test.
func (w *town) note(c people.CaseID) string {
	w.t.Helper()
	by := "owner"
	if c == w.other {
		by = "stranger"
	}
	return w.add(by, c, fact.Entry{Kind: fact.MustLookup("note_added"), On: day.On(day.Must(2026, 2, 20)), Note: "Something to change."}, "", "")
}

// seen is a case as somebody sees it.
func (w *town) seen(name string, c people.CaseID) *desk.Case {
	w.t.Helper()
	got, err := w.desk.Case(context.Background(), w.who(name), c, desk.View{})
	if err != nil {
		w.t.Fatalf("%s: %v", name, err)
	}
	return got
}

// as is the town as somebody's own browser asks it; "" is nobody's.
func (w *town) as(name string) *town {
	w.t.Helper()
	h := *w.house
	h.client = h.browser()
	if p := w.people[name]; p != nil {
		s := w.site
		ctx, err := s.sessions.Load(context.Background(), "")
		if err != nil {
			w.t.Fatal(err)
		}
		own := desk.Me{Space: p.space, Person: p.id}
		if p.ended {
			who, _, err := w.desk.Recognize(context.Background(), p.space, p.id)
			if err != nil {
				w.t.Fatal(err)
			}
			phone, err := w.desk.PairDevice(context.Background(), who, "Sample phone")
			if err != nil {
				w.t.Fatal(err)
			}
			own.Device, own.Turn = phone.ID, phone.Turn
			if err := s.beginDevice(ctx, own); err != nil {
				w.t.Fatal(err)
			}
			if err := w.desk.EndDevice(context.Background(), own, phone.ID); err != nil {
				w.t.Fatal(err)
			}
		} else if err := s.begin(ctx, desk.Who{Space: own.Space, Person: people.Person{ID: own.Person}}); err != nil {
			w.t.Fatal(err)
		}
		token, _, err := s.sessions.Commit(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		u, _ := url.Parse(h.server.URL)
		h.client.Jar.SetCookies(u, []*http.Cookie{{Name: s.sessions.Cookie.Name, Value: token, Path: "/"}})
	}
	v := *w
	v.house = &h
	return &v
}

// names are all people of the town, in order, and nobody.
func (w *town) names() []string {
	var out []string
	for n := range w.people {
		out = append(out, n)
	}
	slices.Sort(out)
	return append(out, "")
}

// passing are the tables that a denied request may write to: that somebody was
// there is no change of anything.
var passing = []string{"sessions", "seen"}

// digest is the whole store in one number, but for what only says that somebody
// was there. The order of the rows does not matter.
func (w *town) digest() string {
	w.t.Helper()
	w.looks.busy.Lock() // what is answered may not have ended: that everything was taken along is noted after it was
	defer w.looks.busy.Unlock()
	if err := w.site.desk.Flush(w.t.Context()); err != nil { // what earlier requests left to be noted
		w.t.Fatal(err)
	}
	if w.looks.db == nil {
		db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(w.folder, "stayput.db"))+"?mode=ro")
		if err != nil {
			w.t.Fatal(err)
		}
		db.SetMaxOpenConns(1)
		w.t.Cleanup(func() { db.Close() })
		w.looks.db = db
		rows, err := db.Query(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
		if err != nil {
			w.t.Fatal(err)
		}
		for rows.Next() {
			var n string
			if err := rows.Scan(&n); err != nil {
				w.t.Fatal(err)
			}
			if !slices.Contains(passing, n) && !strings.HasPrefix(n, "sqlite_") && !strings.HasPrefix(n, "search_") {
				w.looks.tables = append(w.looks.tables, n)
			}
		}
		if len(w.looks.tables) < 10 {
			w.t.Fatalf("only %d tables", len(w.looks.tables))
		}
		w.looks.sums = make([][sha256.Size]byte, len(w.looks.tables))
		for _, n := range w.looks.tables {
			q, err := db.Prepare(`SELECT * FROM "` + n + `"`)
			if err != nil {
				w.t.Fatal(err)
			}
			w.looks.rows = append(w.looks.rows, q)
		}
	}
	// As long as nobody wrote anything, the store is what it was; a table to which
	// nobody wrote is what it was.
	var version int64
	if err := w.looks.db.QueryRow(`PRAGMA data_version`).Scan(&version); err != nil {
		w.t.Fatal(err)
	}
	if version == w.looks.version {
		return w.looks.sum
	}
	wrote := w.looks.watch.take()
	for i, n := range w.looks.tables {
		if w.looks.version == 0 || wrote[n] {
			w.looks.sums[i] = w.tableSum(i)
		}
	}
	w.looks.version, w.looks.sum = version, fmt.Sprintf("%x", w.looks.sums)
	return w.looks.sum
}

// unseen are the tables that changed since the digest was worked out and to which
// nobody was seen to write: there are none, or the digest would miss changes.
func (w *town) unseen() (out []string) {
	w.t.Helper()
	w.digest()
	for i, n := range w.looks.tables {
		if w.tableSum(i) != w.looks.sums[i] {
			out = append(out, n)
		}
	}
	return out
}

// tableSum is all rows of one table in one number.
func (w *town) tableSum(i int) (sum [sha256.Size]byte) {
	w.t.Helper()
	var head [16]byte
	row := sha256.New()
	rows, err := w.looks.rows[i].Query()
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	cols, _ := rows.Columns()
	raw, at := make([]sql.RawBytes, len(cols)), make([]any, len(cols))
	for k := range raw {
		at[k] = &raw[k]
	}
	for rows.Next() {
		if err := rows.Scan(at...); err != nil {
			w.t.Fatal(err)
		}
		row.Reset()
		for _, b := range raw {
			binary.LittleEndian.PutUint64(head[:], uint64(i))
			binary.LittleEndian.PutUint64(head[8:], uint64(len(b)))
			row.Write(head[:])
			row.Write(b)
		}
		for k, b := range row.Sum(nil) {
			sum[k] ^= b
		}
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
	return sum
}

// multipartOf is the body of a form with files.
func multipartOf(fields url.Values, files ...sent) (body, kind string) {
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for k, vs := range fields {
		for _, v := range vs {
			m.WriteField(k, v)
		}
	}
	for _, f := range files {
		x, _ := m.CreateFormFile(f.field, f.name)
		x.Write(f.data)
	}
	m.Close()
	return b.String(), m.FormDataContentType()
}
