package draft

import (
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/refusal"
	"stayput/fact"
	"stayput/paper"
	"stayput/plan"
)

// Gather gathers everything a paper may name.
func Gather(in Input) *Facts {
	g := &gatherer{Input: in, out: &Facts{Fields: map[string]Value{}, Lists: map[string][]Row{}, Left: map[string]int{}}}
	g.about()
	g.people()
	g.matter()
	g.plan()
	g.lists()
	g.trim()
	return g.out
}

type gatherer struct {
	Input
	out    *Facts
	no     *fact.Entry
	req    *fact.Entry
	quoted Value        // what was said at the no
	noesOf []refusal.No // see refusals
}

// open reports that an entry may go into a paper.
func open(e *fact.Entry) bool {
	return e != nil && e.Wall == fact.Open && !e.Kind.Info().Inward
}

// entries are the entries of some kinds that may go into a paper, up to today, the
// oldest first.
func (g *gatherer) entries(ks ...fact.Kind) (out []*fact.Entry) {
	if g.View == nil {
		return nil
	}
	for _, e := range g.View.Entries {
		if slices.Contains(ks, e.Kind) && open(e) && e.On.Earliest <= g.Today {
			out = append(out, e)
		}
	}
	return out
}

func last(es []*fact.Entry) *fact.Entry {
	if len(es) == 0 {
		return nil
	}
	return es[len(es)-1]
}

func (g *gatherer) set(name string, v Value) {
	if v.Sort != "" {
		g.out.Fields[name] = v
	}
}

// on is an entry's exact day.
func on(e *fact.Entry) Value {
	if e == nil {
		return Value{}
	}
	return date(e.On, e.ID)
}

// when is an entry's day as exactly as it is known, for a row that names it by itself: a
// month does not go into a sentence that says "on".
func when(e *fact.Entry) Value {
	if v := on(e); v.Sort != "" || e.On.IsZero() {
		return v
	}
	return Value{Sort: paper.Named, Named: Named{Key: "letter.when", When: e.On}, Entries: []string{e.ID}}
}

func date(w day.When, entries ...string) Value {
	if !w.Exact() {
		return Value{}
	}
	return dated(w.Earliest, entries...)
}

func dated(d day.Date, entries ...string) Value {
	if d == 0 {
		return Value{}
	}
	return Value{Sort: paper.Date, Date: d, Entries: entries}
}

func said(s string, entries ...string) Value {
	if s = strings.TrimSpace(s); s == "" {
		return Value{}
	}
	return Value{Sort: paper.Said, Said: s, Entries: entries}
}

func kind(k fact.Kind, entries ...string) Value {
	return Value{Sort: paper.Named, Named: Named{Kind: k}, Entries: entries}
}

func key(k string, entries ...string) Value {
	return Value{Sort: paper.Named, Named: Named{Key: k}, Entries: entries}
}

// acted is the kind of a proposal or refusal of the school.
var acted = fact.MustLookup("action_proposed_or_refused")

// called is what an entry is, as exactly as it says itself.
func called(e *fact.Entry) Value {
	switch {
	case e.Kind == acted && e.Fields.Refused == fact.Yes:
		return key("letter.act_refused", e.ID)
	case e.Kind == acted && e.Fields.Refused == fact.No:
		return key("letter.act_proposed", e.ID)
	}
	return kind(e.Kind, e.ID)
}

func number(n int, entries ...string) Value {
	return Value{Sort: paper.Number, Number: n, Entries: entries}
}

// words are an entry's own words.
func words(e *fact.Entry) string {
	if e.Fields.Summary != "" {
		return e.Fields.Summary
	}
	return e.Note
}

// about finds what the paper is about: the entry that was picked, else the newest of the
// kinds that fit.
func (g *gatherer) about() {
	if g.Paper == nil {
		return
	}
	g.out.Of = g.candidates()
	e := last(slices.DeleteFunc(slices.Clone(g.out.Of), func(e *fact.Entry) bool { return unreached(e) || g.noticed(e) }))
	for i := len(g.out.Of) - 1; i >= 0 && g.out.Of[i].On.Earliest >= g.Today; i-- {
		e = g.out.Of[i] // of what lies ahead, the next
	}
	if g.About != "" && g.View != nil {
		e = nil
		if x := g.View.Get(g.About); open(x) {
			e = x
		}
	}
	if g.out.About = e; e == nil {
		return
	}
	g.set("about.on", on(e))
	g.set("about.what", called(e))
	g.set("about.words", said(e.Fields.Summary, e.ID))
	g.set("about.noted", said(words(e), e.ID))
	g.set("about.how", how(e))
	g.set("about.time", timeOf(e))
	g.set("about.by", said(strings.Join(e.Fields.With, ", "), e.ID))
}

