package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/people"
)

// key is the first key of what went wrong.
func key(err error) string {
	if all := fault.All(err); len(all) > 0 {
		return all[0].Key
	}
	return ""
}

// invite makes an invitation and gives its token.
func (h *house) invite(t *testing.T, by desk.Who, terms desk.Terms) string {
	t.Helper()
	_, token, err := h.Invite(t.Context(), by, desk.NewName(), "Sample Guest", terms)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// again is who as sign-in sees him or her now.
func (h *house) again(t testing.TB, who desk.Who) desk.Who {
	t.Helper()
	now, _, err := h.Recognize(t.Context(), who.Space, who.Person.ID)
	if err != nil {
		t.Fatal(err)
	}
	return now
}

func TestInvitationWorksOnce(t *testing.T) {
	h := newHouse(t)
	token := h.invite(t, h.who, desk.Terms{Role: people.Editor})
	if !h.InvitationLive(t.Context(), token) {
		t.Fatal("a new invitation is not live")
	}
	guest, err := h.Redeem(t.Context(), token, "account-1")
	if err != nil || guest.Member.Role != people.Editor || guest.Person.Name != "Sample Guest" {
		t.Fatalf("%+v %v", guest, err)
	}
	expired := h.invite(t, h.who, desk.Terms{Role: people.Reader})
	h.goes(h.at().Add(14*24*time.Hour + time.Second))
	taken := h.invite(t, h.who, desk.Terms{Role: people.Reader})
	all, err := h.Invitations(t.Context(), h.who)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d wait, %v", len(all), err)
	}
	if err := h.TakeBack(t.Context(), h.who, all[0].ID); err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, x := range []string{token, expired, taken, strings.Repeat("x", 43), "", strings.Repeat("y", 5000)} {
		_, err := h.Redeem(t.Context(), x, "account-2")
		if fault.KindOf(err) != fault.NotFound || err == nil {
			t.Fatalf("%.10q: %v", x, err)
		}
		if _, e := h.Invited(t.Context(), x); e == nil || e.Error() != err.Error() {
			t.Errorf("opening %.10q says %v", x, e)
		}
		said = append(said, err.Error())
	}
	if len(slices.Compact(said)) != 1 {
		t.Errorf("invitations that are over are told apart: %q", said)
	}
	// The token itself is kept nowhere.
	h.store.Read(t.Context(), func(tx desk.Tx) error {
		for _, space := range []people.SpaceID{"", h.who.Space} {
			its, _ := tx.Items(space, "invitation", "")
			for _, it := range its {
				if strings.Contains(it.ID+string(it.Body), token) || space == "" {
					t.Errorf("left behind: %s %s", it.ID, it.Body)
				}
			}
		}
		return nil
	})
}

