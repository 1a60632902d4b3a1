package desk

import (
	"context"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/people"
	"stayput/record/seal"
)

// Papers: letters, notices and complaints that are being written, and those that were
// sent. A draft is no entry of the record: nothing follows from it, and it is in no
// export. What was sent is an entry, with the very bytes that were sent as its file.
//
// A draft is made from the open record alone, so that it can be read by who keeps the
// case: whoever may write down what happened in it sees its drafts and changes them.
// Only who began one, or who may correct entries, takes it away.

const (
	itemPaper     = "paper"      // Paper by case and name, without its text
	itemPaperText = "paper_text" // PaperText by case and name
)

// How much a paper may hold, and how many a case.
const (
	MostPaper  = 200_000 // bytes of a text
	mostPapers = 500
	mostDrawn  = 1 << 20 // bytes of what a draft remembers of the record
)

// A Paper is one that is being written, or that was sent.
type Paper struct {
	ID       string        `json:"id"` // a name of NewName, made when the form was shown
	Case     people.CaseID `json:"case"`
	Document string        `json:"document"` // which of the papers it is
	Lang     string        `json:"lang"`
	Register string        `json:"register"`
	About    string        `json:"about,omitempty"` // the entry it is about, by the name the record gives it
	Sender   string        `json:"sender,omitempty"`
	To       string        `json:"to,omitempty"` // roles
	// Of several contacts of a role, which one, as fact.Case.ContactNames calls it.
	SenderWho string     `json:"sender_who,omitempty"`
	ToWho     string     `json:"to_who,omitempty"`
	Head      string     `json:"head,omitempty"` // whether it bears the letterhead: yes, no, "" as the space does it
	Gaps      []PaperGap `json:"gaps,omitempty"`
	Check     string     `json:"check,omitempty"` // the check of a paper that came, which it answers

	By    people.PersonID `json:"by"` // who began it
	Begun time.Time       `json:"begun"`
	At    time.Time       `json:"at"` // saved last
	Done  time.Time       `json:"done,omitzero"`
	Files []FileRef       `json:"files,omitempty"` // what was made when it was finished
	Sent  *PaperSent      `json:"sent,omitempty"`

	PaperText `json:"-"`

	Version int64 `json:"-"`
}

// A PaperText is what is written, and what it was made from. A list of papers is read
// without it.
type PaperText struct {
	Text string              `json:"text"`           // markup
	Made []PaperUsed         `json:"made,omitempty"` // what was said of the record when it was drafted
	Held map[string][]string `json:"held,omitempty"` // content to the texts that held it as drafted
	Told map[string]bool     `json:"told,omitempty"` // contents of which the writer says that they are there
}

// A PaperGap is a content that a paper of the other side lacks, as its reader said.
type PaperGap struct {
	Paper string `json:"paper"`
	Item  string `json:"item"`
	Law   string `json:"law,omitempty"`
	Entry string `json:"entry,omitempty"`
	Weak  bool   `json:"weak,omitempty"`  // it says something of it, but not enough
	Quote string `json:"quote,omitempty"` // of a weak one: what it says, word for word
	Lack  string `json:"lack,omitempty"`  // what its reader misses in that
}

// A PaperUsed is one fact as it was said.
type PaperUsed struct {
	Field   string   `json:"field"`
	Said    string   `json:"said"`
	Entries []string `json:"entries,omitempty"`
}

// A PaperSent says that a paper went out.
type PaperSent struct {
	On    day.Date        `json:"on"`
	How   string          `json:"how"`            // a word of fact.Means
	Came  day.Date        `json:"came,omitempty"` // the day it reached them, where that is known
	To    string          `json:"to,omitempty"`
	Proof string          `json:"proof,omitempty"` // what shows it, in words
	Entry string          `json:"entry"`           // the entry it added, by its sealed name
	By    people.PersonID `json:"by"`
	At    time.Time       `json:"at"`
}

func paperID(c people.CaseID, id string) string { return string(c) + "/" + id }

// ready refuses what is too long to be kept.
func (p *Paper) ready() error {
	switch {
	case len(p.Text) > MostPaper:
		return invalid("desk.paper_long", "limit", "200,000")
	case len(p.Document) > 200 || len(p.Lang) > 10 || len(p.Register) > 10 || len(p.About) > 400 || len(p.Sender) > 40 || len(p.To) > 40 || len(p.SenderWho) > 4000 || len(p.ToWho) > 4000 || len(p.Gaps) > 100 || len(p.Check) > 40 || len(p.Told) > 200:
		return invalid("desk.form_name")
	case !utf8.ValidString(p.Text):
		return invalid("desk.log_text")
	}
	n := 0
	for _, u := range p.Made {
		n += len(u.Field) + len(u.Said)
		for _, e := range u.Entries {
			n += len(e)
		}
	}
	for k, all := range p.Held {
		for _, s := range all {
			n += len(k) + len(s)
		}
	}
	for _, g := range p.Gaps {
		n += len(g.Quote) + len(g.Lack)
	}
	if n > mostDrawn {
		return invalid("desk.paper_long", "limit", "200,000")
	}
	return nil
}

