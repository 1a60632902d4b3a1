// Package refusal is every no of the school in a record: what was asked, which
// reasons were told by whom and when, whether the written notice came and how long
// that took, and which one step comes next.
//
// In: the record, its clocks and the day asked about. Out: Noes, the latest first.
// A reason is kept as it was said; nothing is made of why somebody said it. It names
// no State and reads no clock.
package refusal
