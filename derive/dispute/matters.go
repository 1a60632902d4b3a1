package dispute

import (
	"slices"

	"stayput/day"
	"stayput/fact"
)

var kind = fact.MustLookup

// begins are the entries that begin a matter.
var begins = map[fact.Kind]Kind{
	kind("due_process_filed"): DueProcess, kind("due_process_received"): DueProcess,
	kind("expedited_complaint_filed"): Expedited, kind("expedited_complaint_received"): Expedited,
	kind("state_complaint_filed"): StateComplaint, kind("state_complaint_received"): StateComplaint,
	kind("mediation_requested"): Mediation, kind("state_review_requested"): StateReview, kind("civil_action_filed"): CivilAction,
	kind("grievance_filed"): Grievance, kind("ocr_complaint_filed"): OCR, kind("ferpa_complaint_filed"): FERPA, kind("facilitation_requested"): Facilitated,
	kind("s504_hearing_requested"): Section504, kind("records_amendment_requested"): Records,
}

// arrivals are the entries that say that what was filed has come: they belong to a
// filing, and begin a matter only where nobody wrote the filing down.
var arrivals = map[fact.Kind]fact.Kind{
	kind("due_process_received"):         kind("due_process_filed"),
	kind("expedited_complaint_received"): kind("expedited_complaint_filed"),
	kind("state_complaint_received"):     kind("state_complaint_filed"),
}

// belongs says to which sorts of matters an entry may belong that begins none, the
// likeliest first. Those of the second list belong only to the matter they name.
var belongs, belongsNamed = func() (free, named map[fact.Kind][]Kind) {
	free, named = map[fact.Kind][]Kind{}, map[fact.Kind][]Kind{}
	put := func(m map[fact.Kind][]Kind, to []Kind, names ...string) {
		for _, k := range fact.MustLookupAll(names...) {
			m[k] = append(m[k], to...)
		}
	}
	hearing := []Kind{DueProcess, Expedited}
	put(free, hearing, "due_process_copy_sent", "due_process_withdrawn", "due_process_amendment_requested", "due_process_amended_filed", "lea_response_sent", "other_party_response_sent",
		"sufficiency_challenge_sent", "sufficiency_challenge_received", "sufficiency_decided", "resolution_meeting_scheduled", "resolution_meeting_held", "resolution_waived_in_writing",
		"mediation_instead_agreed", "no_agreement_possible_in_writing", "resolution_period_expired", "resolution_agreement_executed", "resolution_agreement_voided", "parent_failed_to_participate",
		"lea_failed_resolution_duty", "hearing_timeline_started_by_ho", "resolution_confidentiality_agreed", "default_entered", "prehearing_conference_scheduled", "hearing_scheduled_date",
		"issues_disclosed", "attorney_notice_given", "evidence_disclosed", "continuance_granted", "hearing_held", "hearing_record_closed", "hearing_decision_issued", "hearing_decision_received",
		"settlement_offer_made", "settlement_offer_accepted", "settlement_signed", "decision_implemented")
	put(free, []Kind{Expedited}, "expedited_resolution_meeting_held", "expedited_hearing_held", "expedited_decision_issued")
	put(free, []Kind{StateComplaint}, "state_complaint_copy_sent", "state_complaint_extension_granted", "state_complaint_withdrawn", "state_complaint_decided", "reconsideration_requested",
		"reconsideration_decided", "noncompliance_identified", "noncompliance_corrected")
	put(free, []Kind{Mediation, DueProcess, Expedited}, "mediator_proposed", "mediator_appointed", "mediation_scheduled", "mediation_date_set", "mediation_session_held", "mediation_agreement_signed",
		"mediation_withdrawn", "mediation_continued_in_writing")
	put(free, []Kind{Mediation}, "mediation_request_copied")
	put(free, []Kind{StateReview}, "state_review_decided")
	put(free, []Kind{Grievance}, "grievance_completed")
	put(free, []Kind{Facilitated}, "facilitator_named")
	put(free, []Kind{Section504}, "s504_hearing_scheduled", "s504_hearing_held", "s504_hearing_decided", "s504_review_requested", "s504_review_decided")
	put(free, []Kind{Records}, "records_amendment_meeting_held", "records_amendment_decided", "records_hearing_requested", "records_hearing_scheduled", "records_hearing_held", "records_hearing_decided",
		"records_statement_placed")
	put(free, []Kind{OCR}, "ocr_complaint_opened", "ocr_complaint_dismissed", "ocr_resolution_signed", "ocr_complaint_decided")
	put(free, []Kind{FERPA}, "ferpa_complaint_decided")
	put(named, []Kind{Section504}, "records_access_requested", "records_access_given", "settlement_offer_made", "settlement_offer_accepted", "settlement_signed")
	put(named, []Kind{Section504, Records, OCR, FERPA}, "decision_implemented", "request_withdrawn")
	put(named, []Kind{StateComplaint, StateReview}, "other_party_response_sent", "lea_response_sent", "decision_implemented", "settlement_signed", "mediation_session_held", "mediation_agreement_signed", "due_process_withdrawn")
	put(named, []Kind{CivilAction}, "settlement_signed", "decision_implemented")
	put(named, []Kind{Mediation, Facilitated}, "request_withdrawn", "decision_implemented")
	put(named, []Kind{Facilitated}, "iep_meeting_held", "iep_meeting_scheduled", "request_refused")
	put(named, Kinds, "remedy_promised", "remedy_given", "remedy_completed", "remedy_asked_about")
	return free, named
}()

