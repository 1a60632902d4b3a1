package chart

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/progress"
	"stayput/locale"
	"stayput/measure"
)

var pictures = flag.String("pictures", "", "folder for pages with the pictures, to look at them")

var start = day.Must(2025, 9, 8)

func weekly(values ...measure.Value) []measure.Probe {
	var out []measure.Probe
	for i, v := range values {
		out = append(out, measure.Probe{On: start.Add(7 * (i + 1)), Value: v})
	}
	return out
}

func numbers(ns ...float64) []measure.Probe {
	var vs []measure.Value
	for _, n := range ns {
		vs = append(vs, measure.Number(n))
	}
	return weekly(vs...)
}

// samples are made-up goals of every kind.
func samples() map[string]Picture {
	reading := progress.Goal{Baseline: progress.Say(measure.Number(45)), BaselineOn: start, Target: progress.Say(measure.Number(60)), By: start.Add(270)}
	at := func(weeks int, changes ...progress.Change) progress.Around {
		return progress.Around{AsOf: start.Add(7*weeks + 2), Changes: changes}
	}
	many := numbers(46, 45, 48, 47, 49, 50, 48, 51, 52, 51, 53, 52, 52, 51, 53, 52, 51, 52)
	for i, v := range []float64{44, 46, 45} {
		many = append(many, measure.Probe{On: start.Add(3*i - 6), Value: measure.Number(v)})
	}
	var weeks []Week
	for i := range 22 {
		w := Week{From: start.Add(7 * i), Promised: 90, Given: 90}
		switch {
		case i%5 == 2:
			w.Given = 60
		case i > 11 && i < 16:
			w.Given = 30
		case i > 18:
			w.Given, w.Unknown = 0, true
		}
		weeks = append(weeks, w)
	}
	falls := progress.Goal{Baseline: progress.Say(measure.Number(12)), BaselineOn: start, Target: progress.Say(measure.Number(2)), By: start.Add(140)}
	share := progress.Goal{Baseline: progress.Say(measure.Trials(2, 10)), BaselineOn: start, Target: progress.Say(measure.PercentOf(80)), By: start.Add(270)}
	levels := progress.Goal{Baseline: progress.Say(measure.Number(1)), BaselineOn: start, Target: progress.Say(measure.Number(4)), By: start.Add(150), Levels: true}
	changes := []progress.Change{{On: start, Plan: "iep-2025"}, {On: start.Add(84), Plan: "iep-2025-a1"}, {On: start.Add(93), Plan: "iep-2025-a2"}}
	return map[string]Picture{
		"reading":  {Name: "Reading aloud", Unit: "words per minute", AsOf: start.Add(7*18 + 2), Result: progress.Derive(reading, many, at(18, changes...)), Weeks: weeks},
		"plain":    {Name: "Reading aloud", Unit: "words per minute", AsOf: start.Add(7*18 + 2), Result: progress.Derive(reading, many, at(18))},
		"falling":  {Name: "Leaving the room", Unit: "times a day", AsOf: start.Add(7*9 + 2), Result: progress.Derive(falls, numbers(11, 12, 10, 9, 9, 7, 8, 6, 6), at(9))},
		"share":    {Name: "Asks for help", AsOf: start.Add(7*8 + 2), Result: progress.Derive(share, weekly(measure.Trials(3, 10), measure.Trials(2, 10), measure.Trials(4, 10), measure.Trials(4, 10), measure.Trials(5, 10), measure.Trials(6, 10), measure.Trials(5, 10), measure.Trials(7, 10)), at(8, changes...))},
		"levels":   {Name: "Level of help", Unit: "level", AsOf: start.Add(7*7 + 2), Result: progress.Derive(levels, numbers(1, 1, 2, 2, 2, 3, 3), at(7))},
		"few":      {Name: "Writing", Unit: "words", AsOf: start.Add(7*3 + 2), Result: progress.Derive(reading, numbers(46, 47, 45), at(3))},
		"one":      {Name: "Writing", AsOf: start.Add(9), Result: progress.Derive(progress.Goal{}, numbers(46), at(1))},
		"none":     {Name: "Writing", AsOf: start.Add(7), Result: progress.Derive(reading, nil, at(1))},
		"nothing":  {AsOf: start, Result: progress.Derive(progress.Goal{}, nil, at(0))},
		"constant": {Name: "Spelling", AsOf: start.Add(7*7 + 2), Result: progress.Derive(reading, numbers(45, 45, 45, 45, 45, 45, 45), at(7))},
		"bars":     {Name: "Speech", AsOf: start.Add(7*20 + 2), Result: progress.Derive(progress.Goal{}, nil, at(20)), Weeks: weeks},
	}
}

type element struct {
	name  string
	attrs map[string]string
	text  string // of itself
	title string // of a title inside
}

