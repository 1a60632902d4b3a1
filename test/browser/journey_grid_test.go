package browser

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"
)

// mostKeys is how many keys a provider presses for one child whose session was not
// simply as planned. At two keys a second, which is slow, eight such children take
// 24 seconds of the two minutes a day may take.
const mostKeys = 6

// A provider logs a day of eight children by keyboard. Steps are counted, not time.
func TestGridByKeyboard(t *testing.T) {
	t.Parallel()
	p := serve(t)
	b := newTab(t, p)
	b.do(size(1280, 900))
	b.enter(p.link)
	on := time.Now().AddDate(0, 0, -1)
	names := []string{"Ada", "Bea", "Cruz", "Dino", "Eva", "Fei", "Gil", "Hana"}
	for _, name := range names {
		b.open("/import")
		b.send(`form[action="/import"]`, map[string]string{"text": fmt.Sprintf(`stayput: 1
case: {title: "Sample %[1]s", sample: true, jurisdiction: us-ca, child: {name: "%[1]s Sample", born: 2016-05-14}}
plans:
  - id: p1
    kind: iep
    status: in_effect
    effective_start: %[2]s
    effective_end: %[3]s
    services:
      - {id: slp, name: Speech, minutes: 30, times: 2, per: week, role: speech-language pathologist}
`, name, on.AddDate(0, -2, 0).Format("2006-01-02"), on.AddDate(0, 9, 0).Format("2006-01-02"))})
		b.send(`main form`, nil)
	}
	b.open("/log?day=" + on.Format("2006-01-02"))
	b.picture("grid-1-open")
	b.says("Sample Ada", "Sample Hana", "Speech")
	keys := 0
	press := func(k string) { b.press(k); keys++ }

	b.skip()
	b.toField("outcome0")
	for i, name := range names {
		if s := b.focus(); s.Name != fmt.Sprint("outcome", i) {
			t.Fatalf("%s: the focus is on %+v", name, s)
		}
		keys = 0
		switch i {
		case 2: // ended after twenty minutes
			press("s")
			press(kb.Tab)
			press("2")
			press("0")
			press(kb.Tab)
		case 5:
			press("a")
			press(kb.Tab)
			press(kb.Tab)
		default:
			press("d")
			press(kb.Tab)
			press(kb.Tab)
		}
		if i < len(names)-1 {
			press(kb.Tab)
		}
		if keys > mostKeys {
			t.Errorf("%s took %d keys", name, keys)
		}
	}
	got := []string{b.value("[name=outcome0]"), b.value("[name=outcome2]"), b.value("[name=minutes2]"), b.value("[name=outcome5]"), b.value("[name=outcome7]")}
	if strings.Join(got, " ") != "delivered short 20 child_absent delivered" {
		t.Fatalf("the keys chose %v", got)
	}
	b.picture("grid-2-typed")
	if s := b.focus(); s.Name != "note7" {
		t.Fatalf("the focus is on %+v", s)
	}
	b.enterKey() // in the last field: the whole day is saved
	b.says("Saved", "8", "Logged already")
	b.picture("grid-3-saved")
	if n := ask[int](b, `document.querySelectorAll("main select").length`); n != 0 {
		t.Errorf("%d lines still wait", n)
	}
}
