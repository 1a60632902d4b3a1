package meeting

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/plan"
)

// The kinds of entries that meetings are made of.
var (
	Requested      = fact.MustLookup("iep_meeting_requested")
	Spoken         = fact.MustLookup("iep_meeting_requested_orally")
	Scheduled      = fact.MustLookup("iep_meeting_scheduled")
	NoticeSent     = fact.MustLookup("iep_meeting_notice_sent")
	RecordingGiven = fact.MustLookup("recording_notice_given")
	ExcusalSought  = fact.MustLookup("member_excusal_sought")
	ExcusalAgreed  = fact.MustLookup("excusal_agreed")
	ExcusalRefused = fact.MustLookup("excusal_refused")
	MeetingHeld    = fact.MustLookup("iep_meeting_held")
	MeetingRefused = fact.MustLookup("iep_meeting_refused")
	DisputeAsked   = fact.MustLookup("disagreement_meeting_requested")
	DisputeHeld    = fact.MustLookup("disagreement_meeting_held")
	ListeningHeld  = fact.MustLookup("listening_meeting_held")
	PreparedKind   = fact.MustLookup("meeting_prepared")
	AgendaSent     = fact.MustLookup("agenda_sent")
	InterpretAsked = fact.MustLookup("interpreter_requested")
	InterpretThere = fact.MustLookup("interpreter_present")
	ConcernsGiven  = fact.MustLookup("parent_concerns_given")
	DecisionNoted  = fact.MustLookup("decision_noted")
	SummarySent    = fact.MustLookup("meeting_summary_sent")
	TalkInvited    = fact.MustLookup("dialogue_invited")
	TalkHeld       = fact.MustLookup("dialogue_held")
	FacilityAsked  = fact.MustLookup("facilitation_requested")
	FacilityNamed  = fact.MustLookup("facilitator_named")

	withdrawn   = fact.MustLookup("request_withdrawn")
	copyGiven   = fact.MustLookup("iep_copy_given")
	priorGiven  = fact.MustLookup("prior_written_notice_given")
	planForLife = fact.MustLookup("transition_plan_in_iep")
)

// before and after are the kinds that join a meeting still to come, and one that
// was.
var (
	before = []fact.Kind{NoticeSent, RecordingGiven, ExcusalSought, ExcusalAgreed, ExcusalRefused, PreparedKind, AgendaSent, InterpretAsked, ConcernsGiven, TalkInvited, TalkHeld, FacilityNamed}
	after  = []fact.Kind{InterpretThere, DecisionNoted, SummarySent}
)

// answers are the kinds that answer an offered plan, and what they come to.
var answers = map[fact.Kind]string{
	fact.MustLookup("iep_consent_received"):      "accepted",
	fact.MustLookup("services_consent_received"): "accepted",
	fact.MustLookup("iep_consent_partial"):       "partly",
	fact.MustLookup("iep_rejected"):              "rejected",
	fact.MustLookup("services_consent_refused"):  "rejected",
}

// A gather puts entries to meetings.
type gather struct {
	in    Input
	es    []*fact.Entry
	all   []Meeting
	owner map[int32]int // entry -> meeting
	near  map[int32]bool
	loose []int32
	re    map[int32][]int32 // what answers an entry
	team  map[string]plan.Role
}

// Derive gathers the meetings of a record. It is total, and the order of arrival of
// entries does not matter.
func Derive(in Input) *Result {
	g := &gather{in: in, es: in.View.Entries, owner: map[int32]int{}, near: map[int32]bool{}, re: map[int32][]int32{}, team: map[string]plan.Role{}}
	for i := range g.es {
		if j := in.View.Re(int32(i)); j >= 0 {
			g.re[j] = append(g.re[j], int32(i))
		}
	}
	if in.Plan != nil {
		for _, m := range in.Plan.Team {
			if f := Fold(m.Name); f != "" && m.Role != "" {
				g.team[f] = m.Role
			}
		}
	}
	g.appointments()
	g.held()
	g.requests()
	g.rest()
	out := &Result{AsOf: in.AsOf}
	for i := range g.all {
		g.finish(&g.all[i])
	}
	slices.SortStableFunc(g.all, func(a, b Meeting) int {
		return cmp.Or(cmp.Compare(far(a.On), far(b.On)), cmp.Compare(a.On.Minute, b.On.Minute), cmp.Compare(a.Entry.ID, b.Entry.ID))
	})
	for i := range g.all {
		g.look(&g.all[i], i)
	}
	out.Meetings = g.all
	out.effect()
	for _, i := range g.loose {
		out.Loose = append(out.Loose, g.es[i])
	}
	return out
}

func far(w day.When) day.Date {
	if w.IsZero() {
		return day.Max
	}
	return w.Earliest
}

// of is the positions of several kinds, in the order of the record.
func (g *gather) of(kinds ...fact.Kind) []int32 {
	var out []int32
	for _, k := range kinds {
		out = append(out, g.in.View.ByKind(k)...)
	}
	slices.Sort(out)
	return out
}

