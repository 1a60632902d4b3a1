package web

import (
	"net/http"
	"slices"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fault"
	"stayput/people/credential"
)

// An accountPage is how a person signs in, and what changed about it.
type accountPage struct {
	Frame
	Account  desk.Account
	Make     *MakeForm // without an account: how to make one
	Again    string    // where to sign in anew before changing anything; "" when that was a moment ago
	Host     string    // where we are: passkeys work here or elsewhere
	Passkeys []AccountLine
	Passkey  PasskeyForm
	KeyName  Field
	Phrase   []Field
	AppCode  []Field
	App      AppForm
	Spaces   []Option
	Changes  []AccountLine
	LowCodes bool
	CanDrop  bool    // the passphrase is not the last way in
	Rename   []Field // another sign-in name
	Trouble  []Field
}

func (accountPage) template() string { return "account_show" }

// An AccountLine is a passkey, a device or a change.
type AccountLine struct {
	ID, Name, When, Used, Note string
	Here                       bool
}

var _ = sample(func() page {
	return accountPage{
		Account: desk.Account{ID: "a", Login: "ana", Passphrase: true, App: true, Codes: 2}, Host: "localhost", LowCodes: true, CanDrop: true,
		Passkeys: []AccountLine{{ID: "k", Name: "Firefox", When: "March 3", Used: "March 4", Note: "stayput.example", Here: true}},
		Passkey:  PasskeyForm{"/a", "/b", true}, KeyName: Field{Name: "name", Label: "x"},
		Phrase: []Field{{Name: "passphrase", Label: "x", Kind: "password", Error: "y"}}, Rename: []Field{{Name: "login", Label: "x"}}, AppCode: []Field{{Name: "code", Label: "x"}},
		App:    AppForm{Picture: "<svg></svg>", Secret: "ABC", Spaced: "ABC", Address: "otpauth://totp/x"},
		Spaces: []Option{{Value: "a", Label: "b", On: true}, {Value: "c", Label: "d"}}, Changes: []AccountLine{{Name: "x", When: "y", Note: "z"}},
		Trouble: []Field{{Name: "passphrase", Error: "x"}},
	}
})
var _ = sample(func() page {
	return accountPage{Make: &MakeForm{
		Login: Field{Name: "login-key", Label: "x"}, Fields: []Field{{Name: "login", Label: "x"}}, Action: "/account/new",
		App: AppForm{Picture: "<svg></svg>", Secret: "ABC", Spaced: "ABC", Address: "otpauth://totp/x"}, Passkey: PasskeyForm{"/a", "/b", true},
	}}
})
var _ = sample(func() page {
	return accountPage{Account: desk.Account{ID: "a", Login: "ana"}, Again: "/sign-in?again=1"}
})

// An accountTrouble is what was wrong in one of the page's forms.
type accountTrouble struct {
	login, secret     string
	make, phrase, app error
	rename            error
}

// accountShow shows how one signs in.
func (s *Site) accountShow(w http.ResponseWriter, r *http.Request) error {
	return s.showAccount(w, r, http.StatusOK, accountTrouble{})
}

func (s *Site) showAccount(w http.ResponseWriter, r *http.Request, status int, t accountTrouble) error {
	a, err := s.desk.Account(r.Context(), me(r))
	if err != nil {
		return err
	}
	f := s.frame(r, "signin.account", "settings")
	f.Path = "/account"
	p := accountPage{Frame: f, Account: a, Host: hostName(r)}
	if a.ID == "" {
		p.Title = f.T("signin.make_title")
		if !ownDoor(r) || me(r).Device != "" { // a paired phone does it on the computer
			return s.show(w, r, status, p)
		}
		form, err := s.makeForm(r, f, "/account/new", "/account", t.login, t.secret, t.make)
		if err != nil {
			return err
		}
		p.Make, p.Trouble = &form, form.Fields
		return s.show(w, r, status, p)
	}
	if !a.Fresh {
		p.Again = "/sign-in?again=1&next=%2Faccount"
	}
	for _, k := range a.Passkeys {
		line := AccountLine{ID: k.ID, Name: k.Name, When: s.dayOf(f, k.Since), Note: k.Host, Here: k.Host == p.Host}
		if !k.Used.IsZero() {
			line.Used = s.dayOf(f, k.Used)
		}
		p.Passkeys = append(p.Passkeys, line)
	}
	p.Passkey = PasskeyForm{"/account/passkeys", "/account/passkeys/finish", s.passkeysHere(r)}
	p.KeyName = Field{Name: "name", Label: f.T("signin.passkey_name"), Hint: f.T("signin.passkey_name_hint"), Value: browserName(r), Max: 60}
	least := credential.MinWith
	if !a.App {
		least = credential.MinAlone
	}
	p.Phrase = []Field{newPassphrase(f, least)}
	place(f, p.Phrase, t.phrase)
	p.Rename = []Field{{Name: "login", Label: f.T("signin.login_new"), Hint: f.T("signin.login_hint"), Value: a.Login, Required: true, Max: 80, Autocomplete: "username"}}
	if t.rename != nil {
		p.Rename[0].Value = t.login
	}
	place(f, p.Rename, t.rename)
	p.AppCode = []Field{appCode(f)}
	place(f, p.AppCode, t.app)
	p.Trouble = slices.Concat(p.Rename, p.Phrase, p.AppCode)
	if a.Fresh {
		if p.App, err = s.appForm(f, r, t.secret, a.Login); err != nil {
			return err
		}
	}
	p.LowCodes, p.CanDrop = a.Codes < 4, len(a.Passkeys) > 0 && a.Passphrase
	if p.Spaces, err = s.spaceOptions(r, f); err != nil {
		return err
	}
	for _, c := range a.History {
		line := AccountLine{When: s.momentOf(f, c.At), Name: f.T("signin.history."+c.What, "name", c.Name)}
		if c.Device != "" {
			line.Note = f.T("signin.history_from", "device", c.Device)
		}
		p.Changes = append(p.Changes, line)
	}
	return s.show(w, r, status, p)
}

// dayOf is the day of a moment, where the program runs.
func (s *Site) dayOf(f Frame, t time.Time) string {
	t = t.In(s.now().Location())
	return f.Say().Date(day.Must(t.Date()))
}

// momentOf is a moment to the minute.
func (s *Site) momentOf(f Frame, t time.Time) string {
	t = t.In(s.now().Location())
	return s.dayOf(f, t) + ", " + f.Say().Time(int16(t.Hour()*60+t.Minute()))
}

// badInput tells what a person may put right from what is no fault of the form.
func badInput(err error) bool {
	k := fault.KindOf(err)
	return k == fault.Invalid || k == fault.Conflict
}
