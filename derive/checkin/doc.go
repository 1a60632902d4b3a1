// Package checkin holds what teachers and staff were asked against what they
// answered, and what the child and visitors told.
//
// In: the record and the school's calendar. Out: each question with its answer, or
// how long it has waited; who has left two unanswered, so that answering can be made
// part of the plan; and once that is agreed, by when each answer was due. A question
// without an answer in the record may have been answered all the same: it is "no
// answer yet", never a refusal. It makes no sentence and names no State.
package checkin
