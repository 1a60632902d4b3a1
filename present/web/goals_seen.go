package web

import (
	"cmp"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"stayput/desk"
	"stayput/measure"
)

// A sightingForm asks for one stretch of watching a behavior.
type sightingForm struct {
	Action string
	Name   string
	Fields []Field // what is asked of everybody
	ABC    []Field // before, what, after
	Errs   []Field
}

// A behaviorPage is what was seen of behaviors, and the form for more.
type behaviorPage struct {
	Frame
	Back   string
	Groups []behaviorGroup
	Form   *sightingForm
}

func (behaviorPage) template() string { return "behavior_show" }

// A behaviorGroup is what was seen of one goal, or of none.
type behaviorGroup struct {
	Title, Href string // the goal, and its page
	View        *behaviorView
}

// A sightingPage is one sighting as it stands, to be corrected or taken back.
type sightingPage struct {
	Frame
	Back    string
	Written string
	Form    sightingForm
	Gone    string
}

func (sightingPage) template() string { return "sighting_show" }

func sampleSightingForm() sightingForm {
	f := Field{Name: "count", Label: "l", Error: "e"}
	return sightingForm{Action: "/a", Name: "n", Fields: []Field{f}, ABC: []Field{{Name: "what", Kind: "textarea", Label: "l"}}, Errs: []Field{f}}
}

var (
	_ = sample(func() page {
		f := sampleSightingForm()
		return behaviorPage{Back: "/b", Groups: []behaviorGroup{{"t", "/g", sampleBehavior()}, {Title: "u", View: &behaviorView{Count: "c"}}}, Form: &f}
	})
	_ = sample(func() page { return behaviorPage{Back: "/b"} })
	_ = sample(func() page { return sightingPage{Back: "/b", Written: "w", Form: sampleSightingForm(), Gone: "g"} })
)

// sightingForm draws the form from what was sent before, nil at first.
func (f speaker) sightingForm(k *carryLook, key string, sent *Form, bad wrong) sightingForm {
	p := sightingForm{Action: behaviorPath(k.c.Folder)}
	if sent != nil {
		key = sent.Text("goal", 200)
	}
	field := func(name, kind string, most int) Field {
		x := Field{Name: name, Kind: kind, Label: f.T("webgoals.s_" + name), Max: most}
		if sent != nil {
			x.Value = sent.Text(name, 4000)
		}
		if f.cat.Has("webgoals.s_" + name + "_hint") {
			x.Hint = f.T("webgoals.s_" + name + "_hint")
		}
		if bad[name] != "" {
			x.Error = f.cat.T(bad[name], "got", cutText(x.Value, 40))
			p.Errs = append(p.Errs, x)
		}
		return x
	}
	goal := field("goal", "select", 0)
	goal.Options = []Option{{Label: f.T("webgoals.s_no_goal"), On: key == ""}}
	goals := k.x.Goals(nil)
	here := key == ""
	for i := range goals {
		goal.Options = append(goal.Options, Option{Value: goals[i].Key, Label: f.goalName(&goals[i].Goal), On: goals[i].Key == key})
		here = here || goals[i].Key == key
	}
	if over := goneGoalOf(k, key); !here && over != nil {
		goal.Options = append(goal.Options, Option{Value: key, Label: f.goalName(over), On: true})
	}
	on := field("on", "date", 0)
	if on.Required = true; sent == nil {
		on.Value = k.c.Today.String()
	}
	number := func(name string) Field {
		x := field(name, "text", 12)
		x.InputMode, x.Autocomplete = "decimal", "off"
		return x
	}
	lasted := field("lasted", "text", 20)
	lasted.Autocomplete = "off"
	p.Fields = []Field{on, number("count"), number("minutes"), lasted, goal, field("by", "text", mostBy)}
	for _, name := range []string{"before", "what", "after"} {
		x := field(name, "textarea", 0)
		x.Rows = 2
		p.ABC = append(p.ABC, x)
	}
	return p
}

var aDuration = regexp.MustCompile(`(?i)^(?:(\d{1,4}):([0-5]\d)|(\d{1,6}(?:\.\d+)?)\s*(s|sec|secs|second|seconds|segundo|segundos|m|min|mins|minute|minutes|minuto|minutos)?)$`)

