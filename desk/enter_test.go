package desk_test

import (
	"testing"

	"stayput/people"
)

// The one-time link of a machine opens for its own person as long as he or she may
// do something there; then for whoever may and has no account; then for nobody.
func TestOwnerOfTheMachine(t *testing.T) {
	h := newHouse(t)
	mother := h.who
	father := h.join(t, people.Member{Role: people.Owner})
	h.join(t, people.Member{Role: people.Owner, Account: "account", Student: true})
	ask := func(want people.PersonID) {
		t.Helper()
		who, found, err := h.Owner(t.Context())
		if err != nil || found != (want != "") || who.Person.ID != want {
			t.Errorf("%q (%v, %v), want %q", who.Person.ID, found, err, want)
		}
	}
	ask(mother.Person.ID)
	if err := h.EndMember(t.Context(), father, mother.Person.ID, mother.Member.Version); err != nil {
		t.Fatal(err)
	}
	ask(father.Person.ID)
	if err := h.StepOut(t.Context(), father); err != nil {
		t.Fatal(err)
	}
	ask("") // the student signs in
}
