package letter

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stayput/derive/draft"
	"stayput/fact"
	"stayput/format/document"
	"stayput/law"
	"stayput/locale"
	"stayput/paper"
)

// Options say how a paper is worded.
type Options struct {
	Cat      *locale.Catalog // of the paper's language
	Register paper.Register
	Title    func(law.RuleID) string // what a rule is called in that language
	Case     *fact.Case
	States   []string     // the packs in force, such as us-ca
	Papers   *paper.Shelf // nil: the built-in ones
}

// A Used is one fact as it was said.
type Used struct {
	Field   string   `json:"field"` // child.name, or late[us.x/request].due
	Said    string   `json:"said"`
	Entries []string `json:"entries,omitempty"`
}

// A Letter is a paper as drafted.
type Letter struct {
	Title  string
	Blocks []document.Block
	Used   []Used              // in order, each field once
	Held   map[string][]string // content to the plain texts that hold it; to none, when it is not needed in this case
	Blanks []string            // the questions of the blanks, in order
	Gaps   map[string]bool     // contents that have a blank
}

// Compose drafts a paper.
func Compose(p *paper.Paper, f *draft.Facts, o Options) *Letter {
	c := &composer{p: p, f: f, o: o, lang: o.Cat.Lang(), seen: map[string]bool{}, out: &Letter{Title: p.Title[o.Cat.Lang()], Held: map[string][]string{}, Gaps: map[string]bool{}}}
	body, reply := p.Body, []paper.Part(nil)
	if p.Form.Framed() {
		c.head()
		body, reply = slip(body)
	} else {
		c.formHead()
	}
	c.parts(body, "", nil, nil)
	for _, its := range [][]paper.Item{p.Contents.Required, p.Contents.Recommended} {
		for _, it := range its {
			if len(it.Only) > 0 && !c.all(it.Only) {
				c.out.Held[it.ID] = []string{}
			}
		}
	}
	if p.Form.Framed() {
		c.end()
	}
	c.parts(reply, "", nil, nil)
	return c.out
}

// slip divides a letter into what its writer says and signs and what its reader fills in
// and sends back: the boxes to tick, with the words above them, and the lines to sign on at
// its end.
func slip(body []paper.Part) (said, reply []paper.Part) {
	at, ticks := len(body), false
	for at > 0 && (body[at-1].Kind == paper.PSign || body[at-1].Kind == paper.PChoices) {
		at--
		ticks = ticks || body[at].Kind == paper.PChoices
	}
	if above := at; ticks {
		for above > 0 && body[above-1].Kind == paper.PText {
			above--
		}
		if above > 0 && body[above-1].Kind == paper.PHeading {
			at = above - 1
		}
	}
	return body[:at], body[at:]
}

type composer struct {
	p    *paper.Paper
	f    *draft.Facts
	o    Options
	lang string
	seen map[string]bool // facts already noted
	out  *Letter
	gap  bool // the part that is being worded has a blank
	said int  // how much was worded, in bytes and a little for each text
}

// put adds a block that holds some contents.
func (c *composer) put(holds []string, b document.Block) {
	c.out.Blocks = append(c.out.Blocks, b)
	text := Plain(b)
	for _, h := range holds {
		c.out.Held[h] = append(c.out.Held[h], text)
		if c.gap {
			c.out.Gaps[h] = true
		}
	}
	c.gap = false
}

func (c *composer) parts(ps []paper.Part, list string, row *draft.Row, above []string) {
	for i := range ps {
		p := &ps[i]
		if !c.all(p.When) || c.said > mostSaid {
			continue
		}
		holds := slices.Concat(above, p.Holds)
		rows := c.f.Lists[p.Each]
		switch {
		case p.Kind == paper.PEach && len(rows) == 0, p.Kind == paper.PTable && len(rows) == 0:
			if p.None != nil {
				c.put(holds, c.blank(p.None[c.lang]))
			}
		case p.Kind == paper.PEach:
			for j := range rows {
				c.parts(p.Parts, p.Each, &rows[j], holds)
			}
		case p.Kind == paper.PText:
			c.put(holds, document.Paragraph{Runs: c.say(p.Text, list, row)})
		case p.Kind == paper.PHeading:
			level := 2
			if row != nil {
				level = 3 // of one element of a list
			}
			c.put(holds, document.Heading{Level: level, Text: plainRuns(c.say(p.Text, list, row))})
		case p.Kind == paper.PTable:
			c.table(holds, p, rows)
		case p.Kind == paper.PSign:
			c.sign(holds, p, list, row)
		default:
			c.list(holds, p, list, row)
		}
		if n := c.f.Left[p.Each]; n > 0 {
			c.put(nil, document.Paragraph{Runs: []document.Run{{Text: c.o.Cat.N("letter.left", n)}}})
		}
	}
}

