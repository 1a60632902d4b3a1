package desk_test

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"testing"

	"stayput/day"
	"stayput/desk"
	"stayput/fault"
	"stayput/intake/casefile"
	"stayput/people"
	"stayput/plan"
)

const withPlans = `
stayput: 1
case: {title: Sample, jurisdiction: us-ca, side: family, sample: yes}
record:
  - {id: ask, on: 2026-02-02, kind: evaluation_requested, by: parent}
plans:
  - id: iep-2025
    kind: iep
    effective_start: 2025-03-28
    services: [{id: slp, code: "415", name: Speech, minutes: 30, times: 2, per: week}]
`

// add gives a plan with one line.
func add(id string) func([]*plan.Plan) ([]*plan.Plan, error) {
	return func(ps []*plan.Plan) ([]*plan.Plan, error) {
		return append(ps, &plan.Plan{ID: id, Kind: plan.IEP, Services: []plan.Service{{Name: "Speech", Minutes: plan.CountOf(30), Times: plan.CountOf(2), Per: plan.PerWeek}}}), nil
	}
}

func ids(t *testing.T, c *desk.Case) string {
	t.Helper()
	ps, err := c.Plans()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range ps {
		out = append(out, p.ID)
	}
	return strings.Join(out, " ")
}

func faultKey(err error) string {
	if err == nil {
		return ""
	}
	if all := fault.All(err); len(all) > 0 {
		return all[0].Key
	}
	return err.Error()
}

func TestChangePlans(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	before := h.see(t, c)
	if ids(t, before) != "iep-2025" || before.PlansHead == desk.NoPlans {
		t.Fatalf("%q, head %s", ids(t, before), before.PlansHead)
	}
	if err := h.ChangePlans(t.Context(), h.who, c, before.PlansHead, "", add("iep-2026")); err != nil {
		t.Fatal(err)
	}
	after := h.see(t, c)
	if ids(t, after) != "iep-2025 iep-2026" || after.PlansHead == before.PlansHead {
		t.Errorf("%q", ids(t, after))
	}
	if ids(t, before) != "iep-2025" {
		t.Error("what was given before was changed")
	}
	if after.Brief != before.Brief {
		t.Error("no brief rests on plans, and it was made again")
	}
	// What was before stays in the log, and the log fits together.
	if err := h.store.Read(t.Context(), desk.Verify); err != nil {
		t.Error(err)
	}
	bodies := 0
	err := h.store.Read(t.Context(), func(tx desk.Tx) error {
		return tx.Rows(h.who.Space, c, desk.WallOpen, 0, func(r desk.Row) error {
			if r.What == "plans" && !r.Gone && bytes.Contains(r.Body.Data, []byte("iep-2025")) {
				bodies++
			}
			return nil
		})
	})
	if err != nil || bodies != 2 {
		t.Errorf("%d bodies, %v", bodies, err)
	}
	// Nothing changed: nothing is written.
	same := func(ps []*plan.Plan) ([]*plan.Plan, error) { return ps, nil }
	if err := h.ChangePlans(t.Context(), h.who, c, after.PlansHead, "", same); err != nil || h.see(t, c).PlansHead != after.PlansHead {
		t.Error("a change of nothing was written", err)
	}
	// All are taken out again.
	if err := h.ChangePlans(t.Context(), h.who, c, "", "", func([]*plan.Plan) ([]*plan.Plan, error) { return nil, nil }); err != nil {
		t.Fatal(err)
	}
	if got := h.see(t, c); ids(t, got) != "" {
		t.Errorf("%q is left", ids(t, got))
	}
	// A change that ends in an error leaves all as it was.
	stop := errors.New("stop")
	if err := h.ChangePlans(t.Context(), h.who, c, "", "", func(ps []*plan.Plan) ([]*plan.Plan, error) { return append(ps, &plan.Plan{}), stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}

// What a change gets is its own: what is kept is not changed by it.
func TestPlansAreNotShared(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	_ = h.ChangePlans(t.Context(), h.who, c, "", "", func(ps []*plan.Plan) ([]*plan.Plan, error) {
		ps[0].Services[0].Name = "Nothing"
		return nil, errors.New("no")
	})
	ps, err := h.see(t, c).Plans()
	if err != nil || ps[0].Services[0].Name != "Speech" {
		t.Error(ps[0].Services[0].Name, err)
	}
}

func TestPlansOfTwoEditors(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	head := h.see(t, c).PlansHead
	if err := h.ChangePlans(t.Context(), h.who, c, head, "", add("mine")); err != nil {
		t.Fatal(err)
	}
	err := h.ChangePlans(t.Context(), h.who, c, head, "", add("theirs"))
	if fault.KindOf(err) != fault.Conflict || faultKey(err) != "desk.plans_meanwhile" {
		t.Errorf("%v", err)
	}
	if got := ids(t, h.see(t, c)); got != "iep-2025 mine" {
		t.Error(got)
	}
	// Two who both begin where there is nothing.
	c = h.open(t, plain)
	if got := h.see(t, c).PlansHead; got != desk.NoPlans {
		t.Fatal(got)
	}
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() {
			errs[i] = h.ChangePlans(t.Context(), h.who, c, desk.NoPlans, "", add("p"+string(rune('a'+i))))
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case fault.KindOf(err) != fault.Conflict:
			t.Error(err)
		}
	}
	if ps := ids(t, h.see(t, c)); won != 1 || strings.Contains(ps, " ") {
		t.Errorf("%d won: %q", won, ps)
	}
}

// The same form sent twice stands once; the same name with other words is told.
func TestPlansSentTwice(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, plain)
	form := desk.NewName()
	for range 2 {
		if err := h.ChangePlans(t.Context(), h.who, c, desk.NoPlans, form, add("first")); err != nil {
			t.Fatal(err)
		}
	}
	if got := ids(t, h.see(t, c)); got != "first" {
		t.Error(got)
	}
	if err := h.ChangePlans(t.Context(), h.who, c, desk.NoPlans, form, add("second")); fault.KindOf(err) != fault.Conflict {
		t.Error(err)
	}
	head := h.see(t, c).PlansHead
	if err := h.ChangePlans(t.Context(), h.who, c, head, "", add("later")); err != nil {
		t.Fatal(err)
	}
	if err := h.ChangePlans(t.Context(), h.who, c, desk.NoPlans, form, add("first")); err != nil {
		t.Error("the first form, sent a third time:", err)
	}
	if got := ids(t, h.see(t, c)); got != "first later" {
		t.Error(got)
	}
	if err := h.ChangePlans(t.Context(), h.who, c, "", "no name", add("x")); faultKey(err) != "desk.form_name" {
		t.Error(err)
	}
	// The name of a private entry is taken like any other, and tells nothing.
	private, err := h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Fact: entry("note_added", "2026-02-03", "mine")})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.ChangePlans(t.Context(), h.who, c, "", private, add("x")); fault.KindOf(err) != fault.Conflict {
		t.Error("the name of an open entry:", err)
	}
	e := entry("note_added", "2026-02-03", "mine")
	e.Wall = "author"
	if private, err = h.AddEntry(t.Context(), h.who, c, desk.NewEntry{Fact: e}); err != nil {
		t.Fatal(err)
	}
	if err := h.ChangePlans(t.Context(), h.who, c, "", private, add("x")); err != nil {
		t.Error("the name of a private entry:", err)
	}
}

