package storetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
	"stayput/record/seal"
)

// A line is what the model keeps of an entry.
type line struct {
	id, text, words string
	what            seal.What
	gone            bool
	added           int
}

type place struct {
	space people.SpaceID
	kase  people.CaseID
	wall  desk.Wall
}

// A picture is the whole of what the model says is kept. It is small and plain:
// that is its worth.
type picture struct {
	logs   map[place][]line
	people map[people.SpaceID][]people.Person
	drafts map[people.SpaceID]map[string]desk.DraftRow
	kals   map[people.SpaceID][]int64
	files  map[people.SpaceID]map[string]bool
	added  int
}

func (p *picture) copy() *picture {
	c := &picture{logs: map[place][]line{}, people: map[people.SpaceID][]people.Person{}, drafts: map[people.SpaceID]map[string]desk.DraftRow{},
		kals: map[people.SpaceID][]int64{}, files: map[people.SpaceID]map[string]bool{}, added: p.added}
	for k, v := range p.logs {
		c.logs[k] = slices.Clone(v)
	}
	for k, v := range p.people {
		c.people[k] = slices.Clone(v)
	}
	for k, v := range p.drafts {
		c.drafts[k] = map[string]desk.DraftRow{}
		for n, d := range v {
			c.drafts[k][n] = d
		}
	}
	for k, v := range p.kals {
		c.kals[k] = slices.Clone(v)
	}
	for k, v := range p.files {
		c.files[k] = map[string]bool{}
		for n, d := range v {
			c.files[k][n] = d
		}
	}
	return c
}

func (p *picture) named(at place, id string) bool {
	for _, w := range walls {
		if slices.ContainsFunc(p.logs[place{at.space, at.kase, w}], func(l line) bool { return l.id == id }) {
			return true
		}
	}
	return false
}

var (
	spacesOf   = []people.SpaceID{"s", "t"}
	casesOf    = []people.CaseID{"c", "d"}
	walls      = []desk.Wall{"", "counsel", "author:p"}
	vocabulary = []string{"reunión", "escuela", "speech", "niño", "therapy", "60"}
	plain      = strings.NewReplacer("ó", "o", "ñ", "n")
)

// model compares the store with the picture after any run of writes, some of
// which fail halfway, some of which are followed by closing and opening.
func model(t *testing.T, outer *bench) {
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		b := &bench{t: t, open: outer.open, place: t.TempDir(), clock: outer.clock}
		b.start(t)
		defer func() {
			if err := b.Close(); err != nil {
				rt.Errorf("close: %v", err)
			}
		}()
		now := (&picture{}).copy()
		for _, s := range spacesOf {
			b.write(rt, func(tx desk.Tx) error {
				return errors.Join(b.addSpace(tx, s), begin(tx, s, "c", walls...), begin(tx, s, "d", walls...))
			})
			now.drafts[s], now.files[s], now.kals[s] = map[string]desk.DraftRow{}, map[string]bool{}, []int64{0, 0}
		}
		rt.Repeat(map[string]func(*rapid.T){
			"": func(rt *rapid.T) {
				if rapid.IntRange(0, 3).Draw(rt, "look") == 0 {
					b.compare(rt, now)
				}
			},
			"write": func(rt *rapid.T) {
				next, keys := now.copy(), maps.Clone(b.keys)
				fails := rapid.IntRange(0, 4).Draw(rt, "fails") == 0
				stop := errors.New("stop")
				err := b.Write(ctx, func(tx desk.Tx) error {
					for range rapid.IntRange(1, 5).Draw(rt, "steps") {
						b.step(rt, tx, next)
					}
					if fails {
						return stop
					}
					return nil
				})
				if fails != (err != nil) {
					rt.Fatalf("write: %v", err)
				}
				if !fails {
					now = next
				} else {
					b.keys = keys // a space that left and began anew has its old key again
				}
			},
			"reopen": func(rt *rapid.T) {
				if rapid.IntRange(0, 3).Draw(rt, "really") == 0 {
					b.reopen(rt)
				}
			},
		})
		b.compare(rt, now)
	})
	t.Logf("%d runs", n)
}

