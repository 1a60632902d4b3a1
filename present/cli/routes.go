package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"stayput/derive/brief"
	"stayput/derive/route"
	"stayput/fault"
	"stayput/format/wrap"
	"stayput/intake/casedir"
	"stayput/law"
	"stayput/locale"
	saybrief "stayput/present/brief"
)

type routesCmd struct {
	Case    string   `arg:"" help:"Case file." type:"path"`
	AsOf    string   `help:"The day asked about, YYYY-MM-DD; today when left out." placeholder:"DATE"`
	Concern []string `help:"What is wrong, once for each; what the record points to when left out." placeholder:"NAME"`
	Format  string   `help:"text or json." enum:"text,json" default:"text"`
}

// Run says which ways there are to answer a no, which fit, and why.
func (c *routesCmd) Run(env *Env, all *commands) error {
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
	names := make([]string, len(law.Concerns))
	for i, x := range law.Concerns {
		names[i] = string(x)
	}
	var concerns []law.Concern
	for _, x := range c.Concern {
		if !slices.Contains(names, x) {
			return fault.New(fault.Invalid, fault.Position{File: "--concern"}, "routes.command.concern", "got", x, "expected", strings.Join(names, ", "))
		}
		concerns = append(concerns, law.Concern(x))
	}
	m := &maker{lib: lib, lang: all.Lang, asOf: asOf, schools: &casedir.Schools{}, cat: cat, stderr: env.Stderr}
	m.options.Catalog = cat
	b, err := m.one(c.Case)
	if err != nil {
		return err
	}
	if len(concerns) == 0 {
		concerns = brief.Concerns(b)
	}
	if len(concerns) == 0 {
		return fault.New(fault.Invalid, fault.Position{File: c.Case}, "routes.command.nothing", "expected", strings.Join(names, ", "))
	}
	o := m.options
	o.Words = lib.words[all.Lang].In(saybrief.Packs(b)...)
	rows := saybrief.Routes(b, o, concerns)
	if c.Format == "json" {
		e := json.NewEncoder(env.Stdout)
		e.SetEscapeHTML(false)
		if err := e.Encode(map[string]any{"as_of": b.AsOf, "concerns": concerns, "routes": rows}); err != nil {
			return unwritable("", err)
		}
		return nil
	}
	writeRoutes(env.Stdout, cat, concerns, rows)
	return nil
}

// writeRoutes writes the two ways that are suggested, then all of them by how they fit,
// each with its deciding reason and the law behind it.
func writeRoutes(w io.Writer, cat *locale.Catalog, concerns []law.Concern, rows []saybrief.RouteOf) {
	say := func(in int, text string) {
		for _, l := range wrap.Lines(text, 78-in, "") {
			fmt.Fprintln(w, strings.Repeat(" ", in)+l)
		}
	}
	var names []string
	for _, c := range concerns {
		names = append(names, cat.T("routes.concern."+string(c)))
	}
	say(0, strings.Join(names, "; ")+".")
	for _, x := range []struct{ as, key string }{{"one", "routes.brief.one"}, {"other", "routes.brief.other"}} {
		for _, r := range rows {
			if r.Suggested == x.as {
				say(0, cat.T(x.key, "title", r.Title))
			}
		}
	}
	for _, fit := range []route.Fit{route.PossibleNow, route.NeedsFirst, route.DoesNotFit} {
		head := false
		for _, r := range rows {
			if r.Fit != string(fit) {
				continue
			}
			if !head {
				fmt.Fprintf(w, "\n%s\n", cat.T("routes.stair."+r.Fit))
				head = true
			}
			say(2, "- "+r.Title)
			for _, y := range r.Because {
				say(4, y)
			}
			if r.RunsOut != nil {
				say(4, cat.T("routes.brief.runs_out", "date", cat.Date(*r.RunsOut)))
			}
			if r.Citation != "" {
				level := r.Checked
				if level == "" {
					level = "unverified"
				}
				say(4, r.Citation+" ("+cat.T("checked_short."+level)+")")
			}
		}
	}
}
