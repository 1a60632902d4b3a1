// Package pack reads law packs and checks them.
//
// In: the files of a pack's folder (docs/law-packs.md), as YAML or in the
// compiled form that is built into the program. Out: law.Pack, the texts for
// readers, and the worked examples as they stand. It refuses an unknown key, a
// word nobody defined, an impossible date or a missing citation with file, line
// and column. It runs no example: that is lawtest.
package pack