func (e element) f(t testing.TB, name string) float64 {
	t.Helper()
	if e.attrs[name] == "" {
		return 0
	}
	v, err := strconv.ParseFloat(e.attrs[name], 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		t.Fatalf("%s %s=%q", e.name, name, e.attrs[name])
	}
	return v
}

type fataler interface{ Fatalf(string, ...any) }

// parse reads a picture strictly.
func parse(t fataler, svg []byte) []element {
	dec := xml.NewDecoder(strings.NewReader(string(svg)))
	var all []element
	var stack []int
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			e := element{name: tok.Name.Local, attrs: map[string]string{}}
			for _, a := range tok.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			all, stack = append(all, e), append(stack, len(all))
		case xml.CharData:
			if n := len(stack); n > 0 {
				all[stack[n-1]].text += string(tok)
				if n > 1 && all[stack[n-1]].name == "title" {
					all[stack[n-2]].title += string(tok)
				}
			}
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
	if len(all) == 0 || all[0].name != "svg" {
		t.Fatalf("no svg: %s", svg)
	}
	return all
}

func each(t *testing.T, f func(t *testing.T, name string, cat *locale.Catalog, p Picture, size Size, es []element)) {
	for name, p := range samples() {
		for _, lang := range locale.Languages {
			cat, _ := locale.For(lang)
			for _, size := range []Size{Narrow, Wide} {
				t.Run(name+" "+lang+" "+size.Class, func(t *testing.T) {
					p.ID = name
					f(t, name, cat, p, size, parse(t, Goal(cat, p, size)))
				})
			}
		}
	}
}

// box is the place that a text takes, as drawn with the widest letters expected.
func box(t *testing.T, e element) (x1, y1, x2, y2 float64) {
	x, y := e.f(t, "x"), e.f(t, "y")
	w := float64(len([]rune(e.text))) * fontSize * 0.58
	switch e.attrs["text-anchor"] {
	case "end":
		x -= w
	case "middle":
		x -= w / 2
	}
	return x, y - fontSize*0.75, x + w, y + fontSize*0.2
}

func TestLabelsDoNotTouch(t *testing.T) {
	each(t, func(t *testing.T, name string, cat *locale.Catalog, p Picture, size Size, es []element) {
		var texts []element
		for _, e := range es {
			if e.name == "text" {
				texts = append(texts, e)
			}
		}
		var w, h float64
		if _, err := fmt.Sscanf(es[0].attrs["viewBox"], "0 0 %f %f", &w, &h); err != nil || w != size.Width {
			t.Fatalf("viewBox %q", es[0].attrs["viewBox"])
		}
		for i, a := range texts {
			ax1, ay1, ax2, ay2 := box(t, a)
			if ax1 < -1 || ax2 > w+1 || ay1 < -1 || ay2 > h+1 {
				t.Errorf("%q leaves the picture: %.0f–%.0f of %.0f, %.0f–%.0f of %.0f", a.text, ax1, ax2, w, ay1, ay2, h)
			}
			for _, e := range es {
				if c := e.attrs["class"]; a.attrs["text-anchor"] == "middle" || e.name != "line" || c != "phase" && c != "today" {
					continue
				}
				if x := e.f(t, "x1"); ax1+3 < x && x < ax2-1 && e.f(t, "y1") < ay2 && ay1 < e.f(t, "y2") {
					t.Errorf("a line runs through %q", a.text)
				}
			}
			for _, b := range texts[i+1:] {
				bx1, by1, bx2, by2 := box(t, b)
				if ax1 < bx2 && bx1 < ax2 && ay1 < by2 && by1 < ay2 {
					t.Errorf("%q lies on %q", a.text, b.text)
				}
			}
		}
	})
}

var afterColon = regexp.MustCompile(`: (−?[\d.]+)`)

