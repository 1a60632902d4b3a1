package delivery_test

import (
	"testing"

	"pgregory.net/rapid"

	"stayput/derive/delivery"
	"stayput/plan/session"
)

// Somebody who says "I do not know" of a week knows nothing of it: the week ends a
// run of misses as one of which nobody wrote anything does.
func TestNotKnowingEndsARun(t *testing.T) {
	make := func(middle ...session.Log) int {
		logs := append([]session.Log{
			missed("a", "2025-09-03", "slp", session.MissedProvider),
			missed("c", "2025-09-17", "slp", session.MissedProvider),
		}, middle...)
		l := delivery.Make(delivery.Input{Promises: []delivery.Promise{promise(weekly("slp", 1, 30), "2025-08-18", "2026-05-08")}, Logs: logs, School: thirtySix(t), AsOf: on("2025-09-30")})
		return one(t, l).Longest.Sessions
	}
	unknown := missed("b", "2025-09-10", "slp", session.Unlogged)
	unknown.From = session.Family
	eq(t, "nothing in between", make(), 1)
	eq(t, "not known in between", make(unknown), 1)
	eq(t, "absent in between", make(missed("b", "2025-09-10", "slp", session.ChildAbsent)), 2)
}

// A level that is set higher never points out more.
func TestScreenFollowsItsLevels(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		part := func(name string) delivery.Minutes { return delivery.Of(rapid.IntRange(0, 600).Draw(r, name)) }
		tally := delivery.Tally{Delivered: part("given"), Short: part("short"), Reported: part("reported"), Unknown: part("unknown")}
		tally.Promised = tally.Delivered + tally.Short + tally.Reported + tally.Unknown
		inRow, disputed := rapid.IntRange(0, 9).Draw(r, "row"), rapid.IntRange(0, 3).Draw(r, "disputed")
		level := func(name string, most int) int { return rapid.IntRange(1, most).Draw(r, name) }
		low := delivery.Settings{ShortPerMille: level("a", 900), MissesInRow: level("b", 9), UnknownPerMille: level("c", 900)}
		high := delivery.Settings{ShortPerMille: low.ShortPerMille + 50, MissesInRow: low.MissesInRow + 1, UnknownPerMille: low.UnknownPerMille + 50}
		some := map[string]bool{}
		for _, x := range delivery.Screen(&tally, inRow, disputed, low) {
			some[x.Key] = true
		}
		for _, x := range delivery.Screen(&tally, inRow, disputed, high) {
			if !some[x.Key] {
				r.Fatalf("%s is pointed out at %+v and not at %+v", x.Key, high, low)
			}
		}
		if some["short"] != (tally.Promised > 0 && tally.Short.PerMille(tally.Promised) >= low.ShortPerMille) {
			r.Fatalf("short: %+v at %+v", tally, low)
		}
		if some["disputed"] != (disputed > 0) || some["row"] != (inRow >= low.MissesInRow) {
			r.Fatalf("%v", some)
		}
	})
}
