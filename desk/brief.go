package desk

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/fault"
	"stayput/intake/calendar"
	"stayput/intake/casedir"
	"stayput/intake/casefile"
	"stayput/paper"
	"stayput/people"
)

// A briefKey is everything a brief rests on besides the folder: the day, what
// was known by when, and the calendars. The law is the program's own and does
// not change while it runs.
type briefKey struct {
	asOf, known day.Date
	calendars   string
}

// mostBriefs is how many briefs of one folder are kept: today's, and those of a
// few other days somebody asked for.
const mostBriefs = 4

// A Case is a case with what follows from it.
type Case struct {
	*Folder
	Brief    *brief.Brief
	Today    day.Date // the day where the child lives
	Warnings []CalendarWarning
	Papers   *paper.Shelf // those that can be written here; of a list of cases nil, which is the built-in ones

	desk   *Desk
	key    briefKey
	joined *casedir.Case
}

// A CalendarWarning is something in a calendar that could not be used with
// certainty.
type CalendarWarning struct {
	Key  string
	Args map[string]string
}

// A View says as of which day, and as known by which day, a case is looked at;
// zero is today, and everything in the record.
type View struct{ AsOf, Known day.Date }

// Case is the record of a case and what follows from it.
func (d *Desk) Case(ctx context.Context, who Who, c people.CaseID, v View) (*Case, error) {
	if err := d.may(ctx, who, SeeCase, c); err != nil {
		return nil, err
	}
	var out *Case
	err := d.store.Read(ctx, func(tx Tx) error {
		f, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		cals, err := tx.Calendars(who.Space)
		if err != nil {
			return err
		}
		if out, err = d.derive(f, cals, v); err != nil {
			return err
		}
		out.Papers, err = d.shelfOf(tx, who.Space)
		return err
	})
	return out, err
}

// derive works out the brief of a folder, or takes the one already worked out
// for the same day, the same knowledge and the same calendars.
func (d *Desk) derive(f *Folder, cals []CalendarRow, v View) (*Case, error) {
	c := &f.File.Case
	laws, err := brief.Laws(c, d.book)
	if err != nil {
		return nil, internal(err)
	}
	zone := c.Zone
	if zone == "" && len(laws) > 0 && len(laws[len(laws)-1].Law.Packs) > 0 {
		zone = laws[len(laws)-1].Law.Packs[0].Zone
	}
	out := &Case{Folder: f, Today: d.today(zone), desk: d}
	if v.AsOf == 0 {
		v.AsOf = out.Today
	}
	stamp := calendarStamp(f, cals)
	key := briefKey{v.AsOf, v.Known, stamp}
	out.key = key
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.joined == nil || f.joinKey != stamp {
		if f.joined, err = d.joinOnce(f, cals, stamp); err != nil {
			return nil, err
		}
		f.joinKey = stamp
		// Calendars of the extended year that contradict each other: its services go on
		// without any, and the page says why.
		if _, err := d.kept.schools.Extended(f.joined, v.Known); err != nil {
			f.joined.Extended = nil
			f.joined.Warnings = append(f.joined.Warnings, calendar.Warning{Key: "cli.calendars_overlap", Args: map[string]string{"cause": err.Error()}})
		}
	}
	for _, w := range f.joined.Warnings {
		if w.Key != "ics.not_recognized" {
			out.Warnings = append(out.Warnings, CalendarWarning{w.Key, w.Args})
		}
	}
	out.joined = f.joined
	if b := f.briefs[key]; b != nil {
		out.Brief = b
		return out, nil
	}
	b, err := d.fresh(f, f.joined, laws, zone, v)
	if fault.KindOf(err) == fault.Invalid && err != nil {
		// Calendars that contradict each other: the case goes on without any,
		// and the page says why its dates are bounds.
		for _, e := range fault.All(err) {
			f.joined.Warnings = append(f.joined.Warnings, calendar.Warning{At: e.At, Key: e.Key, Args: e.Args})
			out.Warnings = append(out.Warnings, CalendarWarning{e.Key, e.Args})
		}
		f.joined = &casedir.Case{Path: f.joined.Path, File: f.joined.File, Warnings: f.joined.Warnings}
		out.joined = f.joined
		b, err = d.fresh(f, f.joined, laws, zone, v)
	}
	if err != nil {
		return nil, err
	}
	if f.briefs == nil || len(f.briefs) >= mostBriefs {
		f.briefs = make(map[briefKey]*brief.Brief, mostBriefs)
		f.said = nil
	}
	f.briefs[key] = b
	out.Brief = b
	return out, nil
}

// fresh works out a brief from nothing but its arguments.
func (d *Desk) fresh(f *Folder, joined *casedir.Case, laws []brief.Law, zone string, v View) (*brief.Brief, error) {
	school, err := d.kept.schools.Of(joined, brief.YearRule(laws), v.Known)
	if err != nil {
		return nil, invalid("cli.calendars_overlap", "cause", err.Error())
	}
	var loc *time.Location
	if zone != "" {
		if loc, err = location(zone); err != nil {
			return nil, invalid("cli.zone", "got", zone)
		}
	}
	b, err := brief.Make(brief.Input{Case: &f.File.Case, Entries: f.File.Entries, Book: d.book, School: school, AsOf: v.AsOf, Known: v.Known, Zone: loc})
	if err != nil {
		return nil, internal(err)
	}
	return b, nil
}

func internal(err error) error {
	return fault.New(fault.Internal, fault.Position{}, "internal", "cause", err.Error()).Wrap(err)
}

