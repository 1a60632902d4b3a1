package decisions

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"stayput/day"
	"stayput/fact"
)

// converted is the facts of one researched decision as entries.
type converted struct {
	d        *researched
	entries  []fact.Entry
	from     map[string]string // entry id -> the event name it came from
	warnings []string

	iep      bool   // the child already has an IEP, or was evaluated before
	reeval   bool   // the latest request or plan was about a reevaluation
	asked    string // the latest request for consent: evaluation, reevaluation, services or iep
	consent  bool   // consent came after the latest plan
	request  string // the entry of the latest request
	plan     string // the entry of the latest request for consent
	iee      string // the entry of the latest request for an independent evaluation
	filing   string // the entry of the latest receipt of a hearing request
	records  string // the entry of the latest request for records
	received map[string]bool
	decided  bool // a hearing decision is among the facts
	answered bool // a State complaint decision is among the facts
}

// convert turns facts into entries. Nothing is lost: a fact whose name nobody
// knows becomes a note, with a warning.
func convert(d *researched) *converted {
	c := &converted{d: d, from: map[string]string{}, received: map[string]bool{}}
	for _, f := range d.facts {
		switch name := normal(f.event); {
		case strings.Contains(name, "due_process") && strings.Contains(name, "received"):
			c.received["due_process_received"] = true
		case strings.Contains(name, "state_complaint_received"):
			c.received["state_complaint_received"] = true
		}
	}
	for i := range d.facts {
		c.fact(&d.facts[i], i)
	}
	c.decision()
	return c
}

func (c *converted) warn(format string, args ...any) {
	c.warnings = append(c.warnings, fmt.Sprintf(format, args...))
}

// normal is an event name in the vocabulary's way of writing.
func normal(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	return strings.Trim(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '/' {
			return '_'
		}
		return r
	}, name), "_")
}

// put adds one entry and gives it back to be filled in.
func (c *converted) put(kind string, on day.When, f *told, i int) *fact.Entry {
	id := fmt.Sprintf("f%d", i+1)
	for n := 'b'; c.from[id] != ""; n++ {
		id = fmt.Sprintf("f%d%c", i+1, n)
	}
	c.from[id] = normal(f.event)
	c.entries = append(c.entries, fact.Entry{ID: id, Auto: true, Kind: fact.MustLookup(kind), On: on, Note: f.detail, Line: f.at.Line, Column: f.at.Column})
	return &c.entries[len(c.entries)-1]
}

