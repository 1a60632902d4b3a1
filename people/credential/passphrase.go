package credential

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// A Cost is what one look at a passphrase costs whoever looks.
type Cost struct {
	Memory uint32 // KiB
	Passes uint32
	Lanes  uint8
}

// Usual is what OWASP's Password Storage Cheat Sheet asks for at least: 19 MiB, two
// passes, one lane.
var Usual = Cost{Memory: 19 * 1024, Passes: 2, Lanes: 1}

// What a stored hash may ask for, so that a damaged one cannot take the memory.
const (
	mostMemory = 256 * 1024
	mostPasses = 16
	mostLanes  = 8
	saltLen    = 16
	keyLen     = 32
)

// Hash is a passphrase as it is kept: a PHC string of argon2id with a salt of its
// own.
func Hash(passphrase string, c Cost) string {
	var salt [saltLen]byte
	rand.Read(salt[:]) // never fails (crypto/rand)
	return encode(c, salt[:], key(passphrase, salt[:], c, keyLen))
}

// key is the argon2id of the passphrase in one Unicode form, so that two keyboards
// that write the same letters differently both fit.
func key(passphrase string, salt []byte, c Cost, n uint32) []byte {
	return argon2.IDKey([]byte(norm.NFKC.String(passphrase)), salt, c.Passes, c.Memory, c.Lanes, n)
}

func encode(c Cost, salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.Memory, c.Passes, c.Lanes, b.EncodeToString(salt), b.EncodeToString(key))
}

// decode reads a PHC string; ok is false for what Hash never makes.
func decode(phc string) (c Cost, salt, key []byte, ok bool) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.Memory, &c.Passes, &c.Lanes)
	if err != nil || n != 3 || parts[3] != fmt.Sprintf("m=%d,t=%d,p=%d", c.Memory, c.Passes, c.Lanes) {
		return c, nil, nil, false
	}
	if c.Lanes == 0 || c.Lanes > mostLanes || c.Passes == 0 || c.Passes > mostPasses || c.Memory < 8*uint32(c.Lanes) || c.Memory > mostMemory {
		return c, nil, nil, false
	}
	b := base64.RawStdEncoding.Strict()
	if salt, err = b.DecodeString(parts[4]); err != nil || len(salt) < 8 || len(salt) > 64 {
		return c, nil, nil, false
	}
	if key, err = b.DecodeString(parts[5]); err != nil || len(key) < 16 || len(key) > 64 {
		return c, nil, nil, false
	}
	return c, salt, key, true
}

// nobody is looked at in place of a hash that is not there, so that an account that
// does not exist takes as long as one that does.
var nobody = encode(Usual, make([]byte, saltLen), make([]byte, keyLen))

// Check reports that a passphrase is the one of a stored hash. It does the same work
// for "" and for what cannot be read, and says no. grown reports that the hash was
// made more cheaply than now, and should be made again.
func Check(phc, passphrase string) (right, grown bool) {
	c, salt, want, ok := decode(phc)
	if !ok {
		c, salt, want, _ = decode(nobody)
	}
	got := key(passphrase, salt, c, uint32(len(want)))
	right = subtle.ConstantTimeCompare(got, want) == 1 && ok
	return right, right && (c.Memory < Usual.Memory || c.Passes < Usual.Passes || len(want) < keyLen || len(salt) < saltLen)
}
