package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"stayput/desk"
	"stayput/fact"
	"stayput/intake/casefile"
	"stayput/store/sqlite"
	"stayput/test/trouble"
)

// backups kills `stayput backup` while the program serves.
func (k *killing) backups() error {
	p, b, err := k.start(k.data)
	if err != nil {
		return err
	}
	defer func() {
		b.Close()
		if p.Running() {
			p.Kill()
		}
	}()
	want, err := read(records(k.data))
	if err != nil {
		return err
	}
	folder := filepath.Join(k.dir, "backups")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	// How long a whole one takes says when to strike.
	began := time.Now()
	if out, e, status, err := trouble.Run(k.with(), k.bin, "backup", filepath.Join(folder, "whole.db"), "--data", k.data); err != nil || status != 0 {
		return fmt.Errorf("a backup ends with %d: %v\n%s%s", status, err, out, e)
	}
	takes := time.Since(began)
	whole := 0
	for i := range k.others {
		file := filepath.Join(folder, fmt.Sprintf("%d.db", i))
		c := trouble.Command(context.Background(), k.with(), k.bin, "backup", file, "--data", k.data)
		if err := c.Start(); err != nil {
			return err
		}
		time.Sleep(time.Duration(k.r.Float64() * float64(takes)))
		_ = c.Process.Kill()
		_ = c.Wait()
		got, err := read(file)
		if _, e := os.Stat(file); errors.Is(e, fs.ErrNotExist) {
			continue // no name yet
		}
		if err != nil {
			return fmt.Errorf("round %d: a backup bears its name and is not whole: %w", i+1, err)
		}
		if got.entries != want.entries || got.cases != want.cases {
			return fmt.Errorf("round %d: a backup holds %d entries of %d", i+1, got.entries, want.entries)
		}
		whole++
	}
	if err := p.Stop(); err != nil {
		return err
	}
	if err := k.doctor(k.bin, k.data); err != nil {
		return err
	}
	again := filepath.Join(k.dir, "restored")
	if out, e, status, err := trouble.Run(k.with(), k.bin, "restore", filepath.Join(folder, "whole.db"), "--data", again); err != nil || status != 0 {
		return fmt.Errorf("a restore ends with %d: %v\n%s%s", status, err, out, e)
	}
	if got, err := read(records(again)); err != nil || got.entries != want.entries {
		return fmt.Errorf("restored: %d entries of %d: %v", got.entries, want.entries, err)
	}
	os.RemoveAll(again)
	n, size := left(folder, ".stayput-")
	k.say("%d times within the %s that a backup takes: %d bore their names and were whole, the others bore none; %d unfinished copies (%d MB) were left behind", k.others, takes.Round(time.Millisecond), whole, n, size>>20)
	return os.RemoveAll(folder)
}

// nextForm is a later form of the file, as a later program would bring it: a
// table that takes a moment to fill.
const nextForm = `-- +goose Up
CREATE TABLE later (n INTEGER NOT NULL PRIMARY KEY, words TEXT) STRICT;
INSERT INTO later (words) SELECT hex(digest) || person FROM entries;
INSERT INTO later (words) SELECT hex(digest) || id FROM entries;
PRAGMA user_version = %d;
`

// later builds the program as it will be when the form of the file has changed.
func (k *killing) later() (string, error) {
	root, err := trouble.Root()
	if err != nil {
		return "", err
	}
	store := filepath.Join(root, "store", "sqlite", "store.go")
	text, err := os.ReadFile(store)
	if err != nil {
		return "", err
	}
	now := regexp.MustCompile(`const schema int64 = (\d+)\n`).FindStringSubmatch(string(text))
	if now == nil {
		return "", fmt.Errorf("%s does not say which form of the file is the newest", store)
	}
	known, err := strconv.Atoi(now[1])
	if err != nil {
		return "", err
	}
	next := known + 1
	dir := filepath.Join(k.dir, "later")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	files := map[string]string{
		store: strings.Replace(string(text), now[0], fmt.Sprintf("const schema int64 = %d\n", next), 1),
		filepath.Join(root, "store", "sqlite", "migrations", fmt.Sprintf("%04d_later.sql", next)): fmt.Sprintf(nextForm, next),
	}
	overlay := map[string]map[string]string{"Replace": {}}
	for name, text := range files {
		f := filepath.Join(dir, filepath.Base(name))
		if err := os.WriteFile(f, []byte(text), 0o600); err != nil {
			return "", err
		}
		overlay["Replace"][name] = f
	}
	data, err := json.Marshal(overlay)
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return "", err
	}
	return trouble.Build(dir, "-overlay", file)
}

