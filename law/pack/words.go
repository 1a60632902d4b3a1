package pack

import (
	"strings"

	"stayput/fault"
	"stayput/format/yaml"
	"stayput/law"
)

// A Text is what a reader is told of one rule, in one language.
type Text struct {
	Title      string // may speak to a parent: "your"
	Neutral    string // the title for anybody else; "" when the title speaks to nobody
	Says       string
	Answers    string            // what would count as the answer, as a noun
	Exceptions map[string]string // by the rule's own names
	Readings   map[string]string
	Items      map[string]string
	At         fault.Position // of the title
}

// Formal is the title that a paper or another reader than the parent may quote.
func (t *Text) Formal() string {
	if t.Neutral != "" {
		return t.Neutral
	}
	return t.Title
}

// Words are the texts of one pack in one language, by rule id and, for
// holidays, by "holiday.ID".
type Words map[string]*Text

// Languages are the languages every pack is written in.
var Languages = []string{"en", "es"}

// ReadWords reads a pack's texts in one language.
func ReadWords(s *Source, lang string) (Words, error) {
	var r reader
	w := Words{}
	for _, n := range s.family("words", lang) {
		if n.Kind != yaml.Map {
			r.Fail(n.At, "yaml.want_map", "got", "list")
			continue
		}
		for _, f := range n.Fields {
			if w[f.Key] != nil {
				r.Fail(f.At, "pack.words_twice", "rule", f.Key)
			}
			m := r.Map(f.Value)
			t := &Text{At: f.At}
			if x := m.Get("title"); x != nil {
				t.At = x.At
			}
			switch {
			case strings.HasPrefix(f.Key, "holiday."):
				t.Title, t.Says = m.NeedText("title"), m.Text("says")
			case strings.HasPrefix(f.Key, "route."): // a pack above another may leave its words
				t.Title, t.Neutral, t.Says = m.Text("title"), m.Text("neutral"), m.Text("says")
			default:
				t.Title, t.Neutral, t.Says = m.NeedText("title"), m.Text("neutral"), m.NeedText("says")
			}
			t.Answers = m.Text("answers")
			t.Exceptions = r.texts(m.Get("exceptions"))
			t.Readings = r.texts(m.Get("readings"))
			t.Items = r.texts(m.Get("items"))
			m.Done()
			w[f.Key] = t
		}
	}
	if err := r.Problems.Or(); err != nil {
		return nil, err
	}
	return w, nil
}

func (r *reader) texts(n *yaml.Node) map[string]string {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.Map {
		r.Fail(n.At, "yaml.want_map", "got", n.Value)
		return nil
	}
	out := make(map[string]string, len(n.Fields))
	for _, f := range n.Fields {
		out[f.Key] = r.Text(f.Value)
	}
	return out
}

// CheckWords refuses a rule without its texts in some language, a text without its
// rule, and a title that speaks to its reader and has no neutral one.
func CheckWords(p *law.Pack, byLang map[string]Words) error {
	var bad fault.List
	add := func(at fault.Position, key string, pairs ...string) {
		bad = append(bad, fault.New(fault.Invalid, at, key, pairs...))
	}
	known := map[string]bool{}
	for _, h := range p.Holidays {
		known["holiday."+h.ID] = true
	}
	for _, r := range p.Rules {
		known[string(r.ID)] = true
	}
	for _, r := range p.Routes {
		known["route."+string(r.ID)] = true
	}
	if p.Under == "" && len(p.Routes) > 0 {
		known["route.any"] = true
	}
	for _, lang := range Languages {
		w := byLang[lang]
		for _, x := range spoken(w, lang) {
			add(x.at, x.key, "rule", x.rule, "lang", lang, "word", x.word)
		}
		for _, x := range routeWords(p, w) {
			add(x.at, "pack.no_words", "rule", x.text, "lang", lang)
		}
		for _, h := range p.Holidays {
			if w["holiday."+h.ID] == nil {
				add(fault.Position{File: p.ID}, "pack.no_words", "rule", "holiday."+h.ID, "lang", lang)
			}
		}
		for _, r := range p.Rules {
			t := w[string(r.ID)]
			if t == nil {
				add(r.At, "pack.no_words", "rule", string(r.ID), "lang", lang)
				continue
			}
			for _, x := range r.Exceptions {
				if t.Exceptions[x] == "" {
					add(r.At, "pack.no_words", "rule", string(r.ID)+" exceptions "+x, "lang", lang)
				}
			}
			for _, x := range r.Items {
				if t.Items[x.ID] == "" {
					add(r.At, "pack.no_words", "rule", string(r.ID)+" items "+x.ID, "lang", lang)
				}
			}
			for _, v := range r.Versions {
				for _, d := range v.Due {
					for _, x := range d.Readings {
						if t.Readings[x.ID] == "" {
							add(r.At, "pack.no_words", "rule", string(r.ID)+" readings "+x.ID, "lang", lang)
						}
					}
				}
			}
		}
		for id := range w {
			if !known[id] {
				add(fault.Position{File: p.ID}, "pack.words_of_nothing", "rule", id, "lang", lang)
			}
		}
	}
	return bad.Or()
}
