package brief

import (
	"slices"

	"stayput/day"
	derived "stayput/derive/brief"
	"stayput/derive/plan/review"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
	spoken "stayput/present/program"
	found "stayput/present/review"
)

// A ProgramOf is the program of one kind of plan: what is in force, what was
// agreed to and, for an IEP, what stays put.
type ProgramOf struct {
	Kind    string      `json:"kind"`
	Latest  string      `json:"latest,omitempty"` // the latest version that was offered
	Consent string      `json:"consent"`
	InForce []LineOf    `json:"in_force"`
	Ended   *EndOf      `json:"ended,omitempty"`
	Gaps    []GapOf     `json:"gaps,omitempty"`
	Asked   []AskedOf   `json:"asked,omitempty"`
	StayPut *StayPutOf  `json:"stay_put,omitempty"`
	Notices []NoticeOf  `json:"notices,omitempty"`
	Other   []ProgramOf `json:"other,omitempty"` // a 504 plan beside an IEP
}

// A LineOf is one component that must be carried out.
type LineOf struct {
	Component string    `json:"component"`
	Name      string    `json:"name,omitempty"`
	Part      string    `json:"part"`
	FromPlan  string    `json:"from_plan"`
	Since     *day.Date `json:"since"`
	Until     *day.Date `json:"until,omitempty"`
	Expired   bool      `json:"expired,omitempty"`
	Basis     string    `json:"basis"`
	Contested string    `json:"contested,omitempty"`
	Stops     *day.Date `json:"stops,omitempty"` // the first day on which it may stop, after a revocation
	WhyOf
}

// A WhyOf is a reason with the law behind it.
type WhyOf struct {
	Why      string   `json:"why"`
	Rule     string   `json:"rule,omitempty"`
	Citation string   `json:"citation,omitempty"`
	Checked  string   `json:"checked,omitempty"`
	Entries  []string `json:"entries,omitempty"`
}

// A GapOf is a stretch without a component that was and is again in force.
type GapOf struct {
	Component string   `json:"component"`
	From      day.Date `json:"from"`
	To        day.Date `json:"to"`
	WhyOf
}

// An EndOf is why nothing is in force any more.
type EndOf struct {
	On *day.Date `json:"on"`
	WhyOf
}

// An AskedOf is one thing that was, or must be, agreed to.
type AskedOf struct {
	Subject   string    `json:"subject"`
	Plan      string    `json:"plan,omitempty"`
	Component string    `json:"component,omitempty"`
	Name      string    `json:"name,omitempty"`
	State     string    `json:"state"`
	Asked     *day.Date `json:"asked,omitempty"`
	Since     *day.Date `json:"since,omitempty"`
	By        string    `json:"by,omitempty"`
	WhyOf
	Moves []MoveOf `json:"moves,omitempty"`
}

// A MoveOf is what a side may do next, or may not.
type MoveOf struct {
	Do       string    `json:"do"`
	For      string    `json:"for"`
	May      bool      `json:"may"`
	Unsure   bool      `json:"unsure,omitempty"`
	By       *day.Date `json:"by,omitempty"`
	From     *day.Date `json:"from,omitempty"` // the first day on which it may be done
	Document string    `json:"document,omitempty"`
	Says     string    `json:"says"`
	WhyOf
}

// A StayPutOf is what must continue while a dispute lasts. Applies is null when
// honest readers differ or a fact is missing.
type StayPutOf struct {
	Applies   *bool     `json:"applies"`
	Plan      string    `json:"plan,omitempty"`
	Since     *day.Date `json:"since,omitempty"`
	Over      *day.Date `json:"over,omitempty"`
	Exception string    `json:"exception,omitempty"`
	Lines     []LineOf  `json:"lines,omitempty"`
	Until     string    `json:"until,omitempty"`
	WhyOf
	Readings []WhyOf `json:"readings,omitempty"`
	Ask      []WhyOf `json:"ask,omitempty"`
}

// A FindingOf is one thing to ask about a plan.
type FindingOf struct {
	Plan     string   `json:"plan"`
	Item     string   `json:"item"`
	Items    []string `json:"items"`
	Finding  string   `json:"finding"`
	Severity string   `json:"severity"`
	Message  string   `json:"message"`
	Ask      string   `json:"ask"`
	Citation string   `json:"citation,omitempty"`
	Rule     string   `json:"rule,omitempty"`
	Checked  string   `json:"checked,omitempty"`
	First    bool     `json:"first"` // one of those that matter most
}

func (s *speaker) whyOf(r program.Reason) WhyOf {
	return WhyOf{Why: spoken.Why(s.c, r), Rule: string(r.Rule), Citation: r.Citation, Checked: r.Checked.Level, Entries: r.Entries}
}

func (s *speaker) whys(rs []program.Reason) []WhyOf {
	var out []WhyOf
	for _, r := range rs {
		out = append(out, s.whyOf(r))
	}
	return out
}

func (s *speaker) lines(in []program.Line) []LineOf {
	out := []LineOf{}
	for _, l := range in {
		out = append(out, LineOf{Component: l.Component, Name: found.Called(s.c, l.Part, l.Name), Part: string(l.Part), FromPlan: l.FromPlan, Since: date(l.Since), Until: date(l.Until),
			Expired: l.Expired, Basis: string(l.Basis), Contested: l.Contested, Stops: date(l.Stops), WhyOf: s.whyOf(l.Reason)})
	}
	return out
}

