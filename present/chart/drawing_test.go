package chart

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/derive/progress"
	"stayput/format/document"
	"stayput/format/docx"
	"stayput/format/pdf"
	"stayput/locale"
	"stayput/measure"
)

// odd are goals that are hard to draw.
func odd() map[string]Picture {
	of := func(g progress.Goal, weeks int, vs ...float64) progress.Result {
		return progress.Derive(g, numbers(vs...), progress.Around{AsOf: start.Add(7*weeks + 2)})
	}
	to := func(from, to float64) progress.Goal {
		return progress.Goal{Baseline: progress.Say(measure.Number(from)), BaselineOn: start, Target: progress.Say(measure.Number(to)), By: start.Add(270)}
	}
	var many []measure.Probe
	for i := range 500 {
		many = append(many, measure.Probe{On: start.Add(i), Value: measure.Number(40 + 10*math.Sin(float64(i)/20) + float64(i)/50)})
	}
	long := []measure.Probe{{On: start.Add(-40 * 365), Value: measure.Number(1)}, {On: start, Value: measure.Number(9)}, {On: start.Add(20 * 365), Value: measure.Number(4)}}
	asOf := start.Add(600)
	return map[string]Picture{
		"500 points": {Name: "Reading", Unit: "words", AsOf: asOf, Result: progress.Derive(to(40, 60), many, progress.Around{AsOf: asOf})},
		"equal":      {Name: "Spelling", AsOf: asOf, Result: of(to(5, 5), 6, 5, 5, 5, 5, 5)},
		"negative":   {Name: "Balance", Unit: "points", AsOf: start.Add(60), Result: of(to(-8, 3), 8, -7, -9, -5, -4, -6, -2, -1)},
		"huge":       {Name: "Steps", Unit: "steps", AsOf: start.Add(60), Result: of(to(1e6, 9e12), 8, 1e6, 2e7, 4e9, 9e12)},
		"tiny":       {Name: "Seconds", AsOf: start.Add(60), Result: of(to(0.01, 0.05), 8, 0.01, 0.02, 0.03)},
		"long name":  {Name: strings.Repeat("Lee en voz alta con ñandú y 汉字 ", 7)[:200], Unit: strings.Repeat("字每分钟 palabras por minuto ", 12), AsOf: start.Add(60), Result: of(to(45, 60), 8, 46, 47, 50)},
		"long span":  {Name: "A life", AsOf: start.Add(21 * 365), Result: progress.Derive(progress.Goal{}, long, progress.Around{AsOf: start.Add(21 * 365)})},
		"over all":   {Name: "Trials", AsOf: start.Add(60), Result: progress.Derive(progress.Goal{}, weekly(measure.Trials(2, 10), measure.Trials(12, 10), measure.Trials(9, 10)), progress.Around{AsOf: start.Add(60)})},
		"scripts":    {Name: "مرحبا", Unit: "كلمات في الدقيقة", AsOf: start.Add(60), Result: progress.Derive(to(45, 60), numbers(46, 47, 50, 51, 52, 53), progress.Around{AsOf: start.Add(60), Changes: []progress.Change{{On: start, Plan: "a"}, {On: start.Add(20), Plan: "गणित योजना"}}})},
	}
}

// papers are documents with every picture, in both languages.
func papers(t *testing.T) map[string]*document.Document {
	t.Helper()
	all := samples()
	for name, p := range odd() {
		all[name] = p
	}
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	out := map[string]*document.Document{}
	for _, lang := range locale.Languages {
		cat, _ := locale.For(lang)
		d := &document.Document{Title: "Pictures", Language: lang + "-US"}
		for _, name := range names {
			p := Drawing(cat, all[name], Paper)
			p.With = true
			d.Blocks = append(d.Blocks, document.Heading{Level: 2, Text: name}, p, document.Text("under "+name))
		}
		out[lang] = d
	}
	return out
}

// Each picture of a goal can be written into a file, twice the same, and other programs
// read it: one figure each, with what it shows as its text.
func TestDrawingsInFiles(t *testing.T) {
	dir := *pictures
	if dir == "" {
		dir = t.TempDir()
	}
	for lang, d := range papers(t) {
		if err := d.Check(); err != nil {
			t.Fatal(err)
		}
		write := func(form string) []byte {
			var b bytes.Buffer
			var err error
			if form == "pdf" {
				var r pdf.Report
				r, err = pdf.Write(&b, d)
				for _, x := range r.Unprintable {
					t.Errorf("%s: no letter for %q", lang, x)
				}
			} else {
				err = docx.Write(&b, d)
			}
			if err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
		for _, form := range []string{"pdf", "docx"} {
			if form == "docx" && lang != "en" && *pictures == "" {
				continue // drawing dots takes time
			}
			b := write(form)
			if form == "pdf" && !bytes.Equal(b, write(form)) {
				t.Errorf("%s: the same pictures gave other bytes", lang)
			}
			if err := os.WriteFile(filepath.Join(dir, lang+"."+form), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(dir, lang+".pdf")
		run := func(name string, args ...string) string {
			out, err := exec.Command(name, args...).CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, out)
			}
			return string(out)
		}
		if s := run("qpdf", "--check", path); strings.Contains(s, "WARNING") {
			t.Error(s)
		}
		tree := run("pdfinfo", "-struct", path)
		figures := 0
		for _, b := range d.Blocks {
			if x, ok := b.(document.Drawing); ok {
				figures++
				if x.Alt == "" {
					t.Error("no words")
				}
			}
		}
		if n := strings.Count(tree, "Figure"); n != figures {
			t.Errorf("%s: %d figures of %d", lang, n, figures)
		}
		text := run("pdftotext", "-raw", path, "-")
		want := map[string][]string{"en": {"Words per minute", "Line to the goal", "Today", "Goal 60", "No probes yet"}, "es": {"Línea hacia la meta", "Hoy"}}[lang]
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, text)
			}
		}
	}
}

