package cli

import (
	"os"
	"strings"
	"sync"

	"stayput/fault"
	"stayput/law"
	"stayput/law/pack"
	"stayput/law/packs"
)

// library is the law packs in use: the built-in ones, with those of --packs in
// place of the ones of the same name.
type library struct {
	book    *law.Book
	dir     string
	sources map[string]*pack.Source // packs read from dir, whole

	mu    sync.Mutex
	words map[string]pack.Words
}

func openLibrary(dir string) (*library, error) {
	l := &library{dir: dir, sources: map[string]*pack.Source{}, words: map[string]pack.Words{}}
	if dir == "" {
		b, err := packs.Book()
		if err != nil {
			return nil, err
		}
		l.book = b
		return l, nil
	}
	fsys := os.DirFS(dir)
	ids, err := pack.Packs(fsys)
	if err != nil || len(ids) == 0 {
		return nil, fault.New(fault.Invalid, fault.Position{File: dir}, "pack.no_packs", "folder", dir)
	}
	var all []*law.Pack
	var bad fault.List
	for _, id := range ids {
		s, err := pack.Open(fsys, id)
		if err != nil {
			bad = append(bad, fault.All(err)...)
			continue
		}
		p, err := pack.Read(s)
		if err != nil {
			bad = append(bad, fault.All(err)...)
			continue
		}
		l.sources[id] = s
		all = append(all, p)
	}
	if err := bad.Or(); err != nil {
		return nil, err
	}
	for _, id := range packs.IDs() {
		if l.sources[id] != nil {
			continue
		}
		p, err := packs.Read(id)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	l.book = law.NewBook(all...)
	for _, id := range l.book.IDs() {
		if _, _, err := l.book.For(id); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// source is one piece of a pack, from --packs or built in.
func (l *library) source(id, part string) (*pack.Source, error) {
	if s := l.sources[id]; s != nil {
		return s, nil
	}
	return packs.Source(id, part)
}

// wordsOf is the texts of one pack in one language.
func (l *library) wordsOf(id, lang string) (pack.Words, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := id + "." + lang
	if w, ok := l.words[key]; ok {
		return w, nil
	}
	s, err := l.source(id, "words."+lang)
	if err != nil {
		return nil, err
	}
	w, err := pack.ReadWords(s, lang)
	if err != nil {
		return nil, err
	}
	l.words[key] = w
	return w, nil
}

// texts gives presenters the words of the packs in use, in one language. The
// words of a pack are read when one of its rules is first shown.
type texts struct {
	lib   *library
	lang  string
	packs []string // where to look for the names of holidays; all when empty
}

// texts gives the words in one language, and fails when those of the named packs
// cannot be read.
func (l *library) texts(lang string, ids ...string) (*texts, error) {
	for _, id := range ids {
		if _, err := l.wordsOf(id, lang); err != nil {
			return nil, err
		}
	}
	return &texts{l, lang, ids}, nil
}

// Rule is the text of a rule, or nil.
func (t *texts) Rule(id law.RuleID) *pack.Text {
	p, _, _ := strings.Cut(string(id), ".")
	w, err := t.lib.wordsOf(p, t.lang)
	if err != nil {
		return nil
	}
	return w[string(id)]
}

// Holiday is the name of a holiday, or its id when no pack names it.
func (t *texts) Holiday(id string) string {
	ids := t.packs
	if len(ids) == 0 {
		ids = t.lib.book.IDs()
	}
	for _, p := range ids {
		if w, err := t.lib.wordsOf(p, t.lang); err == nil {
			if x := w["holiday."+id]; x != nil {
				return x.Title
			}
		}
	}
	return id
}
