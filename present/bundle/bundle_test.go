package bundle_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"stayput/fault"
	"stayput/locale"
	"stayput/present/bundle"
	"stayput/record/seal"
)

// A made is a record with all it takes to hand it out.
type made struct {
	key   seal.Key
	wall  bundle.Wall
	tree  seal.Tree
	files map[seal.Digest][]byte
	given [][]byte // a checkpoint after each append
	rnd   *rand.ChaCha8
}

var begin = time.Date(2025, 2, 3, 21, 14, 7, 123e6, time.UTC)

func newMade(t testing.TB, seed byte) *made {
	t.Helper()
	m := &made{rnd: rand.NewChaCha8([32]byte{seed}), files: map[seal.Digest][]byte{}}
	var err error
	if m.key, err = seal.NewKey("oak-street", m.rnd); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m *made) add(t testing.TB, id string, what seal.What, body string) {
	t.Helper()
	salt := make([]byte, seal.SaltSize)
	_, _ = m.rnd.Read(salt)
	b := seal.Body{Salt: salt, Data: []byte(body)}
	at := begin.Add(time.Duration(len(m.wall.Rows)) * 26 * time.Hour)
	s, err := seal.Append("log-7", seal.Tail{Size: m.tree.Size(), Hashes: m.tree.ReadHashes}, "person-1", at, seal.Draft{ID: id, What: what, Body: b})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.tree.Add(s.Entries[0].Leaf()); err != nil {
		t.Fatal(err)
	}
	m.wall.Rows = append(m.wall.Rows, bundle.Row{Entry: s.Entries[0], Body: b})
	if m.wall.Checkpoint, err = m.key.Sign(s.Head); err != nil {
		t.Fatal(err)
	}
	m.given = append(m.given, m.wall.Checkpoint)
}

func (m *made) file(content string) string {
	d := seal.Digest(sha256.Sum256([]byte(content)))
	m.files[d] = []byte(content)
	return fmt.Sprintf(`[{"name":"2025-02-03 letter.eml","sha256":"%s","size":%d,"type":"message/rfc822"}]`, d, len(content))
}

// family is a record of eight entries: one with a file, one destroyed.
func family(t testing.TB, seed byte) *made {
	m := newMade(t, seed)
	m.add(t, "k0", seal.CaseFacts, `{"case":{"title":"Maya R.","side":"family"}}`)
	m.add(t, "k1", seal.Fact, `{"entry":{"on":"2025-02-03","kind":"evaluation_requested","by":"parent","note":"Se pidió <por escrito> & en persona \u2028"},"files":`+m.file("Dear principal")+`,"via":"page"}`)
	m.add(t, "k2", seal.Fact, `{"entry":{"on":"2025-02-20","kind":"evaluation_consent_requested","re":"k1"}}`)
	m.add(t, "k3", seal.Fact, `{"entry":{"on":"2025-02-21","kind":"contact","summary":"something private"}}`)
	m.add(t, "k4", seal.Plans, `{"value":[{"id":"iep-2025","kind":"iep"}]}`)
	m.add(t, "k5", seal.Destroyed, `{"entry":"k3","reason":"34 CFR 300.624(b), the parent asked","law":"us"}`)
	m.wall.Rows[3].Gone, m.wall.Rows[3].Body = true, seal.Body{}
	m.add(t, "k6", seal.Hold, `{"reason":"due process"}`)
	m.add(t, "k7", seal.Fact, `{"entry":{"on":"2025-03-01","kind":"contact","summary":"called back"}}`)
	return m
}

