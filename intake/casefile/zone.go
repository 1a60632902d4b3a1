package casefile

import (
	"strings"
	"sync"
	"time"

	"stayput/fault"
	"stayput/format/yaml"
)

// known holds the names of time zones that were found, so that reading many
// files looks each up once.
var known sync.Map

// usZones are what most people mean, for the nearest known word.
var usZones = []string{
	"America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage",
	"Pacific/Honolulu", "America/Detroit", "America/Indiana/Indianapolis", "America/Boise", "America/Puerto_Rico", "UTC",
}

func (r *reader) zone(n *yaml.Node) string {
	z := r.Text(n)
	if z == "" {
		return ""
	}
	if !isZone(z) {
		r.Fail(n.At, "case.unknown_zone", "zone", z, "nearest", nearZone(z))
	}
	return z
}

func nearZone(z string) string {
	for _, k := range usZones {
		if _, city, _ := strings.Cut(k, "/"); city != "" && strings.EqualFold(strings.ReplaceAll(z, " ", "_"), city) {
			return k
		}
	}
	return fault.Nearest(z, usZones)
}

// isZone reports whether there is a time zone of a name.
func isZone(name string) bool {
	if _, ok := known.Load(name); ok {
		return true
	}
	if name == "Local" {
		return false // it would be another zone on another machine
	}
	if _, err := time.LoadLocation(name); err != nil {
		return false
	}
	known.Store(name, true)
	return true
}
