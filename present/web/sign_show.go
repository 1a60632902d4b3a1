package web

import (
	"errors"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"stayput/desk"
	"stayput/fault"
)

// A signPage is where people sign in.
type signPage struct {
	Frame
	Fields   []Field // name, passphrase and code
	Recovery []Field // name and a recovery code
	Next     string  // where to go on
	Again    bool    // signed in already; what comes next asks for it anew
	Passkey  PasskeyForm
	Trouble  string // what went wrong, above the forms
	Own      bool   // on this machine the one-time link lets in too
	Make     string // where who was invited makes an account; "" for everybody else
}

func (signPage) template() string { return "sign_show" }

// A PasskeyForm is a button that the browser's script makes work.
type PasskeyForm struct {
	Begin, Finish string // where the script asks
	Here          bool   // passkeys work at this address
}

var _ = sample(func() page {
	return signPage{
		Fields:   []Field{{Name: "login", Label: "x", Required: true}, {Name: "passphrase", Label: "x", Kind: "password", Required: true}},
		Recovery: []Field{{Name: "login-2", Label: "y"}}, Next: "/cases", Again: true, Passkey: PasskeyForm{"/a", "/b", true}, Trouble: "z", Own: true, Make: "/sign-up?next=/join/x",
	}
})

// signShow shows the sign-in page.
func (s *Site) signShow(w http.ResponseWriter, r *http.Request) error {
	next := nextPage(r.URL.Query().Get("next"))
	again := r.URL.Query().Get("again") != ""
	if s.entered(r) && !again {
		return s.seeOther(w, r, next)
	}
	if open, err := s.desk.HasAccount(r.Context()); err != nil || !open && !s.invited(r, next) {
		if err == nil {
			err = errLocked
		}
		return err
	}
	return s.showSign(w, r, http.StatusOK, "", next, again, "")
}

// showSign shows the page again with what was wrong. Neither passphrase nor code
// comes back.
func (s *Site) showSign(w http.ResponseWriter, r *http.Request, status int, login, next string, again bool, trouble string) error {
	f := s.frame(r, "signin.title", "")
	f.Path = "/sign-in?next=" + queryEscape(next)
	if again {
		f.Path += "&again=1"
	}
	newcomer := ""
	if accountOf(r) == "" && s.invited(r, next) {
		newcomer = "/sign-up?next=" + queryEscape(next)
	}
	return s.show(w, r, status, signPage{
		Frame: f, Make: newcomer, Next: next, Again: again && s.entered(r), Trouble: trouble, Own: ownDoor(r),
		Fields: []Field{
			{Name: "login", Label: f.T("signin.login"), Value: login, Required: true, Max: 100, Autocomplete: "username"},
			{Name: "passphrase", Label: f.T("signin.passphrase"), Kind: "password", Required: true, Autocomplete: "current-password"},
			{Name: "code", Label: f.T("signin.code"), Hint: f.T("signin.code_hint"), Required: true, Max: 60, Autocomplete: "one-time-code"},
		},
		Recovery: []Field{
			{Name: "login-2", Label: f.T("signin.login"), Value: login, Required: true, Max: 100, Autocomplete: "username"},
			{Name: "recovery", Label: f.T("signin.recovery"), Hint: f.T("signin.recovery_hint"), Required: true, Max: 60, Autocomplete: "off"},
		},
		Passkey: PasskeyForm{"/sign-in/passkey", "/sign-in/passkey/finish", s.passkeysHere(r)},
	})
}

