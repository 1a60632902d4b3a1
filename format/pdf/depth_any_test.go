package pdf

import (
	"testing"

	"pgregory.net/rapid"
)

// Whatever the levels of headings are, none is read as more than one below the one before,
// and each is read as below, beside or above it as it was written.
func TestDepth(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := &writer{}
		last := 0
		levels := rapid.SliceOfN(rapid.IntRange(1, 4), 1, 12).Draw(r, "levels")
		for i, level := range levels {
			n := w.depth(level)
			if n < 1 || n > last+1 || n > level {
				r.Fatalf("%v: heading %d is of level %d, after %d", levels, i+1, n, last)
			}
			if i > 0 && (level > levels[i-1]) != (n > last) {
				r.Fatalf("%v: heading %d, of level %d after %d, lies otherwise than it was written", levels, i+1, n, last)
			}
			last = n
		}
	})
}
