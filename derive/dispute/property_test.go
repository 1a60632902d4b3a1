package dispute_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/dispute"
	"stayput/fact"
	"stayput/law/packs"
)

// first says, by the law's own words and apart from the engine, which steps have to be
// over before a step can be written down: done, not needed, or past.
var first = map[dispute.Key][]dispute.Key{
	dispute.Ruling: {dispute.Challenge}, dispute.Void: {dispute.Agreement}, dispute.Disclosure: {dispute.HearingSet}, dispute.Hearing: {dispute.Period, dispute.HearingSet}, dispute.Decision: {dispute.Hearing},
	dispute.Response: {dispute.Received}, dispute.Meeting: {dispute.Received}, dispute.HearingSet: {dispute.Received}, dispute.Reconsidered: {dispute.Reconsider},
	dispute.HearingAsked: {dispute.Answer}, dispute.ReviewAsked: {dispute.Decision}, dispute.Reviewed: {dispute.ReviewAsked}, dispute.Statement: {dispute.Decision},
}

// draw makes a record: some disputes, with entries that name them, name nothing or name
// something else, in any order, on any day.
func draw(t *rapid.T) (*world, day.Date) {
	ids := packs.IDs()
	w := &world{place: rapid.SampledFrom(ids).Draw(t, "place"), side: rapid.SampledFrom([]fact.Side{fact.FamilySide, fact.SchoolSide}).Draw(t, "side")}
	start := on("2025-01-06")
	var some []fact.Kind
	for _, in := range fact.Kinds() {
		switch in.Family {
		case "due_process", "hearing", "state_complaint", "mediation", "section_504", "records", "remedy":
			if !in.Derived {
				some = append(some, in.Kind)
			}
		}
	}
	more := []string{"expedited_complaint_filed", "expedited_complaint_received", "expedited_resolution_meeting_held", "expedited_hearing_held", "expedited_decision_issued", "services_consent_refused", "services_consent_revoked",
		"evaluation_refused", "iee_requested", "ferpa_complaint_filed", "iep_meeting_held", "request_withdrawn", "due_process_filed", "due_process_received", "due_process_filed", "due_process_received",
		"hearing_scheduled_date", "hearing_held", "hearing_decision_issued", "resolution_meeting_held", "state_complaint_received"}
	for _, n := range more {
		some = append(some, fact.MustLookup(n))
	}
	n := rapid.IntRange(0, 18).Draw(t, "entries")
	for i := range n {
		e := fact.Entry{ID: fmt.Sprintf("e%02d", i), Kind: rapid.SampledFrom(some).Draw(t, "kind")}
		d := start.Add(rapid.IntRange(0, 200).Draw(t, "day"))
		e.On = day.On(d)
		if rapid.IntRange(0, 8).Draw(t, "vague") == 0 {
			e.On = day.When{Earliest: d, Latest: d.Add(rapid.IntRange(0, 40).Draw(t, "span")), Minute: -1}
		}
		if rapid.IntRange(0, 2).Draw(t, "names") > 0 {
			e.Re = fmt.Sprintf("e%02d", rapid.IntRange(0, n).Draw(t, "re"))
		}
		e.Fields.FiledBy = rapid.SampledFrom([]string{"", "parent", "lea"}).Draw(t, "by")
		tri := func(name string) fact.Tri { return fact.Tri(rapid.IntRange(0, 2).Draw(t, name)) }
		e.Fields.Granted, e.Fields.Result, e.Fields.PriorNotice, e.Fields.Expedited = tri("granted"), tri("result"), tri("notice"), tri("expedited")
		if rapid.Bool().Draw(t, "until") {
			e.Fields.Until = d.Add(rapid.IntRange(-10, 60).Draw(t, "to"))
		}
		w.entries = append(w.entries, e)
	}
	return w, start.Add(rapid.IntRange(0, 260).Draw(t, "as of"))
}

// No step is possible before what it needs, every date is somebody else's, no entry
// stands in two paths, and the order in which facts arrive changes nothing.
func TestPathsHold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w, asOf := draw(rt)
		ps := w.paths(t, asOf)
		b := w.brief(t, asOf)
		dates := map[day.Date]bool{}
		for i := range b.Clocks {
			dates[b.Clocks[i].On], dates[b.Clocks[i].Earliest] = true, true
		}
		for i := range b.Limits {
			dates[b.Limits[i].Earliest] = true
		}
		for i := range w.entries {
			dates[w.entries[i].Fields.Until] = true
		}
		seen := map[string]string{}
		for i := range ps {
			p := &ps[i]
			for _, id := range p.Entries {
				if seen[id] != "" {
					rt.Fatalf("%s stands in %s and in %s", id, seen[id], p.Matter)
				}
				seen[id] = p.Matter
			}
			if p.Now >= len(p.Steps) || p.Now >= 0 && !p.Steps[p.Now].Possible() {
				rt.Fatalf("what is next cannot be done\n%s", whole(ps))
			}
			for j := range p.Steps {
				s := &p.Steps[j]
				if s.Due != 0 && !dates[s.Due] {
					rt.Fatalf("%s is due on %s, which is nobody's date\n%s", s.Key, s.Due, whole(ps))
				}
				if s.State == dispute.Done {
					if e := b.View.Get(s.Entry); e == nil || e.On.Earliest > asOf && !e.Kind.Info().Appointment {
						rt.Fatalf("%s was done by %q\n%s", s.Key, s.Entry, whole(ps))
					}
				}
				if !s.Possible() {
					continue
				}
				switch s.State {
				case dispute.Waits, dispute.NotNeeded, dispute.Ended, dispute.Over:
					rt.Fatalf("%s is %s and possible\n%s", s.Key, s.State, whole(ps))
				}
				for _, k := range first[s.Key] {
					need := p.Step(k)
					if need == nil || p.Kind == dispute.Expedited && k == dispute.Received || p.Kind == dispute.StateReview && k == dispute.Received || (p.Kind == dispute.Section504 || p.Kind == dispute.Records) && k == dispute.HearingSet {
						continue
					}
					switch need.State {
					case dispute.Done, dispute.NotNeeded, dispute.OutOfOrder, dispute.Over:
					default:
						rt.Fatalf("%s is possible before %s, which is %s\n%s", s.Key, k, need.State, whole(ps))
					}
				}
			}
		}
		other := &world{place: w.place, side: w.side, entries: slices.Clone(w.entries)}
		r := rand.New(rand.NewSource(rapid.Int64().Draw(rt, "seed")))
		r.Shuffle(len(other.entries), func(i, j int) { other.entries[i], other.entries[j] = other.entries[j], other.entries[i] })
		if a, b := whole(ps), whole(other.paths(t, asOf)); a != b {
			rt.Fatalf("in another order:\n%s\n%s", a, b)
		}
	})
}
