package desk

import (
	"context"
	"slices"
	"time"

	"stayput/derive/brief"
	"stayput/fact"
	"stayput/intake/casefile"
	"stayput/people"
	"stayput/record/seal"
)

// A NewCase is a case to be opened.
type NewCase struct {
	Name  string // a name of NewName, made when the form was shown; the same name twice opens one case
	File  *casefile.File
	Files map[string]FileRef // files already kept, by the path the entries name them with
	Log   *NewLog            // sessions and probes that came in files beside it; nil for none
	Via   string             // web, import, sheet
	Batch string
}

// OpenCase begins a case with what its file says: the child, the entries, the
// plans. All of it stands, or nothing.
func (d *Desk) OpenCase(ctx context.Context, who Who, in NewCase) (people.CaseID, error) {
	if err := d.may(ctx, who, OpenCase, ""); err != nil {
		return "", err
	}
	if in.Name == "" {
		in.Name = name()
	}
	if !goodName(in.Name) {
		return "", invalid("desk.form_name")
	}
	id := people.CaseID(in.Name)
	err := d.change(ctx, &who, OpenCase, "", func(tx Tx) error {
		logs, err := tx.Logs(who.Space, id)
		if err != nil {
			return err
		}
		if len(logs) > 0 {
			return nil // the form was sent twice
		}
		return d.open(tx, who, id, in)
	})
	return id, err
}

// open writes a new case within tx.
func (d *Desk) open(tx Tx, who Who, id people.CaseID, in NewCase) error {
	if err := tx.AddCase(who.Space, CaseRow{ID: id, Created: d.now().UTC(), Batch: in.Batch}); err != nil {
		return err
	}
	ps, err := caseDrafts(in.File)
	if err != nil {
		return err
	}
	logs, err := logDrafts(in.File, in.Log)
	if err != nil {
		return err
	}
	ps = append(ps, logs...)
	mine := d.walls(who, id)
	last := map[Wall]string{} // the latest entry that stands in each wall
	for i := range in.File.Entries {
		e := &in.File.Entries[i]
		var files []FileRef
		for _, p := range e.Files {
			if ref, ok := in.Files[p]; ok {
				ref.Name = p
				files = append(files, ref)
			}
		}
		wall, id := wallOf(e.Wall, who), name()
		if !slices.Contains(mine, wall) {
			return forbidden("desk.wall_not_yours")
		}
		after := ""
		if wall != WallOpen {
			after = last[wall]
		}
		dr, err := factDraft(id, e, files, in.Via, after)
		if err != nil {
			return err
		}
		ps = append(ps, pending{wall, dr, words(e, files)})
		last[wall] = id
		if wall == WallOpen { // whoever sees a private entry sees the open ones
			clear(last)
			for _, w := range []Wall{WallMediation, WallCounsel, authorWall(who.Person.ID)} {
				last[w] = id
			}
		}
	}
	// Wall by wall, each in the order of the file, so that each log is sealed once.
	slices.SortStableFunc(ps, func(a, b pending) int {
		switch {
		case a.wall == b.wall:
			return 0
		case a.wall < b.wall:
			return -1
		}
		return 1
	})
	return d.add(tx, who, id, ps)
}

// caseDrafts are the entries that say what a case is about.
func caseDrafts(f *casefile.File) ([]pending, error) {
	head, err := caseDraft(f)
	if err != nil {
		return nil, err
	}
	ps := []pending{head}
	plans, err := f.PlansJSON()
	if err != nil {
		return nil, err
	}
	if err := new(casefile.File).ReadParts(plans, nil, nil); err != nil {
		return nil, err
	}
	if _, err := readPlans(f); err != nil {
		return nil, err
	}
	if plans != nil {
		body, err := encode(valueBody{Value: plans})
		if err != nil {
			return nil, err
		}
		ps = append(ps, pending{WallOpen, draft(name(), seal.Plans, body), ""})
	}
	return ps, nil
}

func caseDraft(f *casefile.File) (pending, error) {
	raw, err := f.CaseJSON()
	if err != nil {
		return pending{}, err
	}
	if _, err := casefile.ReadCase("case", raw); err != nil {
		return pending{}, err
	}
	body, err := encode(caseBody{Case: raw})
	if err != nil {
		return pending{}, err
	}
	return pending{WallOpen, draft(name(), seal.CaseFacts, body), ""}, nil
}

