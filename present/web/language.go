package web

import (
	"net/http"
	"strconv"
	"strings"

	"stayput/locale"
)

// langCookie remembers the language where nobody has entered.
const langCookie = "lang"

// lang is the language of an answer: the person's, the one chosen here before,
// or the one the browser asks for.
func (s *Site) lang(r *http.Request) string {
	if l := who(r).Person.Lang; known(l) {
		return l
	}
	return s.guessLang(r)
}

// guessLang is the language for somebody of whom nothing is known.
func (s *Site) guessLang(r *http.Request) string {
	if c, err := r.Cookie(langCookie); err == nil && known(c.Value) {
		return c.Value
	}
	return accepted(r.Header.Get("Accept-Language"))
}

// known reports a language there is a catalog of.
func known(lang string) bool {
	for _, l := range locale.Languages {
		if l == lang {
			return true
		}
	}
	return false
}

// other is the language the button offers.
func other(lang string) string {
	if lang == "es" {
		return "en"
	}
	return "es"
}

// accepted picks from an Accept-Language header the language we have that the
// browser likes best.
func accepted(header string) string {
	best, most := locale.Languages[0], 0.0
	for i, part := range strings.Split(header, ",") {
		if i > 20 {
			break
		}
		name, params, _ := strings.Cut(part, ";")
		name, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(name)), "-")
		q := 1.0
		if v, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			q, _ = strconv.ParseFloat(v, 64)
		}
		if known(name) && q > most {
			best, most = name, q
		}
	}
	return best
}