// closing are the entries that end a matter of a kind, and how.
var closing = map[Kind]map[fact.Kind]Ending{
	DueProcess:     over("due_process_withdrawn", Withdrawn, "resolution_agreement_executed", Resolved, "mediation_agreement_signed", Mediated, "settlement_signed", Settled, "default_entered", Default, "hearing_decision_issued", Decided),
	Expedited:      over("due_process_withdrawn", Withdrawn, "resolution_agreement_executed", Resolved, "mediation_agreement_signed", Mediated, "settlement_signed", Settled, "default_entered", Default, "expedited_decision_issued", Decided, "hearing_decision_issued", Decided),
	StateComplaint: over("state_complaint_withdrawn", Withdrawn, "settlement_signed", Settled, "mediation_agreement_signed", Mediated, "state_complaint_decided", Decided),
	Mediation:      over("mediation_withdrawn", Unfinished, "request_withdrawn", Withdrawn, "mediation_agreement_signed", Mediated),
	StateReview:    over("state_review_decided", Decided, "due_process_withdrawn", Withdrawn, "settlement_signed", Settled),
	CivilAction:    over("settlement_signed", Settled),
	Grievance:      over("grievance_completed", Completed),
	Section504:     over("request_withdrawn", Withdrawn, "settlement_signed", Settled, "s504_hearing_decided", Decided, "s504_review_decided", Decided),
	Records:        over("request_withdrawn", Withdrawn, "records_amendment_decided", Decided, "records_hearing_decided", Decided),
	OCR:            over("request_withdrawn", Withdrawn, "ocr_complaint_dismissed", Dismissed, "ocr_resolution_signed", Undertook, "ocr_complaint_decided", Decided),
	FERPA:          over("request_withdrawn", Withdrawn, "ferpa_complaint_decided", Decided),
	Facilitated:    over("iep_meeting_held", Completed, "request_withdrawn", Withdrawn, "request_refused", Unfinished),
}

// reopens says of some endings which entry opens the matter again: a hearing about an
// answer that was no, the review of a decision. reopened is the same from behind.
var reopens, reopened = func() (map[fact.Kind]fact.Kind, map[fact.Kind]fact.Kind) {
	to := map[fact.Kind]fact.Kind{
		kind("records_amendment_decided"): kind("records_hearing_requested"),
		kind("s504_hearing_decided"):      kind("s504_review_requested"),
	}
	from := map[fact.Kind]fact.Kind{}
	for end, again := range to {
		from[again] = end
	}
	return to, from
}()

func over(pairs ...any) map[fact.Kind]Ending {
	out := map[fact.Kind]Ending{}
	for i := 0; i < len(pairs); i += 2 {
		out[kind(pairs[i].(string))] = pairs[i+1].(Ending)
	}
	return out
}

// How far apart a filing and its arrival may lie when neither names the other, in days.
// A setting of ours, not law.
const together = 60

// A matter is the entries of one dispute.
type matter struct {
	kind    Kind
	begin   int32 // where its first entry stands in the view
	begun   bool  // that entry begins such a matter
	filed   bool  // somebody wrote down that it was sent
	came    bool  // somebody wrote down that it arrived
	filer   string
	of      *matter
	at      []int32 // its entries
	doubt   []int32 // entries that may belong to another one as well
	endedAt day.Date
}

// sorter gives each entry to its matter.
type sorter struct {
	g      *engine
	all    []*matter
	of     []*matter // by position
	state  []uint8   // 1: being looked at, 2: done
	hint   map[string]string
	orphan map[Kind]*matter
}

