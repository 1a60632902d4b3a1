package desk_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/paper"
	"stayput/people"
	"stayput/record/seal"
)

// ownPaper is the file of a paper of an office's own.
func ownPaper(t testing.TB, id, title string) []byte {
	t.Helper()
	src, err := paper.Source("demand-pwn")
	if err != nil {
		t.Fatal(err)
	}
	s := strings.Replace(string(src), "paper: demand-pwn", "paper: "+id, 1)
	return []byte(strings.Replace(s, "title: Request for prior written notice", "title: "+title, 1))
}

func (h *house) own(t testing.TB) desk.OwnShelf {
	t.Helper()
	s, err := h.OwnPapers(t.Context(), h.who)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (h *house) titleIn(t *testing.T, c people.CaseID, id string) string {
	t.Helper()
	p, err := h.see(t, c).Papers.Get(id)
	if err != nil {
		return ""
	}
	return p.Title["en"]
}

// An own paper takes the place of the built-in one, comes back byte for byte, and goes
// again; the same form twice does each once.
func TestOwnPapers(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	if got := h.titleIn(t, c, "demand-pwn"); got != "Request for prior written notice" || len(h.own(t).Papers) != 0 {
		t.Fatal(got)
	}
	file := ownPaper(t, "demand-pwn", "Our demand")
	for range 2 {
		x, err := h.SaveOwnPaper(t.Context(), h.who, "mine.yaml", file, 0)
		if err != nil || x.ID != "demand-pwn" || x.Title["en"] != "Our demand" || x.By != h.who.Person.ID || x.Size != len(file) {
			t.Fatalf("%+v %v", x, err)
		}
	}
	if _, err := h.SaveOwnPaper(t.Context(), h.who, "more.yaml", ownPaper(t, "our-letter", "One more"), 1); err != nil {
		t.Fatal(err)
	}
	if s := h.own(t); s.Version != 2 || len(s.Papers) != 2 || s.Papers[0].ID != "demand-pwn" || s.Papers[1].ID != "our-letter" {
		t.Fatalf("%+v", s)
	}
	if got, err := h.OwnPaperFile(t.Context(), h.who, "demand-pwn"); err != nil || !bytes.Equal(got, file) {
		t.Error("the file came back otherwise", err)
	}
	if h.titleIn(t, c, "demand-pwn") != "Our demand" || h.titleIn(t, c, "our-letter") != "One more" || h.titleIn(t, c, "pwn") != "Prior written notice" {
		t.Error("the case does not write with the papers of its space")
	}
	if k, err := h.Plainly(t.Context(), h.who, c, desk.View{}); err != nil || k.Papers.Own("our-letter") == nil {
		t.Error("what goes out is not drafted with them", err)
	}
	// Somebody who saw the list before may not write over what came since.
	if _, err := h.SaveOwnPaper(t.Context(), h.who, "mine.yaml", ownPaper(t, "demand-pwn", "Theirs"), 0); fault.KindOf(err) != fault.Conflict {
		t.Error("over somebody else's:", err)
	}
	if _, err := h.SaveOwnPaper(t.Context(), h.who, "mine.yaml", ownPaper(t, "demand-pwn", "Newer"), 2); err != nil || h.titleIn(t, c, "demand-pwn") != "Newer" {
		t.Error(err)
	}
	for range 2 {
		if err := h.DropOwnPaper(t.Context(), h.who, "demand-pwn"); err != nil {
			t.Fatal(err)
		}
	}
	if h.titleIn(t, c, "demand-pwn") != "Request for prior written notice" {
		t.Error("the built-in paper is not back")
	}
	if _, err := h.OwnPaperFile(t.Context(), h.who, "demand-pwn"); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
}

// What is wrong keeps nothing.
func TestOwnPaperIsRefused(t *testing.T) {
	h := newHouse(t)
	for name, data := range map[string][]byte{"nothing": nil, "no paper": []byte("a: b"), "half": ownPaper(t, "x", "y")[:2000], "huge": append(ownPaper(t, "x", "y"), bytes.Repeat([]byte("#"), paper.MostBytes)...), "bytes": {0xff, 0xfe, 0, 0}} {
		if _, err := h.SaveOwnPaper(t.Context(), h.who, "x.yaml", data, 0); fault.KindOf(err) != fault.Invalid || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s := h.own(t); s.Version != 0 || len(s.Papers) != 0 {
		t.Errorf("%+v", s)
	}
}

// A hundred papers of one's own, and not one more.
func TestOwnPapersMany(t *testing.T) {
	h := newHouse(t)
	for i := range 100 {
		if _, err := h.SaveOwnPaper(t.Context(), h.who, "x.yaml", ownPaper(t, fmt.Sprintf("own-%d", i), "t"), 0); err != nil {
			t.Fatal(i, err)
		}
	}
	if _, err := h.SaveOwnPaper(t.Context(), h.who, "x.yaml", ownPaper(t, "own-100", "t"), 100); fault.KindOf(err) != fault.Conflict {
		t.Error(err)
	}
	if _, err := h.SaveOwnPaper(t.Context(), h.who, "x.yaml", ownPaper(t, "own-99", "changed"), 100); err != nil {
		t.Error("one that is there cannot be changed:", err)
	}
}

// A draft outlives the paper that it was begun with.
func TestOwnPaperGoneWithDraft(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	if _, err := h.SaveOwnPaper(t.Context(), h.who, "x.yaml", ownPaper(t, "our-letter", "Ours"), 0); err != nil {
		t.Fatal(err)
	}
	p := desk.Paper{ID: desk.NewName(), Document: "our-letter", Lang: "en", Register: "plain", PaperText: desk.PaperText{Text: "Words of hours"}}
	if err := h.NewPaper(t.Context(), h.who, c, p); err != nil {
		t.Fatal(err)
	}
	if err := h.DropOwnPaper(t.Context(), h.who, "our-letter"); err != nil {
		t.Fatal(err)
	}
	if h.titleIn(t, c, "our-letter") != "Ours" || h.read(t, c, p.ID).Text != "Words of hours" {
		t.Error("the draft cannot be read any more")
	}
	if s := h.own(t); len(s.Papers) != 0 {
		t.Errorf("it is offered still: %+v", s)
	}
	for _, id := range h.see(t, c).Papers.IDs() {
		if id == "our-letter" {
			t.Error("it can be begun still")
		}
	}
	if _, err := h.SaveOwnPaper(t.Context(), h.who, "x.yaml", ownPaper(t, "our-letter", "Back"), 2); err != nil || h.titleIn(t, c, "our-letter") != "Back" {
		t.Error("it cannot come back:", err)
	}
}

func picture(t testing.TB, wide, high int, c color.Color) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, wide, high))
	m.Set(0, 0, c)
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// saying is a PNG that says it has so many dots and holds almost none.
func saying(wide, high uint32) []byte {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	piece := func(kind string, data []byte) {
		binary.Write(&b, binary.BigEndian, uint32(len(data)))
		body := append([]byte(kind), data...)
		b.Write(body)
		binary.Write(&b, binary.BigEndian, crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(nil, wide)
	head = append(binary.BigEndian.AppendUint32(head, high), 8, 2, 0, 0, 0)
	piece("IHDR", head)
	piece("IEND", nil)
	return b.Bytes()
}

func (h *house) logo(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := h.LetterheadLogo(t.Context(), h.who, func(desk.FileRef) error { return nil }, &b); err != nil {
		if fault.KindOf(err) != fault.NotFound {
			t.Fatal(err)
		}
		return nil
	}
	return b.Bytes()
}

// A letterhead is kept, replaced and taken away; a picture that was replaced is gone, but
// not one that an entry keeps too.
func TestLetterhead(t *testing.T) {
	h := newHouse(t)
	if x, err := h.Letterhead(t.Context(), h.who); err != nil || x.Any() || x.Version != 0 {
		t.Fatalf("%+v %v", x, err)
	}
	red, blue := picture(t, 30, 20, color.RGBA{255, 0, 0, 255}), picture(t, 30, 20, color.RGBA{0, 0, 255, 255})
	in := desk.HeadChange{Lines: []string{" Sample  Advocates ", "", "1 Example Street"}, Logo: red}
	for range 2 { // the same form twice
		if err := h.SaveLetterhead(t.Context(), h.who, in); err != nil {
			t.Fatal(err)
		}
	}
	x, err := h.Letterhead(t.Context(), h.who)
	if err != nil || strings.Join(x.Lines, "|") != "Sample Advocates|1 Example Street" || x.Version != 1 || x.Logo.Type != "image/png" || !bytes.Equal(h.logo(t), red) {
		t.Fatalf("%+v %v", x, err)
	}
	// A line changed alone leaves the picture.
	if err := h.SaveLetterhead(t.Context(), h.who, desk.HeadChange{Lines: []string{"Sample Advocates"}, Version: 1}); err != nil || !bytes.Equal(h.logo(t), red) {
		t.Error("the picture went with a line", err)
	}
	if err := h.SaveLetterhead(t.Context(), h.who, desk.HeadChange{Lines: []string{"Theirs"}, Version: 1}); fault.KindOf(err) != fault.Conflict {
		t.Error("over somebody else's:", err)
	}
	old := x.Logo.Digest
	if err := h.SaveLetterhead(t.Context(), h.who, desk.HeadChange{Lines: []string{"Sample Advocates"}, Logo: blue, Version: 2}); err != nil || !bytes.Equal(h.logo(t), blue) {
		t.Error(err)
	}
	if h.holds(t, old) {
		t.Error("the picture that was replaced is kept")
	}
	sept, err := day.Parse("2025-09-09")
	if err != nil {
		t.Fatal(err)
	}
	// A picture that is an entry's file as well stays with the entry.
	c := h.open(t, plain)
	f, err := h.KeepFile(t.Context(), h.who, c, "logo.png", "image/png", bytes.NewReader(blue))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Name: desk.NewName(), Fact: fact.Entry{Kind: fact.MustLookup("letter_sent"), On: day.On(sept)}, Files: []desk.FileRef{f}}); err != nil {
		t.Fatal(err)
	}
	if err := h.SaveLetterhead(t.Context(), h.who, desk.HeadChange{Lines: []string{"Sample Advocates"}, NoLogo: true, Version: 3}); err != nil || h.logo(t) != nil {
		t.Error(err)
	}
	if !h.holds(t, f.Digest) {
		t.Error("a file of the record went with the letterhead")
	}
	if err := h.SaveLetterhead(t.Context(), h.who, desk.HeadChange{Version: 4}); err != nil {
		t.Error(err)
	}
	if x, _ := h.Letterhead(t.Context(), h.who); x.Any() {
		t.Errorf("%+v", x)
	}
}

