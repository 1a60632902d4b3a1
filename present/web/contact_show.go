package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/intake/casefile"
)

// A contactPage is who writes the papers of a case and who gets them.
type contactPage struct {
	Frame
	Back   string // to the papers of the case
	Action string
	List   []contactLine
	Adds   []Tab // the roles that can be added
	Form   *contactForm
	Errs   []Field
}

type (
	// A contactLine is one contact as it stands.
	contactLine struct {
		Role, Name string
		Lines      []string
		Edit       string // where it is changed
	}
	// A contactForm asks for one contact.
	contactForm struct {
		Title, Role, At string
		From            contactFrom
		Fields          []Field
		Drop            bool
		Clash           bool // somebody changed it meanwhile
	}
)

func (contactPage) template() string { return "contact_show" }

var (
	_ = sample(func() page {
		return contactPage{Back: "/b", Action: "/a", List: []contactLine{{Role: "r", Name: "n", Lines: []string{"a"}, Edit: "/e"}}, Adds: []Tab{{Href: "/h", Label: "l"}},
			Form: &contactForm{Title: "t", Role: "parent", At: "x", From: contactFrom{"papers", "a"}, Fields: []Field{{Name: "who", Label: "l", Kind: "text", Error: "e"}}, Drop: true, Clash: true}, Errs: []Field{{Name: "who", Error: "e"}}}
	})
	_ = sample(func() page { return contactPage{Back: "/b"} })
)

// contactFields are the fields of a contact's form, without those that its role has no
// use for.
func contactFields(role string) []string {
	switch role {
	case "parent":
		return []string{"who", "relation", "address", "phone", "email"}
	case "student":
		return []string{"who", "address", "phone", "email"}
	case "school", "district":
		return []string{"who", "address", "phone", "email"}
	}
	return []string{"who", "title", "agency", "address", "phone", "email"}
}

// part is where a field of the form stands in a contact.
func contactPart(c *fact.Contact, name string) *string {
	switch name {
	case "who":
		return &c.Name
	case "relation":
		return &c.Relation
	case "title":
		return &c.Title
	case "agency":
		return &c.Agency
	case "address":
		return &c.Address
	case "phone":
		return &c.Phone
	}
	return &c.Email
}

// contactMark names a contact by what it says, so that a form changes the one it was
// made from and no other.
func contactMark(c fact.Contact) string {
	h := sha256.Sum256([]byte(strings.Join([]string{c.Role, c.Name, c.Relation, c.Title, c.Agency, c.Address, c.Phone, c.Email}, "\x00")))
	return hex.EncodeToString(h[:8])
}

func contactAt(cs []fact.Contact, mark string) int {
	return slices.IndexFunc(cs, func(c fact.Contact) bool { return contactMark(c) == mark })
}

// contactRole is what a role is called.
func (f speaker) contactRole(role string) string { return f.cat.T("webcontact.role_" + role) }

// contactLines are a contact's lines below its role.
func (f speaker) contactLine(c fact.Contact) contactLine {
	l := contactLine{Role: f.contactRole(c.Role), Name: c.Name}
	add := func(s string) {
		if s != "" {
			l.Lines = append(l.Lines, s)
		}
	}
	add(c.Relation)
	add(c.Title)
	add(c.Agency)
	l.Lines = append(l.Lines, split(c.Address, "\n")...)
	add(c.Phone)
	add(c.Email)
	return l
}

// A contactFrom is the page about papers that a person came from.
type contactFrom struct{ Page, About string }

var contactPages = regexp.MustCompile(`^papers(?:/new/[a-z0-9-]{1,60}|/checks/[a-z0-9]{1,40})?$`)

// contactFromOf reads where a person came from; what is no page about papers is not it.
func contactFromOf(c *desk.Case, page, about string) (x contactFrom) {
	if contactPages.MatchString(page) {
		x.Page = page
		if c.Entry(about) != nil {
			x.About = about
		}
	}
	return x
}

// path is that page; without one it is the contacts.
func (x contactFrom) path(c *desk.Case) string {
	at := casePath(c.Folder) + "/" + x.Page
	switch {
	case x.Page == "":
		return casePath(c.Folder) + "/contacts"
	case x.About != "":
		return at + "?about=" + x.About
	}
	return at
}

// query names it in an address; "" without one.
func (x contactFrom) query() string {
	q := ""
	if x.Page != "" {
		q = "&return=" + x.Page
	}
	if x.About != "" {
		q += "&about=" + x.About
	}
	return q
}

// contactPage draws the contacts of a case, without a form.
func (s *Site) contactPage(r *http.Request, c *desk.Case) contactPage {
	at := casePath(c.Folder) + "/contacts"
	p := contactPage{Frame: s.caseFrame(r, c, "webcontact.title", "case"), Back: casePath(c.Folder) + "/edit", Action: at}
	may := p.May("change_case")
	for _, x := range c.File.Case.Contacts {
		l := p.speak().contactLine(x)
		if may {
			l.Edit = at + "?at=" + contactMark(x) + "#contact"
		}
		p.List = append(p.List, l)
	}
	if may {
		for _, role := range fact.ContactRoles {
			p.Adds = append(p.Adds, Tab{Href: at + "?add=" + role + "#contact", Label: p.speak().contactRole(role)})
		}
	}
	return p
}

