package lawtest

import (
	"stayput/day"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/casefile"
	"stayput/law/pack"
)

// An Example is one worked example as its author wrote it.
type Example struct {
	ID        string
	Source    string
	Count     string // the hand count
	Calendars []string
	File      *casefile.File
	AsOf      day.Date
	Known     day.Date
	Expect    []Expect
	At        fault.Position
}

// An Expect is what one rule must give.
type Expect struct {
	Rule   string
	Entry  string // "" for the only clock of the rule
	Fields []Field
	None   bool
	Stated bool
	At     fault.Position
}

// A Field is one expected value.
type Field struct {
	Name string
	Want string
	At   fault.Position
}

// fieldNames are the words an expectation may use.
var fieldNames = []string{"due", "earliest", "latest", "strict", "status", "days_late", "met_by", "elapsed", "missing",
	"disputed", "nominal", "right", "time", "points_to", "tribunal", "owed_by"}

// fieldWords are the words some fields may have.
var fieldWords = map[string][]string{
	"status":   {"running", "due_today", "late", "met", "met_late", "paused", "ended", "unknown", "open", "closing", "used", "closed"},
	"missing":  {"yes", "no"},
	"disputed": {"yes", "no"},
	"tribunal": {"too_long", "acceptable"},
}

// Examples reads the worked examples of a pack.
func Examples(s *pack.Source) ([]Example, error) {
	r := &exampleReader{pack: s.ID}
	var out []Example
	seen := map[string]bool{}
	for _, f := range s.Files {
		if packPart(f.Name) != "examples" {
			continue
		}
		for _, n := range r.List(f.Node) {
			x, ok := r.example(n)
			if !ok {
				continue
			}
			if seen[x.ID] {
				r.Fail(n.At, "example.twice", "id", x.ID)
			}
			seen[x.ID] = true
			out = append(out, x)
		}
	}
	return out, r.Problems.Or()
}

func packPart(name string) string {
	for i := 0; i < len(name); i++ {
		if name[i] == '.' || name[i] == '-' {
			return name[:i]
		}
	}
	return name
}

type exampleReader struct {
	yaml.Reader
	pack string
}

func scalar(at fault.Position, v string) *yaml.Node {
	return &yaml.Node{Kind: yaml.Scalar, Value: v, At: at}
}

func (r *exampleReader) date(n *yaml.Node) day.Date {
	if n == nil {
		return 0
	}
	d, err := day.Parse(r.Text(n))
	if err != nil {
		r.Fail(n.At, "pack.want_date", "got", n.Value)
	}
	return d
}

func (r *exampleReader) example(n *yaml.Node) (Example, bool) {
	before := len(r.Problems)
	m := r.Map(n)
	x := Example{ID: m.NeedText("id"), Source: m.NeedText("source"), Count: m.NeedText("count"), At: n.At}
	x.Calendars = r.Texts(m.Get("calendar"))
	x.AsOf, x.Known = r.date(m.Get("as_of")), r.date(m.Get("known_by"))
	jurisdiction := m.Get("jurisdiction")
	if jurisdiction == nil {
		jurisdiction = scalar(n.At, r.pack)
	}
	// The example as a whole case file, so that the one reader of case files
	// reads it, with all that it refuses.
	kase := &yaml.Node{Kind: yaml.Map, At: n.At}
	add := func(to *yaml.Node, key string, v *yaml.Node) {
		to.Fields = append(to.Fields, yaml.Field{Key: key, At: v.At, Value: v})
	}
	add(kase, "jurisdiction", jurisdiction)
	if c := m.Get("case"); c != nil {
		child := &yaml.Node{Kind: yaml.Map, At: c.At}
		for _, f := range c.Fields {
			switch f.Key {
			case "born", "grade", "track":
				child.Fields = append(child.Fields, f)
			case "child":
				child.Fields = append(child.Fields, f.Value.Fields...)
			default:
				kase.Fields = append(kase.Fields, f)
			}
		}
		if len(child.Fields) > 0 {
			add(kase, "child", child)
		}
	}
	doc := &yaml.Node{Kind: yaml.Map, At: n.At}
	add(doc, "stayput", scalar(n.At, casefile.Version))
	add(doc, "case", kase)
	if rec := m.Need("record"); rec != nil {
		add(doc, "record", rec)
	}
	f, err := casefile.FromNode(doc)
	if err != nil {
		r.Problems = append(r.Problems, fault.All(err)...)
	}
	x.File = f
	if e := m.Need("expect"); e != nil {
		for _, f := range e.Fields {
			x.Expect = append(x.Expect, r.expect(f))
		}
	}
	m.Done()
	return x, len(r.Problems) == before
}

func (r *exampleReader) expect(f yaml.Field) Expect {
	e := Expect{Rule: f.Key, At: f.At}
	for i := 0; i < len(f.Key); i++ {
		if f.Key[i] == '@' {
			e.Rule, e.Entry = f.Key[:i], f.Key[i+1:]
			break
		}
	}
	v := f.Value
	if v.Kind == yaml.Scalar {
		switch v.Value {
		case "none":
			e.None = true
		case "stated":
			e.Stated = true
		default:
			if _, err := day.Parse(v.Value); err != nil {
				r.Fail(v.At, "pack.want_date", "got", v.Value)
			}
			e.Fields = []Field{{"due", v.Value, v.At}}
		}
		return e
	}
	m := r.Map(v)
	for _, name := range fieldNames {
		if x := m.Get(name); x != nil {
			e.Fields = append(e.Fields, Field{name, r.Text(x), x.At})
			if words := fieldWords[name]; words != nil {
				r.Word(x, words...)
			}
		} else {
			// `due: null` says that no date may be given.
			for _, g := range v.Fields {
				if g.Key == name && g.Value.Kind == yaml.Null {
					e.Fields = append(e.Fields, Field{name, "", g.At})
				}
			}
		}
	}
	m.Done()
	return e
}
