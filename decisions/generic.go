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
	"stayput/format/yaml"
	"stayput/law"
)

// generic compares expectations nobody prepared: it looks for the clock whose
// law the expectation names, and reads each key for what it says.
type generic struct {
	s    *subject
	d    *researched
	c    *converted
	used map[string]bool // clocks that answered an earlier expectation

	b    *brief.Brief
	l    *law.Law
	w    *wanted
	cite []section
	can  []candidate
	pick *candidate

	row       Row
	want, got []string
	why       []string
	not       []string // why keys were not compared
	skipped   []string // keys that dates do not answer
}

// candidate is a clock or a limit that an expectation may be about.
type candidate struct {
	clock *clock.Clock
	limit *limit.Limit
	near  int
	key   string
}

func (k *candidate) ended() bool { return k.clock != nil && k.clock.Status == clock.Ended }

func (k *candidate) say() string {
	if k.limit != nil {
		return describeLimit(k.limit)
	}
	return describe(k.clock)
}

// due reports that d is a due date of the candidate.
func (k *candidate) due(d day.Date) bool {
	if k.limit != nil {
		return k.limit.Earliest == d
	}
	return dueIs(k.clock, d)
}

// other reports that d is the candidate's date on another reading.
func (k *candidate) other(d day.Date) bool {
	if k.limit != nil {
		return k.limit.Latest == d || k.limit.Earliest == d
	}
	return k.due(d) || k.clock.Latest == d || k.clock.Strict == d
}

// within reports that the candidate's date is not certain and d lies within its
// bounds.
func (k *candidate) within(d day.Date) bool {
	c := k.clock
	return k.limit == nil && c.On == 0 && c.Earliest != 0 && c.Earliest <= d && (c.Latest == 0 || d <= c.Latest)
}

func (k *candidate) elapsed() (int, bool) {
	if k.limit != nil {
		if k.limit.Clock == nil || k.limit.Wrong != nil {
			return 0, false
		}
		return k.limit.Clock.Elapsed, true
	}
	return k.clock.Elapsed, true
}

func (g *generic) compare(w *wanted) (Row, error) {
	g.w, g.want, g.got, g.why, g.not, g.skipped, g.pick = w, nil, nil, nil, nil, nil, nil
	g.row = Row{Decision: g.d.id, What: w.what, Basis: w.basis, Rule: w.rule, Verdict: NotApplicable}
	asOf := day.Date(0)
	for _, f := range w.expected {
		if f.Key == "as_of" {
			if r, ok := rough(plain(f.Value)); ok && r.Exact() {
				asOf = r.Earliest
			}
		}
	}
	b, err := g.s.brief(asOf)
	if err != nil {
		return g.row, err
	}
	g.b, g.l, g.cite = b, b.Laws[len(b.Laws)-1].Law, sections(w.rule)
	g.candidates()
	// Dates choose the clock; everything else is asked of the clock chosen.
	for _, late := range []bool{false, true} {
		for _, f := range w.expected {
			if isDate(f) != late {
				g.key(f)
			}
		}
	}
	g.row.Expected, g.row.Got = strings.Join(g.want, "; "), strings.Join(g.got, "; ")
	if g.row.Verdict == NotApplicable {
		g.row.Expected, g.row.Got = expectedText(w), ""
		if len(g.not) == 0 {
			which := "nothing is expected that dates answer"
			if len(g.skipped) > 0 {
				which = "dates do not answer: " + strings.Join(g.skipped, ", ")
			}
			g.because(OtherPart, which)
		}
		g.why = g.not
	} else if left := append(g.skipped, g.not...); len(left) > 0 {
		g.why = append(g.why, "not compared: "+strings.Join(left, "; "))
	}
	g.row.Reason = strings.Join(g.why, "; ")
	if g.pick != nil && g.row.Verdict == Match {
		g.used[g.pick.key] = true
	}
	return g.row, nil
}

