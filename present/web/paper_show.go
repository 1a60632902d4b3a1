package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/desk"
	"stayput/fault"
	"stayput/format/markup"
	"stayput/paper"
	"stayput/present/letter"
)

// A paperShowPage is one paper that is being written: its open questions, its text, and
// what of its contents is there.
type paperShowPage struct {
	Frame
	Path, Back string
	Lead       string
	Done       string // it was finished: what to do now
	Sent       string // it was sent
	SentEntry  string
	Version    int64
	Draft      string
	Blanks     []paperBlank
	Text       Field
	Problems   []string
	Checks     []paperCheck
	Counted    string
	Missing    int
	More       []paperCheck // recommended
	Avoid      []string
	Stale      []paperStale
	Anew       string
	Unknown    []string
	Used       []paperFact
	Others     string // facts without an entry
	Reading    *paperReading
	Pages      string
	Lost       string // signs that the PDF cannot show
	Unread     string // nobody who practices law in its language has read the wording
	Broken     []string
	Forms      []Tab // the paper as a file
	Theirs     string
	Clash      bool
	MayDrop    bool
	Whom       []Field  // of several contacts, who writes it and who gets it
	Gone       []string // who was chosen and is no contact any more
	Head       string   // whether it bears the letterhead
	HeadDo     string   // yes or no: what the button makes of it
}

type (
	// A paperBlank is a question that is still open in the text.
	paperBlank struct {
		No       int
		Question string
		Where    string // the words around it, which tell like questions apart
		Lang     string
	}
	// A paperCheck is a content and how it stands.
	paperCheck struct {
		ID, Text string
		Tag      Tag
		Cite     Cite
		Blank    string // where its question is asked
		Tell     bool   // the writer may say that it is there
		Told     bool
	}
	// A paperStale is a fact that the record says otherwise now.
	paperStale struct {
		Text  string
		Links []noLink
	}
	// A paperFact is an entry with what the paper says of it.
	paperFact struct {
		Href, Title string
		Said        []string
	}
	// A paperReading is how hard the text is to read.
	paperReading struct {
		Level  string
		Detail string
		Long   []string
		Jargon []string
	}
)

func (paperShowPage) template() string { return "paper_show" }

var (
	_ = sample(func() page {
		return paperShowPage{Path: "/p", Back: "/b", Lead: "l", Done: "d", Version: 2, Draft: "x", Blanks: []paperBlank{{1, "q", "w", "es"}}, Text: Field{Name: "text", Kind: "textarea", Label: "l"}, Problems: []string{"p"},
			Checks: []paperCheck{{"id", "t", Tag{"soon", "x"}, Cite{Text: "c", Checked: "k"}, "#q-1", true, true}}, Counted: "c", Missing: 1, More: []paperCheck{{ID: "m", Text: "t"}}, Avoid: []string{"a"},
			Stale: []paperStale{{"t", []noLink{{"/h", "l", ""}}}}, Anew: "/n", Unknown: []string{"u"}, Used: []paperFact{{"/h", "t", []string{"s"}}}, Others: "o", Reading: &paperReading{"l", "d", []string{"s"}, []string{"j"}},
			Pages: "1", Lost: "l", Unread: "u", Broken: []string{"b"}, Forms: []Tab{{Href: "/f", Label: "l"}}, Theirs: "t", Clash: true, MayDrop: true, Head: "h", HeadDo: "no",
			Whom: []Field{{Name: "to", Kind: "select", Label: "l", Error: "e", Options: []Option{{Value: "v", Label: "l"}}}}, Gone: []string{"g"}}
	})
	_ = sample(func() page { return paperShowPage{Sent: "s", SentEntry: "/e"} })
)

// blanksIn are the questions of the blanks of a text, in their order.
func blanksIn(text string) (out []string) {
	for {
		i := strings.Index(text, "[[")
		if i < 0 {
			return out
		}
		j := strings.Index(text[i:], "]]")
		if j < 0 {
			return out
		}
		if q := strings.TrimSpace(text[i+2 : i+j]); q != "" && !strings.Contains(q, "\n\n") && len(out) < mostBlanks {
			out = append(out, q)
		}
		text = text[i+j+2:]
	}
}

// mostBlanks is how many open questions are asked at once.
const mostBlanks = 60

