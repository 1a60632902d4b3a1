package web

import (
	"net/http"
	"net/url"
	"strings"

	"stayput/derive/items"
	"stayput/desk"
)

// A digestListPage is the pages that were given to teachers: who confirmed one, and
// which are out of date.
type digestListPage struct {
	Frame
	New  string
	Back string
	Says []string     // what needs somebody
	Owed []captureKey // teachers who came and have no page
	Live []digestRow
	Past []digestRow
	Give string // the list of what went out
}

func (digestListPage) template() string { return "digest_list" }

// A digestRow is one page that was given.
type digestRow struct {
	Href, Whom, Class string
	Given             string
	Tag               Tag
	Ack               string
	Question          string
	Stale             []string
	Renew             string
	Link              string
}

func sampleDigest() digestRow {
	return digestRow{Href: "/h", Whom: "w", Class: "c", Given: "g", Tag: Tag{"soon", "t"}, Ack: "a", Question: "q", Stale: []string{"s"}, Renew: "/r", Link: "l"}
}

var (
	_ = sample(func() page {
		return digestListPage{New: "/n", Back: "/b", Says: []string{"s"}, Owed: []captureKey{{Label: "x", Href: "/"}}, Live: []digestRow{sampleDigest()}, Past: []digestRow{{Whom: "y"}}, Give: "/g"}
	})
	_ = sample(func() page { return digestListPage{Back: "/b"} })
)

// digestsOf are the pages of a case, with why each is out of date, and their links.
func (s *Site) digestsOf(r *http.Request, c *desk.Case) ([]items.Digest, map[string]desk.DigestLink, error) {
	ds := items.Digests(c.Brief.View, c.Today)
	links, err := s.desk.DigestLinksOf(r.Context(), who(r), c.ID)
	if err != nil || len(ds) == 0 {
		return ds, links, err
	}
	all, _, err := s.carryItems(r, c)
	if err != nil {
		return nil, nil, err
	}
	if plans, err := c.Plans(); err == nil && len(plans) > 0 {
		res, err := c.Program()
		if err != nil {
			return nil, nil, err
		}
		items.HoldAgainst(ds, res, all)
	}
	return ds, links, nil
}

// digestList shows the pages of a case.
func (s *Site) digestList(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	ds, links, err := s.digestsOf(r, c)
	if err != nil {
		return err
	}
	p := digestListPage{Frame: s.caseFrame(r, c, "webitems.digests", "carry"), Back: casePath(c.Folder) + "/carry/items"}
	if p.May("add_entry") {
		p.New = digestsPath(c.Folder) + "/new"
	}
	if p.May("see_access") {
		p.Give = casePath(c.Folder) + "/given"
	}
	waits, stale := 0, 0
	for i := range ds {
		d := &ds[i]
		row := p.speak().digestRow(c, d, links[c.Name(d.Given.ID)])
		if !d.Live() {
			p.Past = append(p.Past, row)
		} else {
			p.Live = append(p.Live, row)
			if d.Waits() {
				waits++
			}
			if len(d.Stale) > 0 {
				stale++
			}
		}
		if d.Next != "" && p.New != "" {
			p.Owed = append(p.Owed, captureKey{Label: p.T("webitems.owed", "who", d.Next, "was", d.Teacher), Href: p.New + "?" + url.Values{"teacher": {d.Next}, "role": {d.Role}, "class": {d.Class}, "lang": {digestLang(d.Text)}}.Encode()})
		}
	}
	if waits > 0 {
		p.Says = append(p.Says, p.N("webitems.waits", waits))
	}
	if stale > 0 {
		p.Says = append(p.Says, p.N("webitems.stales", stale))
	}
	return s.show(w, r, http.StatusOK, p)
}

// digestRow puts one page into a line.
func (f speaker) digestRow(c *desk.Case, d *items.Digest, l desk.DigestLink) digestRow {
	row := digestRow{Href: digestsPath(c.Folder) + "/" + c.Name(d.Given.ID), Whom: strings.Join(d.Given.Fields.With, ", "), Class: d.Class, Given: f.T("webitems.given_on", "date", f.cat.DateNear(d.On, c.Today)), Question: d.Question}
	if row.Whom == "" {
		row.Whom = f.T("webitems.nameless_teacher")
	}
	switch {
	case d.Ended != nil:
		row.Tag = Tag{"", f.T("webitems.tag_ended")}
	case d.Renewed:
		row.Tag = Tag{"", f.T("webitems.tag_renewed")}
	case d.Ack != nil:
		row.Tag = Tag{"done", f.T("webitems.tag_confirmed")}
	default:
		row.Tag = Tag{"soon", f.T("webitems.tag_waits")}
	}
	if d.Ack != nil {
		row.Ack = f.T("webitems.confirmed_by", "who", d.Ack.By, "date", f.cat.DateNear(d.Ack.On.Latest, c.Today))
	}
	for _, s := range d.Stale {
		row.Stale = append(row.Stale, f.T("webitems.stale_"+string(s)))
	}
	if d.Live() && f.May("add_entry") {
		row.Renew = digestsPath(c.Folder) + "/new?" + url.Values{"teacher": {d.Teacher}, "role": {d.Role}, "class": {d.Class}, "lang": {digestLang(d.Text)}}.Encode()
	}
	switch now := f.now(); {
	case l.Entry == "":
	case l.Live(now):
		row.Link = f.T("webitems.link_works", "date", f.cat.Date(dayUntil(l.Ends)))
	default:
		row.Link = f.T("webitems.link_ended")
	}
	return row
}
