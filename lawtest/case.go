package lawtest

import (
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/discipline"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/casefile"
	"stayput/intake/planfile"
	"stayput/law/pack"
	"stayput/plan"
)

// A Case is one worked case on consent, the program in force and stay put, as
// its author wrote it in cases.yaml.
type Case struct {
	ID, Shows, Source, Basis, Why string
	Calendars                     []string
	File                          *casefile.File
	Plans                         []*plan.Plan
	On                            day.Date
	Kind                          plan.Kind // which track
	Expect                        []CaseExpect
	At                            fault.Position
}

// A CaseExpect is one thing that must hold. What is compared exactly stands as
// one expectation with all its pairs.
type CaseExpect struct {
	Field string // "consent", "parts", "stay_put.lines"
	Key   string // of a pair: a component, a plan and component, a party
	Want  string // "" for nothing
	At    fault.Position
}

// bases are the words for what a case rests on.
var bases = []string{"statute", "regulation", "decision", "guidance"}

// Words a case may use, as the engine's types name them.
var (
	consents = []string{string(program.NoOffer), string(program.Unanswered), string(program.Whole), string(program.Partial), string(program.Conditional),
		string(program.Divided), string(program.Refused), string(program.Deemed), string(program.NotNeeded), string(program.Revoked)}
	states = []string{string(program.Agreed), string(program.Excepted), string(program.Silent), string(program.Conditioned), string(program.Split),
		string(program.ByLaw), string(program.NotAsked), string(program.TakenBack), string(program.Superseded), string(program.NotCarriable)}
	lineBases = []string{string(program.OnAgreement), string(program.OnSilence), string(program.OnNotice), string(program.OnStayPut), string(program.OnTransfer),
		string(program.OnOrder), string(program.OnSettlement), string(program.OnWait)}
	changes = []string{discipline.Decided, discipline.ByLength, discipline.InARow, discipline.ByTotal, discipline.ByGroup}
	sides   = []string{string(fact.Parent), string(fact.LEA)}
)

// Cases reads the worked cases of a pack.
func Cases(s *pack.Source) ([]Case, error) {
	r := &caseReader{pack: s.ID}
	return eachIn(r, s, "cases", r.kase, func(c *Case) string { return c.ID })
}

// eachIn reads all that stands in the files of one part of a pack, each with a name
// of its own.
func eachIn[T any](r *caseReader, s *pack.Source, part string, read func(*yaml.Node) (T, bool), id func(*T) string) ([]T, error) {
	var out []T
	seen := map[string]bool{}
	for _, f := range s.Files {
		if packPart(f.Name) != part {
			continue
		}
		for _, n := range r.List(f.Node) {
			x, ok := read(n)
			name := id(&x)
			if seen[name] && name != "" {
				r.Fail(n.At, "example.twice", "id", name)
			}
			seen[name] = true
			if ok {
				out = append(out, x)
			}
		}
	}
	return out, r.Problems.Or()
}

type caseReader struct {
	exampleReader
	pack string
}

func (r *caseReader) kase(n *yaml.Node) (Case, bool) {
	before := len(r.Problems)
	m := r.Map(n)
	c := Case{ID: m.NeedText("id"), Shows: m.NeedText("shows"), Source: m.NeedText("source"), Why: m.NeedText("why"), Kind: plan.IEP, At: n.At}
	c.Basis = r.Word(m.Need("basis"), bases...)
	c.Calendars = r.Texts(m.Get("calendars"))
	c.On = r.date(m.Need("on"))
	jurisdiction := m.Get("jurisdiction")
	if jurisdiction == nil {
		jurisdiction = scalar(n.At, r.pack)
	}
	kase, record, plans := m.Get("case"), m.Need("record"), m.Get("plans")
	r.file(&c, whole(n.At, jurisdiction, kase, record, plans))
	if e := m.Need("expect"); e != nil {
		r.expectations(&c, e)
	}
	m.Done()
	return c, len(r.Problems) == before
}

// file reads what a case file would hold with the one reader of case files.
func (r *caseReader) file(c *Case, doc *yaml.Node) {
	f, err := casefile.FromNode(doc)
	if err != nil {
		r.Problems = append(r.Problems, fault.All(err)...)
		return
	}
	c.File = f
	nodes := make([]*yaml.Node, len(f.Plans))
	for i := range f.Plans {
		nodes[i] = f.Plans[i].Node
	}
	if c.Plans, err = planfile.ReadAll(nodes); err != nil {
		r.Problems = append(r.Problems, fault.All(err)...)
	}
}

