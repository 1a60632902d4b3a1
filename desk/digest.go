package desk

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"slices"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/people"
)

// A page for a teacher: what the child needs in one class. What was given is an
// entry of the open record that holds the page itself; a private link to it is a
// small thing beside the record, of which the token is kept nowhere.

// itemDigest is a DigestLink of a space, by case and entry; of the whole server,
// where the link of a token is, by the token's hash.
const itemDigest = "digest"

// How long a private link works at most, and how many of a case may.
const (
	longestLink = 400 * 24 * time.Hour
	mostLinks   = 200
)

// Ways in which a page is given, as they stand in the list of what went out.
const (
	DigestByPaper = "digest_paper"
	DigestByLink  = "digest_link"
)

// A DigestLink is a private link to one page. It shows that page and nothing else.
type DigestLink struct {
	Entry string          `json:"entry"` // the page, by its sealed name
	Hash  string          `json:"hash"`  // SHA-256 of the token, in hex
	Form  string          `json:"form"`  // the form that made it
	By    people.PersonID `json:"by"`
	Made  time.Time       `json:"made"`
	Ends  time.Time       `json:"ends"`
	Taken time.Time       `json:"taken,omitzero"` // taken back

	Version int64 `json:"-"`
}

// Live reports that the link works at a moment.
func (l *DigestLink) Live(now time.Time) bool {
	return l.Entry != "" && l.Taken.IsZero() && now.Before(l.Ends)
}

var (
	digestGiven     = fact.MustLookup("digest_given")
	digestConfirmed = fact.MustLookup("digest_acknowledged")
)

// plainReader is somebody who sees the open record of a case and nothing else, and
// can do nothing: what leaves the house is made with these eyes.
func plainReader(who Who, c people.CaseID) Who {
	return Who{Space: who.Space, Device: who.Device, Preview: true, Viewer: who.Person.ID,
		Person: people.Person{ID: previewer, Lang: who.Person.Lang, Register: who.Person.Register},
		Grants: []people.Grant{{ID: string(previewer), Case: c, Person: previewer, Role: people.Reader, By: who.Person.ID}}}
}

// PlainCase is a case as somebody sees it who stands behind no wall, for a page
// that goes out: nothing in it follows from what is private.
func (d *Desk) PlainCase(ctx context.Context, who Who, c people.CaseID) (*Case, error) {
	if err := d.may(ctx, who, AddEntry, c); err != nil {
		return nil, err
	}
	var out *Case
	err := d.store.Read(ctx, func(tx Tx) (err error) {
		out, err = d.plainCase(ctx, tx, who, c)
		return err
	})
	return out, err
}

func (d *Desk) plainCase(ctx context.Context, tx Tx, who Who, c people.CaseID) (*Case, error) {
	f, err := d.folder(ctx, tx, plainReader(who, c), c)
	if err != nil {
		return nil, err
	}
	cals, err := tx.Calendars(who.Space)
	if err != nil {
		return nil, err
	}
	return d.derive(f, cals, View{})
}

// GiveDigest writes down that a page was given to a teacher, and notes it in the
// list of what went out: to whom, how (DigestByPaper, DigestByLink), on what ground.
func (d *Desk) GiveDigest(ctx context.Context, who Who, c people.CaseID, in NewEntry, how, whom string) (string, error) {
	if err := d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return "", err
	}
	if in.Fact.Kind != digestGiven || in.Fact.Wall != fact.Open || in.Fact.Fields.Summary == "" {
		return "", invalid("webitems.bad_digest")
	}
	basis := ""
	err := d.store.Read(ctx, func(tx Tx) error {
		s, err := spaceOf(tx, who.Space)
		if err == nil && s.Kind == people.Agency {
			basis = "school_official"
		}
		return err
	})
	if err != nil {
		return "", err
	}
	entry, err := d.AddEntry(ctx, who, c, in)
	if err != nil {
		return "", err
	}
	// Named by the entry, so that a form sent twice stands in the list once.
	g := Given{ID: string(c) + "/" + entry, Case: c, At: d.now().UTC(), By: who.Person.ID, What: how, For: short(whom, 300), Entries: []string{entry}, Basis: basis}
	d.seen.add(&Waiting{Space: who.Space, Given: []Given{g}}, d.flushLater)
	_ = d.Flush(ctx) // what fails stays and is tried again
	return entry, nil
}

