package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/derive/limit"
	"stayput/desk"
	"stayput/law"
	say "stayput/present/brief"
)

// clocksShown is how many dates of one part stand on a page of their own, and
// shownFirst how many on the page of all parts, where a tired person looks.
const (
	clocksShown = 50
	shownFirst  = 20
)

// A clockListPage is the dates of a case: late, soon, further ahead, not certain,
// rights, law without a number, done.
type clockListPage struct {
	Frame
	Days     clockDays
	Ask      *clockAsk   // the least that would settle dates that wait for a calendar
	Filter   []clockLink // whose dates are shown
	Views    []clockLink // calm list or dense table
	Parts    []clockPart
	Rights   []say.Right
	Over     int // rights already used or run out
	RightsTo string
	Table    *clockTable
	Nothing  *Empty // there is no date at all
	Only     string // a page of one part alone: its title
	Back     string
	Earlier  string
	Later    string
	CSV      string
}

func (clockListPage) template() string { return "clock_list" }

// A clockPart is one part of the page.
type clockPart struct {
	ID, Title, Lead, Empty string
	N                      int
	Items                  []clockItem
	Says                   []say.Saying
	Folded                 bool
	All                    string // where the rest is; "" when nothing is left out
}

var _ = sample(func() page {
	x := clockItem{Item: say.Item{Title: "x", Line: "y", Missing: []string{"m"}, Cite: say.Cite{Text: "34 CFR 1", Checked: "z"}}, Box: DateBox{Vague: "v"}, Tag: Tag{"late", "t"}, Href: "/x"}
	return clockListPage{
		Ask: &clockAsk{Text: "x", Settles: []string{"y"}, More: 2, Href: "/x", Action: "z"}, Filter: []clockLink{{"/x", "y", true}}, Views: []clockLink{{"/x", "y", true}},
		Parts:  []clockPart{{ID: "late", Title: "x", N: 1, Items: []clockItem{x}, All: "/x"}, {ID: "soon", Title: "x", Empty: "y"}, {ID: "done", Title: "x", N: 2, Items: []clockItem{x}, Says: []say.Saying{{Title: "x"}}, Folded: true}},
		Rights: []say.Right{{Name: "x", Line: "y"}}, Over: 2, RightsTo: "/x", Earlier: "/x", Later: "/x", Only: "x", Back: "/x", CSV: "/x",
		Table: &clockTable{Heads: []clockHead{{Label: "x", Href: "/y", Sort: "ascending"}}, Rows: []clockItem{x}, From: 1, To: 1, N: 1},
	}
})

