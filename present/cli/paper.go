package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"stayput/derive/brief"
	"stayput/derive/draft"
	"stayput/fault"
	"stayput/format/markup"
	"stayput/intake/casedir"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/paper"
	"stayput/present/letter"
)

type paperCmd struct {
	Document string   `arg:"" optional:"" help:"The paper, such as demand-pwn; all of them are listed when left out."`
	Cases    []string `arg:"" optional:"" help:"Case files." type:"path"`
	AsOf     string   `help:"The day it is written, YYYY-MM-DD; today when left out." placeholder:"DATE"`
	About    string   `help:"The entry it is about; the newest that fits when left out." placeholder:"ENTRY"`
	To       string   `help:"Who gets it: the name of a contact of the case; the usual one when left out." placeholder:"NAME"`
	From     string   `help:"Who writes it: the name of a contact of the case; the usual one when left out." placeholder:"NAME"`
	Register string   `help:"plain or formal." enum:"plain,formal" default:"plain"`
	Format   string   `help:"edit (as it is edited), pdf, docx, eml or txt." enum:"edit,pdf,docx,eml,txt" default:"edit"`
	Bar      string   `help:"With several cases: show how far it is; auto, always or never." enum:"auto,always,never" default:"auto"`
	Papers   string   `help:"A folder with papers of your own, as YAML files; they are laid over the built-in ones." type:"path" placeholder:"DIR"`
	Check    bool     `help:"Read papers of your own, given as files, and tell what is wrong in each with line and column."`
	Out      string   `short:"o" help:"Write to this file; with several cases, into this folder." type:"path" placeholder:"FILE"`
}

// Run drafts a paper from the record of each case.
func (c *paperCmd) Run(env *Env, all *commands) error {
	cat, ok := locale.For(all.Lang)
	if !ok {
		return fault.New(fault.Invalid, fault.Position{File: "--lang"}, "cli.lang", "got", all.Lang)
	}
	if c.Check {
		return checkPapers(env.Stdout, cat, append([]string{c.Document}, c.Cases...))
	}
	own, err := paperShelf(c.Papers)
	if err != nil {
		return err
	}
	if c.Document == "" {
		return listPapers(env.Stdout, cat, own)
	}
	p, err := own.Get(c.Document)
	if err != nil {
		return err
	}
	if len(c.Cases) == 0 {
		return fault.New(fault.Invalid, fault.Position{File: "stayput paper"}, "cli.no_case")
	}
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
	m := &maker{lib: lib, lang: all.Lang, asOf: asOf, schools: &casedir.Schools{}, cat: cat, stderr: env.Stderr}
	if len(c.Cases) > 1 && c.Out == "" {
		return fault.New(fault.Invalid, fault.Position{File: "--out"}, "letter.command.out")
	}
	names := c.names()
	if len(c.Cases) > 1 {
		if err := os.MkdirAll(c.Out, 0o700); err != nil {
			return fault.New(fault.Unavailable, fault.Position{File: c.Out}, "file.unwritable").Wrap(err)
		}
	}
	m.bar = c.Bar == "always" || c.Bar == "auto" && showsBar(env.Stderr)
	progress := newBarOf(m, len(c.Cases))
	defer progress.end()
	// Papers are made on all cores and written in the order in which they were asked for.
	type made struct {
		data []byte
		err  error
	}
	out := make([]chan made, len(c.Cases))
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	stop := make(chan struct{})
	defer close(stop)
	for i := range out {
		out[i] = make(chan made, 1)
	}
	go func() {
		for i, path := range c.Cases {
			select {
			case room <- struct{}{}:
			case <-stop:
				return
			}
			go func() {
				data, err := c.one(m, own, p, path)
				out[i] <- made{data, err}
			}()
		}
	}()
	for i := range c.Cases {
		x := <-out[i]
		<-room
		if x.err != nil {
			return x.err
		}
		if err := c.put(env.Stdout, names[i], x.data); err != nil {
			return err
		}
		progress.step(false, false)
	}
	return nil
}

