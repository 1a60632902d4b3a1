package web

import (
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/dispute"
	"stayput/desk"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/locale"
	say "stayput/present/brief"
)

// filings are what may be written down as the beginning of each sort of dispute.
var filings = []struct {
	of   dispute.Kind
	kind fact.Kind
}{
	{dispute.StateComplaint, fact.MustLookup("state_complaint_filed")}, {dispute.DueProcess, fact.MustLookup("due_process_filed")}, {dispute.Expedited, fact.MustLookup("expedited_complaint_filed")},
	{dispute.Mediation, fact.MustLookup("mediation_requested")}, {dispute.Facilitated, fact.MustLookup("facilitation_requested")}, {dispute.Grievance, fact.MustLookup("grievance_filed")},
	{dispute.Section504, fact.MustLookup("s504_hearing_requested")}, {dispute.Records, fact.MustLookup("records_amendment_requested")},
	{dispute.OCR, fact.MustLookup("ocr_complaint_filed")}, {dispute.FERPA, fact.MustLookup("ferpa_complaint_filed")}, {dispute.StateReview, fact.MustLookup("state_review_requested")},
	{dispute.CivilAction, fact.MustLookup("civil_action_filed")},
}

// beginForm is the form for what was filed.
func (p *disputeListPage) beginForm(c *desk.Case, f *Form, bad wrong) *disputeForm {
	out := &disputeForm{ID: "begin", Action: casePath(c.Folder) + "/disagree/disputes", Name: desk.NewName(), Heading: p.T("webdispute.begin"), Button: p.T("webdispute.save_begin"), Open: f != nil}
	sent := func(name, other string) string {
		if f == nil {
			return other
		}
		s, _ := f.Words(name, mostWords)
		return s
	}
	if f != nil {
		out.Name = f.Text("name", 20)
	}
	put := func(x Field) {
		if key := bad[x.Name]; key != "" {
			x.Error = p.T(key)
			out.Errs = append(out.Errs, x)
		}
		out.Fields = append(out.Fields, x)
	}
	what := Field{Name: "what", Label: p.T("webdispute.f_what"), Kind: "radio", Required: true}
	for _, k := range filings {
		if k.of == dispute.StateReview && !twoTiers(c) {
			continue
		}
		what.Options = append(what.Options, Option{Value: string(k.of), Label: p.T("webdispute.kind_" + string(k.of)), Hint: p.T("webdispute.hint_" + string(k.of)), On: sent("what", "") == string(k.of)})
	}
	put(what)
	filer := Field{Name: "filer", Label: p.T("webdispute.f_filer"), Hint: p.T("webdispute.f_filer_hint"), Kind: "radio"}
	for _, v := range []fact.Party{fact.Parent, fact.LEA} {
		filer.Options = append(filer.Options, Option{Value: string(v), Label: locale.First(p.speak().by(string(v))), On: sent("filer", "") == string(v)})
	}
	put(filer)
	put(Field{Name: "on", Label: p.T("webdispute.f_began"), Kind: "date", Required: true, Value: sent("on", c.Today.String())})
	put(Field{Name: "words", Label: p.T("webdispute.f_words"), Kind: "textarea", Rows: 2, Value: sent("words", "")})
	if bad["anyway"] != "" {
		if b := dispute.Barred(brief.DisputeInput(c.Brief, c.File.Case.Side), fact.LEA, isoDay(sent("on", ""))); b != nil {
			says := ""
			for _, g := range b.Grounds[:1] {
				says = packs.Texts(p.Lang).In(say.Packs(c.Brief)...).RouteItem(g.Route, g.Key)
				out.Cite = Cite{Text: g.Citation, Source: lawPath(g.Rule), Checked: p.T("checked_short." + g.Checked.Level)}
			}
			out.Says = p.T("webdispute.barred", "reason", says)
		}
		put(Field{Name: "anyway", Label: p.T("webdispute.f_anyway"), Kind: "tick", Value: "yes"})
	}
	return out
}

// twoTiers reports a place where a State review stands before the court.
func twoTiers(c *desk.Case) bool {
	n := len(c.Brief.Laws)
	return n > 0 && c.Brief.Laws[n-1].Law.Fact("two_tier") == fact.Yes
}

