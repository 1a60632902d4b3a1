// Package compare says what differs between two versions of a plan: services by
// line and in minutes a week, goals, supports, placement.
//
// In: two plans, each whole. Out: the changes, cuts first, and the minutes a week
// of each service before and after, exactly, by plan.Convention. What is compared
// with itself has no changes; the other way round every change is mirrored. It
// never says whether a change is right or allowed.
package compare