// around are the words around the first n blanks of a text: the heading they stand under,
// and the rest of their line.
func around(text string, n int) []string {
	var out []string
	heading, count := "", 0
	for _, line := range strings.Split(text, "\n") {
		count += len(blanksIn(line))
	}
	if count != len(blanksIn(text)) { // one goes over the end of a line: better no words than those of another
		return nil
	}
	for _, line := range strings.Split(text, "\n") {
		if h, is := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); is && strings.HasPrefix(line, "#") {
			heading = strings.ReplaceAll(h, "**", "")
		}
		for range blanksIn(line) {
			rest := line
			for _, q := range blanksIn(line) {
				rest = strings.ReplaceAll(rest, "[["+q+"]]", "…")
			}
			rest = strings.Trim(strings.ReplaceAll(rest, "**", ""), " -#|")
			if strings.Trim(rest, "… .") == "" {
				rest = ""
			}
			switch {
			case len(out) == n:
				return out
			case heading == "" || rest == "" || strings.HasPrefix(line, "#"):
				out = append(out, shortened(rest+heading, 120))
			default:
				out = append(out, shortened(heading+". "+rest, 160))
			}
		}
	}
	return out
}

// A filled is an answer to an open question.
type filled struct{ question, answer string }

// fillBlanks puts answers in the place of the questions they answer, each once. A text
// that was changed beside them keeps what it says: an answer finds its own question.
func fillBlanks(text string, answers []filled) string {
	var b strings.Builder
	used := make([]bool, len(answers))
	for {
		i := strings.Index(text, "[[")
		j := -1
		if i >= 0 {
			j = strings.Index(text[i:], "]]")
		}
		if j < 0 {
			b.WriteString(text)
			return b.String()
		}
		said := text[i : i+j+2]
		q := oneSpace(text[i+2 : i+j])
		for n, a := range answers {
			if !used[n] && oneSpace(a.question) == q {
				if used[n] = true; a.answer != "" {
					said = a.answer
				}
				break
			}
		}
		b.WriteString(text[:i] + said)
		text = text[i+j+2:]
	}
}

func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

// paperOf reads a paper and the case it belongs to, and drafts it anew from the record as
// it stands now.
func (s *Site) paperOf(r *http.Request) (x desk.Paper, c *desk.Case, now *paperDraft, err error) {
	c, err = s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return x, nil, nil, err
	}
	x, err = s.desk.Paper(r.Context(), who(r), c.ID, r.PathValue("paper"))
	if err != nil {
		return x, nil, nil, err
	}
	plain, err := s.desk.Plainly(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return x, nil, nil, err
	}
	if now, err = draftPaper(plain, askOf(&x)); err != nil {
		return x, c, nil, err
	}
	now.Head, err = s.headOf(r, &x, now)
	return x, c, now, err
}

// askOf is what a paper was drafted from.
func askOf(x *desk.Paper) paperAsk {
	return paperAsk{Document: x.Document, Lang: x.Lang, Register: x.Register, About: x.About, Sender: x.Sender, To: x.To, SenderWho: x.SenderWho, ToWho: x.ToWho, Gaps: x.Gaps}
}

