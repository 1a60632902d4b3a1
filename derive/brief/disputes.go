package brief

import (
	"stayput/derive/clock"
	"stayput/derive/dispute"
	"stayput/fact"
)

// Disputes are the paths of every dispute of the case, for one side, the earliest first.
func Disputes(b *Brief, side fact.Side) []dispute.Path {
	return dispute.Derive(DisputeInput(b, side))
}

// DisputeInput is what the paths of a case are derived from.
func DisputeInput(b *Brief, side fact.Side) dispute.Input {
	in := dispute.Input{Case: b.Case, View: b.View, Program: b.Program, Clocks: b.Clocks, Limits: b.Limits, Cancellations: b.Cancellations, Side: side, AsOf: b.AsOf}
	for _, l := range b.Laws {
		in.Laws = append(in.Laws, clock.Since{From: l.From, Law: l.Law})
	}
	return in
}
