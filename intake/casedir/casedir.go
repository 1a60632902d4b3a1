// Package casedir opens a case as it lies in a folder: the case file, and the
// school calendars and logs it names beside it.
//
// In: a file system and a path. Out: the case, its entries, its school years, and
// what was logged of services and goals.
// It derives nothing.
package casedir

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/intake/calendar"
	"stayput/intake/casefile"
	"stayput/measure"
	"stayput/plan/session"
)

// A Case is a case with its calendars.
type Case struct {
	Path     string
	File     *casefile.File
	Years    []day.SchoolYear
	Extended []day.SchoolYear // the extended school years' own calendars
	Warnings []calendar.Warning
	Key      string // the calendars' names: cases with one key share their calendars

	Logs      []session.Log      // services given, from the case file and the log beside it
	Probes    []measure.Probe    // likewise of goals
	Sightings []measure.Sighting // of behaviors
	Doubts    fault.List         // rows of the logs to look at again: they count
}

// An Opener opens cases and reads each calendar file once. It is safe for use by
// several goroutines.
type Opener struct {
	FS      fs.FS
	BuiltIn fs.FS                             // calendars that come with the program; may be nil
	Kept    func(name string) ([]byte, error) // calendars kept elsewhere, looked up first; may be nil

	mu   sync.Mutex
	seen map[string]read
}

type read struct {
	years []day.SchoolYear
	warn  []calendar.Warning
	err   error
}

// extended reports a calendar of the extended school year.
func (r *read) extended() bool {
	return len(r.years) > 0 && r.years[0].Extended
}

// Open reads the case file at name and the calendars it names.
func (o *Opener) Open(name string) (*Case, error) {
	data, err := readFile(o.FS, name)
	if err != nil {
		key := "file.unreadable"
		if errors.Is(err, errNotPlain) {
			key = "file.not_plain"
		}
		if errors.Is(err, fs.ErrNotExist) {
			key = "file.missing"
		}
		return nil, fault.New(fault.Invalid, fault.Position{File: name}, key).Wrap(err)
	}
	if isCalendar(data) {
		return nil, fault.New(fault.Invalid, fault.Position{File: name, Line: 1, Column: 1}, "file.is_calendar").Wrap(ErrCalendar)
	}
	return o.Read(name, data)
}

// ErrCalendar is what a file gets that is a school calendar and no case: many
// folders hold both side by side.
var ErrCalendar = errors.New("a school calendar, not a case")

// isCalendar looks at the first line that is no comment.
func isCalendar(data []byte) bool {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	for line := range bytes.Lines(data) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' || bytes.Equal(line, []byte("---")) {
			continue
		}
		return bytes.HasPrefix(line, []byte("calendar:"))
	}
	return false
}

// Largest is how many bytes of one file are read: a case of a whole childhood
// takes less than one megabyte.
const Largest = 64 << 20

var errNotPlain = errors.New("not a plain file of at most 64 MB")

// readFile reads a plain file, or what another program writes into a pipe; a
// device might never end.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() && info.Mode().Type() != fs.ModeNamedPipe {
		return nil, errNotPlain
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := bytes.NewBuffer(make([]byte, 0, min(info.Size(), Largest)+bytes.MinRead))
	if n, err := data.ReadFrom(io.LimitReader(f, Largest+1)); err != nil {
		return nil, err
	} else if n > Largest {
		return nil, errNotPlain
	}
	return data.Bytes(), nil
}

// Read is Open for a case file that is already in memory.
func (o *Opener) Read(name string, data []byte) (*Case, error) {
	f, err := casefile.Read(name, data)
	if err != nil {
		return nil, err
	}
	c, err := o.Join(name, f)
	bad := fault.All(err)
	if c == nil {
		c = &Case{Path: name, File: f}
	}
	if bad = append(bad, fault.All(o.logs(c))...); len(bad) > 0 {
		return nil, fault.List(bad)
	}
	return c, nil
}

