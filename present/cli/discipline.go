package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"stayput/derive/brief"
	"stayput/derive/discipline"
	"stayput/fault"
	"stayput/format/wrap"
	"stayput/intake/casedir"
	"stayput/law/packs"
	"stayput/locale"
	spokendiscipline "stayput/present/discipline"
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
	writeDiscipline(env.Stdout, cat, brief.Discipline(b.View, b.Laws, school, asOf))
	return nil
}

// writeDiscipline writes a result for a terminal, each line with where its law
// stands and how well it was read.
func writeDiscipline(w io.Writer, cat *locale.Catalog, res *discipline.Result) {
	fmt.Fprintln(w, cat.T("discipline.as_of", "date", cat.Date(res.AsOf)))
	sections := spokendiscipline.Sections(cat, res)
	if len(sections) == 0 {
		fmt.Fprintln(w, cat.T("discipline.none"))
	}
	for _, s := range sections {
		if s.Title != "" {
			fmt.Fprintf(w, "\n%s\n", s.Title)
		}
		for _, l := range s.Lines {
			text := l.Text
			if l.Citation != "" {
				text += " " + cat.T("plan_show.says_who", "citation", l.Citation, "checked", l.Checked)
			}
			wrap.Text(w, "- "+text, 80, "  ")
		}
	}
}
