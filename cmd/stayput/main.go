// Command stayput keeps the plan, the record and the clock for a child with an
// IEP or a 504 plan. This file joins the parts; it holds no logic.
package main

import (
	"os"
	"runtime/debug"
	"time"
	_ "time/tzdata" // hours are counted in the family's own zone, whatever machine this is

	"stayput/present/cli"
)

func main() {
	version := "development"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		version = info.Main.Version
	}
	os.Exit(cli.Run(cli.Env{
		Args:     os.Args[1:],
		Stdin:    os.Stdin,
		Stdout:   os.Stdout,
		Stderr:   os.Stderr,
		Now:      time.Now,
		Getenv:   os.Getenv,
		Terminal: terminal(os.Stdout) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		Version:  version,
	}))
}

// terminal reports that f is a terminal and not a file or a pipe.
func terminal(f *os.File) bool {
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0
}
