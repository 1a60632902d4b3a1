package pack

import (
	"strconv"

	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/law"
	"stayput/law/rule"
)

// conditionWords is the closed list, for the nearest known word.
var conditionWords = []string{"all", "any", "not", "entry", "case", "law", "has", "has_before", "has_after",
	"days_to_year_end", "school_days_to_year_end", "between_terms", "age", "month", "answers", "situation"}

// condition reads one condition; several keys of one map must all hold.
func (r *reader) condition(n *yaml.Node) rule.Condition {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.Map {
		r.Map(n) // reports what it is
		return nil
	}
	var all rule.All
	for _, f := range n.Fields {
		if c := r.oneCondition(f); c != nil {
			all = append(all, c)
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return all
}

func (r *reader) oneCondition(f yaml.Field) rule.Condition {
	v := f.Value
	switch f.Key {
	case "all":
		return rule.All(r.conditions(v))
	case "any":
		return rule.Any(r.conditions(v))
	case "not":
		return rule.Not{Of: r.condition(v)}
	case "entry":
		var all rule.All
		for _, x := range v.Fields {
			if words, ok := rule.WordField(x.Key); ok {
				w := r.Text(x.Value)
				if words == nil || r.known(x.Value.At, w, words) {
					all = append(all, rule.EntryWord{Name: x.Key, Want: w})
				}
				continue
			}
			if _, ok := fact.TriNames[x.Key]; !ok {
				r.Fail(x.At, "pack.unknown_field", "field", x.Key, "nearest", fault.Nearest(x.Key, rule.FieldNames()))
				continue
			}
			if t, ok := r.tri(x.Value); ok {
				all = append(all, rule.EntryTri{Name: x.Key, Want: t})
			}
		}
		return one(all)
	case "case":
		var all rule.All
		for _, x := range v.Fields {
			if _, ok := fact.CaseFacts[x.Key]; !ok {
				r.Fail(x.At, "pack.unknown_case_fact", "fact", x.Key, "nearest", fault.Nearest(x.Key, rule.CaseNames()))
				continue
			}
			if t, ok := r.tri(x.Value); ok {
				all = append(all, rule.CaseIs{Name: x.Key, Want: t})
			}
		}
		return one(all)
	case "law":
		var all rule.All
		for _, x := range v.Fields {
			if t, ok := r.tri(x.Value); ok && r.known(x.At, x.Key, law.Facts) {
				all = append(all, rule.LawIs{Name: x.Key, Want: t})
			}
		}
		return one(all)
	case "situation":
		if !r.routes {
			r.Fail(f.At, "pack.situation_elsewhere")
			return nil
		}
		var all rule.All
		for _, x := range v.Fields {
			if t, ok := r.tri(x.Value); ok && r.known(x.At, x.Key, law.Situations) {
				all = append(all, rule.CaseIs{Name: x.Key, Want: t})
			}
		}
		return one(all)
	case "has":
		return rule.Has{Kind: r.kind(v)}
	case "has_before":
		return rule.Has{Kind: r.kind(v), Side: -1}
	case "has_after":
		return rule.Has{Kind: r.kind(v), Side: 1}
	case "days_to_year_end", "school_days_to_year_end":
		m := r.Map(v)
		c := rule.DaysToYearEnd{AtMost: r.bound(m.Get("at_most")), AtLeast: r.bound(m.Get("at_least")), Under: r.bound(m.Get("under")),
			From: r.kind(m.Get("from")), School: f.Key == "school_days_to_year_end"}
		m.Done()
		return c
	case "between_terms":
		t, _ := r.tri(v)
		return rule.BetweenTerms{Want: t}
	case "age":
		m := r.Map(v)
		c := rule.Age{AtLeast: r.bound(m.Get("at_least")), Under: r.bound(m.Get("under"))}
		m.Done()
		return c
	case "month":
		var c rule.Month
		for _, s := range r.Texts(v) {
			mm, err := strconv.Atoi(s)
			if err != nil || mm < 1 || mm > 12 {
				r.Fail(v.At, "pack.month", "got", s)
				continue
			}
			c.In |= 1 << uint(mm)
		}
		return c
	case "answers":
		return rule.Answers{Kind: r.kind(v)}
	}
	r.known(f.At, f.Key, conditionWords)
	return nil
}

func one(all rule.All) rule.Condition {
	if len(all) == 1 {
		return all[0]
	}
	return all
}

func (r *reader) conditions(n *yaml.Node) []rule.Condition {
	var out []rule.Condition
	for _, it := range r.List(n) {
		if c := r.condition(it); c != nil {
			out = append(out, c)
		}
	}
	return out
}

func (r *reader) bound(n *yaml.Node) int {
	if n == nil {
		return -1
	}
	return r.Int(n)
}
