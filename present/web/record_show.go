package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
)

// A recordShowPage is the timeline of a case.
type recordShowPage struct {
	Frame
	Months   []monthGroup
	Query    string
	Kinds    []Option // families of kinds
	Walls    []Option
	People   []Option
	Was      bool // also what was corrected or taken back
	Shown    int
	Total    int
	Earlier  string // the page of what came before
	Later    string
	Lost     []lost
	Path     string
	Filtered bool
	Plans    []foundPlan // plans that hold the words looked for
}

func (recordShowPage) template() string { return "record_show" }

var _ = sample(func() page {
	return recordShowPage{Months: []monthGroup{{Name: "x", Entries: []happened{{Title: "x", Was: true, Wall: "y", Files: 2}}}}, Lost: []lost{{When: "x"}}, Filtered: true, Plans: []foundPlan{{Name: "p", Href: "/p", Parts: []string{"s"}}}}
})

type monthGroup struct {
	Name    string
	Entries []happened
}

type lost struct{ When, Written, Reason string }

// pageOf is how many entries one page of the timeline shows.
const pageOf = 100

// recordShow shows the timeline: the latest first, a hundred to a page.
func (s *Site) recordShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	q := r.URL.Query()
	p := recordShowPage{Frame: s.caseFrame(r, c, "webcase.record", "record"), Query: clean(strings.TrimSpace(q.Get("q"))), Was: q.Get("was") != "", Path: casePath(c.Folder) + "/record"}
	if len(p.Query) > 300 {
		p.Query = strings.ToValidUTF8(p.Query[:300], "")
	}
	var found map[string]bool
	if p.Query != "" {
		hits, err := s.desk.Search(r.Context(), who(r), caseID(r), p.Query)
		if err != nil {
			return err
		}
		found = make(map[string]bool, len(hits))
		for _, h := range hits {
			found[h.Entry.ID] = true
		}
		if p.Plans, err = p.speak().foundPlans(s, r, c, p.Query); err != nil {
			return err
		}
	}
	family, wall, by := q.Get("kind"), q.Get("wall"), q.Get("by")
	p.Filtered = p.Query != "" || family != "" || wall != "" || by != ""
	p.options(c, family, wall, by)

	all := make([]*fact.Entry, 0, len(c.Brief.View.Entries))
	for _, e := range c.Brief.View.Entries {
		if !e.Derived {
			all = append(all, e)
		}
	}
	gone := map[string]bool{}
	for _, e := range c.Brief.View.Gone {
		gone[e.ID] = true
		if p.Was {
			all = append(all, e)
		}
	}
	if p.Was {
		slices.SortStableFunc(all, func(a, b *fact.Entry) int { return int(a.On.Earliest) - int(b.On.Earliest) })
	}
	p.Total = len(all)
	keep := all[:0]
	for _, e := range all {
		if found != nil && !found[e.ID] && !p.named(e) {
			continue
		}
		if family != "" && string(e.Kind.Info().Family) != family ||
			wall != "" && wallWord(e.Wall) != wall || by != "" && e.By != by {
			continue
		}
		keep = append(keep, e)
	}
	slices.Reverse(keep)
	p.Shown = len(keep)
	from, _ := strconv.Atoi(q.Get("from"))
	from = min(max(from, 0), max(len(keep)-1, 0))
	to := min(from+pageOf, len(keep))
	link := func(n int) string {
		v := url.Values{}
		for k, x := range q {
			v[k] = x
		}
		v.Set("from", strconv.Itoa(n))
		return p.Path + "?" + v.Encode()
	}
	if from > 0 {
		p.Later = link(max(from-pageOf, 0))
	}
	if to < len(keep) {
		p.Earlier = link(to)
	}
	for _, e := range keep[from:to] {
		name := p.cat.MonthYear(e.On.Earliest)
		if n := len(p.Months); n == 0 || p.Months[n-1].Name != name {
			p.Months = append(p.Months, monthGroup{Name: name})
		}
		h := p.speak().happened(c.Folder, e, c.Today)
		h.Was = gone[e.ID] || desk.IsWithdrawal(e)
		m := &p.Months[len(p.Months)-1]
		m.Entries = append(m.Entries, h)
	}
	for _, x := range c.Destroyed {
		p.Lost = append(p.Lost, lost{When: p.cat.Date(dayOf(x.When)), Written: p.cat.Date(dayOf(x.At)), Reason: x.Reason})
	}
	return s.show(w, r, http.StatusOK, p)
}

