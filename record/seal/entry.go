package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// version begins every leaf, so that bytes of another form never verify.
const version = "stayput record v1"

// A Digest is a SHA-256 digest; as text it is 64 hexadecimal digits.
type Digest [sha256.Size]byte

// String is the digest in hexadecimal digits.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText writes the digest in hexadecimal digits.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads 64 hexadecimal digits.
func (d *Digest) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(d)) {
		return fmt.Errorf("a digest has %d hexadecimal digits, not %d", hex.EncodedLen(len(d)), len(text))
	}
	_, err := hex.Decode(d[:], text)
	return err
}

// ParseDigest reads 64 hexadecimal digits.
func ParseDigest(s string) (d Digest, err error) {
	err = d.UnmarshalText([]byte(s))
	return d, err
}

// A What is what an entry of a log is about.
type What string

// What a log may hold. Its body is JSON; docs/record-format.md describes each.
const (
	CaseFacts What = "case"      // what the case says about the child and the matter, from here on
	Fact      What = "entry"     // one dated fact
	Plans     What = "plans"     // the plans of the case as written, from here on
	Delivery  What = "delivery"  // where the service log is, as written
	Progress  What = "progress"  // where the progress log is, as written
	Log       What = "log"       // sessions, probes and sightings written down in one act, or an earlier one taken back
	Destroyed What = "destroyed" // the body of an earlier entry was destroyed: which, by whom, why
	Hold      What = "hold"      // a litigation hold begins: nothing may be destroyed
	Released  What = "released"  // the hold ends
	Closed    What = "closed"    // the case was put away, as when an import is undone
	Reopened  What = "reopened"  // the case was taken out again
)

// Whats lists every What.
func Whats() []What {
	return []What{CaseFacts, Fact, Plans, Delivery, Progress, Log, Destroyed, Hold, Released, Closed, Reopened}
}

// An Entry is one leaf of a log. It commits to its body and does not hold it.
type Entry struct {
	Log  string    `json:"log"`  // the random name of the log: one wall of one case
	Seq  int64     `json:"seq"`  // its place in the log, from 0
	ID   string    `json:"id"`   // a random name, unique in the case
	What What      `json:"what"` //
	At   time.Time `json:"at"`   // the moment it was written down, UTC, to the millisecond
	By   string    `json:"by"`   // the name of the person's row; never a person's name
	Body Digest    `json:"digest"`
}

// Leaf is the bytes that the tree holds for e. Each field is written with its
// length first, so that no two different entries come to the same bytes.
func (e *Entry) Leaf() []byte {
	b := make([]byte, 0, 192)
	put := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	put(version)
	put(e.Log)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Seq))
	put(e.ID)
	put(string(e.What))
	b = binary.BigEndian.AppendUint64(b, uint64(e.At.UnixMilli()))
	put(e.By)
	return append(b, e.Body[:]...)
}

// ErrLeaf is what bytes get that are no leaf.
var ErrLeaf = errors.New("these bytes are no leaf of a record")

// ParseLeaf reads what Leaf wrote. Other bytes are refused, also those that
// would say the same in another way.
func ParseLeaf(b []byte) (e Entry, err error) {
	rest, ok := b, true
	take := func(n uint64) []byte {
		if !ok || n > uint64(len(rest)) {
			ok = false
			return nil
		}
		field := rest[:n]
		rest = rest[n:]
		return field
	}
	text := func() string {
		n, k := binary.Uvarint(rest)
		if k <= 0 {
			ok = false
			return ""
		}
		take(uint64(k))
		return string(take(n))
	}
	number := func() int64 {
		if field := take(8); ok {
			return int64(binary.BigEndian.Uint64(field))
		}
		return 0
	}
	if text() != version {
		return Entry{}, ErrLeaf
	}
	e.Log = text()
	e.Seq = number()
	e.ID = text()
	e.What = What(text())
	e.At = time.UnixMilli(number()).UTC()
	e.By = text()
	copy(e.Body[:], take(uint64(len(e.Body))))
	if !ok || len(rest) > 0 || !bytes.Equal(e.Leaf(), b) {
		return Entry{}, ErrLeaf
	}
	return e, nil
}

// SaltSize is how many random bytes go before a body, so that nobody can find a
// short body by trying.
const SaltSize = 16

// A Body is what an entry commits to.
type Body struct {
	Salt []byte
	Data []byte // JSON on one line
}

// Digest is what an entry holds of the body.
func (b Body) Digest() Digest {
	h := sha256.New()
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(b.Salt)))
	h.Write(n[:])
	h.Write(b.Salt)
	h.Write(b.Data)
	return Digest(h.Sum(nil))
}
