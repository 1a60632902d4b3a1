package pack

import (
	"strings"
	"sync"

	"stayput/law"
)

// Texts are the words of packs in one language. The words of a pack are read when
// one of its rules is first shown. It is safe for use by several goroutines.
type Texts struct {
	lang   string
	source func(id, part string) (*Source, error)
	mu     sync.Mutex
	words  map[string]read
}

type read struct {
	words Words
	err   error
}

// NewTexts are the words, in a language, of the packs that source opens.
func NewTexts(lang string, source func(id, part string) (*Source, error)) *Texts {
	return &Texts{lang: lang, source: source, words: map[string]read{}}
}

// Of is the words of one pack.
func (t *Texts) Of(id string) (Words, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r, ok := t.words[id]
	if !ok {
		var s *Source
		if s, r.err = t.source(id, "words."+t.lang); r.err == nil {
			r.words, r.err = ReadWords(s, t.lang)
		}
		t.words[id] = r
	}
	return r.words, r.err
}

// Rule is the text of a rule, or nil.
func (t *Texts) Rule(id law.RuleID) *Text {
	p, _, _ := strings.Cut(string(id), ".")
	w, err := t.Of(p)
	if err != nil {
		return nil // without words, presenters show the id
	}
	return w[string(id)]
}

// In looks for the names of holidays in some packs, the ones in play: two states
// may name one holiday differently.
func (t *Texts) In(ids ...string) *TextsIn { return &TextsIn{t, ids} }

// TextsIn is Texts with the packs in play.
type TextsIn struct {
	*Texts
	ids []string
}

// Holiday is the name of a holiday, or its id when no pack in play names it.
func (t *TextsIn) Holiday(id string) string {
	for _, p := range t.ids {
		if w, err := t.Of(p); err == nil {
			if x := w["holiday."+id]; x != nil {
				return x.Title
			}
		}
	}
	return id
}
