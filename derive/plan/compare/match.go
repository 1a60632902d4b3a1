package compare

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// match pairs the things of two lists: the best pair first, each thing once. A
// score of zero is no pair. It does not matter which list is first: a tie between
// (i, j) and (j, i) leaves room for both.
func match(n, m int, score func(i, j int) int) (pairs [][2]int, left, right []int) {
	type pair struct{ i, j, score int }
	var all []pair
	for i := range n {
		for j := range m {
			if s := score(i, j); s > 0 {
				all = append(all, pair{i, j, s})
			}
		}
	}
	slices.SortFunc(all, func(a, b pair) int {
		if a.score != b.score {
			return b.score - a.score
		}
		return cmp.Or(abs(a.i-a.j)-abs(b.i-b.j), a.i+a.j-b.i-b.j, a.i-b.i)
	})
	hasLeft, hasRight := make([]bool, n), make([]bool, m)
	for _, p := range all {
		if !hasLeft[p.i] && !hasRight[p.j] {
			hasLeft[p.i], hasRight[p.j] = true, true
			pairs = append(pairs, [2]int{p.i, p.j})
		}
	}
	for i := range n {
		if !hasLeft[i] {
			left = append(left, i)
		}
	}
	for j := range m {
		if !hasRight[j] {
			right = append(right, j)
		}
	}
	return pairs, left, right
}

func abs(n int) int { return max(n, -n) }

// plainText is s in lower case, its words with one space between: what two texts have
// in common when only letters, signs and spaces differ.
func plainText(s string) string { return strings.Join(words(s), " ") }

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// A bag is the words of a text, each once, as numbers that are the same for the
// same word (FNV-1a), sorted: numbers are compared much faster than words.
type bag []uint64

func bagOf(s string) bag {
	ws := words(s)
	out := make(bag, len(ws))
	for i, w := range ws {
		h := uint64(14695981039346656037)
		for j := range len(w) {
			h = (h ^ uint64(w[j])) * 1099511628211
		}
		out[i] = h
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// alike is how much of two texts is the same words, in percent: the words of
// both over the words of either. Two texts without a word are the same.
func alike(a, b bag) int {
	if len(a) == 0 && len(b) == 0 {
		return 100
	}
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	same, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			same++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return same * 100 / (len(a) + len(b) - same)
}
