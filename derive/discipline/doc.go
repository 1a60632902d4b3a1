// Package discipline is what removals from school come to: each removal in school
// days, the total of a school year with the day on which the tenth and the
// eleventh fell, the services owed from then on, when removals change the
// placement (by length, by a pattern, by a decision), the manifestation review
// and what follows from each answer, interim settings and appeals.
//
// In: the record, the school calendar, the law with its answers to
// law.Questions. Out: a Result of keys, arguments and citations. Without a
// calendar the numbers are bounds. It decides no pattern: that is for people,
// case by case; it says what the record shows on each limb. It names no State.
package discipline
