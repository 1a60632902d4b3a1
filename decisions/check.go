package decisions

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/fault"
	"stayput/law"
)

// hows is the closed list of comparisons.
var hows = []string{"clock", "limit", "stated", "elapsed", "not_late", "absent", "points_to", "window", "restarts", "stay_put", "moves", "route", "delivery", "not_applicable"}

type named struct {
	name string
	on   day.Date
}

// check is one comparison of a brief with what is expected.
type check struct {
	how      string
	rule     string
	rules    []string
	entry    string
	asOf     day.Date
	dates    []named
	texts    [][2]string
	elapsed  int // -1: not said, like the other counts
	daysLate int
	days     int
	weeks    int
	allowed  bool
	from, to string
	pack     string
	pointsTo []string
	re       string
	kind     string
	filedBy  string
	reason   string
	which    string
	program  programCheck
	delivery deliveryCheck
	route    routeCheck
	at       fault.Position
}

// complain refuses a check that lacks what it needs, or names a kind nobody
// knows.
func (c *check) complain(r *expectReader) {
	need := func(ok bool, key string) {
		if !ok {
			r.Fail(c.at, "yaml.missing_key", "key", key)
		}
	}
	switch c.how {
	case "clock", "limit", "stated", "points_to":
		need(c.rule != "", "rule")
	case "elapsed":
		need(c.days >= 0, "days")
		need(c.rule != "" || (c.from != "" && c.to != ""), "rule")
	case "window":
		need(c.rule != "", "rule")
		need(c.days >= 0, "days")
	case "not_late":
		need(len(c.rules) > 0, "rules")
	case "absent":
		need(len(c.rules) > 0 || c.pack != "", "pack")
	case "restarts":
		need(len(c.rules) > 0, "rules")
		need(c.kind != "", "kind")
		if _, ok := fact.Lookup(c.kind); c.kind != "" && !ok {
			r.Fail(c.at, "case.unknown_kind", "kind", c.kind, "nearest", fault.Nearest(c.kind, fact.KindNames()))
		}
	case "stay_put":
		need(c.program.stayPut(), "applies")
	case "moves":
		need(c.program.moves(), "may")
		need(c.program.party != "", "party")
	case "delivery":
		need(c.delivery.ledger != "", "ledger")
		need(len(c.delivery.values) > 0, "short")
	case "not_applicable":
		need(c.reason != "", "reason")
		need(c.which != "", "which")
	}
}

// answer is what came of one check.
type answer struct {
	verdict        Verdict
	want, got, why string
}

func verdict(ok bool) Verdict {
	if ok {
		return Match
	}
	return Mismatch
}

// check carries out one comparison.
func (s *subject) check(c *check) (answer, error) {
	for _, id := range c.rules {
		if ruleOf(s.book, id) == nil {
			return answer{}, fault.New(fault.Invalid, c.at, "pack.unknown_rule", "rule", id, "nearest", fault.Nearest(id, ruleNames(s.book)))
		}
	}
	b, err := s.brief(c.asOf)
	if err != nil {
		return answer{}, err
	}
	switch c.how {
	case "clock":
		return s.clock(b, c), nil
	case "limit":
		return s.limit(b, c), nil
	case "stated":
		return s.stated(b, c), nil
	case "elapsed":
		return s.elapsed(b, c), nil
	case "not_late":
		return notLate(b, c), nil
	case "absent":
		return absent(b, c), nil
	case "points_to":
		return s.pointsTo(b, c), nil
	case "window":
		return s.window(c), nil
	case "restarts":
		return s.restarts(b, c)
	case "stay_put":
		res, err := s.program(b)
		return c.program.compareStayPut(res), err
	case "moves":
		res, err := s.program(b)
		return c.program.compareMoves(res), err
	case "route":
		return s.compareRoute(b, c)
	case "delivery":
		return s.compareDelivery(c)
	}
	return answer{verdict: NotApplicable, why: because(c.reason, c.which)}, nil
}

// because says why something was not compared.
func because(reason, which string) string {
	if which == "" {
		return reason
	}
	if say, ok := parts[which]; ok && reason == OtherPart {
		return reason + ": " + say
	}
	return reason + ": " + which
}

// parts names the parts of the work that dates alone do not answer.
var parts = map[string]string{
	"delivery": "how much of a service was given",
	"papers":   "what a paper must contain",
	"program":  "which program is in force",
	"ruling":   "an adjudicator's ruling on a motion",
	"merits":   "an adjudicator's ruling on the merits",
}

func ruleOf(b *law.Book, id string) *law.Rule {
	pack, _, _ := strings.Cut(id, ".")
	p := b.Pack(pack)
	if p == nil {
		return nil
	}
	for _, r := range p.Rules {
		if string(r.ID) == id {
			return r
		}
	}
	return nil
}

