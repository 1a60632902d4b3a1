package paper

import (
	"slices"
	"strings"

	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// parts reads pieces of the body. in is the list inside whose elements they stand.
func (r *reader) parts(n *yaml.Node, in string) (out []Part) {
	for _, it := range r.List(n) {
		out = append(out, r.part(it, in))
	}
	return out
}

func (r *reader) part(n *yaml.Node, in string) Part {
	m := r.Map(n)
	p := Part{At: n.At, Holds: r.Texts(m.Get("holds"))}
	if h := m.Get("holds"); h != nil {
		for _, id := range p.Holds {
			if it, _ := r.p.Contents.Item(id); it == nil {
				r.Fail(h.At, "yaml.unknown_word", "word", id, "nearest", fault.Nearest(id, r.p.ids()), "expected", strings.Join(r.p.ids(), ", "))
			}
		}
	}
	for _, c := range r.List(m.Get("when")) {
		p.When = append(p.When, r.condition(c))
	}
	kinds := []PartKind{PText, PHeading, PList, PNumbers, PTable, PChoices, PSign, PEach}
	for _, k := range kinds {
		if v := m.Get(string(k)); v != nil {
			if p.Kind != "" {
				r.Fail(v.At, "paper.two_shapes", "one", string(p.Kind), "other", string(k))
			}
			p.Kind = k
			switch k {
			case PText, PHeading:
				p.Text = r.wording(v, in)
			case PList, PNumbers, PChoices, PSign:
				r.listed(&p, v, in)
			case PTable:
				r.table(&p, v)
				r.inside(v, in)
			case PEach:
				p.Each = r.Word(v, keys(Lists)...)
				r.inside(v, in)
				p.None = r.words(m.Get("none"))
				p.Parts = r.parts(m.Need("parts"), p.Each)
			}
		}
	}
	if p.Kind == "" {
		r.Fail(n.At, "yaml.missing_key", "key", strings.Join(strs(kinds), ", "))
	}
	m.Done()
	return p
}

// inside refuses a list inside the elements of another: it would say the same for each of
// them.
func (r *reader) inside(n *yaml.Node, in string) {
	if in != "" {
		r.Fail(n.At, "paper.list_in_list", "list", in)
	}
}

// listed reads a list: one item for each fact, or the items themselves.
func (r *reader) listed(p *Part, n *yaml.Node, in string) {
	m := r.Map(n)
	if e := m.Get("each"); e != nil {
		p.Each = r.Word(e, keys(Lists)...)
		r.inside(e, in)
		p.None = r.words(m.Get("none"))
		p.Items = []Wording{r.wordings(map[string]*yaml.Node{"en": m.Need("en"), "es": m.Need("es")}, p.Each, m)}
	} else {
		for _, it := range r.List(m.Need("items")) {
			p.Items = append(p.Items, r.wording(it, in))
		}
	}
	m.Done()
}

func (r *reader) table(p *Part, n *yaml.Node) {
	m := r.Map(n)
	p.Each = r.Word(m.Need("each"), keys(Lists)...)
	p.None, p.Cap = r.words(m.Get("none")), r.words(m.Need("caption"))
	for _, it := range r.List(m.Need("columns")) {
		c := r.Map(it)
		col := Column{Head: r.words(c.Need("head"))}
		if v := c.Need("cell"); v != nil && v.Kind == yaml.Scalar {
			t := r.fields(v, p.Each)
			col.Cell = Wording{}
			for _, l := range Languages {
				col.Cell[l] = map[Register]Text{Plain: t, Formal: t}
			}
		} else {
			col.Cell = r.wording(v, p.Each)
		}
		c.Done()
		p.Cols = append(p.Cols, col)
	}
	m.Done()
}

func (r *reader) condition(n *yaml.Node) (c Condition) {
	s := r.Text(n)
	s, c.Not = strings.CutPrefix(s, "not ")
	c.What, c.Of, _ = strings.Cut(s, ".")
	ok := false
	switch c.What {
	case "has":
		_, ok = Lists[c.Of]
	case "known":
		_, ok = Fields[c.Of]
	case "side":
		ok = c.Of == string(fact.FamilySide) || c.Of == string(fact.SchoolSide)
	case "in":
		ok = strings.HasPrefix(c.Of, "us")
	case "fact":
		_, ok = fact.CaseFacts[c.Of]
	}
	if !ok {
		r.Fail(n.At, "paper.unknown_condition", "word", s)
	}
	return c
}

// ids are the names of the required and recommended contents.
func (p *Paper) ids() (out []string) {
	for _, it := range p.Contents.Required {
		out = append(out, it.ID)
	}
	for _, it := range p.Contents.Recommended {
		out = append(out, it.ID)
	}
	return out
}

// complete refuses a paper in which a required content stands nowhere, or a question
// that nobody asks.
func (r *reader) complete(p *Paper) {
	held := map[string]bool{}
	var walk func([]Part)
	walk = func(ps []Part) {
		for i := range ps {
			for _, h := range ps[i].Holds {
				held[h] = true
			}
			walk(ps[i].Parts)
		}
	}
	walk(p.Body)
	for _, it := range p.Contents.Required {
		if !held[it.ID] && !slices.Contains(Framed, it.ID) {
			r.Fail(p.At, "paper.not_held", "item", it.ID)
		}
	}
	for _, q := range keys(p.Asks) {
		if !r.asked[q] {
			r.Fail(p.At, "paper.unasked", "question", q)
		}
	}
	if p.Form.Framed() && p.Subject == nil {
		r.Fail(p.At, "yaml.missing_key", "key", "subject")
	}
}
