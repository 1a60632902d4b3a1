package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/fault"
	"stayput/intake/casedir"
	"stayput/law/packs"
	"stayput/locale"
	present "stayput/present/brief"
	spoken "stayput/present/review"
)

type briefCmd struct {
	Cases   []string `arg:"" optional:"" help:"Case files." type:"path"`
	AsOf    string   `help:"The day asked about, YYYY-MM-DD; today when left out." placeholder:"DATE"`
	KnownBy string   `help:"Leave out what was written down after this day." placeholder:"DATE"`
	Format  string   `help:"text, json, jsonl or html." enum:"text,json,jsonl,html" default:"text"`
	Out     string   `short:"o" help:"Write to this file." type:"path" placeholder:"FILE"`
	Trace   bool     `help:"Show every run of days behind each date (text)."`
	Color   string   `help:"auto, always or never." enum:"auto,always,never" default:"auto"`
	FailOn  string   `help:"Exit with status 3 when something is late." enum:"late," default:"" placeholder:"late"`
	Keep    string   `help:"With --all: keep the briefs in this folder, and the next time make only those anew of which something changed." type:"path" placeholder:"FOLDER"`
	Bar     string   `help:"With --all: show how far it is; auto, always or never." enum:"auto,always,never" default:"auto"`
	All     string   `help:"Make a brief of every case file in this folder, on all cores; with --format jsonl one line each." type:"path" placeholder:"DIR"`
}

// maker makes briefs and writes them; several goroutines may use one.
type maker struct {
	lib     *library
	lang    string
	asOf    day.Date
	known   day.Date
	opener  *casedir.Opener
	cat     *locale.Catalog
	options present.Options
	format  string
	schools *casedir.Schools
	stderr  io.Writer // for what calendars left out
	shelf   *shelf    // briefs kept from the last time; nil: every one is made
	bar     bool      // show how far it is
}

// Run makes the briefs.
func (c *briefCmd) Run(env *Env, all *commands) error {
	asOf, err := parseDay("--as-of", c.AsOf, env.Now)
	if err != nil {
		return err
	}
	known, err := parseDay("--known-by", c.KnownBy, env.Now)
	if err != nil {
		return err
	}
	if asOf == 0 {
		asOf = today(env.Now)
	}
	if len(c.Cases) == 0 && c.All == "" {
		return fault.New(fault.Invalid, fault.Position{File: "stayput brief"}, "cli.no_case")
	}
	lib, err := openLibrary(all.Packs)
	if err != nil {
		return err
	}
	m := &maker{lib: lib, lang: all.Lang, asOf: asOf, known: known, format: c.Format, schools: &casedir.Schools{}}
	var ok bool
	if m.cat, ok = locale.For(all.Lang); !ok {
		return fault.New(fault.Invalid, fault.Position{File: "--lang"}, "cli.lang", "got", all.Lang)
	}
	m.options = present.Options{Catalog: m.cat, Compact: c.Format == "jsonl", Color: c.Color == "always" || (c.Color == "auto" && env.Terminal && c.Out == ""), Trace: c.Trace}

	if c.Keep != "" {
		if c.All == "" {
			return fault.New(fault.Invalid, fault.Position{File: "--keep"}, "carry.command.keep_alone")
		}
		if m.shelf, err = c.open(all, m); err != nil {
			return err
		}
	}
	m.bar = c.Bar == "always" || c.Bar == "auto" && showsBar(env.Stderr)

	out := env.Stdout
	finish := func() error { return nil }
	if c.Out != "" {
		o, err := create(c.Out, c.Cases, c.All)
		if err != nil {
			return err
		}
		defer o.discard()
		out, finish = o, o.keep
	}
	w := bufio.NewWriterSize(out, 1<<16)
	m.stderr = env.Stderr
	late, made := false, 0
	if c.All != "" {
		late, made, err = m.caseload(w, c.All)
	} else {
		late, err = m.several(w, c.Cases)
	}
	// A caseload with refused files still keeps what was made of the others;
	// one of which nothing was made leaves the old file alone, and so does one
	// that could not be written to its end.
	if e := w.Flush(); e != nil {
		err = unwritable(c.Out, e)
	} else if err == nil || made > 0 {
		if e := finish(); e != nil {
			err = unwritable(c.Out, e)
		}
	}
	if err != nil {
		return err
	}
	if late && c.FailOn == "late" {
		return exitStatus(3)
	}
	return nil
}

func unwritable(name string, err error) error {
	if name == "" {
		return fault.New(fault.Unavailable, fault.Position{File: "stdout"}, "stdout.unwritable").Wrap(err)
	}
	return fault.New(fault.Unavailable, fault.Position{File: name}, "file.unwritable").Wrap(err)
}

