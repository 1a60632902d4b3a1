package brief

import (
	derived "stayput/derive/brief"
	"stayput/derive/clock"
)

// The parts of a brief in words, for pages that show less than the whole.
type (
	Page    = page
	Tile    = tile
	Step    = step
	Item    = item
	Right   = right
	Saying  = saying
	Ask     = ask
	Cite    = cite
	BigDate = bigDate
	Counted = counted
	Month   = month
	Mark    = mark

	ServiceLine = serviceLine
	GoalLine    = goalLine
)

// Packs are the law packs in play in a brief, for pack.Texts.In.
func Packs(b *derived.Brief) []string {
	var ids []string
	for _, l := range b.Laws {
		for _, p := range l.Law.Packs {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// NewPage is the whole brief in words, with every count.
func NewPage(b *derived.Brief, o Options) *Page { return newPage(b, o) }

// A Glance is what a list of cases says of one: where it stands and the next
// step.
type Glance struct {
	Headline string
	Tone     string // late, closing, soon, unsure or quiet
	Late     int
	Soon     int
	Closing  int
	Unsure   int
	Step     *Step
	Law      []string
	Warnings []string
}

// NewGlance puts the headline and the first step into words.
func NewGlance(b *derived.Brief, o Options) Glance {
	s := newSpeaker(b, o)
	var p page
	s.laws(&p)
	h := b.Headline
	g := Glance{Headline: s.headline(), Late: h.Late, Soon: h.Soon, Closing: h.Closing, Unsure: h.Unsure, Law: p.Law, Warnings: p.Warnings}
	switch {
	case h.Late > 0:
		g.Tone = "late"
	case h.Closing > 0:
		g.Tone = "closing"
	case h.Soon > 0:
		g.Tone = "soon"
	case h.Unsure > 0:
		g.Tone = "unsure"
	default:
		g.Tone = "quiet"
	}
	if len(b.Next) > 0 {
		x := s.step(&b.Next[0])
		g.Step = &x
	}
	return g
}

// Sorted is the clocks of a brief by the part of the page they belong to:
// positions in b.Clocks, in order of date.
type Sorted struct{ Late, Soon, Ahead, Unsure, Standing, Done []int }

// Sort tells which clock belongs where; it puts nothing into words.
func Sort(b *derived.Brief) Sorted {
	var out Sorted
	for i := range b.Clocks {
		to := map[place]*[]int{late: &out.Late, soon: &out.Soon, ahead: &out.Ahead, unsure: &out.Unsure, standing: &out.Standing, done: &out.Done}[where(&b.Clocks[i], b.AsOf)]
		*to = append(*to, i)
	}
	return out
}

// Items puts some clocks of a brief into words, without their counts. The tone
// is late, soon, ahead, unsure or done.
func Items(b *derived.Brief, o Options, at []int, tone string) []Item {
	s := newSpeaker(b, o)
	s.light = true
	out := make([]Item, len(at))
	for k, i := range at {
		out[k] = s.item(&b.Clocks[i], i, tone)
	}
	return out
}

// OneItem is the clock that the entry named trigger started under the rule, with
// how its date was counted; nil when there is none.
func OneItem(b *derived.Brief, o Options, rule, trigger string) (*Item, *clock.Clock) {
	s := newSpeaker(b, o)
	tones := map[place]string{late: "late", soon: "soon", ahead: "ahead", unsure: "unsure", standing: "unsure", done: "done"}
	for i := range b.Clocks {
		c := &b.Clocks[i]
		if string(c.Rule.ID) == rule && c.Trigger == trigger {
			x := s.item(c, i, tones[where(c, b.AsOf)])
			return &x, c
		}
	}
	return nil, nil
}

// Steps puts the first n next steps into words.
func Steps(b *derived.Brief, o Options, n int) []Step {
	s := newSpeaker(b, o)
	var out []Step
	for i := range b.Next[:min(n, len(b.Next))] {
		out = append(out, s.step(&b.Next[i]))
	}
	return out
}

// Rights puts the rights that run out into words; open ones first.
func Rights(b *derived.Brief, o Options) (still, over []Right) {
	s := newSpeaker(b, o)
	for _, g := range s.rights() {
		if r := s.rightGroup(g); r.Open {
			still = append(still, r)
		} else {
			over = append(over, r)
		}
	}
	return still, over
}

// Notices are what a person should look at in the record itself.
func Notices(b *derived.Brief, o Options) []string {
	s := newSpeaker(b, o)
	var out []string
	for i := range b.Notices {
		out = append(out, s.notice(&b.Notices[i]))
	}
	return out
}

// Asks are the missing facts and what each would settle.
func Asks(b *derived.Brief, o Options) []Ask { return newSpeaker(b, o).asks() }

// Services are the services of a brief in words, in the order of its ledger.
func Services(b *derived.Brief, o Options) []ServiceLine {
	if p := newSpeaker(b, o).carrying(b, false); p != nil {
		return p.Services
	}
	return nil
}

// Goals are the goals in force in words, without pictures.
func Goals(b *derived.Brief, o Options) []GoalLine {
	if p := newSpeaker(b, o).carrying(b, false); p != nil {
		return p.Goals
	}
	return nil
}
