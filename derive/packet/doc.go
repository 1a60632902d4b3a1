// Package packet gathers packs of papers: what to bring to a meeting, to a mediation, and
// with a complaint; and the week of a case, for a letter to its family.
//
// In: what papers are drafted from (derive/draft), or a brief. Out: the sections of a
// pack, each row with the entries it stands on, and nothing in place of what the record
// does not hold. What stands behind a wall is in none of them; of what was said in a
// mediation room there is the day and no word. It writes no words and reads no clock.
package packet
