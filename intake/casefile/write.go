package casefile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// A Format is a way to write a case file.
type Format uint8

const (
	YAML Format = iota
	JSON
)

func sortTexts(s []string) { slices.Sort(s) }

// Write writes f so that Read gives an Equal file back. It makes sure of that
// before it writes the first byte: a record that cannot be said in a case file
// is an error, never a file that lacks something.
func (f *File) Write(w io.Writer, format Format) error {
	var buf bytes.Buffer
	o := outline{format: format}
	write := yaml.Write
	if format == JSON {
		write = yaml.WriteJSON
	}
	if err := write(&buf, o.file(f)); err != nil {
		return err
	}
	back, err := Read("", buf.Bytes())
	if err != nil {
		return fault.New(fault.Internal, fault.Position{}, "case.cannot_write").Wrap(unsaid(err))
	}
	if !f.Equal(back) {
		return fault.New(fault.Internal, fault.Position{}, "case.cannot_write").Wrap(difference(f, back))
	}
	_, err = w.Write(buf.Bytes())
	return err
}

// unsaid names the problems of a file that cannot be written, for logs: without
// any word of the case.
func unsaid(err error) error {
	var keys []string
	for _, e := range fault.All(err) {
		keys = append(keys, fmt.Sprintf("%s at %s", e.Key, e.At))
	}
	return errors.New(strings.Join(keys, ", "))
}

// difference names the first thing that would be lost, for logs: its number
// only, no word of the case.
func difference(f, g *File) error {
	for i := range min(len(f.Entries), len(g.Entries)) {
		if !equalEntries(f.Entries[i], g.Entries[i]) {
			return fmt.Errorf("entry %d", i+1)
		}
	}
	return fmt.Errorf("%d entries, %d read back", len(f.Entries), len(g.Entries))
}

// An outline turns a file into nodes.
type outline struct{ format Format }

// text is a scalar that is a text whatever it looks like; word is one that may
// stand without quotes.
func text(s string) *yaml.Node { return &yaml.Node{Kind: yaml.Scalar, Value: s, Quoted: true} }
func word(s string) *yaml.Node { return &yaml.Node{Kind: yaml.Scalar, Value: s} }

func (o outline) yesNo(yes bool) *yaml.Node {
	switch {
	case o.format == JSON && yes:
		return word("true")
	case o.format == JSON:
		return word("false")
	case yes:
		return word("yes")
	}
	return word("no")
}

func list[T any](ts []T, one func(T) *yaml.Node) *yaml.Node {
	n := &yaml.Node{Kind: yaml.List}
	for _, t := range ts {
		n.Items = append(n.Items, one(t))
	}
	return n
}

// A mapper builds a map and leaves out what is not said.
type mapper struct{ yaml.Node }

func (m *mapper) put(key string, v *yaml.Node) {
	m.Fields = append(m.Fields, yaml.Field{Key: key, Value: v})
}

func (m *mapper) text(key, v string) {
	if v != "" {
		m.put(key, text(v))
	}
}

func (m *mapper) word(key, v string) {
	if v != "" {
		m.put(key, word(v))
	}
}

func (m *mapper) texts(key string, vs []string) {
	if len(vs) > 0 {
		m.put(key, list(vs, text))
	}
}

func (m *mapper) node() *yaml.Node { m.Kind = yaml.Map; return &m.Node }

func (o outline) file(f *File) *yaml.Node {
	var m mapper
	m.word("stayput", Version)
	m.put("case", o.kase(f))
	ids := explicit(f.Entries)
	record := &yaml.Node{Kind: yaml.List}
	for i := range f.Entries {
		record.Items = append(record.Items, o.entry(&f.Entries[i], ids[i]))
	}
	m.put("record", record)
	if len(f.Plans) > 0 {
		m.put("plans", list(f.Plans, func(p Plan) *yaml.Node { return p.Node }))
	}
	if f.Delivery != nil {
		m.put("delivery", f.Delivery)
	}
	if f.Progress != nil {
		m.put("progress", f.Progress)
	}
	return m.node()
}

func (o outline) kase(f *File) *yaml.Node {
	c := &f.Case
	var m, child mapper
	m.text("title", c.Title)
	child.text("name", c.Child.Name)
	child.word("born", c.Child.Born.String())
	child.text("grade", c.Child.Grade)
	child.text("track", c.Child.Track)
	if len(child.Fields) > 0 {
		m.put("child", child.node())
	}
	m.text("home_language", c.HomeLanguage)
	m.dated("rights_holder", c.RightsHolder)
	m.text("zone", c.Zone)
	m.dated("jurisdiction", c.Jurisdiction)
	m.dated("district", c.District)
	if len(f.Calendars) > 0 {
		m.put("calendars", o.calendars(f.Calendars))
	}
	m.word("side", string(c.Side))
	if len(c.Contacts) > 0 {
		m.put("contacts", list(c.Contacts, contact))
	}
	var facts mapper
	for _, k := range factKeys {
		if t := c.Facts[k]; t != fact.Unsaid {
			facts.put(k, o.yesNo(t == fact.Yes))
		}
	}
	if len(facts.Fields) > 0 {
		m.put("facts", facts.node())
	}
	if c.Sample {
		m.put("sample", o.yesNo(true))
	}
	return m.node()
}

