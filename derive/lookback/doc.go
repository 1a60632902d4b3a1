// Package lookback tells what became of the services of a plan over school years:
// when each gap began and ended and what it comes to, what can still be brought up
// by which route until when, and what proof there is and what is missing.
//
// In: the ledger, what was logged, the record, the law, a day. Out: gaps by school
// year, each with the last days that the limits of the law give its first and its
// last session; for each route the first day that it still reaches; counts of who
// told what. What is short, what is reported and what is unknown stay apart
// everywhere, and each school year comes to the numbers of the ledger. It decides
// nothing, blames nobody and reads no clock.
package lookback
