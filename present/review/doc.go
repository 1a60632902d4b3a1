// Package review says plans, comparisons and reviews in words: text for a
// terminal, and JSON for other programs.
//
// In: what plan, derive/plan/compare and derive/plan/review hold, and a language.
// Out: sentences. It derives nothing.
package review
