package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

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
	Pick    bool   // entries are chosen
	Chosen  []pick // what was chosen before, whatever is looked for now
	Entries []pick // of those that were found and not chosen, the latest first
	Looks   bool   // there are more than one list holds, or something was looked for
	Query   string
	Found   int // entries that were found and not chosen
	Skip    int // how many of them come before the list
	More    int // and how many after it
	Next    int // what comes before the list after this one
	Packet  bool
	Choose  []presetLine // the presets, when none was chosen yet
	Trouble Field        // what is wrong with the choice of entries
}

func (shareFormPage) template() string { return "share_new" }

// A pick is one entry that may be chosen.
type pick struct {
	ID                     string // in the page
	Name, Day, Title, Text string
	Files                  int
	On                     bool
}

var _ = sample(func() page {
	return shareFormPage{Action: "/a", Back: "/b", Preset: "p", Lead: "l", Fields: []Field{{Name: "for", Label: "x", Error: "y"}}, Pick: true,
		Entries: []pick{{ID: "entry-0", Name: "n", Day: "d", Title: "t", Text: "x", Files: 2}}, Chosen: []pick{{ID: "chosen-0", Name: "m", Day: "d", Title: "t", On: true}}, Looks: true, Query: "q", Found: 4, Skip: 3, More: 3, Trouble: Field{Name: "entries", Error: "z"}}
})
var _ = sample(func() page { return shareFormPage{Packet: true, Pick: true} })
var _ = sample(func() page { return shareFormPage{Choose: []presetLine{{"people", "a", "b", "/"}}} })

// mostChoices is how many entries are offered at once, the latest first. A search
// and a button for older ones lead to the others.
const mostChoices = 100

// A shareForm is what somebody typed.
type shareForm struct {
	whom, role, purpose, until string
	person                     people.PersonID
	handOn                     string
	entries                    []string
	query                      string            // of the entries to choose from
	skip                       int               // how many of those found come before the list
	wrong                      map[string]string // by field
}

// shareNew asks with whom and how.
func (s *Site) shareNew(w http.ResponseWriter, r *http.Request) error {
	p, ok := presetOf(r.URL.Query().Get("preset"))
	if !ok || p.Space && r.PathValue("case") == "" && p.Student {
		return s.seeOther(w, r, "/cases/"+string(caseID(r))+"/share")
	}
	x := shareForm{role: string(p.Role), handOn: "yes", until: p.lastDay(s.today())}
	if d, ok := s.draftedFor(r); ok && d.Preset == p.ID && r.URL.Query().Has("again") {
		x = shareForm{whom: d.For, person: d.Person, role: string(d.Terms.Role), purpose: d.Terms.Purpose, entries: d.Terms.Entries, handOn: "no"}
		if d.Terms.HandOn {
			x.handOn = "yes"
		}
		x.until = untilDay(d.Terms.Until)
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
			page.picks(k, x)
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
				here.Options = append(here.Options, Option{Value: string(k.Person.ID), Label: f.speak().called(k.Person), On: x.person == k.Person.ID})
			}
		}
		if len(here.Options) > 1 {
			out[0].Required = false
			out = append(out, here)
		}
	}
	if p.Roles != nil {
		out = append(out, Field{Name: "role", Label: f.T("webpeople.f_role"), Kind: "radio", Required: true, Options: f.speak().roleOptions(people.Role(x.role), p.Roles...), Error: x.wrong["role"]})
	}
	if p.Counsel {
		out = append(out, Field{Name: "hand_on", Label: f.T("webpeople.f_hand_on"), Hint: f.T("webpeople.f_hand_on_hint"), Kind: "radio", Required: true, Options: []Option{
			{Value: "yes", Label: f.T("webpeople.f_hand_on_yes"), Hint: f.T("webpeople.f_hand_on_yes_hint"), On: x.handOn != "no"},
			{Value: "no", Label: f.T("webpeople.f_hand_on_no"), Hint: f.T("webpeople.f_hand_on_no_hint"), On: x.handOn == "no"},
		}})
	}
	if !p.Student && !p.Packet {
		out = append(out, untilField(f, x.until, x.wrong["until"]))
	}
	if !p.Space || p.Packet {
		out = append(out, Field{Name: "purpose", Label: f.T("webpeople.f_purpose"), Hint: f.T("webpeople.f_purpose_hint"), Value: x.purpose, Max: 300})
	}
	return out, nil
}

