package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/claims"
	"stayput/derive/clock"
	"stayput/derive/delivery"
	"stayput/derive/discipline"
	"stayput/derive/limit"
	"stayput/derive/meeting"
	"stayput/derive/program"
	"stayput/derive/remedy"
	"stayput/fact"
	"stayput/measure"
	"stayput/paper"
	"stayput/plan"
)

// most is how many elements a list has at most: the newest. What is left out is counted,
// so that a paper says so.
const most = 1000

// add appends an element. Values that are not there are left out.
func (g *gatherer) add(list, key string, values map[string]Value) {
	for k, v := range values {
		if !v.Any() {
			delete(values, k)
		}
	}
	g.out.Lists[list] = append(g.out.Lists[list], Row{Key: key, Values: values})
}

// trim leaves the newest elements of each list.
func (g *gatherer) trim() {
	for name, rows := range g.out.Lists {
		if n := len(rows) - most; n > 0 {
			g.out.Lists[name], g.out.Left[name] = rows[n:], n
		}
	}
}

func (g *gatherer) lists() {
	if g.View != nil {
		g.requests()
		g.noes()
		g.contacts()
		g.events()
		g.removals()
	}
	g.duties()
	g.lines()
	g.delivery()
	g.answers()
	g.meetings()
	g.promises()
	g.claims()
	for _, x := range g.Gaps {
		var from []string
		if x.Entry != "" {
			from = []string{x.Entry}
		}
		row := func() map[string]Value {
			return map[string]Value{"what": {Sort: paper.Named, Named: Named{Item: [2]string{x.Paper, x.Item}}, Entries: from}, "law": {Sort: paper.Law, Law: x.Law}}
		}
		if x.Weak && strings.TrimSpace(x.Quote) == "" {
			continue // what is not quoted is not found wanting
		}
		g.add("lacking", x.Item, row())
		if !x.Weak {
			g.add("gaps", x.Item, row())
			continue
		}
		weak := row()
		weak["quote"], weak["lack"] = said(x.Quote, from...), said(x.Lack, from...)
		g.add("weak", x.Item, weak)
	}
}

// how is how something was said: by phone, in writing; nothing where nobody wrote it.
func how(e *fact.Entry) Value {
	if m := e.Fields.Means; m != "" {
		return key("letter.how_"+m, e.ID)
	}
	if e.Fields.Written == fact.Yes {
		return key("letter.how_letter", e.ID)
	}
	return Value{}
}

// requests are what the family asked for, each with its answer.
func (g *gatherer) requests() {
	no := map[*fact.Entry]*fact.Entry{}
	for _, n := range g.refusals() {
		if r := named(&n); r != nil {
			no[r] = n.Entry
		}
	}
	for _, e := range g.entries(asked...) {
		if !byFamily(e) {
			continue
		}
		row := map[string]Value{"on": on(e), "what": kind(e.Kind, e.ID), "how": how(e), "words": said(g.words(e), e.ID)}
		answer := no[e]
		if answer == nil {
			answer = g.answered(e)
		}
		switch {
		case answer != nil:
			row["answer"], row["answered"] = called(answer), on(answer)
		case !g.settledElsewhere(e):
			copied := map[string]Value{}
			for k, v := range row {
				copied[k] = v
			}
			g.add("unanswered", e.ID, copied)
		}
		g.add("requests", e.ID, row)
	}
}

// answered is the first entry of the school that names a request, at once or through
// others, or that the clocks took for the answer to it.
func (g *gatherer) answered(e *fact.Entry) *fact.Entry {
	for i, x := range g.View.Entries {
		if g.follows(int32(i), e) && open(x) && x.On.Earliest <= g.Today && g.bySchool(x) {
			return x
		}
	}
	for i := range g.Clocks {
		c := &g.Clocks[i]
		if x := g.View.Get(c.MetBy); c.Trigger == e.ID && c.MetBy != "" && open(x) && g.bySchool(x) {
			return x
		}
	}
	return nil
}

// follows reports that the entry at a place names another, at once or through others.
func (g *gatherer) follows(i int32, e *fact.Entry) bool {
	for up, hops := g.View.Re(i), 0; up >= 0 && hops < 64; up, hops = g.View.Re(up), hops+1 {
		if g.View.Entries[up] == e {
			return true
		}
	}
	return false
}

var requestWithdrawn = fact.MustLookupAll("request_withdrawn", "state_complaint_withdrawn", "due_process_withdrawn")

