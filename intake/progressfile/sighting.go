package progressfile

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"stayput/day"
	"stayput/format/yaml"
	"stayput/measure"
)

// most a sighting may count, and last in seconds or minutes.
const mostSeen = 1e6

// sighting reads one sighting of a behavior: on, with perhaps goal, minutes,
// count, seconds, before, what, after, by and id.
func (l *Log) sighting(r *yaml.Reader, item *yaml.Node) {
	before := len(r.Problems)
	m := r.Map(item)
	text := func(key string) string {
		n := m.Get(key)
		s := r.Text(n)
		if utf8.RuneCountInString(s) > mostText {
			r.Fail(n.At, "progress.file.too_long", "most", strconv.Itoa(mostText))
		}
		return s
	}
	number := func(key string) float64 {
		n := m.Get(key)
		if n == nil {
			return measure.Unsaid
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(r.Text(n)), 64)
		if err != nil || v != v || v < 0 || v > mostSeen {
			r.Fail(n.At, "progress.file.not_a_number", "got", clip(n.Value), "most", strconv.Itoa(mostSeen))
			return measure.Unsaid
		}
		return v
	}
	s := measure.Sighting{ID: text("id"), Goal: text("goal"), Minutes: number("minutes"), Count: number("count"), Seconds: number("seconds"),
		Before: text("before"), What: text("what"), After: text("after"), By: text("by")}
	if on := m.Need("on"); on != nil {
		d, err := day.Parse(r.Text(on))
		switch {
		case err != nil:
			r.Fail(on.At, "progress.file.not_a_day", "got", clip(on.Value))
		case d.Year() < firstYear || d.Year() > lastYear:
			r.Fail(on.At, "progress.file.year", "got", clip(on.Value), "first", strconv.Itoa(firstYear), "last", strconv.Itoa(lastYear))
		}
		s.On = d
	}
	m.Done()
	if len(r.Problems) > before || item.Kind != yaml.Map {
		return
	}
	l.Sightings = append(l.Sightings, s)
	l.seen = append(l.seen, item.At)
}
