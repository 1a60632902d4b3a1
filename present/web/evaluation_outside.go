package web

import (
	"net/http"
	"slices"

	"stayput/day"
	"stayput/derive/outside"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
)

// An outsidePage is the evaluations by somebody outside the school: how far each is,
// how long the answer took, and the one next step to write down.
type outsidePage struct {
	Frame
	School bool
	Path   string
	Paths  []outsidePath
	Start  []captureKey
	Rules  []outsideRule
	Errs   []Field
	Notice string // where the refusals stand
}

func (outsidePage) template() string { return "evaluation_outside" }

// An outsidePath is one evaluation.
type outsidePath struct {
	ID, Title string
	Steps     []outsideStep
	Answer    string
	Elapsed   string
	Standard  []string
	Clock     string // where the duty explains itself
	Notes     []string
	Filing    *noLink
	Next      string
	Form      *noForm
}

// An outsideStep is one stage of the way.
type outsideStep struct {
	Title, State, Href, Extra, Words string
	Done, Now                        bool
}

// An outsideRule is one rule of the page, with its law.
type outsideRule struct {
	Text, Href string
	Cite       Cite
}

var (
	_ = sample(func() page {
		return outsidePage{Path: "/p", Paths: []outsidePath{{ID: "a", Title: "t", Steps: []outsideStep{{"t", "s", "/h", "e", "w", true, false}, {Title: "t", State: "s", Now: true}}, Answer: "a", Elapsed: "e", Standard: []string{"s"}, Clock: "/c", Notes: []string{"n"}, Filing: &noLink{Href: "/f", Label: "l"}, Next: "n",
			Form: &noForm{Do: "step", Name: "n", Button: "b", Fields: []Field{{Name: "on", Kind: "date", Label: "l", Error: "e"}}}}},
			Start: []captureKey{{Label: "l", Href: "/h"}}, Rules: []outsideRule{{"t", "/r", Cite{Text: "c", Checked: "k"}}}, Errs: []Field{{Name: "on", Error: "e"}}, Notice: "/no"}
	})
	_ = sample(func() page { return outsidePage{School: true, Path: "/p"} })
)

// outsideRules are the rules that stand below the path, with the federal rule that
// says each.
var outsideRules = []struct {
	key  string
	rule law.RuleID
}{{"reason", "us.iee.response"}, {"one", "us.iee.right"}, {"criteria", "us.iee.info_on_request"}, {"cost", "us.iee.lea_wins"}, {"considered", "us.iee.considered"}}

// outsideShow shows the paths.
func (s *Site) outsideShow(w http.ResponseWriter, r *http.Request) error {
	p, _, _, err := s.outsidePage(r, nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// outsidePage makes the page; f is the form that was sent and must be mended, if any.
func (s *Site) outsidePage(r *http.Request, f *Form, bad wrong) (p outsidePage, c *desk.Case, all []outside.Path, err error) {
	if c, err = s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r)); err != nil {
		return p, nil, nil, err
	}
	all = outside.Derive(outside.Input{View: c.Brief.View, Clocks: c.Brief.Clocks, AsOf: c.Brief.AsOf})
	p = outsidePage{Frame: s.caseFrame(r, c, "webout.title", "disagree"), School: c.File.Case.Side == fact.SchoolSide, Path: casePath(c.Folder) + "/evaluation-outside", Notice: casePath(c.Folder) + "/no"}
	side := sideOf(c)
	for i := range all {
		p.Paths = append(p.Paths, p.outsidePath(c, &all[i], side, f, bad))
	}
	if p.May("add_entry") {
		for _, x := range []struct{ key, kind string }{{"start_asked", "iee_requested"}, {"start_shared", "iee_report_shared"}} {
			label := p.T("webout." + x.key)
			if p.School {
				label = p.T("webout." + x.key + "_school")
			}
			p.Start = append(p.Start, captureKey{ID: x.kind, Icon: "add", Label: label, Href: casePath(c.Folder) + "/add?kind=" + x.kind})
		}
	}
	for _, x := range outsideRules {
		y := outsideRule{Text: p.T("webout.rule_" + x.key + "_" + side)}
		if l := lawRules()[x.rule]; l != nil {
			y.Href, y.Cite = lawPath(x.rule), Cite{Text: lawVersion(l, c.Brief.AsOf).Citation, Checked: p.speak().lawChecked(l).Text}
		}
		p.Rules = append(p.Rules, y)
	}
	return p, c, all, nil
}

