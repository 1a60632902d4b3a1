// Package route derives which ways to answer a no fit a case on a day: what is
// possible now, what needs something first, and what the law forbids, each with its
// reasons. One way and one other are suggested; none is ever hidden.
//
// In: the law in play, the record, the program, the clocks and limits, what a person
// picked and answered. Out: every route of the law with fit, reasons, needs, what it
// can order and when the right to it runs out. It predicts nothing, names no State
// and writes no sentence: reasons are names of texts that the packs hold.
package route
