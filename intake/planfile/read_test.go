package planfile_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/casefile"
	"stayput/intake/planfile"
	"stayput/plan"
)

func samples(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/samples/*.yaml")
	if err != nil || len(names) != 4 {
		t.Fatalf("%d samples, %v", len(names), err)
	}
	out := map[string][]byte{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(name)] = data
	}
	return out
}

func plans(name string, data []byte) ([]*plan.Plan, error) {
	f, err := casefile.Read(name, data)
	if err != nil {
		return nil, err
	}
	var nodes []*yaml.Node
	for _, p := range f.Plans {
		nodes = append(nodes, p.Node)
	}
	return planfile.ReadAll(nodes)
}

func write(t interface{ Fatal(...any) }, p *plan.Plan, json bool) []byte {
	var b bytes.Buffer
	put := yaml.Write
	if json {
		put = yaml.WriteJSON
	}
	if err := put(&b, planfile.Node(p)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func back(name string, data []byte) (*plan.Plan, error) {
	n, err := yaml.Read(name, data, yaml.DefaultLimits)
	if err != nil {
		return nil, err
	}
	return planfile.Read(n)
}

// The samples are read whole and come back the same, as YAML and as JSON.
func TestSamples(t *testing.T) {
	for name, data := range samples(t) {
		ps, err := plans(name, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, p := range ps {
			for _, json := range []bool{false, true} {
				again, err := back("again", write(t, p, json))
				if err != nil || !reflect.DeepEqual(p, again) {
					t.Errorf("%s, json %v: %v\n%+v\n%+v", name, json, err, p, again)
				}
			}
		}
	}
}

// Both speech lines of the California sample are there, one for the group and
// one alone.
func TestTwoLinesOfOneService(t *testing.T) {
	ps, err := plans("seis-a.yaml", samples(t)["seis-a.yaml"])
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range ps[0].Services {
		if s.Code == "415" {
			r, _ := s.Amount().Weekly()
			got = append(got, fmt.Sprintf("%s %s", s.Delivery, r))
		}
	}
	if want := []string{"group 60", "individual 15"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// What cannot be accepted is refused with its place and the nearest word.
func TestRefused(t *testing.T) {
	for _, c := range []struct{ text, key, arg, want string }{
		{"- {id: a, kind: iep, servces: []}", "yaml.unknown_key", "nearest", "services"},
		{"- {id: a, kind: iep, services: [{minuts: 30}]}", "yaml.unknown_key", "nearest", "minutes"},
		{"- {id: a, kind: iep, services: [{per: weekly-ish}]}", "planfile.unknown_period", "word", "weekly-ish"},
		{"- {id: a, kind: iep, services: [{minutes: -5}]}", "planfile.want_count", "got", "-5"},
		{"- {id: a, kind: iep, services: [{minutes: thirty}]}", "planfile.want_count", "got", "thirty"},
		{"- {id: a, kind: iep, services: [{from: 2025-02-30}]}", "planfile.not_a_date", "got", "2025-02-30"},
		{"- {id: a, kind: iep, services: [{from: 1776-07-04}]}", "planfile.far_date", "got", "1776-07-04"},
		{"- {id: a, kind: iep, setting: {percent_out: many}}", "planfile.want_decimal", "got", "many"},
		{"- {id: a, kind: iep, setting: {percent_out: -4}}", "planfile.want_decimal", "got", "-4"},
		{"- {id: a, kind: iep, goals: [{id: x}], services: [{id: x}]}", "planfile.repeated_id", "id", "x"},
		{"- {id: a, kind: iep, goals: [{id: reading}], services: [{goals: readin}]}", "planfile.unknown_part", "nearest", "reading"},
		{"- {id: a, kind: iep, amends: b}", "planfile.unknown_plan", "id", "b"},
		{"- {id: a, kind: iep, amends: a}", "planfile.amends_itself", "id", "a"},
		{"- {id: a, kind: iep, removes: [x]}", "planfile.removes_nothing", "", ""},
		{"- {id: a, kind: iep, esy: {needed: maybe}}", "yaml.want_yes_no", "", ""},
		{"- {id: a, kind: iep, services: {id: x}}", "yaml.want_list", "", ""},
		{"- {id: a, kind: iep, student: Teo}", "yaml.want_map", "", ""},
		{"- {id: a, kind: iep, consent: [{agreement: al}]}", "yaml.unknown_word", "nearest", "all"},
	} {
		_, err := plans("case.yaml", []byte("stayput: 1\ncase: {}\nplans:\n  "+c.text+"\n"))
		found := false
		for _, e := range fault.All(err) {
			found = found || e.Key == c.key && e.Args[c.arg] == c.want && e.At.Line == 4 && e.At.Column > 0
		}
		if !found {
			t.Errorf("%s: %v, want %s %s=%q on line 4", c.text, err, c.key, c.arg, c.want)
		}
	}
}

// A list that no paper has is refused before it is read.
func TestTooMany(t *testing.T) {
	_, err := back("plan.yaml", []byte("{id: a, kind: iep, services: ["+strings.Repeat("{},", 401)+"]}"))
	if l := fault.All(err); len(l) != 1 || l[0].Key != "planfile.too_many" {
		t.Errorf("%v", err)
	}
}

// A paper's own mistakes are kept as they are.
func TestKept(t *testing.T) {
	for _, text := range []string{
		"{id: a, kind: iep}",
		"{id: a, kind: \"504\"}",
		"{id: a, kind: iep, services: [{from: 2026-01-01, to: 2025-01-01}]}",
		"{id: a, kind: iep, services: [{minutes: 0}, {minutes: 10000, times: 5, per: day}, {}]}",
		"{id: a, kind: iep, services: [{as_written: weekly-ish}]}",
		"{id: a, kind: iep, setting: {percent_in: 110, percent_out: 40}}",
		"{id: a, kind: iep, meeting_date: 2026-01-01, effective_start: 2025-01-01, effective_end: 2024-01-01}",
		"{id: a, kind: iep, goals: [{text: Read.}, {text: \"\"}]}",
		"{id: a, kind: iep, goals: null, services: , notes: }",
	} {
		p, err := back("plan.yaml", []byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		again, err := back("again", write(t, p, false))
		if err != nil || !reflect.DeepEqual(p, again) {
			t.Errorf("%s: comes back as %+v, %v", text, again, err)
		}
	}
}

// some draws any value of the model.
func some(t *rapid.T, v reflect.Value, depth int) {
	if rapid.IntRange(0, 2).Draw(t, "said") == 0 {
		return
	}
	switch at := v.Addr().Interface().(type) {
	case *day.Date:
		*at = day.Must(2000, 1, 1).Add(rapid.IntRange(0, 20000).Draw(t, "day"))
		return
	case *fact.Tri:
		*at = fact.Tri(rapid.IntRange(0, 2).Draw(t, "tri"))
		return
	case *plan.Count:
		*at = plan.CountOf(rapid.IntRange(0, 100000).Draw(t, "count"))
		return
	case *plan.Number:
		*at = plan.Number(rapid.StringMatching(`[0-9]{1,3}(\.[0-9]{1,3})?`).Draw(t, "number"))
		return
	}
	switch v.Kind() {
	case reflect.String:
		if w, ok := v.Interface().(interface{ Words() []string }); ok {
			v.SetString(rapid.SampledFrom(w.Words()).Draw(t, "word"))
			return
		}
		v.SetString(rapid.SampledFrom([]string{"", "speech", "yes", "null", "504", "  two  ", "a: b", "- x", "línea\notra", "\"q\"", "#", "~", "2025-01-01"}).Draw(t, "text"))
	case reflect.Slice:
		for range rapid.IntRange(0, 2).Draw(t, "n") {
			one := reflect.New(v.Type().Elem()).Elem()
			some(t, one, depth+1)
			v.Set(reflect.Append(v, one))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			some(t, v.Field(i), depth+1)
		}
	}
}

// Whatever a plan says, what was written reads as the same.
func TestWrittenReadsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := &plan.Plan{}
		some(t, reflect.ValueOf(p).Elem(), 0)
		p.ID, p.Kind, p.Amends, p.VersionOf, p.Removes = "p", plan.IEP, "", "", nil
		for i := range p.Services {
			p.Services[i].ID, p.Services[i].Goals = "", nil
		}
		for i := range p.Goals {
			p.Goals[i].ID, p.Goals[i].Services, p.Goals[i].Accommodations = "", nil, nil
		}
		for i := range p.Accommodations {
			p.Accommodations[i].ID = ""
		}
		text := write(t, p, rapid.Bool().Draw(t, "json"))
		again, err := back("again", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if !reflect.DeepEqual(p, again) {
			t.Fatalf("%+v\n%+v\n%s", p, again, text)
		}
	})
}

// Every field of the model has a key, no two the same in one map, each in lower
// case; the schema has them all.
func TestKeys(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var look func(reflect.Type)
	look = func(typ reflect.Type) {
		if typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] || typ == reflect.TypeFor[plan.Count]() {
			return
		}
		seen[typ] = true
		have := map[string]bool{}
		for i, key := range planfile.Keys(typ) {
			if key == "" || key != strings.ToLower(key) || have[key] {
				t.Errorf("%s.%s has the key %q", typ, typ.Field(i).Name, key)
			}
			have[key] = true
			look(typ.Field(i).Type)
		}
	}
	look(reflect.TypeFor[plan.Plan]())
	if len(seen) < 25 {
		t.Errorf("only %d maps", len(seen))
	}
	data, err := planfile.Schema()
	if err != nil {
		t.Fatal(err)
	}
	var s struct{ Properties map[string]json.RawMessage }
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(slices.Values(planfile.Keys(reflect.TypeFor[plan.Plan]())))
	if got := slices.Sorted(maps.Keys(s.Properties)); !slices.Equal(got, want) {
		t.Errorf("the schema has %v, the model %v", got, want)
	}
}

// Whatever the bytes, the reader answers; what it takes comes back the same.
func FuzzPlan(f *testing.F) {
	for _, data := range samples(f) {
		ps, err := plans("x", data)
		if err != nil {
			f.Fatal(err)
		}
		for _, p := range ps {
			f.Add(write(f, p, false))
		}
	}
	f.Add([]byte("{id: a, kind: iep, services: [{minutes: 1e9}]}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := back("x", data)
		if err != nil {
			if len(fault.All(err)) == 0 || fault.KindOf(err) != fault.Invalid {
				t.Fatalf("refused as %v", err)
			}
			return
		}
		again, err := back("again", write(t, p, true))
		if err != nil || !reflect.DeepEqual(p, again) {
			t.Fatalf("comes back as %+v, %v", again, err)
		}
	})
}
