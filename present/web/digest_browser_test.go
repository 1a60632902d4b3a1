package web

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"stayput/people"
	"stayput/plan"
)

var pagesOfPDF = regexp.MustCompile(`(?m)^Pages:\s+(\d+)$`)

// A teacher with a phone opens the private link, reads, and confirms with one tap;
// nothing is confirmed before. On paper the page is one sheet with lines to sign.
func TestTeacherOnAPhone(t *testing.T) {
	h, c := itemHouse(t, "school")
	h.publish()
	link, _ := linked(t, h, c)
	paper := h.post(c+"/carry/digests/new", pageForm("paper")).is(t, http.StatusSeeOther).header.Get("Location")
	spanish := pageForm("paper")
	spanish.Set("lang", "es")
	spanish.Set("teacher", "Sra. Luna")
	hoja := h.post(c+"/carry/digests/new", spanish).is(t, http.StatusSeeOther).header.Get("Location")
	own, opts := chromium(h)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatalf("%v\n%s", err, h.log.String())
		}
	}
	until := func(what, js string) {
		t.Helper()
		for range 200 {
			if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](js)); err == nil && ok {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("never: %s\n%s", what, h.log.String())
	}
	keep := func(name string, data []byte, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		dir := os.Getenv("STAYPUT_SHOTS")
		if dir == "" {
			dir = t.TempDir()
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	picture := func(name string) {
		t.Helper()
		if os.Getenv("STAYPUT_SHOTS") != "" {
			data, err := chromedp.Run(ctx, chromedp.FullScreenshot(90))
			keep(name, data, err)
		}
	}
	source, err := os.ReadFile("../../test/browser/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	inspect := func(what string) {
		t.Helper()
		do(chromedp.Evaluate[chromedp.Void](string(source)))
		found, err := chromedp.Run(ctx, chromedp.Evaluate[string](`axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + " " + v.nodes.map(n => n.target.join(" ")).join(", ")).join("; "))`, chromedp.EvalAwaitPromise))
		if err != nil || found != "" {
			t.Errorf("axe-core on %s: %s %v", what, found, err)
		}
	}
	do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch), chromedp.Navigate(own+link))
	until("the page of the link", `document.querySelector("button.sp-button--big") !== null && document.fonts.status === "loaded"`)
	if wide, err := chromedp.Run(ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); err != nil || wide > 390 {
		t.Errorf("the page is %d wide: %v", wide, err)
	}
	picture("digest-open-390.png")
	inspect("the page of the link")
	if n := h.count(c, "digest_acknowledged"); n != 0 {
		t.Fatalf("opened in a browser, it is confirmed %d times", n)
	}
	do(chromedp.Evaluate[chromedp.Void](`document.querySelector("button.sp-button--big").click()`)) // the name is there already
	until("the confirmation", `document.body.innerText.includes("confirmed this page")`)
	picture("digest-confirmed-390.png")
	if n := h.count(c, "digest_acknowledged"); n != 1 {
		t.Fatalf("%d confirmations", n)
	}

	do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate(own+h.site.NewLink()))
	until("Today", `document.querySelector("h1") !== null`)
	for name, at := range map[string]string{"digest-en.pdf": paper, "digest-es.pdf": hoja, "checklist.pdf": c + "/carry/checklist"} {
		do(chromedp.Navigate(own + at))
		until("the sheet", `document.readyState === "complete" && document.fonts.status === "loaded"`)
		inspect(name)
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF())
		path := keep(name, pdf, err)
		info, err := exec.Command("pdfinfo", path).Output()
		if err != nil {
			t.Fatalf("pdfinfo: %v", err)
		}
		if m := pagesOfPDF.FindSubmatch(info); m == nil || string(m[1]) != "1" {
			t.Errorf("%s takes more than one side: %s", name, info)
		}
		text, err := exec.Command("pdftotext", "-layout", path, "-").Output()
		if err != nil {
			t.Fatalf("pdftotext: %v", err)
		}
		said := strings.Join(strings.Fields(string(text)), " ")
		want := map[string][]string{"digest-en.pdf": {"What Sol needs in Math", "Name and signature:", "Graph paper", "Give the pen"}, "digest-es.pdf": {"Lo que Sol necesita en Math", "Nombre y firma:", "Graph paper"}, "checklist.pdf": {"Graph paper", "Could not tell"}}[name]
		for _, w := range want {
			if !strings.Contains(said, w) {
				t.Errorf("%s does not say %q: %.600s", name, w, said)
			}
		}
		if name != "checklist.pdf" && strings.Contains(said, "a full plan") {
			t.Errorf("%s bears the title of the case", name)
		}
		for _, never := range []string{"Make a private link", "The teacher signed on paper", "Another teacher came", "zqprivate"} {
			if strings.Contains(said, never) {
				t.Errorf("%s says %q", name, never)
			}
		}
	}

	// What the program takes for one side of a sheet is one, what it takes for two is
	// no more than two, and more is refused.
	id := people.CaseID(strings.TrimPrefix(c, "/cases/"))
	for _, n := range []int{2, 4, 8, 14, 20, 30, 60} {
		v := pageForm("paper")
		err := h.site.desk.ChangePlans(t.Context(), h.who(), id, "", "", func(ps []*plan.Plan) ([]*plan.Plan, error) {
			for i := range n {
				ref := fmt.Sprintf("m%d-%d", n, i)
				ps[0].Accommodations = append(ps[0].Accommodations, plan.Support{ID: ref, Text: "A long support that says in many words what is to be done in each class, number " + ref, Frequency: "each day"})
				v.Add("part_supports", "iep/"+ref)
			}
			return ps, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		a := h.post(c+"/carry/digests/new", v)
		if a.status == http.StatusUnprocessableEntity && n > 20 {
			continue // said to be too much
		}
		at := a.is(t, http.StatusSeeOther).header.Get("Location")
		lines := digestLines(h.answered(c).Fields.Summary)
		do(chromedp.Navigate(own + at))
		until("the sheet", `document.readyState === "complete" && document.fonts.status === "loaded"`)
		pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF())
		info, bad := exec.Command("pdfinfo", keep(fmt.Sprintf("long-%d.pdf", n), pdf, err)).Output()
		if bad != nil {
			t.Fatal(bad)
		}
		sides := string(pagesOfPDF.FindSubmatch(info)[1])
		t.Logf("%d supports, %d lines: %s", n, lines, sides)
		if lines <= oneSide && sides != "1" || sides != "1" && sides != "2" {
			t.Errorf("%d supports are taken for %d lines and print on %s sides", n, lines, sides)
		}
	}
}
