package main

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"stayput/locale"
	"stayput/present/bundle"
	"stayput/record/seal"
)

// A want is what must be found after a change: one of kinds, about that entry
// (-1: about no entry in particular, or any) or that part.
type want struct {
	kinds []bundle.Kind
	seq   int64
	part  string
	since bool // it shows only against the maker's key and an earlier checkpoint
}

// A tampering is a record, its bundle, and what others could make.
type tampering struct {
	rnd    *rand.Rand
	known  *known
	whole  []byte
	some   []byte
	parts  map[string][]byte // of whole
	chosen map[string][]byte // of some
	places []int64           // the places that some has
	others []byte            // made anew by somebody else, one body changed
	forged []byte            // made anew by the keeper of the key, one body changed
	ways   []way
}

type way struct {
	name string
	do   func() ([]byte, want)
}

func newTampering(seed uint64) (*tampering, error) {
	t := &tampering{rnd: rand.New(rand.NewPCG(seed, 1))}
	var err error
	if t.known, err = newKnown(seed, 1); err != nil {
		return nil, err
	}
	if err = t.known.fill(nil); err != nil {
		return nil, err
	}
	k := t.known
	if t.whole, err = k.write(k.wall()); err != nil {
		return nil, err
	}
	selection, err := bundle.WallSelect(k.wall(), k.key.Public, k.given, func(r *bundle.Row) bool { return r.Seq%4 == 3 })
	if err != nil {
		return nil, err
	}
	for i := range selection.Rows {
		t.places = append(t.places, selection.Rows[i].Seq)
	}
	if t.some, err = k.write(selection); err != nil {
		return nil, err
	}
	if t.parts, err = unpack(t.whole); err != nil {
		return nil, err
	}
	if t.chosen, err = unpack(t.some); err != nil {
		return nil, err
	}
	for key, to := range map[byte]*[]byte{2: &t.others, 1: &t.forged} {
		x, err := newKnown(seed, key)
		if err != nil {
			return nil, err
		}
		err = x.fill(func(i int, body string) string {
			if i == 5 {
				return strings.Replace(body, "Llamada", "Nadie llamó", 1)
			}
			return body
		})
		if err != nil {
			return nil, err
		}
		if *to, err = x.write(x.wall()); err != nil {
			return nil, err
		}
	}
	for _, z := range [][]byte{t.whole, t.some, t.others, t.forged} {
		if r, err := t.verify(z, bundle.Options{}); err != nil || r.Verdict != bundle.Consistent {
			return nil, fmt.Errorf("an untouched bundle is %s, %v: %+v", r.Verdict, err, r.Findings)
		}
	}
	t.ways = t.all()
	return t, nil
}

func (t *tampering) next() (string, []byte, want) {
	w := t.ways[t.rnd.IntN(len(t.ways))]
	z, want := w.do()
	return w.name, z, want
}

func (t *tampering) verify(z []byte, o bundle.Options) (bundle.Report, error) {
	return bundle.Verify(bytes.NewReader(z), int64(len(z)), o)
}

