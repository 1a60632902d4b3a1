package desk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/law/packs"
	"stayput/people"
	"stayput/people/credential"
	"stayput/record/seal"
)

const phrase = "lluvia sobre tejas rojas"

// An owner is somebody with an account, for tests.
type owner struct {
	id     people.AccountID
	secret string
	codes  []string
}

// account makes one for the person of the machine.
func (h *house) account(t *testing.T, login string) owner {
	t.Helper()
	o := owner{secret: credential.NewSecret()}
	in := desk.NewAccount{Login: login, Passphrase: phrase, Secret: o.secret, Code: credential.Code(o.secret, h.at())}
	if all, err := h.Accounts(t.Context()); err != nil {
		t.Fatal(err)
	} else if len(all) == 0 {
		in.Space, in.Person = h.who.Space, h.who.Person.ID
	}
	var err error
	if o.id, o.codes, err = h.MakeAccount(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	h.goes(h.at().Add(time.Minute))
	return o
}

func (h *house) signIn(t *testing.T, o owner, login, known string) desk.In {
	t.Helper()
	in, err := h.SignIn(t.Context(), desk.SignIn{Login: login, Passphrase: phrase, Code: credential.Code(o.secret, h.at()), Known: known, Device: "Firefox, Linux", Address: "192.0.2.7"})
	if err != nil {
		t.Fatal(err)
	}
	h.goes(h.at().Add(time.Minute))
	return in
}

func kindIs(t *testing.T, err error, k fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != k {
		t.Errorf("the answer is %v, not %v", err, k)
	}
}

func TestSignIn(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "Ana@Example.org")
	in := h.signIn(t, o, " ana@example.ORG ", "")
	if in.Space != h.who.Space || in.Person != h.who.Person.ID || in.Device == "" || in.Known == "" || in.Left != -1 {
		t.Errorf("she came in as %+v", in)
	}
	e, err := h.Enter(t.Context(), in.Me)
	if err != nil || !e.Found || !e.Holds || e.Who.Device != in.Device || e.Who.Member.Account != o.id {
		t.Errorf("the session gives %+v, %v", e, err)
	}
	// The device is known by its cookie: no second one appears.
	again := h.signIn(t, o, "ana@example.org", in.Known)
	if again.Device != in.Device || again.Turn != in.Turn+1 {
		t.Errorf("the second sign-in is device %s turn %d", again.Device, again.Turn)
	}
	if e, _ := h.Enter(t.Context(), in.Me); e.Holds {
		t.Error("the session before still stands")
	}
	for what, bad := range map[string]desk.SignIn{
		"another passphrase":         {Login: "ana@example.org", Passphrase: phrase + "x", Code: credential.Code(o.secret, h.at())},
		"another code":               {Login: "ana@example.org", Passphrase: phrase, Code: "000000"},
		"no code":                    {Login: "ana@example.org", Passphrase: phrase},
		"nobody":                     {Login: "eva@example.org", Passphrase: phrase, Code: credential.Code(o.secret, h.at())},
		"nothing":                    {},
		"the app's code as recovery": {Login: "ana@example.org", Recovery: true, Code: credential.Code(o.secret, h.at())},
	} {
		_, err := h.SignIn(t.Context(), bad)
		var f *fault.Error
		if !errors.As(err, &f) || f.Key != "signin.wrong" || len(f.Args) != 0 {
			t.Errorf("with %s the answer is %v", what, err)
		}
	}
}