// What is no letterhead is refused, and a picture of a hundred million dots before it is
// drawn.
func TestLetterheadIsRefused(t *testing.T) {
	h := newHouse(t)
	for name, c := range map[string]struct {
		in  desk.HeadChange
		key string
	}{
		"seven lines":      {desk.HeadChange{Lines: strings.Split("a b c d e f g", " ")}, "desk.head_many"},
		"a long line":      {desk.HeadChange{Lines: []string{strings.Repeat("é", 101)}}, "desk.head_long"},
		"no name":          {desk.HeadChange{Logo: picture(t, 3, 3, color.Black)}, "desk.head_name"},
		"no picture":       {desk.HeadChange{Lines: []string{"a"}, Logo: []byte("<svg onload=alert(1)>")}, "document.picture_unread"},
		"100 million dots": {desk.HeadChange{Lines: []string{"a"}, Logo: saying(10_000, 10_000)}, "document.picture_large"},
		"10 million dots":  {desk.HeadChange{Lines: []string{"a"}, Logo: saying(5_000, 2_000)}, "document.picture_large"},
		"cut off":          {desk.HeadChange{Lines: []string{"a"}, Logo: saying(30, 20)}, "document.picture_unread"},
		"more than two MB": {desk.HeadChange{Lines: []string{"a"}, Logo: append(picture(t, 3, 3, color.Black), make([]byte, desk.MostLogo)...)}, "desk.file_too_big"},
	} {
		err := h.SaveLetterhead(t.Context(), h.who, c.in)
		if all := fault.All(err); len(all) != 1 || all[0].Key != c.key {
			t.Errorf("%s: %v", name, err)
		}
	}
	if x, _ := h.Letterhead(t.Context(), h.who); x.Version != 0 {
		t.Error("something of it was kept")
	}
}

