package web

import (
	"net/http"
	"slices"

	"stayput/desk"
	"stayput/fact"
	"stayput/people"
	"stayput/present/handover"
)

// A shareFormPage asks the few questions that a share needs.
type shareFormPage struct {
	Frame
	Action  string
	Back    string
	Preset  string
	Lead    string
	Fields  []Field
	Pick    bool // entries are chosen
	Entries []pick
	More    int
	Packet  bool
	Choose  []presetLine // the presets, when none was chosen yet
	Trouble Field        // what is wrong with the choice of entries
}

func (shareFormPage) template() string { return "share_new" }

// A pick is one entry that may be chosen.
type pick struct {
	Name, Day, Title, Text string
	Files                  int
	On                     bool
}

var _ = sample(func() page {
	return shareFormPage{Action: "/a", Back: "/b", Preset: "p", Lead: "l", Fields: []Field{{Name: "for", Label: "x", Error: "y"}}, Pick: true,
		Entries: []pick{{Name: "n", Day: "d", Title: "t", Text: "x", Files: 2, On: true}}, More: 3, Trouble: Field{Name: "entries", Error: "z"}}
})
var _ = sample(func() page { return shareFormPage{Packet: true, Pick: true} })
var _ = sample(func() page { return shareFormPage{Choose: []presetLine{{"people", "a", "b", "/"}}} })

// mostChoices is how many entries are offered at once, the latest first.
const mostChoices = 500

// A shareForm is what somebody typed.
type shareForm struct {
	whom, role, purpose, until string
	person                     people.PersonID
	handOn                     string
	entries                    []string
	wrong                      map[string]string // by field
}

// shareNew asks with whom and how.
func (s *Site) shareNew(w http.ResponseWriter, r *http.Request) error {
	p, ok := presetOf(r.URL.Query().Get("preset"))
	if !ok || p.Space && r.PathValue("case") == "" && p.Student {
		return s.seeOther(w, r, "/cases/"+string(caseID(r))+"/share")
	}
	x := shareForm{role: string(p.Role), handOn: "yes"}
	if until := p.ends(s.now()); !until.IsZero() {
		x.until = dayUntil(until).String()
	}
	if d, ok := s.draftedFor(r); ok && d.Preset == p.ID && r.URL.Query().Has("again") {
		x = shareForm{whom: d.For, person: d.Person, role: string(d.Terms.Role), purpose: d.Terms.Purpose, entries: d.Terms.Entries, handOn: "no"}
		if d.Terms.HandOn {
			x.handOn = "yes"
		}
		if !d.Terms.Until.IsZero() {
			x.until = dayUntil(d.Terms.Until).String()
		}
	}
	if e := r.URL.Query().Get("entry"); e != "" { // begun from one entry
		x.entries = append(x.entries, clean(e))
	}
	return s.showShareForm(w, r, http.StatusOK, p, x)
}

func (s *Site) showShareForm(w http.ResponseWriter, r *http.Request, status int, p preset, x shareForm) error {
	page := shareFormPage{Preset: p.ID, Packet: p.Packet, Pick: p.Entries}
	if c := caseID(r); c != "" {
		k, err := s.desk.Case(r.Context(), who(r), c, desk.View{})
		if err != nil {
			return err
		}
		page.Frame = s.caseFrame(r, k, "webpeople.share_title", "share")
		page.Action, page.Back = casePath(k.Folder)+"/share/new?preset="+p.ID, casePath(k.Folder)+"/share"
		if p.Entries {
			page.picks(k, x.entries)
			page.Trouble = Field{Name: "entries", Label: "entries", Error: x.wrong["entries"]}
		}
	} else {
		page.Frame = s.frame(r, "webpeople.invite_title", "people")
		page.Action, page.Back = "/people/invite?preset="+p.ID, "/people"
	}
	page.Title = page.T("webpeople.preset_" + p.ID)
	page.Lead = page.T("webpeople.preset_" + p.ID + "_lead")
	fields, err := s.shareFields(r, page.Frame, p, x)
	if err != nil {
		return err
	}
	page.Fields = fields
	return s.show(w, r, status, page)
}

func (s *Site) shareFields(r *http.Request, f Frame, p preset, x shareForm) ([]Field, error) {
	name := Field{Name: "for", Label: f.T("webpeople.f_for"), Hint: f.T("webpeople.f_for_hint"), Value: x.whom, Max: 100, Required: true, Error: x.wrong["for"]}
	out := []Field{name}
	if !p.Space && !p.Packet {
		all, err := s.desk.People(r.Context(), who(r))
		if err != nil {
			return nil, err
		}
		here := Field{Name: "person", Label: f.T("webpeople.f_person"), Hint: f.T("webpeople.f_person_hint"), Kind: "select", Error: x.wrong["person"],
			Options: []Option{{Value: "", Label: f.T("webpeople.f_person_new"), On: x.person == ""}}}
		for _, k := range all {
			if k.Here && !k.Self && k.Member.Role != people.Owner {
				here.Options = append(here.Options, Option{Value: string(k.Person.ID), Label: f.called(k.Person), On: x.person == k.Person.ID})
			}
		}
		if len(here.Options) > 1 {
			out[0].Required = false
			out = append(out, here)
		}
	}
	if p.Roles != nil {
		out = append(out, Field{Name: "role", Label: f.T("webpeople.f_role"), Kind: "radio", Required: true, Options: f.roleOptions(people.Role(x.role), p.Roles...), Error: x.wrong["role"]})
	}
	if p.Counsel {
		out = append(out, Field{Name: "hand_on", Label: f.T("webpeople.f_hand_on"), Hint: f.T("webpeople.f_hand_on_hint"), Kind: "radio", Required: true, Options: []Option{
			{Value: "yes", Label: f.T("webpeople.f_hand_on_yes"), Hint: f.T("webpeople.f_hand_on_yes_hint"), On: x.handOn != "no"},
			{Value: "no", Label: f.T("webpeople.f_hand_on_no"), Hint: f.T("webpeople.f_hand_on_no_hint"), On: x.handOn == "no"},
		}})
	}
	if !p.Student && !p.Packet {
		u := untilField(f, p.ends(s.now()), x.wrong["until"])
		u.Value = x.until
		out = append(out, u)
	}
	if !p.Space || p.Packet {
		out = append(out, Field{Name: "purpose", Label: f.T("webpeople.f_purpose"), Hint: f.T("webpeople.f_purpose_hint"), Value: x.purpose, Max: 300})
	}
	return out, nil
}

