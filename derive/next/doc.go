// Package next derives what to do: for whoever keeps the record, the steps that
// the clocks and limits call for, the most pressing first, each with its reason.
//
// In: clocks, limits, who keeps the record, a day. Out: steps as keys of the
// locale catalogs. Looking or asking comes before demanding; what the law does
// not ask for is marked as a suggestion. It predicts no outcome.
package next
