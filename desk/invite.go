package desk

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"stayput/fault"
	"stayput/people"
)

// itemInvitation is an Invitation of a space by name; of the whole server, where
// the invitation of a token is, by the token's hash.
const itemInvitation = "invitation"

// inviteTime is how long an invitation waits.
const inviteTime = 14 * 24 * time.Hour

// mostInvitations is how many may wait in one space.
const mostInvitations = 100

// Terms are what somebody is to see and do.
type Terms struct {
	Case    people.CaseID `json:"case,omitempty"` // "" for the whole space, which makes a member
	Role    people.Role   `json:"role"`
	Entries []string      `json:"entries,omitzero"` // only these, and only to read; nil for all that the role sees
	Counsel bool          `json:"counsel,omitempty"`
	HandOn  bool          `json:"hand_on,omitempty"` // who invites sees work product no more from then on
	Student bool          `json:"student,omitempty"` // the rights move: the owner is the student whose case it is
	Until   time.Time     `json:"until,omitzero"`
	Purpose string        `json:"purpose,omitempty"`
}

// asks is the action that giving these terms needs.
func (t *Terms) asks() Action {
	if t.Case == "" || t.Student {
		return ChangePeople
	}
	return ShareCase
}

// member reports that the terms make a member of the space.
func (t *Terms) member() bool { return t.Case == "" || t.Student }

// An Invitation is a link that waits for somebody. It works once.
type Invitation struct {
	ID      string          `json:"id"`
	Hash    string          `json:"hash"` // SHA-256 of the token, in hex; the token is kept nowhere
	Terms   Terms           `json:"terms"`
	For     string          `json:"for"` // for whom, in words
	By      people.PersonID `json:"by"`
	Made    time.Time       `json:"made"`
	Ends    time.Time       `json:"ends"`
	Used    time.Time       `json:"used,omitzero"`
	UsedBy  people.PersonID `json:"used_by,omitempty"`
	Taken   time.Time       `json:"taken,omitzero"` // taken back
	TakenBy people.PersonID `json:"taken_by,omitempty"`

	Version int64 `json:"-"`
}

// Live reports that the invitation waits at a moment.
func (i *Invitation) Live(now time.Time) bool {
	return i.ID != "" && i.Used.IsZero() && i.Taken.IsZero() && now.Before(i.Ends) && (i.Terms.Until.IsZero() || now.Before(i.Terms.Until))
}

// A pointer says where the invitation of a token is.
type pointer struct {
	Space people.SpaceID `json:"space"`
	ID    string         `json:"id"`
}

// Invite makes an invitation and gives its token, which is shown once and kept
// nowhere. id is a name of NewName made when the form was shown: the same form sent
// twice is a Conflict, because the token cannot be shown again.
func (d *Desk) Invite(ctx context.Context, who Who, id, whom string, t Terms) (Invitation, string, error) {
	if err := d.may(ctx, who, t.asks(), t.Case); err != nil {
		return Invitation{}, "", err
	}
	if !goodName(id) {
		return Invitation{}, "", invalid("desk.form_name")
	}
	if whom = short(whom, 100); whom == "" {
		return Invitation{}, "", invalid("people.no_name")
	}
	t.Purpose = short(t.Purpose, 300)
	var b [32]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	token := base64.RawURLEncoding.EncodeToString(b[:])
	now := d.now().UTC()
	in := Invitation{ID: id, Hash: hashed(token), For: whom, By: who.Person.ID, Made: now, Ends: now.Add(inviteTime)}
	err := meanwhile(d.change(ctx, &who, t.asks(), t.Case, func(tx Tx) error {
		fixed, err := d.agree(ctx, tx, who, t)
		if err != nil {
			return err
		}
		in.Terms = fixed
		all, err := invitations(tx, who.Space)
		if err != nil {
			return err
		}
		waiting := 0
		for i := range all {
			if all[i].ID == id {
				return conflict("people.sent_twice")
			}
			if all[i].Live(now) {
				waiting++
			} else if err := tx.DropItem("", itemInvitation, all[i].Hash); err != nil {
				return err
			}
		}
		if waiting >= mostInvitations {
			return conflict("people.too_many")
		}
		if err := d.put(tx, who.Space, itemInvitation, id, 0, in); err != nil {
			return err
		}
		if err := d.put(tx, "", itemInvitation, in.Hash, 0, pointer{who.Space, id}); err != nil {
			return err
		}
		return d.tell(tx, who.Space, Change{By: who.Person.ID, What: "invited", For: whom, Role: fixed.Role, Case: fixed.Case, Until: fixed.Until})
	}))
	if err != nil {
		return Invitation{}, "", err
	}
	return in, token, nil
}

