package web

import (
	"slices"
	"strconv"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/derive/lookback"
	"stayput/people"
	say "stayput/present/brief"
)

func itoa(n int) string { return strconv.Itoa(n) }

// A backRoute is one way to bring things up, and how far back it reaches.
type backRoute struct {
	ID, Name string
	Rule     string // the title of the rule
	Says     []string
	Must     string
	Except   []string
	Text     string // the rule in words
	Cite     Cite
	Used     []backLine
}

// A backClaim is one gap with the last days of each route.
type backClaim struct {
	Service, What string
	Cells         []backCell
}

// A backCell is until when one route takes a gap.
type backCell struct {
	Tag  Tag
	Text string
}

// routes puts the routes into words.
func (p *backPage) routes(k *backLooked) {
	for i := range k.look.Routes {
		r := &k.look.Routes[i]
		x := backRoute{ID: "r" + itoa(i+1), Name: p.T("right." + r.Right)}
		few := *k.c.Brief
		few.Limits = r.Limits
		still, over := say.Rights(&few, p.speak().wording(&few))
		if both := append(still, over...); len(both) > 0 {
			y := both[0]
			x.Rule, x.Must, x.Except, x.Text = y.Rule, y.Must, y.Except, y.Says
			x.Cite = Cite{Text: y.Cite.Text, Source: y.Cite.Source, Checked: y.Cite.Checked}
		}
		x.Says = p.reaches(r)
		for j, id := range r.Used {
			x.Used = append(x.Used, backLine{Text: p.T("webback.used", "on", p.cat.OnWhen(r.UsedOn[j], 0)), Href: entryPath(k.c.Folder, id), Action: p.T("webcase.look")})
		}
		p.Routes = append(p.Routes, x)
	}
}

// reaches says how far back a route reaches and what lies within.
func (p *backPage) reaches(r *lookback.Route) []string {
	if r.Since.Earliest == 0 {
		return []string{p.T("webback.route_unknown")}
	}
	out := []string{p.T("webback.route_since", "date", p.cat.Date(r.Since.Earliest))}
	if r.Since.Latest < r.Since.Earliest {
		out = append(out, p.T("webback.route_reading", "latest", p.cat.Date(r.Since.Latest), "date", p.cat.Date(r.Since.Earliest)))
	}
	for _, l := range r.Limits {
		if l.Rule.RunsFrom == "known" {
			out = append(out, p.T("webback.route_known"))
			break
		}
	}
	if text := p.sum(&r.Open); text != "" {
		out = append(out, p.T("webback.route_open", "sum", text))
	} else {
		out = append(out, p.T("webback.route_open_nothing"))
	}
	if text := p.sum(&r.Later); text != "" {
		out = append(out, p.T("webback.route_later", "sum", text))
	}
	if text := p.sum(&r.Gone); text != "" {
		out = append(out, p.T("webback.route_gone", "sum", text))
	}
	if r.Next != 0 && r.NextBy.Earliest != 0 {
		out = append(out, p.T("webback.route_next", "session", p.cat.Date(r.Next), "date", p.cat.DateFull(r.NextBy.Earliest)))
	}
	return out
}

// sum is what lies within a route, its parts apart; "" when nothing does.
func (p *backPage) sum(s *lookback.Sum) string {
	var out []string
	put := func(key string, m delivery.Minutes) {
		if n := m.Whole(); n > 0 {
			out = append(out, p.T("webback.part_"+key, "amount", p.speak().amounts(n, "minutes")))
		}
	}
	put("short", s.Short)
	put("reported", s.Reported)
	put("unknown", s.Unknown)
	if len(out) == 0 && s.Sessions > 0 {
		out = append(out, p.speak().amounts(s.Sessions, "sessions"))
	}
	if len(out) == 0 {
		return ""
	}
	return p.cat.List(out)
}

// claims puts each gap beside the last days of the routes.
func (p *backPage) claims(k *backLooked) {
	for _, r := range k.look.Routes {
		p.Heads = append(p.Heads, p.T("right."+r.Right))
	}
	for i := range k.look.Services {
		s := &k.look.Services[i]
		for j := range s.Years {
			for _, g := range s.Years[j].Gaps {
				if len(g.Claims) == 0 || g.Short+g.Reported+g.Unknown == 0 {
					continue // all made up, or given in another way
				}
				x := backClaim{Service: s.Name, What: p.N("webback.claim_"+string(g.Kind), g.Sessions, "span", p.speak().span(&g), "amount", p.speak().amounts(whole(g.Short+g.Reported+g.Unknown), s.Unit))}
				for _, r := range k.look.Routes {
					n := slices.IndexFunc(g.Claims, func(c lookback.Claim) bool { return c.Right == r.Right })
					if n < 0 {
						x.Cells = append(x.Cells, backCell{Text: p.T("webback.no_route")})
						continue
					}
					x.Cells = append(x.Cells, p.cell(&g, &g.Claims[n]))
				}
				p.Claims = append(p.Claims, x)
			}
		}
	}
}

func (f speaker) span(g *lookback.Gap) string {
	if g.From == g.To {
		return f.cat.DateShort(g.From)
	}
	return f.T("webback.span", "from", f.cat.DateShort(g.From), "to", f.cat.DateShort(g.To))
}

