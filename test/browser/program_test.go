package browser

import (
	"bufio"
	"bytes"
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Here the built program runs as a user runs it, and one browser visits it. Each
// test has a profile of its own in that browser, as a new machine has.

func TestMain(m *testing.M) {
	status := m.Run()
	one.Lock()
	for i := len(one.end) - 1; i >= 0; i-- {
		one.end[i]()
	}
	os.Exit(status)
}

// one is what the tests share.
var one struct {
	sync.Mutex
	dir     string
	exe     string
	browser context.Context
	end     []func()
}

// built is the path of the program, built once.
func built(t *testing.T) string {
	t.Helper()
	one.Lock()
	defer one.Unlock()
	if one.exe != "" {
		return one.exe
	}
	dir := shared(t)
	exe := filepath.Join(dir, "stayput")
	if out, err := exec.Command("go", "build", "-o", exe, "../../cmd/stayput").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	one.exe = exe
	return exe
}

// shared is a folder that lives as long as the tests. The lock is held.
func shared(t *testing.T) string {
	t.Helper()
	if one.dir == "" {
		dir, err := os.MkdirTemp("", "stayput-browser-")
		if err != nil {
			t.Fatal(err)
		}
		one.dir = dir
		one.end = append(one.end, func() { os.RemoveAll(dir) })
	}
	return one.dir
}

// chrome is the browser all tests share.
func chrome(t *testing.T) context.Context {
	t.Helper()
	one.Lock()
	defer one.Unlock()
	if one.browser != nil {
		return one.browser
	}
	// The language of the machine decides in which order a date is typed.
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.UserDataDir(filepath.Join(shared(t), "profile")), chromedp.Flag("lang", "en-US"),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	one.end = append(one.end, cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("chromium: %v", err)
	}
	one.end = append(one.end, cancel)
	one.browser = ctx
	return ctx
}

// A program is `stayput serve` with a data folder and a home of its own.
type program struct {
	data, home string
	base       string // http://localhost:PORT
	link       string // the one-time link it printed
	cmd        *exec.Cmd
	stderr     *safeBuffer
	done       chan error
}

// serve starts the program on an empty folder.
func serve(t *testing.T) *program {
	t.Helper()
	p := &program{data: filepath.Join(t.TempDir(), "data"), home: t.TempDir()}
	p.start(t, "localhost:0")
	t.Cleanup(func() { p.stop(t) })
	return p
}

var oneTime = regexp.MustCompile(`http://\S+/enter\?key=\S+`)

// start starts it, or starts it again at the same place.
func (p *program) start(t *testing.T, listen string) {
	t.Helper()
	p.cmd = p.command(built(t), "serve", "--data", p.data, "--listen", listen)
	p.stderr = &safeBuffer{}
	p.cmd.Stderr = p.stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.done = make(chan error, 1)
	links := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if l := oneTime.FindString(lines.Text()); l != "" {
				links <- l
			}
		}
		p.done <- p.cmd.Wait()
	}()
	select {
	case p.link = <-links:
	case err := <-p.done:
		t.Fatalf("the program ended: %v\n%s", err, p.stderr)
	case <-time.After(20 * time.Second):
		p.cmd.Process.Kill()
		t.Fatalf("the program printed no link\n%s", p.stderr)
	}
	u, err := url.Parse(p.link)
	if err != nil {
		t.Fatal(err)
	}
	p.base = u.Scheme + "://" + u.Host
}

// stop stops it as a service manager does. It must end by itself, in order.
func (p *program) stop(t *testing.T) {
	t.Helper()
	if p.cmd == nil {
		return
	}
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case err := <-p.done:
		if err != nil {
			t.Errorf("the program ended with %v\n%s", err, p.stderr)
		}
	case <-time.After(15 * time.Second):
		p.cmd.Process.Kill()
		t.Errorf("the program did not stop\n%s", p.stderr)
	}
	p.cmd = nil
}

// newLink asks the program that runs for another one-time link.
func (p *program) newLink(t *testing.T) string {
	t.Helper()
	out, err := p.command(built(t), "link", "--data", p.data).CombinedOutput()
	l := oneTime.FindString(string(out))
	if err != nil || l == "" {
		t.Fatalf("stayput link: %v\n%s", err, out)
	}
	return l
}

// command runs the program in a world where only the home folder is known.
func (p *program) command(exe string, args ...string) *exec.Cmd {
	c := exec.Command(exe, args...)
	c.Env = []string{"HOME=" + p.home, "PATH=" + os.Getenv("PATH"), "LANG=en_US.UTF-8"}
	c.Dir = p.home
	return c
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(b)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