// form puts the form of one contact on the page.
func (p *contactPage) form(x fact.Contact, at string, from contactFrom, bad wrong) {
	f := &contactForm{Role: x.Role, At: at, From: from, Drop: at != "", Title: p.T("webcontact.add_one", "role", p.speak().contactRole(x.Role))}
	if at != "" {
		f.Title = p.T("webcontact.change_one", "role", p.speak().contactRole(x.Role))
	}
	kinds := map[string]string{"address": "textarea", "phone": "tel", "email": "email"}
	for _, n := range contactFields(x.Role) {
		y := Field{Name: n, Label: p.T("webcontact.f_" + n), Kind: "text", Value: *contactPart(&x, n), Max: casefile.MostContactText, Autocomplete: "off"}
		if k := kinds[n]; k != "" {
			y.Kind = k
		}
		switch {
		case n == "address":
			y.Rows, y.Max = 3, casefile.MostAddress
		case n == "who" && (x.Role == "school" || x.Role == "district"):
			y.Label = p.T("webcontact.f_office")
		case n == "relation":
			y.Hint = p.T("webcontact.f_relation_hint")
		}
		if key := bad[n]; key != "" {
			y.Error = p.T(key)
		}
		f.Fields = append(f.Fields, y)
	}
	p.Form, p.Errs = f, f.Fields
}

// contactShow shows the contacts, and the form of one.
func (s *Site) contactShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p := s.contactPage(r, c)
	q := r.URL.Query()
	from := contactFromOf(c, q.Get("return"), q.Get("about"))
	if p.May("change_case") {
		if i := contactAt(c.File.Case.Contacts, q.Get("at")); i >= 0 {
			p.form(c.File.Case.Contacts[i], q.Get("at"), from, nil)
		} else if role := q.Get("add"); slices.Contains(fact.ContactRoles, role) {
			p.form(fact.Contact{Role: role}, "", from, nil)
		}
	}
	if from.Page != "" {
		p.Back = from.path(c)
	}
	for i := range p.Adds {
		p.Adds[i].Href = p.Action + "?add=" + fact.ContactRoles[i] + from.query() + "#contact"
	}
	return s.show(w, r, http.StatusOK, p)
}

// contactTyped reads a contact's form.
func contactTyped(f *Form) (x fact.Contact, bad wrong) {
	bad = wrong{}
	x.Role = f.Text("role", 40)
	if !slices.Contains(fact.ContactRoles, x.Role) {
		bad["who"] = "webcontact.bad_role"
		x.Role = "parent"
	}
	any := false
	for _, n := range contactFields(x.Role) {
		most := casefile.MostContactText
		if n == "address" {
			most = casefile.MostAddress
		}
		v, fits := f.Words(n, most)
		if n != "address" {
			v = strings.Join(strings.Fields(v), " ")
		}
		if *contactPart(&x, n) = v; !fits {
			bad[n] = "webcase.bad_long"
		}
		any = any || v != ""
	}
	if n := utf8.RuneCountInString(x.Email); n > 0 && (!strings.Contains(x.Email, "@") || strings.ContainsAny(x.Email, " ,;<>")) {
		bad["email"] = "webcontact.bad_email"
	}
	if !any {
		bad["who"] = "webcontact.bad_empty"
	}
	return x, bad
}

// contactSave adds, changes or takes out one contact.
func (s *Site) contactSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	at, drop := f.Text("at", 40), f.Text("do", 10) == "drop"
	x, bad := contactTyped(f)
	if drop {
		bad = nil
	}
	clash := false
	err = s.desk.ChangeCase(r.Context(), who(r), caseID(r), "", func(file *casefile.File) error {
		k := &file.Case
		i := contactAt(k.Contacts, at)
		clash = false
		switch {
		case len(bad) > 0:
			return fault.New(fault.Invalid, fault.Position{}, "webcase.bad_form")
		case drop && i < 0:
		case drop:
			k.Contacts = slices.Delete(k.Contacts, i, i+1)
		case slices.Contains(k.Contacts, x): // sent twice
		case at == "":
			k.Contacts = append(k.Contacts, x)
		case i < 0:
			clash = true
			return fault.New(fault.Conflict, fault.Position{}, "desk.changed_meanwhile")
		default:
			k.Contacts[i] = x
		}
		return nil
	})
	c, e := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if e != nil {
		return e
	}
	from := contactFromOf(c, f.Text("return", 100), f.Text("about", 40))
	if err == nil {
		if drop {
			s.done(r, "webcontact.dropped")
		} else {
			s.done(r, "webcontact.saved")
		}
		return s.seeOther(w, r, from.path(c))
	}
	if k := fault.KindOf(err); k != fault.Invalid && !clash {
		return err
	}
	p := s.contactPage(r, c)
	status := http.StatusUnprocessableEntity
	if clash { // both stand on the page: theirs in the list, one's own in the form
		at, status = "", http.StatusConflict
	}
	p.form(x, at, from, bad)
	p.Form.Clash = clash
	if len(bad) == 0 && !clash {
		for _, y := range fault.All(err) {
			p.Notes = append(p.Notes, Note{Tone: "late", Text: p.Fault(y)})
		}
	}
	return s.show(w, r, status, p)
}
