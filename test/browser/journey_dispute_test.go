package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

const disputeFile = `stayput: 1
case: {title: "Sample: a dispute", child: {name: Sol, born: 2015-04-02}, jurisdiction: us-ca, zone: America/Los_Angeles, side: family, sample: yes}
record:
  - {id: refusal, on: 2025-02-10, kind: request_refused, by: lea}
`

// A due process case is taken from its filing to a settlement that was carried out, in
// both languages, on a phone and at a desk. Counted by hand from a calendar: received on
// Tuesday, March 4, 2025; day 10 is March 14 (the answer), day 15 is March 19 (the
// resolution meeting); 27 days are left of March, so day 30 is April 3; from there 27 days to
// April 30 and 18 more are 45, May 18 (the decision). The hearing is set for Monday, May 5:
// ten days before is April 25, and the fifth business day before is Monday, April 28.
func TestDisputeJourney(t *testing.T) {
	for _, x := range []struct {
		lang   string
		dates  []string
		set    []string
		done   string
		narrow bool
	}{
		{"en", []string{"March 14, 2025", "March 19, 2025", "April 3, 2025", "May 18, 2025"}, []string{"May 5, 2025", "April 25, 2025", "April 28, 2025"}, "June 24, 2025", true},
		{"es", []string{"14 de marzo de 2025", "19 de marzo de 2025", "3 de abril de 2025", "18 de mayo de 2025"}, []string{"5 de mayo de 2025", "25 de abril de 2025", "28 de abril de 2025"}, "24 de junio de 2025", false},
	} {
		t.Run(x.lang, func(t *testing.T) {
			t.Parallel()
			p := serve(t)
			b := newTab(t, p)
			b.enter(p.link)
			w := &world{p: p, b: b, lang: x.lang}
			w.speak(x.lang)
			if x.narrow {
				b.do(size(390, 844))
			}
			file := filepath.Join(t.TempDir(), "case.yaml")
			if err := os.WriteFile(file, []byte(disputeFile), 0o600); err != nil {
				t.Fatal(err)
			}
			b.open("/import")
			b.do(chromedp.SetUploadFiles(chromedp.CSS("[type=file]"), []string{file}))
			b.send("main form", nil)
			b.send(`main form[action^="/import/"]`, nil)
			home := b.path()
			if !strings.HasPrefix(home, "/cases/") {
				t.Fatalf("the import led to %s: %s", home, b.text("main"))
			}
			b.open(home + "/disagree")
			b.picture("dispute-1-disagree-" + x.lang)

			b.open(home + "/disagree/disputes")
			b.send(`form[action$="/disagree/disputes"]`, map[string]string{"what": "due_process", "filer": "parent", "on": "2025-03-03", "words": "Speech."})
			path := b.path()
			step := func(step string, fields map[string]string) {
				t.Helper()
				all := map[string]string{}
				for k, v := range fields {
					all[step+"-"+k] = v
				}
				b.send(`form:has(input[name="step"][value="`+step+`"])`, all)
				if b.path() != path {
					t.Fatalf("%s led to %s: %s", step, b.path(), b.text("main"))
				}
			}
			step("received", map[string]string{"kind": "due_process_received", "on": "2025-03-04", "notice": "no"})
			b.says(x.dates...)
			b.picture("dispute-2-received-" + x.lang)
			step("response", map[string]string{"kind": "lea_response_sent", "on": "2025-03-14"})
			step("meeting", map[string]string{"kind": "resolution_meeting_held", "on": "2025-03-18", "attorney": "no"})
			step("hearing_set", map[string]string{"kind": "hearing_scheduled_date", "on": "2025-05-05"})
			b.says(x.set...)
			b.picture("dispute-3-hearing-" + x.lang)
			step("settlement", map[string]string{"kind": "settlement_signed", "on": "2025-04-22"})
			b.picture("dispute-4-settled-" + x.lang)

			// What was promised, and that it was given.
			b.open(home + "/agreements")
			b.leave(func() { ask[int](b, `(document.querySelector('main a[href*="/agreements/"]').click(), 1)`) })
			form := func(do string, fields map[string]string) {
				t.Helper()
				sel := `form:has(input[name="do"][value="` + do + `"])`
				prefix := do + "_"
				if of := b.value(sel + ` input[name="of"]`); of != "" {
					prefix += of + "_"
				}
				all := map[string]string{}
				for k, v := range fields {
					all[prefix+k] = v
				}
				b.send(sel, all)
			}
			form("promise", map[string]string{"sort": "compensatory", "words": "Speech to make up", "until": "2025-06-30", "minutes": "600"})
			b.says("600")
			form("give", map[string]string{"minutes": "600", "on": "2025-06-20"})
			form("done", map[string]string{"on": "2025-06-24"})
			b.picture("dispute-5-agreement-" + x.lang)
			b.open(path)
			step("withdrawal", map[string]string{"on": "2025-04-23"})
			b.says(x.done) // it is carried out
			b.picture("dispute-6-carried-out-" + x.lang)
			b.open(home + "/disagree")
			b.picture("dispute-7-staircase-" + x.lang)
			b.clean()
		})
	}
}
