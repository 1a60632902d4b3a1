package compare

import "stayput/plan"

// A Pair is a component of one version, and the component of another that is the
// same thing, whatever it now says. The names are those of plan.Ref.
type Pair struct {
	Part          plan.Part
	Before, After string
}

// Pairs are the services, goals, supports and services toward life after school
// that stand in both versions, each at most once, by what they say (a decision is
// the same by its name). Unlike in Plans every service line stands for
// itself, even where another goes on in the same words.
func Pairs(before, after *plan.Plan) []Pair {
	var out []Pair
	as, bs := measured(before, eachLine(before)), measured(after, eachLine(after))
	pairs, _, _ := match(len(as), len(bs), sameLine(as, bs))
	for _, p := range pairs {
		out = append(out, Pair{plan.ServiceLines, as[p[0]].ref, bs[p[1]].ref})
	}
	pairs, _, _ = match(len(before.Goals), len(after.Goals), sameGoal(before.Goals, after.Goals))
	for _, p := range pairs {
		out = append(out, Pair{plan.Goals, plan.Ref(plan.Goals, before.Goals[p[0]].ID, p[0]), plan.Ref(plan.Goals, after.Goals[p[1]].ID, p[1])})
	}
	pairs, _, _ = match(len(before.Accommodations), len(after.Accommodations), sameSupport(before.Accommodations, after.Accommodations))
	for _, p := range pairs {
		out = append(out, Pair{plan.Accommodations, plan.Ref(plan.Accommodations, before.Accommodations[p[0]].ID, p[0]),
			plan.Ref(plan.Accommodations, after.Accommodations[p[1]].ID, p[1])})
	}
	xs, ys := before.Transition.Services, after.Transition.Services
	pairs, _, _ = match(len(xs), len(ys), sameAfter(xs, ys))
	for _, p := range pairs {
		out = append(out, Pair{plan.AfterSchool, plan.Ref(plan.AfterSchool, xs[p[0]].ID, p[0]), plan.Ref(plan.AfterSchool, ys[p[1]].ID, p[1])})
	}
	return out
}
