package browser

import (
	"testing"
	"time"
)

// At the table, with a phone: three decisions are noted. Each takes its words and two
// steps, one into the line and one on what came of it; the log then shows all three,
// and nothing is wider than the phone.
func TestDecisionsOnAPhone(t *testing.T) {
	for lang, says := range map[string]struct{ yes, no, later, decided, not, left string }{
		"en": {"Decided", "Not agreed", "Later", "Decided", "Not agreed", "Left for later"},
		"es": {"Decidido", "Sin acuerdo", "Después", "Decidido", "Sin acuerdo", "Queda para después"},
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
			// The meeting was yesterday, so that it does not matter where midnight is.
			b.open(home + "/meetings")
			b.send(`#do-set form`, map[string]string{"set_day": time.Now().AddDate(0, 0, -1).Format(time.DateOnly), "set_start": "10:00"})
			one := b.path()

			b.phone()
			b.open(one + "/decisions")
			b.picture("meeting-1-log-" + lang)
			b.taps = 0
			for _, x := range []struct{ words, tap string }{{"Speech starts twice a week.", says.yes}, {"An aide in class.", says.no}, {"The bus.", says.later}} {
				b.tap("[name=line]")
				b.press(x.words)
				b.tapOn("=" + x.tap)
				b.says(x.words)
			}
			t.Logf("three decisions are noted with %d taps", b.taps)
			if b.taps > 6 {
				t.Errorf("three decisions took %d taps; two for each is the most", b.taps)
			}
			b.says(says.decided, says.not, says.left)
			if n := ask[int](b, `document.querySelectorAll("section .sp-list > li").length`); n != 3 {
				t.Errorf("the log holds %d decisions", n)
			}
			b.picture("meeting-2-log-" + lang)
			if wide := ask[bool](b, `document.documentElement.scrollWidth > innerWidth`); wide {
				t.Error("the page is wider than the phone")
			}
			b.open(one)
			b.says("Speech starts twice a week.", "An aide in class.", "The bus.")
			b.picture("meeting-3-after-" + lang)
			if wide := ask[bool](b, `document.documentElement.scrollWidth > innerWidth`); wide {
				t.Error("the page of the meeting is wider than the phone")
			}
			b.clean()
		})
	}
}
