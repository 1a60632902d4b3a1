// Package limit derives when each right to complain runs out: one limit for
// each late duty and each refusal under every rule that gives such a right, and
// the limits that start on events of their own, such as an appeal.
//
// In: the wrongs and clocks that derive/clock found, the law, a day. Out: limits,
// each with the earliest and the latest defensible last day. A person's own time
// to act is always the earliest; it is never moved past a weekend.
package limit
