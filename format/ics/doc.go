// Package ics reads iCalendar files: their events, with the days each one
// falls on.
//
// In: the bytes of a file as calendar programs publish it. Out: events with the
// line each stands on, and repeating events as days, within bounds. It knows
// nothing of schools. It is the only package that imports the iCalendar
// library.
package ics
