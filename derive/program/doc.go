// Package program is what was agreed to, what must be carried out, and what stays
// put: for any day, which component of which version of a plan is in force, since
// when and why; what each side may do next; and what continues while a dispute
// lasts.
//
// In: the plans as written, the record with what follows by itself, and the law
// with its answers to law.Questions. Out: a Result of keys, arguments and
// citations. The same facts in any order give the same Result. It names no State:
// what differs between States is data.
package program