func hashed(token string) string {
	h := sha256.Sum256([]byte(token))
	return hex.EncodeToString(h[:])
}

func invitations(tx Tx, space people.SpaceID) ([]Invitation, error) {
	return items(tx, space, itemInvitation, "", func(i *Invitation, v int64) { i.Version = v })
}

// Invitations lists those of the space that wait, the latest first.
func (d *Desk) Invitations(ctx context.Context, who Who) (out []Invitation, err error) {
	if err = d.may(ctx, who, ChangePeople, ""); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out, err = invitations(tx, who.Space)
		return err
	})
	now := d.now()
	out = slices.DeleteFunc(out, func(i Invitation) bool { return !i.Live(now) })
	slices.SortFunc(out, func(a, b Invitation) int { return b.Made.Compare(a.Made) })
	return out, err
}

// TakeBack ends an invitation that nobody used yet.
func (d *Desk) TakeBack(ctx context.Context, who Who, id string) error {
	if err := d.may(ctx, who, ChangePeople, ""); err != nil {
		return err
	}
	return d.change(ctx, &who, ChangePeople, "", func(tx Tx) error {
		var in Invitation
		v, err := get(tx, who.Space, itemInvitation, id, &in)
		if err != nil {
			return err
		}
		switch {
		case v == 0:
			return missing("people.no_invitation")
		case !in.Used.IsZero():
			return conflict("people.used_already")
		case !in.Taken.IsZero():
			return nil
		}
		in.Taken, in.TakenBy = d.now().UTC(), who.Person.ID
		if err := tx.DropItem("", itemInvitation, in.Hash); err != nil {
			return err
		}
		if err := d.put(tx, who.Space, itemInvitation, id, v, in); err != nil {
			return err
		}
		return d.tell(tx, who.Space, Change{By: who.Person.ID, What: "taken_back", For: in.For})
	})
}

// An Invited is what somebody who holds a live token may know before accepting.
type Invited struct {
	For     string
	By      string // how the one who invites is called
	ByID    people.PersonID
	Space   people.SpaceID
	Terms   Terms // without the entries' names
	Entries int
	Ends    time.Time
}

// InvitationLive reports that a token's invitation waits.
func (d *Desk) InvitationLive(ctx context.Context, token string) bool {
	_, err := d.Invited(ctx, token)
	return err == nil
}

// Invited says what a token invites to. Opening an invitation accepts nothing. A
// token that is unknown, used, taken back or too old is not found, in the same words.
func (d *Desk) Invited(ctx context.Context, token string) (out Invited, err error) {
	err = d.store.Read(ctx, func(tx Tx) error {
		in, by, err := d.invited(ctx, tx, token)
		if err != nil {
			return err
		}
		t := in.Terms
		out = Invited{For: in.For, By: by.Person.Name, ByID: by.Person.ID, Space: by.Space, Terms: t, Entries: len(t.Entries), Ends: in.Ends}
		out.Terms.Entries = nil
		return nil
	})
	return out, err
}

// invited finds the invitation of a token, and who made it, while it waits and its
// maker may still give what it gives.
func (d *Desk) invited(ctx context.Context, tx Tx, token string) (Invitation, Who, error) {
	over := missing("people.not_live")
	if len(token) != 43 {
		return Invitation{}, Who{}, over
	}
	var p pointer
	v, err := get(tx, "", itemInvitation, hashed(token), &p)
	if err != nil {
		return Invitation{}, Who{}, err
	}
	if v == 0 {
		return Invitation{}, Who{}, over
	}
	var in Invitation
	if in.Version, err = get(tx, p.Space, itemInvitation, p.ID, &in); err != nil {
		return Invitation{}, Who{}, err
	}
	if in.Version == 0 || !in.Live(d.now()) {
		return Invitation{}, Who{}, over
	}
	by, found, err := d.recognize(tx, p.Space, in.By)
	if err != nil {
		return Invitation{}, Who{}, err
	}
	if !found || d.allowed(by, in.Terms.asks(), in.Terms.Case) != nil {
		return Invitation{}, Who{}, over
	}
	if _, err := d.agree(ctx, tx, by, in.Terms); err != nil {
		if k := fault.KindOf(err); k == fault.Forbidden || k == fault.NotFound || k == fault.Invalid || k == fault.Conflict {
			return Invitation{}, Who{}, over
		}
		return Invitation{}, Who{}, err
	}
	return in, by, nil
}