func (m *made) bundle(walls ...bundle.Wall) bundle.Bundle {
	if walls == nil {
		walls = []bundle.Wall{m.wall}
	}
	return bundle.Bundle{
		Public: m.key.Public, Sign: m.key.SignNote, Walls: walls,
		File: func(d seal.Digest, w io.Writer) error {
			b, ok := m.files[d]
			if !ok {
				return errors.New("no such file")
			}
			_, err := w.Write(b)
			return err
		},
		Brief: []byte("{\"as_of\":\"2025-06-01\"}\n"),
		Plans: []bundle.Part{{Name: "iep-2025.json", Data: []byte("{}")}},
		Extra: []bundle.Part{{Name: "case.yaml", Data: []byte("stayput: 1\n")}, {Name: "calendars/oakland.yaml", Data: nil}},
	}
}

func write(t testing.TB, b bundle.Bundle) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := bundle.Write(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func verify(t testing.TB, z []byte, o bundle.Options) bundle.Report {
	t.Helper()
	r, err := bundle.Verify(bytes.NewReader(z), int64(len(z)), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func show(r bundle.Report) string {
	c, _ := locale.For("en")
	return r.Text(c)
}

func TestWholeBundle(t *testing.T) {
	m := family(t, 1)
	z := write(t, m.bundle())
	if !bytes.Equal(z, write(t, m.bundle())) {
		t.Fatal("the same input gave other bytes")
	}
	r := verify(t, z, bundle.Options{})
	if r.Verdict != bundle.Consistent || r.ByKey || r.Walls[0].Destroyed != 1 || r.Files != 1 || len(r.Notes) != 1 {
		t.Fatalf("%+v\n%s", r, show(r))
	}
	if r = verify(t, z, bundle.Options{Key: m.key.Public + "\n"}); r.Verdict != bundle.Proved {
		t.Fatal(show(r))
	}
	for i, c := range m.given {
		if r = verify(t, z, bundle.Options{Since: c}); r.Verdict != bundle.Since {
			t.Fatalf("since %d: %s", i, show(r))
		}
		if r = verify(t, z, bundle.Options{Since: c, Key: m.key.Public}); r.Verdict != bundle.Since || !r.ByKey {
			t.Fatalf("since %d: %s", i, show(r))
		}
	}
	// Any program can open it.
	zr, err := zip.NewReader(bytes.NewReader(z), int64(len(z)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range zr.File {
		names = append(names, f.Name)
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, rc); err != nil {
			t.Fatal(f.Name, err)
		}
	}
	if !slices.IsSorted(names) || len(names) != 12 {
		t.Fatal(names)
	}
}

// unpack gives the parts of a bundle by name; pack makes a zip of parts as Go's
// own writer does, which is not how a bundle is packed.
func unpack(t testing.TB, z []byte) map[string][]byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(z), int64(len(z)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range zr.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(rc); err != nil {
			t.Fatal(err)
		}
	}
	return parts
}

func pack(t testing.TB, parts map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, data := range parts {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestPackedAgain(t *testing.T) {
	m := family(t, 1)
	r := verify(t, pack(t, unpack(t, write(t, m.bundle()))), bundle.Options{Key: m.key.Public})
	if r.Verdict != bundle.Proved || len(r.Notes) != 2 {
		t.Fatal(show(r))
	}
}

func has(r bundle.Report, want bundle.Finding) bool {
	return slices.ContainsFunc(r.Findings, func(f bundle.Finding) bool {
		return f.Kind == want.Kind && f.Seq == want.Seq && (want.Field == "" || f.Field == want.Field) &&
			(want.Part == "" || f.Part == want.Part) && (want.Key == "" || f.Key == want.Key) && (want.ID == "" || f.ID == want.ID)
	})
}

func edit(part string, change func([]byte) []byte) func(map[string][]byte) {
	return func(p map[string][]byte) { p[part] = change(p[part]) }
}

func swap(old, new string) func([]byte) []byte {
	return func(b []byte) []byte {
		if !bytes.Contains(b, []byte(old)) {
			panic("nothing to change: " + old)
		}
		return bytes.Replace(b, []byte(old), []byte(new), 1)
	}
}

func lines(change func(l [][]byte) [][]byte) func([]byte) []byte {
	return func(b []byte) []byte {
		l := bytes.SplitAfter(b, []byte("\n"))
		return bytes.Join(change(l[:len(l)-1]), nil)
	}
}

// Every change is named, and the entry it was made to.
func TestTampered(t *testing.T) {
	m := family(t, 1)
	other := family(t, 2)
	z := write(t, m.bundle())
	otherParts := unpack(t, write(t, other.bundle()))
	evidence := "files/" + func() string {
		for d := range m.files {
			return d.String()
		}
		return ""
	}()
	var body5 string
	for _, l := range strings.Split(string(unpack(t, z)["record.jsonl"]), "\n") {
		if strings.Contains(l, `"id":"k7"`) {
			body5 = l[strings.Index(l, `"salt":`):]
		}
	}
	cases := []struct {
		name   string
		change func(map[string][]byte)
		want   bundle.Finding
	}{
		{"body", edit("record.jsonl", swap("2025-02-20", "2025-02-19")), bundle.Finding{Kind: bundle.Altered, Seq: 2, ID: "k2", Field: "body"}},
		{"moment", edit("record.jsonl", swap("2025-02-06T", "2025-02-05T")), bundle.Finding{Kind: bundle.Altered, Seq: 2, ID: "k2", Field: "at"}},
		{"author", edit("record.jsonl", swap(`"by":"person-1"`, `"by":"person-2"`)), bundle.Finding{Kind: bundle.Altered, Seq: 0, ID: "k0", Field: "by"}},
		{"name", edit("record.jsonl", swap(`"id":"k4"`, `"id":"k9"`)), bundle.Finding{Kind: bundle.Altered, Seq: 4, ID: "k4", Field: "id"}},
		{"what", edit("record.jsonl", swap(`"what":"hold"`, `"what":"entry"`)), bundle.Finding{Kind: bundle.Altered, Seq: 6, ID: "k6", Field: "what"}},
		{"place", edit("record.jsonl", swap(`"seq":4`, `"seq":5`)), bundle.Finding{Kind: bundle.Altered, Seq: 4, ID: "k4", Field: "seq"}},
		{"unreadable", edit("record.jsonl", swap(`{"log":"log-7","seq":6`, `["log":"log-7","seq":6`)), bundle.Finding{Kind: bundle.Altered, Seq: 6, ID: "k6", Field: "line"}},
		{"blank", edit("record.jsonl", swap(`,"seq":6`, `, "seq":6`)), bundle.Finding{Kind: bundle.Altered, Seq: 6, ID: "k6", Field: "form"}},
		{"unknown key", edit("record.jsonl", swap(`,"seq":6`, `,"x":1,"seq":6`)), bundle.Finding{Kind: bundle.Altered, Seq: 6, Field: "line"}},
		{"key twice", edit("record.jsonl", swap(`,"seq":6`, `,"seq":6,"seq":6`)), bundle.Finding{Kind: bundle.Altered, Seq: 6, Field: "line"}},
		{"removed", edit("record.jsonl", lines(func(l [][]byte) [][]byte { return slices.Delete(l, 4, 5) })), bundle.Finding{Kind: bundle.Missing, Seq: 4, ID: "k4"}},
		{"first removed", edit("record.jsonl", lines(func(l [][]byte) [][]byte { return l[1:] })), bundle.Finding{Kind: bundle.Missing, Seq: 0, ID: "k0"}},
		{"repeated", edit("record.jsonl", lines(func(l [][]byte) [][]byte { return append(l, l[2]) })), bundle.Finding{Kind: bundle.Added, Seq: 2, ID: "k2"}},
		{"added", edit("record.jsonl", lines(func(l [][]byte) [][]byte {
			return append(l, bytes.Replace(bytes.Replace(l[7], []byte("k7"), []byte("k8"), 1), []byte(`"seq":7`), []byte(`"seq":8`), 1))
		})), bundle.Finding{Kind: bundle.Added, Seq: 8, ID: "k8"}},
		{"moved", edit("record.jsonl", lines(func(l [][]byte) [][]byte { return append(append(slices.Clone(l[:1]), l[2:]...), l[1]) })), bundle.Finding{Kind: bundle.Moved, Seq: 1, ID: "k1"}},
		{"bodies swapped", edit("record.jsonl", lines(func(l [][]byte) [][]byte {
			i := bytes.Index(l[2], []byte(`"salt":`))
			l[2] = append(slices.Clone(l[2][:i]), body5+"\n"...)
			return l
		})), bundle.Finding{Kind: bundle.Altered, Seq: 2, ID: "k2", Field: "body", Key: "bundle.found.body_elsewhere"}},
		{"body taken out", edit("record.jsonl", lines(func(l [][]byte) [][]byte {
			i := bytes.Index(l[7], []byte(`"salt":`))
			l[7] = append(slices.Clone(l[7][:i]), "\"gone\":true}\n"...)
			return l
		})), bundle.Finding{Kind: bundle.Missing, Seq: 7, ID: "k7", Field: "body"}},
		{"leaf", edit("leaves", lines(func(l [][]byte) [][]byte { l[3] = append([]byte("2 "), l[4][2:]...); return l })), bundle.Finding{Kind: bundle.Altered, Seq: 2, ID: "k2", Part: "leaves"}},
		{"leaves gone", func(p map[string][]byte) { delete(p, "leaves") }, bundle.Finding{Kind: bundle.Altered, Seq: 0, Part: "leaves"}},
		{"record gone", func(p map[string][]byte) { delete(p, "record.jsonl") }, bundle.Finding{Kind: bundle.Missing, Seq: 0, ID: "k0"}},
		{"older checkpoint", func(p map[string][]byte) { p["checkpoint"] = m.given[5] }, bundle.Finding{Kind: bundle.Added, Seq: 6, ID: "k6"}},
		{"checkpoint of another", func(p map[string][]byte) { p["checkpoint"] = other.wall.Checkpoint }, bundle.Finding{Kind: bundle.Signature, Seq: -1, Part: "checkpoint"}},
		{"file", edit(evidence, swap("Dear", "dear")), bundle.Finding{Kind: bundle.Altered, Seq: 1, ID: "k1", Part: evidence}},
		{"file gone", func(p map[string][]byte) { delete(p, evidence) }, bundle.Finding{Kind: bundle.Missing, Seq: 1, ID: "k1", Part: evidence}},
		{"file added", func(p map[string][]byte) { p["files/"+strings.Repeat("0", 64)] = nil }, bundle.Finding{Kind: bundle.Added, Seq: -1}},
		{"brief", edit("brief.json", swap("06-01", "07-01")), bundle.Finding{Kind: bundle.Altered, Seq: -1, Part: "brief.json"}},
		{"plan", edit("plans/iep-2025.json", swap("{", "{ ")), bundle.Finding{Kind: bundle.Altered, Seq: -1, Part: "plans/iep-2025.json"}},
		{"readme", edit("README.txt", swap("stayput", "Stayput")), bundle.Finding{Kind: bundle.Altered, Seq: -1, Part: "README.txt"}},
		{"plan gone", func(p map[string][]byte) { delete(p, "plans/iep-2025.json") }, bundle.Finding{Kind: bundle.Missing, Seq: -1, Part: "plans/iep-2025.json"}},
		{"extra", func(p map[string][]byte) { p["notes.txt"] = nil }, bundle.Finding{Kind: bundle.Added, Seq: -1, Part: "notes.txt"}},
		{"another wall", func(p map[string][]byte) { p["walls/1/record.jsonl"] = p["record.jsonl"] }, bundle.Finding{Kind: bundle.Added, Seq: -1}},
		{"manifest", edit("manifest", swap("brief", "brieg")), bundle.Finding{Kind: bundle.Altered, Seq: -1, Part: "manifest"}},
		{"signature", func(p map[string][]byte) { p["manifest.sig"] = otherParts["manifest.sig"] }, bundle.Finding{Kind: bundle.Signature, Seq: -1, Part: "manifest.sig"}},
		{"second signature", edit("manifest.sig", func(b []byte) []byte { return append(b, "\u2014 x AAAAAAAA\n"...) }), bundle.Finding{Kind: bundle.Altered, Seq: -1, Part: "manifest.sig"}},
		{"signature gone", func(p map[string][]byte) { delete(p, "manifest.sig") }, bundle.Finding{Kind: bundle.Missing, Seq: -1, Part: "manifest.sig"}},
		{"key", func(p map[string][]byte) { p["key"] = otherParts["key"] }, bundle.Finding{Kind: bundle.Signature, Seq: -1}},
		{"key gone", func(p map[string][]byte) { delete(p, "key") }, bundle.Finding{Kind: bundle.Missing, Seq: -1, Part: "key"}},
		{"way out", func(p map[string][]byte) { p["../x"] = nil }, bundle.Finding{Kind: bundle.Packing, Seq: -1, Part: "../x"}},
		{"absolute", func(p map[string][]byte) { p["/etc/x"] = nil }, bundle.Finding{Kind: bundle.Packing, Seq: -1, Part: "/etc/x"}},
		{"other case", func(p map[string][]byte) { p["Record.jsonl"] = nil }, bundle.Finding{Kind: bundle.Packing, Seq: -1}},
	}
	en, _ := locale.For("en")
	es, _ := locale.For("es")
	for _, c := range cases {
		parts := unpack(t, z)
		c.change(parts)
		r := verify(t, pack(t, parts), bundle.Options{})
		if r.Verdict != bundle.Broken || !has(r, c.want) {
			t.Errorf("%s: %s\n%+v", c.name, show(r), r.Findings)
		}
		entries := 0
		for _, f := range r.Findings {
			if f.Seq >= 0 {
				entries++
			}
			for _, lang := range []*locale.Catalog{en, es} {
				if s := f.Say(lang); strings.ContainsAny(s, "{}") || strings.HasPrefix(s, "bundle.") {
					t.Errorf("%s: %q in %s", c.name, s, lang.Lang())
				}
			}
		}
		if entries > 2 && !slices.Contains([]string{"leaves gone", "record gone"}, c.name) {
			t.Errorf("%s: %d entries are accused\n%s", c.name, entries, show(r))
		}
	}
}

// Somebody else's bundle is consistent alone.
func TestMadeAnew(t *testing.T) {
	m, forger := family(t, 1), newMade(t, 9)
	for i, r := range m.wall.Rows {
		body := string(r.Body.Data)
		if i == 3 {
			body = `{"entry":{"on":"2025-02-21","kind":"contact","summary":"invented"}}`
		}
		if i == 2 {
			body = strings.Replace(body, "2025-02-20", "2025-02-10", 1)
		}
		forger.add(t, r.ID, r.What, body)
	}
	forger.files = m.files
	z := write(t, forger.bundle())
	if r := verify(t, z, bundle.Options{}); r.Verdict != bundle.Consistent {
		t.Fatal(show(r))
	}
	r := verify(t, z, bundle.Options{Key: m.key.Public})
	if r.Verdict != bundle.Broken || r.ByKey || !has(r, bundle.Finding{Kind: bundle.Signature, Seq: -1, Key: "bundle.found.other_key"}) {
		t.Fatal(show(r))
	}
	for _, o := range []bundle.Options{{Since: m.given[4]}, {Since: m.given[4], Key: m.key.Public}} {
		if r = verify(t, z, o); r.Verdict != bundle.Broken || r.Earlier == bundle.EarlierHeld {
			t.Fatal(show(r))
		}
	}
	// The keeper of the key rewrites the record: an earlier checkpoint tells.
	forger = newMade(t, 1)
	if forger.key != m.key {
		t.Fatal("another key")
	}
	for _, r := range m.wall.Rows {
		body := string(r.Body.Data)
		if r.Gone {
			body = `{}`
		}
		forger.add(t, r.ID, r.What, strings.Replace(body, "2025-02-20", "2025-02-10", 1))
	}
	forger.files = m.files
	z = write(t, forger.bundle())
	if r = verify(t, z, bundle.Options{Key: m.key.Public}); r.Verdict != bundle.Proved {
		t.Fatal(show(r))
	}
	if r = verify(t, z, bundle.Options{Since: m.given[5]}); r.Verdict != bundle.Broken || !has(r, bundle.Finding{Kind: bundle.NotSince, Seq: -1, Key: "bundle.found.since_differs"}) {
		t.Fatal(show(r))
	}
}

func TestSelection(t *testing.T) {
	m := family(t, 1)
	some, err := bundle.WallSelect(m.wall, m.key.Public, m.given, func(r *bundle.Row) bool { return r.ID == "k1" || r.ID == "k3" })
	if err != nil {
		t.Fatal(err)
	}
	if len(some.Rows) != 3 { // and the entry that says why k3 is gone
		t.Fatal(len(some.Rows))
	}
	z := write(t, m.bundle(some))
	for i, c := range append([][]byte{nil}, m.given...) {
		r := verify(t, z, bundle.Options{Key: m.key.Public, Since: c})
		if want := map[bool]bundle.Verdict{true: bundle.Proved, false: bundle.Since}[i == 0]; r.Verdict != want || !r.Walls[0].Some {
			t.Fatal(i, show(r))
		}
	}
	for _, hidden := range []string{`"k2"`, `"k4"`, `"k6"`, `"k7"`, "due process", "called back"} {
		if bytes.Contains(z, []byte(hidden)) {
			t.Errorf("%q is in a selection without it", hidden)
		}
	}
	some.Earlier = nil
	r := verify(t, write(t, m.bundle(some)), bundle.Options{Since: m.given[3]})
	if r.Verdict != bundle.Consistent || r.Earlier != bundle.EarlierUnsure {
		t.Fatal(show(r))
	}
	for name, c := range map[string]struct {
		change func(map[string][]byte)
		want   bundle.Finding
	}{
		"body":  {edit("record.jsonl", swap("evaluation_requested", "evaluation_completed")), bundle.Finding{Kind: bundle.Altered, Seq: 1, ID: "k1", Field: "body"}},
		"at":    {edit("record.jsonl", swap("2025-02-04T", "2025-02-05T")), bundle.Finding{Kind: bundle.Altered, Seq: 1, ID: "k1", Field: "at"}},
		"proof": {edit("record.jsonl", swap(`"proof":["`, `"proof":["AAAA`)), bundle.Finding{Kind: bundle.Altered, Seq: 1, ID: "k1", Field: "line"}},
		"proof of another": {edit("record.jsonl", lines(func(l [][]byte) [][]byte {
			cut := func(b []byte) (int, int) { return bytes.Index(b, []byte(`"proof":`)), bytes.Index(b, []byte(`]`)) + 1 }
			i, j := cut(l[0])
			x, y := cut(l[2])
			l[0] = append(append(slices.Clone(l[0][:i]), l[2][x:y]...), l[0][j:]...)
			return l
		})), bundle.Finding{Kind: bundle.Altered, Seq: 1, ID: "k1", Field: "proof"}},
		"removed": {edit("record.jsonl", lines(func(l [][]byte) [][]byte { return l[1:] })), bundle.Finding{Kind: bundle.Missing, Seq: 1, ID: "k1"}},
		"leaf":    {edit("leaves", lines(func(l [][]byte) [][]byte { return slices.Delete(l, 1, 2) })), bundle.Finding{Kind: bundle.Altered, Seq: 1, ID: "k1", Part: "leaves"}},
		"why":     {edit("record.jsonl", lines(func(l [][]byte) [][]byte { return l[:2] })), bundle.Finding{Kind: bundle.Missing, Seq: 3, ID: "k3", Field: "body"}},
	} {
		parts := unpack(t, z)
		c.change(parts)
		if r := verify(t, pack(t, parts), bundle.Options{}); r.Verdict != bundle.Broken || !has(r, c.want) {
			t.Errorf("%s: %s\n%+v", name, show(r), r.Findings)
		}
	}
}

func TestTwoWalls(t *testing.T) {
	m, counsel := family(t, 1), newMade(t, 1)
	counsel.add(t, "c0", seal.Fact, `{"entry":{"note":"for counsel alone"}}`)
	counsel.wall.Word = "counsel"
	if bytes.Contains(write(t, m.bundle()), []byte("counsel")) {
		t.Fatal("a wall that is not in the bundle is named in it")
	}
	z := write(t, m.bundle(m.wall, counsel.wall))
	r := verify(t, z, bundle.Options{Key: m.key.Public})
	if r.Verdict != bundle.Proved || len(r.Walls) != 2 || r.Walls[1].Word != "counsel" {
		t.Fatal(show(r))
	}
	parts := unpack(t, z)
	parts["walls/1/record.jsonl"] = swap("alone", "ALONE")(parts["walls/1/record.jsonl"])
	r = verify(t, pack(t, parts), bundle.Options{})
	if len(r.Findings) != 1 || r.Findings[0].Wall != 1 || r.Findings[0].ID != "c0" {
		t.Fatal(show(r))
	}
}

func TestRefused(t *testing.T) {
	for name, spoil := range map[string]func(*made){
		"body":     func(m *made) { m.wall.Rows[2].Body.Data = []byte(`{}`) },
		"moment":   func(m *made) { m.wall.Rows[2].At = m.wall.Rows[2].At.Add(time.Second) },
		"gone":     func(m *made) { m.wall.Rows[2].Gone = true },
		"not JSON": func(m *made) { m.wall.Rows[2].Body.Data = []byte("{\n}") },
		"file":     func(m *made) { clear(m.files) },
		"file else": func(m *made) {
			for d := range m.files {
				m.files[d] = []byte("Dear principaL")
			}
		},
		"too few": func(m *made) { m.wall.Rows = m.wall.Rows[:7] },
		"twice":   func(m *made) { m.wall.Rows[6].ID = "k1" },
		"nothing": func(m *made) { m.wall.Checkpoint = nil },
	} {
		m := family(t, 1)
		spoil(m)
		if err := bundle.Write(io.Discard, m.bundle()); err == nil {
			t.Errorf("%s: was written", name)
		}
	}
	// Who must have what is left of a damaged record gets it, and is told.
	m := family(t, 1)
	m.wall.Rows[2].Body.Data = []byte(`{"entry":{}}`)
	b := m.bundle()
	b.Anyway = true
	if r := verify(t, write(t, b), bundle.Options{Key: m.key.Public}); len(r.Findings) != 1 || !has(r, bundle.Finding{Kind: bundle.Altered, Seq: 2, ID: "k2", Field: "body"}) {
		t.Error(show(r))
	}
	for _, o := range []bundle.Options{{Key: "no key"}, {Since: []byte("no checkpoint")}} {
		z := write(t, family(t, 1).bundle())
		if _, err := bundle.Verify(bytes.NewReader(z), int64(len(z)), o); fault.KindOf(err) != fault.Invalid {
			t.Error(err)
		}
	}
	for _, z := range []string{"", "PK", "hello", strings.Repeat("x", 100000)} {
		if _, err := bundle.Verify(strings.NewReader(z), int64(len(z)), bundle.Options{}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%.20q: %v", z, err)
		}
	}
}

func TestName(t *testing.T) {
	for in, want := range map[string]string{"Año 2025.yaml": "Ano-2025.yaml", "../../x": "x", "": "part", "…": "part", "a/b": "ab", "x.": "x"} {
		if got := bundle.Name(in); got != want {
			t.Errorf("Name(%q) = %q, not %q", in, got, want)
		}
	}
}
