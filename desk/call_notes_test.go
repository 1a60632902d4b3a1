package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/people"
)

func TestCallNotes(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	holds := func(mark string) bool {
		t.Helper()
		n, err := h.CallNotes(t.Context(), h.who, c)
		if err != nil {
			t.Fatal(err)
		}
		return n.Holds(mark)
	}
	put := func(mark string, away bool) {
		t.Helper()
		if err := h.PutCallNote(t.Context(), h.who, c, mark, away); err != nil {
			t.Fatal(err)
		}
	}
	if holds("outside@a") {
		t.Error("a sign is put away that nobody put away")
	}
	put("outside@a", true)
	put("outside@a", true)
	if !holds("outside@a") || holds("outside@b") {
		t.Error("what is put away is not what was put away")
	}
	if n, _ := h.CallNotes(t.Context(), h.who, c); len(n.Away) != 1 {
		t.Errorf("%v", n.Away)
	}
	other := h.open(t, plain)
	if n, err := h.CallNotes(t.Context(), h.who, other); err != nil || n.Holds("outside@a") {
		t.Errorf("of another case: %v, %v", n, err)
	}
	put("outside@a", false)
	put("outside@a", false)
	if holds("outside@a") {
		t.Error("it was not put back")
	}
	for i := range 250 { // the oldest go first
		put(fmt.Sprint("x@", i), true)
	}
	if n, _ := h.CallNotes(t.Context(), h.who, c); len(n.Away) != 200 || n.Holds("x@49") || !n.Holds("x@50") {
		t.Errorf("%d are kept", len(n.Away))
	}
}

func TestCallNotesRefused(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	for name, err := range map[string]error{
		"no mark":         h.PutCallNote(t.Context(), h.who, c, "", true),
		"a mark too long": h.PutCallNote(t.Context(), h.who, c, strings.Repeat("x", 501), true),
		"no case":         h.PutCallNote(t.Context(), h.who, people.CaseID(desk.NewName()), "x", true),
		"nobody":          h.PutCallNote(t.Context(), desk.Who{}, c, "x", true),
	} {
		if err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := h.CallNotes(t.Context(), desk.Who{}, c); err == nil {
		t.Error("nobody may read what somebody put away")
	}
}
