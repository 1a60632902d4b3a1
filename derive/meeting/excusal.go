package meeting

import (
	"slices"

	"stayput/fact"
)

// excusals are the members whom somebody asked to excuse, and whether each may stay
// away (34 CFR 300.321(e)).
func (g *gather) excusals(x *Meeting) {
	at := map[string]int{} // the entry that asked or answered -> excusal
	for _, e := range x.Entries {
		if e.Kind == ExcusalSought {
			at[e.ID] = len(x.Excusals)
			x.Excusals = append(x.Excusals, Excusal{Asked: e})
		}
	}
	for _, e := range x.Entries {
		if e.Kind != ExcusalAgreed && e.Kind != ExcusalRefused {
			continue
		}
		i := -1
		if q := g.in.View.Get(e.Re); e.Re != "" && q != nil {
			if j, ok := at[q.ID]; ok {
				i = j
			}
		}
		if i < 0 && len(e.Fields.With) > 0 {
			i = slices.IndexFunc(x.Excusals, func(o Excusal) bool {
				return o.Answer == nil && o.Asked != nil && len(o.Asked.Fields.With) > 0 && Fold(o.Asked.Fields.With[0]) == Fold(e.Fields.With[0])
			})
		}
		if i < 0 {
			i = len(x.Excusals)
			x.Excusals = append(x.Excusals, Excusal{})
		}
		x.Excusals[i].Answer = e // the latest stands
		at[e.ID] = i
	}
	for i := range x.Excusals {
		g.excusal(x, &x.Excusals[i])
	}
}

// excusal judges one by the letter of the rule; what cannot be told stays open.
func (g *gather) excusal(x *Meeting, o *Excusal) {
	for _, e := range []*fact.Entry{o.Asked, o.Answer} {
		if e == nil {
			continue
		}
		if o.Member.Text == "" && len(e.Fields.With) > 0 {
			o.Member = g.person(e.Fields.With[0])
		}
		if o.Area == "" && len(e.Fields.About) > 0 {
			o.Area = e.Fields.About[0]
		}
		if o.Discussed == fact.Unsaid {
			o.Discussed = e.Fields.Result
		}
		if p, ok := g.in.View.Find(e.ID); ok {
			for _, j := range g.re[p] {
				if a := g.es[j]; slices.Contains(a.Fields.About, WrittenInput) && !slices.Contains(o.Inputs, a) {
					o.Inputs = append(o.Inputs, a)
				}
			}
		}
	}
	slices.SortStableFunc(o.Inputs, func(a, b *fact.Entry) int { return int(a.On.Earliest - b.On.Earliest) })
	o.Rule = NotDiscussed
	if o.Discussed == fact.Yes {
		o.Rule = WhenDiscussed
	}
	say := func(key string, v fact.Tri) {
		o.Why = append(o.Why, key)
		if o.Valid != fact.No {
			o.Valid = v
		}
	}
	if o.Member.Role != "" && !slices.Contains(excusable, o.Member.Role) {
		say("not_required", fact.Unsaid)
	}
	switch {
	case o.Answer == nil:
		return
	case o.Answer.Kind == ExcusalRefused:
		o.Agreed, o.Valid = fact.No, fact.No
		return
	}
	o.Agreed, o.Valid = fact.Yes, fact.Yes
	day := x.On
	if l := g.law(x); l != nil && !day.IsZero() {
		if r := l.Rule(o.Rule); r != nil && r.VersionAt(day.Earliest) == nil {
			say("not_yet_law", fact.No)
		}
	}
	if o.Answer.Fields.Written == fact.No {
		say("not_written", fact.No)
	}
	if !day.IsZero() {
		switch {
		case o.Answer.On.Earliest > day.Latest:
			say("after_meeting", fact.No)
		case o.Answer.On.Latest > day.Earliest && !(o.Answer.On.Exact() && day.Exact()):
			say("say_when", fact.Unsaid)
		}
	}
	early, unclear, late := false, false, false
	for _, e := range o.Inputs {
		switch {
		case day.IsZero() || e.On.Latest < day.Earliest:
			early = true
		case e.On.Earliest > day.Latest:
			late = true
		case e.On.HasTime() && day.HasTime():
			early, late = early || e.On.Minute < day.Minute, late || e.On.Minute >= day.Minute
		default:
			unclear = true
		}
	}
	switch {
	case early || o.Discussed == fact.No:
	case o.Discussed == fact.Unsaid:
		say("say_discussed", fact.Unsaid)
	case unclear:
		say("input_same_day", fact.Unsaid)
	case late:
		say("input_late", fact.No)
	case x.State == Coming || day.IsZero():
		say("input_owed", fact.Unsaid)
	default:
		say("no_input", fact.Unsaid) // the record does not hold it; it may have come
	}
}
