// Package claims gathers what a record shows that was not as the law or the plan asks:
// duties that were late, refusals, services that were not given, content that a plan
// lacks. For each it gives the rule, the days, the last day by each route, what shows it
// and what is missing, and what a route can bring.
//
// In: the record as of a day, its clocks and limits, a look back at services, the
// findings of reviews, the law. Out: claims, sorted by the day they happened. It counts
// no day of its own: last days are those of derive/limit and derive/lookback. It says
// what may be brought up, never what would come of it, and it names no State.
package claims
