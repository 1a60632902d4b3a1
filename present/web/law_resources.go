package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"stayput/fact"
	"stayput/law"
)

// A lawResourcesPage is who helps without pay or at a low price, in all places.
type lawResourcesPage struct {
	Frame
	Fields []Field
	Query  string
	Asked  bool
	Count  int
	Places []resourcePlace
	CSV    string
}

// A resourcePlace is one jurisdiction. The first, with lists for the whole country,
// stands above the States.
type resourcePlace struct {
	ID, Title string
	Groups    []resourceGroup
}

// A resourceGroup is those who help in one way.
type resourceGroup struct {
	ID, Title string
	Rows      []resourceRow
}

// A resourceRow is one of them, with its address as it is read on paper.
type resourceRow struct {
	helpRow
	Link string
	At   string // its anchor
}

func (lawResourcesPage) template() string { return "law_resources" }

var _ = sample(func() page {
	return lawResourcesPage{Fields: []Field{{Name: "q", Label: "l"}}, Query: "q", Asked: true, Count: 2, CSV: "/law/resources.csv",
		Places: []resourcePlace{{"us", "t", []resourceGroup{{"us-g", "t", []resourceRow{{helpRow{"n", "https://example.org", "w", "1-800", "1800", "c", true}, "example.org", "help-us-x"}, {At: "help-us-y", helpRow: helpRow{Name: "m", Href: "/x", Checked: "c"}}}}}}}}
})

// A resource is one of those who help, with where.
type resource struct {
	Place string
	law.Help
}

// resources are those that fit a place and hold all words, as the page orders them: the
// whole country first, then each State.
func (f speaker) resources(in string, words []string) (out []resource) {
	for _, id := range lawBook().IDs() {
		if in != "" && in != id {
			continue
		}
		for _, k := range law.HelpKinds {
			for _, h := range lawBook().Pack(id).Help {
				text := strings.Join([]string{h.Name, h.Where[f.Lang], f.lawPlace(id), f.T("webcall.kind_" + k), h.Phone, h.URL}, " ")
				if h.Kind == k && holdsAll(folded(text), words) {
					out = append(out, resource{id, h})
				}
			}
		}
	}
	return out
}

// resourcesAsked is what a request asks for: a place and words.
func resourcesAsked(r *http.Request) (in, query string) {
	in, query = r.URL.Query().Get("in"), askedWords(r.URL.Query().Get("q"))
	if !slices.Contains(lawBook().IDs(), in) {
		in = ""
	}
	return in, query
}

// lawResources shows who helps.
func (s *Site) lawResources(w http.ResponseWriter, r *http.Request) error {
	in, query := resourcesAsked(r)
	p := lawResourcesPage{Frame: s.frame(r, "weblibrary.resources", "law"), Query: query, Asked: in != "" || query != "", CSV: "/law/resources.csv"}
	if p.Asked {
		p.CSV += "?" + url.Values{"in": {in}, "q": {query}}.Encode()
	}
	places := []Option{{Label: p.T("webmore.law_everywhere")}}
	for _, id := range lawBook().IDs() {
		places = append(places, Option{Value: id, Label: p.speak().resourcePlace(id), On: in == id})
	}
	p.Fields = []Field{
		{Name: "q", Label: p.T("weblibrary.words"), Hint: p.T("weblibrary.resources_hint"), Kind: "search", Value: query, Max: 200},
		{Name: "in", Label: p.T("webmore.law_where"), Kind: "select", Options: places},
	}
	for _, x := range p.speak().resources(in, strings.Fields(folded(query))) {
		if n := len(p.Places); n == 0 || p.Places[n-1].ID != x.Place {
			p.Places = append(p.Places, resourcePlace{ID: x.Place, Title: p.speak().resourcePlace(x.Place)})
		}
		y := &p.Places[len(p.Places)-1]
		if n := len(y.Groups); n == 0 || y.Groups[n-1].ID != x.Place+"-"+x.Kind {
			y.Groups = append(y.Groups, resourceGroup{ID: x.Place + "-" + x.Kind, Title: p.T("webcall.kind_" + x.Kind)})
		}
		g := &y.Groups[len(y.Groups)-1]
		row := resourceRow{At: helpAnchor(x.Place, x.ID), Link: strings.TrimSuffix(strings.TrimPrefix(x.URL, "https://"), "/")}
		row.helpRow = helpRow{Name: x.Name, Href: x.URL, Where: x.Where[p.Lang], Phone: x.Phone, Dial: digitsOf(x.Phone), List: x.Directory, Checked: p.speak().helpRead(x.Help)}
		g.Rows = append(g.Rows, row)
		p.Count++
	}
	return s.show(w, r, http.StatusOK, p)
}

// helpRead says how well somebody who helps was checked.
func (f speaker) helpRead(h law.Help) string {
	switch {
	case h.Read == 0:
		return f.T("webcall.unread")
	case h.Checked.Level == "primary":
		return f.T("webcall.read_on", "date", f.cat.Date(h.Read))
	}
	return f.T("webfind.read_about", "date", f.cat.Date(h.Read))
}

// resourcePlace is what a place is called where people look for help.
func (f speaker) resourcePlace(id string) string {
	if !strings.Contains(id, "-") {
		return f.T("weblibrary.whole_country")
	}
	return f.lawPlace(id)
}

// resourcesTable gives the same as a table for an office.
func (s *Site) resourcesTable(w http.ResponseWriter, r *http.Request) error {
	f := s.wordsOf(r)
	in, query := resourcesAsked(r)
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	var head []string
	for _, n := range []string{"place", "kind", "name", "link", "phone", "part", "list", "family", "school", "read", "checked", "note"} {
		head = append(head, f.T("weblibrary.csv_"+n))
	}
	out.Write(harmlessAll(head...))
	yes := func(v bool) string {
		if v {
			return f.T("weblibrary.csv_yes")
		}
		return f.T("weblibrary.csv_no")
	}
	for _, x := range f.speak().resources(in, strings.Fields(folded(query))) {
		out.Write(harmlessAll(f.speak().resourcePlace(x.Place), f.T("webcall.kind_"+x.Kind), x.Name, x.URL, x.Phone, x.Where[f.Lang], yes(x.Directory),
			yes(slices.Contains(x.For, fact.Parent)), yes(slices.Contains(x.For, fact.LEA)), iso(x.Read), f.T("checked_short."+string(x.Checked.Level)), x.Checked.Note))
	}
	out.Flush()
	giveTable(w, "resources", b.Bytes())
	return out.Error()
}
