package goal

// markTime finds the dates and spans by which the goal is to be met.
func (r *reader) markTime() {
	for i := 0; i < len(r.t); i++ {
		if r.t[i].in&(inBaseline|inTime) != 0 {
			continue
		}
		if from, to := r.timeAt(i); to > from {
			r.put(from, to, inTime)
			r.show(Timeframe, from, to)
			i = to - 1
		}
	}
}

// timeAt reads a timeframe that begins, or has its date, at i.
func (r *reader) timeAt(i int) (from, to int) {
	t := r.t[i]
	switch {
	case t.kind == aDate:
		return r.backToBy(i), i + 1
	case t.kind == aRatio && r.at(i-1, cBy) && t.length == 1 && t.a <= 12 && !r.at(i+1, cTrial):
		return r.backToBy(i), i + 1 // by 6/15
	case r.at(i, cMonth) || r.at(i, cMonthWeak) && (r.at(i-1, cBy) || r.dayNear(i)):
		from, to = i, i+1
		for k := i - 1; k >= 0 && k >= i-2; k-- {
			if r.t[k].kind == aNumber || r.t[k].word == "ordinal" || r.t[k].word == "1ero" || r.t[k].word == "1ro" {
				from = k
			}
		}
		for k := i + 1; k < len(r.t) && k <= i+4; k++ {
			if r.t[k].kind == aYear || r.t[k].kind == aNumber && k <= i+1 || ordinalDay(r.t[k].word) && k == i+1 {
				to = k + 1
			}
		}
		return r.backToBy(from), to
	case t.kind == aYear && !r.at(i+1, cTrial):
		return r.backToBy(i), i + 1
	case r.at(i, cTimePhrase) && r.mark(i+r.lengthOf(i, cTimePhrase), "'’"):
		return 0, 0 // one year's growth
	case r.at(i, cTimePhrase) && t.phrase&cTimePhrase != 0 || r.t[i].class&cTimePhrase != 0:
		// "within one year" and the like; "for one year" is no date either way.
		return r.backToBy(i), i + r.lengthOf(i, cTimePhrase)
	case r.at(i, cEndOf):
		start := i + r.lengthOf(i, cEndOf)
		for k := start; k < len(r.t) && k < start+6 && r.t[k].kind != aMark; k++ {
			if r.at(k, cPeriod|cMonth|cTimePhrase) && !r.at(k+1, cSetting) {
				return r.backToBy(i), k + r.lengthOf(k, cPeriod|cTimePhrase)
			}
		}
	case r.at(i, cBy):
		start := i + r.lengthOf(i, cBy)
		for k := start; k < len(r.t) && k < start+5 && r.t[k].kind != aMark; k++ {
			if r.at(k, cModal|cCondition|cWith) || r.t[k].verb.form == future || r.t[k].verb.form == gerund || r.t[k].kind == aDate || r.t[k].kind == aYear {
				break
			}
			if r.at(k, cPeriod) && !r.at(k, cSetting) {
				return i, k + r.lengthOf(k, cPeriod)
			}
		}
	case r.at(i, cWithin):
		start := i + r.lengthOf(i, cWithin)
		if start < len(r.t) && r.t[start].kind == aCompound && r.at(start, cSpan) {
			return i, start + 1
		}
		if start < len(r.t) && r.t[start].kind == aNumber {
			for k := start + 1; k < len(r.t) && k <= start+3 && r.t[k].kind == aWord; k++ {
				if r.at(k, cConsecutive) {
					break
				}
				if r.at(k, cSpan) && !r.at(k+1, cConsecutive) && !r.at(k+2, cConsecutive) {
					return i, k + 1
				}
			}
		}
		for k := start; k < len(r.t) && k <= start+2; k++ {
			if r.at(k, cPeriod) && thisOne[r.t[max(k-1, 0)].word] {
				return i, k + r.lengthOf(k, cPeriod)
			}
		}
	}
	return 0, 0
}

var thisOne = map[string]bool{"this": true, "next": true, "este": true, "proximo": true, "presente": true, "the": false}

func ordinalDay(w string) bool {
	return len(w) >= 3 && len(w) <= 4 && w[0] >= '0' && w[0] <= '9'
}

// dayNear reports a day or year beside a month whose name is also a word.
func (r *reader) dayNear(i int) bool {
	near := func(k int) bool {
		return k >= 0 && k < len(r.t) && (r.t[k].kind == aNumber && !r.t[k].spelled || r.t[k].kind == aYear || ordinalDay(r.t[k].word))
	}
	return near(i+1) || near(i-1)
}

// backToBy takes the words before a date into its span: "by the end of".
func (r *reader) backToBy(i int) int {
	from := i
	for k := i - 1; k >= 0 && k >= i-7 && r.t[k].kind != aMark && r.t[k].in&inBaseline == 0; k-- {
		if r.at(k, cModal) || r.t[k].verb.form == future {
			break
		}
		if r.at(k, cBy|cWithin|cEndOf) {
			from = k
		}
	}
	for from > 0 && from > i-8 && (r.t[from-1].word == "al" || r.t[from-1].word == "a" || r.t[from-1].word == "at" || r.t[from-1].word == "the" || r.t[from-1].word == "el") {
		from--
	}
	return from
}