// several makes the briefs of the named files. All are read before any is
// written, so that a refused file leaves nothing half done.
func (m *maker) several(w io.Writer, paths []string) (late bool, err error) {
	var briefs []*brief.Brief
	var names []string
	var bad fault.List
	for _, p := range paths {
		dir, name := filepath.Split(p)
		if dir == "" {
			dir = "."
		}
		m.opener = &casedir.Opener{FS: os.DirFS(dir), BuiltIn: packs.Calendars()}
		c, err := m.opener.Open(name)
		var b *brief.Brief
		if err == nil {
			m.warn(c)
			b, err = m.derive(c)
		}
		if err != nil {
			bad = append(bad, fault.All(placed(err, dir, name, p))...)
			continue
		}
		briefs = append(briefs, b)
		names = append(names, name)
	}
	if err := bad.Or(); err != nil {
		return false, err
	}
	for i, b := range briefs {
		if i > 0 && m.format == "text" {
			fmt.Fprintln(w)
		}
		if err := m.write(w, names[i], b); err != nil {
			return late, err
		}
		late = late || isLate(b)
	}
	return late, nil
}

// mostWarnings is how many doubts about the calendars of one case are told.
const mostWarnings = 20

// warn tells what a calendar holds that may close school and could not be used.
// An event that says nothing about school being closed is passed over.
func (m *maker) warn(c *casedir.Case) {
	n := 0
	for i := range c.Warnings {
		w := &c.Warnings[i]
		if w.Key == "ics.not_recognized" {
			continue
		}
		if n++; n > mostWarnings {
			fmt.Fprintln(m.stderr, m.cat.T("cli.more_warnings"))
			return
		}
		pairs := make([]string, 0, 2*len(w.Args))
		for k, v := range w.Args {
			pairs = append(pairs, k, v)
		}
		fmt.Fprintf(m.stderr, "%s: %s\n", w.At, m.cat.T(w.Key, pairs...))
	}
	for _, d := range c.Doubts {
		if n++; n > mostWarnings {
			fmt.Fprintln(m.stderr, m.cat.T("cli.more_warnings"))
			return
		}
		fmt.Fprintf(m.stderr, "%s: %s\n", d.At, m.cat.Fault(d))
	}
}

// placed names the files of problems as the person who asked would: the case as it
// was given, and logs and calendars beside it.
func placed(err error, dir, name, given string) error {
	all := fault.All(err)
	for _, e := range all {
		if e.At.File == name {
			e.At.File = given
		} else if p := filepath.Join(dir, e.At.File); e.At.File != "" && isFile(p) {
			e.At.File = p
		}
	}
	return all.Or()
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

func isLate(b *brief.Brief) bool {
	for i := range b.Clocks {
		if b.Clocks[i].Status == clock.Late {
			return true
		}
	}
	return false
}

// derive works out the brief of a case.
func (m *maker) derive(c *casedir.Case) (*brief.Brief, error) {
	laws, err := brief.Laws(&c.File.Case, m.lib.book)
	if err != nil {
		return nil, fault.New(fault.Internal, fault.Position{File: c.Path}, "internal", "cause", err.Error()).Wrap(err)
	}
	school, err := m.schools.Of(c, brief.YearRule(laws), m.known)
	if err != nil {
		return nil, fault.New(fault.Invalid, fault.Position{File: c.Path}, "cli.calendars_overlap", "cause", err.Error()).Wrap(err)
	}
	extended, err := m.schools.Extended(c, m.known)
	if err != nil {
		return nil, fault.New(fault.Invalid, fault.Position{File: c.Path}, "cli.calendars_overlap", "cause", err.Error()).Wrap(err)
	}
	var zone *time.Location
	z := c.File.Case.Zone
	if z == "" {
		z = laws[len(laws)-1].Law.Packs[0].Zone // the state's own
	}
	if z != "" {
		if zone, err = time.LoadLocation(z); err != nil {
			return nil, fault.New(fault.Invalid, fault.Position{File: c.Path}, "cli.zone", "got", z).Wrap(err)
		}
	}
	plans, err := plansOf(c.File)
	if err != nil {
		return nil, err
	}
	b, err := brief.Make(brief.Input{Case: &c.File.Case, Entries: c.File.Entries, Book: m.lib.book, School: school, AsOf: m.asOf, Known: m.known,
		Zone: zone, Plans: plans, Goals: spoken.Goals, Logs: c.Logs, Probes: c.Probes, Sightings: c.Sightings, Extended: extended})
	if err != nil {
		return nil, fault.New(fault.Internal, fault.Position{File: c.Path}, "internal", "cause", err.Error()).Wrap(err)
	}
	return b, nil
}

func (m *maker) write(w io.Writer, name string, b *brief.Brief) error {
	o := m.options
	o.Case = name
	// Two states may give one holiday different names: only the packs in play
	// are asked.
	o.Words = m.lib.words[m.lang].In(present.Packs(b)...)
	switch m.format {
	case "json", "jsonl":
		return present.WriteJSON(w, b, o)
	case "html":
		return present.WriteHTML(w, b, o)
	}
	return present.WriteText(w, b, o)
}
