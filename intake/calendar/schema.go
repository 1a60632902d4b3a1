package calendar

import (
	"bytes"
	_ "embed"

	"stayput/day"
	"stayput/format/yaml"
)

//go:embed schema.yaml
var schemaText []byte

// Schema is the JSON Schema (2020-12) of the project's form of a calendar,
// which editors use to complete and check what is typed.
func Schema() ([]byte, error) {
	root, err := yaml.Read("schema.yaml", schemaText, yaml.DefaultLimits)
	if err != nil {
		return nil, err
	}
	fill(root, map[string][]string{"closure_kinds": day.ClosureKinds(), "grades": gradeWords})
	var b bytes.Buffer
	err = yaml.WriteJSON(&b, root)
	return b.Bytes(), err
}

// fill puts lists of words where the outline names them. A grade that is a
// number may be written as one.
func fill(n *yaml.Node, words map[string][]string) {
	if n.Kind == yaml.Map && len(n.Fields) == 1 && n.Fields[0].Key == "$words" {
		list := &yaml.Node{Kind: yaml.List}
		for _, w := range words[n.Fields[0].Value.Value] {
			list.Items = append(list.Items, &yaml.Node{Kind: yaml.Scalar, Value: w, Quoted: true})
			if w >= "1" && w <= "99" {
				list.Items = append(list.Items, &yaml.Node{Kind: yaml.Scalar, Value: w})
			}
		}
		*n = *list
		return
	}
	for _, it := range n.Items {
		fill(it, words)
	}
	for _, f := range n.Fields {
		fill(f.Value, words)
	}
}