func TestPlansRefused(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	set := func(p *plan.Plan) func([]*plan.Plan) ([]*plan.Plan, error) {
		return func(ps []*plan.Plan) ([]*plan.Plan, error) { return append(ps, p), nil }
	}
	for want, p := range map[string]*plan.Plan{
		"yaml.missing_key":         {ID: "x"},
		"case.repeated_plan":       {ID: "iep-2025", Kind: plan.IEP},
		"planfile.unknown_plan":    {ID: "x", Kind: plan.IEP, Amends: "nothing"},
		"planfile.repeated_id":     {ID: "x", Kind: plan.IEP, Goals: []plan.Goal{{ID: "a"}, {ID: "a"}}},
		"planfile.far_date":        {ID: "x", Kind: plan.IEP, MeetingDate: day.Must(1066, 10, 14)},
		"planfile.unknown_period":  {ID: "x", Kind: plan.IEP, Services: []plan.Service{{Per: "weekly-ish"}}},
		"planfile.want_count":      {ID: "x", Kind: plan.IEP, Services: []plan.Service{{Minutes: plan.CountOf(1e6)}}},
		"planfile.too_many":        {ID: "x", Kind: plan.IEP, Goals: make([]plan.Goal, 500)},
		"desk.plans_too_large":     {ID: "x", Kind: plan.IEP, Notes: strings.Repeat("word ", 500_000)},
		"planfile.amends_itself":   {ID: "x", Kind: plan.IEP, Amends: "x"},
		"planfile.removes_nothing": {ID: "x", Kind: plan.IEP, Removes: []string{"slp"}},
	} {
		err := h.ChangePlans(t.Context(), h.who, c, "", "", set(p))
		if got := faultKey(err); fault.KindOf(err) != fault.Invalid || got != want && !(want == "case.repeated_plan" && got == "planfile.repeated_plan") {
			t.Errorf("want %s, got %v", want, err)
		}
	}
	many := func(ps []*plan.Plan) ([]*plan.Plan, error) {
		for range 300 {
			ps = append(ps, &plan.Plan{ID: desk.NewName(), Kind: plan.IEP})
		}
		return ps, nil
	}
	if err := h.ChangePlans(t.Context(), h.who, c, "", "", many); faultKey(err) != "desk.plans_too_many" {
		t.Error(err)
	}
	if got := ids(t, h.see(t, c)); got != "iep-2025" {
		t.Errorf("%q stands", got)
	}
	// A case file whose plans nobody can read is not opened either.
	f, err := casefile.Read("case.yaml", []byte(strings.Replace(withPlans, "per: week", "per: weekly-ish", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.OpenCase(t.Context(), h.who, desk.NewCase{File: f}); faultKey(err) != "planfile.unknown_period" {
		t.Error(err)
	}
}

// Who may change plans, and who sees them.
func TestPlansAndRights(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	name := h.see(t, c).Name("ask")
	for _, x := range []struct {
		role people.Role
		may  bool
	}{{people.Owner, true}, {people.Editor, true}, {people.Contributor, false}, {people.Reader, false}} {
		who := h.join(t, people.Member{Role: x.role})
		got, err := h.Case(t.Context(), who, c, desk.View{})
		if err != nil || !strings.HasPrefix(ids(t, got), "iep-2025") {
			t.Errorf("%s sees %v %v", x.role, got, err)
		}
		err = h.ChangePlans(t.Context(), who, c, "", "", add("by-"+string(x.role)))
		if x.may != (err == nil) || !x.may && fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s: %v", x.role, err)
		}
	}
	guest := h.join(t, people.Member{}, people.Grant{Case: c, Role: people.Editor})
	if err := h.ChangePlans(t.Context(), guest, c, "", "", add("by-guest")); err != nil {
		t.Error("an editor of this case:", err)
	}
	some := h.join(t, people.Member{}, people.Grant{Case: c, Role: people.Editor, Entries: []string{name}})
	got, err := h.Case(t.Context(), some, c, desk.View{})
	if err != nil || len(got.File.Plans) > 0 || ids(t, got) != "" || got.PlansHead != desk.NoPlans {
		t.Error("who was shown one entry sees plans", err)
	}
	if err := h.ChangePlans(t.Context(), some, c, "", "", add("x")); fault.KindOf(err) != fault.Forbidden {
		t.Error(err)
	}
	stranger := h.join(t, people.Member{})
	if err := h.ChangePlans(t.Context(), stranger, c, "", "", add("x")); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
}

// What one program writes out, another brings in without loss.
func TestPlansGoOutAndIn(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	if err := h.ChangePlans(t.Context(), h.who, c, "", "", func(ps []*plan.Plan) ([]*plan.Plan, error) {
		ps[0].Services[0].Conditions = "“as needed” <b>bold</b>\nñ 😀"
		return append(ps, &plan.Plan{ID: "change", Kind: plan.IEP, Amends: "iep-2025", Removes: []string{"slp"}, Setting: plan.Setting{In: "110"}}), nil
	}); err != nil {
		t.Fatal(err)
	}
	f, _, err := h.CaseFile(t.Context(), h.who, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []casefile.Format{casefile.YAML, casefile.JSON} {
		var b bytes.Buffer
		if err := f.Write(&b, form); err != nil {
			t.Fatal(err)
		}
		again := h.open(t, b.String())
		x, err1 := h.see(t, c).File.PlansJSON()
		y, err2 := h.see(t, again).File.PlansJSON()
		if err1 != nil || err2 != nil || !bytes.Equal(x, y) {
			t.Errorf("%s\n%s", x, y)
		}
	}
	var names []string
	if err := h.Bundle(t.Context(), h.who, c, desk.BundleOptions{}, func(b *desk.Bundle) error {
		for _, p := range b.Case.File.Plans {
			names = append(names, p.ID)
		}
		_, err := b.Case.Program()
		return err
	}); err != nil || len(names) != 2 {
		t.Error(names, err)
	}
}

func TestProgramIsKept(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	a, err := h.see(t, c).Program()
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := h.see(t, c).Program(); b != a {
		t.Error("the program of the same day was made again")
	}
	if err := h.ChangePlans(t.Context(), h.who, c, "", "", add("x")); err != nil {
		t.Fatal(err)
	}
	if b, _ := h.see(t, c).Program(); b == a {
		t.Error("other plans, and the program of before is given")
	}
	if b, err := h.see(t, h.open(t, plain)).Program(); err != nil || b == nil {
		t.Error("a case without plans:", err)
	}
}

// What goes out has the program and the reviews; who picks entries gives neither.
func TestWithPlans(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	k := h.see(t, c)
	b, err := k.WithPlans(nil)
	if err != nil || b.Program == nil || len(b.Reviews) != 1 || k.Brief.Program != nil {
		t.Errorf("%+v %v", b, err)
	}
	for _, some := range [][]string{nil, {k.Name("ask")}} {
		if err := h.Bundle(t.Context(), h.who, c, desk.BundleOptions{Entries: some}, func(x *desk.Bundle) error {
			b, err := x.Case.WithPlans(nil)
			if err == nil && (b.Program == nil) != (some != nil) {
				t.Errorf("chosen %v: program %v", some, b.Program)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	}
}
