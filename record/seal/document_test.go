package seal_test

import (
	"bytes"
	"encoding/hex"
	"os"
	"strings"
	"testing"
	"time"

	"stayput/record/seal"
)

// block is the text of a fenced block of docs/record-format.md.
func block(t *testing.T, name string) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/record-format.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(page), "\n```"+name+"\n")
	text, _, end := strings.Cut(rest, "\n```\n")
	if !ok || !end {
		t.Fatalf("the page has no block %q", name)
	}
	return text + "\n"
}

// The example of the page comes out as the page says.
func TestTheExampleOfThePage(t *testing.T) {
	said := map[string]string{}
	var entries []map[string]string
	for _, line := range strings.Split(block(t, "example"), "\n") {
		name, value, ok := strings.Cut(line, " = ")
		if !ok {
			continue
		}
		if name == "id" {
			entries = append(entries, map[string]string{})
		}
		if len(entries) > 0 && name != "root" {
			entries[len(entries)-1][name] = value
		} else {
			said[name] = value
		}
	}
	if len(entries) != 2 {
		t.Fatalf("%d entries", len(entries))
	}
	var tree seal.Tree
	var head seal.Head
	for i, e := range entries {
		at, err := time.Parse(time.RFC3339Nano, e["at"])
		if err != nil {
			t.Fatal(err)
		}
		salt, err := hex.DecodeString(e["salt"])
		if err != nil {
			t.Fatal(err)
		}
		s, err := seal.Append(said["log"], seal.Tail{Size: int64(i), Hashes: tree.ReadHashes}, said["by"], at,
			seal.Draft{ID: e["id"], What: seal.What(e["what"]), Body: seal.Body{Salt: salt, Data: []byte(e["body"])}})
		if err != nil {
			t.Fatal(err)
		}
		entry := s.Entries[0]
		head = s.Head
		if err := tree.Add(entry.Leaf()); err != nil {
			t.Fatal(err)
		}
		h := seal.LeafHash(entry.Leaf())
		for name, got := range map[string]string{"digest": entry.Body.String(), "leaf": hex.EncodeToString(entry.Leaf()), "hash": hex.EncodeToString(h[:])} {
			if got != e[name] {
				t.Errorf("entry %d, %s: %s, the page says %s", i, name, got, e[name])
			}
		}
	}
	if got := hex.EncodeToString(head.Root[:]); got != said["root"] {
		t.Errorf("root %s, the page says %s", got, said["root"])
	}
	checkpoint, err := seal.Key{Secret: said["secret"], Public: said["public"]}.Sign(head)
	if err != nil {
		t.Fatal(err)
	}
	if want := block(t, "checkpoint"); !bytes.Equal(checkpoint, []byte(want)) {
		t.Errorf("checkpoint\n%s\nthe page says\n%s", checkpoint, want)
	}
	if _, err := seal.OpenCheckpoint(checkpoint, said["public"]); err != nil {
		t.Error(err)
	}
	for _, proof := range []func() ([]seal.Hash, error){func() ([]seal.Hash, error) { return tree.Prove(0) }, func() ([]seal.Hash, error) { return tree.ProveSince(1) }} {
		if p, err := proof(); err != nil || len(p) != 1 || hex.EncodeToString(p[0][:]) != entries[1]["hash"] {
			t.Error(p, err)
		}
	}
}

// The page names everything a log may hold.
func TestThePageNamesEveryWhat(t *testing.T) {
	page, err := os.ReadFile("../../docs/record-format.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range seal.Whats() {
		if !strings.Contains(string(page), "`"+string(w)+"`") {
			t.Errorf("the page does not say what the body of %q is", w)
		}
	}
}
