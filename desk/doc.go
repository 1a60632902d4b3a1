// Package desk is the one door: everything a person can do, allowed or refused,
// then done.
//
// In: who asks, and what for. Out: what follows from the record, or an entry
// added to it. Every exported method of Desk asks may first; a test reads the
// source for that. The desk knows what time it is and where bytes rest only
// through its arguments: it imports no database and no web.
package desk
