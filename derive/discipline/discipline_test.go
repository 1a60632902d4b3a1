package discipline_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/discipline"
	"stayput/fact"
	"stayput/law"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/record"
)

func d(m time.Month, dd int) day.Date { return day.Must(2025, m, dd) }

// year is 2025-26 with Labor Day and Indigenous Peoples' Day. September 1 and 8,
// October 6 and 13, November 3 and December 8 are Mondays.
var year = day.SchoolYear{ID: "y", Label: "2025-26", First: d(8, 11), Last: day.Must(2026, 5, 28), Complete: true,
	Closures: []day.Closure{{Span: day.Span{First: d(9, 1), Last: d(9, 1)}, Name: "Labor Day", Kind: day.HolidayClosure},
		{Span: day.Span{First: d(10, 13), Last: d(10, 13)}, Name: "Indigenous Peoples' Day", Kind: day.HolidayClosure}}}

func school(t testing.TB, years ...day.SchoolYear) *day.School {
	s, err := day.NewSchool(years, day.View{}, day.YearRule{Month: time.July, Day: 1}, day.Span{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func laws(t testing.TB, id string) []discipline.Since {
	b, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	l, _, err := b.For(id)
	if err != nil {
		t.Fatal(err)
	}
	return []discipline.Since{{Law: l}}
}

func entry(id, kind string, on day.Date, change ...func(*fact.Entry)) fact.Entry {
	e := fact.Entry{ID: id, Kind: fact.MustLookup(kind), On: day.On(on)}
	for _, f := range change {
		f(&e)
	}
	return e
}

func until(last day.Date) func(*fact.Entry) { return func(e *fact.Entry) { e.Fields.Until = last } }
func days(n int) func(*fact.Entry)          { return func(e *fact.Entry) { e.Fields.Days = n } }
func re(id string) func(*fact.Entry)        { return func(e *fact.Entry) { e.Re = id } }
func result(t fact.Tri) func(*fact.Entry)   { return func(e *fact.Entry) { e.Fields.Result = t } }
func about(s string) func(*fact.Entry)      { return func(e *fact.Entry) { e.Fields.About = []string{s} } }

func derive(t testing.TB, asOf day.Date, es ...fact.Entry) *discipline.Result {
	return discipline.Derive(discipline.Input{View: record.NewView(es, 0), Laws: laws(t, "us"), School: school(t, year), AsOf: asOf})
}

// Tuesday to Friday, September 2 to 5: four days. October 6 to 10: five.
func nine() []fact.Entry {
	return []fact.Entry{entry("one", "removal_started", d(9, 2)), entry("back", "removal_ended", d(9, 8), re("one")),
		entry("two", "removal_started", d(10, 6), until(d(10, 10)))}
}

func TestYear(t *testing.T) {
	for _, c := range []struct {
		name            string
		more            []fact.Entry
		asOf            day.Date
		removals, total int
		tenth, eleventh day.Date
	}{
		{"nine days", nil, d(12, 1), 2, 9, 0, 0},
		{"4 + 5 + 1 are ten, the tenth on November 3", []fact.Entry{entry("three", "removal_started", d(11, 3), days(1))}, d(12, 1), 3, 10, d(11, 3), 0},
		{"4 + 5 + 2 are eleven, on November 4", []fact.Entry{entry("three", "removal_started", d(11, 3), days(2))}, d(12, 1), 3, 11, d(11, 3), d(11, 4)},
		{"the eleventh is still ahead", []fact.Entry{entry("three", "removal_started", d(11, 3), until(d(11, 4)))}, d(11, 3), 3, 10, d(11, 3), 0},
		{"a weekend inside: November 7 and 10", []fact.Entry{entry("three", "removal_started", d(11, 7), until(d(11, 10)))}, d(12, 1), 3, 11, d(11, 7), d(11, 10)},
		{"two papers on one removal", []fact.Entry{entry("again", "removal_started", d(10, 6), until(d(10, 10)))}, d(12, 1), 3, 9, 0, 0},
		{"two that overlap: October 9 to 15 adds two", []fact.Entry{entry("three", "removal_started", d(10, 9), until(d(10, 15)))}, d(12, 1), 3, 11, d(10, 14), d(10, 15)},
		{"one not yet begun", []fact.Entry{entry("three", "removal_started", d(12, 2), until(d(12, 5)))}, d(12, 1), 2, 9, 0, 0},
		{"an end nobody wrote down is one day", []fact.Entry{entry("three", "removal_started", d(11, 3))}, d(12, 1), 3, 10, d(11, 3), 0},
		{"an end before the start is none", []fact.Entry{entry("three", "removal_started", d(11, 3), until(d(11, 1)))}, d(12, 1), 3, 10, d(11, 3), 0},
	} {
		r := derive(t, c.asOf, append(nine(), c.more...)...)
		if len(r.Years) != 1 {
			t.Fatalf("%s: %d years", c.name, len(r.Years))
		}
		y := r.Years[0]
		want := discipline.Count{AtLeast: c.total, AtMost: c.total}
		if y.Removals != c.removals || y.Days != want || y.Tenth != (discipline.Span{Earliest: c.tenth, Latest: c.tenth}) || y.Eleventh != (discipline.Span{Earliest: c.eleventh, Latest: c.eleventh}) {
			t.Errorf("%s: %d removals, %v days, the tenth %v, the eleventh %v", c.name, y.Removals, y.Days, y.Tenth, y.Eleventh)
		}
		if (y.Services != nil) != (c.total > 10) || (y.Pattern != nil) != (c.total > 10) {
			t.Errorf("%s: services %v, pattern %v", c.name, y.Services, y.Pattern)
		}
	}
}

// July 1 ends one school year's count and begins the next.
func TestYearsApart(t *testing.T) {
	r := derive(t, day.Must(2026, 12, 1), append(nine(), entry("next", "removal_started", day.Must(2026, 9, 7), until(day.Must(2026, 9, 18))))...)
	if len(r.Years) != 2 || r.Years[0].Label != "2025-26" || r.Years[1].Label != "2026-27" || r.Years[0].Days.AtMost != 9 || r.Years[1].Days != (discipline.Count{AtMost: 10}) {
		t.Errorf("%+v", r.Years)
	}
	if len(r.Changes) != 0 {
		t.Errorf("ten days at most in each year, and a change of placement: %+v", r.Changes)
	}
}

func TestServicesAndPattern(t *testing.T) {
	es := append(nine(), entry("three", "removal_started", d(11, 3), days(3), about("hitting")))
	y := derive(t, d(12, 1), es...).Years[0]
	s := y.Services
	if s.Owed != fact.Yes || s.Since.Earliest != d(11, 4) || s.Days != (discipline.Count{AtLeast: 2, AtMost: 2}) || len(s.Given) != 0 || s.Why[0].Key != "services" || s.Why[1].Key != "services_not_shown" ||
		s.Why[0].Rule != "us.discipline.services_day_11" || !strings.Contains(s.Why[0].Citation, "300.530") {
		t.Errorf("services: %+v", s)
	}
	p := y.Pattern
	// School days between: after September 5 and before October 6 are 20; after
	// October 10 and before November 3, without the 13th, 14.
	between := []discipline.Count{{AtLeast: 20, AtMost: 20}, {AtLeast: 14, AtMost: 14}}
	if p.Answer != fact.Unsaid || len(p.Limbs) != 3 || p.Limbs[0].Answer != fact.Yes || p.Limbs[1].Answer != fact.Unsaid || p.Limbs[2].Answer != fact.Unsaid ||
		!slices.Equal(p.Between, between) || !slices.Equal(p.Lengths, []discipline.Count{{AtLeast: 4, AtMost: 4}, {AtLeast: 5, AtMost: 5}, {AtLeast: 3, AtMost: 3}}) {
		t.Errorf("pattern: %+v", p)
	}
	if p.Limbs[1].Why.Key != "pattern_similar" || p.Limbs[2].Why.Args["closest"] != "14" || p.Limbs[2].Why.Args["longest"] != "5" {
		t.Errorf("limbs: %+v", p.Limbs)
	}
	for i := range es {
		if es[i].Kind == fact.MustLookup("removal_started") {
			es[i].Fields.About = []string{"hitting"}
		}
	}
	es = append(es, entry("tutor", "services_started", d(11, 4)))
	y = derive(t, d(12, 1), es...).Years[0]
	if w := y.Pattern.Limbs[1].Why; w.Key != "pattern_similar_noted" || w.Args["about"] != "hitting" || y.Pattern.Limbs[1].Answer != fact.Unsaid {
		t.Errorf("the same matter each time is shown and not decided: %+v", y.Pattern.Limbs[1])
	}
	if !slices.Equal(y.Services.Given, []string{"tutor"}) || len(y.Services.Why) != 1 {
		t.Errorf("services that were given: %+v", y.Services)
	}
	// Without a calendar it may be ten days or fewer: nothing is certain, and
	// the question is put all the same.
	bare := discipline.Derive(discipline.Input{View: record.NewView(es, 0), Laws: laws(t, "us"), AsOf: d(12, 1)})
	if y := bare.Years[0]; y.Days != (discipline.Count{AtMost: 12}) || y.Services.Owed != fact.Unsaid || y.Services.Why[0].Key != "services_open" || y.Pattern.Limbs[0].Answer != fact.Unsaid || y.Reason.Key != "total_between" {
		t.Errorf("without a calendar: %+v", y)
	}
}

func TestChangeByLength(t *testing.T) {
	for _, c := range []struct {
		name   string
		es     []fact.Entry
		how    string
		answer fact.Tri
		on     day.Date
		days   int
	}{
		{"ten in a row, September 8 to 19", []fact.Entry{entry("a", "removal_started", d(9, 8), until(d(9, 19)))}, "", 0, 0, 0},
		{"eleven in a row, the eleventh September 22", []fact.Entry{entry("a", "removal_started", d(9, 8), until(d(9, 22)))}, discipline.ByLength, fact.Yes, d(9, 22), 11},
		{"a holiday is no day: August 25 to September 8 are ten", []fact.Entry{entry("a", "removal_started", d(8, 25), until(d(9, 8)))}, "", 0, 0, 0},
		{"and to September 9 eleven", []fact.Entry{entry("a", "removal_started", d(8, 25), until(d(9, 9)))}, discipline.ByLength, fact.Yes, d(9, 9), 11},
		{"two with only a weekend between", []fact.Entry{entry("a", "removal_started", d(9, 8), until(d(9, 12))), entry("b", "removal_started", d(9, 15), until(d(9, 22)))},
			discipline.InARow, fact.Unsaid, d(9, 22), 11},
		{"two with only a holiday between", []fact.Entry{entry("a", "removal_started", d(10, 6), until(d(10, 10))), entry("b", "removal_started", d(10, 14), until(d(10, 21)))},
			discipline.InARow, fact.Unsaid, d(10, 21), 11},
		{"two with a Friday at school between", []fact.Entry{entry("a", "removal_started", d(9, 8), until(d(9, 11))), entry("b", "removal_started", d(9, 15), until(d(9, 24)))}, "", 0, 0, 0},
		{"two that overlap count their days once: ten", []fact.Entry{entry("a", "removal_started", d(9, 8), until(d(9, 16))), entry("b", "removal_started", d(9, 15), until(d(9, 19)))}, "", 0, 0, 0},
	} {
		r := derive(t, d(12, 1), c.es...)
		if c.how == "" {
			if len(r.Changes) != 0 {
				t.Errorf("%s: %+v", c.name, r.Changes)
			}
			continue
		}
		if len(r.Changes) != 1 {
			t.Errorf("%s: %+v", c.name, r.Changes)
			continue
		}
		x := r.Changes[0]
		if x.How != c.how || x.Answer != c.answer || x.On != (discipline.Span{Earliest: c.on, Latest: c.on}) || x.Days.AtLeast != c.days || x.Days.AtMost != c.days || len(x.Removals) != len(c.es) {
			t.Errorf("%s: %+v", c.name, x)
		}
		if x.Review.Why[0].Key != "review_no_decision" || x.Review.Due.Earliest != 0 {
			t.Errorf("%s: nobody wrote when it was decided, and yet: %+v", c.name, x.Review)
		}
	}
	// The removal is known to be long before it has lasted long.
	r := derive(t, d(9, 9), entry("a", "removal_started", d(9, 8), until(d(9, 22))))
	if len(r.Changes) != 1 || r.Removals[0].Days.AtMost != 2 || r.Removals[0].Whole.AtMost != 11 {
		t.Errorf("planned for eleven days, after two: %+v %+v", r.Changes, r.Removals)
	}
	// Without a calendar it may be one.
	r = discipline.Derive(discipline.Input{View: record.NewView([]fact.Entry{entry("a", "removal_started", d(9, 8), until(d(9, 22)))}, 0), Laws: laws(t, "us"), School: school(t), AsOf: d(12, 1)})
	if len(r.Changes) != 1 || r.Changes[0].Answer != fact.Unsaid || r.Changes[0].On.Earliest != d(9, 22) {
		t.Errorf("without a calendar: %+v", r.Changes)
	}
}

// A decision of Friday, October 3: school days 6, 7, 8, 9, 10, 14, 15, 16, 17 and,
// the tenth, Monday the 20th.
func TestReview(t *testing.T) {
	decided := entry("decided", "placement_change_decided", d(10, 3))
	out := entry("out", "removal_started", d(10, 6), re("decided"), until(d(10, 31)))
	for _, c := range []struct {
		name   string
		more   []fact.Entry
		asOf   day.Date
		held   string
		result fact.Tri
		late   fact.Tri
		says   string
	}{
		{"not yet, the last day", nil, d(10, 20), "", fact.Unsaid, fact.No, "review_not_shown"},
		{"not yet, a day later", nil, d(10, 21), "", fact.Unsaid, fact.Yes, "review_not_shown"},
		{"held on the last day, yes", []fact.Entry{entry("mdr", "manifestation_determined", d(10, 20), re("decided"), result(fact.Yes))}, d(11, 3), "mdr", fact.Yes, fact.No, "review_yes"},
		{"held a day late, no", []fact.Entry{entry("mdr", "manifestation_determined", d(10, 21), result(fact.No))}, d(11, 3), "mdr", fact.No, fact.Yes, "review_no"},
		{"held, and nobody wrote what it found", []fact.Entry{entry("mdr", "manifestation_determined", d(10, 10))}, d(11, 3), "mdr", fact.Unsaid, fact.No, "review_unsaid"},
		{"one from before the decision is another's", []fact.Entry{entry("mdr", "manifestation_determined", d(10, 1), result(fact.No))}, d(10, 10), "", fact.Unsaid, fact.No, "review_not_shown"},
		{"one still ahead", []fact.Entry{entry("mdr", "manifestation_determined", d(10, 15), result(fact.No))}, d(10, 10), "", fact.Unsaid, fact.No, "review_not_shown"},
	} {
		r := derive(t, c.asOf, append([]fact.Entry{decided, out}, c.more...)...)
		if len(r.Changes) != 1 {
			t.Fatalf("%s: %+v", c.name, r.Changes)
		}
		x := r.Changes[0]
		v := x.Review
		due := discipline.Span{Earliest: d(10, 20), Latest: d(10, 20)}
		if x.How != discipline.Decided || x.Answer != fact.Yes || v.Due != due || v.Held != c.held || v.Result != c.result || v.Late != c.late {
			t.Errorf("%s: %+v", c.name, x)
		}
		if !slices.ContainsFunc(v.Why, func(r discipline.Reason) bool { return r.Key == c.says }) || len(v.IfYes) != 4 || len(v.IfNo) != 3 {
			t.Errorf("%s: %+v", c.name, v)
		}
		if len(r.Years) != 0 {
			t.Errorf("%s: a removal that carries out a decision is no short one: %+v", c.name, r.Years)
		}
	}
	// The removal that does not name the decision made just before it is the same
	// change, not a second one.
	out.Re = ""
	told := entry("told", "parents_notified_of_removal", d(10, 3))
	r := derive(t, d(10, 10), decided, out, told)
	if len(r.Changes) != 1 || !slices.Equal(r.Changes[0].Removals, []string{"out"}) || r.Changes[0].Told != "told" {
		t.Errorf("%+v", r.Changes)
	}
	// Two decisions each have a review of their own.
	second := entry("second", "placement_change_decided", d(11, 3))
	r = derive(t, d(12, 1), decided, second, entry("m1", "manifestation_determined", d(10, 10), result(fact.Yes)), entry("m2", "manifestation_determined", d(11, 6), result(fact.No)))
	if len(r.Changes) != 2 || r.Changes[0].Review.Held != "m1" || r.Changes[1].Review.Held != "m2" {
		t.Errorf("%+v", r.Changes)
	}
}

// From Monday, October 6: 5 days that week, 4 the next (the 13th is closed), then
// 5 each in the weeks of October 20 and 27, November 3, 10, 17 and 24 and December
// 1: 44. The 45th is Monday, December 8.
func TestSetting(t *testing.T) {
	start := entry("in", "iaes_started", d(10, 6))
	s := derive(t, d(12, 8), start).Settings[0]
	if s.Limit != (discipline.Span{Earliest: d(12, 8), Latest: d(12, 8)}) || s.Days.AtMost != 45 || s.Over != fact.No || s.Last != 0 {
		t.Errorf("%+v", s)
	}
	if s = derive(t, d(12, 9), start).Settings[0]; s.Over != fact.Yes || s.Days.AtMost != 46 {
		t.Errorf("a day later: %+v", s)
	}
	if s = derive(t, d(12, 20), start, entry("home", "iaes_ended", d(12, 9))).Settings[0]; s.Over != fact.No || s.Last != d(12, 8) || s.Days.AtMost != 45 {
		t.Errorf("back on the 46th day: %+v", s)
	}
	ordered := entry("in", "iaes_started", d(10, 6), re("order"))
	if s = derive(t, d(12, 1), entry("order", "expedited_decision_issued", d(10, 3)), ordered).Settings[0]; s.Ordered != "order" {
		t.Errorf("ordered: %+v", s)
	}
}

func TestAppealNamesItsClocks(t *testing.T) {
	r := derive(t, d(12, 1), entry("case", "expedited_complaint_filed", d(10, 6)), entry("end", "expedited_decision_issued", d(11, 3)))
	if len(r.Appeals) != 1 || r.Appeals[0].Decided != "end" || !slices.Contains(r.Appeals[0].Rules, law.RuleID("us.discipline.expedited_hearing")) ||
		!slices.Contains(r.Appeals[0].Rules, law.RuleID("us.discipline.expedited_resolution")) {
		t.Errorf("%+v", r.Appeals)
	}
}

// A child nobody found eligible yet: 34 CFR 300.534.
func TestUnfound(t *testing.T) {
	if r := derive(t, d(12, 1), nine()...); r.Unfound == nil || r.Unfound.Key != "unfound" || r.Unfound.Rule != "us.discipline.not_yet_eligible" {
		t.Errorf("%+v", r.Unfound)
	}
	if r := derive(t, d(12, 1), append(nine(), entry("ask", "evaluation_requested", d(9, 1)))...); r.Unfound == nil || r.Unfound.Key != "unfound_asked" || !slices.Equal(r.Unfound.Entries, []string{"ask"}) {
		t.Errorf("asked before: %+v", r.Unfound)
	}
	if r := derive(t, d(12, 1), append(nine(), entry("ask", "evaluation_requested", d(9, 2)))...); r.Unfound.Key != "unfound" {
		t.Errorf("asked on the day of the removal: %+v", r.Unfound)
	}
	for _, kind := range []string{"services_consent_received", "last_iep_review", "manifestation_determined"} {
		if r := derive(t, d(12, 1), append(nine(), entry("x", kind, d(9, 1)))...); r.Unfound != nil {
			t.Errorf("with %s: %+v", kind, r.Unfound)
		}
	}
	if r := derive(t, d(12, 1)); r.Unfound != nil {
		t.Errorf("without a removal: %+v", r.Unfound)
	}
}

func TestAsides(t *testing.T) {
	r := derive(t, d(12, 1), entry("bus", "bus_excluded", d(10, 6)), entry("out", "emergency_removal_started", d(10, 7)))
	if len(r.Asides) != 2 || len(r.Years) != 0 || r.Asides[0].Why.Key != "aside_bus" {
		t.Errorf("%+v", r)
	}
}

// A State that adds to the federal rule: more than fifteen days of one year, and
// any removal of some children.
func TestStateAdds(t *testing.T) {
	us := laws(t, "us")[0].Law
	p := &law.Pack{ID: "us-xx", Rules: []*law.Rule{{ID: "us-xx.fifteen", Pack: "us-xx", Versions: []law.Version{{FromUnknown: true, Citation: "Code 1"}}},
		{ID: "us-xx.setting", Pack: "us-xx", Versions: []law.Version{{FromUnknown: true, Citation: "Code 2", Due: []law.Due{{Count: law.Count{Given: true, N: 45}}}}}}},
		Program: []law.Answer{{Question: law.DisciplineChange, Is: "ten_or_pattern", Rule: "us-xx.fifteen"}, {Question: law.DisciplineChange, Is: "fifteen_total", Rule: "us-xx.fifteen"},
			{Question: law.DisciplineChange, Is: "any", Rule: "us-xx.fifteen"}, {Question: law.DisciplineSetting, Is: "forty_five", Rule: "us-xx.setting"}}}
	l, err := law.Over("us-xx", append([]*law.Pack{p}, us.Packs...)...)
	if err != nil {
		t.Fatal(err)
	}
	// 4 + 5, then November 3 to 11 are 7: the sixteenth is Tuesday, November 11.
	es := append(nine(), entry("three", "removal_started", d(11, 3), until(d(11, 11))), entry("in", "iaes_started", d(11, 12)))
	r := discipline.Derive(discipline.Input{View: record.NewView(es, 0), Laws: []discipline.Since{{Law: l}}, School: school(t, year), AsOf: d(12, 1)})
	var hows []string
	for _, c := range r.Changes {
		hows = append(hows, c.How)
		if c.How == discipline.ByTotal && (c.Answer != fact.Yes || c.On != (discipline.Span{Earliest: d(11, 11), Latest: d(11, 11)}) || c.Why[0].Citation != "Code 1") {
			t.Errorf("%+v", c)
		}
	}
	if !slices.Equal(hows, []string{discipline.ByGroup, discipline.ByTotal}) {
		t.Errorf("changes: %v", hows)
	}
	// Calendar days, as this State's rule counts: November 12 and 44 more.
	if s := r.Settings[0]; s.Limit.Latest != d(12, 26) || s.Why[0].Key != "setting_calendar" {
		t.Errorf("%+v", s)
	}
}

// Whatever stands in the record, there is a result, and quickly.
func TestBadInput(t *testing.T) {
	discipline.Derive(discipline.Input{})
	var es []fact.Entry
	for i := range 3000 {
		es = append(es, entry(fmt.Sprint("r", i), "removal_started", d(9, 2).Add(i%200), until(day.Must(2099, 1, 1))))
	}
	es = append(es, entry("r", "removal_started", d(9, 2), days(1<<30)), entry("s", "iaes_started", d(9, 2), until(1)), entry("x", "removal_ended", d(1, 1), re("nothing")),
		entry("c", "placement_change_decided", d(9, 2)), entry("c", "placement_change_decided", d(9, 2)))
	r := derive(t, day.Must(2030, 1, 1), es...)
	if len(r.Removals) != 3001 {
		t.Errorf("%d removals", len(r.Removals))
	}
}

// Against a plain count of the distinct school days, in any order of entries.
func TestAgainstPlainCount(t *testing.T) {
	sc := school(t, year)
	us := laws(t, "us")
	rapid.Check(t, func(t *rapid.T) {
		var es []fact.Entry
		out := map[day.Date]bool{}
		asOf := d(8, 11).Add(rapid.IntRange(0, 280).Draw(t, "asOf"))
		for i := range rapid.IntRange(0, 12).Draw(t, "removals") {
			first := d(8, 11).Add(rapid.IntRange(0, 280).Draw(t, "first"))
			last := first.Add(rapid.IntRange(0, 20).Draw(t, "length"))
			es = append(es, entry(fmt.Sprint("r", i), "removal_started", first, until(last)))
			if first > asOf {
				continue
			}
			for x := first; x <= min(last, asOf); x++ {
				if !x.Weekend() && x >= year.First && x <= year.Last && x != d(9, 1) && x != d(10, 13) {
					out[x] = true
				}
			}
		}
		shuffled := rapid.Permutation(es).Draw(t, "order")
		r := discipline.Derive(discipline.Input{View: record.NewView(es, 0), Laws: us, School: sc, AsOf: asOf})
		if !reflect.DeepEqual(r, discipline.Derive(discipline.Input{View: record.NewView(shuffled, 0), Laws: us, School: sc, AsOf: asOf})) {
			t.Fatalf("another order, another result")
		}
		var all []day.Date
		for x := range out {
			all = append(all, x)
		}
		slices.Sort(all)
		total, eleventh := 0, day.Date(0)
		for _, y := range r.Years {
			total += y.Days.AtMost
			eleventh = max(eleventh, y.Eleventh.Earliest)
			if y.Days.AtLeast > y.Days.AtMost {
				t.Fatalf("%+v", y)
			}
		}
		if total != len(all) {
			t.Fatalf("%d school days, counted plainly %d", total, len(all))
		}
		want := day.Date(0)
		if len(all) > 10 {
			want = all[10]
		}
		if eleventh != want {
			t.Fatalf("the eleventh is %v, counted plainly %v", eleventh, want)
		}
	})
}

// Every reason has its words in both languages, with every argument it names.
func TestReasonsHaveWords(t *testing.T) {
	es := append(nine(), entry("three", "removal_started", d(11, 3), until(d(11, 25))), entry("decided", "placement_change_decided", d(9, 1)), entry("in", "iaes_started", d(11, 5)),
		entry("case", "expedited_complaint_filed", d(10, 6)), entry("bus", "bus_excluded", d(10, 6)))
	for _, sc := range []*day.School{school(t, year), school(t), nil} {
		r := discipline.Derive(discipline.Input{View: record.NewView(es, 0), Laws: laws(t, "us"), School: sc, AsOf: day.Must(2026, 3, 2)})
		var all []discipline.Reason
		for _, y := range r.Years {
			all = append(append(all, y.Reason, y.FirstTen), y.Services.Why...)
			all = append(all, y.Pattern.Why)
			for _, l := range y.Pattern.Limbs {
				all = append(all, l.Why)
			}
		}
		for _, c := range r.Changes {
			all = append(append(append(append(all, c.Why...), c.Review.Why...), c.Review.IfYes...), c.Review.IfNo...)
		}
		for _, s := range r.Settings {
			all = append(all, s.Why...)
		}
		for _, a := range r.Appeals {
			all = append(all, a.Why...)
		}
		for _, a := range r.Asides {
			all = append(all, a.Why)
		}
		bare := discipline.Derive(discipline.Input{View: record.NewView(nine(), 0), Laws: laws(t, "us"), School: sc, AsOf: d(12, 1)})
		all = append(all, *bare.Unfound)
		for _, lang := range []string{"en", "es"} {
			cat, _ := locale.For(lang)
			for _, why := range all {
				var pairs []string
				for k, v := range why.Args {
					pairs = append(pairs, k, v)
				}
				if text := cat.T(why.Text(), pairs...); text == "" || strings.Contains(text, "{") || strings.Contains(text, "discipline.why") || strings.Contains(text, "  ") {
					t.Errorf("%s: %s: %q", lang, why.Key, text)
				}
				if why.Rule == "" || why.Citation == "" {
					t.Errorf("%s rests on no law", why.Key)
				}
			}
		}
	}
}

func BenchmarkDerive(b *testing.B) {
	var es []fact.Entry
	for i := range 40 {
		es = append(es, entry(fmt.Sprint("r", i), "removal_started", d(8, 12).Add(6*i), until(d(8, 13).Add(6*i))))
	}
	in := discipline.Input{View: record.NewView(es, 0), Laws: laws(b, "us"), School: school(b, year), AsOf: day.Must(2026, 5, 28)}
	for b.Loop() {
		discipline.Derive(in)
	}
}
