package web

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// A real browser makes a passkey on localhost, signs in with it after signing out,
// and cannot once it is taken away. The account has no passphrase at all.
func TestBrowserPasskey(t *testing.T) {
	h := build(t, "")
	own, opts := chromium(h)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 120*time.Second)
	defer cancel()
	fail := func(err error) {
		t.Helper()
		if err != nil {
			at, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("location.href + ' ' + document.querySelector('main').innerText"))
			t.Fatalf("%v\n%s\n%s", err, at, h.log.String())
		}
	}
	fail(chromedp.Do(ctx))
	_, err := chromedp.Call(ctx, webauthn.Enable, webauthn.EnableParams{})
	fail(err)
	key, err := chromedp.Call(ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	fail(err)
	do := func(script string) { t.Helper(); fail(chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](script))) }
	until := func(script string) {
		t.Helper()
		for range 100 {
			ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+script+")"))
			if err == nil && ok {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		fail(fmt.Errorf("never: %s", script))
	}
	submit := func(form string) { t.Helper(); do(`document.querySelector('` + form + `').requestSubmit()`) }
	open := func(path string) { t.Helper(); fail(chromedp.Do(ctx, chromedp.Navigate(own+path))) }

	open(h.site.NewLink())
	open("/account")
	until(`document.querySelector('form[data-passkey=create]')`)
	do(`document.querySelector('#f-login-key').value = 'ana'`)
	submit("form[data-passkey=create]")
	until(`location.pathname === '/account/codes' && document.querySelectorAll('#codes li').length === 10`)

	// A second one on the same device is refused by the device.
	open("/account")
	until(`document.querySelector('form[data-passkey=create]')`)
	submit("form[data-passkey=create]")
	until(`document.querySelector('[data-says]').innerText.includes('already')`)

	submit(`form[action="/sign-out"]`)
	until(`location.pathname === '/sign-in'`)
	open("/sign-in?next=/devices")
	until(`document.querySelector('form[data-passkey=get]')`)
	submit("form[data-passkey=get]")
	until(`location.pathname === '/devices' && document.querySelector('main')?.innerText.includes('This device')`)
	device, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector('main').innerText`))
	fail(err)
	if !strings.Contains(device, "This device") || !strings.Contains(device, "Chrome") {
		t.Errorf("the devices are\n%s", device)
	}

	// Without the person's finger it does not sign in.
	submitOut := func() {
		t.Helper()
		open("/account")
		submit(`form[action="/sign-out"]`)
		until(`location.pathname === '/sign-in' && document.querySelector('form[data-passkey=get]')`)
	}
	submitOut()
	_, err = chromedp.Call(ctx, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: key.AuthenticatorID, IsUserVerified: false})
	fail(err)
	submit("form[data-passkey=get]")
	until(`!document.querySelector('[data-says]').hidden && document.querySelector('[data-says]').innerText.length > 0`)
	if at, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("location.pathname")); at != "/sign-in" {
		t.Errorf("without the finger one is at %s", at)
	}
	_, err = chromedp.Call(ctx, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: key.AuthenticatorID, IsUserVerified: true})
	fail(err)

	// A copy of the passkey counts from the beginning: it is refused and noted.
	all, err := chromedp.Call(ctx, webauthn.GetCredentials, webauthn.GetCredentialsParams(key))
	fail(err)
	if len(all.Credentials) != 1 {
		t.Fatalf("the device holds %d passkeys", len(all.Credentials))
	}
	fail(chromedp.Do(ctx, chromedp.Navigate(own+"/sign-in"), chromedp.Sleep(300*time.Millisecond)))
	submit("form[data-passkey=get]")
	until(`location.pathname === '/'||location.pathname === '/start'||location.pathname === '/cases'`)
	submitOut()
	_, err = chromedp.Call(ctx, webauthn.ClearCredentials, webauthn.ClearCredentialsParams(key))
	fail(err)
	copied := all.Credentials[0]
	add := cdp.Command[map[string]any, cdp.Empty]{Method: webauthn.CommandAddCredential} // what newer browsers know besides, ours refuses
	_, err = chromedp.Call(ctx, add, map[string]any{"authenticatorId": key.AuthenticatorID, "credential": map[string]any{
		"credentialId": copied.CredentialID, "isResidentCredential": true, "rpId": copied.RpID, "privateKey": copied.PrivateKey,
		"userHandle": copied.UserHandle, "signCount": 0, "backupEligibility": copied.BackupEligibility, "backupState": copied.BackupState,
	}})
	fail(err)
	submit("form[data-passkey=get]")
	until(`document.querySelector('[data-says]').innerText.includes('does not fit')`)
}
