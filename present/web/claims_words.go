package web

import (
	"slices"

	"stayput/day"
	"stayput/derive/claims"
	"stayput/derive/clock"
	"stayput/derive/draft"
	"stayput/derive/limit"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
	"stayput/law/pack"
	say "stayput/present/review"
)

// A claimLine is one claim in words: what the page, the spreadsheet and the document
// show.
type claimLine struct {
	No       int
	Concern  string
	Sort     string
	Title    string   // what it is
	Says     []string // how it stands
	Rule     string   // the title of the rule; "" when the title says it
	Cite     Cite
	Happened string
	Known    string // "" when it was known on that day
	ISO      string
	Rights   []claimRight
	Proof    []claimProof
	Sessions string
	Papers   string
	Missing  []string
	Remedies string

	of *claims.Claim
}

// A claimRight is until when one route takes a claim.
type claimRight struct {
	Name, Text string
	Tag        Tag
	Except     []string // what could still allow it, where its day is over
	Below      string   // that such reasons stand below; "" where there are none
	Cite       Cite
	key        string
}

// A claimProof is one entry that shows a claim.
type claimProof struct{ Text, Href string }

// claimTones are the tones of how a right stands.
var claimTones = map[string]string{"open": "done", "part": "soon", "closing": "soon", "used": "info", "closed": "", "unknown": "unsure"}

// claimLines puts claims into words.
func (f speaker) claimLines(c *desk.Case, cs []claims.Claim) []claimLine {
	words := f.wording(c.Brief).Words.(*pack.TextsIn)
	out := make([]claimLine, len(cs))
	for i := range cs {
		out[i] = f.claimLine(c, words, &cs[i])
		out[i].No = i + 1
	}
	return out
}

func (f speaker) claimLine(c *desk.Case, words *pack.TextsIn, x *claims.Claim) claimLine {
	l := claimLine{Concern: f.concern(x.Concern), Sort: f.T("webclaims.sort_" + string(x.Sort)), of: x}
	l.Cite = f.citeOf(x.Rule, x.Citation, x.Source, x.Checked)
	title := ""
	if t := words.Rule(x.Rule); t != nil {
		title = t.Title
	}
	switch x.Sort {
	case claims.Late:
		l.Title = title
		if l.Title == "" {
			l.Title = first(f.cat.Kind(x.Kind.String()))
		}
		l.Says = f.claimLate(c, x.Clock)
	case claims.Short:
		l.Title = x.Service // the rule stands in its citation: its title speaks of the start of services
		n := x.Gap.Short + x.Gap.Reported
		l.Says = []string{f.N("webback.claim_"+string(x.Gap.Kind), x.Gap.Sessions, "span", f.span(x.Gap), "amount", f.amounts(whole(n), x.Unit))}
		if r := x.Gap.Reported; r > 0 && r < n {
			l.Says = append(l.Says, f.T("webclaims.part_reported", "amount", f.amounts(whole(r), x.Unit)))
		}
		for _, y := range x.Gap.Reasons {
			if y.Text != "" {
				l.Says = append(l.Says, f.T("webclaims.reason", "text", y.Text))
			}
		}
	case claims.Lacking:
		l.Title, l.Rule = say.Says(f.cat, x.Finding), title
		if f.others {
			l.Title = first(say.Formal(f.cat, x.Plan, x.Finding))
		}
		l.Says = []string{f.T("webclaims.in_plan", "plan", f.planName(c, x.Plan.ID))}
	default:
		l.Title, l.Rule = first(f.cat.Kind(x.Kind.String())), title
		if e := c.Brief.View.Get(x.Entry); e != nil {
			if e.Fields.Summary != "" {
				l.Says = append(l.Says, e.Fields.Summary)
			}
			for _, r := range e.Fields.Reasons {
				l.Says = append(l.Says, f.T("webclaims.reason", "text", r))
			}
		}
	}
	l.Happened, l.ISO = f.cat.Span(x.Happened), x.Happened.First.String()
	if x.Known.Last > x.Happened.Last {
		l.Known = f.cat.Span(x.Known)
	}
	for i := range x.Rights {
		l.Rights = append(l.Rights, f.claimRight(words, &x.Rights[i]))
	}
	for _, id := range x.Proof {
		if e := c.Brief.View.Get(id); e != nil {
			l.Proof = append(l.Proof, claimProof{f.cat.When(e.On) + ": " + f.cat.Kind(e.Kind.String()), entryPath(c.Folder, id)})
		}
	}
	if n := len(x.Sessions); n > 0 {
		l.Sessions = f.N("webclaims.sessions", n)
	}
	if len(x.Proof) > 0 && x.Files > 0 {
		l.Papers = f.N("webclaims.papers", x.Files)
	}
	for _, m := range x.Missing {
		l.Missing = append(l.Missing, f.T("webclaims.lack_"+string(m)))
	}
	var orders []string
	for _, o := range x.Remedies {
		orders = append(orders, f.T("routes.order."+o))
	}
	if len(orders) > 0 {
		l.Remedies = first(f.cat.List(orders))
	}
	return l
}

