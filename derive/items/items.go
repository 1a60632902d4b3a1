package items

import (
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/program"
	"stayput/fact"
	"stayput/plan"
	"stayput/record"
)

// Settings say when something about an item is pointed out. None of it is law.
type Settings struct {
	Quiet  int // days without a check after which an item is pointed out
	Misses int // checks in a row that did not see it
}

// Default are the levels until somebody says otherwise.
var Default = Settings{Quiet: 45, Misses: 2}

func (s Settings) or() Settings {
	if s.Quiet <= 0 {
		s.Quiet = Default.Quiet
	}
	if s.Misses <= 0 {
		s.Misses = Default.Misses
	}
	return s
}

// A Signal is a word of Signals: why somebody should look at an item.
type Signal string

// The signals, the most pressing first.
const (
	NotSeen    Signal = "not_seen"    // so many checks in a row did not see it
	ReasonOpen Signal = "reason_open" // somebody told why it is not carried out, and nothing put it right
	RepairLate Signal = "repair_late" // the day by which it was to be put right has passed
	NeverSeen  Signal = "never_seen"  // in force for longer than the level, and nobody wrote anything down about it
	Quiet      Signal = "quiet"       // nobody wrote anything down for longer than the level
)

// Signals is the closed list.
var Signals = []Signal{NotSeen, RepairLate, ReasonOpen, NeverSeen, Quiet}

// Reasons are why an item is not carried out, as people tell it. Any other words
// may be told too.
var Reasons = []string{"never_got_plan", "did_not_know", "too_dense", "not_my_job", "no_staff", "no_materials", "child_refused"}

// Sources are who tells whether an item was seen.
var Sources = []string{"child", "visit", "teacher", "paper", "family"}

// An Item is one part of the program in force.
type Item struct {
	Key       string // the same through all versions of the plan
	Track     plan.Kind
	Plan      string // the version it is in force from
	Component string // its id there
	Part      plan.Part
	Name      string // in the plan's own words; of a decision, the word of plan.DecisionNames
	Detail    string // what a decision promises more closely
	Since     day.Date
	Language  string // of the plan's words

	Type     plan.SupportType
	By       []string // who is to do it
	Often    string   // how often, for how long
	Where    []string
	When     string // what sets it off
	Subject  string
	Evidence string // what shows that it happened, as the plan says

	Checks  []Check // the latest first
	Told    []Told  // likewise
	Repairs []Repair
	Row     int // checks in a row that did not see it, the latest
	Signals []Signal
}

// A Check is one time somebody told whether an item was seen.
type Check struct {
	Entry *fact.Entry
	On    day.Date // the last day it may have been
	Seen  fact.Tri // Unsaid: could not tell
}

// A Told is a reason as somebody told it.
type Told struct {
	Entry   *fact.Entry
	On      day.Date
	Reasons []string
	Open    bool // nothing later says that it was put right, or that the item was seen
}

// A Repair is what was agreed to put an item right.
type Repair struct {
	Entry *fact.Entry // the agreement; nil when only the doing was written down
	On    day.Date
	Until day.Date    // by when; zero when nothing was said
	Done  *fact.Entry // that it was done
	Late  bool        // the day has passed, and nothing says that it was done
}

// Seen is the latest check that saw the item, or nil.
func (x *Item) Seen() *Check {
	for i := range x.Checks {
		if x.Checks[i].Seen == fact.Yes {
			return &x.Checks[i]
		}
	}
	return nil
}

// Last is the latest check, or nil.
func (x *Item) Last() *Check {
	if len(x.Checks) == 0 {
		return nil
	}
	return &x.Checks[0]
}

// Has reports a signal.
func (x *Item) Has(s Signal) bool { return slices.Contains(x.Signals, s) }

var (
	checked   = fact.MustLookup("item_checked")
	toldWhy   = fact.MustLookup("item_reason_told")
	agreed    = fact.MustLookup("item_repair_agreed")
	putRight  = fact.MustLookup("item_repaired")
	given     = fact.MustLookup("digest_given")
	confirmed = fact.MustLookup("digest_acknowledged")
	ended     = fact.MustLookup("digest_ended")
)

// An Input is what items are derived from.
type Input struct {
	Plans    []*plan.Plan
	Program  *program.Result
	View     *record.View // nil knows of no check
	AsOf     day.Date
	Settings Settings
}

