package seal

import (
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// A Hash is one hash of the tree.
type Hash = tlog.Hash

// A Tail is the end of a log as its store knows it.
type Tail struct {
	Size int64
	// Hashes reads stored hashes by index (tlog.StoredHashIndex).
	Hashes func(indexes []int64) ([]Hash, error)
}

// A Draft is an entry that has no place in a log yet.
type Draft struct {
	ID   string
	What What
	Body Body
}

// A Sealed is what one append adds to a log: entries, the tree's new hashes,
// which follow the ones already stored, and the new head.
type Sealed struct {
	Entries []Entry
	First   int64  // the index of the first of Hashes
	Hashes  []Hash // to be stored at First, First+1, ...
	Head    Head
}

// Append works out what it takes to add drafts to the log, in order.
func Append(log string, tail Tail, by string, at time.Time, drafts ...Draft) (Sealed, error) {
	s := Sealed{First: tlog.StoredHashIndex(0, tail.Size)}
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		return overlay(tail.Hashes, s.First, s.Hashes, indexes)
	})
	for i, d := range drafts {
		e := Entry{Log: log, Seq: tail.Size + int64(i), ID: d.ID, What: d.What, At: at.UTC().Truncate(time.Millisecond), By: by, Body: d.Body.Digest()}
		hs, err := tlog.StoredHashesForRecordHash(e.Seq, tlog.RecordHash(e.Leaf()), read)
		if err != nil {
			return Sealed{}, fmt.Errorf("add entry %d to the tree: %w", e.Seq, err)
		}
		s.Entries = append(s.Entries, e)
		s.Hashes = append(s.Hashes, hs...)
	}
	size := tail.Size + int64(len(drafts))
	root, err := tlog.TreeHash(size, read)
	if err != nil {
		return Sealed{}, fmt.Errorf("head of %d entries: %w", size, err)
	}
	s.Head = Head{Log: log, Size: size, Root: root, At: at.UTC().Truncate(time.Second)}
	return s, nil
}

// overlay reads hashes of which those from first on are not stored yet.
func overlay(stored func([]int64) ([]Hash, error), first int64, fresh []Hash, indexes []int64) ([]Hash, error) {
	out := make([]Hash, len(indexes))
	var old []int64
	for i, x := range indexes {
		if x < first {
			old = append(old, x)
			continue
		}
		if x-first >= int64(len(fresh)) {
			return nil, fmt.Errorf("the tree has no hash %d", x)
		}
		out[i] = fresh[x-first]
	}
	if len(old) == 0 {
		return out, nil
	}
	got, err := stored(old)
	if err != nil {
		return nil, err
	}
	if len(got) != len(old) {
		return nil, fmt.Errorf("asked for %d hashes of the tree, got %d", len(old), len(got))
	}
	k := 0
	for i, x := range indexes {
		if x < first {
			out[i] = got[k]
			k++
		}
	}
	return out, nil
}

// A Tree is a whole log's tree in memory, made from its entries alone.
type Tree struct {
	hashes []Hash
	size   int64
}

// Add puts the next leaf into the tree.
func (t *Tree) Add(leaf []byte) error {
	hs, err := tlog.StoredHashes(t.size, leaf, tlog.HashReaderFunc(t.ReadHashes))
	if err != nil {
		return err
	}
	t.hashes = append(t.hashes, hs...)
	t.size++
	return nil
}

// Size is how many leaves the tree has.
func (t *Tree) Size() int64 { return t.size }

// ReadHashes reads hashes by their stored index.
func (t *Tree) ReadHashes(indexes []int64) ([]Hash, error) {
	return overlay(nil, 0, t.hashes, indexes)
}

// Root is the hash of the tree's first n leaves.
func (t *Tree) Root(n int64) (Hash, error) {
	if n < 0 || n > t.size {
		return Hash{}, fmt.Errorf("the tree has %d leaves, not %d", t.size, n)
	}
	return tlog.TreeHash(n, tlog.HashReaderFunc(t.ReadHashes))
}

// Prove is the proof that leaf seq stands in the tree.
func (t *Tree) Prove(seq int64) ([]Hash, error) {
	p, err := tlog.ProveRecord(t.size, seq, tlog.HashReaderFunc(t.ReadHashes))
	return p, err
}

// ProveSince is the proof that the tree's first n leaves are the beginning of it.
func (t *Tree) ProveSince(n int64) ([]Hash, error) {
	p, err := tlog.ProveTree(t.size, n, tlog.HashReaderFunc(t.ReadHashes))
	return p, err
}

// LeafHash is the hash of a leaf in the tree.
func LeafHash(leaf []byte) Hash { return tlog.RecordHash(leaf) }

// ErrOtherLog is what an entry or a head gets that is of another log.
var ErrOtherLog = errors.New("the two are of different logs")

// Proves reports whether proof shows that the entry stands in the tree of head.
func Proves(proof []Hash, head Head, e *Entry) error {
	if e.Log != head.Log {
		return ErrOtherLog
	}
	return tlog.CheckRecord(proof, head.Size, head.Root, e.Seq, LeafHash(e.Leaf()))
}

// ProvesSince reports whether proof shows that the tree of old is the beginning
// of the tree of head.
func ProvesSince(proof []Hash, head, old Head) error {
	if old.Log != head.Log {
		return ErrOtherLog
	}
	return tlog.CheckTree(proof, head.Size, head.Root, old.Size, old.Root)
}
