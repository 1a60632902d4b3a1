// Package delivery holds what was promised against what was given.
//
// In: stretches of time in which a service line is in force, the child's school
// calendar, and sessions as they were logged. Out: for each service, by week,
// month, school year, plan and in all, what became of every promised minute:
// delivered, made up, given in another way, excused, short, reported missing, or
// unknown. What nobody wrote down is unknown, never missed.
//
// Promised minutes belong to school days, so that any two ways of adding them up
// agree: a week, a month and a plan are sums of the same days. Amounts are exact.
// It names no State, reads no clock and makes no sentence. docs/delivery.md
// explains every column and every convention.
package delivery
