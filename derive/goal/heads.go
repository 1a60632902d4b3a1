package goal

import "strings"

// findHeads finds the verbs that say what will be done. Where the text has no
// "will" and no future, the first verb of the sentence stands for them.
func (r *reader) findHeads() {
	r.modalHeads(false)
	if len(r.heads) == 0 {
		r.modalHeads(true)
	}
	if len(r.heads) == 0 {
		r.plainHead()
	}
	if len(r.heads) > 0 {
		r.body = r.heads[0].at + 1
		r.put(0, r.heads[0].at, inPreamble)
	}
}

// weakModals also stand in side clauses: "work that he cannot do alone".
var weakModals = map[string]bool{"can": true, "would": true, "must": true, "should": true, "puede": true}

// relative words open a side clause: "a map that is to be faded".
var relative = map[string]bool{"that": true, "which": true, "who": true, "que": true}

func (r *reader) modalHeads(weak bool) {
	for i := 0; i < len(r.t); i++ {
		t := r.t[i]
		if t.in&(inBaseline|inMeasure) != 0 {
			continue
		}
		if r.at(i, cModal) && (weak || !weakModals[t.word] && !(i > 0 && relative[r.t[i-1].word] && r.lengthOf(i, cModal) > 1)) {
			r.headFrom(i + r.lengthOf(i, cModal))
			continue
		}
		if t.kind == aWord && t.verb.form == future {
			r.headAt(i)
			continue
		}
		if t.kind == aWord && t.verb.form == noForm && t.class == 0 && r.lang == "es" && strangeFuture(r.text[t.start:t.end]) {
			r.t[i].verb = verb{lemma: t.word, sort: sObservable, form: future}
			r.headAt(i)
		}
	}
}

// strangeFuture reports a word that ends like a Spanish future, accent and all.
func strangeFuture(w string) bool {
	for _, end := range []string{"ará", "erá", "irá", "arán", "erán", "irán", "dré", "drá", "drán", "aré", "eré", "iré"} {
		if strings.HasSuffix(w, end) && len(w) > len(end)+1 {
			return true
		}
	}
	return false
}

// headFrom takes the first verb at or after i, passing adverbs and "be able to".
func (r *reader) headFrom(i int) {
	for n := 0; i < len(r.t) && n < 10; n++ {
		switch {
		case r.mark(i, ",") && r.at(i+1, cCondition|cConditionAfter|cUsing|cWith|cPlace):
			for i++; i < len(r.t) && !r.mark(i, ",;."); i++ {
			}
			i++
		case r.mark(i, "()-:,/"):
			i++
		case r.t[i].kind == aMark:
			return
		case r.at(i, cSkip) && !(r.t[i].verb.form == base && r.t[i].phrase&cSkip == 0):
			i += r.lengthOf(i, cSkip)
		case r.t[i].verb.form == base && (r.t[i].word == "try" || r.t[i].word == "tratar"):
			r.headAt(i)
			return
		case r.t[i].kind == aWord && strings.HasSuffix(r.t[i].word, "ly") && r.t[i].verb.form == noForm:
			i++
		case r.t[i].kind == aWord && r.t[i].verb.form == noForm && r.t[i].class&(cStop|cWith|cPlace|cCondition) != 0:
			i++
		default:
			if r.t[i].kind == aWord {
				r.headAt(i)
			}
			return
		}
	}
}

// headAt adds a head. "Logrará leer" is about reading.
func (r *reader) headAt(i int) {
	v := r.t[i].verb
	if v.form == noForm {
		v = verb{lemma: r.t[i].word, sort: sObservable, form: base}
	}
	switch v.lemma {
	case "lograr", "conseguir", "poder", "deber", "empezar", "comenzar", "volver", "continuar", "ir", "tener":
		for k := i + 1; k < len(r.t) && k <= i+2; k++ {
			if r.t[k].verb.form == base && r.t[k].kind == aWord && strings.HasSuffix(r.t[k].verb.lemma, "r") && r.lang == "es" {
				i, v = k, r.t[k].verb
				break
			}
		}
	case "estar", "be", "continue", "begin", "start", "seguir", "keep":
		if k := i + 1; k < len(r.t) && r.t[k].verb.form == gerund {
			i, v = k, r.t[k].verb
		}
	}
	for _, h := range r.heads {
		if h.at == i {
			return
		}
	}
	if len(r.heads) < 40 {
		r.heads = append(r.heads, head{at: i, verb: v, to: i + 1})
		// "recall and state": the second verb of a pair.
		if k := i + 2; k < len(r.t) && v.form == base && (r.t[i+1].word == "and" || r.t[i+1].word == "or" || r.mark(i+1, "/&")) && r.t[k].verb.form == base && r.t[k].verb.sort != 0 {
			r.heads = append(r.heads, head{at: k, verb: r.t[k].verb, to: k + 1})
		}
	}
}

// plainHead finds the verb of a text without "will": "Improve reading", "Ties
// shoes", "El alumno escribe".
func (r *reader) plainHead() {
	i := 0
	for n := 0; i < len(r.t) && n < 4; n++ {
		switch {
		case r.t[i].in&inTime != 0 || r.t[i].kind == aMark:
			for i < len(r.t) && (r.t[i].in&inTime != 0 || r.t[i].kind == aMark) {
				i++
			}
		case r.at(i, cCondition|cConditionAfter|cUsing|cWith|cPlace) && r.t[i].verb.form != base:
			for i < len(r.t) && !r.mark(i, ",;") {
				i++
			}
		default:
			n = 4
		}
	}
	start := i
	for ; i < len(r.t) && i < start+14; i++ {
		t := r.t[i]
		if t.in&(inTime|inBaseline) != 0 || t.kind == aMark && r.mark(i, ",()") {
			if r.mark(i, ",") { // "El alumno, con apoyo de un modelo, escribe"
				if k := i + 1; r.at(k, cCondition|cConditionAfter|cUsing|cWith|cPlace) {
					for i = k; i < len(r.t) && !r.mark(i, ","); i++ {
					}
				}
			}
			continue
		}
		if t.kind != aWord {
			return
		}
		if r.at(i, cMeasuredBy) {
			return
		}
		first := i == start || r.t[i-1].word == "to"
		if t.verb.form == base && first || t.verb.form == present && (i == start || r.subjectBefore(i, start)) || t.verb.form == past && i > start && r.lang == "en" && r.at(i-1, cLearner) {
			r.headAt(i)
			return
		}
		if i > start+6 {
			return
		}
	}
}

// subjectBefore reports that what stands before a verb can be who does it.
func (r *reader) subjectBefore(i, start int) bool {
	for k := i - 1; k >= start; k-- {
		t := r.t[k]
		if r.at(k, cLearner|cAdult) {
			return true
		}
		if t.kind == aMark || r.at(k, cSkip) {
			continue
		}
		if t.capital && t.verb.form == noForm && t.class&cStop == 0 {
			return true
		}
		break
	}
	// "Nora, with a model, writes"
	for k := start; k < i-2 && k < start+3 && r.mark(i-1, ","); k++ {
		if r.mark(k+1, ",") && r.t[k].kind == aWord && (r.t[k].capital || r.at(k, cLearner)) {
			return true
		}
	}
	return false
}
