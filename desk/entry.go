package desk

import (
	"bytes"
	"context"
	"slices"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/people"
	"stayput/record/seal"
)

// A NewEntry is something a person is about to write down.
type NewEntry struct {
	Name  string     // a name of NewName, made when the form was shown; the same name twice adds one entry
	Fact  fact.Entry // what happened; its ID and Recorded are given by the desk
	Files []FileRef  // files already kept with KeepFile
	Via   string     // web, card, mail
	Draft string     // the draft this came from; it is dropped when the entry stands
}

// AddEntry writes down what happened. It returns the name under which the entry
// stands; sent twice, it stands once.
func (d *Desk) AddEntry(ctx context.Context, who Who, c people.CaseID, in NewEntry) (string, error) {
	return d.write(ctx, who, AddEntry, c, in, "")
}

// A Clash says that somebody corrected the same entry meanwhile: nobody's words
// are lost, and the second sees both.
type Clash struct {
	Theirs string // the name of the correction that stands
	err    error
}

func (c *Clash) Error() string { return c.err.Error() }
func (c *Clash) Unwrap() error { return c.err }

// CorrectEntry writes a correction that takes the place of the entry named
// target. The old entry stays in the record beside it. When the target was
// corrected meanwhile, the error is a *Clash.
func (d *Desk) CorrectEntry(ctx context.Context, who Who, c people.CaseID, target string, in NewEntry) (string, error) {
	if target == "" {
		return "", missing("desk.no_entry")
	}
	return d.write(ctx, who, CorrectEntry, c, in, target)
}

// WithdrawEntry takes an entry back: it stays in the record, and nothing follows
// from it any more. on is the day on which it is taken back.
func (d *Desk) WithdrawEntry(ctx context.Context, who Who, c people.CaseID, target, form, why string) (string, error) {
	f, err := d.Case(ctx, who, c, View{})
	if err != nil {
		return "", err
	}
	in := NewEntry{Name: form, Fact: fact.Entry{Kind: withdrawn, On: day.On(f.Today), Note: why}}
	return d.CorrectEntry(ctx, who, c, target, in)
}

var withdrawn = fact.MustLookup("entry_withdrawn")

// IsWithdrawal reports that e takes another entry back.
func IsWithdrawal(e *fact.Entry) bool { return e.Kind == withdrawn }

func (d *Desk) write(ctx context.Context, who Who, a Action, c people.CaseID, in NewEntry, target string) (string, error) {
	if err := d.may(as(ctx, SeeCase.String()), who, a, c); err != nil {
		return "", err
	}
	if err := in.ready(); err != nil {
		return "", err
	}
	var wall Wall
	err := d.change(ctx, &who, a, c, func(tx Tx) (err error) {
		wall, err = d.writeIn(ctx, tx, who, c, &in, target)
		return err
	})
	if err == nil {
		d.noticeBehind(ctx, who, a, c, wall)
		d.ahead(who, c)
	}
	return in.Name, err
}

// ready refuses an entry that cannot stand, before anything is asked of the store.
func (in *NewEntry) ready() error {
	if in.Name == "" {
		in.Name = name()
	}
	if !goodName(in.Name) {
		return invalid("desk.form_name")
	}
	if in.Via == "" {
		in.Via = "web"
	}
	if e := &in.Fact; len(e.Note) > mostText || len(e.Fields.Summary) > mostText || len(e.Fields.Response) > mostText {
		return invalid("desk.too_long", "limit", "100,000")
	}
	return nil
}

