package cli

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
	"time"
)

// user runs a command on a folder and gives what it printed.
func user(t *testing.T, folder, stdin string, args ...string) (status int, out, said string) {
	t.Helper()
	var o, e bytes.Buffer
	status = Run(Env{
		Args: append(append([]string{"user"}, args...), "--data", folder, "--lang", "en"), Stdin: strings.NewReader(stdin), Stdout: &o, Stderr: &e,
		Now: time.Now, Stores: realStores, Context: context.Background(),
	})
	return status, o.String(), e.String()
}

func TestUser(t *testing.T) {
	folder := t.TempDir()
	const phrase = "lluvia sobre tejas rojas"
	codes := regexp.MustCompile(`(?m)^[a-z0-9]{6}(-[a-z0-9]{6}){3}$`)
	if status, out, said := user(t, folder, phrase+"\n", "add", "ana"); status != 0 || !strings.Contains(out, "person of this machine") || len(codes.FindAllString(out, -1)) != 10 || strings.Contains(out+said, phrase) {
		t.Fatalf("%d\n%s%s", status, out, said)
	}
	if status, out, _ := user(t, folder, "nueve bicicletas moradas", "add", "eva"); status != 0 || !strings.Contains(out, "no family yet") {
		t.Errorf("%d\n%s", status, out)
	}
	if status, out, _ := user(t, folder, "", "list"); status != 0 || strings.Count(out, "\n") != 2 || !strings.Contains(out, "ana, since") || strings.Contains(out, "argon2") {
		t.Errorf("%d\n%s", status, out)
	}
	for what, c := range map[string]struct {
		stdin string
		args  []string
		says  string
	}{
		"taken":         {phrase, []string{"add", "ANA"}, "Somebody has"},
		"short":         {"fourteen signs", []string{"add", "luz"}, "at least 15"},
		"nothing given": {"", []string{"add", "luz"}, "No passphrase was given"},
		"nobody":        {phrase, []string{"passphrase", "luz"}, "There is no account luz"},
		"no device":     {"", []string{"devices", "ana", "--end", "nosuch"}, "no such device"},
	} {
		if status, out, said := user(t, folder, c.stdin, c.args...); status == 0 || !strings.Contains(said, c.says) {
			t.Errorf("%s: %d\n%s%s", what, status, out, said)
		}
	}
	if status, out, said := user(t, folder, "otras cuatro palabras sueltas\n", "passphrase", "ana"); status != 0 || !strings.Contains(out, "signed out") {
		t.Errorf("%d\n%s%s", status, out, said)
	}
	if status, out, _ := user(t, folder, "", "codes", "ana"); status != 0 || len(codes.FindAllString(out, -1)) != 10 {
		t.Errorf("%d\n%s", status, out)
	}
	if status, out, _ := user(t, folder, "", "devices", "ana"); status != 0 || !strings.Contains(out, "signed in nowhere") {
		t.Errorf("%d\n%s", status, out)
	}
	if status, out, _ := user(t, folder, "", "devices", "ana", "--end-all"); status != 0 || !strings.Contains(out, "are ended") {
		t.Errorf("%d\n%s", status, out)
	}
	if status, out, _ := user(t, folder, "no\n", "end", "eva"); status == 0 || !strings.Contains(out, "Nothing was done") {
		t.Errorf("%d\n%s", status, out)
	}
	if status, out, _ := user(t, folder, "eva\n", "end", "eva"); status != 0 || !strings.Contains(out, "is ended") {
		t.Errorf("%d\n%s", status, out)
	}
	if _, out, _ := user(t, folder, "", "list"); strings.Contains(out, "eva") {
		t.Errorf("an ended account is listed\n%s", out)
	}
}

// While the program runs, changes say so; looking is allowed.
func TestUserWhileRunning(t *testing.T) {
	folder := t.TempDir()
	store, err := realStores.Open(t.Context(), folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if status, _, said := user(t, folder, "lluvia sobre tejas rojas", "add", "ana"); status == 0 || !strings.Contains(said, "Stop it first") {
		t.Errorf("%d\n%s", status, said)
	}
	if status, out, said := user(t, folder, "", "list"); status != 0 || !strings.Contains(out, "no accounts") {
		t.Errorf("%d\n%s%s", status, out, said)
	}
}
