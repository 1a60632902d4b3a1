package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"time"

	"stayput/desk"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/people"
	"stayput/store/sqlite"
)

// A page that is asked for, and how many cases it shows.
type page struct {
	name, path string
	cases      int
}

func run(ctx context.Context, o options, out io.Writer) (missed bool, err error) {
	dir, err := os.MkdirTemp("", "stayput-rights-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	store, err := sqlite.Open(ctx, sqlite.Options{Folder: dir})
	if err != nil {
		return false, err
	}
	defer store.Close()
	book, err := packs.Book()
	if err != nil {
		return false, err
	}
	h, err := open(ctx, store, store, book)
	if err != nil {
		return false, err
	}
	if err := h.fill(ctx, o); err != nil {
		return false, err
	}
	quiet, err := open(ctx, store, deaf{store}, book)
	if err != nil {
		return false, err
	}
	quiet.cases = h.cases
	fmt.Fprintf(out, "%d cases of %d entries, %d people; pages by %d turns, the access log by blocks of %s\n", o.cases, o.entries, o.people+1, o.turns, o.block)
	line := func(what string, got, promise float64, unit string) {
		mark := ""
		if got > promise {
			mark = "  MISSED"
			missed = missed || got > 2*promise
		}
		fmt.Fprintf(out, "  %-46s %8.3f %-2s (promised %.2f)%s\n", what, got, unit, promise, mark)
	}

	fmt.Fprintln(out, "\nsign-in")
	took, err := check(min(o.turns, 20))
	if err != nil {
		return false, err
	}
	line("argon2id alone, median", took, promisedSignIn, "ms")
	median, slowest, err := h.signIns(ctx)
	if err != nil {
		return false, err
	}
	line("the form and its answer, median of 10", median, promisedSignIn, "ms")
	line("the form and its answer, slowest of 10", slowest, promisedSignIn, "ms")

	fmt.Fprintln(out, "\na page with rights checked, to the same without")
	pages := []page{
		{"today", "/", len(h.cases)},
		{"cases", "/cases", len(h.cases)},
		{"search", "/search?q=call", len(h.cases)},
		{"case", "/cases/" + string(h.cases[0]), 1},
		{"record", "/cases/" + string(h.cases[0]) + "/record", 1},
		{"settings", "/settings", 0},
	}
	for _, p := range pages {
		whole, rights, err := h.rightsOf(ctx, p, o)
		if err != nil {
			return false, err
		}
		line(fmt.Sprintf("%-10s%7.2f ms, of it rights %.3f ms", p.name, whole, rights), whole/(whole-rights), promisedRights, "x")
	}

	fmt.Fprintln(out, "\nreading with the access log, to reading without")
	for _, p := range []page{pages[0], pages[3], pages[4]} {
		with, without, err := logOf(ctx, h, quiet, p.path, o)
		if err != nil {
			return false, err
		}
		half := len(without) / 2
		for _, n := range []int{50, 99} {
			a, b := at(with, n), at(without, n)
			noise := at(without[:half], n) / at(without[half:], n)
			// What the same program differs from itself by says nothing.
			line(fmt.Sprintf("%-10sp%d, %6.2f to %.2f ms, noise %.2f", p.name, n, a, b, max(noise, 1/noise)), a/b, max(promisedLog, noise, 1/noise), "x")
		}
	}
	n, err := noted(ctx, h)
	if err != nil {
		return false, err
	}
	fmt.Fprintf(out, "lines in the access log: %d\n", n)
	return missed, nil
}

// rightsOf asks for a page, and by turns for all that its rights cost by themselves;
// without them the page would take so much less. Medians in milliseconds.
func (h *house) rightsOf(ctx context.Context, p page, o options) (whole, rights float64, err error) {
	var a, b []float64
	for i := range o.turns + 10 {
		began := time.Now()
		if err := h.personOnly(ctx); err != nil {
			return 0, 0, err
		}
		only := time.Since(began)
		began = time.Now()
		if err := h.rightsOnce(ctx, h.cases[:p.cases]); err != nil {
			return 0, 0, err
		}
		once := time.Since(began) - only
		began = time.Now()
		if w := h.ask(http.MethodGet, p.path, ""); w.Code != http.StatusOK {
			return 0, 0, fmt.Errorf("%s gave %d", p.path, w.Code)
		}
		if took := time.Since(began); i >= 10 { // warm by now
			a, b = append(a, float64(took.Nanoseconds())/1e6), append(b, float64(once.Nanoseconds())/1e6)
		}
	}
	return at(a, 50), at(b, 50), nil
}

// personOnly finds the person of a session, which a page needs with or without
// rights: the name at its top, the language.
func (h *house) personOnly(ctx context.Context) error {
	return h.store.Read(ctx, func(tx desk.Tx) error {
		ps, err := tx.People(h.who.Space)
		if err == nil && !slices.ContainsFunc(ps, func(p people.Person) bool { return p.ID == h.who.Person.ID }) {
			err = fmt.Errorf("the owner is not there")
		}
		return err
	})
}

// rightsOnce is at least what the rights of a page cost: who somebody is, what he
// or she may do with each of its cases and behind which walls, and two dozen
// questions of the menu and the buttons.
func (h *house) rightsOnce(ctx context.Context, cases []people.CaseID) error {
	who, found, err := h.desk.Recognize(ctx, h.who.Space, h.who.Person.ID)
	if err != nil || !found {
		return fmt.Errorf("not recognized: %v", err)
	}
	for _, c := range cases {
		if !h.desk.May(who, desk.SeeCase, c) || !h.desk.MayWall(who, c, fact.Author) {
			return fmt.Errorf("the owner may not see a case")
		}
	}
	for range 24 {
		h.desk.May(who, desk.ShareCase, h.cases[0])
	}
	return nil
}

// logOf asks for a page of a program that notes who reads and of one that does
// not, in blocks by turns, each long enough that what waits is written meanwhile.
func logOf(ctx context.Context, with, without *house, path string, o options) (a, b []float64, err error) {
	const blocks = 8
	for i := range blocks {
		h, into := with, &a
		if (i+i/2)%2 == 1 { // ABBA
			h, into = without, &b
		}
		end := time.Now().Add(o.block)
		for j := 0; time.Now().Before(end) || j < 20; j++ {
			began := time.Now()
			if w := h.ask(http.MethodGet, path, ""); w.Code != http.StatusOK {
				return nil, nil, fmt.Errorf("%s gave %d", path, w.Code)
			}
			if j >= 10 { // warm by now
				*into = append(*into, float64(time.Since(began).Nanoseconds())/1e6)
			}
		}
		if err := h.desk.Flush(ctx); err != nil {
			return nil, nil, err
		}
	}
	return a, b, nil
}

// noted counts the access log.
func noted(ctx context.Context, h *house) (n int64, err error) {
	if err := h.desk.Flush(ctx); err != nil {
		return 0, err
	}
	err = h.store.Read(ctx, func(tx desk.Tx) error {
		all, err := tx.Seen(h.who.Space, "", 0, 1)
		if len(all) == 1 {
			n = all[0].N
		}
		return err
	})
	return n, err
}

// at is the value below which so many of 100 lie.
func at(all []float64, percent int) float64 {
	s := slices.Sorted(slices.Values(all))
	return s[min(len(s)-1, len(s)*percent/100)]
}
