// Package day holds dates without clocks: civil dates, what may be known of
// one, calendars that say which days count, and counting.
//
// In: facts about days (holidays as rules, a school's sessions and closures).
// Out: dates, and for each count the runs of days that were counted or left
// out, with the reason. It knows no law: which calendar a duty uses, and
// whether a last day may move, is the caller's to say. It reads no clock and no
// time zone.
package day
