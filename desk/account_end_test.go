package desk_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
	"stayput/people/credential"
)

// byKey is a new account that signs in with a passkey, and takes an invitation when
// there is one.
func (h *house) byKey(t *testing.T, login, token string) desk.In {
	t.Helper()
	id, _, err := h.MakeAccount(t.Context(), desk.NewAccount{Login: login, Passkey: &desk.Passkey{ID: "key of " + login, Name: "phone", Host: "localhost", Body: json.RawMessage(`{}`)}})
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		if _, err := h.Redeem(t.Context(), token, id); err != nil {
			t.Fatal(err)
		}
	}
	return h.keyIn(t, login)
}

func (h *house) keyIn(t *testing.T, login string) desk.In {
	t.Helper()
	in, err := h.SignInPasskey(t.Context(), "key of "+login, json.RawMessage(`{}`), "", "phone")
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// The sign-in name changes; ways in, devices and places stay, and the old name is free.
func TestChangeLogin(t *testing.T) {
	h := newHouse(t)
	o := h.account(t, "ana@example.org")
	in := h.signIn(t, o, "ana@example.org", "")
	h.account(t, "eva@example.org")
	for _, bad := range []string{"", "a", "with space", string(make([]byte, 300)), "\x00\x00\x00"} {
		kindIs(t, h.ChangeLogin(t.Context(), in.Me, bad), fault.Invalid)
	}
	for _, taken := range []string{"eva@example.org", "EVA@example.org"} {
		if err := h.ChangeLogin(t.Context(), in.Me, taken); fault.KindOf(err) != fault.Conflict || key(err) != "signin.taken" {
			t.Errorf("%s: %v", taken, err)
		}
	}
	if err := h.ChangeLogin(t.Context(), in.Me, "Ana@Example.org"); err != nil { // only written in another way
		t.Fatal(err)
	}
	if err := h.ChangeLogin(t.Context(), in.Me, "ana.maria"); err != nil {
		t.Fatal(err)
	}
	a, err := h.Account(t.Context(), in.Me)
	if err != nil || a.Login != "ana.maria" || a.History[0].What != "login" || a.History[0].Name != "Ana@Example.org" {
		t.Errorf("the account is %+v, %v", a, err)
	}
	_, err = h.SignIn(t.Context(), desk.SignIn{Login: "ana@example.org", Passphrase: phrase, Code: credential.Code(o.secret, h.at())})
	kindIs(t, err, fault.Invalid)
	if again := h.signIn(t, o, "ana.maria", in.Known); again.Device != in.Device || again.Space != h.who.Space {
		t.Errorf("by the new name she is %+v", again)
	}
	h.account(t, "ana@example.org") // free
	h.goes(h.at().Add(20 * time.Minute))
	kindIs(t, h.ChangeLogin(t.Context(), in.Me, "another"), fault.NotFound) // the session is of an earlier sign-in
	kindIs(t, h.ChangeLogin(t.Context(), desk.Me{}, "another"), fault.Forbidden)
}

// Ending an account ends what its person could see; a last owner hands over before; the
// person of the machine stays. Two owners who end theirs leave one.
func TestEndAccount(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	owner := h.account(t, "ana")
	guest := h.byKey(t, "guest", h.invite(t, h.who, desk.Terms{Case: c, Role: people.Reader}))
	first := h.byKey(t, "first", h.invite(t, h.who, desk.Terms{Role: people.Owner}))

	// A guest: nothing is left of the share, what is written stays.
	out, err := h.Farewell(t.Context(), guest.Me)
	if err != nil || out.Login != "guest" || !out.Fresh || len(out.Places) != 1 || out.Places[0].Last || out.Places[0].Stays || out.Stuck() {
		t.Fatalf("%+v %v", out, err)
	}
	h.goes(h.at().Add(6 * time.Minute))
	if out, _ := h.Farewell(t.Context(), guest.Me); out.Fresh {
		t.Error("six minutes after signing in it may be ended")
	}
	kindIs(t, h.EndAccount(t.Context(), guest.Me), fault.Forbidden)
	guest = h.keyIn(t, "guest")
	if err := h.EndAccount(t.Context(), guest.Me); err != nil {
		t.Fatal(err)
	}
	kindIs(t, h.EndAccount(t.Context(), guest.Me), fault.NotFound)
	if _, err := h.Farewell(t.Context(), guest.Me); fault.KindOf(err) != fault.NotFound {
		t.Errorf("after the end: %v", err)
	}
	if _, found, err := h.Recognize(t.Context(), guest.Space, guest.Person); found || err != nil {
		t.Errorf("the guest may do something still: %v", err)
	}
	if e, _ := h.Enter(t.Context(), guest.Me); e.Holds || e.Found {
		t.Error("the session stands")
	}
	_, err = h.SignInPasskey(t.Context(), "key of guest", json.RawMessage(`{}`), "", "phone")
	kindIs(t, err, fault.Invalid)
	line, err := h.PeopleHistory(t.Context(), h.who)
	if err != nil || line[0].What != "left" || line[0].Person != guest.Person {
		t.Errorf("the history says %+v, %v", line[0], err)
	}
	if s, err := h.PersonOf(t.Context(), h.who, guest.Person); err != nil || s.Here || len(s.Grants) != 0 {
		t.Errorf("in the list of people: %+v %v", s, err)
	}

	// The person of the machine stays in its space, and comes in by the link as before.
	ana := h.signIn(t, owner, "ana", "")
	if out, err := h.Farewell(t.Context(), ana.Me); err != nil || len(out.Places) != 1 || !out.Places[0].Stays || out.Stuck() {
		t.Fatalf("%+v %v", out, err)
	}
	if err := h.EndAccount(t.Context(), ana.Me); err != nil {
		t.Fatal(err)
	}
	who, found, err := h.Owner(t.Context())
	if err != nil || !found || who.Person.ID != h.who.Person.ID || who.Member.Role != people.Owner || who.Member.Account != "" {
		t.Errorf("the machine's person is %+v %v", who, err)
	}
	// Another owner beside: may end hers; the machine's person is left.
	first = h.keyIn(t, "first")
	if err := h.EndAccount(t.Context(), first.Me); err != nil {
		t.Fatal(err)
	}
	all, err := h.People(t.Context(), h.again(t, h.who))
	if err != nil || slices.IndexFunc(all, func(s desk.Standing) bool { return s.Here && !s.Self }) >= 0 {
		t.Errorf("somebody is still there: %+v", all)
	}
}

// The last owner of a family's space on an office's server cannot leave its records
// with nobody: she names another owner, or takes them away.
func TestEndAccountOfTheLastOwner(t *testing.T) {
	o := newOffice(t, t.TempDir())
	token, err := o.HostFamily(t.Context(), o.who, desk.NewName(), "a family", 30)
	if err != nil {
		t.Fatal(err)
	}
	ana := o.byKey(t, "ana", "")
	who, err := o.AcceptSpace(t.Context(), token, ana.Account, desk.SetUp{Space: "A sample family", Name: "Ana"})
	if err != nil {
		t.Fatal(err)
	}
	ana = o.keyIn(t, "ana")
	out, err := o.Farewell(t.Context(), ana.Me)
	if err != nil || !out.Stuck() || len(out.Places) != 1 || out.Places[0].Space.ID != who.Space {
		t.Fatalf("%+v %v", out, err)
	}
	for range 2 {
		if err := o.EndAccount(t.Context(), ana.Me); key(err) != "signin.end_last_owner" || fault.KindOf(err) != fault.Conflict {
			t.Fatalf("the last owner goes: %v", err)
		}
		if w, found, err := o.Recognize(t.Context(), who.Space, who.Person.ID); !found || err != nil || w.Member.Role != people.Owner || w.Member.Account == "" {
			t.Fatal("a refusal changed something")
		}
	}
	// Also for whoever keeps the machine: records would be left that nobody can open.
	if err := o.EndAccount(t.Context(), desk.Me{Account: ana.Account, Keeper: true}); key(err) != "signin.end_last_owner" {
		t.Errorf("by the command: %v", err)
	}
	// An owner until some day is none that stays.
	_, until, err := o.Invite(t.Context(), who, desk.NewName(), "Sample Aunt", desk.Terms{Role: people.Owner, Until: o.at().Add(24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	o.byKey(t, "aunt", until)
	if out, _ := o.Farewell(t.Context(), ana.Me); !out.Stuck() {
		t.Error("an owner until tomorrow is enough")
	}
	_, lasting, err := o.Invite(t.Context(), who, desk.NewName(), "Sample Father", desk.Terms{Role: people.Owner})
	if err != nil {
		t.Fatal(err)
	}
	father := o.byKey(t, "father", lasting)
	if err := o.EndAccount(t.Context(), ana.Me); err != nil {
		t.Fatal(err)
	}
	if _, found, _ := o.Recognize(t.Context(), who.Space, who.Person.ID); found {
		t.Error("she may do something still")
	}
	// Now he is the last one.
	if err := o.EndAccount(t.Context(), father.Me); key(err) != "signin.end_last_owner" {
		t.Errorf("the last owner goes: %v", err)
	}
}
