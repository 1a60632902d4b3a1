package packet

import (
	"slices"
	"strconv"
	"strings"

	"stayput/derive/brief"
	"stayput/derive/claims"
	"stayput/derive/packet"
	"stayput/fact"
	"stayput/locale"
	"stayput/present/chart"
	"stayput/present/letter"
	sayprogress "stayput/present/progress"
)

// Options say how a pack is worded.
type Options struct {
	letter.Options
	Claim   func(*claims.Claim) Told                // a claim in words
	Goal    func(*brief.GoalProgress) string        // what a goal is called
	Picture func(*brief.GoalProgress) chart.Picture // what was measured of it
}

// A Told is a claim in words.
type Told struct {
	Title    string
	Says     []string // what happened
	Days     string
	Rule     string // what the law requires
	Citation string
	Checked  string   // how that was checked
	Last     []string // until when each way takes it
	Missing  []string
	Remedies string
}

// A Part is one part of a pack in words.
type Part struct {
	ID    string
	Sub   bool // belongs to the part before
	Title string
	Lead  []string
	Head  []string
	Rows  []Line
	Says  []Say
	Note  string
	Lines int    // lines to write on
	Ask   string // what is to be written there
	Goals []Goal
	After []string // what has to be said of all of it, at its end
}

// A Goal is one goal: its name, its picture, and what is written down of it. Picture is
// nil when nothing can be drawn.
type Goal struct {
	Key     string // brief.GoalProgress
	Name    string
	Picture *chart.Picture
	Facts   []Say // labelled texts: a table
	Earlier string
}

// A Line is one line of a table; Entry is what it stands on, "" for a line of a plan.
type Line struct {
	Cells []string
	Entry string
}

// A Say is one labelled text, or the entries that say it.
type Say struct {
	Label, Text string
	Links       []Link
}

// A Link is an entry by its name, with what it is called here.
type Link struct{ Text, Entry string }

// Title is what a pack is called.
func Title(n packet.Name, o Options) string { return o.Cat.T("packet.title_" + string(n)) }

// Parts are the parts of a pack in words.
func Parts(p *packet.Pack, o Options) (out []Part) {
	t := o.Cat
	for i := range p.Parts {
		s := &p.Parts[i]
		x := Part{ID: s.Name, Title: t.T("packet.part_" + s.Name), Lines: s.Blank}
		if key := "packet.lead_" + s.Name; t.Has(key) {
			x.Lead = append(x.Lead, t.T(key))
		}
		if s.Name == "stayput" {
			x.Lead = []string{t.T("packet.stay_" + stays(p.StayPut))}
		}
		if s.Blank > 0 {
			x.Ask = t.T("packet.blank_" + s.Name)
		}
		if s.Earlier > 0 {
			x.Lead = append(x.Lead, t.N("packet.earlier", s.Earlier))
		}
		if s.Honest && s.Empty() {
			x.Note = t.T("packet.none_" + s.Name)
		}
		for _, c := range s.Cols {
			if len(s.Rows) > 0 {
				x.Head = append(x.Head, t.T("packet.col_"+c))
			}
		}
		for _, r := range s.Rows {
			x.Rows = append(x.Rows, line(s, &r, o))
		}
		if len(s.Progress) > 0 {
			for j := range s.Progress {
				x.Goals = append(x.Goals, measured(&s.Progress[j], o))
			}
			if slices.ContainsFunc(x.Goals, func(g Goal) bool { return g.Picture != nil }) {
				x.After = sayprogress.Cautions(t)
			}
		}
		if len(s.Routes) > 0 {
			x.Head = []string{t.T("packet.col_right"), t.T("packet.col_last"), t.T("packet.col_takes")}
			for _, r := range s.Routes {
				x.Rows = append(x.Rows, way(&r, o))
			}
		}
		out = append(out, x)
		for j := range s.Allegations {
			a := allegation(&s.Allegations[j], o)
			a.ID = s.Name + "-" + strconv.Itoa(j+1)
			a.Title = t.T("packet.numbered", "n", strconv.Itoa(j+1), "title", a.Title)
			if s.Name == "allegations" {
				a.Lines, a.Ask = 1, t.T("packet.blank_resolution")
			}
			out = append(out, a)
		}
	}
	return out
}

func stays(t fact.Tri) string {
	if t == fact.Unsaid {
		return "unsure"
	}
	return t.String()
}