func (m *mapper) dated(key string, ds []fact.Dated) {
	switch {
	case len(ds) == 0:
	case len(ds) == 1 && ds[0].From == 0:
		m.text(key, ds[0].Is)
	default:
		m.put(key, list(ds, func(d fact.Dated) *yaml.Node {
			var one mapper
			one.word("from", d.From.String())
			one.put("is", text(d.Is))
			return one.node()
		}))
	}
}

func (o outline) calendars(refs []CalendarRef) *yaml.Node {
	out := &yaml.Node{Kind: yaml.List}
	for i := 0; i < len(refs); i++ {
		value := func(ref CalendarRef) *yaml.Node {
			if ref.Inline != nil {
				return ref.Inline
			}
			return text(ref.Name)
		}
		if refs[i].From == 0 {
			out.Items = append(out.Items, value(refs[i]))
			continue
		}
		var same []CalendarRef
		for j := i; j < len(refs) && refs[j].From == refs[i].From; j++ {
			same = append(same, refs[j])
		}
		var one mapper
		one.word("from", refs[i].From.String())
		if len(same) == 1 {
			one.put("is", value(same[0]))
		} else {
			one.put("is", list(same, value))
		}
		out.Items = append(out.Items, one.node())
		i += len(same) - 1
	}
	return out
}

// explicit says which entries must be written with their names: those whose
// writer named them, those others refer to, and those a reader would name
// differently.
func explicit(es []fact.Entry) []bool {
	out := make([]bool, len(es))
	named := make(map[string]bool)
	for i := range es {
		e := &es[i]
		for _, id := range []string{e.Re, e.Supersedes, e.After.Entry} {
			if id != "" {
				named[id] = true
			}
		}
	}
	given := make(map[string]bool, len(es))
	for i := range es {
		if e := &es[i]; !e.Auto || named[e.ID] {
			out[i] = true
			given[e.ID] = true
		}
	}
	for again := true; again; {
		again = false
		for i := range es {
			if !out[i] && es[i].ID != autoID(i, func(id string) bool { return given[id] }) {
				out[i], again = true, true
				given[es[i].ID] = true
			}
		}
	}
	return out
}

// when writes what is known of a day.
func when(w day.When) *yaml.Node {
	if w.IsZero() {
		return nil
	}
	s := w.String()
	if len(s) <= len("2006-01-02T15:04") {
		return word(s)
	}
	var m mapper
	m.word("from", w.Earliest.String())
	m.word("to", w.Latest.String())
	return m.node()
}

func (o outline) entry(e *fact.Entry, named bool) *yaml.Node {
	m := mapper{yaml.Node{Fields: make([]yaml.Field, 0, 8)}}
	if named {
		m.put("id", text(e.ID))
	}
	if e.After.Entry != "" {
		var after mapper
		after.text("after", e.After.Entry)
		if e.After.Days%7 == 0 && e.After.Days > 0 {
			after.word("weeks", itoa(e.After.Days/7))
		} else {
			after.word("days", itoa(e.After.Days))
		}
		m.put("on", after.node())
	} else {
		m.put("on", cmp.Or(when(e.On), word("")))
	}
	if !e.Ends.IsZero() {
		m.put("ends", when(e.Ends))
	}
	m.word("kind", e.Kind.String())
	m.text("by", e.By)
	m.text("re", e.Re)
	m.text("supersedes", e.Supersedes)
	m.word("wall", string(e.Wall))
	m.word("recorded", e.Recorded.String())
	f := &e.Fields
	m.word("filed_by", f.FiledBy)
	for _, t := range []struct {
		key string
		is  fact.Tri
	}{
		{"expedited", f.Expedited}, {"written", f.Written}, {"received", f.Received}, {"refused", f.Refused},
		{"eligible", f.Eligible}, {"initial", f.Initial}, {"granted", f.Granted}, {"result", f.Result},
		{"with_attorney", f.WithAttorney}, {"prior_notice", f.PriorNotice},
	} {
		if t.is != fact.Unsaid {
			m.put(t.key, o.yesNo(t.is == fact.Yes))
		}
	}
	m.word("transfer_from", f.TransferFrom)
	m.word("until", f.Until.String())
	if f.Days != 0 {
		m.word("days", itoa(f.Days))
	}
	m.text("rule", f.Rule)
	m.text("plan", f.Plan)
	m.texts("about", f.About)
	m.word("means", f.Means)
	m.texts("with", f.With)
	m.word("outcome", f.Outcome)
	m.text("summary", f.Summary)
	m.texts("offers", f.Offers)
	m.text("response", f.Response)
	m.texts("reasons", f.Reasons)
	m.texts("parts", f.Parts)
	m.texts("except", f.Except)
	m.texts("later", f.Later)
	m.text("conditions", f.Conditions)
	if f.Minutes != 0 {
		m.word("minutes", itoa(f.Minutes))
	}
	m.text("amount", f.Amount)
	m.text("note", e.Note)
	m.texts("files", e.Files)
	return m.node()
}
