package items

import (
	"slices"
	"strings"
	"time"

	"stayput/day"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
	"stayput/record"
)

// A Digest is one page that was given to a teacher.
type Digest struct {
	Given    *fact.Entry
	On       day.Date
	Teacher  string
	Role     string
	Class    string
	Text     string      // as it was given
	Ack      *fact.Entry // the teacher's confirmation
	Question string      // what the teacher asked back
	Ended    *fact.Entry // the teacher does not teach the child any more
	Next     string      // who came instead, as far as somebody said
	Renewed  bool        // a later one was given to the same teacher for the same class
	Old      bool        // it is of a school year before this one
	Stale    []Stale     // filled by HoldAgainst
}

// Live reports that the page is the one the teacher should go by.
func (d *Digest) Live() bool { return d.Ended == nil && !d.Renewed }

// Waits reports that a live page was not confirmed.
func (d *Digest) Waits() bool { return d.Live() && d.Ack == nil }

// A Stale is why a page is out of date.
type Stale string

// The reasons, in the order in which they are told.
const (
	NewYear    Stale = "year"    // it is of a school year before
	NewPlan    Stale = "plan"    // a part of it is not in force any more as it was
	NewWords   Stale = "words"   // the words of a part were changed in the plan
	NewSupport Stale = "support" // a part has come into force since that fits the class
)

// Digests are the pages that were given, the latest first, from the record alone:
// it costs nothing for a case without any.
func Digests(v *record.View, asOf day.Date) []Digest {
	if v == nil || len(v.ByKind(given)) == 0 {
		return nil
	}
	var out []Digest
	at := map[*fact.Entry]int{}
	for _, i := range v.ByKind(given) {
		e := v.Entries[i]
		if e.On.Earliest > asOf {
			continue
		}
		d := Digest{Given: e, On: e.On.Latest, Text: e.Fields.Summary}
		if w := e.Fields.With; len(w) > 0 {
			d.Teacher = w[0]
			if len(w) > 1 {
				d.Role = w[1]
			}
		}
		if a := e.Fields.About; len(a) > 0 {
			d.Class = a[0]
		}
		d.Old = d.On < schoolYear(asOf)
		at[e] = len(out)
		out = append(out, d)
	}
	each := func(k fact.Kind, do func(d *Digest, e *fact.Entry)) {
		for _, i := range v.ByKind(k) {
			e := v.Entries[i]
			if j, ok := at[v.Get(e.Re)]; ok && e.On.Earliest <= asOf {
				do(&out[j], e)
			}
		}
	}
	each(confirmed, func(d *Digest, e *fact.Entry) {
		if d.Ack == nil {
			d.Ack, d.Question = e, e.Fields.Response
		}
	})
	each(ended, func(d *Digest, e *fact.Entry) {
		d.Ended = e
		if w := e.Fields.With; len(w) > 0 {
			d.Next = w[0]
		}
	})
	for i := range out {
		for j := range out {
			if out[j].Given != out[i].Given && out[j].renews(&out[i], v) {
				out[i].Renewed = true
			}
		}
		for j := range out { // who came has a page
			if out[i].Next != "" && j != i && alike(out[i].Next, out[j].Teacher) && out[j].On >= out[i].Ended.On.Earliest {
				out[i].Next = ""
			}
		}
	}
	slices.Reverse(out)
	return out
}

// renews reports that a page takes the place of another: it says so, or was given
// later to the same teacher for the same class.
func (d *Digest) renews(old *Digest, v *record.View) bool {
	if d.Given.Re != "" && v.Get(d.Given.Re) == old.Given {
		return true
	}
	if !alike(d.Teacher, old.Teacher) || !alike(d.Class, old.Class) {
		return false
	}
	a, b := old.Given.Recorded, d.Given.Recorded
	return d.On > old.On || d.On == old.On && (a.Date < b.Date || a.Date == b.Date && a.Minute < b.Minute)
}