// blank is a paragraph that only asks.
func (c *composer) blank(question string) document.Paragraph {
	return document.Paragraph{Runs: []document.Run{c.ask(question)}}
}

func (c *composer) ask(question string) document.Run {
	c.out.Blanks, c.gap = append(c.out.Blanks, question), true
	return document.Run{Text: question, Blank: true}
}

func (c *composer) list(holds []string, p *paper.Part, in string, row *draft.Row) {
	l := document.List{Numbered: p.Kind == paper.PNumbers}
	add := func(w paper.Wording, in string, row *draft.Row) {
		if row != nil && p.Each == "" && c.lacks(w, in, row) {
			return
		}
		runs := c.say(w, in, row)
		if p.Kind == paper.PChoices {
			runs = append([]document.Run{{Text: "☐ "}}, runs...)
			if n := len(runs) - 1; strings.HasSuffix(runs[n].Text, ":") && !runs[n].Blank {
				runs[n].Text += " " + document.Gap // room to write
			}
		}
		l.Items = append(l.Items, document.Paragraph{Runs: runs})
	}
	if p.Each == "" {
		for _, w := range p.Items {
			add(w, in, row)
		}
	} else {
		rows := c.f.Lists[p.Each]
		for i := range rows {
			if c.said > mostSaid {
				break
			}
			add(p.Items[0], p.Each, &rows[i])
		}
		if len(rows) == 0 && p.None != nil {
			l.Items = append(l.Items, c.blank(p.None[c.lang]))
		}
	}
	if len(l.Items) > 0 {
		c.put(holds, l)
	}
}

// lacks reports that an item inside the parts of an element names a field that this
// element does not have, as a claim about a refusal has no days of delay: the item is left
// out.
func (c *composer) lacks(w paper.Wording, list string, row *draft.Row) bool {
	for _, x := range w.In(c.lang, c.o.Register) {
		if _, of := paper.Lists[list][x.Field]; of && !row.Values[x.Field].Any() {
			return true
		}
	}
	return false
}

func (c *composer) table(holds []string, p *paper.Part, rows []draft.Row) {
	t := document.Table{Caption: p.Cap[c.lang]}
	for _, x := range p.Cols {
		t.Head = append(t.Head, x.Head[c.lang])
	}
	for i := range rows {
		if c.said > mostSaid {
			break
		}
		var cells []document.Cell
		for _, x := range p.Cols {
			cells = append(cells, document.Cell{{Runs: c.cell(x.Cell, p.Each, &rows[i])}})
		}
		t.Rows = append(t.Rows, cells)
	}
	t.Widths = widths(t)
	c.put(holds, t)
}

// widths gives a column of long texts more room than one of numbers, as far as the others
// keep room for a long word; nil where all are alike.
func widths(t document.Table) []int {
	longest := make([]int, len(t.Head))
	for _, row := range t.Rows {
		for j, cell := range row {
			for _, p := range cell {
				longest[j] = max(longest[j], utf8.RuneCountInString(plainRuns(p.Runs)))
			}
		}
	}
	for most := 5; most > narrow; most-- {
		out, sum := make([]int, len(longest)), 0
		for j, n := range longest {
			out[j] = min(max((n+7)/8, narrow), most)
			sum += out[j]
		}
		if sum <= 15 && slices.Min(out) < slices.Max(out) {
			return out
		}
	}
	return nil
}

// narrow is the share of a column of numbers: of 15 shares of a page, two hold a word of
// ten letters.
const narrow = 2