// settledElsewhere says of a request that no paper may say that nothing came of it: the
// family took it back, a meeting was set or held that may be the one, an answer behind a
// wall names it, or one that the record holds may be the answer to it.
func (g *gatherer) settledElsewhere(e *fact.Entry) bool {
	for i, x := range g.View.Entries {
		if x.On.Earliest <= g.Today && g.follows(int32(i), e) && (slices.Contains(requestWithdrawn, x.Kind) || !open(x) && g.bySchool(x)) {
			return true
		}
	}
	for i := range g.Clocks {
		if c := &g.Clocks[i]; c.Trigger == e.ID && c.Perhaps != nil && !c.Perhaps.Other {
			return true
		}
	}
	if g.Meetings != nil {
		for i := range g.Meetings.Meetings {
			x := &g.Meetings.Meetings[i]
			if slices.Contains(x.Requests, e) && (x.Scheduled != nil || x.Held != nil || x.State == meeting.Withdrawn) {
				return true
			}
		}
	}
	return false
}

var letterCame = fact.MustLookup("letter_received")

// bySchool reports that the school, or whoever decides, did what an entry says: what the
// family sent or said once more about its own request is no answer to it.
func (g *gatherer) bySchool(e *fact.Entry) bool {
	switch by := e.Kind.Info().By; {
	case by == fact.Parent || e.By == string(fact.Parent):
		return false
	case by != "" || e.By == string(fact.LEA):
		return true
	}
	return e.Kind == letterCame && g.Case.Side == fact.FamilySide
}

// noes are the school's noes without a written notice.
func (g *gatherer) noes() {
	for _, n := range slices.Backward(g.refusals()) {
		if n.Notice != nil {
			continue
		}
		what := called(n.Entry)
		if r := named(&n); r != nil {
			what = kind(r.Kind, n.Entry.ID)
		}
		g.add("noes", n.Entry.ID, map[string]Value{"on": on(n.Entry), "what": what, "words": said(g.summary(n.Entry), n.Entry.ID),
			"reasons": g.quote(&n), "by": said(strings.Join(n.Entry.Fields.With, ", "), n.Entry.ID)})
	}
}

var (
	concerns  = fact.MustLookupAll("concern_raised", "parent_concerns_given", "child_said")
	spoken    = fact.MustLookupAll("contact", "listening_meeting_held", "rejection_acknowledged", "dialogue_held", "family_check_in_held")
	papers    = fact.MustLookupAll("evaluation_report_given", "evaluation_completed", "reevaluation_completed", "iee_report_shared", "iee_provided", "last_evaluation_date", "observation_done")
	offerings = fact.MustLookupAll("iep_offered", "iep_amendment_proposed", "local_resolution_offered", "iee_agreed")
	expenses  = fact.MustLookupAll("expense_paid")
	rejected  = fact.MustLookupAll("iep_rejected", "iep_consent_partial", "iep_amendment_refused", "services_consent_refused", "single_service_refused", "rejection_reason_told")
	removed   = fact.MustLookupAll("removal_started", "emergency_removal_started", "iaes_started")
)

// first is the first day of what when gives.
func first(v Value) day.Date {
	if v.Named.Key == "letter.when" {
		return v.Named.When.Earliest
	}
	return v.Date
}

// timeOf is an entry's time of day; nothing where none is known.
func timeOf(e *fact.Entry) Value {
	if !e.On.HasTime() {
		return Value{}
	}
	return Value{Sort: paper.Named, Named: Named{Key: "letter.time", Minute: e.On.Minute}, Entries: []string{e.ID}}
}