// ChangeCase says anew what the case is about: title, child, district,
// calendars. head is the Folder.Head the form was made from; when somebody
// changed it meanwhile, the error is a Conflict and nothing is written.
func (d *Desk) ChangeCase(ctx context.Context, who Who, c people.CaseID, head string, change func(*casefile.File) error) error {
	if err := d.may(ctx, who, ChangeCase, c); err != nil {
		return err
	}
	return d.change(ctx, &who, ChangeCase, c, func(tx Tx) error {
		f, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		if head != "" && head != f.Head {
			return conflict("desk.changed_meanwhile")
		}
		file := *f.File
		file.Case.Child = f.File.Case.Child
		file.Case.RightsHolder = slices.Clone(file.Case.RightsHolder)
		file.Case.Jurisdiction = slices.Clone(file.Case.Jurisdiction)
		file.Case.District = slices.Clone(file.Case.District)
		file.Case.Contacts = slices.Clone(file.Case.Contacts)
		file.Calendars = slices.Clone(file.Calendars)
		facts := make(map[string]fact.Tri, len(file.Case.Facts))
		for k, v := range file.Case.Facts {
			facts[k] = v
		}
		file.Case.Facts = facts
		if err := change(&file); err != nil {
			return err
		}
		p, err := caseDraft(&file)
		if err != nil {
			return err
		}
		var b caseBody
		if err := decode(p.draft.Body.Data, &b); err != nil {
			return internal(err)
		}
		was, err := f.File.CaseJSON()
		if err == nil && string(was) == string(b.Case) {
			return nil // nothing was changed
		}
		d.zones.Delete(zoneKey{who.Space, c})
		return d.add(tx, who, c, []pending{p})
	})
}

// CloseCase puts a case away; it can be taken out again.
func (d *Desk) CloseCase(ctx context.Context, who Who, c people.CaseID, reason string) error {
	if err := d.may(ctx, who, CloseCase, c); err != nil {
		return err
	}
	return d.state(ctx, who, CloseCase, c, seal.Closed, short(reason, 2000), func(f *Folder) bool { return f.Closed })
}

// ReopenCase takes a case out again.
func (d *Desk) ReopenCase(ctx context.Context, who Who, c people.CaseID) error {
	if err := d.may(ctx, who, CloseCase, c); err != nil {
		return err
	}
	return d.state(ctx, who, CloseCase, c, seal.Reopened, "", func(f *Folder) bool { return !f.Closed })
}

// CaseFile is the case as a case file, with everything this person may see, and
// the calendars it names.
func (d *Desk) CaseFile(ctx context.Context, who Who, c people.CaseID) (*casefile.File, []CalendarRow, error) {
	if err := d.may(ctx, who, ExportCase, c); err != nil {
		return nil, nil, err
	}
	var (
		file *casefile.File
		cals []CalendarRow
	)
	err := d.store.Read(ctx, func(tx Tx) error {
		f, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		file, cals = f.withLog(f.File), nil
		all, err := tx.Calendars(who.Space)
		if err != nil {
			return err
		}
		for _, x := range all {
			if slices.ContainsFunc(file.Calendars, func(r casefile.CalendarRef) bool { return r.Inline == nil && r.Name == x.ID }) {
				cals = append(cals, x)
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return withoutLost(file), cals, nil
}

// withoutLost drops references to entries whose words were destroyed, which a
// case file cannot name any more.
func withoutLost(f *casefile.File) *casefile.File {
	have := make(map[string]bool, len(f.Entries))
	for i := range f.Entries {
		have[f.Entries[i].ID] = true
	}
	out := *f
	out.Entries = slices.Clone(f.Entries)
	for i := range out.Entries {
		e := &out.Entries[i]
		if e.Re != "" && !have[e.Re] {
			e.Re = ""
		}
		if e.Supersedes != "" && !have[e.Supersedes] {
			e.Supersedes = ""
		}
		if e.After.Entry != "" && !have[e.After.Entry] {
			e.After = fact.Relative{}
		}
	}
	return &out
}

// zone is where the child lives, or nil when nothing says it.
func (d *Desk) zone(f *Folder) *time.Location {
	z := f.File.Case.Zone
	if z == "" {
		laws, err := brief.Laws(&f.File.Case, d.book)
		if err != nil || len(laws) == 0 || len(laws[len(laws)-1].Law.Packs) == 0 {
			return nil
		}
		z = laws[len(laws)-1].Law.Packs[0].Zone
	}
	if z == "" { // which would be UTC
		return nil
	}
	loc, err := location(z)
	if err != nil {
		return nil
	}
	return loc
}
