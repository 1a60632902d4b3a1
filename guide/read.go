package guide

import (
	"io/fs"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// A reader walks the files and collects what is wrong in them. It fills the
// guides of all languages side by side, so that none can lack what another
// has.
type reader struct {
	yaml.Reader
	asks map[string]map[string]Ask // by id, by language
}

// read reads every file of the guide.
func read(fsys fs.FS) (map[string]*Guide, error) {
	gs := map[string]*Guide{}
	for _, l := range Languages {
		gs[l] = &Guide{Lang: l, terms: map[string]int{}, topics: map[string]int{}}
	}
	var r reader
	for _, f := range []struct {
		name string
		walk func(*reader, *yaml.MapReader, map[string]*Guide)
	}{
		{"terms.yaml", (*reader).terms},
		{"myths.yaml", (*reader).myths},
		{"help.yaml", (*reader).help},
		{"cards.yaml", (*reader).cards},
		{"doors.yaml", (*reader).doors},
		{"capture.yaml", (*reader).captures},
		{"noes.yaml", (*reader).noes},
		{"say.yaml", (*reader).sayings},
		{"training.yaml", (*reader).trainings},
	} {
		data, err := fs.ReadFile(fsys, f.name)
		if err != nil {
			return nil, fault.New(fault.Internal, fault.Position{File: f.name}, "pack.unreadable").Wrap(err)
		}
		root, err := yaml.Read(f.name, data, yaml.DefaultLimits)
		if err != nil {
			return nil, err
		}
		m := r.Map(root)
		f.walk(&r, m, gs)
		m.Done()
	}
	if err := r.Problems.Or(); err != nil {
		return nil, err
	}
	for _, g := range gs {
		g.names = newNames(g.Terms)
	}
	return gs, nil
}

// list walks a list of maps, each with an id of its own.
func (r *reader) list(n *yaml.Node, walk func(id string, m *yaml.MapReader)) {
	first := map[string]int{}
	for _, it := range r.List(n) {
		m := r.Map(it)
		id := m.NeedText("id")
		if first[id] != 0 {
			r.Fail(it.At, "yaml.repeated_key", "key", id, "first", strconv.Itoa(first[id]))
		}
		first[id] = it.At.Line
		walk(id, m)
		m.Done()
	}
}

// text is one text in every language, written as {en: ..., es: ...}.
func (r *reader) text(n *yaml.Node) map[string]string {
	out := map[string]string{}
	if n == nil {
		return out
	}
	m := r.Map(n)
	for _, l := range Languages {
		out[l] = m.NeedText(l)
	}
	m.Done()
	return out
}

// each walks the block of every language in turn.
func (r *reader) each(m *yaml.MapReader, walk func(lang string, m *yaml.MapReader)) {
	for _, l := range Languages {
		b := r.Map(m.Need(l))
		walk(l, b)
		b.Done()
	}
}

// source takes citation, checked and note; either both of the first or none.
func (r *reader) source(m *yaml.MapReader) Source {
	c, k := m.Get("citation"), m.Get("checked")
	s := Source{
		Citation: r.Text(c),
		Checked:  Level(r.Word(k, string(Primary), string(Secondary), string(Unverified))),
		Note:     m.Text("read"),
	}
	if c != nil && k == nil {
		r.Fail(c.At, "yaml.missing_key", "key", "checked")
	}
	if k != nil && c == nil {
		r.Fail(k.At, "yaml.missing_key", "key", "citation")
	}
	return s
}

// tri reads a yes or no that may be left out.
func (r *reader) tri(n *yaml.Node) fact.Tri {
	if v, ok := r.YesNo(n); ok {
		return fact.TriOf(v)
	}
	return fact.Unsaid
}

// log reads {kind: ..., by: ..., written: yes, ...}; nil when it is not there.
func (r *reader) log(n *yaml.Node) *Log {
	if n == nil {
		return nil
	}
	var l Log
	m := r.Map(n)
	if k := m.Need("kind"); k != nil {
		l.Kind, _ = fact.Lookup(r.Word(k, fact.KindNames()...))
	}
	l.By = fact.Party(r.Word(m.Get("by"), string(fact.Parent), string(fact.LEA)))
	f := &l.Fields
	f.FiledBy = r.Word(m.Get("filed_by"), string(fact.Parent), string(fact.LEA))
	f.Written = r.tri(m.Get("written"))
	f.Received = r.tri(m.Get("received"))
	f.Refused = r.tri(m.Get("refused"))
	f.Means = r.Word(m.Get("means"), fact.Means...)
	f.Outcome = r.Word(m.Get("outcome"), fact.Outcomes...)
	f.About = r.Texts(m.Get("about"))
	f.With = r.Texts(m.Get("with"))
	m.Done()
	return &l
}

func (r *reader) needLog(m *yaml.MapReader) Log {
	if l := r.log(m.Need("log")); l != nil {
		return *l
	}
	return Log{}
}

var parens = regexp.MustCompile(`^(.*?)\s*\(([^)]*)\)$`)

// called is what a term is called: its heading without the brackets, what
// stands in them when it is short, and the further names.
func called(term string, also []string) []string {
	out := []string{term}
	if m := parens.FindStringSubmatch(term); m != nil {
		out[0] = m[1]
		if len(m[2]) <= 7 {
			out = append(out, m[2])
		}
	}
	out = append(out, also...)
	sort.SliceStable(out, func(a, b int) bool { return len(out[a]) > len(out[b]) })
	return out
}

func (r *reader) terms(top *yaml.MapReader, gs map[string]*Guide) {
	related := map[string]*yaml.Node{}
	known := map[string]bool{}
	r.list(top.Need("terms"), func(id string, m *yaml.MapReader) {
		known[id] = true
		rel := m.Get("related")
		related[id] = rel
		ids, src := r.Texts(rel), r.source(m)
		r.each(m, func(lang string, b *yaml.MapReader) {
			t := Term{ID: id, Term: b.NeedText("term"), Definition: b.NeedText("definition"), Related: ids, Source: src}
			t.Names = called(t.Term, r.Texts(b.Get("also")))
			g := gs[lang]
			g.terms[id] = len(g.Terms)
			g.Terms = append(g.Terms, t)
		})
	})
	r.resolve(related, known)
}

// resolve refuses references to what is not there.
func (r *reader) resolve(refs map[string]*yaml.Node, known map[string]bool) {
	var words []string
	for id := range known {
		words = append(words, id)
	}
	sort.Strings(words)
	for id, n := range refs {
		for _, ref := range r.Texts(n) {
			if !known[ref] || ref == id {
				r.Fail(n.At, "yaml.unknown_word", "word", ref, "nearest", fault.Nearest(ref, words), "expected", strings.Join(words, ", "))
			}
		}
	}
}

func (r *reader) myths(top *yaml.MapReader, gs map[string]*Guide) {
	r.list(top.Need("myths"), func(id string, m *yaml.MapReader) {
		src, on := r.source(m), r.Texts(m.Get("on"))
		verdict := Verdict(r.Word(m.Get("verdict"), string(Wrong), string(Misleading), string(Imprecise), string(Incomplete)))
		r.each(m, func(lang string, b *yaml.MapReader) {
			gs[lang].Myths = append(gs[lang].Myths, Myth{
				ID: id, Myth: b.NeedText("myth"), Reality: b.NeedText("reality"), Do: b.NeedText("do"), Verdict: verdict, On: on, Source: src,
			})
		})
	})
}

func (r *reader) help(top *yaml.MapReader, gs map[string]*Guide) {
	see := map[string]*yaml.Node{}
	known := map[string]bool{}
	r.list(top.Need("topics"), func(id string, m *yaml.MapReader) {
		known[id] = true
		see[id] = m.Get("see")
		title, summary := r.text(m.Need("title")), r.text(m.Need("summary"))
		body := map[string][]Block{}
		for _, n := range r.List(m.Need("body")) {
			r.block(n, body)
		}
		for _, l := range Languages {
			g := gs[l]
			g.topics[id] = len(g.Topics)
			g.Topics = append(g.Topics, Topic{ID: id, Title: title[l], Summary: summary[l], Body: body[l], See: r.Texts(see[id])})
		}
	})
	r.resolve(see, known)
}

// block reads one of {h: ...}, {p: ...}, {list: [...]} and {steps: [...]}.
func (r *reader) block(n *yaml.Node, body map[string][]Block) {
	m := r.Map(n)
	items := map[string][]Item{}
	add := func(t *yaml.Node, s Source) {
		texts := r.text(t)
		for _, l := range Languages {
			items[l] = append(items[l], Item{Text: texts[l], Source: s})
		}
	}
	var kind BlockKind
	src := r.source(m)
	for _, x := range []struct {
		key  string
		kind BlockKind
	}{{"h", Heading}, {"p", Paragraph}, {"list", List}, {"steps", Steps}} {
		v := m.Get(x.key)
		if v == nil {
			continue
		}
		if kind != "" {
			r.Fail(v.At, "yaml.unknown_key", "key", x.key, "nearest", "", "expected", string(kind))
		}
		kind = x.kind
		if kind == Heading || kind == Paragraph {
			add(v, src)
			continue
		}
		for _, it := range r.List(v) {
			im := r.Map(it)
			s := r.source(im)
			for _, l := range Languages {
				items[l] = append(items[l], Item{Text: im.NeedText(l), Source: s})
			}
			im.Done()
		}
	}
	if kind == "" {
		r.Fail(n.At, "yaml.missing_key", "key", "p")
	}
	m.Done()
	for _, l := range Languages {
		body[l] = append(body[l], Block{Kind: kind, Items: items[l]})
	}
}

func (r *reader) cards(top *yaml.MapReader, gs map[string]*Guide) {
	r.list(top.Need("cards"), func(id string, m *yaml.MapReader) {
		src, log, spoken := r.source(m), r.needLog(m), r.log(m.Get("spoken"))
		says, byLang := map[string]string{}, map[string]Card{}
		r.each(m, func(lang string, b *yaml.MapReader) {
			c := Card{ID: id, Title: b.NeedText("title"), Tip: b.NeedText("tip"), Log: log, Source: src}
			c.Log.Note = b.NeedText("note")
			if spoken != nil {
				s := *spoken
				s.Note = b.NeedText("note_spoken")
				c.Spoken = &s
			}
			says[lang] = b.NeedText("says")
			byLang[lang] = c
		})
		for _, l := range Languages {
			c := byLang[l]
			c.Shown = []Wording{{l, says[l]}}
			for _, o := range Languages {
				if o != l {
					c.Shown = append(c.Shown, Wording{o, says[o]})
				}
			}
			gs[l].Cards = append(gs[l].Cards, c)
		}
	})
}

// mostQuestions is how many questions a person answers in a row.
const mostQuestions = 5

func (r *reader) doors(top *yaml.MapReader, gs map[string]*Guide) {
	opening := r.text(top.Need("opening"))
	r.asks = map[string]map[string]Ask{}
	r.list(top.Need("asks"), func(id string, m *yaml.MapReader) {
		q, u := r.text(m.Need("question")), r.text(m.Need("unknown"))
		r.asks[id] = map[string]Ask{}
		for _, l := range Languages {
			r.asks[id][l] = Ask{ID: id, Question: q[l], Unknown: u[l]}
		}
	})
	r.list(top.Need("doors"), func(id string, m *yaml.MapReader) {
		side := fact.Side(r.Word(m.Need("side"), string(fact.FamilySide), string(fact.SchoolSide)))
		choices := r.choices(m.Need("choices"))
		r.each(m, func(lang string, b *yaml.MapReader) {
			gs[lang].Doors = append(gs[lang].Doors, Door{
				ID: id, Side: side, Label: b.NeedText("label"), Hint: b.NeedText("hint"), Question: b.NeedText("question"),
				Choices: choices[lang],
			})
		})
	})
	for _, l := range Languages {
		gs[l].Opening = opening[l]
	}
}

// choices reads a list of choices in every language.
func (r *reader) choices(n *yaml.Node) map[string][]Choice {
	out := map[string][]Choice{}
	r.list(n, func(id string, m *yaml.MapReader) {
		log := r.needLog(m)
		asks := m.Get("asks")
		ids := r.Texts(asks)
		if 2+len(ids) > mostQuestions {
			r.Fail(asks.At, "yaml.want_number", "got", strconv.Itoa(2+len(ids)))
		}
		r.each(m, func(lang string, b *yaml.MapReader) {
			c := Choice{ID: id, Label: b.NeedText("label"), Hint: b.Text("hint"), Log: log}
			c.Log.Note = b.Text("note")
			for _, a := range ids {
				q, ok := r.asks[a][lang]
				if !ok {
					r.Fail(asks.At, "yaml.unknown_word", "word", a, "nearest", "", "expected", "asks")
				}
				c.Asks = append(c.Asks, q)
			}
			out[lang] = append(out[lang], c)
		})
	})
	return out
}

// icons are the pictures the pages have for captures.
var icons = []string{"phone", "mail", "meeting", "letter", "missed-service", "speech", "visit", "camera"}

func (r *reader) captures(top *yaml.MapReader, gs map[string]*Guide) {
	r.list(top.Need("captures"), func(id string, m *yaml.MapReader) {
		icon := r.Word(m.Need("icon"), icons...)
		choices := r.choices(m.Need("choices"))
		r.each(m, func(lang string, b *yaml.MapReader) {
			gs[lang].Captures = append(gs[lang].Captures, Capture{
				ID: id, Icon: icon, Label: b.NeedText("label"), Hint: b.NeedText("hint"), Ask: b.NeedText("ask"),
				Choices: choices[lang],
			})
		})
	})
}
