package guide

import (
	"slices"
	"strings"

	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// A RefKind is what a Ref leads to.
type RefKind string

// The kinds of references.
const (
	ToHelp   RefKind = "help"
	ToMyth   RefKind = "myth"
	ToTerm   RefKind = "term"
	ToSaying RefKind = "say"
	ToCard   RefKind = "card"
	ToNo     RefKind = "no"
	ToPaper  RefKind = "paper" // by the ids of the papers
	ToPage   RefKind = "page"  // a page of a case, by a word of CasePages
)

// CasePages are the pages of a case that a training shows.
var CasePages = []string{"add", "cards", "carry", "consent", "goals", "meetings", "no", "papers", "plan", "program", "record", "rejection"}

// A Ref names something to show or to hand out.
type Ref struct {
	To RefKind
	ID string
}

// A Training is an outline for teaching a group.
type Training struct {
	ID        string
	Side      fact.Side // who is taught: families or staff
	Title     string
	Who       string // for whom it is, and what to bring
	Goals     []string
	Steps     []Step
	Handout   []Ref
	Questions []Question
	Law       []Point
}

// A Step is one part of a training.
type Step struct {
	Minutes int
	Text    string
	Show    []Ref
}

// A Question checks what was understood.
type Question struct {
	Ask    string
	Answer string
}

// Minutes is how long a training takes.
func (t *Training) Minutes() int {
	n := 0
	for _, s := range t.Steps {
		n += s.Minutes
	}
	return n
}

// Training is the outline with an id, or nil.
func (g *Guide) Training(id string) *Training {
	for i := range g.Trainings {
		if g.Trainings[i].ID == id {
			return &g.Trainings[i]
		}
	}
	return nil
}

// mostMinutes is how long one step may take.
const mostMinutes = 60

// trainings reads the outlines. They come last: they name what the other files hold.
func (r *reader) trainings(top *yaml.MapReader, gs map[string]*Guide) {
	known := gs[Languages[0]].refs()
	r.list(top.Need("trainings"), func(id string, m *yaml.MapReader) {
		side := r.side(m)
		steps, questions, law := map[string][]Step{}, map[string][]Question{}, map[string][]Point{}
		for _, n := range r.List(m.Need("steps")) {
			s := r.Map(n)
			minutes := s.Need("minutes")
			x := Step{Minutes: r.Int(minutes), Show: r.refs(s.Get("show"), known)}
			if minutes != nil && (x.Minutes < 1 || x.Minutes > mostMinutes) {
				r.Fail(minutes.At, "yaml.want_number", "got", r.Text(minutes))
			}
			for _, l := range Languages {
				x.Text = s.NeedText(l)
				steps[l] = append(steps[l], x)
			}
			s.Done()
		}
		handout := r.refs(m.Need("handout"), known)
		for _, n := range r.List(m.Need("questions")) {
			q := r.Map(n)
			r.each(q, func(lang string, b *yaml.MapReader) {
				questions[lang] = append(questions[lang], Question{Ask: b.NeedText("ask"), Answer: b.NeedText("answer")})
			})
			q.Done()
		}
		for _, n := range r.List(m.Need("law")) {
			r.point(n, law)
		}
		r.each(m, func(lang string, b *yaml.MapReader) {
			gs[lang].Trainings = append(gs[lang].Trainings, Training{
				ID: id, Side: side, Title: b.NeedText("title"), Who: b.NeedText("who"), Goals: r.Texts(b.Need("goals")),
				Steps: steps[lang], Handout: handout, Questions: questions[lang], Law: law[lang],
			})
		})
	})
}

// refs is what a training can name, by kind. Papers are not the guide's.
func (g *Guide) refs() map[RefKind][]string {
	out := map[RefKind][]string{ToPage: CasePages}
	for _, x := range g.Topics {
		out[ToHelp] = append(out[ToHelp], x.ID)
	}
	for _, x := range g.Myths {
		out[ToMyth] = append(out[ToMyth], x.ID)
	}
	for _, x := range g.Terms {
		out[ToTerm] = append(out[ToTerm], x.ID)
	}
	for _, x := range g.Sayings {
		out[ToSaying] = append(out[ToSaying], x.ID)
	}
	for _, x := range g.Cards {
		out[ToCard] = append(out[ToCard], x.ID)
	}
	for _, x := range g.Noes {
		out[ToNo] = append(out[ToNo], x.ID)
	}
	return out
}

// refs reads a list of references, each written as kind/id.
func (r *reader) refs(n *yaml.Node, known map[RefKind][]string) (out []Ref) {
	for _, w := range r.Texts(n) {
		kind, id, _ := strings.Cut(w, "/")
		x := Ref{RefKind(kind), id}
		words, ok := known[x.To]
		switch {
		case x.To == ToPaper && id != "":
		case !ok:
			kinds := []string{string(ToHelp), string(ToMyth), string(ToTerm), string(ToSaying), string(ToCard), string(ToNo), string(ToPaper), string(ToPage)}
			r.Fail(n.At, "yaml.unknown_word", "word", w, "nearest", fault.Nearest(kind, kinds), "expected", strings.Join(kinds, ", "))
		case !slices.Contains(words, id):
			r.Fail(n.At, "yaml.unknown_word", "word", id, "nearest", fault.Nearest(id, words), "expected", strings.Join(words, ", "))
		}
		out = append(out, x)
	}
	return out
}