func expectedText(w *wanted) string {
	var p []string
	for _, f := range w.expected {
		p = append(p, strings.ReplaceAll(f.Key, "_", " ")+" "+plain(f.Value))
	}
	return strings.Join(p, ", ")
}

// because notes why a key was not compared.
func (g *generic) because(reason, which string) { g.not = add(g.not, because(reason, which)) }

// result notes what came of one key.
func (g *generic) result(v Verdict, want, got string) {
	g.row.Verdict = worse(g.row.Verdict, v)
	g.want, g.got = add(g.want, want), add(g.got, got)
}

// candidates gathers the clocks and limits that the named sections are about,
// the nearest first; without a section, those on the same topic.
func (g *generic) candidates() {
	g.can = nil
	what := normal(g.w.what)
	score := func(r *law.Rule) int {
		n := near(g.l, r, g.b.AsOf, g.cite)
		if onTopic(what, r.ID) && (n > 0 || len(g.cite) == 0) {
			n += 3
		}
		return n
	}
	for i := range g.b.Clocks {
		c := &g.b.Clocks[i]
		if n := score(c.Rule); n > 0 {
			g.can = append(g.can, candidate{clock: c, near: n, key: string(c.Rule.ID) + "@" + c.Trigger})
		}
	}
	for i := range g.b.Limits {
		l := &g.b.Limits[i]
		if n := score(l.Rule); n > 0 && l.Wrong == nil {
			g.can = append(g.can, candidate{limit: l, near: n, key: string(l.Rule.ID) + "@" + l.Entry})
		}
	}
	slices.SortStableFunc(g.can, func(a, b candidate) int {
		if n := b.near - a.near; n != 0 {
			return n
		}
		// What a newer start replaced says less.
		if x, y := a.ended(), b.ended(); x != y {
			if x {
				return 1
			}
			return -1
		}
		// Several clocks of one rule answer several expectations in turn.
		if g.used[a.key] != g.used[b.key] {
			if g.used[a.key] {
				return 1
			}
			return -1
		}
		return 0
	})
}

// best is the candidate an expectation without a date is about.
func (g *generic) best() *candidate {
	if g.pick != nil {
		return g.pick
	}
	// One that rests on other paragraphs of the section is not meant.
	if len(g.can) > 0 && g.can[0].near > 1 {
		return &g.can[0]
	}
	return nil
}

var dateKeys = []string{"due", "deadline", "nominal", "latest", "earliest", "expires", "last_day", "cutoff", "limit_end", "lookback_start", "limit_start"}

// isDate reports a key that expects a date.
func isDate(f yaml.Field) bool {
	if _, ok := rough(plain(f.Value)); !ok || f.Key == "due_year" {
		return false
	}
	return slices.ContainsFunc(dateKeys, func(k string) bool { return strings.Contains(f.Key, k) }) && len(datesIn(plain(f.Value))) > 0
}