// LinkDigest makes a private link to a page that was given, in place of the one
// there was, and gives its token, which is shown once and kept nowhere. form is a
// name of NewName: the same form sent twice is a Conflict.
func (d *Desk) LinkDigest(ctx context.Context, who Who, c people.CaseID, entry, form string, until time.Time) (DigestLink, string, error) {
	if err := d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return DigestLink{}, "", err
	}
	if !goodName(form) {
		return DigestLink{}, "", invalid("desk.form_name")
	}
	now := d.now().UTC()
	if !until.After(now) || until.Sub(now) > longestLink {
		return DigestLink{}, "", invalid("webitems.bad_until")
	}
	var b [32]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	token := base64.RawURLEncoding.EncodeToString(b[:])
	l := DigestLink{Entry: entry, Hash: hashed(token), Form: form, By: who.Person.ID, Made: now, Ends: until.UTC()}
	err := meanwhile(d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		f, err := d.folder(ctx, tx, plainReader(who, c), c)
		if err != nil {
			return err
		}
		if e := f.Entry(entry); e == nil || e.Kind != digestGiven {
			return missing("desk.no_entry")
		}
		all, err := digestLinks(tx, who.Space, c)
		if err != nil {
			return err
		}
		live := 0
		for i := range all {
			if all[i].Live(now) && all[i].Entry != entry {
				live++
			}
		}
		if live >= mostLinks {
			return conflict("webitems.too_many_links")
		}
		var old DigestLink
		v, err := get(tx, who.Space, itemDigest, digestID(c, entry), &old)
		if err != nil {
			return err
		}
		if old.Form == form {
			return conflict("webitems.link_sent_twice")
		}
		if v > 0 {
			if err := tx.DropItem("", itemDigest, old.Hash); err != nil {
				return err
			}
		}
		if err := d.put(tx, who.Space, itemDigest, digestID(c, entry), v, l); err != nil {
			return err
		}
		return d.put(tx, "", itemDigest, l.Hash, 0, pointer{who.Space, digestID(c, entry)})
	}))
	if err != nil {
		return DigestLink{}, "", err
	}
	return l, token, nil
}

func digestID(c people.CaseID, entry string) string { return string(c) + "/" + entry }

func digestLinks(tx Tx, space people.SpaceID, c people.CaseID) ([]DigestLink, error) {
	return items(tx, space, itemDigest, string(c)+"/", func(l *DigestLink, v int64) { l.Version = v })
}

// EndDigestLink takes a private link back. From then on it shows nothing.
func (d *Desk) EndDigestLink(ctx context.Context, who Who, c people.CaseID, entry string) error {
	if err := d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return err
	}
	return d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil {
			return err
		}
		var l DigestLink
		v, err := get(tx, who.Space, itemDigest, digestID(c, entry), &l)
		switch {
		case err != nil:
			return err
		case v == 0:
			return missing("desk.no_entry")
		case !l.Taken.IsZero():
			return nil
		}
		l.Taken = d.now().UTC()
		if err := tx.DropItem("", itemDigest, l.Hash); err != nil {
			return err
		}
		return d.put(tx, who.Space, itemDigest, digestID(c, entry), v, l)
	})
}

// DigestLinksOf are the private links of a case by the page they lead to.
func (d *Desk) DigestLinksOf(ctx context.Context, who Who, c people.CaseID) (map[string]DigestLink, error) {
	if err := d.may(ctx, who, SeeCase, c); err != nil {
		return nil, err
	}
	out := map[string]DigestLink{}
	err := d.store.Read(ctx, func(tx Tx) error {
		clear(out)
		if _, err := d.folder(ctx, tx, who, c); err != nil { // a case of this space
			return err
		}
		all, err := digestLinks(tx, who.Space, c)
		for _, l := range all {
			out[l.Entry] = l
		}
		return err
	})
	return out, err
}

// An OpenDigest is what somebody who holds a live token sees: the page as it was
// made. Opening it confirms nothing.
type OpenDigest struct {
	Hash    string // of the text: a confirmation is of this text
	Text    string
	Teacher string
	On      day.Date  // when it was given
	Ends    time.Time // of the link
	Ack     *fact.Entry
	Today   day.Date
	Space   people.SpaceID
	ByID    people.PersonID

	Entry *fact.Entry // what stands of it in the record: the page, or its correction
	Case  *Case       // as somebody sees it who stands behind no wall; it is not shown
}

// OpenedDigest is the page of a token; each opening stands in the access log. A
// token that is unknown, taken back or too old is not found, in the same words.
func (d *Desk) OpenedDigest(ctx context.Context, token string) (OpenDigest, error) {
	out, err := d.openDigest(ctx, token)
	if err == nil {
		// Whoever holds the link is nobody the space knows by name.
		d.note(ctx, Who{Space: out.Space}, seenDigest, out.Case.ID)
	}
	return out, err
}

