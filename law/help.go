package law

import (
	"stayput/day"
	"stayput/fact"
	"stayput/fault"
)

// HelpKinds lists what sorts of help there are, roughly from the nearest to the
// furthest.
var HelpKinds = []string{"parent_center", "protection_advocacy", "legal_aid", "lawyers", "dispute_help", "information"}

// A Help is somebody who helps without pay or at a low price, or a list of them. Its
// name is a name and is not translated.
type Help struct {
	ID        string
	Kind      string // a word of HelpKinds
	Name      string
	URL       string
	Phone     string
	Directory bool              // a list in which to look up an office, not an office
	For       []fact.Party      // whom it helps
	Where     map[string]string // the part of the State it serves, by language; nil: all of it
	Read      day.Date          // the day its page was read; zero: nobody did
	Checked   Checked
	Pack      string
	At        fault.Position
}

// Help is who helps in a jurisdiction: those of the State first, then national lists,
// each in the order of HelpKinds.
func (l *Law) Help() []Help {
	var out []Help
	for _, p := range l.Packs {
		for _, k := range HelpKinds {
			for _, h := range p.Help {
				if h.Kind == k {
					out = append(out, h)
				}
			}
		}
	}
	return out
}
