// Command stayput keeps the plan, the record and the clock for a child with an
// IEP or a 504 plan. This file joins the parts; it holds no logic.
package main

import (
	"context"
	"log/slog"
	"os"
	"runtime/debug"
	"time"
	_ "time/tzdata" // hours are counted in the family's own zone, whatever machine this is

	"stayput/desk"
	"stayput/present/cli"
	"stayput/store/sqlite"
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
		Stores:   cli.Stores{Open: open, Look: look, Restore: restore},
	}))
}

func open(ctx context.Context, folder string, log *slog.Logger) (desk.Store, error) {
	return sqlite.Open(ctx, sqlite.Options{Folder: folder, Now: time.Now, Log: log})
}

func look(ctx context.Context, folder string) (desk.Store, error) {
	return sqlite.OpenReader(ctx, folder)
}

func restore(ctx context.Context, backup, folder string) error {
	return sqlite.Restore(ctx, backup, folder, desk.Verify)
}

// terminal reports that f is a terminal and not a file or a pipe.
func terminal(f *os.File) bool {
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0
}
