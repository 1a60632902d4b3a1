package paper

// A Sort is what sort of value a field has.
type Sort string

// The sorts. Words of the record are as somebody wrote them; named ones are worded by
// the program in the paper's language.
const (
	Date    Sort = "date"
	Said    Sort = "said"    // words of the record
	Named   Sort = "named"   // a word of the program: a kind of entry, an outcome
	Number  Sort = "number"  // a count
	Minutes Sort = "minutes" // minutes of service, or sessions where the plan says no minutes
	Money   Sort = "money"   // dollars
	Law     Sort = "law"     // a citation
)

// A Role is somebody a paper is written by or to.
type Role string

// Roles lists the people and offices a case may name, and StateAgency and
// HearingOffice, whom the law packs name.
var Roles = []Role{"parent", "student", "advocate", "attorney", "case_manager", "teacher", "principal", "special_education_director",
	"section_504_coordinator", "records_custodian", "superintendent", "district_counsel", "evaluator", "school", "district", "state_agency", "hearing_office", "civil_rights_office", "other_party"}

// Fields are the facts of a case that a text may name, each with its sort. What the
// record does not hold becomes a blank with the question letter.ask_NAME.
var Fields = map[string]Sort{
	"today":               Date,
	"reply.by":            Date, // a suggestion, or the day of law by which an answer is due
	"child.name":          Said,
	"child.born":          Date,
	"child.grade":         Said,
	"child.address":       Said,
	"school.name":         Said,
	"district.name":       Said,
	"sender.name":         Said,
	"sender.relation":     Said,
	"sender.address":      Said,
	"sender.phone":        Said,
	"sender.email":        Said,
	"to.name":             Said,
	"to.title":            Said,
	"to.agency":           Said,
	"to.address":          Said,
	"to.email":            Said,
	"home.language":       Named, // the family's language
	"home.other":          Named, // the same, when it is not English
	"office.name":         Said,  // where such a paper is filed in this state
	"office.how":          Said,  // how, as the office's own page says
	"plan.kind":           Named, // IEP or Section 504 plan: the one in force
	"plan.date":           Date,  // of the meeting that made it, else its first day
	"iep.date":            Date,  // the same, where that plan is an IEP
	"plan.start":          Date,
	"plan.end":            Date,
	"offer.date":          Date, // of the offer that the paper is about, else of the newest; of one that opens a hearing case, of the newest
	"about.on":            Date, // of the entry that the paper is about
	"about.what":          Named,
	"about.words":         Said,  // what somebody wrote down as said or done
	"about.noted":         Said,  // the same, else a note about it
	"about.how":           Named, // by phone, in writing
	"about.time":          Named,
	"about.by":            Said,
	"request.on":          Date, // of the request that that entry is or answers; of a paper about no entry, the newest of the family
	"request.what":        Named,
	"request.how":         Named, // by phone, in writing
	"request.words":       Said,  // what exactly was asked for
	"no.on":               Date,  // of the school's no
	"no.what":             Named, // what the school refused, by its kind
	"no.about":            Said,  // the issues that the no names
	"no.reasons":          Named, // the reasons that were ticked, where no words are known
	"no.words":            Said,
	"notice.on":           Date,  // of the written notice that came, or of the paper that was checked
	"came.title":          Named, // the paper of the other side in which something is lacking
	"came.on":             Date,
	"meeting.on":          Date, // of the meeting of the team that the paper is about, else the next one, else the last
	"meeting.next":        Date, // the same, when it is today or lies ahead
	"meeting.time":        Named,
	"evaluation.on":       Date, // of the evaluation that the paper is about, else of the newest full one
	"consent.on":          Date, // of the newest consent to evaluate
	"dispute.filed":       Date, // of the case that the paper is about, else of the newest hearing case, complaint to the State or request for mediation
	"dispute.received":    Date, // when the other side got it
	"dueprocess.filed":    Date, // of the hearing case that the paper is about, else of the newest that nothing ended
	"dueprocess.received": Date,
	"dispute.kind":        Named,
	"hearing.on":          Date,    // of the hearing that lies ahead
	"stayput.date":        Date,    // of the plan that stays put
	"private.on":          Date,    // of the notice of a private placement
	"removed.days":        Number,  // school days of removal in this school year, where each is known
	"short.total":         Minutes, // all that was promised and not given
	"amount.total":        Money,   // all expenses that nothing settled, where each amount is known
}

