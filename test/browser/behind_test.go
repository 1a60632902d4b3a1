package browser

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// The pages that stand behind a link somebody sent, behind a form or before signing in,
// each in the state in which its person sees it, looked at as TestEveryPage looks.
func TestPagesBehindADoor(t *testing.T) {
	for _, lang := range []string{"en", "es"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			behindADoor(t, lang)
		})
	}
}

func behindADoor(t *testing.T, lang string) {
	source, seen := axeSource(t), []string{}
	all := routes(t)
	look := func(b *tab, name string) {
		t.Helper()
		if got := routeOf(all, b.path()); got != name && !strings.Contains(name, " ") {
			t.Fatalf("this is %s (%s), not %s: %s", got, b.path(), name, b.text("main"))
		}
		seen = append(seen, name)
		b.do(size(390, 844))
		b.picture(name + "." + lang + ".390")
		b.do(size(1280, 900))
		b.picture(name + "." + lang + ".1280")
		b.inspect(name, lang, source)
		b.do(size(390, 844)) // everything else is done on a phone
	}

	// The parent, on her own computer: an account, with codes that are shown once.
	p := serve(t)
	b := newTab(t, p)
	b.authenticator()
	b.enter(p.link)
	parent := &world{p: p, b: b, lang: lang}
	parent.speak(lang)
	b.open("/settings")
	b.send(`form[action="/settings"]`, map[string]string{"name": "Sample Parent"})
	b.open("/account")
	b.send("form[data-passkey=create]", map[string]string{"login-key": "parent@sample.example"})
	look(b, "codes_show")

	// She shares, and looks at what will be seen before it is sent.
	b.open("/start")
	b.send(`form[action="/cases/sample"]`, nil)
	sample := b.path()
	b.open(sample + "/share/new?preset=family")
	b.send("form.sp-form", map[string]string{"for": "Sample Grandmother"})
	look(b, "share_check")
	b.send(`form[action$="/share/send"]`, nil)
	look(b, "the link of a share")
	join := b.linkTo("/join/")
	b.open("/people/invite?preset=member")
	b.send("form.sp-form", map[string]string{"for": "Sample Colleague", "role": "editor"})
	look(b, "invite_check")

	// An office offers a family a space of its own.
	b.open("/settings")
	b.send(`form[action="/settings/space"]`, map[string]string{"kind": "practice", "called": "Sample Advocates"})
	b.open("/families")
	look(b, "host_show")
	b.send(`form[action="/families"]`, map[string]string{"for": "A sample family", "backups": "30"})
	look(b, "the link for a family")
	welcome := b.linkTo("/welcome/")
	b.open("/families")
	look(b, "an offer that waits")

	// The grandmother, on her phone, who has never been here.
	g := newTab(t, p)
	g.authenticator()
	g.open(join)
	(&world{p: p, b: g, lang: lang}).speak(lang)
	look(g, "join_show")
	g.open("/sign-in?next=" + strings.ReplaceAll(join, "/", "%2F"))
	look(g, "sign_show")
	g.open("/sign-up?next=" + strings.ReplaceAll(join, "/", "%2F"))
	look(g, "sign_up")
	g.send("form[data-passkey=create]", map[string]string{"login-key": "grandmother@sample.example"})
	g.leave(func() { ask[int](g, `(document.querySelector('main .sp-actions a.usa-button').click(), 1)`) })
	look(g, "an invitation, signed in")
	g.send(`form[action^="/join/"]`, nil)
	g.open("/account/end")
	look(g, "account_end")
	ask[bool](g, `document.querySelector("#sure").checked = true`)
	g.send(`form[action="/account/end"]`, map[string]string{"login": "grandmother@sample.example"})
	look(g, "an account that ended")

	// A family that takes the offer.
	f := newTab(t, p)
	f.authenticator()
	f.open(welcome)
	(&world{p: p, b: f, lang: lang}).speak(lang)
	look(f, "welcome_show")
	f.leave(func() { ask[int](f, `(document.querySelector('main a[href^="/sign-up"]').click(), 1)`) })
	f.send("form[data-passkey=create]", map[string]string{"login-key": "family@sample.example"})
	f.leave(func() { ask[int](f, `(document.querySelector('main .sp-actions a.usa-button').click(), 1)`) })
	look(f, "an offer, signed in")
	f.send(`form[action^="/welcome/"]`, map[string]string{"name": "Sample Family", "space": "Our family"})
	f.open("/account/end")
	look(f, "the last owner ends an account")

	for _, name := range notLinked {
		if !slices.Contains(seen, name) && elsewhere[name] == "" {
			t.Errorf("nobody looked at %s", name)
		}
	}
}

// authenticator gives the browser a passkey device that says yes.
func (b *tab) authenticator() {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		b.t.Fatal(err)
	}
	_, err := chromedp.Call(b.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	if err != nil {
		b.t.Fatal(err)
	}
}

// linkTo is the link in the page that begins so, as a path.
func (b *tab) linkTo(path string) string {
	b.t.Helper()
	got := ask[string](b, `document.querySelector("main").innerHTML.match(new RegExp(`+quote(path)+` + "[A-Za-z0-9_-]{20,}"))?.[0] ?? ""`)
	if got == "" {
		b.t.Fatalf("no link to %s: %s", path, b.text("main"))
	}
	return got
}
