package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"sync"
	"time"
)

// linkTime is how long a one-time link waits to be used.
const linkTime = 5 * time.Minute

// links are the one-time links that wait. They are kept hashed and in memory:
// none survives the program.
type links struct {
	mu   sync.Mutex
	now  func() time.Time
	wait map[[32]byte]time.Time // until when
}

func newLinks(now func() time.Time) *links {
	return &links{now: now, wait: map[[32]byte]time.Time{}}
}

// add makes a key of 256 random bits.
func (l *links) add() string {
	var b [32]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	key := base64.RawURLEncoding.EncodeToString(b[:])
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	for k, until := range l.wait {
		if now.After(until) {
			delete(l.wait, k)
		}
	}
	l.wait[sha256.Sum256([]byte(key))] = now.Add(linkTime)
	return key
}

// use takes a key; it works once.
func (l *links) use(key string) bool {
	if len(key) > 100 {
		return false
	}
	h := sha256.Sum256([]byte(key))
	l.mu.Lock()
	defer l.mu.Unlock()
	until, ok := l.wait[h]
	delete(l.wait, h)
	return ok && !l.now().After(until)
}

// NewLink is the path of a link that lets in whoever opens it first, within
// five minutes.
func (s *Site) NewLink() string { return "/enter?key=" + s.links.add() }
