package web

import (
	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/dispute"
	"stayput/desk"
	"stayput/law"
	"stayput/law/packs"
	"stayput/locale"
	say "stayput/present/brief"
)

// disputeTitle says what sort of dispute a path is.
func (f speaker) disputeTitle(x *dispute.Path) string { return f.T("webdispute.kind_" + x.Title()) }

// disputeTag says whether it is under way.
func (f speaker) disputeTag(x *dispute.Path) Tag {
	if x.Open {
		return Tag{"info", f.T("webdispute.open")}
	}
	return Tag{"", f.T("webdispute.over")}
}

// stepTitle is the name of a step, with the words of the sort of dispute where they differ.
func (f speaker) stepTitle(x *dispute.Path, k dispute.Key) string {
	if key := "webdispute.of_" + string(x.Kind) + "_" + string(k); f.cat.Has(key) {
		return f.T(key)
	}
	return f.T("webdispute.step_" + string(k))
}

// stepSays is what a step means, in a sentence or two.
func (f speaker) stepSays(x *dispute.Path, k dispute.Key) string {
	if key := "webdispute.said_" + string(x.Kind) + "_" + string(k); f.cat.Has(key) {
		return f.T(key)
	}
	return f.T("webdispute.say_" + string(k))
}

// stepTones are how each state looks.
var stepTones = map[dispute.State]string{dispute.Done: "done", dispute.Due: "soon", dispute.Late: "late", dispute.Unsure: "unsure", dispute.OutOfOrder: "late"}

// stepIcons are the marks of each state.
var stepIcons = map[dispute.State]string{dispute.Done: "check", dispute.Due: "arrow", dispute.Late: "warning", dispute.Unsure: "help", dispute.Choice: "add", dispute.Waits: "pause", dispute.NotNeeded: "minus",
	dispute.Over: "close", dispute.Ended: "minus", dispute.OutOfOrder: "warning"}

// why says the reason behind a state, or "".
func (f speaker) disputeWhy(c *desk.Case, r dispute.Ground) string {
	if r.Key == "" || r.Key == "ran_out" {
		return ""
	}
	pairs := []any{"kind", "", "date", ""}
	if e := c.Brief.View.Get(r.Entry); e != nil {
		pairs = []any{"kind", f.cat.TheKind(e.Kind.String()), "date", f.cat.When(e.On)}
	}
	return f.T("webdispute.why_"+r.Key, pairs...)
}

// stepStands says where a step stands, in a sentence.
func (f speaker) stepStands(c *desk.Case, x *dispute.Path, s *dispute.Step) string {
	date, latest := f.cat.Date(s.Due), f.cat.Date(s.Latest)
	switch s.State {
	case dispute.Done, dispute.OutOfOrder:
		key := "webdispute.is_done"
		switch {
		case s.Key == dispute.HearingSet || s.Key == dispute.Prehearing:
			key = "webdispute.is_set"
		case s.Key == dispute.Period:
			key = "webdispute.is_lasted"
		}
		return f.T(key, "date", locale.First(f.cat.When(s.On)))
	case dispute.Due:
		switch {
		case s.Due != 0 && s.Latest != 0:
			return f.T("webdispute.is_due_between", "date", date, "latest", latest)
		case s.Due != 0:
			return f.T("webdispute.is_due", "date", date)
		case s.SetFor != 0:
			return ""
		}
		return f.dueOpen(x, s)
	case dispute.Late:
		return f.T("webdispute.is_late", "date", date)
	case dispute.Unsure:
		switch {
		case s.Due != 0:
			return f.T("webdispute.is_unsure", "date", date)
		}
		if set := x.Step(dispute.HearingSet); set != nil && set.Entry != "" {
			return f.T("webdispute.is_unsure", "date", f.cat.When(set.On))
		}
		return f.T("webdispute.is_due_open")
	case dispute.Choice:
		if s.Due != 0 {
			return f.T("webdispute.is_choice_until", "date", date)
		}
		return f.T("webdispute.is_choice")
	case dispute.Waits:
		if s.Due != 0 {
			return f.T("webdispute.is_waits_due", "date", date, "step", f.stepTitle(x, s.Waits))
		}
		return f.T("webdispute.is_waits", "step", f.stepTitle(x, s.Waits))
	case dispute.Over:
		if s.Due != 0 {
			return f.T("webdispute.is_over", "date", date)
		}
		return f.T("webdispute.is_over_open")
	case dispute.Ended:
		return f.T("webdispute.is_ended")
	}
	return ""
}

