// Package checkin puts check-ins into words: the weekly message to teachers, what a
// child may be asked, the sentence that makes answering part of the plan.
//
// In: the parts of the program in force and a catalog. Out: text. The questions to a
// child are open and suggest no answer; those to teachers ask what happened, and of
// each part whether it did. It derives nothing and sends nothing.
package checkin
