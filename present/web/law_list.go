package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
)

// lawPageSize is how many rules one page lists.
const lawPageSize = 60

// A lawListPage is the rules of a jurisdiction, by area or by words.
type lawListPage struct {
	Frame
	Fields []Field
	Areas  []lawArea // when neither an area nor words were chosen
	Rules  []lawLine
	Found  int
	Searched,
	Prev, Next string // addresses of the pages before and after
	From, To int
	Many     bool // rules of more than one area
}

// A lawArea is a subject with how many rules it has.
type lawArea struct {
	Href, Name string
	Count      int
}

func (lawListPage) template() string { return "law_rules" }

var _ = sample(func() page {
	return lawListPage{Fields: []Field{{Name: "q", Label: "x", Kind: "search"}}, Searched: "yes", Found: 1, From: 1, To: 1, Prev: "/a", Next: "/b",
		Rules: []lawLine{{Href: "/x", Title: "x", Owes: "y", Long: "z", Cite: "c", Source: "https://example.org", Checked: Tag{"done", "t"}}}}
})

var _ = sample(func() page { return lawListPage{Areas: []lawArea{{"/x", "x", 2}}} })

// lawList lists the rules.
func (s *Site) lawList(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	in, area, words := q.Get("in"), q.Get("area"), strings.TrimSpace(clean(q.Get("q")))
	if len([]rune(words)) > 200 {
		words = string([]rune(words)[:200])
	}
	p := lawListPage{Frame: s.frame(r, "webmore.law_rules", "law")}
	if !slices.Contains(lawBook().IDs(), in) && in != "all" {
		in = s.usualPlace(r)
	}
	ids := lawBook().IDs()
	if in != "all" {
		ids = stack(in)
	}
	count := map[string]int{}
	for _, id := range ids {
		for _, x := range lawBook().Pack(id).Rules {
			count[x.Area]++
		}
	}
	places := []Option{{Value: "all", Label: p.T("webmore.law_everywhere"), On: in == "all"}}
	for _, id := range lawBook().IDs() {
		places = append(places, Option{Value: id, Label: p.speak().lawPlace(id), On: in == id})
	}
	areas := []Option{{Label: p.T("webmore.law_every_area")}}
	for _, a := range sortedKeys(count) {
		areas = append(areas, Option{Value: a, Label: first(p.T("area." + a)), On: a == area})
		p.Areas = append(p.Areas, lawArea{"/law/rules?" + url.Values{"in": {in}, "area": {a}}.Encode(), first(p.T("area." + a)), count[a]})
	}
	slices.SortStableFunc(areas[1:], func(a, b Option) int { return strings.Compare(folded(a.Label), folded(b.Label)) })
	slices.SortStableFunc(p.Areas, func(a, b lawArea) int { return strings.Compare(folded(a.Name), folded(b.Name)) })
	p.Fields = []Field{
		{Name: "in", Label: p.T("webmore.law_where"), Kind: "select", Options: places, Required: true},
		{Name: "area", Label: p.T("webmore.law_area"), Kind: "select", Options: areas, Required: true},
		{Name: "q", Label: p.T("webmore.law_words"), Hint: p.T("webmore.law_words_hint"), Kind: "search", Value: words, Max: 200},
	}
	if count[area] == 0 {
		area = ""
	}
	if area == "" && words == "" {
		return s.show(w, r, http.StatusOK, p)
	}
	p.Areas, p.Searched, p.Many = nil, "yes", area == ""
	all := p.speak().lawFound(ids, area, words, s.today())
	p.Found = len(all)
	at, _ := strconv.Atoi(q.Get("from"))
	at = max(0, min(at, len(all)))
	p.Rules = all[at:min(at+lawPageSize, len(all))]
	p.From, p.To = at+1, at+len(p.Rules)
	link := func(from int) string {
		return "/law/rules?" + url.Values{"in": {in}, "area": {area}, "q": {words}, "from": {strconv.Itoa(from)}}.Encode()
	}
	if at > 0 {
		p.Prev = link(max(0, at-lawPageSize))
	}
	if p.To < len(all) {
		p.Next = link(p.To)
	}
	return s.show(w, r, http.StatusOK, p)
}

// usualPlace is where the cases of the space are; the State of most of them, or
// the federal law.
func (s *Site) usualPlace(r *http.Request) string {
	cases, err := s.desk.Cases(r.Context(), who(r), false)
	n, best := map[string]int{}, "us"
	if err != nil {
		return best
	}
	for _, c := range cases {
		if k := len(c.Brief.Laws); k > 0 {
			id := c.Brief.Laws[k-1].Law.Jurisdiction
			if n[id]++; n[id] > n[best] {
				best = id
			}
		}
	}
	return best
}

// today is the day on this machine.
func (s *Site) today() day.Date {
	y, m, d := s.now().Date()
	return day.Must(y, m, d)
}
