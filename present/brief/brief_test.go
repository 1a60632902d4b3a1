package brief

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/fact"
	"stayput/law"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; read the difference and run go test -update", name)
		gl, wl := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
		for i := range gl {
			if i >= len(wl) || gl[i] != wl[i] {
				w := "(nothing)"
				if i < len(wl) {
					w = wl[i]
				}
				t.Fatalf("line %d:\n got %s\nwant %s", i+1, gl[i], w)
			}
		}
	}
}

func TestText(t *testing.T) {
	for _, lang := range []string{"en", "es"} {
		o := options(t, lang)
		var out bytes.Buffer
		if err := WriteText(&out, sample(t), o); err != nil {
			t.Fatal(err)
		}
		golden(t, "sample."+lang+".txt", out.Bytes())
		for i, line := range strings.Split(out.String(), "\n") {
			if utf8.RuneCountInString(line) > 80 {
				t.Errorf("%s line %d is wider than 80: %s", lang, i+1, line)
			}
			if strings.TrimRight(line, " ") != line {
				t.Errorf("%s line %d ends with spaces", lang, i+1)
			}
		}
		clean(t, lang, out.String())
		o.Trace, o.Color = true, true
		out.Reset()
		if err := WriteText(&out, sample(t), o); err != nil {
			t.Fatal(err)
		}
		golden(t, "sample-trace."+lang+".txt", out.Bytes())
	}
}

// clean fails for anything that a person should never see: a key of the
// catalogs, a value that was not filled in, an alarm.
func clean(t *testing.T, lang, text string) {
	t.Helper()
	for _, bad := range []string{`\b(page|line|limit|why|do|missing|reason|status|kind|headline|notice|count|unit)\.[a-z_]+`, `\{[a-z_]+\}`, `\bwhy_`, `%!`, `<nil>`, `ZgotmplZ`} {
		if m := regexp.MustCompile(bad).FindString(text); m != "" {
			t.Errorf("%s shows %q", lang, m)
		}
	}
	if m := regexp.MustCompile(`\b(LATE|OVERDUE|WARNING|URGENT|VENCIDO|ATENCIÓN|ALERTA)\b`).FindString(text); m != "" {
		t.Errorf("%s shouts %q", lang, m)
	}
}

func TestSpirit(t *testing.T) {
	var out bytes.Buffer
	if err := WriteText(&out, sample(t), options(t, "en")); err != nil {
		t.Fatal(err)
	}
	flat := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{
		"Due September 17. No answer is in your record. Did one arrive?",
		"We suggest doing it by December 8.",
		"By law, by January 16, 2026.",
		"this is not legal advice",
	} {
		if !strings.Contains(flat, want) {
			t.Errorf("the text does not say %q", want)
		}
	}
	if !strings.HasPrefix(out.String(), "One date has passed") {
		t.Errorf("the text opens with %q", strings.SplitN(out.String(), "\n", 2)[0])
	}
	b := sample(t)
	b.Laws = []derived.Law{{Law: b.Laws[0].Law, Missing: "us-nv"}}
	out.Reset()
	if err := WriteText(&out, b, options(t, "en")); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "There is no law pack for Nevada here yet. Only federal rules are shown.") {
		t.Errorf("federal rules alone are not said first: %q", out.String()[:80])
	}
}

// A school reads of its own duties as its own.
func TestSchoolSide(t *testing.T) {
	b := sample(t)
	b.Case.Side = fact.SchoolSide
	var out bytes.Buffer
	if err := WriteText(&out, b, options(t, "en")); err != nil {
		t.Fatal(err)
	}
	flat := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{"Yours to do.", "Your record does not show that it was done. Was it?"} {
		if !strings.Contains(flat, want) {
			t.Errorf("the school does not read %q", want)
		}
	}
	if strings.Contains(flat, "The district owes this") {
		t.Error("the school reads of itself as the district")
	}
	golden(t, "sample-school.en.txt", out.Bytes())
}

func TestHTML(t *testing.T) {
	for _, lang := range []string{"en", "es"} {
		var out bytes.Buffer
		if err := WriteHTML(&out, sample(t), options(t, lang)); err != nil {
			t.Fatal(err)
		}
		golden(t, "sample."+lang+".html", out.Bytes())
		page := out.String()
		body := page[strings.Index(page, "</style>"):]
		clean(t, lang, body)
		for _, bad := range []string{"<script", "<img", "<link", "@import", "url(", " src=", "on" + "click"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s page has %q", lang, bad)
			}
		}
		if !strings.Contains(page, `<html lang="`+lang+`">`) || strings.Count(page, "<main") != 1 || strings.Count(page, "<h1") != 1 {
			t.Errorf("%s page lacks its language, its main part or its heading", lang)
		}
		last := 0
		for _, m := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(body, -1) {
			n := int(m[1][0] - '0')
			if n > last+1 {
				t.Errorf("%s page jumps from heading %d to %d", lang, last, n)
			}
			last = n
		}
		ids := map[string]bool{}
		for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(body, -1) {
			if ids[m[1]] {
				t.Errorf("%s page has the id %s twice", lang, m[1])
			}
			ids[m[1]] = true
		}
		for _, m := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(body, -1) {
			if !ids[m[1]] {
				t.Errorf("%s page points at %s, which is not there", lang, m[1])
			}
		}
		for _, m := range regexp.MustCompile(`<th[^>]*>`).FindAllString(body, -1) {
			if !strings.HasPrefix(m, "<thead") && !strings.Contains(m, "scope=") {
				t.Errorf("%s page has a header cell without scope", lang)
			}
		}
	}
}

