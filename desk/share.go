package desk

import (
	"context"
	"slices"
	"time"

	"stayput/day"
	"stayput/people"
)

// previewer is who looks at what somebody else would see. Nobody bears this name,
// so that no author's own entries show.
const previewer people.PersonID = "preview"

// mostShared is how many entries one share may name.
const mostShared = 2000

// As is somebody to whom exactly these terms were given, and who can do nothing:
// it shows what the other will see before anything is sent.
func (d *Desk) As(ctx context.Context, who Who, t Terms) (Who, error) {
	if err := d.may(ctx, who, t.asks(), t.Case); err != nil {
		return Who{}, err
	}
	err := d.store.Read(ctx, func(tx Tx) error {
		var err error
		t, err = d.agree(ctx, tx, who, t)
		return err
	})
	if err != nil {
		return Who{}, err
	}
	// Who is not counsel does not become it by looking at what another will see: what
	// counsel who has gone wrote stays hidden until somebody else is counsel.
	t.Counsel = t.Counsel && who.Member.Counsel && who.Member.Holds(d.now())
	out := Who{Space: who.Space, Device: who.Device, Preview: true, Viewer: who.Person.ID,
		Person: people.Person{ID: previewer, Lang: who.Person.Lang, Register: who.Person.Register}}
	if t.member() {
		out.Member = people.Member{Person: previewer, Role: t.Role, Counsel: t.Counsel, Until: t.Until}
	} else {
		out.Grants = []people.Grant{{ID: string(previewer), Case: t.Case, Person: previewer, Role: t.Role, Entries: t.Entries, Counsel: t.Counsel, By: who.Person.ID, Until: t.Until}}
	}
	return out, nil
}

// AsNow is what a person sees now, but for what is private to him or her as its
// author.
func (d *Desk) AsNow(ctx context.Context, who Who, person people.PersonID) (Who, error) {
	if err := d.may(ctx, who, ChangePeople, ""); err != nil {
		return Who{}, err
	}
	var out Who
	err := d.store.Read(ctx, func(tx Tx) error {
		now, found, err := d.recognize(tx, who.Space, person)
		if err != nil {
			return err
		}
		if !found {
			return missing("people.no_person")
		}
		// Who is not counsel does not become it by looking through another's eyes.
		counsel := who.Member.Counsel && who.Member.Holds(d.now())
		now.Member.Counsel = now.Member.Counsel && counsel
		for i := range now.Grants {
			now.Grants[i].Counsel = now.Grants[i].Counsel && counsel
		}
		out = Who{Space: who.Space, Device: who.Device, Preview: true, Viewer: who.Person.ID, Member: now.Member, Grants: now.Grants,
			Person: people.Person{ID: previewer, Lang: who.Person.Lang, Register: who.Person.Register}}
		return nil
	})
	return out, err
}

// agree checks that who may give these terms, and gives them in one form: entries
// in order, each once.
func (d *Desk) agree(ctx context.Context, tx Tx, who Who, t Terms) (Terms, error) {
	if t.Role == people.NoRole || place(t.Role) < 0 || t.Role == people.Owner && !t.member() {
		return t, invalid("people.no_role")
	}
	if place(t.Role) < place(d.role(who)) {
		return t, forbidden("people.above_own")
	}
	if !t.Until.IsZero() && !t.Until.After(d.now()) {
		return t, invalid("people.until_past")
	}
	if t.Counsel {
		if t.Entries != nil {
			return t, invalid("people.entries_read")
		}
		if err := d.mayNameCounsel(tx, who, ""); err != nil {
			return t, err
		}
	}
	if t.Case == "" {
		if t.Student || t.Entries != nil {
			return t, missing("desk.no_case")
		}
		return t, nil
	}
	f, err := d.folder(ctx, tx, who, t.Case)
	if err != nil {
		return t, err
	}
	if t.Student {
		return t, d.agreeStudent(ctx, tx, who, f, t)
	}
	if t.Entries == nil {
		return t, nil
	}
	t.Entries = slices.Compact(slices.Sorted(slices.Values(t.Entries)))
	switch {
	case len(t.Entries) == 0:
		return t, invalid("people.no_entries")
	case len(t.Entries) > mostShared:
		return t, invalid("people.too_many_entries")
	case t.Role != people.Reader:
		return t, invalid("people.entries_read")
	}
	for _, n := range t.Entries {
		if m := f.sealed(n); m == nil || m.Wall != WallOpen {
			if slices.ContainsFunc(f.Destroyed, func(l Lost) bool { return l.Name == n }) {
				continue // its words were destroyed since; there is nothing left to show
			}
			return t, missing("desk.no_entry")
		}
		if inward(f, n) {
			return t, invalid("desk.impression_stays")
		}
	}
	return t, nil
}

// inward reports an entry that staff wrote for themselves about a family: it is shared
// with the whole record or not at all.
func inward(f *Folder, name string) bool {
	e := f.Entry(name)
	return e != nil && e.Kind.Info().Inward
}

