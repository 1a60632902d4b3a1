package brief

import (
	"strconv"
	"strings"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/fact"
	"stayput/law"
	"stayput/law/pack"
	"stayput/locale"
)

// A speaker puts one brief into words: it knows the language, who reads and on
// which day.
type speaker struct {
	c      *locale.Catalog
	words  Words
	b      *derived.Brief
	asOf   day.Date
	reader fact.Party // who "you" is
	light  bool       // leave out how dates were counted
}

func newSpeaker(b *derived.Brief, o Options) *speaker {
	s := &speaker{c: o.catalog(), words: o.Words, b: b, asOf: b.AsOf, reader: fact.Parent}
	if b.Case != nil && b.Case.Side == fact.SchoolSide {
		s.reader = fact.LEA
		if t, ok := o.Words.(*pack.TextsIn); ok {
			s.words = t.Neutral() // "your" in a title is the parent's
		}
	}
	return s
}

func (s *speaker) school() bool { return s.reader == fact.LEA }

func (s *speaker) text(id law.RuleID) *pack.Text {
	if s.words == nil {
		return nil
	}
	return s.words.Rule(id)
}

// title is a rule's title; without texts, its id.
func (s *speaker) title(r *law.Rule) string {
	if r == nil {
		return ""
	}
	if t := s.text(r.ID); t != nil && t.Title != "" {
		return t.Title
	}
	return string(r.ID)
}

// says is a rule in plain words, or "".
func (s *speaker) says(r *law.Rule) string {
	if r == nil {
		return ""
	}
	if t := s.text(r.ID); t != nil {
		return t.Says
	}
	return ""
}

// answers is what would count as the answer, as a noun, or "".
func (s *speaker) answers(r *law.Rule) string {
	if r == nil {
		return ""
	}
	if t := s.text(r.ID); t != nil && t.Answers != "" {
		return t.Answers
	}
	if len(r.MetBy) == 1 {
		return s.c.TheKind(r.MetBy[0].Kind.String())
	}
	return ""
}

// entry is an entry of the record, or nil.
func (s *speaker) entry(id string) *fact.Entry {
	if s.b.View == nil || id == "" {
		return nil
	}
	return s.b.View.Get(id)
}

// owner is who must act, with "whoever filed" made plain where the record says
// who filed.
func (s *speaker) owner(p fact.Party, trigger string) fact.Party {
	if p != fact.Filer && p != fact.OtherParty {
		return p
	}
	e := s.entry(trigger)
	// Corrections may make entries answer each other in a circle.
	for n := 0; e != nil && n < len(s.b.View.Entries) && e.Fields.FiledBy == "" && e.Re != ""; n++ {
		e = s.entry(e.Re)
	}
	if e == nil {
		return p
	}
	filer := fact.Party(e.Fields.FiledBy)
	switch {
	case filer == "":
		return p
	case p == fact.Filer:
		return filer
	case filer == fact.Parent:
		return fact.LEA
	}
	return fact.Parent
}

// mine reports a duty of the reader's own.
func (s *speaker) mine(c *clock.Clock) bool {
	p := s.owed(c)
	return p == s.reader || p == fact.Either
}

// owed is who owes a clock.
func (s *speaker) owed(c *clock.Clock) fact.Party {
	p := c.OwedBy
	if p == "" {
		p = c.Rule.OwedBy
	}
	return s.owner(p, c.Trigger)
}

// owes says whose duty it is, from the reader's side.
func (s *speaker) owes(p fact.Party) string { return s.partyKey("owes.", p) }

// whose says whose right it is.
func (s *speaker) whose(p fact.Party) string { return s.partyKey("whose.", p) }

func (s *speaker) partyKey(prefix string, p fact.Party) string {
	switch {
	case p == s.reader:
		return s.c.T(prefix + "you")
	case p == "":
		return ""
	}
	return s.c.T(prefix + string(p))
}

// party names somebody.
func (s *speaker) party(p fact.Party) string {
	key := "party." + string(p)
	if !s.c.Has(key) {
		return strings.ReplaceAll(string(p), "_", " ")
	}
	return s.c.T(key)
}

// near is a date without the year when it is that of the day asked about.
func (s *speaker) near(d day.Date) string { return s.c.DateNear(d, s.asOf) }

// on is a date as it stands in a sentence.
func (s *speaker) on(w day.When) string { return s.c.OnWhen(w, s.asOf) }

