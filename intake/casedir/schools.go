package casedir

import (
	"sync"
	"time"

	"stayput/day"
)

// Schools keeps the calendars already worked out, because the cases of one
// office share a few: the same files, child's grade group and law. It is safe for
// use by several goroutines.
type Schools struct {
	mu   sync.Mutex
	seen map[schoolKey]*day.School
	used []schoolKey // oldest first
}

type schoolKey struct {
	key  string
	ext  bool // of the extended school year
	view day.View
	rule day.YearRule
	span day.Span
}

// keepSchools bounds the memory: a calendar worked out takes a few hundred
// kilobytes.
const keepSchools = 64

// Of is the calendar of the school that the child of c goes to, as known by a day.
func (s *Schools) Of(c *Case, rule day.YearRule, known day.Date) (*day.School, error) {
	k := schoolKey{key: c.Key, view: c.View(known), rule: rule}
	if c.Key == "" {
		k.view = day.View{}
	} else {
		// Whole decades, so that cases of neighboring years share.
		n := Span(c.File.Entries)
		if n.First != 0 {
			k.span = day.Span{First: decade(n.First, 0), Last: decade(n.Last, 10)}
		}
		if !concerns(c.Years) {
			k.view.Grade = ""
		}
	}
	return s.once(k, c.Years)
}

// extendedRule bounds what an extended year's calendar speaks of: in the calendar
// year in which it lies it says all, of other years nothing.
var extendedRule = day.YearRule{Month: time.January, Day: 1}

// Extended is the calendar of the extended school year of the child of c, as known by
// a day; nil when the case names none.
func (s *Schools) Extended(c *Case, known day.Date) (*day.School, error) {
	if len(c.Extended) == 0 {
		return nil, nil
	}
	return s.once(schoolKey{key: c.Key, ext: true, view: c.View(known), rule: extendedRule}, c.Extended)
}

// once works a calendar out, unless it is kept.
func (s *Schools) once(k schoolKey, years []day.SchoolYear) (*day.School, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if got := s.seen[k]; got != nil {
		return got, nil
	}
	got, err := day.NewSchool(years, k.view, k.rule, k.span)
	if err != nil {
		return nil, err
	}
	if s.seen == nil {
		s.seen = map[schoolKey]*day.School{}
	}
	if len(s.used) == keepSchools {
		delete(s.seen, s.used[0])
		s.used = s.used[1:]
	}
	s.seen[k] = got
	s.used = append(s.used, k)
	return got, nil
}

func decade(d day.Date, plus int) day.Date {
	y := d.Year()/10*10 + plus
	got, err := day.Of(min(max(y, 1), 9999), 1, 1)
	if err != nil {
		return d
	}
	return got
}

// concerns reports that some closure is for some grades only.
func concerns(years []day.SchoolYear) bool {
	for i := range years {
		for _, c := range years[i].Closures {
			if len(c.Grades) > 0 {
				return true
			}
		}
	}
	return false
}
