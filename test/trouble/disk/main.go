// Command disk takes away what the program stands on and makes sure that it says
// so, loses nothing and works again. See package trouble.
//
//	go run ./test/trouble/disk
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"stayput/locale"
	"stayput/test/trouble"
)

// inside names the folder of a run in the process that has mounts of its own.
const inside = "STAYPUT_TROUBLE_DISK"

func main() {
	short := flag.Bool("short", false, "each trouble in one language, turn by turn")
	flag.Parse()
	os.Exit(outer(os.Args[0], *short))
}

// outer runs everything in a process whose mounts nobody else sees; when the
// system allows none, a limit on the size of files stands in for the full disk.
func outer(self string, short bool) int {
	if dir := os.Getenv(inside); dir != "" {
		if hold := os.Getenv(holder); hold != "" {
			return holdLock(hold)
		}
		if err := run(dir, os.Getenv(inside+"_MOUNTS") == "yes", short); err != nil {
			fmt.Fprintln(os.Stderr, "FAILED:", err)
			return 1
		}
		return 0
	}
	dir, err := os.MkdirTemp("", "stayput-disk-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	status, err := reexec(self, dir, short)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return status
}

// A run is what all troubles share.
type disks struct {
	dir, bin, self string
	mounts         bool
}

func run(dir string, mounts, short bool) error {
	d := &disks{dir: dir, mounts: mounts}
	var err error
	if d.self, err = os.Executable(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, "tmp"), 0o700); err != nil {
		return err
	}
	if d.bin, err = trouble.Build(dir); err != nil {
		return err
	}
	if !mounts {
		fmt.Println("this system lets nobody mount anything: a limit on the size of files stands in for the full disk")
	}
	started := time.Now()
	var bad []error
	for i, t := range []struct {
		name string
		do   func(lang string) (string, error)
		once bool // says the same in every language
	}{
		{"a full disk", d.full, false},
		{"a folder that only lets itself be read", d.readOnly, false},
		{"the file locked by another program", d.locked, false},
		{"two programs on one folder", d.two, false},
		{"the clock set back", d.clockBack, false},
		{"records of a newer program", d.newer, false},
		{"a file cut off", d.truncated, false},
		{"the journal removed after a crash", d.journal, true},
		{"a note of where it runs that is old, wrong or somebody else's", d.note, false},
		{"a folder that is a file", d.notAFolder, false},
		{"no home", d.noHome, false},
	} {
		for _, lang := range locale.Languages {
			if t.once && lang != locale.Languages[0] || short && !t.once && lang != locale.Languages[i%len(locale.Languages)] {
				continue
			}
			said, err := t.do(lang)
			if err != nil {
				fmt.Printf("FAILED  %s (%s): %v\n", t.name, lang, err)
				bad = append(bad, fmt.Errorf("%s (%s): %w", t.name, lang, err))
				continue
			}
			fmt.Printf("held    %s (%s): %s\n", t.name, lang, said)
		}
	}
	fmt.Printf("%s in all\n", time.Since(started).Round(time.Second))
	return errors.Join(bad...)
}

var hole = regexp.MustCompile(`\{[a-z]+\}`)

// says makes sure that a text holds one of the sentences of the catalog, in the
// language.
func says(text, lang string, keys ...string) error {
	text = strings.Join(strings.Fields(text), " ")
	cat, _ := locale.For(lang)
	for _, key := range keys {
		all := true
		for _, piece := range hole.Split(cat.T(key), -1) {
			if piece = strings.Join(strings.Fields(piece), " "); !strings.Contains(text, piece) {
				all = false
			}
		}
		if all {
			return nil
		}
	}
	if len(text) > 600 {
		text = text[:600] + " …"
	}
	return fmt.Errorf("it does not say %s in %s, but: %s", strings.Join(keys, " or "), lang, text)
}

// fresh is a new folder for one trouble.
func (d *disks) fresh(name string) string {
	dir, err := os.MkdirTemp(d.dir, name+"-")
	if err != nil {
		panic(err)
	}
	return dir
}

func (d *disks) with(lang string) trouble.Options {
	return trouble.Options{Lang: lang, Env: []string{"TMPDIR=" + filepath.Join(d.dir, "tmp")}}
}

// refuses runs a command that must fail with a sentence.
func (d *disks) refuses(lang string, keys []string, args ...string) error {
	out, e, status, err := trouble.Run(d.with(lang), d.bin, args...)
	if err != nil {
		return err
	}
	if status == 0 {
		return fmt.Errorf("stayput %s ends well: %s", strings.Join(args, " "), out)
	}
	if err := says(e, lang, keys...); err != nil {
		return fmt.Errorf("stayput %s: %w", args[0], err)
	}
	return nil
}

// doctor lets the program look its data over.
func (d *disks) doctor(folder string) (string, error) {
	out, e, status, err := trouble.Run(d.with("en"), d.bin, "doctor", "--data", folder)
	if err == nil && status != 0 {
		err = fmt.Errorf("stayput doctor ends with %d: %s%s", status, out, e)
	}
	return out, err
}

func records(folder string) string { return filepath.Join(folder, "stayput.db") }