// secondsOf reads how long something lasted: "90", "90 seconds", "1:30" or "2 min".
func secondsOf(text string) (seconds float64, ok bool) {
	m := aDuration.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, false
	}
	if m[1] != "" {
		min, _ := strconv.Atoi(m[1])
		sec, _ := strconv.Atoi(m[2])
		seconds = float64(min*60 + sec)
	} else {
		seconds, _ = strconv.ParseFloat(m[3], 64)
		if strings.HasPrefix(strings.ToLower(m[4]), "m") {
			seconds *= 60
		}
	}
	return seconds, seconds <= 24*60*60
}

// readSighting reads a sighting of a form. What was left empty was not measured.
func readSighting(k *carryLook, f *Form, bad wrong) measure.Sighting {
	x := measure.Sighting{On: pastDay(f, k.c.Today, bad), Minutes: measure.Unsaid, Count: measure.Unsaid, Seconds: measure.Unsaid, By: f.Text("by", mostBy)}
	if key := f.Text("goal", 200); key != "" {
		if x.Goal = k.x.FindGoal(key, x.On); x.Goal == "" {
			bad["goal"] = "webgoals.bad_goal"
		}
	}
	number := func(name string, most float64, into *float64) {
		text := f.Text(name, 40)
		if text == "" {
			return
		}
		v, ok := amountOf(text, most)
		if !ok {
			bad[name] = "webgoals.bad_amount"
			return
		}
		*into = v
	}
	number("count", 10_000, &x.Count)
	number("minutes", 24*60, &x.Minutes)
	if x.Minutes == 0 {
		bad["minutes"] = "webgoals.bad_no_minutes"
	}
	if text := f.Text("lasted", 40); text != "" {
		var ok bool
		if x.Seconds, ok = secondsOf(text); !ok {
			x.Seconds = measure.Unsaid
			bad["lasted"] = "webgoals.bad_lasted"
		} else if x.Minutes > 0 && x.Seconds > x.Minutes*60 {
			bad["lasted"] = "webgoals.bad_longer"
		}
	}
	for name, into := range map[string]*string{"before": &x.Before, "what": &x.What, "after": &x.After} {
		var fits bool
		if *into, fits = f.Words(name, 4000); !fits {
			bad[name] = "webcase.bad_long"
		}
	}
	if x.Count < 0 && x.Seconds < 0 && cmp.Or(x.Before, x.What, x.After) == "" && bad["count"] == "" && bad["lasted"] == "" {
		bad["count"] = "webgoals.bad_nothing_seen"
	}
	return x
}

// behaviorShow shows what was seen of behaviors.
func (s *Site) behaviorShow(w http.ResponseWriter, r *http.Request) error {
	k, err := s.carryOf(r, viewOf(r))
	if err != nil {
		return err
	}
	return s.showBehavior(w, r, http.StatusOK, k, nil, wrong{})
}

func (s *Site) showBehavior(w http.ResponseWriter, r *http.Request, status int, k *carryLook, f *Form, bad wrong) error {
	p := behaviorPage{Frame: s.caseFrame(r, k.c, "webgoals.behavior", "carry"), Back: goalsPath(k.c.Folder)}
	groups := map[string][]measure.Sighting{}
	var order []string
	for _, x := range k.logs.Sightings {
		key := ""
		if x.Goal != "" {
			key = k.x.FindGoal(x.Goal, x.On)
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], x)
	}
	for _, key := range order {
		g := behaviorGroup{Title: p.T("webgoals.s_no_goal")}
		if key != "" {
			g.Title, g.Href = p.speak().goneName(k, key), goalProgressPath(k.c.Folder, key)
		}
		g.View = p.speak().behavior(k, key, groups[key], "", "")
		p.Groups = append(p.Groups, g)
	}
	if p.May("add_entry") {
		form := p.speak().sightingForm(k, clean(r.URL.Query().Get("goal")), f, bad)
		if form.Name = desk.NewName(); f != nil {
			form.Name = f.Text("name", 20)
		}
		p.Form = &form
	}
	return s.show(w, r, status, p)
}

