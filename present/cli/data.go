package cli

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"

	"stayput/desk"
	"stayput/fault"
)

// Stores are the ways to a store. The commands know none by name: whoever joins
// the parts gives them.
type Stores struct {
	// Open opens the store of a folder to read and write, and makes both when they
	// are not there.
	Open func(ctx context.Context, folder string, log *slog.Logger) (desk.Store, error)
	// Look opens it to read, beside a program that may be using it.
	Look func(ctx context.Context, folder string) (desk.Store, error)
	// Restore puts a backup into a folder that holds no store.
	Restore func(ctx context.Context, backup, folder string) error
}

// noStore is for a program that was joined without a store.
func noStore() error {
	return fault.New(fault.Unavailable, fault.Position{File: "stayput"}, "cli.no_store")
}

// dataFolder is where the data rests: the folder named, the one of STAYPUT_DATA,
// or the place where this system keeps such things.
func dataFolder(env *Env, flag string) (string, error) {
	name := flag
	if name == "" {
		name = env.getenv("STAYPUT_DATA")
	}
	if name == "" {
		name = usualFolder(runtime.GOOS, env.getenv)
	}
	if name == "" {
		return "", fault.New(fault.Invalid, fault.Position{File: "--data"}, "cli.no_home")
	}
	return filepath.Abs(name)
}

// usualFolder is the default place of the data; "" when there is no home.
func usualFolder(system string, getenv func(string) string) string {
	home, under := getenv("HOME"), ""
	switch system {
	case "windows":
		under = getenv("LocalAppData")
		if under == "" && getenv("USERPROFILE") != "" {
			under = filepath.Join(getenv("USERPROFILE"), "AppData", "Local")
		}
		if under == "" {
			return ""
		}
		return filepath.Join(under, "Stayput")
	case "darwin", "ios":
		if home == "" {
			return ""
		}
		return filepath.Join(home, "Library", "Application Support", "Stayput")
	}
	// A relative XDG_DATA_HOME is to be ignored, says its specification.
	if under = getenv("XDG_DATA_HOME"); filepath.IsAbs(under) {
		return filepath.Join(under, "stayput")
	}
	if home == "" {
		return ""
	}
	return filepath.Join(home, ".local", "share", "stayput")
}

// folderSize is how much a folder's own files take.
func folderSize(folder string) int64 {
	var n int64
	entries, err := os.ReadDir(folder)
	if err != nil {
		return 0
	}
	for _, e := range entries {
		if i, err := e.Info(); err == nil && i.Mode().IsRegular() {
			n += i.Size()
		}
	}
	return n
}

func (e *Env) getenv(name string) string {
	if e.Getenv == nil {
		return ""
	}
	return e.Getenv(name)
}

func (e *Env) context() context.Context {
	if e.Context == nil {
		return context.Background()
	}
	return e.Context
}
