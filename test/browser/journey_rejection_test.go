package browser

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A special-education director, with a keyboard and nothing else, goes from "the
// parents refused part of the offer" to a logged path: she acknowledges and asks,
// writes down a call that nobody took, and reads the chronology. The record is
// examples/school/maya.yaml: the refusal of February 2, 2026.
func TestRejectionJourney(t *testing.T) {
	t.Parallel()
	p := serve(t)
	b := newTab(t, p)
	b.do(size(1280, 900))
	b.enter(p.link)
	b.open("/import")
	full, err := filepath.Abs("../../examples/school/maya.yaml")
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
	b.open(home + "/consent")
	b.skip()
	b.toLink("After a no to an offer")
	b.enterKey()
	b.picture("rejection-1-list")
	b.says("Answering a rejection", "February 2, 2026")
	b.skip()
	b.toLink("No to parts of the IEP, February 2, 2026")
	b.enterKey()
	at := b.path()
	b.picture("rejection-2-path")
	b.says("Why: in the parents' own words", "The family may ask to read this")

	b.skip()
	b.toButton("Write down: acknowledged and asked")
	b.press(" ") // unfolds
	b.toField("acknowledge-on")
	b.press("02032026")
	b.toField("acknowledge-time")
	b.press("0930AM")
	b.toField("acknowledge-with")
	b.press("Mother, director")
	b.toField("acknowledge-words")
	b.press("We heard it, and asked what matters most.")
	if got := b.value("[name=acknowledge-on]") + " " + b.value("[name=acknowledge-time]"); got != "2026-02-03 09:30" {
		t.Fatalf("the form holds %q", got)
	}
	b.toButton("Save")
	b.enterKey()
	if b.path() != at {
		t.Fatalf("saving led to %s: %s", b.path(), b.text("main"))
	}
	b.says("We heard it, and asked what matters most.", "Being answered")

	b.skip()
	b.toButton("Write down a contact: call, letter, visit, attempt")
	b.press(" ")
	b.toField("contact-means")
	b.press("phone")
	b.toField("contact-on")
	b.press("02042026")
	b.toField("contact-outcome")
	b.press("no answer")
	b.toButton("Save")
	b.enterKey()
	b.says("Not reached")
	b.picture("rejection-3-contact")

	b.skip()
	b.toLink("See the chronology")
	b.enterKey()
	b.says("Chronology of good faith", "We heard it, and asked what matters most.", "A prior written notice.")
	b.picture("rejection-4-chronology")
}
