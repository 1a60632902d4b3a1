package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"stayput/desk"
	"stayput/store/sqlite"
)

var realStores = Stores{
	Open: func(ctx context.Context, folder string, log *slog.Logger) (desk.Store, error) {
		return sqlite.Open(ctx, sqlite.Options{Folder: folder, Log: log})
	},
	Look: func(ctx context.Context, folder string) (desk.Store, error) {
		return sqlite.OpenReader(ctx, folder)
	},
	Restore: func(ctx context.Context, backup, folder string) error {
		return sqlite.Restore(ctx, backup, folder, func(desk.Tx) error { return nil })
	},
}

// screen is what a command prints, read while it runs.
type screen struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *screen) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// waitFor waits until the screen shows what re finds, and gives its first group.
func (s *screen) waitFor(t *testing.T, re string) string {
	t.Helper()
	r := regexp.MustCompile(re)
	for range 200 {
		if m := r.FindStringSubmatch(s.String()); m != nil {
			return m[len(m)-1]
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("the screen never showed %s:\n%s", re, s.String())
	return ""
}

// begin runs a command beside the test; end stops it and gives its status.
func begin(t *testing.T, env Env, args ...string) (out *screen, end func() int) {
	t.Helper()
	out = &screen{}
	ctx, cancel := context.WithCancel(context.Background())
	env.Args, env.Stdout, env.Stderr, env.Now, env.Context, env.Stores = args, out, out, time.Now, ctx, realStores
	done := make(chan int, 1)
	go func() { done <- Run(env) }()
	end = sync.OnceValue(func() int { cancel(); return <-done })
	t.Cleanup(func() { end() })
	return out, end
}

// once runs a command to its end.
func once(env Env, args ...string) (status int, out string) {
	var b bytes.Buffer
	env.Args, env.Stdout, env.Stderr, env.Now, env.Stores = args, &b, &b, time.Now, realStores
	return Run(env), b.String()
}

func TestSecondProgram(t *testing.T) {
	folder := t.TempDir()
	first, end := begin(t, Env{}, "serve", "--listen", "localhost:0", "--data", folder)
	address := first.waitFor(t, `Stayput is running at (http://localhost:\d+)/\n`)
	first.waitFor(t, `Open (http://localhost:\d+/enter\?key=\S+)\n`)
	if i, err := os.Stat(filepath.Join(folder, runName)); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("run.json: %v, %v", i.Mode(), err)
	}

	var opened string
	status, out := once(Env{Browse: func(link string) error { opened = link; return nil }}, "--data", folder)
	if status != 0 || !strings.HasPrefix(opened, address+"/enter?key=") {
		t.Errorf("the second program ended with %d, opened %q:\n%s", status, opened, out)
	}
	jar, _ := cookiejar.New(nil)
	a, err := (&http.Client{Jar: jar}).Get(opened)
	if err != nil {
		t.Fatal(err)
	}
	io.Copy(io.Discard, a.Body)
	a.Body.Close()
	if a.StatusCode != http.StatusOK {
		t.Errorf("its link gave %d", a.StatusCode)
	}
	if status, out := once(Env{}, "serve", "--listen", "localhost:0", "--data", folder); status != 1 || !strings.Contains(out, "Another Stayput") {
		t.Errorf("a second serve ended with %d:\n%s", status, out)
	}
	if status, out := once(Env{}, "link", "--data", folder); status != 0 || !strings.HasPrefix(out, "Open "+address) {
		t.Errorf("link ended with %d:\n%s", status, out)
	}
	if status, out := once(Env{}, "doctor", "--data", folder); status != 0 || !strings.Contains(out, "sound") {
		t.Errorf("doctor ended with %d:\n%s", status, out)
	}
	if status := end(); status != 0 {
		t.Errorf("stopping gave %d", status)
	}
	if _, err := os.Stat(filepath.Join(folder, runName)); !os.IsNotExist(err) {
		t.Error("run.json is still there")
	}
	if status, _ := once(Env{}, "link", "--data", folder); status != 1 {
		t.Errorf("link of nothing ended with %d", status)
	}
}

// What a killed program left behind is seen through, whoever has its port now.
func TestStaleRunFile(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(map[string]string{"path": "/steal", "proof": "0"})
	}))
	for _, left := range []string{
		`{"url":"http://` + l.Addr().String() + `","secret":"s","pid":1}`,
		`{"url":"http://localhost:1","secret":"s","pid":1}`,
		`{"url":"http://evil.example:80","secret":"s","pid":1}`,
		`{"url":"http://localhost:80@evil.example","secret":"s","pid":1}`,
		`{`, "", strings.Repeat("x", 10000),
	} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, runName), []byte(left), 0o600); err != nil {
			t.Fatal(err)
		}
		opened := make(chan string, 1)
		out, end := begin(t, Env{Browse: func(link string) error { opened <- link; return nil }}, "--data", folder)
		address := out.waitFor(t, `running at (http://localhost:\d+)/`)
		if link := <-opened; !strings.HasPrefix(link, address+"/enter?key=") {
			t.Errorf("%.60s: opened %s", left, link)
		}
		if status := end(); status != 0 {
			t.Errorf("%.60s: ended with %d", left, status)
		}
	}
}

func TestListen(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for address, want := range map[string]string{
		"0.0.0.0:7847": "other machines", ":7847": "other machines", "[::]:7847": "other machines", "192.168.1.4:7847": "other machines",
		"example.org:7847": "other machines", "127.0.0.2:7847": "other machines", "localhost": "not an address", "localhost:x": "not an address", "localhost:99999": "not an address",
		"localhost:" + strconv.Itoa(portOf(taken)): "in use by another program",
	} {
		status, out := once(Env{}, "serve", "--listen", address, "--data", t.TempDir())
		if status == 0 || !strings.Contains(out, want) {
			t.Errorf("%s ended with %d:\n%s", address, status, out)
		}
	}
	if _, out := once(Env{}, "--lang", "es", "serve", "--listen", "0.0.0.0:1", "--data", t.TempDir()); !strings.Contains(out, "otras computadoras") {
		t.Error(out)
	}
	lang := func(string) string { return "es_MX.UTF-8" }
	if _, out := once(Env{Getenv: lang}, "link", "--data", t.TempDir()); !strings.Contains(out, "Ningún Stayput") {
		t.Error(out)
	}
}

func TestDataFolder(t *testing.T) {
	env := func(pairs ...string) func(string) string {
		return func(name string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1]
				}
			}
			return ""
		}
	}
	home := env("HOME", "/home/ana", "LocalAppData", "/local")
	for system, want := range map[string]string{"linux": "/home/ana/.local/share/stayput", "darwin": "/home/ana/Library/Application Support/Stayput", "windows": "/local/Stayput"} {
		if got := usualFolder(system, home); got != want {
			t.Errorf("%s: %s", system, got)
		}
	}
	if got := usualFolder("linux", env("HOME", "/h", "XDG_DATA_HOME", "/x")); got != "/x/stayput" {
		t.Error(got)
	}
	if got := usualFolder("linux", env("HOME", "/h", "XDG_DATA_HOME", "relative")); got != "/h/.local/share/stayput" {
		t.Error(got)
	}
	e := &Env{Getenv: env("STAYPUT_DATA", "/data", "HOME", "/h")}
	if got, _ := dataFolder(e, ""); got != "/data" {
		t.Error(got)
	}
	if got, _ := dataFolder(e, "/flag"); got != "/flag" {
		t.Error(got)
	}
	if _, err := dataFolder(&Env{}, ""); err == nil {
		t.Error("no home was no trouble")
	}
}
