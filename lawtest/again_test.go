package lawtest

import (
	"cmp"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"stayput/day"
	"stayput/fact"
	"stayput/format/yaml"
	"stayput/intake/casefile"
	"stayput/law"
	"stayput/law/pack"
	"stayput/lawtest/recount"
)

// theirPacks reads the packs as they stand in their folders, not as compiled.
func theirPacks(t *testing.T) (fs.FS, map[string]*pack.Source, *law.Book) {
	t.Helper()
	files := os.DirFS("../law/packs")
	ids, err := pack.Packs(files)
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]*pack.Source{}
	var read []*law.Pack
	for _, id := range ids {
		s, err := pack.Open(files, id)
		if err != nil {
			t.Fatal(err)
		}
		p, err := pack.Read(s)
		if err != nil {
			t.Fatal(err)
		}
		sources[id], read = s, append(read, p)
	}
	return files, sources, law.NewBook(read...)
}

// TestRecount counts every example of every pack a second time.
func TestRecount(t *testing.T) {
	files, sources, book := theirPacks(t)
	calendars, err := fs.Sub(files, "calendars")
	if err != nil {
		t.Fatal(err)
	}
	r := &Runner{Book: book, Calendars: calendars}
	for id, s := range sources {
		xs, err := Examples(s)
		if err != nil {
			t.Fatal(err)
		}
		for i := range xs {
			diffs, err := r.Run(&xs[i])
			if err != nil {
				t.Errorf("%s: %s: %v", id, xs[i].ID, err)
			}
			for _, d := range diffs {
				if d.Field == "recount" {
					t.Errorf("%s: %s: %s: the engine says %s; day by day it is: %s", d.At, d.Example.ID, d.Rule, d.Got, d.Recount)
				}
			}
		}
	}
	done, skipped := r.Recounted()
	t.Logf("%d dates counted again, %d not", done, skipped)
	for why, names := range r.NotRecounted() {
		t.Logf("%d: %s: %q", len(names), why, names)
	}
	if done < 300 || skipped*20 > done {
		t.Errorf("only %d dates were counted again and %d could not be", done, skipped)
	}
}

// TestHolidayWords holds the holidays that the plain counter is given against
// the words that stand in holidays.yaml.
func TestHolidayWords(t *testing.T) {
	_, sources, book := theirPacks(t)
	for id, s := range sources {
		got := holidayWords(book.Pack(id).Holidays)
		var want []recount.Holiday
		for _, f := range s.Files {
			if f.Name != "holidays.yaml" {
				continue
			}
			for _, n := range f.Node.Items {
				want = append(want, rawHoliday(t, n))
			}
		}
		if len(want) == 0 {
			t.Errorf("%s has no holidays", id)
		}
		byID := func(p, q recount.Holiday) int { return cmp.Compare(p.ID, q.ID) }
		slices.SortFunc(got, byID)
		slices.SortFunc(want, byID)
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", id, got, want)
		}
	}
}

// rawHoliday reads one line of holidays.yaml word for word.
func rawHoliday(t *testing.T, n *yaml.Node) recount.Holiday {
	t.Helper()
	h := recount.Holiday{Pupil: "no", Business: "no", Roll: "no"}
	year := func(s string) int {
		y, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("%s: %v", n.At, err)
		}
		return y
	}
	for _, f := range n.Fields {
		switch f.Key {
		case "id":
			h.ID = f.Value.Value
		case "on":
			h.On = f.Value.Value
		case "from":
			h.From = year(f.Value.Value)
		case "to":
			h.To = year(f.Value.Value)
		}
		for _, g := range f.Value.Fields {
			switch f.Key + " " + g.Key {
			case "observed saturday":
				h.Saturday = g.Value.Value
			case "observed sunday":
				h.Sunday = g.Value.Value
			case "lists pupil":
				h.Pupil = g.Value.Value
			case "lists business":
				h.Business = g.Value.Value
			case "lists roll":
				h.Roll = g.Value.Value
			}
		}
	}
	return h
}

// TestSkipAndRollWords holds the ways of leaving days out and of moving a last
// day, which the plain counter takes from the packs as read, against pack.yaml.
func TestSkipAndRollWords(t *testing.T) {
	_, sources, book := theirPacks(t)
	for id, s := range sources {
		p := book.Pack(id)
		for _, f := range s.Files {
			if f.Name != "pack.yaml" {
				continue
			}
			for _, top := range f.Node.Fields {
				for _, named := range top.Value.Fields {
					// What a pack leaves out is none.
					words := map[string]string{"between_terms": "no", "breaks_over": "-1", "adjacent": "out", "weekend_before": "out"}
					for _, w := range named.Value.Fields {
						words[w.Key] = w.Value.Value
					}
					switch top.Key {
					case "skips":
						k := p.Skips[named.Key].Skip
						if yesNo(k.BetweenTerms) != words["between_terms"] || strconv.Itoa(k.BreaksOver) != words["breaks_over"] ||
							edge(k.Adjacent) != words["adjacent"] || edge(k.WeekendBefore) != words["weekend_before"] {
							t.Errorf("%s: %s: %+v is not %v", id, named.Key, k, words)
						}
					case "rolls":
						l := p.Rolls[named.Key]
						if yesNo(l.Settled) != words["settled"] || l.Back != (words["to"] == "previous_open_day") {
							t.Errorf("%s: %s: %+v is not %v", id, named.Key, l, words)
						}
					}
				}
			}
		}
	}
}