// Whatever is drawn is a drawing that a document takes.
func TestDrawingIsWhole(t *testing.T) {
	cat, _ := locale.For("en")
	level := rapid.OneOf(rapid.Float64Range(-50, 50), rapid.SampledFrom([]float64{0, 1e9, -1e9, 1e-9, 1e15}))
	rapid.Check(t, func(t *rapid.T) {
		date := rapid.IntRange(-4000, 4000)
		g := progress.Goal{Baseline: progress.Say(measure.Number(level.Draw(t, "baseline"))), BaselineOn: start.Add(date.Draw(t, "from")), Target: progress.Say(measure.Number(level.Draw(t, "target"))), By: start.Add(date.Draw(t, "by"))}
		var ps []measure.Probe
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			v := measure.Number(level.Draw(t, "value"))
			if rapid.Bool().Draw(t, "share") {
				v = measure.PercentOf(level.Draw(t, "percent"))
			}
			ps = append(ps, measure.Probe{On: start.Add(date.Draw(t, "on")), Value: v})
		}
		asOf := start.Add(date.Draw(t, "as of"))
		p := Picture{ID: "a", Name: rapid.String().Draw(t, "name"), Unit: rapid.String().Draw(t, "unit"), AsOf: asOf, Result: progress.Derive(g, ps, progress.Around{AsOf: asOf})}
		d := &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{Drawing(cat, p, Paper)}}
		if err := d.Check(); err != nil {
			t.Fatal(err)
		}
	})
}

// What the page shows and what the file shows are one picture: the same places, apart from
// its size.
func TestOneGeometry(t *testing.T) {
	each(t, func(t *testing.T, name string, cat *locale.Catalog, p Picture, size Size, es []element) {
		d := Drawing(cat, p, size)
		var circles, labels, drawnCircles, drawnLabels []string
		for _, e := range es {
			switch e.name {
			case "circle":
				circles = append(circles, e.attrs["cx"]+" "+e.attrs["cy"])
			case "text":
				labels = append(labels, e.attrs["x"]+" "+e.attrs["y"]+" "+e.text)
			}
		}
		for _, s := range d.Shapes {
			switch s := s.(type) {
			case document.Circle:
				drawnCircles = append(drawnCircles, number(s.X)+" "+number(s.Y))
			case document.Label:
				drawnLabels = append(drawnLabels, fmt.Sprint(number(s.X), " ", number(s.Y), " ", s.Text))
			}
		}
		if !slices.Equal(circles, drawnCircles) || !slices.Equal(labels, drawnLabels) {
			t.Errorf("%v\n%v\n%v\n%v", circles, drawnCircles, labels, drawnLabels)
		}
		if number(d.Wide) != number(size.Width) || !strings.HasPrefix(d.Alt, p.Title(cat)) || !strings.Contains(d.Alt, p.Description(cat)) {
			t.Errorf("%g wide, %q", d.Wide, d.Alt)
		}
	})
}

// Printed in gray nothing is lost: every ink is gray, and what the legend names differs by
// its shape, its dashes or how thick it is.
func TestReadWithoutColor(t *testing.T) {
	for name, p := range samples() {
		cat, _ := locale.For("en")
		looks := map[string]string{}
		for _, s := range Drawing(cat, p, Paper).Shapes {
			var l document.Look
			how := fmt.Sprintf("%T", s)
			switch s := s.(type) {
			case document.Path:
				l = s.Look
			case document.Rect:
				l = s.Look
			case document.Circle:
				l = s.Look
			default:
				continue
			}
			for _, k := range []document.Ink{l.Fill, l.Stroke} {
				r, g, b, ok := k.RGB()
				if k != "" && (!ok || r != g || r != b) {
					t.Errorf("%s: %s of %q is not gray", name, l.Class, k)
				}
			}
			if slices.Contains([]string{"aim", "probes", "phase", "today"}, l.Class) {
				looks[l.Class] = how + fmt.Sprint(l.Thick, l.Dash)
			}
			if l.Class == "trend" && len(l.Dash) == 0 {
				looks["trend"] = how + fmt.Sprint(l.Thick, l.Dash)
			}
		}
		seen := map[string]string{}
		for class, how := range looks {
			if other, twice := seen[how]; twice {
				t.Errorf("%s: %s looks like %s", name, class, other)
			}
			seen[how] = class
		}
	}
}

func BenchmarkDocx(b *testing.B) {
	cat, _ := locale.For("en")
	d := &document.Document{Title: "t", Language: "en-US", Blocks: []document.Block{Drawing(cat, samples()["plain"], Paper)}}
	for b.Loop() {
		var w bytes.Buffer
		if err := docx.Write(&w, d); err != nil {
			b.Fatal(err)
		}
	}
}
