package goal

import "strings"

// A family is a kind of unit, to tell whether a baseline and a level can be
// held against each other.
type family uint8

const (
	ofShare family = 1 << iota // percentages, so many of so many
	ofCount
	ofRate
	ofTime
	ofScore
	ofLength
)

// weighLevel finds how much is to be reached, in a unit that one can count.
func (r *reader) weighLevel() {
	if r.adult || len(r.heads) > 0 && r.heads[0].kind == serviceHead {
		return // minutes of a service are no level of the child's
	}
	levels := 0
	bare := -1
	// What stands before the verb tells how the test is set up: only shares count
	// there ("in 4 of 5 trials, he will").
	for i := 0; i < len(r.t); i++ {
		t := r.t[i]
		if t.in&(inTime|inBaseline) != 0 {
			continue
		}
		if r.at(i, cFromCurrent) {
			r.note(FromCurrent, i, i+r.lengthOf(i, cFromCurrent))
		}
		switch t.kind {
		case aRatio:
			if r.ratio(i) {
				levels++
				i += t.length - 1
			}
		case aPercent:
			if r.percent(i) {
				levels++
			} else {
				bare = i
			}
			i += t.length - 1
		case aNumber:
			if t.a == 0 && i >= r.body && t.in&inCondition == 0 && r.soon(i+1, 3, cIncident) {
				r.note(Negative, i, min(i+3, len(r.t)))
			}
			if to, fam := r.count(i); to > i {
				levels++
				r.family |= fam
				r.show(Level, r.backToLeast(i), to)
				i = to - 1
			}
		default:
			if r.at(i, cOften) && i >= r.body && t.in&(inCondition|inMeasure) == 0 && !r.at(i, cSchedule) && t.phrase|t.class != 0 && (t.word == "twice" || t.word == "thrice" || t.word == "once") {
				levels++
				r.family |= ofCount
				r.show(Level, i, i+r.lengthOf(i, cOften))
			}
			if r.at(i, cZero) && i >= r.body && t.in&inCondition == 0 && r.soon(i+1, 3, cIncident) {
				levels++
				r.family |= ofCount
				r.show(Level, i, min(i+3, len(r.t)))
				r.note(Negative, i, min(i+3, len(r.t)))
			}
		}
	}
	if bare >= 0 {
		if r.has[indexOf(Level)] || r.counted(bare) {
			r.family |= ofShare
			r.show(Level, bare, r.percentEnd(bare))
		} else {
			r.note(BarePercent, bare, r.percentEnd(bare))
		}
	}
	if !r.has[indexOf(Level)] {
		for i := r.body; i < len(r.t); i++ {
			if r.at(i, cNotUnit) && r.t[i].in == 0 && i > 0 && (r.t[i].word == "grade" || r.t[i].word == "grado" || r.t[i].word == "level" || r.t[i].word == "nivel") {
				r.note(GradeLevel, max(i-1, 0), i+1)
			}
		}
	}
	if levels > 2 {
		r.note(Several, 0, 0)
	}
}

// ratio reads "4 of 5 trials".
func (r *reader) ratio(i int) bool {
	t := r.t[i]
	if t.b < 2 && t.length == 1 || t.a > t.b {
		return false
	}
	if t.length == 1 && (r.at(i+1, cLength) || t.b == 2 && r.at(i+1, cTimeUnit)) {
		return false // 1/4 inch
	}
	if r.at(i-1, cNotUnit) && r.t[i-1].word == "nearest" {
		return false
	}
	r.family |= ofShare | ofCount
	to := i + t.length
	for k := to; k < len(r.t) && k < to+4; k++ {
		if r.at(k, cTrial|cConsecutive) {
			to = k + 1
			break
		}
		if r.t[k].kind == aMark {
			break
		}
	}
	r.show(Level, i, to)
	return true
}

