package decisions

import (
	"fmt"
	"slices"
	"strings"

	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/format/yaml"
	"stayput/law"
)

// timely compares whether something was done in time.
func (g *generic) timely(inTime bool, key string) {
	want := "not late"
	if !inTime {
		want = "late"
	}
	k := g.best()
	if k == nil {
		g.noClock(inTime, want, key)
		return
	}
	if k.limit != nil {
		switch {
		case k.limit.Status == limit.Used:
			g.result(verdict(inTime), want, k.say())
		case k.limit.Status == limit.Closed:
			g.result(verdict(!inTime), want, k.say())
		default:
			g.because(FactMissing, "whether the right was used: "+k.say())
		}
		return
	}
	// All clocks that rest on the same law as near as this one count: one late
	// among several is late.
	var late, judged bool
	standard := true
	shown := k
	for i := range g.can {
		o := &g.can[i]
		if o.clock == nil || o.near < k.near || (g.pick != nil && o.key != g.pick.key) {
			continue
		}
		if o.clock.Due == nil || o.clock.Due.Standard == "" || o.clock.On != 0 {
			standard = false
		}
		if isLate(o.clock) {
			late, shown = true, o
		}
		if t := o.clock.Tribunal; t != nil && t.TooLong {
			judged = true
		}
	}
	switch {
	case inTime:
		g.result(verdict(!late && !judged), want, shown.say())
	case late || judged:
		g.result(Match, want, shown.say())
	case standard:
		g.because(OtherPart, "the law has a standard and no number; the brief shows the days ("+shown.say()+") and leaves the judgment to the adjudicator")
	case shown.clock.Status == clock.Unknown:
		g.because(FactMissing, missing(shown.clock.Missing)+" ("+shown.say()+")")
	case g.pick == nil && !slices.ContainsFunc(g.w.expected, isDate) && strings.Contains(key, "violation"):
		g.because(OtherPart, "the brief finds the date kept ("+shown.say()+"); what else was wrong is for the adjudicator")
	default:
		g.result(Mismatch, want, shown.say())
	}
}

// noClock answers a question about time where no clock of the named law runs.
func (g *generic) noClock(inTime bool, want, key string) {
	rs := g.rulesNamed()
	known := slices.ContainsFunc(rs, func(r *law.Rule) bool { return r.Numeric() || len(r.Starts) > 0 })
	if inTime && known && len(rs) > 0 {
		g.result(Match, want, "not called late: no clock of the named law runs")
		return
	}
	if len(g.cite) == 0 && len(rs) == 0 && !strings.Contains(key, "on_time") && !strings.Contains(key, "overdue") {
		g.because(OtherPart, "merits")
		return
	}
	g.absent()
}

// elapsed compares a number of days.
func (g *generic) elapsed(n int, key string) {
	want := fmt.Sprintf("%d days", n)
	if i := strings.Index(g.w.rule, "count"); g.pick == nil && i >= 0 && len(g.cite) == 0 {
		g.counted(n, want)
		return
	}
	if g.best() == nil {
		if days, ok := g.between(); ok {
			g.result(verdict(days == n), want, fmt.Sprintf("%d days", days))
			return
		}
		g.absent()
		return
	}
	k := g.best()
	for i := range g.can {
		if got, ok := g.can[i].elapsed(); ok && got == n && (g.pick == nil || g.can[i].key == g.pick.key) {
			g.result(Match, want, g.can[i].say())
			g.pick = &g.can[i]
			return
		}
	}
	got, ok := k.elapsed()
	switch {
	case !ok:
		g.because(FactMissing, "what ended the days counted")
	case got == n:
		g.result(Match, want, k.say())
	case k.clock != nil && k.clock.MetBy == "":
		g.because(FactMissing, "what ended the days counted: "+k.say())
	default:
		g.result(Mismatch, want, fmt.Sprintf("%d days: %s", got, k.say()))
	}
}

// counted compares the days between two facts that the expectation names, as in
// days_plan_to_filing.
func (g *generic) counted(n int, want string) {
	if days, ok := g.between(); ok {
		g.result(verdict(days == n), want, fmt.Sprintf("%d days between the two facts", days))
		return
	}
	g.because(FactMissing, "between which two facts the days are counted")
}

