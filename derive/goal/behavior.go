package goal

import "strings"

// weighBehavior decides whether the goal names an act that another person can
// see or hear.
func (r *reader) weighBehavior() {
	r.adult = len(r.heads) > 0 && r.adultDoes(r.heads[0])
	for i := range r.heads {
		r.weigh(&r.heads[i])
	}
	r.shownBy()
	if len(r.heads) == 0 {
		r.note(Vague, 0, min(len(r.t), 6))
		return
	}
	for i := range r.t {
		if r.at(i, cAfterSchool) && i < r.heads[0].at {
			r.note(AfterSchool, i, i+r.lengthOf(i, cAfterSchool))
			return
		}
	}
	first := r.heads[0]
	if r.adult {
		r.note(Adult, r.subjectStart(first.at), first.to)
		return
	}
	for _, h := range r.heads {
		switch h.kind {
		case covertHead:
			r.note(Covert, h.at, h.to)
		case serviceHead:
			r.note(Service, h.at, h.to)
		case compositeHead:
			r.note(Composite, h.at, h.to)
		case vagueHead:
			r.note(Vague, h.at, h.to)
		}
	}
	pair := first.kind == covertHead && len(r.heads) > 1 && r.heads[1].kind == seen && r.heads[1].at <= first.at+2
	switch first.kind {
	case covertHead, serviceHead, compositeHead:
		if !pair { // "recall and state" can be heard
			return
		}
	}
	for _, h := range r.heads {
		if h.kind == seen {
			if first.kind == vagueHead && !r.joined(first.at, h.at) {
				continue // a later sentence does not mend the goal
			}
			if r.comparedOnly(h) {
				r.note(Vague, h.at, h.to)
				continue
			}
			r.show(Behavior, h.at, h.to)
		}
	}
}

// joined reports that two heads stand in one sentence.
func (r *reader) joined(i, j int) bool {
	for k := i; k < j; k++ {
		if r.mark(k, ".") && !(k+1 < len(r.t) && r.t[k+1].kind == aNumber) {
			return false
		}
	}
	return true
}

// comparedOnly reports "will write better", with nothing else to hold it by.
func (r *reader) comparedOnly(h head) bool {
	end := r.clauseEnd(h.at+1, 6)
	for k := h.at + 1; k < end; k++ {
		if r.isNumber(k) || r.at(k, cAtLeast) {
			return false
		}
	}
	for k := h.at + 1; k < min(end, h.at+4); k++ {
		if r.at(k, cBetter) && r.t[k].in&inTime == 0 {
			return true
		}
	}
	return false
}

// objectEnd is where the words that complete a verb end.
func (r *reader) objectEnd(h head) int {
	end := r.clauseEnd(h.at+1, 12)
	for k := h.at + 1; k < end; k++ {
		if r.at(k, cMeasuredBy) || r.at(k, cCondition) && (r.t[k].word != "al" || r.doing(k+1)) || r.t[k].in&(inTime|inMeasure) != 0 || k > h.at+1 && r.at(k, cModal) {
			return k
		}
		if k > h.at+2 && r.at(k, cPlace|cWith) && (r.isNumber(k+1) || r.at(k+1, cAtLeast)) {
			return k
		}
	}
	return end
}

// weigh says what a head comes to with its object.
func (r *reader) weigh(h *head) {
	end := r.objectEnd(*h)
	h.to = h.at + 1
	for h.to < min(end, h.at+5) && !r.isLevel(h.to) && !r.at(h.to, cAtLeast) && !(h.to > h.at+1 && r.at(h.to, cWith|cPlace|cWithout|cCondition|cUsing)) {
		h.to++
	}
	v := h.verb
	if kind, to, ok := r.paired(*h, end); ok {
		h.kind, h.to = kind, max(h.to, to)
		return
	}
	switch v.lemma {
	case "be", "ser", "estar":
		h.kind = r.being(*h)
		return
	}
	if v.sort&sCovert != 0 && v.sort&sObservable == 0 {
		h.kind = covertHead
		return
	}
	if v.sort&sService != 0 && v.sort&sObservable == 0 {
		h.kind = serviceHead
		return
	}
	if v.sort&sFiller != 0 || v.sort&sLight != 0 {
		for k := h.at + 1; k < min(end, h.at+9); k++ {
			if v.sort&sFiller != 0 && r.at(k, cComposite) && !r.at(k+1, cNotUnit) {
				h.kind = compositeHead
				return
			}
		}
	}
	switch {
	case v.sort&(sObservable|sLight) == 0: // only a filler
		if g := h.at + 1; r.at(h.at, cLess) && g < end && r.t[g].verb.form == gerund && r.t[g].verb.sort&sObservable != 0 && r.t[g].class == 0 {
			return // "decrease talking out"
		}
		if !r.countedAct(h.at+1, min(end+8, len(r.t))) && !r.countedAct(r.subjectStart(h.at), h.at) {
			h.kind = vagueHead
		}
	case v.sort&(sFiller|sLight) != 0:
		for k := h.at + 1; k < min(end, h.at+5); k++ {
			if r.isLevel(k) {
				return
			}
			if r.at(k, cVagueNoun) || v.sort&sFiller != 0 && r.at(k, cNotUnit) {
				h.kind = vagueHead
				return
			}
			if k > h.at+1 && r.at(k, cWith|cPlace|cWithout) {
				return
			}
		}
	}
}

