package brief

import (
	"bytes"
	"encoding/json"
	"strconv"

	"stayput/day"
)

// encoder appends JSON. It writes exactly what encoding/json writes for a
// Document without escaping HTML, several times as fast; a test holds it to
// that.
type encoder struct {
	b []byte
	n int // fields written of the object at hand
}

func (e *encoder) open() int { e.b = append(e.b, '{'); n := e.n; e.n = 0; return n }
func (e *encoder) shut(n int) {
	e.b = append(e.b, '}')
	e.n = n
}

func (e *encoder) key(k string) {
	if e.n > 0 {
		e.b = append(e.b, ',')
	}
	e.n++
	e.b = append(e.b, '"')
	e.b = append(e.b, k...)
	e.b = append(e.b, '"', ':')
}

func (e *encoder) str(k, v string) { e.key(k); e.quote(v) }

func (e *encoder) opt(k, v string) {
	if v != "" {
		e.str(k, v)
	}
}

func (e *encoder) num(k string, v int) { e.key(k); e.b = strconv.AppendInt(e.b, int64(v), 10) }

func (e *encoder) optNum(k string, v *int) {
	if v != nil {
		e.num(k, *v)
	}
}

func (e *encoder) yes(k string, v bool) { e.key(k); e.b = strconv.AppendBool(e.b, v) }

func (e *encoder) day(k string, d day.Date) {
	e.key(k)
	if d == 0 {
		e.b = append(e.b, `""`...)
		return
	}
	y, m, n := d.Civil()
	e.b = append(e.b, '"', byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10),
		'-', byte('0'+m/10), byte('0'+m%10), '-', byte('0'+n/10), byte('0'+n%10), '"')
}

func (e *encoder) date(k string, d *day.Date) {
	if d == nil {
		e.key(k)
		e.b = append(e.b, "null"...)
		return
	}
	e.day(k, *d)
}

func (e *encoder) optDate(k string, d *day.Date) {
	if d != nil {
		e.day(k, *d)
	}
}

const hex = "0123456789abcdef"

// plain marks the bytes that stand in a JSON text as they are. 0xE2 begins the
// line separators U+2028 and U+2029.
var plain = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= 0x20 && c != '"' && c != '\\' && c != 0xE2
	}
	return t
}()

// quote writes a text; it must be UTF-8, as everything the readers let in is.
func (e *encoder) quote(s string) {
	e.b = append(e.b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if plain[c] {
			continue
		}
		if c >= 0x80 {
			// Only the two line separators are written as escapes.
			if i+2 < len(s) && s[i+1] == 0x80 && (s[i+2] == 0xA8 || s[i+2] == 0xA9) {
				e.b = append(e.b, s[from:i]...)
				e.b = append(e.b, `\u202`...)
				e.b = append(e.b, hex[s[i+2]&0xF])
				i += 2
				from = i + 1
			}
			continue
		}
		e.b = append(e.b, s[from:i]...)
		switch c {
		case '"', '\\':
			e.b = append(e.b, '\\', c)
		case '\n':
			e.b = append(e.b, '\\', 'n')
		case '\r':
			e.b = append(e.b, '\\', 'r')
		case '\t':
			e.b = append(e.b, '\\', 't')
		case '\b':
			e.b = append(e.b, '\\', 'b')
		case '\f':
			e.b = append(e.b, '\\', 'f')
		default:
			e.b = append(e.b, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xF])
		}
		from = i + 1
	}
	e.b = append(e.b, s[from:]...)
	e.b = append(e.b, '"')
}

// each writes a list of objects; an empty one is left out when opt.
func each[T any](e *encoder, k string, opt bool, list []T, write func(*T)) {
	if opt && len(list) == 0 {
		return
	}
	e.key(k)
	e.b = append(e.b, '[')
	for i := range list {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		n := e.open()
		write(&list[i])
		e.shut(n)
	}
	e.b = append(e.b, ']')
}

func one[T any](e *encoder, k string, v *T, write func(*T)) {
	if v == nil {
		return
	}
	e.key(k)
	n := e.open()
	write(v)
	e.shut(n)
}

func (e *encoder) texts(k string, opt bool, list []string) {
	if opt && len(list) == 0 {
		return
	}
	e.key(k)
	e.b = append(e.b, '[')
	for i, s := range list {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		e.quote(s)
	}
	e.b = append(e.b, ']')
}

func (e *encoder) document(d *Document) {
	n := e.open()
	e.opt("case", d.Case)
	e.opt("title", d.Title)
	e.day("as_of", d.AsOf)
	e.optDate("known_by", d.KnownBy)
	e.str("jurisdiction", d.Jurisdiction)
	e.texts("scope", false, d.Scope)
	each(e, "laws", true, d.Laws, func(l *LawOf) {
		e.date("from", l.From)
		e.str("is", l.Is)
		e.opt("missing", l.Missing)
	})
	one(e, "headline", d.Headline, func(h *HeadlineOf) {
		e.str("key", h.Key)
		e.str("message", h.Message)
		e.num("late", h.Late)
		e.num("due_in_14_days", h.Soon)
		e.num("rights_out_in_60_days", h.Closing)
		e.num("not_certain", h.Unsure)
	})
	each(e, "clocks", false, d.Clocks, e.clock)
	each(e, "limits", false, d.Limits, e.limit)
	each(e, "next", false, d.Next, e.step)
	each(e, "law_says", true, d.LawSays, e.statement)
	each(e, "notices", true, d.Notices, func(x *NoticeOf) {
		e.str("key", x.Key)
		e.str("entry", x.Entry)
		e.str("message", x.Message)
	})
	if d.Program != nil {
		e.slow("program", d.Program)
	}
	if len(d.Delivery) > 0 {
		e.slow("delivery", d.Delivery)
	}
	if len(d.Review) > 0 {
		e.slow("review", d.Review)
	}
	if len(d.Progress) > 0 {
		e.slow("progress", d.Progress)
	}
	if len(d.Routes) > 0 {
		e.slow("routes", d.Routes)
	}
	e.shut(n)
}

