package main

import (
	"bytes"
	"strings"
	"testing"
)

// A short version of the command: every page answers under a small load. No
// figure is looked at, because other work on the machine would decide.
func TestLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program and runs it for some seconds")
	}
	var out bytes.Buffer
	if _, err := run(options{rate: 50, seconds: 3, entries: 300, cases: 12, seed: 1}, &out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "\nfailed") {
		t.Error(out.String())
	}
	t.Log(out.String())
}
