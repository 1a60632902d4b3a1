package cli

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"stayput/day"
	"stayput/fault"
	"stayput/format/wrap"
	"stayput/law"
	"stayput/law/pack"
	"stayput/law/packs"
	"stayput/lawtest"
	"stayput/locale"
	present "stayput/present/brief"
)

type lawCmd struct {
	List     lawListCmd     `cmd:"" help:"List the rules of a pack, or the packs."`
	Explain  lawExplainCmd  `cmd:"" help:"Explain one rule in words, with its citation and how well it was checked."`
	Test     lawTestCmd     `cmd:"" help:"Run the worked examples of the packs."`
	Coverage lawCoverageCmd `cmd:"" help:"Show rules without an example, and rules by confidence."`
	Diff     lawDiffCmd     `cmd:"" help:"Show which rules differ between two dates."`
	Compare  lawCompareCmd  `cmd:"" help:"Put the law of several jurisdictions side by side."`
}

type lawListCmd struct {
	Pack string `arg:"" optional:"" help:"Pack, such as us-ca; all packs when left out."`
	Area string `help:"Only rules of this area."`
	Kind string `help:"Only rules of this kind."`
}

// Run lists packs or rules.
func (c *lawListCmd) Run(env *Env, all *commands) error {
	lib, ids, err := all.open(c.Pack)
	if err != nil {
		return err
	}
	cat, _ := locale.For(all.Lang)
	for _, id := range ids {
		p := lib.book.Pack(id)
		t, err := lib.texts(all.Lang, id)
		if err != nil {
			return err
		}
		fmt.Fprintf(env.Stdout, "%s  %s  (%d %s)\n", id, p.Name[all.Lang], len(p.Rules), cat.T("law.rules"))
		if c.Pack == "" && c.Area == "" && c.Kind == "" {
			continue
		}
		for _, r := range sorted(p.Rules) {
			if (c.Area != "" && r.Area != c.Area) || (c.Kind != "" && string(r.Kind) != c.Kind) {
				continue
			}
			title := ""
			if x := t.Rule(r.ID); x != nil {
				title = x.Title
			}
			fmt.Fprintf(env.Stdout, "  %-44s %-11s %-10s %s\n", r.ID, r.Kind, r.Checked.Level, title)
		}
	}
	return nil
}