// cell is a cell's text. No cell is empty: what the record does not hold is a blank that
// asks, or, in a list of what happened, is said not to be noted. Of a cell with nothing but
// fields, such as a day and an hour, one that is there is enough.
func (c *composer) cell(w paper.Wording, list string, row *draft.Row) []document.Run {
	var out []document.Run
	text := w.In(c.lang, c.o.Register)
	words := slices.ContainsFunc(text, func(x paper.Piece) bool { return x.Ask != "" || strings.TrimSpace(x.Words) != "" })
	first := ""
	for _, x := range text {
		if x.Field == "" {
			if x.Ask != "" {
				out = append(out, c.ask(c.p.Asks[x.Ask][c.lang]))
			} else {
				out = append(out, document.Run{Text: x.Words})
			}
			continue
		}
		if first == "" {
			first = x.Field
		}
		if s, ok := c.value(x.Field, list, row); ok {
			if len(out) == 0 && paper.Lists[list][x.Field] == paper.Named {
				s = upper(s)
			}
			out = append(out, document.Run{Text: s})
		} else if words {
			out = append(out, c.unknown(x.Field, list))
		}
	}
	if out = trim(out); len(out) == 0 && first != "" {
		out = append(out, c.unknown(first, list))
	}
	return c.worded(out)
}

// happened are the lists of what happened. A day of it of which something was not written
// down cannot be asked about in each row of a long table.
var happened = []string{"contacts", "attempts", "events"}

// unknown stands where a row does not hold a field.
func (c *composer) unknown(field, list string) document.Run {
	if slices.Contains(happened, list) {
		return document.Run{Text: c.o.Cat.T("letter.not_noted")}
	}
	return c.ask(c.question(field, list))
}

func (c *composer) sign(holds []string, p *paper.Part, list string, row *draft.Row) {
	var s document.Signature
	for _, w := range p.Items {
		s.Lines = append(s.Lines, document.SignLine{Label: plainRuns(c.say(w, list, row))})
	}
	c.put(holds, s)
}

// mostSaid bounds what a paper that somebody made can ask for: a file of 200 KB can run over
// a long record thousands of times. What is cut off here is far longer than any draft may
// be, so that it is refused and never kept.
const mostSaid = 8_000_000

// worded counts what was worded.
func (c *composer) worded(runs []document.Run) []document.Run {
	c.said += 16
	for _, r := range runs {
		c.said += len(r.Text)
	}
	return runs
}

// say words a text.
func (c *composer) say(w paper.Wording, list string, row *draft.Row) []document.Run {
	var out []document.Run
	for _, x := range c.lawless(w.In(c.lang, c.o.Register), list, row) {
		switch {
		case x.Ask != "":
			out = append(out, c.ask(c.p.Asks[x.Ask][c.lang]))
		case x.Field != "":
			if s, ok := c.value(x.Field, list, row); ok {
				if len(out) == 0 || begins(out) && named(x.Field, list) {
					s = upper(s)
				}
				out = append(out, document.Run{Text: s})
			} else if x.Field == "child.name" && c.p.Form.Framed() {
				out = c.nameless(out) // the frame asks for the name, once
			} else {
				out = append(out, c.ask(c.question(x.Field, list)))
			}
		default:
			out = append(out, document.Run{Text: x.Words})
		}
	}
	return c.worded(trim(out))
}

// lawless leaves out the parentheses around the law of an element for which there is none,
// as of what only good practice asks for.
func (c *composer) lawless(in paper.Text, list string, row *draft.Row) paper.Text {
	for i := 1; row != nil && i+1 < len(in); i++ {
		before, x, after := in[i-1].Words, in[i], in[i+1].Words
		if paper.Lists[list][x.Field] == paper.Law && row.Values[x.Field].Law == "" && strings.HasSuffix(before, " (") && strings.HasPrefix(after, ")") {
			out := append(slices.Clone(in[:i-1]), paper.Piece{Words: strings.TrimSuffix(before, " (") + after[1:]})
			return append(out, in[i+2:]...)
		}
	}
	return in
}

