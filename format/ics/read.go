package ics

import (
	"strconv"
	"strings"
	"time"

	lib "github.com/arran4/golang-ical"

	"stayput/day"
	"stayput/fault"
	"stayput/format/yaml"
)

// A Calendar is one file.
type Calendar struct {
	Name   string // what the calendar calls itself
	Zone   string // its time zone, when it names one
	Events []Event
}

// An Event is one entry of a calendar.
type Event struct {
	Summary   string
	Line      int // where it begins in the file
	Days      day.Span
	Minute    int16 // minutes after midnight when it begins; -1 for whole days
	Cancelled bool
	Adrift    bool  // its time is given for Greenwich and no zone is known: it may be the day before
	Rule      *Rule // how it repeats; nil when it does not

	uid      string
	instead  day.Date // it stands in for this occurrence of a repeating event
	except   []day.Date
	also     []day.Date
	duration string
	end      stamp
	start    stamp
}

// AllDay reports that the event is whole days.
func (e *Event) AllDay() bool { return e.Minute < 0 }

// Limits of what is read.
const (
	maxBytes  = 16 << 20
	maxEvents = 50000
	maxDepth  = 8
)

// Dates outside this span are slips of the pen.
var dates = day.Span{First: day.Must(1975, time.January, 1), Last: day.Must(2100, time.December, 31)}

// Is reports whether data looks like an iCalendar file.
func Is(data []byte) bool {
	text, err := yaml.Plain("", data[:min(len(data), 1<<12)&^1])
	if err != nil {
		text = data[:min(len(data), 1<<12)]
	}
	s := strings.TrimLeft(string(text), " \t\r\n\uFEFF")
	return len(s) >= 15 && strings.EqualFold(s[:15], "BEGIN:VCALENDAR")
}

// Read reads a file. The name stands in every error, with the line.
func Read(name string, data []byte) (*Calendar, error) {
	top := fault.Position{File: name}
	if len(data) > maxBytes {
		return nil, fault.New(fault.Invalid, top, "yaml.too_big", "size", strconv.Itoa(len(data)>>20)+" MB", "limit", strconv.Itoa(maxBytes>>20)+" MB")
	}
	text, err := yaml.Plain(name, data)
	if err != nil {
		return nil, err
	}
	r := reader{name: name}
	r.lines(strings.TrimPrefix(string(text), "\uFEFF"))
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	if !r.begun {
		return nil, fault.New(fault.Invalid, top, "ics.not_calendar")
	}
	if len(r.open) > 0 {
		return nil, fault.New(fault.Invalid, fault.Position{File: name, Line: r.open[len(r.open)-1].line}, "ics.unfinished", "part", r.open[len(r.open)-1].name)
	}
	r.finish()
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return &r.cal, nil
}

type reader struct {
	name     string
	cal      Calendar
	begun    bool
	open     []part
	event    *Event
	zone     *time.Location
	problems fault.List
}

type part struct {
	name string
	line int
}

func (r *reader) fail(line int, key string, pairs ...string) {
	if len(r.problems) < 50 {
		r.problems = append(r.problems, fault.New(fault.Invalid, fault.Position{File: r.name, Line: line, Column: 1}, key, pairs...))
	}
}

// lines joins the lines that were folded and takes each whole one.
func (r *reader) lines(text string) {
	var whole strings.Builder
	start, n := 0, 0
	flush := func() {
		if whole.Len() > 0 && len(r.problems) < 50 {
			r.line(whole.String(), start)
		}
		whole.Reset()
	}
	for len(text) > 0 {
		var l string
		l, text, _ = strings.Cut(text, "\n")
		n++
		l = strings.TrimSuffix(l, "\r")
		if l != "" && (l[0] == ' ' || l[0] == '\t') {
			whole.WriteString(l[1:])
			continue
		}
		flush()
		start = n
		whole.WriteString(l)
	}
	flush()
}

// line takes one line: the beginning or end of a part, or a property.
func (r *reader) line(l string, n int) {
	if strings.TrimSpace(l) == "" {
		return
	}
	i := strings.IndexAny(l, ":;")
	if i <= 0 {
		r.fail(n, "ics.bad_line", "got", short(l))
		return
	}
	name := strings.ToUpper(l[:i])
	switch name {
	case "BEGIN":
		r.begin(strings.ToUpper(strings.TrimSpace(l[i+1:])), n)
		return
	case "END":
		r.end(strings.ToUpper(strings.TrimSpace(l[i+1:])), n)
		return
	}
	if len(r.open) == 0 {
		r.fail(n, "ics.outside", "got", short(l))
		return
	}
	if !wanted[name] || len(r.open) > 2 || len(r.open) == 2 && r.event == nil {
		return
	}
	p, err := lib.ParseProperty(lib.ContentLine(name + l[i:]))
	if err != nil || p == nil {
		r.fail(n, "ics.bad_line", "got", short(l))
		return
	}
	if r.event == nil {
		switch name {
		case "X-WR-CALNAME", "NAME":
			r.cal.Name = unescape(p.Value)
		case "X-WR-TIMEZONE":
			r.cal.Zone = p.Value
			if z, err := time.LoadLocation(p.Value); err == nil && p.Value != "" && p.Value != "Local" {
				r.zone = z
			}
		}
		return
	}
	r.property(name, p, n)
}

