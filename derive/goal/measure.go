package goal

import "strings"

// markMeasures marks the words from "as measured by" to the end of the clause,
// so that their numbers and verbs are not taken for the child's.
func (r *reader) markMeasures() {
	for i := 0; i < len(r.t); i++ {
		n := r.measuredBy(i)
		if n == 0 || r.t[i].in&inBaseline != 0 {
			continue
		}
		to := i + n
		for to < len(r.t) && to < i+30 && !r.mark(to, ";.()") && !(r.at(to, cModal) && !weakModals[r.t[to].word]) && r.t[to].verb.form != future && r.t[to].in&inTime == 0 {
			if r.mark(to, ",") && !r.soon(to+1, 6, cTool|cAdult) {
				break
			}
			if to > i+n && (r.t[to].kind == aRatio || r.t[to].kind == aPercent || r.at(to, cPlace) && (r.isNumber(to+1) || r.at(to+1, cAtLeast))) {
				break
			}
			to++
		}
		r.put(i, to, inMeasure)
		r.show(Measurement, i, to)
		i = to - 1
	}
}

// measuredBy gives the length of the words that open how it is measured.
func (r *reader) measuredBy(i int) int {
	// "as rated with", "as seen on": any such verb with its tool.
	if r.t[i].word == "as" && i+2 < len(r.t) && !r.at(i, cMeasuredBy) && !r.at(i+1, cNotMeasured) &&
		(strings.HasSuffix(r.t[i+1].word, "ed") || r.t[i+1].verb.form == past) && r.at(i+2, cInstrument) && r.soon(i+3, 6, cTool|cAdult|cStrongTool) {
		return 3
	}
	if r.at(i, cMeasureTitle) && r.mark(i+1, ":") && i+2 < len(r.t) {
		return 2
	}
	if r.at(i, cMeasuredBy) {
		n := r.lengthOf(i, cMeasuredBy)
		switch w := r.t[i].word; {
		case w == "según" || w == "segun":
			if r.t[min(i+1, len(r.t)-1)].word == "sea" || r.t[min(i+1, len(r.t)-1)].word == "se" {
				return 0
			}
		case n == 1 && r.t[i].verb.form == base || i+n >= len(r.t):
			return 0
		}
		if r.t[i].word == "by" || r.t[i].word == "as" || n > 1 {
			// "as demonstrated by raising his hand" tells of the act.
			if g := i + n; g < len(r.t) && r.t[g].verb.form == gerund && !r.soon(g, 4, cTool|cStrongTool) {
				return 0
			}
		}
		if r.at(i, cCondition) && n == 1 && !r.soon(i+1, 8, cTool|cAdult) {
			return 0
		}
		return n
	}
	if r.at(i, cPerWhom) && r.soon(i+1, 5, cTool|cAdult) {
		next := i + 1
		if !r.at(next, cTimeUnit|cTrial|cSpan) || r.at(next, cTool) && (next+1 >= len(r.t) || r.t[next+1].kind == aMark) {
			return 1
		}
	}
	return 0
}

// weighMeasurement looks for tools and records that stand without "measured
// by": a short piece at the end, probes that are counted, a rubric.
func (r *reader) weighMeasurement() {
	end := len(r.t)
	for end > 0 && r.t[end-1].kind == aMark {
		end--
	}
	start := end
	for start > 0 && !r.mark(start-1, ",;.:-()") && r.t[start-1].in&inTime == 0 {
		start--
	}
	if start > 0 && start < end && end-start <= 12 && !r.headIn(start, end) && (len(r.heads) == 0 || start > r.heads[0].at) {
		if w := r.t[start]; w.in&(inMeasure|inCondition|inBaseline) == 0 && w.kind == aWord && (w.verb.form == past || strings.HasSuffix(w.word, "ed") || strings.HasSuffix(w.word, "ado")) && r.soon(start+1, 6, cAdult) {
			r.show(Measurement, start, end) // "timed by the therapist"
		}
		for k := start; k < end; k++ {
			if r.at(k, cTool) && r.t[k].in&(inMeasure|inCondition|inBaseline) == 0 && !r.isNumber(k-1) {
				r.show(Measurement, start, end)
				break
			}
		}
	}
	for i := range r.t {
		t := r.t[i]
		if t.in&(inMeasure|inCondition|inBaseline|inTime) != 0 || !r.at(i, cStrongTool) || i < r.body {
			continue
		}
		n := r.lengthOf(i, cStrongTool)
		from := i
		for k := i - 1; k >= max(0, i-6) && r.t[k].kind != aMark; k-- {
			if r.isNumber(k) || r.at(k, cPlace|cSchedule|cConsecutive) {
				from = k
				break
			}
		}
		if from < i || r.at(i, cRubric) {
			r.show(Measurement, from, i+n)
		}
	}
	// "The therapist will keep data."
	for _, h := range r.heads[min(1, len(r.heads)):] {
		if r.soon(h.at, 6, cTool) && r.adultDoes(h) {
			r.show(Measurement, r.subjectStart(h.at), min(h.to, len(r.t)))
		}
	}
	// A test named before the act, as in "when his teachers complete the form".
	for i := 0; i < r.body; i++ {
		if r.at(i, cStrongTool) && r.t[i].in&inTime == 0 && (r.t[i].word == "brief" || r.t[i].word == "brief-2" || r.t[i].phrase&cStrongTool != 0) {
			r.show(Measurement, i, i+r.lengthOf(i, cStrongTool))
		}
	}
}

func (r *reader) headIn(i, j int) bool {
	for _, h := range r.heads {
		if h.at >= i && h.at < j {
			return true
		}
	}
	return false
}
