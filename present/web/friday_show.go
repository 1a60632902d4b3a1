package web

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"stayput/day"
	"stayput/derive/packet"
	"stayput/derive/reading"
	"stayput/desk"
	"stayput/fact"
	"stayput/format/document"
	"stayput/format/mail"
	"stayput/format/plain"
	"stayput/guide"
	"stayput/law/packs"
	"stayput/locale"
	saybrief "stayput/present/brief"
	saypacket "stayput/present/packet"
)

// A fridayPage is the letters about a week, one to each family.
type fridayPage struct {
	Frame
	Week    Field
	Tongue  Field
	Letters []fridayLetter
	Shown   string
	Zip     string
	Before  string
	Next    string
}

func (fridayPage) template() string { return "friday_show" }

// A fridayLetter is one of them.
type fridayLetter struct {
	ID        string
	Case      string
	Href      string
	To        string // "" when no contact of a parent has an email
	Contacts  string
	Lang      string
	Subject   string
	Blocks    []paperBlock
	Reading   string
	EML       string // "" for who may not take anything out
	OtherEML  string
	OtherLang string
	Bad       []string // why there is no letter
}

var (
	_ = sample(func() page {
		l := fridayLetter{ID: "1", Case: "c", Href: "/c", To: "t", Contacts: "/k", Lang: "es", Subject: "s", Blocks: []paperBlock{{Kind: "p", Runs: []paperRun{{Lines: []string{"x"}}}}, {Kind: "h2", Text: "h"}}, Reading: "r", EML: "/e", OtherEML: "/o", OtherLang: "es"}
		return fridayPage{Week: Field{Name: "week", Kind: "select", Label: "w"}, Tongue: Field{Name: "words", Kind: "select", Label: "l"}, Letters: []fridayLetter{l, {ID: "2", Case: "d", Href: "/d", Contacts: "/k", Bad: []string{"b"}}}, Shown: "s", Zip: "/z", Before: "/b", Next: "/n"}
	})
	_ = sample(func() page {
		return fridayPage{Week: Field{Name: "week", Kind: "select", Label: "w"}, Tongue: Field{Name: "words", Kind: "select", Label: "l"}}
	})
)

// How many letters a page shows, and how many weeks back can be picked.
const (
	mostFridays = 20
	fridayWeeks = 8
)

// A fridayAsk is which week is meant, and in which language the letters are.
type fridayAsk struct {
	to    day.Date // zero: today
	words string   // en, es; "" is each family's own
}

// fridayAsked reads it from an address. What is no date, or lies ahead, is today.
func (s *Site) fridayAsked(r *http.Request) fridayAsk {
	var a fridayAsk
	if d, err := day.Parse(r.URL.Query().Get("week")); err == nil && d < s.today() {
		a.to = d
	}
	if w := r.URL.Query().Get("words"); w == "en" || w == "es" {
		a.words = w
	}
	return a
}

