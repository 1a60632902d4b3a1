// Package program puts derive/program into words: why a line is in force, what
// each side may do next, what stays put, with the law behind each.
//
// In: a Result and a catalog. Out: sentences. It derives nothing.
package program

import (
	"sort"
	"strings"

	"stayput/day"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/locale"
)

// Why is a reason in a sentence, or nothing when there is none.
func Why(cat *locale.Catalog, r program.Reason) string {
	if r.Key == "" {
		return ""
	}
	return cat.T("program.why."+r.Key, args(cat, r.Args)...)
}

// Law is where the law stands that a reason rests on, with how well its text was
// read; nothing when no law speaks.
func Law(cat *locale.Catalog, r program.Reason) string {
	if r.Citation == "" {
		return ""
	}
	return cat.T("plan_show.says_who", "citation", r.Citation, "checked", cat.T("checked_short."+r.Checked.Level))
}

// Do is what a side may, or may not, do.
func Do(cat *locale.Catalog, m program.Move) string {
	side := "parent"
	if m.For == fact.LEA {
		side = "lea"
	}
	return cat.T("program.move."+side+"."+m.Do, args(cat, m.Reason.Args)...)
}

// When is by when a move must be made, or from when it may be; nothing when the law
// gives no day.
func When(cat *locale.Catalog, m program.Move) string {
	switch {
	case m.By != 0:
		return cat.T("program.by", "date", cat.Date(m.By))
	case m.From != 0:
		return cat.T("program.not_before", "date", cat.Date(m.From))
	}
	return ""
}

// Notice is a notice in a sentence.
func Notice(cat *locale.Catalog, n program.Notice) string {
	more := args(cat, n.Args)
	return cat.T("program.notice."+n.Key, append(more, "plan", n.Plan)...)
}

// args are the values of a sentence in the words of a language: dates written
// out, kinds of entries by name.
func args(cat *locale.Catalog, in map[string]string) []string {
	names := make([]string, 0, len(in))
	for k := range in {
		names = append(names, k)
	}
	sort.Strings(names)
	out := make([]string, 0, 2*len(in))
	for _, k := range names {
		v := in[k]
		if len(v) == len("2006-01-02") {
			if d, err := day.Parse(v); err == nil {
				v = cat.Date(d)
			}
		}
		switch k {
		case "kind":
			v = cat.T("kind." + v)
		case "part":
			ids := strings.Split(v, ", ")
			for i, id := range ids {
				if key := "plan_decision." + id; cat.Has(key) {
					ids[i] = cat.T(key)
				}
			}
			v = strings.Join(ids, ", ")
		}
		out = append(out, k, v)
	}
	return out
}
