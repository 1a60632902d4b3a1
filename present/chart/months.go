package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/locale"
)

// A Past is a picture of services month by month, over years.
type Past struct {
	ID     string // as in Picture
	Title  string
	From   day.Date
	To     day.Date
	Strips []Strip
	Marks  []Mark
}

// A Strip is one service with its months.
type Strip struct {
	Name   string
	Unit   string // what the amounts count, in the words of the page
	Months []Stack
}

// A Mark is an upright line with a name: a day from which on something holds.
type Mark struct {
	On   day.Date
	Text string
}

// monthParts are the names of the parts of a month, from the bottom up.
var monthParts = []string{"delivered", "made_up", "otherwise", "excused", "short", "reported", "unknown"}

const stripTall = 58.

// of is how much of a stretch is a part.
func (s *Stack) of(name string) (sum float64) {
	for _, p := range s.Parts {
		if p.Name == name && amount(p.Amount) {
			sum += p.Amount
		}
	}
	return sum
}

// usable are the strips with the months that can be drawn, in order of their days.
func (p Past) usable() []Strip {
	var out []Strip
	for _, s := range p.Strips {
		s.Months = slices.DeleteFunc(slices.Clone(s.Months), func(m Stack) bool {
			return m.From < p.From.Add(-31) || m.From > p.To || !amount(m.Promised)
		})
		slices.SortStableFunc(s.Months, func(a, b Stack) int { return cmp.Compare(a.From, b.From) })
		if len(s.Months) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// days are the first and last day that are drawn.
func (p Past) days() (day.Date, day.Date) {
	first, last := max(p.From, day.Min+40), min(p.To, day.Max-40)
	if last-first < 40 {
		last = first + 40
	}
	return first, last
}

// Months draws the picture: a row for each service, a bar for each month, in the
// fills of the ledger. Patterns belongs on the same page, and a table beside it.
func Months(cat *locale.Catalog, p Past, size Size) []byte {
	c := &canvas{}
	strips := p.usable()
	first, last := p.days()
	x := scale{float64(first), float64(last + 1), left, size.Width - right}
	marks := slices.DeleteFunc(slices.Clone(p.Marks), func(m Mark) bool { return m.On <= first || m.On > last })
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Compare(a.On, b.On) })
	bottom := float64(len(marks))*line + gap
	var tops []float64
	for range strips {
		tops = append(tops, bottom+line)
		bottom += line + stripTall + gap
	}
	if len(strips) == 0 {
		bottom += 2 * line
	}
	legend, tall := monthLegend(cat, strips, size, bottom+3.4*line)

	Ledger{ID: p.ID, Title: p.Title, Desc: p.Description(cat)}.begin(c, size, tall)
	for i := range strips {
		strips[i].draw(c, cat, x, tops[i], size)
	}
	c.one("line", "class", "axis", "x1", left, "x2", size.Width-right, "y1", bottom, "y2", bottom, "stroke", "#6e6a63")
	monthDays(c, cat, first, last, x, bottom, size)
	for i, m := range marks {
		at := x.put(float64(m.On))
		c.one("line", "class", "since", "x1", at, "x2", at, "y1", float64(i+1)*line+4, "y2", bottom, "stroke", "#000", "stroke-width", "1.5", "stroke-dasharray", "5 3")
	}
	for i, m := range marks { // texts over all lines
		text := clip(m.Text, int((size.Width-8)/(fontSize*0.6)))
		c.clear(max(0, min(x.put(float64(m.On))-3, size.Width-wide(text))), float64(i+1)*line, text, "")
	}
	for i, s := range strips {
		c.clear(0, tops[i]-4, clip(s.Name, int((size.Width-8)/(fontSize*0.6))), "strong")
	}
	if len(strips) == 0 {
		c.text(size.Width/2, bottom-line/2, "middle", cat.T("lookback.chart.nothing"))
	}
	for _, l := range legend {
		c.block(l.name, "", l.x, l.y-11.5, 24, 14)
		c.text(l.x+30, l.y, "start", l.text)
	}
	c.WriteString("</svg>")
	return c.Bytes()
}

