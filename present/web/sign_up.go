package web

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"stayput/desk"
	"stayput/fault"
	"stayput/people/credential"
	"stayput/present/qr"
)

// A signUpPage is where somebody who was invited makes an account.
type signUpPage struct {
	Frame
	Make MakeForm
}

func (signUpPage) template() string { return "sign_up" }

// A MakeForm asks for a new account: with a passkey, or with a passphrase and an
// authenticator app.
type MakeForm struct {
	Login   Field
	Fields  []Field // name, passphrase and code
	App     AppForm
	Action  string
	Next    string
	Passkey PasskeyForm
}

// An AppForm shows what an authenticator app has to read.
type AppForm struct {
	Picture template.HTML // QR code
	Secret  string
	Spaced  string       // the secret as people type it
	Address template.URL // opens the app on the phone itself; its form is ours
}

var _ = sample(func() page {
	return signUpPage{Make: MakeForm{
		Login:  Field{Name: "login-key", Label: "x", Required: true},
		Fields: []Field{{Name: "login", Label: "x", Error: "y"}, {Name: "passphrase", Label: "z", Kind: "password"}, {Name: "code", Label: "c"}},
		App:    AppForm{Picture: "<svg></svg>", Secret: "ABC", Spaced: "ABC", Address: "otpauth://totp/x"}, Action: "/sign-up", Next: "/join/x",
		Passkey: PasskeyForm{"/a", "/b", true},
	}}
})

// signUpShow shows the form for a new account to who was invited.
func (s *Site) signUpShow(w http.ResponseWriter, r *http.Request) error {
	next := nextPage(r.URL.Query().Get("next"))
	if accountOf(r) != "" {
		return s.seeOther(w, r, next)
	}
	if s.entered(r) {
		return s.seeOther(w, r, "/account")
	}
	if _, err := s.mayMake(r, next); err != nil {
		return err
	}
	f := s.frame(r, "signin.make_title", "")
	f.Path = "/sign-up?next=" + queryEscape(next)
	form, err := s.makeForm(r, f, "/sign-up", next, "", "", nil)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, signUpPage{f, form})
}

// signUpSave makes the account.
func (s *Site) signUpSave(w http.ResponseWriter, r *http.Request) error {
	form, err := s.form(w, r)
	if err != nil {
		return err
	}
	next := nextPage(form.Text("next", 2000))
	whom, err := s.mayMake(r, next)
	if err != nil {
		return err
	}
	in := desk.NewAccount{
		Login: form.Text("login", 200), Passphrase: form.secret("passphrase"), Secret: form.Text("secret", 64), Code: form.Text("code", 20),
		Space: whom.Space, Person: whom.Person.ID,
	}
	to, err := s.makeAccount(w, r, in, next)
	if err == nil {
		return s.seeOther(w, r, to)
	}
	if k := fault.KindOf(err); k != fault.Invalid && k != fault.Conflict {
		return err
	}
	if whom.Person.ID != "" {
		return s.showAccount(w, r, http.StatusUnprocessableEntity, accountTrouble{login: in.Login, secret: in.Secret, make: err})
	}
	f := s.frame(r, "signin.make_title", "")
	f.Path = "/sign-up?next=" + queryEscape(next)
	again, err := s.makeForm(r, f, "/sign-up", next, in.Login, in.Secret, err)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusUnprocessableEntity, signUpPage{f, again})
}

// mayMake says for whom an account may be made: for the person of this machine who
// came in by the one-time link and has none, or for nobody yet, when next is an
// invitation that waits.
func (s *Site) mayMake(r *http.Request, next string) (desk.Who, error) {
	own := me(r)
	if s.entered(r) && own.Account == "" && own.Device == "" && ownDoor(r) {
		return who(r), nil
	}
	if own.Account == "" && s.invited(r, next) {
		return desk.Who{}, nil
	}
	return desk.Who{}, refuse(http.StatusNotFound, "signin.no_invitation")
}

