package mail

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A mail program opens a draft: its subject, its words and what is attached to it.
func TestMuttOpensIt(t *testing.T) {
	pdf := append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte{0, 1, 2, 250, 251, '\n', '\r'}, 500)...)
	raw := written(t, &Draft{From: []Address{{"Ana Peña", "ana@example.org"}}, To: []Address{{"D. Sample", "d@example.org"}}, Subject: "Petición del aviso previo por escrito: niño",
		Language: "es-US", Text: "El 5 de diciembre la escuela dijo que no.\n\nGracias.", Files: []File{{"petición.pdf", "application/pdf", pdf}}})
	dir := t.TempDir()
	box := append([]byte("From x Thu Jan  1 00:00:00 2026\n"), bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))...)
	write := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	file := write("box", string(box)+"\n")
	// keys presses keys in mutt, which wants a terminal, and gives what was piped to a file.
	keys := func(decode, press string) string {
		out := filepath.Join(dir, "out")
		os.Remove(out)
		rc := write("rc", "set folder="+dir+"\nset spoolfile="+file+"\nset wait_key=no\nset pipe_decode="+decode+"\n")
		ctx, stop := context.WithTimeout(context.Background(), time.Minute)
		defer stop()
		c := exec.CommandContext(ctx, "script", "-qec", "mutt -n -F "+rc+" -R -f "+file+` -e 'push "`+strings.ReplaceAll(press, "OUT", out)+`"'`, "/dev/null")
		c.Env = append(os.Environ(), "HOME="+dir, "TERM=xterm", "LANG=C.UTF-8", "LC_ALL=C.UTF-8")
		if said, err := c.CombinedOutput(); err != nil {
			t.Fatalf("mutt: %v\n%s\n(./check installs what the tests need)", err, said)
		}
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	shown := keys("yes", "<pipe-message>cat>OUT<enter><exit>")
	for _, want := range []string{"From: Ana Peña <ana@example.org>", "Subject: Petición del aviso previo por escrito: niño", "El 5 de diciembre la escuela dijo que no.", "X-Unsent: 1"} {
		if !strings.Contains(shown, want) {
			t.Errorf("mutt does not show %q:\n%s", want, shown)
		}
	}
	if got := keys("no", "<view-attachments><last-entry><pipe-entry>cat>OUT<enter><exit><exit>"); got != string(pdf) {
		t.Errorf("what mutt takes out has %d bytes, not %d", len(got), len(pdf))
	}
}