// counted is one entry of a kind, and the rule whose clock it starts.
var counted = []struct{ kind, rule string }{
	{"evaluation_requested", "us-ca.evaluation.plan"},
	{"evaluation_consent_received", "us-ca.evaluation.meeting"},
	{"iep_meeting_requested", "us-ca.iep.parent_request"},
	{"removal_started", "us.discipline.short_removal"},
	{"records_access_requested", "us-ca.records.access"},
}

// both counts one such entry with the engine and day by day.
func both(t *testing.T, r *Runner, calendars []string, child fact.Child, on day.Date, n int) {
	t.Helper()
	k := counted[n%len(counted)]
	x := &Example{ID: on.String(), Calendars: calendars, Expect: []Expect{{Rule: k.rule, Fields: []Field{{Name: "due"}}}}, File: &casefile.File{
		Case:    fact.Case{Jurisdiction: []fact.Dated{{Is: "us-ca"}}, Child: child},
		Entries: []fact.Entry{{ID: "e", Kind: fact.MustLookup(k.kind), On: day.On(on), Fields: fact.Fields{FiledBy: "parent", Written: fact.Yes}}}}}
	b, err := r.Brief(x)
	if err != nil {
		t.Fatal(err)
	}
	diffs, err := r.recount(x, b)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range diffs {
		t.Errorf("%v: %s from %v: the engine says %s; day by day it is: %s", calendars, d.Rule, on, d.Got, d.Recount)
	}
}

// TestRecountEveryDay counts from the days of real and invented school years.
func TestRecountEveryDay(t *testing.T) {
	files, _, book := theirPacks(t)
	calendars, err := fs.Sub(files, "calendars")
	if err != nil {
		t.Fatal(err)
	}
	r := &Runner{Book: book, Calendars: calendars}
	for _, s := range []struct {
		calendars    []string
		track, first string
	}{
		{[]string{"oakland-usd-2025-26"}, "", "2025-07-01"},
		{[]string{"dry-creek-jesd-2025-26"}, "", "2025-07-01"},
		{[]string{"hsd-hms-2021-22"}, "", "2021-07-01"},
		{[]string{"sample-summer-a-2025-26", "sample-summer-b-2026-27"}, "", "2026-01-01"},
		{[]string{"sample-two-breaks-2019-20"}, "", "2019-08-01"},
		{[]string{"sample-short-intersession-2024-25"}, "", "2024-07-01"},
		{[]string{"sample-year-round-2025-26"}, "A", "2025-07-01"},
		{[]string{"sample-year-round-2025-26"}, "B", "2025-07-01"},
		{[]string{"los-angeles-usd-2023-24-partial"}, "", "2023-07-01"},
		{nil, "", "2025-07-01"},
	} {
		first, err := day.Parse(s.first)
		if err != nil {
			t.Fatal(err)
		}
		for n := range 365 {
			if !testing.Short() || n%7 == 0 {
				both(t, r, s.calendars, fact.Child{Track: s.track}, first.Add(n), n)
			}
		}
	}
	if done, _ := r.Recounted(); done < 400 {
		t.Errorf("only %d dates were counted", done)
	}
}

// TestRecountInvented counts in calendars that no district would adopt: breaks
// that touch, sessions of any length, emergencies.
func TestRecountInvented(t *testing.T) {
	_, _, book := theirPacks(t)
	rng := rand.New(rand.NewPCG(2026, 11))
	kinds := []string{"vacation", "vacation", "holiday", "staff_day", "emergency", "other"}
	for range 150 {
		var c strings.Builder
		first := day.Must(2025, 8, 1).Add(rng.IntN(25))
		last := first.Add(280 + rng.IntN(25))
		fmt.Fprintf(&c, "calendar: c\ndistrict: D\nstate: us-ca\nschool_year: 2025-26\ncomplete: yes\ninvented: yes\nfirst_day: %v\nlast_day: %v\nsource: invented\n", first, last)
		if rng.IntN(4) == 0 {
			end := first.Add(60 + rng.IntN(40))
			fmt.Fprintf(&c, "sessions:\n  - {from: %v, to: %v}\n  - {from: %v, to: %v}\n", first, end, end.Add(2+rng.IntN(20)), last)
		}
		c.WriteString("closures:\n")
		for d, n := first.Add(3+rng.IntN(10)), 0; d < last-20; n++ {
			length := rng.IntN(4)
			if rng.IntN(3) == 0 {
				length = rng.IntN(15)
			}
			fmt.Fprintf(&c, "  - {from: %v, to: %v, name: Closure %d, kind: %s}\n", d, d.Add(length), n, kinds[rng.IntN(len(kinds))])
			d = d.Add(length + 1)
			if rng.IntN(2) == 0 {
				d = d.Add(rng.IntN(25))
			} else {
				d = d.Add(rng.IntN(4))
			}
		}
		r := &Runner{Book: book, Calendars: fstest.MapFS{"c.yaml": {Data: []byte(c.String())}}}
		for n := range 10 {
			both(t, r, []string{"c"}, fact.Child{}, first.Add(rng.IntN(270)), n)
		}
		if t.Failed() {
			t.Fatal(c.String())
		}
	}
}
