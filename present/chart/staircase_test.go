package chart

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/locale"
)

// stairsOf are ten steps under the longest of their names in a language.
func stairsOf(cat *locale.Catalog, here int) Staircase {
	s := Staircase{ID: "stairs"}
	words := []string{"tried", "tried", "does_not_fit", "needs_first", "possible_now", "pending", "possible_now", "needs_first", "does_not_fit", "needs_first"}
	names := []string{"teacher", "problem_meeting", "administrator", "facilitated_iep", "mediation_alone", "state_complaint", "ocr_complaint", "due_process_parent", "state_review", "court"}
	for i, w := range words {
		s.Steps = append(s.Steps, Stair{Step: i + 1, Name: cat.T("routes.short." + names[i]), Standing: w, Here: i == here, Chosen: i == here})
	}
	return s
}

// Every step is named with how it stands, its sign is its own, and texts stay in the
// picture and off each other. Whoever cannot see the picture hears it.
func TestStairsDrawn(t *testing.T) {
	for _, lang := range locale.Languages {
		cat, _ := locale.For(lang)
		for here := -1; here < 10; here++ {
			s := stairsOf(cat, here)
			for _, size := range []Size{Narrow, Wide} {
				svg := string(Stairs(cat, s, size))
				var texts []element
				for _, e := range parse(t, []byte(svg)) {
					if e.name == "text" {
						texts = append(texts, e)
					}
				}
				for i, a := range texts {
					x1, y1, x2, y2 := box(t, a)
					if x1 < 0 || x2 > size.Width || y1 < 0 {
						t.Errorf("%s %s: %q leaves the picture: %v to %v", lang, size.Class, a.text, x1, x2)
					}
					for _, b := range texts[i+1:] {
						u1, v1, u2, v2 := box(t, b)
						if x1 < u2 && u1 < x2 && y1 < v2 && v1 < y2 {
							t.Errorf("%q lies on %q", b.text, a.text)
						}
					}
				}
				for _, x := range s.Steps {
					if !slices.ContainsFunc(texts, func(e element) bool { return strings.HasSuffix(e.text, ". "+x.Name) }) {
						t.Errorf("%s %s: %q is not named whole", lang, size.Class, x.Name)
					}
				}
				n := 0
				for _, e := range texts {
					if e.text == cat.T("routes.chart.here") {
						n++
					}
				}
				if want := map[bool]int{true: 1}[here >= 0]; n != want {
					t.Errorf("%d times: you are here, of %d", n, want)
				}
				if strings.Contains(svg, "style=") || strings.Contains(svg, "routes.") || !strings.Contains(svg, "<title id=") || !strings.Contains(svg, "<desc id=") {
					t.Error(svg)
				}
			}
			for _, size := range []Size{Narrow, Wide} {
				for _, e := range parse(t, StairsSmall(cat, s, size)) {
					if e.name == "text" {
						if x1, y1, x2, _ := box(t, e); x1 < 0 || x2 > size.Width || y1 < 0 {
							t.Errorf("small, on step %d: %q leaves the picture: %v to %v, %v", here+1, e.text, x1, x2, y1)
						}
					}
				}
			}
			table := s.Table(cat)
			if len(table.Rows) != 10 || len(table.Head) != 3 {
				t.Errorf("%+v", table)
			}
			if where := s.Where(cat); here >= 0 && !strings.Contains(where, s.Steps[here].Name) || !strings.HasPrefix(s.Description(cat), where) {
				t.Errorf("%q", where)
			}
		}
	}
}

// The signs differ in more than their colour.
func TestStairSignsDiffer(t *testing.T) {
	seen := map[string]string{}
	for name, draw := range standings {
		var c canvas
		draw(&c, 20, 20)
		shape := c.String()
		for _, colour := range []string{"#0b6773", "#6e6a63", "#fff"} {
			shape = strings.ReplaceAll(shape, colour, "")
		}
		if other := seen[shape]; other != "" {
			t.Errorf("%s and %s look alike", name, other)
		}
		seen[shape] = name
	}
}

// Anything can be drawn, and what is no standing is left out.
func TestStairsOfAnything(t *testing.T) {
	cat, _ := locale.For("es")
	words := rapid.SampledFrom([]string{"", `"><script>`, "]]>", strings.Repeat("long ", 300), "\x00\ufffe"})
	how := rapid.SampledFrom([]string{"tried", "pending", "possible_now", "needs_first", "does_not_fit", "", "won", `"`})
	rapid.Check(t, func(t *rapid.T) {
		s := Staircase{ID: words.Draw(t, "id")}
		for i := range rapid.IntRange(0, 40).Draw(t, "steps") {
			s.Steps = append(s.Steps, Stair{Step: i - 3, Name: words.Draw(t, "name"), Standing: how.Draw(t, "how"), Here: rapid.Bool().Draw(t, "here"), Chosen: rapid.Bool().Draw(t, "chosen")})
		}
		for _, svg := range [][]byte{Stairs(cat, s, Narrow), Stairs(cat, s, Wide), StairsSmall(cat, s, Narrow)} {
			if strings.Contains(string(svg), "<script") || strings.Contains(string(svg), "NaN") {
				t.Fatalf("%s", svg)
			}
			parse(t, svg)
		}
		if len(s.Table(cat).Rows) > 20 {
			t.Fatal("too many rows")
		}
	})
}
