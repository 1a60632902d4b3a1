package callout_test

import (
	"slices"
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/callout"
	"stayput/derive/clock"
	"stayput/derive/discipline"
	"stayput/derive/dispute"
	"stayput/derive/limit"
	"stayput/fact"
	"stayput/law"
	"stayput/record"
)

func on(s string) day.Date {
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func entry(id, date, kind string) fact.Entry {
	return fact.Entry{ID: id, On: day.On(on(date)), Kind: fact.MustLookup(kind)}
}

func view(es ...fact.Entry) *record.View { return record.NewView(es, 0) }

func path(id, date string, k dispute.Kind, open bool) dispute.Path {
	return dispute.Path{Matter: id, Begun: true, Kind: k, On: day.On(on(date)), Open: open}
}

// keys are the signs as a line: what each stands on after a colon.
func keys(in callout.Input) string {
	var out []string
	for _, s := range callout.Derive(in) {
		out = append(out, string(s.Key)+":"+strings.Join(s.Entries, "+"))
	}
	return strings.Join(out, " ")
}

func TestSigns(t *testing.T) {
	today := on("2026-03-02")
	conditions := entry("c", "2026-02-02", "iep_consent_partial")
	conditions.Fields.Conditions = "only with an aide"
	old := conditions
	old.ID, old.On = "old", day.On(on("2024-02-02"))
	for name, c := range map[string]struct {
		in   callout.Input
		want string
	}{
		"nothing":                        {callout.Input{View: view(entry("a", "2026-02-01", "contact"))}, ""},
		"no record at all":               {callout.Input{}, ""},
		"a side says that it will file":  {callout.Input{View: view(entry("t", "2026-02-01", "due_process_threatened"))}, "threatened:t"},
		"it was said long ago":           {callout.Input{View: view(entry("t", "2025-02-01", "due_process_threatened"))}, ""},
		"it was said tomorrow":           {callout.Input{View: view(entry("t", "2026-03-03", "due_process_threatened"))}, ""},
		"said and then filed":            {callout.Input{View: view(entry("t", "2026-02-01", "due_process_threatened")), Disputes: []dispute.Path{path("f", "2026-02-10", dispute.DueProcess, true)}}, "filed:f"},
		"said again after a case ended":  {callout.Input{View: view(entry("t", "2026-02-01", "due_process_threatened")), Disputes: []dispute.Path{path("f", "2025-10-10", dispute.DueProcess, false)}}, "threatened:t"},
		"a fast case is open":            {callout.Input{View: view(), Disputes: []dispute.Path{path("x", "2026-02-10", dispute.Expedited, true)}}, "filed:x"},
		"one complaint to the State":     {callout.Input{View: view(), Disputes: []dispute.Path{path("s", "2026-02-10", dispute.StateComplaint, true)}}, ""},
		"two disputes, both over":        {callout.Input{View: view(), Disputes: []dispute.Path{path("s", "2025-02-10", dispute.StateComplaint, false), path("f", "2025-10-10", dispute.DueProcess, false)}}, "repeated:s+f"},
		"two mediations are no dispute":  {callout.Input{View: view(), Disputes: []dispute.Path{path("m", "2025-02-10", dispute.Mediation, false), path("n", "2025-10-10", dispute.Mediation, false)}}, ""},
		"a matter nobody began":          {callout.Input{View: view(), Disputes: []dispute.Path{{Matter: "z", Kind: dispute.DueProcess, Open: true}}}, ""},
		"placement decided this year":    {callout.Input{View: view(entry("p", "2025-10-01", "placement_change_decided"))}, "placement:p"},
		"notice of a private school":     {callout.Input{View: view(entry("n", "2026-01-05", "private_notice_given"), entry("r", "2026-01-26", "private_removal"))}, "private:n+r"},
		"a signature with conditions":    {callout.Input{View: view(conditions, old)}, "conditions:c"},
		"an independent evaluation":      {callout.Input{View: view(entry("i", "2026-01-05", "iee_requested"), entry("j", "2026-01-20", "iee_refused"))}, "outside:i+j"},
		"which the school agreed to":     {callout.Input{View: view(entry("i", "2026-01-05", "iee_requested"), entry("j", "2026-01-20", "iee_agreed"))}, ""},
		"and another after it":           {callout.Input{View: view(entry("i", "2025-01-05", "iee_requested"), entry("j", "2025-01-20", "iee_agreed"), entry("k", "2026-01-20", "iee_requested"))}, "outside:k"},
		"the law of two places":          {callout.Input{View: view(), Laws: []*law.Law{{Jurisdiction: "us-tx"}, {Jurisdiction: "us-ca"}, {Jurisdiction: "us-tx"}}}, "places:"},
		"the law of one place":           {callout.Input{View: view(), Laws: []*law.Law{{Jurisdiction: "us-tx"}, {Jurisdiction: "us-tx"}, nil}}, ""},
		"more than ten days of removal":  {callout.Input{View: view(), Discipline: removed(11, 11)}, "removals:r1+r2"},
		"perhaps more than ten":          {callout.Input{View: view(), Discipline: removed(9, 12)}, "removals:r1+r2"},
		"exactly ten":                    {callout.Input{View: view(), Discipline: removed(10, 10)}, ""},
		"a case and a signature":         {callout.Input{View: view(conditions), Disputes: []dispute.Path{path("f", "2026-02-10", dispute.DueProcess, true)}}, "filed:f conditions:c"},
		"an evaluation nobody settles":   {callout.Input{View: view(entry("i", "2023-01-05", "iee_requested"))}, ""},
		"a change of placement long ago": {callout.Input{View: view(entry("p", "2024-10-01", "placement_change_decided"))}, ""},
	} {
		c.in.AsOf = today
		if got := keys(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func removed(least, most int) *discipline.Result {
	return &discipline.Result{
		Years:    []discipline.Year{{Begins: 2025, Removals: 2, Days: discipline.Count{AtLeast: least, AtMost: most}}},
		Removals: []discipline.Removal{{Entry: "r1", First: on("2025-10-06"), Year: 2025}, {Entry: "r2", First: on("2026-01-12"), Year: 2025}, {Entry: "earlier", First: on("2025-03-12"), Year: 2024}},
	}
}

// 60 days before May 1 are March 2: then a right to be heard counts as near.
func TestALimitNearItsEnd(t *testing.T) {
	right := func(area, earliest, latest string, status limit.Status) limit.Limit {
		l := limit.Limit{Rule: &law.Rule{Area: area, OwedBy: fact.Parent}, Right: "due_process", Wrong: &clock.Wrong{Clock: -1}, Entry: "w", Earliest: on(earliest), Latest: on(latest), Status: status}
		l.Left = int(l.Earliest - on("2026-03-02"))
		return l
	}
	step := right("hearing", "2026-03-05", "2026-03-05", limit.Open)
	step.Wrong = nil
	for name, c := range map[string]struct {
		in   []limit.Limit
		side fact.Side
		want string
	}{
		"60 days before the end":       {[]limit.Limit{right("due_process", "2026-05-01", "2026-05-01", limit.Open)}, fact.FamilySide, "closing:w"},
		"61 days before the end":       {[]limit.Limit{right("due_process", "2026-05-02", "2026-05-02", limit.Open)}, fact.FamilySide, ""},
		"used":                         {[]limit.Limit{right("due_process", "2026-03-05", "2026-03-05", limit.Used)}, fact.FamilySide, ""},
		"over":                         {[]limit.Limit{right("due_process", "2026-02-05", "2026-02-05", limit.Closed)}, fact.FamilySide, ""},
		"only by the later reading":    {[]limit.Limit{right("due_process", "2026-02-05", "2026-06-05", limit.Closing)}, fact.FamilySide, "closing:w two_dates:w"},
		"a step inside a case":         {[]limit.Limit{step}, fact.FamilySide, ""},
		"the family's, not a school's": {[]limit.Limit{right("due_process", "2026-04-01", "2026-04-01", limit.Open)}, fact.SchoolSide, ""},
	} {
		if got := keys(callout.Input{View: view(), Limits: c.in, Side: c.side, AsOf: on("2026-03-02")}); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	got := callout.Derive(callout.Input{View: view(), AsOf: on("2026-03-02"), Limits: []limit.Limit{right("due_process", "2026-04-20", "2026-04-20", limit.Open), right("state_complaint", "2026-03-20", "2026-03-20", limit.Open)}})
	if len(got) != 1 || got[0].By != on("2026-03-20") || got[0].Limit == nil {
		t.Errorf("the right that ends first is told: %+v", got)
	}
}

// Who put a sign away hears of it again only when something new is behind it.
func TestMarks(t *testing.T) {
	marks := func(es ...fact.Entry) []string {
		var out []string
		for _, s := range callout.Derive(callout.Input{View: view(es...), AsOf: on("2026-03-02")}) {
			out = append(out, s.Mark)
		}
		return out
	}
	a, b := entry("i", "2026-01-05", "iee_requested"), entry("j", "2026-01-20", "iee_refused")
	one, two := marks(a), marks(a, b)
	if len(one) != 1 || len(two) != 1 || one[0] == two[0] {
		t.Errorf("%v then %v", one, two)
	}
	if back := marks(b, a); !slices.Equal(back, two) {
		t.Errorf("the order of entries changed a mark: %v, %v", back, two)
	}
}

// Only the sign about disputes as such is for those who decide.
func TestOnlyRepeatedIsOfDisputes(t *testing.T) {
	for _, s := range callout.Derive(callout.Input{View: view(entry("i", "2026-01-05", "iee_requested")), AsOf: on("2026-03-02"),
		Disputes: []dispute.Path{path("s", "2025-02-10", dispute.StateComplaint, false), path("f", "2026-01-10", dispute.DueProcess, true)}}) {
		if s.Dispute != (s.Key == callout.Repeated) {
			t.Errorf("%s: %v", s.Key, s.Dispute)
		}
	}
}
