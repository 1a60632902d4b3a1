package desk

import (
	"context"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"stayput/fault"
	"stayput/people"
)

// Checks: what somebody found when reading a paper of the other side. A check is no entry
// of the record and in no export, like a draft: nothing follows from it until its reader
// drafts an answer and sends it. Whoever may write down what happened in a case sees its
// checks and goes on with them; who began one, or may correct entries, takes it away. When
// the words of the entry are destroyed that says that the paper came, its checks go too.

const (
	itemCheck     = "paper_check"      // PaperCheck by case and name, without the text
	itemCheckText = "paper_check_text" // CheckText by case and name
)

// How much a check may hold, and how many a case.
const (
	MostCheck  = 200_000 // bytes of the text of the paper
	MostMarks  = 10      // passages for one content
	MostLack   = 1_000   // letters of what is lacking
	mostChecks = 200
)

// The answers about one content.
const (
	CheckYes    = "yes"
	CheckWeak   = "weak" // it says something, but not enough
	CheckNo     = "no"
	CheckUnsure = "unsure"
)

// A PaperCheck is what a reader found in a paper that came.
type PaperCheck struct {
	ID       string        `json:"id"` // a name of NewName, made when the form was shown
	Case     people.CaseID `json:"case"`
	Document string        `json:"document"`        // what paper it is checked as
	Entry    string        `json:"entry,omitempty"` // the entry that says it came, by its sealed name

	Said  map[string]string      `json:"said,omitempty"`  // content to an answer
	Marks map[string][]PaperMark `json:"marks,omitempty"` // content to the passages that say it
	Lack  map[string]string      `json:"lack,omitempty"`  // content to what is not said of it

	By    people.PersonID `json:"by"` // who began it
	Begun time.Time       `json:"begun"`
	At    time.Time       `json:"at"` // saved last

	CheckText `json:"-"`

	Version int64 `json:"-"`
}

// A PaperMark is text[From:To] of the paper.
type PaperMark struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// A CheckText is the words of the paper, as somebody pasted them.
type CheckText struct {
	Text string   `json:"text"`
	Lost []string `json:"lost,omitempty"` // what was marked in an earlier text and does not stand in this one
}

// ready refuses what is too long, and marks that are in no place of the text.
func (p *PaperCheck) ready() error {
	switch {
	case len(p.Text) > MostCheck:
		return invalid("webmark.long", "limit", "100,000")
	case len(p.Document) > 200 || len(p.Entry) > 40 || len(p.Said) > 200 || len(p.Marks) > 200 || len(p.Lack) > 200 || len(p.Lost) > 1000:
		return invalid("desk.form_name")
	case !utf8.ValidString(p.Text):
		return invalid("desk.log_text")
	}
	for id, x := range p.Said {
		if len(id) > 100 || !slices.Contains([]string{CheckYes, CheckWeak, CheckNo, CheckUnsure}, x) {
			return invalid("desk.form_name")
		}
	}
	for id, x := range p.Lack {
		if len(id) > 100 || utf8.RuneCountInString(x) > MostLack {
			return invalid("desk.form_name")
		}
	}
	for id, ms := range p.Marks {
		if len(id) > 100 {
			return invalid("desk.form_name")
		}
		if len(ms) > MostMarks {
			return invalid("webmark.marks_many", "limit", "10")
		}
		for _, m := range ms {
			if m.From < 0 || m.To <= m.From || m.To > len(p.Text) || !utf8.RuneStart(p.Text[m.From]) || m.To < len(p.Text) && !utf8.RuneStart(p.Text[m.To]) {
				return invalid("webmark.no_passage")
			}
		}
	}
	n := 0
	for _, s := range p.Lost {
		n += len(s)
	}
	if n > MostCheck {
		return invalid("webmark.long", "limit", "100,000")
	}
	return nil
}

// same reports that two checks say the same.
func (p *PaperCheck) same(o *PaperCheck) bool {
	return p.Text == o.Text && maps.Equal(p.Said, o.Said) && maps.Equal(p.Lack, o.Lack) && maps.EqualFunc(p.Marks, o.Marks, slices.Equal)
}

// check reads a check with its text; one that is not there is missing.
func (d *Desk) check(ctx context.Context, tx Tx, who Who, c people.CaseID, id string) (p PaperCheck, err error) {
	if _, err := d.folder(ctx, tx, who, c); err != nil { // a case of this space
		return p, err
	}
	if !goodName(id) {
		return p, missing("webmark.no_check")
	}
	if p.Version, err = get(tx, who.Space, itemCheck, paperID(c, id), &p); err != nil {
		return p, err
	}
	if p.Version == 0 {
		return p, missing("webmark.no_check")
	}
	_, err = get(tx, who.Space, itemCheckText, paperID(c, id), &p.CheckText)
	return p, err
}

