// Package brieftest makes briefs of a few entries, for tests of what is derived from a
// brief.
package brieftest

import (
	"stayput/day"
	"stayput/derive/brief"
	"stayput/fact"
	"stayput/fact/facttest"
	"stayput/law/packs"
)

// A Fataler ends a test: a testing.TB or a rapid.T.
type Fataler interface{ Fatal(...any) }

// Make is the brief of entries as of a day, without a school calendar. A case that names
// no place has federal law alone.
func Make(t Fataler, asOf string, c fact.Case, entries ...fact.Entry) *brief.Brief {
	if len(c.Jurisdiction) == 0 {
		c.Jurisdiction = []fact.Dated{{Is: "us"}}
	}
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	laws, err := brief.Laws(&c, book)
	if err != nil {
		t.Fatal(err)
	}
	school, err := day.NewSchool(nil, day.View{}, brief.YearRule(laws), day.Span{First: facttest.Day("2020-07-01"), Last: facttest.Day("2027-06-30")})
	if err != nil {
		t.Fatal(err)
	}
	b, err := brief.Make(brief.Input{Case: &c, Entries: entries, Book: book, School: school, AsOf: facttest.Day(asOf)})
	if err != nil {
		t.Fatal(err)
	}
	return b
}
