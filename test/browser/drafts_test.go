package browser

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// What was typed is not lost, whatever goes away.

// A form of the family's own case, in which something is being typed.
const typedForm = "/add?capture=call&choice=reached"

func drafts(t *testing.T) (*program, *tab, string) {
	t.Helper()
	p := serve(t)
	b := newTab(t, p)
	b.enter(p.link)
	b.open("/start/asked/evaluation_written")
	b.send("form.sp-form", map[string]string{"on": "2025-10-06", "child": "Leo", "state": "us-ca"})
	return p, b, b.path()
}

// types puts words at the end of the form's words, by keys.
func (b *tab) types(words string) {
	b.t.Helper()
	b.do(chromedp.Focus(chromedp.CSS("[name=words]")), chromedp.KeyEvent(words))
}

// kept waits until the page says that the words are kept.
func (b *tab) kept() {
	b.t.Helper()
	b.until("the words to be kept", `document.querySelector("[data-draft-status] [role=status]").textContent.trim() !== ""`)
}

func (b *tab) hasWords(what, want string) {
	b.t.Helper()
	b.until(what, `document.querySelector("[name=words]")?.value.includes(`+quote(want)+`)`)
}

func TestDraftsSurvive(t *testing.T) {
	t.Parallel()
	p, b, home := drafts(t)
	form := home + typedForm

	// The page crashes: nothing of it can say goodbye.
	b.open(form)
	b.types("She said the psychologist is ill.")
	b.kept()
	again := b.another()
	go chromedp.Call(b.ctx, cdppage.Crash, cdp.Empty{})
	time.Sleep(200 * time.Millisecond)
	b = again
	b.open(form)
	b.hasWords("the words after a crash", "She said the psychologist is ill.")

	// The tab is closed right after the last letter.
	b.types(" She will call on Monday.")
	again = b.another()
	if _, err := chromedp.CallBrowser(b.ctx, target.CloseTarget, target.CloseTargetParams{TargetID: chromedp.FromContext(b.ctx).Target.TargetID}); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	b = again
	b.open(form)
	b.hasWords("the words after the tab was closed", "She will call on Monday.")

	// The network goes away while she types, and comes back.
	b.expect("net::ERR_INTERNET_DISCONNECTED", "net::ERR_CONNECTION_REFUSED", "409 (Conflict)")
	b.offline(true)
	b.types(" I asked for a date.")
	b.kept()
	time.Sleep(2 * time.Second)
	b.offline(false)
	b.open(form)
	b.hasWords("the words typed without a network", "I asked for a date.")

	// The program stops while she types, and is started again.
	listen := strings.TrimPrefix(p.base, "http://")
	p.stop(t)
	b.types(" She had none.")
	b.kept()
	p.start(t, listen)
	b.open(form)
	b.hasWords("the words typed while the program was down", "She had none.")

	// Another browser of the same person finds what the server kept.
	b.until("the words at the server", `fetch("/drafts/" + encodeURIComponent(document.querySelector("[data-draft]").dataset.draft)).then((r) => r.text()).then((s) => s.includes("She had none."))`)

	// Saved, the draft is done with: the form is empty, in this tab and in others.
	b.leave(func() { ask[int](b, `(document.querySelector("form.sp-form").requestSubmit(), 1)`) })
	b.says("She said the psychologist is ill. She will call on Monday. I asked for a date. She had none.")
	b.open(form)
	time.Sleep(300 * time.Millisecond)
	if got := b.value("[name=words]"); got != "" {
		t.Errorf("after saving the form holds %q", got)
	}
}

// offline cuts the network, and mends it.
func (b *tab) offline(on bool) {
	b.t.Helper()
	cut := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{}}
	if on {
		cut.MatchedNetworkConditions = append(cut.MatchedNetworkConditions, &network.Conditions{Offline: true, DownloadThroughput: -1, UploadThroughput: -1})
	}
	if _, err := chromedp.Call(b.ctx, network.EmulateNetworkConditionsByRule, cut); err != nil {
		b.t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: on, DownloadThroughput: -1, UploadThroughput: -1}); err != nil {
		b.t.Fatal(err)
	}
}

// Two windows with the same form: the second to write is told, and both texts
// can be had.
func TestTwoWindowsOneDraft(t *testing.T) {
	t.Parallel()
	p, a, home := drafts(t)
	form := home + typedForm
	b := newTab(t, p) // another browser
	b.enter(p.newLink(t))
	for _, x := range []*tab{a, b} {
		x.expect("409 (Conflict)")
		x.open(form)
	}
	a.types("Words of the first window.")
	a.kept()
	a.until("the first words at the server", `fetch("/drafts/" + encodeURIComponent(document.querySelector("[data-draft]").dataset.draft)).then((r) => r.text()).then((s) => s.includes("first window"))`)
	b.types("Words of the second window.")
	b.until("the other text behind a button", `document.querySelector("[data-draft-swap]")?.checkVisibility()`)
	if got := b.value("[name=words]"); got != "Words of the second window." {
		t.Errorf("the second window holds %q", got)
	}
	b.do(chromedp.Click(chromedp.CSS("[data-draft-swap]")))
	b.hasWords("the words of the first window", "Words of the first window.")
	b.do(chromedp.Click(chromedp.CSS("[data-draft-swap]")))
	b.hasWords("one's own words again", "Words of the second window.")
	if got := a.value("[name=words]"); got != "Words of the first window." {
		t.Errorf("the first window holds %q", got)
	}
}

// Two people correct the same entry: the second sees both texts, and nothing of
// either is lost.
func TestTwoCorrections(t *testing.T) {
	t.Parallel()
	p, a, home := drafts(t)
	a.open(home + "/record")
	a.leave(func() { a.do(chromedp.Click(chromedp.CSS(".sp-timeline h3 a"))) })
	entry := a.path()
	b := newTab(t, p)
	b.enter(p.newLink(t))
	b.expect("409 (Conflict)")
	a.open(entry + "/correct")
	b.open(entry + "/correct")
	a.send("form.sp-form", map[string]string{"words": "The first correction."})
	b.send("form.sp-form", map[string]string{"words": "The second correction."})
	b.picture("two-corrections")
	b.says("The first correction.")
	if got := b.value("[name=words]"); got != "The second correction." {
		t.Errorf("the second finds %q in the form", got)
	}
	b.send("form.sp-form", nil)
	b.says("The second correction.")
	if n := ask[int](b, `Array.from(document.querySelectorAll("#history ~ ol li, section[aria-labelledby=history] li")).length`); n != 3 {
		t.Errorf("the history has %d steps, not the first words and two corrections: %s", n, b.text("main"))
	}
}
