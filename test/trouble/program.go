package trouble

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Root is the folder of the module.
func Root() (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "stayput").Output()
	if err != nil {
		return "", fmt.Errorf("the module is not found: %w", err)
	}
	return strings.TrimSpace(string(out)), nil
}

// Build makes the real program in dir and gives its path. flags are further flags
// of go build.
func Build(dir string, flags ...string) (string, error) {
	root, err := Root()
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "stayput")
	c := exec.Command("go", append(append([]string{"build", "-o", bin}, flags...), "./cmd/stayput")...)
	c.Dir = root
	if out, err := c.CombinedOutput(); err != nil {
		return "", fmt.Errorf("the program does not build: %w\n%s", err, out)
	}
	return bin, nil
}

// Options say how a program is started.
type Options struct {
	Lang string   // en when left out
	Env  []string // added to a small environment without a home
	Wrap []string // a command before the program's own: taskset -c 0,1
}

// A Program is the real one, running.
type Program struct {
	Bin, Folder string
	URL         string // http://localhost:PORT
	Link        string // the one-time link it printed
	Started     time.Time
	Ready       time.Time // when it said where it listens

	cmd    *exec.Cmd
	stderr *tail
	done   chan struct{}
	err    error
}

var linkLine = regexp.MustCompile(`(http://[^/ ]+)/enter\?key=\S+`)

// Command prepares a command of the program on a folder.
func Command(ctx context.Context, o Options, bin string, args ...string) *exec.Cmd {
	if o.Lang == "" {
		o.Lang = "en"
	}
	all := append(append([]string{}, o.Wrap...), bin, "--lang", o.Lang)
	all = append(all, args...)
	c := exec.CommandContext(ctx, all[0], all[1:]...)
	c.Env = append([]string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir()}, o.Env...)
	return c
}

// Run runs a command of the program to its end.
func Run(o Options, bin string, args ...string) (stdout, stderr string, status int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	c := Command(ctx, o, bin, args...)
	var out, e bytes.Buffer
	c.Stdout, c.Stderr = &out, &e
	err = c.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = nil
	}
	return out.String(), e.String(), c.ProcessState.ExitCode(), err
}

// Begin starts serving a folder and does not wait until the program is ready.
func Begin(o Options, bin, folder string) (*Program, <-chan string, error) {
	p := &Program{Bin: bin, Folder: folder, stderr: &tail{most: 64 << 10}, done: make(chan struct{})}
	p.cmd = Command(context.Background(), o, bin, "serve", "--data", folder, "--listen", "localhost:0")
	p.cmd.Stderr = p.stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	p.Started = time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, nil, err
	}
	ready := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if m := linkLine.FindStringSubmatch(lines.Text()); m != nil {
				ready <- m[0]
			}
		}
		p.err = p.cmd.Wait()
		close(ready)
		close(p.done)
	}()
	return p, ready, nil
}

// Start starts serving a folder and waits until the program says where.
func Start(o Options, bin, folder string) (*Program, error) {
	p, ready, err := Begin(o, bin, folder)
	if err != nil {
		return nil, err
	}
	select {
	case link, ok := <-ready:
		if !ok {
			<-p.done
			return nil, fmt.Errorf("the program did not start: %v\n%s", p.err, p.stderr)
		}
		p.Link, p.URL, p.Ready = link, linkLine.FindStringSubmatch(link)[1], time.Now()
		if resp, err := http.Get(p.URL + "/healthz"); err == nil { // it takes signals once it answers
			resp.Body.Close()
		}
		return p, nil
	case <-time.After(60 * time.Second):
		p.Kill()
		return nil, fmt.Errorf("the program was not ready after a minute\n%s", p.stderr)
	}
}

// Log is the end of what the program wrote to standard error.
func (p *Program) Log() string { return p.stderr.String() }

// PID is the number of the program's process.
func (p *Program) PID() int { return p.cmd.Process.Pid }

// Running reports that the program has not ended.
func (p *Program) Running() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// Kill ends the program without warning and waits until it is gone.
func (p *Program) Kill() {
	if p.Running() {
		_ = p.cmd.Process.Kill()
	}
	<-p.done
}

// Stop asks the program to end and waits until it has.
func (p *Program) Stop() error {
	if !p.Running() {
		return errors.New("the program had ended by itself")
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(20 * time.Second):
		p.Kill()
		return errors.New("the program did not stop within 20 seconds")
	}
	if p.err != nil {
		return fmt.Errorf("the program stopped with %w\n%s", p.err, p.stderr)
	}
	return nil
}

// Memory is the resident memory of the program now and at most, in bytes.
func (p *Program) Memory() (now, most int64, err error) {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(p.PID()) + "/status")
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		n, _ := strconv.ParseInt(f[1], 10, 64)
		switch f[0] {
		case "VmRSS:":
			now = n << 10
		case "VmHWM:":
			most = n << 10
		}
	}
	return now, most, nil
}

// A tail keeps the end of what is written to it.
type tail struct {
	mu   sync.Mutex
	most int
	b    []byte
}

var _ io.Writer = (*tail)(nil)

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, b...)
	if len(t.b) > t.most {
		t.b = append(t.b[:0], t.b[len(t.b)-t.most/2:]...)
	}
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.b)
}