func says(text string, words ...string) bool {
	text = strings.ToLower(text)
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// when is the date of a fact; where none can be read, the fact lies between its
// neighbors.
func (c *converted) when(f *told, i int) (day.When, bool) {
	if w, ok := rough(f.date); ok {
		return w, true
	}
	var lo, hi day.Date
	for j, x := range c.d.facts {
		w, ok := rough(x.date)
		switch {
		case !ok || j == i:
		case j < i:
			lo = max(lo, w.Earliest)
		case hi == 0:
			hi = w.Latest
		}
	}
	if hi == 0 {
		hi = c.d.decided
	}
	if lo == 0 || hi < lo {
		c.warn("%s: no date can be read from %q; the fact is left out", f.event, f.date)
		return day.When{}, false
	}
	c.warn("%s: the date %q is taken to lie between its neighbors, %s and %s", f.event, f.date, lo, hi)
	return span(lo, hi), true
}

// fact turns one fact into entries.
func (c *converted) fact(f *told, i int) {
	on, ok := c.when(f, i)
	if !ok {
		return
	}
	name := normal(f.event)
	if known := c.special(name, f, on, i); known {
		return
	}
	w, ok := Find(name)
	if !ok {
		if g := guess(name); g != "" {
			c.warn("%s: not a known name; taken for %s", f.event, g)
			if c.special(g, f, on, i) {
				return
			}
			w, ok = Find(g)
		}
	}
	if !ok {
		c.warn("%s: no such event in the vocabulary; kept as a note", f.event)
		c.put("note_added", on, f, i)
		return
	}
	c.plain(w.Kinds[0].String(), f, on, i)
}

var oral = []string{"oral", "verbal", "spoken", "by phone", "in person"}

// plain adds an entry of one kind and notes what it means for what follows.
func (c *converted) plain(kind string, f *told, on day.When, i int) {
	switch kind {
	case "evaluation_requested", "reevaluation_requested":
		c.reeval = kind == "reevaluation_requested" || c.iep
		if says(f.detail, "initial evaluation", "initial assessment", "eligib") {
			c.reeval = kind == "reevaluation_requested"
		}
		k := "evaluation_requested"
		if c.reeval {
			k = "reevaluation_requested"
		} else if says(f.detail, oral...) && !says(f.detail, "writ", "letter", "email") {
			k = "evaluation_requested_orally"
		}
		c.request = c.put(k, on, f, i).ID
		return
	case "iep_meeting_requested":
		if says(f.detail, oral...) && !says(f.detail, "writ", "letter", "email") {
			kind = "iep_meeting_requested_orally"
		}
		c.request = c.put(kind, on, f, i).ID
		return
	case "last_evaluation_date", "last_iep_review", "iep_implemented", "services_started", "iep_developed", "iep_reviewed",
		"reevaluation_completed", "services_consent_received", "iep_consent_received", "transfer_enrolled":
		c.iep = true
	}
	e := c.put(kind, on, f, i)
	switch kind {
	case "transfer_enrolled":
		switch {
		case says(f.detail, "another state", "out of state", "out-of-state", "other state", "from nevada"):
			e.Fields.TransferFrom = "other_state"
		case says(f.detail, "same plan area", "same selpa"):
			e.Fields.TransferFrom = "same_plan_area"
		case says(f.detail, "different plan area", "different selpa", "another plan area", "another selpa"):
			e.Fields.TransferFrom = "same_state"
		}
	case "eligibility_determined":
		switch {
		case says(f.detail+" "+f.event, "not eligible", "not_eligible", "ineligible", "no longer eligible", "not qualify"):
			e.Fields.Eligible = fact.No
		case says(f.detail+" "+f.event, "eligible", "qualif"):
			e.Fields.Eligible = fact.Yes
		}
	case "manifestation_determined":
		switch {
		case says(f.detail+" "+f.event, "not a manifestation", "not_manifestation", "no manifestation", "was not"):
			e.Fields.Result = fact.No
		case says(f.detail, "was a manifestation", "is a manifestation"):
			e.Fields.Result = fact.Yes
		}
	case "prior_written_notice_given", "reasons_given":
		e.Re = c.request
	case "iee_agreed", "iee_refused", "iee_provided":
		e.Re = c.iee
	case "iee_requested":
		c.iee = e.ID
		c.told(f, *e)
	case "evaluation_consent_received", "reevaluation_consent_received":
		e.Re, c.consent = c.plan, true
	case "records_access_given":
		e.Re = c.records
	case "hearing_held", "hearing_record_closed", "hearing_scheduled_date", "resolution_meeting_held":
		e.Re = c.filing
	case "hearing_decision_issued":
		e.Re, c.decided = c.filing, true
	case "state_complaint_decided":
		c.answered = true
	case "state_complaint_extension_granted", "extension_agreed", "sld_extension_agreed":
		if ds := datesIn(f.detail); len(ds) > 0 {
			e.Fields.Until = ds[len(ds)-1]
		} else {
			c.warn("%s: the new date cannot be read from %q", f.event, f.detail)
		}
		if says(f.detail, oral...) {
			e.Fields.Written = fact.No
		}
	case "due_process_amended_filed":
		e.Fields.FiledBy, e.Re = string(fact.Parent), c.filing
		if says(f.detail+" "+f.event, "district", "school") {
			e.Fields.FiledBy = string(fact.LEA)
		}
	}
}

// told adds what a text tells of a request by stretches of time: "after three
// weeks the district ...; it waited about eight more weeks before filing".
func (c *converted) told(f *told, e fact.Entry) {
	days, rest := lapses(f.detail)
	before := e
	for k, n := range days {
		kind := "contact"
		last := k == len(days)-1
		switch {
		case last && says(rest[k], "before filing", "filed", "hearing request"):
			kind = "due_process_filed"
		case last && says(rest[k], "agreed", "granted", "funded"):
			kind = "iee_agreed"
		case last && says(rest[k], "refused", "denied", "declined"):
			kind = "iee_refused"
		}
		on := day.When{Earliest: before.On.Earliest.Add(n), Latest: before.On.Latest.Add(n), Minute: -1}
		x := c.put(kind, on, f, len(c.d.facts)+k)
		x.After, x.Re, x.Note = fact.Relative{Entry: before.ID, Days: n}, e.ID, rest[k]
		if kind == "due_process_filed" {
			x.Fields.FiledBy = string(fact.LEA)
		}
		before = *x
	}
}

var notShown = regexp.MustCompile(`(?i)no evidence|never (got|received|arrived)|not (received|shown to have)|no record of`)
var wasShown = regexp.MustCompile(`(?i)\b(shown|inspected|handed over|(copies|records|they) (were )?(given|provided|produced))\b`)

// special turns the events that become several entries, or that the context
// decides. It reports whether it knew the name.
func (c *converted) special(name string, f *told, on day.When, i int) bool {
	text := f.detail + " " + strings.ReplaceAll(name, "_", " ")
	switch name {
	case "assessment_plan_given", "assessment_plan_delivered", "assessment_plan_sent", "assessment_plan_received", "evaluation_plan_delivered",
		"evaluation_consent_requested", "reevaluation_consent_requested", "consent_sought", "notice_and_consent_request", "consent_requested":
		c.plans(name, text, f, on, i)
	case "consent_received", "assessment_consent_received", "consent_signed", "assessment_plan_signed", "evaluation_consent_received":
		c.consents(name, text, f, on, i)
	case "assessment_consent_refused", "consent_refused", "consent_denied", "assessment_plan_refused", "consent_withheld":
		kind := "evaluation_consent_refused"
		switch {
		case c.asked == "reevaluation" || (c.asked == "" && (c.iep || says(text, "triennial", "reassess", "reeval"))):
			kind = "reevaluation_consent_refused"
		case c.asked == "services":
			kind = "services_consent_refused"
		case c.asked == "iep":
			kind = "iep_rejected"
		}
		c.put(kind, on, f, i).Re = c.plan
		c.consent = true // answered: no refusal need be inferred
	case "due_process_filed", "district_due_process_filed", "due_process_filed_by_lea", "due_process_received", "due_process_complaint_received",
		"parent_due_process_filed", "school_due_process_filed", "lea_due_process_filed", "due_process_filed_by_district", "due_process_filed_by_parent":
		c.filed(name, text, f, on, i)
	case "state_complaint_filed", "cde_complaint_filed", "state_complaint_received":
		if name != "state_complaint_received" {
			c.put("state_complaint_filed", on, f, i)
			if c.received["state_complaint_received"] {
				return true
			}
		}
		c.put("state_complaint_received", on, f, i)
	case "iep", "iep_developed", "iep_offered", "annual_iep", "initial_iep":
		c.iep = true
		dev := c.put("iep_developed", on, f, i).ID
		if name == "iep_offered" || says(text, "offer", "propos") {
			c.put("iep_offered", on, f, i).Re = dev
			c.asked = "iep"
			if says(text, "initial", "first iep") {
				c.asked = "services"
			}
		}
		if says(text, "annual") {
			c.put("iep_reviewed", on, f, i)
		}
	case "iep_meeting", "iep_meeting_held", "iep_team_meeting", "annual_iep_meeting", "initial_iep_meeting":
		c.put("iep_meeting_held", on, f, i)
		if says(text, "annual") {
			c.iep = true
			c.put("iep_reviewed", on, f, i)
		}
	case "iep_agreed_and_implemented", "iep_signed_and_implemented":
		c.iep = true
		agreed := c.put("iep_consent_received", on, f, i).ID
		c.put("iep_implemented", on, f, i).Re = agreed
	case "records_requested", "records_request", "records_access_requested", "records_request_received":
		e := c.put("records_access_requested", on, f, i)
		c.records = e.ID
		if says(f.detail, oral...) {
			e.Fields.Written = fact.No
		}
		if notShown.MatchString(f.detail) {
			e.Fields.Received = fact.No
		} else if wasShown.MatchString(f.detail) && !says(f.detail, "not shown", "never shown", "not given", "not provided", "not produced") {
			c.put("records_access_given", on, f, i).Re = c.records
		}
	case "iee_granted_or_due_process_filed":
		c.put("iee_agreed", on, f, i).Re = c.iee
	case "notice_of_insufficiency", "noi_filed", "insufficiency_notice_filed":
		sent := c.put("sufficiency_challenge_sent", on, f, i).ID
		c.put("sufficiency_challenge_received", on, f, i).Re = sent
	case "consolidation_stipulated", "consolidation_agreed", "consolidation":
		c.put("consolidation_agreed", on, f, i)
		if says(f.detail, "amend") {
			c.put("due_process_amendment_requested", on, f, i)
		}
	case "record_closed", "hearing_record_closed":
		c.put("hearing_record_closed", on, f, i).Re = c.filing
		if ds := datesIn(f.detail); len(ds) > 0 && says(f.detail, "continu") && on.Exact() && ds[0] < on.Earliest {
			c.continued(f, i, ds[0], on.Earliest)
		}
	case "continuance", "continuance_granted", "hearing_continued", "continued":
		c.continuance(f, on, i)
	case "parent_concern", "parent_concerns_received", "concern_raised":
		c.put("concern_raised", on, f, i)
		if says(f.detail, "told the therapist to stop", "services stopped", "stopped the", "to stop") {
			c.put("services_stopped", on, f, i)
		}
	default:
		return false
	}
	return true
}

// plans is a request for consent to an evaluation or a reevaluation.
func (c *converted) plans(name, text string, f *told, on day.When, i int) {
	again := c.reeval || c.iep || strings.HasPrefix(name, "reeval") || says(text, "triennial", "reassess", "reeval", "three-year", "three year")
	if says(text, "initial") {
		again = false
	}
	if name == "notice_and_consent_request" {
		c.put("prior_written_notice_given", on, f, i).Re = c.request
	}
	c.asked = "evaluation"
	if again {
		c.asked = "reevaluation"
	}
	e := c.put(c.asked+"_consent_requested", on, f, i)
	e.Re = c.request
	c.plan, c.consent, c.reeval = e.ID, false, again
	if says(f.detail, "refus", "declin", "did not consent", "withheld consent") {
		c.noConsent(f, i, on.Earliest, on.Latest.AddMonths(2))
	}
}

// consents is a consent; what was asked for says to what.
func (c *converted) consents(name, text string, f *told, on day.When, i int) {
	asked := c.asked
	switch {
	case says(text, "initial services", "first services"):
		asked = "services"
	case asked == "" && (c.iep || c.reeval || says(text, "triennial", "reassess", "reeval")):
		asked = "reevaluation"
	case asked == "" || (strings.Contains(name, "assessment") && (asked == "iep" || asked == "services")):
		asked = "evaluation"
		if c.iep {
			asked = "reevaluation"
		}
	}
	c.put(asked+"_consent_received", on, f, i).Re = c.plan
	c.consent = true
	if asked == "iep" || asked == "services" {
		c.iep = true
	}
}

// filed is a hearing request, or its receipt.
func (c *converted) filed(name, text string, f *told, on day.When, i int) {
	by := fact.Parent
	if strings.Contains(name, "district") || strings.Contains(name, "lea") || strings.Contains(name, "school") ||
		says(f.detail, "by district", "by the district", "district filed", "by lea", "filed by school", "by the school") {
		by = fact.LEA
	}
	expedited := fact.Unsaid
	if says(text, "expedited") {
		expedited = fact.Yes
	}
	only := name == "due_process_received"
	re := ""
	if by == fact.LEA {
		if c.plan != "" && !c.consent {
			if p := c.find(c.plan); p != nil {
				c.noConsent(f, i, p.On.Earliest, on.Latest)
			}
		}
		if c.iee != "" && (says(f.detail, "iee", "independent") || c.plan == "") {
			re = c.iee
		}
	}
	if !only {
		e := c.put("due_process_filed", on, f, i)
		e.Fields.FiledBy, e.Fields.Expedited, e.Re = string(by), expedited, re
		re = e.ID
		c.filing = e.ID
		if c.received["due_process_received"] {
			return
		}
	}
	e := c.put("due_process_received", on, f, i)
	e.Fields.FiledBy, e.Fields.Expedited, e.Re = string(by), expedited, re
	if only && c.filing != "" {
		e.Re = c.filing
		if filed := c.find(c.filing); filed != nil {
			e.Fields.FiledBy = filed.Fields.FiledBy
		}
	}
	c.filing = e.ID
}

func (c *converted) find(id string) *fact.Entry {
	for i := range c.entries {
		if c.entries[i].ID == id {
			return &c.entries[i]
		}
	}
	return nil
}

// noConsent adds that no consent came between two days: the district would not
// have gone to a hearing otherwise.
func (c *converted) noConsent(f *told, i int, from, to day.Date) {
	if to < from {
		return
	}
	kind := "evaluation_consent_refused"
	if c.asked == "reevaluation" {
		kind = "reevaluation_consent_refused"
	}
	e := c.put(kind, span(from, to), f, i)
	e.Re, e.Note = c.plan, "No consent is recorded."
	c.consent = true
	c.warn("no consent to the plan is recorded; taken for a refusal between %s and %s", from, to)
}

// continuance reads a continuance: its two days stand in the date, or in the
// detail.
func (c *converted) continuance(f *told, on day.When, i int) {
	from, to := on.Earliest, on.Latest
	ds := datesIn(f.detail)
	switch {
	case len(ds) >= 2:
		from, to = ds[0], ds[1]
	case len(ds) == 1 && on.Exact():
		to = ds[0]
		if to < from {
			from, to = to, from
		}
	}
	if to <= from {
		c.warn("%s: until when cannot be read; the decision date is not moved", f.event)
	}
	c.continued(f, i, from, to)
}

func (c *converted) continued(f *told, i int, from, to day.Date) {
	e := c.put("continuance_granted", day.On(from), f, i)
	e.Re = c.filing
	if to > from {
		e.Fields.Until = to
	}
}

// decision adds that the decision was issued on the day the research gives for
// it, where the facts themselves do not: that day is a fact, what was decided
// is not.
func (c *converted) decision() {
	on := c.d.decided
	if on == 0 || says(c.d.body, "order", "court", "amended") {
		return
	}
	f := &told{event: "decision"}
	switch {
	case c.filing != "" && !c.decided && slices.ContainsFunc(c.entries, func(e fact.Entry) bool { return e.Kind.String() == "due_process_received" }):
		c.put("hearing_decision_issued", day.On(on), f, len(c.d.facts)+20).Re = c.filing
	case c.filing == "" && !c.answered && slices.ContainsFunc(c.entries, func(e fact.Entry) bool { return e.Kind.String() == "state_complaint_received" }):
		c.put("state_complaint_decided", day.On(on), f, len(c.d.facts)+20)
	}
}

// guesses are tried in order on a name that no table knows: every word must
// stand in the name.
var guesses = []struct{ words, means string }{
	{"district due process withdrawn", "due_process_withdrawn"}, {"due process withdrawn", "due_process_withdrawn"}, {"due process dismiss", "due_process_withdrawn"},
	{"due process amend", "due_process_amended_filed"}, {"amended complaint", "due_process_amended_filed"},
	{"due process response", "lea_response_sent"},
	{"expedited hearing", "expedited_hearing_held"}, {"expedited decision", "expedited_decision_issued"}, {"expedited due process", "expedited_complaint_filed"}, {"expedited", "expedited_complaint_filed"},
	{"district due process", "district_due_process_filed"}, {"district hearing request", "district_due_process_filed"}, {"school due process", "district_due_process_filed"},
	{"due process decision", "hearing_decision_issued"}, {"due process", "due_process_filed"}, {"hearing request", "due_process_filed"},
	{"state complaint decision", "state_complaint_decided"}, {"state complaint decided", "state_complaint_decided"}, {"state complaint report", "state_complaint_decided"},
	{"state complaint exten", "state_complaint_extension_granted"}, {"state complaint withdraw", "state_complaint_withdrawn"}, {"state complaint", "state_complaint_received"},
	{"complaint received", "state_complaint_received"}, {"complaint decision", "state_complaint_decided"},
	{"reconsideration decision", "reconsideration_decided"}, {"reconsider", "reconsideration_requested"},
	{"prior written notice request", "prior_written_notice_requested"}, {"prior written notice", "prior_written_notice_given"}, {"pwn", "prior_written_notice_given"},
	{"safeguards", "safeguards_notice_given"},
	{"records request", "records_requested"}, {"records provided", "records_access_given"}, {"records given", "records_access_given"}, {"records produced", "records_access_given"},
	{"records received", "records_access_given"}, {"records refus", "records_access_refused"}, {"records denied", "records_access_refused"}, {"records amend", "records_amendment_requested"},
	{"iee request", "iee_requested"}, {"independent evaluation request", "iee_requested"}, {"independent educational evaluation request", "iee_requested"},
	{"iee agree", "iee_agreed"}, {"iee grant", "iee_agreed"}, {"iee approv", "iee_agreed"}, {"iee fund", "iee_agreed"},
	{"iee denied", "iee_refused"}, {"iee refus", "iee_refused"}, {"iee declin", "iee_refused"}, {"iee report", "iee_report_shared"}, {"iee completed", "iee_provided"}, {"iee provided", "iee_provided"},
	{"private evaluation", "iee_report_shared"}, {"private assessment", "iee_report_shared"},
	{"plan signed", "consent_received"}, {"consent signed", "consent_received"}, {"consent revok", "services_consent_revoked"}, {"revocation", "services_consent_revoked"},
	{"consent request", "consent_requested"}, {"consent refus", "consent_refused"}, {"consent denied", "consent_refused"}, {"consent partial", "iep_consent_partial"}, {"partial consent", "iep_consent_partial"},
	{"iep consent", "iep_consent_received"}, {"iep signed", "iep_consent_received"}, {"iep agreed", "iep_consent_received"}, {"iep rejected", "iep_rejected"}, {"iep refused", "iep_rejected"},
	{"initial services consent", "services_consent_received"}, {"consent", "consent_received"},
	{"assessment plan", "assessment_plan_given"}, {"evaluation plan", "assessment_plan_given"},
	{"triennial request", "reevaluation_requested"}, {"reassess request", "reevaluation_requested"}, {"reevaluation request", "reevaluation_requested"},
	{"evaluation request denied", "evaluation_refused"}, {"evaluation denied", "evaluation_refused"}, {"evaluation refus", "evaluation_refused"}, {"assessment denied", "evaluation_refused"}, {"assessment refus", "evaluation_refused"},
	{"evaluation request", "evaluation_requested"}, {"assessment request", "evaluation_requested"}, {"referral", "evaluation_requested"}, {"referred", "evaluation_requested"},
	{"last evaluation", "last_evaluation_date"}, {"last assessment", "last_evaluation_date"}, {"previous evaluation", "last_evaluation_date"}, {"prior evaluation", "last_evaluation_date"}, {"last triennial", "last_evaluation_date"},
	{"reevaluation complet", "reevaluation_completed"}, {"reassessment complet", "reevaluation_completed"}, {"triennial complet", "reevaluation_completed"},
	{"evaluation report", "evaluation_report_given"}, {"assessment report", "evaluation_report_given"}, {"evaluation complet", "evaluation_completed"}, {"assessment complet", "evaluation_completed"}, {"assessments complet", "evaluation_completed"}, {"evaluation finished", "evaluation_completed"},
	{"eligib", "eligibility_determined"}, {"observation", "observation_done"},
	{"iep meeting request", "iep_meeting_requested"}, {"meeting request", "iep_meeting_requested"}, {"meeting notice", "iep_meeting_notice_sent"}, {"meeting invit", "iep_meeting_notice_sent"}, {"meeting schedul", "iep_meeting_scheduled"},
	{"resolution meeting", "resolution_meeting_held"}, {"resolution session", "resolution_meeting_held"}, {"resolution waive", "resolution_waived_in_writing"}, {"resolution agreement", "resolution_agreement_executed"}, {"settlement", "resolution_agreement_executed"},
	{"mediation agreement", "mediation_agreement_signed"}, {"mediation request", "mediation_requested"}, {"mediation", "mediation_session_held"},
	{"manifestation", "manifestation_determined"}, {"iep meeting", "iep_meeting"}, {"iep team meeting", "iep_meeting"}, {"annual review", "iep_reviewed"},
	{"iep implement", "iep_implemented"}, {"iep offer", "iep_offered"}, {"iep propos", "iep_offered"}, {"iep amend", "iep_amended"}, {"iep copy", "iep_copy_given"}, {"iep expired", "note_added"}, {"iep", "iep_developed"},
	{"expulsion hearing", "expulsion_hearing_scheduled"}, {"expulsion appeal", "expulsion_appeal_filed"}, {"expul", "expulsion_ordered"}, {"change of placement", "placement_change_decided"}, {"placement change", "placement_change_decided"},
	{"suspen", "removal_started"}, {"removal", "removal_started"}, {"interim alternative", "iaes_started"}, {"iaes", "iaes_started"},
	{"private school", "private_removal"}, {"unilateral", "private_removal"}, {"ten day notice", "private_notice_given"}, {"private placement notice", "private_notice_given"},
	{"transfer", "transfer_enrolled"}, {"enrolled", "transfer_enrolled"}, {"moved", "transfer_enrolled"},
	{"stay put", "stay_put_motion_filed"}, {"insufficien", "notice_of_insufficiency"}, {"sufficien", "sufficiency_decided"}, {"motion", "motion_filed"}, {"continu", "continuance"}, {"record closed", "record_closed"}, {"record close", "record_closed"},
	{"prehearing", "prehearing_conference_scheduled"}, {"hearing set", "hearing_scheduled_date"}, {"hearing schedul", "hearing_scheduled_date"}, {"hearing decision", "hearing_decision_issued"}, {"decision issued", "hearing_decision_issued"}, {"hearing", "hearing_held"},
	{"civil action", "civil_action_filed"}, {"appeal to court", "civil_action_filed"}, {"lawsuit", "civil_action_filed"},
	{"services resume", "services_resumed"}, {"services stop", "services_stopped"}, {"services end", "services_stopped"}, {"services start", "services_started"}, {"services began", "services_started"}, {"missed", "service_missed"},
	{"extension", "extension_agreed"}, {"violation", "violation_occurred"}, {"absen", "child_absent"}, {"closure", "emergency_closure_started"},
	{"concern", "concern_raised"}, {"email", "contact"}, {"letter", "letter_received"}, {"call", "contact"}, {"inquiry", "contact"}, {"response", "contact"},
}

// guess is what a name that no table knows most likely means, or "".
func guess(name string) string {
	parts := strings.Split(name, "_")
	for _, g := range guesses {
		all := true
		for _, w := range strings.Fields(g.words) {
			if !slices.ContainsFunc(parts, func(p string) bool { return strings.HasPrefix(p, w) }) {
				all = false
				break
			}
		}
		if all {
			return g.means
		}
	}
	return ""
}
