package brief

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/next"
	"stayput/derive/trace"
	"stayput/fact"
	"stayput/law"
	"stayput/locale"
)

// A page is a brief in words, in the order in which it is read. The text and the
// HTML are two drawings of the same page.
type page struct {
	Lang      string
	School    bool
	Title     string
	Name      string // of the case
	AsOf      string
	Known     string // "" unless only part of the record is used
	Note      string // how to read the titles
	Law       []string
	Warnings  []string // said before everything else
	Headline  string
	Tiles     []tile
	Step      *step
	More      []step
	Late      []item
	Soon      []item
	Ahead     []item
	Unsure    []item
	Rights    []right
	Over      []right // every limit of which is used or has run out
	Says      []saying
	Done      []item
	Program   *programPage
	Carry     *carryPage
	Routes    *routesPage
	Settle    []ask
	Notices   []string
	NotAdvice string
	words     *locale.Catalog
}

// T lets the template read a label.
func (p *page) T(key string, pairs ...string) string { return p.words.T(key, pairs...) }

// N lets the template read a label with a number.
func (p *page) N(key string, n int) string { return p.words.N(key, n) }

// A tile is one number of the summary.
type tile struct {
	N     int
	Label string
	Tone  string // late, soon, closing
	To    string // the section it leads to
}

// A step is one thing to do.
type step struct{ Do, Why, By, Document, Act, Year string }

// A cite is where the law stands and how well that was checked.
type cite struct{ Text, Source, Checked, Short string }

// A reason is one reason why there are two dates.
type reason struct {
	Text string
	Cite cite
}

// An item is one clock.
type item struct {
	ID       string
	Rule     string // the rule's id, and
	Trigger  string // the entry that started it: together they name the clock
	Title    string
	Tone     string // late, soon, ahead, unsure, done
	Mark     string
	Status   string
	Date     string // short, beside the title
	Big      bigDate
	Line     string
	Owes     string
	Count    string
	Asides   []string
	Missing  []string
	Reasons  []reason
	Strict   string
	Floor    string
	Says     string
	Answers  string
	Cite     cite
	Counts   []counted // how the date was counted, one for each reading
	Disputed bool
}

// A bigDate is a date in three parts, for the margin of the page.
type bigDate struct{ Weekday, Day, Year, ISO, Or string }

// A counted is the days of one count.
type counted struct {
	Title  string // "" when there is only one
	Runs   []run
	Months []month
	Marks  []mark
	Days   int // counted days
}

// A run is consecutive days with one reason.
type run struct {
	Span    string
	Days    int
	Counted bool
	Why     string
}

// A right is one right to act with everything it may be used about.
type right struct {
	Name   string
	Rule   string // the rule's title
	Whose  string
	Line   string
	Must   string
	Rows   []subject
	More   int // rows beyond the first few
	Over   []subject
	Says   string
	Except []string
	Cite   cite
	Tone   string
	Big    bigDate
	Date   string
	Open   bool
}

// A subject is one thing a right may be used about.
type subject struct{ About, Short, Happened, Date, Left, Line string }

// A saying is law without a number that the record brings into play.
type saying struct {
	ID       string
	Title    string
	Owes     string
	Standard string
	Elapsed  string
	Because  string
	Points   string
	Tribunal string
	Answers  string
	Missing  []string
	Says     string
	Cite     cite
	rank     int // smaller first
}

