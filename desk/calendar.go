package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/fault"
	"stayput/intake/calendar"
	"stayput/intake/casefile"
	"stayput/people"
)

// A Calendar is a school calendar of the space, or one that comes with the
// program, as it was read.
type Calendar struct {
	CalendarRow
	Years    []day.SchoolYear
	Warnings []calendar.Warning
	Shipped  bool
	State    string // us-ca and the like, as the calendar says it; "" when it does not
}

// Calendars lists the space's own calendars and those that come with the
// program, by name. A calendar that nobody can read is not in the list of its
// own; its warning says so. Somebody without a role in the space sees of its own
// only those that a case shared with him or her follows: the others tell of other
// children's schools.
func (d *Desk) Calendars(ctx context.Context, who Who) ([]Calendar, error) {
	if err := d.may(ctx, who, SeeSpace, ""); err != nil {
		return nil, err
	}
	followed, err := d.followed(ctx, who)
	if err != nil {
		return nil, err
	}
	var out []Calendar
	err = d.store.Read(ctx, func(tx Tx) error {
		out = nil
		rows, err := tx.Calendars(who.Space)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if followed == nil || followed[r.ID] {
				out = append(out, readCalendar(r))
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return append(out, d.ships()...), nil
}

// followed are the calendars that somebody without a role in the space may see;
// nil is all of them.
func (d *Desk) followed(ctx context.Context, who Who) (map[string]bool, error) {
	if d.role(who) != people.NoRole {
		return nil, nil
	}
	cases, err := d.cases(ctx, who, true)
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for _, c := range cases {
		for _, r := range c.File.Calendars {
			if r.Inline == nil {
				names[r.Name] = true
			}
		}
	}
	return names, nil
}

var stateLine = regexp.MustCompile(`(?m)^state: *"?(?:us-)?([A-Za-z]{2})"?\s*$`)

func readCalendar(r CalendarRow) Calendar {
	c := Calendar{CalendarRow: r}
	if m := stateLine.FindSubmatch(r.Body); m != nil {
		c.State = "us-" + strings.ToLower(string(m[1]))
	}
	var err error
	if c.Years, c.Warnings, err = calendar.Read(r.ID, r.Body); err != nil {
		for _, e := range fault.All(err) {
			c.Warnings = append(c.Warnings, calendar.Warning{At: e.At, Key: e.Key, Args: e.Args})
		}
	}
	return c
}

// shipped are the calendars of real districts that come with the program; the
// made-up ones of the worked examples are not offered.
func (d *Desk) shipped() []Calendar {
	if d.built == nil {
		return nil
	}
	var out []Calendar
	names, _ := fs.Glob(d.built, "*.yaml")
	for _, n := range names {
		data, err := fs.ReadFile(d.built, n)
		if err != nil || strings.Contains(n, "sample") || strings.Contains(n, "plain") {
			continue
		}
		c := readCalendar(CalendarRow{ID: n, Name: plainName(n), Body: data})
		if len(c.Years) == 0 {
			continue
		}
		if y := c.Years[0]; y.District != "" {
			c.Name = y.District + " " + y.Label
		}
		c.Shipped = true
		out = append(out, c)
	}
	return out
}

// plainName is the name of a file as words: "green-mountain-su-2026-27.yaml" is
// "Green Mountain SU 2026-27".
func plainName(file string) string {
	words := strings.Split(strings.TrimSuffix(file, ".yaml"), "-")
	for i, w := range words {
		switch {
		case i == len(words)-1 && i > 0 && len(w) == 2 && w[0] >= '0' && w[0] <= '9':
			words[i-1] += "-" + w
			return strings.Join(words[:i], " ")
		case len(w) <= 3:
			words[i] = strings.ToUpper(w)
		case w != "":
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, " ")
}

// Calendar is the latest version of one calendar, or one that comes with the
// program.
func (d *Desk) Calendar(ctx context.Context, who Who, id string) (Calendar, error) {
	all, err := d.Calendars(ctx, who)
	if err != nil {
		return Calendar{}, err
	}
	for _, c := range all {
		if c.ID == id {
			return c, nil
		}
	}
	return Calendar{}, missing("desk.no_calendar")
}

// CalendarVersions is every version of a calendar of the space, the first first.
func (d *Desk) CalendarVersions(ctx context.Context, who Who, id string) (out []CalendarRow, err error) {
	if err = d.may(ctx, who, SeeSpace, ""); err != nil {
		return nil, err
	}
	followed, err := d.followed(ctx, who)
	if err != nil || followed != nil && !followed[id] {
		return nil, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out, err = tx.CalendarVersions(who.Space, id)
		return err
	})
	return out, err
}

// SaveCalendar keeps a calendar, or a new version of one. was is the version the
// form was made from, 0 for a new calendar; when somebody saved one meanwhile,
// the error is a Conflict. The body is read first: what nobody can read is
// refused with its line and column.
func (d *Desk) SaveCalendar(ctx context.Context, who Who, id, title string, body []byte, was int64) (Calendar, error) {
	if err := d.may(ctx, who, SaveCalendar, ""); err != nil {
		return Calendar{}, err
	}
	if _, _, err := calendar.Read(id, body); err != nil {
		return Calendar{}, err
	}
	if title = short(title, 200); title == "" {
		title = strings.TrimSuffix(id, ".yaml")
	}
	row := CalendarRow{ID: id, Version: was + 1, Name: title, Body: bytes.Clone(body), By: who.Person.ID, At: d.now().UTC()}
	if id == "" || len(id) > 200 || strings.ContainsAny(id, "/\\\x00") {
		return Calendar{}, invalid("desk.calendar_name")
	}
	if err := d.change(ctx, &who, SaveCalendar, "", func(tx Tx) error { return tx.SaveCalendar(who.Space, row) }); err != nil {
		return Calendar{}, err
	}
	return readCalendar(row), nil
}

// WriteCalendar is a school year as a calendar file.
func WriteCalendar(y day.SchoolYear) ([]byte, error) {
	var b bytes.Buffer
	if err := calendar.Write(&b, y); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// UseCalendar makes a case follow a calendar from a day on, or always when from
// is zero; the calendars it followed for the same time stay.
func (d *Desk) UseCalendar(ctx context.Context, who Who, c people.CaseID, head, id string, from day.Date) error {
	return d.ChangeCase(ctx, who, c, head, func(f *casefile.File) error {
		if slices.ContainsFunc(f.Calendars, func(r casefile.CalendarRef) bool { return r.Name == id && r.From == from }) {
			return nil
		}
		f.Calendars = append(f.Calendars, casefile.CalendarRef{Name: id, From: from})
		slices.SortStableFunc(f.Calendars, func(a, b casefile.CalendarRef) int { return int(a.From) - int(b.From) })
		return nil
	})
}

// DropCalendar makes a case no longer follow a calendar.
func (d *Desk) DropCalendar(ctx context.Context, who Who, c people.CaseID, head, id string) error {
	return d.ChangeCase(ctx, who, c, head, func(f *casefile.File) error {
		f.Calendars = slices.DeleteFunc(f.Calendars, func(r casefile.CalendarRef) bool { return r.Name == id && r.Inline == nil })
		return nil
	})
}

// tryNumber tells one body that is only tried from another.
func tryNumber(body []byte) int64 {
	sum := sha256.Sum256(body)
	return int64(binary.BigEndian.Uint64(sum[:8])>>2) + 1
}

// A Move is what a change of a calendar does to one case: the same case with the
// calendar as it is and as it would be.
type Move struct {
	Now, Then *brief.Brief
	Case      *Case
}

// TryCalendar shows what would move in each case that follows the calendar if
// its body were this one. Nothing is saved.
func (d *Desk) TryCalendar(ctx context.Context, who Who, id string, body []byte) ([]Move, error) {
	if err := d.may(ctx, who, SaveCalendar, ""); err != nil {
		return nil, err
	}
	if _, _, err := calendar.Read(id, body); err != nil {
		return nil, err
	}
	cases, err := d.Cases(ctx, who, false)
	if err != nil {
		return nil, err
	}
	var cals []CalendarRow
	if err := d.store.Read(ctx, func(tx Tx) error { cals, err = tx.Calendars(who.Space); return err }); err != nil {
		return nil, err
	}
	tried := slices.DeleteFunc(slices.Clone(cals), func(r CalendarRow) bool { return r.ID == id })
	tried = append(tried, CalendarRow{ID: id, Version: -tryNumber(body), Body: body})
	var out []Move
	for _, c := range cases {
		if !slices.ContainsFunc(c.File.Calendars, func(r casefile.CalendarRef) bool { return r.Inline == nil && r.Name == id }) {
			continue
		}
		// A folder of its own, so that what is only tried is never remembered.
		f := c.showing(c.File, c.Head+" tried "+NewName())
		then, err := d.derive(f, tried, View{})
		if err != nil {
			return nil, err
		}
		out = append(out, Move{Now: c.Brief, Then: then.Brief, Case: c})
	}
	return out, nil
}