// Derive are the items in force, in the order of the plans: supports, services
// without minutes, decisions, placement, what is done toward life after school.
func Derive(in Input) []Item {
	if in.Program == nil {
		return nil
	}
	names := nameItems(in.Program)
	var out []Item
	for _, part := range []plan.Part{plan.Accommodations, plan.ServiceLines, plan.Decisions, plan.Placement, plan.AfterSchool} {
		for _, t := range in.Program.Tracks {
			for _, l := range t.InForce {
				if l.Part != part {
					continue
				}
				x := Item{Key: names.of(t.Kind, l.FromPlan, l.Component), Track: t.Kind, Plan: l.FromPlan, Component: l.Component, Part: l.Part, Name: l.Name, Since: l.Since}
				if x.describe(in.Plans) {
					out = append(out, x)
				}
			}
		}
	}
	at := map[string]int{}
	for i := range out {
		at[out[i].Key] = i
	}
	told(in, names, func(key string) *Item {
		if i, ok := at[key]; ok {
			return &out[i]
		}
		return nil
	})
	for i := range out {
		out[i].settle(in.AsOf, in.Settings.or())
	}
	return out
}

// describe fills in what the plan says of the item. It is false for a service
// whose minutes or sessions the ledger counts.
func (x *Item) describe(plans []*plan.Plan) bool {
	p := plan.Find(plans, x.Plan)
	if p == nil {
		return x.Part != plan.ServiceLines
	}
	x.Language = p.Language
	for _, c := range p.Components() {
		if c.ID != x.Component || c.Part != x.Part {
			continue
		}
		switch x.Part {
		case plan.Accommodations:
			s := &p.Accommodations[c.Index]
			x.Type, x.By, x.Often, x.When, x.Subject, x.Evidence = s.Type, s.By, joined(s.Frequency, s.Duration), s.When, s.Subject, s.Evidence
			x.Where = slices.Clip(s.Where)
			if s.Location != "" && !slices.Contains(x.Where, s.Location) {
				x.Where = append(x.Where, s.Location)
			}
		case plan.ServiceLines:
			s := &p.Services[c.Index]
			if a := s.Amount(); a.Vague == "" && (a.Known() || a.Times.Said || a.Minutes.Said || a.Total.Said) {
				return false
			}
			x.Often, x.When = joined(s.Frequency, s.AsWritten), s.Conditions
			for _, by := range []string{s.Role, s.Provider} {
				if by != "" {
					x.By = append(x.By, by)
				}
			}
			if s.Location != "" {
				x.Where = []string{s.Location}
			}
		case plan.Decisions:
			whole, _ := plan.Whole(plans, p)
			x.Detail = whole.DecisionText(x.Name)
		case plan.Placement:
			x.Where = nonempty(p.Setting.School)
		case plan.AfterSchool:
			x.By = nonempty(p.Transition.Services[c.Index].Agency)
		}
		return true
	}
	return true
}

func joined(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "" || b == a:
		return a
	}
	return a + "; " + b
}

func nonempty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// told lays what people told beside the items.
func told(in Input, names itemNames, item func(key string) *Item) {
	if in.View == nil {
		return
	}
	each := func(k fact.Kind, do func(x *Item, e *fact.Entry, on day.Date)) {
		for _, i := range in.View.ByKind(k) {
			e := in.View.Entries[i]
			on := e.On.Latest
			if e.On.Earliest > in.AsOf {
				continue
			}
			done := map[string]bool{} // two names of one part count once
			for _, c := range e.Fields.Parts {
				key := names.find(e.Fields.Plan, c)
				if x := item(key); x != nil && !done[key] {
					done[key] = true
					do(x, e, on)
				}
			}
		}
	}
	each(checked, func(x *Item, e *fact.Entry, on day.Date) {
		x.Checks = append(x.Checks, Check{Entry: e, On: on, Seen: e.Fields.Result})
		if e.Fields.Result != fact.Yes && len(e.Fields.Reasons) > 0 {
			x.Told = append(x.Told, Told{Entry: e, On: on, Reasons: e.Fields.Reasons})
		}
	})
	each(toldWhy, func(x *Item, e *fact.Entry, on day.Date) {
		x.Told = append(x.Told, Told{Entry: e, On: on, Reasons: e.Fields.Reasons})
	})
	each(agreed, func(x *Item, e *fact.Entry, on day.Date) {
		x.Repairs = append(x.Repairs, Repair{Entry: e, On: on, Until: e.Fields.Until})
	})
	each(putRight, func(x *Item, e *fact.Entry, on day.Date) {
		for i := range x.Repairs {
			r := &x.Repairs[i]
			if r.Done == nil && r.Entry != nil && r.On <= on && (e.Re == "" || in.View.Get(e.Re) == r.Entry || in.View.Get(e.Re) == nil) {
				r.Done = e
				return
			}
		}
		x.Repairs = append(x.Repairs, Repair{On: on, Done: e})
	})
}

