package desk_test

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/people"
	"stayput/record/seal"
)

// neighbor is the owner of another space on the same server.
func (h *house) neighbor(t *testing.T) desk.Who {
	t.Helper()
	id, p := people.SpaceID(desk.NewName()), people.Person{ID: people.PersonID(desk.NewName()), Name: "Neighbor", Lang: "en", Register: people.Plain}
	key, err := seal.NewKey(string(id), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(people.Member{Person: p.ID, Role: people.Owner, Counsel: true})
	if err != nil {
		t.Fatal(err)
	}
	err = h.store.Write(t.Context(), func(tx desk.Tx) error {
		return errors.Join(tx.AddSpace(people.Space{ID: id, Kind: people.Household, Public: key.Public, Created: h.at()}, key),
			tx.SavePerson(id, p), tx.SaveItem(id, desk.Item{Kind: "member", ID: string(p.ID), Body: body}))
	})
	if err != nil {
		t.Fatal(err)
	}
	who, _, err := h.Recognize(t.Context(), id, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return who
}

const six = `
stayput: 1
case: {title: Sample, jurisdiction: us-ca, side: family, sample: yes, home_language: es, child: {name: Maya Sample, born: 2014-05-01, grade: "4"}}
record:
  - {id: ask, on: 2026-02-02, kind: evaluation_requested, by: parent, note: shared words}
  - {id: plan, on: 2026-02-12, kind: note_added, re: ask, note: hidden zyzzyva}
  - {id: answer, on: 2026-02-13, kind: note_added, re: plan, note: shared answer}
  - {id: memo, on: 2026-02-14, kind: note_added, wall: counsel, note: hidden memo}
`

// Some entries are shared: what the other sees, finds, counts and can fetch comes
// from these alone, whatever happens to the rest.
func TestSomeEntriesTellNothingElse(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, six)
	see := h.see(t, c)
	only := []string{see.Name("answer"), see.Name("ask")}
	guest, err := h.Redeem(t.Context(), h.invite(t, h.who, desk.Terms{Case: c, Role: people.Reader, Entries: only, Until: h.at().Add(90 * 24 * time.Hour)}), "mediator")
	if err != nil {
		t.Fatal(err)
	}
	state := func() string {
		t.Helper()
		got, err := h.Case(t.Context(), guest, c, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		e := json.NewEncoder(&b)
		for i := range got.File.Entries {
			x := got.File.Entries[i]
			m := *got.Mark(x.ID)
			if m.Seq != -1 {
				t.Errorf("the place of an entry shows: %d", m.Seq)
			}
			e.Encode(x)
			e.Encode(m)
			e.Encode(got.History(m.Name))
		}
		for i := range got.Brief.Clocks {
			k := &got.Brief.Clocks[i]
			e.Encode([]any{k.Rule.ID, k.Trigger, k.On, k.Earliest, k.Latest, k.Status})
		}
		e.Encode([]any{len(got.Brief.View.Entries), len(got.Brief.View.Gone), got.Destroyed, got.Held, got.HeldWhy, got.Closed, got.Backward,
			got.File.Case.Child, got.File.Case.HomeLanguage, got.File.Case.Facts, len(got.File.Plans)})
		for _, q := range []string{"zyzzyva", "hidden", "shared", "a"} {
			found, err := h.Search(t.Context(), guest, c, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				e.Encode([]any{q, f.Entry.ID})
			}
		}
		cases, err := h.Cases(t.Context(), guest, true)
		if err != nil || len(cases) != 1 || len(cases[0].File.Entries) != len(got.File.Entries) {
			t.Errorf("Today: %d cases, %v", len(cases), err)
		}
		return b.String()
	}
	before := state()
	for _, bad := range []string{"zyzzyva", "memo", `"plan"`, "2014", "hidden"} {
		if strings.Contains(before, bad) {
			t.Errorf("%q shows:\n%s", bad, before)
		}
	}
	if !strings.Contains(before, "shared words") || !strings.Contains(before, "shared answer") || !strings.Contains(before, "us-ca.evaluation.plan") {
		t.Errorf("what is shared does not show:\n%s", before)
	}
	// Everything that can happen to the rest.
	ref, err := h.KeepFile(t.Context(), h.who, c, "report.pdf", "application/pdf", strings.NewReader("%PDF-1.4 the report"))
	if err != nil {
		t.Fatal(err)
	}
	for _, do := range []func() error{
		func() error {
			_, err := h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Fact: entry("evaluation_consent_received", "2026-02-20", "shared is a word of this too"), Files: []desk.FileRef{ref}})
			return err
		},
		func() error { // the correction of a shared entry
			_, err := h.CorrectEntry(t.Context(), h.who, c, only[1], desk.NewEntry{Fact: entry("evaluation_requested", "2026-01-15", "corrected")})
			return err
		},
		func() error { // a shared entry is taken back
			_, err := h.WithdrawEntry(t.Context(), h.who, c, only[0], desk.NewName(), "wrong")
			return err
		},
		func() error { return h.DestroyEntry(t.Context(), h.who, c, see.Name("plan"), "another child's", "") },
		func() error { return h.SetHold(t.Context(), h.who, c, true, "a hearing") },
		func() error { return h.CloseCase(t.Context(), h.who, c, "done") },
		func() error { return h.ReopenCase(t.Context(), h.who, c) },
	} {
		h.goes(h.at().Add(time.Minute))
		if err := do(); err != nil {
			t.Fatal(err)
		}
		if after := state(); after != before {
			t.Fatalf("what happened behind the share shows:\n%s\n%s", before, after)
		}
	}
	nothing := func(what string, err error) {
		t.Helper()
		if !(fault.KindOf(err) == fault.NotFound || fault.KindOf(err) == fault.Forbidden) || err == nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	nothing("a file of a hidden entry", h.File(t.Context(), guest, c, ref.Digest, func(desk.FileRef) error { return nil }, io.Discard))
	_, _, err = h.CaseFile(t.Context(), guest, c)
	nothing("an export", err)
	nothing("a bundle", h.Bundle(t.Context(), guest, c, desk.BundleOptions{Entries: only}, func(*desk.Bundle) error { return nil }))
	_, err = h.AddEntry(t.Context(), guest, c, desk.NewEntry{Fact: entry("contact", "2026-03-01", "x")})
	nothing("writing", err)
	if _, err := h.SaveDraft(t.Context(), h.who, desk.DraftRow{Key: "add/" + string(c), Body: []byte(`{"note":"hers"}`)}); err != nil {
		t.Fatal(err)
	}
	if ds, err := h.Drafts(t.Context(), guest); err != nil || len(ds) != 0 {
		t.Errorf("another's drafts: %v %v", ds, err)
	}
	_, err = h.Draft(t.Context(), guest, "add/"+string(c))
	nothing("another's draft", err)

	// The owner is told that the share is behind, and can bring it up to date.
	sh, err := h.Sharing(t.Context(), h.who, c)
	if err != nil || len(sh.Shares) != 1 || sh.Shares[0].Newer != 2 {
		t.Fatalf("%+v %v", sh, err)
	}
	if err := h.RenewGrant(t.Context(), h.who, c, guest.Person.ID, sh.Shares[0].Grant.ID); err != nil {
		t.Fatal(err)
	}
	guest = h.again(t, guest)
	if after := state(); !strings.Contains(after, "corrected") || strings.Contains(after, "zyzzyva") || strings.Contains(after, "consent") {
		t.Errorf("renewed: %s", after)
	}
	// It ends on its date by itself.
	h.goes(h.at().Add(90 * 24 * time.Hour))
	if _, found, _ := h.Recognize(t.Context(), h.who.Space, guest.Person.ID); found {
		t.Error("the share did not end")
	}
	if _, err := h.Case(t.Context(), guest, c, desk.View{}); fault.KindOf(err) != fault.NotFound {
		t.Errorf("after its end: %v", err)
	}
}

// More hidden entries hold the word than one search gives; the shared one is found.
func TestHiddenHitsDoNotPushOut(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, six)
	guest := h.join(t, people.Member{}, people.Grant{Case: c, Role: people.Reader, Entries: []string{h.see(t, c).Name("ask")}})
	for range 210 {
		if _, err := h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Fact: entry("note_added", "2026-02-20", "words words")}); err != nil {
			t.Fatal(err)
		}
	}
	if found, err := h.Search(t.Context(), guest, c, "words"); err != nil || len(found) != 1 {
		t.Errorf("%d found, %v", len(found), err)
	}
}

