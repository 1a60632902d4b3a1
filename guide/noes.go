package guide

import (
	"slices"
	"strings"

	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// proofPages are the parts of a record that can show something without being
// entries.
var proofPages = []string{"goals", "carry", "plan"}

// noes reads the reasons for a no. It comes after the myths, which it names.
func (r *reader) noes(top *yaml.MapReader, gs map[string]*Guide) {
	known := map[string]bool{}
	for _, m := range gs[Languages[0]].Myths {
		known[m.ID] = true
	}
	myths := map[string]*yaml.Node{}
	r.list(top.Need("noes"), func(id string, m *yaml.MapReader) {
		asSaid := r.tri(m.Get("as_said")) == fact.Yes
		points := map[string][]Point{}
		for _, n := range r.List(m.Need("law")) {
			r.point(n, points)
		}
		proofs := map[string][]Proof{}
		r.list(m.Need("evidence"), func(id string, m *yaml.MapReader) { r.proof(id, m, proofs) })
		ask, believed := r.Texts(m.Need("ask")), m.Need("myths")
		myths["no "+id] = believed // a reason may bear the id of its myth
		named := r.Texts(believed)
		r.each(m, func(lang string, b *yaml.MapReader) {
			g := gs[lang]
			g.Noes = append(g.Noes, No{
				ID: id, Label: b.NeedText("label"), Heard: r.Texts(b.Need("heard")), Avoid: r.Texts(b.Need("avoid")), School: b.NeedText("school"),
				AsSaid: asSaid, Law: points[lang], Evidence: proofs[lang], Ask: ask, Myths: named,
			})
		})
	})
	r.resolve(myths, known)
}

// point reads one thing the law says, in every language.
func (r *reader) point(n *yaml.Node, out map[string][]Point) {
	m := r.Map(n)
	rule, src := m.Text("rule"), r.source(m)
	if src.Citation == "" {
		r.Fail(n.At, "yaml.missing_key", "key", "citation")
	}
	for _, l := range Languages {
		out[l] = append(out[l], Point{Rule: rule, Text: m.NeedText(l), Source: src})
	}
	m.Done()
}

// proof reads something that would answer a reason, in every language.
func (r *reader) proof(id string, m *yaml.MapReader, out map[string][]Proof) {
	p := Proof{ID: id}
	kinds, pages := m.Need("kinds"), m.Get("pages")
	for _, w := range r.Texts(kinds) {
		k, ok := fact.Lookup(w)
		if !ok {
			r.Fail(kinds.At, "yaml.unknown_word", "word", w, "nearest", fault.Nearest(w, fact.KindNames()), "expected", "kinds")
			continue
		}
		p.Kinds = append(p.Kinds, k)
	}
	for _, w := range r.Texts(pages) {
		if !slices.Contains(proofPages, w) {
			r.Fail(pages.At, "yaml.unknown_word", "word", w, "nearest", fault.Nearest(w, proofPages), "expected", strings.Join(proofPages, ", "))
			continue
		}
		p.Pages = append(p.Pages, w)
	}
	for _, l := range Languages {
		x := p
		x.Text = m.NeedText(l)
		out[l] = append(out[l], x)
	}
}
