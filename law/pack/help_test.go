package pack_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"stayput/fact"
	"stayput/fault"
	"stayput/law"
	"stayput/law/pack"
	"stayput/law/packs"
)

const goodHelp = `help:
  - id: center
    kind: parent_center
    name: A Parent Center
    url: "https://example.org/here"
    phone: "555-0100"
    for: [parent]
    where: {en: the coast, es: la costa}
    read: 2026-11-22
    checked: {level: primary, on: 2026-11-22}
  - id: lawyers
    kind: lawyers
    name: A Bar
    url: "https://example.org"
    directory: yes
    for: [parent, lea]
    checked: unverified
`

func helpOf(t *testing.T, text string) (*law.Pack, error) {
	t.Helper()
	s, err := pack.Open(fstest.MapFS{
		"us/pack.yaml": {Data: []byte("pack: us\nname: {en: US, es: EE. UU.}\ncovers: []\n")},
		"us/help.yaml": {Data: []byte(text)},
	}, "us")
	if err != nil {
		return nil, err
	}
	return pack.Read(s)
}

func TestReadHelp(t *testing.T) {
	p, err := helpOf(t, goodHelp)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Help) != 2 {
		t.Fatalf("%+v", p.Help)
	}
	a, b := p.Help[0], p.Help[1]
	if a.Name != "A Parent Center" || a.Phone != "555-0100" || a.Where["es"] != "la costa" || a.Read == 0 || a.Directory || len(a.For) != 1 || a.For[0] != fact.Parent {
		t.Errorf("%+v", a)
	}
	if !b.Directory || len(b.For) != 2 || b.Checked.Level != "unverified" || b.Read != 0 || b.Where != nil {
		t.Errorf("%+v", b)
	}
}

// What is wrong is refused with its place and the nearest known word.
func TestHelpRefused(t *testing.T) {
	for name, c := range map[string]struct{ from, to, key, at, near string }{
		"an unknown key":         {"    phone:", "    phon:", "yaml.unknown_key", "6:5", "phone"},
		"an unknown kind":        {"kind: parent_center", "kind: parent_centre", "yaml.unknown_word", "3:11", "parent_center"},
		"no name":                {"    name: A Bar\n", "", "yaml.missing_key", "11:5", ""},
		"a link that is plain":   {"https://example.org/here", "http://example.org/here", "pack.help_url", "5:10", ""},
		"a link that is script":  {"https://example.org/here", "javascript:alert(1)", "pack.help_url", "5:10", ""},
		"a link with a quote":    {"https://example.org/here", "https://example.org/'onclick", "pack.help_url", "5:10", ""},
		"the same help twice":    {"id: lawyers", "id: center", "pack.help_twice", "11:5", ""},
		"read and unverified":    {"checked: {level: primary, on: 2026-11-22}", "checked: unverified", "pack.help_unread", "2:5", ""},
		"primary and not read":   {"    read: 2026-11-22\n", "", "pack.help_unread", "2:5", ""},
		"a place in one tongue":  {", es: la costa", "", "yaml.missing_key", "8:12", ""},
		"a day that is none":     {"read: 2026-11-22", "read: 2026-11-31", "pack.want_date", "9:11", ""},
		"somebody nobody serves": {"for: [parent]", "for: [parents]", "yaml.unknown_word", "7:11", "parent"},
		"an unknown key at top":  {"help:\n", "helps: 1\nhelp:\n", "yaml.unknown_key", "1:1", "help"},
		"how well it was read":   {"    checked: unverified\n", "", "yaml.missing_key", "11:5", ""},
	} {
		_, err := helpOf(t, strings.Replace(goodHelp, c.from, c.to, 1))
		found := false
		var all []string
		for _, e := range fault.All(err) {
			all = append(all, e.At.String()+" "+e.Key+" "+e.Args["nearest"])
			if e.Key == c.key && strings.HasSuffix(e.At.String(), ":"+c.at) && (c.near == "" || e.Args["nearest"] == c.near) {
				found = true
			}
		}
		if !found {
			t.Errorf("%s: want %s at %s near %q, got %q", name, c.key, c.at, c.near, all)
		}
	}
}

// Every jurisdiction has somebody of each sort that a family needs: its own first.
func TestHelpOfStates(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{"us", "us-ca", "us-tx", "us-wi", "us-ma", "us-in", "us-nj", "us-pa", "us-mn", "us-vt", "us-ny"} {
		l, _, err := book.For(place)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		national := false
		for _, h := range l.Help() {
			if h.Pack == "us" {
				national = true
			} else if national {
				t.Errorf("%s: %s stands after a national list", place, h.ID)
			}
			if h.Pack == place {
				seen[h.Kind] = true
			}
		}
		for _, k := range []string{"parent_center", "protection_advocacy", "legal_aid", "lawyers"} {
			if !seen[k] {
				t.Errorf("%s has nobody for %s", place, k)
			}
		}
	}
}

// How a filing is made is said only where the page was read.
func TestOfficeHowNeedsARead(t *testing.T) {
	route := strings.Replace(goodRoute, "    cost: free", "    file: {url: x, READ}\n    cost: free", 1)
	words := "route.ferpa_complaint:\n  title: T\n  says: S\n  items: {asked: A, office: O, office_how: H}\nroute.any:\n  items: {"
	for _, k := range law.RouteReasons {
		words += k + ": x, "
	}
	words += "}\n"
	for read, refused := range map[string]bool{"checked: unverified": true, "read: 2026-11-22, checked: primary": false} {
		s, err := pack.Open(fstest.MapFS{
			"us/pack.yaml":            {Data: []byte("pack: us\nname: {en: US, es: EE. UU.}\ncovers: []\n")},
			"us/routes.yaml":          {Data: []byte(strings.Replace(route, "READ", read, 1))},
			"us/words-routes.en.yaml": {Data: []byte(words)},
			"us/words-routes.es.yaml": {Data: []byte(words)},
		}, "us")
		if err != nil {
			t.Fatal(err)
		}
		p, err := pack.Read(s)
		if err != nil {
			t.Fatal(err)
		}
		by := map[string]pack.Words{}
		for _, lang := range pack.Languages {
			if by[lang], err = pack.ReadWords(s, lang); err != nil {
				t.Fatal(err)
			}
		}
		err = pack.CheckWords(p, by)
		if got := err != nil && strings.Contains(err.Error(), "read"); got != refused {
			t.Errorf("%s: %v", read, err)
		}
	}
}
