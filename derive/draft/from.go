package draft

import (
	"slices"

	"stayput/derive/brief"
	"stayput/derive/claims"
	"stayput/derive/clock"
	"stayput/derive/delivery"
	"stayput/derive/discipline"
	"stayput/derive/dispute"
	"stayput/derive/lookback"
	"stayput/derive/meeting"
	"stayput/plan"
	"stayput/plan/session"
)

// Sources are what a case holds beside its brief.
type Sources struct {
	Plans    []*plan.Plan
	Promises []delivery.Promise // what was in force day by day; nil where no plan was entered
	Sessions []session.Log
	Called   map[string]plan.Role // names of roles in the languages of the pages (meeting.Input)
}

// From makes an Input of a brief with its program, ledger and goals (brief.Make with
// plans). What the paper is, whom it is about and whom it goes to is for the caller to
// say.
func From(b *brief.Brief, s Sources) Input {
	in := Input{Case: b.Case, View: b.View, Today: b.AsOf, Clocks: b.Clocks, Plans: s.Plans, Program: b.Program, Ledger: b.Delivery, Goals: b.Progress}
	var laws []clock.Since
	for _, l := range b.Laws {
		laws = append(laws, clock.Since{From: l.From, Law: l.Law})
	}
	if b.Program != nil {
		in.InForce, in.StayPut = inForce(b, s.Plans), whole(s.Plans, b.Program.StayPut.Plan)
		if slices.Contains(otherwise, b.Program.StayPut.Exception) {
			in.StayPut = nil
		}
	}
	of := claims.Input{View: b.View, Clocks: b.Clocks, Limits: b.Limits, Laws: laws, AsOf: b.AsOf}
	for i := range b.Reviews {
		of.Reviews = append(of.Reviews, claims.Review{Plan: b.Reviews[i].Plan, Findings: b.Reviews[i].Findings})
	}
	if b.Delivery != nil && len(s.Promises) > 0 {
		of.Look = lookback.Make(lookback.Input{Ledger: b.Delivery, Promises: s.Promises, Logs: s.Sessions, Laws: laws, View: b.View})
	}
	in.Rule = brief.YearRule(b.Laws)
	in.Removals, in.Years = discipline.Removals(b.View, b.School, in.Rule, b.AsOf)
	in.Claims = claims.Derive(of)
	in.Meetings = meeting.Derive(meeting.Input{Case: b.Case, View: b.View, Laws: laws, Clocks: b.Clocks, Plan: in.InForce, AsOf: b.AsOf, Called: s.Called})
	in.Remedies = brief.Remedies(b, nil)
	in.Over = over(brief.Disputes(b, b.Case.Side))
	return in
}

// otherwise are the exceptions under which what stays put is not the program of one plan.
var otherwise = []string{"agreement", "decision_for_parent", "order", "never_agreed", "first_admission", "part_c_to_b", "discipline", "graduation", "aging_out", "revoked"}

// over are the entries of hearing cases that are over: nothing carries them on.
func over(paths []dispute.Path) map[string]bool {
	of := map[string]*dispute.Path{}
	for i := range paths {
		if p := &paths[i]; p.Begun {
			of[p.Matter] = p
		}
	}
	goes := map[*dispute.Path]bool{}
	for i := range paths {
		p := &paths[i]
		for n := 0; p != nil && paths[i].Open && n < len(paths); n++ {
			goes[p] = true
			p = of[p.Of] // the hearing that a review or a court case carries on
		}
	}
	out := map[string]bool{}
	for i := range paths {
		if p := &paths[i]; (p.Kind == dispute.DueProcess || p.Kind == dispute.Expedited) && !goes[p] {
			for _, id := range p.Entries {
				out[id] = true
			}
		}
	}
	return out
}

// inForce is the plan, whole, from which most of what is in force comes: of an IEP and a
// 504 plan, the IEP.
func inForce(b *brief.Brief, plans []*plan.Plan) *plan.Plan {
	for _, iep := range []bool{true, false} {
		for i := range b.Program.Tracks {
			t := &b.Program.Tracks[i]
			if (t.Kind == plan.IEP) != iep {
				continue
			}
			of, best := map[string]int{}, ""
			for _, l := range t.InForce {
				if of[l.FromPlan]++; best == "" || of[l.FromPlan] > of[best] {
					best = l.FromPlan
				}
			}
			if p := whole(plans, best); p != nil {
				return p
			}
		}
	}
	return nil
}

func whole(plans []*plan.Plan, id string) *plan.Plan {
	p := plan.Find(plans, id)
	if p == nil {
		return nil
	}
	out, _ := plan.Whole(plans, p)
	return out
}
