package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"stayput/day"
	"stayput/fault"
	"stayput/people"
)

// An AccessFilter asks for some lines of the access log; what is empty is not
// asked.
type AccessFilter struct {
	Person people.PersonID
	Case   people.CaseID
	Day    day.Date
}

// Accesses is a part of the access log.
type Accesses struct {
	Lines   []Seen // the latest first
	Next    int64  // what to ask for the lines before these with; 0 when there are none
	All     bool   // of everybody; else one's own lines only
	Names   map[people.PersonID]string
	Devices map[string]string         // how the devices that the lines name are called
	Titles  map[people.CaseID]*Folder // the cases that the lines name, as this person sees them
}

// mostScanned is how many lines are looked through for one page.
const mostScanned = 200_000

// Accesses lists who read what, the latest first, from a place that the page
// before gave (0: from now). Owners see every line of the space, everybody else
// his or her own, and nobody a line about a case that he or she may not see.
func (d *Desk) Accesses(ctx context.Context, who Who, f AccessFilter, from int64, limit int) (out Accesses, err error) {
	a := SeeAccess
	all := d.May(who, SeeAccess, "")
	if !all {
		a, f.Person = SeeSpace, who.Person.ID
	}
	if err = d.may(ctx, who, a, ""); err != nil {
		return out, err
	}
	if err = d.Flush(ctx); err != nil && fault.KindOf(err) != fault.Unavailable {
		return out, err // what cannot be written now is not shown; all that was written is
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out = Accesses{All: all, Names: map[people.PersonID]string{}, Devices: map[string]string{}, Titles: map[people.CaseID]*Folder{}}
		known, err := names(tx, who.Space)
		if err != nil {
			return err
		}
		hidden := map[people.CaseID]bool{}
		// The numbers of lines tell how many others there are. Somebody who sees
		// only some counts only those.
		before, skip := from, int64(0)
		if !all {
			before, skip = 0, from
		}
		matched := int64(0)
		for scanned := 0; ; {
			lines, err := tx.Seen(who.Space, f.Case, before, 500)
			if err != nil || len(lines) == 0 {
				return err
			}
			for _, s := range lines {
				before = s.N
				if f.Day != 0 && civil(s.At.In(d.now().Location())) < f.Day {
					return nil // the lines before are older still
				}
				if f.Person != "" && s.Person != f.Person || f.Day != 0 && civil(s.At.In(d.now().Location())) != f.Day {
					continue
				}
				if s.Case != "" && out.Titles[s.Case] == nil {
					if hidden[s.Case] {
						continue
					}
					folder, err := d.folder(ctx, tx, who, s.Case)
					if forbiddenOrMissing(err) {
						hidden[s.Case] = true
						continue
					}
					if err != nil {
						return err
					}
					out.Titles[s.Case] = folder
				}
				if matched++; matched <= skip {
					continue
				}
				if len(out.Lines) == limit {
					last := out.Lines[limit-1]
					if out.Next = last.N; !all {
						out.Next = matched - 1
					}
					return nil
				}
				out.Names[s.Person] = known[s.Person]
				if _, asked := out.Devices[s.Device]; s.Device != "" && !asked {
					var v Device
					if _, err := get(tx, "", itemDevice, s.Device, &v); err != nil {
						return err
					}
					out.Devices[s.Device] = v.Name
				}
				out.Lines = append(out.Lines, s)
			}
			if scanned += len(lines); scanned >= mostScanned {
				if all {
					out.Next = before
				}
				return nil
			}
		}
	})
	if !all {
		for i := range out.Lines {
			out.Lines[i].N = 0
		}
	}
	return out, err
}

func civil(t time.Time) day.Date {
	y, m, d := t.Date()
	return day.Must(y, m, d)
}

// AccessPeople are the people whose lines somebody may ask for, by name.
func (d *Desk) AccessPeople(ctx context.Context, who Who) (out []people.Person, err error) {
	if err = d.may(as(ctx, ""), who, SeeSpace, ""); err != nil {
		return nil, err
	}
	if !d.May(who, SeeAccess, "") {
		return []people.Person{who.Person}, nil
	}
	err = d.store.Read(ctx, func(tx Tx) error { out, err = tx.People(who.Space); return err })
	slices.SortStableFunc(out, func(a, b people.Person) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return out, err
}

// CaseTitles are the cases that somebody may see, put away or not, for lists to
// choose from.
func (d *Desk) CaseTitles(ctx context.Context, who Who) (out []*Folder, err error) {
	if err = d.may(ctx, who, SeeSpace, ""); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out = nil
		rows, err := tx.Cases(who.Space)
		if err != nil {
			return err
		}
		for _, c := range rows {
			f, err := d.folder(ctx, tx, who, c.ID)
			if forbiddenOrMissing(err) {
				continue
			}
			if err != nil {
				return err
			}
			out = append(out, f)
		}
		return nil
	})
	return out, err
}
