package web

import (
	"net/http"
	"net/url"
	"slices"

	"stayput/derive/passage"
	"stayput/desk"
	"stayput/fault"
	"stayput/paper"
)

// marked are the passages that a reader marked for a content.
func marked(x *desk.PaperCheck, item string) (out []passage.Passage) {
	for _, m := range x.Marks[item] {
		if m.From >= 0 && m.From < m.To && m.To <= len(x.Text) {
			out = append(out, passage.Passage(m))
		}
	}
	return out
}

// checkFound is what a reader found of a content. What is not enough needs the words that
// are not: without them nobody can say so.
func checkFound(x *desk.PaperCheck, item string) string {
	switch v := x.Said[item]; {
	case v == desk.CheckYes, v == desk.CheckNo, v == desk.CheckWeak && len(x.Marks[item]) > 0:
		return v
	}
	return desk.CheckUnsure
}

// checkCounts says how many contents a paper holds, holds weakly, lacks, and of how many
// its reader is not sure.
func (f speaker) checkCounts(d *paper.Paper, x *desk.PaperCheck) string {
	n := map[string]int{}
	for _, it := range checkItems(d) {
		n[checkFound(x, it.ID)]++
	}
	return f.T("webmark.counted", "yes", itoa(n[desk.CheckYes]), "weak", itoa(n[desk.CheckWeak]), "no", itoa(n[desk.CheckNo]), "unsure", itoa(n[desk.CheckUnsure]))
}

// checkRow is a check in a list.
func (f speaker) checkRow(c *desk.Case, d *paper.Paper, x *desk.PaperCheck) paperRow {
	title := d.Title[f.Lang]
	if e := cameNow(c, x.Entry); e != nil {
		title = f.T("webpaper.called", "title", title, "what", f.cat.Kind(e.Kind.String()), "date", f.cat.When(e.On))
	}
	return paperRow{Href: checksPath(c.Folder, x.ID), Title: title, Says: f.T("webmark.row", "date", f.cat.Date(dayOf(x.At)), "counts", f.checkCounts(d, x))}
}

// gapsOf are the contents that a paper lacks, or says too weakly, as its reader found.
func gapsOf(c *desk.Case, d *paper.Paper, x *desk.PaperCheck) (out []desk.PaperGap) {
	came := ""
	if e := cameNow(c, x.Entry); e != nil {
		came = e.ID
	}
	for _, it := range checkItems(d) {
		g := desk.PaperGap{Paper: d.ID, Item: it.ID, Law: paperLaw(it), Entry: came}
		switch checkFound(x, it.ID) {
		case desk.CheckNo:
		case desk.CheckWeak:
			g.Weak, g.Quote, g.Lack = true, passage.Quote(x.Text, marked(x, it.ID)), x.Lack[it.ID]
		default:
			continue
		}
		out = append(out, g)
	}
	return out
}

// gapsOfCheck puts what a check found into what is asked for of a paper.
func (s *Site) gapsOfCheck(r *http.Request, c *desk.Case, ask *paperAsk, id string) error {
	if id == "" {
		return nil
	}
	x, err := s.desk.PaperCheck(r.Context(), who(r), c.ID, id)
	if err != nil {
		return err
	}
	d, err := c.Papers.Get(x.Document)
	if err != nil {
		return err
	}
	ask.Check, ask.Gaps = id, gapsOf(c, d, &x)
	return nil
}

// checkAnswer is the paper that answers what a check found, and where it is drafted; ""
// for none.
func (f speaker) checkAnswer(c *desk.Case, d *paper.Paper, x *desk.PaperCheck) (href, title string, err error) {
	id := paperAnswering(c, d.ID)
	if id == "" || len(gapsOf(c, d, x)) == 0 {
		return "", "", nil
	}
	by, err := c.Papers.Get(id)
	if err != nil {
		return "", "", err
	}
	q := url.Values{"check": {x.ID}}
	if came := cameNow(c, x.Entry); came != nil {
		if e := c.Brief.View.Get(came.Re); e != nil && inLetters(e) && slices.Contains(by.About.Kinds, e.Kind) && c.Name(e.ID) != "" {
			q.Set("about", c.Name(e.ID))
		} else if slices.Contains(by.About.Kinds, came.Kind) {
			q.Set("about", c.Name(came.ID))
		}
	}
	return papersPath(c.Folder, "/new/"+id) + "?" + q.Encode(), by.Title[f.Lang], nil
}

// partOf is the part of a long text that a page shows, from 1 on: the passages from a to
// before b.
func partOf(n, part int) (at, a, b, parts int) {
	parts = max((n+partLength-1)/partLength, 1)
	at = min(max(part, 1), parts)
	return at, (at - 1) * partLength, min(at*partLength, n), parts
}

// partLength is how many passages stand on one page.
const partLength = 40

// moved takes the marks of a check over to a new text, and keeps what is lost.
func moved(x *desk.PaperCheck, text string) {
	marks := map[string][]desk.PaperMark{}
	x.Lost = nil
	for id := range x.Marks {
		found, lost := passage.Move(x.Text, text, marked(x, id))
		for _, m := range found {
			if !slices.Contains(marks[id], desk.PaperMark(m)) {
				marks[id] = append(marks[id], desk.PaperMark(m))
			}
		}
		for _, m := range lost {
			if q := passage.Quote(x.Text, []passage.Passage{m}); !slices.Contains(x.Lost, q) {
				x.Lost = append(x.Lost, q)
			}
		}
	}
	slices.Sort(x.Lost)
	x.Text, x.Marks = text, marks
}

// noPassage says that a form marks what is not there.
func noPassage() error { return fault.New(fault.Invalid, fault.Position{}, "webmark.no_passage") }