// clockList shows the dates of a case.
func (s *Site) clockList(w http.ResponseWriter, r *http.Request) error {
	v := clockView(r)
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), v)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	base := casePath(c.Folder) + "/clocks"
	p := clockListPage{Frame: s.caseFrame(r, c, "webdates.clocks", "clocks")}
	group := q.Get("owes")
	if !slices.Contains(owesGroups, group) {
		group = ""
	}
	table := p.Precise
	if x := q.Get("view"); x == "list" || x == "table" {
		table = x == "table"
	}
	as := ""
	if table != p.Precise {
		as = q.Get("view")
	}
	for _, g := range owesGroups {
		key := "webdates.owes_all"
		if g != "" {
			key = "webdates.owes_" + g
		}
		p.Filter = append(p.Filter, clockLink{base + viewQuery(v, "owes", g, "view", as), p.cat.T(key), g == group})
	}
	for _, x := range []string{"list", "table"} {
		p.Views = append(p.Views, clockLink{base + viewQuery(v, "owes", group, "view", x), p.cat.T("webdates.view_" + x), (x == "table") == table})
	}
	p.Days = p.speak().clockDays(c, v, base, Hidden{"owes", group}, Hidden{"view", as})
	p.CSV = base + ".csv" + viewQuery(v, "owes", group)
	p.RightsTo = casePath(c.Folder) + "/rights" + viewQuery(v)
	sorted := say.Sort(c.Brief)
	for _, at := range []*[]int{&sorted.Late, &sorted.Soon, &sorted.Ahead, &sorted.Unsure, &sorted.Done, &sorted.Standing} {
		if group != "" {
			*at = slices.DeleteFunc(*at, func(i int) bool { return !owes(&c.Brief.Clocks[i], group) })
		}
	}
	slices.Reverse(sorted.Done) // the latest first
	if asks := p.speak().calendarAsks(c); len(asks) > 0 {
		p.Ask = &asks[0]
	}
	n, _ := strconv.Atoi(q.Get("page"))
	to := func(part string, page int) string {
		at := ""
		if page > 1 {
			at = strconv.Itoa(page)
		}
		return base + viewQuery(v, "owes", group, "view", as, "part", part, "page", at)
	}
	if group == "" || group == owesFamily {
		still, over := fewRights(c.Brief, p.speak().wording(c.Brief), "", 1)
		p.Rights, p.Over = still, len(over)
	}
	switch only := q.Get("part"); {
	case table:
		p.Table = p.speak().clockTable(c, sorted, group, q.Get("sort"), q.Get("part"), n, base, v, as)
		return s.show(w, r, http.StatusOK, p)
	case only != "":
		part, pages := p.speak().onePart(c, sorted, only, max(n, 1), viewQuery(v))
		if part == nil {
			return refuse(http.StatusNotFound, "web.error.not_found")
		}
		n = min(max(n, 1), pages)
		p.Parts, p.Only, p.Back, p.Ask = []clockPart{*part}, part.Title, to("", 1), nil
		p.Title = part.Title
		if n > 1 {
			p.Earlier = to(only, n-1)
		}
		if n < pages {
			p.Later = to(only, n+1)
		}
		return s.show(w, r, http.StatusOK, p)
	}
	for _, name := range clockParts {
		part, _ := p.speak().onePart(c, sorted, name, 0, viewQuery(v))
		if part.N > max(len(part.Items), len(part.Says)) {
			part.All = to(name, 1)
		}
		part.Folded = name == "done" || name == "says"
		if name == "late" && part.N == 0 {
			part.Empty = p.T("page.nothing_late")
		}
		if part.N > 0 || part.Empty != "" {
			p.Parts = append(p.Parts, *part)
		}
	}
	if len(c.Brief.Clocks)+len(c.Brief.Statements)+len(c.Brief.Limits) == 0 {
		p.Nothing = &Empty{Icon: "today", Title: p.T("webdates.none"), Text: p.T("webdates.none_text")}
		if p.May("add_entry") {
			p.Nothing.Href, p.Nothing.Action = casePath(c.Folder)+"/add", p.T("webdates.none_add")
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

// clockParts are the parts of the page, in its order.
var clockParts = []string{"late", "soon", "unsure", "ahead", "says", "done"}

// onePart is one page of one part, and how many pages it has; nil when there is
// no such part. Page 0 is its beginning on the page of all parts.
func (f speaker) onePart(c *desk.Case, sorted say.Sorted, name string, n int, query string) (*clockPart, int) {
	at, ok := map[string][]int{"late": sorted.Late, "soon": sorted.Soon, "ahead": sorted.Ahead, "unsure": sorted.Unsure, "done": sorted.Done}[name]
	x := &clockPart{ID: name}
	if name == "says" {
		at, ok = sayings(c.Brief, sorted.Standing), true
	}
	if !ok {
		return nil, 0
	}
	x.Title, x.N = f.cat.T("page."+name), len(at)
	pages := max(1, (len(at)+clocksShown-1)/clocksShown)
	if n == 0 {
		at = at[:min(len(at), shownFirst)]
	} else {
		n = min(max(n, 1), pages)
		at = at[(n-1)*clocksShown : min(len(at), n*clocksShown)]
	}
	switch {
	case name == "says":
		x.Lead = f.T("webdates.says_lead")
		x.Says = someSayings(c.Brief, f.wording(c.Brief), at)
	default:
		x.Items = f.clockItems(c, at, name, query)
	}
	return x, pages
}

// sayings are the duties and statements without a number: positions of clocks,
// and below zero those of statements. What waits for an answer comes first; of a
// duty that never ends only the last counts.
func sayings(b *brief.Brief, standing []int) []int {
	type one struct{ rank, at int }
	var out []one
	last := map[law.RuleID]int{}
	for _, i := range standing {
		k := &b.Clocks[i]
		rank := 0
		switch s := k.Due.Standard; {
		case k.MetBy != "":
			rank = 3
		case s == "ongoing" || s == "periodically" || s == "annually":
			rank = 2
		}
		if j, ok := last[k.Rule.ID]; ok && rank >= 2 {
			out[j].at = i
			continue
		} else if rank >= 2 {
			last[k.Rule.ID] = len(out)
		}
		out = append(out, one{rank, i})
	}
	for i := range b.Statements {
		out = append(out, one{1, -1 - i})
	}
	slices.SortStableFunc(out, func(a, b one) int { return cmp.Compare(a.rank, b.rank) })
	at := make([]int, len(out))
	for i, x := range out {
		at[i] = x.at
	}
	return at
}

// someSayings puts some of them into words.
func someSayings(b *brief.Brief, o say.Options, at []int) []say.Saying {
	if len(at) == 0 {
		return nil
	}
	some := *b
	some.Clocks, some.Limits, some.Statements, some.Next, some.Notices = nil, nil, nil, nil, nil
	for _, i := range at {
		if i >= 0 {
			some.Clocks = append(some.Clocks, b.Clocks[i])
		} else {
			some.Statements = append(some.Statements, b.Statements[-1-i])
		}
	}
	return say.NewPage(&some, o).Says
}

// fewRights puts the rights that run out into words, with at most rows subjects
// each: a case of many years has thousands. rule names one right; "" is all.
func fewRights(b *brief.Brief, o say.Options, rule string, rows int) (still, over []say.Right) {
	few := *b
	few.Limits = nil
	open, gone := map[law.RuleID]int{}, map[law.RuleID]int{}
	for i := range b.Limits {
		l := &b.Limits[i]
		if rule != "" && string(l.Rule.ID) != rule {
			continue
		}
		n := gone
		if l.Status == limit.Open || l.Status == limit.Closing {
			n = open
		}
		if n[l.Rule.ID]++; n[l.Rule.ID] <= rows {
			few.Limits = append(few.Limits, *l)
		}
	}
	return say.Rights(&few, o)
}

// A clockTable is the dates as attorneys and directors read them.
type clockTable struct {
	Heads   []clockHead
	Rows    []clockItem
	Parts   []clockLink
	From    int
	To      int
	N       int
	Earlier string
	Later   string
}

// A clockHead is the head of a column, which sorts by it.
type clockHead struct{ Label, Href, Sort string }

// clockSorts are the columns of the table.
var clockSorts = []string{"due", "status", "rule", "owes", "started"}

// rowsShown is how many rows a page of the table has.
const rowsShown = 100

func (f speaker) clockTable(c *desk.Case, sorted say.Sorted, group, by, part string, n int, base string, v desk.View, as string) *clockTable {
	b := c.Brief
	tones := map[int]string{}
	var at []int
	parts := map[string][]int{"late": sorted.Late, "soon": sorted.Soon, "unsure": sorted.Unsure, "ahead": sorted.Ahead, "done": sorted.Done}
	if part != "all" && parts[part] == nil {
		part = ""
	}
	for _, name := range []string{"late", "soon", "unsure", "ahead", "done"} {
		if part == name || part == "all" || part == "" && name != "done" {
			for _, i := range parts[name] {
				tones[i] = name
			}
			at = append(at, parts[name]...)
		}
	}
	desc := false
	if len(by) > 1 && by[0] == '-' {
		desc, by = true, by[1:]
	}
	if !slices.Contains(clockSorts, by) {
		by = "due"
	}
	o := f.wording(b)
	key := func(i int) string {
		k := &b.Clocks[i]
		switch by {
		case "status":
			return string(k.Status)
		case "rule":
			return ruleTitle(o, k)
		case "owes":
			return string(owedBy(k))
		case "started":
			return k.TriggerOn.Earliest.String()
		}
		return max(k.On, k.Earliest).String()
	}
	keys := make(map[int]string, len(at))
	for _, i := range at {
		keys[i] = key(i)
	}
	slices.SortStableFunc(at, func(x, y int) int {
		d := cmp.Or(cmp.Compare(keys[x], keys[y]), cmp.Compare(x, y))
		if by == "due" && (keys[x] == "") != (keys[y] == "") {
			d = cmp.Compare(keys[y], keys[x]) // what has no day stands last
		}
		if desc {
			return -d
		}
		return d
	})
	t := &clockTable{N: len(at)}
	mark := by
	if desc {
		mark = "-" + by
	}
	to := func(sort, part string, page int) string {
		if sort == "due" {
			sort = ""
		}
		pn := ""
		if page > 1 {
			pn = strconv.Itoa(page)
		}
		return base + viewQuery(v, "owes", group, "view", as, "sort", sort, "part", part, "page", pn)
	}
	for _, name := range clockSorts {
		h := clockHead{Label: f.cat.T("webdates.col_" + name), Href: to(name, part, 1)}
		if name == by {
			h.Sort = "ascending"
			if desc {
				h.Sort = "descending"
			} else {
				h.Href = to("-"+name, part, 1)
			}
		}
		t.Heads = append(t.Heads, h)
	}
	for _, name := range []string{"", "late", "soon", "unsure", "ahead", "done", "all"} {
		label := "webdates.part_open"
		switch name {
		case "":
		case "all":
			label = "webdates.part_all"
		default:
			label = "page." + name
		}
		t.Parts = append(t.Parts, clockLink{to(mark, name, 1), f.cat.T(label), name == part})
	}
	pages := max(1, (len(at)+rowsShown-1)/rowsShown)
	n = min(max(n, 1), pages)
	at = at[(n-1)*rowsShown : min(len(at), n*rowsShown)]
	t.From, t.To = min(t.N, (n-1)*rowsShown+1), (n-1)*rowsShown+len(at)
	if n > 1 {
		t.Earlier = to(mark, part, n-1)
	}
	if n < pages {
		t.Later = to(mark, part, n+1)
	}
	for _, i := range at {
		t.Rows = append(t.Rows, f.clockItems(c, []int{i}, tones[i], viewQuery(v))...)
	}
	return t
}

// started says which entry started a clock.
func (f speaker) started(k *clock.Clock) string {
	if k.TriggerOn.IsZero() {
		return f.cat.Kind(k.Kind.String())
	}
	return f.T("count.start", "kind", f.cat.TheKind(k.Kind.String()), "date", f.cat.When(k.TriggerOn))
}
