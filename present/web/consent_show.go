package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/program"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
	sayprogram "stayput/present/program"
)

// A consentPage says what was agreed to part by part, and what each side may do
// next and may not.
type consentPage struct {
	Frame
	Path    string
	Lead    string
	AsOf    string
	Offers  []offerLine // versions that may be answered, the latest first
	Groups  []consentGroup
	Stay    *stayPanel
	Notices []string
	Revoke  string // where all services can be ended; "" when there is nothing to end
	Plan    string // the page of the plan
	Small   []captureKey
	Myths   []routeMyth // what people say about it
}

func (consentPage) template() string { return "consent_show" }

// An offerLine is a version and where its answer goes.
type offerLine struct {
	ID, Name, Day, State, Answer, Sheet string
	Open                                bool // something in it has no answer yet
}

// A consentGroup is the things that stand alike: what they are, where they stand
// and what may follow.
type consentGroup struct {
	ID     string
	Title  string
	Names  []string
	Tag    Tag
	Since  string
	By     string
	Why    string
	Cite   Cite
	Mine   moveList
	Theirs moveList
}

// A moveList is what one side may do, and may not.
type moveList struct {
	Heading string
	May     []moveLine
	NotHead string
	Not     []moveLine
}

// A moveLine is one move.
type moveLine struct {
	Text, Why, By, Unsure, Href string
	Cite                        Cite
}

var (
	_ = sample(func() page {
		m := moveLine{"a", "b", "c", "d", "/e", Cite{Text: "x", Checked: "y"}}
		return consentPage{Path: "/x", Lead: "l", AsOf: "d", Offers: []offerLine{{"i", "n", "d", "s", "/a", "/s", true}, {Name: "m"}}, Notices: []string{"n"}, Revoke: "/r", Plan: "/p",
			Groups: []consentGroup{{ID: "g", Title: "t", Names: []string{"a", "b"}, Tag: Tag{"soon", "x"}, Since: "s", By: "b", Why: "w", Cite: m.Cite,
				Mine: moveList{"h", []moveLine{m}, "n", []moveLine{m}}, Theirs: moveList{"h", []moveLine{m}, "n", []moveLine{m}}}},
			Stay: samplePanel(), Small: []captureKey{{Label: "x", Href: "/"}}, Myths: sampleMyths()}
	})
	_ = sample(func() page { return consentPage{} })
)

// smallConsents are the answers that a plain form takes.
var smallConsents = []string{"excusal_agreed", "iep_amendment_agreed", "insurance_consent_received", "insurance_consent_withdrawn", "records_release_agreed", "evaluation_consent_received", "reevaluation_consent_received"}