// whole is a case file of its parts. A jurisdiction inside the case wins.
func whole(at fault.Position, jurisdiction, given, record, plans *yaml.Node) *yaml.Node {
	add := func(to *yaml.Node, key string, v *yaml.Node) {
		if v != nil {
			to.Fields = append(to.Fields, yaml.Field{Key: key, At: v.At, Value: v})
		}
	}
	kase, child := &yaml.Node{Kind: yaml.Map, At: at}, &yaml.Node{Kind: yaml.Map, At: at}
	if given != nil {
		for _, f := range given.Fields {
			switch f.Key {
			case "born", "grade", "track":
				child.Fields = append(child.Fields, f)
			case "child":
				child.Fields = append(child.Fields, f.Value.Fields...)
			case "jurisdiction":
				jurisdiction = f.Value
			default:
				kase.Fields = append(kase.Fields, f)
			}
		}
	}
	add(kase, "jurisdiction", jurisdiction)
	if len(child.Fields) > 0 {
		add(kase, "child", child)
	}
	doc := &yaml.Node{Kind: yaml.Map, At: at}
	add(doc, "stayput", scalar(at, casefile.Version))
	add(doc, "case", kase)
	add(doc, "plans", plans)
	add(doc, "record", record)
	return doc
}

// expectations reads what must hold.
func (r *caseReader) expectations(c *Case, n *yaml.Node) {
	m := r.Map(n)
	one := func(m *yaml.MapReader, of *yaml.Node, prefix, key string, check func(*yaml.Node) string) {
		v := m.Get(key)
		switch at, null := nullAt(of, key); {
		case v != nil:
			c.Expect = append(c.Expect, CaseExpect{Field: prefix + key, Want: check(v), At: v.At})
		case null:
			c.Expect = append(c.Expect, CaseExpect{Field: prefix + key, At: at})
		}
	}
	date := func(v *yaml.Node) string { return text(r.date(v)) }
	word := func(words ...string) func(*yaml.Node) string {
		return func(v *yaml.Node) string { return r.Word(v, words...) }
	}
	if k := r.Word(m.Get("kind"), string(plan.IEP), string(plan.Section504)); k != "" {
		c.Kind = plan.Kind(k)
	}
	one(m, n, "", "consent", word(consents...))
	r.pairs(c, m.Get("parts"), "parts", func(key, v *yaml.Node) (string, string) {
		p, part, ok := strings.Cut(key.Value, "/")
		if ok {
			r.planNamed(c, scalar(key.At, p))
		}
		if !ok || part == "" {
			r.Fail(key.At, "pack.case_part", "got", key.Value)
		}
		return key.Value, r.Word(v, states...)
	})
	r.lines(c, m.Get("in_force"), "in_force")
	r.pairs(c, m.Get("since"), "since", func(key, v *yaml.Node) (string, string) { return key.Value, text(r.date(v)) })
	r.pairs(c, m.Get("basis"), "basis", func(key, v *yaml.Node) (string, string) { return key.Value, r.Word(v, lineBases...) })
	for _, x := range r.named(m.Get("expired")) {
		c.Expect = append(c.Expect, CaseExpect{Field: "expired", Key: x.Value, Want: "yes", At: x.At})
	}
	one(m, n, "", "ended", date)
	for _, g := range r.List(m.Get("gaps")) {
		gm := r.Map(g)
		c.Expect = append(c.Expect, CaseExpect{Field: "gaps", Key: gm.NeedText("component"), Want: text(r.date(gm.Need("from"))) + " to " + text(r.date(gm.Need("to"))), At: g.At})
		gm.Done()
	}
	if sp := m.Get("stay_put"); sp != nil {
		sm := r.Map(sp)
		one(sm, sp, "stay_put.", "applies", word("yes", "no", "unsaid"))
		one(sm, sp, "stay_put.", "since", date)
		one(sm, sp, "stay_put.", "plan", func(v *yaml.Node) string { return r.planNamed(c, v) })
		one(sm, sp, "stay_put.", "exception", word(program.StayPutExceptions...))
		one(sm, sp, "stay_put.", "over", date)
		r.lines(c, sm.Get("lines"), "stay_put.lines")
		sm.Done()
	}
	if d := m.Get("discipline"); d != nil {
		dm := r.Map(d)
		tri, count := word("yes", "no", "unsaid"), func(v *yaml.Node) string { return strconv.Itoa(r.Int(v)) }
		for _, x := range []struct {
			key   string
			check func(*yaml.Node) string
		}{{"days", count}, {"tenth", date}, {"eleventh", date}, {"services", tri}, {"pattern", tri}, {"change", word(changes...)}, {"changes", tri},
			{"review_due", date}, {"review_late", tri}, {"setting_until", date}, {"setting_over", tri}} {
			one(dm, d, "discipline.", x.key, x.check)
		}
		dm.Done()
	}
	for _, field := range []string{"may", "may_not", "not_suggested"} {
		r.pairsMany(c, m.Get(field), field)
	}
	for _, x := range r.named(m.Get("notices")) {
		c.Expect = append(c.Expect, CaseExpect{Field: "notices", Key: x.Value, Want: "told", At: x.At})
	}
	m.Done()
	if len(n.Fields) == 0 {
		r.Fail(n.At, "pack.case_nothing", "id", c.ID)
	}
}

