package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path"
	"sync"
	"sync/atomic"
	"time"

	"stayput/test/trouble"
)

// A letter is one form that was sent.
type letter struct {
	path, name, words string
	form              url.Values
}

// sameData is how many times the program is killed over the same data.
const sameData = 10

// bursts sends entries over several connections, each to a case of its own that
// was opened in the browser, and kills the program in the middle.
func (k *killing) bursts() error {
	acked, sent := map[string]string{}, map[string]string{}
	total, resent, exported, most := 0, 0, 0, 0
	var slowest time.Duration
	for i := range k.n {
		if i > 0 && i%sameData == 0 {
			// Everything is read again in every round, so that the data is begun anew
			// now and then.
			if err := os.RemoveAll(k.data); err != nil {
				return err
			}
			total += len(acked)
			clear(acked)
			clear(sent)
		}
		started := time.Now()
		p, b, err := k.start(k.data)
		if err != nil {
			return fmt.Errorf("round %d: %w", i+1, err)
		}
		cases := make([]string, k.conns)
		for c := range cases {
			if cases[c], err = b.OpenCase(fmt.Sprintf("Sample %d %d", i+1, c+1)); err != nil {
				p.Kill()
				return fmt.Errorf("round %d: %w", i+1, err)
			}
		}
		// How many are acknowledged before the blow falls; now and then none.
		until := int64(k.r.IntN(k.writes + 1))
		pause := k.moment(4 * time.Millisecond)
		answered, open, elapsed, err := k.burst(p, b, cases, i, until, pause)
		b.Close()
		if err != nil {
			p.Kill()
			return fmt.Errorf("round %d: %w", i+1, err)
		}
		for _, l := range answered {
			acked[l.name] = l.words
		}
		for _, l := range open {
			sent[l.name] = l.words
		}
		most = max(most, len(answered))

		again := time.Now()
		p, b, err = k.start(k.data)
		if err != nil {
			return fmt.Errorf("round %d: it does not start again: %w", i+1, err)
		}
		slowest = max(slowest, p.Ready.Sub(p.Started))
		stood, err := k.secondPost(b, acked, sent, open)
		if err == nil {
			resent += len(open)
			err = k.doctor(k.bin, k.data)
		}
		var done bool
		if err == nil {
			if done, err = k.bundle(k.data, path.Base(cases[0])); done {
				exported++
			}
		}
		b.Close()
		if e := p.Stop(); err == nil {
			err = e
		}
		if err != nil {
			return fmt.Errorf("round %d: %w", i+1, err)
		}
		k.say("round %2d: killed after %5d of %d (%.0f a second); of %d unanswered %d had been kept; %d entries verified; %s, %s of it after the kill",
			i+1, len(answered), k.writes, float64(len(answered))/max(elapsed.Seconds(), 0.001), len(open), stood, len(acked), time.Since(started).Round(100*time.Millisecond), time.Since(again).Round(100*time.Millisecond))
	}
	k.say("%d times: all %d acknowledged entries are there once, with their words; %d unanswered forms sent again stand once; every log verifies, without gaps", k.n, total+len(acked), resent)
	k.say("the longest burst acknowledged %d entries; the slowest start afterwards took %s", most, slowest.Round(time.Millisecond))
	if exported > 0 {
		k.say("%d bundles exported and verified", exported)
	} else {
		k.say("no bundle was exported: this program has no export and verify")
	}
	return nil
}

// burst sends entries until so many are acknowledged, waits a moment more and
// kills the program. It gives the forms that were answered and those that were
// not.
func (k *killing) burst(p *trouble.Program, b *trouble.Browser, cases []string, round int, until int64, pause time.Duration) (answered, open []letter, elapsed time.Duration, err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var (
		mu    sync.Mutex
		wg    sync.WaitGroup
		next  atomic.Int64
		got   atomic.Int64
		blow  = make(chan struct{})
		once  sync.Once
		wrong error
	)
	fall := func() { once.Do(func() { close(blow) }) }
	if until == 0 {
		fall()
	}
	started := time.Now()
	for c := range cases {
		wg.Go(func() {
			for ctx.Err() == nil {
				n := next.Add(1)
				if n > int64(k.writes) {
					fall()
					return
				}
				l := letter{path: cases[c] + "/add?any=1", name: trouble.NewName(), words: fmt.Sprintf("Round %d, connection %d, call %d: what was said on the telephone.", round+1, c+1, n)}
				l.form = trouble.EntryForm(l.name, l.words)
				if n%10 == 0 {
					l.form.Set("wall", "counsel") // a log of its own
				}
				a, err := b.PostParts(ctx, l.path, l.form)
				mu.Lock()
				switch {
				case err != nil:
					open = append(open, l)
				case a.Status == http.StatusSeeOther:
					answered = append(answered, l)
					if got.Add(1) >= until {
						fall()
					}
				default:
					open = append(open, l)
					if wrong == nil {
						wrong = fmt.Errorf("an entry was answered with %d: %s", a.Status, trouble.Plain(a.Body))
					}
					fall()
				}
				mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	<-blow
	elapsed = time.Since(started)
	time.Sleep(pause)
	p.Kill()
	wg.Wait()
	return answered, open, elapsed, wrong
}

// secondPost sends the unanswered forms again under the same names and makes
// sure that everything stands once. stood is how many had been kept already.
func (k *killing) secondPost(b *trouble.Browser, acked, sent map[string]string, open []letter) (stood int, err error) {
	before, err := read(records(k.data))
	if err != nil {
		return 0, err
	}
	if err := holds(before, acked, sent); err != nil {
		return 0, err
	}
	for _, l := range open {
		if len(before.words[l.name]) > 0 {
			stood++
		}
		a, err := b.PostParts(context.Background(), l.path, l.form)
		if err != nil {
			return stood, err
		}
		if a.Status != http.StatusSeeOther {
			return stood, fmt.Errorf("a form sent again was answered with %d: %s", a.Status, trouble.Plain(a.Body))
		}
		acked[l.name] = l.words
	}
	after, err := read(records(k.data))
	if err != nil {
		return stood, err
	}
	return stood, holds(after, acked, sent)
}
