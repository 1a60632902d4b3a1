package web

import (
	"bytes"
	"encoding/hex"
	"net/http"
	"path"
	"slices"
	"strings"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/markup"
	"stayput/paper"
)

// A receivedPage begins the check of a paper of the other side: its text is pasted, or
// plain questions are answered with the paper in hand.
type receivedPage struct {
	Frame
	Back, Action string
	Name, Draft  string
	Of           string // the entry that says it came
	OfHref       string
	Kept         []paperRow // checks of such a paper that were begun
	Hidden       []Hidden
	Text         Field
	From         *Field // texts that are kept with the entry
	Asks         []Field
}

func (receivedPage) template() string { return "paper_received" }

var (
	_ = sample(func() page {
		return receivedPage{Back: "/b", Action: "/a", Name: "n", Draft: "d", Of: "o", OfHref: "/o", Kept: []paperRow{{"/h", "t", "s", ""}}, Hidden: []Hidden{{"entry", "x"}}, Text: Field{Name: "text", Kind: "textarea", Label: "l", Error: "e"},
			From: &Field{Name: "from", Kind: "radio", Label: "f", Options: []Option{{Label: "o", On: true}, {Value: "note", Label: "n"}}}, Asks: []Field{{Name: "q_a", Kind: "radio", Label: "l", Options: []Option{{Value: "yes", Label: "y"}}}}}
	})
	_ = sample(func() page { return receivedPage{Text: Field{Name: "text", Kind: "textarea", Label: "l"}} })
)

// mostReceived is how many letters of a paper are taken in.
const mostReceived = 100_000

// answersWith are the papers that answer one of the other side that lacks something.
var answersWith = map[string]string{"pwn": "demand-pwn", "revocation-pwn": "demand-pwn", "due-process-complaint": "notice-insufficiency", "meeting-notice": "request-iep-meeting"}

// paperAnswering is the paper that answers another here.
func paperAnswering(c *desk.Case, document string) string {
	id := answersWith[document]
	if id == "" {
		id = "follow-up-letter"
	}
	d, err := c.Papers.Get(id)
	if err != nil || !writes(c.File.Case.Side, d) || !inState(c, d) {
		id = "follow-up-letter"
	}
	return id
}

// cameNow is how the entry stands now that says that a paper came; nil when it was taken
// back, or may not be spoken of in a letter.
func cameNow(c *desk.Case, sealed string) *fact.Entry {
	all := c.History(sealed)
	if len(all) == 0 {
		return nil
	}
	e := c.Entry(all[len(all)-1])
	if e == nil || !inLetters(e) || c.Brief.View.Get(e.ID) == nil {
		return nil
	}
	return e
}

// checkedPaper is the paper that is checked, of which somebody can be asked something.
func checkedPaper(c *desk.Case, document string) (*paper.Paper, error) {
	d, err := c.Papers.Get(document)
	if err != nil {
		return nil, err
	}
	if len(checkItems(d)) == 0 {
		return nil, fault.New(fault.NotFound, fault.Position{}, "webpaper.no_questions")
	}
	return d, nil
}

// checksPath is where a check is.
func checksPath(c *desk.Folder, id string) string { return papersPath(c, "/checks/"+id) }

// ofEntry are the checks of the paper that an entry says came, the latest first.
func ofEntry(c *desk.Case, all []desk.PaperCheck, sealed string) (out []*desk.PaperCheck) {
	forms := c.History(sealed)
	for i := range all {
		if all[i].Entry != "" && slices.Contains(forms, all[i].Entry) {
			out = append(out, &all[i])
		}
	}
	return out
}

// receivedPage draws the beginning of a check, with what was typed.
func (s *Site) receivedPage(r *http.Request, c *desk.Case, d *paper.Paper, entry string, said func(string) string) (receivedPage, error) {
	p := receivedPage{Frame: s.caseFrame(r, c, "webpaper.title", "papers"), Back: papersPath(c.Folder, ""), Action: papersPath(c.Folder, "/received/"+d.ID), Draft: "received:" + string(c.ID) + ":" + d.ID}
	p.Title = p.T("webpaper.received_title", "title", d.Title[p.Lang])
	kept, err := s.desk.Checks(r.Context(), who(r), c.ID)
	if err != nil {
		return p, err
	}
	e := cameNow(c, entry)
	if e != nil {
		p.Of, p.OfHref = p.T("webpaper.entry_on", "what", p.speak().kindTitle(e), "date", p.cat.When(e.On)), entryPath(c.Folder, e.ID)
		p.Hidden, p.Draft = []Hidden{{"entry", c.Name(e.ID)}}, p.Draft+":"+c.Name(e.ID)
		p.From = p.speak().textsOf(c, e, said("from"))
	}
	for i := range kept {
		if x := &kept[i]; x.Document == d.ID && len(p.Kept) < 20 && (e == nil && x.Entry == "") {
			p.Kept = append(p.Kept, p.speak().checkRow(c, d, x))
		}
	}
	p.Text = Field{Name: "text", Kind: "textarea", Label: p.T("webmark.text"), Hint: p.T("webmark.text_hint"), Rows: 8, Value: said("text")}
	for _, it := range checkItems(d) {
		x := Field{Name: "q_" + it.ID, Label: it.Ask[p.Lang], Kind: "radio", Required: true}
		for _, o := range []string{desk.CheckYes, desk.CheckNo, desk.CheckUnsure} {
			x.Options = append(x.Options, Option{Value: o, Label: p.T("webpaper.said_" + o), On: o == said(x.Name)})
		}
		p.Asks = append(p.Asks, x)
	}
	return p, nil
}

