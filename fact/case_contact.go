package fact

import (
	"slices"
	"strconv"
	"strings"
)

// ContactsOf are the contacts of a role, in their order.
func (c *Case) ContactsOf(role string) (out []*Contact) {
	for i := range c.Contacts {
		if c.Contacts[i].Role == role {
			out = append(out, &c.Contacts[i])
		}
	}
	return out
}

// ContactNames names the contacts of a role, in the order of ContactsOf, so that no two
// have one name: two of one name have something else of theirs beside it, and a number
// where nothing else tells them apart.
func (c *Case) ContactNames(role string) []string {
	all := c.ContactsOf(role)
	out := make([]string, len(all))
	for i, x := range all {
		out[i] = x.called()
	}
	plain := slices.Clone(out)
	for i, x := range all {
		var like []*Contact
		for j, y := range all {
			if plain[j] == plain[i] {
				like = append(like, y)
			}
		}
		if len(like) == 1 {
			continue
		}
		for n, s := range x.details() {
			if s != "" && s != plain[i] && !slices.ContainsFunc(like, func(y *Contact) bool { return y != x && y.details()[n] == s }) {
				out[i] = plain[i] + " (" + s + ")"
				break
			}
		}
	}
	for i := range out {
		for n := 1; slices.Contains(out[:i], out[i]) || slices.Contains(out[i+1:], out[i]); n++ {
			out[i] = plain[i] + " (" + strconv.Itoa(n) + ")"
		}
	}
	return out
}

// ContactNamed is the contact of a role that ContactNames calls so; nil when there is none
// any more.
func (c *Case) ContactNamed(role, name string) *Contact {
	if i := slices.Index(c.ContactNames(role), name); i >= 0 {
		return c.ContactsOf(role)[i]
	}
	return nil
}

// called is the first thing that a contact says of itself.
func (c *Contact) called() string {
	for _, s := range append([]string{c.Name}, c.details()...) {
		if s = inLine(s); s != "" {
			return s
		}
	}
	return c.Role
}

// details are what tells contacts of one name apart, the shortest first.
func (c *Contact) details() []string {
	return []string{inLine(c.Relation), inLine(c.Title), inLine(c.Agency), inLine(c.Email), inLine(c.Phone), inLine(c.Address)}
}

func inLine(s string) string { return strings.Join(strings.Fields(s), " ") }
