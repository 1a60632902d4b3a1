package calendar

import (
	"regexp"
	"strings"

	"stayput/format/ics"
)

// A sense is what an event says of the school year.
type sense uint8

const (
	unknown sense = 0
	first   sense = 1 << iota
	last
	closed
	minimum // pupils attend for part of the day
)

// read tells what an event says, and the key of what a person should check
// about it, "" for nothing.
func read(e *ics.Event) (sense, string) {
	s := fold(e.Summary)
	short := has(s, minimumWords)
	strong := has(s, noSchool)
	if !strong {
		for _, edge := range []struct {
			is      sense
			phrases []string
		}{{first, firstDay}, {last, lastDay}} {
			if !has(s, edge.phrases) {
				continue
			}
			switch {
			case has(s, notTheYear), has(s, aTerm) && !has(without(s, looser), edge.phrases):
				return unknown, "ics.not_recognized"
			case has(s, someOnly) && !has(s, everybody):
				return unknown, "ics.some_grades"
			case short:
				return edge.is | minimum, ""
			}
			return edge.is, ""
		}
	}
	main := fold(aside.ReplaceAllString(e.Summary, " "))
	weak := has(s, closing) || has(s, staffWords) || has(s, emergencyWords)
	named := has(s, namedHolidays)
	switch {
	case strong && has(main, minimumWords) || strong && has(s, uncertain):
		return unknown, "ics.unclear"
	case strong && !e.AllDay(), weak && !short && !e.AllDay():
		return unknown, "ics.part_of_day"
	case strong:
		return closed, gradeNote(e)
	case short:
		return minimum, ""
	case weak && !has(s, notAClosure) && !has(s, uncertain) && has(s, closing):
		return closed, gradeNote(e)
	case weak && !has(s, notAClosure) && !has(s, uncertain) && (has(s, surelyStaff) || has(s, surelyEmergency)):
		return closed, gradeNote(e)
	case named && e.AllDay() && !has(s, notAClosure) && !has(s, uncertain) && e.Days.Days() <= 5:
		return closed, "ics.holiday_assumed"
	}
	return unknown, "ics.not_recognized"
}

// Words that by themselves mean that pupils stay at home, unlike "staff" or
// "weather".
var (
	surelyStaff = []string{
		"staff development", "staff development day", "professional development", "professional learning", "teacher work day", "teacher workday",
		"teacher work days", "teacher workdays", "staff work day", "staff workday", "institute day", "teacher in service", "teacher inservice", "inservice", "in service",
		"desarrollo profesional", "capacitacion",
	}
	surelyEmergency = []string{"emergency closure", "emergency day", "snow day", "weather closure", "smoke day"}
)

// aside is what stands in brackets and says that some pupils do attend.
var aside = regexp.MustCompile(`(?i)\([^)]*(attend|minimum|shortened|early|release)[^)]*\)`)

// without takes the phrases out of the folded text s.
func without(s string, phrases []string) string {
	for _, p := range phrases {
		s = strings.ReplaceAll(s, " "+p+" ", " ")
	}
	return s
}

func gradeNote(e *ics.Event) string {
	if gradesNamed(e.Summary) != nil {
		return "ics.grades_from_name"
	}
	return ""
}

// gradesNamed is the grades a closure's name speaks of; nil when it speaks of
// none, or of all.
func gradesNamed(summary string) []string {
	s := fold(aside.ReplaceAllString(summary, " "))
	if has(s, everybody) {
		return nil
	}
	var out []string
	for _, g := range []struct {
		grade   string
		phrases []string
	}{
		{"preschool", []string{"preschool", "prek", "pre k", "pk", "preescolar"}},
		{"TK", []string{"tk", "transitional kindergarten"}},
		{"K", []string{"kindergarten", "kinder"}},
		{"elementary", []string{"elementary", "primaria"}},
		{"middle", []string{"middle school", "middle schools", "junior high"}},
		{"high", []string{"high school", "high schools"}},
		{"secondary", []string{"secondary", "secundaria"}},
	} {
		if has(s, g.phrases) {
			out = append(out, g.grade)
		}
	}
	has := func(g string) bool {
		for _, o := range out {
			if o == g {
				return true
			}
		}
		return false
	}
	if has("elementary") && (has("secondary") || has("high")) {
		return nil // all of them
	}
	return out
}
