package brief

import (
	"stayput/law"
	"stayput/law/pack"
	"stayput/locale"
)

// Words gives the texts of the law packs in one language: that of the catalog
// it is used with.
type Words interface {
	// Rule is what a reader is told of a rule, or nil.
	Rule(id law.RuleID) *pack.Text
	// Holiday is the name of a holiday, or "".
	Holiday(id string) string
}

// Options say how a brief is written.
type Options struct {
	Catalog *locale.Catalog
	Words   Words
	Trace   bool   // text: print each run of days
	Color   bool   // text: bold headings and color, for terminals
	Width   int    // text: columns; 0 is 80
	Compact bool   // JSON: one line, without the long texts of rules
	Case    string // JSON: where the case came from
}

func (o Options) catalog() *locale.Catalog {
	if o.Catalog != nil {
		return o.Catalog
	}
	c, _ := locale.For("en")
	return c
}
