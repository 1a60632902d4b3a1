package desk_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/law/packs"
	"stayput/people"
	"stayput/store/sqlite"
)

// An office is a server with an office's space, and families beside it.
type office struct {
	*house
	dir   string
	codes map[string][]string // recovery codes by sign-in name
}

const passphrase = "seven plain words for a test only"

func newOffice(t *testing.T, dir string) *office {
	t.Helper()
	o := &office{house: &house{now: time.Date(2026, 3, 2, 18, 30, 0, 0, time.UTC)}, dir: dir}
	o.open(t)
	var err error
	if o.who, err = o.Begin(t.Context(), desk.SetUp{Kind: people.Practice, Space: "Sample Advocates", Name: "Sample Host"}); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *office) open(t *testing.T) {
	t.Helper()
	clock := func() time.Time { return o.now }
	var err error
	if o.store, err = sqlite.Open(context.Background(), sqlite.Options{Folder: o.dir, Now: clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.store.Close() })
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	o.Desk = desk.New(desk.Options{Store: o.store, Book: book, Calendars: packs.Calendars(), Now: clock})
}

func (o *office) account(t *testing.T, login string) people.AccountID {
	t.Helper()
	id, codes, err := o.MakeAccount(t.Context(), desk.NewAccount{Login: login, Passphrase: passphrase, Keeper: true})
	if err != nil {
		t.Fatal(err)
	}
	if o.codes == nil {
		o.codes = map[string][]string{}
	}
	o.codes[login] = codes
	return id
}

// family is a family that took a link of the office.
func (o *office) family(t *testing.T, name string) (desk.Who, people.AccountID) {
	t.Helper()
	token, err := o.HostFamily(t.Context(), o.who, desk.NewName(), "for "+name, 30)
	if err != nil {
		t.Fatal(err)
	}
	a := o.account(t, name+"login")
	who, err := o.AcceptSpace(t.Context(), token, a, desk.SetUp{Space: name + "space", Name: name, Lang: "es"})
	if err != nil {
		t.Fatal(err)
	}
	return who, a
}

