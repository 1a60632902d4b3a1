package web

import (
	"net/http"

	"stayput/desk"
	"stayput/people"
)

// A peoplePage is who is in a space and what each may.
type peoplePage struct {
	Frame
	People  []personLine
	Before  []personLine // who was here once
	Waiting []waitingLine
	History []peopleLine
	Alone   bool
	Local   bool   // nobody else can reach this program
	Version int64  // of one's own membership
	Names   bool   // may let people in
	Me      string // one's own page
}

func (peoplePage) template() string { return "people_show" }

// A personLine is one person in a list.
type personLine struct {
	Href, Name, Role, Until string
	Self, Counsel           bool
	Shared                  int // cases shared one by one
}

// A waitingLine is an invitation that nobody used yet.
type waitingLine struct{ ID, For, Says, Ends, Back string }

var _ = sample(func() page {
	return peoplePage{People: []personLine{{Href: "/x", Name: "Ana", Role: "r", Until: "u", Self: true, Counsel: true, Shared: 2}}, Before: []personLine{{Name: "y"}},
		Waiting: []waitingLine{{ID: "a", For: "b", Says: "c", Ends: "d", Back: "/people"}}, History: []peopleLine{{"a", "b"}}, Local: true, Names: true}
})
var _ = sample(func() page { return peoplePage{Alone: true, Names: true} })

// peopleShow lists who is in the space.
func (s *Site) peopleShow(w http.ResponseWriter, r *http.Request) error {
	all, err := s.desk.People(r.Context(), who(r))
	if err != nil {
		return err
	}
	p := peoplePage{Frame: s.frame(r, "webpeople.title", "people"), Local: ownDoor(r), Names: s.desk.May(who(r), desk.ChangePeople, "")}
	for _, x := range all {
		l := personLine{Href: "/people/" + string(x.Person.ID), Name: p.speak().called(x.Person), Role: p.speak().roleName(x.Member), Self: x.Self, Counsel: x.Member.Counsel}
		if x.Self {
			p.Me = l.Href
		}
		cases := map[people.CaseID]bool{}
		for _, g := range x.Grants {
			cases[g.Case] = true
			l.Counsel = l.Counsel || g.Counsel
		}
		l.Shared = len(cases)
		if !x.Member.Until.IsZero() {
			l.Until = p.speak().untilSay(x.Member.Until)
		}
		if !x.Here && p.Names {
			p.Before = append(p.Before, l)
			continue
		}
		p.People = append(p.People, l)
	}
	p.Alone = len(p.People) == 1
	if p.Names {
		if p.Waiting, err = s.waiting(r, p.Frame, "", "/people"); err != nil {
			return err
		}
		lines, err := s.desk.PeopleHistory(r.Context(), who(r))
		if err != nil {
			return err
		}
		names := p.speak().names(all)
		for _, x := range lines[:min(len(lines), 100)] {
			p.History = append(p.History, p.speak().historySay(x, names))
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// waiting lists the invitations that wait: those of a case, or all.
func (s *Site) waiting(r *http.Request, f Frame, c people.CaseID, back string) ([]waitingLine, error) {
	all, err := s.desk.Invitations(r.Context(), who(r))
	if err != nil {
		return nil, err
	}
	var out []waitingLine
	titles := map[people.CaseID]string{}
	for _, x := range all {
		if c != "" && x.Terms.Case != c {
			continue
		}
		title, known := titles[x.Terms.Case]
		if !known && x.Terms.Case != "" {
			k, err := s.desk.Case(r.Context(), who(r), x.Terms.Case, desk.View{})
			if err != nil {
				return nil, err
			}
			title = caseTitle(f.cat, k.Folder)
			titles[x.Terms.Case] = title
		}
		t := x.Terms
		var counsel []string
		if t.Counsel {
			now, err := s.desk.Counsel(r.Context(), who(r), t.Case)
			if err != nil {
				return nil, err
			}
			counsel = s.counselAfter(f, now, who(r).Person.ID, x.By, t, x.For)
		}
		out = append(out, waitingLine{ID: x.ID, For: x.For, Says: f.speak().shareSays(t, len(t.Entries), x.For, title, counsel),
			Ends: f.T("webpeople.link_until", "date", f.cat.Date(dayUntil(x.Ends))), Back: back})
	}
	return out, nil
}

// invitationEnd takes an invitation back.
func (s *Site) invitationEnd(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	if err := s.desk.TakeBack(r.Context(), who(r), r.PathValue("invitation")); err != nil {
		return err
	}
	s.done(r, "webpeople.taken_back")
	return s.seeOther(w, r, localPath(f.Text("back", 100)))
}

// peopleLeave ends one's own part in the space, after the page asked.
func (s *Site) peopleLeave(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	if err := s.desk.StepOut(r.Context(), who(r)); err != nil {
		return err
	}
	return s.seeOther(w, r, "/")
}