// key compares one key of what is expected.
func (g *generic) key(f yaml.Field) {
	v := plain(f.Value)
	key := normal(f.Key)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(key, w) })
	}
	yes, isBool := truth(v)
	number, notNumber := strconv.Atoi(v)
	isNumber := notNumber == nil
	switch {
	case key == "as_of" || key == "actual" || key == "trigger" || key == "from" || key == "basis":
		// What these say is in the facts, or was used already.
	case has("cutoff", "lookback_start", "limit_start", "earliest_actionable"):
		g.cutoff(f)
	case isDate(f):
		g.date(key, v)
	case key == "due_year" && isNumber:
		g.year(number)
	case has("missed", "minutes", "hours", "sessions", "percent", "short", "delivered", "weekdays", "compensatory"):
		g.skip(f, "delivery")
	case has("prevail", "fape", "remedy", "reimburse", "merits", "order"):
		g.skip(f, "merits")
	case has("granted", "sufficient", "dismiss", "consolidat", "motion", "amendment", "credib", "joined", "sanction"):
		g.skip(f, "ruling")
	case has("deficient", "content", "adequate", "appropriate", "complete"):
		g.skip(f, "papers")
	case key == "route" || key == "route_used":
		g.route(v)
	case key == "stay_put" || has("placement_in_force", "points_to", "governs"):
		g.stayPut(v)
	case isBool && has("on_time", "timely", "in_time", "compliant", "complied"):
		g.timely(yes, key)
	case isBool && has("violation", "overdue", "late", "delay", "untimely"):
		g.timely(!yes, key)
	case isBool && has("allowed", "permitted", "may_", "can_", "authorized"):
		g.allowed(yes)
	case isBool && has("prohibited", "barred", "forbidden"):
		g.allowed(!yes)
	case isBool && has("applies", "apply", "applicable"):
		g.applies(yes)
	case isBool && has("restart"):
		g.restart(yes)
	case isNumber && has("window", "time_limit", "allowed_days", "limit_days"):
		g.window(number, key)
	case isNumber && has("extended", "extension"):
		g.extended(number)
	case isNumber && has("days_late", "late_days", "days_over", "days_overdue", "late_by"):
		g.late(number)
	case isNumber && has("business", "school_day", "schoolday"):
		g.skipped = append(g.skipped, key)
	case isNumber && has("day", "week", "elapsed"):
		n := number
		if has("week") {
			n *= 7
		}
		g.elapsed(n, key)
	default:
		g.skipped = append(g.skipped, key)
	}
}

func truth(v string) (yes, ok bool) {
	switch strings.ToLower(v) {
	case "true", "yes":
		return true, true
	case "false", "no":
		return false, true
	}
	return false, false
}

// skip leaves to another part of the program, or to the adjudicator, what dates
// do not answer.
func (g *generic) skip(f yaml.Field, which string) {
	g.skipped = append(g.skipped, strings.ReplaceAll(f.Key, "_", " "))
	if len(g.want) == 0 {
		g.because(OtherPart, which)
	}
}

// date looks for the clock that has one of the expected dates.
func (g *generic) date(key, v string) {
	for _, d := range datesIn(v) {
		g.oneDate(key, d)
	}
}

func (g *generic) oneDate(key string, d day.Date) {
	want := strings.ReplaceAll(key, "_", " ") + " " + d.String()
	alternative := strings.Contains(key, "_if_") || strings.Contains(key, "latest") || strings.Contains(key, "alternative")
	fits := func(k *candidate) bool {
		switch {
		case strings.Contains(key, "nominal"):
			return k.clock != nil && (k.clock.Nominal == d || (k.clock.Nominal == 0 && k.clock.On == d))
		case alternative:
			return k.other(d)
		}
		return k.due(d)
	}
	if g.pick != nil && fits(g.pick) {
		g.result(Match, want, g.pick.say())
		return
	}
	for i := range g.can {
		if k := &g.can[i]; fits(k) {
			if g.pick == nil {
				g.pick = k
			}
			g.result(Match, want, k.say())
			if k.clock != nil && k.clock.On == 0 {
				g.why = add(g.why, "the earliest date; missing: "+missing(k.clock.Missing))
			}
			return
		}
	}
	if k := g.best(); k != nil {
		if k.within(d) {
			g.because(FactMissing, missing(k.clock.Missing)+"; the date lies within the brief's bounds ("+describe(k.clock)+")")
			return
		}
		if k.clock != nil && k.clock.On == 0 && k.clock.Earliest == 0 {
			g.because(FactMissing, describe(k.clock))
			return
		}
		g.result(Mismatch, want, k.say())
		return
	}
	// No clock rests on the named law. One with that very date may still be
	// meant, where no section is named.
	if len(g.cite) == 0 {
		for i := range g.b.Limits {
			if l := &g.b.Limits[i]; l.Wrong == nil && l.Earliest == d {
				g.pick = &candidate{limit: l, key: string(l.Rule.ID) + "@" + l.Entry}
				g.result(Match, want, describeLimit(l))
				return
			}
		}
		for i := range g.b.Clocks {
			if c := &g.b.Clocks[i]; dueIs(c, d) {
				g.pick = &candidate{clock: c, key: string(c.Rule.ID) + "@" + c.Trigger}
				g.result(Match, want, describe(c))
				return
			}
		}
	}
	g.absent()
}

