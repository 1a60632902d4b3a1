package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "stayput/store/sqlite" // for its driver

	"stayput/test/trouble"
)

// A keeping is a program with a case, and the entries it acknowledged.
type keeping struct {
	d      *disks
	p      *trouble.Program
	b      *trouble.Browser
	folder string
	home   string // the path of the case
	lang   string
	acked  map[string]string
}

// keep starts the program on a folder, in a language, and opens a case.
func (d *disks) keep(folder, lang string, wrap ...string) (*keeping, error) {
	o := d.with(lang)
	o.Wrap = wrap
	p, err := trouble.Start(o, d.bin, folder)
	if err != nil {
		return nil, err
	}
	k := &keeping{d: d, p: p, folder: folder, lang: lang, acked: map[string]string{}}
	if k.b, err = p.Enter(); err == nil {
		if k.home, err = k.b.OpenCase("Sample"); err == nil {
			var a *trouble.Answer
			if a, err = k.b.Post("/language", url.Values{"lang": {lang}, "back": {"/"}}); err == nil && a.Status != http.StatusSeeOther {
				err = fmt.Errorf("the language was answered with %d", a.Status)
			}
		}
	}
	if err != nil {
		p.Kill()
		return nil, err
	}
	return k, nil
}

// write sends an entry; one that is acknowledged is noted.
func (k *keeping) write(name, words string) (*trouble.Answer, error) {
	a, err := k.b.PostParts(context.Background(), k.home+"/add?any=1", trouble.EntryForm(name, words))
	if err == nil && a.Status == http.StatusSeeOther {
		k.acked[name] = words
	}
	return a, err
}

// writes sends entries that must be acknowledged.
func (k *keeping) writes(n int) error {
	for i := range n {
		a, err := k.write(trouble.NewName(), fmt.Sprintf("Call %d: what was said.", i+1))
		if err != nil {
			return err
		}
		if a.Status != http.StatusSeeOther {
			return fmt.Errorf("an entry was answered with %d: %s", a.Status, trouble.Plain(a.Body))
		}
	}
	return nil
}

// again starts the program anew on the same folder.
func (k *keeping) again() error {
	p, err := trouble.Start(k.d.with(k.lang), k.d.bin, k.folder)
	if err != nil {
		return err
	}
	k.p, k.b = p, k.b.At(p.URL)
	return nil
}

// end makes sure that everything acknowledged stands once, with its words, that
// a new entry can be written, and that the record verifies. It stops the program.
func (k *keeping) end() error {
	if !k.p.Running() {
		if err := k.again(); err != nil {
			return err
		}
	}
	if err := k.writes(1); err != nil {
		return fmt.Errorf("afterwards: %w", err)
	}
	k.b.Close()
	if err := k.p.Stop(); err != nil {
		return err
	}
	if _, err := k.d.doctor(k.folder); err != nil {
		return err
	}
	return k.stands()
}

// drop ends the program after something else failed.
func (k *keeping) drop() {
	k.b.Close()
	k.p.Kill()
}

// stands compares what is in the file with what was acknowledged.
func (k *keeping) stands() error {
	got, err := facts(records(k.folder))
	if err != nil {
		return err
	}
	for name, words := range k.acked {
		if len(got[name]) != 1 || got[name][0] != words {
			return fmt.Errorf("an acknowledged entry stands %d times, or with other words", len(got[name]))
		}
	}
	return nil
}

// facts reads what the entries of a file say, by their names.
func facts(path string) (map[string][]string, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&_pragma=busy_timeout(5000)")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	rows, err := db.Query("SELECT e.id, b.data FROM entries e JOIN bodies b USING (space, case_id, wall, seq) WHERE e.what = 'entry'")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string][]string{}
	for rows.Next() {
		var id string
		var data []byte
		if err := rows.Scan(&id, &data); err != nil {
			return nil, err
		}
		var b struct {
			Entry struct {
				Note    string `json:"note"`
				Summary string `json:"summary"` // the words of a contact
			} `json:"entry"`
		}
		if err := json.Unmarshal(data, &b); err != nil {
			return nil, err
		}
		out[id] = append(out[id], b.Entry.Summary+b.Entry.Note)
	}
	return out, rows.Err()
}