// contacts are what was said, what was tried, what was offered, what worries whom.
func (g *gatherer) contacts() {
	for _, e := range g.entries(concerns...) {
		if w := g.words(e); w != "" {
			g.add("concerns", e.ID, map[string]Value{"on": when(e), "words": said(w, e.ID)})
		}
	}
	for _, e := range g.entries(spoken...) {
		if g.rooms[e] {
			continue // what is said in a mediation stays there
		}
		f := &e.Fields
		row := map[string]Value{"on": when(e), "time": timeOf(e), "how": how(e), "who": said(strings.Join(f.With, ", "), e.ID), "words": said(g.words(e), e.ID),
			"offers": said(strings.Join(f.Offers, "; "), e.ID), "response": said(f.Response, e.ID)}
		if f.Outcome != "" {
			row["outcome"] = key("letter.outcome_"+f.Outcome, e.ID)
		}
		g.add("contacts", e.ID, row)
		if by := e.By; unreached(e) && g.forThis(e) && (by == string(fact.LEA) || by == "" && g.Case.Side == fact.SchoolSide) {
			g.add("attempts", e.ID, map[string]Value{"on": row["on"], "time": row["time"], "how": how(e), "outcome": row["outcome"], "words": said(g.words(e), e.ID)})
		}
		for i, o := range f.Offers {
			g.add("offers", e.ID+"/"+strconv.Itoa(i), map[string]Value{"on": when(e), "words": said(o, e.ID)})
		}
	}
	for _, e := range g.entries(offerings...) {
		if w := g.words(e); w != "" {
			g.add("offers", e.ID, map[string]Value{"on": when(e), "words": said(w, e.ID)})
		}
	}
	slices.SortStableFunc(g.out.Lists["offers"], func(a, b Row) int { return cmp.Compare(first(a.Values["on"]), first(b.Values["on"])) })
	for _, e := range g.entries(papers...) {
		g.add("reports", e.ID, map[string]Value{"on": when(e), "what": kind(e.Kind, e.ID)})
	}
	o := g.offer()
	for _, e := range g.entries(rejected...) {
		if g.summary(e) == "" || e.On.Latest < o.on || g.elsewhere(e, o) {
			continue // no words, or the answer to another offer
		}
		g.add("rejections", e.ID, map[string]Value{"on": when(e), "what": kind(e.Kind, e.ID), "words": said(g.summary(e), e.ID)})
	}
	sum, from, known := int64(0), []string{}, true
	for _, e := range g.entries(expenses...) {
		if g.repaid(e) {
			continue
		}
		row := map[string]Value{"on": when(e), "what": said(g.words(e), e.ID)}
		cents := remedy.Cents(e.Fields.Amount)
		if known = known && cents > 0; cents > 0 {
			row["amount"] = Value{Sort: paper.Money, Cents: cents, Entries: []string{e.ID}}
		}
		sum, from = sum+cents, append(from, e.ID)
		g.add("expenses", e.ID, row)
	}
	if sum > 0 && known {
		g.set("amount.total", Value{Sort: paper.Money, Cents: sum, Entries: from})
	}
}

// forThis reports that an attempt to reach the parents may be one about the meeting to
// which a paper invites: one before the last meeting was for that one.
func (g *gatherer) forThis(e *fact.Entry) bool {
	if g.Paper == nil || !slices.Contains(g.Paper.Sent, iepSent) {
		return true
	}
	was := last(g.entries(meetingHeld))
	return was == nil || e.On.Earliest > was.On.Latest
}

// elsewhere reports that an answer is to another offer: it names another version or another
// offer, or names none and came after a newer one.
func (g *gatherer) elsewhere(e *fact.Entry, o offer) bool {
	if of := g.offerOf(e); of.plan != nil && o.plan != nil {
		return of.plan != o.plan
	}
	for up, hops := g.View.Get(e.Re), 0; up != nil && hops < 64; up, hops = g.View.Get(up.Re), hops+1 {
		if slices.Contains(offered, up.Kind) && len(o.entries) > 0 {
			return up.ID != o.entries[0]
		}
	}
	return o.on != 0 && g.newest(e.On.Latest).on > o.on
}

// repaid reports that an expense is settled: money given names it, an agreement names it or
// is named by it, or the promise that it names was carried out.
func (g *gatherer) repaid(e *fact.Entry) bool {
	up := g.View.Get(e.Re)
	if up != nil && slices.Contains(agreed, up.Kind) {
		return true
	}
	for i, x := range g.View.Entries {
		if x.On.Earliest > g.Today {
			continue
		}
		if g.follows(int32(i), e) && (slices.Contains(agreed, x.Kind) || slices.Contains(given, x.Kind)) || up != nil && up.Kind == promised && x.Kind == given[1] && g.follows(int32(i), up) {
			return true
		}
	}
	return false
}

var (
	promised = fact.MustLookup("remedy_promised")
	given    = fact.MustLookupAll("remedy_given", "remedy_completed")
	agreed   = fact.MustLookupAll("settlement_signed", "resolution_agreement_executed", "mediation_agreement_signed")
)

// events are what happened, the oldest first; of a matter, when the paper is about one.
func (g *gatherer) events() {
	n := 0
	for _, e := range g.View.Entries {
		if !open(e) || e.Derived || e.On.Earliest > g.Today {
			continue
		}
		g.add("events", e.ID, map[string]Value{"on": when(e), "what": called(e), "words": said(g.words(e), e.ID)})
		if len(e.Files) > 0 && (!g.rooms[e] || e.Kind == sessions[1]) { // a mediation's own agreement is shown
			n++
			g.add("exhibits", e.ID, map[string]Value{"number": number(n, e.ID), "on": when(e), "what": called(e)})
		}
	}
}

