package web

import (
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	plancompare "stayput/derive/plan/compare"
	"stayput/derive/program"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/plan"
	"stayput/present/review"
)

// An answerPage takes the answer to a plan, part by part.
type answerPage struct {
	Frame
	Action string
	Back   string
	Name   string // of the entry to be
	Draft  string
	Plan   string
	First  bool   // the first plan: it also begins special education
	None   string // why there is nothing to answer
	Parts  []answerPart
	Rest   []string // the parts that stay as they are
	RestBy Field
	Who    Field
	By     Field
	On     Field
	If     Field
	Words  Field
	Files  Field
	Errs   []Field
	Sheet  string
	Revoke string
}

func (answerPage) template() string { return "consent_answer" }

// An answerPart is one change and what may be said to it.
type answerPart struct {
	Tone, Kind, Name, Before, After string
	Ask                             Field
}

var (
	_ = sample(func() page {
		f := func(name string) Field {
			return Field{Name: name, Label: "l", Kind: "radio", Options: []Option{{Value: "yes", Label: "y"}}, Error: "e"}
		}
		return answerPage{Action: "/a", Back: "/b", Name: "n", Draft: "d", Plan: "p", First: true, Parts: []answerPart{{"late", "k", "n", "b", "a", f("a")}}, Rest: []string{"a"}, RestBy: f("b"), Who: f("c"), By: f("d"), On: f("e"), If: f("f"),
			Words: f("g"), Files: f("h"), Errs: []Field{f("a")}, Sheet: "/s", Revoke: "/r"}
	})
	_ = sample(func() page { return answerPage{None: "n", Back: "/b"} })
)

// A change is one question of the answer: a part that differs from what is in
// force, by the ids under which it stands before and after.
type change struct {
	key           string // of its field in the form
	before, after string
	plancompare.Change
}

// changes are the parts of a version that can be answered one by one, and the
// names of those that stay as they are. first is whether nothing was agreed to
// before it.
func changes(c *desk.Case, plans []*plan.Plan, id string) (out []change, rest []string, first, found bool, err error) {
	p := plan.Find(plans, id)
	if p == nil || p.Status == "draft" {
		return nil, nil, false, false, nil
	}
	if _, ok := plan.Whole(plans, p); !ok {
		return nil, nil, false, false, nil
	}
	before, whole, err := nowAndOffered(c, plans, p)
	if err != nil {
		return nil, nil, false, false, err
	}
	if first = before == nil; first {
		before = &plan.Plan{Kind: p.Kind, Complete: fact.Yes} // nothing is in it
	}
	names := map[string]bool{}
	for _, c := range plancompare.Plans(before, whole).Changes {
		ref := c.After
		if ref == "" {
			ref = c.Before
		}
		if ref == "" {
			continue
		}
		names[ref] = true
		if first {
			c.Kind = plancompare.Added
		}
		out = append(out, change{key: "part-" + string(c.Part) + "-" + ref, before: c.Before, after: c.After, Change: c})
	}
	own := whole
	if p.Amends != "" {
		own = p // what an amendment does not name it does not ask about
	}
	for _, c := range own.Components() {
		if !names[c.ID] {
			rest = append(rest, c.ID)
		}
	}
	return out, rest, first, true, nil
}

// answeredTo is the latest version before p that was agreed to in any part, whole;
// nil when there is none.
func answeredTo(plans []*plan.Plan, res *program.Result, p *plan.Plan) *plan.Plan {
	for i := range res.Tracks {
		offers := res.Tracks[i].Offers
		at := slices.IndexFunc(offers, func(o program.OfferState) bool { return o.Plan == p.ID })
		for j := at - 1; j >= 0; j-- {
			if slices.ContainsFunc(offers[j].Parts, func(x program.PartState) bool {
				return x.State == program.Agreed || x.State == program.ByLaw || x.State == program.Superseded
			}) {
				if o := plan.Find(plans, offers[j].Plan); o != nil {
					w, _ := plan.Whole(plans, o)
					return w
				}
			}
		}
	}
	if p.Amends != "" {
		if o := plan.Find(plans, p.Amends); o != nil {
			w, _ := plan.Whole(plans, o)
			return w
		}
	}
	return nil
}

// changeTones says how each sort of change looks.
var changeTones = map[plancompare.Kind]string{plancompare.Cut: "late", plancompare.Reduced: "late", plancompare.Changed: "soon", plancompare.Reworded: "info", plancompare.Increased: "done", plancompare.Added: "done"}

// answerNew shows the form.
func (s *Site) answerNew(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p, _, err := s.answerPage(r, c, clean(r.URL.Query().Get("plan")), nil, wrong{})
	if err != nil {
		return err
	}
	p.Name = desk.NewName()
	return s.show(w, r, http.StatusOK, p)
}

