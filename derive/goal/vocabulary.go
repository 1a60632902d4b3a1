package goal

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed words.en.txt
var englishWords string

//go:embed words.es.txt
var spanishWords string

// A class is a set of the headings of the word files.
type class uint64

const (
	cModal class = 1 << iota
	cSkip
	cVagueNoun
	cActNoun
	cState
	cBetter
	cByDoing
	cAdult
	cLearner
	cMonth
	cMonthWeak
	cBy
	cWithin
	cEndOf
	cPeriod
	cTimePhrase
	cSpan
	cCondition
	cConditionAfter
	cUsing
	cWith
	cWithout
	cPlace
	cSetting
	cMaterial
	cSupport
	cPrompt
	cService
	cAtLeast
	cTrial
	cTimeUnit
	cLength
	cNotUnit
	cConsecutive
	cAccuracy
	cOfTime
	cIncident
	cZero
	cRubric
	cScore
	cOften
	cPer
	cMeasuredBy
	cPerWhom
	cTool
	cStrongTool
	cSchedule
	cBaseline
	cCurrently
	cFromCurrent
	cComposite
	cAttendance
	cAfterSchool
	cOutOf
	cPercent
	cNumber
	cStop
	cRate
	cPerson
	cThem
	cNotMeasured
	cInstrument
	cLess
	cMeasureTitle
)

var headings = map[string]class{
	"modal": cModal, "skip": cSkip, "vague noun": cVagueNoun, "act noun": cActNoun, "observable state": cState,
	"better": cBetter, "by doing": cByDoing, "adult": cAdult, "learner": cLearner, "month": cMonth, "month weak": cMonthWeak,
	"by": cBy, "within": cWithin, "end of": cEndOf, "period": cPeriod, "time phrase": cTimePhrase, "span": cSpan,
	"condition": cCondition, "condition after": cConditionAfter, "using": cUsing, "with": cWith, "without": cWithout,
	"place": cPlace, "setting": cSetting, "material": cMaterial, "support": cSupport, "prompt": cPrompt, "service": cService,
	"at least": cAtLeast, "trial": cTrial, "time unit": cTimeUnit, "length": cLength, "not unit": cNotUnit,
	"consecutive": cConsecutive, "accuracy": cAccuracy, "of time": cOfTime, "incident": cIncident, "zero": cZero,
	"rubric": cRubric, "score": cScore, "often": cOften, "per": cPer, "measured by": cMeasuredBy, "per whom": cPerWhom,
	"tool": cTool, "strong tool": cStrongTool, "schedule": cSchedule, "baseline": cBaseline, "currently": cCurrently,
	"from current": cFromCurrent, "composite": cComposite, "attendance": cAttendance, "after school years": cAfterSchool,
	"out of": cOutOf, "percent": cPercent, "stop": cStop, "rate": cRate, "person": cPerson, "them": cThem, "not measured": cNotMeasured, "instrument": cInstrument, "less": cLess, "measure title": cMeasureTitle,
}

// A sort says what doing a verb means for a reader who watches.
type sort uint8

const (
	sObservable sort = 1 << iota
	sLight           // what is done stands in the object: use, show, have
	sFiller          // improve, develop: nothing is said yet
	sCovert
	sService
)

var verbHeadings = map[string]sort{
	"verb observable": sObservable, "verb light": sLight, "verb filler": sFiller, "verb covert": sCovert, "verb service": sService,
}

// A form of a verb.
type form uint8

const (
	noForm  form = iota
	base         // read, leer
	future       // leerá
	present      // reads, lee
	gerund       // reading, leyendo
	past         // measured
)

// A verb is one form of a verb of the word files.
type verb struct {
	lemma string
	sort  sort
	form  form
}

// An entry is what one word of a language can be.
type entry struct {
	class class
	verb  verb
	num   float64
	isNum bool
}

// A phrase is several words that mean one thing.
type phrase struct {
	words []string
	class class
}

// A pair is a verb with words soon after it.
type pair struct {
	words []string
	sort  sort
	vague bool
}

// A lexicon is the words of one language.
type lexicon struct {
	words   map[string]entry
	phrases map[string][]phrase
	pairs   map[string][]pair
	near    map[shape][]string // words of six letters and more
	sounds  map[string]string  // Spanish words by how they sound
}

// A shape is the first letter of a word and its length. A slip in the first
// letter is rare and not mended.
type shape struct {
	first  byte
	length int
}

// words are both lexicons.
type words struct{ en, es *lexicon }

var vocabulary = sync.OnceValue(func() *words {
	return &words{en: load(englishWords, englishForms, false), es: load(spanishWords, spanishForms, true)}
})

