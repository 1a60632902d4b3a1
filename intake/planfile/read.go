package planfile

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/plan"
)

// most is how many problems are told at once, largest the largest number, and
// longest how many things one list may hold: no paper has as many.
const (
	most    = 50
	largest = 100000
	longest = 400
)

// The days a plan may name: what lies outside is a slip of the pen.
var (
	first = day.Must(1975, time.January, 1)
	last  = day.Must(2100, time.December, 31)
	born  = day.Must(1950, time.January, 1)
)

var decimal = regexp.MustCompile(`^[0-9]{1,6}(\.[0-9]{1,3})?$`)

// A reader reads plans.
type reader struct{ yaml.Reader }

// Read reads one plan.
func Read(n *yaml.Node) (*plan.Plan, error) {
	ps, err := ReadAll([]*yaml.Node{n})
	if err != nil {
		return nil, err
	}
	return ps[0], nil
}

// ReadAll reads the plans of a case and looks at what they say of each other.
func ReadAll(nodes []*yaml.Node) ([]*plan.Plan, error) {
	var r reader
	plans := make([]*plan.Plan, 0, len(nodes))
	for _, n := range nodes {
		p := &plan.Plan{}
		if r.value(reflect.ValueOf(p).Elem(), n, ""); r.full() {
			break
		}
		r.own(p, n)
		plans = append(plans, p)
	}
	if !r.full() {
		r.links(plans, nodes)
	}
	if len(r.Problems) > 0 {
		slices.SortStableFunc(r.Problems, func(a, b *fault.Error) int {
			if a.At.Line != b.At.Line {
				return a.At.Line - b.At.Line
			}
			return a.At.Column - b.At.Column
		})
		return nil, r.Problems[:min(len(r.Problems), most)]
	}
	return plans, nil
}

func (r *reader) full() bool { return len(r.Problems) >= most }

// value reads n into v by the type of v.
func (r *reader) value(v reflect.Value, n *yaml.Node, key string) {
	switch at := v.Addr().Interface().(type) {
	case *day.Date:
		*at = r.day(n, key)
	case *fact.Tri:
		if yes, ok := r.YesNo(n); ok {
			*at = fact.TriOf(yes)
		}
	case *plan.Count:
		*at = r.count(n)
	case *plan.Number:
		if text := r.Text(n); n.Kind == yaml.Scalar && !decimal.MatchString(text) {
			r.Fail(n.At, "planfile.want_decimal", "got", short(text))
		} else {
			*at = plan.Number(text)
		}
	case *[]string:
		*at = r.texts(n)
	default:
		r.shape(v, n)
	}
}

func (r *reader) shape(v reflect.Value, n *yaml.Node) {
	switch v.Kind() {
	case reflect.String:
		if words := wordsOf(v.Type()); words != nil {
			r.word(v, n, words)
			return
		}
		v.SetString(r.Text(n))
	case reflect.Slice:
		items := r.List(n)
		if len(items) > longest {
			r.Fail(n.At, "planfile.too_many", "n", strconv.Itoa(len(items)), "most", strconv.Itoa(longest))
			return
		}
		for _, it := range items {
			if r.full() {
				return
			}
			one := reflect.New(v.Type().Elem()).Elem()
			r.value(one, it, "")
			v.Set(reflect.Append(v, one))
		}
	case reflect.Struct:
		r.fields(v, n)
	default:
		panic(fmt.Sprintf("planfile: no way to read %s", v.Type()))
	}
}

// word reads a word of a closed list.
func (r *reader) word(v reflect.Value, n *yaml.Node, words []string) {
	text := r.Text(n)
	if n.Kind != yaml.Scalar {
		return
	}
	if slices.Contains(words, text) {
		v.SetString(text)
		return
	}
	key := "yaml.unknown_word"
	if _, is := v.Interface().(plan.Period); is {
		key = "planfile.unknown_period"
	}
	r.Fail(n.At, key, "word", short(text), "nearest", fault.Nearest(short(text), words), "expected", strings.Join(words, ", "))
}

// fields reads a map into a struct, key by key, and refuses other keys.
func (r *reader) fields(v reflect.Value, n *yaml.Node) {
	if n.Kind != yaml.Map {
		if n.Kind == yaml.Null {
			r.Fail(n.At, "yaml.want_map", "got", "nothing")
			return
		}
		r.Map(n)
		return
	}
	t := v.Type()
	at := places(t)
	for _, f := range n.Fields {
		if r.full() {
			return
		}
		i, known := at[f.Key]
		switch {
		case !known:
			keys := Keys(t)
			r.Fail(f.At, "yaml.unknown_key", "key", short(f.Key), "nearest", fault.Nearest(short(f.Key), keys), "expected", strings.Join(keys, ", "))
		case f.Value.Kind == yaml.Null: // a key without a value says nothing
		default:
			r.value(v.Field(i), f.Value, f.Key)
		}
	}
}

func (r *reader) texts(n *yaml.Node) []string {
	if got := r.Texts(n); len(got) > 0 {
		return got
	}
	return nil
}

