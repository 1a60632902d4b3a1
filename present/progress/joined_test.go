package progress

import (
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/joined"
	"stayput/derive/progress"
	"stayput/locale"
	"stayput/measure"
)

// eight is eight weeks with 40 percent less than promised.
func eight() joined.Stretch {
	n := func(v float64) progress.Number { return progress.Number{V: v, Known: true} }
	return joined.Stretch{From: day.Must(2025, 11, 3), To: day.Must(2025, 12, 28), Weeks: 8, Promised: 480, Given: 288, BeforeFrom: day.Must(2025, 9, 8), BeforeTo: day.Must(2025, 11, 2), BeforeWeeks: 8,
		Have: 8, HaveBefore: 9, Finding: joined.Differ, Method: progress.ByLeastSquares, Before: n(1.2), During: n(0.1), Difference: n(-1.1), Low: n(-1.5), High: n(-0.7)}
}

// The sentences in both languages: how much less, the trends, how sure, and that it
// proves no cause. Nothing in them says that one thing led to the other.
func TestJoined(t *testing.T) {
	want := map[string][]string{
		"en": {
			"In 8 weeks with service, November 3, 2025 to December 28, 2025, 40% less was given than promised (Speech): 288 of 480 minutes.",
			"The trend of the probes was 1.2 a week before (September 8, 2025 to November 2, 2025, 9 probes) and 0.1 a week in those weeks (8 probes; least squares).",
			"The difference, −1.1 a week (95% range: −1.5 to −0.7), is more than the scatter of the probes explains.",
			"It does not prove that one caused the other.",
		},
		"es": {
			"En 8 semanas con servicio, del 3 de noviembre de 2025 al 28 de diciembre de 2025, se dio 40\u00a0% menos de lo prometido (Speech): 288 de 480 minutos.",
			"La tendencia de las mediciones era de 1.2 por semana antes (del 8 de septiembre de 2025 al 2 de noviembre de 2025, 9 mediciones) y de 0.1 por semana en esas semanas (8 mediciones; mínimos cuadrados).",
			"La diferencia, −1.1 por semana (margen de 95\u00a0%: −1.5 a −0.7)",
			"No prueba que una causó la otra.",
		},
	}
	for lang, sentences := range want {
		cat, _ := locale.For(lang)
		got := Joined(cat, eight(), []string{"Speech"}, measure.Plain)
		all := strings.Join(got, "\n")
		for _, s := range sentences {
			if !strings.Contains(all, s) {
				t.Errorf("%s: no %q in\n%s", lang, s, all)
			}
		}
		for _, word := range []string{"because", "due to", "led to", "porque", "debido", "por culpa", "result of"} {
			if strings.Contains(all, word) {
				t.Errorf("%s says %q:\n%s", lang, word, all)
			}
		}
		if last := got[len(got)-1]; last != cat.T("progress.joined.no_cause") {
			t.Errorf("%s ends with %q", lang, last)
		}
	}
}

// Too few probes: how many are missing, and no trend.
func TestJoinedTooFew(t *testing.T) {
	s := eight()
	s.Finding, s.Have, s.HaveBefore = joined.TooFew, 4, 5
	for lang, want := range map[string]string{"en": "there are 4 and 5.\nMissing: 2 in those weeks, 1 before.", "es": "hay 4 y 5.\nFaltan: 2 en esas semanas, 1 antes."} {
		cat, _ := locale.For(lang)
		all := strings.Join(Joined(cat, s, nil, measure.Plain), "\n")
		if !strings.Contains(all, want) || strings.Contains(all, "1.2") {
			t.Errorf("%s:\n%s", lang, all)
		}
	}
}

// Every finding has its sentence in both languages, with its numbers filled in.
func TestJoinedFindings(t *testing.T) {
	for _, lang := range locale.Languages {
		cat, _ := locale.For(lang)
		for _, f := range []joined.Finding{joined.Differ, joined.CannotTell, joined.NoRange, joined.SameLine, joined.TooFew} {
			for _, m := range []progress.Method{progress.ByLeastSquares, progress.ByTheilSen} {
				if m == progress.ByTheilSen && f != joined.Differ && f != joined.CannotTell {
					continue
				}
				s := eight()
				s.Finding, s.Method, s.Reported, s.Excused, s.Unknown, s.Changed = f, m, 30, 15, 10, []day.Date{s.From.Add(3)}
				for _, kind := range []measure.Kind{measure.Plain, measure.Share} {
					all := strings.Join(Joined(cat, s, []string{"a", "b"}, kind), "\n")
					if strings.ContainsAny(all, "{}") || strings.Contains(all, "progress.") {
						t.Errorf("%s %s: %s", lang, f, all)
					}
				}
			}
		}
		if s := JoinedNone(cat, joined.Result{Level: 0.15, Weeks: 20, Unknown: 4}); strings.ContainsAny(s, "{}") || !strings.Contains(s, "15") || !strings.Contains(s, "20") {
			t.Error(s)
		}
	}
}