// signIn signs somebody in with a passphrase and a code, or with a recovery code.
func (s *Site) signIn(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	next, again := nextPage(f.Text("next", 2000)), f.Ticked("again")
	in := desk.SignIn{
		Login: f.Text("login", 200), Passphrase: f.secret("passphrase"), Code: f.Text("code", 100),
		Address: addressText(r), Known: s.knownCookie(r), Device: browserName(r),
	}
	if f.Has("recovery") {
		in.Login, in.Passphrase, in.Code, in.Recovery = f.Text("login-2", 200), "", f.Text("recovery", 100), true
	}
	out, err := s.desk.SignIn(r.Context(), in)
	var soon *desk.TooSoon
	switch {
	case errors.As(err, &soon):
		seconds := int(math.Ceil(soon.Wait.Seconds()))
		w.Header().Set("Retry-After", strconv.Itoa(seconds))
		return s.showSign(w, r, http.StatusTooManyRequests, in.Login, next, again, s.frame(r, "signin.title", "").speak().waitText(soon.Wait))
	case err != nil && fault.KindOf(err) == fault.Invalid:
		return s.showSign(w, r, http.StatusUnprocessableEntity, in.Login, next, again, s.frame(r, "signin.title", "").T("signin.wrong"))
	case err != nil:
		return err
	}
	if err := s.letIn(w, r, out); err != nil {
		return err
	}
	return s.seeOther(w, r, next)
}

// letIn begins the session of somebody who signed in.
func (s *Site) letIn(w http.ResponseWriter, r *http.Request, in desk.In) error {
	if err := s.beginDevice(r.Context(), in.Me); err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{
		Name: s.knownName(r), Value: in.Known, Path: "/", HttpOnly: true, Secure: cameBy(r).door.secure(),
		SameSite: http.SameSiteStrictMode, MaxAge: int((365 * 24 * time.Hour).Seconds()),
	})
	if in.Left >= 0 {
		s.note(r, Note{Tone: "soon", Key: "signin.code_used", Pairs: []string{"n", strconv.Itoa(in.Left)}, Href: "/account", Link: "signin.account"})
	}
	return nil
}

// waitText says how long somebody has to wait.
func (f speaker) waitText(d time.Duration) string {
	if d <= 90*time.Second {
		return f.N("signin.wait_seconds", int(math.Ceil(d.Seconds())))
	}
	return f.N("signin.wait_minutes", int(math.Ceil(d.Minutes())))
}

// secret is one field as it was typed: spaces belong to a passphrase.
func (f *Form) secret(name string) string { return strings.TrimRight(f.values.Get(name), "\n") }

// nextPage is where to go on after signing in: a path of ours that is not part of
// signing in itself.
func nextPage(to string) string {
	to = localPath(to)
	for _, own := range []string{"/sign-in", "/sign-out", "/sign-up", "/enter", "/static/"} {
		if strings.HasPrefix(to, own) {
			return "/"
		}
	}
	return to
}

// The cookie by which a browser is known that signed in before.
func (s *Site) knownName(r *http.Request) string {
	if cameBy(r).door.secure() {
		return "__Host-stayput-known"
	}
	return "stayput-known"
}

func (s *Site) knownCookie(r *http.Request) string {
	c, err := r.Cookie(s.knownName(r))
	if err != nil {
		return ""
	}
	return c.Value
}

// addressText is where a request comes from, for slowing down who guesses.
func addressText(r *http.Request) string {
	if a := clientAddress(r); a.IsValid() {
		return a.String()
	}
	return ""
}

// browserName calls a browser by what it says it is: Firefox, Windows.
func browserName(r *http.Request) string {
	agent := r.UserAgent()
	find := func(names ...string) string {
		for i := 0; i < len(names); i += 2 {
			if strings.Contains(agent, names[i]) {
				return names[i+1]
			}
		}
		return ""
	}
	browser := find("Edg", "Edge", "OPR/", "Opera", "SamsungBrowser", "Samsung Internet", "Firefox", "Firefox", "FxiOS", "Firefox", "CriOS", "Chrome", "Chrome", "Chrome", "Safari", "Safari")
	system := find("iPhone", "iPhone", "iPad", "iPad", "Android", "Android", "CrOS", "Chromebook", "Windows", "Windows", "Mac OS", "Mac", "Linux", "Linux")
	switch {
	case browser == "":
		return system
	case system == "":
		return browser
	}
	return browser + ", " + system
}

// isAddress reports that a host is a number and no name.
func isAddress(host string) bool {
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}

// AgainNote says why somebody who is in has to sign in anew.
func (p signPage) AgainNote() Note { return Note{Tone: "plain", Text: p.T("signin.again_why")} }
