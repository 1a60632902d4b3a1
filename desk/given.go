package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"stayput/fault"
	"stayput/people"
)

// What was given to whom, and when: the record that a school keeps of who got a
// child's papers (34 CFR 99.32; 300.614), kept for every space alike.

const itemGiven = "given" // Given by case and moment

// A Given is one export that left the program.
type Given struct {
	ID      string          `json:"id"` // made by Give
	Case    people.CaseID   `json:"case"`
	At      time.Time       `json:"at"`
	By      people.PersonID `json:"by"`
	What    string          `json:"what"`             // the form: zip, yaml, json, html, bundle, packet
	Walls   []Wall          `json:"walls,omitempty"`  // private walls that went along
	Entries []string        `json:"entries,omitzero"` // only these, by their sealed names; nil is the whole
	For     string          `json:"for,omitempty"`    // for whom and why, in the words of who gave it
	Basis   string          `json:"basis,omitempty"`  // what allows a school to give it: school_official
}

// Give notes that a case, or some entries of it, is handed over. Whoever hands
// something over calls it first. A store that cannot write now keeps nobody from
// taking out his or her own record: the line waits and is written later.
func (d *Desk) Give(ctx context.Context, who Who, c people.CaseID, g Given) error {
	if err := d.may(ctx, who, ExportCase, c); err != nil {
		return err
	}
	err := d.store.Read(ctx, func(tx Tx) error {
		_, err := d.folder(ctx, tx, who, c)
		return err
	})
	if err != nil {
		return err
	}
	g.Case, g.At, g.By, g.For = c, d.now().UTC(), who.Person.ID, short(g.For, 300)
	g.ID = string(c) + "/" + fmt.Sprintf("%015d-", g.At.UnixMilli()) + name()
	d.seen.add(&Waiting{Space: who.Space, Given: []Given{g}}, d.flushLater)
	_ = d.Flush(ctx) // what fails stays and is tried again
	return nil
}

// keepGiven writes a line down; what stands already is not written twice.
func (d *Desk) keepGiven(tx Tx, space people.SpaceID, g Given) error {
	if _, err := tx.Key(space); err != nil {
		if fault.KindOf(err) == fault.NotFound {
			return nil // the space left meanwhile
		}
		return err
	}
	if _, err := tx.Item(space, itemGiven, g.ID); err == nil {
		return nil
	} else if fault.KindOf(err) != fault.NotFound {
		return err
	}
	return d.put(tx, space, itemGiven, g.ID, 0, g)
}

// A Disclosure is one line of what was given of a case.
type Disclosure struct {
	At      time.Time
	What    string          // a form of Given; "share" for a grant; "read" for reading by somebody from outside
	By      people.PersonID // who gave it; "" for reading
	To      people.PersonID // of a grant and of reading
	For     string
	Basis   string // what allows a school to give it: school_official, or ""
	Walls   []Wall
	Entries []string  // sealed names; nil is the whole open record
	Until   time.Time // of a grant: when it ends by itself, or ended
	Ended   bool
	Times   int // of reading: how many pages and files that day
}

// Givens are what was given of one case, the latest first.
type Givens struct {
	Lines []Disclosure
	Names map[people.PersonID]string
	More  bool // the access log goes back further than was read
}

// mostRead is how much of the access log of one case is looked through.
const mostRead = 20_000