// newPage puts a brief into words.
func newPage(b *derived.Brief, o Options) *page {
	s := newSpeaker(b, o)
	p := &page{Lang: s.c.Lang(), School: s.school(), words: s.c, AsOf: s.c.DateFull(b.AsOf), NotAdvice: s.c.T("page.not_advice")}
	p.Title = s.c.T("page.title_plain")
	if b.Case != nil && b.Case.Title != "" {
		p.Name = b.Case.Title
		p.Title = s.c.T("page.title", "name", b.Case.Title)
	}
	if b.Known != 0 {
		p.Known = s.c.T("page.known", "date", s.c.Date(b.Known))
	}
	if s.school() {
		p.Note = s.c.T("page.school_note")
	}
	s.laws(p)
	p.Headline = s.headline()
	p.Program = s.program(b)
	p.Carry = s.carrying(b, false)
	p.Routes = s.routesShort(b)
	for i := range b.Next {
		x := s.step(&b.Next[i])
		if i == 0 {
			p.Step = &x
		} else if len(p.More) < 5 {
			p.More = append(p.More, x)
		}
	}
	for i := range b.Clocks {
		c := &b.Clocks[i]
		switch where(c, b.AsOf) {
		case late:
			p.Late = append(p.Late, s.item(c, i, "late"))
		case soon:
			p.Soon = append(p.Soon, s.item(c, i, "soon"))
		case ahead:
			p.Ahead = append(p.Ahead, s.item(c, i, "ahead"))
		case unsure:
			p.Unsure = append(p.Unsure, s.item(c, i, "unsure"))
		case done:
			p.Done = append(p.Done, s.item(c, i, "done"))
		case standing:
			p.Says = append(p.Says, s.standing(c, i))
		}
	}
	for _, g := range s.rights() {
		r := s.rightGroup(g)
		if r.Open {
			p.Rights = append(p.Rights, r)
		} else {
			p.Over = append(p.Over, r)
		}
	}
	for i := range b.Statements {
		p.Says = append(p.Says, s.statement(&b.Statements[i], i))
	}
	p.Says = lastOnly(p.Says)
	slices.SortStableFunc(p.Says, func(a, b saying) int { return cmp.Compare(a.rank, b.rank) })
	p.Settle = s.asks()
	for i := range b.Notices {
		p.Notices = append(p.Notices, s.notice(&b.Notices[i]))
	}
	soonest := len(p.Soon)
	p.Tiles = []tile{
		{len(p.Late), s.c.T("page.tile_late"), "late", "late"},
		{soonest, s.c.T("page.tile_soon"), "soon", "soon"},
		{b.Headline.Closing, s.c.T("page.tile_closing"), "closing", "limits"},
	}
	return p
}

// laws says which law applies, and first of all where there is none of the
// State's.
func (s *speaker) laws(p *page) {
	seen := map[string]bool{}
	for i := range s.b.Laws {
		l := &s.b.Laws[i]
		name := l.Missing
		if l.Law != nil && len(l.Law.Packs) > 0 {
			name = packName(l.Law.Packs[0], s.c.Lang())
		}
		if l.From != 0 && len(s.b.Laws) > 1 {
			name = s.c.T("page.law_from", "date", s.c.Date(l.From), "name", name)
		}
		p.Law = append(p.Law, name)
		if l.Missing != "" && !seen[l.Missing] {
			seen[l.Missing] = true
			key := "page.federal_only"
			if s.school() {
				key = "page.federal_only_school"
			}
			p.Warnings = append(p.Warnings, s.c.T(key, "name", s.place(l.Missing)))
		}
	}
}

// place names a jurisdiction without a pack; one we have no name for is named
// by its own word, in capitals as addresses write States.
func (s *speaker) place(id string) string {
	if s.c.Has("place." + id) {
		return s.c.T("place." + id)
	}
	return strings.ToUpper(id)
}

func packName(p *law.Pack, lang string) string {
	if n := p.Name[lang]; n != "" {
		return n
	}
	if n := p.Name["en"]; n != "" {
		return n
	}
	return p.ID
}

func (s *speaker) step(p *next.Step) step {
	v := s.values(p)
	return step{Do: locale.First(s.do(p, v)), Why: s.because(p, v), By: s.by(p), Document: s.document(p.Document), Act: act(p), Year: stepYear(p)}
}

// stepYear is the school year whose calendar a step asks for, or "".
func stepYear(p *next.Step) string {
	if act(p) == "" {
		return ""
	}
	return YearOf(least(p.Missing))
}

// act is what a page can offer to do at once: add a calendar, or nothing.
func act(p *next.Step) string {
	if p.Do == "settle_date" && len(p.Missing) > 0 && strings.HasPrefix(p.Missing[0].Key, "calendar_") {
		return "calendar"
	}
	return ""
}

func (s *speaker) cite(r *law.Rule, v *law.Version) cite {
	text, source := citation(r, v)
	if text == "" {
		return cite{}
	}
	c := cite{Text: text, Source: source, Checked: s.checked(r)}
	if r != nil && r.Checked.Level != "" {
		c.Short = s.c.T("checked_short." + r.Checked.Level)
	} else {
		c.Short = s.c.T("checked_short.unverified")
	}
	return c
}

