package desk

// An Action is one thing somebody may be allowed to do. Open is none.
type Action uint8

// The actions. Every exported method of Desk that touches a space asks for one.
// Each has its row in the table of rights, in this order: the build fails when
// one is missing.
const (
	Open         Action = iota // needs nobody: the few pages that work before anybody has entered
	SeeSpace                   // the list of cases, calendars, law, help
	ChangeSpace                // settings of the space
	ChangeSelf                 // one's own language, register, drafts, ways to sign in, devices
	SeePeople                  // who belongs to the space and what each may
	ChangePeople               // let people in, change what they may, let them go
	SeeCase                    // the record and what follows from it
	OpenCase                   // begin a case, import cases
	ChangeCase                 // what the case says about the child
	ChangePlans                // the plans of a case: enter, change and take out versions
	AddEntry                   // write down what happened
	CorrectEntry               // a correction, or taking an entry back
	DestroyBody                // take the words of an entry out for good; holds
	SaveCalendar               // add a school calendar or a version of one
	ExportCase                 // case file, evidence bundle
	CloseCase                  // put a case away, undo an import
	ShareCase                  // let somebody see a case or some of its entries, and end that
	SeeAccess                  // who read what, and what was given to whom
	CopyAll                    // a copy of the whole data file, every space in it
	LeaveSpace                 // take the space away from this server for good
	HostFamily                 // offer families a space of their own on this server

	actions // how many there are
)

// Actions lists every action, for the table of rights.
func Actions() []Action {
	all := make([]Action, 0, actions)
	for a := Open + 1; a < actions; a++ {
		all = append(all, a)
	}
	return all
}

// String is the name of an action as it stands in the table of rights.
func (a Action) String() string {
	if a < actions {
		return rights[a].name
	}
	return "unknown"
}

// ActionNamed is the action of a name of the table of rights.
func ActionNamed(s string) (Action, bool) {
	for a := range actions {
		if rights[a].name == s {
			return a, true
		}
	}
	return 0, false
}
