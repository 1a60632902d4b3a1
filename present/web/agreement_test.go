package web

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

// agreedCase is a settlement carried out in part. Its numbers are counted by hand: of
// 600 minutes 60 and 45 were given, so 495 are owed; of $1,250.00 $400.10 came back, so
// $849.90 are owed.
const agreedCase = `stayput: 1
case: {title: "Sample: a settlement", child: {name: Sol, born: 2016-03-01}, jurisdiction: us-ca, zone: America/Los_Angeles, side: SIDE, sample: yes}
record:
  - {id: deal, on: 2025-06-02, kind: settlement_signed, with: [mother, director]}
  - {id: hours, on: 2025-06-02, kind: remedy_promised, re: deal, about: [compensatory], summary: "Ten hours of reading help", until: 2025-09-30, minutes: 600}
  - {id: g1, on: 2025-07-01, kind: remedy_given, re: hours, minutes: 60}
  - {id: g2, on: 2025-07-08, kind: remedy_given, re: hours, minutes: 45}
  - {id: money, on: 2025-06-02, kind: remedy_promised, re: deal, about: [reimbursement], summary: "Pay back the tutor", until: 2025-10-16, amount: 1250.00}
  - {id: part, on: 2025-08-01, kind: remedy_given, re: money, amount: 400.10}
  - {id: train, on: 2025-06-02, kind: remedy_promised, re: deal, about: [training], summary: "Train the aides <b>twice</b>"}
  - {id: trained, on: 2025-08-20, kind: remedy_completed, re: train}
`

func agreedHouse(t *testing.T, side, lang string) (*house, string) {
	t.Helper()
	h := calHouse(t, "2025-10-06")
	h.speaks(lang, people.Plain)
	return h, h.openText(strings.Replace(agreedCase, "SIDE", side, 1))
}

var agreementLink = regexp.MustCompile(`href="(/cases/[a-z0-9-]+/agreements/[a-z2-7]{16})"`)

// agreementOf is the page of the first agreement of the list.
func (h *house) agreementOf(t *testing.T, c string) string {
	t.Helper()
	m := agreementLink.FindStringSubmatch(h.get(c+"/agreements").is(t, http.StatusOK).body)
	if m == nil {
		t.Fatal("the list leads to no agreement")
	}
	return m[1]
}

// Late first, then everything; balances to the minute and the cent; both languages and
// both sides.
func TestAgreementsAreListed(t *testing.T) {
	h, c := agreedHouse(t, "family", "en")
	a := h.get(c+"/agreements").is(t, http.StatusOK)
	// Due September 30, today October 6: six days late. Due October 16: in ten days.
	a.says(t, "1 promise is late.", "Ten hours of reading help", "6 days late", "600 minutes", "105 minutes", "495 minutes", "3 promises, 2 still to be done", "Train the aides &lt;b&gt;twice&lt;/b&gt;", "It may have been done")
	if strings.Index(a.body, "late-h") > strings.Index(a.body, "all-h") {
		t.Error("what is late does not stand first")
	}
	at := h.agreementOf(t, c)
	a = h.get(at).is(t, http.StatusOK)
	a.says(t, "Settlement made in another way", "mother, director", "IDEA names no days to cancel it", "$1,250", "$400.10", "$849.90", "Due in 10 days", "Done: August 20, 2025",
		"If it is not carried out", "A complaint to the State", "tit. 5, § 3201(c)(1)", "/law/rules/us-ca.statecomplaint.settlement", "The paper itself says", "Words to ask with", "“Ten hours of reading help.”", "Money back for a private school", "56176")
	if strings.Contains(a.body, "<b>twice") {
		t.Error("words of the record are markup")
	}
	h.get(c+"/carry").is(t, http.StatusOK).says(t, "Agreements and decisions still owe 495 minutes and $849.90.", "1 promise of an agreement or a decision is late.", c+"/agreements")
	h.get(c).is(t, http.StatusOK).says(t, "Ask in writing when what was promised will be done: Ten hours of reading help.")

	h, c = agreedHouse(t, "school", "es")
	a = h.get(c+"/agreements").is(t, http.StatusOK)
	a.says(t, "1 promesa está atrasada.", "6 días de atraso", "495 minutos", "Acuerdos y reparaciones")
	a = h.get(h.agreementOf(t, c)).is(t, http.StatusOK)
	a.says(t, "Si no se cumple", "Una queja ante el estado", "$849.90")
	if strings.Contains(a.body, "Palabras para preguntar") || strings.Contains(a.body, "Pagamos algo") {
		t.Error("a school is offered the family's words")
	}
	h.get(c).is(t, http.StatusOK).says(t, "Cumpla lo prometido, o anote que ya se hizo: Ten hours of reading help.")
}