// agreeStudent checks that the rights may move: in a household, when the student is
// of age, and when nobody else's case is in the space that would then be hers.
func (d *Desk) agreeStudent(ctx context.Context, tx Tx, who Who, f *Folder, t Terms) error {
	if t.Role != people.Owner || t.Counsel || !t.Until.IsZero() || t.Entries != nil {
		return invalid("people.no_role")
	}
	spaces, err := tx.Spaces()
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(spaces, func(s people.Space) bool { return s.ID == who.Space }); i < 0 || spaces[i].Kind != people.Household {
		return invalid("people.student_household")
	}
	_, now, err := d.ofAge(f)
	if err != nil {
		return err
	}
	if !now {
		return invalid("people.student_age")
	}
	rows, err := tx.Cases(who.Space)
	if err != nil {
		return err
	}
	for _, r := range rows {
		o, err := d.folder(ctx, tx, who, r.ID)
		if err != nil {
			return err
		}
		if a, b := o.File.Case.Child, f.File.Case.Child; a.Born != b.Born || a.Name != b.Name {
			return conflict("people.student_others")
		}
	}
	return nil
}

// LastMoment is when a share of a case ends whose last day is on: at the end of that
// day where the child lives. Without a case, or when nothing says where the child
// lives, it is the latest end of that day where the server or another child of the
// space is, so that nobody is out before the last day is over. The time keeps its
// offset, by which pages say the same day again.
func (d *Desk) LastMoment(ctx context.Context, who Who, c people.CaseID, on day.Date) (end time.Time, err error) {
	a := ChangePeople
	if c != "" {
		a = ShareCase
	}
	if err = d.may(as(ctx, ""), who, a, c); err != nil {
		return end, err
	}
	y, m, n := on.Civil()
	err = d.store.Read(ctx, func(tx Tx) error {
		if c != "" {
			f, err := d.folder(ctx, tx, who, c)
			if err != nil {
				return err
			}
			if loc := d.zone(f); loc != nil {
				end = time.Date(y, m, n+1, 0, 0, 0, 0, loc)
				return nil
			}
		}
		rows, err := tx.Cases(who.Space)
		if err != nil {
			return err
		}
		end = time.Date(y, m, n+1, 0, 0, 0, 0, d.now().Location())
		for _, r := range rows {
			f, err := d.folder(ctx, tx, who, r.ID)
			if err != nil {
				return err
			}
			if loc := d.zone(f); loc != nil {
				if there := time.Date(y, m, n+1, 0, 0, 0, 0, loc); there.After(end) {
					end = there
				}
			}
		}
		return nil
	})
	return end, err
}

// A Share is what somebody sees of a case by a grant.
type Share struct {
	Grant  people.Grant
	Person people.Person // name only
	Newer  int           // entries of the grant that were corrected or taken back since
}

// A Sharing is who sees a case.
type Sharing struct {
	Members []Standing // by their role in the space
	Shares  []Share
	Waiting []Invitation // to this case
}

// Sharing lists who sees a case, and who is invited to.
func (d *Desk) Sharing(ctx context.Context, who Who, c people.CaseID) (out Sharing, err error) {
	if err = d.may(ctx, who, ShareCase, c); err != nil {
		return out, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out = Sharing{}
		f, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		all, err := d.standings(tx, who)
		if err != nil {
			return err
		}
		now := d.now()
		for _, s := range all {
			if s.Member.Holds(now) && s.Member.Role != people.NoRole {
				out.Members = append(out.Members, s)
			}
			for _, g := range s.Grants {
				if g.Case == c {
					out.Shares = append(out.Shares, Share{g, s.Person, newer(f, g.Entries)})
				}
			}
		}
		is, err := invitations(tx, who.Space)
		for _, in := range is {
			if in.Terms.Case == c && in.Live(now) {
				out.Waiting = append(out.Waiting, in)
			}
		}
		return err
	})
	return out, err
}

// newer counts the entries in whose place another stands that is not among them.
func newer(f *Folder, entries []string) (n int) {
	for _, e := range entries {
		if h := f.History(e); len(h) > 0 && !slices.Contains(entries, h[len(h)-1]) {
			n++
		}
	}
	return n
}

