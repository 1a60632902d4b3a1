// Package progress puts into words what derive/progress found of a goal: the
// verdict, what is missing, the four-point rule, and the indices with their
// methods' names.
//
// In: a result and a catalog. Out: sentences and rows. It works out no result.
package progress
