package browser

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// An offer that cuts speech comes; the parent says no to the cut and yes to the
// rest, asks for a hearing, sees what stays put, and settles; in both languages, on
// a phone and at a desk. What is in force at each step follows from the offer in
// examples/offer.yaml: speech twice a week of 2025, reading three times of 2026.
func TestConsentJourney(t *testing.T) {
	for _, x := range []struct {
		lang, answer, not, free, stays, over string
		narrow                               bool
	}{
		{"en", "Answer it", "The school may not", "Stay put does not apply today", "Applies today", "Does not apply today", true},
		{"es", "Contestar", "La escuela no puede", "Hoy no se aplica", "Hoy se aplica", "Hoy no se aplica", false},
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
			b.open("/import")
			full, err := filepath.Abs("../../examples/offer.yaml")
			if err != nil {
				t.Fatal(err)
			}
			b.do(chromedp.SetUploadFiles(chromedp.CSS("[type=file]"), []string{full}))
			b.send("main form", nil)
			b.send(`main form[action^="/import/"]`, nil)
			home := b.path()
			if !strings.HasPrefix(home, "/cases/") {
				t.Fatalf("the import led to %s: %s", home, b.text("main"))
			}

			// The offer, on one page.
			b.open(home + "/plans/iep-2026/offer?in=both")
			b.says("60", "30", "CUT", "QUITADO", "Below the aim line since October")
			b.picture("consent-1-offer-" + x.lang)

			// The answer, part by part.
			b.open(home + "/consent")
			b.says(x.answer)
			b.picture("consent-2-" + x.lang)
			b.open(home + "/consent/answer?plan=iep-2026")
			b.picture("consent-3-answer-" + x.lang)
			b.send(`main form.sp-form`, map[string]string{"part-services-slp": "no", "part-services-tutor": "no", "part-services-read": "yes", "rest": "yes", "signer": "mother", "on": "2026-02-01"})
			if b.path() != home+"/consent" {
				t.Fatalf("the answer led to %s: %s", b.path(), b.text("main"))
			}
			b.says(x.not)
			b.picture("consent-4-answered-" + x.lang)
			b.open(home + "/plan")
			force := b.text("main")
			for _, part := range []string{"Speech", "Tutor", "Reading"} {
				if !strings.Contains(force, part) {
					t.Errorf("the page of the plan does not name %s:\n%s", part, force)
				}
			}
			b.picture("consent-5-plan-" + x.lang)
			b.open(home + "/stay-put")
			b.says(x.free)

			// The dispute: what was agreed to last stays.
			b.open(home + "/add?kind=due_process_filed")
			b.send("form.sp-form", map[string]string{"on": "2026-02-02", "words": "Filed about speech."})
			b.open(home + "/stay-put")
			b.says(x.stays, "Speech", "Tutor")
			b.picture("consent-6-stay-" + x.lang)

			// The settlement ends it.
			b.open(home + "/add?kind=resolution_agreement_executed")
			b.send("form.sp-form", map[string]string{"on": "2026-03-02", "words": "Speech stays at twice a week; the tutor ends."})
			b.open(home + "/stay-put")
			b.says(x.over)
			b.open(home + "/consent/answer?plan=iep-2026")
			b.send(`main form.sp-form`, map[string]string{"part-services-slp": "no", "part-services-tutor": "yes", "part-services-read": "yes", "rest": "yes", "signer": "mother", "on": "2026-03-02"})
			b.open(home + "/consent")
			b.picture("consent-7-settled-" + x.lang)
			b.clean()
		})
	}
}