// The table for a spreadsheet.
func TestAgreementTable(t *testing.T) {
	h, c := agreedHouse(t, "family", "en")
	a := h.get(c+"/agreements.csv").is(t, http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.body, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%v, %d rows", err, len(rows))
	}
	at := func(name string) int {
		i := slices.Index(rows[0], name)
		if i < 0 {
			t.Fatalf("no column %q in %q", name, rows[0])
		}
		return i
	}
	r := rows[1]
	if r[at("Promise")] != "Ten hours of reading help" || r[at("Minutes still owed")] != "495" || r[at("Days late")] != "6" || r[at("Due")] != "2025-09-30" {
		t.Errorf("%q", r)
	}
	if r = rows[2]; r[at("Dollars still owed")] != "849.90" || r[at("Dollars promised")] != "1250" {
		t.Errorf("%q", r)
	}
}

// An agreement is written down, then what it promises, what was given, that somebody
// asked, what the family paid with its receipt, and that it is done. Sent twice, each
// stands once.
func TestAgreementToItsEnd(t *testing.T) {
	h := calHouse(t, "2025-10-06")
	h.speaks("en", people.Plain)
	c := h.openText(strings.SplitN(strings.Replace(agreedCase, "SIDE", "family", 1), "record:", 2)[0])
	h.get(c+"/agreements").is(t, http.StatusOK).says(t, "No agreement and no decision is written down", "An agreement in mediation was signed")
	name := desk.NewName()
	form := url.Values{"do": {"new"}, "name": {name}, "new_kind": {"resolution_agreement_executed"}, "new_on": {"2025-10-02"}, "new_with": {"mother; director"}, "new_wall": {"open"}}
	for range 2 {
		h.upload(c+"/agreements", form, sent{"new_files", "signed.pdf", []byte("%PDF-1.4 signed")}).is(t, http.StatusSeeOther)
	}
	at := c + "/agreements/" + name
	// Signed on Thursday, October 2: Friday, Monday and Tuesday, October 7, are business days.
	h.get(at).is(t, http.StatusOK).says(t, "Either side may cancel it in writing until Tuesday, October 7, 2025", "56501.5", "1 file", "mother, director", "No promise of it is written down yet")
	h.get(c+"/agreements").is(t, http.StatusOK).says(t, "May still be cancelled")
	post := func(do, of string, pairs ...string) answer {
		prefix := do + "_"
		v := url.Values{"do": {do}, "name": {desk.NewName()}}
		if of != "" {
			v.Set("of", of)
			prefix += of + "_"
		}
		for i := 0; i+1 < len(pairs); i += 2 {
			v.Add(prefix+pairs[i], pairs[i+1])
		}
		return h.upload(at, v)
	}
	post("promise", "", "sort", "compensatory", "words", "20 hours of speech", "until", "2025-12-19", "minutes", "1,200").is(t, http.StatusSeeOther)
	p := h.newest(remedyPromised)
	if p.Kind != remedyPromised || p.Fields.Minutes != 1200 || p.On.Earliest.String() != "2025-10-02" || p.Fields.About[0] != "compensatory" {
		t.Fatalf("%s %+v", p.Kind, p.Fields)
	}
	of := p.ID
	post("give", of, "minutes", "30", "on", "2025-10-03", "words", "One session").is(t, http.StatusSeeOther)
	if e := h.newest(remedyGiven); e.Kind != remedyGiven || e.Re != p.ID || e.Fields.Minutes != 30 {
		t.Fatalf("%s %+v re %s", e.Kind, e.Fields, e.Re)
	}
	h.get(at).is(t, http.StatusOK).says(t, "1,200 minutes", "1,170 minutes", "One session", "no paper")
	post("ask", of, "with", "the director", "on", "2025-10-04", "response", "Soon").is(t, http.StatusSeeOther)
	if e := h.newest(remedyAsked); e.Kind != remedyAsked || e.Fields.Response != "Soon" || e.Fields.With[0] != "the director" {
		t.Fatalf("%s %+v", e.Kind, e.Fields)
	}
	v := url.Values{"do": {"paid"}, "name": {desk.NewName()}, "paid_amount": {"$80.50"}, "paid_on": {"2025-09-02"}, "paid_words": {"Tutor"}}
	h.upload(at, v, sent{"paid_files", "receipt.txt", []byte("80.50")}).is(t, http.StatusSeeOther)
	if e := h.newest(expensePaid); e.Kind != expensePaid || e.Fields.Amount != "80.50" || len(e.Files) != 1 {
		t.Fatalf("%s %+v %v", e.Kind, e.Fields, e.Files)
	}
	h.get(at).is(t, http.StatusOK).says(t, "The family paid $80.50. Receipts are here for $80.50.")
	// More than was promised is said, and nothing is taken off.
	post("give", of, "minutes", "1500", "on", "2025-10-05").is(t, http.StatusSeeOther)
	h.get(at).is(t, http.StatusOK).says(t, "330 minutes more than promised", "nothing was taken off", "Given in full")
	post("done", of, "on", "2025-10-06").is(t, http.StatusSeeOther)
	h.get(at).is(t, http.StatusOK).says(t, "Done: October 6")
	// Cancelled in time, after something was given: nothing of it is owed or offered.
	h.upload(c+"/add?any=1", url.Values{"name": {desk.NewName()}, "kind": {"resolution_agreement_voided"}, "on": {"2025-10-06"}, "re": {name}}).is(t, http.StatusSeeOther)
	a := h.get(at).is(t, http.StatusOK)
	a.says(t, "It was cancelled: October 6", "The agreement was cancelled after something had been given")
	if strings.Contains(a.body, "Add one thing it promises") {
		t.Error("a promise is offered for what was cancelled")
	}
	post("give", of, "minutes", "5", "on", "2025-10-06").is(t, http.StatusUnprocessableEntity)
}

