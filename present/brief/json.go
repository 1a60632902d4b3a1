package brief

import (
	"bytes"
	"encoding/json"
	"io"
	"sync"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/derive/next"
	"stayput/derive/trace"
	"stayput/fact"
	"stayput/law"
)

// WriteJSON writes a brief as JSON, indented unless o.Compact, with a line end.
// With o.Compact it is one line of a JSON Lines file: the long texts of rules,
// the links to them and the law without numbers are left out, because a
// caseload repeats them and `stayput law explain` has them.
func WriteJSON(w io.Writer, b *derived.Brief, o Options) error {
	e := encoders.Get().(*encoder)
	defer encoders.Put(e)
	e.b = e.b[:0]
	e.document(NewDocument(b, o))
	e.b = append(e.b, '\n')
	if o.Compact {
		_, err := w.Write(e.b)
		return err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, e.b, "", "  "); err != nil {
		return err
	}
	_, err := w.Write(out.Bytes())
	return err
}

var encoders = sync.Pool{New: func() any { return &encoder{b: make([]byte, 0, 64<<10)} }}

// NewDocument gives the JSON form of a brief as values.
func NewDocument(b *derived.Brief, o Options) *Document {
	s := newSpeaker(b, o)
	d := &Document{Case: o.Case, AsOf: b.AsOf, KnownBy: date(b.Known), Scope: []string{}}
	if b.Case != nil {
		d.Title = b.Case.Title
		d.Jurisdiction = fact.At(b.Case.Jurisdiction, b.AsOf)
	}
	for i := range b.Laws {
		l := &b.Laws[i]
		x := LawOf{From: date(l.From), Missing: l.Missing}
		if l.Law != nil {
			x.Is = l.Law.Jurisdiction
			if (l.From <= b.AsOf || i == 0) && len(l.Law.Packs) > 0 {
				d.Scope = l.Law.Packs[0].Covers
			}
		}
		if d.Jurisdiction == "" && l.Law != nil {
			d.Jurisdiction = l.Law.Jurisdiction
		}
		d.Laws = append(d.Laws, x)
	}
	if d.Scope == nil {
		d.Scope = []string{}
	}
	h := &b.Headline
	d.Headline = &HeadlineOf{Key: h.Key, Message: s.headline(), Late: h.Late, Soon: h.Soon, Closing: h.Closing, Unsure: h.Unsure}
	d.Clocks = make([]ClockOf, len(b.Clocks))
	for i := range b.Clocks {
		s.clockOf(&d.Clocks[i], &b.Clocks[i])
	}
	d.Limits = make([]LimitOf, len(b.Limits))
	for i := range b.Limits {
		s.limitOf(&d.Limits[i], &b.Limits[i])
	}
	d.Next = make([]StepOf, len(b.Next))
	for i := range b.Next {
		s.stepOf(&d.Next[i], &b.Next[i])
	}
	if n := len(b.Statements); n > 0 && !o.Compact {
		d.LawSays = make([]StatementOf, n)
		for i := range b.Statements {
			s.statementOf(&d.LawSays[i], &b.Statements[i])
		}
	}
	if o.Compact {
		for i := range d.Clocks {
			d.Clocks[i].Says, d.Clocks[i].Source = "", ""
		}
		for i := range d.Limits {
			d.Limits[i].Source = ""
		}
	}
	for i := range b.Notices {
		n := &b.Notices[i]
		d.Notices = append(d.Notices, NoticeOf{Key: n.Key, Entry: n.Entry, Message: s.notice(n)})
	}
	d.Program, d.Review = s.programOf(b.Program), s.findingsOf(b.Reviews)
	d.Delivery, d.Progress = s.deliveryOf(b.Delivery), s.goalsOf(b.Progress)
	if !o.Compact {
		d.Routes = s.routesOf(b)
	}
	return d
}

func date(d day.Date) *day.Date {
	if d == 0 {
		return nil
	}
	return &d
}

func number(n int) *int { return &n }

func (s *speaker) clockOf(x *ClockOf, c *clock.Clock) {
	r := c.Rule
	*x = ClockOf{
		Rule: r.ID, Title: s.title(r), Kind: string(r.Kind), Area: r.Area, OwedBy: string(c.OwedBy),
		Trigger: TriggerOf{c.Trigger, c.Kind.String(), c.TriggerOn.String()},
		Due:     date(c.On), Earliest: date(c.Earliest), Latest: date(c.Latest), Strict: date(c.Strict), NominalDue: date(c.Nominal),
		Disputed: c.Disputed, Standard: standard(c), Status: string(c.Status), DaysLate: c.DaysLate, Says: s.says(r),
		Reasons: s.reasonsOf(c), Missing: s.missingOf(c.Missing, c.Kind),
		Trace: s.runsOf(&c.Trace),
	}
	if x.OwedBy == "" {
		x.OwedBy = string(r.OwedBy)
	}
	if c.Trace2 != nil {
		x.TraceLater = s.runsOf(c.Trace2)
	}
	x.Citation, x.Source = citation(r, c.Version)
	x.Checked, x.CheckedOn = checkedOf(r)
	x.Message = s.line(c)
	if c.Minute >= 0 {
		x.Time = hhmm(c.Minute)
	}
	if c.MetBy != "" {
		x.MetBy = &EntryOf{c.MetBy, c.MetOn.String()}
	}
	if c.EndedBy != "" {
		x.EndedBy = &EntryOf{c.EndedBy, c.EndedOn.String()}
	}
	if x.Standard != "" {
		if c.Elapsed >= 0 {
			x.Elapsed = number(c.Elapsed)
		}
		x.Message = join(s.standard(x.Standard), s.elapsed(x.Trigger.Kind, c.TriggerOn, c.MetOn, c.Elapsed))
	}
	if t := c.Tribunal; t != nil {
		x.Tribunal = &TribunalOf{t.Days, "acceptable", t.Citation}
		if t.TooLong {
			x.Tribunal.Found = "too_long"
		}
	}
	if f := c.Floor; f != nil && f.Rule != nil && f.On != 0 {
		cite, _ := citation(f.Rule, f.Rule.VersionAt(c.TriggerOn.Earliest))
		x.Floor = &FloorOf{f.Rule.ID, f.On, cite}
	}
}