func (r *reader) day(n *yaml.Node, key string) day.Date {
	text := r.Text(n)
	if n.Kind != yaml.Scalar {
		return 0
	}
	d, err := day.Parse(text)
	if err != nil {
		r.Fail(n.At, "planfile.not_a_date", "got", short(text))
		return 0
	}
	from := first
	if key == "born" {
		from = born
	}
	if d < from || d > last {
		r.Fail(n.At, "planfile.far_date", "got", text, "from", from.String(), "to", last.String())
		return 0
	}
	return d
}

func (r *reader) count(n *yaml.Node) plan.Count {
	text := r.Text(n)
	if n.Kind != yaml.Scalar {
		return plan.Count{}
	}
	v, err := strconv.Atoi(text)
	if err != nil || v < 0 || v > largest || strings.HasPrefix(text, "+") {
		r.Fail(n.At, "planfile.want_count", "got", short(text))
		return plan.Count{}
	}
	return plan.CountOf(v)
}

func short(s string) string {
	if len(s) > 40 {
		return strings.ToValidUTF8(s[:40], "") + "..."
	}
	return s
}

// own looks at what a plan says of itself.
func (r *reader) own(p *plan.Plan, n *yaml.Node) {
	if n.Kind != yaml.Map {
		return
	}
	if p.ID == "" {
		r.Fail(n.At, "yaml.missing_key", "key", "id")
	}
	if p.Kind == "" && !has(n, "kind") {
		r.Fail(n.At, "yaml.missing_key", "key", "kind")
	}
	// A part is referred to by its id, so an id stands once.
	seen := map[string]int{}
	for _, part := range []string{"services", "goals", "accommodations"} {
		for _, it := range listOf(n, part) {
			id := get(it, "id")
			if id == nil || id.Kind != yaml.Scalar || id.Value == "" {
				continue
			}
			if line, twice := seen[id.Value]; twice {
				r.Fail(id.At, "planfile.repeated_id", "id", short(id.Value), "first", strconv.Itoa(line))
				continue
			}
			seen[id.Value] = id.At.Line
		}
	}
	ids := func(known []string) func(at *yaml.Node) {
		return func(at *yaml.Node) {
			for _, it := range scalars(at) {
				if !slices.Contains(known, it.Value) {
					r.Fail(it.At, "planfile.unknown_part", "id", short(it.Value), "nearest", fault.Nearest(short(it.Value), known))
				}
			}
		}
	}
	if p.Amends != "" {
		return // what it names may stand in the plan it amends
	}
	var services, goals, supports []string
	for i, s := range p.Services {
		services = append(services, plan.Ref(plan.ServiceLines, s.ID, i))
	}
	for i, g := range p.Goals {
		goals = append(goals, plan.Ref(plan.Goals, g.ID, i))
	}
	for i, a := range p.Accommodations {
		supports = append(supports, plan.Ref(plan.Accommodations, a.ID, i))
	}
	for _, it := range listOf(n, "services") {
		ids(goals)(get(it, "goals"))
	}
	for _, it := range listOf(n, "goals") {
		ids(services)(get(it, "services"))
		ids(supports)(get(it, "accommodations"))
	}
}

// links looks at what plans say of each other.
func (r *reader) links(plans []*plan.Plan, nodes []*yaml.Node) {
	var ids []string
	for i, p := range plans {
		if p.ID != "" && slices.Contains(ids, p.ID) {
			r.Fail(nodes[i].At, "planfile.repeated_plan", "id", short(p.ID))
		}
		ids = append(ids, p.ID)
	}
	for i, p := range plans {
		for _, key := range []string{"amends", "version_of"} {
			v := get(nodes[i], key)
			if v == nil || v.Kind != yaml.Scalar || v.Value == "" {
				continue
			}
			if !slices.Contains(ids, v.Value) {
				r.Fail(v.At, "planfile.unknown_plan", "id", short(v.Value), "nearest", fault.Nearest(short(v.Value), ids))
			} else if key == "amends" {
				if _, ok := plan.Whole(plans, p); !ok && len(r.Problems) == 0 {
					r.Fail(v.At, "planfile.amends_itself", "id", short(v.Value))
				}
			}
		}
		if p.Amends == "" && len(p.Removes) > 0 {
			r.Fail(get(nodes[i], "removes").At, "planfile.removes_nothing")
		}
	}
}

func has(n *yaml.Node, key string) bool { return get(n, key) != nil }

func get(n *yaml.Node, key string) *yaml.Node {
	if n == nil {
		return nil
	}
	for i := range n.Fields {
		if n.Fields[i].Key == key && n.Fields[i].Value.Kind != yaml.Null {
			return n.Fields[i].Value
		}
	}
	return nil
}

func listOf(n *yaml.Node, key string) []*yaml.Node {
	if v := get(n, key); v != nil {
		return v.Items
	}
	return nil
}

func scalars(n *yaml.Node) []*yaml.Node {
	switch {
	case n == nil:
		return nil
	case n.Kind == yaml.Scalar:
		return []*yaml.Node{n}
	}
	var out []*yaml.Node
	for _, it := range n.Items {
		if it.Kind == yaml.Scalar {
			out = append(out, it)
		}
	}
	return out
}
