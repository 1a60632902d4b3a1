package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/desk"
	"stayput/plan"
	"stayput/plan/session"
)

// forms are the forms a session had, each as what came of it; taken back is "-".
func forms(c *desk.Case, id string) string {
	var out []string
	for _, f := range c.SessionForms(id) {
		if f.Gone {
			out = append(out, "-")
			continue
		}
		out = append(out, string(f.Outcome))
	}
	return strings.Join(out, " ")
}

func TestSessionForms(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	put := func(in desk.NewLog) string {
		t.Helper()
		act, err := h.AddLog(t.Context(), h.who, c, in)
		if err != nil {
			t.Fatal(err)
		}
		return act
	}
	is := func(want string) {
		t.Helper()
		f := h.see(t, c)
		if got := forms(f, "x"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		all := f.SessionForms("x")
		if last := all[len(all)-1]; last.Gone != (f.Logged().Session("x") == nil) || !last.Gone && last.Log != *f.Logged().Session("x") {
			t.Errorf("the last form %+v is not what stands", last)
		}
	}
	x := spoke("2026-02-03", session.ReportedMissing)
	x.ID = "x"
	put(desk.NewLog{Via: "tap", Sessions: []session.Log{x}})
	is("reported_missing")
	x.Outcome = session.Delivered
	sheet := put(desk.NewLog{Via: "sheet", Sessions: []session.Log{x}})
	is("reported_missing delivered")
	if err := h.UndoLog(t.Context(), h.who, c, sheet, desk.NewName()); err != nil { // what it had replaced stands again
		t.Fatal(err)
	}
	is("reported_missing delivered reported_missing")
	gone := put(desk.NewLog{Gone: []string{"x"}})
	is("reported_missing delivered reported_missing -")
	if err := h.UndoLog(t.Context(), h.who, c, gone, desk.NewName()); err != nil {
		t.Fatal(err)
	}
	is("reported_missing delivered reported_missing - reported_missing")
	if got := forms(h.see(t, c), "nobody"); got != "" {
		t.Error(got)
	}
}

// However a session is written, corrected, taken back and undone, its last form is
// what stands.
func TestLastFormStands(t *testing.T) {
	h := newHouse(t)
	rapid.Check(t, func(r *rapid.T) {
		c := h.open(t, withPlans)
		var acts []string
		for i := range rapid.IntRange(1, 8).Draw(r, "acts") {
			switch rapid.IntRange(0, 3).Draw(r, "what") {
			case 0, 1:
				x := spoke("2026-02-03", rapid.SampledFrom(session.Outcomes()).Draw(r, "outcome"))
				x.ID, x.Minutes = "x", plan.CountOf(i)
				act, err := h.AddLog(t.Context(), h.who, c, desk.NewLog{Sessions: []session.Log{x}})
				if err != nil {
					r.Fatal(err)
				}
				acts = append(acts, act)
			case 2:
				if h.see(t, c).Logged().Session("x") == nil {
					continue
				}
				act, err := h.AddLog(t.Context(), h.who, c, desk.NewLog{Gone: []string{"x"}})
				if err != nil {
					r.Fatal(err)
				}
				acts = append(acts, act)
			case 3:
				if len(acts) > 0 {
					if err := h.UndoLog(t.Context(), h.who, c, rapid.SampledFrom(acts).Draw(r, "undone"), desk.NewName()); err != nil {
						r.Fatal(err)
					}
				}
			}
		}
		f := h.see(t, c)
		all, now := f.SessionForms("x"), f.Logged().Session("x")
		switch n := len(all); {
		case n == 0 && now != nil, n > 0 && all[n-1].Gone != (now == nil), now != nil && all[n-1].Log != *now:
			r.Fatalf("stands %+v, forms %+v", now, all)
		}
	})
}

// How a ledger is read is kept for each case; who saves from an old page is told.
func TestCarrying(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, withPlans)
	see := func() desk.Carrying {
		t.Helper()
		x, err := h.Carrying(t.Context(), h.who, c)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	x := see()
	if x.Version != 0 || !x.On("slp", 3) {
		t.Errorf("%+v", x)
	}
	x.ShortPerMille, x.Days = 250, map[string][]int{"slp": {1, 3}}
	if err := h.SaveCarrying(t.Context(), h.who, c, x); err != nil {
		t.Fatal(err)
	}
	if err := h.SaveCarrying(t.Context(), h.who, c, x); faultKey(err) != "webcarry.changed_meanwhile" {
		t.Error(err)
	}
	x = see()
	if x.Settings().ShortPerMille != 250 || x.On("slp", 2) || !x.On("slp", 3) || !x.On("ot", 2) {
		t.Errorf("%+v", x)
	}
	for i, bad := range []func(*desk.Carrying){
		func(x *desk.Carrying) { x.ShortPerMille = -1 }, func(x *desk.Carrying) { x.UnknownPerMille = 1001 },
		func(x *desk.Carrying) { x.MissesInRow = 999 }, func(x *desk.Carrying) { x.Days = map[string][]int{"slp": {7}} },
		func(x *desk.Carrying) { x.Days = map[string][]int{strings.Repeat("s", 300): {1}} },
	} {
		y := see()
		bad(&y)
		if err := h.SaveCarrying(t.Context(), h.who, c, y); faultKey(err) != "webcarry.bad_level" {
			t.Error(fmt.Sprint(i), err)
		}
	}
}
