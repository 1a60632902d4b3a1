package reading

import "strings"

// Spanish is how many syllables a Spanish word has. Two strong vowels, or a weak one with
// an accent beside a strong one, are two syllables (le-er, dí-a); a weak vowel beside
// another is one (cui-da-do, e-va-lua-ción); an h between vowels changes nothing.
func Spanish(word string) int {
	w := []rune(strings.ReplaceAll(composed.Replace(strings.ToLower(word)), "h", ""))
	n := 0
	var before rune // the vowel right before, or 0
	run := 0        // vowels in this syllable
	for i, c := range w {
		switch {
		case c == 'u' && i > 0 && i+1 < len(w) && (w[i-1] == 'q' || w[i-1] == 'g') && strings.ContainsRune("eiéí", w[i+1]):
			before = 0
			continue // silent: que, gui
		case c == 'y' && (i+1 == len(w) || !isVowel(w[i+1])):
			c = 'i' // ley, and the word y
		}
		if !isVowel(c) {
			before, run = 0, 0
			continue
		}
		if before == 0 || apart(before, c) || run == 3 {
			n++
			run = 0
		}
		before = c
		run++
	}
	return max(n, 1)
}

// composed puts together letters that were written in two parts.
var composed = strings.NewReplacer("a\u0301", "á", "e\u0301", "é", "i\u0301", "í", "o\u0301", "ó", "u\u0301", "ú", "u\u0308", "ü", "n\u0303", "ñ")

func isVowel(c rune) bool { return strings.ContainsRune("aeiouáéíóúüàèìòùâêîôû", c) }

// apart reports whether two vowels in a row are two syllables.
func apart(a, b rune) bool {
	strong := func(c rune) bool { return strings.ContainsRune("aeoáéóàèòâêô", c) }
	weakWithAccent := func(c rune) bool { return c == 'í' || c == 'ú' }
	switch {
	case strong(a) && strong(b), a == b:
		return true
	case weakWithAccent(a) && strong(b), strong(a) && weakWithAccent(b):
		return true
	}
	return false
}
