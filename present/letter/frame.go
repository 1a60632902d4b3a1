package letter

import (
	"slices"
	"strings"

	"stayput/fact"
	"stayput/format/document"
	"stayput/paper"
)

// offices are readers whom a letter greets by no name: nobody writes "Dear Hearing Office".
var offices = []paper.Role{"other_party", "hearing_office", "state_agency", "civil_rights_office"}

// head is the frame of a letter before its body.
func (c *composer) head() {
	get := func(f string) string { s, _ := c.value(f, "", nil); return s }
	need := func(f string) document.Run {
		if s := get(f); s != "" {
			return document.Run{Text: s}
		}
		return c.ask(c.question(f, ""))
	}
	lines := func(f string) []string {
		var out []string
		for _, s := range strings.Split(c.f.Fields[f].Said, "\n") {
			if s = oneLine(s); s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	from := []document.Run{need("sender.name")}
	add := func(runs []document.Run, s string) []document.Run {
		if s == "" {
			return runs
		}
		return append(runs, document.Run{Text: "\n" + s})
	}
	from = add(from, strings.Join(lines("sender.address"), ", ")) // on one line: it is not what an envelope shows
	phone, email := get("sender.phone"), get("sender.email")
	if phone == "" && email == "" && len(lines("sender.address")) == 0 {
		from = append(from, document.Run{Text: "\n"}, c.ask(c.o.Cat.T("letter.ask_sender_contact")))
	}
	from = add(from, strings.Join(some(phone, email), " · "))
	c.put([]string{"sender_contact"}, document.Paragraph{Runs: join(from)})
	c.put([]string{"date"}, document.Paragraph{Runs: []document.Run{need("today")}})

	reader := c.f.To
	if reader == "" {
		reader = c.p.To
	}
	role := "letter.to_" + string(reader)
	var to []document.Run
	name, title := get("to.name"), get("to.title")
	switch {
	case name != "":
		to = add([]document.Run{{Text: name}}, title)
	case title != "":
		to = []document.Run{{Text: title}}
	case c.o.Cat.Has(role):
		to = []document.Run{{Text: c.o.Cat.T(role)}}
	default:
		to = []document.Run{c.ask(c.question("to.name", ""))}
	}
	to = add(to, get("to.agency"))
	for _, s := range lines("to.address") {
		to = add(to, s)
	}
	blocks := addressees(c.f.Whom, c.o.Cat.T("letter.to_parent"))
	if blocks == nil {
		blocks = []document.Paragraph{{Runs: join(to)}}
	}
	for _, b := range blocks {
		c.put([]string{"recipient_title"}, b)
	}

	re := []document.Run{{Text: c.o.Cat.T("letter.re") + " ", Bold: true}}
	for _, r := range c.say(c.p.Subject, "", nil) {
		r.Bold = !r.Blank
		re = append(re, r)
	}
	re = append(re, document.Run{Text: "\n"})
	re = append(re, c.child(need)...)
	c.put([]string{"child_identity", "child_name", "student"}, document.Paragraph{Runs: join(re)})
	greet := name
	if greet == "" {
		greet = title
	}
	if office := slices.Contains(offices, reader); greet == "" && !office && c.o.Cat.Has(role) {
		greet = c.o.Cat.T(role)
	}
	if greet == "" {
		c.put(nil, document.Paragraph{Runs: []document.Run{{Text: c.o.Cat.T("letter.dear_any")}}})
	} else {
		c.put(nil, document.Paragraph{Runs: []document.Run{{Text: c.o.Cat.T("letter.dear", "name", greet)}}})
	}
}

// addressees is the address block of several people; nil where there are not several. Who
// does not live with the others is not told their address, nor they this one's: it may be
// kept from them for a reason. unnamed is what one without a name is called.
func addressees(whom []*fact.Contact, unnamed string) []document.Paragraph {
	if len(whom) < 2 {
		return nil
	}
	var names []string
	for _, p := range whom {
		if s := oneLine(p.Name); s != "" && !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	if len(names) == 0 {
		names = []string{unnamed}
	}
	if together(whom) {
		for _, line := range strings.Split(whom[0].Address, "\n") {
			names = append(names, some(oneLine(line))...)
		}
	}
	return []document.Paragraph{{Runs: []document.Run{{Text: strings.Join(names, "\n")}}}}
}

// together reports that people have one address, which the record knows.
func together(whom []*fact.Contact) bool {
	return oneLine(whom[0].Address) != "" && !slices.ContainsFunc(whom, func(p *fact.Contact) bool { return oneLine(p.Address) != oneLine(whom[0].Address) })
}

// child names the child, the day of birth and the school.
func (c *composer) child(need func(string) document.Run) []document.Run {
	out := []document.Run{need("child.name"), {Text: ", " + c.o.Cat.T("letter.born") + " "}, need("child.born")}
	if s, ok := c.value("school.name", "", nil); ok {
		out = append(out, document.Run{Text: ", " + s})
	}
	return out
}

// some are the texts that are not empty.
func some(ss ...string) (out []string) {
	for _, s := range ss {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// join joins runs of one look.
func join(in []document.Run) (out []document.Run) {
	for _, r := range in {
		if n := len(out); n > 0 && !r.Blank && !out[n-1].Blank && out[n-1].Bold == r.Bold {
			out[n-1].Text += r.Text
		} else {
			out = append(out, r)
		}
	}
	return out
}

// formHead is a form's title and whom it is about.
func (c *composer) formHead() {
	cat := c.o.Cat
	c.put(nil, document.Heading{Level: 1, Text: c.out.Title})
	t := document.Table{Caption: cat.T("letter.about_child"), Head: []string{cat.T("letter.what"), cat.T("letter.value")}, Widths: []int{1, 2}}
	for _, f := range []string{"child.name", "child.born", "school.name", "district.name", "today"} {
		run := document.Run{}
		if s, ok := c.value(f, "", nil); ok {
			run.Text = s
		} else {
			run = c.ask(c.question(f, ""))
		}
		t.Rows = append(t.Rows, []document.Cell{document.Lines(cat.T("letter.label_" + strings.ReplaceAll(f, ".", "_"))), {{Runs: []document.Run{run}}}})
	}
	c.put([]string{"child_identity", "date"}, t)
}

// end is the frame of a letter after its body.
func (c *composer) end() {
	cat := c.o.Cat
	c.put(nil, document.Paragraph{Runs: []document.Run{{Text: cat.T("letter.closing_" + c.closing())}}})
	name, ok := c.value("sender.name", "", nil)
	if !ok {
		name = cat.T("letter.signature")
	}
	if s, ok := c.value("sender.relation", "", nil); ok {
		name += ", " + s
	}
	if by := c.f.Sender; c.closing() != "school" && (by == "advocate" || by == "attorney") { // "I" is the parent, for whom somebody writes
		name = cat.T("letter.for", "name", name, "who", c.family())
	}
	c.put([]string{"signature_date", "signature_contact", "written", "written_form"}, document.Signature{Lines: []document.SignLine{{Label: name}}})
}

// family names the parents for whom somebody writes.
func (c *composer) family() string {
	var names []string
	for _, p := range c.o.Case.ContactsOf("parent") {
		if s := oneLine(p.Name); s != "" && !slices.Contains(names, s) {
			names = append(names, s)
		}
	}
	if len(names) == 0 {
		return c.o.Cat.T("letter.for_family")
	}
	return c.o.Cat.List(names)
}

// closing is how a letter ends.
func (c *composer) closing() string {
	switch {
	case c.p.Side == paper.LEA || c.p.Side == paper.Either && c.o.Case.Side == fact.SchoolSide:
		return "school"
	case c.p.Form == paper.Email:
		return "email"
	}
	return string(c.o.Register)
}
