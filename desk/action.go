package desk

import (
	"context"

	"stayput/fault"
	"stayput/people"
)

// An Action is one thing somebody may be allowed to do.
type Action string

// The actions. Every exported method of Desk that touches a space asks for one.
const (
	SeeSpace     Action = "see_space"     // the list of cases, calendars, people
	ChangeSpace  Action = "change_space"  // settings of the space
	ChangeSelf   Action = "change_self"   // one's own language, register, drafts
	SeeCase      Action = "see_case"      // the record and what follows from it
	OpenCase     Action = "open_case"     // begin a case, import cases
	ChangeCase   Action = "change_case"   // what the case says about the child
	AddEntry     Action = "add_entry"     // write down what happened
	CorrectEntry Action = "correct_entry" // a correction, or taking an entry back
	DestroyBody  Action = "destroy_body"  // take the words of an entry out for good; holds
	SaveCalendar Action = "save_calendar" // add a school calendar or a version of one
	ExportCase   Action = "export_case"   // case file, evidence bundle
	CloseCase    Action = "close_case"    // put a case away, undo an import
	CopyAll      Action = "copy_all"      // a copy of the whole data file, every space in it
)

// Actions lists every action, for the table of rights.
func Actions() []Action {
	return []Action{SeeSpace, ChangeSpace, ChangeSelf, SeeCase, OpenCase, ChangeCase, AddEntry, CorrectEntry, DestroyBody, SaveCalendar, ExportCase, CloseCase, CopyAll}
}

// may decides whether who may do a in the space, and on the case when one is
// named. Until accounts exist there is one person to a space, who may do
// everything in it and nothing outside. A thing one may not see is not found:
// that it exists is private too.
func (d *Desk) may(_ context.Context, who Who, _ Action, _ people.CaseID) error {
	if who.Space == "" || who.Person.ID == "" {
		return fault.New(fault.NotFound, fault.Position{}, "desk.nobody")
	}
	return nil
}

// walls is what who may see of a case, the open one first.
func (d *Desk) walls(who Who) []Wall {
	return []Wall{WallOpen, WallMediation, WallCounsel, authorWall(who.Person.ID)}
}

// The walls every case may have. WallOpen is what the case's readers see.
const (
	WallOpen      Wall = ""
	WallMediation Wall = "mediation"
	WallCounsel   Wall = "counsel"
	wallAuthor         = "author:"
)

func authorWall(p people.PersonID) Wall { return Wall(wallAuthor + string(p)) }
