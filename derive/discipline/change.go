package discipline

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
)

// changes finds the changes of placement: those somebody decided, those by
// length, and those a State adds.
func (e *engine) changes() {
	var out []Change
	for _, i := range e.v.ByKind(changeDecided) {
		x := e.v.Entries[i]
		if x.On.Earliest > e.in.AsOf {
			continue
		}
		c := Change{How: Decided, Answer: fact.Yes, On: Span{x.On.Earliest, x.On.Latest}, Entry: x.ID}
		for _, r := range e.res.Removals {
			if r.Carries == x.ID {
				c.Removals = append(c.Removals, r.Entry)
				c.Days.AtLeast += r.Whole.AtLeast
				c.Days.AtMost += r.Whole.AtMost
			}
		}
		c.Why = append(c.Why, e.why("decided", law.DisciplineChange, x.On.Earliest, map[string]string{"day": iso(x.On.Earliest)}, x.ID))
		out = append(out, c)
	}
	for _, run := range e.runs() {
		out = e.byLength(out, run)
	}
	for i := range e.res.Years {
		out = append(out, e.byState(&e.res.Years[i])...)
	}
	slices.SortStableFunc(out, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.On.Earliest, b.On.Earliest), cmp.Compare(a.How, b.How), cmp.Compare(a.Entry, b.Entry))
	})
	e.res.Changes = out
	for i := range out {
		e.review(&out[i])
	}
}

// A run is one removal, or several with no school day between them.
type run struct {
	rs   []Removal
	days Count
}

// runs joins removals that follow each other without a school day between: in
// school days they are one stretch.
func (e *engine) runs() []run {
	var out []run
	for _, r := range e.res.Removals {
		if r.Carries != "" {
			continue
		}
		if n := len(out); n > 0 {
			last := &out[n-1]
			end := last.rs[0].end()
			for _, x := range last.rs {
				end = max(end, x.end())
			}
			if c := e.between(end, r.First); c.AtMost == 0 {
				// Days that both speak of count once.
				both := Count{}
				for d := r.First; d <= min(end, r.end()); d++ {
					if s := schoolDay(e.in.School, d); s != day.No {
						both.add(s)
					}
				}
				last.rs = append(last.rs, r)
				last.days.AtLeast += r.Whole.AtLeast - both.AtLeast
				last.days.AtMost += r.Whole.AtMost - both.AtMost
				continue
			}
		}
		out = append(out, run{[]Removal{r}, r.Whole})
	}
	return out
}

// byLength adds a run of more than ten school days, or says which decision in
// the record it belongs to.
func (e *engine) byLength(out []Change, u run) []Change {
	first, end := u.rs[0].First, u.rs[0].end()
	var ids []string
	for _, r := range u.rs {
		ids = append(ids, r.Entry)
		end = max(end, r.end())
	}
	limit := e.schoolDays(law.DisciplineShort, first, short)
	answer := u.days.Over(limit)
	if answer == fact.No {
		return out
	}
	for i := range out {
		// A decision made before the removal or during it is the decision to make it.
		if c := &out[i]; c.How == Decided && len(c.Removals) == 0 && c.On.Earliest >= first.Add(-30) && c.On.Earliest <= end {
			c.Removals, c.Days = ids, u.days
			return out
		}
	}
	c := Change{How: ByLength, Answer: answer, On: e.after(first-1, limit+1), Removals: ids, Days: u.days}
	key := "by_length"
	if answer == fact.Unsaid {
		key = "by_length_between"
	}
	if len(u.rs) > 1 {
		c.How, c.Answer = InARow, fact.Unsaid
		key = "in_a_row"
	}
	c.Why = append(c.Why, e.why(key, law.DisciplineChange, first, counted(map[string]string{"day": iso(first), "count": num(len(ids))}, u.days), ids...))
	return append(out, c)
}

// byState adds what a State counts as a change besides length and pattern.
func (e *engine) byState(y *Year) []Change {
	l := e.law(e.in.AsOf)
	if l == nil {
		return nil
	}
	var out []Change
	for _, a := range l.Answers(law.DisciplineChange, e.in.AsOf) {
		switch a.Is {
		case "fifteen_total":
			if answer := y.Days.Over(15); answer != fact.No {
				days := e.dayOf(y, 16)
				out = append(out, Change{How: ByTotal, Answer: answer, On: days, Removals: e.of(y), Days: y.Days,
					Why: []Reason{e.by("by_total", a.Rule, e.in.AsOf, counted(map[string]string{"year": y.Label}, y.Days))}})
			}
		case "any":
			ids := e.of(y)
			if len(ids) == 0 {
				continue
			}
			first := e.v.Get(ids[0]).On.Latest
			out = append(out, Change{How: ByGroup, Answer: fact.Unsaid, On: Span{first, first}, Removals: ids, Days: y.Days,
				Why: []Reason{e.by("by_group", a.Rule, e.in.AsOf, nil, ids...)}})
		}
	}
	return out
}

// dayOf is between which days the nth day of removal of a year fell.
func (e *engine) dayOf(y *Year, n int) Span {
	var s Span
	var c Count
	counted := day.Date(0)
	for _, r := range e.res.Removals {
		if r.Carries != "" {
			continue
		}
		for d := max(r.First, counted+1); d <= min(r.end(), e.in.AsOf, r.First.Add(farthest)); d++ {
			sure := schoolDay(e.in.School, d)
			if sure == day.No {
				continue
			}
			counted = d
			if year := e.yearOf(d); year != y.Begins {
				continue
			}
			c.add(sure)
			if c.AtMost == n && s.Earliest == 0 {
				s.Earliest = d
			}
			if c.AtLeast == n && s.Latest == 0 {
				s.Latest = d
			}
		}
	}
	return s
}