// sightingSave writes a sighting down.
func (s *Site) sightingSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	bad := wrong{}
	x := readSighting(k, f, bad)
	if len(bad) > 0 {
		return s.showBehavior(w, r, http.StatusUnprocessableEntity, k, f, bad)
	}
	if _, err := s.desk.AddLog(r.Context(), who(r), k.c.ID, desk.NewLog{Name: f.Text("name", 20), Via: "form", Sightings: []measure.Sighting{x}}); err != nil {
		return err
	}
	s.done(r, "webgoals.seen_saved")
	to := behaviorPath(k.c.Folder)
	if x.Goal != "" {
		to += "?goal=" + escape(x.Goal)
	}
	return s.seeOther(w, r, to)
}

func sightingOf(k *carryLook, id string) *measure.Sighting {
	for i := range k.logs.Sightings {
		if k.logs.Sightings[i].ID == id {
			return &k.logs.Sightings[i]
		}
	}
	return nil
}

// sightingShow shows a sighting, to be corrected or taken back.
func (s *Site) sightingShow(w http.ResponseWriter, r *http.Request) error {
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	return s.showSighting(w, r, http.StatusOK, k, nil, wrong{})
}

func (s *Site) showSighting(w http.ResponseWriter, r *http.Request, status int, k *carryLook, f *Form, bad wrong) error {
	x := sightingOf(k, r.PathValue("sighting"))
	if x == nil {
		return refuse(http.StatusNotFound, "webgoals.probe_gone")
	}
	key := ""
	if x.Goal != "" {
		key = k.x.FindGoal(x.Goal, x.On)
	}
	p := sightingPage{Frame: s.caseFrame(r, k.c, "webgoals.sighting_title", "carry"), Back: behaviorPath(k.c.Folder), Gone: desk.NewName()}
	p.Form = p.speak().sightingForm(k, key, f, bad)
	p.Form.Action = behaviorPath(k.c.Folder) + "/" + pathEscape(x.ID)
	if p.Form.Name = desk.NewName(); f != nil {
		p.Form.Name = f.Text("name", 20)
	} else {
		amount := func(v float64) string {
			if v < 0 {
				return ""
			}
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
		for _, list := range [][]Field{p.Form.Fields, p.Form.ABC} {
			for i := range list {
				switch list[i].Name {
				case "on":
					list[i].Value = x.On.String()
				case "count":
					list[i].Value = amount(x.Count)
				case "minutes":
					list[i].Value = amount(x.Minutes)
				case "lasted":
					list[i].Value = amount(x.Seconds)
				case "by":
					list[i].Value = x.By
				case "before":
					list[i].Value = x.Before
				case "what":
					list[i].Value = x.What
				case "after":
					list[i].Value = x.After
				}
			}
		}
	}
	if m, ok := k.logs.Mark(x.ID); ok {
		p.Written = p.T("webgoals.written", "who", cmp.Or(s.names(r)(m.By), p.T("webgoals.somebody")), "date", p.cat.Date(dayOf(m.At)))
	}
	return s.show(w, r, status, p)
}

// sightingChange corrects a sighting or takes it back.
func (s *Site) sightingChange(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	id := r.PathValue("sighting")
	was := sightingOf(k, id)
	in := desk.NewLog{Name: f.Text("name", 20), Via: "form"}
	said := "webgoals.corrected"
	switch {
	case f.Text("do", 10) == "remove":
		if was == nil { // the form was sent twice
			return s.seeOther(w, r, behaviorPath(k.c.Folder))
		}
		in.Gone, said = []string{id}, "webgoals.taken_back"
	case was == nil:
		return refuse(http.StatusNotFound, "webgoals.probe_gone")
	default:
		bad := wrong{}
		x := readSighting(k, f, bad)
		if len(bad) > 0 {
			return s.showSighting(w, r, http.StatusUnprocessableEntity, k, f, bad)
		}
		x.ID = id
		in.Sightings = []measure.Sighting{x}
	}
	if _, err := s.desk.AddLog(r.Context(), who(r), k.c.ID, in); err != nil {
		return err
	}
	s.done(r, said)
	return s.seeOther(w, r, behaviorPath(k.c.Folder))
}
