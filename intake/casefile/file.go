package casefile

import (
	"maps"
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// Version is the version of the form, the value of `stayput:`.
const Version = "1"

// A File is one case file.
type File struct {
	Case      fact.Case
	Entries   []fact.Entry // in the order of the file
	Calendars []CalendarRef
	Plans     []Plan
	Delivery  *yaml.Node // as written, for the reader of service logs; nil when not said
	Progress  *yaml.Node // as written, for the reader of progress logs; nil when not said
}

// A CalendarRef is one school calendar of the case: a file beside the case
// file, or a calendar written inside it.
type CalendarRef struct {
	From   day.Date   // the day it begins to apply, when the child moved; zero: from the beginning
	Name   string     // the file's name, or the calendar's own
	Inline *yaml.Node // the calendar itself, for intake/calendar; nil when it is a file
	At     fault.Position
}

// A Plan is one version of an IEP or 504 plan. The reader of plans reads its
// node; here only the name and the kind are checked.
type Plan struct {
	ID   string
	Kind string
	Node *yaml.Node
}

// PlanKinds are the words a plan's kind may have.
var PlanKinds = []string{"iep", "504", "ifsp", "isp", "services_plan", "health_plan"}

// Equal reports whether two files say the same. Places in the file, and whether
// an entry's name was given by its writer, are not compared.
func (f *File) Equal(g *File) bool {
	return equalCases(&f.Case, &g.Case) &&
		slices.EqualFunc(f.Entries, g.Entries, equalEntries) &&
		slices.EqualFunc(f.Calendars, g.Calendars, func(a, b CalendarRef) bool {
			return a.From == b.From && a.Name == b.Name && yaml.Equal(a.Inline, b.Inline)
		}) &&
		slices.EqualFunc(f.Plans, g.Plans, func(a, b Plan) bool { return yaml.Equal(a.Node, b.Node) }) &&
		yaml.Equal(f.Delivery, g.Delivery) && yaml.Equal(f.Progress, g.Progress)
}

func equalCases(a, b *fact.Case) bool {
	return a.Title == b.Title && a.Child == b.Child && a.HomeLanguage == b.HomeLanguage &&
		slices.Equal(a.RightsHolder, b.RightsHolder) && a.Zone == b.Zone &&
		slices.Equal(a.Jurisdiction, b.Jurisdiction) && slices.Equal(a.District, b.District) &&
		a.Side == b.Side && slices.Equal(a.Contacts, b.Contacts) && equalFacts(a.Facts, b.Facts) && a.Sample == b.Sample
}

// equalFacts takes a fact that is not said for one that is not there.
func equalFacts(a, b map[string]fact.Tri) bool {
	said := func(m map[string]fact.Tri) map[string]fact.Tri {
		m = maps.Clone(m)
		maps.DeleteFunc(m, func(_ string, t fact.Tri) bool { return t == fact.Unsaid })
		return m
	}
	return maps.Equal(said(a), said(b))
}

func equalEntries(a, b fact.Entry) bool {
	return a.ID == b.ID && a.Kind == b.Kind && a.On == b.On && a.Ends == b.Ends && a.After == b.After &&
		a.Recorded == b.Recorded && a.By == b.By && a.Re == b.Re && a.Supersedes == b.Supersedes &&
		a.Wall == b.Wall && a.Note == b.Note && slices.Equal(a.Files, b.Files) && equalFields(&a.Fields, &b.Fields)
}

func equalFields(a, b *fact.Fields) bool {
	return a.FiledBy == b.FiledBy && a.Expedited == b.Expedited && a.Written == b.Written && a.Received == b.Received &&
		a.Refused == b.Refused && a.Eligible == b.Eligible && a.Initial == b.Initial && a.Granted == b.Granted &&
		a.Result == b.Result && a.WithAttorney == b.WithAttorney && a.PriorNotice == b.PriorNotice &&
		a.TransferFrom == b.TransferFrom && a.Until == b.Until && a.Days == b.Days && a.Rule == b.Rule &&
		a.Plan == b.Plan && slices.Equal(a.About, b.About) && a.Means == b.Means && slices.Equal(a.With, b.With) &&
		a.Outcome == b.Outcome && a.Summary == b.Summary && slices.Equal(a.Offers, b.Offers) &&
		a.Response == b.Response && slices.Equal(a.Reasons, b.Reasons) &&
		slices.Equal(a.Parts, b.Parts) && slices.Equal(a.Except, b.Except) && slices.Equal(a.Later, b.Later) && a.Conditions == b.Conditions &&
		a.Minutes == b.Minutes && a.Amount == b.Amount
}