// migrations kills a later program while it backs the file up and changes its
// form.
func (k *killing) migrations() error {
	bin, err := k.later()
	if err != nil {
		return err
	}
	want, err := read(records(k.data))
	if err != nil {
		return err
	}
	copyTo := func(folder string) error {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		for _, end := range []string{"", "-wal"} {
			data, err := os.ReadFile(records(k.data) + end)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return err
			}
			if err := os.WriteFile(records(folder)+end, data, 0o600); err != nil {
				return err
			}
		}
		return nil
	}
	same := func(path string, versions ...int64) (int64, error) {
		got, err := read(path)
		if err != nil {
			return 0, err
		}
		for _, v := range versions {
			if got.version == v {
				if got.entries != want.entries || got.cases != want.cases {
					return v, fmt.Errorf("%d entries of %d", got.entries, want.entries)
				}
				return v, nil
			}
		}
		return got.version, fmt.Errorf("the form is %d", got.version)
	}
	folder := filepath.Join(k.dir, "form")
	if err := copyTo(folder); err != nil {
		return err
	}
	p, err := trouble.Start(k.with(), bin, folder)
	if err != nil {
		return err
	}
	takes := p.Ready.Sub(p.Started)
	if err := p.Stop(); err != nil {
		return err
	}
	old, changed, backups, leftovers := 0, 0, 0, 0
	for i := range k.others {
		os.RemoveAll(folder)
		if err := copyTo(folder); err != nil {
			return err
		}
		p, _, err := trouble.Begin(k.with(), bin, folder)
		if err != nil {
			return err
		}
		time.Sleep(time.Duration(k.r.Float64() * float64(takes)))
		p.Kill()
		v, err := same(records(folder), want.version, want.version+1)
		if err != nil {
			return fmt.Errorf("round %d: after the kill: %w", i+1, err)
		}
		if v == want.version {
			old++
		} else {
			changed++
		}
		made, _ := filepath.Glob(filepath.Join(folder, "stayput-before-*"))
		for _, f := range made {
			if _, err := same(f, want.version); err != nil {
				return fmt.Errorf("round %d: the backup made before the change: %w", i+1, err)
			}
			backups++
		}
		if v > want.version && len(made) == 0 {
			return fmt.Errorf("round %d: the form was changed without a backup", i+1)
		}
		n, _ := left(folder, ".stayput-")
		leftovers += n
		p, err = trouble.Start(k.with(), bin, folder)
		if err != nil {
			return fmt.Errorf("round %d: it does not start again: %w", i+1, err)
		}
		if err := p.Stop(); err != nil {
			return err
		}
		if _, err := same(records(folder), want.version+1); err != nil {
			return fmt.Errorf("round %d: after the second start: %w", i+1, err)
		}
		if err := k.doctor(bin, folder); err != nil {
			return fmt.Errorf("round %d: %w", i+1, err)
		}
	}
	os.RemoveAll(folder)
	k.say("%d times within the %s that it takes: the form was the old one %d times and the new one %d times, with every entry; %d backups bore their names, all whole; %d unfinished copies were left behind; the second start brought the new form each time",
		k.others, takes.Round(time.Millisecond), old, changed, backups, leftovers)
	return nil
}

// uploads kills the program while a file of twenty megabytes arrives or is kept.
func (k *killing) uploads() error {
	file := make([]byte, 20<<20)
	fill := rand.NewChaCha8([32]byte{byte(k.seed)})
	_, _ = fill.Read(file)
	copy(file, "%PDF-1.7\n")
	p, b, err := k.start(k.data)
	if err != nil {
		return err
	}
	home, err := b.OpenCase("Sample with a file")
	if err != nil {
		p.Kill()
		return err
	}
	send := func(ctx context.Context, l letter, data []byte) (*trouble.Answer, error) {
		return b.PostParts(ctx, l.path, l.form, trouble.File{Field: "files", Name: "plan.pdf", Type: "application/pdf", Data: data})
	}
	takes := 2 * time.Second
	kept, absent := 0, 0
	for i := range k.others {
		sum := sha256.Sum256(file[:len(file)-i]) // another file each time
		l := letter{path: home + "/add?any=1", name: trouble.NewName(), words: fmt.Sprintf("A paper came by mail, number %d.", i+1)}
		l.form = trouble.EntryForm(l.name, l.words)
		ctx, cancel := context.WithCancel(context.Background())
		answer := make(chan *trouble.Answer, 1)
		began := time.Now()
		go func() {
			a, _ := send(ctx, l, file[:len(file)-i])
			answer <- a
		}()
		first := (*trouble.Answer)(nil)
		wait := time.Duration(k.r.Float64() * float64(takes))
		if i == 0 {
			wait = time.Minute // let the first one through, to know how long it takes
		}
		select {
		case first = <-answer:
			takes = time.Since(began)
		case <-time.After(wait):
		}
		p.Kill()
		cancel()
		if first == nil {
			first = <-answer
		}
		b.Close()
		s, err := read(records(k.data))
		if err != nil {
			return err
		}
		stands := len(s.words[l.name]) == 1
		if first != nil && first.Status == http.StatusSeeOther && !stands {
			return fmt.Errorf("round %d: an acknowledged entry with a file is lost", i+1)
		}
		if stands {
			kept++
		} else {
			absent++
		}
		if p, err = trouble.Start(k.with(), k.bin, k.data); err != nil {
			return fmt.Errorf("round %d: %w", i+1, err)
		}
		b = b.At(p.URL)
		a, err := send(context.Background(), l, file[:len(file)-i])
		if err == nil && a.Status != http.StatusSeeOther {
			err = fmt.Errorf("sent again, it was answered with %d: %s", a.Status, trouble.Plain(a.Body))
		}
		if err == nil {
			if a, err = b.Get(home + "/files/" + hex.EncodeToString(sum[:])); err == nil && !bytes.Equal([]byte(a.Body), file[:len(file)-i]) {
				err = fmt.Errorf("the file that was kept is another one (status %d, %d bytes)", a.Status, len(a.Body))
			}
		}
		if err != nil {
			p.Kill()
			return fmt.Errorf("round %d: %w", i+1, err)
		}
	}
	b.Close()
	if err := p.Stop(); err != nil {
		return err
	}
	n, size := left(k.tmp, "stayput-")
	k.say("%d times within the %s that it takes: the entry was kept whole %d times and not at all %d times; sent again it stands once, with its file byte for byte", k.others, takes.Round(time.Millisecond), kept, absent)
	k.say("%d half-sent files (%d MB) were left in the folder for temporary files", n, size>>20)
	return k.doctor(k.bin, k.data)
}

