package items

import (
	"slices"
	"strings"
	"unicode"
)

// everywhere are words by which a plan means every class.
var everywhere = []string{"all", "every", "everywhere", "any", "throughout", "general", "classroom", "classrooms", "classes", "school", "schoolwide", "campus", "todas", "todos", "toda", "salón", "clases", "escuela"}

// Fits reports that an item belongs on the page for a class: the plan says that it
// is for every class, names this class, subject or role, or says nothing of where.
// It only chooses what is ticked beforehand; a person decides.
func Fits(x *Item, class, role string) bool {
	said := strings.Join(append(slices.Clone(x.Where), x.Subject), " ")
	where := words(said)
	if len(where) == 0 {
		return true
	}
	want := append(words(class), words(role)...)
	if len(want) == 0 {
		return true
	}
	for _, w := range where {
		if slices.Contains(everywhere, w) || slices.ContainsFunc(want, func(v string) bool { return same(w, v) }) {
			return true
		}
	}
	return slices.ContainsFunc(x.By, func(by string) bool {
		return slices.ContainsFunc(words(by), func(w string) bool {
			return !slices.Contains(plain, w) && slices.ContainsFunc(words(role), func(v string) bool { return same(w, v) })
		})
	})
}

// FitsText is Fits for a text of the plan, such as the area of a goal: it fits when
// it names the class or subject.
func FitsText(text, class string) bool {
	want := words(class)
	return slices.ContainsFunc(words(text), func(w string) bool {
		return !slices.Contains(plain, w) && slices.ContainsFunc(want, func(v string) bool { return same(w, v) })
	})
}

// plain are words that tell nobody from anybody.
var plain = []string{"teacher", "teachers", "maestro", "maestra", "class", "room", "period", "grade", "the", "and", "for", "para", "los", "las", "con"}

// same reports two words that mean one subject: math and mathematics, read and
// reading.
func same(a, b string) bool {
	if slices.Contains(plain, a) || slices.Contains(plain, b) {
		return false
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || len(a) >= 4 && strings.HasPrefix(b, a)
}

func words(s string) []string {
	all := strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) })
	return slices.DeleteFunc(all, func(w string) bool { return len(w) < 2 })
}
