package desk

import (
	"context"
	"slices"
	"time"

	"stayput/fact"
	"stayput/fault"
	"stayput/people"
)

// A right is one row of the table of rights: which roles may do it.
type right struct {
	action Action
	name   string
	of     where
	roles  []people.Role // of the space, or of the case by a grant
}

// where says what an action touches.
type where uint8

const (
	space   where = iota // the space: only what a membership gives counts
	oneCase              // one case: a grant on it gives it too
	self                 // only one's own things: whoever may enter may
	server               // the whole server: only for who keeps it, see Who.Keeper
)

// The short lists of roles.
var (
	owners  = []people.Role{people.Owner}
	editors = []people.Role{people.Owner, people.Editor}
	adders  = []people.Role{people.Owner, people.Editor, people.Contributor}
	readers = []people.Role{people.Owner, people.Editor, people.Contributor, people.Reader}
	guests  = []people.Role{people.Owner, people.Editor, people.Contributor, people.Reader, people.NoRole}
)

// rights is the table. What is not in it nobody may. A person without a role in
// the space (NoRole) may do what is said here only while a grant of his stands.
var rights = [...]right{
	{Open, "open", self, nil},
	{SeeSpace, "see_space", space, guests}, // the list holds only what who may see
	{ChangeSpace, "change_space", space, owners},
	{ChangeSelf, "change_self", self, guests},
	{SeePeople, "see_people", space, guests}, // the list holds only what who may know
	{ChangePeople, "change_people", space, owners},
	{SeeCase, "see_case", oneCase, readers},
	{OpenCase, "open_case", space, editors},
	{ChangeCase, "change_case", oneCase, editors},
	{ChangePlans, "change_plans", oneCase, editors},
	{AddEntry, "add_entry", oneCase, adders},
	{CorrectEntry, "correct_entry", oneCase, editors},
	{DestroyBody, "destroy_body", oneCase, owners},
	{SaveCalendar, "save_calendar", space, editors},
	{ExportCase, "export_case", oneCase, editors},
	{CloseCase, "close_case", oneCase, owners},
	{ShareCase, "share_case", oneCase, owners},
	{SeeAccess, "see_access", space, owners},
	{CopyAll, "copy_all", server, owners},
	{LeaveSpace, "leave_space", space, owners},
	{HostFamily, "host_family", space, owners},
}

// An action without its row does not compile.
var _ [len(rights)]struct{} = [actions]struct{}{}

// Allows reports that a role may do a, in the space or, by a grant, on a case.
// Open needs no role.
func (a Action) Allows(r people.Role) bool {
	return a == Open || a < actions && slices.Contains(rights[a].roles, r)
}

// OnCase reports that a grant on a case may give the right to do a on it.
func (a Action) OnCase() bool { return a < actions && rights[a].of == oneCase }

// role is what who is in the space now.
func (d *Desk) role(who Who) people.Role {
	if who.Member.Holds(d.now()) {
		return who.Member.Role
	}
	return people.NoRole
}

// granted is the best grant that who has on a case now, or nil: of two that
// stand, one on the whole case before one on some entries.
func (who Who) granted(c people.CaseID, now time.Time) *people.Grant {
	var best *people.Grant
	for i := range who.Grants {
		g := &who.Grants[i]
		if g.Case != c || !g.Holds(now) {
			continue
		}
		if best == nil || rank(g) > rank(best) {
			best = g
		}
	}
	return best
}

func rank(g *people.Grant) int {
	r := len(people.Roles()) - slices.Index(people.Roles(), g.Role)
	if g.Entries == nil {
		r += 100
	}
	return r
}

// chosen are the entries of a case that who may read by all grants that stand.
func (who Who) chosen(c people.CaseID, now time.Time) []string {
	only := []string{}
	for i := range who.Grants {
		if g := &who.Grants[i]; g.Case == c && g.Holds(now) {
			only = append(only, g.Entries...)
		}
	}
	slices.Sort(only)
	return slices.Compact(only)
}

// may decides whether who may do a in the space, and on the case when one is
// named. Nothing is allowed that the table does not allow. A case one may not see
// is not found: that it exists is private too. What was read or done is noted in
// the access log.
func (d *Desk) may(ctx context.Context, who Who, a Action, c people.CaseID) error {
	if err := d.allowed(who, a, c); err != nil {
		return err
	}
	d.notice(ctx, who, a, c)
	return nil
}

