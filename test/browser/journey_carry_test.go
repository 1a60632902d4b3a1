package browser

import (
	"strings"
	"testing"
	"time"
)

// A parent with a phone says that speech did not happen: two taps from the page of
// the case, and the page that answers shows the week before and after. A third tap
// changes it, and a fourth takes it back. How much the week promises so far depends on
// the day on which this runs.
func TestMissedSessionOnAPhone(t *testing.T) {
	for lang, says := range map[string]struct{ tab, no, week, yes, given, undo, undone string }{
		"en": {"Carry out", "No, it did not happen", "minutes given, 30 reported missing", "Change to: Yes", "30 of ", "Take it back", "Taken back"},
		"es": {"Cumplimiento", "No, no hubo", "minutos dados, 30 avisados", "Cambiar a: Sí", "30 de ", "Quitarlo", "Quitado"},
	} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			p := serve(t)
			b := newTab(t, p)
			b.enter(p.link)
			w := &world{p: p, b: b, lang: lang}
			w.speak(lang)
			b.open("/start/asked/evaluation_written")
			b.send("form.sp-form", map[string]string{"on": "2025-10-06", "words": "By mail.", "child": "Leo", "state": "us-ca"})
			home := b.path()
			from := time.Now().AddDate(0, 0, -60)
			b.open(home + "/plans/new")
			b.send("form.sp-form", map[string]string{"kind": "iep", "meeting_date": from.Format(time.DateOnly), "effective_start": from.Format(time.DateOnly), "effective_end": from.AddDate(0, 0, 360).Format(time.DateOnly), "status": "in_effect"})
			plan := b.path()[strings.LastIndex(b.path(), "/")+1:]
			b.open(home + "/plan/service")
			b.send("form.sp-form", map[string]string{"what": "Speech", "minutes": "30", "often": "2/week", "plan": plan})

			b.phone()
			b.open(home)
			b.taps = 0
			b.tapOn("=" + says.tab)
			b.picture("carry-1-asks-" + lang)
			b.tapOn("=" + says.no)
			t.Logf("a missed session is written down with %d taps", b.taps)
			if b.taps > 2 {
				t.Errorf("a missed session took %d taps; two is the most", b.taps)
			}
			b.says(says.week)
			if top := ask[float64](b, `document.querySelector("#told").getBoundingClientRect().top`); top < 0 || top > 600 {
				t.Errorf("what the tap did to the week stands %.0f pixels down the page", top)
			}
			b.picture("carry-2-week-" + lang)
			b.tapOn("=" + says.yes)
			b.says(says.given)
			b.tapOn("=" + says.undo)
			b.says(says.undone)
			if wide := ask[bool](b, `document.documentElement.scrollWidth > innerWidth`); wide {
				t.Error("the page is wider than the phone")
			}
			b.clean()
		})
	}
}