// paperPage draws a paper with a text.
func (s *Site) paperPage(r *http.Request, x desk.Paper, c *desk.Case, now *paperDraft) paperShowPage {
	p := paperShowPage{Frame: s.caseFrame(r, c, "webpaper.title", "papers"), Back: papersPath(c.Folder, ""), Path: papersPath(c.Folder, "/"+x.ID), Version: x.Version, Draft: "paper:" + x.ID}
	f := p.speak()
	p.Title = f.paperCalled(c, &x)
	p.Lead = p.T("webpaper.show_lead", "lang", p.T("webpaper.in_"+x.Lang), "register", p.T("webpaper.as_"+x.Register))
	if now.Broken != nil {
		p.Broken = append([]string{p.T("desk.plans_unreadable")}, f.says(now.Broken)...)
	}
	if x.Sent != nil {
		p.Sent = p.T("webpaper.row_sent", "date", p.cat.Date(x.Sent.On), "how", p.T("webcase.means_"+x.Sent.How))
		if x.Sent.To != "" {
			p.Sent = p.T("webpaper.row_sent_to", "date", p.cat.Date(x.Sent.On), "how", p.T("webcase.means_"+x.Sent.How), "who", x.Sent.To)
		}
		if e := c.Entry(x.Sent.Entry); e != nil {
			p.SentEntry = entryPath(c.Folder, e.ID)
		}
	} else if !x.Done.IsZero() {
		p.Done = p.T("webpaper.is_done", "date", p.cat.Date(dayOf(x.Done)))
	}
	at := map[string]int{} // question to its number
	if x.Sent == nil {
		for i, q := range blanksIn(x.Text) {
			p.Blanks = append(p.Blanks, paperBlank{No: i, Question: q, Lang: x.Lang})
			if _, known := at[q]; !known {
				at[q] = i
			}
		}
	}
	for i, where := range around(x.Text, len(p.Blanks)) {
		p.Blanks[i].Where = where
	}
	p.Text = Field{Name: "text", Kind: "textarea", Label: p.T("webpaper.text"), Hint: p.T("webpaper.text_hint"), Value: x.Text, Rows: 26, Required: true}
	_, problems := markup.Parse(x.Text)
	for _, y := range problems {
		p.Problems = append(p.Problems, p.Fault(y))
	}
	p.checks(&x, now, at)
	for i := range now.Paper.Contents.Avoid {
		p.Avoid = append(p.Avoid, first(now.Paper.Contents.Avoid[i].Is[p.Lang]))
	}
	p.facts(&x, c, now)
	p.whom(c, &x, now)
	p.Unknown = letter.Unknown(now.Words, now.Paper, now.Facts, usedWas(x.Made), x.Text)
	p.Reading = f.paperReading(now.Paper, x.Lang, x.Text)
	n, lost := s.paperPages(&x, now)
	if n > 0 {
		p.Pages = p.N("webpaper.pages", n)
	}
	if x.Lang != "en" && !now.Paper.Reader[x.Lang] {
		p.Unread = p.T("webpaper.unread")
	}
	if len(lost) > 0 {
		p.Lost = p.T("webpaper.lost", "signs", strings.Join(lost, " "))
	}
	if p.May("export_case") {
		p.Forms = f.paperForms(p.Path)
	}
	if now.MayHead && x.Sent == nil {
		if p.Head, p.HeadDo = p.T("webown.head_off"), "yes"; now.Head != nil {
			p.Head, p.HeadDo = p.T("webown.head_on"), "no"
		}
	}
	p.MayDrop = x.Sent == nil && (x.By == who(r).Person.ID || p.May("correct_entry"))
	return p
}

// checks says how each content stands.
func (p *paperShowPage) checks(x *desk.Paper, now *paperDraft, at map[string]int) {
	done := 0
	for _, y := range letter.Check(now.Paper, x.Held, x.Told, x.Text) {
		k := paperCheck{ID: y.Item.ID, Text: first(y.Item.Is[p.Lang]), Cite: p.speak().paperCite(y.Item), Told: x.Told[y.Item.ID], Tell: y.State != letter.Present && x.Sent == nil || x.Told[y.Item.ID]}
		tone := "done"
		switch y.State {
		case letter.Blank, letter.Weak:
			tone = "soon"
		case letter.Missing:
			if tone = "late"; !y.Required {
				tone = ""
			}
		}
		k.Tag = Tag{tone, p.T("webpaper.state_" + string(y.State))}
		if y.State == letter.Blank {
			for _, held := range x.Held[y.Item.ID] {
				for _, q := range blanksIn(held) {
					if n, open := at[q]; open && k.Blank == "" {
						k.Blank = "#q-" + itoa(n)
					}
				}
			}
		}
		if !y.Required {
			p.More = append(p.More, k)
			continue
		}
		p.Checks = append(p.Checks, k)
		if y.State == letter.Present || y.State == letter.Told {
			done++
		} else {
			p.Missing++
		}
	}
	p.Counted = p.T("webpaper.counted", "n", itoa(done), "all", itoa(len(p.Checks)))
}

// facts says which entries the paper stands on, and what changed in the record since.
func (p *paperShowPage) facts(x *desk.Paper, c *desk.Case, now *paperDraft) {
	link := func(id string) (noLink, bool) {
		e := c.Brief.View.Get(id)
		if e == nil || c.Name(id) == "" {
			return noLink{}, false
		}
		return noLink{Href: entryPath(c.Folder, id), Label: p.T("webpaper.entry_on", "what", p.speak().kindTitle(e), "date", p.cat.When(e.On))}, true
	}
	where := map[string]int{}
	var others []string
	for _, u := range x.Made {
		any := false
		for _, id := range u.Entries {
			l, ok := link(id)
			if !ok {
				continue
			}
			any = true
			i, known := where[id]
			if !known {
				i = len(p.Used)
				where[id] = i
				p.Used = append(p.Used, paperFact{Href: l.Href, Title: l.Label})
			}
			if said := &p.Used[i].Said; !slices.Contains(*said, u.Said) && len(*said) < 8 {
				*said = append(*said, u.Said)
			}
		}
		if !any && len(u.Entries) == 0 && !slices.Contains(others, u.Said) && u.Field != "today" && u.Field != "reply.by" && !ofCheck(u.Field) {
			others = append(others, u.Said)
		}
	}
	p.Others = strings.Join(others, "; ")
	if x.Sent != nil {
		return
	}
	for _, y := range changed(x, now) {
		line := paperStale{Text: p.T("webpaper.stale_now", "was", y.Was, "now", y.Now)}
		if y.Now == "" {
			line.Text = p.T("webpaper.stale_gone", "was", y.Was)
		}
		for _, id := range y.Entries {
			if l, ok := link(id); ok && len(line.Links) < 3 {
				line.Links = append(line.Links, l)
			}
		}
		p.Stale = append(p.Stale, line)
	}
	if len(p.Stale) > 0 {
		p.Anew = paperAnew(c, x)
	}
}