// line is a row of a table.
func line(s *packet.Section, r *packet.Row, o Options) (x Line) {
	if r.Entry != nil {
		x.Entry = r.Entry.ID
	}
	for _, c := range s.Cols {
		text := letter.Value(o.Options, c, r.Values[c])
		if c != "words" && c != "text" { // those are somebody's own
			text = locale.First(text)
		}
		if c == "on" && r.Entry != nil {
			text = o.Cat.When(r.Entry.On)
		}
		x.Cells = append(x.Cells, text)
	}
	return x
}

// mostBeside is how many results stand in words under a picture.
const mostBeside = 3

// measured is a goal and what was measured last.
func measured(g *packet.Progress, o Options) Goal {
	out := Goal{Key: g.Goal.Key, Name: o.Goal(g.Goal)}
	if len(g.Goal.Progress.Points) > 0 && o.Picture != nil {
		p := o.Picture(g.Goal)
		out.Picture = &p
	}
	probes := g.Probes
	if out.Picture != nil { // which holds them all
		probes = probes[max(0, len(probes)-mostBeside):]
	}
	var seen []string
	for _, p := range probes {
		seen = append(seen, o.Cat.T("letter.probe", "value", strings.TrimSpace(p.Value.String()+" "+p.Unit), "date", o.Cat.Date(p.On)))
	}
	for _, f := range [][2]string{{"baseline", oneLine(g.Goal.Goal.Baseline)}, {"target", oneLine(g.Goal.Goal.Target)}, {"results", strings.Join(seen, "; ") + "."}} {
		if f[1] != "" {
			out.Facts = append(out.Facts, Say{Label: o.Cat.T("packet.col_" + f[0]), Text: f[1]})
		}
	}
	if n := g.All - len(probes); n > 0 {
		out.Earlier = o.Cat.N("packet.probes_earlier", n)
	}
	return out
}

// way is until when one way takes what the record shows.
func way(r *packet.Route, o Options) Line {
	x := Line{Cells: []string{o.Cat.T("right." + r.Right), o.Cat.T("packet.no_last"), ""}}
	if r.First != 0 {
		x.Cells[1] = o.Cat.Date(r.First)
	} else if r.Over > 0 {
		x.Cells[1] = o.Cat.T("packet.all_over")
	}
	takes := []string{}
	if r.Open > 0 {
		takes = append(takes, o.Cat.N("packet.takes", r.Open))
	}
	if r.Over > 0 {
		takes = append(takes, o.Cat.N("packet.too_old", r.Over))
	}
	x.Cells[2] = strings.Join(takes, " ")
	return x
}

// allegation is a claim: what happened, what the law requires, what shows it.
func allegation(a *packet.Allegation, o Options) Part {
	t, w := o.Cat, o.Claim(a.Claim)
	x := Part{Sub: true, Title: w.Title}
	say := func(name, text string) {
		if text != "" {
			x.Says = append(x.Says, Say{Label: t.T("packet.say_" + name), Text: text})
		}
	}
	happened := w.Says
	if w.Days != "" {
		happened = append([]string{w.Days + "."}, happened...)
	}
	say("happened", strings.Join(happened, " "))
	law := w.Rule
	if w.Citation != "" {
		cite := w.Citation
		if w.Checked != "" {
			cite = t.T("packet.cite", "cite", cite, "checked", w.Checked)
		}
		if law != "" {
			cite = t.T("packet.rule_cite", "rule", law, "cite", cite)
		}
		law = cite
	}
	if law == "" {
		law = t.T("packet.no_rule")
	}
	say("law", law)
	if len(a.Proof) > 0 {
		s := Say{Label: t.T("packet.say_proof")}
		for _, e := range a.Proof {
			text := t.T("letter.shown", "what", locale.First(t.Kind(e.Entry.Kind.String())), "when", t.When(e.Entry.On))
			if e.No > 0 {
				text = t.T("packet.exhibit", "no", strconv.Itoa(e.No), "what", text)
			} else {
				text = t.T("packet.no_exhibit", "what", text)
			}
			s.Links = append(s.Links, Link{text, e.Entry.ID})
		}
		x.Says = append(x.Says, s)
	} else {
		say("proof", t.T("packet.proof_log"))
	}
	say("missing", strings.Join(w.Missing, " "))
	say("last", strings.Join(w.Last, " "))
	say("remedies", w.Remedies)
	return x
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
