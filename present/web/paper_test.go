package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/paper"
	"stayput/people"
)

// paperCase is a family whose request was refused, with a letter that came.
const paperCase = `stayput: 1
case:
  title: "Sample: papers"
  child: {name: Sol R., born: 2016-03-01}
  home_language: es
  jurisdiction: us-ca
  zone: America/Los_Angeles
  district: Oakland Unified
  side: SIDE
  sample: yes
  contacts:
    - {role: parent, name: Ana R., relation: mother, address: "1 Example Street\nOakland, CA 94600", email: ana@example.org}
    - {role: special_education_director, name: D. Sample, title: Director of Special Education, agency: Oakland Unified, email: d@example.org}
record:
  - {id: ask, on: 2025-09-09, kind: evaluation_requested, by: parent, written: yes, note: "Please evaluate Sol for reading."}
  - {id: no, on: 2025-09-22, kind: evaluation_refused, re: ask, summary: "We do not evaluate in second grade."}
  - {id: secret, on: 2025-09-23, kind: contact, means: phone, wall: author, note: "zqprivate-words"}
  - {id: told, on: 2025-09-24, kind: contact, means: phone, wall: mediation, note: "zqmediation-words"}
  - {id: notice, on: 2025-09-30, kind: prior_written_notice_given, by: lea, re: no, summary: "A letter of two lines."}
`

func paperHouse(t *testing.T, side string) (*house, string) {
	t.Helper()
	h := calHouse(t, "2025-10-06")
	h.speaks("en", people.Plain)
	return h, h.openText(strings.Replace(paperCase, "SIDE", side, 1))
}

