// Package items is what a plan promises besides counted minutes and goals: each
// accommodation, aid, support, decision and service without minutes, with who is
// to do it, how often, what would show that it happened, and what people told of
// it: seen, not seen, why not, and what was agreed to put it right. It also says
// which pages for teachers were given, who confirmed one, and which are out of date.
//
// In: the program in force, the plans and the record as of a day. Out: Items and
// Digests. What nobody wrote down is unknown, never "not done". It names no State,
// blames nobody, and reads no clock.
package items
