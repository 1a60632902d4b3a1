package cli

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/delivery"
	"stayput/format/wrap"
	"stayput/locale"
	present "stayput/present/brief"
	spoken "stayput/present/progress"
)

// A carryWriter writes the ledger of a brief and its goals.
type carryWriter struct {
	w   *bufio.Writer
	cat *locale.Catalog
	b   *brief.Brief
	by  string
}

// keepService leaves one service in the ledger; false when there is none of that
// name.
func keepService(b *brief.Brief, name string) bool {
	l := b.Delivery
	keep := func(f func(*delivery.Service) bool) bool {
		var out []delivery.Service
		for i := range l.Services {
			if f(&l.Services[i]) {
				out = append(out, l.Services[i])
			}
		}
		if len(out) == 0 {
			return false
		}
		l.Services = out
		return true
	}
	same := func(s string) bool { return strings.EqualFold(s, strings.TrimSpace(name)) }
	return keep(func(s *delivery.Service) bool { return same(s.Key) || same(s.Name) }) ||
		keep(func(s *delivery.Service) bool {
			return strings.Contains(strings.ToLower(s.Name), strings.ToLower(strings.TrimSpace(name)))
		})
}

func serviceNames(b *brief.Brief) string {
	var out []string
	for i := range b.Delivery.Services {
		out = append(out, b.Delivery.Services[i].Key)
	}
	return strings.Join(out, ", ")
}

// rows are the rows of a service that were asked for.
func (k *carryWriter) rows(s *delivery.Service) []delivery.Row {
	switch k.by {
	case "week":
		return s.Weeks
	case "month":
		return s.Months
	case "year":
		return s.Years
	case "plan":
		return s.Plans
	}
	return nil
}

// label says which days a row is about.
func (k *carryWriter) label(r *delivery.Row) string {
	switch k.by {
	case "week":
		return k.cat.DateShort(r.From)
	case "month":
		return k.cat.MonthYear(r.From)
	case "year":
		return strconv.Itoa(r.From.Year()) + "-" + strconv.Itoa(r.To.Year())[2:]
	}
	if r.Plan == "" {
		return k.cat.T("carry.command.no_plan")
	}
	return r.Plan
}

// text writes what a person reads: the lines of the brief, then a table for each
// service.
func (k *carryWriter) text(o present.Options) {
	put := func(s string) {
		if s != "" {
			wrap.Text(k.w, s, 80, "  ")
		}
	}
	put(k.cat.T("carry.command.as_of", "date", k.cat.Date(k.b.AsOf)))
	if l := k.b.Delivery; l != nil {
		lines := present.Services(k.b, o)
		for i := range l.Services {
			s := &l.Services[i]
			k.w.WriteByte('\n')
			put(lines[i].Name)
			put(lines[i].Line)
			for _, x := range slices.Concat(lines[i].Since, lines[i].Signals) {
				put(x)
			}
			for _, key := range s.Spreads {
				put(k.cat.T("delivery.spread." + key))
			}
			if other := s.Other.Whole(); other != s.Total.Promised.Whole() && s.Unit == "minutes" {
				put(k.cat.T("carry.command.other", "n", present.Grouped(other)))
			}
			k.table(s)
			for _, c := range s.Causes {
				reason := c.Reason
				if reason == "" {
					reason = k.cat.T("carry.command.no_reason")
				}
				put("- " + k.cat.N("carry.command.cause", c.Sessions, "outcome", k.cat.T("delivery.outcome."+string(c.Outcome)), "reason", reason))
			}
		}
		signals := false
		for i := range l.Services {
			signals = signals || len(l.Services[i].Signals) > 0
		}
		if signals && k.b.Logs {
			k.w.WriteByte('\n')
			put(k.cat.T("delivery.screening"))
		}
		if len(l.Notices) > 0 {
			k.w.WriteByte('\n')
			put(k.cat.T("carry.command.look"))
			for i := range l.Notices {
				put("- " + k.notice(&l.Notices[i]))
			}
		}
	}
	for _, g := range present.Goals(k.b, o) {
		k.w.WriteByte('\n')
		put(g.Name)
		for _, x := range []string{g.Verdict, g.Line, g.Rule, g.Reports} {
			put(x)
		}
	}
	for i := range k.b.Progress {
		if k.b.Progress[i].Progress.Trend.N > 0 {
			k.w.WriteByte('\n')
			for _, c := range spoken.Cautions(k.cat) {
				put(c)
			}
			break
		}
	}
}

// notice is one thing to look at, with its day.
func (k *carryWriter) notice(n *delivery.Notice) string {
	pairs := make([]string, 0, 2*len(n.Args))
	for key, v := range n.Args {
		pairs = append(pairs, key, v)
	}
	s := k.cat.T("delivery.notice."+n.Key, pairs...)
	if n.On != 0 {
		s = k.cat.DateShort(n.On) + ": " + s
	}
	if n.Service != "" {
		s = n.Service + ", " + s
	}
	return s
}

