package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"testing"
)

// The test's own program runs the import that is killed.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "-child" {
		if err := importSixty(context.Background(), os.Args[2], os.Args[3], os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// A short version of the command: three bursts, and every other moment twice.
func TestKill(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("processes are ended in another way there")
	}
	if err := run(options{n: 3, writes: 150, conns: 4, others: 2, seed: 1}, t.TempDir()); err != nil {
		t.Fatal(err)
	}
}
