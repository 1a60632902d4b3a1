package pack

import (
	"slices"
	"strings"
	"unicode"

	"stayput/fault"
)

// A speech is how a language speaks to its reader.
type speech struct {
	words []string // anywhere
	ends  []string // of a word, anywhere: Spanish joins "to you" to the verb
	first []string // as the first word, or after a first "no": what to do, or what one may do
	start string   // at the beginning
}

// speeches are how titles speak to a reader, by language. A word stands here although it
// may mean somebody else (Spanish "su" is also his, her and their): a neutral title does
// without it, so that nobody has to guess.
var speeches = map[string]speech{
	"en": {
		words: []string{"you", "your", "yours", "yourself", "yourselves"},
		first: []string{"ask", "bring", "don't", "evaluate", "file", "finish", "get", "give", "keep", "object", "pay", "put", "say", "schedule", "see", "send", "show", "sign", "take", "teach", "tell", "trade", "write"},
		start: "do not ",
	},
	"es": {
		words: []string{"usted", "ustedes", "su", "sus", "suyo", "suya", "suyos", "suyas", "le", "les"},
		ends:  []string{"arle", "erle", "irle", "arles", "erles", "irles"},
		first: []string{"avise", "conteste", "debe", "deje", "dele", "déle", "diga", "envíe", "escriba", "firme", "guarde", "haga", "lleve", "mande", "muestre", "opóngase", "pague", "pida", "pregunte", "puede", "tiene", "tome", "vea"},
	},
}

// Addresses is the first word by which a text of a language speaks to its reader, or "".
// A sentence may still speak to somebody without any of these words; a person has to read
// it.
func Addresses(lang, text string) string {
	s := speeches[lang]
	text = strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	if s.start != "" && strings.HasPrefix(text, s.start) {
		return strings.TrimSpace(s.start)
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	for i, w := range words {
		w = strings.Trim(w, "'")
		if slices.Contains(s.words, w) || slices.ContainsFunc(s.ends, func(end string) bool { return len(w) > len(end) && strings.HasSuffix(w, end) }) {
			return w
		}
		if (i == 0 || i == 1 && words[0] == "no") && slices.Contains(s.first, w) {
			return w
		}
	}
	return ""
}

type spokenTitle struct {
	at              fault.Position
	key, rule, word string
}

// spoken are the titles of rules and routes that speak to a reader and have no neutral
// one, and the neutral ones that speak to a reader.
func spoken(w Words, lang string) []spokenTitle {
	var out []spokenTitle
	for id, t := range w {
		if strings.HasPrefix(id, "holiday.") {
			continue
		}
		if x := Addresses(lang, t.Neutral); x != "" {
			out = append(out, spokenTitle{t.At, "pack.neutral_speaks", id, x})
		} else if x := Addresses(lang, t.Title); x != "" && t.Neutral == "" {
			out = append(out, spokenTitle{t.At, "pack.title_speaks", id, x})
		}
	}
	slices.SortFunc(out, func(a, b spokenTitle) int { return strings.Compare(a.rule, b.rule) })
	return out
}