// What is kept holds neither passphrase nor code, and no log of changes does.
func TestNothingSecretIsKept(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "ana")
	in := h.signIn(t, o, "ana", "")
	err := h.store.Read(t.Context(), func(tx desk.Tx) error {
		for _, kind := range []string{"account", "login", "device", "known", "seat"} {
			all, err := tx.Items("", kind, "")
			if err != nil {
				return err
			}
			if len(all) == 0 {
				t.Errorf("there is no %s", kind)
			}
			for _, it := range all {
				for _, secret := range append(o.codes, phrase, in.Known) {
					if strings.Contains(string(it.Body), secret) || strings.Contains(it.ID, secret) {
						t.Errorf("the %s holds a secret", kind)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The work is the same whether there is such an account or not: one argon2id. What
// is refused for being too fast costs none.
func TestEqualWork(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "ana")
	count := func(in desk.SignIn) int64 {
		before := h.Looks()
		h.SignIn(t.Context(), in)
		return h.Looks() - before
	}
	for i, in := range []desk.SignIn{
		{Login: "ana", Passphrase: phrase, Code: "1"}, {Login: "nobody", Passphrase: phrase, Code: "1"}, {Login: "ana", Passphrase: "x"},
		{Login: "", Passphrase: ""}, {Login: strings.Repeat("x", 10_000)}, {Login: "ana", Passphrase: phrase, Code: credential.Code(o.secret, h.at())},
	} {
		in.Address = fmt.Sprint("192.0.2.", i)
		if n := count(in); n != 1 {
			t.Errorf("try %d cost %d", i, n)
		}
	}
}

// A code of the app works once, also when two come at once; a recovery code too.
func TestCodesWorkOnce(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "ana")
	for _, code := range []string{credential.Code(o.secret, h.at()), o.codes[3]} {
		var mu sync.Mutex
		var wg sync.WaitGroup
		in := 0
		for i := range 6 {
			wg.Go(func() {
				_, err := h.SignIn(t.Context(), desk.SignIn{Login: "ana", Passphrase: phrase, Code: code, Address: fmt.Sprint("10.0.0.", i)})
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					in++
				} else if fault.KindOf(err) != fault.Invalid {
					t.Errorf("a second use gave %v", err)
				}
			})
		}
		wg.Wait()
		if in != 1 {
			t.Errorf("%d came in with one code", in)
		}
	}
	// The code with which the app was set up is used up too.
	h2 := newHouse(t)
	secret := credential.NewSecret()
	code := credential.Code(secret, h2.at())
	if _, _, err := h2.MakeAccount(t.Context(), desk.NewAccount{Login: "ana", Passphrase: phrase, Secret: secret, Code: code}); err != nil {
		t.Fatal(err)
	}
	_, err := h2.SignIn(t.Context(), desk.SignIn{Login: "ana", Passphrase: phrase, Code: code})
	kindIs(t, err, fault.Invalid)
}

func TestRecoveryAlone(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "ana")
	in, err := h.SignIn(t.Context(), desk.SignIn{Login: "ana", Code: strings.ToUpper(o.codes[0]), Recovery: true})
	if err != nil || in.Left != 9 {
		t.Fatalf("a recovery code gave %+v, %v", in, err)
	}
	_, err = h.SignIn(t.Context(), desk.SignIn{Login: "ana", Code: o.codes[0], Recovery: true})
	kindIs(t, err, fault.Invalid)
	codes, err := h.NewCodes(t.Context(), in.Me)
	if err != nil || len(codes) != 10 {
		t.Fatal(err)
	}
	_, err = h.SignIn(t.Context(), desk.SignIn{Login: "ana", Code: o.codes[1], Recovery: true})
	kindIs(t, err, fault.Invalid)
	a, err := h.Account(t.Context(), in.Me)
	if err != nil || len(a.History) < 3 || a.History[0].What != "codes" || a.Codes != 10 {
		t.Errorf("the account is %+v, %v", a, err)
	}
}

// Strangers who guess are slowed; who signs in from a device that is known is not.
func TestBruteForce(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "ana")
	hers := h.signIn(t, o, "ana", "")
	looked, slowed := 0, 0
	for i := range 120 {
		_, err := h.SignIn(t.Context(), desk.SignIn{Login: "ana", Passphrase: fmt.Sprint("guess number ", i), Code: "123456", Address: fmt.Sprintf("198.51.100.%d", i%5)})
		var soon *desk.TooSoon
		switch {
		case errors.As(err, &soon):
			slowed++
		case err != nil:
			looked++
		default:
			t.Fatal("a guess came in")
		}
	}
	if looked > 60 || slowed < 60 {
		t.Errorf("%d guesses were looked at, %d slowed", looked, slowed)
	}
	// The same moment, from the same network even: her phone is known.
	if _, err := h.SignIn(t.Context(), desk.SignIn{Login: "ana", Passphrase: phrase, Code: credential.Code(o.secret, h.at()), Known: hers.Known, Address: "198.51.100.1"}); err != nil {
		t.Errorf("she does not get in: %v", err)
	}
	// From a new phone elsewhere a recovery code lets her in at once.
	if _, err := h.SignIn(t.Context(), desk.SignIn{Login: "ana", Code: o.codes[0], Recovery: true, Address: "203.0.113.9"}); err != nil {
		t.Errorf("her recovery code does not get her in: %v", err)
	}
	// Somebody else's cookie helps nobody.
	var soon *desk.TooSoon
	if _, err := h.SignIn(t.Context(), desk.SignIn{Login: "ana", Passphrase: "x", Known: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", Address: "198.51.100.1"}); !errors.As(err, &soon) {
		t.Errorf("a cookie that was made up gives %v", err)
	}
}

// Starting the program anew gives nobody who guesses new free tries, keeps no names, and
// keeps the parent in.
func TestGuesserWaitsAfterARestart(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "ana@example.org")
	hers := h.signIn(t, o, "ana@example.org", "")
	restart := func() {
		book, err := packs.Book()
		if err != nil {
			t.Fatal(err)
		}
		h.Desk = desk.New(desk.Options{Store: h.store, Book: book, Calendars: packs.Calendars(), Now: h.at})
	}
	guess := func(login, address string) (wait time.Duration) {
		t.Helper()
		_, err := h.SignIn(t.Context(), desk.SignIn{Login: login, Passphrase: "a guess", Code: "123456", Address: address})
		var soon *desk.TooSoon
		switch {
		case err == nil:
			t.Fatal("a guess came in")
		case errors.As(err, &soon):
			return soon.Wait
		}
		return 0
	}
	looked := 0
	for i := range 60 { // each time the program is started anew
		if i%3 == 0 {
			restart()
		}
		if guess("ana@example.org", "198.51.100.7") == 0 {
			looked++
		}
		h.goes(h.at().Add(time.Second))
	}
	if looked > 20 {
		t.Errorf("%d of 60 guesses were looked at, with a restart after each third", looked)
	}
	restart()
	if w := guess("eva@example.org", "198.51.100.7"); w == 0 {
		t.Error("from the same address another account is guessed at once after a restart")
	}
	if w := guess("eva@example.org", "203.0.113.5"); w != 0 {
		t.Errorf("an address that never guessed waits %s", w)
	}
	if _, err := h.SignIn(t.Context(), desk.SignIn{Login: "ana@example.org", Passphrase: phrase, Code: credential.Code(o.secret, h.at()), Known: hers.Known, Address: "198.51.100.7"}); err != nil {
		t.Errorf("she does not get in after the restart: %v", err)
	}
	kept := 0
	err := h.store.Read(t.Context(), func(tx desk.Tx) error {
		its, err := tx.Items("", "tries", "")
		for _, it := range its {
			kept++
			if all := it.ID + string(it.Body); strings.Contains(all, "example") || strings.Contains(all, "198.51") {
				t.Errorf("what was typed is kept: %s", all)
			}
		}
		return err
	})
	if err != nil || kept == 0 || kept > 6 {
		t.Errorf("%d counts are kept, %v", kept, err)
	}
	// What is broken or from the future keeps nobody out.
	err = h.store.Write(t.Context(), func(tx desk.Tx) error {
		its, err := tx.Items("", "tries", "")
		if err != nil {
			return err
		}
		for i, it := range its {
			it.Body = []byte(`{"n": "many"}`)
			if i%2 == 0 {
				it.Body = []byte(`{"n": 1000000, "last": "2099-01-01T00:00:00Z"}`)
			}
			if err := tx.SaveItem("", it); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	restart()
	h.goes(h.at().Add(20 * time.Minute))
	if w := guess("ana@example.org", "198.51.100.7"); w > 15*time.Minute {
		t.Errorf("odd counts make the wait %s", w)
	}
	if _, err := h.SignIn(t.Context(), desk.SignIn{Login: "ana@example.org", Code: o.codes[0], Recovery: true, Address: "203.0.113.77"}); err != nil {
		t.Errorf("her recovery code does not get her in: %v", err)
	}
}

// An ended device is out at once, is not known any more, and cannot end others.
func TestDevices(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "ana")
	laptop, phone := h.signIn(t, o, "ana", ""), h.signIn(t, o, "ana", "")
	all, err := h.Devices(t.Context(), laptop.Me)
	if err != nil || len(all) != 2 || all[0].ID != phone.Device {
		t.Fatalf("the devices are %+v, %v", all, err)
	}
	if err := h.EndDevice(t.Context(), laptop.Me, phone.Device); err != nil {
		t.Fatal(err)
	}
	if e, err := h.Enter(t.Context(), phone.Me); err != nil || e.Holds || e.Found {
		t.Errorf("the ended phone gives %+v, %v", e, err)
	}
	kindIs(t, h.EndDevice(t.Context(), phone.Me, laptop.Device), fault.NotFound)
	_, err = h.NewCodes(t.Context(), phone.Me)
	kindIs(t, err, fault.NotFound)
	if anew := h.signIn(t, o, "ana", phone.Known); anew.Device == phone.Device {
		t.Error("an ended device is known")
	}
	// Nobody ends another one's device, or learns that it is there.
	other := h.account(t, "eva")
	eva := h.signIn(t, other, "eva", "")
	kindIs(t, h.EndDevice(t.Context(), eva.Me, laptop.Device), fault.NotFound)
	kindIs(t, h.EndDevice(t.Context(), eva.Me, "nosuch"), fault.NotFound)
	if e, _ := h.Enter(t.Context(), desk.Me{Account: other.id, Device: laptop.Device, Turn: laptop.Turn, Space: laptop.Space, Person: laptop.Person}); e.Holds {
		t.Error("another account stands on her device")
	}
	// Eva signed in, and is nobody here.
	if e, err := h.Enter(t.Context(), eva.Me); err != nil || !e.Holds || e.Found {
		t.Errorf("eva gets %+v, %v", e, err)
	}
	seated := eva.Me
	seated.Space, seated.Person = h.who.Space, h.who.Person.ID
	if e, _ := h.Enter(t.Context(), seated); e.Found {
		t.Error("eva sits in a seat that is not hers")
	}
	if err := h.EndDevices(t.Context(), laptop.Me); err != nil {
		t.Fatal(err)
	}
	if all, _ := h.Devices(t.Context(), laptop.Me); len(all) != 1 {
		t.Errorf("%d devices are left", len(all))
	}
	// Signed out, the session is over; the browser stays known.
	if err := h.SignOut(t.Context(), laptop.Me); err != nil {
		t.Fatal(err)
	}
	if e, _ := h.Enter(t.Context(), laptop.Me); e.Holds {
		t.Error("after signing out the session stands")
	}
	if back := h.signIn(t, o, "ana", laptop.Known); back.Device != laptop.Device {
		t.Error("after signing out the browser is not known")
	}
}

// What is dangerous asks for a sign-in a moment ago; the last way in stays.
func TestStepUpAndLastWay(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "ana")
	in := h.signIn(t, o, "ana", "")
	key := desk.Passkey{ID: "key1", Name: "my phone", Host: "localhost", Body: json.RawMessage(`{}`)}
	if err := h.AddPasskey(t.Context(), in.Me, key); err != nil {
		t.Fatal(err)
	}
	kindIs(t, h.AddPasskey(t.Context(), in.Me, key), fault.Conflict)
	if err := h.DropPassphrase(t.Context(), in.Me); err != nil {
		t.Fatal(err)
	}
	kindIs(t, h.DropPasskey(t.Context(), in.Me, "key1"), fault.Conflict)
	kindIs(t, h.DropPasskey(t.Context(), in.Me, "key2"), fault.NotFound)
	if a, _ := h.Account(t.Context(), in.Me); len(a.Passkeys) != 1 {
		t.Error("the last way in is gone")
	}
	byKey, err := h.SignInPasskey(t.Context(), "key1", json.RawMessage(`{"n":1}`), in.Known, "Firefox")
	if err != nil || byKey.Device != in.Device || byKey.Space != h.who.Space {
		t.Fatalf("the passkey gives %+v, %v", byKey, err)
	}
	h.goes(h.at().Add(16 * time.Minute))
	kindIs(t, h.SetPassphrase(t.Context(), byKey.Me, "nueve bicicletas moradas"), fault.Forbidden)
	_, err = h.NewCodes(t.Context(), byKey.Me)
	kindIs(t, err, fault.Forbidden)
	kindIs(t, h.AddPasskey(t.Context(), byKey.Me, desk.Passkey{ID: "key2"}), fault.Forbidden)
	kindIs(t, h.DropPasskey(t.Context(), byKey.Me, "key1"), fault.Forbidden)
	kindIs(t, h.EndAccount(t.Context(), byKey.Me), fault.Forbidden)
	if _, err := h.SignInPasskey(t.Context(), "nosuch", nil, "", ""); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an unknown passkey gives %v", err)
	}
}

// A new passphrase puts the other devices out.
func TestNewPassphrase(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "ana")
	thief, hers := h.signIn(t, o, "ana", ""), h.signIn(t, o, "ana", "")
	for _, bad := range []string{"corta", "passwordpassword", "ana ana ana ana", strings.Repeat("x y", 200)} {
		kindIs(t, h.SetPassphrase(t.Context(), hers.Me, bad), fault.Invalid)
	}
	if err := h.SetPassphrase(t.Context(), hers.Me, "nueve bicicletas moradas"); err != nil {
		t.Fatal(err)
	}
	if e, _ := h.Enter(t.Context(), thief.Me); e.Holds {
		t.Error("the other device is still in")
	}
	if e, _ := h.Enter(t.Context(), hers.Me); !e.Found {
		t.Error("her own device is out")
	}
	_, err := h.SignIn(t.Context(), desk.SignIn{Login: "ana", Passphrase: phrase, Code: credential.Code(o.secret, h.at())})
	kindIs(t, err, fault.Invalid)
}