// Join is Read for a case that is already read: it reads the calendars the case
// names, and no logs.
func (o *Opener) Join(name string, f *casefile.File) (*Case, error) {
	c := &Case{Path: name, File: f}
	var bad fault.List
	all := make([]read, len(f.Calendars))
	for i, ref := range f.Calendars {
		all[i] = o.calendar(name, ref)
	}
	for i, ref := range f.Calendars {
		r := all[i]
		if r.err != nil {
			bad = append(bad, fault.All(r.err)...)
			continue
		}
		years := r.years
		if ref.Inline != nil {
			c.Key += "|" + name
		} else {
			c.Key += "|" + path.Join(path.Dir(name), ref.Name) + "@" + ref.From.String()
		}
		// When the child moved, each calendar counts only for its own time.
		until := day.Max
		for k, later := range f.Calendars[i+1:] {
			if later.From > ref.From && all[i+1+k].extended() == r.extended() {
				until = min(until, later.From.Add(-1))
			}
		}
		if ref.From != 0 || until != day.Max {
			years = clip(years, max(ref.From, day.Min), until)
		}
		if r.extended() {
			c.Extended = append(c.Extended, years...)
		} else {
			c.Years = append(c.Years, years...)
		}
		c.Warnings = append(c.Warnings, r.warn...)
	}
	if err := bad.Or(); err != nil {
		return nil, err
	}
	return c, nil
}

// clip keeps of each year what lies between two days.
func clip(years []day.SchoolYear, from, to day.Date) []day.SchoolYear {
	var out []day.SchoolYear
	for _, y := range years {
		end := y.Last
		if end == 0 {
			end = max(y.CoversTo, y.First)
		}
		if end < from || y.First > to {
			continue
		}
		y.Closures = slices.Clone(y.Closures)
		y.First = max(y.First, from)
		if end > to {
			y.Last, y.CoversTo = 0, to
		}
		out = append(out, y)
	}
	return out
}

func (o *Opener) calendar(casePath string, ref casefile.CalendarRef) read {
	if ref.Inline != nil {
		y, warn, err := calendar.FromNode(ref.Inline)
		return read{years: []day.SchoolYear{y}, warn: warn, err: err}
	}
	if strings.HasPrefix(ref.Name, "/") || strings.Contains(ref.Name, "..") {
		return read{err: fault.New(fault.Invalid, ref.At, "case.calendar_outside", "name", ref.Name)}
	}
	p := path.Join(path.Dir(casePath), ref.Name)
	o.mu.Lock()
	defer o.mu.Unlock()
	if r, ok := o.seen[p]; ok {
		return r
	}
	r := o.load(p, ref)
	if o.seen == nil {
		o.seen = map[string]read{}
	}
	o.seen[p] = r
	return r
}

func (o *Opener) load(p string, ref casefile.CalendarRef) read {
	var data []byte
	err := fs.ErrNotExist
	if o.Kept != nil {
		data, err = o.Kept(ref.Name)
	}
	if err != nil && o.FS != nil {
		data, err = readFile(o.FS, p)
	}
	if err != nil && o.BuiltIn != nil {
		built := path.Base(ref.Name)
		if !strings.Contains(built, ".") {
			built += ".yaml"
		}
		if d, err2 := fs.ReadFile(o.BuiltIn, built); err2 == nil {
			data, err = d, nil
		}
	}
	if err != nil {
		return read{err: fault.New(fault.Invalid, ref.At, "case.calendar_missing", "name", ref.Name).Wrap(err)}
	}
	var r read
	r.years, r.warn, r.err = calendar.Read(p, data)
	return r
}

// View is the child for whom the calendars are read.
func (c *Case) View(known day.Date) day.View {
	return day.View{Grade: c.File.Case.Child.Grade, Track: c.File.Case.Child.Track, Known: known}
}

// Span is the days from the first to the last entry.
func Span(entries []fact.Entry) day.Span {
	if len(entries) == 0 {
		return day.Span{}
	}
	s := day.Span{First: day.Max}
	for i := range entries {
		s.First, s.Last = min(s.First, entries[i].On.Earliest), max(s.Last, entries[i].On.Latest)
	}
	return s
}