// One invitation, many who press the button at once: one of them comes in.
func TestInvitationUsedAtOnce(t *testing.T) {
	h := newHouse(t)
	token := h.invite(t, h.who, desk.Terms{Role: people.Reader})
	var in, out int
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range 12 {
		wg.Go(func() {
			_, err := h.Redeem(t.Context(), token, people.AccountID(fmt.Sprint("account-", i)))
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				in++
			} else if key(err) == "people.not_live" {
				out++
			} else {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if in != 1 || out != 11 {
		t.Errorf("%d came in, %d did not", in, out)
	}
	all, err := h.People(t.Context(), h.who)
	if err != nil || len(all) != 2 {
		t.Errorf("%d people, %v", len(all), err)
	}
}

// An account that is a person of the space gets more, not a second person, and
// loses nothing; one's own invitation is not used up.
func TestRedeemAgain(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	first, err := h.Redeem(t.Context(), h.invite(t, h.who, desk.Terms{Role: people.Editor}), "account-1")
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.Redeem(t.Context(), h.invite(t, h.who, desk.Terms{Role: people.Reader, Until: h.at().Add(time.Hour)}), "account-1")
	if err != nil || again.Person.ID != first.Person.ID || again.Member.Role != people.Editor || !again.Member.Until.IsZero() {
		t.Fatalf("%+v %v", again, err)
	}
	again, err = h.Redeem(t.Context(), h.invite(t, h.who, desk.Terms{Case: c, Role: people.Reader}), "account-1")
	if err != nil || again.Person.ID != first.Person.ID || len(again.Grants) != 1 {
		t.Fatalf("%+v %v", again, err)
	}
	spouse, err := h.Redeem(t.Context(), h.invite(t, h.who, desk.Terms{Role: people.Owner}), "account-2")
	if err != nil || spouse.Member.Counsel {
		t.Fatalf("%+v %v", spouse, err)
	}
	own := h.invite(t, spouse, desk.Terms{Case: c, Role: people.Reader})
	if _, err := h.Redeem(t.Context(), own, "account-2"); key(err) != "people.own_invitation" {
		t.Errorf("her own invitation: %v", err)
	}
	if !h.InvitationLive(t.Context(), own) {
		t.Error("looking at one's own invitation used it up")
	}
	// Who made it is gone: so is what he offered.
	if err := h.EndMember(t.Context(), h.who, spouse.Person.ID, spouse.Member.Version); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Redeem(t.Context(), own, "account-3"); key(err) != "people.not_live" {
		t.Errorf("an invitation of somebody who left: %v", err)
	}
}

// The last owner can neither leave nor be lowered nor removed; an owner whose role
// ends by itself is none to stay behind.
func TestLastOwner(t *testing.T) {
	h := newHouse(t)
	last := func(who desk.Who) {
		t.Helper()
		who = h.again(t, who)
		if err := h.StepOut(t.Context(), who); key(err) != "people.last_owner" {
			t.Errorf("leaving: %v", err)
		}
		if err := h.EndMember(t.Context(), who, who.Person.ID, who.Member.Version); key(err) != "people.last_owner" {
			t.Errorf("being removed: %v", err)
		}
		for _, in := range []desk.MemberChange{{Role: people.Editor}, {Role: people.Owner, Until: h.at().Add(time.Hour)}} {
			in.Version = who.Member.Version
			if err := h.ChangeMember(t.Context(), who, who.Person.ID, in); key(err) != "people.last_owner" {
				t.Errorf("%+v: %v", in, err)
			}
		}
	}
	last(h.who)
	h.join(t, people.Member{Role: people.Owner, Until: h.at().Add(24 * time.Hour)})
	last(h.who)
	h.join(t, people.Member{Role: people.Editor})
	last(h.who)
	h.join(t, people.Member{Role: people.Owner})
	who := h.again(t, h.who)
	if err := h.StepOut(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	if _, found, _ := h.Recognize(t.Context(), who.Space, who.Person.ID); found {
		t.Error("who stepped out is still there")
	}
}

// Two owners remove each other at the same moment: one is out, the other is told.
func TestTwoOwnersRemoveEachOther(t *testing.T) {
	for range 8 {
		h := newHouse(t)
		a, b := h.who, h.join(t, people.Member{Role: people.Owner})
		errs := make([]error, 2)
		var wg sync.WaitGroup
		start := make(chan bool)
		wg.Go(func() {
			<-start
			errs[0] = h.EndMember(t.Context(), a, b.Person.ID, b.Member.Version)
		})
		wg.Go(func() {
			<-start
			errs[1] = h.EndMember(t.Context(), b, a.Person.ID, a.Member.Version)
		})
		close(start)
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if key(err) != "people.ended_meanwhile" || fault.KindOf(err) != fault.Conflict {
				t.Errorf("the other is told %v", err)
			}
		}
		if won != 1 {
			t.Fatalf("%d won", won)
		}
	}
}

func TestChangeMember(t *testing.T) {
	h := newHouse(t)
	e := h.join(t, people.Member{Role: people.Editor})
	in := desk.MemberChange{Version: e.Member.Version, Role: people.Reader, Until: h.at().Add(time.Hour)}
	if err := h.ChangeMember(t.Context(), h.who, e.Person.ID, in); err != nil {
		t.Fatal(err)
	}
	if err := h.ChangeMember(t.Context(), h.who, e.Person.ID, in); key(err) != "people.changed_meanwhile" {
		t.Errorf("from an old form: %v", err)
	}
	if err := h.EndMember(t.Context(), h.who, e.Person.ID, in.Version); key(err) != "people.changed_meanwhile" {
		t.Errorf("ended from an old form: %v", err)
	}
	now := h.again(t, e)
	if now.Member.Role != people.Reader {
		t.Errorf("role %q", now.Member.Role)
	}
	for _, who := range []desk.Who{now, h.join(t, people.Member{Role: people.Editor})} {
		if err := h.ChangeMember(t.Context(), who, who.Person.ID, desk.MemberChange{Version: who.Member.Version, Role: people.Owner}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a %s made himself owner: %v", who.Member.Role, err)
		}
		if _, _, err := h.Invite(t.Context(), who, desk.NewName(), "x", desk.Terms{Role: people.Reader}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a %s invited: %v", who.Member.Role, err)
		}
	}
	for _, bad := range []desk.MemberChange{{Role: people.NoRole}, {Role: "king"}, {Role: people.Reader, Until: h.at()}} {
		bad.Version = now.Member.Version
		if err := h.ChangeMember(t.Context(), h.who, e.Person.ID, bad); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	h.goes(h.at().Add(2 * time.Hour))
	if _, found, _ := h.Recognize(t.Context(), e.Space, e.Person.ID); found {
		t.Error("the role did not end on its day")
	}
	lines, err := h.PeopleHistory(t.Context(), h.who)
	if err != nil || len(lines) != 1 || lines[0].What != "role" || lines[0].Person != e.Person.ID {
		t.Errorf("%+v %v", lines, err)
	}
}

// attorney is one to whom the owner handed on what counsel sees, with work product
// written down.
func (h *house) attorney(t *testing.T, c people.CaseID) desk.Who {
	t.Helper()
	note := entry("note_added", "2026-02-10", "what the attorney thinks")
	note.Wall = fact.Counsel
	attorney, err := h.Redeem(t.Context(), h.invite(t, h.who, desk.Terms{Case: c, Role: people.Editor, Counsel: true, HandOn: true}), "attorney")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.AddEntry(t.Context(), attorney, c, desk.NewEntry{Fact: note}); err != nil {
		t.Fatal(err)
	}
	return attorney
}

// Who is counsel names counsel. An owner who handed it on neither takes it back nor
// gives it away.
func TestCounsel(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	attorney := h.attorney(t, c)
	owner := h.again(t, h.who)
	if owner.Member.Counsel {
		t.Fatal("the owner is counsel still")
	}
	sees := func(who desk.Who) bool {
		got, err := h.Case(t.Context(), who, c, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(got.File.Entries, func(e fact.Entry) bool { return e.Note == "what the attorney thinks" })
	}
	if sees(owner) || !sees(attorney) {
		t.Error("work product is seen by the wrong one")
	}
	if err := h.ChangeMember(t.Context(), owner, owner.Person.ID, desk.MemberChange{Version: owner.Member.Version, Role: people.Owner, Counsel: true}); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("she made herself counsel: %v", err)
	}
	if _, _, err := h.Invite(t.Context(), owner, desk.NewName(), "a friend", desk.Terms{Role: people.Reader, Counsel: true}); key(err) != "people.counsel_not_yours" {
		t.Errorf("she named counsel: %v", err)
	}
	friend := h.join(t, people.Member{Role: people.Owner})
	if err := h.ChangeMember(t.Context(), owner, friend.Person.ID, desk.MemberChange{Version: friend.Member.Version, Role: people.Owner, Counsel: true}); key(err) != "people.counsel_not_yours" {
		t.Errorf("she made another owner counsel: %v", err)
	}
	// Looking through the attorney's eyes shows nothing of it either.
	as, err := h.AsNow(t.Context(), owner, attorney.Person.ID)
	if err != nil || sees(as) {
		t.Errorf("through the attorney's eyes: %v", err)
	}
	// Nobody is counsel any more: another attorney can be named, oneself cannot.
	if err := h.EndMember(t.Context(), owner, attorney.Person.ID, attorney.Member.Version); err != nil {
		t.Fatal(err)
	}
	if err := h.ChangeMember(t.Context(), owner, owner.Person.ID, desk.MemberChange{Version: owner.Member.Version, Role: people.Owner, Counsel: true}); key(err) != "people.counsel_self" {
		t.Errorf("she made herself counsel afterwards: %v", err)
	}
	next, err := h.Redeem(t.Context(), h.invite(t, owner, desk.Terms{Case: c, Role: people.Editor, Counsel: true}), "next")
	if err != nil || !sees(next) {
		t.Errorf("the next attorney: %v", err)
	}
}

// An offer of counsel that waits dies when who made it is counsel no more.
func TestCounselOfferDies(t *testing.T) {
	h := newHouse(t)
	one := h.invite(t, h.who, desk.Terms{Role: people.Editor, Counsel: true, HandOn: true})
	two := h.invite(t, h.who, desk.Terms{Role: people.Editor, Counsel: true, HandOn: true})
	if _, err := h.Redeem(t.Context(), one, "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Redeem(t.Context(), two, "b"); key(err) != "people.not_live" {
		t.Errorf("%v", err)
	}
}

const grown = `
stayput: 1
case: {title: Sample, jurisdiction: us-ca, side: family, sample: yes, child: {name: Maya Sample, born: 2008-03-02}}
record:
  - {id: ask, on: 2026-02-02, kind: evaluation_requested, by: parent}
`

func TestRightsMoveToTheStudent(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, grown)
	terms := desk.Terms{Case: c, Role: people.Owner, Student: true}
	h.goes(time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC))
	if on, now, err := h.OfAge(t.Context(), h.who, c); err != nil || on.String() != "2026-03-02" || now {
		t.Errorf("%s %v %v", on, now, err)
	}
	if _, _, err := h.Invite(t.Context(), h.who, desk.NewName(), "Maya", terms); key(err) != "people.student_age" {
		t.Errorf("a day too early: %v", err)
	}
	h.goes(time.Date(2026, 3, 2, 20, 0, 0, 0, time.UTC))
	other := h.open(t, plain)
	if _, _, err := h.Invite(t.Context(), h.who, desk.NewName(), "Maya", terms); key(err) != "people.student_others" {
		t.Errorf("beside another child's case: %v", err)
	}
	_ = other
	h2 := newHouse(t)
	h2.goes(h.at())
	c = h2.open(t, grown)
	terms.Case = c
	maya, err := h2.Redeem(t.Context(), h2.invite(t, h2.who, terms), "maya")
	if err != nil || !maya.Member.Student || maya.Member.Role != people.Owner {
		t.Fatalf("%+v %v", maya, err)
	}
	// The parent cannot undo it; the student decides what the parent may see.
	if err := h2.EndMember(t.Context(), h2.who, maya.Person.ID, maya.Member.Version); key(err) != "people.student_decides" {
		t.Errorf("%v", err)
	}
	if err := h2.ChangeMember(t.Context(), h2.who, maya.Person.ID, desk.MemberChange{Version: maya.Member.Version, Role: people.Reader}); key(err) != "people.student_decides" {
		t.Errorf("%v", err)
	}
	if err := h2.ChangeMember(t.Context(), maya, h2.who.Person.ID, desk.MemberChange{Version: h2.who.Member.Version, Role: people.Reader}); err != nil {
		t.Fatal(err)
	}
	lines, err := h2.PeopleHistory(t.Context(), maya)
	if err != nil || !slices.ContainsFunc(lines, func(l desk.Change) bool { return l.What == "rights_moved" && l.Person == maya.Person.ID }) {
		t.Errorf("the history: %+v %v", lines, err)
	}
}

// Who sees whom: owners everybody, members each other, somebody with a grant alone
// himself and who shared with him.
func TestWhoSeesWhom(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	reader := h.join(t, people.Member{Role: people.Reader})
	attorney := h.join(t, people.Member{Role: people.Editor, Counsel: true})
	guest := h.join(t, people.Member{}, people.Grant{Case: c, Role: people.Reader, By: h.who.Person.ID})
	other := h.join(t, people.Member{}, people.Grant{Case: c, Role: people.Reader, By: h.who.Person.ID})
	names := func(who desk.Who) (ids []people.PersonID) {
		all, err := h.People(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range all {
			ids = append(ids, s.Person.ID)
			if !s.Self && who.Person.ID != h.who.Person.ID && (len(s.Grants) > 0 || s.Member.Account != "" || !s.Member.Since.IsZero() || s.Member.Counsel && !who.Member.Counsel) {
				t.Errorf("%s sees too much of another: %+v", who.Member.Role, s)
			}
		}
		slices.Sort(ids)
		return ids
	}
	want := func(who desk.Who, ids ...people.PersonID) {
		t.Helper()
		slices.Sort(ids)
		if got := names(who); !slices.Equal(got, ids) {
			t.Errorf("%v, want %v", got, ids)
		}
	}
	me := h.who.Person.ID
	want(h.who, me, reader.Person.ID, attorney.Person.ID, guest.Person.ID, other.Person.ID)
	want(reader, me, reader.Person.ID, attorney.Person.ID)
	want(attorney, me, reader.Person.ID, attorney.Person.ID)
	want(guest, me, guest.Person.ID)
	// A person of whom one may not know is not found, as one who does not exist.
	_, a := h.PersonOf(t.Context(), guest, other.Person.ID)
	_, b := h.PersonOf(t.Context(), guest, people.PersonID(desk.NewName()))
	if a == nil || b == nil || a.Error() != b.Error() {
		t.Errorf("%v and %v", a, b)
	}
	if err := h.StepOut(t.Context(), guest); err != nil {
		t.Fatal(err)
	}
	if _, err := h.People(t.Context(), h.again(t, guest)); fault.KindOf(err) != fault.NotFound {
		t.Errorf("who left still sees: %v", err)
	}
}

// Whatever several people do to each other in whatever order: the space keeps an
// owner, nobody sees behind a wall that is not his, and a used token never works.
func TestPeopleInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := newHouse(t)
		c := h.open(t, plain)
		secret := entry("note_added", "2026-02-10", "work product")
		secret.Wall = fact.Counsel
		if _, err := h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Fact: secret}); err != nil {
			rt.Fatal(err)
		}
		picked := h.see(t, c).Name("ask")
		all := []people.PersonID{h.who.Person.ID}
		type offer struct {
			token string
			by    people.PersonID
			used  bool
		}
		var offers []*offer
		accounts := 0
		person := func(name string) desk.Who {
			return h.again(t, desk.Who{Space: h.who.Space, Person: people.Person{ID: rapid.SampledFrom(all).Draw(rt, name)}})
		}
		steps := rapid.IntRange(4, 14).Draw(rt, "steps")
		for range steps {
			who := person("who")
			inviter := people.PersonID("")
			counselBefore := counsels(t, h, all)
			var err error
			what := rapid.SampledFrom([]string{"invite", "invite", "redeem", "redeem", "end", "change", "leave", "wait", "share"}).Draw(rt, "what")
			terms := func() desk.Terms {
				x := desk.Terms{Role: rapid.SampledFrom(people.Roles()).Draw(rt, "role"), Counsel: rapid.Bool().Draw(rt, "counsel"), HandOn: rapid.Bool().Draw(rt, "hand on")}
				switch rapid.IntRange(0, 2).Draw(rt, "on") {
				case 0:
					x.Case = c
				case 1:
					x.Case, x.Entries = c, []string{picked}
				}
				if rapid.Bool().Draw(rt, "ends") {
					x.Until = h.at().Add(time.Duration(rapid.IntRange(-1, 72).Draw(rt, "hours")) * time.Hour)
				}
				return x
			}
			switch what {
			case "invite":
				var token string
				if _, token, err = h.Invite(t.Context(), who, desk.NewName(), "x", terms()); err == nil {
					offers = append(offers, &offer{token: token, by: who.Person.ID})
				}
			case "redeem":
				if len(offers) == 0 {
					continue
				}
				o := rapid.SampledFrom(offers).Draw(rt, "offer")
				accounts++
				account := people.AccountID(fmt.Sprint("a", rapid.IntRange(0, accounts).Draw(rt, "account")))
				var in desk.Who
				if in, err = h.Redeem(t.Context(), o.token, account); err == nil {
					if o.used {
						rt.Fatal("a used token worked")
					}
					o.used, inviter = true, o.by
					if !slices.Contains(all, in.Person.ID) {
						all = append(all, in.Person.ID)
					}
				}
			case "end":
				x := person("whom")
				err = h.EndMember(t.Context(), who, x.Person.ID, x.Member.Version)
			case "change":
				x := person("whom")
				m := terms()
				err = h.ChangeMember(t.Context(), who, x.Person.ID, desk.MemberChange{Version: x.Member.Version, Role: m.Role, Until: m.Until, Counsel: m.Counsel})
			case "leave":
				err = h.StepOut(t.Context(), who)
			case "share":
				x := person("whom")
				err = h.ShareWith(t.Context(), who, x.Person.ID, terms())
			case "wait":
				h.goes(h.at().Add(time.Duration(rapid.IntRange(1, 48).Draw(rt, "hours")) * time.Hour))
			}
			if k := fault.KindOf(err); err != nil && (k == fault.Internal || k == fault.Broken || k == fault.Unavailable) {
				rt.Fatalf("%s: %v", what, err)
			}
			owners := 0
			for _, id := range all {
				x := h.again(t, desk.Who{Space: h.who.Space, Person: people.Person{ID: id}})
				if x.Member.Role == people.Owner && x.Member.Holds(h.at()) && x.Member.Until.IsZero() {
					owners++
				}
				sees(t, rt, h, x, c, picked)
			}
			if owners == 0 {
				rt.Fatalf("no owner is left after %s", what)
			}
			// Whoever came to see work product was let in by somebody who saw it, or
			// when nobody did, and never by himself.
			for id := range counsels(t, h, all) {
				if !counselBefore[id] && what != "redeem" && len(counselBefore) > 0 && !counselBefore[who.Person.ID] {
					rt.Fatalf("%s made somebody counsel without being it", what)
				}
				if !counselBefore[id] && what == "redeem" && len(counselBefore) > 0 && !counselBefore[inviter] {
					rt.Fatal("an invitation made somebody counsel whose maker was not")
				}
				if !counselBefore[id] && id == who.Person.ID && what != "redeem" {
					rt.Fatalf("%s: somebody made himself counsel", what)
				}
			}
		}
		for _, o := range offers {
			if o.used && h.InvitationLive(t.Context(), o.token) {
				rt.Fatal("a used token is live")
			}
		}
	})
}

