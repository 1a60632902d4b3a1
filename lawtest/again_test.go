package lawtest

import (
	"cmp"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"testing"

	"stayput/format/yaml"
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
					words := map[string]string{}
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
