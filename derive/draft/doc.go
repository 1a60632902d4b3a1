// Package draft gathers what a case says for a paper: each date, name, quote, duty and
// shortfall as a value with the entries it stands on.
//
// In: the case, its record and what follows from it, and what the paper is about. Out:
// Facts, which a paper's fields and lists name. What the record does not hold has no
// value; nothing is made up. What stands behind a wall, what was said at a mediation and
// what staff wrote for themselves goes into no paper. It writes no words and reads no
// clock.
package draft
