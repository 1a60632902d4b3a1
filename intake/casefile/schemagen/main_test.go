package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stayput/format/yaml"
	"stayput/intake/calendar"
	"stayput/intake/casefile"
)

const folder = "../../../docs/schema"

func TestSchemasAreCurrent(t *testing.T) {
	for name, schema := range schemas {
		want, err := schema()
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not current, %v: run go generate ./intake/casefile", name, err)
		}
	}
}

// A checker knows as much of JSON Schema as our schemas use, and refuses a
// keyword it does not know.
type checker struct {
	t     *testing.T
	files map[string]map[string]any
	re    map[string]*regexp.Regexp
}

func newChecker(t *testing.T) *checker {
	c := &checker{t: t, files: make(map[string]map[string]any), re: make(map[string]*regexp.Regexp)}
	for name := range schemas {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		var s map[string]any
		if err := json.Unmarshal(data, &s); err != nil {
			t.Fatal(err)
		}
		c.files[name] = s
	}
	return c
}

// value is what a YAML 1.2 editor takes a node for.
func value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.Map:
		m := make(map[string]any)
		for _, f := range n.Fields {
			m[f.Key] = value(f.Value)
		}
		return m
	case yaml.List:
		l := []any{}
		for _, it := range n.Items {
			l = append(l, value(it))
		}
		return l
	case yaml.Scalar:
		var v any
		if !n.Quoted && json.Unmarshal([]byte(n.Value), &v) == nil {
			return v
		}
		return n.Value
	}
	return nil
}

func typeOf(v any) []string {
	switch v := v.(type) {
	case map[string]any:
		return []string{"object"}
	case []any:
		return []string{"array"}
	case string:
		return []string{"string"}
	case bool:
		return []string{"boolean"}
	case float64:
		if v == float64(int(v)) {
			return []string{"number", "integer"}
		}
		return []string{"number"}
	}
	return []string{"null"}
}

// check returns what is wrong with v, "" for nothing.
func (c *checker) check(file string, s map[string]any, v any, at string) string {
	for key, want := range s {
		wrong := ""
		switch key {
		case "$schema", "$id", "$defs", "title", "description", "deprecated":
		case "$ref":
			wrong = c.ref(file, want.(string), v, at)
		case "type":
			names := []any{want}
			if l, ok := want.([]any); ok {
				names = l
			}
			if !slices.ContainsFunc(names, func(n any) bool { return slices.Contains(typeOf(v), n.(string)) }) {
				wrong = fmt.Sprintf("is %v, not %v", typeOf(v), names)
			}
		case "enum":
			if !slices.Contains(want.([]any), v) {
				wrong = fmt.Sprintf("%v is not among the words", v)
			}
		case "pattern":
			if c.re[want.(string)] == nil {
				c.re[want.(string)] = regexp.MustCompile(want.(string))
			}
			if text, ok := v.(string); ok && !c.re[want.(string)].MatchString(text) {
				wrong = text + " does not match"
			}
		case "maxLength":
			if text, ok := v.(string); ok && float64(len([]rune(text))) > want.(float64) {
				wrong = "is too long"
			}
		case "maxItems":
			if l, ok := v.([]any); ok && float64(len(l)) > want.(float64) {
				wrong = "has too many"
			}
		case "minimum", "maximum":
			if n, ok := v.(float64); ok && (key == "minimum" && n < want.(float64) || key == "maximum" && n > want.(float64)) {
				wrong = "is out of range"
			}
		case "required":
			if m, ok := v.(map[string]any); ok {
				for _, k := range want.([]any) {
					if _, has := m[k.(string)]; !has {
						wrong = "lacks " + k.(string)
					}
				}
			}
		case "anyOf":
			var all []string
			for _, one := range want.([]any) {
				all = append(all, c.check(file, one.(map[string]any), v, at))
			}
			if !slices.Contains(all, "") {
				wrong = strings.Join(all, " / ")
			}
		case "items":
			if l, ok := v.([]any); ok {
				for i, it := range l {
					if wrong == "" {
						wrong = c.check(file, want.(map[string]any), it, fmt.Sprintf("%s[%d]", at, i))
					}
				}
			}
		case "propertyNames":
			if m, ok := v.(map[string]any); ok {
				for k := range m {
					if wrong == "" {
						wrong = c.check(file, want.(map[string]any), k, at)
					}
				}
			}
		case "properties":
			if m, ok := v.(map[string]any); ok {
				for k, one := range want.(map[string]any) {
					if p, has := m[k]; has && wrong == "" {
						wrong = c.check(file, one.(map[string]any), p, at+"."+k)
					}
				}
			}
		case "additionalProperties":
			known, _ := s["properties"].(map[string]any)
			if m, ok := v.(map[string]any); ok {
				for k, p := range m {
					if _, has := known[k]; has || wrong != "" {
						continue
					}
					if deeper, ok := want.(map[string]any); ok {
						wrong = c.check(file, deeper, p, at+"."+k)
					} else {
						wrong = "has " + k
					}
				}
			}
		default:
			c.t.Fatalf("the schema has %s, which this check does not know", key)
		}
		if wrong != "" {
			if strings.HasPrefix(wrong, "at ") {
				return wrong
			}
			return "at " + at + ": " + wrong
		}
	}
	return ""
}

