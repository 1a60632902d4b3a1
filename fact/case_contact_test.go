package fact

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Contacts of one role have names that tell them apart.
func TestContactNames(t *testing.T) {
	c := &Case{Contacts: []Contact{
		{Role: "teacher", Name: "Ana Ruiz", Email: "a@example.org"},
		{Role: "principal", Name: "Ana Ruiz"},
		{Role: "teacher", Name: "Ben\nOhm "},
		{Role: "teacher", Name: "Ana Ruiz", Email: "b@example.org", Phone: "555-0100"},
		{Role: "teacher", Title: "Resource teacher"},
		{Role: "teacher"},
		{Role: "teacher"},
	}}
	want := []string{"Ana Ruiz (a@example.org)", "Ben Ohm", "Ana Ruiz (b@example.org)", "Resource teacher", "teacher (1)", "teacher"}
	got := c.ContactNames("teacher")
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if x := c.ContactNamed("teacher", "Ana Ruiz (b@example.org)"); x != &c.Contacts[3] {
		t.Errorf("found %+v", x)
	}
	// Of two of one name, the name alone is nobody: it could be either.
	if x := c.ContactNamed("teacher", "Ana Ruiz"); x != nil {
		t.Errorf("found %+v", x)
	}
	if x := c.ContactNamed("principal", "Ana Ruiz"); x != &c.Contacts[1] {
		t.Errorf("found %+v", x)
	}
	if c.ContactNamed("parent", "Ana Ruiz") != nil || len(c.ContactNames("parent")) != 0 {
		t.Error("a role that nobody has")
	}
}

// Whatever contacts say, each has a name of its own, and the name finds it.
func TestContactNamesAny(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"", "a", "a (1)", "a (b)", "b", strings.Repeat("x", 200)})
		c := &Case{}
		for range rapid.IntRange(0, 7).Draw(t, "n") {
			c.Contacts = append(c.Contacts, Contact{Role: rapid.SampledFrom([]string{"parent", "teacher"}).Draw(t, "role"), Name: word.Draw(t, "name"), Relation: word.Draw(t, "relation"), Email: word.Draw(t, "email")})
		}
		names := c.ContactNames("parent")
		for i, x := range c.ContactsOf("parent") {
			if slices.Contains(names[:i], names[i]) {
				t.Fatalf("two are called %q: %q", names[i], names)
			}
			if c.ContactNamed("parent", names[i]) != x {
				t.Fatalf("%q finds another", names[i])
			}
		}
	})
}
