package chart

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/progress"
	"stayput/locale"
	"stayput/measure"
)

// A Picture is what one picture of a goal shows.
type Picture struct {
	ID     string // of the elements: letters, digits and hyphens; unlike on any other picture of the page
	Name   string // of the goal, as it is written
	Unit   string // of the probes, as it is written
	AsOf   day.Date
	Result progress.Result
	Weeks  []Week // minutes of service; none: no bars
}

// A Week is the minutes of service of the seven days from a day.
type Week struct {
	From     day.Date
	Promised float64
	Given    float64
	Unknown  bool // there is no log of some of it: not known, never missed
}

// A Size is one of the widths a picture is drawn for.
type Size struct {
	Class string
	Width float64
	Tall  float64 // of the plot; 0: the usual
}

// Narrow is for a phone, Wide for a desk. A page holds both, and its style shows one.
// Paper is for a file, where two stand on a page with what is written under each.
var (
	Narrow = Size{Class: "sp-chart__narrow", Width: 350}
	Wide   = Size{Class: "sp-chart__wide", Width: 704}
	Paper  = Size{Width: 660, Tall: 115}
)

// usable are the weeks with amounts that can be drawn, in order.
func (p Picture) weeks() []Week {
	var out []Week
	for _, w := range p.Weeks {
		if w.From >= day.Min && w.From <= day.Max && amount(w.Promised) && amount(w.Given) {
			out = append(out, w)
		}
	}
	slices.SortStableFunc(out, func(a, b Week) int { return int(a.From) - int(b.From) })
	return out
}

func amount(v float64) bool { return v >= 0 && v <= 1e6 && !math.IsNaN(v) }

// Number writes a level or an amount to one decimal at most.
func Number(v float64) string { return places(v, 1) }

// Rate writes a slope, or an index, to two decimals at most.
func Rate(v float64) string { return places(v, 2) }

func places(v float64, n int) string {
	s := strconv.FormatFloat(v, 'f', n, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return strings.Replace(s, "-", "−", 1)
}

// Level writes a level in its kind: 70% for a share.
func Level(cat *locale.Catalog, kind measure.Kind, v float64) string {
	if kind == measure.Share {
		return cat.T("progress.chart.share", "n", Number(v))
	}
	return Number(v)
}

// Title is the picture's name.
func (p Picture) Title(cat *locale.Catalog) string {
	if name := clip(p.Name, 120); name != "" {
		return cat.T("progress.chart.title", "name", name)
	}
	return cat.T("progress.chart.plain_title")
}

// Description is what the picture shows, in sentences.
func (p Picture) Description(cat *locale.Catalog) string {
	r := p.Result
	var out []string
	if n := len(r.Points); n == 0 {
		out = append(out, cat.T("progress.chart.nothing")+".")
	} else {
		low, high := r.Points[0].Level, r.Points[0].Level
		for _, q := range r.Points {
			low, high = min(low, q.Level), max(high, q.Level)
		}
		out = append(out, cat.N("progress.chart.desc_points", n, "first", cat.Date(r.Points[0].On), "last", cat.Date(r.Points[n-1].On), "low", Level(cat, r.Kind, low), "high", Level(cat, r.Kind, high)))
	}
	if r.Aim.Drawn() {
		out = append(out, cat.T("progress.chart.desc_aim", "start", Level(cat, r.Kind, r.Aim.Start), "from", cat.Date(r.Aim.From), "target", Level(cat, r.Kind, r.Aim.Target), "by", cat.Date(r.Aim.To)))
	}
	if r.Trend.N > 0 && r.SlopePerWeek.Known {
		out = append(out, cat.T("progress.chart.desc_trend", "slope", Rate(r.SlopePerWeek.V), "method", cat.T("progress.method."+string(r.SlopeBy))))
	}
	var dates []string
	for _, ph := range p.changes() {
		dates = append(dates, cat.Date(ph.From))
	}
	if len(dates) > 0 {
		out = append(out, cat.T("progress.chart.desc_phase", "dates", cat.List(dates)))
	}
	if weeks := p.weeks(); len(weeks) > 0 {
		promised, given, unknown := 0.0, 0.0, 0
		for _, w := range weeks {
			promised, given = promised+w.Promised, given+w.Given
			if w.Unknown {
				unknown++
			}
		}
		out = append(out, cat.T("progress.chart.desc_bars", "given", Number(given), "promised", Number(promised)))
		if unknown > 0 {
			out = append(out, cat.N("progress.chart.desc_bars_unknown", unknown))
		}
	}
	return strings.Join(out, " ")
}

// changes are the phases that begin with a change: all but what came before the
// line and the stretch in which the line begins.
func (p Picture) changes() []progress.Phase {
	var out []progress.Phase
	for i, ph := range p.Result.Phases {
		if i > 0 && !p.Result.Phases[i-1].Before {
			out = append(out, ph)
		}
	}
	return out
}

// A Table is the data of a picture.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]string
}

// Tables say what the picture shows: one of the probes, and one of the minutes
// when there are any.
func (p Picture) Tables(cat *locale.Catalog) []Table {
	r := p.Result
	t := Table{Caption: cat.T("progress.chart.table"), Head: []string{cat.T("progress.chart.col_day"), cat.T("progress.chart.col_value")}}
	aim, trend, phase := r.Aim.Drawn(), r.Trend.N > 0, len(r.Phases) > 1
	for _, c := range []struct {
		shown bool
		key   string
	}{{aim, "col_aim"}, {trend, "col_trend"}, {phase, "col_phase"}} {
		if c.shown {
			t.Head = append(t.Head, cat.T("progress.chart."+c.key))
		}
	}
	name := map[day.Date]string{}
	for _, ph := range r.Phases {
		for _, q := range ph.Points {
			name[q.On] = p.phaseName(cat, ph)
		}
	}
	for _, q := range r.Points {
		value := Level(cat, r.Kind, q.Level)
		if q.Of > 0 && q.N == 1 {
			value = cat.T("progress.chart.share", "n", Number(q.Level)) + " (" + Number(q.Level*q.Of/100) + "/" + Number(q.Of) + ")"
		}
		row := []string{cat.DateShort(q.On), value}
		if aim {
			row = append(row, dash(q.On >= r.Aim.From, Level(cat, r.Kind, r.Aim.At(q.On))))
		}
		if trend {
			row = append(row, dash(q.On >= r.Trend.First, Level(cat, r.Kind, r.Trend.At(q.On))))
		}
		if phase {
			row = append(row, name[q.On])
		}
		t.Rows = append(t.Rows, row)
	}
	out := []Table{t}
	if weeks := p.weeks(); len(weeks) > 0 {
		m := Table{Caption: cat.T("progress.chart.table_minutes"), Head: []string{cat.T("progress.chart.col_week"), cat.T("progress.chart.promised"), cat.T("progress.chart.given")}}
		for _, w := range weeks {
			given := Number(w.Given)
			if w.Unknown {
				given += " (" + cat.T("progress.chart.unknown") + ")"
			}
			m.Rows = append(m.Rows, []string{cat.DateShort(w.From), Number(w.Promised), given})
		}
		out = append(out, m)
	}
	return out
}

func dash(shown bool, text string) string {
	if !shown {
		return "–"
	}
	return text
}

// phaseName is what stands at the beginning of a phase.
func (p Picture) phaseName(cat *locale.Catalog, ph progress.Phase) string {
	switch {
	case ph.Before:
		return cat.T("progress.chart.before")
	case strings.TrimSpace(ph.Name) == "":
		return "–"
	}
	return clip(ph.Name, 24)
}

// clip is a text on one line of at most n characters.
func clip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}
