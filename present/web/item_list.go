package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/items"
	"stayput/desk"
	"stayput/fact"
	"stayput/plan"
)

// An itemListPage is every part of the plan that has no minutes: what was seen
// last, what nobody wrote down, and one tap for each.
type itemListPage struct {
	Frame
	AsOf    string
	Says    string // how many, and how many were seen
	First   []itemLine
	Groups  []itemGroup
	From    string // who tells
	Froms   []Tab
	Path    string
	Sheet   string
	Digests string
	Levels  []Field
	LevelsV int64
	Bad     string
}

func (itemListPage) template() string { return "item_list" }

// An itemGroup is the items of one sort.
type itemGroup struct {
	Title string
	Lines []itemLine
}

func sampleItem() itemLine {
	return itemLine{ID: "i-a1", Key: "a1", Href: "/x", Name: "x", Lang: "es", Facts: []string{"f"}, Last: "l", Tags: []Tag{{"soon", "t"}}, Open: []string{"o"}, Form: "n"}
}

var (
	_ = sample(func() page {
		return itemListPage{AsOf: "d", Says: "s", First: []itemLine{sampleItem()}, Groups: []itemGroup{{"g", []itemLine{sampleItem(), {ID: "i-b", Name: "y", Never: true, Last: "l"}}}}, From: "child",
			Froms: []Tab{{"/x", "a", true}, {"/y", "b", false}}, Path: "/p", Sheet: "/s", Digests: "/d", Levels: []Field{{Name: "quiet", Kind: "number"}}, Bad: "b"}
	})
	_ = sample(func() page { return itemListPage{Path: "/p", Sheet: "/s", Digests: "/d"} })
)

// itemGroups are the sorts of items in the order of the page, with their titles.
var itemGroups = []struct {
	part  plan.Part
	title string
}{
	{plan.Accommodations, "webitems.group_supports"}, {plan.ServiceLines, "webitems.group_services"}, {plan.Decisions, "webitems.group_decisions"},
	{plan.Placement, "webitems.group_placement"}, {plan.AfterSchool, "webitems.group_after"},
}

// mostFirst is how many items are pointed out above the list.
const mostFirst = 3

// itemList shows the items of a case.
func (s *Site) itemList(w http.ResponseWriter, r *http.Request) error {
	return s.showItems(w, r, http.StatusOK, "")
}

func (s *Site) showItems(w http.ResponseWriter, r *http.Request, status int, bad string) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return err
	}
	all, set, err := s.carryItems(r, c)
	if err != nil {
		return err
	}
	p := itemListPage{Frame: s.caseFrame(r, c, "webitems.title", "carry"), Path: casePath(c.Folder) + "/carry/items", Sheet: casePath(c.Folder) + "/carry/checklist", Digests: casePath(c.Folder) + "/carry/digests", Bad: bad}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	p.From = fromOf(r.URL.Query().Get("from"), c)
	for _, v := range items.Sources {
		p.Froms = append(p.Froms, Tab{Href: p.Path + "?from=" + v, Label: p.T("webitems.ask_" + v), Current: v == p.From})
	}
	if len(all) > 0 {
		seen := 0
		for i := range all {
			if all[i].Seen() != nil {
				seen++
			}
		}
		p.Says = p.N("webitems.count", len(all)) + " " + p.N("webitems.count_seen", seen)
		if n := len(all) - seen; n > 0 {
			p.Says += " " + p.N("webitems.count_never", n)
		}
	}
	line := func(x *items.Item) itemLine {
		l := p.speak().itemLine(c, x, set)
		if p.May("add_entry") {
			l.Form = desk.NewName()
		}
		return l
	}
	for _, g := range itemGroups {
		x := itemGroup{Title: p.T(g.title)}
		for i := range all {
			if all[i].Part == g.part {
				x.Lines = append(x.Lines, line(&all[i]))
			}
		}
		if len(x.Lines) > 0 {
			p.Groups = append(p.Groups, x)
		}
	}
	var point []*items.Item
	for i := range all {
		if len(all[i].Signals) > 0 && all[i].Signals[0] != items.Quiet && all[i].Signals[0] != items.NeverSeen {
			point = append(point, &all[i])
		}
	}
	slices.SortStableFunc(point, func(a, b *items.Item) int {
		return slices.Index(items.Signals, a.Signals[0]) - slices.Index(items.Signals, b.Signals[0])
	})
	for _, x := range point[:min(len(point), mostFirst)] {
		p.First = append(p.First, p.speak().itemLine(c, x, set))
	}
	if p.May("change_case") && len(all) > 0 {
		levels, err := s.desk.ItemLevels(r.Context(), who(r), c.ID)
		if err != nil {
			return err
		}
		p.LevelsV = levels.Version
		number := func(name string, n, standard int) Field {
			if n == 0 {
				n = standard
			}
			return Field{Name: name, Label: p.T("webitems.level_" + name), Kind: "number", Value: strconv.Itoa(n), Required: true, InputMode: "numeric", Max: 400}
		}
		p.Levels = []Field{number("misses", set.Misses, items.Default.Misses), number("quiet", set.Quiet, items.Default.Quiet)}
	}
	return s.show(w, r, status, p)
}

// fromOf is who tells: as asked for, else the child for a family and a paper for a
// school.
func fromOf(said string, c *desk.Case) string {
	if slices.Contains(items.Sources, said) {
		return said
	}
	if c.File.Case.Side == fact.SchoolSide {
		return "visit"
	}
	return "child"
}

