// Package sqlite keeps a desk's record in one file of one folder.
//
// In: a folder. Out: a desk.Store on stayput.db in it, with one writer and a few
// readers, each commit forced to the disk before Write returns. The form of the
// file is migrations/*.sql; what must never change is guarded there by triggers
// as well as here.
//
// Moments are kept to the millisecond, in UTC. A method of a Tx that fails has
// changed nothing; whatever fails below SQL ends the whole transaction.
//
// It never overwrites a file, never changes one that it does not know, derives
// nothing, and asks nobody who may.
package sqlite
