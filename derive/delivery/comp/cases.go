package comp

import (
	_ "embed"
	"strings"
	"time"

	"stayput/day"
	"stayput/law"
)

//go:embed circuits.txt
var circuits string

// Circuit is the federal court of appeals of a place, "9" or "dc"; "" when it is
// not known.
func Circuit(jurisdiction string) string {
	for line := range strings.Lines(circuits) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		for _, j := range f[1:] {
			if j == jurisdiction {
				return f[0]
			}
		}
	}
	return ""
}

// A Case is a decision or a rule that a method rests on. What it says is in the
// catalogs: comp.case.ID.
type Case struct {
	ID       string
	Citation string
	Circuit  string // of a court of appeals; "" for a rule and for a trial court
	Federal  bool   // a federal rule: it binds everywhere
	Source   string // where it was read
	Checked  law.Checked
}

// A Weight is how much a decision counts where the child is.
type Weight string

// The weights. Hearing officers and agencies follow their own circuit; how far a
// decision binds one is a question for a lawyer.
const (
	Binding    Weight = "binding"    // of the circuit the child lives in, or a federal rule
	Persuasive Weight = "persuasive" // of another court
	Unplaced   Weight = "unplaced"   // the circuit of the case is not known
)

// WeightIn is how much c counts in a circuit.
func (c *Case) WeightIn(circuit string) Weight {
	switch {
	case c.Federal:
		return Binding
	case circuit == "":
		return Unplaced
	case c.Circuit == circuit:
		return Binding
	}
	return Persuasive
}

func read(level, note string) law.Checked {
	return law.Checked{Level: level, On: day.Must(2026, time.November, 22), Note: note}
}

var (
	rule151 = Case{ID: "rule_151", Citation: "34 CFR 300.151(b)", Federal: true, Source: "https://www.ecfr.gov/current/title-34/section-300.151",
		Checked: read("primary", "Read in a mirror, advocacyinstitute.org.")}
	reid = Case{ID: "reid", Citation: "Reid v. District of Columbia, 401 F.3d 516 (D.C. Cir. 2005)", Circuit: "dc", Source: "https://law.justia.com/cases/federal/appellate-courts/F3/401/516/551622/",
		Checked: read("secondary", "Only the opening of the opinion was read, and a summary.")}
	puyallup = Case{ID: "puyallup", Citation: "Parents of Student W. v. Puyallup School District No. 3, 31 F.3d 1489 (9th Cir. 1994)", Circuit: "9",
		Checked: read("unverified", "A summary confirms that no compensatory education was owed; that no day-for-day duty exists is from memory.")}
	central = Case{ID: "central", Citation: "M.C. v. Central Regional School District, 81 F.3d 389 (3d Cir. 1996)", Circuit: "3",
		Checked: read("secondary", "The formula was read as others quote it; of the opinion only the opening was read.")}
	fayette = Case{ID: "fayette", Citation: "Board of Education of Fayette County v. L.M., 478 F.3d 307 (6th Cir. 2007)", Circuit: "6", Source: "http://law.justia.com/cases/federal/appellate-courts/F3/478/307/473120/",
		Checked: read("unverified", "The opening was read: the award was sent back. That it follows the flexible view is from memory.")}
	bethune = Case{ID: "bethune", Citation: "Mary McLeod Bethune Day Academy Public Charter School v. Bland, 534 F. Supp. 2d 109 and 555 F. Supp. 2d 130 (D.D.C. 2008)",
		Source:  "http://print.casetext.com/case/mary-mcleod-bethune-day-academy-public-v-bland",
		Checked: read("secondary", "The openings of both opinions were read: 375 hours, and an order to explain them. What other texts tell of 3,300 hours was not found there.")}

	vanDuyn = Case{ID: "van_duyn", Citation: "Van Duyn v. Baker School District 5J, 502 F.3d 811 (9th Cir. 2007)", Circuit: "9", Source: "https://edweek.org/policy-politics/the-ironclad-iep/2008/07",
		Checked: read("secondary", "The holding was read as quoted in a news article.")}
	sumter = Case{ID: "sumter", Citation: "Sumter County School District 17 v. Heffernan, 642 F.3d 478 (4th Cir. 2011)", Circuit: "4",
		Checked: read("secondary", "The hours were read in the text on another site.")}
	broward = Case{ID: "broward", Citation: "L.J. v. School Board of Broward County, 927 F.3d 1203 (11th Cir. 2019)", Circuit: "11", Source: "https://law.justia.com/cases/federal/appellate-courts/ca11/17-14824/17-14824-2019-06-26.html",
		Checked: read("secondary", "The summary of a law site was read, not the opinion.")}
)

// Material are decisions on when a failure to carry out a plan is a violation. No
// court gives a number; they stand beside the screening levels, which are none.
func Material() []Case { return []Case{vanDuyn, sumter, broward} }

// Cases are all decisions and rules the workbench names.
func Cases() []Case {
	return []Case{rule151, reid, puyallup, central, fayette, bethune, vanDuyn, sumter, broward}
}
