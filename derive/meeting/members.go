package meeting

import (
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
)

// table is the members that 34 CFR 300.321 names, by the items of TeamRule.
var table = []struct {
	item string
	role plan.Role
}{
	{"parents", "parent"}, {"regular_teacher", "general_education_teacher"}, {"special_teacher", "special_education_teacher"},
	{"lea_rep", "lea_representative"}, {"interpreter", "interprets_evaluation"}, {"child", "student"},
	{"transition_agency", "agency"}, {"part_c", "other"}, {"others", "other"},
}

// excusable are the members whom 34 CFR 300.321(e) lets stay away: those of (a)(2)
// to (a)(5).
var excusable = []plan.Role{"general_education_teacher", "special_education_teacher", "lea_representative", "interprets_evaluation"}

// seats holds who is named against who belongs to the team.
func (g *gather) seats(x *Meeting) {
	var names []string
	add := func(from []string) {
		for _, n := range from {
			if strings.TrimSpace(n) != "" && !slices.ContainsFunc(names, func(o string) bool { return Fold(o) == Fold(n) }) {
				names = append(names, n)
			}
		}
	}
	if x.Held != nil && len(x.Held.Fields.With) > 0 { // who was there is told by the meeting itself
		add(x.Held.Fields.With)
	} else {
		for _, e := range x.Entries {
			if e.Kind == Scheduled && e == x.Scheduled || e.Kind == NoticeSent || e.Kind == PreparedKind {
				add(e.Fields.With)
			}
		}
	}
	x.Known = len(names) > 0
	by := map[plan.Role][]Named{}
	for _, t := range names {
		n := g.person(t)
		by[n.Role] = append(by[n.Role], n)
	}
	if x.Kind != IEP {
		x.Others = g.everybody(names)
		return
	}
	life := g.forLife(x)
	for _, t := range table {
		s := Seat{Item: t.item, Role: t.role, Needed: fact.Yes, Why: "always", Excusal: -1, People: by[t.role]}
		switch t.item {
		case "regular_teacher":
			s.Needed, s.Why = g.inRegular()
		case "child":
			s.Needed, s.Why = fact.Unsaid, "may"
			if life {
				s.Needed, s.Why = fact.Yes, "transition"
			}
		case "transition_agency":
			s.Needed, s.Why = fact.No, "may"
			if life {
				s.Needed, s.Why = fact.Unsaid, "invite"
			}
		case "part_c":
			s.People = nil
			s.Needed, s.Why = fact.No, "may"
			if g.in.Case.Fact("from_part_c") == fact.Yes {
				s.Needed, s.Why = fact.Unsaid, "part_c"
			}
		case "others":
			s.Needed, s.Why, s.People = fact.No, "may", nil
		}
		if i := slices.IndexFunc(x.Excusals, func(e Excusal) bool { return e.Member.Role == t.role && e.Member.Role != "" }); i >= 0 && slices.Contains(excusable, t.role) {
			s.Excusal = i
			// Who is excused is not among those who are expected, whoever else wrote the name.
			s.People = slices.DeleteFunc(slices.Clone(s.People), func(n Named) bool {
				return x.Held == nil && x.Excusals[i].Agreed == fact.Yes && n.Name != "" && Fold(n.Name) == Fold(x.Excusals[i].Member.Name)
			})
		}
		s.Sitting = sitting(&s, x, by)
		x.Seats = append(x.Seats, s)
	}
	for r, ns := range by {
		if r == "" || !slices.ContainsFunc(table, func(t struct {
			item string
			role plan.Role
		}) bool {
			return t.role == r && t.item != "part_c" && t.item != "others"
		}) {
			x.Others = append(x.Others, ns...)
		}
	}
	slices.SortFunc(x.Others, func(a, b Named) int { return strings.Compare(a.Text, b.Text) })
}

func (g *gather) everybody(names []string) (out []Named) {
	for _, t := range names {
		out = append(out, g.person(t))
	}
	return out
}

// sitting is where a seat stands.
func sitting(s *Seat, x *Meeting, by map[plan.Role][]Named) Sitting {
	switch {
	case len(s.People) > 0:
		return Filled
	case s.Excusal >= 0 && x.Excusals[s.Excusal].Valid == fact.Yes:
		return Away
	case s.Excusal >= 0 && x.Excusals[s.Excusal].Agreed != fact.No:
		return AwayMaybe
	case s.Needed == fact.No:
		return NotNeeded
	case s.Item == "interpreter" && (len(by["general_education_teacher"])+len(by["special_education_teacher"])+len(by["lea_representative"])+len(by["related_service"])+len(by["other"])) > 0:
		return MayBeSame
	case s.Needed == fact.Unsaid || !x.Known && x.Held != nil:
		return NotNamed
	}
	return Empty
}

// inRegular says whether the child is, or may be, in regular classes.
func (g *gather) inRegular() (fact.Tri, string) {
	if p := g.in.Plan; p != nil {
		if n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(string(p.Setting.In)), "%"), 64); err == nil && n > 0 {
			return fact.Yes, "in_regular"
		}
		if slices.ContainsFunc(p.Team, func(m plan.Member) bool { return m.Role == "general_education_teacher" }) {
			return fact.Yes, "in_regular"
		}
	}
	return fact.Unsaid, "may_be_regular"
}

// forLife says that life after school is to be spoken of: the plan has it already,
// or the child reaches the age by which a plan must have it within the year that a
// plan made at the meeting would run.
func (g *gather) forLife(x *Meeting) bool {
	if p := g.in.Plan; p != nil && (len(p.Transition.Goals) > 0 || len(p.Transition.Services) > 0) {
		return true
	}
	born, l := g.in.Case.Child.Born, g.law(x)
	if born == 0 || l == nil {
		return false
	}
	on := g.in.AsOf
	if !x.On.IsZero() {
		on = x.On.Earliest
	}
	n := lifeAge(l, on)
	return n > 0 && born.AddYears(n) <= on.AddYears(1)
}

// lifeAge is the age by which a plan must speak of life after school: the least that
// a rule in force names.
func lifeAge(l *law.Law, on day.Date) int {
	out := 0
	for _, r := range l.Rules {
		if r.VersionAt(on) == nil || !slices.ContainsFunc(r.MetBy, func(m law.Meet) bool { return m.Kind == planForLife }) {
			continue
		}
		for _, k := range r.Starts {
			if n, err := strconv.Atoi(strings.TrimPrefix(k.String(), "child_turns_")); err == nil && (out == 0 || n < out) {
				out = n
			}
		}
	}
	return out
}
