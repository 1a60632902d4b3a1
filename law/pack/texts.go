package pack

import (
	"strings"
	"sync"

	"stayput/law"
)

// Texts are the words of packs in one language. The words of a pack are read when
// one of its rules is first shown. It is safe for use by several goroutines.
type Texts struct {
	lang    string
	source  func(id, part string) (*Source, error)
	of      *Texts // whose titles these are the neutral ones of; nil for words as read
	mu      sync.Mutex
	words   map[string]read
	neutral *Texts // made when first asked for
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
	if !ok && t.of != nil {
		w, err := t.of.Of(id)
		r = read{formal(w), err}
		t.words[id] = r
	} else if !ok {
		var s *Source
		if s, r.err = t.source(id, "words."+t.lang); r.err == nil {
			r.words, r.err = ReadWords(s, t.lang)
		}
		t.words[id] = r
	}
	return r.words, r.err
}

// Neutral are the same words with neutral titles: for papers, for tables that go to other
// people, and for a reader who is not the parent.
func (t *Texts) Neutral() *Texts {
	if t.of != nil {
		return t
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.neutral == nil {
		t.neutral = &Texts{lang: t.lang, of: t, words: map[string]read{}}
	}
	return t.neutral
}

// formal are words with their neutral titles in the place of titles.
func formal(w Words) Words {
	out := make(Words, len(w))
	for id, t := range w {
		if t.Neutral != "" {
			t = &Text{Title: t.Neutral, Says: t.Says, Answers: t.Answers, Exceptions: t.Exceptions, Readings: t.Readings, Items: t.Items, At: t.At}
		}
		out[id] = t
	}
	return out
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

// Neutral are the same words with neutral titles.
func (t *TextsIn) Neutral() *TextsIn { return &TextsIn{t.Texts.Neutral(), t.ids} }

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
