package main

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	if os.Getenv(inside) != "" {
		os.Exit(outer(os.Args[0], true))
	}
	os.Exit(m.Run())
}

// Every trouble once, in one language or the other.
func TestDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	if status := outer(os.Args[0], true); status != 0 {
		t.Fatalf("status %d; what went wrong stands above", status)
	}
}