var demanded = fact.MustLookup("prior_written_notice_requested")

// noticed says of a no, where the paper asks for its written notice, that the notice came
// and nobody found something lacking in it.
func (g *gatherer) noticed(e *fact.Entry) bool {
	if len(g.Gaps) > 0 || !slices.Contains(g.Paper.Sent, demanded) {
		return false
	}
	return slices.ContainsFunc(g.refusals(), func(n refusal.No) bool { return n.Entry == e && n.Notice != nil })
}

// unreached says of a contact that nobody answered: nothing was talked about.
func unreached(e *fact.Entry) bool {
	return e.Fields.Outcome != "" && e.Fields.Outcome != "reached"
}

// schoolWrites reports that the school writes a paper: of one that either side writes,
// whoever keeps the record.
func schoolWrites(p *paper.Paper, c *fact.Case) bool {
	side := paper.Either
	if p != nil {
		side = p.Side
	}
	return side == paper.LEA || side == paper.Either && c.Side == fact.SchoolSide
}

// Writer is who usually writes a paper.
func Writer(p *paper.Paper, c *fact.Case) paper.Role {
	if schoolWrites(p, c) {
		for _, r := range []string{"case_manager", "special_education_director", "principal", "district"} {
			if c.Contact(r) != nil {
				return paper.Role(r)
			}
		}
		return "case_manager"
	}
	return "parent"
}

// candidates are the entries a paper can be about: what happened, and appointments that
// lie ahead and were not put off.
func (g *gatherer) candidates() (out []*fact.Entry) {
	if g.View == nil {
		return nil
	}
	for i, e := range g.View.Entries {
		if slices.Contains(g.Paper.About.Kinds, e.Kind) && open(e) && !g.ours(e) && !g.View.Moved(int32(i)) && (e.On.Earliest <= g.Today || e.Kind.Info().Appointment) {
			out = append(out, e)
		}
	}
	return out
}

// people sets who writes to whom about which child.
func (g *gatherer) people() {
	c := g.Case
	g.set("today", dated(g.Today))
	reply := g.Reply
	if reply == 0 {
		reply = refusal.Suggest(g.Today)
	}
	g.set("reply.by", dated(reply))
	g.set("child.name", said(c.Child.Name))
	g.set("child.born", dated(c.Child.Born))
	g.set("child.grade", said(c.Child.Grade))
	g.set("district.name", said(fact.At(c.District, g.Today)))
	if d := c.Contact("district"); d != nil && d.Name != "" {
		g.set("district.name", said(d.Name))
	}
	if s := c.Contact("school"); s != nil {
		g.set("school.name", said(s.Name))
	} else if g.InForce != nil {
		g.set("school.name", said(firstOf(g.InForce.School, g.InForce.Student.SchoolAttended)))
	}
	g.set("child.address", said(home(c)))
	from := g.Sender
	if from == "" {
		from = Writer(g.Paper, c)
	}
	if p := g.one(string(from), g.SenderWho); p != nil {
		g.set("sender.name", said(p.Name))
		g.set("sender.relation", said(firstOf(p.Relation, p.Title)))
		g.set("sender.address", said(p.Address))
		g.set("sender.phone", said(p.Phone))
		g.set("sender.email", said(p.Email))
	}
	to := g.To
	if to == "" && g.Paper != nil {
		to = g.Paper.To
	}
	if to == "other_party" {
		if to = "special_education_director"; c.Side == fact.SchoolSide {
			to = "parent"
		}
	}
	g.out.Sender, g.out.To = from, to
	if All(g.Paper, c, to) && g.ToWho == "" {
		g.out.Whom = c.ContactsOf(string(to))
	} else if p := g.one(string(to), g.ToWho); p != nil {
		g.out.Whom = []*fact.Contact{p}
	}
	for _, x := range []struct {
		field string
		of    func(*fact.Contact) string
	}{
		{"to.name", func(p *fact.Contact) string { return inLine(p.Name) }},
		{"to.title", func(p *fact.Contact) string { return inLine(p.Title) }},
		{"to.agency", func(p *fact.Contact) string { return inLine(p.Agency) }},
		{"to.address", func(p *fact.Contact) string { return p.Address }},
		{"to.email", func(p *fact.Contact) string { return inLine(p.Email) }},
	} {
		g.set(x.field, said(strings.Join(each(g.out.Whom, x.of), "\n")))
	}
	if _, named := g.out.Fields["to.agency"]; !named {
		switch to {
		case "state_agency", "hearing_office":
			g.set("to.agency", said(g.Office.Name))
		case "parent", "student", "advocate", "attorney", "evaluator", "civil_rights_office": // not of the district
		default:
			g.set("to.agency", g.out.Fields["district.name"])
		}
	}
	g.set("office.name", said(g.Office.Name))
	g.set("office.how", said(g.Office.How))
	if c.HomeLanguage != "" {
		v := Value{Sort: paper.Named, Named: Named{Lang: c.HomeLanguage}}
		g.set("home.language", v)
		if c.HomeLanguage != "en" {
			g.set("home.other", v)
		}
	}
}

