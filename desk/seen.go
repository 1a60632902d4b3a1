package desk

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"stayput/fault"
	"stayput/people"
)

// The access log. Every action that somebody may do on a case is noted: who, when,
// what, from which page. Notes are gathered and written together, so that reading
// waits for no disk; what was noted in the last moment before the machine stops may
// be lost, and nothing else.

// How long a note waits to be written, at most, and how long what could not be
// written waits until it is tried again: at first, and at most.
const (
	seenWait  = time.Second
	seenAgain = 2 * time.Second
	seenLater = time.Minute
)

// mostSeen is how many may wait; who comes after waits for them to be written.
// While the store fails, more are kept, up to mostKept; of what comes after them
// only the number is.
const (
	mostSeen = 4096
	mostKept = 8 * mostSeen
)

// What the access log says besides the names of actions.
const (
	seenCases     = "see_cases"      // the list of cases, with a line of each
	seenSearch    = "search_case"    // looked for words
	seenFile      = "see_file"       // opened a file that an entry keeps
	seenPreview   = "preview"        // looked at what somebody else would see
	seenDigest    = "open_digest"    // opened a teacher's page by its private link
	seenConfirmed = "confirm_digest" // said there to have read it
	seenLost      = "lost"           // so many lines could not be kept; the number stands for the page
)

type pageKey struct{}

// OnPage says in which page or command what follows is done; it stands in the
// access log.
func OnPage(ctx context.Context, page string) context.Context {
	return context.WithValue(ctx, pageKey{}, &visit{page: page})
}

// A visit is one request: of one page, each action on each case is noted once.
type visit struct {
	page string
	mu   sync.Mutex
	seen map[visitKey]bool
}

type visitKey struct {
	who    people.PersonID
	c      people.CaseID
	action string
}

type wordKey struct{}

// as makes the next question to may stand in the access log under a word of its
// own. "" is not noted: nobody looks.
func as(ctx context.Context, word string) context.Context {
	return context.WithValue(ctx, wordKey{}, word)
}

// seenLog gathers what was seen and what was given away.
type seenLog struct {
	turn sync.Mutex // one writes at a time, so that the lines stay in order

	mu     sync.Mutex
	wait   map[people.SpaceID]*Waiting
	n      int
	timer  *time.Timer
	ailing time.Duration // how long until it is tried again, while the store fails
}

// Waiting is what waits to be noted of one space.
type Waiting struct {
	Space people.SpaceID
	Seen  []Seen
	Given []Given
	Lost  int // lines beyond what may wait
}

// notice notes what who may do, and is about to.
func (d *Desk) notice(ctx context.Context, who Who, a Action, c people.CaseID) {
	word, named := ctx.Value(wordKey{}).(string)
	switch {
	case named && word == "", c == "" && !noted[a]:
		return // nobody looks, or at nothing of any child
	case !named:
		word = a.String()
	}
	d.note(ctx, who, word, c)
}

// list notes that somebody saw the list of cases, with a line of each.
func (d *Desk) list(ctx context.Context, who Who) { d.note(ctx, who, seenCases, "") }

func (d *Desk) note(ctx context.Context, who Who, action string, c people.CaseID) {
	person := who.Person.ID
	if who.Preview { // it is not the person who looks
		action = seenPreview
		if who.Viewer != "" {
			person = who.Viewer
		}
	}
	v, _ := ctx.Value(pageKey{}).(*visit)
	page := ""
	if v != nil {
		page = v.page
		v.mu.Lock()
		k := visitKey{person, c, action}
		known := v.seen[k]
		if v.seen == nil {
			v.seen = map[visitKey]bool{}
		}
		v.seen[k] = true
		v.mu.Unlock()
		if known {
			return
		}
	}
	s := Seen{At: d.now().UTC(), Person: person, Case: c, Action: action, Page: page, Device: who.Device}
	if d.seen.add(&Waiting{Space: who.Space, Seen: []Seen{s}}, d.flushLater) {
		_ = d.Flush(ctx) // what fails stays and is tried again
	}
}

func (d *Desk) flushLater() { _ = d.Flush(context.Background()) }

// add lets lines wait. full says that they should be written now.
func (l *seenLog) add(w *Waiting, later func()) (full bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	x := l.of(w.Space)
	for _, s := range w.Seen {
		if l.n >= mostKept {
			x.Lost++
			continue
		}
		x.Seen = append(x.Seen, s)
		l.n++
	}
	x.Lost += w.Lost
	x.Given = append(x.Given, w.Given...)
	if l.timer == nil {
		wait := seenWait
		if l.ailing > 0 {
			wait = l.ailing
		}
		l.timer = time.AfterFunc(wait, later)
	}
	return l.n >= mostSeen && l.ailing == 0
}