// percent reports that what the percentage is of can be counted.
func (r *reader) percent(i int) bool {
	j := i + r.t[i].length
	if r.at(j, cOfTime) {
		return false
	}
	of := j < len(r.t) && (r.t[j].word == "of" || r.t[j].word == "de" || r.t[j].word == "del")
	for k := j; k < len(r.t) && k < j+6; k++ {
		t := r.t[k]
		if t.kind == aMark || t.in&inMeasure != 0 {
			break
		}
		if of && k > j && t.kind == aWord && t.class&(cStop|cAccuracy|cVagueNoun|cOfTime) == 0 {
			if t.word == "time" || t.word == "tiempo" {
				return false
			}
			if strings.HasSuffix(t.word, "s") && len(t.word) > 3 {
				r.family |= ofShare
				r.show(Level, i, k+1)
				return true
			}
		}
		if !of && r.at(k, cTrial) && !r.at(k, cTimeUnit) && t.word != "time" && t.word != "vez" {
			r.family |= ofShare
			r.show(Level, i, k+1)
			return true
		}
	}
	return false
}

// counted reports, for a percentage that names nothing, that the goal itself
// holds things to count: words to spell, problems to solve.
func (r *reader) counted(i int) bool {
	j := i + r.t[i].length
	if !r.soon(j, 3, cAccuracy) {
		return false
	}
	for _, h := range r.heads {
		if h.kind != seen || !r.has[indexOf(Behavior)] {
			continue
		}
		for k := h.at + 1; k < len(r.t) && k < h.at+10 && k < i; k++ {
			t := r.t[k]
			if r.mark(k, ",;.") {
				break
			}
			if t.kind == aWord && t.class&(cStop|cVagueNoun|cAdult) == 0 && len(t.word) > 3 && t.word[len(t.word)-1] == 's' && !strings.HasSuffix(t.word, "ss") && t.verb.form == noForm {
				return true
			}
		}
	}
	for k := 0; k < i; k++ {
		if (r.t[k].kind == aNumber || r.t[k].kind == aCompound) && r.t[k].in&(inTime|inBaseline) == 0 && (r.at(k, cTrial) || r.at(k+1, cTrial)) && !r.at(k, cTimeUnit) {
			return true
		}
	}
	return false
}

func (r *reader) percentEnd(i int) int {
	to := min(i+r.t[i].length, len(r.t))
	for k := to; k < len(r.t) && k < to+4; k++ {
		if r.at(k, cAccuracy|cOfTime) {
			return k + r.lengthOf(k, cOfTime)
		}
	}
	return to
}

// backToLeast takes "at least" before a number into its span.
func (r *reader) backToLeast(i int) int {
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		if r.t[k].phrase&cAtLeast != 0 && k+r.t[k].length == i || r.t[k].class&cAtLeast != 0 && k == i-1 {
			return k
		}
	}
	return i
}

