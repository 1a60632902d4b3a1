package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"stayput/fault"
	"stayput/intake/casedir"
	"stayput/law/packs"
)

// caseload makes the brief of every case file under a folder, on all cores, and
// writes them in the order of their paths as they are ready. A file that is
// refused and a folder that cannot be read are reported, and the others go on.
func (m *maker) caseload(w io.Writer, dir string) (late bool, made int, err error) {
	return m.folder(w, os.DirFS(dir), dir)
}

// folder is caseload for the files of root, which are those of dir.
func (m *maker) folder(w io.Writer, root fs.FS, dir string) (late bool, made int, err error) {
	m.opener = &casedir.Opener{FS: root, BuiltIn: packs.Calendars()}
	if m.shelf != nil {
		m.opener.FS = m.shelf.watch(root)
	}
	bar := newBar(m, root)
	type done struct {
		text []byte
		late bool
		kept bool // from the last time
		err  error
		shut bool // a folder that could not be read
	}
	// A ring of results keeps the order and bounds what waits to be written.
	workers := runtime.GOMAXPROCS(0)
	slots := make(chan chan done, workers*16)
	type job struct {
		name string
		out  chan done
	}
	jobs := make(chan job)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for j := range jobs {
				var d done
				d.text, d.late, d.kept, d.err = m.textOf(root, j.name)
				j.out <- d
			}
		})
	}
	walkErr := make(chan error, 1)
	go func() {
		defer close(slots)
		defer close(jobs)
		walkErr <- fs.WalkDir(root, ".", func(p string, e fs.DirEntry, err error) error {
			if err != nil && p == "." {
				return err
			}
			if err != nil {
				// What could be read of the folder is still walked.
				out := make(chan done, 1)
				at := fault.Position{File: filepath.Join(dir, filepath.FromSlash(p))}
				out <- done{shut: true, err: fault.New(fault.Invalid, at, "folder.unreadable").Wrap(err)}
				slots <- out
				return nil
			}
			if e.IsDir() || !isCase(p) || e.Type()&^fs.ModeSymlink != 0 {
				return nil
			}
			out := make(chan done, 1)
			slots <- out
			jobs <- job{p, out}
			return nil
		})
	}()
	n, refused := 0, 0
	var bad fault.List
	for out := range slots {
		d := <-out
		bar.step(d.kept, d.shut)
		if errors.Is(d.err, casedir.ErrCalendar) {
			continue
		}
		if !d.shut {
			n++
		}
		if d.err != nil {
			if !d.shut {
				refused++
			}
			if len(bad) < 1000 {
				bad = append(bad, fault.All(d.err)...)
			}
			continue
		}
		made++
		late = late || d.late
		if err == nil {
			_, err = w.Write(d.text)
		}
	}
	wg.Wait()
	bar.end()
	if e := <-walkErr; err == nil && e != nil {
		err = fault.New(fault.Invalid, fault.Position{File: dir}, "file.unreadable").Wrap(e)
	}
	if err == nil && n == 0 && len(bad) == 0 {
		err = fault.New(fault.Invalid, fault.Position{File: dir}, "cli.no_cases_in", "folder", dir)
	}
	if err == nil {
		err = bad.Or()
	}
	if refused > 0 {
		fmt.Fprintln(m.stderr, m.cat.N("cli.refused", refused, "of", strconv.Itoa(n)))
	}
	return late, made, err
}

// textOf is the brief of one case file as it is written: the kept one when nothing
// that it rests on changed.
func (m *maker) textOf(root fs.FS, name string) (text []byte, late, old bool, err error) {
	if m.shelf != nil {
		if text, late, ok := m.shelf.get(root, name); ok {
			return text, late, true, nil
		}
	}
	c, err := m.opener.Open(name)
	if err != nil {
		return nil, false, false, err
	}
	b, err := m.derive(c)
	if err != nil {
		return nil, false, false, err
	}
	var buf bytes.Buffer
	if err := m.write(&buf, name, b); err != nil {
		return nil, false, false, err
	}
	if m.shelf != nil {
		m.shelf.put(c, buf.Bytes(), isLate(b))
	}
	return buf.Bytes(), isLate(b), false, nil
}

// isCase tells case files from the calendars and logs beside them.
func isCase(p string) bool {
	base := path.Base(p)
	if strings.HasPrefix(base, ".") {
		return false
	}
	switch path.Ext(base) {
	case ".yaml", ".yml", ".json":
	default:
		return false
	}
	for _, dir := range strings.Split(path.Dir(p), "/") {
		if dir == "calendars" || dir == "expect" {
			return false
		}
	}
	return !strings.HasSuffix(base, ".calendar.yaml")
}
