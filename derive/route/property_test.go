package route_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/route"
	"stayput/fact"
	"stayput/law"
	"stayput/law/packs"
)

func on(s string) day.Date {
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// someKinds are what a drawn record is made of.
var someKinds = []string{"evaluation_requested", "evaluation_requested_orally", "evaluation_refused", "reevaluation_refused", "evaluation_consent_requested", "evaluation_consent_received",
	"evaluation_consent_refused", "reevaluation_consent_refused", "reevaluation_consent_received", "services_consent_requested", "services_consent_received", "services_consent_refused",
	"services_consent_revoked", "single_service_refused", "iep_offered", "iep_rejected", "iep_consent_partial", "iep_consent_received", "iep_meeting_held", "disagreement_meeting_held",
	"contact", "letter_sent", "prior_written_notice_given", "iee_requested", "iee_refused", "due_process_filed", "due_process_received", "due_process_withdrawn", "hearing_decision_issued",
	"state_review_requested", "state_review_decided", "civil_action_filed", "resolution_agreement_executed", "mediation_requested", "mediation_session_held", "mediation_agreement_signed",
	"state_complaint_filed", "state_complaint_decided", "placement_504_proposed", "discrimination_act", "ocr_complaint_filed", "ferpa_violation", "placement_change_decided",
	"manifestation_determined", "expedited_complaint_filed", "expedited_decision_issued", "private_notice_given", "private_removal", "facilitation_requested", "grievance_filed"}

type world struct {
	kase     fact.Case
	entries  []fact.Entry
	asOf     day.Date
	side     fact.Side
	concerns []law.Concern
	answers  map[route.Question]fact.Tri
}

func worldOf(pick func(n int) int) *world {
	first, last := on("2023-01-01"), on("2026-12-31")
	ids := packs.IDs()
	w := &world{answers: map[route.Question]fact.Tri{}, asOf: last.Add(-pick(700)), side: []fact.Side{fact.FamilySide, fact.SchoolSide}[pick(2)]}
	w.kase.Jurisdiction = []fact.Dated{{Is: ids[pick(len(ids))]}}
	w.kase.Child.Born = on("2015-04-02")
	w.kase.Facts = map[string]fact.Tri{"home_schooled": fact.Tri(pick(3)), "privately_placed": fact.Tri(pick(3))}
	for i := range pick(14) {
		e := fact.Entry{ID: fmt.Sprintf("e%d", i), Kind: fact.MustLookup(someKinds[pick(len(someKinds))])}
		d := first.Add(pick(int(last - first)))
		e.On = day.On(d)
		if pick(6) == 0 {
			e.On = day.When{Earliest: d, Latest: d.Add(pick(60))}
		}
		e.Fields.FiledBy = []string{"", "parent", "lea"}[pick(3)]
		e.Fields.Written, e.Fields.Expedited, e.Fields.Refused = fact.Tri(pick(3)), fact.Tri(pick(3)), fact.Tri(pick(3))
		w.entries = append(w.entries, e)
	}
	for range pick(4) {
		w.concerns = append(w.concerns, law.Concerns[pick(len(law.Concerns))])
	}
	for _, q := range route.Questions {
		w.answers[q] = fact.Tri(pick(3))
	}
	return w
}

func (w *world) brief(t interface{ Fatal(...any) }) *brief.Brief {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	k := w.kase
	k.Side = w.side
	laws, err := brief.Laws(&k, book)
	if err != nil {
		t.Fatal(err)
	}
	school, err := day.NewSchool(nil, day.View{}, brief.YearRule(laws), day.Span{First: on("2023-01-01"), Last: on("2027-12-31")})
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Make(brief.Input{Case: &k, Entries: slices.Clone(w.entries), Book: book, School: school, AsOf: w.asOf})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (w *world) routes(t interface{ Fatal(...any) }) *route.Result {
	return brief.Routes(w.brief(t), w.side, w.concerns, w.answers)
}

// latest is the latest day of entries of some kinds up to the day asked about, told
// here by a plain loop that shares nothing with the engine.
func (w *world) latest(filedBy string, names ...string) day.Date {
	var d day.Date
	for i := range w.entries {
		e := &w.entries[i]
		if slices.Contains(names, e.Kind.String()) && e.On.Earliest <= w.asOf && (filedBy == "" || e.Fields.FiledBy == filedBy) {
			d = max(d, e.On.Latest)
		}
	}
	return d
}

// content are the concerns that first services and revocations are about.
var content = []law.Concern{"content_of_plan", "placement", "related_services", "extended_school_year"}

// forbidden lists, by the law's own words, what no route may be suggested in a world,
// and what no step may come before.
func (w *world) forbidden() map[law.RouteID]string {
	no := map[law.RouteID]string{}
	onlyContent := len(w.concerns) > 0
	for _, c := range w.concerns {
		onlyContent = onlyContent && slices.Contains(content, c)
	}
	onlyEvaluation := len(w.concerns) > 0 && !slices.ContainsFunc(w.concerns, func(c law.Concern) bool { return c != "evaluation" })
	refused, agreed, revoked := w.latest("", "services_consent_refused"), w.latest("", "services_consent_received"), w.latest("", "services_consent_revoked")
	if w.side == fact.SchoolSide && onlyContent {
		if refused != 0 && refused > agreed {
			no["mediation_alone"], no["mediation_with_hearing"], no["due_process_district"] = "300.300(b)(3)", "300.300(b)(3)", "300.300(b)(3)"
		}
		if revoked != 0 && revoked > agreed {
			no["mediation_alone"], no["mediation_with_hearing"], no["due_process_district"] = "300.300(b)(4)", "300.300(b)(4)", "300.300(b)(4)"
		}
	}
	if w.side == fact.FamilySide && onlyContent && revoked != 0 && revoked > agreed {
		no["mediation_alone"], no["due_process_parent"] = "Letter to Cox", "Letter to Cox"
	}
	private := w.kase.Facts["home_schooled"] == fact.Yes || w.kase.Facts["privately_placed"] == fact.Yes
	refusedTest := w.latest("", "evaluation_consent_refused") > w.latest("", "evaluation_consent_received") || w.latest("", "reevaluation_consent_refused") > w.latest("", "reevaluation_consent_received")
	if onlyEvaluation && refusedTest && (private || w.kase.Jurisdiction[0].Is == "us-mn") {
		no["due_process_district"] = "300.300(d)(4), or the State's own bar"
	}
	if w.latest("", "hearing_decision_issued", "hearing_decision_received", "expedited_decision_issued") == 0 {
		no["court"], no["state_review"] = "1415(l)", "300.514"
	}
	if w.latest("", "due_process_filed", "due_process_received") == 0 {
		no["mediation_with_hearing"] = "no case"
	}
	if w.latest("", "placement_change_decided", "manifestation_determined", "iaes_started") == 0 {
		no["expedited"] = "300.532(a)"
	}
	if w.answers[route.BothWilling] == fact.No {
		no["mediation_alone"], no["mediation_with_hearing"] = "300.506(b)(1)", "300.506(b)(1)"
	}
	if w.side == fact.SchoolSide {
		no["due_process_parent"], no["state_complaint"] = "a parent's", "a parent's"
	} else {
		no["due_process_district"] = "a district's"
	}
	return no
}

// Whatever the facts, nothing that the law forbids is suggested, and no step before
// what it needs; every route stands there, with a deciding reason.
func TestNothingForbiddenIsSuggested(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := worldOf(func(n int) int { return rapid.IntRange(0, n-1).Draw(t, "pick") })
		res := w.routes(t)
		no := w.forbidden()
		for _, s := range []*route.Suggestion{res.Suggested, res.Alternative} {
			if s == nil {
				continue
			}
			if why := no[s.Route]; why != "" {
				t.Fatalf("%s is suggested against %s", s.Route, why)
			}
			x := res.Row(s.Route)
			if x.Fit != route.PossibleNow || x.Forbids || len(x.Needs) > 0 || len(s.Why) == 0 || x.Route.Step == 0 {
				t.Fatalf("%s is suggested: %+v", s.Route, x)
			}
		}
		if res.Suggested != nil && res.Alternative != nil && res.Suggested.Route == res.Alternative.Route {
			t.Fatalf("one route twice: %s", res.Suggested.Route)
		}
		if len(res.Routes) != len(law.RouteIDs) {
			t.Fatalf("%d routes, and the list has %d", len(res.Routes), len(law.RouteIDs))
		}
		for i := range res.Routes {
			x := &res.Routes[i]
			if len(x.Because) == 0 || x.Fit == route.NeedsFirst && len(x.Needs) == 0 {
				t.Fatalf("%s: %s without a reason", x.ID, x.Fit)
			}
			for _, r := range slices.Concat(x.Because, x.For, x.Against, x.Told, x.Needs) {
				if !slices.Contains(law.RouteReasons, r.Key) && !r.Ours && r.Citation == "" {
					t.Fatalf("%s: %s says what the law is and cites nothing", x.ID, r.Key)
				}
				if r.Citation != "" && r.Checked.Level == "" {
					t.Fatalf("%s: %s does not say how well it was read", x.ID, r.Key)
				}
			}
		}
	})
}

