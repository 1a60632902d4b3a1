package chart

import (
	"cmp"
	"math"
	"slices"

	"stayput/day"
	"stayput/derive/progress"
	"stayput/format/document"
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

// Goal draws the picture for a page. The result is one svg element; a table of Tables
// belongs beside it. Nothing in it depends on anything but the arguments.
func Goal(cat *locale.Catalog, p Picture, size Size) []byte {
	return svg(Drawing(cat, p, size), size.Class, id(p.ID+"-"+size.Class), p.Title(cat), p.Description(cat))
}

// Drawing is the same picture for a file.
func Drawing(cat *locale.Catalog, p Picture, size Size) document.Drawing {
	d := &drawing{cat: cat, p: p, size: size, tall: size.Tall}
	if d.tall == 0 {
		d.tall = plotTall
	}
	return d.draw()
}

type drawing struct {
	sheet
	cat  *locale.Catalog
	p    Picture
	size Size
	tall float64 // of the plot

	first, last day.Date
	x, y        scale
	top         float64
}

func (d *drawing) draw() document.Drawing {
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
	d.y = scale{ticks[0], ticks[len(ticks)-1], d.top + d.tall, d.top}

	under := d.top + d.tall
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

	d.text(0, line-5, document.Start, clip(d.unit(), int((d.size.Width-8)/(fontSize*0.6))))
	d.band()
	for _, v := range ticks {
		y := d.y.put(v)
		d.line(left, y, d.size.Width-right, y, document.Look{Class: "grid", Stroke: "#d5d5d5"})
		d.text(left-6, y+4.5, document.End, Number(v))
	}
	d.days(under)
	d.flagLines(flags, under, barTop, len(weeks) > 0)
	d.lines()
	d.dots()
	if d.p.Result.Aim.Drawn() {
		d.targetLabel()
	}
	d.flagNames(flags)
	if len(d.p.Result.Points) == 0 {
		d.halo(d.size.Width/2, d.top+d.tall/2, document.Middle, d.cat.T("progress.chart.nothing"))
	}
	if len(weeks) > 0 {
		d.bars(weeks, barTop)
	}
	for _, l := range legend {
		l.mark(l.x, l.y-4.5)
		d.text(l.x+30, l.y, document.Start, l.text)
	}
	return document.Drawing{Wide: d.size.Width, High: tall, Shapes: d.shapes, Alt: d.p.Title(d.cat) + ". " + d.p.Description(d.cat)}
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
	d.line(left, under, d.size.Width-right, under, axis)
	end := 0.
	for _, t := range dayTicks(d.cat, d.first, d.last, d.size.Width-left-right) {
		x := d.x.put(float64(t.on))
		d.line(x, under, x, under+4, axis)
		half := max(wide(t.label), wide(t.year)) / 2
		at := max(half, min(d.size.Width-half, x))
		if at-half < end {
			continue
		}
		end = at + half + 4
		d.text(at, under+line, document.Middle, t.label)
		if t.year != "" {
			d.text(at, under+2*line-1, document.Middle, t.year)
		}
	}
}

// axis is the look of the lines that others are read by.
var axis = document.Look{Class: "axis", Stroke: "#555"}

// Looks of what the legend names too. Each differs from the others by its dashes or its
// shape, so that nobody needs to see a color.
var (
	aimLook   = document.Look{Class: "aim", Stroke: "#555", Thick: 1.5, Dash: []float64{6, 4}}
	trendLook = document.Look{Class: "trend", Stroke: "#000", Thick: 2}
	bandLook  = document.Look{Class: "band", Fill: "#e4e4e4"}
	dotLook   = document.Look{Class: "dot", Fill: "#333", Stroke: "#fff"}
)

// plot is where the lines are drawn; what leaves it is cut off.
func (d *drawing) plot() document.Area {
	return document.Area{X: left, Y: d.top, Wide: d.size.Width - left - right, High: d.tall}
}

// clipped is a look that is not drawn outside the plot.
func (d *drawing) clipped(l document.Look) document.Look {
	l.Inside = d.plot()
	return l
}

func (d *drawing) band() {
	t := d.p.Result.Trend
	if t.N == 0 || !t.HasBand {
		return
	}
	from, to := t.First, max(t.Last, min(d.p.Result.By, d.last))
	var up, down []document.Point
	const parts = 24
	for i := range parts + 1 {
		on := from.Add(int(to-from) * i / parts)
		low, high := t.Band(on)
		x := d.x.put(float64(on))
		up = append(up, document.Point{X: x, Y: d.limit(high)})
		down = append(down, document.Point{X: x, Y: d.limit(low)})
	}
	slices.Reverse(down)
	d.add(document.Path{Look: d.clipped(bandLook), Points: append(up, down...), Closed: true})
}

// limit keeps a height within reach of the picture, so that numbers stay small.
func (d *drawing) limit(v float64) float64 {
	return max(d.top-1000, min(d.top+d.tall+1000, d.y.put(v)))
}

func (d *drawing) lines() {
	r := d.p.Result
	if a := r.Aim; a.Drawn() {
		d.line(d.x.put(float64(a.From)), d.limit(a.Start), d.x.put(float64(a.To)), d.limit(a.Target), d.clipped(aimLook))
	}
	for _, ph := range r.Phases {
		if len(ph.Points) < 2 {
			continue
		}
		var ps []document.Point
		for _, q := range ph.Points {
			ps = append(ps, document.Point{X: d.x.put(float64(q.On)), Y: d.limit(q.Level)})
		}
		d.add(document.Path{Look: document.Look{Class: "probes", Stroke: "#888"}, Points: ps})
	}
	if t := r.Trend; t.N > 0 {
		d.stretch(t, t.First, t.Last)
		if ahead := min(r.By, d.last); ahead > t.Last {
			d.stretch(t, t.Last, ahead, 2, 4)
		}
	}
}

// stretch draws the trend between two days.
func (d *drawing) stretch(t progress.Trend, from, to day.Date, dash ...float64) {
	l := d.clipped(trendLook)
	l.Dash = dash
	d.line(d.x.put(float64(from)), d.limit(t.At(from)), d.x.put(float64(to)), d.limit(t.At(to)), l)
}

// dots draws the probes: round, and square before the line begins. Where there are many,
// they are small, so that each can be told from its neighbors.
func (d *drawing) dots() {
	r, size := d.p.Result, 4.
	if n := len(r.Points); n > 1 {
		apart := (d.x.put(float64(r.Points[n-1].On)) - d.x.put(float64(r.Points[0].On))) / float64(n-1)
		size = max(1.25, min(size, apart*0.75))
	}
	for _, q := range r.Points {
		x, y := d.x.put(float64(q.On)), d.limit(q.Level)
		l := dotLook
		if size < 2.5 { // no room for an edge
			l.Stroke = ""
		}
		l.Says = d.cat.DateShort(q.On) + ": " + Level(d.cat, r.Kind, q.Level)
		if r.Aim.From != 0 && q.On <= r.Aim.From {
			half := size - 0.5
			d.box(x-half, y-half, 2*half, 2*half, l)
			continue
		}
		d.circle(x, y, size, l)
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
	if (a.Target < a.Start || above < d.top+fontSize-2) && below < d.top+d.tall-4 {
		y = below
	}
	d.circle(d.x.put(float64(a.To)), d.limit(a.Target), 5, document.Look{Class: "axis", Stroke: "#333", Thick: 1.5})
	d.halo(x, y, document.End, text)
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
		l := document.Look{Class: "phase", Stroke: "#000", Thick: 1.25, Dash: []float64{8, 3}}
		if f.today {
			l.Class, l.Dash = "today", []float64{1, 3}
		}
		d.line(f.x, from, f.x, under, l)
		if bars {
			d.line(f.x, barTop, f.x, barTop+barsTall, l)
		}
	}
}

func (d *drawing) flagNames(flags []marker) {
	for _, f := range flags {
		if f.text != "" {
			d.halo(f.textX, line+float64(f.row+1)*line-5, document.Start, f.text)
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
	d.text(0, top-6, document.Start, d.cat.T("progress.chart.minutes"))
	d.text(left-6, top+barsTall+1, document.End, "0")
	d.text(left-6, top+11, document.End, Number(most))
	d.line(left, top+barsTall, d.size.Width-right, top+barsTall, axis)
	for _, w := range weeks {
		x := d.x.put(float64(w.From))
		width := max(1, d.x.put(float64(w.From.Add(7)))-x-1.5)
		promised, given := promisedLook, givenLook
		says := d.cat.DateShort(w.From) + ": " + Number(w.Given) + "/" + Number(w.Promised)
		if w.Unknown {
			promised = unknownLook
			says += " (" + d.cat.T("progress.chart.unknown") + ")"
		}
		promised.Says, given.Says = says, says
		if h := y.at - y.put(w.Promised); h > 0 {
			d.box(x, y.put(w.Promised), width, h, promised)
		}
		if h := y.at - y.put(w.Given); h > 0 {
			d.box(x, y.put(w.Given), width, h, given)
		}
	}
}

// Looks of the minutes.
var (
	promisedLook = document.Look{Class: "promised", Fill: "#fff", Stroke: "#555", Thick: 0.75, Dash: []float64{3, 2}}
	unknownLook  = document.Look{Class: "unknown", Fill: "#ddd", Stroke: "#555", Thick: 0.75, Dash: []float64{3, 2}}
	givenLook    = document.Look{Class: "given", Fill: "#333"}
)

// An entry of the legend.
type entry struct {
	x, y float64
	text string
	mark func(x, y float64)
}

// legend places what the lines and shapes mean, row by row.
func (d *drawing) legend(bars bool, weeks []Week, top float64) []entry {
	r := d.p.Result
	rule := func(l document.Look) func(x, y float64) {
		return func(x, y float64) { d.line(x, y, x+24, y, l) }
	}
	box := func(l document.Look) func(x, y float64) {
		return func(x, y float64) { d.box(x+4, y-6, 16, 11, l) }
	}
	var out []entry
	add := func(shown bool, text string, mark func(x, y float64)) {
		if shown {
			out = append(out, entry{text: text, mark: mark})
		}
	}
	T := d.cat.T
	add(len(r.Points) > 0, T("progress.chart.probes"), func(x, y float64) {
		d.circle(x+12, y, 4, dotLook)
	})
	add(r.Aim.Drawn() && len(r.Before) > 0, T("progress.chart.before"), func(x, y float64) {
		d.box(x+8.5, y-3.5, 7, 7, dotLook)
	})
	add(r.Aim.Drawn(), T("progress.chart.aim"), rule(aimLook))
	add(r.Trend.N > 0, T("progress.chart.trend", "method", T("progress.method."+string(r.Trend.Method))), rule(trendLook))
	add(r.Trend.N > 0 && r.Trend.HasBand, T("progress.chart.band"), func(x, y float64) {
		d.box(x, y-6, 24, 11, bandLook)
	})
	unknown := false
	for _, w := range weeks {
		unknown = unknown || w.Unknown
	}
	add(bars, T("progress.chart.promised"), box(promisedLook))
	add(bars, T("progress.chart.given"), box(givenLook))
	add(unknown, T("progress.chart.unknown"), box(unknownLook))
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
