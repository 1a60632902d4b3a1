package delivery

import (
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
)

// Changes are days on which what is in force may change, as far as the plans and
// the dates of the record show: first and last days of plans and lines, offers,
// answers, and every date of an entry. Promises finds the rest, such as the day
// on which silence counts as agreement or stay put begins, from the results.
func Changes(plans []*plan.Plan, entries []day.Date) []day.Date {
	var out []day.Date
	put := func(ds ...day.Date) {
		for _, d := range ds {
			if d > 0 {
				out = append(out, d, d+1)
			}
		}
	}
	put(entries...)
	for _, p := range plans {
		put(p.Offered, p.MeetingDate, p.EffectiveStart, p.EffectiveEnd, p.NextAnnualReview, p.AgreedOn, p.FirstImplemented)
		for i := range p.Services {
			s := &p.Services[i]
			put(s.From, s.To, s.AgreedOn, s.Implemented)
		}
		for i := range p.Consent {
			put(p.Consent[i].On, p.Consent[i].Revoked)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Promises are the stretches of time up to last in which service lines are in
// force. at gives the program of a day (brief.Program); it is asked on the given
// days and on every day that its answers name, until no new one comes up.
func Promises(plans []*plan.Plan, days []day.Date, last day.Date, at func(day.Date) *program.Result) []Promise {
	results := map[day.Date]*program.Result{}
	todo := append(slices.Clone(days), last)
	for len(todo) > 0 {
		d := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if d <= 0 || d > last || results[d] != nil {
			continue
		}
		r := at(d)
		if r == nil {
			r = &program.Result{}
		}
		results[d] = r
		todo = append(todo, named(r)...)
	}
	when := make([]day.Date, 0, len(results))
	for d := range results {
		when = append(when, d)
	}
	slices.Sort(when)
	names := nameServices(results[last])
	var out []Promise
	for i, d := range when {
		to := last
		if i+1 < len(when) {
			to = when[i+1] - 1
		}
		for _, t := range results[d].Tracks {
			for _, l := range t.InForce {
				if l.Part != plan.ServiceLines {
					continue
				}
				out = join(out, Promise{
					Service: names.of(t.Kind, l.FromPlan, l.Component), Name: l.Name, Track: t.Kind, Plan: l.FromPlan, Component: l.Component,
					Line: lineOf(plans, l), From: d, To: to, Basis: l.Basis,
				})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Promise) int {
		if c := strings.Compare(a.Service, b.Service); c != 0 {
			return c
		}
		return int(a.From - b.From)
	})
	return out
}

// join adds p to the stretch before it when nothing changed between.
func join(out []Promise, p Promise) []Promise {
	for i := len(out) - 1; i >= 0; i-- {
		o := &out[i]
		if o.To+1 == p.From && o.Service == p.Service && o.Plan == p.Plan && o.Component == p.Component && o.Track == p.Track && o.Basis == p.Basis {
			o.To = p.To
			return out
		}
	}
	return append(out, p)
}

// named are the days a result speaks of, and the days after them.
func named(r *program.Result) []day.Date {
	var out []day.Date
	put := func(d day.Date) {
		if d > 0 {
			out = append(out, d, d+1)
		}
	}
	for _, t := range r.Tracks {
		for _, l := range t.InForce {
			put(l.Since)
			put(l.Until)
			put(l.Stops)
		}
		for _, g := range t.Gaps {
			put(g.From)
			put(g.To)
		}
		if t.Ended != nil {
			put(t.Ended.On)
		}
		for _, o := range t.Offers {
			put(o.On)
			for _, a := range o.Answers {
				put(a.On)
			}
			for _, p := range o.Parts {
				put(p.Since)
			}
		}
	}
	put(r.StayPut.Since)
	put(r.StayPut.Over)
	return out
}

// lineOf is the service line that a line in force stands for, or nil.
func lineOf(plans []*plan.Plan, l program.Line) *plan.Service {
	p := plan.Find(plans, l.FromPlan)
	if p == nil {
		return nil
	}
	whole, _ := plan.Whole(plans, p)
	for _, in := range []*plan.Plan{whole, p} {
		for i := range in.Services {
			if s := &in.Services[i]; plan.Ref(plan.ServiceLines, s.ID, i) == l.Component && (s.ID != "" || s.Label() == l.Name) {
				return s
			}
		}
	}
	return nil
}

// A naming gives one service the same name through every version.
type naming map[string]string

// nameServices follows what each component continues, from version to version.
func nameServices(r *program.Result) naming {
	n := naming{}
	if r == nil {
		return n
	}
	for _, t := range r.Tracks {
		taken := map[string]bool{}
		for i, o := range t.Offers {
			for _, p := range o.Parts {
				if p.Part != plan.ServiceLines || p.Drops {
					continue
				}
				name := ""
				for j := i - 1; j >= 0 && p.Was != "" && name == ""; j-- {
					name = n[key(t.Kind, t.Offers[j].Plan, p.Was)]
				}
				if name == "" {
					name = p.Component
					for k := 2; taken[name]; k++ { // another service had that place before
						name = p.Component + "-" + strconv.Itoa(k)
					}
				}
				taken[name] = true
				n[key(t.Kind, o.Plan, p.Component)] = name
			}
		}
	}
	return n
}

func key(k plan.Kind, planID, component string) string {
	return string(k) + "\x00" + planID + "\x00" + component
}

func (n naming) of(k plan.Kind, planID, component string) string {
	if s := n[key(k, planID, component)]; s != "" {
		return s
	}
	return component
}

// Find gives the services among ps that text may mean on a day: by their name in
// the ledger, the id, the code or the name of the line. Of several lines with the
// same code it gives all of them, so that somebody can choose. With no service in
// force on that day it looks at every day.
func Find(ps []Promise, text string, on day.Date) []string {
	said := fold(text)
	if said == "" {
		return nil
	}
	var best, all []string
	rank := 3
	for i := range ps {
		p := &ps[i]
		r := p.match(said)
		if r == 3 {
			continue
		}
		if !slices.Contains(all, p.Service) {
			all = append(all, p.Service)
		}
		if on < p.From || p.To != 0 && on > p.To || r > rank {
			continue
		}
		if r < rank {
			best, rank = nil, r
		}
		if !slices.Contains(best, p.Service) {
			best = append(best, p.Service)
		}
	}
	if len(best) == 0 {
		best = all
	}
	slices.Sort(best)
	return best
}

// match says how well p fits: 0 its name in the ledger or its id, 1 its code or
// its whole name, 2 the code before a label ("415 - Language and Speech") or a
// part of its name, 3 not at all.
func (p *Promise) match(said string) int {
	if said == fold(p.Service) || said == fold(p.Component) {
		return 0
	}
	if p.Line == nil {
		return 3
	}
	name, code := fold(p.Line.Name), fold(p.Line.Code)
	switch {
	case p.Line.ID != "" && said == fold(p.Line.ID):
		return 0
	case name != "" && said == name, code != "" && said == code:
		return 1
	case code != "" && strings.HasPrefix(said, code+" "):
		return 2
	case name != "" && len(said) >= 3 && (hasWords(name, said) || len(name) >= 3 && hasWords(said, name)):
		return 2
	}
	return 3
}

func hasWords(text, part string) bool { return strings.Contains(" "+text+" ", " "+part+" ") }

// fold is text in small letters with one space between words and no marks.
func fold(s string) string {
	f := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r < 0x80 && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(f, " ")
}

// Extended reports a line of the extended school year.
func (p *Promise) Extended() bool {
	return p.Line != nil && (p.Line.ESY == fact.Yes || p.Line.Category == "esy")
}
