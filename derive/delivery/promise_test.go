package delivery_test

import (
	"fmt"
	"slices"
	"testing"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/delivery"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/plan"
)

// Asked only on the days on which something changes, Promises says the same as
// the program asked on every single day: over a new plan, an amendment, a line
// that was refused, a dispute that keeps the old program, and its end.
func TestPromisesEqualEveryDay(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	l, _, err := book.For("us-ca")
	if err != nil {
		t.Fatal(err)
	}
	kase := &fact.Case{Child: fact.Child{Born: on("2015-04-02")}}
	school, err := day.NewSchool(nil, day.View{}, l.Year, day.Span{First: on("2024-01-01"), Last: on("2027-12-31")})
	if err != nil {
		t.Fatal(err)
	}
	iep := func(id, offered string, lines ...*plan.Service) *plan.Plan {
		p := &plan.Plan{ID: id, Kind: plan.IEP, Offered: on(offered), EffectiveStart: on(offered).Add(14), EffectiveEnd: on(offered).Add(14).AddYears(1) - 1}
		for _, s := range lines {
			p.Services = append(p.Services, *s)
		}
		return p
	}
	agree := func(p *plan.Plan, d string, except ...string) {
		a := plan.Answer{On: on(d), By: "mother", Agreement: "all"}
		for _, x := range except {
			a.Agreement = "with_exceptions"
			a.Exceptions = append(a.Exceptions, plan.Exception{Part: x})
		}
		p.Consent = append(p.Consent, a)
	}
	first := iep("iep-2024", "2024-09-03", weekly("slp", 2, 30), weekly("ot", 1, 30))
	first.Services[0].Code, first.Services[1].ID = "415", "" // the second line has no id: services-2
	change := &plan.Plan{ID: "change", Kind: plan.IEP, Amends: "iep-2024", Offered: on("2025-01-13"), Services: []plan.Service{*weekly("slp", 3, 30)}}
	change.Services[0].Code = "415"
	second := iep("iep-2025", "2025-09-09", weekly("speech", 1, 30), weekly("ot-new", 1, 30), weekly("aide", 5, 60))
	second.Services[0].Name, second.Services[0].Code = "slp", "415"
	agree(first, "2024-09-10")
	agree(change, "2025-01-20")
	agree(second, "2025-09-20", "speech")
	plans := []*plan.Plan{first, change, second}
	entries := []fact.Entry{
		{ID: "dp", Kind: fact.MustLookup("due_process_filed"), On: day.On(on("2025-10-06"))},
		{ID: "w", Kind: fact.MustLookup("due_process_withdrawn"), On: day.On(on("2025-12-01"))},
	}
	entries[0].Fields.FiledBy, entries[1].Re = "parent", "dp"
	last := on("2026-03-31")
	view := clock.Derive(clock.Input{Case: kase, Entries: entries, Laws: []clock.Since{{Law: l}}, School: school, AsOf: last}).View
	asked := 0
	at := func(d day.Date) *program.Result {
		asked++
		return program.Derive(program.Input{Case: kase, Plans: plans, View: view, Laws: []program.Since{{Law: l}}, School: school, AsOf: d})
	}
	var dates []day.Date
	for _, e := range entries {
		dates = append(dates, e.On.Earliest)
	}
	ps := delivery.Promises(plans, delivery.Changes(plans, dates), last, at)
	if asked > 120 {
		t.Errorf("asked %d times", asked)
	}
	names := map[string]bool{}
	for _, p := range ps {
		names[p.Service] = true
		if p.Line == nil {
			t.Errorf("no line for %+v", p)
		}
	}
	for d := on("2024-09-01"); d <= last; d++ {
		var want, got []string
		for _, tr := range at(d).Tracks {
			for _, l := range tr.InForce {
				if l.Part == plan.ServiceLines {
					want = append(want, fmt.Sprint(l.FromPlan, l.Component, l.Basis))
				}
			}
		}
		for _, p := range ps {
			if p.From <= d && d <= p.To {
				got = append(got, fmt.Sprint(p.Plan, p.Component, p.Basis))
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Fatalf("%s: %v, the program says %v", d, got, want)
		}
	}
	for _, p := range ps {
		t.Logf("%s %s..%s %s/%s %s", p.Service, p.From, p.To, p.Plan, p.Component, p.Basis)
	}
	if !names["slp"] || !names["aide"] {
		t.Errorf("services %v", names)
	}
	if len(ps) < 4 {
		t.Errorf("only %d stretches", len(ps))
	}
}