// slow writes a value as encoding/json does: what plans add is not in every
// brief of a caseload, so that it need not be fast.
func (e *encoder) slow(k string, v any) {
	var b bytes.Buffer
	j := json.NewEncoder(&b)
	j.SetEscapeHTML(false)
	if err := j.Encode(v); err != nil {
		return // plain values always encode
	}
	e.key(k)
	e.b = append(e.b, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}

func (e *encoder) clock(c *ClockOf) {
	e.str("rule", string(c.Rule))
	e.str("title", c.Title)
	e.str("kind", c.Kind)
	e.str("area", c.Area)
	e.str("owed_by", c.OwedBy)
	one(e, "trigger", &c.Trigger, e.trigger)
	e.date("due", c.Due)
	e.date("earliest", c.Earliest)
	e.date("latest", c.Latest)
	e.opt("time", c.Time)
	e.optDate("strict", c.Strict)
	e.optDate("nominal_due", c.NominalDue)
	e.yes("disputed", c.Disputed)
	e.opt("standard", c.Standard)
	e.str("status", c.Status)
	one(e, "met_by", c.MetBy, e.entry)
	one(e, "ended_by", c.EndedBy, e.entry)
	e.num("days_late", c.DaysLate)
	e.optNum("elapsed", c.Elapsed)
	one(e, "tribunal", c.Tribunal, func(t *TribunalOf) {
		e.num("days", t.Days)
		e.str("found", t.Found)
		e.str("citation", t.Citation)
	})
	e.str("message", c.Message)
	e.opt("says", c.Says)
	e.str("citation", c.Citation)
	e.opt("source", c.Source)
	e.str("checked", c.Checked)
	e.optDate("checked_on", c.CheckedOn)
	one(e, "floor", c.Floor, func(f *FloorOf) {
		e.str("rule", string(f.Rule))
		e.day("due", f.Due)
		e.str("citation", f.Citation)
	})
	each(e, "reasons", true, c.Reasons, func(r *ReasonOf) {
		e.str("key", r.Key)
		e.str("message", r.Message)
		e.opt("citation", r.Citation)
	})
	e.missing(c.Missing)
	each(e, "trace", true, c.Trace, e.run)
	each(e, "trace_latest", true, c.TraceLater, e.run)
}

func (e *encoder) trigger(t *TriggerOf) {
	e.str("entry", t.Entry)
	e.str("kind", t.Kind)
	e.str("on", t.On)
}

func (e *encoder) entry(x *EntryOf) {
	e.str("entry", x.Entry)
	e.str("on", x.On)
}

func (e *encoder) run(r *RunOf) {
	e.day("from", r.From)
	e.day("to", r.To)
	e.num("days", r.Days)
	e.yes("counted", r.Counted)
	e.str("why", r.Why)
}

func (e *encoder) missing(ms []MissingOf) {
	each(e, "missing", true, ms, func(m *MissingOf) {
		e.str("key", m.Key)
		e.opt("name", m.Name)
		e.str("message", m.Message)
	})
}

func (e *encoder) about(a *AboutOf) {
	e.opt("rule", string(a.Rule))
	e.opt("entry", a.Entry)
	e.opt("right", a.Right)
}

func (e *encoder) limit(l *LimitOf) {
	e.str("right", l.Right)
	e.str("rule", string(l.Rule))
	e.str("title", l.Title)
	one(e, "about", &l.About, e.about)
	e.date("happened", l.Happened)
	e.optDate("happened_to", l.HappenedTo)
	e.date("known", l.Known)
	e.optDate("known_to", l.KnownTo)
	e.date("earliest", l.Earliest)
	e.date("latest", l.Latest)
	e.optNum("days_left", l.DaysLeft)
	e.str("status", l.Status)
	e.opt("used_by", l.UsedBy)
	e.opt("must_be", l.MustBe)
	e.opt("by", l.By)
	e.str("message", l.Message)
	e.texts("exceptions", true, l.Exceptions)
	e.str("citation", l.Citation)
	e.opt("source", l.Source)
	e.str("checked", l.Checked)
	e.optDate("checked_on", l.CheckedOn)
	e.missing(l.Missing)
}

func (e *encoder) step(x *StepOf) {
	e.str("do", x.Do)
	e.str("for", x.For)
	e.date("by", x.By)
	e.yes("by_law", x.ByLaw)
	e.str("message", x.Message)
	e.str("why", x.Why)
	e.opt("document", x.Document)
	one(e, "about", x.About, e.about)
	e.missing(x.Missing)
}

func (e *encoder) statement(x *StatementOf) {
	e.str("rule", string(x.Rule))
	e.str("title", x.Title)
	e.str("kind", x.Kind)
	e.str("area", x.Area)
	e.opt("owed_by", x.OwedBy)
	one(e, "trigger", &x.Trigger, e.trigger)
	e.opt("points_to", x.PointsTo)
	one(e, "met_by", x.MetBy, e.entry)
	e.optNum("elapsed", x.Elapsed)
	e.opt("says", x.Says)
	e.str("citation", x.Citation)
	e.opt("source", x.Source)
	e.str("checked", x.Checked)
	e.optDate("checked_on", x.CheckedOn)
	e.missing(x.Missing)
}
