package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/format/markup"
	"stayput/paper"
	"stayput/people"
)

// aNotice is a defective prior written notice: four of seven contents, one of them in
// empty words.
const aNotice = `Prior Written Notice

Dear Ms. R.: The district refuses to evaluate Sol at this time. We refuse because the grades are passing.
The decision is based on the report card of June 2, 2025.

Other options were considered and rejected.

Sincerely,
D. Sample`

// checkAt begins a check with a text and gives its path.
func (h *house) checkAt(c, document, text string, pairs ...string) string {
	h.t.Helper()
	v := url.Values{"name": {desk.NewName()}, "text": {text}, "do": {"text"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	at := h.post(c+"/papers/received/"+document, v).is(h.t, http.StatusSeeOther).header.Get("Location")
	// The same form sent twice keeps one check.
	if again := h.post(c+"/papers/received/"+document, v).is(h.t, http.StatusSeeOther).header.Get("Location"); again != at {
		h.t.Fatalf("two checks: %s and %s", at, again)
	}
	return at
}

// checkOf is what is kept of a check.
func (h *house) checkOf(at string) desk.PaperCheck {
	h.t.Helper()
	all := strings.Split(at, "/")
	x, err := h.site.desk.PaperCheck(h.t.Context(), h.who(), people.CaseID(all[2]), all[len(all)-1])
	if err != nil {
		h.t.Fatal(err)
	}
	return x
}

// markOf is the box that says that a passage tells a content, as the page has it.
func (a answer) markOf(t *testing.T, passage, item string) string {
	t.Helper()
	i := strings.Index(a.body, passage)
	m := regexp.MustCompile(`name="mark" value="(` + item + `/\d+)"`).FindStringSubmatch(a.body[max(i, 0):])
	if i < 0 || m == nil {
		t.Fatalf("no passage %q for %s", passage, item)
	}
	return m[1]
}

// mark sends the form of a check.
func (h *house) mark(at string, version int, marks []string, pairs ...string) answer {
	h.t.Helper()
	v := url.Values{"version": {strconv.Itoa(version)}, "part": {"1"}, "do": {"save"}, "mark": marks}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return h.post(at, v)
}

// A defective notice becomes the letter that thanks for it, lists what is missing, quotes
// what is not enough to the letter, and asks for a whole one.
func TestPaperReceived(t *testing.T) {
	h, c := paperHouse(t, "family")
	k := h.caseOf(c)
	entry := k.Name("notice")
	begin := c + "/papers/received/pwn?entry=" + entry
	n := h.total(c)
	h.get(begin).is(t, http.StatusOK).says(t, "Do you have its text?", "Not sure", "/record/"+entry, "What is written in the entry: “A letter of two lines.”")
	at := h.checkAt(c, "pwn", aNotice, "entry", entry, "q_language", "yes")
	if to := h.get(begin).is(t, http.StatusSeeOther).header.Get("Location"); to != at {
		t.Errorf("a check that was begun is at %s, and not %s", at, to)
	}
	a := h.get(at).is(t, http.StatusOK)
	a.says(t, "The district refuses to evaluate Sol at this time.", "Other options were considered and rejected.", "There: 1. Not enough: 0. Missing: 0. Not sure: 7.")
	marks := []string{a.markOf(t, "The district refuses", "action"), a.markOf(t, "We refuse because", "why"), a.markOf(t, "The decision is based", "basis"), a.markOf(t, "Other options", "options")}
	h.mark(at, 1, marks, "q_options", "weak", "q_safeguards", "no", "q_sources_help", "no", "q_other_factors", "no").is(t, http.StatusSeeOther)
	a = h.get(at).is(t, http.StatusOK)
	a.says(t, "There: 4. Not enough: 1. Missing: 3. Not sure: 0.", "34 CFR 300.503(b)(6)", "<q dir=\"auto\">Other options were considered and rejected.</q>", "What does it not say?", "text read")
	h.mark(at, 2, marks, "lack_options", "which options,  and\nwhy not").is(t, http.StatusSeeOther)
	a = h.get(at).is(t, http.StatusOK).says(t, "It does not say: which options, and why not")
	x := h.checkOf(at)
	if x.Said["action"] != "yes" || x.Said["options"] != "weak" || x.Said["safeguards"] != "no" || x.Entry != entry {
		t.Errorf("%+v", x.Said)
	}
	to := regexp.MustCompile(`href="(/cases/[^"]+/papers/new/demand-pwn\?[^"]+)"`).FindStringSubmatch(a.body)
	if to == nil {
		t.Fatal("no answer is drafted")
	}
	q, _ := url.Parse(strings.ReplaceAll(to[1], "&amp;", "&"))
	h.get(q.String()).is(t, http.StatusOK).says(t, "What the letter will ask for", "What it says is not enough: “Other options", `name="check" value="`, `value="`+k.Name("no")+`" selected`)
	for lang, want := range map[string][]string{
		"en": {"Thank you for your notice of September 30, 2025.", "- That parents have rights, and how to get the notice that explains them (34 CFR 300.503(b)(4))", "300.503(b)(6)). Your notice says: “Other options were considered and rejected.”", "It does not say: which options, and why not", "Please send me a new notice with these parts too."},
		"es": {"Gracias por su aviso del 30 de septiembre de 2025.", "34 CFR 300.503(b)(4))", "Su aviso dice: «Other options were considered and rejected.»", "No dice: which options, and why not", "Por favor mándeme un aviso nuevo"},
	} {
		letter := h.begin(c, "demand-pwn", "check", q.Query().Get("check"), "about", q.Query().Get("about"), "lang", lang)
		p := h.kept(c, letter)
		if lang == "es" { // begin says en first
			v := url.Values{"name": {desk.NewName()}, "lang": {"es"}, "register": {"plain"}, "check": q.Query()["check"], "about": q.Query()["about"]}
			letter = h.post(c+"/papers/new/demand-pwn", v).is(t, http.StatusSeeOther).header.Get("Location")
			p = h.kept(c, letter)
		}
		for _, w := range want {
			if !strings.Contains(p.Text, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, p.Text)
			}
		}
		if strings.Contains(p.Text, "the grades are passing") || strings.Contains(p.Text, "[[") || strings.Count(p.Text, "300.503(b)(6)") != 1 {
			t.Errorf("%s: more is said than was found:\n%s", lang, p.Text)
		}
		if len(p.Gaps) != 4 || p.Gaps[0].Entry != "notice" || p.Check == "" {
			t.Errorf("%+v", p.Gaps)
		}
		page := h.get(letter).is(t, http.StatusOK)
		if strings.Contains(page.body, "The record has changed since") || strings.Contains(page.body, "Dates and numbers that the record does not have") {
			t.Errorf("%s: a fresh letter is doubted: %s", lang, page.body)
		}
	}
	h.get(c+"/papers").is(t, http.StatusOK).says(t, "There: 4. Not enough: 1. Missing: 3. Not sure: 0.", "Go on with the check")
	if h.total(c) != n {
		t.Error("checking a paper wrote something down")
	}
	h.get(c+"/papers/received/nothing").is(t, http.StatusNotFound)
	h.post(at+"/do/drop", nil).is(t, http.StatusSeeOther)
	h.get(at).is(t, http.StatusNotFound)
	h.get(q.String()).is(t, http.StatusOK).says(t, "There is no such check")
}

// With the paper in hand and no text the questions are enough, as they were.
func TestPaperReceivedInHand(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.checkAt(c, "pwn", "", "do", "answers", "q_why", "no", "q_basis", "maybe", "q_action", "weak")
	a := h.get(at).is(t, http.StatusOK).says(t, "There: 0. Not enough: 0. Missing: 1. Not sure: 7.", "Draft the answer", "Add the paper’s text")
	if strings.Contains(a.body, "Something, but not enough") || strings.Contains(a.body, `name="mark"`) {
		t.Error("without its words nobody can say that they are not enough")
	}
	h.mark(at, 1, nil, "q_action", "weak").is(t, http.StatusSeeOther)
	if x := h.checkOf(at); x.Said["action"] != "unsure" || x.Said["why"] != "no" {
		t.Errorf("%+v", x.Said)
	}
	h.get(c+"/papers").is(t, http.StatusOK).says(t, at)
	h.get(c+"/papers/received/pwn").is(t, http.StatusOK).says(t, at, "Go on with a check")
	h.post(at+"/do/text", url.Values{"version": {"2"}, "text": {aNotice}}).is(t, http.StatusSeeOther)
	h.get(at).says(t, "Other options were considered and rejected.", "Something, but not enough")
}

// A mark says that a content is there unless its reader says otherwise with it; and what
// is not enough needs a mark.
func TestCheckMarksAndAnswers(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.checkAt(c, "pwn", aNotice, "q_why", "no", "q_basis", "no")
	a := h.get(at)
	why, basis := a.markOf(t, "We refuse because", "why"), a.markOf(t, "The decision is based", "basis")
	h.mark(at, 1, []string{why, basis}, "q_why", "no", "q_basis", "unsure", "q_options", "weak").is(t, http.StatusSeeOther)
	x := h.checkOf(at)
	if x.Said["why"] != "yes" || x.Said["basis"] != "unsure" || len(x.Marks["basis"]) != 1 || x.Said["options"] != "weak" {
		t.Errorf("%+v %+v", x.Said, x.Marks)
	}
	h.get(at).says(t, "Mark the part that says it too little", "Not enough: 0.")
	h.mark(at, 2, nil, "q_why", "yes").is(t, http.StatusSeeOther) // the marks are taken off
	if x = h.checkOf(at); len(x.Marks) != 0 || x.Said["why"] != "yes" {
		t.Errorf("%+v %+v", x.Said, x.Marks)
	}
}

// Two people read one paper: the second sees what the first found, keeps the own marks,
// and saves once more.
func TestCheckClash(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.checkAt(c, "pwn", aNotice)
	a := h.get(at)
	why, basis := a.markOf(t, "We refuse because", "why"), a.markOf(t, "The decision is based", "basis")
	for range 2 { // the same form twice
		h.mark(at, 1, []string{why}, "q_safeguards", "no").is(t, http.StatusSeeOther)
	}
	b := h.mark(at, 1, []string{basis}, "q_safeguards", "yes").is(t, http.StatusConflict)
	b.says(t, "Somebody else changed this check meanwhile", "The other person found: Missing.", "“We refuse because the grades are passing.”", `value="`+basis+`" checked`, `name="version" value="2"`)
	if x := h.checkOf(at); x.Version != 2 || x.Said["safeguards"] != "no" {
		t.Errorf("%+v", x)
	}
	h.mark(at, 2, []string{basis, why}, "q_safeguards", "yes").is(t, http.StatusSeeOther)
	// The text was changed under an older form: its marks are shown where they still stand.
	h.post(at+"/do/text", url.Values{"version": {"3"}, "text": {"We refuse because the grades are passing. Nothing else."}}).is(t, http.StatusSeeOther)
	h.mark(at, 3, []string{basis, why}).is(t, http.StatusConflict)
	h.post(at+"/do/text", url.Values{"version": {"3"}, "text": {"my own text"}}).is(t, http.StatusConflict).says(t, "my own text</textarea>")
}

// A new text keeps the marks of what still stands in it, and tells what does not.
func TestCheckTextChanged(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.checkAt(c, "pwn", aNotice)
	a := h.get(at)
	h.mark(at, 1, []string{a.markOf(t, "We refuse because", "why"), a.markOf(t, "Other options", "options")}, "q_options", "weak").is(t, http.StatusSeeOther)
	h.post(at+"/do/text", url.Values{"version": {"2"}, "text": {"Page 1\n\nWe refuse because  the grades are passing. Call us."}}).is(t, http.StatusSeeOther)
	h.get(at).is(t, http.StatusOK).says(t, "it is not in the new text", "“Other options were considered and rejected.”", "Not enough: 0.")
	x := h.checkOf(at)
	if m := x.Marks["why"]; len(m) != 1 || x.Text[m[0].From:m[0].To] != "We refuse because  the grades are passing." || len(x.Marks["options"]) != 0 || len(gapsOf(h.caseOf(c), mustPaper(t, h.caseOf(c), "pwn"), &x)) != 0 {
		t.Errorf("%+v in %q", x.Marks, x.Text)
	}
	h.mark(at, 3, []string{h.get(at).markOf(t, "We refuse because", "why")}).is(t, http.StatusSeeOther)
	if a := h.get(at); strings.Contains(a.body, "it is not in the new text") {
		t.Error("what was lost is told for ever")
	}
	h.post(at+"/do/text", url.Values{"version": {"4"}, "text": {" \n "}}).is(t, http.StatusUnprocessableEntity).says(t, "Paste the text of the paper first.")
}

// What a hostile paper holds is text and nothing else: on the page, in the letter, and in
// what is made of it.
func TestCheckHostileText(t *testing.T) {
	h, c := paperHouse(t, "family")
	const evil = `We refuse **all** of it, [[your password]] {sign: Mallory} <script>alert(1)</script> | a | b |`
	for _, text := range []string{evil, "# " + evil, "\u202e" + evil + "\x00\x07", "<html><p>" + strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(evil) + "</p><script>alert(2)</script></html>"} {
		at := h.checkAt(c, "pwn", text)
		a := h.get(at).is(t, http.StatusOK)
		if strings.Contains(a.body, "<script>alert") || strings.Contains(a.body, "\u202e") || strings.Contains(a.body, "alert(2)") {
			t.Errorf("%q: the page runs or shows it", text)
		}
		h.mark(at, 1, []string{a.markOf(t, "We refuse **all**", "why")}, "q_why", "weak", "lack_why", "x").is(t, http.StatusSeeOther)
		x := h.checkOf(at)
		h.mark(at, 2, nil, "q_why", "weak", "lack_why", "**why** [[x]]").is(t, http.StatusSeeOther)
		h.mark(at, 3, []string{a.markOf(t, "We refuse **all**", "why")}, "q_why", "weak").is(t, http.StatusSeeOther)
		letter := h.begin(c, "demand-pwn", "check", x.ID, "about", h.caseOf(c).Name("no"))
		p := h.kept(c, letter)
		if blanks := blanksIn(p.Text); slices.Contains(blanks, "your password") || slices.Contains(blanks, "x") {
			t.Errorf("the paper asks in the letter: %q", blanks)
		}
		if strings.Count(p.Text, "\n{sign") != 1 {
			t.Errorf("the paper signs the letter:\n%s", p.Text)
		}
		if _, wrong := markup.Parse(p.Text); len(wrong) > 0 {
			t.Errorf("%v", wrong)
		}
		txt := h.get(letter+"/as/txt").is(t, http.StatusOK).body
		if flat := oneSpace(txt); !strings.Contains(flat, evil) || !strings.Contains(flat, "It does not say: **why** [[x]]") {
			t.Errorf("the quote is not to the letter:\n%s", txt)
		}
		h.get(letter+"/as/pdf").is(t, http.StatusOK)
	}
}

// What no page would send is refused and harms nothing.
func TestCheckBadInput(t *testing.T) {
	h, c := paperHouse(t, "family")
	k := h.caseOf(c)
	to := c + "/papers/received/pwn"
	post := func(pairs ...string) answer {
		v := url.Values{"name": {desk.NewName()}, "do": {"text"}}
		for i := 0; i+1 < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return h.post(to, v)
	}
	post("text", " \u200b\n").is(t, http.StatusSeeOther)
	post("text", " \n").is(t, http.StatusUnprocessableEntity).says(t, "Paste the text of the paper first.")
	post("text", "<html><script>x</script></html>").is(t, http.StatusUnprocessableEntity)
	post("text", strings.Repeat("long ", 30_000), "q_why", "no").is(t, http.StatusUnprocessableEntity).says(t, "longer than 100,000 letters", `value="no" checked`)
	post("text", strings.Repeat("x", 1<<20)).is(t, http.StatusRequestEntityTooLarge)
	post("text", "no", "name", "../../x").is(t, http.StatusUnprocessableEntity)
	post("text", "no", "entry", k.Name("notice"), "from", "00ff").is(t, http.StatusNotFound)
	// An entry behind a wall is spoken of by no check.
	for _, id := range []string{"secret", "told"} {
		at := h.checkAt(c, "pwn", "no", "entry", k.Name(id), "from", "note")
		if x := h.checkOf(at); x.Entry != "" || x.Text != "no" {
			t.Errorf("%s: %+v", id, x)
		}
	}
	at := h.checkAt(c, "pwn", "no") // one word
	h.get(at).is(t, http.StatusOK).says(t, `name="mark" value="why/0"`)
	for _, m := range []string{"why/1", "why/-1", "why/999999999999999999999", "why", "/", "nothing/0", "why/0x"} {
		h.mark(at, 1, []string{m}).is(t, http.StatusUnprocessableEntity).says(t, "There is no such part in the text.")
	}
	h.mark(at, 1, []string{"why/0", "why/0"}).is(t, http.StatusSeeOther)
	if x := h.checkOf(at); len(x.Marks["why"]) != 1 || x.Version != 2 {
		t.Errorf("%+v", x)
	}
	h.get(at+"?part=99").is(t, http.StatusOK)
	h.get(at+"?part=-1").is(t, http.StatusOK)
	h.get(c+"/papers/checks/nothing").is(t, http.StatusNotFound)
	h.post(c+"/papers/new/demand-pwn", url.Values{"name": {desk.NewName()}, "lang": {"en"}, "register": {"plain"}, "check": {"aaaaaaaaaaaaaaaa"}}).is(t, http.StatusNotFound)
	// A check of another case is none of this one.
	other := h.openText(strings.Replace(paperCase, "SIDE", "family", 1))
	id := at[strings.LastIndex(at, "/"):]
	h.get(other+"/papers/checks"+id).is(t, http.StatusNotFound)
	h.mark(other+"/papers/checks"+id, 2, nil, "q_why", "no").is(t, http.StatusNotFound)
	h.post(other+"/papers/checks"+id+"/do/drop", nil)
	h.get(at).is(t, http.StatusOK)
	many := h.checkAt(c, "pwn", strings.Repeat("One more sentence here. ", 30))
	a := h.get(many)
	var marks []string
	for _, m := range regexp.MustCompile(`value="(why/\d+)"`).FindAllStringSubmatch(a.body, -1) {
		marks = append(marks, m[1])
	}
	h.mark(many, 1, marks).is(t, http.StatusUnprocessableEntity).says(t, "Mark at most 10 parts", `value="`+marks[20]+`" checked`)
}

// A long paper is read a page at a time: what is marked on one stays when another is saved.
func TestCheckLongPaper(t *testing.T) {
	h, c := paperHouse(t, "family")
	var b strings.Builder
	for i := range 100 {
		b.WriteString("Sentence number " + strconv.Itoa(i+1) + " stands here.\n\n")
	}
	at := h.checkAt(c, "pwn", b.String())
	a := h.get(at).is(t, http.StatusOK).says(t, "Sentence number 40 ", "Save and read on", "?part=3")
	if strings.Contains(a.body, "Sentence number 41 ") && strings.Contains(a.body, `id="p-41"`) {
		t.Error("the second page stands on the first")
	}
	first := a.markOf(t, "Sentence number 7 ", "why")
	if to := h.mark(at, 1, []string{first}, "do", "on").is(t, http.StatusSeeOther).header.Get("Location"); to != at+"?part=2" {
		t.Errorf("reading on leads to %s", to)
	}
	a = h.get(at+"?part=3").is(t, http.StatusOK).says(t, `id="p-100"`, at+"?part=1#p-7")
	last := a.markOf(t, "Sentence number 100 ", "why")
	h.mark(at, 2, []string{last}, "part", "3", "q_why", "weak").is(t, http.StatusSeeOther)
	if x := h.checkOf(at); len(x.Marks["why"]) != 2 {
		t.Fatalf("%+v", x.Marks)
	}
	h.get(at).says(t, "Sentence number 7 stands here. […] Sentence number 100 stands here.")
	h.mark(at, 3, []string{first}, "part", "3").is(t, http.StatusUnprocessableEntity) // it is not on that page
}

// The text can be one that is kept with the entry.
func TestCheckTextOfAFile(t *testing.T) {
	h, c := paperHouse(t, "family")
	v := url.Values{"name": {desk.NewName()}, "kind": {"prior_written_notice_given"}, "on": {"2025-10-01"}, "words": {"It came by email."}}
	h.upload(c+"/add", v, sent{"files", "notice.txt", []byte("We refuse because of grades.\r\n\r\nCall us.")}, sent{"files", "notice.bin", []byte("\x00\x01")}).is(t, http.StatusSeeOther)
	entry := v.Get("name")
	a := h.get(c+"/papers/received/pwn?entry="+entry).is(t, http.StatusOK).says(t, "The file notice.txt")
	if strings.Contains(a.body, "notice.bin") {
		t.Error("a file without text is offered")
	}
	from := regexp.MustCompile(`name="from" value="([0-9a-f]{64})"`).FindStringSubmatch(a.body)
	if from == nil {
		t.Fatal("no file is offered")
	}
	at := h.checkAt(c, "pwn", "", "entry", entry, "from", from[1])
	if x := h.checkOf(at); x.Text != "We refuse because of grades.\n\nCall us." || x.Entry != entry {
		t.Errorf("%+v", x)
	}
}

// A paper without a place for what is weak says it before its end.
func TestPaperSaysWeakAnywhere(t *testing.T) {
	h, c := paperHouse(t, "family")
	at := h.checkAt(c, "assessment-plan-ca", "We will test Sol.", "q_child_identity", "no")
	a := h.get(at).is(t, http.StatusOK)
	m := regexp.MustCompile(`name="mark" value="([a-z_0-9]+)/0"`).FindStringSubmatch(a.body)
	h.mark(at, 1, []string{m[1] + "/0"}, "q_"+m[1], "weak").is(t, http.StatusSeeOther)
	h.mark(at, 2, []string{m[1] + "/0"}, "lack_"+m[1], "when").is(t, http.StatusSeeOther)
	h.get(at).says(t, "/papers/new/follow-up-letter?check=")
	p := h.kept(c, h.begin(c, "follow-up-letter", "check", at[strings.LastIndex(at, "/")+1:]))
	if !strings.Contains(p.Text, "It says: “We will test Sol.”") || !strings.Contains(p.Text, "It does not say: when") {
		t.Errorf("no quote:\n%s", p.Text)
	}
	p = h.kept(c, h.begin(c, "request-records", "check", at[strings.LastIndex(at, "/")+1:]))
	i, j := strings.Index(p.Text, "It says: “We will test Sol.” It does not say: when"), strings.LastIndex(p.Text, "{sign")
	if i < 0 || j < i || !strings.Contains(p.Text, "Some of what your paper says is not enough:") {
		t.Errorf("the quote does not stand before the end:\n%s", p.Text)
	}
}

func mustPaper(t *testing.T, c *desk.Case, id string) *paper.Paper {
	t.Helper()
	d, err := checkedPaper(c, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
