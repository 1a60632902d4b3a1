package bundle

import (
	"os"
	"strings"
	"testing"

	"stayput/record/seal"
)

// The line that docs/record-format.md shows is read and written as it stands.
func TestTheLineOfThePage(t *testing.T) {
	page, err := os.ReadFile("../../docs/record-format.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "\n```record\n")
	text, _, ok := strings.Cut(rest, "\n```\n")
	if !ok {
		t.Fatal("no line on the page")
	}
	l := readLine([]byte(text))
	if !l.ok || !l.form || l.Body.Digest() != l.Entry.Body || string(appendRow(nil, &l.Row)) != text {
		t.Fatalf("%+v", l)
	}
	if !strings.Contains(string(page), "leaf = "+hexOf(l.Leaf())) {
		t.Error("the line's leaf is not on the page")
	}
	for _, part := range []string{partReadme, partRecord, partLeaves, partCheckpoint, partEarlier, partWall, partKey, partManifest, partSignature, partBrief, manifestHead, signedHead} {
		if !strings.Contains(string(page), part) {
			t.Errorf("the page does not name %s", part)
		}
	}
}

func hexOf(b []byte) string {
	const digits = "0123456789abcdef"
	var s strings.Builder
	for _, c := range b {
		s.WriteByte(digits[c>>4])
		s.WriteByte(digits[c&15])
	}
	return s.String()
}

// The list of leaves and the manifest are read as they are written, and other
// bytes are not.
func TestListsRoundTrip(t *testing.T) {
	rows := []Row{{Entry: seal.Entry{Log: "a", ID: "x"}}, {Entry: seal.Entry{Log: "a", Seq: 1, ID: "y"}}}
	leaf := func(i int) []byte { return rows[i].Leaf() }
	for _, size := range []int64{2, 9} {
		text := appendLeaves(rows, size, leaf)
		l := readLeaves(text)
		if len(l.bad) > 0 || len(l.places) != 2 || l.some != (size == 9) {
			t.Errorf("%+v", l)
		}
		for i := range text {
			bad := []byte(string(text))
			bad[i] ^= 1
			l := readLeaves(bad)
			same := len(l.bad) == 0 && l.some == (size == 9)
			for j := range l.places {
				same = same && l.places[j].leaf == string(rows[l.places[j].entry.Seq].Leaf())
			}
			if same && len(l.places) == 2 && size == 2 { // the size of a selection is held against the checkpoint
				t.Errorf("byte %d changed: nothing was noticed", i)
			}
		}
	}
	parts := []*source{{name: "a/b", size: 3}, {name: "c"}}
	list, bad := readManifest(manifestOf(parts))
	if len(bad) > 0 || len(list) != 2 || list[0].name != "a/b" || list[0].size != 3 {
		t.Error(list, bad)
	}
	if _, bad := readManifest([]byte("stayput bundle v1\nx\n")); len(bad) != 1 {
		t.Error(bad)
	}
}
