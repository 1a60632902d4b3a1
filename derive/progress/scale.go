package progress

import (
	"strconv"
	"strings"

	"stayput/measure"
)

// A Scale is the levels of a rubric or of prompts, the lowest first. Its steps
// have an order but no equal size: medians, Theil–Sen slopes and the indices that
// compare pairs may be used, least squares and means may not.
type Scale []string

// Prompts are levels of help from the most to none, by keys of the catalogs.
// Programs order them differently; a plan's own list comes first.
var Prompts = Scale{"full_physical", "partial_physical", "modeled", "gestured", "spoken", "independent"}

// Read finds a level by its name, without regard to capitals, or by its number
// from 1. ok is false when it is neither.
func (s Scale) Read(text string) (v measure.Value, ok bool) {
	text = strings.Join(strings.Fields(text), " ")
	for i, name := range s {
		if strings.EqualFold(text, strings.Join(strings.Fields(name), " ")) {
			return measure.Number(float64(i + 1)), true
		}
	}
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(s) {
		return measure.Number(float64(n)), true
	}
	return measure.Value{}, false
}

// Name is the level nearest to a value, the lower one of two as near; a value
// outside the scale has none.
func (s Scale) Name(level float64) (name string, ok bool) {
	if !(level >= 1 && level <= float64(len(s))) {
		return "", false
	}
	i := int(level)
	if level-float64(i) > 0.5 {
		i++
	}
	return s[i-1], true
}