func checkedOf(r *law.Rule) (string, *day.Date) {
	if r.Checked.Level == "" {
		return "unverified", nil
	}
	return r.Checked.Level, date(r.Checked.On)
}

func hhmm(m int16) string {
	b := []byte{byte('0' + m/600), byte('0' + m/60%10), ':', byte('0' + m%60/10), byte('0' + m%10)}
	return string(b)
}

func (s *speaker) reasonsOf(c *clock.Clock) []ReasonOf {
	if len(c.Reasons) == 0 {
		return nil
	}
	out := make([]ReasonOf, len(c.Reasons))
	for i, w := range c.Reasons {
		cite, _ := s.whyCitation(w)
		out[i] = ReasonOf{w.Key, s.why(c, w), cite}
	}
	return out
}

func (s *speaker) missingOf(ms []day.Missing, about fact.Kind) []MissingOf {
	if len(ms) == 0 {
		return nil
	}
	out := make([]MissingOf, len(ms))
	for i, m := range ms {
		out[i] = MissingOf{m.Key, m.Name, s.missing(m, about, settles(ms, m))}
	}
	return out
}

func (s *speaker) runsOf(t *trace.Trace) []RunOf {
	runs := t.Runs()
	if len(runs) == 0 {
		return nil
	}
	out := make([]RunOf, len(runs))
	for i, r := range runs {
		out[i] = RunOf{r.From, r.To, r.Days, r.Counted, s.runReason(t, runs, i)}
	}
	return out
}

func (s *speaker) limitOf(x *LimitOf, l *limit.Limit) {
	r := l.Rule
	*x = LimitOf{
		Right: l.Right, Rule: r.ID, Title: s.title(r), About: aboutOf(l),
		Happened: date(l.Happened.First), Known: date(l.Known.First), Earliest: date(l.Earliest), Latest: date(l.Latest),
		Status: string(l.Status), UsedBy: l.UsedBy, MustBe: r.MustBe, By: string(r.By), Message: s.limitLine(l),
		Exceptions: s.exceptions(r), Missing: s.missingOf(l.Missing, 0),
	}
	if l.Happened.Last != l.Happened.First {
		x.HappenedTo = date(l.Happened.Last)
	}
	if l.Known.Last != l.Known.First {
		x.KnownTo = date(l.Known.Last)
	}
	if l.Earliest != 0 {
		x.DaysLeft = number(l.Left)
	}
	x.Citation, x.Source = citation(r, l.Version)
	x.Checked, x.CheckedOn = checkedOf(r)
}

func aboutOf(l *limit.Limit) AboutOf {
	a := AboutOf{Entry: l.Entry}
	if l.Wrong != nil && l.Wrong.Clock >= 0 && l.Clock != nil {
		a.Rule, a.Entry = l.Clock.Rule.ID, l.Clock.Trigger
	}
	return a
}

func (s *speaker) stepOf(x *StepOf, p *next.Step) {
	v := s.values(p)
	*x = StepOf{Do: p.Do, For: string(p.For), By: date(p.By), ByLaw: p.ByLaw, Message: s.do(p, v), Why: s.because(p, v),
		Document: p.Document, Missing: s.missingOf(p.Missing, 0)}
	switch {
	case p.Clock != nil:
		x.About = &AboutOf{Rule: p.Clock.Rule.ID, Entry: p.Clock.Trigger}
	case p.Limit != nil:
		a := aboutOf(p.Limit)
		a.Right = p.Limit.Right
		x.About = &a
	case p.Entry != "":
		x.About = &AboutOf{Entry: p.Entry}
	}
}

func (s *speaker) statementOf(x *StatementOf, t *clock.Statement) {
	r := t.Rule
	*x = StatementOf{Rule: r.ID, Title: s.title(r), Kind: string(r.Kind), Area: r.Area, OwedBy: string(r.OwedBy),
		Trigger:  TriggerOf{t.Trigger, t.Kind.String(), t.On.String()},
		PointsTo: t.PointsTo, Says: s.says(r), Missing: s.missingOf(t.Missing, t.Kind)}
	x.Citation, x.Source = citation(r, t.Version)
	x.Checked, x.CheckedOn = checkedOf(r)
	if t.MetBy != "" {
		x.MetBy = &EntryOf{t.MetBy, t.MetOn.String()}
	}
	if t.Elapsed >= 0 {
		x.Elapsed = number(t.Elapsed)
	}
}
