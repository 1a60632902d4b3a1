package bundle

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stayput/record/seal"
)

// The names of the parts that every bundle has.
const (
	partReadme     = "README.txt"
	partRecord     = "record.jsonl"
	partLeaves     = "leaves"
	partCheckpoint = "checkpoint"
	partEarlier    = "earlier"
	partWall       = "wall"
	partKey        = "key"
	partManifest   = "manifest"
	partSignature  = "manifest.sig"
	partBrief      = "brief.json"
	dirFiles       = "files/"
	dirPlans       = "plans/"
	dirWalls       = "walls/"
)

// manifestHead and signedHead begin the list of parts and the note that signs
// it, so that neither is ever taken for anything else.
const (
	manifestHead = "stayput bundle v1"
	signedHead   = "stayput.bundle/v1"
)

// A listed is one line of a manifest: what a part was when the bundle was made.
type listed struct {
	name string
	size int64
	sum  seal.Digest
}

func manifestOf(parts []*source) []byte {
	b := []byte(manifestHead + "\n")
	for _, p := range parts {
		b = fmt.Appendf(b, "%s %d %s\n", p.sum, p.size, p.name)
	}
	return b
}

// signedText is what the maker signs for a manifest.
func signedText(manifest seal.Digest) string { return signedHead + "\n" + manifest.String() + "\n" }

// readManifest reads what manifestOf wrote. It reads on after a line that cannot
// be read, and gives back which lines those are, from 1.
func readManifest(b []byte) (parts []listed, bad []int) {
	lines, whole := split(b)
	if !whole {
		bad = append(bad, len(lines))
	}
	for i, l := range lines {
		if i == 0 {
			if string(l) != manifestHead {
				bad = append(bad, 1)
			}
			continue
		}
		f := strings.SplitN(string(l), " ", 3)
		if len(f) != 3 {
			bad = append(bad, i+1)
			continue
		}
		sum, err := seal.ParseDigest(f[0])
		size, err2 := strconv.ParseInt(f[1], 10, 64)
		if err != nil || err2 != nil || size < 0 || !goodName(f[2]) {
			bad = append(bad, i+1)
			continue
		}
		parts = append(parts, listed{f[2], size, sum})
	}
	return parts, bad
}

// appendLeaves writes the list of leaves: the bytes that the tree of the wall
// stands on, so that a reader sees which entry differs and in what.
func appendLeaves(rows []Row, size int64, leaf func(int) []byte) []byte {
	var b []byte
	if whole(rows, size) {
		b = fmt.Appendf(b, "all %d\n", size)
	} else {
		b = fmt.Appendf(b, "some %d of %d\n", len(rows), size)
	}
	for i := range rows {
		b = fmt.Appendf(b, "%d %s\n", rows[i].Seq, b64.EncodeToString(leaf(i)))
	}
	return b
}

// whole reports rows that are the log from its beginning to the checkpoint.
func whole(rows []Row, size int64) bool {
	if int64(len(rows)) != size {
		return false
	}
	for i := range rows {
		if rows[i].Seq != int64(i) {
			return false
		}
	}
	return true
}

// A place is one entry as the list of leaves has it.
type place struct {
	entry seal.Entry
	leaf  string
	from  int // the line of the list, from 1; 0 when it was taken from the record
}

// A leafList is the list of leaves as it was found.
type leafList struct {
	places []place
	some   bool // a selection
	bad    []int
}

func readLeaves(b []byte) (l leafList) {
	lines, end := split(b)
	if !end {
		l.bad = append(l.bad, len(lines))
	}
	said := int64(-1)
	seen := make(map[int64]bool)
	for i, text := range lines {
		if i == 0 {
			var of int64
			if n, _ := fmt.Sscanf(string(text), "some %d of %d", &said, &of); n == 2 && string(text) == fmt.Sprintf("some %d of %d", said, of) {
				l.some = true
			} else if n, _ := fmt.Sscanf(string(text), "all %d", &said); n != 1 || string(text) != fmt.Sprintf("all %d", said) {
				said = -1
				l.some = bytes.HasPrefix(text, []byte("some "))
				l.bad = append(l.bad, 1)
			}
			continue
		}
		first, second, _ := strings.Cut(string(text), " ")
		seq, err := strconv.ParseInt(first, 10, 64)
		leaf, err2 := b64.DecodeString(second)
		e, err3 := seal.ParseLeaf(leaf)
		if err != nil || err2 != nil || err3 != nil || e.Seq != seq || strconv.FormatInt(seq, 10) != first || seen[seq] {
			l.bad = append(l.bad, i+1)
			continue
		}
		seen[seq] = true
		l.places = append(l.places, place{e, string(leaf), i + 1})
	}
	if !slices.IsSortedFunc(l.places, func(a, b place) int { return cmp.Compare(a.entry.Seq, b.entry.Seq) }) {
		slices.SortFunc(l.places, func(a, b place) int { return cmp.Compare(a.entry.Seq, b.entry.Seq) })
		l.bad = append(l.bad, 1)
	}
	if said >= 0 && said != int64(len(lines)-1) {
		l.bad = append(l.bad, 1)
	}
	return l
}

// An Earlier shows that an earlier state of a log is the beginning of a later
// one, for a bundle that does not hold the whole log.
type Earlier struct {
	Size  int64
	Proof []seal.Hash
}

func appendEarlier(es []Earlier) []byte {
	var b []byte
	for _, e := range es {
		b = strconv.AppendInt(b, e.Size, 10)
		for _, h := range e.Proof {
			b = append(b, ' ')
			b = b64.AppendEncode(b, h[:])
		}
		b = append(b, '\n')
	}
	return b
}

// earlierAt finds the proof for a state of that size.
func earlierAt(b []byte, size int64) ([]seal.Hash, bool) {
	lines, _ := split(b)
	for _, l := range lines {
		f := strings.Split(string(l), " ")
		if f[0] != strconv.FormatInt(size, 10) {
			continue
		}
		if hs, err := hashes(f[1:]); err == nil {
			return hs, true
		}
	}
	return nil, false
}