func (s *speaker) item(c *clock.Clock, n int, tone string) item {
	x := item{
		ID: "c" + strconv.Itoa(n+1), Title: s.title(c.Rule), Tone: tone, Mark: marks[tone],
		Status: s.c.T("status." + string(c.Status)), Date: s.dateLine(c), Line: s.line(c), Owes: s.owes(s.owed(c)),
		Asides: s.asides(c), Floor: s.floor(c), Says: s.says(c.Rule), Cite: s.cite(c.Rule, c.Version), Disputed: c.Disputed,
		Rule: string(c.Rule.ID), Trigger: c.Trigger,
	}
	if c.On != 0 {
		x.Big = s.big(c.On)
		if c.Latest > c.On {
			x.Big.Or = s.c.T("line.or", "date", s.c.DayShort(c.Latest))
		}
	}
	if n := s.count(c); n != "" {
		x.Count = s.c.T("line.counted", "count", n)
	}
	if c.Status == clock.MetLate {
		x.Mark = "!" // done, but nothing to tick off
	}
	if c.Status != clock.Met && c.Status != clock.MetLate && c.Status != clock.Ended {
		if a := s.answers(c.Rule); a != "" && tone == "late" {
			key := "line.would_answer"
			if s.mine(c) {
				key = "line.would_count"
			}
			x.Answers = s.c.T(key, "answers", a)
		}
	}
	x.Missing = s.asksOf(c.Missing, c.Kind)
	told := false
	for _, w := range c.Reasons {
		text, source := s.whyCitation(w)
		y := reason{Text: s.why(c, w)}
		if text != "" {
			y.Cite = cite{Text: text, Source: source, Checked: s.checked(s.rule(w.Rule))}
		}
		if text == x.Cite.Text || (len(x.Reasons) > 0 && text == x.Reasons[len(x.Reasons)-1].Cite.Text) {
			y.Cite = cite{}
		}
		if w.Key == "strict_reading" && c.Strict != 0 {
			y.Text = join(y.Text, s.c.T("line.strict_gives", "date", s.near(c.Strict)))
			told = true
		}
		x.Reasons = append(x.Reasons, y)
	}
	if c.Strict != 0 && !told {
		x.Strict = s.c.T("line.strict", "date", s.near(c.Strict))
	}
	if !s.light {
		x.Counts = s.counts(c)
	}
	return x
}

// marks are the signs beside each state, so that color is never the only one.
var marks = map[string]string{"late": "•", "soon": "›", "ahead": "·", "unsure": "?", "done": "✓"}

func (s *speaker) big(d day.Date) bigDate {
	return bigDate{Weekday: s.c.WeekdayShort(d.Weekday()), Day: s.c.DayShort(d), Year: strconv.Itoa(d.Year()), ISO: d.String()}
}

// counts is how a date was counted, once for each reading.
func (s *speaker) counts(c *clock.Clock) []counted {
	var out []counted
	first := s.counted(c, &c.Trace, c.On)
	if len(first.Runs) == 0 {
		return nil
	}
	if c.Trace2 != nil && c.Latest != 0 {
		first.Title = s.c.T("page.how_first")
		second := s.counted(c, c.Trace2, c.Latest)
		second.Title = s.c.T("page.how_later")
		return append(out, first, second)
	}
	return append(out, first)
}

func (s *speaker) counted(c *clock.Clock, t *trace.Trace, due day.Date) counted {
	runs := t.Runs()
	x := counted{}
	for i, r := range runs {
		x.Runs = append(x.Runs, run{Span: s.c.Span(day.Span{First: r.From, Last: r.To}), Days: r.Days, Counted: r.Counted, Why: s.runReason(t, runs, i)})
		if r.Counted {
			x.Days += r.Days
		}
	}
	sure := due != 0
	if !sure {
		x.Title = s.c.T("page.how_earliest")
		if due = t.Last; t.Back {
			due = t.First
		}
	}
	x.Months, x.Marks = s.months(t, runs, zeroDay(c), due, sure)
	return x
}

// runReason says why the days of a run count or do not; the first run also says
// which day is day 1.
func (s *speaker) runReason(t *trace.Trace, runs []trace.Run, i int) string {
	if t.Hours > 0 {
		return s.c.T("reason.hours")
	}
	why := s.reason(runs[i].Why)
	if t.Named {
		return why
	}
	switch {
	case t.Back && runs[i].Counted && lastCounted(runs) == i:
		return s.c.T("reason.first_back", "why", why)
	case t.Back || i != 0:
		return why
	case t.Same:
		return s.c.T("reason.first_same", "why", why)
	}
	return s.c.T("reason.first_next", "why", why)
}

func lastCounted(runs []trace.Run) int {
	for i := len(runs) - 1; i >= 0; i-- {
		if runs[i].Counted {
			return i
		}
	}
	return -1
}