// textsOf asks which text is meant, where one is kept with the entry that says that the
// paper came; nil when none is.
func (f speaker) textsOf(c *desk.Case, e *fact.Entry, is string) *Field {
	x := &Field{Name: "from", Kind: "radio", Label: f.T("webmark.from"), Required: true, Options: []Option{{Value: "", Label: f.T("webmark.from_box"), On: is == ""}}}
	for _, t := range textFiles(c, e) {
		id := hex.EncodeToString(t.Digest[:])
		x.Options = append(x.Options, Option{Value: id, Label: f.T("webmark.from_file", "name", t.Name), On: is == id})
	}
	if w := entryWords(e); w != "" {
		x.Options = append(x.Options, Option{Value: "note", Label: f.T("webmark.from_note", "words", shortened(oneSpace(w), 80)), Hint: f.T("webmark.from_note_hint"), On: is == "note"})
	}
	if len(x.Options) == 1 {
		return nil
	}
	return x
}

// entryWords are the words of an entry, as somebody wrote them.
func entryWords(e *fact.Entry) string {
	if e.Note != "" {
		return e.Note
	}
	return e.Fields.Summary
}

// textFiles are the files of an entry that hold plain text or a page.
func textFiles(c *desk.Case, e *fact.Entry) (out []desk.FileRef) {
	m := c.Mark(e.ID)
	if m == nil {
		return nil
	}
	for _, x := range m.Files {
		ext := strings.ToLower(path.Ext(x.Name))
		if x.Size <= desk.MostCheck && strings.HasPrefix(x.Type, "text/") && slices.Contains([]string{".txt", ".text", ".md", ".htm", ".html"}, ext) {
			out = append(out, x)
		}
	}
	return out
}

// receivedShow begins the check of a paper, or leads to the one that was begun of the
// same entry.
func (s *Site) receivedShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	d, err := checkedPaper(c, r.PathValue("document"))
	if err != nil {
		return err
	}
	entry := r.URL.Query().Get("entry")
	if cameNow(c, entry) != nil {
		kept, err := s.desk.Checks(r.Context(), who(r), c.ID)
		if err != nil {
			return err
		}
		for _, x := range ofEntry(c, kept, entry) {
			if x.Document == d.ID {
				return s.seeOther(w, r, checksPath(c.Folder, x.ID))
			}
		}
	}
	p, err := s.receivedPage(r, c, d, entry, func(string) string { return "" })
	if err != nil {
		return err
	}
	p.Name = desk.NewName()
	return s.show(w, r, http.StatusOK, p)
}

// receivedCheck keeps what its reader found. Nothing is written into the record.
func (s *Site) receivedCheck(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	d, err := checkedPaper(c, r.PathValue("document"))
	if err != nil {
		return err
	}
	text, fits := f.Words("text", mostReceived)
	said := func(name string) string {
		if name == "text" {
			return text
		}
		return f.Text(name, 100)
	}
	x := desk.PaperCheck{ID: f.Text("name", 20), Document: d.ID, Said: map[string]string{}}
	e := cameNow(c, f.Text("entry", 40))
	if e != nil {
		x.Entry = c.Name(e.ID)
	}
	for _, it := range checkItems(d) {
		if v := said("q_" + it.ID); v == desk.CheckYes || v == desk.CheckNo || v == desk.CheckUnsure {
			x.Said[it.ID] = v
		}
	}
	wrong := ""
	if fits {
		from, err := s.textFrom(r, c, e, f.Text("from", 100), text)
		if err != nil {
			return err
		}
		x.Text = pasted(from)
	}
	switch {
	case !fits || len(x.Text) > desk.MostCheck:
		wrong = "webmark.long"
	case x.Text == "" && f.Text("do", 10) == "text":
		wrong = "webmark.no_text"
	}
	if wrong == "" {
		err := s.desk.NewCheck(r.Context(), who(r), c.ID, x)
		if err != nil {
			return err
		}
	}
	p, err := s.receivedPage(r, c, d, x.Entry, said)
	if err != nil {
		return err
	}
	if wrong == "" {
		s.dropDraft(r, p.Draft)
		s.done(r, "webmark.kept")
		return s.seeOther(w, r, checksPath(c.Folder, x.ID))
	}
	p.Name, p.Text.Error = x.ID, p.T(wrong, "limit", "100,000")
	return s.show(w, r, http.StatusUnprocessableEntity, p)
}

// pasted is a text as it is kept: what looks like a page becomes its words, and signs that
// nobody sees are gone.
func pasted(s string) string { return strings.TrimSpace(clean(markup.Text(s))) }

// textFrom is the text that was meant: what was typed, a file of the entry, or its words.
func (s *Site) textFrom(r *http.Request, c *desk.Case, e *fact.Entry, from, typed string) (string, error) {
	switch {
	case e == nil || from == "":
		return typed, nil
	case from == "note":
		return entryWords(e), nil
	}
	for _, x := range textFiles(c, e) {
		if hex.EncodeToString(x.Digest[:]) != from {
			continue
		}
		var b bytes.Buffer
		err := s.desk.File(r.Context(), who(r), c.ID, x.Digest, func(desk.FileRef) error { return nil }, &b)
		return b.String(), err
	}
	return "", fault.New(fault.NotFound, fault.Position{}, "desk.no_file")
}

// checkable are the papers of the other side that can be checked, in the order of their
// titles.
func checkable(c *desk.Case, all []*paper.Paper) (out []*paper.Paper) {
	mine := paper.Parent
	if c.File.Case.Side == fact.SchoolSide {
		mine = paper.LEA
	}
	for _, d := range all {
		if d.Side != mine && inState(c, d) && len(checkItems(d)) > 0 && d.Form != paper.Log {
			out = append(out, d)
		}
	}
	return out
}