// writeIn writes an entry within tx: a new one, or a correction of target. It says in
// which wall.
func (d *Desk) writeIn(ctx context.Context, tx Tx, who Who, c people.CaseID, in *NewEntry, target string) (Wall, error) {
	e := in.Fact
	e.ID, e.Auto, e.Derived = in.Name, false, false
	for _, f := range in.Files {
		e.Files = append(e.Files, f.Name)
	}
	logs, err := tx.Logs(who.Space, c)
	if err != nil {
		return "", err
	}
	if len(logs) == 0 {
		return "", missing("desk.no_case")
	}
	wall := wallOf(e.Wall, who)
	e.Recorded = d.moment(ctx, tx, who, c)
	if e.Re != "" || target != "" || e.After.Entry != "" {
		f, err := d.folderOf(tx, who, c, logs)
		if err != nil {
			return wall, err
		}
		if e.Re != "" && f.Mark(e.Re) == nil {
			return wall, missing("desk.no_entry")
		}
		if e.After.Entry != "" && f.Mark(e.After.Entry) == nil {
			return wall, missing("desk.no_entry")
		}
		if target != "" {
			old := f.Entry(target)
			if old == nil {
				return wall, missing("desk.no_entry")
			}
			// A correction stays behind the wall of what it corrects.
			wall = f.Mark(old.ID).Wall
			if f.answers(e.Re, old.ID) {
				return wall, invalid("desk.circle")
			}
			e.Wall = old.Wall
			e.Supersedes = old.ID
			if by := f.correctionOf(old.ID); by != "" && by != in.Name {
				return wall, &Clash{Theirs: by, err: conflict("desk.corrected_meanwhile")}
			}
		}
	}
	if !slices.Contains(d.walls(who, c), wall) {
		return wall, forbidden("desk.wall_not_yours")
	}
	if e.Re != "" || e.After.Entry != "" {
		// Who reads this entry must be able to read what it points to: a pointer
		// that leads nowhere would tell of something private.
		f, err := d.folderOf(tx, who, c, logs)
		if err != nil {
			return wall, err
		}
		for _, to := range []string{e.Re, e.After.Entry} {
			if m := f.Mark(to); m != nil && m.Wall != WallOpen && m.Wall != wall {
				return wall, invalid("people.points_behind_wall")
			}
		}
	}
	behind, row, err := tx.Find(who.Space, c, in.Name)
	switch {
	case err != nil && fault.KindOf(err) != fault.NotFound:
		return wall, err
	case err == nil && !slices.Contains(d.walls(who, c), behind):
		// The name is that of something private: nothing may tell so, and the
		// entry gets another one.
		in.Name, err = name(), missing("desk.no_entry")
		e.ID = in.Name
	}
	dr, bad := factDraft(in.Name, &e, in.Files, in.Via, "")
	if bad != nil {
		return wall, bad
	}
	if err == nil { // the form was sent twice: the entry stands already, with the same words
		if sameFact(row.Body.Data, dr.Body.Data) {
			return wall, nil
		}
		return wall, conflict("desk.sent_twice")
	}
	for _, f := range in.Files {
		if _, err := tx.File(who.Space, f.Digest); err != nil {
			return wall, err
		}
	}
	if err := d.add(tx, who, c, []pending{{wall, dr, words(&e, in.Files)}}); err != nil {
		return wall, err
	}
	if in.Draft != "" {
		return wall, tx.DropDraft(who.Space, who.Person.ID, in.Draft)
	}
	return wall, nil
}

// noticeBehind notes what was done to an entry, when whoever reads the access log
// sees the entry too. Of anything else the log says only that somebody opened the
// case: it must not count what is private.
func (d *Desk) noticeBehind(ctx context.Context, who Who, a Action, c people.CaseID, w Wall) {
	if w == WallOpen || w == WallMediation {
		d.notice(ctx, who, a, c)
	}
}

// ahead works a case out right after a new entry, before anybody asks, when it is
// one that somebody looked at lately. One at a time for each case; what comes in
// between is worked out when it is asked for.
func (d *Desk) ahead(who Who, c people.CaseID) {
	key := d.sees(who, c).key(who, c)
	if d.kept.get(key) == nil {
		return
	}
	if _, busy := d.working.LoadOrStore(key, true); busy {
		return
	}
	go func() {
		defer d.working.Delete(key)
		var told error
		defer caught(&told)
		// What fails here fails again where somebody waits for it, and is told there.
		_, _ = d.Case(as(context.Background(), ""), who, c, View{})
	}()
}

// mostText is how long one text of an entry may be, in bytes.
const mostText = 100_000

// sameFact compares two bodies but for the moment they were recorded.
func sameFact(a, b []byte) bool {
	return bytes.Equal(withoutMoment(a), withoutMoment(b))
}