// Two shares of the same case add up.
func TestSharesAddUp(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, six)
	see := h.see(t, c)
	guest := h.join(t, people.Member{}, people.Grant{Case: c, Role: people.Reader, Entries: []string{see.Name("ask")}})
	if err := h.ShareWith(t.Context(), h.who, guest.Person.ID, desk.Terms{Case: c, Role: people.Reader, Entries: []string{see.Name("plan")}, Until: h.at().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	n := func() int {
		got, err := h.Case(t.Context(), h.again(t, guest), c, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		return len(got.File.Entries)
	}
	if n() != 2 {
		t.Errorf("%d entries", n())
	}
	h.goes(h.at().Add(2 * time.Hour))
	if n() != 1 {
		t.Errorf("%d entries after the second ended", n())
	}
}

// What cannot be shared so is refused: nothing, what is private, an owner of a case.
func TestTermsThatAreRefused(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, six)
	see := h.see(t, c)
	for want, bad := range map[string][]desk.Terms{
		"people.no_role":      {{Case: c, Role: people.Owner}, {Case: c}, {Role: "x"}},
		"people.no_entries":   {{Case: c, Role: people.Reader, Entries: []string{}}},
		"people.entries_read": {{Case: c, Role: people.Editor, Entries: []string{see.Name("ask")}}, {Case: c, Role: people.Reader, Counsel: true, Entries: []string{see.Name("ask")}}},
		"desk.no_entry":       {{Case: c, Role: people.Reader, Entries: []string{see.Name("memo")}}, {Case: c, Role: people.Reader, Entries: []string{desk.NewName()}}},
		"desk.no_case":        {{Case: "nothing", Role: people.Reader}, {Role: people.Reader, Entries: []string{see.Name("ask")}}},
		"people.until_past":   {{Case: c, Role: people.Reader, Until: h.at()}},
		"people.student_age":  {{Case: c, Role: people.Owner, Student: true}},
	} {
		for _, terms := range bad {
			if _, err := h.As(t.Context(), h.who, terms); key(err) != want {
				t.Errorf("%+v: %v, want %s", terms, err, want)
			}
			if _, _, err := h.Invite(t.Context(), h.who, desk.NewName(), "x", terms); key(err) != want {
				t.Errorf("inviting to %+v: %v, want %s", terms, err, want)
			}
		}
	}
}

// The preview shows what the other sees afterwards, to the entry, and can do nothing.
func TestPreviewIsWhatTheySee(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain+`  - {id: memo, on: 2026-02-14, kind: note_added, wall: counsel, note: memo}
`)
	see := h.see(t, c)
	for i, terms := range []desk.Terms{
		{Role: people.Owner}, {Role: people.Reader}, {Case: c, Role: people.Editor}, {Case: c, Role: people.Contributor},
		{Case: c, Role: people.Editor, Counsel: true}, {Case: c, Role: people.Reader, Entries: []string{see.Name("ask")}},
	} {
		as, err := h.As(t.Context(), h.who, terms)
		if err != nil || !as.Preview {
			t.Fatal(err)
		}
		then, err := h.Redeem(t.Context(), h.invite(t, h.who, terms), people.AccountID("a"+string(rune('0'+i))))
		if err != nil {
			t.Fatal(err)
		}
		ids := func(who desk.Who) (out []string) {
			got, err := h.Case(t.Context(), who, c, desk.View{})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range got.File.Entries {
				out = append(out, e.ID)
			}
			return out
		}
		if a, b := ids(as), ids(then); !slices.Equal(a, b) || len(a) == 0 {
			t.Errorf("%+v: previewed %v, then %v", terms, a, b)
		}
		if slices.Contains(ids(as), "secret") {
			t.Error("the preview shows what is private to its author")
		}
		for _, a := range desk.Actions() {
			if h.May(as, a, c) != (a == desk.SeeCase || a == desk.SeeSpace) {
				t.Errorf("in a preview %s is %v", a, h.May(as, a, c))
			}
		}
	}
}

