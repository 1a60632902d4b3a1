package web

import (
	"html/template"
	"strconv"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/plan/session"
	"stayput/present/chart"
)

// grouped is a whole number with a comma at the thousands: 1,200.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// amounts is so many minutes or sessions, in words.
func (f speaker) amounts(n int, unit string) string {
	if unit == "sessions" {
		return f.cat.N("webcarry.n_sessions", n, "amount", grouped(n))
	}
	return f.cat.N("webcarry.n_minutes", n, "amount", grouped(n))
}

// A carryTold is what became of the minutes of a stretch: a sentence for each part
// that is not nothing, the picture and its legend.
type carryTold struct {
	Says   []string
	Wide   template.HTML
	Narrow template.HTML
	Legend []carryPart
}

// A carryPart is a column of the ledger with what is in it.
type carryPart struct {
	Name   string
	Sign   template.HTML
	Text   string
	Amount string
}

// columns by their place in delivery.Columns.
var columnAt = func() map[string]int {
	out := map[string]int{}
	for i, name := range delivery.Columns() {
		out[name] = i
	}
	return out
}()

// telling is the words of a stretch. Rounded parts add up to the rounded whole.
func (f speaker) telling(s *delivery.Service, t *delivery.Tally) []string {
	if t.Promised == 0 && t.Given == 0 {
		return []string{f.cat.T("webcarry.says_nothing", "service", s.Name)}
	}
	n := t.Rounded()
	at := func(name string) int { return n[columnAt[name]] }
	out := []string{f.cat.T("webcarry.says_given", "service", s.Name, "given", grouped(at("delivered")), "promised", f.amounts(at("promised"), s.Unit))}
	say := func(key string, n int) {
		if n > 0 {
			out = append(out, f.cat.N("webcarry.says_"+key, n, "amount", f.amounts(n, s.Unit)))
		}
	}
	say("short", at("short"))
	say("reported", at("reported"))
	say("made_up", at("made_up"))
	say("otherwise", at("otherwise"))
	say("excused", at("excused"))
	pending, disputed := min(t.Pending.Whole(), at("unknown")), t.Disputed.Whole()
	disputed = min(disputed, at("unknown")-pending)
	say("unlogged", at("unknown")-pending-disputed)
	say("pending", pending)
	say("disputed", disputed)
	say("extra", t.Extra.Whole())
	if x := t.Assumed.Whole(); x > 0 {
		out = append(out, f.cat.T("webcarry.says_assumed", "amount", f.amounts(x, s.Unit)))
	}
	return out
}

// stackOf is a stretch as a picture shows it.
func stackOf(row *delivery.Row) chart.Stack {
	out := chart.Stack{From: row.From, Promised: float64(row.Promised) / float64(delivery.Minute)}
	for _, name := range delivery.Columns()[1:] {
		if v := row.Column(name); v > 0 {
			out.Parts = append(out.Parts, chart.Part{Name: name, Amount: float64(v) / float64(delivery.Minute)})
		}
	}
	return out
}

// bar makes the bar of a stretch and its legend. id is of the page.
func (f speaker) bar(id string, s *delivery.Service, row *delivery.Row, says []string) carryTold {
	out := carryTold{Says: says}
	if row.Promised == 0 {
		return out
	}
	l := chart.Ledger{ID: id, Title: f.cat.T("webcarry.bar_title", "service", s.Name), Unit: f.unit(s)}
	for i, x := range says {
		if i > 0 {
			l.Desc += " "
		}
		l.Desc += x
	}
	st := stackOf(row)
	out.Wide, out.Narrow = template.HTML(chart.Bar(f.cat, l, st, chart.Wide)), template.HTML(chart.Bar(f.cat, l, st, chart.Narrow)) // drawn by us; texts are escaped there
	n := row.Rounded()
	for i, name := range delivery.Columns() {
		if i > 0 && row.Column(name) > 0 {
			out.Legend = append(out.Legend, carryPart{Name: name, Sign: template.HTML(chart.Swatch(name)), Text: f.cat.T("delivery.column." + name), Amount: grouped(n[i])})
		}
	}
	return out
}

// unit is the word for what a service is counted in.
func (f speaker) unit(s *delivery.Service) string { return f.cat.T("delivery.unit." + s.Unit) }

