// Package storetest is what every desk.Store must promise, as one suite.
//
// In: a way to open a store at a place, and again at the same place. Out: a
// failed test for each promise that is not kept. The suite knows only
// desk.Store: it never asks how a store keeps its bytes.
//
// Beyond what the interface says it asks for this: moments are kept to the
// millisecond in UTC; lists without an order of their own come in the order of
// adding (drafts by key); a method that fails has changed nothing, and the
// transaction may go on; f of Read and Write never calls Read or Write.
package storetest
