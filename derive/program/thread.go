package program

import (
	"reflect"
	"slices"
	"strconv"

	"stayput/derive/plan/compare"
	"stayput/fact"
	"stayput/plan"
)

// thread finds what in each version is the same component as in the versions
// before it: what bears the same id and is of the same sort, else what derive/plan/compare takes
// for the same. Every such component gets one number through all versions. What a
// version leaves out becomes a part of its own: that, too, can be agreed to.
func (t *track) thread() {
	for _, v := range t.versions {
		v.components()
		if v.draft {
			continue // nobody was asked; it hands nothing on
		}
		t.match(v)
		t.leftOut(v)
		for _, p := range v.parts {
			if p.was != nil {
				p.thread = p.was.thread
				p.same = !p.drop && sameContent(p.was, p)
			} else {
				p.thread = len(t.heads)
				t.heads = append(t.heads, nil)
			}
		}
		for _, p := range v.parts {
			if !p.drop {
				t.heads[p.thread] = p
				if id := p.ownID(); id != "" {
					t.ids[componentID{p.comp.Part, id}] = p.thread
				}
			}
		}
	}
	t.members = make([][]*part, len(t.heads))
	for _, v := range t.versions {
		for _, p := range v.parts {
			if p.thread >= 0 {
				t.members[p.thread] = append(t.members[p.thread], p)
			}
		}
	}
}

func newTrack(e *engine, k plan.Kind) *track {
	return &track{e: e, kind: k, said: map[string]verdictAt{}, ids: map[componentID]int{}}
}

// A componentID is the id a component bears, with its sort.
type componentID struct {
	part plan.Part
	id   string
}

// components makes the parts of v.
func (v *version) components() {
	used := map[string]bool{}
	for _, c := range v.Components() {
		p := &part{v: v, comp: c, ref: c.ID, from: c.From, to: c.To, thread: -1}
		if used[p.ref] { // two parts of one id: the second is told apart by its place
			p.ref = string(c.Part) + "-" + strconv.Itoa(c.Index+1)
			for used[p.ref] {
				p.ref += "+"
			}
		}
		used[p.ref] = true
		if p.from == 0 {
			p.from = v.start
		}
		if p.to != 0 && p.from != 0 && p.to < p.from {
			v.backward = append(v.backward, p.ref)
			p.to = 0
		}
		if p.to == 0 {
			p.to = v.end
		}
		p.byTerms = p.to != 0 && v.end != 0 && p.to < v.end
		if c.Part == plan.ServiceLines {
			p.esy = v.Services[c.Index].ESY == fact.Yes
		}
		if c.Part == plan.Decisions {
			p.esy = c.Name == "esy"
		}
		v.parts = append(v.parts, p)
	}
}

// match finds for each part of v the latest part before it that is the same.
func (t *track) match(v *version) {
	taken := make([]bool, len(t.heads))
	take := func(p, head *part) {
		p.was = head
		taken[head.thread] = true
	}
	for _, p := range v.parts {
		if id := p.ownID(); id != "" {
			if i, known := t.ids[componentID{p.comp.Part, id}]; known && !taken[i] {
				take(p, t.heads[i])
			}
		}
	}
	var before, after plan.Plan
	before.EffectiveStart, before.EffectiveEnd = v.start, v.end
	after.EffectiveStart, after.EffectiveEnd = v.start, v.end
	heads, mine := map[string]*part{}, map[string]*part{}
	for _, h := range t.heads {
		if !taken[h.thread] {
			key := "h" + strconv.Itoa(h.thread)
			heads[key] = h
			h.into(&before, key)
		}
	}
	for i, p := range v.parts {
		if p.was == nil {
			key := "v" + strconv.Itoa(i)
			mine[key] = p
			p.into(&after, key)
		}
	}
	if len(heads) == 0 || len(mine) == 0 {
		return
	}
	for _, pair := range compare.Pairs(&before, &after) {
		take(mine[pair.After], heads[pair.Before])
	}
}

// ownID is the id the paper or its writer gave; "" when the ref is only a place.
// There is one placement in a plan, and one decision of a name, so that their names
// are their own.
func (p *part) ownID() string {
	switch v := p.v; p.comp.Part {
	case plan.ServiceLines:
		return v.Services[p.comp.Index].ID
	case plan.Goals:
		return v.Goals[p.comp.Index].ID
	case plan.Accommodations:
		return v.Accommodations[p.comp.Index].ID
	case plan.Placement:
		return string(plan.Placement)
	case plan.Decisions:
		return p.comp.Name
	case plan.AfterSchool:
		return v.Transition.Services[p.comp.Index].ID
	}
	return ""
}