func sorted(rules []*law.Rule) []*law.Rule {
	out := slices.Clone(rules)
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// open opens the packs in use and names the one asked for, or all of them.
func (c *commands) open(pack string) (*library, []string, error) {
	lib, err := openLibrary(c.Packs)
	if err != nil {
		return nil, nil, err
	}
	ids, err := some(lib, pack)
	return lib, ids, err
}

// some is the named pack, or all of them.
func some(lib *library, id string) ([]string, error) {
	if id == "" {
		return lib.book.IDs(), nil
	}
	if lib.book.Pack(id) == nil {
		return nil, fault.New(fault.Invalid, fault.Position{File: "law"}, "pack.unknown", "pack", id, "nearest", fault.Nearest(id, lib.book.IDs()), "expected", strings.Join(lib.book.IDs(), ", "))
	}
	return []string{id}, nil
}

type lawExplainCmd struct {
	Rule string `arg:"" help:"Rule, such as us-ca.evaluation.plan."`
}

// Run explains one rule.
func (c *lawExplainCmd) Run(env *Env, all *commands) error {
	lib, err := openLibrary(all.Packs)
	if err != nil {
		return err
	}
	id, _, _ := strings.Cut(c.Rule, ".")
	var r *law.Rule
	var names []string
	for _, pid := range lib.book.IDs() {
		for _, x := range lib.book.Pack(pid).Rules {
			names = append(names, string(x.ID))
			if string(x.ID) == c.Rule {
				r = x
			}
		}
	}
	if r == nil {
		return fault.New(fault.Invalid, fault.Position{File: "law"}, "pack.unknown_rule", "rule", c.Rule, "nearest", fault.Nearest(c.Rule, names))
	}
	t, err := lib.texts(all.Lang, id)
	if err != nil {
		return err
	}
	cat, _ := locale.For(all.Lang)
	explain(env.Stdout, cat, r, t)
	return nil
}

func explain(w io.Writer, cat *locale.Catalog, r *law.Rule, t *pack.TextsIn) {
	x := t.Rule(r.ID)
	if x == nil {
		x = &pack.Text{Title: string(r.ID)}
	}
	fmt.Fprintf(w, "%s\n%s\n\n", x.Title, r.ID)
	wrap.Text(w, x.Says, 80, "")
	fmt.Fprintln(w)
	fmt.Fprintf(w, "%s: %s\n", cat.T("law.kind"), r.Kind)
	if r.Right != "" {
		fmt.Fprintf(w, "%s: %s\n", cat.T("law.right"), cat.T("right."+r.Right))
	}
	if r.MustBe != "" {
		fmt.Fprintf(w, "%s: %s\n", cat.T("law.must_be"), cat.T("law.must_be_"+r.MustBe, "by", cat.T("party."+string(r.By))))
	}
	if r.OnWrong {
		fmt.Fprintf(w, "%s: %s\n", cat.T("law.starts_on"), cat.T("law.compare_wrong"))
	}
	if r.OwedBy != "" {
		fmt.Fprintf(w, "%s: %s\n", cat.T("law.owed_by"), cat.T("party."+string(r.OwedBy)))
	}
	list := func(label string, names []string) {
		if len(names) > 0 {
			wrap.Text(w, cat.T(label)+": "+strings.Join(names, "; "), 80, "  ")
		}
	}
	var starts, meets, ends []string
	for _, k := range r.Starts {
		starts = append(starts, cat.Kind(k.String()))
	}
	for _, m := range r.MetBy {
		meets = append(meets, cat.Kind(m.Kind.String()))
	}
	for _, k := range r.EndedBy {
		ends = append(ends, cat.Kind(k.Kind.String()))
	}
	list("law.starts_on", starts)
	list("law.met_by", meets)
	list("law.ended_by", ends)
	for _, v := range r.Versions {
		from := cat.T("law.from_unknown")
		if !v.FromUnknown {
			from = cat.T("law.from", "date", cat.Date(v.From))
		}
		if v.To != 0 {
			from += " " + cat.T("law.to", "date", cat.Date(v.To))
		}
		fmt.Fprintf(w, "\n%s\n", from)
		for _, d := range v.Due {
			wrap.Text(w, "- "+way(cat, &d), 80, "  ")
			for i := range d.Readings {
				wrap.Text(w, "  "+cat.T("law.reading")+": "+way(cat, &d.Readings[i].Due)+". "+x.Readings[d.Readings[i].ID], 80, "    ")
			}
		}
		fmt.Fprintf(w, "  %s\n  %s\n", v.Citation, v.Source)
	}
	for _, it := range r.Items {
		wrap.Text(w, "- "+x.Items[it.ID]+" ("+it.Citation+")", 80, "  ")
	}
	for _, name := range r.Exceptions {
		wrap.Text(w, cat.T("law.exception")+": "+x.Exceptions[name], 80, "  ")
	}
	for _, o := range r.Overrides {
		fmt.Fprintf(w, "%s: %s\n", cat.T("law.replaces"), o)
	}
	fmt.Fprintln(w)
	checked := cat.T("checked." + r.Checked.Level)
	if r.Checked.Level == "primary" {
		checked = cat.T("checked.primary_undated")
		if r.Checked.On != 0 {
			checked = cat.T("checked.primary", "date", cat.Date(r.Checked.On))
		}
	}
	wrap.Text(w, checked, 80, "")
	if note := strings.TrimSpace(r.Checked.Note + " " + r.Note); note != "" {
		wrap.Text(w, note, 80, "")
	}
}

// way puts one way of counting into words.
func way(cat *locale.Catalog, d *law.Due) string {
	var b strings.Builder
	if d.When != nil {
		b.WriteString(present.Say(cat, d.When.Say()) + ": ")
	}
	switch {
	case d.Standard != "" && !d.Count.Given:
		b.WriteString(cat.T("standard." + d.Standard))
	case d.OnMonth != 0:
		b.WriteString(cat.T("law.on_day", "date", fmt.Sprintf("%02d-%02d", d.OnMonth, d.OnDay)))
	case len(d.Of) > 0:
		key := "law.earliest_of"
		if d.OfLatest {
			key = "law.latest_of"
		}
		var parts []string
		for i := range d.Of {
			parts = append(parts, way(cat, &d.Of[i]))
		}
		b.WriteString(cat.T(key) + ": " + strings.Join(parts, "; "))
	default:
		unit := cat.N("unit."+d.Count.Unit.String(), d.Count.N)
		switch {
		case d.Count.MoreThan:
			unit = cat.T("law.more_than", "count", unit)
		}
		if d.Count.Back {
			unit = cat.T("law.before", "count", unit)
		}
		b.WriteString(unit)
	}
	switch d.From.Kind {
	case law.FromNextYearStart:
		b.WriteString(", " + cat.T("law.from_next_year_start"))
	case law.FromYearEnd:
		b.WriteString(", " + cat.T("law.from_year_end"))
	case law.FromLinked, law.FromNext, law.FromLast:
		var names []string
		for _, k := range d.From.Kinds {
			names = append(names, cat.Kind(k.String()))
		}
		b.WriteString(", " + cat.T("law.counted_from", "what", strings.Join(names, "; ")))
	}
	if d.FirstSame {
		b.WriteString(", " + cat.T("law.first_day_same"))
	}
	if d.AbsencesFrom > 0 {
		b.WriteString(", " + cat.N("law.absences", d.AbsencesFrom))
	}
	if d.Skip != nil {
		b.WriteString(", " + cat.T("law.skips", "rule", string(d.Skip.Rule)))
	}
	if d.Roll != nil {
		key := "law.rolls"
		if d.Roll.Term {
			key = "law.rolls_term"
		}
		b.WriteString(", " + cat.T(key, "rule", string(d.Roll.Rule)))
	}
	return b.String()
}

type lawTestCmd struct {
	Pack    string `arg:"" optional:"" help:"Pack to test; all when left out."`
	Verbose bool   `short:"v" help:"Name every example."`
}

// Run checks the packs and runs their worked examples.
func (c *lawTestCmd) Run(env *Env, all *commands) error {
	lib, ids, err := all.open(c.Pack)
	if err != nil {
		return err
	}
	cat, _ := locale.For(all.Lang)
	var bad fault.List
	passed, failed := 0, 0
	for _, id := range ids {
		bad = append(bad, checkPack(lib, id)...)
		run := runner(lib)
		xs, err := examples(lib, id)
		if err != nil {
			bad = append(bad, fault.All(err)...)
		}
		for i := range xs {
			ds, err := run.Run(&xs[i])
			if err != nil {
				bad = append(bad, fault.All(err)...)
				continue
			}
			if len(ds) == 0 {
				passed++
				if c.Verbose {
					fmt.Fprintf(env.Stdout, "ok    %s  %s\n", xs[i].At, xs[i].ID)
				}
				continue
			}
			failed++
			for _, d := range ds {
				printDifference(env.Stdout, cat, lib, all.Lang, d)
			}
		}
		cs, err := workedCases(lib, id)
		if err != nil {
			bad = append(bad, fault.All(err)...)
		}
		for i := range cs {
			d, err := run.RunCase(&cs[i])
			if err != nil {
				bad = append(bad, fault.All(err)...)
				continue
			}
			if len(d.Differs) == 0 {
				passed++
				if c.Verbose {
					fmt.Fprintf(env.Stdout, "ok    %s  %s\n", cs[i].At, cs[i].ID)
				}
				continue
			}
			failed++
			printCase(env.Stdout, &cs[i], d.Differs)
		}
		sits, err := situations(lib, id)
		if err != nil {
			bad = append(bad, fault.All(err)...)
		}
		for i := range sits {
			_, ds, err := run.RunSituation(&sits[i])
			if err != nil {
				bad = append(bad, fault.All(err)...)
				continue
			}
			if len(ds) == 0 {
				passed++
				if c.Verbose {
					fmt.Fprintf(env.Stdout, "ok    %s  %s\n", sits[i].At, sits[i].ID)
				}
				continue
			}
			failed++
			printCase(env.Stdout, &sits[i].Case, ds)
		}
		if len(sits) > 0 {
			fmt.Fprintf(env.Stdout, "%s: %d situations\n", id, len(sits))
		}
		done, skipped := run.Recounted()
		if len(cs) > 0 {
			fmt.Fprintf(env.Stdout, "%s: %d cases\n", id, len(cs))
		}
		fmt.Fprintf(env.Stdout, "%s: %d examples; %d dates counted again day by day, %d that cannot be (a fact is missing, or there is nothing to count)\n", id, len(xs), done, skipped)
		if c.Verbose {
			for why, names := range run.NotRecounted() {
				fmt.Fprintf(env.Stdout, "  not counted again: %s (%s)\n", strings.Join(names, ", "), why)
			}
		}
	}
	if err := bad.Or(); err != nil {
		say(env.Stderr, all.Lang, err)
		// What could not be read was not tested: it counts as failed.
		fmt.Fprintf(env.Stdout, "%d faults in the packs; see above\n", len(bad))
		failed += len(bad)
	}
	fmt.Fprintf(env.Stdout, "%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		return exitStatus(2)
	}
	return nil
}

func runner(lib *library) *lawtest.Runner {
	cals := packs.Calendars()
	if lib.dir != "" {
		cals = overlay{os.DirFS(filepath.Join(lib.dir, "calendars")), cals}
	}
	return &lawtest.Runner{Book: lib.book, Calendars: cals}
}

// overlay looks in the first file system, then in the second.
type overlay struct{ first, second fs.FS }

// Open opens the first file of that name.
func (o overlay) Open(name string) (fs.File, error) {
	if f, err := o.first.Open(name); err == nil {
		return f, nil
	}
	return o.second.Open(name)
}

func examples(lib *library, id string) ([]lawtest.Example, error) {
	s, err := lib.source(id, "examples")
	if err != nil {
		return nil, err
	}
	return lawtest.Examples(s)
}

// workedCases are the worked cases of a pack.
func workedCases(lib *library, id string) ([]lawtest.Case, error) {
	s, err := lib.source(id, "examples")
	if err != nil {
		return nil, err
	}
	return lawtest.Cases(s)
}

// situations are the worked situations of a pack.
func situations(lib *library, id string) ([]lawtest.Situation, error) {
	s, err := lib.source(id, "examples")
	if err != nil {
		return nil, err
	}
	return lawtest.Situations(s)
}

// printCase says what a case expects and what the program gives.
func printCase(w io.Writer, c *lawtest.Case, ds []lawtest.CaseDifference) {
	or := func(s string) string {
		if s == "" {
			return "nothing"
		}
		return s
	}
	for _, d := range ds {
		fmt.Fprintf(w, "FAIL  %s  %s\n      %s: the case expects %s, the program gives %s\n", d.At, c.ID, d.Field, or(d.Want), or(d.Got))
	}
	fmt.Fprintf(w, "      why: %s\n", c.Why)
}

// checkPack checks what needs more than the rules: the texts in both languages,
// the rules that skips and rolls cite, the rules that are replaced.
func checkPack(lib *library, id string) fault.List {
	var bad fault.List
	p := lib.book.Pack(id)
	byLang := map[string]pack.Words{}
	for _, lang := range pack.Languages {
		w, err := lib.words[lang].Of(id)
		if err != nil {
			bad = append(bad, fault.All(err)...)
			w = pack.Words{}
		}
		byLang[lang] = w
	}
	bad = append(bad, fault.All(pack.CheckWords(p, byLang))...)
	l, _, err := lib.book.For(id)
	if err != nil {
		return append(bad, fault.All(err)...)
	}
	for _, s := range p.Skips {
		if l.Rule(s.Rule) == nil {
			bad = append(bad, fault.New(fault.Invalid, fault.Position{File: id + "/pack.yaml"}, "pack.unknown_rule", "rule", string(s.Rule), "nearest", ""))
		}
	}
	for _, s := range p.Rolls {
		if l.Rule(s.Rule) == nil {
			bad = append(bad, fault.New(fault.Invalid, fault.Position{File: id + "/pack.yaml"}, "pack.unknown_rule", "rule", string(s.Rule), "nearest", ""))
		}
	}
	return bad
}

func printDifference(w io.Writer, cat *locale.Catalog, lib *library, lang string, d lawtest.Difference) {
	rule := d.Rule
	if d.Entry != "" {
		rule += "@" + d.Entry
	}
	fmt.Fprintf(w, "FAIL  %s  %s\n", d.At, d.Example.ID)
	want, got := d.Want, d.Got
	if want == "" {
		want = "nothing"
	}
	if got == "" {
		got = "nothing"
	}
	fmt.Fprintf(w, "      %s %s: the example expects %s, the pack gives %s\n", rule, d.Field, want, got)
	if d.Recount != "" {
		fmt.Fprintf(w, "      counted again day by day: %s\n", d.Recount)
	}
	fmt.Fprintf(w, "      hand count: %s\n", d.Example.Count)
	if c := d.Clock; c != nil {
		fmt.Fprintf(w, "      started by %s (%s) on %s; %s\n", c.Trigger, c.Kind, c.TriggerOn, c.Version.Citation)
		t, _ := lib.texts(lang)
		for _, r := range c.Trace.Runs() {
			mark := "skipped"
			if r.Counted {
				mark = "counted"
			}
			name := r.Why.Name
			if strings.HasPrefix(r.Why.Key, "holiday") && t != nil {
				name = t.Holiday(name)
			}
			fmt.Fprintf(w, "      %s to %s  %3d days %s: %s\n", r.From, r.To, r.Days, mark, strings.TrimSpace(strings.ReplaceAll(r.Why.Key, "_", " ")+" "+name))
		}
		for _, y := range c.Reasons {
			fmt.Fprintf(w, "      second date %s: %s\n", y.On, y.Key)
		}
		for _, m := range c.Missing {
			fmt.Fprintf(w, "      missing: %s %s\n", m.Key, m.Name)
		}
	}
}

type lawCoverageCmd struct {
	Pack     string `arg:"" optional:"" help:"Pack; all when left out."`
	Markdown bool   `help:"Print every rule with how well it was checked, as the page docs/law-confidence.md."`
}

// Run shows rules without an example and rules by confidence.
func (c *lawCoverageCmd) Run(env *Env, all *commands) error {
	lib, ids, err := all.open(c.Pack)
	if err != nil {
		return err
	}
	if c.Markdown {
		return confidence(env.Stdout, lib, ids, all.Lang)
	}
	missing := 0
	touched, err := touchedByCases(lib)
	if err != nil {
		return err
	}
	fmt.Fprintf(env.Stdout, "%-8s %6s %8s %9s %8s %10s %11s %9s\n", "pack", "rules", "numeric", "examples", "primary", "secondary", "unverified", "uncovered")
	var lines []string
	for _, id := range ids {
		p := lib.book.Pack(id)
		xs, err := examples(lib, id)
		if err != nil {
			return err
		}
		level := map[string]int{}
		numeric := 0
		for _, r := range p.Rules {
			level[r.Checked.Level]++
			if r.Numeric() {
				numeric++
			}
		}
		un := lawtest.Uncovered(p, xs)
		missing += len(un)
		fmt.Fprintf(env.Stdout, "%-8s %6d %8d %9d %8d %10d %11d %9d\n", id, len(p.Rules), numeric, len(xs), level["primary"], level["secondary"], level["unverified"], len(un))
		for _, r := range un {
			lines = append(lines, fmt.Sprintf("%s: %s has a number and no worked example", r.At, r.ID))
		}
		for _, a := range lawtest.Untouched(p, touched) {
			lines = append(lines, fmt.Sprintf("%s: no worked case comes to the answer to %s (%s)", a.At, a.Question, a.Rule))
		}
		for _, want := range []string{"secondary", "unverified"} {
			for _, r := range sorted(p.Rules) {
				if r.Checked.Level == want {
					lines = append(lines, fmt.Sprintf("%s: %s is %s (%s)", r.At, r.ID, want, r.Versions[len(r.Versions)-1].Citation))
				}
			}
		}
	}
	for _, l := range lines {
		fmt.Fprintln(env.Stdout, l)
	}
	if missing > 0 {
		return exitStatus(2)
	}
	return nil
}

// touchedByCases are the rules that the results of all worked cases rest on.
func touchedByCases(lib *library) (map[law.RuleID]bool, error) {
	out := map[law.RuleID]bool{}
	run := runner(lib)
	for _, id := range lib.book.IDs() {
		cs, err := workedCases(lib, id)
		if err != nil {
			return nil, err
		}
		for i := range cs {
			d, err := run.RunCase(&cs[i])
			if err != nil {
				return nil, err
			}
			for r := range d.Rules {
				out[r] = true
			}
		}
	}
	return out, nil
}

// confidence prints every rule with how well its text was read.
func confidence(w io.Writer, lib *library, ids []string, lang string) error {
	fmt.Fprintln(w, "# How well each rule was checked")
	fmt.Fprintln(w)
	fmt.Fprintln(w, "Written by `stayput law coverage --markdown`. *primary*: the text of the rule was read, on the day given. *secondary*: known")
	fmt.Fprintln(w, "from somebody else's account of it. *unverified*: not yet checked; read the text before you rely on it.")
	for _, id := range ids {
		p := lib.book.Pack(id)
		t, err := lib.texts(lang, id)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "\n## %s (%s)\n\n| rule | title | kind | checked | citation |\n|---|---|---|---|---|\n", p.Name[lang], id)
		for _, r := range sorted(p.Rules) {
			title := string(r.ID)
			if x := t.Rule(r.ID); x != nil {
				title = x.Title
			}
			checked := r.Checked.Level
			if r.Checked.On != 0 && r.Checked.Level == "primary" {
				checked += " " + r.Checked.On.String()
			}
			fmt.Fprintf(w, "| %s | %s | %s | %s | %s |\n", r.ID, strings.ReplaceAll(title, "|", "/"), r.Kind, checked, strings.ReplaceAll(r.Versions[len(r.Versions)-1].Citation, "|", "/"))
		}
		confidenceOfRoutes(w, p, t)
	}
	return nil
}