// picks are the entries that may be shared one by one: those that stand in the open
// record now, the latest first.
func (p *shareFormPage) picks(c *desk.Case, chosen []string) {
	view := c.Brief.View.Entries
	for i := len(view) - 1; i >= 0; i-- {
		e := view[i]
		if e.Derived || e.Wall != fact.Open || desk.IsWithdrawal(e) {
			continue
		}
		n := c.Name(e.ID)
		if n == "" {
			continue
		}
		if len(p.Entries) == mostChoices && !slices.Contains(chosen, n) {
			p.More++
			continue
		}
		p.Entries = append(p.Entries, pick{Name: n, Day: p.cat.When(e.On), Title: p.kindTitle(e), Text: cutText(excerpt(e), 120), Files: len(e.Files), On: slices.Contains(chosen, n)})
	}
}

// shareSave reads the form and leads to where the share is looked at. Nothing is
// sent yet.
func (s *Site) shareSave(w http.ResponseWriter, r *http.Request) error {
	form, err := s.form(w, r)
	if err != nil {
		return err
	}
	p, ok := presetOf(r.URL.Query().Get("preset"))
	if !ok || (caseID(r) == "" && (!p.Space || p.Student)) || (caseID(r) != "" && p.ID == "member") {
		return refuse(http.StatusBadRequest, "web.error.bad_form")
	}
	x := shareForm{whom: form.Text("for", 100), role: form.Text("role", 20), purpose: form.Text("purpose", 300), until: form.Text("until", 20),
		person: people.PersonID(form.Text("person", 40)), handOn: form.Text("hand_on", 5), entries: form.All("entry"), wrong: map[string]string{}}
	t := desk.Terms{Role: p.Role, Counsel: p.Counsel, HandOn: p.Counsel && x.handOn != "no", Student: p.Student, Purpose: x.purpose}
	if !p.Space || p.Student {
		t.Case = caseID(r)
	}
	if p.Roles != nil {
		if t.Role = people.Role(x.role); !slices.Contains(p.Roles, t.Role) {
			t.Role = people.NoRole
		}
	}
	if p.Entries {
		t.Entries = append([]string{}, x.entries...)
	}
	cat := s.frame(r, "webpeople.share_title", "").cat
	if t.Until, ok = untilOf(form); !ok {
		x.wrong["until"] = cat.T("webpeople.bad_date")
	}
	whom := x.whom
	if x.person != "" {
		k, err := s.desk.PersonOf(r.Context(), who(r), x.person)
		if err != nil {
			return err
		}
		whom = s.frame(r, "webpeople.title", "").called(k.Person)
	}
	if whom == "" {
		x.wrong["for"] = cat.T("people.no_name")
	}
	if len(x.wrong) == 0 {
		as, err := s.desk.As(r.Context(), who(r), t)
		switch said := saidOf(cat.Fault, err); {
		case err == nil:
			if t.Case != "" && !p.Student && len(as.Grants) > 0 {
				t.Entries = as.Grants[0].Entries
			}
		case faultKey(err) == "desk.no_entry":
			x.wrong["entries"] = cat.T("desk.no_entry")
		case said == "":
			return err
		default:
			x.wrong[wrongField(faultKey(err))] = said
		}
	}
	if len(x.wrong) > 0 {
		return s.showShareForm(w, r, http.StatusUnprocessableEntity, p, x)
	}
	d := drafted{Preset: p.ID, Form: desk.NewName(), For: whom, Person: x.person, Terms: t, From: string(caseID(r))}
	s.keepDrafted(r, d)
	return s.seeOther(w, r, d.path()+"/check")
}

// wrongField is the field at which a fault is said.
func wrongField(key string) string {
	switch key {
	case "people.no_role":
		return "role"
	case "people.until_past":
		return "until"
	case "people.no_entries", "people.too_many_entries", "desk.no_entry":
		return "entries"
	}
	return "for"
}

// sharePacket gives the chosen entries as an evidence bundle, for a school or whoever
// receives papers; that it was given is noted.
func (s *Site) sharePacket(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	d, ok := s.draftedFor(r)
	if p, _ := presetOf(d.Preset); !ok || !p.Packet {
		return s.seeOther(w, r, shareHome(r))
	}
	// Looked at again: since it was chosen, an entry may have been destroyed.
	if _, err := s.desk.As(r.Context(), who(r), d.Terms); err != nil {
		return err
	}
	to := d.For
	if d.Terms.Purpose != "" {
		to += ": " + d.Terms.Purpose
	}
	return s.handOver(w, r, handover.Bundle, "application/zip", "packet.zip", handover.Options{Entries: d.Terms.Entries, Lang: s.lang(r), For: to})
}
