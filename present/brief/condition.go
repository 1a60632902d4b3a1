package brief

import (
	"strings"

	"stayput/fact"
	"stayput/law/rule"
	"stayput/locale"
)

// Say puts a condition of the law into words, as part of a sentence.
func Say(c *locale.Catalog, s rule.Saying) string {
	if len(s.Of) > 0 {
		parts := make([]string, len(s.Of))
		for i, p := range s.Of {
			parts[i] = Say(c, p)
		}
		switch s.Key {
		case "cond_any":
			return c.ListOr(parts)
		case "cond_not":
			return c.T("cond_not", "a", parts[0])
		}
		return c.List(parts)
	}
	if name, ok := strings.CutPrefix(s.Key, "cond_entry_by_"); ok && !c.Has(s.Key) {
		if c.Has("party." + name) {
			name = c.T("party." + name)
		}
		return c.T("cond_entry_by", "name", name)
	}
	if !c.Has(s.Key) {
		return c.T("cond_other")
	}
	pairs := make([]string, 0, 2*len(s.Args))
	for k, v := range s.Args {
		switch k {
		case "kind":
			if _, ok := fact.Lookup(v); ok {
				v = c.TheKind(v)
			}
		case "months":
			v = c.Months(v)
		}
		pairs = append(pairs, k, v)
	}
	return c.T(s.Key, pairs...)
}
