package web

import (
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/derive/lookback"
	"stayput/plan/session"
)

// The most days, and the most links, that one sentence names.
const (
	backDays  = 14
	backLinks = 40
)

// summary is the paragraph at the top: numbers first, and what is not known said as
// plainly as what is.
func (p *backPage) summary(k *backLooked) {
	l, t := k.look, &k.look.Total
	n := t.Rounded()
	at := func(name string) int { return n[columnAt[name]] }
	var names []string
	others := false
	for i := range l.Services {
		if l.Services[i].Unit != "minutes" {
			others = true
			continue
		}
		names = append(names, l.Services[i].Name)
	}
	put := func(key string, amount int, pairs ...any) {
		if amount > 0 {
			p.Summary = append(p.Summary, p.T("webback.sum_"+key, append([]any{"amount", p.speak().amounts(amount, "minutes"), "child", p.speak().child(k.c)}, pairs...)...))
		}
	}
	if len(names) > 0 {
		put("promised", at("promised"), "services", p.cat.List(names), "from", labelOf(l.From), "to", labelOf(l.To), "date", p.cat.Date(l.To))
		if at("delivered") == 0 && at("promised") > 0 {
			p.Summary = append(p.Summary, p.T("webback.sum_given_none"))
		}
		put("given", at("delivered"))
		put("short", at("short"))
		put("made_up", at("made_up"))
		put("reported", at("reported"))
		put("otherwise", at("otherwise"))
		put("excused", at("excused"))
		put("unknown", at("unknown"))
	}
	if others {
		p.Summary = append(p.Summary, p.T("webback.sum_others"))
	}
	for _, r := range l.Routes {
		if r.Since.Earliest != 0 {
			p.Summary = append(p.Summary, p.T("webback.sum_"+r.Right, "date", p.cat.Date(r.Since.Earliest)))
		}
	}
}

// service tells one service year by year.
func (p *backPage) service(k *backLooked, i int) backService {
	s := &k.look.Services[i]
	out := backService{ID: "s" + itoa(i+1), Name: s.Name, Href: carryService(k.c.Folder, s.Key)}
	if out.Name == "" {
		out.Name = s.Key
	}
	if s.Line != nil {
		out.How, _ = p.speak().serviceAmount(s.Line)
	}
	var shown []int // columns with something in them
	for i, c := range delivery.Columns() {
		if i < 2 || s.Total.Column(c) > 0 {
			shown = append(shown, i)
			out.Heads = append(out.Heads, p.T("delivery.column."+c))
		}
	}
	row := func(name string, t *delivery.Tally) {
		x, n := backRow{Name: name}, t.Rounded()
		for _, i := range shown {
			x.Cells = append(x.Cells, grouped(n[i]))
		}
		out.Rows = append(out.Rows, x)
	}
	for j := range s.Years {
		y := &s.Years[j]
		row(labelOf(y.From), &y.Tally)
		out.Years = append(out.Years, p.year(k, s, y))
	}
	if len(s.Years) > 1 {
		row(p.T("webback.together"), &s.Total)
	}
	for _, n := range s.Notices {
		if text := p.speak().ledgerNotice(n); !slices.Contains(out.Notices, text) {
			out.Notices = append(out.Notices, text)
		}
	}
	return out
}

// year tells one school year of a service.
func (p *backPage) year(k *backLooked, s *lookback.Service, y *lookback.Year) backYear {
	n := y.Rounded()
	out := backYear{Title: p.T("webback.year", "label", labelOf(y.From))}
	out.Lead = p.T("webback.year_lead", "promised", p.speak().amounts(n[columnAt["promised"]], s.Unit), "given", p.speak().amounts(n[columnAt["delivered"]], s.Unit))
	if n[columnAt["promised"]] == 0 {
		out.Lead = p.T("webback.year_nothing")
	}
	put := func(text string, dated bool, gs ...lookback.Gap) {
		x := backGap{Text: text, Dated: dated}
		for _, g := range gs {
			for i, id := range g.Logs {
				if len(x.Links) == backLinks {
					x.More += len(g.Logs) - i
					break
				}
				if l := k.logs.Session(id); l != nil {
					x.Links = append(x.Links, backLink{carrySession(k.c.Folder, id), p.cat.DayShort(l.On)})
				}
			}
		}
		out.Gaps = append(out.Gaps, x)
	}
	single := map[bool][]lookback.Gap{} // by whether only the family tells of it
	var silent []lookback.Gap
	for _, g := range y.Gaps {
		switch {
		case g.Kind == lookback.NotGiven && g.Sessions == 1:
			single[g.Told == 1] = append(single[g.Told == 1], g)
		case g.Kind == lookback.NoLog:
			silent = append(silent, g)
		case g.Kind == lookback.NotGiven:
			put(p.run(s, &g), false, g)
		default:
			key := "webback.gap_" + string(g.Kind)
			text := p.N(key, g.Sessions, "dates", p.days(g.Days), "amount", p.speak().amounts(whole(missing(&g)), s.Unit))
			put(p.rest(text, s, &g), g.Sessions <= backDays, g)
		}
	}
	for _, told := range []bool{false, true} {
		if gs := single[told]; len(gs) > 0 {
			put(p.singles(s, gs, told), len(gs) <= backDays, gs...)
		}
	}
	if len(silent) > 0 {
		put(p.silent(s, silent), true)
	}
	if y.Tally.Excused > 0 {
		put(p.N("webback.gap_excused", max(1, y.Excused), "child", p.speak().child(k.c), "amount", p.speak().amounts(n[columnAt["excused"]], s.Unit)), true)
	}
	return out
}

