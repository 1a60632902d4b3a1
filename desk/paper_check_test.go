package desk_test

import (
	"strings"
	"testing"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
)

const notice = "We refuse. Other options were considered."

func (h *house) check(t *testing.T, c people.CaseID, entry string) desk.PaperCheck {
	t.Helper()
	x := desk.PaperCheck{ID: desk.NewName(), Document: "pwn", Entry: entry, Said: map[string]string{"action": desk.CheckYes, "options": desk.CheckWeak}, Lack: map[string]string{"options": "which"},
		Marks: map[string][]desk.PaperMark{"action": {{From: 0, To: 10}}, "options": {{From: 11, To: 41}}}, CheckText: desk.CheckText{Text: notice}}
	if err := h.NewCheck(t.Context(), h.who, c, x); err != nil {
		t.Fatal(err)
	}
	return h.checked(t, c, x.ID)
}

func (h *house) checked(t *testing.T, c people.CaseID, id string) desk.PaperCheck {
	t.Helper()
	x, err := h.PaperCheck(t.Context(), h.who, c, id)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// A check comes back whole, is in no record, and the same form begins it once.
func TestCheckIsKept(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	x := h.check(t, c, "")
	if m := x.Marks["options"][0]; x.Text[m.From:m.To] != "Other options were considered." || x.Said["options"] != desk.CheckWeak || x.Lack["options"] != "which" || x.Version != 1 || x.By != h.who.Person.ID || x.Begun.IsZero() {
		t.Fatalf("%+v", x)
	}
	if err := h.NewCheck(t.Context(), h.who, c, desk.PaperCheck{ID: x.ID, Document: "pwn", CheckText: desk.CheckText{Text: "other"}}); err != nil {
		t.Error("the same form twice:", err)
	}
	if err := h.NewCheck(t.Context(), h.who, c, desk.PaperCheck{ID: x.ID, Document: "meeting-notice"}); fault.KindOf(err) != fault.Conflict || err == nil {
		t.Error("another check of that name:", err)
	}
	all, err := h.Checks(t.Context(), h.who, c)
	if err != nil || len(all) != 1 || all[0].Text != "" || all[0].Said["action"] != desk.CheckYes || all[0].Version != 1 {
		t.Fatalf("%+v %v", all, err)
	}
	if n := len(h.see(t, c).File.Entries); n != 3 {
		t.Errorf("a check made %d entries of three", n)
	}
	if got := h.checked(t, c, x.ID); got.Text != notice {
		t.Errorf("the second form wrote over the first: %q", got.Text)
	}
	if papers, err := h.Papers(t.Context(), h.who, c); err != nil || len(papers) != 0 {
		t.Errorf("a check is no draft: %+v %v", papers, err)
	}
}

// Two who read one paper: the second is told, and nothing of the first is lost.
func TestCheckClash(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	x := h.check(t, c, "")
	mine, theirs := x, x
	theirs.Said = map[string]string{"action": desk.CheckNo}
	for range 2 {
		if err := h.SaveCheck(t.Context(), h.who, c, theirs); err != nil {
			t.Fatal("the same form twice:", err)
		}
	}
	mine.Said = map[string]string{"action": desk.CheckUnsure}
	if err := h.SaveCheck(t.Context(), h.who, c, mine); fault.KindOf(err) != fault.Conflict || err == nil {
		t.Errorf("an older form: %v", err)
	}
	if got := h.checked(t, c, x.ID); got.Said["action"] != desk.CheckNo || got.Version != 2 || got.Document != "pwn" {
		t.Errorf("%+v", got)
	}
}

// Marks that are in no place of the text, and too much of anything, are refused.
func TestCheckRefused(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	x := h.check(t, c, "")
	marks := func(m ...desk.PaperMark) func(*desk.PaperCheck) {
		return func(x *desk.PaperCheck) { x.Marks = map[string][]desk.PaperMark{"why": m} }
	}
	for name, f := range map[string]func(*desk.PaperCheck){
		"behind the end":   marks(desk.PaperMark{From: 0, To: 1000}),
		"before the start": marks(desk.PaperMark{From: -1, To: 3}),
		"empty":            marks(desk.PaperMark{From: 3, To: 3}),
		"inside a letter": func(x *desk.PaperCheck) {
			x.Text, x.Marks = "ñ", map[string][]desk.PaperMark{"why": {{From: 1, To: 2}}}
		},
		"too many":    marks(make([]desk.PaperMark, desk.MostMarks+1)...),
		"no answer":   func(x *desk.PaperCheck) { x.Said = map[string]string{"why": "maybe"} },
		"a long lack": func(x *desk.PaperCheck) { x.Lack = map[string]string{"why": strings.Repeat("x", desk.MostLack+1)} },
		"a long text": func(x *desk.PaperCheck) { x.Text = strings.Repeat("x", desk.MostCheck+1) },
		"no text at all": func(x *desk.PaperCheck) {
			x.Text, x.Marks = "\xff\xfe", nil
		},
	} {
		y := x
		f(&y)
		if err := h.SaveCheck(t.Context(), h.who, c, y); fault.KindOf(err) != fault.Invalid || err == nil {
			t.Errorf("%s: %v", name, err)
		}
		y.ID = desk.NewName()
		if err := h.NewCheck(t.Context(), h.who, c, y); fault.KindOf(err) != fault.Invalid || err == nil {
			t.Errorf("new, %s: %v", name, err)
		}
	}
	if got := h.checked(t, c, x.ID); got.Version != 1 {
		t.Errorf("version %d", got.Version)
	}
	if _, err := h.PaperCheck(t.Context(), h.who, c, desk.NewName()); fault.KindOf(err) != fault.NotFound || err == nil {
		t.Error("a check that is not there:", err)
	}
}

// Who began a check takes it away, once and for all; and it goes with the words of the
// entry that says that the paper came, also when that was corrected meanwhile.
func TestCheckGoes(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	x := h.check(t, c, "")
	for range 2 {
		if err := h.DropCheck(t.Context(), h.who, c, x.ID); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.PaperCheck(t.Context(), h.who, c, x.ID); fault.KindOf(err) != fault.NotFound || err == nil {
		t.Error("it is still there:", err)
	}
	name := h.see(t, c).Name("ask")
	of, other := h.check(t, c, name), h.check(t, c, "")
	now := desk.NewEntry{Name: desk.NewName(), Fact: *h.see(t, c).Entry(name)}
	now.Fact.ID, now.Fact.Note = "", "Corrected."
	corrected, err := h.CorrectEntry(t.Context(), h.who, c, name, now)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.DestroyEntry(t.Context(), h.who, c, corrected, "Another child's.", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := h.PaperCheck(t.Context(), h.who, c, of.ID); fault.KindOf(err) != fault.NotFound || err == nil {
		t.Error("the text of a destroyed paper is still there:", err)
	}
	h.checked(t, c, other.ID)
}