// Where a probe is drawn agrees with the ticks at the left and the first days of
// months below.
func TestPointsStandAtTheirValues(t *testing.T) {
	each(t, func(t *testing.T, name string, cat *locale.Catalog, p Picture, size Size, es []element) {
		var ticks [][2]float64 // value, y
		for i, e := range es {
			if e.name == "line" && e.attrs["class"] == "grid" {
				v, err := strconv.ParseFloat(strings.Replace(es[i+1].text, "−", "-", 1), 64)
				if err != nil {
					t.Fatal(err)
				}
				ticks = append(ticks, [2]float64{v, e.f(t, "y1")})
			}
		}
		if len(ticks) < 2 {
			t.Fatal("no ticks")
		}
		a, b := ticks[0], ticks[len(ticks)-1]
		var got [][2]float64
		for _, e := range es {
			if e.attrs["class"] != "dot" || e.title == "" {
				continue
			}
			x, y := e.f(t, "cx"), e.f(t, "cy")
			if e.name == "rect" {
				x, y = e.f(t, "x")+3.5, e.f(t, "y")+3.5
			}
			m := afterColon.FindStringSubmatch(e.title)
			v, _ := strconv.ParseFloat(strings.Replace(m[1], "−", "-", 1), 64)
			if want := a[1] + (v-a[0])/(b[0]-a[0])*(b[1]-a[1]); math.Abs(y-want) > 1 {
				t.Errorf("%s stands at %.1f, not %.1f", e.title, y, want)
			}
			got = append(got, [2]float64{x, y})
		}
		if len(got) != len(p.Result.Points) {
			t.Fatalf("%d of %d probes", len(got), len(p.Result.Points))
		}
		for i := 2; i < len(got); i++ {
			q := p.Result.Points
			want := got[0][0] + float64(q[i].On-q[0].On)/float64(q[1].On-q[0].On)*(got[1][0]-got[0][0])
			if math.Abs(got[i][0]-want) > 0.6 {
				t.Errorf("probe %d stands at %.1f, not %.1f", i, got[i][0], want)
			}
		}
	})
}

// Whoever cannot see the picture hears what it shows; a strict policy refuses
// nothing; ids differ between the two widths.
func TestTitleAndPolicy(t *testing.T) {
	each(t, func(t *testing.T, name string, cat *locale.Catalog, p Picture, size Size, es []element) {
		byID := map[string]string{}
		for _, e := range es {
			if id := e.attrs["id"]; id != "" {
				if _, twice := byID[id]; twice {
					t.Errorf("id %s twice", id)
				}
				byID[id] = e.text
			}
			for a, v := range e.attrs {
				if a == "style" || strings.HasPrefix(a, "on") || a == "href" || strings.Contains(v, "javascript") {
					t.Errorf("%s %s=%q", e.name, a, v)
				}
			}
			if slices.Contains([]string{"style", "script", "image", "foreignObject", "use", "a"}, e.name) {
				t.Errorf("a %s element", e.name)
			}
			if e.name == "text" && (strings.TrimSpace(e.text) == "" || strings.Contains(e.text, "progress.") || strings.Contains(e.text, "{")) {
				t.Errorf("text %q", e.text)
			}
		}
		if es[0].attrs["role"] != "img" {
			t.Error("no role")
		}
		for _, id := range strings.Fields(es[0].attrs["aria-labelledby"]) {
			if s := byID[id]; len(s) < 10 || strings.Contains(s, "progress.") || strings.ContainsAny(s, "{}") {
				t.Errorf("%s says %q", id, s)
			}
		}
	})
}

func TestTables(t *testing.T) {
	each(t, func(t *testing.T, name string, cat *locale.Catalog, p Picture, size Size, es []element) {
		tables := p.Tables(cat)
		if len(tables) != 1 && len(p.Weeks) == 0 || len(tables[0].Rows) != len(p.Result.Points) {
			t.Errorf("%d tables, %d rows", len(tables), len(tables[0].Rows))
		}
		for _, table := range tables {
			for _, row := range table.Rows {
				if len(row) != len(table.Head) || slices.Contains(row, "") {
					t.Errorf("%v under %v", row, table.Head)
				}
			}
		}
	})
	cat, _ := locale.For("en")
	share := samples()["share"].Tables(cat)[0]
	if got := share.Rows[0]; got[0] != "Sep 15, 2025" || got[1] != "30% (3/10)" || got[2] == "–" {
		t.Errorf("%v", got)
	}
}

func TestBars(t *testing.T) {
	cat, _ := locale.For("en")
	p := samples()["reading"]
	given, promised, unknown := 0, 0, 0
	for _, e := range parse(t, Goal(cat, p, Wide)) {
		if e.title == "" || e.name != "rect" {
			continue
		}
		switch e.attrs["class"] {
		case "given":
			given++
			if h := e.f(t, "height"); strings.Contains(e.title, ": 60/90") && math.Abs(h-barsTall*60/90) > 0.1 {
				t.Errorf("60 minutes are %v high", h)
			}
		case "promised":
			promised++
		case "unknown":
			unknown++
		}
	}
	if given != 19 || promised != 19 || unknown != 3 {
		t.Errorf("%d given, %d promised, %d unknown", given, promised, unknown)
	}
}

// The words of one language do not slip into the other.
func TestBothLanguages(t *testing.T) {
	p := samples()["reading"]
	en, _ := locale.For("en")
	es, _ := locale.For("es")
	if s := string(Goal(en, p, Wide)); !strings.Contains(s, "Line to the goal") || strings.Contains(s, "Línea") {
		t.Error("English")
	}
	if s := string(Goal(es, p, Wide)); !strings.Contains(s, "Línea hacia la meta") || !strings.Contains(s, "mínimos cuadrados") || strings.Contains(s, "Line to") {
		t.Error("Spanish")
	}
	again := string(Goal(en, p, Wide))
	if string(Goal(en, p, Wide)) != again {
		t.Error("two pictures of the same differ")
	}
}

