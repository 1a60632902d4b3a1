package letter

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Language is the name of a language, given by its code, in another: es in en is Spanish.
func Language(in, code string) string {
	t, err := language.Parse(code)
	if err != nil {
		return code
	}
	var n display.Namer = display.English.Languages()
	if in == "es" {
		n = display.Spanish.Languages()
	}
	if s := n.Name(t); s != "" {
		return s
	}
	return code
}
