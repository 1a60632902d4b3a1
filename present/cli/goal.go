package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"stayput/derive/goal"
	"stayput/fault"
	"stayput/format/wrap"
	"stayput/locale"
	spoken "stayput/present/review"
)

type goalCmd struct {
	Check goalCheckCmd `cmd:"" help:"Say what each goal holds, what it lacks and which words show it."`
}

type goalCheckCmd struct {
	Path     string `arg:"" optional:"" default:"-" help:"File with one goal to a paragraph; - or nothing reads what is typed or piped in."`
	Baseline string `help:"Text of the baseline field, for one goal. In a file, a line that begins with Baseline: belongs to the goal above it."`
	Of       string `name:"in" help:"Language of the goals, en or es; found from the words when left out." enum:"en,es," default:""`
	Format   string `help:"text or json." enum:"text,json" default:"text"`
}

// mostGoalText is more than the goals of any plan.
const mostGoalText = 1 << 20

// A writtenGoal is a goal as it stands in a file.
type writtenGoal struct {
	Line     int    `json:"line"`
	Text     string `json:"text"`
	Baseline string `json:"baseline,omitempty"`
}

// Run reviews goals. It only reads: no goal is kept anywhere.
func (c *goalCheckCmd) Run(env *Env, all *commands) error {
	cat, ok := locale.For(all.Lang)
	if !ok {
		return fault.New(fault.Invalid, fault.Position{File: "--lang"}, "cli.lang", "got", all.Lang)
	}
	text, err := c.read(env)
	if err != nil {
		return err
	}
	at := fault.Position{File: c.Path}
	if len(text) > mostGoalText {
		return fault.New(fault.Invalid, at, "goal.too_long", "most", strconv.Itoa(mostGoalText))
	}
	goals := paragraphs(text)
	if len(goals) == 0 {
		return fault.New(fault.Invalid, at, "goal.none")
	}
	if len(goals) == 1 && c.Baseline != "" {
		goals[0].Baseline = c.Baseline
	}
	if c.Format == "json" {
		return c.writeJSON(env.Stdout, goals)
	}
	b := bufio.NewWriter(env.Stdout)
	for i, g := range goals {
		if i > 0 {
			fmt.Fprintln(b)
		}
		writeGoal(b, cat, i+1, g, goal.Read(g.Text, g.Baseline, c.Of))
	}
	return b.Flush()
}

func (c *goalCheckCmd) read(env *Env) (string, error) {
	var in io.Reader = env.Stdin
	if c.Path != "-" {
		f, err := os.Open(c.Path)
		if err != nil {
			return "", fault.New(fault.Invalid, fault.Position{File: c.Path}, "file.missing").Wrap(err)
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, mostGoalText+1))
	if err != nil {
		return "", fault.New(fault.Invalid, fault.Position{File: c.Path}, "file.missing").Wrap(err)
	}
	return strings.TrimPrefix(string(data), "\ufeff"), nil
}

// paragraphs gives the goals of a text. A line that begins with the word for
// baseline is the baseline of the goal above it.
func paragraphs(text string) []writtenGoal {
	var out []writtenGoal
	open := false
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch base, is := baselineLine(line); {
		case line == "":
			open = false
		case is && len(out) > 0:
			out[len(out)-1].Baseline = base
			open = false
		case open:
			out[len(out)-1].Text += " " + line
		default:
			out = append(out, writtenGoal{Line: i + 1, Text: line})
			open = true
		}
	}
	return out
}

func baselineLine(line string) (string, bool) {
	name, rest, ok := strings.Cut(line, ":")
	if !ok {
		return "", false
	}
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "baseline", "línea base", "linea base", "línea de base", "linea de base":
		return strings.TrimSpace(rest), true
	}
	return "", false
}

func (c *goalCheckCmd) writeJSON(w io.Writer, goals []writtenGoal) error {
	type row struct {
		writtenGoal
		Review  goal.Review      `json:"review"`
		Missing []goal.Criterion `json:"missing"`
		Again   string           `json:"again"`
	}
	rows := []row{}
	for _, g := range goals {
		r := goal.Read(g.Text, g.Baseline, c.Of)
		missing := r.Missing()
		if missing == nil {
			missing = []goal.Criterion{}
		}
		rows = append(rows, row{g, r, missing, spoken.Again(r)})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{"goals": rows})
}

// writeGoal writes the review of one goal for a terminal.
func writeGoal(w io.Writer, cat *locale.Catalog, n int, g writtenGoal, r goal.Review) {
	para := func(indent, text string) {
		for _, l := range wrap.Lines(text, 80-len(indent), "") {
			fmt.Fprintln(w, indent+l)
		}
	}
	fmt.Fprintln(w, cat.N("goal.number", n, "line", strconv.Itoa(g.Line)))
	para("  ", g.Text)
	verdict := "goal.not_measurable"
	if r.Measurable {
		verdict = "goal.measurable"
	}
	para("  ", cat.T(verdict))
	if r.Complete {
		para("  ", cat.T("goal.complete"))
	}
	if r.Borderline {
		para("  ", cat.T("goal.borderline"))
	}
	words := func(spans []goal.Span) {
		for _, s := range spans {
			where := cat.T("goal.at", "from", strconv.Itoa(s.FromRune), "to", strconv.Itoa(s.ToRune))
			if s.InField {
				where = cat.T("goal.in_baseline")
			}
			para("      ", fmt.Sprintf("“%s” (%s)", s.Quote, where))
		}
	}
	section := func(title string, present bool) {
		first := true
		for _, p := range r.Parts {
			if p.Present != present {
				continue
			}
			if first {
				fmt.Fprintf(w, "  %s\n", title)
				first = false
			}
			fmt.Fprintf(w, "    %s\n", cat.T("goal.part_"+string(p.Criterion)))
			words(p.Words)
		}
	}
	section(cat.T("goal.has"), true)
	section(cat.T("goal.lacks"), false)
	if len(r.Notes) > 0 {
		fmt.Fprintf(w, "  %s\n", cat.T("goal.ask"))
		for _, x := range r.Notes {
			para("    ", cat.T("goal.concern_"+string(x.Concern)))
			words(x.Words)
		}
	}
	for _, x := range []struct {
		title string
		spans []goal.Span
	}{{cat.T("goal.schedule"), r.Schedule}, {cat.T("goal.responsible"), r.Responsible}} {
		if len(x.spans) > 0 {
			fmt.Fprintf(w, "  %s\n", x.title)
			words(x.spans)
		}
	}
	if !r.Complete || !r.Has(goal.Baseline) {
		fmt.Fprintf(w, "  %s\n", cat.T("goal.again"))
		para("    ", spoken.Again(r))
	}
}