// May reports whether who may do something, for pages that show only what can be
// done. It asks nobody and notes nothing.
func (d *Desk) May(who Who, a Action, c people.CaseID) bool { return d.allowed(who, a, c) == nil }

// Denied is why who may not do something, nil when he or she may. Whoever asks
// for a page is told so before anything of the request is read.
func (d *Desk) Denied(who Who, a Action, c people.CaseID) error { return d.allowed(who, a, c) }

// MaySomewhere reports whether who may do something in the space or on any case
// that was shared, for what a menu offers on every page.
func (d *Desk) MaySomewhere(who Who, a Action) bool {
	return d.May(who, a, "") || slices.ContainsFunc(who.Grants, func(g people.Grant) bool { return d.May(who, a, g.Case) })
}

// MayWall reports whether who sees and writes behind a wall of a case, for forms
// that offer walls.
func (d *Desk) MayWall(who Who, c people.CaseID, w fact.Wall) bool {
	return slices.Contains(d.walls(who, c), wallOf(w, who))
}

func (d *Desk) allowed(who Who, a Action, c people.CaseID) error {
	if who.Space == "" || who.Person.ID == "" || a == Open || a >= actions {
		return missing("desk.nobody")
	}
	now := d.now()
	if who.Preview && a != SeeCase && a != SeeSpace {
		return forbidden("desk.only_preview")
	}
	role := d.role(who)
	at := rights[a].of
	if at == server && !who.Keeper {
		return forbidden("desk.not_allowed")
	}
	if role != people.NoRole && slices.Contains(rights[a].roles, role) {
		return nil
	}
	if at == oneCase {
		if c == "" {
			return forbidden("desk.not_allowed")
		}
		g := who.granted(c, now)
		if g != nil && slices.Contains(rights[a].roles, g.Role) && (g.Entries == nil || a == SeeCase) {
			return nil
		}
		if g == nil && role == people.NoRole {
			return missing("desk.no_case")
		}
		return forbidden("desk.not_allowed")
	}
	// Somebody without a role is somebody only while a grant stands.
	if role == people.NoRole && !slices.ContainsFunc(who.Grants, func(g people.Grant) bool { return g.Holds(now) }) {
		return missing("desk.nobody")
	}
	if slices.Contains(rights[a].roles, role) {
		return nil
	}
	return forbidden("desk.not_allowed")
}

func forbidden(key string, pairs ...string) error {
	return fault.New(fault.Forbidden, fault.Position{}, key, pairs...)
}

// A sight is what somebody sees of a case: the walls, the open one first, and of
// the open one perhaps only some entries.
type sight struct {
	walls []Wall
	only  []string // sealed names; nil is all
}

// sees says what who sees of a case.
func (d *Desk) sees(who Who, c people.CaseID) sight {
	now := d.now()
	var s sight
	role, counsel := people.NoRole, false
	if who.Member.Holds(now) {
		role, counsel = who.Member.Role, who.Member.Counsel
	}
	g := who.granted(c, now)
	switch {
	case role == people.NoRole && g == nil:
		return s
	case role == people.NoRole && g.Entries != nil:
		role, s.only = g.Role, who.chosen(c, now)
	case g != nil && g.Entries == nil: // the better of what the space and the case give
		if place(g.Role) < place(role) {
			role = g.Role
		}
		counsel = counsel || g.Counsel
	}
	s.walls = []Wall{WallOpen}
	if s.only != nil {
		return s
	}
	if role == people.Owner || role == people.Editor || counsel {
		s.walls = append(s.walls, WallMediation)
	}
	if counsel {
		s.walls = append(s.walls, WallCounsel)
	}
	if AddEntry.Allows(role) {
		s.walls = append(s.walls, authorWall(who.Person.ID))
	}
	return s
}

// walls is what who may see of a case, the open one first.
func (d *Desk) walls(who Who, c people.CaseID) []Wall { return d.sees(who, c).walls }

// The walls every case may have. WallOpen is what the case's readers see.
const (
	WallOpen      Wall = ""
	WallMediation Wall = "mediation"
	WallCounsel   Wall = "counsel"
	wallAuthor         = "author:"
)

func authorWall(p people.PersonID) Wall { return Wall(wallAuthor + string(p)) }
