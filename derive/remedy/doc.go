// Package remedy is what agreements and decisions promise a child, and what became
// of it.
//
// In: the record of a case (record.View) with what the law counts from it (the
// clocks and limits of a brief), the law in force, and sessions that were logged as
// made up. Out: each agreement with the things it promises: when each is due, how
// much of it was given, what is left in minutes and in cents, what shows it, and
// what may be done when it is not carried out, by the law's own answers.
//
// Amounts are whole cents. What was given beyond what was promised is said, never
// taken off. Nothing is inferred: what nobody wrote down as given is not known to be
// given, and it may have been. The order of the entries does not matter.
package remedy
