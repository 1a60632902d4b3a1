package casefile

import (
	"unicode/utf8"

	"stayput/fact"
	"stayput/format/yaml"
)

// How long what stands in a contact may be, in characters, and how many contacts a case
// may name.
const (
	MostContacts    = 60
	MostContactText = 200
	MostAddress     = 500
)

var contactKeys = []string{"role", "name", "relation", "title", "agency", "address", "phone", "email"}

// contacts reads whom papers of the case come from and go to.
func (r *reader) contacts(n *yaml.Node) (out []fact.Contact) {
	for i, it := range r.List(n) {
		if r.full() {
			return nil
		}
		if i == MostContacts {
			r.Fail(it.At, "case.many_contacts", "limit", itoa(MostContacts))
			return nil
		}
		var c fact.Contact
		said := false
		short := func(v *yaml.Node, most int) string {
			s := r.Text(v)
			if utf8.RuneCountInString(s) > most {
				r.Fail(v.At, "case.long_contact", "limit", itoa(most), "got", itoa(utf8.RuneCountInString(s)))
			}
			return s
		}
		isMap := r.each(it, contactKeys, func(key string, v *yaml.Node) bool {
			switch key {
			case "role":
				said = true
				c.Role = r.Word(v, fact.ContactRoles...)
			case "name":
				c.Name = short(v, MostContactText)
			case "relation":
				c.Relation = short(v, MostContactText)
			case "title":
				c.Title = short(v, MostContactText)
			case "agency":
				c.Agency = short(v, MostContactText)
			case "address":
				c.Address = short(v, MostAddress)
			case "phone":
				c.Phone = short(v, MostContactText)
			case "email":
				c.Email = short(v, MostContactText)
			default:
				return false
			}
			return true
		})
		if isMap && !said {
			r.missing(it, "role")
		}
		out = append(out, c)
	}
	return out
}

// contact writes one contact.
func contact(c fact.Contact) *yaml.Node {
	var m mapper
	m.word("role", c.Role)
	m.text("name", c.Name)
	m.text("relation", c.Relation)
	m.text("title", c.Title)
	m.text("agency", c.Agency)
	m.text("address", c.Address)
	m.text("phone", c.Phone)
	m.text("email", c.Email)
	return m.node()
}
