package refusal

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

// a matter is what belongs to a subject: its refusal, the requests it answers, what
// shows that the thing was begun or given after all, and the paper that asks for it.
type matter struct {
	subject Subject
	no      fact.Kind
	asks    []fact.Kind
	since   []fact.Kind
	paper   string
}

var matters = []matter{
	{Evaluation, fact.MustLookup("evaluation_refused"), fact.MustLookupAll("evaluation_requested", "evaluation_requested_orally"), fact.MustLookupAll("evaluation_consent_requested", "evaluation_consent_received", "evaluation_completed"), "request-initial-evaluation"},
	{Reevaluation, fact.MustLookup("reevaluation_refused"), fact.MustLookupAll("reevaluation_requested"), fact.MustLookupAll("reevaluation_consent_requested", "reevaluation_consent_received", "reevaluation_completed"), "request-reevaluation"},
	{Outside, fact.MustLookup("iee_refused"), fact.MustLookupAll("iee_requested"), fact.MustLookupAll("iee_agreed", "iee_provided"), ""},
	{Meeting, fact.MustLookup("iep_meeting_refused"), fact.MustLookupAll("iep_meeting_requested", "iep_meeting_requested_orally"), fact.MustLookupAll("iep_meeting_scheduled", "iep_meeting_held"), "request-iep-meeting"},
	{Records, fact.MustLookup("records_access_refused"), fact.MustLookupAll("records_access_requested"), fact.MustLookupAll("records_access_given"), "request-records"},
	{Plan, fact.MustLookup("action_proposed_or_refused"), nil, nil, "request-iep-meeting"},
	{Other, fact.MustLookup("request_refused"), nil, nil, "request-iep-meeting"},
}

var (
	noticeGiven = fact.MustLookup("prior_written_notice_given")
	noticeAsked = fact.MustLookup("prior_written_notice_requested")
	reasonTold  = fact.MustLookup("reason_told")
	reasons     = fact.MustLookup("reasons_given")
	withdrawn   = fact.MustLookup("request_withdrawn")
)

// KindOf is the kind of the refusal of a subject.
func KindOf(s Subject) fact.Kind {
	for i := range matters {
		if matters[i].subject == s {
			return matters[i].no
		}
	}
	return fact.MustLookup("request_refused")
}

// matterOf is the matter of a refusal; nil for an entry that is none.
func matterOf(e *fact.Entry) *matter {
	for i := range matters {
		m := &matters[i]
		if m.no == e.Kind && (m.subject != Plan || e.Fields.Refused == fact.Yes) {
			return m
		}
	}
	return nil
}

// Is reports that an entry is a no of the school.
func Is(e *fact.Entry) bool { return matterOf(e) != nil }

// An Input is what the noes are derived from.
type Input struct {
	View   *record.View
	Clocks []clock.Clock
	Side   fact.Side
	AsOf   day.Date
}

// Derive lists every no up to a day, the latest first.
func Derive(in Input) []No {
	var out []No
	for i, e := range in.View.Entries {
		if m := matterOf(e); m != nil && e.On.Earliest <= in.AsOf {
			out = append(out, in.of(int32(i), e, m))
		}
	}
	slices.SortStableFunc(out, func(a, b No) int { return cmp.Compare(b.Entry.On.Latest, a.Entry.On.Latest) })
	return out
}

// Candidates are the requests that a no of a subject, said on a day, may answer: of
// its sort, not later, not taken back, and not named by another no. The latest is
// the last.
func Candidates(v *record.View, s Subject, by day.Date, but string) []*fact.Entry {
	var m *matter
	for i := range matters {
		if matters[i].subject == s {
			m = &matters[i]
		}
	}
	if m == nil {
		return nil
	}
	taken := map[string]bool{}
	for i, e := range v.Entries {
		if e.ID != but && (matterOf(e) != nil || e.Kind == withdrawn) {
			for up, hops := v.Re(int32(i)), 0; up >= 0 && hops < 64; up, hops = v.Re(up), hops+1 {
				taken[v.Entries[up].ID] = true
			}
		}
	}
	var out []*fact.Entry
	for i, e := range v.Entries {
		if slices.Contains(m.asks, e.Kind) && e.On.Earliest <= by && !taken[e.ID] && !again(v, int32(i)) {
			out = append(out, e)
		}
	}
	return out
}

