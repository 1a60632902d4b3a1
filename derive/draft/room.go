package draft

import (
	"slices"

	"stayput/fact"
	"stayput/record"
)

var (
	sessions     = fact.MustLookupAll("mediation_session_held", "mediation_agreement_signed")
	resolution   = fact.MustLookup("resolution_meeting_held")
	confidential = fact.MustLookup("resolution_confidentiality_agreed")
	talk         = fact.MustLookup("contact")
)

// Rooms are the entries of which only the day is told: sessions of a mediation, what names
// one, and what was noted of somebody's words on the day of one; and resolution meetings,
// when both sides agreed that what is said there stays there.
func Rooms(v *record.View) map[*fact.Entry]bool {
	out := map[*fact.Entry]bool{}
	if v == nil {
		return out
	}
	kinds := sessions
	if slices.ContainsFunc(v.Entries, func(e *fact.Entry) bool { return e.Kind == confidential }) {
		kinds = append(slices.Clone(sessions), resolution)
	}
	days := map[int]bool{}
	for _, e := range v.Entries {
		if slices.Contains(kinds, e.Kind) {
			out[e] = true
			if e.On.Exact() && e.Kind != sessions[1] {
				days[int(e.On.Earliest)] = true
			}
		}
	}
	for more := true; more; { // what names a session, and what names that
		more = false
		for i, e := range v.Entries {
			if up := v.Re(int32(i)); up >= 0 && !out[e] && out[v.Entries[up]] {
				out[e], more = true, true
			}
		}
	}
	for _, e := range v.Entries {
		if e.On.Exact() && days[int(e.On.Earliest)] && (len(e.Fields.Offers) > 0 || e.Kind == talk) {
			out[e] = true
		}
	}
	return out
}