// step does one thing to the store and to the picture; what the picture says
// must fail must fail.
func (b *bench) step(rt *rapid.T, tx desk.Tx, p *picture) {
	at := place{rapid.SampledFrom(spacesOf).Draw(rt, "space"), rapid.SampledFrom(casesOf).Draw(rt, "case"), rapid.SampledFrom(walls).Draw(rt, "wall")}
	ok := func(what string, err error) {
		if err != nil {
			rt.Fatalf("%s at %+v: %v", what, at, err)
		}
	}
	switch rapid.IntRange(0, 10).Draw(rt, "what") {
	case 0, 1, 2, 3: // append one or a few
		var ds []seal.Draft
		var ls []line
		clash := false
		for range rapid.IntRange(1, 4).Draw(rt, "entries") {
			id := fmt.Sprintf("e%d", rapid.IntRange(0, 60).Draw(rt, "id"))
			clash = clash || p.named(at, id) || slices.ContainsFunc(ls, func(l line) bool { return l.id == id })
			d := say(id, rapid.StringN(0, 20, 40).Draw(rt, "text"))
			if rapid.IntRange(0, 3).Draw(rt, "destroys") == 0 {
				d.What = seal.Destroyed
			}
			p.added++
			ds, ls = append(ds, d), append(ls, line{id: id, text: string(d.Body.Data), what: d.What, added: p.added})
		}
		err := b.add(tx, at.space, at.kase, at.wall, ds...)
		if clash {
			want(rt, "a name that is taken", err, fault.Conflict)
			return
		}
		ok("append", err)
		p.logs[at] = append(p.logs[at], ls...)
	case 4: // index
		if ls := p.logs[at]; len(ls) > 0 {
			i := rapid.IntRange(0, len(ls)-1).Draw(rt, "entry")
			words := strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 4).Draw(rt, "words"), " ")
			err := tx.Index(at.space, at.kase, at.wall, ls[i].id, words)
			if ls[i].gone {
				want(rt, "words of a destroyed entry", err, fault.NotFound)
				return
			}
			ok("index", err)
			ls[i].words = words
		}
	case 5: // destroy
		if ls := p.logs[at]; len(ls) > 0 {
			i, j := rapid.IntRange(0, len(ls)-1).Draw(rt, "entry"), rapid.IntRange(0, len(ls)-1).Draw(rt, "by")
			err := tx.Destroy(at.space, at.kase, at.wall, ls[i].id, ls[j].id)
			switch {
			case ls[i].gone:
				want(rt, "destroyed twice", err, fault.Conflict)
			case j <= i || ls[j].what != seal.Destroyed:
				want(rt, "destroyed without saying so", err, fault.Invalid)
			default:
				ok("destroy", err)
				ls[i].gone, ls[i].words, ls[i].text = true, "", ""
			}
		}
	case 6: // a person
		all := p.people[at.space]
		who := people.Person{ID: people.PersonID(fmt.Sprintf("p%d", rapid.IntRange(0, 2).Draw(rt, "person"))),
			Name: rapid.StringN(0, 5, 10).Draw(rt, "name"), Version: rapid.Int64Range(0, 2).Draw(rt, "version")}
		i := slices.IndexFunc(all, func(x people.Person) bool { return x.ID == who.ID })
		err := tx.SavePerson(at.space, who)
		switch {
		case i < 0 && who.Version > 0:
			want(rt, "a person who is not there", err, fault.NotFound)
		case i >= 0 && all[i].Version != who.Version:
			want(rt, "another version", err, fault.Conflict)
		default:
			ok("person", err)
			who.Version++
			if i < 0 {
				p.people[at.space] = append(all, who)
			} else {
				all[i] = who
			}
		}
	case 7: // a draft of the first person
		if all := p.people[at.space]; len(all) > 0 {
			d := desk.DraftRow{Key: rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "key"), Version: rapid.Int64Range(0, 2).Draw(rt, "version"), Body: []byte(rapid.StringN(0, 9, 20).Draw(rt, "body")), At: b.clock}
			old, there := p.drafts[at.space][d.Key]
			if rapid.IntRange(0, 3).Draw(rt, "drop") == 0 {
				ok("drop", tx.DropDraft(at.space, all[0].ID, d.Key))
				delete(p.drafts[at.space], d.Key)
				return
			}
			err := tx.SaveDraft(at.space, all[0].ID, d)
			switch {
			case !there && d.Version > 0:
				want(rt, "no draft", err, fault.NotFound)
			case there && old.Version != d.Version:
				want(rt, "another version", err, fault.Conflict)
			default:
				ok("draft", err)
				d.Version++
				p.drafts[at.space][d.Key] = d
			}
		}
	case 8: // a calendar
		i := rapid.IntRange(0, 1).Draw(rt, "calendar")
		v := rapid.Int64Range(0, 4).Draw(rt, "version")
		err := tx.SaveCalendar(at.space, desk.CalendarRow{ID: fmt.Sprint("k", i), Version: v, Name: fmt.Sprint("k", i), At: b.clock})
		if v != p.kals[at.space][i]+1 {
			want(rt, "a version out of turn", err, fault.Conflict)
			return
		}
		ok("calendar", err)
		p.kals[at.space][i] = v
	case 9: // a file
		data := rapid.SampledFrom([]string{"", "one", strings.Repeat("two", 1000)}).Draw(rt, "file")
		if rapid.Bool().Draw(rt, "drop") {
			ok("drop", tx.DropFile(at.space, digest([]byte(data))))
			delete(p.files[at.space], data)
			return
		}
		ok("file", tx.AddFile(at.space, desk.FileRow{Digest: digest([]byte(data)), Size: int64(len(data))}, strings.NewReader(data)))
		p.files[at.space][data] = true
	case 10: // the whole space leaves, and begins anew
		if rapid.IntRange(0, 3).Draw(rt, "really") > 0 {
			return
		}
		ok("leave", tx.DropSpace(at.space))
		want(rt, "leaving twice", tx.DropSpace(at.space), fault.NotFound)
		for k := range p.logs {
			if k.space == at.space {
				delete(p.logs, k)
			}
		}
		delete(p.people, at.space)
		p.drafts[at.space], p.files[at.space], p.kals[at.space] = map[string]desk.DraftRow{}, map[string]bool{}, []int64{0, 0}
		ok("begin anew", errors.Join(b.addSpace(tx, at.space), begin(tx, at.space, "c", walls...), begin(tx, at.space, "d", walls...)))
	}
}

