package brief

import (
	"stayput/derive/remedy"
)

// Remedies are the agreements and decisions of a case with what they promise and what
// became of it. made are sessions that were logged as made up; they stand beside a
// promise and are never added to it.
func Remedies(b *Brief, made []remedy.Made) *remedy.Result {
	in := remedy.Input{View: b.View, Clocks: b.Clocks, Limits: b.Limits, Made: made, AsOf: b.AsOf}
	for _, l := range b.Laws {
		in.Laws = append(in.Laws, remedy.Since{From: l.From, Law: l.Law})
	}
	return remedy.Derive(in)
}
