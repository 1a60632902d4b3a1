package rejection

import (
	"cmp"
	"slices"
	"strings"

	"stayput/fact"
)

// contactOf reads one communication.
func contactOf(e *fact.Entry) Contact {
	c := Contact{Entry: e, Theirs: Theirs(e), Lacks: lacksOf(e)}
	switch e.Fields.Outcome {
	case "reached":
		c.Reached = fact.Yes
	case "no_answer", "no_show", "message_left", "returned":
		c.Reached = fact.No
	}
	if c.Theirs && c.Reached == fact.Unsaid {
		c.Reached = fact.Yes
	}
	return c
}

// withFields are the kinds whose fields are looked at for gaps.
var withFields = []fact.Kind{contact, acknowledged, listened}

// lacksOf are the fields of a contact that are empty. Of an attempt that failed only
// the time is asked for: there is nobody to name, and no response. A letter or a
// message needs a summary: its day is enough, and its answer is another one.
func lacksOf(e *fact.Entry) []string {
	if !slices.Contains(withFields, e.Kind) {
		return nil
	}
	var out []string
	paper := onPaper(e)
	if !paper && !e.On.HasTime() {
		out = append(out, "time")
	}
	if failed(e) {
		return out
	}
	if !paper && len(e.Fields.With) == 0 {
		out = append(out, "with")
	}
	if strings.TrimSpace(e.Fields.Summary+e.Note) == "" {
		out = append(out, "summary")
	}
	if !paper && e.Kind != acknowledged && !Theirs(e) && strings.TrimSpace(e.Fields.Response) == "" {
		out = append(out, "response")
	}
	return out
}

// onPaper reports correspondence: what has copies.
func onPaper(e *fact.Entry) bool {
	switch e.Fields.Means {
	case "email", "letter", "text", "portal":
		return true
	}
	return e.Kind == letterSent || e.Kind == letterCame
}

func failed(e *fact.Entry) bool {
	return e.Fields.Outcome != "" && e.Fields.Outcome != "reached"
}

// contacts are the calls, letters and visits since the no.
func (m *maker) contacts(p *Path) {
	for _, e := range m.since(p, contact, letterSent, letterCame) {
		p.Contacts = append(p.Contacts, contactOf(e))
	}
}

// meetings are those set or held after the no, with the attempts before each. A day
// that was set, and a meeting held on it, are one.
func (m *maker) meetings(p *Path) {
	held := m.since(p, meetingHeld, listened, officialHeld)
	all := slices.Clone(held)
	for _, i := range m.in.View.ByKind(meetingSet) {
		e := m.in.View.Entries[i]
		if m.in.View.Moved(i) || e.On.Latest < p.On.Earliest || !m.ahead(p, e) {
			continue
		}
		if slices.ContainsFunc(held, func(h *fact.Entry) bool { return h.On.Earliest == e.On.Earliest || m.in.View.Get(h.Re) == e }) {
			continue
		}
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b *fact.Entry) int { return cmp.Compare(a.On.Earliest, b.On.Earliest) })
	for _, e := range all {
		p.Meetings = append(p.Meetings, m.meeting(p, e))
	}
}

// ahead is belongs for a meeting whose day may lie after the day asked about.
func (m *maker) ahead(p *Path, e *fact.Entry) bool {
	if e.On.Earliest <= m.in.AsOf {
		return m.belongs(p, e)
	}
	owner, elsewhere := m.owner(e)
	return owner == p || owner == nil && !elsewhere && p.Open()
}

// meeting gathers what was done to have the parents at one meeting.
func (m *maker) meeting(p *Path, e *fact.Entry) Meeting {
	x := Meeting{Entry: e, Held: e.Kind != meetingSet, Without: e.Fields.Outcome == "no_show", Since: p.On.Earliest}
	for _, n := range m.since(p, meetingTold) {
		if n.On.Earliest <= e.On.Latest {
			x.Notice, x.Since = n, n.On.Earliest
		}
	}
	for _, c := range p.Contacts {
		d := c.Entry.On
		if c.Entry.Wall != fact.Open { // what cannot be shown proves no attempt
			continue
		}
		if d.Latest < x.Since || d.Earliest > e.On.Latest || d.Earliest == e.On.Earliest && d.HasTime() && e.On.HasTime() && d.Minute > e.On.Minute {
			continue
		}
		paper := onPaper(c.Entry)
		if paper && len(c.Entry.Files) > 0 {
			x.Copies++
		}
		if c.Theirs {
			if paper {
				x.Answers++
			}
			continue
		}
		x.Attempts = append(x.Attempts, c)
		switch {
		case paper:
			x.Letters++
		case c.Entry.Fields.Means == "phone" || c.Entry.Fields.Means == "video":
			x.Calls++
		case c.Entry.Fields.Means == "in_person":
			x.Visits++
		}
		switch c.Reached {
		case fact.Yes:
			x.Reached++
		case fact.No:
			x.Failed++
		}
		means := c.Entry.Fields.Means
		if means == "" && c.Entry.Kind == letterSent {
			means = "letter"
		}
		if i := slices.IndexFunc(x.Means, func(y Means) bool { return y.Name == means }); i >= 0 {
			x.Means[i].N++
		} else {
			x.Means = append(x.Means, Means{means, 1})
		}
	}
	slices.SortStableFunc(x.Means, func(a, b Means) int { return cmp.Compare(b.N, a.N) })
	return x
}

// Different is how many different means were tried; one that nobody wrote down counts
// for none.
func (m *Meeting) Different() (n int) {
	for _, x := range m.Means {
		if x.Name != "" {
			n++
		}
	}
	return n
}