func counsels(t *testing.T, h *house, all []people.PersonID) map[people.PersonID]bool {
	out := map[people.PersonID]bool{}
	for _, id := range all {
		x := h.again(t, desk.Who{Space: h.who.Space, Person: people.Person{ID: id}})
		if x.Member.Counsel && x.Member.Holds(h.at()) || slices.ContainsFunc(x.Grants, func(g people.Grant) bool { return g.Counsel && g.Holds(h.at()) }) {
			out[id] = true
		}
	}
	return out
}

// sees checks what somebody sees of a case against what stands in the rows.
func sees(t *testing.T, rt *rapid.T, h *house, x desk.Who, c people.CaseID, picked string) {
	got, err := h.Case(t.Context(), x, c, desk.View{})
	held := func(g people.Grant) bool { return g.Case == c && g.Holds(h.at()) }
	member := x.Member.Holds(h.at()) && x.Member.Role != people.NoRole
	if !member && !slices.ContainsFunc(x.Grants, held) {
		if fault.KindOf(err) != fault.NotFound || err == nil {
			rt.Fatalf("somebody without a right sees the case: %v", err)
		}
		return
	}
	if err != nil {
		rt.Fatal(err)
	}
	whole := member || slices.ContainsFunc(x.Grants, func(g people.Grant) bool { return held(g) && g.Entries == nil })
	counsel := x.Member.Holds(h.at()) && x.Member.Counsel && member || slices.ContainsFunc(x.Grants, func(g people.Grant) bool { return held(g) && g.Counsel && g.Entries == nil })
	write := whole && (member && (x.Member.Role == people.Owner || x.Member.Role == people.Editor) || slices.ContainsFunc(x.Grants, func(g people.Grant) bool {
		return held(g) && g.Entries == nil && g.Role == people.Editor
	}))
	for _, e := range got.File.Entries {
		m := got.Mark(e.ID)
		switch {
		case !whole && m.Name != picked:
			rt.Fatalf("%s shows to somebody who may read another entry", e.Note)
		case e.Wall == fact.Counsel && !counsel, e.Wall == fact.Mediation && !write && !counsel, e.Wall == fact.Author && m.By != x.Person.ID:
			rt.Fatalf("%q behind %s shows", e.Note, e.Wall)
		}
	}
}

