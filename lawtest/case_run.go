package lawtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/discipline"
	"stayput/derive/limit"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/fault"
	"stayput/law"
)

// A CaseDifference is one expectation of a worked case that did not hold.
type CaseDifference struct {
	Case  *Case
	Field string // with its key: "parts iep-2025/slp"
	Want  string
	Got   string
	At    fault.Position
}

// A Done case is what follows from it, what differs, and which rules the result
// names.
type Done struct {
	Result  *program.Result
	Differs []CaseDifference
	Rules   map[law.RuleID]bool
}

// RunCase works out one case.
func (r *Runner) RunCase(c *Case) (*Done, error) {
	res, out, err := r.derive(c)
	if err != nil {
		return nil, err
	}
	d := &Done{Result: res, Rules: rulesNamed(res)}
	disciplineRules(d.Rules, out)
	got := &caseResult{c: c, res: res, out: out}
	for i := range res.Tracks {
		if res.Tracks[i].Kind == c.Kind {
			got.track = &res.Tracks[i]
		}
	}
	for i := range c.Expect {
		e := &c.Expect[i]
		if g := got.of(e); g != e.Want {
			field := e.Field
			if e.Key != "" {
				field += " " + e.Key
			}
			d.Differs = append(d.Differs, CaseDifference{c, field, e.Want, g, e.At})
		}
	}
	return d, nil
}

// derive works out the program of a case, and what its removals come to.
func (r *Runner) derive(c *Case) (*program.Result, *discipline.Result, error) {
	x := &Example{ID: c.ID, Calendars: c.Calendars, File: c.File, AsOf: c.On, At: c.At}
	laws, err := brief.Laws(&x.File.Case, r.Book)
	if err != nil {
		return nil, nil, err
	}
	school, asOf, err := r.prepare(x, laws)
	if err != nil {
		return nil, nil, err
	}
	ci := clock.Input{Case: &x.File.Case, Entries: x.File.Entries, School: school, AsOf: asOf}
	di := discipline.Input{School: school, AsOf: asOf}
	pi := program.Input{Case: &x.File.Case, Plans: c.Plans, School: school, AsOf: asOf}
	for _, l := range laws {
		ci.Laws = append(ci.Laws, clock.Since{From: l.From, Law: l.Law})
		pi.Laws = append(pi.Laws, program.Since{From: l.From, Law: l.Law})
		di.Laws = append(di.Laws, discipline.Since{From: l.From, Law: l.Law})
	}
	clocks := clock.Derive(ci)
	pi.View, pi.Counts = clocks.View, brief.Counts(clocks.Clocks, limit.Limits(ci, clocks))
	di.View = pi.View
	return program.Derive(pi), discipline.Derive(di), nil
}

// A caseResult answers what a case asks.
type caseResult struct {
	c     *Case
	res   *program.Result
	track *program.Track // nil when the case has no such plan
	out   *discipline.Result
}

// of is what the program gives for an expectation; "" is nothing.
func (g *caseResult) of(e *CaseExpect) string {
	sp := &g.res.StayPut
	if field, ok := strings.CutPrefix(e.Field, "discipline."); ok {
		return g.discipline(field)
	}
	switch e.Field {
	case "consent":
		if g.track == nil {
			return string(program.NoOffer)
		}
		return string(g.track.Consent)
	case "parts":
		return g.state(e.Key)
	case "in_force":
		if g.track == nil {
			return ""
		}
		return lines(g.track.InForce)
	case "since", "basis", "expired":
		return g.line(e.Field, e.Key)
	case "ended":
		if g.track == nil || g.track.Ended == nil {
			return ""
		}
		return text(g.track.Ended.On)
	case "gaps":
		return g.gap(e.Key, e.Want)
	case "stay_put.applies":
		return tri(sp.Applies)
	case "stay_put.since":
		return text(sp.Since)
	case "stay_put.plan":
		return sp.Plan
	case "stay_put.lines":
		return lines(sp.Lines)
	case "stay_put.exception":
		return sp.Exception
	case "stay_put.over":
		return text(sp.Over)
	case "may", "may_not", "not_suggested":
		return g.move(e)
	case "notices":
		if slices.ContainsFunc(g.res.Notices, func(n program.Notice) bool { return n.Key == e.Key }) {
			return "told"
		}
		var keys []string
		for _, n := range g.res.Notices {
			keys = append(keys, n.Key)
		}
		return strings.Join(keys, ", ")
	}
	return "not something a case can ask"
}

// discipline is what the removals come to: of the last school year, the last
// change of placement and the last interim setting.
func (g *caseResult) discipline(field string) string {
	day := func(s discipline.Span) string {
		switch {
		case s.Earliest == s.Latest:
			return text(s.Earliest)
		case s.Latest == 0:
			return text(s.Earliest) + " or later"
		}
		return text(s.Earliest) + " to " + text(s.Latest)
	}
	var y discipline.Year
	if n := len(g.out.Years); n > 0 {
		y = g.out.Years[n-1]
	}
	var c discipline.Change
	if n := len(g.out.Changes); n > 0 {
		c = g.out.Changes[n-1]
	}
	var s discipline.Setting
	if n := len(g.out.Settings); n > 0 {
		s = g.out.Settings[n-1]
	}
	switch field {
	case "days":
		if !y.Days.Sure() {
			return fmt.Sprintf("%d to %d", y.Days.AtLeast, y.Days.AtMost)
		}
		return strconv.Itoa(y.Days.AtMost)
	case "tenth":
		return day(y.Tenth)
	case "eleventh":
		return day(y.Eleventh)
	case "services":
		if y.Services == nil {
			return "no"
		}
		return tri(y.Services.Owed)
	case "pattern":
		if y.Pattern == nil {
			return ""
		}
		return tri(y.Pattern.Answer)
	case "change":
		return c.How
	case "changes":
		if c.How == "" {
			return ""
		}
		return tri(c.Answer)
	case "review_due":
		return day(c.Review.Due)
	case "review_late":
		return tri(c.Review.Late)
	case "setting_until":
		return day(s.Limit)
	case "setting_over":
		return tri(s.Over)
	}
	return "not something a case can ask"
}