// load reads a word file. The files are part of the program, and a test reads
// them strictly; here an unknown heading is passed over.
func load(text string, forms func(string) []verb, spanish bool) *lexicon {
	l := &lexicon{words: map[string]entry{}, phrases: map[string][]phrase{}, pairs: map[string][]pair{}}
	sorts := map[string]sort{}
	var lemmas, irregular []string
	heading := ""
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			heading = strings.Trim(line, "[]")
			continue
		}
		for _, item := range strings.Split(line, ",") {
			item = fold(strings.TrimSpace(item))
			if item == "" {
				continue
			}
			s, isVerb := verbHeadings[heading]
			switch {
			case isVerb || heading == "verb vague":
				if lemma, rest, ok := strings.Cut(item, "+"); ok {
					l.pairs[lemma] = append(l.pairs[lemma], pair{strings.Split(rest, "+"), s, heading == "verb vague"})
					continue
				}
				if _, ok := sorts[item]; !ok {
					lemmas = append(lemmas, item)
				}
				sorts[item] |= s
			case heading == "irregular":
				irregular = append(irregular, item)
			case heading == "number":
				name, v, _ := strings.Cut(item, "=")
				e := l.words[name]
				e.num, _ = strconv.ParseFloat(v, 64)
				e.isNum = true
				l.words[name] = e
			default:
				c := headings[heading]
				if ws := strings.Fields(item); len(ws) > 1 {
					l.phrases[ws[0]] = append(l.phrases[ws[0]], phrase{words: ws, class: c})
				} else {
					e := l.words[item]
					e.class |= c
					l.words[item] = e
				}
			}
		}
	}
	add := func(word string, v verb) {
		e := l.words[word]
		if e.verb.form == noForm || v.form < e.verb.form {
			e.verb = v
		}
		l.words[word] = e
	}
	for lemma := range l.pairs { // a verb known only with its object
		if _, ok := sorts[lemma]; !ok {
			lemmas = append(lemmas, lemma)
			sorts[lemma] = sObservable
		}
	}
	for _, lemma := range lemmas {
		for _, v := range forms(lemma) {
			add(v.lemma, verb{lemma, sorts[lemma], v.form})
		}
	}
	for _, item := range irregular {
		word, lemma, _ := strings.Cut(item, "=")
		f := present
		switch {
		case strings.HasSuffix(word, "ndo"):
			f = gerund
		case strings.HasSuffix(word, "ra"), strings.HasSuffix(word, "ran"), strings.HasSuffix(word, "re"):
			f = future
		}
		s, ok := sorts[lemma]
		if !ok {
			s = sObservable
		}
		add(word, verb{lemma, s, f})
	}
	for _, ps := range l.phrases { // words of phrases are known words
		for _, p := range ps {
			for _, w := range p.words {
				if _, ok := l.words[w]; !ok {
					l.words[w] = entry{}
				}
			}
		}
	}
	l.index(spanish)
	return l
}

// index makes the tables that mend slips of typing.
func (l *lexicon) index(spanish bool) {
	l.near, l.sounds = map[shape][]string{}, map[string]string{}
	for w := range l.words {
		if spanish && len(w) > 2 {
			// Of two words that sound alike the one that sorts first wins, so
			// that the order of a map never shows.
			if old, ok := l.sounds[sound(w)]; !ok || w < old {
				l.sounds[sound(w)] = w
			}
		}
		if e := l.words[w]; len(w) >= 6 && !(e.class == 0 && e.verb.form >= present) {
			s := shape{w[0], len(w)}
			l.near[s] = append(l.near[s], w)
		}
	}
}

// sound spells a Spanish word as it is heard: b is v, s is z, h is silent.
func sound(w string) string {
	var b [64]byte
	n := 0
	for i := 0; i < len(w) && n < len(b); i++ {
		c, next := w[i], byte(0)
		if i+1 < len(w) {
			next = w[i+1]
		}
		soft := next == 'e' || next == 'i'
		switch {
		case c == 'h' && (i == 0 || w[i-1] != 'c'):
			continue
		case c == 'v':
			c = 'b'
		case c == 'z' || c == 'c' && soft:
			c = 's'
		case c == 'g' && soft:
			c = 'j'
		case c == 'l' && next == 'l':
			c = 'y'
			i++
		case c == 'q' && next == 'u':
			c = 'k'
			i++
		case c == 'c' && next != 'h':
			c = 'k'
		case c == 'n' && (next == 'b' || next == 'v' || next == 'p'):
			c = 'm'
		case c == next:
			continue
		}
		b[n] = c
		n++
	}
	return string(b[:n])
}

// small are the classes of words that have no plural: "antes" is not two "ante".
const small = cCondition | cConditionAfter | cUsing | cWith | cWithout | cPlace | cBy | cWithin | cStop | cModal | cSkip | cAtLeast | cPer

// find looks a word up as it stands, then as a plural.
func (l *lexicon) find(w string) (string, entry, bool) {
	plain, ok := l.words[w]
	if ok && plain != (entry{}) {
		return w, plain, true
	}
	for _, end := range []string{"s", "es"} {
		if one, ok := strings.CutSuffix(w, end); ok && len(one) > 2 {
			if e, ok := l.words[one]; ok && (e.class != 0 || e.verb.form == noForm) && e.class&small == 0 {
				e.verb = verb{}
				return w, e, true
			}
		}
	}
	return w, entry{}, ok // known as a word of a phrase at least
}

// mend looks for the word that was meant.
func (l *lexicon) mend(w string) (string, entry, bool) {
	if len(w) > 40 || strings.IndexFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) >= 0 {
		return w, entry{}, false
	}
	if len(w) > 2 {
		if m, ok := l.sounds[sound(w)]; ok && len(w) > 2 {
			return m, l.words[m], true
		}
	}
	if len(w) < 6 {
		return w, entry{}, false
	}
	best := ""
	for n := len(w) - 1; n <= len(w)+1; n++ {
		for _, m := range l.near[shape{w[0], n}] {
			// A letter left out is the most common slip, so the longer word wins.
			if oneSlip(w, m) && (len(m) > len(best) || len(m) == len(best) && m < best) {
				best = m
			}
		}
	}
	if best != "" {
		return best, l.words[best], true
	}
	return w, entry{}, false
}

// oneSlip reports that two words differ by one letter left out, put in,
// exchanged for another, or two neighbors swapped.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) != len(b) {
		return a[i:] == b[i+1:]
	}
	if i >= len(a) {
		return true
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