// named reports that the query is part of what the kind of the entry is called.
func (p *recordShowPage) named(e *fact.Entry) bool {
	return len(p.Query) > 2 && strings.Contains(strings.ToLower(p.cat.Kind(e.Kind.String())), strings.ToLower(p.Query))
}

// options fills the filters with what the record holds.
func (p *recordShowPage) options(c *desk.Case, family, wall, by string) {
	families, walls, people := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range c.File.Entries {
		e := &c.File.Entries[i]
		families[string(e.Kind.Info().Family)] = true
		walls[wallWord(e.Wall)] = true
		if e.By != "" {
			people[e.By] = true
		}
	}
	for _, in := range fact.Kinds() {
		f := string(in.Family)
		if families[f] && !slices.ContainsFunc(p.Kinds, func(o Option) bool { return o.Value == f }) {
			p.Kinds = append(p.Kinds, Option{Value: f, Label: p.cat.T("webcase.family_" + f), On: f == family})
		}
	}
	for _, x := range []string{"open", "author", "counsel", "mediation"} {
		if walls[x] {
			p.Walls = append(p.Walls, Option{Value: x, Label: p.cat.T("webcase.wall_" + x), On: x == wall})
		}
	}
	for x := range people {
		p.People = append(p.People, Option{Value: x, Label: p.speak().by(x), On: x == by})
	}
	slices.SortFunc(p.People, func(a, b Option) int { return strings.Compare(a.Label, b.Label) })
	if len(p.People) > 40 {
		p.People = p.People[:40]
	}
}

func wallWord(w fact.Wall) string {
	if w == fact.Open {
		return "open"
	}
	return string(w)
}

// by is how the one who did something is called.
func (f speaker) by(who string) string {
	if f.cat.Has("party." + who) {
		return f.cat.T("party." + who)
	}
	return who
}

// happened puts an entry into a line of a list.
func (f speaker) happened(c *desk.Folder, e *fact.Entry, today day.Date) happened {
	h := happened{
		Href: entryPath(c, e.ID), Title: f.kindTitle(e), Day: f.cat.When(e.On), ISO: e.On.Earliest.String(),
		Text: excerpt(e), By: "", Icon: iconOf(e), Vague: !e.On.Exact(), Files: len(e.Files),
	}
	if e.By != "" {
		h.By = first(f.by(e.By))
	}
	if e.Wall != fact.Open {
		h.Wall, h.Room = f.cat.T("webcase.wall_"+string(e.Wall)), e.Wall == fact.Mediation
	}
	return h
}

// kindTitle is what an entry is called, with what became of a contact.
func (f speaker) kindTitle(e *fact.Entry) string {
	t := first(f.cat.Kind(e.Kind.String()))
	var more []string
	if e.Fields.Means != "" {
		more = append(more, f.cat.T("webcase.means_"+e.Fields.Means))
	}
	if e.Fields.Outcome != "" {
		more = append(more, f.cat.T("webcase.outcome_"+e.Fields.Outcome))
	}
	if len(more) > 0 {
		t += " (" + strings.Join(more, ", ") + ")"
	}
	return t
}

// excerpt is the beginning of an entry's words.
func excerpt(e *fact.Entry) string {
	for _, t := range []string{e.Fields.Summary, e.Note, e.Fields.Response} {
		if t = strings.TrimSpace(t); t != "" {
			if r := []rune(t); len(r) > 220 {
				return string(r[:220]) + "…"
			}
			return t
		}
	}
	return ""
}

// iconOf is the picture beside an entry.
func iconOf(e *fact.Entry) string {
	switch e.Fields.Means {
	case "phone":
		return "phone"
	case "email":
		return "mail"
	case "letter":
		return "letter"
	case "meeting", "in_person", "video":
		return "meeting"
	}
	switch n := e.Kind.String(); {
	case n == "child_said":
		return "speech"
	case n == "classroom_visited":
		return "visit"
	case n == "service_missed":
		return "missed"
	case strings.Contains(n, "meeting"):
		return "meeting"
	case strings.HasPrefix(n, "letter"), strings.Contains(n, "notice"):
		return "letter"
	}
	return "flag"
}