// draw draws one service.
func (s *Strip) draw(c *canvas, cat *locale.Catalog, x scale, top float64, size Size) {
	most := 1.
	for i := range s.Months {
		sum := 0.
		for _, name := range monthParts {
			sum += s.Months[i].of(name)
		}
		most = max(most, sum, s.Months[i].Promised)
	}
	y := scale{0, most, top + stripTall, top}
	c.one("line", "class", "grid", "x1", left, "x2", size.Width-right, "y1", top, "y2", top, "stroke", "#dcdad6")
	c.one("line", "class", "axis", "x1", left, "x2", size.Width-right, "y1", top+stripTall, "y2", top+stripTall, "stroke", "#6e6a63")
	c.text(left-6, top+11, "end", Number(math.Round(most)))
	for i := range s.Months {
		m := &s.Months[i]
		from, to := max(x.at, x.put(float64(m.From))+0.9), min(x.end, x.put(float64(m.From.AddMonths(1)))-0.9)
		if to <= from {
			continue
		}
		level, title := 0., cat.MonthYear(m.From)+": "+m.says(cat)
		for _, name := range monthParts {
			if v := m.of(name); v > 0 {
				c.block(name, title, from, y.put(level+v), to-from, y.put(level)-y.put(level+v))
				level += v
			}
		}
	}
}

// clear writes a text that keeps readable where a line runs through it.
func (c *canvas) clear(x, y float64, text, class string) {
	c.WriteString("<text")
	c.attr("x", x, "y", y, "stroke", "#fff", "stroke-width", "4", "stroke-linejoin", "round", "paint-order", "stroke")
	if class != "" {
		c.attr("class", class, "font-weight", "700")
	}
	c.WriteString(">" + escape(text) + "</text>")
}

// says is what a stretch comes to, in words.
func (s *Stack) says(cat *locale.Catalog) string {
	var out []string
	for _, name := range monthParts {
		if v := s.of(name); v > 0 {
			out = append(out, cat.T("delivery.column."+name)+" "+Number(math.Round(v)))
		}
	}
	return strings.Join(out, ", ")
}

// monthDays draws the names of months and years under the rows.
func monthDays(c *canvas, cat *locale.Catalog, first, last day.Date, x scale, under float64, size Size) {
	end := 0.
	for _, t := range dayTicks(cat, first, last, size.Width-left-right) {
		at := x.put(float64(t.on))
		c.one("line", "class", "axis", "x1", at, "x2", at, "y1", under, "y2", under+4, "stroke", "#6e6a63")
		half := max(wide(t.label), wide(t.year)) / 2
		mid := max(half, min(size.Width-half, at))
		if mid-half < end {
			continue
		}
		end = mid + half + 4
		c.text(mid, under+line, "middle", t.label)
		if t.year != "" {
			c.text(mid, under+2*line-1, "middle", t.year)
		}
	}
}

type monthKey struct {
	name, text string
	x, y       float64
}

// monthLegend names the parts that are there.
func monthLegend(cat *locale.Catalog, strips []Strip, size Size, y float64) (out []monthKey, tall float64) {
	x := 0.
	for _, name := range monthParts {
		if !slices.ContainsFunc(strips, func(s Strip) bool {
			return slices.ContainsFunc(s.Months, func(m Stack) bool { return m.of(name) > 0 })
		}) {
			continue
		}
		text := cat.T("delivery.column." + name)
		w := 30 + wide(text) + 14
		if x > 0 && x+w > size.Width {
			x, y = 0, y+line+4
		}
		out = append(out, monthKey{name, text, x, y})
		x += w
	}
	return out, y + gap
}

// Description is what the picture shows, in sentences.
func (p Past) Description(cat *locale.Catalog) string {
	var out []string
	for _, s := range p.usable() {
		var t Stack
		for i := range s.Months {
			t.Promised += s.Months[i].Promised
			t.Parts = append(t.Parts, s.Months[i].Parts...)
		}
		out = append(out, cat.T("lookback.chart.desc", "service", clip(s.Name, 80), "promised", Number(math.Round(t.Promised)), "unit", s.Unit, "says", t.says(cat)))
	}
	for _, m := range p.Marks {
		out = append(out, clip(m.Text, 200)+".")
	}
	if len(out) == 0 {
		return cat.T("lookback.chart.nothing")
	}
	return strings.Join(out, " ")
}

// Table is the same as rows: one for each month of each service.
func (p Past) Table(cat *locale.Catalog) Table {
	t := Table{Caption: cat.T("lookback.chart.table"), Head: []string{cat.T("lookback.chart.col_service"), cat.T("lookback.chart.col_month"), cat.T("delivery.column.promised")}}
	for _, name := range monthParts {
		t.Head = append(t.Head, cat.T("delivery.column."+name))
	}
	for _, s := range p.usable() {
		for i := range s.Months {
			m := &s.Months[i]
			row := []string{clip(s.Name, 80), cat.MonthYear(m.From), Number(math.Round(m.Promised))}
			for _, name := range monthParts {
				row = append(row, strconv.Itoa(int(math.Round(m.of(name)))))
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}