// wanted are the properties that are read; everything else may say what it
// likes.
var wanted = map[string]bool{
	"X-WR-CALNAME": true, "NAME": true, "X-WR-TIMEZONE": true,
	"SUMMARY": true, "DTSTART": true, "DTEND": true, "DURATION": true, "RRULE": true, "EXDATE": true, "RDATE": true,
	"STATUS": true, "UID": true, "RECURRENCE-ID": true,
}

// unescape undoes the escapes of a text that the library does not know to be
// one.
func unescape(s string) string { return lib.FromText(s) }

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "..."
	}
	return s
}

func (r *reader) begin(name string, n int) {
	switch {
	case len(r.open) == 0 && name != "VCALENDAR":
		r.fail(n, "ics.outside", "got", "BEGIN:"+short(name))
	case len(r.open) >= maxDepth:
		r.fail(n, "ics.too_deep")
	case len(r.open) == 1 && name == "VEVENT":
		if len(r.cal.Events) >= maxEvents {
			r.fail(n, "ics.too_many", "limit", strconv.Itoa(maxEvents))
			return
		}
		r.cal.Events = append(r.cal.Events, Event{Line: n})
		r.event = &r.cal.Events[len(r.cal.Events)-1]
	}
	r.begun = true
	r.open = append(r.open, part{name, n})
	if len(r.open) > maxDepth {
		r.open = r.open[:maxDepth]
	}
}

func (r *reader) end(name string, n int) {
	k := len(r.open) - 1
	if k < 0 || r.open[k].name != name {
		r.fail(n, "ics.unbalanced", "got", "END:"+short(name))
		return
	}
	r.open = r.open[:k]
	if k == 1 {
		r.event = nil
	}
}

func (r *reader) property(name string, p *lib.BaseProperty, n int) {
	e := r.event
	switch name {
	case "SUMMARY":
		e.Summary = strings.TrimSpace(p.Value)
	case "STATUS":
		e.Cancelled = strings.EqualFold(strings.TrimSpace(p.Value), "CANCELLED")
	case "UID":
		e.uid = p.Value
	case "DTSTART":
		e.start = r.stamp(name, p.Value, n)
	case "DTEND":
		e.end = r.stamp(name, p.Value, n)
	case "DURATION":
		e.duration = strings.TrimSpace(p.Value)
	case "RECURRENCE-ID":
		e.instead = r.stamp(name, p.Value, n).date
	case "RRULE":
		e.Rule = readRule(p.Value)
	case "EXDATE", "RDATE":
		for _, v := range strings.Split(p.Value, ",") {
			v, _, _ = strings.Cut(v, "/")
			d := r.stamp(name, v, n).date
			switch {
			case len(e.except)+len(e.also) > 2000:
			case name == "EXDATE":
				e.except = append(e.except, d)
			default:
				e.also = append(e.also, d)
			}
		}
	}
}

// A stamp is a day, or a day and a time, as iCalendar writes it.
type stamp struct {
	date   day.Date
	minute int16 // -1 for a day
	utc    bool
	adrift bool
}

// stamp reads 20250811, 20250811T080000 or 20250811T150000Z. A time that names
// a zone is the wall clock there, and its day is the day as written.
func (r *reader) stamp(name, v string, n int) stamp {
	v = strings.TrimSpace(v)
	bad := func() stamp {
		r.fail(n, "ics.bad_date", "property", name, "got", short(v))
		return stamp{}
	}
	if len(v) < 8 {
		return bad()
	}
	d, err := day.Parse(v[:4] + "-" + v[4:6] + "-" + v[6:8])
	if err != nil {
		return bad()
	}
	s := stamp{date: d, minute: -1}
	if !dates.Has(d) {
		r.fail(n, "ics.date_range", "property", name, "got", short(v), "first", dates.First.String(), "last", dates.Last.String())
		return stamp{}
	}
	if len(v) == 8 {
		return s
	}
	utc := len(v) == 16 && v[15] == 'Z'
	if v[8] != 'T' || len(v) != 15 && !utc {
		return bad()
	}
	w, err := day.ParseWhen(d.String() + "T" + v[9:11] + ":" + v[11:13])
	if err != nil {
		return bad()
	}
	s.minute, s.utc = w.Minute, utc
	if utc && r.zone != nil {
		return r.local(s)
	}
	s.adrift = utc && s.minute < 11*60
	return s
}

// local is the day and time in the calendar's zone of a time in Greenwich.
func (r *reader) local(s stamp) stamp {
	y, m, d := s.date.Civil()
	at := time.Date(y, m, d, int(s.minute)/60, int(s.minute)%60, 0, 0, time.UTC).In(r.zone)
	if got, err := day.Of(at.Year(), at.Month(), at.Day()); err == nil {
		s.date, s.minute = got, int16(at.Hour()*60+at.Minute())
	}
	return s
}
