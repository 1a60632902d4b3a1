package chart

import (
	"math"
	"strconv"
	"time"

	"stayput/day"
	"stayput/locale"
)

// A scale puts values on a line of the picture.
type scale struct{ from, to, at, end float64 }

func (s scale) put(v float64) float64 {
	return s.at + (v-s.from)/(s.to-s.from)*(s.end-s.at)
}

// round finds round ticks that hold low and high: about n of them, no closer than
// least to each other.
func round(low, high float64, n int, least float64) (ticks []float64) {
	if !(high > low) {
		pad := math.Max(1, math.Abs(low)*0.1)
		low, high = low-pad, high+pad
	}
	raw := math.Max((high-low)/float64(n), least)
	size := math.Pow(10, math.Floor(math.Log10(raw)))
	step := size * 10
	for _, k := range []float64{1, 2, 2.5, 5} {
		if k == 2.5 && size*k < 0.1 { // would need more decimals than are written
			continue
		}
		if size*k >= raw*0.999 && size*k >= least {
			step = size * k
			break
		}
	}
	if step < 0.1 {
		step = 0.1
	}
	first, last := math.Floor(low/step+1e-9), math.Ceil(high/step-1e-9)
	if last-first < 1 {
		last = first + 1
	}
	for i := first; i <= last && len(ticks) < 40; i++ {
		ticks = append(ticks, i*step)
	}
	return ticks
}

// A tick is a day with what stands under it.
type tick struct {
	on    day.Date
	label string
	year  string // in a second line, where a year begins
}

// dayTicks are days between two others whose labels do not touch: days for a
// short time, else first days of months, else of years.
func dayTicks(cat *locale.Catalog, first, last day.Date, width float64) []tick {
	days := float64(last - first)
	if days <= 70 {
		step := 7
		for step < 70 && width*float64(step)/days < wide("00 mmm")+10 {
			step += 7
		}
		var out []tick
		for d := first; d <= last; d = d.Add(step) {
			out = append(out, tick{on: d, label: cat.DayShort(d)})
		}
		for i := range out {
			if i == 0 || out[i].on.Year() != out[i-1].on.Year() {
				out[i].year = strconv.Itoa(out[i].on.Year())
			}
		}
		return out
	}
	step := 1
	for _, step = range []int{1, 2, 3, 6, 12, 24, 60, 120, 600, 6000} {
		if width*float64(step)*30/days >= wide("0000")+8 {
			break
		}
	}
	y, m, _ := first.Civil()
	d := day.Must(y, m, 1)
	if d < first {
		d = d.AddMonths(1)
	}
	for (int(month(d))-1)%min(step, 12) != 0 {
		d = d.AddMonths(1)
	}
	var out []tick
	for ; d <= last && len(out) < 60; d = d.AddMonths(step) {
		t := tick{on: d, label: short(cat, month(d))}
		if step >= 12 {
			t.label = strconv.Itoa(d.Year())
		} else if len(out) == 0 || d.Year() != out[len(out)-1].on.Year() {
			t.year = strconv.Itoa(d.Year())
		}
		out = append(out, t)
	}
	return out
}

func month(d day.Date) time.Month {
	_, m, _ := d.Civil()
	return m
}

// short is a month's first three letters.
func short(cat *locale.Catalog, m time.Month) string {
	return string([]rune(cat.Month(m))[:3])
}
