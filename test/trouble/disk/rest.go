package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/intake/casefile"
	"stayput/law/packs"
	"stayput/store/sqlite"
	"stayput/test/trouble"
)

// holder names the file that a child of this command holds locked.
const holder = "STAYPUT_TROUBLE_HOLD"

// holdLock holds the lock of a file until its standard input ends.
func holdLock(path string) int {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(5000)")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	db.SetMaxOpenConns(1)
	for _, q := range strings.Split(os.Getenv(holder+"_HOW"), ";") {
		if _, err := db.Exec(q); err != nil {
			fmt.Println(q, err)
			return 1
		}
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
	return 0
}

// hold lets another process hold the lock of a file; release ends it.
func (d *disks) hold(path, how string) (release func(), err error) {
	c := exec.Command(d.self)
	c.Env = append(os.Environ(), holder+"="+path, holder+"_HOW="+how)
	in, err := c.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	release = sync.OnceFunc(func() { in.Close(); _ = c.Wait() })
	line, _ := bufio.NewReader(out).ReadString('\n')
	if line != "held\n" {
		release()
		return nil, fmt.Errorf("the lock cannot be held: %s", line)
	}
	return release, nil
}

// locked lets another program hold the file while it is used, and at the start.
func (d *disks) locked(lang string) (string, error) {
	folder := d.fresh("locked")
	k, err := d.keep(folder, lang)
	if err != nil {
		return "", err
	}
	defer k.drop()
	if err := k.writes(3); err != nil {
		return "", err
	}
	if _, err := k.b.Get(k.home); err != nil { // takes the sentences that wait for the next page
		return "", err
	}
	release, err := d.hold(records(folder), "BEGIN IMMEDIATE")
	if err != nil {
		return "", err
	}
	defer release()
	name := trouble.NewName()
	began := time.Now()
	a, err := k.write(name, "while it was locked")
	waited := time.Since(began)
	if err != nil {
		return "", err
	}
	if a.Status != http.StatusServiceUnavailable {
		return "", fmt.Errorf("answered with %d", a.Status)
	}
	if err := says(trouble.Plain(a.Body), lang, "store.locked"); err != nil {
		return "", err
	}
	if a, err := k.b.Get(k.home); err != nil || a.Status != http.StatusOK {
		return "", fmt.Errorf("a page cannot be read meanwhile: %v", err)
	}
	release()
	if a, err = k.write(name, "while it was locked"); err != nil || a.Status != http.StatusSeeOther {
		return "", fmt.Errorf("when the lock was gone: %v %v", err, a)
	}
	if err := k.p.Stop(); err != nil {
		return "", err
	}
	if release, err = d.hold(records(folder), "PRAGMA locking_mode=EXCLUSIVE;BEGIN EXCLUSIVE;CREATE TABLE x (a)"); err != nil {
		return "", err
	}
	defer release()
	if err := d.refuses(lang, []string{"store.locked"}, "serve", "--data", folder, "--listen", "localhost:0"); err != nil {
		return "", fmt.Errorf("at the start: %w", err)
	}
	release()
	return fmt.Sprintf("said so after %s, pages could be read; said so at the start; unlocked, what was refused was kept", waited.Round(100*time.Millisecond)), k.end()
}

// two starts a second program on the folder of the first.
func (d *disks) two(lang string) (string, error) {
	folder := d.fresh("two")
	k, err := d.keep(folder, lang)
	if err != nil {
		return "", err
	}
	defer k.drop()
	if err := k.writes(2); err != nil {
		return "", err
	}
	if err := d.refuses(lang, []string{"store.locked"}, "serve", "--data", folder, "--listen", "localhost:0"); err != nil {
		return "", err
	}
	out, e, status, err := trouble.Run(d.with(lang), d.bin, "link", "--data", folder)
	if err != nil || status != 0 || !strings.Contains(out, k.p.URL+"/enter?key=") {
		return "", fmt.Errorf("after that, no link into the first: %v %s%s", err, out, e)
	}
	if err := k.writes(2); err != nil {
		return "", err
	}
	return "the second said so and ended; the first went on", k.end()
}

// clockBack writes before the clock was set back and after.
func (d *disks) clockBack(lang string) (string, error) {
	ctx, folder := context.Background(), d.fresh("clock")
	now := time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	s, err := sqlite.Open(ctx, sqlite.Options{Folder: folder, Now: clock})
	if err != nil {
		return "", err
	}
	defer s.Close()
	book, err := packs.Book()
	if err != nil {
		return "", err
	}
	dk := desk.New(desk.Options{Store: s, Book: book, Calendars: packs.Calendars(), Now: clock})
	who, err := dk.Begin(ctx, desk.SetUp{Lang: lang})
	if err != nil {
		return "", err
	}
	f := &casefile.File{}
	f.Case.Title, f.Case.Side = "Sample", fact.FamilySide
	f.Case.Jurisdiction = []fact.Dated{{Is: "us-ca"}}
	id, err := dk.OpenCase(ctx, who, desk.NewCase{File: f})
	if err != nil {
		return "", err
	}
	add := func(note string) error {
		y, m, dd := now.Date()
		_, err := dk.AddEntry(ctx, who, id, desk.NewEntry{Fact: fact.Entry{Kind: fact.MustLookup("contact"), On: day.On(day.Must(y, m, dd)), Note: note}})
		return err
	}
	if err := add("before"); err != nil {
		return "", err
	}
	now = now.AddDate(0, -1, 0)
	if err := add("after"); err != nil {
		return "", fmt.Errorf("with the clock set back: %w", err)
	}
	c, err := dk.Case(ctx, who, id, desk.View{})
	if err != nil {
		return "", err
	}
	if !c.Backward || len(c.File.Entries) != 2 {
		return "", fmt.Errorf("%d entries, the clock noticed: %t", len(c.File.Entries), c.Backward)
	}
	h, err := s.Check(ctx)
	if err != nil || !h.Sound {
		return "", fmt.Errorf("the record is not sound: %v", err)
	}
	said := false
	for _, l := range h.Lines {
		said = said || l.Key == "store.clock_back"
	}
	if !said {
		return "", errors.New("the doctor does not say that the clock was set back")
	}
	now = now.AddDate(0, 2, 0)
	if err := add("right again"); err != nil {
		return "", err
	}
	// The same to a person: the clock of this machine is behind the record.
	s.Close()
	db, err := sql.Open("sqlite", records(folder))
	if err != nil {
		return "", err
	}
	defer db.Close()
	var n int
	if err := db.QueryRow("SELECT count(*) FROM entries WHERE what = 'entry'").Scan(&n); err != nil || n != 3 {
		return "", fmt.Errorf("%d entries of 3: %v", n, err)
	}
	return "entries were kept in the order of writing, the case and the doctor noticed; set right, it went on", nil
}

// prepared is a folder with some entries, and no program on it.
func (d *disks) prepared(name, lang string) (*keeping, error) {
	k, err := d.keep(d.fresh(name), lang)
	if err != nil {
		return nil, err
	}
	if err := k.writes(40); err != nil {
		k.drop()
		return nil, err
	}
	return k, k.p.Stop()
}

// newer marks the file as that of a later program.
func (d *disks) newer(lang string) (string, error) {
	k, err := d.prepared("newer", lang)
	if err != nil {
		return "", err
	}
	version := func(n string) error {
		db, err := sql.Open("sqlite", records(k.folder))
		if err != nil {
			return err
		}
		defer db.Close()
		_, err = db.Exec("PRAGMA user_version = " + n)
		return err
	}
	known, err := form(records(k.folder))
	if err != nil {
		return "", err
	}
	if err := version("99"); err != nil {
		return "", err
	}
	before, err := sum(k.folder)
	if err != nil {
		return "", err
	}
	for _, args := range [][]string{
		{"serve", "--data", k.folder, "--listen", "localhost:0"},
		{"doctor", "--data", k.folder},
		{"backup", filepath.Join(d.fresh("copies"), "copy.db"), "--data", k.folder},
	} {
		if err := d.refuses(lang, []string{"store.newer"}, args...); err != nil {
			return "", err
		}
	}
	if after, err := sum(k.folder); err != nil || after != before {
		return "", fmt.Errorf("the file was touched: %v", err)
	}
	if err := version(strconv.Itoa(known)); err != nil {
		return "", err
	}
	return "said so, and did not touch the file; marked right again, it worked", k.end()
}

// form is the version of the form of a file of records.
func form(path string) (n int, err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRow("PRAGMA user_version").Scan(&n)
	return n, err
}

// sum is the digest of the records of a folder.
func sum(folder string) (string, error) {
	data, err := os.ReadFile(records(folder))
	return fmt.Sprintf("%x", sha256.Sum256(data)), err
}

// truncated cuts the file off.
func (d *disks) truncated(lang string) (string, error) {
	k, err := d.prepared("cut", lang)
	if err != nil {
		return "", err
	}
	whole, err := os.ReadFile(records(k.folder))
	if err != nil {
		return "", err
	}
	atStart, later := 0, 0
	for _, n := range []int{len(whole) - 4096, len(whole) - 100, len(whole) / 2, len(whole)/2 + 77, 4096, 5000, 100, 50} {
		if err := os.WriteFile(records(k.folder), whole[:n], 0o600); err != nil {
			return "", err
		}
		keys := []string{"store.damaged", "store.not_a_database"}
		p, err := trouble.Start(d.with(lang), d.bin, k.folder)
		if err != nil {
			atStart++
			if err := says(err.Error(), lang, keys...); err != nil {
				return "", fmt.Errorf("cut to %d of %d bytes: %w", n, len(whole), err)
			}
		} else {
			later++
			p.Kill()
			// It could start: then the doctor must see it.
			out, e, status, err := trouble.Run(d.with(lang), d.bin, "doctor", "--data", k.folder)
			if err != nil || status == 0 {
				return "", fmt.Errorf("cut to %d of %d bytes, it starts, and the doctor finds nothing: %v %s", n, len(whole), err, out)
			}
			if err := says(out+e, lang, append(keys, "store.check_file_damaged", "store.check_body", "store.check_hash", "store.check_gap", "store.check_end", "store.check_head")...); err != nil {
				return "", fmt.Errorf("cut to %d of %d bytes: %w", n, len(whole), err)
			}
		}
		for _, end := range []string{"-wal", "-shm"} {
			_ = os.Remove(records(k.folder) + end)
		}
	}
	if err := os.WriteFile(records(k.folder), whole, 0o600); err != nil {
		return "", err
	}
	return fmt.Sprintf("said so at the start %d times; %d times it started, and the doctor said so; put back, it worked", atStart, later), k.end()
}

// journal takes the journal away from a file that was in use when the program
// was killed.
func (d *disks) journal(lang string) (string, error) {
	k, err := d.keep(d.fresh("journal"), lang)
	if err != nil {
		return "", err
	}
	defer k.drop()
	if err := k.writes(40); err != nil {
		return "", err
	}
	k.p.Kill()
	file, err := os.ReadFile(records(k.folder))
	if err != nil {
		return "", err
	}
	wal, err := os.ReadFile(records(k.folder) + "-wal")
	if err != nil {
		return "", err
	}
	for _, end := range []string{"-wal", "-shm"} {
		if err := os.Remove(records(k.folder) + end); err != nil {
			return "", err
		}
	}
	said := "it started with what the file alone holds"
	p, err := trouble.Start(d.with(lang), d.bin, k.folder)
	if err == nil {
		p.Kill()
		if out, e, status, err := trouble.Run(d.with(lang), d.bin, "doctor", "--data", k.folder); err != nil {
			return "", err
		} else if status != 0 {
			said = "the doctor said so"
			if err := says(out+e, lang, "store.check_file_damaged", "store.check_head", "store.check_end"); err != nil {
				return "", err
			}
		}
	} else if err := says(err.Error(), lang, "store.damaged", "store.not_a_database"); err != nil {
		return "", err
	} else {
		said = "it said so at the start"
	}
	for _, end := range []string{"-wal", "-shm"} {
		_ = os.Remove(records(k.folder) + end)
	}
	if err := errors.Join(os.WriteFile(records(k.folder), file, 0o600), os.WriteFile(records(k.folder)+"-wal", wal, 0o600)); err != nil {
		return "", err
	}
	return fmt.Sprintf("without the journal (%d KB) %s; with it, every entry was there", len(wal)>>10, said), k.end()
}

// note leaves wrong notes of where the program runs.
func (d *disks) note(lang string) (string, error) {
	k, err := d.prepared("note", lang)
	if err != nil {
		return "", err
	}
	var mu sync.Mutex
	var heard bytes.Buffer
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		_ = r.Write(&heard)
		fmt.Fprint(w, `{"path":"/enter?key=abc","proof":"abc"}`)
	}))
	defer stranger.Close()
	const secret = "AAAAsecretAAAA"
	old := func(url string) string {
		b, _ := json.Marshal(map[string]any{"url": url, "secret": secret, "pid": os.Getpid()})
		return string(b)
	}
	file := filepath.Join(k.folder, "run.json")
	port := stranger.URL[strings.LastIndex(stranger.URL, ":"):]
	for _, text := range []string{"", "garbage", "{", "[1,2]", strings.Repeat("x", 1<<20), old("http://localhost:1"), old("http://127.0.0.1" + port), old("http://example.org:80"), "\x00\xff"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			return "", err
		}
		if err := d.refuses(lang, []string{"cli.not_running"}, "link", "--data", k.folder); err != nil {
			return "", err
		}
		p, err := trouble.Start(d.with(lang), d.bin, k.folder)
		if err != nil {
			return "", err
		}
		out, e, status, err := trouble.Run(d.with(lang), d.bin, "link", "--data", k.folder)
		if e2 := p.Stop(); e2 != nil {
			return "", e2
		}
		if err != nil || status != 0 || !strings.Contains(out, p.URL) {
			return "", fmt.Errorf("after its start no link: %v %s%s", err, out, e)
		}
		if _, err := os.Stat(file); err == nil {
			return "", errors.New("the note is there after the program ended")
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if heard.Len() == 0 {
		return "", errors.New("the stranger at the old port was never asked")
	}
	if strings.Contains(heard.String(), secret) {
		return "", errors.New("the stranger at the old port was told the secret")
	}
	return "nine wrong notes were taken for none; a stranger at the old port learned nothing; started, it left a right one", k.end()
}

