package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"sync"

	"stayput/fault"
	"stayput/intake/casedir"
	"stayput/intake/progressfile"
	"stayput/intake/servicelog"
)

// A shelf keeps the written briefs of a caseload in a folder, so that the next
// time only those are made anew of which something changed: the case file, a
// calendar or a log beside it, the law, the program, the day or the way of
// writing. What a brief rests on is known by its content, not by its time.
type shelf struct {
	dir  string
	made string // of everything that all briefs of this run share

	mu   sync.Mutex
	seen map[string]string // the content of files that several cases share, as they are looked at
	read map[string]string // the content of files as cases were read from them
}

// A kept is what stands on the first line of a kept brief.
type kept struct {
	Made  string            `json:"made"`
	Rests map[string]string `json:"rests"` // each file with its content; "" for one that was looked for and not there
	Late  bool              `json:"late,omitempty"`
}

// openShelf makes the folder, which holds what the briefs say: it is its owner's
// alone.
func openShelf(dir string, shared ...string) (*shelf, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.New(fault.Unavailable, fault.Position{File: dir}, "file.unwritable").Wrap(err)
	}
	h := sha256.New()
	for _, s := range shared {
		fmt.Fprintf(h, "%d:%s", len(s), s)
	}
	return &shelf{dir: dir, made: hex.EncodeToString(h.Sum(nil)), seen: map[string]string{}, read: map[string]string{}}, nil
}

// open opens the shelf for this way of making briefs.
func (c *briefCmd) open(all *commands, m *maker) (*shelf, error) {
	self, err := programContent()
	if err != nil {
		return nil, fault.New(fault.Internal, fault.Position{}, "internal", "cause", err.Error()).Wrap(err)
	}
	law := ""
	if all.Packs != "" {
		if law, err = folderContent(all.Packs); err != nil {
			return nil, fault.New(fault.Invalid, fault.Position{File: all.Packs}, "file.unreadable").Wrap(err)
		}
	}
	return openShelf(c.Keep, self, law, m.lang, m.asOf.String(), m.known.String(), m.format, strconv.FormatBool(c.Trace), strconv.FormatBool(m.options.Color))
}

// programContent is the content of the program itself with its law; another build
// may say something else.
func programContent() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// folderContent is the content of every file under a folder.
func folderContent(dir string) (string, error) {
	h := sha256.New()
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(p)
		fmt.Fprintf(h, "%s %d:", p, len(data))
		h.Write(data)
		return err
	})
	return hex.EncodeToString(h.Sum(nil)), err
}

func (s *shelf) place(name string) string {
	sum := sha256.Sum256([]byte(name))
	return filepath.Join(s.dir, hex.EncodeToString(sum[:16])+".brief")
}

// get is the kept brief of a case; ok is false when there is none, or something it
// rests on changed.
func (s *shelf) get(root fs.FS, name string) (text []byte, late, ok bool) {
	data, err := os.ReadFile(s.place(name))
	if err != nil {
		return nil, false, false
	}
	head, text, found := bytes.Cut(data, []byte{'\n'})
	var k kept
	if !found || json.Unmarshal(head, &k) != nil || k.Made != s.made || len(k.Rests) == 0 {
		return nil, false, false
	}
	for file, was := range k.Rests {
		if s.content(root, file, file != name) != was {
			return nil, false, false
		}
	}
	return text, k.Late, true
}

// content is the content of a file, "" when it is not there.
func (s *shelf) content(root fs.FS, file string, shared bool) string {
	if shared {
		s.mu.Lock()
		defer s.mu.Unlock()
		if c, ok := s.seen[file]; ok {
			return c
		}
	}
	c := ""
	if data, err := fs.ReadFile(root, file); err == nil {
		sum := sha256.Sum256(data)
		c = hex.EncodeToString(sum[:])
	} else if !errors.Is(err, fs.ErrNotExist) {
		c = "unreadable"
	}
	if shared {
		s.seen[file] = c
	}
	return c
}

// put keeps a brief with what the files it rests on said when they were read. That
// it could not be kept is no reason to fail: it is made anew the next time.
func (s *shelf) put(c *casedir.Case, text []byte, late bool) {
	k := kept{Made: s.made, Late: late, Rests: map[string]string{}}
	s.mu.Lock()
	for _, name := range append(besideOf(c), c.Path) {
		k.Rests[name] = s.read[name]
	}
	delete(s.read, c.Path)
	s.mu.Unlock()
	if k.Rests[c.Path] == "" {
		return
	}
	head, err := json.Marshal(k)
	if err != nil {
		return
	}
	tmp, err := os.CreateTemp(s.dir, ".making-*") // its owner's alone
	if err != nil {
		return
	}
	_, err = tmp.Write(append(append(head, '\n'), text...))
	if e := tmp.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(tmp.Name(), s.place(c.Path))
	}
	if err != nil {
		os.Remove(tmp.Name())
	}
}

// watch is root, noting the content of every file that is read from it.
func (s *shelf) watch(root fs.FS) fs.FS { return watched{root, s} }

type watched struct {
	fs.FS
	s *shelf
}

// Stat is that of the folder.
func (w watched) Stat(name string) (fs.FileInfo, error) { return fs.Stat(w.FS, name) }

// Open reads a plain file whole.
func (w watched) Open(name string) (fs.File, error) {
	f, err := w.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > casedir.Largest {
		return f, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, casedir.Largest+1))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	w.s.mu.Lock()
	w.s.read[name] = hex.EncodeToString(sum[:])
	w.s.mu.Unlock()
	return memory{bytes.NewReader(data), info}, nil
}

// memory is a file that was read.
type memory struct {
	*bytes.Reader
	info fs.FileInfo
}

func (m memory) Stat() (fs.FileInfo, error) { return m.info, nil }
func (m memory) Close() error               { return nil }

// besideOf are the files that a case names beside it.
func besideOf(c *casedir.Case) []string {
	var out []string
	put := func(name string) {
		if name != "" {
			out = append(out, path.Join(path.Dir(c.Path), name))
		}
	}
	for _, ref := range c.File.Calendars {
		if ref.Inline == nil {
			put(ref.Name)
		}
	}
	if s, err := servicelog.FromNode(c.File.Delivery); err == nil {
		put(s.Log)
	}
	if s, err := progressfile.FromNode(c.File.Progress); err == nil {
		put(s.Log)
	}
	return out
}