// open begins a meeting.
func (g *gather) open(k Kind) int {
	g.all = append(g.all, Meeting{Kind: k, members: map[int32]bool{}})
	return len(g.all) - 1
}

// take puts an entry to a meeting, unless it belongs to one already.
func (g *gather) take(i int32, m int, near bool) bool {
	if _, taken := g.owner[i]; taken {
		return false
	}
	g.owner[i], g.near[i] = m, near
	g.all[m].members[i] = true
	return true
}

// appointments begins a meeting for each day that is set and stands. A day that was
// put off belongs to the meeting that took its place.
func (g *gather) appointments() {
	set := g.in.View.ByKind(Scheduled)
	chain := func(i int32) {
		m := g.open(IEP)
		g.take(i, m, false)
		g.all[m].Scheduled = g.es[i]
		for j, hops := g.in.View.Re(i), 0; j >= 0 && hops < len(g.es); j, hops = g.in.View.Re(j), hops+1 {
			if g.es[j].Kind == Scheduled {
				if g.take(j, m, false) {
					g.all[m].Was = append(g.all[m].Was, g.es[j])
				}
				continue
			}
			if asks(g.es[j].Kind) {
				g.take(j, m, false)
				if g.es[j].Kind == DisputeAsked {
					g.all[m].Kind = Disagreement
				}
			}
			break
		}
	}
	for _, i := range set {
		if !g.in.View.Moved(i) {
			chain(i)
		}
	}
	for _, i := range set { // two that name each other
		if _, taken := g.owner[i]; !taken {
			chain(i)
		}
	}
}

func asks(k fact.Kind) bool {
	return k == Requested || k == Spoken || k == DisputeAsked || k == FacilityAsked
}

// kindOf is the sort of meeting that an entry speaks of.
func kindOf(k fact.Kind) Kind {
	switch k {
	case DisputeAsked, DisputeHeld:
		return Disagreement
	case ListeningHeld:
		return Listening
	}
	return IEP
}

