package paper

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// Read reads one paper. name is what errors call the file.
func Read(name string, data []byte) (*Paper, error) {
	root, err := yaml.Read(name, data, limits)
	if err != nil {
		return nil, err
	}
	r := reader{asked: map[string]bool{}}
	r.signs(root)
	m := r.Map(root)
	p := r.paper(m)
	m.Done()
	if p.At = root.At; len(r.Problems) == 0 {
		r.complete(p)
	}
	if err := r.Problems.Or(); err != nil {
		return nil, err
	}
	return p, nil
}

type reader struct {
	yaml.Reader
	p     *Paper
	asked map[string]bool // questions that some blank asks
}

func (r *reader) paper(m *yaml.MapReader) *Paper {
	id := m.Need("paper")
	r.named(id, paperName)
	p := &Paper{ID: r.Text(id), Asks: map[string]Words{}}
	r.p = p
	p.Side = Side(r.Word(m.Need("side"), string(Parent), string(LEA), string(Either)))
	p.Form = Form(r.Word(m.Need("kind"), string(Letter), string(Notice), string(Email), string(Sheet), string(Log)))
	p.Group = Group(r.Word(m.Need("group"), strs(Groups)...))
	p.States = r.Texts(m.Get("states"))
	p.To = Role(r.Word(m.Need("to"), strs(Roles)...))
	p.Sent, p.Held = r.sent(m.Get("sent"), p.Side), r.kinds(m.Get("held_as"))
	if n := m.Get("about"); n != nil {
		a := r.Map(n)
		p.About.Kinds = r.kinds(a.Need("kinds"))
		p.About.Need, _ = r.YesNo(a.Get("need"))
		a.Done()
	}
	p.Route = m.Text("route")
	p.Title, p.Use, p.Reader = Words{}, Words{}, map[string]bool{}
	c := r.Map(m.Need("contents"))
	p.Contents = Contents{Required: r.items(c.Need("required"), true), Recommended: r.items(c.Get("recommended"), true), Avoid: r.items(c.Get("avoid"), false)}
	c.Done()
	if n := m.Get("questions"); n != nil && n.Kind == yaml.Map {
		for _, f := range n.Fields {
			p.Asks[f.Key] = r.words(f.Value)
		}
	}
	subject := map[string]*yaml.Node{}
	for _, l := range Languages {
		b := r.Map(m.Need(l))
		p.Title[l], p.Use[l] = b.NeedText("title"), b.NeedText("use")
		if n := b.Get("title"); utf8.RuneCountInString(p.Title[l]) > mostTitle {
			r.Fail(n.At, "paper.long_title", "limit", strconv.Itoa(mostTitle))
		}
		if read, said := r.YesNo(b.Get("legal_reader")); said {
			p.Reader[l] = read
		}
		if n := b.Get("subject"); n != nil {
			subject[l] = n
		}
		b.Done()
	}
	if len(subject) > 0 {
		p.Subject = r.wordings(subject, "", m)
	}
	p.Body = r.parts(m.Need("body"), "")
	return p
}

func strs[T ~string](in []T) []string {
	out := make([]string, len(in))
	for i, x := range in {
		out[i] = string(x)
	}
	return out
}

func (r *reader) kinds(n *yaml.Node) (out []fact.Kind) {
	if n != nil && n.Kind == yaml.Scalar {
		n = &yaml.Node{Kind: yaml.List, Items: []*yaml.Node{n}, At: n.At}
	}
	for _, it := range r.List(n) {
		w := r.Text(it)
		k, ok := fact.Lookup(w)
		if !ok {
			r.Fail(it.At, "yaml.unknown_word", "word", w, "nearest", fault.Nearest(w, fact.KindNames()), "expected", "stayput words")
			continue
		}
		out = append(out, k)
	}
	return out
}

// sent reads the entries that sending a paper of a side may add. That a paper went out says
// neither that the other side signed, nor that a day to come was kept, nor what somebody
// else did.
func (r *reader) sent(n *yaml.Node, side Side) []fact.Kind {
	out := r.kinds(n)
	for _, k := range out {
		in, word := k.Info(), k.String()
		switch by := in.By; {
		case in.Appointment:
			r.Fail(n.At, "paper.sent_appointment", "word", word)
		case in.Joint:
			r.Fail(n.At, "paper.sent_joint", "word", word)
		case by == fact.LEA && side == Parent || by == fact.Parent && side == LEA || by == fact.SEA || by == fact.HearingOfficer || by == fact.Court || in.Derived:
			r.Fail(n.At, "paper.sent_by", "word", word)
		}
	}
	return out
}

