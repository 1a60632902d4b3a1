// Package review reads a plan with a critical eye, by fixed rules: the same plan
// and the same law always give the same findings.
//
// In: a plan, the law that applies, what other plans there are. Out: findings,
// the ones that matter most first, each with the parts it is about and, where the
// law speaks of it, the citation of a pack. A finding is a question to ask; only
// where the law requires the part, and the whole paper was entered, is it more.
// It never says that anybody broke the law, names no state, and invents neither a
// citation nor a number.
package review
