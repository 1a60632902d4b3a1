// Package outside is the path of an evaluation by somebody outside the school, from
// the disagreement to what changed: the request, the criteria, whether the district
// pays or files, the report, and the team's look at it. An evaluation that the family
// paid for begins at the report.
//
// In: the record, its clocks and the day asked about. Out: Paths, each with its
// steps, the days between them and the one step that comes next. It invents no
// deadline: where the law has only a standard it shows the days. It names no State
// and reads no clock.
package outside
