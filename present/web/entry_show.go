package web

import (
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/guide"
	"stayput/people"
	say "stayput/present/brief"
	"stayput/record/seal"
)

// An entryShowPage is one entry with its history and what follows from it.
type entryShowPage struct {
	Frame
	Name       string
	Ref        string // what the case calls it
	Path       string
	Day        string
	Words      []string
	Facts      [][2]string
	Files      []fileLine
	Unkept     []string
	History    []formOf
	Starts     []dated
	Answers    *happened
	AnsweredBy []happened
	Written    string
	WrittenBy  string
	Place      int64
	Now        string // where the entry stands now, when it was corrected
	Withdrawn  bool
	Current    bool
	Held       bool
	Form       string // the name of the form that takes it back
}

func (entryShowPage) template() string { return "entry_show" }

var _ = sample(func() page {
	return entryShowPage{Day: "x", Words: []string{"y"}, Facts: [][2]string{{"a", "b"}}, Files: []fileLine{{Name: "f"}}, Unkept: []string{"g"},
		History: []formOf{{When: "x"}, {When: "y", Current: true}}, Answers: &happened{}, AnsweredBy: []happened{{}}, Current: true, Held: true}
})

type fileLine struct {
	Name, Href, Type string
	Size             int64
	Picture          bool
}

// A formOf is one form an entry once had.
type formOf struct {
	Href, When, Day, Text, By string
	Current                   bool
}

// entryOf is the entry that the path names.
func (s *Site) entryOf(r *http.Request) (*desk.Case, *fact.Entry, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return nil, nil, err
	}
	e := c.Entry(r.PathValue("entry"))
	if e == nil {
		return nil, nil, fault.New(fault.NotFound, fault.Position{}, "desk.no_entry")
	}
	return c, e, nil
}

// entryShow shows one entry.
func (s *Site) entryShow(w http.ResponseWriter, r *http.Request) error {
	c, e, err := s.entryOf(r)
	if err != nil {
		return err
	}
	m := c.Mark(e.ID)
	p := entryShowPage{Frame: s.caseFrame(r, c, "webcase.entry", "record"), Name: m.Name, Ref: e.ID, Path: entryPath(c.Folder, e.ID), Day: s.whenSay(r, e), Held: c.Held, Form: desk.NewName()}
	p.Title = p.speak().kindTitle(e)
	p.Words = paragraphs(e.Fields.Summary, e.Note)
	p.Facts = p.speak().entryFacts(e)
	for _, x := range m.Files {
		p.Files = append(p.Files, fileLine{Name: x.Name, Href: casePath(c.Folder) + "/files/" + x.Digest.String(), Type: x.Type, Size: x.Size, Picture: shown[x.Type]})
	}
	for _, n := range e.Files {
		kept := false
		for _, x := range m.Files {
			kept = kept || x.Name == n
		}
		if !kept {
			p.Unkept = append(p.Unkept, n)
		}
	}
	p.history(c, m.Name)
	p.Written = p.cat.Date(dayOf(m.At)) + " " + p.cat.AtTime(int16(m.At.Local().Hour()*60+m.At.Local().Minute()))
	p.WrittenBy = s.personName(r, m.By)
	p.Place = m.Seq + 1
	p.Current = p.Now == "" && !desk.IsWithdrawal(e)
	p.follows(c, e)
	return s.show(w, r, http.StatusOK, p)
}

// whenSay is the day of an entry, said in full.
func (s *Site) whenSay(r *http.Request, e *fact.Entry) string {
	f := s.frame(r, "webcase.entry", "")
	d := f.cat.When(e.On)
	if e.On.HasTime() {
		d = strings.TrimSpace(f.cat.Date(e.On.Earliest) + " " + f.cat.AtTime(e.On.Minute))
	}
	return first(d)
}

// personName is how the one who wrote an entry is called.
func (s *Site) personName(r *http.Request, id people.PersonID) string {
	if me := who(r).Person; me.ID == id {
		return me.Name
	}
	return ""
}

// history lists the forms the entry once had.
func (p *entryShowPage) history(c *desk.Case, name string) {
	forms := c.History(name)
	if n := len(forms); n > 1 {
		if last := forms[n-1]; last != name {
			p.Now = casePath(c.Folder) + "/record/" + last
			p.Withdrawn = desk.IsWithdrawal(c.Entry(last))
		}
		for _, x := range forms {
			e := c.Entry(x)
			m := c.Mark(e.ID)
			p.History = append(p.History, formOf{Href: casePath(c.Folder) + "/record/" + x, When: p.cat.Date(dayOf(m.At)), Day: p.speak().kindTitle(e) + ", " + p.cat.When(e.On), Text: excerpt(e), Current: x == name})
		}
	}
}

