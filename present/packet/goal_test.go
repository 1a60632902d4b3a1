package packet_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/draft"
	"stayput/derive/packet"
	"stayput/derive/progress"
	"stayput/format/document"
	"stayput/format/docx"
	"stayput/format/pdf"
	"stayput/format/plain"
	"stayput/locale"
	"stayput/measure"
	"stayput/plan"
	"stayput/present/chart"
	"stayput/present/letter"
	say "stayput/present/packet"
)

var first = day.Must(2025, 9, 8)

// measured is a goal from 45 to 60 with these results, one a week.
func measured(name string, values ...float64) packet.Progress {
	g := &brief.GoalProgress{Goal: plan.Goal{Text: name, Baseline: "45 words", Target: "60 words"}, Key: name}
	for i, v := range values {
		g.Probes = append(g.Probes, measure.Probe{On: first.Add(7 * (i + 1)), Value: measure.Number(v), Unit: "words"})
	}
	g.Progress = progress.Derive(progress.Goal{Baseline: progress.Say(measure.Number(45)), BaselineOn: first, Target: progress.Say(measure.Number(60)), By: first.Add(270)}, g.Probes, progress.Around{AsOf: first.Add(7*len(values) + 1)})
	return packet.Progress{Goal: g, Probes: g.Probes[max(0, len(g.Probes)-5):], All: len(g.Probes)}
}

// packOf is the pack for a meeting with nothing but these goals.
func packOf(lang string, goals ...packet.Progress) (*packet.Pack, say.Options) {
	cat, _ := locale.For(lang)
	o := say.Options{Options: letter.Options{Cat: cat}, Goal: func(g *brief.GoalProgress) string { return g.Goal.Text },
		Picture: func(g *brief.GoalProgress) chart.Picture {
			return chart.Picture{ID: "g", Name: g.Goal.Text, Unit: "words", AsOf: first.Add(100), Result: g.Progress}
		}}
	return &packet.Pack{Name: packet.ForMeeting, Today: first.Add(100), Facts: &draft.Facts{}, Parts: []packet.Section{{Name: "progress", Progress: goals}}}, o
}

// The picture stands under the goal's name and over what was written down; what the table
// leaves out is said, with where it is; and what is drawn is said in words.
func TestPicturesOfGoals(t *testing.T) {
	for lang, want := range map[string][]string{
		"en": {"Goal A", "[Goal A: probes and the line to the goal. 8 probes from September 15, 2025 to November 3, 2025, between 44 and 52.", "45 words", "60 words", "52 words", "5 earlier results are not in this table. All results stand in the record, on the goal's page.", "This is a reason to talk, not proof."},
		"es": {"Goal A", "8 mediciones", "entre 44 y 52", "5 resultados anteriores no están en esta tabla. Todos los resultados están en el registro, en la página de la meta."},
	} {
		p, o := packOf(lang, measured("Goal A", 44, 46, 48, 47, 49, 50, 51, 52))
		d := say.Document(p, o)
		var kinds []string
		for _, b := range d.Blocks {
			kinds = append(kinds, strings.TrimPrefix(fmt.Sprintf("%T", b), "document."))
		}
		if s := strings.Join(kinds, " "); !strings.Contains(s, "Heading Drawing Table Paragraph") || strings.Count(s, "Drawing") != 1 {
			t.Errorf("%s: %s", lang, s)
		}
		text := strings.Join(strings.Fields(plain.String(d)), " ")
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, text)
			}
		}
		if strings.Contains(text, "44 words") {
			t.Errorf("%s: the table holds what it says it leaves out:\n%s", lang, text)
		}
	}
}

// Whatever was measured, the pack can be written, twice the same, and stays short.
func TestPacksOfHardGoals(t *testing.T) {
	var many []float64
	for i := range 500 {
		many = append(many, float64(40+i%30))
	}
	goals := map[string]packet.Progress{
		"one":      measured("One", 46),
		"equal":    measured("Equal", 5, 5, 5, 5, 5, 5),
		"negative": measured("Below zero", -7, -5, -9, 3),
		"huge":     measured("Huge", 1e6, 1e15, 3),
		"many":     measured("Many", many...),
		"long":     measured(strings.Repeat("Lee en voz alta ñandú 汉字 ", 10)[:200], 46, 48),
		"hostile":  measured("</w:t> ) Tj \x00 \u202e <script>", 46, 48),
	}
	none := measured("None")
	none.Probes, none.All = []measure.Probe{{On: first, Value: measure.Number(2)}}, 1 // told, and nothing to draw
	goals["none"] = none
	for name, g := range goals {
		for _, lang := range locale.Languages {
			p, o := packOf(lang, g)
			d := say.Document(p, o)
			drawn := 0
			for _, b := range d.Blocks {
				if _, is := b.(document.Drawing); is {
					drawn++
				}
			}
			if want := 1; (name == "none") != (drawn == 0) || name != "none" && drawn != want {
				t.Errorf("%s %s: %d pictures", name, lang, drawn)
			}
			var one, two, word bytes.Buffer
			r, err := pdf.Write(&one, d)
			if err != nil || r.Pages != 1 {
				t.Errorf("%s %s: %d pages, %v", name, lang, r.Pages, err)
			}
			if _, err := pdf.Write(&two, d); err != nil || !bytes.Equal(one.Bytes(), two.Bytes()) {
				t.Errorf("%s %s: not the same bytes: %v", name, lang, err)
			}
			if err := docx.Write(&word, d); err != nil || word.Len() == 0 {
				t.Errorf("%s %s: %v", name, lang, err)
			}
		}
	}
}

// Six goals take three pages: two pictures with what is written down of them on each.
func TestPicturesStayShort(t *testing.T) {
	var goals []packet.Progress
	for i := range 6 {
		goals = append(goals, measured(fmt.Sprint("Goal ", i+1), 44, 46, 48, 47, 49, 50, 51, 52))
	}
	p, o := packOf("es", goals...)
	var b bytes.Buffer
	if r, err := pdf.Write(&b, say.Document(p, o)); err != nil || r.Pages > 4 {
		t.Errorf("%d pages, %v", r.Pages, err)
	}
}