// removals are the days out of school: all that the record tells of, and those of this
// school year with what they come to. A total stands only where each of them is known.
func (g *gatherer) removals() {
	counted := map[string]*discipline.Removal{}
	for i := range g.Removals {
		counted[g.Removals[i].Entry] = &g.Removals[i]
	}
	this := discipline.YearOf(g.Rule, g.Today)
	known, shown, sum, from := true, 0, 0, []string{}
	for _, e := range g.entries(removed...) {
		row := func() map[string]Value { return map[string]Value{"on": when(e), "words": said(g.words(e), e.ID)} }
		all, year := row(), row()
		r := counted[e.ID]
		days, sure := daysOut(e, r)
		if sure {
			all["days"], year["days"] = number(days, e.ID), number(days, e.ID)
		}
		g.add("removals", e.ID, all)
		if discipline.YearOf(g.Rule, e.On.Latest) != this {
			continue
		}
		g.add("removals_year", e.ID, year)
		known, from = known && sure && r != nil && r.Carries == "", append(from, e.ID)
		shown, sum = shown+1, sum+days
	}
	for i := range g.Years {
		if y := &g.Years[i]; y.Begins == this && known && y.Removals == shown && y.Days.AtMost == sum { // no day stands twice
			g.set("removed.days", number(sum, from...))
		}
	}
}

// daysOut is how many school days a removal took, where the calendar settles it or
// somebody wrote the number down. Of one without an end nobody knows.
func daysOut(e *fact.Entry, r *discipline.Removal) (int, bool) {
	switch {
	case r == nil:
		return e.Fields.Days, e.Fields.Days > 0
	case r.Open || r.Whole != r.Days: // it goes on
		return 0, false
	case r.Days.Sure():
		return r.Days.AtLeast, true
	}
	return e.Fields.Days, e.Fields.Days > 0 && e.Fields.Days == r.Days.AtMost
}

// duties are the school's duties: what is late, what is due.
func (g *gatherer) duties() {
	for i := range g.Clocks {
		c := &g.Clocks[i]
		t := g.View.Get(c.Trigger)
		due := DueOf(c)
		if c.OwedBy != fact.LEA || t != nil && !open(t) || due == 0 || g.settled(c) {
			continue
		}
		late := LateBy(g.View, c)
		what := Value{Sort: paper.Named, Named: Named{Rule: c.Rule.ID}, Entries: []string{c.Trigger}}
		row := map[string]Value{"what": what, "due": dated(due, c.Trigger), "law": {Sort: paper.Law, Law: citation(c)}}
		switch {
		case WasLate(g.View, c):
			if !late.Sure {
				continue
			}
			row["from"], row["start"], row["days"] = date(c.TriggerOn, c.Trigger), kind(c.Kind, c.Trigger), number(late.Days, c.Trigger)
			g.add("late", string(c.Rule.ID)+"/"+c.Trigger, row)
		case c.Status == clock.Running:
			g.add("due", string(c.Rule.ID)+"/"+c.Trigger, row)
		}
	}
}

func citation(c *clock.Clock) string {
	v := c.Version
	if v == nil && len(c.Rule.Versions) > 0 {
		v = &c.Rule.Versions[len(c.Rule.Versions)-1]
	}
	if v == nil {
		return ""
	}
	return v.Citation
}

// lines are the plan's own words: what must be carried out, line by line, from whatever
// version each comes; and what stays put.
func (g *gatherer) lines() {
	if g.Program == nil {
		return
	}
	var now []program.Line
	for i := range g.Program.Tracks {
		if t := &g.Program.Tracks[i]; g.speaksOf(t.Kind) {
			now = append(now, t.InForce...)
		}
	}
	stay := now
	if sp := &g.Program.StayPut; sp.Applies == fact.Yes && len(sp.Lines) > 0 {
		stay = sp.Lines
	} else if sp.Exception == "discipline" && g.Paper != nil {
		stay = nil // the setting that was decided goes on, not the program in force
	}
	for _, l := range now {
		g.line(l, "services")
	}
	for _, l := range stay {
		if l.Part == plan.ServiceLines || l.Part == plan.Placement {
			g.line(l, "stayput")
		}
	}
}

var (
	revoked      = fact.MustLookup("services_consent_revoked")
	enrolled     = fact.MustLookup("transfer_enrolled")
	iepSent      = fact.MustLookup("iep_meeting_notice_sent")
	placement504 = fact.MustLookup("placement_504_proposed")
)

