package web

import (
	"slices"
	"strings"
	"unicode/utf8"

	"stayput/derive/items"
	"stayput/derive/program"
	"stayput/desk"
	"stayput/guide"
	"stayput/locale"
	"stayput/plan"
	spoken "stayput/present/review"
)

// A page for a teacher is one text, frozen when it is given. Every line of it
// begins with what it is, so that no word of a plan or of a person can become
// anything else:
//
//	# a title    ## a heading    * the plan's own words    - a line of ours
//	+ what belongs to the line before    > a paragraph
const (
	lineTitle   = "# "
	lineHeading = "## "
	linePlan    = "* "
	lineOurs    = "- "
	lineMore    = "+ "
	lineText    = "> "
)

// A digestPart is one part of the plan that may stand on the page.
type digestPart struct {
	ID    string // PLAN/COMPONENT
	Group string // supports, services, goals, health
	Text  string // in the plan's own words
	Plan  string // the version
	Ref   string // its id there
	Ours  bool   // the text is the program's words
	More  []string
	On    bool // fits the class
}

// A digestAsk is what somebody asks for: whose page, and what stands on it.
type digestAsk struct {
	Teacher, Role, Class, Lang string
	Ask                        string // whom to ask
	Words                      string // of whoever gives the page
	Parts                      []string
	IEP                        bool // an IEP is in force
}

// healthID is the name of the steps of the health plan among the parts.
const healthID = "health"

// digestParts are the parts of the program in force that a teacher may need, in
// the words of f. What a page must never hold is not among them: no eligibility, no
// level, no test, no diagnosis, no note.
func (f speaker) digestParts(plans []*plan.Plan, res *program.Result, all []items.Item, class, role string) []digestPart {
	var out []digestPart
	for i := range all {
		x := &all[i]
		p := digestPart{ID: x.Plan + "/" + x.Component, Plan: x.Plan, Ref: x.Component, Group: "supports", Text: oneLine(x.Name)}
		switch x.Part {
		case plan.Accommodations:
			p.On = items.Fits(x, class, role)
			p.More = f.digestDetails(x)
		case plan.Decisions:
			if x.Name != "assistive_technology" && x.Name != "behavior_plan" {
				continue
			}
			p.Ours, p.On = true, true
			if p.Text = f.T("webitems.dg_" + x.Name); x.Detail != "" {
				p.Text = f.T("webitems.dg_technology", "text", oneLine(x.Detail))
			}
		case plan.ServiceLines:
			p.Group, p.On = "services", items.Fits(x, class, role)
			p.More = f.digestDetails(x)
		default:
			continue
		}
		if p.Text != "" {
			out = append(out, p)
		}
	}
	taken := map[string]bool{}
	for _, p := range out {
		taken[p.ID] = true
	}
	for _, t := range res.Tracks {
		for _, l := range t.InForce {
			from := plan.Find(plans, l.FromPlan)
			id := l.FromPlan + "/" + l.Component
			if from == nil || taken[id] || l.Part != plan.ServiceLines && l.Part != plan.Goals {
				continue
			}
			for _, c := range from.Components() {
				if c.ID != l.Component || c.Part != l.Part {
					continue
				}
				p := digestPart{ID: id, Plan: l.FromPlan, Ref: l.Component}
				if c.Part == plan.ServiceLines {
					s := &from.Services[c.Index]
					p.Group, p.Text = "services", oneLine(s.Label())
					p.More = []string{spoken.Amount(f.cat, s.Amount())}
					if how := f.serviceHow(s); how != "" {
						p.More = append(p.More, how)
					}
					p.On = s.Delivery == "push_in" || s.Delivery == "co_taught" || items.FitsText(s.Label()+" "+s.Location, class)
				} else {
					g := &from.Goals[c.Index]
					p.Group, p.Text, p.On = "goals", oneLine(g.Text), items.FitsText(g.Area, class)
				}
				if p.Text != "" {
					out = append(out, p)
				}
			}
		}
	}
	if h, id := healthIn(plans, res); h != nil {
		p := digestPart{ID: healthID, Plan: id, Group: "health", Text: f.T("webitems.dg_health_pick"), Ours: true, On: true}
		p.More = f.healthLines(h)
		out = append(out, p)
	}
	order := []string{"health", "supports", "services", "goals"}
	slices.SortStableFunc(out, func(a, b digestPart) int { return slices.Index(order, a.Group) - slices.Index(order, b.Group) })
	return out
}

