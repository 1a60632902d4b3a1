package cli

import (
	"errors"
	"net"
	"strconv"
	"syscall"

	"stayput/fault"
)

// usualPort is tried first, so that bookmarks stay good.
const usualPort = 7847

// A doorway is where a program listens.
type doorway struct {
	listeners []net.Listener
	host      string // as it stands in the address: localhost, 127.0.0.1 or [::1]
	port      int
}

func (d doorway) address() string { return "http://" + d.host + ":" + strconv.Itoa(d.port) }

func (d doorway) close() {
	for _, l := range d.listeners {
		l.Close()
	}
}

// splitListen takes an address of the command line apart.
func splitListen(address string) (host string, port int, err error) {
	host, text, err := net.SplitHostPort(address)
	if err == nil {
		port, err = strconv.Atoi(text)
	}
	if err != nil || port < 0 || port > 65535 {
		return "", 0, fault.New(fault.Invalid, fault.Position{File: "--listen"}, "cli.listen_form", "got", address)
	}
	return host, port, nil
}

// isOwnHost reports a name of this machine that no other can reach.
func isOwnHost(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// listenAt opens the doorway of this machine itself at an address given on the
// command line. Other machines have a door of their own (see listen_beyond.go).
func listenAt(address string) (doorway, error) {
	host, n, err := splitListen(address)
	if err != nil {
		return doorway{}, err
	}
	port := strconv.Itoa(n)
	switch host {
	case "localhost":
		return listenBoth(n)
	case "127.0.0.1", "::1":
		l, err := net.Listen("tcp", net.JoinHostPort(host, port))
		if err != nil {
			return doorway{}, unheard(address, err)
		}
		if host == "::1" {
			host = "[::1]"
		}
		return doorway{[]net.Listener{l}, host, portOf(l)}, nil
	}
	return doorway{}, fault.New(fault.Invalid, fault.Position{File: "--listen"}, "cli.listen_outside", "got", address)
}

// listenUsual opens the usual doorway, or a free one when that is taken.
func listenUsual() (doorway, error) {
	if d, err := listenBoth(usualPort); err == nil {
		return d, nil
	}
	return listenBoth(0)
}

// listenBoth listens as localhost, which browsers take for 127.0.0.1 or for
// [::1]. Both must be ours: were one of them somebody else's, the links meant for
// us would go there.
func listenBoth(port int) (doorway, error) {
	for try := 0; ; try++ {
		four, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			return doorway{}, unheard("localhost:"+strconv.Itoa(port), err)
		}
		d := doorway{[]net.Listener{four}, "localhost", portOf(four)}
		six, err := net.Listen("tcp6", net.JoinHostPort("::1", strconv.Itoa(d.port)))
		switch {
		case err == nil:
			d.listeners = append(d.listeners, six)
			return d, nil
		case !errors.Is(err, syscall.EADDRINUSE) && !errors.Is(err, syscall.EACCES):
			return d, nil // this machine has no [::1]
		}
		four.Close()
		if port != 0 || try == 20 {
			return doorway{}, unheard("localhost:"+strconv.Itoa(d.port), err)
		}
	}
}

func portOf(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }

// unheard says why nothing can listen at an address.
func unheard(address string, err error) error {
	key := "cli.listen_failed"
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		key = "cli.listen_taken"
	case errors.Is(err, syscall.EACCES):
		key = "cli.listen_forbidden"
	}
	return fault.New(fault.Unavailable, fault.Position{File: "--listen"}, key, "got", address).Wrap(err)
}
