package web

import (
	"html/template"
	"net/http"

	"stayput/desk"
	"stayput/fault"
	"stayput/present/qr"
)

// A shareCheckPage says in one sentence what the other will see, and shows it,
// before anything is sent.
type shareCheckPage struct {
	Frame
	Path, Back string
	Says       string
	Counsel    string // what happens to work product
	Whom       string
	Cases      []seenCase
	Here       bool // the other is here already: no link is needed
	Local      bool
	Student    bool
	Packet     bool // a file instead of a link
	Purpose    string
	Trouble    string
}

func (shareCheckPage) template() string { return "share_check" }

// A seenCase is what the other will see of one case.
type seenCase struct {
	Title   string
	Entries int
	Files   int
	Dates   int
	First   []happened
	More    int
}

// A shareLinkPage shows the link, once.
type shareLinkPage struct {
	Frame
	Says, Whom string
	Link       string
	QR         template.HTML
	Ends       string
	Local      bool
	Back       string
}

func (shareLinkPage) template() string { return "share_link" }

var (
	_ = sample(func() page {
		return shareCheckPage{Path: "/p", Back: "/b", Says: "s", Counsel: "c", Whom: "w", Local: true, Student: true, Purpose: "y", Trouble: "t",
			Cases: []seenCase{{Title: "t", Entries: 2, Files: 1, Dates: 3, First: []happened{{Title: "x", Day: "y"}}, More: 4}}}
	})
	_ = sample(func() page { return shareCheckPage{Here: true} })
	_ = sample(func() page { return shareCheckPage{Packet: true, Path: "/p"} })
	_ = sample(func() page {
		return shareLinkPage{Says: "s", Whom: "w", Link: "https://x/join/y", QR: "<svg></svg>", Ends: "e", Back: "/"}
	})
)

// mostSeenEntries is how many entries are shown before a share is sent; the
// preview shows all.
const mostSeenEntries = 10

// shareCheck shows the share that is being made.
func (s *Site) shareCheck(w http.ResponseWriter, r *http.Request) error {
	return s.showShareCheck(w, r, http.StatusOK, "")
}

func (s *Site) showShareCheck(w http.ResponseWriter, r *http.Request, status int, trouble string) error {
	d, ok := s.draftedFor(r)
	if !ok {
		return s.seeOther(w, r, shareHome(r))
	}
	kind, _ := presetOf(d.Preset)
	f, says, counsel, err := s.shareSentence(r, d)
	if err != nil {
		return err
	}
	f.Title = f.T("webpeople.check_title", "who", d.For)
	p := shareCheckPage{Frame: f, Path: d.path(), Back: shareAgain(d), Says: says, Whom: d.For, Here: d.Person != "", Local: ownDoor(r), Student: d.Terms.Student, Packet: kind.Packet, Purpose: d.Terms.Purpose, Trouble: trouble}
	if d.Terms.Counsel {
		p.Counsel = f.T("webpeople.counsel_then", "names", f.cat.List(counsel))
	}
	as, err := s.desk.As(r.Context(), who(r), d.Terms)
	if err != nil {
		return err
	}
	cases, err := s.desk.Cases(r.Context(), as, false)
	if err != nil {
		return err
	}
	for _, c := range cases {
		x := seenCase{Title: caseTitle(f.cat, c.Folder), Dates: len(c.Brief.Clocks)}
		view := c.Brief.View.Entries
		for i := len(view) - 1; i >= 0; i-- {
			if view[i].Derived {
				continue
			}
			x.Entries++
			x.Files += len(view[i].Files)
			if len(x.First) < mostSeenEntries {
				x.First = append(x.First, f.speak().happened(c.Folder, view[i], c.Today))
			}
		}
		x.More = x.Entries - len(x.First)
		p.Cases = append(p.Cases, x)
	}
	return s.show(w, r, status, p)
}

// shareHome is where shares are made.
func shareHome(r *http.Request) string {
	if c := r.PathValue("case"); c != "" {
		return "/cases/" + string(caseID(r)) + "/share"
	}
	return "/people"
}

// shareAgain leads back to the form with what was typed.
func shareAgain(d drafted) string {
	if d.From == "" {
		return "/people/invite?preset=" + d.Preset + "&again=1"
	}
	return "/cases/" + d.From + "/share/new?preset=" + d.Preset + "&again=1"
}

// shareSentence begins a page about a share, with its sentence and who sees work
// product afterwards.
func (s *Site) shareSentence(r *http.Request, d drafted) (f Frame, says string, counsel []string, err error) {
	title := ""
	if caseID(r) != "" {
		c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
		if err != nil {
			return f, "", nil, err
		}
		f, title = s.caseFrame(r, c, "webpeople.share_title", "share"), caseTitle(s.frame(r, "webpeople.title", "").cat, c.Folder)
	} else {
		f = s.frame(r, "webpeople.invite_title", "people")
	}
	if d.Terms.Counsel {
		now, err := s.desk.Counsel(r.Context(), who(r), d.Terms.Case)
		if err != nil {
			return f, "", nil, err
		}
		counsel = s.counselAfter(f, now, who(r).Person.ID, who(r).Person.ID, d.Terms, d.For)
	}
	if p, _ := presetOf(d.Preset); p.Packet {
		return f, f.N("webpeople.says_packet", len(d.Terms.Entries), "who", d.For, "case", title), nil, nil
	}
	return f, f.speak().shareSays(d.Terms, len(d.Terms.Entries), d.For, title, counsel), counsel, nil
}

// shareSend makes the share: a grant for somebody who is here, else an invitation,
// whose link is shown on this page and never again.
func (s *Site) shareSend(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	d, ok := s.draftedFor(r)
	if kind, _ := presetOf(d.Preset); !ok || kind.Packet {
		return s.seeOther(w, r, shareHome(r))
	}
	f, says, _, err := s.shareSentence(r, d)
	if err != nil {
		return err
	}
	if d.Person != "" {
		if err := s.desk.ShareWith(r.Context(), who(r), d.Person, d.Terms); err != nil {
			return err
		}
		s.sessions.Remove(r.Context(), keyShare)
		s.done(r, "webpeople.shared_with", "who", d.For)
		return s.seeOther(w, r, shareHome(r))
	}
	in, token, err := s.desk.Invite(r.Context(), who(r), d.Form, d.For, d.Terms)
	if said := saidOf(f.cat.Fault, err); said != "" && fault.KindOf(err) != fault.Forbidden {
		return s.showShareCheck(w, r, statusOf(err), said)
	}
	if err != nil {
		return err
	}
	s.sessions.Remove(r.Context(), keyShare)
	f.Title = f.T("webpeople.link_title")
	p := shareLinkPage{Frame: f, Says: says, Whom: d.For, Link: originOf(r) + "/join/" + token, Local: ownDoor(r), Back: shareHome(r),
		Ends: f.T("webpeople.link_until", "date", f.cat.Date(dayUntil(in.Ends)))}
	p.Path = shareHome(r)
	svg, err := qr.SVG(p.Link, f.T("webpeople.link_qr"))
	if err != nil {
		return err
	}
	p.QR = template.HTML(svg)
	return s.show(w, r, http.StatusOK, p)
}

// inviteNew asks who is let into the space.
func (s *Site) inviteNew(w http.ResponseWriter, r *http.Request) error {
	if p, ok := presetOf(r.URL.Query().Get("preset")); ok && p.Space && !p.Student {
		return s.shareNew(w, r)
	}
	f := s.frame(r, "webpeople.invite_title", "people")
	choose, err := s.presetsFor(r, f, nil)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, shareFormPage{Frame: f, Back: "/people", Choose: choose})
}
