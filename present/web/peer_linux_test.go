package web

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// Another user of the machine who saw the link cannot use it, nor use it up.
func TestOtherUser(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can be somebody else")
	}
	curl, err := exec.LookPath("curl")
	if err != nil {
		t.Fatal("curl is not installed; run ./check, which installs it")
	}
	h := build(t, "")
	link := h.site.NewLink()
	c := exec.Command(curl, "-s", "-o", "/dev/null", "-w", "%{http_code}", h.server.URL+link)
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	c.Dir = "/"
	out, err := c.Output()
	if err != nil || strings.TrimSpace(string(out)) != "403" {
		t.Errorf("somebody else got %s, %v", out, err)
	}
	h.get(link).is(t, 303)
}
