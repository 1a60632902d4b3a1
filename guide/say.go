package guide

import (
	"stayput/fact"
	"stayput/format/yaml"
)

// A Moment is where something is heard.
type Moment string

// The moments.
const (
	AtMeeting Moment = "meeting"
	OnCall    Moment = "call"
	InHall    Moment = "hall" // at the door, in the corridor, in the car line
)

// Moments lists them in their order on a page.
var Moments = []Moment{AtMeeting, OnCall, InHall}

// A Saying is one situation with words that a person can say in it.
type Saying struct {
	ID     string
	Side   fact.Side // whose words they are
	At     []Moment
	Hear   string   // what is heard or seen
	Say    string   // what one can say, in one to three sentences
	After  string   // what to write down afterwards
	Log    Log      // the entry that this makes
	Papers []string // what to write later, by the ids of the papers
	Law    []Point  // one, or none where no law is about it
}

// sayings reads what to say when.
func (r *reader) sayings(top *yaml.MapReader, gs map[string]*Guide) {
	r.list(top.Need("sayings"), func(id string, m *yaml.MapReader) {
		x := Saying{ID: id, Side: r.side(m), Log: r.needLog(m), Papers: r.Texts(m.Get("papers"))}
		at := m.Need("at")
		for _, n := range r.List(at) {
			x.At = append(x.At, Moment(r.Word(n, string(AtMeeting), string(OnCall), string(InHall))))
		}
		if at != nil && len(x.At) == 0 {
			r.Fail(at.At, "yaml.missing_key", "key", "at")
		}
		law := map[string][]Point{}
		if n := m.Get("law"); n != nil {
			r.point(n, law)
		}
		r.each(m, func(lang string, b *yaml.MapReader) {
			y := x
			y.Hear, y.Say, y.After, y.Law = b.NeedText("hear"), b.NeedText("say"), b.NeedText("after"), law[lang]
			gs[lang].Sayings = append(gs[lang].Sayings, y)
		})
	})
}

// side reads whose words something is.
func (r *reader) side(m *yaml.MapReader) fact.Side {
	return fact.Side(r.Word(m.Need("side"), string(fact.FamilySide), string(fact.SchoolSide)))
}

// Saying is the situation with an id, or nil.
func (g *Guide) Saying(id string) *Saying {
	for i := range g.Sayings {
		if g.Sayings[i].ID == id {
			return &g.Sayings[i]
		}
	}
	return nil
}

// Has reports that the situation arises at a moment.
func (s *Saying) Has(at Moment) bool {
	for _, m := range s.At {
		if m == at {
			return true
		}
	}
	return false
}