func TestMakeAccount(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "Ana")
	good := func(login string) desk.NewAccount {
		s := credential.NewSecret()
		return desk.NewAccount{Login: login, Passphrase: phrase, Secret: s, Code: credential.Code(s, h.at())}
	}
	for what, in := range map[string]desk.NewAccount{
		"a name that is taken": good("ÁNA"), "a bad name": good("a b"), "no app": {Login: "eva", Passphrase: phrase}, "a short passphrase": {Login: "eva", Passphrase: "x"},
		"a secret of his own": {Login: "eva", Passphrase: phrase, Secret: "AAAA", Code: credential.Code("AAAA", h.at())},
	} {
		if _, _, err := h.MakeAccount(t.Context(), in); err == nil {
			t.Errorf("%s makes an account", what)
		}
	}
	second := good("other")
	second.Space, second.Person = h.who.Space, h.who.Person.ID
	_, _, err := h.MakeAccount(t.Context(), second)
	kindIs(t, err, fault.Conflict)
	if has, err := h.HasAccount(t.Context()); err != nil || !has {
		t.Error("nobody has an account")
	}
	// Ended for good, the name is free and the person of the machine may make another.
	if err := h.EndAccount(t.Context(), desk.Me{Account: o.id, Keeper: true}); err != nil {
		t.Fatal(err)
	}
	_, err = h.SignIn(t.Context(), desk.SignIn{Login: "ana", Passphrase: phrase, Code: o.codes[0]})
	kindIs(t, err, fault.Invalid)
	third := good("ana")
	third.Space, third.Person = h.who.Space, h.who.Person.ID
	if _, _, err := h.MakeAccount(t.Context(), third); err != nil {
		t.Errorf("another account: %v", err)
	}
}

