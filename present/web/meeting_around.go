package web

import (
	"strings"

	"stayput/derive/meeting"
	"stayput/desk"
	"stayput/fact"
)

// todo is what to look at first before a meeting, the most pressing first.
func (f speaker) todo(c *desk.Case, m *meeting.Meeting) []clockLink {
	var out []clockLink
	add := func(at, key string, pairs ...any) {
		out = append(out, clockLink{Href: at, Label: f.T(forSide(f.Frame, c, key), pairs...)})
	}
	if m.Kind != meeting.IEP {
		return nil
	}
	if m.Notice.State == "none" {
		add("#around", "webmeeting.todo_notice")
	} else if m.Notice.Late == fact.Yes {
		add("#around", "webmeeting.todo_notice_late")
	}
	if m.Recording.State == "open" && m.Recording.Clock != nil {
		add("#around", "webmeeting.todo_recording", "date", f.clockDay(m.Recording.Clock))
	}
	if m.Interpret.Needed == fact.Unsaid {
		add("#around", "webmeeting.todo_interpreter")
	}
	var empty []string
	for i := range m.Seats {
		if m.Seats[i].Sitting == meeting.Empty {
			empty = append(empty, f.seatRole(m.Seats[i].Role))
		}
	}
	if len(empty) > 0 && m.Known {
		add("#who", "webmeeting.todo_seats", "who", f.cat.List(empty))
	} else if !m.Known {
		add("#who", "webmeeting.todo_who")
	}
	for i := range m.Excusals {
		if o := &m.Excusals[i]; o.Answer == nil {
			add("#who", "webmeeting.todo_excusal", "who", f.people([]meeting.Named{o.Member}))
		}
	}
	if t := &m.Talk; t.Held == nil && t.Invited == nil && t.Last >= c.Brief.AsOf {
		add("#around", "webmeeting.todo_talk", "from", f.cat.Date(t.First), "to", f.cat.Date(t.Last))
	}
	if len(m.Concerns) == 0 {
		add("#concerns", "webmeeting.todo_concerns")
	}
	return out
}

