package checkin_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/checkin"
	"stayput/fact"
	"stayput/record"
)

// 2026-03-02 is a Monday.
func on(m time.Month, d int) day.When { return day.On(day.Must(2026, m, d)) }

func ask(id string, w day.When, with ...string) fact.Entry {
	return fact.Entry{ID: id, Kind: checkin.Asked, On: w, Fields: fact.Fields{With: with}}
}

func answer(id, re string, w day.When, with ...string) fact.Entry {
	return fact.Entry{ID: id, Re: re, Kind: checkin.Answered, On: w, Fields: fact.Fields{With: with}}
}

// year is a school year of weekdays with one week off: March 16 to 20.
func year(t *testing.T) *day.School {
	t.Helper()
	y := day.SchoolYear{ID: "c", Label: "2025-26", First: day.Must(2025, 8, 11), Last: day.Must(2026, 5, 29), Complete: true,
		Closures: []day.Closure{{Span: day.Span{First: day.Must(2026, 3, 16), Last: day.Must(2026, 3, 20)}, Kind: day.Vacation}}}
	s, err := day.NewSchool([]day.SchoolYear{y}, day.View{}, day.YearRule{}, day.Span{First: day.Must(2025, 8, 11), Last: day.Must(2026, 5, 29)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Asked on Monday the 2nd and the 9th. Five school days after the 2nd is the 9th;
// after the 9th, with the week off from the 16th: 10, 11, 12, 13, 23.
func TestTwoWithoutAnswer(t *testing.T) {
	es := []fact.Entry{ask("a", on(3, 2), "Ms. Lee"), ask("b", on(3, 9), "ms lee")}
	for _, x := range []struct {
		m      time.Month
		d      int
		inARow int
	}{{3, 9, 0}, {3, 10, 1}, {3, 23, 1}, {3, 24, 2}} {
		r := checkin.Derive(record.NewView(es, 0), year(t), day.Must(2026, x.m, x.d))
		if len(r.People) != 1 || r.People[0].InARow != x.inARow || r.People[0].Suggest != (x.inARow >= 2) {
			t.Errorf("on 3/%d: %+v", x.d, r.People)
		}
	}
	// An answer to the later one ends the row; one to the earlier one alone does not.
	asOf := day.Must(2026, 3, 27)
	r := checkin.Derive(record.NewView(append(es, answer("c", "b", on(3, 25))), 0), year(t), asOf)
	if p := r.People[0]; p.InARow != 0 || p.Answered != 1 || p.Waiting != 1 || !r.Asks[0].Late {
		t.Errorf("%+v %+v", p, r.Asks[0])
	}
	r = checkin.Derive(record.NewView(append(es, answer("c", "a", on(3, 3))), 0), year(t), asOf)
	if p := r.People[0]; p.InARow != 1 || p.Suggest {
		t.Errorf("%+v", p)
	}
}

// Without a calendar nobody knows whether school met: a question is never said to
// have waited too long.
func TestWithoutCalendar(t *testing.T) {
	es := []fact.Entry{ask("a", on(3, 2), "Ms. Lee"), ask("b", on(3, 9), "Ms. Lee")}
	r := checkin.Derive(record.NewView(es, 0), nil, day.Must(2026, 3, 27))
	if p := r.People[0]; p.InARow != 0 || p.Suggest || p.Waiting != 2 || r.Asks[0].Waited != fact.Unsaid {
		t.Errorf("%+v %v", p, r.Asks[0].Waited)
	}
	if by := r.Asks[1].By; by.Due != 0 || by.Earliest != day.Must(2026, 3, 9) {
		t.Errorf("%+v", by)
	}
}

// Three school days were agreed on March 5 for Ms. Lee: her question of the 9th is
// due on Thursday the 12th, that of Mr. Diaz on the 23rd as before.
func TestAgreed(t *testing.T) {
	es := []fact.Entry{ask("a", on(3, 2), "Ms. Lee"), ask("b", on(3, 9), "Ms. Lee"), ask("c", on(3, 9), "Mr. Diaz"),
		{ID: "deal", Kind: checkin.Agreed, On: on(3, 5), Fields: fact.Fields{Days: 3, With: []string{"Ms. Lee"}}}}
	r := checkin.Derive(record.NewView(es, 0), year(t), day.Must(2026, 3, 13))
	for _, a := range r.Asks {
		want := map[string]day.Date{"a": day.Must(2026, 3, 9), "b": day.Must(2026, 3, 12), "c": day.Must(2026, 3, 23)}[a.Entry.ID]
		if a.By.Due != want {
			t.Errorf("%s is due on %s, want %s", a.Entry.ID, a.By.Due, want)
		}
	}
	for _, p := range r.People {
		if (p.Tracked == "deal") != (p.Name == "Ms. Lee") {
			t.Errorf("%+v", p)
		}
		if p.Suggest {
			t.Error("a rule is suggested that is agreed already: ", p.Name)
		}
	}
}

// A question to two is answered by each for himself.
func TestTwoAsked(t *testing.T) {
	es := []fact.Entry{ask("a", on(3, 2), "Ms. Lee", "Mr. Diaz"), answer("b", "a", on(3, 3), "Mr. Diaz")}
	r := checkin.Derive(record.NewView(es, 0), year(t), day.Must(2026, 3, 12))
	for _, p := range r.People {
		if (p.Answered == 1) != (p.Name == "Mr. Diaz") || (p.InARow == 1) != (p.Name == "Ms. Lee") {
			t.Errorf("%+v", p)
		}
	}
}

// The same entries in any order give the same; no count contradicts another; it
// never panics.
func TestAnyOrder(t *testing.T) {
	school := year(t)
	rapid.Check(t, func(t *rapid.T) {
		var es []fact.Entry
		for i := range rapid.IntRange(0, 12).Draw(t, "n") {
			e := fact.Entry{ID: fmt.Sprint("e", i), On: day.On(day.Must(2026, 3, 1).Add(rapid.IntRange(0, 60).Draw(t, "on")))}
			e.Kind = rapid.SampledFrom([]fact.Kind{checkin.Asked, checkin.Asked, checkin.Answered, checkin.Agreed, checkin.Child, checkin.Visited}).Draw(t, "kind")
			e.Fields.With = rapid.SliceOfN(rapid.SampledFrom([]string{"Ms. Lee", "ms lee", "Mr. Diaz", ""}), 0, 3).Draw(t, "with")
			e.Fields.Days = rapid.IntRange(-1, 6).Draw(t, "days")
			if i > 0 && rapid.Bool().Draw(t, "answers") {
				e.Re = fmt.Sprint("e", rapid.IntRange(0, i-1).Draw(t, "re"))
			}
			es = append(es, e)
		}
		asOf := day.Must(2026, 3, 1).Add(rapid.IntRange(-5, 90).Draw(t, "as of"))
		a := checkin.Derive(record.NewView(es, 0), school, asOf)
		b := checkin.Derive(record.NewView(rapid.Permutation(es).Draw(t, "order"), 0), school, asOf)
		if !reflect.DeepEqual(names(a), names(b)) {
			t.Fatalf("%v\n%v", names(a), names(b))
		}
		for _, p := range a.People {
			if p.Answered+p.Waiting != len(p.Asks) || p.InARow > p.Waiting {
				t.Fatalf("%+v", p)
			}
		}
	})
}

func names(r *checkin.Result) (out []string) {
	for _, a := range r.Asks {
		out = append(out, fmt.Sprint(a.Entry.ID, len(a.Answers), a.Waited, a.Late, a.By.Due))
	}
	for _, p := range r.People {
		out = append(out, fmt.Sprint(p.Name, p.Answered, p.Waiting, p.InARow, p.Suggest))
	}
	return out
}