// missing is what a gap comes to in its own column.
func missing(g *lookback.Gap) delivery.Minutes {
	switch g.Kind {
	case lookback.Otherwise:
		return g.Otherwise
	case lookback.Disputed, lookback.Pending, lookback.NoLog:
		return g.Unknown
	}
	return g.Missed()
}

func whole(m delivery.Minutes) int { return m.Whole() }

// run tells a stretch in which one session after the other was not given.
func (p *backPage) run(s *lookback.Service, g *lookback.Gap) string {
	key := "webback.gap_run"
	if g.Told == g.Sessions {
		key = "webback.gap_run_told"
	}
	text := p.N(key, g.Sessions, "span", p.fromTo(g.From, g.To), "why", p.why(g), "amount", p.speak().amounts(whole(g.Missed()), s.Unit))
	if g.Told > 0 && g.Told < g.Sessions {
		text += " " + p.N("webback.part_told", g.Told, "amount", p.speak().amounts(whole(g.Reported), s.Unit))
	}
	text = p.rest(text, s, g)
	if g.Resumed != 0 {
		return text + " " + p.T("webback.resumed", "date", p.cat.DateNear(g.Resumed, g.To))
	}
	return text + " " + p.T("webback.not_resumed")
}

// rest says what of a gap was made up, and what else of its weeks is not known.
func (p *backPage) rest(text string, s *lookback.Service, g *lookback.Gap) string {
	if g.MadeUp > 0 && g.Short+g.Reported == 0 {
		text += " " + p.T("webback.made_up_all")
	} else if g.MadeUp > 0 {
		text += " " + p.T("webback.made_up", "amount", p.speak().amounts(whole(g.MadeUp), s.Unit), "left", p.speak().amounts(whole(g.Short+g.Reported), s.Unit))
	}
	if g.Kind == lookback.NotGiven && g.Unknown > 0 {
		text += " " + p.T("webback.unknown_too", "amount", p.speak().amounts(whole(g.Unknown), s.Unit))
	}
	return text
}

// singles tells of sessions that were not given, one here and one there.
func (p *backPage) singles(s *lookback.Service, gs []lookback.Gap, told bool) string {
	var sum lookback.Gap
	var parts []string
	for i := range gs {
		g := &gs[i]
		sum.MadeUp, sum.Short, sum.Reported = sum.MadeUp+g.MadeUp, sum.Short+g.Short, sum.Reported+g.Reported
		if i < backDays {
			parts = append(parts, p.cat.DateShort(g.From)+p.reason(g))
		}
	}
	if n := len(gs) - len(parts); n > 0 {
		parts = append(parts, p.N("webback.more_days", n))
	}
	key := "webback.gap_single"
	if told {
		key = "webback.gap_single_told"
	}
	return p.rest(p.N(key, len(gs), "dates", strings.Join(parts, ", "), "amount", p.speak().amounts(whole(sum.Missed()), s.Unit)), s, &sum)
}

// silent tells of the weeks of which something is not written down.
func (p *backPage) silent(s *lookback.Service, gs []lookback.Gap) string {
	weeks, sum := 0, delivery.Minutes(0)
	var spans []string
	for i := range gs {
		g := &gs[i]
		weeks, sum = weeks+g.Sessions, sum+g.Unknown
		if i >= backDays {
			continue
		}
		if g.Sessions == 1 {
			spans = append(spans, p.T("webback.week_of", "date", p.cat.DateShort(g.From)))
		} else {
			spans = append(spans, p.cat.Span(day.Span{First: g.From, Last: g.To}))
		}
	}
	if n := len(gs) - len(spans); n > 0 {
		spans = append(spans, p.N("webback.more_spans", n))
	}
	return p.N("webback.gap_no_log", weeks, "spans", strings.Join(spans, "; "), "amount", p.speak().amounts(whole(sum), s.Unit))
}

// days lists days, each once.
func (p *backPage) days(ds []day.Date) string {
	ds = slices.Compact(slices.Clone(ds))
	var out []string
	for i, d := range ds {
		if i == backDays {
			out = append(out, p.N("webback.more_days", len(ds)-i))
			break
		}
		out = append(out, p.cat.DateShort(d))
	}
	return strings.Join(out, ", ")
}

// fromTo is "from January 13 to March 6, 2025".
func (p *backPage) fromTo(a, b day.Date) string {
	if a == b {
		return p.cat.On(a, 0)
	}
	return p.T("webback.from_to", "from", p.cat.DateNear(a, b), "to", p.cat.Date(b))
}

// why is what was told of why, or the sort of it; "" when nothing is.
func (p *backPage) why(g *lookback.Gap) string {
	var out []string
	for _, r := range g.Reasons {
		if text := p.because(r); text != "" && !slices.Contains(out, text) && len(out) < 3 {
			out = append(out, text)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return ": " + p.cat.List(out)
}

// reason is the same for one session, in brackets.
func (p *backPage) reason(g *lookback.Gap) string {
	if len(g.Reasons) == 0 {
		return ""
	}
	if text := p.because(g.Reasons[0]); text != "" {
		return " (" + text + ")"
	}
	return ""
}

func (p *backPage) because(r lookback.Reason) string {
	if r.Text != "" {
		return p.T("webback.quoted", "text", strings.TrimRight(r.Text, "."))
	}
	switch r.Outcome {
	case session.MissedProvider, session.MissedEvent:
		return p.T("webback.why_" + string(r.Outcome))
	}
	return ""
}
