package goal

import "strings"

// markBaseline marks what the goal itself says of where the child is now.
func (r *reader) markBaseline() {
	for i := 0; i < len(r.t); i++ {
		base, now := r.at(i, cBaseline), r.at(i, cCurrently)
		if !base && !now || r.at(i, cFromCurrent) {
			continue
		}
		n := 1
		if r.t[i].phrase&(cBaseline|cCurrently) != 0 {
			n = r.t[i].length
		}
		next := i + n
		opened := r.mark(i-1, "([")
		told := r.mark(next, ":=") || next < len(r.t) && (r.isNumber(next) || r.t[next].word == "of" || r.t[next].word == "is" || r.t[next].word == "es" || r.t[next].word == "de")
		if !opened && !told && !(now && r.t[i].word != "hoy" && r.t[i].word != "current") {
			continue // "baseline placement" of letters
		}
		to := next
		for to < len(r.t) && !r.mark(to, ";)]") && !(r.mark(to, ".") && to+1 < len(r.t)) && to < i+30 && !(r.at(to, cModal) && !weakModals[r.t[to].word]) && r.t[to].verb.form != future {
			if r.mark(to, ",") && !opened && !r.isNumber(to+1) {
				break
			}
			to++
		}
		r.put(i, to, inBaseline)
		i = to
	}
}

// weighBaseline says whether a baseline, in the field or in the text, can be
// held against the level.
func (r *reader) weighBaseline(w *words, field string) {
	if !r.has[indexOf(Level)] {
		return
	}
	for i := 0; i < len(r.t); i++ {
		if r.t[i].in&inBaseline == 0 {
			continue
		}
		j := i
		for j < len(r.t) && r.t[j].in&inBaseline != 0 {
			j++
		}
		if r.linked(r, i, j) {
			r.show(Baseline, i, j)
		}
		i = j
	}
	if strings.TrimSpace(field) == "" {
		return
	}
	b := newReader(w, field, r.lang)
	if len(b.t) > 0 && r.linked(b, 0, len(b.t)) {
		s := b.spanOf(0, len(b.t))
		s.InField = true
		n := indexOf(Baseline)
		r.has[n] = true
		r.found[n] = append(r.found[n], s)
	}
}

// linked holds tokens i to j of b, which may be the goal itself, against the
// level: the same family of unit, or a number of something the goal names.
func (r *reader) linked(b *reader, i, j int) bool {
	var fam family
	bare := false
	for k := i; k < j; k++ {
		t := b.t[k]
		switch t.kind {
		case aPercent:
			fam |= ofShare
		case aRatio:
			fam |= ofShare | ofCount
			k += t.length - 1
		case aNumber:
			next := k + 1
			switch {
			case b.at(k, cTrial) && !t.spelled:
				fam |= ofCount
			case next < j && b.t[next].kind == aMark && b.mark(next, "/") && b.at(next+1, cTimeUnit), b.soon(next, min(5, j-next), cRate):
				fam |= ofRate
			case b.soon(next, min(2, j-next), cNotUnit):
				// a grade or an age
			case b.soon(next, min(2, j-next), cTimeUnit):
				fam |= ofTime
			case b.soon(next, min(2, j-next), cLength):
				fam |= ofLength
			case k > i && (b.mark(k-1, "=") || b.at(k-1, cScore)):
				fam |= ofScore
			case next < j && b.t[next].kind == aWord && b.t[next].class&(cPlace|cCondition) == 0:
				fam |= ofCount
			default:
				bare = true
			}
		case aCompound:
			if b.at(k, cTimeUnit) {
				fam |= ofTime
			}
		default:
			if b.at(k, cRate) && k > i {
				fam |= ofRate
			}
			if b.at(k, cOften) || b.at(k, cZero) {
				fam |= ofCount
			}
		}
	}
	if fam&r.family != 0 {
		return true
	}
	return bare && r.sharesWord(b, i, j)
}

// sharesWord reports a word of meaning that the goal and its baseline share.
func (r *reader) sharesWord(b *reader, i, j int) bool {
	stem := func(t token) string {
		if t.kind != aWord || t.class&(cStop|cLearner|cModal) != 0 || len(t.word) < 3 {
			return ""
		}
		if t.verb.lemma != "" {
			return t.verb.lemma
		}
		return strings.TrimSuffix(t.word, "s")
	}
	mine := map[string]bool{}
	for k := range r.t {
		if r.t[k].in&(inTime|inBaseline|inMeasure) == 0 {
			mine[stem(r.t[k])] = true
		}
	}
	for k := i; k < j; k++ {
		if s := stem(b.t[k]); s != "" && mine[s] || b.t[k].word == "mlu" {
			return true
		}
	}
	return false
}