func (d *Desk) putCheck(tx Tx, space people.SpaceID, p *PaperCheck) error {
	return putWithText(d, tx, space, [2]string{itemCheck, itemCheckText}, paperID(p.Case, p.ID), p.Version, p, &p.CheckText)
}

// NewCheck keeps what a reader found. The same form sent twice keeps one.
func (d *Desk) NewCheck(ctx context.Context, who Who, c people.CaseID, in PaperCheck) error {
	if err := d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return err
	}
	if !goodName(in.ID) || in.Document == "" {
		return invalid("desk.form_name")
	}
	if err := in.ready(); err != nil {
		return err
	}
	return d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil {
			return err
		}
		var was PaperCheck
		v, err := get(tx, who.Space, itemCheck, paperID(c, in.ID), &was)
		if err != nil {
			return err
		}
		if v > 0 {
			if was.By == who.Person.ID && was.Document == in.Document {
				return nil
			}
			return conflict("desk.sent_twice")
		}
		all, err := tx.Items(who.Space, itemCheck, string(c)+"/")
		if err != nil {
			return err
		}
		if len(all) >= mostChecks {
			return conflict("webmark.checks_many", "limit", "200")
		}
		p := in
		p.Case, p.By, p.Version = c, who.Person.ID, 0
		p.Begun, p.At = d.now().UTC(), d.now().UTC()
		return d.putCheck(tx, who.Space, &p)
	})
}

// Checks lists the checks of a case without the texts, the latest saved first.
func (d *Desk) Checks(ctx context.Context, who Who, c people.CaseID) (out []PaperCheck, err error) {
	if err = d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil {
			return err
		}
		out, err = items(tx, who.Space, itemCheck, string(c)+"/", func(p *PaperCheck, v int64) { p.Version = v })
		return err
	})
	slices.SortStableFunc(out, func(a, b PaperCheck) int { return b.At.Compare(a.At) })
	return out, err
}

// PaperCheck is one check with the text.
func (d *Desk) PaperCheck(ctx context.Context, who Who, c people.CaseID, id string) (out PaperCheck, err error) {
	if err = d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return out, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out, err = d.check(ctx, tx, who, c, id)
		return err
	})
	return out, err
}

// SaveCheck keeps what was found further. in.Version is the one that was shown: who comes
// second is told, and nothing is written.
func (d *Desk) SaveCheck(ctx context.Context, who Who, c people.CaseID, in PaperCheck) error {
	if err := d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return err
	}
	if err := in.ready(); err != nil {
		return err
	}
	return d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		p, err := d.check(ctx, tx, who, c, in.ID)
		switch {
		case err != nil:
			return err
		case p.Version != in.Version && p.same(&in):
			return nil // the form was sent twice
		case p.Version != in.Version:
			return conflict("desk.changed_meanwhile")
		}
		p.Said, p.Marks, p.Lack, p.CheckText = in.Said, in.Marks, in.Lack, in.CheckText
		p.At = d.now().UTC()
		return d.putCheck(tx, who.Space, &p)
	})
}

// DropCheck takes a check away.
func (d *Desk) DropCheck(ctx context.Context, who Who, c people.CaseID, id string) error {
	if err := d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return err
	}
	return d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		p, err := d.check(ctx, tx, who, c, id)
		switch {
		case fault.KindOf(err) == fault.NotFound && err != nil && goodName(id):
			if _, err := d.folder(ctx, tx, who, c); err != nil {
				return err
			}
			return nil // it is gone already
		case err != nil:
			return err
		case p.By != who.Person.ID && d.allowed(who, CorrectEntry, c) != nil:
			return forbidden("desk.not_allowed")
		}
		return d.dropCheck(tx, who.Space, c, id)
	})
}

func (d *Desk) dropCheck(tx Tx, space people.SpaceID, c people.CaseID, id string) error {
	for _, kind := range []string{itemCheck, itemCheckText} {
		if err := tx.DropItem(space, kind, paperID(c, id)); err != nil {
			return err
		}
	}
	return nil
}

// dropChecksOf takes out the checks of the papers that entries say came.
func (d *Desk) dropChecksOf(tx Tx, who Who, c people.CaseID, entries []string) error {
	all, err := items[PaperCheck](tx, who.Space, itemCheck, string(c)+"/", nil)
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].Entry != "" && slices.Contains(entries, all[i].Entry) {
			if err := d.dropCheck(tx, who.Space, c, all[i].ID); err != nil {
				return err
			}
		}
	}
	return nil
}
