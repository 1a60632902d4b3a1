package callout

import (
	"slices"
	"strconv"

	"stayput/day"
	"stayput/derive/dispute"
	"stayput/derive/limit"
	"stayput/fact"
)

// How long ago a decision may lie and still be one about which to call, in days. It is a
// setting of ours, not law.
const fresh = 365

// tenDays of removal in a school year is where discipline begins to change a placement.
const tenDays = 10

var (
	threats   = fact.MustLookupAll("due_process_threatened")
	changes   = fact.MustLookupAll("placement_change_decided", "iaes_started")
	privates  = fact.MustLookupAll("private_notice_given", "private_removal", "reimbursement_requested")
	asksIEE   = fact.MustLookupAll("iee_requested", "iee_refused")
	givesIEE  = fact.MustLookupAll("iee_agreed", "iee_provided")
	formal    = []dispute.Kind{dispute.OCR, dispute.StateComplaint, dispute.DueProcess, dispute.Expedited}
	beHearing = []dispute.Kind{dispute.DueProcess, dispute.Expedited}
)

// Derive finds the signs of a case, in the order of Keys.
func Derive(in Input) []Sign {
	if in.View == nil {
		return nil
	}
	g := &engine{in: in}
	g.disputes()
	g.limits()
	g.removals()
	g.entries(Placement, changes, in.AsOf-fresh)
	g.entries(Private, privates, in.AsOf-fresh)
	g.places()
	g.conditions()
	g.outside()
	slices.SortStableFunc(g.out, func(a, b Sign) int { return slices.Index(Keys, a.Key) - slices.Index(Keys, b.Key) })
	return g.out
}

type engine struct {
	in  Input
	out []Sign
}

// add puts a sign that stands on entries; without any it is none.
func (g *engine) add(s Sign) {
	if len(s.Entries) == 0 {
		return
	}
	s.Mark = mark(s.Key, s.Entries[len(s.Entries)-1], s.By)
	g.out = append(g.out, s)
}

func mark(k Key, last string, by day.Date) string {
	out := string(k) + "@" + last
	if by != 0 {
		out += "@" + by.String()
	}
	return out
}

// since are the entries of some kinds from a day on, up to the day asked about, in the
// order of the record.
func (g *engine) since(ks []fact.Kind, first day.Date) []string {
	var out []string
	for _, e := range g.in.View.Entries {
		if !e.Derived && e.On.Earliest <= g.in.AsOf && e.On.Latest >= first && slices.Contains(ks, e.Kind) {
			out = append(out, e.ID)
		}
	}
	return out
}

func (g *engine) entries(k Key, ks []fact.Kind, first day.Date) {
	g.add(Sign{Key: k, Entries: g.since(ks, first)})
}

// disputes tells of a hearing that is open or announced, and of more than one dispute.
func (g *engine) disputes() {
	var open, all []string
	last := day.Date(0)
	for i := range g.in.Disputes {
		p := &g.in.Disputes[i]
		if !p.Begun || p.On.Earliest > g.in.AsOf {
			continue
		}
		if slices.Contains(beHearing, p.Kind) {
			last = max(last, p.On.Latest)
			if p.Open {
				open = append(open, p.Matter)
			}
		}
		if slices.Contains(formal, p.Kind) {
			all = append(all, p.Matter)
		}
	}
	g.add(Sign{Key: Filed, Entries: open, Count: len(open)})
	if said := g.since(threats, max(last+1, g.in.AsOf-fresh)); len(open) == 0 {
		g.add(Sign{Key: Threatened, Entries: said}) // what was announced and then filed is the filing
	}
	if len(all) > 1 {
		g.add(Sign{Key: Repeated, Entries: all, Count: len(all), Dispute: true})
	}
}

// limits tells of the right to be heard that ends first, and of one that can be read in
// two ways. A step inside a running case is not among them: that case is a sign itself.
func (g *engine) limits() {
	side := fact.Parent
	if g.in.Side == fact.SchoolSide {
		side = fact.LEA
	}
	var first, two *limit.Limit
	for i := range g.in.Limits {
		l := &g.in.Limits[i]
		if l.Step() || l.Earliest == 0 || !l.Serves(side) || !l.Pressing() {
			continue
		}
		if first == nil || l.Earliest < first.Earliest {
			first = l
		}
		if l.Latest > l.Earliest && (two == nil || l.Earliest < two.Earliest) {
			two = l
		}
	}
	if first != nil {
		g.add(Sign{Key: Closing, Entries: about(first), By: first.Earliest, Limit: first})
	}
	if two != nil {
		g.add(Sign{Key: TwoDates, Entries: about(two), By: two.Earliest, Limit: two})
	}
}

// about is the entry behind a limit.
func about(l *limit.Limit) []string {
	switch {
	case l.Entry != "":
		return []string{l.Entry}
	case l.Clock != nil && l.Clock.Trigger != "":
		return []string{l.Clock.Trigger}
	}
	return nil
}

// removals tells of a school year in which they may come to more than ten school days.
func (g *engine) removals() {
	d := g.in.Discipline
	if d == nil {
		return
	}
	var years []int
	for i := range d.Years {
		if d.Years[i].Days.Over(tenDays) != fact.No {
			years = append(years, d.Years[i].Begins)
		}
	}
	s := Sign{Key: Removals}
	for i := range d.Removals {
		r := &d.Removals[i]
		if slices.Contains(years, r.Year) && r.First > g.in.AsOf-fresh {
			s.Entries, s.Count = append(s.Entries, r.Entry), s.Count+1
		}
	}
	g.add(s)
}

// places tells of the law of more than one jurisdiction.
func (g *engine) places() {
	var names []string
	for _, l := range g.in.Laws {
		if l != nil && !slices.Contains(names, l.Jurisdiction) {
			names = append(names, l.Jurisdiction)
		}
	}
	if len(names) > 1 {
		slices.Sort(names)
		s := Sign{Key: Places, Count: len(names), Mark: mark(Places, strconv.Itoa(len(names)), 0)}
		for _, n := range names {
			s.Mark += "@" + n
		}
		g.out = append(g.out, s)
	}
}

// conditions tells of answers to a plan that were made to depend on something.
func (g *engine) conditions() {
	var ids []string
	for _, e := range g.in.View.Entries {
		if e.Fields.Conditions != "" && e.On.Earliest <= g.in.AsOf && e.On.Latest >= g.in.AsOf-fresh {
			ids = append(ids, e.ID)
		}
	}
	g.add(Sign{Key: Conditions, Entries: ids})
}

// outside tells of an independent evaluation that was asked for or refused and that
// nobody agreed to since.
func (g *engine) outside() {
	last := day.Date(0)
	for _, k := range givesIEE {
		for _, i := range g.in.View.ByKind(k) {
			if e := g.in.View.Entries[i]; e.On.Earliest <= g.in.AsOf {
				last = max(last, e.On.Latest)
			}
		}
	}
	g.entries(Outside, asksIEE, max(last+1, g.in.AsOf-2*fresh))
}