// The letterhead of one paper: what was finished is a draft again, what was sent stays.
func TestHeadPaper(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	p := h.paper(t, c, "Dear Sir")
	f := h.keep(t, c, "%PDF")
	if err := h.FinishPaper(t.Context(), h.who, c, p.ID, p.Version, []desk.FileRef{f}); err != nil {
		t.Fatal(err)
	}
	if err := h.HeadPaper(t.Context(), h.who, c, p.ID, p.Version, "no"); fault.KindOf(err) != fault.Conflict {
		t.Error("an old page:", err)
	}
	for range 2 {
		if err := h.HeadPaper(t.Context(), h.who, c, p.ID, p.Version+1, "no"); err != nil {
			t.Error(err)
		}
	}
	if got := h.read(t, c, p.ID); got.Head != "no" || !got.Done.IsZero() || got.Text != "Dear Sir" {
		t.Errorf("%+v", got)
	}
	if err := h.HeadPaper(t.Context(), h.who, c, p.ID, 3, "perhaps"); fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
}

// Only who may change the space's settings brings papers and letterheads; who writes
// letters reads the letterhead; a stranger reads nothing of it.
func TestOwnPaperRights(t *testing.T) {
	h := newHouse(t)
	if _, err := h.SaveOwnPaper(t.Context(), h.who, "x.yaml", ownPaper(t, "our-letter", "Ours"), 0); err != nil {
		t.Fatal(err)
	}
	if err := h.SaveLetterhead(t.Context(), h.who, desk.HeadChange{Lines: []string{"Sample"}}); err != nil {
		t.Fatal(err)
	}
	for _, role := range []people.Role{people.Editor, people.Contributor, people.Reader} {
		who := h.join(t, people.Member{Role: role})
		_, list := h.OwnPapers(t.Context(), who)
		_, file := h.OwnPaperFile(t.Context(), who, "our-letter")
		_, save := h.SaveOwnPaper(t.Context(), who, "x.yaml", ownPaper(t, "our-letter", "Theirs"), 9)
		for i, err := range []error{list, file, save, h.DropOwnPaper(t.Context(), who, "our-letter"), h.SaveLetterhead(t.Context(), who, desk.HeadChange{Version: 1})} {
			if fault.KindOf(err) != fault.Forbidden || err == nil {
				t.Errorf("%s, %d: %v", role, i, err)
			}
		}
		if x, err := h.Letterhead(t.Context(), who); err != nil || !x.Any() {
			t.Errorf("%s writes without the letterhead: %v", role, err)
		}
	}
	stranger := h.join(t, people.Member{})
	if _, err := h.Letterhead(t.Context(), stranger); err == nil {
		t.Error("a stranger reads the letterhead")
	}
	if len(h.own(t).Papers) != 1 || h.own(t).Papers[0].Title["en"] != "Ours" {
		t.Errorf("%+v", h.own(t))
	}
}

