package web

import (
	"net/http"

	"stayput/derive/items"
	"stayput/derive/program"
	"stayput/desk"
	"stayput/fault"
)

// A digestOpenPage is what a private link shows: one page, as it was made, and a
// button to say that it was read. Opening it says nothing.
type digestOpenPage struct {
	Frame
	Blocks []digestBlock
	Token  string
	Hash   string
	Name   string
	Newer  string // a newer page or plan is there
	Own    bool   // whoever made it looks at it
	Ack    string // it was confirmed
	Fields []Field
	Errs   []Field
	Ends   string
}

func (digestOpenPage) template() string { return "digest_open" }

// A digestOverPage says that a link works no more: in the same words whatever
// became of it.
type digestOverPage struct{ Frame }

func (digestOverPage) template() string { return "digest_over" }

var (
	_ = sample(func() page {
		return digestOpenPage{Blocks: sampleBlocks(), Token: "t", Hash: "h", Name: "n", Newer: "w", Fields: []Field{{Name: "signer", Kind: "text", Label: "l", Error: "e"}}, Errs: []Field{{Name: "signer", Error: "e"}}, Ends: "e"}
	})
	_ = sample(func() page { return digestOpenPage{Blocks: sampleBlocks(), Own: true} })
	_ = sample(func() page { return digestOpenPage{Blocks: sampleBlocks(), Ack: "a"} })
	_ = sample(func() page { return digestOverPage{} })
)

// digestOpen shows the page of a link.
func (s *Site) digestOpen(w http.ResponseWriter, r *http.Request) error {
	return s.showDigest(w, r, nil, wrong{})
}

func (s *Site) showDigest(w http.ResponseWriter, r *http.Request, f *Form, bad wrong) error {
	private(w)
	got, err := s.desk.OpenedDigest(r.Context(), r.PathValue("token"))
	if err != nil {
		return s.digestOver(w, r, err)
	}
	lang := digestLang(got.Text)
	fr := s.frame(r, "webitems.open_title", "").speak().inLang(lang)
	fr.Title, fr.OtherLang = fr.T("webitems.open_title"), "" // the page was made in one language
	p := digestOpenPage{Frame: fr, Token: r.PathValue("token"), Hash: got.Hash, Name: desk.NewName(), Ends: fr.T("webitems.open_until", "date", fr.cat.Date(dayUntil(got.Ends)))}
	p.Blocks = digestBlocks(got.Text, p.speak().planLang(planWordsOf(got.Case, got.Entry)))
	if p.Newer, err = p.newer(got); err != nil {
		return err
	}
	me := who(r)
	p.Own = me.Space == got.Space && me.Person.ID == got.ByID
	if got.Ack != nil {
		p.Ack = p.T("webitems.open_confirmed", "who", got.Ack.By, "date", p.cat.Date(got.Ack.On.Latest))
	}
	signer := Field{Name: "signer", Label: p.T("webitems.f_signer"), Kind: "text", Value: got.Teacher, Required: true, Max: 100, Autocomplete: "name"}
	question := Field{Name: "question", Label: p.T("webitems.f_question"), Hint: p.T("webitems.f_question_hint"), Kind: "textarea", Rows: 3, Max: 2000}
	status := http.StatusOK
	if f != nil {
		signer.Value, question.Value, p.Name = f.Text("signer", 100), f.Text("question", 4000), f.Text("name", 20)
		for _, x := range []*Field{&signer, &question} {
			if e := bad[x.Name]; e != "" {
				x.Error = p.T(e)
				p.Errs = append(p.Errs, *x)
			}
		}
		status = http.StatusUnprocessableEntity
	}
	p.Fields = []Field{signer, question}
	return s.show(noStore{w}, r, status, p)
}

// newer says that the page is not the latest word.
func (p *digestOpenPage) newer(got desk.OpenDigest) (string, error) {
	for _, d := range items.Digests(got.Case.Brief.View, got.Today) {
		if d.Given != got.Entry {
			continue
		}
		if !d.Live() {
			return p.T("webitems.open_newer_page"), nil
		}
		res := &program.Result{}
		plans, err := got.Case.Plans()
		if err == nil && len(plans) > 0 {
			if res, err = got.Case.Program(); err != nil {
				return "", err
			}
		}
		one := []items.Digest{d}
		items.HoldAgainst(one, res, items.Derive(items.Input{Plans: plans, Program: res, View: got.Case.Brief.View, AsOf: got.Today}))
		if len(one[0].Stale) > 0 {
			return p.T("webitems.open_newer_plan"), nil
		}
	}
	return "", nil
}

// private keeps an answer out of search engines.
func private(w http.ResponseWriter) {
	w.Header().Set("X-Robots-Tag", "noindex, nofollow, noarchive")
}

// digestOver is what every link shows that does not work.
func (s *Site) digestOver(w http.ResponseWriter, r *http.Request, err error) error {
	if fault.KindOf(err) != fault.NotFound {
		return err
	}
	return s.show(noStore{w}, r, http.StatusNotFound, digestOverPage{s.frame(r, "webitems.over_title", "")})
}

// digestAck writes down that the page was read.
func (s *Site) digestAck(w http.ResponseWriter, r *http.Request) error {
	private(w)
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	bad := wrong{}
	signer := oneLine(f.Text("signer", 100))
	if signer == "" {
		bad["signer"] = "webitems.bad_signer"
	}
	question, fits := f.Words("question", 2000)
	if !fits {
		bad["question"] = "webcase.bad_long"
	}
	if len(bad) > 0 {
		return s.showDigest(w, r, f, bad)
	}
	if _, err := s.desk.AcknowledgeDigest(r.Context(), r.PathValue("token"), f.Text("name", 20), signer, question, f.Text("page", 64)); err != nil {
		return s.digestOver(w, r, err)
	}
	return s.seeOther(w, r, "/digest/"+r.PathValue("token"))
}