// settle puts the latest first and says what stands out.
func (x *Item) settle(asOf day.Date, s Settings) {
	slices.SortStableFunc(x.Checks, func(a, b Check) int { return int(b.On) - int(a.On) })
	slices.SortStableFunc(x.Told, func(a, b Told) int { return int(b.On) - int(a.On) })
	slices.SortStableFunc(x.Repairs, func(a, b Repair) int { return int(b.On) - int(a.On) })
	for _, c := range x.Checks {
		if c.Seen == fact.Yes {
			break
		}
		if c.Seen == fact.No {
			x.Row++
		}
	}
	mended := day.Date(0) // the last day on which it was put right
	for i := range x.Repairs {
		r := &x.Repairs[i]
		if r.Done != nil {
			mended = max(mended, r.Done.On.Latest)
		} else if r.Late = r.Until != 0 && r.Until < asOf; r.Late {
			x.add(RepairLate)
		}
	}
	seen := x.Seen()
	for i := range x.Told {
		t := &x.Told[i]
		if t.Open = t.On > mended && (seen == nil || seen.On <= t.On); t.Open {
			x.add(ReasonOpen)
		}
	}
	if x.Row >= s.Misses {
		x.add(NotSeen)
	}
	last := x.Last()
	switch old := func(d day.Date) bool { return d != 0 && int(asOf)-int(d) >= s.Quiet }; {
	case last == nil && old(x.Since):
		x.add(NeverSeen)
	case last != nil && old(last.On):
		x.add(Quiet)
	}
	slices.SortFunc(x.Signals, func(a, b Signal) int { return slices.Index(Signals, a) - slices.Index(Signals, b) })
}

func (x *Item) add(s Signal) {
	if !x.Has(s) {
		x.Signals = append(x.Signals, s)
	}
}

// An itemAt is one part in one version.
type itemAt struct {
	plan, component string
}

// itemNames give one part the same name through every version.
type itemNames map[itemAt]string

// nameItems follows what each part continues, from version to version. The parts
// of a second sort of plan bear its name, so that a1 of the IEP is not a1 of the
// 504 plan.
func nameItems(r *program.Result) itemNames {
	n := itemNames{}
	for _, t := range r.Tracks {
		prefix := ""
		if t.Kind != plan.IEP {
			prefix = string(t.Kind) + "-"
		}
		taken := map[string]bool{}
		for i, o := range t.Offers {
			for _, p := range o.Parts {
				if p.Drops {
					continue
				}
				name := ""
				for j := i - 1; j >= 0 && p.Was != "" && name == ""; j-- {
					name = n[itemAt{t.Offers[j].Plan, p.Was}]
				}
				if name == "" {
					name = prefix + p.Component
					for k := 2; taken[name]; k++ { // another part had that name before
						name = prefix + p.Component + "-" + strconv.Itoa(k)
					}
				}
				taken[name] = true
				n[itemAt{o.Plan, p.Component}] = name
			}
		}
	}
	return n
}

func (n itemNames) of(k plan.Kind, planID, component string) string {
	if s := n[itemAt{planID, component}]; s != "" {
		return s
	}
	if k != plan.IEP {
		return string(k) + "-" + component
	}
	return component
}

// find is the name of a part that an entry names: by the plan of the entry, else as
// PLAN/COMPONENT.
func (n itemNames) find(planID, component string) string {
	if s := n[itemAt{planID, component}]; s != "" {
		return s
	}
	if p, c, ok := strings.Cut(component, "/"); ok {
		return n[itemAt{p, c}]
	}
	return ""
}

// PartName is how an entry that is about planID names a part of a version.
func PartName(planID, version, component string) string {
	if planID == version {
		return component
	}
	return version + "/" + component
}