// notAFolder gives a file for the folder, and a folder below a file.
func (d *disks) notAFolder(lang string) (string, error) {
	file := filepath.Join(d.fresh("file"), "notes.txt")
	if err := os.WriteFile(file, []byte("my own notes\n"), 0o600); err != nil {
		return "", err
	}
	for _, folder := range []string{file, filepath.Join(file, "data")} {
		for _, args := range [][]string{{"serve", "--data", folder, "--listen", "localhost:0"}, {"doctor", "--data", folder}} {
			_, e, status, err := trouble.Run(d.with(lang), d.bin, args...)
			if err != nil {
				return "", err
			}
			if status == 0 {
				return "", fmt.Errorf("stayput %s takes a file for a folder", args[0])
			}
			if err := clear(e, lang); err != nil {
				return "", fmt.Errorf("stayput %s: %w", args[0], err)
			}
		}
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != "my own notes\n" {
		return "", fmt.Errorf("the file was touched: %v", err)
	}
	return "said so, and did not touch the file", nil
}

// clear makes sure that a sentence is one for people: none of the words in which
// systems speak, and in the language asked for.
func clear(text, lang string) error {
	for _, raw := range []string{"mkdir ", "open /", "stat /", "not a directory", "SQLITE", "sqlite:", "panic", "errno", "fault of ours", "culpa nuestra"} {
		if strings.Contains(text, raw) {
			return fmt.Errorf("it says %q: %s", raw, strings.TrimSpace(text))
		}
	}
	if english := strings.Contains(text, " the ") || strings.Contains(text, "There is"); english != (lang == "en") {
		return fmt.Errorf("it does not say it in %s: %s", lang, strings.TrimSpace(text))
	}
	return nil
}

// noHome starts without any folder to be found.
func (d *disks) noHome(lang string) (string, error) {
	for _, args := range [][]string{{"serve"}, {"doctor"}, {"link"}} {
		if err := d.refuses(lang, []string{"cli.no_home"}, args...); err != nil {
			return "", err
		}
	}
	return "said so", nil
}