// itemTap writes one check down.
func (s *Site) itemTap(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	all, _, err := s.carryItems(r, c)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(x items.Item) bool { return x.Key == f.Text("item", 300) })
	seen, said := map[string]fact.Tri{"yes": fact.Yes, "no": fact.No, "unsure": fact.Unsaid}[f.Text("seen", 10)]
	if i < 0 || !said {
		return s.showItems(w, r, http.StatusUnprocessableEntity, s.wordsOf(r).T("webitems.bad_tap"))
	}
	x := &all[i]
	words := s.wordsOf(r)
	e := words.speak().itemEntry(itemChecked, x, day.On(c.Today))
	e.Fields.Result, e.By = seen, fromOf(f.Text("from", 20), c)
	saved, err := s.desk.AddEntry(r.Context(), who(r), c.ID, desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webitems.tapped_" + f.Text("seen", 10), Pairs: []string{"item", shortened(words.speak().itemName(x), 80)}, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, casePath(c.Folder)+"/carry/items?from="+e.By+"#i-"+anchor(x.Key))
}

var (
	itemChecked  = fact.MustLookup("item_checked")
	itemWhy      = fact.MustLookup("item_reason_told")
	itemAgreed   = fact.MustLookup("item_repair_agreed")
	itemPutRight = fact.MustLookup("item_repaired")
)

// itemEntry begins an entry about one item, in the plan's own words.
func (f speaker) itemEntry(k fact.Kind, x *items.Item, on day.When) fact.Entry {
	e := fact.Entry{Kind: k, On: on}
	e.Fields.Plan, e.Fields.Parts = x.Plan, []string{x.Component}
	e.Fields.Summary = f.itemName(x)
	return e
}

// itemLevels saves the levels at which an item is pointed out.
func (s *Site) itemLevels(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	number := func(name string) int {
		n, err := strconv.Atoi(f.Text(name, 6))
		if err != nil || n < 1 {
			return -1
		}
		return n
	}
	v, _ := strconv.ParseInt(f.Text("version", 20), 10, 64)
	if err := s.desk.SaveItemLevels(r.Context(), who(r), caseID(r), desk.ItemLevels{Quiet: number("quiet"), Misses: number("misses"), Version: v}); err != nil {
		return err
	}
	s.done(r, "webitems.levels_saved")
	return s.seeOther(w, r, "/cases/"+string(caseID(r))+"/carry/items")
}

// itemTable gives the items as a table for a spreadsheet.
func (s *Site) itemTable(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Plainly(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return err
	}
	all, _, err := s.carryItems(r, c)
	if err != nil {
		return err
	}
	f := s.wordsOf(r)
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	var head []string
	for _, h := range []string{"item", "sort", "plan", "since", "by", "often", "where", "evidence", "last_seen", "seen_by", "last_check", "row", "reasons", "repairs", "signals"} {
		head = append(head, f.T("webitems.csv_"+h))
	}
	out.Write(head)
	date := func(d day.Date) string {
		if d == 0 {
			return ""
		}
		return d.String()
	}
	for i := range all {
		x := &all[i]
		var seen, by, last string
		if k := x.Seen(); k != nil {
			seen, by = k.On.String(), f.speak().toldWho(k.Entry)
		}
		if k := x.Last(); k != nil {
			last = k.On.String() + " " + f.T("webitems.seen_"+map[fact.Tri]string{fact.Yes: "yes", fact.No: "no", fact.Unsaid: "unsure"}[k.Seen])
		}
		var why, repair, signals []string
		for _, t := range x.Told {
			if t.Open {
				why = append(why, f.speak().toldSays(t.Entry))
			}
		}
		for k := range x.Repairs {
			repair = append(repair, f.speak().repairSays(&x.Repairs[k]))
		}
		for _, g := range x.Signals {
			signals = append(signals, f.speak().signalTag(g, x).Text)
		}
		sort := ""
		for _, g := range itemGroups {
			if g.part == x.Part {
				sort = f.T(g.title)
			}
		}
		out.Write(harmlessAll(f.speak().itemName(x), sort, x.Plan, date(x.Since), strings.Join(x.By, "; "), x.Often, strings.Join(x.Where, "; "), x.Evidence, seen, by, last, strconv.Itoa(x.Row), strings.Join(why, " "), strings.Join(repair, " "), strings.Join(signals, "; ")))
	}
	out.Flush()
	giveTable(w, "stayput-items-"+c.Brief.AsOf.String(), b.Bytes())
	return out.Error()
}

// An itemSheetPage is a list to print, for a visit to the class or for the binder.
type itemSheetPage struct {
	Frame
	AsOf  string
	Child string
	Back  string
	Rows  []itemLine
}

func (itemSheetPage) template() string { return "item_sheet" }

var _ = sample(func() page {
	return itemSheetPage{AsOf: "d", Child: "c", Back: "/b", Rows: []itemLine{sampleItem()}}
})

// itemSheet shows the list to print.
func (s *Site) itemSheet(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return err
	}
	all, set, err := s.carryItems(r, c)
	if err != nil {
		return err
	}
	p := itemSheetPage{Frame: s.caseFrame(r, c, "webitems.sheet_title", "carry"), Back: casePath(c.Folder) + "/carry/items"}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	p.Child = c.File.Case.Child.Name
	for i := range all {
		if all[i].Part != plan.Placement {
			p.Rows = append(p.Rows, p.speak().itemLine(c, &all[i], set))
		}
	}
	return s.show(w, r, http.StatusOK, p)
}
