package letter

import (
	"slices"
	"strings"
)

// sortBy puts texts in the order in which they stand in a text.
func sortBy(in []string, text string) {
	slices.SortFunc(in, func(a, b string) int { return strings.Index(text, a) - strings.Index(text, b) })
}
