package cli

import (
	"errors"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// browse opens a link in the person's browser. It fails when there is none that
// it could start.
func (e *Env) browse(folder, link string) error {
	if e.Browse != nil {
		return e.Browse(link)
	}
	switch runtime.GOOS {
	case "windows":
		return start("rundll32", "url.dll,FileProtocolHandler", link)
	case "darwin":
		// Anybody on the machine can see what a command was started with, so the
		// link goes by way of a file that only its owner can read.
		name := filepath.Join(folder, "open.html")
		page := "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=" + html.EscapeString(link) + "\">\n"
		os.Remove(name)
		if err := os.WriteFile(name, []byte(page), 0o600); err != nil {
			return err
		}
		return start("open", name)
	}
	// On Linux the program asks the system who opened the link (see web, peer), so
	// that seeing it is of no use to anybody else.
	if e.getenv("DISPLAY") == "" && e.getenv("WAYLAND_DISPLAY") == "" && e.getenv("WSL_DISTRO_NAME") == "" {
		return errors.New("no screen")
	}
	for _, name := range []string{"xdg-open", "wslview"} {
		if path, err := exec.LookPath(name); err == nil {
			return start(path, link)
		}
	}
	return errors.New("no xdg-open")
}

// start starts a command and does not wait for it, because a browser may stay.
func start(name string, args ...string) error {
	c := exec.Command(name, args...)
	if err := c.Start(); err != nil {
		return err
	}
	go c.Wait()
	return nil
}
