package web

import (
	"net/http"
	"slices"

	plancompare "stayput/derive/plan/compare"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
	"stayput/locale"
	"stayput/plan"
	"stayput/present/review"
)

// An offerPage is a plan on one page, for a school to hand over and for a parent
// to read at the table.
type offerPage struct {
	Frame
	Back   string
	Path   string
	Answer string
	Which  string // en, es or both
	Sheets []offerSheet
}

func (offerPage) template() string { return "offer_show" }

// An offerSheet is the page in one language.
type offerSheet struct {
	Lang     string
	Title    string
	Child    string
	Dates    string
	Lead     string
	Words    map[string]string // headings
	Services []offerService
	Changes  []offerChange
	Same     string
	How      []string
	Parts    []string // boxes to tick
	Cite     Cite
	Note     string
}

// An offerService is one service before and after, in minutes a week.
type offerService struct{ Name, Before, After, Tone, Change string }

// An offerChange is one change with its reason, if the plan gives one.
type offerChange struct{ Kind, Tone, Name, Before, After, Why string }

var (
	_ = sample(func() page {
		x := offerSheet{Lang: "en", Title: "t", Child: "c", Dates: "d", Lead: "l", Words: map[string]string{}, Services: []offerService{{"a", "b", "c", "late", "d"}}, Changes: []offerChange{{"k", "late", "n", "b", "a", "w"}, {Kind: "k", Name: "m"}},
			Same: "s", How: []string{"h"}, Parts: []string{"p"}, Cite: Cite{Text: "c"}, Note: "n"}
		return offerPage{Back: "/b", Path: "/p", Answer: "/a", Which: "both", Sheets: []offerSheet{x, {Lang: "es"}}}
	})
	_ = sample(func() page { return offerPage{Which: "en"} })
)

// offerShow shows an offer on one page.
func (s *Site) offerShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	plans, err := c.Plans()
	if err != nil {
		return err
	}
	p := plan.Find(plans, r.PathValue("plan"))
	if p == nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	before, whole, err := nowAndOffered(c, plans, p)
	if err != nil {
		return err
	}
	out := offerPage{Frame: s.caseFrame(r, c, "webconsent.offer", "plan"), Back: casePath(c.Folder) + "/plan", Path: offerPath(c.Folder, p.ID), Which: r.URL.Query().Get("in")}
	if out.May("add_entry") {
		out.Answer = answerPath(c.Folder, p.ID)
	}
	langs := []string{out.Lang}
	switch out.Which {
	case "en", "es":
		langs = []string{out.Which}
	case "both":
		langs = []string{"en", "es"}
	default:
		out.Which = out.Lang
	}
	for _, l := range langs {
		if cat, ok := locale.For(l); ok {
			out.Sheets = append(out.Sheets, offerIn(cat, c, before, whole))
		}
	}
	return s.show(w, r, http.StatusOK, out)
}

