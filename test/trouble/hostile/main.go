// Command hostile sends the program what no browser sends and makes sure that it
// refuses, stays small and goes on serving. See package trouble.
//
//	go run ./test/trouble/hostile
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"stayput/test/trouble"
)

// mostMemory is how much the program may hold at most, in bytes.
const mostMemory = 150 << 20

func main() {
	short := flag.Bool("short", false, "less of everything")
	flag.Parse()
	if err := run(*short); err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

// An attacker knows a program that runs, with a case in it.
type attacker struct {
	short bool
	dir   string
	p     *trouble.Program
	b     *trouble.Browser
	home  string
	kept  int // entries that were acknowledged
}

func run(short bool) error {
	dir, err := os.MkdirTemp("", "stayput-hostile-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bin, err := trouble.Build(dir)
	if err != nil {
		return err
	}
	tmp := filepath.Join(dir, "tmp")
	if err := os.Mkdir(tmp, 0o700); err != nil {
		return err
	}
	with := trouble.Options{Env: []string{"TMPDIR=" + tmp, "GOMAXPROCS=2"}}
	p, err := trouble.Start(with, bin, filepath.Join(dir, "data"))
	if err != nil {
		return err
	}
	defer p.Kill()
	a := &attacker{short: short, dir: dir, p: p}
	if a.b, err = p.Enter(); err != nil {
		return err
	}
	defer a.b.Close()
	if a.home, err = a.b.OpenCase("Sample"); err != nil {
		return err
	}
	started := time.Now()
	var bad []error
	for _, t := range []struct {
		name string
		do   func() (string, error)
	}{
		{"a file of 2 GB", a.gigabytes},
		{"10 MB of text in a field", a.longText},
		{"forms that break off or lie", a.brokenForms},
		{"long headers", a.longHeaders},
		{"another host", a.otherHost},
		{"another origin", a.otherOrigin},
		{"nobody's requests", a.nobody},
		{"forms sent again", a.replays},
		{"paths that climb", a.paths},
		{"names of files that climb", a.names},
		{"files that would run in a browser", a.scripts},
		{"archives that swell", a.bombs},
		{"words that are markup", a.markup},
		{"headers that trickle", a.slowHeaders},
		{"bodies that trickle", a.slowBodies},
	} {
		said, err := t.do()
		now, most, e := p.Memory()
		if err == nil && e == nil && most > mostMemory {
			err = fmt.Errorf("the program held %d MB", most>>20)
		}
		if err == nil {
			err = a.alive()
		}
		memory := ""
		if e == nil { // where the system tells
			memory = fmt.Sprintf(" [%d MB, at most %d]", now>>20, most>>20)
		}
		if err != nil {
			fmt.Printf("FAILED  %s: %v%s\n", t.name, err, memory)
			bad = append(bad, fmt.Errorf("%s: %w", t.name, err))
			if !p.Running() {
				break
			}
			continue
		}
		fmt.Printf("held    %s: %s%s\n", t.name, said, memory)
	}
	if p.Running() {
		a.b.Close()
		if err := p.Stop(); err != nil {
			bad = append(bad, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(tmp, "*")); len(left) > 0 {
		bad = append(bad, fmt.Errorf("%d temporary files were left, such as %s", len(left), filepath.Base(left[0])))
	}
	if out, e, status, err := trouble.Run(with, bin, "doctor", "--data", filepath.Join(dir, "data")); err != nil || status != 0 {
		bad = append(bad, fmt.Errorf("stayput doctor ends with %d: %v\n%s%s", status, err, out, e))
	}
	fmt.Printf("%s in all\n", time.Since(started).Round(time.Second))
	return errors.Join(bad...)
}

// alive makes sure that the program still serves, and soon.
func (a *attacker) alive() error {
	began := time.Now()
	got, err := a.b.Get(a.home)
	if err != nil {
		return fmt.Errorf("afterwards it does not serve: %w", err)
	}
	if got.Status != 200 {
		return fmt.Errorf("afterwards the case is answered with %d", got.Status)
	}
	if took := time.Since(began); took > 10*time.Second {
		return fmt.Errorf("afterwards the case took %s", took)
	}
	return nil
}
