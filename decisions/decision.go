package decisions

import (
	"fmt"
	"time"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/fact"
	"stayput/fault"
	"stayput/intake/casedir"
	"stayput/law"
	"stayput/plan"
)

// A Verdict is what came of one expectation.
type Verdict string

const (
	Match         Verdict = "match"
	NotApplicable Verdict = "not_applicable"
	Mismatch      Verdict = "mismatch"
)

// The reasons for not comparing.
const (
	OtherPart   = "other_part"   // another part of the program, or a ruling nobody derives from dates
	FactMissing = "fact_missing" // the facts given do not settle it
	PackToCome  = "pack_to_come" // the law of a State without a pack
)

// A Row is one expectation of one decision and what the brief says of it.
type Row struct {
	Decision string  `json:"decision"`
	What     string  `json:"what"`
	Basis    string  `json:"basis"` // adjudicator, secondary or derived
	Rule     string  `json:"rule"`  // the law as the source names it
	Verdict  Verdict `json:"verdict"`
	Expected string  `json:"expected"`
	Got      string  `json:"got"`
	Reason   string  `json:"reason"`
}

// A Totals counts verdicts.
type Totals struct {
	Decisions     int `json:"decisions"`
	Expectations  int `json:"expectations"`
	Match         int `json:"match"`
	NotApplicable int `json:"not_applicable"`
	Mismatch      int `json:"mismatch"`
}

// Count adds rows up.
func Count(rows []Row) Totals {
	var t Totals
	seen := map[string]bool{}
	for _, r := range rows {
		if !seen[r.Decision] {
			seen[r.Decision] = true
			t.Decisions++
		}
		t.Expectations++
		switch r.Verdict {
		case Match:
			t.Match++
		case Mismatch:
			t.Mismatch++
		default:
			t.NotApplicable++
		}
	}
	return t
}

// subject is one decision ready to be asked about: the case and its law.
type subject struct {
	id    string
	kase  *fact.Case
	facts []fact.Entry
	plans []*plan.Plan
	// ledgers are promises and sessions that the decision tells of, by name.
	ledgers map[string]ledgerFact
	years   []day.SchoolYear
	book    *law.Book
	asOf    day.Date
	briefs  map[day.Date]*brief.Brief
}

// brief is the brief as of a day; zero is the day of the decision.
func (s *subject) brief(asOf day.Date) (*brief.Brief, error) {
	if asOf == 0 {
		asOf = s.asOf
	}
	if b := s.briefs[asOf]; b != nil {
		return b, nil
	}
	b, err := s.make(asOf, s.facts)
	if err != nil {
		return nil, err
	}
	if s.briefs == nil {
		s.briefs = map[day.Date]*brief.Brief{}
	}
	s.briefs[asOf] = b
	return b, nil
}

// make works out a brief of some entries.
func (s *subject) make(asOf day.Date, entries []fact.Entry) (*brief.Brief, error) {
	laws, err := brief.Laws(s.kase, s.book)
	if err != nil {
		return nil, fault.New(fault.Internal, fault.Position{File: s.id}, "internal", "cause", err.Error()).Wrap(err)
	}
	school, err := s.school(entries, laws)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(s.kase.Zone)
	if err != nil {
		zone = time.UTC
	}
	b, err := brief.Make(brief.Input{Case: s.kase, Entries: entries, Book: s.book, School: school, AsOf: asOf, Zone: zone})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.id, err)
	}
	return b, nil
}

// school is the calendar of the case.
func (s *subject) school(entries []fact.Entry, laws []brief.Law) (*day.School, error) {
	view := day.View{Grade: s.kase.Child.Grade, Track: s.kase.Child.Track}
	school, err := day.NewSchool(s.years, view, brief.YearRule(laws), casedir.Span(entries))
	if err != nil {
		return nil, fault.New(fault.Invalid, fault.Position{File: s.id}, "case.calendars_overlap", "cause", err.Error()).Wrap(err)
	}
	return school, nil
}

// lastFact is the last day on which something is said to have happened.
func lastFact(entries []fact.Entry) day.Date {
	var last day.Date
	for i := range entries {
		if !entries[i].Kind.Info().Appointment {
			last = max(last, entries[i].On.Latest)
		}
	}
	if last == 0 {
		for i := range entries {
			last = max(last, entries[i].On.Earliest)
		}
	}
	return last
}