// nullAt is the place of a key written as null.
func nullAt(n *yaml.Node, key string) (fault.Position, bool) {
	for _, f := range n.Fields {
		if f.Key == key && f.Value.Kind == yaml.Null {
			return f.Value.At, true
		}
	}
	return fault.Position{}, false
}

// pairs reads a map whose values are words or days.
func (r *caseReader) pairs(c *Case, n *yaml.Node, field string, read func(key, v *yaml.Node) (string, string)) {
	if n == nil {
		return
	}
	if n.Kind != yaml.Map {
		r.Map(n) // reports what it is
		return
	}
	for _, f := range n.Fields {
		k, v := read(scalar(f.At, f.Key), f.Value)
		c.Expect = append(c.Expect, CaseExpect{Field: field, Key: k, Want: v, At: f.Value.At})
	}
}

// pairsMany reads a party with one word of program.Moves or a list of them.
func (r *caseReader) pairsMany(c *Case, n *yaml.Node, field string) {
	if n == nil {
		return
	}
	if n.Kind != yaml.Map {
		r.Map(n)
		return
	}
	for _, f := range n.Fields {
		if !slices.Contains(sides, f.Key) {
			r.Fail(f.At, "yaml.unknown_key", "key", f.Key, "nearest", fault.Nearest(f.Key, sides), "expected", strings.Join(sides, ", "))
			continue
		}
		for _, x := range r.named(f.Value) {
			c.Expect = append(c.Expect, CaseExpect{Field: field, Key: f.Key, Want: r.Word(x, program.Moves...), At: x.At})
		}
	}
}

// lines reads which component stands in which plan; the whole map is one
// expectation, because it is compared exactly.
func (r *caseReader) lines(c *Case, n *yaml.Node, field string) {
	if n == nil {
		return
	}
	if n.Kind != yaml.Map {
		r.Map(n)
		return
	}
	var all []string
	for _, f := range n.Fields {
		all = append(all, f.Key+": "+r.planNamed(c, f.Value))
	}
	slices.Sort(all)
	c.Expect = append(c.Expect, CaseExpect{Field: field, Want: strings.Join(all, ", "), At: n.At})
}

// planNamed is the id of a plan of the case.
func (r *caseReader) planNamed(c *Case, n *yaml.Node) string {
	id := r.Text(n)
	var known []string
	for _, p := range c.Plans {
		known = append(known, p.ID)
	}
	if c.File != nil && !slices.Contains(known, id) {
		r.Fail(n.At, "yaml.unknown_word", "word", id, "nearest", fault.Nearest(id, known), "expected", strings.Join(known, ", "))
	}
	return id
}

// named is one scalar or a list of them, with their places.
func (r *caseReader) named(n *yaml.Node) []*yaml.Node {
	if n == nil {
		return nil
	}
	items := []*yaml.Node{n}
	if n.Kind == yaml.List {
		items = n.Items
	}
	for _, it := range items {
		r.Text(it)
	}
	return items
}