// calendarStamp names the calendars of a case with their versions.
func calendarStamp(f *Folder, cals []CalendarRow) string {
	var b strings.Builder
	b.WriteString(string(f.space) + ":") // the calendars of two spaces may bear one name
	for _, ref := range f.File.Calendars {
		if ref.Inline != nil {
			fmt.Fprintf(&b, "%s:%s;", f.ID, f.Head)
			continue
		}
		v := int64(0)
		if i := slices.IndexFunc(cals, func(c CalendarRow) bool { return c.ID == ref.Name }); i >= 0 {
			v = cals[i].Version
		}
		fmt.Fprintf(&b, "%s@%d;", ref.Name, v)
	}
	return b.String()
}

// joins are the calendars that were read lately, because the cases of one space
// share a few.
type joins struct {
	mu   sync.Mutex
	seen map[string]*casedir.Case
	used []string // oldest first
}

const mostJoins = 64

// joinOnce is join, with the calendars taken from another case that follows the
// same versions of the same ones for the same time.
func (d *Desk) joinOnce(f *Folder, cals []CalendarRow, stamp string) (*casedir.Case, error) {
	key := stamp
	for _, ref := range f.File.Calendars {
		if ref.Inline != nil {
			return d.join(f, cals, stamp)
		}
		key += ref.From.String() + ";"
	}
	k := &d.kept.joins
	k.mu.Lock()
	defer k.mu.Unlock()
	j := k.seen[key]
	if j == nil {
		var err error
		if j, err = d.join(f, cals, stamp); err != nil {
			return nil, err
		}
		if k.seen == nil {
			k.seen = map[string]*casedir.Case{}
		}
		if len(k.used) == mostJoins {
			delete(k.seen, k.used[0])
			k.used = k.used[1:]
		}
		// Kept without the record it was first read for.
		k.seen[key] = &casedir.Case{Path: j.Path, Years: j.Years, Extended: j.Extended, Warnings: slices.Clip(j.Warnings), Key: j.Key}
		k.used = append(k.used, key)
	}
	return &casedir.Case{Path: j.Path, File: f.File, Years: j.Years, Extended: j.Extended, Warnings: slices.Clip(j.Warnings), Key: j.Key}, nil
}

// join reads the calendars a case names. One that is not there is left out and
// told as a warning: a case never stops working because of it.
func (d *Desk) join(f *Folder, cals []CalendarRow, stamp string) (*casedir.Case, error) {
	o := &casedir.Opener{BuiltIn: d.built, Kept: func(name string) ([]byte, error) {
		for i := range cals {
			if cals[i].ID == name {
				return cals[i].Body, nil
			}
		}
		return nil, fs.ErrNotExist
	}}
	file := *f.File
	file.Delivery, file.Progress = nil, nil // what they name lies beside no file here
	var warned []calendar.Warning
	for {
		j, err := o.Join("case", &file)
		if err == nil {
			if j.Key != "" {
				j.Key += "#" + stamp
			}
			j.Warnings = append(j.Warnings, warned...)
			return j, nil
		}
		bad := fault.All(err)
		kept := file.Calendars[:0:0]
		for _, ref := range file.Calendars {
			one := casefile.File{Calendars: []casefile.CalendarRef{ref}}
			if _, e := o.Join("case", &one); e == nil {
				kept = append(kept, ref)
			}
		}
		if len(kept) == len(file.Calendars) {
			return nil, err
		}
		for _, e := range bad {
			warned = append(warned, calendar.Warning{At: e.At, Key: e.Key, Args: e.Args})
		}
		file.Calendars = kept
	}
}

// Cases is every case of the space that who may see, each with its brief of
// today, in the order in which they were opened. Closed ones are left out
// unless asked for.
func (d *Desk) Cases(ctx context.Context, who Who, closed bool) ([]*Case, error) {
	if err := d.may(ctx, who, SeeSpace, ""); err != nil {
		return nil, err
	}
	d.list(ctx, who)
	return d.cases(ctx, who, closed)
}

// Warm reads ahead what the person of this machine's own space asks for first.
func (d *Desk) Warm(ctx context.Context) error {
	who, found, err := d.Owner(ctx)
	if err == nil && found {
		_, err = d.cases(ctx, who, false)
	}
	return err
}

func (d *Desk) cases(ctx context.Context, who Who, closed bool) ([]*Case, error) {
	var out []*Case
	err := d.store.Read(ctx, func(tx Tx) error {
		rows, err := tx.Cases(who.Space)
		if err != nil {
			return err
		}
		logs, err := tx.AllLogs(who.Space)
		if err != nil {
			return err
		}
		cals, err := tx.Calendars(who.Space)
		if err != nil {
			return err
		}
		of := make(map[people.CaseID][]Log, len(rows))
		for _, l := range logs {
			of[l.Case] = append(of[l.Case], l)
		}
		// What the store gave of one case is understood while it reads the next.
		var (
			cases = make([]*Case, len(rows))
			errs  = make([]error, len(rows))
			going sync.WaitGroup
			turns = make(chan struct{}, runtime.GOMAXPROCS(0))
		)
		for i, r := range rows {
			if d.allowed(who, SeeCase, r.ID) != nil {
				continue
			}
			f, finish, err := d.fetch(tx, who, r.ID, of[r.ID])
			work := func() {
				defer caught(&errs[i])
				if finish != nil {
					f, err = finish()
				}
				switch {
				case fault.KindOf(err) == fault.NotFound: // nothing in it that this person may see
				case err != nil:
					errs[i] = err
				case !f.Closed || closed:
					cases[i], errs[i] = d.derive(f, cals, View{})
				}
			}
			if finish == nil {
				work()
				continue
			}
			turns <- struct{}{}
			going.Go(func() {
				defer func() { <-turns }()
				work()
			})
		}
		going.Wait()
		out = slices.DeleteFunc(cases, func(c *Case) bool { return c == nil })
		return cmp.Or(errs...)
	})
	return out, err
}
