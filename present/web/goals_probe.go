package web

import (
	"cmp"
	"net/http"
	"strings"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/progress"
	"stayput/desk"
	"stayput/measure"
	"stayput/plan"
	sayprogress "stayput/present/progress"
)

// A probeForm asks for one probe.
type probeForm struct {
	Action string
	Name   string // of the act to be
	Only   bool   // the goal is given
	Back   string // "goal" when the page of the goal comes next
	Fields []Field
	More   []Field
	Errs   []Field
	Open   bool
}

func sampleProbeForm() *probeForm {
	f := Field{Name: "value", Label: "l", Error: "e"}
	return &probeForm{Action: "/a", Name: "n", Only: true, Fields: []Field{f, {Name: "goal", Kind: "hidden", Value: "g"}}, More: []Field{{Name: "note", Label: "l"}}, Errs: []Field{f}, Open: true}
}

// The longest texts of a probe.
const (
	mostBy   = 100
	mostUnit = 100
)

// A probeNewPage asks for a probe, or for several at once.
type probeNewPage struct {
	Frame
	Back    string
	Form    probeForm
	Several severalForm
	None    string // why there is nothing to measure
	Plan    string
}

func (probeNewPage) template() string { return "probe_new" }

// A probeShowPage is one probe as it stands, to be corrected or taken back.
type probeShowPage struct {
	Frame
	Back    string
	Written string // who wrote it down, and when
	Form    probeForm
	Gone    string // the name of the form that takes it back
	Undo    string // the whole import that it came with
}

func (probeShowPage) template() string { return "probe_show" }

var (
	_ = sample(func() page {
		return probeNewPage{Back: "/b", Form: *sampleProbeForm(), Several: severalForm{Action: "/s", Goal: Field{Name: "goal2", Kind: "select", Label: "g"}, Lines: Field{Name: "lines", Kind: "textarea", Label: "l"}, File: Field{Name: "file", Kind: "file", Label: "f"}, By: Field{Name: "by2", Label: "b"}}}
	})
	_ = sample(func() page { return probeNewPage{Back: "/b", None: "n", Plan: "/p"} })
	_ = sample(func() page {
		return probeShowPage{Back: "/b", Written: "w", Form: *sampleProbeForm(), Gone: "g", Undo: "/u"}
	})
)

// probeForm draws the form from what was sent before, nil at first. key is the goal
// that is chosen.
func (f speaker) probeForm(k *carryLook, key string, sent *Form, bad wrong) probeForm {
	p := probeForm{Action: probesPath(k.c.Folder)}
	text := func(name string) string {
		if sent == nil {
			return ""
		}
		return sent.Text(name, 4000)
	}
	field := func(name, kind string, most int) Field {
		x := Field{Name: name, Kind: kind, Label: f.T("webgoals.f_" + name), Value: text(name), Max: most}
		if bad[name] != "" {
			x.Error = f.cat.T(bad[name], "got", cutText(x.Value, 40))
			p.Errs = append(p.Errs, x)
		}
		return x
	}
	if sent != nil {
		key = text("goal")
	}
	goals := k.x.Goals(nil)
	goal := field("goal", "select", 0)
	goal.Required = true
	var at *brief.GoalProgress
	for i := range goals {
		goal.Options = append(goal.Options, Option{Value: goals[i].Key, Label: f.goalName(&goals[i].Goal), On: goals[i].Key == key})
		if goals[i].Key == key || len(goals) == 1 {
			at = &goals[i]
		}
	}
	if over := goneGoalOf(k, key); at == nil && key != "" && over != nil {
		goal.Options = append(goal.Options, Option{Value: key, Label: f.goalName(over), On: true})
	}
	if at == nil && len(goals) > 0 && key == "" {
		goal.Options = append([]Option{{Label: f.T("webgoals.choose")}}, goal.Options...)
	}
	on := field("on", "date", 0)
	on.Required = true
	if sent == nil {
		on.Value = k.c.Today.String()
	}
	value := field("value", "text", 40)
	value.Required, value.Autocomplete, value.Hint = true, "off", f.T("webgoals.f_value_hint")
	if at != nil && prompts(&at.Goal) {
		var names []string
		for i, l := range progress.Prompts {
			names = append(names, count(i+1)+" "+sayprogress.Prompt(f.cat, l))
		}
		value.Hint = f.T("webgoals.f_value_levels", "levels", strings.Join(names, "; "))
	} else if at != nil && goalUnit(at) != "" {
		value.Hint += " " + f.T("webgoals.f_value_unit", "unit", goalUnit(at))
	}
	by := field("by", "text", mostBy)
	by.Hint = f.T("webgoals.f_by_hint")
	if sent == nil && at != nil {
		by.Value = lastBy(k, at.Key)
	}
	note := field("note", "textarea", 0)
	note.Rows = 2
	unit, phase := field("unit", "text", mostUnit), field("phase", "text", mostUnit)
	unit.Hint, phase.Hint = f.T("webgoals.f_unit_hint"), f.T("webgoals.f_phase_hint")
	p.Fields = []Field{goal, on, value, by}
	p.More = []Field{note, unit, phase}
	p.Open = bad["note"] != "" || bad["unit"] != "" || bad["phase"] != "" || note.Value+unit.Value+phase.Value != ""
	return p
}

