package casefile

import (
	"cmp"
	"fmt"
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

var (
	caseKeys  = []string{"title", "child", "home_language", "rights_holder", "zone", "jurisdiction", "district", "calendars", "side", "contacts", "facts", "sample"}
	childKeys = []string{"name", "born", "grade", "track"}
	datedKeys = []string{"from", "is"}
	factKeys  = sortedFacts()
)

func sortedFacts() []string {
	keys := make([]string, 0, len(fact.CaseFacts))
	for k := range fact.CaseFacts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// kase reads what stands under `case`.
func (r *reader) kase(f *File, n *yaml.Node) {
	c := &f.Case
	r.each(n, caseKeys, func(key string, v *yaml.Node) bool {
		switch key {
		case "title":
			c.Title = r.Text(v)
		case "child":
			r.child(&c.Child, v)
		case "home_language":
			c.HomeLanguage = r.Text(v)
		case "rights_holder":
			c.RightsHolder = r.dated(v, r.Text)
		case "zone":
			c.Zone = r.zone(v)
		case "jurisdiction":
			c.Jurisdiction = r.dated(v, r.jurisdiction)
		case "district":
			c.District = r.dated(v, r.Text)
		case "calendars":
			r.calendars(f, v)
		case "side":
			c.Side = fact.Side(r.Word(v, string(fact.FamilySide), string(fact.SchoolSide)))
		case "contacts":
			c.Contacts = r.contacts(v)
		case "facts":
			c.Facts = r.facts(v)
		case "sample":
			c.Sample, _ = r.YesNo(v)
		default:
			return false
		}
		return true
	})
}

func (r *reader) child(c *fact.Child, n *yaml.Node) {
	r.each(n, childKeys, func(key string, v *yaml.Node) bool {
		switch key {
		case "name":
			c.Name = r.Text(v)
		case "born":
			c.Born = r.day(v, births)
		case "grade":
			c.Grade = r.Text(v)
		case "track":
			c.Track = r.Text(v)
		default:
			return false
		}
		return true
	})
}

func (r *reader) facts(n *yaml.Node) map[string]fact.Tri {
	facts := make(map[string]fact.Tri)
	r.each(n, factKeys, func(key string, v *yaml.Node) bool {
		if _, known := fact.CaseFacts[key]; !known {
			return false
		}
		if yes, ok := r.YesNo(v); ok {
			facts[key] = fact.TriOf(yes)
		}
		return true
	})
	if len(facts) == 0 {
		return nil
	}
	return facts
}

// dated reads one value, or a list of values each with the day from which it
// holds. The list comes out in order of days.
func (r *reader) dated(n *yaml.Node, value func(*yaml.Node) string) []fact.Dated {
	if n.Kind == yaml.Scalar {
		if v := value(n); v != "" {
			return []fact.Dated{{Is: v}}
		}
		return nil
	}
	var out []fact.Dated
	var at []fault.Position
	for _, it := range r.List(n) {
		if r.full() {
			return nil
		}
		var d fact.Dated
		said := false
		isMap := r.each(it, datedKeys, func(key string, v *yaml.Node) bool {
			switch key {
			case "from":
				d.From = r.day(v, entries)
			case "is":
				said = true
				if d.Is = value(v); v.Kind == yaml.Scalar && v.Value == "" {
					said = false
				}
			default:
				return false
			}
			return true
		})
		if isMap && !said {
			r.missing(it, "is")
		}
		for i, o := range out {
			if o.From == d.From {
				r.Fail(it.At, "case.repeated_from", "from", cmp.Or(d.From.String(), "-"), "first", itoa(at[i].Line))
				break
			}
		}
		out = append(out, d)
		at = append(at, it.At)
	}
	slices.SortStableFunc(out, func(a, b fact.Dated) int { return cmp.Compare(a.From, b.From) })
	return out
}

// calendars reads the names of calendar files and calendars written in place,
// each perhaps with the day from which it holds.
func (r *reader) calendars(f *File, n *yaml.Node) {
	one := func(from day.Date, v *yaml.Node) {
		ref := CalendarRef{From: from, At: v.At}
		switch v.Kind {
		case yaml.Scalar:
			if ref.Name = v.Value; ref.Name == "" {
				r.Fail(v.At, "case.empty_name")
			}
		case yaml.Map:
			ref.Inline = v
			ref.Name = fmt.Sprintf("calendar-%d", len(f.Calendars)+1)
			for _, field := range v.Fields {
				if field.Key == "calendar" && field.Value.Kind == yaml.Scalar && field.Value.Value != "" {
					ref.Name = field.Value.Value
				}
			}
		default:
			r.Text(v)
		}
		f.Calendars = append(f.Calendars, ref)
	}
	items := []*yaml.Node{n}
	if n.Kind == yaml.List {
		items = n.Items
	}
	for _, it := range items {
		if r.full() {
			return
		}
		if it.Kind != yaml.Map || !slices.ContainsFunc(it.Fields, func(f yaml.Field) bool { return f.Key == "is" || f.Key == "from" }) {
			one(0, it)
			continue
		}
		var from day.Date
		var is *yaml.Node
		r.each(it, datedKeys, func(key string, v *yaml.Node) bool {
			switch key {
			case "from":
				from = r.day(v, entries)
			case "is":
				is = v
			default:
				return false
			}
			return true
		})
		switch {
		case is == nil:
			r.missing(it, "is")
		case is.Kind == yaml.List:
			for _, v := range is.Items {
				one(from, v)
			}
		default:
			one(from, is)
		}
	}
	slices.SortStableFunc(f.Calendars, func(a, b CalendarRef) int { return cmp.Compare(a.From, b.From) })
	for _, ref := range f.Calendars {
		f.Case.Calendars = append(f.Case.Calendars, fact.Dated{From: ref.From, Is: ref.Name})
	}
}