// disputeBegin writes down what was filed.
func (s *Site) disputeBegin(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	bad := wrong{}
	var e fact.Entry
	what := dispute.Kind(f.Text("what", 40))
	at := slices.IndexFunc(filings, func(k struct {
		of   dispute.Kind
		kind fact.Kind
	}) bool {
		return k.of == what
	})
	if at < 0 {
		bad["what"] = "webdispute.bad_what"
	} else {
		e.Kind = filings[at].kind
	}
	e.On = day.On(pastDay(f, c.Today, bad))
	filer := fact.Party(f.Text("filer", 10))
	if filer != fact.Parent && filer != fact.LEA {
		filer = ""
	}
	if what == dispute.DueProcess || what == dispute.Expedited {
		if filer == "" {
			bad["filer"] = "webdispute.bad_filer"
		}
		e.Fields.FiledBy = string(filer)
		if what == dispute.Expedited {
			e.Fields.Expedited = fact.Yes
		}
	}
	e.By = string(filer)
	words, fits := f.Words("words", mostWords)
	if e.Note = words; !fits {
		bad["words"] = "webcase.bad_long"
	}
	// A district that would file what the law forbids is told why before it is written down.
	if what == dispute.DueProcess && len(bad) == 0 && !f.Ticked("anyway") && c.File.Case.Side == fact.SchoolSide {
		if b := dispute.Barred(brief.DisputeInput(c.Brief, c.File.Case.Side), filer, e.On.Earliest); b != nil {
			bad["anyway"] = "webdispute.problem_override"
		}
	}
	if len(bad) > 0 {
		p, _, err := s.disputesPage(r, desk.View{}, f, bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	name := f.Text("name", 20)
	saved, err := s.desk.AddEntry(r.Context(), who(r), caseID(r), desk.NewEntry{Name: name, Fact: e, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webcase.saved_entry", Pairs: []string{"kind", lower(first(s.wordsOf(r).cat.Kind(e.Kind.String())))}, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, casePath(c.Folder)+"/disagree/disputes/"+saved)
}

// A disputeKit makes the forms of the steps: the one that was sent stands open with
// what was typed.
type disputeKit struct {
	Frame
	c    *desk.Case
	x    *dispute.Path
	f    *Form
	bad  wrong
	errs []Field
}

// atEnd is the name of the form that says that a dispute ended.
const atEnd = "end"

// Kinds with a question of their own.
var (
	kindRuling    = fact.MustLookup("sufficiency_decided")
	kindReceived  = fact.MustLookup("due_process_received")
	kindPutOff    = []fact.Kind{fact.MustLookup("continuance_granted"), fact.MustLookup("state_complaint_extension_granted")}
	kindCorrected = fact.MustLookup("records_amendment_decided")
	kindDecisions = fact.MustLookupAll("hearing_decision_issued", "expedited_decision_issued", "state_complaint_decided", "state_review_decided", "records_amendment_decided", "records_hearing_decided",
		"s504_hearing_decided", "s504_review_decided", "ocr_complaint_decided", "ferpa_complaint_decided")
	kindMeetings = []fact.Kind{fact.MustLookup("resolution_meeting_held"), fact.MustLookup("expedited_resolution_meeting_held")}
)

// form is the form of a step.
func (k *disputeKit) form(s *dispute.Step) *disputeForm {
	return k.make(string(s.Key), k.speak().stepTitle(k.x, s.Key), s.Record, s.Owed)
}

// end is the form for another end of the dispute.
func (k *disputeKit) end() *disputeForm {
	f := k.make(atEnd, k.T("webdispute.other_end"), k.x.Ends, "")
	f.Heading = k.T("webdispute.other_end")
	return f
}

func (k *disputeKit) make(step, title string, kinds []fact.Kind, owed fact.Party) *disputeForm {
	mine := k.f != nil && k.f.Text("step", 40) == step
	out := &disputeForm{ID: step, Action: disputePath(k.c, k.x.Matter), Name: desk.NewName(), Heading: k.T("webdispute.write"), Button: k.T("webdispute.save"), Open: mine, Hidden: []Hidden{{"step", step}}}
	if mine {
		out.Name = k.f.Text("name", 20)
	}
	sent := func(name, other string) string {
		if !mine {
			return other
		}
		s, _ := k.f.Words(step+"-"+name, mostWords)
		return s
	}
	put := func(x Field) {
		if key := k.bad[x.Name]; mine && key != "" {
			x.Error = key
			if k.cat.Has(key) {
				x.Error = k.T(key)
			}
		}
		x.Name = step + "-" + x.Name
		if x.Error != "" {
			out.Errs = append(out.Errs, x)
			k.errs = append(k.errs, x)
		}
		out.Fields = append(out.Fields, x)
	}
	has := func(ks ...fact.Kind) bool {
		return slices.ContainsFunc(kinds, func(q fact.Kind) bool { return slices.Contains(ks, q) })
	}
	what := Field{Name: "kind", Label: k.T("webdispute.f_kind"), Kind: "radio", Required: true}
	for i, q := range kinds {
		what.Options = append(what.Options, Option{Value: q.String(), Label: locale.First(k.cat.Kind(q.String())), On: sent("kind", "") == q.String() || len(kinds) == 1 && i == 0})
	}
	if len(kinds) == 1 {
		what.Kind, what.Value = "hidden", kinds[0].String()
		if k.bad["kind"] != "" && mine { // a hidden field has no place for what is wrong
			k.bad["on"] = k.bad["kind"]
		}
	}
	put(what)
	on := Field{Name: "on", Label: k.T("webdispute.f_on"), Kind: "date", Required: true, Value: sent("on", k.c.Today.String())}
	if all := !slices.ContainsFunc(kinds, func(q fact.Kind) bool { return !q.Info().Appointment }); all {
		on.Label, on.Value = k.T("webdispute.f_on_set"), sent("on", "")
	}
	put(on)
	if has(kindPutOff...) {
		put(Field{Name: "until", Label: k.T("webdispute.f_until"), Kind: "date", Required: true, Value: sent("until", "")})
	}
	ask := func(name, label, hint string) {
		x := Field{Name: name, Label: k.T("webdispute.f_" + label), Kind: "radio"}
		if hint != "" {
			x.Hint = k.T("webdispute.f_" + hint)
		}
		for _, v := range []string{"yes", "no", "unsaid"} {
			x.Options = append(x.Options, Option{Value: v, Label: k.T("webdispute." + v), On: sent(name, "") == v})
		}
		put(x)
	}
	if has(kindRuling) {
		ask("result", "result", "")
	}
	switch {
	case has(kindCorrected):
		ask("granted", "granted", "granted_records")
	case has(kindDecisions...):
		ask("granted", "granted", "granted_part")
	}
	if has(kindMeetings...) {
		ask("attorney", "attorney", "attorney_hint")
	}
	if has(kindReceived) && k.x.FiledBy == fact.Parent {
		ask("notice", "notice", "notice_hint")
	}
	if step == string(dispute.Filing) && (k.x.Kind == dispute.DueProcess || k.x.Kind == dispute.Expedited) {
		x := Field{Name: "filer", Label: k.T("webdispute.f_filer"), Kind: "radio", Required: true}
		for _, v := range []fact.Party{fact.Parent, fact.LEA} {
			x.Options = append(x.Options, Option{Value: string(v), Label: locale.First(k.speak().by(string(v))), On: sent("filer", string(k.x.FiledBy)) == string(v)})
		}
		put(x)
	}
	by := k.speak().byField(k.c, sent("by", string(owed)), "")
	by.Label = k.T("webdispute.f_by")
	put(by)
	put(Field{Name: "words", Label: k.T("webdispute.f_words"), Kind: "textarea", Rows: 2, Value: sent("words", "")})
	return out
}

// disputeSave writes one step down.
func (s *Site) disputeSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	c, x, _, err := s.disputeOf(r, desk.View{})
	if err != nil {
		return err
	}
	bad := wrong{}
	frame := s.wordsOf(r)
	e, twice := stepEntry(f, c, x, frame, bad)
	if twice { // the same form again: it stands already
		return s.seeOther(w, r, disputePath(c, x.Matter))
	}
	if len(bad) > 0 {
		p, _, _, err := s.disputePage(r, desk.View{}, f, bad)
		if err != nil {
			return err
		}
		if len(p.Errs) == 0 { // the form is not on the page any more
			for _, key := range []string{"kind", "on", "until", "filer", "words"} {
				if text := bad[key]; text != "" {
					if p.cat.Has(text) {
						text = p.T(text)
					}
					p.Notes = append(p.Notes, Note{Tone: "late", Text: text})
				}
			}
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), caseID(r), desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webcase.saved_entry", Pairs: []string{"kind", lower(first(frame.cat.Kind(e.Kind.String())))}, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, disputePath(c, x.Matter))
}

// stepEntry reads the form of a step. What cannot be is refused in words; twice says
// that this very form was written down before.
func stepEntry(f *Form, c *desk.Case, x *dispute.Path, frame Frame, bad wrong) (e fact.Entry, twice bool) {
	step := f.Text("step", 40)
	get := func(name string) string { return f.Text(step+"-"+name, 200) }
	if name := f.Text("name", 20); name != "" {
		if slices.ContainsFunc(x.Entries, func(id string) bool { return c.Name(id) == name }) {
			return e, true
		}
	}
	k, ok := fact.Lookup(get("kind"))
	if !ok || k.Info().Derived {
		bad["kind"] = "webdispute.bad_kind"
		return e, false
	}
	e.Kind = k
	if k.Info().Appointment {
		on, err := day.Parse(get("on"))
		switch {
		case err != nil:
			bad["on"] = "webcase.bad_day"
		case on > c.Today.AddYears(3):
			bad["on"] = "webcase.bad_far"
		case on < c.Today.AddYears(-40):
			bad["on"] = "webcase.bad_long_ago"
		}
		e.On = day.On(on)
	} else {
		e.On = day.On(pastDayOf(get("on"), c.Today, bad))
	}
	key := dispute.Key(step)
	if step == atEnd {
		key = ""
	}
	if bad["on"] == "" {
		if no, ok := x.Check(key, k, e.On.Earliest); !ok {
			field := "kind"
			if no.Key == "too_early" {
				field = "on"
			}
			bad[field] = frame.speak().refused(c, x, &no)
		}
	}
	tri := func(name string) fact.Tri { return map[string]fact.Tri{"yes": fact.Yes, "no": fact.No}[get(name)] }
	switch {
	case slices.Contains(kindPutOff, k):
		until, err := day.Parse(get("until"))
		if err != nil || until <= e.On.Earliest || until > c.Today.AddYears(3) {
			bad["until"] = "webdispute.bad_until"
		}
		e.Fields.Until = until
	case k == kindRuling:
		e.Fields.Result = tri("result")
	case slices.Contains(kindDecisions, k):
		e.Fields.Granted = tri("granted")
	case slices.Contains(kindMeetings, k):
		e.Fields.WithAttorney = tri("attorney")
	case k == kindReceived:
		e.Fields.PriorNotice = tri("notice")
	}
	if key == dispute.Filing { // what was filed, of a path that nobody began
		if x.Kind == dispute.DueProcess || x.Kind == dispute.Expedited {
			if e.Fields.FiledBy = get("filer"); e.Fields.FiledBy != string(fact.Parent) && e.Fields.FiledBy != string(fact.LEA) {
				bad["filer"] = "webdispute.bad_filer"
			}
		}
	} else {
		e.Re = x.About(k)
	}
	e.By = strings.TrimSpace(get("by"))
	words, fits := f.Words(step+"-words", mostWords)
	if e.Note = words; !fits {
		bad["words"] = "webcase.bad_long"
	}
	return e, false
}

// refused says why a step cannot be written down.
func (f speaker) refused(c *desk.Case, x *dispute.Path, no *dispute.Problem) string {
	kind, date := "", ""
	if e := c.Brief.View.Get(no.Other); e != nil {
		kind, date = f.cat.TheKind(e.Kind.String()), f.cat.When(e.On)
	}
	step, why := "", ""
	if s := x.Step(no.Step); s != nil {
		step, why = f.stepTitle(x, no.Step), f.disputeWhy(c, s.Why)
	}
	return f.T("webdispute.bad_"+no.Key, "kind", kind, "date", date, "step", step, "why", why)
}
