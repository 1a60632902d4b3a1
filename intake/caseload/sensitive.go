package caseload

import (
	"regexp"
	"slices"
	"strings"
)

// A social security number: three, two and four digits with any hyphen or blank
// between them.
var securityNumber = regexp.MustCompile(`(^|[^0-9\p{L}\-])([0-9]{3}[-‐‑‒–—−. ][0-9]{2}[-‐‑‒–—−. ][0-9]{4})($|[^0-9\p{L}\-])`)

// mayHold is a quick look that spares most cells the expression.
func mayHold(s string) bool {
	digits := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	return digits >= 9 && len(s) >= 11
}

// wholeNumber reports that a cell is a social security number and nothing else.
func wholeNumber(s string) bool {
	if !mayHold(s) || len(s) > 32 {
		return false
	}
	m := securityNumber.FindStringSubmatch(s)
	return m != nil && strings.TrimSpace(m[2]) == strings.TrimSpace(s)
}

// hideNumbers takes social security numbers out of a text.
func hideNumbers(s string) (string, bool) {
	if !mayHold(s) || !securityNumber.MatchString(s) {
		return s, false
	}
	return strings.TrimSpace(securityNumber.ReplaceAllString(s, "$1…$3")), true
}

var refusedPhrases = map[Refusal][]string{
	SocialSecurity: {
		"ssn", "ssns", "ss no", "ss num", "ss number", "social security", "soc sec", "social sec", "itin", "taxpayer id", "tax id",
		"seguro social", "seguridad social", "nss", "numero de seguro", "no de seguro social",
	},
	Immigration: {
		"immigration", "immigrant", "immigration status", "citizen", "citizenship", "non citizen", "nationality", "visa", "visa type",
		"alien", "alien number", "a number", "green card", "undocumented", "documented status", "daca", "uscis", "i 94", "refugee", "asylum", "asylee",
		"passport", "country of birth", "birth country", "country of origin", "place of birth", "birthplace", "legal status", "us entry date",
		"date entered us", "date of entry to us", "residency status",
		"inmigracion", "migracion", "migratorio", "migratoria", "estatus migratorio", "estado migratorio", "situacion migratoria", "inmigrante",
		"ciudadania", "ciudadano", "ciudadana", "nacionalidad", "pasaporte", "indocumentado", "indocumentada", "refugiado", "refugiada", "asilo",
		"pais de nacimiento", "pais de origen", "lugar de nacimiento", "estatus legal", "residencia legal", "fecha de entrada a eeuu",
	},
}

// refusal says whether a header names what is never taken over.
func refusal(head string) Refusal {
	if len(head) > 200 {
		return ""
	}
	h := fold(head)
	if h == "" {
		return ""
	}
	for _, why := range []Refusal{SocialSecurity, Immigration} {
		if slices.ContainsFunc(refusedPhrases[why], func(p string) bool { return phrase(h, p) }) {
			return why
		}
	}
	return ""
}

// phrase reports that the words of p stand in h beside each other; both are
// folded.
func phrase(h, p string) bool {
	for from := 0; ; {
		i := strings.Index(h[from:], p)
		if i < 0 {
			return false
		}
		i += from
		j := i + len(p)
		if (i == 0 || h[i-1] == ' ') && (j == len(h) || h[j] == ' ') {
			return true
		}
		from = i + 1
	}
}

var plainLetter = strings.NewReplacer(
	"á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "é", "e", "è", "e", "ê", "e", "ë", "e", "í", "i", "ì", "i", "î", "i", "ï", "i",
	"ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ú", "u", "ù", "u", "û", "u", "ü", "u", "ñ", "n", "ç", "c",
	"\u0301", "", "\u0303", "", "\u0308", "", "\u0300", "", "\u0302", "",
)

// fold is a text in small letters, without accents and signs, with one blank
// between its words.
func fold(s string) string {
	s = plainLetter.Replace(strings.ToLower(s))
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r >= 0x80 && r != 'º' && r != 'ª' && r != '–' && r != '—' && r != '’' && r != '“' && r != '”' && r != '…' && r != '¿' && r != '¡' && r != '°' && r != '\u00a0' && r != '\uFFFD':
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		case r == '\'', r == '’':
		case r == '.' && b.Len() > 0: // abbreviations: "Gr." and "no."; "D.O.B." is made one word below
			gap = true
		default:
			gap = true
		}
	}
	return initials(b.String())
}

// initials joins single letters that stand beside each other: "d o b" is "dob".
func initials(s string) string {
	words := strings.Split(s, " ")
	single := func(w string) bool { return len(w) == 1 && w[0] >= 'a' && w[0] <= 'z' }
	out := words[:0]
	for i := 0; i < len(words); {
		j := i
		for j < len(words) && single(words[j]) {
			j++
		}
		if j-i >= 3 {
			out = append(out, strings.Join(words[i:j], ""))
			i = j
			continue
		}
		out = append(out, words[i])
		i++
	}
	return strings.Join(out, " ")
}
