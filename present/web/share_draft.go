package web

import (
	"encoding/json"
	"net/http"

	"stayput/day"
	"stayput/desk"
	"stayput/people"
)

// keyShare is the share that a person is making, before it is sent.
const keyShare = "share"

// A preset is a way people share, with the few questions it needs.
type preset struct {
	ID, Icon string
	Role     people.Role
	Roles    []people.Role // to choose from; nil when the preset settles it
	Space    bool          // makes a member of the space
	Entries  bool          // some entries only
	Counsel  bool
	Student  bool
	Packet   bool // a file that leaves the program
	Days     int  // after which it ends, unless somebody says otherwise; 0 is never
}

// presets are offered in this order.
var presets = []preset{
	{ID: "spouse", Icon: "people", Role: people.Owner, Space: true},
	{ID: "family", Icon: "home", Role: people.Reader},
	{ID: "advocate", Icon: "meeting", Role: people.Editor, Roles: []people.Role{people.Editor, people.Contributor}, Days: 90},
	{ID: "attorney", Icon: "law", Role: people.Editor, Counsel: true},
	{ID: "mediator", Icon: "speech", Role: people.Reader, Entries: true, Days: 30},
	{ID: "school", Icon: "school", Role: people.Reader, Entries: true, Packet: true},
	{ID: "member", Icon: "person", Role: people.Editor, Roles: []people.Role{people.Owner, people.Editor, people.Contributor, people.Reader}, Space: true},
	{ID: "student", Icon: "child", Role: people.Owner, Space: true, Student: true},
}

func presetOf(id string) (preset, bool) {
	for _, p := range presets {
		if p.ID == id {
			return p, true
		}
	}
	return preset{}, false
}

// A drafted share waits to be looked at and sent.
type drafted struct {
	Preset string
	Form   string // the name of the invitation to be
	For    string
	Person people.PersonID `json:",omitempty"` // somebody who is here already
	Terms  desk.Terms
	From   string // the case it was begun from, "" for the space
}

// path is where the pages of the share are.
func (d *drafted) path() string {
	if d.From == "" {
		return "/people/invite"
	}
	return "/cases/" + d.From + "/share"
}

func (s *Site) keepDrafted(r *http.Request, d drafted) {
	if data, err := json.Marshal(d); err == nil {
		s.sessions.Put(r.Context(), keyShare, data)
	}
}

// drafted is the share that is being made.
func (s *Site) drafted(r *http.Request) (d drafted, ok bool) {
	if !s.sessions.Exists(r.Context(), keyShare) {
		return d, false
	}
	ok = json.Unmarshal(s.sessions.GetBytes(r.Context(), keyShare), &d) == nil && d.Form != ""
	return d, ok
}

// draftedFor is the share begun from the case of a path, or from the space.
func (s *Site) draftedFor(r *http.Request) (d drafted, ok bool) {
	d, ok = s.drafted(r)
	return d, ok && d.From == r.PathValue("case")
}

// lastDay is the last day of a preset's share unless somebody says otherwise, as a
// date field holds it; "" is no end.
func (p *preset) lastDay(today day.Date) string {
	if p.Days == 0 {
		return ""
	}
	return today.Add(p.Days).String()
}
