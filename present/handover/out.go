package handover

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/intake/casefile"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/people"
	"stayput/present/brief"
	"stayput/present/bundle"
	"stayput/present/review"
	"stayput/record/seal"
)

// Formats are the ways a case goes out.
const (
	YAML   = "yaml"   // the case file
	JSON   = "json"   // the same, for programs
	Zip    = "zip"    // the case file with its calendars and attachments
	Bundle = "bundle" // the record with its seals, for somebody to check
	HTML   = "html"   // the brief as a page to print
)

// Options say what goes out.
type Options struct {
	Walls   []fact.Wall // private walls that go along; none unless they are named
	Entries []string    // of a bundle: names of entries as the record seals them; nil for all
	Lang    string      // of the brief in a bundle
	For     string      // for whom and why, for the list of what was given
}

// File is the case as a case file, without what stands behind walls that were not
// chosen. What names an entry that stays behind no longer names it.
func File(ctx context.Context, d *desk.Desk, who desk.Who, id people.CaseID, walls []fact.Wall) (*casefile.File, error) {
	f, _, err := d.CaseFile(ctx, who, id)
	if err != nil {
		return nil, err
	}
	return within(f, walls), nil
}

func within(f *casefile.File, walls []fact.Wall) *casefile.File {
	out := *f
	out.Entries = nil
	have := map[string]bool{}
	for i := range f.Entries {
		if e := f.Entries[i]; e.Wall == "" || slices.Contains(walls, e.Wall) {
			out.Entries = append(out.Entries, e)
			have[e.ID] = true
		}
	}
	for i := range out.Entries {
		e := &out.Entries[i]
		if !have[e.Re] {
			e.Re = ""
		}
		if !have[e.Supersedes] {
			e.Supersedes = ""
		}
		if !have[e.After.Entry] {
			e.After = fact.Relative{}
		}
	}
	return &out
}

// Write writes a case in one of the formats. Nothing is written before all of it
// could be gathered, but for the bytes of attachments.
func Write(ctx context.Context, d *desk.Desk, who desk.Who, id people.CaseID, format string, o Options, w io.Writer) error {
	if err := room(format, o); err != nil {
		return err
	}
	switch format {
	case Bundle:
		return writeBundle(ctx, d, who, id, o, w)
	case Zip:
		return writeZip(ctx, d, who, id, o, w)
	case HTML:
		return writeBrief(ctx, d, who, id, o, w)
	}
	f, err := File(ctx, d, who, id, o.Walls)
	if err != nil {
		return err
	}
	if format == JSON {
		return f.Write(w, casefile.JSON)
	}
	return f.Write(w, casefile.YAML)
}

// writeBrief writes the brief as it follows from what goes out and from nothing
// else, so that it cannot tell what stands behind a wall that was not chosen.
func writeBrief(ctx context.Context, d *desk.Desk, who desk.Who, id people.CaseID, o Options, w io.Writer) error {
	c, err := d.Case(ctx, who, id, desk.View{})
	if err != nil {
		return err
	}
	hidden := slices.ContainsFunc(c.File.Entries, func(e fact.Entry) bool { return e.Wall != "" && !slices.Contains(o.Walls, e.Wall) })
	if !hidden {
		return writePage(w, c, o.Lang)
	}
	return d.Bundle(ctx, who, id, desk.BundleOptions{Walls: wallsOf(who, o.Walls)}, func(b *desk.Bundle) error {
		return writePage(w, b.Case, o.Lang)
	})
}

// writePage writes the brief of a case, with what follows from its plans.
func writePage(w io.Writer, c *desk.Case, lang string) error {
	b, err := c.WithPlans(review.Goals)
	if err != nil {
		return err
	}
	return brief.WriteHTML(w, b, wording(c, lang))
}

// wallsOf are the open wall and the ones that were chosen.
func wallsOf(who desk.Who, chosen []fact.Wall) []desk.Wall {
	walls := []desk.Wall{desk.WallOpen}
	for _, x := range chosen {
		if x == fact.Author {
			walls = append(walls, desk.Wall("author:"+string(who.Person.ID)))
			continue
		}
		walls = append(walls, desk.Wall(x))
	}
	return walls
}

