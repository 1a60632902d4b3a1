package web

import (
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/meeting"
	"stayput/derive/plan/review"
	"stayput/derive/progress"
	"stayput/desk"
	"stayput/fact"
	"stayput/plan"
	spoken "stayput/present/review"
)

// How much of the record a meeting is offered of each sort.
const (
	mostLate     = 5
	mostOfFinds  = 4
	mostOfWords  = 160
	mostTopics   = 8
	mostOfAsking = 14
)

// A meetingMatter is what the record offers for a meeting: topics, questions, and the
// parents' concerns as a draft. Only what stands open is in it, because it goes to the
// other side.
type meetingMatter struct {
	Topics, Asks []string
	Concerns     string
}

// matterOf reads the record for a meeting.
func (s *Site) matterOf(f Frame, c *desk.Case, res *meeting.Result, m *meeting.Meeting) meetingMatter {
	var out meetingMatter
	var facts []string
	put := func(list *[]string, key string, pairs ...any) { *list = append(*list, f.T(key, pairs...)) }
	o := f.speak().toOthers().wording(c.Brief)
	n := 0
	for i := range c.Brief.Clocks {
		k := &c.Brief.Clocks[i]
		if k.Status != clock.Late || owedBy(k) != fact.LEA || n == mostLate || !openEntry(c, k.Trigger) || k.On == 0 {
			continue
		}
		n++
		title, on := strings.TrimSuffix(ruleTitle(o, k), "."), f.cat.Date(k.On)
		put(&out.Topics, "webmeeting.topic_late", "title", title, "date", on)
		put(&out.Asks, "webmeeting.ask_late", "title", title, "date", on)
		put(&facts, "webmeeting.fact_late", "title", title, "date", on)
	}
	if b, err := c.WithSteps(); err == nil {
		if b.Delivery != nil {
			for i := range b.Delivery.Services {
				v := &b.Delivery.Services[i]
				if v.Total.Short <= 0 {
					continue
				}
				name := v.Name
				if name == "" {
					name = v.Key
				}
				put(&out.Topics, "webmeeting.topic_short", "name", name)
				put(&out.Asks, "webmeeting.ask_short", "name", name)
				if v.Unit == "minutes" && v.ShortSince != 0 {
					put(&facts, "webmeeting.fact_short", "name", name, "date", f.cat.Date(v.ShortSince), "n", v.Total.Short.Whole())
				} else {
					put(&facts, "webmeeting.fact_short_plain", "name", name)
				}
			}
		}
		for i := range b.Progress {
			g := &b.Progress[i]
			if p := &g.Progress; p.Verdict == progress.Behind || p.FourPoint.Advice == progress.ChangeTeaching {
				put(&out.Topics, "webmeeting.topic_goal", "name", g.Name())
				put(&out.Asks, "webmeeting.ask_goal", "name", g.Name())
				put(&facts, "webmeeting.fact_goal", "name", g.Name())
			}
		}
	}
	since := lastHeld(res, m)
	for _, e := range c.Brief.View.Entries {
		if e.Kind != concernRaised || e.Wall != fact.Open || e.On.Latest < since {
			continue
		}
		if words := strings.Join(strings.Fields(wordsIn(e)), " "); words != "" {
			put(&out.Topics, forSide(f, c, "webmeeting.topic_concern"), "words", shortened(words, mostOfWords))
			put(&facts, "webmeeting.fact_concern", "date", f.cat.When(e.On), "words", words)
		}
	}
	for i := range res.Meetings {
		if x := &res.Meetings[i]; x != m && x.State == meeting.Held {
			for j := range x.Decisions {
				if d := &x.Decisions[j]; (d.State == "later" || d.State == "late") && d.Entry.Wall == fact.Open {
					put(&out.Topics, "webmeeting.topic_decision", "words", shortened(strings.Join(strings.Fields(wordsIn(d.Entry)), " "), mostOfWords), "date", f.cat.When(x.On))
				}
			}
		}
	}
	for _, x := range s.meetingFindings(c) {
		put(&out.Topics, "webmeeting.topic_finding", "words", shortened(spoken.Says(f.cat, &x), mostOfWords))
		if a := spoken.Asks(f.cat, &x); !slices.Contains(out.Asks, a) {
			out.Asks = append(out.Asks, a)
		}
	}
	for i, t := range out.Topics { // a topic is one line of a record and must fit there
		out.Topics[i] = shortened(t, mostOfTopic)
	}
	out.Topics, out.Asks = out.Topics[:min(len(out.Topics), mostTopics)], out.Asks[:min(len(out.Asks), mostOfAsking)]
	if c.File.Case.Side == fact.SchoolSide {
		return out // the concerns are the parents' own words
	}
	lines := []string{f.T("webmeeting.concerns_begin")}
	for _, x := range facts {
		lines = append(lines, "- "+x)
	}
	lines = append(lines, "- "+f.T("webmeeting.concerns_own"))
	out.Concerns = strings.Join(lines, "\n")
	return out
}

