package web

import (
	"crypto/rand"
	"encoding/base64"
	"sync"
	"time"
)

// onceShelf keeps what waits for the next step of signing in: the challenge of a
// passkey, recovery codes that are shown once. It is in memory and bounded; what
// waits longer than ten minutes is gone.
type onceShelf[T any] struct {
	mu  sync.Mutex
	all map[string]onceItem[T]
}

type onceItem[T any] struct {
	what  T
	until time.Time
}

const (
	waitTime = 10 * time.Minute
	waitMost = 5_000
)

// add keeps something and gives the name under which it waits.
func (x *onceShelf[T]) add(now time.Time, what T) string {
	var b [24]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	name := base64.RawURLEncoding.EncodeToString(b[:])
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.all == nil {
		x.all = map[string]onceItem[T]{}
	}
	if len(x.all) >= waitMost {
		for k, v := range x.all {
			if now.After(v.until) {
				delete(x.all, k)
			}
		}
	}
	for k := range x.all { // still too many: some have to begin anew
		if len(x.all) < waitMost {
			break
		}
		delete(x.all, k)
	}
	x.all[name] = onceItem[T]{what, now.Add(waitTime)}
	return name
}

// take gives what waits under a name; it is there once.
func (x *onceShelf[T]) take(now time.Time, name string) (what T, ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	v, ok := x.all[name]
	delete(x.all, name)
	if !ok || now.After(v.until) {
		return what, false
	}
	return v.what, true
}
