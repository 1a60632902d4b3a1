// Command load measures the program under a bounded load: it makes a case of
// 10,000 entries and a space of 200 cases, starts the real program on two cores,
// asks for 50 pages a second for a minute, one request in twenty a new entry, and
// prints for every page what the program took (its Server-Timing), what came over
// the wire, and beside each figure what was promised.
//
//	go run ./bench/load -rate 50 -seconds 60 -entries 10000 -cases 200 -seed 1
//
// It speaks to this machine only and ends only what it started. With -check it
// ends with status 1 when a promise is missed by more than twice.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	var o options
	flag.IntVar(&o.rate, "rate", 50, "requests a second")
	flag.IntVar(&o.seconds, "seconds", 60, "for how long")
	flag.IntVar(&o.entries, "entries", 10_000, "entries of the large case")
	flag.BoolVar(&o.reading, "reading", false, "ask for pages only; write nothing")
	flag.IntVar(&o.cases, "cases", 200, "cases of the space, the large one among them")
	flag.Uint64Var(&o.seed, "seed", 1, "where chance begins")
	flag.BoolVar(&o.check, "check", false, "status 1 when a promise is missed by more than twice")
	flag.StringVar(&o.only, "only", "", "ask only for pages whose names begin so")
	flag.StringVar(&o.profile, "profile", "", "measure no pages: write a CPU profile of what the pages ask the desk for, after each new entry, to this file")
	flag.StringVar(&o.env, "env", "", "a variable for the program's environment, such as GOGC=50, to try what it does")
	flag.Parse()
	missed, err := run(o, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if o.check && missed {
		fmt.Fprintln(os.Stderr, "a promise is missed by more than twice")
		os.Exit(1)
	}
}

type options struct {
	rate, seconds, entries, cases int
	reading                       bool
	seed                          uint64
	check                         bool
	only, profile, env            string
}