func ruleNames(b *law.Book) []string {
	var out []string
	for _, id := range b.IDs() {
		for _, r := range b.Pack(id).Rules {
			out = append(out, string(r.ID))
		}
	}
	return out
}

// ofEntry reports that id is the named entry, or was derived from it.
func ofEntry(id, want string) bool {
	return want == "" || id == want || strings.HasSuffix(id, "/"+want)
}

func clocksOf(b *brief.Brief, rules []string, entry string) []*clock.Clock {
	var out []*clock.Clock
	for i := range b.Clocks {
		c := &b.Clocks[i]
		if slices.Contains(rules, string(c.Rule.ID)) && ofEntry(c.Trigger, entry) {
			out = append(out, c)
		}
	}
	return out
}

func text(d day.Date) string {
	if d == 0 {
		return "none"
	}
	return d.String()
}

// describe says in one line what a brief says of a clock.
func describe(c *clock.Clock) string {
	var p []string
	switch {
	case c.On != 0:
		due := "due " + c.On.String()
		if c.Latest != 0 && c.Latest != c.On {
			due += " or " + c.Latest.String()
		}
		if c.Nominal != 0 && c.Nominal != c.On {
			due += " (" + c.Nominal.String() + " before extensions)"
		}
		p = append(p, due)
	case c.Earliest != 0 && c.Latest != 0:
		p = append(p, "due "+c.Earliest.String()+" to "+c.Latest.String())
	case c.Earliest != 0:
		p = append(p, "due "+c.Earliest.String()+" at the earliest")
	case c.Due != nil && c.Due.Standard != "":
		p = append(p, strings.ReplaceAll(c.Due.Standard, "_", " "))
	}
	p = append(p, strings.ReplaceAll(string(c.Status), "_", " "))
	if c.MetBy != "" && c.Elapsed >= 0 {
		p = append(p, fmt.Sprintf("after %d days", c.Elapsed))
	}
	if c.DaysLate > 0 {
		p = append(p, fmt.Sprintf("%d days late", c.DaysLate))
	}
	if t := c.Tribunal; t != nil {
		p = append(p, tribunal(t))
	}
	return string(c.Rule.ID) + ": " + strings.Join(p, ", ")
}

func tribunal(t *law.Tribunal) string {
	word := "found acceptable"
	if t.TooLong {
		word = "found too long"
	}
	return strconv.Itoa(t.Days) + " days were " + word
}

func (c *check) wants() string {
	p := make([]string, 0, 4)
	for _, d := range c.dates {
		p = append(p, d.name+" "+d.on.String())
	}
	for _, t := range c.texts {
		p = append(p, strings.ReplaceAll(t[0], "_", " ")+" "+strings.ReplaceAll(t[1], "_", " "))
	}
	if c.elapsed >= 0 {
		p = append(p, fmt.Sprintf("%d days elapsed", c.elapsed))
	}
	if c.daysLate >= 0 {
		p = append(p, fmt.Sprintf("%d days late", c.daysLate))
	}
	return strings.Join(p, ", ")
}

// dueIs reports that an expected due date is the brief's: its due date, its
// date before extensions, or, when something is missing, its earliest date.
func dueIs(c *clock.Clock, d day.Date) bool {
	return c.On == d || (c.Nominal != 0 && c.Nominal == d) || (c.On == 0 && len(c.Missing) > 0 && c.Earliest == d)
}

func (s *subject) clock(b *brief.Brief, c *check) answer {
	a := answer{want: c.wants()}
	found := clocksOf(b, c.rules, c.entry)
	if len(found) != 1 {
		a.verdict, a.got = Mismatch, fmt.Sprintf("%d clocks of %s", len(found), c.rule)
		return a
	}
	k := found[0]
	a.got = describe(k)
	ok := true
	for _, d := range c.dates {
		switch d.name {
		case "due":
			ok = ok && dueIs(k, d.on)
			if k.On == 0 && k.Earliest == d.on {
				a.why = "the earliest date; missing: " + missing(k.Missing)
			}
		case "nominal":
			ok = ok && (k.Nominal == d.on || (k.Nominal == 0 && k.On == d.on))
		case "earliest":
			ok = ok && k.Earliest == d.on
		case "latest":
			ok = ok && k.Latest == d.on
		}
	}
	for _, t := range c.texts {
		switch t[0] {
		case "status":
			ok = ok && string(k.Status) == t[1]
		case "met_by":
			ok = ok && k.MetBy == t[1]
		case "tribunal":
			ok = ok && k.Tribunal != nil && k.Tribunal.TooLong == (t[1] == "too_long")
		}
	}
	ok = ok && (c.elapsed < 0 || k.Elapsed == c.elapsed) && (c.daysLate < 0 || k.DaysLate == c.daysLate)
	a.verdict = verdict(ok)
	return a
}