// consentShow shows what was agreed to.
func (s *Site) consentShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return err
	}
	res, err := c.Program()
	if err != nil {
		return err
	}
	p := consentPage{Frame: s.caseFrame(r, c, "webconsent.title", "consent"), Path: casePath(c.Folder) + "/consent", Plan: casePath(c.Folder) + "/plan"}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	p.Lead = p.cat.T("webconsent.lead_none")
	for i := range res.Tracks {
		t := &res.Tracks[i]
		if i == 0 {
			p.Lead = p.cat.T("program.consent." + string(t.Consent))
			if t.Latest != "" {
				p.Lead = p.speak().planName(c, t.Latest) + ": " + p.Lead
			}
		}
		for j := len(t.Offers) - 1; j >= 0; j-- {
			o := &t.Offers[j]
			line := offerLine{ID: o.Plan, Name: p.speak().planName(c, o.Plan), State: p.cat.T("program.consent." + string(o.Consent)), Sheet: offerPath(c.Folder, o.Plan), Open: open(o)}
			if o.On != 0 {
				line.Day = p.cat.Date(o.On)
			}
			if p.May("add_entry") {
				line.Answer = answerPath(c.Folder, o.Plan)
			}
			p.Offers = append(p.Offers, line)
		}
		if len(t.InForce) > 0 && t.Ended == nil && !revokedAlready(res) && p.May("add_entry") {
			p.Revoke = p.Path + "/revoke"
		}
	}
	p.Groups = p.speak().consentGroups(c, res)
	p.Stay = p.speak().stayPanel(c, res)
	for _, n := range res.Notices {
		p.Notices = append(p.Notices, sayprogram.Notice(p.cat, n))
	}
	p.Myths = p.speak().mythsOn("consent")
	if p.May("add_entry") {
		for _, k := range smallConsents {
			p.Small = append(p.Small, captureKey{ID: k, Label: first(p.cat.Kind(k)), Href: casePath(c.Folder) + "/add?kind=" + k})
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// open reports that some part of an offer waits for an answer.
func open(o *program.OfferState) bool {
	for _, x := range o.Parts {
		if x.State == program.Silent || x.State == program.Conditioned || x.State == program.Split {
			return true
		}
	}
	return false
}

// tones says how each state looks.
var tones = map[program.State]string{program.Agreed: "done", program.ByLaw: "done", program.Excepted: "late", program.TakenBack: "late", program.Silent: "soon",
	program.Conditioned: "soon", program.Split: "soon", program.NotCarriable: "soon"}

// consentGroups puts the rows into groups that stand alike.
func (f speaker) consentGroups(c *desk.Case, res *program.Result) []consentGroup {
	var out []consentGroup
	last := ""
	us, them := fact.Parent, fact.LEA
	if c.File.Case.Side == fact.SchoolSide {
		us, them = them, us
	}
	for i := range res.Asked {
		a := &res.Asked[i]
		key := fmt.Sprint(a.Subject, a.Plan, a.State, a.Since, a.By, a.Reason.Key, a.Reason.Args, a.Moves)
		name := called(f.cat, a.Part, a.Name)
		if name == "" {
			name = a.Component
		}
		if a.Drops {
			name = f.cat.T("plan_change.cut") + ": " + name
		}
		if key == last {
			out[len(out)-1].Names = append(out[len(out)-1].Names, name)
			continue
		}
		last = key
		g := consentGroup{ID: fmt.Sprintf("g%d", i+1), Title: f.cat.T("program.subject." + string(a.Subject)), Tag: Tag{tones[a.State], f.cat.T("program.state." + string(a.State))},
			Why: sayprogram.Why(f.cat, a.Reason), Cite: f.lawOf(a.Reason)}
		if a.Plan != "" {
			g.Title += ": " + f.planName(c, a.Plan)
		}
		if name != "" {
			g.Names = []string{name}
		}
		if a.Since != 0 {
			g.Since = f.cat.Date(a.Since)
		}
		if a.By != "" {
			g.By = f.signer(a.By)
		}
		g.Mine = f.moves(c, a, us, true)
		g.Theirs = f.moves(c, a, them, false)
		out = append(out, g)
	}
	// What waits for somebody comes first, what is settled last.
	place := map[string]int{"soon": 0, "late": 1, "unsure": 2, "": 3, "done": 4}
	slices.SortStableFunc(out, func(a, b consentGroup) int { return place[a.Tag.Tone] - place[b.Tag.Tone] })
	return out
}

// moves is what one side may do about a row, and may not.
func (f speaker) moves(c *desk.Case, a *program.Asked, side fact.Party, mine bool) moveList {
	who := "family"
	if side == fact.LEA {
		who = "school"
	}
	if mine {
		who = "you"
	}
	m := moveList{Heading: f.cat.T("webconsent.may_" + who), NotHead: f.cat.T("webconsent.not_" + who)}
	for _, x := range a.Moves {
		if x.For != side {
			continue
		}
		l := moveLine{Text: first(sayprogram.Do(f.cat, x)), Why: sayprogram.Why(f.cat, x.Reason), Cite: f.lawOf(x.Reason)}
		l.By = sayprogram.When(f.cat, x)
		if x.Unsure {
			l.Unsure = f.cat.T("webconsent.unsure")
		}
		if mine && x.May && f.May("add_entry") {
			l.Href = moveHref(c, a, x.Do)
		}
		if x.May {
			m.May = append(m.May, l)
		} else {
			m.Not = append(m.Not, l)
		}
	}
	return m
}

// moveHref is where a move is written down, "" when it has no form of its own.
func moveHref(c *desk.Case, a *program.Asked, do string) string {
	switch do {
	case "revoke_all":
		return casePath(c.Folder) + "/consent/revoke"
	case "agree_all", "agree_parts", "refuse_part", "refuse_all", "withdraw_exception", "agree_with_conditions", "refuse_one_service":
		if a.Plan != "" {
			return answerPath(c.Folder, a.Plan)
		}
	}
	kinds := map[string]string{"agree_evaluation": "evaluation_consent_received", "refuse_evaluation": "evaluation_consent_refused", "agree_amendment": "iep_amendment_agreed",
		"refuse_amendment": "iep_amendment_refused", "agree_excusal": "excusal_agreed", "refuse_excusal": "excusal_refused", "agree_release": "records_release_agreed",
		"refuse_release": "records_release_refused", "agree_insurance": "insurance_consent_received", "refuse_insurance": "insurance_consent_refused",
		"withdraw_insurance": "insurance_consent_withdrawn", "keep_services": "services_consent_received", "ask_meeting": "iep_meeting_requested", "ask_prior_written_notice": "prior_written_notice_requested"}
	k := kinds[do]
	if a.Subject == program.Reevaluation {
		k = strings.Replace(k, "evaluation_consent", "reevaluation_consent", 1)
	}
	if _, known := fact.Lookup(k); !known {
		return ""
	}
	out := casePath(c.Folder) + "/add?kind=" + k
	if do == "keep_services" {
		out += "&re=" + escape(a.Entry) // it takes that one back
	}
	return out
}

// signer is who answered, in words where the record uses a known word.
func (f speaker) signer(by string) string {
	if key := "webconsent.by_" + strings.ToLower(by); f.cat.Has(key) {
		return f.cat.T(key)
	}
	return by
}

// lawOf is the law behind a reason, with the page of its rule.
func (f speaker) lawOf(r program.Reason) Cite {
	if r.Citation == "" {
		return Cite{}
	}
	x := Cite{Text: r.Citation, Checked: f.cat.T("checked_short." + r.Checked.Level)}
	if r.Rule != law.RuleID("") {
		x.Source = "/law/rules/" + string(r.Rule)
	}
	return x
}

// planName is what a version is called.
func (f speaker) planName(c *desk.Case, id string) string {
	plans, _ := c.Plans()
	for _, p := range plans {
		if p.ID != id {
			continue
		}
		if p.Title != "" {
			return p.Title
		}
		key := "webconsent.plan_of"
		if p.Amends != "" {
			key = "webconsent.change_of"
		}
		// A plan goes by the day of its meeting, as its first page says it.
		for _, d := range []day.Date{p.MeetingDate, p.Offered, p.Starts()} {
			if d != 0 {
				return f.cat.T(key, "kind", f.cat.T("plan_kind."+string(p.Kind)), "date", f.cat.Date(d))
			}
		}
	}
	return id
}

func answerPath(f *desk.Folder, plan string) string {
	return casePath(f) + "/consent/answer?plan=" + escape(plan)
}
func offerPath(f *desk.Folder, plan string) string {
	return casePath(f) + "/plans/" + pathEscape(plan) + "/offer"
}
