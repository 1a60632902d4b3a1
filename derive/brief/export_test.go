package brief

import (
	"slices"

	"stayput/fact"
)

// WithoutQuiet leaves out the entries that change nothing about what is in force.
func WithoutQuiet(es []fact.Entry) []fact.Entry {
	return slices.DeleteFunc(slices.Clone(es), func(e fact.Entry) bool { return quiet[e.Kind] })
}
