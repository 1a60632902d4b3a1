// Package dispute shows each dispute of a case as a path: its steps in order, what was
// done, what is due and when, what waits for what, and what may be written down next.
//
// In: the record as of a day, the dates that were derived from it, the limits, the law.
// Out: one Path for each matter that somebody began. It counts no day of its own: every
// date is that of a clock or a limit, or one that somebody wrote down. It says what is
// possible and what the law asks for, never who will be right, and it names no State.
package dispute
