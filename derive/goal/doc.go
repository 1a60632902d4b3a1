// Package goal reads an annual goal of a plan and says what it holds and what
// it lacks: a date, a condition, an act one can see, a level one can count, a
// way to measure, a baseline in the same unit.
//
// In come the text, its baseline field and the language, out comes a Review
// with the words that show each part. The rules are fixed: the same text always
// gets the same answer, in English, in Spanish and in a mix of both. What words
// mean stands in words.en.txt and words.es.txt.
//
// It never says whether a goal is right for a child, never makes up a number,
// and reads no file, no network and no clock.
package goal
