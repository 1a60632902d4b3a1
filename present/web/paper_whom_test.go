package web

import (
	"net/http"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/desk"
	"stayput/fact"
	"stayput/intake/casefile"
	"stayput/people"
)

// whomHouse is paperCase with more contacts.
func whomHouse(t *testing.T, side string, contacts ...string) (*house, string) {
	t.Helper()
	h := calHouse(t, "2025-10-06")
	h.speaks("en", people.Plain)
	text := strings.Replace(paperCase, "SIDE", side, 1)
	at := "record:\n"
	if strings.Count(text, at) != 1 {
		t.Fatal("the sample has changed")
	}
	var more string
	for _, c := range contacts {
		more += "    - " + c + "\n"
	}
	return h, h.openText(strings.Replace(text, at, more+at, 1))
}

// goesTo are the addresses a paper's mail draft goes to openly.
func (h *house) goesTo(at string) []string { h.t.Helper(); return h.goes(at, "To") }

// goes are the addresses in a line of a paper's mail draft.
func (h *house) goes(at, line string) (out []string) {
	h.t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(h.get(at+"/as/eml").is(h.t, http.StatusOK).body))
	if err != nil {
		h.t.Fatal(err)
	}
	all, err := m.Header.AddressList(line)
	if err != nil && err != mail.ErrHeaderNotPresent {
		h.t.Fatal(err)
	}
	for _, a := range all {
		out = append(out, a.Address)
	}
	return out
}