// lastBy is who measured a goal last.
func lastBy(k *carryLook, key string) string {
	for i := len(k.logs.Probes) - 1; i >= 0; i-- {
		if p := &k.logs.Probes[i]; k.x.FindGoal(p.Goal, p.On) == key {
			return p.By
		}
	}
	return ""
}

// readProbe reads a probe of a form.
func readProbe(k *carryLook, f *Form, bad wrong) measure.Probe {
	p := measure.Probe{Goal: f.Text("goal", 200), On: pastDay(f, k.c.Today, bad), By: f.Text("by", mostBy), Unit: f.Text("unit", mostUnit), Phase: f.Text("phase", mostUnit)}
	key := k.x.FindGoal(p.Goal, p.On)
	if key == "" {
		bad["goal"] = "webgoals.bad_goal"
	}
	p.Goal = key
	var fits bool
	if p.Note, fits = f.Words("note", 4000); !fits {
		bad["note"] = "webcase.bad_long"
	}
	text := f.Text("value", 200)
	var flaw string
	if p.Value, p.Missing, flaw = readValue(text, goneGoalOf(k, key)); flaw != "" {
		bad["value"] = flaw
	}
	return p
}

// readValue reads a value as people write it: a number, a share, "absent", or the
// name of a level of help where the goal counts those. flaw is the key of what is
// wrong with it.
func readValue(text string, g *plan.Goal) (v measure.Value, missing bool, flaw string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return v, false, "webgoals.bad_value"
	}
	if measure.SaysNothing(text) {
		return v, true, ""
	}
	if g != nil && prompts(g) {
		if v, ok := progress.Prompts.Read(text); ok {
			return v, false, ""
		}
		return v, false, "webgoals.bad_level"
	}
	v, wrong := measure.Parse(text)
	if wrong != measure.NoFlaw {
		return v, false, "progress.file." + string(wrong)
	}
	return v, false, ""
}

// probeNew asks for a probe.
func (s *Site) probeNew(w http.ResponseWriter, r *http.Request) error {
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	return s.showProbes(w, r, http.StatusOK, k, clean(r.URL.Query().Get("goal")), nil, wrong{}, severalSent{})
}