// Givens lists what was given of a case: each export, each grant, and each day on
// which somebody read it who belongs to the space in no other way. What went out
// of walls that who does not see is not said.
func (d *Desk) Givens(ctx context.Context, who Who, c people.CaseID) (out Givens, err error) {
	if err = d.may(ctx, who, SeeAccess, c); err != nil {
		return out, err
	}
	if err = d.Flush(ctx); err != nil {
		return out, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out = Givens{}
		f, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		if out.Names, err = names(tx, who.Space); err != nil {
			return err
		}
		mine := d.walls(who, c)
		all, err := items[Given](tx, who.Space, itemGiven, string(c)+"/", nil)
		if err != nil {
			return err
		}
		for _, g := range all {
			x := Disclosure{At: g.At, What: g.What, By: g.By, For: g.For, Basis: g.Basis}
			for _, w := range g.Walls {
				if slices.Contains(mine, w) {
					x.Walls = append(x.Walls, w)
				}
			}
			if g.Entries != nil {
				if x.Entries = f.visible(g.Entries); len(x.Entries) == 0 {
					continue // nothing of what went out is seen from here
				}
			}
			out.Lines = append(out.Lines, x)
		}
		outside, err := d.granted(tx, who.Space, c, f, &out)
		if err != nil {
			return err
		}
		return d.readings(tx, who.Space, c, outside, &out)
	})
	slices.SortStableFunc(out.Lines, func(a, b Disclosure) int { return b.At.Compare(a.At) })
	return out, err
}

// granted adds the grants on a case, and says who holds one and has no role in
// the space.
func (d *Desk) granted(tx Tx, space people.SpaceID, c people.CaseID, f *Folder, out *Givens) (map[people.PersonID]bool, error) {
	all, err := items[people.Grant](tx, space, itemGrant, "", nil)
	if err != nil {
		return nil, err
	}
	outside := map[people.PersonID]bool{}
	for _, g := range all {
		if g.Case != c {
			continue
		}
		var m people.Member
		if _, err := get(tx, space, itemMember, string(g.Person), &m); err != nil {
			return nil, err
		}
		outside[g.Person] = m.Role == people.NoRole
		x := Disclosure{At: g.Since, What: "share", By: g.By, To: g.Person, For: g.Purpose, Until: g.Until, Ended: !g.Ended.IsZero()}
		if x.Ended {
			x.Until = g.Ended
		}
		if g.Entries != nil {
			x.Entries = f.visible(g.Entries)
			if x.Entries == nil {
				x.Entries = []string{}
			}
		}
		out.Lines = append(out.Lines, x)
	}
	return outside, nil
}

// readings adds a line for each day on which somebody from outside read.
func (d *Desk) readings(tx Tx, space people.SpaceID, c people.CaseID, outside map[people.PersonID]bool, out *Givens) error {
	if !slices.Contains(mapValues(outside), true) {
		return nil
	}
	type dayOf struct {
		who people.PersonID
		day string
	}
	at := map[dayOf]int{}
	before := int64(0)
	for n := 0; ; {
		lines, err := tx.Seen(space, c, before, 1000)
		if err != nil || len(lines) == 0 {
			return err
		}
		for _, s := range lines {
			if !outside[s.Person] || s.Action == seenPreview {
				continue
			}
			local := s.At.In(d.now().Location())
			k := dayOf{s.Person, local.Format("2006-01-02")}
			i, ok := at[k]
			if !ok {
				i = len(out.Lines)
				at[k] = i
				out.Lines = append(out.Lines, Disclosure{What: "read", To: s.Person})
			}
			out.Lines[i].At, out.Lines[i].Times = s.At, out.Lines[i].Times+1 // the first of the day comes last
		}
		before = lines[len(lines)-1].N
		if n += len(lines); n >= mostRead {
			out.More = true
			return nil
		}
	}
}

func mapValues[K comparable, V any](m map[K]V) (out []V) {
	for _, v := range m {
		out = append(out, v)
	}
	return out
}

// visible are those of some sealed names that the folder shows.
func (f *Folder) visible(sealed []string) (out []string) {
	for _, n := range sealed {
		if f.sealed(n) != nil {
			out = append(out, n)
		}
	}
	return out
}

// names are the names of the people of a space.
func names(tx Tx, space people.SpaceID) (map[people.PersonID]string, error) {
	all, err := tx.People(space)
	if err != nil {
		return nil, err
	}
	out := make(map[people.PersonID]string, len(all))
	for _, p := range all {
		out[p.ID] = p.Name
	}
	return out, nil
}