// again reports that entry i asks for something after a no: it names one.
func again(v *record.View, i int32) bool {
	for up, hops := v.Re(i), 0; up >= 0 && hops < 64; up, hops = v.Re(up), hops+1 {
		if matterOf(v.Entries[up]) != nil {
			return true
		}
	}
	return false
}

// of works out one no.
func (in *Input) of(at int32, e *fact.Entry, m *matter) No {
	n := No{Entry: e, Subject: m.subject, Waited: -1}
	n.Request = in.named(at, m)
	if n.Request == nil {
		if c := Candidates(in.View, m.subject, e.On.Latest, e.ID); len(c) == 1 {
			n.Request, n.Guessed = c[0], true
		} else {
			n.Several = len(c)
		}
	}
	in.told(&n)
	in.notice(&n)
	in.later(&n, m)
	end := day.On(in.AsOf)
	if n.Notice != nil {
		end = n.Notice.On
	}
	if e.On.Exact() && end.Exact() && end.Earliest >= e.On.Earliest {
		n.Waited = int(end.Earliest - e.On.Earliest)
	}
	in.due(&n)
	in.step(&n, m)
	return n
}

// named is the request that a no names, at once or through others.
func (in *Input) named(at int32, m *matter) *fact.Entry {
	v := in.View
	for up, hops := v.Re(at), 0; up >= 0 && hops < 64; up, hops = v.Re(up), hops+1 {
		if e := v.Entries[up]; slices.Contains(m.asks, e.Kind) || len(m.asks) == 0 && e.Kind.Info().Matter {
			return e
		}
	}
	return nil
}

// names reports that entry i names another one, at once or through others.
func (in *Input) names(i int32, id string) bool {
	v := in.View
	for up, hops := v.Re(i), 0; up >= 0 && hops < 64; up, hops = v.Re(up), hops+1 {
		if v.Entries[up].ID == id {
			return true
		}
	}
	return false
}

// told collects the reasons, those of the no itself first.
func (in *Input) told(n *No) {
	put := func(e *fact.Entry) {
		seen := map[string]bool{}
		for _, r := range e.Fields.Reasons {
			if r != "" && !seen[r] {
				seen[r] = true
				n.Reasons = append(n.Reasons, Reason{r, e})
			}
		}
	}
	put(n.Entry)
	for i, e := range in.View.Entries {
		if (e.Kind == reasonTold || e.Kind == reasons) && e.On.Earliest <= in.AsOf && in.names(int32(i), n.Entry.ID) {
			n.Told = append(n.Told, e)
			put(e)
		}
	}
}

// notice finds the written notice: what the clocks took for the answer to this no,
// else one that names the no, or its request after it was said.
func (in *Input) notice(n *No) {
	for i := range in.Clocks {
		c := &in.Clocks[i]
		if c.Trigger != n.Entry.ID || !meets(c.Rule, noticeGiven) {
			continue
		}
		if e := in.View.Get(c.MetBy); c.MetBy != "" && e != nil && e.Kind == noticeGiven {
			n.Notice = e
			return
		}
	}
	for _, i := range in.View.ByKind(noticeGiven) {
		e := in.View.Entries[i]
		if e.On.Earliest > in.AsOf {
			continue
		}
		if in.names(i, n.Entry.ID) || n.Request != nil && in.names(i, n.Request.ID) && e.On.Latest >= n.Entry.On.Earliest {
			n.Notice, n.Perhaps = e, nil
			return
		}
		if in.View.Re(i) < 0 && e.On.Latest >= n.Entry.On.Earliest {
			n.Perhaps = e
		}
	}
}

func meets(r *law.Rule, k fact.Kind) bool {
	return slices.ContainsFunc(r.MetBy, func(m law.Meet) bool { return m.Kind == k })
}

