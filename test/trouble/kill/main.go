// Command kill ends the program without warning, over and over, and makes sure
// each time that nothing it acknowledged is lost. See package trouble.
//
//	go run ./test/trouble/kill -n 50 -writes 10000 -seed 1
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"stayput/test/trouble"
)

func main() {
	var o options
	flag.IntVar(&o.n, "n", 50, "how many times to kill it during a burst of entries")
	flag.IntVar(&o.writes, "writes", 10000, "the most entries of one burst")
	flag.IntVar(&o.conns, "conns", 8, "how many connections send them")
	flag.IntVar(&o.others, "others", 0, "how many times for each of the other moments; 0 is a third of -n")
	flag.Uint64Var(&o.seed, "seed", 1, "where chance begins")
	keep := flag.String("keep", "", "work in this folder and leave it there")
	child := flag.String("child", "", "")
	flag.Parse()
	if *child != "" {
		if err := importSixty(context.Background(), *child, flag.Arg(0), os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	if err := run(o, *keep); err != nil {
		fmt.Fprintln(os.Stderr, "FAILED:", err)
		os.Exit(1)
	}
}

type options struct {
	n, writes, conns, others int
	seed                     uint64
	self                     []string // the command that runs importSixty; this program when empty
}

// A killing is one run of the command.
type killing struct {
	options
	r    *rand.Rand
	dir  string // everything happens here
	bin  string
	data string // the folder of the program
	tmp  string // its temporary files
	say  func(format string, args ...any)
}

func run(o options, keep string) (err error) {
	if o.others == 0 {
		o.others = max(1, o.n/3)
	}
	dir := keep
	if dir == "" {
		if dir, err = os.MkdirTemp("", "stayput-kill-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	} else if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	k := &killing{options: o, r: rand.New(rand.NewPCG(o.seed, 0x6b696c6c)), dir: dir,
		data: filepath.Join(dir, "data"), tmp: filepath.Join(dir, "tmp"),
		say: func(format string, args ...any) { fmt.Printf(format+"\n", args...) }}
	if err := os.MkdirAll(k.tmp, 0o700); err != nil {
		return err
	}
	started := time.Now()
	if k.bin, err = trouble.Build(dir); err != nil {
		return err
	}
	for _, part := range []struct {
		name string
		do   func() error
	}{
		{"the first start", k.firstStart},
		{"a burst of entries", k.bursts},
		{"a backup", k.backups},
		{"a change of form at start, with the backup before it", k.migrations},
		{"a file being sent", k.uploads},
		{"an import of sixty cases", k.imports},
	} {
		k.say("\n== killed during %s", part.name)
		if err := part.do(); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	k.say("\nall of it held; %s in all", time.Since(started).Round(time.Second))
	return nil
}

// options of a program of this run.
func (k *killing) with() trouble.Options {
	return trouble.Options{Env: []string{"TMPDIR=" + k.tmp}}
}

// start starts the program on a folder and enters it.
func (k *killing) start(folder string) (*trouble.Program, *trouble.Browser, error) {
	p, err := trouble.Start(k.with(), k.bin, folder)
	if err != nil {
		return nil, nil, err
	}
	b, err := p.Enter()
	if err != nil {
		p.Kill()
		return nil, nil, err
	}
	return p, b, nil
}

// moment is a random time, short ones likelier.
func (k *killing) moment(most time.Duration) time.Duration {
	f := k.r.Float64()
	return time.Duration(f * f * float64(most))
}

// firstStart kills the program while it makes its file for the first time.
func (k *killing) firstStart() error {
	before, after := 0, 0
	for i := range k.others {
		folder := filepath.Join(k.dir, fmt.Sprintf("first-%d", i))
		p, ready, err := trouble.Begin(k.with(), k.bin, folder)
		if err != nil {
			return err
		}
		time.Sleep(k.moment(400 * time.Millisecond))
		select {
		case <-ready:
			after++
		default:
			before++
		}
		p.Kill()
		p, b, err := k.start(folder)
		if err != nil {
			return fmt.Errorf("round %d: it does not start again: %w", i+1, err)
		}
		_, err = b.OpenCase("Sample")
		b.Close()
		if e := p.Stop(); err == nil {
			err = e
		}
		if err == nil {
			err = k.doctor(k.bin, folder)
		}
		if err != nil {
			return fmt.Errorf("round %d: %w", i+1, err)
		}
		os.RemoveAll(folder)
	}
	k.say("%d times, %d before it was ready and %d after: it started again each time, a case could be opened, the record verified", k.others, before, after)
	return nil
}
