package decisions

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/plan"
	"stayput/plan/session"
)

// A ledgerFact is a promise and what came of its sessions, as a decision tells it.
type ledgerFact struct {
	line     plan.Service
	from, to day.Date
	logs     []session.Log
}

// readLedgers reads delivery/ID.yml beside the case files; most decisions have
// none. The ending keeps whoever reads every case file (*.yaml) away from it.
func readLedgers(fsys fs.FS, name string) (map[string]ledgerFact, error) {
	file := "delivery/" + strings.TrimSuffix(name, ".yaml") + ".yml"
	data, err := fs.ReadFile(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.New(fault.Invalid, fault.Position{File: file}, "file.unreadable").Wrap(err)
	}
	root, err := yaml.Read(file, data, yaml.DefaultLimits)
	if err != nil {
		return nil, err
	}
	r := &expectReader{}
	out := map[string]ledgerFact{}
	m := r.Map(root)
	if n := m.Need("ledgers"); n != nil {
		r.Map(n) // reports what it is when it is no map
		for _, f := range n.Fields {
			out[f.Key] = r.ledger(f.Value)
		}
	}
	m.Done()
	return out, r.Problems.Or()
}

func (r *expectReader) ledger(n *yaml.Node) ledgerFact {
	m := r.Map(n)
	l := ledgerFact{from: r.date(m.Need("from")), to: r.date(m.Need("to"))}
	l.line.AsWritten = m.Text("service")
	if t := r.number(m.Get("times")); t >= 0 {
		l.line.Times = plan.CountOf(t)
	}
	if p := m.Get("per"); p != nil {
		l.line.Per = plan.Period(r.Word(p, l.line.Per.Words()...))
	}
	var words []string
	for _, o := range session.Outcomes() {
		words = append(words, string(o))
	}
	if list := m.Get("sessions"); list != nil {
		for _, it := range r.List(list) {
			s := r.Map(it)
			log := session.Log{On: r.date(s.Need("on")), Service: "service", From: session.School}
			log.Outcome = session.Outcome(r.Word(s.Need("outcome"), words...))
			if k := r.number(s.Get("minutes")); k >= 0 {
				log.Minutes = plan.CountOf(k)
			}
			days := max(r.number(s.Get("days")), 1)
			for d := log.On; days > 0 && d != 0 && d <= l.to; d++ {
				if d.Weekend() {
					continue
				}
				log.On, log.ID = d, strconv.Itoa(len(l.logs)+1)
				l.logs = append(l.logs, log)
				days--
			}
			s.Done()
		}
	}
	m.Done()
	return l
}

// make works out the ledger. The decisions give no calendar, so that Monday to
// Friday count.
func (l *ledgerFact) make() *delivery.Service {
	line := l.line
	out := delivery.Make(delivery.Input{
		Promises: []delivery.Promise{{Service: "service", Name: "service", Line: &line, From: l.from, To: l.to}}, Logs: l.logs, AsOf: l.to,
	})
	return &out.Services[0]
}

// A deliveryCheck is what a decision says of one ledger.
type deliveryCheck struct {
	ledger string
	values [][2]string // what, and how much
}

// deliveryWords are what a decision may say: minutes, or sessions when the line is
// counted in sessions; percent with one decimal.
var deliveryWords = []string{"promised", "delivered", "short", "missed", "percent_short", "percent_delivered"}

func (r *expectReader) delivery(m *yaml.MapReader) deliveryCheck {
	c := deliveryCheck{ledger: m.Text("ledger")}
	for _, w := range deliveryWords {
		if v := m.Text(w); v != "" {
			c.values = append(c.values, [2]string{w, v})
		}
	}
	return c
}

// compareDelivery holds a ledger against what the decision says.
func (s *subject) compareDelivery(c *check) (answer, error) {
	l, ok := s.ledgers[c.delivery.ledger]
	if !ok {
		var names []string
		for n := range s.ledgers {
			names = append(names, n)
		}
		slices.Sort(names)
		return answer{}, fault.New(fault.Invalid, c.at, "yaml.unknown_word", "word", c.delivery.ledger, "nearest", "", "expected", strings.Join(names, ", "))
	}
	x := l.make()
	percent := func(part delivery.Minutes) string {
		if x.Total.Promised == 0 {
			return "none"
		}
		tenths := (int64(part)*2000 + int64(x.Total.Promised)) / (2 * int64(x.Total.Promised))
		return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
	}
	missed := 0
	for o, n := range x.Outcomes {
		if o.Missed() {
			missed += n
		}
	}
	got := map[string]string{
		"promised": x.Total.Promised.String(), "delivered": x.Total.Delivered.String(), "short": x.Total.Short.String(), "missed": strconv.Itoa(missed),
		"percent_short": percent(x.Total.Short), "percent_delivered": percent(x.Total.Delivered),
	}
	a := answer{verdict: Match}
	var want, is []string
	for _, v := range c.delivery.values {
		say := strings.ReplaceAll(v[0], "_", " ") + " "
		want, is = append(want, say+v[1]), append(is, say+got[v[0]])
		if got[v[0]] != v[1] {
			a.verdict = Mismatch
		}
	}
	a.want, a.got = c.delivery.ledger+": "+strings.Join(want, ", "), c.delivery.ledger+" in "+x.Unit+": "+strings.Join(is, ", ")
	return a, nil
}
