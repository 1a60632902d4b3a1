package web

import (
	"net/http"
	"regexp"
	"testing"

	"stayput/guide"
)

// Every topic opens in both languages, and each of its links leads somewhere.
func TestHelp(t *testing.T) {
	h := build(t, "").enter()
	links := regexp.MustCompile(`href="(/(?:help|law)[^"#]*)`)
	for _, lang := range []string{"en", "es"} {
		h.speak(lang)
		seen := map[string]bool{}
		pages := []string{"/help"}
		for i := range guide.For(lang).Topics {
			pages = append(pages, "/help/"+guide.For(lang).Topics[i].ID)
		}
		for _, p := range pages {
			for _, m := range links.FindAllStringSubmatch(h.get(p).is(t, http.StatusOK).body, -1) {
				if !seen[m[1]] {
					seen[m[1]] = true
					h.get(m[1]).is(t, http.StatusOK)
				}
			}
		}
	}
	h.get("/help/none").is(t, http.StatusNotFound)
}

// What a family may be afraid of stands first.
func TestHelpRights(t *testing.T) {
	h := build(t, "").enter()
	h.get("/help").is(t, http.StatusOK).says(t, "immigration status", "social security number", "punish", "/help/rights")
	h.get("/help/rights").is(t, http.StatusOK).says(t, "immigration status", "Plyler", "104.61", "never asks")
	h.get("/help/keyboard").is(t, http.StatusOK).says(t, "<kbd>/</kbd>", "<kbd>g</kbd>")
	h.speak("es")
	h.get("/help").is(t, http.StatusOK).says(t, "situación migratoria", "Seguro Social", "castigarle")
}
