package web

import (
	"net/http"
	"net/url"
	"slices"

	"stayput/derive/next"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
	"stayput/paper"
)

// A paperListPage is the papers of a case: begun, sent, received, and those that one can
// write.
type paperListPage struct {
	Frame
	Path     string
	Contacts string
	NoOne    bool // nobody is written down who writes
	Waits    []paperRow
	Begun    []paperRow
	Sent     []paperRow
	Came     []paperCame
	Checked  []paperRow // checks of papers that stand in no entry
	Checks   []Tab      // papers of the other side that can be checked
	First    []paperPick
	Groups   []paperGroup
	All      string // shows the papers of the other side and of other states too
	Mine     string // shows one's own only
	Others   bool
}

type (
	// A paperRow is a paper that was begun or sent.
	paperRow struct{ Href, Title, Says, Ask string }
	// A paperCame is a paper of the other side that came, with where it is checked.
	paperCame struct {
		Href, Title, Check, Paper string
		Says                      string // what the check found so far
	}
	// A paperPick is a paper that can be written.
	paperPick struct{ Href, Title, Use, Side string }
	// A paperGroup is papers that belong together.
	paperGroup struct {
		ID, Title string
		Items     []paperPick
	}
)

func (paperListPage) template() string { return "paper_list" }

var (
	_ = sample(func() page {
		return paperListPage{Path: "/p", Contacts: "/c", NoOne: true, Waits: []paperRow{{"/h", "t", "s", "a"}}, Begun: []paperRow{{"/h", "t", "s", ""}}, Sent: []paperRow{{"/h", "t", "s", ""}},
			Came: []paperCame{{"/h", "t", "/c", "p", "s"}}, Checked: []paperRow{{"/h", "t", "s", ""}}, Checks: []Tab{{Href: "/h", Label: "l"}}, First: []paperPick{{"/h", "t", "u", ""}}, Groups: []paperGroup{{"ask", "g", []paperPick{{"/h", "t", "u", "s"}}}}, All: "/a"}
	})
	_ = sample(func() page { return paperListPage{Mine: "/m", Others: true} })
)

// papersPath is where the papers of a case are; rest begins with a slash or is "".
func papersPath(c *desk.Folder, rest string) string { return casePath(c) + "/papers" + rest }

// paperNew is where a paper is begun; about is an entry by the name the record gives it.
func paperNew(c *desk.Folder, document, about string) string {
	at := papersPath(c, "/new/"+url.PathEscape(document))
	if n := c.Name(about); n != "" {
		at += "?about=" + n
	}
	return at
}

// paperLink leads to a paper for who may write in the case of the page; "" for nobody
// else, and where there is no such paper.
func (f speaker) paperLink(c *desk.Case, document, about string) string {
	if document == "" || !f.May("add_entry") {
		return ""
	}
	if _, err := c.Papers.Get(document); err != nil {
		return ""
	}
	return paperNew(c.Folder, hereFor(c, document), about)
}

// hereFor is the State's own paper for what a paper files, where the child lives now: in
// California its own complaint and its own request for a hearing.
func hereFor(c *desk.Case, document string) string {
	d, err := c.Papers.Get(document)
	if err != nil || d.Route == "" || len(d.States) > 0 {
		return document
	}
	all, err := allPapers(c)
	if err != nil {
		return document
	}
	for _, p := range all {
		if p.Route == d.Route && len(p.States) > 0 && inState(c, p) {
			return p.ID
		}
	}
	return document
}

