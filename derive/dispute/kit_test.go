package dispute_test

import (
	"fmt"
	"slices"
	"testing"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/dispute"
	"stayput/fact"
	"stayput/fact/facttest"
	"stayput/law/packs"
)

var on = facttest.Day

// A world is a case that a test puts together.
type world struct {
	place   string
	side    fact.Side
	years   []day.SchoolYear
	entries []fact.Entry
}

func (w *world) brief(t testing.TB, asOf day.Date) *brief.Brief {
	t.Helper()
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	k := fact.Case{Jurisdiction: []fact.Dated{{Is: w.place}}, Side: w.side}
	k.Child.Born = on("2015-04-02")
	laws, err := brief.Laws(&k, book)
	if err != nil {
		t.Fatal(err)
	}
	school, err := day.NewSchool(w.years, day.View{}, brief.YearRule(laws), day.Span{First: on("2022-01-01"), Last: on("2028-12-31")})
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Make(brief.Input{Case: &k, Entries: slices.Clone(w.entries), Book: book, School: school, AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (w *world) paths(t testing.TB, asOf day.Date) []dispute.Path {
	t.Helper()
	if w.side == "" {
		w.side = fact.FamilySide
	}
	return brief.Disputes(w.brief(t, asOf), w.side)
}

// told is a step in one line: its state, the day it was done or is due, why, and what
// comes first.
func told(s *dispute.Step) string {
	if s == nil {
		return "none"
	}
	out := string(s.State)
	switch {
	case s.State == dispute.Done || s.State == dispute.OutOfOrder:
		out += " " + s.On.Earliest.String() + " " + s.Entry
	case s.Due != 0:
		out += " " + s.Due.String()
	}
	if s.Why.Key != "" {
		out += " why=" + s.Why.Key
	}
	if s.Waits != "" {
		out += " waits=" + string(s.Waits)
	}
	return out
}

// whole is everything about paths as text.
func whole(ps []dispute.Path) string {
	out := ""
	for i := range ps {
		p := &ps[i]
		out += fmt.Sprintln(p.Matter, p.Kind, p.FiledBy, p.Open, p.End, p.EndedBy, p.Now, p.NextDate, p.Of, p.Burden, p.Entries)
		for j := range p.Steps {
			out += fmt.Sprintln("  ", p.Steps[j].Key, told(&p.Steps[j]), p.Steps[j].More, p.Steps[j].Record)
		}
		for _, x := range p.Problems {
			out += fmt.Sprintln("  !", x.Key, x.Entry, x.Other)
		}
	}
	return out
}

func hasProblem(p *dispute.Path, key string) bool {
	return slices.ContainsFunc(p.Problems, func(x dispute.Problem) bool { return x.Key == key })
}