// checked says how well a rule's text was read.
func (s *speaker) checked(r *law.Rule) string {
	switch {
	case r == nil || r.Checked.Level == "":
		return s.c.T("checked.unverified")
	case r.Checked.Level == "primary" && r.Checked.On == 0:
		return s.c.T("checked.primary_undated")
	}
	return s.c.T("checked."+r.Checked.Level, "date", s.c.Date(r.Checked.On))
}

// citation is where the law stands: text and address.
func citation(r *law.Rule, v *law.Version) (text, source string) {
	if v == nil && r != nil && len(r.Versions) > 0 {
		v = &r.Versions[len(r.Versions)-1]
	}
	if v == nil {
		return "", ""
	}
	return v.Citation, v.Source
}

// rule finds a rule by id in the laws of the brief.
func (s *speaker) rule(id law.RuleID) *law.Rule {
	if id == "" {
		return nil
	}
	for i := len(s.b.Laws) - 1; i >= 0; i-- {
		if l := s.b.Laws[i].Law; l != nil {
			if r := l.Rule(id); r != nil {
				return r
			}
		}
	}
	return nil
}

// reason says why a day counts or does not.
func (s *speaker) reason(r day.Reason) string {
	name := r.Name
	if name != "" && (r.Key == "holiday" || r.Key == "holiday_open") {
		name = s.holiday(name)
	}
	key := "reason." + r.Key
	if name == "" && s.c.Has(key+"_plain") {
		key += "_plain"
	}
	return s.c.T(key, "name", name)
}

func (s *speaker) holiday(id string) string {
	if s.words != nil {
		if n := s.words.Holiday(id); n != "" {
			return n
		}
	}
	return strings.ReplaceAll(id, "_", " ")
}

// named is what a name in the brief stands for: a kind of entry, an entry, or
// itself.
func (s *speaker) named(name string) (kind string, on day.When) {
	if e := s.entry(name); e != nil {
		return s.c.TheKind(e.Kind.String()), e.On
	}
	if _, ok := fact.Lookup(name); ok {
		return s.c.TheKind(name), day.When{}
	}
	return name, day.When{}
}

// missing says what is not known and asks for the least that would settle it, or
// would help where further facts are missing too.
func (s *speaker) missing(m day.Missing, about fact.Kind, settles bool) string {
	kind, on := s.named(m.Name)
	if kind == "" && about != 0 {
		kind = s.c.TheKind(about.String())
	}
	if !on.IsZero() {
		kind = s.c.T("count.start", "kind", kind, "date", s.c.When(on))
	}
	key := "missing." + m.Key
	if !s.c.Has(key) {
		key = "missing.other"
	}
	if helps := "missing_helps." + m.Key; !settles && s.c.Has(helps) {
		key = helps
	}
	return s.c.T(key, "name", m.Name, "kind", kind)
}

// why says why there are two dates.
func (s *speaker) why(c *clock.Clock, w clock.Why) string {
	if w.Key == "reading" || w.Key == "strict_reading" {
		for _, id := range []law.RuleID{w.Rule, c.Rule.ID} {
			if t := s.text(id); t != nil && t.Readings[w.Name] != "" {
				return t.Readings[w.Name]
			}
		}
	}
	key := "why." + w.Key
	if w.Key == "strict_reading" && w.Name == "" && c.Due != nil && c.Due.Skip != nil {
		key = "why.strict_break"
	}
	if w.Name != "" && s.c.Has(key+"_named") {
		key += "_named"
	}
	if !s.c.Has(key) {
		key = "why.reading"
	}
	name := w.Name
	if strings.HasPrefix(w.Key, "holiday") || w.Key == "roll_holiday" {
		name = s.holiday(name)
	}
	return s.c.T(key, "name", name, "date", s.near(w.On))
}

// whyCitation is the citation behind a reason, which is not always the clock's.
func (s *speaker) whyCitation(w clock.Why) (text, source string) {
	r := s.rule(w.Rule)
	if r == nil {
		return "", ""
	}
	v := r.VersionAt(w.On)
	if v == nil {
		v = r.VersionAt(s.asOf)
	}
	return citation(r, v)
}

// count says how a date was counted: "15 calendar days after the request for an
// evaluation (February 3)".
func (s *speaker) count(c *clock.Clock) string {
	d := c.Due
	if d == nil {
		return ""
	}
	if d.OnMonth != 0 {
		return s.c.T("count.fixed", "date", s.near(c.On))
	}
	if !d.Count.Given {
		return ""
	}
	start := s.start(c)
	if d.Count.N == 0 {
		if d.From.Kind == law.FromYearEnd || d.From.Kind == law.FromNextYearStart {
			return start
		}
		return s.c.T("count.zero", "start", start)
	}
	n := s.c.N("unit."+d.Count.Unit.String(), d.Count.N)
	switch {
	case d.Count.Back && d.Count.MoreThan:
		return s.c.T("count.more_before", "count", n, "start", start)
	case d.Count.Back:
		return s.c.T("count.before", "count", n, "start", start)
	case d.FirstSame:
		return s.c.T("count.first_same", "count", n, "start", start)
	}
	return s.c.T("count.after", "count", n, "start", start)
}

