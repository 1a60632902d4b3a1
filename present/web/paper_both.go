package web

import (
	"bytes"
	"net/http"

	"stayput/desk"
	"stayput/format/markup"
	"stayput/format/pdf"
	"stayput/present/letter"
)

// A paperLookPage is a paper to be read and printed: alone, or beside the same paper in
// the other language.
type paperLookPage struct {
	Frame
	Back   string
	Both   string // where it stands in both languages
	PDF    string // both languages as a file
	Sides  []paperSide
	Edited bool // the text was changed: the other language is drafted anew and does not know it
}

// A paperSide is a paper in one language.
type paperSide struct {
	Lang, Name string
	Blocks     []paperBlock
}

func (paperLookPage) template() string { return "paper_look" }

var (
	_ = sample(func() page {
		run := []paperRun{{Lines: []string{"a", "b"}, Bold: true, Italic: true, Link: "https://example.org"}, {Text: "q", Blank: true}}
		return paperLookPage{Back: "/b", Both: "/c", Sides: []paperSide{{"en", "n", []paperBlock{{Kind: "h1", Text: "t", Lang: "es"}, {Kind: "h2", Text: "t"}, {Kind: "h3", Text: "t"}, {Kind: "p", Runs: run, Small: true},
			{Kind: "ul", Items: [][]paperRun{run}}, {Kind: "ol", Start: 2, Items: [][]paperRun{run}}, {Kind: "table", Text: "c", Head: []string{"h", "i"}, Rows: [][][][]paperRun{{{run, run}, {run}}}}, {Kind: "sign", Signs: nil}, {Kind: "page"}}}}}
	})
	_ = sample(func() page {
		return paperLookPage{Back: "/b", PDF: "/p", Edited: true, Sides: []paperSide{{"en", "n", nil}, {"es", "n", nil}}}
	})
)

// paperLook shows a paper as it is printed.
func (s *Site) paperLook(w http.ResponseWriter, r *http.Request) error {
	x, c, now, err := s.paperOf(r)
	if err != nil {
		return err
	}
	p := paperLookPage{Frame: s.caseFrame(r, c, "webpaper.title", "papers"), Back: papersPath(c.Folder, "/"+x.ID)}
	p.Title, p.Both = now.Paper.Title[p.Lang], p.Back+"/as/both"
	p.Sides = []paperSide{p.side(x.Lang, x.Text)}
	return s.show(w, r, http.StatusOK, p)
}

func (p *paperLookPage) side(lang, text string) paperSide {
	blocks, _ := markup.Parse(text)
	return paperSide{Lang: lang, Name: p.T("webpaper.lang_" + lang), Blocks: paperBlocks(blocks)}
}

// paperSides is a paper in both languages: its own first. The other language is drafted
// from the record; what somebody wrote by hand stands in its own language alone.
func (s *Site) paperSides(r *http.Request) (x desk.Paper, c *desk.Case, now, there *paperDraft, err error) {
	x, c, now, err = s.paperOf(r)
	if err != nil {
		return x, nil, nil, nil, err
	}
	plain, err := s.desk.Plainly(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return x, nil, nil, nil, err
	}
	ask := askOf(&x)
	ask.Lang = other(x.Lang)
	there, err = draftPaper(plain, ask)
	return x, c, now, there, err
}

// paperBoth shows a paper in both languages side by side.
func (s *Site) paperBoth(w http.ResponseWriter, r *http.Request) error {
	x, c, now, there, err := s.paperSides(r)
	if err != nil {
		return err
	}
	p := paperLookPage{Frame: s.caseFrame(r, c, "webpaper.title", "papers"), Back: papersPath(c.Folder, "/"+x.ID)}
	p.Title = now.Paper.Title[p.Lang]
	if p.May("export_case") {
		p.PDF = p.Back + "/as/both-pdf"
	}
	lang := there.Words.Lang()
	p.Sides = []paperSide{p.side(x.Lang, x.Text), {Lang: lang, Name: p.T("webpaper.lang_" + lang), Blocks: paperBlocks(there.Letter.Blocks)}}
	p.Edited = x.Text != markup.Format(now.Letter.Blocks)+"\n"
	return s.show(w, r, http.StatusOK, p)
}

// paperBothFile gives a paper in both languages side by side as a PDF.
func (s *Site) paperBothFile(w http.ResponseWriter, r *http.Request) error {
	x, _, now, there, err := s.paperSides(r)
	if err != nil {
		return err
	}
	blocks, _ := markup.Parse(x.Text)
	var b bytes.Buffer
	if _, err := pdf.Write(&b, letter.Both(now.Paper, letter.Side{Cat: now.Words, Blocks: blocks}, letter.Side{Cat: there.Words, Blocks: there.Letter.Blocks})); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", `attachment; filename="`+paperFileName(&x, "both.pdf")+`"`)
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	w.Write(b.Bytes())
	return nil
}