// signals are the screening levels that a school year of a service reached, in words.
func (f speaker) signals(k *carryLook, s *delivery.Service, row *delivery.Row) (out []string, ask bool) {
	in, disputed := 0, 0
	if s.Longest.From >= row.From && s.Longest.To <= row.To {
		in = s.Longest.Sessions
	}
	for _, x := range s.Conflicts {
		if x.On >= row.From && x.On <= row.To {
			disputed++
		}
	}
	for _, x := range delivery.Screen(&row.Tally, in, disputed, k.set.Settings()) {
		text := f.cat.T("delivery.signal." + x.Key)
		switch x.Key {
		case "unlogged", "short":
			text += " " + f.cat.T("webcarry.signal_share", "value", percent(x.Value), "level", percent(x.Level))
		case "row":
			text += " " + f.cat.T("webcarry.signal_row", "value", strconv.Itoa(x.Value), "level", strconv.Itoa(x.Level))
		}
		out = append(out, text)
		ask = ask || x.Key == "unlogged"
	}
	return out, ask
}

// percent is so many thousandths as a percentage, without a fraction where none is
// needed.
func percent(mille int) string {
	if mille%10 == 0 {
		return strconv.Itoa(mille/10) + "%"
	}
	return strconv.Itoa(mille/10) + "." + strconv.Itoa(mille%10) + "%"
}

// run is the longest run of misses in words; "" when there is none.
func (f speaker) run(s *delivery.Service) string {
	r, key := s.Longest, "webcarry.run"
	if s.LongestTold.Sessions > r.Sessions {
		r, key = s.LongestTold, "webcarry.run_told"
	}
	if r.Sessions < 2 {
		return ""
	}
	return f.cat.N(key, r.Sessions, "from", f.cat.Date(r.From), "to", f.cat.Date(r.To), "amount", f.amounts(r.Minutes.Whole(), s.Unit))
}

// since says on which days the gap begins.
func (f speaker) since(s *delivery.Service) []string {
	var out []string
	if s.ShortSince != 0 {
		out = append(out, f.cat.T("webcarry.short_since", "date", f.cat.Date(s.ShortSince)))
	}
	if s.UnknownSince != 0 {
		out = append(out, f.cat.T("webcarry.unknown_since", "date", f.cat.Date(s.UnknownSince)))
	}
	return out
}

// A carryLine is one session in a list.
type carryLine struct {
	Href, ISO, Day  string
	Service         string
	What            string
	Tag             Tag
	Minutes, Reason string
	From, By        string
	Makes           string
}

// outcomeTone is how an outcome is marked.
func outcomeTone(o session.Outcome) string {
	switch {
	case o == session.Delivered || o == session.MakeUp:
		return "done"
	case o == session.ReportedMissing || o == session.Pending || o == session.Unlogged:
		return "unsure"
	case o == session.ChildAbsent || o == session.ChildRefused:
		return "info"
	}
	return "soon"
}

// sessionLine is one session in words.
func (f speaker) sessionLine(k *carryLook, l *session.Log) carryLine {
	out := carryLine{Href: carrySession(k.c.Folder, l.ID), ISO: l.On.String(), Day: f.cat.WeekdayShort(l.On.Weekday()) + " " + f.cat.DateShort(l.On), Service: f.serviceName(k, l),
		What: f.cat.T("delivery.outcome." + string(l.Outcome)), Reason: l.Reason}
	out.Tag = Tag{outcomeTone(l.Outcome), out.What}
	if l.Minutes.Said {
		out.Minutes = f.amounts(l.Minutes.N, "minutes")
	}
	if l.From != "" {
		out.From = f.cat.T("delivery.teller." + string(l.From))
	}
	return out
}

// serviceName is how the service of a session is called.
func (f speaker) serviceName(k *carryLook, l *session.Log) string {
	if s := k.of(l); s != nil && s.Name != "" {
		return s.Name
	}
	return l.Service
}

// weekSaid is the span of a week in words.
func (f speaker) weekSaid(from, to day.Date) string {
	return f.cat.Span(day.Span{First: from, Last: to})
}

// ledgerNotice is a notice of the ledger in words.
func (f speaker) ledgerNotice(n delivery.Notice) string {
	pairs := make([]string, 0, 2*len(n.Args))
	for k, v := range n.Args {
		pairs = append(pairs, k, v)
	}
	return f.cat.T("delivery.notice."+n.Key, pairs...)
}
