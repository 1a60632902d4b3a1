// Package packs is the law built into the program: the packs of the folders
// beside this file, in a compiled form that reads fast, and the school calendars
// that worked examples use.
//
// In: nothing. Out: a law.Book, texts for readers, worked examples. After a
// change to a YAML file run `go generate ./law/packs`; a test fails when the
// compiled form is stale.
package packs

//go:generate go run ./gen

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"stayput/format/yaml"
	"stayput/law"
	"stayput/law/pack"
)

//go:embed compiled
var compiled embed.FS

//go:embed calendars/*.yaml
var calendars embed.FS

// Calendars are the school calendars that worked examples name.
func Calendars() fs.FS {
	sub, err := fs.Sub(calendars, "calendars")
	if err != nil {
		panic(err) // the folder is built in
	}
	return sub
}

// Parts are the pieces a pack is compiled into, so that a command reads only
// what it needs.
var Parts = []string{"rules", "words.en", "words.es", "examples"}

// PartOf says which piece a file of a pack belongs to.
func PartOf(file string) string {
	stem := strings.TrimSuffix(file, ".yaml")
	base, _, _ := strings.Cut(stem, "-")
	base, _, _ = strings.Cut(base, ".")
	switch base {
	case "words":
		return "words." + stem[strings.LastIndexByte(stem, '.')+1:]
	case "examples", "cases", "situations":
		return "examples"
	}
	return "rules"
}

// Compile turns a parsed pack into its pieces.
func Compile(s *pack.Source) map[string][]byte {
	docs := map[string][]yaml.Doc{}
	for _, f := range s.Files {
		p := PartOf(f.Name)
		docs[p] = append(docs[p], yaml.Doc{Name: path.Join(s.ID, f.Name), Node: f.Node})
	}
	out := map[string][]byte{}
	for _, p := range Parts {
		out[p] = yaml.Encode(docs[p])
	}
	return out
}

// IDs lists the packs that are built in, sorted.
func IDs() []string {
	dir, err := compiled.ReadDir("compiled")
	if err != nil {
		return nil
	}
	var ids []string
	for _, f := range dir {
		if id, ok := strings.CutSuffix(f.Name(), ".rules.bin"); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// Source reads one piece of a built-in pack.
func Source(id, part string) (*pack.Source, error) {
	data, err := compiled.ReadFile("compiled/" + id + "." + part + ".bin")
	if err != nil {
		return nil, fmt.Errorf("no built-in pack %q: %w", id, err)
	}
	docs, err := yaml.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("pack %q: %w", id, err)
	}
	s := &pack.Source{ID: id}
	for _, d := range docs {
		s.Files = append(s.Files, pack.File{Name: path.Base(d.Name), Node: d.Node})
	}
	return s, nil
}

var (
	bookOnce sync.Once
	book     *law.Book
)

// Read reads the rules of a built-in pack.
func Read(id string) (*law.Pack, error) {
	s, err := Source(id, "rules")
	if err != nil {
		return nil, err
	}
	return pack.Read(s)
}

// Book is every built-in pack; each is read when it is first asked for.
func Book() (*law.Book, error) {
	bookOnce.Do(func() {
		book = law.LazyBook(IDs(), Read)
	})
	return book, nil
}

// Words are the texts of a built-in pack in one language.
func Words(id, lang string) (pack.Words, error) {
	s, err := Source(id, "words."+lang)
	if err != nil {
		return nil, err
	}
	return pack.ReadWords(s, lang)
}

var texts sync.Map // language to *pack.Texts

// Texts are the words of the built-in packs in a language, read once.
func Texts(lang string) *pack.Texts {
	if t, ok := texts.Load(lang); ok {
		return t.(*pack.Texts)
	}
	t, _ := texts.LoadOrStore(lang, pack.NewTexts(lang, Source))
	return t.(*pack.Texts)
}
