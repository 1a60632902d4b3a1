package web

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/clock"
	noes "stayput/derive/refusal"
	"stayput/desk"
	"stayput/fact"
	"stayput/guide"
	"stayput/law"
)

// A noWhy is one reason, with what the law says to it and what answers it.
type noWhy struct {
	ID, Label string
	AsSaid    string // kept only as it was said
	Told      []noTold
	Heard     []string
	Law       []noPoint
	Have      []noProof
	Lack      []string
	Ask       []string
	Avoid     []string
	Myths     []lawMyth
	School    string
}

// A noTold is who told a reason, when and in which words.
type noTold struct{ Href, Text, Words string }

// A noPoint is one thing the law says.
type noPoint struct {
	Text template.HTML
	Cite Cite
	Rule string // where it is explained
}

// A noProof is something the record holds that answers a reason.
type noProof struct {
	Text  string
	Links []noLink
	More  int
}

// A noLink leads to an entry or a page of the record.
type noLink struct{ Href, Label, Wall string }

// noLine puts a no into a line.
func (f speaker) noLine(c *desk.Case, n *noes.No) noLine {
	x := noLine{Href: noPath(c, n), Title: f.T("webno.subject_" + string(n.Subject)), When: f.cat.When(n.Entry.On), Step: f.T("webno.step_" + string(n.Step))}
	var ids []string
	for _, r := range n.Reasons {
		if !slices.Contains(ids, r.ID) {
			ids = append(ids, r.ID)
		}
	}
	x.Why = first(f.reasonWords(ids))
	x.Notice, x.Tone = f.noticeLine(n)
	return x
}

// noticeLine says whether the written notice came and how long it took.
func (f speaker) noticeLine(n *noes.No) (text, tone string) {
	switch {
	case n.Subject == noes.Records && n.Notice == nil:
		return "", ""
	case n.Notice != nil && n.Waited > 0:
		return f.N("webno.notice_came_n", n.Waited, "date", f.onWhen(n.Notice.On)), "done"
	case n.Notice != nil:
		return f.T("webno.notice_came", "date", f.onWhen(n.Notice.On)), "done"
	case n.Waited > 0:
		return f.N("webno.notice_none_n", n.Waited), "soon"
	}
	return f.T("webno.notice_none"), "soon"
}

// onWhen is a day or a stretch of days as it stands in a sentence.
func (f speaker) onWhen(w day.When) string { return f.cat.OnWhen(w, 0) }

// noPath is where a no is answered.
func noPath(c *desk.Case, n *noes.No) string {
	return casePath(c.Folder) + "/no/" + c.Name(n.Entry.ID)
}

// seven are the contents of a written notice, as the law in force lists them.
func (f speaker) seven(c *desk.Case) (out []noItem) {
	r := lawRules()["us.pwn.content"]
	if r == nil {
		return nil
	}
	words := f.lawText(r.ID).Items
	for _, it := range r.Items {
		out = append(out, noItem{string(it.ID), words[string(it.ID)], it.Citation})
	}
	return out
}

// noLabel is what a reason is called in a record of one side.
func (f speaker) noLabel(n *guide.No, side string) string {
	if key := "webno.label_" + side + "_" + n.ID; f.cat.Has(key) {
		return f.T(key)
	}
	return n.Label
}

// noLaw is a reason with its law, without anything of a record.
func (f speaker) noLaw(n *guide.No, side string) noWhy {
	x := noWhy{ID: n.ID, Label: f.noLabel(n, side), Heard: n.Heard, Avoid: n.Avoid, School: n.School}
	if n.AsSaid {
		x.AsSaid = f.T("webno.as_said")
	}
	seen := map[string]bool{}
	for _, p := range n.Law {
		y := noPoint{Text: f.linked(p.Text, seen), Cite: f.guideCite(p.Source)}
		if p.Rule != "" && lawRules()[law.RuleID(p.Rule)] != nil {
			y.Rule = lawPath(law.RuleID(p.Rule))
		}
		x.Law = append(x.Law, y)
	}
	for _, id := range n.Myths {
		if m := guide.For(f.Lang).Myth(id); m != nil {
			x.Myths = append(x.Myths, lawMyth{ID: m.ID, Myth: m.Myth, Reality: f.linked(m.Reality, map[string]bool{}), Cite: f.guideCite(m.Source)})
		}
	}
	for _, d := range n.Ask {
		x.Ask = append(x.Ask, f.T("doc."+d))
	}
	return x
}

