// Package clock derives what is due: from a case record, the law in force, the
// school's calendar and a day, every clock with its due date, its status and
// the days that were counted.
//
// It reads no time and touches nothing: the same arguments always give the same
// answer, whatever the order of the entries. It decides no dispute: where the
// law is open it gives both dates, where a fact is missing it gives bounds and
// the name of what is missing.
package clock
