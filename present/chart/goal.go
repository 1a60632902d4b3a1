package chart

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"stayput/day"
	"stayput/derive/progress"
	"stayput/locale"
	"stayput/measure"
)

// Measures of a picture, in its units: about pixels on a phone.
const (
	left     = 46.
	right    = 14.
	line     = 18. // height of a line of text
	plotTall = 220.
	barsTall = 64.
	gap      = 8.
	mostSaid = 12 // changes of the plan that bear a name; the table has all
)

// Goal draws the picture. The result is one svg element; a table of Tables
// belongs beside it. Nothing in it depends on anything but the arguments.
func Goal(cat *locale.Catalog, p Picture, size Size) []byte {
	d := &drawing{cat: cat, p: p, size: size, id: id(p.ID + "-" + size.Class)}
	return d.draw()
}

type drawing struct {
	canvas
	cat  *locale.Catalog
	p    Picture
	size Size
	id   string

	first, last day.Date
	x, y        scale
	top         float64
}

func (d *drawing) draw() []byte {
	weeks := d.p.weeks()
	d.span(weeks)
	flags := d.flags()
	rows := 0
	for _, f := range flags {
		rows = max(rows, f.row+1)
	}
	d.top = line + float64(rows)*line + gap
	d.x = scale{float64(d.first), float64(d.last), left, d.size.Width - right}
	ticks := d.levels()
	d.y = scale{ticks[0], ticks[len(ticks)-1], d.top + plotTall, d.top}

	under := d.top + plotTall
	bottom := under + 2*line + gap // the names of months and years
	barTop := bottom + line
	if len(weeks) > 0 {
		bottom = barTop + barsTall + gap
	}
	legend := d.legend(len(weeks) > 0, weeks, bottom+line)
	tall := bottom + gap
	for _, l := range legend {
		tall = max(tall, l.y+gap)
	}

	fmt.Fprintf(d, `<svg xmlns="http://www.w3.org/2000/svg"`)
	d.attr("class", d.size.Class, "viewBox", fmt.Sprintf("0 0 %s %s", number(d.size.Width), number(tall)), "role", "img",
		"aria-labelledby", d.id+"-t "+d.id+"-d", "font-size", float64(fontSize), "font-family", "sans-serif", "fill", "#333")
	d.WriteString(">")
	fmt.Fprintf(d, `<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, d.id, escape(d.p.Title(d.cat)), d.id, escape(d.p.Description(d.cat)))
	fmt.Fprintf(d, `<clipPath id="%s-c"><rect`, d.id)
	d.attr("x", left, "y", d.top, "width", d.size.Width-left-right, "height", plotTall)
	d.WriteString("/></clipPath>")

	d.text(0, line-5, "start", clip(d.unit(), int((d.size.Width-8)/(fontSize*0.6))))
	for _, v := range ticks {
		y := d.y.put(v)
		d.one("line", "class", "grid", "x1", left, "x2", d.size.Width-right, "y1", y, "y2", y, "stroke", "#d5d5d5")
		d.text(left-6, y+4.5, "end", Number(v))
	}
	d.days(under)
	d.band()
	d.flagLines(flags, under, barTop, len(weeks) > 0)
	d.lines()
	d.dots()
	if d.p.Result.Aim.Drawn() {
		d.targetLabel()
	}
	d.flagNames(flags)
	if len(d.p.Result.Points) == 0 {
		d.halo(d.size.Width/2, d.top+plotTall/2, "middle", d.cat.T("progress.chart.nothing"))
	}
	if len(weeks) > 0 {
		d.bars(weeks, barTop)
	}
	for _, l := range legend {
		l.mark(l.x, l.y-4.5)
		d.text(l.x+30, l.y, "start", l.text)
	}
	d.WriteString("</svg>")
	return d.Bytes()
}

// unit is what the numbers on the left count.
func (d *drawing) unit() string {
	switch {
	case d.p.Result.Kind == measure.Share:
		return d.cat.T("progress.chart.percent")
	case d.p.Unit != "":
		return locale.First(d.p.Unit)
	}
	return d.cat.T("progress.chart.number")
}

// span finds the first and last day that is drawn.
func (d *drawing) span(weeks []Week) {
	r := d.p.Result
	d.first, d.last = day.Max, day.Min
	see := func(on day.Date) {
		if on >= day.Min && on <= day.Max {
			d.first, d.last = min(d.first, on), max(d.last, on)
		}
	}
	for _, q := range r.Points {
		see(q.On)
	}
	if r.Aim.Drawn() {
		see(r.Aim.From)
		see(r.Aim.To)
	}
	for _, w := range weeks {
		see(w.From)
		see(w.From.Add(7))
	}
	if d.first > d.last {
		see(min(day.Max, max(d.p.AsOf, day.Min)))
	}
	if d.last-d.first < 14 { // a picture of one day has no width
		d.first, d.last = max(day.Min, d.first.Add(-7)), min(day.Max, d.last.Add(7))
	}
}

// levels finds the ticks on the left.
func (d *drawing) levels() []float64 {
	r := d.p.Result
	if r.Kind == measure.Share {
		return []float64{0, 20, 40, 60, 80, 100}
	}
	low, high := math.Inf(1), math.Inf(-1)
	see := func(v float64) { low, high = min(low, v), max(high, v) }
	for _, q := range r.Points {
		see(q.Level)
	}
	if r.Aim.Drawn() {
		see(r.Aim.Start)
		see(r.Aim.Target)
	}
	if low > high {
		low, high = 0, 10
	}
	if a := r.Aim; a.Drawn() { // room for the goal's name beyond its line
		room := math.Abs(a.Target-a.Start) * 0.12
		if a.Target < a.Start {
			room = -room
		}
		see(a.Target + room)
	}
	if pad := (high - low) * 0.05; low >= 0 { // no count falls below zero
		low = max(0, low-pad)
	} else {
		low -= pad
	}
	if r.Trend.Method == progress.ByTheilSen { // levels of a rubric
		return round(low, high, 5, 1)
	}
	return round(low, high, 5, 0.1)
}

func (d *drawing) days(under float64) {
	d.one("line", "class", "axis", "x1", left, "x2", d.size.Width-right, "y1", under, "y2", under, "stroke", "#555")
	end := 0.
	for _, t := range dayTicks(d.cat, d.first, d.last, d.size.Width-left-right) {
		x := d.x.put(float64(t.on))
		d.one("line", "class", "axis", "x1", x, "x2", x, "y1", under, "y2", under+4, "stroke", "#555")
		half := max(wide(t.label), wide(t.year)) / 2
		at := max(half, min(d.size.Width-half, x))
		if at-half < end {
			continue
		}
		end = at + half + 4
		d.text(at, under+line, "middle", t.label)
		if t.year != "" {
			d.text(at, under+2*line-1, "middle", t.year)
		}
	}
}

// clipped are the attributes that keep a line inside the picture.
func (d *drawing) clipped() []any { return []any{"clip-path", "url(#" + d.id + "-c)"} }

func (d *drawing) band() {
	t := d.p.Result.Trend
	if t.N == 0 || !t.HasBand {
		return
	}
	from, to := t.First, max(t.Last, min(d.p.Result.By, d.last))
	var up, down []float64
	const parts = 24
	for i := range parts + 1 {
		on := from.Add(int(to-from) * i / parts)
		low, high := t.Band(on)
		x := d.x.put(float64(on))
		up = append(up, x, d.limit(high))
		down = append(down, d.limit(low), x) // turned round below
	}
	for i := len(down) - 1; i > 0; i -= 2 {
		up = append(up, down[i], down[i-1])
	}
	d.one("polygon", append([]any{"class", "band", "points", points(up), "fill", "#777", "fill-opacity", "0.2"}, d.clipped()...)...)
}

// limit keeps a height within reach of the picture, so that numbers stay small.
func (d *drawing) limit(v float64) float64 {
	return max(d.top-1000, min(d.top+plotTall+1000, d.y.put(v)))
}

func (d *drawing) lines() {
	r := d.p.Result
	if a := r.Aim; a.Drawn() {
		d.one("line", append([]any{"class", "aim", "x1", d.x.put(float64(a.From)), "y1", d.limit(a.Start), "x2", d.x.put(float64(a.To)), "y2", d.limit(a.Target),
			"stroke", "#555", "stroke-width", "1.5", "stroke-dasharray", "6 4", "fill", "none"}, d.clipped()...)...)
	}
	for _, ph := range r.Phases {
		if len(ph.Points) < 2 {
			continue
		}
		var xy []float64
		for _, q := range ph.Points {
			xy = append(xy, d.x.put(float64(q.On)), d.y.put(q.Level))
		}
		d.one("polyline", "class", "probes", "points", points(xy), "fill", "none", "stroke", "#888", "stroke-width", "1")
	}
	if t := r.Trend; t.N > 0 {
		d.stretch(t, t.First, t.Last, "")
		if ahead := min(r.By, d.last); ahead > t.Last {
			d.stretch(t, t.Last, ahead, "2 4")
		}
	}
}

// stretch draws the trend between two days.
func (d *drawing) stretch(t progress.Trend, from, to day.Date, dashes string) {
	attrs := []any{"class", "trend", "x1", d.x.put(float64(from)), "y1", d.limit(t.At(from)), "x2", d.x.put(float64(to)), "y2", d.limit(t.At(to)), "stroke", "#000", "stroke-width", "2", "fill", "none"}
	if dashes != "" {
		attrs = append(attrs, "stroke-dasharray", dashes)
	}
	d.one("line", append(attrs, d.clipped()...)...)
}

// dots draws the probes: round, and square before the line begins.
func (d *drawing) dots() {
	r := d.p.Result
	for _, q := range r.Points {
		x, y := d.x.put(float64(q.On)), d.y.put(q.Level)
		title := d.cat.DateShort(q.On) + ": " + Level(d.cat, r.Kind, q.Level)
		if r.Aim.From != 0 && q.On <= r.Aim.From {
			d.told(title, "rect", "class", "dot", "x", x-3.5, "y", y-3.5, "width", 7., "height", 7., "fill", "#333", "stroke", "#fff")
			continue
		}
		d.told(title, "circle", "class", "dot", "cx", x, "cy", y, "r", 4., "fill", "#333", "stroke", "#fff")
	}
}

// targetLabel writes the goal at the end of its line, on the side away from the
// line.
func (d *drawing) targetLabel() {
	a := d.p.Result.Aim
	text := d.cat.T("progress.chart.target", "value", Level(d.cat, d.p.Result.Kind, a.Target))
	x := min(d.x.put(float64(a.To))+4, d.size.Width-right)
	above, below := d.limit(a.Target)-9, d.limit(a.Target)+19
	y := above
	if (a.Target < a.Start || above < d.top+fontSize-2) && below < d.top+plotTall-4 {
		y = below
	}
	d.one("circle", "class", "axis", "cx", d.x.put(float64(a.To)), "cy", d.limit(a.Target), "r", 5., "fill", "none", "stroke", "#333", "stroke-width", "1.5")
	d.halo(x, y, "end", text)
}

// A marker is an upright line with a name on top: a change of the plan, or today.
type marker struct {
	x     float64
	text  string
	textX float64
	row   int
	today bool
}

// flags places the names in rows so that none touches another, and that no line
// runs down through the name of one to its left.
func (d *drawing) flags() []marker {
	x := scale{float64(d.first), float64(d.last), left, d.size.Width - right}
	var out []marker
	for _, ph := range d.p.changes() {
		if ph.From <= d.first || ph.From >= d.last {
			continue
		}
		f := marker{x: x.put(float64(ph.From))}
		if len(out) < mostSaid {
			f.text = d.cat.T("progress.chart.phase")
			if name := clip(ph.Name, 20); name != "" {
				f.text = d.cat.T("progress.chart.plan", "name", name)
			}
		}
		out = append(out, f)
	}
	if d.p.AsOf > d.first && d.p.AsOf < d.last {
		out = append(out, marker{x: x.put(float64(d.p.AsOf)), text: d.cat.T("progress.chart.now"), today: true})
	}
	slices.SortStableFunc(out, func(a, b marker) int { return cmp.Compare(a.x, b.x) })
	for i := range out {
		f := &out[i]
		if f.text == "" {
			continue
		}
		w := wide(f.text)
		f.textX = max(0, min(f.x-2, d.size.Width-w))
		for again := true; again; {
			again = false
			for _, g := range out[:i] {
				end := g.textX + wide(g.text)
				touches := g.row == f.row && f.textX < end+gap && g.textX < f.textX+w+gap
				crosses := f.row < g.row && g.textX < f.x+2 && f.x-2 < end
				if g.text != "" && (touches || crosses) {
					f.row, again = f.row+1, true
				}
			}
		}
	}
	return out
}

func (d *drawing) flagLines(flags []marker, under, barTop float64, bars bool) {
	for _, f := range flags {
		from := d.top - gap + 2
		if f.text != "" {
			from = line + float64(f.row+1)*line - 2
		}
		attrs := []any{"class", "phase", "x1", f.x, "x2", f.x, "y1", from, "y2", under, "stroke", "#000", "stroke-width", "1.25"}
		if f.today {
			attrs[1] = "today"
			attrs = append(attrs, "stroke-dasharray", "1 3")
		} else {
			attrs = append(attrs, "stroke-dasharray", "8 3")
		}
		d.one("line", attrs...)
		if bars {
			attrs[7], attrs[9] = barTop, barTop+barsTall
			d.one("line", attrs...)
		}
	}
}

func (d *drawing) flagNames(flags []marker) {
	for _, f := range flags {
		if f.text != "" {
			d.halo(f.textX, line+float64(f.row+1)*line-5, "start", f.text)
		}
	}
}

// bars draws the minutes of each week: promised as an outline, given filled, and
// pale where there is no log.
func (d *drawing) bars(weeks []Week, top float64) {
	most := 1.
	for _, w := range weeks {
		most = max(most, w.Promised, w.Given)
	}
	y := scale{0, most, top + barsTall, top}
	d.text(0, top-6, "start", d.cat.T("progress.chart.minutes"))
	d.text(left-6, top+barsTall+1, "end", "0")
	d.text(left-6, top+11, "end", Number(most))
	d.one("line", "class", "axis", "x1", left, "x2", d.size.Width-right, "y1", top+barsTall, "y2", top+barsTall, "stroke", "#555")
	for _, w := range weeks {
		x := d.x.put(float64(w.From))
		width := max(1, d.x.put(float64(w.From.Add(7)))-x-1.5)
		title := d.cat.DateShort(w.From) + ": " + Number(w.Given) + "/" + Number(w.Promised)
		class, fill := "promised", "#fff"
		if w.Unknown {
			class, fill = "unknown", "#ddd"
			title += " (" + d.cat.T("progress.chart.unknown") + ")"
		}
		if h := y.at - y.put(w.Promised); h > 0 {
			d.told(title, "rect", "class", class, "x", x, "y", y.put(w.Promised), "width", width, "height", h, "fill", fill, "stroke", "#555", "stroke-width", "0.75", "stroke-dasharray", "3 2")
		}
		if h := y.at - y.put(w.Given); h > 0 {
			d.told(title, "rect", "class", "given", "x", x, "y", y.put(w.Given), "width", width, "height", h, "fill", "#333")
		}
	}
}

// An entry of the legend.
type entry struct {
	x, y float64
	text string
	mark func(x, y float64)
}

// legend places what the lines and shapes mean, row by row.
func (d *drawing) legend(bars bool, weeks []Week, top float64) []entry {
	r := d.p.Result
	rule := func(class, stroke, width, dashes string) func(x, y float64) {
		return func(x, y float64) {
			attrs := []any{"class", class, "x1", x, "x2", x + 24, "y1", y, "y2", y, "stroke", stroke, "stroke-width", width, "fill", "none"}
			if dashes != "" {
				attrs = append(attrs, "stroke-dasharray", dashes)
			}
			d.one("line", attrs...)
		}
	}
	box := func(class, fill, stroke, dashes string) func(x, y float64) {
		return func(x, y float64) {
			attrs := []any{"class", class, "x", x + 4, "y", y - 6, "width", 16., "height", 11., "fill", fill}
			if stroke != "" {
				attrs = append(attrs, "stroke", stroke, "stroke-dasharray", dashes)
			}
			d.one("rect", attrs...)
		}
	}
	var out []entry
	add := func(shown bool, text string, mark func(x, y float64)) {
		if shown {
			out = append(out, entry{text: text, mark: mark})
		}
	}
	T := d.cat.T
	add(len(r.Points) > 0, T("progress.chart.probes"), func(x, y float64) {
		d.one("circle", "class", "dot", "cx", x+12, "cy", y, "r", 4., "fill", "#333", "stroke", "#fff")
	})
	add(r.Aim.Drawn() && len(r.Before) > 0, T("progress.chart.before"), func(x, y float64) {
		d.one("rect", "class", "dot", "x", x+8.5, "y", y-3.5, "width", 7., "height", 7., "fill", "#333", "stroke", "#fff")
	})
	add(r.Aim.Drawn(), T("progress.chart.aim"), rule("aim", "#555", "1.5", "6 4"))
	add(r.Trend.N > 0, T("progress.chart.trend", "method", T("progress.method."+string(r.Trend.Method))), rule("trend", "#000", "2", ""))
	add(r.Trend.N > 0 && r.Trend.HasBand, T("progress.chart.band"), func(x, y float64) {
		d.one("rect", "class", "band", "x", x, "y", y-6, "width", 24., "height", 11., "fill", "#777", "fill-opacity", "0.2")
	})
	unknown := false
	for _, w := range weeks {
		unknown = unknown || w.Unknown
	}
	add(bars, T("progress.chart.promised"), box("promised", "#fff", "#555", "3 2"))
	add(bars, T("progress.chart.given"), box("given", "#333", "", ""))
	add(unknown, T("progress.chart.unknown"), box("unknown", "#ddd", "#555", "3 2"))
	x, y := 0., top
	for i := range out {
		w := 30 + wide(out[i].text)
		if x > 0 && x+w > d.size.Width {
			x, y = 0, y+line+2
		}
		out[i].x, out[i].y = x, y
		x += w + 14
	}
	return out
}