// count reads a number with what is counted: "15 times", "within 2 minutes".
// It gives the end of the words, or nothing.
func (r *reader) count(i int) (int, family) {
	t := r.t[i]
	if len(r.heads) > 0 && i < r.body || t.in&(inCondition|inMeasure) != 0 && !r.at(i+1, cConsecutive) && !r.promptLevel(i) {
		return 0, 0
	}
	before, before2 := "", ""
	if i > 0 {
		before = r.t[i-1].word
	}
	if i > 1 {
		before2 = r.t[i-2].word
	}
	least := r.backToLeast(i) < i
	if before == "nearest" || before == "grade" || before == "level" || before == "grado" || before2 == "nearest" {
		return 0, 0
	}
	if (before == "de" || before == "of") && !least && !r.at(i-2, cRate|cScore|cAccuracy) && before2 != "velocidad" && before2 != "rate" && before2 != "score" && before2 != "distancia" && before2 != "distance" {
		return 0, 0 // words of 2 syllables
	}
	// "count to 100", "contar hasta 100"
	if before == "to" || before == "hasta" {
		for _, h := range r.heads {
			if (h.verb.lemma == "count" || h.verb.lemma == "contar") && i-h.at < 9 {
				return i + 1, ofCount
			}
		}
	}
	if r.soonBack(i, 6, cRubric|cScore) || r.soon(i+1, 8, cRubric) {
		if !r.at(i+1, cNotUnit) {
			return i + 1, ofScore
		}
	}
	if r.at(i+1, cThem) {
		return i + 1 + r.t[i+1].length, ofShare | ofCount
	}
	if (before == "to" || before == "a") && r.at(i+1, cPer) && r.at(i+2, cTrial|cTimeUnit|cSetting|cSpan) {
		return i + 3, ofCount // to 5 per day
	}
	if r.at(i+1, cAccuracy) {
		return i + 2, ofShare | ofCount // 18 correctly
	}
	if r.at(i, cTrial) && !t.spelled {
		return i + 1, ofCount // 5x
	}
	unit, row, plural := -1, -1, false
	fam := ofCount
	for k := i + 1; k < len(r.t) && k < i+6; k++ {
		x := r.t[k]
		if x.kind == aMark && !r.mark(k, "/-(") {
			break
		}
		if x.in&(inTime|inMeasure) != 0 || x.kind == aNumber || x.kind == aRatio || x.kind == aPercent {
			break
		}
		if r.at(k, cRate) {
			return k + r.lengthOf(k, cRate), ofRate
		}
		if unit < 0 && r.at(k, cNotUnit) && !r.at(k, cConsecutive) {
			if before == "for" || before == "durante" || before == "over" || r.at(k+1, cConsecutive) || r.at(k-1, cConsecutive) {
				return k + 1, ofCount
			}
			return 0, 0
		}
		if unit < 0 && r.at(k, cTimeUnit) {
			unit, fam, plural = k, ofTime, true
		} else if unit < 0 && r.at(k, cLength) {
			unit, fam, plural = k, ofLength, true
		} else if unit < 0 && (r.at(k, cIncident|cTrial) || x.kind == aWord && len(x.word) > 3 && strings.HasSuffix(x.word, "s") && !strings.HasSuffix(x.word, "ss") && x.class&(cStop|cSkip) == 0 && (x.verb.form != present || k == i+1)) {
			unit, plural = k, strings.HasSuffix(x.word, "s") || x.word == "vez"
		}
		if unit < 0 && (r.at(k, cWith|cPlace|cCondition) || x.verb.form == future || r.at(k, cModal)) && k > i+1 {
			break
		}
		if unit < 0 && r.at(k, cConsecutive) {
			row = k
		}
		if unit >= 0 && r.at(k, cRate) {
			return k + 1, ofRate
		}
		if unit >= 0 && k > unit && !r.at(k, cPer) {
			break
		}
	}
	if unit < 0 && row > 0 {
		unit, plural = row, true // 3 in a row
	}
	if unit < 0 {
		return 0, 0
	}
	if r.at(unit+1, cRate) || r.at(unit+2, cRate) {
		fam = ofRate
	}
	if t.a <= 1 {
		within := t.a == 0 || least || before == "within" || before2 == "within" || before == "with" || before == "con" || r.at(i-1, cAtLeast)
		if !within && !(r.soon(i+1, 4, cAtLeast)) {
			return 0, 0
		}
		plural = true
	}
	if !plural {
		return 0, 0
	}
	return unit + 1, fam
}

// promptLevel reports "no more than 2 prompts", which is a condition and a
// level at once.
func (r *reader) promptLevel(i int) bool {
	return r.soon(i+1, 3, cPrompt) && r.backToLeast(i) < i && i >= r.body
}

// soonBack looks for a class in the n tokens before i, inside the clause.
func (r *reader) soonBack(i, n int, c class) bool {
	for k := i - 1; k >= 0 && k >= i-n; k-- {
		if r.mark(k, ",;.") || r.t[k].in&inCondition != 0 {
			return false
		}
		if r.at(k, c) && r.t[k].class&cScore|r.t[k].class&cRubric != 0 {
			return true
		}
	}
	return false
}
