package fact

import "stayput/day"

// A Case is what a case file says about the child and the matter, apart from
// its entries.
type Case struct {
	Title        string
	Child        Child
	HomeLanguage string
	RightsHolder []Dated // who decides and signs
	Zone         string  // IANA name, for hours
	Jurisdiction []Dated // us-ca, ...; us is always underneath
	District     []Dated
	Calendars    []Dated // names of calendars; the calendars themselves are read by intake
	Side         Side    // who keeps this record
	Contacts     []Contact
	Facts        map[string]Tri
	Sample       bool // an invented family
}

// A Child is what the law counts from.
type Child struct {
	Name  string
	Born  day.Date
	Grade string
	Track string // year-round track
}

// A Dated is a value that holds from a day on; a zero From holds from the
// beginning.
type Dated struct {
	From day.Date
	Is   string
}

// A Side is who keeps a record.
type Side string

const (
	FamilySide Side = "family"
	SchoolSide Side = "school"
)

// At is the value that holds on d.
func At(ds []Dated, d day.Date) string {
	got := ""
	for _, x := range ds {
		if x.From <= d {
			got = x.Is
		}
	}
	if got == "" && len(ds) > 0 {
		got = ds[0].Is
	}
	return got
}

// CaseFacts are the facts about a child or a matter that conditions may ask
// about, each with what is taken to be so when the case file does not say.
var CaseFacts = map[string]Tri{
	"from_part_c":            No,  // the child is leaving early intervention
	"home_schooled":          No,  //
	"privately_placed":       No,  // the parent pays for a private school
	"enrolled_public":        Yes, // enrolled, or seeking enrollment, in a public school
	"ward_of_state":          No,
	"lives_with_parent":      Yes,
	"suspected_sld":          Unsaid, // a specific learning disability is suspected
	"first_public_admission": No,
	"year_round":             No,
	"behavior_plan":          Unsaid, // the child has a behavior intervention plan
	"foster_youth":           No,
	"homeless":               No,
	"indian_child":           No,
	"parent_reads_english":   Unsaid,
}

// Fact is what the case says of name, or what is taken to be so when it does
// not say.
func (c *Case) Fact(name string) Tri {
	if t := c.Facts[name]; t != Unsaid {
		return t
	}
	return CaseFacts[name]
}

// A Contact is somebody whom papers of a case come from or go to, or where the child
// goes to school.
type Contact struct {
	Role     string // one of ContactRoles
	Name     string
	Relation string // to the child: mother, grandfather
	Title    string // of an office: Director of Special Education
	Agency   string // the school, district or firm
	Address  string // lines are separated by line breaks
	Phone    string
	Email    string
}

// ContactRoles are the roles that a contact of a case may have.
var ContactRoles = []string{"parent", "student", "advocate", "attorney", "case_manager", "teacher", "principal", "special_education_director",
	"section_504_coordinator", "records_custodian", "superintendent", "district_counsel", "evaluator", "school", "district"}

// Contact is the first contact of a role; nil when the case names none.
func (c *Case) Contact(role string) *Contact {
	for i := range c.Contacts {
		if c.Contacts[i].Role == role {
			return &c.Contacts[i]
		}
	}
	return nil
}
