package cli

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"stayput/day"
	"stayput/fault"
	"stayput/format/wrap"
	"stayput/law"
	"stayput/law/pack"
	"stayput/locale"
)

type lawCompareCmd struct {
	Packs []string `arg:"" help:"Two or more packs, such as us-tx us-ma."`
	About string   `help:"Only rules of this area, such as evaluation." placeholder:"AREA"`
	On    string   `help:"The law of this day; today when left out." placeholder:"DATE"`
}

// Run puts jurisdictions side by side: what each says to the same event, each
// under the federal rule it replaces or stands beside.
func (c *lawCompareCmd) Run(env *Env, all *commands) error {
	lib, err := openLibrary(all.Packs)
	if err != nil {
		return err
	}
	if len(c.Packs) < 2 {
		return fault.New(fault.Invalid, fault.Position{File: "law compare"}, "cli.compare_two")
	}
	for _, id := range c.Packs {
		if _, err := some(lib, id); err != nil {
			return err
		}
	}
	if c.About != "" && !slices.Contains(law.Areas, c.About) {
		return fault.New(fault.Invalid, fault.Position{File: "--about"}, "yaml.unknown_word", "word", c.About, "nearest", fault.Nearest(c.About, law.Areas), "expected", strings.Join(law.Areas, ", "))
	}
	on, err := parseDay("--on", c.On, env.Now)
	if err != nil {
		return err
	}
	if on == 0 {
		on = today(env.Now)
	}
	cat, _ := locale.For(all.Lang)
	t, err := lib.texts(all.Lang, c.Packs...)
	if err != nil {
		return err
	}
	type topic struct {
		area, start string
		rules       map[string][]*law.Rule
	}
	topics := map[string]*topic{}
	for _, id := range c.Packs {
		l, _, err := lib.book.For(id)
		if err != nil {
			return fault.New(fault.Invalid, fault.Position{File: id}, "pack.over", "cause", err.Error()).Wrap(err)
		}
		replaced := map[int32]bool{}
		for i := range l.Rules {
			for _, u := range l.Replaces(int32(i)) {
				if l.Rules[i].VersionAt(on) != nil {
					replaced[u] = true
				}
			}
		}
		for i, r := range l.Rules {
			v := r.VersionAt(on)
			if replaced[int32(i)] || v == nil || len(v.Due) == 0 || r.Kind == law.Event || (c.About != "" && r.Area != c.About) {
				continue
			}
			start := "wrong"
			if len(r.Starts) > 0 {
				start = r.Starts[0].String()
			}
			// What one state puts in place of a federal rule stands beside it; the
			// rest is told apart by what starts it.
			key := r.Area + " " + start
			about := string(r.ID)
			if len(r.Overrides) > 0 {
				about = string(r.Overrides[0])
			}
			if len(r.Overrides) > 0 || r.Pack == "us" {
				key = r.Area + " " + about
			}
			if topics[key] == nil {
				topics[key] = &topic{area: r.Area, start: start, rules: map[string][]*law.Rule{}}
			}
			topics[key].rules[id] = append(topics[key].rules[id], r)
		}
	}
	var keys []string
	for k, tp := range topics {
		// Where every pack shows the same federal rules there is nothing to
		// compare.
		same := true
		for _, id := range c.Packs[1:] {
			same = same && slices.Equal(tp.rules[id], tp.rules[c.Packs[0]])
		}
		if !same {
			keys = append(keys, k)
		}
	}
	sort.Strings(keys)
	if len(keys) == 0 {
		fmt.Fprintln(env.Stdout, cat.T("law.compare_same"))
		return nil
	}
	for i, k := range keys {
		tp := topics[k]
		if i > 0 {
			fmt.Fprintln(env.Stdout)
		}
		start := cat.T("law.compare_wrong")
		if tp.start != "wrong" {
			start = cat.TheKind(tp.start)
		}
		wrap.Text(env.Stdout, fmt.Sprintf("%s: %s", cat.T("area."+tp.area), cat.T("law.compare_after", "start", start)), 80, "  ")
		for _, id := range c.Packs {
			fmt.Fprintf(env.Stdout, "  %s\n", lib.book.Pack(id).Name[all.Lang])
			if len(tp.rules[id]) == 0 {
				fmt.Fprintf(env.Stdout, "    %s\n", cat.T("law.compare_none"))
			}
			for _, r := range tp.rules[id] {
				compareLine(env, cat, t, r, on)
			}
		}
	}
	return nil
}

func compareLine(env *Env, cat *locale.Catalog, t *pack.TextsIn, r *law.Rule, on day.Date) {
	v := r.VersionAt(on)
	title := string(r.ID)
	if x := t.Rule(r.ID); x != nil {
		title = x.Title
	}
	var ways []string
	for i := range v.Due {
		ways = append(ways, way(cat, &v.Due[i]))
	}
	for _, line := range wrap.Lines(fmt.Sprintf("%s: %s (%s; %s)", title, strings.Join(ways, " / "), v.Citation, cat.T("checked_short."+r.Checked.Level)), 76, "  ") {
		fmt.Fprintf(env.Stdout, "    %s\n", line)
	}
}
