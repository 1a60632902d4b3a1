package reading

import "strings"

// A Level is a score in plain words.
type Level string

// The levels. Unmeasured is a language without a formula, or no text.
const (
	Unmeasured Level = ""
	Easy       Level = "easy"      // a sixth-grader reads it; INFLESZ: quite easy and very easy
	Plain      Level = "plain"     // the eighth grade; INFLESZ: normal
	Hard       Level = "hard"      // high school; INFLESZ: somewhat hard
	VeryHard   Level = "very_hard" // college; INFLESZ: very hard
)

// A Formula is a published way to measure, by its name.
type Formula string

// The formulas; see the package.
const (
	FleschKincaid   Formula = "flesch_kincaid"   // a school grade; more is harder
	Inflesz         Formula = "inflesz"          // from 0 to 100; more is easier
	FernandezHuerta Formula = "fernandez_huerta" // from 0 to 100; more is easier
)

// A Score is what a formula gives.
type Score struct {
	Formula Formula
	Tenths  int // 84 is 8.4; whole numbers, so that it is the same on every machine
}

// Enough is how many words a text needs before a score says much.
const Enough = 100

// LongWords is how many words a sentence may have before it is pointed out.
const LongWords = 25

// A Result is what was measured.
type Result struct {
	Language                    string // "en" or "es", or as it was given
	Sentences, Words, Syllables int    // of running text: no headings, addresses, tables
	Scores                      []Score
	Level                       Level // by the first score
	Rough                       bool  // fewer than Enough words: a score may mislead
	Long                        []Sentence
	Jargon                      []Use
}

// A Sentence is a place in a text.
type Sentence struct {
	Start, End int // bytes of the text
	Words      int // numbers too
}

// Measure measures a text in English or Spanish. Of another language it finds the long
// sentences and the terms, and gives no score.
func Measure(text, lang string, jargon []Term) Result {
	base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(lang)), "-")
	r := Result{Language: base}
	seen := hide(text)
	var syllables func(string) int
	switch base {
	case "en":
		syllables = English
	case "es":
		syllables = Spanish
	}
	for _, s := range sentences(seen) {
		r.Sentences++
		r.Words += len(s.words)
		if n := len(s.words) + s.figures; n > LongWords {
			r.Long = append(r.Long, Sentence{Start: s.start, End: s.end, Words: n})
		}
		if syllables == nil {
			continue
		}
		for _, w := range s.words {
			if letters, ok := spelled(w); ok && s.lower {
				r.Syllables += named(letters, base)
				continue
			}
			r.Syllables += syllables(w)
		}
	}
	r.Rough = r.Words < Enough
	r.Jargon = find(seen, jargon)
	if r.Words > 0 && syllables != nil {
		r.score(base)
	}
	return r
}

// score works out the formulas with whole numbers, each over a hundred or a thousand times
// sentences times words.
func (r *Result) score(lang string) {
	s, w, y := int64(r.Sentences), int64(r.Words), int64(r.Syllables)
	if lang == "en" {
		grade := tenths(39*w*w+1180*y*s-1559*s*w, 10*s*w)
		r.Scores = []Score{{FleschKincaid, grade}}
		switch {
		case grade < 70:
			r.Level = Easy
		case grade < 90:
			r.Level = Plain
		case grade < 130:
			r.Level = Hard
		default:
			r.Level = VeryHard
		}
		return
	}
	ease := tenths(206835*s*w-62300*y*s-1000*w*w, 100*s*w)
	r.Scores = []Score{{Inflesz, ease}, {FernandezHuerta, tenths(20684*s*w-6000*y*s-102*w*w, 10*s*w)}}
	switch {
	case ease < 400:
		r.Level = VeryHard
	case ease < 550:
		r.Level = Hard
	case ease < 650:
		r.Level = Plain
	default:
		r.Level = Easy
	}
}

// tenths divides and rounds, a half away from zero.
func tenths(a, b int64) int {
	if a < 0 {
		return int(-((-a + b/2) / b))
	}
	return int((a + b/2) / b)
}
