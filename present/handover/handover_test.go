package handover_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"stayput/desk"
	"stayput/examples"
	"stayput/fact"
	"stayput/fault"
	"stayput/intake/casefile"
	"stayput/law/packs"
	"stayput/people"
	"stayput/present/bundle"
	"stayput/present/handover"
	"stayput/store/sqlite"
)

// office is a desk on a real store.
func office(t testing.TB) (*desk.Desk, desk.Who) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), sqlite.Options{Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	d := desk.New(desk.Options{Store: store, Book: book, Calendars: packs.Calendars(), Now: time.Now})
	who, err := d.Begin(t.Context(), desk.SetUp{Kind: people.Household, Name: "Ana", Lang: "en"})
	if err != nil {
		t.Fatal(err)
	}
	return d, who
}

func parcel(t testing.TB, files map[string][]byte) *handover.Parcel {
	t.Helper()
	p, err := handover.NewParcel()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		if err := p.Add(n, bytes.NewReader(files[n]), int64(len(files[n]))); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func look(t testing.TB, d *desk.Desk, who desk.Who, p *handover.Parcel) {
	t.Helper()
	kept, err := d.Calendars(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	p.Look(kept)
}

func open(t testing.TB, d *desk.Desk, who desk.Who, p *handover.Parcel, c *handover.Case) people.CaseID {
	t.Helper()
	if c.File == nil {
		t.Fatalf("%s: %v", c.Part.Path, c.Problems)
	}
	id, err := p.OpenOne(t.Context(), d, who, c)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func written(t testing.TB, d *desk.Desk, who desk.Who, id people.CaseID, format string, o handover.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := handover.Write(t.Context(), d, who, id, format, o, &b); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return b.Bytes()
}

// Every example comes back out as it went in, as YAML, as JSON and as a zip that
// is imported into another household, with its calendars.
func TestRoundTrip(t *testing.T) {
	n := 0
	all := handover.Options{Walls: handover.Walls}
	err := fs.WalkDir(examples.Files(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".yaml" || strings.Contains(name, "expect/") {
			return err
		}
		data, err := fs.ReadFile(examples.Files(), name)
		if err != nil {
			return err
		}
		want, err := casefile.Read(name, data)
		if err != nil {
			return nil // a calendar
		}
		n++
		d, who := office(t)
		other, them := office(t)
		files := map[string][]byte{path.Base(name): data}
		for _, ref := range want.Calendars {
			if ref.Inline == nil {
				if x, err := fs.ReadFile(examples.Files(), path.Join(path.Dir(name), ref.Name)); err == nil {
					files[ref.Name] = x
				}
			}
		}
		for i := range want.Entries {
			for _, f := range want.Entries[i].Files {
				files[f] = []byte("%PDF-1.4 invented " + f)
			}
		}
		for _, log := range []string{"services.csv", "progress.csv"} {
			if x, err := fs.ReadFile(examples.Files(), path.Join(path.Dir(name), log)); err == nil {
				files[log] = x
			}
		}
		p := parcel(t, files)
		look(t, d, who, p)
		if len(p.Cases) != 1 {
			t.Fatalf("%s: %d cases", name, len(p.Cases))
		}
		for _, c := range p.Cases[0].Calendars {
			if c.State == handover.Missing || c.State == handover.Unread {
				t.Logf("%s: calendar %s is %s", name, c.Name, c.State)
			}
		}
		id := open(t, d, who, p, p.Cases[0])
		for _, format := range []string{handover.YAML, handover.JSON} {
			got, err := casefile.Read("out", written(t, d, who, id, format, all))
			if err != nil {
				t.Fatalf("%s as %s: %v", name, format, err)
			}
			if !equal(t, name, got, want) {
				t.Errorf("%s as %s is another case", name, format)
			}
		}
		z := written(t, d, who, id, handover.Zip, all)
		q := parcel(t, map[string][]byte{"case.zip": z})
		look(t, other, them, q)
		if len(q.Cases) != 1 || len(q.Notices) != 0 {
			t.Fatalf("%s: the zip holds %d cases; %v", name, len(q.Cases), q.Notices)
		}
		for i, c := range q.Cases[0].Calendars {
			if was := p.Cases[0].Calendars[i]; was.State != handover.Missing && (c.State == handover.Missing || c.State == handover.Unread) {
				t.Errorf("%s: the zip lacks the calendar %s (%s)", name, c.Name, c.State)
			}
		}
		for _, f := range q.Cases[0].Files {
			if f.Part == nil {
				t.Errorf("%s: the zip lacks %s", name, f.Name)
			}
		}
		id2 := open(t, other, them, q, q.Cases[0])
		got, err := handover.File(t.Context(), other, them, id2, handover.Walls)
		if err != nil {
			t.Fatal(err)
		}
		if !equal(t, name, got, want) {
			t.Errorf("%s is another case in another household", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 15 {
		t.Errorf("only %d cases", n)
	}
}

const small = `stayput: 1
case: {title: Sample, jurisdiction: us-ca, sample: yes, calendars: [cal/mine.yaml]}
record:
  - {id: a, on: 2025-10-06, kind: evaluation_requested, files: [files/letter.pdf], note: please}
  - {id: b, on: 2025-10-24, kind: note_added, re: a, wall: counsel, note: secret-counsel-word}
  - {id: c, on: 2025-10-25, kind: note_added, re: b, note: answers the hidden one}
`

const cal = "calendar: mine\ndistrict: Sample\nstate: us-ca\nschool_year: 2025-26\ncomplete: yes\nfirst_day: 2025-08-11\nlast_day: 2026-05-28\n"

// What came along is kept with the case, and a private wall goes out only when it
// is named.
func TestAttachmentsAndWalls(t *testing.T) {
	d, who := office(t)
	letter := []byte("%PDF-1.4 letter")
	p := parcel(t, map[string][]byte{"x.zip": zipped(t, map[string][]byte{"maya/case.yaml": []byte(small), "maya/files/letter.pdf": letter, "maya/left.txt": []byte("x")})})
	look(t, d, who, p)
	c := p.Cases[0]
	if len(c.Files) != 1 || c.Files[0].Part == nil || c.Walls[fact.Counsel] != 1 || len(c.Calendars) != 1 || c.Calendars[0].State != handover.Missing {
		t.Fatalf("%+v", c)
	}
	if !slices.Equal(p.Spare, []string{"maya/left.txt"}) {
		t.Errorf("left over: %v", p.Spare)
	}
	id := open(t, d, who, p, c)
	if again := open(t, d, who, p, c); again != id {
		t.Error("the same form twice opened two cases")
	}
	for _, format := range []string{handover.YAML, handover.JSON, handover.Zip, handover.Bundle} {
		out := written(t, d, who, id, format, handover.Options{})
		if bytes.Contains(unzipped(t, out), []byte("secret-counsel-word")) {
			t.Errorf("%s holds what counsel alone may see", format)
		}
		out = written(t, d, who, id, format, handover.Options{Walls: []fact.Wall{fact.Counsel}})
		if !bytes.Contains(unzipped(t, out), []byte("secret-counsel-word")) {
			t.Errorf("%s lacks what was asked for", format)
		}
		if format == handover.Zip || format == handover.Bundle {
			if !bytes.Contains(unzipped(t, out), letter) {
				t.Errorf("%s lacks the letter", format)
			}
		}
	}
}

// A bundle verifies, whole and in part, and against the key.
func TestBundle(t *testing.T) {
	d, who := office(t)
	p := parcel(t, map[string][]byte{"case.yaml": []byte(small), "letter.pdf": []byte("%PDF-1.4 letter")})
	look(t, d, who, p)
	id := open(t, d, who, p, p.Cases[0])
	c, err := d.Case(t.Context(), who, id, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	space, err := d.Space(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	for _, entries := range [][]string{nil, {c.Name("a")}} {
		out := written(t, d, who, id, handover.Bundle, handover.Options{Entries: entries, Lang: "es"})
		r, err := bundle.Verify(bytes.NewReader(out), int64(len(out)), bundle.Options{Key: space.Public})
		if err != nil || r.Verdict != bundle.Proved {
			t.Fatalf("%v %v %+v", err, r.Verdict, r.Findings)
		}
	}
}

// What a hostile zip holds stays in the parcel, or the zip is refused.
func TestHostileZips(t *testing.T) {
	names := []string{"../../x.yaml", `C:\x\y.yaml`, "/etc/passwd", "a\x00b.pdf", "r\u202egnp.exe", strings.Repeat("é", 300) + ".pdf", "a/../../b.pdf", "con", ".hidden", "__MACOSX/._x", strings.Repeat("d/", 50) + "deep.pdf"}
	files := map[string][]byte{}
	for i, n := range names {
		files[n] = []byte(fmt.Sprint("x", i))
	}
	p := parcel(t, map[string][]byte{"x.zip": zipped(t, files)})
	p.Look(nil)
	for _, part := range p.Parts {
		if strings.Contains(part.Path, "..") || path.IsAbs(part.Path) || strings.ContainsAny(part.Path, "\\:\x00\u202e") || !fs.ValidPath(part.Path) {
			t.Errorf("a part is called %q", part.Path)
		}
		if len([]rune(path.Base(part.Path))) > 130 {
			t.Errorf("a part has a name of %d letters", len([]rune(path.Base(part.Path))))
		}
	}

	zeros := bytes.Repeat([]byte{0}, 30<<20)
	refused := map[string][]byte{
		"handover.bomb":           zipped(t, map[string][]byte{"zeros": zeros}),
		"handover.damaged":        []byte("PK\x03\x04 and nothing"),
		"handover.too_many_parts": many(t, 2001),
	}
	for key, data := range refused {
		q, err := handover.NewParcel()
		if err != nil {
			t.Fatal(err)
		}
		err = q.Add("x.zip", bytes.NewReader(data), int64(len(data)))
		if l := fault.All(err); len(l) != 1 || l[0].Key != key || l[0].Kind != fault.Invalid {
			t.Errorf("%s: %v", key, err)
		}
		q.Close()
	}

	// A zip that says less than it unpacks to is read by what comes out.
	lying := zipped(t, map[string][]byte{"big": bytes.Repeat([]byte("abcdefgh"), 1<<18)})
	at := bytes.LastIndex(lying, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(lying[at+24:], 10)
	q, _ := handover.NewParcel()
	defer q.Close()
	if err := q.Add("x.zip", bytes.NewReader(lying), int64(len(lying))); err == nil && q.Size() > 10 {
		t.Error("more came out than the zip says, and nobody noticed")
	}
}

// All parts together stay within the limit, wherever they come from.
func TestTooMuch(t *testing.T) {
	p, err := handover.NewParcel()
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	big := endless{}
	if err := p.Add("a.bin", big, handover.MostUnpacked-10); err != nil {
		t.Fatal(err)
	}
	err = p.Add("b.bin", big, 11)
	if l := fault.All(err); len(l) != 1 || l[0].Key != "handover.too_big" {
		t.Errorf("got %v", err)
	}
}

// A mistake is named with its line.
func TestProblems(t *testing.T) {
	bad := "stayput: 1\ncase: {title: x}\nrecord:\n  - {on: 2025-10-06, kind: evaluation_reqested}\n\t\u202e\n"
	p := parcel(t, map[string][]byte{"bad.yaml": []byte(bad), "good.yaml": []byte(small), "notes.yaml": []byte("a: 1\n"), "mine.yaml": []byte(cal)})
	p.Look(nil)
	if len(p.Cases) != 3 {
		t.Fatalf("%d cases", len(p.Cases))
	}
	for _, c := range p.Cases {
		if (c.File == nil) != (len(c.Problems) > 0) {
			t.Errorf("%s: %v", c.Part.Path, c.Problems)
		}
		for _, x := range c.Problems {
			if strings.ContainsAny(x.Line, "\u202e\t\n") {
				t.Errorf("a line is shown as %q", x.Line)
			}
		}
	}
	if got := handover.LineOf([]byte("a\nbé\nc"), 2); got != "bé" {
		t.Errorf("line 2 is %q", got)
	}
	if handover.LineOf([]byte("a"), 9) != "" || handover.LineOf(nil, 0) != "" {
		t.Error("there is no such line")
	}
}

// Another calendar of the same name takes no place that is taken.
func TestCalendarOfTheSameName(t *testing.T) {
	d, who := office(t)
	if _, err := d.SaveCalendar(t.Context(), who, "mine.yaml", "Mine", []byte(cal), 0); err != nil {
		t.Fatal(err)
	}
	other := strings.Replace(cal, "2026-05-28", "2026-06-04", 1)
	p := parcel(t, map[string][]byte{"case.yaml": []byte(small), "mine.yaml": []byte(other)})
	look(t, d, who, p)
	n := p.Cases[0].Calendars[0]
	if n.State != handover.Other || n.As != "mine-2.yaml" {
		t.Fatalf("%+v", n)
	}
	id := open(t, d, who, p, p.Cases[0])
	f, err := handover.File(t.Context(), d, who, id, nil)
	if err != nil || f.Calendars[0].Name != "mine-2.yaml" {
		t.Fatalf("%v %+v", err, f.Calendars)
	}
	k, err := d.Calendar(t.Context(), who, "mine.yaml")
	if err != nil || string(k.Body) != cal {
		t.Errorf("the calendar that was there changed: %v", err)
	}
}

func FuzzCleanPath(f *testing.F) {
	for _, s := range []string{"../x", `C:\x`, "a/b", "", "\x00", "....", "a/./../b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := handover.CleanPath(s); !fs.ValidPath(got) || got == "." || strings.ContainsAny(got, "\\:\x00") {
			t.Errorf("%q became %q", s, got)
		}
	})
}

// endless gives as many bytes as anybody asks for.
type endless struct{}

func (endless) ReadAt(b []byte, at int64) (int, error) {
	clear(b)
	return len(b), nil
}

func zipped(t testing.TB, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for n, data := range files {
		w, err := z.Create(n)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func many(t testing.TB, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range n {
		if _, err := z.Create(fmt.Sprint(i, ".txt")); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	return b.Bytes()
}

// unzipped is every byte that is in a zip, or the bytes themselves.
func unzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if errors.Is(err, zip.ErrFormat) {
		return data
	}
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(&out, r)
		r.Close()
	}
	return out.Bytes()
}

// What was said in mediation never becomes evidence, whoever asks.
func TestMediationIsNeverEvidence(t *testing.T) {
	d, who := office(t)
	f, err := casefile.Read("case.yaml", []byte(strings.Replace(small, "wall: counsel", "wall: mediation", 1)))
	if err != nil {
		t.Fatal(err)
	}
	id, err := d.OpenCase(t.Context(), who, desk.NewCase{File: f, Via: "import"})
	if err != nil {
		t.Fatal(err)
	}
	err = handover.Write(t.Context(), d, who, id, handover.Bundle, handover.Options{Walls: []fact.Wall{fact.Mediation}}, io.Discard)
	if fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("mediation went into evidence: %v", err)
	}
}