func (h *house) whom(at string, pairs ...string) answer {
	h.t.Helper()
	m := versionField.FindStringSubmatch(h.get(at).is(h.t, http.StatusOK).body)
	v := url.Values{"version": {m[1]}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return h.post(at+"/do/whom", v)
}

// contactsNow changes the contacts of a case.
func (h *house) contactsNow(c string, f func([]fact.Contact) []fact.Contact) {
	h.t.Helper()
	err := h.site.desk.ChangeCase(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), "", func(file *casefile.File) error {
		file.Case.Contacts = f(slices.Clone(file.Case.Contacts))
		return nil
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func lacks(t *testing.T, text string, not ...string) {
	t.Helper()
	for _, s := range not {
		if strings.Contains(text, s) {
			t.Errorf("says %q:\n%s", s, text)
		}
	}
}

func holds(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, s := range want {
		if !strings.Contains(text, s) {
			t.Errorf("does not say %q:\n%s", s, text)
		}
	}
}

var twoTeachers = []string{
	`{role: teacher, name: Ben Ohm, title: Teacher, address: "2 School Road", email: ben@example.org}`,
	`{role: teacher, name: Cleo Paz, title: Resource teacher, address: "9 Other Road", email: cleo@example.org}`,
}

// Of two teachers the writer chooses one; the letter, its greeting and its message go to
// that one, and to nobody else when that one is a contact no more.
func TestWhomOfTwo(t *testing.T) {
	h, c := whomHouse(t, "family", twoTeachers...)
	h.get(c+"/papers/new/demand-pwn").is(t, http.StatusOK).says(t, `value="teacher:Ben Ohm"`, `value="teacher:Cleo Paz"`, "As usual: The director of special education: D. Sample", "Whoever usually writes it")
	at := h.begin(c, "demand-pwn", "to", "teacher:Cleo Paz")
	p := h.kept(c, at)
	holds(t, p.Text, "Cleo Paz\nResource teacher\n", "9 Other Road", "Dear Cleo Paz:")
	lacks(t, p.Text, "Ben Ohm", "2 School Road")
	if got := h.goesTo(at); !slices.Equal(got, []string{"cleo@example.org"}) {
		t.Errorf("goes to %q", got)
	}
	h.get(at).says(t, `action="`+at+`/do/whom"`, `value="Cleo Paz" selected`)
	// The first one, when nobody was chosen; and that is kept.
	first := h.begin(c, "demand-pwn", "to", "teacher")
	if p := h.kept(c, first); p.ToWho != "Ben Ohm" || !strings.Contains(p.Text, "Dear Ben Ohm:") {
		t.Errorf("to %q:\n%s", p.ToWho, p.Text)
	}
	// Another one, on the page of the draft: the text says so everywhere.
	h.whom(at, "to", "Ben Ohm").is(t, http.StatusSeeOther)
	h.get(at).says(t, "The names and addresses were exchanged.", `value="Ben Ohm" selected`)
	p = h.kept(c, at)
	holds(t, p.Text, "Ben Ohm\nTeacher\n", "2 School Road", "Dear Ben Ohm:")
	lacks(t, p.Text, "Cleo Paz", "9 Other Road")
	lacks(t, h.get(at).body, "The record says otherwise")
	// The chosen one goes: nobody else gets it, and the page says so until somebody is chosen.
	h.contactsNow(c, func(cs []fact.Contact) []fact.Contact {
		return slices.DeleteFunc(cs, func(x fact.Contact) bool { return x.Name == "Ben Ohm" })
	})
	h.get(at).is(t, http.StatusOK).says(t, "Ben Ohm is not among the contacts of this case any more", "Choose again")
	if got := h.goesTo(at); len(got) != 0 {
		t.Errorf("goes to %q, who was never chosen", got)
	}
	h.whom(at, "to", "Ben Ohm").is(t, http.StatusSeeOther)
	h.get(at).says(t, "Nobody of that name is among the contacts")
	h.whom(at, "to", "Cleo Paz").is(t, http.StatusSeeOther)
	p = h.kept(c, at)
	holds(t, p.Text, "Cleo Paz\nResource teacher\n", "9 Other Road", "Dear Cleo Paz:")
	lacks(t, p.Text, "Ben Ohm", "2 School Road")
	lacks(t, h.get(at).body, "any more. Choose", "/do/whom")
}

// What somebody wrote by hand into the address stays, and the page says so.
func TestWhomByHand(t *testing.T) {
	h, c := whomHouse(t, "family", twoTeachers...)
	at := h.begin(c, "demand-pwn", "to", "teacher:Ben Ohm")
	p := h.kept(c, at)
	p.Text = strings.Replace(p.Text, "2 School Road", "Room 4", 1)
	if err := h.site.desk.SavePaper(t.Context(), h.who(), p.Case, p); err != nil {
		t.Fatal(err)
	}
	h.whom(at, "to", "Cleo Paz").is(t, http.StatusSeeOther)
	h.get(at).says(t, "changed the names or addresses in this text by hand")
	p = h.kept(c, at)
	holds(t, p.Text, "Room 4", "Dear Cleo Paz:")
	if got := h.goesTo(at); !slices.Equal(got, []string{"cleo@example.org"}) {
		t.Errorf("goes to %q", got)
	}
	// Who saves second is told, and nothing is exchanged.
	stale := url.Values{"version": {"1"}, "to": {"Ben Ohm"}}
	h.post(at+"/do/whom", stale).is(t, http.StatusConflict)
	if p := h.kept(c, at); p.ToWho != "Cleo Paz" {
		t.Errorf("to %q", p.ToWho)
	}
}

const secondParent = `{role: parent, name: Iván R., relation: father, address: "7 Far Street\nFresno, CA 93700", phone: 555-0100, email: ivan@example.org}`

// What a school writes to the parents goes to each of them, unless one is chosen.
func TestWhomBothParents(t *testing.T) {
	h, c := whomHouse(t, "school", secondParent)
	no := h.caseOf(c).Name("no")
	h.get(c+"/papers/new/pwn").is(t, http.StatusOK).says(t, "As usual: Each parent: Ana R. and Iván R.", `value="parent:Ana R."`, `value="parent:Iván R."`, "neither is told where the other lives")
	at := h.begin(c, "pwn", "about", no)
	p := h.kept(c, at)
	holds(t, p.Text, "\n\nAna R.\nIván R.\n\n", "Dear Ana R. and Iván R.:")
	lacks(t, p.Text, "1 Example Street", "7 Far Street") // neither is told where the other lives
	if got, open := h.goes(at, "Bcc"), h.goesTo(at); !slices.Equal(got, []string{"ana@example.org", "ivan@example.org"}) || len(open) > 0 || p.ToWho != "" {
		t.Errorf("goes to %q, and openly to %q, %q", got, open, p.ToWho)
	}
	es := h.begin(c, "pwn", "about", no, "lang", "es")
	if p := h.kept(c, es); p.Lang == "es" {
		holds(t, p.Text, "Ana R. e Iván R.")
	}
	h.whom(at, "to", "Iván R.").is(t, http.StatusSeeOther)
	p = h.kept(c, at)
	holds(t, p.Text, "Iván R.\n7 Far Street", "Dear Iván R.:")
	lacks(t, p.Text, "Ana R.", "1 Example Street")
	if got := h.goesTo(at); !slices.Equal(got, []string{"ivan@example.org"}) {
		t.Errorf("goes to %q", got)
	}
	h.whom(at, "to", "").is(t, http.StatusSeeOther)
	p = h.kept(c, at)
	holds(t, p.Text, "\n\nAna R.\nIván R.\n\n", "Dear Ana R. and Iván R.:")
	lacks(t, p.Text, "1 Example Street", "7 Far Street") // neither is told where the other lives
	// Parents of one address stand in one block.
	h.contactsNow(c, func(cs []fact.Contact) []fact.Contact {
		for i := range cs {
			if cs[i].Name == "Iván R." {
				cs[i].Address = cs[0].Address
			}
		}
		return cs
	})
	at = h.begin(c, "pwn", "about", no)
	holds(t, h.kept(c, at).Text, "\n\nAna R.\nIván R.\n1 Example Street\nOakland, CA 94600\n\n")
	if got := h.goesTo(at); !slices.Equal(got, []string{"ana@example.org", "ivan@example.org"}) {
		t.Errorf("goes to %q", got)
	}
}

// Of two parents who live apart, the one who writes is chosen; where the child lives is
// asked, because the record does not say it.
func TestWhomWrites(t *testing.T) {
	h, c := whomHouse(t, "family", secondParent)
	h.get(c+"/papers/new/demand-pwn").is(t, http.StatusOK).says(t, `value="parent:Ana R."`, `value="parent:Iván R."`, "As usual: A parent: Ana R.")
	at := h.begin(c, "demand-pwn", "sender", "parent:Iván R.")
	p := h.kept(c, at)
	holds(t, p.Text, "Iván R.\n7 Far Street, Fresno, CA 93700\n555-0100 · ivan@example.org", "Iván R., father")
	lacks(t, p.Text, "Ana R.", "1 Example Street")
	h.whom(at, "sender", "Ana R.").is(t, http.StatusSeeOther)
	p = h.kept(c, at)
	holds(t, p.Text, "Ana R.\n1 Example Street", "Ana R., mother")
	lacks(t, p.Text, "Iván R.", "7 Far Street")
	at = h.begin(c, "due-process-complaint")
	holds(t, h.kept(c, at).Text, "[[Where does the child live?]]")
}

// Bad input: names that nobody has, names of 200 characters, one name twice.
func TestWhomBadInput(t *testing.T) {
	long := strings.Repeat("Ñ", 200)
	h, c := whomHouse(t, "family", append(twoTeachers, `{role: teacher, name: `+long+`}`, `{role: principal, name: Kit Lo, phone: "1"}`, `{role: principal, name: Kit Lo, phone: "2"}`, `{role: principal, name: "<script>alert(1)</script>"}`)...)
	for _, to := range []string{"teacher:", "teacher:" + long, "principal:Kit Lo (2)", "principal:<script>alert(1)</script>"} {
		h.begin(c, "demand-pwn", "to", to)
	}
	a := h.get(c+"/papers/new/demand-pwn").is(t, http.StatusOK).says(t, `value="principal:Kit Lo (1)"`, `value="principal:Kit Lo (2)"`)
	lacks(t, a.body, "<script>alert", strings.Repeat("Ñ", 81)+"</option")
	for _, to := range []string{"teacher:nobody", "principal:Kit Lo", "king:Ben Ohm", "parent:Ana R.", "teacher:" + strings.Repeat("x", 5000), ":Ben Ohm", "principal:Ben Ohm"} {
		v := url.Values{"name": {desk.NewName()}, "lang": {"en"}, "register": {"plain"}, "to": {to}}
		h.post(c+"/papers/new/demand-pwn", v).is(t, http.StatusUnprocessableEntity)
	}
	at := h.begin(c, "demand-pwn", "to", "principal:Kit Lo (2)")
	if p := h.kept(c, at); p.ToWho != "Kit Lo (2)" {
		t.Errorf("to %q", p.ToWho)
	}
	for _, to := range []string{"nobody", "", "Kit Lo", strings.Repeat("x", 5000), "<script>alert(1)"} {
		h.whom(at, "to", to).is(t, http.StatusSeeOther)
		if p := h.kept(c, at); p.ToWho != "Kit Lo (2)" {
			t.Errorf("%.20q: to %q", to, p.ToWho)
		}
	}
	// One of the two goes: the name that is left does not say which one was meant.
	h.contactsNow(c, func(cs []fact.Contact) []fact.Contact {
		return slices.DeleteFunc(cs, func(x fact.Contact) bool { return x.Phone == "2" })
	})
	h.get(at).says(t, "Kit Lo (2) is not among the contacts")
	if got := h.goesTo(at); len(got) != 0 {
		t.Errorf("goes to %q", got)
	}
}

// What was alike stays, and what was drafted is exchanged, whatever stands between.
func TestRetold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was := append([]string{"head"}, rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c\nd", "e", "f"}), 0, 5, rapid.ID).Draw(t, "was")...)
		now := []string{"head"}
		for i, s := range was[1:] {
			switch rapid.IntRange(0, 3).Draw(t, "do") {
			case 0:
				now = append(now, s)
			case 1:
				now = append(now, "new "+s)
			case 2:
				now = append(now, s, "more "+itoa(i))
			}
		}
		got, left := retold(strings.Join(was, "\n\n")+"\n", was, now)
		if left || got != strings.Join(now, "\n\n")+"\n" {
			t.Fatalf("%q to %q gives %q, %v", was, now, got, left)
		}
	})
}

// Only who holds the rights gives or refuses consent: an advocate is not offered as the
// writer, and is refused.
func TestConsentIsSignedByWhoHoldsTheRights(t *testing.T) {
	h, c := whomHouse(t, "family", "{role: advocate, name: Ana A.}")
	const advocate = `value="advocate"`
	if a := h.get(c+"/papers/new/request-records").is(t, http.StatusOK); !strings.Contains(a.body, advocate) {
		t.Error("an advocate may not ask for records")
	}
	if a := h.get(c+"/papers/new/revocation-consent").is(t, http.StatusOK); strings.Contains(a.body, advocate) {
		t.Error("an advocate may take back a parent's consent")
	}
}