// offerIn is the offer in one language.
func offerIn(cat *locale.Catalog, c *desk.Case, before, after *plan.Plan) offerSheet {
	x := offerSheet{Lang: cat.Lang(), Child: c.File.Case.Child.Name, Words: map[string]string{}}
	for _, k := range []string{"services", "before", "now", "week", "changes", "why", "blank", "how", "parts", "yes", "no", "later", "part", "sign", "name", "day", "interpreter", "kept"} {
		x.Words[k] = cat.T("webconsent.sheet_" + k)
	}
	kind := cat.T("plan_kind." + string(after.Kind))
	x.Title = cat.T("webconsent.sheet_title", "kind", kind)
	if d := after.Starts(); d != 0 {
		x.Dates = cat.T("webconsent.sheet_from", "date", cat.Date(d))
		if e := after.Ends(); e != 0 {
			x.Dates = cat.T("webconsent.sheet_dates", "from", cat.Date(d), "to", cat.Date(e))
		}
	}
	x.Lead = cat.T("webconsent.sheet_lead_first")
	base := &plan.Plan{Kind: after.Kind, Complete: fact.Yes} // nothing is in it
	if before != nil {
		base = before
		x.Lead = cat.T("webconsent.sheet_lead")
	}
	cmp := plancompare.Plans(base, after)
	for _, t := range cmp.Totals {
		l := offerService{Name: t.Name, Before: cat.T("webconsent.not_there"), After: cat.T("webconsent.not_there")}
		if t.ESY {
			l.Name += " (" + cat.T("plan_decision.esy") + ")"
		}
		if t.InBefore {
			l.Before = review.Week(cat, t.Before, !t.UncertainBefore)
		}
		if t.InAfter {
			l.After = review.Week(cat, t.After, !t.UncertainAfter)
		}
		switch d := t.After.Cmp(t.Before); {
		case before == nil || t.UncertainBefore || t.UncertainAfter:
		case d < 0 && !t.InAfter:
			l.Tone, l.Change = "late", cat.T("plan_change.cut")
		case d < 0:
			l.Tone, l.Change = "late", cat.T("plan_change.reduced")
		case d > 0 && !t.InBefore:
			l.Tone, l.Change = "done", cat.T("plan_change.added")
		case d > 0:
			l.Tone, l.Change = "done", cat.T("plan_change.increased")
		}
		x.Services = append(x.Services, l)
	}
	why := map[string]string{}
	for i := range after.Services {
		why[plan.Ref(plan.ServiceLines, after.Services[i].ID, i)] = after.Services[i].Why
	}
	for _, k := range cmp.Changes {
		if before == nil && k.Part != plan.ServiceLines && k.Part != plan.Placement && k.Part != plan.Decisions {
			continue // of a first plan everything is new
		}
		if before == nil {
			k.Kind = plancompare.Added
		}
		l := offerChange{Kind: cat.T("plan_change." + string(k.Kind)), Tone: changeTones[k.Kind], Name: shortened(called(cat, k.Part, k.Name), 160), Why: why[k.After]}
		if k.Part == plan.Decisions {
			l.Why = map[string]string{"esy": after.ESY.Why, "transportation": after.Factors.TransportWhy}[k.Name]
		}
		if l.Name == "" {
			l.Name = cat.T("plan_component." + string(k.Part))
		}
		for _, f := range k.Fields {
			if f.Name == "amount" && k.Amount != nil {
				l.Before, l.After = review.Amount(cat, k.Amount.WrittenBefore), review.Amount(cat, k.Amount.WrittenAft)
			} else if l.Before == "" && l.After == "" {
				l.Before, l.After = shortened(f.Before, 160), shortened(f.After, 160)
			}
		}
		x.Changes = append(x.Changes, l)
		x.Parts = append(x.Parts, l.Name+": "+l.Kind)
	}
	x.Parts = slices.Compact(x.Parts)
	same := 0
	for range after.Components() {
		same++
	}
	if same -= len(cmp.Changes); same > 0 && before != nil {
		x.Same = cat.N("webconsent.rest", same)
	}
	x.How, x.Cite = howToAgree(cat, c, before == nil)
	x.Note = cat.T("webconsent.sheet_note")
	return x
}

// howToAgree is how one agrees to parts here, by the law of the place.
func howToAgree(cat *locale.Catalog, c *desk.Case, first bool) ([]string, Cite) {
	var out []string
	var cite Cite
	l := c.Brief.LawOn(c.Today)
	say := func(q law.Question) {
		if l == nil {
			return
		}
		a, ok := l.Answer(q, c.Today)
		key := "webconsent.how_" + string(q) + "_" + a.Is
		if !ok || !cat.Has(key) {
			return
		}
		out = append(out, cat.T(key))
		if r := l.Rule(a.Rule); cite.Text == "" && r != nil {
			cite = Cite{Text: r.VersionAt(c.Today).Citation, Source: "/law/rules/" + string(a.Rule), Checked: cat.T("checked_short." + r.Checked.Level)}
		}
	}
	if first {
		out = append(out, cat.T("webconsent.how_first"))
		say(law.FirstServices)
	} else {
		say(law.LaterPlans)
	}
	say(law.Parts)
	say(law.SilenceOnPlan)
	if !first { // a first plan that is refused is no matter for a hearing
		say(law.RefusedPart)
	}
	if c.File.Case.Side == fact.SchoolSide {
		out = append(out, cat.T("webconsent.how_school"))
	}
	return out, cite
}