func (s *Site) showProbes(w http.ResponseWriter, r *http.Request, status int, k *carryLook, key string, f *Form, bad wrong, several severalSent) error {
	p := probeNewPage{Frame: s.caseFrame(r, k.c, "webgoals.add_title", "carry"), Back: goalsPath(k.c.Folder)}
	if len(k.x.Goals(nil)) == 0 && goneGoalOf(k, key) == nil {
		p.None, p.Plan = p.T("webgoals.empty_text"), casePath(k.c.Folder)+"/plan"
		return s.show(w, r, status, p)
	}
	if key != "" {
		p.Back = goalProgressPath(k.c.Folder, key)
	}
	p.Form = p.speak().probeForm(k, key, f, bad)
	if p.Form.Name = desk.NewName(); f != nil {
		p.Form.Name = f.Text("name", 20)
	}
	p.Several = p.speak().severalForm(k, key, several)
	return s.show(w, r, status, p)
}

// probeSave writes a probe down.
func (s *Site) probeSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	bad := wrong{}
	p := readProbe(k, f, bad)
	if len(bad) > 0 {
		return s.showProbes(w, r, http.StatusUnprocessableEntity, k, p.Goal, f, bad, severalSent{})
	}
	if _, err := s.desk.AddLog(r.Context(), who(r), k.c.ID, desk.NewLog{Name: f.Text("name", 20), Via: "form", Probes: []measure.Probe{p}}); err != nil {
		return err
	}
	s.done(r, "webgoals.saved")
	s.lookAgain(r, k, p)
	if f.Text("do", 10) == "another" {
		return s.seeOther(w, r, probesPath(k.c.Folder)+"?goal="+escape(p.Goal))
	}
	return s.seeOther(w, r, goalProgressPath(k.c.Folder, p.Goal))
}

// lookAgain notes what a person should look at in a probe that was just written
// down: a day without school, another kind of number, a goal that is not in force.
func (s *Site) lookAgain(r *http.Request, k *carryLook, p measure.Probe) {
	cat := s.wordsOf(r).cat
	book := bookOf(k)
	for _, says := range book.troubles(p) {
		s.note(r, Note{Tone: "soon", Key: "webgoals.look", Pairs: []string{"says", sayprogress.Trouble(cat, progress.Trouble{Key: says, Count: 1})}})
	}
	if _, over := book.goal(p.Goal); over {
		s.note(r, Note{Tone: "soon", Key: "webgoals.saved_over"})
	}
}

// A goalBook looks goals up by their key, each once.
type goalBook struct {
	k    *carryLook
	in   []brief.GoalProgress
	over map[string]*brief.GoalProgress
}

func bookOf(k *carryLook) *goalBook {
	return &goalBook{k, k.x.Goals(nil), map[string]*brief.GoalProgress{}}
}

// goal is a goal by its key without its probes, and whether it is not in force.
func (b *goalBook) goal(key string) (gp *brief.GoalProgress, over bool) {
	for i := range b.in {
		if b.in[i].Key == key {
			return &b.in[i], false
		}
	}
	gp, looked := b.over[key]
	if !looked {
		if g := goneGoalOf(b.k, key); g != nil {
			gp = &brief.GoalProgress{Goal: *g, Key: key}
		}
		b.over[key] = gp
	}
	return gp, gp != nil
}

// troubles are the keys of what is odd about one probe by itself.
func (b *goalBook) troubles(p measure.Probe) (keys []string) {
	gp, _ := b.goal(p.Goal)
	if gp == nil {
		return nil
	}
	goal := progress.FromPlan(gp.Plan, &gp.Goal)
	goal.ID = gp.Key
	for _, t := range progress.Derive(goal, []measure.Probe{p}, b.k.around()).Troubles {
		switch t.Key {
		case progress.NoSchoolThatDay, progress.OtherKind, progress.FewTrials, progress.UnusableValue:
			keys = append(keys, t.Key)
		}
	}
	return keys
}

// probeOf is a probe of the log by the name in the path, or nil.
func probeOf(k *carryLook, id string) *measure.Probe {
	for i := range k.logs.Probes {
		if k.logs.Probes[i].ID == id {
			return &k.logs.Probes[i]
		}
	}
	return nil
}