// invited reports that a path is that of an invitation that waits.
func (s *Site) invited(r *http.Request, path string) bool {
	u, err := url.Parse(path)
	if err != nil {
		return false
	}
	if token, ok := strings.CutPrefix(u.Path, "/join/"); ok {
		return s.desk.InvitationLive(r.Context(), token)
	}
	if token, ok := strings.CutPrefix(u.Path, "/welcome/"); ok {
		_, err := s.desk.Welcome(r.Context(), token)
		return err == nil
	}
	return false
}

// makeAccount makes an account, signs in with it, and gives the page that shows its
// recovery codes.
func (s *Site) makeAccount(w http.ResponseWriter, r *http.Request, in desk.NewAccount, next string) (to string, err error) {
	id, codes, err := s.desk.MakeAccount(r.Context(), in)
	if err != nil {
		return "", err
	}
	out, err := s.desk.BeginAccount(r.Context(), id, s.knownCookie(r), browserName(r))
	if err != nil {
		return "", err
	}
	if err := s.letIn(w, r, out); err != nil {
		return "", err
	}
	if next == "/" && in.Person != "" {
		next = "/account"
	}
	return s.codesPath(id, codes, next), nil
}

// makeForm is the form for a new account, with what was wrong in it.
func (s *Site) makeForm(r *http.Request, f Frame, action, next, login, secret string, trouble error) (m MakeForm, err error) {
	m = MakeForm{
		Action: action, Next: next, Passkey: PasskeyForm{"/sign-up/passkey", "/sign-up/passkey/finish", s.passkeysHere(r)},
		Login: Field{Name: "login-key", Label: f.T("signin.login"), Hint: f.T("signin.login_hint"), Required: true, Max: 80, Autocomplete: "username"},
		Fields: []Field{
			{Name: "login", Label: f.T("signin.login"), Hint: f.T("signin.login_hint"), Value: login, Required: true, Max: 80, Autocomplete: "username"},
			newPassphrase(f, credential.MinWith),
			appCode(f),
		},
	}
	place(f, m.Fields, trouble)
	m.App, err = s.appForm(f, r, secret, login)
	return m, err
}

func newPassphrase(f Frame, least int) Field {
	return Field{Name: "passphrase", Label: f.T("signin.new_passphrase"), Hint: f.N("signin.new_passphrase_hint", least), Kind: "password", Required: true, Autocomplete: "new-password"}
}

func appCode(f Frame) Field {
	return Field{Name: "code", Label: f.T("signin.app_code"), Hint: f.T("signin.app_code_hint"), Required: true, Max: 12, Autocomplete: "one-time-code", InputMode: "numeric"}
}

// place says what was wrong at the field it is about.
func place(f Frame, fields []Field, trouble error) {
	if trouble == nil {
		return
	}
	key, _ := cause(trouble)
	name := "login"
	switch {
	case strings.HasPrefix(key, "signin.weak_"):
		name = "passphrase"
	case key == "signin.wrong_code":
		name = "code"
	}
	for i := range fields {
		if fields[i].Name == name {
			for _, e := range fault.All(trouble) {
				fields[i].Error = f.Fault(e)
			}
		}
	}
}

// appForm shows a secret for an authenticator app: the one that was shown before, so
// that whoever mistyped a code need not scan again, or a new one.
func (s *Site) appForm(f Frame, r *http.Request, secret, login string) (a AppForm, err error) {
	if !credential.GoodSecret(secret) {
		secret = credential.NewSecret()
	}
	if login == "" {
		login = hostName(r)
	}
	a = AppForm{Secret: secret, Spaced: credential.Spaced(secret), Address: template.URL(credential.Address(secret, login, "Stayput"))}
	picture, err := qr.SVG(string(a.Address), f.T("signin.app_picture"))
	a.Picture = template.HTML(picture) // made by our own qr of text we escaped
	return a, err
}

// queryEscape is a path as the value of a query.
func queryEscape(s string) string { return url.QueryEscape(s) }
