package draft

import (
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/meeting"
	"stayput/derive/refusal"
	"stayput/fact"
	"stayput/paper"
	"stayput/plan"
)

// Gather gathers everything a paper may name.
func Gather(in Input) *Facts {
	g := &gatherer{Input: in, rooms: Rooms(in.View), out: &Facts{Fields: map[string]Value{}, Lists: map[string][]Row{}, Left: map[string]int{}}}
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
	quoted Value                // what was said at the no
	noesOf []refusal.No         // see refusals
	rooms  map[*fact.Entry]bool // of these only the day is told
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

// words are an entry's own words; none of what was said where it is to stay.
func (g *gatherer) words(e *fact.Entry) string {
	if s := g.summary(e); s != "" || g.rooms[e] {
		return s
	}
	return e.Note
}

func (g *gatherer) summary(e *fact.Entry) string {
	if g.rooms[e] {
		return ""
	}
	return e.Fields.Summary
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
	g.set("about.words", said(g.summary(e), e.ID))
	g.set("about.noted", said(g.words(e), e.ID))
	g.set("about.how", how(e))
	g.set("about.time", timeOf(e))
	g.set("about.by", said(strings.Join(e.Fields.With, ", "), e.ID))
}

var demanded = fact.MustLookup("prior_written_notice_requested")

// noticed says of a no, where the paper asks for its written notice or is one, that it came
// and nobody found something lacking in it.
func (g *gatherer) noticed(e *fact.Entry) bool {
	if len(g.Gaps) > 0 || !slices.Contains(g.Paper.Sent, demanded) && !slices.Contains(g.Paper.Sent, prior) {
		return false
	}
	return slices.ContainsFunc(g.refusals(), func(n refusal.No) bool { return (n.Entry == e || named(&n) == e) && n.Notice != nil })
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

var consenting = fact.MustLookupAll("evaluation_consent_received", "evaluation_consent_refused", "reevaluation_consent_received", "reevaluation_consent_refused",
	"iep_consent_partial", "services_consent_refused", "services_consent_revoked", "records_release_agreed")

// Signed reports that only who holds the rights can sign a paper: it gives or refuses
// consent.
func Signed(p *paper.Paper) bool {
	return p != nil && p.Side == paper.Parent && slices.ContainsFunc(p.Sent, func(k fact.Kind) bool { return slices.Contains(consenting, k) })
}

// candidates are the entries a paper can be about: what happened, and appointments that
// lie ahead and were not put off.
func (g *gatherer) candidates() (out []*fact.Entry) {
	if g.View == nil {
		return nil
	}
	for i, e := range g.View.Entries {
		if slices.Contains(g.Paper.About.Kinds, e.Kind) && open(e) && (e.Kind != talk || !g.rooms[e]) && !g.ours(e) && !g.View.Moved(int32(i)) && (e.On.Earliest <= g.Today || e.Kind.Info().Appointment) {
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
	evaluations = fact.MustLookupAll("evaluation_completed", "reevaluation_completed", "last_evaluation_date")
	assessments = fact.MustLookup("assessments_completed")
	reportGiven = fact.MustLookup("evaluation_report_given")
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
			g.quoted = g.quote(n)
			g.set("no.what", called(n.Entry))
			g.set("no.about", said(strings.Join(n.Entry.Fields.About, ", "), n.Entry.ID))
			g.set("no.reasons", g.ticked(n))
			break
		}
	}
	if g.req == nil && e != nil && slices.Contains(asked, e.Kind) && byFamily(e) {
		g.req = e
	}
	if g.req == nil && e == nil && len(g.aboutKinds()) == 0 { // else the newest request may be of another sort
		g.req = last(slices.DeleteFunc(g.entries(asked...), func(e *fact.Entry) bool { return !byFamily(e) }))
	}
	if g.req != nil {
		g.set("request.on", on(g.req))
		g.set("request.what", kind(g.req.Kind, g.req.ID))
		g.set("request.how", how(g.req))
		g.set("request.words", g.requested(g.req))
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
	g.set("evaluation.on", on(g.evaluation()))
	g.set("consent.on", on(last(g.entries(consents...))))
	g.set("private.on", on(last(g.entries(privates...))))
	h := g.ahead(hearings)
	if e != nil && slices.Contains(hearings, e.Kind) {
		h = e
	}
	if h != nil && h.On.Earliest >= g.Today {
		g.set("hearing.on", on(h))
	}
	g.cases()
	m := g.meeting()
	g.set("meeting.on", on(m))
	if m != nil && m.On.Earliest >= g.Today && !g.wasHeld(m) {
		g.set("meeting.next", on(m))
	}
	if m != nil && m.On.Minute >= 0 {
		g.set("meeting.time", timeOf(m))
	}
}

// byFamily reports that a request is not one of the school, such as a referral by staff.
func byFamily(e *fact.Entry) bool {
	return e.By != string(fact.LEA) && e.Fields.FiledBy != string(fact.LEA)
}

// evaluation is the evaluation that the paper is about, else the newest: the day on which
// a report was handed over is not its day, and one under Section 504 is another thing.
func (g *gatherer) evaluation() *fact.Entry {
	e := g.out.About
	if e != nil && (slices.Contains(evaluations, e.Kind) || e.Kind == assessments) {
		return e
	}
	all := g.entries(append(slices.Clone(evaluations), assessments)...)
	if e == nil || e.Kind != reportGiven {
		return last(slices.DeleteFunc(all, func(x *fact.Entry) bool { return x.Kind == assessments }))
	}
	var of []*fact.Entry // whose report it may be
	for _, x := range all {
		if e.Re == x.ID {
			return x
		}
		if x.On.Latest <= e.On.Latest && x.On.Earliest > e.On.Earliest.Add(-365) {
			of = append(of, x)
		}
	}
	if len(of) != 1 {
		return nil
	}
	return of[0]
}

// came says which paper of the other side was checked, and when it came.
func (g *gatherer) came() {
	if len(g.Gaps) == 0 {
		return
	}
	title := Value{Sort: paper.Named, Named: Named{Item: [2]string{g.Gaps[0].Paper, ""}}}
	delete(g.out.Fields, "notice.on") // the one that was checked, or none
	if e := g.View.Get(g.Gaps[0].Entry); open(e) {
		title.Entries = []string{e.ID}
		g.set("came.on", on(e))
		g.set("notice.on", on(e))
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
func (g *gatherer) requested(e *fact.Entry) Value {
	return said(firstOf(g.summary(e), strings.Join(e.Fields.About, ", ")), e.ID)
}

// otherWords is what the guide calls a reason of which only the words are known.
const otherWords = "other_words"

// ticked are the reasons that were ticked at a no, where nobody wrote down what was said.
func (g *gatherer) ticked(n *refusal.No) Value {
	if g.quote(n).Any() {
		return Value{}
	}
	var words, from []string
	for _, r := range n.Reasons {
		if open(r.Entry) && !g.rooms[r.Entry] && r.ID != otherWords && !slices.Contains(words, r.ID) {
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
func (g *gatherer) quote(n *refusal.No) Value {
	var told, from []string
	for _, e := range n.Told {
		if open(e) && g.summary(e) != "" {
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
		return said(g.summary(n.Entry), n.Entry.ID)
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

// A suit is one case, or one request for mediation: when it was filed and when it came.
type suit struct {
	of              string
	filed, received *fact.Entry
}

// suits are the cases of the record, the oldest first: an arrival belongs to the filing
// that it names, else to the one of its sort that has none yet.
func (g *gatherer) suits() (out []*suit, of map[*fact.Entry]*suit) {
	of = map[*fact.Entry]*suit{}
	for i, e := range g.View.Entries {
		sort, is := files[e.Kind]
		if !is || !open(e) || g.ours(e) || e.On.Earliest > g.Today {
			continue
		}
		came := slices.Contains(arrivals, e.Kind)
		free := func(s *suit) bool {
			return s.of == sort && (came && s.received == nil || !came && s.filed == nil) && party(s, e)
		}
		var s *suit
		if up := g.View.Re(int32(i)); up >= 0 && of[g.View.Entries[up]] != nil && free(of[g.View.Entries[up]]) {
			s = of[g.View.Entries[up]]
		} else if up < 0 {
			var waits []*suit
			for _, x := range out {
				if free(x) {
					waits = append(waits, x)
				}
			}
			if len(waits) == 1 {
				s = waits[0]
			}
		}
		if s == nil {
			s = &suit{of: sort}
			out = append(out, s)
		}
		if came {
			s.received = e
		} else {
			s.filed = e
		}
		of[e] = s
	}
	return out, of
}

// party reports that nobody says that two entries are of cases of different sides.
func party(s *suit, e *fact.Entry) bool {
	for _, x := range []*fact.Entry{s.filed, s.received} {
		if x != nil && x.Fields.FiledBy != "" && e.Fields.FiledBy != "" && x.Fields.FiledBy != e.Fields.FiledBy {
			return false
		}
	}
	return true
}

// steps are the kinds of what happens in a case or between the sides.
var steps = fact.MustLookupAll("resolution_meeting_held", "mediation_session_held", "settlement_offer_made")

// cases sets the days of the case that the paper is about, else of the newest, and those
// of the newest hearing case that goes on: a complaint to the State and a request for
// mediation are cases of another sort.
func (g *gatherer) cases() {
	if g.View == nil {
		return
	}
	all, of := g.suits()
	var mine, hearing *suit
	if e := g.out.About; e != nil {
		if i, there := g.View.Find(e.ID); there {
			for up, hops := i, 0; up >= 0 && hops < 64 && mine == nil; up, hops = g.View.Re(up), hops+1 {
				mine = of[g.View.Entries[up]]
			}
		}
		if mine == nil && len(all) > 1 && slices.Contains(steps, e.Kind) {
			all = nil // nobody says of which
		}
	}
	for _, s := range all {
		if s.of == "due_process" && !g.over(s) {
			hearing = s
		}
	}
	if mine != nil && mine.of == "due_process" {
		hearing = mine
	} else if mine == nil && len(all) > 0 {
		mine = all[len(all)-1]
	}
	set := func(name string, s *suit) {
		if s.filed != nil {
			g.set(name+".filed", on(s.filed))
		}
		if s.received != nil {
			g.set(name+".received", on(s.received))
		}
	}
	if mine != nil {
		e := mine.filed
		if e == nil {
			e = mine.received
		}
		g.set("dispute.kind", key("letter.case_"+mine.of, e.ID))
		set("dispute", mine)
	}
	if hearing != nil {
		set("dueprocess", hearing)
	}
}

func (g *gatherer) over(s *suit) bool {
	return s.filed != nil && g.Over[s.filed.ID] || s.received != nil && g.Over[s.received.ID]
}

// answering are the kinds of papers that answer the other side's complaint.
var answering = fact.MustLookupAll("sufficiency_challenge_sent", "lea_response_sent", "other_party_response_sent")

// ours says of a complaint that the writer's own side filed it, where the paper answers
// one: nobody answers a complaint of their own.
func (g *gatherer) ours(e *fact.Entry) bool {
	if g.Paper == nil || files[e.Kind] == "" || !answers(g.Paper) {
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

// answers reports that a paper answers a complaint: by what it sends, or as a paper of the
// school about a complaint that came, such as the invitation to a resolution meeting.
func answers(p *paper.Paper) bool {
	return slices.ContainsFunc(p.Sent, func(k fact.Kind) bool { return slices.Contains(answering, k) }) ||
		p.Side == paper.LEA && slices.ContainsFunc(p.About.Kinds, func(k fact.Kind) bool { return slices.Contains(arrivals, k) })
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

// wasHeld reports that a meeting set for today is over.
func (g *gatherer) wasHeld(m *fact.Entry) bool {
	if m.Kind == meetingHeld || g.Meetings == nil {
		return m.Kind == meetingHeld
	}
	return slices.ContainsFunc(g.Meetings.Meetings, func(x meeting.Meeting) bool { return x.Scheduled == m && x.State == meeting.Held })
}

// around are the kinds of what is about one meeting and is not the meeting itself.
var around = fact.MustLookupAll("iep_meeting_notice_sent", "member_excusal_sought", "emergency_iep_meeting_scheduled", "iep_meeting_requested", "iep_meeting_requested_orally")

// meeting is the meeting that the paper is about. Of what is about a meeting that nobody
// names, no other meeting takes the place.
func (g *gatherer) meeting() *fact.Entry {
	e := g.out.About
	switch {
	case e == nil || !slices.Contains(around, e.Kind) && e.Kind != meetingSet && e.Kind != meetingHeld:
		return g.ahead(meetings)
	case e.Kind == meetingSet || e.Kind == meetingHeld:
		return e
	case g.Meetings == nil:
		return nil
	}
	for i := range g.Meetings.Meetings {
		x := &g.Meetings.Meetings[i]
		if !slices.Contains(x.Entries, e) {
			continue
		}
		for _, m := range []*fact.Entry{x.Held, x.Scheduled} {
			if open(m) {
				return m
			}
		}
	}
	return nil
}

// plan sets the days of the plan in force, of the newest offer and of what stays put.
func (g *gatherer) plan() {
	if p := g.InForce; p != nil {
		g.set("plan.kind", key("plan_kind."+string(p.Kind)))
		g.set("plan.date", dated(planDay(p)))
		if p.Kind == plan.IEP {
			g.set("iep.date", dated(planDay(p)))
		}
		g.set("plan.start", dated(p.EffectiveStart))
		g.set("plan.end", dated(p.EffectiveEnd))
	}
	if p := g.StayPut; p != nil {
		g.set("stayput.date", dated(planDay(p)))
	}
	o := g.offer()
	if g.opens() {
		o = g.newest(g.Today)
	}
	g.set("offer.date", dated(o.on, o.entries...))
}

func planDay(p *plan.Plan) day.Date {
	for _, d := range []day.Date{p.MeetingDate, p.EffectiveStart, p.Offered} {
		if d != 0 {
			return d
		}
	}
	return 0
}

// An offer is a version that was offered; plan is nil where nobody entered it.
type offer struct {
	plan    *plan.Plan
	on      day.Date
	entries []string
}

var (
	offered  = fact.MustLookupAll("iep_offered", "iep_amendment_proposed")
	answerTo = fact.MustLookupAll("iep_rejected", "iep_consent_partial", "iep_amendment_refused", "services_consent_refused", "single_service_refused", "rejection_reason_told")
	made     = fact.MustLookupAll("iep_developed", "iep_meeting_held", "iep_reviewed")
	suing    = fact.MustLookupAll("due_process_filed", "expedited_complaint_filed")
)

// opens reports that a paper opens a hearing case: it speaks of the newest offer.
func (g *gatherer) opens() bool {
	return g.Paper != nil && slices.ContainsFunc(g.Paper.Sent, func(k fact.Kind) bool { return slices.Contains(suing, k) })
}

// offer is the offer that the paper is about, else the newest.
func (g *gatherer) offer() offer {
	e := g.out.About
	if e == nil {
		return g.newest(g.Today)
	}
	of := g.offerOf(e)
	switch {
	case slices.Contains(offered, e.Kind):
		if of.plan == nil {
			of.on, of.entries = day.Date(0), nil
			if e.On.Exact() {
				of.on, of.entries = e.On.Earliest, []string{e.ID}
			}
		}
		return of
	case of.plan != nil:
		return of
	case slices.Contains(answerTo, e.Kind):
		return g.newest(e.On.Latest)
	case slices.Contains(made, e.Kind) && g.Paper != nil && slices.Contains(g.Paper.Sent, offered[0]):
		for _, p := range g.Plans { // what was made there, not what was offered before
			if p.Offered == 0 || p.Offered > g.Today || p.Kind == plan.Section504 {
				continue
			}
			switch {
			case e.On.Earliest <= p.MeetingDate && p.MeetingDate <= e.On.Latest:
				return offer{plan: p, on: p.Offered}
			case p.MeetingDate == 0 && p.Offered >= e.On.Earliest && (of.plan == nil || p.Offered < of.on):
				of = offer{plan: p, on: p.Offered}
			}
		}
		return of
	}
	return g.newest(g.Today)
}

// offerOf is the version that an entry names, offers or answers, as far as the record says
// so.
func (g *gatherer) offerOf(e *fact.Entry) offer {
	if p := plan.Find(g.Plans, e.Fields.Plan); e.Fields.Plan != "" && p != nil {
		return offer{plan: p, on: p.Offered}
	}
	if slices.Contains(offered, e.Kind) && e.On.Exact() {
		for _, p := range g.Plans {
			if p.Offered == e.On.Earliest {
				return offer{plan: p, on: p.Offered}
			}
		}
	}
	if g.Program != nil {
		for i := range g.Program.Tracks {
			for _, o := range g.Program.Tracks[i].Offers {
				for _, a := range o.Answers {
					if p := plan.Find(g.Plans, o.Plan); a.Entry == e.ID && p != nil {
						return offer{plan: p, on: p.Offered}
					}
				}
			}
		}
	}
	return offer{}
}

// near is how many days after a version was offered an entry that names none may still
// tell of the same offer.
const near = 30

// newest is the newest offer up to a day: of an IEP, where any was offered.
func (g *gatherer) newest(by day.Date) (out offer) {
	for _, p := range g.Plans {
		if p.Offered == 0 || p.Offered > by || p.Kind == plan.Health {
			continue
		}
		iep := p.Kind != plan.Section504
		if was := out.plan; was == nil || iep && was.Kind == plan.Section504 || iep == (was.Kind != plan.Section504) && p.Offered >= out.on {
			out = offer{plan: p, on: p.Offered}
		}
	}
	es := g.entries(offered...)
	for _, e := range slices.Backward(es) {
		switch of := g.offerOf(e); {
		case e.On.Latest > by:
		case of.plan != nil && out.plan != nil && of.on <= out.on && of.on != 0, of.plan == out.plan && of.plan != nil:
			return out
		case of.plan != nil:
			return offer{plan: of.plan, on: first(on(e)), entries: []string{e.ID}}
		case out.plan == nil || out.plan.Kind == plan.Section504 || e.On.Earliest > out.on.Add(near): // one that nobody entered
			return offer{on: first(on(e)), entries: []string{e.ID}}
		default:
			return out
		}
	}
	return out
}
