// Package joined holds a goal's probes against the minutes of service in the same
// weeks: where less was given than promised for weeks in a row, what the trend of
// the probes was in those weeks and in the weeks before.
//
// In: weeks of minutes, points in order of days, the days on which the plan changed.
// Out: each such stretch with both trends, their difference and its range, or what
// is missing to say anything. It tells what went together. It never says that one
// caused the other, and of too few probes it says nothing at all.
package joined