// The order in which entries, concerns and answers arrive does not matter.
func TestOrderDoesNotMatter(t *testing.T) {
	for seed := range 60 {
		r := rand.New(rand.NewSource(int64(seed)))
		w := worldOf(r.Intn)
		want := told(w.routes(t))
		r.Shuffle(len(w.entries), func(i, j int) { w.entries[i], w.entries[j] = w.entries[j], w.entries[i] })
		r.Shuffle(len(w.concerns), func(i, j int) { w.concerns[i], w.concerns[j] = w.concerns[j], w.concerns[i] })
		if got := told(w.routes(t)); got != want {
			t.Fatalf("world %d:\n%s\nand after a shuffle\n%s", seed, want, got)
		}
	}
}

// told is all of a result that a reader sees, as text.
func told(r *route.Result) string {
	var b strings.Builder
	reasons := func(name string, rs []route.Ground) {
		b.WriteString(" " + name)
		for _, x := range rs {
			fmt.Fprint(&b, " ", x.Key, x.Rule, x.Unknown)
		}
	}
	for i := range r.Routes {
		x := &r.Routes[i]
		fmt.Fprint(&b, x.ID, " ", x.Fit, x.Forbids, x.Decides, x.InPart, x.Cannot, x.Barred, x.RunsOut, x.Exceptions, x.Tried, x.Pending)
		reasons("because", x.Because)
		reasons("for", x.For)
		reasons("against", x.Against)
		reasons("told", x.Told)
		reasons("needs", x.Needs)
		b.WriteString("\n")
	}
	for _, s := range []*route.Suggestion{r.Suggested, r.Alternative} {
		if s != nil {
			fmt.Fprint(&b, s.Route)
			reasons("why", s.Why)
		}
	}
	reasons("first", r.First)
	fmt.Fprint(&b, r.Differs, r.Ask)
	return b.String()
}

// Nothing at all gives no routes and no panic.
func TestNothing(t *testing.T) {
	if r := route.Derive(route.Input{}); len(r.Routes) != 0 || r.Suggested != nil {
		t.Errorf("%+v", r)
	}
}

func BenchmarkRoutes(b *testing.B) {
	r := rand.New(rand.NewSource(1))
	w := worldOf(r.Intn)
	w.entries = nil
	first := on("2023-01-01")
	for i := range 1000 {
		e := fact.Entry{ID: fmt.Sprintf("e%d", i), Kind: fact.MustLookup(someKinds[r.Intn(len(someKinds))]), On: day.On(first.Add(i))}
		e.Fields.FiledBy = "parent"
		w.entries = append(w.entries, e)
	}
	w.kase.Jurisdiction, w.asOf, w.concerns = []fact.Dated{{Is: "us-ca"}}, on("2026-06-01"), []law.Concern{"late_clock", "content_of_plan", "placement"}
	made := w.brief(b)
	b.ResetTimer()
	for b.Loop() {
		brief.Routes(made, fact.FamilySide, w.concerns, w.answers)
	}
}
