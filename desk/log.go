package desk

import (
	"bytes"
	"context"
	"slices"
	"strconv"
	"time"

	"stayput/day"
	"stayput/fault"
	"stayput/measure"
	"stayput/people"
	"stayput/plan/session"
	"stayput/record/seal"
)

// What is written down about carrying out a plan, sessions, probes and sightings,
// stands in the open log of the case: one body for one act, be it a tap or a file
// of 20,000 rows. So one act is taken back whole by one later body, and nothing is
// ever in it in half.

// A NewLog is what one act writes down.
type NewLog struct {
	Name      string // a name of NewName, made when the form was shown; the same name twice adds once
	Via       string // how it came: tap, form, grid, sheet, text, import
	From      string // the name of the file it came from
	Sessions  []session.Log
	Probes    []measure.Probe
	Sightings []measure.Sighting
	Gone      []string  // names of what is taken back
	Files     []FileRef // files already kept with KeepFile
}

// A LogBatch is one act that wrote something down.
type LogBatch struct {
	Name     string // under which it is sealed
	At       time.Time
	By       people.PersonID
	Via      string
	From     string
	Lines    int // how many it wrote down
	Stand    int // how many of them stand now
	Files    []FileRef
	Undone   time.Time // zero while it stands
	UndoneBy people.PersonID
}

// A LogMark is what the record knows of one line of a log.
type LogMark struct {
	Batch string
	At    time.Time
	By    people.PersonID
	Via   string
}

// Logged is what stands of all that was written down about carrying out the plans.
type Logged struct {
	Sessions  []session.Log // by day
	Probes    []measure.Probe
	Sightings []measure.Sighting
	Batches   []LogBatch // the latest first
	marks     map[string]LogMark
}

// Mark is what the record knows of a session, probe or sighting.
func (l *Logged) Mark(id string) (LogMark, bool) {
	m, ok := l.marks[id]
	return m, ok
}

// Session is the session of a name as it stands, or nil.
func (l *Logged) Session(id string) *session.Log {
	if i := slices.IndexFunc(l.Sessions, func(s session.Log) bool { return s.ID == id }); i >= 0 {
		return &l.Sessions[i]
	}
	return nil
}

// logged is one act as it was read.
type logged struct {
	seal.Entry
	via, from string
	sessions  []session.Log
	probes    []measure.Probe
	sightings []measure.Sighting
	gone      []string
	undoes    string
	files     []FileRef
}

// stands works out what stands of acts in their order. through is the last moment
// that is looked at; zero is now.
func stands(acts []*logged, through func(time.Time) bool) *Logged {
	out := &Logged{marks: map[string]LogMark{}}
	undone := map[string]*logged{}
	for _, a := range acts {
		if a.undoes != "" && through(a.At) {
			if undone[a.undoes] == nil {
				undone[a.undoes] = a
			}
		}
	}
	batch := map[string]int{}
	for _, a := range acts {
		if !through(a.At) || a.undoes != "" {
			continue
		}
		b := LogBatch{Name: a.ID, At: a.At, By: people.PersonID(a.By), Via: a.via, From: a.from, Files: a.files, Lines: len(a.sessions) + len(a.probes) + len(a.sightings)}
		batch[a.ID] = len(out.Batches)
		if u := undone[a.ID]; u != nil {
			b.Undone, b.UndoneBy = u.At, people.PersonID(u.By)
			out.Batches = append(out.Batches, b)
			continue
		}
		out.Batches = append(out.Batches, b)
		mark := LogMark{a.ID, a.At, people.PersonID(a.By), a.via}
		for _, id := range a.gone {
			delete(out.marks, id)
		}
		for i := range a.sessions {
			out.marks[a.sessions[i].ID] = mark
		}
		for i := range a.probes {
			out.marks[a.probes[i].ID] = mark
		}
		for i := range a.sightings {
			out.marks[a.sightings[i].ID] = mark
		}
	}
	for _, a := range acts {
		i, ok := batch[a.ID]
		if !ok || !out.Batches[i].Undone.IsZero() {
			continue
		}
		mine := func(id string) bool { return out.marks[id].Batch == a.ID }
		for _, x := range a.sessions {
			if mine(x.ID) {
				out.Sessions = append(out.Sessions, x)
				out.Batches[i].Stand++
			}
		}
		for _, x := range a.probes {
			if mine(x.ID) {
				out.Probes = append(out.Probes, x)
				out.Batches[i].Stand++
			}
		}
		for _, x := range a.sightings {
			if mine(x.ID) {
				out.Sightings = append(out.Sightings, x)
				out.Batches[i].Stand++
			}
		}
	}
	slices.SortStableFunc(out.Sessions, func(a, b session.Log) int { return int(a.On) - int(b.On) })
	slices.SortStableFunc(out.Probes, func(a, b measure.Probe) int { return int(a.On) - int(b.On) })
	slices.SortStableFunc(out.Sightings, func(a, b measure.Sighting) int { return int(a.On) - int(b.On) })
	slices.Reverse(out.Batches)
	return out
}

// Logged is what was written down about carrying out the plans and stands, by what
// was known on the day the case is looked at.
func (c *Case) Logged() *Logged {
	f := c.Folder
	f.mu.Lock()
	defer f.mu.Unlock()
	if l := f.stands[c.key.known]; l != nil {
		return l
	}
	through := func(time.Time) bool { return true }
	if known := c.key.known; known != 0 {
		loc := c.desk.zone(f)
		if loc == nil {
			loc = time.UTC
		}
		through = func(t time.Time) bool {
			y, m, d := t.In(loc).Date()
			return day.Must(y, m, d) <= known
		}
	}
	l := stands(f.acts, through)
	if f.stands == nil || len(f.stands) >= mostBriefs {
		f.stands = make(map[day.Date]*Logged, 1)
	}
	f.stands[c.key.known] = l
	return l
}

