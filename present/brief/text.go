package brief

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	derived "stayput/derive/brief"
	"stayput/format/wrap"
)

// WriteText writes a brief for a terminal: one sentence of where the case
// stands, the next step with its reason, then the rest.
func WriteText(w io.Writer, b *derived.Brief, o Options) error {
	p := newPage(b, o)
	t := &texter{p: p, o: o, width: o.Width}
	if t.width < 40 {
		t.width = 80
	}
	t.page()
	_, err := w.Write(visible(t.buf.Bytes(), o.Color))
	return err
}

// texter lays a page out in lines.
type texter struct {
	buf   bytes.Buffer
	p     *page
	o     Options
	width int
	asked map[string]bool // what was already asked for
}

// The looks a terminal can give; none when color was not asked for.
const (
	bold   = "1"
	dim    = "2"
	yellow = "33"
	green  = "32"
	cyan   = "36"
)

func (t *texter) look(code, s string) string {
	if !t.o.Color || code == "" || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// par writes a paragraph under an indent; empty text writes nothing.
func (t *texter) par(indent int, look, s string) {
	if s == "" {
		return
	}
	for _, line := range wrap.Lines(s, t.width-indent, "") {
		t.buf.WriteString(strings.Repeat(" ", indent))
		t.buf.WriteString(t.look(look, line))
		t.buf.WriteByte('\n')
	}
}

// hang writes a paragraph whose first line begins with a sign.
func (t *texter) hang(indent int, sign, s string) {
	pad := seen(sign) + 1
	for i, line := range wrap.Lines(s, t.width-indent-pad, "") {
		t.buf.WriteString(strings.Repeat(" ", indent))
		if i == 0 {
			t.buf.WriteString(sign + " ")
		} else {
			t.buf.WriteString(strings.Repeat(" ", pad))
		}
		t.buf.WriteString(line)
		t.buf.WriteByte('\n')
	}
}

// seen is how many columns a text takes, colors left out.
func seen(s string) int {
	n := utf8.RuneCountInString(s)
	if strings.HasPrefix(s, "\x1b[") {
		if i := strings.IndexByte(s, 'm'); i > 0 {
			n -= utf8.RuneCountInString(s[:i+1]) + len("\x1b[0m")
		}
	}
	return n
}

func (t *texter) blank() { t.buf.WriteByte('\n') }

// head writes the heading of a section.
func (t *texter) head(s string, n int) {
	t.blank()
	if n > 0 {
		s += " (" + strconv.Itoa(n) + ")"
	}
	t.buf.WriteString(t.look(bold, s) + "\n")
	t.buf.WriteString(t.look(dim, strings.Repeat("-", min(t.width, utf8.RuneCountInString(s)))) + "\n")
}

func (t *texter) page() {
	p := t.p
	for _, w := range p.Warnings {
		t.par(0, bold, w)
		t.blank()
	}
	t.par(0, bold, p.Headline)
	t.blank()
	about := p.T("page.as_of", "date", p.AsOf)
	if p.Name != "" {
		about = p.Name + " · " + about
	}
	if len(p.Law) > 0 {
		about += " · " + p.T("page.law") + ": " + strings.Join(p.Law, "; ")
	}
	t.par(0, dim, about)
	t.par(0, dim, p.Known)
	t.par(0, dim, p.Note)
	t.steps()
	t.items("page.late", p.Late, yellow)
	t.items("page.soon", p.Soon, cyan)
	t.items("page.ahead", p.Ahead, "")
	t.items("page.unsure", p.Unsure, "")
	t.rights()
	t.routes()
	t.program()
	t.carrying()
	t.says()
	t.done()
	t.settle()
	if len(p.Notices) > 0 {
		t.head(p.T("page.notices"), 0)
		for _, n := range p.Notices {
			t.hang(2, "-", n)
		}
	}
	t.blank()
	t.par(0, dim, p.NotAdvice)
}

func (t *texter) steps() {
	p := t.p
	if p.Step == nil {
		return
	}
	t.head(p.T("page.next"), 0)
	t.par(2, bold, p.Step.Do)
	t.par(2, "", p.T("page.why")+": "+p.Step.Why)
	t.par(2, "", join(p.Step.By, sentence(p.Step.Document)))
	if len(p.More) > 0 {
		t.blank()
		t.par(2, "", p.T("page.then")+":")
		for _, m := range p.More {
			t.hang(2, "-", join(m.Do, m.By))
		}
	}
}

func (t *texter) items(key string, items []item, look string) {
	if len(items) == 0 {
		return
	}
	t.head(t.p.T(key), len(items))
	for i := range items {
		if i > 0 {
			t.blank()
		}
		t.item(&items[i], look)
	}
}

func (t *texter) item(x *item, look string) {
	t.titled(x.Mark, x.Title, x.Date, look)
	t.par(4, "", x.Line)
	t.par(4, "", x.Answers)
	if c := join(x.Count, strings.Join(x.Asides, " ")); c != "" {
		t.par(4, "", join(x.Owes+".", c))
	} else if x.Owes != "" {
		t.par(4, "", x.Owes+".")
	}
	for _, r := range x.Reasons {
		t.par(4, "", cited(r.Text, r.Cite))
	}
	t.par(4, "", join(x.Strict, x.Floor))
	t.missing(x.Missing)
	t.par(4, dim, join(sentence(x.Cite.Text), x.Cite.Checked))
	if t.o.Trace {
		t.runs(x.Counts)
	}
}

// missing writes what is not known; a fact that many dates wait for is asked for
// in full only once.
func (t *texter) missing(ms []string) {
	again := 0
	for _, m := range ms {
		if t.asked[m] {
			again++
			continue
		}
		if t.asked == nil {
			t.asked = map[string]bool{}
		}
		t.asked[m] = true
		t.par(4, "", m)
	}
	if again > 0 && again == len(ms) {
		t.par(4, "", t.p.T("page.same_missing"))
	}
}

// titled writes a title with a date at the right edge, or below when both do not
// fit on a line.
func (t *texter) titled(mark, title, date, look string) {
	room := t.width - 4 - utf8.RuneCountInString(date) - 2
	lines := wrap.Lines(title, t.width-4, "")
	if n := len(lines); n > 0 && utf8.RuneCountInString(title) <= room {
		gap := t.width - 4 - utf8.RuneCountInString(title) - utf8.RuneCountInString(date)
		if date != "" {
			date = strings.Repeat(" ", gap) + date
		}
		t.buf.WriteString("  " + t.look(look, mark) + " " + t.look(bold, title) + date + "\n")
		return
	}
	for i, line := range lines {
		if i == 0 {
			t.buf.WriteString("  " + t.look(look, mark) + " ")
		} else {
			t.buf.WriteString("    ")
		}
		t.buf.WriteString(t.look(bold, line) + "\n")
	}
	if date != "" {
		t.buf.WriteString("    " + date + "\n")
	}
}

func (t *texter) runs(cs []counted) {
	for _, c := range cs {
		head := t.p.T("page.how")
		if c.Title != "" {
			head += " (" + strings.ToLower(c.Title[:1]) + c.Title[1:] + ")"
		}
		t.par(4, "", head+":")
		wide := 0
		for _, r := range c.Runs {
			wide = max(wide, utf8.RuneCountInString(r.Span))
		}
		for _, r := range c.Runs {
			word := t.p.T("page.legend_skipped")
			if r.Counted {
				word = t.p.T("page.legend_counted")
			}
			pad := strings.Repeat(" ", wide-utf8.RuneCountInString(r.Span))
			n := strconv.Itoa(r.Days)
			t.hang(6, r.Span+pad+strings.Repeat(" ", max(1, 5-len(n)))+n, word+": "+r.Why)
		}
	}
}

func (t *texter) rights() {
	p := t.p
	if len(p.Rights)+len(p.Over) == 0 {
		return
	}
	t.head(p.T("page.limits"), 0)
	for i := range p.Rights {
		if i > 0 {
			t.blank()
		}
		x := &p.Rights[i]
		t.titled(marks[x.Tone], x.Name, x.Date, cyan)
		t.par(4, "", join(x.Line, x.Must))
		if len(x.Rows) == 1 {
			t.par(4, "", join(sentence(x.Whose), x.Rows[0].About))
		} else {
			t.par(4, "", join(sentence(x.Whose), p.N("limit.about_many", len(x.Rows))))
			for k := range x.Rows {
				if k == rowsShown && x.More > 0 {
					t.hang(6, "-", p.N("page.more", x.More))
					break
				}
				t.hang(6, "-", x.Rows[k].Date+": "+x.Rows[k].Short)
			}
		}
		t.par(4, dim, join(sentence(x.Cite.Text), x.Cite.Checked))
	}
	if len(p.Over) > 0 {
		if len(p.Rights) > 0 {
			t.blank()
		}
		for i := range p.Over {
			x := &p.Over[i]
			t.hang(2, marks["done"], x.Name+": "+x.Over[len(x.Over)-1].Line)
			if len(x.Except) > 0 {
				t.par(4, "", p.T("page.exceptions_may")+": "+strings.Join(x.Except, " "))
			}
		}
	}
}

// saidInFull is how many statements are printed with their text; the rest are
// one line each.
const saidInFull = 6

func (t *texter) says() {
	p := t.p
	if len(p.Says) == 0 {
		return
	}
	t.head(p.T("page.says"), 0)
	for i := range p.Says {
		x := &p.Says[i]
		if i >= saidInFull {
			if i == saidInFull {
				t.blank()
			}
			t.hang(2, "·", x.Title+" ("+x.Cite.Text+")")
			continue
		}
		if i > 0 {
			t.blank()
		}
		t.titled("·", x.Title, "", "")
		t.par(4, "", join(x.Standard, x.Elapsed))
		t.par(4, "", join(x.Tribunal, x.Because, x.Points))
		t.par(4, "", x.Says)
		t.missing(x.Missing)
		t.par(4, dim, join(sentence(x.Cite.Text), x.Cite.Checked))
	}
}

func (t *texter) done() {
	if len(t.p.Done) == 0 {
		return
	}
	t.head(t.p.T("page.done"), len(t.p.Done))
	for i := range t.p.Done {
		x := &t.p.Done[i]
		look := green
		if x.Mark == "!" {
			look = yellow
		}
		t.hang(2, t.look(look, x.Mark), t.p.T("line.done", "title", x.Title, "line", x.Line)+" ("+x.Cite.Text+")")
		if t.o.Trace {
			t.runs(x.Counts)
		}
	}
}

func (t *texter) settle() {
	p := t.p
	if len(p.Settle) == 0 {
		return
	}
	t.head(p.T("page.settle"), 0)
	for _, a := range p.Settle {
		t.hang(2, "?", a.Text)
		switch n := len(a.Settles); {
		case n > 3:
			t.par(4, dim, p.N("page.for_all", n))
		case n > 0:
			t.par(4, dim, p.T("page.for", "list", strings.Join(a.Settles, "; ")))
		}
		switch n := len(a.Helps); {
		case n > 3:
			t.par(4, dim, p.N("page.helps_all", n))
		case n > 0:
			t.par(4, dim, p.T("page.helps", "list", strings.Join(a.Helps, "; ")))
		}
	}
}

func cited(text string, c cite) string {
	if c.Text == "" {
		return text
	}
	return text + " (" + c.Text + ")"
}

// sentence ends a text with a full stop unless it has one.
func sentence(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// join puts texts that are not empty after one another.
func join(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}

// program writes what is in force, what stays put and what to ask about a plan.
func (t *texter) program() {
	p := t.p.Program
	if p == nil {
		return
	}
	list := func(lines []programLine) {
		for _, l := range lines {
			t.hang(2, "-", l.Name+" · "+l.From)
			t.par(4, "", l.Why)
			t.par(4, dim, l.Law)
		}
	}
	t.head(t.p.T("page.in_force"), len(p.Lines))
	for _, c := range p.Consent {
		t.par(2, "", c)
	}
	if len(p.Lines) == 0 {
		t.par(2, "", t.p.T("page.nothing_in_force"))
	}
	list(p.Lines)
	if p.Stay != "" {
		t.head(t.p.T("page.stay_put"), 0)
		t.par(2, "", p.Stay)
		t.par(2, dim, p.StayLaw)
		list(p.StayAll)
		t.par(2, "", p.Until)
		for _, r := range p.Readings {
			t.hang(2, "-", r)
		}
	}
	for _, r := range p.Reviews {
		t.head(t.p.T("page.review_of", "plan", r.Plan), 0)
		for _, f := range r.First {
			t.hang(2, "-", f.Message)
			t.par(4, dim, f.About)
			t.par(4, "", f.Ask)
			t.par(4, dim, f.Law)
		}
		if r.More > 0 {
			t.par(2, dim, t.p.N("page.review_more", r.More))
		}
	}
}

// carrying writes what was promised and given, and where each goal is heading.
func (t *texter) carrying() {
	p := t.p.Carry
	if p == nil {
		return
	}
	if len(p.Services) > 0 {
		t.head(t.p.T("carry.brief.services"), len(p.Services))
		t.par(2, "", p.Silent)
		for _, x := range p.Services {
			t.hang(2, "-", x.Name+" · "+x.Line)
			t.par(4, "", strings.Join(x.Since, " "))
			t.par(4, "", strings.Join(x.Signals, " "))
		}
		t.par(2, dim, p.Screening)
		if p.Notices > 0 {
			t.par(2, "", t.p.N("carry.brief.notices", p.Notices))
		}
	}
	if len(p.Goals) > 0 {
		t.head(t.p.T("carry.brief.goals"), len(p.Goals))
		for _, x := range p.Goals {
			t.hang(2, "-", x.Name+" · "+x.Verdict)
			t.par(4, "", x.Line)
			t.par(4, "", x.Rule)
			t.par(4, "", x.Reports)
		}
		for _, c := range p.Cautions {
			t.par(2, dim, c)
		}
	}
}