// into adds the component to a plan under a name that tells it apart. Its dates
// are left out: the same service of two years is the same service.
func (p *part) into(to *plan.Plan, key string) {
	switch v := p.v; p.comp.Part {
	case plan.ServiceLines:
		s := v.Services[p.comp.Index]
		s.ID, s.From, s.To = key, 0, 0
		to.Services = append(to.Services, s)
	case plan.Goals:
		g := v.Goals[p.comp.Index]
		g.ID = key
		to.Goals = append(to.Goals, g)
	case plan.Accommodations:
		a := v.Accommodations[p.comp.Index]
		a.ID = key
		to.Accommodations = append(to.Accommodations, a)
	case plan.AfterSchool:
		s := v.Transition.Services[p.comp.Index]
		s.ID = key
		to.Transition.Services = append(to.Transition.Services, s)
	}
}

// sameContent reports that two versions of a component promise the same. Dates,
// signatures and where it was typed from do not count.
func sameContent(a, b *part) bool {
	if a.comp.Part != b.comp.Part {
		return false
	}
	switch a.comp.Part {
	case plan.ServiceLines:
		x, y := a.v.Services[a.comp.Index], b.v.Services[b.comp.Index]
		for _, s := range []*plan.Service{&x, &y} {
			s.ID, s.From, s.To, s.Consent, s.AgreedOn, s.Implemented, s.Source, s.Goals, s.Unprinted, s.Why = "", 0, 0, "", 0, 0, plan.Source{}, nil, 0, ""
		}
		return reflect.DeepEqual(x, y)
	case plan.Goals:
		x, y := a.v.Goals[a.comp.Index], b.v.Goals[b.comp.Index]
		return x.Text == y.Text && x.Baseline == y.Baseline && x.Target == y.Target && x.Criterion == y.Criterion
	case plan.Accommodations:
		x, y := a.v.Accommodations[a.comp.Index], b.v.Accommodations[b.comp.Index]
		for _, s := range []*plan.Support{&x, &y} {
			s.ID, s.From, s.To, s.Consent, s.AgreedOn, s.Implemented, s.Source, s.Evidence = "", 0, 0, "", 0, 0, plan.Source{}, ""
		}
		return reflect.DeepEqual(x, y)
	case plan.Placement:
		x, y := a.v.Setting, b.v.Setting
		return x.Code == y.Code && x.Name == y.Name && x.School == y.School && x.In == y.In && x.Out == y.Out
	case plan.Decisions:
		return a.v.DecisionText(a.comp.Name) == b.v.DecisionText(b.comp.Name)
	case plan.AfterSchool:
		x, y := a.v.Transition.Services[a.comp.Index], b.v.Transition.Services[b.comp.Index]
		return x.Code == y.Code && x.Activity == y.Activity && x.Agency == y.Agency
	}
	return false
}

// leftOut adds what v takes away: an amendment what it says it removes, a plan
// what it no longer has. A sort of component of which a plan says nothing at all
// may not have been typed in; it counts as left out only when the whole paper was.
func (t *track) leftOut(v *version) {
	here := make([]bool, len(t.heads))
	sorts, refs := map[plan.Part]bool{}, map[string]bool{}
	for _, p := range v.parts {
		if p.was != nil {
			here[p.was.thread] = true
		}
		sorts[p.comp.Part] = true
		refs[p.ref] = true
	}
	for _, h := range t.heads {
		if here[h.thread] {
			continue
		}
		if gone, unsure := v.takesAway(h, sorts[h.comp.Part]); !gone {
			if unsure {
				t.silentOn = append(t.silentOn, v)
			}
			continue
		}
		d := &part{v: v, comp: h.comp, ref: h.ref, drop: true, was: h, thread: h.thread, from: v.start, esy: h.esy}
		if refs[d.ref] {
			d.ref = h.v.ID + "/" + h.ref
		}
		refs[d.ref] = true
		v.parts = append(v.parts, d)
	}
}

// takesAway reports that v takes away what h is in a version before it. any is
// whether v has something of that sort; unsure, that v should be asked after its
// services.
func (v *version) takesAway(h *part, any bool) (gone, unsure bool) {
	if h.comp.Part == plan.Decisions { // answered by itself, whatever else v says
		switch is := v.Decision(h.comp.Name); {
		case is == fact.No:
			return true, false
		case v.Amends == "":
			return is == fact.Unsaid && v.Complete == fact.Yes, false
		}
	}
	switch {
	case v.Amends != "":
		return slices.Contains(v.Removes, h.ref), false
	case v.Complete == fact.No || h.comp.Part == plan.Placement:
		return false, false // a plan always has a placement; one that was not typed in is not gone
	case !any && v.Complete != fact.Yes:
		return false, h.comp.Part == plan.ServiceLines
	}
	return true, false
}
