package cli

import (
	"bufio"
	"os"
	"path/filepath"

	"stayput/derive/brief"
	"stayput/fault"
	"stayput/intake/casedir"
	"stayput/law/packs"
	"stayput/locale"
)

type carryCmd struct {
	Case    string `arg:"" help:"Case file." type:"path"`
	AsOf    string `help:"The last day of the ledger, YYYY-MM-DD; today when left out." placeholder:"DATE"`
	By      string `help:"Rows for each week, month, school year or plan, or none." enum:"week,month,year,plan,none" default:"month"`
	Service string `help:"Only this service: its id, code or name." placeholder:"NAME"`
	Format  string `help:"text, json or csv." enum:"text,json,csv" default:"text"`
}

// Run prints what was promised against what was given, and where each goal is
// heading.
func (c *carryCmd) Run(env *Env, all *commands) error {
	asOf, err := parseDay("--as-of", c.AsOf, env.Now)
	if err != nil {
		return err
	}
	if asOf == 0 {
		asOf = today(env.Now)
	}
	cat, ok := locale.For(all.Lang)
	if !ok {
		return fault.New(fault.Invalid, fault.Position{File: "--lang"}, "cli.lang", "got", all.Lang)
	}
	lib, err := openLibrary(all.Packs)
	if err != nil {
		return err
	}
	m := &maker{lib: lib, lang: all.Lang, asOf: asOf, schools: &casedir.Schools{}, cat: cat, stderr: env.Stderr}
	m.options.Catalog = cat
	b, err := m.one(c.Case)
	if err != nil {
		return err
	}
	if b.Delivery == nil && len(b.Progress) == 0 {
		return fault.New(fault.Invalid, fault.Position{File: c.Case}, "carry.command.nothing")
	}
	if b.Delivery != nil && c.Service != "" && !keepService(b, c.Service) {
		return fault.New(fault.Invalid, fault.Position{File: "--service"}, "carry.command.no_service", "got", c.Service, "expected", serviceNames(b))
	}
	w := bufio.NewWriter(env.Stdout)
	k := &carryWriter{w: w, cat: cat, b: b, by: c.By}
	switch c.Format {
	case "json":
		o := m.options
		o.Words = lib.words[all.Lang].In()
		err = k.json(o)
	case "csv":
		err = k.csv()
	default:
		k.text(m.options)
	}
	if e := w.Flush(); err == nil && e != nil {
		err = e
	}
	if err != nil {
		return unwritable("", err)
	}
	return nil
}

// one opens a case file and works out its brief.
func (m *maker) one(name string) (*brief.Brief, error) {
	dir, base := filepath.Split(name)
	if dir == "" {
		dir = "."
	}
	kase, err := (&casedir.Opener{FS: os.DirFS(dir), BuiltIn: packs.Calendars()}).Open(base)
	if err != nil {
		return nil, placed(err, dir, base, name)
	}
	m.warn(kase)
	return m.derive(kase)
}
