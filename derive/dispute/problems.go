package dispute

import (
	"slices"

	"stayput/day"
	"stayput/derive/limit"
	derivedroute "stayput/derive/route"
	"stayput/fact"
	"stayput/law"
)

// problems notes what cannot be as it is written, and what the law does not allow.
func (g *engine) problems(out []Path, all []*matter) {
	for i := range out {
		p, m := &out[i], all[i]
		w := &walk{g: g, m: m, p: p}
		add := func(x Problem) { p.Problems = append(p.Problems, x) }
		if !m.begun {
			key := "no_complaint"
			if p.Kind == Records || p.Kind == Section504 {
				key = "no_request"
			}
			add(Problem{Key: key, Entry: p.Matter})
		}
		for _, j := range m.doubt {
			add(Problem{Key: "which", Entry: g.v.Entries[j].ID})
		}
		if !m.begun {
			continue
		}
		for j := range out {
			if q := &out[j]; j != i && q.Begun && q.Kind == p.Kind && q.On.Exact() && p.On.Exact() && q.On.Earliest == p.On.Earliest && hears(p.Kind) {
				key := "same_day"
				if p.FiledBy != "" && q.FiledBy != "" && p.FiledBy != q.FiledBy {
					key = "same_day_both"
				}
				add(Problem{Key: key, Entry: p.Matter, Other: q.Matter})
			}
		}
		if hears(p.Kind) {
			g.ofHearings(w, add)
		}
		g.afterEnd(w, add)
		g.afterLimit(w, add)
		if p.Kind == StateComplaint && p.Open && p.Law.Rule("us.statecomplaint.set_aside") != nil {
			for j := range out {
				if q := &out[j]; hears(q.Kind) && q.Open && q.Begun {
					add(Problem{Key: "set_aside", Entry: p.Matter, Other: q.Matter, Rule: w.top("us.statecomplaint.set_aside")})
					break
				}
			}
		}
	}
}

// ofHearings are the problems of disputes that go to a hearing officer.
func (g *engine) ofHearings(w *walk, add func(Problem)) {
	p := w.p
	if p.FiledBy == "" {
		add(Problem{Key: "filer_unsaid", Entry: p.Matter})
	}
	for _, i := range w.m.at {
		e := g.v.Entries[i]
		if begins[e.Kind] == "" || e.Kind == kind("mediation_requested") {
			continue
		}
		if f := e.Fields.FiledBy; f != "" && p.FiledBy != "" && f != string(p.FiledBy) {
			add(Problem{Key: "filer_differs", Entry: e.ID, Other: p.Matter})
		}
		if p.Kind == Expedited && (e.Kind == kind("due_process_filed") || e.Kind == kind("due_process_received")) {
			add(Problem{Key: "use_expedited", Entry: e.ID})
		}
	}
	if s := p.Step(Received); s != nil && s.Entry == "" {
		for _, k := range []Key{Challenge, Response, Meeting, Agreement, Hearing, Decision} {
			if x := p.Step(k); x != nil && x.Entry != "" && x.State == Done {
				add(Problem{Key: "missing_received", Entry: x.Entry, Step: Received})
				break
			}
		}
	}
	if s := p.Step(Meeting); s != nil {
		w.anew = true
		if a, b := w.last("resolution_waived_in_writing"), w.last("resolution_meeting_held"); a != nil && b != nil {
			add(Problem{Key: "waived_and_held", Entry: a.ID, Other: b.ID})
		}
		w.anew = false
	}
	if b := Barred(g.in, p.FiledBy, p.On.Latest); b != nil {
		x := Problem{Key: "override", Entry: p.Matter, Rule: b.Rule}
		if b.Perhaps {
			x.Key = "override_perhaps"
		}
		add(x)
	}
	for _, i := range w.m.at {
		if e := g.v.Entries[i]; g.late[e.ID] {
			add(Problem{Key: "void_late", Entry: e.ID, Other: w.canceledBy(e)})
		}
	}
}

// canceledBy is the agreement that a cancellation is of.
func (w *walk) canceledBy(e *fact.Entry) string {
	if x := w.any("resolution_agreement_executed"); x != nil {
		return x.ID
	}
	return e.ID
}

