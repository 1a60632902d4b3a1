package desk_test

import (
	"slices"
	"testing"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

// An owner who is not counsel reads no work product by looking at what the next
// attorney would see, when there is no counsel any more.
func TestPreviewMakesNobodyCounsel(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	attorney := h.attorney(t, c)
	owner := h.again(t, h.who)
	if err := h.EndMember(t.Context(), owner, attorney.Person.ID, attorney.Member.Version); err != nil {
		t.Fatal(err)
	}
	for _, terms := range []desk.Terms{{Case: c, Role: people.Editor, Counsel: true}, {Role: people.Editor, Counsel: true}} {
		as, err := h.As(t.Context(), owner, terms)
		if err != nil {
			t.Fatal(err)
		}
		got, err := h.Case(t.Context(), as, c, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(got.File.Entries, func(e fact.Entry) bool { return e.Note == "what the attorney thinks" }) {
			t.Errorf("with %+v the owner reads work product", terms)
		}
	}
}

// A grant on no entry shows nothing, and does not become one on the whole record
// when it is kept and read again.
func TestGrantOnNoEntry(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	guest := h.join(t, people.Member{}, people.Grant{Case: c, Role: people.Reader, Entries: []string{}, By: h.who.Person.ID})
	if len(guest.Grants) != 1 || guest.Grants[0].Entries == nil {
		t.Fatalf("the grant is read again as %+v", guest.Grants)
	}
	got, err := h.Case(t.Context(), guest, c, desk.View{})
	if err == nil && len(got.File.Entries) > 0 {
		t.Errorf("the guest reads %d entries", len(got.File.Entries))
	}
}