// What makes no sense is refused with words, and what was typed is kept.
func TestAgreementBadInput(t *testing.T) {
	h, c := agreedHouse(t, "family", "en")
	at := h.agreementOf(t, c)
	of := ""
	for _, m := range regexp.MustCompile(`name="of" value="([a-z2-7]{16})"`).FindAllStringSubmatch(h.get(at).body, 1) {
		of = m[1]
	}
	if of == "" {
		t.Fatal("no promise has a form")
	}
	now := len(h.cases()[0].File.Entries)
	for _, x := range []struct {
		do, of string
		fields []string
		says   string
	}{
		{"promise", "", []string{"sort", "services", "words", ""}, "Write what was promised"},
		{"promise", "", []string{"sort", "money for nothing", "words", "Kept words"}, "Kept words"},
		{"promise", "", []string{"sort", "services", "words", "x", "until", "2025-06-01"}, "This day is before the agreement"},
		{"promise", "", []string{"sort", "services", "words", "x", "until", "2095-06-01"}, "Check the year"},
		{"promise", "", []string{"sort", "services", "words", "x", "minutes", "-5"}, "Write whole minutes"},
		{"promise", "", []string{"sort", "services", "words", "x", "minutes", "99999999"}, "Write whole minutes"},
		{"promise", "", []string{"sort", "services", "words", "x", "amount", "-1"}, "Write dollars as a number"},
		{"promise", "", []string{"sort", "services", "words", "x", "amount", "1e9"}, "Write dollars as a number"},
		{"promise", "", []string{"sort", "services", "words", "x", "amount", "99999999999"}, "Write dollars as a number"},
		{"give", of, []string{"on", "2025-10-01"}, "Write how much was given"},
		{"give", of, []string{"on", "2099-10-01", "minutes", "5"}, ""},
		{"give", of, []string{"on", "soon", "minutes", "5"}, ""},
		{"give", desk.NewName(), []string{"on", "2025-10-01", "minutes", "5"}, ""},
		{"paid", "", []string{"on", "2025-10-01", "amount", "0"}, "Write dollars as a number"},
		{"nothing", "", nil, ""},
	} {
		prefix := x.do + "_"
		v := url.Values{"do": {x.do}, "name": {desk.NewName()}}
		if x.of != "" {
			v.Set("of", x.of)
			prefix += x.of + "_"
		}
		for i := 0; i+1 < len(x.fields); i += 2 {
			v.Add(prefix+x.fields[i], x.fields[i+1])
		}
		a := h.upload(at, v).is(t, http.StatusUnprocessableEntity)
		if x.says != "" {
			a.says(t, x.says)
		}
	}
	for _, v := range []url.Values{{"do": {"new"}}, {"do": {"new"}, "new_kind": {"note_added"}, "new_on": {"2025-10-01"}}, {"do": {"new"}, "new_kind": {"settlement_signed"}, "new_on": {"2099-01-01"}}, {"do": {"new"}, "new_kind": {"settlement_signed"}, "new_on": {"2025-10-01"}, "new_wall": {"nowhere"}}} {
		h.upload(c+"/agreements", v).is(t, http.StatusUnprocessableEntity)
	}
	if n := len(h.cases()[0].File.Entries); n != now {
		t.Errorf("%d entries were written", n-now)
	}
	h.get(c+"/agreements/"+desk.NewName()).is(t, http.StatusNotFound)
	h.get(c+"/agreements/"+strings.TrimPrefix(h.answeredPath(c), c+"/record/")).is(t, http.StatusNotFound) // an entry that is no agreement
}

// newest is the entry of a kind that was written last.
func (h *house) newest(kind fact.Kind) *fact.Entry {
	h.t.Helper()
	es := h.cases()[0].File.Entries
	for i := len(es) - 1; i >= 0; i-- {
		if es[i].Kind == kind {
			return &es[i]
		}
	}
	h.t.Fatalf("no entry of kind %s", kind)
	return nil
}

