package cli

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"stayput/decisions"
	cases "stayput/examples"
	"stayput/fault"
	"stayput/format/wrap"
	"stayput/law/packs"
)

type decisionsCmd struct {
	Path   string `arg:"" optional:"" help:"Folder of case files with expectations, or a file of researched decisions; the built-in decisions when left out." type:"path"`
	Format string `help:"text, markdown or json." enum:"text,markdown,json" default:"text"`
}

// Run compares briefs of published decisions with what was found.
func (c *decisionsCmd) Run(env *Env, all *commands) error {
	lib, err := openLibrary(all.Packs)
	if err != nil {
		return err
	}
	r := &decisions.Runner{Book: lib.book, Calendars: packs.Calendars()}
	res, err := c.compare(r)
	if err != nil {
		return err
	}
	switch c.Format {
	case "json":
		err = res.WriteJSON(env.Stdout)
	case "markdown":
		err = res.WriteMarkdown(env.Stdout)
	default:
		err = writeDecisions(env.Stdout, res)
	}
	if err != nil {
		return fault.New(fault.Unavailable, fault.Position{File: "stdout"}, "file.unwritable").Wrap(err)
	}
	if decisions.Count(res.Rows).Mismatch > 0 {
		return exitStatus(2)
	}
	return nil
}

// compare reads what was asked for: the built-in decisions, a folder, or one
// file.
func (c *decisionsCmd) compare(r *decisions.Runner) (*decisions.Result, error) {
	if c.Path == "" {
		return r.Folder(cases.Decisions())
	}
	missing := fault.New(fault.Invalid, fault.Position{File: c.Path}, "file.missing")
	st, err := os.Stat(c.Path)
	if err != nil {
		return nil, missing.Wrap(err)
	}
	if !st.IsDir() {
		data, err := os.ReadFile(c.Path)
		if err != nil {
			return nil, missing.Wrap(err)
		}
		return r.Research(filepath.Base(c.Path), data)
	}
	root := os.DirFS(c.Path)
	if decisions.IsFolder(root) {
		return r.Folder(root)
	}
	// A folder of files in the research form.
	names, err := fs.Glob(root, "*.yaml")
	if err != nil || len(names) == 0 {
		return nil, missing
	}
	out := &decisions.Result{}
	for _, name := range names {
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return nil, missing.Wrap(err)
		}
		res, err := r.Research(name, data)
		if err != nil {
			return nil, err
		}
		out.Rows = append(out.Rows, res.Rows...)
		out.Warnings = append(out.Warnings, res.Warnings...)
	}
	return out, nil
}

// writeDecisions writes the rows for a terminal.
func writeDecisions(w io.Writer, r *decisions.Result) error {
	b := bufio.NewWriter(w)
	last := ""
	for _, x := range r.Rows {
		if x.Decision != last {
			if last != "" {
				fmt.Fprintln(b)
			}
			last = x.Decision
			fmt.Fprintln(b, x.Decision)
		}
		fmt.Fprintf(b, "  %-14s  %s (%s)\n", x.Verdict, x.What, x.Basis)
		line := func(label, s string) {
			for _, l := range wrap.Lines(label+": "+s, 62, "  ") {
				if s != "" {
					fmt.Fprintf(b, "%18s%s\n", "", l)
				}
			}
		}
		if x.Verdict != decisions.NotApplicable {
			line("expected", x.Expected)
			line("brief", x.Got)
		}
		line("because", x.Reason)
	}
	if len(r.Warnings) > 0 {
		fmt.Fprintln(b)
	}
	for _, x := range r.Warnings {
		for _, l := range wrap.Lines("note: "+strings.TrimSpace(x), 80, "  ") {
			fmt.Fprintln(b, l)
		}
	}
	fmt.Fprintf(b, "\n%s\n", decisions.Count(r.Rows))
	return b.Flush()
}