// mostProofs is how many entries stand under one proof.
const mostProofs = 3

// noWhys are the reasons told for a no, with who told them and what the record holds
// against each. A reason in other words stands under its own words.
func (f speaker) noWhys(c *desk.Case, n *noes.No) (out []noWhy) {
	g := guide.For(f.Lang)
	at := map[string]int{}
	told := n.Reasons
	if len(told) == 0 {
		told = []noes.Reason{{ID: "none_given"}}
	}
	for _, r := range told {
		id := r.ID
		if g.No(id) == nil {
			id = "other_words"
		}
		i, ok := at[id]
		if !ok {
			i = len(out)
			at[id] = i
			x := f.noLaw(g.No(id), sideOf(c))
			f.proofs(c, n, g.No(id), &x)
			out = append(out, x)
		}
		if r.Entry == nil {
			continue
		}
		t := noTold{Href: entryPath(c.Folder, r.Entry.ID), Text: f.toldBy(r.Entry), Words: r.Entry.Fields.Summary}
		if id == "other_words" && r.ID != id {
			t.Words = r.ID
		}
		out[i].Told = append(out[i].Told, t)
	}
	return out
}

// toldBy says who told a reason, and when.
func (f speaker) toldBy(e *fact.Entry) string {
	if len(e.Fields.With) > 0 {
		return f.T("webno.told_by", "who", f.cat.List(e.Fields.With), "date", f.onWhen(e.On))
	}
	return f.T("webno.told", "date", f.onWhen(e.On))
}

// proofs are what the record holds against a reason, and what is not in it yet.
func (f speaker) proofs(c *desk.Case, n *noes.No, g *guide.No, x *noWhy) {
	for _, p := range g.Evidence {
		y := noProof{Text: p.Text}
		var found []*fact.Entry
		for _, e := range c.Brief.View.Entries {
			if e.ID != n.Entry.ID && !e.Derived && slices.Contains(p.Kinds, e.Kind) && !e.Kind.Info().Inward && e.On.Earliest <= c.Brief.AsOf {
				found = append(found, e)
			}
		}
		slices.SortStableFunc(found, func(a, b *fact.Entry) int { return cmp.Compare(b.On.Latest, a.On.Latest) })
		for i, e := range found {
			if i == mostProofs {
				y.More = len(found) - i
				break
			}
			l := noLink{Href: entryPath(c.Folder, e.ID), Label: f.T("webno.entry_on", "what", f.kindTitle(e), "date", f.cat.When(e.On))}
			if e.Wall != fact.Open {
				l.Wall = f.T("webcase.wall_" + string(e.Wall))
			}
			y.Links = append(y.Links, l)
		}
		for _, w := range p.Pages {
			has := map[string]bool{"goals": len(c.Brief.Progress) > 0, "carry": c.Brief.Logs, "plan": c.Brief.Program != nil}[w]
			if has {
				y.Links = append(y.Links, noLink{Href: casePath(c.Folder) + map[string]string{"goals": "/carry/goals", "carry": "/carry", "plan": "/plan"}[w], Label: f.T("webno.page_" + w)})
			}
		}
		if len(y.Links) == 0 {
			x.Lack = append(x.Lack, p.Text)
			continue
		}
		x.Have = append(x.Have, y)
	}
}

// noConcerns are what a no of a subject is about, as the ways to disagree ask for it.
var noConcerns = map[noes.Subject]law.Concern{
	noes.Evaluation: "evaluation", noes.Reevaluation: "evaluation", noes.Outside: "evaluation", noes.Meeting: "parent_participation",
	noes.Records: "records", noes.Plan: "content_of_plan", noes.Other: "procedural_safeguards",
}

// disagreeAbout is where the ways to disagree stand, with what this no is about.
func disagreeAbout(c *desk.Case, n *noes.No) string {
	return casePath(c.Folder) + "/disagree?concern=" + string(noConcerns[n.Subject])
}

// inLetters reports that an entry may be told in a letter: it is open to every reader
// of the case, and not what staff keep for themselves.
func inLetters(e *fact.Entry) bool { return e.Wall == fact.Open && !e.Kind.Info().Inward }

