package web

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// On a phone a parent goes from the page of the case, "The school said no", to the
// facts of the next letter. The taps and texts are counted: a tap takes no more than
// six seconds to find and make, a short text no more than thirty, so that 14 taps and
// one text are under two minutes.
func TestNoOnAPhone(t *testing.T) {
	const mostTaps, mostTexts = 14, 1
	source, err := os.ReadFile("../../test/browser/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string][]string{
		"en": {"Letter asking for a prior written notice", "Our own extra help has to come first", "She is still in the tiers"},
		"es": {"Carta que pide una notificación previa por escrito", "Primero tiene que venir la ayuda de la escuela", "She is still in the tiers"},
	} {
		h, c := noHouse(t, "us-ca", "family", lang)
		h.publish()
		own, opts := chromium(h)
		ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
		defer cancel()
		ctx, cancel = chromedp.NewContext(ctx)
		defer cancel()
		ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
		defer cancel()
		do := func(steps ...chromedp.Action[chromedp.Void]) {
			t.Helper()
			if err := chromedp.Do(ctx, steps...); err != nil {
				t.Fatalf("%v\n%s", err, h.log.String())
			}
		}
		until := func(what, js string) {
			t.Helper()
			for range 400 {
				if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](js)); err == nil && ok {
					return
				}
				time.Sleep(50 * time.Millisecond)
			}
			t.Fatalf("never: %s\n%s", what, h.log.String())
		}
		width := int64(390)
		narrow := func(what string) {
			t.Helper()
			if wide, err := chromedp.Run(ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); err != nil || wide > width {
				t.Errorf("%s in %s is %d wide: %v", what, lang, wide, err)
			}
			do(chromedp.Evaluate[chromedp.Void](string(source)))
			found, err := chromedp.Run(ctx, chromedp.Evaluate[string](`axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + " " + v.nodes.map(n => n.target.join(" ")).join(", ")).join("; "))`, chromedp.EvalAwaitPromise))
			if err != nil || found != "" {
				t.Errorf("axe-core on %s in %s: %s %v", what, lang, found, err)
			}
			if dir := os.Getenv("STAYPUT_SHOTS"); dir != "" {
				data, err := chromedp.Run(ctx, chromedp.FullScreenshot(90))
				if err == nil {
					err = os.WriteFile(filepath.Join(dir, what+"-"+lang+".png"), data, 0o666)
				}
				if err != nil {
					t.Error(err)
				}
			}
		}
		taps, texts := 0, 0
		tap := func(selector string) {
			t.Helper()
			taps++
			until(selector, `(e => e !== null && e.getClientRects().length > 0)(document.querySelector('`+selector+`'))`)
			do(chromedp.Evaluate[chromedp.Void](`document.querySelector('` + selector + `').click()`))
		}
		do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch), chromedp.Navigate(own+h.site.NewLink()))
		until("Today", `document.querySelector("h1") !== null`)
		do(chromedp.Navigate(own + c))
		tap(`.sp-quick a[href="` + c + `/no"]`)
		until("the questions", `document.querySelector('form input[name="what"]') !== null && document.fonts.status === "loaded"`)
		narrow("no-questions")
		tap(`label[for="f-what-0"]`)
		tap(`label[for="f-why-1"]`)
		tap(`label[for="f-how-1"]`)
		tap(`#f-words`)
		texts++
		do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#f-words").value = "She is still in the tiers"; document.querySelector("#f-words").dispatchEvent(new Event("input", {bubbles: true}))`))
		tap(`form[action="` + c + `/no"] button.sp-button--big`)
		until("the facts", `document.querySelector("#facts") !== null && document.fonts.status === "loaded"`)
		narrow("no-answer")
		said, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector(".sp-step").innerText`))
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(said, w) {
				t.Errorf("the next step in %s does not say %q: %s", lang, w, said)
			}
		}
		// The facts are in reach: they begin on the first two screens.
		if top, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`document.querySelector("#facts").getBoundingClientRect().top + scrollY`)); err != nil || top > 2*844 {
			t.Errorf("the facts begin %v pixels down: %v", top, err)
		}
		t.Logf("%s: %d taps, %d texts", lang, taps, texts)
		if taps > mostTaps || texts > mostTexts {
			t.Errorf("%s: %d taps and %d texts, want at most %d and %d", lang, taps, texts, mostTaps, mostTexts)
		}
		if n := h.count(c, "evaluation_refused"); n != 1 {
			t.Errorf("%d refusals", n)
		}
		// The other pages, on a phone and on a desk, for a family and for a school.
		out := h.openText("stayput: 1\ncase: {title: \"Sample: outside\", jurisdiction: us, sample: yes, side: family}\nrecord:\n  - {id: eval, on: 2025-06-03, kind: evaluation_report_given, by: lea}\n  - {id: ask, on: 2025-06-10, kind: iee_requested, by: parent, written: yes}\n  - {id: no, on: 2025-07-01, kind: iee_refused, by: lea, re: ask, reasons: [not_done_here, budget]}\n  - {id: rep, on: 2025-08-01, kind: iee_report_shared, by: parent}\n")
		school := h.openText(strings.NewReplacer("WHERE", "us-ca", "SIDE", "school").Replace(noCase) + "  - {id: no, on: 2025-09-08, kind: evaluation_refused, by: lea, re: ask, reasons: [rti_first]}\n")
		for _, w := range []int64{390, 320, 1280} {
			width = w
			do(chromedp.EmulateViewport(w, 900))
			for name, at := range map[string]string{"no-list": c + "/no", "no-one": c + "/no/" + h.named(c, "evaluation_refused"), "outside": out + "/evaluation-outside", "no-outside": out + "/no/" + h.named(out, "iee_refused"), "no-school": school + "/no", "no-school-one": school + "/no/" + h.named(school, "evaluation_refused")} {
				do(chromedp.Navigate(own + at))
				until(name, `document.readyState === "complete" && document.fonts.status === "loaded"`)
				narrow(fmt.Sprint(name, "-", w))
			}
		}
		cancel()
	}
}