// cell is until when a route takes a gap.
func (p *backPage) cell(g *lookback.Gap, c *lookback.Claim) backCell {
	tone := map[lookback.State]string{lookback.Open: "done", lookback.Part: "soon", lookback.Closing: "soon", lookback.Unsure: "unsure"}[c.State]
	x := backCell{Tag: Tag{tone, p.T("webback.state_" + string(c.State))}}
	first, last := p.cat.DateShort(c.First.Earliest), p.cat.DateShort(c.Last.Earliest)
	switch c.State {
	case lookback.Unsure:
	case lookback.Open:
		if x.Text = p.T("webback.until", "date", first); first != last {
			x.Text = p.T("webback.until_each", "first", first, "last", last)
		}
	case lookback.Part:
		x.Text = p.T("webback.until_part", "date", last)
	case lookback.Closing:
		x.Text = p.T("webback.until_reading", "date", last, "latest", p.cat.DateShort(c.Last.Latest))
	default:
		x.Text = p.T("webback.over", "date", p.cat.DateShort(max(c.Last.Earliest, c.Last.Latest)))
	}
	if c.State != lookback.Unsure && c.State != lookback.Gone && c.State != lookback.Closing && c.First.Latest > c.First.Earliest {
		x.Text += " " + p.T("webback.other_reading", "latest", p.cat.DateShort(c.First.Latest))
	}
	return x
}

// proof says what there is to show, and what is missing.
func (p *backPage) proof(k *backLooked, names func(people.PersonID) string) {
	l, pr := k.look, &k.look.Proof
	for _, t := range pr.Tellers {
		key := string(t.From)
		if key == "" {
			key = "nobody"
		}
		p.Have = append(p.Have, backLine{Text: p.N("webback.have_"+key, t.Sessions), Href: carryPath(k.c.Folder, "/sessions"), Action: p.T("webcase.look")})
	}
	in := map[string]int{}
	for i := range k.logs.Sessions {
		if x := &k.logs.Sessions[i]; l.From <= x.On && x.On <= l.To {
			if m, ok := k.logs.Mark(x.ID); ok {
				in[m.Batch]++
			}
		}
	}
	for _, b := range k.logs.Batches {
		if n := in[b.Name]; n > 0 && b.From != "" {
			y, m, d := b.At.Date()
			text := p.N("webback.have_file", n, "file", b.From, "date", p.cat.Date(day.Must(y, m, d)))
			if by := names(b.By); by != "" {
				text += " " + p.T("webback.by", "who", by)
			}
			p.Have = append(p.Have, backLine{Text: text, Href: carryPath(k.c.Folder, "/imports"), Action: p.T("webcase.look")})
		}
	}
	if pr.Confirmed > 0 {
		p.Have = append(p.Have, backLine{Text: p.N("webback.have_confirmed", pr.Confirmed)})
	}
	if len(l.Entries) > 0 {
		x := backLine{Text: p.N("webback.have_entries", len(l.Entries))}
		for _, e := range l.Entries {
			if len(x.Links) == backLinks {
				x.More = len(l.Entries) - backLinks
				break
			}
			x.Links = append(x.Links, backLink{entryPath(k.c.Folder, e.ID), p.cat.When(e.On) + ": " + p.cat.Kind(e.Kind.String())})
		}
		p.Have = append(p.Have, x)
	}

	sessions := func(ids []string) (out []backLink, more int) {
		for i, id := range ids {
			if i == backLinks {
				return out, len(ids) - i
			}
			if s := k.logs.Session(id); s != nil {
				out = append(out, backLink{carrySession(k.c.Folder, id), p.cat.DateShort(s.On)})
			}
		}
		return out, 0
	}
	if pr.Weeks > 0 {
		x := backLine{Text: p.N("webback.miss_weeks", pr.Weeks)}
		if n := pr.Unknown.Whole(); n > 0 {
			x.Text += " " + p.T("webback.miss_minutes", "amount", p.speak().amounts(n, "minutes"))
		}
		if p.May("add_entry") {
			x.Href, x.Action = casePath(k.c.Folder)+"/add?kind=records_access_requested", p.T("webback.miss_weeks_do")
		}
		p.Missing = append(p.Missing, x)
	}
	if n := len(pr.Reports); n > 0 {
		x := backLine{Text: p.N("webback.miss_reports", n)}
		x.Links, x.More = sessions(pr.Reports)
		p.Missing = append(p.Missing, x)
	}
	if n := len(pr.Conflicts); n > 0 {
		x := backLine{Text: p.N("webback.miss_conflicts", n)}
		for _, c := range pr.Conflicts {
			x.Links = append(x.Links, backLink{carrySession(k.c.Folder, c.Report), p.T("webback.told_by_family", "date", p.cat.DateShort(c.On))}, backLink{carrySession(k.c.Folder, c.Log), p.T("webback.told_by_log", "date", p.cat.DateShort(c.On))})
		}
		p.Missing = append(p.Missing, x)
	}
	if n := len(pr.NoReason); n > 0 {
		x := backLine{Text: p.N("webback.miss_reasons", n)}
		x.Links, x.More = sessions(pr.NoReason)
		p.Missing = append(p.Missing, x)
	}
	if pr.Assumed {
		x := backLine{Text: p.T("webback.miss_calendar")}
		if p.May("save_calendar") {
			x.Href, x.Action = "/calendars?case="+string(k.c.ID), p.T("webcase.give_calendar")
		}
		p.Missing = append(p.Missing, x)
	}
}