func (c *checker) ref(file, ref string, v any, at string) string {
	if def, ok := strings.CutPrefix(ref, "#/$defs/"); ok {
		s, ok := c.files[file]["$defs"].(map[string]any)[def].(map[string]any)
		if !ok {
			c.t.Fatalf("%s has no %s", file, ref)
		}
		return c.check(file, s, v, at)
	}
	s, ok := c.files[ref]
	if !ok {
		c.t.Fatalf("there is no %s", ref)
	}
	return c.check(ref, s, v, at)
}

func (c *checker) text(file, name string, data []byte) string {
	n, err := yaml.Read(name, data, yaml.DefaultLimits)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.check(file, c.files[file], value(n), "")
}

// Every example is good by the schema.
func TestExamples(t *testing.T) {
	c := newChecker(t)
	count := 0
	for pattern, file := range map[string]string{
		"../testdata/*.yaml":                      "case.schema.json",
		"../testdata/*.json":                      "case.schema.json",
		"../../planfile/testdata/samples/*.yaml":  "case.schema.json",
		"../../calendar/testdata/*.yaml":          "calendar.schema.json",
		"../../../law/packs/calendars/*.yaml":     "calendar.schema.json",
		"../../../examples/*/case.yaml":           "case.schema.json",
		"../../../examples/*/calendars/*.yaml":    "calendar.schema.json",
		"../../../test/families/*/case.yaml":      "case.schema.json",
		"../../../test/families/calendars/*.yaml": "calendar.schema.json",
	} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if wrong := c.text(file, name, data); wrong != "" {
				t.Errorf("%s %s", name, wrong)
			}
			count++
		}
	}
	if count < 20 {
		t.Errorf("only %d examples", count)
	}
}

