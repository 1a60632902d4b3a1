package brief_test

import (
	"testing"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/fact"
	"stayput/law/packs"
)

// A record in which nothing ever started a date must not read as one in which
// nothing is late.
func TestHeadlineOfWhatNeverStarted(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	kind := fact.MustLookup
	call := fact.Entry{ID: "call", Kind: kind("contact"), On: day.On(day.Must(2025, 9, 3))}
	request := fact.Entry{ID: "request", Kind: kind("evaluation_requested"), On: day.On(day.Must(2025, 9, 3))}
	unread := request
	unread.Fields.Received = fact.No
	year := []day.SchoolYear{{ID: "y", Label: "2025-26", First: day.Must(2025, 9, 8), Last: day.Must(2026, 5, 28), Complete: true}}
	born := fact.Child{Born: day.Must(2015, 4, 2)}
	for _, c := range []struct {
		name    string
		child   fact.Child
		years   []day.SchoolYear
		entries []fact.Entry
		asOf    day.Date
		want    string
		first   string
	}{
		{"no entry", fact.Child{}, nil, nil, day.Must(2025, 10, 1), "not_started", "write_first"},
		{"a call", fact.Child{}, nil, []fact.Entry{call}, day.Must(2025, 10, 1), "not_started", "write_first"},
		{"a call, with a school year and a birthday", born, year, []fact.Entry{call}, day.Must(2025, 10, 1), "not_started", ""},
		{"a request that never arrived", fact.Child{}, nil, []fact.Entry{unread}, day.Must(2025, 10, 1), "not_started", "write_first"},
		{"a request", fact.Child{}, year, []fact.Entry{request}, day.Must(2025, 10, 1), "late", ""},
		{"a request not yet made", fact.Child{}, nil, []fact.Entry{request}, day.Must(2025, 9, 1), "not_started", "write_first"},
	} {
		k := fact.Case{Jurisdiction: []fact.Dated{{Is: "us-ca"}}, Side: fact.FamilySide, Child: c.child}
		laws, err := brief.Laws(&k, book)
		if err != nil {
			t.Fatal(err)
		}
		school, err := day.NewSchool(c.years, day.View{}, brief.YearRule(laws), day.Span{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := brief.Make(brief.Input{Case: &k, Entries: c.entries, Book: book, School: school, AsOf: c.asOf})
		if err != nil {
			t.Fatal(err)
		}
		if b.Headline.Key != c.want {
			t.Errorf("%s: headline %q, want %q", c.name, b.Headline.Key, c.want)
		}
		if c.first != "" && b.Next[0].Do != c.first {
			t.Errorf("%s: next step %q, want %q", c.name, b.Next[0].Do, c.first)
		}
	}
}