// answerPage draws the form from what was sent before, nil at first.
func (s *Site) answerPage(r *http.Request, c *desk.Case, id string, f *Form, bad wrong) (answerPage, []change, error) {
	p := answerPage{Frame: s.caseFrame(r, c, "webconsent.answer", "consent"), Plan: id, Back: casePath(c.Folder) + "/consent", Sheet: offerPath(c.Folder, id)}
	p.Revoke = p.Back + "/revoke"
	plans, err := c.Plans()
	if err != nil {
		return p, nil, err
	}
	if id == "" {
		if in := plan.InOrder(plans); len(in) > 0 {
			id = in[len(in)-1].ID
			p.Plan, p.Sheet = id, offerPath(c.Folder, id)
		}
	}
	all, rest, first, found, err := changes(c, plans, id)
	if err != nil {
		return p, nil, err
	}
	if !found {
		if len(plans) == 0 {
			p.None = p.cat.T("webconsent.no_plan")
			return p, nil, nil
		}
		return p, nil, refuse(http.StatusNotFound, "web.error.not_found")
	}
	p.Title = p.cat.T("webconsent.answer_to", "plan", p.speak().planName(c, id))
	p.First, p.Rest = first, rest
	p.Action = casePath(c.Folder) + "/consent/answer?plan=" + escape(id)
	p.Draft = draftKeyOf("answer:"+string(c.ID), id)
	sent := func(name string) string {
		if f == nil {
			return ""
		}
		return f.Text(name, 10_000)
	}
	field := func(name, kind string) Field {
		x := Field{Name: name, Label: p.cat.T("webconsent.f_" + name), Kind: kind, Value: sent(name)}
		if bad[name] != "" {
			x.Error = p.cat.T(bad[name])
			p.Errs = append(p.Errs, x)
		}
		return x
	}
	ask := func(name, label string) Field {
		x := Field{Name: name, Label: label, Kind: "radio", Required: true}
		for _, v := range []string{"yes", "no", "later"} {
			x.Options = append(x.Options, Option{Value: v, Label: p.cat.T("webconsent.say_" + v), On: sent(name) == v})
		}
		if bad[name] != "" {
			x.Error = p.cat.T(bad[name])
			p.Errs = append(p.Errs, x)
		}
		return x
	}
	for _, x := range all {
		a := answerPart{Tone: changeTones[x.Kind], Kind: p.cat.T("plan_change." + string(x.Kind)), Name: shortened(called(p.cat, x.Part, x.Name), 200)}
		if x.Name == "" {
			a.Name = p.cat.T("plan_component." + string(x.Part))
		}
		if x.Amount != nil {
			a.Before, a.After = p.speak().weekly(x.Amount.Before, x.Amount.KnownBefore, x.before), p.speak().weekly(x.Amount.After, x.Amount.KnownAfter, x.after)
		}
		if x.Part == plan.Decisions && len(x.Fields) == 1 && x.Fields[0].Before != "" && x.Fields[0].After != "" {
			a.Before, a.After = shortened(x.Fields[0].Before, 100), shortened(x.Fields[0].After, 100)
		}
		a.Ask = ask(x.key, a.Name)
		p.Parts = append(p.Parts, a)
	}
	if len(rest) > 0 {
		p.RestBy = ask("rest", p.cat.N("webconsent.rest", len(rest)))
	}
	p.Who = field("signer", "radio")
	p.Who.Required = true
	for _, v := range signers(c) {
		p.Who.Options = append(p.Who.Options, Option{Value: v, Label: p.speak().signer(v), On: p.Who.Value == v})
	}
	p.By = field("signer_other", "text")
	p.By.Max = 100
	p.On = field("on", "date")
	p.On.Required = true
	if f == nil {
		p.On.Value = c.Today.String()
	}
	p.If = field("conditions", "textarea")
	p.If.Hint, p.If.Rows = p.cat.T("webconsent.f_conditions_hint"), 2
	p.Words = field("words", "textarea")
	p.Words.Rows = 3
	p.Files = field("files", "camera")
	p.Files.Hint = p.cat.T("webcase.f_files_hint")
	return p, all, nil
}

// weekly is how much a line promises in a week, or that it is not there.
func (f speaker) weekly(r plan.Rate, known bool, ref string) string {
	if ref == "" {
		return f.cat.T("webconsent.not_there")
	}
	return review.Week(f.cat, r, known)
}

// signers are who may sign: the student alone once the rights have passed, else
// the parents and whoever else holds the rights.
func signers(c *desk.Case) []string {
	h := strings.ToLower(fact.At(c.File.Case.RightsHolder, c.Today))
	switch h {
	case "student":
		return []string{"student", "other"}
	case "", "mother", "father", "parent", "parents":
		return []string{"mother", "father", "student", "other"}
	}
	return []string{h, "mother", "father", "student", "other"}
}

