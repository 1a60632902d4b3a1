package desk

import (
	"context"
	"sync"
	"time"

	"stayput/people"
)

// The access log. Every action that somebody may do on a case is noted: who, when,
// what, from which page. Notes are gathered and written together, so that reading
// waits for no disk; what was noted in the last moment before the machine stops may
// be lost, and nothing else.

// seenWait is how long a note waits to be written, at most.
const seenWait = time.Second

// mostSeen is how many may wait; who comes after waits for them to be written.
const mostSeen = 4096

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

// seenLog gathers what was seen.
type seenLog struct {
	mu    sync.Mutex
	wait  map[people.SpaceID][]Seen
	n     int
	timer *time.Timer
}

// notice notes what who may do, and is about to.
func (d *Desk) notice(ctx context.Context, who Who, a Action, c people.CaseID) {
	if c == "" && !noted[a] {
		return // nothing of any child
	}
	d.note(ctx, who, a.String(), c)
}

// list notes that somebody saw the list of cases, with a line of each.
func (d *Desk) list(ctx context.Context, who Who) { d.note(ctx, who, "see_cases", "") }

func (d *Desk) note(ctx context.Context, who Who, action string, c people.CaseID) {
	v, _ := ctx.Value(pageKey{}).(*visit)
	page := ""
	if v != nil {
		page = v.page
		v.mu.Lock()
		k := visitKey{who.Person.ID, c, action}
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
	s := Seen{At: d.now().UTC(), Person: who.Person.ID, Case: c, Action: action, Page: page, Device: who.Device}
	l := &d.seen
	l.mu.Lock()
	if l.wait == nil {
		l.wait = map[people.SpaceID][]Seen{}
	}
	l.wait[who.Space] = append(l.wait[who.Space], s)
	l.n++
	full := l.n >= mostSeen
	if l.timer == nil {
		l.timer = time.AfterFunc(seenWait, func() { d.Flush(context.Background()) })
	}
	l.mu.Unlock()
	if full {
		d.Flush(ctx)
	}
}

// noted are the actions that are noted although they name no case: they show or
// change something of every child.
var noted = [actions]bool{SeeSpace: false, CopyAll: true, LeaveSpace: true, ChangePeople: true, SeeAccess: true, OpenCase: true}

// Flush writes what waits to be noted. Pages that show the access log call it, and
// the program at its end.
func (d *Desk) Flush(ctx context.Context) error {
	l := &d.seen
	l.mu.Lock()
	wait := l.wait
	l.wait, l.n = nil, 0
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
	l.mu.Unlock()
	if len(wait) == 0 {
		return nil
	}
	err := d.store.Write(context.WithoutCancel(ctx), func(tx Tx) error {
		for space, all := range wait {
			if err := tx.AddSeen(space, all); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		// It stays and is tried again with the next.
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.n < 8*mostSeen {
			if l.wait == nil {
				l.wait = map[people.SpaceID][]Seen{}
			}
			for space, all := range wait {
				l.wait[space] = append(all, l.wait[space]...)
				l.n += len(all)
			}
		}
	}
	return err
}