// Who changed the papers and the letterhead stands in the access log.
func TestOwnPapersAreNoted(t *testing.T) {
	h := newHouse(t)
	if _, err := h.SaveOwnPaper(desk.OnPage(t.Context(), "own_paper_take"), h.who, "x.yaml", ownPaper(t, "our-letter", "Ours"), 0); err != nil {
		t.Fatal(err)
	}
	if err := h.DropOwnPaper(desk.OnPage(t.Context(), "own_paper_drop"), h.who, "our-letter"); err != nil {
		t.Fatal(err)
	}
	if err := h.SaveLetterhead(desk.OnPage(t.Context(), "letterhead_save"), h.who, desk.HeadChange{Lines: []string{"Sample"}}); err != nil {
		t.Fatal(err)
	}
	if err := h.SaveLetterhead(desk.OnPage(t.Context(), "refused"), h.who, desk.HeadChange{Lines: []string{"Other"}}); err == nil {
		t.Fatal("an old page was taken")
	}
	got := strings.Join(h.lines(t, h.who, desk.AccessFilter{}), "\n")
	for _, page := range []string{"own_paper_take", "own_paper_drop", "letterhead_save"} {
		if !strings.Contains(got, "change_space - "+page) {
			t.Errorf("%s is not noted:\n%s", page, got)
		}
	}
	if strings.Contains(got, "refused") {
		t.Error("what was refused is noted as done")
	}
}

// holds reports that the store keeps a file.
func (h *house) holds(t *testing.T, d seal.Digest) (yes bool) {
	t.Helper()
	err := h.store.Read(t.Context(), func(tx desk.Tx) error {
		_, err := tx.File(h.who.Space, d)
		if yes = err == nil; fault.KindOf(err) == fault.NotFound {
			return nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return yes
}
