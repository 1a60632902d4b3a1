package web

import (
	"slices"
	"strings"

	"stayput/derive/brief"
	"stayput/derive/draft"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/document"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/paper"
	"stayput/present/letter"
	sayreview "stayput/present/review"
)

// A paperAsk says which paper is drafted, and how.
type paperAsk struct {
	Document, Lang, Register string
	About                    string // an entry by the name the record gives it
	Sender, To               string // roles
	SenderWho, ToWho         string // which of several contacts of the role
	Gaps                     []desk.PaperGap
	Check                    string // the check of a paper that came, which found the gaps
}

// A paperDraft is a paper as the record drafts it now.
type paperDraft struct {
	Paper   *paper.Paper
	Facts   *draft.Facts
	Letter  *letter.Letter
	Case    *fact.Case
	Words   *locale.Catalog // of the paper's language
	States  []string
	Papers  *paper.Shelf
	Head    *document.Letterhead // what stands at the head of it; nil for nothing
	MayHead bool                 // it could bear the space's letterhead
	Broken  error                // the plans cannot be read: what they say is left out
}

// paperInput is what a case says for papers, and the brief it follows from. Of plans that
// cannot be read nothing is said; broken says why.
func paperInput(c *desk.Case) (in draft.Input, b *brief.Brief, broken, err error) {
	var src draft.Sources
	b, err = c.WithPlans(sayreview.Goals)
	if err == nil {
		src.Plans, err = c.Plans()
	}
	if err == nil && len(src.Plans) > 0 {
		var x *brief.Carried
		if x, err = c.Carried(); err == nil {
			src.Promises, src.Sessions = x.Promises, c.Logged().Sessions
		}
	}
	if err != nil {
		if fault.KindOf(err) != fault.Invalid {
			return in, nil, nil, err
		}
		b, broken, src = c.Brief, err, draft.Sources{}
	}
	src.Called = roleNames()
	return draft.From(b, src), b, broken, nil
}

// draftPaper drafts a paper from a case. c is the case as it follows from its open record
// (desk.Plainly): a paper goes out.
func draftPaper(c *desk.Case, ask paperAsk) (*paperDraft, error) {
	p, err := c.Papers.Get(ask.Document)
	if err != nil {
		return nil, err
	}
	in, b, broken, err := paperInput(c)
	if err != nil {
		return nil, err
	}
	return composePaper(c.Papers, p, in, b, broken, ask), nil
}

// composePaper is draftPaper from an input that is there already.
func composePaper(shelf *paper.Shelf, p *paper.Paper, in draft.Input, b *brief.Brief, broken error, ask paperAsk) *paperDraft {
	cat, known := locale.For(ask.Lang)
	if !known {
		cat, _ = locale.For("en")
	}
	register := paper.Register(ask.Register)
	if register != paper.Formal {
		register = paper.Plain
	}
	words := packs.Texts(cat.Lang())
	o := letter.For(b, cat, register, words)
	o.Papers = shelf
	in.Paper, in.About, in.Office = p, ask.About, letter.Filed(p, o, words)
	in.Sender, in.To = paper.Role(ask.Sender), paper.Role(ask.To)
	in.SenderWho, in.ToWho = ask.SenderWho, ask.ToWho
	for _, g := range ask.Gaps {
		in.Gaps = append(in.Gaps, draft.Gap(g))
	}
	facts := draft.Gather(in)
	return &paperDraft{Paper: p, Facts: facts, Case: b.Case, Letter: letter.Compose(p, facts, o), Words: cat, States: o.States, Papers: shelf, Broken: broken}
}

// used is what a letter said of the record, as the desk keeps it.
func (d *paperDraft) used() []desk.PaperUsed {
	var out []desk.PaperUsed
	for _, u := range d.Letter.Used {
		out = append(out, desk.PaperUsed(u))
	}
	return out
}

// usedWas is used back again.
func usedWas(in []desk.PaperUsed) []letter.Used {
	var out []letter.Used
	for _, u := range in {
		out = append(out, letter.Used(u))
	}
	return out
}

// ofCheck reports that a field says what the check of a paper that came found.
func ofCheck(field string) bool {
	return strings.HasPrefix(field, "gaps[") || strings.HasPrefix(field, "weak[") || strings.HasPrefix(field, "lacking[")
}

// withGaps puts what a paper that came lacks, and what it says too weakly, into a letter
// that has no place of its own for it: before its end.
func (d *paperDraft) withGaps() {
	if !d.Paper.Form.Framed() {
		return
	}
	said := func(list string) bool {
		return slices.ContainsFunc(d.Letter.Used, func(u letter.Used) bool { return strings.HasPrefix(u.Field, list+"[") })
	}
	var more []document.Block
	if items := d.gapItems("gaps"); len(items.Items) > 0 && !said("gaps") && !said("lacking") {
		more = append(more, document.Text(d.Words.T("webpaper.gaps_lead")), items)
	}
	if items := d.gapItems("weak"); len(items.Items) > 0 && !said("weak") {
		more = append(more, document.Text(d.Words.T("webmark.weak_lead")), items)
	}
	if at := len(d.Letter.Blocks) - 2; at > 0 { // the closing and the signature stay last
		d.Letter.Blocks = slices.Insert(d.Letter.Blocks, at, more...)
	}
}

// gapItems are the rows of gaps or weak as items of a list.
func (d *paperDraft) gapItems(list string) (items document.List) {
	for _, g := range d.Facts.Lists[list] {
		id := g.Values["what"].Named.Item
		of, err := d.Papers.Get(id[0])
		if err != nil {
			continue
		}
		if it, _ := of.Contents.Item(id[1]); it != nil {
			line := it.Is[d.Words.Lang()]
			if law := g.Values["law"].Law; law != "" {
				line += " (" + law + ")"
			}
			if q := g.Values["quote"].Said; q != "" {
				line = d.Words.T("webmark.item_says", "what", line, "quote", oneSpace(q))
			}
			if lack := g.Values["lack"].Said; lack != "" {
				line += " " + d.Words.T("webmark.lacks", "lack", oneSpace(lack))
			}
			items.Items = append(items.Items, document.Text(line))
		}
	}
	return items
}
