package planfile

import (
	"bytes"
	"reflect"

	"stayput/day"
	"stayput/fact"
	"stayput/format/yaml"
	"stayput/plan"
)

// Schema is the JSON Schema (2020-12) of one plan in a case file.
func Schema() ([]byte, error) {
	s := schema(reflect.TypeFor[plan.Plan]())
	s.Fields = append([]yaml.Field{
		{Key: "$schema", Value: word("https://json-schema.org/draft/2020-12/schema")},
		{Key: "$id", Value: word("plan.schema.json")},
		{Key: "title", Value: word("Stayput plan")},
		{Key: "description", Value: word("One version of an IEP or a 504 plan, as its paper says it.")},
		{Key: "required", Value: list("id", "kind")},
	}, s.Fields...)
	var b bytes.Buffer
	err := yaml.WriteJSON(&b, s)
	return b.Bytes(), err
}

func word(s string) *yaml.Node { return &yaml.Node{Kind: yaml.Scalar, Value: s, Quoted: true} }
func bare(s string) *yaml.Node { return &yaml.Node{Kind: yaml.Scalar, Value: s} }

func list(words ...string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.List}
	for _, w := range words {
		n.Items = append(n.Items, word(w))
	}
	return n
}

func object(pairs ...any) *yaml.Node {
	n := &yaml.Node{Kind: yaml.Map}
	for i := 0; i < len(pairs); i += 2 {
		n.Fields = append(n.Fields, yaml.Field{Key: pairs[i].(string), Value: pairs[i+1].(*yaml.Node)})
	}
	return n
}

// text is any scalar: 415 and "415" say the same.
func text() *yaml.Node { return object("type", list("string", "number", "boolean", "null")) }

// schema is what a value of type t may look like. A key without a value says
// nothing, so null is allowed everywhere but in lists.
func schema(t reflect.Type) *yaml.Node {
	switch t {
	case reflect.TypeFor[day.Date]():
		return object("type", list("string", "null"), "pattern", word("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
	case reflect.TypeFor[fact.Tri]():
		words := list("yes", "no", "Yes", "No", "true", "false", "True", "False")
		words.Items = append(words.Items, bare("true"), bare("false"), &yaml.Node{})
		return object("enum", words)
	case reflect.TypeFor[plan.Count]():
		return object("anyOf", &yaml.Node{Kind: yaml.List, Items: []*yaml.Node{
			object("type", word("integer"), "minimum", bare("0"), "maximum", bare("100000")),
			object("type", list("string", "null"), "pattern", word("^[0-9]{1,6}$")),
		}})
	case reflect.TypeFor[plan.Number]():
		return object("anyOf", &yaml.Node{Kind: yaml.List, Items: []*yaml.Node{
			object("type", word("number"), "minimum", bare("0"), "maximum", bare("999999")),
			object("type", list("string", "null"), "pattern", word(decimal.String())),
		}})
	case reflect.TypeFor[[]string]():
		return object("anyOf", &yaml.Node{Kind: yaml.List, Items: []*yaml.Node{
			text(), object("type", word("array"), "items", object("type", list("string", "number", "boolean"))),
		}})
	}
	switch t.Kind() {
	case reflect.Slice:
		one := schema(t.Elem())
		return object("type", list("array", "null"), "items", one)
	case reflect.Struct:
		of := &yaml.Node{Kind: yaml.Map}
		for i, key := range Keys(t) {
			of.Fields = append(of.Fields, yaml.Field{Key: key, Value: schema(t.Field(i).Type)})
		}
		return object("type", list("object", "null"), "additionalProperties", bare("false"), "properties", of)
	}
	if words := wordsOf(t); words != nil {
		n := list(words...)
		n.Items = append(n.Items, &yaml.Node{})
		for _, w := range words {
			if w == "504" { // without quotes it is a number
				n.Items = append(n.Items, bare(w))
			}
		}
		return object("enum", n)
	}
	return text()
}