// A grant ends while requests come in: from its last moment on nothing goes out.
func TestRequestsWhileAGrantEnds(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	guest, err := h.Redeem(t.Context(), h.invite(t, h.who, desk.Terms{Case: c, Role: people.Contributor}), "guest")
	if err != nil {
		t.Fatal(err)
	}
	g := guest.Grants[0]
	var ended sync.WaitGroup
	var mu sync.Mutex
	var over time.Time
	ended.Go(func() {
		time.Sleep(20 * time.Millisecond)
		if err := h.EndGrant(t.Context(), h.who, c, guest.Person.ID, g.ID); err != nil {
			t.Error(err)
		}
		mu.Lock()
		over = time.Now()
		mu.Unlock()
	})
	var wg sync.WaitGroup
	wrote := make([]int, 4)
	for i := range wrote {
		wg.Go(func() {
			for range 60 {
				mu.Lock()
				after := !over.IsZero()
				mu.Unlock()
				// The old Who is what a page took before the grant ended.
				_, err := h.AddEntry(t.Context(), guest, c, desk.NewEntry{Fact: entry("contact", "2026-03-01", "x")})
				if err == nil {
					wrote[i]++
				}
				if after && err == nil {
					t.Error("written after the grant ended")
				}
				if k := fault.KindOf(err); err != nil && k != fault.NotFound && k != fault.Forbidden {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	ended.Wait()
	if _, found, _ := h.Recognize(t.Context(), h.who.Space, guest.Person.ID); found {
		t.Error("the guest is still known")
	}
}

// Somebody of another space finds nothing of this one by its names, in the same
// words as for names that do not exist.
func TestNamesOfAnotherSpace(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	guest := h.join(t, people.Member{Role: people.Editor}, people.Grant{Case: c, Role: people.Reader})
	inv, _, err := h.Invite(t.Context(), h.who, desk.NewName(), "x", desk.Terms{Role: people.Reader})
	if err != nil {
		t.Fatal(err)
	}
	them := h.neighbor(t)
	random := desk.NewName()
	name := h.see(t, c).Name("ask")
	same := func(what string, a, b error) {
		t.Helper()
		if a == nil || b == nil || a.Error() != b.Error() || fault.KindOf(a) != fault.NotFound {
			t.Errorf("%s: %v, and for a random name %v", what, a, b)
		}
	}
	try := func(what string, f func(id string) error, id string) { t.Helper(); same(what, f(id), f(random)) }
	try("the case", func(id string) error {
		_, err := h.Case(t.Context(), them, people.CaseID(id), desk.View{})
		return err
	}, string(c))
	try("sharing", func(id string) error {
		_, err := h.Sharing(t.Context(), them, people.CaseID(id))
		return err
	}, string(c))
	try("search", func(id string) error {
		_, err := h.Search(t.Context(), them, people.CaseID(id), "words")
		return err
	}, string(c))
	try("a person", func(id string) error {
		_, err := h.PersonOf(t.Context(), them, people.PersonID(id))
		return err
	}, string(guest.Person.ID))
	try("changing a person", func(id string) error {
		return h.ChangeMember(t.Context(), them, people.PersonID(id), desk.MemberChange{Role: people.Reader})
	}, string(guest.Person.ID))
	try("ending a person", func(id string) error { return h.EndMember(t.Context(), them, people.PersonID(id), 0) }, string(guest.Person.ID))
	try("an invitation", func(id string) error { return h.TakeBack(t.Context(), them, id) }, inv.ID)
	try("a preview", func(id string) error {
		_, err := h.As(t.Context(), them, desk.Terms{Case: people.CaseID(id), Role: people.Reader})
		return err
	}, string(c))
	mine, err := h.OpenCase(t.Context(), them, desk.NewCase{File: h.see(t, c).File})
	if err != nil {
		t.Fatal(err)
	}
	try("an entry", func(id string) error {
		_, err := h.As(t.Context(), them, desk.Terms{Case: mine, Role: people.Reader, Entries: []string{id}})
		return err
	}, name)
	try("a grant", func(id string) error {
		return h.EndGrant(t.Context(), them, mine, guest.Person.ID, id)
	}, guest.Grants[0].ID)
}
