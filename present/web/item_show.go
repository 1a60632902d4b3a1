package web

import (
	"cmp"
	"net/http"
	"slices"

	"stayput/day"
	"stayput/derive/items"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
)

// An itemShowPage is one part of the plan: what the plan says, everything that was
// told of it, and the forms for a check, a reason and a repair.
type itemShowPage struct {
	Frame
	AsOf    string
	Back    string
	Path    string
	Item    itemLine
	Since   string
	Version string // the plan it stands in
	To      string
	Past    []itemEvent
	Forms   []itemForm
	Errs    []Field
}

func (itemShowPage) template() string { return "item_show" }

// An itemEvent is one thing that was told of an item.
type itemEvent struct {
	Day, ISO, Says, Words, Href string
	Tone                        string
	on                          day.Date
}

// An itemForm is one of the forms of the page.
type itemForm struct {
	Do, Title, Lead, Button string
	Name                    string
	Open                    bool
	Fields                  []Field
}

var (
	_ = sample(func() page {
		return itemShowPage{AsOf: "d", Back: "/b", Path: "/p", Item: sampleItem(), Since: "s", Version: "v", To: "/v", Past: []itemEvent{{Day: "d", ISO: "i", Says: "s", Words: "w", Href: "/h", Tone: "done"}},
			Forms: []itemForm{{Do: "check", Title: "t", Lead: "l", Button: "b", Name: "n", Open: true, Fields: []Field{{Name: "on", Kind: "date", Label: "l", Error: "e"}}}}, Errs: []Field{{Name: "on", Error: "e"}}}
	})
	_ = sample(func() page {
		return itemShowPage{Back: "/b", Path: "/p", Item: itemLine{Name: "x", Never: true, Last: "l"}}
	})
)