// standing is a clock with a verbal standard instead of a number.
func (s *speaker) standing(c *clock.Clock, n int) saying {
	x := saying{ID: "c" + strconv.Itoa(n+1), Title: s.title(c.Rule), Owes: s.owes(s.owed(c)), Standard: s.standard(standard(c)),
		Elapsed: s.elapsed(c.Kind.String(), c.TriggerOn, c.MetOn, c.Elapsed), Tribunal: s.tribunal(c.Tribunal),
		Says: s.says(c.Rule), Cite: s.cite(c.Rule, c.Version)}
	switch standard(c) {
	case "ongoing", "periodically", "annually":
		x.rank = 2 // duties that never end say little about today
	}
	if c.MetBy != "" {
		x.rank = 3
	}
	if a := s.answers(c.Rule); a != "" && c.MetBy == "" {
		x.Answers = s.c.T("line.would_answer", "answers", a)
	}
	x.Missing = s.asksOf(c.Missing, c.Kind)
	return x
}

// lastOnly keeps the last of several sayings of a duty that never ends, such as
// one that comes back each school year.
func lastOnly(in []saying) []saying {
	last := map[string]int{}
	for i := range in {
		last[in[i].Title] = i
	}
	out := in[:0]
	for i := range in {
		if in[i].rank < 2 || last[in[i].Title] == i {
			out = append(out, in[i])
		}
	}
	return out
}

func (s *speaker) statement(t *clock.Statement, n int) saying {
	x := saying{rank: 1, ID: "s" + strconv.Itoa(n+1), Title: s.title(t.Rule), Says: s.says(t.Rule), Cite: s.cite(t.Rule, t.Version)}
	if t.Rule.Kind == law.Duty {
		x.Owes = s.owes(s.owner(t.Rule.OwedBy, t.Trigger))
		x.Elapsed = s.elapsed(t.Kind.String(), t.On, t.MetOn, t.Elapsed)
	}
	if x.Elapsed == "" || !t.MetOn.IsZero() {
		x.Because = s.c.T("line.brought_up", "kind", s.c.TheKind(t.Kind.String()), "on", s.on(t.On))
	}
	if e := s.entry(t.PointsTo); e != nil {
		x.Points = s.c.T("line.points_to", "kind", s.c.TheKind(e.Kind.String()), "on", s.on(e.On))
	}
	x.Missing = s.asksOf(t.Missing, t.Kind)
	return x
}

// rowsShown is how many subjects of one right are shown before the rest folds.
const rowsShown = 3

func (s *speaker) rightGroup(g rightGroup) right {
	r := g.rule
	x := right{Rule: s.title(r), Says: s.says(r), Must: s.mustBe(r), Except: s.exceptions(r)}
	all := append(append(x.Rows[:0:0], s.subjects(g.open)...), s.subjects(g.over)...)
	if len(g.open) > 0 {
		l := g.open[0]
		x.Open, x.Name = true, s.right(r, l.Right)
		x.Line, x.Cite = s.limitLine(l), s.cite(r, l.Version)
		x.Whose = s.whose(s.owner(s.whoseRight(r), l.Entry))
		x.Rows, x.Over = all[:len(g.open)], all[len(g.open):]
		x.More = max(0, len(x.Rows)-rowsShown)
		x.Tone = "ahead"
		if l.Left <= 60 {
			x.Tone = "soon"
		}
		if l.Earliest != 0 {
			x.Big, x.Date = s.big(l.Earliest), s.c.WeekdayShort(l.Earliest.Weekday())+" "+s.c.DateShort(l.Earliest)
		}
		return x
	}
	l := g.over[0]
	x.Name, x.Cite, x.Tone, x.Over = s.right(r, l.Right), s.cite(r, l.Version), "done", all
	x.Whose = s.whose(s.owner(s.whoseRight(r), l.Entry))
	return x
}

// whoseRight is whose right a limit ends: a complaint about a wrong is the
// family's unless the rule names somebody.
func (s *speaker) whoseRight(r *law.Rule) fact.Party {
	if r.OnWrong && (r.OwedBy == "" || r.OwedBy == fact.Filer || r.OwedBy == fact.Either) {
		return fact.Parent
	}
	return r.OwedBy
}

// Items lets the template read the clocks of one part.
func (p *page) Items(part string) []item {
	switch part {
	case "late":
		return p.Late
	case "soon":
		return p.Soon
	case "ahead":
		return p.Ahead
	}
	return p.Unsure
}
