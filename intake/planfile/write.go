package planfile

import (
	"reflect"

	"stayput/day"
	"stayput/fact"
	"stayput/format/yaml"
	"stayput/plan"
)

// Node is p as it stands under `plans` in a case file. What is not said is left
// out.
func Node(p *plan.Plan) *yaml.Node {
	n := node(reflect.ValueOf(p).Elem())
	if n == nil {
		return &yaml.Node{Kind: yaml.Map}
	}
	return n
}

// node is nil for what says nothing.
func node(v reflect.Value) *yaml.Node {
	if v.IsZero() {
		return nil
	}
	text := func(s string, quoted bool) *yaml.Node {
		return &yaml.Node{Kind: yaml.Scalar, Value: s, Quoted: quoted}
	}
	switch at := v.Interface().(type) {
	case day.Date:
		return text(at.String(), false)
	case fact.Tri:
		return text(at.String(), true)
	case plan.Count:
		if !at.Said {
			return nil
		}
		return text(at.String(), false)
	case plan.Number:
		return text(string(at), true)
	}
	switch v.Kind() {
	case reflect.String:
		return text(v.String(), true)
	case reflect.Slice:
		list := &yaml.Node{Kind: yaml.List}
		for i := range v.Len() {
			one := node(v.Index(i))
			if one == nil {
				one = &yaml.Node{Kind: yaml.Map}
				if v.Index(i).Kind() == reflect.String {
					one = text("", true)
				}
			}
			list.Items = append(list.Items, one)
		}
		if len(list.Items) == 0 {
			return nil
		}
		return list
	}
	m := &yaml.Node{Kind: yaml.Map}
	for i, key := range Keys(v.Type()) {
		if one := node(v.Field(i)); one != nil {
			m.Fields = append(m.Fields, yaml.Field{Key: key, Value: one})
		}
	}
	if len(m.Fields) == 0 {
		return nil
	}
	return m
}
