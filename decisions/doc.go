// Package decisions measures the program against published decisions: dated
// facts go in, a brief is made of them, and what the adjudicator found is
// compared with what the brief says.
//
// In: a folder of case files with expectations beside them, or a file in the
// form in which decisions are researched (facts, calendar, expectations). Out:
// rows that say match, mismatch or not applicable, each with its reason. The
// facts of a decision never hold the answer. It also holds the table that maps
// event names used elsewhere to the project's vocabulary.
package decisions