// letterFacts are what the next letter needs, gathered from the record, line by line.
// What stands behind a wall is left out.
func (f speaker) letterFacts(c *desk.Case, n *noes.No) (out []string) {
	add := func(key string, pairs ...any) { out = append(out, f.T("webno.fact_"+key, pairs...)) }
	k := &c.File.Case
	if k.Child.Name != "" {
		add("child", "name", k.Child.Name)
	}
	if k.Child.Born != 0 {
		add("born", "date", f.cat.Date(k.Child.Born))
	}
	if len(k.District) > 0 {
		add("district", "name", k.District[len(k.District)-1].Is)
	}
	add("to_" + f.to(n))
	switch {
	case n.Request != nil && inLetters(n.Request):
		add("asked", "what", f.cat.Kind(n.Request.Kind.String()), "date", f.onWhen(n.Request.On), "how", f.howSaid(n.Request))
		if t := strings.TrimSpace(n.Request.Fields.Summary + n.Request.Note); t != "" {
			add("asked_words", "words", shortened(t, 300))
		}
	case n.Several > 1:
		add("asked_several")
	default:
		add("asked_open")
	}
	add("said_no", "what", inside(f.T("webno.subject_"+string(n.Subject))), "date", f.onWhen(n.Entry.On), "how", f.howSaid(n.Entry))
	if len(n.Entry.Fields.With) > 0 {
		add("said_by", "who", f.cat.List(n.Entry.Fields.With))
	}
	if t := strings.TrimSpace(n.Entry.Fields.Summary); t != "" {
		add("said_words", "words", shortened(t, 300))
	}
	g := guide.For(f.Lang)
	for _, r := range n.Reasons {
		if !inLetters(r.Entry) || r.ID == "other_words" {
			continue
		}
		label := r.ID
		if x := g.No(r.ID); x != nil {
			label = f.noLabel(x, sideOf(c))
		}
		if r.ID == "none_given" {
			add("no_reason")
		} else {
			add("reason", "reason", label, "date", f.onWhen(r.Entry.On))
		}
		if t := strings.TrimSpace(r.Entry.Fields.Summary); t != "" && r.Entry.ID != n.Entry.ID {
			add("said_words", "words", shortened(t, 300))
		}
	}
	if n.Step == noes.Routes || n.Step == noes.Settled {
		return out
	}
	if n.Notice != nil && inLetters(n.Notice) {
		add("notice", "date", f.cat.When(n.Notice.On))
	}
	add("wanted_" + wanted(n))
	if n.By != 0 {
		add("by", "date", f.cat.Date(n.By))
	}
	if k.HomeLanguage != "" && k.HomeLanguage != "en" && f.cat.Has("webno.language_"+k.HomeLanguage) {
		add("language", "language", f.T("webno.language_"+k.HomeLanguage))
	}
	return out
}

// inside is a text as it stands inside a sentence: it begins small.
func inside(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToLower(string(r[0])) + string(r[1:])
}

// to is whom the letter goes to, as a part of a key.
func (f speaker) to(n *noes.No) string {
	switch n.Document {
	case "pwn":
		return "parents"
	case "request-records":
		return "records"
	case "request-iep-meeting":
		return "case_manager"
	}
	return "director"
}

// wanted is what the letter asks for, as a part of a key.
func wanted(n *noes.No) string {
	switch n.Document {
	case "pwn":
		return "give"
	case "request-records", "request-initial-evaluation", "request-reevaluation", "request-iep-meeting":
		return strings.ReplaceAll(n.Document, "-", "_")
	}
	return "notice"
}

// howSaid says in which way something was said or asked.
func (f speaker) howSaid(e *fact.Entry) string {
	switch {
	case e.Fields.Means != "":
		return f.T("webcase.means_" + e.Fields.Means)
	case e.Fields.Written == fact.Yes:
		return f.T("webno.in_writing")
	case e.Fields.Written == fact.No:
		return f.T("webno.spoken")
	}
	return f.T("webno.way_unknown")
}

// dueLine says what the day of the step rests on.
func (f speaker) dueLine(n *noes.No) string {
	switch {
	case n.By == 0:
		return ""
	case n.Step == noes.Wait:
		return f.T("webno.by_waits", "date", f.cat.DateFull(n.By))
	case n.Ours && n.Due != nil && n.Due.Status == clock.Late:
		return f.T("webno.by_ours_late", "date", f.cat.DateFull(n.By), "due", f.cat.Date(n.Due.On))
	case n.Ours:
		return f.T("webno.by_ours", "date", f.cat.DateFull(n.By))
	}
	return f.T("webno.by_law", "date", f.cat.DateFull(n.By))
}