// full fills the disk under a running program.
func (d *disks) full(lang string) (string, error) {
	if !d.mounts {
		return d.limited(lang)
	}
	at := d.fresh("full")
	if err := mountSmall(at, "24m"); err != nil {
		return "", err
	}
	defer unmount(at)
	folder := filepath.Join(at, "data")
	k, err := d.keep(folder, lang)
	if err != nil {
		return "", err
	}
	defer k.drop()
	if err := k.writes(20); err != nil {
		return "", err
	}
	ballast := filepath.Join(at, "ballast")
	if err := os.WriteFile(ballast, make([]byte, max(0, room(at)-(200<<10))), 0o600); err != nil {
		return "", err
	}
	refused, kept := "", len(k.acked)
	words := strings.Repeat("What was said at the meeting. ", 1000)
	for i := 0; refused == ""; i++ {
		if i == 500 {
			return "", errors.New("the disk was full, and 500 entries of 30 KB were kept")
		}
		name := trouble.NewName()
		a, err := k.write(name, fmt.Sprintf("%d %s", i, strings.TrimSpace(words)))
		if err != nil {
			return "", err
		}
		switch a.Status {
		case http.StatusSeeOther:
		case http.StatusServiceUnavailable:
			if err := says(trouble.Plain(a.Body), lang, "store.full"); err != nil {
				return "", err
			}
			refused = name
		default:
			return "", fmt.Errorf("answered with %d: %s", a.Status, trouble.Plain(a.Body))
		}
	}
	kept = len(k.acked) - kept
	// What was there can be read, looked over, and not copied to the same disk.
	if a, err := k.b.Get(k.home + "/record"); err != nil || a.Status != http.StatusOK {
		return "", fmt.Errorf("the record cannot be read while the disk is full: %v %v", err, a)
	}
	if _, err := d.doctor(folder); err != nil {
		return "", fmt.Errorf("while full: %w", err)
	}
	if err := d.refuses(lang, []string{"store.full"}, "backup", filepath.Join(at, "copy.db"), "--data", folder); err != nil {
		return "", err
	}
	if all, _ := filepath.Glob(filepath.Join(at, "*copy*")); len(all) > 0 {
		return "", fmt.Errorf("a backup that did not fit left %v", all)
	}
	if all, _ := filepath.Glob(filepath.Join(at, ".stayput-*")); len(all) > 0 {
		return "", fmt.Errorf("a backup that did not fit left %v", all)
	}
	// The program is killed and started while there is no room at all.
	k.p.Kill()
	rest, err := os.OpenFile(ballast, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return "", err
	}
	for _, err = rest.Write(make([]byte, 4096)); err == nil; _, err = rest.Write(make([]byte, 4096)) {
	}
	rest.Close()
	started := "started"
	if err := k.again(); err != nil {
		started = "said so"
		if err := says(err.Error(), lang, "store.full", "file.unwritable"); err != nil {
			return "", fmt.Errorf("started without any room: %w", err)
		}
	}
	if err := os.Remove(ballast); err != nil {
		return "", err
	}
	if !k.p.Running() {
		if err := k.again(); err != nil {
			return "", err
		}
	}
	if a, err := k.write(refused, "what was refused, sent again"); err != nil || a.Status != http.StatusSeeOther {
		return "", fmt.Errorf("with room again: %v %v", err, a)
	}
	return fmt.Sprintf("kept %d entries more, then said so; read and looked over meanwhile; started without any room, it %s; with room again, what was refused was kept", kept, started), k.end()
}

// limited is full where nothing can be mounted: no file may grow beyond a size.
func (d *disks) limited(lang string) (string, error) {
	k, err := d.keep(d.fresh("limited"), lang, "sh", "-c", `trap "" XFSZ; ulimit -f 2048; exec "$@"`, "sh")
	if err != nil {
		return "", err
	}
	defer k.drop()
	words := strings.TrimSpace(strings.Repeat("What was said at the meeting. ", 1000))
	for i := 0; ; i++ {
		if i == 500 {
			return "", errors.New("no file may grow, and 500 entries of 30 KB were kept")
		}
		a, err := k.write(trouble.NewName(), fmt.Sprintf("%d %s", i, words))
		if err != nil {
			return "", err
		}
		if a.Status == http.StatusSeeOther {
			continue
		}
		if a.Status != http.StatusServiceUnavailable {
			return "", fmt.Errorf("answered with %d: %s", a.Status, trouble.Plain(a.Body))
		}
		if err := says(trouble.Plain(a.Body), lang, "store.full", "store.disk"); err != nil {
			return "", err
		}
		k.p.Kill()
		return fmt.Sprintf("kept %d entries, then said so", i), k.end()
	}
}

// readOnly lets the folder only be read.
func (d *disks) readOnly(lang string) (string, error) {
	if !d.mounts {
		return d.forbidden(lang)
	}
	at := d.fresh("read")
	if err := mountSmall(at, "64m"); err != nil {
		return "", err
	}
	defer unmount(at)
	folder := filepath.Join(at, "data")
	k, err := d.keep(folder, lang)
	if err != nil {
		return "", err
	}
	defer k.drop()
	if err := k.writes(5); err != nil {
		return "", err
	}
	if err := k.p.Stop(); err != nil {
		return "", err
	}
	if err := turn(at, true); err != nil {
		return "", err
	}
	if err := d.refuses(lang, []string{"store.read_only"}, "serve", "--data", folder, "--listen", "localhost:0"); err != nil {
		return "", err
	}
	if err := d.refuses(lang, []string{"store.read_only"}, "serve", "--data", filepath.Join(at, "new"), "--listen", "localhost:0"); err != nil {
		return "", fmt.Errorf("a new folder: %w", err)
	}
	if _, err := d.doctor(folder); err != nil {
		return "", fmt.Errorf("while it can only be read: %w", err)
	}
	copied := filepath.Join(d.fresh("copies"), "copy.db")
	if _, e, status, err := trouble.Run(d.with(lang), d.bin, "backup", copied, "--data", folder); err != nil || status != 0 {
		return "", fmt.Errorf("a backup of a folder that can only be read: %v %s", err, e)
	}
	if err := turn(at, false); err != nil {
		return "", err
	}
	return "said so at the start; could be looked over and backed up; writable again, it worked", k.end()
}

// forbidden is readOnly by rights alone, for those whom rights bind.
func (d *disks) forbidden(lang string) (string, error) {
	if os.Getuid() == 0 {
		return "", errors.New("no mounts, and rights do not bind this user: run it as another one")
	}
	folder := d.fresh("forbidden")
	k, err := d.keep(folder, lang)
	if err != nil {
		return "", err
	}
	defer k.drop()
	if err := k.writes(5); err != nil {
		return "", err
	}
	if err := k.p.Stop(); err != nil {
		return "", err
	}
	for _, p := range []string{records(folder), folder} {
		if err := os.Chmod(p, 0o500); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	err = d.refuses(lang, []string{"store.read_only"}, "serve", "--data", folder, "--listen", "localhost:0")
	for _, p := range []string{folder, records(folder)} {
		if e := os.Chmod(p, 0o700); e != nil {
			return "", e
		}
	}
	if err != nil {
		return "", err
	}
	return "said so at the start; writable again, it worked", k.end()
}