var concernRaised = fact.MustLookup("concern_raised")

// openEntry reports that an entry stands behind no wall: what follows from a private
// one is no topic for a meeting.
func openEntry(c *desk.Case, id string) bool {
	e := c.Brief.View.Get(id)
	return e == nil || e.Wall == fact.Open
}

// lastHeld is the day of the latest meeting that was held before one.
func lastHeld(res *meeting.Result, m *meeting.Meeting) (on day.Date) {
	for i := range res.Meetings {
		x := &res.Meetings[i]
		if x != m && x.Kind == meeting.IEP && x.State == meeting.Held && (m.On.IsZero() || x.On.Latest < m.On.Earliest) {
			on = max(on, x.On.Latest)
		}
	}
	return on
}

// meetingFindings are what a review of the latest plan found first, what the law
// requires before the rest.
func (s *Site) meetingFindings(c *desk.Case) []review.Finding {
	plans, err := c.Plans()
	if err != nil || len(plans) == 0 {
		return nil
	}
	var latest *plan.Plan
	if res, err := c.Program(); err == nil {
		for i := range res.Tracks {
			if t := &res.Tracks[i]; t.Latest != "" && (latest == nil || t.Kind == plan.IEP) {
				latest = plan.Find(plans, t.Latest)
			}
		}
	}
	if latest == nil {
		return nil
	}
	// That parts of the paper were not typed in is no question for the team.
	all := slices.DeleteFunc(slices.Clone(s.reviewOf(c, plans, latest).Findings), func(f review.Finding) bool { return f.Name == "not-entered" })
	slices.SortStableFunc(all, func(a, b review.Finding) int {
		required := func(f review.Finding) int {
			if f.Severity == review.Required {
				return 0
			}
			return 1
		}
		return required(a) - required(b)
	})
	return all[:min(len(all), mostOfFinds)]
}

// summaryDraft is what was decided, as a text to send.
func (f speaker) summaryDraft(c *desk.Case, m *meeting.Meeting) string {
	lines := []string{f.T(forSide(f.Frame, c, "webmeeting.summary_begin"), "date", f.cat.When(m.On)), ""}
	n := 0
	for _, part := range []struct {
		key string
		is  fact.Tri
	}{{"webmeeting.summary_yes", fact.Yes}, {"webmeeting.summary_no", fact.No}, {"webmeeting.summary_later", fact.Unsaid}} {
		begun := false
		for i := range m.Decisions {
			e := m.Decisions[i].Entry
			if e.Fields.Granted != part.is || e.Wall != fact.Open {
				continue
			}
			if !begun {
				lines, begun = append(lines, f.T(part.key)), true
			}
			n++
			line := "- " + strings.Join(strings.Fields(wordsIn(e)), " ")
			if w := f.decisionWho(e); w != "" {
				line += " (" + w + ")"
			}
			lines = append(lines, line)
		}
		if begun {
			lines = append(lines, "")
		}
	}
	if n == 0 {
		return ""
	}
	return strings.Join(append(lines, f.T("webmeeting.summary_end")), "\n")
}
