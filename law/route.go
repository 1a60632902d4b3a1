package law

import (
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/law/rule"
)

// A RouteID names one way to answer a no: a talk, a complaint, a hearing. The
// list is closed; packs say what each is where they apply.
type RouteID string

// RouteIDs lists the routes, roughly from the nearest to the furthest. The last
// ones stand beside the staircase: they answer nothing by themselves.
var RouteIDs = []RouteID{"teacher", "problem_meeting", "administrator", "facilitated_iep", "mediation_alone", "s504_grievance", "state_complaint",
	"ferpa_complaint", "ocr_complaint", "s504_hearing", "mediation_with_hearing", "due_process_parent", "due_process_district", "expedited", "state_review",
	"court", "private_school", "homeschool", "legal_help"}

// A Concern is what somebody is unhappy with. A person picks them.
type Concern string

// Concerns is the closed list.
var Concerns = []Concern{"late_clock", "missing_content", "not_carried_out", "content_of_plan", "placement", "eligibility", "evaluation", "extended_school_year",
	"related_services", "parent_participation", "procedural_safeguards", "discipline", "discrimination", "records"}

// Situations are what conditions of routes may ask about a case beyond its facts:
// each is worked out from the record, the program and the answers of a person.
var Situations = []string{"in_writing", "spoke", "no_in_writing", "both_willing", "must_stay", "stay_put_applies", "first_services_refused", "first_services_not_agreed", "first_part_refused", "revoked",
	"evaluation_refused_by_parent", "reevaluation_refused_by_parent", "part_refused_by_parent", "iee_asked", "due_process_pending", "filed_by_lea",
	"expedited_pending", "hearing_decided", "state_review_decided", "state_complaint_pending", "mediation_pending", "only_504", "has_plan",
	"discipline_change", "disagreement_meeting_held", "records_amendment_refused", "private_notice_given", "private_pupil"}

// Words of a route. Each list is closed.
var (
	RouteCosts    = []string{"free", "own_costs", "court_costs", "tuition"}
	RouteSecrets  = []string{"no", "by_law", "if_agreed", "unsaid"}               // what is said there
	RouteBindings = []string{"no", "agreement", "findings", "decision", "unsaid"} // how its end binds
	RouteStays    = []string{"yes", "no", "unsaid"}                               // whether it keeps the present program in place
	RouteOrders   = []string{"agreement", "services", "compensatory", "placement", "evaluation", "independent_evaluation", "reimbursement", "corrective_action",
		"change_of_practice", "records_corrected", "return_to_placement", "money", "fees", "end_discrimination"}
	RouteTells    = []string{"for", "against", "loses", "come", "told"}
	RouteCombines = []string{"together", "instead", "after", "set_aside"}
)

// RouteReasons are the reasons that hold for every route; the lowest pack has words for
// each under "route.any".
var RouteReasons = []string{"decides", "decides_in_part", "cannot_decide", "not_yours", "limit_closed", "limit_exception", "limit_near", "tried", "pending", "lowest_step",
	"can_order", "keeps_program", "answered_differently", "write_five_lines", "in_hand", "nothing_picked", "open_now", "must_know"}

// A RoutePoint is one thing a route needs, one that forbids it, or one that is told
// about it. It rests on a rule of a pack, or on law that it cites itself, or it is a
// suggestion of ours.
type RoutePoint struct {
	ID       string
	When     rule.Condition // nil: always
	By       []fact.Party   // whom it concerns; empty: everybody who may use the route
	Concerns []Concern      // which concerns it touches; empty: all
	Tells    string         // a word of RouteTells, for points that are told
	Rule     RuleID
	Citation string // its own, when no rule says it
	Source   string
	Checked  Checked
	Ours     bool // a suggestion, not law
	At       fault.Position
	Pack     string
}

// A RouteCombine is how a route goes with another.
type RouteCombine struct {
	With RouteID
	RoutePoint
	How string
}

// A RouteOffice is where a route is filed. Its name is a text of the pack.
type RouteOffice struct {
	URL     string
	Read    day.Date // the day the page was read; zero: nobody did
	Checked Checked
}

// A Route is one way to answer a no, as a pack describes it. Of a pack above
// another, only what it says differently is there.
type Route struct {
	ID      RouteID
	Pack    string
	At      fault.Position
	Step    int // on the staircase, from 1; 0: beside it
	Who     []fact.Party
	Decides []Concern
	InPart  []Concern
	Cannot  []Concern
	Needs   []RoutePoint
	Bars    []RoutePoint
	Points  []RoutePoint
	Drops   []string // points of packs underneath that do not hold here

	Cost, Secret, Binding, StayPut string

	StayPutRule RuleID
	StayPutIn   []RuleID // rules of kind limit: it keeps the program only when used before one of them ends
	Law         []RuleID // what gives the route
	Time        []RuleID // the rules that count its days
	Limits      []RuleID // the rules of kind limit that end the right to it
	Orders      []string
	Combines    []RouteCombine
	Uses        []fact.Kind // entries that show that it was used
	Suits       []Concern   // the concerns for which it is the usual formal way
	Office      *RouteOffice
}