// All reports that a paper goes to each contact of a role when nobody is chosen: what a
// school writes to the parents goes to each parent, each has the rights.
func All(p *paper.Paper, c *fact.Case, to paper.Role) bool {
	return to == "parent" && schoolWrites(p, c) && len(c.ContactsOf("parent")) > 1
}

// one is the contact of a role that was chosen, or the first when nobody was. Whoever was
// chosen and is a contact no more is nobody: a paper goes to no one else in that place.
func (g *gatherer) one(role, who string) *fact.Contact {
	if who == "" {
		return g.Case.Contact(role)
	}
	p := g.Case.ContactNamed(role, who)
	if p == nil {
		g.out.Lost = append(g.out.Lost, who)
	}
	return p
}

// each is what contacts say, once each and without what is empty.
func each(cs []*fact.Contact, of func(*fact.Contact) string) (out []string) {
	for _, p := range cs {
		if s := strings.TrimSpace(of(p)); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func inLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// home is where the child lives: the parent's address. Of parents with more than one
// address the record does not say with whom.
func home(c *fact.Case) string {
	if all := each(c.ContactsOf("parent"), func(p *fact.Contact) string { return p.Address }); len(all) == 1 {
		return all[0]
	}
	return ""
}

func firstOf(ss ...string) string {
	for _, s := range ss {
		if s != "" {
			return s
		}
	}
	return ""
}

var (
	asked = fact.MustLookupAll("evaluation_requested", "evaluation_requested_orally", "reevaluation_requested", "iep_meeting_requested", "iep_meeting_requested_orally",
		"iee_requested", "records_access_requested", "records_amendment_requested", "prior_written_notice_requested", "evaluation_report_requested",
		"disagreement_meeting_requested", "interpreter_requested", "compensatory_services_requested", "reimbursement_requested", "facilitation_requested", "mediation_requested")
	notices     = fact.MustLookupAll("prior_written_notice_given")
	evaluations = fact.MustLookupAll("evaluation_completed", "assessments_completed", "reevaluation_completed", "evaluation_report_given", "last_evaluation_date", "evaluation_504_done")
	consents    = fact.MustLookupAll("evaluation_consent_received", "reevaluation_consent_received")
	meetings    = fact.MustLookupAll("iep_meeting_scheduled", "iep_meeting_held")
	privates    = fact.MustLookupAll("private_notice_given")
	hearings    = fact.MustLookupAll("hearing_scheduled_date")
	prior       = fact.MustLookup("prior_written_notice_given")
	meetingSet  = fact.MustLookup("iep_meeting_scheduled")
	meetingHeld = fact.MustLookup("iep_meeting_held")
)

// matter sets the days of what the paper is about: the request, the no, the notice, the
// meeting, the case.
func (g *gatherer) matter() {
	if g.View == nil {
		return
	}
	e := g.out.About
	noes := g.refusals()
	for i := range noes {
		n := &noes[i]
		if e == n.Entry || e != nil && named(n) == e || e == nil && g.no == nil && n.Notice == nil && len(g.aboutKinds()) == 0 {
			g.no = n.Entry
			g.req = named(n)
			if open(n.Notice) {
				g.set("notice.on", on(n.Notice))
			}
			g.quoted = quote(n)
			g.set("no.what", called(n.Entry))
			g.set("no.about", said(strings.Join(n.Entry.Fields.About, ", "), n.Entry.ID))
			g.set("no.reasons", ticked(n))
			break
		}
	}
	if g.req == nil && e != nil && slices.Contains(asked, e.Kind) {
		g.req = e
	}
	if g.req == nil && e == nil {
		g.req = last(g.entries(asked...))
	}
	if g.req != nil {
		g.set("request.on", on(g.req))
		g.set("request.what", kind(g.req.Kind, g.req.ID))
		g.set("request.how", how(g.req))
		g.set("request.words", requested(g.req))
	}
	if g.no != nil {
		g.set("no.on", on(g.no))
		g.set("no.words", g.quoted)
	}
	if e != nil && e.Kind == prior {
		g.set("notice.on", on(e))
	} else if _, there := g.out.Fields["notice.on"]; !there && e == nil {
		g.set("notice.on", on(last(g.entries(notices...))))
	}
	g.came()
	g.set("evaluation.on", on(last(g.entries(evaluations...))))
	g.set("consent.on", on(last(g.entries(consents...))))
	g.set("private.on", on(last(g.entries(privates...))))
	if h := g.ahead(hearings); h != nil && h.On.Earliest >= g.Today {
		g.set("hearing.on", on(h))
	}
	g.cases()
	m := g.meeting()
	g.set("meeting.on", on(m))
	if m != nil && m.On.Earliest >= g.Today {
		g.set("meeting.next", on(m))
	}
	if m != nil && m.On.Minute >= 0 {
		g.set("meeting.time", timeOf(m))
	}
}

// came says which paper of the other side was checked, and when it came.
func (g *gatherer) came() {
	if len(g.Gaps) == 0 {
		return
	}
	title := Value{Sort: paper.Named, Named: Named{Item: [2]string{g.Gaps[0].Paper, ""}}}
	if e := g.View.Get(g.Gaps[0].Entry); open(e) {
		title.Entries = []string{e.ID}
		g.set("came.on", on(e))
		if e.Kind == prior {
			g.set("notice.on", on(e))
		}
	}
	g.set("came.title", title)
}

// refusals are the school's noes that may go into a paper.
func (g *gatherer) refusals() []refusal.No {
	if g.noesOf == nil {
		g.noesOf = slices.DeleteFunc(refusal.Derive(refusal.Input{View: g.View, Clocks: g.Clocks, Side: g.Case.Side, AsOf: g.Today}), func(n refusal.No) bool { return !open(n.Entry) })
	}
	return g.noesOf
}

// named is the request that a no names itself. That another one is the only one that fits
// is no fact, and no paper says that the no answered it.
func named(n *refusal.No) *fact.Entry {
	if n.Guessed || !open(n.Request) {
		return nil
	}
	return n.Request
}

// requested is what exactly a request asks for, in the words it was written down with:
// its summary, else the issues it names. A note is a remark.
func requested(e *fact.Entry) Value {
	return said(firstOf(e.Fields.Summary, strings.Join(e.Fields.About, ", ")), e.ID)
}

// otherWords is what the guide calls a reason of which only the words are known.
const otherWords = "other_words"

// ticked are the reasons that were ticked at a no, where nobody wrote down what was said.
func ticked(n *refusal.No) Value {
	if quote(n).Any() {
		return Value{}
	}
	var words, from []string
	for _, r := range n.Reasons {
		if open(r.Entry) && r.ID != otherWords && !slices.Contains(words, r.ID) {
			words, from = append(words, r.ID), append(from, r.Entry.ID)
		}
	}
	if len(words) == 0 {
		return Value{}
	}
	return Value{Sort: paper.Named, Named: Named{Key: "letter.reasons", Words: words}, Entries: from}
}

// quote is what was said at a no, as somebody wrote it down to be what was said: the
// reasons that were told, else the no's own summary. A note is a remark and no quote.
func quote(n *refusal.No) Value {
	var told, from []string
	for _, e := range n.Told {
		if open(e) && e.Fields.Summary != "" {
			told, from = append(told, e.Fields.Summary), append(from, e.ID)
		}
	}
	if len(told) == 0 {
		for _, r := range n.Entry.Fields.Reasons {
			if strings.Contains(r, " ") { // else a word of the guide
				told, from = append(told, r), []string{n.Entry.ID}
			}
		}
	}
	if len(told) == 0 {
		return said(n.Entry.Fields.Summary, n.Entry.ID)
	}
	return said(strings.Join(told, "; "), from...)
}

// files are the kinds that file a case or ask for mediation, and what such a case is
// called; arrivals those that say when the other side got it.
var files = map[fact.Kind]string{
	fact.MustLookup("due_process_filed"): "due_process", fact.MustLookup("due_process_received"): "due_process",
	fact.MustLookup("expedited_complaint_filed"): "due_process", fact.MustLookup("expedited_complaint_received"): "due_process",
	fact.MustLookup("state_complaint_filed"): "state_complaint", fact.MustLookup("state_complaint_received"): "state_complaint",
	fact.MustLookup("mediation_requested"): "mediation",
}

var arrivals = fact.MustLookupAll("due_process_received", "expedited_complaint_received", "state_complaint_received")

// cases sets the days of the newest case, and those of the newest hearing case that goes
// on: a complaint to the State and a request for mediation are cases of another sort.
func (g *gatherer) cases() {
	if g.View == nil {
		return
	}
	for _, e := range g.View.Entries {
		of, is := files[e.Kind]
		if !is || !open(e) || g.ours(e) || e.On.Earliest > g.Today {
			continue
		}
		part := "filed"
		if slices.Contains(arrivals, e.Kind) {
			part = "received"
		}
		if v, known := g.out.Fields["dispute.kind"]; !known || v.Named.Key != "letter.case_"+of {
			delete(g.out.Fields, "dispute.filed")
			delete(g.out.Fields, "dispute.received")
		}
		g.set("dispute.kind", key("letter.case_"+of, e.ID))
		g.set("dispute."+part, on(e))
		if of == "due_process" && !g.Over[e.ID] {
			g.set("dueprocess."+part, on(e))
		}
	}
}

// answering are the kinds of papers that answer the other side's complaint.
var answering = fact.MustLookupAll("sufficiency_challenge_sent", "lea_response_sent", "other_party_response_sent")

// ours says of a complaint that the writer's own side filed it, where the paper answers
// one: nobody answers a complaint of their own.
func (g *gatherer) ours(e *fact.Entry) bool {
	if g.Paper == nil || files[e.Kind] == "" || !slices.ContainsFunc(g.Paper.Sent, func(k fact.Kind) bool { return slices.Contains(answering, k) }) {
		return false
	}
	by := e.Fields.FiledBy
	if re := g.View.Get(e.Re); by == "" && re != nil && files[re.Kind] != "" {
		by = re.Fields.FiledBy
	}
	own := fact.Parent
	if g.Paper.Side == paper.LEA || g.Paper.Side == paper.Either && g.Case.Side == fact.SchoolSide {
		own = fact.LEA
	}
	return by == string(own)
}

func (g *gatherer) aboutKinds() []fact.Kind {
	if g.Paper == nil {
		return nil
	}
	return g.Paper.About.Kinds
}

// ahead is the next entry of some kinds, else the last.
func (g *gatherer) ahead(ks []fact.Kind) *fact.Entry {
	var next, was *fact.Entry
	for i, e := range g.View.Entries {
		if !slices.Contains(ks, e.Kind) || !open(e) || g.View.Moved(int32(i)) {
			continue
		}
		if e.On.Earliest >= g.Today && next == nil {
			next = e
		} else if e.On.Earliest < g.Today {
			was = e
		}
	}
	if next != nil {
		return next
	}
	return was
}

// meeting is the meeting that the paper is about.
func (g *gatherer) meeting() *fact.Entry {
	if e := g.out.About; e != nil && (e.Kind == meetingSet || e.Kind == meetingHeld) {
		return e
	}
	return g.ahead(meetings)
}

// plan sets the days of the plan in force, of the newest offer and of what stays put.
func (g *gatherer) plan() {
	if p := g.InForce; p != nil {
		g.set("plan.kind", key("plan_kind."+string(p.Kind)))
		g.set("plan.date", dated(planDay(p)))
		g.set("plan.start", dated(p.EffectiveStart))
		g.set("plan.end", dated(p.EffectiveEnd))
	}
	if p := g.StayPut; p != nil {
		g.set("stayput.date", dated(planDay(p)))
	}
	if p := g.offer(); p != nil {
		g.set("offer.date", dated(p.Offered))
	} else if e := last(g.entries(fact.MustLookupAll("iep_offered", "iep_amendment_proposed")...)); e != nil {
		g.set("offer.date", on(e))
	}
}

func planDay(p *plan.Plan) day.Date {
	for _, d := range []day.Date{p.MeetingDate, p.EffectiveStart, p.Offered} {
		if d != 0 {
			return d
		}
	}
	return 0
}

// offer is the newest version that was offered.
func (g *gatherer) offer() (out *plan.Plan) {
	for _, p := range g.Plans {
		if p.Offered != 0 && p.Offered <= g.Today && (out == nil || p.Offered >= out.Offered) {
			out = p
		}
	}
	return out
}