// changed are the facts that the record says otherwise now and that stand in the text
// still. Of a row of a list that is gone, one is told.
func changed(x *desk.Paper, now *paperDraft) (out []letter.Change) {
	text := oneSpace(x.Text)
	gone := map[string]bool{}
	for _, y := range letter.Stale(usedWas(x.Made), now.Letter.Used) {
		row, _, inList := strings.Cut(y.Field, "].")
		if !strings.Contains(text, oneSpace(y.Was)) || y.Now == "" && inList && gone[row] {
			continue
		}
		gone[row] = y.Now == ""
		out = append(out, y)
	}
	return out
}

// paperShow shows a paper.
func (s *Site) paperShow(w http.ResponseWriter, r *http.Request) error {
	x, c, now, err := s.paperOf(r)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, s.paperPage(r, x, c, now))
}

// paperSave keeps what was written. What somebody else saved meanwhile is shown beside
// it, and nothing is lost.
func (s *Site) paperSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	x, c, now, err := s.paperOf(r)
	if err != nil {
		return err
	}
	text, fits := f.Words("text", desk.MostPaper)
	typed := x
	typed.Version, _ = strconv.ParseInt(f.Text("version", 20), 10, 64)
	typed.Text = strings.TrimRight(fillBlanks(markup.Clean(text), f.filled()), "\n") + "\n"
	typed.Told = map[string]bool{}
	for _, id := range f.All("told") {
		if it, _ := now.Paper.Contents.Item(id); it != nil {
			typed.Told[id] = true
		}
	}
	err = nil
	if !fits || len(typed.Text) > desk.MostPaper {
		err = fault.New(fault.Invalid, fault.Position{}, "desk.paper_long", "limit", "200,000")
	} else if strings.TrimSpace(text) == "" {
		err = fault.New(fault.Invalid, fault.Position{}, "webpaper.bad_empty")
	} else {
		err = s.desk.SavePaper(r.Context(), who(r), c.ID, typed)
	}
	at := papersPath(c.Folder, "/"+x.ID)
	if err == nil {
		s.dropDraft(r, "paper:"+x.ID)
		if f.Text("do", 10) == "finish" {
			return s.paperFinished(w, r, false)
		}
		s.done(r, "webpaper.saved")
		return s.seeOther(w, r, at)
	}
	kind := fault.KindOf(err)
	if kind != fault.Invalid && kind != fault.Conflict || x.Sent != nil {
		return err
	}
	mine := typed
	mine.Version = x.Version
	p := s.paperPage(r, mine, c, now)
	p.Text.Value = typed.Text
	status := http.StatusUnprocessableEntity
	if kind == fault.Conflict {
		status, p.Clash, p.Theirs = http.StatusConflict, true, x.Text
	} else {
		for _, y := range fault.All(err) {
			p.Text.Error = p.Fault(y)
		}
	}
	return s.show(w, r, status, p)
}

// filled are the answers to the open questions of a form, in their order. An answer stands
// inside a sentence, so it is one line.
func (f *Form) filled() (out []filled) {
	for i := range mostBlanks {
		q, _ := f.Words("ask_"+itoa(i), 4000)
		if q != "" {
			out = append(out, filled{q, oneSpace(f.Text("fill_"+itoa(i), 2000))})
		}
	}
	return out
}

// paperDrop takes a draft away.
func (s *Site) paperDrop(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	if err := s.desk.DropPaper(r.Context(), who(r), caseID(r), r.PathValue("paper")); err != nil {
		return err
	}
	s.done(r, "webpaper.dropped")
	return s.seeOther(w, r, "/cases/"+string(caseID(r))+"/papers")
}

// toFamily reports that a paper goes to a family.
func toFamily(d *paper.Paper, to string) bool {
	if to == "" {
		to = string(d.To)
	}
	return to == "parent" || to == "student" || d.Side == paper.LEA && to == "other_party"
}