func withoutMoment(b []byte) []byte {
	const key = `"recorded":"`
	i := bytes.Index(b, []byte(key))
	if i < 0 {
		return b
	}
	j := bytes.IndexByte(b[i+len(key):], '"')
	if j < 0 {
		return b
	}
	return slices.Concat(b[:i], b[i+len(key)+j:])
}

// moment is now where the child lives, to the minute.
func (d *Desk) moment(ctx context.Context, tx Tx, who Who, c people.CaseID) day.Moment {
	t := d.now()
	key := zoneKey{who.Space, c}
	loc, ok := d.zones.Load(key)
	if !ok {
		if f, err := d.folder(ctx, tx, who, c); err == nil {
			loc = d.zone(f)
			d.zones.Store(key, loc)
		}
	}
	if l, _ := loc.(*time.Location); l != nil {
		t = t.In(l)
	}
	y, m, dd := t.Date()
	return day.Moment{Date: day.Must(y, m, dd), Minute: int16(t.Hour()*60 + t.Minute())}
}

// A zoneKey names the case whose time zone is remembered, so that writing an
// entry need not read the whole case.
type zoneKey struct {
	space people.SpaceID
	c     people.CaseID
}

// answers reports that the entry called id answers to, at once or through
// others, or is a later form of it: a correction of to that answered id would go
// in a circle.
func (f *Folder) answers(id, to string) bool {
	at := make(map[string]*fact.Entry, len(f.File.Entries))
	now := make(map[string]string)
	for i := range f.File.Entries {
		e := &f.File.Entries[i]
		at[e.ID] = e
		if e.Supersedes != "" {
			now[e.Supersedes] = e.ID
		}
	}
	latest := func(id string) string {
		for n := 0; now[id] != "" && n <= len(at); n++ {
			id = now[id]
		}
		return id
	}
	to = latest(to)
	for n := 0; id != "" && n <= len(at); n++ {
		if id = latest(id); id == to {
			return true
		}
		e := at[id]
		if e == nil {
			return false
		}
		id = e.Re
	}
	return false
}

// correctionOf is the sealed name of the entry that takes the place of id, or "".
func (f *Folder) correctionOf(id string) string {
	for i := range f.File.Entries {
		if f.File.Entries[i].Supersedes == id {
			return f.Name(f.File.Entries[i].ID)
		}
	}
	return ""
}

// History is an entry with everything it once was, the first form first: sealed
// names, of which the last is how it stands now.
func (f *Folder) History(name string) []string {
	i := f.find(byName, name)
	if i < 0 {
		return nil
	}
	before := map[string]string{} // corrected -> correction
	was := map[string]string{}
	for i := range f.File.Entries {
		e := &f.File.Entries[i]
		if e.Supersedes != "" {
			before[e.Supersedes] = e.ID
			was[e.ID] = e.Supersedes
		}
	}
	first := f.entries[i].ID
	for n := 0; was[first] != "" && f.Mark(was[first]) != nil && n < len(f.File.Entries); n++ {
		first = was[first]
	}
	var out []string
	for n := 0; first != "" && n <= len(f.File.Entries); n++ {
		out = append(out, f.Name(first))
		first = before[first]
	}
	return out
}

