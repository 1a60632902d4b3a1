package goal

import "strings"

// englishForms gives the forms of an English verb; the lemma field holds the
// form's spelling.
func englishForms(v string) []verb {
	last := v[len(v)-1]
	out := []verb{{lemma: v, form: base}}
	s, stem := v+"s", v
	switch {
	case strings.HasSuffix(v, "s"), strings.HasSuffix(v, "sh"), strings.HasSuffix(v, "ch"), strings.HasSuffix(v, "x"), last == 'o', last == 'z':
		s = v + "es"
	case last == 'y' && !vowel(v[len(v)-2]):
		s = v[:len(v)-1] + "ies"
	}
	out = append(out, verb{lemma: s, form: present})
	switch {
	case last == 'e' && !strings.HasSuffix(v, "ee") && v != "be":
		stem = v[:len(v)-1]
	case len(v) > 2 && len(v) <= 4 && !vowel(last) && last != 'w' && last != 'x' && last != 'y' && vowel(v[len(v)-2]) && !vowel(v[len(v)-3]):
		stem = v + string(last)
	}
	out = append(out, verb{lemma: stem + "ing", form: gerund})
	ed := stem + "ed"
	if last == 'y' && !vowel(v[len(v)-2]) {
		ed = v[:len(v)-1] + "ied"
	}
	return append(out, verb{lemma: ed, form: past})
}

func vowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// spanishForms gives the forms of a Spanish verb that goals are written in,
// without accents.
func spanishForms(v string) []verb {
	if len(v) < 3 {
		return []verb{{lemma: v, form: base}, {lemma: v + "a", form: future}, {lemma: v + "an", form: future}}
	}
	stem, end := v[:len(v)-2], v[len(v)-2:]
	out := []verb{{lemma: v, form: base}, {lemma: v + "se", form: base}, {lemma: v + "lo", form: base}, {lemma: v + "la", form: base}, {lemma: v + "los", form: base}, {lemma: v + "le", form: base}}
	for _, f := range []string{"a", "an", "e", "emos"} {
		out = append(out, verb{lemma: v + f, form: future})
	}
	switch end {
	case "ar":
		return append(out, verb{lemma: stem + "a", form: present}, verb{lemma: stem + "an", form: present}, verb{lemma: stem + "e", form: present}, verb{lemma: stem + "ando", form: gerund},
			verb{lemma: stem + "ado", form: past}, verb{lemma: stem + "ada", form: past}, verb{lemma: stem + "ados", form: past}, verb{lemma: stem + "adas", form: past})
	default:
		return append(out, verb{lemma: stem + "e", form: present}, verb{lemma: stem + "en", form: present}, verb{lemma: stem + "a", form: present}, verb{lemma: stem + "iendo", form: gerund},
			verb{lemma: stem + "ido", form: past}, verb{lemma: stem + "ida", form: past}, verb{lemma: stem + "idos", form: past}, verb{lemma: stem + "idas", form: past})
	}
}
