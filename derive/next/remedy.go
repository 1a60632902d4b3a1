package next

import (
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/remedy"
	"stayput/fact"
)

// nameLength is how many letters of a promise a step quotes.
const nameLength = 80

// Remedies lists what to do about what agreements and decisions promise: what is late,
// and what is due within remedy.SoonDays. The family asks; the school gives.
func Remedies(side fact.Side, asOf day.Date, res *remedy.Result) []Step {
	var late, soon []string
	var lateAt, soonAt day.Date
	isLate, isSoon, entry := false, false, ""
	name := func(to *[]string, r *remedy.Remedy) {
		if n := strings.Join(strings.Fields(r.Entry.Fields.Summary), " "); n != "" {
			if x := []rune(n); len(x) > nameLength {
				n = strings.TrimSpace(string(x[:nameLength])) + "…"
			}
			*to = append(*to, n)
		}
	}
	for i := range res.Agreements {
		for j := range res.Agreements[i].Remedies {
			switch r := &res.Agreements[i].Remedies[j]; r.Status {
			case remedy.Late:
				if !isLate || r.Due < lateAt {
					lateAt = r.Due
				}
				isLate = true
				name(&late, r)
				entry = r.Entry.ID
			case remedy.Soon:
				if !isSoon || r.Due < soonAt {
					soonAt = r.Due
				}
				isSoon = true
				name(&soon, r)
				if entry == "" {
					entry = r.Entry.ID
				}
			}
		}
	}
	us, do, lateBy, weights := fact.Parent, "ask_remedy", asOf.Add(answerIn), [2]int{17, 41}
	if side == fact.SchoolSide {
		us, do, lateBy, weights = fact.LEA, "give_remedy", lateAt, [2]int{6, 9}
	}
	var out []Step
	put := func(do, why string, names []string, by day.Date, weight int) {
		if len(names) == 0 { // nothing to quote
			do += "_plain"
		}
		slices.Sort(names)
		out = append(out, Step{Do: do, For: us, By: by, Why: why, Document: "follow-up-letter", Entry: entry, Names: slices.Compact(names), Weight: weight})
	}
	if isLate {
		put(do, "why_remedy_late", late, lateBy, weights[0])
	}
	if isSoon {
		put(do, "why_remedy_soon", soon, soonAt, weights[1])
	}
	return out
}