// speaksOf reports that a paper tells of the lines of a sort of plan: the services of an
// IEP are none of a Section 504 plan that is being written, and taking back consent to
// special education ends nothing that a Section 504 plan gives.
func (g *gatherer) speaksOf(k plan.Kind) bool {
	if g.Paper == nil {
		return true
	}
	switch p := g.Paper; {
	case slices.Contains(p.Sent, placement504):
		return k == plan.Section504
	case slices.Contains(p.Sent, revoked) || slices.Contains(p.About.Kinds, revoked) || slices.Contains(p.About.Kinds, enrolled):
		return k != plan.Section504
	}
	return true
}

// line adds a line to the list of its sort; what stays put is one list.
func (g *gatherer) line(l program.Line, services string) {
	p := whole(g.Plans, l.FromPlan)
	if p == nil {
		return
	}
	for _, c := range p.Components() {
		if c.ID != l.Component || c.Part != l.Part {
			continue
		}
		name := l.FromPlan + "/" + c.ID
		switch c.Part {
		case plan.ServiceLines:
			s := &p.Services[c.Index]
			g.add(services, name, map[string]Value{"name": said(s.Label()), "amount": {Sort: paper.Named, Named: Named{Line: s}}, "where": said(firstOf(s.Setting, s.Location)),
				"who": said(firstOf(s.Role, s.Provider)), "from": dated(s.From), "to": dated(s.To)})
		case plan.Placement:
			if services == "stayput" {
				g.add(services, name, map[string]Value{"name": {Sort: paper.Named, Named: Named{Part: c.Part}}, "amount": key("letter.as_planned"), "where": said(c.Name)})
			}
		case plan.Accommodations:
			s := &p.Accommodations[c.Index]
			g.add("accommodations", name, map[string]Value{"text": said(s.Text), "where": said(strings.Join(s.Where, ", ")), "who": said(strings.Join(s.By, ", "))})
		case plan.Goals:
			g.goal(l.FromPlan, c.ID, &p.Goals[c.Index])
		}
	}
}

// newestProbe is what was measured last of a goal; nil when nothing was.
func newestProbe(y *brief.GoalProgress, today day.Date) (out *measure.Probe) {
	for i := range y.Probes {
		if z := &y.Probes[i]; !z.Missing && z.On <= today && (out == nil || z.On >= out.On) {
			out = z
		}
	}
	return out
}

func (g *gatherer) goal(from, component string, x *plan.Goal) {
	name := from + "/" + component
	row := map[string]Value{"area": said(x.Area), "text": said(firstOf(x.Text, x.Behavior)), "baseline": said(x.Baseline), "target": said(firstOf(x.Target, x.Criterion))}
	for j := range g.Goals {
		y := &g.Goals[j]
		if z := newestProbe(y, g.Today); z != nil && y.Component == component && y.Plan.ID == from {
			row["now"] = Value{Sort: paper.Named, Named: Named{Key: "letter.probe", Date: z.On}, Said: strings.TrimSpace(z.Value.String() + " " + firstOf(z.Unit, x.Unit))}
		}
	}
	g.add("goals", name, row)
}