// matters finds the matters of the record. Entries come in the order of the view, which
// does not depend on how they arrived.
func (g *engine) matters() []*matter {
	n := len(g.v.Entries)
	s := &sorter{g: g, of: make([]*matter, n), state: make([]uint8, n), orphan: map[Kind]*matter{}}
	s.hints()
	for i := range g.v.Entries {
		if k, ok := begins[g.v.Entries[i].Kind]; ok {
			s.begin(int32(i), k)
		}
	}
	for i := range g.v.Entries {
		s.matter(int32(i))
	}
	for _, m := range s.all {
		slices.Sort(m.at)
	}
	slices.SortStableFunc(s.all, func(a, b *matter) int { return int(a.begin - b.begin) })
	return s.all
}

// hints notes for each answer the start that the dates of the case gave it to.
func (s *sorter) hints() {
	s.hint = map[string]string{}
	put := func(answer, trigger string) {
		if answer != "" && answer != trigger && s.hint[answer] == "" {
			s.hint[answer] = trigger
		}
	}
	for i := range s.g.in.Clocks {
		put(s.g.in.Clocks[i].MetBy, s.g.in.Clocks[i].Trigger)
	}
	for i := range s.g.in.Limits {
		if l := &s.g.in.Limits[i]; l.Clock != nil && !l.Rule.OnWrong {
			put(l.Clock.MetBy, l.Clock.Trigger)
		}
	}
	for i := range s.g.in.Clocks {
		put(s.g.in.Clocks[i].EndedBy, s.g.in.Clocks[i].Trigger)
	}
}

// ahead reports an entry that has not happened yet and is no appointment.
func (g *engine) ahead(e *fact.Entry) bool {
	return e.On.Earliest > g.in.AsOf && !e.Kind.Info().Appointment
}

// begin makes the matter that entry i begins, or joins it to the filing it is the
// arrival of.
func (s *sorter) begin(i int32, k Kind) {
	v := s.g.v
	e := v.Entries[i]
	if s.g.ahead(e) || s.state[i] != 0 {
		return
	}
	if k == DueProcess && e.Fields.Expedited == fact.Yes {
		k = Expedited
	}
	if filing, ok := arrivals[e.Kind]; ok {
		if m := s.filing(i, filing, k); m != nil {
			m.came = true
			s.join(m, i)
			return
		}
	}
	if e.Kind == kind("mediation_requested") {
		for up, hops := v.Re(i), 0; up >= 0 && hops < 64; up, hops = v.Re(up), hops+1 {
			if m := s.of[up]; m != nil && (m.kind == DueProcess || m.kind == Expedited || m.kind == StateComplaint) {
				s.join(m, i) // a step inside that dispute
				return
			}
		}
	}
	m := &matter{kind: k, begin: i, begun: true, filer: e.Fields.FiledBy}
	_, arrived := arrivals[e.Kind]
	m.came, m.filed = arrived, !arrived
	s.all = append(s.all, m)
	s.join(m, i)
}

func (s *sorter) join(m *matter, i int32) {
	m.at = append(m.at, i)
	if m.filer == "" && begins[s.g.v.Entries[i].Kind] != "" {
		m.filer = s.g.v.Entries[i].Fields.FiledBy
	}
	s.of[i], s.state[i] = m, 2
	if _, again := reopened[s.g.v.Entries[i].Kind]; again {
		m.endedAt = 0
	}
	if _, ends := closing[m.kind][s.g.v.Entries[i].Kind]; ends && !s.g.void[s.g.v.Entries[i].ID] {
		if d := s.g.v.Entries[i].On.Earliest; m.endedAt == 0 || d < m.endedAt {
			m.endedAt = d
		}
	}
}

// filing is the matter whose filing arrival i is about: the one it names, else the
// latest one of the same side that has not arrived yet.
func (s *sorter) filing(i int32, filing fact.Kind, k Kind) *matter {
	v := s.g.v
	e := v.Entries[i]
	for up, hops := v.Re(i), 0; up >= 0 && hops < 64; up, hops = v.Re(up), hops+1 {
		if m := s.of[up]; m != nil && m.kind == k {
			return m
		}
		// A filing that is dated after its arrival is looked at out of turn.
		if v.Entries[up].Kind == filing && s.state[up] == 0 {
			s.begin(up, k)
			return s.of[up]
		}
	}
	for j := len(s.all) - 1; j >= 0; j-- {
		m := s.all[j]
		b := v.Entries[m.begin]
		if m.kind != k || m.came || !m.filed || b.Kind != filing || e.On.Earliest-b.On.Earliest > together || m.filer != "" && e.Fields.FiledBy != "" && m.filer != e.Fields.FiledBy {
			continue
		}
		return m
	}
	return nil
}