// itemShow shows one item.
func (s *Site) itemShow(w http.ResponseWriter, r *http.Request) error {
	p, _, _, err := s.itemPage(r, viewOf(r), nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// itemPage makes the page; f is the form that was sent and must be mended, if any.
func (s *Site) itemPage(r *http.Request, v desk.View, f *Form, bad wrong) (p itemShowPage, c *desk.Case, x *items.Item, err error) {
	if c, err = s.desk.Case(r.Context(), who(r), caseID(r), v); err != nil {
		return p, nil, nil, err
	}
	all, set, err := s.carryItems(r, c)
	if err != nil {
		return p, nil, nil, err
	}
	i := slices.IndexFunc(all, func(x items.Item) bool { return x.Key == r.PathValue("item") })
	if i < 0 {
		return p, nil, nil, fault.New(fault.NotFound, fault.Position{}, "webitems.no_item")
	}
	x = &all[i]
	p = itemShowPage{Frame: s.caseFrame(r, c, "webitems.one", "carry"), Back: casePath(c.Folder) + "/carry/items", Path: itemPath(c.Folder, x.Key)}
	p.Item = p.speak().itemLine(c, x, set)
	p.Title = shortened(p.Item.Name, 120)
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	if x.Since != 0 {
		p.Since = p.T("webitems.in_force_since", "date", p.cat.Date(x.Since))
	}
	p.Version, p.To = p.speak().planName(c, x.Plan), planPath(c.Folder, x.Plan)
	p.past(c, x)
	if p.May("add_entry") {
		p.forms(c, f, bad)
	}
	return p, c, x, nil
}

// past is everything that was told, the latest first.
func (p *itemShowPage) past(c *desk.Case, x *items.Item) {
	put := func(e *fact.Entry, says, words, tone string) {
		p.Past = append(p.Past, itemEvent{Day: p.cat.When(e.On), ISO: e.On.Earliest.String(), Says: says, Words: words, Href: entryPath(c.Folder, e.ID), Tone: tone, on: e.On.Latest})
	}
	told := map[*fact.Entry]bool{}
	for _, k := range x.Checks {
		says := p.speak().checkSays(k.Entry)
		if len(k.Entry.Fields.Reasons) > 0 {
			says += " " + p.speak().toldSays(k.Entry)
			told[k.Entry] = true
		}
		put(k.Entry, says, k.Entry.Note, map[fact.Tri]string{fact.Yes: "done", fact.No: "soon"}[k.Seen])
	}
	for _, t := range x.Told {
		if !told[t.Entry] {
			put(t.Entry, p.speak().toldSays(t.Entry), t.Entry.Note, "soon")
		}
	}
	for i := range x.Repairs {
		if r := &x.Repairs[i]; r.Entry != nil {
			put(r.Entry, p.speak().repairSays(r), "", map[bool]string{true: "late"}[r.Late])
		}
		if d := x.Repairs[i].Done; d != nil {
			put(d, p.T("webitems.repair_done", "date", p.cat.When(d.On)), d.Note, "done")
		}
	}
	slices.SortStableFunc(p.Past, func(a, b itemEvent) int { return cmp.Compare(b.on, a.on) })
}

// itemDos are the forms in the order of the page.
var itemDos = []string{"check", "reason", "agree", "done"}

// forms are what can be written down about the item. The one that was sent stands
// open with what was typed.
func (p *itemShowPage) forms(c *desk.Case, f *Form, bad wrong) {
	sent := ""
	if f != nil {
		sent = f.Text("do", 20)
	}
	for _, do := range itemDos {
		x := itemForm{Do: do, Title: p.T("webitems.do_" + do), Lead: p.T("webitems.lead_" + do), Button: p.T("webitems.button_" + do), Name: desk.NewName(), Open: do == sent || sent == "" && do == "check"}
		mine := f
		if do != sent {
			mine = nil
		} else {
			x.Name = f.Text("name", 20)
		}
		field := func(name, label, kind string) Field {
			y := Field{Name: do + "_" + name, Label: p.T("webitems." + label), Kind: kind}
			if mine != nil {
				y.Value = mine.Text(y.Name, mostWords)
			}
			if e := bad[y.Name]; e != "" {
				y.Error = p.T(e)
				p.Errs = append(p.Errs, y)
			}
			return y
		}
		choice := func(y Field, prefix string, words []string) Field {
			for _, v := range words {
				on := y.Value == v
				if y.Kind == "checkbox" {
					on = mine != nil && slices.Contains(mine.All(y.Name), v)
				}
				y.Options = append(y.Options, Option{Value: v, Label: first(p.T("webitems." + prefix + v)), On: on})
			}
			return y
		}
		if do == "check" {
			seen := choice(field("seen", "f_seen", "radio"), "seen_", []string{"yes", "no", "unsure"})
			seen.Required = true
			x.Fields = append(x.Fields, seen)
		}
		if do == "reason" {
			why := choice(field("why", "f_why", "checkbox"), "why_", items.Reasons)
			why.Required, why.Hint = true, p.T("webitems.f_why_hint")
			x.Fields = append(x.Fields, why)
			other := field("other", "f_other", "text")
			other.Max = 300
			x.Fields = append(x.Fields, other)
		}
		if do == "agree" {
			what := field("words", "f_agreed", "textarea")
			what.Rows, what.Required, what.Hint = 2, true, p.T("webitems.f_agreed_hint")
			x.Fields = append(x.Fields, what, field("until", "f_until", "date"))
		}
		if do == "check" || do == "reason" {
			from := choice(field("from", "f_from", "select"), "from_", items.Sources)
			if mine == nil {
				for i := range from.Options {
					from.Options[i].On = from.Options[i].Value == fromOf("", c)
				}
			}
			from.Required = true
			x.Fields = append(x.Fields, from)
		}
		if do != "done" {
			with := field("with", "f_with", "text")
			with.Max = 100
			x.Fields = append(x.Fields, with)
		}
		on := field("on", "f_on", "date")
		on.Required = true
		if mine == nil {
			on.Value = c.Today.String()
		}
		x.Fields = append(x.Fields, on)
		if do != "agree" {
			words := field("words", "f_words", "textarea")
			words.Rows = 2
			x.Fields = append(x.Fields, words)
		}
		p.Forms = append(p.Forms, x)
	}
}

// itemSave writes down a check, a reason, what was agreed, or that it was done.
func (s *Site) itemSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	p, c, x, err := s.itemPage(r, desk.View{}, nil, wrong{})
	if err != nil {
		return err
	}
	do := f.Text("do", 20)
	kind, known := map[string]fact.Kind{"check": itemChecked, "reason": itemWhy, "agree": itemAgreed, "done": itemPutRight}[do]
	if !known {
		return refuse(http.StatusUnprocessableEntity, "web.error.bad_form")
	}
	bad := wrong{}
	got := func(name string, n int) string { return f.Text(do+"_"+name, n) }
	day1 := wrong{}
	on := pastDayOf(got("on", 20), c.Today, day1)
	if day1["on"] != "" {
		bad[do+"_on"] = day1["on"]
	}
	e := p.speak().itemEntry(kind, x, day.On(on))
	if n := got("with", 100); n != "" {
		e.Fields.With = []string{n}
	}
	words, fits := f.Words(do+"_words", mostWords)
	if e.Note = words; !fits {
		bad[do+"_words"] = "webcase.bad_long"
	}
	if do == "check" || do == "reason" {
		if e.By = got("from", 20); !slices.Contains(items.Sources, e.By) {
			bad[do+"_from"] = "webitems.bad_from"
		}
	}
	switch do {
	case "check":
		seen, said := map[string]fact.Tri{"yes": fact.Yes, "no": fact.No, "unsure": fact.Unsaid}[got("seen", 10)]
		if e.Fields.Result = seen; !said {
			bad["check_seen"] = "webitems.bad_seen"
		}
	case "reason":
		for _, v := range f.All("reason_why") {
			if slices.Contains(items.Reasons, v) && !slices.Contains(e.Fields.Reasons, v) {
				e.Fields.Reasons = append(e.Fields.Reasons, v)
			}
		}
		if o := got("other", 300); o != "" {
			e.Fields.Reasons = append(e.Fields.Reasons, o)
		}
		if len(e.Fields.Reasons) == 0 {
			bad["reason_why"] = "webitems.bad_why"
		}
	case "agree":
		if e.Note == "" {
			bad["agree_words"] = "webitems.bad_agreed"
		}
		if text := got("until", 20); text != "" {
			switch until, err := day.Parse(text); {
			case err != nil:
				bad["agree_until"] = "webcase.bad_day"
			case until < on:
				bad["agree_until"] = "webcase.bad_until"
			case until > on.AddYears(2):
				bad["agree_until"] = "webcase.bad_far"
			default:
				e.Fields.Until = until
			}
		}
	case "done":
		for i := range x.Repairs { // it answers what was agreed and waits
			if rp := &x.Repairs[i]; rp.Done == nil && rp.Entry != nil {
				e.Re = rp.Entry.ID
			}
		}
	}
	if len(bad) > 0 {
		p, _, _, err := s.itemPage(r, desk.View{}, f, bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), c.ID, desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webcase.saved_entry", Pairs: []string{"kind", lower(first(p.cat.Kind(e.Kind.String())))}, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, p.Path)
}