func (d *Desk) openDigest(ctx context.Context, token string) (out OpenDigest, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		l, by, e, now, c, err := d.digestOfToken(ctx, tx, token)
		if err != nil {
			return err
		}
		out = OpenDigest{Text: e.Fields.Summary, Hash: digestOf(e.Fields.Summary), On: e.On.Latest, Ends: l.Ends, Today: c.Today, Space: by.Space, ByID: by.Person.ID, Case: c}
		if w := e.Fields.With; len(w) > 0 {
			out.Teacher = w[0]
		}
		out.Entry, out.Ack = now, ackOf(c, now)
		return nil
	})
	return out, err
}

// ackOf is the confirmation of a page, or nil.
func ackOf(c *Case, given *fact.Entry) *fact.Entry {
	v := c.Brief.View
	for _, i := range v.ByKind(digestConfirmed) {
		if e := v.Entries[i]; v.Get(e.Re) == given {
			return e
		}
	}
	return nil
}

// digestOfToken finds the link of a token, who made it and may still give it, the
// page as it was given, what stands of it now, and the case as a plain reader sees it.
func (d *Desk) digestOfToken(ctx context.Context, tx Tx, token string) (l DigestLink, by Who, e, now *fact.Entry, c *Case, err error) {
	over := missing("webitems.over")
	if len(token) != 43 {
		return l, by, nil, nil, nil, over
	}
	var p pointer
	v, err := get(tx, "", itemDigest, hashed(token), &p)
	if err != nil {
		return l, by, nil, nil, nil, err
	}
	if v == 0 {
		return l, by, nil, nil, nil, over
	}
	if l.Version, err = get(tx, p.Space, itemDigest, p.ID, &l); err != nil {
		return l, by, nil, nil, nil, err
	}
	if l.Version == 0 || l.Hash != hashed(token) || !l.Live(d.now()) {
		return l, by, nil, nil, nil, over
	}
	id := people.CaseID(p.ID[:max(0, len(p.ID)-len(l.Entry)-1)])
	by, found, err := d.recognize(tx, p.Space, l.By)
	if err != nil {
		return l, by, nil, nil, nil, err
	}
	if !found || d.allowed(by, AddEntry, id) != nil {
		return l, by, nil, nil, nil, over
	}
	if c, err = d.plainCase(ctx, tx, by, id); err != nil {
		if fault.KindOf(err) == fault.NotFound {
			err = over
		}
		return l, by, nil, nil, nil, err
	}
	// A page that was taken back or destroyed is not shown; of one that was
	// corrected, the form that was given is.
	if e = c.Entry(l.Entry); e == nil || c.Closed {
		return l, by, nil, nil, nil, over
	}
	if now = c.Brief.View.Get(e.ID); now == nil || now.Kind != digestGiven {
		return l, by, nil, nil, nil, over
	}
	return l, by, e, now, c, nil
}

// AcknowledgeDigest writes down that whoever holds the link says to have read the
// page: name is how he or she signs, question what is asked back, "" for nothing.
// It is done once; said tells that it had been said before.
func (d *Desk) AcknowledgeDigest(ctx context.Context, token, form, signer, question, hash string) (said bool, err error) {
	if !goodName(form) {
		return false, invalid("desk.form_name")
	}
	if signer = short(signer, 100); signer == "" {
		return false, invalid("people.no_name")
	}
	question = short(question, 2000)
	var space people.SpaceID
	var id people.CaseID
	err = d.store.Write(ctx, func(tx Tx) error {
		_, by, e, now, c, err := d.digestOfToken(ctx, tx, token)
		if err != nil {
			return err
		}
		space, id = by.Space, c.ID
		if hash != digestOf(e.Fields.Summary) {
			return conflict("webitems.other_page")
		}
		if said = ackOf(c, now) != nil; said {
			return nil
		}
		ack := fact.Entry{ID: form, Kind: digestConfirmed, On: day.On(c.Today), By: signer, Re: e.ID, Recorded: d.moment(ctx, tx, by, c.ID)}
		ack.Fields.Plan, ack.Fields.With = e.Fields.Plan, slices.Clip(e.Fields.With)
		ack.Fields.Response = question
		ack.Note = "SHA-256 " + hash
		dr, err := factDraft(form, &ack, nil, "digest", "")
		if err != nil {
			return err
		}
		if _, _, err := tx.Find(space, c.ID, form); err == nil {
			return conflict("desk.sent_twice")
		} else if fault.KindOf(err) != fault.NotFound {
			return err
		}
		return d.add(tx, by, c.ID, []pending{{WallOpen, dr, words(&ack, nil)}})
	})
	if err == nil && !said {
		d.note(ctx, Who{Space: space}, seenConfirmed, id)
	}
	return said, err
}