// answerSave writes the answer down as one entry.
func (s *Site) answerSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	id := clean(r.URL.Query().Get("plan"))
	p, all, err := s.answerPage(r, c, id, f, wrong{})
	if err != nil {
		return err
	}
	if p.None != "" {
		return refuse(http.StatusUnprocessableEntity, "web.error.bad_form")
	}
	bad := wrong{}
	e := answerOf(f, c.Today, p, all, bad)
	name := f.Text("name", 20)
	again := func() error {
		p, _, err := s.answerPage(r, c, id, f, bad)
		if err != nil {
			return err
		}
		p.Name = name
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	if len(bad) > 0 {
		return again()
	}
	files, err := s.keepFiles(r, c, f)
	if err != nil {
		if fault.KindOf(err) == fault.Invalid {
			bad["files"] = fault.All(err)[0].Key
			return again()
		}
		return err
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), caseID(r), desk.NewEntry{Name: name, Fact: e, Files: files, Via: "web"})
	if err != nil {
		return err
	}
	s.dropDraft(r, f.Text("draft", 200))
	s.note(r, Note{Tone: "done", Key: "webcase.saved_entry", Pairs: []string{"kind", lower(first(p.cat.Kind(e.Kind.String())))}, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, casePath(c.Folder)+"/consent")
}

var (
	answeredAll   = fact.MustLookup("iep_consent_received")
	answeredParts = fact.MustLookup("iep_consent_partial")
	answeredNo    = fact.MustLookup("iep_rejected")
	beganServices = fact.MustLookup("services_consent_received")
	saidNoFirst   = fact.MustLookup("services_consent_refused")
	endedServices = fact.MustLookup("services_consent_revoked")
)

// pastDay reads the field "on": a day that has come, and is not too long ago to be
// meant.
func pastDay(f *Form, today day.Date, bad wrong) day.Date {
	return pastDayOf(f.Text("on", 20), today, bad)
}

// pastDayOf is pastDay for a text that was read already.
func pastDayOf(text string, today day.Date, bad wrong) day.Date {
	on, err := day.Parse(text)
	switch {
	case err != nil:
		bad["on"] = "webcase.bad_day"
	case on > today:
		bad["on"] = "webcase.bad_future"
	case on < today.AddYears(-40):
		bad["on"] = "webcase.bad_long_ago"
	}
	return on
}

// answerOf makes the entry of what was sent. What was left for later is neither
// agreed nor refused.
func answerOf(f *Form, today day.Date, p answerPage, all []change, bad wrong) fact.Entry {
	var e fact.Entry
	yes, no, later := 0, 0, 0
	count := func(name string) string {
		v := f.Text(name, 10)
		switch v {
		case "yes":
			yes++
		case "no":
			no++
		case "later":
			later++
		default:
			bad[name] = "webconsent.bad_part"
		}
		return v
	}
	for _, x := range all {
		ref := x.after
		if ref == "" {
			ref = x.before
		}
		switch count(x.key) {
		case "yes":
			e.Fields.Parts = append(e.Fields.Parts, ref)
		case "no":
			e.Fields.Except = append(e.Fields.Except, ref)
		case "later":
			e.Fields.Later = append(e.Fields.Later, ref)
		}
	}
	if len(p.Rest) > 0 {
		switch count("rest") {
		case "yes":
			e.Fields.Parts = append(e.Fields.Parts, p.Rest...)
		case "no":
			e.Fields.Except = append(e.Fields.Except, p.Rest...)
		case "later":
			e.Fields.Later = append(e.Fields.Later, p.Rest...)
		}
	}
	e.On = day.On(pastDay(f, today, bad))
	e.By = f.Text("signer", 100)
	if e.By == "other" {
		e.By = f.Text("signer_other", 100)
	}
	if e.By == "" {
		bad["signer"] = "webconsent.bad_signer"
	}
	e.Fields.Plan, e.Fields.Written = p.Plan, fact.Yes
	e.Fields.Conditions = f.Text("conditions", 10_000)
	words, fits := f.Words("words", mostWords)
	if e.Note = words; !fits {
		bad["words"] = "webcase.bad_long"
	}
	switch {
	case no+later == 0:
		e.Kind, e.Fields.Parts = answeredAll, nil
		if p.First {
			e.Kind = beganServices
		}
	case yes+later == 0:
		e.Kind, e.Fields.Except = answeredNo, nil
		if p.First {
			e.Kind = saidNoFirst
		}
	case yes == 0 && no == 0:
		bad["signer"] = "webconsent.bad_nothing"
	case yes == 0: // a no to these parts alone; the others wait
		e.Kind, e.Fields.Parts, e.Fields.Except = answeredNo, e.Fields.Except, nil
	default:
		e.Kind = answeredParts
		if later == 0 { // all but the parts that are named
			e.Fields.Parts = nil
		}
	}
	return e
}