// claimLate says when something was due and what came.
func (f speaker) claimLate(c *desk.Case, k *clock.Clock) []string {
	due := draft.DueOf(k) // the day that the lateness counts from
	if due == 0 {
		due = k.Latest
	}
	late := draft.LateBy(c.Brief.View, k)
	var out []string
	if k.OwedBy != fact.LEA {
		out = append(out, f.T("webclaims.owed_by", "who", f.lawParty(k.OwedBy)))
	}
	if due != 0 {
		out = append(out, f.T("webclaims.due", "date", f.cat.Date(due)))
	}
	switch {
	case k.MetBy != "" && k.DaysLate > 0 && late.Sure:
		out = append(out, f.N("webclaims.met_late", k.DaysLate, "date", f.cat.When(k.MetOn)))
	case k.MetBy != "":
		out = append(out, f.T("webclaims.met_on", "date", f.cat.When(k.MetOn)))
	case k.DaysLate > 0 && late.Now:
		out = append(out, f.N("webclaims.still_late", k.DaysLate))
	case k.DaysLate > 0 && late.Sure:
		out = append(out, f.N("webclaims.late_until", late.Days))
	case k.DaysLate > 0:
		out = append(out, f.T("webclaims.perhaps_done"))
	}
	return out
}

// claimRight says until when a route takes a claim.
func (f speaker) claimRight(words *pack.TextsIn, r *claims.Right) claimRight {
	x := claimRight{Name: f.T("right." + r.Right), key: r.Right, Cite: f.citeOf(r.Rule, r.Citation, "", r.Checked)}
	state := string(r.Status)
	switch {
	case r.Earliest == 0 || state == "":
		state = "unknown"
	case r.Part:
		state = "part"
	}
	x.Tag = Tag{claimTones[state], f.T("webclaims.state_" + state)}
	date, latest := f.cat.DateShort(r.Earliest), f.cat.DateShort(r.Latest)
	switch state {
	case "unknown":
	case "closed":
		x.Text = f.T("webclaims.over", "date", latest)
	case "part":
		x.Text = f.T("webclaims.until_part", "date", f.cat.DateShort(r.Ends))
	case "closing":
		x.Text = f.T("webclaims.until_reading", "date", date, "latest", latest)
	default:
		x.Text = f.T("webclaims.until", "date", date)
		if r.Ends > r.Earliest {
			x.Text = f.T("webclaims.until_each", "first", date, "last", f.cat.DateShort(r.Ends))
		} else if r.Latest > r.Earliest {
			x.Text += " " + f.T("webclaims.other_reading", "latest", latest)
		}
	}
	if state == string(limit.Closed) || state == string(limit.Closing) || state == "part" {
		if t := words.Rule(r.Rule); t != nil {
			for _, e := range r.Exceptions {
				if t.Exceptions[e] != "" {
					x.Except = append(x.Except, t.Exceptions[e])
				}
			}
		}
	}
	if len(x.Except) > 0 {
		x.Below = f.T("webclaims.except_below")
	}
	return x
}

// A claimExcept is what could still allow a complaint whose day is over, once for each
// route.
type claimExcept struct {
	Name  string
	Texts []string
}

// claimExcepts gathers the exceptions of all lines, each once.
func claimExcepts(lines []claimLine) []claimExcept {
	var out []claimExcept
	for _, l := range lines {
		for _, r := range l.Rights {
			for _, text := range r.Except {
				i := slices.IndexFunc(out, func(x claimExcept) bool { return x.Name == r.Name })
				if i < 0 {
					i = len(out)
					out = append(out, claimExcept{Name: r.Name})
				}
				if !slices.Contains(out[i].Texts, text) {
					out[i].Texts = append(out[i].Texts, text)
				}
			}
		}
	}
	return out
}

// claimRights are the rights that claims have, in one order.
func claimRights(cs []claims.Claim) []string {
	var out []string
	for i := range cs {
		for _, r := range cs[i].Rights {
			if !slices.Contains(out, r.Right) {
				out = append(out, r.Right)
			}
		}
	}
	order := []string{"state_complaint", "due_process", "ocr_complaint", "ferpa_complaint"}
	at := func(s string) int {
		if i := slices.Index(order, s); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(out, func(a, b string) int { return at(a) - at(b) })
	return out
}

// concernsOf are the concerns of claims, in the order in which they are picked.
func concernsOf(cs []claims.Claim) []law.Concern {
	var out []law.Concern
	for _, k := range law.Concerns {
		if slices.ContainsFunc(cs, func(c claims.Claim) bool { return c.Concern == k }) {
			out = append(out, k)
		}
	}
	return out
}

// claimDays are the days of a right for a spreadsheet.
func claimDays(c *claims.Claim, right string) (earliest, latest day.Date, status string) {
	for i := range c.Rights {
		r := &c.Rights[i]
		if r.Right == right && (earliest == 0 || r.Earliest < earliest) {
			earliest, status = r.Earliest, string(r.Status)
		}
		if r.Right == right {
			latest = max(latest, r.Latest)
		}
	}
	return earliest, latest, status
}