func (e *engine) yearOf(d day.Date) int {
	t := &tally{rule: day.YearRule{Month: 7, Day: 1}}
	if l := e.law(e.in.AsOf); l != nil && l.Year.Month != 0 {
		t.rule = l.Year
	}
	return t.begins(d)
}

// review says by when the manifestation review is due, what it found, and what
// follows from each answer.
func (e *engine) review(c *Change) {
	d := c.On.Earliest
	r := &c.Review
	days := e.schoolDays(law.DisciplineReview, d, 10)
	switch {
	case c.How == Decided:
		r.From = c.On
		r.Due = Span{e.after(c.On.Earliest, days).Earliest, e.after(c.On.Latest, days).Latest}
		r.Why = append(r.Why, e.why(r.Due.key("review_due"), law.DisciplineReview, d, spanned(map[string]string{"n": num(days)}, r.Due), c.Entry))
	default:
		// Nobody wrote down who decided it and when; the day the number was passed is
		// the latest it can have been decided.
		r.From = Span{Latest: c.On.Latest}
		r.Due = Span{Latest: e.after(c.On.Latest, days).Latest}
		if c.On.Latest == 0 {
			r.Due.Latest = 0
		}
		r.Why = append(r.Why, e.why("review_no_decision", law.DisciplineReview, d, map[string]string{"n": num(days)}))
	}
	e.held(c)
	switch {
	case r.Held != "":
		r.Late = fact.TriOf(r.Due.Latest != 0 && r.On > r.Due.Latest)
		if r.Due.Latest == 0 || r.Due.Earliest < r.On && r.On <= r.Due.Latest && !r.Due.settled() {
			r.Late = fact.Unsaid
		}
	case r.Due.Latest != 0 && e.in.AsOf > r.Due.Latest && c.Answer == fact.Yes:
		r.Late = fact.Yes
	case r.Due.Earliest != 0 && e.in.AsOf <= r.Due.Earliest:
		r.Late = fact.No
	}
	e.told(c)
	why := func(key string, q law.Question) Reason { return e.why(key, q, d, nil) }
	r.Why = append(r.Why, why("review_asks", law.DisciplineTest))
	r.IfYes = []Reason{why("yes_return", law.DisciplineIsManifest), why("yes_assess", law.DisciplineIsManifest), why("yes_failed", law.DisciplineFailed),
		why("special", law.DisciplineSetting)}
	r.IfNo = []Reason{why("no_as_others", law.DisciplineIsNot), why("no_services", law.DisciplineLong), why("appeal", law.DisciplineAppeal)}
}

// held finds the determination: the one that names the decision, else the first
// after it that names nothing else.
func (e *engine) held(c *Change) {
	r := &c.Review
	r.Result = fact.Unsaid
	from := c.On.Earliest
	if c.How != Decided && len(c.Removals) > 0 {
		from = e.v.Get(c.Removals[0]).On.Latest
	}
	var found *fact.Entry
	for _, i := range e.v.ByKind(determined) {
		x := e.v.Entries[i]
		if x.On.Earliest > e.in.AsOf {
			continue
		}
		if re := e.v.Re(i); re >= 0 && e.v.Entries[re].Kind == changeDecided {
			if e.v.Entries[re].ID == c.Entry {
				found = x
				break
			}
			continue
		}
		if found == nil && x.On.Earliest >= from && !e.used(x.ID) {
			found = x
		}
	}
	if found == nil {
		r.Why = append(r.Why, e.why("review_not_shown", law.DisciplineReview, from, nil))
		return
	}
	r.Held, r.On, r.Result = found.ID, found.On.Latest, found.Fields.Result
	key := map[fact.Tri]string{fact.Yes: "review_yes", fact.No: "review_no", fact.Unsaid: "review_unsaid"}[r.Result]
	r.Why = append(r.Why, e.why(key, law.DisciplineTest, r.On, map[string]string{"day": iso(r.On)}, found.ID))
}

// used reports a determination that an earlier change took.
func (e *engine) used(id string) bool {
	return slices.ContainsFunc(e.res.Changes, func(c Change) bool { return c.Review.Held == id })
}

// told finds the entry that shows that the parent was told of the change.
func (e *engine) told(c *Change) {
	for _, i := range e.v.ByKind(toldOfRemoval) {
		x := e.v.Entries[i]
		if x.On.Earliest > e.in.AsOf {
			continue
		}
		if re := e.v.Re(i); re >= 0 {
			id := e.v.Entries[re].ID
			if id == c.Entry || slices.Contains(c.Removals, id) {
				c.Told = x.ID
			}
		} else if c.Told == "" && c.How == Decided && x.On.Earliest >= c.On.Earliest && x.On.Earliest <= c.On.Latest.Add(10) {
			c.Told = x.ID
		}
	}
	key := "told"
	if c.Told == "" {
		key = "told_not_shown"
	}
	c.Why = append(c.Why, e.why(key, law.DisciplineNotice, c.On.Earliest, nil))
}
