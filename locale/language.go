package locale

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Language is what the language of a code is called: es is Spanish. A code that is none is
// given back.
func (c *Catalog) Language(code string) string {
	t, err := language.Parse(code)
	if err != nil {
		return code
	}
	n := display.English.Languages()
	if c.lang == "es" {
		n = display.Spanish.Languages()
	}
	if s := n.Name(t); s != "" {
		return s
	}
	return code
}
