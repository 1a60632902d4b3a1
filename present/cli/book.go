package cli

import (
	"os"

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

	words map[string]*pack.Texts // by language
}

func openLibrary(dir string) (*library, error) {
	l := &library{dir: dir, sources: map[string]*pack.Source{}, words: map[string]*pack.Texts{}}
	for _, lang := range pack.Languages {
		l.words[lang] = pack.NewTexts(lang, l.source)
	}
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

// texts gives presenters the words in one language, and fails when those of the
// named packs cannot be read. Without names, all packs are asked for the names of
// holidays.
func (l *library) texts(lang string, ids ...string) (*pack.TextsIn, error) {
	t := l.words[lang]
	for _, id := range ids {
		if _, err := t.Of(id); err != nil {
			return nil, err
		}
	}
	if len(ids) == 0 {
		ids = l.book.IDs()
	}
	return t.In(ids...), nil
}
