package progressfile

import (
	"strconv"

	"stayput/format/yaml"
	"stayput/measure"
)

// Node is probes and sightings as they stand in a case file, so that FromNode
// gives the same ones back.
func Node(probes []measure.Probe, sightings []measure.Sighting) *yaml.Node {
	out := &yaml.Node{Kind: yaml.Map}
	if len(probes) > 0 {
		list := &yaml.Node{Kind: yaml.List}
		for i := range probes {
			p := &probes[i]
			var m item
			m.text("id", p.ID)
			m.text("goal", p.Goal)
			m.word("date", p.On.String())
			value := ""
			if !p.Missing {
				value = p.Value.String()
			}
			m.Fields = append(m.Fields, yaml.Field{Key: "value", Value: &yaml.Node{Kind: yaml.Scalar, Value: value, Quoted: true}})
			m.text("unit", p.Unit)
			m.text("phase", p.Phase)
			m.text("note", p.Note)
			m.text("by", p.By)
			list.Items = append(list.Items, m.node())
		}
		out.Fields = append(out.Fields, yaml.Field{Key: "probes", Value: list})
	}
	if len(sightings) > 0 {
		list := &yaml.Node{Kind: yaml.List}
		for i := range sightings {
			s := &sightings[i]
			var m item
			m.text("id", s.ID)
			m.text("goal", s.Goal)
			m.word("on", s.On.String())
			m.number("minutes", s.Minutes)
			m.number("count", s.Count)
			m.number("seconds", s.Seconds)
			m.text("before", s.Before)
			m.text("what", s.What)
			m.text("after", s.After)
			m.text("by", s.By)
			list.Items = append(list.Items, m.node())
		}
		out.Fields = append(out.Fields, yaml.Field{Key: "sightings", Value: list})
	}
	return out
}

// An item is a map that leaves out what is not said.
type item struct{ yaml.Node }

func (m *item) node() *yaml.Node { m.Kind = yaml.Map; return &m.Node }

func (m *item) text(key, v string) {
	if v != "" {
		m.Fields = append(m.Fields, yaml.Field{Key: key, Value: &yaml.Node{Kind: yaml.Scalar, Value: v, Quoted: true}})
	}
}

func (m *item) word(key, v string) {
	if v != "" {
		m.Fields = append(m.Fields, yaml.Field{Key: key, Value: &yaml.Node{Kind: yaml.Scalar, Value: v}})
	}
}

func (m *item) number(key string, v float64) {
	if v >= 0 {
		m.word(key, strconv.FormatFloat(v, 'f', -1, 64))
	}
}
