package web

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"net/http"
	"strings"
	"testing"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/people"
)

func entryOf(kind, on string) desk.NewEntry {
	d, err := day.Parse(on)
	if err != nil {
		panic(err)
	}
	return desk.NewEntry{Name: desk.NewName(), Fact: fact.Entry{Kind: fact.MustLookup(kind), On: day.On(d)}}
}

// Refused on October 6, 2025: a complaint to the State reaches it until October 6, 2026, a
// hearing until October 6, 2027.
const claimCase = `stayput: 1
case: {title: "Sample: claims", child: {name: Sol, born: 2016-03-01}, jurisdiction: us-ca, zone: America/Los_Angeles, side: SIDE, sample: yes}
record:
  - {id: ask, on: 2025-09-29, kind: evaluation_requested, note: "In a letter."}
  - {id: no, on: 2025-10-06, kind: evaluation_refused, re: ask, summary: "=2+3 We do not test <b>now</b>", reasons: ["not enough data"]}
  - {id: old, on: 2020-03-02, kind: evaluation_refused}
  - {on: 2025-10-07, kind: iee_refused, wall: author, summary: "zqprivate-refusal"}
  - {id: records, on: 2025-09-01, kind: records_access_requested}
`

func claimHouse(t *testing.T, side, record string) (*house, string) {
	t.Helper()
	h := calHouse(t, "2025-12-01")
	h.speaks("en", people.Plain)
	return h, h.openText(strings.Replace(record, "SIDE", side, 1))
}

func TestClaimsPage(t *testing.T) {
	h, c := claimHouse(t, "family", claimCase)
	a := h.get(c+"/claims").is(t, http.StatusOK)
	a.says(t, "Table of claims", "Refused", "Late", "=2&#43;3 We do not test &lt;b&gt;now&lt;/b&gt;", "Reason given: not enough data", "Complaint to the State", "Until Oct 6, 2026", "Until Oct 6, 2027", "No written notice of the no is in the record",
		"No paper is with these entries", "Ended on Mar 2, 2022", "What could still allow it after the last day", "claims.docx", "claims.csv", "The two files leave out what stands behind a wall", "zqprivate-refusal", "not what would come of it")
	// What is picked is shown, and no more.
	b := h.get(c+"/claims?concern=records").is(t, http.StatusOK).says(t, "claims.csv?concern=records")
	if strings.Contains(b.body, "We do not test") {
		t.Error("a claim about something else is shown")
	}
	h.get(c+"/claims?concern=nothing%27%22").is(t, http.StatusOK).says(t, "We do not test")
	h.get(c+"/disagree").is(t, http.StatusOK).says(t, c+"/claims", c+"/help-near")
	h.speaks("es", people.Plain)
	h.get(c+"/claims").is(t, http.StatusOK).says(t, "Tabla de reclamos", "Negado", "Queja ante el estado")
}

func TestClaimsOfASchool(t *testing.T) {
	h, c := claimHouse(t, "school", claimCase)
	h.get(c+"/claims").is(t, http.StatusOK).says(t, "For your counsel: what a family could bring up")
}

func TestClaimsOfNothing(t *testing.T) {
	h, c := claimHouse(t, "family", "stayput: 1\ncase: {title: \"Sample: nothing\", jurisdiction: us-ca, side: SIDE, sample: yes}\nrecord:\n  - {on: 2025-11-28, kind: contact}\n")
	h.get(c+"/claims").is(t, http.StatusOK).says(t, "The record shows nothing late")
	if a := h.get(c+"/claims.csv").is(t, http.StatusOK); strings.Count(a.body, "\r\n") != 1 {
		t.Errorf("%q", a.body)
	}
	h.get(c+"/claims.docx").is(t, http.StatusOK)
}

// The spreadsheet: exact days, nothing private, no formula.
func TestClaimsTable(t *testing.T) {
	h, c := claimHouse(t, "family", claimCase)
	a := h.get(c+"/claims.csv").is(t, http.StatusOK)
	if strings.Contains(a.body, "zqprivate") {
		t.Error("what stands behind a wall left the program")
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.body, "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, h := range rows[0] {
		at[h] = i
	}
	found := false
	for _, r := range rows[1:] {
		if !strings.Contains(r[at["How it stands"]], "We do not test") {
			continue
		}
		found = true
		if !strings.HasPrefix(r[at["How it stands"]], "'=") {
			t.Errorf("a spreadsheet would read %q as a formula", r[at["How it stands"]])
		}
		if r[at["Happened, first day"]] != "2025-10-06" || r[at["Complaint to the State: act by"]] != "2026-10-06" || r[at["Due process complaint (asking for a hearing): act by"]] != "2027-10-06" {
			t.Errorf("%q", r)
		}
	}
	if !found {
		t.Errorf("the refusal is not in the table: %q", rows)
	}
}

// The document: a head that repeats, nothing private, the same bytes twice.
func TestClaimsDocument(t *testing.T) {
	h, c := claimHouse(t, "family", claimCase)
	a := h.get(c+"/claims.docx").is(t, http.StatusOK)
	if got := a.header.Get("Content-Type"); got != "application/vnd.openxmlformats-officedocument.wordprocessingml.document" {
		t.Error(got)
	}
	if b := h.get(c+"/claims.docx").is(t, http.StatusOK); b.body != a.body {
		t.Error("the same record gave another document")
	}
	z, err := zip.NewReader(bytes.NewReader([]byte(a.body)), int64(len(a.body)))
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all += string(text)
	}
	for _, want := range []string{"Table of claims: Sol", "We do not test &lt;b&gt;now&lt;/b&gt;", "Until Oct 6, 2026", "tblHeader", `w:orient="landscape"`, "California", "en-US", "What could still allow it after the last day"} {
		if !strings.Contains(all, want) {
			t.Errorf("the document does not hold %q", want)
		}
	}
	if strings.Contains(all, "zqprivate") {
		t.Error("what stands behind a wall left the program")
	}
}

// New tests were due on May 6, 2022, three years after those of May 6, 2019; others were
// completed on September 11, 2023, 493 days later: nobody is told that they never came.
func TestClaimLateUntilSomethingCame(t *testing.T) {
	h, c := claimHouse(t, "family", `stayput: 1
case: {title: "Sample: tests", jurisdiction: us-ca, side: SIDE, sample: yes}
record:
  - {on: 2019-05-06, kind: evaluation_completed}
  - {on: 2023-09-11, kind: evaluation_completed}
`)
	a := h.get(c+"/claims").is(t, http.StatusOK).says(t, "Due May 6, 2022.", "493 days late at least")
	if strings.Contains(a.body, "Not done by what is in the record") {
		t.Error("it is told as not done")
	}
}