// picks are the entries that may be shared one by one: those that stand in the open
// record now, the latest first. What was chosen stands by itself and stays, whatever
// is looked for.
func (p *shareFormPage) picks(c *desk.Case, x shareForm) {
	p.Query, p.Skip = x.query, max(0, x.skip)
	words := strings.Fields(x.query)
	chosen := make(map[string]bool, len(x.entries))
	for _, n := range x.entries {
		chosen[n] = true
	}
	total := 0
	view := c.Brief.View.Entries
	for i := len(view) - 1; i >= 0; i-- {
		e := view[i]
		if e.Derived || e.Wall != fact.Open || desk.IsWithdrawal(e) || e.Kind.Info().Inward {
			continue
		}
		n := c.Name(e.ID)
		if n == "" {
			continue
		}
		total++
		one := func(in []pick) pick {
			return pick{ID: listName(chosen[n]) + strconv.Itoa(len(in)), Name: n, Day: p.cat.When(e.On), Title: p.speak().kindTitle(e), Text: cutText(excerpt(e), 120), Files: len(e.Files), On: chosen[n]}
		}
		switch {
		case chosen[n]:
			p.Chosen = append(p.Chosen, one(p.Chosen))
		case len(words) > 0 && !begins(p.textOf(c, e), words):
		default:
			if p.Found++; p.Found > p.Skip && len(p.Entries) < mostChoices {
				p.Entries = append(p.Entries, one(p.Entries))
			}
		}
	}
	if len(p.Entries) == 0 && p.Skip > 0 { // the list became shorter since
		x.skip = 0
		*p = shareFormPage{Frame: p.Frame, Action: p.Action, Back: p.Back, Preset: p.Preset, Pick: p.Pick, Packet: p.Packet}
		p.picks(c, x)
		return
	}
	p.Next = p.Skip + len(p.Entries)
	p.More = p.Found - p.Next
	p.Looks = total > mostChoices || x.query != ""
}

// listName tells the names of the two lists apart in the page.
func listName(chosen bool) string {
	if chosen {
		return "chosen-"
	}
	return "entry-"
}

// textOf is where an entry is looked for: its day, as a page says it and as
// 2026-03-05, what it is called, what was written, the names of its files.
func (p *shareFormPage) textOf(c *desk.Case, e *fact.Entry) string {
	all := []string{p.cat.When(e.On), e.On.String(), p.speak().kindTitle(e), e.Note, e.Fields.Summary, e.Fields.Response}
	if m := c.Mark(e.ID); m != nil {
		for _, f := range m.Files {
			all = append(all, f.Name)
		}
	}
	return spaced(strings.Join(all, " "))
}

// spaced is a text as it is searched, with nothing between its words but one space.
func spaced(s string) string {
	return " " + strings.Join(strings.FieldsFunc(folded(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }), " ") + " "
}

// begins reports that each of the words begins a word of a spaced text. A number is a
// whole word: 4 does not find the 14th.
func begins(text string, words []string) bool {
	for _, w := range words {
		w = strings.TrimSuffix(spaced(w), " ")
		if c := w[max(0, len(w)-1):]; c >= "0" && c <= "9" {
			w += " "
		}
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
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
		person: people.PersonID(form.Text("person", 40)), handOn: form.Text("hand_on", 5), entries: form.All("entry"), query: form.Text("q", 100), wrong: map[string]string{}}
	if do, after, _ := strings.Cut(form.Text("do", 20), " "); p.Entries && (do == "find" || do == "older") { // the buttons of the list
		x.skip, _ = strconv.Atoi(after) // no number is the first list
		return s.showShareForm(w, r, http.StatusOK, p, x)
	}
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
	if t.Until, ok, err = s.untilOf(r, t.Case, form); err != nil {
		return err
	} else if !ok {
		x.wrong["until"] = cat.T("webpeople.bad_date")
	}
	whom := x.whom
	if x.person != "" {
		k, err := s.desk.PersonOf(r.Context(), who(r), x.person)
		if err != nil {
			return err
		}
		whom = s.frame(r, "webpeople.title", "").speak().called(k.Person)
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
	case "people.no_entries", "people.too_many_entries", "desk.no_entry", "desk.impression_stays":
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