// imports kills an import of sixty cases: all of them stand, or none.
func (k *killing) imports() error {
	self := k.self
	if self == nil {
		exe, err := os.Executable()
		if err != nil {
			return err
		}
		self = []string{exe, "-child"}
	}
	all, none := 0, 0
	takes := time.Second
	for i := range k.others {
		folder := filepath.Join(k.dir, fmt.Sprintf("import-%d", i))
		batch := trouble.NewName()
		c := exec.Command(self[0], append(append([]string{}, self[1:]...), folder, batch)...)
		out, err := c.StdoutPipe()
		if err != nil {
			return err
		}
		var e bytes.Buffer
		c.Stderr = &e
		if err := c.Start(); err != nil {
			return err
		}
		said := make([]byte, 6)
		if _, err := io.ReadFull(out, said); err != nil { // ready\n
			return fmt.Errorf("the import did not begin: %w\n%s", err, e.String())
		}
		began := time.Now()
		done := make(chan bool, 1)
		go func() {
			n, _ := io.ReadFull(out, said[:5]) // done\n
			done <- n == 5
		}()
		wait := time.Duration(k.r.Float64() * float64(takes))
		if i == 0 {
			wait = time.Minute
		}
		acked := false
		select {
		case acked = <-done:
			takes = time.Since(began)
		case <-time.After(wait):
		}
		_ = c.Process.Kill()
		if !acked {
			acked = <-done
		}
		_ = c.Wait()
		s, err := read(records(folder))
		if err != nil {
			return fmt.Errorf("round %d: %w", i+1, err)
		}
		switch {
		case s.cases == 60:
			all++
		case s.cases == 0 && !acked:
			none++
		default:
			return fmt.Errorf("round %d: %d cases of sixty stand (acknowledged: %t)", i+1, s.cases, acked)
		}
		if err := importSixty(context.Background(), folder, batch, io.Discard); err != nil {
			return fmt.Errorf("round %d: the same import again: %w", i+1, err)
		}
		if s, err = read(records(folder)); err != nil || s.cases != 60 {
			return fmt.Errorf("round %d: after the same import again %d cases stand: %v", i+1, s.cases, err)
		}
		if err := k.doctor(k.bin, folder); err != nil {
			return fmt.Errorf("round %d: %w", i+1, err)
		}
		os.RemoveAll(folder)
	}
	k.say("%d times within the %s that it takes: sixty cases %d times, none %d times; the same import again leaves sixty", k.others, takes.Round(time.Millisecond), all, none)
	return nil
}

// importSixty adds sixty cases as one import, as the page for spreadsheets does.
func importSixty(ctx context.Context, folder, batch string, say io.Writer) error {
	s, err := sqlite.Open(ctx, sqlite.Options{Folder: folder})
	if err != nil {
		return err
	}
	defer s.Close()
	d := desk.New(desk.Options{Store: s, Now: time.Now})
	who, err := d.Begin(ctx, desk.SetUp{})
	if err != nil {
		return err
	}
	in := make([]desk.NewCase, 60)
	for i := range in {
		f := &casefile.File{}
		f.Case.Title = fmt.Sprintf("Sample %d", i+1)
		f.Case.Child.Name, f.Case.Side = f.Case.Title, fact.SchoolSide
		in[i] = desk.NewCase{File: f}
	}
	fmt.Fprintln(say, "ready")
	if err := d.OpenCases(ctx, who, batch, "sixty.csv", nil, in); err != nil {
		return err
	}
	fmt.Fprintln(say, "done")
	return nil
}
