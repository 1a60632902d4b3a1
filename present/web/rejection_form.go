package web

import (
	"slices"

	"stayput/derive/rejection"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
)

// The rules that the page speaks of.
const (
	noticeWhen    law.RuleID = "us.pwn.when"
	noticeContent law.RuleID = "us.pwn.content"
	withoutParent law.RuleID = "us.iep.meeting_without_parent"
	noLeverage    law.RuleID = "us.consent.single_refusal_no_leverage"
	readRecords   law.RuleID = "us.records.access_45"
)

// ofGroup are the rules that answer what may follow from a sort of no.
var ofGroup = map[rejection.Group][]law.RuleID{
	rejection.Services: {"us.consent.no_override_services", "us.consent.refusal_effect"},
	rejection.Plan:     {"us.iep.stays_in_force"},
}

var (
	refusedOne      = fact.MustLookup("single_service_refused")
	rejectionTold   = fact.MustLookup("rejection_reason_told")
	rejectionHeard  = fact.MustLookup("rejection_acknowledged")
	rejectionListen = fact.MustLookup("listening_meeting_held")
	rejectionFresh  = fact.MustLookup("fresh_review_held")
	rejectionInward = fact.MustLookup("impression_noted")
	noticeGiven     = fact.MustLookup("prior_written_notice_given")
	contactMade     = fact.MustLookup("contact")
)

// rejectionKinds are what each form writes down; an offer is of the sort that the no
// was to.
var rejectionKinds = map[string]fact.Kind{"reason": rejectionTold, "acknowledge": rejectionHeard, "listen": rejectionListen, "review": rejectionFresh, "notice": noticeGiven, "contact": contactMade, "impression": rejectionInward}

// rejectionFields are the fields of each form, in order.
var rejectionFields = map[string][]string{
	"reason":      {"words", "with", "on"},
	"acknowledge": {"on", "time", "means", "with", "words", "response"},
	"listen":      {"on", "time", "outcome", "with", "words", "offers", "response"},
	"review":      {"on", "with", "about", "words"},
	"offer":       {"on", "sort", "plan", "words"},
	"notice":      {"on", "means", "words", "files"},
	"contact":     {"by", "means", "on", "time", "outcome", "with", "words", "offers", "response", "files"},
	"impression":  {"why", "words", "on"},
}

// mustSay are the forms whose words must be there.
var mustSay = []string{"reason", "acknowledge", "listen", "offer"}

// offerSorts are what a new offer may be, by what was refused.
var offerSorts = map[rejection.Group][]string{
	rejection.Plan: {"iep_offered", "iep_amendment_proposed"}, rejection.Plan504: nil, rejection.Amendment: {"iep_amendment_proposed", "iep_offered"},
	rejection.Services: {"services_consent_requested"}, rejection.Evaluation: {"evaluation_consent_requested"}, rejection.Reevaluation: {"reevaluation_consent_requested"},
}

// forms are those that stand by themselves: what the parents said, a contact, and for
// a school an impression.
func (p *rejectionPage) forms(c *desk.Case, x *rejection.Path, which string, f *Form, bad wrong) {
	p.Reason = p.form(c, x, "reason", which, f, bad)
	p.Contact = p.form(c, x, "contact", which, f, bad)
	if p.School {
		p.Inner = p.form(c, x, "impression", which, f, bad)
	}
}

// form makes one of the forms; nil when there is nothing of its sort to write down.
func (p *rejectionPage) form(c *desk.Case, x *rejection.Path, do, which string, f *Form, bad wrong) *itemForm {
	if do == "offer" && len(offerSorts[x.Group]) == 0 {
		return nil
	}
	y := &itemForm{Do: do, Title: p.T(sided("webreject.form_"+do, p.School)), Button: p.T("webcase.save"), Name: desk.NewName(), Open: do == which}
	if which != do {
		f, bad = nil, wrong{}
	} else {
		y.Name = f.Text("name", 20)
	}
	for _, n := range rejectionFields[do] {
		g := p.field(c, x, do, n, f)
		if g.Kind == "" {
			continue
		}
		if key := bad[n]; key != "" {
			g.Error = p.T(key)
			p.Errs = append(p.Errs, g)
		}
		y.Fields = append(y.Fields, g)
	}
	return y
}

// field makes one question of a form, with what was typed. Its Kind is "" when it does
// not apply.
func (p *rejectionPage) field(c *desk.Case, x *rejection.Path, do, n string, f *Form) Field {
	g := Field{Name: do + "-" + n, Label: p.T("webreject.f_" + n), Kind: "text"}
	for _, key := range []string{"webreject.f_" + do + "_" + n, sided("webreject.f_"+do+"_"+n, p.School)} {
		if p.cat.Has(key) {
			g.Label = p.T(key)
		}
	}
	for _, key := range []string{"webreject.hint_" + n, "webreject.hint_" + do + "_" + n} {
		if p.cat.Has(key) {
			g.Hint = p.T(key)
		}
	}
	if f != nil {
		g.Value, _ = f.Words(g.Name, mostWords)
	}
	choose := func(prefix string, words []string, free bool) {
		if free {
			g.Options = append(g.Options, Option{Label: p.T("webcase.tick_is_unsaid"), On: g.Value == ""})
		}
		for _, v := range words {
			on := g.Value == v
			if g.Kind == "checkbox" {
				on = f != nil && slices.Contains(f.All(g.Name), v)
			}
			g.Options = append(g.Options, Option{Value: v, Label: first(p.T(prefix + v)), On: on})
		}
	}
	switch n {
	case "on":
		g.Kind, g.Required = "date", true
		if f == nil {
			g.Value = c.Today.String()
		}
	case "time":
		g.Kind = "time"
	case "words":
		g.Kind, g.Rows, g.Required = "textarea", 4, slices.Contains(mustSay, do)
	case "offers", "response":
		g.Kind, g.Rows = "textarea", 2
	case "with":
		g.Max = 400
	case "means":
		g.Kind = "select"
		choose("webcase.means_", fact.Means, true)
	case "outcome":
		g.Kind = "select"
		words := fact.Outcomes
		if do == "listen" {
			words = []string{"reached", "no_show"}
			choose("webreject.came_", words, true)
			break
		}
		choose("webcase.outcome_", words, true)
	case "by":
		g.Kind, g.Required = "radio", true
		if f == nil {
			g.Value = string(fact.LEA)
			if !p.School {
				g.Value = string(fact.Parent)
			}
		}
		choose("webreject.began_", []string{string(fact.LEA), string(fact.Parent)}, false)
	case "about":
		g.Kind = "checkbox"
		choose("webreject.look_", rejection.Looks, false)
	case "why":
		g.Kind, g.Required = "checkbox", true
		choose("webreject.reading_", rejection.Readings, false)
	case "sort":
		sorts := offerSorts[x.Group]
		if len(sorts) < 2 {
			return Field{}
		}
		g.Kind, g.Required = "radio", true
		if f == nil {
			g.Value = sorts[0]
		}
		choose("webreject.sort_", sorts, false)
	case "plan":
		plans, _ := c.Plans() // without plans nothing can be named
		if len(plans) == 0 {
			return Field{}
		}
		g.Kind = "select"
		g.Options = append(g.Options, Option{Label: p.T("webreject.no_plan_named"), On: g.Value == ""})
		for i := len(plans) - 1; i >= 0; i-- {
			if id := plans[i].ID; id != x.Plan {
				g.Options = append(g.Options, Option{Value: id, Label: p.speak().planName(c, id), On: g.Value == id})
			}
		}
	case "files":
		g.Kind, g.Value = "file", ""
	}
	return g
}
