package cli

import (
	"fmt"
	"io"
	"strings"

	"stayput/decisions"
	"stayput/fact"
	"stayput/fault"
	"stayput/locale"
)

type wordsCmd struct {
	Map string `help:"Say what an event name used elsewhere means here." placeholder:"NAME"`
}

// Run lists the vocabulary by family, or explains one name from elsewhere.
func (c *wordsCmd) Run(env *Env, all *commands) error {
	cat, ok := locale.For(all.Lang)
	if !ok {
		return fault.New(fault.Invalid, fault.Position{File: "--lang"}, "cli.lang", "got", all.Lang)
	}
	if c.Map != "" {
		return mapWord(env.Stdout, cat, c.Map)
	}
	var family fact.Family
	for _, in := range fact.Kinds() {
		if in.Family != family {
			if family != "" {
				fmt.Fprintln(env.Stdout)
			}
			family = in.Family
			fmt.Fprintln(env.Stdout, family)
		}
		fmt.Fprintf(env.Stdout, "  %-38s %s\n", in.Name, cat.Kind(in.Name))
	}
	return nil
}

// mapWord says what a name used elsewhere means here.
func mapWord(w io.Writer, cat *locale.Catalog, name string) error {
	x, ok := decisions.Find(strings.ToLower(strings.TrimSpace(name)))
	if !ok {
		return fault.New(fault.Invalid, fault.Position{File: "--map"}, "case.unknown_kind", "kind", name, "nearest", decisions.Near(name))
	}
	for _, k := range x.Kinds {
		fmt.Fprintf(w, "%-38s %s\n", k, cat.Kind(k.String()))
	}
	if x.Note != "" {
		fmt.Fprintln(w, x.Note)
	}
	return nil
}