// programOf is the program in the contract's form: the IEP first, a 504 plan
// beside it under other.
func (s *speaker) programOf(r *program.Result) *ProgramOf {
	if r == nil {
		return nil
	}
	out := &ProgramOf{Consent: string(program.NoOffer), InForce: []LineOf{}}
	for i := range r.Tracks {
		t := &r.Tracks[i]
		x := ProgramOf{Kind: string(t.Kind), Latest: t.Latest, Consent: string(t.Consent), InForce: s.lines(t.InForce)}
		if t.Ended != nil {
			x.Ended = &EndOf{date(t.Ended.On), s.whyOf(t.Ended.Reason)}
		}
		for _, g := range t.Gaps {
			x.Gaps = append(x.Gaps, GapOf{g.Component, g.From, g.To, s.whyOf(g.Reason)})
		}
		if i == 0 {
			*out = x
		} else {
			out.Other = append(out.Other, x)
		}
	}
	for i := range r.Asked {
		a := &r.Asked[i]
		x := AskedOf{Subject: string(a.Subject), Plan: a.Plan, Component: a.Component, Name: found.Called(s.c, a.Part, a.Name), State: string(a.State), Asked: date(a.Asked),
			Since: date(a.Since), By: a.By, WhyOf: s.whyOf(a.Reason)}
		for _, m := range a.Moves {
			x.Moves = append(x.Moves, MoveOf{Do: m.Do, For: string(m.For), May: m.May, Unsure: m.Unsure, By: date(m.By), From: date(m.From), Document: m.Document,
				Says: spoken.Do(s.c, m), WhyOf: s.whyOf(m.Reason)})
		}
		out.Asked = append(out.Asked, x)
	}
	p := &r.StayPut
	out.StayPut = &StayPutOf{Plan: p.Plan, Since: date(p.Since), Over: date(p.Over), Exception: p.Exception, Until: spoken.Why(s.c, p.Until),
		WhyOf: s.whyOf(p.Reason), Readings: s.whys(p.Readings), Ask: s.whys(p.Ask)}
	if p.Applies != fact.Unsaid {
		yes := p.Applies == fact.Yes
		out.StayPut.Applies = &yes
	}
	if len(p.Lines) > 0 {
		out.StayPut.Lines = s.lines(p.Lines)
	}
	for _, n := range r.Notices {
		out.Notices = append(out.Notices, NoticeOf{Key: n.Key, Entry: n.Entry, Message: spoken.Notice(s.c, n)})
	}
	return out
}

// findingsOf are the findings of every plan that was reviewed.
func (s *speaker) findingsOf(rs []derived.Review) []FindingOf {
	var out []FindingOf
	for _, r := range rs {
		for i := range r.Findings {
			f := &r.Findings[i]
			x := FindingOf{Plan: f.Plan, Items: f.Items, Finding: f.Name, Severity: string(f.Severity), Message: found.Says(s.c, f), Ask: found.Asks(s.c, f),
				Citation: f.Citation, Rule: string(f.Rule), Checked: f.Checked.Level, First: i < review.Top}
			if len(f.Items) > 0 {
				x.Item = f.Items[0]
			}
			out = append(out, x)
		}
	}
	return out
}

// A programPage is the program in words.
type programPage struct {
	Headline string
	Lines    []programLine
	Stay     string
	StayLaw  string
	StayAll  []programLine
	Until    string
	Readings []string
	Consent  []string
	Reviews  []reviewPage
}

type programLine struct{ Name, Amount, From, Why, Law string }

type reviewPage struct {
	Plan  string
	First []findingLine
	More  int
}

type findingLine struct{ Message, Ask, Law, About string }

// program puts the program in words; nil where no plan was entered.
func (s *speaker) program(b *derived.Brief) *programPage {
	if b.Program == nil {
		return nil
	}
	p := &programPage{}
	plans := map[string]*plan.Plan{}
	for _, r := range b.Reviews {
		plans[r.Plan.ID] = r.Plan
		x := reviewPage{Plan: r.Plan.ID, More: max(0, len(r.Findings)-review.Top)}
		for i := range r.Findings[:min(review.Top, len(r.Findings))] {
			f := &r.Findings[i]
			x.First = append(x.First, findingLine{found.Says(s.c, f), found.Asks(s.c, f), found.Cited(s.c, f), found.About(s.c, r.Plan, f)})
		}
		if len(x.First) > 0 {
			p.Reviews = append(p.Reviews, x)
		}
	}
	lines := func(in []program.Line) []programLine {
		var out []programLine
		for _, l := range in {
			x := programLine{Name: found.Called(s.c, l.Part, l.Name), From: l.FromPlan, Why: spoken.Why(s.c, l.Reason), Law: spoken.Law(s.c, l.Reason)}
			if x.Name == "" {
				x.Name = l.Component
			}
			out = append(out, x)
		}
		return out
	}
	for i := range b.Program.Tracks {
		t := &b.Program.Tracks[i]
		p.Lines = append(p.Lines, lines(t.InForce)...)
		p.Consent = append(p.Consent, s.c.T("page.consent_of", "plan", t.Latest, "consent", s.c.T("program.consent."+string(t.Consent))))
		if t.Ended != nil {
			p.Consent = append(p.Consent, spoken.Why(s.c, t.Ended.Reason))
		}
	}
	y := &b.Program.StayPut
	if y.Applies != fact.No || y.Exception != "" {
		p.Stay, p.StayLaw = spoken.Why(s.c, y.Reason), spoken.Law(s.c, y.Reason)
		p.StayAll, p.Until = lines(y.Lines), spoken.Why(s.c, y.Until)
		for _, r := range y.Readings {
			p.Readings = append(p.Readings, spoken.Why(s.c, r))
		}
	}
	p.Readings = slices.DeleteFunc(p.Readings, func(s string) bool { return s == "" })
	return p
}
