package meeting

import (
	"strings"
	"unicode"

	"stayput/plan"
)

// Fold is a name without what two writers may write differently: case, blanks,
// stops, underscores.
func Fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }), " ")
}

// kin are words of the record itself that say who a parent is.
var kin = map[string]plan.Role{"mother": "parent", "father": "parent", "guardian": "parent", "child": "student", "lea": "lea_representative"}

// person reads how an entry names somebody: "Ms. Lee (special education teacher)",
// a role alone, or a name that the plan's team gives a role.
func (g *gather) person(text string) Named {
	text = strings.TrimSpace(text)
	n := Named{Text: text, Name: text}
	if open := strings.LastIndexByte(text, '('); open > 0 && strings.HasSuffix(text, ")") {
		if r := g.role(text[open+1 : len(text)-1]); r != "" {
			n.Name, n.Role = strings.TrimSpace(text[:open]), r
			return n
		}
	}
	if r := g.role(text); r != "" {
		n.Name, n.Role = "", r
		return n
	}
	n.Role = g.team[Fold(text)]
	return n
}

// role is the role of a word, or "".
func (g *gather) role(text string) plan.Role {
	f := Fold(text)
	if r, ok := g.in.Called[f]; ok {
		return r
	}
	for _, w := range plan.Role("").Words() {
		if f == Fold(w) {
			return plan.Role(w)
		}
	}
	return kin[f]
}
