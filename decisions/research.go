package decisions

import (
	"fmt"
	"strings"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// researched is one decision in the research form: facts, a calendar and
// expectations, as somebody restated them from a published text. Keys nobody
// here knows are left alone.
type researched struct {
	id, category, jurisdiction, body, url string
	decided                               day.Date
	facts                                 []told
	calendar                              *yaml.Node
	expects                               []wanted
	at                                    fault.Position
}

// told is one fact as the research tells it.
type told struct {
	date, event, detail string
	at                  fault.Position
}

// wanted is one expectation of the research form.
type wanted struct {
	what, rule, basis, summary string
	expected                   []yaml.Field
	at                         fault.Position
}

// Research reads a file in the research form, turns its facts into entries with
// the vocabulary table, makes the briefs and compares what can be compared. A
// file that is no list of decisions is refused; whatever a decision says beyond
// the known keys is passed over.
func (r *Runner) Research(name string, data []byte) (*Result, error) {
	root, err := yaml.Read(name, data, yaml.DefaultLimits)
	if err != nil {
		return nil, err
	}
	items := root.Items
	if root.Kind == yaml.Map {
		// A list under a key, or one decision alone.
		if list := field(root, "decisions", "cases"); list != nil && list.Kind == yaml.List {
			items = list.Items
		} else {
			items = []*yaml.Node{root}
		}
	}
	if len(items) == 0 {
		return nil, fault.New(fault.Invalid, root.At, "yaml.want_list", "got", "no decision")
	}
	out := &Result{}
	for i, n := range items {
		if field(n, "facts") == nil {
			if len(items) == 1 {
				return nil, fault.New(fault.Invalid, n.At, "yaml.missing_key", "key", "facts")
			}
			out.Warnings = append(out.Warnings, n.At.String()+": no facts; passed over")
			continue
		}
		d := readResearched(n, i)
		rows, warn, err := r.researched(d)
		if err != nil {
			return nil, err
		}
		out.Rows = append(out.Rows, rows...)
		out.Sources = append(out.Sources, Source{ID: d.id, Body: d.body, Decided: d.decided, URL: d.url})
		for _, w := range warn {
			out.Warnings = append(out.Warnings, d.id+": "+w)
		}
	}
	return out, nil
}

// field is the value of the first of some keys that a map has, or nil.
func field(n *yaml.Node, keys ...string) *yaml.Node {
	if n == nil || n.Kind != yaml.Map {
		return nil
	}
	for _, k := range keys {
		for i := range n.Fields {
			if n.Fields[i].Key == k && n.Fields[i].Value.Kind != yaml.Null {
				return n.Fields[i].Value
			}
		}
	}
	return nil
}

// plain is any value as one line of text.
func plain(n *yaml.Node) string {
	if n == nil {
		return ""
	}
	switch n.Kind {
	case yaml.Scalar:
		return strings.TrimSpace(n.Value)
	case yaml.List:
		var p []string
		for _, it := range n.Items {
			p = append(p, plain(it))
		}
		return strings.Join(p, ", ")
	case yaml.Map:
		var p []string
		for _, f := range n.Fields {
			p = append(p, f.Key+" "+plain(f.Value))
		}
		return strings.Join(p, ", ")
	}
	return ""
}

func readResearched(n *yaml.Node, i int) *researched {
	d := &researched{at: n.At}
	if d.id = plain(field(n, "id", "decision")); d.id == "" {
		d.id = fmt.Sprintf("decision-%d", i+1)
	}
	d.category, d.body = plain(field(n, "category")), plain(field(n, "body", "title"))
	d.url = plain(field(n, "url", "source_url", "source"))
	d.jurisdiction = strings.ToLower(plain(field(n, "jurisdiction", "state")))
	if len(d.jurisdiction) == 2 && d.jurisdiction != "us" {
		d.jurisdiction = "us-" + d.jurisdiction
	}
	if w, ok := rough(plain(field(n, "decision_date", "decided", "date"))); ok && w.Exact() {
		d.decided = w.Earliest
	}
	if fs := field(n, "facts"); fs != nil {
		for _, it := range fs.Items {
			f := told{at: it.At, date: plain(field(it, "date", "on", "from", "when")), event: plain(field(it, "event", "kind", "what")),
				detail: plain(field(it, "detail", "details", "note", "text", "summary"))}
			if to := plain(field(it, "to", "until")); to != "" {
				f.date += " to " + to
			}
			if it.Kind == yaml.Scalar {
				f.detail = it.Value
			}
			d.facts = append(d.facts, f)
		}
	}
	d.calendar = field(n, "calendar")
	if es := field(n, "expectations", "expect"); es != nil {
		rule := ""
		for _, it := range es.Items {
			w := wanted{at: it.At, what: plain(field(it, "what", "id", "name")), rule: plain(field(it, "rule", "law", "citation")),
				basis: plain(field(it, "basis")), summary: plain(field(it, "quote_free_summary", "summary", "note"))}
			if strings.EqualFold(w.rule, "same") || w.rule == "" {
				w.rule = rule
			}
			rule = w.rule
			if x := field(it, "expected", "expect", "value"); x != nil {
				w.expected = x.Fields
				if x.Kind != yaml.Map {
					w.expected = []yaml.Field{{Key: "expected", At: x.At, Value: x}}
				}
			}
			d.expects = append(d.expects, w)
		}
	}
	return d
}

func (r *Runner) researched(d *researched) ([]Row, []string, error) {
	c := convert(d)
	kase := &fact.Case{Title: d.body, Side: fact.FamilySide, Facts: map[string]fact.Tri{}}
	if d.jurisdiction != "" {
		kase.Jurisdiction = []fact.Dated{{Is: d.jurisdiction}}
	}
	s := &subject{id: d.id, kase: kase, facts: c.entries, years: schoolYears(d), book: r.Book, asOf: d.decided}
	if s.asOf == 0 {
		s.asOf = lastFact(c.entries)
	}
	if s.asOf == 0 {
		s.asOf = day.HolidayYears.First
	}
	g := &generic{s: s, d: d, c: c, used: map[string]bool{}}
	var rows []Row
	for i := range d.expects {
		row, err := g.compare(&d.expects[i])
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, row)
	}
	return rows, c.warnings, nil
}