// outsidePath puts a path into words.
func (p *outsidePage) outsidePath(c *desk.Case, x *outside.Path, side string, f *Form, bad wrong) outsidePath {
	begun := c.Brief.View.Get(x.ID)
	title := "webout.path_asked"
	if x.Private {
		title = "webout.path_private"
	}
	out := outsidePath{ID: c.Name(x.ID), Title: p.T(title, "date", p.speak().onWhen(begun.On))}
	for i := range x.Steps {
		out.Steps = append(out.Steps, p.outsideStep(c, x, &x.Steps[i]))
	}
	if x.Answer != outside.None {
		out.Answer = p.T("webout.answer_" + string(x.Answer))
	}
	if !x.Private {
		p.elapsed(c, x, &out)
	}
	if x.Decided != nil {
		out.Notes = append(out.Notes, p.T("webout.decided", "date", p.speak().onWhen(x.Decided.On)))
	}
	if x.Ended != nil {
		out.Notes = append(out.Notes, p.T("webout.ended", "date", p.speak().onWhen(x.Ended.On)))
	}
	for _, e := range x.Notes {
		out.Notes = append(out.Notes, p.T("webout.unavailable", "date", p.cat.When(e.On)))
	}
	if e := x.Filing; e != nil {
		out.Filing = &noLink{Href: entryPath(c.Folder, e.ID), Label: p.T("webno.entry_on", "what", p.speak().kindTitle(e), "date", p.cat.When(e.On))}
	}
	out.Next = p.outsideNext(x, side)
	if p.May("add_entry") {
		out.Form = p.outsideForm(c, x, out.ID, f, bad)
	}
	return out
}

// outsideNext is the one step that comes next, in the register of the record.
func (p *outsidePage) outsideNext(x *outside.Path, side string) string {
	switch {
	case x.Ended != nil:
		return p.T("webout.next_ended")
	case x.Next == "":
		return p.T("webout.next_done")
	case x.Next == outside.Changed:
		return p.T("webout.next_changed")
	case x.Next == outside.Answered && x.Answer == outside.Filed:
		return p.T("webout.next_filed")
	}
	return p.T("webout.next_" + string(x.Next) + "_" + side)
}

// outsideStep puts a stage into words.
func (p *outsidePage) outsideStep(c *desk.Case, x *outside.Path, s *outside.Step) outsideStep {
	y := outsideStep{Title: p.T("webout.stage_" + string(s.Stage)), State: p.T("webout.not_yet"), Now: s.Stage == x.Next}
	if s.Entry == nil {
		return y
	}
	y.Done, y.State, y.Href = true, p.cat.When(s.Entry.On), entryPath(c.Folder, s.Entry.ID)
	if s.Stage == outside.Answered && x.Answer == outside.Refused {
		y.Done = false
	}
	switch {
	case s.Early:
		y.Extra = p.T("webout.early")
	case s.Days >= 0 && s.Stage != outside.Changed:
		y.Extra = p.N("webout.days", s.Days)
	}
	if s.Stage == outside.Changed {
		words := s.Entry.Fields.Summary
		if words == "" {
			words = p.T("webout.no_words")
		}
		key := map[fact.Tri]string{fact.Yes: "considered_yes", fact.No: "considered_no", fact.Unsaid: "considered_open"}[s.Entry.Fields.Granted]
		y.Words = p.T("webout."+key, "words", words)
	}
	return y
}

// elapsed says how long the answer took, or has taken, and what the law says of it: a
// day where a State has one, else the standard with the nearest delay judged.
func (p *outsidePage) elapsed(c *desk.Case, x *outside.Path, out *outsidePath) {
	answered := x.Answer == outside.Agreed || x.Answer == outside.Filed || x.Ended != nil || x.Step(outside.Provided).Entry != nil
	switch {
	case x.Elapsed < 0:
		out.Elapsed = p.T("webout.elapsed_unknown")
	case answered:
		out.Elapsed = p.N("webout.elapsed_done", x.Elapsed)
	default:
		out.Elapsed = p.N("webout.elapsed_open", x.Elapsed)
	}
	k := x.Clock
	if k == nil || k.On == 0 {
		out.Standard = append(out.Standard, p.T("webout.standard"))
	}
	if k == nil {
		return
	}
	out.Clock = clockPath(c.Folder, string(k.Rule.ID), c.Name(k.Trigger))
	if k.On != 0 {
		out.Standard = append(out.Standard, p.T("webout.state_day", "date", p.cat.Date(k.On)))
	}
	if t := k.Tribunal; t != nil {
		key := "acceptable"
		if t.TooLong {
			key = "too_long"
		}
		out.Standard = append(out.Standard, p.N("webout."+key, t.Days, "cite", t.Citation))
	}
}

// outsideKinds are what may happen next on a path, the likeliest first.
func outsideKinds(x *outside.Path) []string {
	switch x.Next {
	case outside.Criteria:
		return []string{"iee_criteria_given", "iee_agreed", "iee_refused", "due_process_filed", "request_withdrawn"}
	case outside.Answered:
		if x.Answer == outside.Filed {
			return []string{"hearing_decision_issued", "iee_agreed", "request_withdrawn"}
		}
		return []string{"iee_agreed", "due_process_filed", "iee_refused", "iee_criteria_given", "request_withdrawn"}
	case outside.Provided:
		return []string{"iee_provided", "evaluator_unavailable", "iee_criteria_given", "request_withdrawn"}
	case outside.Shared:
		return []string{"iee_report_shared"}
	case outside.Considered, outside.Changed:
		return []string{"iee_considered"}
	}
	return nil
}

