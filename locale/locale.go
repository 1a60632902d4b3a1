package locale

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"stayput/fault"
	"stayput/format/yaml"
)

//go:embed catalog.bin
var bin []byte

// A Catalog is every sentence in one language. It is safe for use by several
// goroutines.
type Catalog struct {
	lang string
	text map[string]message
	cal  calendar
}

// message is one text; one is empty when the text has no plural.
type message struct{ one, other string }

var loaded = map[string]func() *Catalog{
	"en": sync.OnceValue(func() *Catalog { return load("en") }),
	"es": sync.OnceValue(func() *Catalog { return load("es") }),
}

// For is the catalog of a language; ok is false when there is none. A regional
// name such as es-MX or es_US finds its language.
func For(lang string) (c *Catalog, ok bool) {
	lang = strings.ToLower(lang)
	if i := strings.IndexAny(lang, "-_."); i > 0 {
		lang = lang[:i]
	}
	get, ok := loaded[lang]
	if !ok {
		return nil, false
	}
	return get(), true
}

func load(lang string) *Catalog {
	c := &Catalog{lang: lang, text: make(map[string]message, 1500)}
	docs, err := yaml.Decode(part(bin, lang))
	if err != nil { // the built-in file is tested; without it every key is shown as itself
		docs = nil
	}
	for _, d := range docs {
		walk("", d.Node, func(key string, n *yaml.Node) { c.text[key] = read(n) })
	}
	c.cal = c.calendar()
	return c
}

func read(n *yaml.Node) message {
	if n == nil {
		return message{}
	}
	if n.Kind != yaml.Map {
		return message{other: n.Value}
	}
	var m message
	for _, f := range n.Fields {
		if f.Key == "one" {
			m.one = f.Value.Value
		} else {
			m.other = f.Value.Value
		}
	}
	return m
}

// Lang is the language, as in the lang attribute of a page.
func (c *Catalog) Lang() string { return c.lang }

// Has reports that there is a text for key.
func (c *Catalog) Has(key string) bool {
	_, ok := c.text[key]
	return ok
}

// Begins reports that some text's key begins with prefix.
func (c *Catalog) Begins(prefix string) bool {
	for key := range c.text {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// T is the text of key with the values of pairs (name, value, name, value) put
// in. A key without a text is given back as it is.
func (c *Catalog) T(key string, pairs ...string) string {
	m, ok := c.text[key]
	if !ok {
		return key
	}
	text := m.other
	if m.one != "" {
		for i := 0; i+1 < len(pairs); i += 2 {
			// In English and in Spanish alike, a whole number is singular when it is 1.
			if pairs[i] == "n" && pairs[i+1] == "1" {
				text = m.one
			}
		}
	}
	return c.fill(text, pairs)
}

// N is T with a number as the value n.
func (c *Catalog) N(key string, n int, pairs ...string) string {
	return c.T(key, append([]string{"n", strconv.Itoa(n)}, pairs...)...)
}

// fill puts values into a text. In Spanish "de el" and "a el" become "del" and
// "al".
func (c *Catalog) fill(text string, pairs []string) string {
	i := strings.IndexByte(text, '{')
	if i < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 48)
	for i >= 0 {
		j := strings.IndexByte(text[i:], '}')
		if j < 0 {
			break
		}
		name, value, found := text[i+1:i+j], "", false
		for k := 0; k+1 < len(pairs); k += 2 {
			if pairs[k] == name {
				value, found = pairs[k+1], true
				break
			}
		}
		if !found {
			value = text[i : i+j+1]
		}
		head := text[:i]
		text = text[i+j+1:]
		i = strings.IndexByte(text, '{')
		if c.lang == "es" && strings.HasPrefix(value, "el ") {
			switch {
			case strings.HasSuffix(head, " de "), head == "de ", head == "De ":
				head, value = head[:len(head)-1], "l "+value[3:]
			case strings.HasSuffix(head, " a "), head == "a ", head == "A ":
				head, value = head[:len(head)-1], "l "+value[3:]
			}
		}
		if strings.HasSuffix(value, ".") && strings.HasPrefix(text, ".") {
			value = value[:len(value)-1] // "at 9:30 a.m." ends the sentence itself
		}
		b.WriteString(head)
		b.WriteString(value)
	}
	b.WriteString(text)
	return b.String()
}

// Bare is a name without the article it is written with: "the request" becomes
// "request", "la solicitud" becomes "solicitud".
func (c *Catalog) Bare(name string) string {
	articles := []string{"the "}
	if c.lang == "es" {
		articles = []string{"el ", "la ", "los ", "las "}
	}
	for _, a := range articles {
		if strings.HasPrefix(name, a) {
			return name[len(a):]
		}
	}
	return name
}

// Kind is the name of a kind of entry as a noun phrase: "request for an
// evaluation".
func (c *Catalog) Kind(name string) string { return c.Bare(c.TheKind(name)) }

// TheKind is the same with its article: "the request for an evaluation".
func (c *Catalog) TheKind(name string) string {
	key := "kind." + name
	if !c.Has(key) {
		return strings.ReplaceAll(name, "_", " ")
	}
	return c.T(key)
}

// List joins names: "a, b and c".
func (c *Catalog) List(items []string) string { return c.join(items, "list.and") }

// ListOr joins names: "a, b or c".
func (c *Catalog) ListOr(items []string) string { return c.join(items, "list.or") }

func (c *Catalog) join(items []string, key string) string {
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	}
	last := items[len(items)-1]
	if c.lang == "es" {
		key = euphony(key, last)
	}
	return c.T(key, "a", strings.Join(items[:len(items)-1], ", "), "b", last)
}

// euphony picks the form of the Spanish "y" and "o" that can be said before the
// next word: "padres e hijos", "uno u otro".
func euphony(key, next string) string {
	w := strings.ToLower(next)
	switch {
	case key == "list.and" && (strings.HasPrefix(w, "i") || strings.HasPrefix(w, "hi")) && !strings.HasPrefix(w, "hie") && !strings.HasPrefix(w, "ie"):
		return "list.and_before_i"
	case key == "list.or" && (strings.HasPrefix(w, "o") || strings.HasPrefix(w, "ho")):
		return "list.or_before_o"
	}
	return key
}

// Fault is what a person reads of an error. Where the error knows the nearest
// word, the text KEY_near is used when there is one.
func (c *Catalog) Fault(e *fault.Error) string {
	if e == nil {
		return ""
	}
	key := e.Key
	if e.Args["nearest"] != "" && c.Has(key+"_near") {
		key += "_near"
	}
	if !c.Has(key) {
		return e.Error()
	}
	pairs := make([]string, 0, 2*len(e.Args))
	for k, v := range e.Args {
		pairs = append(pairs, k, v)
	}
	return c.T(key, pairs...)
}

// First makes the first letter of a sentence a capital.
func First(s string) string {
	for i, r := range s {
		if i == 0 {
			u := strings.ToUpper(string(r))
			return u + s[len(string(r)):]
		}
	}
	return s
}