func missing(ms []day.Missing) string {
	var out []string
	for _, m := range ms {
		out = add(out, strings.TrimSpace(strings.ReplaceAll(m.Key, "_", " ")+" "+m.Name))
	}
	return strings.Join(out, ", ")
}

func describeLimit(l *limit.Limit) string {
	s := string(l.Rule.ID) + ": last day " + text(l.Earliest)
	if l.Latest != l.Earliest {
		s += " or " + text(l.Latest)
	}
	s += ", " + string(l.Status)
	if l.UsedBy != "" && l.Clock != nil && l.Wrong == nil {
		s += fmt.Sprintf(" after %d days", l.Clock.Elapsed)
	}
	return s
}

func (s *subject) limit(b *brief.Brief, c *check) answer {
	a := answer{want: c.wants(), verdict: Mismatch, got: "no limit of " + c.rule}
	for i := range b.Limits {
		l := &b.Limits[i]
		if string(l.Rule.ID) != c.rule || !ofEntry(l.Entry, c.entry) {
			continue
		}
		a.got = describeLimit(l)
		ok := true
		for _, d := range c.dates {
			switch d.name {
			case "due", "earliest":
				ok = ok && l.Earliest == d.on
			case "latest":
				ok = ok && l.Latest == d.on
			case "nominal":
				ok = false
			}
		}
		for _, t := range c.texts {
			switch t[0] {
			case "status":
				ok = ok && string(l.Status) == t[1]
			case "met_by":
				ok = ok && l.UsedBy == t[1]
			default:
				ok = false
			}
		}
		if c.elapsed >= 0 {
			ok = ok && l.Clock != nil && l.Wrong == nil && l.Clock.Elapsed == c.elapsed
		}
		if ok {
			a.verdict = Match
			return a
		}
	}
	return a
}

func statementsOf(b *brief.Brief, rule, entry string) []*clock.Statement {
	var out []*clock.Statement
	for i := range b.Statements {
		x := &b.Statements[i]
		if string(x.Rule.ID) == rule && ofEntry(x.Trigger, entry) {
			out = append(out, x)
		}
	}
	return out
}

func (s *subject) stated(b *brief.Brief, c *check) answer {
	a := answer{want: "allowed"}
	kind := law.Permission
	if !c.allowed {
		a.want, kind = "not allowed", law.Prohibition
	}
	found := statementsOf(b, c.rule, c.entry)
	if len(found) == 0 {
		a.verdict, a.got = Mismatch, c.rule+" is not stated"
		return a
	}
	x := found[0]
	a.got = fmt.Sprintf("%s: %s, stated from %s", x.Rule.ID, x.Rule.Kind, x.On)
	a.verdict = verdict(x.Rule.Kind == kind && len(x.Missing) == 0)
	return a
}

func (s *subject) elapsed(b *brief.Brief, c *check) answer {
	a := answer{want: fmt.Sprintf("%d days", c.days)}
	if c.weeks > 0 {
		a.want = fmt.Sprintf("%d weeks", c.weeks)
	}
	if c.rule != "" {
		for _, k := range clocksOf(b, c.rules, c.entry) {
			a.got = fmt.Sprintf("%s: %d days", k.Rule.ID, k.Elapsed)
			a.verdict = verdict(k.Elapsed == c.days)
			return a
		}
		for _, x := range statementsOf(b, c.rule, c.entry) {
			a.got = fmt.Sprintf("%s: %d days", x.Rule.ID, x.Elapsed)
			a.verdict = verdict(x.Elapsed == c.days)
			return a
		}
		a.verdict, a.got = Mismatch, "no clock of "+c.rule
		return a
	}
	n, ok := apart(b, c.from, c.to)
	if !ok {
		a.verdict, a.got = Mismatch, "the distance between the two entries is not known"
		return a
	}
	a.got = fmt.Sprintf("%d days from %s to %s", n, b.View.Get(c.from).On, b.View.Get(c.to).On)
	a.verdict = verdict(n == c.days)
	return a
}

// apart is the days between two entries whose days are known.
func apart(b *brief.Brief, from, to string) (int, bool) {
	x, y := b.View.Get(from), b.View.Get(to)
	if x == nil || y == nil || !x.On.Exact() || !y.On.Exact() {
		return 0, false
	}
	return int(y.On.Earliest - x.On.Earliest), true
}

// isLate reports that the brief calls a duty late.
func isLate(c *clock.Clock) bool {
	return c.Status == clock.Late || c.Status == clock.MetLate || (c.Status == clock.Ended && c.DaysLate > 0)
}