// trim joins runs of one look and takes space off both ends.
func trim(in []document.Run) []document.Run {
	var out []document.Run
	for _, r := range in {
		if n := len(out); n > 0 && !r.Blank && !out[n-1].Blank {
			if strings.HasPrefix(r.Text, ".") && strings.HasSuffix(out[n-1].Text, ".") {
				r.Text = r.Text[1:] // a name that ends with a point ends the sentence itself
			}
			out[n-1].Text += r.Text
		} else {
			out = append(out, r)
		}
	}
	if n := len(out); n > 0 {
		if !out[0].Blank {
			out[0].Text = strings.TrimLeft(out[0].Text, " ")
		}
		if !out[n-1].Blank {
			out[n-1].Text = strings.TrimRight(out[n-1].Text, " ")
		}
	}
	return slices.DeleteFunc(out, func(r document.Run) bool { return r.Text == "" })
}

// nameless speaks of a child whose name the record does not hold.
func (c *composer) nameless(before []document.Run) []document.Run {
	s := c.o.Cat.T("letter.child_family")
	if c.closing() == "school" {
		s = c.o.Cat.T("letter.child_school")
	}
	if begins(before) {
		return append(before, document.Run{Text: upper(s)})
	}
	last := &before[len(before)-1]
	if rest, is := strings.CutPrefix(s, "el "); is && c.lang == "es" { // de el, a el: del, al
		if t, of := strings.CutSuffix(last.Text, " de "); of {
			last.Text, s = t+" del ", rest
		} else if t, to := strings.CutSuffix(last.Text, " a "); to {
			last.Text, s = t+" al ", rest
		}
	}
	return append(before, document.Run{Text: s})
}

// named reports that a field is a word of the program, which begins a sentence like any
// other; a name or an address stays as it is.
func named(field, list string) bool {
	return paper.Fields[field] == paper.Named || paper.Lists[list][field] == paper.Named
}

// begins reports that what comes next begins a sentence.
func begins(before []document.Run) bool {
	if len(before) == 0 {
		return true
	}
	last := before[len(before)-1]
	return !last.Blank && (strings.HasSuffix(last.Text, ". ") || strings.HasSuffix(last.Text, "? "))
}

// upper begins a sentence: with a capital letter.
func upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// question is what is asked for a field without a value.
func (c *composer) question(field, list string) string {
	key := "letter.ask_" + strings.ReplaceAll(field, ".", "_")
	if _, of := paper.Fields[field]; !of {
		if key = "letter.ask_" + list + "_" + field; !c.o.Cat.Has(key) {
			key = "letter.ask_row_" + field
		}
	}
	if c.p.Side == paper.LEA && c.o.Cat.Has(key+"_school") {
		key += "_school"
	}
	if c.o.Cat.Has(key) {
		return c.o.Cat.T(key)
	}
	return c.o.Cat.T("letter.ask_any")
}

// all reports that every condition holds.
func (c *composer) all(cs []paper.Condition) bool {
	for _, x := range cs {
		yes := false
		switch x.What {
		case "has":
			yes = len(c.f.Lists[x.Of]) > 0
		case "known":
			yes = c.f.Fields[x.Of].Any()
		case "side":
			yes = string(c.o.Case.Side) == x.Of || c.o.Case.Side == "" && x.Of == string(fact.FamilySide)
		case "in":
			yes = slices.Contains(c.o.States, x.Of)
		case "fact":
			yes = c.o.Case.Fact(x.Of) == fact.Yes
		}
		if yes == x.Not {
			return false
		}
	}
	return true
}

// value is a field in words, noted as used.
func (c *composer) value(field, list string, row *draft.Row) (string, bool) {
	v, path := c.f.Fields[field], field
	if row != nil {
		if _, ok := paper.Lists[list][field]; ok {
			v, path = row.Values[field], list+"["+row.Key+"]."+field
		}
	}
	if !v.Any() {
		return "", false
	}
	s := c.words(field, v)
	if s == "" {
		return "", false
	}
	if !c.seen[path] {
		c.seen[path] = true
		c.out.Used = append(c.out.Used, Used{path, s, v.Entries})
	}
	return s, true
}