// An entry may not point to one that its readers may not see.
func TestNoPointerBehindAWall(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, six)
	e := entry("note_added", "2026-02-20", "x")
	e.Re = "memo"
	if _, err := h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Fact: e}); key(err) != "people.points_behind_wall" {
		t.Errorf("%v", err)
	}
	e.Wall = fact.Counsel
	if _, err := h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Fact: e}); err != nil {
		t.Error(err)
	}
	e.Re = "ask"
	if _, err := h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Fact: e}); err != nil {
		t.Error(err)
	}
}

// What goes out of a case says nothing of what was not chosen.
func TestWhatGoesOut(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, six+`  - {id: asked, on: 2026-02-20, kind: evaluation_requested, wall: counsel, note: draft}
plans:
  - {id: plan, effective_start: 2025-09-01, kind: iep}
`)
	see := h.see(t, c)
	rules := func(b *desk.Case) (out []string) {
		for i := range b.Brief.Clocks {
			out = append(out, b.Brief.Clocks[i].Trigger)
		}
		return out
	}
	if !slices.Contains(rules(see), "asked") {
		t.Fatal("the private entry starts no date for its owner")
	}
	open, err := h.Plainly(t.Context(), h.who, c, desk.View{})
	if err != nil || slices.Contains(rules(open), "asked") || !slices.Contains(rules(open), "ask") {
		t.Errorf("the open record alone: %v %v", rules(open), err)
	}
	err = h.Bundle(t.Context(), h.who, c, desk.BundleOptions{Entries: []string{see.Name("answer")}}, func(b *desk.Bundle) error {
		f := b.Case.File
		if len(f.Entries) != 1 || f.Entries[0].Re != "" || len(f.Plans) != 0 || f.Case.Child.Born != 0 || f.Case.Child.Grade != "" || f.Case.HomeLanguage != "" {
			t.Errorf("%+v %+v", f.Case, f.Entries)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if h.see(t, c).File.Case.Child.Born == 0 {
		t.Error("the record lost what was left out of the bundle")
	}
}

// The last day of a share is a whole day where the child lives, wherever the server
// is: to the second before midnight there, and not a second longer.
func TestLastDayWhereTheChildLives(t *testing.T) {
	for _, x := range []struct {
		what, text, others string
		end                string // RFC 3339
	}{
		{"a child in California", `{jurisdiction: us-ca}`, "", "2026-03-21T00:00:00-07:00"},
		{"a case that names its zone", `{jurisdiction: us-ca, zone: Pacific/Honolulu}`, "", "2026-03-21T00:00:00-10:00"},
		{"east of the server's zone", `{zone: Pacific/Guam}`, "", "2026-03-21T00:00:00+10:00"},
		{"nobody knows where", `{}`, "", "2026-03-21T00:00:00Z"},
		{"nobody knows where, another child is in Hawaii", `{}`, `{zone: Pacific/Honolulu}`, "2026-03-21T00:00:00-10:00"},
		{"nobody knows where, another child is in Guam", `{}`, `{zone: Pacific/Guam}`, "2026-03-21T00:00:00Z"},
	} {
		t.Run(x.what, func(t *testing.T) {
			h := newHouse(t) // the clock of its server is UTC
			text := func(s string) string {
				return "stayput: 1\ncase: " + strings.Replace(s, "{", "{title: Sample, sample: yes, ", 1) + "\nrecord: [{id: ask, on: 2026-02-02, kind: evaluation_requested}]\n"
			}
			if x.others != "" {
				h.open(t, text(x.others))
			}
			c := h.open(t, text(x.text))
			end, err := h.LastMoment(t.Context(), h.who, c, day.Must(2026, 3, 20))
			if err != nil || end.Format(time.RFC3339) != x.end {
				t.Fatalf("the last day ends at %s, want %s: %v", end.Format(time.RFC3339), x.end, err)
			}
			guest, err := h.Redeem(t.Context(), h.invite(t, h.who, desk.Terms{Case: c, Role: people.Reader, Until: end}), "guest")
			if err != nil {
				t.Fatal(err)
			}
			h.goes(end.Add(-time.Second))
			if _, err := h.Case(t.Context(), guest, c, desk.View{}); err != nil {
				t.Errorf("in the last second of the last day: %v", err)
			}
			kept, err := h.Sharing(t.Context(), h.who, c)
			if err != nil || len(kept.Shares) != 1 || !kept.Shares[0].Grant.Until.Equal(end) || kept.Shares[0].Grant.Until.Format(time.RFC3339) != x.end {
				t.Errorf("what is kept is not the end with its offset: %+v %v", kept.Shares, err)
			}
			h.goes(end)
			if _, err := h.Case(t.Context(), h.again(t, guest), c, desk.View{}); fault.KindOf(err) != fault.NotFound {
				t.Errorf("at midnight after the last day: %v", err)
			}
			if _, err := h.LastMoment(t.Context(), guest, c, day.Must(2026, 4, 1)); err == nil {
				t.Error("who may not share is told where the child lives")
			}
		})
	}
}