// begin drafts a paper and gives its path.
func (h *house) begin(c, document string, pairs ...string) string {
	h.t.Helper()
	v := url.Values{"name": {desk.NewName()}, "lang": {"en"}, "register": {"plain"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	at := h.post(c+"/papers/new/"+document, v).is(h.t, http.StatusSeeOther).header.Get("Location")
	// The same form sent twice begins one paper.
	if again := h.post(c+"/papers/new/"+document, v).is(h.t, http.StatusSeeOther).header.Get("Location"); again != at {
		h.t.Fatalf("two papers: %s and %s", at, again)
	}
	return at
}

func (h *house) kept(c, at string) desk.Paper {
	h.t.Helper()
	p, err := h.site.desk.Paper(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), at[strings.LastIndex(at, "/")+1:])
	if err != nil {
		h.t.Fatal(err)
	}
	return p
}

func (h *house) caseOf(c string) *desk.Case {
	h.t.Helper()
	k, err := h.site.desk.Case(h.t.Context(), h.who(), people.CaseID(strings.TrimPrefix(c, "/cases/")), desk.View{})
	if err != nil {
		h.t.Fatal(err)
	}
	return k
}

// The list offers what fits the keeper, and what came can be checked.
func TestPaperList(t *testing.T) {
	h, c := paperHouse(t, "family")
	a := h.get(c+"/papers").is(t, http.StatusOK)
	a.says(t, "/papers/new/demand-pwn", "/papers/new/request-records", "/papers/received/pwn?entry=", "Check it")
	for _, s := range []string{"/papers/new/pwn\"", "/papers/new/assessment-plan-ca\""} {
		if strings.Contains(a.body, s) {
			t.Errorf("a family is offered %s", s)
		}
	}
	h.get(c+"/papers?all=1").is(t, http.StatusOK).says(t, "/papers/new/pwn", "Written by the school")
	h.get(c).is(t, http.StatusOK).says(t, c+"/papers")
	h, c = paperHouse(t, "school")
	a = h.get(c+"/papers").is(t, http.StatusOK)
	a.says(t, "/papers/new/pwn")
	if strings.Contains(a.body, "/papers/new/demand-pwn\"") {
		t.Error("a school is offered a letter of a parent")
	}
	h.speaks("es", people.Plain)
	h.get(c+"/papers").is(t, http.StatusOK).says(t, "Escribir un documento")
}

// A draft says what the record says, and nothing of what stands behind a wall.
func TestPaperIsDrafted(t *testing.T) {
	h, c := paperHouse(t, "family")
	no := h.caseOf(c).Name("no")
	h.get(c+"/papers/new/demand-pwn?about="+no).is(t, http.StatusOK).says(t, "What is it about?", `value="`+no+`" selected`, "In which language?", "34 CFR")
	at := h.begin(c, "demand-pwn", "about", no)
	p := h.kept(c, at)
	for _, want := range []string{"Ana R.", "1 Example Street, Oakland, CA 94600\n", "D. Sample", "Sol R.", "September 22, 2025", "September 9, 2025", "We do not evaluate in second grade."} {
		if !strings.Contains(p.Text, want) {
			t.Errorf("the letter lacks %q:\n%s", want, p.Text)
		}
	}
	if p.About != "no" || strings.Contains(p.Text, "zqprivate") || strings.Contains(p.Text, "zqmediation") {
		t.Errorf("about %q:\n%s", p.About, p.Text)
	}
	a := h.get(at).is(t, http.StatusOK)
	a.says(t, "Is it all there?", "34 CFR", "What it stands on", "/record/"+no, "How easy is it to read?", "1 page.")
	for _, form := range []string{"/as/look", "/as/both", "/as/send", "/as/txt", "/as/docx", "/as/eml", "/as/pdf"} {
		if b := h.get(at+form).is(t, http.StatusOK); strings.Contains(b.body, "zqprivate") {
			t.Errorf("%s tells what stands behind a wall", form)
		}
	}
	h.get(at+"/as/both").says(t, `lang="es"`, `lang="en"`, "22 de septiembre de 2025")
	if pdf := h.get(at + "/as/pdf"); !strings.HasPrefix(pdf.body, "%PDF") || pdf.header.Get("Content-Type") != "application/pdf" || !strings.Contains(pdf.header.Get("Content-Disposition"), `"demand-pwn-`) {
		t.Errorf("%v %.20q", pdf.header, pdf.body)
	}
	h.get(at+"/as/exe").is(t, http.StatusNotFound)
	h.get(c+"/papers/"+desk.NewName()).is(t, http.StatusNotFound)
	h.get(c+"/papers/new/no-such-paper").is(t, http.StatusNotFound)
	// What stands behind a wall is not what a paper is about.
	secret := h.caseOf(c).Name("secret")
	h.post(c+"/papers/new/follow-up-letter", url.Values{"name": {desk.NewName()}, "lang": {"en"}, "register": {"plain"}, "about": {secret}}).is(t, http.StatusUnprocessableEntity).says(t, "Choose what it is about")
	for _, v := range []url.Values{{"lang": {"fr"}, "register": {"plain"}}, {"lang": {"en"}, "register": {"loud"}}, {"lang": {"en"}, "register": {"plain"}, "sender": {"king"}}, {}} {
		v.Set("name", desk.NewName())
		h.post(c+"/papers/new/demand-pwn", v).is(t, http.StatusUnprocessableEntity)
	}
}

var versionField = regexp.MustCompile(`name="version" value="(\d+)"`)

// Answers go where their questions stand, whatever was changed beside them.
func TestPaperBlanks(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.begin(c, "request-records")
	p := h.kept(c, at)
	p.Text = "Dear D. Sample:\n\nWhich: [[Which records?]] and [[Until when?]] and [[Which records?]].\n"
	if err := h.site.desk.SavePaper(t.Context(), h.who(), p.Case, p); err != nil {
		t.Fatal(err)
	}
	a := h.get(at).is(t, http.StatusOK)
	a.says(t, "3 questions are open", `name="ask_0" value="Which records?"`, `name="ask_1" value="Until when?"`)
	v := url.Values{"version": {versionField.FindStringSubmatch(a.body)[1]}, "do": {"save"}, "text": {"New first line [[Until  when?]].\n\nWhich: [[Which records?]] and [[Which records?]]."},
		"ask_0": {"Which records?"}, "fill_0": {"all logs"}, "ask_1": {"Until when?"}, "fill_1": {" May 1,\n2026 "}, "ask_2": {"Which records?"}, "fill_2": {""}}
	h.post(at, v).is(t, http.StatusSeeOther)
	if got, want := h.kept(c, at).Text, "New first line May 1, 2026.\n\nWhich: all logs and [[Which records?]].\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	h.post(at, v).is(t, http.StatusSeeOther) // sent twice
	if got := h.kept(c, at); got.Version != 3 {
		t.Errorf("the same form twice saved twice: version %d", got.Version)
	}
}

// Like questions are told apart by what stands around them.
func TestPaperBlanksSayWhere(t *testing.T) {
	text := "Dear [[Whom?]]:\n\n## First point\n\n- Set right by: [[What?]]\n- On [[When?]] and [[When?]]\n\n## Second **point**\n\n[[What?]]\n"
	want := []string{"Dear …:", "First point. Set right by: …", "First point. On … and …", "First point. On … and …", "Second point"}
	got := around(text, 9)
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if n := len(around(text, 2)); n != 2 {
		t.Errorf("%d of the first two", n)
	}
	if got := around("[[over a\nline?]] [[What?]]", 2); got != nil {
		t.Errorf("%q", got)
	}
}

// Two who write: the second sees both, and saves what both need.
func TestPaperClashOnThePage(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.begin(c, "request-records")
	v := func(version, text string) url.Values {
		return url.Values{"version": {version}, "text": {text}, "do": {"save"}}
	}
	h.post(at, v("1", "Theirs of the phone.")).is(t, http.StatusSeeOther)
	h.post(at, v("1", "Theirs of the phone.")).is(t, http.StatusSeeOther) // sent twice
	a := h.post(at, v("1", "Mine of the laptop.")).is(t, http.StatusConflict)
	a.says(t, "Theirs of the phone.", "Mine of the laptop.")
	if got := h.kept(c, at).Text; got != "Theirs of the phone.\n" {
		t.Errorf("%q", got)
	}
	h.post(at, v(versionField.FindStringSubmatch(a.body)[1], "Both.")).is(t, http.StatusSeeOther)
	if got := h.kept(c, at).Text; got != "Both.\n" {
		t.Errorf("%q", got)
	}
	h.post(at, v("3", "")).is(t, http.StatusUnprocessableEntity).says(t, "There is no text")
	h.post(at, v("3", strings.Repeat("a ", 100_001))).is(t, http.StatusRequestEntityTooLarge)
	h.post(at, v("3", strings.Repeat("é", 99_999))).is(t, http.StatusSeeOther)
	h.post(at, v("4", "<script>alert(1)</script> & **bold** [[<i>?]]\u202e\x00")).is(t, http.StatusSeeOther)
	for _, x := range []string{"", "/as/look"} {
		if b := h.get(at+x).is(t, http.StatusOK).body; strings.Contains(b, "<script>alert") || strings.Contains(b, "<i>?") || strings.Contains(b, "\u202e") {
			t.Errorf("%s: what was typed is run or turns the page around", x)
		}
	}
}

// What is missing is said, and the writer's word that it is there stands.
func TestPaperChecks(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.begin(c, "demand-pwn", "about", h.caseOf(c).Name("no"))
	before := strings.Count(h.get(at).body, ">Missing<")
	h.post(at, url.Values{"version": {"1"}, "text": {"Hello. It was on March 3, 2024 and cost $77.00."}, "do": {"save"}}).is(t, http.StatusSeeOther)
	a := h.get(at).is(t, http.StatusOK)
	a.says(t, "Dates and numbers that the record does not have", "March 3, 2024", "$77.00")
	missing := strings.Count(a.body, ">Missing<")
	if missing <= before {
		t.Errorf("%d missing before, %d after everything was taken out", before, missing)
	}
	id := regexp.MustCompile(`name="told" value="([a-z_]+)"`).FindStringSubmatch(a.body)[1]
	h.post(at, url.Values{"version": {"2"}, "text": {"Hello."}, "told": {id, "no_such_content"}, "do": {"save"}}).is(t, http.StatusSeeOther)
	h.get(at).is(t, http.StatusOK).says(t, "There, as you say", `value="`+id+`" checked`)
	if told := h.kept(c, at).Told; len(told) != 1 || !told[id] {
		t.Errorf("%v", told)
	}
}

// A correction of the record marks the draft stale.
func TestPaperIsStale(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.begin(c, "demand-pwn", "about", h.caseOf(c).Name("no"))
	if strings.Contains(h.get(at).body, "The record has changed since") {
		t.Fatal("stale at once")
	}
	k := h.caseOf(c)
	e := *k.Brief.View.Get("ask")
	e.On = day.On(day.Must(2025, 9, 11))
	if _, err := h.site.desk.CorrectEntry(t.Context(), h.who(), k.ID, k.Name("ask"), desk.NewEntry{Name: desk.NewName(), Fact: e}); err != nil {
		t.Fatal(err)
	}
	h.get(at).is(t, http.StatusOK).says(t, "The record has changed since", "September 9, 2025", "September 11, 2025", "/papers/new/demand-pwn")
	h.get(at+"/as/send").is(t, http.StatusOK).says(t, "September 11, 2025", "Finish it as it is")
}

// From the draft to the entry with the very bytes, once.
func TestPaperIsSent(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.begin(c, "demand-pwn", "about", h.caseOf(c).Name("no"))
	h.post(at, url.Values{"version": {"1"}, "text": {"Please answer. [[When?]]"}, "do": {"finish"}}).is(t, http.StatusSeeOther)
	if got := h.kept(c, at); !got.Done.IsZero() {
		t.Fatal("finished with an open question, unasked")
	}
	h.get(at+"/as/send").is(t, http.StatusOK).says(t, "1 question is open", "Not found in your text")
	for range 2 {
		h.post(at+"/do/finish", url.Values{"sure": {"yes"}}).is(t, http.StatusSeeOther)
	}
	got := h.kept(c, at)
	if got.Done.IsZero() || len(got.Files) != 4 {
		t.Fatalf("%+v", got.Files)
	}
	h.get(c+"/papers").says(t, "Sent? When, to whom?", at+"/as/send")
	a := h.get(at+"/as/send").is(t, http.StatusOK)
	a.says(t, "D. Sample", "d@example.org", "What shows it?", `value="prior_written_notice_requested" checked`)
	exact := h.get(at + "/as/pdf").body
	name := regexp.MustCompile(`name="name" value="([a-z2-7]{16})"`).FindStringSubmatch(a.body)[1]
	v := url.Values{"name": {name}, "version": {versionField.FindStringSubmatch(a.body)[1]}, "on": {"2025-10-07"}, "how": {"email"}, "whom": {"D. Sample"}, "proof": {"From my mailbox"}, "kind": {"prior_written_notice_requested"}}
	h.post(at+"/do/sent", v).is(t, http.StatusUnprocessableEntity).says(t, "From my mailbox") // a day to come
	v.Set("on", "2025-10-03")
	n := h.total(c)
	for range 2 {
		h.upload(at+"/do/sent", v, sent{"files", "receipt.txt", []byte("a receipt")}).is(t, http.StatusSeeOther)
	}
	if h.total(c) != n+1 {
		t.Fatalf("%d entries more, want one", h.total(c)-n)
	}
	k := h.caseOf(c)
	e := k.Entry(name)
	if e == nil || e.Kind.String() != "prior_written_notice_requested" || e.On != day.On(day.Must(2025, 10, 3)) || e.Re != "no" || e.Fields.Written != fact.Yes || e.Fields.Means != "email" || e.By != "parent" || e.Fields.With[0] != "D. Sample" || e.Note != "From my mailbox" || e.Fields.Summary != "Request for prior written notice" {
		t.Fatalf("%+v", e)
	}
	files := k.Mark(e.ID).Files
	if len(files) != 2 || files[0].Type != "application/pdf" || files[1].Name != "receipt.txt" {
		t.Fatalf("%+v", files)
	}
	if got := h.get(c + "/files/" + files[0].Digest.String()); got.status == http.StatusOK && got.body != exact {
		t.Error("the entry holds other bytes than those that were given out")
	}
	b := h.get(at).is(t, http.StatusOK)
	b.says(t, "Sent on October 3, 2025", "/record/"+name)
	if strings.Contains(b.body, "<textarea") {
		t.Error("what was sent can be written on")
	}
	if h.get(at+"/as/pdf").body != exact {
		t.Error("the file of what was sent changed")
	}
	h.post(at, url.Values{"version": {"9"}, "text": {"changed"}, "do": {"save"}}).is(t, http.StatusConflict)
	h.post(at+"/do/drop", nil).is(t, http.StatusConflict)
	h.get(c+"/papers").says(t, "Sent on October 3, 2025")
}

// An answer to a plan is not written down by sending a letter: its parts would be missing.
func TestPaperAnswersNoPlan(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.begin(c, "letter-partial-consent")
	h.post(at+"/do/finish", url.Values{"sure": {"yes"}}).is(t, http.StatusSeeOther)
	h.get(at+"/as/send").is(t, http.StatusOK).says(t, c+"/consent")
	v := url.Values{"name": {desk.NewName()}, "version": {"2"}, "on": {"2025-10-03"}, "how": {"email"}, "kind": {"iep_consent_partial"}}
	h.post(at+"/do/sent", v).is(t, http.StatusUnprocessableEntity)
	v.Del("kind")
	h.post(at+"/do/sent", v).is(t, http.StatusSeeOther)
	if e := h.caseOf(c).Entry(v.Get("name")); e == nil || e.Kind != letterSent {
		t.Errorf("%+v", e)
	}
}

// A paper without a place for what is missing says it before its end.
func TestPaperSaysGapsAnywhere(t *testing.T) {
	h, c := paperHouse(t, "family")
	pwn, err := paper.Get("pwn")
	if err != nil {
		t.Fatal(err)
	}
	p := h.kept(c, h.begin(c, "request-records", "gap", "pwn/"+checkItems(pwn)[0].ID))
	i, j := strings.Index(p.Text, "missing in it"), strings.LastIndex(p.Text, "{sign")
	if i < 0 || j < i {
		t.Errorf("the gap does not stand before the end:\n%s", p.Text)
	}
}

// Every paper can be begun, shown, finished and given from a case that says almost
// nothing, in both languages.
func TestEveryPaper(t *testing.T) {
	for _, side := range []string{"family", "school"} {
		h := calHouse(t, "2025-10-06")
		h.speaks("es", people.Plain)
		c := h.openText("stayput: 1\ncase: {title: \"Sample: nothing\", jurisdiction: us-ca, side: " + side + "}\nrecord: []\n")
		all, err := allPapers(&desk.Case{})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range all {
			if d.About.Need {
				h.get(c+"/papers/new/"+d.ID).is(t, http.StatusOK)
				h.post(c+"/papers/new/"+d.ID, url.Values{"name": {desk.NewName()}, "lang": {"es"}, "register": {"formal"}}).is(t, http.StatusUnprocessableEntity)
				continue
			}
			v := url.Values{"name": {desk.NewName()}, "lang": {"es"}, "register": {"formal"}}
			at := h.post(c+"/papers/new/"+d.ID, v).is(t, http.StatusSeeOther).header.Get("Location")
			if a := h.get(at); a.status != http.StatusOK {
				t.Errorf("%s: %d", d.ID, a.status)
			}
			if a := h.get(at + "/as/look"); a.status != http.StatusOK {
				t.Errorf("%s as it prints: %d", d.ID, a.status)
			}
		}
	}
}

// A draft is a draft: somebody who only reads sees none, and it stands in no export.
func TestPaperDraftsStayIn(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.begin(c, "request-records")
	h.post(at, url.Values{"version": {"1"}, "text": {"zqdraft words"}, "do": {"save"}}).is(t, http.StatusSeeOther)
	for _, form := range []string{"yaml", "json", "zip"} {
		if a := h.get(c + "/export/" + form); strings.Contains(a.body, "zqdraft") {
			t.Errorf("%s holds a draft", form)
		}
	}
	if slices.ContainsFunc(h.caseOf(c).File.Entries, func(e fact.Entry) bool { return strings.Contains(e.Note+e.Fields.Summary, "zqdraft") }) {
		t.Error("a draft is in the record")
	}
	h.post(at+"/do/drop", nil).is(t, http.StatusSeeOther)
	h.get(at).is(t, http.StatusNotFound)
	h.post(at+"/do/drop", nil).is(t, http.StatusSeeOther) // sent twice
}

// What was pasted from a word processor becomes clean text; nothing of its styles stays.
func TestPaperIsPasted(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.begin(c, "request-records")
	word := `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style></head><body><!--StartFragment--><p class=MsoNormal style='color:red'>Dear <b>D. Sample</b>:<o:p></o:p></p><ul><li>all logs</li></ul><!--EndFragment--></body></html>`
	h.post(at, url.Values{"version": {"1"}, "text": {word}, "do": {"save"}}).is(t, http.StatusSeeOther)
	if got, want := h.kept(c, at).Text, "Dear **D. Sample**:\n\n- all logs\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Names in any script and of 200 letters stand in the letter, and in its file.
func TestPaperNames(t *testing.T) {
	h := calHouse(t, "2025-10-06")
	h.speaks("en", people.Plain)
	long := strings.Repeat("Ñandú ", 33) + "ab"
	c := h.openText("stayput: 1\ncase: {title: \"Sample: names\", child: {name: \"مريم 山田\"}, jurisdiction: us-ca, side: family, contacts: [{role: parent, name: \"" + long + "\", address: \"*1* _Example_ [[Street?]]\\n# Oakland\"}]}\nrecord: []\n")
	at := h.begin(c, "request-records")
	p := h.kept(c, at)
	if !strings.Contains(p.Text, long) || !strings.Contains(p.Text, "مريم 山田") {
		t.Errorf("a name is lost:\n%s", p.Text)
	}
	a := h.get(at+"/as/look").is(t, http.StatusOK)
	a.says(t, "*1* _Example_", "# Oakland") // as it was typed, no markup
	for _, form := range []string{"pdf", "docx", "eml", "txt"} {
		h.get(at+"/as/"+form).is(t, http.StatusOK)
	}
}

// Chinese, Japanese and Korean names are printed without a word about it; what no font
// holds is told, and nothing else.
func TestPaperNamesOfTheEast(t *testing.T) {
	h := calHouse(t, "2025-10-06")
	h.speaks("en", people.Plain)
	for name, want := range map[string]string{"王晓梅 陳麗華 山田はな 김민수": "", "𠮷田 김민수 😀": "These signs cannot be printed in the PDF: 😀 𠮷."} {
		c := h.openText("stayput: 1\ncase: {title: \"Sample: names\", child: {name: \"" + name + "\"}, jurisdiction: us-ca, side: family}\nrecord: []\n")
		a := h.get(h.begin(c, "request-records")).is(t, http.StatusOK).says(t, name)
		if told := strings.Contains(a.body, "cannot be printed"); told != (want != "") || !strings.Contains(a.body, want) {
			t.Errorf("%s: told %t, and it should be %q", name, told, want)
		}
	}
}