// writeZip writes a folder of a case: what was exported so can be imported again
// with everything.
func writeZip(ctx context.Context, d *desk.Desk, who desk.Who, id people.CaseID, o Options, w io.Writer) error {
	c, err := d.Case(ctx, who, id, desk.View{})
	if err != nil {
		return err
	}
	f, err := File(ctx, d, who, id, o.Walls)
	if err != nil {
		return err
	}
	kept, err := d.Calendars(ctx, who)
	if err != nil {
		return err
	}
	// The moment of a private entry must not show as that of the file.
	var latest time.Time
	for i := range f.Entries {
		if m := c.Mark(f.Entries[i].ID); m != nil && m.At.After(latest) {
			latest = m.At
		}
	}
	z := zip.NewWriter(w)
	put := func(name string, at time.Time, write func(io.Writer) error) error {
		out, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
		if err != nil {
			return err
		}
		return write(out)
	}
	// Files that bear one name and are not the same get names of their own.
	type attached struct {
		name   string
		digest seal.Digest
	}
	var files []attached
	taken := map[string]seal.Digest{"case.yaml": {}}
	for _, ref := range f.Calendars {
		taken[strings.ToLower(CleanPath(ref.Name))] = seal.Digest{}
	}
	for i := range f.Entries {
		e := &f.Entries[i]
		m := c.Mark(e.ID)
		if m == nil || len(m.Files) == 0 {
			continue
		}
		e.Files = slices.Clone(e.Files)
		for j, name := range e.Files {
			k := slices.IndexFunc(m.Files, func(r desk.FileRef) bool { return r.Name == name })
			if k < 0 {
				continue
			}
			to := CleanPath(name)
			for n := 2; ; n++ {
				if dg, ok := taken[strings.ToLower(to)]; !ok || dg == m.Files[k].Digest {
					break
				}
				ext := path.Ext(name)
				to = strings.TrimSuffix(CleanPath(name), ext) + fmt.Sprintf("-%d", n) + ext
			}
			if _, ok := taken[strings.ToLower(to)]; !ok {
				taken[strings.ToLower(to)] = m.Files[k].Digest
				files = append(files, attached{to, m.Files[k].Digest})
			}
			e.Files[j] = to
		}
	}
	if err := put("case.yaml", latest, func(w io.Writer) error { return f.Write(w, casefile.YAML) }); err != nil {
		return err
	}
	done := map[string]bool{}
	for _, ref := range f.Calendars {
		i := slices.IndexFunc(kept, func(k desk.Calendar) bool { return k.ID == ref.Name })
		if ref.Inline != nil || done[ref.Name] || i < 0 {
			continue
		}
		done[ref.Name] = true
		if err := put(CleanPath(ref.Name), latest, func(w io.Writer) error { _, err := w.Write(kept[i].Body); return err }); err != nil {
			return err
		}
	}
	for _, x := range files {
		err := put(x.name, latest, func(w io.Writer) error {
			return d.File(ctx, who, id, x.digest, func(desk.FileRef) error { return nil }, w)
		})
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// room refuses what was said in mediation in everything that is made for others. It is
// confidential and may not be used as evidence (34 CFR 300.506(b)(8)): it never goes into
// a bundle or a brief, whoever asks, nor into a case file that is made for somebody. A
// case file for oneself is one's own copy and may hold it.
func room(format string, o Options) error {
	switch {
	case !slices.Contains(o.Walls, fact.Mediation):
	case format == Bundle:
		return fault.New(fault.Invalid, fault.Position{}, "desk.mediation_never")
	case format == HTML:
		return fault.New(fault.Invalid, fault.Position{}, "desk.mediation_brief")
	case strings.TrimSpace(o.For) != "":
		return fault.New(fault.Invalid, fault.Position{}, "desk.mediation_others")
	}
	return nil
}

// writeBundle writes the evidence bundle.
func writeBundle(ctx context.Context, d *desk.Desk, who desk.Who, id people.CaseID, o Options, w io.Writer) error {
	return d.Bundle(ctx, who, id, desk.BundleOptions{Entries: o.Entries, Walls: wallsOf(who, o.Walls)}, func(b *desk.Bundle) error {
		in := bundle.Bundle{Public: b.Public, Sign: b.Sign, File: func(dg seal.Digest, w io.Writer) error { return b.Open(dg, w) }}
		for _, x := range b.Walls {
			wall := bundle.Wall{Word: string(desk.WallWord(x.Wall)), Checkpoint: x.Checkpoint}
			for i, r := range x.Rows {
				row := bundle.Row{Entry: r.Entry, Body: r.Body, Gone: r.Gone}
				if i < len(x.Proofs) {
					row.Proof = x.Proofs[i]
				}
				wall.Rows = append(wall.Rows, row)
			}
			for _, s := range x.Since {
				if h, err := seal.OpenCheckpoint(s.Checkpoint, b.Public); err == nil {
					if !slices.ContainsFunc(wall.Earlier, func(e bundle.Earlier) bool { return e.Size == h.Size }) {
						wall.Earlier = append(wall.Earlier, bundle.Earlier{Size: h.Size, Proof: s.Proof})
					}
				}
			}
			in.Walls = append(in.Walls, wall)
		}
		var buf bytes.Buffer
		made, err := b.Case.WithPlans(review.Goals)
		if err != nil {
			return err
		}
		if err := brief.WriteJSON(&buf, made, wording(b.Case, o.Lang)); err != nil {
			return err
		}
		in.Brief = buf.Bytes()
		for _, p := range b.Case.File.Plans {
			data, err := casefile.NodeJSON(p.Node)
			if err != nil {
				return err
			}
			in.Plans = append(in.Plans, bundle.Part{Name: bundle.Name(p.ID) + ".json", Data: append(data, '\n')})
		}
		var text bytes.Buffer
		if err := b.Case.File.Write(&text, casefile.YAML); err != nil {
			return err
		}
		in.Extra = append(in.Extra, bundle.Part{Name: "case/case.yaml", Data: text.Bytes()})
		for _, c := range b.Cals {
			in.Extra = append(in.Extra, bundle.Part{Name: "case/" + bundle.Name(c.ID), Data: c.Body})
		}
		return bundle.Write(w, in)
	})
}

// wording says how the brief of a case is put into words.
func wording(c *desk.Case, lang string) brief.Options {
	cat, ok := locale.For(lang)
	if !ok {
		cat, _ = locale.For("en")
		lang = "en"
	}
	return brief.Options{Catalog: cat, Words: packs.Texts(lang).In(brief.Packs(c.Brief)...)}
}

// Given describes what goes out, for the list of what was given to whom.
func Given(who desk.Who, format string, o Options) desk.Given {
	return desk.Given{What: format, Walls: wallsOf(who, o.Walls)[1:], Entries: o.Entries, For: o.For}
}
