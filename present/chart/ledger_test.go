package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/locale"
)

var partNames = []string{"delivered", "made_up", "otherwise", "excused", "short", "reported", "unknown"}

// drawStack is a week of made-up amounts.
func drawStack(r *rapid.T, i int) Stack {
	s := Stack{From: start.Add(7 * i)}
	for _, n := range partNames {
		if v := rapid.IntRange(0, 90).Draw(r, n); v > 0 {
			s.Parts = append(s.Parts, Part{n, float64(v)})
			s.Promised += float64(v)
		}
	}
	return s
}

// blocks are the parts of a picture that are filled.
func blocks(es []element) (out []element) {
	for _, e := range es {
		if e.name == "rect" && e.title != "" {
			out = append(out, e)
		}
	}
	return out
}

// A bar is as wide as its picture, each part in its order and as wide as its share,
// and every part that is not nothing can be seen.
func TestBarShares(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := drawStack(r, 0)
		cat, _ := locale.For(rapid.SampledFrom(locale.Languages).Draw(r, "lang"))
		for _, size := range []Size{Narrow, Wide} {
			es := parse(r, Bar(cat, Ledger{ID: "b", Title: "Speech, <b>", Desc: "x & y", Unit: "minutes"}, s, size))
			bs := blocks(es)
			if len(bs) != len(s.Parts) {
				r.Fatalf("%d of %d parts", len(bs), len(s.Parts))
			}
			x, sum := 1.0, 0.0
			for i, b := range bs {
				if got := b.f(t, "x"); math.Abs(got-x) > 0.1 {
					r.Fatalf("part %d begins at %f, not at %f", i, got, x)
				}
				w := b.f(t, "width")
				if w < 3 || !strings.Contains(b.title, Number(s.Parts[i].Amount)) {
					r.Fatalf("part %d: %f %q", i, w, b.title)
				}
				x, sum = x+w, sum+w
			}
			if len(bs) > 0 && math.Abs(sum-(size.Width-2)) > 0.5 {
				r.Fatalf("the parts are %f wide together, of %f", sum, size.Width)
			}
		}
	})
}

// Columns stand beside each other, no higher than the picture, and the line of what
// was promised at the height of its number.
func TestColumns(t *testing.T) {
	cat, _ := locale.For("en")
	rapid.Check(t, func(r *rapid.T) {
		var all []Stack
		for i := range rapid.IntRange(0, 70).Draw(r, "weeks") {
			all = append(all, drawStack(r, i))
		}
		for _, size := range []Size{Narrow, Wide} {
			es := parse(r, Columns(cat, Ledger{ID: "c", Title: "t", Desc: "d", Unit: "minutes"}, all, size))
			var w, h float64
			fmt.Sscanf(es[0].attrs["viewBox"], "0 0 %f %f", &w, &h)
			want := 0
			for _, s := range all[max(0, len(all)-60):] {
				want += len(s.Parts)
			}
			bs := blocks(es)
			if len(bs) != want {
				r.Fatalf("%d of %d parts", len(bs), want)
			}
			for _, b := range bs {
				x, y, bw, bh := b.f(t, "x"), b.f(t, "y"), b.f(t, "width"), b.f(t, "height")
				if x < 0 || x+bw > w+0.1 || y < 0 || y+bh > h || bh <= 0 {
					r.Fatalf("a column leaves the picture: %f %f %f %f of %f %f", x, y, bw, bh, w, h)
				}
			}
		}
	})
}

// A strict policy refuses nothing of the pictures, and every part has its sign.
func TestLedgerPolicy(t *testing.T) {
	cat, _ := locale.For("es")
	st := Stack{From: start, Promised: 60, Parts: []Part{{"delivered", 20}, {"short", 20}, {"unknown", math.NaN()}, {"nothing known", 5}}}
	pictures := [][]byte{Patterns(), Bar(cat, Ledger{ID: "b"}, st, Wide), Columns(cat, Ledger{ID: "c"}, []Stack{st, {}}, Narrow)}
	for _, n := range partNames {
		if _, ok := fills[n]; !ok {
			t.Errorf("%s has no filling", n)
		}
		pictures = append(pictures, Swatch(n))
	}
	for _, svg := range pictures {
		for _, e := range parse(t, svg) {
			for a, v := range e.attrs {
				if a == "style" || strings.HasPrefix(a, "on") || strings.Contains(v, "NaN") {
					t.Errorf("%s %s=%q", e.name, a, v)
				}
			}
		}
	}
}
