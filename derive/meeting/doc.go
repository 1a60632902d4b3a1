// Package meeting gathers what a record holds around each meeting of the team:
// who asked for it, when it is or was, who must come and who may stay away, the
// notice, the interpreter, a recording, the talk before it, what each side
// prepared, what was decided and what is still open afterwards.
//
// In: the record, the law in play with its clocks, the plan in force. Out: one
// Meeting for each, by date. An entry belongs to the meeting that it names (Re),
// through other entries if need be; one that names none is put to the meeting
// nearest to it, which Meeting.Near says, so that a reader can object:
//
//   - a meeting that was held, to the day set for one at most seven days away;
//   - a request, to the first meeting after it, at most ninety days later;
//   - what comes before a meeting (notice, agenda, concerns), to the first meeting
//     after it, at most sixty days later;
//   - what comes after it (decisions, summary), to the latest meeting before it, at
//     most thirty days earlier.
//
// What belongs nowhere is Loose; nothing is lost. The numbers are settings of ours,
// no law. It says what is missing from the record, never that somebody failed to do
// it, and names no State.
package meeting
