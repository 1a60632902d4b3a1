package brief

import (
	"strings"
	"testing"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/clock"
)

// An answer that was taken to be another question's is named, with what it was
// taken to answer, and asked about only where nobody has said.
func TestPerhaps(t *testing.T) {
	b := sample(t)
	for _, c := range []struct {
		name   string
		status clock.Status
		late   int
		p      clock.Perhaps
		en, es string
		asks   bool
		at     place
	}{
		{"taken for the first request", clock.Unknown, 0, clock.Perhaps{}, "was taken as the answer to the request for an IEP meeting", "la respuesta que corresponde a otra cosa", true, unsure},
		{"late in any case", clock.Unknown, 4, clock.Perhaps{}, "It came 4 days after the last day", "Llegó 4 días después del último día", true, unsure},
		{"still running", clock.Running, 0, clock.Perhaps{}, "Did it answer this one too?", "¿Respondió también a esto?", true, ahead},
		{"a meeting about something else", clock.Unknown, 0, clock.Perhaps{Other: true}, "Was it meant for this too?", "¿Sirvió también para esto?", true, unsure},
		{"it names the first request", clock.Late, 4, clock.Perhaps{Said: true}, "so it is not counted here", "Por eso no cuenta aquí", false, late},
	} {
		x := b.Clocks[0]
		p := c.p
		p.Entry, p.On, p.Of, p.OfOn = "records-given", day.On(d(10, 16)), "meeting-ask", mustWhen(t, "2025-11")
		x.Status, x.DaysLate, x.Perhaps = c.status, c.late, &p
		if c.status == clock.Running {
			x.On, x.Left = d(12, 30), 29
		}
		for lang, want := range map[string]string{"en": c.en, "es": c.es} {
			got := newSpeaker(b, options(t, lang)).line(&x)
			if !strings.Contains(got, want) || !strings.Contains(got, map[string]string{"en": "October 16", "es": "16 de octubre"}[lang]) {
				t.Errorf("%s (%s): %q; want %q in it", c.name, lang, got, want)
			}
			clean(t, lang, got)
		}
		if where(&x, b.AsOf) != c.at {
			t.Errorf("%s: it stands in part %d of the page, want %d", c.name, where(&x, b.AsOf), c.at)
		}
		if p.Open() != c.asks {
			t.Errorf("%s: asked about: %v, want %v", c.name, p.Open(), c.asks)
		}
	}
}

// The removals of a year are told with the eleventh day as a date.
func TestRemovalNotices(t *testing.T) {
	b := sample(t)
	args := map[string]string{"n": "12", "count": "3", "year": "2025-26", "day": "2025-11-04"}
	for lang, want := range map[string]string{"en": "November 4", "es": "4 de noviembre"} {
		for _, key := range []string{"removals_add_up", "removals_day_11"} {
			got := newSpeaker(b, options(t, lang)).notice(&derived.Notice{Key: key, Entry: "removal", Args: args})
			if !strings.Contains(got, want) || strings.Contains(got, "2025-11-04") {
				t.Errorf("%s (%s): %q; want %q in it", key, lang, got, want)
			}
			clean(t, lang, got)
		}
	}
}
