package browser

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// imported starts the program, opens it in a browser of a size and a language, and takes in
// a sample case. home is where the case is.
func imported(t *testing.T, example, lang string, wide, high int64) (b *tab, home string) {
	t.Helper()
	p := serve(t)
	b = newTab(t, p)
	b.do(size(wide, high))
	b.enter(p.link)
	(&world{p: p, b: b, lang: lang}).speak(lang)
	b.open("/import")
	full, err := filepath.Abs("../../examples/" + example + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.SetUploadFiles(chromedp.CSS("[type=file]"), []string{full}))
	b.send("main form", nil)
	b.send(`main form[action^="/import/"]`, nil)
	if home = b.path(); !strings.HasPrefix(home, "/cases/") {
		t.Fatalf("the import led to %s: %s", home, b.text("main"))
	}
	return b, home
}