// dueOpen says of a step that is owed without a day what the law says instead of one.
func (f speaker) dueOpen(x *dispute.Path, s *dispute.Step) string {
	for _, id := range s.Tells {
		if v := x.Law.Rule(id).VersionAt(x.On.Earliest); v != nil && len(v.Due) > 0 && v.Due[0].Standard != "" {
			return f.T("webdispute.is_due_standard", "standard", f.T("standard."+v.Due[0].Standard))
		}
	}
	return f.T("webdispute.is_due_open")
}

// disputeProblem puts what should be looked at into words.
func (f speaker) disputeProblem(c *desk.Case, x *dispute.Path, q *dispute.Problem) disputeLook {
	pairs := map[string]string{"kind": "", "date": "", "other": "", "other_date": "", "limit": ""}
	out := disputeLook{}
	if e := c.Brief.View.Get(q.Entry); e != nil {
		pairs["kind"], pairs["date"] = f.cat.Kind(e.Kind.String()), f.cat.When(e.On)
		if c.Name(e.ID) != "" {
			out.Href = entryPath(c.Folder, e.ID)
		}
	}
	if e := c.Brief.View.Get(q.Other); e != nil {
		pairs["other"], pairs["other_date"] = f.cat.TheKind(e.Kind.String()), f.cat.When(e.On)
	}
	if q.Limit != nil {
		pairs["limit"] = f.cat.Date(max(q.Limit.Earliest, q.Limit.Latest))
	}
	list := []any{}
	for _, n := range []string{"kind", "date", "other", "other_date", "limit"} {
		list = append(list, n, pairs[n])
	}
	out.Text = locale.First(f.T("webdispute.problem_"+q.Key, list...))
	if q.Rule != "" {
		out.Cite = f.disputeCite(x, q.Rule)
		out.Exceptions = f.disputeExceptions(c, q.Rule, q.Exceptions)
	}
	return out
}

// disputeExceptions are the exceptions of a right that ran out, in words.
func (f speaker) disputeExceptions(c *desk.Case, rule law.RuleID, names []string) []string {
	var out []string
	t := packs.Texts(f.Lang).In(say.Packs(c.Brief)...).Rule(rule)
	for _, n := range names {
		if t != nil && t.Exceptions[n] != "" {
			out = append(out, t.Exceptions[n])
		}
	}
	return out
}

// disputeCite is the law behind a rule as it stood when the dispute began.
func (f speaker) disputeCite(x *dispute.Path, id law.RuleID) Cite {
	r := x.Law.Rule(id)
	if r == nil {
		return Cite{}
	}
	v := r.VersionAt(x.On.Earliest)
	if v == nil && len(r.Versions) > 0 {
		v = &r.Versions[len(r.Versions)-1]
	}
	if v == nil {
		return Cite{}
	}
	return Cite{Text: v.Citation, Source: "/law/rules/" + string(id), Checked: f.T("checked_short." + r.Checked.Level)}
}

// dueBox draws the day of a step.
func (f speaker) dueBox(d day.Date, s *dispute.Step) *DateBox {
	if d == 0 {
		return nil
	}
	tone := stepTones[s.State]
	if s.Clock != nil && s.Clock.Status == clock.Late {
		tone = "late"
	}
	b := dateBox(f.cat, d, tone)
	return &b
}