// Lists are the lists of facts a part may run over, each with the fields of its
// elements. In a table a field that an element does not have is asked for in its cell; in
// a list inside the parts of an element it takes its item with it.
var Lists = map[string]map[string]Sort{
	"requests":       {"on": Date, "what": Named, "how": Named, "words": Said, "answer": Named, "answered": Date}, // what the family asked for, the newest last
	"unanswered":     {"on": Date, "what": Named, "how": Named, "words": Said},                                    // those without an answer in the record
	"noes":           {"on": Date, "what": Named, "words": Said, "reasons": Said, "by": Said},                     // the school's noes without a written notice
	"late":           {"what": Named, "from": Date, "start": Named, "due": Date, "days": Number, "law": Law},      // duties of the school that are late, or were met late
	"due":            {"what": Named, "due": Date, "law": Law},                                                    // what is due and not late
	"services":       {"name": Said, "amount": Named, "where": Said, "from": Date, "to": Date, "who": Said},       // lines in force
	"stayput":        {"name": Named, "amount": Named, "where": Said},                                             // services and placement that stay put, else those in force
	"goals":          {"area": Said, "text": Said, "baseline": Said, "target": Said, "now": Named},                // goals in force
	"accommodations": {"text": Said, "where": Said, "who": Said},
	"shortfalls":     {"name": Said, "promised": Minutes, "given": Minutes, "short": Minutes, "reported": Minutes, "from": Date, "to": Date}, // services with something short
	"missed":         {"on": Date, "name": Said, "why": Named},                                                                               // sessions missed or reported missing, the newest last
	"accepted":       {"what": Named},                                                                                                        // parts of the offer agreed to
	"exceptions":     {"what": Named, "why": Said},                                                                                           // parts refused
	"offered":        {"what": Named, "was": Named, "now": Named, "change": Named},                                                           // what the newest offer changes
	"concerns":       {"on": Date, "words": Said},
	"contacts":       {"on": Date, "time": Named, "how": Named, "who": Said, "outcome": Named, "words": Said, "offers": Said, "response": Said},
	"attempts":       {"on": Date, "time": Named, "how": Named, "outcome": Named, "words": Said}, // to reach the parents
	"events":         {"on": Date, "what": Named, "words": Said},                                 // what happened in the matter, oldest first
	"exhibits":       {"number": Number, "on": Date, "what": Named},                              // entries with files
	"members":        {"role": Named, "name": Said},                                              // who was invited or must come
	"excused":        {"name": Said},
	"agenda":         {"words": Said},
	"decisions":      {"words": Said},
	"open":           {"words": Said},                                          // what a meeting left open, or questions without an answer
	"promises":       {"what": Said, "who": Named, "due": Date, "left": Named}, // terms of agreements and decisions
	// What was not as the law or the plan asks; of a refusal, the request that it names.
	"claims": {"number": Number, "what": Named, "words": Said, "law": Law, "from": Date, "to": Date, "due": Date, "days": Number, "proof": Named, "short": Minutes,
		"request": Named, "asked": Date, "how": Named, "requested": Said, "about": Said, "reasons": Named, "unnamed": Named},
	"gaps":          {"what": Named, "law": Law},                              // what a paper of the other side lacks, as its reader said
	"weak":          {"what": Named, "law": Law, "quote": Said, "lack": Said}, // what it says of something, but not enough, word for word, and what its reader misses in that
	"lacking":       {"what": Named, "law": Law},                              // both together
	"reports":       {"on": Date, "what": Named},                              // evaluations and reports
	"offers":        {"on": Date, "words": Said},                              // what the school offered
	"expenses":      {"on": Date, "what": Said, "amount": Money},
	"removals":      {"on": Date, "days": Number, "words": Said},
	"removals_year": {"on": Date, "days": Number, "words": Said}, // those of this school year
	"rejections":    {"on": Date, "what": Named, "words": Said},  // what the parents refused, in their words
}

// Framed are the contents that the frame of a paper serves by itself: who writes when to
// whom about which child, and the signature under a letter.
var Framed = []string{"date", "sender_contact", "recipient_title", "child_identity", "attachments", "copies", "written", "written_form"}
