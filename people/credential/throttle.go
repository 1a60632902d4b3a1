package credential

import (
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Throttle says how long somebody who guesses has to wait. It counts what went
// wrong three ways, so that guessing gets slow and the person whose account it is
// still gets in:
//
//   - from one address: after a few guesses the waits grow, whoever is guessed;
//   - at one account, by strangers from anywhere: after many guesses;
//   - on a device that signed in to this account before: for itself alone. What
//     strangers do does not count there, and what goes wrong there does not count
//     for others.
//
// A passkey is not guessed and waits for nothing; a recovery code has too many bits
// to be guessed and waits only for its own address. Counts are forgotten with time;
// nothing is ever locked. Whoever keeps Marks and gives them to Load goes on where it
// was after a restart. It is safe for several goroutines.
type Throttle struct {
	mu    sync.Mutex
	count map[string]*tries
	most  int
}

// tries is what went wrong under one name.
type tries struct {
	n    int
	last time.Time
	next time.Time // until then nothing is looked at
}

// A limit is how many go free, the longest wait, and when one is forgotten.
type limit struct {
	free   int
	first  time.Duration
	most   time.Duration
	forget time.Duration // one is forgotten each time this passes
}

var (
	byAddress = limit{free: 10, first: 2 * time.Second, most: 15 * time.Minute, forget: 30 * time.Minute}
	byAccount = limit{free: 20, first: time.Second, most: time.Minute, forget: 15 * time.Minute}
	byDevice  = limit{free: 5, first: time.Second, most: time.Minute, forget: 5 * time.Minute}
)

// A Guess is one try to sign in.
type Guess struct {
	Login    string // as Login gives it, whether there is such an account or not
	Address  string // where it comes from; "" is this machine
	Device   string // names the device when it signed in to this account before; else ""
	Recovery bool   // it brings a recovery code
}

// NewThrottle counts under at most so many names.
func NewThrottle(most int) *Throttle { return &Throttle{count: map[string]*tries{}, most: most} }

// limits are the ways of counting by the word that names of counts begin with.
var limits = map[string]limit{"device": byDevice, "address": byAddress, "account": byAccount}

// names are what a guess counts under. A name holds no address and no sign-in name,
// only a hash of them, because it may be kept.
func (g Guess) names() map[string]limit {
	out := map[string]limit{}
	add := func(way string, of ...string) {
		h := sha256.Sum256([]byte(strings.Join(of, "\n")))
		out[way+"-"+hex.EncodeToString(h[:16])] = limits[way]
	}
	if g.Device != "" {
		add("device", g.Device, g.Login)
		return out
	}
	add("address", near(g.Address))
	if !g.Recovery {
		add("account", g.Login)
	}
	return out
}

// A Mark is what is counted under one name, to be kept while the program does not
// run.
type Mark struct {
	Name string
	N    int // what went wrong; 0 when nothing is counted
	Last time.Time
}

// Marks are the counts that a guess touches, by name.
func (t *Throttle) Marks(g Guess) []Mark {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []Mark
	for name := range g.names() {
		m := Mark{Name: name}
		if x := t.count[name]; x != nil {
			m.N, m.Last = x.n, x.last
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b Mark) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Load takes up counts that were kept. What lies in the future is taken as of now: a
// clock that was set back must not keep anybody waiting. Names it does not know, and
// counts that are there already, are left alone.
func (t *Throttle) Load(ms []Mark, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, m := range ms {
		way, _, _ := strings.Cut(m.Name, "-")
		l, known := limits[way]
		if !known || m.N <= 0 || t.count[m.Name] != nil {
			continue
		}
		if m.Last.After(now) {
			m.Last = now
		}
		t.sweep(now)
		t.count[m.Name] = &tries{n: m.N, last: m.Last, next: m.Last.Add(l.wait(m.N))}
	}
}

// near is the network that one household has: an IPv4 address, or 64 bits of IPv6.
func near(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if ip = ip.Unmap(); ip.Is6() {
		p, _ := ip.WithZone("").Prefix(64)
		return p.String()
	}
	return ip.String()
}

// Begin asks whether a guess may be looked at now. When it may, it counts as wrong
// until Right is called, so that many at once do not slip through together. Else
// wait says for how long it may not.
func (t *Throttle) Begin(g Guess, now time.Time) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	names := g.names()
	for name := range names {
		if x := t.count[name]; x != nil && now.Before(x.next) {
			wait = max(wait, x.next.Sub(now))
		}
	}
	if wait > 0 {
		return wait
	}
	t.sweep(now)
	for name, l := range names {
		x := t.count[name]
		if x == nil {
			x = &tries{last: now}
			t.count[name] = x
		}
		x.n = max(0, x.n-int(max(0, now.Sub(x.last))/l.forget)) + 1
		x.last = now
		x.next = now.Add(l.wait(x.n))
	}
	return 0
}

// wait is how long the next has to wait after n.
func (l limit) wait(n int) time.Duration {
	over := n - l.free
	switch {
	case over <= 0:
		return 0
	case over > 20:
		return l.most
	}
	return min(l.most, l.first<<(over-1))
}

// Right takes back what Begin counted: the person was who he or she said.
func (t *Throttle) Right(g Guess) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for name, l := range g.names() {
		x := t.count[name]
		switch {
		case x == nil:
		case g.Device != "":
			delete(t.count, name)
		default:
			// No more than what Begin added: who signs in to an account of his own
			// between two guesses at another one must not begin anew by that.
			x.n = max(0, x.n-1)
			x.next = x.last.Add(l.wait(x.n))
		}
	}
}

// sweep forgets what nobody counts any more; when that is not enough, the names
// that waited the least.
func (t *Throttle) sweep(now time.Time) {
	if len(t.count) < t.most {
		return
	}
	for name, x := range t.count {
		if now.Sub(x.last) > 24*time.Hour {
			delete(t.count, name)
		}
	}
	for n := 1; len(t.count) >= t.most; n *= 2 {
		for name, x := range t.count {
			if x.n <= n && len(t.count) >= t.most {
				delete(t.count, name)
			}
		}
	}
}