// absent says honestly why the brief has no clock of the named law: no pack for
// the State, a fact that is missing, or law without a date.
func (g *generic) absent() {
	if rs := g.rulesNamed(); len(rs) > 0 {
		for _, r := range rs {
			if v := r.VersionAt(g.b.AsOf); len(r.Starts) > 0 && v != nil && len(v.Due) > 0 {
				var starts []string
				for _, k := range r.Starts {
					starts = append(starts, k.String())
				}
				g.because(FactMissing, fmt.Sprintf("%s starts on %s, which the facts do not hold", r.ID, strings.Join(starts, " or ")))
				return
			}
		}
		g.because(OtherPart, string(rs[0].ID)+" carries no date")
		return
	}
	for _, l := range g.b.Laws {
		if l.Missing != "" {
			g.because(PackToCome, l.Missing)
			return
		}
	}
	g.because(OtherPart, "no rule of the packs rests on the law named")
}

// rulesNamed are the rules in force that rest on the named sections, the
// nearest first.
func (g *generic) rulesNamed() []*law.Rule {
	type scored struct {
		r *law.Rule
		n int
	}
	var all []scored
	for _, r := range g.l.Rules {
		n := 0
		if len(g.cite) > 0 {
			n = near(g.l, r, g.b.AsOf, g.cite)
		}
		if n > 1 {
			if onTopic(normal(g.w.what), r.ID) {
				n += 3
			}
			all = append(all, scored{r, n})
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int { return b.n - a.n })
	out := make([]*law.Rule, len(all))
	for i := range all {
		out[i] = all[i].r
	}
	return out
}

func (g *generic) year(y int) {
	want := fmt.Sprintf("due in %d", y)
	for i := range g.can {
		k := &g.can[i]
		if k.clock == nil {
			continue
		}
		first, last := k.clock.On, k.clock.On
		if first == 0 {
			first, last = k.clock.Earliest, k.clock.Latest
		}
		if first != 0 && last != 0 && first.Year() == y && last.Year() == y {
			g.pick = k
			g.result(Match, want, k.say())
			return
		}
	}
	if k := g.best(); k != nil {
		g.result(Mismatch, want, k.say())
		return
	}
	g.absent()
}

// stated are the permissions and prohibitions that the record brings into play
// and that rest on the named law, the nearest first.
func (g *generic) stated() []*clock.Statement {
	var out []*clock.Statement
	score := map[*clock.Statement]int{}
	for i := range g.b.Statements {
		x := &g.b.Statements[i]
		n := near(g.l, x.Rule, g.b.AsOf, g.cite)
		if n > 1 {
			score[x] = n
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b *clock.Statement) int { return score[b] - score[a] })
	return out
}

func (g *generic) allowed(yes bool) {
	kind, want := law.Permission, "allowed"
	if !yes {
		kind, want = law.Prohibition, "not allowed"
	}
	var other *clock.Statement
	for _, x := range g.stated() {
		switch {
		case x.Rule.Kind == kind:
			g.result(Match, want, fmt.Sprintf("%s: %s, stated from %s", x.Rule.ID, x.Rule.Kind, x.On))
			return
		case x.Rule.Kind == law.Permission || x.Rule.Kind == law.Prohibition:
			other = x
		}
	}
	if other != nil && yes {
		// "Not without consent, unless" and "may go to a hearing" stand side by
		// side: the same fact brings both into play.
		for i := range g.b.Statements {
			x := &g.b.Statements[i]
			if x.Rule.Kind == kind && x.Trigger == other.Trigger && x.Rule.Area == other.Rule.Area {
				g.result(Match, want, fmt.Sprintf("%s: %s, stated from %s", x.Rule.ID, x.Rule.Kind, x.On))
				return
			}
		}
	}
	if other != nil {
		g.result(Mismatch, want, fmt.Sprintf("%s: %s, stated from %s", other.Rule.ID, other.Rule.Kind, other.On))
		return
	}
	for _, r := range g.rulesNamed() {
		if r.Kind == kind && len(r.Starts) > 0 {
			g.because(FactMissing, fmt.Sprintf("%s is stated when the record holds %s", r.ID, r.Starts[0]))
			return
		}
	}
	g.absent()
}

func (g *generic) applies(yes bool) {
	want := "applies"
	if !yes {
		want = "does not apply"
	}
	var found string
	for i := range g.can {
		if g.can[i].near > 1 {
			found = g.can[i].say()
			break
		}
	}
	if found == "" {
		for _, x := range g.stated() {
			found = string(x.Rule.ID) + " is stated"
			break
		}
	}
	switch {
	case len(g.cite) == 0:
		g.because(OtherPart, "no section of law is named")
	case !yes && found == "":
		g.result(Match, want, "no rule of the named law is in the brief")
	case found != "":
		g.result(verdict(yes), want, found)
	default:
		g.absent()
	}
}

// restart supposes an amended complaint on the day asked about and looks
// whether the times start anew.
func (g *generic) restart(yes bool) {
	filing := ""
	for i := range g.s.facts {
		if e := &g.s.facts[i]; e.Kind == received && (filing == "" || e.Fields.FiledBy == string(fact.Parent)) {
			filing = e.ID
		}
	}
	if filing == "" {
		g.absent()
		return
	}
	c := &check{how: "restarts", re: filing, kind: "due_process_amended_filed"}
	if e := g.b.View.Get(filing); e != nil {
		c.filedBy = e.Fields.FiledBy
	}
	for i := range g.b.Clocks {
		k := &g.b.Clocks[i]
		if k.Trigger == filing && slices.Contains(k.Rule.Starts, amended) && k.Rule.Kind != law.Limit {
			c.rules = add(c.rules, string(k.Rule.ID))
		}
	}
	if len(c.rules) == 0 {
		g.because(FactMissing, "no time runs from the complaint")
		return
	}
	a, err := g.s.restarts(g.b, c)
	if err != nil {
		g.because(FactMissing, err.Error())
		return
	}
	v := a.verdict
	if !yes {
		v = map[Verdict]Verdict{Match: Mismatch, Mismatch: Match}[v]
	}
	g.result(v, a.want, a.got)
}

var (
	received = fact.MustLookup("due_process_received")
	amended  = fact.MustLookup("due_process_amended_filed")
)

// stayPut compares to which entry the law on stay put looks.
func (g *generic) stayPut(v string) {
	ds := datesIn(strings.ReplaceAll(v, "_", " "))
	yes, isBool := truth(v)
	var got []string
	for i := range g.b.Statements {
		x := &g.b.Statements[i]
		if x.Rule.Area != "stay_put" {
			continue
		}
		if isBool {
			g.result(verdict(yes), "stay put", string(x.Rule.ID)+" is stated")
			return
		}
		e := g.b.View.Get(x.PointsTo)
		if e == nil {
			got = add(got, string(x.Rule.ID)+" looks to nothing")
			continue
		}
		got = add(got, fmt.Sprintf("%s looks to %s of %s", x.Rule.ID, e.Kind, e.On))
		if len(ds) > 0 && e.On.Earliest <= ds[0] && ds[0] <= e.On.Latest {
			g.result(Match, "looks to "+ds[0].String(), got[len(got)-1])
			return
		}
	}
	switch {
	case len(ds) == 0 && !isBool:
		g.because(OtherPart, "program")
	case len(got) > 0:
		g.result(Mismatch, "looks to "+v, strings.Join(got, ", "))
	default:
		g.absent()
	}
}
