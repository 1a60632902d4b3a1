package browser

import (
	"strings"
	"testing"
)

// A parent on a phone checks a prior written notice that lacks something: she copies its
// text in, taps the parts that matter, says what is missing and what is not enough, and
// has the answer drafted, which quotes the notice. The drafted text is hers to change.
func TestReceivedOnAPhone(t *testing.T) {
	for _, x := range []receivedWords{
		{"en", "There: 3. Not enough: 1. Missing: 3. Not sure: 1.", "Your notice says: “Other options were considered and rejected.”", "It does not say: which options", "That parents have rights", "Please send me a new notice"},
		{"es", "Está: 3. No basta: 1. Falta: 3. No sé: 1.", "Su aviso dice: «Other options were considered and rejected.»", "No dice: which options", "Que los padres tienen derechos", "Por favor mándeme un aviso nuevo"},
	} {
		t.Run(x.lang, func(t *testing.T) { receivedJourney(t, x) })
	}
}

// receivedWords are the words that the pages and the letter show in a language.
type receivedWords struct{ lang, counts, quote, lack, missing, ask string }

const receivedNotice = `Prior Written Notice

The district refuses to evaluate Maya at this time. We refuse because her grades are passing.
The decision is based on the report card of June 2025.

Other options were considered and rejected.

D. Sample`

func receivedJourney(t *testing.T, x receivedWords) {
	t.Parallel()
	b, home := imported(t, "family/maya", x.lang, 390, 844)
	b.open(home + "/papers/received/pwn")
	b.picture("received-1-" + x.lang)
	ask[int](b, `(document.querySelector('[name=text]').value = `+asJSON(receivedNotice)+`, 1)`)
	b.leave(func() { ask[int](b, `(document.querySelector('button[value=text]').click(), 1)`) })
	at := b.path()
	if !strings.HasPrefix(at, home+"/papers/checks/") {
		t.Fatalf("the text led to %s: %s", at, b.text("main"))
	}
	// Tap a part, then say what it tells: no script has a hand in it.
	tell := func(part, content string) {
		t.Helper()
		if ask[bool](b, `(() => {
			const d = [...document.querySelectorAll('.sp-passage')].find(d => d.querySelector('summary').textContent.includes(`+asJSON(part)+`));
			if (!d) return false;
			d.querySelector('summary').click();
			const c = d.querySelector('[value^="`+content+`/"]');
			if (!d.open || c.getBoundingClientRect().height === 0) return false;
			d.querySelector('label[for="' + c.id + '"]').click();
			return c.checked;
		})()`) != true {
			t.Fatalf("%q cannot be told to say %s", part, content)
		}
	}
	tell("The district refuses", "action")
	tell("We refuse because", "why")
	tell("The decision is based", "basis")
	tell("Other options", "options")
	b.picture("received-2-" + x.lang)
	for q, v := range map[string]string{"options": "weak", "safeguards": "no", "sources_help": "no", "other_factors": "no"} {
		ask[int](b, `(document.querySelector('[name=q_`+q+`][value=`+v+`]').checked = true, 1)`)
	}
	b.send("#check", nil)
	b.says(x.counts)
	if n := ask[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); n > 0 {
		t.Errorf("the page is %d pixels too wide", n)
	}
	b.send("#check", map[string]string{"lack_options": "which options"})
	// It is still there after leaving.
	b.open(home)
	b.open(home + "/papers")
	b.says(x.counts)
	b.open(at)
	b.says(x.counts, x.lack)
	b.picture("received-3-" + x.lang)
	b.open(ask[string](b, `(() => { const a = document.querySelector('main a[href*="/papers/new/"]'); return a ? a.pathname + a.search : '' })()`))
	ask[int](b, `(document.querySelector('[name=lang][value=`+x.lang+`]').checked = true, 1)`)
	b.send("main form", nil)
	text := b.value("[name=text]")
	for _, want := range []string{x.quote, x.lack, x.missing, x.ask, "34 CFR 300.503(b)(6)"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the letter:\n%s", want, text)
		}
	}
	if strings.Contains(text, "grades are passing") {
		t.Errorf("what is there is asked for:\n%s", text)
	}
	b.picture("received-4-letter-" + x.lang)
}
