package web

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	netmail "net/mail"
	"os/exec"
	"strings"
	"testing"
	"time"

	"stayput/people"
)

// zipped is the text of all files of a ZIP, by name.
func zipped(t *testing.T, data string) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader([]byte(data)), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}

// pdfText is what poppler reads in a PDF.
func pdfText(t *testing.T, data string) string {
	t.Helper()
	c := exec.Command("pdftotext", "-layout", "-", "-")
	c.Stdin = strings.NewReader(data)
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// packCase is claimCase with a concern, a meeting to come, an offer and a session of a
// mediation.
var packCase = claimCase + `  - {id: worry, on: 2025-11-10, kind: concern_raised, summary: "She cries before school."}
  - {id: next, on: 2025-12-09, kind: iep_meeting_scheduled}
  - {on: 2025-11-12, kind: mediation_session_held, summary: "zqroom"}
  - {on: 2025-11-03, kind: contact, by: lea, offers: ["Two hours a week."]}
  - {on: 2025-11-04, kind: contact, wall: mediation, summary: "zqprivate-mediation"}
`

// Records asked for on September 1, 2025 were due on September 8, the fifth business day after
// (the first is September 2): September 9 is the first late day, and a complaint to the State
// reaches it until September 9, 2026.
func TestPacks(t *testing.T) {
	h, c := claimHouse(t, "family", packCase)
	for _, from := range []string{"/meetings", "/disagree", "/papers"} {
		h.get(c+from).is(t, http.StatusOK).says(t, `href="`+c+`/packs"`)
	}
	h.get(c+"/packs").is(t, http.StatusOK).says(t, "Packs of papers", c+"/packs/meeting", c+"/packs/mediation", c+"/packs/complaint", "What stands behind a wall is in none of these packs")
	want := map[string][]string{
		"meeting":   {"Pack for the meeting", "December 9, 2025", "She cries before school.", "What worries you most?", "The record holds no plan in force", c + "/record/"},
		"mediation": {"What should be different", "We do not test &lt;b&gt;now&lt;/b&gt;", "November 12, 2025", "Two hours a week.", "Complaint to the State", "September 9, 2026"},
		"complaint": {"What is alleged", "What the law requires", "34 CFR", "What would resolve this?", "Too old by every count"},
	}
	// Lines to fill a concern in stand only where none is written down.
	want["meeting"] = append(want["meeting"][:3], want["meeting"][4:]...)
	for n, texts := range want {
		a := h.get(c+"/packs/"+n).is(t, http.StatusOK).says(t, texts...)
		a.says(t, c+"/packs/"+n+"/as/pdf", c+"/packs/"+n+"/as/docx")
		p := h.get(c+"/packs/"+n+"/as/pdf").is(t, http.StatusOK)
		if got := p.header.Get("Content-Type"); got != "application/pdf" || !strings.HasPrefix(p.body, "%PDF") {
			t.Errorf("%s: %s", n, got)
		}
		if q := h.get(c+"/packs/"+n+"/as/pdf").is(t, http.StatusOK); q.body != p.body {
			t.Errorf("%s: the same record gave another PDF", n)
		}
		d := h.get(c+"/packs/"+n+"/as/docx").is(t, http.StatusOK)
		all := a.body + pdfText(t, p.body)
		for _, text := range zipped(t, d.body) {
			all += text
		}
		for _, private := range []string{"zqprivate", "zqroom"} {
			if strings.Contains(all, private) {
				t.Errorf("%s says %s", n, private)
			}
		}
	}
	if s := pdfText(t, h.get(c+"/packs/complaint/as/pdf").body); !strings.Contains(s, "Sol") || !strings.Contains(s, "We do not test <b>now</b>") || !strings.Contains(s, "October 6, 2025") {
		t.Errorf("the PDF:\n%s", s)
	}
	h.get(c+"/given").is(t, http.StatusOK).says(t, "A pack of papers")
	for _, no := range []string{"/packs/other", "/packs/meeting/as/txt", "/packs/other/as/pdf", "/packs/%2e%2e/as/pdf"} {
		h.get(c+no).is(t, http.StatusNotFound)
	}
	h.speaks("es", people.Plain)
	h.get(c+"/packs").is(t, http.StatusOK).says(t, "Carpetas de documentos")
	h.get(c+"/packs/meeting").is(t, http.StatusOK).says(t, "Carpeta para la reunión", "Preocupaciones, como se escribieron", "9 de diciembre de 2025")
	if s := pdfText(t, h.get(c+"/packs/mediation/as/pdf").body); !strings.Contains(s, "Carpeta para la mediación") {
		t.Errorf("in Spanish:\n%s", s)
	}
}

// A record with almost nothing in it, and that of a school.
func TestPacksOfNothing(t *testing.T) {
	h, c := claimHouse(t, "school", "stayput: 1\ncase: {title: \"Sample: nothing\", jurisdiction: us-ca, side: SIDE, sample: yes}\nrecord: []\n")
	h.get(c+"/packs").is(t, http.StatusOK).says(t, "made from the school&#39;s record")
	for _, n := range []string{"meeting", "mediation", "complaint"} {
		h.get(c+"/packs/"+n).is(t, http.StatusOK).says(t, "The record")
		h.get(c+"/packs/"+n+"/as/pdf").is(t, http.StatusOK)
	}
}

// The packs of the sample family hold the plan's own words and its numbers.
func TestPacksOfTheSampleFamily(t *testing.T) {
	h := build(t, "").enter()
	c := h.sampleCase(t)
	a := h.get(c+"/packs/meeting").is(t, http.StatusOK)
	a.says(t, "Services in force", "Progress on each goal", "Services promised and given", "minutes", `class="sp-chart__wide"`, `class="sp-chart__narrow"`, "5 earlier results", c+"/carry/goals/")
	// The files show the picture too, with its words.
	p := h.get(c+"/packs/meeting/as/pdf").is(t, http.StatusOK)
	if s := pdfText(t, p.body); !strings.Contains(s, "Line to the goal") || !strings.Contains(s, "Goal 85") {
		t.Errorf("no picture in the PDF:\n%s", s)
	}
	x := exec.Command("pdfinfo", "-struct", "-")
	x.Stdin = strings.NewReader(p.body)
	if out, err := x.Output(); err != nil || strings.Count(string(out), "Figure") != strings.Count(a.body, `class="sp-chart__wide"`) {
		t.Errorf("%v: the page has other pictures than the file:\n%s", err, out)
	}
	d := zipped(t, h.get(c+"/packs/meeting/as/docx").is(t, http.StatusOK).body)
	if !strings.HasPrefix(d["word/media/image1.png"], "\x89PNG") || !strings.Contains(d["word/document.xml"], "The line goes from 41 on") {
		t.Error("no picture with its words in the Word file")
	}
	h.get(c+"/packs/mediation").is(t, http.StatusOK)
	h.get(c+"/packs/complaint/as/docx").is(t, http.StatusOK)
}

// On Friday, March 6, 2026: consent of January 12 is due on March 13 (60 days).
const fridayCase = `stayput: 1
case: {title: "Sample: TITLE", child: {name: CHILD, born: 2016-03-01}, home_language: HOME, jurisdiction: us, zone: America/Los_Angeles, side: family, sample: yes, contacts: [{role: parent, name: "Eva L.", email: eva@example.org}]}
record:
  - {on: 2026-01-12, kind: evaluation_consent_received}
  - {on: 2026-03-03, kind: contact, summary: "They will call back <b>soon</b>"}
  - {on: 2026-02-25, kind: contact, summary: "zqbefore"}
  - {on: 2026-03-04, kind: contact, wall: author, summary: "zqprivate"}
  - {on: 2026-03-05, kind: impression_noted, summary: "zqinward"}
`

func fridayHouse(t *testing.T) (*house, string, string) {
	t.Helper()
	h := calHouse(t, "2026-03-06")
	h.speaks("en", people.Plain)
	one := h.openText(strings.NewReplacer("TITLE", "first", "CHILD", "Sol", "HOME", "es").Replace(fridayCase))
	two := h.openText(strings.NewReplacer("TITLE", "second", "CHILD", "Ana", "HOME", "en").Replace(fridayCase))
	return h, one, two
}

func TestFridayLetters(t *testing.T) {
	h, one, two := fridayHouse(t)
	h.get("/cases").is(t, http.StatusOK).says(t, `href="/friday"`)
	a := h.get("/friday").is(t, http.StatusOK)
	a.says(t, "Stayput sends nothing", "To: Eva L., eva@example.org", "Hola, Eva L.:", "Hello Eva L.,", "13 de marzo de 2026", "March 13, 2026", "They will call back &lt;b&gt;soon&lt;/b&gt;", "How easy is it to read?", one+"/friday.eml", two+"/friday.eml?words=es", "/friday.zip", `data-copy="#letter-1"`, `lang="es"`)
	for _, no := range []string{"zqprivate", "zqinward", "zqbefore"} {
		if strings.Contains(a.body, no) {
			t.Errorf("a letter says %s", no)
		}
	}
	// A week can be chosen, and so can a language; what is no week is this one.
	h.get("/friday?week=2026-02-27&words=en").is(t, http.StatusOK).says(t, "zqbefore", "from February 21, 2026 to February 27, 2026", "/friday.zip?week=2026-02-27&amp;words=en")
	for _, bad := range []string{"?week=9999-99-99", "?week=2030-01-01", "?week=%27&words=xx&from=-4", "?from=99999999999999999999", "?from=2"} {
		h.get("/friday"+bad).is(t, http.StatusOK).says(t, "Hola, Eva L.:", "Hello Eva L.,")
	}
	h.speaks("es", people.Plain)
	h.get("/friday").is(t, http.StatusOK).says(t, "Cartas del viernes", "Stayput no envía nada")
}

func TestFridayFiles(t *testing.T) {
	h, one, _ := fridayHouse(t)
	a := h.get(one+"/friday.eml").is(t, http.StatusOK)
	m, err := netmail.ReadMessage(strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	to, err := m.Header.AddressList("To")
	if err != nil || len(to) != 1 || to[0].Address != "eva@example.org" || to[0].Name != "Eva L." || m.Header.Get("X-Unsent") != "1" {
		t.Errorf("%v %v %v", to, err, m.Header)
	}
	if got := a.header.Get("Content-Disposition"); strings.Contains(got, "Sol") {
		t.Errorf("a child's name is in the name of the file: %s", got)
	}
	z := h.get("/friday.zip").is(t, http.StatusOK)
	all := zipped(t, z.body)
	if len(all) != 2 || !strings.Contains(all["friday-001-es.eml"], "eva@example.org") || all["friday-002-en.eml"] == "" {
		t.Errorf("%d files: %v", len(all), all)
	}
	for name, text := range all {
		if strings.Contains(text, "zqprivate") || strings.Contains(text, "zqinward") {
			t.Errorf("%s says what it must not", name)
		}
	}
	if h.get("/friday.zip").body != z.body {
		t.Error("the same records gave other bytes")
	}
	h.get(one+"/given").is(t, http.StatusOK).says(t, "A Friday letter")
}

// Without a case there is no letter, and no file to take out.
func TestFridayOfNothing(t *testing.T) {
	h := calHouse(t, "2026-03-06")
	h.speaks("en", people.Plain)
	if a := h.get("/friday").is(t, http.StatusOK).says(t, "You have no open case"); strings.Contains(a.body, "/friday.zip") {
		t.Error("a file of no letters is offered")
	}
	if all := zipped(t, h.get("/friday.zip").is(t, http.StatusOK).body); len(all) != 0 {
		t.Errorf("%v", all)
	}
}

// Who writes in one case gets its letter alone and, without the right to take anything
// out, no file; who only reads gets none.
func TestFridayOfOthers(t *testing.T) {
	c := newCrowd(t)
	writer := c.as(c.join(t, c.owner.Space, people.Member{}, people.Grant{Case: c.mine, Role: people.Contributor, By: c.owner.Person.ID, Since: time.Now().Add(-time.Hour)}))
	a := writer.get("/friday").is(t, http.StatusOK)
	if n := strings.Count(a.body, `id="letter-`); n != 1 || strings.Contains(a.body, ".eml") || strings.Contains(a.body, "/friday.zip") {
		t.Errorf("%d letters", n)
	}
	if all := zipped(t, writer.get("/friday.zip").is(t, http.StatusOK).body); len(all) != 0 {
		t.Errorf("%d letters were taken out", len(all))
	}
	writer.get("/cases/"+string(c.mine)+"/friday.eml").is(t, http.StatusForbidden)
	writer.get("/cases/"+string(c.mine)+"/packs").is(t, http.StatusForbidden)
	reader := c.as(c.join(t, c.owner.Space, people.Member{Role: people.Reader}))
	if a := reader.get("/friday").is(t, http.StatusOK); strings.Contains(a.body, `id="letter-`) {
		t.Error("who only reads writes a letter")
	}
}