type lawDiffCmd struct {
	Date1 string `arg:"" help:"First date."`
	Date2 string `arg:"" help:"Second date."`
	Pack  string `help:"Pack; all when left out."`
}

// Run shows which rules stand differently on two dates.
func (c *lawDiffCmd) Run(env *Env, all *commands) error {
	lib, err := openLibrary(all.Packs)
	if err != nil {
		return err
	}
	a, err := parseDay("DATE1", c.Date1, env.Now)
	if err != nil {
		return err
	}
	b, err := parseDay("DATE2", c.Date2, env.Now)
	if err != nil {
		return err
	}
	ids, err := some(lib, c.Pack)
	if err != nil {
		return err
	}
	cat, _ := locale.For(all.Lang)
	n := 0
	for _, id := range ids {
		for _, r := range sorted(lib.book.Pack(id).Rules) {
			va, vb := r.VersionAt(a), r.VersionAt(b)
			if va == vb {
				continue
			}
			n++
			fmt.Fprintln(env.Stdout, r.ID)
			versionLine(env.Stdout, cat, a, va)
			versionLine(env.Stdout, cat, b, vb)
		}
	}
	if n == 0 {
		fmt.Fprintln(env.Stdout, cat.T("law.no_difference", "a", cat.Date(a), "b", cat.Date(b)))
	}
	return nil
}

func versionLine(w io.Writer, cat *locale.Catalog, d day.Date, v *law.Version) {
	if v == nil {
		fmt.Fprintf(w, "  %s  %s\n", d, cat.T("law.not_in_force"))
		return
	}
	var ways []string
	for i := range v.Due {
		ways = append(ways, way(cat, &v.Due[i]))
	}
	fmt.Fprintf(w, "  %s  %s  %s\n", d, strings.Join(ways, " / "), v.Citation)
}
