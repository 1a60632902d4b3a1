package desk_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/law/packs"
	"stayput/people"
	"stayput/present/handover"
	"stayput/store/sqlite"
)

// lines are the words of the access log, the latest first.
func (h *house) lines(t *testing.T, who desk.Who, f desk.AccessFilter) (out []string) {
	t.Helper()
	got, err := h.Accesses(t.Context(), who, f, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range got.Lines {
		c := "-"
		if l.Case != "" {
			c = "case"
		}
		out = append(out, l.Action+" "+c+" "+l.Page)
	}
	return out
}

// Every way to read a case leaves a line.
func TestEveryReadLeavesALine(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	writing := desk.OnPage(t.Context(), "writing")
	ref, err := h.KeepFile(writing, h.who, c, "a.txt", "text/plain", strings.NewReader("a file"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.AddEntry(writing, h.who, c, desk.NewEntry{Fact: entry("contact", "2026-03-01", "x"), Files: []desk.FileRef{ref}}); err != nil {
		t.Fatal(err)
	}
	nothing := func(desk.FileRef) error { return nil }
	for _, x := range []struct {
		name, want string
		do         func(ctx context.Context) error
	}{
		{"case", "see_case case", func(ctx context.Context) error { _, err := h.Case(ctx, h.who, c, desk.View{}); return err }},
		{"list", "see_cases -", func(ctx context.Context) error { _, err := h.Cases(ctx, h.who, false); return err }},
		{"search", "search_case case", func(ctx context.Context) error { _, err := h.Search(ctx, h.who, c, "first"); return err }},
		{"file", "see_file case", func(ctx context.Context) error {
			return h.File(ctx, h.who, c, ref.Digest, nothing, io.Discard)
		}},
		{"case file", "export_case case", func(ctx context.Context) error { _, _, err := h.CaseFile(ctx, h.who, c); return err }},
		{"bundle", "export_case case", func(ctx context.Context) error {
			return h.Bundle(ctx, h.who, c, desk.BundleOptions{}, func(*desk.Bundle) error { return nil })
		}},
		{"brief handed over", "see_case case", func(ctx context.Context) error {
			return handover.Write(ctx, h.Desk, h.who, c, handover.HTML, handover.Options{Lang: "en"}, io.Discard)
		}},
		{"zip handed over", "export_case case", func(ctx context.Context) error {
			return handover.Write(ctx, h.Desk, h.who, c, handover.Zip, handover.Options{Lang: "en"}, io.Discard)
		}},
		{"given", "see_access case", func(ctx context.Context) error { _, err := h.Givens(ctx, h.who, c); return err }},
	} {
		if err := x.do(desk.OnPage(t.Context(), "page of "+x.name)); err != nil {
			t.Fatalf("%s: %v", x.name, err)
		}
		want := x.want + " page of " + x.name
		got := h.lines(t, h.who, desk.AccessFilter{})
		n := 0
		for _, l := range got {
			if l == want {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s left %d lines %q:\n%s", x.name, n, want, strings.Join(got, "\n"))
		}
	}
	// What the program works out ahead by itself is nobody's reading.
	for _, l := range h.lines(t, h.who, desk.AccessFilter{Case: c}) {
		if strings.HasPrefix(l, "see_case case") && strings.HasSuffix(l, " ") {
			t.Errorf("a line of nobody: %q", l)
		}
	}
	// What is refused shows nothing and is no reading.
	stranger := h.join(t, people.Member{Since: h.at()}, people.Grant{Case: "other", Role: people.Reader, Since: h.at().Add(-time.Hour)})
	before := len(h.lines(t, h.who, desk.AccessFilter{Case: c}))
	if _, err := h.Case(t.Context(), stranger, c, desk.View{}); fault.KindOf(err) != fault.NotFound {
		t.Fatal(err)
	}
	if after := len(h.lines(t, h.who, desk.AccessFilter{Case: c})); after != before {
		t.Errorf("%d lines became %d", before, after)
	}
}

// An owner sees all lines, others their own, nobody one about a case he may not
// see; and neither numbers nor pages tell of the rest.
func TestWhoSeesWhichLines(t *testing.T) {
	h := newHouse(t)
	c, d := h.open(t, plain), h.open(t, plain)
	reader := h.join(t, people.Member{Role: people.Reader, Since: h.at()})
	guest := h.join(t, people.Member{Since: h.at()}, people.Grant{Case: c, Role: people.Reader, Since: h.at().Add(-time.Hour), Until: h.at().Add(time.Hour)})
	look := func(who desk.Who, c people.CaseID) {
		t.Helper()
		if _, err := h.Case(desk.OnPage(t.Context(), "p"), who, c, desk.View{}); err != nil {
			t.Fatal(err)
		}
	}
	for range 5 {
		look(h.who, c)
		look(reader, d)
		look(guest, c)
	}
	all, err := h.Accesses(t.Context(), h.who, desk.AccessFilter{}, 0, 1000)
	if err != nil || !all.All {
		t.Fatalf("%v %v", all.All, err)
	}
	whos := map[people.PersonID]int{}
	for _, l := range all.Lines {
		whos[l.Person]++
	}
	if whos[reader.Person.ID] != 5 || whos[guest.Person.ID] != 5 || whos[h.who.Person.ID] < 5 {
		t.Errorf("the owner sees %v", whos)
	}
	for name, who := range map[string]desk.Who{"reader": reader, "guest": guest} {
		got, err := h.Accesses(t.Context(), who, desk.AccessFilter{Person: h.who.Person.ID}, 0, 1000)
		if err != nil || got.All || len(got.Lines) != 5 || len(got.Names) != 1 {
			t.Fatalf("%s sees %d lines of %v: %v", name, len(got.Lines), got.Names, err)
		}
		for _, l := range got.Lines {
			if l.N != 0 || l.Person != who.Person.ID {
				t.Errorf("%s sees %+v", name, l)
			}
		}
		// The same pages whatever others do meanwhile.
		first, err := h.Accesses(t.Context(), who, desk.AccessFilter{}, 0, 2)
		if err != nil || len(first.Lines) != 2 || first.Next != 2 {
			t.Fatalf("%s: %d lines and then %d: %v", name, len(first.Lines), first.Next, err)
		}
		n, from := 0, int64(0)
		for range 10 {
			got, err := h.Accesses(t.Context(), who, desk.AccessFilter{}, from, 2)
			if err != nil {
				t.Fatal(err)
			}
			n += len(got.Lines)
			if from = got.Next; from == 0 {
				break
			}
		}
		if n != 5 {
			t.Errorf("%s: %d lines page by page", name, n)
		}
	}
	// When the grant has ended, the case is gone from the guest's lines too; a member
	// without anything is nobody.
	h.goes(h.at().Add(2 * time.Hour))
	if got, err := h.Accesses(t.Context(), guest, desk.AccessFilter{}, 0, 10); fault.KindOf(err) != fault.NotFound {
		t.Errorf("after the end: %v %v", got.Lines, err)
	}
	two := h.join(t, people.Member{Since: h.at()}, people.Grant{Case: c, Role: people.Reader, Since: h.at().Add(-time.Hour), Until: h.at().Add(time.Hour)}, people.Grant{Case: d, Role: people.Reader, Since: h.at().Add(-time.Hour)})
	look(two, c)
	look(two, d)
	h.goes(h.at().Add(2 * time.Hour))
	if got := h.lines(t, two, desk.AccessFilter{}); !slices.Equal(got, []string{"see_case case p"}) {
		t.Errorf("of two cases, one ended: %q", got)
	}
	if got := h.lines(t, two, desk.AccessFilter{Case: c}); len(got) != 0 {
		t.Errorf("of a case that is gone: %q", got)
	}
}

// Filters and pages: by person, case and day.
func TestAccessFilters(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	other := h.join(t, people.Member{Role: people.Editor, Since: h.at()})
	days := []string{"2026-03-02", "2026-03-03", "2026-03-04"}
	for range days {
		for _, who := range []desk.Who{h.who, other} {
			if _, err := h.Case(desk.OnPage(t.Context(), "p"), who, c, desk.View{}); err != nil {
				t.Fatal(err)
			}
		}
		h.goes(h.at().Add(24 * time.Hour))
	}
	d, _ := day.Parse(days[1])
	if got := h.lines(t, h.who, desk.AccessFilter{Day: d}); len(got) != 2 {
		t.Errorf("of one day: %q", got)
	}
	if got := h.lines(t, h.who, desk.AccessFilter{Day: d, Person: other.Person.ID}); len(got) != 1 {
		t.Errorf("of one day and person: %q", got)
	}
	if got := h.lines(t, h.who, desk.AccessFilter{Case: "none"}); len(got) != 0 {
		t.Errorf("of no case: %q", got)
	}
	n, from := 0, int64(0)
	for range 50 {
		got, err := h.Accesses(t.Context(), h.who, desk.AccessFilter{Person: other.Person.ID}, from, 1)
		if err != nil {
			t.Fatal(err)
		}
		if n += len(got.Lines); got.Next == 0 {
			break
		}
		from = got.Next
	}
	if n != 3 {
		t.Errorf("page by page: %d lines", n)
	}
	for _, odd := range []int64{1, -5, 1 << 62} {
		if _, err := h.Accesses(t.Context(), h.who, desk.AccessFilter{}, odd, 10); err != nil {
			t.Errorf("from %d: %v", odd, err)
		}
	}
}

// A preview is noted as done by who looks, not by whom it imitates.
func TestPreviewIsNotedAsWhoLooks(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	as, err := h.As(t.Context(), h.who, desk.Terms{Case: c, Role: people.Reader})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Case(desk.OnPage(t.Context(), "preview"), as, c, desk.View{}); err != nil {
		t.Fatal(err)
	}
	got, err := h.Accesses(t.Context(), h.who, desk.AccessFilter{Case: c}, 0, 1)
	if err != nil || len(got.Lines) != 1 || got.Lines[0].Action != "preview" || got.Lines[0].Person != h.who.Person.ID {
		t.Fatalf("%+v %v", got.Lines, err)
	}
}

// A failing is the real store, whose writes fail when it is told to.
type failing struct {
	desk.Store
	ill    atomic.Bool
	writes atomic.Int64
}

var errIll = errors.New("the disk is ill")

func (f *failing) Write(ctx context.Context, do func(desk.Tx) error) error {
	f.writes.Add(1)
	if f.ill.Load() {
		return errIll
	}
	return f.Store.Write(ctx, do)
}

// A store that fails loses no line, and their order stays; many lines wait in
// bounded memory, and how many did not fit is said.
func TestSeenWhileTheStoreFails(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	f := &failing{Store: h.store}
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	d := desk.New(desk.Options{Store: f, Book: book, Now: h.at})
	look := func(i int) {
		t.Helper()
		if _, err := d.Case(desk.OnPage(t.Context(), strconv.Itoa(i)), h.who, c, desk.View{}); err != nil {
			t.Fatal(err)
		}
	}
	look(0)
	if err := d.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	f.ill.Store(true)
	for i := 1; i <= 3; i++ {
		look(i)
		if err := d.Flush(t.Context()); !errors.Is(err, errIll) {
			t.Fatalf("an ill store: %v", err)
		}
	}
	const many = 8*4096 + 100
	before := f.writes.Load()
	for i := 4; i < many; i++ {
		look(i)
	}
	if n := f.writes.Load() - before; n > 20 {
		t.Errorf("an ill store was asked %d times", n)
	}
	f.ill.Store(false)
	if err := d.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	var got []desk.Seen
	err = h.store.Read(t.Context(), func(tx desk.Tx) error { got, err = tx.Seen(h.who.Space, "", 0, 1<<20); return err })
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(got)
	next, lost := 0, 0
	for _, l := range got {
		if l.Action == "lost" {
			lost, _ = strconv.Atoi(l.Page)
			continue
		}
		if l.Action != "see_case" || l.Page == "" {
			continue
		}
		if n, _ := strconv.Atoi(l.Page); n != next {
			t.Fatalf("after %d lines comes %d", next, n)
		}
		next++
	}
	if next+lost != many || lost == 0 {
		t.Errorf("%d lines and %d lost, of %d", next, lost, many)
	}
}

// A line of a space that is not there any more holds up no other.
func TestSeenOfASpaceThatLeft(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	if err := h.AddWaiting(t.Context(), []*desk.Waiting{{Space: "gonegonegonegone", Seen: []desk.Seen{{At: h.at(), Person: "p", Action: "see_case", Case: "x"}}, Given: []desk.Given{{ID: "x/1", Case: "x"}}}}); err != nil {
		t.Fatal(err)
	}
	h.see(t, c)
	if err := h.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := h.lines(t, h.who, desk.AccessFilter{Case: c}); len(got) == 0 {
		t.Error("nothing was noted")
	}
	h.store.Read(t.Context(), func(tx desk.Tx) error {
		if its, _ := tx.Items("gonegonegonegone", "given", ""); len(its) != 0 {
			t.Errorf("kept of no space: %v", its)
		}
		return nil
	})
}

// Killed without warning, the program loses at most the last second of lines. The
// child reads and says when; the parent kills it.
func TestSeenSurvivesAKill(t *testing.T) {
	if dir := os.Getenv("STAYPUT_TEST_SEEN"); dir != "" {
		seenChild(t, dir)
		return
	}
	dir := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run=^TestSeenSurvivesAKill$")
	cmd.Env = append(os.Environ(), "STAYPUT_TEST_SEEN="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	last, at := 0, map[int]time.Time{}
	in := bufio.NewScanner(out)
	// It reads for a while from its first line on, and long enough on a machine that is busy.
	for in.Scan() {
		var n int
		if _, err := fmt.Sscanf(in.Text(), "read %d", &n); err != nil {
			continue
		}
		last, at[n] = n, time.Now()
		if n >= 50 && time.Since(at[1]) > 2500*time.Millisecond {
			break
		}
	}
	killed := time.Now()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	s, err := sqlite.Open(t.Context(), sqlite.Options{Folder: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	have := map[string]bool{}
	err = s.Read(t.Context(), func(tx desk.Tx) error {
		spaces, err := tx.Spaces()
		if err != nil {
			return err
		}
		lines, err := tx.Seen(spaces[0].ID, "", 0, 1<<20)
		for _, l := range lines {
			have[l.Page] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	missing := 0
	for n := 1; n <= last; n++ {
		if have[strconv.Itoa(n)] {
			continue
		}
		missing++
		if age := killed.Sub(at[n]); age > 1500*time.Millisecond { // the second, and the writing
			t.Fatalf("reading %d of %d, %v before the end, was lost", n, last, age)
		}
	}
	t.Logf("%d readings, %d of the last moment lost", last, missing)
	if last < 50 || missing == last {
		t.Errorf("%d readings, %d lost", last, missing)
	}
}

func seenChild(t *testing.T, dir string) {
	s, err := sqlite.Open(context.Background(), sqlite.Options{Folder: dir})
	if err != nil {
		t.Fatal(err)
	}
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{Desk: desk.New(desk.Options{Store: s, Book: book}), store: s}
	h.Desk = desk.New(desk.Options{Store: s, Book: book, Now: time.Now})
	if h.who, err = h.Begin(context.Background(), desk.SetUp{}); err != nil {
		t.Fatal(err)
	}
	c := h.open(t, plain)
	for n := 1; ; n++ {
		if _, err := h.Case(desk.OnPage(context.Background(), strconv.Itoa(n)), h.who, c, desk.View{}); err != nil {
			t.Fatal(err)
		}
		fmt.Printf("read %d\n", n)
		time.Sleep(5 * time.Millisecond)
	}
}

// What is given is listed for the owner: exports, grants, reading from outside; and
// what stood behind walls she does not see is not said.
func TestGivens(t *testing.T) {
	h := newHouse(t)
	c, other := h.open(t, plain), h.open(t, plain)
	counsel := h.join(t, people.Member{Role: people.Editor, Counsel: true, Since: h.at()})
	h.handOn(t)
	work, err := h.AddEntry(t.Context(), counsel, c, desk.NewEntry{Fact: walled(fact.Counsel)})
	if err != nil {
		t.Fatal(err)
	}
	open := h.see(t, c).Name("ask")
	guest := h.join(t, people.Member{Since: h.at()}, people.Grant{Case: c, Role: people.Reader, Entries: []string{open, work}, Purpose: "mediator", Since: h.at().Add(-time.Minute), Until: h.at().Add(time.Hour), By: h.who.Person.ID})
	for _, g := range []struct {
		who desk.Who
		g   desk.Given
	}{
		{h.who, desk.Given{What: "zip", For: "  Ms. Ortiz, for the hearing\n"}},
		{h.who, desk.Given{What: "bundle", Entries: []string{open}}},
		{counsel, desk.Given{What: "bundle", Walls: []desk.Wall{"counsel"}}},
		{counsel, desk.Given{What: "packet", Entries: []string{work}, Walls: []desk.Wall{"counsel"}, For: "the expert"}},
		{counsel, desk.Given{What: "packet", Entries: []string{work, open}, Walls: []desk.Wall{"counsel"}}},
	} {
		h.goes(h.at().Add(time.Minute))
		if err := h.Give(t.Context(), g.who, c, g.g); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		h.goes(h.at().Add(time.Minute))
		if _, err := h.Case(desk.OnPage(t.Context(), "p"), guest, c, desk.View{}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := h.Givens(t.Context(), h.who, c)
	if err != nil {
		t.Fatal(err)
	}
	var says []string
	for _, l := range got.Lines {
		says = append(says, fmt.Sprintf("%s %d %d %d %q", l.What, len(l.Walls), len(l.Entries), l.Times, l.For))
	}
	want := []string{`packet 0 1 0 ""`, `bundle 0 0 0 ""`, `bundle 0 1 0 ""`, `zip 0 0 0 "Ms. Ortiz, for the hearing"`, `share 0 1 0 "mediator"`}
	slices.Sort(want)
	reads := slices.IndexFunc(says, func(s string) bool { return strings.HasPrefix(s, "read") })
	if reads < 0 || says[reads] != `read 0 0 3 ""` {
		t.Fatalf("reading from outside: %q", says)
	}
	says = slices.Delete(says, reads, reads+1)
	slices.Sort(says)
	if !slices.Equal(says, want) {
		t.Errorf("given:\n%s\nwant:\n%s", strings.Join(says, "\n"), strings.Join(want, "\n"))
	}
	if got, err := h.Givens(t.Context(), h.who, other); err != nil || len(got.Lines) != 0 {
		t.Errorf("of the other case: %v %v", got.Lines, err)
	}
	// Who may not export gives nothing, and who may not see access sees none of it.
	if err := h.Give(t.Context(), guest, c, desk.Given{What: "zip"}); err == nil {
		t.Error("a guest gave the case away")
	}
	if err := h.Give(t.Context(), h.who, "none", desk.Given{What: "zip"}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("of no case: %v", err)
	}
	for _, who := range []desk.Who{counsel, guest} {
		if _, err := h.Givens(t.Context(), who, c); err == nil {
			t.Error("seen by who is no owner")
		}
	}
}

// handOn makes the owner counsel no more.
func (h *house) handOn(t *testing.T) {
	t.Helper()
	err := h.store.Write(t.Context(), func(tx desk.Tx) error {
		it, err := tx.Item(h.who.Space, "member", string(h.who.Person.ID))
		if err != nil {
			return err
		}
		it.Body = bytes.Replace(it.Body, []byte(`"counsel":true`), []byte(`"counsel":false`), 1)
		return tx.SaveItem(h.who.Space, it)
	})
	if err != nil {
		t.Fatal(err)
	}
	if h.who, _, err = h.Recognize(t.Context(), h.who.Space, h.who.Person.ID); err != nil || h.who.Member.Counsel {
		t.Fatalf("%+v %v", h.who.Member, err)
	}
}

func walled(w fact.Wall) fact.Entry {
	e := entry("note_added", "2026-03-01", "work product")
	e.Wall = w
	return e
}