// between finds the two facts that a name such as days_plan_to_filing means.
func (g *generic) between() (int, bool) {
	a, b, ok := strings.Cut(strings.TrimPrefix(normal(g.w.what), "days_"), "_to_")
	if !ok {
		return 0, false
	}
	from, to := g.entryLike(a), g.entryLike(b)
	if from == nil || to == nil || !from.On.Exact() || !to.On.Exact() {
		return 0, false
	}
	return int(to.On.Earliest - from.On.Earliest), true
}

// entryLike is the first exact entry whose event name holds a word.
func (g *generic) entryLike(word string) *fact.Entry {
	word = strings.TrimSuffix(strings.TrimSuffix(word, "ing"), "ed")
	if word == "fil" {
		word = "filed"
	}
	if word == "" {
		return nil
	}
	for i := range g.s.facts {
		e := &g.s.facts[i]
		if e.On.Exact() && (strings.Contains(g.c.from[e.ID], word) || strings.Contains(e.Kind.String(), word)) {
			return e
		}
	}
	return nil
}

func (g *generic) late(n int) {
	want := fmt.Sprintf("%d days late", n)
	k := g.best()
	if k == nil || k.clock == nil {
		g.absent()
		return
	}
	g.result(verdict(k.clock.DaysLate == n), want, k.say())
}

func (g *generic) extended(n int) {
	want := fmt.Sprintf("extended by %d days", n)
	for i := range g.can {
		c := g.can[i].clock
		if c != nil && c.Nominal != 0 && int(c.On-c.Nominal) == n {
			g.result(Match, want, describe(c))
			return
		}
	}
	if k := g.best(); k != nil {
		g.result(Mismatch, want, k.say())
		return
	}
	g.absent()
}

// window compares the number that a rule counts to.
func (g *generic) window(n int, key string) {
	unit := law.Days
	switch {
	case strings.Contains(key, "business"):
		unit = law.BusinessDays
	case strings.Contains(key, "school"):
		unit = law.SchoolDays
	case strings.Contains(key, "year"):
		unit = law.Years
	case strings.Contains(key, "month"):
		unit = law.Months
	}
	want := fmt.Sprintf("%d %ss", n, strings.ReplaceAll(unit.String(), "_", " "))
	var got []string
	for _, r := range g.rulesNamed() {
		v := r.VersionAt(g.b.AsOf)
		if v == nil {
			continue
		}
		for _, c := range counts(v.Due) {
			if c.N == n && c.Unit == unit {
				g.result(Match, want, fmt.Sprintf("%s: %s", r.ID, want))
				return
			}
			got = add(got, fmt.Sprintf("%s: %d %ss", r.ID, c.N, strings.ReplaceAll(c.Unit.String(), "_", " ")))
		}
	}
	if len(got) > 0 {
		g.result(Mismatch, want, strings.Join(got, ", "))
		return
	}
	g.absent()
}

// cutoff compares the first day that a filing reaches back to.
func (g *generic) cutoff(f yaml.Field) {
	ds := datesIn(plain(f.Value))
	if len(ds) == 0 {
		g.skipped = append(g.skipped, f.Key)
		return
	}
	want := strings.ReplaceAll(f.Key, "_", " ") + " " + ds[0].String()
	for _, r := range g.rulesNamed() {
		v := r.VersionAt(g.b.AsOf)
		if r.Kind != law.Limit || !r.OnWrong || v == nil || len(v.Due) == 0 {
			continue
		}
		for _, m := range r.MetBy {
			for _, i := range g.b.View.ByKind(m.Kind) {
				on := g.b.View.Entries[i].On
				if c := v.Due[0].Count; on.Exact() && (c.Unit == law.Years || c.Unit == law.Months) {
					n := c.N
					if c.Unit == law.Years {
						n *= 12
					}
					back := on.Earliest.AddMonths(-n)
					g.result(verdict(back == ds[0]), want, fmt.Sprintf("%s: back to %s", r.ID, back))
					return
				}
			}
		}
	}
	g.absent()
}
