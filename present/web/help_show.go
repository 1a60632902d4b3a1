package web

import (
	"html/template"
	"net/http"

	"stayput/guide"
)

// A helpListPage is the table of contents of the help.
type helpListPage struct {
	Frame
	Rights *guide.Topic // stands first: it may be what somebody is afraid of
	Topics []*guide.Topic
}

func (helpListPage) template() string { return "help_list" }

var _ = sample(func() page {
	t := &guide.Topic{ID: "x", Title: "x", Summary: "y"}
	return helpListPage{Rights: t, Topics: []*guide.Topic{t}}
})

// A helpShowPage is one topic.
type helpShowPage struct {
	Frame
	Summary string
	Blocks  []helpBlock
	See     []*guide.Topic
	Keys    bool // the list of keys stands under it
}

// A helpBlock is one part of a topic.
type helpBlock struct {
	Kind  guide.BlockKind
	Items []helpItem
}

// A helpItem is a paragraph, a heading or a line of a list.
type helpItem struct {
	Text template.HTML
	Cite Cite
}

func (helpShowPage) template() string { return "help_show" }

var _ = sample(func() page {
	i := []helpItem{{"x", Cite{Text: "c"}}}
	return helpShowPage{Summary: "x", Blocks: []helpBlock{{guide.Heading, i}, {guide.Paragraph, i}, {guide.List, i}, {guide.Steps, i}},
		See: []*guide.Topic{{ID: "a", Title: "b"}}, Keys: true}
})

// The topics that a page treats in a way of its own.
const (
	topicRights   = "rights"
	topicKeyboard = "keyboard"
)

// helpList lists the topics.
func (s *Site) helpList(w http.ResponseWriter, r *http.Request) error {
	p := helpListPage{Frame: s.frame(r, "webmore.help_title", "help")}
	g := guide.For(p.Lang)
	for i := range g.Topics {
		if g.Topics[i].ID == topicRights {
			p.Rights = &g.Topics[i]
			continue
		}
		p.Topics = append(p.Topics, &g.Topics[i])
	}
	return s.show(w, r, http.StatusOK, p)
}

// helpShow shows one topic.
func (s *Site) helpShow(w http.ResponseWriter, r *http.Request) error {
	p := helpShowPage{Frame: s.frame(r, "webmore.help_title", "help")}
	g := guide.For(p.Lang)
	t := g.Topic(r.PathValue("topic"))
	if t == nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	p.Title, p.Summary, p.Keys = t.Title, t.Summary, t.ID == topicKeyboard
	seen := map[string]bool{}
	for _, b := range t.Body {
		x := helpBlock{Kind: b.Kind}
		for _, it := range b.Items {
			y := helpItem{Cite: p.speak().guideCite(it.Source)}
			if b.Kind == guide.Heading {
				y.Text = template.HTML(template.HTMLEscapeString(it.Text))
			} else {
				y.Text = p.speak().linked(it.Text, seen)
			}
			x.Items = append(x.Items, y)
		}
		p.Blocks = append(p.Blocks, x)
	}
	for _, id := range t.See {
		if y := g.Topic(id); y != nil {
			p.See = append(p.See, y)
		}
	}
	return s.show(w, r, http.StatusOK, p)
}
