package review

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/plan"
)

// dates looks whether the days of a plan fit each other.
func (r *reading) dates() {
	p := r.p
	var wrong []string
	if p.EffectiveEnd != 0 && p.EffectiveStart != 0 && p.EffectiveEnd < p.EffectiveStart {
		wrong = append(wrong, p.ID)
	}
	for i, s := range p.Services {
		if s.To != 0 && s.To < s.From {
			wrong = append(wrong, r.service(i))
		}
	}
	for i, s := range p.Accommodations {
		if s.To != 0 && s.To < s.From {
			wrong = append(wrong, r.support(i))
		}
	}
	if len(wrong) > 0 {
		r.add("ends-before-start", Ask, cite{}, wrong)
	}
	if p.MeetingDate != 0 && p.EffectiveStart != 0 && p.EffectiveStart < p.MeetingDate && p.Amends == "" {
		r.add("starts-before-meeting", Ask, cite{}, nil, "start", p.EffectiveStart.String(), "meeting", p.MeetingDate.String())
	}
	if p.Kind != plan.IEP {
		return
	}
	from := cmp.Or(p.MeetingDate, p.EffectiveStart)
	if from != 0 && p.EffectiveEnd > from.AddYears(1) {
		r.add("over-a-year", Ask, r.rule("iep.annual_review"), nil, "end", p.EffectiveEnd.String(), "meeting", from.String())
	} else if from != 0 && p.NextAnnualReview > from.AddYears(1) {
		r.add("review-late", Ask, r.rule("iep.annual_review"), nil, "review", p.NextAnnualReview.String(), "meeting", from.String())
	}
	if p.LastEvaluation != 0 && p.NextEvaluation > p.LastEvaluation.AddYears(3) {
		r.add("evaluation-late", Ask, r.rule("evaluation.reeval_triennial"), nil, "next", p.NextEvaluation.String(), "last", p.LastEvaluation.String())
	}
}

// gaps looks for services that do not cover the plan's time: a late start, an
// early end, or days between two lines of one service.
func (r *reading) gaps() {
	p := r.p
	first, last := p.EffectiveStart, p.Ends()
	if first == 0 || last == 0 || last < first {
		return
	}
	type stretch struct {
		span day.Span
		ref  string
	}
	by := map[string][]stretch{}
	var names []string
	for i := range p.Services {
		s := &p.Services[i]
		if s.ESY == fact.Yes || s.Category == "esy" || s.Category == "comp_ed" || s.To != 0 && s.To < s.From {
			continue
		}
		key := s.Code + "\x00" + strings.ToLower(s.Label()) + "\x00" + string(s.Delivery)
		if by[key] == nil {
			names = append(names, key)
		}
		by[key] = append(by[key], stretch{day.Span{First: cmp.Or(s.From, first), Last: cmp.Or(s.To, last)}, r.service(i)})
	}
	var open []string
	var from, to day.Date
	for _, key := range names {
		lines := by[key]
		slices.SortStableFunc(lines, func(a, b stretch) int { return cmp.Compare(a.span.First, b.span.First) })
		next := first // the first day not covered yet
		if p.Amends != "" {
			next = max(first, lines[0].span.First) // until then the plan it changes gives the service
		}
		for _, l := range lines {
			if l.span.First > next && !slight(next, l.span.First-1, next != first) {
				break
			}
			next = max(next, l.span.Last+1)
		}
		if next > last || slight(next, last, false) {
			continue
		}
		until := last
		for _, l := range lines {
			if l.span.First > next {
				until = l.span.First - 1
				break
			}
		}
		if from == 0 {
			from, to = next, until
		}
		open = append(open, lines[0].ref)
	}
	if len(open) > 0 {
		r.add("service-gap", Ask, r.item("iep.content", "frequency_location_duration", "dates_and_amounts"), open, "from", from.String(), "to", to.String())
	}
}

// slight says that nobody need ask about such a gap: a long weekend, or the
// summer between two lines of one service.
func slight(from, to day.Date, between bool) bool {
	if to-from < 3 {
		return true
	}
	y := from.Year()
	return between && from >= day.Must(y, time.May, 15) && to <= day.Must(y, time.September, 15)
}

// consent looks whether the answers to the plan fit the plan.
func (r *reading) consent() {
	p := r.p
	var last day.Date
	unclear := false
	ids := map[string]bool{}
	for _, c := range p.Components() {
		ids[c.ID] = true
	}
	for _, name := range plan.DecisionNames {
		ids[name] = ids[name] || p.Decision(name) != fact.Unsaid // a no may be answered too
	}
	excepted := map[string]bool{}
	for _, a := range p.Consent {
		if a.Agreement == "with_exceptions" && len(a.Exceptions) == 0 && strings.TrimSpace(a.Conditions) == "" {
			unclear = true
		}
		for _, e := range a.Exceptions {
			if e.Part != "" && !ids[e.Part] || e.Part == "" && strings.TrimSpace(e.Text) == "" {
				unclear = true
			}
			excepted[e.Part] = true
		}
		if a.Agreement == "all" || a.Agreement == "with_exceptions" {
			if last == 0 || a.On < last {
				last = a.On
			}
		}
	}
	for _, c := range p.Components() {
		if (excepted[c.ID] || c.Consent == "excepted") && (c.AgreedOn != 0 || c.Consent == "agreed") {
			unclear = true
		}
	}
	if unclear {
		r.add("consent-unclear", Ask, cite{}, nil)
	}
	if p.Kind != plan.IEP || last == 0 {
		return
	}
	var early []string
	for i, s := range p.Services {
		if s.From != 0 && s.From < last {
			early = append(early, r.service(i))
		}
	}
	if len(early) > 0 {
		r.add("starts-before-consent", Ask, cite{}, early, "signed", last.String())
	}
}

// others looks at what this plan says together with the other plans of the case.
func (r *reading) others() {
	p := r.p
	if p.Amends != "" {
		if base := plan.Find(r.All, p.Amends); base != nil {
			mine := cmp.Or(p.Offered, p.MeetingDate)
			if written := plan.Find(r.All, p.ID); written != nil { // as written: the whole has the days of its base
				mine = cmp.Or(written.Offered, written.MeetingDate, written.EffectiveStart)
			}
			its := cmp.Or(base.MeetingDate, base.Offered, base.EffectiveStart)
			if mine != 0 && its != 0 && mine < its {
				r.add("amendment-before-plan", Ask, cite{}, nil, "amendment", mine.String(), "plan", base.ID, "meeting", its.String())
			}
		}
		return
	}
	if !current(p) || p.EffectiveStart == 0 || p.Ends() == 0 {
		return
	}
	for _, o := range r.All {
		if o.ID == p.ID || o.Kind != p.Kind || o.Amends != "" || !current(o) || o.EffectiveStart == 0 || o.Ends() == 0 {
			continue
		}
		if from, to := max(p.EffectiveStart, o.EffectiveStart), min(p.Ends(), o.Ends()); from <= to {
			r.add("plans-overlap", Ask, cite{}, nil, "other", o.ID, "from", from.String(), "to", to.String())
			return
		}
	}
}

// current says that a plan claims to hold.
func current(p *plan.Plan) bool {
	return p.Status == "consented" || p.Status == "partly_consented" || p.Status == "in_effect"
}