// probeShow shows a probe, to be corrected or taken back.
func (s *Site) probeShow(w http.ResponseWriter, r *http.Request) error {
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	return s.showProbe(w, r, http.StatusOK, k, nil, wrong{})
}

func (s *Site) showProbe(w http.ResponseWriter, r *http.Request, status int, k *carryLook, f *Form, bad wrong) error {
	x := probeOf(k, r.PathValue("probe"))
	if x == nil {
		return refuse(http.StatusNotFound, "webgoals.probe_gone")
	}
	key := k.x.FindGoal(x.Goal, x.On)
	p := probeShowPage{Frame: s.caseFrame(r, k.c, "webgoals.probe_title", "carry"), Back: goalsPath(k.c.Folder), Gone: desk.NewName()}
	if key != "" {
		p.Back = goalProgressPath(k.c.Folder, key)
	}
	p.Form = p.speak().probeForm(k, key, f, bad)
	p.Form.Action = probesPath(k.c.Folder) + "/one/" + pathEscape(x.ID)
	if p.Form.Name = desk.NewName(); f != nil {
		p.Form.Name = f.Text("name", 20)
	} else {
		value := x.Value.String()
		if x.Missing {
			value = p.T("webgoals.absent")
		}
		for name, text := range map[string]string{"on": x.On.String(), "value": value, "by": x.By, "note": x.Note, "unit": x.Unit, "phase": x.Phase} {
			p.Form.set(name, text)
		}
		p.Form.Open = cmp.Or(x.Note, x.Unit, x.Phase) != ""
	}
	if m, ok := k.logs.Mark(x.ID); ok {
		p.Written = p.T("webgoals.written", "who", cmp.Or(s.names(r)(m.By), s.wordsOf(r).cat.T("webgoals.somebody")), "date", p.cat.Date(dayOf(m.At)))
		if m.Via != "form" && m.Via != "tap" {
			p.Undo = carryPath(k.c.Folder, "/imports")
		}
	}
	return s.show(w, r, status, p)
}

// set fills in a field by its name.
func (p *probeForm) set(name, text string) {
	for _, list := range [][]Field{p.Fields, p.More} {
		for i := range list {
			if list[i].Name == name {
				list[i].Value = text
			}
		}
	}
}

// probeChange corrects a probe or takes it back.
func (s *Site) probeChange(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	id := r.PathValue("probe")
	x := probeOf(k, id)
	if f.Text("do", 10) == "remove" {
		if x == nil { // the form was sent twice
			return s.seeOther(w, r, goalsPath(k.c.Folder))
		}
		if _, err := s.desk.AddLog(r.Context(), who(r), k.c.ID, desk.NewLog{Name: f.Text("name", 20), Via: "form", Gone: []string{id}}); err != nil {
			return err
		}
		s.done(r, "webgoals.taken_back")
		return s.seeOther(w, r, s.backToGoal(k, x.Goal, x.On))
	}
	if x == nil {
		return refuse(http.StatusNotFound, "webgoals.probe_gone")
	}
	bad := wrong{}
	p := readProbe(k, f, bad)
	if len(bad) > 0 {
		return s.showProbe(w, r, http.StatusUnprocessableEntity, k, f, bad)
	}
	p.ID, p.Row = id, x.Row
	if _, err := s.desk.AddLog(r.Context(), who(r), k.c.ID, desk.NewLog{Name: f.Text("name", 20), Via: "form", Probes: []measure.Probe{p}}); err != nil {
		return err
	}
	s.done(r, "webgoals.corrected")
	s.lookAgain(r, k, p)
	return s.seeOther(w, r, goalProgressPath(k.c.Folder, p.Goal))
}

// backToGoal is the page of the goal that a probe or a sighting named, or the list.
func (s *Site) backToGoal(k *carryLook, goal string, on day.Date) string {
	if key := k.x.FindGoal(goal, on); key != "" {
		return goalProgressPath(k.c.Folder, key)
	}
	return goalsPath(k.c.Folder)
}
