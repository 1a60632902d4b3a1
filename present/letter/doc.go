// Package letter puts a paper's wording and the facts of a case together, and checks what
// a person made of it.
//
// In: a paper, facts, a language and a register. Out: blocks of a document in which every
// fact is known with the entries it stands on, and what the record does not hold is a
// blank that asks for it. Later: which contents the edited text holds, what changed in
// the record since, and which dates and numbers of the text stand in no fact.
package letter
