package script

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"stayput/desk"
	"stayput/present/cli"
	"stayput/store/sqlite"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"stayput": func() {
			os.Exit(cli.Run(cli.Env{Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now, Getenv: os.Getenv, Version: "test", Stores: stores}))
		},
	})
}

// stores are the real ones, as cmd/stayput joins them.
var stores = cli.Stores{
	Open: func(ctx context.Context, folder string, log *slog.Logger) (desk.Store, error) {
		return sqlite.Open(ctx, sqlite.Options{Folder: folder, Now: time.Now, Log: log})
	},
	Look: func(ctx context.Context, folder string) (desk.Store, error) { return sqlite.OpenReader(ctx, folder) },
	Restore: func(ctx context.Context, backup, folder string) error {
		return sqlite.Restore(ctx, backup, folder, desk.Verify)
	},
}

func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("ROOT", root)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"make-file": makeFile,
			"edit":      edit,
			"cpdir":     cpdir,
			"wait-for":  waitFor,
		},
	})
}

// makeFile writes hostile files that no one would want in the repository:
// make-file KIND NAME.
func makeFile(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: make-file KIND NAME")
	}
	head := "stayput: 1\ncase: {title: T, jurisdiction: us-ca}\nrecord:\n"
	var data []byte
	switch args[0] {
	case "empty":
	case "huge":
		data = []byte(head + strings.Repeat("  - {on: 2025-01-02, kind: note_added, note: "+strings.Repeat("x", 200)+"}\n", 220_000))
	case "binary":
		data = []byte("\x7fELF\x02\x01\x01\x00\x00\x00")
	case "bomb":
		data = []byte("a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b]\n")
	case "ten-thousand":
		var b strings.Builder
		b.WriteString(head)
		for i := range 10_000 {
			fmt.Fprintf(&b, "  - {id: n%d, on: %04d-%02d-%02d, kind: records_access_requested}\n", i, 2000+i%25, 1+i%12, 1+i%28)
		}
		data = []byte(b.String())
	case "utf16":
		data = []byte{0xFF, 0xFE}
		for _, r := range head + "  - {on: 2025-01-02, kind: note_added, note: ñandú}\n" {
			data = append(data, byte(r), byte(r>>8))
		}
	case "windows":
		data = []byte(strings.ReplaceAll(head+"  - {on: 2025-01-02, kind: evaluation_requested}\n", "\n", "\r\n"))
	case "deep":
		data = []byte(strings.Repeat("[", 5000) + strings.Repeat("]", 5000))
	default:
		ts.Fatalf("no such kind %q", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), data, 0o666))
}

// edit replaces text that must be there: edit FILE OLD NEW.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	old, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	with, err := strconv.Unquote(`"` + args[2] + `"`)
	ts.Check(err)
	name := ts.MkAbs(args[0])
	data, err := os.ReadFile(name)
	ts.Check(err)
	if !strings.Contains(string(data), old) {
		ts.Fatalf("%s does not hold %q", args[0], old)
	}
	ts.Check(os.WriteFile(name, []byte(strings.Replace(string(data), old, with, 1)), 0o666))
}

// waitFor waits for a file that a program in the background makes: wait-for FILE.
func waitFor(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: wait-for FILE")
	}
	for range 400 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	ts.Fatalf("%s never came", args[0])
}

// cpdir copies a folder: cpdir FROM TO.
func cpdir(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: cpdir FROM TO")
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(args[0])))
}