// held puts each meeting that took place to the day that was set for it.
func (g *gather) held() {
	all := g.of(MeetingHeld, DisputeHeld, ListeningHeld)
	var free []int32
	for _, i := range all {
		m, j := g.named(i)
		switch {
		case m >= 0 && g.all[m].Held == nil && g.es[i].Kind != ListeningHeld:
			g.take(i, m, false)
			g.all[m].Held = g.es[i]
			if g.es[i].Kind == DisputeHeld {
				g.all[m].Kind = Disagreement
			}
		case m < 0 && j >= 0 && asks(g.es[j].Kind) && kindOf(g.es[j].Kind) == kindOf(g.es[i].Kind):
			m = g.open(kindOf(g.es[i].Kind))
			g.take(i, m, false)
			g.take(j, m, false)
			g.all[m].Held = g.es[i]
		default:
			free = append(free, i)
		}
	}
	type pair struct {
		far int
		i   int32
		m   int
	}
	var pairs []pair
	for _, i := range free {
		if g.es[i].Kind != MeetingHeld {
			continue
		}
		for m := range g.all {
			if x := &g.all[m]; x.Scheduled != nil && x.Held == nil && x.Kind == IEP {
				if n := apart(g.es[i].On, x.Scheduled.On); n <= nearHeld {
					pairs = append(pairs, pair{n, i, m})
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(a.i, b.i), cmp.Compare(a.m, b.m))
	})
	for _, p := range pairs {
		if g.all[p.m].Held == nil && g.take(p.i, p.m, true) {
			g.all[p.m].Held = g.es[p.i]
		}
	}
	for _, i := range free {
		if _, taken := g.owner[i]; !taken {
			m := g.open(kindOf(g.es[i].Kind))
			g.take(i, m, false)
			g.all[m].Held = g.es[i]
		}
	}
}

// apart is how many days lie between two days, as near as they may be.
func apart(a, b day.When) int {
	switch {
	case a.Latest < b.Earliest:
		return int(b.Earliest - a.Latest)
	case b.Latest < a.Earliest:
		return int(a.Earliest - b.Latest)
	}
	return 0
}

// named follows what an entry answers to a meeting; -1 when it leads to none. j is
// the first entry on the way.
func (g *gather) named(i int32) (m int, j int32) {
	j = g.in.View.Re(i)
	for at, hops := j, 0; at >= 0 && hops < len(g.es); at, hops = g.in.View.Re(at), hops+1 {
		if m, ok := g.owner[at]; ok {
			return m, j
		}
	}
	return -1, j
}

// requests puts each request to the meeting that followed, or lets it stand alone.
func (g *gather) requests() {
	for _, i := range g.of(Requested, Spoken, DisputeAsked, FacilityAsked) {
		if _, taken := g.owner[i]; taken {
			continue
		}
		if m, _ := g.named(i); m >= 0 {
			g.take(i, m, false)
			continue
		}
		k := kindOf(g.es[i].Kind)
		over := slices.ContainsFunc(g.re[i], func(j int32) bool { return g.es[j].Kind == MeetingRefused || g.es[j].Kind == withdrawn })
		if m := g.next(g.es[i].On, nearRequest, func(x *Meeting) bool { return x.Kind == k }); m >= 0 && !over {
			g.take(i, m, true)
			continue
		}
		g.take(i, g.open(k), false)
	}
	for _, i := range g.of(MeetingRefused, withdrawn) {
		if m, _ := g.named(i); m >= 0 && g.all[m].Scheduled == nil && g.all[m].Held == nil {
			g.take(i, m, false)
		}
	}
}

// whenOf is the day of a meeting as far as it is known so far.
func (x *Meeting) whenOf() day.When {
	switch {
	case x.Held != nil:
		return x.Held.On
	case x.Scheduled != nil:
		return x.Scheduled.On
	}
	return day.When{}
}

// next is the first meeting on or after a day, at most n days later.
func (g *gather) next(on day.When, n int, fits func(*Meeting) bool) int {
	best := -1
	for m := range g.all {
		w := g.all[m].whenOf()
		if w.IsZero() || w.Latest < on.Earliest || int(w.Earliest-on.Latest) > n || !fits(&g.all[m]) {
			continue
		}
		if best < 0 || sooner(w, g.all[best].whenOf()) {
			best = m
		}
	}
	return best
}

// last is the latest meeting on or before a day, at most n days earlier.
func (g *gather) last(on day.When, n int) int {
	best := -1
	for m := range g.all {
		w := g.all[m].whenOf()
		if w.IsZero() || w.Earliest > on.Latest || int(on.Earliest-w.Latest) > n {
			continue
		}
		if best < 0 || !sooner(w, g.all[best].whenOf()) {
			best = m
		}
	}
	return best
}

func sooner(a, b day.When) bool {
	return cmp.Or(cmp.Compare(a.Earliest, b.Earliest), cmp.Compare(a.Minute, b.Minute)) < 0
}

// rest puts everything else to its meeting.
func (g *gather) rest() {
	kinds := append(slices.Clone(before), after...)
	for _, i := range g.of(kinds...) {
		if m, _ := g.named(i); m >= 0 {
			g.take(i, m, false)
		}
	}
	for _, i := range g.of(kinds...) { // those that name one which names none are near where that one is
		if _, taken := g.owner[i]; taken || g.in.View.Re(i) >= 0 && slices.Contains(kinds, g.es[g.in.View.Re(i)].Kind) {
			continue
		}
		e := g.es[i]
		m := -1
		if slices.Contains(before, e.Kind) {
			m = g.next(e.On, nearBefore, func(x *Meeting) bool { return x.Kind != Listening })
		} else {
			m = g.last(e.On, nearAfter)
		}
		if m >= 0 {
			g.take(i, m, true)
		}
	}
	for _, i := range g.of(kinds...) {
		if _, taken := g.owner[i]; taken {
			continue
		}
		if m, _ := g.named(i); m >= 0 {
			g.take(i, m, true)
		} else {
			g.loose = append(g.loose, i)
		}
	}
}

// finish says what names a meeting, when it is and how far it has come.
func (g *gather) finish(x *Meeting) {
	for _, i := range x.sorted() {
		e := g.es[i]
		x.Entries = append(x.Entries, e)
		switch {
		case asks(e.Kind):
			x.Requests = append(x.Requests, e)
		case e.Kind == MeetingRefused || e.Kind == withdrawn:
			x.Refusal = e
		}
		if g.near[i] {
			x.Near = append(x.Near, e.ID)
		}
	}
	x.On = x.whenOf()
	switch {
	case x.Scheduled != nil:
		x.Entry, x.Ends = x.Scheduled, x.Scheduled.Ends
	case x.Held != nil:
		x.Entry = x.Held
	default:
		x.Entry = x.Requests[0]
	}
	if x.Held != nil && !x.Held.Ends.IsZero() {
		x.Ends = x.Held.Ends
	}
	switch {
	case x.Held != nil:
		x.State = Held
	case x.Scheduled != nil && x.On.Latest >= g.in.AsOf:
		x.State = Coming
	case x.Scheduled != nil:
		x.State = Unsaid
	case x.Refusal != nil && x.Refusal.Kind == withdrawn:
		x.State = Withdrawn
	case x.Refusal != nil:
		x.State = Refused
	default:
		x.State = Asked
	}
}

// sorted is the places of the entries of a meeting, in the order of the record.
func (x *Meeting) sorted() []int32 {
	out := make([]int32, 0, len(x.members))
	for i := range x.members {
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

// Has reports that the entry of a name belongs to a meeting.
func (x *Meeting) Has(id string) bool {
	return slices.ContainsFunc(x.Entries, func(e *fact.Entry) bool { return e.ID == id })
}

// Find is the meeting that the entry of a name belongs to, or nil.
func (r *Result) Find(id string) *Meeting {
	for i := range r.Meetings {
		if r.Meetings[i].Has(id) {
			return &r.Meetings[i]
		}
	}
	return nil
}