// delivery is what was promised and not given.
func (g *gatherer) delivery() {
	if g.Ledger == nil {
		return
	}
	var sum delivery.Minutes
	mixed := false
	minutes := func(m delivery.Minutes, unit string) Value {
		return Value{Sort: paper.Minutes, Minutes: m, Unit: unit}
	}
	type miss struct {
		row map[string]Value
		key string
		on  day.Date
	}
	var all []miss
	for i := range g.Ledger.Services {
		s := &g.Ledger.Services[i]
		t := &s.Total
		if t.Short > 0 || t.Reported > 0 {
			if s.Unit != "sessions" {
				sum += t.Short
			} else if t.Short > 0 {
				mixed = true // minutes are not all of it
			}
			g.add("shortfalls", s.Key, map[string]Value{"name": said(s.Name), "promised": minutes(t.Promised, s.Unit), "given": minutes(t.Given, s.Unit), "short": minutes(t.Short, s.Unit),
				"reported": minutes(t.Reported, s.Unit), "from": dated(t.From), "to": dated(t.To)})
		}
		for _, m := range s.Misses {
			if m.Short > 0 || m.Reported > 0 {
				all = append(all, miss{map[string]Value{"on": dated(m.On), "name": said(s.Name), "why": key("delivery.outcome." + string(m.Outcome))}, s.Key + "/" + m.Log, m.On})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b miss) int { return cmp.Compare(a.on, b.on) })
	for _, m := range all {
		g.add("missed", m.key, m.row)
	}
	if sum > 0 && !mixed {
		g.set("short.total", minutes(sum, "minutes"))
	}
}

// answers are what was agreed to and refused of the newest offer, part by part.
func (g *gatherer) answers() {
	if g.Program == nil {
		return
	}
	o := g.offer().plan
	for i := range g.Program.Tracks {
		for j := range g.Program.Tracks[i].Offers {
			x := &g.Program.Tracks[i].Offers[j]
			if o == nil || x.Plan != o.ID {
				continue
			}
			for _, p := range x.Parts {
				from := []string(nil)
				if len(p.Reason.Entries) > 0 {
					from = p.Reason.Entries
				}
				what := Value{Sort: paper.Named, Said: p.Name, Named: Named{Part: p.Part}, Entries: from}
				switch {
				case p.State == program.Agreed && !p.Drops:
					g.add("accepted", p.Component, map[string]Value{"what": what})
				case p.State == program.Excepted:
					g.add("exceptions", p.Component, map[string]Value{"what": what, "why": g.reason(o, p.Component)})
				}
				waits := !slices.Contains(answered, p.State)
				row := map[string]Value{"what": what}
				if p.Drops {
					row["was"] = g.before(o, p.Part, p.Component)
				} else {
					row["now"] = amount(o, p.Part, p.Component)
					if p.Was != "" {
						row["was"] = g.before(o, p.Part, p.Was)
					}
				}
				kind := change(p, row["was"], row["now"])
				row["change"] = key("letter.part_" + kind)
				switch {
				case kind == "new" && p.Part == plan.Placement:
					delete(row, "change") // every plan has a placement: it was only not entered
				case kind == "new":
					row["was"] = key("letter.was_not")
				case kind == "dropped":
					row["now"] = key("letter.is_not")
				}
				if !g.amends() || waits && kind != "same" {
					g.add("offered", p.Component, row)
				}
			}
		}
	}
}

// answered are the states of a part whose answer is in: it is no change to come.
var answered = []program.State{program.Agreed, program.Excepted, program.ByLaw, program.TakenBack, program.Superseded}

var amendment = fact.MustLookup("iep_amendment_proposed")

// amends reports that the paper changes a plan: what stays as it is does not stand in it.
func (g *gatherer) amends() bool {
	return g.Paper != nil && slices.Contains(g.Paper.Sent, amendment)
}

// reason is why a part of an offer was refused, in the parents' own words: what they said
// of an older offer is none.
func (g *gatherer) reason(o *plan.Plan, component string) Value {
	if g.View == nil {
		return Value{}
	}
	told := g.entries(whyNot)
	for i := len(told) - 1; i >= 0; i-- {
		e := told[i]
		if e.On.Latest < o.Offered || g.elsewhere(e, offer{plan: o}) || g.aboutOlder(e, o) {
			continue
		}
		if len(e.Fields.Parts) == 0 || slices.Contains(e.Fields.Parts, component) {
			return said(g.summary(e), e.ID)
		}
	}
	return Value{}
}

// aboutOlder reports that the answer whose reason an entry tells was given to another offer.
func (g *gatherer) aboutOlder(e *fact.Entry, o *plan.Plan) bool {
	up := g.View.Get(e.Re)
	return up != nil && (g.elsewhere(up, offer{plan: o}) || up.On.Latest < o.Offered)
}

var whyNot = fact.MustLookup("rejection_reason_told")

// amount is what a part of a plan promises: of a service line how much, of anything else
// its words.
func amount(p *plan.Plan, part plan.Part, component string) Value {
	for _, c := range p.Components() {
		if c.Part != part || c.ID != component {
			continue
		}
		if part == plan.ServiceLines {
			return Value{Sort: paper.Named, Named: Named{Line: &p.Services[c.Index]}}
		}
		if c.Name != "" {
			return Value{Sort: paper.Named, Said: c.Name, Named: Named{Part: part}}
		}
	}
	return Value{}
}

// before is what a part promised in the newest version before an offer that had it.
func (g *gatherer) before(o *plan.Plan, part plan.Part, component string) (out Value) {
	var of *plan.Plan
	for _, p := range g.Plans {
		if p == o || planDay(p) > planDay(o) || of != nil && planDay(p) < planDay(of) {
			continue
		}
		if v := amount(p, part, component); v.Any() {
			out, of = v, p
		}
	}
	return out
}

// change says in one word what an offer makes of a part.
func change(p program.PartState, was, now Value) string {
	switch {
	case p.Drops:
		return "dropped"
	case p.Was == "":
		return "new"
	case was.Any() && now.Any() && same(was, now):
		return "same"
	}
	return "changed"
}

// same reports that two amounts promise the same.
func same(a, b Value) bool {
	if a.Named.Line == nil || b.Named.Line == nil {
		return a.Said == b.Said
	}
	return a.Named.Line.Amount() == b.Named.Line.Amount()
}

// meetings are the team, the topics and what was decided at the meeting that the paper is
// about.
func (g *gatherer) meetings() {
	if g.Meetings == nil {
		return
	}
	m := g.meeting()
	if e := g.out.About; e != nil && e != m {
		return // the paper is about something else, such as a phone call
	} else if e == nil && m != nil && m.On.Latest < g.Today {
		return // what was on the table at the last meeting is not what this paper is about
	}
	for i := range g.Meetings.Meetings {
		x := &g.Meetings.Meetings[i]
		if m == nil || x.Entry != m && x.Held != m && x.Scheduled != m {
			continue
		}
		for j, s := range x.Seats {
			if s.Needed == fact.No && len(s.People) == 0 {
				continue
			}
			names := []string{}
			for _, p := range s.People {
				if p.Name != "" {
					names = append(names, p.Name)
				}
			}
			g.add("members", fmt.Sprint("seat", j), map[string]Value{"role": key("letter.seat_" + s.Item), "name": said(strings.Join(names, ", "))})
		}
		for _, e := range x.Agendas {
			for j, w := range e.Fields.About {
				if open(e) {
					g.add("agenda", e.ID+"/"+strconv.Itoa(j), map[string]Value{"words": said(w, e.ID)})
				}
			}
		}
		for _, d := range x.Decisions {
			if !open(d.Entry) {
				continue
			}
			list := "decisions"
			if d.State == "later" || d.State == "no" { // what was not agreed
				list = "open"
			}
			g.add(list, d.Entry.ID, map[string]Value{"words": said(g.words(d.Entry), d.Entry.ID)})
		}
		for _, y := range x.Excusals {
			if y.Asked != nil && open(y.Asked) {
				g.add("excused", y.Asked.ID, map[string]Value{"name": said(y.Member.Text, y.Asked.ID)})
			}
		}
	}
}

// promises are the terms of agreements and decisions.
func (g *gatherer) promises() {
	if g.Remedies == nil {
		return
	}
	for _, a := range g.Remedies.Agreements {
		for _, r := range a.Remedies {
			if r.Entry == nil || !open(r.Entry) {
				continue
			}
			row := map[string]Value{"what": said(firstOf(r.Entry.Fields.Summary, r.Entry.Note), r.Entry.ID), "who": key("letter.party_lea"), "due": dated(r.Due, r.Entry.ID)}
			switch {
			case r.LeftMinutes > 0:
				row["left"] = Value{Sort: paper.Minutes, Minutes: delivery.Minutes(r.LeftMinutes) * delivery.Minute, Unit: "minutes", Entries: []string{r.Entry.ID}}
			case r.LeftCents > 0:
				row["left"] = Value{Sort: paper.Money, Cents: r.LeftCents, Entries: []string{r.Entry.ID}}
			}
			g.add("promises", r.Entry.ID, row)
		}
	}
}

// shown reports that an entry, if one is named and in view, may go into a paper.
func (g *gatherer) shown(id string) bool {
	if id == "" {
		return true
	}
	e := g.View.Get(id)
	return e == nil || open(e)
}

// claims are what was not as the law or the plan asks, for a complaint. What the paper's
// own way can no longer bring up is left out.
func (g *gatherer) claims() {
	number := map[string]int{}
	for _, r := range g.out.Lists["exhibits"] {
		number[r.Key] = r.Values["number"].Number
	}
	service := map[string]int{} // where the row of a service stands
	for i := range g.Claims {
		c := &g.Claims[i]
		if c.Clock != nil && (!g.shown(c.Clock.Trigger) || c.Clock.OwedBy != fact.LEA || g.settled(c.Clock)) || !g.shown(c.Entry) || g.tooLate(c) {
			continue
		}
		days := 0
		if c.Clock != nil {
			late := LateBy(g.View, c.Clock)
			if !late.Sure {
				continue
			}
			days = late.Days
		}
		proof := Value{Sort: paper.Named, Named: Named{Key: "letter.proof"}}
		for _, id := range c.Proof {
			if e := g.View.Get(id); open(e) {
				proof.Entries = append(proof.Entries, id)
				proof.Named.Items = append(proof.Named.Items, Shown{called(e).Named, e.On, number[id]})
			}
		}
		if len(c.Proof) > 0 && len(proof.Entries) == 0 {
			continue
		}
		row := map[string]Value{"from": dated(c.Happened.First), "to": dated(c.Happened.Last)}
		if c.Citation != "" {
			row["law"] = Value{Sort: paper.Law, Law: c.Citation}
		}
		if len(proof.Entries) > 0 {
			row["proof"] = proof
		}
		name := string(c.Sort) + "/" + string(c.Rule) + "/" + c.Entry + c.Service
		switch {
		case c.Clock != nil:
			row["what"] = Value{Sort: paper.Named, Named: Named{Key: "letter.claim_late", Rule: c.Clock.Rule.ID}, Entries: proof.Entries}
			due := DueOf(c.Clock)
			row["due"], row["from"] = dated(due, c.Clock.Trigger), dated(due.Add(1), c.Clock.Trigger)
			if days > 0 {
				row["days"] = Value{Sort: paper.Number, Number: days, Entries: []string{c.Clock.Trigger}}
			}
			name += "/" + c.Clock.Trigger
		case c.Gap != nil:
			if at, there := service[c.Service]; there {
				g.longer(&g.out.Lists["claims"][at], c)
				continue
			}
			row["what"] = Value{Sort: paper.Named, Named: Named{Key: "letter.claim_service"}, Said: c.Service, Entries: proof.Entries}
			if c.Gap.Short > 0 {
				row["short"] = Value{Sort: paper.Minutes, Minutes: c.Gap.Short, Unit: c.Unit, Entries: proof.Entries}
			}
			service[c.Service] = len(g.out.Lists["claims"])
		case c.Finding != nil:
			row["what"] = Value{Sort: paper.Named, Named: Named{Key: "letter.claim_plan", Find: c.Finding, Plan: c.Plan}, Entries: proof.Entries}
			name += "/" + c.Finding.Name
		case c.Entry != "" && c.Kind != 0:
			row["what"] = kind(c.Kind, c.Entry)
			if e := g.View.Get(c.Entry); e != nil {
				row["what"], row["words"] = called(e), said(g.summary(e), e.ID)
				g.refused(row, e)
			}
		}
		row["number"] = Value{Sort: paper.Number, Number: len(g.out.Lists["claims"]) + 1, Entries: proof.Entries}
		g.add("claims", name, row)
	}
}

// refused says of a claim about a no what had been asked for, when and how, what the no
// names, and its reasons, as far as the entries themselves say so.
func (g *gatherer) refused(row map[string]Value, e *fact.Entry) {
	for i := range g.refusals() {
		n := &g.noesOf[i]
		if n.Entry != e {
			continue
		}
		row["words"], row["reasons"] = g.quote(n), g.ticked(n)
		row["about"] = said(strings.Join(e.Fields.About, ", "), e.ID)
		if r := named(n); r != nil {
			row["request"], row["asked"], row["how"], row["requested"] = kind(r.Kind, r.ID), when(r), how(r), g.requested(r)
		} else {
			row["unnamed"] = key("letter.unnamed", e.ID) // it is asked, only here
		}
		return
	}
}

var voided = fact.MustLookup("resolution_agreement_voided")

// ended are the kinds that end a hearing case without a decision.
var ended = fact.MustLookupAll("settlement_signed", "resolution_agreement_executed", "due_process_withdrawn")

// settled reports that a duty belongs to a hearing case that ended before the duty was
// done: nobody is late with it any more.
func (g *gatherer) settled(c *clock.Clock) bool { return Settled(g.View, c, g.Today) }

// longer adds a further gap of a service to its claim.
func (g *gatherer) longer(r *Row, c *claims.Claim) {
	v := r.Values
	if c.Happened.First < v["from"].Date {
		v["from"] = dated(c.Happened.First)
	}
	if c.Happened.Last > v["to"].Date {
		v["to"] = dated(c.Happened.Last)
	}
	if c.Gap.Short > 0 {
		short := v["short"]
		v["short"] = Value{Sort: paper.Minutes, Minutes: short.Minutes + c.Gap.Short, Unit: c.Unit, Entries: short.Entries}
	}
}

// tooLate reports that the way the paper files can no longer bring a claim up.
func (g *gatherer) tooLate(c *claims.Claim) bool {
	if g.Paper == nil || g.Paper.Route == "" {
		return false
	}
	for i := range c.Rights {
		if r := &c.Rights[i]; string(r.Route) == g.Paper.Route {
			return r.Status == limit.Closed && len(r.Exceptions) == 0
		}
	}
	return false
}
