package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/guide"
	"stayput/law"
	"stayput/law/packs"
	"stayput/lawtest"
	say "stayput/present/brief"
)

// A lawRulePage explains one rule.
type lawRulePage struct {
	Frame
	ID        string
	Line      lawLine
	Says      template.HTML
	Facts     []lawFact
	When      []string // conditions as sentences
	Versions  []lawEdition
	Items     []lawItem
	Except    []string
	Over      []lawLink // rules of other packs it replaces
	Under     []lawLink // rules of other packs that replace it
	Tribunals []string
	Checked   string
	Note      string
	Ask       string
	Examples  []lawExample
	More      []lawExample
	Terms     []*guide.Term
}

// A lawFact is one line of what a rule says of itself.
type lawFact struct{ Name, Text string }

// A lawEdition is a rule as it stood from one day to another.
type lawEdition struct {
	Span string
	Now  bool
	Ways []lawWay
	Cite Cite
	Note string
}

// A lawItem is one element of a checklist.
type lawItem struct{ Text, Cite string }

// A lawExample is a worked example, counted by hand.
type lawExample struct {
	Record []lawFact // the day and what happened
	Count  string    // the hand count, as its writer wrote it
	Source string
	Wants  []string // what must come out
}

func (lawRulePage) template() string { return "law_rule" }

var _ = sample(func() page {
	way := lawWay{When: "x", Long: "y", Details: []lawLink{{"a", "/b", "c"}, {Text: "d"}}}
	way.Reading = []lawReading{{Way: lawWay{Long: "z"}, Says: "s", Minor: true}}
	x := lawExample{Record: []lawFact{{"a", "b"}}, Count: "c", Source: "s", Wants: []string{"w"}}
	return lawRulePage{ID: "us.x", Line: lawLine{Checked: Tag{"done", "x"}}, Says: "x", Facts: []lawFact{{"a", "b"}}, When: []string{"x"},
		Versions: []lawEdition{{Span: "x", Now: true, Ways: []lawWay{way}, Cite: Cite{Text: "c", Source: "https://example.org"}, Note: "n"}},
		Items:    []lawItem{{"x", "y"}}, Except: []string{"x"}, Over: []lawLink{{"x", "/y", ""}}, Under: []lawLink{{"x", "/y", ""}},
		Tribunals: []string{"x"}, Checked: "x", Note: "y", Ask: "z", Examples: []lawExample{x}, More: []lawExample{x},
		Terms: []*guide.Term{{ID: "iep", Term: "IEP"}}}
})

// mostExamples is how many worked examples a page shows unfolded.
const mostExamples = 3

// lawRule explains one rule.
func (s *Site) lawRule(w http.ResponseWriter, r *http.Request) error {
	x := lawRules()[law.RuleID(r.PathValue("rule"))]
	if x == nil {
		return refuse(http.StatusNotFound, "webmore.law_no_rule")
	}
	p := lawRulePage{Frame: s.frame(r, "webmore.law_rules", "law"), ID: string(x.ID)}
	t := p.speak().lawText(x.ID)
	p.Line = p.speak().lawLine(x, s.today())
	p.Title = t.Title
	p.Says = p.speak().linked(t.Says, map[string]bool{})
	p.Facts = p.speak().lawFacts(x)
	p.When = p.speak().lawWhen(x)
	for i := len(x.Versions) - 1; i >= 0; i-- {
		p.Versions = append(p.Versions, p.speak().lawEdition(x, &x.Versions[i], s.today()))
	}
	for _, it := range x.Items {
		p.Items = append(p.Items, lawItem{t.Items[it.ID], it.Citation})
	}
	for _, name := range x.Exceptions {
		if e := t.Exceptions[name]; e != "" {
			p.Except = append(p.Except, e)
		}
	}
	for _, o := range x.Overrides {
		p.Over = append(p.Over, p.speak().lawRef(o))
	}
	for _, id := range sortedRules() {
		if slices.Contains(lawRules()[id].Overrides, x.ID) {
			p.Under = append(p.Under, p.speak().lawRef(id))
		}
	}
	for _, y := range x.Tribunals {
		key := "webmore.law_delay_ok"
		if y.TooLong {
			key = "webmore.law_delay_long"
		}
		p.Tribunals = append(p.Tribunals, p.N(key, y.Days)+" ("+y.Citation+")")
	}
	p.Checked = p.speak().lawCheckedLong(x)
	p.Note = strings.TrimSpace(x.Checked.Note + " " + x.Note)
	if x.Ask != nil {
		p.Ask = p.speak().lawAsk(x, t.Title)
	}
	all := p.speak().lawExamples(x)
	p.Examples = all[:min(len(all), mostExamples)]
	p.More = all[len(p.Examples):]
	p.Terms = p.speak().lawTerms(t.Title + ". " + t.Says + " " + t.Answers)
	return s.show(w, r, http.StatusOK, p)
}

