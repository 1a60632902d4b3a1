package lookback

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/plan"
	"stayput/plan/session"
	"stayput/record"
)

// Make looks back. The order of the logs makes no difference.
func Make(in Input) *Look {
	out := &Look{}
	if in.Ledger == nil || in.Ledger.AsOf <= 0 {
		return out
	}
	if in.View == nil {
		in.View = record.NewView(nil, 0)
	}
	m := &maker{Input: in, out: out, logs: map[string][]session.Log{}}
	m.period()
	m.sortLogs()
	for i := range in.Ledger.Services {
		if s := m.service(&in.Ledger.Services[i]); s != nil {
			out.Services = append(out.Services, *s)
		}
	}
	m.routes()
	m.entries()
	m.proof()
	return out
}

type maker struct {
	Input
	out  *Look
	logs map[string][]session.Log // by service of the ledger, by day
}

// yearOf is the July 1 on or before d, where the ledger's school years begin.
func yearOf(d day.Date) day.Date {
	y, m, _ := d.Civil()
	if m < 7 {
		y--
	}
	return day.Must(y, 7, 1)
}

func weekOf(d day.Date) day.Date { return d.Add(-((int(d.Weekday()) + 6) % 7)) }

// period takes whole school years, and no day after the last one of the ledger.
func (m *maker) period() {
	x, last := m.out, m.Ledger.AsOf
	x.AsOf = last
	x.To = last
	if m.To > 0 && m.To < last {
		x.To = min(last, yearOf(m.To).AddYears(1)-1)
	}
	x.From = yearOf(x.To).AddYears(1 - Years)
	if m.From > 0 {
		x.From = yearOf(min(m.From, x.To))
	}
}

// holds reports that a day lies in the period.
func (m *maker) holds(d day.Date) bool { return m.out.From <= d && d <= m.out.To }

// sortLogs puts the logs to the services of the ledger, as the ledger does.
func (m *maker) sortLogs() {
	known := map[string]bool{}
	for i := range m.Ledger.Services {
		known[m.Ledger.Services[i].Key] = true
	}
	for _, l := range m.Logs {
		key := l.Service
		if !known[key] {
			if found := delivery.Find(m.Promises, l.Service, l.On); len(found) == 1 {
				key = found[0]
			}
		}
		if l.On > 0 && l.On <= m.Ledger.AsOf {
			m.logs[key] = append(m.logs[key], l)
		}
	}
	for _, ls := range m.logs {
		slices.SortStableFunc(ls, func(a, b session.Log) int { return cmp.Compare(a.On, b.On) })
	}
}

// begins is the last day with which a month or a year may begin. What a session of the
// ledger's last week is of may lie a few days ahead, in a month that is not yet there.
func (m *maker) begins() day.Date {
	if m.out.To < m.Ledger.AsOf {
		return m.out.To
	}
	return m.out.To.Add(6)
}

// service looks at one service; nil when nothing of it lies in the period.
func (m *maker) service(s *delivery.Service) *Service {
	out := &Service{Key: s.Key, Name: s.Name, Unit: s.Unit}
	for i := range m.Promises {
		if p := &m.Promises[i]; p.Service == s.Key && (out.Track == "" || p.From <= m.out.To) {
			out.Track, out.Line = p.Track, p.Line
		}
	}
	var rows []delivery.Row
	for _, r := range s.Years {
		if r.From < m.out.From || r.From > m.begins() || r.Promised == 0 && r.Given == 0 {
			continue
		}
		rows = append(rows, r)
		y := Year{From: r.From, To: r.To, Tally: r.Tally}
		m.gaps(s, out, &y)
		out.Years = append(out.Years, y)
	}
	if len(rows) == 0 {
		return nil
	}
	out.Total = delivery.Sum(rows)
	for _, r := range s.Months {
		if m.out.From <= r.From && r.From <= m.begins() {
			out.Months = append(out.Months, r)
		}
	}
	for _, n := range m.Ledger.Notices {
		if n.Service == s.Key && n.Log == "" {
			out.Notices = append(out.Notices, n)
		}
	}
	if s.Unit == "minutes" {
		m.out.Total = delivery.Sum([]delivery.Row{{Tally: m.out.Total}, {Tally: out.Total}})
	}
	return out
}

// Rights are the routes for the services of a plan. A services plan of a child in a
// private school has the State's complaint and no hearing (34 CFR 300.140); for plans
// of babies the program holds no limits.
func Rights(k plan.Kind) []string {
	switch k {
	case plan.IEP:
		return []string{"state_complaint", "due_process"}
	case plan.ISP, plan.Services:
		return []string{"state_complaint"}
	case plan.Section504, plan.Health:
		return []string{"ocr_complaint"}
	}
	return nil
}