// table writes the rows of one service, without the columns that are empty in all
// of them.
func (k *carryWriter) table(s *delivery.Service) {
	rows := k.rows(s)
	if len(rows) == 0 {
		return
	}
	names := delivery.Columns()
	used := make([]bool, len(names))
	used[0], used[1] = true, true
	cells := make([][]int, len(rows))
	for i := range rows {
		cells[i] = rows[i].Rounded()
		for j, n := range cells[i] {
			used[j] = used[j] || n != 0
		}
	}
	total := s.Total.Rounded()
	lines := [][]string{{k.cat.T("carry.by." + k.by)}, {k.cat.T("carry.command.total")}}
	for i := range rows {
		lines = slices.Insert(lines, len(lines)-1, []string{k.label(&rows[i])})
	}
	for j, name := range names {
		if !used[j] {
			continue
		}
		lines[0] = append(lines[0], k.cat.T("carry.column."+name))
		for i := range rows {
			lines[i+1] = append(lines[i+1], strconv.Itoa(cells[i][j]))
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], strconv.Itoa(total[j]))
	}
	k.w.WriteByte('\n')
	k.columns(lines)
}

// columns writes lines of cells under each other: the first to the left, numbers to
// the right.
func (k *carryWriter) columns(lines [][]string) {
	wide := make([]int, len(lines[0]))
	for _, l := range lines {
		for j, c := range l {
			wide[j] = max(wide[j], utf8.RuneCountInString(c))
		}
	}
	for _, l := range lines {
		for j, c := range l {
			pad := strings.Repeat(" ", wide[j]-utf8.RuneCountInString(c))
			if j == 0 {
				k.w.WriteString("  " + c + pad)
			} else {
				k.w.WriteString("  " + pad + c)
			}
		}
		k.w.WriteByte('\n')
	}
}

// csv writes one row for each stretch and service, and one for each service in
// all, with minutes to the hundredth.
func (k *carryWriter) csv() error {
	out := csv.NewWriter(k.w)
	head := append([]string{"service", "name", "unit", "by", "from", "to", "plan"}, delivery.Columns()...)
	if err := out.Write(append(head, "assumed", "given", "extra")); err != nil {
		return err
	}
	write := func(s *delivery.Service, by string, r *delivery.Row) error {
		row := []string{plainCell(s.Key), plainCell(s.Name), s.Unit, by, dayCell(r.From), dayCell(r.To), plainCell(r.Plan)}
		for _, c := range delivery.Columns() {
			row = append(row, r.Column(c).String())
		}
		return out.Write(append(row, r.Assumed.String(), r.Given.String(), r.Extra.String()))
	}
	if k.b.Delivery != nil {
		for i := range k.b.Delivery.Services {
			s := &k.b.Delivery.Services[i]
			rows := k.rows(s)
			for j := range rows {
				if err := write(s, k.by, &rows[j]); err != nil {
					return err
				}
			}
			if err := write(s, "total", &s.Total); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// plainCell keeps a spreadsheet from reading a text as a formula.
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func dayCell(d day.Date) string {
	if d <= 0 {
		return ""
	}
	return d.String()
}

// A carryRow is one stretch of one service, in whole minutes.
type carryRow struct {
	From *day.Date `json:"from,omitempty"`
	To   *day.Date `json:"to,omitempty"`
	Plan string    `json:"plan,omitempty"`

	Promised  int `json:"promised"`
	Delivered int `json:"delivered"`
	MadeUp    int `json:"made_up"`
	Otherwise int `json:"otherwise"`
	Excused   int `json:"excused"`
	Short     int `json:"short"`
	Reported  int `json:"reported"`
	Unknown   int `json:"unknown"`
}

// A carryService is one service with its rows.
type carryService struct {
	present.DeliveryOf
	By   string     `json:"by"`
	Rows []carryRow `json:"rows,omitempty"`
}

// json writes the same as the brief's `delivery` and `progress`, with the rows.
func (k *carryWriter) json(o present.Options) error {
	d := present.NewDocument(k.b, o)
	out := struct {
		AsOf     day.Date         `json:"as_of"`
		Delivery []carryService   `json:"delivery"`
		Progress []present.GoalOf `json:"progress,omitempty"`
	}{AsOf: k.b.AsOf, Delivery: []carryService{}, Progress: d.Progress}
	for i := range d.Delivery {
		x := carryService{DeliveryOf: d.Delivery[i], By: k.by}
		for _, r := range k.rows(&k.b.Delivery.Services[i]) {
			n := r.Rounded()
			row := carryRow{nil, nil, r.Plan, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]}
			if r.From != 0 {
				row.From, row.To = &r.From, &r.To
			}
			x.Rows = append(x.Rows, row)
		}
		out.Delivery = append(out.Delivery, x)
	}
	enc := json.NewEncoder(k.w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}
