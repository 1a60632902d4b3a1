package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"stayput/derive/clock"
	"stayput/derive/meeting"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/law"
	"stayput/locale"
	"stayput/plan"
)

// meetingPath is where the meetings of a case are shown; rest begins with a slash.
func meetingPath(c *desk.Folder, rest string) string { return casePath(c) + "/meetings" + rest }

// onePath is where one meeting is shown.
func onePath(c *desk.Folder, m *meeting.Meeting) string {
	return meetingPath(c, "/"+c.Name(m.Entry.ID))
}

// roleNames are the names of the roles of a team in every language, so that a name
// written in one is known in the other.
var roleNames = sync.OnceValue(func() map[string]plan.Role {
	out := map[string]plan.Role{}
	for _, lang := range locale.Languages {
		if cat, ok := locale.For(lang); ok {
			for _, w := range plan.Role("").Words() {
				for _, name := range eachGender(meeting.Fold(cat.T("webplan.role_" + w))) {
					out[name] = plan.Role(w)
				}
			}
		}
	}
	return out
})

// eachGender is a name as the forms offer it, "maestro o maestra de …", and as people
// write it.
func eachGender(name string) []string {
	w := strings.Fields(name)
	if len(w) < 3 || w[1] != "o" {
		return []string{name}
	}
	rest := w[3:]
	return []string{name, strings.Join(append([]string{w[0]}, rest...), " "), strings.Join(append([]string{w[2]}, rest...), " ")}
}

// meetingOf reads the case and the meeting that the path names by any of its entries.
func (s *Site) meetingOf(r *http.Request, v desk.View) (*desk.Case, *meeting.Result, *meeting.Meeting, error) {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), v)
	if err != nil {
		return nil, nil, nil, err
	}
	res := c.Meetings(roleNames())
	if e := c.Entry(r.PathValue("entry")); e != nil {
		if now := c.Brief.View.Get(e.ID); now != nil { // a corrected entry leads to its correction
			e = now
		}
		if m := res.Find(e.ID); m != nil {
			return c, res, m, nil
		}
	}
	return nil, nil, nil, fault.New(fault.NotFound, fault.Position{}, "webmeeting.no_meeting")
}

// forSide is the key of a text in the register of who keeps the record.
func forSide(f Frame, c *desk.Case, key string) string {
	if c.File.Case.Side == fact.SchoolSide && f.cat.Has(key+"_school") {
		return key + "_school"
	}
	return key
}

// meetingTitle is what a meeting is called.
func (f speaker) meetingTitle(m *meeting.Meeting) string {
	if m.Facility.Facilitated() && m.Kind == meeting.IEP {
		return f.T("webmeeting.kind_facilitated")
	}
	return f.T("webmeeting.kind_" + string(m.Kind))
}

// meetingWhen is when it is, with its hours.
func (f speaker) meetingWhen(m *meeting.Meeting) string {
	if m.On.IsZero() {
		return f.T("webmeeting.no_day")
	}
	out := f.cat.When(m.On)
	if m.On.Exact() {
		out = f.cat.DateFull(m.On.Earliest)
		if m.On.HasTime() {
			out = f.T("webmeeting.day_time", "date", out, "time", f.cat.Time(m.On.Minute))
		}
	}
	if m.On.HasTime() && !m.Ends.IsZero() && m.Ends.HasTime() && m.Ends.Minute > m.On.Minute && m.Ends.Earliest == m.On.Earliest {
		out = f.T("webmeeting.when_until", "when", out, "time", f.cat.Time(m.Ends.Minute))
	}
	return out
}

// meetingTag says how far a meeting has come.
func (f speaker) meetingTag(m *meeting.Meeting) Tag {
	tone := map[meeting.State]string{meeting.Coming: "info", meeting.Unsaid: "soon", meeting.Held: "done", meeting.Refused: "late", meeting.Asked: "soon"}[m.State]
	return Tag{tone, f.T("webmeeting.state_" + string(m.State))}
}

// seatRole is how a role is called.
func (f speaker) seatRole(r plan.Role) string { return f.T("webplan.role_" + string(r)) }

// people are the names of some people, each with the role that goes with it.
func (f speaker) people(ns []meeting.Named) string {
	var out []string
	for _, n := range ns {
		switch {
		case n.Name == "" && n.Role != "":
			out = append(out, f.seatRole(n.Role))
		case n.Name == "":
			out = append(out, n.Text)
		default:
			out = append(out, n.Name)
		}
	}
	return f.cat.List(out)
}

// lawCite is where a rule stands, with the link to the page about it.
func (f speaker) lawCite(c *desk.Case, id law.RuleID, item string) Cite {
	for i := len(c.Brief.Laws) - 1; i >= 0; i-- {
		r := c.Brief.Laws[i].Law.Rule(id)
		if r == nil || len(r.Versions) == 0 {
			continue
		}
		v := r.VersionAt(c.Brief.AsOf)
		if v == nil {
			v = &r.Versions[len(r.Versions)-1]
		}
		out := Cite{Text: v.Citation, Source: "/law/rules/" + url.PathEscape(string(id)), Checked: f.cat.T("checked_short." + r.Checked.Level)}
		if j := slices.IndexFunc(r.Items, func(x law.Item) bool { return x.ID == item }); j >= 0 {
			out.Text = r.Items[j].Citation
		}
		return out
	}
	return Cite{}
}

// clockDay is the day of a clock in words, with its time when it counts hours; a
// stretch when the day is not certain.
func (f speaker) clockDay(k *clock.Clock) string {
	switch {
	case k.On != 0 && k.Minute >= 0:
		return f.T("webmeeting.day_time", "date", f.cat.DateFull(k.On), "time", f.cat.Time(k.Minute))
	case k.On != 0:
		return f.cat.DateFull(k.On)
	case k.Latest > k.Earliest && k.Earliest != 0:
		return f.T("webmeeting.between", "from", f.cat.Date(k.Earliest), "to", f.cat.Date(k.Latest))
	case k.Earliest != 0:
		return f.cat.Date(k.Earliest)
	}
	return ""
}

// decisionTag says where a decision stands.
func (f speaker) decisionTag(d *meeting.Decision) Tag {
	tone := map[string]string{"done": "done", "late": "soon", "due": "info", "yes": "info", "later": "unsure"}[d.State]
	if d.Entry.Fields.Granted == fact.Unsaid && (d.State == "late" || d.State == "due") {
		return Tag{"unsure", f.T("webmeeting.is_later")}
	}
	return Tag{tone, f.T("webmeeting.is_" + d.State)}
}

// decisionWho says who does something and until when; "" when nobody said.
func (f speaker) decisionWho(e *fact.Entry) string {
	with, until := strings.Join(e.Fields.With, ", "), ""
	if e.Fields.Until != 0 {
		until = f.cat.DateFull(e.Fields.Until)
	}
	switch {
	case with != "" && until != "":
		return f.T("webmeeting.who_until", "who", with, "date", until)
	case with != "":
		return f.T("webmeeting.who_only", "who", with)
	case until != "":
		return f.T("webmeeting.until_only", "date", until)
	}
	return ""
}

// bulleted are the lines of a text, with a sign before those of a list.
func bulleted(text string) []string {
	out := split(text, "\n")
	for i, l := range out {
		if rest, ok := strings.CutPrefix(l, "- "); ok {
			out[i] = "• " + rest
		}
	}
	return out
}

// words of an entry, wherever its kind keeps them.
func wordsIn(e *fact.Entry) string {
	if e.Fields.Summary != "" {
		return e.Fields.Summary
	}
	return e.Note
}
