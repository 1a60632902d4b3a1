package decisions

import (
	"regexp"
	"strings"

	"stayput/day"
	"stayput/law"
)

// section is one section of law as a citation names it: its number and its
// paragraphs.
type section struct {
	number string
	paras  []string
}

var (
	statsRe   = regexp.MustCompile(`(?i)Stats\. \d{4}, ch\. \d+(, sec\. \d+)?|\bFR \d+|\b\d+ FR \d+|\b(19|20)\d{2}\)`)
	sectionRe = regexp.MustCompile(`\b(\d{4,5}(?:\.\d+)?|\d{2,3}\.\d+)[a-z]?((?:\([A-Za-z0-9]+\))*)((?:-(?:\([A-Za-z0-9]+\))+)?)`)
	paraRe    = regexp.MustCompile(`\(([A-Za-z0-9]+)\)`)
)

// sections are the sections that a text names: "34 CFR 300.300(c)(1); CA Educ.
// Code 56321(c)" names two.
func sections(s string) []section {
	s = statsRe.ReplaceAllString(s, " ")
	var out []section
	for _, m := range sectionRe.FindAllStringSubmatch(s, 24) {
		x := section{number: m[1]}
		for _, p := range paraRe.FindAllStringSubmatch(m[2], 8) {
			x.paras = append(x.paras, p[1])
		}
		out = append(out, x)
		if m[3] != "" && len(x.paras) > 0 {
			// "(c)(1)(ii)-(iii)": the end of the range is another paragraph.
			end := section{number: x.number, paras: append([]string(nil), x.paras[:len(x.paras)-1]...)}
			for _, p := range paraRe.FindAllStringSubmatch(m[3], 8) {
				end.paras = append(end.paras, p[1])
			}
			out = append(out, end)
		}
	}
	return out
}

// nearness says how near two citations are: 0 for different sections, more the
// more paragraphs agree, and little where the paragraphs differ.
func nearness(a, b section) int {
	if a.number != b.number {
		return 0
	}
	n := 4
	for i := range a.paras {
		if i == len(b.paras) {
			return n
		}
		if a.paras[i] != b.paras[i] {
			if i == 0 {
				return 1
			}
			return n - 1
		}
		n += 2
	}
	return n
}

// near is how near a rule, or a rule that it replaces, is to some sections.
func near(l *law.Law, r *law.Rule, on day.Date, named []section) int {
	best := 0
	of := func(x *law.Rule) {
		v := x.VersionAt(on)
		if v == nil && len(x.Versions) > 0 {
			v = &x.Versions[len(x.Versions)-1]
		}
		if v == nil {
			return
		}
		for _, c := range sections(v.Citation) {
			for _, n := range named {
				best = max(best, nearness(n, c))
			}
		}
	}
	of(r)
	for _, id := range r.Overrides {
		if x := l.Rule(id); x != nil {
			of(x)
		}
	}
	return best
}

// topics are words that an expectation may use, with part of the name of the
// rules they are about. They serve where no section is named, and to choose
// where several rules rest on one section.
var topics = []struct{ word, rule string }{
	{"resolution_meeting", "resolution.meeting"}, {"resolution_session", "resolution.meeting"}, {"resolution_period", "resolution.period"},
	{"state_complaint_decision", "statecomplaint.decision"}, {"complaint_decision", "statecomplaint.decision"}, {"reconsideration", "statecomplaint.reconsider"},
	{"decision_due", "hearing."}, {"hearing_decision", "hearing."}, {"insufficien", "sufficiency_challenge"}, {"sufficiency_ruling", "sufficiency_ruling"}, {"noi_", "sufficiency_challenge"},
	{"assessment_plan", "evaluation.plan"}, {"plan_due", "evaluation.plan"}, {"triennial", "triennial"}, {"records", "records.access"},
	{"meeting_request", "meeting_request"}, {"meeting_request", "parent_request"}, {"annual", "iep.annual"}, {"iep_meeting_due", "evaluation.meeting"},
	{"evaluation_due", "evaluation."}, {"assessment_due", "evaluation."}, {"sixty", "evaluation."}, {"manifestation", "mdr"}, {"iee", "iee.response"},
	{"evidence", "disclose"}, {"evidence", "evidence_exchange"}, {"civil_action", "civil.action"}, {"transfer", "transfer"}, {"response_due", "dueprocess."},
	{"pwn", "pwn."}, {"prior_written_notice", "pwn."}, {"stay_put", "stay"},
}

// onTopic reports that an expectation's words are about a rule.
func onTopic(what string, id law.RuleID) bool {
	for _, t := range topics {
		if strings.Contains(what, t.word) && strings.Contains(string(id), t.rule) {
			return true
		}
	}
	return false
}