// schoolYears is what the research says of the school calendar: the first and
// the last day and the breaks. Without those there is no calendar: a list of
// holidays alone counts nothing.
func schoolYears(d *researched) []day.SchoolYear {
	n := d.calendar
	if n == nil || n.Kind != yaml.Map {
		return nil
	}
	y := day.SchoolYear{ID: d.id}
	one := func(keys ...string) day.Date {
		if w, ok := rough(plain(field(n, keys...))); ok && w.Exact() {
			return w.Earliest
		}
		return 0
	}
	y.First, y.Last = one("first_day", "school_starts", "start"), one("last_day", "school_ends", "end")
	if y.First == 0 || y.Last <= y.First || int(y.Last-y.First) > 400 {
		return nil
	}
	y.Label = fmt.Sprintf("%d-%02d", y.First.Year(), (y.First.Year()+1)%100)
	y.Complete = plain(field(n, "complete")) != "no" && plain(field(n, "complete")) != "false"
	for _, f := range n.Fields {
		kind := day.Vacation
		switch {
		case f.Key == "holidays" || strings.Contains(f.Key, "holiday"):
			kind = day.HolidayClosure
		case strings.Contains(f.Key, "break"), strings.Contains(f.Key, "vacation"), strings.Contains(f.Key, "closure"), strings.Contains(f.Key, "closed"):
		default:
			continue
		}
		if strings.Contains(f.Key, "possible") {
			continue
		}
		items := []*yaml.Node{f.Value}
		if f.Value.Kind == yaml.List {
			items = f.Value.Items
		}
		for _, it := range items {
			text := plain(it)
			if a, b := plain(field(it, "from", "on")), plain(field(it, "to")); a != "" {
				text = a
				if b != "" {
					text += " to " + b
				}
			}
			w, ok := rough(text)
			if !ok || w.Latest < y.First || w.Earliest > y.Last || int(w.Latest-w.Earliest) > 120 {
				continue
			}
			c := day.Closure{Name: f.Key, Kind: kind}
			c.Span = day.Span{First: w.Earliest, Last: w.Latest}
			y.Closures = append(y.Closures, c)
		}
	}
	return []day.SchoolYear{y}
}
