package web

import (
	"net/http"

	"stayput/desk"
	"stayput/people"
)

// A sharePage is who sees a case, and the ways to share it.
type sharePage struct {
	Frame
	Path    string
	Members []personLine
	Shares  []grantLine
	Waiting []waitingLine
	Presets []presetLine
	Local   bool
	OfAge   string // the rights move, or have moved, to the student
}

func (sharePage) template() string { return "share_show" }

// A presetLine is one way to share.
type presetLine struct{ Icon, Label, Hint, Href string }

var _ = sample(func() page {
	return sharePage{Path: "/cases/x/share", Members: []personLine{{Href: "/people/x", Name: "Ana", Role: "r", Self: true}},
		Shares:  []grantLine{{Case: "c", Person: "p", Who: "w", Says: "s", ID: "g", Newer: 1, Purpose: "x", Until: Field{Name: "until", Label: "y"}, Mine: true}},
		Waiting: []waitingLine{{ID: "i", For: "f", Says: "s", Ends: "e", Back: "/"}}, Presets: []presetLine{{"people", "a", "b", "/"}}, Local: true, OfAge: "x"}
})
var _ = sample(func() page { return sharePage{} })

// shareShow shows who sees a case.
func (s *Site) shareShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	all, err := s.desk.Sharing(r.Context(), who(r), c.ID)
	if err != nil {
		return err
	}
	p := sharePage{Frame: s.caseFrame(r, c, "webpeople.share_title", "share"), Path: casePath(c.Folder) + "/share", Local: ownDoor(r)}
	for _, x := range all.Members {
		l := personLine{Href: "/people/" + string(x.Person.ID), Name: p.speak().called(x.Person), Role: p.speak().roleName(x.Member), Self: x.Self, Counsel: x.Member.Counsel}
		if !x.Member.Until.IsZero() {
			l.Until = p.speak().untilSay(x.Member.Until)
		}
		p.Members = append(p.Members, l)
	}
	for _, x := range all.Shares {
		l, err := s.grantLine(r, p.Frame, x.Grant, x.Person, true)
		if err != nil {
			return err
		}
		l.Newer = x.Newer
		l.Until.Name = "until" // of its own form
		p.Shares = append(p.Shares, l)
	}
	if p.Waiting, err = s.waiting(r, p.Frame, c.ID, p.Path); err != nil {
		return err
	}
	presets, err := s.presetsFor(r, p.Frame, c)
	if err != nil {
		return err
	}
	p.Presets = presets
	on, now, err := s.desk.OfAge(r.Context(), who(r), c.ID)
	if err != nil {
		return err
	}
	if on != 0 && now {
		p.OfAge = p.T("webpeople.of_age", "date", p.cat.Date(on))
	}
	return s.show(w, r, http.StatusOK, p)
}

// presetsFor are the ways to share a case, or to let somebody into the space when c
// is nil, as far as they can be used here and now.
func (s *Site) presetsFor(r *http.Request, f Frame, c *desk.Case) ([]presetLine, error) {
	space, err := s.desk.Space(r.Context(), who(r))
	if err != nil {
		return nil, err
	}
	counsel, err := s.desk.NamesCounsel(r.Context(), who(r))
	if err != nil {
		return nil, err
	}
	grown := false
	if c != nil && space.Kind == people.Household {
		if _, grown, err = s.desk.OfAge(r.Context(), who(r), c.ID); err != nil {
			return nil, err
		}
	}
	var out []presetLine
	for _, x := range presets {
		switch {
		case x.Student && !grown, x.Counsel && !counsel:
			continue
		case c == nil && !x.Space:
			continue
		case c != nil && x.ID == "member", x.ID == "spouse" && space.Kind != people.Household:
			continue
		}
		href := "/people/invite?preset=" + x.ID
		if c != nil {
			href = casePath(c.Folder) + "/share/new?preset=" + x.ID
		}
		out = append(out, presetLine{x.Icon, f.T("webpeople.preset_" + x.ID), f.T("webpeople.preset_" + x.ID + "_hint"), href})
	}
	return out, nil
}
