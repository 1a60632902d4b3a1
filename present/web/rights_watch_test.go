package web

import (
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"modernc.org/sqlite"

	"stayput/desk"
)

// watches tells of each store that a town stands on which tables were written to, as
// SQLite itself says it before each row it changes. So a test that looks at the whole
// store after every request reads only what may be another.
var watches sync.Map // the path of the file -> *watch

// A watch is what was written to one store since somebody asked.
type watch struct {
	mu     sync.Mutex
	tables map[string]bool
}

func init() {
	sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, dsn string) error {
		u, err := url.Parse(dsn)
		if err != nil {
			return nil // not a file
		}
		if w, ok := watches.Load(u.Path); ok {
			c.(sqlite.HookRegisterer).RegisterPreUpdateHook(w.(*watch).note)
		}
		return nil
	})
}

// watched begins to watch the store that is about to be opened in a folder.
func watched(folder string) *watch {
	w := &watch{tables: map[string]bool{}}
	watches.Store(filepath.ToSlash(filepath.Join(folder, "stayput.db")), w)
	return w
}

func (w *watch) note(d sqlite.SQLitePreUpdateData) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tables[d.TableName] = true
	if name, _, ok := strings.Cut(d.TableName, "_"); ok {
		w.tables[name] = true // a virtual table keeps its rows in tables named after it
	}
}

// take is which tables were written to since it was asked last.
func (w *watch) take() map[string]bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := w.tables
	w.tables = map[string]bool{}
	return out
}

// Whatever is written shows in the digest, and what only says that somebody was there
// does not.
func TestDigestSeesWhatIsWritten(t *testing.T) {
	w := settle(t, nil)
	ctx, owner := t.Context(), w.who("owner")
	before := w.digest()
	w.as("owner").get("/cases/" + string(w.one))
	if w.digest() != before {
		t.Error("that somebody looked counts as a change")
	}
	for _, x := range []struct {
		what string
		do   func() error
	}{
		{"an entry", func() error { w.note(w.one); return nil }},
		{"a name", func() error { p := owner.Person; p.Name = "Another name"; return w.desk.SavePerson(ctx, owner, p) }},
		{"a file", func() error {
			_, err := w.desk.KeepFile(ctx, owner, w.one, "new.txt", "text/plain", strings.NewReader("new bytes"))
			return err
		}},
		{"a row taken away", func() error {
			return w.store.Write(ctx, func(tx desk.Tx) error {
				p := w.people["guest reader"]
				return tx.DropItem(p.space, "member", string(p.id))
			})
		}},
	} {
		before := w.digest()
		if err := x.do(); err != nil {
			t.Fatalf("%s: %v", x.what, err)
		}
		if w.digest() == before {
			t.Errorf("%s is no change", x.what)
		}
	}
	if missed := w.unseen(); missed != nil {
		t.Errorf("the digest missed changes of %v", missed)
	}
}