func (s *speaker) start(c *clock.Clock) string {
	f := c.Due.From
	switch f.Kind {
	case law.FromNextYearStart:
		return s.c.T("count.next_year_start")
	case law.FromYearEnd:
		return s.c.T("count.year_end")
	case law.FromTrigger:
		kind := s.c.TheKind(c.Kind.String())
		if c.TriggerOn.IsZero() {
			return kind
		}
		return s.c.T("count.start", "kind", kind, "date", s.when(c.TriggerOn))
	}
	var kinds []string
	for _, k := range f.Kinds {
		kinds = append(kinds, s.c.TheKind(k.String()))
		if len(kinds) == 2 {
			break
		}
	}
	kind := s.c.ListOr(kinds)
	if on := zeroDay(c); on != 0 && len(f.Kinds) == 1 {
		return s.c.T("count.start", "kind", kind, "date", s.near(on))
	}
	return kind
}

// when is a day as it stands in brackets.
func (s *speaker) when(w day.When) string {
	if w.Exact() && w.Minute < 0 {
		return s.near(w.Earliest)
	}
	return s.c.When(w)
}

// zeroDay is the day a count starts from and does not count; zero when the
// count has none.
func zeroDay(c *clock.Clock) day.Date {
	t := &c.Trace
	switch {
	case t.Same:
		return 0
	case c.Base != 0:
		return c.Base
	case t.First == 0 || t.Named:
		return 0
	case t.Back:
		return t.Last + 1
	}
	return t.First - 1
}

// asides are the further things to know about a count: what was left out, what
// moved the date.
func (s *speaker) asides(c *clock.Clock) []string {
	var out []string
	if d := c.Due; d != nil {
		if k := d.Skip; k != nil {
			n := strconv.Itoa(k.Skip.BreaksOver)
			switch {
			case k.Skip.Closures:
				out = append(out, s.c.T("count.skip_closures"))
			case k.Skip.BetweenTerms && k.Skip.BreaksOver >= 0:
				out = append(out, s.c.T("count.skip_both", "n", n))
			case k.Skip.BetweenTerms:
				out = append(out, s.c.T("count.skip_terms"))
			case k.Skip.BreaksOver >= 0:
				out = append(out, s.c.T("count.skip_breaks", "n", n))
			}
		}
		if d.WeekdayHolidays {
			out = append(out, s.c.T("count.weekday_holidays"))
		}
	}
	if m := c.Trace.Moved; m != 0 && c.On != 0 && m != c.On {
		out = append(out, s.c.T("count.moved", "from", s.near(m), "to", s.near(c.On)))
	}
	if c.Nominal != 0 && c.On != 0 && c.Nominal != c.On {
		line := s.c.T("count.extended_plain", "from", s.near(c.Nominal), "to", s.near(c.On))
		if len(c.Extended) > 0 {
			if e := s.entry(c.Extended[len(c.Extended)-1]); e != nil {
				line = locale.First(s.c.T("count.extended", "kind", s.c.TheKind(e.Kind.String()), "on", s.on(e.On),
					"from", s.near(c.Nominal), "to", s.near(c.On)))
			}
		}
		out = append(out, line)
	}
	return out
}

// floor says what the rule underneath would give, when that is another day.
func (s *speaker) floor(c *clock.Clock) string {
	// A rule underneath that gives the same day tells the reader nothing.
	if c.Floor == nil || c.Floor.On == 0 || c.Floor.Rule == nil || c.Floor.On == c.On {
		return ""
	}
	cite, _ := citation(c.Floor.Rule, c.Floor.Rule.VersionAt(c.TriggerOn.Earliest))
	return s.c.T("line.floor_rule", "date", s.near(c.Floor.On), "citation", cite)
}

// tribunal says how long a delay was judged.
func (s *speaker) tribunal(t *law.Tribunal) string {
	if t == nil {
		return ""
	}
	key := "line.tribunal_acceptable"
	if t.TooLong {
		key = "line.tribunal_too_long"
	}
	return s.c.T(key, "n", strconv.Itoa(t.Days), "citation", t.Citation)
}