// allPapers are the papers that can be written in a case, in the order of their names.
func allPapers(c *desk.Case) (out []*paper.Paper, err error) {
	for _, id := range c.Papers.IDs() {
		p, err := c.Papers.Get(id)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// writes reports that the keeper of a record writes such a paper.
func writes(side fact.Side, p *paper.Paper) bool {
	switch p.Side {
	case paper.Parent:
		return side != fact.SchoolSide
	case paper.LEA:
		return side == fact.SchoolSide
	}
	return true
}

// inState reports that a paper is used where the child lives on the day.
func inState(c *desk.Case, p *paper.Paper) bool {
	if len(p.States) == 0 {
		return true
	}
	l := c.Brief.LawOn(c.Brief.AsOf)
	return l != nil && slices.ContainsFunc(l.Packs, func(x *law.Pack) bool { return slices.Contains(p.States, x.ID) })
}

// paperList shows the papers of a case.
func (s *Site) paperList(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	kept, err := s.desk.Papers(r.Context(), who(r), c.ID)
	if err != nil {
		return err
	}
	all, err := allPapers(c)
	if err != nil {
		return err
	}
	p := paperListPage{Frame: s.caseFrame(r, c, "webpaper.title", "papers"), Path: papersPath(c.Folder, ""), Contacts: casePath(c.Folder) + "/contacts?return=papers"}
	side := c.File.Case.Side
	p.NoOne = c.File.Case.Contact("parent") == nil && side != fact.SchoolSide || len(c.File.Case.Contacts) == 0
	for i := range kept {
		x := &kept[i]
		row := paperRow{Href: papersPath(c.Folder, "/"+x.ID), Title: p.speak().paperCalled(c, x)}
		switch {
		case x.Sent != nil:
			row.Says = p.T("webpaper.row_sent", "date", p.cat.Date(x.Sent.On), "how", p.T("webcase.means_"+x.Sent.How))
			if x.Sent.To != "" {
				row.Says = p.T("webpaper.row_sent_to", "date", p.cat.Date(x.Sent.On), "how", p.T("webcase.means_"+x.Sent.How), "who", x.Sent.To)
			}
			p.Sent = append(p.Sent, row)
		case !x.Done.IsZero():
			row.Ask, row.Says = row.Href+"/as/send", p.T("webpaper.row_done", "date", p.cat.Date(dayOf(x.Done)))
			p.Waits = append(p.Waits, row)
		default:
			row.Says = p.T("webpaper.row_begun", "date", p.cat.Date(dayOf(x.At)))
			p.Begun = append(p.Begun, row)
		}
	}
	checks, err := s.desk.Checks(r.Context(), who(r), c.ID)
	if err != nil {
		return err
	}
	listed := map[string]bool{}
	p.Came = p.speak().papersCame(c, all, checks, listed)
	for i := range checks {
		if d, err := c.Papers.Get(checks[i].Document); err == nil && !listed[checks[i].ID] && len(p.Checked) < 20 {
			p.Checked = append(p.Checked, p.speak().checkRow(c, d, &checks[i]))
		}
	}
	for _, d := range checkable(c, all) {
		p.Checks = append(p.Checks, Tab{Href: papersPath(c.Folder, "/received/"+d.ID), Label: d.Title[p.Lang]})
	}
	p.First = p.speak().papersFirst(c)
	p.Others = r.URL.Query().Get("all") != ""
	if p.Others {
		p.Mine = p.Path
	} else {
		p.All = p.Path + "?all=1#write"
	}
	for _, g := range paper.Groups {
		x := paperGroup{ID: string(g), Title: p.T("webpaper.group_" + string(g))}
		for _, d := range all {
			mine := writes(side, d) && inState(c, d)
			if d.Group != g || !mine && !p.Others {
				continue
			}
			pick := paperPick{Href: paperNew(c.Folder, d.ID, ""), Title: d.Title[p.Lang], Use: d.Use[p.Lang]}
			if p.Others {
				pick.Side = p.T("webpaper.side_" + string(d.Side))
			}
			x.Items = append(x.Items, pick)
		}
		if len(x.Items) > 0 {
			p.Groups = append(p.Groups, x)
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// paperCalled is what a paper is called in a list: its title, and what it is about.
func (f speaker) paperCalled(c *desk.Case, x *desk.Paper) string {
	d, err := c.Papers.Get(x.Document)
	if err != nil {
		return x.Document
	}
	title := d.Title[f.Lang]
	if e := c.Brief.View.Get(x.About); e != nil {
		return f.T("webpaper.called", "title", title, "what", f.cat.Kind(e.Kind.String()), "date", f.cat.When(e.On))
	}
	return title
}

// stepAbout is the entry that a step is about, by the name the record gives it.
func stepAbout(x *next.Step) string {
	if x.Entry == "" && x.Clock != nil {
		return x.Clock.Trigger
	}
	return x.Entry
}

// stepPaper drafts the paper that a step names; "" when it names none.
func (f speaker) stepPaper(c *desk.Case, x *next.Step) string {
	return f.paperLink(c, x.Document, stepAbout(x))
}

// papersFirst are the papers that the next steps of the keeper ask for.
func (f speaker) papersFirst(c *desk.Case) (out []paperPick) {
	b, err := c.WithSteps()
	if err != nil { // plans that cannot be read are told on their own page
		b = c.Brief
	}
	us := fact.Party(keeperOf(c))
	seen := map[string]bool{}
	for i := range b.Next {
		x := &b.Next[i]
		about := stepAbout(x)
		at := f.stepPaper(c, x)
		if at == "" || x.For != us && x.For != fact.Either || seen[at] || len(out) == 5 {
			continue
		}
		seen[at] = true
		d, err := c.Papers.Get(hereFor(c, x.Document))
		if err != nil {
			continue
		}
		title := d.Title[f.Lang]
		if e := c.Brief.View.Get(about); e != nil && c.Name(about) != "" {
			title = f.T("webpaper.called", "title", title, "what", f.cat.Kind(e.Kind.String()), "date", f.cat.When(e.On))
		}
		out = append(out, paperPick{Href: at, Title: title, Use: d.Use[f.Lang]})
	}
	return out
}

// papersCame are the papers of the other side that the record holds, the newest first;
// listed notes the checks that stand beside them.
func (f speaker) papersCame(c *desk.Case, all []*paper.Paper, checks []desk.PaperCheck, listed map[string]bool) (out []paperCame) {
	view := c.Brief.View.Entries
	for i := len(view) - 1; i >= 0 && len(out) < 20; i-- {
		e := view[i]
		if e.Derived || e.Wall != fact.Open || e.On.Earliest > c.Today {
			continue
		}
		if d := checkedWith(c, all, e); d != nil {
			x := paperCame{Href: entryPath(c.Folder, e.ID), Title: f.T("webpaper.entry_on", "what", f.kindTitle(e), "date", f.cat.When(e.On)),
				Check: papersPath(c.Folder, "/received/"+d.ID+"?entry="+c.Name(e.ID)), Paper: d.Title[f.Lang]}
			for _, k := range ofEntry(c, checks, c.Name(e.ID)) {
				if x.Says == "" && k.Document == d.ID {
					x.Says, listed[k.ID] = f.checkRow(c, d, k).Says, true
				}
			}
			out = append(out, x)
		}
	}
	return out
}

// checkedWith is the paper of the other side that an entry says came, or nil.
func checkedWith(c *desk.Case, all []*paper.Paper, e *fact.Entry) *paper.Paper {
	by := e.By
	if e.Fields.FiledBy != "" {
		by = e.Fields.FiledBy
	}
	var found *paper.Paper
	for _, d := range all {
		at := slices.Index(d.Sent, e.Kind)
		if at < 0 && !slices.Contains(d.Held, e.Kind) || e.Kind == letterSent || !inState(c, d) {
			continue
		}
		switch {
		case writes(c.File.Case.Side, d) && d.Side != paper.Either:
			continue // one's own
		case d.Side == paper.Either && (by == "" || by == keeperOf(c)):
			continue
		case len(checkItems(d)) == 0:
			continue
		}
		if found == nil || at == 0 && slices.Index(found.Sent, e.Kind) != 0 {
			found = d
		}
	}
	return found
}

// checkItems are the contents that somebody who holds a paper is asked for.
func checkItems(d *paper.Paper) (out []*paper.Item) {
	for i := range d.Contents.Required {
		if it := &d.Contents.Required[i]; it.Ask["en"] != "" {
			out = append(out, it)
		}
	}
	return out
}

// paperOfRoute is the paper that files a way to disagree here; "" for none.
func paperOfRoute(c *desk.Case, id law.RouteID) string {
	all, err := allPapers(c)
	if err != nil {
		return ""
	}
	best := ""
	for _, d := range all {
		if d.Route != string(id) || !writes(c.File.Case.Side, d) || !inState(c, d) {
			continue
		}
		if best == "" || len(d.States) > 0 {
			best = d.ID
		}
	}
	return best
}