// afterEnd notes what is dated after the dispute had ended, and a second decision.
func (g *engine) afterEnd(w *walk, add func(Problem)) {
	p := w.p
	if p.Open {
		return
	}
	on := is("hearing_held", "hearing_decision_issued", "expedited_hearing_held", "expedited_decision_issued", "resolution_meeting_held", "expedited_resolution_meeting_held", "state_complaint_decided", "state_review_decided",
		"s504_hearing_held", "s504_hearing_decided", "s504_review_decided", "records_hearing_held", "records_hearing_decided", "ferpa_complaint_decided")
	for _, i := range w.m.at {
		e := g.v.Entries[i]
		if !has(on, e.Kind) || e.ID == p.EndedBy || g.ahead(e) {
			continue
		}
		if again, ok := reopens[e.Kind]; ok && len(w.entries([]fact.Kind{again})) > 0 {
			continue
		}
		switch {
		case closing[p.Kind][e.Kind] == Decided && p.End == Decided:
			add(Problem{Key: "two_decisions", Entry: e.ID, Other: p.EndedBy})
		case e.On.Earliest > p.EndedOn.Latest && p.End != Default && p.End != Decided:
			add(Problem{Key: "after_end", Entry: e.ID, Other: p.EndedBy})
		}
	}
}

// afterLimit notes that the matter was begun when the time for it had run out for
// everything the record knows of, with the exceptions that could still apply.
func (g *engine) afterLimit(w *walk, add func(Problem)) {
	p := w.p
	filed := p.On
	if p.Kind == StateReview || p.Kind == CivilAction {
		for i := range g.in.Limits {
			l := &g.in.Limits[i]
			if l.Rule.OnWrong || !meets(l.Rule, g.v.Entries[w.m.begin].Kind) || l.Clock == nil || l.Clock.EndedBy != "" || w.m.of == nil {
				continue
			}
			j, ok := g.v.Find(l.Entry)
			if ok && g.home[j] == w.m.of && filed.Earliest > max(l.Earliest, l.Latest) {
				add(Problem{Key: "after_limit", Entry: p.Matter, Rule: l.Rule.ID, Limit: l, Exceptions: l.Rule.Exceptions})
				return
			}
		}
		return
	}
	if p.FiledBy == fact.LEA || p.Kind == Mediation || p.Kind == Facilitated || p.Kind == Expedited {
		return
	}
	r, ok := p.Law.Route(p.Route)
	if !ok {
		return
	}
	var rights []string
	for _, id := range r.Limits {
		if x := p.Law.Rule(id); x != nil {
			rights = append(rights, x.Right)
		}
	}
	if s := p.Step(Received); s != nil && s.Entry != "" && p.Kind == StateComplaint {
		filed = s.On // its year counts to the day on which the State has it
	}
	var last *limit.Limit
	for i := range g.in.Limits {
		l := &g.in.Limits[i]
		if !slices.Contains(rights, l.Right) || l.Earliest == 0 || l.Happened.First > filed.Latest || l.Clock != nil && !l.Rule.OnWrong && l.Clock.EndedBy != "" {
			continue
		}
		if filed.Earliest <= max(l.Earliest, l.Latest) {
			return // in time for something
		}
		if last == nil || l.Latest > last.Latest {
			last = l
		}
	}
	if last != nil {
		add(Problem{Key: "after_limit", Entry: p.Matter, Rule: last.Rule.ID, Limit: last, Exceptions: last.Rule.Exceptions})
	}
}

// A Bar is law that forbids the district to ask for a hearing.
type Bar struct {
	Rule    law.RuleID
	Grounds []derivedroute.Ground
	Perhaps bool // the record shows another subject on which it may
}

// content are the concerns of a complaint that would put services in place.
var content = []law.Concern{"content_of_plan", "placement", "eligibility", "related_services"}

// otherGrounds are entries on which a district may ask for a hearing whatever became of
// services.
var otherGrounds = fact.MustLookupAll("evaluation_consent_refused", "reevaluation_consent_refused", "iee_requested", "placement_change_decided", "manifestation_determined")

// Barred says why the district may not ask for a hearing to put services in place that
// the parents never agreed to, or took back; nil when nothing in the record forbids it,
// or somebody else files.
func Barred(in Input, filer fact.Party, on day.Date) *Bar {
	if filer != fact.LEA || in.View == nil || len(in.Laws) == 0 {
		return nil
	}
	res := derivedroute.Derive(derivedroute.Input{Case: in.Case, View: in.View, Laws: in.Laws, Program: in.Program, Clocks: in.Clocks, Limits: in.Limits, Side: fact.SchoolSide, AsOf: on, Concerns: content})
	for i := range res.Routes {
		r := &res.Routes[i]
		if r.ID != "due_process_district" || !r.Forbids || len(r.Because) == 0 {
			continue
		}
		b := &Bar{Rule: r.Because[0].Rule, Grounds: r.Because}
		for _, e := range in.View.Entries {
			b.Perhaps = b.Perhaps || has(otherGrounds, e.Kind) && e.On.Earliest <= on
		}
		return b
	}
	return nil
}
