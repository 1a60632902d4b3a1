package goal

// markConditions finds where, with what and with what help the act is to be
// shown.
func (r *reader) markConditions() {
	first := len(r.t)
	if len(r.heads) > 0 {
		first = r.heads[0].at
	}
	for i := 0; i < len(r.t); i++ {
		if r.t[i].in&(inTime|inMeasure|inBaseline|inCondition) != 0 {
			continue
		}
		n, ok := r.conditionAt(i, first)
		if !ok {
			continue
		}
		to := r.conditionEnd(i+n, first)
		r.put(i, to, inCondition)
		r.show(Condition, i, to)
		i = to - 1
	}
}

// opens reports that a clause begins at i.
func (r *reader) opens(i int) bool {
	return i == 0 || r.mark(i-1, ",;.:()") || r.t[i-1].in&inTime != 0 || r.t[i-1].in&inCondition != 0 || r.t[i-1].word == "and" || r.t[i-1].word == "y"
}

// conditionAt reports a condition that begins at i and how many tokens open it.
func (r *reader) conditionAt(i, first int) (int, bool) {
	before := i < first && r.opens(i)
	if i > first && !r.has[indexOf(Behavior)] && (!r.at(i, cCondition|cUsing) || r.t[i].word == "al") {
		return 0, false // without an act there is nothing to set up
	}
	if before && (r.t[i].verb.form == past || r.t[i].verb.form == gerund) && !r.at(i, cCondition|cUsing|cConditionAfter) && r.commaBefore(i, first) {
		return 1, true // "Seated at a table,"
	}
	switch {
	case r.at(i, cCondition):
		n := r.lengthOf(i, cCondition)
		if r.t[i].word == "al" && !r.doing(i+n) {
			return 0, false
		}
		if r.isNumber(i+n) && r.soon(i+n, 3, cSpan) && !before {
			return 0, false // for so many weeks
		}
		if r.levelSoon(i+n) || r.t[i].verb.form == future || i+n >= len(r.t) {
			return 0, false
		}
		if r.t[i].word == "given" && r.t[max(i-1, 0)].word == "be" {
			return 0, false
		}
		if r.t[i].word == "if" || r.t[i].word == "si" || r.t[i].word == "provided" {
			return n, before || i > first
		}
		return n, true
	case r.at(i, cConditionAfter):
		n := r.lengthOf(i, cConditionAfter)
		if w := r.t[i].word; i > first && (w == "before" || w == "antes" || w == "prior") {
			return 0, false // "raises his hand before speaking" is the act itself
		}
		if r.at(i, cAfterSchool) || r.isNumber(i+n) && !before {
			return 0, false
		}
		if r.isNumber(i+n) && (r.at(i+n+1, cSpan) || r.at(i+n+1, cTrial)) && !r.at(i+n+1, cPrompt) && r.t[i+n].kind != aWord {
			return 0, false
		}
		return n, !r.levelSoon(i + n)
	case r.at(i, cUsing):
		n := r.lengthOf(i, cUsing)
		return n, before || r.soon(i+n, 6, cMaterial|cSupport|cPrompt)
	case r.at(i, cWith):
		n := 1
		if before && !r.isPercentSoon(i+n) {
			return n, true
		}
		if r.soon(i+n, 5, cPrompt) {
			return n, true
		}
		if r.isNumber(i+n) && !r.soon(i+n, 4, cSupport) || r.isPercentSoon(i+n) {
			return 0, false
		}
		return n, r.soon(i+n, 5, cMaterial|cSupport) || r.somebody(i+n)
	case r.at(i, cWithout):
		return 1, r.soon(i+1, 3, cPrompt|cSupport)
	case r.at(i, cPlace):
		n := r.lengthOf(i, cPlace)
		if !before && r.soon(i+n, 3, cTimeUnit) && (r.isNumber(i+n) || r.isNumber(i+n+1)) {
			return 0, false
		}
		if r.levelSoon(i + n) {
			return 0, false
		}
		if before {
			if r.soon(i+n, 2, cService) && !r.soon(i+n, 4, cSetting) {
				return 0, false // only the service is named
			}
			return n, true
		}
		if i < first {
			return 0, false
		}
		if r.t[i].word != "sobre" && r.soon(i+n, 4, cSetting) && r.soonBefore(i+n, 4, cSetting, cService) {
			return n, true
		}
		if w := r.t[i].word; w == "from" || w == "desde" || w == "entre" || w == "on" || w == "sobre" {
			return n, r.soon(i+n, 4, cMaterial)
		}
		return 0, false
	case r.at(i, cPrompt) && i > first && (r.at(i-1, cAtLeast) || r.isNumber(i-1) || r.isNumber(i-2)):
		return 1, true
	}
	return 0, false
}

