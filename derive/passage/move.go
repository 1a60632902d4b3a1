package passage

import (
	"cmp"
	"slices"
	"strings"
)

// Move finds passages of an old text in a new one by what they say: the first of equal
// ones by the first, the second by the second. What the new text does not say is lost.
func Move(old, text string, marks []Passage) (found, lost []Passage) {
	at := map[string][]Passage{}
	for _, p := range Split(text) {
		s := plain(p.Of(text))
		at[s] = append(at[s], p)
	}
	no := map[Passage]int{}
	seen := map[string]int{}
	for _, p := range Split(old) {
		s := plain(p.Of(old))
		no[p] = seen[s]
		seen[s]++
	}
	for _, m := range marks {
		all := at[plain(m.Of(old))]
		if len(all) == 0 {
			lost = append(lost, m)
			continue
		}
		found = append(found, all[min(no[m], len(all)-1)])
	}
	return found, lost
}

// Quote is what passages say, in their order, on one line. What stands between two that
// do not follow one another is left out, and that is shown.
func Quote(text string, marks []Passage) string {
	var b strings.Builder
	last := -1
	for _, m := range sorted(marks) {
		if m.From < last {
			continue // said already
		}
		if last >= 0 {
			if says(text[last:m.From]) {
				b.WriteString(" […]")
			}
			b.WriteString(" ")
		}
		b.WriteString(plain(m.Of(text)))
		last = m.To
	}
	return b.String()
}

// plain is a text on one line.
func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

func sorted(in []Passage) []Passage {
	out := slices.Clone(in)
	slices.SortFunc(out, func(a, b Passage) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To)) })
	return out
}
