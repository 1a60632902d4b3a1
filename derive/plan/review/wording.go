package review

import (
	"slices"
	"strings"
	"unicode"

	ease "stayput/derive/reading" // a reading here is of a plan
	"stayput/plan"
)

// jargon are the short forms that school people use without saying what they
// mean.
var jargon = []string{"AAC", "ABA", "ADHD", "APE", "ASD", "BASC", "BIP", "BRIEF", "CAA", "CBM", "CELF", "DHH", "DIBELS", "ELD", "ELPAC", "ERMHS",
	"ESY", "ETR", "FAPE", "FBA", "HOH", "ICT", "ITP", "LEA", "LRE", "MDT", "MLU", "NPS", "OHI", "OT", "PBIP", "PLAAFP", "PLOP", "PT", "PWN", "RSP", "RTI",
	"SAI", "SDC", "SDI", "SELPA", "SLD", "SLI", "SLP", "TBI", "UDL", "WCPM", "WIAT", "WISC", "WJ", "WPM"}

// Thresholds of hard text: the school grade in English, the ease in Spanish. A
// text of fewer words says too little.
const hardGrade, hardEase, enoughWords = 13, 40, 120

// wording looks at the words of the plan.
func (r *reading) wording() {
	p := r.p
	var all, prose strings.Builder
	put := func(b *strings.Builder, texts ...string) {
		for _, t := range texts {
			if t != "" {
				b.WriteString(t)
				if !strings.HasSuffix(t, ".") {
					b.WriteString(".")
				}
				b.WriteString(" ")
			}
		}
	}
	for _, l := range p.Present.Levels {
		put(&all, l.Text)
		put(&prose, l.Text)
	}
	put(&all, p.Eligibility.Primary, strings.Join(p.Eligibility.Others, " "), p.Section504.Impairment)
	for _, t := range []string{p.Eligibility.Effect, p.Present.Strengths, p.Setting.Nonparticipation, p.Setting.HarmfulEffect} {
		put(&all, t)
		put(&prose, t)
	}
	for i := range p.Goals {
		g := &p.Goals[i]
		put(&all, g.Text, g.Baseline, g.Criterion, g.Measure)
	}
	for i := range p.Services {
		put(&all, p.Services[i].Label(), p.Services[i].Comments, p.Services[i].Role)
	}
	for i := range p.Accommodations {
		put(&all, p.Accommodations[i].Text)
	}
	if words := unexplained(all.String()); len(words) > 0 {
		r.add("jargon", Ask, cite{}, nil, "words", strings.Join(words[:min(len(words), 8)], ", "))
	}
	if level, hard := Hard(prose.String(), p.Language); hard {
		r.add("hard-to-read", Ask, cite{}, nil, "level", itoa(level), "lang", language(p.Language))
	}
	home := strings.ToLower(p.Student.HomeLanguage)
	if p.Kind == plan.IEP && home != "" && p.Language != "" && language(home) != language(p.Language) && !slices.ContainsFunc(p.Translations, func(t string) bool { return language(t) == language(home) }) {
		r.add("not-translated", Ask, r.rule("iep.copy"), nil, "language", p.Student.HomeLanguage)
	}
	if p.Student.StateID != "" {
		r.add("identifier-printed", Ask, cite{}, nil)
	}
}

// language is a language by its two letters, from its code or its name.
func language(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	switch s {
	case "", "english", "inglés", "ingles", "eng":
		return "en"
	case "spanish", "español", "espanol", "spa":
		return "es"
	}
	code, _, _ := strings.Cut(s, "-")
	return code
}

// unexplained are the short forms in text that no brackets explain, in order.
func unexplained(text string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) }) {
		up := strings.ToUpper(w)
		if (w != up && w != "wcpm" && w != "wpm") || !slices.Contains(jargon, up) || slices.Contains(out, up) {
			continue
		}
		// "occupational therapy (OT)" and "OT (occupational therapy)" explain it.
		if strings.Contains(text, "("+w+")") || strings.Contains(text, w+" (") {
			continue
		}
		out = append(out, up)
	}
	return out
}

// Hard says whether text is harder than most parents should have to read, and
// how hard it is: in English the school grade by Flesch and Kincaid, in Spanish
// the ease by Fernández Huerta. Short texts are never hard.
func Hard(text, lang string) (level int, hard bool) {
	m := ease.Measure(text, language(lang), nil)
	if m.Words < enoughWords {
		return 0, false
	}
	for _, s := range m.Scores {
		switch s.Formula {
		case ease.FleschKincaid:
			return s.Tenths / 10, s.Tenths >= hardGrade*10
		case ease.FernandezHuerta:
			return s.Tenths / 10, s.Tenths < hardEase*10
		}
	}
	return 0, false
}

func itoa(n int) string { return plan.CountOf(n).String() }
