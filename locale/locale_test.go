package locale

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stayput/day"
	"stayput/fault"
)

func must(t testing.TB, lang string) *Catalog {
	t.Helper()
	c, ok := For(lang)
	if !ok {
		t.Fatalf("no catalog %s", lang)
	}
	return c
}

func TestCatalogIsCurrent(t *testing.T) {
	want, err := Compile(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, bin) {
		t.Fatal("catalog.bin is not what the YAML files say: run go generate ./locale")
	}
}

var holder = regexp.MustCompile(`\{([a-z_0-9]+)\}`)

func holders(m message) []string {
	seen := map[string]bool{}
	for _, s := range []string{m.one, m.other} {
		for _, f := range holder.FindAllStringSubmatch(s, -1) {
			seen[f[1]] = true
		}
	}
	var out []string
	for k := range seen {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// Every text stands in both languages, with the same values and plural forms,
// and none is empty.
func TestParity(t *testing.T) {
	en, es := must(t, "en"), must(t, "es")
	if len(en.text) < 800 {
		t.Fatalf("only %d texts", len(en.text))
	}
	for key, a := range en.text {
		b, ok := es.text[key]
		if !ok {
			t.Errorf("%s is not in Spanish", key)
			continue
		}
		if !slices.Equal(holders(a), holders(b)) {
			t.Errorf("%s has the values %v in English and %v in Spanish", key, holders(a), holders(b))
		}
		if (a.one == "") != (b.one == "") {
			t.Errorf("%s is a plural in one language only", key)
		}
	}
	for key := range es.text {
		if _, ok := en.text[key]; !ok {
			t.Errorf("%s is not in English", key)
		}
	}
	for _, c := range []*Catalog{en, es} {
		for key, m := range c.text {
			for _, s := range []string{m.one, m.other} {
				if m.one == "" && s == "" && m.other != "" {
					continue
				}
				if strings.TrimSpace(s) == "" || strings.TrimSpace(s) != s {
					t.Errorf("%s in %s is empty or has spaces around it: %q", key, c.lang, s)
				}
				if strings.Count(s, "{") != len(holder.FindAllString(s, -1)) || strings.Count(s, "{") != strings.Count(s, "}") {
					t.Errorf("%s in %s has a broken value: %q", key, c.lang, s)
				}
				if strings.Contains(s, "  ") {
					t.Errorf("%s in %s has two spaces: %q", key, c.lang, s)
				}
			}
		}
	}
}

// Nothing shouts: no text has a word of four or more capitals but known names.
func TestNoAlarm(t *testing.T) {
	loud := regexp.MustCompile(`\b[A-ZÁÉÍÓÚÑ]{4,}\b`)
	for _, lang := range Languages {
		for key, m := range must(t, lang).text {
			if !strings.HasPrefix(key, "page.") && !strings.HasPrefix(key, "line.") && !strings.HasPrefix(key, "limit.") &&
				!strings.HasPrefix(key, "headline.") && !strings.HasPrefix(key, "do.") && !strings.HasPrefix(key, "why") &&
				!strings.HasPrefix(key, "missing.") && !strings.HasPrefix(key, "notice.") && !strings.HasPrefix(key, "status.") {
				continue // commands and errors may name a word to type
			}
			for _, w := range loud.FindAllString(m.one+" "+m.other, -1) {
				if !slices.Contains([]string{"FERPA", "SELPA"}, w) {
					t.Errorf("%s in %s shouts %s", key, lang, w)
				}
			}
		}
	}
}

func TestFor(t *testing.T) {
	for in, want := range map[string]string{"en": "en", "es": "es", "es-MX": "es", "en_US.UTF-8": "en", "ES": "es"} {
		if c, ok := For(in); !ok || c.Lang() != want {
			t.Errorf("For(%q) is not %s", in, want)
		}
	}
	if _, ok := For("fr"); ok {
		t.Error("there is no French catalog")
	}
}

func TestText(t *testing.T) {
	en, es := must(t, "en"), must(t, "es")
	d := day.Must(2025, 2, 18)
	w, _ := day.ParseWhen("2025-02-03T14:05")
	month, _ := day.ParseWhen("2025-02")
	year, _ := day.ParseWhen("2025")
	span := day.When{Earliest: day.Must(2025, 2, 1), Latest: day.Must(2025, 2, 10), Minute: -1}
	cases := []struct{ got, want string }{
		{en.Date(d), "February 18, 2025"},
		{es.Date(d), "18 de febrero de 2025"},
		{en.DateNear(d, d), "February 18"},
		{es.DateNear(d, d), "18 de febrero"},
		{en.DateNear(d, day.Must(2026, 1, 1)), "February 18, 2025"},
		{en.DateShort(d), "Feb 18, 2025"},
		{es.DateShort(d), "18 feb 2025"},
		{en.DateFull(d), "Tuesday, February 18, 2025"},
		{es.DateFull(d), "martes 18 de febrero de 2025"},
		{en.Weekday(d), "Tuesday"},
		{es.Weekday(d), "martes"},
		{en.When(w), "February 3, 2025, 2:05 p.m."},
		{es.When(w), "3 de febrero de 2025, 2:05 p.m."},
		{en.When(month), "February 2025"},
		{es.When(month), "febrero de 2025"},
		{en.When(year), "2025"},
		{en.When(span), "February 1, 2025 to February 10, 2025"},
		{es.OnWhen(span, d), "entre el 1 de febrero y el 10 de febrero"},
		{en.OnWhen(w, d), "on February 3 at 2:05 p.m."},
		{es.OnWhen(month, d), "en febrero de 2025"},
		{en.Time(0), "12:00 a.m."},
		{en.Time(12 * 60), "12:00 p.m."},
		{en.Days(1), "1 day"},
		{en.Days(15), "15 days"},
		{en.Days(0), "0 days"},
		{es.Days(1), "1 día"},
		{es.Days(15), "15 días"},
		{en.List([]string{"a", "b", "c"}), "a, b and c"},
		{es.List([]string{"a", "b", "c"}), "a, b y c"},
		{es.List([]string{"padres", "hijos"}), "padres e hijos"},
		{es.ListOr([]string{"siete", "ocho"}), "siete u ocho"},
		{en.List(nil), ""},
		{en.List([]string{"a"}), "a"},
		{en.Months("1 2 6"), "January, February and June"},
		{es.Months("1 2 6"), "enero, febrero y junio"},
		{en.Span(day.Span{First: day.Must(2025, 2, 4), Last: d}), "Feb 4 to Feb 18, 2025"},
		{es.Span(day.Span{First: day.Must(2025, 12, 30), Last: day.Must(2026, 1, 2)}), "30 dic 2025 al 2 ene 2026"},
		{en.Span(day.Span{First: d, Last: d}), "Feb 18, 2025"},
		{en.Kind("evaluation_requested"), "request for an evaluation"},
		{es.Kind("evaluation_requested"), "solicitud de evaluación"},
		{es.TheKind("evaluation_consent_received"), "el consentimiento firmado para evaluar"},
		{es.T("count.after", "count", "60 días", "start", "el consentimiento firmado"), "60 días después del consentimiento firmado"},
		{es.T("must.received", "party", "el estado"), "Debe haberle llegado al estado a más tardar ese día."},
		{es.T("must.received", "party", "la otra parte"), "Debe haberle llegado a la otra parte a más tardar ese día."},
		{en.T("no.such.key"), "no.such.key"},
		{en.T("line.met_plain", "on", "on May 5 at 9:30 a.m."), "Done on May 5 at 9:30 a.m."},
		{First("él dijo"), "Él dijo"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestFault(t *testing.T) {
	c := &Catalog{lang: "en", text: map[string]message{
		"x":      {other: "The word {word} is not known."},
		"x_near": {other: "The word {word} is not known. Did you mean {nearest}?"},
	}}
	near := fault.New(fault.Invalid, fault.Position{}, "x", "word", "evl", "nearest", "eval")
	if got := c.Fault(near); got != "The word evl is not known. Did you mean eval?" {
		t.Error(got)
	}
	far := fault.New(fault.Invalid, fault.Position{}, "x", "word", "evl", "nearest", "")
	if got := c.Fault(far); got != "The word evl is not known." {
		t.Error(got)
	}
	if got := c.Fault(fault.New(fault.Invalid, fault.Position{File: "a.yaml", Line: 2}, "y", "k", "v")); got != `a.yaml:2: y k="v"` {
		t.Error(got)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		load("es")
	}
}

func BenchmarkT(b *testing.B) {
	c := must(b, "en")
	for b.Loop() {
		c.N("line.running", 12, "date", "February 18")
	}
}