// items reads contents. What may be asked about has {is, ask} in each language; what is
// to be avoided is one text.
func (r *reader) items(n *yaml.Node, asks bool) (out []Item) {
	seen := map[string]bool{}
	for _, it := range r.List(n) {
		m := r.Map(it)
		id := m.Need("id")
		r.named(id, itemName)
		x := Item{ID: r.Text(id), Citation: m.NeedText("citation"), Checked: r.Word(m.Need("checked"), "primary", "secondary", "unverified", Practice), Read: m.Text("read"), Is: Words{}, Ask: Words{}}
		for _, c := range r.List(m.Get("only")) {
			x.Only = append(x.Only, r.condition(c))
		}
		if (x.Checked == Practice) != (x.Citation == Practice) {
			r.Fail(it.At, "paper.practice")
		}
		if seen[x.ID] {
			r.Fail(it.At, "yaml.repeated_key", "key", x.ID, "first", "1")
		}
		seen[x.ID] = true
		for _, l := range Languages {
			if !asks {
				x.Is[l] = m.NeedText(l)
				continue
			}
			b := r.Map(m.Need(l))
			x.Is[l], x.Ask[l] = b.NeedText("is"), b.NeedText("ask")
			b.Done()
		}
		m.Done()
		out = append(out, x)
	}
	return out
}

// words reads {en: ..., es: ...}.
func (r *reader) words(n *yaml.Node) Words {
	if n == nil {
		return nil
	}
	out := Words{}
	m := r.Map(n)
	for _, l := range Languages {
		out[l] = m.NeedText(l)
	}
	m.Done()
	return out
}

// wording reads {en: ..., es: ...}, each one text or {plain: ..., formal: ...}. in is the
// list whose element's fields may be named.
func (r *reader) wording(n *yaml.Node, in string) Wording {
	if n == nil {
		return nil
	}
	m := r.Map(n)
	ns := map[string]*yaml.Node{}
	for _, l := range Languages {
		ns[l] = m.Need(l)
	}
	m.Done()
	return r.wordings(ns, in, m)
}

func (r *reader) wordings(ns map[string]*yaml.Node, in string, whole *yaml.MapReader) Wording {
	out := Wording{}
	for _, l := range Languages {
		n := ns[l]
		if n == nil {
			if len(ns) > 0 {
				whole.Need(l)
			}
			continue
		}
		out[l] = map[Register]Text{}
		if n.Kind == yaml.Scalar {
			t := r.fields(n, in)
			out[l][Plain], out[l][Formal] = t, t
			continue
		}
		m := r.Map(n)
		for _, g := range Registers {
			out[l][g] = r.fields(m.Need(string(g)), in)
		}
		m.Done()
	}
	return out
}

// fields splits a text into words, fields in braces and blanks in braces with a
// question mark.
func (r *reader) fields(n *yaml.Node, in string) (out Text) {
	s := r.Text(n)
	if n == nil {
		return nil
	}
	for s != "" {
		i := strings.IndexByte(s, '{')
		if i < 0 {
			return append(out, Piece{Words: s})
		}
		if i > 0 {
			out = append(out, Piece{Words: s[:i]})
		}
		j := strings.IndexByte(s[i:], '}')
		if k := strings.IndexByte(s[i+1:], '{'); j < 0 || k >= 0 && k+1 < j {
			r.Fail(n.At, "paper.open_brace", "text", s[i:])
			return out
		}
		name := s[i+1 : i+j]
		s = s[i+j+1:]
		if ask, yes := strings.CutPrefix(name, "?"); yes {
			if r.asked[ask] = true; r.p.Asks[ask] == nil {
				r.Fail(n.At, "yaml.unknown_word", "word", name, "nearest", fault.Nearest(ask, keys(r.p.Asks)), "expected", strings.Join(keys(r.p.Asks), ", "))
			}
			out = append(out, Piece{Ask: ask})
			continue
		}
		if !known(name, in) {
			all := append(keys(Fields), keys(Lists[in])...)
			r.Fail(n.At, "paper.unknown_field", "field", name, "nearest", fault.Nearest(name, all), "expected", strings.Join(all, ", "))
		}
		out = append(out, Piece{Field: name})
	}
	return out
}

func known(name, in string) bool {
	if _, ok := Fields[name]; ok {
		return true
	}
	_, ok := Lists[in][name]
	return ok
}

func keys[T any](m map[string]T) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