// one drafts the paper for the case of a file.
func (c *paperCmd) one(m *maker, own *paper.Shelf, p *paper.Paper, path string) ([]byte, error) {
	dir, name := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	opener := &casedir.Opener{FS: os.DirFS(dir), BuiltIn: packs.Calendars()}
	k, err := opener.Open(name)
	if err != nil {
		return nil, placed(err, dir, name, path)
	}
	b, err := m.derive(k)
	if err != nil {
		return nil, err
	}
	plans, err := plansOf(k.File)
	if err != nil {
		return nil, err
	}
	src := draft.Sources{Plans: plans, Sessions: k.Logs}
	if b.Delivery != nil {
		if school, err := m.schools.Of(k, brief.YearRule(b.Laws), m.known); err == nil {
			src.Promises = brief.Promises(b.Case, plans, b.View, b.Laws, brief.Counts(b.Clocks, b.Limits), school, b.AsOf)
		}
	}
	in := draft.From(b, src)
	o := letter.For(b, m.cat, paper.Register(c.Register), m.lib.words[m.lang])
	o.Papers = own
	in.Paper, in.About, in.Office = p, c.About, letter.Filed(p, o, m.lib.words[m.lang])
	role, who, err := contactAsked(b.Case, "--to", c.To, usualTo(p, b.Case))
	if err != nil {
		return nil, err
	}
	in.To, in.ToWho = paper.Role(role), who
	if role, who, err = contactAsked(b.Case, "--from", c.From, usualFrom(p, b.Case)); err != nil {
		return nil, err
	}
	if draft.Signed(p) && role != "" && role != "parent" && role != "student" {
		return nil, fault.New(fault.Invalid, fault.Position{File: "--from"}, "webwhom.cli_signs", "got", c.From)
	}
	in.Sender, in.SenderWho = paper.Role(role), who
	facts := draft.Gather(in)
	text := markup.Format(letter.Compose(p, facts, o).Blocks) + "\n"
	if c.Format == "edit" {
		return []byte(text), nil
	}
	return letter.File(c.Format, p, letter.Document(p, m.cat, text), facts, c.Document+"-"+m.asOf.String()+".pdf")
}

// names are the files into which the papers go: of several cases one for each, called after
// its file. Cases of one file name are told apart by their folder, and else by a number: no
// paper takes the place of another.
func (c *paperCmd) names() []string {
	if len(c.Cases) == 1 {
		return []string{c.Out}
	}
	ext := c.Format
	if ext == "edit" {
		ext = "md"
	}
	stem := func(path string) string { return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) }
	times := map[string]int{}
	for _, path := range c.Cases {
		times[strings.ToLower(stem(path))]++
	}
	taken := map[string]bool{}
	out := make([]string, len(c.Cases))
	for i, path := range c.Cases {
		name := stem(path)
		if full, err := filepath.Abs(path); times[strings.ToLower(name)] > 1 && err == nil {
			name = filepath.Base(filepath.Dir(full)) + "-" + name
		}
		unique := name
		for n := 2; taken[strings.ToLower(unique)]; n++ {
			unique = name + "-" + strconv.Itoa(n)
		}
		taken[strings.ToLower(unique)] = true
		out[i] = filepath.Join(c.Out, unique+"-"+c.Document+"."+ext)
	}
	return out
}

// put writes what was made: to the screen, to a file, or into a folder.
func (c *paperCmd) put(w io.Writer, name string, data []byte) error {
	if c.Out == "" {
		if _, err := w.Write(data); err != nil {
			return unwritable("", err)
		}
		return nil
	}
	o, err := create(name, c.Cases, "")
	if err != nil {
		return err
	}
	defer o.discard()
	if _, err := o.Write(data); err != nil {
		return unwritable(name, err)
	}
	return o.keep()
}

// listPapers lists the papers by group, with when to use each.
func listPapers(w io.Writer, cat *locale.Catalog, own *paper.Shelf) error {
	for _, g := range paper.Groups {
		for _, id := range own.IDs() {
			p, err := own.Get(id)
			if err != nil {
				return err
			}
			if p.Group != g {
				continue
			}
			if _, err := fmt.Fprintf(w, "%-30s %s\n", id, p.Title[cat.Lang()]); err != nil {
				return unwritable("", err)
			}
		}
	}
	return nil
}