// digestDetails are when, how often and by whom, as the plan says it.
func (f speaker) digestDetails(x *items.Item) []string {
	var out []string
	add := func(key, v string) {
		if v = oneLine(v); v != "" {
			out = append(out, f.T("webitems.fact_"+key, "text", strings.TrimSuffix(v, ".")))
		}
	}
	add("when", x.When)
	add("often", x.Often)
	add("where", strings.Join(x.Where, ", "))
	add("by", strings.Join(x.By, ", "))
	return out
}

// healthIn is the health care plan in force, and the version it stands in.
func healthIn(plans []*plan.Plan, res *program.Result) (*plan.HealthCare, string) {
	for _, t := range res.Tracks {
		for _, l := range t.InForce {
			p := plan.Find(plans, l.FromPlan)
			if p == nil {
				continue
			}
			whole, _ := plan.Whole(plans, p)
			if h := &whole.Section504.Health; len(h.Actions) > 0 || len(h.Emergency) > 0 {
				return h, l.FromPlan
			}
		}
	}
	return nil, ""
}

// healthLines are what to do in an emergency, and nothing else of a health plan.
func (f speaker) healthLines(h *plan.HealthCare) []string {
	var out []string
	add := func(key string, all []string) {
		if v := oneLine(strings.Join(all, "; ")); v != "" {
			out = append(out, f.T("webitems.dg_health_"+key, "text", v))
		}
	}
	add("triggers", h.Triggers)
	add("actions", h.Actions)
	add("staff", h.Staff)
	add("supplies", h.Supplies)
	add("call", h.Emergency)
	return out
}

// oneLine is a text without its line ends.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// digestText is the page as it is frozen.
func (f speaker) digestText(c *desk.Case, parts []digestPart, a digestAsk) string {
	var b strings.Builder
	put := func(sort, text string) {
		if text = oneLine(text); text != "" {
			b.WriteString(sort + text + "\n")
		}
	}
	child := c.File.Case.Child.Name
	if child == "" {
		child = f.T("webitems.dg_child")
	}
	if a.Class == "" {
		put(lineTitle, f.T("webitems.dg_title", "child", child))
	} else {
		put(lineTitle, f.T("webitems.dg_title_class", "child", child, "class", a.Class))
	}
	whom := a.Teacher
	if a.Role != "" {
		whom += ", " + a.Role
	}
	put(lineText, f.T("webitems.dg_for", "who", whom, "date", f.cat.Date(c.Today)))
	groups := map[string]string{"health": "dg_health", "supports": "dg_do", "services": "dg_services", "goals": "dg_goals"}
	last, said := "", []string{}
	for i := range parts {
		p := &parts[i]
		if !p.On {
			continue
		}
		if p.Group != last {
			put(lineHeading, f.T("webitems."+groups[p.Group]))
			last = p.Group
		}
		switch {
		case p.Group == "health":
			for _, l := range p.More {
				put(lineOurs, l)
			}
			continue
		case p.Ours:
			put(lineOurs, p.Text)
		default:
			put(linePlan, p.Text)
		}
		if more := strings.Join(p.More, " "); more != "" {
			put(lineMore, more)
		}
		said = append(said, p.Text+" "+strings.Join(p.More, " "))
	}
	if a.Words != "" {
		put(lineHeading, f.T("webitems.dg_words"))
		for _, p := range strings.Split(a.Words, "\n") {
			put(lineText, p)
		}
	}
	put(lineHeading, f.T("webitems.dg_ask"))
	if a.Ask != "" {
		put(lineText, f.T("webitems.dg_ask_who", "who", a.Ask))
	} else {
		put(lineText, f.T("webitems.dg_ask_nobody"))
	}
	if terms := f.digestTerms(strings.Join(said, "\n")); len(terms) > 0 {
		put(lineHeading, f.T("webitems.dg_terms"))
		for _, t := range terms {
			put(lineOurs, t)
		}
	}
	foot := "webitems.dg_foot"
	if a.IEP {
		foot = "webitems.dg_foot_iep"
	}
	put(lineText, f.T(foot))
	return strings.TrimSuffix(b.String(), "\n")
}

// mostTerms is how many words of the field a page explains.
const mostTerms = 4

// digestTerms explain the words of the field that a text uses.
func (f speaker) digestTerms(text string) []string {
	var out []string
	seen := map[string]bool{}
	for _, x := range guide.For("en").Find(text) { // the plan's words are English more often than not
		seen[x.Term.ID] = true
	}
	for _, x := range guide.For("es").Find(text) {
		seen[x.Term.ID] = true
	}
	g := guide.For(f.Lang)
	for i := range g.Terms {
		t := &g.Terms[i]
		if !seen[t.ID] || t.Citation != "" && t.ID == "iep" || len(out) == mostTerms {
			continue
		}
		out = append(out, t.Term+": "+firstSentence(t.Definition))
	}
	return out
}