// follows finds what the entry starts, what it answers and what answers it.
func (p *entryShowPage) follows(c *desk.Case, e *fact.Entry) {
	var at []int
	for i := range c.Brief.Clocks {
		if c.Brief.Clocks[i].Trigger == e.ID && len(at) < 12 {
			at = append(at, i)
		}
	}
	for _, x := range say.Items(c.Brief, p.speak().wording(c.Brief), at, "ahead") {
		p.Starts = append(p.Starts, p.speak().dated(c.Folder, "", x))
	}
	if e.Re != "" {
		if to := c.Brief.View.Get(e.Re); to != nil && !to.Derived {
			h := p.speak().happened(c.Folder, to, c.Today)
			p.Answers = &h
		}
	}
	for _, x := range c.Brief.View.Entries {
		if x.Re == e.ID && len(p.AnsweredBy) < 20 {
			p.AnsweredBy = append(p.AnsweredBy, p.speak().happened(c.Folder, x, c.Today))
		}
	}
}

// paragraphs are the words of an entry, a paragraph each.
func paragraphs(texts ...string) []string {
	var out []string
	for _, t := range texts {
		for _, x := range strings.Split(t, "\n") {
			if x = strings.TrimSpace(x); x != "" {
				out = append(out, x)
			}
		}
	}
	return out
}

// entryFacts are the further facts of an entry in pairs of name and value.
func (f speaker) entryFacts(e *fact.Entry) [][2]string {
	var out [][2]string
	add := func(key, v string) {
		if v != "" {
			out = append(out, [2]string{f.cat.T("webcase.f_" + key), v})
		}
	}
	if e.By != "" {
		add("by", first(f.sourceWord(e.By)))
	}
	x := &e.Fields
	add("with", f.cat.List(x.With))
	if x.Means != "" {
		add("means", first(f.cat.T("webcase.means_"+x.Means)))
	}
	if x.Outcome != "" {
		add("outcome", first(f.cat.T("webcase.outcome_"+x.Outcome)))
	}
	if x.FiledBy != "" {
		add("filed_by", first(f.by(x.FiledBy)))
	}
	if x.Until != 0 {
		add("until", f.cat.Date(x.Until))
	}
	if x.Days != 0 {
		add("days", strconv.Itoa(x.Days))
	}
	add("about", f.cat.List(saidAbout(x.About)))
	add("offers", f.cat.List(x.Offers))
	add("response", x.Response)
	add("reasons", f.reasonWords(x.Reasons))
	add("parts", f.cat.List(f.partNames(x.Parts)))
	add("except", f.cat.List(f.partNames(x.Except)))
	add("later", f.cat.List(f.partNames(x.Later)))
	add("conditions", x.Conditions)
	if x.Minutes != 0 {
		add("minutes", strconv.Itoa(x.Minutes))
	}
	if x.Amount != "" {
		add("amount", "$"+x.Amount)
	}
	for _, n := range ticks {
		if t, _ := x.Tri(n); t != fact.Unsaid {
			out = append(out, [2]string{f.cat.T("webcase.tick_" + n), f.cat.T("webcase.tick_is_" + t.String())})
		}
	}
	word := "open"
	if e.Wall != fact.Open {
		word = string(e.Wall)
	}
	add("wall", f.cat.T("webcase.wall_"+word))
	return out
}

// entryWithdraw takes an entry back.
func (s *Site) entryWithdraw(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	name, err := s.desk.WithdrawEntry(r.Context(), who(r), caseID(r), r.PathValue("entry"), f.Text("name", 20), f.Text("why", 2000))
	if err != nil {
		return err
	}
	// Undo is taking back the taking back.
	s.note(r, Note{Tone: "done", Key: "webcase.withdrawn", Href: "/cases/" + string(caseID(r)) + "/record/" + name, Link: "webcase.look"})
	return s.seeOther(w, r, "/cases/"+string(caseID(r))+"/record")
}

// An entryDestroyPage asks before words are destroyed for good.
type entryDestroyPage struct {
	Frame
	Path    string
	Entry   happened
	Why     Field
	Law     Field
	Held    bool
	HeldWhy string // why the hold stands
	Open    bool   // a request to see the record waits
	Bad     bool
}

func (entryDestroyPage) template() string { return "entry_destroy" }