// answeredPath is where the latest entry stands.
func (h *house) answeredPath(c string) string { return c + "/record/" + h.newest(remedyDone).ID }

// An offer to settle can stand behind the mediation wall or that of counsel, and is no
// agreement.
func TestOffersBehindAWall(t *testing.T) {
	h := calHouse(t, "2025-10-06")
	h.speaks("en", people.Plain)
	c := h.openText(strings.SplitN(strings.Replace(agreedCase, "SIDE", "family", 1), "record:", 2)[0])
	h.upload(c+"/agreements", url.Values{"do": {"new"}, "name": {desk.NewName()}, "new_kind": {"settlement_offer_made"}, "new_on": {"2025-10-02"}, "new_words": {"Forty hours"}, "new_wall": {"mediation"}}).is(t, http.StatusSeeOther)
	if e := h.newest(settlementOffer); e.Wall != fact.Mediation {
		t.Errorf("the offer stands behind %q", e.Wall)
	}
	h.get(c+"/agreements").is(t, http.StatusOK).says(t, "Offers to settle", "Forty hours", "Mediation only")
}

// A walled agreement, its promises and its balances are not there for who may not see
// them: not a byte of any page changes.
func TestWalledAgreementIsNotThere(t *testing.T) {
	w := settle(t, nil)
	one := "/cases/" + string(w.one)
	names := []string{"contributor", "reader", "guest reader", "guest contributor", "guest of two entries", "stranger"}
	paths := []string{one, one + "/agreements", one + "/agreements.csv", one + "/mediation", one + "/carry", one + "/record", one + "/clocks", one + "/rights", one + "/record?q=hushhush", "/search?q=hushhush", "/", "/cases"}
	ask := func() map[string]string {
		out := map[string]string{}
		for _, n := range names {
			by := w.as(n)
			for _, p := range paths {
				by.get(p) // what the page before wanted to say is said
				a := by.get(p)
				if strings.Contains(a.body, "zqdeal") {
					t.Errorf("%s reads it on %s", n, p)
				}
				out[n+" "+p] = masked(a.bare(strings.NewReplacer()))
			}
		}
		return out
	}
	before := ask()
	e := func(kind, re string, set func(*fact.Entry)) string {
		x := fact.Entry{Kind: fact.MustLookup(kind), On: dayOn("2026-02-02"), Re: re, Wall: fact.Mediation}
		x.Fields.Summary = "zqdeal hushhush"
		if set != nil {
			set(&x)
		}
		return w.add("owner", w.one, x, "", "")
	}
	deal := e("settlement_signed", "", nil)
	promise := e("remedy_promised", deal, func(x *fact.Entry) { x.Fields.Minutes, x.Fields.Amount, x.Fields.Until = 777, "31337", x.On.Earliest })
	e("remedy_given", promise, func(x *fact.Entry) { x.Fields.Minutes = 7 })
	e("expense_paid", deal, func(x *fact.Entry) { x.Fields.Amount = "31337" })
	after := ask()
	for k, v := range before {
		if after[k] != v {
			t.Errorf("%s is another page when an agreement stands behind a wall: %s", k, differ(after[k], v))
		}
	}
	for _, n := range names {
		if a := w.as(n).get(one + "/agreements/" + deal); a.status == http.StatusOK {
			t.Errorf("%s opens it", n)
		}
	}
	owner := w.as("owner")
	owner.get(one+"/agreements").is(t, http.StatusOK).says(t, "zqdeal", "770 minutes")
	owner.get(one+"/agreements/"+deal).is(t, http.StatusOK).says(t, "zqdeal", "It never goes into evidence")
	for _, p := range []string{"/agreements.csv", "/clocks.csv", "/carry/ledger.csv", "/carry/items.csv", "/export/case.yaml", "/export/case.json", "/export/brief.html"} {
		if a := owner.get(one + p); strings.Contains(a.body, "zqdeal") || strings.Contains(a.body, "31337") {
			t.Errorf("%s holds what stands behind the mediation wall", p)
		}
	}
	// What is written on its page stands behind its wall.
	name := desk.NewName()
	owner.send("POST", one+"/agreements/"+deal, multipartBody(url.Values{"do": {"give"}, "of": {promise}, "name": {name}, "give_" + promise + "_minutes": {"3"}, "give_" + promise + "_on": {"2026-02-03"}}), multipartHead).is(t, http.StatusSeeOther)
	k := w.seen("owner", w.one)
	if got := k.Entry(name); got == nil || got.Wall != fact.Mediation {
		t.Errorf("what was given stands elsewhere: %+v", got)
	}
	if got := w.seen("reader", w.one); got.Entry(name) != nil {
		t.Error("a reader sees what was given")
	}
}
