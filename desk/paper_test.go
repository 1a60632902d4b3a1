package desk_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/people"
)

func (h *house) paper(t *testing.T, c people.CaseID, text string) desk.Paper {
	t.Helper()
	p := desk.Paper{ID: desk.NewName(), Document: "demand-pwn", Lang: "en", Register: "plain", About: "ask", PaperText: desk.PaperText{
		Text: text, Made: []desk.PaperUsed{{Field: "child.name", Said: "Sol", Entries: []string{"ask"}}}, Held: map[string][]string{"ask": {"Please send me"}}}}
	if err := h.NewPaper(t.Context(), h.who, c, p); err != nil {
		t.Fatal(err)
	}
	return h.read(t, c, p.ID)
}

func (h *house) read(t *testing.T, c people.CaseID, id string) desk.Paper {
	t.Helper()
	p, err := h.Paper(t.Context(), h.who, c, id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (h *house) keep(t *testing.T, c people.CaseID, text string) desk.FileRef {
	t.Helper()
	f, err := h.KeepFile(t.Context(), h.who, c, "letter.pdf", "application/pdf", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A draft comes back whole, is in no record, and the same form begins it once.
func TestPaperIsKept(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	p := h.paper(t, c, "Dear Sir")
	if p.Text != "Dear Sir" || p.Made[0].Entries[0] != "ask" || p.Held["ask"][0] != "Please send me" || p.Version != 1 || p.By != h.who.Person.ID || p.Begun.IsZero() {
		t.Fatalf("%+v", p)
	}
	if err := h.NewPaper(t.Context(), h.who, c, desk.Paper{ID: p.ID, Document: "demand-pwn", PaperText: desk.PaperText{Text: "other"}}); err != nil {
		t.Error("the same form twice:", err)
	}
	if err := h.NewPaper(t.Context(), h.who, c, desk.Paper{ID: p.ID, Document: "state-complaint"}); fault.KindOf(err) != fault.Conflict || err == nil {
		t.Error("another paper of that name:", err)
	}
	all, err := h.Papers(t.Context(), h.who, c)
	if err != nil || len(all) != 1 || all[0].Text != "" || all[0].Document != "demand-pwn" || all[0].Version != 1 {
		t.Fatalf("%+v %v", all, err)
	}
	if n := len(h.see(t, c).File.Entries); n != 3 {
		t.Errorf("a draft made %d entries of three", n)
	}
	if got := h.read(t, c, p.ID); got.Text != "Dear Sir" {
		t.Errorf("the second form wrote over the first: %q", got.Text)
	}
}

// Two who write on one draft: the second is told, and no word of the first is lost.
func TestPaperClash(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	p := h.paper(t, c, "one")
	mine, theirs := p, p
	theirs.Text = "theirs"
	if err := h.SavePaper(t.Context(), h.who, c, theirs); err != nil {
		t.Fatal(err)
	}
	if err := h.SavePaper(t.Context(), h.who, c, theirs); err != nil {
		t.Error("the same form twice:", err)
	}
	mine.Text = "mine"
	if err := h.SavePaper(t.Context(), h.who, c, mine); fault.KindOf(err) != fault.Conflict || err == nil {
		t.Errorf("an older form: %v", err)
	}
	if got := h.read(t, c, p.ID); got.Text != "theirs" || got.Version != 2 {
		t.Errorf("%q, version %d", got.Text, got.Version)
	}
}

// Sent: the entry with the exact bytes and the mark come in one step, once.
func TestPaperIsSentOnce(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	p := h.paper(t, c, "Please answer")
	in := desk.NewEntry{Name: desk.NewName(), Fact: entry("letter_sent", "2026-03-02", "")}
	in.Fact.Re, in.Fact.Fields.Summary, in.Fact.Fields.Written, in.Fact.Wall = "ask", "Request for prior written notice", fact.Yes, fact.Author
	sent := desk.PaperSent{On: day.Must(2026, time.March, 2), How: "email", To: "P. Sample"}
	if _, err := h.SentPaper(t.Context(), h.who, c, p.ID, p.Version, in, sent); fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("sent before it was finished: %v", err)
	}
	pdf := h.keep(t, c, "%PDF exact bytes")
	if err := h.FinishPaper(t.Context(), h.who, c, p.ID, p.Version+7, []desk.FileRef{pdf}); fault.KindOf(err) != fault.Conflict || err == nil {
		t.Errorf("files of another version: %v", err)
	}
	for range 2 {
		if err := h.FinishPaper(t.Context(), h.who, c, p.ID, p.Version, []desk.FileRef{pdf}); err != nil {
			t.Fatal(err)
		}
	}
	p = h.read(t, c, p.ID)
	if p.Done.IsZero() || len(p.Files) != 1 {
		t.Fatalf("%+v", p)
	}
	var b bytes.Buffer
	if err := h.PaperFile(t.Context(), h.who, c, p.ID, pdf.Digest, func(desk.FileRef) error { return nil }, &b); err != nil || b.String() != "%PDF exact bytes" {
		t.Errorf("%q %v", b.String(), err)
	}
	other := in
	other.Files = []desk.FileRef{h.keep(t, c, "something else")}
	if _, err := h.SentPaper(t.Context(), h.who, c, p.ID, p.Version, other, sent); fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("sent without what was finished: %v", err)
	}
	in.Files = []desk.FileRef{pdf}
	if _, err := h.SentPaper(t.Context(), h.who, c, p.ID, p.Version-1, in, sent); fault.KindOf(err) != fault.Conflict || err == nil {
		t.Errorf("sent from an older page: %v", err)
	}
	// What cannot stand leaves nothing: no entry, and the paper is not marked.
	bad := in
	bad.Fact.Re = "nothing of that name"
	if _, err := h.SentPaper(t.Context(), h.who, c, p.ID, p.Version, bad, sent); err == nil {
		t.Error("an answer to nothing was taken")
	}
	if got := h.read(t, c, p.ID); got.Sent != nil || len(h.see(t, c).File.Entries) != 3 {
		t.Fatalf("half of it stands: %+v", got.Sent)
	}
	for range 3 {
		if _, err := h.SentPaper(t.Context(), h.who, c, p.ID, p.Version, in, sent); err != nil {
			t.Fatal(err)
		}
		h.goes(h.at().Add(time.Hour))
	}
	k := h.see(t, c)
	if len(k.File.Entries) != 4 {
		t.Fatalf("%d entries, want the three of the file and one", len(k.File.Entries))
	}
	e := k.Entry(in.Name)
	if e == nil || e.Wall != fact.Open || e.Re != "ask" || e.Fields.Summary != "Request for prior written notice" || len(k.Mark(e.ID).Files) != 1 || k.Mark(e.ID).Files[0].Digest != pdf.Digest {
		t.Fatalf("%+v", e)
	}
	got := h.read(t, c, p.ID)
	if got.Sent == nil || got.Sent.Entry != in.Name || got.Sent.To != "P. Sample" || got.Sent.By != h.who.Person.ID {
		t.Fatalf("%+v", got.Sent)
	}
	// What was sent is neither changed nor sent again nor taken away.
	got.Text = "changed"
	again := in
	again.Name = desk.NewName()
	_, twice := h.SentPaper(t.Context(), h.who, c, p.ID, got.Version, again, sent)
	for what, err := range map[string]error{"saved": h.SavePaper(t.Context(), h.who, c, got), "sent again": twice, "dropped": h.DropPaper(t.Context(), h.who, c, p.ID), "finished": h.FinishPaper(t.Context(), h.who, c, p.ID, got.Version, other.Files)} {
		if fault.KindOf(err) != fault.Conflict || err == nil {
			t.Errorf("%s after it was sent: %v", what, err)
		}
	}
	// The words of the entry are destroyed: they are not left in the paper.
	if err := h.DestroyEntry(t.Context(), h.who, c, in.Name, "wrong child", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Paper(t.Context(), h.who, c, p.ID); fault.KindOf(err) != fault.NotFound || err == nil {
		t.Errorf("the destroyed words are in the paper still: %v", err)
	}
}

// What was changed after it was finished is a draft again, and what was made of it is gone
// but for what something else keeps.
func TestPaperChangedIsADraft(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	p, other := h.paper(t, c, "one"), h.paper(t, c, "other")
	pdf, same := h.keep(t, c, "%PDF one"), h.keep(t, c, "%PDF same")
	for id, files := range map[string][]desk.FileRef{p.ID: {pdf, same, pdf}, other.ID: {same}} {
		if err := h.FinishPaper(t.Context(), h.who, c, id, 1, files); err != nil {
			t.Fatal(err)
		}
	}
	p = h.read(t, c, p.ID)
	p.Text = "two"
	if err := h.SavePaper(t.Context(), h.who, c, p); err != nil {
		t.Fatal(err)
	}
	if p = h.read(t, c, p.ID); !p.Done.IsZero() || len(p.Files) != 0 || p.Text != "two" {
		t.Errorf("%+v", p)
	}
	if h.holds(t, pdf.Digest) || !h.holds(t, same.Digest) {
		t.Error("the old file stands still, or that of another paper is gone")
	}
	// Nor do an entry's destroyed words take the file of another paper with them.
	in := desk.NewEntry{Name: desk.NewName(), Fact: entry("letter_sent", "2026-03-01", ""), Files: []desk.FileRef{same}}
	if _, err := h.AddEntry(t.Context(), h.who, c, in); err != nil {
		t.Fatal(err)
	}
	if err := h.DestroyEntry(t.Context(), h.who, c, in.Name, "the wrong child", ""); err != nil {
		t.Fatal(err)
	}
	if !h.holds(t, same.Digest) {
		t.Error("the file of a finished paper was destroyed with an entry")
	}
}

// Taken away, it is gone with its files; what an entry keeps stays.
func TestPaperIsDropped(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	p := h.paper(t, c, "one")
	own, kept := h.keep(t, c, "%PDF own"), h.keep(t, c, "%PDF kept")
	if _, err := h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Fact: entry("letter_sent", "2026-03-01", ""), Files: []desk.FileRef{kept}}); err != nil {
		t.Fatal(err)
	}
	if err := h.FinishPaper(t.Context(), h.who, c, p.ID, p.Version, []desk.FileRef{own, kept}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := h.DropPaper(t.Context(), h.who, c, p.ID); err != nil {
			t.Fatal(err)
		}
	}
	err := h.store.Read(t.Context(), func(tx desk.Tx) error {
		if _, err := tx.File(h.who.Space, own.Digest); fault.KindOf(err) != fault.NotFound || err == nil {
			t.Errorf("its own file stands still: %v", err)
		}
		if err := tx.ReadFile(h.who.Space, kept.Digest, io.Discard); err != nil {
			t.Errorf("the file of an entry is gone: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Who may write in the case sees its drafts; who only reads, or was shown some entries,
// does not; only who began one or may correct takes it away.
func TestPaperRights(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	p := h.paper(t, c, "draft")
	contributor, reader := h.join(t, people.Member{Role: people.Contributor}), h.join(t, people.Member{Role: people.Reader})
	some := h.join(t, people.Member{}, people.Grant{Case: c, Role: people.Contributor, Entries: []string{}, By: h.who.Person.ID})
	if got, err := h.Paper(t.Context(), contributor, c, p.ID); err != nil || got.Text != "draft" {
		t.Errorf("a contributor: %v", err)
	}
	for name, who := range map[string]desk.Who{"reader": reader, "some entries": some} {
		_, one := h.Paper(t.Context(), who, c, p.ID)
		_, all := h.Papers(t.Context(), who, c)
		if one == nil || all == nil {
			t.Errorf("%s reads drafts", name)
		}
	}
	if err := h.DropPaper(t.Context(), contributor, c, p.ID); fault.KindOf(err) != fault.Forbidden || err == nil {
		t.Errorf("a contributor takes another's draft away: %v", err)
	}
	own := desk.Paper{ID: desk.NewName(), Document: "demand-pwn"}
	if err := h.NewPaper(t.Context(), contributor, c, own); err != nil {
		t.Fatal(err)
	}
	if err := h.DropPaper(t.Context(), contributor, c, own.ID); err != nil {
		t.Error(err)
	}
	// Another case does not hold it, nor does a name that is none.
	other := h.open(t, plain)
	for _, x := range []struct {
		c  people.CaseID
		id string
	}{{other, p.ID}, {c, desk.NewName()}, {c, "../" + p.ID}, {c, ""}, {"nothing", p.ID}} {
		if _, err := h.Paper(t.Context(), h.who, x.c, x.id); fault.KindOf(err) != fault.NotFound || err == nil {
			t.Errorf("%q of %s: %v", x.id, x.c, err)
		}
	}
}

// What is too large is refused whole.
func TestPaperIsBounded(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	p := h.paper(t, c, strings.Repeat("a", desk.MostPaper))
	p.Text += "b"
	if err := h.SavePaper(t.Context(), h.who, c, p); fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("one byte too long: %v", err)
	}
	p.Text, p.Held = "a\xff", nil
	if err := h.SavePaper(t.Context(), h.who, c, p); fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("no letters: %v", err)
	}
	p.Text, p.Held = "a", map[string][]string{"x": {strings.Repeat("a", 2<<20)}}
	if err := h.SavePaper(t.Context(), h.who, c, p); fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("a huge draft: %v", err)
	}
	if got := h.read(t, c, p.ID); len(got.Text) != desk.MostPaper || got.Version != 1 {
		t.Error("something was written")
	}
	for i := 1; i < 500; i++ {
		if err := h.NewPaper(t.Context(), h.who, c, desk.Paper{ID: desk.NewName(), Document: "demand-pwn"}); err != nil {
			t.Fatal(i, err)
		}
	}
	if err := h.NewPaper(t.Context(), h.who, c, desk.Paper{ID: desk.NewName(), Document: "demand-pwn"}); fault.KindOf(err) != fault.Conflict || err == nil {
		t.Errorf("the 501st: %v", err)
	}
}
