package web

import (
	"net/http"
	"slices"

	"stayput/derive/packet"
	"stayput/desk"
	"stayput/fact"
)

// A packetListPage is the packs of papers of a case.
type packetListPage struct {
	Frame
	Lead   string
	Packs  []paperPick
	Walled bool // something stands behind a wall, and is in none of them
}

func (packetListPage) template() string { return "packet_list" }

var (
	_ = sample(func() page {
		return packetListPage{Lead: "l", Packs: []paperPick{{Href: "/h", Title: "t", Use: "u"}}, Walled: true}
	})
)

// packsPath is where the packs of a case are; rest begins with a slash or is "".
func packsPath(c *desk.Folder, rest string) string { return casePath(c) + "/packs" + rest }

// packetList shows the packs.
func (s *Site) packetList(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p := packetListPage{Frame: s.caseFrame(r, c, "webpacket.title", "papers")}
	p.Lead = p.T(forSide(p.Frame, c, "webpacket.lead"))
	for _, n := range packet.Names {
		p.Packs = append(p.Packs, paperPick{Href: packsPath(c.Folder, "/"+string(n)), Title: p.T("packet.title_" + string(n)), Use: p.T("webpacket.use_" + string(n))})
	}
	p.Walled = walled(c)
	return s.show(w, r, http.StatusOK, p)
}

// walled reports that the viewer sees something behind a wall, which leaves the program in
// no pack and in no letter.
func walled(c *desk.Case) bool {
	return slices.ContainsFunc(c.File.Entries, func(e fact.Entry) bool { return e.Wall != fact.Open })
}