// outsideForm is the form for the next step of a path. The form that was sent stands
// with what was typed.
func (p *outsidePage) outsideForm(c *desk.Case, x *outside.Path, id string, f *Form, bad wrong) *noForm {
	kinds := outsideKinds(x)
	if len(kinds) == 0 {
		return nil
	}
	mine := f != nil && f.Text("path", 40) == id
	out := &noForm{Do: "step", Name: desk.NewName(), Button: p.T("webout.save")}
	if mine && f.sent("name") != "" {
		out.Name = f.sent("name")
	}
	put := func(y Field) {
		if mine {
			if y.Kind != "radio" {
				y.Value, _ = f.Words(y.Name, mostWords)
			}
			if bad[y.Name] != "" {
				y.Error = p.T(bad[y.Name])
			}
		}
		y.Name += "-" + id
		if y.Error != "" {
			p.Errs = append(p.Errs, y)
		}
		out.Fields = append(out.Fields, y)
	}
	kind := Field{Name: "kind", Label: p.T("webout.kind"), Kind: "radio", Required: true}
	for _, k := range kinds {
		kind.Options = append(kind.Options, Option{Value: k, Label: first(p.cat.Kind(k)), On: mine && f.Text("kind", 40) == k || len(kinds) == 1})
	}
	put(kind)
	put(Field{Name: "on", Label: p.T("webout.on"), Kind: "date", Value: c.Today.String(), Required: true})
	words := Field{Name: "words", Label: p.T("webout.words"), Kind: "textarea", Rows: 2, Max: mostWords}
	if x.Next == outside.Considered || x.Next == outside.Changed {
		words.Label = p.T("webout.words_considered")
		g := Field{Name: "granted", Label: p.T("webout.granted"), Kind: "radio"}
		for _, v := range []string{"yes", "no", "unknown"} {
			g.Options = append(g.Options, Option{Value: v, Label: p.T("webout." + v), On: mine && f.Text("granted", 10) == v})
		}
		put(g)
	}
	put(words)
	return out
}

// outsideSave writes the next step of a path down. What is written names the path.
func (s *Site) outsideSave(w http.ResponseWriter, r *http.Request) error {
	raw, err := s.form(w, r)
	if err != nil {
		return err
	}
	_, c, all, err := s.outsidePage(r, nil, wrong{})
	if err != nil {
		return err
	}
	id := raw.Text("path", 40)
	f := &Form{values: map[string][]string{"path": {id}, "name": raw.All("name")}}
	for _, k := range []string{"kind", "on", "words", "granted"} {
		f.values[k] = raw.All(k + "-" + id)
	}
	at := slices.IndexFunc(all, func(x outside.Path) bool { return id != "" && c.Name(x.ID) == id })
	if at < 0 {
		return refuse(http.StatusUnprocessableEntity, "web.error.bad_form")
	}
	x := &all[at]
	bad := wrong{}
	k, known := fact.Lookup(f.Text("kind", 40))
	if !known || !slices.Contains(outsideEver, k.String()) {
		bad["kind"] = "webout.bad_kind"
	}
	e := fact.Entry{Kind: k, Re: x.ID, On: day.On(pastDayOf(f.Text("on", 20), c.Today, bad))}
	if begun := c.Brief.View.Get(x.ID); begun != nil {
		e.Wall = begun.Wall
	}
	words, fits := f.Words("words", mostWords)
	if !fits {
		bad["words"] = "webcase.bad_long"
	}
	if e.Note = words; k.String() == "iee_considered" {
		e.Note, e.Fields.Summary = "", words
		e.Fields.Granted = map[string]fact.Tri{"yes": fact.Yes, "no": fact.No}[f.Text("granted", 10)]
	}
	if known {
		e.By = string(k.Info().By)
	}
	if k.String() == "due_process_filed" {
		e.By, e.Fields.FiledBy = string(fact.LEA), string(fact.LEA)
	}
	if len(bad) > 0 {
		p, _, _, err := s.outsidePage(r, f, bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), caseID(r), desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webout.saved", Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, casePath(c.Folder)+"/evaluation-outside")
}

// outsideEver are all steps the page writes down: a step of a form that was opened
// before another one was saved is still taken.
var outsideEver = []string{"iee_criteria_given", "iee_agreed", "iee_refused", "due_process_filed", "hearing_decision_issued", "request_withdrawn", "iee_provided", "evaluator_unavailable", "iee_report_shared", "iee_considered"}
