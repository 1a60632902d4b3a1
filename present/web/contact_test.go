package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

const contactCase = `stayput: 1
case: {title: "Sample: contacts", child: {name: Sol, born: 2016-03-01}, jurisdiction: us-ca, side: family, sample: yes, contacts: [{role: parent, name: Ana R., relation: mother}]}
record: []
`

func (h *house) contacts(c string) []fact.Contact {
	h.t.Helper()
	got, err := h.site.desk.Case(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), desk.View{})
	if err != nil {
		h.t.Fatal(err)
	}
	return got.File.Case.Contacts
}

// Contacts are added, changed and taken out one at a time; the same form twice does it once.
func TestContactsAreKept(t *testing.T) {
	h := calHouse(t, "2025-10-06")
	h.speaks("en", people.Plain)
	c := h.openText(contactCase)
	h.get(c+"/edit").is(t, http.StatusOK).says(t, c+"/contacts")
	h.get(c+"/contacts").is(t, http.StatusOK).says(t, "Ana R.", "mother", "?add=principal")
	h.get(c+"/contacts?add=principal").is(t, http.StatusOK).says(t, "Add: The principal", `name="agency"`)
	v := url.Values{"do": {"save"}, "role": {"principal"}, "who": {" P.   Sample "}, "title": {"Principal"}, "address": {"20 Example Street\r\nOakland, CA 94600"}, "phone": {"510-555-0120"}, "email": {"p@example.org"}}
	for range 2 {
		h.post(c+"/contacts", v).is(t, http.StatusSeeOther)
	}
	want := fact.Contact{Role: "principal", Name: "P. Sample", Title: "Principal", Address: "20 Example Street\nOakland, CA 94600", Phone: "510-555-0120", Email: "p@example.org"}
	if got := h.contacts(c); len(got) != 2 || got[1] != want {
		t.Fatalf("contacts are %+v", got)
	}
	at := contactMark(want)
	h.get(c+"/contacts?at="+at).is(t, http.StatusOK).says(t, "Change: The principal", "20 Example Street\nOakland, CA 94600</textarea>")
	v.Set("at", at)
	v.Set("who", "Q. Sample")
	for range 2 {
		h.post(c+"/contacts", v).is(t, http.StatusSeeOther)
	}
	if got := h.contacts(c); len(got) != 2 || got[1].Name != "Q. Sample" || got[0].Name != "Ana R." {
		t.Fatalf("contacts are %+v", got)
	}
	// Made from a form that is older than somebody's change: nothing is written over.
	v.Set("who", "Third")
	h.post(c+"/contacts", v).is(t, http.StatusConflict).says(t, "meanwhile", "Q. Sample", `value="Third"`)
	if got := h.contacts(c); len(got) != 2 || got[1].Name != "Q. Sample" {
		t.Fatalf("contacts are %+v", got)
	}
	for range 2 {
		h.post(c+"/contacts", url.Values{"do": {"drop"}, "at": {contactMark(h.contacts(c)[0])}, "role": {"parent"}})
		if got := h.contacts(c); len(got) == 1 {
			break
		}
	}
	if got := h.contacts(c); len(got) != 1 || got[0].Role != "principal" {
		t.Fatalf("contacts are %+v", got)
	}
}

// What cannot stand in a letter is said beside its field, and nothing typed is lost.
func TestContactsAreRefusedOnThePage(t *testing.T) {
	h := calHouse(t, "2025-10-06")
	h.speaks("en", people.Plain)
	c := h.openText(contactCase)
	for name, x := range map[string]struct {
		v    url.Values
		says string
	}{
		"nothing":  {url.Values{"role": {"teacher"}}, "Write at least a name"},
		"no role":  {url.Values{"role": {"king"}, "who": {"Kept"}}, "Choose who this is"},
		"no email": {url.Values{"role": {"teacher"}, "who": {"Kept"}, "email": {"a@b.org, c@d.org"}}, "such as name@example.org"},
		"long":     {url.Values{"role": {"teacher"}, "who": {strings.Repeat("é", 201)}}, "éééé"},
		"address":  {url.Values{"role": {"teacher"}, "who": {"Kept"}, "address": {strings.Repeat("a", 501)}}, "Kept"},
	} {
		x.v.Set("do", "save")
		if a := h.post(c+"/contacts", x.v); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, x.says) {
			t.Errorf("%s: %d, without %q", name, a.status, x.says)
		}
	}
	h.post(c+"/contacts", url.Values{"do": {"save"}, "role": {"teacher"}, "who": {"<script>alert(1)</script>"}}).is(t, http.StatusSeeOther)
	if a := h.get(c + "/contacts"); strings.Contains(a.body, "<script>alert") {
		t.Error("a name became a script")
	}
	// Back to the paper it was asked for, and to no other place.
	for to, want := range map[string]string{"papers/new/x": c + "/papers/new/x", "papers": c + "/papers", "//evil.example/papers": c + "/contacts", "/cases/other/papers": c + "/contacts", "papers/new/x\nLocation: y": c + "/contacts", "papers/../../other": c + "/contacts"} {
		a := h.post(c+"/contacts", url.Values{"do": {"save"}, "role": {"teacher"}, "who": {to}, "return": {to}}).is(t, http.StatusSeeOther)
		if got := a.header.Get("Location"); got != want {
			t.Errorf("%s leads to %s", to, got)
		}
	}
}