// later finds what was asked for in writing after the no, and what came of it.
func (in *Input) later(n *No, m *matter) {
	after := func(e *fact.Entry) bool { return e.On.Latest >= n.Entry.On.Earliest && e.On.Earliest <= in.AsOf }
	for i, e := range in.View.Entries {
		switch {
		case !after(e) || e.ID == n.Entry.ID:
		case slices.Contains(m.since, e.Kind) && !in.elsewhere(int32(i), n):
			if n.Since == nil {
				n.Since = e
			}
		case m.subject == Records && slices.Contains(m.asks, e.Kind) && (n.Request == nil || e.ID != n.Request.ID) && (e.On.Earliest > n.Entry.On.Latest || in.names(int32(i), n.Entry.ID)):
			n.Asked = e
		case m.subject != Records && e.Kind == noticeAsked && !in.elsewhere(int32(i), n):
			n.Asked = e
		}
	}
}

// elsewhere reports that an entry names another no or another request than those of n.
func (in *Input) elsewhere(i int32, n *No) bool {
	v := in.View
	for up, hops := v.Re(i), 0; up >= 0 && hops < 64; up, hops = v.Re(up), hops+1 {
		e := v.Entries[up]
		if e.ID == n.Entry.ID || n.Request != nil && e.ID == n.Request.ID {
			return false
		}
		if matterOf(e) != nil || e.Kind.Info().Matter {
			return true
		}
	}
	return false
}

// due finds the earliest date of law for an answer that has not come, or the earliest
// of which only the bounds are known.
func (in *Input) due(n *No) {
	for i := range in.Clocks {
		c := &in.Clocks[i]
		about := c.Trigger == n.Entry.ID || n.Request != nil && c.Trigger == n.Request.ID
		if !about || c.On == 0 && c.Earliest == 0 || c.MetBy != "" || c.OwedBy != fact.LEA || c.Rule.Kind != law.Clock && c.Rule.Kind != law.Duty || c.Status == clock.Ended {
			continue
		}
		switch {
		case c.On == 0:
			if n.Between == nil || c.Earliest < n.Between.Earliest {
				n.Between = c
			}
		case n.Due == nil || c.On < n.Due.On:
			n.Due = c
		}
	}
	if n.Due != nil {
		n.Between = nil
	}
}

// Suggest is our own day for an answer to a letter of a day, never on a weekend.
func Suggest(from day.Date) day.Date {
	d := from + Patience
	for d.Weekend() {
		d++
	}
	return d
}

// step works out what comes next.
func (in *Input) step(n *No, m *matter) {
	if in.Side == fact.SchoolSide {
		switch {
		case n.Since != nil:
			n.Step = Settled
		case n.Notice == nil && m.subject != Records:
			n.Step, n.Document = GiveNotice, "pwn"
		default:
			n.Step = Wait
		}
		return
	}
	first, paper := AskNotice, "demand-pwn"
	if m.subject == Records {
		first, paper = AskAgain, m.paper
	}
	switch {
	case n.Since != nil:
		n.Step = Settled
		return
	case n.Notice != nil && m.paper == "":
		n.Step = Routes
		return
	case n.Notice != nil && in.askedAfter(n, m):
		n.Step = Routes
		return
	case n.Notice != nil:
		n.Step, n.Document = AskNext, m.paper
		n.By, n.Ours = Suggest(in.AsOf), true
		return
	case n.Asked == nil:
		n.Step, n.Document = first, paper
		n.By, n.Ours = Suggest(in.AsOf), true
		if n.Due != nil && n.Due.On >= in.AsOf {
			n.By, n.Ours = n.Due.On, false
		}
		return
	}
	n.By, n.Ours = Suggest(n.Asked.On.Latest), true
	if until := n.Asked.Fields.Until; until != 0 {
		n.By = until
	}
	if n.Step = Wait; in.AsOf > n.By {
		n.Step = Routes
	}
}

// askedAfter reports that the same was asked for again after the notice.
func (in *Input) askedAfter(n *No, m *matter) bool {
	asks := m.asks
	if len(asks) == 0 {
		asks = fact.MustLookupAll("iep_meeting_requested")
	}
	for _, k := range asks {
		for _, i := range in.View.ByKind(k) {
			if e := in.View.Entries[i]; e.On.Earliest > n.Notice.On.Latest && e.On.Earliest <= in.AsOf {
				return true
			}
		}
	}
	return false
}
