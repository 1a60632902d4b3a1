package pair

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"stayput/desk"
	"stayput/present/cli"
	"stayput/store/sqlite"
)

// What this binary is asked to be besides the test.
const (
	asProgram = "STAYPUT_TEST_PROGRAM" // the program itself
	inside    = "STAYPUT_TEST_INSIDE"  // the test, in networks of its own
)

// TestMain goes into a network and a mount namespace of its own, so that nothing of
// this machine's network is touched or left behind. Who is not root goes into a user
// namespace too.
func TestMain(m *testing.M) {
	switch {
	case os.Getenv(asProgram) != "":
		os.Exit(program())
	case os.Getenv(inside) != "":
		os.Exit(m.Run())
	}
	self, err := os.Executable()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if _, err := exec.LookPath("ip"); err != nil {
		fmt.Fprintln(os.Stderr, "test/pair: the command ip is not installed (package iproute2); run ./check, which installs it")
		os.Exit(1)
	}
	c := exec.Command(self, os.Args[1:]...)
	c.Env = append(os.Environ(), inside+"=1")
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	if os.Getuid() != 0 {
		c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	runtime.LockOSThread() // the child ends with the thread that made it
	err = c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		fmt.Fprintf(os.Stderr, "test/pair: no network of its own can be made here (%v).\nRun the test as root, or allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0\n", err)
		os.Exit(1)
	}
	os.Exit(c.ProcessState.ExitCode())
}

// program is the program, joined as cmd/stayput joins it.
func program() int {
	return cli.Run(cli.Env{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now, Getenv: os.Getenv, Version: "9.8.7-test",
		Stores: cli.Stores{
			Open: func(ctx context.Context, folder string, log *slog.Logger) (desk.Store, error) {
				return sqlite.Open(ctx, sqlite.Options{Folder: folder, Now: time.Now, Log: log})
			},
			Look: func(ctx context.Context, folder string) (desk.Store, error) { return sqlite.OpenReader(ctx, folder) },
		},
	})
}

// The home network. The laptop has a public address besides, as some have.
const (
	laptopAt = "192.168.77.2"
	laptopV6 = "fd77::2"
	publicAt = "203.0.113.2"
)

var addresses = map[string][]string{
	"laptop":   {laptopAt + "/24", laptopV6 + "/64", publicAt + "/24"},
	"phone":    {"192.168.77.3/24", "fd77::3/64"},
	"stranger": {"192.168.77.4/24", "203.0.113.4/24"},
}

// connect makes the network: a bridge, and on it a namespace for each machine.
func connect(t *testing.T) {
	t.Helper()
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		t.Fatalf("mounts cannot be made our own: %v", err)
	}
	if err := syscall.Mount("tmpfs", "/run", "tmpfs", 0, ""); err != nil { // where ip keeps the names
		t.Fatalf("/run: %v", err)
	}
	ip(t, "link", "add", "home", "type", "bridge")
	ip(t, "link", "set", "home", "up")
	for name, all := range addresses {
		ip(t, "netns", "add", name)
		ip(t, "link", "add", "to-"+name, "type", "veth", "peer", "name", "eth0", "netns", name)
		ip(t, "link", "set", "to-"+name, "master", "home", "up")
		ip(t, "-n", name, "link", "set", "lo", "up")
		ip(t, "-n", name, "link", "set", "eth0", "up")
		for _, a := range all {
			args := []string{"-n", name, "address", "add", a, "dev", "eth0"}
			if strings.Contains(a, ":") {
				args = append(args, "nodad") // ready at once
			}
			ip(t, args...)
		}
	}
}

func ip(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command("ip", args...).CombinedOutput(); err != nil {
		t.Fatalf("ip %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// on is how a program on one of the machines is started.
func on(machine string, args ...string) *exec.Cmd {
	self, _ := os.Executable()
	c := exec.Command("ip", append([]string{"netns", "exec", machine, self, "--lang", "en"}, args...)...)
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir(), asProgram + "=1"}
	return c
}

// dialer connects from one of the machines: a socket belongs to the network of the
// thread that makes it.
func dialer(machine string) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (c net.Conn, err error) {
		done := make(chan struct{})
		go func() {
			defer close(done)
			runtime.LockOSThread() // never unlocked: the thread ends with its network
			f, e := os.Open("/run/netns/" + machine)
			if e != nil {
				err = e
				return
			}
			defer f.Close()
			if err = unix.Setns(int(f.Fd()), unix.CLONE_NEWNET); err != nil {
				return
			}
			c, err = (&net.Dialer{Timeout: 3 * time.Second}).DialContext(ctx, network, address)
		}()
		<-done
		return c, err
	}
}