// schoolYear is the first of July before the day. In July the year before still
// counts: nobody teaches yet.
func schoolYear(on day.Date) day.Date {
	y, m, _ := on.Civil()
	if m <= time.July {
		y--
	}
	return day.Must(y, time.July, 1)
}

func alike(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// A Count is how many pages of a case need somebody.
type Count struct {
	Wait  int // not confirmed
	Asked int // confirmed within the last two weeks, with a question back
	Renew int // of a school year before, or given before a plan that was agreed to since
	Owed  int // a teacher came in place of another and has no page
}

// Any reports that there is something.
func (c Count) Any() bool { return c != Count{} }

// CountOf counts without deriving what is in force: a plan that was agreed to, or
// began, after a page was given is taken as a reason to look.
func CountOf(v *record.View, plans func() []*plan.Plan, asOf day.Date) Count {
	var n Count
	ds := Digests(v, asOf)
	if len(ds) == 0 {
		return n
	}
	var last day.Date
	for i := range ds {
		d := &ds[i]
		if d.Next != "" {
			n.Owed++
		}
		if !d.Live() {
			continue
		}
		if d.Waits() {
			n.Wait++
		} else if d.Question != "" && asOf-d.Ack.On.Latest <= 14 {
			n.Asked++
		}
		if last == 0 {
			last = changed(v, plans(), asOf)
		}
		if d.Old || last > d.On {
			n.Renew++
		}
	}
	return n
}

// agreements are the kinds of entries by which a version comes into force.
var agreements = []fact.Kind{fact.MustLookup("iep_consent_received"), fact.MustLookup("iep_consent_partial"), fact.MustLookup("services_consent_received"),
	fact.MustLookup("services_consent_revoked"), fact.MustLookup("iep_amendment_agreed")}

// changed is the last day up to asOf on which something was agreed to or began; -1
// when there is none.
func changed(v *record.View, plans []*plan.Plan, asOf day.Date) day.Date {
	last := day.Date(-1)
	put := func(d day.Date) {
		if d != 0 && d <= asOf {
			last = max(last, d)
		}
	}
	for _, k := range agreements {
		for _, i := range v.ByKind(k) {
			put(v.Entries[i].On.Latest)
		}
	}
	for _, p := range plans {
		put(p.AgreedOn)
		for _, a := range p.Consent {
			if a.Agreement == "all" || a.Agreement == "with_exceptions" {
				put(a.On)
			}
		}
		if p.AgreedOn != 0 || len(p.Consent) > 0 {
			put(p.EffectiveStart)
		}
	}
	return last
}

// HoldAgainst says of each live page why it is out of date, by what is in force now.
func HoldAgainst(ds []Digest, res *program.Result, all []Item) {
	force := map[string]bool{}
	if res != nil {
		for _, t := range res.Tracks {
			for _, l := range t.InForce {
				force[l.FromPlan+"/"+l.Component] = true
			}
		}
	}
	for i := range ds {
		d := &ds[i]
		d.Stale = nil
		if !d.Live() {
			continue
		}
		if d.Old {
			d.Stale = append(d.Stale, NewYear)
		}
		has := map[string]bool{}
		for _, c := range d.Given.Fields.Parts {
			if !strings.Contains(c, "/") {
				c = d.Given.Fields.Plan + "/" + c
			}
			has[c] = true
			if !force[c] && !slices.Contains(d.Stale, NewPlan) {
				d.Stale = append(d.Stale, NewPlan)
			}
		}
		words, support := false, false
		text := squeezed(d.Text)
		for j := range all {
			x := &all[j]
			switch {
			case has[x.Plan+"/"+x.Component]:
				words = words || x.Part != plan.Decisions && !strings.Contains(text, squeezed(x.Name))
			case x.Since > d.On && x.Part == plan.Accommodations:
				support = support || Fits(x, d.Class, d.Role)
			}
		}
		if words {
			d.Stale = append(d.Stale, NewWords)
		}
		if support && !slices.Contains(d.Stale, NewPlan) {
			d.Stale = append(d.Stale, NewSupport)
		}
	}
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }
