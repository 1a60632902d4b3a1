package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"stayput/day"
	"stayput/fault"
	"stayput/intake/casedir"
	"stayput/law/packs"
)

// schools keeps the calendars already worked out, because the cases of one
// office share a few: the same files, child's grade group and law.
type schools struct {
	mu   sync.Mutex
	seen map[schoolKey]*day.School
	used []schoolKey // oldest first
}

type schoolKey struct {
	key  string
	view day.View
	rule day.YearRule
	span day.Span
}

// keepSchools bounds the memory: a calendar worked out takes a few hundred
// kilobytes.
const keepSchools = 64

func (s *schools) of(c *casedir.Case, rule day.YearRule, known day.Date) (*day.School, error) {
	k := schoolKey{key: c.Key, view: c.View(known), rule: rule}
	if c.Key == "" {
		k.view = day.View{}
	} else {
		// Whole decades, so that cases of neighboring years share.
		n := casedir.Span(c.File.Entries)
		if n.First != 0 {
			k.span = day.Span{First: decade(n.First, 0), Last: decade(n.Last, 10)}
		}
		if !concerns(c.Years) {
			k.view.Grade = ""
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if got := s.seen[k]; got != nil {
		return got, nil
	}
	got, err := day.NewSchool(c.Years, k.view, rule, k.span)
	if err != nil {
		return nil, err
	}
	if s.seen == nil {
		s.seen = map[schoolKey]*day.School{}
	}
	if len(s.used) == keepSchools {
		delete(s.seen, s.used[0])
		s.used = s.used[1:]
	}
	s.seen[k] = got
	s.used = append(s.used, k)
	return got, nil
}

func decade(d day.Date, plus int) day.Date {
	y := d.Year()/10*10 + plus
	got, err := day.Of(min(max(y, 1), 9999), 1, 1)
	if err != nil {
		return d
	}
	return got
}

// concerns reports that some closure is for some grades only.
func concerns(years []day.SchoolYear) bool {
	for i := range years {
		for _, c := range years[i].Closures {
			if len(c.Grades) > 0 {
				return true
			}
		}
	}
	return false
}

// caseload makes the brief of every case file under a folder, on all cores, and
// writes them in the order of their paths as they are ready. A file that is
// refused is reported and the others go on.
func (m *maker) caseload(w io.Writer, dir string) (late bool, made int, err error) {
	root := os.DirFS(dir)
	m.opener = &casedir.Opener{FS: root, BuiltIn: packs.Calendars()}
	type done struct {
		text []byte
		late bool
		err  error
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
				var buf bytes.Buffer
				b, err := m.make(j.name)
				d := done{err: err}
				if err == nil {
					d.err = m.write(&buf, j.name, b)
					d.text, d.late = buf.Bytes(), isLate(b)
				}
				j.out <- d
			}
		})
	}
	walkErr := make(chan error, 1)
	go func() {
		defer close(slots)
		defer close(jobs)
		walkErr <- fs.WalkDir(root, ".", func(p string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
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
		if errors.Is(d.err, casedir.ErrCalendar) {
			continue
		}
		n++
		if d.err != nil {
			refused++
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
	if e := <-walkErr; err == nil && e != nil {
		err = fault.New(fault.Invalid, fault.Position{File: dir}, "file.unreadable").Wrap(e)
	}
	if err == nil && n == 0 {
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