// compare reads the whole store and compares it with the picture.
func (b *bench) compare(rt *rapid.T, p *picture) {
	b.verifyAll(rt)
	query := rapid.SampledFrom(vocabulary).Draw(rt, "query")
	query = plain.Replace(query)[:rapid.IntRange(1, 2).Draw(rt, "letters")]
	asked := rapid.SliceOfDistinct(rapid.SampledFrom(walls), func(w desk.Wall) desk.Wall { return w }).Draw(rt, "walls")
	b.read(rt, func(tx desk.Tx) error {
		for _, s := range spacesOf {
			for _, c := range casesOf {
				var found []line
				for _, w := range walls {
					want := p.logs[place{s, c, w}]
					var got []line
					err := tx.Rows(s, c, w, 0, func(r desk.Row) error {
						got = append(got, line{id: r.ID, text: string(r.Body.Data), what: r.What, gone: r.Gone})
						return nil
					})
					if err != nil {
						return err
					}
					if len(got) != len(want) {
						rt.Fatalf("%s/%s/%s holds %d of %d", s, c, w, len(got), len(want))
					}
					for i, l := range want {
						if slices.Contains(asked, w) && slices.ContainsFunc(strings.Fields(l.words), func(x string) bool { return strings.HasPrefix(plain.Replace(x), query) }) {
							found = append(found, l)
						}
						l.words, l.added = "", 0
						same(rt, "entry", got[i], l)
					}
				}
				slices.SortFunc(found, func(a, b line) int { return b.added - a.added })
				var names []string
				for _, l := range found {
					names = append(names, l.id)
				}
				hits, err := tx.Search(s, c, asked, query, 1000)
				if err != nil {
					return err
				}
				same(rt, fmt.Sprintf("search for %q in %q", query, asked), hits, names)
			}
			ps, err := tx.People(s)
			if err != nil {
				return err
			}
			same(rt, "people", ps, p.people[s])
			if len(ps) > 0 {
				ds, err := tx.Drafts(s, ps[0].ID)
				if err != nil || len(ds) != len(p.drafts[s]) {
					rt.Fatalf("drafts: %v %v", ds, err)
				}
				for _, d := range ds {
					same(rt, "draft", d, p.drafts[s][d.Key])
				}
			}
			for i, v := range p.kals[s] {
				all, err := tx.CalendarVersions(s, fmt.Sprint("k", i))
				if err != nil || int64(len(all)) != v {
					rt.Fatalf("%d versions of a calendar, not %d: %v", len(all), v, err)
				}
			}
			for _, data := range []string{"", "one", strings.Repeat("two", 1000)} {
				var w strings.Builder
				err := tx.ReadFile(s, digest([]byte(data)), &w)
				if !p.files[s][data] {
					want(rt, "a file that is not there", err, fault.NotFound)
				} else if err != nil || w.String() != data {
					rt.Fatalf("a file came back with %d of %d: %v", w.Len(), len(data), err)
				}
			}
		}
		return nil
	})
}
