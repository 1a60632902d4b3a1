package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"stayput/derive/items"
	"stayput/desk"
	"stayput/fact"
	"stayput/guide"
	"stayput/plan"
)

// An itemLine is one part of the plan in a list: what it is, who is to do it, what
// was told of it.
type itemLine struct {
	ID    string // of the page
	Key   string
	Href  string
	Name  string
	Lang  string // of the name, when it is not that of the page
	Facts []string
	Last  string // what was seen last
	Never bool   // nobody wrote down that it happened
	Tags  []Tag
	Open  []string // reasons told, and repairs that wait
	Form  string   // the name of the entry that a tap writes; "" when one may not
}

// carryItems are the items in force of a case, with the levels at which one is
// pointed out.
func (s *Site) carryItems(r *http.Request, c *desk.Case) ([]items.Item, items.Settings, error) {
	levels, err := s.desk.ItemLevels(r.Context(), who(r), c.ID)
	if err != nil {
		return nil, items.Settings{}, err
	}
	set := items.Settings{Quiet: levels.Quiet, Misses: levels.Misses}
	plans, err := c.Plans()
	if err != nil {
		return nil, set, nil // the page of the plan says what is wrong with it
	}
	res, err := c.Program()
	if err != nil {
		return nil, set, err
	}
	return items.Derive(items.Input{Plans: plans, Program: res, View: c.Brief.View, AsOf: c.Brief.AsOf, Settings: set}), set, nil
}

// itemPath is where one item is shown.
func itemPath(c *desk.Folder, key string) string {
	return casePath(c) + "/carry/items/" + url.PathEscape(key)
}

// itemName is what an item is called.
func (f speaker) itemName(x *items.Item) string {
	name := called(f.cat, x.Part, x.Name)
	if x.Detail != "" {
		name += ": " + x.Detail
	}
	if name == "" {
		return f.T("webplan.nameless")
	}
	return name
}

// planLang is the language of a plan's words when it is not that of the page.
func (f speaker) planLang(lang string) string {
	l := strings.ToLower(lang)
	switch {
	case strings.HasPrefix(l, "es"), strings.HasPrefix(l, "spa"):
		l = "es"
	default:
		l = "en"
	}
	if l == f.Lang {
		return ""
	}
	return l
}

// itemFacts are what the plan says of an item besides its name, a sentence each.
func (f speaker) itemFacts(x *items.Item) []string {
	var out []string
	add := func(key, v string) {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, f.T("webitems.fact_"+key, "text", strings.TrimSuffix(v, ".")))
		}
	}
	add("by", strings.Join(x.By, ", "))
	add("often", x.Often)
	add("where", strings.Join(x.Where, ", "))
	add("subject", x.Subject)
	add("when", x.When)
	add("evidence", x.Evidence)
	return out
}

// sourceWord is who told something: a word of items.Sources, else as written.
func (f speaker) sourceWord(by string) string {
	if slices.Contains(items.Sources, by) {
		return f.T("webitems.from_" + by)
	}
	return f.by(by)
}

// checkSays is a check in a sentence.
func (f speaker) checkSays(e *fact.Entry) string {
	key := "webitems.check_" + map[fact.Tri]string{fact.Yes: "yes", fact.No: "no", fact.Unsaid: "unsure"}[e.Fields.Result]
	out := f.T(key, "date", f.cat.When(e.On))
	if e.By != "" {
		out += " " + f.T("webitems.told_by", "who", f.toldWho(e))
	}
	return out
}

// toldWho is who told an entry: what sort of person, with the name that was given.
func (f speaker) toldWho(e *fact.Entry) string {
	out := f.sourceWord(e.By)
	if n := strings.Join(e.Fields.With, ", "); n != "" {
		if out == "" {
			return n
		}
		return f.T("webitems.who_named", "who", out, "name", n)
	}
	return out
}

// reasonWords are reasons as they were told: the words of items.Reasons in the
// language of the page, as those of the guide, any others as they stand.
func (f speaker) reasonWords(rs []string) string {
	var out []string
	for _, r := range rs {
		if slices.Contains(items.Reasons, r) {
			r = f.T("webitems.why_" + r)
		} else if n := guide.For(f.Lang).No(r); n != nil {
			r = lower(n.Label)
		}
		out = append(out, r)
	}
	return f.cat.List(out)
}

// itemLine puts an item into a line.
func (f speaker) itemLine(c *desk.Case, x *items.Item, set items.Settings) itemLine {
	l := itemLine{ID: "i-" + anchor(x.Key), Key: x.Key, Href: itemPath(c.Folder, x.Key), Name: f.itemName(x), Facts: f.itemFacts(x)}
	if x.Part != plan.Decisions {
		l.Lang = f.planLang(x.Language)
	}
	if seen := x.Seen(); seen != nil {
		l.Last = f.T("webitems.last_seen", "date", f.cat.DateNear(seen.On, c.Today))
		if seen.Entry.By != "" {
			l.Last += " " + f.T("webitems.told_by", "who", f.toldWho(seen.Entry))
		}
	} else {
		l.Never, l.Last = true, f.T("webitems.never_written")
	}
	if last := x.Last(); last != nil && last.Seen != fact.Yes {
		l.Open = append(l.Open, f.checkSays(last.Entry))
	}
	for _, t := range x.Told {
		if t.Open {
			l.Open = append(l.Open, f.toldSays(t.Entry))
		}
	}
	for _, r := range x.Repairs {
		if r.Done == nil {
			l.Open = append(l.Open, f.repairSays(&r))
		}
	}
	for _, s := range x.Signals {
		l.Tags = append(l.Tags, f.signalTag(s, x))
	}
	return l
}

// toldSays is a reason in a sentence, with who told it.
func (f speaker) toldSays(e *fact.Entry) string {
	if e.By == "" {
		return f.T("webitems.reason_says", "reason", f.reasonWords(e.Fields.Reasons), "date", f.cat.When(e.On))
	}
	return f.T("webitems.reason_says_by", "reason", f.reasonWords(e.Fields.Reasons), "date", f.cat.When(e.On), "who", f.toldWho(e))
}

// repairSays is what was agreed to put an item right, and whether it was done.
func (f speaker) repairSays(r *items.Repair) string {
	switch {
	case r.Entry == nil:
		return f.T("webitems.repair_done", "date", f.cat.When(r.Done.On))
	case r.Done != nil:
		return f.T("webitems.repair_agreed", "text", r.Entry.Note, "date", f.cat.When(r.Entry.On)) + " " + f.T("webitems.repair_done", "date", f.cat.When(r.Done.On))
	case r.Until != 0:
		return f.T("webitems.repair_until", "text", r.Entry.Note, "date", f.cat.When(r.Entry.On), "until", f.cat.Date(r.Until))
	}
	return f.T("webitems.repair_agreed", "text", r.Entry.Note, "date", f.cat.When(r.Entry.On))
}

func (f speaker) signalTag(s items.Signal, x *items.Item) Tag {
	tone := map[items.Signal]string{items.NotSeen: "soon", items.RepairLate: "late", items.ReasonOpen: "soon", items.NeverSeen: "info", items.Quiet: "info"}[s]
	if s == items.NotSeen {
		return Tag{tone, f.N("webitems.signal_not_seen", x.Row)}
	}
	return Tag{tone, f.T("webitems.signal_" + string(s))}
}

// anchor is a name as an id of the page may be.
func anchor(s string) string {
	return strings.Map(func(c rune) rune {
		if c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return c
		}
		return '_'
	}, s)
}