// Only a few passphrases are looked at, at once. Strangers who crowd do not stand
// before a device that is known.
func TestCrowd(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "ana")
	hers := h.signIn(t, o, "ana", "")
	leave := h.Crowd()
	defer leave()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	before := h.Looks()
	_, err := h.SignIn(ctx, desk.SignIn{Login: "ana", Passphrase: phrase, Code: credential.Code(o.secret, h.at())})
	kindIs(t, err, fault.Unavailable)
	if h.Looks() != before {
		t.Error("a passphrase was looked at beyond the places there are")
	}
	h.signIn(t, o, "ana", hers.Known)
}

// One account in two spaces sees one at a time, and only those where it has a seat.
func TestMove(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "ana")
	second, third := people.SpaceID(desk.NewName()), people.SpaceID(desk.NewName())
	person := people.PersonID(desk.NewName())
	err := h.store.Write(t.Context(), func(tx desk.Tx) error {
		for _, s := range []people.SpaceID{second, third} {
			key, err := seal.NewKey(string(s), nil)
			if err != nil {
				return err
			}
			if err := tx.AddSpace(people.Space{ID: s, Kind: people.Practice, Name: "Sample practice", Public: key.Public, Created: h.at()}, key); err != nil {
				return err
			}
			if err := tx.SavePerson(s, people.Person{ID: person, Lang: "en", Register: people.Plain}); err != nil {
				return err
			}
			body, _ := json.Marshal(people.Member{Person: person, Role: people.Reader, Since: h.at()})
			if err := tx.SaveItem(s, desk.Item{Kind: "member", ID: string(person), Body: body, At: h.at()}); err != nil {
				return err
			}
		}
		body, _ := json.Marshal(map[string]any{"person": person})
		return tx.SaveItem("", desk.Item{Kind: "seat", ID: string(o.id) + "/" + string(second), Body: body, At: h.at()})
	})
	if err != nil {
		t.Fatal(err)
	}
	in := h.signIn(t, o, "ana", "")
	if in.Space != h.who.Space && in.Space != second {
		t.Errorf("she is in %s", in.Space)
	}
	if seats, err := h.Seats(t.Context(), o.id); err != nil || len(seats) != 2 {
		t.Errorf("her seats are %+v, %v", seats, err)
	}
	to, err := h.Move(t.Context(), in.Me, second)
	if err != nil {
		t.Fatal(err)
	}
	if e, _ := h.Enter(t.Context(), to); !e.Found || e.Who.Space != second || e.Who.Member.Role != people.Reader {
		t.Errorf("there she is %+v", e)
	}
	_, err = h.Move(t.Context(), in.Me, third)
	kindIs(t, err, fault.NotFound)
	_, err = h.Move(t.Context(), in.Me, "nosuch")
	kindIs(t, err, fault.NotFound)
	forged := to
	forged.Space = third
	if e, _ := h.Enter(t.Context(), forged); e.Found {
		t.Error("she is where she has no seat")
	}
	// The next sign-in begins where the last one was.
	if again := h.signIn(t, o, "ana", in.Known); again.Space != second {
		t.Errorf("the next sign-in is in %s", again.Space)
	}
	// A seat that is taken away is gone at the next request.
	err = h.store.Write(t.Context(), func(tx desk.Tx) error { return tx.DropItem("", "seat", string(o.id)+"/"+string(second)) })
	if err != nil {
		t.Fatal(err)
	}
	if seats, _ := h.Seats(t.Context(), o.id); len(seats) != 1 {
		t.Errorf("%d seats are left", len(seats))
	}
}