// Hostile names, amounts and days give a picture that parses and holds no number
// that is none.
func TestHostile(t *testing.T) {
	cat, _ := locale.For("es")
	words := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{`"><script>alert(1)</script>`, "]]>", "&amp;", "\x00\x1b", strings.Repeat("long ", 500), "</svg>", "مرحبا", "\ufffe"}))
	date := rapid.OneOf(rapid.Map(rapid.IntRange(-400, 4000), func(n int) day.Date { return start.Add(n) }), rapid.SampledFrom([]day.Date{0, -7, day.Min, day.Max, day.Max + 5, start}))
	level := rapid.OneOf(rapid.Float64Range(-50, 50), rapid.SampledFrom([]float64{0, 1e9, -1e9, 1e-9, math.NaN(), math.Inf(1), 1e300}))
	bad := regexp.MustCompile(`NaN|Inf|e\+\d`)
	rapid.Check(t, func(t *rapid.T) {
		g := progress.Goal{Baseline: progress.Say(measure.Number(level.Draw(t, "baseline"))), BaselineOn: date.Draw(t, "from"), Target: progress.Say(measure.Number(level.Draw(t, "target"))), By: date.Draw(t, "by"), Levels: rapid.Bool().Draw(t, "levels")}
		var ps []measure.Probe
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			ps = append(ps, measure.Probe{On: date.Draw(t, "on"), Value: measure.Number(level.Draw(t, "value"))})
		}
		around := progress.Around{AsOf: date.Draw(t, "as of")}
		for range rapid.IntRange(0, 20).Draw(t, "changes") {
			around.Changes = append(around.Changes, progress.Change{On: date.Draw(t, "change"), Plan: words.Draw(t, "plan")})
		}
		p := Picture{ID: words.Draw(t, "id"), Name: words.Draw(t, "name"), Unit: words.Draw(t, "unit"), AsOf: around.AsOf, Result: progress.Derive(g, ps, around)}
		for range rapid.IntRange(0, 4).Draw(t, "weeks") {
			p.Weeks = append(p.Weeks, Week{From: date.Draw(t, "week"), Promised: level.Draw(t, "promised"), Given: level.Draw(t, "given"), Unknown: rapid.Bool().Draw(t, "unknown")})
		}
		svg := Goal(cat, p, Narrow)
		for _, e := range parse(t, svg) {
			for a, v := range e.attrs {
				if bad.MatchString(v) && a != "aria-labelledby" && a != "id" && a != "clip-path" {
					t.Fatalf("%s=%q", a, v)
				}
			}
			if e.name == "script" {
				t.Fatalf("%s", svg)
			}
		}
		p.Tables(cat)
	})
}

func TestRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e6, 1e6).Draw(t, "low")
		high := low + rapid.Float64Range(0, 1e6).Draw(t, "more")
		ticks := round(low, high, 5, 0.1)
		slack := 1e-6 * (ticks[1] - ticks[0])
		if len(ticks) < 2 || len(ticks) > 12 || ticks[0] > low+slack || ticks[len(ticks)-1] < high-slack || !slices.IsSorted(ticks) {
			t.Fatalf("%v for %v to %v", ticks, low, high)
		}
		seen := map[string]bool{}
		for _, v := range ticks {
			if seen[Number(v)] {
				t.Fatalf("%s twice in %v", Number(v), ticks)
			}
			seen[Number(v)] = true
		}
	})
}

// TestPictures writes pages to look at, into a folder of one's choice or one that is
// thrown away.
func TestPictures(t *testing.T) {
	dir := *pictures
	if dir == "" {
		dir = t.TempDir()
	}
	names := []string{"reading", "share", "falling", "levels", "few", "none", "constant", "bars"}
	for _, lang := range locale.Languages {
		cat, _ := locale.For(lang)
		var b strings.Builder
		fmt.Fprintf(&b, `<!doctype html><html lang="%s"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pictures</title><link rel="stylesheet" href="stayput.css"><body><main>`, lang)
		for _, name := range names {
			p := samples()[name]
			p.ID = name
			fmt.Fprintf(&b, `<figure class="sp-chart">%s%s<figcaption>%s</figcaption></figure>`, Goal(cat, p, Narrow), Goal(cat, p, Wide), html.EscapeString(p.Title(cat)))
		}
		if err := os.WriteFile(filepath.Join(dir, lang+".html"), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func BenchmarkGoal(b *testing.B) {
	cat, _ := locale.For("en")
	p := samples()["reading"]
	b.ReportAllocs()
	for b.Loop() {
		Goal(cat, p, Wide)
	}
}
