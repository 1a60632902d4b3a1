package chart

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/locale"
)

func pastOf() Past {
	p := Past{ID: "back", Title: "Lina: month by month", From: day.Must(2024, 8, 1), To: day.Must(2026, 11, 20), Marks: []Mark{{day.Must(2025, 11, 20), "Complaint to the State: from Nov 20, 2025"}, {day.Must(2024, 11, 20), "Hearing: from Nov 20, 2024"}}}
	for _, name := range []string{"Occupational therapy", "Speech"} {
		s := Strip{Name: name, Unit: "minutes"}
		for d := p.From; d <= p.To; d = d.AddMonths(1) {
			s.Months = append(s.Months, Stack{From: d, Promised: 240, Parts: []Part{{"delivered", 150}, {"short", 60}, {"unknown", 30}}})
		}
		p.Strips = append(p.Strips, s)
	}
	return p
}

// Bars stand on each other and end at what was promised; texts stay in the picture and
// lie on no other text; whoever cannot see it hears it.
func TestMonths(t *testing.T) {
	for _, lang := range locale.Languages {
		cat, _ := locale.For(lang)
		for _, size := range []Size{Narrow, Wide} {
			es := parse(t, Months(cat, pastOf(), size))
			var texts []element
			bars := map[string]float64{}
			for _, e := range es {
				if e.name == "text" {
					texts = append(texts, e)
				}
				if e.name == "rect" && e.title != "" {
					bars[e.attrs["x"]+" "+e.title] += e.f(t, "height")
				}
				if e.name == "title" && strings.TrimSpace(e.text) == "" || strings.Contains(e.text, "lookback.") {
					t.Errorf("%+v", e)
				}
			}
			if len(bars) != 28 { // one place for each of 28 months: both services say the same
				t.Errorf("%d bars", len(bars))
			}
			for at, tall := range bars {
				if tall < 2*stripTall-0.5 || tall > 2*stripTall+0.5 {
					t.Errorf("%s is %v high", at, tall)
				}
			}
			for i, a := range texts {
				ax1, ay1, ax2, ay2 := box(t, a)
				if ax1 < -1 || ax2 > size.Width+1 || ay1 < -1 {
					t.Errorf("%q leaves the picture", a.text)
				}
				for _, b := range texts[i+1:] {
					bx1, by1, bx2, by2 := box(t, b)
					if ax1 < bx2 && bx1 < ax2 && ay1 < by2 && by1 < ay2 {
						t.Errorf("%s: %q lies on %q", size.Class, b.text, a.text)
					}
				}
			}
			table := pastOf().Table(cat)
			if len(table.Rows) != 56 || slices.ContainsFunc(table.Rows, func(r []string) bool { return len(r) != len(table.Head) }) {
				t.Errorf("%d rows", len(table.Rows))
			}
		}
	}
}

func TestMonthsOfAnything(t *testing.T) {
	cat, _ := locale.For("es")
	words := rapid.SampledFrom([]string{"", `"><script>`, "]]>", strings.Repeat("long ", 300), "\x00\ufffe"})
	date := rapid.SampledFrom([]day.Date{0, -5, day.Min, day.Max, day.Must(2025, 1, 1), day.Must(2026, 1, 1)})
	rapid.Check(t, func(t *rapid.T) {
		p := Past{ID: words.Draw(t, "id"), Title: words.Draw(t, "title"), From: date.Draw(t, "from"), To: date.Draw(t, "to")}
		for range rapid.IntRange(0, 3).Draw(t, "strips") {
			s := Strip{Name: words.Draw(t, "name")}
			for range rapid.IntRange(0, 4).Draw(t, "months") {
				s.Months = append(s.Months, Stack{From: date.Draw(t, "month"), Promised: rapid.Float64().Draw(t, "promised"), Parts: []Part{{rapid.SampledFrom([]string{"short", "nothing", "unknown"}).Draw(t, "part"), rapid.Float64().Draw(t, "amount")}}})
			}
			p.Strips = append(p.Strips, s)
		}
		for range rapid.IntRange(0, 3).Draw(t, "marks") {
			p.Marks = append(p.Marks, Mark{date.Draw(t, "mark"), words.Draw(t, "text")})
		}
		for _, e := range parse(t, Months(cat, p, Narrow)) {
			if e.name == "script" || strings.Contains(e.attrs["x"]+e.attrs["y"]+e.attrs["height"]+e.attrs["width"], "N") || strings.Contains(e.attrs["height"], "-") {
				t.Fatalf("%+v", e)
			}
		}
		p.Table(cat)
	})
}
