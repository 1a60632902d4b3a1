package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/law/packs"
	"stayput/present/bundle"
	"stayput/present/handover"
)

type exportCmd struct {
	Case   string   `arg:"" help:"Name or title of the case."`
	Data   string   `help:"Folder with the data." type:"path" placeholder:"DIR"`
	Out    string   `short:"o" help:"File to write; the case file and JSON go to standard output when left out." type:"path" placeholder:"FILE"`
	Format string   `help:"bundle (evidence that others can check), case (case file), json or zip (case file with calendars and papers)." enum:"bundle,case,json,zip" default:"bundle"`
	Entry  []string `help:"Put only this entry into the bundle; may be given more than once." placeholder:"ID" sep:"none"`
	For    string   `help:"For whom and why, for the list of what was given to whom." placeholder:"TEXT"`
	Wall   []string `help:"Private entries to include: mediation, counsel or author. None are unless named; mediation never goes into a bundle." placeholder:"WORD" enum:"mediation,counsel,author"`
}

type keyCmd struct {
	Data string `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

// formats are the words of --format.
var formats = map[string]string{"bundle": handover.Bundle, "case": handover.YAML, "json": handover.JSON, "zip": handover.Zip}

// deskOf opens the door to a store.
func deskOf(env *Env, all *commands, store desk.Store) (*desk.Desk, error) {
	lib, err := openLibrary(all.Packs)
	if err != nil {
		return nil, err
	}
	return desk.New(desk.Options{Store: store, Book: lib.book, Calendars: packs.Calendars(), Now: env.Now}), nil
}

// writeDesk opens the data of a folder that no program is using, and calls f with
// the door. What f did is kept before it is over.
func writeDesk(env *Env, all *commands, folder string, log *slog.Logger, f func(*desk.Desk) error) (err error) {
	if env.Stores.Open == nil {
		return noStore()
	}
	store, err := env.Stores.Open(env.context(), folder, log)
	if err != nil {
		return err
	}
	defer func() {
		if e := store.Close(); err == nil {
			err = e
		}
	}()
	d, err := deskOf(env, all, store)
	if err != nil {
		return err
	}
	err = f(d)
	if e := d.Flush(env.context()); err == nil {
		err = e
	}
	return err
}

// readDesk opens the data of a folder to read, beside a program that may be using
// it, and calls f with the door and its owner.
func readDesk(env *Env, all *commands, folder string, f func(*desk.Desk, desk.Who) error) (err error) {
	store, err := look(env, folder)
	if err != nil {
		return err
	}
	defer func() {
		if e := store.Close(); err == nil {
			err = e
		}
	}()
	d, err := deskOf(env, all, store)
	if err != nil {
		return err
	}
	who, found, err := d.Owner(env.context())
	if err != nil {
		return err
	}
	if !found {
		return fault.New(fault.NotFound, fault.Position{File: folder}, "cli.nothing_kept")
	}
	return f(d, who)
}

// Run writes a case to a file.
func (c *exportCmd) Run(env *Env, all *commands) error {
	folder, err := dataFolder(env, c.Data)
	if err != nil {
		return err
	}
	return readDesk(env, all, folder, func(d *desk.Desk, who desk.Who) error {
		err := c.export(env, all, d, who)
		noteRead(env, all, folder, d)
		return err
	})
}

func (c *exportCmd) export(env *Env, all *commands, d *desk.Desk, who desk.Who) (err error) {
	ctx := desk.OnPage(env.context(), "cli_export")
	found, err := findCase(ctx, d, who, c.Case)
	if err != nil {
		return err
	}
	o := handover.Options{Lang: all.Lang}
	for _, w := range c.Wall {
		o.Walls = append(o.Walls, fact.Wall(w))
	}
	o.For = c.For
	if len(c.Entry) > 0 && c.Format != "bundle" {
		return fault.New(fault.Invalid, fault.Position{File: "--entry"}, "cli.entry_bundle")
	}
	for _, id := range c.Entry {
		name, err := entryOf(found.Folder, id)
		if err != nil {
			return err
		}
		o.Entries = append(o.Entries, name)
	}
	if err := d.Give(ctx, who, found.ID, handover.Given(who, formats[c.Format], o)); err != nil {
		return err
	}
	if c.Out == "" && (c.Format == "case" || c.Format == "json") {
		return handover.Write(ctx, d, who, found.ID, formats[c.Format], o, env.Stdout)
	}
	name := c.Out
	if name == "" {
		name = desk.FileName(bundle.Name(caseName(found)) + "-" + found.Today.String() + ".zip")
	}
	out, err := create(name, nil, "")
	if err != nil {
		return err
	}
	defer out.discard() // nothing is left to discard when it was kept
	w := &counter{w: out}
	if err := handover.Write(ctx, d, who, found.ID, formats[c.Format], o, w); err != nil && !given(c.Format, w, err) {
		return err
	}
	if err := out.keep(); err != nil {
		return unwritable(name, err)
	}
	_, err = fmt.Fprintln(env.Stdout, words(all.Lang).T("cli.exported", "file", name))
	return err
}

// given reports that a bundle was written whole, and that only the note of its
// checkpoint could not be kept: the data was opened to read, because a program
// may be using it. The bundle is as good without that note.
func given(format string, w *counter, err error) bool {
	return format == "bundle" && w.n > 0 && w.err == nil && fault.KindOf(err) == fault.Unavailable
}

// counter counts what is written through it.
type counter struct {
	w   io.Writer
	n   int64
	err error
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	if err != nil {
		c.err = err
	}
	return n, err
}

// caseName is what a case is called.
func caseName(c *desk.Case) string {
	for _, s := range []string{c.File.Case.Title, c.File.Case.Child.Name} {
		if s != "" {
			return s
		}
	}
	return "case"
}

// findCase is the case of a name or a title.
func findCase(ctx context.Context, d *desk.Desk, who desk.Who, want string) (*desk.Case, error) {
	cases, err := d.Cases(ctx, who, true)
	if err != nil {
		return nil, err
	}
	at := fault.Position{File: "CASE"}
	var titles []string
	var fits []*desk.Case
	for _, c := range cases {
		if string(c.ID) == want {
			return c, nil
		}
		title := caseName(c)
		titles = append(titles, title)
		if strings.EqualFold(title, strings.TrimSpace(want)) {
			fits = append(fits, c)
		}
	}
	switch len(fits) {
	case 1:
		return fits[0], nil
	case 0:
		return nil, fault.New(fault.Invalid, at, "cli.unknown_case", "got", want, "nearest", nearest(want, titles))
	}
	var ids []string
	for _, c := range fits {
		ids = append(ids, string(c.ID))
	}
	return nil, fault.New(fault.Invalid, at, "cli.many_cases", "got", want, "ids", strings.Join(ids, ", "))
}

// nearest is the title closest to what was typed, else all of them, a few.
func nearest(want string, titles []string) string {
	if n := fault.Nearest(want, titles); n != "" {
		return n
	}
	for _, t := range titles {
		if strings.Contains(strings.ToLower(t), strings.ToLower(want)) {
			return t
		}
	}
	return strings.Join(titles[:min(len(titles), 5)], "; ")
}

// entryOf is the sealed name of an entry that is named as the case or as the
// record names it.
func entryOf(f *desk.Folder, id string) (string, error) {
	if n := f.Name(id); n != "" {
		return n, nil
	}
	if f.Entry(id) != nil {
		return id, nil
	}
	var ids []string
	for i := range f.File.Entries {
		ids = append(ids, f.File.Entries[i].ID)
	}
	return "", fault.New(fault.Invalid, fault.Position{File: "--entry"}, "cli.unknown_entry", "got", id, "nearest", fault.Nearest(id, ids))
}

// Run prints the public key.
func (c *keyCmd) Run(env *Env, all *commands) error {
	folder, err := dataFolder(env, c.Data)
	if err != nil {
		return err
	}
	return readDesk(env, all, folder, func(d *desk.Desk, who desk.Who) error {
		s, err := d.Space(env.context(), who)
		if err != nil {
			return err
		}
		if s.Public == "" {
			return errors.New("the space has no key")
		}
		_, err = fmt.Fprintln(env.Stdout, strings.TrimSpace(s.Public))
		return err
	})
}