// query is a as part of an address; "" for what is usual.
func (a fridayAsk) query() string {
	q := url.Values{}
	if a.to != 0 {
		q.Set("week", a.to.String())
	}
	if a.words != "" {
		q.Set("words", a.words)
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// homeWords is the catalog in which a family is written to.
func homeWords(c *fact.Case, asked string) *locale.Catalog {
	lang := asked
	if lang == "" {
		lang = "en"
		if home := strings.ToLower(strings.TrimSpace(c.HomeLanguage)); home == "es" || strings.HasPrefix(home, "es-") {
			lang = "es"
		}
	}
	cat, _ := locale.For(lang)
	return cat
}

// fridayOf makes the letter of one case from its open record alone: it goes out.
func (s *Site) fridayOf(r *http.Request, c *desk.Folder, a fridayAsk) (*saypacket.Friday, *desk.Case, *locale.Catalog, error) {
	x, err := s.desk.Plainly(r.Context(), who(r), c.ID, desk.View{AsOf: a.to})
	if err != nil {
		return nil, nil, nil, err
	}
	cat := homeWords(&x.File.Case, a.words)
	o := saypacket.FridayOptions{Cat: cat, Words: packs.Texts(cat.Lang()).In(saybrief.Packs(x.Brief)...), Sender: who(r).Person.Name}
	return saypacket.Letter(packet.WeekOf(x.Brief), x.Brief, o), x, cat, nil
}

// fridayCases are the open cases in which somebody writes: who only reads some of a case
// does not tell its family how it stands.
func (s *Site) fridayCases(r *http.Request) (out []*desk.Case, err error) {
	all, err := s.desk.Cases(r.Context(), who(r), false)
	for _, c := range all {
		if s.desk.May(who(r), desk.AddEntry, c.ID) {
			out = append(out, c)
		}
	}
	return out, err
}

// fridayShow shows the letters of a week.
func (s *Site) fridayShow(w http.ResponseWriter, r *http.Request) error {
	all, err := s.fridayCases(r)
	if err != nil {
		return err
	}
	a := s.fridayAsked(r)
	p := fridayPage{Frame: s.frame(r, "webfriday.title", "cases")}
	p.Week = Field{Name: "week", Kind: "select", Label: p.T("webfriday.week"), Required: true}
	today, listed := s.today(), false
	for i := range fridayWeeks {
		d := today.Add(-7 * i)
		o := Option{Value: d.String(), Label: p.cat.DateFull(d), On: a.to == d || a.to == 0 && i == 0}
		listed = listed || o.On
		p.Week.Options = append(p.Week.Options, o)
	}
	if !listed {
		p.Week.Options = append(p.Week.Options, Option{Value: a.to.String(), Label: p.cat.DateFull(a.to), On: true})
	}
	p.Tongue = Field{Name: "words", Kind: "select", Label: p.T("webfriday.language"), Required: true, Options: []Option{{Value: "home", Label: p.T("webfriday.language_home"), On: a.words == ""}}}
	for _, lang := range locale.Languages {
		p.Tongue.Options = append(p.Tongue.Options, Option{Value: lang, Label: p.T("webpaper.lang_" + lang), On: a.words == lang})
	}
	from := 0
	fmt.Sscan(r.URL.Query().Get("from"), &from)
	if from < 0 || from >= len(all) {
		from = 0
	}
	link := func(n int) string {
		q := a.query()
		if q == "" {
			return "/friday?from=" + itoa(n)
		}
		return "/friday" + q + "&from=" + itoa(n)
	}
	end := min(from+mostFridays, len(all))
	if from > 0 {
		p.Before = link(max(0, from-mostFridays))
	}
	if end < len(all) {
		p.Next = link(end)
	}
	if from > 0 || end < len(all) {
		p.Shown = p.T("webfriday.shown", "from", itoa(from+1), "to", itoa(end), "all", itoa(len(all)))
	}
	for i, c := range all[from:end] {
		p.Letters = append(p.Letters, s.fridayLetter(r, p.speak(), c, a, from+i+1))
	}
	for _, c := range all {
		if s.desk.May(who(r), desk.ExportCase, c.ID) {
			p.Zip = "/friday.zip" + a.query()
			break
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// fridayLetter is one letter for the page.
func (s *Site) fridayLetter(r *http.Request, f speaker, c *desk.Case, a fridayAsk, n int) fridayLetter {
	x := fridayLetter{ID: itoa(n), Case: caseTitle(f.cat, c.Folder), Href: casePath(c.Folder), Contacts: casePath(c.Folder) + "/contacts?return=%2Ffriday"}
	letter, now, cat, err := s.fridayOf(r, c.Folder, a)
	if err != nil {
		x.Bad = append([]string{f.T("webfriday.unreadable")}, f.says(err)...)
		return x
	}
	x.Lang, x.Subject, x.Blocks = cat.Lang(), letter.Subject, paperBlocks(letter.Document.Blocks)
	if p := now.File.Case.Contact("parent"); p != nil && p.Email != "" {
		x.To = f.T("webfriday.to", "name", oneSpace(p.Name), "email", p.Email)
	}
	x.Reading = f.fridayReading(letter.Document, cat.Lang())
	if s.desk.May(who(r), desk.ExportCase, c.ID) {
		at := casePath(c.Folder) + "/friday.eml"
		x.EML = at + a.query()
		b := a
		b.words = other(cat.Lang())
		x.OtherEML, x.OtherLang = at+b.query(), b.words
	}
	return x
}

// fridayReading says how hard a letter is to read, by its own language.
func (f speaker) fridayReading(d *document.Document, lang string) string {
	var body strings.Builder
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case document.Paragraph:
			body.WriteString(plain.Line(b) + "\n\n")
		case document.List:
			for _, p := range b.Items {
				body.WriteString(plain.Line(p) + "\n\n")
			}
		}
	}
	var terms []reading.Term
	for _, t := range guide.For(lang).Terms {
		for _, n := range t.Names {
			terms = append(terms, reading.Term{Name: n, Plain: t.Definition})
		}
	}
	m := reading.Measure(body.String(), lang, terms)
	if m.Level == reading.Unmeasured {
		return ""
	}
	out := []string{f.T("webpaper.reading_" + string(m.Level))}
	if len(m.Scores) > 0 {
		out = append(out, f.T("webpaper.formula_"+string(m.Scores[0].Formula), "score", tenth(m.Scores[0].Tenths), "words", itoa(m.Words), "sentences", itoa(m.Sentences)))
	}
	if m.Rough {
		out = append(out, f.T("webpaper.reading_rough"))
	}
	for i, l := range m.Long {
		if i < 3 {
			out = append(out, f.T("webpaper.long_one", "n", itoa(l.Words), "text", shortened(oneSpace(body.String()[l.Start:l.End]), 120)))
		}
	}
	return strings.Join(out, " ")
}

// fridayMail is a letter as a draft for a mail program.
func fridayMail(l *saypacket.Friday, c *fact.Case) ([]byte, error) {
	m := &mail.Draft{Subject: l.Subject, Language: l.Document.Language, Text: plain.String(l.Document)}
	if p := c.Contact("parent"); p != nil && p.Email != "" {
		m.To = []mail.Address{{Name: oneSpace(p.Name), Email: oneSpace(p.Email)}}
	}
	var b bytes.Buffer
	err := mail.Write(&b, m)
	return b.Bytes(), err
}

// fridayFile gives the letter of one case as a draft for a mail program.
func (s *Site) fridayFile(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	letter, now, _, err := s.fridayOf(r, c.Folder, s.fridayAsked(r))
	if err != nil {
		return err
	}
	data, err := fridayMail(letter, &now.File.Case)
	if err != nil {
		return err
	}
	if err := s.desk.Give(r.Context(), who(r), c.ID, desk.Given{What: "friday"}); err != nil {
		return err
	}
	s.fridayGive(w, "message/rfc822", "friday-"+now.Brief.AsOf.String()+".eml", data)
	return nil
}

func (s *Site) fridayGive(w http.ResponseWriter, kind, name string, data []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	w.Write(data)
}

// fridayFiles gives all letters that who may take out, as one file. A case that cannot be
// read has none; no name of a child stands in the name of a file.
func (s *Site) fridayFiles(w http.ResponseWriter, r *http.Request) error {
	all, err := s.fridayCases(r)
	if err != nil {
		return err
	}
	a := s.fridayAsked(r)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, c := range all {
		if !s.desk.May(who(r), desk.ExportCase, c.ID) {
			continue
		}
		letter, now, cat, err := s.fridayOf(r, c.Folder, a)
		if err != nil {
			continue // the page says why it has no letter
		}
		data, err := fridayMail(letter, &now.File.Case)
		if err != nil {
			return err
		}
		out, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("friday-%03d-%s.eml", i+1, cat.Lang()), Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := out.Write(data); err != nil {
			return err
		}
		if err := s.desk.Give(r.Context(), who(r), c.ID, desk.Given{What: "friday"}); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	to := a.to
	if to == 0 {
		to = s.today()
	}
	s.fridayGive(w, "application/zip", "friday-"+to.String()+".zip", b.Bytes())
	return nil
}
