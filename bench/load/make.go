package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"time"

	"stayput/bench/casegen"
	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/intake/casefile"
	"stayput/law/packs"
	"stayput/people"
	"stayput/store/sqlite"
)

// A space is what was made in a folder.
type space struct {
	large people.CaseID
	small []people.CaseID
}

// office opens the desk of a folder in this process.
func office(ctx context.Context, folder string) (*sqlite.Store, *desk.Desk, desk.Who, error) {
	s, err := sqlite.Open(ctx, sqlite.Options{Folder: folder})
	if err != nil {
		return nil, nil, desk.Who{}, err
	}
	book, err := packs.Book()
	if err != nil {
		s.Close()
		return nil, nil, desk.Who{}, err
	}
	d := desk.New(desk.Options{Store: s, Book: book, Calendars: packs.Calendars(), Now: time.Now})
	who, err := d.Begin(ctx, desk.SetUp{Kind: people.Practice, Name: "Sample"})
	if err != nil {
		s.Close()
	}
	return s, d, who, err
}

// fill makes the space: one long case, and short ones of 40 entries. The same seed
// makes the same content; names are chance, as they always are.
func fill(ctx context.Context, folder string, o options) (out space, err error) {
	s, d, who, err := office(ctx, folder)
	if err != nil {
		return out, err
	}
	defer s.Close()
	var refs []casefile.CalendarRef
	for _, y := range casegen.Calendars() {
		body, err := desk.WriteCalendar(y)
		if err != nil {
			return out, err
		}
		name := y.ID + ".yaml"
		if _, err := d.SaveCalendar(ctx, who, name, "Sample "+y.Label, body, 0); err != nil {
			return out, err
		}
		refs = append(refs, casefile.CalendarRef{Name: name})
	}
	year, month, dd := time.Now().Date()
	today := day.Must(year, month, dd)
	one := func(seed uint64, n int, from day.Date) desk.NewCase {
		f := &casefile.File{Calendars: refs}
		f.Case, f.Entries = casegen.Long(seed, n, from, today.Add(-1))
		return desk.NewCase{File: f}
	}
	in := []desk.NewCase{one(o.seed, o.entries, day.Must(2021, 8, 20))}
	for i := 1; i < o.cases; i++ {
		in = append(in, one(o.seed+uint64(i), 40, today.Add(-300-i)))
	}
	if err := d.OpenCases(ctx, who, desk.NewName(), "Sample", nil, in); err != nil {
		return out, err
	}
	all, err := d.Cases(ctx, who, true)
	if err != nil {
		return out, err
	}
	for _, c := range all {
		if len(c.File.Entries) == o.entries && out.large == "" {
			out.large = c.ID
		} else {
			out.small = append(out.small, c.ID)
		}
	}
	if len(out.small) != o.cases-1 {
		return out, fmt.Errorf("%d cases were made, not %d", len(out.small)+1, o.cases)
	}
	return out, nil
}

// profile asks the desk, in this process, for what a page of the long case asks
// after a new entry, and notes where the time goes.
func profile(ctx context.Context, folder, file string, sp space) error {
	s, d, who, err := office(ctx, folder)
	if err != nil {
		return err
	}
	defer s.Close()
	c, err := os.Create(file + ".cold")
	if err != nil {
		return err
	}
	defer c.Close()
	if err := pprof.StartCPUProfile(c); err != nil {
		return err
	}
	cold := time.Now()
	if _, err := d.Cases(ctx, who, false); err != nil {
		return err
	}
	pprof.StopCPUProfile()
	fmt.Printf("all cases for the first time: %s (%s.cold)\n", time.Since(cold).Round(time.Millisecond), file)
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	var write, read, again time.Duration
	const n = 100
	for i := range n {
		c, err := d.Case(ctx, who, sp.large, desk.View{})
		if err != nil {
			return err
		}
		began := time.Now()
		e := fact.Entry{Kind: fact.MustLookup("contact"), On: day.On(c.Today), Note: fmt.Sprintf("Call %d", i)}
		if _, err := d.AddEntry(ctx, who, sp.large, desk.NewEntry{Fact: e}); err != nil {
			return err
		}
		write += time.Since(began)
		began = time.Now()
		if _, err := d.Case(ctx, who, sp.large, desk.View{}); err != nil {
			return err
		}
		read += time.Since(began)
		began = time.Now()
		if _, err := d.Cases(ctx, who, false); err != nil {
			return err
		}
		again += time.Since(began)
	}
	pprof.StopCPUProfile()
	runtime.GC()
	h, err := os.Create(file + ".heap")
	if err != nil {
		return err
	}
	defer h.Close()
	if err := pprof.WriteHeapProfile(h); err != nil {
		return err
	}
	runtime.KeepAlive(d)
	fmt.Printf("long case: a new entry %s, the case after it %s; then all cases %s\nlook with: go tool pprof -top -cum %s, and what is kept in memory in %[4]s.heap\n",
		(write / n).Round(10*time.Microsecond), (read / n).Round(10*time.Microsecond), (again / n).Round(10*time.Microsecond), file)
	return nil
}