// over is the route with what the pack above says in place of what is here.
func (r Route) over(top *Route) Route {
	r.Pack, r.At = top.Pack, top.At
	if top.Step != 0 {
		r.Step = top.Step
	}
	if top.Decides != nil || top.InPart != nil || top.Cannot != nil {
		r.Decides, r.InPart, r.Cannot = top.Decides, top.InPart, top.Cannot
	}
	r.Needs, r.Bars, r.Points = points(r.Needs, top.Needs, top.Drops), points(r.Bars, top.Bars, top.Drops), points(r.Points, top.Points, top.Drops)
	for to, from := range map[*string]string{&r.Cost: top.Cost, &r.Secret: top.Secret, &r.Binding: top.Binding} {
		if from != "" {
			*to = from
		}
	}
	if top.StayPut != "" {
		r.StayPut, r.StayPutRule, r.StayPutIn = top.StayPut, top.StayPutRule, top.StayPutIn
	}
	r.Who, r.Law, r.Time, r.Limits = either(top.Who, r.Who), either(top.Law, r.Law), either(top.Time, r.Time), either(top.Limits, r.Limits)
	r.Orders, r.Combines, r.Uses, r.Suits = either(top.Orders, r.Orders), either(top.Combines, r.Combines), either(top.Uses, r.Uses), either(top.Suits, r.Suits)
	if top.Office != nil {
		r.Office = top.Office
	}
	return r
}

func either[T any](top, under []T) []T {
	if len(top) > 0 {
		return top
	}
	return under
}

// points are those underneath that stand, then those of the pack above; one of the
// same name takes the place of the other.
func points(under, top []RoutePoint, drops []string) []RoutePoint {
	var out []RoutePoint
	for _, p := range under {
		if !slices.Contains(drops, p.ID) && !slices.ContainsFunc(top, func(x RoutePoint) bool { return x.ID == p.ID }) {
			out = append(out, p)
		}
	}
	return append(out, top...)
}

// Routes are the routes of a jurisdiction, in the order of RouteIDs.
func (l *Law) Routes() []Route { return l.routes }

// Route is one route; ok is false when no pack has it.
func (l *Law) Route(id RouteID) (*Route, bool) {
	for i := range l.routes {
		if l.routes[i].ID == id {
			return &l.routes[i], true
		}
	}
	return nil, false
}

// layRoutes lays the routes of all packs over each other, and refuses a route that
// rests on a rule which neither its pack nor one underneath has.
func (l *Law) layRoutes() error {
	byID := map[RouteID]Route{}
	for k := len(l.Packs) - 1; k >= 0; k-- {
		p := l.Packs[k]
		for i := range p.Routes {
			top := &p.Routes[i]
			if err := l.routeRules(top, l.Packs[k:]); err != nil {
				return err
			}
			if under, ok := byID[top.ID]; ok {
				byID[top.ID] = under.over(top)
			} else {
				byID[top.ID] = *top
			}
		}
	}
	for _, id := range RouteIDs {
		if r, ok := byID[id]; ok {
			l.routes = append(l.routes, r)
		}
	}
	return nil
}

func (l *Law) routeRules(r *Route, packs []*Pack) error {
	check := func(id RuleID, at fault.Position, limit bool) error {
		if id == "" {
			return nil
		}
		if !l.underneath(id, packs) {
			return l.noAnswer(&Answer{Question: Question(r.ID), Rule: id, At: at}, packs)
		}
		if limit && l.Rule(id).Kind != Limit {
			return fault.New(fault.Invalid, at, "pack.route_limit", "route", string(r.ID), "rule", string(id), "kind", string(l.Rule(id).Kind))
		}
		return nil
	}
	for _, list := range [][]RoutePoint{r.Needs, r.Bars, r.Points} {
		for _, p := range list {
			if err := check(p.Rule, p.At, false); err != nil {
				return err
			}
		}
	}
	for _, c := range r.Combines {
		if err := check(c.Rule, c.At, false); err != nil {
			return err
		}
	}
	for _, list := range [][]RuleID{{r.StayPutRule}, r.Law, r.Time} {
		for _, id := range list {
			if err := check(id, r.At, false); err != nil {
				return err
			}
		}
	}
	for _, id := range slices.Concat(r.Limits, r.StayPutIn) {
		if err := check(id, r.At, true); err != nil {
			return err
		}
	}
	return nil
}