var _ = sample(func() page {
	return entryDestroyPage{Why: Field{Name: "why", Kind: "textarea"}, Law: Field{Name: "law"}, Held: true, HeldWhy: "x"}
})
var _ = sample(func() page {
	return entryDestroyPage{Why: Field{Name: "why", Kind: "textarea", Error: "x"}, Bad: true, Open: true}
})

func (s *Site) destroyPage(r *http.Request, bad string) (entryDestroyPage, error) {
	c, e, err := s.entryOf(r)
	if err != nil {
		return entryDestroyPage{}, err
	}
	p := entryDestroyPage{Frame: s.caseFrame(r, c, "webcase.destroy", "record"), Path: entryPath(c.Folder, e.ID), Held: c.Held, HeldWhy: c.HeldWhy, Open: openRequest(c) != nil}
	p.Entry = p.speak().happened(c.Folder, e, c.Today)
	p.Why = Field{Name: "why", Label: p.cat.T("webcase.destroy_why"), Hint: p.cat.T("webcase.destroy_why_hint"), Kind: "textarea", Rows: 3, Required: true, Error: bad}
	p.Law = Field{Name: "law", Label: p.cat.T("webcase.destroy_law"), Kind: "text"}
	p.Bad = bad != ""
	return p, nil
}

// entryDestroy asks before the words of an entry are destroyed.
func (s *Site) entryDestroy(w http.ResponseWriter, r *http.Request) error {
	p, err := s.destroyPage(r, "")
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// entryDestroySave destroys the words of an entry.
func (s *Site) entryDestroySave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	why := f.Text("why", 2000)
	unsaid := why == "" || !f.Ticked("sure")
	p, err := s.destroyPage(r, "")
	again := err != nil && fault.KindOf(err) == fault.NotFound && !unsaid // the form sent twice
	if err != nil && !again {
		return err
	}
	// While somebody waits to see the record, it is asked once more (34 CFR 99.10(e)).
	if unsaid || p.Open && !f.Ticked("open") {
		p.Bad, p.Why.Value = true, why
		p.Why.Error = p.T("webcase.destroy_say")
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	if err := s.desk.DestroyEntry(r.Context(), who(r), caseID(r), r.PathValue("entry"), why, f.Text("law", 500)); err != nil {
		return err
	}
	s.done(r, "webcase.destroyed")
	return s.seeOther(w, r, "/cases/"+string(caseID(r))+"/record")
}

// shown are the kinds of files a browser may show; everything else is saved.
var shown = map[string]bool{"image/jpeg": true, "image/png": true, "image/gif": true, "image/webp": true}

// fileShow gives a kept file. Nothing in it can run: what is no picture or PDF is
// saved, never shown.
func (s *Site) fileShow(w http.ResponseWriter, r *http.Request) error {
	var d seal.Digest
	if err := d.UnmarshalText([]byte(r.PathValue("digest"))); err != nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	return s.desk.File(r.Context(), who(r), caseID(r), d, func(x desk.FileRef) error {
		h := w.Header()
		t, how := "application/octet-stream", "attachment"
		if shown[x.Type] {
			t, how = x.Type, "inline"
		} else if x.Type == "application/pdf" {
			t = x.Type
		}
		h.Set("Content-Type", t)
		h.Set("Content-Length", strconv.FormatInt(x.Size, 10))
		h.Set("Content-Disposition", disposition(how, x.Name))
		h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
		h.Set("Cache-Control", "private, no-store")
		return nil
	}, w)
}

// disposition names a file for the browser, in ASCII and in full (RFC 6266).
func disposition(how, name string) string {
	plain := strings.Map(func(c rune) rune {
		if c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '%' {
			return '_'
		}
		return c
	}, name)
	var b strings.Builder
	for _, c := range []byte(name) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{c})))
		}
	}
	return how + `; filename="` + plain + `"; filename*=UTF-8''` + b.String()
}

// saidAbout leaves out the marks that the guide's own buttons make: the entry's
// kind and words say the same to people.
func saidAbout(about []string) []string {
	g := guide.For("en")
	marks := map[string]bool{}
	mark := func(l *guide.Log) {
		if l != nil {
			for _, a := range l.Fields.About {
				marks[a] = true
			}
		}
	}
	for i := range g.Cards {
		mark(&g.Cards[i].Log)
		mark(g.Cards[i].Spoken)
	}
	for i := range g.Captures {
		for j := range g.Captures[i].Choices {
			mark(&g.Captures[i].Choices[j].Log)
		}
	}
	return slices.DeleteFunc(slices.Clone(about), func(a string) bool { return marks[a] })
}
