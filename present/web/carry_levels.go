package web

import (
	"net/http"
	"slices"
	"strconv"

	"stayput/derive/delivery/comp"
	"stayput/desk"
	"stayput/fault"
)

// A carryLevelsPage is how the ledger of a case is read: from when on something is
// pointed out, and on which days a service is asked about. None of it is law.
type carryLevelsPage struct {
	Frame
	Action, Back string
	Version      int64
	Fields       []Field
	Days         []Field
	Errs         []Field
	Cases        []carryDecision
	Change       bool
}

func (carryLevelsPage) template() string { return "carry_levels" }

// A carryDecision is a decision on what is material.
type carryDecision struct {
	Says string
	Cite Cite
}

var _ = sample(func() page {
	f := Field{Name: "short", Label: "l", Kind: "number", Error: "e"}
	return carryLevelsPage{Action: "/a", Back: "/b", Version: 2, Fields: []Field{f}, Days: []Field{{Name: "d1", Label: "s", Kind: "checkbox", Options: []Option{{Value: "1", Label: "Mon", On: true}}}}, Errs: []Field{f}, Cases: []carryDecision{{"s", Cite{Text: "c", Source: "https://example.org", Checked: "x"}}}, Change: true}
})

// carryLevels shows the settings.
func (s *Site) carryLevels(w http.ResponseWriter, r *http.Request) error {
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, s.levelsPage(r, k, nil, wrong{}))
}

// levels are the settings that are numbers: the field, what the program itself
// takes, and the most.
var levels = []struct {
	name       string
	usual, top int
}{{"short", 15, 100}, {"row", 3, 200}, {"unknown", 10, 100}}

func (s *Site) levelsPage(r *http.Request, k *carryLook, f *Form, bad wrong) carryLevelsPage {
	p := carryLevelsPage{Frame: s.caseFrame(r, k.c, "webcarry.levels", "carry"), Action: carryPath(k.c.Folder, "/settings"), Back: carryPath(k.c.Folder, ""), Version: k.set.Version}
	p.Change = p.May("change_case")
	for _, x := range levels {
		n := map[string]int{"short": k.set.ShortPerMille / 10, "row": k.set.MissesInRow, "unknown": k.set.UnknownPerMille / 10}[x.name]
		if n == 0 {
			n = x.usual
		}
		y := Field{Name: x.name, Label: p.cat.T("webcarry.level_" + x.name), Hint: p.cat.T("webcarry.level_usual", "n", strconv.Itoa(x.usual)), Kind: "number", Value: strconv.Itoa(n), Max: x.top, InputMode: "numeric", Required: true}
		if f != nil {
			y.Value = f.Text(x.name, 20)
		}
		if bad[x.name] != "" {
			y.Error = p.cat.T(bad[x.name])
			p.Errs = append(p.Errs, y)
		}
		p.Fields = append(p.Fields, y)
	}
	for i, x := range k.inForce(k.c.Today) {
		name := x.Name
		if svc := k.service(x.Service); svc != nil && svc.Name != "" {
			name = svc.Name
		}
		y := Field{Name: "days" + strconv.Itoa(i), Label: p.cat.T("webcarry.days_of", "service", name), Kind: "checkbox"}
		for d := 1; d <= 5; d++ {
			on := slices.Contains(k.set.Days[x.Service], d)
			if f != nil {
				on = slices.Contains(f.All(y.Name), strconv.Itoa(d))
			}
			y.Options = append(y.Options, Option{Value: strconv.Itoa(d), Label: first(p.cat.Weekday(weekStart(k.c.Today).Add(d - 1))), On: on})
		}
		p.Days = append(p.Days, y)
	}
	for _, c := range comp.Material() {
		p.Cases = append(p.Cases, carryDecision{p.cat.T("comp.case." + c.ID), Cite{Text: c.Citation, Source: c.Source, Checked: p.cat.T("webcarry.checked_" + c.Checked.Level)}})
	}
	return p
}

// carryLevelsSave keeps the settings.
func (s *Site) carryLevelsSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	bad := wrong{}
	in := desk.Carrying{Days: map[string][]int{}}
	if in.Version, err = strconv.ParseInt(f.Text("version", 20), 10, 64); err != nil {
		return fault.New(fault.Invalid, fault.Position{}, "web.error.bad_form")
	}
	for _, x := range levels {
		n, err := strconv.Atoi(f.Text(x.name, 20))
		if err != nil || n < 1 || n > x.top {
			bad[x.name] = "webcarry.bad_level"
			continue
		}
		if n == x.usual {
			n = 0
		}
		switch x.name {
		case "short":
			in.ShortPerMille = 10 * n
		case "row":
			in.MissesInRow = n
		case "unknown":
			in.UnknownPerMille = 10 * n
		}
	}
	// What is said of services that are not in force now stays.
	now := map[string]bool{}
	for i, x := range k.inForce(k.c.Today) {
		now[x.Service] = true
		for _, v := range f.All("days" + strconv.Itoa(i)) {
			if d, err := strconv.Atoi(v); err == nil && d >= 1 && d <= 5 {
				in.Days[x.Service] = append(in.Days[x.Service], d)
			}
		}
	}
	for key, days := range k.set.Days {
		if !now[key] {
			in.Days[key] = days
		}
	}
	if len(bad) > 0 {
		return s.show(w, r, http.StatusUnprocessableEntity, s.levelsPage(r, k, f, bad))
	}
	if err := s.desk.SaveCarrying(r.Context(), who(r), k.c.ID, in); err != nil {
		return err
	}
	s.done(r, "webcarry.levels_saved")
	return s.seeOther(w, r, carryPath(k.c.Folder, ""))
}
