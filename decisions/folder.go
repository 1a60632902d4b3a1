package decisions

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"stayput/day"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/casedir"
	"stayput/intake/planfile"
	"stayput/law"
)

// A Runner compares decisions with what one law book gives.
type Runner struct {
	Book      *law.Book
	Calendars fs.FS // calendars that come with the program; may be nil
}

// A Result is the rows of some decisions and what could not be read with
// certainty.
type Result struct {
	Rows     []Row
	Sources  []Source
	Warnings []string
}

// A Source is where a decision was published.
type Source struct {
	ID      string   `json:"id"`
	Body    string   `json:"body"`
	Decided day.Date `json:"decided,omitzero"`
	URL     string   `json:"url"`
}

// expectation is one thing that a decision says.
type expectation struct {
	what, basis, rule string
	argument          string
	checks            []check
}

// IsFolder reports that a folder holds case files with expectations beside
// them.
func IsFolder(fsys fs.FS) bool {
	st, err := fs.Stat(fsys, "expect")
	return err == nil && st.IsDir()
}

// Folder reads every case file of a folder together with the expectations of
// the same name under expect/, and compares. A case file without expectations
// is an error, and so is the reverse: neither may be forgotten.
func (r *Runner) Folder(fsys fs.FS) (*Result, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	expected, err := fs.Glob(fsys, "expect/*.yaml")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var bad fault.List
	for _, e := range expected {
		if !slices.Contains(names, path.Base(e)) {
			bad = append(bad, fault.New(fault.Invalid, fault.Position{File: e}, "file.missing", "name", path.Base(e)))
		}
	}
	if len(names) == 0 {
		bad = append(bad, fault.New(fault.Invalid, fault.Position{File: "."}, "file.missing", "name", "*.yaml"))
	}
	out := &Result{}
	opener := &casedir.Opener{FS: fsys, BuiltIn: r.Calendars}
	for _, name := range names {
		rows, src, err := r.one(fsys, opener, name)
		if err != nil {
			bad = append(bad, fault.All(err)...)
			continue
		}
		out.Rows = append(out.Rows, rows...)
		out.Sources = append(out.Sources, src)
	}
	return out, bad.Or()
}

func (r *Runner) one(fsys fs.FS, opener *casedir.Opener, name string) ([]Row, Source, error) {
	var src Source
	c, err := opener.Open(name)
	if err != nil {
		return nil, src, err
	}
	s := &subject{id: strings.TrimSuffix(name, ".yaml"), kase: &c.File.Case, facts: c.File.Entries, years: c.Years, book: r.Book}
	var nodes []*yaml.Node
	for i := range c.File.Plans {
		nodes = append(nodes, c.File.Plans[i].Node)
	}
	if s.plans, err = planfile.ReadAll(nodes); err != nil {
		return nil, src, err
	}
	if s.ledgers, err = readLedgers(fsys, name); err != nil {
		return nil, src, err
	}
	file := "expect/" + name
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		key := "file.unreadable"
		if errors.Is(err, fs.ErrNotExist) {
			key = "file.missing"
		}
		return nil, src, fault.New(fault.Invalid, fault.Position{File: file}, key).Wrap(err)
	}
	root, err := yaml.Read(file, data, yaml.DefaultLimits)
	if err != nil {
		return nil, src, err
	}
	rd := &expectReader{}
	xs := rd.read(root, s, &src)
	if err := rd.Problems.Or(); err != nil {
		return nil, src, err
	}
	if s.asOf == 0 {
		s.asOf = lastFact(s.facts)
	}
	var rows []Row
	for i := range xs {
		row, err := s.compare(&xs[i])
		if err != nil {
			return nil, src, err
		}
		rows = append(rows, row)
	}
	return rows, src, nil
}

// compare answers one expectation: all of its checks must hold.
func (s *subject) compare(x *expectation) (Row, error) {
	row := Row{Decision: s.id, What: x.what, Basis: x.basis, Rule: x.rule, Verdict: NotApplicable}
	var want, got, why []string
	for i := range x.checks {
		a, err := s.check(&x.checks[i])
		if err != nil {
			return row, err
		}
		want, got, why = add(want, a.want), add(got, a.got), add(why, a.why)
		row.Verdict = worse(row.Verdict, a.verdict)
	}
	row.Expected, row.Got = strings.Join(want, "; "), strings.Join(got, "; ")
	if x.argument != "" {
		why = append(why, x.argument)
	}
	row.Reason = strings.Join(why, "; ")
	return row, nil
}