// paper reads a paper with its text; one that is not there is missing.
func (d *Desk) paper(ctx context.Context, tx Tx, who Who, c people.CaseID, id string) (p Paper, err error) {
	if _, err := d.folder(ctx, tx, who, c); err != nil { // a case of this space
		return p, err
	}
	if !goodName(id) {
		return p, missing("desk.no_paper")
	}
	if p.Version, err = get(tx, who.Space, itemPaper, paperID(c, id), &p); err != nil {
		return p, err
	}
	if p.Version == 0 {
		return p, missing("desk.no_paper")
	}
	_, err = get(tx, who.Space, itemPaperText, paperID(c, id), &p.PaperText)
	return p, err
}

// putPaper saves a paper that had p.Version.
func (d *Desk) putPaper(tx Tx, space people.SpaceID, p *Paper) error {
	return putWithText(d, tx, space, [2]string{itemPaper, itemPaperText}, paperID(p.Case, p.ID), p.Version, p, &p.PaperText)
}

// putWithText saves an item that had a version, and its text under the second kind. The text
// has a version of its own, which nobody compares.
func putWithText[T any](d *Desk, tx Tx, space people.SpaceID, kinds [2]string, id string, version int64, head any, text *T) error {
	if err := d.put(tx, space, kinds[0], id, version, head); err != nil {
		return err
	}
	var was T
	v, err := get(tx, space, kinds[1], id, &was)
	if err != nil {
		return err
	}
	return d.put(tx, space, kinds[1], id, v, *text)
}

// NewPaper keeps a draft. The same form sent twice keeps one.
func (d *Desk) NewPaper(ctx context.Context, who Who, c people.CaseID, in Paper) error {
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
		var was Paper
		v, err := get(tx, who.Space, itemPaper, paperID(c, in.ID), &was)
		if err != nil {
			return err
		}
		if v > 0 {
			if was.By == who.Person.ID && was.Document == in.Document {
				return nil
			}
			return conflict("desk.sent_twice")
		}
		all, err := tx.Items(who.Space, itemPaper, string(c)+"/")
		if err != nil {
			return err
		}
		if len(all) >= mostPapers {
			return conflict("desk.papers_many", "limit", "500")
		}
		p := in
		p.Case, p.By, p.Version = c, who.Person.ID, 0
		p.Begun, p.At = d.now().UTC(), d.now().UTC()
		p.Done, p.Files, p.Sent = time.Time{}, nil, nil
		return d.putPaper(tx, who.Space, &p)
	})
}

// Papers lists the papers of a case without their texts, the latest saved first.
func (d *Desk) Papers(ctx context.Context, who Who, c people.CaseID) (out []Paper, err error) {
	if err = d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil {
			return err
		}
		out, err = items(tx, who.Space, itemPaper, string(c)+"/", func(p *Paper, v int64) { p.Version = v })
		return err
	})
	slices.SortStableFunc(out, func(a, b Paper) int { return b.At.Compare(a.At) })
	return out, err
}

// Paper is one paper with its text.
func (d *Desk) Paper(ctx context.Context, who Who, c people.CaseID, id string) (out Paper, err error) {
	if err = d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return out, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out, err = d.paper(ctx, tx, who, c, id)
		return err
	})
	return out, err
}

// SavePaper keeps what was written on. in.Version is the one that was shown: who comes
// second is told, and nothing is written. What was finished is a draft again, because
// what was made of it is no longer what it says; what was sent stays as it is.
func (d *Desk) SavePaper(ctx context.Context, who Who, c people.CaseID, in Paper) error {
	if err := d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return err
	}
	if err := in.ready(); err != nil {
		return err
	}
	return d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		p, err := d.paper(ctx, tx, who, c, in.ID)
		switch {
		case err != nil:
			return err
		case p.Sent != nil:
			return conflict("desk.paper_sent")
		case p.Version != in.Version && p.Text == in.Text && sameTold(p.Told, in.Told) && p.SenderWho == in.SenderWho && p.ToWho == in.ToWho:
			return nil // the form was sent twice
		case p.Version != in.Version:
			return conflict("desk.changed_meanwhile")
		}
		p.Lang, p.Register, p.About, p.Sender, p.To, p.Gaps, p.PaperText = in.Lang, in.Register, in.About, in.Sender, in.To, in.Gaps, in.PaperText
		p.SenderWho, p.ToWho = in.SenderWho, in.ToWho
		old := digests(p.Files)
		p.At, p.Done, p.Files = d.now().UTC(), time.Time{}, nil
		if err := d.putPaper(tx, who.Space, &p); err != nil {
			return err
		}
		return d.dropUnkept(ctx, tx, who, old...)
	})
}

func sameTold(a, b map[string]bool) bool {
	for k, v := range a {
		if v != b[k] {
			return false
		}
	}
	for k, v := range b {
		if v != a[k] {
			return false
		}
	}
	return true
}