// ShareWith gives somebody who is in the space already a grant on a case.
func (d *Desk) ShareWith(ctx context.Context, who Who, person people.PersonID, t Terms) error {
	if err := d.may(ctx, who, ShareCase, t.Case); err != nil {
		return err
	}
	if t.member() || person == who.Person.ID {
		return invalid("people.no_role")
	}
	return meanwhile(d.change(ctx, &who, ShareCase, t.Case, func(tx Tx) error {
		fixed, err := d.agree(ctx, tx, who, t)
		if err != nil {
			return err
		}
		if _, found, err := d.recognize(tx, who.Space, person); err != nil || !found {
			if err == nil {
				err = missing("people.no_person")
			}
			return err
		}
		fixed.Purpose = short(fixed.Purpose, 300)
		if err := d.grant(tx, who.Space, person, who.Person.ID, fixed); err != nil {
			return err
		}
		if fixed.Counsel && fixed.HandOn && who.Member.Counsel {
			m := who.Member
			m.Counsel = false
			if err := d.put(tx, who.Space, itemMember, string(m.Person), m.Version, m); err != nil {
				return err
			}
			if err := d.tell(tx, who.Space, Change{By: who.Person.ID, What: "counsel_handed_on", Person: person, Case: t.Case}); err != nil {
				return err
			}
		}
		return d.tell(tx, who.Space, Change{By: who.Person.ID, What: "shared", Person: person, Role: fixed.Role, Case: t.Case, Until: fixed.Until})
	}))
}

// EndGrant takes a share back at once.
func (d *Desk) EndGrant(ctx context.Context, who Who, c people.CaseID, person people.PersonID, id string) error {
	return d.changeGrant(ctx, who, c, person, id, func(tx Tx, f *Folder, g *people.Grant) (Change, error) {
		g.Ended, g.EndedBy = d.now().UTC(), who.Person.ID
		return Change{What: "share_ended"}, nil
	})
}

// EndGrantOn lets a share end by itself on another day; zero is never.
func (d *Desk) EndGrantOn(ctx context.Context, who Who, c people.CaseID, person people.PersonID, id string, until time.Time) error {
	return d.changeGrant(ctx, who, c, person, id, func(tx Tx, f *Folder, g *people.Grant) (Change, error) {
		if !until.IsZero() && !until.After(d.now()) {
			return Change{}, invalid("people.until_past")
		}
		g.Until = until
		return Change{What: "shared", Role: g.Role, Until: until}, nil
	})
}

// RenewGrant adds to shared entries what stands in their place now. What was taken
// back goes along too: the other sees that it was.
func (d *Desk) RenewGrant(ctx context.Context, who Who, c people.CaseID, person people.PersonID, id string) error {
	return d.changeGrant(ctx, who, c, person, id, func(tx Tx, f *Folder, g *people.Grant) (Change, error) {
		all := slices.Clone(g.Entries)
		for _, e := range g.Entries {
			for _, h := range f.History(e) {
				if m := f.sealed(h); m != nil && m.Wall == WallOpen && !inward(f, h) {
					all = append(all, h)
				}
			}
		}
		if g.Entries != nil {
			g.Entries = slices.Compact(slices.Sorted(slices.Values(all)))
		}
		return Change{What: "shared", Role: g.Role, Until: g.Until}, nil
	})
}

func (d *Desk) changeGrant(ctx context.Context, who Who, c people.CaseID, person people.PersonID, id string, f func(Tx, *Folder, *people.Grant) (Change, error)) error {
	if err := d.may(ctx, who, ShareCase, c); err != nil {
		return err
	}
	if !onlyName(string(person)) || !onlyName(id) {
		return missing("people.no_grant")
	}
	return d.change(ctx, &who, ShareCase, c, func(tx Tx) error {
		var g people.Grant
		v, err := get(tx, who.Space, itemGrant, string(person)+"/"+id, &g)
		if err != nil {
			return err
		}
		if v == 0 || g.Case != c {
			return missing("people.no_grant")
		}
		if !g.Ended.IsZero() {
			return nil
		}
		folder, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		line, err := f(tx, folder, &g)
		if err != nil {
			return err
		}
		if err := d.put(tx, who.Space, itemGrant, string(person)+"/"+id, v, g); err != nil {
			return err
		}
		line.By, line.Person, line.Case = who.Person.ID, person, c
		return d.tell(tx, who.Space, line)
	})
}

// Counsel is who sees work product of a case now: names, for the sentence that says
// so before another is let in. Whoever sees it may know who else does.
func (d *Desk) Counsel(ctx context.Context, who Who, c people.CaseID) (out []people.Person, err error) {
	a := ChangePeople
	if slices.Contains(d.walls(who, c), WallCounsel) {
		a = SeeCase
	}
	if err = d.may(ctx, who, a, c); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out = nil
		ps, err := tx.People(who.Space)
		if err != nil {
			return err
		}
		for _, p := range ps {
			w, found, err := d.recognize(tx, who.Space, p.ID)
			if err != nil {
				return err
			}
			if found && slices.Contains(d.walls(w, c), WallCounsel) {
				out = append(out, people.Person{ID: p.ID, Name: p.Name})
			}
		}
		return nil
	})
	return out, err
}

// NamesCounsel reports that who may let somebody else see work product.
func (d *Desk) NamesCounsel(ctx context.Context, who Who) (may bool, err error) {
	if err = d.may(ctx, who, ChangePeople, ""); err != nil {
		return false, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		err := d.mayNameCounsel(tx, who, "")
		if may = err == nil; forbiddenOrMissing(err) {
			err = nil
		}
		return err
	})
	return may, err
}