func (l *seenLog) of(space people.SpaceID) *Waiting {
	if l.wait == nil {
		l.wait = map[people.SpaceID]*Waiting{}
	}
	x := l.wait[space]
	if x == nil {
		x = &Waiting{Space: space}
		l.wait[space] = x
	}
	return x
}

// take gives what waits, space by space, and lets nothing wait any more.
func (l *seenLog) take() []*Waiting {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []*Waiting
	for _, w := range l.wait {
		out = append(out, w)
	}
	l.wait, l.n = nil, 0
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
	return out
}

// back lets wait again what could not be written, before what came meanwhile.
func (l *seenLog) back(all []*Waiting, later func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, w := range all {
		x := l.of(w.Space)
		x.Seen = slices.Concat(w.Seen, x.Seen)
		x.Given = slices.Concat(w.Given, x.Given)
		x.Lost += w.Lost
		l.n += len(w.Seen)
	}
	l.ailing = min(max(2*l.ailing, seenAgain), seenLater)
	if l.timer != nil {
		l.timer.Stop()
	}
	l.timer = time.AfterFunc(l.ailing, later)
}

// forget drops what waits of a space that left.
func (l *seenLog) forget(space people.SpaceID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w := l.wait[space]; w != nil {
		l.n -= len(w.Seen)
		delete(l.wait, space)
	}
}

// noted are the actions that are noted although they name no case: they show or
// change something of every child.
var noted = [actions]bool{CopyAll: true, LeaveSpace: true, ChangePeople: true, SeeAccess: true, OpenCase: true, HostFamily: true}

// Flush writes what waits to be noted. Pages that show the access log call it, and
// the program at its end. What cannot be written stays, and is tried again.
func (d *Desk) Flush(ctx context.Context) error {
	l := &d.seen
	l.turn.Lock()
	defer l.turn.Unlock()
	all := l.take()
	if len(all) == 0 {
		return nil
	}
	err := d.keepSeen(context.WithoutCancel(ctx), all)
	if err != nil {
		l.back(all, d.flushLater)
		return err
	}
	l.mu.Lock()
	l.ailing = 0
	l.mu.Unlock()
	return nil
}

func (d *Desk) keepSeen(ctx context.Context, all []*Waiting) error {
	return d.store.Write(ctx, func(tx Tx) error {
		for _, w := range all {
			lines, err := ofCases(tx, w.Space, w.Seen)
			if err != nil {
				return err
			}
			if w.Lost > 0 {
				lines = append(slices.Clip(lines), Seen{At: d.now().UTC(), Action: seenLost, Page: strconv.Itoa(w.Lost)})
			}
			if len(lines) > 0 {
				err := tx.AddSeen(w.Space, lines)
				if fault.KindOf(err) == fault.NotFound && err != nil {
					continue // the space left meanwhile, with its log
				}
				if err != nil {
					return err
				}
			}
			for _, g := range w.Given {
				if err := d.keepGiven(tx, w.Space, g); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// ofCases leaves out lines of cases that the space does not have: somebody asked
// for a name that is none, and was shown nothing.
func ofCases(tx Tx, space people.SpaceID, lines []Seen) ([]Seen, error) {
	has := map[people.CaseID]bool{"": true}
	out := make([]Seen, 0, len(lines))
	for _, s := range lines {
		there, known := has[s.Case]
		if !known {
			logs, err := tx.Logs(space, s.Case)
			if err != nil {
				return nil, err
			}
			there = len(logs) > 0
			has[s.Case] = there
		}
		if there {
			out = append(out, s)
		}
	}
	return out, nil
}

// TakeWaiting gives what waits to be noted and cannot be written here, because
// the store was opened to read: whoever takes it hands it to a program that can.
func (d *Desk) TakeWaiting() []*Waiting {
	d.seen.turn.Lock() // what is being written is not taken as well
	defer d.seen.turn.Unlock()
	return d.seen.take()
}

// AddWaiting notes what another program of the same user did and could not write.
func (d *Desk) AddWaiting(ctx context.Context, all []*Waiting) error {
	for _, w := range all {
		d.seen.add(w, d.flushLater)
	}
	return d.Flush(ctx)
}
