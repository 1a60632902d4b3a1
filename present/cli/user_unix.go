//go:build unix

package cli

import (
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

// isTerminal reports that somebody types into f.
func isTerminal(f *os.File) bool {
	_, err := unix.IoctlGetTermios(int(f.Fd()), getTerm)
	return err == nil
}

// hide stops a terminal from showing what is typed, until show is called or the
// command is interrupted.
func hide(f *os.File) (show func(), err error) {
	fd := int(f.Fd())
	old, err := unix.IoctlGetTermios(fd, getTerm)
	if err != nil {
		return nil, err
	}
	quiet := *old
	quiet.Lflag &^= unix.ECHO
	quiet.Lflag |= unix.ICANON | unix.ISIG
	quiet.Iflag |= unix.ICRNL
	if err := unix.IoctlSetTermios(fd, setTerm, &quiet); err != nil {
		return nil, err
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	go func() {
		if _, told := <-stop; told {
			unix.IoctlSetTermios(fd, setTerm, old)
			os.Exit(130)
		}
	}()
	return func() {
		unix.IoctlSetTermios(fd, setTerm, old)
		signal.Stop(stop)
		close(stop)
	}, nil
}