func notLate(b *brief.Brief, c *check) answer {
	a := answer{want: "not late", verdict: Match}
	var got []string
	for _, k := range clocksOf(b, c.rules, c.entry) {
		got = add(got, describe(k))
		if isLate(k) {
			a.verdict = Mismatch
		}
	}
	if a.got = strings.Join(got, "; "); a.got == "" {
		a.got = "not called late: " + strings.Join(c.rules, ", ") + " has not started"
	}
	return a
}

func absent(b *brief.Brief, c *check) answer {
	a := answer{verdict: Match}
	if c.pack != "" {
		a.want, a.got = "no rule of "+c.pack, "no rule of "+c.pack
	} else {
		a.want = "no " + strings.Join(c.rules, ", ")
		a.got = a.want
	}
	hit := func(r *law.Rule, trigger string) {
		if (c.pack != "" && r.Pack == c.pack) || (slices.Contains(c.rules, string(r.ID)) && ofEntry(trigger, c.entry)) {
			a.verdict, a.got = Mismatch, string(r.ID)+" applies"
		}
	}
	for i := range b.Clocks {
		hit(b.Clocks[i].Rule, b.Clocks[i].Trigger)
	}
	for i := range b.Statements {
		hit(b.Statements[i].Rule, b.Statements[i].Trigger)
	}
	for i := range b.Limits {
		hit(b.Limits[i].Rule, b.Limits[i].Entry)
	}
	return a
}

func (s *subject) pointsTo(b *brief.Brief, c *check) answer {
	var want []string
	for _, id := range c.pointsTo {
		if e := b.View.Get(id); e != nil {
			want = add(want, e.Kind.String()+" of "+e.On.String())
		}
	}
	a := answer{want: "looks to " + strings.Join(want, " or "), verdict: Mismatch, got: c.rule + " is not stated"}
	for _, x := range statementsOf(b, c.rule, c.entry) {
		a.got = string(x.Rule.ID) + " looks to nothing"
		if e := b.View.Get(x.PointsTo); e != nil {
			a.got = fmt.Sprintf("%s looks to %s of %s", x.Rule.ID, e.Kind, e.On)
		}
		a.verdict = verdict(slices.Contains(c.pointsTo, x.PointsTo))
	}
	return a
}

// window compares the number of days a rule gives on the day of the decision.
func (s *subject) window(c *check) answer {
	a := answer{want: fmt.Sprintf("%d days", c.days), verdict: Mismatch, got: "no number of days"}
	r := ruleOf(s.book, c.rule)
	if v := r.VersionAt(s.asOf); v != nil {
		var got []string
		for _, n := range counts(v.Due) {
			got = add(got, fmt.Sprintf("%d %ss", n.N, strings.ReplaceAll(n.Unit.String(), "_", " ")))
			if n.N == c.days && n.Unit == law.Days {
				a.verdict = Match
			}
		}
		if len(got) > 0 {
			a.got = c.rule + ": " + strings.Join(got, " or ")
		}
	}
	return a
}

// counts lists every number a rule counts to.
func counts(ways []law.Due) []law.Count {
	var out []law.Count
	for i := range ways {
		if ways[i].Count.Given {
			out = append(out, ways[i].Count)
		}
		out = append(out, counts(ways[i].Of)...)
	}
	return out
}

// restarts puts a further entry on the day asked about and looks whether the
// rules start anew from it and no longer run from before.
func (s *subject) restarts(b *brief.Brief, c *check) (answer, error) {
	k, _ := fact.Lookup(c.kind)
	const id = "supposed"
	e := fact.Entry{ID: id, Kind: k, On: day.On(b.AsOf), Re: c.re}
	e.Fields.FiledBy = c.filedBy
	then, err := s.make(b.AsOf, append(slices.Clone(s.facts), e))
	if err != nil {
		return answer{}, err
	}
	a := answer{want: "restarts", verdict: Match}
	var got []string
	for _, rule := range c.rules {
		anew := clocksOf(then, []string{rule}, id)
		if len(anew) == 0 {
			a.verdict = Mismatch
			got = add(got, rule+" does not start anew")
			continue
		}
		got = add(got, fmt.Sprintf("%s: due %s when amended on %s", rule, text(anew[0].On), b.AsOf))
		for _, old := range clocksOf(then, []string{rule}, c.re) {
			if c.re != "" && old.Status != clock.Ended && old.Status != clock.Met {
				a.verdict = Mismatch
				got = add(got, rule+" still runs from the first complaint")
			}
		}
	}
	a.got = strings.Join(got, "; ")
	return a, nil
}
