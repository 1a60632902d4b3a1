// Package measure is what was measured of a child's goal: probes, their values
// as they were written, and what was seen of a behavior.
//
// In: the words of one cell, such as "7/10" or "80%". Out: a value that keeps
// its denominator, or nothing. It judges no progress, and it never guesses: a
// text that can be read in two ways is not read.
package measure
