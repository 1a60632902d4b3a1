package brief_test

import (
	"testing"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/clock"
	"stayput/fact"
	"stayput/law/packs"
)

// An appointment put off to another day no longer holds anything back: records
// are due before the meeting that will be, not before the one that was to be.
func TestAppointmentPutOff(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	kind := fact.MustLookup
	// From Monday, February 28, 2022 the fifth business day is Monday, March 7.
	request := fact.Entry{ID: "request", Kind: kind("records_access_requested"), On: day.On(day.Must(2022, 2, 28))}
	meeting := func(id string, on int, re, supersedes string) fact.Entry {
		return fact.Entry{ID: id, Kind: kind("iep_meeting_scheduled"), On: day.On(day.Must(2022, 3, on)), Re: re, Supersedes: supersedes}
	}
	held := fact.Entry{ID: "ask", Kind: kind("iep_meeting_requested"), On: day.On(day.Must(2022, 1, 20))}
	for _, c := range []struct {
		name    string
		entries []fact.Entry
		want    day.Date
		set     day.Date
	}{
		{"one meeting, March 3", []fact.Entry{meeting("first", 3, "", "")}, day.Must(2022, 3, 2), day.Must(2022, 3, 3)},
		{"two meetings", []fact.Entry{meeting("first", 3, "", ""), meeting("second", 10, "", "")}, day.Must(2022, 3, 2), day.Must(2022, 3, 3)},
		{"put off to March 10", []fact.Entry{meeting("first", 3, "", ""), meeting("second", 10, "first", "")}, day.Must(2022, 3, 7), day.Must(2022, 3, 10)},
		{"corrected to March 10", []fact.Entry{meeting("first", 3, "", ""), meeting("second", 10, "", "first")}, day.Must(2022, 3, 7), day.Must(2022, 3, 10)},
		{"put off, then forward to March 4", []fact.Entry{meeting("first", 3, "", ""), meeting("second", 10, "first", ""), meeting("third", 4, "second", "")},
			day.Must(2022, 3, 3), day.Must(2022, 3, 4)},
	} {
		k := fact.Case{Jurisdiction: []fact.Dated{{Is: "us-ca"}}, Side: fact.FamilySide}
		laws, err := brief.Laws(&k, book)
		if err != nil {
			t.Fatal(err)
		}
		school, err := day.NewSchool(nil, day.View{}, brief.YearRule(laws), day.Span{})
		if err != nil {
			t.Fatal(err)
		}
		es := append([]fact.Entry{held, request}, c.entries...)
		b, err := brief.Make(brief.Input{Case: &k, Entries: es, Book: book, School: school, AsOf: day.Must(2022, 2, 28)})
		if err != nil {
			t.Fatal(err)
		}
		var records, asked *clock.Clock
		notices := 0
		for i := range b.Clocks {
			switch b.Clocks[i].Rule.ID {
			case "us-ca.records.access":
				records = &b.Clocks[i]
			case "us-ca.iep.parent_request":
				asked = &b.Clocks[i]
			case "us-ca.iep.recording_notice":
				notices++
			}
		}
		if records == nil || records.On != c.want {
			t.Errorf("%s: records %+v; want them by %v", c.name, records, c.want)
		}
		if asked == nil || asked.SetFor != c.set {
			t.Errorf("%s: the meeting that was asked for %+v; want it set for %v", c.name, asked, c.set)
		}
		if want := map[bool]int{true: 2, false: 1}[c.name == "two meetings"]; notices != want {
			t.Errorf("%s: %d days to give notice of a recording, want %d", c.name, notices, want)
		}
	}
}
