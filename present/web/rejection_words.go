package web

import (
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/rejection"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
	"stayput/plan"
)

// rejectionTitle is what a no is called: to what, and when.
func (f speaker) rejectionTitle(x *rejection.Path) string {
	key := "webreject.no_" + string(x.Group)
	if x.Part && x.Group == rejection.Plan {
		key = "webreject.no_part"
	}
	return f.T(key, "date", f.cat.When(x.On))
}

// rejectionWhat says what was refused: the plan, and the parts that the answer names.
func (f speaker) rejectionWhat(c *desk.Case, x *rejection.Path) string {
	var out []string
	if x.Plan != "" {
		out = append(out, f.planName(c, x.Plan))
	} else if x.Offer != nil {
		out = append(out, f.kindTitle(x.Offer)+", "+f.cat.When(x.Offer.On))
	}
	if parts := f.refusedParts(c, x); len(parts) > 0 {
		out = append(out, f.T("webreject.parts", "parts", f.cat.List(parts)))
	}
	return strings.Join(out, ". ")
}

// mostRefused is how many parts one line names.
const mostRefused = 12

// refusedParts are the names of the parts that an answer refuses.
func (f speaker) refusedParts(c *desk.Case, x *rejection.Path) []string {
	if x.Entry == nil {
		return nil
	}
	refs := x.Entry.Fields.Except
	if x.Entry.Kind != answeredParts {
		refs = x.Entry.Fields.Parts
	}
	if len(refs) == 0 && x.Entry.Kind == answeredParts { // in words, where no part is named
		refs = x.Entry.Fields.About
	}
	names := map[string]string{}
	plans, _ := c.Plans() // without plans the refs stand for themselves
	for _, p := range plans {
		if p.ID == x.Plan {
			if whole, ok := plan.Whole(plans, p); ok {
				for _, k := range whole.Components() {
					names[k.ID] = called(f.cat, k.Part, k.Name)
				}
			}
		}
	}
	var out []string
	for _, r := range refs {
		n := names[r]
		if n == "" {
			n = r
		}
		if out = append(out, shortened(n, 80)); len(out) == mostRefused {
			break
		}
	}
	return out
}

// rejectionWho says who said no.
func (f speaker) rejectionWho(x *rejection.Path) string {
	var all []string
	for _, e := range x.Again {
		all = append(all, f.signer(e.By))
	}
	all = append([]string{f.signer(x.By)}, all...)
	all = slices.DeleteFunc(all, func(s string) bool { return s == "" })
	slices.Sort(all)
	if all = slices.Compact(all); len(all) == 0 {
		return ""
	}
	return f.T("webreject.by", "who", f.cat.List(all))
}

// rejectionTag says in a word where it stands.
func (f speaker) rejectionTag(x *rejection.Path) Tag {
	switch {
	case x.Settled != nil:
		return Tag{"done", f.T("webreject.is_settled")}
	case x.Followed != "":
		return Tag{"info", f.T("webreject.is_followed")}
	case !x.Answered():
		return Tag{"soon", f.T("webreject.is_unanswered")}
	}
	return Tag{"info", f.T("webreject.is_open")}
}

// rejectionLaw is where a rule of the law in play stands, with its title; empty when the
// law has none of that name.
func (f speaker) rejectionLaw(c *desk.Case, id law.RuleID) Cite {
	l := c.Brief.LawOn(c.Brief.AsOf)
	if l == nil {
		return Cite{}
	}
	r := l.Rule(id)
	if r == nil {
		return Cite{}
	}
	return Cite{Text: lawVersion(r, c.Brief.AsOf).Citation, Source: lawPath(id), Checked: f.cat.T("checked_short." + r.Checked.Level)}
}

// dateLine is a date that counts, in one line.
func (f speaker) dateLine(on, first day.Date) string {
	switch {
	case on != 0:
		return f.T("webreject.due", "date", f.cat.Date(on))
	case first != 0:
		return f.T("webreject.due_first", "date", f.cat.Date(first))
	}
	return f.T("webreject.no_number")
}

// meansList says which means were used how often.
func (f speaker) meansList(ms []rejection.Means) string {
	var out []string
	for _, m := range ms {
		name := f.T("webreject.means_unsaid")
		if m.Name != "" {
			name = f.T("webcase.means_" + m.Name)
		}
		out = append(out, name+" "+strconv.Itoa(m.N))
	}
	return f.cat.List(out)
}

// lackNames are the empty fields of a note.
func (f speaker) lackNames(keys []string) string {
	var out []string
	for _, k := range keys {
		out = append(out, f.T("webreject.field_"+k))
	}
	return f.cat.List(out)
}

// wordsOfEntry is what an entry says, whole: its summary and its note.
func wordsOfEntry(e *fact.Entry) string {
	a, b := strings.TrimSpace(e.Fields.Summary), strings.TrimSpace(e.Note)
	if a == "" || b == "" || a == b {
		return a + strings.TrimPrefix(b, a)
	}
	return a + "\n\n" + b
}

// Written are the lines of a text that hold something, so that a page shows it as it was
// written.
func (f Frame) Written(s string) []string { return split(s, "\n") }
