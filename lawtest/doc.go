// Package lawtest runs the worked examples of law packs: each is worked out by
// the engine, compared with the date its author counted by hand, and counted
// again by a plain day-by-day counter (lawtest/recount) that shares no code with
// the engine.
//
// It also runs the worked cases on consent, the program in force and stay put,
// through derive/clock and derive/program.
//
// In: a pack's examples and cases, the law book, school calendars. Out: for each
// what differs, with the place in the file and the count. It also says which
// rules have no example, and which answers of program.yaml no case.
package lawtest
