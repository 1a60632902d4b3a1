package casefile

import (
	"fmt"
	"strings"
	"testing"

	"stayput/fact"
	"stayput/fault"
)

// What a contact says is read as written, and the first of a role is found.
func TestContactsAreRead(t *testing.T) {
	f := mustRead(t, `stayput: 1
case:
  contacts:
    - {role: parent, name: Ana R., relation: mother, address: "1 Example Street\nOakland, CA 94600", phone: 510-555-0101, email: ana@example.org}
    - {role: parent, name: Luis R., relation: father}
    - {role: special_education_director, title: Director of Special Education, agency: Oakland Unified}
`)
	c := f.Case.Contact("parent")
	if c == nil || *c != (fact.Contact{Role: "parent", Name: "Ana R.", Relation: "mother", Address: "1 Example Street\nOakland, CA 94600", Phone: "510-555-0101", Email: "ana@example.org"}) {
		t.Errorf("the first parent is %+v", c)
	}
	if len(f.Case.Contacts) != 3 || f.Case.Contact("teacher") != nil {
		t.Errorf("contacts are %+v", f.Case.Contacts)
	}
}

// What is no contact is refused with its place, and with the nearest word.
func TestContactsAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"{role: parnt}":                       "yaml.unknown_word 4:14 parent",
		"{name: Ana}":                         "yaml.missing_key 4:7 ",
		"{role: parent, mail: a@example.org}": "yaml.unknown_key 4:22 email",
		"Ana":                                 "yaml.want_map 4:7 ",
		"{role: parent, name: [a]}":           "yaml.want_text 4:28 ",
		"{role: parent, phone: \"" + strings.Repeat("1", 201) + "\"}":   "case.long_contact 4:29 ",
		"{role: parent, address: \"" + strings.Repeat("é", 501) + "\"}": "case.long_contact 4:31 ",
	} {
		_, err := Read("c.yaml", []byte("stayput: 1\ncase:\n  contacts:\n    - "+text+"\n"))
		all := fault.All(err)
		if len(all) != 1 {
			t.Errorf("%.40s: %v", text, err)
			continue
		}
		e := all[0]
		if got := fmt.Sprintf("%s %d:%d %s", e.Key, e.At.Line, e.At.Column, e.Args["nearest"]); got != want {
			t.Errorf("%.40s: %s, not %s", text, got, want)
		}
	}
	// Exactly as long as it may be stands.
	mustRead(t, "stayput: 1\ncase:\n  contacts:\n    - {role: parent, email: \""+strings.Repeat("é", 200)+"\", address: \""+strings.Repeat("é", 500)+"\"}\n")
	many := "stayput: 1\ncase:\n  contacts:\n" + strings.Repeat("    - {role: teacher}\n", MostContacts)
	mustRead(t, many)
	if _, err := Read("c.yaml", []byte(many+"    - {role: teacher}\n")); err == nil || fault.All(err)[0].Key != "case.many_contacts" {
		t.Errorf("one too many: %v", err)
	}
}