// commaBefore reports a comma between i and the act.
func (r *reader) commaBefore(i, first int) bool {
	for k := i + 1; k < first && k < i+25; k++ {
		if r.mark(k, ",") {
			return true
		}
	}
	return false
}

// somebody reports one person who helps, "with an adult nearby"; "with peers"
// alone says whom one talks to.
func (r *reader) somebody(i int) bool {
	if i >= len(r.t) || !(r.t[i].word == "a" || r.t[i].word == "an" || r.t[i].kind == aNumber) {
		return false
	}
	return r.soon(i+1, 3, cPerson)
}

// doing reports that a verb stands at i, as after the Spanish "al".
func (r *reader) doing(i int) bool {
	for k := i; k < i+2 && k < len(r.t); k++ {
		if r.t[k].kind == aWord && r.t[k].verb.form == base {
			return true
		}
		w := r.t[k].word
		if len(w) > 4 && (w[len(w)-1] == 'r' || len(w) > 5 && w[len(w)-2:] == "se") {
			return true
		}
		if !r.at(k, cSkip) {
			break
		}
	}
	return false
}

// levelSoon reports that a level follows: "in 4 of 5", "during 80% of".
func (r *reader) levelSoon(i int) bool {
	for k := i; k < i+3 && k < len(r.t); k++ {
		if r.t[k].kind == aRatio || r.t[k].kind == aPercent {
			return true
		}
		if r.t[k].kind == aNumber && (r.at(k+1, cConsecutive) || r.at(k+2, cConsecutive) || r.at(k+1, cTrial) && !r.at(k+1, cPrompt) && r.at(i-1, cPlace) && !r.at(k+1, cSetting)) {
			return true
		}
		if !r.at(k, cAtLeast) && r.t[k].class&cStop == 0 {
			break
		}
	}
	return false
}

func (r *reader) isPercentSoon(i int) bool {
	for k := i; k < i+4 && k < len(r.t); k++ {
		if r.t[k].kind == aPercent || r.t[k].kind == aRatio {
			return true
		}
		if !r.at(k, cAtLeast) {
			break
		}
	}
	return false
}

// soon looks for a class within n tokens, inside the clause.
func (r *reader) soon(i, n int, c class) bool {
	for k := i; k < i+n && k < len(r.t); k++ {
		if r.mark(k, ",;.") || r.t[k].in&(inTime|inMeasure) != 0 {
			return false
		}
		if r.at(k, c) {
			return true
		}
	}
	return false
}

// soonBefore reports that a class comes, and not after the other alone.
func (r *reader) soonBefore(i, n int, c, other class) bool {
	for k := i; k < i+n && k < len(r.t); k++ {
		if r.at(k, c) {
			return true
		}
		if r.at(k, other) && !r.at(k+1, c) {
			return false
		}
	}
	return false
}

// conditionEnd is where a condition ends: at a comma, at the act, at a level or
// at how it is measured.
func (r *reader) conditionEnd(i, first int) int {
	for k := i; k < len(r.t) && k < i+40; k++ {
		switch {
		case r.mark(k, ",;.()") && !(r.mark(k, ".") && k+1 < len(r.t) && r.t[k+1].start == r.t[k].end):
			return k
		case k == first, r.t[k].in&(inTime|inMeasure|inBaseline) != 0, r.at(k, cModal) && !weakModals[r.t[k].word]:
			return k
		case k > i && r.at(k, cPlace|cWith) && r.levelSoon(k+1):
			return k
		case k > i && r.t[k].kind == aRatio && k > first:
			return k
		case k > i && k > first && r.at(k, cAtLeast) && r.isNumber(k+r.lengthOf(k, cAtLeast)) && !r.soon(k, 6, cPrompt):
			return k
		case k > i && k > first && (r.t[k].word == "for" || r.t[k].word == "within" || r.t[k].word == "durante") && (r.isNumber(k+1) || r.at(k+1, cAtLeast)):
			return k
		}
	}
	return min(i+40, len(r.t))
}