// noticed makes sure that a verification says what is wanted.
func (t *tampering) noticed(z []byte, w want) error {
	k := t.known
	if w.since {
		r, err := t.verify(z, bundle.Options{})
		if err != nil || r.Verdict != bundle.Consistent {
			return fmt.Errorf("alone it is %s, %v", r.Verdict, err)
		}
		i := 5 + t.rnd.IntN(entries-5) // a checkpoint from after the entry that was changed
		r, err = t.verify(z, bundle.Options{Since: k.given[i]})
		if err != nil || r.Verdict != bundle.Broken || r.Earlier != bundle.EarlierFailed {
			return fmt.Errorf("against checkpoint %d it is %s, %v", i, r.Verdict, err)
		}
		if w.part != "" { // another key
			if r, err = t.verify(z, bundle.Options{Key: k.key.Public}); err != nil || r.Verdict != bundle.Broken || r.ByKey {
				return fmt.Errorf("against the maker's key it is %s, %v", r.Verdict, err)
			}
		}
		return nil
	}
	r, err := t.verify(z, bundle.Options{})
	if err != nil {
		if w.seq < 0 && w.part == "" {
			return nil // what is no bundle any more is refused as such
		}
		return err
	}
	if r.Verdict != bundle.Broken {
		return fmt.Errorf("it is %s", r.Verdict)
	}
	accused := map[int64]bool{}
	found := false
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Seq >= 0 {
			accused[f.Seq] = true
		}
		found = found || (slices.Contains(w.kinds, f.Kind) || w.kinds == nil) && (w.seq < 0 || f.Seq == w.seq) && (w.part == "" || f.Part == w.part)
	}
	en, _ := locale.For("en")
	if !found {
		return fmt.Errorf("it does not name entry %d, part %q as %v:\n%s", w.seq+1, w.part, w.kinds, r.Text(en))
	}
	if w.seq >= 0 && len(accused) > 2 {
		return fmt.Errorf("it accuses %d entries:\n%s", len(accused), r.Text(en))
	}
	return nil
}

// either picks the whole bundle or the selection; places are what it holds.
func (t *tampering) either() (parts map[string][]byte, places []int64) {
	if t.rnd.IntN(3) == 0 {
		return maps.Clone(t.chosen), t.places
	}
	places = make([]int64, entries)
	for i := range places {
		places[i] = int64(i)
	}
	return maps.Clone(t.parts), places
}

