package papers

import (
	"testing"

	"stayput/format/markup"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/paper"
	"stayput/present/letter"
)

// twoPages are the letters and notices that may take two pages, and why.
var twoPages = map[string]string{
	"letter-partial-consent":       "it names each part of a plan, goals in their own words",
	"meeting-notice":               "it names everybody who comes, and its reader cuts off and sends back an answer",
	"offer-of-fape":                "it sets the offer beside the plan until now, and its reader sends back an answer",
	"procedural-safeguards-notice": "the law says in full what it holds",
	"pwn":                          "it answers each request and names each record it is based on",
	"response-parent-rejection":    "it answers an offer's parts one by one",
	"revocation-pwn":               "it says everything that ends and what follows from that",
}

// A letter, a notice or an email stands on one page, in both registers, unless it is one of
// those that carry more.
func TestLettersFitAPage(t *testing.T) {
	longer := map[string]bool{}
	for _, f := range families(t) {
		for _, p := range all(t) {
			if !p.Form.Framed() {
				continue
			}
			for _, lang := range paper.Languages {
				for _, r := range paper.Registers {
					cat, _ := locale.For(lang)
					words := packs.Texts(lang)
					o := letter.For(f.Brief, cat, r, words)
					d := letter.Document(p, cat, markup.Format(letter.Compose(p, Facts(f, p, o, words), o).Blocks))
					n, _, err := letter.Pages(p, d)
					switch {
					case err != nil:
						t.Errorf("%s/%s/%s/%s: %v", f.Name, p.ID, lang, r, err)
					case n > 1 && twoPages[p.ID] == "":
						t.Errorf("%s/%s/%s/%s: %d pages", f.Name, p.ID, lang, r, n)
					case n > 2 && p.ID != "procedural-safeguards-notice":
						t.Errorf("%s/%s/%s/%s: %d pages, at most two", f.Name, p.ID, lang, r, n)
					case n > 1:
						longer[p.ID] = true
					}
				}
			}
		}
	}
	for id := range twoPages {
		if !longer[id] {
			t.Errorf("%s stands on one page everywhere: take it off the list", id)
		}
	}
}
