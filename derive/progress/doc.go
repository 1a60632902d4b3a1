// Package progress says where a goal is heading, by named methods.
//
// In: a goal with its baseline, target and dates, and the probes taken of it.
// Out: keys and numbers: the aim line, two trends, the four-point rule, what is
// needed from now on, comparisons of phases, and one word for all of it. Every
// method bears the name under which it was published, and its convention stands
// in docs/progress.md. Where a method needs more probes than there are, the
// answer is how many there are and how many it needs, never a guess. No result
// is ever infinite or not a number.
//
// The numbers describe one child's data. They prove no cause.
package progress
