package browser

import (
	"strings"
	"testing"
)

// A parent on a phone writes a letter: she opens the papers of her case, has a request for
// records drafted, changes a word, makes it ready, says how and when it went out, and
// finds the entry with the very PDF in her record.
func TestPaperOnAPhone(t *testing.T) {
	for _, x := range []paperWords{
		{"en", "Papers", "Dear Custodian of Records:", "Thank you. Please keep this letter in my child’s file.", "records"},
		{"es", "Documentos", "Estimado(a) Encargado(a) de los expedientes:", "Gracias. Por favor guarde esta carta en el expediente de mi hijo o hija.", "expediente"},
	} {
		t.Run(x.lang, func(t *testing.T) { paperJourney(t, x) })
	}
}

// paperWords are the words that the pages and the letter show in a language.
type paperWords struct{ lang, papers, dear, closing, about string }

func paperJourney(t *testing.T, x paperWords) {
	t.Parallel()
	b, home := imported(t, "family/maya", x.lang, 390, 844)
	b.open(home + "/papers")
	b.says(x.papers)
	b.open(home + "/papers/new/request-records")
	ask[int](b, `(document.querySelector('[name=lang][value=`+x.lang+`]').checked = true, 1)`)
	b.send("main form", nil)
	at := b.path()
	if !strings.HasPrefix(at, home+"/papers/") {
		t.Fatalf("drafting led to %s: %s", at, b.text("main"))
	}
	text := b.value("[name=text]")
	for _, want := range []string{"Maya R.", "Ana R.", "1 Example Street", x.about, x.closing} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the letter:\n%s", want, text)
		}
	}
	b.picture("paper-1-" + x.lang)
	// What somebody writes stays, and is in what goes out.
	b.send("#paper", map[string]string{"text": strings.Replace(text, x.closing, "Grandma says hello. "+x.closing, 1)})
	if got := b.value("[name=text]"); !strings.Contains(got, "Grandma says hello.") {
		t.Fatalf("what was written is gone:\n%s", got)
	}
	b.open(at + "/as/look")
	b.says("Grandma says hello.", "Maya R.")
	b.picture("paper-2-look-" + x.lang)
	b.open(at + "/as/send")
	b.send("main form", nil) // ready
	b.picture("paper-3-ready-" + x.lang)
	b.open(home + "/papers") // it asks whether it was sent
	if ask[int](b, `document.querySelectorAll('a[href="`+at+`/as/send"]').length`) == 0 {
		t.Errorf("nobody asks whether it was sent: %s", b.text("main"))
	}
	b.open(at + "/as/send")
	b.send(`main form[action$="/do/sent"]`, map[string]string{"whom": "C. Sample"})
	b.picture("paper-4-sent-" + x.lang)
	entry := ask[string](b, `[...document.querySelectorAll('main a')].map(a => a.pathname).find(h => h.includes('/record/')) || ''`)
	if entry == "" {
		t.Fatalf("no entry came of it: %s", b.text("main"))
	}
	b.open(entry)
	b.says("request-records")
	if n := ask[int](b, `document.querySelectorAll('a[href*="/files/"]').length`); n == 0 {
		t.Errorf("the entry has no file: %s", b.text("main"))
	}
	b.picture("paper-5-entry-" + x.lang)
}