// DropPaper takes a draft away. What was sent stays.
func (d *Desk) DropPaper(ctx context.Context, who Who, c people.CaseID, id string) error {
	if err := d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return err
	}
	return d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		p, err := d.paper(ctx, tx, who, c, id)
		switch {
		case fault.KindOf(err) == fault.NotFound && err != nil && goodName(id):
			if _, err := d.folder(ctx, tx, who, c); err != nil {
				return err
			}
			return nil // it is gone already
		case err != nil:
			return err
		case p.Sent != nil:
			return conflict("desk.paper_sent")
		case p.By != who.Person.ID && d.allowed(who, CorrectEntry, c) != nil:
			return forbidden("desk.not_allowed")
		}
		return d.dropPaper(ctx, tx, who, &p)
	})
}

// dropPaper takes a paper out, and those of its files that nothing else keeps.
func (d *Desk) dropPaper(ctx context.Context, tx Tx, who Who, p *Paper) error {
	for _, kind := range []string{itemPaper, itemPaperText} {
		if err := tx.DropItem(who.Space, kind, paperID(p.Case, p.ID)); err != nil {
			return err
		}
	}
	return d.dropUnkept(ctx, tx, who, digests(p.Files)...)
}

func digests(files []FileRef) (out []seal.Digest) {
	for _, f := range files {
		out = append(out, f.Digest)
	}
	return out
}

// dropPapersOf takes out what was sent as an entry whose words are destroyed: they
// stand in it too.
func (d *Desk) dropPapersOf(ctx context.Context, tx Tx, who Who, c people.CaseID, entry string) error {
	all, err := items[Paper](tx, who.Space, itemPaper, string(c)+"/", nil)
	if err != nil {
		return err
	}
	for i := range all {
		if s := all[i].Sent; s != nil && s.Entry == entry {
			if err := d.dropPaper(ctx, tx, who, &all[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// FinishPaper says that a paper is ready, with the files that were made of it, already
// kept with KeepFile. version is the one they were made from.
func (d *Desk) FinishPaper(ctx context.Context, who Who, c people.CaseID, id string, version int64, files []FileRef) error {
	if err := d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return err
	}
	if len(files) == 0 || len(files) > 10 {
		return invalid("desk.file_empty")
	}
	return d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		p, err := d.paper(ctx, tx, who, c, id)
		switch {
		case err != nil:
			return err
		case p.Sent != nil:
			return conflict("desk.paper_sent")
		case p.finishedAs(files):
			return nil // the form was sent twice
		case p.Version != version:
			return conflict("desk.changed_meanwhile")
		}
		for _, f := range files {
			if _, err := tx.File(who.Space, f.Digest); err != nil {
				return err
			}
		}
		p.Done, p.Files = d.now().UTC(), files
		return d.putPaper(tx, who.Space, &p)
	})
}

func (p *Paper) finishedAs(files []FileRef) bool {
	return !p.Done.IsZero() && slices.Equal(p.Files, files)
}

// SentPaper says that a finished paper went out: in one step the entry of it stands, with
// the very bytes as its file, and the paper is marked. The same form twice adds one entry.
// version is the one that was shown.
func (d *Desk) SentPaper(ctx context.Context, who Who, c people.CaseID, id string, version int64, in NewEntry, sent PaperSent) (string, error) {
	if err := d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return "", err
	}
	if err := in.ready(); err != nil {
		return "", err
	}
	if len(sent.Proof) > mostText || len(sent.To) > 2000 || len(sent.How) > 40 {
		return "", invalid("desk.too_long", "limit", "100,000")
	}
	in.Fact.Wall = fact.Open // a paper that went out is in nobody's drawer
	already := false
	err := d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		p, err := d.paper(ctx, tx, who, c, id)
		already = false
		switch {
		case err != nil:
			return err
		case p.Sent != nil && p.Sent.Entry == in.Name:
			already = true
			return nil // the form was sent twice
		case p.Sent != nil:
			return conflict("desk.paper_sent")
		case p.Version != version:
			return conflict("desk.changed_meanwhile")
		case p.Done.IsZero() || !slices.ContainsFunc(p.Files, func(f FileRef) bool { return slices.Contains(in.Files, f) }):
			return invalid("desk.paper_unfinished")
		}
		if _, err := d.writeIn(ctx, tx, who, c, &in, ""); err != nil {
			return err
		}
		s := sent
		s.Entry, s.By, s.At = in.Name, who.Person.ID, d.now().UTC()
		p.Sent = &s
		return d.putPaper(tx, who.Space, &p)
	})
	if err == nil && !already {
		d.noticeBehind(ctx, who, AddEntry, c, WallOpen)
		d.ahead(who, c)
	}
	return in.Name, err
}

// PaperFile writes to w the bytes of a file that was made of a paper. first is called
// with the file before the first byte.
func (d *Desk) PaperFile(ctx context.Context, who Who, c people.CaseID, id string, digest seal.Digest, first func(FileRef) error, w io.Writer) error {
	if err := d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return err
	}
	return d.store.Read(ctx, func(tx Tx) error {
		p, err := d.paper(ctx, tx, who, c, id)
		if err != nil {
			return err
		}
		for _, f := range p.Files {
			if f.Digest == digest {
				if err := first(f); err != nil {
					return err
				}
				return tx.ReadFile(who.Space, digest, w)
			}
		}
		return missing("desk.no_file")
	})
}