// DestroyEntry takes the words of an entry out for good, where the law or a
// wrong-child mistake demands it. The entry stays and says destroyed, by whom,
// when and why. A litigation hold forbids it. Files that no other entry keeps
// are destroyed with it.
func (d *Desk) DestroyEntry(ctx context.Context, who Who, c people.CaseID, target, reason, law string) error {
	if err := d.may(as(ctx, SeeCase.String()), who, DestroyBody, c); err != nil {
		return err
	}
	if reason = short(reason, 2000); reason == "" {
		return invalid("desk.no_reason")
	}
	var behind Wall
	err := d.change(ctx, &who, DestroyBody, c, func(tx Tx) error {
		f, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		if f.Held {
			return conflict("desk.held", "why", f.HeldWhy)
		}
		wall, row, err := tx.Find(who.Space, c, target)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if err != nil || !slices.Contains(d.walls(who, c), wall) {
			return missing("desk.no_entry") // in the same words, so that nothing tells the one from the other
		}
		behind = wall
		if row.What != seal.Fact {
			return invalid("desk.not_an_entry")
		}
		if row.Gone {
			return nil
		}
		body, err := encode(destroyedBody{Entry: target, Reason: reason, Law: short(law, 500)})
		if err != nil {
			return err
		}
		by := name()
		if err := d.add(tx, who, c, []pending{{wall, draft(by, seal.Destroyed, body), ""}}); err != nil {
			return err
		}
		if err := tx.Destroy(who.Space, c, wall, target, by); err != nil {
			return err
		}
		if err := d.dropPapersOf(ctx, tx, who, c, target); err != nil {
			return err
		}
		if err := d.dropChecksOf(tx, who, c, append(f.History(target), target)); err != nil {
			return err
		}
		files := f.filesOf(target)
		if len(files) == 0 {
			return nil
		}
		kept, err := d.filesKept(ctx, tx, who, c, target)
		if err != nil {
			return err
		}
		for _, x := range files {
			if !kept[x.Digest] {
				if err := tx.DropFile(who.Space, x.Digest); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err == nil {
		d.noticeBehind(ctx, who, DestroyBody, c, behind)
	}
	return err
}

func (f *Folder) filesOf(target string) []FileRef {
	if m := f.sealed(target); m != nil {
		return m.Files
	}
	return nil
}

// filesKept is which files the other entries of the whole space keep, its papers and its
// letterhead.
func (d *Desk) filesKept(_ context.Context, tx Tx, who Who, c people.CaseID, but string) (map[seal.Digest]bool, error) {
	kept := map[seal.Digest]bool{}
	var head Letterhead
	if _, err := get(tx, who.Space, itemLetterhead, oneItem, &head); err != nil {
		return nil, err
	}
	if head.Logo != nil {
		kept[head.Logo.Digest] = true
	}
	papers, err := items[Paper](tx, who.Space, itemPaper, "", nil)
	if err != nil {
		return nil, err
	}
	for i := range papers {
		for _, x := range papers[i].Files {
			kept[x.Digest] = true
		}
	}
	logs, err := tx.AllLogs(who.Space)
	if err != nil {
		return nil, err
	}
	for _, l := range logs {
		p := &parsed{}
		x, err := p.read(tx, who.Space, l.Case, l.Wall)
		if e := x.finish(); err == nil {
			err = e
		}
		if err != nil {
			return nil, err
		}
		p.each(func(r *parsedRow) {
			if l.Case == c && r.ID == but {
				return
			}
			for _, x := range r.body.Files {
				kept[x.Digest] = true
			}
		})
	}
	return kept, nil
}

// dropUnkept takes files out that no entry, no paper and no letterhead keeps any more.
func (d *Desk) dropUnkept(ctx context.Context, tx Tx, who Who, files ...seal.Digest) error {
	if len(files) == 0 {
		return nil
	}
	kept, err := d.filesKept(ctx, tx, who, "", "")
	if err != nil {
		return err
	}
	for _, x := range files {
		if kept[x] {
			continue
		}
		kept[x] = true // it is dropped once
		if err := tx.DropFile(who.Space, x); err != nil {
			return err
		}
	}
	return nil
}

// SetHold begins or ends a litigation hold on a case.
func (d *Desk) SetHold(ctx context.Context, who Who, c people.CaseID, on bool, reason string) error {
	if err := d.may(ctx, who, DestroyBody, c); err != nil {
		return err
	}
	if reason = short(reason, 2000); reason == "" {
		return invalid("desk.no_reason")
	}
	what := seal.Hold
	if !on {
		what = seal.Released
	}
	return d.state(ctx, who, DestroyBody, c, what, reason, func(f *Folder) bool { return f.Held == on })
}

// state adds an entry that says how the case stands, unless it stands so.
func (d *Desk) state(ctx context.Context, who Who, a Action, c people.CaseID, what seal.What, reason string, already func(*Folder) bool) error {
	return d.change(ctx, &who, a, c, func(tx Tx) error {
		f, err := d.folder(ctx, tx, who, c)
		if err != nil || already(f) {
			return err
		}
		body, err := encode(reasonBody{Reason: reason})
		if err != nil {
			return err
		}
		return d.add(tx, who, c, []pending{{WallOpen, draft(name(), what, body), ""}})
	})
}
