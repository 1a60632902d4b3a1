package guide

import "testing"

func TestReads(t *testing.T) {
	if _, err := read(files); err != nil {
		t.Fatal(err)
	}
}
