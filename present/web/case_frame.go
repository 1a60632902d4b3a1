package web

import (
	"net/http"
	"net/url"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/desk"
	"stayput/fact"
	"stayput/law/packs"
	"stayput/locale"
	say "stayput/present/brief"
)

// caseTabs are the pages of a case, in the order of the menu: the name of the
// tab, what follows the case's own path, and the key of its label.
var caseTabs = []struct{ name, path, label string }{
	{"case", "", "webcase.tab_case"},
	{"clocks", "/clocks", "webcase.tab_clocks"},
	{"record", "/record", "webcase.tab_record"},
	{"plan", "/plan", "webplan.tab"},
	{"consent", "/consent", "webconsent.tab"},
	{"carry", "/carry", "webcarry.tab"},
	{"disagree", "/disagree", "webroute.tab"},
	{"papers", "/papers", "webpaper.tab"},
	{"law", "/law", "webcase.tab_law"},
	{"share", "/share", "webpeople.tab_share"},
	{"export", "/export", "webcase.tab_export"},
}

// caseFrame begins a page of one case. tab names the page in the case's menu.
func (s *Site) caseFrame(r *http.Request, c *desk.Case, title, tab string) Frame {
	f := s.frame(r, title, "cases")
	f.Case = &Mast{ID: c.ID, Title: caseTitle(f.cat, c.Folder), Sample: c.File.Case.Sample, School: c.File.Case.Side == fact.SchoolSide}
	f.Case.waits = func() string { return say.Waits(c.Brief, f.speak().wording(c.Brief)) }
	for _, t := range caseTabs {
		if t.name == "export" && !f.May("export_case") || t.name == "papers" && !f.May("add_entry") || t.name == "share" && !f.May("share_case") {
			continue
		}
		f.Case.Tabs = append(f.Case.Tabs, Tab{Href: casePath(c.Folder) + t.path, Label: f.cat.T(t.label), Current: t.name == tab})
	}
	return f
}

// caseTitle is how a case is called: its title, the child's name, or neither.
func caseTitle(c *locale.Catalog, f *desk.Folder) string {
	k := &f.File.Case
	switch {
	case k.Title != "":
		return k.Title
	case k.Child.Name != "":
		return k.Child.Name
	}
	return c.T("webcase.untitled")
}

// casePath is where a case is shown.
func casePath(f *desk.Folder) string { return "/cases/" + string(f.ID) }

// entryPath is where an entry is shown, by the name it bears in the case.
func entryPath(f *desk.Folder, id string) string {
	if n := f.Name(id); n != "" {
		return casePath(f) + "/record/" + n
	}
	return casePath(f) + "/record"
}

// clockPath is where a date explains itself.
func clockPath(f *desk.Folder, rule, trigger string) string {
	return casePath(f) + "/clocks/" + url.PathEscape(rule) + "/" + url.PathEscape(trigger)
}

// wording says how a brief is put into words in the language of a page.
func (f speaker) wording(b *brief.Brief) say.Options {
	words := packs.Texts(f.Lang)
	if f.neutral() || b.Case != nil && b.Case.Side == fact.SchoolSide {
		words = words.Neutral()
	}
	return say.Options{Catalog: f.cat, Words: words.In(say.Packs(b)...)}
}

// viewOf reads as_of and known_by from the address of a page. What is no date is
// not taken for one.
func viewOf(r *http.Request) desk.View {
	var v desk.View
	if d, err := day.Parse(r.URL.Query().Get("as_of")); err == nil {
		v.AsOf = d
	}
	if d, err := day.Parse(r.URL.Query().Get("known_by")); err == nil {
		v.Known = d
	}
	return v
}