// caseOf opens a case whose every word holds a marker.
func (o *office) caseOf(t *testing.T, who desk.Who, marker string) people.CaseID {
	t.Helper()
	was := o.who
	o.who = who
	defer func() { o.who = was }()
	c := o.house.open(t, strings.ReplaceAll(plain, "first words", marker+" first"))
	ref, err := o.KeepFile(t.Context(), who, c, marker+".txt", "text/plain", strings.NewReader(strings.Repeat(marker+" in a file ", 20_000)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.AddEntry(t.Context(), who, c, desk.NewEntry{Fact: entry("contact", "2026-03-01", strings.Repeat(marker+" ", 500)), Files: []desk.FileRef{ref}}); err != nil {
		t.Fatal(err)
	}
	return c
}

// take takes everything along, as the page does.
func (o *office) take(t *testing.T, who desk.Who) {
	t.Helper()
	done, err := o.TakeAlong(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	if err := done(); err != nil {
		t.Fatal(err)
	}
}

func (o *office) onDisk(word string) bool {
	files, _ := filepath.Glob(filepath.Join(o.dir, "*"))
	for _, f := range files {
		data, _ := os.ReadFile(f)
		if bytes.Contains(data, []byte(word)) {
			return true
		}
	}
	return false
}

// An office offers a space; the family owns it, and the office sees only that the
// link was used.
func TestHostFamily(t *testing.T) {
	o := newOffice(t, t.TempDir())
	token, err := o.HostFamily(t.Context(), o.who, desk.NewName(), "the family of Tuesday", 30)
	if err != nil {
		t.Fatal(err)
	}
	if o.onDisk(token) {
		t.Error("the token is kept")
	}
	h, err := o.Welcome(t.Context(), token)
	if err != nil || h.Name != "Sample Advocates" || h.Backups != 30 {
		t.Fatalf("%+v %v", h, err)
	}
	for _, bad := range []string{"", "x", token + "x", strings.Repeat("A", 43), token[:42], strings.ToUpper(token)} {
		if _, err := o.Welcome(t.Context(), bad); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, a := range []people.AccountID{"", "nobody"} {
		if _, err := o.AcceptSpace(t.Context(), token, a, desk.SetUp{}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("for account %q: %v", a, err)
		}
	}
	a := o.account(t, "family@example.org")
	// Several at once: one gets it.
	results := make(chan error, 8)
	for range 8 {
		go func() {
			_, err := o.AcceptSpace(context.Background(), token, a, desk.SetUp{Name: "Sample Parent"})
			results <- err
		}()
	}
	won := 0
	for range 8 {
		if err := <-results; err == nil {
			won++
		} else if fault.KindOf(err) != fault.NotFound {
			t.Errorf("the second: %v", err)
		}
	}
	if won != 1 {
		t.Fatalf("%d got the space", won)
	}
	if _, err := o.Welcome(t.Context(), token); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a used link: %v", err)
	}
	seats, err := o.Seats(t.Context(), a)
	if err != nil || len(seats) != 1 || seats[0].Space.Kind != people.Household {
		t.Fatalf("%+v %v", seats, err)
	}
	who, found, err := o.Recognize(t.Context(), seats[0].Space.ID, seats[0].Person)
	if err != nil || !found || who.Member.Role != people.Owner || !who.Member.Counsel {
		t.Fatalf("%+v %v", who, err)
	}
	c := o.caseOf(t, who, "privatemarker")
	// The host: nothing by any way, and still the machine's own person.
	if owner, _, err := o.Owner(t.Context()); err != nil || owner.Space != o.who.Space {
		t.Fatalf("the machine's own space is %v %v", owner.Space, err)
	}
	if _, err := o.Case(t.Context(), o.who, c, desk.View{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the host opened the case: %v", err)
	}
	forged := o.who
	forged.Space = who.Space
	if err := o.Give(t.Context(), forged, c, desk.Given{}); err == nil {
		if _, err := o.AddEntry(t.Context(), forged, c, desk.NewEntry{Fact: entry("contact", "2026-03-01", "x")}); err == nil {
			t.Error("a person of one space wrote in another")
		}
	}
	all, err := o.Hostings(t.Context(), o.who)
	if err != nil || len(all) != 1 || !all[0].Used || all[0].Waits(o.now) {
		t.Fatalf("%+v %v", all, err)
	}
	if text := fmt.Sprintf("%+v", all); strings.Contains(text, string(who.Space)) || strings.Contains(text, string(a)) {
		t.Errorf("the host can find the space: %s", text)
	}
	if _, err := o.Hostings(t.Context(), who); err != nil {
		t.Errorf("a family's own list: %v", err)
	}
	if _, err := o.HostFamily(t.Context(), who, desk.NewName(), "x", 0); fault.KindOf(err) != fault.Conflict || err == nil {
		t.Errorf("a family hosts: %v", err)
	}

	// Ran out, taken back, twice the same form, odd numbers.
	again, err := o.HostFamily(t.Context(), o.who, desk.NewName(), "late", 0)
	if err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(31 * 24 * time.Hour)
	if _, err := o.AcceptSpace(t.Context(), again, a, desk.SetUp{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("too late: %v", err)
	}
	id := desk.NewName()
	back, err := o.HostFamily(t.Context(), o.who, id, "back", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.HostFamily(t.Context(), o.who, id, "back", 0); fault.KindOf(err) != fault.Conflict || err == nil {
		t.Errorf("the same form twice: %v", err)
	}
	if err := o.EndHosting(t.Context(), o.who, id); err != nil {
		t.Fatal(err)
	}
	if _, err := o.AcceptSpace(t.Context(), back, a, desk.SetUp{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("taken back: %v", err)
	}
	for _, n := range []int{-1, 3651} {
		if _, err := o.HostFamily(t.Context(), o.who, desk.NewName(), "x", n); fault.KindOf(err) != fault.Invalid || err == nil {
			t.Errorf("%d days: %v", n, err)
		}
	}
	// Links of another office are not there.
	if err := o.EndHosting(t.Context(), who, all[0].ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("somebody else's link: %v", err)
	}
}

// A family's space is never the machine's own, whatever the clock says.
func TestHostedSpaceIsNeverTheFirst(t *testing.T) {
	o := newOffice(t, t.TempDir())
	o.now = o.now.Add(-10 * 365 * 24 * time.Hour)
	who, _ := o.family(t, "early")
	if owner, _, err := o.Owner(t.Context()); err != nil || owner.Space == who.Space {
		t.Fatalf("%v %v", owner.Space, err)
	}
}

// A family leaves: nothing of it stays in any file, everybody else's is as before,
// and the receipt holds.
func TestLeaveSpace(t *testing.T) {
	o := newOffice(t, t.TempDir())
	hostCase := o.caseOf(t, o.who, "hostmarker")
	stays, staying := o.family(t, "stayer")
	staysCase := o.caseOf(t, stays, "staysmarker")
	who, leaver := o.family(t, "goner")
	c := o.caseOf(t, who, "gonemarker")
	// She is somebody elsewhere as well: that stays.
	other, err := o.HostFamily(t.Context(), o.who, desk.NewName(), "second", 0)
	if err != nil {
		t.Fatal(err)
	}
	second, err := o.AcceptSpace(t.Context(), other, leaver, desk.SetUp{Name: "second"})
	if err != nil {
		t.Fatal(err)
	}
	// Signed in, with a device, a paired phone and an invitation that waits.
	in, err := o.SignIn(t.Context(), desk.SignIn{Login: "gonerlogin", Passphrase: passphrase, Code: o.codes["gonerlogin"][0]})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Move(t.Context(), in.Me, who.Space); err != nil { // the space she was in last
		t.Fatal(err)
	}
	if _, err := o.PairDevice(t.Context(), who, "gonephone"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.Invite(t.Context(), who, desk.NewName(), "gonegrandmother", desk.Terms{Role: people.Reader}); err != nil {
		t.Fatal(err)
	}
	if err := o.Give(t.Context(), who, c, desk.Given{What: "zip", For: "gonepurpose"}); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Search(desk.OnPage(t.Context(), "p"), who, c, "gonemarker"); err != nil {
		t.Fatal(err)
	}
	if err := o.store.Sessions().Commit("t", []byte("x"+string(who.Space)), o.now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	space, err := o.Space(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	// In the wrong order it does not go.
	refused := func(why string) {
		t.Helper()
		if _, err := o.LeaveSpace(t.Context(), who); fault.KindOf(err) != fault.Conflict || err == nil || !strings.HasPrefix(fault.All(err)[0].Key, "records.leave_"+why) {
			t.Fatalf("%s: %v", why, err)
		}
	}
	refused("not_taken")
	o.take(t, who)
	if _, err := o.AddEntry(t.Context(), who, c, desk.NewEntry{Fact: entry("contact", "2026-03-01", "one more")}); err != nil {
		t.Fatal(err)
	}
	refused("changed")
	o.take(t, who)
	if err := o.SetHold(t.Context(), who, c, true, "a lawsuit"); err != nil {
		t.Fatal(err)
	}
	refused("is_held")
	if l, err := o.Leave(t.Context(), who); err != nil || l.Ready() || len(l.Held) != 1 || l.Held[0].Why != "a lawsuit" || l.Backups != 30 || l.Host != "Sample Advocates" {
		t.Fatalf("%+v %v", l, err)
	}
	if err := o.SetHold(t.Context(), who, c, false, "it is over"); err != nil {
		t.Fatal(err)
	}
	o.take(t, who)
	o.now = o.now.Add(25 * time.Hour)
	refused("not_taken") // too long ago
	o.take(t, who)
	hostWas, staysWas := o.everything(t, o.who, hostCase), o.everything(t, stays, staysCase)

	receipt, err := o.LeaveSpace(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{"gonemarker", "nemarker", "gonephone", "gonegrandmother", "gonepurpose", "gonerspace", string(who.Space), string(c), string(who.Person.ID)} {
		if o.onDisk(w) {
			t.Errorf("%q still stands in a file", w)
		}
	}
	for _, w := range []string{"hostmarker", "staysmarker"} {
		if !o.onDisk(w) {
			t.Errorf("%q is gone", w)
		}
	}
	for range 2 { // and after opening anew
		if got := o.everything(t, o.who, hostCase); got != hostWas {
			t.Error("the host's record changed")
		}
		if got := o.everything(t, stays, staysCase); got != staysWas {
			t.Error("the other family's record changed")
		}
		if err := o.store.Read(t.Context(), func(tx desk.Tx) error { return desk.Verify(tx) }); err != nil {
			t.Error(err)
		}
		if h, err := o.store.Check(t.Context()); err != nil || !h.Sound {
			t.Errorf("%+v %v", h, err)
		}
		if _, err := o.Case(t.Context(), who, c, desk.View{}); err == nil {
			t.Error("the case can still be read")
		}
		if _, found, err := o.Recognize(t.Context(), who.Space, who.Person.ID); found || err != nil {
			t.Errorf("she is still there: %v", err)
		}
		if _, err := o.LeaveSpace(t.Context(), who); err == nil {
			t.Error("left twice")
		}
		if _, err := o.AddEntry(t.Context(), who, c, desk.NewEntry{Fact: entry("contact", "2026-03-01", "x")}); err == nil {
			t.Error("written to a space that left")
		}
		for a, n := range map[people.AccountID]int{leaver: 1, staying: 1} {
			if seats, err := o.Seats(t.Context(), a); err != nil || len(seats) != n {
				t.Errorf("seats: %v %v", seats, err)
			}
		}
		o.store.Close()
		o.open(t)
	}

	// The receipt.
	r, err := desk.ReadReceipt(receipt, space.Public)
	if err != nil || r.Cases != 1 || r.Files != 1 || r.People != 1 || r.Accesses == 0 || r.Entries == 0 || len(r.Heads) == 0 || strings.TrimSpace(r.Key) != strings.TrimSpace(space.Public) {
		t.Fatalf("%+v %v\n%s", r, err, receipt)
	}
	for _, other := range []string{stays.Person.Name, "gonemarker", "goner"} {
		if strings.Contains(string(receipt), other) {
			t.Errorf("the receipt says %q", other)
		}
	}
	hostSpace, err := o.Space(t.Context(), o.who)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := desk.ReadReceipt(receipt, hostSpace.Public); err == nil {
		t.Error("taken for one of the host")
	}
	for i := range bytes.Index(receipt, []byte("\n\n")) { // what is signed, to the last letter
		bad := slices.Clone(receipt)
		bad[i] ^= 1
		if _, err := desk.ReadReceipt(bad, space.Public); err == nil {
			t.Fatalf("changed at %d and taken: %q", i, bad)
		}
	}
	for _, bad := range []string{"", "x", "key \n", "\nkey x\n", strings.Repeat("a", 2<<20), string(receipt) + string(receipt), string(receipt[:len(receipt)/2])} {
		if _, err := desk.ReadReceipt([]byte(bad), ""); err == nil {
			t.Errorf("taken: %.40q", bad)
		}
	}
	if _, err := desk.ReadReceipt(bytes.ReplaceAll(receipt, []byte("\n"), []byte("\r\n")), ""); err != nil {
		t.Errorf("with the line ends of a mail program: %v", err)
	}

	// Her last space: her account goes too.
	o.take(t, second)
	if _, err := o.LeaveSpace(t.Context(), second); err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{"gonerlogin", string(leaver)} {
		if o.onDisk(w) {
			t.Errorf("%q of her account still stands in a file", w)
		}
	}
	if _, err := o.SignIn(t.Context(), desk.SignIn{Login: "stayerlogin", Passphrase: passphrase, Code: o.codes["stayerlogin"][0]}); err != nil {
		t.Errorf("the other family cannot sign in: %v", err)
	}
}

// everything is what one sees of a case and of its log, as text.
func (o *office) everything(t *testing.T, who desk.Who, c people.CaseID) string {
	t.Helper()
	k, err := o.Case(t.Context(), who, c, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i := range k.File.Entries {
		e := &k.File.Entries[i]
		fmt.Fprintln(&b, e.ID, e.Kind, e.On, e.Note, k.Mark(e.ID).Files)
	}
	return b.String()
}

// Who keeps the server leaves last, and nobody takes a space away from another
// owner.
func TestWhoMayNotLeave(t *testing.T) {
	o := newOffice(t, t.TempDir())
	who, _ := o.family(t, "two")
	o.take(t, o.who)
	if _, err := o.LeaveSpace(t.Context(), o.who); fault.KindOf(err) != fault.Conflict || err == nil {
		t.Fatalf("the host left before its families: %v", err)
	}
	was := o.house.who
	o.house.who = who
	second := o.join(t, people.Member{Role: people.Owner, Since: o.now})
	reader := o.join(t, people.Member{Role: people.Reader, Since: o.now})
	o.house.who = was
	o.take(t, who)
	if _, err := o.LeaveSpace(t.Context(), who); fault.KindOf(err) != fault.Conflict || err == nil {
		t.Fatalf("one of two owners took it away: %v", err)
	}
	for _, x := range []desk.Who{reader, {}} {
		if _, err := o.LeaveSpace(t.Context(), x); err == nil {
			t.Fatal("somebody who is no owner took it away")
		}
		if _, err := o.TakeAlong(t.Context(), x); err == nil {
			t.Fatal("somebody who is no owner took it along")
		}
	}
	_ = second
	// Alone at last, the office may go.
	if err := o.EndMember(t.Context(), who, second.Person.ID, 1); err != nil {
		t.Fatal(err)
	}
	o.take(t, who)
	if _, err := o.LeaveSpace(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	o.take(t, o.who)
	if _, err := o.LeaveSpace(t.Context(), o.who); err != nil {
		t.Fatal(err)
	}
	if _, found, err := o.Owner(t.Context()); found || err != nil {
		t.Errorf("somebody is left: %v", err)
	}
	if _, err := o.Begin(t.Context(), desk.SetUp{}); err != nil {
		t.Errorf("begun anew: %v", err)
	}
}

// Killed in the middle of leaving, all of the space is there or nothing, and every
// other log verifies.
func TestKillWhileLeaving(t *testing.T) {
	if dir := os.Getenv("STAYPUT_TEST_LEAVE"); dir != "" {
		leaveChild(t, dir)
		return
	}
	if testing.Short() {
		t.Skip("takes seconds")
	}
	first := newOffice(t, t.TempDir())
	first.caseOf(t, first.who, "hostmarker")
	who, _ := first.family(t, "killed")
	var cs []people.CaseID
	for range 6 {
		cs = append(cs, first.caseOf(t, who, "gonemarker"))
	}
	if err := first.store.Close(); err != nil {
		t.Fatal(err)
	}
	whole, gone := 0, 0
	const times = 12
	long := time.Duration(0) // how long leaving takes, when nobody ends it
	for i := range times + 1 {
		dir := t.TempDir()
		data, err := os.ReadFile(filepath.Join(first.dir, "stayput.db"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "stayput.db"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(os.Args[0], "-test.run=^TestKillWhileLeaving$")
		cmd.Env = append(os.Environ(), "STAYPUT_TEST_LEAVE="+dir, "STAYPUT_TEST_SPACE="+string(who.Space), "STAYPUT_TEST_PERSON="+string(who.Person.ID))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		in := bufio.NewScanner(out)
		for in.Scan() && in.Text() != "leaving" {
		}
		begun := time.Now()
		if i == 0 {
			for in.Scan() && in.Text() != "left" {
			}
			long = time.Since(begun)
		}
		wait := long * 5 / 4 * time.Duration(i) / times
		time.Sleep(wait - time.Since(begun))
		cmd.Process.Kill()
		cmd.Wait()

		o := &office{house: &house{now: first.now}, dir: dir}
		o.open(t)
		_, found, err := o.Recognize(t.Context(), who.Space, who.Person.ID)
		if err != nil {
			t.Fatal(err)
		}
		if found {
			whole++
			for _, c := range cs {
				if k, err := o.Case(t.Context(), who, c, desk.View{}); err != nil || len(k.File.Entries) != 4 {
					t.Fatalf("after %v: half a space: %v", wait, err)
				}
			}
		} else {
			gone++
			for _, w := range []string{"gonemarker", string(who.Space)} {
				if o.onDisk(w) {
					t.Errorf("after %v: %q stands in the file, and the space is gone", wait, w)
				}
			}
		}
		if err := o.store.Read(t.Context(), func(tx desk.Tx) error { return desk.Verify(tx) }); err != nil {
			t.Fatal(err)
		}
		if h, err := o.store.Check(t.Context()); err != nil || !h.Sound {
			t.Fatalf("%+v %v", h, err)
		}
		if !o.onDisk("hostmarker") {
			t.Error("the host's words are gone")
		}
		o.store.Close()
	}
	t.Logf("leaving takes %v; killed %d times before it was kept and %d times after", long, whole, gone)
	if whole == 0 || gone < 2 {
		t.Errorf("all on one side: %d before, %d after", whole, gone)
	}
}

func leaveChild(t *testing.T, dir string) {
	o := &office{house: &house{now: time.Date(2026, 3, 2, 18, 30, 0, 0, time.UTC)}, dir: dir}
	o.open(t)
	who, _, err := o.Recognize(t.Context(), people.SpaceID(os.Getenv("STAYPUT_TEST_SPACE")), people.PersonID(os.Getenv("STAYPUT_TEST_PERSON")))
	if err != nil {
		t.Fatal(err)
	}
	o.take(t, who)
	fmt.Println("leaving")
	if _, err := o.LeaveSpace(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	fmt.Println("left")
	time.Sleep(time.Minute)
}