func TestJSON(t *testing.T) {
	for _, lang := range []string{"en", "es"} {
		var out bytes.Buffer
		if err := WriteJSON(&out, sample(t), options(t, lang)); err != nil {
			t.Fatal(err)
		}
		golden(t, "sample."+lang+".json", out.Bytes())
		clean(t, lang, regexp.MustCompile(`"rule": "[^"]*"`).ReplaceAllString(out.String(), ""))
	}
}

// The hand-written encoder writes what encoding/json writes.
func TestEncoder(t *testing.T) {
	b := sample(t)
	b.Case.Title = "Quote \" back \\ tab \t < & > \u2028 é \x01"
	b.Notices = append(b.Notices, derived.Notice{Key: "x", Entry: b.Case.Title})
	b.Known = b.AsOf
	o := options(t, "es")
	o.Compact = true
	var got bytes.Buffer
	if err := WriteJSON(&got, b, o); err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	enc := json.NewEncoder(&want)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(NewDocument(b, o)); err != nil {
		t.Fatal(err)
	}
	if got.String() != want.String() {
		g, w := got.String(), want.String()
		for i := range min(len(g), len(w)) {
			if g[i] != w[i] {
				t.Fatalf("differs at %d:\n got %s\nwant %s", i, g[max(0, i-60):min(len(g), i+60)], w[max(0, i-60):min(len(w), i+60)])
			}
		}
		t.Fatalf("lengths %d and %d", len(g), len(w))
	}
	if strings.Count(got.String(), "\n") != 1 {
		t.Error("the compact form is not one line")
	}
}

// The keys of the contract stand there, and a date that is not known is null.
func TestJSONShape(t *testing.T) {
	var out bytes.Buffer
	if err := WriteJSON(&out, sample(t), options(t, "en")); err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	for _, k := range []string{"as_of", "jurisdiction", "scope", "clocks", "limits", "next"} {
		if _, ok := doc[k]; !ok {
			t.Errorf("no %s", k)
		}
	}
	first := doc["clocks"].([]any)[0].(map[string]any)
	for _, k := range []string{"rule", "title", "owed_by", "trigger", "due", "earliest", "latest", "disputed", "status", "days_late", "citation", "checked", "trace"} {
		if _, ok := first[k]; !ok {
			t.Errorf("a clock has no %s", k)
		}
	}
	if first["due"] != "2025-09-17" || first["earliest"] != nil {
		t.Errorf("due %v, earliest %v", first["due"], first["earliest"])
	}
	lim := doc["limits"].([]any)[0].(map[string]any)
	for _, k := range []string{"right", "about", "happened", "known", "earliest", "latest", "must_be", "by", "exceptions", "citation"} {
		if _, ok := lim[k]; !ok {
			t.Errorf("a limit has no %s", k)
		}
	}
	step := doc["next"].([]any)[1].(map[string]any)
	for _, k := range []string{"do", "for", "by", "by_law", "why", "document"} {
		if _, ok := step[k]; !ok {
			t.Errorf("a step has no %s", k)
		}
	}
	for _, c := range doc["clocks"].([]any) {
		c := c.(map[string]any)
		if c["missing"] != nil && c["due"] != nil {
			t.Errorf("%v prints a guess as a date", c["rule"])
		}
	}
}

// Nothing panics on a brief with hardly anything in it, in any status.
func TestSparse(t *testing.T) {
	r := &law.Rule{ID: "us.x", Kind: law.Clock}
	lim := &law.Rule{ID: "us.y", Kind: law.Limit}
	for _, lang := range []string{"en", "es"} {
		o := options(t, lang)
		for _, words := range []Words{nil, o.Words} {
			o.Words = words
			for _, st := range []clock.Status{clock.Running, clock.DueToday, clock.Late, clock.Met, clock.MetLate, clock.Paused, clock.Ended, clock.Unknown} {
				for _, on := range []day.Date{0, day.Must(2025, 1, 5)} {
					b := &derived.Brief{AsOf: day.Must(2025, 1, 1), Headline: derived.Headline{Key: "waiting"}}
					b.Clocks = []clock.Clock{{Rule: r, Status: st, On: on, Minute: -1}}
					b.Limits = append(b.Limits, limitOn(lim))
					for _, write := range []func(io.Writer, *derived.Brief, Options) error{WriteText, WriteHTML, WriteJSON} {
						if err := write(io.Discard, b, o); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
		}
	}
	if err := WriteText(io.Discard, &derived.Brief{}, Options{}); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkJSON(b *testing.B) {
	s, o := sample(b), options(b, "en")
	o.Compact = true
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteJSON(io.Discard, s, o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkText(b *testing.B) {
	s, o := sample(b), options(b, "en")
	for b.Loop() {
		if err := WriteText(io.Discard, s, o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHTML(b *testing.B) {
	s, o := sample(b), options(b, "es")
	for b.Loop() {
		if err := WriteHTML(io.Discard, s, o); err != nil {
			b.Fatal(err)
		}
	}
}
