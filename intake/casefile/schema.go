package casefile

import (
	"bytes"
	_ "embed"
	"slices"

	"stayput/fact"
	"stayput/format/yaml"
)

//go:generate go run ./schemagen ../../docs/schema

//go:embed schema.yaml
var schemaText []byte

// Schema is the JSON Schema (2020-12) of the case file, which editors use to
// complete and check what is typed.
func Schema() ([]byte, error) {
	root, err := yaml.Read("schema.yaml", schemaText, yaml.DefaultLimits)
	if err != nil {
		return nil, err
	}
	kinds := make([]string, 0, fact.Count())
	for _, in := range fact.Kinds() {
		kinds = append(kinds, in.Name)
	}
	jurisdictions := []string{"us"}
	for code := range States {
		jurisdictions = append(jurisdictions, "us-"+code)
	}
	slices.Sort(jurisdictions)
	words := map[string][]string{
		"kinds": kinds, "jurisdictions": jurisdictions, "facts": factKeys, "walls": walls, "filed_by": filers,
		"transfer_from": fact.TransferFroms, "means": fact.Means, "contact_roles": fact.ContactRoles, "outcome": fact.Outcomes, "plan_kinds": PlanKinds,
	}
	fill(root, words)
	var b bytes.Buffer
	err = yaml.WriteJSON(&b, root)
	return b.Bytes(), err
}

// fill puts lists of words where the outline names them.
func fill(n *yaml.Node, words map[string][]string) {
	if n.Kind == yaml.Map && len(n.Fields) == 1 && n.Fields[0].Key == "$words" {
		*n = *list(words[n.Fields[0].Value.Value], text)
		return
	}
	for _, it := range n.Items {
		fill(it, words)
	}
	for _, f := range n.Fields {
		fill(f.Value, words)
	}
}
