package main

import "testing"

// A short version of the command.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	if err := run(true); err != nil {
		t.Fatal(err)
	}
}