// What the schema refuses the reader refuses too, and the other way round, for
// what a schema can say at all.
func TestSchemaAgreesWithReader(t *testing.T) {
	c := newChecker(t)
	for _, text := range []string{
		"stayput: 1\ncase: {}\n",
		"stayput: 2\ncase: {}\n",
		"case: {}\n",
		"stayput: 1\n",
		"stayput: 1\ncase: {tittle: x}\n",
		"stayput: 1\ncase: {title: 5}\n",
		"stayput: 1\ncase: {title: [a]}\n",
		"stayput: 1\ncase: {side: parent}\n",
		"stayput: 1\ncase: {jurisdiction: us-zz}\n",
		"stayput: 1\ncase: {jurisdiction: us-dc}\n",
		"stayput: 1\ncase: {jurisdiction: [{from: 2024-01-01, is: us-ca}]}\n",
		"stayput: 1\ncase: {district: [{from: 2024-01-01}]}\n",
		"stayput: 1\ncase: {facts: {homeless: yes, foster_youth: true}}\n",
		"stayput: 1\ncase: {facts: {homeless: maybe}}\n",
		"stayput: 1\ncase: {facts: {hungry: yes}}\n",
		"stayput: 1\ncase: {sample: no}\n",
		"stayput: 1\ncase: {calendars: a.yaml}\n",
		"stayput: 1\ncase: {calendars: [a.yaml, {first_day: 2025-08-11}, {from: 2025-08-11, is: [b.ics]}]}\n",
		"stayput: 1\ncase: {}\nrecord: [{on: 2025-02-03, kind: contact}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: 2025-02, kind: contact}, {on: 2025, kind: contact}, {on: {from: 2025-01-01, to: 2025-01-02}, kind: contact}]\n",
		"stayput: 1\ncase: {}\nrecord: [{id: a, on: 2025-02-03T10:00, ends: 2025-02-03T11:00, kind: contact}, {on: {after: a, weeks: 2}, kind: contact}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: 2025-2-3, kind: contact}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: [2025], kind: contact}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: {after: a, month: 2}, kind: contact}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: 2025-02-03, kind: contakt}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: 2025-02-03}]\n",
		"stayput: 1\ncase: {}\nrecord: [{kind: contact}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: 2025-02-03, kind: contact, wall: all}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: 2025-02-03, kind: contact, wall: author, means: phone, outcome: reached, filed_by: lea, transfer_from: same_state}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: 2025-02-03, kind: contact, written: perhaps}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: 2025-02-03, kind: contact, days: -1}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: 2025-02-03, kind: contact, until: 2025}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: 2025-02-03, kind: contact, recorded: 2025-02-03T21:14:59, about: a, with: [b, c]}]\n",
		"stayput: 1\ncase: {}\nrecord: [{on: 2025-02-03, kind: contact, about: {a: b}}]\n",
		"stayput: 1\ncase: {}\nplans: [{id: a, kind: iep, goals: []}]\n",
		"stayput: 1\ncase: {}\nplans: [{id: a}]\n",
		"stayput: 1\ncase: {}\nplans: [{id: a, kind: pie}]\n",
		"stayput: 1\ncase: {}\nplans: [{id: a, kind: iep, services: [{minutes: 30, per: week, esy: no}], goals: []}]\n",
		"stayput: 1\ncase: {}\ndelivery: [a]\n",
	} {
		_, err := casefile.Read("case.yaml", []byte(text))
		if wrong := c.text("case.schema.json", "case.yaml", []byte(text)); (err == nil) != (wrong == "") {
			t.Errorf("%sschema: %q, reader: %v", text, wrong, err)
		}
	}
	for _, text := range []string{
		"first_day: 2025-08-11\n",
		"first_day: August\n",
		"first_dya: 2025-08-11\n",
		"state: CA\n",
		"state: California\n",
		"school_year: 2025-26\n",
		"school_year: 25\n",
		"pupil_days: 400\n",
		"complete: perhaps\n",
		"closures: [{on: 2025-09-01}]\n",
		"closures: [{from: 2025-09-01}]\n",
		"closures: [{on: 2025-09-01, kind: feast}]\n",
		"closures: [{on: 2025-09-01, kind: holiday, grades: [K, 1, elementary], name: 5}]\n",
		"closures: [{on: 2025-09-01, grades: [13]}]\n",
		"sessions: [{from: 2025-09-01, to: 2025-09-02, track: A}]\n",
		"sessions: [{to: 2025-09-02}]\n",
		"minimum_days: [2025-09-01]\n",
		"minimum_days: 2025-09-01\n",
	} {
		_, _, err := calendar.Read("calendar.yaml", []byte(text))
		if wrong := c.text("calendar.schema.json", "calendar.yaml", []byte(text)); (err == nil) != (wrong == "") {
			t.Errorf("%sschema: %q, reader: %v", text, wrong, err)
		}
	}
}