func firstSentence(s string) string {
	if i := strings.Index(s, ". "); i > 0 {
		return s[:i+1]
	}
	return s
}

// How much fits on one side of a sheet, in lines as digestLines counts them.
const (
	oneSide  = 60
	twoSides = 132
)

// digestLines is about how many printed lines a page takes.
func digestLines(text string) int {
	n := 8.0 // the lines to sign
	for _, l := range strings.Split(text, "\n") {
		wide := float64(utf8.RuneCountInString(l))
		switch {
		case strings.HasPrefix(l, lineTitle):
			n += 2.5
		case strings.HasPrefix(l, lineHeading):
			n += 2.2
		default:
			n += float64(int(wide/88)+1) + 0.2
		}
	}
	return int(n)
}

// A digestBlock is a piece of a page as it is shown.
type digestBlock struct {
	Title, Heading, Text string
	Lines                []digestLine
}

// A digestLine is one line of a list.
type digestLine struct {
	Text, Lang, More string
}

// digestBlocks are a frozen page, piece by piece. lang is the language of the plan's
// own words when it is not that of the page.
func digestBlocks(text, lang string) []digestBlock {
	var out []digestBlock
	list := func() *digestBlock {
		if n := len(out); n > 0 && out[n-1].Lines != nil {
			return &out[n-1]
		}
		out = append(out, digestBlock{})
		return &out[len(out)-1]
	}
	for _, l := range strings.Split(text, "\n") {
		if len(l) < 2 {
			continue
		}
		sort, rest, _ := strings.Cut(l, " ")
		switch sort + " " {
		case lineTitle:
			out = append(out, digestBlock{Title: rest})
		case lineHeading:
			out = append(out, digestBlock{Heading: rest})
		case linePlan:
			b := list()
			b.Lines = append(b.Lines, digestLine{Text: rest, Lang: lang})
		case lineOurs:
			b := list()
			b.Lines = append(b.Lines, digestLine{Text: rest})
		case lineMore:
			if b := list(); len(b.Lines) > 0 {
				b.Lines[len(b.Lines)-1].More = rest
			}
		case lineText:
			out = append(out, digestBlock{Text: rest})
		default: // corrected by hand: it is shown as it is
			out = append(out, digestBlock{Text: l})
		}
	}
	return out
}

// digestLang is the language in which a page was made.
func digestLang(text string) string {
	es, _ := locale.For("es")
	for _, key := range []string{"dg_do", "dg_ask", "dg_health", "dg_goals", "dg_services"} {
		if strings.Contains(text+"\n", lineHeading+es.T("webitems."+key)+"\n") {
			return "es"
		}
	}
	return "en"
}

// inLang is the frame with the words of another language.
func (f speaker) inLang(lang string) Frame {
	cat, _ := locale.For(lang)
	f.Lang, f.cat = lang, cat
	return f.Frame
}

// digestFields are what the entry says of the parts that stand on a page.
func digestFields(parts []digestPart) (planID string, refs []string) {
	count := map[string]int{}
	for i := range parts {
		if p := &parts[i]; p.On && p.ID != healthID {
			if count[p.Plan]++; count[p.Plan] > count[planID] {
				planID = p.Plan
			}
		}
	}
	for i := range parts {
		p := &parts[i]
		switch {
		case !p.On:
		case p.ID == healthID && planID == "":
			planID = p.Plan
		case p.ID != healthID:
			refs = append(refs, items.PartName(planID, p.Plan, p.Ref))
		}
	}
	return planID, refs
}

// askWho is whom a teacher would ask, by the latest plan in force: who coordinates
// the 504 plan, else the special education teacher, else who speaks for the district.
func askWho(plans []*plan.Plan, res *program.Result) string {
	var team []plan.Member
	for _, t := range res.Tracks {
		for _, l := range t.InForce {
			if p := plan.Find(plans, l.FromPlan); p != nil {
				whole, _ := plan.Whole(plans, p)
				if whole.Section504.Coordinator != "" {
					return whole.Section504.Coordinator
				}
				team = append(team, whole.Team...)
			}
		}
	}
	for _, role := range []plan.Role{"coordinator_504", "special_education_teacher", "lea_representative"} {
		for _, m := range team {
			if m.Role == role && m.Name != "" {
				if m.Title != "" {
					return m.Name + ", " + m.Title
				}
				return m.Name
			}
		}
	}
	return ""
}