var sortedRules = sync.OnceValue(func() []law.RuleID {
	var out []law.RuleID
	for id := range lawRules() {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
})

func (f speaker) lawRef(id law.RuleID) lawLink {
	l := lawLink{Text: f.lawText(id).Title, Href: lawPath(id)}
	if r := lawRules()[id]; r != nil {
		l.Title = f.lawPlace(r.Pack)
	}
	return l
}

// lawFacts is what a rule says of itself, line by line.
func (f speaker) lawFacts(r *law.Rule) []lawFact {
	var out []lawFact
	add := func(key, text string) {
		if text != "" {
			out = append(out, lawFact{f.cat.T(key), first(text)})
		}
	}
	meets := func(ms []law.Meet) string {
		var all []string
		for _, m := range ms {
			s := f.cat.TheKind(m.Kind.String())
			if m.When != nil {
				s = f.cat.T("webmore.law_meet_when", "what", s, "when", say.Say(f.cat, m.When.Say()))
			}
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
		return strings.Join(all, "; ")
	}
	add("webmore.law_whose", f.lawPlace(r.Pack))
	add("webmore.law_about", f.cat.T("area."+r.Area))
	add("webmore.law_kind", f.cat.T("webmore.law_kind_"+string(r.Kind)))
	if r.Right != "" {
		add("law.right", f.cat.T("right."+r.Right))
	}
	if r.MustBe != "" {
		add("law.must_be", f.cat.T("law.must_be_"+r.MustBe, "by", f.cat.T("party."+string(cmp.Or(r.By, fact.LEA)))))
	}
	add("webmore.law_owes", f.lawParty(r.OwedBy))
	starts := strings.Join(f.lawKinds(r.Starts), "; ")
	if r.OnWrong {
		starts = f.cat.T("law.compare_wrong")
	}
	add("webmore.law_starts", starts)
	add("webmore.law_met", meets(r.MetBy))
	add("webmore.law_ended", meets(r.EndedBy))
	var moved []string
	for _, e := range r.ExtendedBy {
		s := f.cat.TheKind(e.Kind.String())
		if e.Written {
			s = f.cat.T("webmore.law_in_writing", "what", s)
		}
		moved = append(moved, s)
	}
	add("webmore.law_moved", strings.Join(moved, "; "))
	switch r.Once {
	case law.Latest:
		add("webmore.law_times", f.cat.T("webmore.law_once_latest"))
	case law.First:
		add("webmore.law_times", f.cat.T("webmore.law_once_first"))
	}
	return out
}

// lawWhen is the conditions of a rule as sentences.
func (f speaker) lawWhen(r *law.Rule) []string {
	var out []string
	if r.StartsWhen != nil {
		out = append(out, f.cat.T("webmore.law_starts_when", "when", say.Say(f.cat, r.StartsWhen.Say())))
	}
	if r.MetWhen != nil {
		out = append(out, f.cat.T("webmore.law_met_when", "when", say.Say(f.cat, r.MetWhen.Say())))
	}
	if r.Quiet {
		out = append(out, f.cat.T("webmore.law_quiet"))
	}
	return out
}

// lawEdition is one version of a rule in words.
func (f speaker) lawEdition(r *law.Rule, v *law.Version, on day.Date) lawEdition {
	e := lawEdition{Now: r.VersionAt(on) == v, Cite: Cite{Text: v.Citation, Source: v.Source}, Note: v.Note}
	switch {
	case v.FromUnknown && v.To != 0:
		e.Span = f.cat.T("webmore.law_until", "to", f.cat.Date(v.To))
	case v.FromUnknown:
		e.Span = f.cat.T("webmore.law_since_unknown")
	case v.To != 0:
		e.Span = f.cat.T("webmore.law_from_to", "from", f.cat.Date(v.From), "to", f.cat.Date(v.To))
	default:
		e.Span = f.cat.T("webmore.law_since", "from", f.cat.Date(v.From))
	}
	t := f.lawText(r.ID)
	for i := range v.Due {
		e.Ways = append(e.Ways, f.lawWay(&v.Due[i], t))
	}
	return e
}

// lawAsk is what may be written when the duty is overdue.
func (f speaker) lawAsk(r *law.Rule, title string) string {
	if !f.cat.Has("do." + r.Ask.Do) {
		return ""
	}
	return f.cat.T("do."+r.Ask.Do, "party", cmp.Or(f.lawParty(r.OwedBy), f.cat.T("party.lea")), "title", title)
}

// lawTerms are the glossary terms that a text names.
func (f speaker) lawTerms(text string) []*guide.Term {
	g := guide.For(f.Lang)
	var out []*guide.Term
	add := func(t *guide.Term) {
		if t != nil && !slices.Contains(out, t) && len(out) < 8 {
			out = append(out, t)
		}
	}
	found := g.Find(text)
	for _, x := range found {
		add(x.Term)
	}
	return out
}

// examplesOf are the worked examples of a pack by rule, read when first asked for.
var (
	examplesMu sync.Mutex
	examplesBy = map[string]map[string][]*lawtest.Example{}
)

func examplesOf(id string) map[string][]*lawtest.Example {
	examplesMu.Lock()
	defer examplesMu.Unlock()
	if m, ok := examplesBy[id]; ok {
		return m
	}
	m := map[string][]*lawtest.Example{}
	if src, err := packs.Source(id, "examples"); err == nil {
		xs, _ := lawtest.Examples(src) // built in and tested; without them none are shown
		for i := range xs {
			for j := range xs[i].Expect {
				if e := &xs[i].Expect[j]; !e.None && !slices.Contains(m[e.Rule], &xs[i]) {
					m[e.Rule] = append(m[e.Rule], &xs[i])
				}
			}
		}
	}
	examplesBy[id] = m
	return m
}

// lawExamples are the worked examples of a rule in words.
func (f speaker) lawExamples(r *law.Rule) []lawExample {
	var out []lawExample
	for _, x := range examplesOf(r.Pack)[string(r.ID)] {
		e := lawExample{Count: x.Count, Source: x.Source}
		names := map[string]string{}
		for i := range x.File.Entries {
			en := &x.File.Entries[i]
			names[en.ID] = f.cat.Kind(en.Kind.String())
			when := ""
			if !en.On.IsZero() {
				when = f.cat.When(en.On)
			}
			e.Record = append(e.Record, lawFact{when, first(names[en.ID])})
		}
		for i := range x.Expect {
			y := &x.Expect[i]
			if y.Rule != string(r.ID) {
				continue
			}
			if s := f.lawWant(y); s != "" {
				e.Wants = append(e.Wants, s)
			}
		}
		if len(e.Wants) > 0 {
			out = append(out, e)
		}
	}
	return out
}

// lawWant is what an example expects, in words.
func (f speaker) lawWant(e *lawtest.Expect) string {
	if e.Stated {
		return f.cat.T("webmore.law_want_stated")
	}
	var out []string
	for _, x := range e.Fields {
		switch x.Name {
		case "due", "earliest", "latest", "strict", "nominal":
			text := x.Want
			if d, err := day.Parse(x.Want); err == nil {
				text = f.cat.DateFull(d)
			}
			out = append(out, f.cat.T("webmore.law_want_"+x.Name, "date", text))
		case "time":
			var h, m int
			if n, _ := fmt.Sscanf(x.Want, "%d:%d", &h, &m); n == 2 {
				out = append(out, f.cat.Time(int16(h*60+m)))
			}
		case "status":
			out = append(out, f.cat.T("webmore.law_want_status", "status", f.cat.T("status."+x.Want)))
		case "days_late":
			var n int
			if _, err := fmt.Sscan(x.Want, &n); err == nil && n > 0 {
				out = append(out, f.cat.N("webmore.law_want_days_late", n))
			}
		case "missing":
			if x.Want == "yes" {
				out = append(out, f.cat.T("webmore.law_want_missing"))
			}
		}
	}
	return strings.Join(out, "; ")
}

// monthOf is a month by its number.
func monthOf(n int) time.Month { return time.Month(n) }