// AddLog writes down sessions, probes and sightings, all of them or none. One that
// bears the name of one that stands takes its place: that, and taking back, is for
// whoever wrote it or may correct entries. It gives the name of the act.
func (d *Desk) AddLog(ctx context.Context, who Who, c people.CaseID, in NewLog) (string, error) {
	if err := d.may(ctx, who, AddEntry, c); err != nil {
		return "", err
	}
	if in.Name == "" {
		in.Name = name()
	}
	if !goodName(in.Name) {
		return "", invalid("desk.form_name")
	}
	if in.Via == "" {
		in.Via = "form"
	}
	in.named()
	if len(in.Sessions)+len(in.Probes)+len(in.Sightings)+len(in.Gone) == 0 {
		return "", invalid("desk.log_empty")
	}
	in.From = short(in.From, 200)
	body, err := in.encoded()
	if err != nil {
		return "", err
	}
	err = d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		twice, err := d.sentLog(tx, who, c, in.Name, body)
		if twice || err != nil {
			return err
		}
		f, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		if err := d.mayReplace(who, c, f, &in); err != nil {
			return err
		}
		for _, x := range in.Files {
			if _, err := tx.File(who.Space, x.Digest); err != nil {
				return err
			}
		}
		return d.add(tx, who, c, []pending{{WallOpen, draft(in.Name, seal.Log, body), ""}})
	})
	if err == nil {
		d.ahead(who, c)
	}
	return in.Name, err
}

// named gives what has no name one of its own.
func (in *NewLog) named() {
	n := 0
	name := func(id *string) {
		if n++; *id == "" {
			*id = in.Name + "-" + strconv.Itoa(n)
		}
	}
	in.Sessions, in.Probes, in.Sightings = slices.Clone(in.Sessions), slices.Clone(in.Probes), slices.Clone(in.Sightings)
	for i := range in.Sessions {
		name(&in.Sessions[i].ID)
	}
	for i := range in.Probes {
		name(&in.Probes[i].ID)
	}
	for i := range in.Sightings {
		name(&in.Sightings[i].ID)
	}
}

// encoded is the body, when it can be read again.
func (in *NewLog) encoded() ([]byte, error) {
	body, err := encode(in.body())
	if err != nil {
		return nil, err
	}
	checked := &logged{sessions: in.Sessions, probes: in.Probes, sightings: in.Sightings}
	if err := checked.check(); err != nil {
		return nil, err
	}
	_, err = readLog(in.Name, body)
	return body, err
}

// sentLog reports that the same act stands already.
func (d *Desk) sentLog(tx Tx, who Who, c people.CaseID, id string, body []byte) (bool, error) {
	wall, row, err := tx.Find(who.Space, c, id)
	switch {
	case err != nil && fault.KindOf(err) == fault.NotFound:
		return false, nil
	case err != nil:
		return false, err
	case wall == WallOpen && row.What == seal.Log && bytes.Equal(row.Body.Data, body):
		return true, nil
	}
	return false, conflict("desk.sent_twice")
}

// mayReplace refuses to change what somebody else wrote down unless who may correct
// entries.
func (d *Desk) mayReplace(who Who, c people.CaseID, f *Folder, in *NewLog) error {
	now := stands(f.acts, func(time.Time) bool { return true })
	touched := slices.Clone(in.Gone)
	for _, id := range in.Gone {
		if _, ok := now.marks[id]; !ok {
			return conflict("desk.log_gone")
		}
	}
	for i := range in.Sessions {
		touched = append(touched, in.Sessions[i].ID)
	}
	for i := range in.Probes {
		touched = append(touched, in.Probes[i].ID)
	}
	for i := range in.Sightings {
		touched = append(touched, in.Sightings[i].ID)
	}
	for _, id := range touched {
		if m, ok := now.marks[id]; ok && m.By != who.Person.ID {
			return d.Denied(who, CorrectEntry, c)
		}
	}
	return nil
}

// UndoLog takes back all that one act wrote down. It stays in the record; nothing
// follows from it any more. Whoever wrote it may, and whoever may correct entries.
func (d *Desk) UndoLog(ctx context.Context, who Who, c people.CaseID, act, form string) error {
	if err := d.may(ctx, who, AddEntry, c); err != nil {
		return err
	}
	if form == "" {
		form = name()
	}
	if !goodName(form) {
		return invalid("desk.form_name")
	}
	body, err := encode(logBody{Undoes: act})
	if err != nil {
		return err
	}
	return d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		twice, err := d.sentLog(tx, who, c, form, body)
		if twice || err != nil {
			return err
		}
		f, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		now := stands(f.acts, func(time.Time) bool { return true })
		i := slices.IndexFunc(now.Batches, func(b LogBatch) bool { return b.Name == act })
		switch {
		case i < 0:
			return missing("desk.no_batch")
		case !now.Batches[i].Undone.IsZero():
			return nil
		case now.Batches[i].By != who.Person.ID:
			if err := d.Denied(who, CorrectEntry, c); err != nil {
				return err
			}
		}
		return d.add(tx, who, c, []pending{{WallOpen, draft(form, seal.Log, body), ""}})
	})
}
