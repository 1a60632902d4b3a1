package packs

import (
	"strings"
	"sync"

	"stayput/law"
	"stayput/law/pack"
)

// Texts are the words of the built-in packs in one language. The words of a pack
// are read when one of its rules is first shown. It is safe for use by several
// goroutines.
type Texts struct {
	lang  string
	mu    sync.Mutex
	words map[string]pack.Words
}

// NewTexts are the words of the built-in packs in a language.
func NewTexts(lang string) *Texts { return &Texts{lang: lang, words: map[string]pack.Words{}} }

func (t *Texts) of(id string) pack.Words {
	t.mu.Lock()
	defer t.mu.Unlock()
	w, ok := t.words[id]
	if !ok {
		if s, err := Source(id, "words."+t.lang); err == nil {
			w, _ = pack.ReadWords(s, t.lang) // built-in words are tested; without them ids are shown
		}
		t.words[id] = w
	}
	return w
}

// Rule is the text of a rule, or nil.
func (t *Texts) Rule(id law.RuleID) *pack.Text {
	p, _, _ := strings.Cut(string(id), ".")
	return t.of(p)[string(id)]
}

// In narrows the names of holidays to some packs, the ones in play: two states
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
		if x := t.of(p)["holiday."+id]; x != nil {
			return x.Title
		}
	}
	return id
}
