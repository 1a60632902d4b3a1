package browser

import (
	"bytes"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Without JavaScript everything works: a case is opened, things are written down
// with a file, corrected, taken back, shown, found, filtered and set.
func TestWithoutScript(t *testing.T) {
	t.Parallel()
	p := serve(t)
	b := newTab(t, p)
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.do(size(1280, 900))
	b.enter(p.link)
	if ask[bool](b, `document.documentElement.classList.contains("js")`) {
		t.Fatal("the script ran")
	}
	click := func(sel string) {
		t.Helper()
		b.leave(func() { b.do(chromedp.Click(chromedp.CSS(sel))) })
	}
	fill := func(sel, words string) {
		t.Helper()
		b.do(chromedp.Click(chromedp.CSS(sel)), chromedp.KeyEvent(words))
	}

	click(`a[href="/start/asked"]`)
	click(`a[href="/start/asked/evaluation_written"]`)
	b.do(chromedp.Focus(chromedp.CSS("[name=on]")), chromedp.KeyEvent("10062025"))
	b.do(chromedp.Click(chromedp.CSS("main form.sp-form summary")))
	fill("[name=child]", "Leo")
	b.do(chromedp.Focus(chromedp.CSS("[name=state]")), chromedp.KeyEvent("Calif"))
	click("main form.sp-form button[type=submit]")
	home := b.path()
	b.says("Leo", "California", "Request for an evaluation")

	// A mistake is told, and nothing typed is lost.
	b.open(home + "/add?capture=photo&choice=kept")
	fill("[name=words]", "The plan.")
	b.do(chromedp.Focus(chromedp.CSS("[name=on]")), chromedp.KeyEvent("01012099"))
	b.expect("422 (Unprocessable")
	click("main form.sp-form button[type=submit]")
	b.says("That day has not come yet.")
	if got := b.value("[name=words]"); !strings.Contains(got, "The plan.") {
		t.Errorf("after a mistake the form holds %q", got)
	}
	b.do(chromedp.Focus(chromedp.CSS("[name=on]")), chromedp.KeyEvent("10202025"), chromedp.SetUploadFiles(chromedp.CSS("[type=file]"), []string{photo(t)}))
	click("main form.sp-form button[type=submit]")
	click(".sp-notes a")
	b.says("The plan.", "IMG_2041.jpg")
	click(`main a[href$="/correct"]`)
	fill("[name=words]", " Both pages.")
	click("main form.sp-form button[type=submit]")
	b.says("Both pages.", "IMG_2041.jpg")
	b.do(chromedp.Click(chromedp.CSS("section[aria-labelledby=undo] summary")))
	click(`form[action$="/withdraw"] button`)

	b.open(home + "/cards")
	click(`a[href$="/cards/records"]`)
	click("main form button[type=submit]")
	b.open(home + "/record")
	b.says("I asked to see the records")
	b.do(chromedp.Click(chromedp.CSS("main details summary")))
	fill("#q", "records")
	click("main form button[type=submit]")
	b.says("I asked to see the records")
	b.open("/")
	fill("#q-top", "records")
	click(".sp-top__search button")
	b.says("I asked to see the records")

	click(`form[action="/language"] button`)
	if lang := ask[string](b, `document.documentElement.lang`); lang != "es" {
		t.Errorf("the language button led to %q", lang)
	}
	b.open("/settings")
	click(`form[action="/settings"] button[type=submit]`)
	b.says("Sus ajustes están guardados.")
}

// The first visit, everything it brings along, and the pages after it.
func TestWeight(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "en")
	b := newTab(t, w.p)
	b.do(size(1280, 900))
	const first, later = 200 << 10, 30 << 10
	b.open(w.p.newLink(t))
	b.settle()
	n := b.weight()
	t.Logf("first visit: %d KB of %d", (n+1023)/1024, first>>10)
	if n > first {
		t.Errorf("the first visit brings %d bytes, %d are the most", n, first)
	}
	if n < 20<<10 {
		t.Errorf("the first visit brings only %d bytes; something was not counted", n)
	}
	most, where := 0, ""
	for _, path := range []string{"/", "/cases", w.sample, w.sample + "/clocks", w.sample + "/clocks?view=table", w.sample + "/record", w.sample + "/rights", w.sample + "/law", w.sample + "/add?any=1",
		w.sample + "/export", w.own, w.own + "/clocks", "/calendars", "/calendars/oakland-usd-2025-26.yaml", "/law", "/law/rules", "/law/glossary", "/law/myths", "/help", "/help/rights", "/settings", "/search?q=plan"} {
		b.weight()
		b.open(path)
		b.settle()
		n := b.weight()
		t.Logf("%-60s %5.1f KB", path, float64(n)/1024)
		if n > later {
			t.Errorf("%s brings %d bytes, %d are the most of a later page", path, n, later)
		}
		if n > most {
			most, where = n, path
		}
	}
	t.Logf("the heaviest later page: %s, %.1f KB of %d", where, float64(most)/1024, later>>10)
}

// settle waits until nothing more comes.
func (b *tab) settle() {
	b.t.Helper()
	b.until("the page with its fonts", `document.readyState === "complete" && document.fonts.status === "loaded"`)
}

// On paper a page has its words, and none of what leads around the screen.
func TestPrintedPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "en")
	b := w.b
	for path, want := range map[string]string{
		"/":                                   "Today",
		w.sample:                              "Next step",
		w.sample + "/clocks":                  "As of",
		w.sample + "/record":                  "Record",
		w.sample + "/rights":                  "run out",
		w.own:                                 "Leo",
		w.own + "/cards/evaluation":           "Please stamp today's date on my copy",
		"/calendars/oakland-usd-2025-26.yaml": "Winter break",
		"/law/glossary":                       "IEP",
		"/help/rights":                        "immigration",
		w.sample + "/law":                     "Law",
	} {
		b.open(path)
		b.settle()
		pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF())
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		name := filepath.Join(t.TempDir(), "page.pdf")
		if dir := os.Getenv("STAYPUT_SHOTS"); dir != "" {
			name = filepath.Join(dir, "print-"+strings.NewReplacer("/", "-", "?", "-").Replace(strings.TrimPrefix(path, "/cases"))+".pdf")
		}
		if err := os.WriteFile(name, pdf, 0o666); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("pdftotext", "-layout", name, "-").Output()
		if err != nil {
			t.Fatalf("pdftotext: %v", err)
		}
		text := strings.Join(strings.Fields(string(out)), " ")
		if !strings.Contains(text, want) {
			t.Errorf("%s on paper does not say %q; it says: %.400s", path, want, text)
		}
		for _, never := range []string{"Skip to the main part", "Write down", "Something else", "Search Search", "Settings", "Español", "Where it stands Dates Record"} {
			if strings.Contains(text, never) {
				t.Errorf("%s on paper says %q, which is for the screen", path, never)
			}
		}
		// Something is on the first sheet, and it is not one dark block.
		sheet, err := exec.Command("pdftoppm", "-png", "-r", "20", "-singlefile", name).Output()
		if err != nil {
			t.Fatalf("pdftoppm: %v", err)
		}
		img, err := png.Decode(bytes.NewReader(sheet))
		if err != nil {
			t.Fatal(err)
		}
		dark, all := 0, 0
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				r, g, bl, _ := img.At(x, y).RGBA()
				if all++; r+g+bl < 3*0x8000 {
					dark++
				}
			}
		}
		if dark == 0 || dark > all/4 {
			t.Errorf("%s on paper: %d of %d points are dark", path, dark, all)
		}
	}
}
