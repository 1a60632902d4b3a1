package seal

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// A Head says what a log was at a moment: how long, and the hash of its tree.
type Head struct {
	Log  string
	Size int64
	Root Hash
	At   time.Time // UTC, to the second
}

const origin = "stayput.record/"

// Text is the head as it is signed: the origin, the size, the root in base64 and
// the moment, a line each (the checkpoint form of the transparency logs, with one
// further line).
func (h Head) Text() string {
	return fmt.Sprintf("%s%s\n%d\n%s\nat %s\n", origin, h.Log, h.Size, base64.StdEncoding.EncodeToString(h.Root[:]), h.At.UTC().Format(time.RFC3339))
}

// ErrHead is what a text gets that is no head.
var ErrHead = errors.New("not a checkpoint: expected the log's name, its size, its hash and a moment, a line each")

// ParseHead reads what Text wrote.
func ParseHead(text string) (Head, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 5 || lines[4] != "" {
		return Head{}, ErrHead
	}
	log, ok := strings.CutPrefix(lines[0], origin)
	if !ok || log == "" {
		return Head{}, ErrHead
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Head{}, ErrHead
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != len(Hash{}) {
		return Head{}, ErrHead
	}
	moment, ok := strings.CutPrefix(lines[3], "at ")
	at, err := time.Parse(time.RFC3339, moment)
	if !ok || err != nil {
		return Head{}, ErrHead
	}
	h := Head{Log: log, Size: size, Root: Hash(root), At: at.UTC()}
	if h.Text() != text { // the same head in other words was not written here
		return Head{}, ErrHead
	}
	return h, nil
}

// A Key is the pair with which the keeper of a space signs heads. Secret never
// leaves the space; Public goes with every bundle.
type Key struct {
	Secret string // as note.NewSigner reads it
	Public string // as note.NewVerifier reads it
}

// NewKey makes a key for the space of that random name. Chance is an argument;
// nil means the system's.
func NewKey(space string, chance io.Reader) (Key, error) {
	if chance == nil {
		chance = rand.Reader
	}
	secret, public, err := note.GenerateKey(chance, "stayput/"+space)
	if err != nil {
		return Key{}, fmt.Errorf("make the key of a space: %w", err)
	}
	return Key{Secret: secret, Public: public}, nil
}

// Sign is the checkpoint of h: its text and the signature.
func (k Key) Sign(h Head) ([]byte, error) { return k.SignNote(h.Text()) }

// SignNote is a text with its signature under it, as a signed note. The text
// ends with a line end and has no control character. Its first line says what
// sort of text it is, so that none is ever taken for another.
func (k Key) SignNote(text string) ([]byte, error) {
	signer, err := note.NewSigner(k.Secret)
	if err != nil {
		return nil, fmt.Errorf("the key of the space cannot sign: %w", err)
	}
	return note.Sign(&note.Note{Text: text}, signer)
}

// ErrKey is what a checkpoint gets that the key did not sign.
var ErrKey = errors.New("the checkpoint was not signed with this key")

// OpenCheckpoint reads a checkpoint and checks that the holder of the public key
// signed it.
func OpenCheckpoint(checkpoint []byte, public string) (Head, error) {
	text, err := OpenNote(checkpoint, public)
	if err != nil {
		return Head{}, err
	}
	return ParseHead(text)
}

// OpenNote gives the text of a signed note when the holder of the public key
// signed it.
func OpenNote(signed []byte, public string) (string, error) {
	v, err := note.NewVerifier(strings.TrimSpace(public))
	if err != nil {
		return "", fmt.Errorf("not a key: %w", err)
	}
	n, err := note.Open(signed, note.VerifierList(v))
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrKey, err)
	}
	return n.Text, nil
}

// KeyName is the name of a public key and the first 32 bits of its digest, which
// two people can compare by reading them aloud: "stayput/oak-street 4f2a9c01".
func KeyName(public string) (string, error) {
	v, err := note.NewVerifier(strings.TrimSpace(public))
	if err != nil {
		return "", fmt.Errorf("not a key: %w", err)
	}
	return fmt.Sprintf("%s %08x", v.Name(), v.KeyHash()), nil
}
