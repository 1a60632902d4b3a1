// Package rejection derives what became of each no of a family to something the
// school offered: what the parents said in their own words, the five steps of an
// answer (acknowledge and ask, listen, read again with fresh eyes, a revised offer,
// prior written notice), every contact, the attempts before a meeting, the offers
// that stay owed, and a chronology in order with what is missing in it.
//
// In: a record.View, the clocks, the program where there is one, what a review of the
// plans found, a day. Out: one path for each no. It says what the record holds; it
// judges no one, predicts nothing and never reads an impression of staff as a fact.
package rejection
