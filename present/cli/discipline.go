package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/discipline"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/wrap"
	"stayput/intake/casedir"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/record"
)

type disciplineCmd struct {
	Case string `arg:"" help:"Case file." type:"path"`
	AsOf string `help:"The day asked about, YYYY-MM-DD; today when left out." placeholder:"DATE"`
}

// Run says what the removals of a case come to.
func (c *disciplineCmd) Run(env *Env, all *commands) error {
	asOf, err := parseDay("--as-of", c.AsOf, env.Now)
	if err != nil {
		return err
	}
	if asOf == 0 {
		asOf = today(env.Now)
	}
	lib, err := openLibrary(all.Packs)
	if err != nil {
		return err
	}
	cat, ok := locale.For(all.Lang)
	if !ok {
		return fault.New(fault.Invalid, fault.Position{File: "--lang"}, "cli.lang", "got", all.Lang)
	}
	dir, name := filepath.Split(c.Case)
	if dir == "" {
		dir = "."
	}
	kase, err := (&casedir.Opener{FS: os.DirFS(dir), BuiltIn: packs.Calendars()}).Open(name)
	if err != nil {
		return err
	}
	m := &maker{lib: lib, lang: all.Lang, asOf: asOf, schools: &casedir.Schools{}, cat: cat, stderr: env.Stderr}
	m.warn(kase)
	b, err := m.derive(kase)
	if err != nil {
		return err
	}
	school, err := m.schools.Of(kase, brief.YearRule(b.Laws), 0)
	if err != nil {
		return fault.New(fault.Invalid, fault.Position{File: c.Case}, "cli.calendars_overlap", "cause", err.Error()).Wrap(err)
	}
	(&disciplineText{w: env.Stdout, cat: cat, view: b.View}).write(brief.Discipline(b.View, b.Laws, school, asOf))
	return nil
}

// A disciplineText writes a result for a terminal.
type disciplineText struct {
	w    io.Writer
	cat  *locale.Catalog
	view *record.View
}

func (t *disciplineText) write(res *discipline.Result) {
	fmt.Fprintln(t.w, t.cat.T("discipline.as_of", "date", t.cat.Date(res.AsOf)))
	if len(res.Removals)+len(res.Changes)+len(res.Settings)+len(res.Appeals)+len(res.Asides) == 0 {
		fmt.Fprintln(t.w, t.cat.T("discipline.none"))
		return
	}
	if res.Unfound != nil {
		t.say(*res.Unfound)
	}
	for i := range res.Removals {
		t.removal(&res.Removals[i])
	}
	for i := range res.Years {
		t.year(&res.Years[i])
	}
	for i := range res.Changes {
		c := &res.Changes[i]
		t.head("change", "")
		t.say(c.Why...)
		t.say(c.Review.Why...)
		if c.Review.Late == fact.Yes {
			wrap.Text(t.w, "- "+t.cat.T("discipline.review_late"), 80, "  ")
		}
		if c.Review.Result != fact.No {
			t.say(c.Review.IfYes...)
		}
		if c.Review.Result != fact.Yes {
			t.say(c.Review.IfNo...)
		}
	}
	for i := range res.Settings {
		t.head("setting", "")
		t.say(res.Settings[i].Why...)
	}
	for i := range res.Appeals {
		t.head("appeal", "")
		t.say(res.Appeals[i].Why...)
	}
	for i := range res.Asides {
		t.say(res.Asides[i].Why)
	}
}

// removal is one line: from when to when, how many school days.
func (t *disciplineText) removal(r *discipline.Removal) {
	last := t.cat.T("discipline.no_end")
	if r.Last != 0 {
		last = t.cat.Date(r.Last)
	}
	n := t.cat.N("unit.school_day", r.Whole.AtMost)
	if !r.Whole.Sure() {
		n = t.cat.T("discipline.between", "least", fmt.Sprint(r.Whole.AtLeast), "most", t.cat.N("unit.school_day", r.Whole.AtMost))
	}
	key := "discipline.removal"
	if r.Carries != "" {
		key = "discipline.removal_carries"
	}
	wrap.Text(t.w, "- "+t.cat.T(key, "first", t.cat.Date(r.First), "last", last, "days", n), 80, "  ")
}

func (t *disciplineText) year(y *discipline.Year) {
	t.head("year", y.Label)
	t.say(y.Reason)
	if y.Services == nil {
		t.say(y.FirstTen)
		return
	}
	t.say(y.Services.Why...)
	if p := y.Pattern; p != nil {
		t.head("pattern", "")
		for _, l := range p.Limbs {
			t.say(l.Why)
		}
		t.say(p.Why)
	}
}

func (t *disciplineText) head(what, label string) {
	fmt.Fprintf(t.w, "\n%s\n", t.cat.T("discipline.head_"+what, "label", label))
}

// say writes reasons, each with where its law stands and how well it was read.
func (t *disciplineText) say(rs ...discipline.Reason) {
	for _, r := range rs {
		var pairs []string
		for k, v := range r.Args {
			if d, err := day.Parse(v); err == nil && len(v) == len("2006-01-02") {
				v = t.cat.Date(d)
			}
			pairs = append(pairs, k, v)
		}
		text := t.cat.T(r.Text(), pairs...)
		if r.Citation != "" {
			text += " " + t.cat.T("plan_show.says_who", "citation", r.Citation, "checked", t.cat.T("checked_short."+r.Checked.Level))
		}
		wrap.Text(t.w, "- "+text, 80, "  ")
	}
}
