// Package lawtest runs the worked examples of law packs: each is worked out by
// the engine, compared with the date its author counted by hand, and counted
// again by a plain day-by-day counter (lawtest/recount) that shares no code with
// the engine.
//
// In: a pack's examples, the law book, school calendars. Out: for each example
// what differs, with the place in the file and the count. It also says which
// rules have no example.
package lawtest