func tri(t fact.Tri) string {
	switch t {
	case fact.Yes:
		return "yes"
	case fact.No:
		return "no"
	}
	return "unsaid"
}

func lines(ls []program.Line) string {
	out := make([]string, 0, len(ls))
	for _, l := range ls {
		out = append(out, l.Component+": "+l.FromPlan)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func (g *caseResult) state(key string) string {
	p, part, _ := strings.Cut(key, "/")
	if g.track == nil {
		return ""
	}
	for _, o := range g.track.Offers {
		if o.Plan != p {
			continue
		}
		for _, x := range o.Parts {
			if x.Component == part {
				return string(x.State)
			}
		}
		return "the plan has no such part"
	}
	return ""
}

func (g *caseResult) line(field, component string) string {
	if g.track == nil {
		return ""
	}
	for _, l := range g.track.InForce {
		if l.Component != component {
			continue
		}
		switch field {
		case "since":
			return text(l.Since)
		case "basis":
			return string(l.Basis)
		}
		return yesNo(l.Expired)
	}
	return "not in force"
}

// gap is the gap of a component that was asked for, else its gaps.
func (g *caseResult) gap(component, want string) string {
	var all []string
	if g.track != nil {
		for _, x := range g.track.Gaps {
			if x.Component == component {
				all = append(all, text(x.From)+" to "+text(x.To))
			}
		}
	}
	if slices.Contains(all, want) {
		return want
	}
	return strings.Join(all, ", ")
}

// move is the wanted move when what is said of it holds, else what stands there.
func (g *caseResult) move(e *CaseExpect) string {
	may, mayNot := false, false
	for _, a := range g.res.Asked {
		for _, m := range a.Moves {
			if string(m.For) == e.Key && m.Do == e.Want {
				may, mayNot = may || m.May, mayNot || !m.May
			}
		}
	}
	switch {
	case e.Field == "may" && may, e.Field == "may_not" && mayNot, e.Field == "not_suggested" && !may:
		return e.Want
	case may:
		return e.Want + " may be done"
	case mayNot:
		return e.Want + " may not be done"
	}
	return "nothing is said of " + e.Want
}

// rulesNamed are the rules a result rests on.
func rulesNamed(res *program.Result) map[law.RuleID]bool {
	out := map[law.RuleID]bool{}
	add := func(rs ...program.Reason) {
		for _, r := range rs {
			if r.Rule != "" {
				out[r.Rule] = true
			}
		}
	}
	inForce := func(ls []program.Line) {
		for _, l := range ls {
			add(l.Reason)
		}
	}
	for _, t := range res.Tracks {
		inForce(t.InForce)
		for _, g := range t.Gaps {
			add(g.Reason)
		}
		if t.Ended != nil {
			add(t.Ended.Reason)
		}
		for _, o := range t.Offers {
			for _, p := range o.Parts {
				add(p.Reason)
			}
		}
	}
	for _, a := range res.Asked {
		add(a.Reason)
		for _, m := range a.Moves {
			add(m.Reason)
		}
	}
	inForce(res.StayPut.Lines)
	add(res.StayPut.Reason, res.StayPut.Until)
	add(res.StayPut.Readings...)
	add(res.StayPut.Ask...)
	return out
}

// disciplineRules adds the rules that what the removals come to rests on.
func disciplineRules(out map[law.RuleID]bool, res *discipline.Result) {
	add := func(rs ...discipline.Reason) {
		for _, r := range rs {
			if r.Rule != "" {
				out[r.Rule] = true
			}
		}
	}
	for _, y := range res.Years {
		add(y.Reason, y.FirstTen)
		if y.Services != nil {
			add(y.Services.Why...)
		}
		if y.Pattern != nil {
			add(y.Pattern.Why)
		}
	}
	for _, c := range res.Changes {
		add(c.Why...)
		add(c.Review.Why...)
		add(c.Review.IfYes...)
		add(c.Review.IfNo...)
	}
	for _, s := range res.Settings {
		add(s.Why...)
	}
	for _, a := range res.Appeals {
		add(a.Why...)
	}
	if res.Unfound != nil {
		add(*res.Unfound)
	}
}

// Untouched lists the answers of a pack's program.yaml by whose rule no case
// comes to its result.
func Untouched(p *law.Pack, rules map[law.RuleID]bool) []law.Answer {
	var out []law.Answer
	for _, a := range p.Program {
		if !rules[a.Rule] {
			out = append(out, a)
		}
	}
	return out
}
