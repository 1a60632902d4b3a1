package web

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stayput/day"
	"stayput/fact"
	"stayput/plan"
	spoken "stayput/present/review"
)

// The forms of a plan are made of the model itself: a section names the fields it
// asks for by their keys, and the type of each says how it is asked.

// An asked is one field of a form about a plan.
type asked struct {
	path string // keys of the model, joined by dots
	long bool   // a text of several lines
	pick string // the parts of the plan that are offered: goals, services, accommodations
}

// one, long and picks make the fields of a section.
func one(paths ...string) []asked {
	var out []asked
	for _, p := range paths {
		out = append(out, asked{path: p})
	}
	return out
}

func long(paths ...string) []asked {
	out := one(paths...)
	for i := range out {
		out[i].long = true
	}
	return out
}

func picks(path, from string) []asked { return []asked{{path: path, pick: from}} }

func joined(parts ...[]asked) []asked {
	var out []asked
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// mostPlanText is how long one text of a plan may be, in letters: longer than any
// goal or page of notes.
const mostPlanText = 60_000

// The days a plan may name, as intake/planfile has them.
var (
	planFirst = day.Must(1975, 1, 1)
	planLast  = day.Must(2100, 12, 31)
	planBorn  = day.Must(1950, 1, 1)
)

var planDecimal = regexp.MustCompile(`^[0-9]{1,6}(\.[0-9]{1,3})?$`)

// mostCount is the largest number a line of a plan may say.
const mostCount = 100_000

// keyed is the field of a struct of the model that stands under a key.
func keyed(v reflect.Value, key string) reflect.Value {
	t := v.Type()
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("key") == key {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

// valueAt is the value under a path of keys below v.
func valueAt(v reflect.Value, path string) reflect.Value {
	for _, key := range strings.Split(path, ".") {
		if v = keyed(v, key); !v.IsValid() {
			panic("web: a plan has no " + path)
		}
	}
	return v
}

// planWords are the words of a type with a closed list, or nil.
func planWords(v reflect.Value) []string {
	if w, ok := v.Interface().(interface{ Words() []string }); ok {
		return w.Words()
	}
	return nil
}

// planText is a value as a form shows it.
func planText(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case day.Date:
		if x == 0 {
			return ""
		}
		return x.String()
	case fact.Tri:
		if x == fact.Unsaid {
			return ""
		}
		return x.String()
	case plan.Count:
		return x.String()
	case []string:
		return strings.Join(x, "\n")
	}
	return v.String()
}

// setPlan puts what was typed into a value, or says why it cannot: a key of the
// catalog.
func setPlan(v reflect.Value, path, text string) (bad string) {
	switch x := v.Addr().Interface().(type) {
	case *day.Date:
		*x = 0
		if text == "" {
			return ""
		}
		d, err := day.Parse(text)
		from := planFirst
		if strings.HasSuffix(path, "born") {
			from = planBorn
		}
		switch {
		case err != nil:
			return "webplan.bad_day"
		case d < from || d > planLast:
			return "webplan.bad_far"
		}
		*x = d
	case *fact.Tri:
		*x = fact.Unsaid
		if text == "yes" || text == "no" {
			*x = fact.TriOf(text == "yes")
		}
	case *plan.Count:
		*x = plan.Count{}
		if text == "" {
			return ""
		}
		n, err := strconv.Atoi(strings.NewReplacer(",", "", " ", "").Replace(text))
		if err != nil || n < 0 || n > mostCount {
			return "webplan.bad_count"
		}
		*x = plan.CountOf(n)
	case *plan.Number:
		text = strings.TrimSpace(strings.TrimSuffix(text, "%"))
		if text != "" && !planDecimal.MatchString(text) {
			return "webplan.bad_number"
		}
		*x = plan.Number(text)
	case *[]string:
		*x = split(text, "\n")
	default:
		if words := planWords(v); words != nil && text != "" {
			if !slices.Contains(words, text) {
				return "webplan.bad_word"
			}
		}
		if utf8.RuneCountInString(text) > mostPlanText {
			return "webplan.bad_long"
		}
		v.SetString(text)
	}
	return ""
}

// wordPrefix is where the catalog has the words of a closed list.
func wordPrefix(v reflect.Value) string {
	switch v.Interface().(type) {
	case plan.Kind:
		return "plan_kind."
	case plan.Period:
		return "plan_per."
	case plan.Delivery:
		return "plan_delivery."
	case plan.Status:
		return "webplan.status_"
	case plan.Category:
		return "webplan.category_"
	case plan.SupportType:
		return "webplan.support_"
	case plan.Role:
		return "webplan.role_"
	case plan.Attendance:
		return "webplan.attended_"
	case plan.Agreement:
		return "webplan.agreement_"
	case plan.ConsentState:
		return "webplan.state_"
	case plan.Area:
		return "webplan.after_"
	}
	return "webplan.test_"
}

// planLabel is what a field is called: in this section, else anywhere.
func (f speaker) planLabel(section, path string) (label, hint string) {
	name := strings.ReplaceAll(path, ".", "_")
	if key := "webplan.f_" + section + "_" + name; f.cat.Has(key) {
		label = f.cat.T(key)
	} else {
		label = f.cat.T("webplan.f_" + name)
	}
	if key := "webplan.h_" + section + "_" + name; f.cat.Has(key) {
		hint = f.cat.T(key)
	}
	return label, hint
}

// planField asks for one value. text is what is shown in it: what stands, or what
// was typed and not taken.
func (f speaker) planField(section string, a asked, v reflect.Value, text, bad string, from planChoice) Field {
	x := Field{Name: a.path, Value: text, Autocomplete: "off"}
	x.Label, x.Hint = f.planLabel(section, a.path)
	if bad != "" {
		x.Error = f.cat.T(bad)
	}
	switch v.Interface().(type) {
	case day.Date:
		x.Kind = "date"
	case fact.Tri:
		x.Kind = "select"
		for _, w := range []string{"", "yes", "no"} {
			key := w
			if w == "" {
				key = "unsaid"
			}
			x.Options = append(x.Options, Option{Value: w, Label: f.cat.T("webcase.tick_is_" + key), On: text == w})
		}
	case plan.Count:
		x.Kind, x.InputMode, x.Max = "text", "numeric", 20
	case plan.Number:
		x.Kind, x.InputMode, x.Max = "text", "decimal", 20
	case []string:
		if a.pick != "" {
			return f.pickField(x, a, text, from, true)
		}
		x.Kind, x.Rows = "textarea", 3
		if x.Hint == "" {
			x.Hint = f.cat.T("webplan.one_a_line")
		}
	default:
		switch {
		case planWords(v) != nil:
			x.Kind = "select"
			x.Options = append(x.Options, Option{Label: f.cat.T("webcase.tick_is_unsaid"), On: text == ""})
			for _, w := range planWords(v) {
				x.Options = append(x.Options, Option{Value: w, Label: first(f.cat.T(wordPrefix(v) + w)), On: text == w})
			}
		case a.pick != "":
			return f.pickField(x, a, text, from, false)
		case a.long:
			x.Kind, x.Rows, x.Max = "textarea", 5, mostPlanText
		default:
			x.Kind = "text"
		}
	}
	return x
}

// A planChoice is what the parts of a plan are chosen from.
type planChoice struct {
	whole *plan.Plan // the plan, with what it amends
	base  *plan.Plan // what it amends; nil when it amends nothing
}

// pickField offers parts of the plan to choose, and keeps what names none of them.
func (f speaker) pickField(x Field, a asked, text string, from planChoice, several bool) Field {
	on := split(text, "\n")
	p := from.whole
	if a.pick == "base" {
		p = from.base
	}
	if several {
		x.Kind = "checkbox"
	} else {
		x.Kind = "select"
		x.Options = append(x.Options, Option{Label: f.cat.T("webplan.no_part"), On: text == ""})
	}
	if p != nil {
		for _, c := range p.Components() {
			if a.pick == "any" || a.pick == "base" && c.Part != plan.Placement || string(c.Part) == a.pick {
				x.Options = append(x.Options, Option{Value: c.ID, Label: spoken.Name(f.cat, p, c.ID), On: slices.Contains(on, c.ID)})
			}
		}
	}
	for _, id := range on {
		if !slices.ContainsFunc(x.Options, func(o Option) bool { return o.Value == id }) {
			x.Options = append(x.Options, Option{Value: id, Label: id, On: true})
		}
	}
	if len(x.Options) == 0 {
		x.Kind = "" // there is nothing to choose from
	}
	return x
}

// planTyped is what was typed into the fields of a section, by path.
type planTyped map[string]string

func readPlanTyped(f *Form, fields []asked) planTyped {
	t := planTyped{}
	for _, a := range fields {
		if a.pick != "" {
			t[a.path] = strings.Join(f.All(a.path), "\n")
			continue
		}
		t[a.path], _ = f.Words(a.path, mostPlanText)
	}
	return t
}

// into puts what was typed into v, a struct of the model, and says what is wrong
// by field.
func (t planTyped) into(v reflect.Value, fields []asked) wrong {
	bad := wrong{}
	for _, a := range fields {
		if why := setPlan(valueAt(v, a.path), a.path, t[a.path]); why != "" {
			bad[a.path] = why
		}
	}
	return bad
}

// empty reports that nothing was typed.
func (t planTyped) empty() bool {
	for _, s := range t {
		if s != "" {
			return false
		}
	}
	return true
}

// planFields asks for the fields of a section. What was typed takes the place of
// what stands.
func (f speaker) planFields(section string, fields []asked, v reflect.Value, typed planTyped, bad wrong, from planChoice) []Field {
	var out []Field
	for _, a := range fields {
		val := valueAt(v, a.path)
		text := planText(val)
		if typed != nil {
			text = typed[a.path]
		}
		if x := f.planField(section, a, val, text, bad[a.path], from); x.Kind != "" {
			out = append(out, x)
		}
	}
	return out
}