// worse is the verdict of two together: a mismatch outweighs a match, and a
// match outweighs what was not compared.
func worse(a, b Verdict) Verdict {
	rank := func(v Verdict) int { return slices.Index([]Verdict{NotApplicable, Match, Mismatch}, v) }
	if cmp.Compare(rank(b), rank(a)) > 0 {
		return b
	}
	return a
}

func add(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// expectReader reads a file of expectations strictly.
type expectReader struct{ yaml.Reader }

func (r *expectReader) read(root *yaml.Node, s *subject, src *Source) []expectation {
	m := r.Map(root)
	if id := m.Need("decision"); id != nil && r.Text(id) != s.id {
		r.Fail(id.At, "yaml.unknown_word", "word", r.Text(id), "nearest", s.id, "expected", s.id)
	}
	s.asOf = r.date(m.Get("decided"))
	*src = Source{ID: s.id, Body: m.NeedText("body"), Decided: s.asOf, URL: m.NeedText("url")}
	var out []expectation
	for _, n := range r.List(m.Need("expect")) {
		out = append(out, r.expectation(n))
	}
	m.Done()
	return out
}

func (r *expectReader) expectation(n *yaml.Node) expectation {
	m := r.Map(n)
	x := expectation{what: m.NeedText("what"), rule: m.NeedText("source_rule"), argument: m.Text("argument")}
	x.basis = r.Word(m.Need("basis"), "adjudicator", "secondary", "derived")
	if list := m.Get("checks"); list != nil {
		for _, it := range r.List(list) {
			cm := r.Map(it)
			x.checks = append(x.checks, r.check(cm, it.At))
			cm.Done()
		}
	} else {
		x.checks = []check{r.check(m, n.At)}
	}
	m.Done()
	return x
}

func (r *expectReader) date(n *yaml.Node) day.Date {
	if n == nil {
		return 0
	}
	d, err := day.Parse(r.Text(n))
	if err != nil {
		r.Fail(n.At, "case.not_a_date", "got", n.Value)
	}
	return d
}

// number reads a count; -1 when it is not said.
func (r *expectReader) number(n *yaml.Node) int {
	if n == nil {
		return -1
	}
	return r.Int(n)
}

// check reads one comparison.
func (r *expectReader) check(m *yaml.MapReader, at fault.Position) check {
	c := check{at: at}
	c.how = r.Word(m.Need("compare"), hows...)
	c.rule, c.rules, c.entry = m.Text("rule"), r.Texts(m.Get("rules")), m.Text("entry")
	if c.rule != "" {
		c.rules = append([]string{c.rule}, c.rules...)
	}
	c.asOf = r.date(m.Get("as_of"))
	for _, name := range []string{"due", "nominal", "earliest", "latest"} {
		if d := r.date(m.Get(name)); d != 0 {
			c.dates = append(c.dates, named{name, d})
		}
	}
	for _, name := range []string{"status", "tribunal", "met_by"} {
		if t := m.Text(name); t != "" {
			c.texts = append(c.texts, [2]string{name, t})
		}
	}
	c.elapsed, c.daysLate = r.number(m.Get("elapsed")), r.number(m.Get("days_late"))
	c.days = r.number(m.Get("days"))
	if w := r.number(m.Get("weeks")); w >= 0 {
		c.weeks, c.days = w, 7*w
	}
	if n := m.Get("allowed"); n != nil {
		c.allowed, _ = r.YesNo(n)
	}
	c.from, c.to, c.pack = m.Text("from"), m.Text("to"), m.Text("pack")
	c.pointsTo = r.Texts(m.Get("points_to"))
	c.re, c.kind, c.filedBy = m.Text("re"), m.Text("kind"), m.Text("filed_by")
	c.which = m.Text("which")
	c.program = r.program(m, at)
	if c.how == "route" {
		c.route = r.route(m, at)
	}
	if c.how == "delivery" {
		c.delivery = r.delivery(m)
	}
	if n := m.Get("reason"); n != nil {
		c.reason = r.Word(n, OtherPart, FactMissing, PackToCome)
	}
	c.complain(r)
	return c
}
