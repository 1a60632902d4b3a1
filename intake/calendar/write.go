package calendar

import (
	"io"
	"strconv"

	"stayput/day"
	"stayput/format/yaml"
)

// Write writes a school year in the project's own form, so that a person can
// check and correct what was read from another form.
func Write(w io.Writer, y day.SchoolYear) error {
	m := builder{}
	m.text("calendar", y.ID)
	m.text("district", y.District)
	m.word("school_year", y.Label)
	if y.Extended {
		m.yesNo("extended", true)
	}
	m.yesNo("complete", y.Complete)
	if y.PupilDays != 0 {
		m.word("pupil_days", strconv.Itoa(y.PupilDays))
	}
	m.word("first_day", y.First.String())
	m.word("last_day", y.Last.String())
	m.word("covers_to", y.CoversTo.String())
	if len(y.Sessions) > 0 {
		var list yaml.Node
		list.Kind = yaml.List
		for _, s := range y.Sessions {
			one := builder{}
			one.word("from", s.First.String())
			one.word("to", s.Last.String())
			one.text("track", s.Track)
			list.Items = append(list.Items, one.node())
		}
		m.put("sessions", &list)
	}
	if len(y.Closures) > 0 {
		var list yaml.Node
		list.Kind = yaml.List
		for _, c := range y.Closures {
			one := builder{}
			if c.First == c.Last {
				one.word("on", c.First.String())
			} else {
				one.word("from", c.First.String())
				one.word("to", c.Last.String())
			}
			one.text("name", c.Name)
			one.word("kind", c.Kind.String())
			one.texts("grades", c.Grades)
			one.text("track", c.Track)
			one.word("recorded", c.Recorded.String())
			list.Items = append(list.Items, one.node())
		}
		m.put("closures", &list)
	}
	if len(y.Minimum) > 0 {
		list := &yaml.Node{Kind: yaml.List}
		for _, d := range y.Minimum {
			list.Items = append(list.Items, &yaml.Node{Kind: yaml.Scalar, Value: d.String()})
		}
		m.put("minimum_days", list)
	}
	return yaml.Write(w, m.node())
}

// A builder builds a map and leaves out what is not said.
type builder struct{ n yaml.Node }

func (b *builder) put(key string, v *yaml.Node) {
	b.n.Fields = append(b.n.Fields, yaml.Field{Key: key, Value: v})
}

func (b *builder) word(key, v string) {
	if v != "" {
		b.put(key, &yaml.Node{Kind: yaml.Scalar, Value: v})
	}
}

func (b *builder) text(key, v string) {
	if v != "" {
		b.put(key, &yaml.Node{Kind: yaml.Scalar, Value: v, Quoted: true})
	}
}

func (b *builder) texts(key string, vs []string) {
	if len(vs) > 0 {
		list := &yaml.Node{Kind: yaml.List}
		for _, v := range vs {
			list.Items = append(list.Items, &yaml.Node{Kind: yaml.Scalar, Value: v, Quoted: true})
		}
		b.put(key, list)
	}
}

func (b *builder) yesNo(key string, yes bool) {
	if yes {
		b.word(key, "yes")
	} else {
		b.word(key, "no")
	}
}

func (b *builder) node() *yaml.Node { b.n.Kind = yaml.Map; return &b.n }
