// Command generate writes a folder of invented case files for measuring the
// caseload command. The same numbers always give the same files.
//
//	go run ./bench/generate -dir cases -n 100000
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"stayput/bench/casegen"
	"stayput/intake/calendar"
	"stayput/intake/casefile"
)

func main() {
	dir := flag.String("dir", "", "folder to write into; it is made")
	n := flag.Int("n", 1000, "number of cases")
	entries := flag.Int("entries", 40, "entries in each case")
	json := flag.Bool("json", false, "write JSON instead of YAML")
	flag.Parse()
	if *dir == "" {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*dir, *n, *entries, *json); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string, n, entries int, json bool) error {
	// One folder for each thousand cases, and one set of calendars for all.
	cals := filepath.Join(dir, "calendars")
	if err := os.MkdirAll(cals, 0o777); err != nil {
		return err
	}
	var names []string
	for _, y := range casegen.Calendars() {
		var b bytes.Buffer
		if err := calendar.Write(&b, y); err != nil {
			return err
		}
		names = append(names, y.ID+".yaml")
		if err := os.WriteFile(filepath.Join(cals, y.ID+".yaml"), b.Bytes(), 0o666); err != nil {
			return err
		}
	}
	format, ext := casefile.YAML, ".yaml"
	if json {
		format, ext = casefile.JSON, ".json"
	}
	for i := range n {
		sub := filepath.Join(dir, fmt.Sprintf("%04d", i/1000))
		if i%1000 == 0 {
			// Calendars stand beside the case files that name them.
			if err := os.MkdirAll(filepath.Join(sub, "calendars"), 0o777); err != nil {
				return err
			}
			for _, name := range names {
				data, err := os.ReadFile(filepath.Join(cals, name))
				if err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(sub, "calendars", name), data, 0o666); err != nil {
					return err
				}
			}
		}
		var f casefile.File
		f.Case, f.Entries = casegen.Make(uint64(i), entries)
		for _, name := range names {
			f.Calendars = append(f.Calendars, casefile.CalendarRef{Name: "calendars/" + name})
		}
		var b bytes.Buffer
		if err := f.Write(&b, format); err != nil {
			return fmt.Errorf("case %d: %w", i, err)
		}
		if err := os.WriteFile(filepath.Join(sub, fmt.Sprintf("case-%06d%s", i, ext)), b.Bytes(), 0o666); err != nil {
			return err
		}
	}
	return nil
}