// countedAct reports an act in the object of "increase" or "reduce": incidents
// of hitting, words per minute.
func (r *reader) countedAct(i, j int) bool {
	for k := i; k < j; k++ {
		if r.mark(k, ".;") {
			return false
		}
		if r.at(k, cActNoun|cRate) || r.at(k, cIncident) && !r.at(k, cPrompt) {
			return true
		}
	}
	return false
}

// paired looks for a verb with its words: "take turns" is one thing, "take
// responsibility" another.
func (r *reader) paired(h head, end int) (headKind, int, bool) {
	for _, l := range []*lexicon{vocabulary().en, vocabulary().es} {
		for _, p := range l.pairs[h.verb.lemma] {
			limit := min(end, h.at+6)
			if p.sort == sService {
				limit = min(r.clauseEnd(h.at+1, 9), len(r.t))
			}
			k, to := h.at+1, h.at+1
			if len(p.words) > 1 && k < limit && !sameWord(r.t[k].word, p.words[0]) {
				continue // of several words the first stands right after the verb
			}
			for _, want := range p.words {
				for k < limit && !sameWord(r.t[k].word, want) {
					if r.at(k, cWith|cCondition) && p.sort != sService {
						k = limit
						break
					}
					k++
				}
				if k >= limit {
					to = 0
					break
				}
				k++
				to = k
			}
			if to == 0 {
				continue
			}
			switch {
			case p.vague:
				if r.numbered(h.at+1, to) {
					continue
				}
				return vagueHead, to, true
			case p.sort == sCovert:
				return covertHead, to, true
			case p.sort == sService:
				return serviceHead, to, true
			default:
				return seen, to, true
			}
		}
	}
	return 0, 0, false
}

func (r *reader) numbered(i, j int) bool {
	for k := i; k < j; k++ {
		if r.isLevel(k) {
			return true
		}
	}
	return false
}

// sameWord compares without the plural.
func sameWord(a, b string) bool {
	return a == b || strings.TrimSuffix(a, "s") == strings.TrimSuffix(b, "s") && len(a) > 3
}

// being weighs "will be": on task and in line are seen, responsible is not.
func (r *reader) being(h head) headKind {
	for k := h.at + 1; k < len(r.t) && k <= h.at+3; k++ {
		if r.at(k, cState) {
			return seen
		}
		if !r.at(k, cSkip|cBetter) && r.t[k].word != "more" && r.t[k].word != "mas" {
			break
		}
	}
	// "His T-score will be 64": the subject is what is counted.
	for k := r.subjectStart(h.at); k < h.at; k++ {
		if r.at(k, cActNoun) && r.t[k].in&(inTime|inCondition) == 0 {
			return seen
		}
	}
	return vagueHead
}

// shownBy lets an act that shows a vague verb stand for it: "will improve
// writing by writing five sentences".
func (r *reader) shownBy() {
	if len(r.heads) == 0 {
		return
	}
	for i := range r.heads {
		h := &r.heads[i]
		if h.kind != vagueHead && h.kind != covertHead {
			continue
		}
		for k := h.at + 1; k < len(r.t) && k < h.at+25 && !r.mark(k, "."); k++ {
			g := k
			if r.at(k, cByDoing) {
				g = k + r.lengthOf(k, cByDoing)
			} else if r.lang != "es" || r.at(k-1, cUsing|cCondition) {
				continue
			}
			if g < len(r.t) && (r.t[g].verb.form == gerund || g > k && r.t[g].verb.form == base && r.lang == "es") && r.t[g].verb.sort&sObservable != 0 && r.t[g].verb.sort&sFiller == 0 {
				h.kind, h.at, h.to = seen, g, min(r.clauseEnd(g, 4), len(r.t))
				h.verb = r.t[g].verb
				break
			}
		}
	}
}

// subjectStart is where the words before a verb begin that say who does it.
func (r *reader) subjectStart(i int) int {
	for k := i - 1; k >= 0 && k > i-10; k-- {
		if r.mark(k, ",;.:)") || r.t[k].in&inTime != 0 {
			return k + 1
		}
	}
	return max(0, i-9)
}

// adultDoes reports that adults do it: "staff will", "la maestra le dará".
func (r *reader) adultDoes(h head) bool {
	from := r.subjectStart(h.at)
	for from > 0 && from < h.at && r.t[from].in&inTime != 0 {
		from++
	}
	if r.at(from, cCondition|cConditionAfter|cUsing|cWith|cPlace) {
		return false // "With help from staff he will"
	}
	adult := false
	for k := from; k < h.at; k++ {
		t := r.t[k]
		switch {
		case r.at(k, cModal), r.at(k, cSkip):
		case t.capital && r.mark(k+1, "'’"): // "Ana's parents"
		case adult && t.capital && k > 0 && (r.t[k-1].word == "de" || r.t[k-1].word == "of"):
		case r.at(k, cLearner):
			return false
		case r.at(k, cAdult):
			adult = true
		case !adult && t.capital && k > from && t.class&cStop == 0:
			return false
		case adult && (r.at(k, cWith|cPlace|cCondition)):
			return true
		case t.capital && t.class == 0 && t.verb.form == noForm:
			return false // a name
		}
	}
	return adult
}