// around is the notice, the interpreter, a recording and the talk before.
func (p *meetingShowPage) around(k *meetingMaker, edit bool) {
	c, m := k.c, k.m
	if m.Kind != meeting.IEP || m.State == meeting.Asked || m.State == meeting.Refused || m.State == meeting.Withdrawn {
		return
	}
	n := &m.Notice
	x := meetingFact{Name: p.T("webmeeting.notice_h"), Text: p.T("webmeeting.notice_" + n.State), Cite: p.speak().lawCite(c, n.Rule, "")}
	if n.State == "early" {
		x.Text = p.N("webmeeting.notice_days", n.Days)
	}
	if len(n.Sent) > 0 {
		x.Href = entryPath(c.Folder, n.Sent[0].ID)
	}
	switch {
	case n.Late == fact.Yes || n.State == "after":
		x.Tag = Tag{"late", p.T("webmeeting.tag_late")}
	case n.State == "none":
		x.Tag = Tag{"soon", p.T("webmeeting.tag_none")}
	case n.Late == fact.No:
		x.Tag = Tag{"done", p.T("webmeeting.tag_in_time")}
	}
	if n.Clock != nil {
		x.More = append(x.More, p.T("webmeeting.notice_by", "date", p.speak().clockDay(n.Clock)))
	} else {
		x.More = append(x.More, p.T("webmeeting.notice_no_number"))
	}
	for _, item := range n.Missing {
		x.More = append(x.More, p.T("webmeeting.notice_lacks", "what", p.T("webmeeting.content_"+item)))
	}
	p.Around = append(p.Around, x)

	i := &m.Interpret
	x = meetingFact{Name: p.T("webmeeting.interpreter_h"), Cite: p.speak().lawCite(c, meeting.InterpretRule, "")}
	switch {
	case i.Present != nil && i.There == fact.No:
		x.Text, x.Tag, x.Href = p.T("webmeeting.interpreter_not_there"), Tag{"late", p.T("webmeeting.tag_none")}, entryPath(c.Folder, i.Present.ID)
	case i.Present != nil:
		x.Text, x.Tag, x.Href = p.T("webmeeting.interpreter_there"), Tag{"done", p.T("webmeeting.tag_yes")}, entryPath(c.Folder, i.Present.ID)
	case i.Asked != nil:
		x.Text, x.Href = p.T("webmeeting.interpreter_asked", "language", i.Asked.Fields.Summary, "date", p.cat.When(i.Asked.On)), entryPath(c.Folder, i.Asked.ID)
	case i.Needed == fact.No:
		x.Text = p.T(forSide(p.Frame, c, "webmeeting.interpreter_no"))
	default:
		x.Text, x.Tag = p.T(forSide(p.Frame, c, "webmeeting.interpreter_ask")), Tag{"soon", p.T("webmeeting.tag_ask")}
	}
	p.Around = append(p.Around, x)

	r := &m.Recording
	x = meetingFact{Name: p.T("webmeeting.recording_h"), Text: p.T("webmeeting.recording_" + r.State)}
	if r.Clock != nil {
		x.Cite = p.speak().lawCite(c, r.Clock.Rule.ID, "")
		x.Href = clockPath(c.Folder, string(r.Clock.Rule.ID), r.Clock.Trigger)
		x.More = append(x.More, p.T("webmeeting.recording_latest", "date", p.speak().clockDay(r.Clock)))
		if r.Clock.Minute < 0 && !m.On.HasTime() {
			x.More = append(x.More, p.T("webmeeting.recording_time"))
		}
	}
	if len(r.Given) > 0 {
		x.More = append(x.More, p.T("webmeeting.recording_said", "who", p.speak().by(r.Given[0].By), "date", p.cat.When(r.Given[0].On)))
	}
	x.Tag = map[string]Tag{"given": {"done", p.T("webmeeting.tag_in_time")}, "given_late": {"late", p.T("webmeeting.tag_late")}, "unsure": {"unsure", p.T("webmeeting.tag_unsure")}}[r.State]
	p.Around = append(p.Around, x)

	t := &m.Talk
	x = meetingFact{Name: p.T("webmeeting.talk_h"), Text: p.T("webmeeting.talk_when", "from", p.cat.Date(t.First), "to", p.cat.Date(t.Last))}
	if t.Invited != nil {
		x.Text = p.T("webmeeting.talk_invited", "date", p.cat.When(t.Invited.On))
		x.Href = entryPath(c.Folder, t.Invited.ID)
		if t.Invited.Fields.Until != 0 {
			x.More = append(x.More, p.T("webmeeting.talk_offered", "date", p.cat.DateFull(t.Invited.Fields.Until)))
		}
	}
	if t.Held != nil {
		x.Text, x.Tag, x.Href = p.T("webmeeting.talk_held", "date", p.cat.When(t.Held.On)), Tag{"done", p.T("webmeeting.tag_yes")}, entryPath(c.Folder, t.Held.ID)
		if t.Days > 0 {
			x.More = append(x.More, p.N("webmeeting.talk_days", t.Days))
		}
		var shared []string
		for _, a := range t.Held.Fields.About {
			if p.cat.Has("webmeeting.shared_" + a) {
				a = p.T("webmeeting.shared_" + a)
			}
			shared = append(shared, a)
		}
		if len(shared) > 0 {
			x.More = append(x.More, p.T("webmeeting.talk_shared", "what", p.cat.List(shared)))
		}
		if h := strings.TrimSpace(t.Held.Fields.Summary); h != "" {
			x.More = append(x.More, p.T("webmeeting.talk_heard", "words", h))
		}
	}
	if t.Came != "" {
		x.More = append(x.More, p.T("webmeeting.offer_"+t.Came, "date", p.cat.When(t.Answer.On)))
	}
	p.Around = append(p.Around, x)
	if edit {
		p.Aids = meetingFormsOf(k.notice(), k.interpreter(), k.recording(), k.invite(), k.talk())
	}
}