func (t *tampering) all() []way {
	const record = "record.jsonl"
	altered := []bundle.Kind{bundle.Altered}
	// field is a way that rewrites a part of one line.
	field := func(name, key, old, to string) way {
		return way{name, func() ([]byte, want) {
			p, places := t.either()
			l := lines(p[record])
			for {
				i := t.rnd.IntN(len(l))
				at := bytes.Index(l[i], []byte(`,"`+key+`":"`))
				if at < 0 {
					continue
				}
				rest := bytes.Replace(l[i][at:], []byte(old), []byte(to), 1)
				if bytes.Equal(rest, l[i][at:]) {
					continue
				}
				l[i] = append(slices.Clone(l[i][:at]), rest...)
				p[record] = join(l)
				return pack(p), want{kinds: altered, seq: places[i]}
			}
		}}
	}
	return []way{
		{"change one byte of a line", func() ([]byte, want) {
			p, places := t.either()
			l := lines(p[record])
			i := t.rnd.IntN(len(l))
			l[i] = slices.Clone(l[i])
			l[i][t.rnd.IntN(len(l[i])-1)] ^= 1 << t.rnd.IntN(8)
			p[record] = join(l)
			return pack(p), want{kinds: altered, seq: places[i]}
		}},
		{"change one byte of a leaf", func() ([]byte, want) {
			p, places := t.either()
			l := lines(p["leaves"])
			i := 1 + t.rnd.IntN(len(l)-1)
			l[i] = slices.Clone(l[i])
			l[i][t.rnd.IntN(len(l[i])-1)] ^= 1 << t.rnd.IntN(7)
			p["leaves"] = join(l)
			return pack(p), want{kinds: altered, seq: places[i-1]}
		}},
		{"change one byte of any part", func() ([]byte, want) {
			p, _ := t.either()
			names := slices.Sorted(maps.Keys(p))
			name := names[t.rnd.IntN(len(names))]
			if len(p[name]) == 0 {
				name = record
			}
			p[name] = slices.Clone(p[name])
			p[name][t.rnd.IntN(len(p[name]))] ^= 1 << t.rnd.IntN(8)
			return pack(p), want{seq: -1, part: map[bool]string{true: name}[name != "key" && name != "leaves"]}
		}},
		{"change one byte of the file", func() ([]byte, want) {
			z := slices.Clone([][]byte{t.whole, t.some}[t.rnd.IntN(2)])
			z[t.rnd.IntN(len(z))] ^= 1 << t.rnd.IntN(8)
			return z, want{seq: -1}
		}},
		{"cut the file short", func() ([]byte, want) { return t.whole[:t.rnd.IntN(len(t.whole))], want{seq: -1} }},
		field("change a body", "salt", "entry", "Entry"),
		field("change a moment", "at", "2025-", "2024-"),
		field("change an author", "by", `"u`, `"v`),
		field("change a kind", "what", `"entry"`, `"plans"`),
		field("change a name", "id", `"e`, `"f`),
		{"remove an entry", func() ([]byte, want) {
			p, places := t.either()
			l := lines(p[record])
			i := t.rnd.IntN(len(l))
			for places[i] == 25 { // without it, what 11 says is missing too
				i = t.rnd.IntN(len(l))
			}
			p[record] = join(slices.Delete(l, i, i+1))
			return pack(p), want{kinds: []bundle.Kind{bundle.Missing}, seq: places[i]}
		}},
		{"remove an entry and its leaf", func() ([]byte, want) {
			p, _ := t.either()
			i := t.rnd.IntN(len(lines(p[record])))
			p[record] = join(slices.Delete(lines(p[record]), i, i+1))
			p["leaves"] = join(slices.Delete(lines(p["leaves"]), i+1, i+2))
			return pack(p), want{kinds: []bundle.Kind{bundle.Altered, bundle.Missing}, seq: -1, part: "leaves"}
		}},
		{"move an entry", func() ([]byte, want) {
			p, places := t.either()
			l := lines(p[record])
			i := t.rnd.IntN(len(l) - 2)
			line := l[i]
			to := i + 2 + t.rnd.IntN(len(l)-i-2)
			p[record] = join(slices.Insert(slices.Delete(l, i, i+1), to, line))
			return pack(p), want{kinds: []bundle.Kind{bundle.Moved}, seq: places[i]}
		}},
		{"add an entry", func() ([]byte, want) {
			p, _ := t.either()
			l := lines(p[record])
			i := t.rnd.IntN(len(l))
			seq := int64(entries) + t.rnd.Int64N(3)
			line := bytes.Replace(slices.Clone(l[i]), []byte(`"id":"e`), []byte(`"id":"new`), 1)
			from := bytes.Index(line, []byte(`"seq":`)) + 6
			to := from + bytes.IndexByte(line[from:], ',')
			line = slices.Concat(line[:from], strconv.AppendInt(nil, seq, 10), line[to:])
			p[record] = join(slices.Insert(l, t.rnd.IntN(len(l)+1), line))
			return pack(p), want{kinds: []bundle.Kind{bundle.Added}, seq: seq}
		}},
		{"repeat an entry", func() ([]byte, want) {
			p, places := t.either()
			l := lines(p[record])
			i := t.rnd.IntN(len(l))
			p[record] = join(slices.Insert(l, t.rnd.IntN(len(l)+1), l[i]))
			return pack(p), want{kinds: []bundle.Kind{bundle.Added}, seq: places[i]}
		}},
		{"swap two bodies", func() ([]byte, want) {
			p, places := t.either()
			l := lines(p[record])
			for {
				i, j := t.rnd.IntN(len(l)), t.rnd.IntN(len(l))
				a, x := cut(l[i])
				b, y := cut(l[j])
				if i == j || x == nil || y == nil || places[i] == 25 || places[j] == 25 {
					continue
				}
				l[i], l[j] = slices.Concat(a, y), slices.Concat(b, x)
				p[record] = join(l)
				return pack(p), want{kinds: altered, seq: places[[]int{i, j}[t.rnd.IntN(2)]]}
			}
		}},
		{"say that a body was destroyed", func() ([]byte, want) {
			p, places := t.either()
			l := lines(p[record])
			for {
				i := t.rnd.IntN(len(l))
				entry, body := cut(l[i])
				if body == nil || places[i] == 25 {
					continue
				}
				l[i] = append(slices.Clone(entry), "\"gone\":true}\n"...)
				p[record] = join(l)
				return pack(p), want{kinds: []bundle.Kind{bundle.Missing}, seq: places[i]}
			}
		}},
		{"change an entry and its leaf alike", func() ([]byte, want) {
			p := maps.Clone(t.parts)
			i := t.rnd.IntN(entries)
			r := t.known.rows[i]
			l := lines(p[record])
			l[i] = bytes.Replace(slices.Clone(l[i]), []byte(`"by":"u`), []byte(`"by":"v`), 1)
			r.By = "v" + r.By[1:]
			leaves := lines(p["leaves"])
			leaves[i+1] = fmt.Appendf(nil, "%d %s\n", i, base64Of(r.Leaf()))
			p[record], p["leaves"] = join(l), join(leaves)
			return pack(p), want{kinds: []bundle.Kind{bundle.Root}, seq: -1}
		}},
		{"put an older checkpoint there", func() ([]byte, want) {
			p := maps.Clone(t.parts)
			i := t.rnd.IntN(entries - 2)
			p["checkpoint"] = t.known.given[i]
			return pack(p), want{kinds: []bundle.Kind{bundle.Added, bundle.Altered}, seq: -1, part: "checkpoint"}
		}},
		{"put somebody else's checkpoint there", func() ([]byte, want) {
			p := maps.Clone(t.parts)
			others, err := unpack(t.others)
			if err != nil {
				panic(err)
			}
			p["checkpoint"] = others["checkpoint"]
			return pack(p), want{kinds: []bundle.Kind{bundle.Signature}, seq: -1, part: "checkpoint"}
		}},
		{"make it anew with another key", func() ([]byte, want) { return t.others, want{since: true, part: "key"} }},
		{"make it anew with the same key", func() ([]byte, want) { return t.forged, want{since: true} }},
		{"edit a file", func() ([]byte, want) {
			d, e := t.file()
			p := maps.Clone(t.parts)
			name := "files/" + d.String()
			p[name] = append(slices.Clone(p[name]), ' ')
			return pack(p), want{kinds: altered, seq: e, part: name}
		}},
		{"take a file away", func() ([]byte, want) {
			d, e := t.file()
			p := maps.Clone(t.parts)
			delete(p, "files/"+d.String())
			return pack(p), want{kinds: []bundle.Kind{bundle.Missing}, seq: e, part: "files/" + d.String()}
		}},
		{"edit a file and its name", func() ([]byte, want) {
			d, e := t.file()
			p := maps.Clone(t.parts)
			content := append(slices.Clone(p["files/"+d.String()]), ' ')
			delete(p, "files/"+d.String())
			p["files/"+digestOf(content).String()] = content
			return pack(p), want{kinds: []bundle.Kind{bundle.Missing}, seq: e, part: "files/" + d.String()}
		}},
		{"add a file", func() ([]byte, want) {
			p, _ := t.either()
			content := []byte(strconv.Itoa(t.rnd.Int()))
			name := "files/" + digestOf(content).String()
			p[name] = content
			return pack(p), want{kinds: []bundle.Kind{bundle.Added}, seq: -1, part: name}
		}},
		{"edit a document", func() ([]byte, want) {
			p, _ := t.either()
			name := []string{"brief.json", "case.yaml", "plans/iep-2025.json", "README.txt"}[t.rnd.IntN(4)]
			p[name] = append(slices.Clone(p[name]), '\n')
			return pack(p), want{kinds: altered, seq: -1, part: name}
		}},
	}
}

// file picks a file and the entry that names it.
func (t *tampering) file() (seal.Digest, int64) {
	ds := slices.SortedFunc(maps.Keys(t.known.files), func(a, b seal.Digest) int { return bytes.Compare(a[:], b[:]) })
	for {
		d := ds[t.rnd.IntN(len(ds))]
		for i := range t.known.rows {
			if bytes.Contains(t.known.rows[i].Body.Data, []byte(d.String())) {
				return d, t.known.rows[i].Seq
			}
		}
	}
}