// matter is the matter of entry i, or nil.
func (s *sorter) matter(i int32) *matter {
	if s.state[i] == 2 {
		return s.of[i]
	}
	if s.state[i] == 1 {
		return nil
	}
	s.state[i] = 1
	m := s.find(i)
	if m != nil {
		s.join(m, i)
	}
	s.state[i] = 2
	return m
}

// find looks for the matter an entry belongs to: that of what it names, else that of
// the date it was taken to answer, else the latest that fits and was open then.
func (s *sorter) find(i int32) *matter {
	v := s.g.v
	e := v.Entries[i]
	free, named := belongs[e.Kind], belongsNamed[e.Kind]
	if len(free) == 0 && len(named) == 0 {
		return nil
	}
	fits := func(m *matter) bool {
		return m != nil && (slices.Contains(free, m.kind) || slices.Contains(named, m.kind))
	}
	for up, hops := v.Re(i), 0; up >= 0 && hops < 64; up, hops = v.Re(up), hops+1 {
		if m := s.matter(up); fits(m) {
			return m
		}
	}
	if len(free) == 0 || e.Derived {
		return nil
	}
	if t, ok := s.hint[e.ID]; ok {
		if j, ok := v.Find(t); ok && j != i {
			if m := s.matter(j); m != nil && slices.Contains(free, m.kind) {
				s.doubtful(m, i, free)
				return m
			}
		}
	}
	if m := s.answered(i, free); m != nil {
		return m
	}
	if e.Fields.Expedited == fact.Yes && slices.Contains(free, Expedited) {
		free = []Kind{Expedited, DueProcess}
	}
	var best *matter
	for _, mustBeOpen := range []bool{true, false} {
		for _, k := range free {
			for _, m := range s.all {
				b := v.Entries[m.begin]
				if m.kind != k || !m.begun || b.On.Earliest > e.On.Latest || mustBeOpen && m.endedAt != 0 && m.endedAt < e.On.Earliest {
					continue
				}
				if e.Fields.FiledBy != "" && m.filer != "" && e.Fields.FiledBy != m.filer {
					continue
				}
				if best == nil || b.On.Earliest >= v.Entries[best.begin].On.Earliest {
					best = m
				}
			}
			if best != nil && (k == Mediation || mustBeOpen && k != DueProcess) {
				break
			}
		}
		if best != nil {
			s.doubtful(best, i, free)
			return best
		}
	}
	// Before every filing: it is out of its order in the one that comes after it.
	for _, k := range free {
		for _, m := range s.all {
			if m.kind == k && m.begun && (best == nil || m.begin < best.begin) {
				best = m
			}
		}
	}
	if best != nil {
		return best
	}
	if s.g.ahead(e) && !e.Kind.Info().Appointment || e.Kind.Info().Derived {
		return nil
	}
	return s.stray(i, free[0])
}

// answered is the matter with the latest decision that entry i opens again, or nil.
func (s *sorter) answered(i int32, free []Kind) *matter {
	v := s.g.v
	end, ok := reopened[v.Entries[i].Kind]
	if !ok {
		return nil
	}
	var out *matter
	var at day.Date
	for _, m := range s.all {
		if !m.begun || !slices.Contains(free, m.kind) {
			continue
		}
		for _, j := range m.at {
			if e := v.Entries[j]; e.Kind == end && e.On.Earliest <= v.Entries[i].On.Latest && e.On.Earliest >= at {
				out, at = m, e.On.Earliest
			}
		}
	}
	return out
}

// doubtful notes that an entry which names nothing may belong to another open matter.
func (s *sorter) doubtful(m *matter, i int32, free []Kind) {
	v := s.g.v
	if v.Re(i) >= 0 {
		return
	}
	e := v.Entries[i]
	for _, o := range s.all {
		if o == m || !slices.Contains(free, o.kind) || (o.kind != m.kind && !(hears(o.kind) && hears(m.kind))) {
			continue
		}
		if b := v.Entries[o.begin]; b.On.Earliest <= e.On.Latest && (o.endedAt == 0 || o.endedAt >= e.On.Earliest) && (e.Fields.FiledBy == "" || o.filer == "" || o.filer == e.Fields.FiledBy) {
			m.doubt = append(m.doubt, i)
			return
		}
	}
}

// hears reports a sort of dispute that ends with a hearing officer.
func hears(k Kind) bool { return k == DueProcess || k == Expedited }

// stray gives an entry to a path that nobody began: there is no complaint in the record.
func (s *sorter) stray(i int32, k Kind) *matter {
	if m := s.orphan[k]; m != nil {
		return m
	}
	m := &matter{kind: k, begin: i, filer: s.g.v.Entries[i].Fields.FiledBy}
	s.orphan[k] = m
	s.all = append(s.all, m)
	return m
}