// Redeem accepts an invitation for an account: the person, what he or she may do,
// and the account's seat stand together or not at all. An account that is a person
// of the space already gets what is new, and loses nothing.
func (d *Desk) Redeem(ctx context.Context, token string, account people.AccountID) (Who, error) {
	if account == "" {
		return Who{}, missing("desk.nobody")
	}
	var out Who
	err := d.store.Write(ctx, func(tx Tx) error {
		in, by, err := d.invited(ctx, tx, token)
		if err != nil {
			return err
		}
		space, now := by.Space, d.now().UTC()
		ms, err := members(tx, space)
		if err != nil {
			return err
		}
		seated, err := d.seatOf(tx, account, space, ms)
		if err != nil {
			return err
		}
		if seated == in.By {
			return conflict("people.own_invitation")
		}
		m := people.Member{Person: seated, Since: now, By: in.By}
		if i := slices.IndexFunc(ms, func(m people.Member) bool { return m.Person == seated }); i >= 0 && seated != "" {
			m = ms[i]
		}
		if seated == "" {
			p := people.Person{ID: people.PersonID(name()), Name: in.For, Lang: by.Person.Lang, Register: people.Plain, Shortcuts: true}
			if in.Terms.Counsel {
				p.Register = people.Precise
			}
			if err := tx.SavePerson(space, p); err != nil {
				return err
			}
			m.Person = p.ID
		}
		m.Account = account
		if !m.Holds(now) { // back after an end
			m = people.Member{Person: m.Person, Account: account, Since: now, By: in.By, Version: m.Version}
		}
		t := in.Terms
		if t.member() {
			d.raise(&m, t)
		}
		if err := d.put(tx, space, itemMember, string(m.Person), m.Version, m); err != nil {
			return err
		}
		if !t.member() {
			if err := d.grant(tx, space, m.Person, in.By, t); err != nil {
				return err
			}
		}
		if t.Counsel && t.HandOn && by.Member.Counsel {
			was := by.Member
			was.Counsel = false
			if err := d.put(tx, space, itemMember, string(was.Person), was.Version, was); err != nil {
				return err
			}
			if err := d.tell(tx, space, Change{By: in.By, What: "counsel_handed_on", Person: m.Person, Case: t.Case}); err != nil {
				return err
			}
		}
		if err := d.seat(tx, account, space, m.Person); err != nil {
			return err
		}
		in.Used, in.UsedBy = now, m.Person
		if err := d.put(tx, space, itemInvitation, in.ID, in.Version, in); err != nil {
			return err
		}
		if err := tx.DropItem("", itemInvitation, in.Hash); err != nil {
			return err
		}
		what := "joined"
		if t.Student {
			what = "rights_moved"
		}
		if err := d.tell(tx, space, Change{By: in.By, What: what, Person: m.Person, Role: t.Role, Case: t.Case, Until: t.Until}); err != nil {
			return err
		}
		var found bool
		if out, found, err = d.recognize(tx, space, m.Person); err == nil && !found {
			err = missing("people.not_live")
		}
		return err
	})
	if err != nil {
		return Who{}, err
	}
	return out, nil
}

// raise adds to a membership what an invitation gives, and takes nothing away.
func (d *Desk) raise(m *people.Member, t Terms) {
	switch a, b := place(t.Role), place(m.Role); {
	case a < b:
		m.Role, m.Until = t.Role, t.Until
	case a == b && !m.Until.IsZero() && (t.Until.IsZero() || t.Until.After(m.Until)):
		m.Until = t.Until
	}
	m.Counsel = m.Counsel || t.Counsel
	m.Student = m.Student || t.Student
}

// grant writes down that a person may see a case.
func (d *Desk) grant(tx Tx, space people.SpaceID, person, by people.PersonID, t Terms) error {
	g := people.Grant{ID: name(), Case: t.Case, Person: person, Role: t.Role, Entries: t.Entries, Counsel: t.Counsel,
		Purpose: t.Purpose, By: by, Since: d.now().UTC(), Until: t.Until}
	return d.put(tx, space, itemGrant, string(person)+"/"+g.ID, 0, g)
}

// seatOf is the person that an account is in a space, or "".
func (d *Desk) seatOf(tx Tx, account people.AccountID, space people.SpaceID, ms []people.Member) (people.PersonID, error) {
	for _, m := range ms {
		if m.Account == account {
			return m.Person, nil
		}
	}
	var s seat
	_, err := get(tx, "", itemSeat, seatName(account, space), &s)
	return s.Person, err
}

// onlyName is a text as a name of an item may be.
func onlyName(s string) bool { return s != "" && !strings.ContainsAny(s, "/\x00") }
