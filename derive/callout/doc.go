// Package callout finds the moments at which it may be time to call somebody: a lawyer,
// a parent center, an expert.
//
// In: the record as of a day, the matters of the case, its limits, its removals, the law
// in play. Out: signs, each with the entries it stands on. A sign says that something is
// hard or that much depends on it; it says nothing of any person, and nothing of how a
// matter will end. It reads no clock and names no State.
package callout
